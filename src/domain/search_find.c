/* search_find.c - the second look: whether a folded text really has the word, and where. */
#include "domain/search_text.h"

#include "domain/pinyin.h"
#include "domain/text.h"

bool find_exact(struct str folded, const struct word *w, struct span *at) {
	ptrdiff_t found = str_find(folded, w->text);
	if (found < 0) return false;
	at->from = str_cp_count(str_sub(folded, 0, (size_t)found));
	at->to = at->from + w->n;
	return true;
}

static size_t cps_of(struct arena *a, struct str s, int32_t **out) {
	size_t n = 0;
	*out = arena_array(a, s.n + 1, sizeof **out);
	while (s.n) (*out)[n++] = str_next(&s);
	return n;
}

/* ---- pinyin ---- */

struct align {
	const struct word *w;
	const int32_t *text;
	size_t n;
	bool is_initials;   /* only first letters count */
	unsigned char *dead; /* [place in word][place in text]: tried in vain */
};

static bool letters_are(const struct word *w, size_t at, struct str letters) {
	if (at + letters.n > w->n) return false;
	for (size_t i = 0; i < letters.n; i++)
		if (w->cps[at + i] != (unsigned char)letters.p[i]) return false;
	return true;
}

static bool align_at(struct align *s, size_t i, size_t j, size_t *end);

/* Ways in which the letters from i on can stand for a character that is read r. */
static bool align_reading(struct align *s, size_t i, size_t j, struct str r, size_t *end) {
	const struct word *w = s->w;
	size_t left = w->n - i;
	if (w->cps[i] != (unsigned char)r.p[0]) return false;
	if ((!s->is_initials || r.n == 1) && letters_are(w, i, r) && align_at(s, i + r.n, j + 1, end)) return true;
	if (align_at(s, i + 1, j + 1, end)) return true;
	bool has_h = r.n > 1 && r.p[1] == 'h' && left > 1 && w->cps[i + 1] == 'h';
	if (has_h && align_at(s, i + 2, j + 1, end)) return true;
	if (s->is_initials || left >= r.n || !letters_are(w, i, str_sub(r, 0, left))) return false;
	*end = j + 1;
	return true;
}

/* *end: behind the last character of the text that the word took. */
static bool align_at(struct align *s, size_t i, size_t j, size_t *end) {
	struct str r[PINYIN_READINGS_MAX];
	if (i == s->w->n) {
		*end = j;
		return true;
	}
	if (j == s->n || s->dead[i * s->n + j]) return false;
	int32_t want = s->w->cps[i];
	if (want == s->text[j] && align_at(s, i + 1, j + 1, end)) return true;
	size_t n = want >= 'a' && want <= 'z' ? pinyin_of(s->text[j], r) : 0;
	for (size_t k = 0; k < n; k++)
		if (align_reading(s, i, j, r[k], end)) return true;
	s->dead[i * s->n + j] = 1;
	return false;
}

static bool align_anywhere(struct arena *a, struct align *s, struct span *at) {
	s->dead = arena_alloc(a, s->w->n * s->n + 1);
	for (size_t j = 0; j < s->n; j++)
		if (align_at(s, 0, j, &at->to)) {
			at->from = j;
			return true;
		}
	return false;
}

static bool find_letters(struct arena *a, struct str folded, const struct word *w, enum how *how, struct span *at) {
	int32_t *text;
	struct align s = {.w = w, .is_initials = true};
	if (w->n < 2) return false;
	s.n = cps_of(a, folded, &text);
	s.text = text;
	*how = HOW_INITIALS;
	if (align_anywhere(a, &s, at)) return true;
	s.is_initials = false;
	*how = HOW_PINYIN;
	return align_anywhere(a, &s, at);
}

bool find_pinyin(struct arena *a, struct str folded, const struct word *w, enum how *how, struct span *at) {
	return find_letters(a, folded, w, how, at) || (w->spelt && find_letters(a, folded, w->spelt, how, at));
}

/* ---- sound ---- */

static bool sounds_alike(int32_t x, int32_t y) {
	struct str rx[PINYIN_READINGS_MAX], ry[PINYIN_READINGS_MAX];
	if (x == y) return true;
	size_t nx = pinyin_of(x, rx), ny = pinyin_of(y, ry);
	for (size_t i = 0; i < nx; i++)
		for (size_t k = 0; k < ny; k++)
			if (str_eq(rx[i], ry[k])) return true;
	return false;
}

bool find_sound(struct arena *a, struct str folded, const struct word *w, struct span *at) {
	int32_t *text;
	size_t n = cps_of(a, folded, &text);
	for (size_t j = 0; j + w->n <= n; j++) {
		size_t i = 0;
		while (i < w->n && sounds_alike(w->cps[i], text[j + i])) i++;
		if (i < w->n) continue;
		*at = (struct span){j, j + w->n};
		return true;
	}
	return false;
}

/* ---- one wrong character ---- */

/* Of two characters one is right and the other stands in its place. */
static bool find_near_pair(const int32_t *text, size_t n, const struct word *w, struct span *at) {
	for (size_t j = 0; j + 2 <= n; j++) {
		bool is_in_one_field = text[j] != '\n' && text[j + 1] != '\n';
		if (!is_in_one_field || (text[j] != w->cps[0] && text[j + 1] != w->cps[1])) continue;
		*at = (struct span){j, j + 2};
		return true;
	}
	return false;
}

/* The word with at most one character changed, missing or too many, somewhere in the text: the rows of
 * Levenshtein's table with a free start; from[j] is where the best way to j began. */
static bool find_near_long(struct arena *a, const int32_t *text, size_t n, const struct word *w, struct span *at) {
	size_t *d = arena_array(a, 2 * (n + 1), sizeof *d), *from = d + n + 1;
	for (size_t j = 0; j <= n; j++) from[j] = j;
	for (size_t i = 1; i <= w->n; i++) {
		size_t diagonal = d[0], diagonal_from = from[0];
		d[0] = i;
		for (size_t j = 1; j <= n; j++) {
			bool is_gap = text[j - 1] == '\n';
			size_t up = d[j], up_from = from[j], more = is_gap ? 2 : 1;
			size_t best = diagonal + (is_gap ? 2 : w->cps[i - 1] != text[j - 1]), best_from = diagonal_from;
			if (up + 1 < best) {
				best = up + 1;
				best_from = up_from;
			}
			if (d[j - 1] + more < best) {
				best = d[j - 1] + more;
				best_from = from[j - 1];
			}
			diagonal = up;
			diagonal_from = up_from;
			d[j] = best;
			from[j] = best_from;
		}
	}
	for (size_t j = 1; j <= n; j++)
		if (d[j] <= 1 && from[j] < j) {
			*at = (struct span){from[j], j};
			return true;
		}
	return false;
}

bool find_near(struct arena *a, struct str folded, const struct word *w, struct span *at) {
	int32_t *text;
	size_t n = cps_of(a, folded, &text);
	if (w->n < 2 || !n) return false;
	return w->n == 2 ? find_near_pair(text, n, w, at) : find_near_long(a, text, n, w, at);
}

/* ---- places ---- */

struct span span_shown(struct arena *a, struct str shown, struct span folded) {
	struct span out = {0, 0};
	size_t at = 0, i = 0;
	for (struct str rest = shown; rest.n; i++) {
		const char *p = rest.p;
		(void)str_next(&rest);
		size_t n = str_cp_count(search_fold(a, (struct str){p, (size_t)(rest.p - p)}));
		if (n && at <= folded.from) out.from = i;
		at += n;
		if (n && at >= folded.to && out.to == 0) out.to = i + 1;
	}
	return out.to > out.from ? out : (struct span){0, 0};
}
