/* city.h - an empty city for each test: a migrated database on either engine, an app and a ctx.
 *
 * The clock stands at 2024-04-10 10:00 in Shanghai until a test moves it; password hashes are made
 * with the least cost; the audit key is fixed. Tables are as the migrations leave them: reference rows
 * only after reference_load. */
#ifndef CITY_H
#define CITY_H

#include "domain/account.h"
#include "domain/write.h"
#include "store_fixture.h"

struct city {
	struct fixture fixture;
	struct app app;
	struct ctx ctx;
};

void city_open(struct city *c, enum store_engine engine);
void city_close(struct city *c);

/* Around a fixture that the test opens and closes itself. */
void city_start(struct city *c);
void city_stop(struct city *c);

/* A new ctx as for the next request: nobody, no failure, the clock read. */
void city_request(struct city *c);

/* The next request, by an account that stands in no table (id 9000 + role). scope may be "". */
void city_as(struct city *c, enum role role, const char *scope);

/* The next request, by a stored account in its only role. */
void city_login_as(struct city *c, const char *login);

void city_set_clock(int64_t at_ms);
void city_pass(int64_t ms);

/* A stored account with a password and one role that is open-ended from 2024-01-01. subject 0 = none. */
int64_t city_account(struct city *c, const char *login, const char *password, enum role role, const char *scope, int64_t subject);

/* The newest failure's rule or field; empty = none. */
struct str city_rule(const struct city *c);
struct str city_field(const struct city *c);

/* Whether a failure of that field and rule is in the chain. */
bool city_failed_with(const struct city *c, const char *field, const char *rule);

/* SQL of a test: to tamper, to count. The answer of the first row's first column; 0 = no row. */
void city_sql(struct city *c, const char *sql);
int64_t city_count(struct city *c, const char *sql);

/* Run each row on both engines; *state is a struct city. BOTH(f) makes a row. */
int run_in_city(const char *group, const struct engine_test *t, size_t n);

#endif
