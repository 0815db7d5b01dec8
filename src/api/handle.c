/* handle.c - one request from its line to its answer: route, language, session, rights, handler,
 * commit, problem. Which thread does it is the route's `run`. */
#include "api/call.h"
#include "api/list.h"
#include "api/records.h"
#include "base/log.h"
#include "domain/audit.h"
#include "domain/digest.h"
#include "domain/notice.h"
#include "domain/policy.h"
#include "domain/session.h"
#include "domain/stored_json.h"
#include "domain/watch.h"
#include "domain/write.h"

#include <pthread.h>

enum { BODY_MAX = 256 << 10, KEY_MIN = 8, KEY_MAX = 64 };
static const int64_t KEPT_MS = 86400000, CLAIM_MS = 600000;

struct task {
	struct app *app;
	const struct req *req;
	struct res *res;
	const struct route *route;
	struct ctx ctx;
	struct call call;
	bool is_replayed;          /* the answer is that of an earlier request */
	bool is_refusal_noted;
	void (*done)(void *arg);
	void *arg;
};

struct str method_name(enum method m) {
	static const struct str names[METHOD__N] = {S_("GET"), S_("HEAD"), S_("POST"), S_("PUT"),
		S_("PATCH"), S_("DELETE")};
	return names[m];
}

void res_header(struct res *res, const char *name, struct str value) {
	if (res->headers_n < sizeof res->headers / sizeof *res->headers)
		res->headers[res->headers_n++] = (struct header){name, value};
}

/* ---- routing ---- */

const struct route *route_find(enum method m, struct str path, struct str params[URL_PARAMS_MAX],
		size_t *n, int *status) {
	static const struct str v1 = S_("/api/v1/");
	bool is_v1 = path.n > v1.n && str_starts(path, v1);
	if (m == METHOD_HEAD) m = METHOD_GET;
	*status = 404;
	for (size_t i = 0; i < routes_n; i++) {
		const struct route *r = &routes[i];
		/* Nearly all begin alike: the first byte that tells them apart saves a walk along the rest. */
		if (is_v1 && r->pattern.n > v1.n && r->pattern.p[v1.n] != path.p[v1.n] && r->pattern.p[v1.n] != ':')
			continue;
		if (!url_match(r->pattern, path, params, n)) continue;
		if ((r->flags & ROUTE_NOUN) && !noun_by_plural(params[0])) continue;
		if (r->method == m) return r;
		*status = 405;
	}
	return NULL;
}

static size_t body_max(const struct route *r) {
	if (r->body_max) return r->body_max;
	return r->method == METHOD_GET || r->method == METHOD_DELETE ? 0 : BODY_MAX;
}

bool api_route(enum method m, struct str path, struct route_info *out) {
	struct str params[URL_PARAMS_MAX];
	size_t n;
	int status;
	const struct route *r = route_find(m, path, params, &n, &status);
	*out = (struct route_info){.run = RUN_READ, .body_max = BODY_MAX};
	if (!r) return false;
	*out = (struct route_info){.run = r->run, .body_max = body_max(r), .route = r};
	return true;
}

/* ---- before the handler ---- */

static enum lang find_lang(const struct req *req) {
	struct str lang;
	if (url_query_find(req->arena, req->query, S("lang"), &lang) != URL_PAIR) lang = req->accept_language;
	return str_starts(lang, S("en")) ? LANG_EN : LANG_ZH;
}

static enum err find_actor(struct task *t) {
	struct ctx *ctx = &t->ctx;
	struct str token;
	if (t->req->as_login.n) return session_act_as(ctx, t->req->as_login, t->req->as_role_id);
	if (!cookie_find(t->req->cookie, session_cookie_name(t->req->is_tls), &token)) return ERR_OK;
	struct session s;
	enum err e = session_find(ctx, token, &s);
	if (e == ERR_UNAUTHENTICATED) {
		ctx->error = NULL; /* as without a cookie: public routes go on */
		return ERR_OK;
	}
	if (e) return e;
	t->call.must_change_password = s.must_change_password;
	t->call.is_password_old = s.is_password_old;
	t->call.must_enrol = s.must_enrol;
	return e;
}

/* SameSite does not stop a page of the same site; a header that only our script sends does. */
static bool is_forged(const struct req *req) {
	if (req->as_login.n || req->method == METHOD_GET || req->method == METHOD_HEAD) return false;
	if (!str_eq(req->csrf, S("zhaoyin"))) return true;
	if (req->fetch_site.n && !str_eq(req->fetch_site, S("same-origin"))
		&& !str_eq(req->fetch_site, S("none")))
		return true;
	if (!req->origin.n) return false;
	ptrdiff_t at = str_find(req->origin, S("://"));
	return at < 0 || !str_eq(str_sub(req->origin, (size_t)at + 3, req->origin.n), req->host);
}

static enum err decode_params(struct task *t, const struct str *raw, size_t n) {
	for (size_t i = 0; i < n; i++)
		if (!url_decode(t->ctx.arena, raw[i], &t->call.params[i]))
			return fail(&t->ctx, ERR_NOT_FOUND, S(""), S("not_found"));
	t->call.params_n = n;
	return ERR_OK;
}

static enum err check_rights(struct task *t) {
	const struct route *r = t->route;
	struct ctx *ctx = &t->ctx;
	if (r->flags & ROUTE_PUBLIC) return ERR_OK;
	if (!ctx->actor.account_id && !t->req->as_login.n)
		return fail(ctx, ERR_UNAUTHENTICATED, S(""), S("login_first"));
	enum err e = t->req->as_login.n ? ERR_OK : policy_check_address(ctx);
	if (e || (r->flags & ROUTE_SELF)) return e;
	if (t->call.is_password_old) return fail(ctx, ERR_FORBIDDEN, S(""), S("password_old"));
	if (t->call.must_change_password) return fail(ctx, ERR_FORBIDDEN, S(""), S("change_password_first"));
	if (t->call.must_enrol) return fail(ctx, ERR_FORBIDDEN, S(""), S("enrol_first"));
	return need(ctx, t->call.noun ? t->call.noun->object : r->object, r->right);
}

static enum err prepare(struct task *t) {
	struct str raw[URL_PARAMS_MAX];
	size_t n = 0;
	int status = 0;
	struct ctx *ctx = &t->ctx;
	t->route = t->req->route;
	if (t->route) (void)url_match(t->route->pattern, t->req->path, raw, &n);
	else t->route = route_find(t->req->method, t->req->path, raw, &n, &status);
	if (!t->route)
		return status == 405 ? fail(ctx, ERR_INVALID, S(""), S("method_not_allowed"))
			: fail(ctx, ERR_NOT_FOUND, S(""), S("not_found"));
	t->res->route = t->route->pattern.p;
	if (t->route->flags & ROUTE_NOUN) t->call.noun = noun_by_plural(raw[0]);
	enum err e = decode_params(t, raw, n);
	ctx->is_background = (t->route->flags & ROUTE_BACKGROUND) != 0;
	if (!e) e = find_actor(t);
	t->res->account_id = ctx->actor.account_id;
	if (!e && is_forged(t->req)) e = fail(ctx, ERR_FORBIDDEN, S(""), S("csrf"));
	return e ? e : check_rights(t);
}

static void start_answer(struct task *t) {
	struct arena *a = t->req->arena;
	t->res->headers_n = 0;
	t->res->status = t->route->status ? t->route->status : 200;
	t->res->content_type = "application/json";
	t->res->body = S("");
	t->ctx.error = NULL;
	t->ctx.notified_n = 0;
	t->ctx.params = NULL;
	t->call.out = (struct buf){.arena = a};
	t->call.json = (struct json){.out = &t->call.out};
	t->call.labels = NULL;
	t->call.problem_extra = S("");
}

/* ---- kept answers ---- */

static bool is_key(struct str k) {
	if (k.n < KEY_MIN || k.n > KEY_MAX) return false;
	for (size_t i = 0; i < k.n; i++) {
		char c = k.p[i];
		bool good = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
			|| c == '-' || c == '_';
		if (!good) return false;
	}
	return true;
}

static struct str request_hash(struct task *t) {
	struct buf b = {.arena = t->req->arena};
	buf_int(&b, t->ctx.actor.assignment_id); /* an answer made in one role is none in another */
	buf_add(&b, t->req->path);
	buf_byte(&b, '?');
	buf_add(&b, t->req->query);
	buf_byte(&b, '\n');
	buf_add(&b, t->req->body);
	return sha256_hex(t->req->arena, buf_str(&b));
}

static bool is_kept(const struct task *t) {
	return (t->route->flags & ROUTE_KEEP) && t->req->idempotency_key.n && t->ctx.actor.account_id;
}

/* Of a record that was made: the address that the first answer gave. */
static void locate_again(struct task *t) {
	json_t *id = json_object_get(stored_json(t->req->arena, t->res->body), "id");
	if (t->res->status == 201 && t->call.noun && json_is_integer(id)) answer_location(&t->call, json_integer_value(id));
}

/* *found: the answer of the first time is in res. */
static enum err kept_find(struct task *t, bool *found) {
	struct ctx *ctx = &t->ctx;
	struct arena *a = t->req->arena;
	struct rows *r;
	*found = false;
	if (!is_kept(t)) return ERR_OK;
	if (!is_key(t->req->idempotency_key)) return fail(ctx, ERR_INVALID, S(""), S("bad_idempotency_key"));
	enum err e = DB_QUERY(ctx->db, a, Q_KEPT_GET, &r, VI(ctx->actor.account_id), VT(t->req->idempotency_key));
	if (e) return fail_store(ctx, e);
	if (rows_next(r)) {
		bool is_claim = rows_int(r, 2) == 0;
		bool is_same = str_eq(rows_text(r, 0), t->route->pattern) && str_eq(rows_text(r, 1), request_hash(t));
		if (!is_same || is_claim) rows_done(r);
		if (!is_same) return fail(ctx, ERR_CONFLICT, S(""), S("idempotency_reused"));
		if (is_claim) return fail(ctx, ERR_CONFLICT, S(""), S("idempotency_running"));
		*found = true;
		t->res->status = (int)rows_int(r, 2);
		t->res->body = str_copy(a, rows_text(r, 3));
		if (!rows_is_null(r, 4)) res_header(t->res, "ETag", str_copy(a, rows_text(r, 4)));
		locate_again(t);
	}
	e = rows_error(r);
	rows_done(r);
	return e ? fail_store(ctx, e) : ERR_OK;
}

static struct str find_header(const struct res *res, const char *name) {
	for (size_t i = 0; i < res->headers_n; i++)
		if (str_eq(str_c(res->headers[i].name), str_c(name))) return res->headers[i].value;
	return S("");
}

static enum err kept_put(struct task *t, int status, struct str body) {
	struct ctx *ctx = &t->ctx;
	enum err e = DB_RUN(ctx->db, Q_KEPT_FORGET, VI(ctx->now_ms - KEPT_MS));
	return e ? e : DB_RUN(ctx->db, Q_KEPT_PUT, VI(ctx->actor.account_id),
		VT(t->req->idempotency_key), VT(t->route->pattern),
		VT(request_hash(t)), VI(status), VT(body.n ? body : S("{}")), v_text_or_null(find_header(t->res, "ETag")), VI(ctx->now_ms));
}

/* ---- the handler ---- */

static enum err run_handler(struct task *t) {
	start_answer(t);
	enum err e = t->route->handle(&t->call);
	if (e) return e;
	if (t->call.out.n) t->res->body = buf_str(&t->call.out);
	return ERR_OK;
}

static enum err run_write(struct db *db, void *arg) {
	struct task *t = arg;
	t->ctx.db = db;
	start_answer(t);
	enum err e = kept_find(t, &t->is_replayed);
	if (e || t->is_replayed) return e;
	if ((e = run_handler(t)) || !is_kept(t)) return e;
	return fail_store(&t->ctx, kept_put(t, t->res->status, t->res->body)); /* one transaction with the work */
}

/* ---- work outside a write job: claimed first, its answer filled in afterwards ---- */

static enum err claim(struct ctx *ctx, void *arg) {
	struct task *t = arg;
	start_answer(t);
	enum err e = DB_RUN(ctx->db, Q_KEPT_DROP_DEAD, VI(ctx->actor.account_id),
		VT(t->req->idempotency_key), VI(ctx->now_ms - CLAIM_MS));
	if (e) return fail_store(ctx, e);
	if ((e = kept_find(t, &t->is_replayed)) || t->is_replayed) return e;
	e = kept_put(t, 0, S(""));
	return e == ERR_CONFLICT ? fail(ctx, e, S(""), S("idempotency_running")) : fail_store(ctx, e);
}

static enum err fill(struct ctx *ctx, void *arg) {
	const struct task *t = arg;
	return fail_store(ctx, DB_RUN(ctx->db, Q_KEPT_FILL, VI(ctx->actor.account_id),
		VT(t->req->idempotency_key), VI(t->res->status),
		VT(t->res->body.n ? t->res->body : S("{}")), v_text_or_null(find_header(t->res, "ETag"))));
}

static enum err unclaim(struct ctx *ctx, void *arg) {
	const struct task *t = arg;
	return fail_store(ctx, DB_RUN(ctx->db, Q_KEPT_DROP, VI(ctx->actor.account_id),
		VT(t->req->idempotency_key)));
}

static enum err run_claimed(struct task *t) {
	struct ctx *ctx = &t->ctx;
	enum err e = ctx_write(ctx, claim, t);
	if (e || t->is_replayed) return e;
	if (!(e = run_handler(t))) return ctx_write(ctx, fill, t);
	const struct error *why = ctx->error;
	(void)ctx_write(ctx, unclaim, t); /* at worst the key is free again in ten minutes */
	ctx->error = why;
	return e;
}

static void finish(enum err e, void *arg);

static void run_pool(void *arg) {
	struct task *t = arg;
	struct db *db = store_reader(t->app->store);
	if (!db) {
		finish(ERR_BUSY, t);
		return;
	}
	t->ctx.db = db;
	enum err e = is_kept(t) ? run_claimed(t) : run_handler(t);
	db_close(db);
	finish(e, t);
}

/* ---- after the handler ---- */

/* The first parameter that is an id: of the record that was asked for, whether it exists or not. */
static int64_t object_id(const struct task *t) {
	int64_t id;
	for (size_t i = 0; i < t->call.params_n; i++)
		if (str_int(t->call.params[i], &id) && id > 0) return id;
	return 0;
}

static enum err note_refusal(struct db *db, void *arg) {
	struct task *t = arg;
	struct error *kept = (struct error *)(uintptr_t)t->ctx.error;
	t->ctx.db = db;
	enum err e = audit_add(&t->ctx, &(struct audit_entry){
		.action = str_lower(t->req->arena, method_name(t->req->method)), .outcome = S("REFUSED"),
		.object_id = object_id(t),
		.object = t->call.noun ? t->call.noun->name : object_name(t->route->object)});
	t->ctx.error = kept;
	return e;
}

static void finish_refused(enum err e, void *arg) {
	struct task *t = arg;
	if (e) LOG(LOG_ERROR, "audit_refused", {"code", str_c(err_name(e))});
	finish(ERR_FORBIDDEN, t);
}

/* What no page of ours sends. */
static bool is_odd(struct str rule) {
	static const struct str rules[] = {S_("not_found"), S_("method_not_allowed"), S_("csrf"), S_("bad_json"), S_("need_json"),
		S_("bad_idempotency_key"), S_("bad_cursor"), S_("bad_id"), S_("unknown_member"), S_("unknown_parameter")};
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (str_eq(rules[i], rule)) return true;
	return false;
}

static void count_refusal(struct task *t, enum err e) {
	struct str rule = t->ctx.error ? t->ctx.error->rule : S("");
	if (t->req->as_login.n) return;
	if (is_odd(rule)) watch_count(t->app, WATCH_ODD, t->ctx.remote);
	else if (e == ERR_FORBIDDEN) watch_count(t->app, WATCH_REFUSED, t->ctx.remote);
}

static void answer_problem(struct task *t, enum err e) {
	count_refusal(t, e);
	problem_write(t->req, t->res, t->ctx.lang, t->ctx.error, t->call.noun, t->call.problem_extra);
}

/* A refusal of somebody who is known is itself an audit row. */
static void finish(enum err e, void *arg) {
	struct task *t = arg;
	bool is_noted = e == ERR_FORBIDDEN && t->route && t->ctx.actor.account_id && !t->is_refusal_noted;
	if (is_noted) {
		t->is_refusal_noted = true;
		store_write_async(t->app->store, note_refusal, finish_refused, t);
		return;
	}
	if (e && !t->ctx.error) fail_store(&t->ctx, e);
	if (!e) notice_flush(&t->ctx);
	if (e) answer_problem(t, e);
	t->done(t->arg);
}

/* A list is read at once, unless it is asked for as a file. */
static enum run run_of(const struct task *t) {
	return t->route->handle == api_record_list && list_file(t->req) ? RUN_POOL : t->route->run;
}

bool api_start(struct app *app, struct db *db, const struct req *req, struct res *res,
		void (*done)(void *arg), void *arg) {
	struct task *t = arena_alloc(req->arena, sizeof *t);
	*t = (struct task){.app = app, .req = req, .res = res, .done = done, .arg = arg};
	ctx_init(&t->ctx, app, req->arena, db);
	t->ctx.lang = find_lang(req);
	t->ctx.remote = req->remote;
	t->call = (struct call){.ctx = &t->ctx, .req = req, .res = res};
	res->route = "";
	enum err e = prepare(t);
	enum run run = e ? RUN_READ : run_of(t);
	if (!e && run == RUN_WRITE) {
		store_write_async(app->store, run_write, finish, t);
		return true;
	}
	if (!e && run == RUN_POOL) {
		if (pool_add(app->pool, run_pool, t)) return true;
		e = fail(&t->ctx, ERR_BUSY, S(""), S("too_often"));
	}
	if (!e) e = run_handler(t);
	bool is_noted = e == ERR_FORBIDDEN && t->route && t->ctx.actor.account_id;
	if (is_noted) {
		finish(e, t);
		return true;
	}
	if (e) answer_problem(t, e);
	return false;
}

/* ---- the same, waited for ---- */

struct waiter {
	pthread_mutex_t lock;
	pthread_cond_t ended;
	bool is_done;
};

static void wake(void *arg) {
	struct waiter *w = arg;
	pthread_mutex_lock(&w->lock);
	w->is_done = true;
	pthread_cond_signal(&w->ended);
	pthread_mutex_unlock(&w->lock);
}

void api_handle(struct app *app, struct db *db, const struct req *req, struct res *res) {
	struct waiter w = {.is_done = false};
	pthread_mutex_init(&w.lock, NULL);
	pthread_cond_init(&w.ended, NULL);
	if (api_start(app, db, req, res, wake, &w)) {
		pthread_mutex_lock(&w.lock);
		while (!w.is_done) pthread_cond_wait(&w.ended, &w.lock);
		pthread_mutex_unlock(&w.lock);
	}
	pthread_cond_destroy(&w.ended);
	pthread_mutex_destroy(&w.lock);
}
