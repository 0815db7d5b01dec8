/* csv.h - an open text file; for csv.c and mark_csv.c. */
#ifndef SHEET_CSV_H
#define SHEET_CSV_H

#include "sheet/csv_scan.h"
#include "sheet/encoding.h"

struct csv {
	struct encoding encoding;
	struct str text;         /* UTF-8, without mark */
	struct str body;         /* text without a "sep=" line */
	struct str sep;          /* a character; full-width ones have three bytes */
	int64_t first_line;      /* of body */
	bool is_known;           /* rows and cols are */
	int64_t rows;
	int32_t cols;
	int32_t width;           /* most fields of a row, empty ones too */
};

struct csv_scan csv_scan_of(const struct book *b, struct arena *scratch);

/* The separator that makes the rows of the text alike; a comma when none does. */
struct str csv_find_separator(struct arena *a, struct str text, bool is_tsv);

#endif
