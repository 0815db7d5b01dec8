/* backup_parts.h - the parts of backup.h to each other. */
#ifndef DOMAIN_BACKUP_PARTS_H
#define DOMAIN_BACKUP_PARTS_H

#include "domain/backup.h"

/* The last line: mark, length of the manifest, its SHA-256. */
#define BACKUP_MARK "zhaoyin-backup-1 "

/* Open a copy as it is and prove it: pages, references, every file's bytes against its name, the audit
 * chain (with key) or its head, and, when m has tables already, rows and head against m. Fills the rest
 * of m when it has none. */
enum err backup_prove_database(struct ctx *ctx, const char *file, struct str key, struct backup_manifest *m);

/* Read the whole container and compare every part with the manifest, which is filled. unpack_fd >= 0:
 * the database's bytes are written there meanwhile. */
enum err backup_read(struct ctx *ctx, const char *path, int unpack_fd, struct backup_manifest *m,
	struct str keys[BACKUP_KEYS]);

extern const struct str backup_key_names[BACKUP_KEYS]; /* of the parts */
enum { BACKUP_KEY_MAX = 65536 };

bool backup_write_all(int fd, struct str s);
bool backup_sync_folder(struct arena *a, struct str path);

#endif
