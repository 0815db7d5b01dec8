/* What can only go wrong with a server: it stops, it goes away, it answers COMMIT with silence. */
#include "store_fixture.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>

enum { STATEMENT_MS = 300 };

/* ---- helpers ---- */

static int64_t ask_int(struct db *db, const char *sql) {
	int64_t n = -1;
	enum err e = db_int_text(db, str_c(sql), NULL, 0, &n);
	if (e) print_error("%s: %.*s\n", sql, (int)db_error(db).n, db_error(db).p);
	assert_int_equal(e, ERR_OK);
	return n;
}

static pid_t backend_of(struct db *db) {
	return (pid_t)ask_int(db, "SELECT pg_backend_pid()");
}

static int64_t things(struct fixture *f) {
	int64_t n = -1;
	assert_int_equal(db_int(f->db, Q_THING_COUNT, NULL, 0, &n), ERR_OK);
	return n;
}

static void terminate(struct db *db, pid_t pid) {
	int64_t done;
	const struct value v = VI(pid);
	assert_int_equal(db_int_text(db, S("SELECT CASE WHEN pg_terminate_backend(CAST($1 AS INTEGER), 5000) THEN 1 ELSE 0 END"),
		&v, 1, &done), ERR_OK);
	assert_int_equal(done, 1);
}

/* A job whose first run does something to its own connection before or after it writes. */
struct trick {
	struct fixture *f;
	int runs;
	pid_t pid;
	bool is_stopping, is_terminating;
	bool is_before; /* the trick comes before the write */
};

static enum err trick_itself(struct db *db, struct trick *t) {
	if (t->is_stopping) return kill(t->pid, SIGSTOP) ? ERR_STORE : ERR_OK;
	if (t->is_terminating) terminate(t->f->db, t->pid);
	(void)db;
	return ERR_OK;
}

static enum err tricky(struct db *db, void *it) {
	struct trick *t = it;
	bool is_first = ++t->runs == 1;
	int64_t pid;
	enum err e = db_int_text(db, S("SELECT pg_backend_pid()"), NULL, 0, &pid);
	if (e) return e;
	if (is_first) t->pid = (pid_t)pid;
	if (is_first && t->is_before) trick_itself(db, t);
	e = DB_RUN(db, Q_THING_ADD, VT(S("tricky")), VI(1));
	if (e) return e;
	return is_first && !t->is_before ? trick_itself(db, t) : ERR_OK;
}

static enum err plain(struct db *db, void *it) {
	return DB_RUN(db, Q_THING_ADD, VT(str_c(it)), VI(1));
}

/* ---- a server that stops ---- */

static void a_stopped_server_does_not_hang_a_reader(void **state) {
	struct fixture *f = *state;
	pid_t pid = backend_of(f->db);
	assert_int_equal(kill(pid, SIGSTOP), 0);
	int64_t n;
	assert_int_equal(db_int(f->db, Q_THING_COUNT, NULL, 0, &n), ERR_BUSY);
	assert_str(db_error(f->db), S("the server did not answer within the time limit"));
	assert_int_equal(kill(pid, SIGCONT), 0);
	assert_int_equal(things(f), 0);
	assert_int_not_equal(backend_of(f->db), pid);
}

static void a_stopped_server_does_not_hang_a_writer(void **state) {
	struct fixture *f = *state;
	struct trick t = {.f = f, .is_stopping = true, .is_before = true};
	assert_int_equal(store_write(f->store, tricky, &t), ERR_BUSY);
	assert_int_equal(t.runs, 1); /* what was late once is not tried again */
	assert_int_equal(kill(t.pid, SIGCONT), 0);
	assert_int_equal(store_write(f->store, plain, "next"), ERR_OK);
	assert_int_equal(things(f), 1);
}

/* ---- a connection that is lost ---- */

static void a_reader_connects_again(void **state) {
	struct fixture *f = *state;
	struct db *other = store_reader(f->store);
	terminate(other, backend_of(f->db));
	assert_int_equal(things(f), 0);
	db_close(other);
}

static void a_job_that_loses_its_connection_runs_again(void **state) {
	struct fixture *f = *state;
	struct trick t = {.f = f, .is_terminating = true, .is_before = true};
	assert_int_equal(store_write(f->store, tricky, &t), ERR_OK);
	assert_int_equal(t.runs, 2);
	assert_int_equal(things(f), 1);
}

static void an_idle_connection_that_was_closed_is_replaced(void **state) {
	struct fixture *f = *state;
	struct trick t = {.f = f};
	assert_int_equal(store_write(f->store, tricky, &t), ERR_OK);
	terminate(f->db, t.pid);
	assert_int_equal(store_write(f->store, plain, "next"), ERR_OK);
	assert_int_equal(things(f), 2);
}

/* ---- a COMMIT without an answer ---- */

static const char asks_for_outcome[] = "SELECT count(*) FROM pg_stat_activity"
	" WHERE query LIKE '%pg_xact_status%' AND pid <> pg_backend_pid()";

struct waker {
	struct fixture *f;
	struct trick *trick;
	bool is_terminating;
};

/* Waits until the store has left the stopped connection and asks on a new one how it ended, then
 * lets the stopped one go on: to its COMMIT, or to its end. */
static void *wake(void *it) {
	struct waker *w = it;
	struct db *db = store_reader(w->f->store);
	while (ask_int(db, asks_for_outcome) == 0) nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
	if (w->is_terminating) kill(w->trick->pid, SIGTERM);
	kill(w->trick->pid, SIGCONT);
	db_close(db);
	return NULL;
}

static void write_with_lost_commit(struct fixture *f, bool is_terminating, int runs) {
	struct trick t = {.f = f, .is_stopping = true};
	struct waker w = {f, &t, is_terminating};
	pthread_t thread;
	assert_int_equal(pthread_create(&thread, NULL, wake, &w), 0);
	assert_int_equal(store_write(f->store, tricky, &t), ERR_OK);
	pthread_join(thread, NULL);
	assert_int_equal(t.runs, runs);
	assert_int_equal(things(f), 1);
}

static void a_commit_that_was_done_unheard_is_found_out(void **state) {
	struct fixture *f = *state;
	write_with_lost_commit(f, false, 1);
}

static void a_commit_that_was_not_done_is_done_again(void **state) {
	struct fixture *f = *state;
	write_with_lost_commit(f, true, 2);
}

static void an_unknown_commit_is_never_called_undone(void **state) {
	struct fixture *f = *state;
	struct trick t = {.f = f, .is_stopping = true};
	assert_int_equal(store_write(f->store, tricky, &t), ERR_STORE);
	assert_int_equal(t.runs, 1);
	assert_int_equal(kill(t.pid, SIGCONT), 0);
}

/* ---- others ---- */

/* Reads, lets another program change what it read, then writes from what it read. */
struct racing {
	struct store *other;
	int runs;
};

static enum err add_one(struct db *db, void *it) {
	(void)it;
	return DB_RUN(db, Q_COUNTER_ADD, VT(S("shared")), VI(1));
}

static enum err read_then_write(struct db *db, void *it) {
	struct racing *r = it;
	int64_t n;
	enum err e = db_int(db, Q_COUNTER_GET, (struct value[]){VT(S("shared"))}, 1, &n);
	if (e) return e;
	if (++r->runs == 1 && store_write(r->other, add_one, NULL)) return ERR_STORE;
	const struct column c[] = {{S("name"), VT(str_cat(&db->scratch, S("saw "), str_of_int(&db->scratch, n)))}};
	e = db_insert(db, S("thing"), c, 1, NULL);
	return e ? e : DB_RUN(db, Q_COUNTER_ADD, VT(S("shared")), VI(10));
}

static void a_job_that_was_overtaken_runs_again(void **state) {
	struct fixture *f = *state;
	struct racing r = {0};
	struct str why;
	assert_int_equal(store_open(&f->arena, &f->config, &r.other, &why), ERR_OK);
	assert_int_equal(store_write(f->store, add_one, NULL), ERR_OK);
	assert_int_equal(store_write(f->store, read_then_write, &r), ERR_OK);
	store_close(r.other);
	assert_int_equal(r.runs, 2);
	assert_int_equal(things(f), 1);
	assert_int_equal(ask_int(f->db, "SELECT count(*) FROM thing WHERE name = 'saw 2'"), 1);
	assert_int_equal(ask_int(f->db, "SELECT n FROM counter WHERE name = 'shared'"), 12);
}

/* ---- a server that is away ---- */

static bool is_writable(struct fixture *f) {
	return store_health(f->store).is_writable;
}

/* The idle watch looks once a second; nothing else is asked meanwhile. */
static void wait_until(struct fixture *f, bool is_there) {
	while (is_writable(f) != is_there) nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
}

static void ask_nothing(struct db *db, const char *sql) {
	assert_int_equal(db->engine->exec(db, str_c(sql)), ERR_OK);
}

static void a_server_that_is_away_is_told_and_comes_back(void **state) {
	struct fixture *f = *state;
	struct trick t = {.f = f};
	assert_int_equal(store_write(f->store, tricky, &t), ERR_OK);
	assert_true(is_writable(f));
	ask_nothing(f->db, "SET default_transaction_read_only = off");
	ask_nothing(f->db, "ALTER ROLE CURRENT_USER NOLOGIN");
	terminate(f->db, t.pid);
	wait_until(f, false);
	assert_int_equal(store_write(f->store, plain, "meanwhile"), ERR_BUSY);
	assert_null(store_reader(f->store));
	assert_int_equal(things(f), 1);
	ask_nothing(f->db, "ALTER ROLE CURRENT_USER LOGIN");
	wait_until(f, true);
	assert_int_equal(store_write(f->store, plain, "next"), ERR_OK);
	assert_int_equal(things(f), 2);
}

static void an_unreachable_server_is_named(void **state) {
	struct fixture *f = *state;
	struct store_config config = {.url = S("postgres://nobody@/x?host=/nonexistent&schema=city")};
	struct str why = {0};
	struct store *s = NULL;
	assert_int_equal(store_open(&f->arena, &config, &s, &why), ERR_BUSY);
	assert_true(str_starts(why, S("PostgreSQL cannot be used: ")));
	assert_true(str_has(why, S("/nonexistent")));
	assert_null(s);
}

/* ---- sessions and statements ---- */

static void an_engines_own_type_is_refused(void **state) {
	struct fixture *f = *state;
	static const char *const bad[] = {"SELECT 1 = 1 AS x", "SELECT sum(amount_fen) AS x FROM thing"};
	for (size_t i = 0; i < LEN(bad); i++) {
		struct rows *r;
		struct statement st = {.sql = str_c(bad[i]), .id = Q__N};
		assert_int_equal(db_query_statement(f->db, &f->arena, &st, &r), ERR_STORE);
		assert_true(str_starts(db_error(f->db), S("column x is neither integer nor text nor bytes")));
	}
	assert_int_equal(things(f), 0);
}

static void the_server_forgets_what_left_the_cache(void **state) {
	struct fixture *f = *state;
	for (int i = 1; i <= 3 * BUILT_MAX; i++) {
		struct str sql = str_cat(&f->arena, S("SELECT 1 + "), str_of_int(&f->arena, i));
		assert_int_equal(ask_int(f->db, str_cstr(&f->arena, sql)), i + 1);
	}
	int64_t n = ask_int(f->db, "SELECT count(*) FROM pg_prepared_statements");
	assert_in_range(n, BUILT_MAX - 1, BUILT_MAX + 1);
}

static void a_plan_that_grew_old_is_made_anew(void **state) {
	struct fixture *f = *state;
	struct rows *r;
	assert_int_equal(store_write(f->store, plain, "x"), ERR_OK);
	assert_int_equal(DB_QUERY(f->db, &f->arena, Q_THING_BY_ID, &r, VI(1)), ERR_OK);
	assert_int_equal(rows_columns(r), 7);
	struct db *other = store_reader(f->store);
	ask_nothing(other, "SET default_transaction_read_only = off");
	ask_nothing(other, "ALTER TABLE thing ADD COLUMN more TEXT");
	db_close(other);
	assert_int_equal(DB_QUERY(f->db, &f->arena, Q_THING_BY_ID, &r, VI(1)), ERR_OK);
	assert_int_equal(rows_columns(r), 8);
	assert_true(rows_next(r));
	assert_str(rows_text(r, rows_find(r, S("name"))), S("x"));
}

static enum err check_session(struct db *db, void *it) {
	(void)it;
	int64_t n;
	return db_int_text(db, S("SELECT CASE WHEN current_setting('synchronous_commit') = 'on' AND"
		" current_setting('transaction_isolation') = 'serializable' THEN 1 ELSE 0 END"), NULL, 0, &n) || n != 1 ? ERR_GATE : ERR_OK;
}

static void expressions_are_not_compiled_whatever_the_server_says(void **state) {
	struct fixture *f = *state;
	int64_t n = 0;
	fixture_close(f);
	f->config.url = str_cat(&f->arena, f->config.url, S("&options=-cjit%3Don"));
	fixture_open(f);
	assert_int_equal(db_int_text(f->db, S("SELECT CASE WHEN current_setting('jit') = 'off' THEN 1 ELSE 0 END"), NULL, 0, &n), ERR_OK);
	assert_int_equal(n, 1);
}

static void a_commit_waits_for_the_disk_whatever_the_server_says(void **state) {
	struct fixture *f = *state;
	fixture_close(f);
	f->config.url = str_cat(&f->arena, f->config.url, S("&options=-csynchronous_commit%3Doff"));
	fixture_open(f);
	assert_int_equal(store_write(f->store, check_session, NULL), ERR_OK);
}

/* ---- */

static int up(void **state) {
	struct fixture *f = heap_alloc(sizeof *f);
	fixture_place(f, ENGINE_POSTGRES);
	f->config.statement_ms = STATEMENT_MS;
	f->config.pool = 1;
	fixture_open(f);
	*state = f;
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, up, fixture_down)
int main(void) {
	if (!pg_url().n || !getenv("ZHAOYIN_TEST_PG_OWN")) {
		print_message("1..0 # SKIP stops and locks a server: only on one that script/pg-test has started\n");
		return 0;
	}
	const struct CMUnitTest tests[] = {
		TEST(a_stopped_server_does_not_hang_a_reader),
		TEST(a_stopped_server_does_not_hang_a_writer),
		TEST(a_reader_connects_again),
		TEST(a_job_that_loses_its_connection_runs_again),
		TEST(an_idle_connection_that_was_closed_is_replaced),
		TEST(a_commit_that_was_done_unheard_is_found_out),
		TEST(a_commit_that_was_not_done_is_done_again),
		TEST(an_unknown_commit_is_never_called_undone),
		TEST(a_job_that_was_overtaken_runs_again),
		TEST(a_server_that_is_away_is_told_and_comes_back),
		TEST(an_unreachable_server_is_named),
		TEST(an_engines_own_type_is_refused),
		TEST(the_server_forgets_what_left_the_cache),
		TEST(a_plan_that_grew_old_is_made_anew),
		TEST(a_commit_waits_for_the_disk_whatever_the_server_says),
		TEST(expressions_are_not_compiled_whatever_the_server_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
