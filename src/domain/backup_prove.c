/* Proving a backup: the container's parts by their hashes, then the database itself. */
#include "domain/backup.h"

#include "domain/audit.h"
#include "domain/backup_parts.h"
#include "domain/digest.h"
#include "domain/stored_json.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 16, MANIFEST_MAX = 1 << 20, DIGITS = 20 };

static enum err damaged(struct ctx *ctx, struct str part) {
	return fail_with(ctx, ERR_INVALID, S("backup"), S("backup_damaged"), part, S(""));
}

/* ---- the container ---- */

static bool read_at(int fd, char *p, size_t n, int64_t at) {
	while (n) {
		ssize_t got = pread(fd, p, n, at);
		if (got < 0 && errno == EINTR) continue;
		if (got <= 0) return false;
		p += got;
		n -= (size_t)got;
		at += got;
	}
	return true;
}

static bool parse_tail(struct str tail, int64_t *manifest_n, struct str *sha256) {
	struct str mark = S(BACKUP_MARK);
	size_t at = mark.n;
	if (!str_starts(tail, mark) || !str_int(str_sub(tail, at, DIGITS), manifest_n) || tail.p[at + DIGITS] != ' ')
		return false;
	at += DIGITS + 1;
	*sha256 = str_sub(tail, at, SHA256_HEX);
	for (at += SHA256_HEX; at < tail.n - 1; at++)
		if (tail.p[at] != ' ') return false;
	return tail.p[tail.n - 1] == '\n' && *manifest_n > 0 && *manifest_n <= MANIFEST_MAX;
}

static struct str text_at(const json_t *o, const char *key) {
	const json_t *v = json_object_get(o, key);
	return json_is_string(v) ? (struct str){json_string_value(v), json_string_length(v)} : (struct str){0};
}

static int64_t int_at(const json_t *o, const char *key) {
	return json_integer_value(json_object_get(o, key));
}

static void parse_key(const json_t *part, struct backup_manifest *m) {
	for (size_t i = 0; i < BACKUP_KEYS; i++) {
		if (!str_eq(text_at(part, "name"), backup_key_names[i])) continue;
		m->key_bytes[i] = int_at(part, "size_bytes");
		m->key_sha256[i] = text_at(part, "sha256");
	}
}

static bool parse_parts(const json_t *parts, struct backup_manifest *m) {
	const json_t *database = json_array_get(parts, 0);
	if (!str_eq(text_at(database, "name"), S("database"))) return false;
	m->database_bytes = int_at(database, "size_bytes");
	m->database_sha256 = text_at(database, "sha256");
	for (size_t i = 1; i < json_array_size(parts); i++) parse_key(json_array_get(parts, i), m);
	bool is_good = m->database_bytes > 0;
	for (size_t i = 0; i < BACKUP_KEYS; i++) is_good = is_good && m->key_bytes[i] >= 0 && m->key_bytes[i] <= BACKUP_KEY_MAX;
	return is_good;
}

static bool parse_manifest(struct arena *a, struct str text, struct backup_manifest *m) {
	json_t *root = stored_json(a, text), *value;
	const char *name;
	*m = (struct backup_manifest){
		.program = text_at(root, "program"), .engine = text_at(root, "engine"), .made_at_ms = int_at(root, "made_at_ms"),
		.schema_version = int_at(root, "schema_version"), .audit_head = text_at(root, "audit_head"),
		.audit_rows = int_at(root, "audit_rows"),
	};
	json_t *rows = json_object_get(root, "rows");
	m->tables = arena_array(a, json_object_size(rows) + 1, sizeof *m->tables);
	json_object_foreach(rows, name, value)
		m->tables[m->tables_n++] = (struct table_count){str_c(name), json_integer_value(value)};
	return int_at(root, "format") == 1 && m->tables_n && parse_parts(json_object_get(root, "parts"), m);
}

/* The newest format's first word may be another: then it is no damage but a newer program's. */
static enum err no_backup(struct ctx *ctx, struct str tail) {
	bool is_newer = str_starts(tail, S("zhaoyin-backup-")) && !str_starts(tail, S(BACKUP_MARK));
	return is_newer ? fail_with(ctx, ERR_CONFLICT, S("backup"), S("backup_newer"), S("format"), S(""))
		: damaged(ctx, S("end"));
}

static enum err read_manifest(struct ctx *ctx, int fd, int64_t size, struct backup_manifest *m) {
	struct arena *a = ctx->arena;
	char *tail = arena_room(a, BACKUP_TAIL);
	int64_t n = 0;
	struct str sha256 = {0};
	if (size <= BACKUP_TAIL || !read_at(fd, tail, BACKUP_TAIL, size - BACKUP_TAIL)) return damaged(ctx, S("end"));
	if (!parse_tail((struct str){tail, BACKUP_TAIL}, &n, &sha256) || n > size - BACKUP_TAIL)
		return no_backup(ctx, (struct str){tail, BACKUP_TAIL});
	char *text = arena_room(a, (size_t)n);
	if (!read_at(fd, text, (size_t)n, size - BACKUP_TAIL - n)) return damaged(ctx, S("manifest"));
	struct str manifest = {text, (size_t)n};
	if (!str_eq(sha256_hex(a, manifest), sha256) || !parse_manifest(a, manifest, m)) return damaged(ctx, S("manifest"));
	bool is_whole = m->database_bytes + m->key_bytes[0] + m->key_bytes[1] + n + BACKUP_TAIL == size;
	return is_whole ? ERR_OK : damaged(ctx, S("length"));
}

static enum err read_database(struct ctx *ctx, int fd, int unpack_fd, const struct backup_manifest *m) {
	char *piece = arena_room(ctx->arena, PIECE);
	struct digest *d = digest_new(ctx->arena);
	for (int64_t at = 0; at < m->database_bytes;) {
		int64_t left = m->database_bytes - at;
		size_t n = left < PIECE ? (size_t)left : PIECE;
		if (!read_at(fd, piece, n, at)) return damaged(ctx, S("database"));
		digest_add(d, (struct str){piece, n});
		if (unpack_fd >= 0 && !backup_write_all(unpack_fd, (struct str){piece, n}))
			return fail_with(ctx, ERR_STORE, S("backup"), S("backup_unpack"), str_copy(ctx->arena, str_c(strerror(errno))), S(""));
		at += (int64_t)n;
	}
	return str_eq(digest_end(d, ctx->arena), m->database_sha256) ? ERR_OK : damaged(ctx, S("database"));
}

static enum err read_keys(struct ctx *ctx, int fd, const struct backup_manifest *m, struct str keys[BACKUP_KEYS]) {
	int64_t at = m->database_bytes;
	for (size_t i = 0; i < BACKUP_KEYS; i++) {
		size_t n = (size_t)m->key_bytes[i];
		char *text = arena_room(ctx->arena, n + 1);
		keys[i] = (struct str){text, n};
		if (n && (!read_at(fd, text, n, at) || !str_eq(sha256_hex(ctx->arena, keys[i]), m->key_sha256[i])))
			return damaged(ctx, backup_key_names[i]);
		at += (int64_t)n;
	}
	return ERR_OK;
}

static enum err read_open(struct ctx *ctx, int fd, int unpack_fd, struct backup_manifest *m,
		struct str keys[BACKUP_KEYS]) {
	struct stat st;
	if (fstat(fd, &st) || !S_ISREG(st.st_mode)) return damaged(ctx, S("file"));
	enum err e = read_manifest(ctx, fd, st.st_size, m);
	if (!e) e = read_database(ctx, fd, unpack_fd, m);
	if (e) return e;
	return read_keys(ctx, fd, m, keys);
}

enum err backup_read(struct ctx *ctx, const char *path, int unpack_fd, struct backup_manifest *m,
		struct str keys[BACKUP_KEYS]) {
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) return fail_with(ctx, ERR_NOT_FOUND, S("from"), S("backup_not_found"), str_c(path), S(""));
	enum err e = read_open(ctx, fd, unpack_fd, m, keys);
	close(fd);
	return e;
}

enum err backup_look(struct ctx *ctx, struct str path, struct backup_manifest *m,
		struct str keys[BACKUP_KEYS]) {
	return backup_read(ctx, str_cstr(ctx->arena, path), -1, m, keys);
}

/* ---- the database ---- */

static enum err prove_files(struct ctx *ctx) {
	struct arena scratch = {0};
	char after[SHA256_HEX];
	struct str last = {0};
	enum err e = ERR_OK;
	for (bool more = true; more && !e; arena_reset(&scratch)) {
		struct rows *r;
		e = DB_QUERY(ctx->db, &scratch, Q_BLOB_NEXT, &r, VT(last));
		if (e || !(more = rows_next(r))) continue;
		struct str name = rows_text(r, 0), bytes = rows_value(r, 2).s;
		bool fits = rows_int(r, 1) == (int64_t)bytes.n && str_eq(sha256_hex(&scratch, bytes), name) && name.n == SHA256_HEX;
		if (!fits) e = damaged(ctx, str_cat(ctx->arena, S("file "), str_copy(ctx->arena, name)));
		else memcpy(after, name.p, SHA256_HEX);
		last = (struct str){after, SHA256_HEX};
		rows_done(r);
	}
	arena_release(&scratch);
	return e;
}

static enum err prove_chain(struct ctx *ctx, struct backup_manifest *m) {
	struct rows *r;
	struct audit_proof proof;
	enum err e = db_query(ctx->db, ctx->arena, Q_AUDIT_HEAD, NULL, 0, &r);
	if (e || !rows_next(r)) return damaged(ctx, S("audit"));
	int64_t rows = rows_int(r, 0);
	struct str head = str_copy(ctx->arena, rows_text(r, 1));
	rows_done(r);
	if (m->audit_head.n && (m->audit_rows != rows || !str_eq(m->audit_head, head))) return damaged(ctx, S("audit"));
	m->audit_head = head;
	m->audit_rows = rows;
	if (!ctx->app->audit_key.n) return ERR_OK;
	e = audit_verify(ctx, S(""), &proof);
	if (e) return e;
	return proof.is_ok ? ERR_OK : fail(ctx, ERR_CONFLICT, S("audit"), S("audit_broken"));
}

static enum err prove_rows(struct ctx *ctx, struct backup_manifest *m) {
	struct table_count *found = NULL;
	size_t n = 0;
	enum err e = store_counts(ctx->db, ctx->arena, &found, &n);
	if (e) return damaged(ctx, S("tables"));
	bool fits = !m->tables_n || m->tables_n == n;
	for (size_t i = 0; fits && m->tables_n && i < n; i++)
		fits = str_eq(m->tables[i].name, found[i].name) && m->tables[i].rows == found[i].rows;
	m->tables = found;
	m->tables_n = n;
	return fits ? ERR_OK : damaged(ctx, S("rows"));
}

static enum err prove_opened(struct ctx *ctx, struct backup_manifest *m) {
	struct str why;
	if (store_prove_pages(ctx->db, ctx->arena, false, &why)) return damaged(ctx, why);
	enum err e = prove_rows(ctx, m);
	if (!e) e = prove_files(ctx);
	return e ? e : prove_chain(ctx, m);
}

enum err backup_prove_database(struct ctx *ctx, const char *file, struct str key, struct backup_manifest *m) {
	struct app app = {.clock = ctx->app->clock, .fixed_today = ctx->app->fixed_today, .audit_key = key};
	struct str why = {0};
	struct ctx inner;
	const struct store_config config = {.url = str_c(file), .is_as_found = true};
	enum err e = store_open(ctx->arena, &config, &app.store, &why);
	if (e) return fail_with(ctx, ERR_CONFLICT, S("backup"), S("backup_newer"), why, S(""));
	struct db *db = store_reader(app.store);
	ctx_init(&inner, &app, ctx->arena, db);
	inner.lang = ctx->lang;
	bool fits = !m->schema_version || m->schema_version == store_schema_version(app.store);
	m->schema_version = store_schema_version(app.store);
	e = !db ? damaged(ctx, S("database")) : fits ? prove_opened(&inner, m) : damaged(ctx, S("schema_version"));
	if (inner.error) ctx->error = inner.error;
	db_close(db);
	store_close(app.store);
	return e;
}

/* ---- both ---- */

static enum err unpack(struct ctx *ctx, const struct backup_source *from, const char *to, struct backup_manifest *m,
		struct str keys[BACKUP_KEYS]) {
	int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
	if (fd < 0)
		return fail_with(ctx, ERR_STORE, S("backup"), S("backup_unpack"), str_copy(ctx->arena, str_c(strerror(errno))), S(""));
	enum err e = backup_read(ctx, str_cstr(ctx->arena, from->path), fd, m, keys);
	bool is_synced = !fsync(fd);
	close(fd);
	if (!e && !is_synced)
		e = fail_with(ctx, ERR_STORE, S("backup"), S("backup_unpack"), S("fsync"), S(""));
	return e ? e : backup_prove_database(ctx, to, from->key, m);
}

enum err backup_prove(struct ctx *ctx, const struct backup_source *from, struct backup_manifest *m, struct str *file,
		struct str keys[BACKUP_KEYS]) {
	struct arena *a = ctx->arena;
	struct buf b = {.arena = a};
	buf_add(&b, from->beside.n ? from->beside : S("."));
	buf_c(&b, "/.zhaoyin-restore-");
	buf_int(&b, getpid());
	*file = str_copy(a, buf_str(&b));
	const char *to = str_cstr(a, *file);
	enum err e = unpack(ctx, from, to, m, keys);
	if (e) (void)unlink(to);
	return e;
}
