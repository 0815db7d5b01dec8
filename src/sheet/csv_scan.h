/* csv_scan.h - records of separated text, one at a time (RFC 4180, read leniently).
 *
 * A quote counts only as the first character of a field; what follows a closing quote belongs to the
 * field as it is. Lines end with LF, CR LF or CR, mixed too. Fields are borrowed from the text where
 * they can be. */
#ifndef SHEET_CSV_SCAN_H
#define SHEET_CSV_SCAN_H

#include "sheet/problem.h"

#include "base/buf.h"

struct csv_scan {
	struct str rest;         /* not read yet */
	struct str sep;
	int64_t line;            /* 1-based, of rest */
	int64_t cell_bytes;
	int32_t cols;            /* most fields of a record */

	/* the last record */
	struct cell *cells;      /* NULL: only counted */
	int32_t n;               /* fields, the empty ones too */
	int32_t used;            /* up to the last that is not empty */
	int64_t first_line;
	struct str raw;          /* all of it without its end */
	struct str end;          /* "\n", "\r\n", "\r" or empty at the end of the text */
	bool is_odd;             /* a quote stands where no writer would put it */
	struct buf scratch;      /* fields that are not borrowed */
};

/* False at the end of the text. *err is set when the record breaks a rule. */
bool csv_scan_next(struct csv_scan *s, struct arena *a, enum err *err,
                   struct sheet_problem *problem);

#endif
