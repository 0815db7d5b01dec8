/* session_api.c - status, set-up, log-in and what a logged-in account does with itself. */
#include "api/handlers.h"
#include "api/records.h"
#include "domain/city.h"
#include "domain/digest.h"
#include "domain/factor.h"
#include "domain/login.h"
#include "domain/project.h"
#include "domain/reference.h"
#include "domain/session.h"
#include "domain/write.h"

#ifndef ZHAOYIN_VERSION
#define ZHAOYIN_VERSION "0"
#endif

enum err api_status(struct call *c) {
	struct ctx *ctx = c->ctx;
	bool is_open;
	struct city_identity city;
	enum err e = setup_is_open(ctx, &is_open);
	if (!e) e = city_get(ctx, &city);
	if (e) return e;
	bool is_en = ctx->lang == LANG_EN && city.name_en.n;
	json_obj(&c->json);
	json_put_str(&c->json, "city", is_en ? city.name_en : city.name);
	json_put_str(&c->json, "version", S(ZHAOYIN_VERSION));
	json_put_str(&c->json, "today", str_of_day(ctx->arena, ctx->today));
	json_put_bool(&c->json, "is_demo", ctx->app->is_demo);
	json_put_bool(&c->json, "is_writable", !store_has_stopped(ctx->app->store));
	json_put_bool(&c->json, "needs_setup", is_open);
	json_put_int(&c->json, "max_upload_bytes", 64 << 20);
	json_end(&c->json);
	return ERR_OK;
}

struct str session_cookie_name(bool is_tls) {
	return is_tls ? S("__Host-zhaoyin") : S("zhaoyin");
}

static void set_cookie(struct call *c, struct str token) {
	struct buf b = {.arena = c->ctx->arena};
	buf_add(&b, session_cookie_name(c->req->is_tls));
	buf_byte(&b, '=');
	buf_add(&b, token);
	buf_c(&b, "; Path=/; HttpOnly; SameSite=Lax");
	if (c->req->is_tls) buf_c(&b, "; Secure");
	if (!token.n) buf_c(&b, "; Max-Age=0");
	res_header(c->res, "Set-Cookie", buf_str(&b));
}

static void put_assignment(struct call *c, const struct assignment *a) {
	struct json *j = &c->json;
	enum role r = (enum role)a->role;
	json_obj(j);
	json_put_int(j, "id", a->record.id);
	json_put_str(j, "role", role_code(r));
	json_put_str(j, "role_label", role_label(r, c->ctx->lang));
	json_put_str(j, "scope", a->scope);
	json_put_str_or_null(j, "scope_label", city_scope_label(c->ctx, a->scope));
	json_put_str_or_null(j, "unit_name", a->unit_name);
	json_end(j);
}

static void put_rights(struct call *c, enum role role) {
	json_key(&c->json, S("rights"));
	json_obj(&c->json);
	for (int o = 0; o < OBJ__N; o++) {
		struct str letters = rights_letters(c->ctx->arena, rights_of(role, (enum object)o));
		if (!letters.n) continue;
		json_key(&c->json, object_name((enum object)o));
		json_str(&c->json, letters);
	}
	json_end(&c->json);
}

/* Masked like everybody's: over a shoulder one's own number is a number too. */
static void put_own_field(struct call *c, const struct field *f, const struct account *who) {
	struct value v = field_value(f, c->ctx->arena, who);
	json_key(&c->json, f->name);
	json_str_or_null(&c->json, v.kind == V_TEXT ? field_masked(f, c->ctx->arena, v.s) : S(""));
}

/* The key by which this account's page keeps its unsent drafts on a device: the same at each log-in, known
 * to no other account, and of no use for anything else. Null without a key file. */
static void put_draft_key(struct call *c) {
	struct str secret = c->ctx->app->audit_key;
	struct str what = str_cat(c->ctx->arena, S("drafts of account "), str_of_int(c->ctx->arena, c->ctx->actor.account_id));
	json_put_str_or_null(&c->json, "draft_key", secret.n ? hmac_sha256_hex(c->ctx->arena, secret, what) : S(""));
}

/* Who am I, as what, and what may I do: the page asks once and after each change of role. */
static enum err put_session(struct call *c, bool must_change_password, bool is_password_old) {
	struct ctx *ctx = c->ctx;
	struct account who;
	struct assignment *all;
	size_t n;
	bool must_enrol = false;
	enum err e = account_by_login(ctx, ctx->actor.login, &who, NULL);
	if (!e) e = assignments_in_force(ctx, ctx->actor.account_id, &all, &n);
	if (!e) e = factor_is_due(ctx, ctx->actor.account_id, ctx->actor.role, &must_enrol);
	if (e) return e;
	struct json *j = &c->json;
	json_obj(j);
	json_key(j, S("account"));
	json_obj(j);
	json_put_int(j, "id", who.record.id);
	json_put_str(j, "login", who.login);
	json_put_str(j, "name", who.name);
	for (size_t i = 0; account_own_field(i); i++)
		put_own_field(c, account_own_field(i), &who);
	json_put_int(j, "row_version", who.record.row_version);
	json_put_bool(j, "must_change_password", must_change_password);
	json_put_bool(j, "is_password_old", is_password_old);
	json_put_bool(j, "must_enrol", must_enrol && !c->req->as_login.n);
	json_end(j);
	json_key(j, S("assignment"));
	bool is_found = false;
	for (size_t i = 0; i < n && !is_found; i++) {
		if (all[i].record.id != ctx->actor.assignment_id) continue;
		put_assignment(c, &all[i]);
		is_found = true;
	}
	if (!is_found) json_nil(j);
	json_key(j, S("assignments"));
	json_arr(j);
	for (size_t i = 0; i < n; i++) put_assignment(c, &all[i]);
	json_end(j);
	json_put_str(j, "clearance", secrecies[ctx->actor.clearance].code);
	put_rights(c, ctx->actor.role);
	put_draft_key(c);
	json_end(j);
	return ERR_OK;
}

static enum err switch_now(struct ctx *ctx, void *arg) {
	return session_switch(ctx, *(const int64_t *)arg);
}

/* Of several roles the oldest is taken; the others are one click away. */
static enum err choose_first_role(struct ctx *ctx) {
	struct assignment *all;
	size_t n;
	enum err e = assignments_in_force(ctx, ctx->actor.account_id, &all, &n);
	if (e || !n) return e;
	return ctx_write(ctx, switch_now, &all[0].record.id);
}

enum err api_session_login(struct call *c) {
	static const char *const allowed[] = {"login", "password", "code", NULL};
	json_t *body;
	struct str token;
	struct session s;
	enum err e = call_body(c, allowed, &body);
	if (e) return e;
	const struct login_request r = {
		.login = body_str(c, body, "login"), .password = body_str(c, body, "password"),
		.code = body_str(c, body, "code"), .user_agent = c->req->user_agent,
		.is_tls = c->req->is_tls, .is_loopback = c->req->is_loopback};
	if ((e = login(c->ctx, &r, &token, &s))) return e;
	c->ctx->actor = s.actor;
	if (s.must_choose_role && (e = choose_first_role(c->ctx))) return e;
	set_cookie(c, token);
	return put_session(c, s.must_change_password, s.is_password_old);
}

enum err api_setup(struct call *c) {
	static const char *const allowed[] = {"code", "login", "name", "password", "unit_name", "city", NULL};
	json_t *body;
	struct account who;
	struct str token;
	struct session s;
	enum err e = call_body(c, allowed, &body);
	if (e) return e;
	const struct setup_request r = {
		.code = body_str(c, body, "code"), .login = body_str(c, body, "login"),
		.name = body_str(c, body, "name"),
		.unit_name = body_str(c, body, "unit_name"), .city = body_str(c, body, "city"), .password = body_str(c, body, "password"),
		.is_tls = c->req->is_tls, .is_loopback = c->req->is_loopback};
	if ((e = setup_run(c->ctx, &r, &who))) return e;
	const struct login_request l = {.login = r.login, .password = r.password,
		.user_agent = c->req->user_agent,
	                                .is_tls = r.is_tls, .is_loopback = r.is_loopback};
	if ((e = login(c->ctx, &l, &token, &s))) return e;
	c->ctx->actor = s.actor;
	set_cookie(c, token);
	return put_session(c, s.must_change_password, s.is_password_old);
}

enum err api_session_show(struct call *c) {
	return put_session(c, c->must_change_password, c->is_password_old);
}

enum err api_session_switch(struct call *c) {
	static const char *const allowed[] = {"assignment_id#", NULL};
	json_t *body;
	int64_t id;
	enum err e = call_body(c, allowed, &body);
	if (!e) e = body_int(c, body, "assignment_id", 0, &id);
	if (!e) e = session_switch(c->ctx, id);
	return e ? e : put_session(c, c->must_change_password, c->is_password_old);
}

enum err api_session_logout(struct call *c) {
	enum err e = session_logout(c->ctx);
	set_cookie(c, S(""));
	return e;
}

enum err api_password_change(struct call *c) {
	static const char *const allowed[] = {"old_password", "new_password", NULL};
	json_t *body;
	enum err e = call_body(c, allowed, &body);
	return e ? e : account_change_password(c->ctx, body_str(c, body, "old_password"),
		body_str(c, body, "new_password"));
}

/* What the body names is set, null clears it; the rest stays. */
enum err api_own_account(struct call *c) {
	static const char *const allowed[] = {"phone", "email", NULL};
	struct ctx *ctx = c->ctx;
	json_t *body;
	int64_t version;
	struct account rec;
	enum err e = need_version(c, &version);
	if (!e) e = call_body(c, allowed, &body);
	if (!e) e = account_by_id(ctx, ctx->actor.account_id, &rec, NULL);
	if (e) return e;
	for (size_t i = 0; account_own_field(i); i++) {
		const char *name = allowed[i];
		if (json_object_get(body, name))
			(void)field_set_text(ctx, account_own_field(i), &rec, body_str(c, body, name));
	}
	if (ctx->error) return ctx->error->code;
	e = account_update_own(ctx, &rec, version);
	return e ? e : put_session(c, c->must_change_password, c->is_password_old);
}

enum err api_sessions(struct call *c) {
	json_obj(&c->json);
	json_key(&c->json, S("items"));
	enum err e = session_list(c->ctx, c->ctx->actor.account_id, &c->json);
	json_end(&c->json);
	return e;
}

enum err api_session_end(struct call *c) {
	int64_t id;
	enum err e = call_id(c, 0, &id);
	return e ? e : session_end(c->ctx, id);
}

/* ---- accounts, by whoever keeps them ---- */

static enum err answer_one_time(struct call *c, int64_t id, struct str password) {
	json_obj(&c->json);
	json_put_int(&c->json, "id", id);
	json_put_str(&c->json, "one_time_password", password);
	json_end(&c->json);
	return ERR_OK;
}

enum err api_account_create(struct call *c) {
	json_t *body;
	struct fieldset set;
	struct account rec;
	struct str password;
	enum err e = call_body(c, NULL, &body);
	c->noun = &account_noun;
	record_init(&account_noun, &rec);
	if (!e) e = body_record(c, body, &account_noun, &rec, &set);
	if (!e) e = account_add(c->ctx, &rec, &password);
	return e ? e : answer_one_time(c, rec.record.id, password);
}

enum err api_account_reset(struct call *c) {
	int64_t id;
	struct str password;
	enum err e = call_id(c, 0, &id);
	if (!e) e = account_reset_password(c->ctx, id, &password);
	return e ? e : answer_one_time(c, id, password);
}

enum err api_account_close(struct call *c) {
	int64_t id, version;
	enum err e = call_id(c, 0, &id);
	if (!e) e = need_version(c, &version);
	return e ? e : account_close(c->ctx, id, version);
}

enum err api_account_unlock(struct call *c) {
	int64_t id;
	enum err e = call_id(c, 0, &id);
	return e ? e : account_unlock(c->ctx, id);
}

enum err api_account_sessions_end(struct call *c) {
	int64_t id;
	enum err e = call_id(c, 0, &id);
	return e ? e : session_end_account(c->ctx, id);
}

enum err api_assignment_create(struct call *c) {
	json_t *body;
	struct fieldset set;
	struct assignment rec;
	enum err e = call_body(c, NULL, &body);
	c->noun = &assignment_noun;
	record_init(&assignment_noun, &rec);
	if (!e) e = body_record(c, body, &assignment_noun, &rec, &set);
	if (!e) e = assignment_add(c->ctx, &rec);
	if (e) return e;
	put_record(c, &assignment_noun, &rec);
	return ERR_OK;
}

enum err api_assignment_end(struct call *c) {
	int64_t id, version;
	enum err e = call_id(c, 0, &id);
	if (!e) e = need_version(c, &version);
	return e ? e : assignment_end(c->ctx, id, version);
}
