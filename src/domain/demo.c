/* demo.c - the order in which the demo city is made: plan in memory, then one write job. */
#include "domain/demo.h"

#include "base/day.h"
#include "domain/demo_parts.h"
#include "domain/light.h"
#include "domain/password.h"
#include "domain/reference.h"
#include "domain/search.h"

#include <stdlib.h>
#include <string.h>

/* ---- counters, settings ---- */

static enum err put_counter(struct demo_city *c, struct str prefix, int32_t last_no) {
	struct demo_row row = {.n = 0};
	if (!last_no) return ERR_OK;
	demo_text(&row, S("prefix"), prefix);
	demo_int(&row, S("last_no"), last_no);
	return demo_put(c, S("code_counter"), &row, NULL);
}

/* So that the next code of a unit follows the last one given here. */
static enum err put_counters(struct demo_city *c) {
	struct arena *a = c->ctx->arena;
	enum err e = ERR_OK;
	for (int u = 0; u < DEMO_UNITS; u++) {
		for (int y = 0; y < 4 && !e; y++)
			e = put_counter(c, CAT(a, S("XM"), demo_units[u].code, demo_no(a, 2021 + y, 4)),
				c->project_no[u][y]);
		for (int m = 0; m < 48 && !e; m++)
			e = put_counter(c, CAT(a, S("XS"), demo_units[u].code, demo_no(a, 2021 + m / 12, 4),
				demo_no(a, m % 12 + 1, 2)), c->lead_no[u][m]);
	}
	return e;
}

static enum err put_settings(struct demo_city *c) {
	const struct {
		struct str key, value;
	} settings[] = {
		{S("today"), str_of_day(c->ctx->arena, c->today)},
		{S("is_demo"), S("1")},
		{S("city_code"), S("370700")},
		{S("city_name"), S("潍坊市")},
	};
	for (size_t i = 0; i < LEN(settings); i++) {
		enum err e = DB_RUN(c->ctx->db, Q_DEMO_SET, VT(settings[i].key), VT(settings[i].value));
		if (e) return e;
	}
	return ERR_OK;
}

/* The city's own target days: what is long in the handbook's city is usual here. */
static enum err put_params(struct demo_city *c) {
	static const struct {
		struct str key;
		int64_t value;
	} own[] = {
		{S_("stage_days.LEAD"), 30}, {S_("stage_days.TALK"), 150}, {S_("stage_days.SIGNED"), 240},
		{S_("stage_days.LANDED"), 360}, {S_("stage_days.PRODUCING"), 400},
	};
	for (size_t i = 0; i < LEN(own); i++) {
		enum err e = DB_RUN(c->ctx->db, Q_PARAM_PUT, VT(own[i].key), VT(S("000000")), VI(own[i].value), VT(S("DAYS")),
			VT(S("2022-01-01")), VT(S("演示：本市规定")));
		if (e) return e;
	}
	c->ctx->params = NULL;
	c->ctx->light_rules = NULL;
	return ERR_OK;
}

static enum err put_lights(struct demo_city *c) {
	return light_refresh_all(c->ctx, NULL);
}

/* ---- the job ---- */

static void start_again(struct demo_city *c) {
	for (size_t i = 0; i < c->investors_n; i++) c->investors[i].id = 0;
	memset(c->project_no, 0, sizeof c->project_no);
	memset(c->lead_no, 0, sizeof c->lead_no);
}

static enum err put_projects(struct demo_city *c) {
	static enum err (*const parts[])(struct demo_city *, struct demo_project *) = {
		demo_put_project, demo_put_way, demo_put_life, demo_put_lead_of,
	};
	for (size_t i = 0; i < c->projects_n; i++)
		for (size_t k = 0; k < LEN(parts); k++) {
			enum err e = parts[k](c, &c->projects[i]);
			if (e) return e;
			arena_reset(&c->scratch);
		}
	return ERR_OK;
}

/* The ENTERPRISE account belongs to an investor with works under way in the first county. */
static enum err put_enterprise(struct demo_city *c) {
	int64_t investor = 0;
	enum err e = db_int(c->ctx->db, Q_DEMO_ENTERPRISE_INVESTOR, &VT(S("370783")), 1, &investor);
	return e ? e : DB_RUN(c->ctx->db, Q_DEMO_ENTERPRISE_SET, VI(investor));
}

static enum err put_city(struct demo_city *c) {
	static enum err (*const parts[])(struct demo_city *) = {
		put_settings, put_params, demo_put_files, demo_put_accounts, put_projects, demo_put_funds, demo_put_other_leads,
		put_counters, put_enterprise, put_lights, demo_put_history,
	};
	for (size_t i = 0; i < LEN(parts); i++) {
		enum err e = parts[i](c);
		if (e) return e;
		arena_reset(&c->scratch);
	}
	return ERR_OK;
}

static enum err city_job(struct db *db, void *arg) {
	struct demo_city *c = arg;
	struct db *reader = c->ctx->db;
	c->ctx->db = db;
	c->ctx->params = NULL; /* they may have come with the reference rows */
	c->ctx->light_rules = NULL;
	c->ctx->calendar = NULL;
	start_again(c);
	int64_t rows = 0;
	enum err e = db_int(db, Q_DEMO_IS_FRESH, NULL, 0, &rows);
	if (!e && rows) e = fail(c->ctx, ERR_CONFLICT, S(""), S("demo_needs_fresh_city"));
	if (!e) e = put_city(c);
	if (!e) e = search_fill(c->ctx);
	if (e) fail_store(c->ctx, e);
	c->ctx->db = reader;
	arena_release(&c->scratch);
	return e;
}

enum err demo_make(struct ctx *ctx, uint64_t seed) {
	struct demo_city c = {.ctx = ctx, .seed = seed, .today = day_of(2024, 4, 10)};
	c.now_ms = ((int64_t)c.today * 1440 + 90) * 60000; /* 9:30 in the morning there */
	enum err e = reference_load(ctx);
	if (!e) e = password_hash(ctx, S(DEMO_PASSWORD), &c.password_hash);
	if (e) return e;
	demo_make_files(&c);
	demo_plan(&c);
	if ((e = demo_plan_funds(&c))) return e;
	e = fail_store(ctx, store_write(ctx->app->store, city_job, &c));
	return e ? e : demo_put_imports(&c);
}
