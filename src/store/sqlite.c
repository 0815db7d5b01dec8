/* SQLite behind engine.h: one connection a thread, WAL, every commit on disk before it is told. */
#include "store/lite.h"

#include "base/log.h"
#include "store/log_vfs.h"

#include <pthread.h>
#include <string.h>

enum {
	APPLICATION_ID = 0x5A484149, /* "ZHAI": says that a file is ours (sqlite.org/pragma.html) */
	BUSY_MS = 10000,             /* another process writes: an import, a backup */
	RETRY_MS = 20,
	CHECKPOINT_PAGES = 4000,     /* 16 MB of log, then after each */
	MORE_PAGES = 1000,           /* that come while readers keep it from starting anew */
};

struct lite {
	struct db db;
	sqlite3 *handle;
	int wal_pages;               /* in the log after the last commit */
	int checkpoint_at;           /* so many make the next one due */
	sqlite3_stmt *control[6];    /* by enum control */
	sqlite3_stmt *rollback_release; /* second half of ROLLBACK_TO */
	struct log_vfs log;          /* of a writer */
};

static struct lite *lite_of(struct db *db) {
	return (struct lite *)db;
}

sqlite3 *lite_handle(struct db *db) {
	return lite_of(db)->handle;
}

/* ---- failures ---- */

/* The disk or the file failed: whatever the writer does next cannot be trusted. A failed fsync may
 * drop the pages that it did not write and then report success, so it is never tried again. */
static bool is_final(int rc) {
	switch (rc & 0xFF) {
	case SQLITE_IOERR: case SQLITE_FULL: case SQLITE_CORRUPT: case SQLITE_NOTADB: case SQLITE_CANTOPEN:
	case SQLITE_READONLY: case SQLITE_PROTOCOL: case SQLITE_NOMEM:
		return true;
	default:
		return false;
	}
}

static enum err err_of(int rc) {
	static const struct { int rc; enum err e; } table[] = {
		{SQLITE_CONSTRAINT_CHECK, ERR_INVALID},
		{SQLITE_CONSTRAINT_NOTNULL, ERR_INVALID},
		{SQLITE_CONSTRAINT_DATATYPE, ERR_INVALID},
		{SQLITE_CONSTRAINT, ERR_CONFLICT}, /* the others: unique, primary key, foreign key */
		{SQLITE_MISMATCH, ERR_INVALID},
		{SQLITE_TOOBIG, ERR_TOO_LARGE},
		{SQLITE_BUSY, ERR_BUSY},
		{SQLITE_LOCKED, ERR_BUSY},
		{SQLITE_INTERRUPT, ERR_BUSY},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].rc == rc || table[i].rc == (rc & 0xFF)) return table[i].e;
	return ERR_STORE;
}

static enum err fail(struct lite *l, int rc) {
	if (is_final(rc)) l->db.is_broken = true;
	return db_fail(&l->db, err_of(rc), str_c(sqlite3_errmsg(l->handle)));
}

/* ---- statements ---- */

static const char *column_name(void *it, int col) {
	const char *name = sqlite3_column_name(it, col);
	return name ? name : "";
}

static void learn_columns(struct prepared *p) {
	columns_drop(p->columns);
	p->columns = columns_new(column_name, p->handle, sqlite3_column_count(p->handle));
}

static enum err lite_unprepared(struct lite *l, const struct statement *st, struct prepared *p) {
	sqlite3_stmt *stmt = NULL;
	unsigned flags = p->is_loose ? 0 : SQLITE_PREPARE_PERSISTENT;
	int rc = sqlite3_prepare_v3(l->handle, st->sql.p, (int)st->sql.n, flags, &stmt, NULL);
	if (rc) return fail(l, rc);
	if (!stmt) return db_fail(&l->db, ERR_STORE, S("empty statement"));
	p->handle = stmt;
	if (sqlite3_column_count(stmt)) learn_columns(p);
	return ERR_OK;
}

static enum err bind_one(struct lite *l, sqlite3_stmt *stmt, int at, struct value v) {
	const char *p = v.s.p ? v.s.p : "";
	int rc = SQLITE_OK;
	switch (v.kind) {
	case V_NULL: rc = sqlite3_bind_null(stmt, at); break;
	case V_INT: rc = sqlite3_bind_int64(stmt, at, v.i); break;
	case V_TEXT: rc = sqlite3_bind_text64(stmt, at, p, v.s.n, SQLITE_STATIC, SQLITE_UTF8); break;
	case V_BLOB: rc = sqlite3_bind_blob64(stmt, at, p, v.s.n, SQLITE_STATIC); break;
	}
	return rc ? fail(l, rc) : ERR_OK;
}

/* Prepared and bound. SQLITE_STATIC: a statement without rows ends before its caller's values, and
 * rows keep their own (keep_values). */
static enum err start(struct lite *l, const struct statement *st, struct prepared *p) {
	enum err e = p->handle ? ERR_OK : lite_unprepared(l, st, p);
	for (size_t k = 0; !e && k < st->n; k++) e = bind_one(l, p->handle, (int)k + 1, statement_value(st, k));
	return e;
}

/* What was bound stays bound, and is not looked at before it is bound anew. */
static void stop(struct prepared *p) {
	if (p->handle) sqlite3_reset(p->handle);
}

static enum err lite_run(struct db *db, const struct statement *st, int64_t *changed) {
	struct lite *l = lite_of(db);
	struct prepared *p = prepared_get(db, st);
	enum err e = start(l, st, p);
	if (!e) {
		int rc;
		while ((rc = sqlite3_step(p->handle)) == SQLITE_ROW) {}
		if (rc != SQLITE_DONE) e = fail(l, rc);
		else *changed = sqlite3_changes64(l->handle);
	}
	stop(p);
	prepared_done(db, p);
	return e;
}

static enum err step(struct lite *l, struct rows *r, enum rows_state on_row) {
	int rc = sqlite3_step(r->prepared->handle);
	r->state = rc == SQLITE_ROW ? on_row : ROWS_END;
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? ERR_OK : fail(l, rc);
}

/* Copies of texts into the rows' arena: rows may outlive the values that they were asked with. */
static void keep_values(struct statement *st, struct rows *r) {
	size_t texts = 0;
	for (size_t i = 0; i < st->n; i++) texts += st->v[i].s.n > 0;
	if (!texts) return;
	struct value *own = arena_array(r->arena, st->n, sizeof *own);
	for (size_t i = 0; i < st->n; i++) {
		own[i] = st->v[i];
		if (own[i].s.n) own[i].s = str_copy(r->arena, own[i].s);
	}
	st->v = own;
}

/* SQLite gathers the rows of RETURNING in a table that a long transaction makes slower and slower. */
static int64_t lite_last_id(struct db *db) {
	const struct lite *l = lite_of(db);
	return sqlite3_last_insert_rowid(l->handle);
}

/* The first step is taken at once: a statement with RETURNING then has done its work, and a failure
 * shows in the same place on both engines. */
static enum err lite_query(struct db *db, const struct statement *st, struct rows *r) {
	struct lite *l = lite_of(db);
	struct statement own = *st;
	r->prepared = prepared_get(db, st);
	if (r->arena != &db->scratch) keep_values(&own, r);
	enum err e = start(l, &own, r->prepared);
	if (!e) e = step(l, r, ROWS_FIRST);
	struct prepared *p = r->prepared;
	/* A `SELECT *` may have other columns after another program changed the schema. */
	if (!e && p->columns && sqlite3_column_count(p->handle) != p->columns->n) learn_columns(p);
	return e;
}

static enum err lite_next(struct rows *r) {
	return step(lite_of(r->db), r, ROWS_AT);
}

static void lite_finish(struct rows *r) {
	stop(r->prepared);
}

/* Through the value, which is looked up once; sqlite3_column_type, _text and _bytes look it up each.
 * SQLite warns that such a value has no lock: a connection here belongs to one thread. */
static inline struct value lite_value(sqlite3_stmt *stmt, int col) {
	sqlite3_value *from = sqlite3_column_value(stmt, col);
	struct value v = {0};
	switch (sqlite3_value_type(from)) {
	case SQLITE_NULL:
		break;
	case SQLITE_INTEGER:
		v.kind = V_INT;
		v.i = sqlite3_value_int64(from);
		break;
	case SQLITE_BLOB:
		v.kind = V_BLOB;
		v.s.p = sqlite3_value_blob(from);
		v.s.n = (size_t)sqlite3_value_bytes(from);
		break;
	default:
		v.kind = V_TEXT;
		v.s.p = (const char *)sqlite3_value_text(from);
		v.s.n = (size_t)sqlite3_value_bytes(from);
	}
	return v;
}

static void lite_values(const struct rows *r, int col, int n, struct value *out) {
	for (int i = 0; i < n; i++) out[i] = lite_value(r->prepared->handle, col + i);
}

static enum err lite_prepare(struct db *db, const struct statement *st) {
	struct prepared *p = prepared_get(db, st);
	enum err e = p->handle ? ERR_OK : lite_unprepared(lite_of(db), st, p);
	if (!e && sqlite3_bind_parameter_count(p->handle) != (int)st->def->params_n)
		e = db_fail(db, ERR_STORE, S("the number of parameters differs from the params line"));
	prepared_done(db, p);
	return e;
}

static void lite_unprepare(struct db *db, struct prepared *p) {
	(void)db;
	sqlite3_finalize(p->handle);
	p->handle = NULL;
}

static enum err lite_exec(struct db *db, struct str sql) {
	struct lite *l = lite_of(db);
	const char *text = str_cstr(&db->scratch, sql);
	int rc = sqlite3_exec(l->handle, text, NULL, NULL, NULL);
	return rc ? fail(l, rc) : ERR_OK;
}

/* ---- transactions ---- */

static enum err step_control(struct lite *l, sqlite3_stmt **stmt, const char *sql) {
	int rc = *stmt ? SQLITE_OK : sqlite3_prepare_v3(l->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, stmt, NULL);
	if (rc) return fail(l, rc);
	rc = sqlite3_step(*stmt);
	enum err e = rc == SQLITE_DONE ? ERR_OK : fail(l, rc);
	sqlite3_reset(*stmt);
	return e;
}

static enum err lite_control(struct db *db, enum control what) {
	static const char *const sql[] = {
		[BEGIN] = "BEGIN IMMEDIATE", [COMMIT] = "COMMIT", [ROLLBACK] = "ROLLBACK",
		[SAVEPOINT] = "SAVEPOINT part", [RELEASE] = "RELEASE part", [ROLLBACK_TO] = "ROLLBACK TO part",
	};
	struct lite *l = lite_of(db);
	/* SQLite rolls back by itself after some failures; a second ROLLBACK would be an error. */
	if (what == ROLLBACK && sqlite3_get_autocommit(l->handle)) return ERR_OK;
	enum err e = step_control(l, &l->control[what], sql[what]);
	if (!e && what == ROLLBACK_TO) e = step_control(l, &l->rollback_release, sql[RELEASE]);
	return e;
}

static enum err lite_ready(struct db *db) {
	return db->is_broken ? ERR_STORE : ERR_OK;
}

static int on_commit(void *it, sqlite3 *handle, const char *schema, int pages) {
	(void)handle;
	(void)schema;
	struct lite *l = it;
	if (pages < l->wal_pages) l->checkpoint_at = CHECKPOINT_PAGES; /* the log has started anew */
	l->wal_pages = pages;
	return SQLITE_OK;
}

/* SQLite's own checkpoint runs inside COMMIT and hides its failures. Here it comes after the
 * answers, and a failed write or fsync of the database file stops the writer like any other. */
static void lite_after_commit(struct db *db) {
	struct lite *l = lite_of(db);
	if (l->wal_pages < l->checkpoint_at) return;
	int rc = sqlite3_wal_checkpoint_v2(l->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	l->checkpoint_at = l->wal_pages + MORE_PAGES;
	if (rc && (rc & 0xFF) != SQLITE_BUSY) fail(l, rc);
}

/* ---- opening ---- */

/* Saves a lock on every allocation; only the first call of the process can set it. */
static void no_memory_statistics(void) {
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	/* The pages that a savepoint may bring back are kept in memory, up to 31 of them instead of 15: what is
	 * more goes to a file in /var/tmp, and with it all that comes in the same commit. No further: SQLite
	 * writes them out in one piece of this size, and writes no piece of 128 KiB or more. */
	sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, 127 << 10);
}

static enum err sentence(struct arena *a, struct str *why, enum err e, struct str url, const char *text) {
	*why = str_cat(a, url, str_c(text));
	return e;
}

static int set_up(struct lite *l, bool for_writing, bool is_synchronous_off) {
	sqlite3 *h = l->handle;
	sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if (!for_writing) {
		sqlite3_db_config(h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
		return sqlite3_exec(h, "PRAGMA mmap_size=1073741824; PRAGMA cache_size=-8192;"
			" PRAGMA temp_store=2; PRAGMA query_only=1", NULL, NULL, NULL);
	}
	l->checkpoint_at = CHECKPOINT_PAGES;
	sqlite3_wal_hook(h, on_commit, l);
	/* a job's savepoint keeps the pages that it changes: of a large import that is no matter for memory */
	int rc = sqlite3_exec(h, "PRAGMA mmap_size=1073741824; PRAGMA cache_size=-16384; PRAGMA temp_store=1",
		NULL, NULL, NULL);
	if (rc) return rc;
	const char *sync = is_synchronous_off ? "PRAGMA synchronous=NORMAL" : "PRAGMA synchronous=FULL";
	return sqlite3_exec(h, sync, NULL, NULL, NULL);
}

static void lite_close(struct db *db) {
	struct lite *l = lite_of(db);
	if (db->is_writer && !db->is_broken)
		sqlite3_exec(l->handle, "PRAGMA analysis_limit=400; PRAGMA optimize", NULL, NULL, NULL);
	if (db->is_broken) sqlite3_db_config(l->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	for (size_t i = 0; i < sizeof l->control / sizeof *l->control; i++) sqlite3_finalize(l->control[i]);
	sqlite3_finalize(l->rollback_release);
	db_release(db);
	sqlite3_close_v2(l->handle);
	log_vfs_close(&l->log);
	heap_free(l);
}

static int pragma_int(sqlite3 *h, const char *sql, int64_t *out) {
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(h, sql, -1, &stmt, NULL);
	if (!rc) rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW) *out = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return rc == SQLITE_ROW ? SQLITE_OK : rc;
}

/* A file with something in it must carry our mark before we change its journal mode or anything
 * else. An empty one (also one left by an end between creation and first migration) is ours. */
static enum err check_ours(struct lite *l, struct arena *a, struct str *why) {
	int64_t id = 0, tables = 0;
	int rc = pragma_int(l->handle, "SELECT count(*) FROM sqlite_schema", &tables);
	if (!rc) rc = pragma_int(l->handle, "PRAGMA application_id", &id); /* after: another start may be making it */
	struct str url = l->db.store->config.url;
	if ((rc & 0xFF) == SQLITE_NOTADB)
		return sentence(a, why, ERR_STORE, url, " is not a SQLite database; name another file");
	if (rc) {
		fail(l, rc);
		return sentence(a, why, err_of(rc), url, str_cstr(a, str_cat(a, S(" cannot be read: "), db_error(&l->db))));
	}
	if (tables && id != APPLICATION_ID)
		return sentence(a, why, ERR_STORE, url, " is a database of another program; name another file");
	return ERR_OK;
}

static int try_wal(sqlite3 *h, bool *is_wal) {
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(h, "PRAGMA journal_mode=WAL", -1, &stmt, NULL);
	if (!rc) rc = sqlite3_step(stmt);
	*is_wal = rc == SQLITE_ROW && str_eq(str_c((const char *)sqlite3_column_text(stmt, 0)), S("wal"));
	sqlite3_finalize(stmt);
	return rc == SQLITE_ROW ? SQLITE_OK : rc;
}

/* A new file becomes a WAL database in a transaction with a rollback journal. Were that journal's
 * deletion not on disk when the power goes, it would be played back later and take the log with
 * all its commits away: EXTRA syncs the folder after it (found by the power-cut test). When two
 * servers make the switch at once one of them is told BUSY at once, without the usual wait. */
static enum err use_wal(struct lite *l, struct arena *a, struct str *why) {
	bool is_wal = false;
	int rc = sqlite3_exec(l->handle, "PRAGMA synchronous=EXTRA", NULL, NULL, NULL);
	for (int waited = 0; waited < BUSY_MS; waited += RETRY_MS) {
		if (!rc) rc = try_wal(l->handle, &is_wal);
		if (is_wal) return ERR_OK;
		if ((rc & 0xFF) != SQLITE_BUSY) break;
		sqlite3_sleep(RETRY_MS);
		rc = SQLITE_OK;
	}
	if ((rc & 0xFF) == SQLITE_BUSY)
		return sentence(a, why, ERR_BUSY, l->db.store->config.url, " is in use by another program; try again later");
	return sentence(a, why, ERR_STORE, l->db.store->config.url,
		" cannot keep a write-ahead log; the file must be on a local disk and its folder writable");
}

static enum err open_failed(struct lite *l, struct arena *a, int rc, struct str *why) {
	struct str url = l->db.store->config.url, text = str_c(sqlite3_errmsg(l->handle));
	bool is_missing = (rc & 0xFF) == SQLITE_CANTOPEN && !l->db.store->config.is_create;
	if (is_missing)
		return sentence(a, why, ERR_NOT_FOUND, url, " is not there or cannot be opened; make a database first");
	return sentence(a, why, ERR_STORE, url, str_cstr(a, str_cat(a, S(" cannot be opened: "), text)));
}

static enum err lite_open(struct store *s, struct arena *a, enum purpose purpose, struct db **out,
                          struct str *why) {
	bool for_writing = purpose != FOR_READING;
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, no_memory_statistics);
	struct lite *l = heap_alloc(sizeof *l);
	db_init(&l->db, &sqlite_engine, s, for_writing);
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
	if (for_writing && s->config.is_create) flags |= SQLITE_OPEN_CREATE;
	bool has_log = for_writing && !s->config.is_synchronous_off;
	const char *vfs = has_log ? log_vfs_open(&l->log, s->config.vfs) : NULL;
	int rc = sqlite3_open_v2(str_cstr(a, s->config.url), &l->handle, flags, vfs ? vfs : s->config.vfs);
	enum err e = rc ? open_failed(l, a, rc, why) : ERR_OK;
	sqlite3_extended_result_codes(l->handle, 1);
	sqlite3_busy_timeout(l->handle, BUSY_MS);
	if (!e && (for_writing || s->config.is_as_found)) e = check_ours(l, a, why);
	if (!e && for_writing) e = use_wal(l, a, why);
	if (!e && (rc = set_up(l, for_writing, s->config.is_synchronous_off))) e = open_failed(l, a, rc, why);
	if (e) {
		l->db.is_broken = true; /* no optimize, no checkpoint on a file that may not be ours */
		lite_close(&l->db);
		return e;
	}
	*out = &l->db;
	return ERR_OK;
}

/* ---- migrations ---- */

/* BEGIN IMMEDIATE holds the lock already. The mark is set in the same transaction as the tables. */
static enum err lite_lock_schema(struct db *db, struct str *why) {
	(void)why;
	int64_t id = 0;
	int rc = pragma_int(lite_of(db)->handle, "PRAGMA application_id", &id);
	if (rc) return fail(lite_of(db), rc);
	if (id == APPLICATION_ID) return ERR_OK;
	struct buf b = {.arena = &db->scratch};
	buf_c(&b, "PRAGMA application_id=");
	buf_int(&b, APPLICATION_ID);
	return lite_exec(db, buf_str(&b));
}

/* A rebuilt table must not lose what points to it (lang_altertable, "making other kinds of schema
 * changes"): foreign keys are off while migrations run, and all are checked before the commit. */
static enum err lite_check_schema(struct db *db, struct arena *a, struct str *why) {
	struct rows *r;
	struct statement st = {.sql = S("PRAGMA foreign_key_check"), .id = Q__N};
	enum err e = db_query_statement(db, a, &st, &r);
	if (e) return e;
	bool is_hurt = rows_next(r);
	if (is_hurt) *why = str_cat(a, S("a foreign key would point to nothing, in table "), str_copy(a, rows_text(r, 0)));
	rows_done(r);
	return is_hurt ? db_fail(db, ERR_STORE, *why) : ERR_OK;
}

static enum err lite_migrating(struct db *db, bool is_on) {
	return lite_exec(db, is_on ? S("PRAGMA foreign_keys=0") : S("PRAGMA foreign_keys=1"));
}

const struct engine sqlite_engine = {
	.kind = ENGINE_SQLITE,
	.is_single_writer = true,
	.open = lite_open,
	.close = lite_close,
	.control = lite_control,
	.exec = lite_exec,
	.run = lite_run,
	.last_id = lite_last_id,
	.query = lite_query,
	.next = lite_next,
	.finish = lite_finish,
	.values = lite_values,
	.prepare = lite_prepare,
	.unprepare = lite_unprepare,
	.lock_schema = lite_lock_schema,
	.check_schema = lite_check_schema,
	.migrating = lite_migrating,
	.ready = lite_ready,
	.after_commit = lite_after_commit,
};
