#include "domain/account.h"

#include "domain/audit.h"
#include "domain/login.h"
#include "domain/noun.h"
#include "domain/password.h"
#include "domain/project.h"
#include "domain/rights.h"
#include "domain/seal.h"
#include "domain/session.h"
#include "domain/write.h"

static const struct choice states[] = {
	[ACCOUNT_ACTIVE] = {S_("ACTIVE"), S_("在用"), S_("Active"), S_("")},
	[ACCOUNT_CLOSED] = {S_("CLOSED"), S_("已注销"), S_("Closed"), S_("")},
};

#define F(m, ...) FIELD(account, m, __VA_ARGS__)
static const struct field fields[] = {
	F(login, F_TEXT, EDITED | FIELD_REQUIRED | FIELD_FINAL | FIELD_SEARCH, "登录名", "Login", .group = S_("base"), .max = LOGIN_MAX),
	F(name, F_TEXT, EDITED | FIELD_REQUIRED | FIELD_SEARCH, "姓名", "Name", .group = S_("base"), .max = 50),
	F(unit_name, F_TEXT, EDITED | FIELD_SEARCH, "单位", "Unit", .group = S_("base"), .max = 100),
	F(phone, F_PHONE, FIELD_FORM | FIELD_LIST | FIELD_PERSONAL | FIELD_SEALED, "电话", "Telephone", .group = S_("base"), .personal = PERSONAL_STAFF),
	F(email, F_EMAIL, FIELD_FORM | FIELD_LIST | FIELD_PERSONAL, "邮箱", "E-mail", .group = S_("base"), .personal = PERSONAL_STAFF),
	F(state, F_ENUM, GIVEN, "状态", "State", .group = S_("base"), CHOICES(states)),
	F(must_change_password, F_BOOL, GIVEN, "须改密码", "Must change password", .group = S_("date")),
	F(password_at_ms, F_AT, FIELD_SERVER | FIELD_LIST | FIELD_SORT, "密码时间", "Password set", .group = S_("date")),
	F(last_login_at_ms, F_AT, FIELD_SERVER | FIELD_LIST | FIELD_SORT, "上次登录", "Last log-in", .group = S_("date")),
	F(clearance, F_ENUM, GIVEN, "涉密范围", "Clearance", .group = S_("other"), .choices = secrecies, .choices_n = SECRECY__N),
	F(clearance_until_date, F_DATE, FIELD_SERVER | FIELD_LIST, "涉密范围截止", "Cleared until", .group = S_("other")),
	F(clearance_reason, F_TEXT, FIELD_SERVER, "涉密范围依据", "Reason of the clearance", .group = S_("other"), .max = 200),
	F(clearance_at_ms, F_AT, FIELD_SERVER, "涉密范围设定时间", "Clearance set at", .group = S_("other")),
	F(clearance_by, F_REF, FIELD_SERVER, "涉密范围设定人", "Clearance set by", .group = S_("other"), .ref = S_("accounts")),
	F(is_demo, F_BOOL, FIELD_SERVER, "演示账号", "Demo account", .group = S_("other")),
};
#undef F

/* ---- logins ---- */

struct str login_normal(struct arena *a, struct str login) {
	return str_lower(a, str_trim(login));
}

static bool is_letter(char c) {
	return c >= 'a' && c <= 'z';
}

static bool is_login(struct str s) {
	if (s.n < 3 || s.n > LOGIN_MAX || !is_letter(s.p[0])) return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!is_letter(c) && !(c >= '0' && c <= '9') && c != '.' && c != '_' && c != '-') return false;
	}
	return true;
}

/* What stands in the audit for those who have no account: no account may look like them. */
static const struct str console_login = S_("console"), setup_login = S_("setup");

static bool is_reserved(struct str login) {
	return str_eq(login, console_login) || str_eq(login, setup_login);
}

static enum err check_login(struct ctx *ctx, struct account *a) {
	struct account other;
	a->login = login_normal(ctx->arena, a->login);
	if (!a->login.n) return ERR_OK; /* the field table says "required" */
	if (!is_login(a->login)) return fail(ctx, ERR_INVALID, S("login"), S("login_form"));
	const struct error *before = ctx->error;
	enum err e = is_reserved(a->login) ? ERR_OK : account_by_login(ctx, a->login, &other, NULL);
	if (!e) return fail_with(ctx, ERR_CONFLICT, S("login"), S("login_taken"), a->login, S(""));
	if (e != ERR_NOT_FOUND) return e;
	ctx->error = before;
	return ERR_OK;
}

static enum err need_active(struct ctx *ctx, const struct account *a) {
	if (a->state == ACCOUNT_ACTIVE) return ERR_OK;
	return fail_with(ctx, ERR_CONFLICT, S("state"), S("account_closed"), a->login, S(""));
}

/* What a closed account did stays under the name that it had. */
static enum err check(struct ctx *ctx, const void *old, void *rec, const struct fieldset *set) {
	const struct account *was = old;
	(void)set;
	return was ? need_active(ctx, was) : check_login(ctx, rec);
}

static const struct order orders[] = {{S_("login"), false, true}, {S_("id"), false, true}};

const struct noun account_noun = {
	.name = S_("account"), .plural = S_("accounts"), .zh = S_("账号"), .en = S_("Account"),
	.table = S_("account"), .object = OBJ_ACCOUNT, .size = sizeof(struct account), FIELDS(fields),
	.visible = Q_ACCOUNT_VISIBLE, .generic = CAN_UPDATE, ORDERS(orders), .check = check,
};

/* ---- reading ---- */

static enum err read_one(struct ctx *ctx, enum query_id q, struct value key, struct account *out,
		struct str *hash) {
	struct rows *r;
	enum err e = DB_QUERY(ctx->db, ctx->arena, q, &r, key);
	if (e) return fail_store(ctx, e);
	if (!rows_next(r)) {
		e = rows_error(r);
		rows_done(r);
		return e ? fail_store(ctx, e) : fail(ctx, ERR_NOT_FOUND, S("login"), S("no_account"));
	}
	record_read(&account_noun, ctx->arena, r, out);
	if (hash) *hash = str_copy(ctx->arena, rows_text(r, rows_find(r, S("password_hash"))));
	rows_done(r);
	return record_open(ctx, &account_noun, out);
}

enum err account_by_login(struct ctx *ctx, struct str login, struct account *out, struct str *hash) {
	return read_one(ctx, Q_ACCOUNT_BY_LOGIN, VT(login), out, hash);
}

enum err account_by_id(struct ctx *ctx, int64_t id, struct account *out, struct str *hash) {
	return read_one(ctx, Q_ACCOUNT_BY_ID, VI(id), out, hash);
}

/* ---- making ---- */

static enum err store_password(struct ctx *ctx, int64_t id, struct str hash, bool must_change) {
	enum err e = DB_RUN(ctx->db, Q_ACCOUNT_SET_PASSWORD, VI(id), VT(hash), VI(must_change), VI(ctx->now_ms));
	if (!e) e = DB_RUN(ctx->db, Q_PASSWORD_REMEMBER, VI(id), VT(hash), VI(ctx->now_ms));
	if (!e) e = DB_RUN(ctx->db, Q_PASSWORD_FORGET_OLDER, VI(id), VI(PASSWORD_HISTORY));
	return fail_store(ctx, e);
}

enum err account_insert(struct ctx *ctx, struct account *rec, struct str hash, bool must_change) {
	rec->state = ACCOUNT_ACTIVE;
	rec->must_change_password = must_change;
	rec->password_at_ms = ctx->now_ms;
	rec->last_login_at_ms = NONE;
	enum err e = record_insert(ctx, &account_noun, rec);
	if (e) return e;
	if ((e = store_password(ctx, rec->record.id, hash, must_change))) return e;
	rec->record.row_version++;
	return ERR_OK;
}

struct password_job {
	struct account *rec;
	int64_t id;
	struct str old_hash, hash;
};

static enum err add_job(struct ctx *ctx, void *arg) {
	struct password_job *j = arg;
	return account_insert(ctx, j->rec, j->hash, true);
}

enum err account_add(struct ctx *ctx, struct account *rec, struct str *one_time) {
	struct password_job j = {.rec = rec};
	enum err e = need(ctx, OBJ_ACCOUNT, CAN_CREATE);
	if (e) return e;
	struct str password = password_one_time(ctx->arena);
	if ((e = password_hash(ctx, password, &j.hash))) return e;
	if ((e = ctx_write(ctx, add_job, &j))) return e;
	*one_time = password;
	return ERR_OK;
}

/* ---- passwords ---- */

static enum err audit_account(struct ctx *ctx, struct str action, int64_t id) {
	return audit_add(ctx, &(struct audit_entry){
		.action = action, .outcome = S("DONE"), .object = S("account"), .object_id = id});
}

static enum err reset_job(struct ctx *ctx, void *arg) {
	struct password_job *j = arg;
	struct account a;
	enum err e = account_by_id(ctx, j->id, &a, NULL);
	if (!e) e = need_active(ctx, &a);
	if (!e) e = store_password(ctx, j->id, j->hash, true);
	if (!e) e = session_end_all(ctx, j->id, 0);
	return e ? e : audit_account(ctx, S("password_reset"), j->id);
}

enum err account_reset_password(struct ctx *ctx, int64_t id, struct str *one_time) {
	struct password_job j = {.id = id};
	enum err e = need(ctx, OBJ_ACCOUNT, CAN_UPDATE);
	if (e) return e;
	struct str password = password_one_time(ctx->arena);
	if ((e = password_hash(ctx, password, &j.hash))) return e;
	if ((e = ctx_write(ctx, reset_job, &j))) return e;
	sessions_forget_account(ctx->app, id);
	*one_time = password;
	return ERR_OK;
}

static enum err check_history(struct ctx *ctx, int64_t id, struct str password) {
	struct rows *r;
	struct str used[PASSWORD_HISTORY];
	size_t n = 0;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_PASSWORD_HISTORY, &r, VI(id), VI(PASSWORD_HISTORY));
	if (e) return fail_store(ctx, e);
	while (n < PASSWORD_HISTORY && rows_next(r)) used[n++] = str_copy(ctx->arena, rows_text(r, 0));
	e = rows_error(r);
	rows_done(r);
	for (size_t i = 0; i < n && !e; i++)
		if (password_fits(ctx, used[i], password))
			return fail_with(ctx, ERR_INVALID, S("new_password"), S("password_used"),
			                 str_of_int(ctx->arena, PASSWORD_HISTORY), S(""));
	return fail_store(ctx, e);
}

/* What was checked outside the job must still hold inside. */
static enum err change_job(struct ctx *ctx, void *arg) {
	struct password_job *j = arg;
	struct account a;
	struct str hash;
	enum err e = account_by_id(ctx, j->id, &a, &hash);
	if (!e) e = need_active(ctx, &a);
	if (e) return e;
	if (!str_eq(hash, j->old_hash)) return fail(ctx, ERR_CONFLICT, S("old_password"), S("stale"));
	if ((e = store_password(ctx, j->id, j->hash, false))) return e;
	if ((e = session_end_all(ctx, j->id, ctx->actor.session_id))) return e;
	return audit_account(ctx, S("password_change"), j->id);
}

static enum err check_new(struct ctx *ctx, const struct account *a, struct str password) {
	const struct str words[] = {a->login, a->name, a->unit_name};
	enum err e = password_check(ctx, S("new_password"), password, words, 3);
	return e ? e : check_history(ctx, a->record.id, password);
}

enum err account_change_password(struct ctx *ctx, struct str old_password, struct str new_password) {
	struct password_job j = {.id = ctx->actor.account_id};
	struct account a;
	if (!j.id) return fail(ctx, ERR_UNAUTHENTICATED, S(""), S("login_first"));
	enum err e = account_by_id(ctx, j.id, &a, &j.old_hash);
	if (!e) e = login_gate(ctx, a.login);
	if (e) return e;
	if (!password_fits(ctx, j.old_hash, old_password)) {
		if ((e = login_failed(ctx, a.login, j.id, S("password_change")))) return e;
		return fail(ctx, ERR_INVALID, S("old_password"), S("password_wrong"));
	}
	/* The history may not have it: a demo account, one brought over. */
	if (str_eq(old_password, new_password))
		return fail_with(ctx, ERR_INVALID, S("new_password"), S("password_used"),
			str_of_int(ctx->arena, PASSWORD_HISTORY), S(""));
	if ((e = check_new(ctx, &a, new_password))) return e;
	if ((e = password_hash(ctx, new_password, &j.hash))) return e;
	if ((e = ctx_write(ctx, change_job, &j))) return e;
	sessions_forget_account(ctx->app, j.id);
	return ERR_OK;
}

/* ---- one's own ---- */

const struct field *account_own_field(size_t i) {
	static const struct str names[] = {S_("phone"), S_("email")};
	return i < sizeof names / sizeof *names ? &fields[field_index(&account_noun, names[i])] : NULL;
}

enum err account_update_own(struct ctx *ctx, const struct account *rec, int64_t row_version) {
	struct account old, own;
	enum err e = account_by_id(ctx, ctx->actor.account_id, &old, NULL);
	if (e) return e;
	own = old;
	own.phone = rec->phone;
	own.email = rec->email;
	if (old.record.row_version != row_version)
		return fail(ctx, ERR_CONFLICT, S("row_version"), S("stale"));
	return record_update(ctx, &account_noun, &old, &own, NULL);
}

/* ---- closing ---- */

enum err account_close(struct ctx *ctx, int64_t id, int64_t row_version) {
	struct account a, closed;
	enum err e = need(ctx, OBJ_ACCOUNT, CAN_UPDATE);
	if (!e) e = audit_lock(ctx);
	if (!e) e = account_by_id(ctx, id, &a, NULL);
	if (!e) e = need_active(ctx, &a);
	if (!e) e = keep_administrators(ctx, id, 0);
	if (e) return e;
	closed = a;
	a.record.row_version = row_version;
	closed.state = ACCOUNT_CLOSED;
	if ((e = record_update(ctx, &account_noun, &a, &closed, NULL))) return e;
	if ((e = session_end_all(ctx, id, 0))) return e;
	return audit_account(ctx, S("account_close"), id);
}

enum err account_unlock(struct ctx *ctx, int64_t id) {
	struct account a;
	enum err e = need(ctx, OBJ_ACCOUNT, CAN_UPDATE);
	if (!e) e = account_by_id(ctx, id, &a, NULL);
	if (!e) e = login_forgive(ctx, a.login);
	return e ? e : audit_account(ctx, S("account_unlock"), id);
}

/* ---- clearance ---- */

enum secrecy clearance_of(const struct account *who, enum role role, int32_t today) {
	bool is_set = who->clearance != CHOICE_NONE
		&& (who->clearance_until_date == DAY_NONE || who->clearance_until_date >= today);
	return is_set ? (enum secrecy)who->clearance : role_clearance(role);
}

enum err account_set_clearance(struct ctx *ctx, int64_t id, const struct account *wish, int64_t row_version) {
	struct account old, a;
	enum err e = need(ctx, OBJ_ASSIGNMENT, CAN_UPDATE);
	if (!e) e = account_by_id(ctx, id, &old, NULL);
	if (!e) e = need_active(ctx, &old);
	if (e) return e;
	if (id == ctx->actor.account_id) return fail(ctx, ERR_FORBIDDEN, S("clearance"), S("own_clearance"));
	if (row_version != old.record.row_version)
		return fail(ctx, ERR_CONFLICT, S("row_version"), S("stale"));
	struct str reason = str_trim(wish->clearance_reason);
	if (!reason.n) fail(ctx, ERR_INVALID, S("reason"), S("required"));
	if (wish->clearance_until_date != DAY_NONE && wish->clearance_until_date < ctx->today)
		fail(ctx, ERR_INVALID, S("until_date"), S("in_the_past"));
	if (ctx->error) return ctx->error->code;
	a = old;
	a.clearance = wish->clearance;
	a.clearance_until_date = wish->clearance == CHOICE_NONE ? DAY_NONE : wish->clearance_until_date;
	a.clearance_reason = reason;
	a.clearance_at_ms = ctx->now_ms;
	a.clearance_by = ctx->actor.account_id ? ctx->actor.account_id : NONE;
	if ((e = record_store(ctx, &account_noun, &old, &a, S("clearance")))) return e;
	sessions_forget_account(ctx->app, id);
	return ERR_OK;
}

/* ---- actors ---- */

struct actor actor_of(const struct account *who, const struct assignment *as, int32_t today) {
	return (struct actor){
		.account_id = who->record.id, .login = who->login, .role = (enum role)as->role,
		.assignment_id = as->record.id, .scope = as->scope,
		.subject_id = as->subject_id > 0 ? as->subject_id : 0,
		.clearance = clearance_of(who, (enum role)as->role, today),
	};
}

struct actor actor_console(enum role office) {
	return (struct actor){.login = console_login, .role = office};
}

struct actor actor_setup(void) {
	return (struct actor){.login = setup_login, .role = ROLE_PUBLIC};
}
