/* What is forgotten after how long, to the millisecond; what is never forgotten; the head in its file. */
#include "city.h"

#include "domain/audit.h"
#include "domain/edit.h"
#include "domain/tidy.h"

#include <fcntl.h>

#define DAYS(n) ((int64_t)(n) * 86400000)

/* One row just inside and one just outside of its time; the oldest audit row is ten years old. */
static void make_rows(struct city *c, int64_t now) {
	static const struct {
		const char *sql; /* %d = id, %lld = its time */
		int64_t days;
	} rows[] = {
		{"INSERT INTO job (id, kind, account_id, state, started_at_ms, ended_at_ms) VALUES (%1$d, 'x', 1, 'DONE', 1, %2$lld)", TIDY_JOB_DAYS},
		{"INSERT INTO login_session (id, token_hash, account_id, seen_at_ms, created_at_ms) VALUES (%1$d, 't%1$d', 1, 1, %2$lld)", TIDY_SESSION_DAYS},
		{"INSERT INTO idempotency (key, account_id, route, request_hash, status, body, at_ms) VALUES ('key%d', 1, '/', 'h', 201, '{}', %lld)", TIDY_KEPT_DAYS},
		{"INSERT INTO record_edit (id, kind, noun, record_id, data, created_at_ms, updated_at_ms) VALUES (%1$d, 'UPDATE', 'project', 1, '{}', %2$lld, 1)", EDIT_DAYS},
		{"INSERT INTO login_failure (id, login, remote, at_ms) VALUES (%d, 'x', 'y', %lld)", TIDY_FAILURE_DAYS},
	};
	char sql[400];
	for (size_t i = 0; i < LEN(rows); i++)
		for (int k = 0; k < 2; k++) {
			snprintf(sql, sizeof sql, rows[i].sql, k + 1, (long long)(now - DAYS(rows[i].days) - k)); /* 0 stays, 1 goes */
			city_sql(c, sql);
		}
	city_sql(c, "INSERT INTO job (id, kind, account_id, state, started_at_ms) VALUES (9, 'x', 1, 'RUNNING', 1)");
}

static void what_ran_out_goes(void **state) {
	struct city *c = *state;
	city_set_clock(1000); /* 1970 */
	city_account(c, "lina", "correct horse battery", ROLE_CITY_STAFF, "3707", 0);
	city_set_clock(1712714400000);
	city_request(c);
	make_rows(c, c->ctx.now_ms);
	int64_t audit = city_count(c, "SELECT count(*) FROM audit");
	struct tidied t;
	assert_int_equal(tidy(&c->ctx, &t), ERR_OK);
	assert_int_equal(t.jobs, 1);
	assert_int_equal(t.sessions, 1);
	assert_int_equal(t.kept, 1);
	assert_int_equal(t.edits, 1);
	assert_int_equal(t.failures, 1);
	assert_int_equal(city_count(c, "SELECT count(*) FROM job"), 2); /* one that runs has no end to count from */
	assert_int_equal(city_count(c, "SELECT min(id) FROM login_session"), 1);
	assert_int_equal(city_count(c, "SELECT count(*) FROM idempotency WHERE key = 'key1'"), 1);
	assert_int_equal(city_count(c, "SELECT max(id) FROM record_edit"), 1);
	assert_int_equal(city_count(c, "SELECT max(id) FROM login_failure"), 1);
	assert_true(audit > 0);
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit"), audit); /* 54 years old, and there */
	assert_int_equal(tidy(&c->ctx, &t), ERR_OK);
	assert_int_equal(t.jobs + t.sessions + t.kept + t.edits + t.failures, 0);
}

static struct str slurp(struct city *c, const char *path) {
	char *p = arena_alloc(&c->fixture.arena, 1000);
	int fd = open(path, O_RDONLY);
	ssize_t n = fd < 0 ? 0 : read(fd, p, 1000);
	if (fd >= 0) close(fd);
	return (struct str){p, n > 0 ? (size_t)n : 0};
}

static void the_head_is_kept_outside(void **state) {
	struct city *c = *state;
	struct audit_proof proof;
	struct str path = file_in(&c->fixture, "city.key.heads");
	const char *file = str_cstr(&c->fixture.arena, path);
	assert_str(tidy_head_path(&c->fixture.arena, file_in(&c->fixture, "city.key")), path);
	city_account(c, "lina", "correct horse battery", ROLE_CITY_STAFF, "3707", 0);
	city_request(c);
	assert_int_equal(tidy_note_head(&c->ctx, path), ERR_OK);
	city_pass(DAYS(1));
	city_account(c, "wang", "correct horse battery", ROLE_CITY_STAFF, "3707", 0);
	city_request(c);
	assert_int_equal(tidy_note_head(&c->ctx, path), ERR_OK);
	struct str rest = slurp(c, file), first, second, nothing;
	assert_true(str_split(&rest, '\n', &first) && str_split(&rest, '\n', &second));
	assert_true(!str_split(&rest, '\n', &nothing) || !nothing.n);
	assert_true(str_starts(first, S("2024-04-10T02:00:00.000Z ")) && str_starts(second, S("2024-04-11T02:00:00.000Z ")));
	struct str kept = str_sub(second, second.n - 64, 64);
	city_request(c);
	assert_int_equal(audit_verify(&c->ctx, kept, &proof), ERR_OK);
	assert_true(proof.is_ok);
	/* a tail that is cut off, with a head as it stood then: the file shows it */
	city_sql(c, "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)");
	city_request(c);
	assert_int_equal(audit_verify(&c->ctx, kept, &proof), ERR_OK);
	assert_false(proof.is_ok);
	unlink(file);
	city_request(c);
	assert_int_equal(tidy_note_head(&c->ctx, file_in(&c->fixture, "no/such/folder")), ERR_STORE);
	assert_str(city_rule(c), S("head_not_kept"));
}

static void the_night_comes_at_half_past_two(void **state) {
	(void)state;
	static const struct { int64_t now, next; } cases[] = {
		{1712714400000, 1712773800000}, /* 10:00 -> 02:30 of the next day */
		{1712773800000, 1712860200000}, /* at 02:30 itself: tomorrow */
		{1712773799999, 1712773800000},
		{1712764800000, 1712773800000}, /* midnight in Shanghai */
		{1712764799999, 1712773800000},
	};
	for (size_t i = 0; i < LEN(cases); i++) assert_int_equal(tidy_next_ms(cases[i].now), cases[i].next);
}

int main(void) {
	static const struct engine_test tests[] = {BOTH(what_ran_out_goes), BOTH(the_head_is_kept_outside), BOTH(the_night_comes_at_half_past_two)};
	return run_in_city("tidy", tests, LEN(tests));
}
