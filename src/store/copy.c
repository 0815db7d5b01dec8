/* Rows from one engine to the other, and which way a copy takes. One end is always SQLite: its list of
 * tables, columns and references leads. */
#include "store/copy.h"

#include "store/copy_rows.h"
#include "store/lite.h"

#include <string.h>
#include <unistd.h>

enum { FETCH_ROWS = 500 };

/* ---- tables ---- */

struct table {
	struct str name;
	struct str columns;       /* quoted, with commas */
	size_t columns_n;
	bool has_id, has_blob;
	bool is_taken;
};
struct tables {
	struct table *list;
	size_t n;
};

static enum err ask(struct db *db, struct arena *a, const char *sql, struct str value, struct rows **out) {
	const struct value v[] = {VT(value)};
	const struct statement st = {.sql = str_c(sql), .id = Q__N, .v = v, .n = value.n ? 1 : 0};
	arena_reset(&db->scratch);
	return db_query_statement(db, a, &st, out);
}

static enum err read_columns(struct db *db, struct arena *a, struct table *t) {
	struct rows *r;
	struct buf b = {.arena = a};
	enum err e = ask(db, a, "SELECT name, type FROM pragma_table_info($1) ORDER BY cid", t->name, &r);
	if (e) return e;
	while (rows_next(r)) {
		if (t->columns_n++) buf_c(&b, ", ");
		if (!buf_name(&b, rows_text(r, 0))) return db_fail(db, ERR_STORE, S("a column has a strange name"));
		t->has_id |= str_eq(rows_text(r, 0), S("id"));
		t->has_blob |= str_eq(rows_text(r, 1), S("BLOB"));
	}
	e = rows_error(r);
	rows_done(r);
	t->columns = buf_str(&b);
	return e;
}

static enum err count_missing(struct db *db, struct arena *a, const struct tables *all, const struct table *t, size_t *n) {
	struct rows *r;
	*n = 0;
	enum err e = ask(db, a, "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list($1)", t->name, &r);
	if (e) return e;
	while (rows_next(r))
		for (size_t i = 0; i < all->n; i++)
			if (!all->list[i].is_taken && &all->list[i] != t && str_eq(all->list[i].name, rows_text(r, 0))) ++*n;
	e = rows_error(r);
	rows_done(r);
	return e;
}

/* What is pointed to comes before what points. */
static enum err sort_by_reference(struct db *db, struct arena *a, struct tables *all) {
	struct table *sorted = arena_array(a, all->n + 1, sizeof *sorted);
	size_t n = 0, before;
	do {
		before = n;
		for (size_t i = 0; i < all->n; i++) {
			size_t missing;
			if (all->list[i].is_taken) continue;
			enum err e = count_missing(db, a, all, &all->list[i], &missing);
			if (e) return e;
			if (missing) continue;
			all->list[i].is_taken = true;
			sorted[n++] = all->list[i];
		}
	} while (n > before);
	if (n < all->n) return db_fail(db, ERR_STORE, S("tables refer to each other in a ring"));
	all->list = sorted;
	return ERR_OK;
}

/* Ordinary tables: not those that an engine makes for itself, nor those behind a virtual one. */
static enum err read_tables(struct db *db, struct arena *a, struct tables *out) {
	struct rows *r;
	size_t room = 0;
	enum err e = ask(db, a, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
		" AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name", (struct str){0}, &r);
	if (e) return e;
	while (rows_next(r)) {
		if (out->n == room) {
			struct table *wide = arena_array(a, room = room * 2 + 64, sizeof *wide);
			if (out->n) memcpy(wide, out->list, out->n * sizeof *wide);
			out->list = wide;
		}
		out->list[out->n++].name = str_copy(a, rows_text(r, 0));
	}
	e = rows_error(r);
	rows_done(r);
	for (size_t i = 0; !e && i < out->n; i++) e = read_columns(db, a, &out->list[i]);
	return e ? e : sort_by_reference(db, a, out);
}

/* ---- rows ---- */

struct copy {
	struct db *from, *to;      /* to: the writer's, inside its job */
	struct arena *a;
	struct tables tables;
	struct arena batch;
};

static struct str text_of(struct copy *c, const char *before, const struct table *t, const char *after) {
	struct buf b = {.arena = c->a};
	buf_c(&b, before);
	buf_name(&b, t->name);
	buf_c(&b, after);
	return buf_str(&b);
}

static struct str insert_of(struct copy *c, const struct table *t) {
	struct buf b = {.arena = c->a};
	buf_add(&b, text_of(c, "INSERT INTO ", t, " ("));
	buf_add(&b, t->columns);
	buf_c(&b, ") VALUES (");
	for (size_t i = 0; i < t->columns_n; i++) {
		buf_c(&b, i ? ", $" : "$");
		buf_int(&b, (int64_t)i + 1);
	}
	buf_c(&b, ")");
	return buf_str(&b);
}

static struct str select_of(struct copy *c, const struct table *t) {
	struct buf b = {.arena = c->a};
	buf_c(&b, "SELECT ");
	buf_add(&b, t->columns);
	buf_add(&b, text_of(c, " FROM ", t, t->has_id ? " ORDER BY id" : ""));
	return buf_str(&b);
}

static enum err put_rows(struct copy *c, const struct table *t, struct str insert, struct rows *r, int64_t *n) {
	struct value *v = arena_array(&c->batch, t->columns_n, sizeof *v);
	while (rows_next(r)) {
		for (size_t i = 0; i < t->columns_n; i++) v[i] = rows_value(r, (int)i);
		arena_reset(&c->to->scratch);
		enum err e = db_run_text(c->to, insert, v, t->columns_n, NULL);
		if (e) return e;
		++*n;
	}
	return rows_error(r);
}

/* One statement's rows, all of them on SQLite, a batch on PostgreSQL. */
static enum err copy_some(struct copy *c, const struct table *t, struct str query, struct str insert, int64_t *n) {
	struct rows *r;
	const struct statement st = {.sql = query, .id = Q__N};
	arena_reset(&c->from->scratch);
	enum err e = db_query_statement(c->from, &c->batch, &st, &r);
	if (!e) {
		e = put_rows(c, t, insert, r, n);
		rows_done(r);
	}
	arena_reset(&c->batch);
	return e;
}

/* PostgreSQL gives all rows of a query at once: so through a cursor, where rows with files come singly. */
static enum err copy_by_cursor(struct copy *c, const struct table *t, struct str insert) {
	struct str select = str_cat(c->a, text_of(c, "DECLARE ", t, " NO SCROLL CURSOR FOR "), select_of(c, t));
	struct buf fetch = {.arena = c->a};
	buf_c(&fetch, "FETCH ");
	buf_int(&fetch, t->has_blob ? 1 : FETCH_ROWS);
	buf_add(&fetch, text_of(c, " FROM ", t, ""));
	enum err e = c->from->engine->exec(c->from, select);
	for (int64_t n = 1; !e && n;) {
		n = 0;
		e = copy_some(c, t, buf_str(&fetch), insert, &n);
	}
	return e ? e : c->from->engine->exec(c->from, text_of(c, "CLOSE ", t, ""));
}

static enum err copy_table(struct copy *c, const struct table *t) {
	int64_t n = 0;
	struct str insert = insert_of(c, t);
	if (c->from->engine->kind == ENGINE_POSTGRES) return copy_by_cursor(c, t, insert);
	return copy_some(c, t, select_of(c, t), insert, &n);
}

/* ---- numbers that were given out ---- */

static enum err last_number(struct copy *c, const struct table *t, int64_t *last) {
	static const char *const sql[] = {
		[ENGINE_SQLITE] = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = $1",
		[ENGINE_POSTGRES] = "SELECT coalesce(pg_sequence_last_value(CAST(pg_get_serial_sequence($1, 'id') AS regclass)), 0)",
	};
	const struct value v[] = {VT(t->name)};
	arena_reset(&c->from->scratch);
	return db_int_text(c->from, str_c(sql[c->from->engine->kind]), v, 1, last);
}

/* An id that was ever given out is not given again, also when its record is gone. */
static enum err keep_number(struct copy *c, const struct table *t) {
	int64_t last = 0, ignored;
	enum err e = last_number(c, t, &last);
	if (e || !last) return e;
	const struct value v[] = {VT(t->name), VI(last)};
	arena_reset(&c->to->scratch);
	if (c->to->engine->kind == ENGINE_POSTGRES)
		return db_int_text(c->to, S("SELECT setval(CAST(pg_get_serial_sequence($1, 'id') AS regclass), CAST($2 AS BIGINT))"),
			v, 2, &ignored);
	e = db_run_text(c->to, S("DELETE FROM sqlite_sequence WHERE name = $1"), v, 1, NULL);
	return e ? e : db_run_text(c->to, S("INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)"), v, 2, NULL);
}

/* ---- all of it ---- */

/* A migration may have left rows of its own; those of the city take their place. */
static enum err empty_tables(struct copy *c) {
	enum err e = ERR_OK;
	for (size_t i = c->tables.n; !e && i-- > 0;) {
		arena_reset(&c->to->scratch);
		e = db_run_text(c->to, text_of(c, "DELETE FROM ", &c->tables.list[i], ""), NULL, 0, NULL);
	}
	return e;
}

static enum err copy_all(struct db *db, void *it) {
	struct copy *c = it;
	c->to = db;
	c->tables = (struct tables){0};
	enum err e = read_tables(db->engine->kind == ENGINE_SQLITE ? db : c->from, c->a, &c->tables);
	if (!e) e = empty_tables(c);
	for (size_t i = 0; !e && i < c->tables.n; i++) {
		e = copy_table(c, &c->tables.list[i]);
		if (!e && c->tables.list[i].has_id) e = keep_number(c, &c->tables.list[i]);
	}
	return e;
}

/* The engine's words of whichever end failed. */
static enum err run_copy(struct store *to, struct copy *c, struct str *why) {
	enum err e = store_write(to, copy_all, c);
	if (e) {
		struct str text = db_error(c->from);
		if (!text.n && c->to) text = db_error(c->to);
		*why = str_cat(c->a, S("the rows could not be copied: "), text.n ? str_copy(c->a, text) : S("the store failed"));
	}
	arena_release(&c->batch);
	return e;
}

static enum err into_sqlite(struct store *from, struct db *db, struct arena *a, const char *to, struct str *why) {
	const struct migration_set same = {from->config.migrations->list, (size_t)from->version};
	struct store *file = NULL;
	const struct store_config config = {.url = str_c(to), .is_create = true, .migrations = &same};
	enum err e = store_open(a, &config, &file, why);
	if (e) return e;
	struct copy c = {.from = db, .a = a};
	e = db->engine->exec(db, S("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
	if (e) *why = str_cat(a, S("PostgreSQL: "), str_copy(a, db_error(db)));
	else e = run_copy(file, &c, why);
	(void)db->engine->exec(db, S("ROLLBACK"));
	store_close(file);
	return e ? e : lite_single_file(a, to, why);
}

enum err copy_rows_in(struct arena *a, const char *file, struct str url, struct str *why) {
	struct store *from = NULL, *to = NULL;
	enum err e = store_open(a, &(struct store_config){.url = str_c(file), .is_as_found = true}, &from, why);
	if (e) return e;
	const struct migration_set same = {from->config.migrations->list, (size_t)from->version};
	const struct store_config config = {.url = url, .is_create = true, .migrations = &same, .pool = 1, .statement_ms = 600000};
	e = store_open(a, &config, &to, why);
	if (e) {
		store_close(from);
		return e;
	}
	struct copy c = {.from = store_reader(from), .a = a};
	e = c.from ? run_copy(to, &c, why) : ERR_BUSY;
	db_close(c.from);
	store_close(to);
	store_close(from);
	return e;
}

static void drop_file(struct arena *a, const char *file) {
	static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		(void)unlink(str_cstr(a, str_cat(a, str_c(file), str_c(endings[i]))));
}

enum err store_copy_out(struct store *from, struct arena *a, const char *to, struct str *why) {
	if (access(to, F_OK) == 0) {
		*why = str_cat(a, str_c(to), S(" is there already"));
		return ERR_CONFLICT;
	}
	struct db *db = store_reader(from);
	if (!db) {
		*why = S("the database cannot be reached");
		return ERR_BUSY;
	}
	bool is_file = from->engine->kind == ENGINE_SQLITE;
	enum err e = is_file ? lite_copy(db, a, to, why) : into_sqlite(from, db, a, to, why);
	db_close(db);
	if (e) drop_file(a, to);
	return e;
}

enum err store_may_restore(struct arena *a, const struct restore_target *to, struct str *why) {
	return store_engine_of(to->url) == ENGINE_SQLITE ? lite_may_restore(a, to, why) : pg_may_restore(a, to, why);
}

enum err store_restore(struct arena *a, const char *file, const struct restore_target *to, struct str *aside,
		struct str *why) {
	*aside = (struct str){0};
	return store_engine_of(to->url) == ENGINE_SQLITE ? lite_restore(a, file, to, aside, why)
		: pg_restore(a, file, to, aside, why);
}

/* ---- looking ---- */

/* search_gram is an index, which PostgreSQL keeps as a table. */
enum err store_counts(struct db *db, struct arena *a, struct table_count **out, size_t *n) {
	static const char *const sql[] = {
		[ENGINE_SQLITE] = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
			" AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name",
		[ENGINE_POSTGRES] = "SELECT CAST(table_name AS TEXT) COLLATE \"C\" FROM information_schema.tables"
			" WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> 'search_gram' ORDER BY 1",
	};
	struct rows *r;
	size_t room = 0;
	*n = 0;
	enum err e = ask(db, a, sql[db->engine->kind], (struct str){0}, &r);
	while (!e && rows_next(r)) {
		if (*n == room) {
			struct table_count *wide = arena_array(a, room = room * 2 + 64, sizeof *wide);
			if (*n) memcpy(wide, *out, *n * sizeof *wide);
			*out = wide;
		}
		(*out)[(*n)++].name = str_copy(a, rows_text(r, 0));
	}
	if (!e) e = rows_error(r);
	for (size_t i = 0; !e && i < *n; i++) {
		struct buf b = {.arena = a};
		buf_c(&b, "SELECT count(*) FROM ");
		buf_name(&b, (*out)[i].name);
		arena_reset(&db->scratch);
		e = db_int_text(db, buf_str(&b), NULL, 0, &(*out)[i].rows);
	}
	return e;
}

/* One word when all is well. */
static enum err prove(struct db *db, struct arena *a, const char *sql, const char *well, struct str *why) {
	struct rows *r;
	enum err e = ask(db, a, sql, (struct str){0}, &r);
	if (e) {
		*why = str_copy(a, db_error(db));
		return ERR_CONFLICT;
	}
	if (rows_next(r) && !str_eq(rows_text(r, 0), str_c(well))) *why = str_copy(a, rows_text(r, 0));
	if (rows_error(r)) *why = str_copy(a, db_error(db));
	rows_done(r);
	return why->n ? ERR_CONFLICT : ERR_OK;
}

enum err store_prove_pages(struct db *db, struct arena *a, bool is_quick, struct str *why) {
	*why = (struct str){0};
	if (db->engine->kind == ENGINE_POSTGRES) return ERR_OK;
	if (is_quick) return prove(db, a, "PRAGMA quick_check(1)", "ok", why);
	enum err e = prove(db, a, "PRAGMA integrity_check(1)", "ok", why);
	if (e) return e;
	if (prove(db, a, "PRAGMA foreign_key_check", "", why))
		*why = str_cat(a, S("a reference points to nothing, in table "), *why);
	return why->n ? ERR_CONFLICT : ERR_OK;
}
