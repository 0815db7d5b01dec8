#include "domain/policy.h"

#include "domain/audit.h"
#include "domain/network.h"
#include "domain/rights.h"
#include "domain/watch.h"

#include <stddef.h>

enum { ALARM_LOGIN = 20, ALARM_REFUSED = 50, ALARM_ODD = 200, ALARM_MOST = 1000000, NETWORKS_MAX = 2000 };

static const struct choice factors[] = {
	[FACTOR_OPTIONAL] = {S_("OPTIONAL"), S_("自愿（仅演示城市）"), S_("Who wants one (demo city only)"), S_("")},
	[FACTOR_ADMINS] = {S_("ADMINS"), S_("三类管理员必须"), S_("The three offices must"), S_("")},
	[FACTOR_ALL] = {S_("ALL"), S_("所有账号必须"), S_("Every account must"), S_("")},
};
static const struct choice profiles[] = {
	[PROFILE_ASVS2] = {S_("ASVS2"), S_("国际通行（ASVS 二级）：8 至 128 位，不强制定期更换"), S_("International (ASVS level 2): 8 to 128 characters, no rotation"), S_("")},
	[PROFILE_DENGBAO3] = {S_("DENGBAO3"), S_("等保三级：至少 10 位，四类字符取三，90 天更换"), S_("China, dengbao level 3: 10 or more, three kinds of characters, changed every 90 days"), S_("")},
};

const struct policy_field policy_fields[] = {
	{S_("second_factor"), S_("双因素登录"), S_("Second factor"), factors, 3, false},
	{S_("password_profile"), S_("密码规则"), S_("Password rules"), profiles, 2, false},
	{S_("admin_networks"), S_("管理员地址范围"), S_("Addresses of administrators"), NULL, 0, false},
	{S_("alarm_login_n"), S_("登录失败报警线（10 分钟）"), S_("Alarm: failed log-ins in 10 minutes"), NULL, 0, true},
	{S_("alarm_refused_n"), S_("越权报警线（10 分钟）"), S_("Alarm: refused requests in 10 minutes"), NULL, 0, true},
	{S_("alarm_odd_n"), S_("异常请求报警线（10 分钟）"), S_("Alarm: odd requests in 10 minutes"), NULL, 0, true},
};
const size_t policy_fields_n = sizeof policy_fields / sizeof *policy_fields;

static int64_t *number_of(struct policy *p, size_t field) {
	int64_t *numbers[] = {&p->alarm_login_n, &p->alarm_refused_n, &p->alarm_odd_n};
	return numbers[field - 3];
}

static int index_of(const struct policy_field *f, struct str code) {
	for (size_t i = 0; i < f->choices_n; i++)
		if (str_eq(f->choices[i].code, code)) return (int)i;
	return CHOICE_NONE;
}

static size_t find_field(struct str key) {
	size_t i = 0;
	while (i < policy_fields_n && !str_eq(policy_fields[i].key, key)) i++;
	return i;
}

/* What a row cannot mean to this program stays at the standard, which is never the weaker one. */
static void take_row(struct ctx *ctx, struct policy *p, struct str key, struct str value) {
	size_t i = find_field(key);
	int64_t n;
	if (i == policy_fields_n) return;
	const struct policy_field *f = &policy_fields[i];
	int choice = f->choices ? index_of(f, value) : CHOICE_NONE;
	if (f->is_number && str_int(value, &n)) *number_of(p, i) = n;
	else if (i == 0 && choice != CHOICE_NONE && (choice != FACTOR_OPTIONAL || ctx->app->is_demo))
		p->second_factor = (enum factor_rule)choice;
	else if (i == 1 && choice != CHOICE_NONE) p->password_profile = (enum password_profile)choice;
	else if (i == 2) p->admin_networks = str_copy(ctx->arena, value);
}

enum err policy_get(struct ctx *ctx, struct policy *out) {
	struct rows *r;
	*out = (struct policy){
		.second_factor = ctx->app->is_demo ? FACTOR_OPTIONAL : FACTOR_ADMINS,
		.alarm_login_n = ALARM_LOGIN, .alarm_refused_n = ALARM_REFUSED, .alarm_odd_n = ALARM_ODD};
	enum err e = db_query(ctx->db, ctx->arena, Q_POLICY_ROWS, NULL, 0, &r);
	if (e) return fail_store(ctx, e);
	while (rows_next(r)) take_row(ctx, out, rows_text(r, 0), rows_text(r, 1));
	e = rows_error(r);
	rows_done(r);
	return fail_store(ctx, e);
}

struct str policy_text(struct ctx *ctx, const struct policy *p, size_t field) {
	switch (field) {
	case 0: return factors[p->second_factor].code;
	case 1: return profiles[p->password_profile].code;
	case 2: return p->admin_networks;
	default: return str_of_int(ctx->arena, *number_of((struct policy *)(uintptr_t)p, field));
	}
}

/* ---- changing ---- */

static enum err check_networks(struct ctx *ctx, struct str text, struct str *value) {
	struct str bad;
	if (text.n > NETWORKS_MAX) return fail_with(ctx, ERR_INVALID, S("admin_networks"), S("too_long"), str_of_int(ctx->arena, NETWORKS_MAX), S(""));
	if (!networks_parse(ctx->arena, text, value, &bad))
		return fail_with(ctx, ERR_INVALID, S("admin_networks"), S("not_a_network"), bad, S(""));
	if (!value->n || !ctx->actor.account_id || networks_have(ctx->arena, *value, ctx->remote)) return ERR_OK;
	return fail_with(ctx, ERR_INVALID, S("admin_networks"), S("own_address_outside"), ctx->remote, S(""));
}

static enum err check_choice(struct ctx *ctx, const struct policy_field *f, struct str text) {
	struct buf known = {.arena = ctx->arena};
	int i = index_of(f, text);
	if (i == FACTOR_OPTIONAL && f == &policy_fields[0] && !ctx->app->is_demo)
		return fail(ctx, ERR_INVALID, f->key, S("factor_needed"));
	if (i != CHOICE_NONE) return ERR_OK;
	for (size_t k = 0; k < f->choices_n; k++) {
		if (k) buf_c(&known, ", ");
		buf_add(&known, f->choices[k].code);
	}
	return fail_with(ctx, ERR_INVALID, f->key, S("not_a_choice"), buf_str(&known), S(""));
}

static enum err check_number(struct ctx *ctx, struct str key, struct str text) {
	int64_t n;
	if (!str_int(text, &n)) return fail(ctx, ERR_INVALID, key, S("not_a_number"));
	if (n < 1) return fail(ctx, ERR_INVALID, key, S("at_least_one"));
	if (n > ALARM_MOST) return fail_with(ctx, ERR_INVALID, key, S("too_big"), str_of_int(ctx->arena, ALARM_MOST), S(""));
	return ERR_OK;
}

/* {"password_profile":["ASVS2","DENGBAO3"]} */
static struct str diff_of(struct ctx *ctx, struct str key, struct str before, struct str after) {
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	json_obj(&j);
	json_key(&j, key);
	json_arr(&j);
	json_str_or_null(&j, before);
	json_str_or_null(&j, after);
	json_end(&j);
	json_end(&j);
	return buf_str(&b);
}

enum err policy_set(struct ctx *ctx, struct str key, struct str value) {
	struct policy was;
	size_t i = find_field(key);
	enum err e = need(ctx, OBJ_SECURITY, CAN_UPDATE);
	if (e) return e;
	if (i == policy_fields_n) return fail(ctx, ERR_INVALID, key, S("unknown_member"));
	const struct policy_field *f = &policy_fields[i];
	value = str_trim(value);
	if (f->is_number) e = check_number(ctx, key, value);
	else e = f->choices ? check_choice(ctx, f, value) : check_networks(ctx, value, &value);
	if (!e) e = policy_get(ctx, &was);
	if (e) return e;
	struct str before = policy_text(ctx, &was, i);
	if (str_eq(before, value)) return ERR_OK;
	e = value.n ? DB_RUN(ctx->db, Q_POLICY_PUT, VT(key), VT(value)) : DB_RUN(ctx->db, Q_POLICY_DROP, VT(key));
	if (e) return fail_store(ctx, e);
	watch_limits(ctx);
	return audit_add(ctx, &(struct audit_entry){.action = S("policy_change"), .outcome = S("DONE"), .object = S("system"),
		.diff = diff_of(ctx, key, before, value)});
}

enum err policy_check_address(struct ctx *ctx) {
	struct policy p;
	if (!role_is_office(ctx->actor.role)) return ERR_OK;
	enum err e = policy_get(ctx, &p);
	if (e || !p.admin_networks.n || networks_have(ctx->arena, p.admin_networks, ctx->remote)) return e;
	return fail_with(ctx, ERR_FORBIDDEN, S(""), S("address_refused"), ctx->remote, S(""));
}
