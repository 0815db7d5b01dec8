/* lite.h - the SQLite engine's connection to the file that copies whole databases. */
#ifndef STORE_LITE_H
#define STORE_LITE_H

#include "store/engine.h"

#include <sqlite3.h>

sqlite3 *lite_handle(struct db *db);

/* The city of one moment into the fresh file `to`, page by page. *why on failure. */
enum err lite_copy(struct db *db, struct arena *a, const char *to, struct str *why);

/* Takes the write-ahead log's mark off a closed file, so that it is whole by itself. */
enum err lite_single_file(struct arena *a, const char *file, struct str *why);

/* copy.h, for files. */
struct restore_target;
enum err lite_may_restore(struct arena *a, const struct restore_target *to, struct str *why);
enum err lite_restore(struct arena *a, const char *file, const struct restore_target *to, struct str *aside,
	struct str *why);

#endif
