/* sorted.h - the rows of a sheet whose file does not hold them in order, sorted in memory.
 *
 * Rows with the same number become one; the later cell counts. Up to 48 MiB of cells. */
#ifndef SHEET_SORTED_H
#define SHEET_SORTED_H

#include "sheet/rows.h"

struct sorted_row {
	int32_t row, n;
	struct cell *cells;
	bool is_hidden;
};

struct sorted;
enum err sorted_load(struct arena *a, const struct rows_source *src, struct sorted **out,
                     struct sheet_problem *problem);
bool sorted_next(struct sorted *s, struct sorted_row *out); /* cells live until the next call */

#endif
