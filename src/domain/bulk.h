/* bulk.h - one act on many projects: fields set, or a proposal made, each project with its own result.
 *
 * A bulk act goes CHECKING -> CHECKED -> RUNNING -> DONE -> UNDONE. The check does the act on each
 * project inside a savepoint and rolls it back, so its verdict is that of the act itself; nothing is
 * changed before bulk_run. Each project carries the row_version that its chooser saw: another one
 * meanwhile is refused (`stale`), as with If-Match. Pages of rows are write jobs of their own: a run
 * that was stopped goes on with what is left. Rules: R-113. */
#ifndef DOMAIN_BULK_H
#define DOMAIN_BULK_H

#include "domain/job.h"
#include "domain/project.h"

enum bulk_what { BULK_SET, BULK_PROPOSE, BULK_WHAT__N };
enum bulk_state { BULK_CHECKING, BULK_CHECKED, BULK_RUNNING, BULK_DONE, BULK_UNDOING, BULK_UNDONE, BULK_STATE__N };
enum { BULK_ROWS_MAX = 20000 };

struct bulk {
	struct record record;
	int32_t act;               /* enum bulk_what */
	struct str wish;           /* JSON of texts: {"officer_id":"5"}, or the proposal's members */
	int32_t state;             /* enum bulk_state */
	int64_t rows_total;
	int64_t job_id;            /* the newest */
};

extern const struct noun bulk_noun;

struct bulk_target {
	int64_t project_id, row_version;
};

/* Store the act and start its check. Outside a write job; t is copied. ERR_INVALID: no row, too many,
 * a field that is not marked FIELD_BULK, an unknown member of the proposal. */
enum err bulk_open(struct ctx *ctx, enum bulk_what act, struct str wish_json, const struct bulk_target *t,
	size_t n, int64_t *bulk_id, int64_t *job_id);

/* Do it, or take it back, as a job. ERR_CONFLICT: not in this state. Outside a write job. */
enum err bulk_run_start(struct ctx *ctx, int64_t bulk_id, int64_t *job_id);
enum err bulk_undo_start(struct ctx *ctx, int64_t bulk_id, int64_t *job_id);

/* Rows of a bulk act from `after` on: id, project_id, project name, result, problems (JSON
 * [{"field","rule","args"}]). result = empty or one of them. */
enum err bulk_rows(struct ctx *ctx, int64_t bulk_id, struct str result, int64_t after, int64_t limit,
	struct rows **out);

/* {"CHANGE":3,"SAME":1,...}, every result named. */
enum err bulk_counts(struct ctx *ctx, int64_t bulk_id, struct json *j);

#endif
