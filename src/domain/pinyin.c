#include "domain/pinyin.h"

#include "pinyin_table.inc"

enum { SYLLABLES = sizeof syllables / sizeof *syllables };

static struct str syllable(size_t i) {
	return str_c(syllables[i]);
}

static size_t of_ascii(int32_t cp, struct str out[PINYIN_READINGS_MAX]) {
	static const char alnum[] = "0123456789abcdefghijklmnopqrstuvwxyz";
	bool is_digit = cp >= '0' && cp <= '9';
	if (!is_digit && (cp < 'a' || cp > 'z')) return 0;
	out[0] = (struct str){&alnum[is_digit ? cp - '0' : cp - 'a' + 10], 1};
	return 1;
}

size_t pinyin_of(int32_t cp, struct str out[PINYIN_READINGS_MAX]) {
	if (cp < 0x80) return of_ascii(cp, out);
	if (cp < PINYIN_FIRST || cp > PINYIN_LAST) return 0;
	uint16_t r = readings[cp - PINYIN_FIRST];
	if (!r) return 0;
	if (r < PINYIN_MANY) {
		out[0] = syllable(r);
		return 1;
	}
	const uint16_t *all = many[r - PINYIN_MANY];
	size_t n = 0;
	while (n < PINYIN_READINGS_MAX && all[n]) {
		out[n] = syllable(all[n]);
		n++;
	}
	return n;
}

bool pinyin_is_syllable(struct str letters) {
	for (size_t i = 1; i < SYLLABLES; i++)
		if (str_eq(syllable(i), letters)) return true;
	return false;
}

uint64_t pinyin_table_hash(void) {
	uint64_t h = str_hash((struct str){(const char *)syllables, sizeof syllables});
	h ^= str_hash((struct str){(const char *)many, sizeof many}) * 3;
	return h ^ str_hash((struct str){(const char *)readings, sizeof readings}) * 5;
}
