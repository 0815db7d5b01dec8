/* PostgreSQL behind engine.h: one schema a city, every statement with a deadline, jobs as
 * serializable transactions, because on SQLite they are: what is right there is right here. */
#include "store/pg.h"

#include <string.h>
#include <time.h>

enum {
	MIGRATE_MS = 1800000,  /* a migration may rewrite a large table */
	ASK_MS = 100,          /* between two questions how a COMMIT ended */
};

static const char begin_sql[] = "BEGIN ISOLATION LEVEL SERIALIZABLE";

/* ---- transactions ---- */

static enum err send_waiting_now(struct pg *p) {
	PGresult *r = NULL;
	bool ignored;
	if (!p->conn) return ERR_BUSY;
	enum err e = pg_round_trip(p, &(struct shot){0}, &r, &ignored);
	PQclear(r);
	return e;
}

static enum err wait_to_send(struct pg *p, const char *sql) {
	enum err e = p->waiting_n < WAITING_MAX ? ERR_OK : send_waiting_now(p);
	if (!e) p->waiting[p->waiting_n++] = sql;
	return e;
}

static enum err ask_outcome(struct pg *p, const char *xid, struct str *status) {
	static const Oid types[] = {OID_TEXT};
	static const char sql[] = "SELECT pg_xact_status(CAST($1 AS xid8))";
	PGresult *r = NULL;
	bool has_schema, ignored;
	enum err e = p->conn ? ERR_OK : pg_connect(p, &has_schema);
	if (!e) e = pg_round_trip(p, &(struct shot){.sql = sql, .n = 1, .types = types, .values = &xid}, &r, &ignored);
	if (e) return e;
	*status = str_copy(&p->db.scratch, str_c(PQgetvalue(r, 0, 0)));
	PQclear(r);
	return ERR_OK;
}

static void pause_ms(long ms) {
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

/* The connection was lost between COMMIT and its answer. The server remembers how a transaction
 * ended, so it is asked, as long as a statement may take; what cannot be known is told as a failure
 * of the store, never as "nothing was stored". */
static enum err outcome_of_commit(struct pg *p) {
	char xid[sizeof p->xid];
	memcpy(xid, p->xid, sizeof xid);
	int64_t deadline = wire_clock_ms() + p->db.store->config.statement_ms;
	p->db.is_retryable = false;
	while (xid[0] && wire_clock_ms() < deadline) {
		struct str status = {0};
		bool is_known = ask_outcome(p, xid, &status) == ERR_OK;
		if (is_known && str_eq(status, S("committed"))) return ERR_OK;
		if (is_known && str_eq(status, S("aborted"))) {
			p->db.is_retryable = true;
			return db_fail(&p->db, ERR_BUSY, S("the connection was lost before the commit"));
		}
		pause_ms(ASK_MS);
	}
	p->db.is_retryable = false;
	return db_fail(&p->db, ERR_STORE, S("the answer to COMMIT was lost: the write may or may not be stored"));
}

/* PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error. */
static enum err commit(struct pg *p) {
	PGresult *r = NULL;
	bool ignored;
	if (!p->is_begun) { /* the job asked nothing */
		p->waiting_n = 0;
		return ERR_OK;
	}
	if (!p->conn) return ERR_BUSY;
	p->db.is_retryable = false;
	enum err e = pg_round_trip(p, &(struct shot){.sql = "COMMIT"}, &r, &ignored);
	if (!p->conn) return outcome_of_commit(p);
	if (!e && strcmp(PQcmdStatus(r), "COMMIT") != 0)
		e = db_fail(&p->db, ERR_STORE, S("the transaction was rolled back at its commit"));
	PQclear(r);
	return e;
}

static enum err rollback(struct pg *p) {
	p->waiting_n = 0;
	if (!p->is_begun || !p->conn) return ERR_OK;
	bool is_retryable = p->db.is_retryable;
	char text[ERROR_MAX];
	size_t n = p->db.error_n;
	memcpy(text, p->db.error, n);
	pg_exec(&p->db, S("ROLLBACK")); /* when it fails the connection is gone, and the transaction */
	p->db.is_retryable = is_retryable;
	return db_fail(&p->db, ERR_OK, (struct str){text, n}); /* the reason stays that of the job */
}

static enum err begin(struct pg *p) {
	p->in_transaction = true;
	p->is_begun = false;
	p->xid[0] = 0;
	p->waiting_n = 0;
	if (p->is_migrating) return wait_to_send(p, "BEGIN ISOLATION LEVEL READ COMMITTED");
	wait_to_send(p, begin_sql);
	return wait_to_send(p, pg_xid_sql);
}

static enum err pg_control(struct db *db, enum control what) {
	struct pg *p = pg_of(db);
	enum err e = ERR_OK;
	switch (what) {
	case BEGIN:
		return begin(p);
	case COMMIT: case ROLLBACK:
		e = what == COMMIT ? commit(p) : rollback(p);
		p->in_transaction = p->is_begun = false;
		return e;
	case SAVEPOINT:
		return wait_to_send(p, "SAVEPOINT part");
	case ROLLBACK_TO:
		e = wait_to_send(p, "ROLLBACK TO part");
		break;
	case RELEASE:
		break;
	}
	return e ? e : wait_to_send(p, "RELEASE part");
}

static void pg_after_commit(struct db *db) {
	(void)db;
}

/* ---- opening ---- */

/* Takes schema=NAME out of the URL: libpq would refuse it. */
static void split_url(struct pg *p, struct str url) {
	struct buf b = {.arena = &p->arena};
	struct str rest = url, head, part;
	str_split(&rest, '?', &head);
	buf_add(&b, head);
	char mark = '?';
	while (str_split(&rest, '&', &part)) {
		if (str_starts(part, S("schema="))) {
			p->schema = str_copy(&p->arena, str_sub(part, 7, part.n));
			continue;
		}
		if (!part.n) continue;
		buf_byte(&b, mark);
		buf_add(&b, part);
		mark = '&';
	}
	p->conninfo = str_copy(&p->arena, buf_str(&b));
}

static void pg_close(struct db *db) {
	struct pg *p = pg_of(db);
	db_release(db);
	PQfinish(p->conn);
	arena_release(&p->arena);
	heap_free(p);
}

/* Two servers may make the schema at once: IF NOT EXISTS alone would let one of them fail. */
static enum err make_schema(struct pg *p) {
	struct db *db = &p->db;
	struct buf b = {.arena = &db->scratch};
	buf_c(&b, "CREATE SCHEMA IF NOT EXISTS ");
	buf_name(&b, p->schema);
	enum err e = pg_exec(db, S("BEGIN"));
	if (!e) e = pg_exec(db, S("SELECT pg_advisory_xact_lock(1517306473, 0)"));
	if (!e) e = pg_exec(db, buf_str(&b));
	if (!e) return pg_exec(db, S("COMMIT"));
	return e;
}

static enum err tell(struct pg *p, struct arena *a, enum err e, const char *before,
                     struct str text, struct str *why) {
	(void)p;
	*why = str_cat(a, str_c(before), text);
	return e;
}

/* The first connection tells the person at the command line what is wrong, and makes the schema. */
static enum err open_schema(struct pg *p, struct arena *a, struct str *why) {
	bool has_schema = false;
	struct buf name = {.arena = a};
	if (p->schema.n && (!buf_name(&name, p->schema) || p->schema.n > 63))
		return tell(p, a, ERR_INVALID, "a schema name has up to 63 of a-z, 0-9 and _, not ", p->schema, why);
	enum err e = pg_connect(p, &has_schema);
	if (e) return tell(p, a, e, "PostgreSQL cannot be used: ", db_error(&p->db), why);
	if (has_schema) return ERR_OK;
	if (!p->db.store->config.is_create)
		return tell(p, a, ERR_NOT_FOUND, "make the database first: there is no schema ", p->schema, why);
	e = make_schema(p);
	return e ? tell(p, a, e, "the schema cannot be made: ", db_error(&p->db), why) : ERR_OK;
}

static enum err pg_open(struct store *s, struct arena *a, enum purpose purpose, struct db **out,
                        struct str *why) {
	struct pg *p = heap_alloc(sizeof *p);
	db_init(&p->db, &postgres_engine, s, purpose != FOR_READING);
	split_url(p, s->config.url);
	enum err e = ERR_OK;
	if (purpose == FOR_SCHEMA) e = open_schema(p, a, why);
	if (purpose == FOR_READING && pg_ready(&p->db))
		e = tell(p, a, ERR_BUSY, "PostgreSQL cannot be reached: ", db_error(&p->db), why);
	if (e) {
		pg_close(&p->db);
		return e;
	}
	*out = &p->db;
	return ERR_OK;
}

/* ---- migrations ---- */

/* The transaction is READ COMMITTED (begin), because what is read after the wait for the lock must
 * be what the other server has committed meanwhile. */
static enum err pg_lock_schema(struct db *db, struct str *why) {
	(void)why;
	return pg_exec(db, S("SELECT pg_advisory_xact_lock(1517306473, hashtext(current_schema()))"));
}

static enum err pg_check_schema(struct db *db, struct arena *a, struct str *why) {
	(void)db;
	(void)a;
	(void)why;
	return ERR_OK;
}

static enum err pg_migrating(struct db *db, bool is_on) {
	struct pg *p = pg_of(db);
	int ms = is_on ? MIGRATE_MS : db->store->config.statement_ms;
	struct buf b = {.arena = &db->scratch};
	buf_c(&b, "SET statement_timeout = ");
	buf_int(&b, ms);
	p->statement_ms = ms + GRACE_MS;
	p->is_migrating = is_on;
	return pg_exec(db, buf_str(&b));
}

const struct engine postgres_engine = {
	.kind = ENGINE_POSTGRES,
	.open = pg_open,
	.close = pg_close,
	.control = pg_control,
	.exec = pg_exec,
	.run = pg_run,
	.query = pg_query,
	.next = pg_next,
	.finish = pg_finish,
	.values = pg_values,
	.prepare = pg_prepare,
	.unprepare = pg_unprepare,
	.lock_schema = pg_lock_schema,
	.check_schema = pg_check_schema,
	.migrating = pg_migrating,
	.ready = pg_ready,
	.after_commit = pg_after_commit,
};
