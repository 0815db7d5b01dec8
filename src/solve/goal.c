#include "solve/goal.h"

#include "solve/check.h"
#include "solve/flow.h"
#include "solve/lp.h"

#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 wide;

bool goal_is_linear(enum alloc_kind kind) {
	return kind != GOAL_FAIRNESS && kind != GOAL_CITY_DRAW && kind != GOAL_TRANSFER &&
		   kind != GOAL_IDS;
}

void goal_weights(const struct alloc *in, const struct alloc_goal *g, int64_t *weight,
				  int64_t *constant) {
	*constant = 0;
	for (int32_t k = 0; k < in->n_alts; k++) {
		const struct alloc_alt *a = &in->alts[k];
		const struct alloc_project *p = &in->projects[a->project];
		weight[k] = 0;
		if (g->class_no >= 0 && p->class_no != g->class_no) continue;
		if (g->kind == GOAL_CLASS_SERVE) weight[k] = a->serve;
		if (g->kind == GOAL_CLASS_VALUE || g->kind == GOAL_VALUE) weight[k] = a->value;
		if (g->kind == GOAL_DELAY) weight[k] = -a->delay;
		if (g->kind == GOAL_STABILITY) weight[k] = p->last == k;
	}
	for (int32_t i = 0; g->kind == GOAL_STABILITY && i < in->n_projects; i++)
		*constant += in->projects[i].last != LAST_NONE;
}

int64_t goal_value(const struct alloc_goal *g, int64_t sum, int64_t constant) {
	return goal_is_max(g->kind) ? sum : constant - sum;
}

int64_t goal_sum(const struct alloc_goal *g, int64_t value, int64_t constant) {
	return goal_is_max(g->kind) ? value : constant - value;
}

int64_t goal_lock(const struct alloc_goal *g, int64_t best) {
	wide v = best;
	if (goal_is_max(g->kind)) return (int64_t)((v * (1000 - g->eps_permille) + 999) / 1000);
	return (int64_t)(v * (1000 + g->eps_permille) / 1000);
}

struct core_row goal_row(struct arena *a, const struct core *c, const struct alloc_goal *g,
						 int64_t lock, int32_t ref) {
	int64_t constant, *w = arena_array(a, (size_t)c->n_alts + 1, sizeof *w);
	goal_weights(c->in, g, w, &constant);
	struct core_row r = {goal_sum(g, lock, constant),
						 0,
						 arena_array(a, (size_t)c->n_alts + 1, sizeof(int32_t)),
						 w,
						 "goal",
						 ref};
	for (int32_t k = 0; k < c->n_alts; k++) {
		if (w[k] == 0) continue;
		r.alt[r.n] = k;
		r.coef[r.n++] = w[k];
	}
	return r;
}

/* ---- fairness ---- */

struct fraction fairness_of(const struct alloc *in, const int32_t *choice) {
	struct fraction worst = {1, 1};
	for (int32_t q = 0; q < in->n_pools; q++) {
		struct fraction x;
		if (in->pools[q].is_city) continue;
		check_county_value(in, choice, q, &x.num, &x.den);
		if (x.den > 0 && fraction_cmp(x, worst) < 0) worst = x;
	}
	return worst;
}

int fraction_cmp(struct fraction x, struct fraction y) {
	wide a = (wide)x.num * y.den, b = (wide)y.num * x.den;
	return a < b ? -1 : a > b;
}

int64_t fraction_ppm(struct fraction x) {
	return (int64_t)((wide)x.num * 1000000 / x.den);
}

void fairness_rows(struct arena *a, const struct core *c, struct fraction r, int32_t eps, bool more,
				   int32_t ref, struct core_rows *rows) {
	const struct alloc *in = c->in;
	for (int32_t q = 0; q < in->n_pools; q++) {
		int64_t got, asked;
		int32_t *none = arena_array(a, (size_t)in->n_projects + 1, sizeof *none);
		for (int32_t i = 0; i < in->n_projects; i++) none[i] = -1;
		check_county_value(in, none, q, &got, &asked);
		if (in->pools[q].is_city || asked == 0) continue;
		wide over = (wide)r.num * asked * (1000 - eps), under = (wide)r.den * 1000;
		int64_t need = (int64_t)(more ? over / under + 1 : (over + under - 1) / under);
		struct core_row row = {need,
							   0,
							   arena_array(a, (size_t)in->n_alts + 1, sizeof(int32_t)),
							   arena_array(a, (size_t)in->n_alts + 1, sizeof(int64_t)),
							   "goal",
							   ref};
		for (int32_t k = 0; k < in->n_alts; k++) {
			if (in->projects[in->alts[k].project].county != q) continue;
			row.alt[row.n] = k;
			row.coef[row.n++] = in->alts[k].value;
		}
		core_add_row(a, rows, row);
	}
}

bool rows_hold(const struct core_rows *rows, const int32_t *choice, const struct alloc *in) {
	for (int32_t r = 0; r < rows->n; r++) {
		wide sum = 0;
		for (int32_t k = 0; k < rows->row[r].n; k++)
			if (choice[in->alts[rows->row[r].alt[k]].project] == rows->row[r].alt[k])
				sum += rows->row[r].coef[k];
		if (sum < rows->row[r].rhs) return false;
	}
	return true;
}

/* ---- ids ---- */

struct named {
	struct str id;
	int32_t no;
};

static int by_id(const void *a, const void *b) {
	return str_cmp(((const struct named *)a)->id, ((const struct named *)b)->id);
}

void ids_order(struct arena *a, const struct alloc *in, int32_t **projects, int32_t **rank) {
	struct named *n = arena_array(a, (size_t)in->n_projects + ALLOC_ALTS_MAX + 1, sizeof *n);
	*projects = arena_array(a, (size_t)in->n_projects + 1, sizeof **projects);
	*rank = arena_array(a, (size_t)in->n_alts + 1, sizeof **rank);
	for (int32_t i = 0; i < in->n_projects; i++) n[i] = (struct named){in->projects[i].id, i};
	qsort(n, (size_t)in->n_projects, sizeof *n, by_id);
	for (int32_t i = 0; i < in->n_projects; i++) (*projects)[i] = n[i].no;
	for (int32_t i = 0; i < in->n_projects; i++) {
		const struct alloc_project *p = &in->projects[i];
		for (int32_t k = 0; k < p->n_alt; k++)
			n[k] = (struct named){in->alts[p->alt + k].id, p->alt + k};
		qsort(n, (size_t)p->n_alt, sizeof *n, by_id);
		for (int32_t k = 0; k < p->n_alt; k++) (*rank)[n[k].no] = k;
	}
}

bool ids_before(const struct alloc *in, const int32_t *projects, const int32_t *rank,
				const int32_t *x, const int32_t *y) {
	for (int32_t k = 0; k < in->n_projects; k++) {
		int32_t i = projects[k];
		if (x[i] == y[i]) continue;
		int32_t rx = x[i] < 0 ? INT32_MAX : rank[x[i]], ry = y[i] < 0 ? INT32_MAX : rank[y[i]];
		return rx < ry;
	}
	return false;
}

/* ---- movements ---- */

static void flow_weights(const struct prog *p, enum alloc_kind kind, int64_t *w) {
	for (int32_t k = 0; k < p->n_cols; k++) w[k] = prog_weight(p, k, kind);
}

static void lock_flows(struct prog *p, enum alloc_kind kind, int64_t most) {
	prog_open_row(p, most, -1);
	for (int32_t k = 0; k < p->n_cols; k++) prog_put(p, k, prog_weight(p, k, kind));
}

static bool is_flow_goal(enum alloc_kind kind) {
	return kind == GOAL_CITY_DRAW || kind == GOAL_TRANSFER;
}

/* Locks of flow goals before `goal` as rows; direct city uses are part of the city draw. */
static bool put_locks(struct prog *p, const struct alloc *in, const int32_t *choice, int32_t goal,
					  const int64_t *locks) {
	bool any = false;
	for (int32_t g = 0; g < goal && locks; g++) {
		if (!is_flow_goal(in->goals[g].kind) || locks[g] == INT64_MAX) continue;
		int64_t direct = in->goals[g].kind == GOAL_CITY_DRAW ? city_draw_direct(in, choice) : 0;
		lock_flows(p, in->goals[g].kind, locks[g] - direct);
		any = true;
	}
	return any;
}

static bool has_lock_before(const struct alloc *in, int32_t goal, const int64_t *locks) {
	for (int32_t g = 0; g < goal && locks; g++)
		if (is_flow_goal(in->goals[g].kind) && locks[g] != INT64_MAX) return true;
	return false;
}

static bool minimize(struct arena *a, struct prog *p, enum alloc_kind kind, int64_t *x,
					 int64_t *best, bool *is_unsure) {
	int64_t *w = arena_array(a, (size_t)p->n_cols + 1, sizeof *w);
	bool found;
	flow_weights(p, kind, w);
	if (lp_minimize(a, p, w, x, best, &found) == LP_UNKNOWN) *is_unsure = true;
	return found;
}

bool flow_goal_best(struct arena *a, const struct core *c, const int32_t *choice, int32_t goal,
					const int64_t *locks, int64_t *best, bool *is_unsure) {
	const struct alloc *in = c->in;
	enum alloc_kind kind = in->goals[goal].kind;
	*best = kind == GOAL_CITY_DRAW ? city_draw_direct(in, choice) : 0;
	bool is_joint = has_lock_before(in, goal, locks); /* a lock binds the factors together */
	for (int32_t f = is_joint ? -1 : 0; f < (is_joint ? 0 : in->n_factors); f++) {
		struct prog p;
		int64_t z;
		prog_build(a, c, choice, f, &p);
		put_locks(&p, in, choice, goal, locks);
		if (!minimize(a, &p, kind, arena_array(a, (size_t)p.n_cols + 1, sizeof(int64_t)), &z,
					  is_unsure))
			return false;
		*best += z;
	}
	return true;
}

/* Flow goals one after the other in one program over all factors. */
static bool flows_by_goals(struct arena *a, const struct core *c, const int32_t *choice,
						   const int64_t *locks, struct alloc_plan *out) {
	const struct alloc *in = c->in;
	struct prog p;
	int64_t z;
	bool is_unsure = false, found = false;
	prog_build(a, c, choice, -1, &p);
	put_locks(&p, in, choice, in->n_goals, locks);
	int64_t *x = arena_array(a, (size_t)p.n_cols + 1, sizeof *x);
	for (int32_t g = 0; g < in->n_goals; g++) {
		if (!is_flow_goal(in->goals[g].kind)) continue;
		found = minimize(a, &p, in->goals[g].kind, x, &z, &is_unsure);
		if (!found) return false;
		lock_flows(&p, in->goals[g].kind, goal_lock(&in->goals[g], z));
	}
	prog_flows(a, c, choice, &p, x, &out->flows, &out->n_flows);
	return found;
}

static void append(struct arena *a, struct alloc_plan *to, const struct alloc_flow *f, size_t n,
				   int32_t factor) {
	struct alloc_flow *all = arena_array(a, to->n_flows + n + 1, sizeof *all);
	if (to->n_flows) memcpy(all, to->flows, to->n_flows * sizeof *all);
	for (size_t k = 0; k < n; k++)
		if (f[k].factor == factor) all[to->n_flows++] = f[k];
	to->flows = all;
}

/* Without flow goals: easy factors from the network, hard ones from their program. */
static bool flows_by_factor(struct arena *a, const struct core *c, const int32_t *choice,
							struct alloc_plan *out) {
	struct flow *f = flow_new(a, c);
	if (!f) return false;
	for (int32_t i = 0; i < c->n_projects; i++)
		if (choice[i] >= 0 && !flow_add(f, choice[i])) return false;
	for (int32_t k = 0; k < c->in->n_factors; k++) {
		struct prog p;
		struct alloc_flow *flows;
		size_t n;
		int64_t z;
		bool is_unsure;
		prog_build(a, c, choice, k, &p);
		int64_t *x = arena_array(a, (size_t)p.n_cols + 1, sizeof *x);
		if (!c->is_hard[k]) prog_take_flow(&p, f, x);
		else if (!minimize(a, &p, GOAL_TRANSFER, x, &z, &is_unsure)) return false;
		prog_flows(a, c, choice, &p, x, &flows, &n);
		append(a, out, flows, n, k);
	}
	return true;
}

bool plan_flows(struct arena *a, const struct core *c, const int32_t *choice, const int64_t *locks,
				struct alloc_plan *out) {
	const struct alloc *in = c->in;
	*out =
		(struct alloc_plan){.choice = arena_array(a, (size_t)in->n_projects + 1, sizeof(int32_t))};
	memcpy(out->choice, choice, (size_t)in->n_projects * sizeof *choice);
	for (int32_t g = 0; g < in->n_goals; g++)
		if (is_flow_goal(in->goals[g].kind)) return flows_by_goals(a, c, choice, locks, out);
	return flows_by_factor(a, c, choice, out);
}
