/* account_test.c - accounts, roles and the rules that keep them apart; passwords; the audit key's file. */
#include "domain/account.h"
#include "domain/audit.h"
#include "domain/key.h"
#include "domain/password.h"
#include "domain/session.h"

#include "city.h"

#include <sys/stat.h>

/* ---- accounts ---- */

static struct account person(const char *login, const char *name) {
	struct account a;
	record_init(&account_noun, &a);
	a.login = str_c(login);
	a.name = str_c(name);
	return a;
}

static enum err add(struct city *c, const char *login, const char *name, int64_t *id) {
	struct account a = person(login, name);
	struct str one_time;
	enum err e = account_add(&c->ctx, &a, &one_time);
	if (id) *id = a.record.id;
	return e;
}

static void an_account_gets_a_one_time_password(void **state) {
	struct city *c = *state;
	struct account a = person("  Li.Na-2 ", "李娜"), stored;
	struct str one_time, hash;
	city_as(c, ROLE_SYS_ADMIN, "");
	assert_int_equal(account_add(&c->ctx, &a, &one_time), ERR_OK);
	assert_int_equal(account_by_login(&c->ctx, S("li.na-2"), &stored, &hash), ERR_OK);
	assert_int_equal(stored.record.id, a.record.id);
	assert_int_equal(stored.record.row_version, a.record.row_version);
	assert_true(stored.must_change_password);
	assert_int_equal(stored.state, ACCOUNT_ACTIVE);
	assert_int_equal(one_time.n, 19);
	assert_true(password_fits(&c->ctx, hash, one_time));
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE object = 'account' AND action = 'create' AND outcome = 'DONE'"), 1);
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE diff LIKE '%argon2%'"), 0);
}

static const struct {
	const char *login, *name;
	enum err want;
	const char *field, *rule;
} logins[] = {
	{"ab", "短", ERR_INVALID, "login", "login_form"},
	{"1abc", "数字开头", ERR_INVALID, "login", "login_form"},
	{"a b c", "空格", ERR_INVALID, "login", "login_form"},
	{"张三丰", "汉字", ERR_INVALID, "login", "login_form"},
	{"a23456789012345678901234567890123", "33 letters", ERR_INVALID, "login", "login_form"},
	{"", "没有登录名", ERR_INVALID, "login", "required"},
	{"noname", "", ERR_INVALID, "name", "required"},
	{"console", "reserved", ERR_CONFLICT, "login", "login_taken"},
	{"setup", "reserved", ERR_CONFLICT, "login", "login_taken"},
	{"a2345678901234567890123456789012", "32 letters", ERR_OK, "", ""},
	{"zhang_3", "张三", ERR_OK, "", ""},
	{"ZHANG_3", "another of that login", ERR_CONFLICT, "login", "login_taken"},
};

static void logins_have_a_form(void **state) {
	struct city *c = *state;
	for (size_t i = 0; i < LEN(logins); i++) {
		city_as(c, ROLE_SYS_ADMIN, "");
		enum err e = add(c, logins[i].login, logins[i].name, NULL);
		if (e != logins[i].want) print_error("login \"%s\"\n", logins[i].login);
		assert_int_equal(e, logins[i].want);
		if (e) assert_true(city_failed_with(c, logins[i].field, logins[i].rule));
	}
	assert_int_equal(city_count(c, "SELECT count(*) FROM account"), 2);
}

static enum err close_it(struct ctx *ctx, void *arg) {
	const struct account *a = arg;
	return account_close(ctx, a->record.id, a->record.row_version);
}

static enum err close_account(struct city *c, int64_t id) {
	struct account a;
	assert_int_equal(account_by_id(&c->ctx, id, &a, NULL), ERR_OK);
	return ctx_write(&c->ctx, close_it, &a);
}

static void a_login_is_never_used_again(void **state) {
	struct city *c = *state;
	int64_t id;
	city_as(c, ROLE_SYS_ADMIN, "");
	assert_int_equal(add(c, "wang", "王", &id), ERR_OK);
	assert_int_equal(close_account(c, id), ERR_OK);
	assert_int_equal(close_account(c, id), ERR_CONFLICT);
	assert_str(city_rule(c), S("account_closed"));
	assert_int_equal(add(c, "wang", "王", NULL), ERR_CONFLICT);
	assert_str(city_rule(c), S("login_taken"));
}

static void a_stale_version_does_not_close(void **state) {
	struct city *c = *state;
	struct account a;
	int64_t id;
	city_as(c, ROLE_SYS_ADMIN, "");
	assert_int_equal(add(c, "wang", "王", &id), ERR_OK);
	assert_int_equal(account_by_id(&c->ctx, id, &a, NULL), ERR_OK);
	a.record.row_version--;
	assert_int_equal(ctx_write(&c->ctx, close_it, &a), ERR_CONFLICT);
	assert_str(city_rule(c), S("stale"));
	assert_int_equal(city_count(c, "SELECT count(*) FROM account WHERE state = 'ACTIVE'"), 1);
}

/* ---- assignments ---- */

static enum err give_job(struct ctx *ctx, void *arg) {
	return assignment_add(ctx, arg);
}

static struct assignment row(int64_t account, enum role role, const char *scope) {
	struct assignment g;
	record_init(&assignment_noun, &g);
	g.account_id = account;
	g.role = (int32_t)role;
	g.scope = str_c(scope);
	return g;
}

static enum err give(struct city *c, int64_t account, enum role role, const char *scope) {
	struct assignment g = row(account, role, scope);
	return ctx_write(&c->ctx, give_job, &g);
}

static enum err end_job(struct ctx *ctx, void *arg) {
	const struct assignment *g = arg;
	return assignment_end(ctx, g->record.id, g->record.row_version);
}

static enum err set_end_job(struct ctx *ctx, void *arg) {
	struct assignment old = *(struct assignment *)arg, new = old;
	new.valid_to_date = ctx->today;
	return record_update(ctx, &assignment_noun, &old, &new, NULL);
}

static struct assignment only_role(struct city *c, int64_t account) {
	struct assignment *list;
	size_t n;
	assert_int_equal(assignments_in_force(&c->ctx, account, &list, &n), ERR_OK);
	assert_int_equal(n, 1);
	return list[0];
}

static int64_t plain_account(struct city *c, const char *login) {
	int64_t id;
	city_as(c, ROLE_SYS_ADMIN, "");
	assert_int_equal(add(c, login, login, &id), ERR_OK);
	return id;
}

/* Scope and subject by role. stored = the scope as it is kept. */
static const struct {
	enum role role;
	const char *scope;
	int64_t subject;
	enum err want;
	const char *field, *rule, *stored;
} scopes[] = {
	{ROLE_CITY_STAFF, "3707", 0, ERR_OK, "", "", "3707"},
	{ROLE_CITY_LEADER, "370700", 0, ERR_OK, "", "", "3707"},
	{ROLE_CITY_STAFF, "370783", 0, ERR_INVALID, "scope", "scope_level", ""},
	{ROLE_CITY_STAFF, "37", 0, ERR_INVALID, "scope", "scope_unknown", ""},
	{ROLE_CITY_STAFF, "", 0, ERR_INVALID, "scope", "required", ""},
	{ROLE_COUNTY_STAFF, "370783", 0, ERR_OK, "", "", "370783"},
	{ROLE_COUNTY_REVIEWER, "3707Z1", 0, ERR_OK, "", "", "3707Z1"},
	{ROLE_COUNTY_STAFF, "3707", 0, ERR_INVALID, "scope", "scope_level", ""},
	{ROLE_COUNTY_STAFF, "370799", 0, ERR_INVALID, "scope", "scope_unknown", ""},
	{ROLE_COUNTY_STAFF, "370102", 0, ERR_INVALID, "scope", "scope_unknown", ""},
	{ROLE_COUNTY_STAFF, "37078", 0, ERR_INVALID, "scope", "scope_unknown", ""},
	{ROLE_COUNTY_STAFF, "370783", 5, ERR_INVALID, "subject_id", "subject_not_for_role", ""},
	{ROLE_SERVICE_OFFICER, "3707", 0, ERR_OK, "", "", "3707"},
	{ROLE_DEPT_HANDLER, "370783", 0, ERR_OK, "", "", "370783"},
	{ROLE_PARTNER, "3707", 5, ERR_OK, "", "", "3707"},
	{ROLE_PARTNER, "3707", 0, ERR_INVALID, "subject_id", "required", ""},
	{ROLE_PARK_STAFF, "370783", 8, ERR_OK, "", "", "370783"},
	{ROLE_ENTERPRISE, "3707", 12345, ERR_INVALID, "subject_id", "no_such_record", ""},
	{ROLE_LOG_ADMIN, "370783", 0, ERR_OK, "", "", "3707"},
};

static void scopes_fit_roles(void **state) {
	struct city *c = *state;
	for (size_t i = 0; i < LEN(scopes); i++) {
		struct buf login = {.arena = &c->fixture.arena};
		buf_c(&login, "user");
		buf_int(&login, (int64_t)i);
		struct assignment g = row(plain_account(c, str_cstr(&c->fixture.arena, buf_str(&login))), scopes[i].role, scopes[i].scope);
		if (scopes[i].subject) g.subject_id = scopes[i].subject;
		city_as(c, ROLE_SEC_ADMIN, "");
		enum err e = ctx_write(&c->ctx, give_job, &g);
		if (e != scopes[i].want) print_error("row %zu: %.*s\n", i, (int)city_rule(c).n, city_rule(c).p);
		assert_int_equal(e, scopes[i].want);
		if (e) assert_true(city_failed_with(c, scopes[i].field, scopes[i].rule));
		else assert_str(only_role(c, g.account_id).scope, str_c(scopes[i].stored));
	}
}

/* A role given from `from` to `to` (days from today; NO_END = open) beside an office that is held from
 * today on, or until `held_to`. */
enum { NO_END = 9999 };
static const struct {
	enum role held;
	int held_to;
	enum role second;
	int from, to;
	enum err want;
} offices[] = {
	{ROLE_LOG_ADMIN, NO_END, ROLE_SYS_ADMIN, 0, NO_END, ERR_CONFLICT},
	{ROLE_LOG_ADMIN, NO_END, ROLE_SEC_ADMIN, 0, NO_END, ERR_CONFLICT},
	{ROLE_SYS_ADMIN, NO_END, ROLE_SEC_ADMIN, 30, 40, ERR_CONFLICT},
	{ROLE_SYS_ADMIN, 10, ROLE_SEC_ADMIN, 10, NO_END, ERR_CONFLICT},
	{ROLE_SYS_ADMIN, 10, ROLE_SEC_ADMIN, 11, NO_END, ERR_OK},
	{ROLE_LOG_ADMIN, NO_END, ROLE_LOG_ADMIN, 5, NO_END, ERR_OK},
	{ROLE_LOG_ADMIN, NO_END, ROLE_CITY_STAFF, 0, NO_END, ERR_OK},
};

static void nobody_holds_two_offices(void **state) {
	struct city *c = *state;
	for (size_t i = 0; i < LEN(offices); i++) {
		struct buf login = {.arena = &c->fixture.arena};
		buf_c(&login, "officer");
		buf_int(&login, (int64_t)i);
		int64_t id = plain_account(c, str_cstr(&c->fixture.arena, buf_str(&login)));
		struct assignment first = row(id, offices[i].held, ""), second = row(id, offices[i].second, "3707");
		city_as(c, ROLE_SEC_ADMIN, "");
		if (offices[i].held_to != NO_END) first.valid_to_date = c->ctx.today + offices[i].held_to;
		second.valid_from_date = c->ctx.today + offices[i].from;
		if (offices[i].to != NO_END) second.valid_to_date = c->ctx.today + offices[i].to;
		assert_int_equal(ctx_write(&c->ctx, give_job, &first), ERR_OK);
		enum err e = ctx_write(&c->ctx, give_job, &second);
		if (e != offices[i].want) print_error("row %zu\n", i);
		assert_int_equal(e, offices[i].want);
		if (e) assert_true(city_failed_with(c, "role", "two_offices"));
	}
}

static void an_office_taken_back_is_free(void **state) {
	struct city *c = *state;
	int64_t id = plain_account(c, "liu");
	city_as(c, ROLE_SEC_ADMIN, "");
	assert_int_equal(give(c, id, ROLE_LOG_ADMIN, ""), ERR_OK);
	struct assignment g = only_role(c, id);
	assert_int_equal(ctx_write(&c->ctx, end_job, &g), ERR_OK);
	assert_int_equal(ctx_write(&c->ctx, end_job, &g), ERR_CONFLICT);
	assert_int_equal(give(c, id, ROLE_SYS_ADMIN, ""), ERR_OK);
	assert_int_equal(only_role(c, id).role, ROLE_SYS_ADMIN);
}

static void days_count(void **state) {
	struct city *c = *state;
	struct assignment *list;
	size_t n;
	int64_t id = plain_account(c, "liu");
	city_as(c, ROLE_SEC_ADMIN, "");
	struct assignment g = row(id, ROLE_CITY_STAFF, "3707");
	g.valid_from_date = c->ctx.today + 1;
	g.valid_to_date = c->ctx.today;
	assert_int_equal(ctx_write(&c->ctx, give_job, &g), ERR_INVALID);
	assert_true(city_failed_with(c, "valid_to_date", "before_start"));
	g.valid_to_date = g.valid_from_date;
	c->ctx.error = NULL;
	assert_int_equal(ctx_write(&c->ctx, give_job, &g), ERR_OK);
	for (int day = 0; day < 3; day++) {
		city_request(c);
		c->ctx.today += day;
		assert_int_equal(assignments_in_force(&c->ctx, id, &list, &n), ERR_OK);
		assert_int_equal(n, day == 1);
	}
}

/* ---- who may ---- */

static const struct {
	enum role actor;
	bool may_add_account, may_give_role;
} powers[] = {
	{ROLE_SYS_ADMIN, true, false}, {ROLE_SEC_ADMIN, false, true}, {ROLE_LOG_ADMIN, false, false},
	{ROLE_CITY_LEADER, false, false}, {ROLE_CITY_STAFF, false, false}, {ROLE_COUNTY_STAFF, false, false},
	{ROLE_ENTERPRISE, false, false}, {ROLE_PUBLIC, false, false},
};

static void powers_are_apart(void **state) {
	struct city *c = *state;
	int64_t id = plain_account(c, "liu");
	for (size_t i = 0; i < LEN(powers); i++) {
		struct str one_time;
		city_as(c, powers[i].actor, "3707");
		assert_int_equal(add(c, "new", "新", NULL) == ERR_OK, powers[i].may_add_account);
		assert_int_equal(account_reset_password(&c->ctx, id, &one_time) == ERR_OK, powers[i].may_add_account);
		assert_int_equal(give(c, id, ROLE_CITY_STAFF, "3707") == ERR_OK, powers[i].may_give_role);
		if (!powers[i].may_give_role) assert_str(city_rule(c), S("no_right"));
	}
	assert_int_equal(city_count(c, "SELECT count(*) FROM account"), 2);
	assert_int_equal(city_count(c, "SELECT count(*) FROM assignment"), 1);
}

static void nobody_gives_himself_a_role(void **state) {
	struct city *c = *state;
	int64_t id = city_account(c, "sec", "Correct-Horse-9", ROLE_SEC_ADMIN, "", 0);
	city_login_as(c, "sec");
	assert_int_equal(give(c, id, ROLE_CITY_STAFF, "3707"), ERR_FORBIDDEN);
	assert_str(city_rule(c), S("own_role"));
}

/* A city that was just set up has a SYS_ADMIN and nobody who gives roles. */
static void the_first_sec_admin_is_appointed(void **state) {
	struct city *c = *state;
	int64_t sys = city_account(c, "sys", "Correct-Horse-9", ROLE_SYS_ADMIN, "", 0);
	int64_t liu = plain_account(c, "liu"), ma = plain_account(c, "mahui");
	city_login_as(c, "sys");
	assert_int_equal(give(c, sys, ROLE_SEC_ADMIN, ""), ERR_FORBIDDEN);
	assert_int_equal(give(c, liu, ROLE_CITY_STAFF, "3707"), ERR_FORBIDDEN);
	c->ctx.error = NULL;
	assert_int_equal(give(c, liu, ROLE_SEC_ADMIN, ""), ERR_OK);
	assert_int_equal(give(c, ma, ROLE_SEC_ADMIN, ""), ERR_FORBIDDEN);
	assert_str(city_rule(c), S("no_right"));
}

static void the_last_administrator_stays(void **state) {
	struct city *c = *state;
	static const enum role kept[] = {ROLE_SYS_ADMIN, ROLE_SEC_ADMIN};
	int64_t ids[2] = {city_account(c, "sys", "Correct-Horse-9", ROLE_SYS_ADMIN, "", 0),
	                  city_account(c, "sec", "Correct-Horse-9", ROLE_SEC_ADMIN, "", 0)};
	for (size_t i = 0; i < 2; i++) {
		city_as(c, ROLE_SYS_ADMIN, "");
		assert_int_equal(close_account(c, ids[i]), ERR_CONFLICT);
		assert_str(city_rule(c), S("last_administrator"));
		struct assignment g = only_role(c, ids[i]);
		city_as(c, ROLE_SEC_ADMIN, "");
		assert_int_equal(ctx_write(&c->ctx, end_job, &g), ERR_CONFLICT);
		assert_str(city_rule(c), S("last_administrator"));
		city_as(c, ROLE_SEC_ADMIN, "");
		assert_int_equal(ctx_write(&c->ctx, set_end_job, &g), ERR_CONFLICT);
		assert_str(city_rule(c), S("last_administrator"));

		/* One whose days end does not count as a second; an open-ended one does. */
		int64_t second = plain_account(c, i ? "sec2" : "sys2");
		city_as(c, ROLE_SEC_ADMIN, "");
		struct assignment dated = row(second, kept[i], "");
		dated.valid_to_date = c->ctx.today + 30;
		assert_int_equal(ctx_write(&c->ctx, give_job, &dated), ERR_OK);
		assert_int_equal(ctx_write(&c->ctx, end_job, &g), ERR_CONFLICT);
		city_as(c, ROLE_SEC_ADMIN, "");
		assert_int_equal(give(c, second, kept[i], ""), ERR_OK);
		assert_int_equal(ctx_write(&c->ctx, end_job, &g), ERR_OK);
	}
	city_as(c, ROLE_SYS_ADMIN, "");
	assert_int_equal(close_account(c, ids[0]), ERR_OK);
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE action = 'account_close'"), 1);
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE action = 'assignment_end'"), 2);
}

/* ---- passwords ---- */

static const struct {
	const char *password, *rule; /* rule "" = taken */
} passwords[] = {
	{"short-7", "too_short"},
	{"短短短短短短短", "too_short"},
	{"password123456", "password_common"},
	{"PassWord123", "password_common"},
	{"1qaz2wsx", "password_common"},
	{"88888888", "password_common"},
	{"abababab", "password_common"},
	{"lina1234", "password_context"},
	{"Zhaoyin2", "password_context"},
	{"weifang!!7", "password_context"},
	{"招引平台2024", "password_context"},
	{"李娜李娜李娜密码", "password_context"},
	{"mulberry-4", ""},
	{"the road to weifang is long", ""},
	{"春江潮水连海平", "too_short"},
	{"春江潮水连海平海上明月", ""},
	{"no upper case no digits", ""},
};

static void password_rules(void **state) {
	struct city *c = *state;
	const struct str words[] = {S("lina"), S("李娜"), S("")};
	for (size_t i = 0; i < LEN(passwords); i++) {
		city_request(c);
		enum err e = password_check(&c->ctx, S("new_password"), str_c(passwords[i].password), words, LEN(words));
		if ((e == ERR_OK) != !*passwords[i].rule) print_error("password \"%s\"\n", passwords[i].password);
		assert_int_equal(e == ERR_OK, !*passwords[i].rule);
		if (e) assert_true(city_failed_with(c, "new_password", passwords[i].rule));
	}
}

static void password_lengths(void **state) {
	struct city *c = *state;
	char text[130];
	for (size_t i = 0; i < sizeof text; i++) text[i] = (char)('a' + i % 26);
	city_request(c);
	assert_int_equal(password_check(&c->ctx, S("p"), (struct str){text, 128}, NULL, 0), ERR_OK);
	assert_int_equal(password_check(&c->ctx, S("p"), (struct str){text, 129}, NULL, 0), ERR_INVALID);
	assert_str(city_rule(c), S("too_long"));

	/* Nothing is cut off: the last character counts. */
	struct str hash;
	assert_int_equal(password_hash(&c->ctx, (struct str){text, 128}, &hash), ERR_OK);
	assert_true(str_starts(hash, S("$argon2id$")));
	assert_true(password_fits(&c->ctx, hash, (struct str){text, 128}));
	assert_false(password_fits(&c->ctx, hash, (struct str){text, 127}));
	assert_false(password_fits(&c->ctx, S(""), (struct str){text, 128}));
}

static void the_standard_hash_is_strong(void **state) {
	struct city *c = *state;
	struct passwords *cheap = c->app.passwords;
	struct str hash;
	c->app.passwords = passwords_new(1, 0, 0);
	assert_int_equal(password_hash(&c->ctx, S("mulberry-4"), &hash), ERR_OK);
	assert_true(str_starts(hash, S("$argon2id$v=19$m=65536,t=2,p=1$")));
	assert_false(password_is_stale(&c->ctx, hash));
	passwords_free(c->app.passwords);
	c->app.passwords = cheap;
	assert_true(password_is_stale(&c->ctx, hash));
}

static enum err change(struct city *c, const char *old, const char *new) {
	city_login_as(c, "lina");
	return account_change_password(&c->ctx, str_c(old), str_c(new));
}

static void a_password_changes(void **state) {
	struct city *c = *state;
	struct account a;
	struct str hash;
	city_account(c, "lina", "mulberry-00", ROLE_CITY_STAFF, "3707", 0);
	assert_int_equal(change(c, "mulberry-01", "persimmon-1"), ERR_INVALID);
	assert_true(city_failed_with(c, "old_password", "password_wrong"));
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE action = 'password_change' AND outcome = 'FAILED'"), 1);
	assert_int_equal(change(c, "mulberry-00", "lina-123"), ERR_INVALID);
	assert_true(city_failed_with(c, "new_password", "password_context"));
	assert_int_equal(change(c, "mulberry-00", "mulberry-00"), ERR_INVALID);
	assert_true(city_failed_with(c, "new_password", "password_used"));
	assert_int_equal(change(c, "mulberry-00", "persimmon-1"), ERR_OK);
	assert_int_equal(account_by_login(&c->ctx, S("lina"), &a, &hash), ERR_OK);
	assert_true(password_fits(&c->ctx, hash, S("persimmon-1")));
	assert_false(a.must_change_password);
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE action = 'password_change' AND outcome = 'DONE'"), 1);
}

/* The last five count, the sixth may be used again. */
static void history_is_five_long(void **state) {
	struct city *c = *state;
	static const char *const old[] = {"mulberry-00", "mulberry-01", "mulberry-02", "mulberry-03", "mulberry-04", "mulberry-05"};
	city_account(c, "lina", old[0], ROLE_CITY_STAFF, "3707", 0);
	for (size_t i = 1; i < 5; i++) assert_int_equal(change(c, old[i - 1], old[i]), ERR_OK);
	assert_int_equal(change(c, old[4], old[0]), ERR_INVALID);
	assert_str(city_rule(c), S("password_used"));
	assert_int_equal(change(c, old[4], old[5]), ERR_OK);
	assert_int_equal(change(c, old[5], old[0]), ERR_OK);
	assert_int_equal(city_count(c, "SELECT count(*) FROM password_history"), 5);
}

/* ---- the audit key's file ---- */

static void the_key_is_kept(void **state) {
	struct city *c = *state;
	struct arena *a = &c->fixture.arena;
	struct str path, why, key, again;
	if (c->fixture.engine != ENGINE_SQLITE) {
		assert_int_equal(key_path(a, c->fixture.config.url, S(""), &path, &why), ERR_OK);
		assert_true(str_starts(path, S("zhaoyin-zt_")) && str_ends(path, S(".key")));
		assert_int_equal(key_path(a, S("postgres://h/d?schema=a%2Fb"), S(""), &path, &why), ERR_INVALID);
		assert_true(str_has(why, S("ZHAOYIN_KEY_FILE")));
		assert_int_equal(key_path(a, c->fixture.config.url, S("/x/y.key"), &path, &why), ERR_OK);
		assert_str(path, S("/x/y.key"));
		return;
	}
	assert_int_equal(key_path(a, c->fixture.config.url, S(""), &path, &why), ERR_OK);
	assert_true(str_ends(path, S("/city.db.key")));
	const char *file = str_cstr(a, path);
	assert_int_equal(key_load(a, path, false, &key, &why), ERR_NOT_FOUND);
	assert_int_equal(key_load(a, path, true, &key, &why), ERR_OK);
	assert_int_equal(key.n, 32);
	struct stat st;
	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(key_load(a, path, true, &again, &why), ERR_OK);
	assert_str(again, key);

	assert_int_equal(chmod(file, 0640), 0);
	assert_int_equal(key_load(a, path, true, &again, &why), ERR_FORBIDDEN);
	assert_true(str_has(why, S("chmod 600")));
	assert_int_equal(chmod(file, 0600), 0);

	FILE *f = fopen(file, "w");
	assert_non_null(f);
	fputs("0123456789abcdef\n", f);
	fclose(f);
	assert_int_equal(key_load(a, path, true, &again, &why), ERR_INVALID);
	assert_int_equal(unlink(file), 0);
	assert_int_equal(mkdir(file, 0700), 0);
	assert_int_not_equal(key_load(a, path, true, &again, &why), ERR_OK);
	assert_int_equal(rmdir(file), 0);
}

int main(void) {
	static const struct engine_test tests[] = {
		BOTH(an_account_gets_a_one_time_password), BOTH(logins_have_a_form), BOTH(a_login_is_never_used_again),
		BOTH(a_stale_version_does_not_close), BOTH(scopes_fit_roles), BOTH(nobody_holds_two_offices),
		BOTH(an_office_taken_back_is_free), BOTH(days_count), BOTH(powers_are_apart), BOTH(nobody_gives_himself_a_role),
		BOTH(the_first_sec_admin_is_appointed), BOTH(the_last_administrator_stays), BOTH(password_rules),
		BOTH(password_lengths), BOTH(the_standard_hash_is_strong), BOTH(a_password_changes), BOTH(history_is_five_long),
		BOTH(the_key_is_kept),
	};
	return run_in_city("account", tests, LEN(tests));
}
