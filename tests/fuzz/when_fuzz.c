/* when_fuzz.c - any text as a date: a good one is a real span of days, all else has a rule. */
#include "domain/when.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	struct arena a = {0};
	struct str text = {(const char *)data, n};
	if (n > 4096) return 0;
	for (int i = 0; i < 4; i++) {
		struct when_context c = {.year = i & 1 ? 2024 : 0, .may_be_serial = (i & 2) != 0, .is_number = n % 3 == 0};
		struct when w = when_parse(&a, text, c);
		if (w.state == WHEN_GOOD) {
			assert(w.day >= DAY_MIN && w.last <= DAY_MAX && w.day <= w.last);
			assert(w.precision != PRECISION_DAY || w.day == w.last);
		} else {
			assert(w.day == DAY_NONE);
			assert(w.state == WHEN_MISSING || when_sentence(&a, w.rule, w.args, LANG_ZH).n);
		}
		assert(w.state != WHEN_NEEDS_YEAR || !c.year);
	}
	arena_release(&a);
	return 0;
}
