/* PostgreSQL behind engine.h: one schema a city, every statement with a deadline, jobs as
 * serializable transactions, because on SQLite they are: what is right there is right here. */
#include "store/engine.h"

#include "store/pg_wire.h"

#include <string.h>
#include <time.h>

enum {
	OID_BYTEA = 17, OID_NAME = 19, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25,
	OID_BPCHAR = 1042, OID_VARCHAR = 1043,
};
enum {
	CONNECT_MS = 5000, BACK_OFF_MIN_MS = 100, BACK_OFF_MAX_MS = 5000,
	GRACE_MS = 500,        /* a live server ends a late statement itself, before we leave it */
	MIGRATE_MS = 1800000,  /* a migration may rewrite a large table */
	WAITING_MAX = 8,
};

struct pg {
	struct db db;
	struct arena arena;            /* conninfo and schema */
	struct str conninfo, schema;   /* schema empty = the search path of the server */
	PGconn *conn;                  /* NULL = not connected */
	int64_t session;               /* counts connections: a statement is known to one of them */
	int64_t names;                 /* counts names of statements */
	int64_t retry_at;              /* not before */
	int back_off_ms, statement_ms;
	const char *waiting[WAITING_MAX]; /* sent with the next statement: no round trip of their own */
	size_t waiting_n;
	bool in_transaction;
	bool is_begun;                 /* the server has seen its BEGIN */
	char xid[24];                  /* of the transaction, to ask how it ended */
	int64_t dead[BUILT_MAX];       /* statements that left the cache, to be told to the server */
	size_t dead_n;
	bool is_migrating;
	bool is_stale_plan;            /* a statement must be prepared anew: the schema changed */
};

static const char begin_sql[] = "BEGIN ISOLATION LEVEL SERIALIZABLE";
static const char xid_sql[] = "SELECT CAST(pg_current_xact_id() AS TEXT)";

static struct pg *pg_of(struct db *db) {
	return (struct pg *)db;
}

/* ---- failures ---- */

enum { RETRY = 1, STALE = 2 };

/* By SQLSTATE or, with two letters, its class (postgresql.org, appendix A). */
static const struct { const char *state; enum err e; int flags; } states[] = {
	{"40001", ERR_BUSY, RETRY},      /* serialization failure */
	{"40P01", ERR_BUSY, RETRY},      /* deadlock */
	{"0A000", ERR_BUSY, RETRY | STALE}, /* cached plan must not change result type */
	{"26000", ERR_BUSY, RETRY | STALE}, /* no such prepared statement */
	{"23514", ERR_INVALID, 0},       /* check */
	{"23502", ERR_INVALID, 0},       /* not null */
	{"23", ERR_CONFLICT, 0},         /* unique, foreign key, exclusion */
	{"54", ERR_TOO_LARGE, 0},
	{"22", ERR_INVALID, 0},          /* data exceptions */
	{"55P03", ERR_BUSY, 0},          /* lock not available */
	{"57014", ERR_BUSY, 0},          /* cancelled: statement_timeout */
	{"53300", ERR_BUSY, 0},          /* too many connections */
};

static enum err judge_state(struct pg *p, const char *state) {
	for (size_t i = 0; state && i < sizeof states / sizeof *states; i++) {
		if (strncmp(state, states[i].state, strlen(states[i].state)) != 0) continue;
		if (states[i].flags & RETRY) p->db.is_retryable = true;
		if (states[i].flags & STALE) p->is_stale_plan = true;
		return states[i].e;
	}
	return ERR_STORE;
}

/* The primary message only: detail and context may hold what people typed. */
static enum err fail_result(struct pg *p, PGresult *r) {
	enum err e = judge_state(p, PQresultErrorField(r, PG_DIAG_SQLSTATE));
	return db_fail(&p->db, e, str_c(PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY)));
}

static void hang_up(struct pg *p) {
	PQfinish(p->conn);
	p->conn = NULL;
	p->db.is_broken = true;
	p->waiting_n = p->dead_n = 0;
}

/* Nothing of an unfinished transaction stays, so a job may run again on a new connection; a late
 * one not, for it would only be late again. */
static enum err fail_wire(struct pg *p, enum wire_end end) {
	p->db.is_retryable = end == WIRE_LOST;
	struct str lost = str_trim(str_c(PQerrorMessage(p->conn)));
	db_fail(&p->db, ERR_BUSY, end == WIRE_LATE ? S("the server did not answer within the time limit") : lost);
	hang_up(p);
	return ERR_BUSY;
}

/* ---- one round trip ---- */

/* What is sent after the waiting commands. */
struct shot {
	const char *sql;               /* NULL = only what waits */
	const char *name;              /* of a prepared statement; NULL = not prepared */
	bool is_new;                   /* must be prepared first */
	bool is_describe;              /* is prepared and described, not run */
	int n;
	const Oid *types;
	const char *const *values;
	const int *lengths, *formats;
};

static bool send_shot(PGconn *c, const struct shot *s) {
	if (s->is_new && !PQsendPrepare(c, s->name, s->sql, s->n, s->types)) return false;
	if (s->is_describe) return PQsendDescribePrepared(c, s->name);
	if (s->name) return PQsendQueryPrepared(c, s->name, s->n, s->values, s->lengths, s->formats, 1);
	return PQsendQueryParams(c, s->sql, s->n, s->types, s->values, s->lengths, s->formats, 1);
}

static bool send_dead(struct pg *p) {
	for (size_t i = 0; i < p->dead_n; i++) {
		struct buf b = {.arena = &p->db.scratch};
		buf_c(&b, "DEALLOCATE s");
		buf_int(&b, p->dead[i]);
		if (!PQsendQueryParams(p->conn, str_cstr(&p->db.scratch, buf_str(&b)), 0, NULL, NULL, NULL, NULL, 0)) return false;
	}
	return true;
}

static bool send_waiting(struct pg *p) {
	for (size_t i = 0; i < p->waiting_n; i++)
		if (!PQsendQueryParams(p->conn, p->waiting[i], 0, NULL, NULL, NULL, NULL, 0)) return false;
	return true;
}

static void learn_xid(struct pg *p, PGresult *r) {
	size_t n = r && PQntuples(r) == 1 ? (size_t)PQgetlength(r, 0, 0) : 0;
	if (!n || n >= sizeof p->xid) return;
	memcpy(p->xid, PQgetvalue(r, 0, 0), n + 1);
}

/* Sends everything and gives the last command's result. *is_prepared: the server knows the name. */
static enum err round_trip(struct pg *p, const struct shot *s, PGresult **out, bool *is_prepared) {
	size_t dead = p->in_transaction && p->is_begun ? 0 : p->dead_n;
	size_t before = dead + p->waiting_n, commands = before + (s->sql ? 1 + s->is_new : 0);
	PGresult *results[BUILT_MAX + WAITING_MAX + 2] = {0}, *error = NULL;
	size_t error_at = commands;
	bool is_sent = (!dead || send_dead(p)) && send_waiting(p) && (!s->sql || send_shot(p->conn, s));
	enum wire_end end = WIRE_LOST;
	if (is_sent) end = wire_collect(p->conn, results, commands, &error, &error_at, wire_clock_ms() + p->statement_ms);
	for (size_t i = dead; i < before; i++)
		if (p->waiting[i - dead] == xid_sql) learn_xid(p, results[i]);
	if (p->waiting_n) p->is_begun = p->in_transaction;
	p->waiting_n = 0;
	if (dead) p->dead_n = 0;
	*is_prepared = s->is_new && error_at > before && end == WIRE_DONE;
	enum err e = end ? fail_wire(p, end) : error ? fail_result(p, error) : ERR_OK;
	*out = !e && commands ? results[commands - 1] : NULL;
	for (size_t i = 0; i < commands; i++)
		if (results[i] != *out) PQclear(results[i]);
	PQclear(error);
	return e;
}

/* ---- connecting ---- */

static enum err pg_exec(struct db *db, struct str sql);

static const char *reader_or_writer(const struct pg *p) {
	return p->db.is_writer ? "off" : "on";
}

/* One statement sets everything and tells whether this server will do. Column 0: nothing, or what
 * is wrong with it. A server that was told not to wait for its disk is told otherwise. */
static const char session_sql[] =
	"SELECT CASE WHEN current_setting('server_encoding') <> 'UTF8' THEN 'the database is not in UTF8'"
	" WHEN $3 = 'off' AND pg_is_in_recovery() THEN 'the server is a standby' END,"
	" $1 = '' OR to_regnamespace($1) IS NOT NULL,"
	" set_config('search_path', CASE WHEN $1 = '' THEN current_setting('search_path') ELSE $1 END, false),"
	" set_config('statement_timeout', $2, false), set_config('default_transaction_read_only', $3, false),"
	" set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'"
	" ELSE current_setting('synchronous_commit') END, false),"
	" set_config('idle_in_transaction_session_timeout', '60000', false), set_config('TimeZone', 'UTC', false),"
	" set_config('standard_conforming_strings', 'on', false)";

static const char *ms_text(struct pg *p, int ms) {
	return str_cstr(&p->db.scratch, str_of_int(&p->db.scratch, ms));
}

static enum err set_session(struct pg *p, bool *has_schema) {
	static const Oid types[] = {OID_TEXT, OID_TEXT, OID_TEXT};
	struct buf b = {.arena = &p->db.scratch};
	if (p->schema.n) buf_name(&b, p->schema);
	const char *values[] = {str_cstr(&p->db.scratch, buf_str(&b)),
		ms_text(p, p->db.store->config.statement_ms), reader_or_writer(p)};
	struct shot s = {.sql = session_sql, .n = 3, .types = types, .values = values};
	PGresult *r = NULL;
	bool ignored;
	enum err e = round_trip(p, &s, &r, &ignored);
	if (e) return e;
	if (!PQgetisnull(r, 0, 0)) e = db_fail(&p->db, ERR_BUSY, str_c(PQgetvalue(r, 0, 0)));
	*has_schema = PQgetvalue(r, 0, 1)[0] != 0; /* a boolean in binary */
	PQclear(r);
	if (e) hang_up(p);
	return e;
}

static enum err not_now(struct pg *p, struct str why) {
	p->back_off_ms = p->back_off_ms ? p->back_off_ms * 2 : BACK_OFF_MIN_MS;
	if (p->back_off_ms > BACK_OFF_MAX_MS) p->back_off_ms = BACK_OFF_MAX_MS;
	p->retry_at = wire_clock_ms() + p->back_off_ms;
	p->db.is_broken = true;
	return db_fail(&p->db, ERR_BUSY, why);
}

static enum err connect_now(struct pg *p, bool *has_schema) {
	struct str why = {0};
	p->in_transaction = p->is_begun = false;
	p->waiting_n = p->dead_n = 0;
	p->statement_ms = p->db.store->config.statement_ms + GRACE_MS;
	p->conn = wire_connect(&p->db.scratch, p->conninfo, wire_clock_ms() + CONNECT_MS, &why);
	if (!p->conn) return not_now(p, why);
	p->session++;
	p->db.is_broken = false;
	enum err e = set_session(p, has_schema);
	if (e) return not_now(p, str_copy(&p->db.scratch, db_error(&p->db)));
	p->back_off_ms = 0;
	return ERR_OK;
}

static enum err pg_ready(struct db *db) {
	struct pg *p = pg_of(db);
	bool has_schema = false;
	if (p->conn && wire_is_closed(p->conn)) hang_up(p);
	if (p->conn) return ERR_OK;
	if (wire_clock_ms() < p->retry_at) return ERR_BUSY;
	enum err e = connect_now(p, &has_schema);
	if (e || has_schema) return e;
	hang_up(p);
	return not_now(p, S("the schema is not there any more"));
}

/* ---- statements ---- */

static const Oid type_oids[] = {[QUERY_INT] = OID_INT8, [QUERY_TEXT] = OID_TEXT, [QUERY_BLOB] = OID_BYTEA};

static bool is_declared(const struct statement *st, size_t k) {
	return st->def && k < st->def->params_n;
}

/* A declared parameter has the type of its params line; of others the server finds the type where
 * they stand, and text then goes as text, so that it may become whatever is wanted there. */
static void give_value(struct pg *p, const struct statement *st, size_t k, const char **value, int *length, int *format) {
	struct value v = statement_value(st, k);
	bool is_raw = v.kind == V_BLOB || (v.kind == V_TEXT && is_declared(st, k));
	struct arena *a = &p->db.scratch;
	*format = is_raw;
	*length = (int)v.s.n;
	if (v.kind == V_NULL) *value = NULL;
	else if (is_raw) *value = v.s.p ? v.s.p : "";
	else *value = str_cstr(a, v.kind == V_INT ? str_of_int(a, v.i) : v.s);
}

static const Oid *types_of(struct pg *p, const struct statement *st, size_t n) {
	Oid *types = arena_array(&p->db.scratch, n, sizeof *types);
	for (size_t k = 0; k < n; k++)
		if (is_declared(st, k)) types[k] = type_oids[st->def->types[st->order[k]]];
	return types;
}

static struct shot shot_of(struct pg *p, const struct statement *st, struct prepared *prepared) {
	struct arena *a = &p->db.scratch;
	struct buf name = {.arena = a};
	if (!prepared->number) prepared->number = ++p->names;
	buf_byte(&name, 's');
	buf_int(&name, prepared->number);
	const char **values = arena_array(a, st->n, sizeof *values);
	int *lengths = arena_array(a, st->n, sizeof *lengths), *formats = arena_array(a, st->n, sizeof *formats);
	for (size_t k = 0; k < st->n; k++) give_value(p, st, k, &values[k], &lengths[k], &formats[k]);
	return (struct shot){
		.sql = str_cstr(a, st->sql), .name = str_cstr(a, buf_str(&name)),
		.is_new = prepared->session != p->session, .n = (int)st->n,
		.types = types_of(p, st, st->n), .values = values, .lengths = lengths, .formats = formats,
	};
}

static enum err execute_once(struct pg *p, const struct statement *st, struct prepared *prepared, PGresult **out) {
	enum err e = p->conn ? ERR_OK : p->in_transaction ? ERR_BUSY : pg_ready(&p->db);
	if (e) return e;
	bool is_prepared;
	struct shot s = shot_of(p, st, prepared);
	p->is_stale_plan = false;
	e = round_trip(p, &s, out, &is_prepared);
	if (is_prepared) prepared->session = p->session;
	if (p->is_stale_plan) prepared->number = prepared->session = 0;
	return e;
}

/* Outside a transaction a connection that was lost, or a plan that grew old, is no reason to fail:
 * the statement is asked again, once. Inside one, the job is. */
static enum err execute(struct pg *p, const struct statement *st, struct prepared *prepared, PGresult **out) {
	p->db.is_retryable = false;
	enum err e = execute_once(p, st, prepared, out);
	if (e && p->db.is_retryable && !p->in_transaction) e = execute_once(p, st, prepared, out);
	return e;
}

static enum err pg_run(struct db *db, const struct statement *st, int64_t *changed) {
	PGresult *r = NULL;
	struct prepared *prepared = prepared_get(db, st);
	enum err e = execute(pg_of(db), st, prepared, &r);
	prepared_done(db, prepared);
	if (e) return e;
	*changed = 0;
	str_int(str_c(PQcmdTuples(r)), changed);
	PQclear(r);
	return ERR_OK;
}

static enum err pg_exec(struct db *db, struct str sql) {
	struct pg *p = pg_of(db);
	PGresult *r = NULL;
	bool ignored;
	if (!p->conn) return db_fail(db, ERR_BUSY, S("not connected"));
	enum err e = round_trip(p, &(struct shot){.sql = str_cstr(&db->scratch, sql)}, &r, &ignored);
	if (!e) PQclear(r);
	return e;
}

/* ---- rows ---- */

enum kind { KIND_INT, KIND_TEXT, KIND_BLOB, KIND_BAD };

static enum kind kind_of(Oid type) {
	switch (type) {
	case OID_INT2: case OID_INT4: case OID_INT8: return KIND_INT;
	case OID_TEXT: case OID_VARCHAR: case OID_BPCHAR: case OID_NAME: return KIND_TEXT;
	case OID_BYTEA: return KIND_BLOB;
	default: return KIND_BAD;
	}
}

/* A sum that is NUMERIC or a bare comparison would be something else on SQLite. */
static enum err check_columns(struct pg *p, const PGresult *r) {
	for (int i = 0; i < PQnfields(r); i++) {
		if (kind_of(PQftype(r, i)) != KIND_BAD) continue;
		struct buf b = {.arena = &p->db.scratch};
		buf_c(&b, "column ");
		buf_c(&b, PQfname(r, i));
		buf_c(&b, " is neither integer nor text nor bytes: CAST it, or use CASE for a truth");
		return db_fail(&p->db, ERR_STORE, buf_str(&b));
	}
	return ERR_OK;
}

static const char *column_name(void *it, int col) {
	return PQfname(it, col);
}

static enum err pg_query(struct db *db, const struct statement *st, struct rows *r) {
	struct pg *p = pg_of(db);
	PGresult *result = NULL;
	r->prepared = prepared_get(db, st);
	enum err e = execute(p, st, r->prepared, &result);
	if (e) return e;
	r->result = result;
	struct prepared *prepared = r->prepared;
	if (prepared->columns && prepared->columns->n != PQnfields(result)) {
		columns_drop(prepared->columns);
		prepared->columns = NULL;
	}
	if (!prepared->columns) prepared->columns = columns_new(column_name, result, PQnfields(result));
	r->state = PQntuples(result) ? ROWS_FIRST : ROWS_END;
	return check_columns(p, result);
}

static enum err pg_next(struct rows *r) {
	r->state = ++r->at < PQntuples(r->result) ? ROWS_AT : ROWS_END;
	return ERR_OK;
}

static void pg_finish(struct rows *r) {
	PQclear(r->result);
	r->result = NULL;
}

/* Two, four or eight bytes, the highest first. */
static int64_t int_of(const char *p, int n) {
	const unsigned char *u = (const unsigned char *)p;
	uint64_t v = n && (u[0] & 0x80) ? ~(uint64_t)0 : 0;
	for (int i = 0; i < n; i++) v = v << 8 | u[i];
	return (int64_t)v;
}

static struct value pg_value(const struct rows *r, int col) {
	const PGresult *result = r->result;
	if (PQgetisnull(result, r->at, col)) return VNULL;
	struct str s = {PQgetvalue(result, r->at, col), (size_t)PQgetlength(result, r->at, col)};
	switch (kind_of(PQftype(result, col))) {
	case KIND_INT: return VI(int_of(s.p, (int)s.n));
	case KIND_BLOB: return VB(s);
	case KIND_TEXT: case KIND_BAD: break;
	}
	return VT(s);
}

static enum err pg_prepare(struct db *db, const struct statement *st) {
	struct pg *p = pg_of(db);
	PGresult *r = NULL;
	bool is_prepared;
	enum err e = pg_ready(db);
	if (e) return e;
	struct prepared *prepared = prepared_get(db, st);
	struct statement own = *st;
	own.order = st->def->text[ENGINE_POSTGRES].order;
	struct shot s = shot_of(p, &own, prepared);
	s.n = (int)st->def->params_n;
	s.types = types_of(p, &own, st->def->params_n);
	s.is_describe = true;
	e = round_trip(p, &s, &r, &is_prepared);
	if (is_prepared) prepared->session = p->session;
	if (!e) e = check_columns(p, r);
	if (!e && PQnparams(r) != (int)st->def->params_n)
		e = db_fail(db, ERR_STORE, S("the number of parameters differs from the params line"));
	PQclear(r);
	prepared_done(db, prepared);
	return e;
}

static void pg_unprepare(struct db *db, struct prepared *prepared) {
	struct pg *p = pg_of(db);
	if (!p->conn || !prepared->session || prepared->session != p->session) return;
	if (p->dead_n < BUILT_MAX) p->dead[p->dead_n++] = prepared->number;
}

/* ---- transactions ---- */

static enum err send_waiting_now(struct pg *p) {
	PGresult *r = NULL;
	bool ignored;
	if (!p->conn) return ERR_BUSY;
	enum err e = round_trip(p, &(struct shot){0}, &r, &ignored);
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
	enum err e = p->conn ? ERR_OK : connect_now(p, &has_schema);
	if (!e) e = round_trip(p, &(struct shot){.sql = sql, .n = 1, .types = types, .values = &xid}, &r, &ignored);
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
		pause_ms(BACK_OFF_MIN_MS);
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
	enum err e = round_trip(p, &(struct shot){.sql = "COMMIT"}, &r, &ignored);
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
	return wait_to_send(p, xid_sql);
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

static enum err tell(struct pg *p, struct arena *a, enum err e, const char *before, struct str text, struct str *why) {
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
	enum err e = connect_now(p, &has_schema);
	if (e) return tell(p, a, e, "PostgreSQL cannot be used: ", db_error(&p->db), why);
	if (has_schema) return ERR_OK;
	if (!p->db.store->config.is_create)
		return tell(p, a, ERR_NOT_FOUND, "make the database first: there is no schema ", p->schema, why);
	e = make_schema(p);
	return e ? tell(p, a, e, "the schema cannot be made: ", db_error(&p->db), why) : ERR_OK;
}

static enum err pg_open(struct store *s, struct arena *a, enum purpose purpose, struct db **out, struct str *why) {
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
	.value = pg_value,
	.prepare = pg_prepare,
	.unprepare = pg_unprepare,
	.lock_schema = pg_lock_schema,
	.check_schema = pg_check_schema,
	.migrating = pg_migrating,
	.ready = pg_ready,
	.after_commit = pg_after_commit,
};
