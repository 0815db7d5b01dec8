/* officer.h - the service officers a project can be given to, for those who may not read accounts.
 *
 * Whoever edits projects needs the names, not the accounts: no login, no e-mail, the telephone
 * masked. Only active accounts that hold the role SERVICE_OFFICER today, inside the actor's scope or
 * for the city as a whole. Failures are in ctx->error. */
#ifndef DOMAIN_OFFICER_H
#define DOMAIN_OFFICER_H

#include "domain/ctx.h"

struct officer {
	int64_t account_id;
	struct str name, unit_name, phone; /* phone is masked */
	struct str scope;                  /* region prefix of the role: whose projects he may be given */
};

enum { OFFICERS_MAX = 200 };

/* Those whose place holds `region` (empty: any), and whose name or unit has `word` in it (empty: any);
 * by name, at most OFFICERS_MAX. */
enum err officers_list(struct ctx *ctx, struct str region, struct str word, struct officer **out,
	size_t *n);

/* Whether a project of this region may be given to the account today: the same rule for one. */
enum err officer_fits(struct ctx *ctx, int64_t account_id, struct str region, bool *fits);

#endif
