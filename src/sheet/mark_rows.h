/* mark_rows.h - the XML of a worksheet with notes in a new last column, as a stream. */
#ifndef SHEET_MARK_ROWS_H
#define SHEET_MARK_ROWS_H

#include "sheet/book.h"
#include "sheet/splice.h"

struct mark_rows {
	struct splice splice;
	const struct marking *m;
	int32_t col;             /* of the notes */
	int64_t style;           /* of their cells; -1 = none */
	bool is_ordered;         /* rows ascend, so missing ones can be put between */
	size_t next;             /* notes before it are written or passed (ordered sheets) */
	bool head_done;
	bool *is_done;           /* by note */
	bool has_data;           /* <sheetData> has come: else there is no place for notes */

	/* the row being copied */
	bool in_data, in_row, has_number, is_empty_tag, note_done, drops_cell;
	int32_t row, next_row, next_col;
	int64_t row_at;
	struct str note, prefix;
};

enum err mark_rows_open(struct mark_rows *r, struct arena *a, const struct archive *z,
                        const struct entry *entry, const struct sheet_limits *limits,
                        struct sheet_problem *problem);

#endif
