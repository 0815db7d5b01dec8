/* demo_accounts.c - an account for each role, and the staff of every unit. */
#include "domain/demo.h"
#include "domain/demo_parts.h"

#include "base/day.h"
#include "domain/reference.h"

/* The counties whose people carry the names of the roles. */
static const struct str first_county = S_("370783"), second_county = S_("370703");

const struct demo_login demo_logins[] = {
	{S_("sys_admin"), ROLE_SYS_ADMIN},           {S_("sec_admin"), ROLE_SEC_ADMIN},
	{S_("log_admin"), ROLE_LOG_ADMIN},           {S_("city_leader"), ROLE_CITY_LEADER},
	{S_("city_staff"), ROLE_CITY_STAFF},         {S_("city_verifier"), ROLE_CITY_VERIFIER},
	{S_("city_factor"), ROLE_CITY_FACTOR},       {S_("city_policy"), ROLE_CITY_POLICY},
	{S_("city_auditor"), ROLE_CITY_AUDITOR},     {S_("county_leader"), ROLE_COUNTY_LEADER},
	{S_("county_staff"), ROLE_COUNTY_STAFF},     {S_("county_reviewer"), ROLE_COUNTY_REVIEWER},
	{S_("park_staff"), ROLE_PARK_STAFF},         {S_("service_officer"), ROLE_SERVICE_OFFICER},
	{S_("dept_handler"), ROLE_DEPT_HANDLER},     {S_("partner"), ROLE_PARTNER},
	{S_("enterprise"), ROLE_ENTERPRISE},
};
const size_t demo_logins_n = LEN(demo_logins);

struct person {
	struct str login, unit_name, scope;
	enum role role;
	int64_t subject;              /* 0 = none */
};

/* Who handles sealed projects, and outside the bureau who signed for what he sees of his own. */
static void put_clearance(struct demo_row *row, enum role role, int64_t at_ms) {
	bool is_outside = role == ROLE_PARTNER || role == ROLE_ENTERPRISE;
	bool is_trusted = role == ROLE_CITY_LEADER || role == ROLE_CITY_STAFF || role == ROLE_CITY_VERIFIER
		|| role == ROLE_COUNTY_STAFF || role == ROLE_COUNTY_REVIEWER;
	if (!is_outside && !is_trusted) return;
	demo_text(row, S("clearance"), is_trusted ? S("SEALED") : S("INTERNAL"));
	demo_text(row, S("clearance_reason"), is_trusted ? S("经办重大项目，已签保密承诺书") : S("已签保密协议，只看本方项目"));
	demo_int(row, S("clearance_at_ms"), at_ms);
}

static enum err put_account(struct demo_city *c, struct demo_rng *r, const struct person *p, int64_t *id) {
	struct demo_row row = {.n = 0};
	int64_t at = demo_at(c, day_of(2021, 6, 1), 540);
	demo_text(&row, S("login"), p->login);
	demo_text(&row, S("name"), demo_person(c->ctx->arena, r));
	demo_text(&row, S("unit_name"), p->unit_name);
	demo_text(&row, S("phone"), demo_mobile(c->ctx->arena, demo_between(r, 0, 9999)));
	demo_text(&row, S("password_hash"), c->password_hash);
	demo_int(&row, S("password_at_ms"), at);
	demo_int(&row, S("is_demo"), 1);
	put_clearance(&row, p->role, at);
	demo_stamp(&row, at, NONE, at);
	return demo_put(c, S("account"), &row, id);
}

static enum err put_assignment(struct demo_city *c, int64_t account, const struct person *p, int32_t from,
	int32_t to) {
	struct demo_row row = {.n = 0};
	demo_int(&row, S("account_id"), account);
	demo_text(&row, S("role"), role_code(p->role));
	demo_text(&row, S("scope"), p->scope);
	demo_text(&row, S("unit_name"), p->unit_name);
	demo_int(&row, S("subject_id"), p->subject ? p->subject : NONE);
	demo_day(&row, c->ctx->arena, S("valid_from_date"), from);
	demo_day(&row, c->ctx->arena, S("valid_to_date"), to);
	demo_stamp(&row, demo_at(c, from, 560), NONE, demo_at(c, from, 560));
	return demo_put(c, S("assignment"), &row, NULL);
}

static enum err put_person(struct demo_city *c, struct demo_rng *r, const struct person *p, int64_t *id) {
	enum err e = put_account(c, r, p, id);
	return e ? e : put_assignment(c, *id, p, day_of(2021, 6, 1), DAY_NONE);
}

/* ---- the roles ---- */

static struct str unit_of_role(enum role role) {
	switch (role) {
	case ROLE_CITY_FACTOR: return S("自然资源和规划局");
	case ROLE_CITY_POLICY: return S("财政局");
	case ROLE_CITY_AUDITOR: return S("审计局");
	case ROLE_DEPT_HANDLER: return S("行政审批服务局");
	case ROLE_COUNTY_LEADER: case ROLE_COUNTY_STAFF: case ROLE_COUNTY_REVIEWER: case ROLE_SERVICE_OFFICER:
		return S("寿光市投资合作促进中心");
	case ROLE_PARK_STAFF: return S("寿光示范产业园");
	case ROLE_PARTNER: return S("城市合伙人（演示）");
	case ROLE_ENTERPRISE: return S("企业（演示）");
	case ROLE_SYS_ADMIN: case ROLE_SEC_ADMIN: case ROLE_LOG_ADMIN: case ROLE_CITY_LEADER: case ROLE_CITY_STAFF:
	case ROLE_CITY_VERIFIER: case ROLE_PUBLIC: case ROLE__N: break;
	}
	return S("潍坊市投资合作促进局");
}

/* The administrators see no business data: their scope is the city's name only. */
static bool is_county_role(enum role role) {
	return role == ROLE_COUNTY_LEADER || role == ROLE_COUNTY_STAFF || role == ROLE_COUNTY_REVIEWER ||
		role == ROLE_PARK_STAFF ||
	       role == ROLE_SERVICE_OFFICER;
}

static int unit_index(struct str code) {
	for (int i = 0; i < DEMO_UNITS; i++)
		if (str_eq(demo_units[i].code, code)) return i;
	return -1;
}

static enum err put_roles(struct demo_city *c, struct demo_rng *r) {
	int unit = unit_index(first_county);
	for (size_t i = 0; i < demo_logins_n; i++) {
		enum role role = demo_logins[i].role;
		struct person p = {demo_logins[i].login, unit_of_role(role), is_county_role(role) ? first_county
			: S("3707"), role, 0};
		if (role == ROLE_PARK_STAFF || role == ROLE_PARTNER) p.subject = 1;
		int64_t id;
		enum err e = put_person(c, r, &p, &id);
		if (e) return e;
		if (role == ROLE_CITY_STAFF) c->city_staff = id;
		if (role == ROLE_CITY_VERIFIER) c->city_verifier = id;
		if (role == ROLE_CITY_LEADER) c->city_leader = id;
		if (role == ROLE_COUNTY_STAFF) c->staff[unit] = id;
		if (role == ROLE_COUNTY_REVIEWER) c->reviewer[unit] = id;
		if (role == ROLE_SERVICE_OFFICER) c->officer[unit] = id;
	}
	struct person second = {S("city_verifier2"), unit_of_role(ROLE_CITY_VERIFIER), S("3707"),
		ROLE_CITY_VERIFIER, 0};
	return put_person(c, r, &second, &c->city_verifier2);
}

/* ---- the units ---- */

static enum err put_unit(struct demo_city *c, struct demo_rng *r, int unit) {
	struct arena *a = c->ctx->arena;
	struct str code = demo_units[unit].code;
	bool is_second = str_eq(code, second_county);
	struct str end = CAT(a, S("_"), str_lower(a, code));
	struct str name = CAT(a, region_by_code(code)->name, S("投资合作促进中心"));
	const struct {
		struct str plain, second;
		enum role role;
		int64_t *id;
	} staff[] = {
		{S("staff"), S("county2_staff"), ROLE_COUNTY_STAFF, &c->staff[unit]},
		{S("reviewer"), S("county2_reviewer"), ROLE_COUNTY_REVIEWER, &c->reviewer[unit]},
		{S("officer"), S("county2_officer"), ROLE_SERVICE_OFFICER, &c->officer[unit]},
	};
	for (size_t i = 0; i < LEN(staff); i++) {
		struct person p = {is_second ? staff[i].second : CAT(a, staff[i].plain, end), name, code,
			staff[i].role, 0};
		enum err e = put_person(c, r, &p, staff[i].id);
		if (e) return e;
	}
	return ERR_OK;
}

/* Reviewer in one county, handler in the city, and until 2022 staff of a third. */
static enum err put_several_roles(struct demo_city *c, struct demo_rng *r) {
	const struct {
		struct person p;
		int32_t from, to;
	} rows[] = {
		{{S("several_roles"), S("寒亭区投资合作促进中心"), second_county, ROLE_COUNTY_REVIEWER, 0},
			day_of(2023, 1, 1), DAY_NONE},
		{{S(""), S("行政审批服务局"), S("3707"), ROLE_DEPT_HANDLER, 0}, day_of(2023, 6, 1), DAY_NONE},
		{{S(""), S("潍城区投资合作促进中心"), S("370702"), ROLE_COUNTY_STAFF, 0}, day_of(2021, 6, 1),
			day_of(2022, 12, 31)},
	};
	int64_t id;
	enum err e = put_account(c, r, &rows[0].p, &id);
	for (size_t i = 0; i < LEN(rows) && !e; i++)
		e = put_assignment(c, id, &rows[i].p, rows[i].from, rows[i].to);
	return e;
}

enum err demo_put_accounts(struct demo_city *c) {
	struct demo_rng rng = demo_rng_of(c->seed, 3), *r = &rng;
	enum err e = put_roles(c, r);
	for (int unit = 0; unit < DEMO_UNITS && !e; unit++)
		if (!str_eq(demo_units[unit].code, first_county)) e = put_unit(c, r, unit);
	return e ? e : put_several_roles(c, r);
}
