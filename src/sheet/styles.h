/* styles.h - the number format behind each cell style (s="3" of a cell). */
#ifndef SHEET_STYLES_H
#define SHEET_STYLES_H

#include "sheet/archive.h"
#include "sheet/numfmt.h"

struct styles {
	const struct numfmt **of_style; /* by style number; NULL = plain numbers */
	size_t n;
};

/* entry NULL = the file has no styles: all cells are plain. */
enum err styles_load(struct arena *a, const struct archive *z, const struct entry *entry,
                     const struct sheet_limits *limits, struct styles *out,
                     struct sheet_problem *problem);

#endif
