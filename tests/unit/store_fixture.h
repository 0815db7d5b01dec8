/* store_fixture.h - a fresh store for each test, on SQLite and on PostgreSQL.
 *
 * The PostgreSQL half needs ZHAOYIN_TEST_PG, an URL without a schema; script/pg-test sets it. Each
 * test gets a file or a schema of its own, which is gone afterwards. */
#ifndef STORE_FIXTURE_H
#define STORE_FIXTURE_H

#include "store/engine.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fixture {
	enum store_engine engine;
	struct arena arena;
	struct store_config config;
	struct store *store;
	struct db *db;             /* a reader */
	char dir[64];
};

static inline struct str pg_url(void) {
	return str_c(getenv("ZHAOYIN_TEST_PG"));
}

/* A schema per process and test. */
static inline struct str schema_url(struct arena *a, struct str url, int n) {
	struct buf b = {.arena = a};
	buf_add(&b, url);
	buf_c(&b, str_has(url, S("?")) ? "&schema=zt_" : "?schema=zt_");
	buf_int(&b, (int64_t)getpid());
	buf_byte(&b, '_');
	buf_int(&b, n);
	return buf_str(&b);
}

static inline struct str file_in(struct fixture *f, const char *name) {
	struct buf b = {.arena = &f->arena};
	buf_c(&b, f->dir);
	buf_byte(&b, '/');
	buf_c(&b, name);
	return buf_str(&b);
}

static inline void fixture_place(struct fixture *f, enum store_engine engine) {
	static int count;
	*f = (struct fixture){.engine = engine};
	strcpy(f->dir, "/tmp/store-test-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	f->config.is_create = true;
	f->config.url = engine == ENGINE_SQLITE ? file_in(f, "city.db") : schema_url(&f->arena, pg_url(), ++count);
}

static inline void fixture_open(struct fixture *f) {
	struct str why = {0};
	enum err e = store_open(&f->arena, &f->config, &f->store, &why);
	if (e) print_error("%.*s\n", (int)why.n, why.p);
	assert_int_equal(e, ERR_OK);
	f->db = store_reader(f->store);
	assert_non_null(f->db);
}

static inline void fixture_close(struct fixture *f) {
	db_close(f->db);
	store_close(f->store);
	f->db = NULL;
	f->store = NULL;
}

static inline enum err drop_schema(struct db *db, void *arg) {
	(void)arg;
	struct rows *r;
	struct arena a = {0};
	struct statement st = {.sql = S("SELECT CAST(current_schema() AS TEXT)"), .id = Q__N};
	enum err e = db_query_statement(db, &a, &st, &r);
	if (!e && rows_next(r)) {
		struct buf b = {.arena = &a};
		buf_c(&b, "DROP SCHEMA ");
		buf_name(&b, rows_text(r, 0));
		buf_c(&b, " CASCADE");
		e = db->engine->exec(db, buf_str(&b));
	}
	arena_release(&a);
	return e;
}

static inline void fixture_remove(struct fixture *f) {
	static const char *const names[] = {"city.db", "city.db-wal", "city.db-shm", "city.db-journal"};
	if (f->db) db_close(f->db);
	if (f->store && f->engine == ENGINE_POSTGRES) assert_int_equal(store_write(f->store, drop_schema, NULL), ERR_OK);
	store_close(f->store);
	for (size_t i = 0; i < LEN(names); i++) unlink(str_cstr(&f->arena, file_in(f, names[i])));
	rmdir(f->dir);
	arena_release(&f->arena);
}

/* cmocka's setup and teardown; the test's initial state is a pointer to its engine. */
static inline int fixture_up(void **state) {
	struct fixture *f = heap_alloc(sizeof *f);
	fixture_place(f, *(const enum store_engine *)*state);
	fixture_open(f);
	*state = f;
	return 0;
}

static inline int fixture_down(void **state) {
	fixture_remove(*state);
	heap_free(*state);
	return 0;
}

struct engine_test {
	const char *name[2];
	void (*run)(void **state);
};
#define BOTH(f) {{#f " on sqlite", #f " on postgres"}, f}
#define ONCE(f) {{#f, NULL}, f} /* what asks no database */

/* Runs each row on both engines, as one TAP plan (a program prints only one). up finds its engine
 * through *state and leaves there what the test gets; down may be NULL. */
static inline int run_with(const char *group, const struct engine_test *t, size_t n, int (*up)(void **state), int (*down)(void **state)) {
	static const enum store_engine engines[] = {ENGINE_SQLITE, ENGINE_POSTGRES};
	struct CMUnitTest *tests = heap_alloc(2 * n * sizeof *tests);
	size_t count = 0;
	for (size_t k = 0; k < 2; k++) {
		if (k && !pg_url().n) {
			print_message("# ZHAOYIN_TEST_PG is not set: SQLite only; run through script/pg-test\n");
			break;
		}
		for (size_t i = 0; i < n; i++)
			if (t[i].name[k]) tests[count++] = (struct CMUnitTest){t[i].name[k], t[i].run, up, down, (void *)&engines[k]};
	}
	int failed = _cmocka_run_group_tests(group, tests, count, NULL, NULL);
	heap_free(tests);
	return failed;
}

static inline int run_on_both(const char *group, const struct engine_test *t, size_t n) {
	return run_with(group, t, n, fixture_up, fixture_down);
}

#endif
