#include "city.h"

#include "domain/audit.h"
#include "domain/job.h"
#include "domain/password.h"
#include "domain/rights.h"
#include "domain/seal.h"
#include "domain/session.h"
#include "domain/watch.h"

#include <stdatomic.h>

/* 2024-04-10 10:00 in Shanghai */
#define START_MS INT64_C(1712714400000)

static _Atomic int64_t clock_ms = START_MS;

static int64_t read_clock(void) {
	return clock_ms;
}

void city_set_clock(int64_t at_ms) {
	clock_ms = at_ms;
}

void city_pass(int64_t ms) {
	clock_ms += ms;
}

void city_open(struct city *c, enum store_engine engine) {
	*c = (struct city){0};
	city_set_clock(START_MS);
	fixture_place(&c->fixture, engine);
	fixture_open(&c->fixture);
	city_start(c);
}

void city_start(struct city *c) {
	c->app = (struct app){
		.store = c->fixture.store, .clock = read_clock, .audit_key = S("0123456789abcdef0123456789abcdef"),
		.pool = pool_new(2, 16), .passwords = passwords_new(2, 1, 8192), .sessions = sessions_new(), .jobs = jobs_new(), .watch = watch_new(),
		.seal = seal_new(S("0 DIGEST 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n"
			"1 AES256_GCM ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100\n"), S("")),
	};
	city_request(c);
}

void city_stop(struct city *c) {
	jobs_free(c->app.jobs);
	pool_free(c->app.pool);
	sessions_free(c->app.sessions);
	passwords_free(c->app.passwords);
	watch_free(c->app.watch);
	seal_free(c->app.seal);
}

void city_close(struct city *c) {
	city_stop(c);
	fixture_remove(&c->fixture);
}

void city_request(struct city *c) {
	ctx_init(&c->ctx, &c->app, &c->fixture.arena, c->fixture.db);
	c->ctx.remote = S("10.0.0.1");
}

void city_as(struct city *c, enum role role, const char *scope) {
	city_request(c);
	c->ctx.actor = (struct actor){.account_id = 9000 + (int64_t)role, .login = role_code(role), .role = role,
	                              .assignment_id = 1, .scope = str_c(scope), .clearance = role_clearance(role)};
}

void city_login_as(struct city *c, const char *login) {
	city_request(c);
	assert_int_equal(session_act_as(&c->ctx, str_c(login), 0), ERR_OK);
}

struct made {
	struct account account;
	struct assignment assignment;
	struct str hash;
};

static enum err make(struct ctx *ctx, void *arg) {
	struct made *m = arg;
	enum err e = account_insert(ctx, &m->account, m->hash, false);
	m->assignment.account_id = m->account.record.id;
	return e ? e : record_insert(ctx, &assignment_noun, &m->assignment);
}

int64_t city_account(struct city *c, const char *login, const char *password, enum role role, const char *scope, int64_t subject) {
	struct made m;
	city_as(c, ROLE_SEC_ADMIN, "");
	record_init(&account_noun, &m.account);
	record_init(&assignment_noun, &m.assignment);
	m.account.login = m.account.name = str_c(login);
	m.assignment.role = (int32_t)role;
	m.assignment.scope = str_c(scope);
	m.assignment.subject_id = subject ? subject : NONE;
	m.assignment.valid_from_date = day_of(2024, 1, 1);
	assert_int_equal(password_hash(&c->ctx, str_c(password), &m.hash), ERR_OK);
	enum err e = ctx_write(&c->ctx, make, &m);
	if (e) print_error("%s: %.*s\n", login, (int)city_rule(c).n, city_rule(c).p);
	assert_int_equal(e, ERR_OK);
	city_request(c);
	return m.account.record.id;
}

struct str city_rule(const struct city *c) {
	return c->ctx.error ? c->ctx.error->rule : S("");
}

struct str city_field(const struct city *c) {
	return c->ctx.error ? c->ctx.error->field : S("");
}

bool city_failed_with(const struct city *c, const char *field, const char *rule) {
	for (const struct error *e = c->ctx.error; e; e = e->next)
		if (str_eq(e->field, str_c(field)) && str_eq(e->rule, str_c(rule))) return true;
	return false;
}

static enum err run_sql(struct db *db, void *arg) {
	return db_run_text(db, str_c(arg), NULL, 0, NULL);
}

void city_sql(struct city *c, const char *sql) {
	assert_int_equal(store_write(c->fixture.store, run_sql, (void *)(uintptr_t)sql), ERR_OK);
}

int64_t city_count(struct city *c, const char *sql) {
	struct rows *r;
	struct statement st = {.sql = str_c(sql), .id = Q__N};
	assert_int_equal(db_query_statement(c->fixture.db, &c->fixture.arena, &st, &r), ERR_OK);
	int64_t n = rows_next(r) ? rows_int(r, 0) : 0;
	rows_done(r);
	return n;
}

static int up(void **state) {
	struct city *c = heap_alloc(sizeof *c);
	city_open(c, *(const enum store_engine *)*state);
	*state = c;
	return 0;
}

static int down(void **state) {
	city_close(*state);
	heap_free(*state);
	return 0;
}

int run_in_city(const char *group, const struct engine_test *t, size_t n) {
	return run_with(group, t, n, up, down);
}
