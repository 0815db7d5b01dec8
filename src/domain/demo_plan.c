/* demo_plan.c - the projects of the demo city in memory: how many, where, how large, and on which
 * day each step of each happened. */
#include "domain/demo_parts.h"

#include "base/day.h"

#include <assert.h>

/* ---- days ---- */

static int32_t workday(int32_t day) {
	return demo_workday(day);
}

/* A working day of a year: contracts gather in March, June, September and December, and towards the
 * end of a month. */
static int32_t signing_day(struct demo_rng *r, int year) {
	static const int16_t months[12] = {6, 5, 11, 8, 9, 12, 7, 7, 11, 7, 8, 9};
	for (;;) {
		int month = 1 + (int)demo_pick(r, months, LEN(months));
		int len = day_month_len(year, month);
		int32_t day = day_of(year, month, len + 1 - (int)demo_low(r, 1, len));
		if (demo_workday(day) == day) return day;
	}
}

/* A working day between two days. */
static int32_t day_between(struct demo_rng *r, int32_t from, int32_t to) {
	return workday((int32_t)demo_between(r, from, to));
}

/* ---- who and what ---- */

static struct demo_investor *new_investor(struct demo_city *c, struct demo_rng *r, int unit, size_t chain) {
	struct arena *a = c->ctx->arena;
	int16_t weights[32];
	assert(demo_origins_n <= LEN(weights) && c->investors_n < c->investors_room);
	for (size_t i = 0; i < demo_origins_n; i++) weights[i] = demo_origins[i].weight;
	struct demo_investor *v = &c->investors[c->investors_n++];
	v->origin = &demo_origins[demo_pick(r, weights, demo_origins_n)];
	v->unit = unit;
	v->brand = demo_brand(a, r);
	v->name = demo_firm(a, r, v->origin, v->brand, demo_chains[chain].stem);
	int64_t no = (int64_t)c->investors_n;
	v->id_no = v->origin->area_code.n ? demo_uscc(a, v->origin->area_code, no)
	                                  : CAT(a, v->origin->country, S("-DEMO-"), demo_no(a, no, 6));
	return v;
}

/* Some come back with another project to the same unit. */
static struct demo_investor *investor_for(struct demo_city *c, struct demo_rng *r, int unit, size_t chain) {
	for (size_t back = 1; back <= 40 && back < c->investors_n && demo_chance(r, 900); back++) {
		struct demo_investor *v = &c->investors[c->investors_n - back];
		if (v->unit == unit && demo_chance(r, 120)) return v;
	}
	return new_investor(c, r, unit, chain);
}

static const struct demo_product *product_of(struct demo_rng *r, size_t chain) {
	size_t from = 0, n = 0;
	while (demo_products[from].chain != chain) from++;
	while (from + n < demo_products_n && demo_products[from + n].chain == chain) n++;
	return &demo_products[from + (size_t)demo_between(r, 0, (int64_t)n - 1)];
}

static struct str project_name(struct demo_city *c, struct demo_rng *r, const struct demo_project *p) {
	static const struct str forms[] = {S_("生产基地项目"), S_("产业园项目"), S_("智能制造项目"),
	                                   S_("扩能提质项目"), S_("深加工项目"), S_("研发及生产项目"), S_("生产线建设项目"), S_("项目")};
	struct arena *a = c->ctx->arena;
	struct str what = p->product->name, brand = p->investor->brand;
	if (p->kind == KIND_TALENT) return CAT(a, brand, what, S("高层次人才团队项目"));
	if (p->kind == KIND_TECH) return CAT(a, brand, what, S("科技成果转化项目"));
	if (str_ends(what, S("中心")) || str_ends(what, S("平台")) || str_ends(what, S("基地")) ||
		str_ends(what, S("电站")))
		return CAT(a, brand, what, S("项目"));
	if (demo_chance(r, 350)) {
		static const struct str amounts[] = {S_("年产5万吨"), S_("年产200万套"), S_("年产10万台套"),
			S_("年产3000吨"),
		                                     S_("年产1200万件"), S_("年产8万吨"), S_("年产500万片")};
		return CAT(a, brand, amounts[demo_between(r, 0, LEN(amounts) - 1)], what, S("项目"));
	}
	return CAT(a, brand, what, forms[demo_between(r, 0, LEN(forms) - 1)]);
}

/* ---- how large ---- */

/* Bounds of the bands in 万元 and their shares: few large, many small, as log-normal sizes are. */
static int64_t invest_wan(struct demo_rng *r) {
	static const struct {
		int16_t permille;
		int32_t lo, hi, step;
	} bands[DEMO_BANDS] = {
		[SIZE_S1] = {340, 3000, 9800, 100},           [SIZE_S2] = {412, 10000, 49000, 500},
		[SIZE_S3] = {134, 50000, 98000, 1000},        [SIZE_S4] = {94, 100000, 480000, 2000},
		[SIZE_S5] = {14, 500000, 960000, 10000},      [SIZE_S6] = {6, 1000000, 1500000, 20000},
	};
	int16_t weights[DEMO_BANDS];
	for (size_t i = 0; i < DEMO_BANDS; i++) weights[i] = bands[i].permille;
	size_t b = demo_pick(r, weights, DEMO_BANDS);
	return demo_low(r, bands[b].lo / bands[b].step, bands[b].hi / bands[b].step) * bands[b].step;
}

/* Foreign money is agreed in whole 10,000 of its currency; the yuan follow at the rate of the day. */
static void set_money(struct demo_project *p, struct demo_rng *r) {
	p->invest_wan = invest_wan(r);
	const struct demo_origin *o = p->investor->origin;
	if (!o->area_code.n && demo_chance(r, 800)) {
		int64_t units_wan = p->invest_wan * 1000000 / o->rate_e6;
		units_wan = units_wan > 1000 ? units_wan / 100 * 100 : units_wan / 10 * 10;
		p->foreign_minor = units_wan * WAN_FEN;
		p->rate_e6 = o->rate_e6;
		p->invest_wan = units_wan * o->rate_e6 / 1000000;
	}
	p->fai_wan = p->invest_wan * demo_between(r, 55, 85) / 100;
}

static void set_rank(struct demo_project *p, struct demo_rng *r) {
	int64_t wan = p->invest_wan;
	p->key_level = wan >= 500000 ? 0 : wan >= 100000 ? 1 : 2;
	p->is_key = wan >= 500000 || (wan >= 100000 && demo_chance(r, 600))
		|| (wan >= 50000 && demo_chance(r, 250));
	p->is_return = demo_chance(r, 110);
	p->is_lease = !demo_chains[p->product->chain].has_land || (wan < 20000 && demo_chance(r, 450));
}

static bool is_taken(const struct demo_city *c, const struct demo_project *p) {
	for (const struct demo_project *other = c->projects; other < p; other++)
		if (str_eq(other->name, p->name)) return true;
	return false;
}

static struct demo_project *new_project(struct demo_city *c, struct demo_rng *r, enum project_kind kind) {
	assert(c->projects_n < c->projects_room);
	struct demo_project *p = &c->projects[c->projects_n++];
	int16_t units[DEMO_UNITS];
	for (size_t i = 0; i < DEMO_UNITS; i++) units[i] = demo_units[i].weight;
	p->unit = (int)demo_pick(r, units, DEMO_UNITS);
	p->kind = kind;
	p->product = product_of(r, demo_pick(r, demo_units[p->unit].chains, DEMO_CHAINS));
	do {
		p->investor = investor_for(c, r, p->unit, p->product->chain);
		p->name = project_name(c, r, p);
	} while (is_taken(c, p));
	set_money(p, r);
	set_rank(p, r);
	p->is_sealed = demo_chance(r, 8);
	p->has_lead = demo_chance(r, 480);
	p->partner = p->has_lead && demo_chance(r, 60) ? demo_low(r, 1, 22) : 0;
	return p;
}

/* ---- the way ---- */

enum { PACE_FAST, PACE_NORMAL, PACE_SLOW, PACE__N };

/* Days of the step into a stage, and of how many in 1,000 it never comes. */
static const struct step {
	int16_t lo, hi, never_permille;
} steps[PACE__N][STAGE__N] = {
	[PACE_FAST] = {
		[STAGE_TALK] = {2, 20, 0}, [STAGE_SIGNED] = {48, 80, 0}, [STAGE_LANDED] = {4, 60, 20}, [STAGE_STARTED] = {10, 100, 110},
		[STAGE_PRODUCING] = {110, 260, 60}, [STAGE_CAPACITY] = {310, 420, 300}, [STAGE_CLOSED] = {60, 200, 600},
	},
	[PACE_NORMAL] = {
		[STAGE_TALK] = {3, 40, 0}, [STAGE_SIGNED] = {50, 160, 0}, [STAGE_LANDED] = {30, 190, 90}, [STAGE_STARTED] = {60, 300, 270},
		[STAGE_PRODUCING] = {260, 620, 100}, [STAGE_CAPACITY] = {300, 420, 300}, [STAGE_CLOSED] = {60, 200, 600},
	},
	[PACE_SLOW] = {
		[STAGE_TALK] = {5, 60, 0}, [STAGE_SIGNED] = {90, 280, 0}, [STAGE_LANDED] = {60, 280, 200}, [STAGE_STARTED] = {80, 340, 420},
		[STAGE_PRODUCING] = {400, 800, 150}, [STAGE_CAPACITY] = {320, 500, 400}, [STAGE_CLOSED] = {60, 200, 300},
	},
};

static int pace_of(const struct demo_project *p, struct demo_rng *r) {
	static const int16_t lease[PACE__N] = {600, 360, 40}, land[PACE__N] = {100, 600, 300};
	return (int)demo_pick(r, p->is_lease ? lease : land, PACE__N);
}

/* Nothing newer than this has been verified yet. */
static int32_t last_verified(const struct demo_city *c) {
	return c->today - 2;
}

/* From the day of signing backwards to the first report, then forwards as far as the time goes. */
static void walk(struct demo_city *c, struct demo_project *p, struct demo_rng *r, int32_t sign_day) {
	const struct step *s = steps[pace_of(p, r)];
	p->day[STAGE_SIGNED] = sign_day;
	p->day[STAGE_TALK] = workday(sign_day - (int32_t)demo_low(r, s[STAGE_SIGNED].lo, s[STAGE_SIGNED].hi));
	p->day[STAGE_LEAD] = workday(p->day[STAGE_TALK] - (int32_t)demo_low(r, s[STAGE_TALK].lo,
		s[STAGE_TALK].hi));
	p->stage = STAGE_SIGNED;
	for (enum stage next = STAGE_LANDED; next <= STAGE_CLOSED; next++) {
		int32_t day = workday(p->day[p->stage] + (int32_t)demo_low(r, s[next].lo, s[next].hi));
		if (day < p->day[p->stage]) day = p->day[p->stage];
		if (demo_chance(r, s[next].never_permille) || day > last_verified(c)) break;
		p->day[next] = day;
		p->stage = next;
	}
}

static void plan_signed(struct demo_city *c, struct demo_rng *r, int64_t n, int year, int32_t from,
		int32_t to) {
	for (int64_t i = 0; i < n; i++) {
		int32_t day;
		do day = signing_day(r, year);
		while (day < from || day > to);
		walk(c, new_project(c, r, KIND_INVEST), r, day);
	}
}

/* In talk now, or given up before a contract. */
static void plan_talks(struct demo_city *c, struct demo_rng *r, int n, int32_t from, int32_t to,
	bool is_dropped, enum project_kind kind) {
	for (int i = 0; i < n; i++) {
		struct demo_project *p = new_project(c, r, kind);
		p->day[STAGE_TALK] = day_between(r, from, to);
		p->day[STAGE_LEAD] = workday(p->day[STAGE_TALK] - (int32_t)demo_low(r, 3, 45));
		p->stage = STAGE_TALK;
		if (!is_dropped) continue;
		p->side = SIDE_TERMINATED;
		p->side_day = workday(p->day[STAGE_TALK] + (int32_t)demo_between(r, 20, 120));
	}
}

static void plan_leads(struct demo_city *c, struct demo_rng *r, int n, int32_t from, int32_t to,
	bool is_dropped) {
	for (int i = 0; i < n; i++) {
		struct demo_project *p = new_project(c, r, demo_chance(r, 30) ? KIND_TECH : KIND_INVEST);
		p->day[STAGE_LEAD] = day_between(r, from, to);
		p->stage = STAGE_LEAD;
		if (!is_dropped) continue;
		p->side = SIDE_TERMINATED;
		p->side_day = workday(p->day[STAGE_LEAD] + (int32_t)demo_between(r, 10, 60));
	}
}

/* The city's fastest: 38 days from the first talk to landing, contract and landing in one proposal. */
static void plan_fastest(struct demo_city *c, struct demo_rng *r) {
	struct demo_project *p = new_project(c, r, KIND_INVEST);
	int32_t land = day_of(2023, 3, 23);
	p->day[STAGE_TALK] = land - 38;
	p->day[STAGE_LEAD] = p->day[STAGE_TALK] - 6;
	p->day[STAGE_SIGNED] = land - 2;
	p->day[STAGE_LANDED] = land;
	p->day[STAGE_STARTED] = day_of(2023, 5, 18);
	p->stage = STAGE_STARTED;
	p->is_double = p->is_key = true;
	p->is_sealed = p->is_lease = false;
	p->key_level = 1;
	p->foreign_minor = 0;
	p->invest_wan = 580000;
	p->fai_wan = 460000;
}

/* ---- side states ---- */

static bool is_free(const struct demo_project *p) {
	return p->side == SIDE_ACTIVE && !p->is_double && p->wait == WAIT_NONE && p->kind == KIND_INVEST &&
		p->resumed_day == DAY_NONE;
}

static struct demo_project *any_project(struct demo_city *c, struct demo_rng *r) {
	return &c->projects[demo_between(r, 0, (int64_t)c->projects_n - 1)];
}

static void terminate_signed(struct demo_city *c, struct demo_rng *r, int n) {
	while (n > 0) {
		struct demo_project *p = any_project(c, r);
		int32_t since = p->day[p->stage];
		if (!is_free(p) || (p->stage != STAGE_SIGNED && p->stage != STAGE_LANDED) ||
			since > c->today - 200) continue;
		p->side = SIDE_TERMINATED;
		p->side_day = day_between(r, since + 100, c->today - 12);
		n--;
	}
}

static void suspend(struct demo_city *c, struct demo_rng *r, int n, bool is_over) {
	while (n > 0) {
		struct demo_project *p = any_project(c, r);
		int32_t since = p->day[p->stage];
		if (!is_free(p) || p->stage < STAGE_TALK || p->stage > STAGE_STARTED || since > c->today - 70)
			continue;
		int32_t from = day_between(r, since + 20, c->today - 40);
		if (is_over) {
			p->suspended_days = (int32_t)demo_between(r, 10, 24);
			p->resumed_day = from + p->suspended_days;
		} else {
			p->side = SIDE_SUSPENDED;
			p->side_day = from;
		}
		n--;
	}
}

/* A second record of one project: same investor and unit; n_signed of them had got a contract of
 * their own, which counts nowhere. */
static void merge(struct demo_city *c, struct demo_rng *r, int n, int n_signed) {
	for (int i = 0; i < n; i++) {
		struct demo_project *first;
		do first = any_project(c, r);
		while (!is_free(first) || first->stage < STAGE_SIGNED
			|| first->day[STAGE_SIGNED] < day_of(2023, 1, 1) || first->day[STAGE_SIGNED] > c->today - 30);
		assert(c->projects_n < c->projects_room);
		struct demo_project *p = &c->projects[c->projects_n++];
		*p = *first;
		p->name = CAT(c->ctx->arena, p->investor->brand, p->product->name, S("（重复登记）"));
		for (int s = i < n_signed ? STAGE_LANDED : STAGE_SIGNED; s < STAGE__N; s++) p->day[s] = DAY_NONE;
		p->stage = i < n_signed ? STAGE_SIGNED : STAGE_TALK;
		p->side = SIDE_MERGED;
		p->merged_into = first;
		p->side_day = workday(first->day[STAGE_SIGNED] + (int32_t)demo_between(r, 5, 20));
		p->has_lead = p->is_key = false;
		p->partner = 0;
	}
}

/* ---- 2023's starts ---- */

static bool started_in_2023(const struct demo_project *p) {
	return p->side != SIDE_MERGED && p->day[STAGE_STARTED] >= day_of(2023, 1, 1) &&
		p->day[STAGE_STARTED] <= day_of(2023, 12, 31);
}

static void unstart(struct demo_project *p) {
	for (int s = STAGE_STARTED; s < STAGE__N; s++) p->day[s] = DAY_NONE;
	p->stage = STAGE_LANDED;
}

/* As many of 2024 wait as of 2023, so that the months go on as they were. */
static void thin_2024(struct demo_city *c, struct demo_rng *r, int permille) {
	for (size_t i = 0; i < c->projects_n; i++)
		if (c->projects[i].day[STAGE_STARTED] > day_of(2023, 12, 31) && demo_chance(r, permille))
			unstart(&c->projects[i]);
}

/* Exactly so many landed and started in 2023: too many wait on, too few go ahead. The date of a
 * start is never before that of landing, so it is the later of the two gates. */
static void fit_starts(struct demo_city *c, struct demo_rng *r) {
	int n = 0;
	for (size_t i = 0; i < c->projects_n; i++) n += started_in_2023(&c->projects[i]);
	if (n > DEMO_STARTED_2023) thin_2024(c, r, 1000 * (n - DEMO_STARTED_2023) / n);
	while (n > DEMO_STARTED_2023) {
		struct demo_project *p = any_project(c, r);
		if (!started_in_2023(p) || p->is_double) continue;
		unstart(p);
		n--;
	}
	while (n < DEMO_STARTED_2023) {
		struct demo_project *p = any_project(c, r);
		int32_t land = p->day[STAGE_LANDED];
		if (p->stage != STAGE_LANDED || land < day_of(2022, 12, 1) || land > day_of(2023, 11, 20)) continue;
		p->day[STAGE_STARTED] = day_between(r, day_of(2023, 12, 1), day_of(2023, 12, 28));
		p->stage = STAGE_STARTED;
		n++;
	}
}

/* ---- proposals that are under way ---- */

/* One that a unit waits for; the two demo counties get theirs first. */
static void wait_for(struct demo_city *c, struct demo_rng *r, int n, int unit, enum demo_wait wait,
	enum stage lo, enum stage hi,
                     enum proposal_kind kind) {
	for (int tries = 0; n > 0 && tries < 20000; tries++) {
		struct demo_project *p = any_project(c, r);
		if (!is_free(p) || p->is_sealed || p->stage < lo || p->stage > hi ||
			(unit >= 0 && p->unit != unit)) continue;
		int32_t since = p->day[p->stage];
		if (since > c->today - 35 || since < c->today - 420) continue;
		p->wait = wait;
		p->wait_kind = kind;
		n--;
	}
}

static void plan_waiting(struct demo_city *c, struct demo_rng *r) {
	for (int unit = 0; unit < DEMO_UNITS; unit++) {
		bool is_shown = str_eq(demo_units[unit].code, S("370783"))
			|| str_eq(demo_units[unit].code, S("370703"));
		wait_for(c, r, is_shown ? 5 : 2, unit, WAIT_REVIEW, STAGE_TALK, STAGE_STARTED, PROPOSE_ADVANCE);
		wait_for(c, r, is_shown ? 4 : 2, unit, WAIT_VERIFY, STAGE_TALK, STAGE_STARTED, PROPOSE_ADVANCE);
		wait_for(c, r, is_shown ? 2 : 1, unit, WAIT_RETURNED, STAGE_TALK, STAGE_STARTED, PROPOSE_ADVANCE);
		wait_for(c, r, is_shown ? 1 : 0, unit, WAIT_REVIEW, STAGE_TALK, STAGE_LANDED, PROPOSE_TERMINATE);
		wait_for(c, r, is_shown ? 1 : 0, unit, WAIT_VERIFY, STAGE_SIGNED, STAGE_STARTED, PROPOSE_SUSPEND);
	}
	wait_for(c, r, 6, -1, WAIT_WITHDRAWN, STAGE_TALK, STAGE_LANDED, PROPOSE_ADVANCE);
	wait_for(c, r, 2, -1, WAIT_VERIFY, STAGE_TALK, STAGE_LANDED, PROPOSE_TRANSFER);
	wait_for(c, r, 2, -1, WAIT_VERIFY, STAGE_LANDED, STAGE_STARTED, PROPOSE_CORRECTION);
}

/* ---- all of it ---- */

static bool is_proposed(const struct demo_project *p, enum stage to) {
	return p->wait != WAIT_NONE && p->wait_kind == PROPOSE_ADVANCE && to == p->stage + 1;
}

bool demo_has_contract(const struct demo_project *p) {
	return p->stage >= STAGE_SIGNED || is_proposed(p, STAGE_SIGNED);
}

bool demo_has_company(const struct demo_project *p) {
	return p->stage >= STAGE_LANDED || is_proposed(p, STAGE_LANDED);
}

static int32_t later(int32_t a, int32_t b) {
	return a > b ? a : b;
}

/* In talk, most were spoken to within the last weeks; some have gone quiet. */
static void set_last_days(struct demo_city *c, struct demo_rng *r) {
	for (size_t i = 0; i < c->projects_n; i++) {
		struct demo_project *p = &c->projects[i];
		if (p->side_day > c->today - 1) p->side_day = c->today - 1;
		int32_t talk = p->day[STAGE_TALK], end = p->day[STAGE_SIGNED] ? p->day[STAGE_SIGNED] : p->side_day
			? p->side_day : c->today - 1;
		if (talk != DAY_NONE && p->stage == STAGE_TALK && p->side == SIDE_ACTIVE && demo_chance(r, 800))
			p->last_contact = later(talk, c->today - (int32_t)demo_between(r, 1, 28));
		else if (talk != DAY_NONE)
			p->last_contact = later(talk, end - (int32_t)demo_low(r, 1, 40));
		p->last_day = later(later(p->day[p->stage], p->side_day), later(p->resumed_day, p->last_contact));
	}
}

void demo_plan(struct demo_city *c) {
	struct demo_rng rng = demo_rng_of(c->seed, 1), *r = &rng;
	int32_t today = c->today, y22 = day_of(2022, 1, 1), y24 = day_of(2024, 1, 1);
	c->projects_room = c->investors_room = 4400;
	c->projects = arena_array(c->ctx->arena, c->projects_room, sizeof *c->projects);
	c->investors = arena_array(c->ctx->arena, c->investors_room, sizeof *c->investors);
	plan_fastest(c, r);
	plan_signed(c, r, demo_between(r, 992, 1008), 2022, y22, day_of(2022, 12, 31));
	plan_signed(c, r, DEMO_SIGNED_2023 - 1, 2023, day_of(2023, 1, 1), day_of(2023, 12, 31));
	plan_signed(c, r, demo_between(r, 286, 294), 2024, y24, day_of(2024, 3, 31));
	plan_signed(c, r, demo_between(r, 16, 24), 2024, day_of(2024, 4, 1), last_verified(c));
	plan_talks(c, r, 330, today - 150, today - 3, false, KIND_INVEST);
	plan_talks(c, r, 60, today - 330, today - 150, false, KIND_INVEST);
	plan_talks(c, r, 430, y22, today - 130, true, KIND_INVEST);
	plan_talks(c, r, 14, today - 200, today - 5, false, KIND_TALENT);
	plan_talks(c, r, 12, today - 200, today - 5, false, KIND_TECH);
	plan_leads(c, r, 150, today - 40, today - 1, false);
	plan_leads(c, r, 60, y22, today - 70, true);
	fit_starts(c, r);
	terminate_signed(c, r, 150);
	suspend(c, r, 36, false);
	suspend(c, r, 14, true);
	merge(c, r, 16, 6);
	plan_waiting(c, r);
	set_last_days(c, r);
}
