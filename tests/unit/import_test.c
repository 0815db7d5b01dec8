/* import_test.c - an import that is stopped, fails or is overtaken leaves all or nothing. */
#include "domain/audit.h"
#include "domain/import_plan.h"
#include "domain/reference.h"

#include "city.h"

#include <sched.h>

enum { ROWS = 3000 };

/* n rows; every project has a contact, a date and an amount. */
static struct str list_of(struct arena *a, int n) {
	struct buf b = {.arena = a};
	buf_c(&b, "序号,项目名称,总投资（万元）,签约时间,项目状态,联系人,联系电话\n");
	for (int i = 1; i <= n; i++) {
		buf_int(&b, i);
		buf_c(&b, ",第");
		buf_int(&b, i);
		buf_c(&b, "号产业园,1000,2024-03-01,已签约,张三,13812345678\n");
	}
	return buf_str(&b);
}

static int64_t opened(struct city *c, int rows) {
	int64_t id = 0;
	assert_int_equal(reference_load(&c->ctx), ERR_OK);
	city_as(c, ROLE_COUNTY_STAFF, "370783");
	assert_int_equal(import_open(&c->ctx, S("a.csv"), S("370783"), list_of(c->ctx.arena, rows), &id), ERR_OK);
	return id;
}

static int64_t checked(struct city *c, int rows) {
	int64_t id = opened(c, rows);
	assert_int_equal(import_check(&c->ctx, id, false, NULL), ERR_OK);
	return id;
}

static bool shows(struct city *c, int64_t job, struct str text) {
	struct buf b = {.arena = &c->fixture.arena};
	struct json j = {.out = &b};
	assert_int_equal(job_json(&c->ctx, job, NULL, &j), ERR_OK);
	return str_has(buf_str(&b), text);
}

/* Cancelled once its progress has come to `text` (or it has ended already). */
static bool cancelled_at(struct city *c, int64_t job, struct str text) {
	while (!shows(c, job, text) && shows(c, job, S("\"state\":\"RUNNING\""))) sched_yield();
	(void)job_cancel(&c->ctx, job);
	c->ctx.error = NULL;
	assert_int_equal(job_wait(&c->ctx, job), ERR_OK);
	bool is_cancelled = shows(c, job, S("\"state\":\"CANCELLED\""));
	assert_true(is_cancelled || shows(c, job, S("\"state\":\"DONE\"")));
	return is_cancelled;
}

/* The chain of the audit holds, and codes went on without a gap. */
static void is_sound(struct city *c, int64_t codes) {
	struct audit_proof proof;
	assert_int_equal(audit_verify(&c->ctx, S(""), &proof), ERR_OK);
	assert_true(proof.is_ok);
	assert_int_equal(proof.rows, city_count(c, "SELECT count(*) FROM audit"));
	assert_int_equal(city_count(c, "SELECT last_no FROM code_counter WHERE prefix = 'XM3707832024'"), codes);
}

static const struct str moments[] = {S_("\"id\":"), S_("\"done_n\":500,"), S_("\"done_n\":1000,"), S_("\"done_n\":2000,")};

static void a_cancelled_dry_run_leaves_no_rows(void **state) {
	struct city *c = *state;
	int64_t id = opened(c, ROWS), job = 0;
	for (size_t i = 0; i < LEN(moments); i++) {
		city_as(c, ROLE_COUNTY_STAFF, "370783");
		assert_int_equal(import_check_start(&c->ctx, id, &job), ERR_OK);
		bool is_cancelled = cancelled_at(c, job, moments[i]);
		assert_int_equal(city_count(c, "SELECT count(*) FROM import_row"), is_cancelled ? 0 : ROWS);
		assert_int_equal(city_count(c, "SELECT count(*) FROM import_batch WHERE state = 'CHECKED'"), !is_cancelled);
		assert_int_equal(city_count(c, "SELECT count(*) FROM project"), 0);
	}
	assert_int_equal(import_check(&c->ctx, id, false, NULL), ERR_OK);
	assert_int_equal(city_count(c, "SELECT count(*) FROM import_row WHERE result = 'NEW'"), ROWS);
}

static void a_cancelled_writing_leaves_nothing(void **state) {
	struct city *c = *state;
	int64_t id = checked(c, ROWS), job = 0;
	bool is_cancelled = true;
	for (size_t i = 0; i < LEN(moments) && is_cancelled; i++) {
		city_as(c, ROLE_COUNTY_STAFF, "370783");
		assert_int_equal(import_write_start(&c->ctx, id, &job), ERR_OK);
		is_cancelled = cancelled_at(c, job, moments[i]);
		int64_t want = is_cancelled ? 0 : ROWS;
		assert_int_equal(city_count(c, "SELECT count(*) FROM project"), want);
		assert_int_equal(city_count(c, "SELECT count(*) FROM contact"), want);
		assert_int_equal(city_count(c, "SELECT count(*) FROM stage_event"), want);
		assert_int_equal(city_count(c, "SELECT count(*) FROM import_row WHERE is_written = 1"), want);
		assert_int_equal(city_count(c, "SELECT count(*) FROM import_batch WHERE state = 'CHECKED'"), is_cancelled);
	}
	if (!is_cancelled) return;
	assert_int_equal(import_write(&c->ctx, id, NULL, NULL), ERR_OK);
	assert_int_equal(city_count(c, "SELECT count(*) FROM project"), ROWS);
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE object = 'project' AND action = 'create'"), ROWS);
	is_sound(c, ROWS);
}

/* The codes are drawn in order: the tenth new project meets one that is taken. */
static void one_row_that_cannot_be_stored_stops_all(void **state) {
	struct city *c = *state;
	int64_t id = checked(c, 20), other = checked(c, 1);
	assert_int_equal(import_write(&c->ctx, other, NULL, NULL), ERR_OK);
	city_sql(c, "UPDATE project SET code = 'XM370783202400011'");
	city_as(c, ROLE_COUNTY_STAFF, "370783");
	assert_int_equal(import_write(&c->ctx, id, NULL, NULL), ERR_CONFLICT);
	assert_str(city_rule(c), S("import_row_failed"));
	assert_str(c->ctx.error->args[0], S("11"));
	assert_int_equal(city_count(c, "SELECT count(*) FROM project"), 1);
	assert_int_equal(city_count(c, "SELECT count(*) FROM import_batch WHERE state = 'CHECKED'"), 1);
	is_sound(c, 1);
}

/* A dry run after which the batch is not the one that was read: a correction came meanwhile. */
static void a_correction_meanwhile_ends_a_dry_run(void **state) {
	struct city *c = *state;
	int64_t id = opened(c, ROWS), job = 0;
	assert_int_equal(import_check_start(&c->ctx, id, &job), ERR_OK);
	while (!shows(c, job, S("\"done_n\":500,")) && shows(c, job, S("\"state\":\"RUNNING\""))) sched_yield();
	enum err e = import_plan_set(&c->ctx, id, S("{\"key\":\"none\"}"));
	c->ctx.error = NULL;
	assert_int_equal(job_wait(&c->ctx, job), ERR_OK);
	if (e) { /* the dry run was faster: the correction found another version */
		assert_int_equal(e, ERR_CONFLICT);
		assert_true(shows(c, job, S("\"state\":\"DONE\"")));
		return;
	}
	bool is_overtaken = shows(c, job, S("import_changed_meanwhile"));
	assert_true(is_overtaken || shows(c, job, S("\"state\":\"DONE\"")));
	assert_int_equal(city_count(c, "SELECT count(*) FROM import_batch WHERE state = 'RECOGNISED'"), 1);
	assert_int_equal(import_write(&c->ctx, id, NULL, NULL), ERR_CONFLICT);
	assert_str(city_rule(c), S("import_not_ready"));
}

static void a_rollback_takes_everything_along(void **state) {
	struct city *c = *state;
	int64_t id = checked(c, 450), job = 0;
	assert_int_equal(import_write(&c->ctx, id, NULL, NULL), ERR_OK);
	assert_int_equal(import_rollback_start(&c->ctx, id, &job), ERR_OK);
	assert_int_equal(job_wait(&c->ctx, job), ERR_OK);
	assert_true(shows(c, job, S("\"state\":\"DONE\"")));
	assert_int_equal(city_count(c, "SELECT count(*) FROM project WHERE deleted_at_ms IS NULL"), 0);
	assert_int_equal(city_count(c, "SELECT count(*) FROM contact WHERE deleted_at_ms IS NULL"), 0);
	assert_int_equal(city_count(c, "SELECT count(*) FROM stage_event WHERE is_void = 0"), 0);
	assert_int_equal(city_count(c, "SELECT count(*) FROM import_row WHERE is_written = 1"), 0);
	is_sound(c, 450);
}

int main(void) {
	static const struct engine_test tests[] = {
		BOTH(a_cancelled_dry_run_leaves_no_rows), BOTH(a_cancelled_writing_leaves_nothing),
		BOTH(one_row_that_cannot_be_stored_stops_all), BOTH(a_correction_meanwhile_ends_a_dry_run),
		BOTH(a_rollback_takes_everything_along),
	};
	return run_in_city("import", tests, LEN(tests));
}
