/* migrate.h - brings a database to the newest schema, one transaction a migration.
 *
 * The list is made from migrate/NNNN_name.sql by tools/sqlgen.py. Two servers that start at once
 * run each migration once: the lock (SQLite: BEGIN IMMEDIATE; PostgreSQL: an advisory lock of the
 * schema) is taken inside the migration's transaction, so an end at any point leaves either all of
 * it or nothing, and no lock. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/store.h"

struct migration {
	int version;                    /* 1, 2, ..: place in the list + 1 */
	const char *name;
	const char *checksum;           /* SHA-256 of the text without comments and spacing */
	const char *const *sql[2];      /* by enum store_engine; ends with NULL */
};

struct migration_set {
	const struct migration *list;
	size_t n;
};

extern const struct migration_set own_migrations; /* generated */

/* Runs what is missing. ERR_STORE with *why when the database is newer than this program, when a
 * migration that ran has another text now, or when one fails (that one is undone). *version is the
 * newest that is in. */
enum err migrate_run(struct db *db, struct arena *a, const struct migration_set *set, int64_t at_ms,
                     int *version, struct str *why);

/* Looks only: *version is the newest that is in. ERR_STORE with *why as above, or when there is none. */
enum err migrate_look(struct db *db, struct arena *a, const struct migration_set *set, int *version, struct str *why);

#endif
