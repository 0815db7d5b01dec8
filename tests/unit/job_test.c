/* job_test.c - long work: progress, result, cancel, what stays. */
#include "domain/job.h"

#include "city.h"

#include <sched.h>
#include <stdatomic.h>

static enum err count_to(struct ctx *ctx, struct job *job, void *arg) {
	int64_t n = *(const int64_t *)arg, in_db = -1;
	for (int64_t i = 1; i <= n; i++) job_progress(job, i, n);
	if (db_int(ctx->db, Q_ACCOUNT_COUNT, NULL, 0, &in_db)) return fail_store(ctx, ERR_STORE);
	job_message(job, S("first"));
	job_message(job, in_db == 0 && ctx->actor.role == ROLE_COUNTY_STAFF ? S("第二 \"x\"\n") : S("wrong"));
	return ERR_OK;
}

static enum err fail_it(struct ctx *ctx, struct job *job, void *arg) {
	(void)job, (void)arg;
	return fail_with(ctx, ERR_INVALID, S("sheet!B7"), S("too_long"), S("200"), S(""));
}

/* Runs until it is told to stop. */
static enum err run_on(struct ctx *ctx, struct job *job, void *arg) {
	(void)ctx, (void)arg;
	while (!job_is_cancelled(job)) sched_yield();
	return *job_stop_flag(job) ? ERR_CONFLICT : ERR_STORE;
}

static int64_t start(struct city *c, job_work work, int64_t n) {
	int64_t id = 0, *arg = heap_alloc(sizeof *arg);
	*arg = n;
	city_as(c, ROLE_COUNTY_STAFF, "370783");
	assert_int_equal(job_start(&c->ctx, S("import_check"), 5, work, arg, &id), ERR_OK);
	assert_true(id > 0);
	return id;
}

static struct str say(struct arena *a, struct str rule, const struct str args[2], enum lang lang) {
	return str_cat(a, str_cat(a, rule, lang == LANG_EN ? S(" en ") : S(" zh ")), args[0]);
}

static struct str show(struct city *c, int64_t id) {
	struct buf b = {.arena = &c->fixture.arena};
	struct json j = {.out = &b};
	assert_int_equal(job_json(&c->ctx, id, say, &j), ERR_OK);
	return buf_str(&b);
}

static void a_result_stays(void **state) {
	struct city *c = *state;
	int64_t id = start(c, count_to, 7);
	assert_int_equal(job_wait(&c->ctx, id), ERR_OK);
	struct str want = S("\"kind\":\"import_check\",\"object_id\":5,\"state\":\"DONE\",\"done_n\":7,\"total_n\":7,"
	                    "\"message\":\"第二 \\\"x\\\"\\n\",");
	assert_true(str_has(show(c, id), want));
	jobs_free(c->app.jobs);
	c->app.jobs = jobs_new(); /* another process: only the row is left */
	assert_true(str_has(show(c, id), want));
}

static void a_failure_says_why(void **state) {
	struct city *c = *state;
	int64_t id = start(c, fail_it, 0);
	assert_int_equal(job_wait(&c->ctx, id), ERR_OK);
	struct str shown = show(c, id);
	assert_true(str_has(shown, S("\"state\":\"FAILED\"")));
	assert_true(str_has(shown, S("\"message\":\"too_long zh 200\",\"failure\":{\"code\":\"invalid\",\"field\":\"sheet!B7\",\"rule\":\"too_long\",\"args\":[\"200\"]}")));
}

static void a_job_can_be_cancelled(void **state) {
	struct city *c = *state;
	int64_t id = start(c, run_on, 0);
	assert_true(str_has(show(c, id), S("\"state\":\"RUNNING\"")));
	assert_int_equal(job_cancel(&c->ctx, id), ERR_OK);
	assert_int_equal(job_wait(&c->ctx, id), ERR_OK);
	assert_true(str_has(show(c, id), S("\"state\":\"CANCELLED\"")));
	assert_int_equal(job_cancel(&c->ctx, id), ERR_CONFLICT);
	assert_str(city_rule(c), S("job_ended"));
}

static void others_do_not_see_it(void **state) {
	struct city *c = *state;
	int64_t id = start(c, count_to, 1);
	struct buf b = {.arena = &c->fixture.arena};
	struct json j = {.out = &b};
	assert_int_equal(job_wait(&c->ctx, id), ERR_OK);
	city_as(c, ROLE_CITY_STAFF, "3707");
	assert_int_equal(job_json(&c->ctx, id, say, &j), ERR_NOT_FOUND);
	assert_int_equal(job_cancel(&c->ctx, id), ERR_NOT_FOUND);
	assert_int_equal(job_wait(&c->ctx, id), ERR_NOT_FOUND);
	assert_int_equal(job_list(&c->ctx, say, &j), ERR_OK);
	assert_str(buf_str(&b), S("[]"));
	job_events_since(&c->app, &c->fixture.arena, c->ctx.actor.account_id, 0, &b);
	assert_str(buf_str(&b), S("[]"));
}

static void events_tell_what_changed(void **state) {
	struct city *c = *state;
	int64_t before = job_events_version(&c->app), id = start(c, count_to, 3);
	assert_int_equal(job_wait(&c->ctx, id), ERR_OK);
	int64_t after = job_events_version(&c->app);
	assert_true(after > before);
	struct buf b = {.arena = &c->fixture.arena};
	job_events_since(&c->app, &c->fixture.arena, c->ctx.actor.account_id, before, &b);
	struct str text = buf_str(&b);
	assert_true(str_starts(text, S("event: job\ndata: {\"id\":")));
	struct str notice = S("event: notice\ndata: {}\n\n"); /* its owner is told of the end, once */
	assert_true(str_ends(text, notice));
	assert_int_equal(str_find(text, S("\n\n")), (ptrdiff_t)(text.n - notice.n) - 2);
	b.n = 0;
	job_events_since(&c->app, &c->fixture.arena, c->ctx.actor.account_id, after, &b);
	assert_int_equal(b.n, 0);
}

static void a_full_queue_says_busy(void **state) {
	struct city *c = *state;
	int64_t id = 0;
	enum err e = ERR_OK;
	int n = 0;
	city_as(c, ROLE_COUNTY_STAFF, "370783");
	for (; n < 60 && !e; n++) e = job_start(&c->ctx, S("import_check"), 0, run_on, heap_alloc(8), &id);
	assert_int_equal(e, ERR_BUSY);
	assert_str(city_rule(c), S("too_many_jobs"));
	assert_true(n > 30);
	assert_int_equal(city_count(c, "SELECT count(*) FROM job"), n - 1);
	jobs_free(c->app.jobs); /* those that run and those that wait */
	c->app.jobs = jobs_new();
	assert_int_equal(city_count(c, "SELECT count(*) FROM job WHERE state = 'CANCELLED'"), n - 1);
}

static void what_a_dead_server_left_has_failed(void **state) {
	struct city *c = *state;
	city_as(c, ROLE_COUNTY_STAFF, "370783");
	city_sql(c, "INSERT INTO job (kind, account_id, state, started_at_ms) VALUES ('import_write', 9010, 'RUNNING', 1)");
	city_sql(c, "INSERT INTO job (kind, account_id, state, started_at_ms, ended_at_ms) VALUES ('old', 9010, 'DONE', 1, 2)");
	assert_int_equal(c->ctx.actor.account_id, 9010);
	assert_int_equal(jobs_recover(&c->ctx), ERR_OK);
	assert_int_equal(city_count(c, "SELECT count(*) FROM job WHERE state = 'FAILED' AND message LIKE '%job_interrupted%'"), 1);
	int64_t id = start(c, count_to, 1); /* and rows of a month ago go */
	assert_int_equal(job_wait(&c->ctx, id), ERR_OK);
	assert_int_equal(city_count(c, "SELECT count(*) FROM job WHERE kind = 'old'"), 0);
}

int main(void) {
	static const struct engine_test tests[] = {
		BOTH(a_result_stays), BOTH(a_failure_says_why), BOTH(a_job_can_be_cancelled), BOTH(others_do_not_see_it),
		BOTH(events_tell_what_changed), BOTH(a_full_queue_says_busy), BOTH(what_a_dead_server_left_has_failed),
	};
	return run_in_city("job", tests, LEN(tests));
}
