/* ref.h - cell references: "B7", "A1:H1". Rows and columns are 0-based here. */
#ifndef SHEET_REF_H
#define SHEET_REF_H

#include "base/buf.h"

enum { REF_ROWS = 1048576, REF_COLS = 16384 }; /* the grid of the format: A1 to XFD1048576 */

/* One reference, nothing else; false when it is none or lies outside the grid. */
bool ref_parse(struct str s, int32_t *row, int32_t *col);

struct ref_range {
	int32_t top, left, bottom, right;
};
bool ref_parse_range(struct str s, struct ref_range *out); /* one cell is a range too */

void buf_ref(struct buf *b, int32_t row, int32_t col);     /* "B7" */
void buf_col(struct buf *b, int32_t col);                  /* "B" */

#endif
