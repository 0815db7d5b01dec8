/* str.h - a borrowed run of UTF-8 bytes: pointer and length, never NUL-terminated by promise.
 *
 * S("lit") in expressions, S_("lit") in static tables. An empty str means "not there": '' is never
 * stored. Functions copy only where they say so; positions and lengths are bytes unless named cp
 * (code points). */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
	const char *p;
	size_t n;
};

#define S(lit) ((struct str){(lit), sizeof(lit) - 1})
#define S_(lit) {(lit), sizeof(lit) - 1}

struct str str_c(const char *c);                              /* borrow a C string; NULL = empty */
struct str str_copy(struct arena *a, struct str s);           /* NUL-terminated copy */
const char *str_cstr(struct arena *a, struct str s);          /* the same as a C string */
struct str str_cat(struct arena *a, struct str x, struct str y);
struct str str_lower(struct arena *a, struct str s);          /* ASCII letters only */
struct str str_trim(struct str s);                            /* ASCII white space and U+3000 off both ends */

bool str_same(const char *a, const char *b, size_t n);        /* n bytes are alike */

/* Here, because tables are walked with it: most texts differ in their length already. */
static inline bool str_eq(struct str a, struct str b) {
	return a.n == b.n && (a.n == 0 || str_same(a.p, b.p, a.n));
}
bool str_eq_nocase(struct str a, struct str b);               /* ASCII letters only */
int str_cmp(struct str a, struct str b);                      /* by bytes = by code points */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_has(struct str s, struct str part);
ptrdiff_t str_find(struct str s, struct str part);            /* first position, -1 = none */
struct str str_sub(struct str s, size_t from, size_t n);      /* clamped to s */

/* Take the part before `sep` out of *rest (sep is dropped). False when *rest was spent. */
bool str_split(struct str *rest, char sep, struct str *part);

/* Whole decimal integer with optional '-', nothing else; false on overflow or other text. */
bool str_int(struct str s, int64_t *out);

/* UTF-8. str_next takes one code point off *s; -1 at the end, 0xFFFD for a bad byte (one byte is
 * taken). */
int32_t str_next(struct str *s);
bool str_is_utf8(struct str s);                               /* strict: no surrogates, no overlong */
size_t str_cp_count(struct str s);
struct str str_cp_head(struct str s, size_t cps);             /* the first cps code points */
size_t utf8_put(char out[4], int32_t cp);                     /* bytes written */

uint64_t str_hash(struct str s);                              /* FNV-1a, for tables in memory only */

#endif
