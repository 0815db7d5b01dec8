/* edit.h - what people changed and deleted by hand, kept so that it can be taken back within 30 days.
 *
 * A row is written in the transaction of the change, for nouns that keep edits (noun.keeps_edits). It
 * holds what stood there before and after, field by field, as text of field_set_text; of personal
 * fields it holds the name alone, so that nothing personal is kept twice, and such an edit cannot be
 * taken back. A long job with a way back of its own (an import) writes no rows here.
 *
 * Who sees a row: its author; of deletions (the recycle bin) also whoever has a right on edits and the
 * record's place in his scope. A record that somebody may not see is in neither. Rules. */
#ifndef DOMAIN_EDIT_H
#define DOMAIN_EDIT_H

#include "domain/field.h"

enum edit_kind { EDIT_UPDATE, EDIT_DELETE, EDIT__N };
enum { EDIT_DAYS = 30 };

struct edit {
	struct record record;
	int32_t kind;              /* enum edit_kind */
	struct str noun;           /* name of the record's noun */
	int64_t record_id;
	struct str name;           /* what names the record to people, as it was then */
	int64_t project_id;        /* the project it is or belongs to; NONE = none */
	struct str region_code;
	struct str data;           /* JSON {"field":[before,after],...}; null for a personal field */
	int64_t bulk_id;           /* the bulk act it was part of; NONE = none */
	int64_t undone_at_ms, undone_by;
	struct str who_name;       /* by the visible query */
	bool is_own;               /* by the visible query */
};

extern const struct noun edit_noun;

/* Keep old -> rec of this noun. rec = NULL: it was deleted. Inside the change's write job, after it. */
enum err edit_note(struct ctx *ctx, const struct noun *n, const void *old, const void *rec);

/* Take an edit back, or a deleted record out of the bin. Inside a write job. ERR_CONFLICT: done
 * already, too old, or a later change stands on it; then ctx->error chains each such field with what
 * stands there now. The record's own rules and rights hold as for any change. */
enum err edit_undo(struct ctx *ctx, int64_t edit_id);

/* A field's value as text that field_set_text takes back; empty = missing. */
struct str edit_text(struct arena *a, const struct field *f, const void *rec);

#endif
