/* light_api.c - a project's light with all its dimensions, the light set by hand, the working-day calendar. */
#include "api/light_api.h"

#include "api/handlers.h"
#include "domain/calendar.h"

static struct str pick(const struct call *c, const struct choice *k) {
	return c->ctx->lang == LANG_EN ? k->en : k->zh;
}

static void put_day(struct call *c, const char *key, int32_t day) {
	json_key(&c->json, str_c(key));
	json_str_or_null(&c->json, day == DAY_NONE ? S("") : str_of_day(c->ctx->arena, day));
}

static void put_choice(struct call *c, const char *key, const char *label_key, const struct choice *choices, int32_t i) {
	json_key(&c->json, str_c(key));
	json_str_or_null(&c->json, i < 0 ? S("") : choices[i].code);
	json_key(&c->json, str_c(label_key));
	json_str_or_null(&c->json, i < 0 ? S("") : pick(c, &choices[i]));
}

/* ---- the dimensions, those without data too ---- */

/* Not computed: what they need is not in the product. */
static const struct choice absent[] = {
	{S_("REQUESTS"), S_("企业诉求"), S_("Requests"), S_("")},
	{S_("ACTIONS"), S_("议定事项"), S_("Action items"), S_("")},
};

static int32_t light_at(const struct light_turn *t, int32_t today) {
	if (t->red_date != DAY_NONE && t->red_date <= today) return LIGHT_RED;
	return t->yellow_date != DAY_NONE && t->yellow_date <= today ? LIGHT_YELLOW : LIGHT_GREEN;
}

static void put_dimension(struct call *c, const struct choice *cause, const struct light_turn *t, struct str state) {
	struct json *j = &c->json;
	bool is_known = t && t->is_due && t->has_data;
	int32_t light = is_known ? light_at(t, c->ctx->today) : CHOICE_NONE;
	json_obj(j);
	json_put_str(j, "code", cause->code);
	json_put_str(j, "label", pick(c, cause));
	json_put_str(j, "state", is_known ? S("KNOWN") : state);
	put_choice(c, "light", "light_label", light_choices, light);
	put_day(c, "since_date", light == LIGHT_RED ? t->red_date : light == LIGHT_YELLOW ? t->yellow_date : DAY_NONE);
	put_day(c, "yellow_date", is_known ? t->yellow_date : DAY_NONE);
	put_day(c, "red_date", is_known ? t->red_date : DAY_NONE);
	json_end(j);
}

static enum err put_dimensions(struct call *c, const struct project *p) {
	const struct light_rules *rules;
	struct light_facts f;
	struct light_turn turns[CAUSE_DIMENSIONS];
	enum err e = light_rules_load(c->ctx, &rules);
	if (!e) e = light_facts_load(c->ctx, p->record.id, &f);
	if (e) return e;
	light_turns(&f, rules, turns);
	json_key(&c->json, S("dimensions"));
	json_arr(&c->json);
	for (int i = 0; i < CAUSE_DIMENSIONS; i++)
		put_dimension(c, &light_causes[i], &turns[i], turns[i].is_due ? S("NO_DATA") : S("NOT_DUE"));
	for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) put_dimension(c, &absent[i], NULL, S("ABSENT"));
	json_end(&c->json);
	return ERR_OK;
}

enum err put_light(struct call *c, const struct project *p) {
	struct json *j = &c->json;
	json_key(j, S("light"));
	if (p->light == CHOICE_NONE) {
		json_nil(j);
		return ERR_OK;
	}
	json_obj(j);
	put_choice(c, "code", "label", light_choices, p->light);
	put_choice(c, "cause", "cause_label", light_causes, p->light_cause);
	put_day(c, "since_date", p->light_since_date);
	json_put_int_if(j, "stage_days", p->stage_days != NONE, p->stage_days);
	json_put_int_if(j, "target_days", p->target_days != NONE, p->target_days);
	json_put_int_if(j, "over_days", p->over_days != NONE, p->over_days);
	put_choice(c, "manual", "manual_label", light_choices, p->manual_light);
	put_day(c, "manual_date", p->manual_light_date);
	json_put_str_or_null(j, "manual_reason", p->manual_light_reason);
	json_put_bool(j, "can_set", may(c->ctx, OBJ_PROJECT, CAN_UPDATE) && p->light != LIGHT_GREY
		&& (p->light != LIGHT_RED || p->manual_light != CHOICE_NONE));
	enum err e = p->light == LIGHT_GREY ? ERR_OK : put_dimensions(c, p);
	json_end(j);
	return e;
}

enum { REASON_MAX = 500 };

enum err api_project_light(struct call *c) {
	static const char *const allowed[] = {"light", "reason", "row_version#", NULL};
	json_t *body;
	struct str reason;
	int64_t id, version;
	int32_t to;
	struct project p;
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_body(c, allowed, &body);
	if (!e) e = body_choice(c, body, "light", light_choices, LIGHT__N, &to);
	if (!e) e = body_text(c, body, "reason", REASON_MAX, &reason);
	if (!e) e = body_int(c, body, "row_version", NONE, &version);
	if (!e) e = light_set(c->ctx, id, to == CHOICE_NONE ? LIGHT__N : (enum light)to, reason, version);
	if (!e) e = record_get(c->ctx, &project_noun, id, &p);
	if (e) return e;
	json_obj(&c->json);
	json_put_int(&c->json, "row_version", p.record.row_version);
	e = put_light(c, &p);
	json_end(&c->json);
	return e;
}

/* ---- working days ---- */

enum { YEAR_MIN = 2000, YEAR_MAX = 2099, CALENDAR_BYTES = 20000 };

static void put_work_day(struct call *c, const struct rows *r) {
	json_obj(&c->json);
	json_put_str(&c->json, "date", rows_text(r, 0));
	json_put_bool(&c->json, "is_work", rows_int(r, 1) != 0);
	json_put_str_or_null(&c->json, "name", rows_text(r, 2));
	json_end(&c->json);
}

static enum err put_year(struct call *c, int year) {
	struct json *j = &c->json;
	struct arena *a = c->ctx->arena;
	struct str source = S("");
	struct rows *r;
	enum err e = DB_QUERY(c->ctx->db, a, Q_WORK_DAYS_OF_YEAR, &r, VT(str_of_day(a, day_of(year, 1, 1))),
		VT(str_of_day(a, day_of(year, 12, 31))));
	if (e) return fail_store(c->ctx, e);
	json_obj(j);
	json_put_int(j, "year", year);
	json_key(j, S("days"));
	json_arr(j);
	while (rows_next(r)) {
		if (!source.n) source = str_copy(a, rows_text(r, 3));
		put_work_day(c, r);
	}
	json_end(j);
	json_put_str_or_null(j, "source", source);
	json_end(j);
	e = rows_error(r);
	rows_done(r);
	return e ? fail_store(c->ctx, e) : ERR_OK;
}

enum err api_calendar(struct call *c) {
	int y, m, d;
	int64_t year;
	day_split(c->ctx->today, &y, &m, &d);
	enum err e = call_query_int(c, "year", y, YEAR_MIN, YEAR_MAX, &year);
	return e ? e : put_year(c, (int)year);
}

enum err api_calendar_put(struct call *c) {
	static const char *const allowed[] = {"csv", "source", NULL};
	json_t *body;
	struct work_day *days;
	size_t n;
	int64_t year;
	enum err e = call_body(c, allowed, &body);
	if (e) return e;
	if (!str_int(c->params[0], &year) || year < YEAR_MIN || year > YEAR_MAX)
		return fail(c->ctx, ERR_INVALID, S("year"), S("not_a_year"));
	struct str csv = body_str(c, body, "csv");
	if (csv.n > CALENDAR_BYTES) return fail(c->ctx, ERR_INVALID, S("csv"), S("too_many_days"));
	e = calendar_parse(c->ctx, csv, (int)year, &days, &n);
	if (!e) e = calendar_put(c->ctx, (int)year, str_trim(body_str(c, body, "source")), days, n);
	return e ? e : put_year(c, (int)year);
}
