#include "solve/reason.h"

#include "solve/flow.h"
#include "solve/search.h"

#include <math.h>
#include <string.h>

const char *reason_name(enum reason_kind k) {
	static const char *const names[REASON__N] = {"quota", "priced_out", "limit", "rule",
												 "ineligible"};
	return names[k];
}

struct finding {
	struct arena *arena, scratch;
	const struct core *c;
	const struct alloc *in;
	const int32_t *choice;
	const struct bound *prices;
	struct flow *flow;         /* holds the plan; every question leaves it as it was */
	int32_t *stand_at, *stand; /* granted projects by the pool that they use */
	struct victim *victims;    /* room for the question under way */
	int32_t *gone;
	bool *is_gone;
	int32_t *limit_at;          /* node of a limit */
	int32_t *cell_of;           /* node -> alloc_at() cell, -1 for limits and pairs */
	int32_t *arcs_at, *arcs_of; /* arcs whose cap follows from the quota of a cell */
};

/* ---- the plan with a little more quota somewhere ---- */

static int64_t share_of(const struct alloc *in, const struct core_arc *e, int64_t quota) {
	switch (e->kind) {
	case ARC_CARRY:
		if (in->carry[e->factor * in->n_pools + e->pool].is_set) return -1;
		return permille_of(quota, in->factors[e->factor].carry_permille);
	case ARC_WITHDRAW: return permille_of(quota, in->pools[e->pool].withdraw_permille);
	case ARC_GRANT: return permille_of(quota, in->pools[e->pool].grant_permille);
	case ARC_LAPSE:
	case ARC_TRANSFER:
	case ARC_DRAW:
	case ARC_HELD: return -1;
	}
	return -1;
}

/* Put x more quota into a cell: its own room, and the arcs whose caps are shares of it. Arcs that
 * have no share now but would get one are not in the network: that can only understate. */
static void add_quota(struct finding *w, const struct reason_missing *m, int64_t x) {
	const struct core *c = w->c;
	size_t at = alloc_at(w->in, m->factor, m->pool, m->period);
	flow_give(w->flow, c->held[at], x);
	for (int32_t k = w->arcs_at[at]; k < w->arcs_at[at + 1]; k++) {
		const struct core_arc *e = &c->arcs[w->arcs_of[k]];
		int64_t cap = share_of(w->in, e, w->in->quota[at] + x);
		if (cap > e->cap) flow_widen(w->flow, c->arc_half[w->arcs_of[k]], cap - e->cap);
	}
}

/* More quota in all also widens limits, which are shares of it. */
static int64_t limit_room(const struct finding *w, int32_t l, const struct reason_missing *m,
						  int32_t n) {
	int64_t total = w->c->quota_total[w->in->limits[l].factor], more = total;
	for (int32_t k = 0; k < n; k++)
		if (m[k].factor == w->in->limits[l].factor) more += m[k].amount;
	return permille_of(more, w->in->limits[l].max_permille) -
		   permille_of(total, w->in->limits[l].max_permille);
}

static bool fits_with(struct finding *w, int32_t alt, const struct reason_missing *m, int32_t n) {
	flow_mark(w->flow);
	for (int32_t k = 0; k < n; k++) add_quota(w, &m[k], m[k].amount);
	for (int32_t l = 0; l < w->in->n_limits; l++)
		flow_give(w->flow, w->limit_at[l], limit_room(w, l, m, n));
	bool fits = flow_add(w->flow, alt);
	flow_undo(w->flow);
	return fits;
}

/* Hard factors: the whole instance with more quota, asked of the exact model. */
static bool fits_exactly_with(struct finding *w, int32_t alt, const struct reason_missing *m,
							  int32_t n) {
	struct alloc in = *w->in;
	struct core c;
	arena_reset(&w->scratch);
	size_t cells = alloc_at(&in, in.n_factors, 0, 0);
	in.quota = arena_array(&w->scratch, cells, sizeof *in.quota);
	memcpy(in.quota, w->in->quota, cells * sizeof *in.quota);
	for (int32_t k = 0; k < n; k++)
		in.quota[alloc_at(&in, m[k].factor, m[k].pool, m[k].period)] += m[k].amount;
	core_build(&w->scratch, &in, &c);
	int32_t *choice = arena_array(&w->scratch, (size_t)in.n_projects + 1, sizeof *choice);
	memcpy(choice, w->choice, (size_t)in.n_projects * sizeof *choice);
	choice[in.alts[alt].project] = alt;
	struct flow *f = flow_new(&w->scratch, &c);
	for (int32_t i = 0; f && i < in.n_projects; i++)
		if (choice[i] >= 0 && !flow_add(f, choice[i])) return false;
	return f && choice_fits(&w->scratch, &c, choice);
}

static bool admits(struct finding *w, int32_t alt, const struct reason_missing *m, int32_t n) {
	return w->c->any_hard ? fits_exactly_with(w, alt, m, n) : fits_with(w, alt, m, n);
}

/* ---- what is missing ---- */

/* Per node what the network cannot bring: in all the least, by max flow. Returns the entries;
 * limits that are exceeded go into r. */
static int32_t unmet(struct finding *w, int32_t alt, struct reason_missing *m, struct reason *r) {
	const struct core *c = w->c;
	int32_t n = 0;
	flow_mark(w->flow);
	for (int32_t k = c->draw_at[alt]; k < c->draw_at[alt + 1]; k++)
		flow_widen(w->flow, c->arc_half[c->draws[k].node], c->draws[k].amount);
	r->limit = -1;
	for (int32_t k = c->use_at[alt]; k < c->use_at[alt + 1]; k++) {
		int32_t node = c->uses[k].node, cell = w->cell_of[node];
		int64_t left = flow_pull(w->flow, node, c->uses[k].amount);
		bool is_hard = cell >= 0 && c->is_hard[c->group[node]];
		if (is_hard) left = c->uses[k].amount; /* an upper start; made least below */
		if (left == 0) continue;
		if (cell < 0) {
			r->limit = node;
			r->limit_by = left;
			continue;
		}
		int32_t t = cell % w->in->n_periods, q = cell / w->in->n_periods % w->in->n_pools;
		m[n++] = (struct reason_missing){q, c->group[node], t, left};
	}
	flow_undo(w->flow);
	return n;
}

/* Entry by entry down to the least that still admits: one unit less anywhere then does not. */
static bool make_least(struct finding *w, int32_t alt, struct reason_missing *m, int32_t *n) {
	if (!admits(w, alt, m, *n)) return false;
	for (int32_t k = 0; k < *n; k++) {
		int64_t low = 0, high = m[k].amount; /* high admits */
		m[k].amount = high - 1;
		if (high > 0 && !admits(w, alt, m, *n)) low = high; /* by max flow it mostly is the least */
		while (low < high) {
			int64_t mid = low + (high - low) / 2;
			m[k].amount = mid;
			if (admits(w, alt, m, *n)) high = mid;
			else low = mid + 1;
		}
		m[k].amount = high;
	}
	int32_t kept = 0;
	for (int32_t k = 0; k < *n; k++)
		if (m[k].amount > 0) m[kept++] = m[k];
	*n = kept;
	return true;
}

static double lack_of(const struct finding *w, const struct reason_missing *m, int32_t n,
					  const struct reason *r) {
	double sum = r->limit >= 0 ? 1e6 : 0;
	for (int32_t k = 0; k < n; k++)
		sum += (double)m[k].amount / (1.0 + (double)w->c->quota_total[m[k].factor]);
	return sum;
}

/* ---- what it would displace ---- */

enum { VICTIMS = 24 };

struct victim {
	double cost; /* value for what it frees */
	int32_t project;
};

/* The part of what is missing at a cell that a project frees: what it takes there; a third of what
 * it takes of the factor from the same pool at other times, which may be carried; a twentieth of
 * what it takes elsewhere, which must come through the city. */
static double part_freed(const struct alloc *in, const struct alloc_alt *a,
						 const struct reason_missing *m) {
	double best = 0;
	for (const struct alloc_use *u = in->uses + a->use; u < in->uses + a->use + a->n_use; u++) {
		if (u->factor != m->factor) continue;
		double part = (double)u->amount / (double)m->amount;
		if (u->pool != m->pool) part *= 0.05;
		else if (m->period < u->from || m->period > u->to) part *= 0.3;
		if (part > best) best = part;
	}
	return best < 1 ? best : 1;
}

/* While a project is being explained, r->limit is the node of what stands against it. */
static double part_of_limit(const struct finding *w, int32_t alt, const struct reason *r) {
	const struct core *c = w->c;
	for (int32_t u = c->use_at[alt]; u < c->use_at[alt + 1]; u++)
		if (c->uses[u].node == r->limit)
			return fmin(1, (double)c->uses[u].amount / (double)r->limit_by);
	return 0;
}

static double cost_of(const struct finding *w, int32_t i, const struct reason *r) {
	const struct alloc_alt *a = &w->in->alts[w->choice[i]];
	double frees = r->limit >= 0 ? part_of_limit(w, w->choice[i], r) : 0;
	for (int32_t k = 0; k < r->n_missing; k++) frees += part_freed(w->in, a, &r->missing[k]);
	return frees > 0 ? (double)a->value / frees : INFINITY;
}

/* Keeps the cheapest, in order. */
static int32_t offer(struct victim *v, int32_t n, double cost, int32_t project) {
	if (!(cost < INFINITY) || (n == VICTIMS && cost >= v[n - 1].cost)) return n;
	int32_t at = n < VICTIMS ? n : VICTIMS - 1;
	for (; at > 0 && v[at - 1].cost > cost; at--) v[at] = v[at - 1];
	v[at] = (struct victim){cost, project};
	return n < VICTIMS ? n + 1 : n;
}

static bool may_go(const struct finding *w, int32_t i) {
	return !w->is_gone[i] && w->in->projects[i].fixed < 0;
}

static bool is_new_pool(const struct reason *r, int32_t k) {
	for (int32_t j = 0; j < k; j++)
		if (r->missing[j].pool == r->missing[k].pool) return false;
	return true;
}

/* Who stands in the pools that are short; with `is_all` whoever stands. */
static int32_t find_victims(struct finding *w, const struct reason *r, bool is_all) {
	const struct alloc *in = w->in;
	int32_t n = 0;
	for (int32_t k = 0; k < (is_all ? in->n_pools : r->n_missing); k++) {
		if (!is_all && !is_new_pool(r, k)) continue;
		int32_t pool = is_all ? k : r->missing[k].pool;
		for (int32_t x = w->stand_at[pool]; x < w->stand_at[pool + 1]; x++)
			if (may_go(w, w->stand[x]))
				n = offer(w->victims, n, cost_of(w, w->stand[x], r), w->stand[x]);
	}
	return n;
}

/* Take out one after the other until it fits; true when it does. */
static bool make_room(struct finding *w, struct reason *r, bool is_all, int32_t *n_gone) {
	int32_t n = *n_gone < VICTIMS ? find_victims(w, r, is_all) : 0;
	for (int32_t k = 0; k < n && *n_gone < VICTIMS; k++) {
		int32_t i = w->victims[k].project;
		w->is_gone[i] = true;
		w->gone[(*n_gone)++] = i;
		flow_remove(w->flow, w->choice[i]);
		if (flow_add(w->flow, r->alt)) return true;
	}
	return false;
}

/* Those that would go: cheapest for what they free first, until it fits; then whoever still fits
 * comes back. */
static void displace(struct finding *w, struct reason *r) {
	int32_t n = 0;
	flow_mark(w->flow);
	bool fits =
		flow_add(w->flow, r->alt) || make_room(w, r, false, &n) || make_room(w, r, true, &n);
	for (int32_t k = n - 1; fits && k >= 0; k--)
		if (flow_add(w->flow, w->choice[w->gone[k]])) w->is_gone[w->gone[k]] = false;
	r->displaces = arena_array(w->arena, (size_t)n + 1, sizeof *r->displaces);
	for (int32_t k = 0; k < n; k++) {
		if (fits && w->is_gone[w->gone[k]]) r->displaces[r->n_displaces++] = w->gone[k];
		w->is_gone[w->gone[k]] = false;
	}
	flow_undo(w->flow);
}

/* ---- one refused project ---- */

static bool by_rule(const struct finding *w, struct reason *r) {
	const struct alloc *in = w->in;
	r->other = -1;
	if (in->projects[r->project].is_never) return true;
	for (int32_t k = 0; k < in->n_pairs; k++) {
		const struct alloc_pair *x = &in->pairs[k];
		int32_t other = x->a == r->project                     ? x->b
						: x->is_excludes && x->b == r->project ? x->a
															   : -1;
		if (other < 0) continue;
		if ((w->choice[other] >= 0) == x->is_excludes) {
			r->other = other;
			return true;
		}
	}
	return false;
}

static int64_t price_of(const struct finding *w, int32_t alt) {
	double sum = 0;
	for (int32_t u = w->c->use_at[alt]; u < w->c->use_at[alt + 1]; u++)
		sum += w->prices->price[w->c->uses[u].node] * (double)w->c->uses[u].amount;
	return sum < 9e15 ? (int64_t)llround(sum) : (int64_t)9e15;
}

/* Prices are nearly, not quite, those of the bound: at the margin a project is not priced out. */
static const double MARGIN = 0.002;

static void explain(struct finding *w, int32_t i, struct reason *r) {
	const struct alloc_project *p = &w->in->projects[i];
	*r = (struct reason){
		.kind = REASON_INELIGIBLE, .project = i, .alt = -1, .limit = -1, .other = -1};
	double least = INFINITY;
	double gain = -INFINITY;
	for (int32_t k = p->alt; k < p->alt + p->n_alt; k++) {
		struct reason at = *r;
		struct reason_missing *m =
			arena_array(w->arena, (size_t)(w->c->use_at[k + 1] - w->c->use_at[k]) + 1, sizeof *m);
		int32_t n = unmet(w, k, m, &at);
		double lack = lack_of(w, m, n, &at);
		if (w->prices->gain[k] > gain) gain = w->prices->gain[k];
		if (lack >= least) continue;
		least = lack;
		*r = at;
		r->alt = k;
		r->missing = m;
		r->n_missing = n;
	}
	if (r->alt < 0) return;
	r->worth = w->in->alts[r->alt].value;
	r->price = price_of(w, r->alt);
	bool is_limit = r->limit >= 0;
	if (!is_limit && !make_least(w, r->alt, r->missing, &r->n_missing)) is_limit = true;
	r->kind = by_rule(w, r)                       ? REASON_RULE
			  : is_limit                          ? REASON_LIMIT
			  : gain < -MARGIN * (double)r->worth ? REASON_PRICED_OUT
												  : REASON_QUOTA;
	if (r->kind == REASON_RULE) return;
	displace(w, r);
	int32_t number = -1; /* limit nodes stand in order before those of concentration and pairs */
	for (int32_t node = 0; node <= r->limit; node++)
		number += w->c->group[node] == w->in->n_factors;
	r->limit = r->limit >= 0 && number < w->in->n_limits ? number : -1;
}

static void index_cells(struct finding *w) {
	const struct core *c = w->c;
	size_t cells = alloc_at(w->in, w->in->n_factors, 0, 0);
	w->cell_of = arena_array(w->arena, (size_t)c->n_nodes + 1, sizeof *w->cell_of);
	w->arcs_at = arena_array(w->arena, cells + 2, sizeof *w->arcs_at);
	w->arcs_of = arena_array(w->arena, (size_t)c->n_arcs + 1, sizeof *w->arcs_of);
	for (int32_t n = 0; n < c->n_nodes; n++) w->cell_of[n] = -1;
	for (size_t at = 0; at < cells; at++)
		w->cell_of[c->usable[at]] = w->cell_of[c->held[at]] = (int32_t)at;
	for (int32_t e = 0; e < c->n_arcs; e++)
		if (share_of(w->in, &c->arcs[e], 0) >= 0)
			w->arcs_at[alloc_at(w->in, c->arcs[e].factor, c->arcs[e].pool, c->arcs[e].period) +
					   2]++;
	for (size_t at = 0; at < cells; at++) w->arcs_at[at + 2] += w->arcs_at[at + 1];
	for (int32_t e = 0; e < c->n_arcs; e++)
		if (share_of(w->in, &c->arcs[e], 0) >= 0)
			w->arcs_of[w->arcs_at[alloc_at(w->in, c->arcs[e].factor, c->arcs[e].pool,
										   c->arcs[e].period) +
								  1]++] = e;
}

static int32_t pool_of(const struct alloc *in, int32_t alt) {
	return in->uses[in->alts[alt].use].pool;
}

static void index_plan(struct finding *w) {
	const struct alloc *in = w->in;
	w->limit_at = arena_array(w->arena, (size_t)in->n_limits + 1, sizeof *w->limit_at);
	w->stand_at = arena_array(w->arena, (size_t)in->n_pools + 2, sizeof *w->stand_at);
	w->stand = arena_array(w->arena, (size_t)in->n_projects + 1, sizeof *w->stand);
	w->victims = arena_array(w->arena, VICTIMS, sizeof *w->victims);
	w->gone = arena_array(w->arena, VICTIMS, sizeof *w->gone);
	w->is_gone = arena_array(w->arena, (size_t)in->n_projects + 1, sizeof *w->is_gone);
	for (int32_t i = 0; i < in->n_projects; i++)
		if (w->choice[i] >= 0) w->stand_at[pool_of(in, w->choice[i]) + 2]++;
	for (int32_t q = 0; q < in->n_pools; q++) w->stand_at[q + 2] += w->stand_at[q + 1];
	for (int32_t i = 0; i < in->n_projects; i++)
		if (w->choice[i] >= 0) w->stand[w->stand_at[pool_of(in, w->choice[i]) + 1]++] = i;
	int32_t l = 0; /* limits come first among the nodes that are no cell */
	for (int32_t n = 0; n < w->c->n_nodes && l < in->n_limits; n++)
		if (w->c->group[n] == in->n_factors) w->limit_at[l++] = n;
}

static void scratch_free(void *it) {
	arena_release(it);
}

/* What the plan takes of every cell. */
static int64_t *used_of(const struct finding *w) {
	const struct alloc *in = w->in;
	int64_t *used = arena_array(w->arena, alloc_at(in, in->n_factors, 0, 0) + 1, sizeof *used);
	for (int32_t i = 0; i < in->n_projects; i++) {
		if (w->choice[i] < 0) continue;
		const struct alloc_alt *a = &in->alts[w->choice[i]];
		for (const struct alloc_use *u = in->uses + a->use; u < in->uses + a->use + a->n_use; u++)
			for (int32_t t = u->from; t <= u->to; t++)
				used[alloc_at(in, u->factor, u->pool, t)] += u->amount;
	}
	return used;
}

static void find_prices(struct finding *w, struct reasons *out) {
	const struct alloc *in = w->in;
	const int64_t *used = used_of(w);
	out->prices = arena_array(w->arena, alloc_at(in, in->n_factors, 0, 0) + 1, sizeof *out->prices);
	for (int32_t f = 0; f < in->n_factors; f++)
		for (int32_t q = 0; q < in->n_pools; q++)
			for (int32_t t = 0; t < in->n_periods; t++) {
				size_t at = alloc_at(in, f, q, t);
				double milli = w->prices->price[w->c->held[at]] * 1000;
				if (!(milli >= 0.5)) continue;
				out->prices[out->n_prices++] = (struct reason_price){
					q,        f,
					t,        in->quota[at],
					used[at], milli < 9e15 ? (int64_t)llround(milli) : (int64_t)9e15};
			}
}

void reasons_find(struct arena *a, const struct core *c, const int32_t *choice,
				  const struct bound *prices, const atomic_bool *stop, struct reasons *out) {
	struct finding *w = arena_alloc(a, sizeof *w);
	*w = (struct finding){.arena = a, .c = c, .in = c->in, .choice = choice, .prices = prices};
	*out = (struct reasons){.refused =
								arena_array(a, (size_t)c->n_projects + 1, sizeof *out->refused)};
	arena_defer(a, scratch_free, &w->scratch);
	w->flow = flow_new(a, c);
	if (!w->flow) return;
	for (int32_t i = 0; i < c->n_projects; i++)
		if (choice[i] >= 0) flow_add(w->flow, choice[i]);
	index_cells(w);
	index_plan(w);
	find_prices(w, out);
	for (int32_t i = 0; i < c->n_projects; i++) {
		if (choice[i] >= 0) continue;
		if (stop && *stop) return;
		explain(w, i, &out->refused[out->n_refused++]);
	}
	out->is_complete = true;
}

/* ---- what rules cost ---- */

static int64_t bound_of(struct arena *a, const struct alloc *in, const struct core_rows *locks,
						int steps, const atomic_bool *stop) {
	struct core c;
	int64_t *w = arena_array(a, (size_t)in->n_alts + 1, sizeof *w);
	for (int32_t k = 0; k < in->n_alts; k++) w[k] = in->alts[k].value;
	core_build(a, in, &c);
	struct bound *b = bound_new(a, &c, locks, w);
	bound_run(b, steps, 0, stop);
	return b->best;
}

static void cost(const struct alloc *without, const struct core_rows *locks, int steps,
				 const atomic_bool *stop, int64_t with, struct reason_cost what,
				 struct reasons *out) {
	struct arena scratch = {0};
	if (stop && *stop) return;
	int64_t b = bound_of(&scratch, without, locks, steps, stop);
	what.cost = b > with ? b - with : 0;
	out->costs[out->n_costs++] = what;
	arena_release(&scratch);
}

/* Rows of one floor left out. */
static struct core_rows without_floor(struct arena *a, const struct core_rows *rows,
									  int32_t floor) {
	struct core_rows left = {0};
	for (int32_t r = 0; r < rows->n; r++)
		if (strcmp(rows->row[r].why, "floor") || rows->row[r].ref != floor)
			core_add_row(a, &left, rows->row[r]);
	return left;
}

void reasons_costs(struct arena *a, const struct alloc *in, const struct core_rows *locks,
				   int steps, const atomic_bool *stop, struct reasons *out) {
	out->costs =
		arena_array(a, (size_t)in->n_limits + (size_t)in->n_factors + (size_t)in->n_floors + 2,
					sizeof *out->costs);
	int64_t with = bound_of(a, in, locks, steps, stop);
	for (int32_t l = 0; l < in->n_limits; l++) {
		struct alloc x = *in;
		x.limits = arena_array(a, (size_t)in->n_limits + 1, sizeof *x.limits);
		memcpy(x.limits, in->limits, (size_t)in->n_limits * sizeof *x.limits);
		x.limits[l].county =
			arena_array(a, (size_t)in->n_pools + 1, sizeof(bool)); /* selects nobody */
		cost(&x, locks, steps, stop, with, (struct reason_cost){COST_LIMIT, l, 0}, out);
	}
	for (int32_t f = 0; f < in->n_factors; f++) {
		if (in->reserve[f] == 0) continue;
		struct alloc x = *in;
		x.reserve = arena_array(a, (size_t)in->n_factors, sizeof *x.reserve);
		memcpy(x.reserve, in->reserve, (size_t)in->n_factors * sizeof *x.reserve);
		x.reserve[f] = 0;
		cost(&x, locks, steps, stop, with, (struct reason_cost){COST_RESERVE, f, 0}, out);
	}
	if (in->concentration_permille >= 0) {
		struct alloc x = *in;
		x.concentration_permille = -1;
		cost(&x, locks, steps, stop, with, (struct reason_cost){COST_CONCENTRATION, -1, 0}, out);
	}
	for (int32_t f = 0; f < in->n_floors; f++) {
		struct core_rows rows = without_floor(a, locks, f);
		cost(in, &rows, steps, stop, with, (struct reason_cost){COST_FLOOR, f, 0}, out);
	}
}

/* ---- in words ---- */

static void say_missing(struct buf *b, const struct alloc *in, const struct reason *r, bool is_zh) {
	for (int32_t k = 0; k < r->n_missing; k++) {
		const struct reason_missing *m = &r->missing[k];
		if (k) buf_c(b, is_zh ? "、" : ", ");
		buf_add(b, in->pools[m->pool].id);
		buf_c(b, is_zh ? "（" : " (");
		buf_add(b, in->periods[m->period]);
		buf_c(b, is_zh ? "）" : ") ");
		buf_add(b, in->factors[m->factor].id);
		buf_byte(b, ' ');
		buf_int(b, m->amount);
		buf_byte(b, ' ');
		buf_add(b, in->factors[m->factor].unit);
	}
}

static void say_displaced(struct buf *b, const struct alloc *in, const struct reason *r,
						  bool is_zh) {
	if (r->n_displaces == 0) return;
	buf_c(b, is_zh ? "；现在安排它须撤下：" : "; admitting it now would displace ");
	for (int32_t k = 0; k < r->n_displaces && k < 5; k++) {
		if (k) buf_c(b, is_zh ? "、" : ", ");
		buf_add(b, in->projects[r->displaces[k]].id);
	}
	if (r->n_displaces > 5) buf_c(b, is_zh ? "等" : " and others");
}

/* The rule that each alternative fell by, with what it has and what is asked. */
static void say_ineligible(struct buf *b, const struct alloc *in, const struct reason *r,
						   bool is_zh) {
	const struct alloc_project *p = &in->projects[r->project];
	if (p->n_ineligible == 0) return;
	buf_c(b, is_zh ? "（" : " (");
	for (int32_t k = 0; k < p->n_ineligible; k++) {
		const struct alloc_ineligible *x = &in->ineligible[p->ineligible + k];
		if (k) buf_c(b, is_zh ? "；" : "; ");
		buf_add(b, x->alt);
		buf_c(b, is_zh ? "：" : ": ");
		buf_add(b, x->rule);
		if (x->have.n) buf_c(b, is_zh ? "，实际 " : ", has "), buf_add(b, x->have);
		if (x->need.n) buf_c(b, is_zh ? "，要求 " : ", needs "), buf_add(b, x->need);
	}
	buf_c(b, is_zh ? "）" : ")");
}

void reason_say(struct buf *b, const struct alloc *in, const struct reason *r, bool is_zh) {
	buf_c(b, is_zh ? "项目 " : "Project ");
	buf_add(b, in->projects[r->project].id);
	switch (r->kind) {
	case REASON_INELIGIBLE:
		buf_c(b, is_zh ? " 未安排：没有通过准入的方案"
					   : " was not admitted: none of its alternatives passed admission");
		say_ineligible(b, in, r, is_zh);
		break;
	case REASON_RULE:
		buf_c(b, is_zh ? " 未安排：受既定决定约束"
					   : " was not admitted: a decision stands against it");
		if (r->other < 0) break;
		buf_c(b, is_zh ? "，关联项目 " : ", pair with ");
		buf_add(b, in->projects[r->other].id);
		break;
	case REASON_LIMIT:
		buf_c(b, is_zh ? " 未安排：超出总量限制" : " was not admitted: a limit stands against it");
		if (r->limit < 0) break;
		buf_c(b, is_zh ? " " : ": ");
		buf_add(b, in->limits[r->limit].id);
		buf_c(b, is_zh ? "，超出 " : ", over by ");
		buf_int(b, r->limit_by);
		buf_byte(b, ' ');
		buf_add(b, in->factors[in->limits[r->limit].factor].unit);
		break;
	case REASON_PRICED_OUT:
		buf_c(b, is_zh ? " 未安排：同样的指标给其他项目效益更高（本项目值 "
					   : " was not admitted: its quota does more elsewhere (worth ");
		buf_int(b, r->worth);
		buf_c(b, is_zh ? "，所占指标值 " : ", its quota is worth ");
		buf_int(b, r->price);
		buf_c(b, is_zh ? "）" : ")");
		if (r->n_missing) buf_c(b, is_zh ? "；并缺少：" : "; it also lacks ");
		say_missing(b, in, r, is_zh);
		break;
	case REASON_QUOTA:
		buf_c(b, is_zh ? " 未安排：指标不足，至少还缺："
					   : " was not admitted for lack of quota; it lacks at least ");
		say_missing(b, in, r, is_zh);
		break;
	case REASON__N: break;
	}
	say_displaced(b, in, r, is_zh);
	buf_c(b, is_zh ? "。" : ".");
}
