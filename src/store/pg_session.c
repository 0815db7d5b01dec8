/* Connecting to PostgreSQL, one round trip, and what its errors mean. */
#include "store/pg.h"

#include <string.h>

enum { CONNECT_MS = 5000, BACK_OFF_MIN_MS = 100, BACK_OFF_MAX_MS = 5000 };

const char pg_xid_sql[] = "SELECT CAST(pg_current_xact_id() AS TEXT)";

struct pg *pg_of(struct db *db) {
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

enum err pg_round_trip(struct pg *p, const struct shot *s, PGresult **out, bool *is_prepared) {
	size_t dead = p->in_transaction && p->is_begun ? 0 : p->dead_n;
	size_t before = dead + p->waiting_n, commands = before + (s->sql ? 1 + s->is_new : 0);
	PGresult *results[BUILT_MAX + WAITING_MAX + 2] = {0}, *error = NULL;
	size_t error_at = commands;
	bool is_sent = (!dead || send_dead(p)) && send_waiting(p) && (!s->sql || send_shot(p->conn, s));
	enum wire_end end = WIRE_LOST;
	if (is_sent) end = wire_collect(p->conn, results, commands, &error, &error_at, wire_clock_ms() + p->statement_ms);
	for (size_t i = dead; i < before; i++)
		if (p->waiting[i - dead] == pg_xid_sql) learn_xid(p, results[i]);
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

enum err pg_exec(struct db *db, struct str sql) {
	struct pg *p = pg_of(db);
	PGresult *r = NULL;
	bool ignored;
	if (!p->conn) return db_fail(db, ERR_BUSY, S("not connected"));
	enum err e = pg_round_trip(p, &(struct shot){.sql = str_cstr(&db->scratch, sql)}, &r, &ignored);
	if (!e) PQclear(r);
	return e;
}

/* ---- connecting ---- */

static const char *reader_or_writer(const struct pg *p) {
	return p->db.is_writer ? "off" : "on";
}

/* One statement sets everything and tells whether this server will do. Column 0: nothing, or what
 * is wrong with it. A server that was told not to wait for its disk is told otherwise. Expressions are
 * not compiled (jit): for a page of 100,000 projects' lights that took longer than the page, each time. */
static const char session_sql[] =
	"SELECT CASE WHEN current_setting('server_encoding') <> 'UTF8' THEN 'the database is not in UTF8'"
	" WHEN $3 = 'off' AND pg_is_in_recovery() THEN 'the server is a standby' END,"
	" $1 = '' OR to_regnamespace($1) IS NOT NULL,"
	" set_config('search_path', CASE WHEN $1 = '' THEN current_setting('search_path') ELSE $1 END, false),"
	" set_config('statement_timeout', $2, false), set_config('default_transaction_read_only', $3, false),"
	" set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'"
	" ELSE current_setting('synchronous_commit') END, false),"
	" set_config('idle_in_transaction_session_timeout', '60000', false), set_config('TimeZone', 'UTC', false),"
	" set_config('standard_conforming_strings', 'on', false), set_config('jit', 'off', false)";

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
	enum err e = pg_round_trip(p, &s, &r, &ignored);
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

enum err pg_connect(struct pg *p, bool *has_schema) {
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

enum err pg_ready(struct db *db) {
	struct pg *p = pg_of(db);
	bool has_schema = false;
	if (p->conn && wire_is_closed(p->conn)) hang_up(p);
	if (p->conn) return ERR_OK;
	if (wire_clock_ms() < p->retry_at) return ERR_BUSY;
	enum err e = pg_connect(p, &has_schema);
	if (e || has_schema) return e;
	hang_up(p);
	return not_now(p, S("the schema is not there any more"));
}
