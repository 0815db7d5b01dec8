#include "domain/login.h"

#include "base/log.h"
#include "domain/audit.h"
#include "domain/city.h"
#include "domain/factor.h"
#include "domain/password.h"
#include "domain/rights.h"
#include "domain/watch.h"
#include "domain/write.h"

#include <sodium.h>

enum {
	LOCK_MS = 15 * 60 * 1000,
	COUNTED_MS = 2 * LOCK_MS,          /* failures of this time count; a lock that ended leaves one try */
	ONE_TIME_MS = 7 * 24 * 3600 * 1000,
	FAILURES_LOCK = 5,
};

/* Wait after so many failures. */
static const int64_t wait_ms[FAILURES_LOCK + 1] = {0, 0, 1000, 2000, 4000, LOCK_MS};

/* ---- failures ---- */

static struct str remote_of(const struct ctx *ctx) {
	return ctx->remote.n ? ctx->remote : S("local");
}

/* Milliseconds until this login is heard again from here; 0 = now. */
static enum err wait_left(struct ctx *ctx, struct str login, int64_t *left) {
	struct rows *r;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_LOGIN_FAILURES, &r, VT(login), VT(remote_of(ctx)),
	                      VI(ctx->now_ms - COUNTED_MS));
	if (e) return fail_store(ctx, e);
	int64_t n = 0, last = 0;
	if (rows_next(r)) {
		n = rows_int(r, 0);
		last = rows_int(r, 1);
	}
	e = rows_error(r);
	rows_done(r);
	*left = last + wait_ms[n > FAILURES_LOCK ? FAILURES_LOCK : n] - ctx->now_ms;
	if (!n || *left < 0) *left = 0;
	return fail_store(ctx, e);
}

static enum err fail_wait(struct ctx *ctx, int64_t left_ms) {
	return fail_with(ctx, ERR_BUSY, S(""), S("login_wait"),
		str_of_int(ctx->arena, (left_ms + 999) / 1000), S(""));
}

enum err login_gate(struct ctx *ctx, struct str login) {
	int64_t left;
	enum err e = wait_left(ctx, login, &left);
	if (e) return e;
	return left ? fail_wait(ctx, left) : ERR_OK;
}

struct failure {
	struct str login, action, outcome, reason;
	int64_t account_id;
	bool is_counted;
};

static struct str reason_diff(struct ctx *ctx, const struct failure *f) {
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	json_obj(&j);
	json_put_str(&j, "reason", f->reason);
	json_end(&j);
	return buf_str(&b);
}

/* Who failed is not proven, so the row names the account as its object, not as its actor. A login that
 * is unknown is not written down: people type passwords into that field. */
static enum err write_failure(struct ctx *ctx, void *arg) {
	const struct failure *f = arg;
	enum err e = ERR_OK;
	if (f->is_counted) {
		e = DB_RUN(ctx->db, Q_LOGIN_FAILURE_PURGE, VI(ctx->now_ms - COUNTED_MS));
		if (!e) e = DB_RUN(ctx->db, Q_LOGIN_FAILURE_ADD, VT(f->login), VT(remote_of(ctx)), VI(ctx->now_ms));
		if (e) return fail_store(ctx, e);
	}
	return audit_add(ctx, &(struct audit_entry){
		.action = f->action, .outcome = f->outcome, .object = S("account"), .object_id = f->account_id,
		.diff = reason_diff(ctx, f)});
}

/* The alarm of a lock; the address and the id are enough to find the rest. */
static void alarm_if_locked(struct ctx *ctx, const struct failure *f) {
	int64_t left;
	if (wait_left(ctx, f->login, &left) || left < LOCK_MS) return;
	LOG(LOG_WARN, "login_locked", {"account", str_of_int(ctx->arena, f->account_id)}, {"remote", remote_of(ctx)});
}

static enum err record_failure(struct ctx *ctx, const struct failure *f) {
	struct failure copy = *f;
	enum err e = ctx_write(ctx, write_failure, &copy);
	if (!e && f->is_counted) alarm_if_locked(ctx, f);
	if (f->is_counted) watch_count(ctx->app, WATCH_LOGIN, remote_of(ctx));
	return e;
}

enum err login_failed(struct ctx *ctx, struct str login, int64_t account_id, struct str action) {
	return record_failure(ctx, &(struct failure){
		.login = login, .action = action, .outcome = S("FAILED"), .account_id = account_id,
		.is_counted = true,
		.reason = account_id ? S("password_wrong") : S("no_account")});
}

enum err login_forgive(struct ctx *ctx, struct str login) {
	return fail_store(ctx, DB_RUN(ctx->db, Q_LOGIN_FAILURE_FORGIVE, VT(login)));
}

/* ---- log-in ---- */

struct attempt {
	const struct login_request *request;
	struct str login;                /* stored form */
	struct account who;              /* id 0 = nobody who may log in */
	struct str hash;                 /* of who; empty = nobody's */
	struct str new_hash;             /* made with today's parameters; empty = the old one is */
	bool has_factor;
	int64_t left_ms;                 /* the lock that other attempts brought meanwhile */
	struct str token;
	struct session session;
};

/* Finds the account, or leaves it empty: from here on both go the same way. */
static enum err find_account(struct ctx *ctx, struct attempt *a) {
	const struct error *before = ctx->error;
	enum err e = account_by_login(ctx, a->login, &a->who, &a->hash);
	if (e && e != ERR_NOT_FOUND) return e;
	ctx->error = before;
	bool may_log_in = !e && a->who.state == ACCOUNT_ACTIVE && (!a->who.is_demo || ctx->app->is_demo);
	if (may_log_in) return ERR_OK;
	if (e) a->who = (struct account){0};
	a->hash = S("");
	return ERR_OK;
}

static enum err refuse(struct ctx *ctx, const struct attempt *a, enum err code, struct str rule) {
	struct failure f = {.login = a->login, .action = S("login"), .outcome = S("REFUSED"), .reason = rule,
	                    .account_id = a->who.record.id};
	enum err e = record_failure(ctx, &f);
	return e ? e : fail(ctx, code, S(""), rule);
}

static enum err refuse_wait(struct ctx *ctx, const struct attempt *a, int64_t left_ms) {
	struct failure f = {.login = a->login, .action = S("login"), .outcome = S("REFUSED"),
		.reason = S("login_wait"),
	                    .account_id = a->who.record.id};
	enum err e = record_failure(ctx, &f);
	return e ? e : fail_wait(ctx, left_ms);
}

/* Inside the job everything that was read outside is asked again: attempts that ran beside this one
 * may have brought the lock, an administrator may have closed the account. */
static enum err open_session(struct ctx *ctx, void *arg) {
	struct attempt *a = arg;
	struct account now;
	struct str hash;
	enum err e = audit_lock(ctx);
	if (!e) e = wait_left(ctx, a->login, &a->left_ms);
	if (e || a->left_ms) return e;
	if ((e = account_by_id(ctx, a->who.record.id, &now, &hash))) return e;
	if (now.state != ACCOUNT_ACTIVE || !str_eq(hash, a->hash))
		return fail(ctx, ERR_UNAUTHENTICATED, S(""), S("login_wrong"));
	if (a->has_factor && (e = factor_take(ctx, now.record.id, a->request->code))) return e;
	if ((e = session_open(ctx, &now, a->request->user_agent, &a->token, &a->session))) return e;
	e = DB_RUN(ctx->db, Q_LOGIN_FAILURE_CLEAR, VT(a->login), VT(remote_of(ctx)));
	if (!e) e = DB_RUN(ctx->db, Q_ACCOUNT_TOUCH, VI(now.record.id), VI(ctx->now_ms));
	if (!e && a->new_hash.n)
		e = DB_RUN(ctx->db, Q_ACCOUNT_REHASH, VI(now.record.id), VT(a->hash), VT(a->new_hash));
	if (e) return fail_store(ctx, e);
	return audit_add(ctx, &(struct audit_entry){
		.action = S("login"), .outcome = S("DONE"), .object = S("account"), .object_id = now.record.id});
}

/* The job refused and was rolled back with all it wrote: its reason gets a row of its own. */
static enum err refuse_again(struct ctx *ctx, const struct attempt *a, enum err code) {
	struct str rule = ctx->error->rule;
	ctx->error = ctx->error->next;
	if (!str_eq(rule, S("code_wrong"))) return refuse(ctx, a, code, rule);
	enum err e = record_failure(ctx, &(struct failure){
		.login = a->login, .action = S("login"), .outcome = S("FAILED"), .reason = rule,
		.account_id = a->who.record.id, .is_counted = true});
	return e ? e : fail(ctx, code, S("code"), rule);
}

/* An account that is nothing but an administrator's comes from the city's ranges only; one with a role of
 * the trade as well gets in, and is refused when it acts in the office (policy_check_address). */
static enum err check_address(struct ctx *ctx, const struct attempt *a) {
	struct assignment *list;
	size_t n, offices = 0;
	enum err e = assignments_in_force(ctx, a->who.record.id, &list, &n);
	for (size_t i = 0; i < n && !e; i++) offices += role_is_office((enum role)list[i].role);
	if (e || !n || offices < n) return e;
	const struct actor nobody = ctx->actor;
	const struct error *before = ctx->error;
	ctx->actor.role = (enum role)list[0].role;
	e = policy_check_address(ctx);
	ctx->actor = nobody;
	if (e != ERR_FORBIDDEN) return e;
	ctx->error = before;
	struct failure f = {.login = a->login, .action = S("login"), .outcome = S("REFUSED"), .reason = S("address_refused"),
	                    .account_id = a->who.record.id};
	if ((e = record_failure(ctx, &f))) return e;
	return fail_with(ctx, ERR_FORBIDDEN, S(""), S("address_refused"), ctx->remote, S(""));
}

static enum err ask_code(struct ctx *ctx, struct attempt *a) {
	struct factor_state s;
	enum err e = factor_state(ctx, a->who.record.id, &s);
	a->has_factor = s.is_enrolled;
	if (e || !s.is_enrolled || a->request->code.n) return e;
	return fail(ctx, ERR_UNAUTHENTICATED, S("code"), S("code_required"));
}

static enum err let_in(struct ctx *ctx, struct attempt *a) {
	enum err e = ERR_OK;
	if (a->who.must_change_password && ctx->now_ms > a->who.password_at_ms + ONE_TIME_MS)
		return refuse(ctx, a, ERR_FORBIDDEN, S("one_time_expired"));
	if ((e = check_address(ctx, a)) || (e = ask_code(ctx, a))) return e;
	if (password_is_stale(ctx, a->hash)) e = password_hash(ctx, a->request->password, &a->new_hash);
	if (!e) e = ctx_write(ctx, open_session, a);
	if (e == ERR_FORBIDDEN || e == ERR_UNAUTHENTICATED) return refuse_again(ctx, a, e);
	if (e) return e;
	return a->left_ms ? refuse_wait(ctx, a, a->left_ms) : ERR_OK;
}

enum err login(struct ctx *ctx, const struct login_request *r, struct str *token, struct session *out) {
	struct attempt a = {.request = r,
		.login = str_cp_head(login_normal(ctx->arena, r->login), 2 * LOGIN_MAX)};
	int64_t left;
	ctx->actor = (struct actor){.role = ROLE_PUBLIC};
	if (!r->is_tls && !r->is_loopback) return refuse(ctx, &a, ERR_FORBIDDEN, S("tls_required"));
	if (!a.login.n || !str_is_utf8(a.login)) return fail(ctx, ERR_INVALID, S("login"), S("required"));
	if (!r->password.n) return fail(ctx, ERR_INVALID, S("password"), S("required"));
	enum err e = find_account(ctx, &a);
	if (!e) e = wait_left(ctx, a.login, &left);
	if (e) return e;
	if (left) return refuse_wait(ctx, &a, left);
	if (!password_fits(ctx, a.hash, r->password)) {
		if ((e = login_failed(ctx, a.login, a.who.record.id, S("login")))) return e;
		return fail(ctx, ERR_UNAUTHENTICATED, S(""), S("login_wrong"));
	}
	if ((e = let_in(ctx, &a))) return e;
	*token = a.token;
	*out = a.session;
	return ERR_OK;
}

/* ---- the first account ---- */

static enum err count_accounts(struct ctx *ctx, int64_t *n) {
	return fail_store(ctx, db_int(ctx->db, Q_ACCOUNT_COUNT, NULL, 0, n));
}

enum err setup_begin(struct ctx *ctx, struct arena *a) {
	int64_t n;
	enum err e = count_accounts(ctx, &n);
	if (e) return e;
	ctx->app->setup_code = n ? S("") : password_one_time(a);
	return ERR_OK;
}

enum err setup_is_open(struct ctx *ctx, bool *is_open) {
	int64_t n = 1;
	enum err e = ctx->app->setup_code.n ? count_accounts(ctx, &n) : ERR_OK;
	if (e) return e;
	*is_open = n == 0;
	return ERR_OK;
}

struct setup {
	struct account *account;
	struct str hash;
	struct str city;
};

static enum err make_first(struct ctx *ctx, void *arg) {
	struct setup *s = arg;
	struct assignment office;
	int64_t n;
	enum err e = audit_lock(ctx); /* two who hold the code: one makes the account, the other is refused */
	if (!e) e = count_accounts(ctx, &n);
	if (e) return e;
	if (n) return fail(ctx, ERR_CONFLICT, S(""), S("setup_closed"));
	ctx->actor = actor_setup();
	if (s->city.n && (e = city_set(ctx, &(struct city_identity){.code = s->city}))) return e;
	if ((e = account_insert(ctx, s->account, s->hash, false))) return e;
	record_init(&assignment_noun, &office);
	office.account_id = s->account->record.id;
	office.role = ROLE_SYS_ADMIN;
	if ((e = record_insert(ctx, &assignment_noun, &office))) return e;
	return audit_add(ctx, &(struct audit_entry){
		.action = S("setup"), .outcome = S("DONE"), .object = S("account"),
		.object_id = s->account->record.id});
}

/* Equal time wherever the first wrong letter stands. */
static bool is_code(struct str want, struct str got) {
	return want.n && want.n == got.n && sodium_memcmp(want.p, got.p, want.n) == 0;
}

static enum err refuse_setup(struct ctx *ctx, enum err code, struct str rule) {
	struct failure f = {.action = S("setup"), .outcome = S("REFUSED"), .reason = rule};
	enum err e = record_failure(ctx, &f);
	return e ? e : fail(ctx, code, rule.n ? S("code") : S(""), rule);
}

static enum err check_setup(struct ctx *ctx, const struct setup_request *r, struct account *a) {
	bool is_open;
	enum err e = setup_is_open(ctx, &is_open);
	if (e) return e;
	if (!is_open) return fail(ctx, ERR_CONFLICT, S(""), S("setup_closed"));
	if (!r->is_tls && !r->is_loopback) return refuse_setup(ctx, ERR_FORBIDDEN, S("tls_required"));
	if (!is_code(ctx->app->setup_code, login_normal(ctx->arena, r->code)))
		return refuse_setup(ctx, ERR_FORBIDDEN, S("setup_code_wrong"));
	record_init(&account_noun, a);
	const struct {
		const char *member;
		struct str text;
	} given[] = {{"login", r->login}, {"name", r->name}, {"unit_name", r->unit_name}};
	for (size_t i = 0; i < 3; i++) {
		int at = field_index(&account_noun, str_c(given[i].member));
		(void)field_set_text(ctx, &account_noun.fields[at], a, given[i].text);
	}
	if (r->city.n && !city_find(ctx->arena, r->city))
		fail_with(ctx, ERR_INVALID, S("city"), S("no_such_city"), r->city, S(""));
	const struct str words[] = {login_normal(ctx->arena, r->login), r->name, r->unit_name};
	(void)password_check(ctx, S("password"), r->password, words, 3);
	return ctx->error ? ctx->error->code : ERR_OK;
}

enum err setup_run(struct ctx *ctx, const struct setup_request *r, struct account *out) {
	struct setup s = {.account = out, .city = r->city};
	enum err e = check_setup(ctx, r, out);
	if (!e) e = password_hash(ctx, r->password, &s.hash);
	return e ? e : ctx_write(ctx, make_first, &s);
}
