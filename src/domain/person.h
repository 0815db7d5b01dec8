/* person.h - one person's data over the whole database: register, copy, hold, refusal, erasure (个人信息保护法
 * 17, 45 to 47, 50).
 *
 * A person is asked for by one contact. The same person are the contacts with the same resident ID,
 * mobile number or WeChat name, or with the same name and telephone or e-mail address; deleted ones too.
 * Only what the actor may see is looked at: who keeps one county's contacts finds and erases those.
 *
 * Erasure clears every personal field, takes the contact out of all lists and out of the search index. The
 * row itself stays without a person in it, and the audit keeps a keyed digest of what stood there, so that
 * counts and proofs hold. A hold (a lawsuit, an audit, a duty to keep) stops it until its day. Free texts
 * (talks, notes), files and the rows of imports are not searched. */
#ifndef DOMAIN_PERSON_H
#define DOMAIN_PERSON_H

#include "domain/contact.h"

/* ---- the register ---- */

struct personal_entry {
	struct str purpose_zh, purpose_en, basis_zh, basis_en, keep_zh, keep_en;
};
extern const struct personal_entry personal_entries[PERSONAL__N];

/* ---- one person ---- */

struct person {
	struct contact *contacts;    /* opened; the one asked for first */
	size_t n;
	struct str hold_reason;      /* of a hold in force on any of them; empty = none */
	int32_t hold_until;          /* DAY_NONE: until it is released */
};
enum { PERSON_CONTACTS_MAX = 1000 };

/* POOL (walks all contacts). ERR_NOT_FOUND as for a contact. */
enum err person_find(struct ctx *ctx, int64_t contact_id, struct person *out);

/* POOL. person_find, and the row that says that a copy was handed out. */
enum err person_export(struct ctx *ctx, int64_t contact_id, struct str reason, struct person *out);

/* POOL. *erased = contacts. ERR_CONFLICT person_held, person_erased. */
enum err person_erase(struct ctx *ctx, int64_t contact_id, struct str reason, int64_t *erased);

/* JOB. Keep from erasure until a day (DAY_NONE: until released); end that; note why a wish was refused. */
enum err person_hold(struct ctx *ctx, int64_t contact_id, struct str reason, int32_t until);
enum err person_release(struct ctx *ctx, int64_t contact_id);
enum err person_refuse(struct ctx *ctx, int64_t contact_id, struct str reason);

/* What was asked about this contact, newest first, as a JSON array. */
enum err person_requests(struct ctx *ctx, int64_t contact_id, struct json *j);

#endif
