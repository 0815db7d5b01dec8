/* copy_rows.h - the parts of copy.h to each other. */
#ifndef STORE_COPY_ROWS_H
#define STORE_COPY_ROWS_H

#include "store/copy.h"
#include "store/engine.h"

/* All rows of the SQLite file into the fresh city at url, which is made with the same migrations. */
enum err copy_rows_in(struct arena *a, const char *file, struct str url, struct str *why);

enum err pg_may_restore(struct arena *a, const struct restore_target *to, struct str *why);
enum err pg_restore(struct arena *a, const char *file, const struct restore_target *to, struct str *aside,
	struct str *why);

#endif
