/* encoding.h - text files of Chinese offices as UTF-8, and back.
 *
 * Known: UTF-8, UTF-16 and UTF-32 with their marks, UTF-16 without one, GB18030 (with GBK and GB2312
 * in it), and Big5 where it is beyond doubt. Everything is decoded strictly: a byte that does not fit
 * is a refusal with its line, never a question mark in somebody's name. */
#ifndef SHEET_ENCODING_H
#define SHEET_ENCODING_H

#include "sheet/problem.h"

#include "base/buf.h"

struct encoding {
	struct str name;       /* as ICU and people know it */
	struct str mark;       /* the bytes in front of the text, empty = none */
};

/* The encoding of the bytes, by their mark or by what they can be. */
struct encoding encoding_detect(struct str bytes);

/* The text without its mark. UTF-8 is borrowed from bytes, all else is in the arena. */
enum err text_decode(struct arena *a, const struct encoding *e, struct str bytes, struct str *text,
                     struct sheet_problem *problem);

/* Text back into bytes, piece by piece. */
struct encoder;
struct encoder *encoder_new(struct arena *a, const struct encoding *e);
/* False: the encoding lacks a character of the text. */
bool encoder_add(struct encoder *enc, struct str text, struct buf *out);

#endif
