#include "domain/ctx.h"

#include "base/day.h"
#include "base/log.h"
#include "domain/rights.h"

const struct choice role_choices[ROLE__N] = {
	[ROLE_SYS_ADMIN] = {S_("SYS_ADMIN"), S_("系统管理员"), S_("System administrator"), S_("")},
	[ROLE_SEC_ADMIN] = {S_("SEC_ADMIN"), S_("安全管理员"), S_("Security administrator"), S_("")},
	[ROLE_LOG_ADMIN] = {S_("LOG_ADMIN"), S_("审计管理员"), S_("Audit-log administrator"), S_("")},
	[ROLE_CITY_LEADER] = {S_("CITY_LEADER"), S_("市领导"), S_("City leader"), S_("")},
	[ROLE_CITY_STAFF] = {S_("CITY_STAFF"), S_("市局工作人员"), S_("City bureau staff"), S_("")},
	[ROLE_CITY_VERIFIER] = {S_("CITY_VERIFIER"), S_("市级核验"), S_("City verifier"), S_("")},
	[ROLE_CITY_FACTOR] = {S_("CITY_FACTOR"), S_("要素部门"), S_("Factor authority"), S_("")},
	[ROLE_CITY_POLICY] = {S_("CITY_POLICY"), S_("政策兑现"), S_("Incentive office"), S_("")},
	[ROLE_CITY_AUDITOR] = {S_("CITY_AUDITOR"), S_("审计纪检"), S_("Auditor"), S_("")},
	[ROLE_COUNTY_LEADER] = {S_("COUNTY_LEADER"), S_("县市区领导"), S_("County leader"), S_("")},
	[ROLE_COUNTY_STAFF] = {S_("COUNTY_STAFF"), S_("县招商人员"), S_("County staff"), S_("")},
	[ROLE_COUNTY_REVIEWER] = {S_("COUNTY_REVIEWER"), S_("县级审核"), S_("County reviewer"), S_("")},
	[ROLE_PARK_STAFF] = {S_("PARK_STAFF"), S_("园区人员"), S_("Park staff"), S_("")},
	[ROLE_SERVICE_OFFICER] = {S_("SERVICE_OFFICER"), S_("服务专员"), S_("Service officer"), S_("")},
	[ROLE_DEPT_HANDLER] = {S_("DEPT_HANDLER"), S_("部门承办人"), S_("Department handler"), S_("")},
	[ROLE_PARTNER] = {S_("PARTNER"), S_("合伙人"), S_("Partner"), S_("")},
	[ROLE_ENTERPRISE] = {S_("ENTERPRISE"), S_("企业"), S_("Enterprise"), S_("")},
	[ROLE_PUBLIC] = {S_("PUBLIC"), S_("公众"), S_("Public"), S_("")},
};

enum err fail_with(struct ctx *ctx, enum err code, struct str field, struct str rule,
		struct str arg0, struct str arg1) {
	struct error *e = arena_alloc(ctx->arena, sizeof *e);
	e->code = code;
	e->field = field;
	e->rule = rule;
	e->args[0] = arg0;
	e->args[1] = arg1;
	e->next = ctx->error;
	ctx->error = e;
	return code;
}

enum err fail(struct ctx *ctx, enum err code, struct str field, struct str rule) {
	return fail_with(ctx, code, field, rule, S(""), S(""));
}

/* Rules of the schema (a unique key, a CHECK) become the caller's failure; all else is the
 * database's own and only the log gets its words. */
enum err fail_store(struct ctx *ctx, enum err code) {
	static const struct str rules[ERR__N] = {
		[ERR_CONFLICT] = S_("store_conflict"), [ERR_INVALID] = S_("store_check"),
		[ERR_BUSY] = S_("store_busy"), [ERR_NOT_FOUND] = S_("not_found"),
	};
	if (code == ERR_OK || ctx->error) return code;
	if (code == ERR_STORE && store_has_stopped(ctx->app->store)) return fail(ctx, code, S(""), S("store_stopped"));
	LOG(LOG_ERROR, "store", {"code", str_c(err_name(code))}, {"engine", db_error(ctx->db)});
	return fail(ctx, code, S(""), rules[code].n ? rules[code] : S("store_failed"));
}

void ctx_init(struct ctx *ctx, struct app *app, struct arena *arena, struct db *db) {
	*ctx = (struct ctx){.arena = arena, .app = app, .db = db};
	ctx->actor.role = ROLE_PUBLIC;
	ctx->now_ms = app->clock();
	ctx->today = app->fixed_today != DAY_NONE ? app->fixed_today : day_of_ms(ctx->now_ms);
}

struct str role_code(enum role r) {
	return role_choices[r].code;
}

struct str role_label(enum role r, enum lang l) {
	return l == LANG_EN ? role_choices[r].en : role_choices[r].zh;
}

bool role_of(struct str code, enum role *out) {
	for (int r = 0; r < ROLE__N; r++)
		if (str_eq(role_choices[r].code, code)) {
			*out = (enum role)r;
			return true;
		}
	return false;
}
