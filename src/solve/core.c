#include "solve/core.h"

#include "solve/flow.h"

#include <stdlib.h>

int64_t alt_amount(const struct alloc *in, int32_t k, int32_t factor, int32_t pool) {
	const struct alloc_alt *a = &in->alts[k];
	int64_t sum = 0;
	for (const struct alloc_use *u = in->uses + a->use; u < in->uses + a->use + a->n_use; u++)
		if (u->factor == factor && (pool < 0 || u->pool == pool))
			sum += u->amount * (u->to - u->from + 1);
	return sum;
}

/* ---- nodes ---- */

static bool gives(const struct alloc *in, int32_t f, int32_t q) {
	for (int32_t k = 0; k < in->n_transfers; k++)
		if (in->transfers[k].factor == f && in->transfers[k].from == q) return true;
	return false;
}

static bool receives(const struct alloc *in, int32_t f, int32_t q) {
	for (int32_t k = 0; k < in->n_transfers; k++)
		if (in->transfers[k].factor == f && in->transfers[k].to == q) return true;
	return false;
}

/* Without transfers the rule "only what it holds" costs nothing: what a pool would pass on beyond
 * it came in as a grant or a draw in the same period, and both can be made smaller. */
static bool needs_held(const struct alloc *in, int32_t f, int32_t q) {
	return gives(in, f, q) || (in->pools[q].withdraw_permille > 0 && receives(in, f, q));
}

static int32_t new_node(struct core *c, int64_t cap, int32_t group) {
	c->cap[c->n_nodes] = cap;
	c->group[c->n_nodes] = group;
	return c->n_nodes++;
}

static void build_nodes(struct core *c) {
	const struct alloc *in = c->in;
	for (int32_t f = 0; f < in->n_factors; f++)
		for (int32_t t = 0; t < in->n_periods; t++)
			for (int32_t q = 0; q < in->n_pools; q++) {
				size_t at = alloc_at(in, f, q, t);
				c->usable[at] = new_node(c, 0, f);
				c->held[at] = needs_held(in, f, q) ? new_node(c, 0, f) : c->usable[at];
				c->cap[c->held[at]] = in->quota[at];
			}
}

/* ---- arcs ---- */

/* No arc carries more than all quota of its factor: with that as the cap, bounds stay finite. */
static void new_arc(struct core *c, int32_t from, int32_t to, int64_t cap, struct core_arc what) {
	if (cap > c->quota_total[what.factor]) cap = c->quota_total[what.factor];
	bool is_share = what.kind == ARC_CARRY || what.kind == ARC_WITHDRAW || what.kind == ARC_GRANT;
	if (cap <= 0 && what.kind != ARC_DRAW && !is_share) return; /* shares open with more quota */
	what.from = from;
	what.to = to;
	what.cap = cap;
	c->arcs[c->n_arcs++] = what;
}

/* Most that may be carried out of (f,q,t) in the network; the exact share of a hard one is prog's. */
static int64_t carry_cap(const struct alloc *in, int32_t f, int32_t q, int32_t t) {
	const struct alloc_carry *r = &in->carry[f * in->n_pools + q];
	if (!r->is_set)
		return permille_of(in->quota[alloc_at(in, f, q, t)], in->factors[f].carry_permille);
	if (r->permille == 0) return 0;
	return r->max >= 0 ? r->max : ALLOC_QTY_MAX;
}

static void build_pool_arcs(struct core *c, int32_t f, int32_t q, int32_t t) {
	const struct alloc *in = c->in;
	size_t at = alloc_at(in, f, q, t), city = alloc_at(in, f, in->city, t);
	struct core_arc what = {.factor = f, .pool = q, .period = t, .other = -1};
#define ARC(k) (what.kind = (k), what)
	if (t + 1 < in->n_periods) {
		size_t next = alloc_at(in, f, q, t + 1), city_next = alloc_at(in, f, in->city, t + 1);
		const struct alloc_carry *r = &in->carry[f * in->n_pools + q];
		bool carries =
			r->is_set ? r->permille > 0 && r->max != 0 : in->factors[f].carry_permille > 0;
		if (carries)
			new_arc(c, c->usable[at], c->held[next], carry_cap(in, f, q, t), ARC(ARC_CARRY));
		if (in->pools[q].lapses_to_city)
			new_arc(c, c->usable[at], c->held[city_next], ALLOC_QTY_MAX, ARC(ARC_LAPSE));
	}
	if (c->held[at] != c->usable[at])
		new_arc(c, c->held[at], c->usable[at], ALLOC_QTY_MAX, ARC(ARC_HELD));
	if (q == in->city) return;
	int32_t w = in->pools[q].withdraw_permille, g = in->pools[q].grant_permille;
	if (w > 0)
		new_arc(c, c->held[at], c->usable[city], permille_of(in->quota[at], w), ARC(ARC_WITHDRAW));
	if (g > 0)
		new_arc(c, c->usable[city], c->usable[at], permille_of(in->quota[at], g), ARC(ARC_GRANT));
#undef ARC
}

static void build_arcs(struct core *c) {
	const struct alloc *in = c->in;
	for (int32_t f = 0; f < in->n_factors; f++)
		for (int32_t t = 0; t < in->n_periods; t++)
			for (int32_t q = 0; q < in->n_pools; q++) build_pool_arcs(c, f, q, t);
	for (int32_t k = 0; k < in->n_transfers; k++)
		for (int32_t t = 0; t < in->n_periods; t++) {
			const struct alloc_transfer *x = &in->transfers[k];
			struct core_arc what = {.kind = ARC_TRANSFER,
									.factor = x->factor,
									.pool = x->from,
									.other = x->to,
									.period = t};
			new_arc(c, c->held[alloc_at(in, x->factor, x->from, t)],
					c->usable[alloc_at(in, x->factor, x->to, t)], x->max, what);
		}
}

/* ---- alternatives ---- */

struct sizes {
	size_t uses, draws;
};

static struct sizes count_uses(const struct alloc *in) {
	struct sizes n = {0, 0};
	for (int32_t k = 0; k < in->n_uses; k++)
		n.uses += (size_t)(in->uses[k].to - in->uses[k].from + 1);
	for (int32_t k = 0; k < in->n_alts; k++) n.uses += (size_t)in->n_limits;
	for (int32_t k = 0; k < in->n_alts; k++)
		for (int32_t u = in->alts[k].use; u < in->alts[k].use + in->alts[k].n_use; u++)
			if (in->alts[k].city_share_permille)
				n.draws += (size_t)(in->uses[u].to - in->uses[u].from + 1);
	for (int32_t p = 0; p < in->n_pairs; p++)
		if (in->pairs[p].is_excludes)
			n.uses +=
				(size_t)(in->projects[in->pairs[p].a].n_alt + in->projects[in->pairs[p].b].n_alt);
	n.uses += (size_t)in->n_alts * (size_t)in->n_factors; /* concentration */
	return n;
}

/* Adds to the node's entry of this alternative, or starts one. */
static void put_use(struct core_use *list, int32_t first, int32_t *n, int32_t node,
					int64_t amount) {
	if (amount <= 0) return;
	for (int32_t k = first; k < *n; k++)
		if (list[k].node == node) {
			list[k].amount += amount;
			return;
		}
	list[(*n)++] = (struct core_use){node, amount};
}

struct build {
	struct core *c;
	int32_t *draw_arc; /* alloc_at() -> arc number + 1 */
	int32_t *side;     /* nodes of limits, then of concentration by (factor, county) */
	int32_t n_use, n_draw;
};

static int32_t draw_arc(struct build *b, const struct alloc_use *u, int32_t t) {
	struct core *c = b->c;
	size_t at = alloc_at(c->in, u->factor, u->pool, t);
	if (!b->draw_arc[at]) {
		struct core_arc what = {
			.kind = ARC_DRAW, .factor = u->factor, .pool = u->pool, .period = t, .other = -1};
		new_arc(c, c->usable[alloc_at(c->in, u->factor, c->in->city, t)], c->usable[at], 0, what);
		b->draw_arc[at] = c->n_arcs;
	}
	return b->draw_arc[at] - 1;
}

static void put_uses(struct build *b, const struct alloc_alt *a) {
	struct core *c = b->c;
	const struct alloc *in = c->in;
	int32_t first_use = b->n_use, first_draw = b->n_draw;
	for (const struct alloc_use *u = in->uses + a->use; u < in->uses + a->use + a->n_use; u++)
		for (int32_t t = u->from; t <= u->to; t++) {
			put_use(c->uses, first_use, &b->n_use, c->usable[alloc_at(in, u->factor, u->pool, t)],
					u->amount);
			int64_t share = permille_of(u->amount, a->city_share_permille);
			if (u->pool == in->city || share == 0) continue;
			put_use(c->draws, first_draw, &b->n_draw, draw_arc(b, u, t), share);
		}
}

static void put_side_uses(struct build *b, int32_t k) {
	struct core *c = b->c;
	const struct alloc *in = c->in;
	const struct alloc_project *p = &in->projects[in->alts[k].project];
	int32_t first = c->use_at[k];
	for (int32_t l = 0; l < in->n_limits; l++)
		if (limit_selects(&in->limits[l], p))
			put_use(c->uses, first, &b->n_use, b->side[l],
					alt_amount(in, k, in->limits[l].factor, -1));
	/* direct city uses count in the concentration; shared draws too, but those are prog's */
	const int32_t *conc = b->side + in->n_limits;
	for (int32_t f = 0; f < in->n_factors; f++) {
		int32_t node = conc[f * in->n_pools + p->county];
		if (node >= 0) put_use(c->uses, first, &b->n_use, node, alt_amount(in, k, f, in->city));
	}
}

static void build_side_nodes(struct arena *a, struct build *b) {
	struct core *c = b->c;
	const struct alloc *in = c->in;
	b->side = arena_array(a, (size_t)in->n_limits + (size_t)in->n_factors * (size_t)in->n_pools,
						  sizeof *b->side);
	for (int32_t l = 0; l < in->n_limits; l++) {
		const struct alloc_limit *x = &in->limits[l];
		b->side[l] = new_node(c, permille_of(alloc_quota_total(in, x->factor), x->max_permille),
							  in->n_factors);
	}
	for (int32_t f = 0; f < in->n_factors; f++) {
		int64_t cap = alloc_concentration_cap(in, f);
		for (int32_t q = 0; q < in->n_pools; q++)
			b->side[in->n_limits + f * in->n_pools + q] =
				cap < 0 || q == in->city ? -1 : new_node(c, cap, in->n_factors);
	}
}

static void build_alts(struct arena *a, struct build *b) {
	struct core *c = b->c;
	const struct alloc *in = c->in;
	int32_t *excluded = arena_array(a, (size_t)in->n_pairs + 1, sizeof *excluded);
	for (int32_t p = 0; p < in->n_pairs; p++)
		excluded[p] = in->pairs[p].is_excludes ? new_node(c, 1, in->n_factors) : -1;
	for (int32_t k = 0; k < in->n_alts; k++) {
		c->use_at[k] = b->n_use;
		c->draw_at[k] = b->n_draw;
		put_uses(b, &in->alts[k]);
		put_side_uses(b, k);
		for (int32_t p = 0; p < in->n_pairs; p++)
			if (excluded[p] >= 0 &&
				(in->pairs[p].a == in->alts[k].project || in->pairs[p].b == in->alts[k].project))
				put_use(c->uses, c->use_at[k], &b->n_use, excluded[p], 1);
	}
	c->use_at[in->n_alts] = b->n_use;
	c->draw_at[in->n_alts] = b->n_draw;
}

static bool has_draws(const struct core *c, int32_t f) {
	for (int32_t e = 0; e < c->n_arcs; e++)
		if (c->arcs[e].kind == ARC_DRAW && c->arcs[e].factor == f) return true;
	return false;
}

static void mark_hard(struct core *c) {
	const struct alloc *in = c->in;
	for (int32_t f = 0; f < in->n_factors; f++) {
		for (int32_t q = 0; q < in->n_pools && in->n_periods > 1; q++) {
			const struct alloc_carry *r = &in->carry[f * in->n_pools + q];
			bool is_gain = r->is_set && r->permille > 0 && r->permille < 1000;
			bool is_forced = r->is_set && r->permille == 1000 && in->pools[q].lapses_to_city;
			c->is_hard[f] = c->is_hard[f] || is_gain || is_forced;
		}
		if (alloc_concentration_cap(in, f) >= 0 && has_draws(c, f)) c->is_hard[f] = true;
		c->any_hard = c->any_hard || c->is_hard[f];
	}
}

static void build_halves(struct arena *a, struct core *c) {
	c->half_at = arena_array(a, (size_t)c->n_nodes + 1, sizeof *c->half_at);
	c->half_from = arena_array(a, (size_t)c->n_arcs * 2 + 1, sizeof *c->half_from);
	c->half_mate = arena_array(a, (size_t)c->n_arcs * 2 + 1, sizeof *c->half_mate);
	c->arc_half = arena_array(a, (size_t)c->n_arcs + 1, sizeof *c->arc_half);
	for (int32_t e = 0; e < c->n_arcs; e++) {
		c->half_at[c->arcs[e].to + 1]++;
		c->half_at[c->arcs[e].from + 1]++;
	}
	for (int32_t n = 0; n < c->n_nodes; n++) c->half_at[n + 1] += c->half_at[n];
	int32_t *fill = arena_array(a, (size_t)c->n_nodes + 1, sizeof *fill);
	for (int32_t e = 0; e < c->n_arcs; e++) {
		int32_t to = c->arcs[e].to, from = c->arcs[e].from;
		int32_t along = c->half_at[to] + fill[to]++, back = c->half_at[from] + fill[from]++;
		c->half_from[along] = from;
		c->half_from[back] = to;
		c->half_mate[along] = back;
		c->half_mate[back] = along;
		c->arc_half[e] = along;
	}
}

/* Leaving out what cannot stand even alone beside the fixed ones loses no plan and makes every
 * bound better (3.9 % on a city of 600 projects). */
static void drop_unfit(struct arena *a, struct core *c) {
	const struct alloc *in = c->in;
	for (int32_t i = 0; i < in->n_projects; i++) {
		const struct alloc_project *p = &in->projects[i];
		for (int32_t k = p->alt; k < p->alt + p->n_alt; k++)
			c->is_out[k] = p->is_never || (p->fixed >= 0 && p->fixed != k);
	}
	struct flow *f = flow_new(a, c);
	if (!f) return; /* not even the reserve fits: the rows will say so */
	for (int32_t i = 0; i < in->n_projects; i++)
		if (in->projects[i].fixed >= 0 && !flow_add(f, in->projects[i].fixed)) return;
	for (int32_t k = 0; k < in->n_alts; k++) {
		if (c->is_out[k] || in->projects[in->alts[k].project].fixed == k) continue;
		if (flow_add(f, k)) flow_remove(f, k);
		else c->is_out[k] = true;
	}
}

void core_build(struct arena *a, const struct alloc *in, struct core *c) {
	struct sizes n = count_uses(in);
	size_t cells = alloc_at(in, in->n_factors, 0, 0);
	size_t nodes = cells * 2 + (size_t)in->n_limits + (size_t)in->n_pairs +
				   (size_t)in->n_factors * (size_t)in->n_pools + 1;
	size_t arcs = cells * 6 + (size_t)in->n_transfers * (size_t)in->n_periods + 1;
	*c = (struct core){.in = in,
					   .n_alts = in->n_alts,
					   .n_projects = in->n_projects,
					   .n_groups = in->n_factors + 1};
	c->cap = arena_array(a, nodes, sizeof *c->cap);
	c->group = arena_array(a, nodes, sizeof *c->group);
	c->usable = arena_array(a, cells, sizeof *c->usable);
	c->held = arena_array(a, cells, sizeof *c->held);
	c->arcs = arena_array(a, arcs, sizeof *c->arcs);
	c->uses = arena_array(a, n.uses + 1, sizeof *c->uses);
	c->draws = arena_array(a, n.draws + 1, sizeof *c->draws);
	c->use_at = arena_array(a, (size_t)in->n_alts + 1, sizeof *c->use_at);
	c->draw_at = arena_array(a, (size_t)in->n_alts + 1, sizeof *c->draw_at);
	c->is_out = arena_array(a, (size_t)in->n_alts + 1, sizeof *c->is_out);
	c->is_hard = arena_array(a, (size_t)in->n_factors, sizeof *c->is_hard);
	c->base = arena_array(a, (size_t)in->n_factors, sizeof *c->base);
	c->quota_total = arena_array(a, (size_t)in->n_factors, sizeof *c->quota_total);
	for (int32_t f = 0; f < in->n_factors; f++) c->quota_total[f] = alloc_quota_total(in, f);
	struct build b = {.c = c, .draw_arc = arena_array(a, cells, sizeof(int32_t))};
	build_nodes(c);
	build_side_nodes(a, &b);
	build_arcs(c);
	build_alts(a, &b);
	for (int32_t f = 0; f < in->n_factors; f++)
		if (in->reserve[f] > 0)
			c->base[c->n_base++] = (struct core_use){
				c->usable[alloc_at(in, f, in->city, in->n_periods - 1)], in->reserve[f]};
	mark_hard(c);
	build_halves(a, c);
	drop_unfit(a, c);
}

/* ---- rows ---- */

void core_add_row(struct arena *a, struct core_rows *rows, struct core_row row) {
	if (rows->n == rows->room) {
		int32_t room = rows->room ? rows->room * 2 : 16;
		struct core_row *more = arena_array(a, (size_t)room, sizeof *more);
		for (int32_t k = 0; k < rows->n; k++) more[k] = rows->row[k];
		rows->row = more;
		rows->room = room;
	}
	rows->row[rows->n++] = row;
}

static struct core_row row_for(struct arena *a, int32_t room, int64_t rhs, const char *why,
							   int32_t ref) {
	return (struct core_row){rhs,
							 0,
							 arena_array(a, (size_t)room + 1, sizeof(int32_t)),
							 arena_array(a, (size_t)room + 1, sizeof(int64_t)),
							 why,
							 ref};
}

static void put_project(struct core_row *r, const struct alloc_project *p, int64_t coef) {
	for (int32_t k = p->alt; k < p->alt + p->n_alt; k++) {
		r->alt[r->n] = k;
		r->coef[r->n++] = coef;
	}
}

void core_own_rows(struct arena *a, const struct core *c, struct core_rows *rows) {
	const struct alloc *in = c->in;
	for (int32_t i = 0; i < in->n_projects; i++) {
		const struct alloc_project *p = &in->projects[i];
		if (!p->is_must && p->fixed < 0) continue;
		struct core_row r = row_for(a, p->n_alt, 1, p->fixed >= 0 ? "fixed" : "must", i);
		put_project(&r, p, 1);
		core_add_row(a, rows, r);
	}
	for (int32_t k = 0; k < in->n_pairs; k++) {
		const struct alloc_pair *x = &in->pairs[k];
		if (x->is_excludes) continue;
		const struct alloc_project *p = &in->projects[x->a], *q = &in->projects[x->b];
		struct core_row r = row_for(a, p->n_alt + q->n_alt, 0, "requires", k);
		put_project(&r, p, -1);
		put_project(&r, q, 1);
		core_add_row(a, rows, r);
	}
}
