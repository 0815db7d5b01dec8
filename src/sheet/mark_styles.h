/* mark_styles.h - the styles of a workbook with one more: a coloured cell of text. */
#ifndef SHEET_MARK_STYLES_H
#define SHEET_MARK_STYLES_H

#include "sheet/archive.h"

/* *style = its number and *part = the new styles part; -1 and nothing when the workbook has no
 * styles, or in a form that nothing is added to: then notes stay uncoloured. */
enum err mark_styles(struct arena *a, const struct archive *z, const struct entry *styles,
                     const struct sheet_limits *limits, int64_t *style, struct str *part,
                     struct sheet_problem *problem);

#endif
