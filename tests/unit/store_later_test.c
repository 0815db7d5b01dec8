/* Statements that wait for the end of their commit (db_run_later), on both engines. */
#include "store_fixture.h"

#include <pthread.h>

static enum err later(struct db *db, int64_t key, const char *name) {
	return DB_RUN_LATER(db, Q_THING_ADD, key, VT(str_c(name)), VI(key < 0 ? 0 : key));
}

static int64_t number(struct db *db, enum query_id q) {
	int64_t n = -1;
	assert_int_equal(db_int(db, q, NULL, 0, &n), ERR_OK);
	return n;
}

/* The names in the order in which they were stored. */
static struct str names(struct fixture *f) {
	struct buf b = {.arena = &f->arena};
	struct rows *r;
	for (int64_t id = 1; id <= 20; id++) {
		assert_int_equal(DB_QUERY(f->db, &f->arena, Q_THING_BY_ID, &r, VI(id)), ERR_OK);
		if (rows_next(r)) {
			if (b.n) buf_byte(&b, ' ');
			buf_add(&b, rows_text(r, rows_find(r, S("name"))));
		}
		rows_done(r);
	}
	return buf_str(&b);
}

/* ---- one job ---- */

static enum err ask_for_three(struct db *db, void *it) {
	enum err e = later(db, 3, "three");
	if (!e) e = later(db, 1, "one");
	if (!e) e = later(db, 3, "three-again");
	*(int64_t *)it = number(db, Q_THING_COUNT);
	return e ? e : DB_RUN(db, Q_THING_ADD, VT(S("now")), VI(0));
}

static void it_runs_at_the_end_in_the_order_of_keys(void **state) {
	struct fixture *f = *state;
	int64_t seen = -1;
	assert_int_equal(store_write(f->store, ask_for_three, &seen), ERR_OK);
	assert_int_equal(seen, 0);
	assert_str(names(f), S("now one three three-again"));
}

static enum err ask_in_turn(struct db *db, void *it) {
	(void)it;
	enum err e = later(db, 9, "nine");
	if (!e) e = later(db, 8, "eight");
	if (!e) e = later(db, LATER_IN_TURN, "turn");
	return e ? e : later(db, 1, "one");
}

static void what_runs_in_its_turn_parts_the_rest(void **state) {
	struct fixture *f = *state;
	assert_int_equal(store_write(f->store, ask_in_turn, NULL), ERR_OK);
	assert_str(names(f), S("eight nine turn one"));
}

static enum err ask_and_wait_no_longer(struct db *db, void *it) {
	enum err e = later(db, 1, "one");
	if (!e) e = db_run_waiting(db);
	*(int64_t *)it = number(db, Q_THING_COUNT);
	return e ? e : later(db, 0, "after");
}

static void a_job_may_have_it_done_now(void **state) {
	struct fixture *f = *state;
	int64_t seen = -1;
	assert_int_equal(store_write(f->store, ask_and_wait_no_longer, &seen), ERR_OK);
	assert_int_equal(seen, 1);
	assert_str(names(f), S("one after"));
}

static enum err ask_and_fail(struct db *db, void *it) {
	(void)it;
	enum err e = later(db, 1, "refused");
	return e ? e : ERR_GATE;
}

static enum err ask_around_failures(struct db *db, void *it) {
	(void)it;
	enum err e = later(db, 1, "before");
	if (!e && db_savepoint(db, ask_and_fail, NULL) != ERR_GATE) e = ERR_STORE;
	return e ? e : later(db, 2, "after");
}

static void what_failed_takes_it_along(void **state) {
	struct fixture *f = *state;
	assert_int_equal(store_write(f->store, ask_and_fail, NULL), ERR_GATE);
	assert_str(names(f), S(""));
	assert_int_equal(store_write(f->store, ask_around_failures, NULL), ERR_OK);
	assert_str(names(f), S("before after"));
}

static enum err ask_for_the_same_twice(struct db *db, void *it) {
	(void)it;
	enum err e = DB_RUN(db, Q_THING_ADD, VT(S("now")), VI(0));
	if (!e) e = later(db, 1, "twin");
	return e ? e : later(db, 1, "twin");
}

static void its_failure_fails_the_job(void **state) {
	struct fixture *f = *state;
	assert_int_not_equal(store_write(f->store, ask_for_the_same_twice, NULL), ERR_OK);
	assert_str(names(f), S(""));
	int64_t seen = -1;
	assert_int_equal(store_write(f->store, ask_for_three, &seen), ERR_OK); /* and nothing else */
}

/* ---- the jobs of one commit ---- */

enum { JOBS = 3 };

/* Jobs that all wait while the first holds the writer: on SQLite they share its commit. */
struct together {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool is_open;
	int done;
	enum err results[JOBS];
	store_job jobs[JOBS];
};
struct part {
	struct together *all;
	int at;
};

static enum err part_job(struct db *db, void *it) {
	struct part *p = it;
	pthread_mutex_lock(&p->all->lock);
	while (!p->all->is_open) pthread_cond_wait(&p->all->wake, &p->all->lock);
	pthread_mutex_unlock(&p->all->lock);
	return p->all->jobs[p->at](db, NULL);
}

static void part_done(enum err e, void *it) {
	struct part *p = it;
	pthread_mutex_lock(&p->all->lock);
	p->all->results[p->at] = e;
	p->all->done++;
	pthread_cond_broadcast(&p->all->wake);
	pthread_mutex_unlock(&p->all->lock);
}

static void run_together(struct fixture *f, struct together *t) {
	struct part parts[JOBS];
	pthread_mutex_init(&t->lock, NULL);
	pthread_cond_init(&t->wake, NULL);
	for (int i = 0; i < JOBS; i++) {
		parts[i] = (struct part){t, i};
		store_write_async(f->store, part_job, part_done, &parts[i]);
	}
	pthread_mutex_lock(&t->lock);
	t->is_open = true;
	pthread_cond_broadcast(&t->wake);
	while (t->done < JOBS) pthread_cond_wait(&t->wake, &t->lock);
	pthread_mutex_unlock(&t->lock);
	pthread_cond_destroy(&t->wake);
	pthread_mutex_destroy(&t->lock);
}

static enum err ask_for_two(struct db *db, void *it) {
	(void)it;
	return later(db, 2, "two");
}

static enum err ask_for_one(struct db *db, void *it) {
	(void)it;
	return later(db, 1, "one");
}

static void jobs_of_a_commit_are_ordered_together(void **state) {
	struct fixture *f = *state;
	struct together t = {.jobs = {ask_for_two, ask_and_fail, ask_for_one}};
	run_together(f, &t);
	assert_int_equal(t.results[0], ERR_OK);
	assert_int_equal(t.results[1], ERR_GATE);
	assert_int_equal(t.results[2], ERR_OK);
	assert_int_equal(number(f->db, Q_THING_COUNT), 2);
	if (f->engine == ENGINE_SQLITE) assert_str(names(f), S("one two"));
}

enum { MUCH = 4000 };

/* More than waits: some of it is done within the job. */
static enum err ask_for_much(struct db *db, void *it) {
	enum err e = ERR_OK;
	(void)it;
	for (int i = 0; i < MUCH && !e; i++)
		e = DB_RUN_LATER(db, Q_COUNTER_ADD, 0, VT(S("a counter with a name that is long enough to fill the room of one job")), VI(1));
	if (!e && number(db, Q_COUNTER_MUCH) == 0) e = ERR_STORE;
	return e;
}

static enum err ask_for_much_and_fail(struct db *db, void *it) {
	enum err e = ask_for_much(db, it);
	return e ? e : ERR_GATE;
}

static void much_does_not_wait_nor_overtake(void **state) {
	struct fixture *f = *state;
	struct together t = {.jobs = {ask_for_two, ask_for_much, ask_for_one}};
	run_together(f, &t);
	for (int i = 0; i < JOBS; i++) assert_int_equal(t.results[i], ERR_OK);
	assert_int_equal(number(f->db, Q_COUNTER_MUCH), MUCH);
	assert_int_equal(number(f->db, Q_THING_COUNT), 2);
	if (f->engine == ENGINE_SQLITE) assert_str(names(f), S("two one"));
}

static void others_wait_again_when_it_fails(void **state) {
	struct fixture *f = *state;
	struct together t = {.jobs = {ask_for_two, ask_for_much_and_fail, ask_for_one}};
	run_together(f, &t);
	assert_int_equal(t.results[1], ERR_GATE);
	assert_int_equal(number(f->db, Q_COUNTER_MUCH), 0);
	assert_int_equal(number(f->db, Q_THING_COUNT), 2);
	if (f->engine == ENGINE_SQLITE) assert_str(names(f), S("one two"));
}

static void a_refused_job_keeps_its_answer_when_the_commit_fails(void **state) {
	struct fixture *f = *state;
	struct together t = {.jobs = {ask_for_the_same_twice, ask_and_fail, ask_for_the_same_twice}};
	run_together(f, &t);
	assert_int_not_equal(t.results[0], ERR_OK);
	assert_int_equal(t.results[1], ERR_GATE);
	assert_int_not_equal(t.results[2], ERR_OK);
	assert_int_equal(number(f->db, Q_THING_COUNT), 0);
}

int main(void) {
	static const struct engine_test tests[] = {
		BOTH(it_runs_at_the_end_in_the_order_of_keys),
		BOTH(what_runs_in_its_turn_parts_the_rest),
		BOTH(a_job_may_have_it_done_now),
		BOTH(what_failed_takes_it_along),
		BOTH(its_failure_fails_the_job),
		BOTH(jobs_of_a_commit_are_ordered_together),
		BOTH(much_does_not_wait_nor_overtake),
		BOTH(others_wait_again_when_it_fails),
		BOTH(a_refused_job_keeps_its_answer_when_the_commit_fails),
	};
	return run_on_both("store_later", tests, LEN(tests));
}
