/* audit.h - who did what to which record: a keyed chain, written in the same transaction.
 *
 * row_hash = HMAC-SHA256(app->audit_key, prev_row_hash || canonical row); each part of the canonical
 * row is length-prefixed. The key lies outside the database, and the newest hash (the head) is kept
 * outside as well, because a chain alone does not show a tail that was cut off. The head that the
 * database keeps has a keyed mac: whoever cuts the tail needs a copy of the database of just that
 * time to hide it, and then the head outside still shows it. A failed audit write fails the action.
 * Diffs hold personal values masked. */
#ifndef DOMAIN_AUDIT_H
#define DOMAIN_AUDIT_H

#include "domain/field.h"

struct audit_entry {
	struct str action;     /* "create", "update", "reveal", "login", ...: table in audit.c */
	struct str outcome;    /* "DONE", "REFUSED", "FAILED" */
	struct str object;     /* noun name, "session", "system" */
	int64_t object_id;     /* 0 = none */
	int64_t project_id;    /* the project whose history shows it; 0 = none */
	struct str diff;       /* JSON object; empty = none */
	struct str before, after; /* the whole record unmasked, any fixed form; only a keyed hash is kept */
};

/* Append one row with ctx's actor, role, scope and address. Inside a write job only; the chain is
 * locked until that job ends. */
enum err audit_add(struct ctx *ctx, const struct audit_entry *e);

/* Between these the head is kept in memory and written once at the end: for a job that writes thousands
 * of rows (PostgreSQL keeps every version of a row until the job ends, and passes them all each time).
 * Without the end the job must fail. */
enum err audit_batch_begin(struct ctx *ctx);
enum err audit_batch_end(struct ctx *ctx);

/* For what was refused on a read path: a small write job of its own. Never inside a write job. */
void audit_refused(struct ctx *ctx, struct str action, struct str object, int64_t object_id);

/* What leaves the system as a file is a row of its own ("export" of a list, "download" of one file),
 * durable before the bytes go out. Outside a write job; where the row cannot be written, this fails. */
enum err audit_taken(struct ctx *ctx, const struct audit_entry *e);

/* Hold the chain's lock until the job ends: rules over several rows ("the last administrator") then
 * see what no other transaction can change. Inside a write job only. */
enum err audit_lock(struct ctx *ctx);

struct audit_proof {
	bool is_ok;
	int64_t rows;          /* rows that were walked and fit */
	int64_t broken_at;     /* first row that does not fit; 0 = none */
	struct str head;       /* newest row_hash that fits; 64 zeros for an empty chain */
	struct str why;        /* "changed", "missing", "cut", "head" (the stored head is not ours), "" */
};

/* Walk the whole chain in batches, beside running writes. head = the value kept outside, or empty.
 * What does not fit is an answer (is_ok = false), not an error. */
enum err audit_verify(struct ctx *ctx, struct str head, struct audit_proof *out);

/* The stored head. ERR_CONFLICT "audit_key_wrong" when its mac is not ours: a wrong key file, or
 * somebody wrote the head. The server asks at start and does not start. */
enum err audit_head(struct ctx *ctx, struct str *head, int64_t *rows);

struct str audit_action_label(struct str action, enum lang lang);

/* The rows as a noun that nobody can write: lists, filters, export. The table has neither
 * row_version nor created_at_ms: those members stay empty. */
struct audit_row {
	struct record record;
	int64_t at_ms;
	struct str login, role, scope, remote, action;
	int32_t outcome;
	struct str object;
	int64_t account_id, object_id, project_id;
	struct str diff;
};
extern const struct noun audit_noun;

#endif
