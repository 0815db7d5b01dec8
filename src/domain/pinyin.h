/* pinyin.h - how a character is read: its syllables in Latin letters, without tones.
 *
 * From a table made at build of ICU's readings and data/readings.txt, which adds the other readings of
 * common characters (重 zhong, chong). ü is "v", and "u" as a second reading. Nothing here allocates. */
#ifndef DOMAIN_PINYIN_H
#define DOMAIN_PINYIN_H

#include "base/str.h"

enum { PINYIN_READINGS_MAX = 4, PINYIN_LETTERS_MAX = 6 };

/* The readings of one code point of folded text (search_text.h): of a Han character its syllables, of an
 * ASCII letter or digit itself. Gives their number; 0 = it is not read. The texts are static. */
size_t pinyin_of(int32_t cp, struct str out[PINYIN_READINGS_MAX]);

/* Whether the letters are a whole syllable of some character. */
bool pinyin_is_syllable(struct str letters);

/* A digest of the table: an index made with another one is made anew. */
uint64_t pinyin_table_hash(void);

#endif
