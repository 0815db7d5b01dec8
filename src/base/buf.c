#include "base/buf.h"

#include <string.h>

char *buf_grow(struct buf *b, size_t n) {
	size_t room = b->room * 2 > b->n + n ? b->room * 2 : b->n + n + 64;
	char *p = arena_room(b->arena, room);
	if (b->n) memcpy(p, b->p, b->n);
	b->p = p;
	b->room = room;
	return b->p + b->n;
}

void buf_c(struct buf *b, const char *c) {
	buf_add(b, str_c(c));
}

void buf_cp(struct buf *b, int32_t cp) {
	b->n += utf8_put(buf_reserve(b, 4), cp);
}

/* Two digits a step: divisions are what it costs. */
static size_t digits_of(char out[20], uint64_t v) {
	static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748"
		"495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";
	size_t n = 0;
	for (; v >= 100; v /= 100, n += 2) memcpy(out + 18 - n, pairs + v % 100 * 2, 2);
	if (v >= 10) {
		memcpy(out + 18 - n, pairs + v * 2, 2);
		return n + 2;
	}
	out[19 - n] = (char)('0' + v);
	return n + 1;
}

void buf_int(struct buf *b, int64_t v) {
	char d[20], *to = buf_reserve(b, 1 + sizeof d);
	size_t n = digits_of(d, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
	*to = '-';
	memcpy(to + (v < 0), d + 20 - n, n);
	b->n += n + (v < 0);
}

void buf_pad(struct buf *b, int64_t v, int digits) {
	char d[20];
	size_t n = digits_of(d, (uint64_t)v);
	for (size_t i = n; i < (size_t)digits; i++) buf_byte(b, '0');
	buf_add(b, (struct str){d + 20 - n, n});
}

void buf_hex(struct buf *b, const void *bytes, size_t n) {
	static const char hex[] = "0123456789abcdef";
	const unsigned char *u = bytes;
	char *p = buf_reserve(b, 2 * n);
	for (size_t i = 0; i < n; i++) {
		p[2 * i] = hex[u[i] >> 4];
		p[2 * i + 1] = hex[u[i] & 15];
	}
	b->n += 2 * n;
}

static uint64_t word8(const void *p) {
	uint64_t w;
	memcpy(&w, p, sizeof w);
	return w;
}

/* The n bytes at p, 4 to 8, some of them twice. */
static uint64_t word_of(const char *p, size_t n) {
	uint32_t first, last;
	memcpy(&first, p, sizeof first);
	memcpy(&last, p + n - sizeof last, sizeof last);
	return (uint64_t)last << 32 | first;
}

/* Eight bytes at once: are all of them ASCII that JSON takes as it is? A byte of x is zero where
 * ((x - 01..) & ~x) has its high bit (Mycroft's test; a borrow can only make it say no too often). */
static inline bool json_plain8(uint64_t w) {
	static const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
	uint64_t quote = w ^ ones * '"', slash = w ^ ones * '\\', del = w ^ ones * 0x7F;
	uint64_t bad = w | ((w - ones * 0x20) & ~w) | ((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((del - ones) & ~del);
	return !(bad & high);
}

static bool json_plain(unsigned char c) {
	return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

/* A whole character of three bytes, as nearly all Chinese text is. Leads E0 and ED have more rules
 * (overlong forms, surrogates): str_next knows them. */
static bool is_three(const unsigned char *u, size_t n) {
	if (n < 3) return false;
	uint32_t three = (uint32_t)u[0] << 16 | (uint32_t)u[1] << 8 | u[2];
	return (three & 0xF0C0C0) == 0xE08080 && u[0] != 0xE0 && u[0] != 0xED;
}

/* Two such characters at the head of the eight bytes w at u. */
static inline bool are_three_twice(const unsigned char *u, uint64_t w) {
	static const unsigned char bits[8] = {0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0}, form[8] = {0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80};
	return (w & word8(bits)) == word8(form) && u[0] != 0xE0 && u[0] != 0xED && u[3] != 0xE0 && u[3] != 0xED;
}

/* Copies what of s goes into a JSON string as it is, and says how many bytes. At to there is room
 * for eight bytes more than s has: whole words are written, of which a part may not count. */
static size_t json_copy(char *to, struct str s) {
	const unsigned char *u = (const unsigned char *)s.p;
	size_t i = 0;
	while (i < s.n) {
		size_t left = s.n - i;
		if (left >= 8) {
			uint64_t w = word8(u + i);
			bool are_three = are_three_twice(u + i, w);
			if (are_three || json_plain8(w)) {
				memcpy(to + i, &w, sizeof w);
				i += are_three ? 6 : 8;
				continue;
			}
		} else if (left >= 4 && json_plain8(word_of(s.p + i, left))) {
			memcpy(to + i, u + i, left);
			return s.n;
		}
		size_t n = json_plain(u[i]) ? 1 : is_three(u + i, left) ? 3 : 0;
		if (!n) break;
		memcpy(to + i, u + i, n);
		i += n;
	}
	return i;
}

static void json_escape(struct buf *b, int32_t cp) {
	static const char hex[] = "0123456789abcdef";
	switch (cp) {
	case '"': buf_c(b, "\\\""); return;
	case '\\': buf_c(b, "\\\\"); return;
	case '\n': buf_c(b, "\\n"); return;
	case '\r': buf_c(b, "\\r"); return;
	case '\t': buf_c(b, "\\t"); return;
	default: break;
	}
	if (cp >= 0x20 && cp != 0x7F) {
		buf_cp(b, cp);
		return;
	}
	buf_c(b, "\\u00");
	buf_byte(b, hex[(cp >> 4) & 15]);
	buf_byte(b, hex[cp & 15]);
}

static void json_rest(struct buf *b, struct str s) {
	while (s.n) {
		json_escape(b, str_next(&s));
		size_t run = json_copy(buf_reserve(b, s.n + 8), s);
		b->n += run;
		s = str_sub(s, run, s.n);
	}
	buf_byte(b, '"');
}

void buf_json(struct buf *b, struct str s) {
	char *to = buf_reserve(b, s.n + 2 + 8);
	to[0] = '"';
	size_t run = json_copy(to + 1, s);
	b->n += 1 + run;
	if (run < s.n) {
		json_rest(b, str_sub(s, run, s.n));
		return;
	}
	to[1 + run] = '"';
	b->n++;
}

void buf_html(struct buf *b, struct str s) {
	for (size_t i = 0; i < s.n; i++) {
		switch (s.p[i]) {
		case '&': buf_c(b, "&amp;"); break;
		case '<': buf_c(b, "&lt;"); break;
		case '>': buf_c(b, "&gt;"); break;
		case '"': buf_c(b, "&quot;"); break;
		case '\'': buf_c(b, "&#39;"); break;
		default: buf_byte(b, s.p[i]);
		}
	}
}

static bool starts_formula(struct str s) {
	static const struct str wide[] = {S_("＝"), S_("＋"), S_("－"), S_("＠")};
	if (s.n && memchr("=+-@\t\r", s.p[0], 6)) return true;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (str_starts(s, wide[i])) return true;
	return false;
}

void buf_csv(struct buf *b, struct str s) {
	bool guard = starts_formula(s), quote = guard;
	for (size_t i = 0; i < s.n && !quote; i++) quote = memchr(",\"\r\n\t;", s.p[i], 6) != NULL;
	if (!quote) {
		buf_add(b, s);
		return;
	}
	buf_byte(b, '"');
	if (guard) buf_byte(b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"') buf_byte(b, '"');
		buf_byte(b, s.p[i]);
	}
	buf_byte(b, '"');
}

void buf_fixed(struct buf *b, int64_t v, int digits) {
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v, scale = 1;
	for (int i = 0; i < digits; i++) scale *= 10;
	if (v < 0) buf_byte(b, '-');
	buf_int(b, (int64_t)(u / scale));
	if (digits <= 0) return;
	buf_byte(b, '.');
	buf_pad(b, (int64_t)(u % scale), digits);
}

struct str buf_str(const struct buf *b) {
	return (struct str){b->p ? b->p : "", b->n};
}

struct str str_of_int(struct arena *a, int64_t v) {
	struct buf b = {.arena = a};
	buf_int(&b, v);
	return buf_str(&b);
}
