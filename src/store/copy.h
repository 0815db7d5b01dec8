/* copy.h - whole cities: one moment of one into a file, and a file back into a city.
 *
 * A copy is a SQLite file whatever engine it came from, so that a city can also move from one engine
 * to the other. From SQLite it is made page by page by the engine's own backup, under one read
 * transaction: writers go on, and what they write meanwhile is not in it (the log of the city grows
 * until the copy is done). From PostgreSQL it is made row by row in one REPEATABLE READ transaction,
 * through the same values as every query, because neither COPY's format nor a dump of pg_dump could
 * be looked over, proved and read by the other engine. Tables that only one engine has (an index for
 * searching) go along between equal engines only.
 *
 * Sentences in *why are for the person at the command line. */
#ifndef STORE_COPY_H
#define STORE_COPY_H

#include "store/store.h"

/* The city into the fresh file `to`, which must not be there. Blocks; writers do not wait for it. A
 * failure leaves no file. */
enum err store_copy_out(struct store *from, struct arena *a, const char *to, struct str *why);

struct table_count {
	struct str name;
	int64_t rows;
};

/* Rows of every table, sorted by name. From the table list of the engine. */
enum err store_counts(struct db *db, struct arena *a, struct table_count **out, size_t *n);

/* The engine's own look at its pages and references: ERR_CONFLICT with *why when something is broken.
 * PostgreSQL keeps both itself: there the answer is ERR_OK at once. quick: pages only, without the
 * comparison of indexes with their tables and without references. */
enum err store_prove_pages(struct db *db, struct arena *a, bool is_quick, struct str *why);

/* Where a restored city goes. ERR_CONFLICT when one is there and is_replace is not set, or when a
 * program has it open; nothing was touched then. */
struct restore_target {
	struct str url;
	bool is_replace;     /* the old one is kept aside under its name + "-before-" + stamp */
	struct str stamp;    /* digits */
};

/* Is the place free? Asked before the long work; store_restore asks again. */
enum err store_may_restore(struct arena *a, const struct restore_target *to, struct str *why);

/* `file` is a copy that was looked over. For SQLite it is moved into place (same file system);
 * for PostgreSQL its rows are stored in a new schema, which then takes the name. *aside = where the
 * old one is; empty = there was none. */
enum err store_restore(struct arena *a, const char *file, const struct restore_target *to, struct str *aside,
	struct str *why);

#endif
