#include "domain/light.h"

#include "domain/param.h"
#include "domain/proposal.h"
#include "domain/setting.h"
#include "domain/write.h"

const struct choice light_choices[LIGHT__N] = {
	[LIGHT_GREEN] = {S_("GREEN"), S_("绿"), S_("Green"), S_("")},
	[LIGHT_YELLOW] = {S_("YELLOW"), S_("黄"), S_("Yellow"), S_("")},
	[LIGHT_RED] = {S_("RED"), S_("红"), S_("Red"), S_("")},
	[LIGHT_GREY] = {S_("GREY"), S_("停"), S_("Stopped"), S_("")},
};

const struct choice light_causes[CAUSE__N] = {
	[CAUSE_STAGE] = {S_("STAGE"), S_("阶段用时"), S_("Time in stage"), S_("")},
	[CAUSE_START] = {S_("START"), S_("未按计划开工"), S_("Not started by plan"), S_("")},
	[CAUSE_PROGRESS] = {S_("PROGRESS"), S_("投资进度落后"), S_("Investment behind plan"), S_("")},
	[CAUSE_STATISTICS] = {S_("STATISTICS"), S_("进展未填报"), S_("Report missing"), S_("")},
	[CAUSE_CONTACT] = {S_("CONTACT"), S_("专员未联系"), S_("No officer contact"), S_("")},
	[CAUSE_MANUAL] = {S_("MANUAL"), S_("人工调整"), S_("Set by hand"), S_("")},
	[CAUSE_SUSPENDED] = {S_("SUSPENDED"), S_("项目暂停"), S_("Suspended"), S_("")},
};

/* ---- the dimensions ---- */

/* The first day of the month `months` after that of `day`. */
static int32_t month_start(int32_t day, int64_t months) {
	int y, m, d;
	day_split(day, &y, &m, &d);
	int64_t at = (int64_t)y * 12 + m - 1 + months;
	return day_of((int)(at / 12), (int)(at % 12) + 1, 1);
}

static int32_t clock_start(const struct light_facts *f) {
	return f->stage_since_date + (int32_t)f->suspended_days;
}

/* yellow from the share of the target, red past the target. */
static void turn_stage(const struct light_facts *f, const struct light_rules *r, struct light_turn *t) {
	int64_t target = r->target_days[f->stage];
	t->is_due = target > 0;
	t->has_data = t->is_due && f->stage_since_date != DAY_NONE;
	if (!t->has_data) return;
	t->yellow_date = clock_start(f) + (int32_t)((target * r->warn_permille + 999) / 1000);
	t->red_date = clock_start(f) + (int32_t)target + 1;
}

/* the planned month has passed; then it and the next have, in a row, so many times. */
static void turn_start(const struct light_facts *f, const struct light_rules *r, struct light_turn *t) {
	t->is_due = f->stage == STAGE_SIGNED || f->stage == STAGE_LANDED;
	t->has_data = t->is_due && f->plan_start_date != DAY_NONE;
	if (!t->has_data) return;
	t->yellow_date = month_start(f->plan_start_date, 1);
	t->red_date = month_start(f->plan_start_date, r->start_red_months);
}

/* The first day on which the line from `from` to `to` is at least (or over) `permille`; it ends at 1000. */
static int32_t line_reaches(int32_t from, int32_t to, int64_t permille, bool is_over) {
	if (permille > 1000 || (permille == 1000 && is_over)) return DAY_NONE;
	int64_t way = permille * (to - from);
	return from + (int32_t)(is_over ? way / 1000 + 1 : (way + 999) / 1000);
}

/* planned less done, in points of the whole. */
static void turn_progress(const struct light_facts *f, const struct light_rules *r, struct light_turn *t) {
	t->is_due = f->stage == STAGE_STARTED;
	int32_t from = f->start_date, to = f->plan_produce_date;
	t->has_data = t->is_due && from != DAY_NONE && to > from && f->basis_fen != NONE && f->basis_fen > 0
		&& f->done_fen != NONE;
	if (!t->has_data) return;
	int64_t done = f->done_fen >= f->basis_fen ? 1000 : f->done_fen * 1000 / f->basis_fen;
	t->yellow_date = line_reaches(from, to, done + r->gap_yellow_permille, false);
	t->red_date = line_reaches(from, to, done + r->gap_red_permille, true);
}

/* the month after the last one reported ends, then so many months pass. */
static void turn_statistics(const struct light_facts *f, const struct light_rules *r, struct light_turn *t) {
	t->is_due = f->stage == STAGE_STARTED;
	int32_t last = f->report_month;
	if (last == DAY_NONE && f->start_date != DAY_NONE) last = month_start(f->start_date, -1);
	t->has_data = t->is_due && last != DAY_NONE;
	if (!t->has_data) return;
	t->yellow_date = month_start(last, 2 + r->report_yellow_months);
	t->red_date = month_start(last, 2 + r->report_red_months);
}

/* once over the cadence, twice over it. */
static void turn_contact(const struct light_facts *f, const struct light_rules *r, struct light_turn *t) {
	t->is_due = f->officer_id != NONE && f->stage >= STAGE_SIGNED && f->stage <= STAGE_PRODUCING
		&& r->contact_days > 0;
	int32_t last = f->last_contact_date;
	if (last == DAY_NONE) last = f->stage_since_date;
	t->has_data = t->is_due && last != DAY_NONE;
	if (!t->has_data) return;
	t->yellow_date = last + (int32_t)r->contact_days + 1;
	t->red_date = last + 2 * (int32_t)r->contact_days + 1;
}

void light_turns(const struct light_facts *f, const struct light_rules *r,
		struct light_turn out[CAUSE_DIMENSIONS]) {
	static void (*const turns[CAUSE_DIMENSIONS])(const struct light_facts *, const struct light_rules *,
		struct light_turn *) = {
		[CAUSE_STAGE] = turn_stage, [CAUSE_START] = turn_start, [CAUSE_PROGRESS] = turn_progress,
		[CAUSE_STATISTICS] = turn_statistics, [CAUSE_CONTACT] = turn_contact,
	};
	for (int i = 0; i < CAUSE_DIMENSIONS; i++) {
		out[i] = (struct light_turn){.yellow_date = DAY_NONE, .red_date = DAY_NONE};
		turns[i](f, r, &out[i]);
	}
}

/* ---- what is stored ---- */

static void take_first(int32_t day, int32_t cause, int32_t *first, int32_t *by) {
	if (day == DAY_NONE || (*first != DAY_NONE && *first <= day)) return;
	*first = day;
	*by = cause;
}

static void take_turns(const struct light_facts *f, const struct light_rules *r, struct clock *c) {
	struct light_turn turns[CAUSE_DIMENSIONS];
	light_turns(f, r, turns);
	for (int32_t i = 0; i < CAUSE_DIMENSIONS; i++) {
		take_first(turns[i].yellow_date, i, &c->yellow_date, &c->yellow_cause);
		take_first(turns[i].red_date, i, &c->red_date, &c->red_cause);
	}
}

struct clock light_clock(const struct light_facts *f, const struct light_rules *r) {
	struct clock c = {.clock_day = NONE, .stopped_days = NONE, .target_days = NONE, .yellow_date = DAY_NONE,
		.red_date = DAY_NONE, .yellow_cause = CHOICE_NONE, .red_cause = CHOICE_NONE};
	bool is_running = f->side == SIDE_ACTIVE && f->stage != STAGE_CLOSED;
	if (r->target_days[f->stage] > 0) c.target_days = r->target_days[f->stage];
	if (f->side == SIDE_SUSPENDED && f->stage_since_date != DAY_NONE && f->suspended_since_date != DAY_NONE) {
		int32_t days = f->suspended_since_date - clock_start(f);
		c.stopped_days = days > 0 ? days : 0;
	}
	if (!is_running) return c;
	if (f->stage_since_date != DAY_NONE) c.clock_day = clock_start(f);
	take_turns(f, r, &c);
	return c;
}

/* ---- parameters ---- */

enum err light_rules_load(struct ctx *ctx, const struct light_rules **out) {
	struct light_rules *r = arena_alloc(ctx->arena, sizeof *r);
	int32_t target[STAGE__N];
	const struct {
		struct str key;
		int64_t absent, *to;
	} params[] = {
		{S("stage_warn_permille"), 800, &r->warn_permille},
		{S("light_start_red_months"), 3, &r->start_red_months},
		{S("light_gap_yellow_permille"), 100, &r->gap_yellow_permille},
		{S("light_gap_red_permille"), 300, &r->gap_red_permille},
		{S("light_report_yellow_months"), 1, &r->report_yellow_months},
		{S("light_report_red_months"), 2, &r->report_red_months},
		{S("officer_contact_days"), 7, &r->contact_days},
	};
	*out = ctx->light_rules;
	if (*out) return ERR_OK;
	enum err e = stage_target_days(ctx, target);
	for (size_t i = 0; i < STAGE__N; i++) r->target_days[i] = e ? 0 : target[i];
	for (size_t i = 0; i < sizeof params / sizeof *params && !e; i++)
		e = param_int(ctx, params[i].key, params[i].absent, params[i].to);
	if (e) return e;
	*out = ctx->light_rules = r;
	return ERR_OK;
}

/* ---- rows ---- */

static int32_t day_at(const struct rows *r, int col) {
	int32_t day = DAY_NONE;
	struct str s = rows_text(r, col);
	char first[10];
	if (s.n == 7) { /* a month */
		for (size_t i = 0; i < 7; i++) first[i] = s.p[i];
		first[7] = '-', first[8] = '0', first[9] = '1';
		s = (struct str){first, sizeof first};
	}
	return day_parse(s, &day) ? day : DAY_NONE;
}

static int64_t number_at(const struct rows *r, int col) {
	return rows_is_null(r, col) ? NONE : rows_int(r, col);
}

static int32_t choice_at(const struct rows *r, int col, const struct choice *choices, size_t n) {
	const struct field f = {.choices = choices, .choices_n = n};
	return rows_is_null(r, col) ? CHOICE_NONE : choice_index(&f, rows_text(r, col));
}

/* Columns of fragment light_facts, in its order. */
enum { COL_ID, COL_STAGE, COL_SIDE, COL_SINCE, COL_SUSPENDED_SINCE, COL_SUSPENDED_DAYS, COL_PLAN_START, COL_START,
	COL_PLAN_PRODUCE, COL_OFFICER, COL_CONTACT, COL_BASIS, COL_MONTH, COL_DONE, COL_CLOCK, COL_STOPPED, COL_TARGET,
	COL_YELLOW, COL_YELLOW_CAUSE, COL_RED, COL_RED_CAUSE };

static struct light_facts facts_at(const struct rows *r) {
	return (struct light_facts){
		.stage = choice_at(r, COL_STAGE, project_stages, STAGE__N), .side = choice_at(r, COL_SIDE, project_sides, SIDE__N),
		.stage_since_date = day_at(r, COL_SINCE), .suspended_since_date = day_at(r, COL_SUSPENDED_SINCE),
		.suspended_days = rows_int(r, COL_SUSPENDED_DAYS), .plan_start_date = day_at(r, COL_PLAN_START),
		.start_date = day_at(r, COL_START), .plan_produce_date = day_at(r, COL_PLAN_PRODUCE),
		.officer_id = number_at(r, COL_OFFICER), .last_contact_date = day_at(r, COL_CONTACT),
		.basis_fen = number_at(r, COL_BASIS), .report_month = day_at(r, COL_MONTH), .done_fen = number_at(r, COL_DONE),
	};
}

static struct clock clock_at(const struct rows *r) {
	return (struct clock){
		.clock_day = number_at(r, COL_CLOCK), .stopped_days = number_at(r, COL_STOPPED),
		.target_days = number_at(r, COL_TARGET), .yellow_date = day_at(r, COL_YELLOW), .red_date = day_at(r, COL_RED),
		.yellow_cause = choice_at(r, COL_YELLOW_CAUSE, light_causes, CAUSE__N),
		.red_cause = choice_at(r, COL_RED_CAUSE, light_causes, CAUSE__N),
	};
}

static bool is_same(const struct clock *a, const struct clock *b) {
	return a->clock_day == b->clock_day && a->stopped_days == b->stopped_days && a->target_days == b->target_days
		&& a->yellow_date == b->yellow_date && a->red_date == b->red_date && a->yellow_cause == b->yellow_cause
		&& a->red_cause == b->red_cause;
}

static struct value number_value(int64_t v) {
	return v == NONE ? VNULL : VI(v);
}

static struct value day_value(struct arena *a, int32_t day) {
	return day == DAY_NONE ? VNULL : VT(str_of_day(a, day));
}

static struct value cause_value(int32_t cause) {
	return cause == CHOICE_NONE ? VNULL : VT(light_causes[cause].code);
}

static enum err store_clock(struct ctx *ctx, struct arena *a, int64_t id, const struct clock *c) {
	return DB_RUN(ctx->db, Q_LIGHT_STORE, VI(id), number_value(c->clock_day), number_value(c->stopped_days),
		number_value(c->target_days), day_value(a, c->yellow_date), cause_value(c->yellow_cause),
		day_value(a, c->red_date), cause_value(c->red_cause));
}

enum err light_facts_load(struct ctx *ctx, int64_t project_id, struct light_facts *out) {
	struct rows *r;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_LIGHT_FACTS_OF, &r, VI(project_id));
	if (e) return fail_store(ctx, e);
	bool is_there = rows_next(r);
	if (is_there) *out = facts_at(r);
	e = rows_error(r);
	rows_done(r);
	if (!e && !is_there) e = ERR_NOT_FOUND;
	return fail_store(ctx, e);
}

enum err light_refresh(struct ctx *ctx, int64_t project_id) {
	const struct light_rules *rules;
	struct rows *r;
	enum err e = light_rules_load(ctx, &rules);
	if (e) return e;
	if ((e = DB_QUERY(ctx->db, ctx->arena, Q_LIGHT_FACTS_OF, &r, VI(project_id)))) return fail_store(ctx, e);
	bool is_there = rows_next(r);
	struct clock is = {0}, was = {0};
	if (is_there) {
		const struct light_facts f = facts_at(r);
		is = light_clock(&f, rules);
		was = clock_at(r);
	}
	e = rows_error(r);
	rows_done(r);
	if (!e && is_there && !is_same(&is, &was)) e = store_clock(ctx, ctx->arena, project_id, &is);
	return fail_store(ctx, e);
}

/* ---- all of them ---- */

enum { BATCH = 500 };

struct refreshed {
	int64_t id;
	struct clock clock;
};

/* One batch: read whole, then write, so that no reading stands open over the writes. */
static enum err refresh_batch(struct ctx *ctx, const struct light_rules *rules, struct arena *a, int64_t *after,
		size_t *read, int64_t *changed) {
	struct refreshed *todo = arena_array(a, BATCH, sizeof *todo);
	struct rows *r;
	size_t n = 0;
	*read = 0;
	enum err e = DB_QUERY(ctx->db, a, Q_LIGHT_FACTS_AFTER, &r, VI(*after), VI(BATCH));
	if (e) return e;
	while (rows_next(r)) {
		const struct light_facts f = facts_at(r);
		const struct clock is = light_clock(&f, rules), was = clock_at(r);
		*after = rows_int(r, COL_ID);
		++*read;
		if (!is_same(&is, &was)) todo[n++] = (struct refreshed){*after, is};
	}
	e = rows_error(r);
	rows_done(r);
	for (size_t i = 0; i < n && !e; i++) e = store_clock(ctx, a, todo[i].id, &todo[i].clock);
	*changed += (int64_t)n;
	return e;
}

enum err light_refresh_all(struct ctx *ctx, int64_t *changed) {
	const struct light_rules *rules;
	struct arena scratch = {0};
	int64_t after = 0, n = 0;
	size_t read = BATCH;
	enum err e = light_rules_load(ctx, &rules);
	while (!e && read == BATCH) {
		e = fail_store(ctx, refresh_batch(ctx, rules, &scratch, &after, &read, &n));
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	if (changed) *changed = n;
	return e;
}

/* The values that the stored days depend on, and the edition of the rules above. */
static struct str digest_of(struct arena *a, const struct light_rules *r) {
	struct buf b = {.arena = a};
	buf_c(&b, "1");
	const int64_t rest[] = {r->warn_permille, r->start_red_months, r->gap_yellow_permille, r->gap_red_permille,
		r->report_yellow_months, r->report_red_months, r->contact_days};
	for (size_t i = 0; i < STAGE__N + sizeof rest / sizeof *rest; i++) {
		buf_byte(&b, ' ');
		buf_int(&b, i < STAGE__N ? r->target_days[i] : rest[i - STAGE__N]);
	}
	return buf_str(&b);
}

static enum err load_job(struct ctx *ctx, void *arg) {
	const struct str *digest = arg;
	enum err e = light_refresh_all(ctx, NULL);
	if (!e) e = proposal_refresh_due(ctx);
	return e ? e : fail_store(ctx, DB_RUN(ctx->db, Q_LIGHT_SET_LOADED, VT(*digest)));
}

enum err light_load(struct ctx *ctx) {
	const struct light_rules *rules;
	struct str stored;
	enum err e = light_rules_load(ctx, &rules);
	if (!e) e = setting_get(ctx, S("lights"), S(""), &stored);
	if (e) return e;
	struct str digest = digest_of(ctx->arena, rules);
	return str_eq(stored, digest) ? ERR_OK : ctx_write(ctx, load_job, &digest);
}

/* ---- by hand ---- */

enum err light_set(struct ctx *ctx, int64_t project_id, enum light to, struct str reason, int64_t row_version) {
	struct project old, p;
	enum err e = record_get(ctx, &project_noun, project_id, &old);
	if (e) return e;
	if (row_version != NONE && row_version != old.record.row_version)
		return fail(ctx, ERR_CONFLICT, S("row_version"), S("stale"));
	if (!reason.n) return fail(ctx, ERR_INVALID, S("reason"), S("required"));
	bool is_lift = to == LIGHT__N;
	if (is_lift && old.manual_light == CHOICE_NONE) return fail(ctx, ERR_CONFLICT, S("light"), S("no_manual_light"));
	if (!is_lift && (old.light == CHOICE_NONE || old.light == LIGHT_GREY))
		return fail(ctx, ERR_CONFLICT, S("light"), S("has_no_light"));
	if (!is_lift && (to == LIGHT_GREEN || to == LIGHT_GREY || (int32_t)to <= old.light))
		return fail_with(ctx, ERR_CONFLICT, S("light"), S("light_not_worse"),
			ctx->lang == LANG_EN ? light_choices[old.light].en : light_choices[old.light].zh, S(""));
	p = old;
	p.manual_light = is_lift ? CHOICE_NONE : (int32_t)to;
	p.manual_light_date = is_lift ? DAY_NONE : ctx->today;
	p.manual_light_reason = is_lift ? (struct str){0} : reason;
	return record_store(ctx, &project_noun, &old, &p, S("light"));
}
