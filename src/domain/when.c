#include "domain/when.h"

#include "base/buf.h"
#include "domain/sentence.h"
#include "domain/text.h"

/* ---- sentences ---- */

static const struct sentence sentences[] = {
	{S_("when_month"), S_("没有 {0} 月。请改为 2026-12-03 这样的日期"), S_("There is no month {0}. Write the date as 2026-12-03")},
	{S_("when_day"), S_("{0} 没有 {1} 日。请改为 2026-12-03 这样的日期"), S_("{0} has no day {1}. Write the date as 2026-12-03")},
	{S_("when_year"), S_("年份 {0} 不在 1950 至 2079 之间。请核对"), S_("The year {0} is not between 1950 and 2079. Check it")},
	{S_("when_order"), S_("“{0}”的起日晚于止日。请改正"), S_("“{0}” ends before it begins. Correct it")},
	{S_("when_needs_year"), S_("“{0}”没有年份。请指定该列的年份"), S_("“{0}” has no year. Choose the year of the column")},
	{S_("when_two_ways"), S_("“{0}”可以有两种读法。请写成 2026-12-03 或 2026年12月"), S_("“{0}” can be read in two ways. Write 2026-12-03 or 2026年12月")},
	{S_("when_tenth"), S_("“{0}”是数字，分不清是 1 月还是 10 月。请写成 2024-01 或 2024-10"),
	 S_("“{0}” is a number: January or October? Write 2024-01 or 2024-10")},
	{S_("when_two"), S_("“{0}”中有几个日期。请每列只写一个，或留作文字"), S_("“{0}” holds several dates. Write one a column, or keep it as text")},
	{S_("when_words"), S_("“{0}”不是日期。请写成 2026-12-03 或 2026年12月，或留作文字"), S_("“{0}” is no date. Write 2026-12-03 or 2026年12月, or keep it as text")},
};

struct str when_sentence(struct arena *a, struct str rule, const struct str args[2], enum lang lang) {
	return sentence_find(a, sentences, sizeof sentences / sizeof *sentences, rule, args, lang);
}

/* ---- reading ---- */

static bool is_digit(char c) {
	return c >= '0' && c <= '9';
}

static bool take(struct str *s, struct str word) {
	if (!str_starts(*s, word)) return false;
	*s = str_sub(*s, word.n, s->n);
	return true;
}

/* The first word of a list ('|' between) that *s begins with; -1 = none. */
static int take_one(struct str *s, struct str words) {
	struct str rest = words, w;
	for (int i = 0; str_split(&rest, '|', &w); i++)
		if (take(s, w)) return i;
	return -1;
}

struct number {
	int64_t value;
	int digits;
	bool is_hanzi;
};

static int hanzi_digit(struct str *s) {
	static const int values[] = {0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0};
	int i = take_one(s, S("〇|零|一|二|三|四|五|六|七|八|九|○"));
	return i < 0 ? -1 : values[i];
}

/* 二〇二四, 十二, 三十一 */
static bool take_hanzi_number(struct str *s, struct number *n) {
	struct str rest = *s;
	int64_t v = 0;
	int digits = 0, d;
	while ((d = hanzi_digit(&rest)) >= 0 && digits < 8) {
		v = v * 10 + d;
		digits++;
	}
	if (digits <= 1 && take(&rest, S("十"))) {
		v = (digits ? v : 1) * 10;
		d = hanzi_digit(&rest);
		if (d > 0) v += d;
		digits = 2;
	}
	if (!digits) return false;
	*n = (struct number){v, digits, true};
	*s = rest;
	return true;
}

static bool take_number(struct str *s, struct number *n) {
	size_t k = 0;
	int64_t v = 0;
	while (k < s->n && is_digit(s->p[k]) && k < 12) v = v * 10 + (s->p[k++] - '0');
	if (!k) return take_hanzi_number(s, n);
	*n = (struct number){v, (int)k, false};
	*s = str_sub(*s, k, s->n);
	return true;
}

/* A span of days in one year; year 0 = not written. */
struct span {
	int year, m1, d1, m2, d2;
	enum precision precision;
	bool is_bad;
	bool is_year_taken; /* 今年, 明年 */
	struct str rule, args[2];
};

struct reader {
	struct arena *arena;
	struct str text;         /* as written, for messages */
	struct when_context context;
};

static struct span bad_span(struct str rule, struct str arg0, struct str arg1) {
	return (struct span){.is_bad = true, .rule = rule, .args = {arg0, arg1}};
}

static struct str year_month(struct arena *a, int year, int month) {
	struct buf b = {.arena = a};
	if (year) {
		buf_int(&b, year);
		buf_c(&b, "-");
	}
	buf_pad(&b, month, 2);
	return buf_str(&b);
}

static bool year_is_fine(int year) {
	return year == 0 || (year >= 1950 && year <= 2079);
}

static struct span month_span(struct reader *r, int year, int64_t m1, int64_t m2) {
	if (!year_is_fine(year)) return bad_span(S("when_year"), str_of_int(r->arena, year), S(""));
	int64_t wrong = m1 < 1 || m1 > 12 ? m1 : m2;
	if (wrong < 1 || wrong > 12) return bad_span(S("when_month"), str_of_int(r->arena, wrong), S(""));
	if (m2 < m1) return bad_span(S("when_order"), r->text, S(""));
	/* 31 where the year is not known yet: settled once it is */
	int last = year ? day_month_len(year, (int)m2) : day_month_len(2024, (int)m2);
	return (struct span){.year = year, .m1 = (int)m1, .d1 = 1, .m2 = (int)m2, .d2 = last,
	                     .precision = m1 == m2 ? PRECISION_MONTH : PRECISION_RANGE};
}

static struct span year_span(struct reader *r, int year) {
	struct span s = month_span(r, year, 1, 12);
	s.precision = PRECISION_YEAR;
	return s;
}

static struct span day_span(struct reader *r, int year, int64_t month, int64_t d1, int64_t d2) {
	struct span s = month_span(r, year, month, month);
	if (s.is_bad) return s;
	int64_t wrong = d1 < 1 || d1 > s.d2 ? d1 : d2;
	if (wrong < 1 || wrong > s.d2)
		return bad_span(S("when_day"), year_month(r->arena, year, (int)month), str_of_int(r->arena, wrong));
	if (d2 < d1) return bad_span(S("when_order"), r->text, S(""));
	s.d1 = (int)d1;
	s.d2 = (int)d2;
	s.precision = d1 == d2 ? PRECISION_DAY : PRECISION_RANGE;
	return s;
}

static bool take_range_sign(struct str *s) {
	return take_one(s, S("-|~|——|—|–|−|至|到|―")) >= 0;
}

/* 上旬, 初, 底 after a month that has been read. */
static bool take_third(struct str *s, struct span *out) {
	static const struct { int from, to; } parts[] = {{1, 10}, {11, 20}, {21, 31}, {1, 10}, {11, 20},
		{21, 31}, {21, 31}};
	int i = take_one(s, S("上旬|中旬|下旬|初|中|底|末"));
	if (i < 0) return false;
	out->d1 = parts[i].from;
	if (parts[i].to < out->d2) out->d2 = parts[i].to;
	out->precision = PRECISION_RANGE;
	return true;
}

/* 15日, 15-20日 after a month. */
static bool take_days(struct reader *r, struct str *s, int year, int64_t month, struct span *out) {
	struct number from, to;
	struct str rest = *s;
	if (!take_number(&rest, &from) || from.digits > 2) return false;
	to = from;
	struct str ahead = rest;
	if (take_range_sign(&ahead) && take_number(&ahead, &to) && to.digits <= 2
		&& take_one(&ahead, S("日|号")) >= 0) {
		*out = day_span(r, year, month, from.value, to.value);
		*s = ahead;
		return true;
	}
	if (take_one(&rest, S("日|号")) < 0) return false;
	*out = day_span(r, year, month, from.value, from.value);
	*s = rest;
	return true;
}

/* 3月, 3月份, 3月15日, 3月上旬, 1-4月; the number has been seen to stand at *s. */
static bool take_months(struct reader *r, struct str *s, int year, struct span *out) {
	struct number from, to;
	struct str rest = *s;
	if (!take_number(&rest, &from) || from.digits > 2) return false;
	to = from;
	struct str ahead = rest;
	bool is_range = take_range_sign(&ahead) && take_number(&ahead, &to) && to.digits <= 2
		&& take(&ahead, S("月"));
	if (is_range) rest = ahead;
	else {
		to = from;
		if (!take(&rest, S("月"))) return false;
	}
	(void)take(&rest, S("份"));
	*out = month_span(r, year, from.value, to.value);
	*s = rest;
	if (out->is_bad || is_range) return true;
	if (take_days(r, s, year, from.value, out)) return true;
	(void)take_third(s, out);
	return true;
}

/* 一季度, 上半年, 前三季度, 年底 and the like, with or without a year before. */
static bool take_part_of_year(struct reader *r, struct str *s, int year, struct span *out) {
	static const struct { struct str words; int m1, m2; } parts[] = {
		{S_("前三季度|前三季"), 1, 9}, {S_("上半年|上半"), 1, 6}, {S_("下半年|下半"), 7, 12},
		{S_("第一季度|一季度|1季度|第1季度|Q1|q1|首季"), 1, 3}, {S_("第二季度|二季度|2季度|第2季度|Q2|q2"), 4, 6},
		{S_("第三季度|三季度|3季度|第3季度|Q3|q3"), 7, 9}, {S_("第四季度|四季度|4季度|第4季度|Q4|q4"), 10, 12},
		{S_("年底|年末|岁末"), 12, 12}, {S_("年初"), 1, 1}, {S_("年中"), 6, 6},
	};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (take_one(s, parts[i].words) < 0) continue;
		*out = month_span(r, year, parts[i].m1, parts[i].m2);
		out->precision = PRECISION_RANGE;
		return true;
	}
	return false;
}

/* What follows 2024年. */
static struct span take_after_year(struct reader *r, struct str *s, int year) {
	struct span out;
	(void)take(s, S("度"));
	if (take_part_of_year(r, s, year, &out)) return out;
	if (take_months(r, s, year, &out)) return out;
	int i = take_one(s, S("底|末|初|中"));
	if (i < 0) return year_span(r, year);
	static const int months[] = {12, 12, 1, 6};
	out = month_span(r, year, months[i], months[i]);
	out.precision = PRECISION_RANGE;
	return out;
}

static int full_year(int64_t two) {
	return (int)(two < 70 ? 2000 + two : 1900 + two);
}

static struct span doubtful(struct reader *r) {
	return bad_span(S("when_two_ways"), r->text, S(""));
}

/* 3/15, 24.3: two short numbers with a sign between. */
static struct span two_numbers(struct reader *r, struct number a, struct number b, char sign) {
	if (a.value > 12 && b.value <= 12 && b.value && sign != '/')
		return month_span(r, full_year(a.value), b.value, b.value);
	if (a.value <= 12 && a.value && b.value > 12 && b.value <= 31)
		return day_span(r, 0, a.value, b.value, b.value);
	return doubtful(r);
}

/* 24.3.15, 3/15/2024 */
static struct span three_numbers(struct reader *r, struct number a, struct number b, struct number c) {
	if (c.digits < 4) return day_span(r, full_year(a.value), b.value, c.value, c.value);
	if (a.value > 12) return day_span(r, (int)c.value, b.value, a.value, a.value);
	if (b.value > 12) return day_span(r, (int)c.value, a.value, b.value, b.value);
	return a.value == b.value ? day_span(r, (int)c.value, a.value, b.value, b.value) : doubtful(r);
}

static bool sign_at(struct str s, char *sign) {
	if (!s.n || (s.p[0] != '-' && s.p[0] != '/' && s.p[0] != '.')) return false;
	*sign = s.p[0];
	return s.n > 1 && is_digit(s.p[1]);
}

/* Numbers with signs between: `first` has been taken, a sign and a digit stand at *s. The day takes
 * the same sign as the month did, so that 2022.6-12 is June to December. */
static bool take_signed(struct reader *r, struct str *s, struct number first, struct span *out) {
	struct number second, third;
	char sign, again;
	if (!sign_at(*s, &sign)) return false;
	struct str rest = str_sub(*s, 1, s->n);
	if (!take_number(&rest, &second)) return false;
	if (first.digits == 4 && second.digits > 2) return false; /* 2022-2024: two years */
	if (first.digits != 4 && (first.digits > 2 || second.digits > 2)) return false;
	struct str ahead = rest;
	bool has_third = sign_at(ahead, &again) && again == sign;
	if (has_third) {
		ahead = str_sub(ahead, 1, ahead.n);
		has_third = take_number(&ahead, &third)
			&& (third.digits <= 2 || (first.digits <= 2 && third.digits == 4));
	}
	if (has_third) {
		*s = ahead;
		(void)take_one(s, S("日|号"));
		*out = first.digits == 4 ? day_span(r, (int)first.value, second.value, third.value, third.value)
		                         : three_numbers(r, first, second, third);
		return true;
	}
	*s = rest;
	(void)take_one(s, S("月份|月"));
	*out = first.digits == 4 ? month_span(r, (int)first.value, second.value, second.value)
		: two_numbers(r, first, second, sign);
	return true;
}

enum { SERIAL_1950 = 18264, SERIAL_2079 = 65746, SERIAL_EPOCH = 25569 /* 1970-01-01 */ };

/* 20240315, 202403, 240315, 2024, 45366 */
static bool take_plain(struct reader *r, struct number n, struct span *out) {
	int year = (int)(n.value / 10000);
	if (n.is_hanzi && n.digits != 4) return false;
	if (n.digits == 8) *out = day_span(r, year, n.value / 100 % 100, n.value % 100, n.value % 100);
	else if (n.digits == 6 && year_is_fine((int)(n.value / 100)))
		*out = month_span(r, (int)(n.value / 100), n.value % 100, n.value % 100);
	else if (n.digits == 6)
		*out = day_span(r, full_year(n.value / 10000), n.value / 100 % 100, n.value % 100, n.value % 100);
	else if (n.digits == 4) *out = year_span(r, (int)n.value);
	else if (n.digits == 5 && r->context.may_be_serial && n.value >= SERIAL_1950 && n.value <= SERIAL_2079) {
		int y, m, d;
		day_split((int32_t)(n.value - SERIAL_EPOCH), &y, &m, &d);
		*out = day_span(r, y, m, d, d);
	} else return false;
	return true;
}

/* 今年, 明年: needs the context's year. */
static bool take_this_year(struct reader *r, struct str *s, struct span *out) {
	static const int offsets[] = {0, 0, 0, 1, -1};
	int i = take_one(s, S("今年|本年|当年|明年|去年"));
	if (i < 0) return false;
	int year = r->context.year ? r->context.year + offsets[i] : 0;
	if (!year && offsets[i]) *out = bad_span(S("when_needs_year"), r->text, S(""));
	else *out = take_after_year(r, s, year);
	out->is_year_taken = true;
	return true;
}

static bool take_date(struct reader *r, struct str *s, struct span *out) {
	struct number n;
	struct str rest = *s;
	if (take_this_year(r, s, out)) return true;
	if (take_part_of_year(r, s, 0, out)) return true;
	if (!take_number(&rest, &n)) return false;
	if ((n.digits == 4 || n.digits == 2) && take(&rest, S("年"))) {
		*s = rest;
		*out = take_after_year(r, s, n.digits == 4 ? (int)n.value : full_year(n.value));
		return true;
	}
	if (take_signed(r, &rest, n, out)) {
		*s = rest;
		return true;
	}
	if (take_months(r, s, 0, out)) return true;
	if (!take_plain(r, n, out)) return false;
	*s = rest;
	return true;
}

/* 09:42, T09:42:00.123Z, a serial's fraction: the day is what counts. */
static void skip_time(struct str *s) {
	struct str rest = *s;
	struct number n;
	(void)(take(&rest, S(" ")) || take(&rest, S("t")) || take(&rest, S("T")));
	if (!take_number(&rest, &n) || n.is_hanzi || !take(&rest, S(":"))) return;
	while (rest.n && (is_digit(rest.p[0]) || str_has(S(":.zZ+"), str_sub(rest, 0, 1))))
		rest = str_sub(rest, 1, rest.n);
	*s = rest;
}

static void skip_fraction(struct str *s, const struct span *span) {
	size_t n = 1;
	if (span->precision != PRECISION_DAY || s->n < 2 || s->p[0] != '.') return;
	while (n < s->n && is_digit(s->p[n])) n++;
	if (n > 1) *s = str_sub(*s, n, s->n);
}

/* ---- the answer ---- */

static struct when answer(enum when_state state, struct str rule, struct str arg0, struct str arg1) {
	return (struct when){.state = state, .rule = rule, .args = {arg0, arg1}};
}

static struct when from_bad(const struct span *s) {
	bool is_doubt = str_eq(s->rule, S("when_two_ways"));
	bool is_open = str_eq(s->rule, S("when_needs_year"));
	return answer(is_doubt ? WHEN_DOUBTFUL : is_open ? WHEN_NEEDS_YEAR : WHEN_BAD, s->rule,
		s->args[0], s->args[1]);
}

/* 2月30日 of a year that came later, and the last of a month. */
static bool settle_year(struct span *s, int year) {
	s->year = year;
	int first_len = day_month_len(year, s->m1), last_len = day_month_len(year, s->m2);
	if (s->precision != PRECISION_DAY && s->d2 > last_len) s->d2 = last_len;
	return s->d1 <= first_len && s->d2 <= last_len;
}

static struct when from_spans(struct reader *r, struct span from, struct span to, bool is_range,
		struct str words) {
	struct when w = {.state = WHEN_GOOD, .precision = is_range ? PRECISION_RANGE : from.precision,
		.words = words};
	/* 3月-2024年5月: the year stands at the end */
	int year = from.year ? from.year : to.year ? to.year : r->context.year;
	w.is_year_taken = from.is_year_taken || (!from.year && !to.year);
	if (!year) {
		w.state = WHEN_NEEDS_YEAR;
		w.rule = S("when_needs_year");
		w.args[0] = r->text;
		return w;
	}
	bool is_fine = settle_year(&from, year);
	if (is_range) is_fine &= settle_year(&to, to.year ? to.year : year);
	else to = from;
	if (!is_fine)
		return answer(WHEN_BAD, S("when_day"), year_month(r->arena, year, from.m1),
			str_of_int(r->arena, from.d1));
	w.day = day_of(from.year, from.m1, from.d1);
	w.last = day_of(to.year, to.m2, to.d2);
	if (w.last < w.day) return answer(WHEN_BAD, S("when_order"), r->text, S(""));
	return w;
}

static bool is_missing(struct arena *a, struct str text) {
	static const struct str words =
		S_("无|待定|暂无|未定|不详|未知|空|na|n/a|null|none|tbd|未确定|待确定|未明确|待明确|保密|未填|不涉及|面议");
	if (text.n && is_digit(text.p[0])) return false;
	struct str key = word_key(a, text), rest = words, w;
	if (!key.n) return true;
	while (str_split(&rest, '|', &w))
		if (str_eq(key, w)) return true;
	return false;
}

/* Half-width, simplified, one line; a blank stays only before a digit after a digit (a time of day). */
static struct str folded(struct arena *a, struct str s) {
	struct buf b = {.arena = a};
	struct str rest = text_nfkc(a, str_trim(s));
	while (rest.n) {
		int32_t cp = cp_simplified(str_next(&rest));
		if (!cp_is_blank(cp)) buf_cp(&b, cp);
		else if (b.n && is_digit(b.p[b.n - 1]) && rest.n && is_digit(rest.p[0])) buf_byte(&b, ' ');
	}
	return buf_str(&b);
}

static bool has_digit(struct str s) {
	for (size_t i = 0; i < s.n; i++)
		if (is_digit(s.p[i])) return true;
	return false;
}

/* 2024.1 in a number cell: Excel shows 2024.10 so, too. */
static bool is_lost_zero(struct str s) {
	return s.n == 6 && str_ends(s, S(".1"));
}

/* 2024-03-01, as databases and our own files write it. */
static bool is_iso_day(struct str s, int32_t *day) {
	bool is_near = s.n == 10 && (str_starts(s, S("199")) || str_starts(s, S("20")));
	return is_near && day_parse(s, day);
}

struct when when_parse(struct arena *a, struct str text, struct when_context c) {
	struct reader r = {a, str_trim(text), c};
	int32_t day;
	if (is_iso_day(r.text, &day))
		return (struct when){.state = WHEN_GOOD, .precision = PRECISION_DAY, .day = day, .last = day};
	if (is_missing(a, text)) return answer(WHEN_MISSING, S(""), S(""), S(""));
	struct str s = folded(a, text);
	if (c.is_number && is_lost_zero(s)) return answer(WHEN_DOUBTFUL, S("when_tenth"), r.text, S(""));
	while (take_one(&s, S("预计|原计划|计划|拟|约|已于|将于|于|力争|争取|自|从|截至")) >= 0) {}
	struct span from, to;
	if (!take_date(&r, &s, &from)) return answer(WHEN_TEXT, S("when_words"), r.text, S(""));
	if (from.is_bad) return from_bad(&from);
	skip_time(&s);
	if (c.may_be_serial) skip_fraction(&s, &from);
	struct str ahead = s;
	bool is_range = take_range_sign(&ahead) && take_date(&r, &ahead, &to);
	if (is_range) {
		if (to.is_bad) return from_bad(&to);
		s = ahead;
		(void)take(&s, S("年"));
	}
	/* 第2季度 of a text with more dates in it */
	if (has_digit(s)) return answer(WHEN_DOUBTFUL, S("when_two"), r.text, S(""));
	return from_spans(&r, from, is_range ? to : from, is_range, str_trim(s));
}
