/* session_test.c - log-in, lock, sessions and their ends, the first set-up. */
#include "domain/audit.h"
#include "domain/login.h"
#include "domain/password.h"
#include "domain/rights.h"

#include "city.h"

#include <pthread.h>

#define PASSWORD "mulberry-00"
enum { SECOND = 1000, MINUTE = 60 * SECOND };

static struct str token;
static struct session session;

static enum err try_from(struct city *c, const char *remote, const char *login_name, const char *password) {
	const struct login_request r = {.login = str_c(login_name), .password = str_c(password), .user_agent = S("test"), .is_loopback = true};
	city_request(c);
	c->ctx.remote = str_c(remote);
	return login(&c->ctx, &r, &token, &session);
}

static enum err try(struct city *c, const char *login_name, const char *password) {
	return try_from(c, "10.0.0.1", login_name, password);
}

static enum err find(struct city *c, struct str t) {
	city_request(c);
	return session_find(&c->ctx, t, &session);
}

static int64_t audited(struct city *c, const char *action, const char *outcome) {
	struct buf b = {.arena = &c->fixture.arena};
	buf_c(&b, "SELECT count(*) FROM audit WHERE action = '");
	buf_c(&b, action);
	buf_c(&b, "' AND outcome = '");
	buf_c(&b, outcome);
	buf_c(&b, "'");
	return city_count(c, str_cstr(&c->fixture.arena, buf_str(&b)));
}

/* ---- log-in ---- */

static void a_log_in_opens_a_session(void **state) {
	struct city *c = *state;
	int64_t id = city_account(c, "lina", PASSWORD, ROLE_COUNTY_STAFF, "370783", 0);
	assert_int_equal(try(c, " LiNa", PASSWORD), ERR_OK);
	struct str first = token;
	assert_int_equal(first.n, 43); /* 32 bytes */
	assert_int_equal(session.actor.role, ROLE_COUNTY_STAFF);
	assert_false(session.must_choose_role);
	assert_false(session.must_change_password);
	assert_int_equal(find(c, first), ERR_OK);
	assert_int_equal(c->ctx.actor.account_id, id);
	assert_str(c->ctx.actor.login, S("lina"));
	assert_str(c->ctx.actor.scope, S("370783"));
	assert_true(c->ctx.actor.session_id > 0);
	assert_int_equal(audited(c, "login", "DONE"), 1);

	assert_int_equal(try(c, "lina", PASSWORD), ERR_OK); /* a new token each time; the first still serves */
	assert_false(str_eq(first, token));
	assert_int_equal(find(c, first), ERR_OK);

	/* The token itself is nowhere in the database. */
	struct buf b = {.arena = &c->fixture.arena};
	buf_c(&b, "SELECT count(*) FROM login_session WHERE token_hash = '");
	buf_add(&b, first);
	buf_c(&b, "'");
	assert_int_equal(city_count(c, str_cstr(&c->fixture.arena, buf_str(&b))), 0);
	assert_int_equal(city_count(c, "SELECT count(*) FROM login_session WHERE length(token_hash) = 64"), 2);
}

static enum err close_it(struct ctx *ctx, void *arg) {
	return account_close(ctx, *(const int64_t *)arg, -1);
}

/* All of them get one answer. */
static void a_refusal_says_nothing(void **state) {
	struct city *c = *state;
	int64_t gone = city_account(c, "gone", PASSWORD, ROLE_CITY_STAFF, "3707", 0);
	city_account(c, "lina", PASSWORD, ROLE_CITY_STAFF, "3707", 0);
	city_account(c, "show", PASSWORD, ROLE_CITY_STAFF, "3707", 0);
	city_sql(c, "UPDATE account SET is_demo = 1 WHERE login = 'show'");
	city_as(c, ROLE_SYS_ADMIN, "");
	assert_int_equal(ctx_write(&c->ctx, close_it, &gone), ERR_OK);
	static const struct {
		const char *why, *login, *password;
	} cases[] = {
		{"wrong password", "lina", "mulberry-01"}, {"unknown", "nobody", PASSWORD}, {"closed", "gone", PASSWORD},
		{"a demo account in a real city", "show", PASSWORD}, {"not a login at all", "'; --", PASSWORD},
		{"a login and more", "lina                                                               x", PASSWORD},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		enum err e = try(c, cases[i].login, cases[i].password);
		if (e != ERR_UNAUTHENTICATED) print_error("%s\n", cases[i].why);
		assert_int_equal(e, ERR_UNAUTHENTICATED);
		assert_str(city_rule(c), S("login_wrong"));
		assert_null(c->ctx.error->next);
		assert_str(city_field(c), S(""));
	}
	assert_int_equal(audited(c, "login", "FAILED"), LEN(cases));
	assert_int_equal(city_count(c, "SELECT count(*) FROM login_session"), 0);
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE diff LIKE '%nobody%' OR login = 'nobody'"), 0);
	c->app.is_demo = true;
	assert_int_equal(try(c, "show", PASSWORD), ERR_OK);
}

static const struct {
	bool is_tls, is_loopback;
	enum err want;
} ways[] = {{false, false, ERR_FORBIDDEN}, {true, false, ERR_OK}, {false, true, ERR_OK}};

static void no_password_over_plain_http(void **state) {
	struct city *c = *state;
	city_account(c, "lina", PASSWORD, ROLE_CITY_STAFF, "3707", 0);
	for (size_t i = 0; i < LEN(ways); i++) {
		const struct login_request r = {.login = S("lina"), .password = S(PASSWORD), .is_tls = ways[i].is_tls, .is_loopback = ways[i].is_loopback};
		city_request(c);
		assert_int_equal(login(&c->ctx, &r, &token, &session), ways[i].want);
		if (ways[i].want) assert_str(city_rule(c), S("tls_required"));
	}
	assert_int_equal(audited(c, "login", "REFUSED"), 1);
}

/* Each step: after so many ms, with this password, that outcome (wait_s: the seconds told). */
static const struct {
	int64_t pass_ms;
	bool is_right;
	enum err want;
	const char *wait_s;
} steps[] = {
	{0, false, ERR_UNAUTHENTICATED, ""},
	{0, false, ERR_UNAUTHENTICATED, ""},            /* the second failure brings 1 s */
	{0, true, ERR_BUSY, "1"},
	{999, true, ERR_BUSY, "1"},
	{1, false, ERR_UNAUTHENTICATED, ""},            /* third: 2 s */
	{1000, false, ERR_BUSY, "1"},
	{1000, false, ERR_UNAUTHENTICATED, ""},         /* fourth: 4 s */
	{0, false, ERR_BUSY, "4"},
	{4000, false, ERR_UNAUTHENTICATED, ""},         /* fifth: locked */
	{0, true, ERR_BUSY, "900"},
	{899 * SECOND, true, ERR_BUSY, "1"},
	{SECOND, false, ERR_UNAUTHENTICATED, ""},       /* one more brings the lock back */
	{14 * MINUTE, true, ERR_BUSY, "60"},
	{MINUTE, true, ERR_OK, ""},
	{0, false, ERR_UNAUTHENTICATED, ""},            /* and the count starts anew */
	{0, false, ERR_UNAUTHENTICATED, ""},
};

static void run_steps(struct city *c, const char *login_name, bool is_known) {
	for (size_t i = 0; i < LEN(steps); i++) {
		if (steps[i].want == ERR_OK && !is_known) return;
		city_pass(steps[i].pass_ms);
		enum err e = try(c, login_name, steps[i].is_right ? PASSWORD : "wrong-password");
		if (e != steps[i].want) print_error("step %zu: %s %.*s\n", i, err_name(e), (int)city_rule(c).n, city_rule(c).p);
		assert_int_equal(e, steps[i].want);
		if (e == ERR_BUSY) assert_str(city_rule(c), S("login_wait"));
		if (e == ERR_BUSY) assert_str(c->ctx.error->args[0], str_c(steps[i].wait_s));
	}
}

static void failures_delay_and_lock(void **state) {
	struct city *c = *state;
	city_account(c, "lina", PASSWORD, ROLE_CITY_STAFF, "3707", 0);
	run_steps(c, "lina", true);
	run_steps(c, "nobody", false); /* an unknown login behaves the same */
}

static void lock(struct city *c, const char *remote, const char *login_name) {
	for (int i = 0; i < 5; i++) {
		city_pass(4 * SECOND);
		assert_int_equal(try_from(c, remote, login_name, "wrong-password"), ERR_UNAUTHENTICATED);
	}
	assert_int_equal(try_from(c, remote, login_name, PASSWORD), ERR_BUSY);
}

static enum err unlock(struct ctx *ctx, void *arg) {
	return account_unlock(ctx, *(const int64_t *)arg);
}

/* An attacker somewhere cannot keep the administrator out. */
static void a_lock_is_of_one_source(void **state) {
	struct city *c = *state;
	int64_t id = city_account(c, "sys", PASSWORD, ROLE_SYS_ADMIN, "", 0);
	lock(c, "192.0.2.7", "sys");
	assert_int_equal(try_from(c, "10.0.0.1", "sys", PASSWORD), ERR_OK);
	assert_int_equal(try_from(c, "192.0.2.7", "sys", PASSWORD), ERR_BUSY);
	city_as(c, ROLE_SYS_ADMIN, "");
	assert_int_equal(ctx_write(&c->ctx, unlock, &id), ERR_OK);
	assert_int_equal(try_from(c, "192.0.2.7", "sys", PASSWORD), ERR_OK);
	assert_int_equal(audited(c, "account_unlock", "DONE"), 1);
}

/* ---- many guesses at once ---- */

static void *guess(void *arg) {
	struct city *c = arg;
	struct arena a = {0};
	struct ctx ctx;
	struct db *db = store_reader(c->app.store);
	ctx_init(&ctx, &c->app, &a, db);
	ctx.remote = S("10.0.0.1");
	const struct login_request r = {.login = S("lina"), .password = S("wrong-password"), .is_tls = true};
	struct str t;
	struct session s;
	intptr_t e = login(&ctx, &r, &t, &s);
	db_close(db);
	arena_release(&a);
	return (void *)e;
}

/* Five at once are all hashed before the first is counted: the sixth is locked out all the same. */
static void guesses_at_once_count(void **state) {
	struct city *c = *state;
	pthread_t threads[6];
	city_account(c, "lina", PASSWORD, ROLE_CITY_STAFF, "3707", 0);
	for (size_t i = 0; i < LEN(threads); i++) assert_int_equal(pthread_create(&threads[i], NULL, guess, c), 0);
	int64_t heard = 0;
	for (size_t i = 0; i < LEN(threads); i++) {
		void *e;
		pthread_join(threads[i], &e);
		assert_true((intptr_t)e == ERR_UNAUTHENTICATED || (intptr_t)e == ERR_BUSY);
		heard += (intptr_t)e == ERR_UNAUTHENTICATED;
	}
	assert_int_equal(city_count(c, "SELECT count(*) FROM login_failure"), heard);
	assert_true(heard >= 2);
	assert_int_equal(try(c, "lina", PASSWORD), ERR_BUSY);
}

/* ---- passwords at log-in ---- */

static void a_one_time_password_must_be_changed(void **state) {
	struct city *c = *state;
	struct str one_time;
	int64_t id = city_account(c, "lina", PASSWORD, ROLE_CITY_STAFF, "3707", 0);
	assert_int_equal(try(c, "lina", PASSWORD), ERR_OK);
	struct str old = token;
	city_as(c, ROLE_SYS_ADMIN, "");
	assert_int_equal(account_reset_password(&c->ctx, id, &one_time), ERR_OK);
	assert_int_equal(find(c, old), ERR_UNAUTHENTICATED); /* his sessions ended */
	const char *given = str_cstr(&c->fixture.arena, one_time);
	assert_int_equal(try(c, "lina", PASSWORD), ERR_UNAUTHENTICATED);
	assert_int_equal(try(c, "lina", given), ERR_OK);
	assert_true(session.must_change_password);
	assert_int_equal(find(c, token), ERR_OK);
	assert_true(session.must_change_password);
	assert_int_equal(account_change_password(&c->ctx, one_time, S("persimmon-1")), ERR_OK);
	assert_int_equal(find(c, token), ERR_OK);
	assert_false(session.must_change_password);
}

static void a_one_time_password_runs_out(void **state) {
	struct city *c = *state;
	struct str one_time;
	int64_t id = city_account(c, "lina", PASSWORD, ROLE_CITY_STAFF, "3707", 0);
	city_as(c, ROLE_SYS_ADMIN, "");
	assert_int_equal(account_reset_password(&c->ctx, id, &one_time), ERR_OK);
	city_pass(INT64_C(7) * 24 * 60 * MINUTE + 1);
	assert_int_equal(try(c, "lina", str_cstr(&c->fixture.arena, one_time)), ERR_FORBIDDEN);
	assert_str(city_rule(c), S("one_time_expired"));
}

static void a_weak_hash_is_made_anew(void **state) {
	struct city *c = *state;
	struct account a;
	struct str before, after;
	city_account(c, "lina", PASSWORD, ROLE_CITY_STAFF, "3707", 0);
	assert_int_equal(account_by_login(&c->ctx, S("lina"), &a, &before), ERR_OK);
	passwords_free(c->app.passwords);
	c->app.passwords = passwords_new(2, 2, 16384);
	assert_true(password_is_stale(&c->ctx, before));
	assert_int_equal(try(c, "lina", PASSWORD), ERR_OK);
	assert_int_equal(account_by_login(&c->ctx, S("lina"), &a, &after), ERR_OK);
	assert_false(password_is_stale(&c->ctx, after));
	assert_true(password_fits(&c->ctx, after, S(PASSWORD)));
}

/* ---- roles ---- */

static enum err give(struct ctx *ctx, void *arg) {
	return assignment_add(ctx, arg);
}

static int64_t give_role(struct city *c, int64_t account, enum role role, const char *scope) {
	struct assignment g;
	city_as(c, ROLE_SEC_ADMIN, "");
	record_init(&assignment_noun, &g);
	g.account_id = account;
	g.role = (int32_t)role;
	g.scope = str_c(scope);
	assert_int_equal(ctx_write(&c->ctx, give, &g), ERR_OK);
	return g.record.id;
}

static enum err switch_to(struct ctx *ctx, void *arg) {
	return session_switch(ctx, *(const int64_t *)arg);
}

static enum err end_role(struct ctx *ctx, void *arg) {
	return assignment_end(ctx, *(const int64_t *)arg, -1);
}

static void of_several_roles_one_is_chosen(void **state) {
	struct city *c = *state;
	int64_t id = city_account(c, "lina", PASSWORD, ROLE_CITY_STAFF, "3707", 0), other = city_account(c, "mahui", PASSWORD, ROLE_CITY_LEADER, "3707", 0);
	int64_t county = give_role(c, id, ROLE_COUNTY_STAFF, "370783"), foreign = give_role(c, other, ROLE_CITY_POLICY, "3707");
	assert_int_equal(try(c, "lina", PASSWORD), ERR_OK);
	struct str t = token;
	assert_true(session.must_choose_role);
	assert_int_equal(find(c, t), ERR_OK);
	assert_true(session.must_choose_role);
	assert_int_equal(c->ctx.actor.role, ROLE_PUBLIC);
	assert_int_equal(c->ctx.actor.account_id, id);
	assert_int_equal(need(&c->ctx, OBJ_PROJECT, CAN_READ), ERR_FORBIDDEN);

	assert_int_equal(ctx_write(&c->ctx, switch_to, &foreign), ERR_NOT_FOUND);
	assert_int_equal(find(c, t), ERR_OK);
	assert_int_equal(ctx_write(&c->ctx, switch_to, &county), ERR_OK);
	assert_int_equal(find(c, t), ERR_OK);
	assert_int_equal(c->ctx.actor.role, ROLE_COUNTY_STAFF);
	assert_str(c->ctx.actor.scope, S("370783"));
	assert_int_equal(c->ctx.actor.assignment_id, county);
	assert_int_equal(audited(c, "role_switch", "DONE"), 1);

	/* The role is taken back: the session stays and has none. */
	city_as(c, ROLE_SEC_ADMIN, "");
	assert_int_equal(ctx_write(&c->ctx, end_role, &county), ERR_OK);
	assert_int_equal(find(c, t), ERR_OK);
	assert_true(session.must_choose_role);
	assert_str(c->ctx.actor.scope, S(""));
	assert_int_equal(c->ctx.actor.assignment_id, 0);
}

static void without_a_role_nobody_gets_in(void **state) {
	struct city *c = *state;
	int64_t id = city_account(c, "lina", PASSWORD, ROLE_CITY_STAFF, "3707", 0), role = 0;
	role = city_count(c, "SELECT id FROM assignment");
	(void)id;
	city_as(c, ROLE_SEC_ADMIN, "");
	assert_int_equal(ctx_write(&c->ctx, end_role, &role), ERR_OK);
	assert_int_equal(try(c, "lina", PASSWORD), ERR_FORBIDDEN);
	assert_str(city_rule(c), S("no_assignment"));
	assert_int_equal(audited(c, "login", "REFUSED"), 1);
	assert_int_equal(city_count(c, "SELECT count(*) FROM login_session"), 0);
}

/* A role that ends tonight ends at midnight, also in the cache. */
static void a_role_ends_with_its_day(void **state) {
	struct city *c = *state;
	city_account(c, "lina", PASSWORD, ROLE_CITY_STAFF, "3707", 0);
	city_sql(c, "UPDATE assignment SET valid_to_date = '2024-04-10'");
	city_pass(14 * 60 * MINUTE - 5 * SECOND); /* 23:59:55 */
	assert_int_equal(try(c, "lina", PASSWORD), ERR_OK);
	assert_int_equal(find(c, token), ERR_OK);
	assert_int_equal(c->ctx.actor.role, ROLE_CITY_STAFF);
	city_pass(5 * SECOND);
	assert_int_equal(find(c, token), ERR_OK);
	assert_int_equal(c->ctx.actor.role, ROLE_PUBLIC);
}

/* ---- ends ---- */

static void open_one(struct city *c) {
	city_account(c, "lina", PASSWORD, ROLE_CITY_STAFF, "3707", 0);
	assert_int_equal(try(c, "lina", PASSWORD), ERR_OK);
}

static void an_idle_session_ends(void **state) {
	struct city *c = *state;
	open_one(c);
	for (int i = 0; i < 3; i++) {
		city_pass(29 * MINUTE); /* each request starts the 30 minutes anew */
		assert_int_equal(find(c, token), ERR_OK);
	}
	city_pass(30 * MINUTE);
	assert_int_equal(find(c, token), ERR_UNAUTHENTICATED);
}

/* The page's own requests (its stream of notices) are no sign of a person. */
static void an_open_page_keeps_no_session_awake(void **state) {
	struct city *c = *state;
	struct session s;
	open_one(c);
	for (int i = 0; i < 3; i++) {
		city_pass(10 * MINUTE);
		city_request(c);
		c->ctx.is_background = true;
		assert_int_equal(session_find(&c->ctx, token, &s), i < 2 ? ERR_OK : ERR_UNAUTHENTICATED);
	}
}

static void a_session_ends_after_12_hours(void **state) {
	struct city *c = *state;
	open_one(c);
	for (int i = 0; i < 12 * 60 / 20 - 1; i++) {
		city_pass(20 * MINUTE);
		assert_int_equal(find(c, token), ERR_OK);
	}
	city_pass(20 * MINUTE);
	assert_int_equal(find(c, token), ERR_UNAUTHENTICATED);
}

static enum err log_out(struct ctx *ctx, void *arg) {
	(void)arg;
	return session_logout(ctx);
}

static enum err end_one(struct ctx *ctx, void *arg) {
	return session_end(ctx, *(const int64_t *)arg);
}

static enum err end_all(struct ctx *ctx, void *arg) {
	return session_end_account(ctx, *(const int64_t *)arg);
}

static void log_out_ends_one_session(void **state) {
	struct city *c = *state;
	open_one(c);
	struct str first = token;
	assert_int_equal(try(c, "lina", PASSWORD), ERR_OK);
	assert_int_equal(find(c, first), ERR_OK);
	assert_int_equal(ctx_write(&c->ctx, log_out, NULL), ERR_OK);
	assert_int_equal(find(c, first), ERR_UNAUTHENTICATED);
	assert_str(city_rule(c), S("login_first"));
	assert_int_equal(find(c, token), ERR_OK);
	assert_int_equal(audited(c, "logout", "DONE"), 1);
}

static void who_may_end_a_session(void **state) {
	struct city *c = *state;
	int64_t id = city_account(c, "lina", PASSWORD, ROLE_CITY_STAFF, "3707", 0);
	assert_int_equal(try(c, "lina", PASSWORD), ERR_OK);
	struct str t = token;
	int64_t s = session.actor.session_id, none = s + 100;
	city_as(c, ROLE_CITY_LEADER, "3707");
	assert_int_equal(ctx_write(&c->ctx, end_one, &s), ERR_NOT_FOUND);
	city_as(c, ROLE_CITY_LEADER, "3707");
	assert_int_equal(ctx_write(&c->ctx, end_all, &id), ERR_FORBIDDEN);
	city_as(c, ROLE_SYS_ADMIN, "");
	assert_int_equal(ctx_write(&c->ctx, end_one, &none), ERR_NOT_FOUND);
	assert_int_equal(find(c, t), ERR_OK);
	city_as(c, ROLE_SYS_ADMIN, "");
	assert_int_equal(ctx_write(&c->ctx, end_one, &s), ERR_OK);
	assert_int_equal(find(c, t), ERR_UNAUTHENTICATED);

	assert_int_equal(try(c, "lina", PASSWORD), ERR_OK); /* the owner ends his own from another place */
	t = token;
	s = session.actor.session_id;
	city_login_as(c, "lina");
	assert_int_equal(ctx_write(&c->ctx, end_one, &s), ERR_OK);
	assert_int_equal(find(c, t), ERR_UNAUTHENTICATED);

	assert_int_equal(try(c, "lina", PASSWORD), ERR_OK);
	city_as(c, ROLE_SYS_ADMIN, "");
	assert_int_equal(ctx_write(&c->ctx, end_all, &id), ERR_OK);
	assert_int_equal(find(c, token), ERR_UNAUTHENTICATED);
	assert_int_equal(audited(c, "session_end", "DONE"), 3);
}

static void own_sessions_are_listed(void **state) {
	struct city *c = *state;
	int64_t id = city_account(c, "lina", PASSWORD, ROLE_CITY_STAFF, "3707", 0);
	struct buf b = {.arena = &c->fixture.arena};
	struct json j = {.out = &b};
	assert_int_equal(try_from(c, "10.9.8.7", "lina", PASSWORD), ERR_OK);
	struct str first = token;
	assert_int_equal(try(c, "lina", PASSWORD), ERR_OK);
	assert_int_equal(find(c, first), ERR_OK);
	assert_int_equal(session_list(&c->ctx, id, &j), ERR_OK);
	struct str text = buf_str(&b);
	assert_true(str_has(text, S("\"remote\":\"10.9.8.7\",\"user_agent\":\"test\",\"role\":\"CITY_STAFF\",\"is_current\":true}]")));
	assert_true(str_has(text, S("\"remote\":\"10.0.0.1\",\"user_agent\":\"test\",\"role\":\"CITY_STAFF\",\"is_current\":false}")));
	assert_false(str_has(text, first));
	city_as(c, ROLE_CITY_LEADER, "3707");
	assert_int_equal(session_list(&c->ctx, id, &j), ERR_FORBIDDEN);
}

static void a_new_password_ends_the_others(void **state) {
	struct city *c = *state;
	open_one(c);
	struct str mine = token;
	assert_int_equal(try(c, "lina", PASSWORD), ERR_OK);
	struct str theirs = token;
	assert_int_equal(find(c, theirs), ERR_OK);
	assert_int_equal(find(c, mine), ERR_OK);
	assert_int_equal(account_change_password(&c->ctx, S(PASSWORD), S("persimmon-1")), ERR_OK);
	assert_int_equal(find(c, mine), ERR_OK);
	assert_int_equal(find(c, theirs), ERR_UNAUTHENTICATED);
}

static void a_closed_account_is_out(void **state) {
	struct city *c = *state;
	int64_t id = city_account(c, "lina", PASSWORD, ROLE_CITY_STAFF, "3707", 0);
	assert_int_equal(try(c, "lina", PASSWORD), ERR_OK);
	assert_int_equal(find(c, token), ERR_OK);
	city_as(c, ROLE_SYS_ADMIN, "");
	assert_int_equal(ctx_write(&c->ctx, close_it, &id), ERR_OK);
	assert_int_equal(find(c, token), ERR_UNAUTHENTICATED);
}

static const char *const foreign_tokens[] = {
	"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	"' OR 1=1 -- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
};

static void a_foreign_token_is_nobody(void **state) {
	struct city *c = *state;
	open_one(c);
	for (size_t i = 0; i < LEN(foreign_tokens); i++) {
		assert_int_equal(find(c, str_c(foreign_tokens[i])), ERR_UNAUTHENTICATED);
		assert_int_equal(c->ctx.actor.account_id, 0);
	}
}

/* ---- the cache ---- */

/* A ctx without a connection: whatever asks the database falls over. */
static enum err find_without_database(struct city *c, struct str t) {
	city_request(c);
	c->ctx.db = NULL;
	return session_find(&c->ctx, t, &session);
}

static void a_request_costs_no_query(void **state) {
	struct city *c = *state;
	open_one(c);
	city_pass(3 * SECOND); /* the account was made just now: nothing is kept for 2 s */
	assert_int_equal(find(c, token), ERR_OK);
	for (int i = 0; i < 9; i++) {
		city_pass(SECOND);
		assert_int_equal(find_without_database(c, token), ERR_OK);
		assert_str(c->ctx.actor.scope, S("3707"));
	}
}

/* Another process ends the session: this one knows within 10 s. */
static void what_others_do_is_seen_in_10_seconds(void **state) {
	struct city *c = *state;
	open_one(c);
	city_pass(3 * SECOND);
	assert_int_equal(find(c, token), ERR_OK);
	city_sql(c, "UPDATE login_session SET ended_at_ms = 1");
	city_pass(SESSION_KEEP_MS - 1);
	assert_int_equal(find(c, token), ERR_OK);
	city_pass(1);
	assert_int_equal(find(c, token), ERR_UNAUTHENTICATED);
}

/* Between a change and its commit others still read the old state: it must not be kept. */
static enum err close_and_look(struct ctx *ctx, void *arg) {
	struct city *c = arg;
	struct account a;
	enum err e = account_by_login(ctx, S("lina"), &a, NULL);
	if (!e) e = account_close(ctx, a.record.id, -1);
	if (e) return e;
	struct ctx other;
	struct session s;
	ctx_init(&other, ctx->app, ctx->arena, c->fixture.db);
	return session_find(&other, token, &s); /* not committed yet: still good there */
}

static void an_uncommitted_end_is_not_cached_over(void **state) {
	struct city *c = *state;
	open_one(c);
	city_pass(3 * SECOND);
	assert_int_equal(find(c, token), ERR_OK);
	city_as(c, ROLE_SYS_ADMIN, "");
	assert_int_equal(ctx_write(&c->ctx, close_and_look, c), ERR_OK);
	assert_int_equal(find(c, token), ERR_UNAUTHENTICATED);
}

static void the_last_request_is_written_down(void **state) {
	struct city *c = *state;
	open_one(c);
	int64_t first = city_count(c, "SELECT seen_at_ms FROM login_session");
	city_pass(59 * SECOND);
	assert_int_equal(find(c, token), ERR_OK);
	sessions_settle(c->app.sessions);
	assert_int_equal(city_count(c, "SELECT seen_at_ms FROM login_session"), first);
	city_pass(2 * SECOND);
	assert_int_equal(find(c, token), ERR_OK);
	sessions_settle(c->app.sessions);
	assert_int_equal(city_count(c, "SELECT seen_at_ms FROM login_session"), first + 61 * SECOND);
}

/* ---- set-up ---- */

static struct setup_request setup_of(struct city *c, struct str code) {
	return (struct setup_request){.code = code, .login = S("Admin1"), .name = S("王管理"), .unit_name = S("招商局"),
	                              .password = S("persimmon-1"), .is_loopback = true};
	(void)c;
}

static void the_first_administrator(void **state) {
	struct city *c = *state;
	struct account a;
	bool is_open = false;
	assert_int_equal(setup_begin(&c->ctx, &c->fixture.arena), ERR_OK);
	assert_int_equal(c->app.setup_code.n, 19);
	assert_int_equal(setup_is_open(&c->ctx, &is_open), ERR_OK);
	assert_true(is_open);
	struct setup_request r = setup_of(c, c->app.setup_code);
	assert_int_equal(setup_run(&c->ctx, &r, &a), ERR_OK);
	assert_int_equal(audited(c, "setup", "DONE"), 1);

	city_request(c);
	assert_int_equal(setup_is_open(&c->ctx, &is_open), ERR_OK);
	assert_false(is_open);
	r.login = S("admin2");
	assert_int_equal(setup_run(&c->ctx, &r, &a), ERR_CONFLICT);
	assert_str(city_rule(c), S("setup_closed"));
	assert_int_equal(setup_begin(&c->ctx, &c->fixture.arena), ERR_OK); /* the next start */
	assert_int_equal(c->app.setup_code.n, 0);

	assert_int_equal(try(c, "admin1", "persimmon-1"), ERR_OK);
	assert_int_equal(session.actor.role, ROLE_SYS_ADMIN);
	struct audit_proof proof;
	assert_int_equal(audit_verify(&c->ctx, S(""), &proof), ERR_OK);
	assert_true(proof.is_ok);
}

static void a_wrong_set_up_makes_nothing(void **state) {
	struct city *c = *state;
	struct account a;
	assert_int_equal(setup_begin(&c->ctx, &c->fixture.arena), ERR_OK);
	struct str code = c->app.setup_code;
	static const struct {
		const char *why;
		bool has_code, is_loopback;
		const char *login, *password;
		enum err want;
		const char *field, *rule;
	} cases[] = {
		{"another code", false, true, "admin1", "persimmon-1", ERR_FORBIDDEN, "code", "setup_code_wrong"},
		{"plain http", true, false, "admin1", "persimmon-1", ERR_FORBIDDEN, "code", "tls_required"},
		{"a bad password", true, true, "admin1", "admin123", ERR_INVALID, "password", "password_context"},
		{"no login", true, true, "", "persimmon-1", ERR_INVALID, "login", "required"},
		{"a bad login", true, true, "1", "persimmon-1", ERR_INVALID, "login", "login_form"},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct setup_request r = setup_of(c, cases[i].has_code ? code : S("k7mw-29xq-hd4r-zt5n"));
		r.login = str_c(cases[i].login);
		r.password = str_c(cases[i].password);
		r.is_loopback = cases[i].is_loopback;
		city_request(c);
		enum err e = setup_run(&c->ctx, &r, &a);
		if (e != cases[i].want) print_error("%s\n", cases[i].why);
		assert_int_equal(e, cases[i].want);
		assert_true(city_failed_with(c, cases[i].field, cases[i].rule));
	}
	assert_int_equal(city_count(c, "SELECT count(*) FROM account"), 0);
	assert_int_equal(audited(c, "setup", "REFUSED"), 2);
	c->app.setup_code = S("");
	struct setup_request r = setup_of(c, S(""));
	city_request(c);
	assert_int_equal(setup_run(&c->ctx, &r, &a), ERR_CONFLICT);
}

int main(void) {
	static const struct engine_test tests[] = {
		BOTH(a_log_in_opens_a_session), BOTH(a_refusal_says_nothing), BOTH(no_password_over_plain_http),
		BOTH(failures_delay_and_lock), BOTH(a_lock_is_of_one_source), BOTH(guesses_at_once_count),
		BOTH(a_one_time_password_must_be_changed), BOTH(a_one_time_password_runs_out), BOTH(a_weak_hash_is_made_anew),
		BOTH(of_several_roles_one_is_chosen), BOTH(without_a_role_nobody_gets_in), BOTH(a_role_ends_with_its_day),
		BOTH(an_idle_session_ends), BOTH(an_open_page_keeps_no_session_awake),
		BOTH(a_session_ends_after_12_hours), BOTH(log_out_ends_one_session),
		BOTH(who_may_end_a_session), BOTH(own_sessions_are_listed), BOTH(a_new_password_ends_the_others),
		BOTH(a_closed_account_is_out), BOTH(a_foreign_token_is_nobody), BOTH(a_request_costs_no_query),
		BOTH(what_others_do_is_seen_in_10_seconds), BOTH(an_uncommitted_end_is_not_cached_over),
		BOTH(the_last_request_is_written_down), BOTH(the_first_administrator), BOTH(a_wrong_set_up_makes_nothing),
	};
	return run_in_city("session", tests, LEN(tests));
}
