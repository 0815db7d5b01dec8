#include "solve/prog.h"

#include "solve/flow.h"

#include <string.h>

__extension__ typedef __int128 wide;

/* ---- growing arrays ---- */

static void *more(struct arena *a, void *old, int32_t n, int32_t room, size_t size) {
	void *p = arena_array(a, (size_t)room, size);
	if (n) memcpy(p, old, (size_t)n * size);
	return p;
}

static int32_t new_col(struct prog *p, struct prog_col col) {
	if (p->n_cols == p->cols_room) {
		p->cols_room = p->cols_room ? p->cols_room * 2 : 64;
		p->cols = more(p->arena, p->cols, p->n_cols, p->cols_room, sizeof *p->cols);
	}
	p->cols[p->n_cols] = col;
	return p->n_cols++;
}

void prog_open_row(struct prog *p, int64_t rhs, int32_t factor) {
	if (p->n_rows == p->rows_room) {
		p->rows_room = p->rows_room ? p->rows_room * 2 : 64;
		p->rows = more(p->arena, p->rows, p->n_rows, p->rows_room, sizeof *p->rows);
	}
	p->rows[p->n_rows++] = (struct prog_row){rhs, p->n_entries, 0, factor};
}

void prog_put(struct prog *p, int32_t col, int64_t coef) {
	if (col < 0 || coef == 0) return;
	if (p->n_entries == p->entries_room) {
		p->entries_room = p->entries_room ? p->entries_room * 2 : 256;
		p->entries = more(p->arena, p->entries, p->n_entries, p->entries_room, sizeof *p->entries);
	}
	p->entries[p->n_entries++] = (struct prog_entry){col, coef};
	p->rows[p->n_rows - 1].n++;
}

/* ---- one factor ---- */

/* A use in one period, in a list by (pool, period). */
struct at_use {
	int32_t alt, next;
	int64_t amount, share;
};

struct making {
	struct prog *p;
	const struct core *c;
	const int32_t *choice;
	int32_t f;
	struct at_use *uses;
	int32_t n_uses, *head;                     /* by cell: pool * periods + t */
	int32_t *carry, *lapse, *withdraw, *grant; /* columns by cell, -1 = none */
	int32_t *transfer;                         /* by transfer * periods + t */
	int32_t *draws, n_draws;                   /* columns of PROG_DRAW */
};

static int32_t cell(const struct making *m, int32_t q, int32_t t) {
	return q * m->c->in->n_periods + t;
}

static bool is_in(const struct making *m, int32_t k) {
	if (!m->choice) return !m->c->is_out[k];
	return m->choice[m->c->in->alts[k].project] == k;
}

static void list_uses(struct making *m) {
	const struct alloc *in = m->c->in;
	for (int32_t k = 0; k < in->n_alts; k++) {
		if (!is_in(m, k)) continue;
		const struct alloc_alt *a = &in->alts[k];
		for (int32_t n = a->use; n < a->use + a->n_use; n++) {
			const struct alloc_use *u = &in->uses[n];
			if (u->factor != m->f || u->amount == 0) continue;
			int64_t share =
				u->pool == in->city ? 0 : permille_of(u->amount, a->city_share_permille);
			for (int32_t t = u->from; t <= u->to; t++) {
				int32_t *head = &m->head[cell(m, u->pool, t)];
				m->uses[m->n_uses] = (struct at_use){k, *head, u->amount, share};
				*head = m->n_uses++;
			}
		}
	}
}

static int32_t flow_col(struct making *m, enum prog_kind kind, int32_t q, int32_t t, int32_t other,
						int64_t max) {
	struct prog_col col = {kind, m->f, q, t, other, max, m->c->is_hard[m->f]};
	return new_col(m->p, col);
}

static void make_pool_cols(struct making *m, int32_t q, int32_t t) {
	const struct alloc *in = m->c->in;
	int32_t at = cell(m, q, t);
	int64_t b = in->quota[alloc_at(in, m->f, q, t)];
	const struct alloc_carry *r = &in->carry[m->f * in->n_pools + q];
	if (t + 1 < in->n_periods) {
		int64_t most = !r->is_set         ? permille_of(b, in->factors[m->f].carry_permille)
					   : r->permille == 0 ? 0
					   : r->max >= 0      ? r->max
										  : ALLOC_QTY_MAX;
		if (most > 0) m->carry[at] = flow_col(m, PROG_CARRY, q, t, -1, most);
		if (in->pools[q].lapses_to_city)
			m->lapse[at] = flow_col(m, PROG_LAPSE, q, t, -1, ALLOC_QTY_MAX);
	}
	if (q == in->city) return;
	int64_t w = permille_of(b, in->pools[q].withdraw_permille),
			g = permille_of(b, in->pools[q].grant_permille);
	if (w > 0) m->withdraw[at] = flow_col(m, PROG_WITHDRAW, q, t, -1, w);
	if (g > 0) m->grant[at] = flow_col(m, PROG_GRANT, q, t, -1, g);
}

/* Draw columns of one county pool and period: one for all its users, or with a concentration cap
 * one for each county whose projects use it. The row bounds it by the shares. */
static void make_draws(struct making *m, int32_t q, int32_t t, int32_t county) {
	const struct alloc *in = m->c->in;
	int64_t most = 0;
	for (int32_t n = m->head[cell(m, q, t)]; n >= 0; n = m->uses[n].next)
		if (county < 0 || in->projects[in->alts[m->uses[n].alt].project].county == county)
			most += m->uses[n].share;
	if (most == 0) return;
	int32_t col = flow_col(m, PROG_DRAW, q, t, county, most);
	m->draws[m->n_draws++] = col;
	if (m->choice) return;
	prog_open_row(m->p, 0, m->f);
	prog_put(m->p, col, 1);
	for (int32_t n = m->head[cell(m, q, t)]; n >= 0; n = m->uses[n].next)
		if (county < 0 || in->projects[in->alts[m->uses[n].alt].project].county == county)
			prog_put(m->p, m->uses[n].alt, -m->uses[n].share);
}

static void make_cols(struct making *m) {
	const struct alloc *in = m->c->in;
	bool by_county = alloc_concentration_cap(in, m->f) >= 0;
	for (int32_t q = 0; q < in->n_pools; q++)
		for (int32_t t = 0; t < in->n_periods; t++) {
			make_pool_cols(m, q, t);
			if (!by_county) make_draws(m, q, t, -1);
			for (int32_t i = 0; by_county && i < in->n_pools; i++) make_draws(m, q, t, i);
		}
	for (int32_t k = 0; k < in->n_transfers; k++)
		for (int32_t t = 0; t < in->n_periods; t++)
			if (in->transfers[k].factor == m->f && in->transfers[k].max > 0)
				m->transfer[k * in->n_periods + t] =
					flow_col(m, PROG_TRANSFER, in->transfers[k].from, t, k, in->transfers[k].max);
}

/* Put scale * (use + sent - received) of a pool and period into the open row; quota apart. */
static void put_outgo(struct making *m, int32_t q, int32_t t, int64_t scale) {
	const struct alloc *in = m->c->in;
	struct prog *p = m->p;
	int32_t at = cell(m, q, t);
	int64_t used = 0;
	for (int32_t n = m->head[at]; n >= 0; n = m->uses[n].next) {
		if (m->choice) used += m->uses[n].amount;
		else prog_put(p, m->uses[n].alt, scale * m->uses[n].amount);
	}
	p->rows[p->n_rows - 1].rhs -= scale * used;
	if (t > 0) prog_put(p, m->carry[cell(m, q, t - 1)], -scale);
	for (int32_t k = 0; k < in->n_transfers; k++) {
		int32_t col = m->transfer[k * in->n_periods + t];
		if (in->transfers[k].from == q) prog_put(p, col, scale);
		if (in->transfers[k].to == q) prog_put(p, col, -scale);
	}
	for (int32_t d = 0; d < m->n_draws; d++) {
		const struct prog_col *col = &p->cols[m->draws[d]];
		if (col->period != t) continue;
		if (q == in->city) prog_put(p, m->draws[d], scale);
		else if (col->pool == q) prog_put(p, m->draws[d], -scale);
	}
	if (q != in->city) {
		prog_put(p, m->withdraw[at], scale);
		prog_put(p, m->grant[at], -scale);
		return;
	}
	for (int32_t o = 0; o < in->n_pools; o++) {
		prog_put(p, m->withdraw[cell(m, o, t)], -scale);
		prog_put(p, m->grant[cell(m, o, t)], scale);
		if (t > 0) prog_put(p, m->lapse[cell(m, o, t - 1)], -scale);
	}
}

static int64_t gcd(int64_t a, int64_t b) {
	return b ? gcd(b, a % b) : a;
}

/* carry <= floor(share * E); and for what lapses to the city: lapse <= E - min(floor(share * E),
 * max), which needs a switch where the cap may bind. E is the balance at the end. */
static void make_share_rows(struct making *m, int32_t q, int32_t t) {
	const struct alloc *in = m->c->in;
	const struct alloc_carry *r = &in->carry[m->f * in->n_pools + q];
	struct prog *p = m->p;
	int32_t at = cell(m, q, t);
	int64_t quota = in->quota[alloc_at(in, m->f, q, t)], part = gcd(1000, r->permille),
			whole = 1000 / part, share = r->permille / part;
	if (m->carry[at] >= 0 && r->permille < 1000) {
		prog_open_row(p, share * quota, m->f);
		prog_put(p, m->carry[at], whole);
		put_outgo(m, q, t, share);
	}
	if (m->lapse[at] < 0 || r->permille == 0) return;
	int32_t sw = -1;
	int64_t big = alloc_quota_total(in, m->f);
	if (r->max >= 0) sw = flow_col(m, PROG_SWITCH, q, t, -1, 1);
	prog_open_row(p, (whole - share) * quota + whole - 1, m->f);
	prog_put(p, m->lapse[at], whole);
	prog_put(p, sw, -whole * big);
	put_outgo(m, q, t, whole - share);
	if (sw < 0) return;
	prog_open_row(p, quota - r->max + big, m->f);
	prog_put(p, m->lapse[at], 1);
	prog_put(p, sw, big);
	put_outgo(m, q, t, 1);
}

/* A county passes on only what it carried and was issued. */
static void make_hold_row(struct making *m, int32_t q, int32_t t) {
	const struct alloc *in = m->c->in;
	int32_t at = cell(m, q, t);
	bool passes = m->withdraw[at] >= 0;
	for (int32_t k = 0; k < in->n_transfers; k++)
		passes = passes || (in->transfers[k].from == q && m->transfer[k * in->n_periods + t] >= 0);
	if (!passes) return;
	prog_open_row(m->p, in->quota[alloc_at(in, m->f, q, t)], m->f);
	prog_put(m->p, m->withdraw[at], 1);
	if (t > 0) prog_put(m->p, m->carry[cell(m, q, t - 1)], -1);
	for (int32_t k = 0; k < in->n_transfers; k++)
		if (in->transfers[k].from == q) prog_put(m->p, m->transfer[k * in->n_periods + t], 1);
}

static void make_concentration(struct making *m) {
	const struct alloc *in = m->c->in;
	int64_t cap = alloc_concentration_cap(in, m->f);
	for (int32_t i = 0; cap >= 0 && i < in->n_pools; i++) {
		if (i == in->city) continue;
		prog_open_row(m->p, cap, m->f);
		for (int32_t d = 0; d < m->n_draws; d++)
			if (m->p->cols[m->draws[d]].other == i) prog_put(m->p, m->draws[d], 1);
		for (int32_t t = 0; t < in->n_periods; t++)
			for (int32_t n = m->head[cell(m, in->city, t)]; n >= 0; n = m->uses[n].next) {
				if (in->projects[in->alts[m->uses[n].alt].project].county != i) continue;
				if (m->choice) m->p->rows[m->p->n_rows - 1].rhs -= m->uses[n].amount;
				else prog_put(m->p, m->uses[n].alt, m->uses[n].amount);
			}
	}
}

static void make_rows(struct making *m) {
	const struct alloc *in = m->c->in;
	for (int32_t q = 0; q < in->n_pools; q++)
		for (int32_t t = 0; t < in->n_periods; t++) {
			int32_t at = cell(m, q, t);
			int64_t reserve = q == in->city && t + 1 == in->n_periods ? in->reserve[m->f] : 0;
			prog_open_row(m->p, in->quota[alloc_at(in, m->f, q, t)] - reserve, m->f);
			prog_put(m->p, m->carry[at], 1);
			prog_put(m->p, m->lapse[at], 1);
			put_outgo(m, q, t, 1);
			if (q != in->city) make_hold_row(m, q, t);
			if (in->carry[m->f * in->n_pools + q].is_set && t + 1 < in->n_periods)
				make_share_rows(m, q, t);
		}
	make_concentration(m);
}

static int32_t *columns(struct arena *a, int32_t n) {
	int32_t *p = arena_array(a, (size_t)n + 1, sizeof *p);
	for (int32_t k = 0; k < n; k++) p[k] = -1;
	return p;
}

static void make_factor(struct prog *p, const struct core *c, const int32_t *choice, int32_t f) {
	const struct alloc *in = c->in;
	int32_t cells = in->n_pools * in->n_periods;
	struct making m = {.p = p, .c = c, .choice = choice, .f = f};
	size_t spans = 0;
	for (int32_t k = 0; k < in->n_uses; k++)
		spans += in->uses[k].factor == f ? (size_t)(in->uses[k].to - in->uses[k].from + 1) : 0;
	m.uses = arena_array(p->arena, spans + 1, sizeof *m.uses);
	m.head = columns(p->arena, cells);
	m.carry = columns(p->arena, cells);
	m.lapse = columns(p->arena, cells);
	m.withdraw = columns(p->arena, cells);
	m.grant = columns(p->arena, cells);
	m.transfer = columns(p->arena, in->n_transfers * in->n_periods);
	m.draws = columns(p->arena, cells * (alloc_concentration_cap(in, f) >= 0 ? in->n_pools : 1));
	list_uses(&m);
	make_cols(&m);
	make_rows(&m);
}

/* ---- rows of the choice ---- */

static void make_choice_rows(struct prog *p, const struct core *c) {
	const struct alloc *in = c->in;
	for (int32_t i = 0; i < in->n_projects; i++) {
		prog_open_row(p, 1, -1);
		for (int32_t k = 0; k < in->projects[i].n_alt; k++)
			if (!c->is_out[in->projects[i].alt + k]) prog_put(p, in->projects[i].alt + k, 1);
	}
	for (int32_t l = 0; l < in->n_limits; l++) {
		prog_open_row(
			p, permille_of(alloc_quota_total(in, in->limits[l].factor), in->limits[l].max_permille),
			-1);
		for (int32_t k = 0; k < in->n_alts; k++)
			if (!c->is_out[k] && limit_selects(&in->limits[l], &in->projects[in->alts[k].project]))
				prog_put(p, k, alt_amount(in, k, in->limits[l].factor, -1));
	}
	for (int32_t x = 0; x < in->n_pairs; x++) {
		if (!in->pairs[x].is_excludes) continue;
		prog_open_row(p, 1, -1);
		const int32_t both[] = {in->pairs[x].a, in->pairs[x].b};
		for (int s = 0; s < 2; s++)
			for (int32_t k = 0; k < in->projects[both[s]].n_alt; k++)
				if (!c->is_out[in->projects[both[s]].alt + k])
					prog_put(p, in->projects[both[s]].alt + k, 1);
	}
}

void prog_build(struct arena *a, const struct core *c, const int32_t *choice, int32_t factor,
				struct prog *p) {
	*p = (struct prog){.c = c, .arena = a};
	if (!choice) {
		for (int32_t k = 0; k < c->n_alts; k++)
			new_col(p, (struct prog_col){PROG_CHOICE, -1, -1, -1, k, c->is_out[k] ? 0 : 1, true});
		make_choice_rows(p, c);
	}
	for (int32_t f = 0; f < c->in->n_factors; f++)
		if (factor < 0 || factor == f) make_factor(p, c, choice, f);
}

bool prog_holds(const struct prog *p, const int64_t *x) {
	for (int32_t k = 0; k < p->n_cols; k++)
		if (x[k] < 0 || x[k] > p->cols[k].max) return false;
	for (int32_t r = 0; r < p->n_rows; r++) {
		wide sum = 0;
		for (int32_t k = p->rows[r].at; k < p->rows[r].at + p->rows[r].n; k++)
			sum += (wide)p->entries[k].coef * x[p->entries[k].col];
		if (sum > p->rows[r].rhs) return false;
	}
	return true;
}

int64_t prog_weight(const struct prog *p, int32_t col, enum alloc_kind goal) {
	enum prog_kind kind = p->cols[col].kind;
	const struct alloc *in = p->c->in;
	if (goal == GOAL_TRANSFER)
		return kind == PROG_WITHDRAW || kind == PROG_GRANT || kind == PROG_TRANSFER;
	if (kind == PROG_DRAW) return 1;
	if (kind != PROG_CHOICE) return 0;
	int64_t sum = 0;
	for (int32_t f = 0; f < in->n_factors; f++)
		sum += alt_amount(in, p->cols[col].other, f, in->city);
	return sum;
}

int64_t city_draw_direct(const struct alloc *in, const int32_t *choice) {
	int64_t sum = 0;
	for (int32_t i = 0; i < in->n_projects; i++)
		for (int32_t f = 0; choice[i] >= 0 && f < in->n_factors; f++)
			sum += alt_amount(in, choice[i], f, in->city);
	return sum;
}

void prog_take_flow(const struct prog *p, const struct flow *f, int64_t *x) {
	static const enum core_arc_kind arc_of[] = {
		[PROG_CHOICE] = ARC_HELD,       [PROG_CARRY] = ARC_CARRY, [PROG_LAPSE] = ARC_LAPSE,
		[PROG_WITHDRAW] = ARC_WITHDRAW, [PROG_GRANT] = ARC_GRANT, [PROG_TRANSFER] = ARC_TRANSFER,
		[PROG_DRAW] = ARC_DRAW,         [PROG_SWITCH] = ARC_HELD,
	};
	const struct core *c = f->c;
	for (int32_t k = 0; k < p->n_cols; k++) {
		const struct prog_col *col = &p->cols[k];
		x[k] = 0;
		for (int32_t e = 0; e < c->n_arcs; e++) {
			const struct core_arc *arc = &c->arcs[e];
			if (arc->kind != arc_of[col->kind] || arc->kind == ARC_HELD ||
				arc->factor != col->factor)
				continue;
			if (arc->pool != col->pool || arc->period != col->period) continue;
			if (arc->kind == ARC_TRANSFER && arc->other != c->in->transfers[col->other].to)
				continue;
			x[k] += flow_on(f, e);
		}
	}
	/* A county that gives to the city and gets from it in one period may do less of both; after
	 * that it passes on only what it held. */
	for (int32_t k = 0; k < p->n_cols; k++) {
		if (p->cols[k].kind != PROG_WITHDRAW) continue;
		for (int32_t o = 0; o < p->n_cols && x[k] > 0; o++) {
			const struct prog_col *b = &p->cols[o];
			if (b->kind != PROG_GRANT && b->kind != PROG_DRAW) continue;
			if (b->factor != p->cols[k].factor || b->pool != p->cols[k].pool ||
				b->period != p->cols[k].period)
				continue;
			int64_t both = x[o] < x[k] ? x[o] : x[k];
			x[o] -= both;
			x[k] -= both;
		}
	}
}

/* ---- movements of a solution ---- */

struct telling {
	struct arena *arena;
	const struct core *c;
	const int32_t *choice;
	const struct prog *p;
	const int64_t *x;
	struct alloc_flow *flows;
	size_t n, room;
	int64_t *balance, *carry_choice; /* by alloc_at() */
};

static void tell(struct telling *w, struct alloc_flow x) {
	if (x.amount == 0) return;
	if (w->n == w->room) {
		size_t room = w->room ? w->room * 2 : 64;
		struct alloc_flow *grown = arena_array(w->arena, room, sizeof *grown);
		if (w->n) memcpy(grown, w->flows, w->n * sizeof *grown);
		w->flows = grown;
		w->room = room;
	}
	w->flows[w->n++] = x;
}

/* One draw column's amount, project by project in order. */
static void tell_draw(struct telling *w, const struct prog_col *col, int64_t amount) {
	const struct alloc *in = w->c->in;
	for (int32_t i = 0; i < in->n_projects && amount > 0; i++) {
		if (w->choice[i] < 0 || (col->other >= 0 && in->projects[i].county != col->other)) continue;
		const struct alloc_alt *a = &in->alts[w->choice[i]];
		int64_t room = 0;
		for (int32_t u = a->use; u < a->use + a->n_use; u++)
			if (in->uses[u].factor == col->factor && in->uses[u].pool == col->pool &&
				in->uses[u].from <= col->period && col->period <= in->uses[u].to)
				room += permille_of(in->uses[u].amount, a->city_share_permille);
		int64_t d = room < amount ? room : amount;
		tell(w, (struct alloc_flow){FLOW_DRAW, col->factor, col->pool, col->period, -1, i, d});
		amount -= d;
	}
}

/* Everything but carry and lapse: straight from the columns, into the balances. */
static void tell_cols(struct telling *w) {
	const struct alloc *in = w->c->in;
	for (int32_t k = 0; k < w->p->n_cols; k++) {
		const struct prog_col *col = &w->p->cols[k];
		int64_t v = w->x[k];
		if (col->factor < 0 || v == 0) continue;
		size_t at = alloc_at(in, col->factor, col->pool, col->period),
			   city = alloc_at(in, col->factor, in->city, col->period);
		struct alloc_flow x = {FLOW_CARRY, col->factor, col->pool, col->period, -1, -1, v};
		switch (col->kind) {
		case PROG_CARRY: w->carry_choice[at] = v; break;
		case PROG_WITHDRAW:
			w->balance[at] -= v, w->balance[city] += v;
			x.kind = FLOW_WITHDRAW, tell(w, x);
			break;
		case PROG_GRANT:
			w->balance[at] += v, w->balance[city] -= v;
			x.kind = FLOW_GRANT, tell(w, x);
			break;
		case PROG_TRANSFER:
			x.kind = FLOW_TRANSFER, x.to = in->transfers[col->other].to, tell(w, x);
			w->balance[at] -= v, w->balance[alloc_at(in, x.factor, x.to, x.period)] += v;
			break;
		case PROG_DRAW:
			w->balance[at] += v, w->balance[city] -= v;
			tell_draw(w, col, v);
			break;
		case PROG_CHOICE:
		case PROG_LAPSE:
		case PROG_SWITCH: break;
		}
	}
}

static void tell_uses(struct telling *w) {
	const struct alloc *in = w->c->in;
	for (int32_t i = 0; i < in->n_projects; i++) {
		if (w->choice[i] < 0) continue;
		const struct alloc_alt *a = &in->alts[w->choice[i]];
		for (int32_t u = a->use; u < a->use + a->n_use; u++)
			for (int32_t t = in->uses[u].from; t <= in->uses[u].to; t++)
				w->balance[alloc_at(in, in->uses[u].factor, in->uses[u].pool, t)] -=
					in->uses[u].amount;
	}
}

/* Period by period: what stays is carried by its rule, the rest lapses. */
static void tell_rest(struct telling *w, int32_t f) {
	const struct alloc *in = w->c->in;
	for (int32_t t = 0; t + 1 < in->n_periods; t++)
		for (int32_t q = 0; q < in->n_pools; q++) {
			size_t at = alloc_at(in, f, q, t);
			int64_t end = w->balance[at], carried = w->carry_choice[at];
			const struct alloc_carry *r = &in->carry[f * in->n_pools + q];
			if (r->is_set) {
				carried = permille_of(end > 0 ? end : 0, r->permille);
				if (r->max >= 0 && carried > r->max) carried = r->max;
			}
			w->balance[alloc_at(in, f, q, t + 1)] += carried;
			tell(w, (struct alloc_flow){FLOW_CARRY, f, q, t, -1, -1, carried});
			if (!in->pools[q].lapses_to_city) continue;
			w->balance[alloc_at(in, f, in->city, t + 1)] += end - carried;
			tell(w, (struct alloc_flow){FLOW_LAPSE, f, q, t, -1, -1, end - carried});
		}
}

void prog_flows(struct arena *a, const struct core *c, const int32_t *choice, const struct prog *p,
				const int64_t *x, struct alloc_flow **flows, size_t *n) {
	const struct alloc *in = c->in;
	size_t cells = alloc_at(in, in->n_factors, 0, 0);
	struct telling w = {.arena = a, .c = c, .choice = choice, .p = p, .x = x};
	w.balance = arena_array(a, cells + 1, sizeof *w.balance);
	w.carry_choice = arena_array(a, cells + 1, sizeof *w.carry_choice);
	memcpy(w.balance, in->quota, cells * sizeof *in->quota);
	tell_uses(&w);
	tell_cols(&w);
	for (int32_t f = 0; f < in->n_factors; f++) tell_rest(&w, f);
	*flows = w.flows;
	*n = w.n;
}
