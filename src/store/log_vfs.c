#include "store/log_vfs.h"

#include "base/buf.h"

#include <string.h>

enum { PIECE = 128 * 1024 - 1 }; /* the unix VFS writes no longer one */

struct log_file {
	sqlite3_file file;
	sqlite3_file *below;   /* behind this struct */
	sqlite3_int64 at;      /* where the piece goes */
	int n;                 /* bytes of it; 0 = nothing waits */
	int failed;            /* the first write that failed: until it is closed nothing is trusted */
	char *piece;
};

static struct log_file *log_of(sqlite3_file *f) {
	return (struct log_file *)(void *)f;
}

static int flush(struct log_file *l) {
	if (l->failed) return l->failed;
	if (!l->n) return SQLITE_OK;
	int n = l->n;
	l->n = 0;
	return l->failed = l->below->pMethods->xWrite(l->below, l->piece, n, l->at);
}

static int log_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at) {
	struct log_file *l = log_of(f);
	if (l->failed) return l->failed;
	if (l->n && (at != l->at + l->n || n > PIECE - l->n)) {
		int rc = flush(l);
		if (rc) return rc;
	}
	if (n > PIECE) return l->below->pMethods->xWrite(l->below, p, n, at);
	if (!l->n) l->at = at;
	memcpy(l->piece + l->n, p, (size_t)n);
	l->n += n;
	return SQLITE_OK;
}

static int log_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at) {
	int rc = flush(log_of(f));
	return rc ? rc : log_of(f)->below->pMethods->xRead(log_of(f)->below, p, n, at);
}

static int log_truncate(sqlite3_file *f, sqlite3_int64 size) {
	int rc = flush(log_of(f));
	return rc ? rc : log_of(f)->below->pMethods->xTruncate(log_of(f)->below, size);
}

static int log_sync(sqlite3_file *f, int flags) {
	int rc = flush(log_of(f));
	return rc ? rc : log_of(f)->below->pMethods->xSync(log_of(f)->below, flags);
}

static int log_size(sqlite3_file *f, sqlite3_int64 *size) {
	int rc = flush(log_of(f));
	return rc ? rc : log_of(f)->below->pMethods->xFileSize(log_of(f)->below, size);
}

static int log_close(sqlite3_file *f) {
	int rc = flush(log_of(f)), end = log_of(f)->below->pMethods->xClose(log_of(f)->below);
	heap_free(log_of(f)->piece);
	return rc ? rc : end;
}

static int log_lock(sqlite3_file *f, int level) {
	return log_of(f)->below->pMethods->xLock(log_of(f)->below, level);
}

static int log_unlock(sqlite3_file *f, int level) {
	return log_of(f)->below->pMethods->xUnlock(log_of(f)->below, level);
}

static int log_check_reserved(sqlite3_file *f, int *out) {
	return log_of(f)->below->pMethods->xCheckReservedLock(log_of(f)->below, out);
}

static int log_control(sqlite3_file *f, int op, void *arg) {
	return log_of(f)->below->pMethods->xFileControl(log_of(f)->below, op, arg);
}

static int log_sector(sqlite3_file *f) {
	return log_of(f)->below->pMethods->xSectorSize(log_of(f)->below);
}

static int log_device(sqlite3_file *f) {
	return log_of(f)->below->pMethods->xDeviceCharacteristics(log_of(f)->below);
}

/* Version 1: SQLite asks a log for no shared memory and no map. */
static const sqlite3_io_methods methods = {
	.iVersion = 1, .xClose = log_close, .xRead = log_read, .xWrite = log_write, .xTruncate = log_truncate,
	.xSync = log_sync, .xFileSize = log_size, .xLock = log_lock, .xUnlock = log_unlock,
	.xCheckReservedLock = log_check_reserved, .xFileControl = log_control, .xSectorSize = log_sector,
	.xDeviceCharacteristics = log_device,
};

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out_flags) {
	sqlite3_vfs *below = ((struct log_vfs *)(void *)vfs)->below;
	if (!(flags & SQLITE_OPEN_WAL)) return below->xOpen(below, name, f, flags, out_flags);
	struct log_file *l = log_of(f);
	*l = (struct log_file){.below = (sqlite3_file *)(void *)(l + 1)};
	int rc = below->xOpen(below, name, l->below, flags, out_flags);
	if (!l->below->pMethods) return rc;
	l->file.pMethods = &methods; /* SQLite closes it then, also after a failure */
	l->piece = heap_alloc(PIECE);
	return rc;
}

const char *log_vfs_open(struct log_vfs *v, const char *below) {
	v->below = sqlite3_vfs_find(below);
	if (!v->below) return NULL;
	struct buf name = {.arena = &v->arena};
	buf_c(&name, "zhaoyin-log-");
	buf_int(&name, (int64_t)(intptr_t)v); /* one for each connection */
	v->vfs = *v->below;
	v->vfs.pNext = NULL;
	v->vfs.zName = str_cstr(&v->arena, buf_str(&name));
	v->vfs.szOsFile = (int)sizeof(struct log_file) + v->below->szOsFile;
	v->vfs.xOpen = open_file;
	return sqlite3_vfs_register(&v->vfs, 0) ? NULL : v->vfs.zName;
}

void log_vfs_close(struct log_vfs *v) {
	if (v->below) sqlite3_vfs_unregister(&v->vfs);
	v->below = NULL;
	arena_release(&v->arena);
}
