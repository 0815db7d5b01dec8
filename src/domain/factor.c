#include "domain/factor.h"

#include "domain/account.h"
#include "domain/audit.h"
#include "domain/login.h"
#include "domain/password.h"
#include "domain/rights.h"
#include "domain/seal.h"
#include "domain/session.h"
#include "domain/totp.h"
#include "domain/write.h"

#include <sodium.h>

enum { SECRET_GROUP = 4 };

static const struct str secret_name = S_("secret"), recovery_name = S_("recovery_code");

struct stored {
	bool is_there, is_confirmed;
	int64_t confirmed_at_ms, last_step;
	struct str secret;           /* hexadecimal, opened */
};

/* ---- the stored factor ---- */

static enum err read_stored(struct ctx *ctx, int64_t account_id, struct stored *out) {
	struct rows *r;
	struct str sealed = S("");
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_FACTOR_OF, &r, VI(account_id));
	if (e) return fail_store(ctx, e);
	*out = (struct stored){.is_there = rows_next(r)};
	if (out->is_there) {
		sealed = str_copy(ctx->arena, rows_text(r, 0));
		out->is_confirmed = !rows_is_null(r, 2);
		out->confirmed_at_ms = rows_int(r, 2);
		out->last_step = rows_int(r, 3);
	}
	e = rows_error(r);
	rows_done(r);
	if (e) return fail_store(ctx, e);
	return seal_open(ctx, secret_name, sealed, &out->secret);
}

/* The step of a code, or -1. */
static int64_t step_of(struct ctx *ctx, const struct stored *s, struct str code) {
	unsigned char raw[TOTP_SECRET_BYTES];
	size_t n = 0;
	if (sodium_hex2bin(raw, sizeof raw, s->secret.p, s->secret.n, NULL, &n, NULL) || n != sizeof raw) return -1;
	int64_t step = totp_find((struct str){(const char *)raw, n}, code, ctx->now_ms, s->last_step);
	sodium_memzero(raw, sizeof raw);
	return step;
}

enum err factor_state(struct ctx *ctx, int64_t account_id, struct factor_state *out) {
	struct stored s;
	struct policy p;
	*out = (struct factor_state){0};
	enum err e = read_stored(ctx, account_id, &s);
	if (!e) e = policy_get(ctx, &p);
	if (!e) e = fail_store(ctx, db_int(ctx->db, Q_RECOVERY_LEFT, &VI(account_id), 1, &out->recovery_left));
	if (e) return e;
	out->is_enrolled = s.is_confirmed;
	out->since_at_ms = s.confirmed_at_ms;
	out->is_required = p.second_factor == FACTOR_ALL
		|| (p.second_factor == FACTOR_ADMINS && role_is_office(ctx->actor.role));
	return ERR_OK;
}

enum err factor_is_due(struct ctx *ctx, int64_t account_id, enum role role, bool *is_due) {
	struct policy p;
	struct stored s;
	enum err e = policy_get(ctx, &p);
	*is_due = p.second_factor == FACTOR_ALL || (p.second_factor == FACTOR_ADMINS && role_is_office(role));
	if (e || !*is_due) return e;
	e = read_stored(ctx, account_id, &s);
	*is_due = !s.is_confirmed;
	return e;
}

/* ---- who asks ---- */

static enum err audit_factor(struct ctx *ctx, struct str action, int64_t account_id) {
	return audit_add(ctx, &(struct audit_entry){.action = action, .outcome = S("DONE"), .object = S("account"), .object_id = account_id});
}

/* The password once more: a session left open on a desk is not its owner. Wrong ones count as at log-in. */
static enum err ask_password(struct ctx *ctx, struct str password) {
	struct account who;
	struct str hash;
	if (!ctx->actor.account_id) return fail(ctx, ERR_UNAUTHENTICATED, S(""), S("login_first"));
	if (!password.n) return fail(ctx, ERR_INVALID, S("password"), S("required"));
	enum err e = account_by_id(ctx, ctx->actor.account_id, &who, &hash);
	if (!e) e = login_gate(ctx, who.login);
	if (e) return e;
	if (password_fits(ctx, hash, password)) return ERR_OK;
	if ((e = login_failed(ctx, who.login, who.record.id, S("factor_change")))) return e;
	return fail(ctx, ERR_INVALID, S("password"), S("password_wrong"));
}

/* ---- enrolling ---- */

static struct str in_groups(struct arena *a, struct str text) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < text.n; i++) {
		if (i && i % SECRET_GROUP == 0) buf_byte(&b, ' ');
		buf_byte(&b, text.p[i]);
	}
	return buf_str(&b);
}

static struct str uri_of(struct ctx *ctx, struct str secret) {
	struct buf b = {.arena = ctx->arena};
	buf_c(&b, "otpauth://totp/zhaoyin:");
	buf_add(&b, ctx->actor.login); /* a-z 0-9 . _ -: nothing to escape */
	buf_c(&b, "?secret=");
	buf_add(&b, secret);
	buf_c(&b, "&issuer=zhaoyin&algorithm=SHA1&digits=6&period=30");
	return buf_str(&b);
}

static enum err begin_job(struct ctx *ctx, void *arg) {
	struct str sealed;
	int64_t changed = 0;
	enum err e = seal_text(ctx, secret_name, *(const struct str *)arg, &sealed);
	if (e) return e;
	const struct value v[] = {VI(ctx->actor.account_id), VT(sealed), VI(ctx->now_ms)};
	e = db_run(ctx->db, Q_FACTOR_BEGIN, v, 3, &changed);
	if (e) return fail_store(ctx, e);
	if (!changed) return fail(ctx, ERR_CONFLICT, S(""), S("factor_is_there"));
	return audit_factor(ctx, S("factor_begin"), ctx->actor.account_id);
}

enum err factor_begin(struct ctx *ctx, struct str password, struct factor_secret *out) {
	unsigned char raw[TOTP_SECRET_BYTES];
	struct buf hex = {.arena = ctx->arena};
	enum err e = ask_password(ctx, password);
	if (e) return e;
	randombytes_buf(raw, sizeof raw);
	buf_hex(&hex, raw, sizeof raw);
	struct str stored = buf_str(&hex), secret = base32(ctx->arena, (struct str){(const char *)raw, sizeof raw});
	sodium_memzero(raw, sizeof raw);
	if ((e = ctx_write(ctx, begin_job, &stored))) return e;
	*out = (struct factor_secret){.secret = in_groups(ctx->arena, secret), .uri = uri_of(ctx, secret)};
	return ERR_OK;
}

static enum err put_codes(struct ctx *ctx, int64_t account_id, struct str *codes) {
	enum err e = DB_RUN(ctx->db, Q_RECOVERY_DROP, VI(account_id));
	for (size_t i = 0; i < RECOVERY_CODES && !e; i++) {
		codes[i] = password_one_time(ctx->arena);
		struct str digest = seal_digest(ctx, recovery_name, codes[i]);
		if (!digest.n) return fail(ctx, ERR_STORE, S(""), S("seal_key_missing"));
		e = DB_RUN(ctx->db, Q_RECOVERY_ADD, VI(account_id), VT(digest));
	}
	return fail_store(ctx, e);
}

enum err factor_confirm(struct ctx *ctx, struct str code, struct str *codes) {
	struct stored s;
	int64_t id = ctx->actor.account_id;
	enum err e = read_stored(ctx, id, &s);
	if (e) return e;
	if (s.is_confirmed) return fail(ctx, ERR_CONFLICT, S(""), S("factor_is_there"));
	if (!s.is_there) return fail(ctx, ERR_CONFLICT, S(""), S("factor_not_begun"));
	int64_t step = step_of(ctx, &s, str_trim(code));
	if (step < 0) return fail(ctx, ERR_INVALID, S("code"), S("code_wrong"));
	e = fail_store(ctx, DB_RUN(ctx->db, Q_FACTOR_CONFIRM, VI(id), VI(step), VI(ctx->now_ms)));
	if (!e) e = put_codes(ctx, id, codes);
	if (!e) e = session_end_all(ctx, id, ctx->actor.session_id);
	return e ? e : audit_factor(ctx, S("factor_enrol"), id);
}

/* ---- using ---- */

/* As people type it from paper: upper case, without its hyphens. */
static struct str recovery_normal(struct arena *a, struct str text) {
	struct buf b = {.arena = a};
	struct str lower = str_lower(a, str_trim(text));
	size_t n = 0;
	for (size_t i = 0; i < lower.n && n < 16; i++) {
		if (lower.p[i] == '-' || lower.p[i] == ' ') continue;
		if (n && n % 4 == 0) buf_byte(&b, '-');
		buf_byte(&b, lower.p[i]);
		n++;
	}
	return buf_str(&b);
}

static enum err take_recovery(struct ctx *ctx, int64_t account_id, struct str code) {
	int64_t changed = 0;
	struct str digest = seal_digest(ctx, recovery_name, recovery_normal(ctx->arena, code));
	const struct value v[] = {VI(account_id), VT(digest), VI(ctx->now_ms)};
	if (!digest.n) return fail(ctx, ERR_STORE, S(""), S("seal_key_missing"));
	enum err e = db_run(ctx->db, Q_RECOVERY_TAKE, v, 3, &changed);
	if (e) return fail_store(ctx, e);
	if (!changed) return fail(ctx, ERR_UNAUTHENTICATED, S("code"), S("code_wrong"));
	return audit_factor(ctx, S("recovery_use"), account_id);
}

enum err factor_take(struct ctx *ctx, int64_t account_id, struct str code) {
	struct stored s;
	int64_t changed = 0;
	code = str_trim(code);
	if (!totp_is_code(code)) return take_recovery(ctx, account_id, code);
	enum err e = read_stored(ctx, account_id, &s);
	if (e) return e;
	int64_t step = s.is_confirmed ? step_of(ctx, &s, code) : -1;
	const struct value v[] = {VI(account_id), VI(step)};
	if (step >= 0) e = db_run(ctx->db, Q_FACTOR_TAKE, v, 2, &changed);
	if (e) return fail_store(ctx, e);
	return changed ? ERR_OK : fail(ctx, ERR_UNAUTHENTICATED, S("code"), S("code_wrong"));
}

/* ---- changing ---- */

static enum err drop(struct ctx *ctx, int64_t account_id) {
	enum err e = DB_RUN(ctx->db, Q_FACTOR_DROP, VI(account_id));
	if (!e) e = DB_RUN(ctx->db, Q_RECOVERY_DROP, VI(account_id));
	return fail_store(ctx, e);
}

static enum err renew_job(struct ctx *ctx, void *arg) {
	struct stored s;
	enum err e = read_stored(ctx, ctx->actor.account_id, &s);
	if (!e && !s.is_confirmed) return fail(ctx, ERR_CONFLICT, S(""), S("factor_not_begun"));
	if (!e) e = put_codes(ctx, ctx->actor.account_id, arg);
	return e ? e : audit_factor(ctx, S("factor_codes"), ctx->actor.account_id);
}

enum err factor_renew_codes(struct ctx *ctx, struct str password, struct str *codes) {
	enum err e = ask_password(ctx, password);
	return e ? e : ctx_write(ctx, renew_job, codes);
}

static enum err remove_job(struct ctx *ctx, void *arg) {
	struct factor_state s;
	int64_t id = ctx->actor.account_id;
	enum err e = factor_state(ctx, id, &s);
	if (e) return e;
	if (!s.is_enrolled) return fail(ctx, ERR_CONFLICT, S(""), S("factor_not_begun"));
	if (s.is_required) return fail(ctx, ERR_FORBIDDEN, S(""), S("factor_needed"));
	if ((e = factor_take(ctx, id, *(const struct str *)arg))) return e;
	if ((e = drop(ctx, id))) return e;
	return audit_factor(ctx, S("factor_remove"), id);
}

/* A wrong code counts, as at log-in; its job was rolled back, so it is counted by one of its own. */
enum err factor_remove(struct ctx *ctx, struct str password, struct str code) {
	enum err e = ask_password(ctx, password), counted;
	if (!e && !code.n) return fail(ctx, ERR_INVALID, S("code"), S("required"));
	if (!e) e = ctx_write(ctx, remove_job, &code);
	if (e != ERR_UNAUTHENTICATED) return e;
	if ((counted = login_failed(ctx, ctx->actor.login, ctx->actor.account_id, S("factor_change")))) return counted;
	ctx->error = NULL;
	return fail(ctx, ERR_INVALID, S("code"), S("code_wrong"));
}

enum err factor_reset(struct ctx *ctx, int64_t account_id) {
	struct account who;
	struct stored s;
	enum err e = need(ctx, OBJ_SECURITY, CAN_UPDATE);
	if (e) return e;
	if (account_id == ctx->actor.account_id) return fail(ctx, ERR_FORBIDDEN, S("id"), S("own_factor"));
	if ((e = account_by_id(ctx, account_id, &who, NULL))) return e;
	if ((e = read_stored(ctx, account_id, &s))) return e;
	if (!s.is_there) return fail_with(ctx, ERR_CONFLICT, S(""), S("factor_not_there"), who.login, S(""));
	if (!e) e = drop(ctx, account_id);
	if (!e) e = session_end_all(ctx, account_id, 0);
	return e ? e : audit_factor(ctx, S("factor_reset"), account_id);
}
