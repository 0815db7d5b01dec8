/* key.h - the audit chain's key: 32 bytes in a file of its own, never in the database.
 *
 * The file is what ZHAOYIN_KEY_FILE names, else FILE.key beside a SQLite database, else zhaoyin-SCHEMA.key
 * in the working folder for PostgreSQL.
 * It holds 64 hexadecimal digits and belongs to whoever runs the program, readable by nobody else.
 * Without it the chain can be neither continued nor proved: keep a copy apart from the backups. */
#ifndef DOMAIN_KEY_H
#define DOMAIN_KEY_H

#include "base/err.h"
#include "base/str.h"

enum { KEY_BYTES = 32 };

/* The path for a database; given = ZHAOYIN_KEY_FILE, empty = not set. ERR_INVALID when
 * a schema's name cannot name a file. *why is a sentence for the person at the command line, here and below. */
enum err key_path(struct arena *a, struct str url, struct str given, struct str *path, struct str *why);

/* Read the key; a missing file is made when may_make (a chain without rows), else ERR_NOT_FOUND.
 * ERR_FORBIDDEN: others may read the file, or it is not ours; ERR_INVALID: not a key. *key lives in a. */
enum err key_load(struct arena *a, struct str path, bool may_make, struct str *key, struct str *why);

/* ---- any file of keys: ours alone, whole or not there ---- */

/* As key_path, for the keys of sealed fields (domain/seal.h): ZHAOYIN_SEAL_FILE, FILE.seal,
 * zhaoyin-SCHEMA.seal. */
enum err seal_path(struct arena *a, struct str url, struct str given, struct str *path, struct str *why);

/* The text of a file of at most max bytes. ERR_NOT_FOUND, ERR_FORBIDDEN as above, ERR_INVALID: longer. */
enum err key_file_read(struct arena *a, struct str path, size_t max, struct str *text, struct str *why);

/* Durable when it returns. Without may_replace a file that is there already stays as it is. */
enum err key_file_write(struct arena *a, struct str path, struct str text, bool may_replace, struct str *why);

/* Overwrites what key_file_read returned. */
void key_text_wipe(struct str text);

/* An audit key that came in a backup. */
enum err key_of_text(struct arena *a, struct str text, struct str *key, struct str *why);

#endif
