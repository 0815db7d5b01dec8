/* account.h - who may log in, and as what: accounts, their dated roles, their passwords.
 *
 * A login is 3 to 32 of a-z 0-9 . _ - and starts with a letter; it is never used again, so a closed
 * account stays. An account holds any number of assignments: (role, scope, subject) from one day to
 * another, both counted. Rules: one account never holds two of SYS_ADMIN, SEC_ADMIN and LOG_ADMIN on
 * one day; nobody gives himself a role; the last SYS_ADMIN and the last SEC_ADMIN can neither be
 * closed nor lose the role. SYS_ADMIN keeps accounts, SEC_ADMIN keeps assignments; while the city has
 * no SEC_ADMIN in force, SYS_ADMIN may appoint one (another account than his own).
 *
 * Functions marked POOL hash passwords and run write jobs of their own: call them outside a write
 * job. Those marked JOB run inside one. Failures are in ctx->error. */
#ifndef DOMAIN_ACCOUNT_H
#define DOMAIN_ACCOUNT_H

#include "domain/field.h"

enum account_state { ACCOUNT_ACTIVE, ACCOUNT_CLOSED };
enum { LOGIN_MAX = 32, SCOPE_MAX = 12 };

struct account {
	struct record record;
	struct str login, name, unit_name, phone, email;
	int32_t state;               /* enum account_state */
	bool must_change_password;
	int64_t password_at_ms, last_login_at_ms;
	bool is_demo;                /* made by `zhaoyin demo`: logs in nowhere else */
	int32_t clearance;           /* enum secrecy; CHOICE_NONE = as the role has it */
	int32_t clearance_until_date; /* the last day of it; then the role's again. DAY_NONE = open */
	struct str clearance_reason;
	int64_t clearance_at_ms, clearance_by;
};

struct assignment {
	struct record record;
	int64_t account_id;
	struct str account_name, account_login; /* from the account; read only */
	int32_t role;                /* enum role; never PUBLIC */
	struct str scope;            /* region prefix of the role's level; offices: the city's, filled here */
	struct str unit_name;
	int64_t subject_id;          /* PARTNER: partner, ENTERPRISE: investor, PARK_STAFF: park; else NONE */
	int32_t valid_from_date, valid_to_date; /* both count; to = DAY_NONE: open */
	int64_t ended_at_ms;         /* taken back, whatever the days say */
};

extern const struct noun account_noun, assignment_noun;

/* POOL. Make the account of *rec (login, name, unit_name, phone, email); *one_time is the password to
 * hand over, to be changed at the first log-in and good for 7 days. */
enum err account_add(struct ctx *ctx, struct account *rec, struct str *one_time);

/* JOB. The row and its password's hash, for account_add, the set-up and the demo. `hash` comes from
 * password_hash; must_change: it is a one-time password. */
enum err account_insert(struct ctx *ctx, struct account *rec, struct str hash, bool must_change);

/* POOL. A new one-time password for somebody who lost his; ends all of his sessions. */
enum err account_reset_password(struct ctx *ctx, int64_t id, struct str *one_time);

/* POOL. The actor changes his own password: the old one is checked (and counts as a log-in failure
 * when wrong), rules and history hold, all his other sessions end. */
enum err account_change_password(struct ctx *ctx, struct str old_password, struct str new_password);

/* What everybody may change of his own account, one by one; NULL after the last. */
const struct field *account_own_field(size_t i);

/* JOB. The actor's own account gets these fields of *rec, and no others. ERR_CONFLICT when it is no
 * longer of row_version. */
enum err account_update_own(struct ctx *ctx, const struct account *rec, int64_t row_version);

/* JOB. Close for good: sessions end, assignments stay in the record but serve nobody. */
enum err account_close(struct ctx *ctx, int64_t id, int64_t row_version);

/* JOB. Forget the failed log-ins of an account, so that its owner need not wait. */
enum err account_unlock(struct ctx *ctx, int64_t id);

/* By login or id, whoever asks: for log-in and the command line. hash (may be NULL) = of the password;
 * it goes nowhere but into password_fits. ERR_NOT_FOUND. */
enum err account_by_login(struct ctx *ctx, struct str login, struct account *out, struct str *hash);
enum err account_by_id(struct ctx *ctx, int64_t id, struct account *out, struct str *hash);

/* The stored form of a login as a person types it: trimmed, ASCII letters lower case. */
struct str login_normal(struct arena *a, struct str login);

/* JOB. Give a role. Members to fill: account_id, role, scope, unit_name, subject_id,
 * valid_from_date (DAY_NONE = today), valid_to_date. Asks for the right itself. */
enum err assignment_add(struct ctx *ctx, struct assignment *rec);

/* JOB. Take a role back at once; sessions that act in it lose it. */
enum err assignment_end(struct ctx *ctx, int64_t id, int64_t row_version);

/* The assignments of an account that are in force today, oldest first. */
enum err assignments_in_force(struct ctx *ctx, int64_t account_id, struct assignment **out, size_t *n);
bool assignment_is_in_force(const struct assignment *a, int32_t today);

/* ERR_CONFLICT "last_administrator" when the city would have no SYS_ADMIN or no SEC_ADMIN without this
 * account (assignment_id = 0) or without this one of its assignments. Under audit_lock. */
enum err keep_administrators(struct ctx *ctx, int64_t account_id, int64_t assignment_id);

/* What the account may read on a day in a role. */
enum secrecy clearance_of(const struct account *who, enum role role, int32_t today);

/* JOB. The security office sets it, never its own: `clearance` CHOICE_NONE gives the role's back.
 * until_date = DAY_NONE is open; a reason is a must. Holds from the next request on. */
enum err account_set_clearance(struct ctx *ctx, int64_t id, const struct account *wish, int64_t row_version);

/* The actor of an assignment on a day: what a session or a command acts as. */
struct actor actor_of(const struct account *who, const struct assignment *as, int32_t today);

/* The person at the machine's own console, who needs no account: acts as this office and stands in the
 * audit as "console". */
struct actor actor_console(enum role office);

/* Whoever makes the first account with the code of the set-up; stands in the audit as "setup". */
struct actor actor_setup(void);

#endif
