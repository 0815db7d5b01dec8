/* log_vfs.h - a SQLite VFS that writes the write-ahead log in long pieces.
 *
 * SQLite writes each page of the log in two calls, a header of 24 bytes and the page. Here what follows
 * on what was written is collected, and written when the log is synced, read, truncated, measured or
 * closed, or when the piece is full. All other files are those of the VFS below.
 *
 * Only for a connection with synchronous=FULL: it syncs the log before it tells other connections,
 * through the shared memory, that there is more of it. What fails to be written fails the sync. */
#ifndef STORE_LOG_VFS_H
#define STORE_LOG_VFS_H

#include "base/arena.h"

#include <sqlite3.h>

struct log_vfs {
	sqlite3_vfs vfs;     /* the one below, but for xOpen */
	sqlite3_vfs *below;
	struct arena arena;
};

/* Registers v over the VFS of that name (NULL = the default). The name to open with, or NULL: no such
 * VFS. v stays where it is until log_vfs_close, when its connection is closed. */
const char *log_vfs_open(struct log_vfs *v, const char *below);
void log_vfs_close(struct log_vfs *v);

#endif
