/* Clocks and lights: each dimension as a table of days, then the rows of a city against them. */
#include "unit.h"

#include "city.h"
#include "domain/calendar.h"
#include "domain/demo.h"
#include "domain/light.h"
#include "domain/reference.h"

#include <string.h>

static int32_t D(const char *iso) {
	int32_t day = DAY_NONE;
	if (*iso) assert_true(day_parse(str_c(iso), &day));
	return day;
}

static const struct light_rules rules = {
	.target_days = {[STAGE_TALK] = 60, [STAGE_SIGNED] = 90, [STAGE_STARTED] = 540, [STAGE_LEAD] = 7},
	.warn_permille = 800, .start_red_months = 3, .gap_yellow_permille = 100, .gap_red_permille = 300,
	.report_yellow_months = 1, .report_red_months = 2, .contact_days = 7,
};

static struct light_facts facts(enum stage s, const char *since) {
	return (struct light_facts){.stage = s, .side = SIDE_ACTIVE, .stage_since_date = D(since), .basis_fen = NONE,
		.done_fen = NONE, .officer_id = NONE};
}

static enum light at(const struct clock *c, const char *today) {
	if (c->red_date != DAY_NONE && c->red_date <= D(today)) return LIGHT_RED;
	return c->yellow_date != DAY_NONE && c->yellow_date <= D(today) ? LIGHT_YELLOW : LIGHT_GREEN;
}

/* Under 80 % of the target green, 80 to 100 % yellow, over 100 % red; suspensions do not count. */
static void time_in_stage(void **state) {
	(void)state;
	static const struct {
		const char *why, *since, *today;
		int suspended;
		enum light want;
	} cases[] = {
		{"day 47 of 60", "2024-01-01", "2024-02-17", 0, LIGHT_GREEN},
		{"day 48 is 80 %", "2024-01-01", "2024-02-18", 0, LIGHT_YELLOW},
		{"day 60 is the target", "2024-01-01", "2024-03-01", 0, LIGHT_YELLOW},
		{"day 61 is past it", "2024-01-01", "2024-03-02", 0, LIGHT_RED},
		{"14 days of suspension move it", "2024-01-01", "2024-03-02", 14, LIGHT_GREEN},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct light_facts f = facts(STAGE_TALK, cases[i].since);
		f.suspended_days = cases[i].suspended;
		struct clock c = light_clock(&f, &rules);
		if (at(&c, cases[i].today) != cases[i].want) assert_never("%s", cases[i].why);
	}
}

/* The stored figure is what the query subtracts from the day: 40 days less 10. */
static void active_days_leave_out_suspensions(void **state) {
	(void)state;
	struct light_facts f = facts(STAGE_TALK, "2024-01-01");
	f.suspended_days = 10;
	struct clock c = light_clock(&f, &rules);
	assert_int_equal(D("2024-02-10") - c.clock_day, 30);
	f.side = SIDE_SUSPENDED;
	f.suspended_since_date = D("2024-01-21");
	c = light_clock(&f, &rules);
	assert_int_equal(c.stopped_days, 10);
	assert_true(c.clock_day == NONE && c.red_date == DAY_NONE);
	f.side = SIDE_TERMINATED;
	c = light_clock(&f, &rules);
	assert_true(c.clock_day == NONE && c.yellow_date == DAY_NONE && c.stopped_days == NONE);
}

static void start_by_plan(void **state) {
	(void)state;
	struct light_facts f = facts(STAGE_LANDED, "2024-04-01");
	f.plan_start_date = D("2023-11-20");
	struct light_turn t[CAUSE_DIMENSIONS];
	light_turns(&f, &rules, t);
	assert_int_equal(t[CAUSE_START].yellow_date, D("2023-12-01"));
	assert_int_equal(t[CAUSE_START].red_date, D("2024-02-01"));
	f.stage = STAGE_STARTED;
	light_turns(&f, &rules, t);
	assert_false(t[CAUSE_START].is_due);
	f = facts(STAGE_SIGNED, "2024-04-01");
	light_turns(&f, &rules, t);
	assert_true(t[CAUSE_START].is_due && !t[CAUSE_START].has_data);
}

/* 200 days of works, half done: 10 points behind on day 120, over 30 after day 160, never on both. */
static void investment_against_its_line(void **state) {
	(void)state;
	struct light_facts f = facts(STAGE_STARTED, "2024-01-01");
	struct light_turn t[CAUSE_DIMENSIONS];
	f.start_date = D("2024-01-01");
	f.plan_produce_date = f.start_date + 200;
	f.basis_fen = 1000;
	light_turns(&f, &rules, t);
	assert_false(t[CAUSE_PROGRESS].has_data);
	f.done_fen = 500;
	light_turns(&f, &rules, t);
	assert_int_equal(t[CAUSE_PROGRESS].yellow_date, f.start_date + 120);
	assert_int_equal(t[CAUSE_PROGRESS].red_date, f.start_date + 161);
	f.done_fen = 900;
	light_turns(&f, &rules, t);
	assert_int_equal(t[CAUSE_PROGRESS].yellow_date, f.start_date + 200);
	assert_int_equal(t[CAUSE_PROGRESS].red_date, DAY_NONE);
	f.done_fen = INT64_MAX;
	light_turns(&f, &rules, t);
	assert_int_equal(t[CAUSE_PROGRESS].yellow_date, DAY_NONE);
}

/* January reported: February ends, a month passes, yellow on 1 April, red on 1 May. */
static void monthly_report(void **state) {
	(void)state;
	struct light_facts f = facts(STAGE_STARTED, "2023-11-15");
	struct light_turn t[CAUSE_DIMENSIONS];
	f.report_month = D("2024-01-01");
	light_turns(&f, &rules, t);
	assert_int_equal(t[CAUSE_STATISTICS].yellow_date, D("2024-04-01"));
	assert_int_equal(t[CAUSE_STATISTICS].red_date, D("2024-05-01"));
	f.report_month = DAY_NONE;
	f.start_date = D("2023-11-15"); /* nothing yet: November is the first month due */
	light_turns(&f, &rules, t);
	assert_int_equal(t[CAUSE_STATISTICS].yellow_date, D("2024-01-01"));
}

static void officer_contact(void **state) {
	(void)state;
	struct light_facts f = facts(STAGE_SIGNED, "2024-03-01");
	struct light_turn t[CAUSE_DIMENSIONS];
	f.last_contact_date = D("2024-04-01");
	light_turns(&f, &rules, t);
	assert_false(t[CAUSE_CONTACT].is_due); /* it has no officer */
	f.officer_id = 5;
	light_turns(&f, &rules, t);
	assert_int_equal(t[CAUSE_CONTACT].yellow_date, D("2024-04-09"));
	assert_int_equal(t[CAUSE_CONTACT].red_date, D("2024-04-16"));
}

/* The worst dimension gives the light, the first of them the cause and the day. */
static void the_first_to_turn_is_the_cause(void **state) {
	(void)state;
	struct light_facts f = facts(STAGE_SIGNED, "2024-03-01");
	f.officer_id = 5;
	f.last_contact_date = D("2024-04-01");
	f.plan_start_date = D("2024-01-10");
	struct clock c = light_clock(&f, &rules);
	assert_true(c.yellow_date == D("2024-02-01") && c.yellow_cause == CAUSE_START);
	assert_true(c.red_date == D("2024-04-01") && c.red_cause == CAUSE_START);
}

/* ---- working days ---- */

static void due_days_skip_holidays_and_take_worked_weekends(void **state) {
	struct city *c = *state;
	const struct calendar *days;
	assert_int_equal(reference_load(&c->ctx), ERR_OK);
	assert_int_equal(calendar_load(&c->ctx, &days), ERR_OK);
	assert_false(calendar_is_work(days, D("2024-04-05"))); /* 清明 */
	assert_true(calendar_is_work(days, D("2024-04-07")));  /* a Sunday worked for it */
	assert_false(calendar_is_work(days, D("2024-04-13")));
	assert_int_equal(calendar_after(days, D("2024-04-03"), 1), D("2024-04-07"));
	assert_int_equal(calendar_after(days, D("2024-02-09"), 3), D("2024-02-20"));
	assert_int_equal(calendar_after(days, D("2024-04-13"), 0), D("2024-04-15"));
	assert_true(calendar_has_year(days, 2024) && !calendar_has_year(days, 2031));
}

static void a_bad_calendar_names_its_lines(void **state) {
	struct city *c = *state;
	static const struct {
		const char *text, *field, *rule;
	} bad[] = {
		{"2024-02-30,休", "line_1", "not_a_calendar_line"},
		{"日期,类型\n2024-01-01,休\n2024-01-01,休", "line_3", "day_stands_twice"},
		{"2023-01-02,休", "line_1", "not_of_the_year"},
		{"2024-04-08,班", "line_1", "worked_day_is_no_weekend"},
		{"2024-04-07,maybe", "line_1", "not_a_calendar_line"},
		{"2024-04-07", "line_1", "not_a_calendar_line"},
		{"2024-04-07,班,清明,x", "line_1", "not_a_calendar_line"},
		{"\n\n", "csv", "required"},
	};
	for (size_t i = 0; i < LEN(bad); i++) {
		struct work_day *days;
		size_t n;
		city_as(c, ROLE_SYS_ADMIN, "3707");
		assert_int_equal(calendar_parse(&c->ctx, str_c(bad[i].text), 2024, &days, &n), ERR_INVALID);
		if (!city_failed_with(c, bad[i].field, bad[i].rule)) assert_never("%s", bad[i].text);
	}
	assert_int_equal(city_count(c, "SELECT count(*) FROM work_day"), 0);
}

/* ---- the rows of a city ---- */

/* Nothing in the whole demo city differs from what its facts say, on the day it stands at. */
static void stored_days_are_those_of_the_facts(void **state) {
	struct city *c = *state;
	int64_t changed = -1;
	city_request(c);
	c->app.fixed_today = D("2024-04-10");
	assert_int_equal(reference_load(&c->ctx), ERR_OK);
	assert_int_equal(demo_make(&c->ctx, DEMO_SEED), ERR_OK);
	city_request(c);
	assert_int_equal(light_refresh_all(&c->ctx, &changed), ERR_OK);
	assert_int_equal(changed, 0);
	const struct light_rules *r;
	struct light_facts f;
	struct project p;
	city_as(c, ROLE_CITY_AUDITOR, "3707");
	assert_int_equal(light_rules_load(&c->ctx, &r), ERR_OK);
	for (int64_t id = 1; id < 3000; id += 37) { /* the query's light against the facts' */
		city_as(c, ROLE_CITY_AUDITOR, "3707");
		if (record_get(&c->ctx, &project_noun, id, &p)) continue;
		assert_int_equal(light_rules_load(&c->ctx, &r), ERR_OK);
		assert_int_equal(light_facts_load(&c->ctx, id, &f), ERR_OK);
		struct clock k = light_clock(&f, r);
		if (p.side == SIDE_SUSPENDED) assert_int_equal(p.light, LIGHT_GREY);
		else if (p.side != SIDE_ACTIVE || p.stage == STAGE_CLOSED) assert_int_equal(p.light, CHOICE_NONE);
		else {
			assert_int_equal(p.light, at(&k, "2024-04-10"));
			assert_int_equal(p.stage_days, c->ctx.today - f.stage_since_date - f.suspended_days);
			assert_int_equal(p.over_days, k.target_days != NONE && p.stage_days > k.target_days
				? p.stage_days - k.target_days : NONE);
		}
	}
}

struct move {
	const struct field *field;
	int32_t days;
};

/* A fact so many days earlier or later; an amount is a third of it, or three times that. */
static void move_value(const struct move *m, struct project *p) {
	char *at = (char *)p + m->field->offset;
	if (m->field->type == F_DATE) {
		int32_t *day = (int32_t *)(void *)at;
		*day = *day == DAY_NONE ? D("2023-01-01") : *day + m->days;
		return;
	}
	int64_t *n = (int64_t *)(void *)at;
	*n = *n == NONE ? 1 : m->days < 0 ? *n / 3 + 1 : *n * 3;
}

static enum err move_facts(struct ctx *ctx, void *arg) {
	const struct move *m = arg;
	struct project old, p;
	enum err e = ERR_OK;
	for (int64_t id = 1, n = 0; id < 3000 && n < 40 && !e; id++) {
		if (record_get(ctx, &project_noun, id, &old) || old.side != SIDE_ACTIVE) continue;
		if (old.stage != STAGE_LANDED && old.stage != STAGE_STARTED) continue;
		p = old;
		if (id % 2 && p.invest_qual == QUAL_EXACT) p.fai_fen = NONE; /* the total is the basis then */
		move_value(m, &p);
		e = record_store(ctx, &project_noun, &old, &p, S("update"));
		n++;
	}
	return e;
}

/* Whichever fact of a light changes, the stored days follow: none is forgotten where they are skipped. */
static void every_fact_moves_the_stored_days(void **state) {
	struct city *c = *state;
	static const char *const facts[] = {"total_invest_fen", "fai_fen", "stage_since_date", "suspended_days", "plan_start_date", "start_date",
		"plan_produce_date", "last_contact_date"};
	static const int32_t days[] = {-900, 1500};
	city_request(c);
	c->app.fixed_today = D("2024-04-10");
	assert_int_equal(reference_load(&c->ctx), ERR_OK);
	assert_int_equal(demo_make(&c->ctx, DEMO_SEED), ERR_OK);
	for (size_t i = 0; i < LEN(facts) * LEN(days); i++) {
		const char *name = facts[i % LEN(facts)];
		struct move m = {.field = &project_noun.fields[project_field_index(str_c(name))], .days = days[i / LEN(facts)]};
		int64_t changed = -1;
		city_as(c, ROLE_CITY_STAFF, "3707");
		if (ctx_write(&c->ctx, move_facts, &m)) assert_never("%s: %.*s", name, SHOW(city_rule(c)));
		city_request(c);
		assert_int_equal(light_refresh_all(&c->ctx, &changed), ERR_OK);
		if (changed) assert_never("%s: %d projects stood by old days", name, (int)changed);
	}
}

static const struct engine_test tests[] = {
	ONCE(time_in_stage), ONCE(active_days_leave_out_suspensions), ONCE(start_by_plan), ONCE(investment_against_its_line),
	ONCE(monthly_report), ONCE(officer_contact), ONCE(the_first_to_turn_is_the_cause),
	BOTH(due_days_skip_holidays_and_take_worked_weekends), BOTH(a_bad_calendar_names_its_lines),
	BOTH(stored_days_are_those_of_the_facts), BOTH(every_fact_moves_the_stored_days),
};

int main(void) {
	return run_in_city("light", tests, LEN(tests));
}
