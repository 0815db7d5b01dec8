/* import_merge.h - a row of a file against a project that changed since the file was made.
 *
 * A file that we made says of which version each row was, and the audit holds what every change since
 * put in place of what: so the project of that version is known, and who changed which field. What only
 * the file changed is taken, what only the store changed stays, and what both changed to different
 * values is a conflict: a person chooses the file's value or the stored one, field by field, and until
 * then the stored one stays. Of a file that is not ours, or where the audit does not hold every
 * version, each value that would be replaced is a conflict.
 *
 * Fields that say one thing together (an amount and its word, a foreign amount and its currency) are
 * decided together, under the first of them that differs: the others name it.
 * import_row.data has them as "kept":[field], "conflicts":[[field, when the file was made or null,
 * stored, file, decided with or null]]; import_row.field_choices = {"field":"file"|"stored"}. */
#ifndef DOMAIN_IMPORT_MERGE_H
#define DOMAIN_IMPORT_MERGE_H

#include "domain/import_rows.h"

struct import_merge {
	struct fieldset kept;        /* the file has the older value: the stored one stays */
	struct fieldset conflicts;
	bool takes_some;             /* the file changes something beside */
	bool has_basis;
	struct project basis;        /* as it was when the file was made */
};

/* fit = the row with all that it gives (import_fit). ERR_STORE, ERR_BUSY only. */
enum err import_merge(struct ctx *ctx, const struct import *batch, const struct intake_item *item,
	const struct project *old, const struct import_fit *fit, struct import_merge *out);

/* The members "kept" and "conflicts" of import_row.data. */
void import_merge_json(struct ctx *ctx, struct json *j, const struct project *old,
	const struct import_fit *fit, const struct import_merge *m);

/* What stays as it is stored before anybody chose. */
struct fieldset import_stays(const struct import_merge *m);

/* A row of the dry run as it was chosen: what it says, and the project as it would leave it. *old = the stored
 * one, untouched for a new one. ERR_CONFLICT import_stale as import_project_then says; else as import_fit. */
enum err import_fit_kept(struct ctx *ctx, const struct import *batch, struct intake_targets targets,
	const struct import_kept *row, struct intake_item *item, struct project *old, struct import_fit *fit);

#endif
