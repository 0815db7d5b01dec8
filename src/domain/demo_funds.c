/* demo_funds.c - the money in place: planned in memory so that 2023 adds up, then written. */
#include "domain/demo_parts.h"

#include "base/day.h"

#include <assert.h>
#include <sodium.h>

/* How money comes (handbook 4.3); a project keeps to one route. */
static const struct form {
	struct str form, route;
	bool is_counted;
} forms[] = {
	{S_("CASH_CAPITAL"), S_("CASH"), true}, {S_("SHARE_LOAN"), S_("CASH"), true}, {S_("EQUIPMENT"), S_("FAI"), true},
	{S_("CONSTRUCTION"), S_("FAI"), true},  {S_("LAND"), S_("FAI"), true},        {S_("M_A"), S_("CASH"), false},
};
enum { FORM_CAPITAL, FORM_LOAN, FORM_EQUIPMENT, FORM_WORKS, FORM_LAND, FORM_M_A };

static const struct state {
	struct str code;
	bool is_counted;
} states[] = {
	{S_("FROZEN"), true},     {S_("CITY_OK"), true}, {S_("COUNTY_OK"), false}, {S_("SUBMITTED"), false},
	{S_("RETURNED"), false}, {S_("DRAFT"), false},  {S_("REVOKED"), false},
};
enum { STATE_FROZEN, STATE_CITY_OK, STATE_COUNTY_OK, STATE_SUBMITTED, STATE_RETURNED, STATE_DRAFT,
	STATE_REVOKED };

bool demo_payment_counts(const struct demo_payment *p) {
	return !p->is_local && forms[p->form].is_counted && states[p->state].is_counted;
}

static bool is_in_2023(const struct demo_payment *p) {
	return p->day >= day_of(2023, 1, 1) && p->day <= day_of(2023, 12, 31);
}

/* ---- the plan ---- */

/* March is verified and not frozen yet (it is frozen on the 10th), April is on its way. */
static uint8_t state_of(const struct demo_city *c, int32_t day, struct demo_rng *r) {
	static const int16_t april[] = {0, 250, 200, 300, 100, 150, 0};
	int year, month, mday;
	day_split(c->today, &year, &month, &mday);
	if (demo_chance(r, 6)) return STATE_REVOKED;
	if (day >= day_of(year, month, 1)) return (uint8_t)demo_pick(r, april, LEN(april));
	if (day >= day_of(year, month - 1, 1)) return demo_chance(r, 60) ? STATE_RETURNED : STATE_CITY_OK;
	return STATE_FROZEN;
}

static uint8_t form_of(struct demo_rng *r, bool is_cash, bool is_first) {
	if (is_cash) return demo_chance(r, 12) ? FORM_M_A : demo_chance(r, 750) ? FORM_CAPITAL : FORM_LOAN;
	if (is_first && demo_chance(r, 700)) return FORM_LAND;
	return demo_chance(r, 450) ? FORM_EQUIPMENT : FORM_WORKS;
}

/* How much of the total has come by now, in permille. */
static int64_t share_permille(const struct demo_city *c, const struct demo_project *p, struct demo_rng *r) {
	if (p->stage == STAGE_LANDED) return demo_between(r, 40, 160);
	if (p->stage > STAGE_STARTED) return demo_between(r, 680, 930);
	int64_t days = c->today - p->day[STAGE_STARTED];
	return demo_between(r, 120, 220) + (days > 540 ? 540 : days) * demo_between(r, 600, 900) / 1000;
}

/* Never more than 95 % of the total. */
static int64_t headroom_wan(const struct demo_project *p) {
	return p->invest_wan * 95 / 100 - p->funds_wan;
}

static void add_payment(struct demo_city *c, struct demo_project *p, struct demo_rng *r, int32_t day,
	int64_t wan, bool is_cash, bool is_first) {
	assert(c->payments_n < c->payments_room);
	struct demo_payment *m = &c->payments[c->payments_n++];
	*m = (struct demo_payment){.project = p, .day = demo_workday(day), .wan = wan};
	if (m->day < p->day[STAGE_LANDED]) m->day = p->day[STAGE_LANDED];
	m->form = form_of(r, is_cash, is_first);
	m->state = state_of(c, m->day, r);
	m->is_local = demo_chance(r, 25);
	if (!demo_payment_counts(m)) return;
	if (m->wan > headroom_wan(p)) m->wan = headroom_wan(p);
	p->funds_wan += m->wan;
}

static void plan_project(struct demo_city *c, struct demo_project *p, struct demo_rng *r) {
	if (p->stage < STAGE_LANDED || p->side == SIDE_MERGED) return;
	int32_t from = p->day[STAGE_LANDED], to = c->today - 1;
	if (p->side != SIDE_ACTIVE && p->side_day < to) to = p->side_day;
	if (to > from + 600) to = from + 600;
	if (to <= from) return;
	int64_t wan = p->invest_wan * share_permille(c, p, r) / 1000;
	int64_t n = p->stage == STAGE_LANDED ? demo_between(r, 1, 3) : demo_between(r, 3, 8);
	bool is_cash = demo_chance(r, 480);
	for (int64_t i = 0; i < n; i++) {
		int64_t at = 1000 * i / n + demo_between(r, 0, 1000 / n); /* the first ones soon, then more slowly */
		int32_t day = from + 3 + (int32_t)((to - from - 3) * at / 1000 * at / 1000);
		add_payment(c, p, r, day < from ? from : day, wan / n * demo_between(r, 60, 140) / 100,
			is_cash, i == 0);
	}
}

/* The counted payments of 2023 in proportion to the year's figure, those of 2024 likewise; what
 * rounding and the cap leave of 2023 goes where there is room. */
static enum err fit_2023(struct demo_city *c) {
	int64_t sum = 0, rest = DEMO_FUNDS_2023_WAN;
	for (size_t i = 0; i < c->payments_n; i++)
		if (is_in_2023(&c->payments[i]) && demo_payment_counts(&c->payments[i])) sum += c->payments[i].wan;
	for (size_t i = 0; i < c->payments_n; i++) {
		struct demo_payment *m = &c->payments[i];
		if (m->day < day_of(2023, 1, 1) || !demo_payment_counts(m)) continue;
		m->project->funds_wan -= m->wan;
		m->wan = m->wan * DEMO_FUNDS_2023_WAN / sum;
		if (m->wan > headroom_wan(m->project)) m->wan = headroom_wan(m->project);
		m->project->funds_wan += m->wan;
		if (is_in_2023(m)) rest -= m->wan;
	}
	for (size_t i = 0; i < c->payments_n && rest > 0; i++) {
		struct demo_payment *m = &c->payments[i];
		if (!is_in_2023(m) || !demo_payment_counts(m)) continue;
		int64_t more = headroom_wan(m->project);
		if (more > rest) more = rest;
		m->wan += more;
		m->project->funds_wan += more;
		rest -= more;
	}
	return rest ? fail(c->ctx, ERR_CONFLICT, S("funds"), S("demo_total_out_of_reach")) : ERR_OK;
}

/* Fen of each; foreign money is in whole 10,000 of its currency, and the fen that this loses in 2023 are in
 * the last payment in yuan. */
static enum err to_fen(struct demo_city *c) {
	struct demo_payment *yuan = NULL;
	int64_t lost = 0;
	for (size_t i = 0; i < c->payments_n; i++) {
		struct demo_payment *m = &c->payments[i];
		m->fen = m->wan * WAN_FEN;
		bool is_fitted = is_in_2023(m) && demo_payment_counts(m);
		int64_t units_wan = m->project->foreign_minor && !m->is_local ? m->fen / m->project->rate_e6 : 0;
		if (units_wan > 0) {
			m->minor = units_wan * 1000000;
			if (is_fitted) lost += m->fen - units_wan * m->project->rate_e6;
			m->fen = units_wan * m->project->rate_e6;
		} else if (is_fitted) {
			yuan = m;
		}
	}
	if (!yuan) return fail(c->ctx, ERR_CONFLICT, S("funds"), S("demo_total_out_of_reach"));
	yuan->fen += lost;
	for (size_t i = 0; i < c->payments_n; i++)
		if (demo_payment_counts(&c->payments[i])) c->payments[i].project->funds_fen += c->payments[i].fen;
	return ERR_OK;
}

static void drop_empty(struct demo_city *c) {
	size_t n = 0;
	for (size_t i = 0; i < c->payments_n; i++)
		if (c->payments[i].wan > 0) c->payments[n++] = c->payments[i];
	c->payments_n = n;
}

enum err demo_plan_funds(struct demo_city *c) {
	struct demo_rng r = demo_rng_of(c->seed, 2);
	c->payments_room = 8 * c->projects_n;
	c->payments = arena_array(c->ctx->arena, c->payments_room, sizeof *c->payments);
	for (size_t i = 0; i < c->projects_n; i++) plan_project(c, &c->projects[i], &r);
	enum err e = fit_2023(c);
	if (e) return e;
	drop_empty(c);
	return to_fen(c);
}

/* ---- rows ---- */

/* SHA-256 of the parts, each with its length before it: no two lists of parts give one text. */
static struct str dup_key(struct arena *a, const struct str *parts, size_t n) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < n; i++) {
		buf_int(&b, (int64_t)parts[i].n);
		buf_byte(&b, ':');
		buf_add(&b, parts[i]);
	}
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, (const unsigned char *)b.p, b.n);
	struct buf hex = {.arena = a};
	buf_hex(&hex, hash, sizeof hash);
	return buf_str(&hex);
}

static struct str origin_of(const struct demo_payment *m) {
	const struct demo_origin *o = m->project->investor->origin;
	if (m->is_local) return S("LOCAL");
	if (!o->area_code.n) return S("FOREIGN");
	return str_starts(o->area_code, S("37")) ? S("DOM_PROV") : S("DOM_OUT");
}

static enum err put_payment(struct demo_city *c, const struct demo_payment *m, int64_t no) {
	struct arena *a = &c->scratch;
	const struct form *f = &forms[m->form];
	struct str day = str_of_day(a, m->day);
	struct str doc_no = CAT(a, str_eq(f->route, S("CASH")) ? S("进账单演") : S("发票演"), demo_no(a, no, 8));
	struct str currency = m->minor ? m->project->investor->origin->currency : S("CNY");
	int64_t minor = m->minor ? m->minor : m->fen;
	const struct str key[] = {m->project->company_uscc, doc_no, str_of_int(a, minor), currency, day};
	struct demo_row r = {.n = 0};
	demo_int(&r, S("project_id"), m->project->id);
	demo_text(&r, S("origin"), origin_of(m));
	demo_text(&r, S("route"), f->route);
	demo_text(&r, S("form"), f->form);
	demo_int(&r, S("amount_minor"), minor);
	demo_text(&r, S("currency"), currency);
	demo_int(&r, S("rate_e6"), m->minor ? m->project->rate_e6 : NONE);
	demo_day(&r, a, S("rate_date"), m->minor ? m->day : DAY_NONE);
	demo_int(&r, S("amount_fen"), m->fen);
	demo_text(&r, S("payee_uscc"), m->project->company_uscc);
	demo_text(&r, S("doc_no"), doc_no);
	demo_text(&r, S("funds_date"), day);
	demo_text(&r, S("stat_month"), str_sub(day, 0, 7));
	demo_text(&r, S("state"), states[m->state].code);
	demo_text(&r, S("dup_key"), dup_key(a, key, LEN(key)));
	demo_stamp(&r, demo_at(c, m->day + 2, 600), c->staff[m->project->unit], demo_at(c, m->day + 6, 900));
	return demo_put(c, S("funds_record"), &r, NULL);
}

enum err demo_put_funds(struct demo_city *c) {
	for (size_t i = 0; i < c->payments_n; i++) {
		enum err e = put_payment(c, &c->payments[i], (int64_t)i + 1);
		if (e) return e;
		if (i % 200 == 0) arena_reset(&c->scratch);
	}
	return ERR_OK;
}
