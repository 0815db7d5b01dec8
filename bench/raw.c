/* bench_raw point|record|page DATABASE MS [IDS] - the limits of the read path.
 *
 * Bare sqlite3 in process, with one prepared statement and nothing around it: no session, no rights
 * by role, no HTTP. Prints how many a CPU-second does.
 *   point   rows by id, every column fetched; IDS = file with an id a line
 *   record  the same as JSON
 *   page    50 rows of 15 columns of one county and stage, newest id first, as JSON
 * The conditions say what the city's own query says for the same user, by the same index. */
#include "bench.h"

#include "base/buf.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum { IDS_MAX = 100000, WORDS_MAX = 200, LOOPS_A_LOOK = 20 };

struct raw {
	sqlite3 *db;
	sqlite3_stmt *stmt;
	struct arena arena;
	char *page; /* room for the longest page, used again and again */
	int64_t *ids;
	size_t ids_n, at;
	const char *words[WORDS_MAX]; /* patterns: %word% */
	size_t words_n;
	uint64_t seen; /* keeps the compiler from leaving reads out */
};

static void prepare(struct raw *r, const char *sql) {
	if (sqlite3_prepare_v3(r->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &r->stmt, NULL)) die(sql, sqlite3_errmsg(r->db));
}

static void open_db(struct raw *r, const char *path) {
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (sqlite3_open_v2(path, &r->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL)) die(path, sqlite3_errmsg(r->db));
	sqlite3_exec(r->db, "PRAGMA mmap_size=1073741824; PRAGMA cache_size=-8192; PRAGMA query_only=1", NULL, NULL, NULL);
}

/* ---- point ---- */

static void read_ids(struct raw *r, const char *path) {
	char line[32];
	FILE *f = path ? fopen(path, "r") : NULL;
	if (!f) die(path ? path : "IDS", "cannot be read");
	r->ids = arena_array(&r->arena, IDS_MAX, sizeof *r->ids);
	while (r->ids_n < IDS_MAX && fgets(line, sizeof line, f)) {
		line[strcspn(line, "\n")] = 0;
		r->ids[r->ids_n++] = arg_int(line, 1);
	}
	fclose(f);
	if (!r->ids_n) die(path, "has no ids");
}

static void fetch(struct raw *r, int col) {
	switch (sqlite3_column_type(r->stmt, col)) {
	case SQLITE_NULL: return;
	case SQLITE_INTEGER: r->seen += (uint64_t)sqlite3_column_int64(r->stmt, col); return;
	default: r->seen += *sqlite3_column_text(r->stmt, col) + (uint64_t)sqlite3_column_bytes(r->stmt, col);
	}
}

static void point(struct raw *r) {
	sqlite3_bind_int64(r->stmt, 1, r->ids[r->at++ % r->ids_n]);
	if (sqlite3_step(r->stmt) != SQLITE_ROW) die("point", "no row of that id");
	int n = sqlite3_column_count(r->stmt);
	for (int col = 0; col < n; col++) fetch(r, col);
	sqlite3_reset(r->stmt);
}

/* ---- like: every project is read, and those that hold the word in one of the searched columns ---- */

static void read_words(struct raw *r, const char *path) {
	char line[64];
	FILE *f = path ? fopen(path, "r") : NULL;
	if (!f) die(path ? path : "WORDS", "cannot be read");
	while (r->words_n < WORDS_MAX && fgets(line, sizeof line, f)) {
		line[strcspn(line, "\n")] = 0;
		struct buf b = {.arena = &r->arena};
		buf_byte(&b, '%');
		buf_c(&b, line);
		buf_byte(&b, '%');
		r->words[r->words_n++] = str_cstr(&r->arena, buf_str(&b));
	}
	fclose(f);
	if (!r->words_n) die(path, "has no words");
}

static void like(struct raw *r) {
	sqlite3_bind_text(r->stmt, 1, r->words[r->at++ % r->words_n], -1, SQLITE_STATIC);
	while (sqlite3_step(r->stmt) == SQLITE_ROW) {
		fetch(r, 0);
		fetch(r, 1);
	}
	sqlite3_reset(r->stmt);
}

/* ---- page ---- */

#define COLUMNS "id, row_version, created_at_ms, updated_at_ms, code, name, region_code, stage, side, industry_code," \
	" investor_text, total_invest_fen, size_band, funds_fen, sign_date"
static const struct str keys[] = {S_("{\"id\":"), S_(",\"row_version\":"), S_(",\"created_at_ms\":"), S_(",\"updated_at_ms\":"),
	S_(",\"code\":"), S_(",\"name\":"), S_(",\"region_code\":"), S_(",\"stage\":"), S_(",\"side\":"), S_(",\"industry_code\":"),
	S_(",\"investor_text\":"), S_(",\"total_invest_fen\":"), S_(",\"size_band\":"), S_(",\"funds_fen\":"), S_(",\"sign_date\":")};
enum { KEYS = sizeof keys / sizeof *keys, ROW_MAX = 16384 };

/* The least that is still JSON: text is valid UTF-8 already, so only five kinds of byte matter. */
static char *put_text(char *to, const unsigned char *s, int n) {
	*to++ = '"';
	for (int i = 0; i < n; i++) {
		if (s[i] < 0x20) to += snprintf(to, 7, "\\u%04x", s[i]);
		else {
			if (s[i] == '"' || s[i] == '\\') *to++ = '\\';
			*to++ = (char)s[i];
		}
	}
	*to++ = '"';
	return to;
}

static char *put_int(char *to, int64_t v) {
	char digits[20];
	size_t n = 0;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	do digits[n++] = (char)('0' + u % 10);
	while (u /= 10);
	if (v < 0) *to++ = '-';
	while (n) *to++ = digits[--n];
	return to;
}

static char *put_value(char *to, sqlite3_stmt *stmt, int col) {
	switch (sqlite3_column_type(stmt, col)) {
	case SQLITE_NULL: return memcpy(to, "null", 4), to + 4;
	case SQLITE_INTEGER: return put_int(to, sqlite3_column_int64(stmt, col));
	default: break;
	}
	const unsigned char *s = sqlite3_column_text(stmt, col);
	return put_text(to, s, sqlite3_column_bytes(stmt, col));
}

static char *put_cell(char *to, sqlite3_stmt *stmt, int col) {
	memcpy(to, keys[col].p, keys[col].n);
	return put_value(to + keys[col].n, stmt, col);
}

static void record(struct raw *r) {
	char *text = r->page, *to = text;
	sqlite3_bind_int64(r->stmt, 1, r->ids[r->at++ % r->ids_n]);
	if (sqlite3_step(r->stmt) != SQLITE_ROW) die("record", "no row of that id");
	int n = sqlite3_column_count(r->stmt);
	for (int col = 0; col < n; col++) {
		const char *name = sqlite3_column_name(r->stmt, col);
		size_t length = strlen(name);
		*to++ = col ? ',' : '{';
		*to++ = '"';
		memcpy(to, name, length);
		to += length;
		*to++ = '"';
		*to++ = ':';
		to = put_value(to, r->stmt, col);
	}
	*to++ = '}';
	sqlite3_reset(r->stmt);
	r->seen += (uint64_t)(to - text) + (unsigned char)text[r->seen % (uint64_t)(to - text)];
}

static void page(struct raw *r) {
	char *text = r->page, *to = text;
	int rows = 0;
	memcpy(to, "{\"items\":[", 10);
	to += 10;
	for (; rows < 51 && sqlite3_step(r->stmt) == SQLITE_ROW; rows++) {
		if (rows == 50) break;
		if (rows) *to++ = ',';
		for (int col = 0; col < KEYS; col++) to = put_cell(to, r->stmt, col);
		*to++ = '}';
	}
	*to++ = ']';
	*to++ = '}';
	sqlite3_reset(r->stmt);
	if (rows != 50) die("page", "has fewer rows than a page");
	r->seen += (uint64_t)(to - text) + (unsigned char)text[r->seen % (uint64_t)(to - text)];
}

/* ---- the loop ---- */

static const struct {
	const char *name, *sql;
	void (*run)(struct raw *r);
} modes[] = {
	{"point", "SELECT * FROM project WHERE id = ?", point},
	{"like", "SELECT id, name LIKE ?1 FROM project WHERE deleted_at_ms IS NULL AND secrecy <> 'SEALED' AND (name LIKE ?1"
		" OR investor_text LIKE ?1 OR name_en LIKE ?1 OR code LIKE ?1 OR content LIKE ?1 OR site LIKE ?1 OR chain_node LIKE ?1"
		" OR handler LIKE ?1 OR note LIKE ?1)", like},
	{"record", "SELECT * FROM project WHERE id = ?", record},
	{"page", "SELECT " COLUMNS " FROM project WHERE substr(region_code, 1, 6) = '370783' AND stage = 'SIGNED'"
		" AND deleted_at_ms IS NULL AND secrecy <> 'SEALED' ORDER BY id DESC LIMIT 51", page},
};

int main(int argc, char **argv) {
	if (argc < 4) die("usage", "bench_raw point|page|like DATABASE MS [IDS|WORDS]");
	struct raw r = {0};
	size_t m = 0;
	while (m < sizeof modes / sizeof *modes && strcmp(modes[m].name, argv[1]) != 0) m++;
	if (m == sizeof modes / sizeof *modes) die(argv[1], "no such mode");
	int64_t until = arg_int(argv[3], 1) * 1000000, n = 0, took;
	open_db(&r, argv[2]);
	r.page = arena_alloc(&r.arena, 51 * ROW_MAX);
	prepare(&r, modes[m].sql);
	if (modes[m].run == point || modes[m].run == record) read_ids(&r, argv[4]);
	if (modes[m].run == like) read_words(&r, argv[4]);
	modes[m].run(&r); /* the first one reads the file */
	const int64_t began = cpu_ns();
	while ((took = cpu_ns() - began) < until)
		for (int i = 0; i < (modes[m].run == like ? 1 : LOOPS_A_LOOK); i++, n++) modes[m].run(&r);
	printf("%.1f\n", (double)n * 1e9 / (double)took);
	sqlite3_finalize(r.stmt);
	sqlite3_close(r.db);
	arena_release(&r.arena);
	return r.seen == 1;
}
