/* buf.h - text that grows in an arena; the only way text is put together.
 *
 * There is no format string to get wrong, and user text enters a page, a JSON answer or a CSV cell
 * only through the escaping call of that target. A zeroed struct with its arena set is an empty buf.
 * The str of a buf is good until the next call on it. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

#include <string.h>

struct buf {
	struct arena *arena;
	char *p;
	size_t n, room;
};

/* Room for n more bytes at the end; the caller writes them and adds to b->n. */
char *buf_grow(struct buf *b, size_t n);
static inline char *buf_reserve(struct buf *b, size_t n) {
	return b->room - b->n < n ? buf_grow(b, n) : b->p + b->n;
}

/* As it is. These two are here because answers are made of thousands of them. */
static inline void buf_add(struct buf *b, struct str s) {
	if (!s.n) return;
	memcpy(buf_reserve(b, s.n), s.p, s.n);
	b->n += s.n;
}
static inline void buf_byte(struct buf *b, char c) {
	*buf_reserve(b, 1) = c;
	b->n++;
}

void buf_c(struct buf *b, const char *c);
void buf_cp(struct buf *b, int32_t cp);                    /* one code point as UTF-8 */
void buf_int(struct buf *b, int64_t v);
void buf_pad(struct buf *b, int64_t v, int digits);        /* v >= 0 with leading zeros */
void buf_hex(struct buf *b, const void *bytes, size_t n);  /* lower case */
void buf_json(struct buf *b, struct str s);                /* with quotes; bad bytes become U+FFFD */
void buf_html(struct buf *b, struct str s);                /* element text and quoted attributes */

/* One CSV cell (RFC 4180): quoted where needed; a cell that a spreadsheet would take for a formula
 * (starts with = + - @ TAB CR or their full-width forms) gets a leading apostrophe. Numbers that
 * we wrote ourselves go through buf_add. */
void buf_csv(struct buf *b, struct str s);

/* A fixed-point integer: v = 12345, digits = 2 -> 123.45. */
void buf_fixed(struct buf *b, int64_t v, int digits);

struct str buf_str(const struct buf *b);
struct str str_of_int(struct arena *a, int64_t v);

#endif
