#include "domain/text.h"

#include "base/buf.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* By character; 0 = it is its own simplified form. */
enum { HANS_FIRST = 0x3400, HANS_END = 0xA000 };
static const uint16_t hans[HANS_END - HANS_FIRST] = {
#include "text_hans.inc"
};

/* Neither sign nor blank, and of one case. */
static bool is_han(int32_t cp) {
	return cp >= HANS_FIRST && cp < HANS_END;
}

int32_t cp_simplified(int32_t cp) {
	if (!is_han(cp)) return cp;
	uint16_t to = hans[cp - HANS_FIRST];
	return to ? to : cp;
}

bool cp_is_blank(int32_t cp) {
	if (cp <= 0x20 || (cp >= 0x7F && cp <= 0xA0)) return true;
	if (cp < 0x1680) return cp == 0xAD;
	return (cp >= 0x2000 && cp <= 0x200F) || (cp >= 0x2028 && cp <= 0x202F) || cp == 0x205F || cp == 0x2060 ||
	       cp == 0x3000 || cp == 0xFEFF || cp == 0x1680;
}

/* Printable ASCII and the common Han block are their own NFKC form: nearly every cell. */
static bool is_nfkc_already(struct str s) {
	while (s.n) {
		int32_t cp = str_next(&s);
		if (!((cp >= 0x09 && cp < 0x7F) || (cp >= 0x4E00 && cp < 0xA000))) return false;
	}
	return true;
}

/* The NFKC form of the signs of Chinese text, each of one code point that joins with no other; 0 = ask ICU. */
static int32_t nfkc_of_sign(int32_t cp) {
	if ((cp >= 0x09 && cp < 0x7F) || (cp >= 0x4E00 && cp < 0xA000)) return cp;
	if (cp >= 0xFF01 && cp <= 0xFF5E) return cp - 0xFF01 + '!'; /* （，： */
	if (cp == 0x3000) return ' ';
	bool is_sign = (cp >= 0x3001 && cp <= 0x3003) || (cp >= 0x3008 && cp <= 0x3011) || cp == 0x2014 || cp == 0x2018
		|| cp == 0x2019 || cp == 0x201C || cp == 0x201D;
	return is_sign ? cp : 0;
}

/* Half-width signs without ICU; false where it has to be asked. */
static bool nfkc_of_signs(struct arena *a, struct str s, struct str *out) {
	struct buf b = {.arena = a};
	while (s.n) {
		int32_t cp = nfkc_of_sign(str_next(&s));
		if (!cp) return false;
		buf_cp(&b, cp);
	}
	*out = buf_str(&b);
	return true;
}

static struct str normal_form(struct arena *a, struct str s, const UNormalizer2 *form, UErrorCode e) {
	/* One code point of UTF-8 becomes at most 18 UTF-16 units (U+FDFA), one unit at most 3 bytes. */
	int32_t units = 0, n = 0, bytes = 0;
	UChar *wide = arena_array(a, s.n + 1, sizeof *wide);
	u_strFromUTF8WithSub(wide, (int32_t)s.n + 1, &units, s.p, (int32_t)s.n, 0xFFFD, NULL, &e);
	size_t room = (size_t)units * 18 + 1;
	UChar *normal = arena_array(a, room, sizeof *normal);
	n = unorm2_normalize(form, wide, units, normal, (int32_t)room, &e);
	char *out = arena_alloc(a, (size_t)n * 3 + 1);
	u_strToUTF8(out, n * 3 + 1, &bytes, normal, n, &e);
	return U_FAILURE(e) ? s : (struct str){out, (size_t)bytes};
}

struct str text_nfkc(struct arena *a, struct str s) {
	struct str quick;
	if (is_nfkc_already(s)) return s;
	if (nfkc_of_signs(a, s, &quick)) return quick;
	UErrorCode e = U_ZERO_ERROR;
	const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&e);
	return normal_form(a, s, nfkc, e);
}

struct str text_nfd(struct arena *a, struct str s) {
	if (is_nfkc_already(s)) return s; /* ASCII and Han are their own NFD, too */
	UErrorCode e = U_ZERO_ERROR;
	const UNormalizer2 *nfd = unorm2_getNFDInstance(&e);
	return normal_form(a, s, nfd, e);
}

struct str text_simplified(struct arena *a, struct str s) {
	struct buf b = {.arena = a};
	for (struct str rest = s; rest.n;) buf_cp(&b, cp_simplified(str_next(&rest)));
	return buf_str(&b);
}

struct str text_bare(struct arena *a, struct str s) {
	struct buf b = {.arena = a};
	for (struct str rest = text_nfkc(a, s); rest.n;) {
		int32_t cp = str_next(&rest);
		if (!cp_is_blank(cp)) buf_cp(&b, cp);
	}
	return buf_str(&b);
}

/* ---- keys ---- */

static bool opens(int32_t cp) {
	return cp == '(' || cp == '[' || cp == '{' || cp == 0x3010 || cp == 0x3014 || cp == 0x300A
		|| cp == 0x3016;
}

static bool closes(int32_t cp) {
	return cp == ')' || cp == ']' || cp == '}' || cp == 0x3011 || cp == 0x3015 || cp == 0x300B
		|| cp == 0x3017;
}

/* What a comparison leaves out: signs, but + of C+ and % keep two names apart. */
static bool is_dropped(int32_t cp) {
	if (is_han(cp)) return false;
	if (cp_is_blank(cp)) return true;
	if (cp == '+' || cp == '%' || cp == '#' || cp == '&') return false;
	return u_ispunct(cp) || cp == '|' || cp == '~' || cp == '`' || cp == '^' || cp == '=';
}

/* Where the last bracket closes. One that opens after it hides nothing: its text is kept. */
static const char *last_close(struct str s) {
	const char *last = NULL;
	while (s.n) {
		const char *at = s.p;
		if (closes(str_next(&s))) last = at;
	}
	return last;
}

static int32_t lower(int32_t cp) {
	if (cp < 0x80) return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
	return is_han(cp) ? cp : u_tolower(cp);
}

static struct str key_of(struct arena *a, struct str s, bool keeps_brackets) {
	struct buf b = {.arena = a};
	int depth = 0;
	struct str rest = text_nfkc(a, s);
	const char *last = keeps_brackets ? NULL : last_close(rest);
	while (rest.n) {
		int32_t cp = cp_simplified(str_next(&rest));
		if (!keeps_brackets && opens(cp) && (depth || (last && rest.p <= last))) depth++;
		else if (depth && closes(cp)) depth--;
		else if (!depth && !is_dropped(cp))
			buf_cp(&b, lower(cp));
	}
	return buf_str(&b);
}

struct str heading_key(struct arena *a, struct str s) {
	return key_of(a, s, false);
}

struct str word_key(struct arena *a, struct str s) {
	return key_of(a, s, true);
}

static struct str without(struct arena *a, struct str s, struct str part) {
	ptrdiff_t at;
	while ((at = str_find(s, part)) >= 0)
		s = str_cat(a, str_sub(s, 0, (size_t)at), str_sub(s, (size_t)at + part.n, s.n));
	return s;
}

struct str name_key(struct arena *a, struct str s) {
	static const struct str forms[] = {
		S_("有限责任公司"), S_("股份有限公司"), S_("有限公司"), S_("集团"), S_("股份"),
	};
	struct str whole = word_key(a, s), key = whole;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) key = without(a, key, forms[i]);
	if (str_ends(key, S("公司"))) key.n -= S("公司").n;
	return key.n ? key : whole;
}

/* ---- similarity ---- */

enum { SIMILAR_CPS = 400 };

static size_t cps_of(struct str s, int32_t *out) {
	size_t n = 0;
	while (s.n && n < SIMILAR_CPS) out[n++] = str_next(&s);
	return n;
}

static int32_t levenshtein_permille(struct arena *a, const int32_t *x, size_t nx, const int32_t *y,
		size_t ny) {
	size_t *row = arena_array(a, ny + 1, sizeof *row), longer = nx > ny ? nx : ny;
	for (size_t j = 0; j <= ny; j++) row[j] = j;
	for (size_t i = 1; i <= nx; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= ny; j++) {
			size_t best = diagonal + (x[i - 1] != y[j - 1]);
			if (row[j] + 1 < best) best = row[j] + 1;
			if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
			diagonal = row[j];
			row[j] = best;
		}
	}
	return (int32_t)(1000 * (longer - row[ny]) / longer);
}

/* Pairs the equal characters within the window; marks them in both. */
static size_t jaro_matches(const int32_t *x, size_t nx, const int32_t *y, size_t ny, bool *in_x, bool *in_y) {
	size_t longer = nx > ny ? nx : ny, window = longer / 2 ? longer / 2 - 1 : 0, matches = 0;
	for (size_t i = 0; i < nx; i++) {
		size_t from = i > window ? i - window : 0, to = i + window + 1 < ny ? i + window + 1 : ny;
		for (size_t j = from; j < to; j++) {
			if (in_y[j] || x[i] != y[j]) continue;
			in_x[i] = in_y[j] = true;
			matches++;
			break;
		}
	}
	return matches;
}

/* As a fraction of integers: jaro = (m/nx + m/ny + (2m - k)/2m) / 3 with k characters out of order. */
static int32_t jaro_winkler_permille(struct arena *a, const int32_t *x, size_t nx, const int32_t *y,
		size_t ny) {
	bool *in_x = arena_array(a, nx, sizeof *in_x), *in_y = arena_array(a, ny, sizeof *in_y);
	uint64_t m = jaro_matches(x, nx, y, ny, in_x, in_y), k = 0, prefix = 0;
	if (!m) return 0;
	for (size_t i = 0, j = 0; i < nx; i++) {
		if (!in_x[i]) continue;
		while (!in_y[j]) j++;
		k += x[i] != y[j++];
	}
	while (prefix < 4 && prefix < nx && prefix < ny && x[prefix] == y[prefix]) prefix++;
	uint64_t over = 6 * m * nx * ny, part = 2 * m * m * (nx + ny) + (2 * m - k) * nx * ny;
	return (int32_t)(1000 * (part * (10 - prefix) + prefix * over) / (10 * over));
}

int32_t text_similar_permille(struct arena *a, struct str x, struct str y) {
	/* a code point has at least one byte */
	int32_t *cx = arena_array(a, x.n + 1, sizeof *cx), *cy = arena_array(a, y.n + 1, sizeof *cy);
	size_t nx = cps_of(x, cx), ny = cps_of(y, cy);
	if (!nx || !ny) return 0;
	int32_t jw = jaro_winkler_permille(a, cx, nx, cy, ny), lev = levenshtein_permille(a, cx, nx, cy, ny);
	return jw > lev ? jw : lev;
}
