/* import.h - the import desk: a bureau's own sheet becomes projects, as it is, and can be taken back.
 *
 * A batch goes READING -> RECOGNISED (intake.h found rows and columns) -> CHECKED (dry run: every
 * row compared with what is stored) -> WRITTEN (one transaction) -> ROLLED_BACK. Rows that look
 * alike are flagged and kept, never folded; only an equal key column updates. Dates become
 * unverified stage events of source IMPORT (names.md). Nothing is stored of a batch that failed but
 * the batch itself and its file. */
#ifndef DOMAIN_IMPORT_H
#define DOMAIN_IMPORT_H

#include "base/json.h"
#include "domain/field.h"
#include "domain/job.h"

enum { IMPORT_MAX_BYTES = 64 << 20 };

enum import_state {
	IMPORT_READING, IMPORT_RECOGNISED, IMPORT_CHECKED, IMPORT_WRITING, IMPORT_WRITTEN, IMPORT_ROLLED_BACK,
	IMPORT_CANCELLED, IMPORT_FAILED
};

struct import {
	struct record record;
	struct str file_name, sha256, region_code;
	int32_t state;          /* enum import_state */
	struct str plan;        /* JSON: the user's corrections of the recognition */
	struct str summary;     /* JSON: counts, sums and warnings, kept for the list */
	int64_t rows_total, rows_new, rows_update, rows_same, rows_conflict, rows_error, rows_duplicate;
};

extern const struct noun import_noun;

/* Store the file and recognise it. body = bytes of the file. Runs outside a write job (pool thread or
 * command line). ERR_INVALID with the sheet reader's reason and place when it is no sheet. */
enum err import_open(struct ctx *ctx, struct str file_name, struct str region_code, struct str body, int64_t *id);

/* The recognition with the user's corrections, as docs/api.md shows it. */
enum err import_plan_json(struct ctx *ctx, int64_t id, struct json *j);

/* Merge the corrections (a JSON object of docs/api.md) into the plan and remember the mapping of this
 * bureau where save_mapping is true. */
enum err import_plan_set(struct ctx *ctx, int64_t id, struct str patch_json);

/* Dry run, writing and rolling back as jobs; *job_id to follow them. */
enum err import_check_start(struct ctx *ctx, int64_t id, int64_t *job_id);
enum err import_write_start(struct ctx *ctx, int64_t id, int64_t *job_id);
enum err import_rollback_start(struct ctx *ctx, int64_t id, int64_t *job_id);

/* Rows of the dry run. results = comma list of NEW,UPDATE,... or empty; cursor = last row id seen. */
enum err import_rows_json(struct ctx *ctx, int64_t id, struct str results, int64_t cursor, int64_t limit, struct json *j);

/* write, skip, mine, theirs; inside a write job. */
enum err import_row_choose(struct ctx *ctx, int64_t id, int64_t row_id, struct str choice);

/* The same file with a column of problems. */
enum err import_marked(struct ctx *ctx, int64_t id, int64_t sheet_no, struct str *file_name, struct str *bytes);

/* A verifier confirms the imported dates of all its projects, the file being the evidence. */
enum err import_confirm(struct ctx *ctx, int64_t id, int64_t *confirmed);

#endif
