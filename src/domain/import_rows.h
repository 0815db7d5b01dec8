/* import_rows.h - a sheet's row against what is stored, and what is kept of it between the passes.
 *
 * The dry run keeps each row in import_row; the writing makes projects from what is kept there and does
 * not read the file again, so that what was shown is what is written. import_row.data =
 * {"values":[[target, text for field_set_text, as written or null, "MONTH"...]],
 * "changes":[[field, before, after]],"duplicates":[{"project_id","row","name","score_permille"}]};
 * problems = [{"field","rule","args":[..],"is_warning"}]. */
#ifndef DOMAIN_IMPORT_ROWS_H
#define DOMAIN_IMPORT_ROWS_H

#include "domain/import_plan.h"
#include "domain/project.h"

struct import_note {
	struct str field, rule, args[2];
	bool is_warning;      /* nothing was left out for it */
};

/* A project as the row would leave it. What breaks a rule is left out and named. */
enum { IMPORT_NOTES_MAX = 48 };
struct import_fit {
	struct project now;
	struct fieldset set;  /* what the row gives and was taken */
	struct import_note notes[IMPORT_NOTES_MAX];
	size_t notes_n;
	bool has_error;       /* a note that is no warning */
	bool is_storable;     /* false: it breaks a rule even so (a foreign place, no name) */
};

/* old = NULL: a new project (its code is not drawn yet). stays (or NULL) = fields of `old` that the row
 * does not touch, whatever it gives. A place outside the batch's unit stays in
 * `site`, and the project belongs to the unit. Of a stored project neither place, stage nor the days of
 * its way are changed: they move by proposals. ERR_STORE, ERR_BUSY only. */
enum err import_fit(struct ctx *ctx, const struct import *batch, const struct intake_item *item,
	const struct project *old, const struct fieldset *stays, struct import_fit *out);

/* What the row gives, put into a copy of `old`; no rule is asked. */
void import_fill(struct ctx *ctx, const struct import *batch, const struct intake_item *item,
	const struct project *old, struct project *now);

/* The project that the dry run compared a row with, as it was then: ERR_CONFLICT import_stale, with the
 * row's name, when it was changed or went away since. */
enum err import_project_then(struct ctx *ctx, int64_t project_id, int64_t version, struct str name,
	struct project *out);

/* Comma-separated names of what a complete project has and this one lacks; empty = complete. */
struct str import_missing(struct arena *a, const struct project *p);

/* The value of a target of the row, else its text; empty = not there. */
struct str import_text(const struct intake_item *item, struct str target);

/* Imported days become events that count nowhere until somebody verifies them: from the dates of
 * `item` up to the stage of p. */
enum err import_add_events(struct ctx *ctx, const struct intake_item *item, const struct project *p);

/* A row of import_row as the dry run left it; read from columns named so (import.sql), in this order. */
struct import_kept {
	int64_t id, row_no, project_id, version;
	struct str name, data;   /* data: what the row said; of a rollback: what stood there before */
	struct str choice, field_choices;
};
void import_kept_read(struct ctx *ctx, const struct rows *r, struct import_kept *out);

/* The member "values" of import_row.data, out and in. What comes in has no name, problems or section. */
void import_values_json(struct json *j, const struct intake_item *item);
enum err import_values_read(struct ctx *ctx, struct intake_targets targets, struct str data,
	struct intake_item *out);

#endif
