/* sheet.h - spreadsheets as rows of cells: XLSX, CSV and TSV in; knows no noun of the trade.
 *
 * A book is opened from bytes in memory or from a file, limited before anything is unpacked, and
 * read one row at a time: memory stays flat however long the sheet is. Every refusal has a reason
 * that names the place (entry, sheet, cell), the rule and what to do.
 *
 * Cells come as the reader sees them: shared, inline and rich strings as text (phonetic runs left
 * out, _xHHHH_ decoded), formulas as their cached value, dates by the cell's number format with the
 * book's 1900 or 1904 epoch, a merged value in its first cell only (the others are CELL_EMPTY with
 * merge_row and merge_col set). A book and its readers belong to one thread at a time. */
#ifndef SHEET_SHEET_H
#define SHEET_SHEET_H

#include "base/err.h"
#include "base/str.h"

#include <stdatomic.h>

enum cell_kind { CELL_EMPTY, CELL_TEXT, CELL_NUMBER, CELL_DATE, CELL_TIME, CELL_BOOL, CELL_ERROR };

struct cell {
	enum cell_kind kind; /* every cell of a CSV that is not empty is CELL_TEXT */
	struct str text;     /* as the reader sees it: text; number shortest exact; date ISO, with
	                        " HH:MM:SS" when it has a time of day; time HH:MM:SS (a duration may
	                        have more hours); TRUE/FALSE; #N/A */
	int32_t day;         /* CELL_DATE: days since 1970-01-01 (base/day.h) */
	int32_t merge_row;   /* row and column of the merge's first cell, 0-based, also on that cell */
	int32_t merge_col;   /* itself; -1 = not merged */
	bool is_formula;     /* the value is a formula's cached one; empty: the file has none cached */
};

struct row {
	int64_t number;      /* 1-based, as the spreadsheet program shows it */
	const struct cell *cells;
	size_t n;            /* columns from A up to the last that is not empty */
	bool is_hidden;
};

enum sheet_state { SHEET_VISIBLE, SHEET_HIDDEN, SHEET_VERY_HIDDEN };

struct sheet_info {
	struct str name;     /* empty for a CSV */
	enum sheet_state state;
	int64_t rows;        /* last row with a cell that holds something; 0 = empty */
	int32_t cols;        /* last column with such a cell */
};

/* Limits; a zeroed member takes its default. */
struct sheet_limits {
	int64_t file_bytes;      /* 64 MiB: the file itself */
	int64_t unpacked_bytes;  /* 1 GiB: all entries; also refused over 100 : 1 past 16 MiB */
	int64_t rows;            /* 1,048,576: highest row number */
	int32_t cols;            /* 16,384: up to column XFD */
	int64_t cell_bytes;      /* 128 KiB a cell; a row may hold 64 times that */
	int64_t strings_bytes;   /* 128 MiB of shared strings in memory */
	const atomic_bool *stop; /* may be set by another thread: then ERR_BUSY; NULL = never */
};

struct book;

/* Why a file is refused. `rule` is the key of the wording:
 *   sheet_not_found    the file is not there or cannot be read
 *   sheet_empty        no bytes at all
 *   sheet_encrypted    has a password: save it without one
 *   sheet_xls          the old binary .xls: save it as .xlsx
 *   sheet_xlsb         the binary .xlsb: save it as .xlsx
 *   sheet_html         a web page or XML named as a workbook: save it as .xlsx
 *   sheet_other        another kind of file (why names it)
 *   sheet_not_xlsx     named .xlsx, but no workbook
 *   sheet_damaged      cut off, wrong checksum, duplicate or overlapping entries
 *   sheet_bomb         unpacks to far more than any real sheet
 *   sheet_too_large    over one of the limits
 *   sheet_xml          XML that is not well formed, has a DOCTYPE, or contradicts itself
 *   sheet_reference    a cell reference that is none, or past XFD1048576
 *   sheet_encoding     text in no encoding that we know, or broken
 *   sheet_nul          NUL bytes in a text file
 *   sheet_quote        a quote that is opened and never closed
 *   sheet_no_sheet     no worksheet in the book, or none with that number
 *   sheet_stopped      the caller's stop was set */
struct sheet_problem {
	struct str rule;
	struct str place;  /* entry, sheet!cell or line; may be empty */
	struct str why;    /* English sentence with the remedy */
};

/* bytes must live as long as the book; the book is closed by the arena. `name` gives the ending
 * (.csv, .tsv, .txt, .xls, .xlsx, .xlsm); the content decides where both disagree, except that
 * text named .xlsx is refused, as every spreadsheet program does. ERR_INVALID or ERR_TOO_LARGE, and
 * *problem (in the arena) says why; ERR_NOT_FOUND: no such file. */
enum err book_open(struct arena *a, struct str name, struct str bytes,
                   const struct sheet_limits *limits, struct book **out,
                   struct sheet_problem *problem);
enum err book_open_file(struct arena *a, const char *path, const struct sheet_limits *limits,
                        struct book **out, struct sheet_problem *problem);

size_t book_sheets(const struct book *b);     /* worksheets only, in tab order; a CSV has one */

/* Name and size of sheet i. The first call for a sheet reads it once; later ones cost nothing. */
enum err book_sheet(struct book *b, size_t i, struct sheet_info *out,
                    struct sheet_problem *problem);
struct str book_encoding(const struct book *b); /* "UTF-8", "GB18030", ...; empty for XLSX */

/* Separator of a CSV, 0 for XLSX. A full-width one is told as its narrow form. */
char book_separator(const struct book *b);

/* Rows in order, those without a value left out (row.number jumps). A row lives until the next
 * call. The reader lives in `a`, which may not outlive the book's arena. */
struct sheet_reader;
enum err sheet_read(struct arena *a, struct book *b, size_t sheet, struct sheet_reader **out,
                    struct sheet_problem *problem);
enum err sheet_next(struct sheet_reader *r, const struct row **out); /* *out = NULL at the end */

/* The same, but row.n goes on over the empty cells of merges that lie past the last cell that holds
 * something: a value that is merged down, or a heading over several columns, is seen there, too. */
enum err sheet_next_wide(struct sheet_reader *r, const struct row **out);
const struct sheet_problem *sheet_reader_problem(const struct sheet_reader *r);

/* The merge that covers column `col` of the row last read, also past row.n (a heading over several
 * columns); false = not merged. Row and column of its first cell are 0-based. */
bool sheet_merge_at(const struct sheet_reader *r, int32_t col, int32_t *row, int32_t *first_col);

/* A copy of the same file with a note written into a new last column of some rows and the noted
 * cells coloured; formats, other sheets and all else stay as they were. A CSV keeps its encoding
 * and separator (a Big5 one becomes UTF-8 where Big5 lacks a character of a note).
 * head = heading of the new column, in row head_row (0 = no heading). */
struct sheet_note {
	int64_t row;     /* 1-based, ascending, no row twice */
	struct str text;
};
enum err book_mark(struct arena *a, struct book *b, size_t sheet, int64_t head_row, struct str head,
                   const struct sheet_note *notes, size_t n, struct str *bytes,
                   struct sheet_problem *problem);

#endif
