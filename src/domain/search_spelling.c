/* search_spelling.c - pinyin as books and dictionaries write it, wéichái, lüsè, wei4chai2, as the index has
 * it: weichai, lvse. An apostrophe (xi'an) is a sign, which folding has taken away. */
#include "domain/search_text.h"

#include "domain/pinyin.h"
#include "domain/text.h"

static bool is_letter(int32_t cp) {
	return cp >= 'a' && cp <= 'z';
}

/* Books for children print ɑ and ɡ. */
static int32_t plain_letter(int32_t cp) {
	return cp == 0x251 ? 'a' : cp == 0x261 ? 'g' : cp;
}

/* ü is v; after j, q, x and y it is written u. `b` ends with the u. */
static void put_dots(struct buf *b) {
	char before = b->n > 1 ? b->p[b->n - 2] : 0;
	bool is_understood = before == 'j' || before == 'q' || before == 'x' || before == 'y';
	if (!is_understood) b->p[b->n - 1] = 'v';
}

/* Letters without the marks over them; other scripts keep theirs. */
static struct str without_marks(struct arena *a, struct str folded) {
	enum { MARKS_FIRST = 0x300, MARKS_LAST = 0x36F, DIAERESIS = 0x308 };
	struct buf b = {.arena = a};
	int32_t under = 0;
	for (struct str rest = text_nfd(a, folded); rest.n;) {
		int32_t cp = plain_letter(str_next(&rest));
		bool is_mark = cp >= MARKS_FIRST && cp <= MARKS_LAST;
		if (!is_mark || !is_letter(under)) {
			buf_cp(&b, cp);
			under = cp;
		} else if (cp == DIAERESIS && under == 'u') put_dots(&b);
	}
	return text_nfkc(a, buf_str(&b));
}

static bool are_syllables(struct str letters) {
	bool is_reached[SEARCH_WORD_CPS + 1] = {true};
	if (letters.n > SEARCH_WORD_CPS) return false;
	for (size_t i = 0; i < letters.n; i++)
		for (size_t k = 1; is_reached[i] && k <= PINYIN_LETTERS_MAX && i + k <= letters.n; k++)
			if (pinyin_is_syllable(str_sub(letters, i, k))) is_reached[i + k] = true;
	return letters.n && is_reached[letters.n];
}

static char byte_at(struct str s, size_t i) {
	return i < s.n ? s.p[i] : 0;
}

/* wei4chai2: one digit from 0 to 5 behind whole syllables is a tone. */
static struct str without_tones(struct arena *a, struct str s) {
	struct buf b = {.arena = a};
	size_t from = 0; /* of the letters that end before i */
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i], next = byte_at(s, i + 1);
		bool is_alone = c >= '0' && c <= '5' && (next < '0' || next > '9');
		bool is_tone = is_alone && are_syllables(str_sub(s, from, i - from));
		if (!is_tone) buf_byte(&b, c);
		if (!is_letter(c)) from = i + 1;
	}
	return buf_str(&b);
}

struct str search_spelling(struct arena *a, struct str folded) {
	return without_tones(a, without_marks(a, folded));
}
