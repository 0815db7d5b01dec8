/* login.h - from a password to a session, and the first account of a city.
 *
 * Failures are counted for each login and source address. After the second the next attempt must
 * wait 1 s, then 2, then 4; five within the count lock the login for that source for 15 minutes. So
 * nobody can lock an administrator out from elsewhere. Unknown logins are counted, delayed and hashed
 * like known ones, and the answer to all of them is one: login_wrong. */
#ifndef DOMAIN_LOGIN_H
#define DOMAIN_LOGIN_H

#include "domain/session.h"

struct login_request {
	struct str login, password, user_agent;
	struct str code;                /* of the second factor, or a recovery code; empty = not given */
	bool is_tls, is_loopback;       /* a password is taken over one of these only */
};

/* POOL (hashes; runs write jobs of its own). The cookie's token and the session.
 *   ERR_UNAUTHENTICATED login_wrong     unknown, closed, or a wrong password
 *   ERR_UNAUTHENTICATED code_required   the password is right and the account has a second factor
 *   ERR_UNAUTHENTICATED code_wrong      counted like a wrong password
 *   ERR_BUSY            login_wait      args[0] = seconds until the next attempt is heard
 *   ERR_FORBIDDEN       tls_required, one_time_expired, no_assignment, address_refused
 * Every outcome is an audit row. */
enum err login(struct ctx *ctx, const struct login_request *r, struct str *token, struct session *out);

struct setup_request {
	struct str code;                /* from the server's console */
	struct str login, name, unit_name, password;
	struct str city;                /* name or code of its prefecture; empty = as city.h says */
	bool is_tls, is_loopback;
};

/* At start: app->setup_code becomes a new code when no account exists, and empty otherwise. The code
 * lives in `a`, which outlives the app's use. */
enum err setup_begin(struct ctx *ctx, struct arena *a);

/* Whether the first administrator is still to be made. */
enum err setup_is_open(struct ctx *ctx, bool *is_open);

/* POOL. Make the first account, a SYS_ADMIN. ERR_CONFLICT setup_closed once any account exists,
 * ERR_FORBIDDEN setup_code_wrong, tls_required. */
enum err setup_run(struct ctx *ctx, const struct setup_request *r, struct account *out);

/* ---- for other places where a password is asked ---- */

/* ERR_BUSY login_wait while this login has to wait here. */
enum err login_gate(struct ctx *ctx, struct str login);

/* Count one failure and write its audit row (a write job of its own). account_id 0 = unknown. */
enum err login_failed(struct ctx *ctx, struct str login, int64_t account_id, struct str action);

/* JOB. Forget all failures of a login. */
enum err login_forgive(struct ctx *ctx, struct str login);

#endif
