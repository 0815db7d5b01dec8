#include "sheet/encoding.h"

#include <assert.h>
#include <string.h>
#include <unicode/ucnv.h>

static const struct encoding utf8 = {S_("UTF-8"), S_("")};
static const struct encoding gb18030 = {S_("GB18030"), S_("")};
static const struct encoding big5 = {S_("Big5"), S_("")};
static const struct encoding utf16[2] = {{S_("UTF-16LE"), S_("")}, {S_("UTF-16BE"), S_("")}};

/* ---- what can it be? ---- */

/* UTF-32 before UTF-16: its little-endian mark begins with the other's. */
static const struct encoding marked[] = {
	{S_("UTF-8"), S_("\xEF\xBB\xBF")},
	{S_("UTF-32LE"), S_("\xFF\xFE\0\0")},
	{S_("UTF-32BE"), S_("\0\0\xFE\xFF")},
	{S_("UTF-16LE"), S_("\xFF\xFE")},
	{S_("UTF-16BE"), S_("\xFE\xFF")},
	{S_("GB18030"), S_("\x84\x31\x95\x33")},
};

static uint32_t unit_at(const unsigned char *p, int is_big) {
	return is_big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

/* A character that stands in a list: ASCII text, signs (°, ①, →, ㎡), Chinese and its punctuation,
 * full-width forms. */
static bool is_usual(uint32_t u) {
	static const uint32_t ranges[][2] = {
		{0x20, 0x7E}, {0xA0, 0xFF}, {0x2010, 0x2040}, {0x20A0, 0x2300}, {0x2460, 0x2700},
		{0x3000, 0x3400}, {0x4E00, 0x9FFF}, {0xFF00, 0xFFEF},
	};
	if (u == '\t' || u == '\r' || u == '\n') return true;
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (u >= ranges[i][0] && u <= ranges[i][1]) return true;
	return false;
}

/* UTF-16 without a mark: NUL bytes on one side only, and nearly all of it usual characters. */
static const struct encoding *unmarked_utf16(struct str bytes) {
	enum { SAMPLE = 64 << 10 };
	size_t n = (bytes.n < SAMPLE ? bytes.n : SAMPLE) / 2, usual[2] = {0};
	const unsigned char *p = (const unsigned char *)bytes.p;
	if (bytes.n % 2 || !n || !memchr(bytes.p, 0, 2 * n)) return NULL;
	for (size_t i = 0; i < n; i++)
		for (int big = 0; big < 2; big++) usual[big] += is_usual(unit_at(p + 2 * i, big));
	int big = usual[1] > usual[0];
	return usual[big] * 20 >= n * 19 ? &utf16[big] : NULL;
}

/* What the bytes are as UTF-8: whole sequences by length, and bytes that fit none. */
struct utf8_look {
	size_t two, latin, gb_like, long_ones, bad;
};

static struct utf8_look look_utf8(struct str s) {
	struct utf8_look l = {0};
	while (s.n) {
		const unsigned char *u = (const unsigned char *)s.p;
		if (u[0] < 0x80) {
			s = str_sub(s, 1, s.n);
			continue;
		}
		struct str before = s;
		str_next(&s);
		size_t n = before.n - s.n;
		l.bad += n == 1;
		l.two += n == 2;
		l.long_ones += n > 2;
		l.latin += n == 2 && u[0] <= 0xC3;
		l.gb_like += n == 2 && u[0] >= 0xB0 && u[1] >= 0xA1;
	}
	return l;
}

/* Valid UTF-8 may still be GBK: short words like "莫莫" are two-byte sequences in both. Accents
 * (é, °, ²) speak for UTF-8; other two-byte characters that are all common Chinese ones for GBK. */
static bool is_utf8_text(const struct utf8_look *l) {
	if (l->bad) return l->long_ones > l->bad; /* broken, but UTF-8: refused with its line */
	return l->long_ones || !l->two || l->latin == l->two || l->gb_like < l->two;
}

/* Two-byte characters as GBK and as Big5, and how many of each are among the usual ones. */
struct double_look {
	size_t pairs, gb_usual, big5_usual;
	bool is_big5;
};

static struct double_look look_double(struct str s) {
	struct double_look l = {.is_big5 = true};
	const unsigned char *u = (const unsigned char *)s.p;
	for (size_t i = 0; i < s.n; i++) {
		if (u[i] < 0x80) continue;
		unsigned char lead = u[i], trail = i + 1 < s.n ? u[i + 1] : 0;
		bool fits = lead >= 0xA1 && lead <= 0xF9 &&
		            ((trail >= 0x40 && trail <= 0x7E) || (trail >= 0xA1 && trail <= 0xFE));
		l.is_big5 = l.is_big5 && fits;
		l.pairs++;
		l.gb_usual += trail >= 0xA1 && ((lead >= 0xB0 && lead <= 0xD7) || lead <= 0xA3);
		l.big5_usual += lead <= 0xC6;
		i++;
	}
	return l;
}

static bool is_surely_big5(struct str bytes) {
	struct double_look l = look_double(bytes);
	return l.is_big5 && l.pairs >= 8 && l.big5_usual * 100 >= l.pairs * 95 &&
	       l.gb_usual * 2 <= l.pairs;
}

struct encoding encoding_detect(struct str bytes) {
	for (size_t i = 0; i < sizeof marked / sizeof *marked; i++)
		if (str_starts(bytes, marked[i].mark)) return marked[i];
	const struct encoding *wide = unmarked_utf16(bytes);
	if (wide) return *wide;
	struct utf8_look look = look_utf8(bytes);
	if (is_utf8_text(&look)) return utf8;
	return is_surely_big5(bytes) ? big5 : gb18030;
}

/* ---- there and back ---- */

static int64_t line_of(struct str bytes, size_t at) {
	int64_t line = 1;
	for (size_t i = 0; i < at && i < bytes.n; i++) line += bytes.p[i] == '\n';
	return line;
}

static enum err broken(struct arena *a, const struct encoding *e, struct str bytes, size_t at,
                       struct sheet_problem *p) {
	return refuse(p, ERR_INVALID, "sheet_encoding", place_line(a, line_of(bytes, at)),
	              JOIN(a, S("the text is not in UTF-8, UTF-16, GBK or GB18030, or it is damaged (read "
	                        "as "), e->name, S("): save it as UTF-8 or as .xlsx")));
}

/* First byte that is no UTF-8; bytes.n when all are. */
static size_t utf8_error(struct str s) {
	struct str rest = s;
	while (rest.n) {
		struct str before = rest;
		if ((unsigned char)rest.p[0] < 0x80) rest = str_sub(rest, 1, rest.n);
		else if (str_next(&rest) == 0xFFFD && before.n - rest.n == 1) return s.n - before.n;
	}
	return s.n;
}

static UConverter *converter(const struct encoding *e) {
	char name[16];
	UErrorCode code = U_ZERO_ERROR;
	memcpy(name, e->name.p, e->name.n);
	name[e->name.n] = 0;
	UConverter *c = ucnv_open(name, &code);
	ucnv_setToUCallBack(c, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
	ucnv_setFromUCallBack(c, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
	if (U_SUCCESS(code)) return c;
	if (c) ucnv_close(c);
	return NULL;
}

/* All of `in` through UTF-16 to `to`, which has room for any text. *at = the first byte that could
 * not be converted, near enough for its line. */
static bool convert(UConverter *source, UConverter *target, struct str in, char *to, size_t room,
                    size_t *written, size_t *at) {
	UChar pivot[4096], *pivot_from = pivot, *pivot_to = pivot;
	UErrorCode code = U_ZERO_ERROR;
	char *p = to;
	const char *q = in.p;
	ucnv_convertEx(target, source, &p, to + room, &q, in.p + in.n, pivot, &pivot_from, &pivot_to,
	               pivot + sizeof pivot / sizeof *pivot, true, true, &code);
	*at = (size_t)(q - in.p);
	*written = (size_t)(p - to);
	return U_SUCCESS(code);
}

enum err text_decode(struct arena *a, const struct encoding *e, struct str bytes, struct str *text,
                     struct sheet_problem *problem) {
	struct str body = str_sub(bytes, e->mark.n, bytes.n);
	size_t at = 0;
	if (str_eq(e->name, utf8.name)) {
		at = utf8_error(body);
		if (at < body.n) return broken(a, e, bytes, at + e->mark.n, problem);
		*text = body;
		return ERR_OK;
	}
	/* two bytes become three at most, four bytes four */
	size_t room = body.n + body.n / 2 + 16, n = 0;
	char *to = arena_alloc(a, room);
	UConverter *source = converter(e), *target = converter(&utf8);
	bool good = source && target && convert(source, target, body, to, room, &n, &at);
	if (source) ucnv_close(source);
	if (target) ucnv_close(target);
	if (!good) return broken(a, e, bytes, at + e->mark.n, problem);
	*text = (struct str){to, n};
	return ERR_OK;
}

struct encoder {
	UConverter *source, *target; /* NULL: UTF-8, nothing to do */
	size_t growth;               /* bytes for one byte of UTF-8, at most */
};

static void close_converter(void *it) {
	ucnv_close(it);
}

struct encoder *encoder_new(struct arena *a, const struct encoding *e) {
	struct encoder *enc = arena_alloc(a, sizeof *enc);
	if (str_eq(e->name, utf8.name)) return enc;
	enc->growth = str_starts(e->name, S("UTF-32")) ? 4 : 2;
	enc->source = converter(&utf8);
	enc->target = converter(e);
	assert(enc->source && enc->target); /* the text was decoded by the same */
	arena_defer(a, close_converter, enc->source);
	arena_defer(a, close_converter, enc->target);
	return enc;
}

bool encoder_add(struct encoder *enc, struct str text, struct buf *out) {
	size_t room = enc->growth * text.n + 16, n, at;
	if (!enc->source) {
		buf_add(out, text);
		return true;
	}
	if (!text.n) return true;
	bool good = convert(enc->source, enc->target, text, buf_reserve(out, room), room, &n, &at);
	out->n += n;
	return good;
}
