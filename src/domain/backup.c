/* Making a backup: copy, prove, append what proves it, read it again, name it. */
#include "domain/backup.h"

#include "base/day.h"
#include "base/json.h"
#include "domain/backup_parts.h"
#include "domain/digest.h"
#include "domain/key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef ZHAOYIN_VERSION
#define ZHAOYIN_VERSION "0"
#endif

enum { PIECE = 1 << 16 };

const struct str backup_key_names[BACKUP_KEYS] = {[BACKUP_AUDIT_KEY] = S_("key"), [BACKUP_SEAL_KEYS] = S_("seal")};

static enum err failed(struct ctx *ctx, const char *path, const char *why) {
	return fail_with(ctx, ERR_STORE, S("backup"), S("backup_failed"), str_c(path), str_copy(ctx->arena, str_c(why)));
}

bool backup_write_all(int fd, struct str s) {
	while (s.n) {
		ssize_t n = write(fd, s.p, s.n);
		if (n < 0 && errno == EINTR) continue;
		if (n <= 0) return false;
		s = str_sub(s, (size_t)n, s.n);
	}
	return true;
}

bool backup_sync_folder(struct arena *a, struct str path) {
	size_t n = path.n;
	while (n && path.p[n - 1] != '/') n--;
	int fd = open(n ? str_cstr(a, str_sub(path, 0, n)) : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) return false;
	bool ok = !fsync(fd);
	close(fd);
	return ok;
}

/* ---- names ---- */

static bool is_folder(struct arena *a, struct str path) {
	struct stat st;
	return !stat(str_cstr(a, path), &st) && S_ISDIR(st.st_mode);
}

/* zhaoyin-20240410-100000.zyb, by the city's clock. */
static struct str name_in(struct ctx *ctx, struct str folder) {
	struct buf b = {.arena = ctx->arena};
	int y, m, d;
	int64_t second = (ctx->now_ms / 1000 + 8 * 3600) % 86400;
	day_split(day_of_ms(ctx->now_ms), &y, &m, &d);
	buf_add(&b, folder);
	buf_c(&b, str_ends(folder, S("/")) ? "zhaoyin-" : "/zhaoyin-");
	buf_pad(&b, y * 10000 + m * 100 + d, 8);
	buf_byte(&b, '-');
	buf_pad(&b, second / 3600 * 10000 + second / 60 % 60 * 100 + second % 60, 6);
	buf_c(&b, ".zyb");
	return buf_str(&b);
}

/* ---- parts ---- */

static enum err hash_file(struct ctx *ctx, int fd, struct str *sha256, int64_t *bytes) {
	char *piece = arena_room(ctx->arena, PIECE);
	struct digest *d = digest_new(ctx->arena);
	ssize_t n;
	*bytes = 0;
	while ((n = pread(fd, piece, PIECE, *bytes)) > 0) {
		digest_add(d, (struct str){piece, (size_t)n});
		*bytes += n;
	}
	*sha256 = digest_end(d, ctx->arena);
	return n < 0 || !sha256->n ? ERR_STORE : ERR_OK;
}

static enum err read_keys(struct ctx *ctx, const struct str paths[BACKUP_KEYS], struct str texts[BACKUP_KEYS]) {
	for (size_t i = 0; i < BACKUP_KEYS; i++) {
		struct str why = {0};
		texts[i] = (struct str){0};
		if (!paths[i].n) continue;
		enum err e = key_file_read(ctx->arena, paths[i], BACKUP_KEY_MAX, &texts[i], &why);
		if (e) return fail_with(ctx, e, S("key"), S("backup_key"), why, S(""));
	}
	return ERR_OK;
}

static void put_part(struct json *j, struct str name, int64_t bytes, struct str sha256) {
	json_obj(j);
	json_put_str(j, "name", name);
	json_put_int(j, "size_bytes", bytes);
	json_put_str(j, "sha256", sha256);
	json_end(j);
}

static struct str manifest_text(struct arena *a, const struct backup_manifest *m) {
	struct buf b = {.arena = a};
	struct json j = {.out = &b};
	json_obj(&j);
	json_put_int(&j, "format", 1);
	json_put_str(&j, "program", m->program);
	json_put_str(&j, "engine", m->engine);
	json_put_int(&j, "made_at_ms", m->made_at_ms);
	json_put_int(&j, "schema_version", m->schema_version);
	json_put_str(&j, "audit_head", m->audit_head);
	json_put_int(&j, "audit_rows", m->audit_rows);
	json_key(&j, S("parts"));
	json_arr(&j);
	put_part(&j, S("database"), m->database_bytes, m->database_sha256);
	for (size_t i = 0; i < BACKUP_KEYS; i++)
		if (m->key_bytes[i]) put_part(&j, backup_key_names[i], m->key_bytes[i], m->key_sha256[i]);
	json_end(&j);
	json_key(&j, S("rows"));
	json_obj(&j);
	for (size_t i = 0; i < m->tables_n; i++) {
		json_key(&j, m->tables[i].name);
		json_int(&j, m->tables[i].rows);
	}
	json_end(&j);
	json_end(&j);
	return buf_str(&b);
}

static struct str tail_text(struct arena *a, struct str manifest) {
	struct buf b = {.arena = a};
	buf_c(&b, BACKUP_MARK);
	buf_pad(&b, (int64_t)manifest.n, 20);
	buf_byte(&b, ' ');
	buf_add(&b, sha256_hex(a, manifest));
	while (b.n < BACKUP_TAIL - 1) buf_byte(&b, ' ');
	buf_byte(&b, '\n');
	return buf_str(&b);
}

static enum err append_parts(struct ctx *ctx, int fd, const struct str keys[BACKUP_KEYS], struct backup_manifest *m) {
	struct arena *a = ctx->arena;
	enum err e = hash_file(ctx, fd, &m->database_sha256, &m->database_bytes);
	if (e) return e;
	bool ok = lseek(fd, 0, SEEK_END) == m->database_bytes;
	for (size_t i = 0; i < BACKUP_KEYS; i++) {
		m->key_bytes[i] = (int64_t)keys[i].n;
		m->key_sha256[i] = keys[i].n ? sha256_hex(a, keys[i]) : S("");
		ok = ok && backup_write_all(fd, keys[i]);
	}
	struct str manifest = manifest_text(a, m);
	ok = ok && backup_write_all(fd, manifest) && backup_write_all(fd, tail_text(a, manifest)) && !fsync(fd);
	return ok ? ERR_OK : ERR_STORE;
}

static enum err seal(struct ctx *ctx, const char *file, const struct str keys[BACKUP_KEYS], struct backup_manifest *m) {
	int fd = open(file, O_RDWR | O_CLOEXEC);
	if (fd < 0) return failed(ctx, file, strerror(errno));
	(void)fchmod(fd, S_IRUSR | S_IWUSR);
	enum err e = append_parts(ctx, fd, keys, m);
	int error = errno;
	close(fd);
	return e ? failed(ctx, file, strerror(error)) : ERR_OK;
}

/* ---- making ---- */

/* Never over a file that appeared meanwhile, where the file system knows links. */
static bool give_name(const char *aside, const char *to) {
	if (!link(aside, to)) return true;
	bool knows_links = errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS;
	return !knows_links && access(to, F_OK) != 0 && !rename(aside, to);
}

static enum err make_at(struct ctx *ctx, const char *aside, const struct str keys[BACKUP_KEYS], struct backup_manifest *m) {
	struct str why = {0}, ignored[BACKUP_KEYS];
	struct backup_manifest again;
	enum err e = store_copy_out(ctx->app->store, ctx->arena, aside, &why);
	if (e) return fail_with(ctx, e, S("backup"), S("backup_failed"), str_c(aside), why);
	*m = (struct backup_manifest){.program = S(ZHAOYIN_VERSION), .made_at_ms = ctx->now_ms,
		.engine = store_engine(ctx->app->store) == ENGINE_SQLITE ? S("sqlite") : S("postgres")};
	e = backup_prove_database(ctx, aside, ctx->app->audit_key, m);
	if (!e) e = seal(ctx, aside, keys, m);
	return e ? e : backup_read(ctx, aside, -1, &again, ignored);
}

enum err backup_make(struct ctx *ctx, struct str path, const struct str keys[BACKUP_KEYS], struct str *made,
		struct backup_manifest *m) {
	struct arena *a = ctx->arena;
	struct str place = is_folder(a, path) ? name_in(ctx, path) : path, texts[BACKUP_KEYS];
	const char *to = str_cstr(a, place);
	const char *aside = str_cstr(a, str_cat(a, place, str_cat(a, S(".part"), str_of_int(a, getpid()))));
	if (access(to, F_OK) == 0) return fail_with(ctx, ERR_CONFLICT, S("to"), S("backup_there"), place, S(""));
	enum err e = read_keys(ctx, keys, texts);
	if (e) return e;
	e = make_at(ctx, aside, texts, m);
	if (!e && !give_name(aside, to)) e = failed(ctx, to, strerror(errno));
	(void)unlink(aside);
	if (!e && !backup_sync_folder(a, place)) e = failed(ctx, to, strerror(errno));
	*made = place;
	return e;
}
