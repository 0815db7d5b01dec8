/* ctx.h - who asks, when, in which database: the first argument of everything in the domain.
 *
 * A ctx lives for one request, one command or one test. `db` is a read connection or, inside a write
 * job, the writer's. The clock is a value: tests and the demo city set it. */
#ifndef DOMAIN_CTX_H
#define DOMAIN_CTX_H

#include "base/arena.h"
#include "base/err.h"
#include "base/pool.h"
#include "base/str.h"
#include "store/store.h"

enum lang { LANG_ZH, LANG_EN };

/* 16 roles of the trade (PUBLIC is one) and the two offices of 等保. Order = rights table. */
enum role {
	ROLE_SYS_ADMIN, ROLE_SEC_ADMIN, ROLE_LOG_ADMIN,
	ROLE_CITY_LEADER, ROLE_CITY_STAFF, ROLE_CITY_VERIFIER, ROLE_CITY_FACTOR, ROLE_CITY_POLICY, ROLE_CITY_AUDITOR,
	ROLE_COUNTY_LEADER, ROLE_COUNTY_STAFF, ROLE_COUNTY_REVIEWER,
	ROLE_PARK_STAFF, ROLE_SERVICE_OFFICER, ROLE_DEPT_HANDLER, ROLE_PARTNER, ROLE_ENTERPRISE, ROLE_PUBLIC,
	ROLE__N
};

/* 安全标记: the grade of a record and the clearance of its reader. Nobody reads above his clearance; a
 * SEALED record is for its named persons besides (scope.sql). */
enum secrecy { SECRECY_OPEN, SECRECY_INTERNAL, SECRECY_SEALED, SECRECY__N };

/* What outlives a request; made in main.c (or by a test), passed down, never global. */
struct app {
	struct store *store;
	struct pool *pool;          /* slow work: password hashes, imports */
	struct str audit_key;       /* 32 bytes, kept outside the database */
	struct seal *seal;          /* seal.h: keys of sealed fields, kept outside the database */
	int32_t fixed_today;        /* the demo city's or a test's day; DAY_NONE = the machine's clock */
	int64_t (*clock)(void);     /* now_ms, or a test's */
	bool is_demo;               /* made by `zhaoyin demo`: loopback only, banner */
	struct str setup_code;      /* one-time code of the first administrator; empty = set up already */
	struct passwords *passwords; /* domain/password.h: how many hashes at once, how hard */
	struct sessions *sessions;  /* domain/session.h: cache of live sessions */
	struct watch *watch;        /* domain/watch.h: counters of failed and refused requests */
	struct jobs *jobs;          /* domain/job.h: running and finished long jobs */
};

struct actor {
	int64_t account_id;         /* 0 = nobody: role is PUBLIC */
	struct str login;
	enum role role;
	int64_t assignment_id;      /* the (role, scope, unit) row that is active */
	struct str scope;           /* region prefix: "37", "3707", "370783", "370783001"; empty = sees no region */
	int64_t subject_id;         /* PARTNER: partner, ENTERPRISE: investor, PARK_STAFF: park; else 0 */
	int64_t session_id;
	enum secrecy clearance;     /* of the account on this day: account.h clearance_of */
};

struct ctx {
	struct arena *arena;
	struct app *app;
	struct db *db;
	struct actor actor;
	enum lang lang;
	bool is_background;         /* asked by the page itself, not by a person: keeps no session awake */
	int64_t now_ms;
	int32_t today;              /* civil day in Asia/Shanghai */
	struct str remote;          /* address, for the audit row */
	const struct error *error;  /* filled by fail(): the newest first */
	int64_t bulk_id;            /* the bulk act that changes are part of (bulk.h); 0 = none */
	int64_t notified[8];        /* accounts that notice_add told, until notice_flush */
	size_t notified_n;
	const struct params *params; /* domain/param.h: loaded at the first question */
	const struct light_rules *light_rules; /* domain/light.h: the same */
	const struct calendar *calendar;       /* domain/calendar.h: the same */
	struct audit_batch *audit_batch; /* audit.h, code.h: of a job that writes thousands of records; */
	struct code_batch *code_batch;   /* NULL otherwise */
};

/* Record a failure and return its code, so that a check is one line:
 *     if (n < 0) return fail(ctx, ERR_INVALID, S("total_invest_fen"), S("negative")); */
enum err fail(struct ctx *ctx, enum err code, struct str field, struct str rule);
enum err fail_with(struct ctx *ctx, enum err code, struct str field, struct str rule,
	struct str arg0, struct str arg1);

/* The store failed: keeps the engine's words for the log. */
enum err fail_store(struct ctx *ctx, enum err code);

/* Set now_ms and today from the app's clock. */
void ctx_init(struct ctx *ctx, struct app *app, struct arena *arena, struct db *db);

struct str role_code(enum role r);              /* "CITY_STAFF" */
struct str role_label(enum role r, enum lang l);
bool role_of(struct str code, enum role *out);

#endif
