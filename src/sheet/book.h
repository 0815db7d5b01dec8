/* book.h - what book.c and the two formats share; nobody outside of this folder includes it. */
#ifndef SHEET_BOOK_H
#define SHEET_BOOK_H

#include "sheet/problem.h"

struct xlsx;
struct csv;

struct book {
	struct arena *arena;
	struct sheet_limits limits; /* with the defaults put in */
	struct str name, bytes;
	struct xlsx *xlsx;          /* one of the two */
	struct csv *csv;
};

/* The first member of each format's reader. */
struct sheet_reader {
	enum err (*next)(struct sheet_reader *r, const struct row **out);
	bool (*merge_at)(const struct sheet_reader *r, int32_t col, int32_t *row, int32_t *first_col);
	struct sheet_problem problem;
	struct cell *wide;   /* room of sheet_next_wide for `cols` cells; cols = 0: nothing is merged */
	int32_t cols;
	struct row wide_row;
};

enum err xlsx_open(struct book *b, struct sheet_problem *problem);
size_t xlsx_sheets(const struct book *b);
enum err xlsx_sheet(struct book *b, size_t i, struct sheet_info *out, struct sheet_problem *problem);
enum err xlsx_read(struct arena *a, struct book *b, size_t i, struct sheet_reader **out,
                   struct sheet_problem *problem);

enum err csv_open(struct book *b, struct sheet_problem *problem);
enum err csv_sheet(struct book *b, struct sheet_info *out, struct sheet_problem *problem);
enum err csv_read(struct arena *a, struct book *b, struct sheet_reader **out,
                  struct sheet_problem *problem);
struct str csv_encoding(const struct book *b);
char csv_separator(const struct book *b);

/* What mark.c takes: the sheet to note, its head and its notes. */
struct marking {
	size_t sheet;
	int64_t head_row;
	struct str head;
	const struct sheet_note *notes;
	size_t n;
};
/* The head or note for a row, whichever; empty = none. */
struct str marking_of(const struct marking *m, int64_t row);
enum err xlsx_mark(struct arena *a, struct book *b, const struct marking *m, struct str *bytes,
                   struct sheet_problem *problem);
enum err csv_mark(struct arena *a, struct book *b, const struct marking *m, struct str *bytes,
                  struct sheet_problem *problem);

#endif
