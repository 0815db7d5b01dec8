/* amount_unit.c - units that headings, titles and unit lines name. */
#include "domain/amount_token.h"

/* Units to choose from where a column has none. */
static const struct str choices[MEASURE__N] = {
	[MEASURE_MONEY] = S_("万元|亿元|元|千元|万美元|亿美元|美元"),
	[MEASURE_MU] = S_("亩|公顷|平方米|平方公里"),
	[MEASURE_M2] = S_("平方米|万平方米|亩"),
	[MEASURE_ENERGY] = S_("吨标准煤|万吨标准煤"),
	[MEASURE_MASS] = S_("吨|千克"),
	[MEASURE_VOLUME] = S_("立方米|万立方米|吨|万吨"),
	[MEASURE_COUNT] = S_("人|个"),
};

struct str unit_choices(enum measure m, size_t i) {
	struct str rest = choices[m], one = {0};
	for (size_t k = 0; str_split(&rest, '|', &one); k++)
		if (k == i) return one;
	return (struct str){0};
}

/* May a unit end before t? It may before a bracket, a separator, a slash or the end. */
static bool ends_unit(const struct token *t) {
	return t->kind == T_END || t->kind == T_SEP || t->kind == T_CLOSE || t->kind == T_OPEN
		|| str_eq(t->text, S("/")) || str_eq(t->text, S(":")) || str_eq(t->text, S("/年"));
}

static bool starts_unit(const struct token *t, bool is_first) {
	if (is_first) return true;
	return t->kind == T_OPEN || t->kind == T_SEP || str_eq(t->text, S(":"))
		|| str_eq(t->text, S("/")) || str_eq(t->text, S("为"));
}

/* 10,000 -> 4; 0 for every other number. */
static int power_of_ten(const struct token *t) {
	int exp10 = 0;
	if (t->kind != T_NUM || t->is_hanzi) return 0;
	while (exp10 < 10 && wide_ten(FRACTION_DIGITS + exp10) < t->value) exp10++;
	return wide_ten(FRACTION_DIGITS + exp10) == t->value ? exp10 : 0;
}

/* MUL* UNIT at `at`: its length in tokens, 0 = none. In brackets (亿) alone is 亿元. */
static size_t unit_at(const struct token *t, size_t at, enum measure m, bool is_bracketed, struct unit *u) {
	size_t n = 0;
	int exp10 = 0, index = -1;
	/* 人民币万元, 美元（万） */
	if (t[at].kind == T_UNIT && (t[at + 1].kind == T_MUL || (is_bracketed && t[at + 1].kind == T_NUM))) index = t[at + n++].unit;
	/* (RMB 10,000) */
	if (m == MEASURE_MONEY && is_bracketed && power_of_ten(&t[at + n])) exp10 += power_of_ten(&t[at + n++]);
	for (; t[at + n].kind == T_MUL && !t[at + n].is_english && exp10 <= 12; n++)
		exp10 += (int)t[at + n].value;
	for (; t[at + n].kind == T_UNIT; n++)
		if (index < 0 || str_eq(amount_units[index].currency, S("CNY"))) index = t[at + n].unit;
	if (!n || !ends_unit(&t[at + n])) return 0;
	if (index < 0 && !(m == MEASURE_MONEY && is_bracketed && exp10 >= 4)) return 0;
	const struct unit_def *d = &amount_units[index < 0 ? 0 : index];
	*u = (struct unit){.text = token_span(t[at].text, t[at + n - 1].text), .currency = d->currency,
		.exp10 = exp10, .num = d->num, .den = d->den};
	return n;
}

bool unit_find(struct arena *a, struct str text, enum measure m, bool is_strict, struct unit *out) {
	struct token t[TOKENS_MAX + 2];
	struct str s = amount_folded(a, text);
	size_t n = amount_tokens(s, m, t);
	ptrdiff_t word = str_find(s, S("单位"));
	for (size_t i = 0; i < n; i++) {
		bool is_bracketed = i && t[i - 1].kind == T_OPEN;
		bool is_after_word = word >= 0 && t[i].text.p > s.p + word;
		bool may_start = starts_unit(i ? &t[i - 1] : &t[0], i == 0);
		if (is_strict && !may_start && !is_after_word) continue;
		if (is_strict && !i && !is_after_word) continue;
		struct unit u;
		if (!unit_at(t, i, m, is_bracketed, &u)) continue;
		u.text = str_copy(a, u.text);
		*out = u;
		return true;
	}
	return false;
}
