#include "domain/amount_token.h"

#include "base/buf.h"
#include "domain/text.h"

static bool is_digit(char c) {
	return c >= '0' && c <= '9';
}

wide wide_ten(int exp10) {
	enum { TABLE = 19 };
	static const int64_t powers[TABLE] = {
		1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
		1000000000000, 10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000,
		1000000000000000000,
	};
	if (exp10 <= 0) return 1;
	return exp10 < TABLE ? powers[exp10] : powers[TABLE - 1] * wide_ten(exp10 - TABLE + 1);
}

static bool is_hanzi_digit(struct str s, int64_t *digit) {
	static const struct str digits = S_("零一二三四五六七八九〇两壹贰叁肆伍陆柒捌玖");
	static const int values[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9};
	struct str one = str_cp_head(s, 1), rest = digits;
	for (size_t i = 0; rest.n; i++) {
		struct str each = str_cp_head(rest, 1);
		if (str_eq(each, one)) {
			*digit = values[i];
			return true;
		}
		rest = str_sub(rest, each.n, rest.n);
	}
	return false;
}

static size_t digits_at(struct str s, size_t at) {
	size_t n = 0;
	while (at + n < s.n && is_digit(s.p[at + n])) n++;
	return n;
}

/* A separator of thousands at `at` (3,500 3'500 3 500): its length, 0 = none there. */
static size_t thousands_mark(struct str s, size_t at) {
	struct str rest = str_sub(s, at, s.n);
	if (str_starts(rest, S(",")) || str_starts(rest, S("'")) || str_starts(rest, S(" "))) return 1;
	return str_starts(rest, S("’")) ? S("’").n : 0;
}

static bool push_digit(wide *v, char c, int *digits) {
	if (*v == 0 && c == '0') return true;
	if (++*digits > INTEGER_DIGITS) return false;
	*v = *v * 10 + (c - '0');
	return true;
}

/* 12  1,234,567.89  1.5E+10. The token's text is what was taken; T_BAD_NUMBER for 1,2 or 1.2.3 or over
 * 18 digits. */
static struct token read_number(struct str s) {
	struct token t = {.kind = T_NUM};
	size_t at = 0, group = digits_at(s, 0);
	int digits = 0, exponent = 0, fraction = 0;
	bool is_bad = false;
	wide v = 0;
	for (;;) {
		for (size_t i = 0; i < group; i++) is_bad |= !push_digit(&v, s.p[at + i], &digits);
		size_t first = at == 0 ? group : 0, mark = 0;
		at += group;
		mark = thousands_mark(s, at);
		size_t next = mark ? digits_at(s, at + mark) : 0;
		if (!next) break;
		bool is_blank = s.p[at] == ' ';
		if (next != 3 || first > 3) {
			if (is_blank) break; /* "5 12": two numbers, told apart later */
			is_bad = true;
		}
		at += mark;
		group = next;
	}
	if (at + 1 < s.n && s.p[at] == '.' && is_digit(s.p[at + 1])) {
		for (at++; at < s.n && is_digit(s.p[at]); at++) {
			if (fraction == FRACTION_DIGITS) {
				t.is_cut |= s.p[at] != '0';
				continue;
			}
			v = v * 10 + (s.p[at] - '0');
			fraction++;
		}
		if (at + 1 < s.n && s.p[at] == '.' && is_digit(s.p[at + 1])) is_bad = true;
	}
	if (at + 1 < s.n && (s.p[at] == 'e' || s.p[at] == 'E')) {
		size_t e = at + 1;
		bool is_minus = s.p[e] == '-';
		if (is_minus || s.p[e] == '+') e++;
		size_t n = digits_at(s, e);
		if (n && n <= 2) {
			for (size_t i = 0; i < n; i++) exponent = exponent * 10 + (s.p[e + i] - '0');
			if (is_minus) exponent = -exponent;
			at = e + n;
		}
	}
	int shift = FRACTION_DIGITS - fraction + exponent;
	for (; shift > 0 && !is_bad; shift--) {
		v *= 10;
		is_bad = v > wide_ten(FRACTION_DIGITS + INTEGER_DIGITS);
	}
	for (; shift < 0 && v; shift++) {
		t.is_cut |= v % 10 != 0;
		v /= 10;
	}
	t.value = v;
	t.text = str_sub(s, 0, at);
	if (is_bad) t.kind = T_BAD_NUMBER;
	return t;
}

/* 1期, 第2期, 2024年, 2024年度: not an amount but which part of it. */
static size_t phase_number(struct str s) {
	size_t at = str_starts(s, S("第")) ? S("第").n : 0, n = digits_at(s, at);
	struct str rest = str_sub(s, at + n, s.n);
	if (n && n <= 2 && str_starts(rest, S("期"))) return at + n + S("期").n;
	if (n == 4 && !at && str_starts(rest, S("年"))) return n + S("年").n;
	return 0;
}

static struct token as_token(enum token_kind kind, struct str s, size_t n) {
	return (struct token){.kind = kind, .text = str_sub(s, 0, n)};
}

static struct token read_token(struct str s, enum measure m) {
	int64_t digit;
	if (!s.n) return (struct token){.kind = T_END};
	size_t phase = phase_number(s);
	if (phase) return as_token(T_PHASE, s, phase);
	if (is_digit(s.p[0])) return read_number(s);
	struct token t = amount_word(s, m);
	/* 一期 is one word; 一亿 is a digit and its multiplier. */
	if (t.kind == T_WORD && is_hanzi_digit(s, &digit)) {
		t.kind = T_NUM;
		t.is_hanzi = true;
		t.value = digit * wide_ten(FRACTION_DIGITS);
	}
	return t;
}

struct str amount_folded(struct arena *a, struct str s) {
	struct buf b = {.arena = a};
	struct str rest = text_nfkc(a, str_trim(s));
	while (rest.n) {
		int32_t cp = cp_simplified(str_next(&rest));
		if (cp == '\n') buf_byte(&b, '\n');
		else if (!cp_is_blank(cp)) buf_cp(&b, cp >= 'A' && cp <= 'Z' ? cp + 32 : cp);
		else if (b.n && is_digit(b.p[b.n - 1]) && rest.n && is_digit(rest.p[0])) buf_byte(&b, ' ');
	}
	return buf_str(&b);
}

size_t amount_tokens(struct str s, enum measure m, struct token out[TOKENS_MAX + 2]) {
	size_t n = 0;
	while (s.n && n < TOKENS_MAX) {
		if (s.p[0] == ' ') {
			out[n++] = as_token(T_SEP, s, 1);
			s = str_sub(s, 1, s.n);
			continue;
		}
		out[n] = read_token(s, m);
		s = str_sub(s, out[n++].text.n, s.n);
	}
	out[n] = (struct token){.kind = s.n ? T_WORD : T_END, .text = s};
	if (s.n) out[++n] = (struct token){.kind = T_END};
	return n;
}

struct str token_span(struct str from, struct str to) {
	return (struct str){from.p, (size_t)(to.p + to.n - from.p)};
}
