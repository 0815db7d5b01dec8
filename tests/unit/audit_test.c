/* audit_test.c - the chain: what is appended fits, what is tampered with is found, nothing forks. */
#include "domain/audit.h"
#include "domain/field.h"

#include "city.h"

#include <pthread.h>

static enum err add_rows(struct ctx *ctx, void *arg) {
	for (int i = 0; i < *(const int *)arg; i++) {
		const struct audit_entry e = {
			.action = S("update"), .outcome = S("DONE"), .object = S("project"), .object_id = 7 + i, .project_id = 7,
			.diff = S("{\"name\":[\"甲\",\"乙\"]}"), .before = S("甲"), .after = S("乙"),
		};
		enum err err = audit_add(ctx, &e);
		if (err) return err;
	}
	return ERR_OK;
}

static void add(struct city *c, int n) {
	city_as(c, ROLE_COUNTY_STAFF, "370783");
	assert_int_equal(ctx_write(&c->ctx, add_rows, &n), ERR_OK);
}

static struct audit_proof verify(struct city *c, struct str head) {
	struct audit_proof p;
	city_request(c);
	assert_int_equal(audit_verify(&c->ctx, head, &p), ERR_OK);
	return p;
}

static struct str head(struct city *c) {
	struct str h;
	int64_t rows;
	city_request(c);
	assert_int_equal(audit_head(&c->ctx, &h, &rows), ERR_OK);
	return h;
}

static void an_empty_chain_is_good(void **state) {
	struct audit_proof p = verify(*state, S(""));
	assert_true(p.is_ok);
	assert_int_equal(p.rows, 0);
	assert_str(p.head, S("0000000000000000000000000000000000000000000000000000000000000000"));
	assert_true(verify(*state, p.head).is_ok);
}

static void rows_are_chained(void **state) {
	struct city *c = *state;
	add(c, 3);
	struct str early = head(c);
	add(c, 4);
	struct audit_proof p = verify(c, early);
	assert_true(p.is_ok);
	assert_int_equal(p.rows, 7);
	assert_int_equal(p.broken_at, 0);
	assert_str(p.head, head(c));
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE id BETWEEN 1 AND 7 AND role = 'COUNTY_STAFF' "
	                               "AND scope = '370783' AND remote = '10.0.0.1' AND account_id > 9000"), 7);
}

/* More than one batch. */
static void batches_join(void **state) {
	struct city *c = *state;
	add(c, 4001);
	struct audit_proof p = verify(c, S(""));
	assert_true(p.is_ok);
	assert_int_equal(p.rows, 4001);
	city_sql(c, "UPDATE audit SET login = 'x' WHERE id = 4000");
	p = verify(c, S(""));
	assert_false(p.is_ok);
	assert_int_equal(p.broken_at, 4000);
}

static enum err fail_after_row(struct ctx *ctx, void *arg) {
	enum err e = add_rows(ctx, arg);
	return e ? e : fail(ctx, ERR_INVALID, S("x"), S("y"));
}

static void a_failed_job_leaves_no_gap(void **state) {
	struct city *c = *state;
	int n = 2;
	add(c, 1);
	city_as(c, ROLE_COUNTY_STAFF, "370783");
	assert_int_equal(ctx_write(&c->ctx, fail_after_row, &n), ERR_INVALID);
	assert_str(city_rule(c), S("y"));
	add(c, 1);
	struct audit_proof p = verify(c, S(""));
	assert_true(p.is_ok);
	assert_int_equal(p.rows, 2);
}

/* Each on a chain of ten rows. broken_at is what verify must name; 0 = the rows fit, a head does not. */
static const struct {
	const char *name, *sql;
	int64_t broken_at;
	const char *why;
} tampers[] = {
	{"a word of a row", "UPDATE audit SET action = 'read' WHERE id = 4", 4, "changed"},
	{"a missing value filled", "UPDATE audit SET project_id = NULL WHERE id = 4", 4, "changed"},
	{"who did it", "UPDATE audit SET account_id = account_id + 1 WHERE id = 10", 10, "changed"},
	{"text moved to the next column", "UPDATE audit SET login = login || role, role = 'A' WHERE id = 5", 5, "changed"},
	{"the keyed hash of the record", "UPDATE audit SET after_hash = before_hash WHERE id = 5", 5, "changed"},
	{"a row's own hash", "UPDATE audit SET row_hash = prev_row_hash WHERE id = 6", 6, "changed"},
	{"a row taken out", "DELETE FROM audit WHERE id = 5", 5, "missing"},
	{"the first row taken out", "DELETE FROM audit WHERE id = 1", 1, "missing"},
	{"a row taken out and the ids closed up",
	 "DELETE FROM audit WHERE id = 5; UPDATE audit SET id = -id WHERE id > 5; UPDATE audit SET id = -id - 1 WHERE id < 0", 5,
	 "changed"},
	{"two rows exchanged",
	 "UPDATE audit SET id = 100 WHERE id = 3; UPDATE audit SET id = 3 WHERE id = 4; UPDATE audit SET id = 4 WHERE id = 100", 3,
	 "changed"},
	{"a row put in at the end",
	 "INSERT INTO audit (id, at_ms, role, action, outcome, object, prev_row_hash, row_hash) SELECT 11, at_ms, role, action, "
	 "outcome, object, row_hash, row_hash FROM audit WHERE id = 10", 11, "changed"},
	{"a copy of a row put in",
	 "UPDATE audit SET id = 1 + id * 100 WHERE id > 4; INSERT INTO audit (id, at_ms, role, action, outcome, object, "
	 "prev_row_hash, row_hash) SELECT 5, at_ms, role, action, outcome, object, prev_row_hash, row_hash FROM audit WHERE id = 4",
	 5, "changed"},
	{"the tail cut", "DELETE FROM audit WHERE id > 8", 9, "cut"},
	{"all rows cut", "DELETE FROM audit", 1, "cut"},
	{"the tail and the head cut",
	 "DELETE FROM audit WHERE id > 8; UPDATE audit_head SET last_id = 8, row_hash = (SELECT row_hash FROM audit WHERE id = 8)", 0,
	 "head"},
	{"the head taken away", "DELETE FROM audit_head", 0, "head"},
};

static void run_each(struct city *c, const char *sql) {
	struct str rest = str_c(sql), part;
	while (str_split(&rest, ';', &part)) city_sql(c, str_cstr(&c->fixture.arena, part));
}

static void every_tampering_is_found(void **state) {
	struct city *c = *state;
	enum store_engine engine = c->fixture.engine;
	for (size_t i = 0; i < LEN(tampers); i++) {
		add(c, 10);
		struct str outside = head(c);
		assert_true(verify(c, outside).is_ok);
		run_each(c, tampers[i].sql);
		struct audit_proof p = verify(c, S(""));
		if (p.is_ok || p.broken_at != tampers[i].broken_at || !str_eq(p.why, str_c(tampers[i].why)))
			print_error("%s: broken at %lld, \"%.*s\"\n", tampers[i].name, (long long)p.broken_at, (int)p.why.n, p.why.p);
		assert_false(p.is_ok);
		assert_int_equal(p.broken_at, tampers[i].broken_at);
		assert_str(p.why, str_c(tampers[i].why));
		assert_false(verify(c, outside).is_ok);
		city_close(c);
		city_open(c, engine);
	}
}

/* Whoever has an old copy of the database puts it back whole: only the head outside shows it. */
static void an_old_copy_needs_the_outside_head(void **state) {
	struct city *c = *state;
	add(c, 5);
	city_sql(c, "CREATE TABLE old_head AS SELECT * FROM audit_head");
	add(c, 5);
	struct str outside = head(c);
	run_each(c, "DELETE FROM audit WHERE id > 5;DELETE FROM audit_head;INSERT INTO audit_head SELECT * FROM old_head");
	assert_true(verify(c, S("")).is_ok);
	struct audit_proof p = verify(c, outside);
	assert_false(p.is_ok);
	assert_str(p.why, S("cut"));
	assert_int_equal(p.broken_at, 6);
}

static void another_key_proves_nothing(void **state) {
	struct city *c = *state;
	struct str h;
	int64_t rows;
	add(c, 2);
	c->app.audit_key = S("another key, as long as the first");
	c->app.audit_key.n = 32;
	struct audit_proof p = verify(c, S(""));
	assert_int_equal(p.broken_at, 1);
	assert_int_equal(audit_head(&c->ctx, &h, &rows), ERR_CONFLICT);
	assert_str(city_rule(c), S("audit_key_wrong"));
}

/* Without a key the action fails, and nothing of it is stored. */
static void no_key_no_write(void **state) {
	struct city *c = *state;
	int n = 1;
	c->app.audit_key = S("");
	city_as(c, ROLE_COUNTY_STAFF, "370783");
	assert_int_equal(ctx_write(&c->ctx, add_rows, &n), ERR_STORE);
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit"), 0);
	assert_int_equal(city_count(c, "SELECT last_id FROM audit_head"), 0);
}

static void a_head_that_is_no_hash_is_refused(void **state) {
	struct city *c = *state;
	struct audit_proof p;
	assert_int_equal(audit_verify(&c->ctx, S("abc"), &p), ERR_INVALID);
	assert_str(city_rule(c), S("not_a_hash"));
}

/* ---- many at once ---- */

enum { WRITERS = 4, ROUNDS = 25 };

static void *write_rows(void *arg) {
	struct city *c = arg;
	struct arena a = {0};
	int n = 2;
	intptr_t good = 0;
	for (int i = 0; i < ROUNDS; i++) {
		struct ctx ctx;
		ctx_init(&ctx, &c->app, &a, NULL);
		good += ctx_write(&ctx, add_rows, &n) == ERR_OK;
	}
	arena_release(&a);
	return (void *)good;
}

static void writers_do_not_fork_it(void **state) {
	struct city *c = *state;
	pthread_t threads[WRITERS];
	for (int i = 0; i < WRITERS; i++) assert_int_equal(pthread_create(&threads[i], NULL, write_rows, c), 0);
	for (int i = 0; i < WRITERS; i++) {
		void *good;
		pthread_join(threads[i], &good);
		assert_int_equal((intptr_t)good, ROUNDS);
	}
	struct audit_proof p = verify(c, S(""));
	assert_true(p.is_ok);
	assert_int_equal(p.rows, WRITERS * ROUNDS * 2);
}

static void a_refusal_leaves_a_row(void **state) {
	struct city *c = *state;
	city_as(c, ROLE_COUNTY_STAFF, "370783");
	(void)fail(&c->ctx, ERR_FORBIDDEN, S("f"), S("no_right"));
	audit_refused(&c->ctx, S("read"), S("project"), 12);
	assert_str(city_rule(c), S("no_right"));
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE outcome = 'REFUSED' AND action = 'read' AND object_id = 12"), 1);
	assert_true(verify(c, S("")).is_ok);
}

static void the_noun_reads_rows(void **state) {
	struct city *c = *state;
	struct audit_row row;
	add(c, 1);
	city_as(c, ROLE_LOG_ADMIN, "");
	assert_int_equal(record_get(&c->ctx, &audit_noun, 1, &row), ERR_OK);
	assert_str(row.action, S("update"));
	assert_int_equal(row.object_id, 7);
	assert_str(audit_action_label(row.action, LANG_ZH), S("修改"));
	assert_str(audit_action_label(S("unheard"), LANG_EN), S("unheard"));
}

int main(void) {
	static const struct engine_test tests[] = {
		BOTH(an_empty_chain_is_good), BOTH(rows_are_chained), BOTH(batches_join), BOTH(a_failed_job_leaves_no_gap),
		BOTH(every_tampering_is_found), BOTH(an_old_copy_needs_the_outside_head), BOTH(another_key_proves_nothing),
		BOTH(no_key_no_write), BOTH(a_head_that_is_no_hash_is_refused), BOTH(writers_do_not_fork_it),
		BOTH(a_refusal_leaves_a_row), BOTH(the_noun_reads_rows),
	};
	return run_in_city("audit", tests, LEN(tests));
}
