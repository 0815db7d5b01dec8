#include "solve/stages.h"

#include "solve/check.h"
#include "solve/conflict.h"
#include "solve/exact.h"
#include "solve/task.h"

#include <math.h>
#include <string.h>
#include <time.h>

enum { EXACT_MAX = 200000 };

const char *solve_status_name(enum solve_status s) {
	static const char *const names[] = {"proven", "limit", "cancelled"};
	return names[s];
}

/* ---- the watch ---- */

static void *watch(void *arg) {
	struct run *r = arg;
	pthread_mutex_lock(&r->lock);
	while (!r->is_over) {
		if ((r->setup->stop && *r->setup->stop) || run_clock_s() >= r->deadline) r->halt = true;
		struct timespec t;
		clock_gettime(CLOCK_REALTIME, &t);
		t.tv_nsec += 20000000;
		if (t.tv_nsec >= 1000000000) t.tv_nsec -= 1000000000, t.tv_sec++;
		pthread_cond_timedwait(&r->done, &r->lock, &t);
	}
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

static void watch_start(struct run *r) {
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->done, NULL);
	pthread_create(&r->watch, NULL, watch, r);
}

static void watch_end(struct run *r) {
	pthread_mutex_lock(&r->lock);
	r->is_over = true;
	pthread_cond_signal(&r->done);
	pthread_mutex_unlock(&r->lock);
	pthread_join(r->watch, NULL);
	pthread_cond_destroy(&r->done);
	pthread_mutex_destroy(&r->lock);
}

/* ---- stages ---- */

static double weight_of(enum alloc_kind k) {
	static const double w[GOAL__N] = {
		[GOAL_CLASS_SERVE] = 4, [GOAL_CLASS_VALUE] = 4, [GOAL_VALUE] = 6,
		[GOAL_DELAY] = 2,       [GOAL_CITY_DRAW] = 1,   [GOAL_TRANSFER] = 1,
		[GOAL_FAIRNESS] = 1,    [GOAL_STABILITY] = 1,   [GOAL_IDS] = 1};
	return w[k];
}

static double stage_until(const struct run *r, int32_t g) {
	double all = 0;
	for (int32_t k = g; k < r->in->n_goals; k++) all += weight_of(r->in->goals[k].kind);
	return run_clock_s() + run_left_s(r) * weight_of(r->in->goals[g].kind) / all;
}

static struct task *new_task(struct run *r, struct core_rows *rows, const int64_t *weight,
							 double until) {
	struct task *t = arena_alloc(r->arena, sizeof *t);
	*t = (struct task){.r = r,
					   .core = *r->core,
					   .rows = rows,
					   .weight = weight,
					   .enough = INT64_MAX,
					   .until = until};
	t->goal = (struct alloc_goal){GOAL_VALUE, -1, 0};
	t->choice = arena_array(r->arena, (size_t)r->core->n_projects + 1, sizeof *t->choice);
	t->bound = INT64_MAX;
	return t;
}

static void adopt(struct run *r, const struct task *t) {
	if (!t->has) return;
	memcpy(r->choice, t->choice, (size_t)r->core->n_projects * sizeof *r->choice);
	r->has_choice = true;
}

static enum solve_status status_of(const struct run *r, bool is_proven) {
	return is_proven ? SOLVE_PROVEN : run_is_cancelled(r) ? SOLVE_CANCELLED : SOLVE_LIMIT;
}

static void stage_linear(struct run *r, int32_t g, struct solve_stage *st) {
	const struct alloc_goal *goal = &r->in->goals[g];
	int64_t constant, *w = arena_array(r->arena, (size_t)r->in->n_alts + 1, sizeof *w);
	goal_weights(r->in, goal, w, &constant);
	struct task *t = new_task(r, &r->rows, w, stage_until(r, g));
	t->goal = *goal;
	t->constant = constant;
	task_solve(t);
	r->is_infeasible = t->is_infeasible && !r->has_choice;
	adopt(r, t);
	if (!t->has) return;
	st->value = goal_value(goal, t->sum, constant);
	st->bound = t->bound == INT64_MAX ? (goal_is_max(goal->kind) ? INT64_MAX : 0)
									  : goal_value(goal, t->bound, constant);
	if (!goal_is_max(goal->kind) && st->bound < 0) st->bound = 0;
	st->status = status_of(r, t->is_proven || st->value == st->bound);
	core_add_row(r->arena, &r->rows,
				 goal_row(r->arena, r->core, goal, goal_lock(goal, st->value), g));
	if (goal->kind == GOAL_VALUE) r->out->prices = t->prices;
	task_tell(t, true);
}

/* Fairness: ask again and again for strictly more in every county; when that is infeasible, the
 * last answer is proven. */
static void stage_fairness(struct run *r, int32_t g, struct solve_stage *st) {
	double until = stage_until(r, g);
	struct fraction best = fairness_of(r->in, r->choice);
	int64_t *w = arena_array(r->arena, (size_t)r->in->n_alts + 1, sizeof *w);
	for (int32_t k = 0; k < r->in->n_alts; k++) w[k] = 1;
	bool is_proven = best.num == best.den;
	while (!is_proven && !r->halt && run_clock_s() < until) {
		struct core_rows rows = {0};
		for (int32_t k = 0; k < r->rows.n; k++) core_add_row(r->arena, &rows, r->rows.row[k]);
		fairness_rows(r->arena, r->core, best, 0, true, g, &rows);
		struct task *t = new_task(r, &rows, w, until);
		t->goal = r->in->goals[g];
		t->enough = INT64_MIN;
		task_solve(t);
		is_proven = t->is_infeasible || (t->bound < 0);
		if (!t->has) break;
		adopt(r, t);
		best = fairness_of(r->in, r->choice);
	}
	st->fair = best;
	st->value = fraction_ppm(best);
	st->bound = is_proven ? st->value : 1000000;
	st->status = status_of(r, is_proven);
	fairness_rows(r->arena, r->core, best, r->in->goals[g].eps_permille, false, g, &r->rows);
}

/* City draw and transfers: exact for the plan we have; other plans are asked of the child. */
static void stage_flows(struct run *r, int32_t g, struct solve_stage *st) {
	struct arena scratch = {0};
	enum alloc_kind kind = r->in->goals[g].kind;
	bool is_unsure = false, is_proven = false;
	int64_t bound = 0, best = INT64_MAX;
	flow_goal_best(&scratch, r->core, r->choice, g, r->locks, &best, &is_unsure);
	double until = stage_until(r, g);
	int64_t *w = arena_array(r->arena, (size_t)r->in->n_alts + 1, sizeof *w);
	struct task *t = new_task(r, &r->rows, w, until);
	if (!r->setup->no_child && r->in->n_alts <= PROOF_ALTS && best > 0) {
		struct prog p;
		struct mip *m = task_mip(&scratch, t, kind, &p);
		struct mip_limits limits = {until - run_clock_s(), false, NULL, &r->halt};
		struct mip_answer ans = mip_solve(m, &limits);
		if (ans.status == MIP_FOUND || ans.status == MIP_OPTIMAL) {
			int32_t *choice = arena_array(&scratch, (size_t)r->in->n_projects + 1, sizeof *choice);
			int64_t z;
			task_choice_of(r->in, ans.x, choice);
			r->used_child = true;
			if (task_is_plan(t, choice) &&
				flow_goal_best(&scratch, r->core, choice, g, r->locks, &z, &is_unsure) &&
				z < best) {
				best = z;
				memcpy(r->choice, choice, (size_t)r->in->n_projects * sizeof *choice);
			}
		}
		if (ans.has_bound && ans.bound > 0)
			bound = (int64_t)ceil(ans.bound - 1e-6 * fmax(1.0, ans.bound));
		mip_free(m);
	}
	arena_release(&scratch);
	if (bound > best) bound = best;
	is_proven = best == bound;
	st->value = best;
	st->bound = bound;
	st->status = status_of(r, is_proven);
	r->locks[g] = goal_lock(&r->in->goals[g], best);
	r->has_flow_lock = true;
}

/* Tie-break through the child: as many projects at once as their ranks fit into one weight. */
static bool ids_by_child(struct run *r, double until) {
	const struct alloc *in = r->in;
	int32_t *projects, *rank, from = 0;
	ids_order(r->arena, in, &projects, &rank);
	while (from < in->n_projects) {
		int64_t *w = arena_array(r->arena, (size_t)in->n_alts + 1, sizeof *w), unit = 1;
		int32_t to = from, in_chunk = 0;
		while (to < in->n_projects && unit < ((int64_t)1 << 20))
			unit *= in->projects[projects[to++]].n_alt + 1, in_chunk++;
		for (int32_t k = from; k < to; k++) {
			const struct alloc_project *p = &in->projects[projects[k]];
			unit /= p->n_alt + 1;
			for (int32_t x = p->alt; x < p->alt + p->n_alt; x++) w[x] = (p->n_alt - rank[x]) * unit;
		}
		struct task *t = new_task(r, &r->rows, w, until);
		t->bound = INT64_MAX;
		task_offer(t, r->choice, task_sum(t, r->choice));
		task_ask_child(t, fmin(until, r->deadline) - run_clock_s(), false);
		if (!task_is_done(t)) return false;
		adopt(r, t);
		for (int32_t k = from; k < to; k++) { /* what was chosen stays */
			const struct alloc_project *p = &in->projects[projects[k]];
			struct core_row row = {r->choice[projects[k]] >= 0 ? 1 : 0,
								   0,
								   arena_array(r->arena, (size_t)p->n_alt + 1, sizeof(int32_t)),
								   arena_array(r->arena, (size_t)p->n_alt + 1, sizeof(int64_t)),
								   "ids",
								   projects[k]};
			for (int32_t x = p->alt; x < p->alt + p->n_alt; x++) {
				row.alt[row.n] = x;
				row.coef[row.n++] = r->choice[projects[k]] == x ? 1 : -1;
			}
			core_add_row(r->arena, &r->rows, row);
		}
		from = to;
	}
	return true;
}

/* Without a proof: each project in order takes the smallest alternative that keeps all rows, the
 * others unchanged. */
static void ids_by_hand(struct run *r) {
	const struct alloc *in = r->in;
	int32_t *projects, *rank;
	ids_order(r->arena, in, &projects, &rank);
	int64_t *w = arena_array(r->arena, (size_t)in->n_alts + 1, sizeof *w);
	struct task *t = new_task(r, &r->rows, w, r->deadline);
	for (int32_t k = 0; k < in->n_projects && !r->halt; k++) {
		const struct alloc_project *p = &in->projects[projects[k]];
		int32_t was = r->choice[projects[k]], best = was;
		for (int32_t x = p->alt; x < p->alt + p->n_alt && !r->halt; x++) {
			if (r->core->is_out[x] || (best >= 0 && rank[x] >= rank[best])) continue;
			r->choice[projects[k]] = x;
			if (task_is_plan(t, r->choice) && run_keeps_flow_locks(r, r->choice)) best = x;
		}
		r->choice[projects[k]] = best;
	}
}

static bool all_proven(const struct run *r, int32_t g) {
	for (int32_t k = 0; k < g; k++)
		if (r->out->stages[k].status != SOLVE_PROVEN) return false;
	return true;
}

static void stage_ids(struct run *r, int32_t g, struct solve_stage *st) {
	bool is_small = r->in->n_alts <= PROOF_ALTS && !r->setup->no_child && all_proven(r, g);
	bool is_proven = is_small && ids_by_child(r, stage_until(r, g));
	if (!is_proven) ids_by_hand(r);
	st->value = st->bound = 0;
	st->status = status_of(r, is_proven);
}

static void run_floors(struct run *r) {
	for (int32_t f = 0; f < r->in->n_floors && !r->is_infeasible; f++) {
		const struct alloc_floor *x = &r->in->floors[f];
		int64_t *w = arena_array(r->arena, (size_t)r->in->n_alts + 1, sizeof *w);
		struct core_row row = {
			0, 0, arena_array(r->arena, (size_t)r->in->n_alts + 1, sizeof(int32_t)), w, "floor", f};
		for (int32_t k = 0; k < r->in->n_alts; k++)
			if (r->in->projects[r->in->alts[k].project].county == x->pool)
				w[k] = alt_amount(r->in, k, x->factor, -1);
		struct task *t = new_task(r, &r->rows, w, run_clock_s() + run_left_s(r) * 0.1);
		t->enough = x->amount;
		task_solve(t);
		r->is_infeasible = t->is_infeasible && !r->has_choice;
		adopt(r, t);
		if (!t->has) return;
		int64_t got = t->sum < x->amount ? t->sum : x->amount;
		r->out->floor_best[f] = got;
		int64_t *coef = arena_array(r->arena, (size_t)r->in->n_alts + 1, sizeof *coef);
		row.coef = coef;
		row.rhs = got;
		for (int32_t k = 0; k < r->in->n_alts; k++)
			if (w[k]) row.alt[row.n] = k, coef[row.n++] = w[k];
		core_add_row(r->arena, &r->rows, row);
	}
}

/* Any plan, for objectives that only compare plans. */
static void find_any(struct run *r, double until) {
	int64_t *w = arena_array(r->arena, (size_t)r->in->n_alts + 1, sizeof *w);
	for (int32_t k = 0; k < r->in->n_alts; k++) w[k] = r->in->alts[k].value;
	struct task *t = new_task(r, &r->rows, w, until);
	t->enough = INT64_MIN;
	task_solve(t);
	r->is_infeasible = t->is_infeasible;
	adopt(r, t);
}

static void run_stages(struct run *r) {
	const struct alloc *in = r->in;
	struct solve_answer *out = r->out;
	run_floors(r);
	for (int32_t g = 0; g < in->n_goals && !r->is_infeasible; g++) {
		double began = run_clock_s();
		struct solve_stage *st = &out->stages[g];
		enum alloc_kind kind = in->goals[g].kind;
		r->stage = g;
		st->goal = in->goals[g];
		st->fair = (struct fraction){0, 1};
		if (!goal_is_linear(kind) && !r->has_choice) find_any(r, stage_until(r, g));
		if (!goal_is_linear(kind) && !r->has_choice) return;
		if (goal_is_linear(kind)) stage_linear(r, g, st);
		else if (kind == GOAL_FAIRNESS) stage_fairness(r, g, st);
		else if (kind == GOAL_IDS) stage_ids(r, g, st);
		else stage_flows(r, g, st);
		st->seconds = run_clock_s() - began;
		if (!r->has_choice) return;
		out->n_stages = g + 1;
	}
}

/* Every class is served at least as by setup->hold, and the search begins there. */
static void hold_classes(struct run *r) {
	const struct alloc *in = r->in;
	struct alloc_plan plan = {.choice = r->choice};
	memcpy(r->choice, r->setup->hold, (size_t)in->n_projects * sizeof *r->choice);
	r->has_choice = true;
	for (int32_t k = 0; k < in->n_classes; k++) {
		struct alloc_goal g = {GOAL_CLASS_SERVE, k, 0};
		core_add_row(r->arena, &r->rows,
					 goal_row(r->arena, r->core, &g, check_goal(in, &plan, &g), -1));
	}
}

/* ---- the small way, and the end ---- */

static bool run_exact(struct run *r) {
	struct exact_answer e;
	if (r->setup->no_exact || r->setup->hold || exact_size(r->core) > EXACT_MAX) return false;
	exact_solve(r->arena, r->core, &r->halt, &e);
	if (!e.is_done) return false;
	r->is_infeasible = e.is_infeasible;
	if (e.is_infeasible) return true;
	memcpy(r->choice, e.choice, (size_t)r->in->n_projects * sizeof *e.choice);
	r->has_choice = true;
	memcpy(r->locks, e.locks, (size_t)r->in->n_goals * sizeof *e.locks);
	if (r->in->n_floors)
		memcpy(r->out->floor_best, e.floor_best, (size_t)r->in->n_floors * sizeof *e.floor_best);
	for (int32_t g = 0; g < r->in->n_goals; g++)
		r->out->stages[g] =
			(struct solve_stage){r->in->goals[g],  e.stages[g].value, e.stages[g].value,
								 e.stages[g].fair, SOLVE_PROVEN,      run_clock_s() - r->began};
	for (int32_t g = 0; g < r->in->n_goals; g++) /* for the prices of the reasons */
		if (goal_is_linear(r->in->goals[g].kind))
			core_add_row(r->arena, &r->rows,
						 goal_row(r->arena, r->core, &r->in->goals[g],
								  goal_lock(&r->in->goals[g], e.stages[g].value), g));
	r->out->n_stages = r->in->n_goals;
	r->out->solver = "exact";
	return true;
}

/* The judge's word is the last: values of a stage are what it sums up. */
static void finish(struct run *r) {
	struct solve_answer *out = r->out;
	if (!r->has_choice) return;
	struct buf why = {.arena = r->arena};
	if (!plan_flows(r->arena, r->core, r->choice, r->has_flow_lock || out->solver ? r->locks : NULL,
					&out->plan)) {
		out->wrong = S("no movements were found for the chosen plan");
		return;
	}
	if (!check_plan(r->arena, r->in, &out->plan, &why)) {
		out->wrong = buf_str(&why);
		return;
	}
	out->has_plan = true;
	for (int32_t g = 0; g < out->n_stages; g++) {
		struct solve_stage *st = &out->stages[g];
		int64_t value = check_goal(r->in, &out->plan, &st->goal);
		if (value == st->value) continue;
		/* a later stage used the tolerance, or a plan grew: the lock must still hold */
		bool is_max = goal_is_max(st->goal.kind);
		int64_t lock = st->goal.kind == GOAL_FAIRNESS
						   ? st->value * (1000 - st->goal.eps_permille) / 1000
						   : goal_lock(&st->goal, st->value);
		if (is_max ? value < lock : value > lock)
			out->wrong = S("a stage value was not kept"), out->has_plan = false;
	}
}

void solve(struct arena *a, const struct alloc *in, const struct solve_setup *setup,
		   struct solve_answer *out) {
	*out = (struct solve_answer){0};
	struct run r = {.arena = a, .in = in, .setup = setup, .out = out, .began = run_clock_s()};
	r.deadline = r.began + (setup->seconds > 0 ? setup->seconds : 60);
	r.core = arena_alloc(a, sizeof *r.core);
	out->core = r.core;
	out->stages = arena_array(a, (size_t)in->n_goals + 1, sizeof *out->stages);
	out->floor_best = arena_array(a, (size_t)in->n_floors + 1, sizeof *out->floor_best);
	r.choice = arena_array(a, (size_t)in->n_projects + 1, sizeof *r.choice);
	r.locks = arena_array(a, (size_t)in->n_goals + 1, sizeof *r.locks);
	for (int32_t g = 0; g < in->n_goals; g++) r.locks[g] = INT64_MAX;
	for (int32_t i = 0; i < in->n_projects; i++) r.choice[i] = -1;
	core_build(a, in, r.core);
	core_own_rows(a, r.core, &r.rows);
	if (setup->hold) hold_classes(&r);
	watch_start(&r);
	if (!run_exact(&r)) {
		/* a large search cannot see that the mandatory projects alone contradict each other */
		r.is_infeasible = !setup->no_precheck && conflict_exists(in, run_left_s(&r) * 0.2, setup->stop);
		if (!r.is_infeasible) run_stages(&r);
	}
	watch_end(&r);
	out->is_infeasible = r.is_infeasible;
	out->rows = r.rows;
	finish(&r);
	if (!out->solver) out->solver = r.used_child ? "search+cbc" : "search";
	out->seconds = run_clock_s() - r.began;
}
