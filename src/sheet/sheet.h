/* sheet.h - spreadsheets as rows of cells: XLSX, CSV and TSV in; knows no noun of the trade.
 *
 * A book is opened from bytes in memory or from a file, limited before anything is unpacked, and
 * read one row at a time: memory stays flat however long the sheet is. Every refusal has a reason
 * that names the place (entry, sheet, cell), the rule and what to do.
 *
 * Cells come as the reader sees them: shared, inline and rich strings as text (phonetic runs left
 * out, _xHHHH_ decoded), formulas as their cached value, dates by the cell's number format with the
 * book's 1900 or 1904 epoch, a merged value in its first cell only (the others are CELL_EMPTY with
 * merged_from set). */
#ifndef SHEET_SHEET_H
#define SHEET_SHEET_H

#include "base/err.h"
#include "base/str.h"

enum cell_kind { CELL_EMPTY, CELL_TEXT, CELL_NUMBER, CELL_DATE, CELL_TIME, CELL_BOOL, CELL_ERROR };
struct cell {
	enum cell_kind kind;
	struct str text;     /* as the reader sees it: text; number shortest exact; date ISO, with
	                        " HH:MM:SS" when it has a time of day; time HH:MM:SS; TRUE/FALSE; #N/A */
	int32_t day;         /* CELL_DATE: days since 1970-01-01 (base/day.h) */
	int32_t merge_row;   /* row and column of the merge's first cell, 0-based; -1 = not merged */
	int32_t merge_col;
	bool is_formula;     /* the value is a formula's cached one */
};
struct row {
	int64_t number;      /* 1-based, as the spreadsheet program shows it */
	const struct cell *cells;
	size_t n;            /* columns from A up to the last that is not empty */
	bool is_hidden;
};

enum sheet_state { SHEET_VISIBLE, SHEET_HIDDEN, SHEET_VERY_HIDDEN };
struct sheet_info {
	struct str name;
	enum sheet_state state;
	int64_t rows;        /* last row with a cell that holds something; 0 = empty */
	int32_t cols;        /* last column with such a cell */
};

/* Limits; a zeroed member takes its default. */
struct sheet_limits {
	int64_t file_bytes;      /* 64 MiB: the file itself */
	int64_t unpacked_bytes;  /* 1 GiB: all entries that are read; also refused over 200 : 1 past 16 MiB */
	int64_t rows;            /* 1,048,576 */
	int32_t cols;            /* 16,384 read, of which the first 1,024 are kept */
	int64_t cell_bytes;      /* 128 KiB a cell */
	int64_t strings_bytes;   /* 128 MiB of shared strings in memory */
};

struct book;

/* *why (English sentence) and *rule (key of the wording: sheet_encrypted, sheet_xls, sheet_not_xlsx,
 * sheet_bomb, sheet_too_large, sheet_xml, sheet_empty, sheet_encoding, ...) are set on failure.
 * bytes must live as long as the book; the book is closed by the arena. `name` gives the ending
 * (.csv, .tsv, .txt, .xlsx, .xlsm); the content decides where both disagree. */
struct sheet_problem {
	struct str rule;
	struct str place;  /* entry, sheet!cell or line; may be empty */
	struct str why;
};
enum err book_open(struct arena *a, struct str name, struct str bytes, const struct sheet_limits *limits, struct book **out, struct sheet_problem *problem);
enum err book_open_file(struct arena *a, const char *path, const struct sheet_limits *limits, struct book **out, struct sheet_problem *problem);

size_t book_sheets(const struct book *b);                         /* worksheets only, in tab order */
enum err book_sheet(struct book *b, size_t i, struct sheet_info *out, struct sheet_problem *problem); /* reads the sheet once to know its size */
struct str book_encoding(const struct book *b);                   /* "UTF-8", "GB18030", ...; empty for XLSX */
char book_separator(const struct book *b);                        /* of a CSV; 0 for XLSX */

/* Rows in order, those without a cell left out (row.number jumps). A row lives until the next call.
 * `stop` may be set by another thread: reading ends with ERR_BUSY. */
struct sheet_reader;
enum err sheet_read(struct arena *a, struct book *b, size_t sheet, struct sheet_reader **out, struct sheet_problem *problem);
enum err sheet_next(struct sheet_reader *r, const struct row **out);  /* *out = NULL at the end */
const struct sheet_problem *sheet_reader_problem(const struct sheet_reader *r);

/* A copy of the same file with a note written into a new last column of some rows and the noted rows
 * marked; formats, other sheets and all else stay as they were. A CSV keeps its encoding and
 * separator. head = heading of the new column, in row head_row. */
struct sheet_note {
	int64_t row;     /* 1-based, ascending */
	struct str text;
};
enum err book_mark(struct arena *a, struct book *b, size_t sheet, int64_t head_row, struct str head, const struct sheet_note *notes, size_t n, struct str *bytes, struct sheet_problem *problem);

#endif
