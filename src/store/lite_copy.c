/* Copies of SQLite files, and what keeps a restored one from landing on a living one. */
#include "store/copy.h"
#include "store/lite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	STEP_PAGES = 256,            /* a mebibyte at a time */
	RETRY_MS = 20,
	LOCK_FIRST = 0x40000000,     /* the bytes that SQLite locks: sqlite.org/fileformat2, "lock-byte page" */
	LOCK_BYTES = 512,
};

static enum err say(struct arena *a, struct str *why, enum err e, const char *file, const char *text) {
	*why = str_cat(a, str_c(file), str_cat(a, S(": "), str_copy(a, str_c(text))));
	return e;
}

/* ---- out ---- */

static int copy_pages(sqlite3 *from, sqlite3 *to) {
	sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
	if (!b) return sqlite3_errcode(to);
	int rc;
	while ((rc = sqlite3_backup_step(b, STEP_PAGES)) == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
		if (rc) sqlite3_sleep(RETRY_MS);
	int end = sqlite3_backup_finish(b);
	return rc == SQLITE_DONE ? end : rc;
}

/* One file without a log beside it, all of it on disk. */
static int close_log(sqlite3 *h) {
	return sqlite3_exec(h, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
}

/* The transaction holds the moment: without it each write of another connection would start the copy anew. */
enum err lite_copy(struct db *db, struct arena *a, const char *to, struct str *why) {
	sqlite3 *from = lite_handle(db), *h = NULL;
	int rc = sqlite3_open_v2(to, &h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
	if (!rc) rc = sqlite3_exec(from, "BEGIN; SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
	if (!rc) rc = copy_pages(from, h);
	if (!sqlite3_get_autocommit(from)) sqlite3_exec(from, "COMMIT", NULL, NULL, NULL);
	if (!rc) rc = close_log(h);
	const char *text = str_cstr(a, str_c(sqlite3_errstr(rc)));
	sqlite3_close_v2(h);
	return rc ? say(a, why, ERR_STORE, to, text) : ERR_OK;
}

enum err lite_single_file(struct arena *a, const char *file, struct str *why) {
	sqlite3 *h = NULL;
	int rc = sqlite3_open_v2(file, &h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	if (!rc) rc = close_log(h);
	sqlite3_close_v2(h);
	return rc ? say(a, why, ERR_STORE, file, sqlite3_errstr(rc)) : ERR_OK;
}

/* ---- in ---- */

static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
enum { ENDINGS = sizeof endings / sizeof *endings };

static const char *with(struct arena *a, struct str base, const char *ending) {
	return str_cstr(a, str_cat(a, base, str_c(ending)));
}

static bool is_there(struct arena *a, struct str url) {
	struct stat st;
	for (size_t i = 0; i < ENDINGS; i++)
		if (!lstat(with(a, url, endings[i]), &st)) return true;
	return false;
}

/* Whoever has a city open holds a lock on its file until it closes it. */
static bool is_open_elsewhere(struct arena *a, struct str url) {
	int fd = open(str_cstr(a, url), O_RDWR | O_CLOEXEC);
	if (fd < 0) return false;
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCK_FIRST, .l_len = LOCK_BYTES};
	bool is_held = fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
	close(fd);
	return is_held;
}

enum err lite_may_restore(struct arena *a, const struct restore_target *to, struct str *why) {
	const char *file = str_cstr(a, to->url);
	if (!is_there(a, to->url)) return ERR_OK;
	if (!to->is_replace)
		return say(a, why, ERR_CONFLICT, file, "there is a city already; name another file, or say --replace");
	if (is_open_elsewhere(a, to->url))
		return say(a, why, ERR_CONFLICT, file, "a program has it open; stop the server, then restore");
	return ERR_OK;
}

static bool sync_folder(struct arena *a, struct str file) {
	size_t n = file.n;
	while (n && file.p[n - 1] != '/') n--;
	int fd = open(n ? str_cstr(a, str_sub(file, 0, n)) : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) return false;
	bool ok = !fsync(fd);
	close(fd);
	return ok;
}

/* The log first: a file without its log is only older, a log beside a strange file is not read. */
static enum err move_aside(struct arena *a, struct str url, struct str aside, struct str *why) {
	for (size_t i = ENDINGS; i-- > 0;) {
		const char *from = with(a, url, endings[i]), *to = with(a, aside, endings[i]);
		if (rename(from, to) && errno != ENOENT) return say(a, why, ERR_STORE, from, strerror(errno));
	}
	return ERR_OK;
}

enum err lite_restore(struct arena *a, const char *file, const struct restore_target *to, struct str *aside,
		struct str *why) {
	enum err e = lite_may_restore(a, to, why);
	if (e) return e;
	const char *place = str_cstr(a, to->url);
	*aside = (struct str){0};
	if (is_there(a, to->url)) {
		*aside = str_cat(a, str_cat(a, to->url, S("-before-")), to->stamp);
		if (is_there(a, *aside)) return say(a, why, ERR_CONFLICT, str_cstr(a, *aside), "is there already; try again");
		if ((e = move_aside(a, to->url, *aside, why))) return e;
	}
	/* link, not rename: it never takes the place of a file that appeared meanwhile */
	if (link(file, place)) return say(a, why, ERR_STORE, place, strerror(errno));
	(void)unlink(file);
	if (!sync_folder(a, to->url)) return say(a, why, ERR_STORE, place, strerror(errno));
	return ERR_OK;
}
