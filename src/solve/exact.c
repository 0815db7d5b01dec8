#include "solve/exact.h"

#include "solve/check.h"
#include "solve/flow.h"
#include "solve/search.h"

#include <string.h>

enum { NODES_MAX = 2000000, PLANS_MAX = 100000 };

struct listing {
	struct arena *arena;
	struct arena scratch;
	const struct core *c;
	struct core_rows own;
	struct flow *flow;
	int32_t *now;   /* the choice so far */
	int32_t *plans; /* n_projects each */
	int32_t n, room;
	int64_t nodes;
	const atomic_bool *stop;
	bool is_cut;
};

int64_t exact_size(const struct core *c) {
	int64_t n = 1;
	for (int32_t i = 0; i < c->n_projects; i++) {
		const struct alloc_project *p = &c->in->projects[i];
		int64_t options = 1;
		for (int32_t k = p->alt; k < p->alt + p->n_alt; k++) options += !c->is_out[k];
		if (n > ((int64_t)1 << 62) / options) return (int64_t)1 << 62;
		n *= options;
	}
	return n;
}

static int32_t *plan_at(const struct listing *l, int32_t k) {
	return l->plans + (size_t)k * (size_t)l->c->n_projects;
}

static void keep(struct listing *l) {
	if (!rows_hold(&l->own, l->now, l->c->in)) return;
	if (l->c->any_hard) {
		arena_reset(&l->scratch);
		if (!choice_fits(&l->scratch, l->c, l->now)) return;
	}
	size_t one = (size_t)l->c->n_projects * sizeof *l->now;
	if (l->n == l->room) {
		l->room = l->room ? l->room * 2 : 64;
		int32_t *more = arena_alloc(l->arena, (size_t)l->room * one + 1);
		if (l->n) memcpy(more, l->plans, (size_t)l->n * one);
		l->plans = more;
	}
	if (one) memcpy(plan_at(l, l->n), l->now, one);
	l->n++;
}

static void list(struct listing *l, int32_t i) {
	if (++l->nodes > NODES_MAX || l->n >= PLANS_MAX || (l->stop && *l->stop)) l->is_cut = true;
	if (l->is_cut) return;
	if (i == l->c->n_projects) {
		keep(l);
		return;
	}
	const struct alloc_project *p = &l->c->in->projects[i];
	for (int32_t k = p->alt; k < p->alt + p->n_alt; k++) {
		if (l->c->is_out[k] || !flow_add(l->flow, k)) continue;
		l->now[i] = k;
		list(l, i + 1);
		flow_remove(l->flow, k);
	}
	l->now[i] = -1;
	if (p->fixed < 0 && !p->is_must) list(l, i + 1);
}

/* Keep only plans whose score is at least `least`. */
static void filter(struct listing *l, const int64_t *score, int64_t least) {
	int32_t n = 0;
	for (int32_t k = 0; k < l->n; k++) {
		if (score[k] < least) continue;
		if (n != k)
			memcpy(plan_at(l, n), plan_at(l, k), (size_t)l->c->n_projects * sizeof *l->plans);
		n++;
	}
	l->n = n;
}

static int64_t highest(const int64_t *score, int32_t n) {
	int64_t best = INT64_MIN;
	for (int32_t k = 0; k < n; k++)
		if (score[k] > best) best = score[k];
	return best;
}

static void do_floors(struct listing *l, int64_t *score, struct exact_answer *out) {
	const struct alloc *in = l->c->in;
	for (int32_t f = 0; f < in->n_floors; f++) {
		for (int32_t k = 0; k < l->n; k++) {
			int64_t got = check_floor(in, plan_at(l, k), &in->floors[f]);
			score[k] = got < in->floors[f].amount ? got : in->floors[f].amount;
		}
		out->floor_best[f] = highest(score, l->n);
		filter(l, score, out->floor_best[f]);
	}
}

static void do_linear(struct listing *l, int32_t g, int64_t *score, struct exact_answer *out) {
	const struct alloc *in = l->c->in;
	const struct alloc_goal *goal = &in->goals[g];
	int64_t sign = goal_is_max(goal->kind) ? 1 : -1;
	for (int32_t k = 0; k < l->n; k++) {
		struct alloc_plan plan = {.choice = plan_at(l, k)};
		score[k] = sign * check_goal(in, &plan, goal);
	}
	out->stages[g].value = sign * highest(score, l->n);
	out->locks[g] = goal_lock(goal, out->stages[g].value);
	filter(l, score, sign * out->locks[g]);
}

static void do_fairness(struct listing *l, int32_t g, int64_t *score, struct exact_answer *out) {
	const struct alloc *in = l->c->in;
	struct fraction best = fairness_of(in, plan_at(l, 0));
	for (int32_t k = 1; k < l->n; k++) {
		struct fraction x = fairness_of(in, plan_at(l, k));
		if (fraction_cmp(x, best) > 0) best = x;
	}
	struct core_rows rows = {0};
	fairness_rows(l->arena, l->c, best, in->goals[g].eps_permille, false, g, &rows);
	for (int32_t k = 0; k < l->n; k++) score[k] = rows_hold(&rows, plan_at(l, k), in);
	filter(l, score, 1);
	out->stages[g].fair = best;
	out->stages[g].value = fraction_ppm(best);
}

/* False when a movement question stayed open. */
static bool do_flows(struct listing *l, int32_t g, int64_t *score, struct exact_answer *out) {
	bool is_unsure = false;
	for (int32_t k = 0; k < l->n; k++) {
		if (l->stop && *l->stop) return false;
		int64_t best;
		arena_reset(&l->scratch);
		bool found =
			flow_goal_best(&l->scratch, l->c, plan_at(l, k), g, out->locks, &best, &is_unsure);
		score[k] = found ? -best : INT64_MIN;
	}
	int64_t top = highest(score, l->n);
	if (is_unsure || top == INT64_MIN) return false;
	out->stages[g].value = -top;
	out->locks[g] = goal_lock(&l->c->in->goals[g], -top);
	filter(l, score, -out->locks[g]);
	return true;
}

static void do_ids(struct listing *l) {
	int32_t *projects, *rank, best = 0;
	ids_order(l->arena, l->c->in, &projects, &rank);
	for (int32_t k = 1; k < l->n; k++)
		if (ids_before(l->c->in, projects, rank, plan_at(l, k), plan_at(l, best))) best = k;
	if (best) memcpy(plan_at(l, 0), plan_at(l, best), (size_t)l->c->n_projects * sizeof *l->plans);
	l->n = 1;
}

static bool do_goals(struct listing *l, struct exact_answer *out) {
	const struct alloc *in = l->c->in;
	int64_t *score = arena_array(l->arena, (size_t)l->n + 1, sizeof *score);
	do_floors(l, score, out);
	for (int32_t g = 0; g < in->n_goals; g++) {
		out->locks[g] = INT64_MAX;
		if (goal_is_linear(in->goals[g].kind)) do_linear(l, g, score, out);
		else if (in->goals[g].kind == GOAL_FAIRNESS) do_fairness(l, g, score, out);
		else if (in->goals[g].kind == GOAL_IDS) do_ids(l);
		else if (!do_flows(l, g, score, out)) return false;
	}
	return true;
}

static void scratch_free(void *it) {
	arena_release(it);
}

void exact_solve(struct arena *a, const struct core *c, const atomic_bool *stop,
				 struct exact_answer *out) {
	*out = (struct exact_answer){0};
	struct listing *l = arena_alloc(a, sizeof *l);
	*l = (struct listing){.arena = a, .c = c, .stop = stop};
	arena_defer(a, scratch_free, &l->scratch);
	l->now = arena_array(a, (size_t)c->n_projects + 1, sizeof *l->now);
	l->flow = flow_new(a, c);
	core_own_rows(a, c, &l->own);
	if (l->flow) list(l, 0);
	if (l->is_cut) return;
	out->is_infeasible = l->n == 0;
	if (out->is_infeasible) {
		out->is_done = true;
		return;
	}
	out->stages = arena_array(a, (size_t)c->in->n_goals + 1, sizeof *out->stages);
	out->locks = arena_array(a, (size_t)c->in->n_goals + 1, sizeof *out->locks);
	out->floor_best = arena_array(a, (size_t)c->in->n_floors + 1, sizeof *out->floor_best);
	if (!do_goals(l, out)) return;
	out->choice = plan_at(l, 0);
	out->is_done = true;
}
