/* pg.h - the parts of the PostgreSQL engine to each other.
 *
 * pg_wire.c: a connection with deadlines. pg_session.c: connecting, one round trip, what errors
 * mean. pg_statement.c: statements and rows. postgres.c: transactions, opening, migrations. */
#ifndef STORE_PG_H
#define STORE_PG_H

#include "store/engine.h"

#include "store/pg_wire.h"

enum {
	OID_BYTEA = 17, OID_NAME = 19, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25,
	OID_BPCHAR = 1042, OID_VARCHAR = 1043,
};
enum {
	WAITING_MAX = 8,
	GRACE_MS = 500,        /* a live server ends a late statement itself, before we leave it */
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

struct pg *pg_of(struct db *db);

/* A statement as it is sent. */
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

/* Sends what waits, then the shot, and gives the last command's result, which the caller clears.
 * *is_prepared: the server knows the shot's name now. */
enum err pg_round_trip(struct pg *p, const struct shot *s, PGresult **out, bool *is_prepared);

/* Connects, whatever the back-off says; *has_schema: the city's schema is there. */
enum err pg_connect(struct pg *p, bool *has_schema);
enum err pg_ready(struct db *db);
enum err pg_exec(struct db *db, struct str sql);

extern const char pg_xid_sql[]; /* its result, when it waited, is kept as the transaction's xid */

/* Engine functions of pg_statement.c. */
enum err pg_run(struct db *db, const struct statement *st, int64_t *changed);
enum err pg_query(struct db *db, const struct statement *st, struct rows *r);
enum err pg_next(struct rows *r);
void pg_finish(struct rows *r);
void pg_values(const struct rows *r, int col, int n, struct value *out);
enum err pg_prepare(struct db *db, const struct statement *st);
void pg_unprepare(struct db *db, struct prepared *prepared);

#endif
