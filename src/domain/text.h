/* text.h - one form for text that means the same: widths, traditional characters, spaces, brackets.
 *
 * Results live in the arena (or are the argument itself when nothing had to change). What is not
 * UTF-8 comes back with U+FFFD in place of its bad bytes. */
#ifndef DOMAIN_TEXT_H
#define DOMAIN_TEXT_H

#include "base/str.h"

/* Unicode NFKC: full-width digits, letters and signs become half-width, ㎡ becomes m2. */
struct str text_nfkc(struct arena *a, struct str s);

/* Unicode NFD: marks stand behind their letter, é becomes e and U+0301. */
struct str text_nfd(struct arena *a, struct str s);

/* Traditional characters one by one to simplified ones (ICU's table): for comparing, not for show. */
struct str text_simplified(struct arena *a, struct str s);

/* For comparing headings and words of cells: NFKC, simplified, lower case, without white space,
 * punctuation and brackets with what is in them. "項 目 名 称（全称）" -> "项目名称". */
struct str heading_key(struct arena *a, struct str s);

/* The same, but what stands in brackets is kept (the brackets are not): "乙方(投资方)" -> "乙方投资方". */
struct str word_key(struct arena *a, struct str s);

/* For the search of duplicates among names of projects and firms: word_key without 有限责任公司,
 * 股份有限公司, 有限公司, 集团, 股份 and a closing 公司. What is in brackets stays, because （一期） and
 * （二期） are two projects. A name of nothing but such words keeps them. */
struct str name_key(struct arena *a, struct str s);

/* NFKC, then without white space, zero-width characters (U+200B-200F, U+2060, U+FEFF) and controls. */
struct str text_bare(struct arena *a, struct str s);

/* How alike two texts are, 0 to 1000: the larger of Jaro-Winkler (p = 0.1, prefix up to 4) and
 * 1 - Levenshtein / longer length, on code points, rounded down. An empty text is like nothing (0);
 * only the first 400 code points count. */
int32_t text_similar_permille(struct arena *a, struct str x, struct str y);

/* The simplified form of one code point. */
int32_t cp_simplified(int32_t cp);

/* White space of any script, zero-width and control characters. */
bool cp_is_blank(int32_t cp);

#endif
