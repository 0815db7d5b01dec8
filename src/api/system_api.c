/* system_api.c - jobs, reference lists and the audit's proof. */
#include "api/handlers.h"
#include "domain/audit.h"
#include "domain/city.h"
#include "domain/job.h"
#include "domain/officer.h"
#include "domain/notice.h"
#include "domain/reference.h"

enum err api_jobs(struct call *c) {
	json_obj(&c->json);
	json_key(&c->json, S("items"));
	enum err e = job_list(c->ctx, problem_words, &c->json);
	json_end(&c->json);
	return e;
}

enum err api_job(struct call *c) {
	int64_t id;
	enum err e = call_id(c, 0, &id);
	return e ? e : job_json(c->ctx, id, problem_words, &c->json);
}

enum err api_job_cancel(struct call *c) {
	int64_t id;
	enum err e = call_id(c, 0, &id);
	return e ? e : job_cancel(c->ctx, id);
}

enum err api_notices(struct call *c) {
	return notice_list(c->ctx, &c->json);
}

enum err api_notices_read(struct call *c) {
	static const char *const allowed[] = {"up_to#", NULL};
	json_t *body;
	int64_t up_to;
	enum err e = call_body(c, allowed, &body);
	if (!e) e = body_int(c, body, "up_to", 0, &up_to);
	return e ? e : notice_read(c->ctx, up_to);
}

enum err api_events(struct call *c) {
	c->res->is_event_stream = true;
	c->res->content_type = "text/event-stream";
	return ERR_OK;
}

enum err api_regions(struct call *c) {
	struct json *j = &c->json;
	struct arena *a = c->ctx->arena;
	bool is_units = str_eq(call_query(c, "units"), S("1"));
	struct region_list list;
	enum err e = is_units ? city_units(c->ctx, &list) : ERR_OK;
	if (e) return e;
	if (!is_units) list = region_children(a, call_query(c, "parent"));
	json_obj(j);
	json_key(j, S("items"));
	json_arr(j);
	for (size_t i = 0; i < list.n; i++) {
		const struct region *r = list.items[i];
		json_obj(j);
		json_put_str(j, "code", r->code);
		json_put_str(j, "name", r->name);
		json_put_str_or_null(j, "name_en", r->name_en);
		json_put_str(j, "level", region_level_code(r->level));
		json_put_str_or_null(j, "parent", r->parent);
		json_put_bool(j, "is_unit", is_units || r->is_unit);
		json_end(j);
	}
	json_end(j);
	json_end(j);
	return ERR_OK;
}

enum err api_industries(struct call *c) {
	struct json *j = &c->json;
	int64_t limit;
	enum err e = call_query_int(c, "limit", 20, 1, 200, &limit);
	if (e) return e;
	const struct industry_list list = industry_search(c->ctx->arena, call_query(c, "q"), (size_t)limit);
	json_obj(j);
	json_key(j, S("items"));
	json_arr(j);
	for (size_t i = 0; i < list.n; i++) {
		json_obj(j);
		json_put_str(j, "code", list.items[i]->code);
		json_put_str(j, "name", list.items[i]->name);
		json_put_str(j, "level", industry_level_code(list.items[i]->level));
		json_put_str(j, "path", industry_path(c->ctx->arena, list.items[i]));
		json_end(j);
	}
	json_end(j);
	json_end(j);
	return ERR_OK;
}

/* Which roles need a subject, and how long their scope is (handbook 2.2). */
static int64_t scope_length(enum role r) {
	switch (r) {
	case ROLE_COUNTY_LEADER:
	case ROLE_COUNTY_STAFF:
	case ROLE_COUNTY_REVIEWER:
	case ROLE_PARK_STAFF: return 6;
	default: return 4;
	}
}

enum err api_roles(struct call *c) {
	struct json *j = &c->json;
	json_obj(j);
	json_key(j, S("items"));
	json_arr(j);
	for (int r = 0; r < ROLE_PUBLIC; r++) {
		struct str own = role_own((enum role)r);
		json_obj(j);
		json_put_str(j, "code", role_code((enum role)r));
		json_put_str(j, "label", role_label((enum role)r, c->ctx->lang));
		json_put_bool(j, "needs_subject", own.n && !str_eq(own, S("OFFICER")));
		json_put_int(j, "scope_level", scope_length((enum role)r));
		json_end(j);
	}
	json_end(j);
	json_end(j);
	return ERR_OK;
}

/* Whom a project can be given to: what the form's picker shows, and no more. */
enum err api_officers(struct call *c) {
	struct json *j = &c->json;
	struct officer *all;
	size_t n;
	enum err e = officers_list(c->ctx, call_query(c, "region_code"), call_query(c, "q"), &all, &n);
	if (e) return e;
	json_obj(j);
	json_key(j, S("items"));
	json_arr(j);
	for (size_t i = 0; i < n; i++) {
		json_obj(j);
		json_put_int(j, "id", all[i].account_id);
		json_put_str(j, "name", all[i].name);
		json_put_str_or_null(j, "unit_name", all[i].unit_name);
		json_put_str_or_null(j, "phone", all[i].phone);
		json_put_str(j, "role_label", role_label(ROLE_SERVICE_OFFICER, c->ctx->lang));
		json_put_str(j, "scope", all[i].scope);
		json_put_str_or_null(j, "scope_label", city_scope_label(c->ctx, all[i].scope));
		json_end(j);
	}
	json_end(j);
	json_end(j);
	return ERR_OK;
}

enum err api_audit_verify(struct call *c) {
	struct audit_proof p;
	enum err e = audit_verify(c->ctx, call_query(c, "head"), &p);
	if (e) return e;
	json_obj(&c->json);
	json_put_bool(&c->json, "is_ok", p.is_ok);
	json_put_int(&c->json, "rows", p.rows);
	json_put_int_if(&c->json, "broken_at", p.broken_at != 0, p.broken_at);
	json_put_str(&c->json, "head", p.head);
	json_put_str_or_null(&c->json, "why", p.why);
	json_end(&c->json);
	return ERR_OK;
}

enum err api_audit_head(struct call *c) {
	struct str head;
	int64_t rows;
	enum err e = audit_head(c->ctx, &head, &rows);
	if (e) return e;
	json_obj(&c->json);
	json_put_str(&c->json, "head", head);
	json_put_int(&c->json, "rows", rows);
	json_end(&c->json);
	return ERR_OK;
}

/* ---- the city ---- */

enum err api_city(struct call *c) {
	struct city_identity city;
	enum err e = city_get(c->ctx, &city);
	if (e) return e;
	json_obj(&c->json);
	json_put_str(&c->json, "code", city.code);
	json_put_str(&c->json, "division", city_scope_label(c->ctx, city.code));
	json_put_str(&c->json, "name", city.name);
	json_put_str_or_null(&c->json, "name_en", city.name_en);
	json_end(&c->json);
	return ERR_OK;
}

enum err api_city_set(struct call *c) {
	static const char *const allowed[] = {"code", "name", "name_en", NULL};
	json_t *body;
	struct city_identity in = {0};
	enum err e = call_body(c, allowed, &body);
	if (e) return e;
	in.code = body_str(c, body, "code");
	(void)body_text(c, body, "name", CITY_NAME_MAX, &in.name);
	(void)body_text(c, body, "name_en", CITY_NAME_MAX, &in.name_en);
	if (c->ctx->error) return c->ctx->error->code;
	e = city_set(c->ctx, &in);
	return e ? e : api_city(c);
}

/* Browsers report what the page's policy refused; the log counts them. */
enum err api_csp_report(struct call *c) {
	c->res->status = 204;
	return ERR_OK;
}
