/* session.h - who is logged in: found by the token of the cookie, served from memory.
 *
 * A session ends 30 minutes after its last request, 12 hours after its log-in, when its owner or an
 * administrator ends it, when the account is closed and when the password changes (other sessions).
 * The database holds the token's BLAKE2b hash, never the token.
 *
 * session_find costs no query: entries of the cache are good for 10 seconds, then read again, so that
 * what another process did (the command line, a second server) is seen by then. What this process
 * did is seen at once: changes drop the entries, and for 2 seconds nothing is kept, because the change
 * may not be committed yet. */
#ifndef DOMAIN_SESSION_H
#define DOMAIN_SESSION_H

#include "base/json.h"
#include "domain/account.h"

enum {
	SESSION_IDLE_MS = 30 * 60 * 1000,
	SESSION_LIFE_MS = 12 * 60 * 60 * 1000,
	SESSION_KEEP_MS = 10 * 1000,     /* an entry of the cache */
	SESSION_SEEN_MS = 60 * 1000,     /* how often the last request is written down */
	TOKEN_BYTES = 32,
};

struct session {
	struct actor actor;              /* role PUBLIC while must_choose_role */
	bool must_change_password;       /* may do nothing else but log out: a one-time password, or */
	bool is_password_old;            /* one over the age of the city's profile */
	bool must_enrol;                 /* needs a second factor and has none: may do nothing but enrol */
	bool must_choose_role;           /* several roles and none chosen yet, or the chosen one ended */
	int64_t idle_until_ms, ends_at_ms;
};

struct sessions *sessions_new(void);
void sessions_free(struct sessions *s);   /* settles first: while the store is there, or after it closed */
void sessions_settle(struct sessions *s); /* wait until the last requests so far are written down */

/* The session of a token (as in the cookie); ctx->actor becomes its actor. ERR_UNAUTHENTICATED when
 * there is none, whatever the reason. Outside a write job. */
enum err session_find(struct ctx *ctx, struct str token, struct session *out);

/* JOB. A new session of an account that proved itself: *token is for the cookie. The only role in
 * force is taken; of several none. */
enum err session_open(struct ctx *ctx, const struct account *who, struct str user_agent,
	struct str *token, struct session *out);

/* JOB. Act in another of the own assignments that is in force: ctx->actor becomes it. */
enum err session_switch(struct ctx *ctx, int64_t assignment_id);

/* JOB. End the actor's own session; one by id (an own one, or any for who may change accounts; else
 * ERR_NOT_FOUND); all of an account but one (0 = all), without asking for a right. */
enum err session_logout(struct ctx *ctx);
enum err session_end(struct ctx *ctx, int64_t session_id);
enum err session_end_all(struct ctx *ctx, int64_t account_id, int64_t except_session);

/* JOB. As session_end_all, for an administrator or the owner, with an audit row. */
enum err session_end_account(struct ctx *ctx, int64_t account_id);

/* Live sessions of an account as a JSON array, newest first: id, created_at_ms, seen_at_ms, remote,
 * user_agent, role, is_current. Own ones, or anybody's for who may change accounts. */
enum err session_list(struct ctx *ctx, int64_t account_id, struct json *j);

/* Live sessions of everybody, newest first, at most 500: as above, and account_id, login, name. For who may
 * read the security settings. */
enum err session_list_all(struct ctx *ctx, struct json *j);

/* Act as an account without a session (`zhaoyin call --as`): its assignment by id, or with 0 its only
 * one in force. Sets ctx->actor. */
enum err session_act_as(struct ctx *ctx, struct str login, int64_t assignment_id);

/* Drop what the cache knows of an account. */
void sessions_forget_account(struct app *app, int64_t account_id);

#endif
