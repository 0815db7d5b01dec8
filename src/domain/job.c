#include "domain/job.h"

#include "base/log.h"
#include "domain/notice.h"
#include "domain/project.h"
#include "domain/stored_json.h"
#include "domain/write.h"

#include <pthread.h>
#include <string.h>

enum { THREADS = 2, QUEUE_MAX = 32, ENDED_KEPT = 64, KEPT_DAYS = 30, TOLD = 256 };

/* What is told of a job; texts belong to whoever holds the facts. */
struct facts {
	int64_t id, object_id, done_n, total_n, started_at_ms, ended_at_ms;
	bool has_file;
	enum secrecy file_secrecy;
	struct str kind, state, message;
};

struct job {
	struct jobs *jobs;
	struct job *next;
	struct app *app;
	struct arena arena;             /* kind and what the ctx needs; freed with the job */
	job_work work;
	void *arg;
	struct actor actor;
	struct str remote;
	enum lang lang;
	atomic_bool stop;               /* read without the lock */
	/* under the lock: */
	struct facts facts;             /* message on the heap */
	bool is_over;
	int64_t version;
};

struct jobs {
	struct pool *pool;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct job *first;              /* newest first: running ones and the last that ended */
	int64_t version;
	struct {
		int64_t account_id, version;
	} told[TOLD];                   /* who has a new notice: the last so many, in a ring */
	size_t told_at;
};

static const struct str running = S_("RUNNING");

struct jobs *jobs_new(void) {
	struct jobs *j = heap_alloc(sizeof *j);
	pthread_mutex_init(&j->lock, NULL);
	pthread_cond_init(&j->changed, NULL);
	j->pool = pool_new(THREADS, QUEUE_MAX);
	return j;
}

static void job_free(struct job *job) {
	heap_free((void *)(uintptr_t)job->facts.message.p);
	heap_free(job->arg);
	arena_release(&job->arena);
	heap_free(job);
}

void jobs_free(struct jobs *j) {
	if (!j) return;
	pthread_mutex_lock(&j->lock);
	for (struct job *job = j->first; job; job = job->next)
		atomic_store_explicit(&job->stop, true, memory_order_relaxed);
	pthread_mutex_unlock(&j->lock);
	pool_free(j->pool);
	for (struct job *job = j->first, *next; job; job = next) {
		next = job->next;
		job_free(job);
	}
	pthread_cond_destroy(&j->changed);
	pthread_mutex_destroy(&j->lock);
	heap_free(j);
}

/* ---- the list; all under its lock ---- */

static void changed(struct job *job) {
	job->version = ++job->jobs->version;
	pthread_cond_broadcast(&job->jobs->changed);
}

static struct job *find(struct jobs *j, int64_t id, int64_t account_id) {
	for (struct job *job = j->first; job; job = job->next)
		if (job->facts.id == id && job->actor.account_id == account_id) return job;
	return NULL;
}

/* Jobs that ended stay for those who listen, but not all of them. */
static void forget_old(struct jobs *j) {
	int ended = 0;
	for (struct job **at = &j->first; *at;) {
		struct job *job = *at;
		if (!job->is_over || ++ended <= ENDED_KEPT) {
			at = &job->next;
			continue;
		}
		*at = job->next;
		job_free(job);
	}
}

static void unlink_job(struct jobs *j, struct job *job) {
	pthread_mutex_lock(&j->lock);
	struct job **at = &j->first;
	while (*at != job) at = &(*at)->next;
	*at = job->next;
	pthread_mutex_unlock(&j->lock);
}

static struct facts facts_copy(struct arena *a, const struct job *job) {
	struct facts f = job->facts;
	f.kind = str_copy(a, f.kind);
	f.message = str_copy(a, f.message);
	return f;
}

/* ---- for the work ---- */

void job_progress(struct job *job, int64_t done_n, int64_t total_n) {
	pthread_mutex_lock(&job->jobs->lock);
	job->facts.done_n = done_n;
	job->facts.total_n = total_n;
	changed(job);
	pthread_mutex_unlock(&job->jobs->lock);
}

bool job_is_cancelled(const struct job *job) {
	return atomic_load_explicit(&job->stop, memory_order_relaxed);
}

const atomic_bool *job_stop_flag(const struct job *job) {
	return &job->stop;
}

void job_message(struct job *job, struct str message) {
	char *copy = heap_alloc(message.n + 1);
	if (message.n) memcpy(copy, message.p, message.n);
	pthread_mutex_lock(&job->jobs->lock);
	heap_free((void *)(uintptr_t)job->facts.message.p);
	job->facts.message = (struct str){copy, message.n};
	changed(job);
	pthread_mutex_unlock(&job->jobs->lock);
}

/* ---- running ---- */

static struct str failure_json(struct ctx *ctx, enum err code) {
	const struct error *e = ctx->error;
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	json_obj(&j);
	json_put_str(&j, "code", str_c(err_name(code)));
	json_put_str_or_null(&j, "field", e ? e->field : S(""));
	json_put_str_or_null(&j, "rule", e ? e->rule : S(""));
	json_key(&j, S("args"));
	json_arr(&j);
	for (size_t i = 0; e && i < sizeof e->args / sizeof *e->args && e->args[i].n; i++)
		json_str(&j, e->args[i]);
	json_end(&j);
	json_end(&j);
	return buf_str(&b);
}

static struct str end_state(const struct job *job, enum err e) {
	if (!e) return S("DONE");
	return e == ERR_CONFLICT && job_is_cancelled(job) ? S("CANCELLED") : S("FAILED");
}

/* Of what somebody waits for; a preview he looks at while it runs. */
static bool is_worth_a_notice(const struct facts *f) {
	static const struct str kinds[] = {S_("export"), S_("import_check"), S_("import_write"), S_("import_rollback"), S_("bulk_run"), S_("bulk_undo")};
	if (str_eq(f->state, S("CANCELLED"))) return false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_eq(kinds[i], f->kind)) return true;
	return false;
}

static enum err write_end(struct ctx *ctx, void *arg) {
	const struct facts *f = arg;
	ctx->notified_n = 0;
	const struct notice n = {.account_id = ctx->actor.account_id, .object_id = f->id, .name = f->kind,
		.kind = str_eq(f->state, S("DONE")) ? NOTICE_JOB_DONE : NOTICE_JOB_FAILED};
	enum err e = is_worth_a_notice(f) ? notice_add(ctx, &n) : ERR_OK;
	return e ? e : fail_store(ctx, DB_RUN(ctx->db, Q_JOB_END, VI(f->id), VT(f->state), VI(f->done_n), VI(f->total_n),
	                              v_text_or_null(f->message), VI(f->ended_at_ms)));
}

/* The row first, then the memory: whoever was told of the end finds it stored. */
static void end_job(struct ctx *ctx, struct job *job, enum err e) {
	struct str state = end_state(job, e);
	if (str_eq(state, S("FAILED")) && !job->facts.message.n) job_message(job, failure_json(ctx, e));
	struct facts f = job->facts;
	f.state = state;
	f.ended_at_ms = ctx->app->clock();
	ctx->error = NULL;
	if (ctx_write(ctx, write_end, &f))
		LOG(LOG_ERROR, "job_end_lost", {"job", str_of_int(ctx->arena, f.id)}, {"state", state});
	pthread_mutex_lock(&job->jobs->lock);
	job->facts.state = f.state;
	job->facts.ended_at_ms = f.ended_at_ms;
	changed(job);
	pthread_mutex_unlock(&job->jobs->lock);
	notice_flush(ctx);
}

static enum err work_on(struct ctx *ctx, struct job *job) {
	if (job_is_cancelled(job)) return ERR_CONFLICT;
	if (!ctx->db) return fail(ctx, ERR_BUSY, S(""), S("store_busy"));
	return job->work(ctx, job, job->arg);
}

static void run(void *arg) {
	struct job *job = arg;
	struct jobs *jobs = job->jobs;
	struct arena arena = {0};
	struct ctx ctx;
	struct db *db = store_reader(job->app->store);
	ctx_init(&ctx, job->app, &arena, db);
	ctx.actor = job->actor;
	ctx.lang = job->lang;
	ctx.remote = job->remote;
	end_job(&ctx, job, work_on(&ctx, job));
	db_close(db);
	arena_release(&arena);
	pthread_mutex_lock(&jobs->lock);
	job->is_over = true; /* from here on it may be freed */
	forget_old(jobs);
	pthread_cond_broadcast(&jobs->changed);
	pthread_mutex_unlock(&jobs->lock);
}

/* ---- files ---- */

struct keeping {
	int64_t job_id;
	struct str name, mime, bytes;
	enum secrecy secrecy;
};

static enum err keep(struct ctx *ctx, void *arg) {
	const struct keeping *k = arg;
	return fail_store(ctx, DB_RUN(ctx->db, Q_JOB_FILE_PUT, VI(k->job_id), VT(k->name), VT(k->mime), VT(secrecies[k->secrecy].code), VB(k->bytes), VI(ctx->now_ms)));
}

enum err job_keep_file(struct ctx *ctx, struct job *job, struct str name, struct str mime,
		enum secrecy secrecy, struct str bytes) {
	enum err e = ctx_write(ctx, keep, &(struct keeping){job->facts.id, name, mime, bytes, secrecy});
	if (e) return e;
	pthread_mutex_lock(&job->jobs->lock);
	job->facts.has_file = true;
	job->facts.file_secrecy = secrecy;
	pthread_mutex_unlock(&job->jobs->lock);
	return ERR_OK;
}

enum err job_file(struct ctx *ctx, int64_t job_id, struct job_file *out) {
	struct rows *r;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_JOB_FILE_GET, &r, VI(job_id), VI(ctx->actor.account_id),
		VI(scope_reader(&ctx->actor)));
	if (e) return fail_store(ctx, e);
	bool has = rows_next(r);
	if (has)
		*out = (struct job_file){str_copy(ctx->arena, rows_text(r, 0)), str_copy(ctx->arena, rows_text(r, 1)),
			str_copy(ctx->arena, rows_value(r, 2).s)};
	e = rows_error(r);
	rows_done(r);
	if (e) return fail_store(ctx, e);
	return has ? ERR_OK : fail(ctx, ERR_NOT_FOUND, S("id"), S("no_such_job"));
}

/* ---- starting ---- */

static enum err insert(struct ctx *ctx, void *arg) {
	struct facts *f = arg;
	const struct value v[] = {VT(f->kind), VI(ctx->actor.account_id),
		f->object_id ? VI(f->object_id) : VNULL, VI(ctx->now_ms)};
	enum err e = DB_RUN(ctx->db, Q_JOB_FILE_PURGE, VI(ctx->now_ms - KEPT_DAYS * INT64_C(86400000)));
	if (!e) e = DB_RUN(ctx->db, Q_JOB_PURGE, VI(ctx->now_ms - KEPT_DAYS * INT64_C(86400000)));
	if (!e) e = db_int(ctx->db, Q_JOB_INSERT, v, 4, &f->id);
	return fail_store(ctx, e);
}

static enum err drop(struct ctx *ctx, void *arg) {
	return fail_store(ctx, DB_RUN(ctx->db, Q_JOB_DROP, VI(*(const int64_t *)arg)));
}

static struct job *job_new(struct ctx *ctx, const struct facts *f, job_work work, void *arg) {
	struct job *job = heap_alloc(sizeof *job);
	job->jobs = ctx->app->jobs;
	job->app = ctx->app;
	job->work = work;
	job->arg = arg;
	job->actor = ctx->actor;
	job->actor.login = str_copy(&job->arena, ctx->actor.login);
	job->actor.scope = str_copy(&job->arena, ctx->actor.scope);
	job->remote = str_copy(&job->arena, ctx->remote);
	job->lang = ctx->lang;
	job->facts = *f;
	job->facts.kind = str_copy(&job->arena, f->kind);
	job->facts.message = (struct str){0};
	return job;
}

static void link_job(struct jobs *j, struct job *job) {
	pthread_mutex_lock(&j->lock);
	job->next = j->first;
	j->first = job;
	changed(job);
	pthread_mutex_unlock(&j->lock);
}

enum err job_start(struct ctx *ctx, struct str kind, int64_t object_id, job_work work, void *arg,
		int64_t *job_id) {
	struct facts f = {.kind = kind, .object_id = object_id, .state = running, .started_at_ms = ctx->now_ms};
	enum err e = ctx_write(ctx, insert, &f);
	if (e) {
		heap_free(arg);
		return e;
	}
	struct job *job = job_new(ctx, &f, work, arg);
	link_job(ctx->app->jobs, job);
	if (pool_add(ctx->app->jobs->pool, run, job)) {
		*job_id = f.id;
		return ERR_OK;
	}
	unlink_job(ctx->app->jobs, job);
	job_free(job);
	if ((e = ctx_write(ctx, drop, &f.id))) return e;
	return fail(ctx, ERR_BUSY, S(""), S("too_many_jobs"));
}

static enum err interrupt(struct ctx *ctx, void *arg) {
	(void)arg;
	return fail_store(ctx, DB_RUN(ctx->db, Q_JOB_INTERRUPT,
	                              VT(S("{\"code\":\"busy\",\"field\":null,\"rule\":\"job_interrupted\",\"args\":[]}")),
	                              VI(ctx->now_ms)));
}

enum err jobs_recover(struct ctx *ctx) {
	return ctx_write(ctx, interrupt, NULL);
}

/* ---- telling ---- */

/* What failure_json made. */
struct failure {
	struct str text, rule, args[2];
};

static struct failure failure_of(struct arena *a, const struct facts *f) {
	struct failure out = {.text = f->message};
	json_t *v = stored_json(a, f->message), *args = json_object_get(v, "args");
	out.rule = str_c(json_string_value(json_object_get(v, "rule")));
	for (size_t i = 0; i < 2; i++) out.args[i] = str_c(json_string_value(json_array_get(args, i)));
	return out;
}

/* words = NULL: for no language. */
static void put_failure(struct arena *a, struct json *j, const struct facts *f, job_words words,
		enum lang lang) {
	struct failure why = failure_of(a, f);
	bool is_said = words && why.rule.n;
	json_put_str_or_null(j, "message", is_said ? words(a, why.rule, why.args, lang) : S(""));
	json_key(j, S("failure"));
	json_raw(j, why.text);
}

static void put(struct arena *a, struct json *j, const struct facts *f, job_words words, enum lang lang) {
	json_obj(j);
	json_put_int(j, "id", f->id);
	json_put_str(j, "kind", f->kind);
	json_put_int_if(j, "object_id", f->object_id != 0, f->object_id);
	json_put_str(j, "state", f->state);
	json_put_int(j, "done_n", f->done_n);
	json_put_int(j, "total_n", f->total_n);
	if (str_eq(f->state, S("FAILED")) && f->message.n) put_failure(a, j, f, words, lang);
	else json_put_str_or_null(j, "message", f->message);
	json_put_int(j, "started_at_ms", f->started_at_ms);
	json_put_int_if(j, "ended_at_ms", f->ended_at_ms != 0, f->ended_at_ms);
	json_put_bool(j, "has_file", f->has_file);
	json_end(j);
}

static struct facts facts_of_row(const struct rows *r) {
	return (struct facts){
		.id = rows_int(r, 0), .kind = rows_text(r, 1), .object_id = rows_int(r, 2), .state = rows_text(r, 3),
		.done_n = rows_int(r, 4), .total_n = rows_int(r, 5), .message = rows_text(r, 6),
		.started_at_ms = rows_int(r, 7), .ended_at_ms = rows_int(r, 8), .has_file = rows_int(r, 9) != 0,
	};
}

/* The newer of memory and row: a running job's progress is in memory only. */
static bool facts_in_memory(struct ctx *ctx, int64_t id, struct facts *out) {
	struct jobs *j = ctx->app->jobs;
	pthread_mutex_lock(&j->lock);
	const struct job *job = find(j, id, ctx->actor.account_id);
	if (job) *out = facts_copy(ctx->arena, job);
	if (job && out->file_secrecy > ctx->actor.clearance) out->has_file = false;
	pthread_mutex_unlock(&j->lock);
	return job != NULL;
}

enum err job_list(struct ctx *ctx, job_words words, struct json *j) {
	struct rows *r;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_JOB_LIST, &r, VI(ctx->actor.account_id), VI(scope_reader(&ctx->actor)));
	if (e) return fail_store(ctx, e);
	json_arr(j);
	while (rows_next(r)) {
		struct facts f = facts_of_row(r);
		(void)facts_in_memory(ctx, f.id, &f);
		put(ctx->arena, j, &f, words, ctx->lang);
	}
	json_end(j);
	e = rows_error(r);
	rows_done(r);
	return fail_store(ctx, e);
}

static enum err facts_get(struct ctx *ctx, int64_t id, struct facts *out) {
	struct rows *r;
	if (facts_in_memory(ctx, id, out)) return ERR_OK;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_JOB_BY_ID, &r, VI(id), VI(ctx->actor.account_id),
		VI(scope_reader(&ctx->actor)));
	if (e) return fail_store(ctx, e);
	bool has = rows_next(r);
	if (has) {
		*out = facts_of_row(r);
		out->kind = str_copy(ctx->arena, out->kind);
		out->state = str_copy(ctx->arena, out->state);
		out->message = str_copy(ctx->arena, out->message);
	}
	e = rows_error(r);
	rows_done(r);
	if (e) return fail_store(ctx, e);
	return has ? ERR_OK : fail(ctx, ERR_NOT_FOUND, S("id"), S("no_such_job"));
}

enum err job_json(struct ctx *ctx, int64_t job_id, job_words words, struct json *j) {
	struct facts f;
	enum err e = facts_get(ctx, job_id, &f);
	if (!e) put(ctx->arena, j, &f, words, ctx->lang);
	return e;
}

enum err job_cancel(struct ctx *ctx, int64_t job_id) {
	struct jobs *j = ctx->app->jobs;
	struct facts f;
	enum err e = facts_get(ctx, job_id, &f);
	if (e) return e;
	if (!str_eq(f.state, running)) return fail(ctx, ERR_CONFLICT, S("state"), S("job_ended"));
	pthread_mutex_lock(&j->lock);
	struct job *job = find(j, job_id, ctx->actor.account_id);
	if (job) atomic_store_explicit(&job->stop, true, memory_order_relaxed);
	pthread_mutex_unlock(&j->lock);
	return job ? ERR_OK : fail(ctx, ERR_CONFLICT, S("state"), S("job_elsewhere"));
}

enum err job_wait(struct ctx *ctx, int64_t job_id) {
	struct jobs *j = ctx->app->jobs;
	struct facts f;
	pthread_mutex_lock(&j->lock);
	for (struct job *job; (job = find(j, job_id, ctx->actor.account_id)) && !job->is_over;)
		pthread_cond_wait(&j->changed, &j->lock);
	pthread_mutex_unlock(&j->lock);
	return facts_get(ctx, job_id, &f);
}

/* ---- events ---- */

int64_t job_events_version(struct app *app) {
	pthread_mutex_lock(&app->jobs->lock);
	int64_t v = app->jobs->version;
	pthread_mutex_unlock(&app->jobs->lock);
	return v;
}

void job_events_notice(struct app *app, int64_t account_id) {
	struct jobs *j = app->jobs;
	if (!j) return; /* a command without jobs */
	pthread_mutex_lock(&j->lock);
	j->version++;
	j->told[j->told_at].account_id = account_id;
	j->told[j->told_at].version = j->version;
	j->told_at = (j->told_at + 1) % TOLD;
	pthread_mutex_unlock(&j->lock);
}

static bool is_told(const struct jobs *j, int64_t account_id, int64_t since) {
	for (size_t i = 0; i < TOLD; i++)
		if (j->told[i].account_id == account_id && j->told[i].version > since) return true;
	return false;
}

/* No line break can stand in the data: JSON escapes it. */
void job_events_since(struct app *app, struct arena *a, int64_t account_id, int64_t since, struct buf *out) {
	struct jobs *j = app->jobs;
	pthread_mutex_lock(&j->lock);
	for (const struct job *job = j->first; job; job = job->next) {
		if (job->actor.account_id != account_id || job->version <= since) continue;
		struct facts f = facts_copy(a, job);
		struct json json = {.out = out};
		buf_c(out, "event: job\ndata: ");
		put(a, &json, &f, NULL, LANG_ZH);
		buf_c(out, "\n\n");
	}
	if (is_told(j, account_id, since)) buf_c(out, "event: notice\ndata: {}\n\n");
	pthread_mutex_unlock(&j->lock);
}
