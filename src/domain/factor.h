/* factor.h - the second factor of an account: a TOTP secret (totp.h) and ten recovery codes.
 *
 * A secret is made, shown once and confirmed by a code of it; from then on log-in asks for a code. A code
 * serves once. A recovery code takes its place once, for who lost the telephone. The secret is stored
 * sealed (seal.h), recovery codes as keyed digests. Who must have one: policy.h; a session of such an
 * account without one may only enrol (session.h: must_enrol). */
#ifndef DOMAIN_FACTOR_H
#define DOMAIN_FACTOR_H

#include "domain/policy.h"

enum { RECOVERY_CODES = 10 };

struct factor_state {
	bool is_enrolled;
	int64_t since_at_ms;
	int64_t recovery_left;
	bool is_required;            /* by the policy, for the actor's role */
};
enum err factor_state(struct ctx *ctx, int64_t account_id, struct factor_state *out);

/* Whether the policy wants a factor that the account does not have. */
enum err factor_is_due(struct ctx *ctx, int64_t account_id, enum role role, bool *is_due);

struct factor_secret {
	struct str secret;           /* base32, in groups of four */
	struct str uri;              /* otpauth://totp/... */
};

/* POOL. A new secret for the actor, not in force before factor_confirm. The password is asked again.
 * ERR_CONFLICT factor_is_there. */
enum err factor_begin(struct ctx *ctx, struct str password, struct factor_secret *out);

/* JOB. Put it in force; codes[RECOVERY_CODES] are shown once. All other sessions end.
 * ERR_INVALID code_wrong, ERR_CONFLICT factor_not_begun. */
enum err factor_confirm(struct ctx *ctx, struct str code, struct str *codes);

/* POOL. New recovery codes instead of the old; or no second factor any more (ERR_FORBIDDEN factor_needed where the
 * policy wants one). Both ask for the password; the second also for a code. */
enum err factor_renew_codes(struct ctx *ctx, struct str password, struct str *codes);
enum err factor_remove(struct ctx *ctx, struct str password, struct str code);

/* JOB. For somebody else who lost both telephone and codes: takes the factor away and ends all sessions.
 * The security administrator's; ERR_FORBIDDEN own_factor for his own. */
enum err factor_reset(struct ctx *ctx, int64_t account_id);

/* JOB. Use up a code or a recovery code. ERR_UNAUTHENTICATED code_wrong. */
enum err factor_take(struct ctx *ctx, int64_t account_id, struct str code);

#endif
