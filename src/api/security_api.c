/* security_api.c - second factors, security settings, sessions of others, alarms. */
#include "api/handlers.h"
#include "api/qr.h"
#include "domain/factor.h"
#include "domain/session.h"
#include "domain/watch.h"

/* ---- one's own second factor ---- */

enum err api_factor(struct call *c) {
	struct factor_state s;
	enum err e = factor_state(c->ctx, c->ctx->actor.account_id, &s);
	if (e) return e;
	json_obj(&c->json);
	json_put_bool(&c->json, "is_enrolled", s.is_enrolled);
	json_put_bool(&c->json, "is_required", s.is_required);
	json_put_int_if(&c->json, "since_at_ms", s.is_enrolled, s.since_at_ms);
	json_put_int(&c->json, "recovery_left", s.recovery_left);
	json_end(&c->json);
	return ERR_OK;
}

enum err api_factor_begin(struct call *c) {
	static const char *const allowed[] = {"password", NULL};
	json_t *body;
	struct factor_secret s;
	enum err e = call_body(c, allowed, &body);
	if (!e) e = factor_begin(c->ctx, body_str(c, body, "password"), &s);
	if (e) return e;
	json_obj(&c->json);
	json_put_str(&c->json, "secret", s.secret);
	json_put_str(&c->json, "uri", s.uri);
	qr_put(&c->json, "qr", s.uri);
	json_end(&c->json);
	return ERR_OK;
}

static enum err answer_codes(struct call *c, const struct str *codes) {
	json_obj(&c->json);
	json_key(&c->json, S("recovery_codes"));
	json_arr(&c->json);
	for (size_t i = 0; i < RECOVERY_CODES; i++) json_str(&c->json, codes[i]);
	json_end(&c->json);
	json_end(&c->json);
	return ERR_OK;
}

enum err api_factor_confirm(struct call *c) {
	static const char *const allowed[] = {"code", NULL};
	json_t *body;
	struct str codes[RECOVERY_CODES];
	enum err e = call_body(c, allowed, &body);
	if (!e) e = factor_confirm(c->ctx, body_str(c, body, "code"), codes);
	return e ? e : answer_codes(c, codes);
}

enum err api_factor_codes(struct call *c) {
	static const char *const allowed[] = {"password", NULL};
	json_t *body;
	struct str codes[RECOVERY_CODES];
	enum err e = call_body(c, allowed, &body);
	if (!e) e = factor_renew_codes(c->ctx, body_str(c, body, "password"), codes);
	return e ? e : answer_codes(c, codes);
}

enum err api_factor_remove(struct call *c) {
	static const char *const allowed[] = {"password", "code", NULL};
	json_t *body;
	enum err e = call_body(c, allowed, &body);
	return e ? e : factor_remove(c->ctx, body_str(c, body, "password"), body_str(c, body, "code"));
}

enum err api_factor_reset(struct call *c) {
	int64_t id;
	enum err e = call_id(c, 0, &id);
	return e ? e : factor_reset(c->ctx, id);
}

/* ---- sessions of others ---- */

enum err api_account_sessions(struct call *c) {
	int64_t id;
	enum err e = call_id(c, 0, &id);
	if (e) return e;
	json_obj(&c->json);
	json_key(&c->json, S("items"));
	if ((e = session_list(c->ctx, id, &c->json))) return e;
	json_end(&c->json);
	return ERR_OK;
}

enum err api_live_sessions(struct call *c) {
	json_obj(&c->json);
	json_key(&c->json, S("items"));
	enum err e = session_list_all(c->ctx, &c->json);
	if (e) return e;
	json_end(&c->json);
	return ERR_OK;
}

/* ---- settings ---- */

static void put_setting(struct call *c, const struct policy *p, size_t i) {
	const struct policy_field *f = &policy_fields[i];
	struct json *j = &c->json;
	bool is_en = c->ctx->lang == LANG_EN;
	json_obj(j);
	json_put_str(j, "key", f->key);
	json_put_str(j, "label", is_en ? f->en : f->zh);
	json_put_str(j, "value", policy_text(c->ctx, p, i));
	json_put_bool(j, "is_number", f->is_number);
	json_key(j, S("choices"));
	json_arr(j);
	for (size_t k = 0; k < f->choices_n; k++) {
		json_obj(j);
		json_put_str(j, "code", f->choices[k].code);
		json_put_str(j, "label", is_en ? f->choices[k].en : f->choices[k].zh);
		json_end(j);
	}
	json_end(j);
	json_end(j);
}

enum err api_policy(struct call *c) {
	struct policy p;
	enum err e = policy_get(c->ctx, &p);
	if (e) return e;
	json_obj(&c->json);
	json_key(&c->json, S("items"));
	json_arr(&c->json);
	for (size_t i = 0; i < policy_fields_n; i++) put_setting(c, &p, i);
	json_end(&c->json);
	json_put_str(&c->json, "remote", c->ctx->remote);
	json_end(&c->json);
	return ERR_OK;
}

/* Texts all, as the form has them; several at once succeed or fail together. */
enum err api_policy_set(struct call *c) {
	json_t *body, *v;
	const char *key;
	enum err e = call_body(c, NULL, &body);
	if (e) return e;
	json_object_foreach(body, key, v) {
		if (!json_is_string(v)) (void)fail(c->ctx, ERR_INVALID, str_c(key), S("wrong_type"));
		else (void)policy_set(c->ctx, str_c(key), body_str(c, body, key));
	}
	return c->ctx->error ? c->ctx->error->code : api_policy(c);
}

/* ---- counters and alarms ---- */

static void put_counter(struct call *c, enum watch_kind k, const struct watch_state *w) {
	struct json *j = &c->json;
	json_obj(j);
	json_put_str(j, "kind", watch_code(k));
	json_put_str(j, "label", watch_label(k, c->ctx->lang));
	json_put_int(j, "total", w->total);
	json_put_int(j, "span_n", w->span_n);
	json_put_int(j, "limit_n", w->limit_n);
	json_put_str_or_null(j, "top_remote", str_copy(c->ctx->arena, str_c(w->top_remote)));
	json_put_int(j, "top_n", w->top_n);
	json_key(j, S("minutes"));
	json_arr(j);
	for (int i = 0; i < WATCH_MINUTES; i++) json_int(j, w->minutes[i]);
	json_end(j);
	json_end(j);
}

enum err api_watch(struct call *c) {
	struct watch_state w[WATCH__N];
	struct policy p;
	enum err e = policy_get(c->ctx, &p);
	if (e) return e;
	watch_read(c->ctx->app, c->ctx->now_ms, w);
	w[WATCH_LOGIN].limit_n = p.alarm_login_n;
	w[WATCH_REFUSED].limit_n = p.alarm_refused_n;
	w[WATCH_ODD].limit_n = p.alarm_odd_n;
	json_obj(&c->json);
	json_key(&c->json, S("counters"));
	json_arr(&c->json);
	for (int k = 0; k < WATCH__N; k++) put_counter(c, (enum watch_kind)k, &w[k]);
	json_end(&c->json);
	json_key(&c->json, S("alarms"));
	if ((e = alarm_list(c->ctx, &c->json))) return e;
	json_end(&c->json);
	return ERR_OK;
}

enum err api_alarm_seen(struct call *c) {
	int64_t id;
	enum err e = call_id(c, 0, &id);
	return e ? e : alarm_seen(c->ctx, id);
}
