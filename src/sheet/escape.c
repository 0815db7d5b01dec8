#include "sheet/escape.h"

#include <string.h>

enum { ESCAPE_LEN = 7 };

static int hex(char c) {
	if (c >= '0' && c <= '9') return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The unit of an escape at p, -1 when there is none. */
static int32_t unit_at(const char *p, size_t n) {
	if (n < ESCAPE_LEN || p[0] != '_' || p[1] != 'x' || p[6] != '_') return -1;
	int32_t u = 0;
	for (int i = 2; i < 6; i++) {
		int h = hex(p[i]);
		if (h < 0) return -1;
		u = u * 16 + h;
	}
	return u;
}

static bool is_high(int32_t u) {
	return u >= 0xD800 && u < 0xDC00;
}

static bool is_low(int32_t u) {
	return u >= 0xDC00 && u < 0xE000;
}

size_t unescape(char *p, size_t n) {
	const char *first = n >= ESCAPE_LEN ? memmem(p, n, "_x", 2) : NULL;
	if (!first) return n;
	size_t to = (size_t)(first - p), from = to;
	while (from < n) {
		int32_t u = unit_at(p + from, n - from);
		if (u <= 0) {
			p[to++] = p[from++];
			continue;
		}
		from += ESCAPE_LEN;
		int32_t low = is_high(u) ? unit_at(p + from, n - from) : -1;
		if (is_low(low)) {
			from += ESCAPE_LEN;
			u = 0x10000 + ((u - 0xD800) << 10) + (low - 0xDC00);
		}
		if (u >= 0xD800 && u < 0xE000) u = 0xFFFD;
		to += utf8_put(p + to, u); /* at most 4 bytes for at least 7 */
	}
	return to;
}
