/* search_text.h - what search is made of, without a database: folded text, grams, expressions, and the
 * second look at a candidate.
 *
 * Folded text is what two texts have in common when people mean the same: NFKC, simplified characters,
 * lower case, without white space, punctuation and signs. Several fields of one kind stand in one folded
 * text with a line feed between them; no match goes over it.
 *
 * A gram is a token of the index: letter of the kind of record, letter of the group of fields, then
 *   n a c o   text as written: from each character on two (three, where it is ASCII); fewer at the end
 *   y         sound: syllable 1 syllable of neighbours; the last alone
 *   j         first letters of three neighbours; fewer at the end
 * so that a prefix finds what is shorter than a gram. An expression is grams (a * behind one means
 * prefix) with & | ( ); the store words it for its engine (store.h db_gram_query). Grams only make
 * candidates; search_where and its kin decide. docs/adr/0009-search-index.md says why. */
#ifndef DOMAIN_SEARCH_TEXT_H
#define DOMAIN_SEARCH_TEXT_H

#include "base/buf.h"

enum { SEARCH_WORDS_MAX = 6, SEARCH_WORD_CPS = 60, SEARCH_QUERY_CPS = 200 };

/* Goes up when grams or folded text of the same row would differ. */
enum { SEARCH_SCHEME = 2 };

enum how { HOW_EXACT, HOW_PINYIN, HOW_INITIALS, HOW_SOUND, HOW_NEAR, HOW__N };
struct str how_code(enum how h); /* "exact" */

struct word {
	struct str text;              /* folded */
	int32_t cps[SEARCH_WORD_CPS];
	size_t n;
	bool has_letter;              /* a to z, with a mark or without */
	bool is_number;               /* digits alone */
	const struct word *spelt;     /* the pinyin that it may be too: search_spelling; NULL = it is as it stands */
};

struct words {
	struct word list[SEARCH_WORDS_MAX];
	size_t n;
	bool has_letter;
	const struct word *joined;    /* words of letters alone without the blanks, é luó sī; NULL = there is none */
};

struct str search_fold(struct arena *a, struct str s);

/* Folded text as the pinyin that it may be: without marks (wéichái), with v for ü (lüsè) and without the
 * digits of tones (wei4chai2). What is no pinyin stays. */
struct str search_spelling(struct arena *a, struct str folded);

/* The words of a query, folded: what white space parts. Only the first SEARCH_QUERY_CPS characters and
 * SEARCH_WORDS_MAX words count, of joined the first SEARCH_WORD_CPS letters; n = 0: nothing to look for. */
void search_words(struct arena *a, struct str query, struct words *out);

/* ---- grams of a row; each call adds them with a space behind each ---- */
void grams_text(struct buf *out, char kind, char group, struct str folded);
void grams_sound(struct buf *out, char kind, struct str folded);

/* ---- expressions: each adds one in parentheses; false = nothing can match, nothing was added ----
 * Pinyin is asked for, and looked for, as the word stands and as it is spelt. */
bool expr_text(struct buf *out, char kind, char group, const struct word *w);
bool expr_pinyin(struct buf *out, char kind, const struct word *w);
bool expr_sound(struct buf *out, char kind, const struct word *w);
bool expr_near(struct buf *out, char kind, char group, const struct word *w);

/* ---- the second look: where in a folded text a word is found; places in code points ---- */
struct span {
	size_t from, to;
};
bool find_exact(struct str folded, const struct word *w, struct span *at);
bool find_pinyin(struct arena *a, struct str folded, const struct word *w, enum how *how, struct span *at);
bool find_sound(struct arena *a, struct str folded, const struct word *w, struct span *at);
bool find_near(struct arena *a, struct str folded, const struct word *w, struct span *at);

/* The place in the text as it is shown of a place in its folded form. */
struct span span_shown(struct arena *a, struct str shown, struct span folded);

#endif
