/* amount_fuzz.c - any text as an amount: what is good has a value in range and what is not has a rule
 * with a sentence; a value has a qualifier exactly when it is not exact. */
#include "domain/amount.h"

#include <assert.h>

static void check_amount(struct arena *a, const struct amount *m, enum measure measure) {
	if (m->state == AMOUNT_GOOD) {
		assert(m->value >= 0 && (m->high == NONE || m->high >= m->value));
		assert((m->qual == QUAL_EXACT) == (m->word.n == 0));
		assert(measure != MEASURE_MONEY || m->currency.n == 3);
	} else {
		assert(m->value == NONE);
		assert(m->state == AMOUNT_MISSING || amount_sentence(a, m->rule, m->arg, LANG_ZH).n);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	static const struct unit in_wan = {S_("万元"), S_("CNY"), 4, 100, 1};
	struct arena a = {0};
	struct str text = {(const char *)data, n};
	if (n > 4096) return 0;
	for (int m = 0; m < MEASURE__N; m++) {
		struct unit u;
		struct amount got = amount_parse(&a, text, (enum measure)m, m == MEASURE_MONEY ? &in_wan : NULL);
		check_amount(&a, &got, (enum measure)m);
		if (unit_find(&a, text, (enum measure)m, n % 2, &u)) assert(u.text.n && u.num > 0 && u.den > 0);
	}
	arena_release(&a);
	return 0;
}
