#include "sheet/number.h"

#include "base/day.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLAIN_DIGITS = 21, RAW_MAX = 400, DAY_SECONDS = 86400 };
enum { SERIAL_1904 = 1462, SERIAL_FAKE = 60, SERIAL_MAX = 2958465 /* 9999-12-31 */ };

static bool is_digit(char c) {
	return c >= '0' && c <= '9';
}

/* Already the shortest: at most 15 significant digits (every such decimal survives the way through
 * a double), no zero too many, no exponent, no sign on zero. Nearly every number is. */
static bool is_shortest(struct str s) {
	size_t i = s.n && s.p[0] == '-' ? 1 : 0, digits = 0;
	bool is_zero = true, has_dot = false;
	if (i == s.n || !is_digit(s.p[i])) return false;
	if (s.p[i] == '0' && i + 1 < s.n && s.p[i + 1] != '.') return false;
	for (; i < s.n; i++) {
		if (s.p[i] == '.' && !has_dot) {
			has_dot = true;
			continue;
		}
		if (!is_digit(s.p[i])) return false;
		is_zero = is_zero && s.p[i] == '0';
		digits += !is_zero;
	}
	char last = s.p[s.n - 1];
	return digits <= 15 && s.n <= PLAIN_DIGITS && !(has_dot && (last == '0' || last == '.')) &&
	       !(is_zero && s.n > 1);
}

bool number_parse(struct str raw, double *out) {
	char text[RAW_MAX + 1], *end;
	raw = str_trim(raw);
	if (!raw.n || raw.n > RAW_MAX) return false;
	for (size_t i = 0; i < raw.n; i++)
		if (!is_digit(raw.p[i]) && !memchr("+-.eE", raw.p[i], 5)) return false;
	memcpy(text, raw.p, raw.n);
	text[raw.n] = 0;
	*out = strtod(text, &end);
	return *end == 0 && isfinite(*out);
}

/* Shortest digits d1d2...dn and exponent, so that v = d1.d2...dn * 10^exponent. */
static size_t shortest_digits(double v, char digits[20], int *exponent) {
	char text[40];
	int least = v < DBL_MIN ? 0 : DBL_DIG - 1; /* the smallest numbers have fewer digits */
	for (int precision = least; precision <= DBL_DIG + 1; precision++) {
		snprintf(text, sizeof text, "%.*e", precision, v);
		if (strtod(text, NULL) == v) break;
	}
	size_t n = 0;
	const char *p = text;
	for (; *p && *p != 'e'; p++)
		if (is_digit(*p)) digits[n++] = *p;
	*exponent = (int)strtol(p + 1, NULL, 10);
	while (n > 1 && digits[n - 1] == '0') n--;
	return n;
}

static void put_zeros(struct buf *b, int n) {
	while (n-- > 0) buf_byte(b, '0');
}

static void put_plain(struct buf *b, struct str digits, int exponent) {
	int n = (int)digits.n;
	if (exponent < 0) {
		buf_c(b, "0.");
		put_zeros(b, -exponent - 1);
		buf_add(b, digits);
		return;
	}
	buf_add(b, str_sub(digits, 0, (size_t)exponent + 1));
	put_zeros(b, exponent + 1 - n);
	if (n <= exponent + 1) return;
	buf_byte(b, '.');
	buf_add(b, str_sub(digits, (size_t)exponent + 1, digits.n));
}

static void put_scientific(struct buf *b, struct str digits, int exponent) {
	buf_byte(b, digits.p[0]);
	if (digits.n > 1) buf_byte(b, '.');
	buf_add(b, str_sub(digits, 1, digits.n));
	buf_c(b, exponent < 0 ? "E-" : "E+");
	buf_int(b, exponent < 0 ? -exponent : exponent);
}

static void put_number(struct buf *b, double v) {
	char digits[20];
	int exponent;
	if (v == 0) {
		buf_byte(b, '0');
		return;
	}
	if (v < 0) buf_byte(b, '-');
	struct str d = {digits, shortest_digits(fabs(v), digits, &exponent)};
	int fraction = (int)d.n - 1 - exponent; /* digits after the point */
	int length = exponent < 0 ? 1 + fraction : exponent + 1 + (fraction > 0 ? fraction : 0);
	if (length <= PLAIN_DIGITS) put_plain(b, d, exponent);
	else put_scientific(b, d, exponent);
}

bool number_text(struct str raw, struct buf *out, struct str *text) {
	double v;
	*text = raw;
	if (is_shortest(raw)) return true;
	if (!number_parse(raw, &v)) return false;
	size_t from = out->n;
	put_number(out, v);
	*text = (struct str){out->p + from, out->n - from};
	return true;
}

static void put_clock(struct buf *b, int64_t seconds) {
	buf_pad(b, seconds / 3600, 2);
	buf_byte(b, ':');
	buf_pad(b, seconds / 60 % 60, 2);
	buf_byte(b, ':');
	buf_pad(b, seconds % 60, 2);
}

static void put_date(struct cell *c, int64_t serial, bool is_1904, struct buf *out) {
	static const struct str fake = S_("1900-02-29");
	if (is_1904) serial += SERIAL_1904;
	/* before the day that never was, serials run from 1899-12-31 */
	int32_t shift = serial < SERIAL_FAKE ? 1 : 0;
	c->day = day_of(1899, 12, 30) + (int32_t)serial + shift;
	if (serial == SERIAL_FAKE) buf_add(out, fake);
	else buf_day(out, c->day);
}

bool serial_cell(double serial, enum fmt_kind kind, bool is_1904, struct buf *out, struct cell *c) {
	if (!(serial >= 0 && serial < SERIAL_MAX + 1)) return false;
	int64_t seconds = llround(serial * DAY_SECONDS), day = seconds / DAY_SECONDS;
	if (day > SERIAL_MAX - (is_1904 ? SERIAL_1904 : 0)) return false;
	size_t from = out->n;
	/* day 0 of 1900 is no date: what stands there is a time of day */
	bool is_time = kind == FMT_SPAN || (day == 0 && (kind == FMT_TIME || !is_1904));
	c->kind = is_time ? CELL_TIME : CELL_DATE;
	if (is_time) {
		put_clock(out, seconds);
	} else {
		put_date(c, day, is_1904, out);
		if (seconds % DAY_SECONDS) {
			buf_byte(out, ' ');
			put_clock(out, seconds % DAY_SECONDS);
		}
	}
	c->text = (struct str){out->p + from, out->n - from};
	return true;
}

/* HH:MM:SS with an optional fraction and Z. */
static bool parse_clock(struct str s, int64_t *seconds) {
	int64_t h, m, sec;
	if (s.n < 8 || s.p[2] != ':' || s.p[5] != ':') return false;
	if (!str_int(str_sub(s, 0, 2), &h) || !str_int(str_sub(s, 3, 2), &m) ||
	    !str_int(str_sub(s, 6, 2), &sec) || h < 0 || h > 23 || m < 0 || m > 59 || sec < 0 || sec > 59)
		return false;
	*seconds = h * 3600 + m * 60 + sec;
	s = str_sub(s, 8, s.n);
	if (s.n && s.p[s.n - 1] == 'Z') s.n--;
	if (!s.n) return true;
	if (s.p[0] != '.' || s.n < 2) return false;
	for (size_t i = 1; i < s.n; i++)
		if (!is_digit(s.p[i])) return false;
	*seconds += s.p[1] >= '5' && *seconds < DAY_SECONDS - 1;
	return true;
}

bool iso_cell(struct str iso, struct buf *out, struct cell *c) {
	int64_t seconds = 0;
	int32_t day;
	size_t from = out->n;
	iso = str_trim(iso);
	if (iso.n && iso.p[0] == 'T') iso = str_sub(iso, 1, iso.n);
	bool is_date = day_parse(str_sub(iso, 0, 10), &day);
	struct str clock = str_sub(iso, is_date ? 11 : 0, iso.n);
	if (is_date && iso.n > 10 && iso.p[10] != 'T' && iso.p[10] != ' ') return false;
	if ((!is_date || iso.n > 10) && !parse_clock(clock, &seconds)) return false;
	c->kind = is_date ? CELL_DATE : CELL_TIME;
	if (is_date) {
		c->day = day;
		buf_day(out, day);
	}
	if (is_date && seconds) buf_byte(out, ' ');
	if (!is_date || seconds) put_clock(out, seconds);
	c->text = (struct str){out->p + from, out->n - from};
	return true;
}
