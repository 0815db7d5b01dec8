#include "sheet/numfmt.h"

#include <stdlib.h>
#include <string.h>

/* What one section holds, collected from left to right. */
struct found {
	bool date, clock, span, digits, minutes_next;
	size_t months; /* m's that are months unless seconds follow */
};

static char lower(char c) {
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* The text between quotes, or to the end where the second quote is missing. */
static size_t quoted(struct str s) {
	const char *end = s.n > 1 ? memchr(s.p + 1, '"', s.n - 1) : NULL;
	return end ? (size_t)(end - s.p) + 1 : s.n;
}

static size_t code_point(struct str s) {
	struct str rest = s;
	str_next(&rest);
	return s.n - rest.n;
}

static bool condition(struct str in, struct fmt_section *out) {
	static const struct { struct str sign; char op; } ops[] = {
		{S_("<="), 'l'}, {S_(">="), 'g'}, {S_("<>"), 'n'}, {S_("<"), '<'}, {S_(">"), '>'}, {S_("="), '='},
	};
	char number[32];
	for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
		if (!str_starts(in, ops[i].sign)) continue;
		struct str rest = str_sub(in, ops[i].sign.n, in.n);
		if (!rest.n || rest.n >= sizeof number) return false;
		memcpy(number, rest.p, rest.n);
		number[rest.n] = 0;
		out->op = ops[i].op;
		out->limit = strtod(number, NULL);
		return true;
	}
	return false;
}

/* [h], [mm], [ss] count on; [Red], [$-804], [DBNum1] and [>100] show nothing of the value. */
static size_t bracket(struct str s, struct found *f, struct fmt_section *out) {
	const char *end = memchr(s.p, ']', s.n);
	size_t n = end ? (size_t)(end - s.p) + 1 : s.n;
	struct str in = str_sub(s, 1, n - (end ? 2 : 1));
	bool counts = in.n > 0 && memchr("hms", lower(in.p[0]), 3);
	for (size_t i = 1; i < in.n; i++) counts = counts && lower(in.p[i]) == lower(in.p[0]);
	if (counts) {
		f->span = true;
		f->minutes_next = lower(in.p[0]) == 'h';
	} else {
		condition(in, out);
	}
	return n;
}

/* Words that hold letters of dates: General shows a number ("G/通用格式" is its Chinese name),
 * AM/PM a time. */
static size_t word(struct str s, struct found *f) {
	static const struct { struct str text; bool is_clock; } words[] = {
		{S_("general"), false}, {S_("g/通用格式"), false}, {S_("standard"), false},
		{S_("am/pm"), true}, {S_("a/p"), true}, {S_("上午/下午"), true},
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (!str_eq_nocase(str_sub(s, 0, words[i].text.n), words[i].text)) continue;
		f->digits = f->digits || !words[i].is_clock;
		f->clock = f->clock || words[i].is_clock;
		return words[i].text.n;
	}
	return 0;
}

static size_t run_of(struct str s) {
	size_t n = 1;
	while (n < s.n && lower(s.p[n]) == lower(s.p[0])) n++;
	return n;
}

/* m's are minutes after hours and before seconds, else months. */
static void letters(char c, struct found *f) {
	switch (c) {
	case 'y': case 'd': case 'g': case 'b': case 'a':
		f->date = true;
		f->minutes_next = false;
		f->months = 0;
		break;
	case 'h':
		f->date = f->date || f->months;
		f->clock = f->minutes_next = true;
		f->months = 0;
		break;
	case 's':
		f->clock = true;
		f->minutes_next = false;
		f->months = 0;
		break;
	case 'm':
		f->date = f->date || f->months;
		f->clock = f->clock || f->minutes_next;
		f->months = f->minutes_next ? 0 : 1;
		f->minutes_next = false;
		break;
	}
}

/* "0.00E+00" is a number; "e" alone is a year (Chinese and Japanese formats). */
static size_t exponent_or_year(struct str s, struct found *f) {
	if (s.n > 1 && (s.p[1] == '+' || s.p[1] == '-')) {
		f->digits = true;
		return 2;
	}
	letters('y', f);
	return run_of(s);
}

static size_t token(struct str s, struct found *f, struct fmt_section *out) {
	char c = lower(s.p[0]);
	size_t n = word(s, f);
	if (n) return n;
	switch (c) {
	case '"': return quoted(s);
	case '[': return bracket(s, f, out);
	case '\\': case '_': case '*': return 1 + code_point(str_sub(s, 1, s.n));
	case 'e': return exponent_or_year(s, f);
	case '#': case '?': f->digits = true; return 1;
	case '0': /* ss.00 is a fraction of seconds */
		f->digits = f->digits || !(f->clock || f->span || f->date || f->months);
		return run_of(s);
	case 'y': case 'd': case 'g': case 'b': case 'a': case 'h': case 's': case 'm':
		letters(c, f);
		return run_of(s);
	default: return code_point(s);
	}
}

static enum fmt_kind kind_of(const struct found *f) {
	if (f->digits) return FMT_NUMBER;
	if (f->date || f->months) return FMT_DATE;
	if (f->span) return FMT_SPAN;
	return f->clock ? FMT_TIME : FMT_NUMBER;
}

/* One section off the front of *code. */
static struct fmt_section section(struct str *code) {
	struct fmt_section out = {0};
	struct found f = {0};
	while (code->n && code->p[0] != ';') *code = str_sub(*code, token(*code, &f, &out), code->n);
	out.kind = kind_of(&f);
	return out;
}

struct numfmt numfmt_parse(struct str code) {
	struct numfmt f = {.is_plain = true};
	do {
		f.section[f.n] = section(&code);
		f.is_plain = f.is_plain && f.section[f.n].kind == FMT_NUMBER;
		f.n++;
		if (!code.n) break;
		code = str_sub(code, 1, code.n);
	} while (f.n < 4);
	return f;
}

/* ECMA-376 part 1, 18.8.30, with the zh-cn meaning of 27 to 36 and 50 to 58. */
struct numfmt numfmt_builtin(int64_t id) {
	static const struct { int from, to; enum fmt_kind kind; } ranges[] = {
		{14, 17, FMT_DATE}, {18, 21, FMT_TIME}, {22, 22, FMT_DATE}, {27, 31, FMT_DATE},
		{32, 35, FMT_TIME}, {36, 36, FMT_DATE}, {45, 45, FMT_TIME}, {46, 46, FMT_SPAN},
		{47, 47, FMT_TIME}, {50, 54, FMT_DATE}, {55, 56, FMT_TIME}, {57, 58, FMT_DATE},
	};
	struct numfmt f = {.n = 1, .is_plain = true};
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
		if (id < ranges[i].from || id > ranges[i].to) continue;
		f.section[0].kind = ranges[i].kind;
		f.is_plain = false;
	}
	return f;
}

static bool holds(const struct fmt_section *s, double v) {
	switch (s->op) {
	case '<': return v < s->limit;
	case '>': return v > s->limit;
	case '=': return v == s->limit;
	case 'l': return v <= s->limit;
	case 'g': return v >= s->limit;
	case 'n': return v != s->limit;
	default: return true;
	}
}

static int by_sign(const struct numfmt *f, double v) {
	if (v < 0 && f->n > 1) return 1;
	return v == 0 && f->n > 2 ? 2 : 0;
}

static int by_condition(const struct numfmt *f, double v) {
	for (int i = 0; i < 2 && i < f->n; i++)
		if (f->section[i].op && holds(&f->section[i], v)) return i;
	if (f->n > 2) return 2;
	return f->n > 1 && !f->section[1].op ? 1 : 0;
}

enum fmt_kind numfmt_kind(const struct numfmt *f, double v) {
	bool has_condition = f->section[0].op || f->section[1].op;
	return f->section[has_condition ? by_condition(f, v) : by_sign(f, v)].kind;
}
