/* job.h - long work with progress, cancel and a result that stays.
 *
 * Jobs run on two threads of their own, in the order they came, so that no import keeps a log-in
 * waiting. The owner sees his jobs; the stored row keeps the result for 30 days. */
#ifndef DOMAIN_JOB_H
#define DOMAIN_JOB_H

#include "base/json.h"
#include "domain/ctx.h"

#include <stdatomic.h>

struct job;
typedef enum err (*job_work)(struct ctx *ctx, struct job *job, void *arg);

struct jobs *jobs_new(void);
void jobs_free(struct jobs *j); /* asks all to stop and waits; before the store is closed */

/* At start, when no other server serves this database: jobs that a dead server left as running have
 * FAILED ("job_interrupted"). */
enum err jobs_recover(struct ctx *ctx);

/* Start `work` as the ctx's actor (with an arena, a read connection and a ctx of its own). arg is heap
 * memory or NULL and belongs to the job from here on: it is freed with heap_free at its end, also when
 * it could not start. ERR_BUSY when the queue is full. Outside a write job. kind: "import_check",
 * "import_write", ... */
enum err job_start(struct ctx *ctx, struct str kind, int64_t object_id, job_work work, void *arg,
	int64_t *job_id);

/* For `work`, on its thread. */
void job_progress(struct job *job, int64_t done_n, int64_t total_n);
bool job_is_cancelled(const struct job *job);  /* work asks now and then and returns ERR_CONFLICT */
const atomic_bool *job_stop_flag(const struct job *job); /* the same as an address, for what knows no job */
void job_message(struct job *job, struct str message); /* result in words or JSON; kept. A failure without
                                                          one gets {"code","field","rule","args"} */

/* A file that the job made, of a grade: kept with its row, for its owner while he is cleared for it.
 * Before the work returns. */
enum err job_keep_file(struct ctx *ctx, struct job *job, struct str name, struct str mime,
	enum secrecy secrecy, struct str bytes);
struct job_file {
	struct str name, mime, bytes;
};
/* ERR_NOT_FOUND: another's job, one without a file, or a file above the actor's clearance. */
enum err job_file(struct ctx *ctx, int64_t job_id, struct job_file *out);

/* A sentence for the rule that a job failed by; the edge has the words. */
typedef struct str (*job_words)(struct arena *a, struct str rule, const struct str args[2], enum lang lang);

/* {"id","kind","object_id","state","done_n","total_n","message","failure","started_at_ms","ended_at_ms","has_file"};
 * state = RUNNING (also while it waits for a thread), DONE, FAILED, CANCELLED; message is a string: of a
 * failed job the sentence, whose rule and args stand in failure {"code","field","rule","args"}. */
enum err job_list(struct ctx *ctx, job_words words, struct json *j); /* own jobs, newest first, at most 50 */
enum err job_json(struct ctx *ctx, int64_t job_id, job_words words, struct json *j);

/* ERR_CONFLICT: it ended already, or runs in another server. */
enum err job_cancel(struct ctx *ctx, int64_t job_id);
enum err job_wait(struct ctx *ctx, int64_t job_id);               /* until it ended: command line and tests */

/* A stored notice of this account is there to be read: its event streams say "event: notice". */
void job_events_notice(struct app *app, int64_t account_id);

/* For server-sent events: a number that grows with each change of any job, and the jobs of one
 * account that changed after `since`, as "event: job\ndata: {...}\n\n". They go to no language: a failed
 * job's message is null there. */
int64_t job_events_version(struct app *app);
void job_events_since(struct app *app, struct arena *a, int64_t account_id, int64_t since, struct buf *out);

#endif
