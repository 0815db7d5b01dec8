#include "fault_vfs.h"

#include "base/arena.h"

#include <assert.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum { SECTOR = 512, FILES_MAX = 8 };

enum op_kind { OP_CREATE, OP_WRITE, OP_TRUNCATE, OP_DELETE };
struct op {
	struct op *next;
	enum op_kind kind;
	int64_t at;
	size_t n;
	unsigned char *bytes;
};

/* What is on the disk for sure, and what came after the last sync. */
struct image {
	unsigned char *bytes;
	size_t n, room;
	bool exists;
};
struct file {
	char path[200];
	struct image synced;
	struct op *first, **end;
};

struct fault_disk {
	sqlite3_vfs vfs, *below;
	pthread_mutex_t lock;
	struct file files[FILES_MAX];
	int files_n;
	int64_t calls, cut_at; /* cut_at 0 = no cut is planned */
	bool is_cut;
	enum fault fault;
	char suffix[16];
};

struct handle {
	sqlite3_file base;
	struct fault_disk *disk;
	struct file *file; /* NULL: not of the database (a temporary file) */
	sqlite3_file *below;
};

/* ---- images ---- */

static void image_size(struct image *m, size_t n) {
	if (n > m->room) {
		m->room = n * 2;
		m->bytes = heap_grow(m->bytes, m->room);
	}
	if (n > m->n) memset(m->bytes + m->n, 0, n - m->n);
	m->n = n;
}

static void image_write(struct image *m, int64_t at, const unsigned char *bytes, size_t n) {
	if (!m->exists || !n) return;
	if ((size_t)at + n > m->n) image_size(m, (size_t)at + n);
	memcpy(m->bytes + at, bytes, n);
}

static void apply(struct image *m, const struct op *o) {
	switch (o->kind) {
	case OP_CREATE: m->exists = true; break;
	case OP_WRITE: image_write(m, o->at, o->bytes, o->n); break;
	case OP_TRUNCATE: image_size(m, (size_t)o->at); break;
	case OP_DELETE:
		m->exists = false;
		m->n = 0;
		break;
	}
}

static void forget(struct file *f) {
	for (struct op *o = f->first, *next; o; o = next) {
		next = o->next;
		heap_free(o->bytes);
		heap_free(o);
	}
	f->first = NULL;
	f->end = &f->first;
}

static void synced(struct file *f) {
	for (struct op *o = f->first; o; o = o->next) apply(&f->synced, o);
	forget(f);
}

static void push(struct file *f, enum op_kind kind, int64_t at, const void *bytes, size_t n) {
	struct op *o = heap_alloc(sizeof *o);
	*o = (struct op){.kind = kind, .at = at, .n = n};
	if (n) o->bytes = memcpy(heap_alloc(n), bytes, n);
	*f->end = o;
	f->end = &o->next;
}

/* ---- files ---- */

/* A file that is there when first met is what the disk held at the start. */
static void load(struct file *f) {
	FILE *in = fopen(f->path, "rb");
	if (!in) return;
	unsigned char block[4096];
	size_t n;
	f->synced.exists = true;
	while ((n = fread(block, 1, sizeof block, in)) > 0) image_write(&f->synced, (int64_t)f->synced.n, block, n);
	fclose(in);
}

static struct file *file_of(struct fault_disk *d, const char *path) {
	for (int i = 0; i < d->files_n; i++)
		if (strcmp(d->files[i].path, path) == 0) return &d->files[i];
	assert(d->files_n < FILES_MAX && strlen(path) < sizeof d->files[0].path);
	struct file *f = &d->files[d->files_n++];
	strcpy(f->path, path);
	f->end = &f->first;
	load(f);
	return f;
}

static bool ends(const char *s, const char *suffix) {
	size_t n = strlen(s), m = strlen(suffix);
	return n >= m && strcmp(s + n - m, suffix) == 0;
}

/* Counts a call and says whether it may be made: the code to fail with, or SQLITE_OK. */
static int admit(struct fault_disk *d, const struct file *f, enum fault fault, int rc) {
	d->calls++;
	if (d->cut_at && d->calls >= d->cut_at) d->is_cut = true;
	if (d->is_cut) return rc;
	if (!d->fault || !f || !ends(f->path, d->suffix)) return SQLITE_OK;
	if (d->fault == FAULT_WRITE_FULL && fault == FAULT_WRITE_EIO) return SQLITE_FULL;
	return d->fault == fault ? rc : SQLITE_OK;
}

/* The same for calls that change nothing: they are not counted and no cut comes at them. */
static bool is_failing(struct handle *h, enum fault fault) {
	struct fault_disk *d = h->disk;
	pthread_mutex_lock(&d->lock);
	bool is = d->fault == fault && h->file && ends(h->file->path, d->suffix);
	pthread_mutex_unlock(&d->lock);
	return is;
}

static struct handle *handle_of(sqlite3_file *file) {
	return (struct handle *)file;
}

static sqlite3_file *below(sqlite3_file *file) {
	return handle_of(file)->below;
}

static int on_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at) {
	struct handle *h = handle_of(file);
	pthread_mutex_lock(&h->disk->lock);
	int rc = admit(h->disk, h->file, FAULT_WRITE_EIO, SQLITE_IOERR_WRITE);
	if (!rc) rc = h->below->pMethods->xWrite(h->below, bytes, n, at);
	if (!rc && h->file) push(h->file, OP_WRITE, at, bytes, (size_t)n);
	pthread_mutex_unlock(&h->disk->lock);
	return rc;
}

static int on_truncate(sqlite3_file *file, sqlite3_int64 size) {
	struct handle *h = handle_of(file);
	pthread_mutex_lock(&h->disk->lock);
	bool is_own = h->disk->fault == FAULT_TRUNCATE_EIO;
	int rc = admit(h->disk, h->file, is_own ? FAULT_TRUNCATE_EIO : FAULT_WRITE_EIO, SQLITE_IOERR_TRUNCATE);
	if (!rc) rc = h->below->pMethods->xTruncate(h->below, size);
	if (!rc && h->file) push(h->file, OP_TRUNCATE, size, NULL, 0);
	pthread_mutex_unlock(&h->disk->lock);
	return rc;
}

/* After a failed sync the page cache may call the pages clean that it never wrote: they are lost
 * to every later sync, so the pending writes are forgotten here. */
static int on_sync(sqlite3_file *file, int flags) {
	(void)flags;
	struct handle *h = handle_of(file);
	pthread_mutex_lock(&h->disk->lock);
	int rc = admit(h->disk, h->file, FAULT_SYNC_EIO, SQLITE_IOERR_FSYNC);
	if (!rc && h->file) synced(h->file);
	else if (rc && h->file && !h->disk->is_cut) forget(h->file);
	pthread_mutex_unlock(&h->disk->lock);
	return rc;
}

static int on_close(sqlite3_file *file) {
	return below(file)->pMethods->xClose(below(file));
}
static int on_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at) {
	if (is_failing(handle_of(file), FAULT_READ_EIO)) return SQLITE_IOERR_READ;
	return below(file)->pMethods->xRead(below(file), to, n, at);
}
static int on_size(sqlite3_file *file, sqlite3_int64 *size) {
	return below(file)->pMethods->xFileSize(below(file), size);
}
static int on_lock(sqlite3_file *file, int kind) {
	if (is_failing(handle_of(file), FAULT_LOCK_EIO)) return SQLITE_IOERR_LOCK;
	return below(file)->pMethods->xLock(below(file), kind);
}
static int on_unlock(sqlite3_file *file, int kind) {
	return below(file)->pMethods->xUnlock(below(file), kind);
}
static int on_reserved(sqlite3_file *file, int *is_reserved) {
	return below(file)->pMethods->xCheckReservedLock(below(file), is_reserved);
}
static int on_control(sqlite3_file *file, int op, void *arg) {
	return below(file)->pMethods->xFileControl(below(file), op, arg);
}
static int on_sector(sqlite3_file *file) {
	return below(file)->pMethods->xSectorSize(below(file));
}
static int on_device(sqlite3_file *file) {
	return below(file)->pMethods->xDeviceCharacteristics(below(file));
}
static int on_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **p) {
	return below(file)->pMethods->xShmMap(below(file), page, size, extend, p);
}
static int on_shm_lock(sqlite3_file *file, int at, int n, int flags) {
	bool takes = flags & SQLITE_SHM_LOCK;
	if (takes && is_failing(handle_of(file), FAULT_LOCK_EIO)) return SQLITE_IOERR_SHMLOCK;
	return below(file)->pMethods->xShmLock(below(file), at, n, flags);
}
static void on_shm_barrier(sqlite3_file *file) {
	below(file)->pMethods->xShmBarrier(below(file));
}
static int on_shm_unmap(sqlite3_file *file, int is_delete) {
	return below(file)->pMethods->xShmUnmap(below(file), is_delete);
}
static int on_fetch(sqlite3_file *file, sqlite3_int64 at, int n, void **p) {
	*p = NULL; /* then it is read */
	if (is_failing(handle_of(file), FAULT_READ_EIO)) return SQLITE_OK;
	return below(file)->pMethods->xFetch(below(file), at, n, p);
}
static int on_unfetch(sqlite3_file *file, sqlite3_int64 at, void *p) {
	return below(file)->pMethods->xUnfetch(below(file), at, p);
}

static const sqlite3_io_methods methods = {
	3, on_close, on_read, on_write, on_truncate, on_sync, on_size, on_lock, on_unlock, on_reserved, on_control,
	on_sector, on_device, on_shm_map, on_shm_lock, on_shm_barrier, on_shm_unmap, on_fetch, on_unfetch,
};

/* ---- the VFS ---- */

static int on_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags) {
	struct fault_disk *d = vfs->pAppData;
	struct handle *h = handle_of(file);
	*h = (struct handle){.disk = d, .below = (sqlite3_file *)(h + 1)};
	pthread_mutex_lock(&d->lock);
	bool is_ours = path && flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL);
	struct file *f = is_ours ? file_of(d, path) : NULL;
	int was_there = 0;
	if (f) d->below->xAccess(d->below, path, SQLITE_ACCESS_EXISTS, &was_there);
	bool is_failed = f && d->fault == FAULT_OPEN_EIO && ends(path, d->suffix);
	int rc = is_failed ? SQLITE_CANTOPEN : d->below->xOpen(d->below, path, h->below, flags, out_flags);
	if (!rc && f && !was_there) push(f, OP_CREATE, 0, NULL, 0);
	if (!rc) {
		h->file = f;
		h->base.pMethods = &methods;
	}
	pthread_mutex_unlock(&d->lock);
	return rc;
}

static int on_delete(sqlite3_vfs *vfs, const char *path, int sync_dir) {
	struct fault_disk *d = vfs->pAppData;
	pthread_mutex_lock(&d->lock);
	struct file *f = file_of(d, path);
	int rc = admit(d, f, FAULT_NONE, SQLITE_IOERR_DELETE);
	if (!rc) rc = d->below->xDelete(d->below, path, 0);
	if (!rc) push(f, OP_DELETE, 0, NULL, 0);
	if (!rc && sync_dir) synced(f);
	pthread_mutex_unlock(&d->lock);
	return rc;
}

struct fault_disk *fault_new(const char *name) {
	struct fault_disk *d = heap_alloc(sizeof *d);
	d->below = sqlite3_vfs_find(NULL);
	d->vfs = *d->below;
	d->vfs.szOsFile += (int)sizeof(struct handle);
	d->vfs.zName = name;
	d->vfs.pNext = NULL;
	d->vfs.pAppData = d;
	d->vfs.xOpen = on_open;
	d->vfs.xDelete = on_delete;
	pthread_mutex_init(&d->lock, NULL);
	int rc = sqlite3_vfs_register(&d->vfs, 0);
	assert(rc == SQLITE_OK);
	(void)rc;
	return d;
}

void fault_free(struct fault_disk *d) {
	sqlite3_vfs_unregister(&d->vfs);
	for (int i = 0; i < d->files_n; i++) {
		forget(&d->files[i]);
		heap_free(d->files[i].synced.bytes);
	}
	pthread_mutex_destroy(&d->lock);
	heap_free(d);
}

void fault_cut_after(struct fault_disk *d, int64_t n) {
	pthread_mutex_lock(&d->lock);
	d->cut_at = d->calls + n;
	pthread_mutex_unlock(&d->lock);
}

bool fault_is_cut(struct fault_disk *d) {
	pthread_mutex_lock(&d->lock);
	bool is_cut = d->is_cut;
	pthread_mutex_unlock(&d->lock);
	return is_cut;
}

void fault_set(struct fault_disk *d, enum fault fault, const char *suffix) {
	pthread_mutex_lock(&d->lock);
	d->fault = fault;
	snprintf(d->suffix, sizeof d->suffix, "%s", suffix);
	pthread_mutex_unlock(&d->lock);
}

int64_t fault_calls(struct fault_disk *d) {
	pthread_mutex_lock(&d->lock);
	int64_t n = d->calls;
	pthread_mutex_unlock(&d->lock);
	return n;
}

/* ---- after the cut ---- */

static uint64_t next_random(uint64_t *seed) {
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return *seed >> 33;
}

static void tear(struct image *m, const struct op *o, uint64_t *seed) {
	for (size_t at = 0; at < o->n; at += SECTOR) {
		size_t n = o->n - at < SECTOR ? o->n - at : SECTOR;
		if (next_random(seed) % 2) image_write(m, o->at + (int64_t)at, o->bytes + at, n);
	}
}

/* A disk may keep all, nothing, or any part of what it was not told to sync; each cut takes one way. */
static void survive(struct file *f, uint64_t *seed) {
	uint64_t way = next_random(seed) % 4;
	for (struct op *o = f->first; o; o = o->next) {
		uint64_t luck = next_random(seed) % 3;
		bool is_kept = way == 1 || (way >= 2 && luck == 0), is_torn = way >= 2 && luck == 1 && o->kind == OP_WRITE;
		if (is_kept) apply(&f->synced, o);
		if (is_torn) tear(&f->synced, o, seed);
	}
	forget(f);
}

void fault_image(struct fault_disk *d, uint64_t seed, const char *to) {
	pthread_mutex_lock(&d->lock);
	for (int i = 0; i < d->files_n; i++) {
		struct file *f = &d->files[i];
		survive(f, &seed);
		if (!f->synced.exists) continue;
		char path[400];
		snprintf(path, sizeof path, "%s%s", to, strrchr(f->path, '/'));
		FILE *out = fopen(path, "wb");
		assert(out);
		fwrite(f->synced.bytes, 1, f->synced.n, out);
		fclose(out);
	}
	pthread_mutex_unlock(&d->lock);
}
