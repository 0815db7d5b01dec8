/* audit.h - who did what to which record: a keyed chain, written in the same transaction.
 *
 * row_hash = HMAC-SHA256(app->audit_key, prev_row_hash || canonical row); each part of the canonical
 * row is length-prefixed. The key lies outside the database, and the newest hash (the head) is kept
 * outside as well, because a chain alone does not show a tail that was cut off. A failed audit write
 * fails the action. Diffs hold personal values masked. */
#ifndef DOMAIN_AUDIT_H
#define DOMAIN_AUDIT_H

#include "domain/ctx.h"

struct audit_entry {
	struct str action;     /* "create", "update", "reveal", "login", ...: table in audit.c */
	struct str outcome;    /* "DONE", "REFUSED", "FAILED" */
	struct str object;     /* noun name, "session", "system" */
	int64_t object_id;     /* 0 = none */
	int64_t project_id;    /* the project whose history shows it; 0 = none */
	struct str diff;       /* JSON object; empty = none */
};

/* Append one row with ctx's actor, role, scope and address. Inside a write job only. */
enum err audit_add(struct ctx *ctx, const struct audit_entry *e);

/* For what was refused on a read path: a small write job of its own. */
void audit_refused(struct ctx *ctx, struct str action, struct str object, int64_t object_id);

struct audit_proof {
	bool is_ok;
	int64_t rows;
	int64_t broken_at;     /* first row that does not fit; 0 = none */
	struct str head;       /* newest row_hash; 64 zeros for an empty chain */
	struct str why;        /* "changed", "missing", "cut", "" */
};

/* Walk the whole chain in batches. head = the value kept outside, or empty. */
enum err audit_verify(struct ctx *ctx, struct str head, struct audit_proof *out);
enum err audit_head(struct ctx *ctx, struct str *head, int64_t *rows);

struct str audit_action_label(struct str action, enum lang lang);

#endif
