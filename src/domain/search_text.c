#include "domain/search_text.h"

#include "domain/pinyin.h"
#include "domain/text.h"

struct str how_code(enum how h) {
	static const struct str codes[HOW__N] = {
		[HOW_EXACT] = S_("exact"), [HOW_PINYIN] = S_("pinyin"), [HOW_INITIALS] = S_("initials"),
		[HOW_SOUND] = S_("sound"), [HOW_NEAR] = S_("near"),
	};
	return codes[h];
}

/* ---- folding ---- */

static bool is_alnum(int32_t cp) {
	return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z');
}

struct str search_fold(struct arena *a, struct str s) {
	struct buf b = {.arena = a};
	for (struct str rest = word_key(a, s); rest.n;) {
		int32_t cp = str_next(&rest);
		if (cp < 0x80 ? is_alnum(cp) : cp != 0xFFFD && !cp_is_blank(cp)) buf_cp(&b, cp);
	}
	return buf_str(&b);
}

static struct word word_of(struct str folded) {
	struct word w = {.text = str_cp_head(folded, SEARCH_WORD_CPS), .is_number = true};
	for (struct str rest = w.text; rest.n;) {
		int32_t cp = str_next(&rest);
		w.cps[w.n++] = cp;
		w.has_letter = w.has_letter || (cp >= 'a' && cp <= 'z');
		w.is_number = w.is_number && cp >= '0' && cp <= '9';
	}
	return w;
}

static const struct word *kept_word(struct arena *a, struct str folded) {
	struct word *w = arena_alloc(a, sizeof *w);
	*w = word_of(folded);
	return w;
}

static void add_word(struct arena *a, struct words *out, struct str folded, struct str spelt) {
	if (!folded.n || out->n == SEARCH_WORDS_MAX) return;
	struct word *w = &out->list[out->n++];
	*w = word_of(folded);
	if (!str_eq(spelt, folded)) {
		w->spelt = kept_word(a, spelt);
		w->has_letter = w->has_letter || w->spelt->has_letter;
	}
	out->has_letter = out->has_letter || w->has_letter;
}

static bool are_letters(struct str s) {
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < 'a' || s.p[i] > 'z') return false;
	return true;
}

void search_words(struct arena *a, struct str query, struct words *out) {
	struct str rest = text_nfkc(a, str_cp_head(query, SEARCH_QUERY_CPS));
	struct buf joined = {.arena = a};
	bool is_spelt = true;
	*out = (struct words){0};
	while (rest.n) {
		struct buf part = {.arena = a};
		for (int32_t cp = 0; rest.n && !cp_is_blank(cp = str_next(&rest));) buf_cp(&part, cp);
		struct str folded = search_fold(a, buf_str(&part)), spelt = search_spelling(a, folded);
		is_spelt = is_spelt && are_letters(spelt);
		buf_add(&joined, spelt);
		add_word(a, out, folded, spelt);
	}
	if (out->n > 1 && is_spelt) out->joined = kept_word(a, buf_str(&joined));
}

/* ---- grams ---- */

static size_t gram_length(int32_t first) {
	return first < 0x80 ? 3 : 2;
}

static void put_cps(struct buf *b, const int32_t *cps, size_t n) {
	for (size_t i = 0; i < n; i++) buf_cp(b, cps[i]);
}

static void begin_gram(struct buf *b, char kind, char group) {
	buf_byte(b, kind);
	buf_byte(b, group);
}

/* One field of a folded text as code points; false at the end. */
static bool next_field(struct arena *a, struct str *rest, int32_t **cps, size_t *n) {
	struct str part;
	if (!str_split(rest, '\n', &part)) return false;
	*cps = arena_array(a, part.n + 1, sizeof **cps);
	*n = 0;
	while (part.n) (*cps)[(*n)++] = str_next(&part);
	return true;
}

void grams_text(struct buf *out, char kind, char group, struct str folded) {
	int32_t *cps;
	size_t n;
	while (folded.n && next_field(out->arena, &folded, &cps, &n))
		for (size_t i = 0; i < n; i++) {
			size_t length = gram_length(cps[i]);
			begin_gram(out, kind, group);
			put_cps(out, cps + i, i + length <= n ? length : n - i);
			buf_byte(out, ' ');
		}
}

/* How a character is read, and with which letters that begins. */
struct reading {
	struct str of[PINYIN_READINGS_MAX];
	size_t n;
	char initials[PINYIN_READINGS_MAX];
	size_t initials_n;
};

static struct reading read_cp(int32_t cp) {
	struct reading r = {0};
	r.n = pinyin_of(cp, r.of);
	for (size_t i = 0; i < r.n; i++) {
		bool is_known = false;
		for (size_t k = 0; k < r.initials_n; k++) is_known = is_known || r.initials[k] == r.of[i].p[0];
		if (!is_known) r.initials[r.initials_n++] = r.of[i].p[0];
	}
	return r;
}

static void grams_of_pair(struct buf *out, char kind, const struct reading *x, const struct reading *y) {
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < (y && y->n ? y->n : 1); k++) {
			begin_gram(out, kind, 'y');
			buf_add(out, x->of[i]);
			if (y && y->n) {
				buf_byte(out, '1');
				buf_add(out, y->of[k]);
			}
			buf_byte(out, ' ');
		}
}

/* Up to three neighbours that are read, in every combination of their first letters. */
static void grams_of_initials(struct buf *out, char kind, const struct reading *r, size_t n) {
	size_t have = 0, combinations = 1;
	while (have < 3 && have < n && r[have].n) combinations *= r[have++].initials_n;
	for (size_t c = 0; have && c < combinations; c++) {
		size_t rest = c;
		begin_gram(out, kind, 'j');
		for (size_t i = 0; i < have; i++) {
			buf_byte(out, r[i].initials[rest % r[i].initials_n]);
			rest /= r[i].initials_n;
		}
		buf_byte(out, ' ');
	}
}

void grams_sound(struct buf *out, char kind, struct str folded) {
	int32_t *cps;
	size_t n;
	while (folded.n && next_field(out->arena, &folded, &cps, &n)) {
		struct reading *r = arena_array(out->arena, n + 1, sizeof *r);
		for (size_t i = 0; i < n; i++) r[i] = read_cp(cps[i]);
		for (size_t i = 0; i < n; i++) {
			if (!r[i].n) continue;
			grams_of_pair(out, kind, &r[i], i + 1 < n ? &r[i + 1] : NULL);
			grams_of_initials(out, kind, &r[i], n - i);
		}
	}
}

/* ---- expressions ---- */

enum { GRAMS_A_WORD = 12, GRAMS_A_PART = 4, WAYS_MAX = 8, STEPS_MAX = 3000 };

static void put_and(struct buf *out, size_t *terms) {
	if ((*terms)++) buf_c(out, " & ");
}

/* Up to `most` of the full grams, spread over the text; a text shorter than a gram is a prefix. */
static void put_text(struct buf *out, char kind, char group, const int32_t *cps, size_t n, size_t most, size_t *terms) {
	size_t full = 0;
	while (full < n && full + gram_length(cps[full]) <= n) full++;
	if (!full) {
		put_and(out, terms);
		begin_gram(out, kind, group);
		put_cps(out, cps, n);
		buf_byte(out, '*');
		return;
	}
	for (size_t k = 0; k < full && k < most; k++) {
		size_t i = full <= most ? k : k * (full - 1) / (most - 1);
		put_and(out, terms);
		begin_gram(out, kind, group);
		put_cps(out, cps + i, gram_length(cps[i]));
	}
}

bool expr_text(struct buf *out, char kind, char group, const struct word *w) {
	size_t terms = 0;
	buf_byte(out, '(');
	put_text(out, kind, group, w->cps, w->n, GRAMS_A_WORD, &terms);
	buf_byte(out, ')');
	return true;
}

/* One way to take a word apart: each piece stands for one character. */
struct piece {
	int32_t cp;         /* not a letter: the character itself */
	char letters[8];    /* else what was typed of its reading */
	size_t n;
	bool is_whole;      /* a whole syllable, so that the next one follows it at once */
};

struct ways {
	struct buf *out;
	char kind;
	const struct word *word;
	struct piece pieces[SEARCH_WORD_CPS];
	size_t found, steps;
};

static bool is_letter(int32_t cp) {
	return cp >= 'a' && cp <= 'z';
}

static struct reading piece_reading(const struct piece *p) {
	if (p->cp) return read_cp(p->cp);
	struct reading r = {.n = 1, .initials_n = 1};
	r.of[0] = (struct str){p->letters, p->n};
	r.initials[0] = p->letters[0];
	return r;
}

/* syllable 1 beginning of the next, where the first of two pieces is whole. */
static void put_neighbours(struct ways *s, const struct piece *x, const struct piece *y, size_t *terms) {
	struct reading a = piece_reading(x), b = piece_reading(y);
	if (!a.n || !b.n || (!x->cp && !x->is_whole)) return;
	put_and(s->out, terms);
	buf_byte(s->out, '(');
	for (size_t i = 0; i < a.n; i++)
		for (size_t k = 0; k < b.n; k++) {
			if (i || k) buf_c(s->out, " | ");
			begin_gram(s->out, s->kind, 'y');
			buf_add(s->out, a.of[i]);
			buf_byte(s->out, '1');
			buf_add(s->out, b.of[k]);
			buf_byte(s->out, '*');
		}
	buf_byte(s->out, ')');
}

/* The first letters of up to three pieces; what is read in several ways is left to the second look. */
static void put_initials(struct ways *s, const struct piece *p, size_t n, size_t *terms) {
	char letters[3];
	size_t have = 0;
	for (; have < 3 && have < n; have++) {
		struct reading r = piece_reading(&p[have]);
		if (r.initials_n != 1) return;
		letters[have] = r.initials[0];
	}
	if (have < 2) return;
	put_and(s->out, terms);
	begin_gram(s->out, s->kind, 'j');
	for (size_t i = 0; i < have; i++) buf_byte(s->out, letters[i]);
	if (have < 3) buf_byte(s->out, '*');
}

static void put_way(struct ways *s, size_t n) {
	size_t terms = 0, mark = s->out->n;
	buf_c(s->out, s->found ? " | (" : "(");
	if (n == 1 && s->pieces[0].n > 1) {
		put_and(s->out, &terms);
		begin_gram(s->out, s->kind, 'y');
		buf_add(s->out, (struct str){s->pieces[0].letters, s->pieces[0].n});
		buf_byte(s->out, '*');
	}
	for (size_t i = 0; i + 1 < n && terms < GRAMS_A_WORD; i++) put_neighbours(s, &s->pieces[i], &s->pieces[i + 1], &terms);
	for (size_t i = 0; i + (n < 3 ? n : 3) <= n && terms < 2 * GRAMS_A_WORD; i++) put_initials(s, &s->pieces[i], n - i, &terms);
	if (!terms) {
		s->out->n = mark;
		return;
	}
	buf_byte(s->out, ')');
	s->found++;
}

static void set_piece(struct piece *p, const int32_t *cps, size_t n, bool is_whole) {
	*p = (struct piece){.n = n, .is_whole = is_whole};
	for (size_t i = 0; i < n; i++) p->letters[i] = (char)cps[i];
}

/* Longest syllables first, then a beginning, then, at the end, what was typed of a syllable so far. */
static void take_apart(struct ways *s, size_t at, size_t n) {
	const struct word *w = s->word;
	if (s->found == WAYS_MAX || ++s->steps > STEPS_MAX) return;
	if (at == w->n) {
		put_way(s, n);
		return;
	}
	struct piece *p = &s->pieces[n];
	if (!is_letter(w->cps[at])) {
		*p = (struct piece){.cp = w->cps[at], .is_whole = true};
		take_apart(s, at + 1, n + 1);
		return;
	}
	size_t run = 0;
	while (run < PINYIN_LETTERS_MAX && at + run < w->n && is_letter(w->cps[at + run])) run++;
	for (size_t k = run; k > 1; k--) {
		set_piece(p, w->cps + at, k, true);
		bool is_syllable = pinyin_is_syllable((struct str){p->letters, k});
		bool is_begun = !is_syllable && at + k == w->n;
		p->is_whole = is_syllable;
		if (is_syllable || is_begun) take_apart(s, at + k, n + 1);
	}
	bool has_h = run > 1 && w->cps[at + 1] == 'h' && (w->cps[at] == 'z' || w->cps[at] == 'c' || w->cps[at] == 's');
	if (has_h) {
		set_piece(p, w->cps + at, 2, false);
		take_apart(s, at + 2, n + 1);
	}
	set_piece(p, w->cps + at, 1, false);
	take_apart(s, at + 1, n + 1);
}

/* As the word stands. */
static bool expr_letters(struct buf *out, char kind, const struct word *w) {
	struct ways s = {.out = out, .kind = kind, .word = w};
	size_t mark = out->n, letters = 0;
	for (size_t i = 0; i < w->n; i++) letters += is_letter(w->cps[i]);
	if (!letters || w->n < 2) return false;
	buf_byte(out, '(');
	/* each letter one character */
	for (size_t i = 0; i < w->n; i++) {
		if (is_letter(w->cps[i])) set_piece(&s.pieces[i], w->cps + i, 1, false);
		else s.pieces[i] = (struct piece){.cp = w->cps[i], .is_whole = true};
	}
	put_way(&s, w->n);
	take_apart(&s, 0, 0);
	buf_byte(out, ')');
	if (!s.found) out->n = mark;
	return s.found > 0;
}

bool expr_pinyin(struct buf *out, char kind, const struct word *w) {
	size_t mark = out->n;
	if (!w->spelt) return expr_letters(out, kind, w);
	buf_byte(out, '(');
	bool is_asked = expr_letters(out, kind, w);
	size_t between = out->n;
	if (is_asked) buf_c(out, " | ");
	bool is_spelt = expr_letters(out, kind, w->spelt);
	if (is_asked && !is_spelt) out->n = between;
	buf_byte(out, ')');
	if (!is_asked && !is_spelt) out->n = mark;
	return is_asked || is_spelt;
}

static void put_syllables(struct buf *out, char kind, const struct reading *x, const struct reading *y) {
	buf_byte(out, '(');
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < (y ? y->n : 1); k++) {
			if (i || k) buf_c(out, " | ");
			begin_gram(out, kind, 'y');
			buf_add(out, x->of[i]);
			if (!y) {
				buf_c(out, " | ");
				begin_gram(out, kind, 'y');
				buf_add(out, x->of[i]);
				buf_c(out, "1*");
				continue;
			}
			buf_byte(out, '1');
			buf_add(out, y->of[k]);
		}
	buf_byte(out, ')');
}

bool expr_sound(struct buf *out, char kind, const struct word *w) {
	struct reading r[SEARCH_WORD_CPS];
	size_t terms = 0;
	for (size_t i = 0; i < w->n; i++) {
		r[i] = read_cp(w->cps[i]);
		if (!r[i].n) return false;
	}
	buf_byte(out, '(');
	if (w->n == 1) put_syllables(out, kind, &r[0], NULL);
	for (size_t i = 0; i + 1 < w->n && terms < GRAMS_A_WORD; i++) {
		put_and(out, &terms);
		put_syllables(out, kind, &r[i], &r[i + 1]);
	}
	buf_byte(out, ')');
	return true;
}

/* What must be there when the character at `wrong` is not: what stands before and behind it. */
static void put_without(struct buf *out, char kind, char group, const struct word *w, size_t wrong, size_t *ways) {
	size_t terms = 0;
	buf_c(out, (*ways)++ ? " | (" : "(");
	if (wrong) put_text(out, kind, group, w->cps, wrong, GRAMS_A_PART, &terms);
	if (wrong + 1 < w->n) put_text(out, kind, group, w->cps + wrong + 1, w->n - wrong - 1, GRAMS_A_PART, &terms);
	buf_byte(out, ')');
}

bool expr_near(struct buf *out, char kind, char group, const struct word *w) {
	size_t ways = 0, half = w->n / 2, terms = 0;
	if (w->n < 2) return false;
	buf_byte(out, '(');
	if (w->n > GRAMS_A_WORD) { /* one half of it is right as it stands */
		put_text(out, kind, group, w->cps, half, GRAMS_A_WORD, &terms);
		buf_c(out, ") | (");
		terms = 0;
		put_text(out, kind, group, w->cps + half, w->n - half, GRAMS_A_WORD, &terms);
	} else
		for (size_t i = 0; i < w->n; i++) put_without(out, kind, group, w, i, &ways);
	buf_byte(out, ')');
	return true;
}
