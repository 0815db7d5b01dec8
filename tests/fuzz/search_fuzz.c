/* search_fuzz.c - any bytes as a query and as a record's text: folded text is UTF-8, grams and expressions
 * hold nothing that an engine would read as syntax, and what the second look finds lies in the text. */
#include "domain/search_text.h"

#include <assert.h>
#include <string.h>

static bool is_gram_byte(char c) {
	unsigned char u = (unsigned char)c;
	return u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z');
}

static void check_grams(struct str grams) {
	for (size_t i = 0; i < grams.n; i++) assert(is_gram_byte(grams.p[i]) || grams.p[i] == ' ');
}

static void check_expr(const struct buf *b) {
	int depth = 0;
	for (size_t i = 0; i < b->n; i++) {
		assert(is_gram_byte(b->p[i]) || strchr(" &|()*", b->p[i]));
		depth += (b->p[i] == '(') - (b->p[i] == ')');
		assert(depth >= 0);
	}
	assert(depth == 0);
}

static void ask(struct arena *a, const struct word *w) {
	static bool (*const sounds[])(struct buf *, char, const struct word *) = {expr_pinyin, expr_sound};
	static bool (*const texts[])(struct buf *, char, char, const struct word *) = {expr_text, expr_near};
	for (size_t i = 0; i < 2; i++) {
		struct buf x = {.arena = a}, y = {.arena = a};
		bool is_asked = sounds[i](&x, 'p', w);
		assert(is_asked == (x.n > 0));
		check_expr(&x);
		(void)texts[i](&y, 'p', 'n', w);
		check_expr(&y);
	}
}

static void look(struct arena *a, struct str folded, const struct word *w) {
	size_t n = str_cp_count(folded);
	struct span at;
	enum how how;
	bool is_exact = find_exact(folded, w, &at);
	assert(!is_exact || (at.from < at.to && at.to <= n));
	assert(!find_pinyin(a, folded, w, &how, &at) || at.to <= n);
	assert(!find_sound(a, folded, w, &at) || at.to <= n);
	if (is_exact) assert(find_sound(a, folded, w, &at)); /* what is written alike sounds alike */
	assert(!find_near(a, folded, w, &at) || (at.from < at.to && at.to <= n));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
	struct arena a = {0};
	struct str rest = {(const char *)data, size}, query;
	if (size > 3000 || !size) return 0;
	(void)str_split(&rest, '\n', &query); /* a query, then the text */
	struct str folded = search_fold(&a, rest);
	assert(str_is_utf8(folded));
	struct buf grams = {.arena = &a};
	grams_text(&grams, 'p', 'n', folded);
	grams_sound(&grams, 'p', folded);
	check_grams(buf_str(&grams));
	struct words words;
	search_words(&a, query, &words);
	assert(words.n <= SEARCH_WORDS_MAX);
	for (size_t i = 0; i < words.n; i++) {
		assert(words.list[i].n > 0 && words.list[i].n <= SEARCH_WORD_CPS);
		ask(&a, &words.list[i]);
		look(&a, folded, &words.list[i]);
		const struct word *spelt = words.list[i].spelt;
		if (spelt) assert(spelt->n > 0 && spelt->n <= SEARCH_WORD_CPS && !str_eq(spelt->text, words.list[i].text));
	}
	if (words.joined) {
		ask(&a, words.joined);
		look(&a, folded, words.joined);
	}
	struct span shown = span_shown(&a, rest, (struct span){0, 2});
	assert(shown.to <= str_cp_count(rest));
	arena_release(&a);
	return 0;
}
