#include "base/str.h"

#include <string.h>

struct str str_c(const char *c) {
	return c ? (struct str){c, strlen(c)} : (struct str){0};
}

struct str str_copy(struct arena *a, struct str s) {
	char *p = arena_alloc(a, s.n + 1);
	if (s.n) memcpy(p, s.p, s.n);
	return (struct str){p, s.n};
}

const char *str_cstr(struct arena *a, struct str s) {
	return str_copy(a, s).p;
}

struct str str_cat(struct arena *a, struct str x, struct str y) {
	char *p = arena_alloc(a, x.n + y.n + 1);
	if (x.n) memcpy(p, x.p, x.n);
	if (y.n) memcpy(p + x.n, y.p, y.n);
	return (struct str){p, x.n + y.n};
}

static char lower(char c) {
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

struct str str_lower(struct arena *a, struct str s) {
	char *p = arena_alloc(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++) p[i] = lower(s.p[i]);
	return (struct str){p, s.n};
}

static bool is_space(char c) {
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s) {
	static const struct str wide = S_("\xE3\x80\x80");
	for (;;) {
		if (s.n && is_space(s.p[0])) s = str_sub(s, 1, s.n);
		else if (str_starts(s, wide)) s = str_sub(s, wide.n, s.n);
		else break;
	}
	for (;;) {
		if (s.n && is_space(s.p[s.n - 1])) s.n--;
		else if (str_ends(s, wide)) s.n -= wide.n;
		else break;
	}
	return s;
}

bool str_same(const char *a, const char *b, size_t n) {
	return memcmp(a, b, n) == 0;
}

bool str_eq_nocase(struct str a, struct str b) {
	if (a.n != b.n) return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i])) return false;
	return true;
}

int str_cmp(struct str a, struct str b) {
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;
	return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix) {
	/* the first byte already tells nearly all apart */
	if (s.n && prefix.n && s.p[0] != prefix.p[0]) return false;
	return s.n >= prefix.n && str_eq(str_sub(s, 0, prefix.n), prefix);
}

bool str_ends(struct str s, struct str suffix) {
	return s.n >= suffix.n && str_eq(str_sub(s, s.n - suffix.n, suffix.n), suffix);
}

ptrdiff_t str_find(struct str s, struct str part) {
	if (part.n == 0) return 0;
	const char *p = s.n ? memmem(s.p, s.n, part.p, part.n) : NULL;
	return p ? p - s.p : -1;
}

bool str_has(struct str s, struct str part) {
	return str_find(s, part) >= 0;
}

struct str str_sub(struct str s, size_t from, size_t n) {
	if (from > s.n) from = s.n;
	if (n > s.n - from) n = s.n - from;
	return (struct str){s.p ? s.p + from : NULL, n};
}

bool str_split(struct str *rest, char sep, struct str *part) {
	if (!rest->p) return false;
	const char *at = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
	if (!at) {
		*part = *rest;
		*rest = (struct str){0};
		return true;
	}
	size_t n = (size_t)(at - rest->p);
	*part = str_sub(*rest, 0, n);
	*rest = str_sub(*rest, n + 1, rest->n);
	return true;
}

bool str_int(struct str s, int64_t *out) {
	bool neg = s.n && s.p[0] == '-';
	size_t i = neg ? 1 : 0;
	if (i == s.n) return false;
	uint64_t v = 0, top = neg ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9') return false;
		uint64_t d = (uint64_t)(s.p[i] - '0');
		if (v > (top - d) / 10) return false;
		v = v * 10 + d;
	}
	*out = neg ? (int64_t)(0 - v) : (int64_t)v;
	return true;
}

/* Lead byte -> length, or 0. C0, C1 and F5.. never start a code point (RFC 3629). */
static size_t utf8_len(unsigned char c) {
	return c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
}

static int32_t advance(struct str *s, size_t n, int32_t cp) {
	*s = (struct str){s->p + n, s->n - n};
	return cp;
}

/* What most texts here are made of, ASCII and Han, is read without a loop. */
int32_t str_next(struct str *s) {
	static const int32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
	if (!s->n) return -1;
	const unsigned char *u = (const unsigned char *)s->p;
	if (u[0] < 0x80) return advance(s, 1, u[0]);
	if (s->n >= 3 && u[0] > 0xE0 && u[0] < 0xED && (u[1] & 0xC0) == 0x80 && (u[2] & 0xC0) == 0x80)
		return advance(s, 3, (u[0] & 0xF) << 12 | (u[1] & 0x3F) << 6 | (u[2] & 0x3F));
	size_t len = utf8_len(u[0]);
	int32_t cp = len == 1 ? u[0] : u[0] & (0x7F >> len);
	bool good = len > 0 && len <= s->n;
	for (size_t i = 1; good && i < len; i++) {
		good = (u[i] & 0xC0) == 0x80;
		cp = (cp << 6) | (u[i] & 0x3F);
	}
	good = good && cp >= least[len] && cp <= 0x10FFFF && !(cp >= 0xD800 && cp <= 0xDFFF);
	*s = str_sub(*s, good ? len : 1, s->n);
	return good ? cp : 0xFFFD;
}

/* ASCII at the start, by eight bytes: most of what is asked about is nothing else. */
static struct str skip_ascii(struct str s) {
	uint64_t w;
	while (s.n >= sizeof w) {
		memcpy(&w, s.p, sizeof w);
		if (w & 0x8080808080808080u) break;
		s = (struct str){s.p + sizeof w, s.n - sizeof w};
	}
	while (s.n && !(*s.p & 0x80)) s = (struct str){s.p + 1, s.n - 1};
	return s;
}

bool str_is_utf8(struct str s) {
	static const struct str replacement = S_("\xEF\xBF\xBD");
	while ((s = skip_ascii(s)).n) {
		struct str before = s;
		if (str_next(&s) == 0xFFFD && !str_starts(before, replacement)) return false;
	}
	return true;
}

size_t str_cp_count(struct str s) {
	size_t n = 0;
	while (str_next(&s) >= 0) n++;
	return n;
}

struct str str_cp_head(struct str s, size_t cps) {
	struct str rest = s;
	while (cps-- > 0 && str_next(&rest) >= 0) {}
	return str_sub(s, 0, s.n - rest.n);
}

size_t utf8_put(char out[4], int32_t cp) {
	unsigned char *u = (unsigned char *)out;
	uint32_t c = (uint32_t)cp;
	if (c < 0x80) {
		u[0] = (unsigned char)c;
		return 1;
	}
	if (c < 0x800) {
		u[0] = (unsigned char)(0xC0 | (c >> 6));
		u[1] = (unsigned char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		u[0] = (unsigned char)(0xE0 | (c >> 12));
		u[1] = (unsigned char)(0x80 | ((c >> 6) & 0x3F));
		u[2] = (unsigned char)(0x80 | (c & 0x3F));
		return 3;
	}
	u[0] = (unsigned char)(0xF0 | (c >> 18));
	u[1] = (unsigned char)(0x80 | ((c >> 12) & 0x3F));
	u[2] = (unsigned char)(0x80 | ((c >> 6) & 0x3F));
	u[3] = (unsigned char)(0x80 | (c & 0x3F));
	return 4;
}

uint64_t str_hash(struct str s) {
	uint64_t h = 0xcbf29ce484222325u;
	for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
	return h;
}
