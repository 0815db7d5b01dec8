#include "solve/stages.h"

#include "solve/check.h"
#include "solve/conflict.h"
#include "solve/exact.h"
#include "solve/mip.h"
#include "solve/search.h"

#include <math.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

enum {
	EXACT_MAX = 200000,
	SMALL_ALTS = 450,
	PROOF_ALTS = 1600,
	ROOT_ALTS = 6000,
	THREADS_MAX = 16
};

const char *solve_status_name(enum solve_status s) {
	static const char *const names[] = {"proven", "limit", "cancelled"};
	return names[s];
}

static double clock_s(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

struct run {
	struct arena *arena;
	struct core *core;
	const struct alloc *in;
	const struct solve_setup *setup;
	struct solve_answer *out;
	double began, deadline; /* of the clock */
	struct core_rows rows;  /* own rows and the locks so far */
	int64_t *locks;         /* of flow goals */
	bool has_flow_lock, used_child;
	bool has_choice, is_infeasible;
	int32_t *choice;
	int32_t stage;
	/* the watch: one flag for "time is up" and "cancelled" that every loop looks at */
	atomic_bool halt;
	pthread_t watch;
	pthread_mutex_t lock;
	pthread_cond_t done;
	bool is_over;
};

/* ---- the watch ---- */

static void *watch(void *arg) {
	struct run *r = arg;
	pthread_mutex_lock(&r->lock);
	while (!r->is_over) {
		if ((r->setup->stop && *r->setup->stop) || clock_s() >= r->deadline) r->halt = true;
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

static bool is_cancelled(const struct run *r) {
	return r->setup->stop && *r->setup->stop;
}

static double left_s(const struct run *r) {
	double s = r->deadline - clock_s();
	return s > 0 ? s : 0;
}

/* ---- one problem: maximize weight under rows, on a core with what cannot matter left out ---- */

struct task {
	struct run *r;
	struct core core; /* shares all but is_out */
	struct core_rows *rows;
	const int64_t *weight;
	int64_t enough;  /* stop when reached */
	double until;    /* of the clock */
	int32_t n_alts;  /* that may stand */
	int32_t *choice; /* best */
	bool has, is_infeasible, is_proven;
	int64_t sum, bound;
	struct bound *prices;
	struct alloc_goal goal;
	int64_t constant;
};

static int64_t sum_of(const struct task *t, const int32_t *choice) {
	int64_t sum = 0;
	for (int32_t i = 0; i < t->core.n_projects; i++)
		if (choice[i] >= 0) sum += t->weight[choice[i]];
	return sum;
}

/* An alternative that gains nothing and helps no row only takes quota: some best plan has none. */
static void leave_out(struct task *t) {
	struct core *c = &t->core;
	bool *is_out = arena_array(t->r->arena, (size_t)c->n_alts + 1, sizeof *is_out);
	bool *helps = arena_array(t->r->arena, (size_t)c->n_alts + 1, sizeof *helps);
	for (int32_t r = 0; r < t->rows->n; r++)
		for (int32_t k = 0; k < t->rows->row[r].n; k++)
			if (t->rows->row[r].coef[k] > 0) helps[t->rows->row[r].alt[k]] = true;
	for (int32_t k = 0; k < c->n_alts; k++) {
		is_out[k] = c->is_out[k] || (t->weight[k] <= 0 && !helps[k]);
		t->n_alts += !is_out[k];
	}
	c->is_out = is_out;
}

static void offer(struct task *t, const int32_t *choice, int64_t sum) {
	if (t->has && sum <= t->sum) return;
	memcpy(t->choice, choice, (size_t)t->core.n_projects * sizeof *choice);
	t->has = true;
	t->sum = sum;
}

static bool is_done(struct task *t) {
	if (t->has && t->sum >= t->bound) t->is_proven = true;
	if (t->is_proven || t->is_infeasible) return true;
	double close = (double)t->bound - (double)t->sum;
	if (t->has && t->r->setup->gap > 0 && close <= t->r->setup->gap * fabs((double)t->sum))
		return true;
	return t->has && t->sum >= t->enough;
}

static void tell(struct task *t, bool is_end) {
	struct run *r = t->r;
	if (!r->setup->progress) return;
	struct solve_event e = {r->stage,
							r->in->n_goals,
							t->goal,
							clock_s() - r->began,
							t->has,
							t->bound < INT64_MAX,
							is_end,
							goal_value(&t->goal, t->sum, t->constant),
							goal_value(&t->goal, t->bound, t->constant)};
	r->setup->progress(r->setup->arg, &e);
}

/* Does a choice from outside (solver, plan in force) keep everything? */
static bool is_plan(struct task *t, const int32_t *choice) {
	struct arena scratch = {0};
	struct flow *f = flow_new(&scratch, &t->core);
	bool is_good = f != NULL;
	for (int32_t i = 0; is_good && i < t->core.n_projects; i++)
		if (choice[i] >= 0) is_good = !t->core.is_out[choice[i]] && flow_add(f, choice[i]);
	is_good = is_good && rows_hold(t->rows, choice, t->core.in) &&
			  choice_fits(&scratch, &t->core, choice);
	arena_release(&scratch);
	return is_good;
}

/* ---- the child ---- */

static void put_rows(struct mip *m, const struct core_rows *rows, struct arena *a) {
	for (int32_t r = 0; r < rows->n; r++) {
		const struct core_row *x = &rows->row[r];
		struct mip_entry *e = arena_array(a, (size_t)x->n + 1, sizeof *e);
		for (int32_t k = 0; k < x->n; k++) e[k] = (struct mip_entry){x->alt[k], -x->coef[k]};
		mip_row(m, e, x->n, -x->rhs);
	}
}

static void put_flow_locks(struct mip *m, const struct run *r, const struct prog *p,
						   struct arena *a) {
	struct mip_entry *e = arena_array(a, (size_t)p->n_cols + 1, sizeof *e);
	for (int32_t g = 0; g < r->in->n_goals; g++) {
		enum alloc_kind kind = r->in->goals[g].kind;
		if ((kind != GOAL_CITY_DRAW && kind != GOAL_TRANSFER) || r->locks[g] == INT64_MAX) continue;
		int32_t n = 0;
		for (int32_t k = 0; k < p->n_cols; k++) {
			int64_t w = prog_weight(p, k, kind);
			if (w) e[n++] = (struct mip_entry){k, w};
		}
		mip_row(m, e, n, r->locks[g]);
	}
}

/* `kind`: the flow objective to minimize, or GOAL__N for the task's weights. */
static struct mip *make_mip(struct arena *a, const struct task *t, enum alloc_kind kind,
							struct prog *p) {
	struct mip *m = mip_new(a);
	prog_build(a, &t->core, NULL, -1, p);
	for (int32_t k = 0; k < p->n_cols; k++) {
		int64_t cost = kind != GOAL__N      ? prog_weight(p, k, kind)
					   : k < t->core.n_alts ? -t->weight[k]
											: 0;
		int64_t max = p->cols[k].max;
		if (p->cols[k].factor >= 0 && p->cols[k].kind != PROG_SWITCH &&
			max > t->core.quota_total[p->cols[k].factor])
			max = t->core.quota_total[p->cols[k].factor];
		mip_column(m, cost, max, p->cols[k].is_integer || (kind != GOAL__N && k < t->core.n_alts));
	}
	for (int32_t r = 0; r < p->n_rows; r++) {
		struct mip_entry *e = arena_array(a, (size_t)p->rows[r].n + 1, sizeof *e);
		for (int32_t k = 0; k < p->rows[r].n; k++)
			e[k] = (struct mip_entry){p->entries[p->rows[r].at + k].col,
									  p->entries[p->rows[r].at + k].coef};
		mip_row(m, e, p->rows[r].n, p->rows[r].rhs);
	}
	put_rows(m, t->rows, a);
	put_flow_locks(m, t->r, p, a);
	return m;
}

static void choice_of(const struct alloc *in, const int64_t *x, int32_t *choice) {
	for (int32_t i = 0; i < in->n_projects; i++) {
		choice[i] = -1;
		for (int32_t k = in->projects[i].alt; k < in->projects[i].alt + in->projects[i].n_alt; k++)
			if (x[k] == 1) choice[i] = k;
	}
}

/* Flow locks are asked of the exact model; a choice that cannot keep them is no plan. */
static bool keeps_flow_locks(const struct run *r, const int32_t *choice) {
	struct alloc_plan plan;
	struct arena scratch = {0};
	bool is_good = !r->has_flow_lock || plan_flows(&scratch, r->core, choice, r->locks, &plan);
	arena_release(&scratch);
	return is_good;
}

static void ask_child(struct task *t, double seconds, bool root_only) {
	if (t->r->setup->no_child || !mip_is_there() || seconds < 0.05) return;
	struct arena scratch = {0};
	struct prog p;
	struct mip *m = make_mip(&scratch, t, GOAL__N, &p);
	int64_t *start = NULL;
	if (t->has && !t->core.any_hard && !root_only) {
		start = arena_array(&scratch, (size_t)p.n_cols + 1, sizeof *start);
		for (int32_t i = 0; i < t->core.n_projects; i++)
			if (t->choice[i] >= 0) start[t->choice[i]] = 1;
	}
	struct mip_limits limits = {seconds, root_only, start, &t->r->halt};
	struct mip_answer ans = mip_solve(m, &limits);
	t->r->used_child = t->r->used_child || ans.status != MIP_NONE || ans.has_bound;
	if (ans.status == MIP_INFEASIBLE && !t->has) t->is_infeasible = true;
	if (ans.status == MIP_FOUND || ans.status == MIP_OPTIMAL) {
		int32_t *choice = arena_array(&scratch, (size_t)t->core.n_projects + 1, sizeof *choice);
		choice_of(t->core.in, ans.x, choice);
		if (is_plan(t, choice) && keeps_flow_locks(t->r, choice))
			offer(t, choice, sum_of(t, choice));
	}
	/* a proven optimum whose plan we have re-counted is the bound; any other bound of the solver is
	 * floating point, and a part in a million of it is given away to be safe */
	if (ans.status == MIP_OPTIMAL && t->has && (double)t->sum >= -ans.bound - 0.5)
		t->bound = t->sum;
	else if (ans.has_bound && fabs(ans.bound) < 1e15) {
		double b = -ans.bound;
		int64_t bound = (int64_t)floor(b + 1e-6 * fmax(1.0, fabs(b)));
		if (t->has && bound < t->sum) bound = t->sum; /* what was left out cannot beat the plan */
		if (bound < t->bound) t->bound = bound;
	}
	mip_free(m);
	arena_release(&scratch);
}

/* ---- the search, on one thread or several ---- */

struct worker {
	struct search *s;
	struct task *t;
	int64_t steps;
	pthread_t thread;
};

static void *work(void *arg) {
	struct worker *w = arg;
	search_run(w->s, w->steps, w->t->bound < w->t->enough ? w->t->bound : w->t->enough,
			   &w->t->r->halt);
	return NULL;
}

static void work_all(struct worker *w, int n) {
	for (int k = 1; k < n; k++) pthread_create(&w[k].thread, NULL, work, &w[k]);
	work(&w[0]);
	for (int k = 1; k < n; k++) pthread_join(w[k].thread, NULL);
}

static void collect(struct task *t, struct worker *w, int n) {
	for (int k = 0; k < n; k++)
		if (search_found(w[k].s)) offer(t, search_choice(w[k].s), search_value(w[k].s));
}

struct crew {
	struct worker w[THREADS_MAX];
	int n;
	double begun, until; /* of its annealing */
	int64_t done, block;
};

static bool crew_start(struct crew *w, struct task *t, double until) {
	struct run *r = t->r;
	w->n = r->setup->threads < 1             ? 1
		   : r->setup->threads > THREADS_MAX ? THREADS_MAX
											 : r->setup->threads;
	for (int k = 0; k < w->n; k++) {
		struct search_setup s = {&t->core,
								 t->rows,
								 t->weight,
								 t->prices,
								 r->setup->seed * 1000003u + (uint64_t)k * 7919u +
									 (uint64_t)r->stage,
								 t->has          ? t->choice
								 : r->has_choice ? r->choice
												 : r->setup->start};
		w->w[k].s = search_new(r->arena, &s);
		w->w[k].t = t;
		if (!w->w[k].s) return false;
	}
	w->begun = clock_s();
	w->until = until;
	w->done = 0;
	w->block = r->setup->steps > 0 ? r->setup->steps / 200 + 1 : 8;
	collect(t, w->w, w->n);
	return true;
}

/* Search until `until`; the heat falls along the crew's whole time. With setup->steps the heat and
 * the end go by steps. */
static void crew_run(struct crew *w, struct task *t, double until, int64_t most) {
	const double hot = 0.25, cold = 0.014; /* in parts of an average alternative's weight */
	int64_t steps = t->r->setup->steps;
	while (!is_done(t) && !t->r->halt && w->done < most && (steps > 0 || clock_s() < until)) {
		double part = steps > 0 ? (double)w->done / (double)steps
								: (clock_s() - w->begun) / (w->until - w->begun + 1e-9);
		double began = clock_s();
		if (w->block > most - w->done) w->block = most - w->done;
		for (int k = 0; k < w->n; k++) {
			search_heat(w->w[k].s, hot * pow(cold / hot, part < 1 ? part : 1));
			w->w[k].steps = w->block;
		}
		work_all(w->w, w->n);
		w->done += w->block;
		int64_t was = t->has ? t->sum : INT64_MIN;
		collect(t, w->w, w->n);
		if (t->has && t->sum > was) tell(t, false);
		if (steps > 0) w->block = steps / 200 + 1;
		else if (clock_s() - began < 0.03 && w->block < 100000) w->block *= 2;
		else if (clock_s() - began > 0.12 && w->block > 1) w->block /= 2;
	}
}

/* ---- putting them together ---- */

static void run_bound(struct task *t, int steps, double until) {
	int64_t floor = t->has ? t->sum : 0;
	if (t->prices->best == INT64_MAX)
		bound_run(t->prices, 1, floor, NULL); /* even when cancelled */
	for (int k = 0; k < steps && !t->r->halt && clock_s() < until; k += 100)
		if (bound_run(t->prices, 100, floor, &t->r->halt) < 100 && k > 0) break;
	if (t->prices->best < t->bound) t->bound = t->prices->best;
}

/* What cannot be in a plan better than the one we have may go, for the proof. */
static void fix_by_bound(struct task *t) {
	if (!t->has) return;
	bool *is_out = arena_array(t->r->arena, (size_t)t->core.n_alts + 1, sizeof *is_out);
	memcpy(is_out, t->core.is_out, (size_t)t->core.n_alts * sizeof *is_out);
	double slack = (double)(t->prices->best - t->sum);
	for (int32_t k = 0; k < t->core.n_alts && !t->r->halt; k++) {
		if (is_out[k] || -t->prices->gain[k] < slack || t->choice[t->core.in->alts[k].project] == k)
			continue;
		if (bound_with(t->prices, k) <= t->sum) is_out[k] = true, t->n_alts--;
	}
	t->core.is_out = is_out;
}

/* Few alternatives: a short search and a short try to prove it; then the whole cooling, and all the
 * time that is left for a proof from the better plan. */
static void solve_small(struct task *t, struct crew *crew, double began, double span) {
	int64_t all = t->r->setup->steps > 0 ? t->r->setup->steps : INT64_MAX;
	const double until[] = {began + span * 0.1, began + span * 0.55}, room[] = {span * 0.2, span};
	for (int round = 0; round < 2 && !is_done(t) && !t->r->halt; round++) {
		crew->until = until[round];
		crew_run(crew, t, until[round], round == 0 && all > 4000 ? 4000 : all);
		if (is_done(t) || t->r->halt) return;
		struct core whole = t->core;
		fix_by_bound(t);
		ask_child(t, fmin(room[round], (t->until - clock_s()) * 0.95), false);
		t->core = whole;
	}
}

/* Every project at its best, whatever there is. */
static int64_t bound_of_best(const struct task *t) {
	int64_t sum = 0;
	for (int32_t i = 0; i < t->core.n_projects; i++) {
		const struct alloc_project *p = &t->core.in->projects[i];
		int64_t most = 0;
		for (int32_t k = p->alt; k < p->alt + p->n_alt; k++)
			if (!t->core.is_out[k] && t->weight[k] > most) most = t->weight[k];
		sum += most;
	}
	return sum;
}

static void solve_task(struct task *t) {
	struct run *r = t->r;
	t->bound = INT64_MAX;
	leave_out(t);
	if (r->has_choice) {
		int32_t *kept = arena_array(r->arena, (size_t)t->core.n_projects + 1, sizeof *kept);
		for (int32_t i = 0; i < t->core.n_projects; i++)
			kept[i] = r->choice[i] >= 0 && !t->core.is_out[r->choice[i]] ? r->choice[i] : -1;
		if (is_plan(t, kept)) offer(t, kept, sum_of(t, kept));
	}
	if (r->halt && t->has) { /* time is up: only a bound that costs nothing */
		t->bound = bound_of_best(t);
		is_done(t);
		return;
	}
	double began = clock_s(), span = t->until - began;
	t->prices = bound_new(r->arena, &t->core, t->rows, t->weight);
	run_bound(t, 1000, t->until);
	bool is_searched = !r->has_flow_lock;
	struct crew crew;
	if (is_searched && !crew_start(&crew, t, t->until)) {
		t->is_infeasible = true;
		return;
	}
	if (!is_done(t)) {
		bound_again(t->prices);
		run_bound(t, 12000, r->setup->steps > 0 ? t->until : began + span * 0.08);
		for (int k = 0; is_searched && k < crew.n; k++) search_reprice(crew.w[k].s);
	}
	tell(t, false);
	if (is_done(t)) return;
	bool is_small = t->n_alts <= PROOF_ALTS, is_middle = t->n_alts <= ROOT_ALTS;
	int64_t all = r->setup->steps > 0 ? r->setup->steps : INT64_MAX,
			first = r->setup->steps > 0 ? all / 4 : INT64_MAX;
	if (t->n_alts < SMALL_ALTS && is_searched) solve_small(t, &crew, began, span);
	else if (is_small) {
		/* first a good plan, then the proof, then what time is left for better plans */
		if (is_searched) crew_run(&crew, t, began + span * 0.25, first);
		if (is_done(t) || r->halt) return;
		struct core whole = t->core;
		fix_by_bound(t);
		double room = (t->until - clock_s()) * (is_searched ? 0.9 : 1.0);
		if (t->n_alts <= 900 || !is_searched) ask_child(t, room, false);
		else ask_child(t, fmin(room * 0.2, 12), true);
		t->core = whole;
	} else if (is_middle && is_searched) {
		crew_run(&crew, t, began + span * 0.05, first);
		ask_child(t, fmin(span * 0.15, 12), true);
	}
	tell(t, false);
	if (!is_searched || is_done(t)) return;
	crew_run(&crew, t, t->until, all);
	if (!r->halt && !is_done(t)) run_bound(t, 300, t->until);
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
	return clock_s() + left_s(r) * weight_of(r->in->goals[g].kind) / all;
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
	return is_proven ? SOLVE_PROVEN : is_cancelled(r) ? SOLVE_CANCELLED : SOLVE_LIMIT;
}

static void stage_linear(struct run *r, int32_t g, struct solve_stage *st) {
	const struct alloc_goal *goal = &r->in->goals[g];
	int64_t constant, *w = arena_array(r->arena, (size_t)r->in->n_alts + 1, sizeof *w);
	goal_weights(r->in, goal, w, &constant);
	struct task *t = new_task(r, &r->rows, w, stage_until(r, g));
	t->goal = *goal;
	t->constant = constant;
	solve_task(t);
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
	tell(t, true);
}

/* Fairness: ask again and again for strictly more in every county; when that is infeasible, the
 * last answer is proven. */
static void stage_fairness(struct run *r, int32_t g, struct solve_stage *st) {
	double until = stage_until(r, g);
	struct fraction best = fairness_of(r->in, r->choice);
	int64_t *w = arena_array(r->arena, (size_t)r->in->n_alts + 1, sizeof *w);
	for (int32_t k = 0; k < r->in->n_alts; k++) w[k] = 1;
	bool is_proven = best.num == best.den;
	while (!is_proven && !r->halt && clock_s() < until) {
		struct core_rows rows = {0};
		for (int32_t k = 0; k < r->rows.n; k++) core_add_row(r->arena, &rows, r->rows.row[k]);
		fairness_rows(r->arena, r->core, best, 0, true, g, &rows);
		struct task *t = new_task(r, &rows, w, until);
		t->goal = r->in->goals[g];
		t->enough = INT64_MIN;
		solve_task(t);
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
		struct mip *m = make_mip(&scratch, t, kind, &p);
		struct mip_limits limits = {until - clock_s(), false, NULL, &r->halt};
		struct mip_answer ans = mip_solve(m, &limits);
		if (ans.status == MIP_FOUND || ans.status == MIP_OPTIMAL) {
			int32_t *choice = arena_array(&scratch, (size_t)r->in->n_projects + 1, sizeof *choice);
			int64_t z;
			choice_of(r->in, ans.x, choice);
			r->used_child = true;
			if (is_plan(t, choice) &&
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
		offer(t, r->choice, sum_of(t, r->choice));
		ask_child(t, fmin(until, r->deadline) - clock_s(), false);
		if (!is_done(t)) return false;
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
			if (is_plan(t, r->choice) && keeps_flow_locks(r, r->choice)) best = x;
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
		struct task *t = new_task(r, &r->rows, w, clock_s() + left_s(r) * 0.1);
		t->enough = x->amount;
		solve_task(t);
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
	solve_task(t);
	r->is_infeasible = t->is_infeasible;
	adopt(r, t);
}

static void run_stages(struct run *r) {
	const struct alloc *in = r->in;
	struct solve_answer *out = r->out;
	run_floors(r);
	for (int32_t g = 0; g < in->n_goals && !r->is_infeasible; g++) {
		double began = clock_s();
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
		st->seconds = clock_s() - began;
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
								 e.stages[g].fair, SOLVE_PROVEN,      clock_s() - r->began};
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
	struct run r = {.arena = a, .in = in, .setup = setup, .out = out, .began = clock_s()};
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
		r.is_infeasible = !setup->no_precheck && conflict_exists(in, left_s(&r) * 0.2, setup->stop);
		if (!r.is_infeasible) run_stages(&r);
	}
	watch_end(&r);
	out->is_infeasible = r.is_infeasible;
	out->rows = r.rows;
	finish(&r);
	if (!out->solver) out->solver = r.used_child ? "search+cbc" : "search";
	out->seconds = clock_s() - r.began;
}
