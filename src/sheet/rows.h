/* rows.h - the XML of one worksheet as rows of cells, in the order of the file.
 *
 * Numbers of rows and columns that are missing are counted on. A cell that names another row than
 * the <row> around it goes where it says; that and rows that do not ascend set is_disordered, and
 * the caller has to sort. */
#ifndef SHEET_ROWS_H
#define SHEET_ROWS_H

#include "sheet/merge.h"
#include "sheet/shared_strings.h"
#include "sheet/styles.h"
#include "sheet/xml.h"

struct rows_source {
	const struct archive *archive;
	const struct entry *entry;
	struct str sheet_name;         /* for places: "汇总!B7" */
	const struct strings *strings;
	const struct styles *styles;
	bool is_1904;
	const struct sheet_limits *limits;
};

struct rows {
	struct rows_source src;
	struct xml xml;
	/* called after each row that holds something; it may call xml_pause(&rows->xml) */
	void (*on_row)(void *it);
	void *it;
	struct merges *merges;         /* gathered when not NULL, while the rows go by */
	bool is_measuring;             /* only whether a cell is empty matters, not its text */

	/* the row being read, complete in on_row */
	int32_t row;                   /* 0-based */
	int32_t n;                     /* columns up to the last that is not empty */
	bool is_hidden;
	struct cell *cells;            /* limits->cols; behind the last in use all are empty */
	bool is_disordered;

	/* inside of the machine */
	struct arena *arena;
	struct buf text;               /* texts of this row's cells, one after the other */
	size_t mark;                   /* where the current cell's text begins */
	int32_t touched, next_row, next_col, col, last_row;
	bool in_data, in_merges, in_row, in_cell, in_is, in_run, row_is_open;
	bool takes_text;               /* character data belongs to the cell */
	char type;                     /* of the current cell: 'n' 's' 't' str, 'i' inline, 'b' 'e' 'd' */
	int64_t style;
	bool has_value, has_text, is_formula;
	int64_t filled;
};

enum err rows_open(struct rows *r, struct arena *a, const struct rows_source *src,
                   struct sheet_problem *problem);
enum err rows_run(struct rows *r); /* until on_row pauses or the end (r->xml.is_done) */
void rows_close(struct rows *r);

#endif
