/* merge.h - merged ranges, asked row by row. Memory follows the number of ranges and the columns in
 * use, never their area: A1:XFD1048576 costs 16 bytes. */
#ifndef SHEET_MERGE_H
#define SHEET_MERGE_H

#include "sheet/ref.h"

enum { MERGES_MAX = 1 << 18 };

struct merges {
	struct ref_range *list; /* sorted by top, left */
	size_t n, room;
};

/* False when there are over MERGES_MAX. A range of one cell is left out. */
bool merges_add(struct arena *a, struct merges *m, struct ref_range r);
void merges_sort(struct merges *m);

/* Walks down the rows. Where ranges overlap (no spreadsheet program writes that) the upper left one
 * keeps its cells. */
struct merge_sweep {
	const struct merges *merges;
	size_t next;
	int32_t cols;
	int32_t *until;                  /* last covered row by column; -1 = none yet */
	const struct ref_range **owner;
};

/* cols = columns that hold something: what merges cover beyond is nobody's concern. */
void sweep_init(struct arena *a, struct merge_sweep *s, const struct merges *m, int32_t cols);
void sweep_to(struct merge_sweep *s, int32_t row); /* rows in ascending order */
const struct ref_range *sweep_at(const struct merge_sweep *s, int32_t row, int32_t col); /* or NULL */

#endif
