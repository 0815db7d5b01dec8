/* job.h - long work with progress, cancel and a result that stays.
 *
 * A job runs on the app's pool. Its owner sees it; the stored row keeps the result for 30 days. */
#ifndef DOMAIN_JOB_H
#define DOMAIN_JOB_H

#include "base/json.h"
#include "domain/ctx.h"

struct job;
typedef enum err (*job_work)(struct ctx *ctx, struct job *job, void *arg);

struct jobs *jobs_new(void);
void jobs_free(struct jobs *j); /* asks all to stop and waits */

/* Start `work` on the pool as the ctx's actor (with an arena, a read connection and a ctx of its
 * own; arg must outlive the job: it is heap memory, freed with heap_free at the end). ERR_BUSY when
 * the queue is full. kind: "import_check", "import_write", ... */
enum err job_start(struct ctx *ctx, struct str kind, int64_t object_id, job_work work, void *arg, int64_t *job_id);

void job_progress(struct job *job, int64_t done_n, int64_t total_n);
bool job_is_cancelled(const struct job *job);  /* work asks now and then and returns ERR_CONFLICT */
bool *job_stop_flag(struct job *job);          /* the same as an address, for loops that know no job */
void job_message(struct job *job, struct str message); /* result in words or JSON; kept */

enum err job_list(struct ctx *ctx, struct json *j);               /* own jobs, newest first, at most 50 */
enum err job_json(struct ctx *ctx, int64_t job_id, struct json *j);
enum err job_cancel(struct ctx *ctx, int64_t job_id);
enum err job_wait(struct ctx *ctx, int64_t job_id);               /* until it ended: command line and tests */

/* For server-sent events: a number that grows with each change of any job, and the jobs of one
 * account that changed after `since`, as "event: job\ndata: {...}\n\n". */
int64_t job_events_version(struct app *app);
void job_events_since(struct app *app, struct arena *a, int64_t account_id, int64_t since, struct buf *out);

#endif
