#include "solve/task.h"

#include "solve/search.h"

#include <math.h>
#include <string.h>
#include <time.h>

enum {
	SMALL_ALTS = 450,
	ROOT_ALTS = 6000,
	THREADS_MAX = 16
};

double run_clock_s(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

bool run_is_cancelled(const struct run *r) {
	return r->setup->stop && *r->setup->stop;
}

double run_left_s(const struct run *r) {
	double s = r->deadline - run_clock_s();
	return s > 0 ? s : 0;
}

int64_t task_sum(const struct task *t, const int32_t *choice) {
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

void task_offer(struct task *t, const int32_t *choice, int64_t sum) {
	if (t->has && sum <= t->sum) return;
	memcpy(t->choice, choice, (size_t)t->core.n_projects * sizeof *choice);
	t->has = true;
	t->sum = sum;
}

bool task_is_done(struct task *t) {
	if (t->has && t->sum >= t->bound) t->is_proven = true;
	if (t->is_proven || t->is_infeasible) return true;
	double close = (double)t->bound - (double)t->sum;
	if (t->has && t->r->setup->gap > 0 && close <= t->r->setup->gap * fabs((double)t->sum))
		return true;
	return t->has && t->sum >= t->enough;
}

void task_tell(struct task *t, bool is_end) {
	struct run *r = t->r;
	if (!r->setup->progress) return;
	struct solve_event e = {r->stage,
							r->in->n_goals,
							t->goal,
							run_clock_s() - r->began,
							t->has,
							t->bound < INT64_MAX,
							is_end,
							goal_value(&t->goal, t->sum, t->constant),
							goal_value(&t->goal, t->bound, t->constant)};
	r->setup->progress(r->setup->arg, &e);
}

/* Does a choice from outside (solver, plan in force) keep everything? */
bool task_is_plan(struct task *t, const int32_t *choice) {
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
struct mip *task_mip(struct arena *a, const struct task *t, enum alloc_kind kind,
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

void task_choice_of(const struct alloc *in, const int64_t *x, int32_t *choice) {
	for (int32_t i = 0; i < in->n_projects; i++) {
		choice[i] = -1;
		for (int32_t k = in->projects[i].alt; k < in->projects[i].alt + in->projects[i].n_alt; k++)
			if (x[k] == 1) choice[i] = k;
	}
}

/* Flow locks are asked of the exact model; a choice that cannot keep them is no plan. */
bool run_keeps_flow_locks(const struct run *r, const int32_t *choice) {
	struct alloc_plan plan;
	struct arena scratch = {0};
	bool is_good = !r->has_flow_lock || plan_flows(&scratch, r->core, choice, r->locks, &plan);
	arena_release(&scratch);
	return is_good;
}

void task_ask_child(struct task *t, double seconds, bool root_only) {
	if (t->r->setup->no_child || !mip_is_there() || seconds < 0.05) return;
	struct arena scratch = {0};
	struct prog p;
	struct mip *m = task_mip(&scratch, t, GOAL__N, &p);
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
		task_choice_of(t->core.in, ans.x, choice);
		if (task_is_plan(t, choice) && run_keeps_flow_locks(t->r, choice))
			task_offer(t, choice, task_sum(t, choice));
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
		if (search_found(w[k].s)) task_offer(t, search_choice(w[k].s), search_value(w[k].s));
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
	w->begun = run_clock_s();
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
	while (!task_is_done(t) && !t->r->halt && w->done < most && (steps > 0 || run_clock_s() < until)) {
		double part = steps > 0 ? (double)w->done / (double)steps
								: (run_clock_s() - w->begun) / (w->until - w->begun + 1e-9);
		double began = run_clock_s();
		if (w->block > most - w->done) w->block = most - w->done;
		for (int k = 0; k < w->n; k++) {
			search_heat(w->w[k].s, hot * pow(cold / hot, part < 1 ? part : 1));
			w->w[k].steps = w->block;
		}
		work_all(w->w, w->n);
		w->done += w->block;
		int64_t was = t->has ? t->sum : INT64_MIN;
		collect(t, w->w, w->n);
		if (t->has && t->sum > was) task_tell(t, false);
		if (steps > 0) w->block = steps / 200 + 1;
		else if (run_clock_s() - began < 0.03 && w->block < 100000) w->block *= 2;
		else if (run_clock_s() - began > 0.12 && w->block > 1) w->block /= 2;
	}
}

/* ---- putting them together ---- */

static void run_bound(struct task *t, int steps, double until) {
	int64_t floor = t->has ? t->sum : 0;
	if (t->prices->best == INT64_MAX)
		bound_run(t->prices, 1, floor, NULL); /* even when cancelled */
	for (int k = 0; k < steps && !t->r->halt && run_clock_s() < until; k += 100)
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
	for (int round = 0; round < 2 && !task_is_done(t) && !t->r->halt; round++) {
		crew->until = until[round];
		crew_run(crew, t, until[round], round == 0 && all > 4000 ? 4000 : all);
		if (task_is_done(t) || t->r->halt) return;
		struct core whole = t->core;
		fix_by_bound(t);
		task_ask_child(t, fmin(room[round], (t->until - run_clock_s()) * 0.95), false);
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

void task_solve(struct task *t) {
	struct run *r = t->r;
	t->bound = INT64_MAX;
	leave_out(t);
	if (r->has_choice) {
		int32_t *kept = arena_array(r->arena, (size_t)t->core.n_projects + 1, sizeof *kept);
		for (int32_t i = 0; i < t->core.n_projects; i++)
			kept[i] = r->choice[i] >= 0 && !t->core.is_out[r->choice[i]] ? r->choice[i] : -1;
		if (task_is_plan(t, kept)) task_offer(t, kept, task_sum(t, kept));
	}
	if (r->halt && t->has) { /* time is up: only a bound that costs nothing */
		t->bound = bound_of_best(t);
		task_is_done(t);
		return;
	}
	double began = run_clock_s(), span = t->until - began;
	t->prices = bound_new(r->arena, &t->core, t->rows, t->weight);
	run_bound(t, 1000, t->until);
	bool is_searched = !r->has_flow_lock;
	struct crew crew;
	if (is_searched && !crew_start(&crew, t, t->until)) {
		t->is_infeasible = true;
		return;
	}
	if (!task_is_done(t)) {
		bound_again(t->prices);
		run_bound(t, 12000, r->setup->steps > 0 ? t->until : began + span * 0.08);
		for (int k = 0; is_searched && k < crew.n; k++) search_reprice(crew.w[k].s);
	}
	task_tell(t, false);
	if (task_is_done(t)) return;
	bool is_small = t->n_alts <= PROOF_ALTS, is_middle = t->n_alts <= ROOT_ALTS;
	int64_t all = r->setup->steps > 0 ? r->setup->steps : INT64_MAX,
			first = r->setup->steps > 0 ? all / 4 : INT64_MAX;
	if (t->n_alts < SMALL_ALTS && is_searched) solve_small(t, &crew, began, span);
	else if (is_small) {
		/* first a good plan, then the proof, then what time is left for better plans */
		if (is_searched) crew_run(&crew, t, began + span * 0.25, first);
		if (task_is_done(t) || r->halt) return;
		struct core whole = t->core;
		fix_by_bound(t);
		double room = (t->until - run_clock_s()) * (is_searched ? 0.9 : 1.0);
		if (t->n_alts <= 900 || !is_searched) task_ask_child(t, room, false);
		else task_ask_child(t, fmin(room * 0.2, 12), true);
		t->core = whole;
	} else if (is_middle && is_searched) {
		crew_run(&crew, t, began + span * 0.05, first);
		task_ask_child(t, fmin(span * 0.15, 12), true);
	}
	task_tell(t, false);
	if (!is_searched || task_is_done(t)) return;
	crew_run(&crew, t, t->until, all);
	if (!r->halt && !task_is_done(t)) run_bound(t, 300, t->until);
}
