/* factor_test.c - second factors, password profiles, address ranges, counters: what the city's policy asks. */
#include "domain/factor.h"
#include "domain/login.h"
#include "domain/network.h"
#include "domain/password.h"
#include "domain/rights.h"
#include "domain/totp.h"
#include "domain/watch.h"

#include "city.h"

#include <string.h>

#define PASSWORD "mulberry-00"

static struct str token;
static struct session session;

static enum err try(struct city *c, const char *login_name, const char *password, struct str code) {
	const struct login_request r = {.login = str_c(login_name), .password = str_c(password), .code = code, .user_agent = S("test"), .is_loopback = true};
	city_request(c);
	return login(&c->ctx, &r, &token, &session);
}

/* ---- codes ---- */

/* RFC 6238, appendix B (SHA-1), the last six of its eight digits. */
static const struct {
	int64_t s;
	int32_t code;
} vectors[] = {{59, 287082}, {1111111109, 81804}, {1111111111, 50471}, {1234567890, 5924}, {2000000000, 279037}, {INT64_C(20000000000), 353130}};

static void codes_are_those_of_the_rfc(void **state) {
	(void)state;
	const struct str secret = S("12345678901234567890");
	struct arena a = {0};
	for (size_t i = 0; i < LEN(vectors); i++) {
		int64_t step = vectors[i].s / 30;
		struct buf b = {.arena = &a};
		assert_int_equal(totp_code(secret, step), vectors[i].code);
		buf_pad(&b, vectors[i].code, 6);
		for (int off = -2; off <= 2; off++)
			assert_int_equal(totp_find(secret, buf_str(&b), (step + off) * TOTP_STEP_MS, 0), off < -1 || off > 1 ? -1 : step);
		assert_int_equal(totp_find(secret, buf_str(&b), step * TOTP_STEP_MS, step), -1); /* used */
	}
	assert_str(base32(&a, secret), S("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
	assert_str(base32(&a, S("f")), S("MY"));
	assert_int_equal(totp_find(secret, S("28708a"), 59000, 0), -1);
	assert_int_equal(totp_find(secret, S("-87082"), 59000, 0), -1);
	assert_int_equal(totp_find(secret, S(""), 59000, 0), -1);
	arena_release(&a);
}

/* What an app would show now for a secret as it was shown. */
static struct str app_code(struct city *c, struct str shown, int ahead) {
	unsigned char raw[TOTP_SECRET_BYTES + 1] = {0};
	uint32_t held = 0;
	int bits = 0;
	size_t n = 0;
	for (size_t i = 0; i < shown.n; i++) {
		char ch = shown.p[i];
		if (ch == ' ') continue;
		held = held << 5 | (uint32_t)(ch >= 'A' ? ch - 'A' : ch - '2' + 26);
		for (bits += 5; bits >= 8; bits -= 8) raw[n++] = (unsigned char)(held >> (bits - 8));
	}
	struct buf b = {.arena = &c->fixture.arena};
	buf_pad(&b, totp_code((struct str){(const char *)raw, n}, c->app.clock() / TOTP_STEP_MS + ahead), 6);
	return str_copy(&c->fixture.arena, buf_str(&b));
}

static struct str codes[RECOVERY_CODES];

static enum err confirm(struct ctx *ctx, void *arg) {
	return factor_confirm(ctx, *(const struct str *)arg, codes);
}

/* Enrol who has just logged in; the secret as it was shown. */
static struct str enrol(struct city *c) {
	struct factor_secret s;
	assert_int_equal(factor_begin(&c->ctx, S(PASSWORD), &s), ERR_OK);
	struct str code = app_code(c, s.secret, 0);
	assert_int_equal(ctx_write(&c->ctx, confirm, &code), ERR_OK);
	return str_copy(&c->fixture.arena, s.secret);
}

static void an_enrolled_account_needs_a_code(void **state) {
	struct city *c = *state;
	city_account(c, "lina", PASSWORD, ROLE_COUNTY_STAFF, "370783", 0);
	assert_int_equal(try(c, "lina", PASSWORD, S("")), ERR_OK);
	struct factor_secret s;
	assert_int_equal(factor_begin(&c->ctx, S("wrong"), &s), ERR_INVALID);
	assert_str(city_rule(c), S("password_wrong"));
	assert_int_equal(try(c, "lina", PASSWORD, S("")), ERR_OK);
	assert_int_equal(factor_begin(&c->ctx, S(PASSWORD), &s), ERR_OK);
	assert_int_equal(s.secret.n, 39); /* 32 letters in groups */
	assert_true(str_starts(s.uri, S("otpauth://totp/zhaoyin:lina?secret=")));
	assert_int_equal(try(c, "lina", PASSWORD, S("")), ERR_OK); /* not in force before it is confirmed */
	struct str wrong = S("000000");
	if (str_eq(app_code(c, s.secret, 0), wrong) || str_eq(app_code(c, s.secret, 1), wrong) || str_eq(app_code(c, s.secret, -1), wrong)) wrong = S("111111");
	assert_int_equal(ctx_write(&c->ctx, confirm, &wrong), ERR_INVALID);
	assert_int_equal(try(c, "lina", PASSWORD, S("")), ERR_OK);
	struct str secret = enrol(c);
	assert_int_equal(city_count(c, "SELECT count(*) FROM second_factor WHERE secret LIKE 'zs1.1.%'"), 1);

	assert_int_equal(try(c, "lina", PASSWORD, S("")), ERR_UNAUTHENTICATED);
	assert_str(city_rule(c), S("code_required"));
	assert_int_equal(try(c, "lina", PASSWORD, app_code(c, secret, 0)), ERR_UNAUTHENTICATED); /* confirmed with it: used */
	assert_str(city_rule(c), S("code_wrong"));
	city_pass(TOTP_STEP_MS);
	struct str code = app_code(c, secret, 0);
	assert_int_equal(try(c, "lina", PASSWORD, code), ERR_OK);
	assert_int_equal(try(c, "lina", PASSWORD, code), ERR_UNAUTHENTICATED); /* one use */
	city_pass(2 * TOTP_STEP_MS);
	assert_int_equal(try(c, "lina", PASSWORD, app_code(c, secret, 1)), ERR_OK); /* a clock that is fast */
	assert_int_equal(try(c, "lina", PASSWORD, app_code(c, secret, 0)), ERR_UNAUTHENTICATED); /* an older one */
	assert_int_equal(factor_begin(&c->ctx, S(PASSWORD), &s), ERR_UNAUTHENTICATED);
}

static void wrong_codes_lock_like_wrong_passwords(void **state) {
	struct city *c = *state;
	city_account(c, "lina", PASSWORD, ROLE_COUNTY_STAFF, "370783", 0);
	assert_int_equal(try(c, "lina", PASSWORD, S("")), ERR_OK);
	(void)enrol(c);
	for (int i = 0; i < 5; i++) {
		assert_int_equal(try(c, "lina", PASSWORD, S("no-code-at-all-xx")), ERR_UNAUTHENTICATED);
		city_pass(10000);
	}
	assert_int_equal(try(c, "lina", PASSWORD, S("123456")), ERR_BUSY);
	assert_str(city_rule(c), S("login_wait"));
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE action = 'login' AND outcome = 'FAILED' AND diff LIKE '%code_wrong%'"), 5);
}

static void a_recovery_code_serves_once(void **state) {
	struct city *c = *state;
	city_account(c, "lina", PASSWORD, ROLE_COUNTY_STAFF, "370783", 0);
	assert_int_equal(try(c, "lina", PASSWORD, S("")), ERR_OK);
	(void)enrol(c);
	struct str first = str_copy(&c->fixture.arena, codes[0]), second = str_copy(&c->fixture.arena, codes[1]);
	struct buf b = {.arena = &c->fixture.arena}; /* as typed from paper */
	for (size_t i = 0; i < second.n; i++) if (second.p[i] != '-') buf_byte(&b, second.p[i] >= 'a' ? (char)(second.p[i] - 32) : second.p[i]);
	assert_int_equal(try(c, "lina", PASSWORD, first), ERR_OK);
	assert_int_equal(try(c, "lina", PASSWORD, first), ERR_UNAUTHENTICATED);
	assert_int_equal(try(c, "lina", PASSWORD, buf_str(&b)), ERR_OK);
	struct factor_state s;
	assert_int_equal(factor_state(&c->ctx, session.actor.account_id, &s), ERR_OK);
	assert_int_equal(s.recovery_left, RECOVERY_CODES - 2);
	assert_int_equal(factor_renew_codes(&c->ctx, S(PASSWORD), codes), ERR_OK);
	assert_int_equal(city_count(c, "SELECT count(*) FROM recovery_code"), RECOVERY_CODES);
	struct buf q = {.arena = &c->fixture.arena};
	buf_c(&q, "SELECT count(*) FROM recovery_code WHERE code_digest = '");
	buf_add(&q, codes[0]);
	buf_c(&q, "'");
	assert_int_equal(city_count(c, str_cstr(&c->fixture.arena, buf_str(&q))), 0);
}

/* ---- who must ---- */

static void an_office_without_a_factor_may_only_enrol(void **state) {
	struct city *c = *state;
	static const struct {
		const char *login;
		enum role role;
		const char *scope;
		bool must;
	} rows[] = {{"sys", ROLE_SYS_ADMIN, "", true}, {"sec", ROLE_SEC_ADMIN, "", true}, {"log", ROLE_LOG_ADMIN, "", true}, {"lina", ROLE_COUNTY_STAFF, "370783", false}};
	for (size_t i = 0; i < LEN(rows); i++) {
		city_account(c, rows[i].login, PASSWORD, rows[i].role, rows[i].scope, 0);
		assert_int_equal(try(c, rows[i].login, PASSWORD, S("")), ERR_OK);
		assert_int_equal(session.must_enrol, rows[i].must);
		city_request(c);
		assert_int_equal(session_find(&c->ctx, token, &session), ERR_OK);
		assert_int_equal(session.must_enrol, rows[i].must);
	}
	c->app.is_demo = true; /* a demo city stays usable by the password of the README */
	assert_int_equal(try(c, "sys", PASSWORD, S("")), ERR_OK);
	assert_false(session.must_enrol);
	city_sql(c, "INSERT INTO setting (key, value) VALUES ('second_factor', 'ALL')");
	assert_int_equal(try(c, "lina", PASSWORD, S("")), ERR_OK);
	assert_true(session.must_enrol);
	(void)enrol(c);
	city_pass(11000);
	city_request(c);
	assert_int_equal(session_find(&c->ctx, token, &session), ERR_OK);
	assert_false(session.must_enrol);
	c->app.is_demo = false; /* what a demo city may is not what a city may */
	city_sql(c, "UPDATE setting SET value = 'OPTIONAL' WHERE key = 'second_factor'");
	assert_int_equal(try(c, "sys", PASSWORD, S("")), ERR_OK);
	assert_true(session.must_enrol);
}

static enum err reset(struct ctx *ctx, void *arg) {
	return factor_reset(ctx, *(const int64_t *)arg);
}

static void a_factor_is_reset_by_another_security_administrator(void **state) {
	struct city *c = *state;
	city_account(c, "sys", PASSWORD, ROLE_SYS_ADMIN, "", 0);
	int64_t sec = city_account(c, "sec", PASSWORD, ROLE_SEC_ADMIN, "", 0);
	int64_t lina = city_account(c, "lina", PASSWORD, ROLE_COUNTY_STAFF, "370783", 0);
	assert_int_equal(try(c, "lina", PASSWORD, S("")), ERR_OK);
	(void)enrol(c);
	assert_int_equal(factor_remove(&c->ctx, S(PASSWORD), S("")), ERR_INVALID);
	assert_int_equal(try(c, "sys", PASSWORD, S("")), ERR_OK);
	assert_int_equal(ctx_write(&c->ctx, reset, &lina), ERR_FORBIDDEN);
	assert_int_equal(try(c, "sec", PASSWORD, S("")), ERR_OK);
	struct str own = enrol(c);
	assert_int_equal(ctx_write(&c->ctx, reset, &sec), ERR_FORBIDDEN);
	assert_str(city_rule(c), S("own_factor"));
	city_pass(TOTP_STEP_MS);
	assert_int_equal(try(c, "sec", PASSWORD, app_code(c, own, 0)), ERR_OK);
	assert_int_equal(factor_remove(&c->ctx, S(PASSWORD), app_code(c, own, 1)), ERR_FORBIDDEN); /* an office keeps it */
	assert_str(city_rule(c), S("factor_needed"));
	city_request(c);
	assert_int_equal(try(c, "sec", PASSWORD, app_code(c, own, 1)), ERR_OK);
	assert_int_equal(ctx_write(&c->ctx, reset, &lina), ERR_OK);
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE action = 'factor_reset' AND outcome = 'DONE'"), 1);
	assert_int_equal(try(c, "lina", PASSWORD, S("")), ERR_OK);
	(void)enrol(c);
}

/* ---- passwords ---- */

static void each_profile_has_its_rules(void **state) {
	struct city *c = *state;
	static const struct {
		const char *password;
		bool is_asvs2, is_dengbao3;
	} cases[] = {
		{"mulberry", true, false}, {"mulberry tree by the sea", true, false}, {"Mulberry-tree", true, true},
		{"mulberry-00", true, true}, {"Mulb-00", false, false}, {"Mulberry-", true, false}, {"桑树桑葚叶子枝条果实A1", true, true},
	};
	for (int profile = 0; profile < 2; profile++) {
		city_sql(c, profile ? "UPDATE setting SET value = 'DENGBAO3' WHERE key = 'password_profile'" : "INSERT INTO setting (key, value) VALUES ('password_profile', 'ASVS2')");
		for (size_t i = 0; i < LEN(cases); i++) {
			city_request(c);
			enum err e = password_check(&c->ctx, S("password"), str_c(cases[i].password), NULL, 0);
			if ((e == ERR_OK) != (profile ? cases[i].is_dengbao3 : cases[i].is_asvs2)) assert_never("%s by profile %d", cases[i].password, profile);
		}
	}
	assert_true(city_failed_with(c, "password", "password_kinds") || !c->ctx.error);
}

static void an_old_password_is_changed_at_log_in(void **state) {
	struct city *c = *state;
	city_account(c, "lina", PASSWORD, ROLE_COUNTY_STAFF, "370783", 0);
	city_pass(INT64_C(91) * 86400000);
	assert_int_equal(try(c, "lina", PASSWORD, S("")), ERR_OK);
	assert_false(session.must_change_password);
	city_sql(c, "INSERT INTO setting (key, value) VALUES ('password_profile', 'DENGBAO3')");
	assert_int_equal(try(c, "lina", PASSWORD, S("")), ERR_OK);
	assert_true(session.must_change_password && session.is_password_old);
	assert_int_equal(account_change_password(&c->ctx, S(PASSWORD), S("Blackberry-01")), ERR_OK);
	assert_int_equal(try(c, "lina", "Blackberry-01", S("")), ERR_OK);
	assert_false(session.must_change_password);
}

/* ---- addresses ---- */

static void ranges_hold_what_they_say(void **state) {
	(void)state;
	struct arena a = {0};
	struct str normal, bad;
	static const struct {
		const char *list, *address;
		bool is_in;
	} cases[] = {
		{"10.0.0.0/8", "10.255.1.2", true}, {"10.0.0.0/8", "11.0.0.1", false}, {"192.168.1.7", "192.168.1.7", true}, {"192.168.1.7", "192.168.1.8", false},
		{"10.0.0.0/8, fd00::/8", "fd12::1", true}, {"fd00::/8", "fe80::1", false}, {"10.0.0.0/8", "::ffff:10.1.1.1", true},
		{"0.0.0.0/0", "8.8.8.8", true}, {"0.0.0.0/0", "::1", false}, {"10.0.0.0/8", "", false}, {"10.0.0.0/8", "local", false}, {"10.0.0.128/25", "10.0.0.127", false},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		assert_true(networks_parse(&a, str_c(cases[i].list), &normal, &bad));
		if (networks_have(&a, normal, str_c(cases[i].address)) != cases[i].is_in) assert_never("%s in %s", cases[i].address, cases[i].list);
	}
	static const char *const wrong[] = {"10.0.0.0/33", "10.0.0.1/8", "10.0.0", "x", "10.0.0.0/-1", "fd00::/129", "10.0.0.0/8/8", "10.0.0.0/"};
	for (size_t i = 0; i < LEN(wrong); i++) assert_false(networks_parse(&a, str_c(wrong[i]), &normal, &bad));
	assert_true(networks_parse(&a, S(" 10.0.0.0/8 , , 1.2.3.4"), &normal, &bad));
	assert_str(normal, S("10.0.0.0/8,1.2.3.4/32"));
	arena_release(&a);
}

struct change {
	const char *key, *value;
};

static enum err set(struct ctx *ctx, void *arg) {
	const struct change *w = arg;
	return policy_set(ctx, str_c(w->key), str_c(w->value));
}

static enum err change(struct city *c, const char *login_name, const char *key, const char *value) {
	struct change w = {key, value};
	city_login_as(c, login_name);
	c->ctx.remote = S("10.0.0.1");
	return ctx_write(&c->ctx, set, &w);
}

static void an_office_is_held_from_its_addresses_only(void **state) {
	struct city *c = *state;
	city_account(c, "sec", PASSWORD, ROLE_SEC_ADMIN, "", 0);
	city_account(c, "sys", PASSWORD, ROLE_SYS_ADMIN, "", 0);
	city_account(c, "lina", PASSWORD, ROLE_COUNTY_STAFF, "370783", 0);
	assert_int_equal(change(c, "sys", "admin_networks", "10.0.0.0/8"), ERR_FORBIDDEN);
	assert_int_equal(change(c, "sec", "admin_networks", "192.168.0.0/16"), ERR_INVALID);
	assert_str(city_rule(c), S("own_address_outside"));
	assert_int_equal(change(c, "sec", "admin_networks", "10.0.0.0/8, nonsense"), ERR_INVALID);
	assert_str(city_rule(c), S("not_a_network"));
	assert_int_equal(change(c, "sec", "admin_networks", "10.0.0.0/8"), ERR_OK);
	assert_int_equal(try(c, "sys", PASSWORD, S("")), ERR_OK);
	city_request(c);
	const struct login_request r = {.login = S("sys"), .password = S(PASSWORD), .is_loopback = true};
	c->ctx.remote = S("172.16.0.9");
	assert_int_equal(login(&c->ctx, &r, &token, &session), ERR_FORBIDDEN);
	assert_str(city_rule(c), S("address_refused"));
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE outcome = 'REFUSED' AND diff LIKE '%address_refused%' AND remote = '172.16.0.9'"), 1);
	city_request(c);
	c->ctx.remote = S("172.16.0.9");
	const struct login_request staff = {.login = S("lina"), .password = S(PASSWORD), .is_loopback = true};
	assert_int_equal(login(&c->ctx, &staff, &token, &session), ERR_OK); /* the trade is not bound */
	assert_int_equal(change(c, "sec", "admin_networks", ""), ERR_OK);
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE action = 'policy_change'"), 2);
}

static void settings_are_checked(void **state) {
	struct city *c = *state;
	city_account(c, "sec", PASSWORD, ROLE_SEC_ADMIN, "", 0);
	static const struct {
		const char *key, *value, *rule;
	} cases[] = {
		{"second_factor", "OPTIONAL", "factor_needed"}, {"second_factor", "NONE", "not_a_choice"}, {"password_profile", "", "not_a_choice"},
		{"alarm_odd_n", "0", "at_least_one"}, {"alarm_odd_n", "x", "not_a_number"}, {"alarm_odd_n", "99999999", "too_big"}, {"today", "2024-01-01", "unknown_member"},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		assert_int_equal(change(c, "sec", cases[i].key, cases[i].value), ERR_INVALID);
		assert_str(city_rule(c), str_c(cases[i].rule));
	}
	assert_int_equal(city_count(c, "SELECT count(*) FROM setting WHERE key IN ('second_factor', 'today', 'alarm_odd_n')"), 0);
	assert_int_equal(change(c, "sec", "password_profile", "DENGBAO3"), ERR_OK);
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE action = 'policy_change' AND diff LIKE '%ASVS2%DENGBAO3%'"), 1);
}

/* ---- counters ---- */

static void many_failures_raise_one_alarm(void **state) {
	struct city *c = *state;
	struct watch_state w[WATCH__N];
	city_account(c, "sec", PASSWORD, ROLE_SEC_ADMIN, "", 0);
	assert_int_equal(change(c, "sec", "alarm_login_n", "5"), ERR_OK);
	for (int i = 0; i < 8; i++) {
		(void)try(c, i % 2 ? "nobody" : "somebody", "wrong", S(""));
		city_pass(9000);
	}
	city_request(c);
	watch_read(&c->app, c->ctx.now_ms, w);
	assert_int_equal(w[WATCH_LOGIN].total, 8);
	assert_int_equal(w[WATCH_LOGIN].alarms, 1);
	assert_string_equal(w[WATCH_LOGIN].top_remote, "10.0.0.1");
	assert_int_equal(w[WATCH_REFUSED].total, 0);
	for (int i = 0; i < 100; i++) watch_count(&c->app, WATCH_ODD, S("1.2.3.4"));
	watch_free(c->app.watch); /* waits for the alarm's row */
	c->app.watch = NULL;
	assert_int_equal(city_count(c, "SELECT count(*) FROM alarm"), 1);
	assert_int_equal(city_count(c, "SELECT count(*) FROM alarm WHERE kind = 'LOGIN' AND events_n = 5 AND remote = '10.0.0.1'"), 1);
}

static void the_next_alarm_comes_after_its_span(void **state) {
	struct city *c = *state;
	struct watch_state w[WATCH__N];
	city_account(c, "sec", PASSWORD, ROLE_SEC_ADMIN, "", 0);
	assert_int_equal(change(c, "sec", "alarm_odd_n", "3"), ERR_OK);
	for (int i = 0; i < 5; i++) watch_count(&c->app, WATCH_ODD, S("1.2.3.4"));
	city_pass(WATCH_SPAN_MS);
	for (int i = 0; i < 2; i++) watch_count(&c->app, WATCH_ODD, S("1.2.3.4"));
	watch_read(&c->app, c->app.clock(), w);
	assert_int_equal(w[WATCH_ODD].span_n, 2); /* the first five are over */
	assert_int_equal(w[WATCH_ODD].alarms, 1);
	watch_count(&c->app, WATCH_ODD, S("5.6.7.8"));
	watch_read(&c->app, c->app.clock(), w);
	assert_int_equal(w[WATCH_ODD].alarms, 2);
	assert_int_equal(w[WATCH_ODD].minutes[WATCH_MINUTES - 1], 3);
	assert_int_equal(w[WATCH_ODD].minutes[WATCH_MINUTES - 11], 5);
}

static const struct engine_test tests[] = {
	ONCE(codes_are_those_of_the_rfc),
	BOTH(an_enrolled_account_needs_a_code),
	BOTH(wrong_codes_lock_like_wrong_passwords),
	BOTH(a_recovery_code_serves_once),
	BOTH(an_office_without_a_factor_may_only_enrol),
	BOTH(a_factor_is_reset_by_another_security_administrator),
	ONCE(each_profile_has_its_rules),
	BOTH(an_old_password_is_changed_at_log_in),
	ONCE(ranges_hold_what_they_say),
	BOTH(an_office_is_held_from_its_addresses_only),
	BOTH(settings_are_checked),
	BOTH(many_failures_raise_one_alarm),
	ONCE(the_next_alarm_comes_after_its_span),
};

int main(void) {
	return run_in_city("factor", tests, LEN(tests));
}
