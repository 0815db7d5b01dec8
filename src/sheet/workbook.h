/* workbook.h - which parts of an archive are the workbook: relationships, sheets, epoch.
 *
 * Only relationships decide (their targets may be absolute, relative or oddly named); content types
 * and usual places do not. */
#ifndef SHEET_WORKBOOK_H
#define SHEET_WORKBOOK_H

#include "sheet/archive.h"

struct workbook_sheet {
	struct str name;
	enum sheet_state state;
	const struct entry *entry;
};

struct workbook {
	struct workbook_sheet *sheets;   /* worksheets in tab order */
	size_t n;
	const struct entry *strings, *styles; /* NULL = none */
	bool is_1904;
};

enum err workbook_load(struct arena *a, const struct archive *z, const struct sheet_limits *limits,
                       struct workbook *out, struct sheet_problem *problem);

#endif
