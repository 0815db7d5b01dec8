#include "domain/amount_token.h"

#include "base/buf.h"
#include "domain/sentence.h"
#include "domain/text.h"

static const wide WIDE_MAX = (wide)INT64_MAX * INT64_MAX / 8; /* about 10^37 */

/* No single project is larger than 10 万亿元; sums of a million such rows still fit. */
static const int64_t MONEY_MAX_MINOR = INT64_C(1000000000000000);
static const int64_t LARGE_FEN = INT64_C(500) * 100000000 * 100, SMALL_FEN = INT64_C(10) * 10000 * 100; /* handbook 9.6 */

/* Cells that say "not given". */
static const struct str missing_words =
	S_("无|待定|暂无|未定|面议|保密|不详|未知|空|na|n/a|null|none|tbd|nil|待确定|暂未确定|未确定|待明确|未明确|未填|未填写|待补充|待核实|待统计|"
	   "洽谈中|正在洽谈|商谈中|未公布|未披露|不涉及|暂不确定|待洽谈|没有|待核|具体面议|投资额待定|暂定|不明");

static bool is_digit(char c) {
	return c >= '0' && c <= '9';
}

/* ---- sentences ---- */

static const struct sentence sentences[] = {
	{S_("amount_needs_unit"), S_("“{0}”没有单位，所在列、表头、标题和单位行也没有。请指定该列的单位，如 万元"),
	 S_("“{0}” has no unit, and neither has its column, heading, title or unit line. Choose the column's unit, such as 万元")},
	{S_("amount_words"), S_("看不懂“{0}”。请写成 3500万元 或 3.5亿元 这样的数"), S_("“{0}” is not understood. Write 3500万元 or 3.5亿元")},
	{S_("amount_no_figure"), S_("“{0}”没有数字。请填写数字，或留空"), S_("“{0}” has no figure. Enter a number or leave it empty")},
	{S_("amount_number"), S_("“{0}”不是一个数：分节号每三位一个，小数点只有一个。请改正"),
	 S_("“{0}” is no number: separators stand every three digits, one decimal point. Correct it")},
	{S_("amount_ambiguous"), S_("“{0}”可以有两种读法（如 三亿五）。请写成 3.5亿元"), S_("“{0}” can be read in two ways. Write it as 3.5亿元")},
	{S_("amount_two"), S_("“{0}”中有几个金额，分不清哪个是总额。请只留总额，或写明“总投资”"),
	 S_("“{0}” holds several amounts and none is called the total. Keep the total, or write 总投资 before it")},
	{S_("amount_negative"), S_("“{0}”是负数。请填写不小于 0 的数"), S_("“{0}” is negative. Enter a number of 0 or more")},
	{S_("amount_too_big"), S_("“{0}”超过可记录的上限（10 万亿元）。请核对单位"), S_("“{0}” is above what can be kept (CNY 10 trillion). Check the unit")},
	{S_("amount_range"), S_("“{0}”的下限大于上限。请改正"), S_("The lower bound of “{0}” is above the upper one. Correct it")},
	{S_("amount_error_cell"), S_("单元格的公式出错（{0}）。请在表中改正公式"), S_("The formula of this cell failed ({0}). Correct it in the sheet")},
	{S_("amount_large"), S_("总投资超过 500 亿元，请核对单位"), S_("Over CNY 50 bn: check the unit")},
	{S_("amount_small"), S_("总投资不足 10 万元，请核对单位"), S_("Under CNY 100,000: check the unit")},
};

struct str amount_sentence(struct arena *a, struct str rule, struct str arg, enum lang lang) {
	return sentence_find(a, sentences, sizeof sentences / sizeof *sentences, rule,
		(const struct str[2]){arg}, lang);
}

/* ---- figures: numbers with what stands around them ---- */

struct figure {
	wide value, high;        /* in 10^-12 base units */
	bool has_high;
	wide factor;             /* of the multipliers, when it is one number and multipliers; 0 = it is not */
	bool has_scale;          /* 万, 亿 or an English one */
	bool is_english, is_cut;
	int unit;                /* index; -1 = none */
	bool is_sign_alone;      /* ￥5,000: the sign before it says the currency, not the scale */
	enum qual qual;
	struct str word, unit_text;
	bool is_total, is_part, is_nested, has_words;
	struct str words;        /* the first word that was not understood */
	struct str rule;         /* the number itself is wrong */
	struct str text;
};

struct scan {
	const struct token *t;
	size_t at;
};

static const struct token *peek(const struct scan *s) {
	return &s->t[s->at];
}

static bool times(wide *v, int exp10) {
	for (; exp10 > 0; exp10--) {
		if (*v > WIDE_MAX / 10) return false;
		*v *= 10;
	}
	return true;
}

/* 三 点 五, 一〇五: digits one after the other. */
static wide read_hanzi_digits(struct scan *s) {
	wide v = 0, unit = wide_ten(FRACTION_DIGITS);
	int digits = 0;
	for (; peek(s)->kind == T_NUM && peek(s)->is_hanzi && digits < 10; s->at++, digits++)
		v = v * 10 + peek(s)->value;
	if (!str_eq(peek(s)->text, S("点"))) return v;
	for (s->at++; peek(s)->kind == T_NUM && peek(s)->is_hanzi && unit > 1; s->at++) {
		unit /= 10;
		v += peek(s)->value / wide_ten(FRACTION_DIGITS) * unit;
	}
	return v;
}

/* A number with its multipliers while it is read: 3亿5000万, 一百零五亿, 10多亿. Standard reading: 十百千
 * gather in a section, 万 and 亿 close it. */
struct tower {
	wide total, section, number;
	bool has_number, is_fine;
	int last_exp, muls, numbers;
};

static void take_digits(struct scan *s, struct tower *v, struct figure *f) {
	const struct token *t = peek(s);
	size_t from = s->at;
	f->is_cut |= t->is_cut;
	if (t->is_hanzi) {
		v->number = read_hanzi_digits(s);
	} else {
		v->number = t->value;
		s->at++;
	}
	v->has_number = true;
	v->numbers++;
	/* 三亿五: 3.5 亿 to some, 3 亿 and 5 yuan to others */
	bool is_single = t->is_hanzi && t->value != 0 && s->at == from + 1;
	if (is_single && v->muls && v->last_exp > 1 && peek(s)->kind != T_MUL) f->rule = S("amount_ambiguous");
}

static void take_multiplier(struct scan *s, struct tower *v, struct figure *f) {
	const struct token *t = peek(s);
	wide one = wide_ten(FRACTION_DIGITS);
	int e = (int)t->value;
	/* 千万元, 近百亿: one of them; 一百十五: the second, too */
	wide number = v->has_number || (v->muls && e >= 4) ? v->number : one;
	if (e < 4 && !t->is_english) {
		v->is_fine &= times(&number, e);
		v->section += number;
	} else {
		wide sum = v->section + (v->has_number || !v->muls ? number : 0) + (e >= 8 ? v->total : 0);
		if (e >= 8) v->total = 0;
		v->is_fine &= times(&sum, e);
		v->total += sum;
		v->section = 0;
		f->has_scale = true;
		f->is_english |= t->is_english;
	}
	v->is_fine &= times(&f->factor, e) && v->total <= WIDE_MAX && v->section <= WIDE_MAX;
	v->number = 0;
	v->has_number = false;
	v->last_exp = e;
	v->muls++;
	s->at++;
}

/* The token at s is T_NUM or T_MUL. */
static void read_value(struct scan *s, struct figure *f) {
	struct tower v = {.is_fine = true};
	f->factor = 1;
	f->text = peek(s)->text;
	while (v.is_fine) {
		const struct token *t = peek(s);
		bool is_started = v.has_number || v.muls;
		bool is_inside = t->kind == T_OVER && (t[1].kind == T_MUL || t[1].kind == T_UNIT);
		if (t->kind == T_NUM && (!v.has_number || t->is_hanzi || v.number == 0)) {
			take_digits(s, &v, f);
		} else if (is_inside && is_started) { /* 10多亿, 3亿余元 */
			f->qual = QUAL_OVER;
			f->word = t->text;
			s->at++;
		} else if (t->kind == T_MUL) {
			take_multiplier(s, &v, f);
		} else {
			break;
		}
	}
	f->value = v.total + v.section + v.number;
	if (v.numbers != 1) f->factor = 0;
	if (!v.is_fine) f->rule = S("amount_too_big");
	/* a bare 万元 or 亿元 is a unit that lost its number, unless it is 上亿元, 亿元以上 */
	if (!v.numbers && f->has_scale && v.last_exp >= 4 && v.muls == 1) f->factor = -1;
}

static void read_unit(struct scan *s, struct figure *f) {
	while (peek(s)->kind == T_UNIT) {
		/* 亿元港币: the second says which yuan */
		if (f->unit < 0 || str_eq(amount_units[f->unit].currency, S("CNY"))) f->unit = peek(s)->unit;
		f->unit_text = f->unit_text.n ? token_span(f->unit_text, peek(s)->text) : peek(s)->text;
		s->at++;
	}
}

static bool starts_number(const struct token *t) {
	return t->kind == T_NUM || t->kind == T_MUL;
}

/* 3-5亿元, 3亿元至5亿元: `f` has been read, a range sign stands at s. */
static void read_range(struct scan *s, struct figure *f) {
	struct figure high = {.unit = -1};
	s->at++;
	read_value(s, &high);
	read_unit(s, &high);
	bool is_bare = !f->has_scale && f->unit < 0;
	if (is_bare && high.factor > 0 && f->value < WIDE_MAX / high.factor) f->value *= high.factor;
	f->has_scale |= high.has_scale;
	f->is_english |= high.is_english;
	if (high.unit >= 0) {
		f->unit = high.unit;
		f->unit_text = high.unit_text;
	}
	f->high = high.value;
	f->has_high = true;
	if (high.rule.n) f->rule = high.rule;
	f->text = token_span(f->text, s->t[s->at - 1].text);
	f->qual = QUAL_ABOUT;
	f->word = f->text;
}

static struct figure read_figure(struct scan *s, int currency) {
	struct figure f = {.unit = currency};
	read_value(s, &f);
	read_unit(s, &f);
	f.is_sign_alone = f.unit >= 0 && !f.unit_text.n && !f.has_scale;
	/* 3亿多元: the qualifier stood before the unit */
	if (peek(s)->kind == T_RANGE && starts_number(&s->t[s->at + 1])) read_range(s, &f);
	if (!f.has_high) f.text = token_span(f.text, s->t[s->at - 1].text);
	return f;
}

static bool is_qualifier(enum token_kind k) {
	return k == T_OVER || k == T_ABOUT || k == T_NEARLY || k == T_PHASE;
}

static enum qual qual_of(enum token_kind k) {
	switch (k) {
	case T_OVER: return QUAL_OVER;
	case T_NEARLY: return QUAL_NEARLY;
	case T_PHASE: return QUAL_PHASE;
	default: return QUAL_ABOUT;
	}
}

/* A phase is not the total at all, so it outweighs every other qualifier; else the first one stays. */
static void qualify(struct figure *f, enum qual q, struct str word) {
	if (f->qual == QUAL_PHASE || (f->qual != QUAL_EXACT && q != QUAL_PHASE)) return;
	f->qual = q;
	f->word = word;
}

static bool bracket_has_number(const struct token *t, size_t at) {
	for (; t[at].kind != T_CLOSE && t[at].kind != T_END; at++)
		if (starts_number(&t[at]) || t[at].kind == T_BAD_NUMBER) return true;
	return false;
}

/* 3.5（亿元）: the unit follows in brackets. Tokens of the bracket, 0 = it holds something else. */
static size_t bracketed_unit(const struct token *t) {
	size_t n = 1;
	while (t[n].kind == T_MUL && t[n].value >= 4) n++;
	if (t[n].kind != T_UNIT && !(n > 1 && t[n].kind == T_CLOSE)) return 0;
	while (t[n].kind == T_UNIT) n++;
	return t[n].kind == T_CLOSE ? n + 1 : 0;
}

static void take_bracketed_unit(struct scan *s, struct figure *f, size_t n) {
	const struct token *t = peek(s);
	for (size_t i = 1; i + 1 < n; i++) {
		if (t[i].kind == T_UNIT) f->unit = t[i].unit;
		else if (!times(&f->value, (int)t[i].value) || (f->has_high && !times(&f->high, (int)t[i].value)))
			f->rule = S("amount_too_big");
		else f->has_scale = true;
	}
	f->unit_text = token_span(t[1].text, t[n - 2].text);
	s->at += n;
}

enum { FIGURES_MAX = 12 };

/* What was read since the last figure or separator, and belongs to the next one. */
struct before {
	enum qual qual;
	struct str word, words;
	bool is_total, is_part;
	int currency;
};

struct reading {
	struct figure figures[FIGURES_MAX];
	size_t n;
	struct before before;
	struct str bad_number;
	bool is_vague, is_negative, is_too_many;
	int depth;
};

static void add_figure(struct reading *r, struct figure f) {
	struct before *b = &r->before;
	if (b->qual != QUAL_EXACT) qualify(&f, b->qual, b->word);
	f.is_total = b->is_total;
	f.is_part = b->is_part;
	f.is_nested = r->depth > 0;
	f.words = b->words;
	if (r->n < FIGURES_MAX) r->figures[r->n++] = f;
	else r->is_too_many = true;
	*b = (struct before){.currency = -1};
}

/* Words after a figure say something of it, until a separator. */
static struct figure *last_figure(struct reading *r, bool is_fresh) {
	return is_fresh && r->n ? &r->figures[r->n - 1] : NULL;
}

/* 320亿元（超）: what is in the brackets qualifies the figure before them; 50亿元（人民币） is its currency. */
static void read_remark(struct scan *s, struct figure *f) {
	for (s->at++; peek(s)->kind != T_CLOSE && peek(s)->kind != T_END; s->at++) {
		if (is_qualifier(peek(s)->kind)) qualify(f, qual_of(peek(s)->kind), peek(s)->text);
		if (peek(s)->kind == T_UNIT && (f->unit < 0 || str_eq(amount_units[f->unit].currency, S("CNY"))))
			f->unit = peek(s)->unit;
	}
	if (peek(s)->kind == T_CLOSE) s->at++;
}

static void take_qualifier(struct reading *r, struct figure *f, const struct token *t) {
	struct before *b = &r->before;
	if (f) {
		qualify(f, qual_of(t->kind), t->text);
	} else if (b->qual == QUAL_EXACT || (t->kind == T_PHASE && b->qual != QUAL_PHASE)) {
		b->qual = qual_of(t->kind);
		b->word = t->text;
	}
}

/* A range sign with no number before it: -5 is negative, ~5 is about 5. */
static void take_sign(struct reading *r, const struct token *t) {
	bool is_tilde = str_eq(t->text, S("~")) || str_eq(t->text, S("至")) || str_eq(t->text, S("到"));
	if (!r->before.is_total && !is_tilde && starts_number(t + 1)) {
		r->is_negative = r->n == 0;
	} else {
		r->before.qual = QUAL_ABOUT;
		r->before.word = t->text;
	}
}

/* The first word that is not understood, beside a figure or before the next. What stands in brackets
 * is a remark. */
static void take_word(struct reading *r, struct figure *f, const struct token *t) {
	struct str *to = f ? &f->words : &r->before.words;
	if (!r->depth && !to->n) *to = t->text;
}

/* Any token that is no number. *is_fresh = the last thing read was a figure or says something of it. */
static void take_token(struct reading *r, const struct token *t, bool *is_fresh) {
	struct figure *f = last_figure(r, *is_fresh);
	switch (t->kind) {
	case T_OPEN:
		r->depth++;
		*is_fresh = false;
		break;
	case T_CLOSE: r->depth -= r->depth > 0; break;
	case T_SEP:
		*is_fresh = false;
		r->before = (struct before){.currency = -1};
		break;
	case T_OVER: case T_ABOUT: case T_NEARLY: case T_PHASE: take_qualifier(r, f, t); break;
	case T_TOTAL:
		r->before.is_total = true;
		*is_fresh = false;
		break;
	case T_PART:
		r->before.is_part = true;
		*is_fresh = false;
		break;
	case T_UNIT: r->before.currency = t->unit; break;
	case T_VAGUE: r->is_vague = true; break;
	case T_BAD_NUMBER:
		if (!r->bad_number.n) r->bad_number = t->text;
		break;
	case T_RANGE:
		if (!f) take_sign(r, t);
		break;
	case T_WORD: take_word(r, f, t); break;
	case T_LABEL: case T_END: case T_NUM: case T_MUL: break;
	}
}

static void read_all(struct scan *s, struct reading *r) {
	bool is_fresh = false;
	r->before.currency = -1;
	for (const struct token *t = peek(s); t->kind != T_END; t = peek(s)) {
		struct figure *f = last_figure(r, is_fresh);
		if (starts_number(t)) {
			add_figure(r, read_figure(s, r->before.currency));
			is_fresh = true;
			continue;
		}
		bool may_be_unit = t->kind == T_OPEN && f && f->unit < 0 && !f->has_scale;
		size_t unit_n = may_be_unit ? bracketed_unit(t) : 0;
		if (unit_n) take_bracketed_unit(s, f, unit_n);
		else if (t->kind == T_OPEN && f && !bracket_has_number(t, 1)) read_remark(s, f);
		else {
			take_token(r, t, &is_fresh);
			s->at++;
		}
	}
}

/* ---- the answer ---- */

static struct amount refused(enum amount_state state, struct str rule, struct str arg) {
	return (struct amount){.state = state, .value = NONE, .high = NONE, .rule = rule, .arg = arg};
}

/* The total if one is called so, else the only main one; phases and parts come last. NULL = unclear. */
static const struct figure *main_figure(const struct reading *r) {
	const struct figure *main = NULL, *phase = NULL, *other = NULL;
	size_t mains = 0;
	for (size_t i = 0; i < r->n; i++)
		if (r->figures[i].is_total && !r->figures[i].is_part && !r->figures[i].is_nested)
			return &r->figures[i];
	for (size_t i = 0; i < r->n; i++) {
		const struct figure *f = &r->figures[i];
		if (f->is_part || f->is_nested) {
			if (!other) other = f;
		} else if (f->qual == QUAL_PHASE) {
			if (!phase) phase = f;
		} else if (!mains++) {
			main = f;
		}
	}
	if (mains > 1) return NULL;
	if (main) return main;
	if (phase) return phase;
	return r->n == 1 && !other->is_part ? other : NULL;
}

/* 10^-12 base units to units of the measure, half away from zero. False when it does not fit. */
static bool converted(wide v, int exp10, int64_t num, int64_t den, int64_t *out, bool *is_rounded) {
	if (!times(&v, exp10) || v > WIDE_MAX / num) return false;
	wide n = v * num, d = wide_ten(FRACTION_DIGITS) * den;
	if (n % d) *is_rounded = true;
	n = (n + d / 2) / d;
	if (n > MONEY_MAX_MINOR) return false;
	*out = (int64_t)n;
	return true;
}

static bool has_unit(const struct unit *u) {
	return u && u->text.n;
}

static const struct unit one_each = {S_("个"), S_(""), 0, 1, 1};

/* A scale alone is a unit of money: 3.5亿. A foreign column keeps its currency for it. */
static struct amount measured(const struct figure *f, enum measure m, const struct unit *standard,
		struct str text) {
	struct amount out = {.state = AMOUNT_GOOD, .value = NONE, .high = NONE, .qual = f->qual, .word = f->word};
	bool has_currency = standard && standard->num > 0;
	bool is_in_column = f->is_sign_alone && has_unit(standard) && m == MEASURE_MONEY
		&& str_eq(amount_units[f->unit].currency, standard->currency);
	int own_unit = is_in_column ? -1 : f->unit;
	bool is_own = own_unit >= 0 || (m == MEASURE_MONEY && f->has_scale && (!f->is_english || has_currency));
	if (!is_own && m == MEASURE_COUNT && !has_unit(standard)) standard = &one_each;
	if (!is_own && !has_unit(standard)) return refused(AMOUNT_NEEDS_UNIT, S("amount_needs_unit"), text);
	has_currency = standard && standard->num > 0;
	int64_t num = has_currency ? standard->num : 100, den = has_currency ? standard->den : 1;
	int exp10 = is_own || f->has_scale ? 0 : standard->exp10;
	if (m == MEASURE_MONEY) out.currency = has_currency ? standard->currency : S("CNY");
	if (own_unit >= 0) {
		num = amount_units[own_unit].num;
		den = amount_units[own_unit].den;
		out.currency = amount_units[own_unit].currency;
	}
	out.unit = f->unit_text;
	out.is_rounded = f->is_cut;
	if (!converted(f->value, exp10, num, den, &out.value, &out.is_rounded))
		return refused(AMOUNT_BAD, S("amount_too_big"), text);
	if (!f->has_high) return out;
	if (!converted(f->high, exp10, num, den, &out.high, &out.is_rounded))
		return refused(AMOUNT_BAD, S("amount_too_big"), text);
	if (out.high < out.value) return refused(AMOUNT_BAD, S("amount_range"), text);
	return out;
}

static bool is_missing(struct arena *a, struct str s) {
	/* none of the words has a digit: nearly every cell does */
	for (size_t i = 0; i < s.n; i++)
		if (is_digit(s.p[i])) return false;
	struct str key = word_key(a, s), rest = missing_words, w;
	if (!key.n) return true;
	while (str_split(&rest, '|', &w))
		if (str_eq(key, w)) return true;
	return false;
}

static void warn(struct amount *out) {
	if (!str_eq(out->currency, S("CNY"))) return;
	if (out->value > LARGE_FEN) out->warn = S("amount_large");
	if (out->value < SMALL_FEN) out->warn = S("amount_small");
}

/* 12500, 12,500, 3.5: what most cells are, without the words and signs that the rest is about. */
static bool is_plain(struct str s, enum measure m, struct token tokens[TOKENS_MAX + 2]) {
	for (size_t i = 0; i < s.n; i++)
		if (!is_digit(s.p[i]) && s.p[i] != '.' && s.p[i] != ',') return false;
	return s.n && amount_tokens(s, m, tokens) == 1 && tokens[0].kind == T_NUM;
}

static struct amount plain_amount(const struct token *number, enum measure m,
		const struct unit *standard, struct str shown) {
	const struct figure f = {.value = number->value, .is_cut = number->is_cut, .unit = -1,
		.qual = QUAL_EXACT};
	struct amount out = measured(&f, m, standard, shown);
	if (out.state == AMOUNT_GOOD && m == MEASURE_MONEY) warn(&out);
	return out;
}

struct amount amount_parse(struct arena *a, struct str text, enum measure m, const struct unit *standard) {
	struct str shown = str_trim(text);
	struct token tokens[TOKENS_MAX + 2];
	if (is_plain(shown, m, tokens)) return plain_amount(&tokens[0], m, standard, shown);
	if (is_missing(a, text)) return refused(AMOUNT_MISSING, S(""), S(""));
	if (str_starts(shown, S("#"))) return refused(AMOUNT_BAD, S("amount_error_cell"), shown);
	(void)amount_tokens(amount_folded(a, text), m, tokens);
	struct scan s = {.t = tokens};
	struct reading *r = arena_alloc(a, sizeof *r);
	read_all(&s, r);
	if (r->bad_number.n) return refused(AMOUNT_BAD, S("amount_number"), shown);
	if (r->is_negative) return refused(AMOUNT_BAD, S("amount_negative"), shown);
	if (!r->n || (r->is_vague && r->n == 1)) return refused(AMOUNT_BAD, S("amount_no_figure"), shown);
	const struct figure *f = main_figure(r);
	if (!f || r->is_too_many) return refused(AMOUNT_BAD, S("amount_two"), shown);
	if (f->rule.n) return refused(AMOUNT_BAD, f->rule, shown);
	if (f->words.n) return refused(AMOUNT_BAD, S("amount_words"), shown);
	if (f->factor < 0 && f->qual == QUAL_EXACT) return refused(AMOUNT_BAD, S("amount_no_figure"), shown);
	struct amount out = measured(f, m, standard, shown);
	if (out.state == AMOUNT_GOOD && m == MEASURE_MONEY) warn(&out);
	return out;
}
