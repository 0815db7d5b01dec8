/* The contract of store.h, the same on both engines. */
#include "store_fixture.h"

#include <pthread.h>

/* ---- small helpers ---- */

struct add {
	struct str name;
	int64_t amount;
	enum err result; /* what the job returns after its insert */
};

static enum err add_thing(struct db *db, void *it) {
	struct add *a = it;
	enum err e = DB_RUN(db, Q_THING_ADD, VT(a->name), VI(a->amount));
	return e ? e : a->result;
}

static enum err put(struct fixture *f, const char *name, int64_t amount) {
	return store_write(f->store, add_thing, &(struct add){str_c(name), amount, ERR_OK});
}

static int64_t count(struct fixture *f) {
	int64_t n = -1;
	assert_int_equal(db_int(f->db, Q_THING_COUNT, NULL, 0, &n), ERR_OK);
	return n;
}

static int64_t amount_of(struct fixture *f, const char *name) {
	int64_t n = -1;
	enum err e = db_int(f->db, Q_THING_AMOUNT, (struct value[]){VT(str_c(name))}, 1, &n);
	return e ? -1 : n;
}

/* ---- statements ---- */

static void every_query_prepares(void **state) {
	struct fixture *f = *state;
	struct str why = {0};
	enum err e = db_prepare_all(f->db, &f->arena, &why);
	assert_str(why, S(""));
	assert_int_equal(e, ERR_OK);
}

static enum err reorder(struct db *db, void *it) {
	int64_t *changed = it;
	enum err e = DB_RUN(db, Q_THING_ADD, VT(S("old")), VI(7));
	const struct value v[] = {VI(1), VT(S("new")), VT(S("3707"))};
	return e ? e : db_run(db, Q_THING_REORDER, v, 3, changed);
}

static void values_follow_the_params_line(void **state) {
	struct fixture *f = *state;
	int64_t changed = 0;
	assert_int_equal(store_write(f->store, reorder, &changed), ERR_OK);
	assert_int_equal(changed, 1);
	struct rows *r;
	assert_int_equal(DB_QUERY(f->db, &f->arena, Q_THING_BY_ID, &r, VI(1)), ERR_OK);
	assert_true(rows_next(r));
	assert_str(rows_text(r, rows_find(r, S("name"))), S("new"));
	assert_str(rows_text(r, rows_find(r, S("code"))), S("3707"));
	assert_int_equal(rows_int(r, rows_find(r, S("row_version"))), 2);
}

static void literals_are_left_alone(void **state) {
	struct fixture *f = *state;
	struct rows *r;
	assert_int_equal(DB_QUERY(f->db, &f->arena, Q_THING_LITERAL, &r, VT(S("潍坊"))), ERR_OK);
	assert_true(rows_next(r));
	assert_str(rows_text(r, 0), S("it's :no -- parameter; \"here\""));
	assert_str(rows_text(r, 1), S("潍坊"));
	assert_false(rows_next(r));
}

static void a_variant_serves_its_engine(void **state) {
	struct fixture *f = *state;
	struct rows *r;
	assert_int_equal(db_query(f->db, &f->arena, Q_THING_ENGINE, NULL, 0, &r), ERR_OK);
	assert_true(rows_next(r));
	assert_str(rows_text(r, 0), f->engine == ENGINE_SQLITE ? S("lite") : S("pg"));
	assert_int_equal(store_engine(f->store), f->engine);
	assert_int_equal(db_engine(f->db), f->engine);
}

/* ---- rows ---- */

static void rows_give_what_was_stored(void **state) {
	struct fixture *f = *state;
	const struct value far = VI(INT64_MAX), near = VI(0);
	assert_int_equal(put(f, "far", far.i), ERR_OK);
	assert_int_equal(put(f, "near", near.i), ERR_OK);
	assert_int_equal(amount_of(f, "far"), INT64_MAX);
	assert_int_equal(amount_of(f, "near"), 0);
	assert_int_equal(amount_of(f, "nobody"), -1);
	int64_t none = 5;
	assert_int_equal(db_int(f->db, Q_THING_AMOUNT, (struct value[]){VT(S("nobody"))}, 1, &none), ERR_NOT_FOUND);
	assert_int_equal(none, 5);
}

static const struct { const char *name; struct value data; } blobs[] = {
	{"bytes", {V_BLOB, 0, S_("\0\1\xFF\0x")}},
	{"empty", {V_BLOB, 0, S_("")}},
	{"null", {V_NULL, 0, S_("")}},
};

static enum err add_blobs(struct db *db, void *it) {
	(void)it;
	enum err e = ERR_OK;
	for (size_t i = 0; !e && i < LEN(blobs); i++)
		e = DB_RUN(db, Q_THING_DATA, VT(str_c(blobs[i].name)), blobs[i].data);
	return e;
}

static void blobs_come_back_byte_by_byte(void **state) {
	struct fixture *f = *state;
	assert_int_equal(store_write(f->store, add_blobs, NULL), ERR_OK);
	for (size_t i = 0; i < LEN(blobs); i++) {
		struct rows *r;
		assert_int_equal(DB_QUERY(f->db, &f->arena, Q_THING_BY_ID, &r, VI((int64_t)i + 1)), ERR_OK);
		assert_true(rows_next(r));
		int col = rows_find(r, S("data"));
		assert_int_equal(rows_value(r, col).kind, blobs[i].data.kind);
		assert_int_equal(rows_is_null(r, col), blobs[i].data.kind == V_NULL);
		assert_str(rows_text(r, col), blobs[i].data.s);
	}
}

static void names_outlive_the_last_row(void **state) {
	struct fixture *f = *state;
	struct rows *r;
	assert_int_equal(db_query(f->db, &f->arena, Q_THING_ALL, NULL, 0, &r), ERR_OK);
	assert_false(rows_next(r));
	assert_false(rows_next(r));
	assert_int_equal(rows_error(r), ERR_OK);
	assert_int_equal(rows_columns(r), 6);
	assert_str(rows_name(r, 3), S("amount_fen"));
	assert_int_equal(rows_find(r, S("code")), 2);
	assert_int_equal(rows_find(r, S("nothing")), -1);
}

static void a_number_reads_as_text_and_back(void **state) {
	struct fixture *f = *state;
	put(f, "12", -0 + 34);
	struct rows *r;
	assert_int_equal(db_query(f->db, &f->arena, Q_THING_ALL, NULL, 0, &r), ERR_OK);
	assert_true(rows_next(r));
	assert_str(rows_text(r, 3), S("34"));
	assert_int_equal(rows_int(r, 1), 12);
	assert_int_equal(rows_int(r, 2), 0);
	assert_str(rows_text(r, 2), S(""));
}

/* The same query may run inside a loop over itself. */
static void a_query_nests_in_itself(void **state) {
	struct fixture *f = *state;
	put(f, "a", 1);
	put(f, "b", 2);
	put(f, "c", 3);
	struct rows *outer, *inner;
	int64_t sum = 0;
	assert_int_equal(db_query(f->db, &f->arena, Q_THING_ALL, NULL, 0, &outer), ERR_OK);
	while (rows_next(outer)) {
		assert_int_equal(db_query(f->db, &f->arena, Q_THING_ALL, NULL, 0, &inner), ERR_OK);
		while (rows_next(inner)) sum += rows_int(outer, 3) * rows_int(inner, 3);
	}
	assert_int_equal(sum, 36);
}

static void a_half_read_query_ends_with_its_arena(void **state) {
	struct fixture *f = *state;
	put(f, "a", 1);
	put(f, "b", 2);
	for (int i = 0; i < 300; i++) {
		struct arena a = {0};
		struct rows *r;
		assert_int_equal(db_query(f->db, &a, Q_THING_ALL, NULL, 0, &r), ERR_OK);
		assert_true(rows_next(r));
		arena_release(&a);
	}
	assert_null(f->db->open);
	put(f, "c", 3);
	assert_int_equal(count(f), 3); /* no old snapshot is held */
}

/* ---- failures ---- */

static enum err add_null_name(struct db *db, void *it) {
	(void)it;
	return DB_RUN(db, Q_THING_ADD, VNULL, VI(1));
}

static enum err add_orphan(struct db *db, void *it) {
	(void)it;
	return DB_RUN(db, Q_PART_ADD, VI(4711), VT(S("wheel")));
}

static enum err insert_orphan(struct db *db, void *it) {
	(void)it;
	int64_t id;
	const struct column c[] = {{S("thing_id"), VI(4711)}, {S("label"), VT(S("wheel"))}};
	return db_insert(db, S("part"), c, 2, &id);
}

static enum err add_negative(struct db *db, void *it) {
	(void)it;
	return DB_RUN(db, Q_THING_ADD, VT(S("x")), VI(-1));
}

static enum err add_twice(struct db *db, void *it) {
	(void)it;
	enum err e = DB_RUN(db, Q_THING_ADD, VT(S("x")), VI(1));
	return e ? e : DB_RUN(db, Q_THING_ADD, VT(S("x")), VI(2));
}

static enum err add_nul_byte(struct db *db, void *it) {
	(void)it;
	return DB_RUN(db, Q_THING_ADD, VT(S("a\0b")), VI(1));
}

static enum err add_bad_utf8(struct db *db, void *it) {
	(void)it;
	return DB_RUN(db, Q_THING_ADD, VT(S("\xC3(")), VI(1));
}

static enum err bad_table(struct db *db, void *it) {
	(void)it;
	return db_insert(db, S("thing\"; DROP"), NULL, 0, NULL);
}

static enum err bad_column(struct db *db, void *it) {
	(void)it;
	const struct column c[] = {{S("Name"), VT(S("x"))}};
	return db_update(db, S("thing"), 1, -1, c, 1);
}

/* Goes on after a failed statement as if nothing had been: on neither engine may that store. */
static enum err ignore_failure(struct db *db, void *it) {
	(void)it;
	DB_RUN(db, Q_THING_ADD, VT(S("before")), VI(1));
	DB_RUN(db, Q_THING_ADD, VT(S("before")), VI(1));
	DB_RUN(db, Q_THING_ADD, VT(S("after")), VI(1));
	return ERR_OK;
}

static enum err give_up(struct db *db, void *it) {
	(void)it;
	DB_RUN(db, Q_THING_ADD, VT(S("x")), VI(1));
	return ERR_GATE;
}

static const struct { const char *why; store_job job; enum err want; } failures[] = {
	{"NOT NULL", add_null_name, ERR_INVALID},
	{"foreign key", add_orphan, ERR_CONFLICT},
	{"foreign key with RETURNING", insert_orphan, ERR_CONFLICT},
	{"CHECK", add_negative, ERR_INVALID},
	{"unique", add_twice, ERR_CONFLICT},
	{"NUL byte", add_nul_byte, ERR_INVALID},
	{"bad UTF-8", add_bad_utf8, ERR_INVALID},
	{"table name", bad_table, ERR_INVALID},
	{"column name", bad_column, ERR_INVALID},
	{"a failure that the job ignores", ignore_failure, ERR_CONFLICT},
	{"the job's own decision", give_up, ERR_GATE},
};

static void a_failure_has_its_code_and_stores_nothing(void **state) {
	struct fixture *f = *state;
	for (size_t i = 0; i < LEN(failures); i++) {
		enum err e = store_write(f->store, failures[i].job, NULL);
		if (e != failures[i].want) print_error("%s: %s\n", failures[i].why, err_name(e));
		assert_int_equal(e, failures[i].want);
		assert_int_equal(count(f), 0);
	}
	assert_true(store_health(f->store).is_writable);
	assert_int_equal(put(f, "good", 1), ERR_OK);
	assert_int_equal(count(f), 1);
}

static void a_reader_cannot_write(void **state) {
	struct fixture *f = *state;
	assert_int_equal(DB_RUN(f->db, Q_THING_ADD, VT(S("x")), VI(1)), ERR_STORE);
	assert_true(db_error(f->db).n > 0);
	assert_int_equal(count(f), 0);
	assert_int_equal(put(f, "x", 1), ERR_OK);
}

/* ---- savepoints ---- */

static enum err part_of_it(struct db *db, void *it) {
	return it ? add_twice(db, NULL) : DB_RUN(db, Q_THING_ADD, VT(S("part")), VI(5));
}

static enum err savepoints(struct db *db, void *it) {
	enum err *seen = it;
	enum err e = DB_RUN(db, Q_THING_ADD, VT(S("before")), VI(1));
	if (!e) e = db_savepoint(db, part_of_it, NULL);
	if (e) return e;
	*seen = db_savepoint(db, part_of_it, seen);
	return DB_RUN(db, Q_THING_ADD, VT(S("after")), VI(2));
}

static void a_savepoint_fails_alone(void **state) {
	struct fixture *f = *state;
	enum err seen = ERR_OK;
	assert_int_equal(store_write(f->store, savepoints, &seen), ERR_OK);
	assert_int_equal(seen, ERR_CONFLICT);
	assert_int_equal(amount_of(f, "before"), 1);
	assert_int_equal(amount_of(f, "part"), 5);
	assert_int_equal(amount_of(f, "after"), 2);
	assert_int_equal(count(f), 3);
}

static enum err empty_savepoint(struct db *db, void *it) {
	(void)db;
	return it ? ERR_FORBIDDEN : ERR_OK;
}

static enum err only_savepoints(struct db *db, void *it) {
	if (db_savepoint(db, empty_savepoint, it) != ERR_FORBIDDEN) return ERR_STORE;
	return db_savepoint(db, empty_savepoint, NULL);
}

enum { MANY = 3000, WIDE = 4000 };

static enum err add_many(struct db *db, void *it) {
	static const char wide[WIDE] = {1};
	struct arena a = {0};
	enum err e = ERR_OK;
	(void)it;
	for (int i = 0; i < MANY && !e; i++) e = DB_RUN(db, Q_THING_DATA, VT(str_of_int(&a, i)), VB(((struct str){wide, WIDE})));
	arena_release(&a);
	return e;
}

static enum err change_many(struct db *db, void *it) {
	enum err e = db_run(db, Q_THING_CLEAR_ALL, NULL, 0, NULL);
	return e ? e : *(const enum err *)it;
}

/* 12 MB of pages, which SQLite keeps aside until the job is through. */
static void a_job_of_many_pages_is_kept_or_taken_back(void **state) {
	struct fixture *f = *state;
	static const struct { enum err result; int64_t left; } cases[] = {{ERR_GATE, MANY}, {ERR_OK, 0}, {ERR_GATE, 0}};
	assert_int_equal(store_write(f->store, add_many, NULL), ERR_OK);
	for (size_t i = 0; i < LEN(cases); i++) {
		enum err result = cases[i].result;
		int64_t n = -1;
		assert_int_equal(store_write(f->store, change_many, &result), cases[i].result);
		assert_int_equal(db_int(f->db, Q_THING_WITH_DATA, NULL, 0, &n), ERR_OK);
		assert_int_equal(n, cases[i].left);
	}
}

static void an_empty_savepoint_is_no_harm(void **state) {
	struct fixture *f = *state;
	int x = 1;
	assert_int_equal(store_write(f->store, only_savepoints, &x), ERR_OK);
	assert_int_equal(put(f, "x", 1), ERR_OK);
}

/* ---- built statements ---- */

struct keep {
	struct arena *arena;
	struct rows *rows;
	int64_t id, second;
	enum err stale;
};

static enum err insert_and_update(struct db *db, void *it) {
	struct keep *k = it;
	const struct column c[] = {
		{S("name"), VT(S("one"))}, {S("amount_fen"), VI(7)}, {S("code"), VNULL}, {S("data"), VB(S("\0\1"))}};
	enum err e = db_insert(db, S("thing"), c, 4, &k->id);
	if (e) return e;
	const struct column d[] = {{S("name"), VT(S("two"))}, {S("amount_fen"), VNULL}, {S("code"), VT(S("37"))}};
	e = db_insert(db, S("thing"), d, 3, &k->second);
	if (e) return e;
	const struct column u[] = {{S("amount_fen"), VI(8)}, {S("code"), VT(S("3707"))}};
	e = db_update(db, S("thing"), k->id, 1, u, 2);
	if (e) return e;
	k->stale = db_update(db, S("thing"), k->id, 1, u, 2);
	if (db_update(db, S("thing"), 4711, -1, u, 2) != ERR_NOT_FOUND) return ERR_STORE;
	return db_update(db, S("thing"), k->second, -1, u, 2);
}

static void columns_become_statements(void **state) {
	struct fixture *f = *state;
	struct keep k = {0};
	assert_int_equal(store_write(f->store, insert_and_update, &k), ERR_OK);
	assert_int_equal(k.stale, ERR_CONFLICT);
	assert_true(k.second > k.id && k.id > 0);
	struct rows *r;
	assert_int_equal(DB_QUERY(f->db, &f->arena, Q_THING_BY_ID, &r, VI(k.id)), ERR_OK);
	assert_true(rows_next(r));
	assert_int_equal(rows_int(r, rows_find(r, S("amount_fen"))), 8);
	assert_str(rows_text(r, rows_find(r, S("code"))), S("3707"));
	assert_int_equal(rows_int(r, rows_find(r, S("row_version"))), 2);
	assert_str(rows_text(r, rows_find(r, S("data"))), S("\0\1"));
}

static enum err insert_without_id(struct db *db, void *it) {
	(void)it;
	const struct column c[] = {{S("name"), VT(S("a"))}, {S("n"), VI(1)}};
	return db_insert(db, S("counter"), c, 2, NULL);
}

static void a_table_without_id_takes_rows(void **state) {
	struct fixture *f = *state;
	assert_int_equal(store_write(f->store, insert_without_id, NULL), ERR_OK);
	int64_t n;
	assert_int_equal(db_int(f->db, Q_COUNTER_GET, (struct value[]){VT(S("a"))}, 1, &n), ERR_OK);
	assert_int_equal(n, 1);
}

/* More texts than the cache holds, some of them open while others come. */
static void built_statements_leave_the_cache_oldest_first(void **state) {
	struct fixture *f = *state;
	put(f, "x", 1);
	put(f, "y", 1);
	struct rows *held;
	struct order by = {.column = S("id")};
	struct select_spec spec = {.from = Q_THING_ALL, .orders = &by, .orders_n = 1};
	assert_int_equal(db_select(f->db, &f->arena, &spec, &held), ERR_OK);
	assert_true(rows_next(held));
	for (int i = 0; i < 2 * BUILT_MAX; i++) {
		struct arena a = {0};
		struct value *v = arena_array(&a, 400, sizeof *v);
		for (int k = 0; k <= i; k++) v[k] = VI(k);
		struct cond in = {.column = S("id"), .op = COND_IN, .values = v, .n = (size_t)i + 1};
		struct select_spec other = {.from = Q_THING_ALL, .conds = &in, .conds_n = 1};
		struct rows *r;
		assert_int_equal(db_select(f->db, &a, &other, &r), ERR_OK);
		assert_int_equal(rows_next(r), i >= 1);
		arena_release(&a);
	}
	assert_true(rows_next(held));
	assert_str(rows_text(held, 1), S("y"));
	assert_false(rows_next(held));
}

/* ---- jobs ---- */

/* Leaves rows half read, in the caller's arena. */
static enum err half_read(struct db *db, void *it) {
	struct keep *k = it;
	const struct value v[] = {VT(S("half"))};
	enum err e = db_query(db, k->arena, Q_THING_ADD_RETURNING, v, 1, &k->rows);
	if (e) return e;
	return db_query(db, k->arena, Q_THING_ALL, NULL, 0, &k->rows);
}

static void rows_of_a_job_end_with_it(void **state) {
	struct fixture *f = *state;
	struct arena a = {0};
	struct keep k = {.arena = &a};
	assert_int_equal(store_write(f->store, half_read, &k), ERR_OK);
	assert_false(rows_next(k.rows));
	assert_int_equal(rows_columns(k.rows), 6);
	assert_int_equal(count(f), 1);
	arena_release(&a);
	assert_int_equal(put(f, "next", 1), ERR_OK);
}

struct waiting {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	enum err results[20];
	int n;
};
struct async {
	struct add add;
	struct waiting *waiting;
	int at;
};

static enum err async_add(struct db *db, void *it) {
	return add_thing(db, &((struct async *)it)->add);
}

static void async_done(enum err e, void *it) {
	struct async *a = it;
	pthread_mutex_lock(&a->waiting->lock);
	a->waiting->results[a->at] = e;
	a->waiting->n++;
	pthread_cond_signal(&a->waiting->wake);
	pthread_mutex_unlock(&a->waiting->lock);
}

static void async_jobs_tell_when_they_are_done(void **state) {
	struct fixture *f = *state;
	struct waiting w = {.lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};
	struct async jobs[20];
	for (int i = 0; i < 20; i++) {
		jobs[i] = (struct async){{str_of_int(&f->arena, i), i, i % 5 == 0 ? ERR_GATE : ERR_OK}, &w, i};
		store_write_async(f->store, async_add, async_done, &jobs[i]);
	}
	pthread_mutex_lock(&w.lock);
	while (w.n < 20) pthread_cond_wait(&w.wake, &w.lock);
	pthread_mutex_unlock(&w.lock);
	for (int i = 0; i < 20; i++) assert_int_equal(w.results[i], i % 5 == 0 ? ERR_GATE : ERR_OK);
	assert_int_equal(count(f), 16);
}

/* ---- many writers ---- */

enum { WRITERS = 64, WRITES = 40 };

struct writer_thread {
	struct store *store;
	pthread_t thread;
	int at, good, refused;
};

/* Adds to a counter of its own and to one that all share; every fourth time changes its mind. */
static enum err count_up(struct db *db, void *it) {
	struct writer_thread *t = it;
	struct arena a = {0};
	enum err e = DB_RUN(db, Q_COUNTER_ADD, VT(str_of_int(&a, t->at)), VI(1));
	if (!e) e = DB_RUN(db, Q_COUNTER_ADD, VT(S("all")), VI(1));
	arena_release(&a);
	return e ? e : (t->good + t->refused) % 4 == 3 ? ERR_GATE : ERR_OK;
}

static void *count_many(void *it) {
	struct writer_thread *t = it;
	for (int i = 0; i < WRITES; i++) {
		enum err e = store_write(t->store, count_up, t);
		if (e == ERR_OK) t->good++;
		else if (e == ERR_GATE) t->refused++;
	}
	return NULL;
}

static int64_t counter(struct fixture *f, struct str name) {
	int64_t n = 0;
	assert_int_equal(db_int(f->db, Q_COUNTER_GET, (struct value[]){VT(name)}, 1, &n), ERR_OK);
	return n;
}

static void many_writers_lose_nothing(void **state) {
	struct fixture *f = *state;
	static struct writer_thread threads[WRITERS];
	for (int i = 0; i < WRITERS; i++) {
		threads[i] = (struct writer_thread){.store = f->store, .at = i};
		assert_int_equal(pthread_create(&threads[i].thread, NULL, count_many, &threads[i]), 0);
	}
	for (int i = 0; i < WRITERS; i++) pthread_join(threads[i].thread, NULL);
	for (int i = 0; i < WRITERS; i++) {
		assert_int_equal(threads[i].good, WRITES * 3 / 4);
		assert_int_equal(threads[i].refused, WRITES / 4);
		assert_int_equal(counter(f, str_of_int(&f->arena, i)), WRITES * 3 / 4);
	}
	assert_int_equal(counter(f, S("all")), WRITERS * WRITES * 3 / 4);
	struct store_health h = store_health(f->store);
	assert_int_equal(h.jobs, WRITERS * WRITES);
	assert_int_equal(h.waiting, 0);
	print_message("# %d jobs in %d commits\n", (int)h.jobs, (int)h.commits);
	if (f->engine == ENGINE_SQLITE) assert_true(h.commits < h.jobs / 2); /* they share commits */
}

static void closing_finishes_what_waits(void **state) {
	struct fixture *f = *state;
	struct waiting w = {.lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};
	struct async jobs[20];
	for (int i = 0; i < 20; i++) {
		jobs[i] = (struct async){{str_of_int(&f->arena, i), i, ERR_OK}, &w, i};
		store_write_async(f->store, async_add, async_done, &jobs[i]);
	}
	fixture_close(f);
	assert_int_equal(w.n, 20);
	fixture_open(f);
	assert_int_equal(count(f), 20);
}

int main(void) {
	static const struct engine_test tests[] = {
		BOTH(every_query_prepares),
		BOTH(values_follow_the_params_line),
		BOTH(literals_are_left_alone),
		BOTH(a_variant_serves_its_engine),
		BOTH(rows_give_what_was_stored),
		BOTH(blobs_come_back_byte_by_byte),
		BOTH(names_outlive_the_last_row),
		BOTH(a_number_reads_as_text_and_back),
		BOTH(a_query_nests_in_itself),
		BOTH(a_half_read_query_ends_with_its_arena),
		BOTH(a_failure_has_its_code_and_stores_nothing),
		BOTH(a_reader_cannot_write),
		BOTH(a_savepoint_fails_alone),
		BOTH(an_empty_savepoint_is_no_harm),
		BOTH(a_job_of_many_pages_is_kept_or_taken_back),
		BOTH(columns_become_statements),
		BOTH(a_table_without_id_takes_rows),
		BOTH(built_statements_leave_the_cache_oldest_first),
		BOTH(rows_of_a_job_end_with_it),
		BOTH(async_jobs_tell_when_they_are_done),
		BOTH(many_writers_lose_nothing),
		BOTH(closing_finishes_what_waits),
	};
	return run_on_both("store", tests, LEN(tests));
}
