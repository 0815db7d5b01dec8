#include "solve/bound.h"

#include <math.h>
#include <string.h>

__extension__ typedef __int128 wide;

enum { SHIFT = 20 };

/* Steps without progress before they get shorter, and by how much. The quick pass ends near the
 * bound soon; the careful one, from the beginning, 0.2 % lower on a city of 5,000 projects. */
static const struct pass {
	int stale;
	double cool;
} passes[] = {{25, 0.7}, {60, 0.85}};
static const double LAMBDA_MIN = 1e-6;

/* Four bytes each: on a large city the steps are as fast as these can be read. */
struct use {
	int32_t node;
	float amount; /* in units of the node's scale */
};

struct own {
	double *scale;       /* of a node: about one project's use */
	double *cap;         /* scaled, base uses taken off */
	struct use *uses;    /* as core's, scaled */
	struct use *draws;   /* node = arc */
	double *arc_cap;     /* scaled by the factor's scale */
	double *p, *dir, *g; /* scaled prices, direction, subgradient; nodes, then rows */
	double *row_scale;
	int32_t *row_at, *row_of; /* rows that an alternative stands in */
	double *row_coef;         /* scaled */
	int64_t *row_int;
	bool *is_forced; /* by project */
	double *best_p, *top_p;
	double best, top, step; /* best of the pass; top of all passes */
	int32_t n;              /* nodes + rows */
	int pass;
};

/* ---- scaling ---- */

static void scale_nodes(struct own *o, const struct core *c) {
	double *sum = o->g;
	int32_t *count = o->row_of;
	double *group_sum = o->dir;
	memset(count, 0, (size_t)c->n_groups * sizeof *count);
	for (int32_t k = 0; k < c->use_at[c->n_alts]; k++) {
		sum[c->uses[k].node] += (double)c->uses[k].amount;
		group_sum[c->group[c->uses[k].node]] += (double)c->uses[k].amount;
		count[c->group[c->uses[k].node]]++;
	}
	for (int32_t n = 0; n < c->n_nodes; n++) {
		int32_t g = c->group[n];
		o->scale[n] = count[g] ? group_sum[g] / count[g] : 1.0;
		if (g == c->in->n_factors && c->cap[n] > 0) o->scale[n] = (double)c->cap[n] / 8.0;
		if (!(o->scale[n] > 0)) o->scale[n] = 1.0;
	}
	memset(o->g, 0, (size_t)o->n * sizeof *o->g);
	memset(o->dir, 0, (size_t)o->n * sizeof *o->dir);
}

static void take_core(struct own *o, const struct core *c) {
	for (int32_t n = 0; n < c->n_nodes; n++) o->cap[n] = (double)c->cap[n] / o->scale[n];
	for (int32_t k = 0; k < c->n_base; k++)
		o->cap[c->base[k].node] -= (double)c->base[k].amount / o->scale[c->base[k].node];
	for (int32_t k = 0; k < c->use_at[c->n_alts]; k++)
		o->uses[k] = (struct use){c->uses[k].node,
								  (float)((double)c->uses[k].amount / o->scale[c->uses[k].node])};
	for (int32_t k = 0; k < c->draw_at[c->n_alts]; k++) {
		int32_t e = c->draws[k].node;
		o->draws[k] =
			(struct use){e, (float)((double)c->draws[k].amount / o->scale[c->arcs[e].to])};
	}
	for (int32_t e = 0; e < c->n_arcs; e++)
		o->arc_cap[e] = (double)c->arcs[e].cap / o->scale[c->arcs[e].to];
}

static void take_rows(struct arena *a, struct own *o, const struct core *c,
					  const struct core_rows *rows) {
	size_t n = 0;
	for (int32_t r = 0; r < rows->n; r++) n += (size_t)rows->row[r].n;
	o->row_at = arena_array(a, (size_t)c->n_alts + 1, sizeof *o->row_at);
	o->row_of = arena_array(a, n + (size_t)c->n_groups + 1, sizeof *o->row_of);
	o->row_coef = arena_array(a, n + 1, sizeof *o->row_coef);
	o->row_int = arena_array(a, n + 1, sizeof *o->row_int);
	o->row_scale = arena_array(a, (size_t)rows->n + 1, sizeof *o->row_scale);
}

static void index_rows(struct own *o, const struct core *c, const struct core_rows *rows) {
	for (int32_t r = 0; r < rows->n; r++) {
		const struct core_row *x = &rows->row[r];
		double sum = 0;
		for (int32_t k = 0; k < x->n; k++) {
			sum += fabs((double)x->coef[k]);
			o->row_at[x->alt[k] + 1]++;
		}
		o->row_scale[r] = x->n && sum > 0 ? sum / x->n : 1.0;
	}
	for (int32_t k = 0; k < c->n_alts; k++) o->row_at[k + 1] += o->row_at[k];
	for (int32_t r = rows->n - 1; r >= 0; r--) /* backwards: row_at ends as the first place */
		for (int32_t k = rows->row[r].n - 1; k >= 0; k--) {
			int32_t at = --o->row_at[rows->row[r].alt[k] + 1];
			o->row_of[at] = r;
			o->row_int[at] = rows->row[r].coef[k];
			o->row_coef[at] = (double)rows->row[r].coef[k] / o->row_scale[r];
		}
	for (int32_t k = 0; k < c->n_alts; k++) o->row_at[k] = o->row_at[k + 1];
	o->row_at[c->n_alts] = 0;
	for (int32_t r = 0; r < rows->n; r++) o->row_at[c->n_alts] += rows->row[r].n;
}

struct bound *bound_new(struct arena *a, const struct core *c, const struct core_rows *rows,
						const int64_t *weight) {
	struct bound *b = arena_alloc(a, sizeof *b);
	struct own *o = arena_alloc(a, sizeof *o);
	size_t n = (size_t)c->n_nodes + (size_t)rows->n + (size_t)c->n_groups + 1;
	*b = (struct bound){.c = c, .rows = rows, .weight = weight, .best = INT64_MAX, .own = o};
	b->price = arena_array(a, (size_t)c->n_nodes + 1, sizeof(double));
	b->row_price = arena_array(a, (size_t)rows->n + 1, sizeof(double));
	b->gain = arena_array(a, (size_t)c->n_alts + 1, sizeof(double));
	b->cost = arena_array(a, (size_t)c->n_alts + 1, sizeof(double));
	o->n = c->n_nodes + rows->n;
	double **arrays[] = {&o->scale, &o->cap, &o->p, &o->dir, &o->g, &o->best_p, &o->top_p};
	for (size_t k = 0; k < sizeof arrays / sizeof *arrays; k++)
		*arrays[k] = arena_array(a, n, sizeof(double));
	o->uses = arena_array(a, (size_t)c->use_at[c->n_alts] + 1, sizeof *o->uses);
	o->draws = arena_array(a, (size_t)c->draw_at[c->n_alts] + 1, sizeof *o->draws);
	o->arc_cap = arena_array(a, (size_t)c->n_arcs + 1, sizeof *o->arc_cap);
	o->is_forced = arena_array(a, (size_t)c->n_projects + 1, sizeof *o->is_forced);
	for (int32_t i = 0; i < c->n_projects; i++)
		o->is_forced[i] = c->in->projects[i].fixed >= 0 || c->in->projects[i].is_must;
	take_rows(a, o, c, rows);
	scale_nodes(o, c);
	take_core(o, c);
	index_rows(o, c, rows);
	o->best = o->top = INFINITY;
	o->step = 1.0;
	return b;
}

/* ---- one evaluation in floating point ---- */

/* Three sums side by side: one alone would wait for each addition. */
static inline double cost_of(const struct use *u, const struct use *end, const double *p) {
	double x = 0, y = 0, z = 0;
	for (; u + 2 < end; u += 3) {
		x += (double)u[0].amount * p[u[0].node];
		y += (double)u[1].amount * p[u[1].node];
		z += (double)u[2].amount * p[u[2].node];
	}
	for (; u < end; u++) x += (double)u->amount * p[u->node];
	return x + y + z;
}

static double alt_gain(const struct bound *b, const double *p, int32_t k) {
	const struct own *o = b->own;
	const struct core *c = b->c;
	double v =
		(double)b->weight[k] - cost_of(o->uses + c->use_at[k], o->uses + c->use_at[k + 1], p);
	for (int32_t u = c->draw_at[k]; u < c->draw_at[k + 1]; u++) {
		const struct core_arc *e = &c->arcs[o->draws[u].node];
		double d = p[e->to] - p[e->from];
		if (d > 0) v += (double)o->draws[u].amount * d;
	}
	for (int32_t r = o->row_at[k]; r < o->row_at[k + 1]; r++)
		v += o->row_coef[r] * p[c->n_nodes + o->row_of[r]];
	return v;
}

static void take_choice(const struct bound *b, const double *p, int32_t k, double *g) {
	const struct own *o = b->own;
	const struct core *c = b->c;
	for (int32_t u = c->use_at[k]; u < c->use_at[k + 1]; u++)
		g[o->uses[u].node] -= (double)o->uses[u].amount;
	for (int32_t u = c->draw_at[k]; u < c->draw_at[k + 1]; u++) {
		const struct core_arc *e = &c->arcs[o->draws[u].node];
		if (p[e->to] - p[e->from] <= 0) continue;
		g[e->to] += (double)o->draws[u].amount;
		g[e->from] -= (double)o->draws[u].amount;
	}
	for (int32_t r = o->row_at[k]; r < o->row_at[k + 1]; r++)
		g[c->n_nodes + o->row_of[r]] += o->row_coef[r];
}

/* L(p) and its subgradient (to be stepped against). */
static double evaluate(const struct bound *b, const double *p, double *g) {
	const struct own *o = b->own;
	const struct core *c = b->c;
	double sum = 0;
	for (int32_t n = 0; n < c->n_nodes; n++) {
		g[n] = o->cap[n];
		sum += o->cap[n] * p[n];
	}
	for (int32_t r = 0; r < b->rows->n; r++) {
		g[c->n_nodes + r] = -(double)b->rows->row[r].rhs / o->row_scale[r];
		sum += g[c->n_nodes + r] * p[c->n_nodes + r];
	}
	for (int32_t e = 0; e < c->n_arcs; e++) {
		double d = p[c->arcs[e].to] - p[c->arcs[e].from];
		if (d <= 0) continue;
		sum += d * o->arc_cap[e];
		g[c->arcs[e].to] += o->arc_cap[e];
		g[c->arcs[e].from] -= o->arc_cap[e];
	}
	for (int32_t i = 0; i < c->n_projects; i++) {
		const struct alloc_project *x = &c->in->projects[i];
		double most = o->is_forced[i] ? -INFINITY : 0;
		int32_t best = -1;
		for (int32_t k = x->alt; k < x->alt + x->n_alt; k++) {
			if (c->is_out[k]) continue;
			double v = alt_gain(b, p, k);
			if (v <= most) continue;
			most = v;
			best = k;
		}
		if (best < 0) continue;
		sum += most;
		take_choice(b, p, best, g);
	}
	return sum;
}

/* ---- the exact sum ---- */

static wide alt_gain_exact(const struct bound *b, const int64_t *p, int32_t k) {
	const struct own *o = b->own;
	const struct core *c = b->c;
	wide v = (wide)b->weight[k] * (1 << SHIFT);
	for (int32_t u = c->use_at[k]; u < c->use_at[k + 1]; u++)
		v -= (wide)c->uses[u].amount * p[c->uses[u].node];
	for (int32_t u = c->draw_at[k]; u < c->draw_at[k + 1]; u++) {
		const struct core_arc *e = &c->arcs[c->draws[u].node];
		int64_t d = p[e->to] - p[e->from];
		if (d > 0) v += (wide)c->draws[u].amount * d;
	}
	for (int32_t r = o->row_at[k]; r < o->row_at[k + 1]; r++)
		v += (wide)o->row_int[r] * p[c->n_nodes + o->row_of[r]];
	return v;
}

static int64_t fixed_point(double price) {
	double v = price * (double)(1 << SHIFT);
	return v <= 0 ? 0 : v > 4e18 ? (int64_t)4e18 : (int64_t)v;
}

static void exact_prices(const struct bound *b, int64_t *p) {
	for (int32_t n = 0; n < b->c->n_nodes; n++) p[n] = fixed_point(b->price[n]);
	for (int32_t r = 0; r < b->rows->n; r++) p[b->c->n_nodes + r] = fixed_point(b->row_price[r]);
}

/* `forced` alternative (or -1) must be in. The result is floored: values are integers. */
static int64_t exact_bound(const struct bound *b, int32_t forced) {
	const struct own *o = b->own;
	const struct core *c = b->c;
	int64_t *p = heap_alloc(((size_t)o->n + 1) * sizeof *p);
	exact_prices(b, p);
	wide sum = 0;
	for (int32_t n = 0; n < c->n_nodes; n++) sum += (wide)c->cap[n] * p[n];
	for (int32_t k = 0; k < c->n_base; k++) sum -= (wide)c->base[k].amount * p[c->base[k].node];
	for (int32_t r = 0; r < b->rows->n; r++) sum -= (wide)b->rows->row[r].rhs * p[c->n_nodes + r];
	for (int32_t e = 0; e < c->n_arcs; e++) {
		int64_t d = p[c->arcs[e].to] - p[c->arcs[e].from];
		if (d > 0) sum += (wide)d * c->arcs[e].cap;
	}
	for (int32_t i = 0; i < c->n_projects; i++) {
		const struct alloc_project *x = &c->in->projects[i];
		bool is_set = !o->is_forced[i];
		wide most = 0;
		for (int32_t k = x->alt; k < x->alt + x->n_alt; k++) {
			if (c->is_out[k]) continue;
			wide v = alt_gain_exact(b, p, k);
			if (k == forced) {
				most = v;
				break;
			}
			if (is_set && v <= most) continue;
			most = v;
			is_set = true;
		}
		sum += most;
	}
	heap_free(p);
	wide whole = sum >> SHIFT;
	return whole > INT64_MAX ? INT64_MAX : whole < INT64_MIN ? INT64_MIN : (int64_t)whole;
}

int64_t bound_with(const struct bound *b, int32_t alt) {
	return exact_bound(b, alt);
}

/* ---- the steps ---- */

static void keep_best(struct bound *b) {
	struct own *o = b->own;
	const struct core *c = b->c;
	for (int32_t n = 0; n < c->n_nodes; n++) b->price[n] = o->top_p[n] / o->scale[n];
	for (int32_t r = 0; r < b->rows->n; r++)
		b->row_price[r] = o->top_p[c->n_nodes + r] / o->row_scale[r];
	for (int32_t k = 0; k < c->n_alts; k++) {
		b->gain[k] = alt_gain(b, o->top_p, k);
		b->cost[k] = (double)b->weight[k] - b->gain[k];
	}
	int64_t exact = exact_bound(b, -1);
	if (exact < b->best) b->best = exact;
}

static void direct(struct own *o, double keep) {
	for (int32_t k = 0; k < o->n; k++) {
		o->dir[k] = keep * o->dir[k] + (1 - keep) * o->g[k];
		/* at the wall only the present slope counts, and only away from it */
		if (o->p[k] <= 0 && o->dir[k] > 0) o->dir[k] = o->g[k] < 0 ? o->g[k] : 0;
	}
}

static double norm2(const struct own *o) {
	double s = 0;
	for (int32_t k = 0; k < o->n; k++) s += o->dir[k] * o->dir[k];
	return s;
}

void bound_again(struct bound *b) {
	struct own *o = b->own;
	memset(o->p, 0, (size_t)o->n * sizeof *o->p);
	memset(o->dir, 0, (size_t)o->n * sizeof *o->dir);
	o->best = INFINITY;
	o->step = 1;
	o->pass = 1;
}

int bound_run(struct bound *b, int n, int64_t floor, const atomic_bool *stop) {
	struct own *o = b->own;
	int it = 0;
	double lambda = o->step;
	int stale = 0;
	for (; it < n && lambda > LAMBDA_MIN; it++) {
		if (stop && *stop) break;
		double v = evaluate(b, o->p, o->g);
		if (v < o->best - 1e-7 * fabs(o->best)) stale = 0;
		else stale++;
		if (v < o->best) {
			o->best = v;
			memcpy(o->best_p, o->p, (size_t)o->n * sizeof *o->p);
			if (v < o->top) {
				o->top = v;
				memcpy(o->top_p, o->p, (size_t)o->n * sizeof *o->p);
			}
			if (v < (double)floor + 1) break;
		}
		if (stale >= passes[o->pass].stale) {
			lambda *= passes[o->pass].cool;
			stale = 0;
			memcpy(o->p, o->best_p, (size_t)o->n * sizeof *o->p);
			memset(o->dir, 0, (size_t)o->n * sizeof *o->dir);
			v = evaluate(b, o->p, o->g);
		}
		direct(o, it ? 0.7 : 0.0);
		double target = (double)floor, len = norm2(o);
		if (len < 1e-12) break;
		double step = lambda * (v - target) / len;
		for (int32_t k = 0; k < o->n; k++) {
			o->p[k] -= step * o->dir[k];
			if (o->p[k] < 0) o->p[k] = 0;
		}
	}
	o->step = lambda > LAMBDA_MIN ? lambda : 1e-3;
	keep_best(b);
	return it;
}
