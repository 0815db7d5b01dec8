/* import_rows.h - from a sheet's row to a project record, and what is kept of it between the passes.
 *
 * import_row.data = {"values":{field: text for field_set_text},"extra":{target: text},
 * "precision":{date field: "MONTH"},"changes":[[field, before, after]],"duplicates":[{"project_id","row",
 * "name","score_permille"}]}; problems = [{"field","rule","args":[..],"is_warning"}]. */
#ifndef DOMAIN_IMPORT_ROWS_H
#define DOMAIN_IMPORT_ROWS_H

#include "domain/import_plan.h"
#include "domain/project.h"


/* Fill a new record (or change an old one) from values; *set = what was named. A place outside the
 * batch's unit stays in `site`, and the project belongs to the unit. Failures are chained. */
enum err import_fill(struct ctx *ctx, const struct import *batch, const struct intake_item *item, struct project *p, struct fieldset *set);

/* Comma-separated names of what a complete project has and this one lacks; empty = complete. */
struct str import_missing(struct arena *a, const struct project *p);

/* The text of a target of the row; empty = not there. */
struct str import_text(const struct intake_item *item, struct str target);

#endif
