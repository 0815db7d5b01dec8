/* evidence.h - a file that proves something of a project: kept once by its content, typed by its
 * content, served as a download only.
 *
 * The bytes are in table file_blob under their SHA-256; two records with the same file share them
 * and are shown as such. A picture's time and position come from its EXIF data or the form. */
#ifndef DOMAIN_EVIDENCE_H
#define DOMAIN_EVIDENCE_H

#include "domain/field.h"

enum { EVIDENCE_MAX_BYTES = 20 << 20 };

enum evidence_state { EVIDENCE_NEW, EVIDENCE_OK, EVIDENCE_REJECTED };

struct evidence {
	struct record record;
	int64_t project_id;
	int32_t kind;
	struct str file_name, sha256;
	int64_t size_bytes;
	struct str mime;
	struct str doc_no;
	int32_t doc_date, doc_until_date;
	struct str issuer;
	int64_t amount_fen;
	int64_t photo_at_ms, photo_lng_e6, photo_lat_e6;
	int32_t state;
	int64_t verified_by, verified_at_ms;
	int32_t secrecy;             /* its own mark; CHOICE_NONE = as the project */
	int32_t grade;               /* the higher of its own and the project's: by the visible query */
};

extern const struct noun evidence_noun;

/* Look at the bytes before a write job: type by content against the list of what is taken, size,
 * hash, EXIF of a JPEG. Fills sha256, size_bytes, mime and, where empty, the photo's time and place. */
enum err evidence_examine(struct ctx *ctx, struct str bytes, struct evidence *e);

/* Store record and bytes inside a write job. */
enum err evidence_add(struct ctx *ctx, struct evidence *e, struct str bytes);

/* ERR_INVALID where a mark lies below the project's grade. */
enum err evidence_check_grade(struct ctx *ctx, int64_t project_id, int32_t secrecy);

/* The bytes, for one who may see the record. */
enum err evidence_bytes(struct ctx *ctx, const struct evidence *e, struct str *bytes);

/* A verifier's or reviewer's word on it; not on a file that he brought himself. */
enum err evidence_verify(struct ctx *ctx, int64_t id, enum evidence_state state, int64_t row_version);

#endif
