#include "solve/search.h"

#include "solve/check.h"
#include "solve/lp.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is worth less than this for its price is almost never in a good plan. */
static const double PROMISING = 0.85;
enum { LOCAL_FROM = 2500, LOCAL_OTHERS = 48 };

struct search {
	struct search_setup in;
	const struct core *c;
	struct flow *flow;
	int32_t *choice, *best; /* by project */
	int64_t value, best_value, *act, short_by, best_short;
	bool has_best;
	int32_t n_promising;     /* at the head of order */
	int32_t *order, n_order; /* alternatives, best for their price first */
	double *ratio;
	int32_t *rank_of; /* by alternative, in order */
	int32_t *row_at, *row_of;
	int64_t *row_coef;
	int32_t *cell_at,
		*cell_order;  /* promising alternatives by cell (pool, first period), in order */
	int32_t *cell_of; /* by alternative */
	bool *is_touched; /* cells where the step under way gave something back */
	int32_t *touched, n_touched;
	int32_t *user_at, *users; /* alternatives by the node they use */
	int32_t *near_at, *near;  /* projects by county */
	uint64_t seed;
	double heat, top;
	/* of the step under way */
	int32_t *undo_project, *undo_choice, n_undo;
	int64_t *act_saved;
	struct arena scratch;
};

/* ---- chance: splitmix64, the same on every machine ---- */

static uint64_t next(struct search *s) {
	uint64_t z = (s->seed += 0x9E3779B97F4A7C15u);
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

static int32_t below(struct search *s, int32_t n) {
	return (int32_t)(((next(s) >> 32) * (uint64_t)n) >> 32);
}

static double chance(struct search *s) {
	return (double)(next(s) >> 11) * 0x1p-53;
}

/* ---- exact question for hard factors ---- */

bool choice_fits(struct arena *scratch, const struct core *c, const int32_t *choice) {
	for (int32_t f = 0; f < c->in->n_factors; f++) {
		if (!c->is_hard[f]) continue;
		struct prog p;
		int64_t best;
		bool found;
		prog_build(scratch, c, choice, f, &p);
		int64_t *x = arena_array(scratch, (size_t)p.n_cols + 1, sizeof *x);
		lp_minimize(scratch, &p, NULL, x, &best, &found);
		if (!found) return false;
	}
	return true;
}

/* ---- setting up ---- */

struct rated {
	double ratio;
	int32_t alt;
};

static int by_ratio(const void *a, const void *b) {
	const struct rated *x = a, *y = b;
	if (x->ratio != y->ratio) return x->ratio > y->ratio ? -1 : 1;
	return x->alt < y->alt ? -1 : x->alt > y->alt;
}

/* What an alternative is worth (rows' prices included) for what its uses cost. */
static void rate(struct search *s) {
	const struct core *c = s->c;
	struct arena a = {0};
	const struct bound *b = s->in.prices;
	struct rated *r = arena_array(&a, (size_t)c->n_alts + 1, sizeof *r);
	int32_t n = 0;
	for (int32_t k = 0; k < c->n_alts; k++) {
		if (c->is_out[k]) continue;
		double cost = 0;
		for (int32_t u = c->use_at[k]; u < c->use_at[k + 1]; u++)
			cost += b->price[c->uses[u].node] * (double)c->uses[u].amount;
		double worth = b->gain[k] + cost;
		s->ratio[k] = worth <= 0 ? worth - 1 : worth / (cost + 1e-3 * worth + 1e-9);
		r[n++] = (struct rated){s->ratio[k], k};
	}
	qsort(r, (size_t)n, sizeof *r, by_ratio);
	for (int32_t k = 0; k < n; k++) {
		s->order[k] = r[k].alt;
		s->rank_of[r[k].alt] = k;
	}
	s->n_order = n;
	arena_release(&a);
}

static void index_rows(struct arena *a, struct search *s) {
	const struct core *c = s->c;
	const struct core_rows *rows = s->in.rows;
	int32_t n = 0;
	for (int32_t r = 0; r < rows->n; r++) n += rows->row[r].n;
	s->row_at = arena_array(a, (size_t)c->n_alts + 2, sizeof *s->row_at);
	s->row_of = arena_array(a, (size_t)n + 1, sizeof *s->row_of);
	s->row_coef = arena_array(a, (size_t)n + 1, sizeof *s->row_coef);
	for (int32_t r = 0; r < rows->n; r++)
		for (int32_t k = 0; k < rows->row[r].n; k++) s->row_at[rows->row[r].alt[k] + 2]++;
	for (int32_t k = 0; k < c->n_alts; k++) s->row_at[k + 2] += s->row_at[k + 1];
	for (int32_t r = 0; r < rows->n; r++)
		for (int32_t k = 0; k < rows->row[r].n; k++) {
			int32_t at = s->row_at[rows->row[r].alt[k] + 1]++;
			s->row_of[at] = r;
			s->row_coef[at] = rows->row[r].coef[k];
		}
}

static int32_t cell_of(const struct alloc *in, int32_t alt) {
	const struct alloc_use *u = &in->uses[in->alts[alt].use];
	return u->pool * in->n_periods + u->from;
}

static void make_cells(struct arena *a, struct search *s) {
	const struct alloc *in = s->c->in;
	int32_t cells = in->n_pools * in->n_periods;
	s->cell_at = arena_array(a, (size_t)cells + 2, sizeof *s->cell_at);
	s->cell_of = arena_array(a, (size_t)in->n_alts + 1, sizeof *s->cell_of);
	s->cell_order = arena_array(a, (size_t)in->n_alts + 1, sizeof *s->cell_order);
	s->is_touched = arena_array(a, (size_t)cells + 1, sizeof *s->is_touched);
	s->touched = arena_array(a, (size_t)cells + 1, sizeof *s->touched);
	for (int32_t k = 0; k < in->n_alts; k++) s->cell_of[k] = cell_of(in, k);
}

static void index_cells(struct search *s) {
	const struct alloc *in = s->c->in;
	int32_t cells = in->n_pools * in->n_periods, n = 0;
	memset(s->cell_at, 0, ((size_t)cells + 2) * sizeof *s->cell_at);
	while (n < s->n_order && s->ratio[s->order[n]] >= PROMISING) n++;
	for (int32_t k = 0; k < n; k++) s->cell_at[s->cell_of[s->order[k]] + 2]++;
	for (int32_t q = 0; q < cells; q++) s->cell_at[q + 2] += s->cell_at[q + 1];
	for (int32_t k = 0; k < n; k++)
		s->cell_order[s->cell_at[s->cell_of[s->order[k]] + 1]++] = s->order[k];
	s->n_promising = n;
}

static void index_users(struct arena *a, struct search *s) {
	const struct core *c = s->c;
	s->user_at = arena_array(a, (size_t)c->n_nodes + 2, sizeof *s->user_at);
	s->users = arena_array(a, (size_t)c->use_at[c->n_alts] + 1, sizeof *s->users);
	for (int32_t k = 0; k < c->use_at[c->n_alts]; k++) s->user_at[c->uses[k].node + 2]++;
	for (int32_t n = 0; n < c->n_nodes; n++) s->user_at[n + 2] += s->user_at[n + 1];
	for (int32_t k = 0; k < c->n_alts; k++)
		for (int32_t u = c->use_at[k]; u < c->use_at[k + 1]; u++)
			s->users[s->user_at[c->uses[u].node + 1]++] = k;
}

static void index_near(struct arena *a, struct search *s) {
	const struct alloc *in = s->c->in;
	s->near_at = arena_array(a, (size_t)in->n_pools + 2, sizeof *s->near_at);
	s->near = arena_array(a, (size_t)in->n_projects + 1, sizeof *s->near);
	for (int32_t i = 0; i < in->n_projects; i++) s->near_at[in->projects[i].county + 2]++;
	for (int32_t q = 0; q < in->n_pools; q++) s->near_at[q + 2] += s->near_at[q + 1];
	for (int32_t i = 0; i < in->n_projects; i++)
		s->near[s->near_at[in->projects[i].county + 1]++] = i;
}

/* ---- moves ---- */

static void count_rows(struct search *s, int32_t alt, int64_t sign) {
	for (int32_t k = s->row_at[alt]; k < s->row_at[alt + 1]; k++)
		s->act[s->row_of[k]] += sign * s->row_coef[k];
}

static int64_t shortfall(const struct search *s) {
	int64_t sum = 0;
	for (int32_t r = 0; r < s->in.rows->n; r++) {
		int64_t gap = s->in.rows->row[r].rhs - s->act[r];
		if (gap > 0) sum += gap;
	}
	return sum;
}

/* A row that holds and would not hold with this alternative in. */
static bool breaks_row(const struct search *s, int32_t alt) {
	for (int32_t k = s->row_at[alt]; k < s->row_at[alt + 1]; k++) {
		int32_t r = s->row_of[k];
		if (s->row_coef[k] < 0 && s->act[r] + s->row_coef[k] < s->in.rows->row[r].rhs) return true;
	}
	return false;
}

static void note(struct search *s, int32_t i) {
	s->undo_project[s->n_undo] = i;
	s->undo_choice[s->n_undo++] = s->choice[i];
}

static bool put_in(struct search *s, int32_t alt) {
	if (breaks_row(s, alt) || !flow_add(s->flow, alt)) return false;
	int32_t i = s->c->in->alts[alt].project;
	note(s, i);
	s->choice[i] = alt;
	s->value += s->in.weight[alt];
	count_rows(s, alt, 1);
	return true;
}

static void touch(struct search *s, int32_t cell) {
	if (s->is_touched[cell]) return;
	s->is_touched[cell] = true;
	s->touched[s->n_touched++] = cell;
}

static void take_out(struct search *s, int32_t i) {
	int32_t alt = s->choice[i];
	if (alt < 0) return;
	note(s, i);
	touch(s, s->cell_of[alt]);
	flow_remove(s->flow, alt);
	s->choice[i] = -1;
	s->value -= s->in.weight[alt];
	count_rows(s, alt, -1);
}

/* Fill up in order of worth for price, down to `least`; each is passed over with probability
 * `blink`. What is worth less than 0.85 of its price is almost never in a good plan: leaving it
 * out makes a step three times cheaper. */
static void fill(struct search *s, double blink, double least) {
	const struct alloc *in = s->c->in;
	uint64_t skip = (uint64_t)(blink * 0x1p64);
	for (int32_t k = 0; k < s->n_order; k++) {
		int32_t alt = s->order[k];
		if (s->ratio[alt] < least) break;
		if (s->choice[in->alts[alt].project] >= 0) continue;
		if (skip && next(s) < skip) continue;
		put_in(s, alt);
	}
}

static void try_one(struct search *s, int32_t alt, uint64_t skip) {
	if (s->choice[s->c->in->alts[alt].project] >= 0) return;
	if (next(s) < skip) return;
	put_in(s, alt);
}

/* Also the neighbours in time: what was freed may be carried to them. */
static void touch_near(struct search *s) {
	int32_t periods = s->c->in->n_periods, n = s->n_touched;
	for (int32_t k = 0; k < n; k++) {
		int32_t cell = s->touched[k], t = cell % periods;
		for (int32_t d = 1; d < periods; d++) {
			if (t >= d && below(s, 1 << d) == 0) touch(s, cell - d);
			if (t + d < periods && below(s, 1 << d) == 0) touch(s, cell + d);
		}
	}
}

/* As fill, but only where the step gave something back, and a few others: most of the rest could
 * not use it. */
static void fill_near(struct search *s, double blink) {
	uint64_t skip = (uint64_t)(blink * 0x1p64);
	touch_near(s);
	for (int32_t q = 0; q < s->n_touched; q++)
		for (int32_t k = s->cell_at[s->touched[q]]; k < s->cell_at[s->touched[q] + 1]; k++)
			try_one(s, s->cell_order[k], skip);
	int32_t from = s->n_promising ? below(s, s->n_promising) : 0;
	for (int32_t k = from; k < s->n_promising && k < from + LOCAL_OTHERS; k++)
		try_one(s, s->order[k], skip);
}

/* Alternatives that help a row that is short, first. */
static void mend_rows(struct search *s) {
	const struct alloc *in = s->c->in;
	for (int32_t r = 0; r < s->in.rows->n; r++) {
		const struct core_row *row = &s->in.rows->row[r];
		if (s->act[r] >= row->rhs) continue;
		int32_t from = row->n ? below(s, row->n) : 0;
		for (int32_t k = 0; k < row->n && s->act[r] < row->rhs; k++) {
			int32_t at = (from + k) % row->n, alt = row->alt[at];
			if (row->coef[at] <= 0 || s->c->is_out[alt] || s->choice[in->alts[alt].project] >= 0)
				continue;
			put_in(s, alt);
		}
	}
}

/* ---- a step ---- */

static void begin(struct search *s) {
	flow_mark(s->flow);
	memcpy(s->act_saved, s->act, (size_t)s->in.rows->n * sizeof *s->act);
	s->n_undo = 0;
}

static void undo(struct search *s, int64_t value) {
	while (s->n_undo) {
		s->n_undo--;
		s->choice[s->undo_project[s->n_undo]] = s->undo_choice[s->n_undo];
	}
	flow_undo(s->flow);
	memcpy(s->act, s->act_saved, (size_t)s->in.rows->n * sizeof *s->act);
	s->value = value;
}

static bool is_kept(const struct search *s, int32_t i) {
	return s->c->in->projects[i].fixed >= 0;
}

/* Of a few chosen at random the one that is worth least for its price. */
static int32_t weak_project(struct search *s, int32_t county) {
	const struct alloc *in = s->c->in;
	int32_t best = -1;
	double worst = INFINITY;
	for (int k = 0; k < 6; k++) {
		int32_t n = county < 0 ? in->n_projects : s->near_at[county + 1] - s->near_at[county];
		if (n == 0) return best;
		int32_t i = county < 0 ? below(s, n) : s->near[s->near_at[county] + below(s, n)];
		if (s->choice[i] < 0 || is_kept(s, i)) continue;
		double r = s->ratio[s->choice[i]];
		if (r >= worst) continue;
		worst = r;
		best = i;
		if (k >= 2) break;
	}
	return best;
}

static void ruin(struct search *s) {
	const struct alloc *in = s->c->in;
	int32_t n = 1 + below(s, 1 + below(s, 5));
	int32_t county = below(s, 3) ? in->projects[below(s, in->n_projects)].county : -1;
	for (int32_t k = 0; k < n; k++) {
		int32_t i = weak_project(s, county);
		if (i >= 0) take_out(s, i);
	}
}

/* Of a few that stand on a node the one that is worth least for its price, -1 = none met. */
static int32_t user_of(struct search *s, int32_t node) {
	const struct alloc *in = s->c->in;
	int32_t from = s->user_at[node], n = s->user_at[node + 1] - from, best = -1;
	double worst = INFINITY;
	for (int k = 0, found = 0; k < 16 && found < 3 && n > 0; k++) {
		int32_t alt = s->users[from + below(s, n)], i = in->alts[alt].project;
		if (s->choice[i] != alt || is_kept(s, i)) continue;
		found++;
		if (s->ratio[alt] >= worst) continue;
		worst = s->ratio[alt];
		best = i;
	}
	return best;
}

/* A project that stands on what the failed alternative lacks: at its node, or at one from where
 * quota could come. Taking whom it does not help is most of the work in a city with many periods.
 */
static int32_t in_the_way(struct search *s, int32_t alt) {
	int32_t node = flow_failed_at(s->flow, alt);
	if (s->flow->n_reached > 1 && below(s, 4) == 0)
		node = s->flow->queue[below(s, s->flow->n_reached)];
	return user_of(s, node);
}

/* Force one alternative in that stands out, by taking others out until it fits. */
static void push_in(struct search *s) {
	const struct alloc *in = s->c->in;
	int32_t span = s->n_order, alt = -1;
	for (int k = 0; k < 20 && alt < 0; k++) {
		int32_t a = s->order[below(s, span)];
		if (s->choice[in->alts[a].project] == a || is_kept(s, in->alts[a].project)) continue;
		if (s->ratio[a] < 0.3 + 0.6 * chance(s)) continue;
		alt = a;
	}
	if (alt < 0) return;
	take_out(s, in->alts[alt].project);
	for (int k = 0; k < 12 && !put_in(s, alt); k++) {
		if (breaks_row(s, alt)) return;
		int32_t i = in_the_way(s, alt);
		if (i < 0) i = weak_project(s, in->projects[in->alts[alt].project].county);
		if (i >= 0) take_out(s, i);
	}
}

static void keep_if_best(struct search *s, int64_t short_by) {
	if (s->has_best &&
		(short_by > s->best_short || (short_by == s->best_short && s->value <= s->best_value)))
		return;
	if (short_by == 0) s->has_best = true;
	s->best_short = short_by;
	s->best_value = s->value;
	memcpy(s->best, s->choice, (size_t)s->c->n_projects * sizeof *s->best);
}

static bool is_accepted(struct search *s, int64_t value, int64_t short_by) {
	if (short_by != s->short_by) return short_by < s->short_by;
	double loss = (double)(value - s->value);
	return loss <= 0 || (s->heat > 0 && chance(s) < exp(-loss / (s->heat * s->top)));
}

static bool fits_exactly(struct search *s) {
	if (!s->c->any_hard) return true;
	arena_reset(&s->scratch);
	return choice_fits(&s->scratch, s->c, s->choice);
}

static void step(struct search *s) {
	int64_t value = s->value;
	begin(s);
	while (s->n_touched) s->is_touched[s->touched[--s->n_touched]] = false;
	if (below(s, 10) == 0) ruin(s);
	else push_in(s);
	if (s->in.rows->n) mend_rows(s);
	double blink = 0.015 * (1 + below(s, 8));
	if (s->n_order > LOCAL_FROM && below(s, 32)) fill_near(s, blink);
	else fill(s, blink, below(s, 64) ? PROMISING : 0);
	int64_t short_by = s->in.rows->n ? shortfall(s) : 0;
	if (!is_accepted(s, value, short_by) || !fits_exactly(s)) {
		undo(s, value);
		return;
	}
	s->short_by = short_by;
	keep_if_best(s, short_by);
}

/* ---- life ---- */

static void load_choice(struct search *s, const int32_t *choice) {
	const struct core *c = s->c;
	for (int32_t i = 0; i < c->n_projects; i++) {
		s->n_undo = 0;
		if (s->choice[i] >= 0) take_out(s, i);
	}
	for (int32_t i = 0; i < c->n_projects; i++) {
		s->n_undo = 0;
		if (choice[i] >= 0 && !c->is_out[choice[i]] && flow_add(s->flow, choice[i])) {
			s->choice[i] = choice[i];
			s->value += s->in.weight[choice[i]];
			count_rows(s, choice[i], 1);
		}
	}
	s->n_undo = 0;
	s->short_by = shortfall(s);
}

static void first_plan(struct search *s) {
	const struct alloc *in = s->c->in;
	for (int32_t i = 0; i < in->n_projects; i++) {
		s->n_undo = 0;
		if (in->projects[i].fixed >= 0) put_in(s, in->projects[i].fixed);
	}
	s->n_undo = 0;
	if (s->in.start) load_choice(s, s->in.start);
	if (fits_exactly(s)) {
		begin(s);
		int64_t value = s->value;
		mend_rows(s);
		fill(s, 0, 0);
		if (!fits_exactly(s)) undo(s, value);
	}
	s->short_by = shortfall(s);
	if (fits_exactly(s)) keep_if_best(s, s->short_by);
}

static void scratch_free(void *it) {
	arena_release(it);
}

void search_reprice(struct search *s) {
	rate(s);
	index_cells(s);
}

struct search *search_new(struct arena *a, const struct search_setup *in) {
	struct search *s = arena_alloc(a, sizeof *s);
	const struct core *c = in->c;
	s->in = *in;
	s->c = c;
	s->seed = in->seed;
	s->heat = 1;
	arena_defer(a, scratch_free, &s->scratch);
	s->flow = flow_new(a, c);
	if (!s->flow) return NULL;
	size_t n = (size_t)c->n_projects + 1, m = (size_t)c->n_alts + 1;
	s->choice = arena_array(a, n, sizeof *s->choice);
	s->best = arena_array(a, n, sizeof *s->best);
	s->act = arena_array(a, (size_t)in->rows->n + 1, sizeof *s->act);
	s->act_saved = arena_array(a, (size_t)in->rows->n + 1, sizeof *s->act);
	s->order = arena_array(a, m, sizeof *s->order);
	s->rank_of = arena_array(a, m, sizeof *s->rank_of);
	s->ratio = arena_array(a, m, sizeof *s->ratio);
	s->undo_project = arena_array(a, n * 4 + 64, sizeof *s->undo_project);
	s->undo_choice = arena_array(a, n * 4 + 64, sizeof *s->undo_choice);
	for (int32_t i = 0; i < c->n_projects; i++) s->choice[i] = s->best[i] = -1;
	s->best_short = INT64_MAX;
	make_cells(a, s);
	search_reprice(s);
	index_rows(a, s);
	index_near(a, s);
	index_users(a, s);
	for (int32_t k = 0; k < c->n_alts; k++)
		if (s->in.weight[k] > 0) s->top += (double)s->in.weight[k] / c->n_alts;
	first_plan(s);
	return s;
}

void search_run(struct search *s, int64_t n, int64_t enough, const atomic_bool *stop) {
	for (int64_t k = 0; k < n; k++) {
		if ((stop && *stop) || (s->has_best && s->best_value >= enough)) return;
		step(s);
	}
}

void search_heat(struct search *s, double heat) {
	s->heat = heat;
}

bool search_found(const struct search *s) {
	return s->has_best;
}

int64_t search_value(const struct search *s) {
	return s->best_value;
}

const int32_t *search_choice(const struct search *s) {
	return s->best;
}

void search_restart(struct search *s, const int32_t *choice) {
	load_choice(s, choice);
	if (fits_exactly(s)) keep_if_best(s, s->short_by);
}

/* ---- today's practice ---- */

static double quota_share(const struct alloc *in, int32_t k) {
	double sum = 1e-12;
	for (int32_t f = 0; f < in->n_factors; f++) {
		int64_t all = alloc_quota_total(in, f);
		if (all > 0) sum += (double)alt_amount(in, k, f, -1) / (double)all;
	}
	return sum;
}

/* The alternative of a project that stands for it in the order; then each project gets the most
 * valuable alternative that still fits. */
static void hand_class(const struct core *c, struct flow *f, struct arena *a, int32_t class_no,
					   int32_t *choice) {
	const struct alloc *in = c->in;
	struct rated *r = arena_array(a, (size_t)in->n_projects + 1, sizeof *r);
	int32_t n = 0;
	for (int32_t i = 0; i < in->n_projects; i++) {
		const struct alloc_project *p = &in->projects[i];
		if (p->class_no != class_no || choice[i] >= 0) continue;
		double best = 0;
		for (int32_t k = p->alt; k < p->alt + p->n_alt; k++) {
			double ratio = (double)in->alts[k].value / quota_share(in, k);
			if (ratio > best) best = ratio;
		}
		r[n++] = (struct rated){best, i};
	}
	qsort(r, (size_t)n, sizeof *r, by_ratio);
	for (int32_t k = 0; k < n; k++) {
		const struct alloc_project *p = &in->projects[r[k].alt];
		int32_t best = -1;
		for (int32_t x = p->alt; x < p->alt + p->n_alt; x++) {
			if (c->is_out[x] || (best >= 0 && in->alts[x].value <= in->alts[best].value)) continue;
			if (!flow_add(f, x)) continue;
			flow_remove(f, x);
			best = x;
		}
		if (best >= 0 && flow_add(f, best)) choice[r[k].alt] = best;
	}
}

void search_hand_plan(struct arena *a, const struct core *c, int32_t *choice) {
	struct flow *f = flow_new(a, c);
	for (int32_t i = 0; i < c->n_projects; i++) choice[i] = -1;
	if (!f) return;
	for (int32_t i = 0; i < c->n_projects; i++)
		if (c->in->projects[i].fixed >= 0 && flow_add(f, c->in->projects[i].fixed))
			choice[i] = c->in->projects[i].fixed;
	for (int32_t k = 0; k < c->in->n_classes; k++) hand_class(c, f, a, k, choice);
}
