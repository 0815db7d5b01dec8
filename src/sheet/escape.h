/* escape.h - _xHHHH_ in the texts of workbooks: a UTF-16 unit that XML cannot hold (ST_Xstring). */
#ifndef SHEET_ESCAPE_H
#define SHEET_ESCAPE_H

#include "base/str.h"

/* Decodes in place and returns the new length. "_x000D_" becomes CR, "_x005F_x000D_" the text
 * "_x000D_"; a pair of surrogates one character, half a pair U+FFFD; _x0000_ stays as it is, because
 * no text of ours holds NUL. */
size_t unescape(char *p, size_t n);

#endif
