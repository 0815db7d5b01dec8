/* store.h - one city's database: SQLite (a file) or PostgreSQL (a schema), behind one interface.
 *
 * Knows no noun of the trade. Queries are named (queries.h, made from .sql files by tools/sqlgen) or
 * built here from names that come from field tables, never from a request. Values are only ever
 * bound. Both engines run the same text (docs/ARCHITECTURE.md has the subset).
 *
 * A `struct db` is one connection used by one thread at a time. Reads run on a read connection of
 * the caller's thread; writes are jobs:
 *
 *   static enum err rename_it(struct db *db, void *arg) { ... db_run(db, Q_X, ...) ... }
 *   e = store_write(store, rename_it, &arg);    // returns when the commit is on disk, or failed
 *
 * SQLite: one writer thread takes all waiting jobs, runs each in a savepoint (a job that returns an
 * error is rolled back alone), and commits them together: WAL, synchronous=FULL. PostgreSQL: each
 * job is a serializable transaction on a pooled connection, tried again when it lost against
 * another or lost its connection, so a job must be repeatable: it may not keep state outside the
 * database between two runs, except by overwriting. On both a statement that failed fails its job,
 * whatever the job makes of it, unless it stood in a db_savepoint. A job may not ask for a job.
 *
 * Rows that are not read to their end hold the snapshot of their connection: read on, or call
 * rows_done, before asking what a write of your own has changed. Rows opened in a job or savepoint
 * end with it.
 *
 * Texts are UTF-8 without NUL (else ERR_INVALID), on both engines.
 *
 * Errors: ERR_STORE (the database failed; after a failed commit or fsync the SQLite writer stops for
 * good and answers ERR_STORE to all that follows; whether the writes of a commit that failed are
 * there after a restart is open, as it is when PostgreSQL's answer to COMMIT is lost for good),
 * ERR_BUSY (no connection or past the deadline: nothing was stored), ERR_CONFLICT (unique or foreign
 * key rule), ERR_INVALID (CHECK or NOT NULL rule, a text as above), ERR_TOO_LARGE. The text for the
 * log is in db_error. Nothing returned here outlives the arena it was asked with. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/err.h"
#include "base/str.h"
#include "store/queries.h" /* generated: enum query_id { Q_..., Q__N } and query_def(id) */

struct store;
struct db;
struct rows;

enum value_kind { V_NULL, V_INT, V_TEXT, V_BLOB };
struct value {
	enum value_kind kind;
	int64_t i;
	struct str s; /* text or bytes; borrowed */
};
#define VI(x) ((struct value){.kind = V_INT, .i = (x)})
#define VT(x) ((struct value){.kind = V_TEXT, .s = (x)})
#define VB(x) ((struct value){.kind = V_BLOB, .s = (x)})
#define VNULL ((struct value){.kind = V_NULL})
struct value v_text_or_null(struct str s); /* empty = NULL */

/* ---- opening ---- */

struct migration_set;
struct store_config {
	struct str url;          /* FILE or postgres://...[?schema=NAME] */
	bool is_create;          /* make a missing file or schema; else ERR_NOT_FOUND */
	bool is_as_found;        /* for reading only: no migration runs, nothing is written; ERR_STORE when newer */
	bool is_synchronous_off; /* only for the control of the power-cut test: synchronous=NORMAL */
	int statement_ms;        /* client-side deadline of a statement on PostgreSQL; 0 = 10,000 */
	int pool;                /* PostgreSQL connections for writes; 0 = 4 */
	const char *vfs;         /* SQLite VFS name for fault tests; NULL = default */
	const struct migration_set *migrations; /* a test's own (store/migrate.h); NULL = the program's */
	int64_t at_ms;           /* written beside a migration that runs now; 0 = the machine's clock */
};

/* Opens, brings the schema to the newest migration, starts the writer. *why has a sentence for the
 * person at the command line when it fails. */
enum err store_open(struct arena *a, const struct store_config *config, struct store **out,
                    struct str *why);
void store_close(struct store *s); /* lets waiting writes finish first */

enum store_engine { ENGINE_SQLITE, ENGINE_POSTGRES };
enum store_engine store_engine(const struct store *s);
enum store_engine store_engine_of(struct str url);
int store_schema_version(const struct store *s); /* number of the newest migration that ran */
bool store_is_newest(const struct store *s);     /* no migration of this program is missing */
struct str store_url(const struct store *s);

struct store_health {
	bool is_writable;        /* false after a failed commit or while PostgreSQL is away */
	int64_t jobs, commits;   /* since start; jobs / commits = writes packed into one fsync */
	int waiting;             /* write jobs in the queue now */
};
struct store_health store_health(const struct store *s);

/* Writing has stopped for good, after a failed commit or fsync: only a new start of the program writes again. */
bool store_has_stopped(const struct store *s);

/* A read connection of this thread. NULL only when the engine cannot be reached (then ERR_BUSY). */
struct db *store_reader(struct store *s);
void db_close(struct db *db);

/* ---- writing ---- */

typedef enum err (*store_job)(struct db *db, void *arg);
enum err store_write(struct store *s, store_job job, void *arg); /* blocks until durable */

/* As store_write, but returns at once; done(result, arg) is called on the writer's thread after the
 * commit. For the HTTP edge, which suspends the connection meanwhile. */
void store_write_async(struct store *s, store_job job, void (*done)(enum err, void *arg), void *arg);

/* Inside a job: a savepoint around what may fail while the rest shall stay. */
enum err db_savepoint(struct db *db, store_job part, void *arg);

/* ---- running ---- */

/* One statement without rows; *changed (may be NULL) = rows touched. Values in the order of the
 * query's `params` line. */
enum err db_run(struct db *db, enum query_id q, const struct value *v, size_t n, int64_t *changed);

/* As db_run, but at the end: when the jobs of this commit are through, in the order of `key` (the same key:
 * as asked for). For an index that costs by the call and by the jump, not by what it is told: on SQLite
 * all jobs of a commit tell it together. No statement of the job sees it done, unless db_run_waiting
 * came between; much of it does not wait. With LATER_IN_TURN it runs after all that was asked for
 * before, and before all that comes. The job, when it fails, takes it along; a failure of its own
 * fails the commit and every job in it. */
#define LATER_IN_TURN INT64_MIN
enum err db_run_later(struct db *db, enum query_id q, int64_t key, const struct value *v, size_t n);
enum err db_run_waiting(struct db *db); /* all that waits, now; not in a db_savepoint */

/* Rows of a query. Released with the arena, or sooner by rows_done. PostgreSQL's are all in memory:
 * a large table is read in pages (db_select with after and limit). */
enum err db_query(struct db *db, struct arena *a, enum query_id q, const struct value *v, size_t n,
                  struct rows **out);

/* The first row's first column: ERR_NOT_FOUND when there is no row; NULL gives *out = 0. */
enum err db_int(struct db *db, enum query_id q, const struct value *v, size_t n, int64_t *out);

#define DB_RUN(db, q, ...) \
	db_run((db), (q), (const struct value[]){__VA_ARGS__}, \
	       sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value), NULL)
#define DB_RUN_LATER(db, q, key, ...) \
	db_run_later((db), (q), (key), (const struct value[]){__VA_ARGS__}, \
	             sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value))
#define DB_QUERY(db, a, q, out, ...) \
	db_query((db), (a), (q), (const struct value[]){__VA_ARGS__}, \
	         sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value), (out))

bool rows_next(struct rows *r);                    /* false at the end and on failure: see rows_error */
enum err rows_error(const struct rows *r);         /* ERR_OK at a good end */
void rows_done(struct rows *r);
int rows_columns(const struct rows *r);
struct str rows_name(const struct rows *r, int col);
int rows_find(const struct rows *r, struct str name);   /* -1 = no such column */
int rows_find_from(const struct rows *r, struct str name, int from); /* the same, looking at `from` first */
bool rows_is_null(const struct rows *r, int col);
int64_t rows_int(const struct rows *r, int col);        /* NULL = 0 */
struct str rows_text(const struct rows *r, int col);    /* until the next rows_next; NULL = empty */
struct value rows_value(const struct rows *r, int col); /* text until the next rows_next */
void rows_values(const struct rows *r, struct value *out); /* all rows_columns(r) of them at once */

struct str db_error(const struct db *db);          /* engine's words for the log, never for users */
enum store_engine db_engine(const struct db *db);

/* ---- statements from field tables ---- */

struct column {
	struct str name;
	struct value value;
};

/* INSERT; *id (may be NULL) is the new row's `id`. */
enum err db_insert(struct db *db, struct str table, const struct column *c, size_t n, int64_t *id);

/* UPDATE ... SET c, row_version = row_version + 1 WHERE id = .. AND row_version = ..; ERR_CONFLICT
 * when that version is not there any more. row_version < 0: whatever the version is. */
enum err db_update(struct db *db, struct str table, int64_t id, int64_t row_version,
                   const struct column *c, size_t n);

/* A select over a named query that already says what the actor may see: the query becomes the FROM
 * of the statement, so no list, count, sum or export can see more than it does. */
enum cond_op {
	COND_EQ, COND_NE, COND_LT, COND_LE, COND_GT, COND_GE,
	COND_PREFIX,   /* value is a text prefix, by range, so that an index serves */
	COND_HAS,      /* text contains value; ASCII case folded; % and _ are plain text */
	COND_IN,       /* one of n values */
	COND_NULL, COND_NOT_NULL,
};
struct cond {
	struct str column;
	enum cond_op op;
	const struct value *values;
	size_t n;
};
struct order {
	struct str column;
	bool is_desc;     /* NULLs come last either way */
	bool is_not_null; /* the column never holds NULL: an index can serve; `id` is known to be so */
};
struct select_spec {
	enum query_id from;
	const struct value *params;  /* of `from`, in the order of its params line */
	size_t params_n;
	const struct str *columns;   /* what to return; none = all */
	size_t columns_n;
	const struct cond *conds;    /* all must hold */
	size_t conds_n;
	const struct cond *any;      /* and, when any_n > 0, at least one of these */
	size_t any_n;
	const struct order *orders;  /* the last should be unique (id) */
	size_t orders_n;
	const struct value *after;   /* keyset: the last row's values of the order columns, or NULL */
	int64_t limit;               /* 0 = none */
};
enum err db_select(struct db *db, struct arena *a, const struct select_spec *spec, struct rows **out);

/* One row: n (count) and, for each of sums, the sum under its column's name. */
enum err db_aggregate(struct db *db, struct arena *a, const struct select_spec *spec,
                      const struct str *sums, size_t sums_n, struct rows **out);

/* One row over all that the spec asks for, in one pass: n0, s0, n1, s1, ..., for each case how many rows
 * fit it too and the sum of a column over them (0 where `sum` is empty). */
struct count_case {
	const struct cond *conds;    /* all must hold */
	size_t conds_n;
	const struct cond *any;      /* and, when any_n > 0, at least one of these */
	size_t any_n;
	struct str sum;
};
enum err db_tally(struct db *db, struct arena *a, const struct select_spec *spec,
                  const struct count_case *cases, size_t n, struct rows **out);

/* Rows `value`, `n`: the values of one column with their counts, most frequent first. */
enum err db_group(struct db *db, struct arena *a, const struct select_spec *spec,
                  struct str column, struct rows **out);

/* The end of the range of texts that start with prefix, for queries that hold their scope as
 * `region_code >= :scope AND region_code < :scope_end`. */
struct str db_prefix_end(struct arena *a, struct str prefix);

/* An expression over the grams of an index (domain/search_text.h: words of ASCII letters, digits and
 * other code points, a * behind one for a prefix, & | and parentheses) as the parameter of a query that
 * matches them: FTS5 on SQLite, tsquery on PostgreSQL. */
struct str db_gram_query(const struct db *db, struct arena *a, struct str expr);

/* Prepares every named query on this engine; for tests. *why names the first that fails. */
enum err db_prepare_all(struct db *db, struct arena *a, struct str *why);

#endif
