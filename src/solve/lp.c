#include "solve/lp.h"

#include <math.h>
#include <string.h>

static const double EPS = 1e-9, FEAS = 1e-7;
enum { NODE_MAX = 20000, DEPTH_MAX = 400 };

/* Condensed tableau: basic[i] + sum_j t[i][j] * nonbasic[j] = const. Variables 0..n-1 are columns
 * of the prog, n..n+m-1 slacks of its rows. */
struct lp {
	const struct prog *p;
	int32_t n, m;
	double *t, *cost, *xb; /* cost: reduced, of nonbasic */
	int32_t *basic, *nonbasic;
	bool *at_upper;  /* by nonbasic position */
	double *lo, *up; /* by variable */
	double *val;     /* scratch: by variable */
	int64_t *round, *best_x;
	const int64_t *weight;
	double best;
	bool has_best, is_unsure;
	int nodes;
	double scale; /* size of the data, for tolerances */
};

static double nb_value(const struct lp *s, int32_t j) {
	int32_t v = s->nonbasic[j];
	return s->at_upper[j] ? s->up[v] : s->lo[v];
}

static void shift(struct lp *s, int32_t j, double by) {
	if (by == 0.0) return;
	for (int32_t i = 0; i < s->m; i++) s->xb[i] -= s->t[(size_t)i * (size_t)s->n + (size_t)j] * by;
}

static void pivot(struct lp *s, int32_t r, int32_t c) {
	size_t n = (size_t)s->n;
	double *row = s->t + (size_t)r * n, inv = 1.0 / row[c];
	for (size_t j = 0; j < n; j++) row[j] *= inv;
	row[c] = inv;
	for (int32_t i = 0; i < s->m; i++) {
		double *other = s->t + (size_t)i * n, f = other[c];
		if (i == r || f == 0.0) continue;
		for (size_t j = 0; j < n; j++) other[j] -= f * row[j];
		other[c] = -f * inv;
	}
	double f = s->cost[c];
	if (f != 0.0) {
		for (size_t j = 0; j < n; j++) s->cost[j] -= f * row[j];
		s->cost[c] = -f * inv;
	}
}

static double tol(const struct lp *s) {
	return FEAS * s->scale;
}

/* Gradient of the sum of infeasibilities; false when there are none. */
static bool infeasibility(const struct lp *s, double *g) {
	bool any = false;
	memset(g, 0, (size_t)s->n * sizeof *g);
	for (int32_t i = 0; i < s->m; i++) {
		int32_t v = s->basic[i];
		double sign = s->xb[i] < s->lo[v] - tol(s)   ? 1.0
					  : s->xb[i] > s->up[v] + tol(s) ? -1.0
													 : 0.0;
		if (sign == 0.0) continue;
		any = true;
		const double *row = s->t + (size_t)i * (size_t)s->n;
		for (int32_t j = 0; j < s->n; j++) g[j] += sign * row[j];
	}
	return any;
}

/* Entering column: the steepest one, or after many steps the first (Bland), which cannot cycle. */
static int32_t entering(const struct lp *s, const double *g, bool bland) {
	int32_t best = -1;
	double most = 1e-7;
	for (int32_t j = 0; j < s->n; j++) {
		int32_t v = s->nonbasic[j];
		if (s->up[v] - s->lo[v] < EPS) continue;
		double gain = s->at_upper[j] ? g[j] : -g[j];
		if (gain <= most) continue;
		if (bland) {
			if (best < 0 || v < s->nonbasic[best]) best = j;
		} else {
			best = j;
			most = gain;
		}
	}
	return best;
}

/* Step length until a basic variable meets a bound (or, when outside, comes back to it). */
static int32_t leaving(const struct lp *s, int32_t c, double dir, double *step, bool *to_upper) {
	int32_t best = -1;
	double best_piv = 0;
	for (int32_t i = 0; i < s->m; i++) {
		double d = -s->t[(size_t)i * (size_t)s->n + (size_t)c] * dir; /* change of xb per unit */
		if (fabs(d) < EPS) continue;
		int32_t v = s->basic[i];
		double x = s->xb[i], bound;
		bool up = d > 0;
		if (x < s->lo[v] - tol(s)) {
			if (!up) continue;
			bound = s->lo[v];
			up = false;
		} else if (x > s->up[v] + tol(s)) {
			if (up) continue;
			bound = s->up[v];
			up = true;
		} else bound = up ? s->up[v] : s->lo[v];
		if (isinf(bound)) continue;
		double room = (bound - x) / d;
		if (room < 0) room = 0;
		if (room > *step + 1e-10 * s->scale ||
			(room >= *step - 1e-10 * s->scale && fabs(d) <= best_piv))
			continue;
		if (room < *step) *step = room;
		best = i;
		best_piv = fabs(d);
		*to_upper = up;
	}
	return best;
}

static void step_to(struct lp *s, int32_t c, double dir, double step, int32_t r, bool to_upper) {
	double value = nb_value(s, c) + dir * step;
	shift(s, c, dir * step);
	if (r < 0) {
		s->at_upper[c] = !s->at_upper[c];
		return;
	}
	int32_t in = s->nonbasic[c], out = s->basic[r];
	pivot(s, r, c);
	s->basic[r] = in;
	s->nonbasic[c] = out;
	s->at_upper[c] = to_upper;
	s->xb[r] = value;
}

/* To the optimum under the present bounds. */
static enum lp_result simplex(struct lp *s, double *g) {
	int limit = 200 * (s->n + s->m) + 1000;
	for (int it = 0; it < limit; it++) {
		bool is_phase1 = infeasibility(s, g);
		const double *grad = is_phase1 ? g : s->cost;
		int32_t c = entering(s, grad, it > limit / 4);
		if (c < 0) return is_phase1 ? LP_INFEASIBLE : LP_OPTIMAL;
		int32_t v = s->nonbasic[c];
		double dir = s->at_upper[c] ? -1.0 : 1.0, step = s->up[v] - s->lo[v];
		bool to_upper = false;
		int32_t r = leaving(s, c, dir, &step, &to_upper);
		if (r < 0 && step > 1e300) return LP_UNKNOWN;
		step_to(s, c, dir, step, r, to_upper);
	}
	return LP_UNKNOWN;
}

static void set_bounds(struct lp *s, int32_t v, double lo, double up) {
	for (int32_t j = 0; j < s->n; j++) {
		if (s->nonbasic[j] != v) continue;
		double was = nb_value(s, j);
		s->lo[v] = lo;
		s->up[v] = up;
		if (isinf(up)) s->at_upper[j] = false;
		shift(s, j, nb_value(s, j) - was);
		return;
	}
	s->lo[v] = lo;
	s->up[v] = up;
}

static double objective(struct lp *s) {
	for (int32_t j = 0; j < s->n; j++) s->val[s->nonbasic[j]] = nb_value(s, j);
	for (int32_t i = 0; i < s->m; i++) s->val[s->basic[i]] = s->xb[i];
	double z = 0;
	for (int32_t k = 0; k < s->n; k++)
		if (s->weight) z += (double)s->weight[k] * s->val[k];
	return z;
}

/* Where to branch: the earliest period first, there what is decided before what follows from it
 * (carry and lapse follow from the balance): then later columns settle by themselves. */
static int32_t branch_column(const struct lp *s) {
	int32_t best = -1;
	int rank = 0;
	for (int32_t k = 0; k < s->n; k++) {
		if (fabs(s->val[k] - round(s->val[k])) <= 1e-6) continue;
		const struct prog_col *c = &s->p->cols[k];
		int r = c->period * 2 + (c->kind == PROG_CARRY || c->kind == PROG_LAPSE);
		if (best >= 0 && r >= rank) continue;
		best = k;
		rank = r;
	}
	return best;
}

/* The point rounded; kept when it holds in integers and is better. */
static bool take_rounded(struct lp *s) {
	double z = 0;
	for (int32_t k = 0; k < s->n; k++) {
		s->round[k] = (int64_t)llround(s->val[k]);
		if (s->weight) z += (double)s->weight[k] * (double)s->round[k];
	}
	if (!prog_holds(s->p, s->round)) return false;
	if (s->has_best && z >= s->best) return true;
	memcpy(s->best_x, s->round, (size_t)s->n * sizeof *s->round);
	s->best = z;
	s->has_best = true;
	return true;
}

static void branch(struct lp *s, double *g, int depth) {
	if (++s->nodes > NODE_MAX || depth > DEPTH_MAX) {
		s->is_unsure = true;
		return;
	}
	if (s->has_best && !s->weight) return;
	enum lp_result r = simplex(s, g);
	if (r == LP_INFEASIBLE) return;
	if (r == LP_UNKNOWN) {
		s->is_unsure = true;
		return;
	}
	double z = objective(s);
	if (s->has_best && ceil(z - 1e-5) >= s->best) return;
	int32_t k = branch_column(s);
	if (k < 0) {
		if (!take_rounded(s)) s->is_unsure = true;
		return;
	}
	double v = s->val[k], lo = s->lo[k], up = s->up[k];
	set_bounds(s, k, lo, floor(v));
	branch(s, g, depth + 1);
	set_bounds(s, k, floor(v) + 1, up);
	branch(s, g, depth + 1);
	set_bounds(s, k, lo, up);
}

static void lp_init(struct arena *a, struct lp *s, const struct prog *p, const int64_t *weight) {
	size_t n = (size_t)p->n_cols, m = (size_t)p->n_rows;
	*s = (struct lp){.p = p, .n = p->n_cols, .m = p->n_rows, .weight = weight, .scale = 1.0};
	s->t = arena_array(a, n * m + 1, sizeof *s->t);
	s->cost = arena_array(a, n + 1, sizeof *s->cost);
	s->xb = arena_array(a, m + 1, sizeof *s->xb);
	s->basic = arena_array(a, m + 1, sizeof *s->basic);
	s->nonbasic = arena_array(a, n + 1, sizeof *s->nonbasic);
	s->at_upper = arena_array(a, n + 1, sizeof *s->at_upper);
	s->lo = arena_array(a, n + m + 1, sizeof *s->lo);
	s->up = arena_array(a, n + m + 1, sizeof *s->up);
	s->val = arena_array(a, n + m + 1, sizeof *s->val);
	s->round = arena_array(a, n + 1, sizeof *s->round);
	s->best_x = arena_array(a, n + 1, sizeof *s->best_x);
	for (int32_t r = 0; r < p->n_rows; r++) {
		for (int32_t k = p->rows[r].at; k < p->rows[r].at + p->rows[r].n; k++)
			s->t[(size_t)r * n + (size_t)p->entries[k].col] += (double)p->entries[k].coef;
		s->basic[r] = p->n_cols + r;
		s->xb[r] = (double)p->rows[r].rhs;
		s->up[p->n_cols + r] = INFINITY;
		if (fabs(s->xb[r]) > s->scale) s->scale = fabs(s->xb[r]);
	}
	if (s->scale > 1e3) s->scale = 1e3 * sqrt(s->scale / 1e3);
	for (int32_t k = 0; k < p->n_cols; k++) {
		s->nonbasic[k] = k;
		s->up[k] = p->cols[k].max >= ALLOC_QTY_MAX ? INFINITY : (double)p->cols[k].max;
		s->cost[k] = weight ? (double)weight[k] : 0.0;
	}
}

enum lp_result lp_minimize(struct arena *scratch, const struct prog *p, const int64_t *weight,
						   int64_t *x, int64_t *best, bool *found) {
	struct lp s;
	*found = false;
	*best = 0;
	lp_init(scratch, &s, p, weight);
	branch(&s, arena_array(scratch, (size_t)s.n + 1, sizeof(double)), 0);
	if (s.has_best) {
		memcpy(x, s.best_x, (size_t)s.n * sizeof *x);
		for (int32_t k = 0; k < s.n && weight; k++) *best += weight[k] * x[k];
		*found = true;
	}
	if (s.is_unsure) return LP_UNKNOWN;
	return s.has_best ? LP_OPTIMAL : LP_INFEASIBLE;
}
