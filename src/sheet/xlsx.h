/* xlsx.h - an open workbook; for xlsx.c and mark_xlsx.c. */
#ifndef SHEET_XLSX_H
#define SHEET_XLSX_H

#include "sheet/archive.h"
#include "sheet/merge.h"
#include "sheet/shared_strings.h"
#include "sheet/styles.h"
#include "sheet/workbook.h"

struct xlsx_size {
	bool is_known, is_disordered;
	int64_t rows;
	int32_t cols;
	struct merges merges;
};

struct xlsx {
	struct archive archive;
	struct workbook workbook;
	struct strings strings;
	struct styles styles;
	struct xlsx_size *sizes;  /* by sheet */
};

/* After it b->xlsx->sizes[i] is known. */
enum err xlsx_measure(struct book *b, size_t i, struct sheet_problem *problem);

#endif
