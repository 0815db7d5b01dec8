/* The other half of account.h: dated roles and the rules that bind them. */
#include "domain/account.h"
#include "domain/audit.h"
#include "domain/city.h"
#include "domain/noun.h"
#include "domain/reference.h"
#include "domain/rights.h"
#include "domain/session.h"

#define F(m, ...) FIELD(assignment, m, __VA_ARGS__)
static const struct field fields[] = {
	F(account_id, F_REF, FIELD_FORM | FIELD_FILTER | FIELD_REQUIRED | FIELD_FINAL, "账号", "Account", .group = S_("base"), .ref = S_("accounts")),
	F(account_name, F_TEXT, GIVEN | FIELD_VIEW | FIELD_SEARCH, "姓名", "Name", .group = S_("base")),
	F(account_login, F_TEXT, GIVEN | FIELD_VIEW | FIELD_SEARCH, "登录名", "Login", .group = S_("base")),
	F(role, F_ENUM, EDITED | FIELD_REQUIRED | FIELD_FINAL, "角色", "Role", .group = S_("base"), .choices = role_choices, .choices_n = ROLE_PUBLIC),
	F(scope, F_TEXT, EDITED | FIELD_FINAL, "范围", "Scope", .group = S_("base"), .max = SCOPE_MAX),
	F(unit_name, F_TEXT, EDITED | FIELD_SEARCH, "单位", "Unit", .group = S_("base"), .max = 100),
	F(subject_id, F_INT, EDITED | FIELD_FINAL, "对象编号", "Subject", .group = S_("base")),
	F(valid_from_date, F_DATE, EDITED | FIELD_REQUIRED | FIELD_FINAL, "生效日期", "Valid from", .group = S_("date")),
	F(valid_to_date, F_DATE, EDITED, "截止日期", "Valid to", .group = S_("date")),
	F(ended_at_ms, F_AT, GIVEN, "收回时间", "Taken back", .group = S_("date")),
};
#undef F

/* ---- what a role's scope and subject may be (R-002) ---- */

enum { PREFECTURE = 1 << REGION_PREFECTURE, COUNTY = 1 << REGION_COUNTY, TOWNSHIP = 1 << REGION_TOWNSHIP };
enum { NO_SUBJECT, HAS_SUBJECT };

/* levels: a bit for each level that the scope may have; 0 = an office, which is the city's. */
static const struct role_rule {
	int levels, subject;
} rules[ROLE__N] = {
	[ROLE_SYS_ADMIN] = {0, NO_SUBJECT},
	[ROLE_SEC_ADMIN] = {0, NO_SUBJECT},
	[ROLE_LOG_ADMIN] = {0, NO_SUBJECT},
	[ROLE_CITY_LEADER] = {PREFECTURE, NO_SUBJECT},
	[ROLE_CITY_STAFF] = {PREFECTURE, NO_SUBJECT},
	[ROLE_CITY_VERIFIER] = {PREFECTURE, NO_SUBJECT},
	[ROLE_CITY_FACTOR] = {PREFECTURE, NO_SUBJECT},
	[ROLE_CITY_POLICY] = {PREFECTURE, NO_SUBJECT},
	[ROLE_CITY_AUDITOR] = {PREFECTURE, NO_SUBJECT},
	[ROLE_COUNTY_LEADER] = {COUNTY, NO_SUBJECT},
	[ROLE_COUNTY_STAFF] = {COUNTY, NO_SUBJECT},
	[ROLE_COUNTY_REVIEWER] = {COUNTY, NO_SUBJECT},
	[ROLE_PARK_STAFF] = {COUNTY | TOWNSHIP, HAS_SUBJECT},
	[ROLE_SERVICE_OFFICER] = {PREFECTURE | COUNTY, NO_SUBJECT},
	[ROLE_DEPT_HANDLER] = {PREFECTURE | COUNTY, NO_SUBJECT},
	[ROLE_PARTNER] = {PREFECTURE | COUNTY, HAS_SUBJECT},
	[ROLE_ENTERPRISE] = {PREFECTURE | COUNTY, HAS_SUBJECT},
	[ROLE_PUBLIC] = {0, NO_SUBJECT},
};

static struct str code_of_scope(struct arena *a, struct str scope) {
	if (scope.n == 2) return str_cat(a, scope, S("0000"));
	if (scope.n == 4) return str_cat(a, scope, S("00"));
	return scope;
}

/* The division's level as a bit; 0 = no such division. What the city added itself stands in the
 * database only. */
static enum err level_of(struct ctx *ctx, struct str code, int *level) {
	const struct region *r = region_by_code(code);
	if (r) {
		*level = 1 << r->level;
		return ERR_OK;
	}
	struct rows *rows;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_REGION_LEVEL, &rows, VT(code));
	if (e) return fail_store(ctx, e);
	*level = 0;
	if (rows_next(rows))
		for (int l = 0; l < REGION_LEVEL__N; l++)
			if (str_eq(region_level_code((enum region_level)l), rows_text(rows, 0))) *level = 1 << l;
	e = rows_error(rows);
	rows_done(rows);
	return fail_store(ctx, e);
}

static enum err check_scope(struct ctx *ctx, struct assignment *g) {
	const struct role_rule *rule = &rules[g->role];
	struct str city, code = code_of_scope(ctx->arena, g->scope);
	int level = 0;
	enum err e = city_prefix(ctx, &city);
	if (e) return e;
	if (!rule->levels) {
		g->scope = city;
		return ERR_OK;
	}
	if (!g->scope.n) return fail(ctx, ERR_INVALID, S("scope"), S("required"));
	if ((e = level_of(ctx, code, &level))) return e;
	if (!level || !str_starts(code, city))
		return fail_with(ctx, ERR_INVALID, S("scope"), S("scope_unknown"), g->scope, city);
	if (!(level & rule->levels))
		return fail_with(ctx, ERR_INVALID, S("scope"), S("scope_level"), g->scope,
		                 role_label((enum role)g->role, ctx->lang));
	g->scope = region_prefix(code);
	return ERR_OK;
}

static enum err check_subject(struct ctx *ctx, const struct assignment *g) {
	bool wants = rules[g->role].subject == HAS_SUBJECT, has = g->subject_id != NONE;
	if (wants && (!has || g->subject_id <= 0)) return fail(ctx, ERR_INVALID, S("subject_id"), S("required"));
	if (!wants && has) return fail(ctx, ERR_INVALID, S("subject_id"), S("subject_not_for_role"));
	if (g->role != ROLE_ENTERPRISE) return ERR_OK;
	int64_t n = 0;
	enum err e = db_int(ctx->db, Q_INVESTOR_IS_THERE, &VI(g->subject_id), 1, &n);
	if (e) return fail_store(ctx, e);
	return n ? ERR_OK : fail(ctx, ERR_INVALID, S("subject_id"), S("no_such_record"));
}

/* ---- separation of duties (R-003) ---- */

static struct str last_day(struct arena *a, int32_t to) {
	return to == DAY_NONE ? S("9999-12-31") : str_of_day(a, to);
}

static enum err check_offices(struct ctx *ctx, const struct assignment *g) {
	struct rows *r;
	enum role other;
	if (!role_is_office((enum role)g->role)) return ERR_OK;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_ASSIGNMENT_OVERLAP, &r, VI(g->account_id), VI(g->record.id),
	                      VT(str_of_day(ctx->arena, g->valid_from_date)),
	                      VT(last_day(ctx->arena, g->valid_to_date)));
	if (e) return fail_store(ctx, e);
	while (!e && rows_next(r))
		if (role_of(rows_text(r, 0), &other) && role_is_office(other) && (int)other != g->role)
			e = fail_with(ctx, ERR_CONFLICT, S("role"), S("two_offices"),
				role_label((enum role)g->role, ctx->lang), role_label(other, ctx->lang));
	if (!e) e = fail_store(ctx, rows_error(r));
	rows_done(r);
	return e;
}

/* Counted while the chain's lock is held, so that two transactions cannot each leave the other's. */
static enum err keep_one(struct ctx *ctx, enum role role, int64_t except_account, int64_t except_assignment) {
	int64_t left = 0;
	const struct value v[] = {VT(role_code(role)), VT(str_of_day(ctx->arena, ctx->today)), VI(except_account),
	                          VI(except_assignment)};
	enum err e = db_int(ctx->db, Q_HOLDERS_LEFT, v, 4, &left);
	if (e) return fail_store(ctx, e);
	if (left) return ERR_OK;
	return fail_with(ctx, ERR_CONFLICT, S("role"), S("last_administrator"),
		role_label(role, ctx->lang), S(""));
}

bool assignment_is_in_force(const struct assignment *a, int32_t today) {
	return a->ended_at_ms == NONE && a->valid_from_date <= today &&
	       (a->valid_to_date == DAY_NONE || a->valid_to_date >= today);
}

static bool is_kept(const struct assignment *g) {
	return g->role == ROLE_SYS_ADMIN || g->role == ROLE_SEC_ADMIN;
}

enum err keep_administrators(struct ctx *ctx, int64_t account_id, int64_t assignment_id) {
	struct assignment *list;
	size_t n;
	enum err e = assignments_in_force(ctx, account_id, &list, &n);
	for (size_t i = 0; i < n && !e; i++) {
		bool goes = !assignment_id || list[i].record.id == assignment_id;
		if (goes && is_kept(&list[i]))
			e = keep_one(ctx, (enum role)list[i].role, assignment_id ? 0 : account_id, assignment_id);
	}
	return e;
}

/* ---- the noun ---- */

static enum err check_account(struct ctx *ctx, const struct assignment *g) {
	struct account a;
	const struct error *before = ctx->error;
	if (g->account_id == NONE) return ERR_OK; /* the field table says "required" */
	enum err e = account_by_id(ctx, g->account_id, &a, NULL);
	if (e == ERR_NOT_FOUND && before) ctx->error = before; /* the check of references has named it */
	if (e) return e == ERR_NOT_FOUND && before ? before->code : e;
	if (a.state != ACCOUNT_ACTIVE)
		return fail_with(ctx, ERR_CONFLICT, S("account_id"), S("account_closed"), a.login, S(""));
	if (ctx->actor.account_id == g->account_id)
		return fail(ctx, ERR_FORBIDDEN, S("account_id"), S("own_role"));
	return ERR_OK;
}

static enum err check_days(struct ctx *ctx, const struct assignment *old, const struct assignment *g) {
	if (g->valid_to_date == DAY_NONE) return ERR_OK;
	if (g->valid_to_date < g->valid_from_date)
		return fail(ctx, ERR_INVALID, S("valid_to_date"), S("before_start"));
	if (!old || old->valid_to_date != DAY_NONE) return ERR_OK;
	return keep_administrators(ctx, g->account_id, g->record.id);
}

static enum err check(struct ctx *ctx, const void *old, void *rec, const struct fieldset *set) {
	struct assignment *g = rec;
	const struct error *before = ctx->error;
	(void)set;
	if (g->valid_from_date == DAY_NONE) g->valid_from_date = ctx->today;
	enum err e = audit_lock(ctx);
	if (!e) e = check_account(ctx, g);
	if (e || g->role == CHOICE_NONE) return e;
	if (!old) {
		(void)check_scope(ctx, g);
		(void)check_subject(ctx, g);
	}
	(void)check_days(ctx, old, g);
	if (g->account_id != NONE) (void)check_offices(ctx, g);
	return ctx->error == before ? ERR_OK : ctx->error->code;
}

static enum err after(struct ctx *ctx, const void *old, const void *rec) {
	const struct assignment *g = rec ? rec : old;
	sessions_forget_account(ctx->app, g->account_id);
	return ERR_OK;
}

static const struct order orders[] = {{S_("account_id"), false, true}, {S_("id"), false, true}};

const struct noun assignment_noun = {
	.name = S_("assignment"), .plural = S_("assignments"), .zh = S_("角色分配"), .en = S_("Assignment"),
	.table = S_("assignment"), .object = OBJ_ASSIGNMENT, .size = sizeof(struct assignment), FIELDS(fields),
	.visible = Q_ASSIGNMENT_VISIBLE, .label = S_("account_name"), ORDERS(orders), .check = check,
	.after = after,
};

/* ---- giving and taking ---- */

/* SEC_ADMIN gives roles. A city without one (just set up, or the last one's days ran out) would have
 * no way to get one: SYS_ADMIN may then appoint, and only that. */
static enum err may_give(struct ctx *ctx, const struct assignment *g) {
	int64_t holders = 0;
	bool is_first = ctx->actor.role == ROLE_SYS_ADMIN && g->role == ROLE_SEC_ADMIN;
	if (may(ctx, OBJ_ASSIGNMENT, CAN_CREATE) || !is_first) return need(ctx, OBJ_ASSIGNMENT, CAN_CREATE);
	const struct value v[] = {VT(role_code(ROLE_SEC_ADMIN)), VT(str_of_day(ctx->arena, ctx->today))};
	enum err e = audit_lock(ctx);
	if (e) return e;
	if ((e = db_int(ctx->db, Q_HOLDERS_TODAY, v, 2, &holders))) return fail_store(ctx, e);
	return holders ? need(ctx, OBJ_ASSIGNMENT, CAN_CREATE) : ERR_OK;
}

enum err assignment_add(struct ctx *ctx, struct assignment *rec) {
	enum err e = may_give(ctx, rec);
	return e ? e : record_insert(ctx, &assignment_noun, rec);
}

/* Not record_update: the checks of giving (an active account, the days) do not bind taking back. */
enum err assignment_end(struct ctx *ctx, int64_t id, int64_t row_version) {
	struct assignment g;
	enum err e = need(ctx, OBJ_ASSIGNMENT, CAN_UPDATE);
	if (!e) e = audit_lock(ctx);
	if (!e) e = record_get(ctx, &assignment_noun, id, &g);
	if (e) return e;
	if (g.ended_at_ms != NONE) return fail(ctx, ERR_CONFLICT, S("ended_at_ms"), S("ended_already"));
	if ((e = keep_administrators(ctx, g.account_id, id))) return e;
	const struct column c[] = {{S("ended_at_ms"), VI(ctx->now_ms)}, {S("updated_at_ms"), VI(ctx->now_ms)}};
	e = db_update(ctx->db, S("assignment"), id, row_version, c, 2);
	if (e == ERR_CONFLICT) return fail(ctx, ERR_CONFLICT, S("row_version"), S("stale"));
	if (e) return fail_store(ctx, e);
	struct assignment ended = g;
	ended.ended_at_ms = ctx->now_ms;
	sessions_forget_account(ctx->app, g.account_id);
	return audit_add(ctx, &(struct audit_entry){
		.action = S("assignment_end"), .outcome = S("DONE"), .object = S("assignment"), .object_id = id,
		.diff = record_diff(ctx, &assignment_noun, &g, &ended)});
}

enum err assignments_in_force(struct ctx *ctx, int64_t account_id, struct assignment **out, size_t *n) {
	struct rows *r;
	size_t room = 0;
	*out = NULL;
	*n = 0;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_ASSIGNMENTS_IN_FORCE, &r, VI(account_id),
	                      VT(str_of_day(ctx->arena, ctx->today)));
	if (e) return fail_store(ctx, e);
	while (rows_next(r)) {
		if (*n == room) {
			struct assignment *grown = arena_array(ctx->arena, room = room ? 2 * room : 4, sizeof *grown);
			for (size_t i = 0; i < *n; i++) grown[i] = (*out)[i];
			*out = grown;
		}
		record_read(&assignment_noun, ctx->arena, r, &(*out)[(*n)++]);
	}
	e = rows_error(r);
	rows_done(r);
	return fail_store(ctx, e);
}
