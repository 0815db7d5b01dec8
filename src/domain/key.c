#include "domain/key.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEX = 2 * KEY_BYTES };

static enum err say(struct arena *a, struct str *why, enum err code, struct str path, const char *what) {
	struct buf b = {.arena = a};
	buf_c(&b, "key file ");
	buf_add(&b, path);
	buf_c(&b, ": ");
	buf_c(&b, what);
	*why = buf_str(&b);
	return code;
}

/* NAME of schema=NAME; "public" without one. */
static struct str schema_of(struct str url) {
	ptrdiff_t at = str_find(url, S("schema="));
	if (at < 0) return S("public");
	struct str name = str_sub(url, (size_t)at + 7, url.n);
	ptrdiff_t end = str_find(name, S("&"));
	return end < 0 ? name : str_sub(name, 0, (size_t)end);
}

static bool is_plain(struct str name) {
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_') return false;
	}
	return name.n > 0;
}

static enum err path_of(struct arena *a, struct str url, struct str ending, struct str no_name,
		struct str *path, struct str *why) {
	bool is_postgres = str_starts(url, S("postgres://")) || str_starts(url, S("postgresql://"));
	struct str schema = is_postgres ? schema_of(url) : S("");
	if (is_postgres && !is_plain(schema)) {
		*why = no_name;
		return ERR_INVALID;
	}
	*path = str_cat(a, is_postgres ? str_cat(a, S("zhaoyin-"), schema) : url, ending);
	return ERR_OK;
}

enum err key_path(struct arena *a, struct str url, struct str given, struct str *path, struct str *why) {
	if (!given.n)
		return path_of(a, url, S(".key"),
			S("the schema's name gives no file name: set ZHAOYIN_KEY_FILE to the path of the audit key's file"),
			path, why);
	*path = given;
	return ERR_OK;
}

enum err seal_path(struct arena *a, struct str url, struct str given, struct str *path, struct str *why) {
	if (!given.n)
		return path_of(a, url, S(".seal"),
			S("the schema's name gives no file name: set ZHAOYIN_SEAL_FILE to the path of the field keys' file"),
			path, why);
	*path = given;
	return ERR_OK;
}

/* ---- reading ---- */

static const char *wrong_mode(const struct stat *st) {
	if (!S_ISREG(st->st_mode)) return "not a file";
	if (st->st_uid != geteuid() && st->st_uid != 0)
		return "belongs to another user; chown it to the user who runs zhaoyin";
	if (st->st_mode & (S_IRWXG | S_IRWXO))
		return "others may open it; chmod 600 it, and make a new key if somebody did";
	return NULL;
}

static enum err parse(struct arena *a, struct str path, struct str text, struct str *key, struct str *why) {
	unsigned char raw[KEY_BYTES];
	size_t n = 0;
	text = str_trim(text);
	if (text.n != HEX || sodium_hex2bin(raw, sizeof raw, text.p, text.n, NULL, &n, NULL) || n != KEY_BYTES)
		return say(a, why, ERR_INVALID, path, "not 64 hexadecimal digits; put the kept copy in its place");
	*key = str_copy(a, (struct str){(const char *)raw, KEY_BYTES});
	sodium_memzero(raw, sizeof raw);
	return ERR_OK;
}

static enum err read_open(struct arena *a, struct str path, int fd, size_t max, struct str *text, struct str *why) {
	struct stat st;
	if (fstat(fd, &st)) return say(a, why, ERR_STORE, path, strerror(errno));
	const char *wrong = wrong_mode(&st);
	if (wrong) return say(a, why, ERR_FORBIDDEN, path, wrong);
	char *room = arena_alloc(a, max + 1);
	ssize_t n = read(fd, room, max + 1);
	if (n < 0) return say(a, why, ERR_STORE, path, strerror(errno));
	*text = (struct str){room, (size_t)n};
	return (size_t)n > max ? say(a, why, ERR_INVALID, path, "too long for a key file") : ERR_OK;
}

enum err key_file_read(struct arena *a, struct str path, size_t max, struct str *text, struct str *why) {
	int fd = open(str_cstr(a, path), O_RDONLY | O_CLOEXEC);
	if (fd < 0) return say(a, why, errno == ENOENT ? ERR_NOT_FOUND : ERR_STORE, path, strerror(errno));
	enum err e = read_open(a, path, fd, max, text, why);
	close(fd);
	return e;
}

void key_text_wipe(struct str text) {
	if (text.n) sodium_memzero((char *)(uintptr_t)text.p, text.n);
}

/* ---- making ---- */

static struct str directory_of(struct str path) {
	size_t n = path.n;
	while (n && path.p[n - 1] != '/') n--;
	return n ? (struct str){path.p, n} : S(".");
}

static bool write_all(int fd, const char *p, size_t n) {
	while (n) {
		ssize_t put = write(fd, p, n);
		if (put < 0 && errno == EINTR) continue;
		if (put <= 0) return false;
		p += put;
		n -= (size_t)put;
	}
	return true;
}

/* A rename inside a directory is on disk when the directory is. */
static bool sync_directory(struct arena *a, struct str path) {
	int fd = open(str_cstr(a, directory_of(path)), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) return false;
	bool ok = !fsync(fd);
	close(fd);
	return ok;
}

/* Written aside and put into place: two that start at once get one key, and a power cut leaves a
 * whole file or none. */
enum err key_file_write(struct arena *a, struct str path, struct str text, bool may_replace, struct str *why) {
	struct buf b = {.arena = a};
	buf_add(&b, path);
	buf_c(&b, ".new");
	buf_int(&b, getpid());
	const char *aside = str_cstr(a, buf_str(&b)), *place = str_cstr(a, path);
	int fd = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
	if (fd < 0) return say(a, why, ERR_STORE, path, strerror(errno));
	bool ok = write_all(fd, text.p, text.n) && !fsync(fd);
	if (close(fd)) ok = false;
	if (ok && may_replace) ok = !rename(aside, place);
	else if (ok && link(aside, place) && errno != EEXIST) ok = false;
	int error = errno;
	if (!ok || !may_replace) (void)unlink(aside);
	if (!ok || !sync_directory(a, path)) return say(a, why, ERR_STORE, path, strerror(ok ? errno : error));
	return ERR_OK;
}

static enum err make(struct arena *a, struct str path, struct str *why) {
	unsigned char raw[KEY_BYTES];
	char text[HEX + 1];
	randombytes_buf(raw, sizeof raw);
	sodium_bin2hex(text, sizeof text, raw, sizeof raw);
	text[HEX] = '\n';
	enum err e = key_file_write(a, path, (struct str){text, sizeof text}, false, why);
	sodium_memzero(raw, sizeof raw);
	sodium_memzero(text, sizeof text);
	return e;
}

enum err key_load(struct arena *a, struct str path, bool may_make, struct str *key, struct str *why) {
	struct str text;
	if (sodium_init() < 0) return say(a, why, ERR_STORE, path, "no random numbers on this machine");
	enum err e = key_file_read(a, path, HEX + 8, &text, why);
	if (e == ERR_NOT_FOUND && may_make) {
		if ((e = make(a, path, why))) return e;
		e = key_file_read(a, path, HEX + 8, &text, why);
	}
	if (e == ERR_NOT_FOUND)
		return say(a, why, e, path, "not there, and the audit chain has rows: put the kept copy in its place");
	if (e) return e;
	e = parse(a, path, text, key, why);
	key_text_wipe(text);
	return e;
}

enum err key_of_text(struct arena *a, struct str text, struct str *key, struct str *why) {
	return parse(a, S("the key in the backup"), text, key, why);
}
