/* seal.h - personal values at rest: sealed before they are stored, opened after they are read.
 *
 * A sealed text is "zs1.KEY.BASE64URL": version, number of the key, and nonce, ciphertext and tag of
 * AES-256-GCM, or of SM4-CTR with HMAC-SM3 over it (encrypt, then MAC); the key's line in the file says
 * which. The field's name is authenticated with it, so that a value put into another column does not
 * open. The keys stand in a file of their own (domain/key.h: seal_path), never in the database:
 *
 *   0 DIGEST <64 hex>                one, for keyed digests
 *   1 AES256_GCM <64 hex>            the last one seals, the others still open
 *   2 SM4_CTR_HMAC_SM3 <64 hex>
 *
 * Fields with FIELD_SEALED are sealed and opened by the record layer (record.c, cells.c); rows that
 * are read by queries of one's own are opened with seal_open. Both calls leave alone what is in the form
 * they make already, so a row from before the keys reads as it is. */
#ifndef DOMAIN_SEAL_H
#define DOMAIN_SEAL_H

#include "domain/field.h"

enum seal_kind { SEAL_DIGEST, SEAL_AES256_GCM, SEAL_SM4_CTR_HMAC_SM3, SEAL_KIND__N };

struct seal;

/* ---- values; `what` = name of the field ("mobile") ---- */

/* ERR_STORE seal_key_missing, seal_failed. An empty text stays empty. */
enum err seal_text(struct ctx *ctx, struct str what, struct str text, struct str *out);

/* ERR_STORE seal_damaged: the value does not open with the keys there are; nothing may be put in its place. */
enum err seal_open(struct ctx *ctx, struct str what, struct str sealed, struct str *out);

bool seal_is_sealed(struct str text);

/* For equality without the value: HMAC-SHA256 of (what, text) with the digest key, 64 hex digits; empty
 * without a key. The digest key does not change with rotation. Give the normal form of the text (digits
 * of a telephone, or its last four under a `what` of their own). */
struct str seal_digest(struct ctx *ctx, struct str what, struct str text);

/* The members with FIELD_SEALED of a record that was read by record_read. */
enum err record_open(struct ctx *ctx, const struct noun *n, void *rec);

/* ---- the keys ---- */

/* From the text of a key file; NULL when it is none. Heap; wiped by seal_free. */
struct seal *seal_new(struct str text, struct str path);
void seal_free(struct seal *s);

/* Open the keys of a database: the file at `path` is read, or made when the database has no sealed value
 * yet; each key is tried on the proof that the database keeps of it. Outside a write job.
 * ERR_NOT_FOUND, ERR_CONFLICT: the file is not there, or not this database's; *why says what to do. */
enum err seal_start(struct ctx *ctx, struct arena *a, struct str path, struct seal **out, struct str *why);

/* Seal every value that is plain or sealed with an older key, in small write jobs: where it is
 * interrupted, the next run goes on. *rows = rows written; *damaged = rows that do not open and were
 * left as they are. Outside a write job. */
enum err seal_upgrade(struct ctx *ctx, int64_t *rows, int64_t *damaged);

/* A new key of that kind: into the file, then in force, then seal_upgrade. Audited. */
enum err seal_rotate(struct ctx *ctx, enum seal_kind kind, int64_t *rows, int64_t *damaged);

struct seal_status {
	int64_t key_id;              /* in force */
	enum seal_kind kind;
	size_t keys_n;               /* digest key not counted */
	int64_t stale;               /* rows that seal_upgrade would still write */
};
enum err seal_status(struct ctx *ctx, struct seal_status *out);
struct str seal_kind_name(enum seal_kind k);

#endif
