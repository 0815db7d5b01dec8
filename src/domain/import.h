/* import.h - the import desk: a bureau's own sheet becomes projects, as it is, and can be taken back.
 *
 * A batch goes RECOGNISED (intake.h found rows and columns) -> CHECKED (dry run: every row compared
 * with what is stored) -> WRITTEN (one transaction) -> ROLLED_BACK. Rows that look alike are flagged
 * and kept, never folded; only an equal key column updates. Dates become unverified stage events of
 * source IMPORT (docs/adr/0005). Of a batch that fails nothing is stored but the batch and its file.
 *
 * Functions marked POOL read files and run write jobs of their own: call them outside a write job. */
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

/* What the dry run says of a row. */
enum import_result { RESULT_NEW, RESULT_UPDATE, RESULT_SAME, RESULT_CONFLICT, RESULT_ERROR,
	RESULT_DUPLICATE, RESULT__N };
struct str import_result_code(enum import_result r);

struct import {
	struct record record;
	struct str file_name, sha256, region_code;
	int32_t state;          /* enum import_state */
	struct str plan;        /* JSON: a person's corrections of the recognition (import_plan.h) */
	struct str summary;     /* JSON: what was written */
	int64_t rows_total, rows_new, rows_update, rows_same, rows_conflict, rows_error, rows_duplicate;
};

extern const struct noun import_noun;

/* Not written yet: it may be corrected and checked (again). READING is a dry run that goes on, or one
 * that a stopped server left behind. */
bool import_is_open(int32_t state);

/* POOL. Store the file and recognise it. ERR_INVALID with the sheet reader's rule and place (as the
 * field) when it is no sheet that can be read. */
enum err import_open(struct ctx *ctx, struct str file_name, struct str region_code, struct str body,
	int64_t *id);

/* POOL. The recognition with the person's corrections, as docs/api.md shows it. */
enum err import_plan_json(struct ctx *ctx, int64_t id, struct json *j);

/* POOL. Merge corrections (docs/api.md) into the plan; with save_mapping the bureau's headings are
 * remembered; null takes a correction back, "reset" all of a sheet. The batch is RECOGNISED again: an older dry run counts no more. */
enum err import_plan_set(struct ctx *ctx, int64_t id, struct str patch_json);

/* JOB. Give up a batch that was not written: CANCELLED, its dry run is gone, the project library is as it
 * was. ERR_CONFLICT import_not_ready once it is written, taken back or cancelled. */
enum err import_cancel(struct ctx *ctx, int64_t id);

/* POOL. The dry run and the writing, here and now (job = NULL) or as jobs. takes_errors: rows with
 * wrong cells are written without those cells (the command line's --yes), else they stay out. */
enum err import_check(struct ctx *ctx, int64_t id, bool takes_errors, struct job *job);
struct import_written {
	int64_t created, updated;
	int64_t left_out;       /* chosen, but they break a rule even without what is wrong */
};
enum err import_write(struct ctx *ctx, int64_t id, struct job *job, struct import_written *out); /* out may be NULL */
enum err import_check_start(struct ctx *ctx, int64_t id, int64_t *job_id);
enum err import_write_start(struct ctx *ctx, int64_t id, int64_t *job_id);
enum err import_rollback_start(struct ctx *ctx, int64_t id, int64_t *job_id);

/* Rows of the dry run after `cursor` (a row id): id, sheet_no, row_no, result, project_id, name, data,
 * problems, choice, is_written, field_choices. results = comma list of codes, empty = all. */
enum err import_rows(struct ctx *ctx, int64_t id, struct str results, int64_t cursor, int64_t limit,
	struct rows **out);
enum err import_counts(struct ctx *ctx, int64_t id, int64_t out[RESULT__N]);

/* JOB. What to do with a row: write or skip; of a conflict mine (the sheet's value in every field in
 * conflict) or theirs (the stored one). What only the sheet changed is written in both. Of a conflict
 * the outcome is tried: ERR_INVALID names each field that breaks a rule. ERR_CONFLICT import_stale: the
 * project was changed after the dry run. */
enum err import_row_choose(struct ctx *ctx, int64_t id, int64_t row_id, struct str choice);

/* JOB. The same field by field; a field that is not named stays as it was chosen. ERR_INVALID choices:
 * no such field, not in conflict, decided with another, or a side that is none. */
struct import_pick {
	struct str field, side;  /* "file" or "stored" */
};
enum err import_row_pick(struct ctx *ctx, int64_t id, int64_t row_id, const struct import_pick *picks, size_t n);

/* Whose value is taken of a field in conflict, from the columns of a row: "file" or "stored". */
struct str import_side(struct ctx *ctx, struct str choice, struct str field_choices, struct str field);

/* A sentence for a problem of a row; the edge has the words. */
typedef struct str (*import_words)(struct arena *a, struct str rule, const struct str args[2],
	enum lang lang);

/* The problems column of import_rows as one text, one problem after the other. */
struct str import_problems_text(struct ctx *ctx, struct str problems, import_words words);

/* POOL. The same file with a column of problems. */
enum err import_marked(struct ctx *ctx, int64_t id, int64_t sheet_no, import_words words,
	struct str *file_name, struct str *bytes);

/* JOB. A verifier, not the importer, confirms the imported dates of all its projects: the file is the
 * evidence. */
enum err import_confirm(struct ctx *ctx, int64_t id, int64_t *confirmed);

#endif
