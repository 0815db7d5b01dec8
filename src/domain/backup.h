/* backup.h - a city in one file, and back.
 *
 * A backup is a SQLite file (store/copy.h) with what proves it behind its last page: the key files
 * if they were asked for, the manifest as JSON, and a last line of BACKUP_TAIL bytes with the manifest's
 * length and SHA-256. The manifest has size and SHA-256 of each part, the rows of each table, the
 * schema version, the newest audit hash. Files of evidence are rows of it, named by their content.
 * So a flipped byte anywhere, a part that is missing and a cut end are all found before anything is
 * touched, and in an emergency sqlite3 opens it as it is.
 *
 * It is written beside its place under a name of its own, read again whole, and only then named. Keys
 * lie outside the database and are not in it unless asked for: a thief of the backup has no key, and
 * whoever restores needs the kept copy. */
#ifndef DOMAIN_BACKUP_H
#define DOMAIN_BACKUP_H

#include "domain/ctx.h"
#include "store/copy.h"

enum { BACKUP_TAIL = 128 };

/* The files of keys outside the database: of the audit chain, of sealed fields (domain/key.h). */
enum { BACKUP_AUDIT_KEY, BACKUP_SEAL_KEYS, BACKUP_KEYS };

struct backup_manifest {
	struct str program, engine; /* what made it, from which engine */
	int64_t made_at_ms;
	int64_t schema_version;
	struct str audit_head;
	int64_t audit_rows;
	int64_t database_bytes, key_bytes[BACKUP_KEYS]; /* 0 = not in it */
	struct str database_sha256, key_sha256[BACKUP_KEYS];
	struct table_count *tables;
	size_t tables_n;
};

/* Of app->store into `path`, or into a new file of the folder `path`. keys: paths of the key files to put
 * in, or empty. *made = where it is. ERR_CONFLICT when a file of that name is there. */
enum err backup_make(struct ctx *ctx, struct str path, const struct str keys[BACKUP_KEYS], struct str *made,
	struct backup_manifest *m);

/* Read the container whole and compare its parts with their hashes; the database itself is not
 * opened. keys: texts of the key files in it; empty = not there. */
enum err backup_look(struct ctx *ctx, struct str path, struct backup_manifest *m, struct str keys[BACKUP_KEYS]);

/* Read all of it, prove every part. Then *file is its database, unpacked into the folder `beside`, and
 * belongs to the caller (unlink it). key: the audit key to prove the chain with, or empty: then only
 * the chain's head is compared. ERR_INVALID: damaged, with the part in ctx->error; ERR_CONFLICT: made
 * by a newer program. */
struct backup_source {
	struct str path, beside;
	struct str key;
};
enum err backup_prove(struct ctx *ctx, const struct backup_source *from, struct backup_manifest *m, struct str *file,
	struct str keys[BACKUP_KEYS]);

#endif
