/* engine.h - what store.c and the two engines share; not for other folders.
 *
 * An engine is a table of functions; its connection starts with a struct db. store.c checks values,
 * keeps the rules of jobs (a failed statement fails its job) and the life of rows; an engine only
 * runs statements. */
#ifndef STORE_ENGINE_H
#define STORE_ENGINE_H

#include "base/buf.h"
#include "store/migrate.h"

#include <stdatomic.h>

enum { BUILT_MAX = 128, ERROR_MAX = 400, POOL_MAX = 64 };

/* One execution: a named query or built text with its values. */
struct statement {
	struct str sql;
	enum query_id id;              /* Q__N = built text */
	const struct query_def *def;   /* whose order and types the first values have; NULL = none */
	const uint8_t *order;
	const struct value *v;
	size_t n;
};

/* The value of $(k+1). */
struct value statement_value(const struct statement *st, size_t k);

/* Column names of a prepared statement. Rows hold on to them, also after the statement left the
 * cache, and may be released on another thread than the connection's: so the count is atomic. */
struct columns {
	atomic_int refs;
	int n;
	struct str *names;
};
struct columns *columns_new(const char *(*name)(void *it, int col), void *it, int n);
void columns_drop(struct columns *c);

/* A statement that a connection has prepared, or will. */
struct prepared {
	struct str sql;                /* built text: our copy */
	uint64_t hash;
	int64_t used;                  /* tick of the last use, for the oldest to leave */
	bool is_open;                  /* rows stand on it */
	bool is_loose;                 /* in no cache: freed when its rows are done */
	struct columns *columns;
	void *handle;                  /* SQLite: sqlite3_stmt */
	int64_t number, session;       /* PostgreSQL: its name, and the connection that knows it */
};

/* Statements that wait for the end of their commit (later.c). */
struct later_item;
struct later {
	struct later_item **items;
	size_t n, room;
	size_t from;                   /* the first one of the innermost job or savepoint */
	size_t bytes;                  /* of those */
	bool has_run_others;           /* the job had too much: those before it ran within it */
	int part;
};

struct db {
	const struct engine *engine;
	struct store *store;
	struct prepared *named;        /* by query_id */
	struct prepared built[BUILT_MAX];
	uint8_t built_at[256];         /* by hash: where the text was found last */
	int64_t tick;
	struct rows *open;             /* rows that are not done */
	struct arena scratch;          /* of one call */
	int depth;                     /* 0 = no job; 1 = a job; more = savepoints in it */
	enum err poison;               /* the job's first failed statement */
	struct later later;
	bool is_writer;
	bool is_retryable;             /* the failed transaction may be run again */
	bool is_broken;                /* the writer may not go on with this connection */
	char error[ERROR_MAX];
	size_t error_n;
};

enum rows_state { ROWS_FIRST, ROWS_AT, ROWS_END };
struct rows {
	struct db *db;                 /* NULL once done */
	struct rows *next;
	struct arena *arena;
	struct prepared *prepared;
	struct columns *columns;
	enum rows_state state;
	enum err err;
	int depth;
	void *result;                  /* PostgreSQL: PGresult and the row we are at */
	int at;
};

/* FOR_SCHEMA: the first connection; may make the file or schema, migrates, then writes. FOR_POOL:
 * another writer, which may connect later. */
enum purpose { FOR_SCHEMA, FOR_POOL, FOR_READING };

enum control { BEGIN, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, ROLLBACK_TO };

struct engine {
	enum store_engine kind;
	bool is_single_writer;         /* jobs go many to a commit on one connection */

	enum err (*open)(struct store *s, struct arena *a, enum purpose purpose, struct db **out, struct str *why);
	void (*close)(struct db *db);

	enum err (*control)(struct db *db, enum control what);
	enum err (*exec)(struct db *db, struct str sql);   /* no values, not cached: DDL, settings */
	enum err (*run)(struct db *db, const struct statement *st, int64_t *changed);
	int64_t (*last_id)(struct db *db);                 /* of the row just inserted; NULL = by RETURNING */
	enum err (*query)(struct db *db, const struct statement *st, struct rows *r);
	enum err (*next)(struct rows *r);                  /* sets state */
	void (*finish)(struct rows *r);                    /* lets go of the statement's result */
	void (*values)(const struct rows *r, int col, int n, struct value *out); /* n columns from col on */
	enum err (*prepare)(struct db *db, const struct statement *st);
	void (*unprepare)(struct db *db, struct prepared *p);

	/* Migrations: whether the database is one of ours and what is done before and after each. */
	enum err (*lock_schema)(struct db *db, struct str *why); /* first in the transaction */
	enum err (*check_schema)(struct db *db, struct arena *a, struct str *why); /* last in it */
	enum err (*migrating)(struct db *db, bool is_on);        /* around all of them */

	/* Writers. */
	enum err (*ready)(struct db *db);      /* connected, or connects; ERR_BUSY = not now */
	void (*after_commit)(struct db *db);   /* housekeeping, when the callers have their answers */
};

extern const struct engine sqlite_engine, postgres_engine;

struct store {
	const struct engine *engine;
	struct store_config config;
	struct arena arena;
	int version;
	struct writer *writer;
};

/* For engines: the common part of a connection. */
void db_init(struct db *db, const struct engine *engine, struct store *s, bool for_writing);
void db_release(struct db *db);

/* Remember the engine's words; returns e, so that a failure is one line. */
enum err db_fail(struct db *db, enum err e, struct str text);

/* The cache entry of a statement; it may still have to be prepared (handle, session). */
struct prepared *prepared_get(struct db *db, const struct statement *st);
void prepared_done(struct db *db, struct prepared *p);

/* Text built inside the store. */
enum err db_run_text(struct db *db, struct str sql, const struct value *v, size_t n, int64_t *changed);
enum err db_int_text(struct db *db, struct str sql, const struct value *v, size_t n, int64_t *out);
enum err db_query_statement(struct db *db, struct arena *a, const struct statement *st, struct rows **out);

/* The rules of a job. Rows that it left open are closed. */
enum err db_run_job(struct db *db, store_job job, void *arg);

/* later.c: around a job or savepoint; what waits of a failed one is forgotten. Before the commit all
 * of it runs; a transaction that is rolled back or tried again forgets it. */
size_t later_open(struct db *db);
void later_close(struct db *db, size_t outer, bool is_good);
enum err later_run(struct db *db);
void later_forget(struct db *db);
void later_free(struct db *db);

/* Name of a table or column: [a-z0-9_], quoted into b. False = not a name. */
bool buf_name(struct buf *b, struct str name);

/* writer.c: the threads that run write jobs; takes over `first`. */
struct writer *writer_new(struct store *s, struct db *first);
void writer_free(struct writer *w);
enum err writer_run(struct writer *w, store_job job, void *arg);
void writer_add(struct writer *w, store_job job, void (*done)(enum err, void *), void *arg);
struct store_health writer_health(struct writer *w);

#endif
