#include "store/engine.h"

#include "base/day.h"
#include "base/log.h"

#include <assert.h>
#include <string.h>

/* ---- opening ---- */

static const struct engine *engine_for(struct str url) {
	bool is_pg = str_starts(url, S("postgres://")) || str_starts(url, S("postgresql://"));
	return is_pg ? &postgres_engine : &sqlite_engine;
}

enum store_engine store_engine_of(struct str url) {
	return engine_for(url)->kind;
}

static void store_free(struct store *s) {
	arena_release(&s->arena);
	heap_free(s);
}

static struct store *store_new(const struct store_config *config) {
	struct store *s = heap_alloc(sizeof *s);
	s->config = *config;
	s->config.url = str_copy(&s->arena, config->url);
	if (!s->config.migrations) s->config.migrations = &own_migrations;
	if (s->config.statement_ms <= 0) s->config.statement_ms = 10000;
	if (s->config.pool <= 0) s->config.pool = 4;
	if (s->config.pool > POOL_MAX) s->config.pool = POOL_MAX;
	s->engine = engine_for(s->config.url);
	return s;
}

/* A city that is only looked at: no writer, nothing changes. */
static enum err open_as_found(struct store *s, struct arena *a, struct store **out, struct str *why) {
	struct db *db = NULL;
	enum err e = s->engine->open(s, a, FOR_READING, &db, why);
	if (!e) e = migrate_look(db, a, s->config.migrations, &s->version, why);
	db_close(db);
	if (e) store_free(s);
	else *out = s;
	return e;
}

enum err store_open(struct arena *a, const struct store_config *config, struct store **out,
                    struct str *why) {
	struct store *s = store_new(config);
	if (config->is_as_found) return open_as_found(s, a, out, why);
	struct db *db = NULL;
	enum err e = s->engine->open(s, a, FOR_SCHEMA, &db, why);
	if (e) {
		store_free(s);
		return e;
	}
	int64_t at_ms = config->at_ms ? config->at_ms : now_ms();
	e = migrate_run(db, a, s->config.migrations, at_ms, &s->version, why);
	if (e) {
		s->engine->close(db);
		store_free(s);
		return e;
	}
	s->writer = writer_new(s, db);
	*out = s;
	return ERR_OK;
}

void store_close(struct store *s) {
	if (!s) return;
	if (s->writer) writer_free(s->writer);
	store_free(s);
}

enum store_engine store_engine(const struct store *s) {
	return s->engine->kind;
}

int store_schema_version(const struct store *s) {
	return s->version;
}

bool store_is_newest(const struct store *s) {
	return (size_t)s->version == s->config.migrations->n;
}

struct str store_url(const struct store *s) {
	return s->config.url;
}

struct store_health store_health(const struct store *s) {
	return writer_health(s->writer);
}

bool store_has_stopped(const struct store *s) {
	return s->engine->is_single_writer && s->writer && !store_health(s).is_writable;
}

struct db *store_reader(struct store *s) {
	struct arena a = {0};
	struct str why = {0};
	struct db *db = NULL;
	if (s->engine->open(s, &a, FOR_READING, &db, &why)) {
		LOG(LOG_ERROR, "store_no_reader", {"why", why});
		db = NULL;
	}
	arena_release(&a);
	return db;
}

void db_close(struct db *db) {
	if (!db) return;
	while (db->open) rows_done(db->open);
	db->engine->close(db);
}

enum err store_write(struct store *s, store_job job, void *arg) {
	return writer_run(s->writer, job, arg);
}

void store_write_async(struct store *s, store_job job, void (*done)(enum err, void *arg), void *arg) {
	writer_add(s->writer, job, done, arg);
}

/* ---- failures ---- */

enum err db_fail(struct db *db, enum err e, struct str text) {
	db->error_n = text.n < ERROR_MAX ? text.n : ERROR_MAX;
	if (db->error_n) memcpy(db->error, text.p, db->error_n);
	return e;
}

struct str db_error(const struct db *db) {
	return (struct str){db->error, db->error_n};
}

enum store_engine db_engine(const struct db *db) {
	return db->engine->kind;
}

/* PostgreSQL refuses every statement after a failed one until the savepoint or the transaction is
 * rolled back. SQLite would go on; so that a job means the same on both, the rule is kept here. */
static enum err judge(struct db *db, enum err e) {
	if (!e) return ERR_OK;
	if (db->depth && !db->poison) db->poison = e;
	if (e == ERR_STORE) LOG(LOG_ERROR, "store_failed", {"why", db_error(db)});
	return e;
}

/* What SQLite would store and PostgreSQL refuse, refused on both. */
static bool is_text(struct str s) {
	return !s.n || (!memchr(s.p, 0, s.n) && str_is_utf8(s));
}

static bool fits(enum query_type type, enum value_kind kind) {
	static const enum value_kind want[] = {
		[QUERY_INT] = V_INT, [QUERY_TEXT] = V_TEXT, [QUERY_BLOB] = V_BLOB};
	return kind == V_NULL || kind == want[type];
}

/* Before a statement: clean scratch memory, a job that is still good, values that both take. */
static enum err admit(struct db *db, const struct statement *st) {
	if (db->poison) return db->poison;
	assert(!st->def || st->n >= st->def->params_n);
	for (size_t i = 0; i < st->n; i++) {
		assert(!st->def || i >= st->def->params_n || fits(st->def->types[i], st->v[i].kind));
		if (st->v[i].kind == V_TEXT && !is_text(st->v[i].s))
			return db_fail(db, ERR_INVALID, S("a text value is not UTF-8 or has a NUL byte"));
	}
	return ERR_OK;
}

static struct statement named(struct db *db, enum query_id q, const struct value *v, size_t n) {
	const struct query_def *def = query_def(q);
	const struct query_text *text = &def->text[db->engine->kind];
	assert(n == def->params_n);
	return (struct statement){str_c(text->sql), q, def, text->order, v, n};
}

static struct statement built(struct str sql, const struct value *v, size_t n) {
	return (struct statement){.sql = sql, .id = Q__N, .v = v, .n = n};
}

/* ---- running ---- */

static enum err run(struct db *db, const struct statement *st, int64_t *changed) {
	int64_t none;
	enum err e = admit(db, st);
	if (!e) e = db->engine->run(db, st, changed ? changed : &none);
	return judge(db, e);
}

enum err db_run(struct db *db, enum query_id q, const struct value *v, size_t n, int64_t *changed) {
	arena_reset(&db->scratch);
	struct statement st = named(db, q, v, n);
	return run(db, &st, changed);
}

enum err db_run_text(struct db *db, struct str sql, const struct value *v, size_t n, int64_t *changed) {
	struct statement st = built(sql, v, n);
	return run(db, &st, changed);
}

/* ---- rows ---- */

/* Lets the statement go: at the end of the rows, so that no read transaction stays open, or when
 * the caller is done before. */
static void detach(struct rows *r) {
	struct db *db = r->db;
	if (!db) return;
	db->engine->finish(r);
	prepared_done(db, r->prepared);
	struct rows **at = &db->open;
	while (*at != r) at = &(*at)->next;
	*at = r->next;
	r->db = NULL;
	r->state = ROWS_END;
}

static void close_rows(void *it) {
	rows_done(it);
}

static enum err open_rows(struct db *db, const struct statement *st, struct rows *r) {
	enum err e = judge(db, admit(db, st));
	if (e) return e;
	e = db->engine->query(db, st, r);
	if (r->prepared) {
		r->db = db;
		r->depth = db->depth;
		r->prepared->is_open = true;
		r->next = db->open;
		db->open = r;
		if (r->prepared->columns) {
			r->columns = r->prepared->columns;
			atomic_fetch_add(&r->columns->refs, 1);
		}
		if (e || r->state == ROWS_END) detach(r);
	}
	r->err = e;
	return judge(db, e);
}

enum err db_query_statement(struct db *db, struct arena *a, const struct statement *st, struct rows **out) {
	struct rows *r = arena_alloc(a, sizeof *r);
	r->arena = a;
	arena_defer(a, close_rows, r);
	enum err e = open_rows(db, st, r);
	if (!e) *out = r;
	return e;
}

enum err db_query(struct db *db, struct arena *a, enum query_id q, const struct value *v, size_t n,
                  struct rows **out) {
	arena_reset(&db->scratch);
	struct statement st = named(db, q, v, n);
	return db_query_statement(db, a, &st, out);
}

/* Rows on the stack: they are done before this returns. */
static enum err first_int(struct db *db, const struct statement *st, int64_t *out) {
	struct rows r = {.arena = &db->scratch};
	enum err e = open_rows(db, st, &r);
	if (!e && !rows_next(&r)) e = r.err ? r.err : ERR_NOT_FOUND;
	if (!e) *out = rows_int(&r, 0);
	rows_done(&r);
	return e;
}

enum err db_int(struct db *db, enum query_id q, const struct value *v, size_t n, int64_t *out) {
	arena_reset(&db->scratch);
	struct statement st = named(db, q, v, n);
	return first_int(db, &st, out);
}

enum err db_int_text(struct db *db, struct str sql, const struct value *v, size_t n, int64_t *out) {
	struct statement st = built(sql, v, n);
	return first_int(db, &st, out);
}

bool rows_next(struct rows *r) {
	if (r->state == ROWS_FIRST) {
		r->state = ROWS_AT;
		return true;
	}
	if (!r->db) return false;
	struct db *db = r->db;
	r->err = db->engine->next(r);
	if (!r->err && r->state != ROWS_END) return true;
	detach(r);
	judge(db, r->err);
	return false;
}

enum err rows_error(const struct rows *r) {
	return r->err;
}

void rows_done(struct rows *r) {
	detach(r);
	columns_drop(r->columns);
	r->columns = NULL;
}

int rows_columns(const struct rows *r) {
	return r->columns ? r->columns->n : 0;
}

struct str rows_name(const struct rows *r, int col) {
	return r->columns->names[col];
}

static int find_between(const struct rows *r, struct str name, int from, int to) {
	const struct str *names = r->columns->names;
	for (int i = from; i < to; i++)
		if (str_eq(names[i], name)) return i;
	return -1;
}

int rows_find_from(const struct rows *r, struct str name, int from) {
	int n = rows_columns(r), at = n ? find_between(r, name, from, n) : -1;
	return at >= 0 || !n ? at : find_between(r, name, 0, from < n ? from : n);
}

int rows_find(const struct rows *r, struct str name) {
	return rows_find_from(r, name, 0);
}

void rows_values(const struct rows *r, struct value *out) {
	assert(r->db && r->state == ROWS_AT);
	r->db->engine->values(r, 0, r->columns->n, out);
}

struct value rows_value(const struct rows *r, int col) {
	struct value v;
	assert(r->db && r->state == ROWS_AT && col >= 0 && col < r->columns->n);
	r->db->engine->values(r, col, 1, &v);
	return v;
}

bool rows_is_null(const struct rows *r, int col) {
	return rows_value(r, col).kind == V_NULL;
}

int64_t rows_int(const struct rows *r, int col) {
	struct value v = rows_value(r, col);
	if (v.kind == V_TEXT) str_int(v.s, &v.i);
	return v.i;
}

struct str rows_text(const struct rows *r, int col) {
	struct value v = rows_value(r, col);
	return v.kind == V_INT ? str_of_int(r->arena, v.i) : v.s;
}

struct value v_text_or_null(struct str s) {
	return s.n ? VT(s) : VNULL;
}

/* ---- jobs ---- */

static void close_rows_from(struct db *db, int depth) {
	for (struct rows *r = db->open, *next; r; r = next) {
		next = r->next;
		if (r->depth >= depth) detach(r);
	}
}

enum err db_run_job(struct db *db, store_job job, void *arg) {
	db->depth++;
	enum err e = job(db, arg);
	close_rows_from(db, db->depth);
	db->depth--;
	return e ? e : db->poison;
}

/* After a failure inside, the savepoint is rolled back and the job may go on; but not when the
 * engine itself failed, because then there is nothing to go on with. */
enum err db_savepoint(struct db *db, store_job part, void *arg) {
	if (db->poison) return db->poison;
	assert(db->depth > 0);
	enum err e = judge(db, db->engine->control(db, SAVEPOINT));
	if (e) return e;
	size_t outer = later_open(db);
	e = db_run_job(db, part, arg);
	later_close(db, outer, !e);
	if (!e) return judge(db, db->engine->control(db, RELEASE));
	bool is_fatal = db->poison == ERR_STORE || db->poison == ERR_BUSY;
	if (is_fatal || db->is_retryable) return e;
	db->poison = ERR_OK;
	enum err back = judge(db, db->engine->control(db, ROLLBACK_TO));
	return back ? back : e;
}

/* ---- tests ---- */

enum err db_prepare_all(struct db *db, struct arena *a, struct str *why) {
	for (unsigned i = 0; i < Q__N; i++) {
		const struct query_def *def = query_def((enum query_id)i);
		struct statement st = {.sql = str_c(def->text[db->engine->kind].sql), .id = (enum query_id)i, .def = def};
		enum err e = db->engine->prepare(db, &st);
		if (!e) continue;
		struct buf b = {.arena = a};
		buf_c(&b, def->name);
		buf_c(&b, ": ");
		buf_add(&b, db_error(db));
		*why = buf_str(&b);
		return e;
	}
	return ERR_OK;
}
