/* bench_layer DATABASE MS - the store's named queries against the same statements by hand.
 *
 * Both read the same rows of the same city in turns, every column of every row, and each lets its
 * memory go after each query. Prints for one row and for many: name, rate through the store, rate
 * by hand, both per CPU-second. */
#include "bench.h"

#include "store/store.h"

#include <sqlite3.h>
#include <stdio.h>

enum { TURNS = 20, LOOPS = 50 };

static const struct query {
	const char *name;
	enum query_id id;
	struct value value;
} queries[] = {
	{"one", Q_ACCOUNT_BY_ID, {.kind = V_INT, .i = 1}},
	{"many", Q_PARAMS_VALID, {.kind = V_TEXT, .s = S_("2024-04-10")}},
};

struct bench {
	struct db *db;
	sqlite3 *bare;
	struct arena arena;
	uint64_t seen;
};

/* Both look at a value in the same way. */
static void see_int(struct bench *b, int64_t v) {
	b->seen += (uint64_t)v;
}

static void see_text(struct bench *b, const char *p, size_t n) {
	b->seen += n + (n ? (unsigned char)*p : 0);
}

static void by_layer(struct bench *b, const struct query *q) {
	struct rows *r;
	if (db_query(b->db, &b->arena, q->id, &q->value, 1, &r)) die(q->name, "failed in the store");
	while (rows_next(r)) {
		int n = rows_columns(r);
		for (int col = 0; col < n; col++) {
			struct value v = rows_value(r, col);
			if (v.kind == V_INT) see_int(b, v.i);
			else if (v.kind == V_TEXT) see_text(b, v.s.p, v.s.n);
		}
	}
	rows_done(r);
	arena_reset(&b->arena);
}

static void bind(sqlite3_stmt *stmt, const struct value *v) {
	if (v->kind == V_INT) sqlite3_bind_int64(stmt, 1, v->i);
	else sqlite3_bind_text64(stmt, 1, v->s.p, v->s.n, SQLITE_STATIC, SQLITE_UTF8);
}

static void by_hand(struct bench *b, const struct query *q, sqlite3_stmt *stmt) {
	bind(stmt, &q->value);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		int n = sqlite3_column_count(stmt);
		for (int col = 0; col < n; col++) {
			int type = sqlite3_column_type(stmt, col);
			if (type == SQLITE_INTEGER) see_int(b, sqlite3_column_int64(stmt, col));
			else if (type == SQLITE_TEXT)
				see_text(b, (const char *)sqlite3_column_text(stmt, col), (size_t)sqlite3_column_bytes(stmt, col));
		}
	}
	sqlite3_reset(stmt);
}

static void compare(struct bench *b, const struct query *q, int64_t ms) {
	sqlite3_stmt *stmt;
	const char *sql = query_def(q->id)->text[ENGINE_SQLITE].sql;
	if (sqlite3_prepare_v3(b->bare, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL)) die(sql, sqlite3_errmsg(b->bare));
	int64_t took[2] = {0}, n[2] = {0};
	for (int turn = 0; turn < TURNS; turn++) {
		int side = turn % 2;
		int64_t began = cpu_ns(), spent;
		while ((spent = cpu_ns() - began) < ms * 1000000 / TURNS)
			for (int i = 0; i < LOOPS; i++, n[side]++) {
				if (side) by_hand(b, q, stmt);
				else by_layer(b, q);
			}
		took[side] += spent;
	}
	sqlite3_finalize(stmt);
	printf("%s %.1f %.1f\n", q->name, (double)n[0] * 1e9 / (double)took[0], (double)n[1] * 1e9 / (double)took[1]);
}

int main(int argc, char **argv) {
	if (argc != 3) die("usage", "bench_layer DATABASE MS");
	struct bench b = {0};
	struct store *s;
	struct str why;
	struct arena a = {0};
	const struct store_config config = {.url = str_c(argv[1])};
	if (store_open(&a, &config, &s, &why)) die(argv[1], str_cstr(&a, why));
	if (!(b.db = store_reader(s))) die(argv[1], "no read connection");
	if (sqlite3_open_v2(argv[1], &b.bare, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL)) die(argv[1], sqlite3_errmsg(b.bare));
	sqlite3_exec(b.bare, "PRAGMA mmap_size=1073741824; PRAGMA cache_size=-8192; PRAGMA query_only=1", NULL, NULL, NULL);
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) compare(&b, &queries[i], arg_int(argv[2], TURNS));
	sqlite3_close(b.bare);
	db_close(b.db);
	store_close(s);
	arena_release(&b.arena);
	arena_release(&a);
	return b.seen == 1;
}
