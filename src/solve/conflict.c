#include "solve/conflict.h"

#include "solve/exact.h"
#include "solve/stages.h"

#include <string.h>
#include <time.h>

const char *conflict_name(int kind) {
	static const char *const names[RULE__N] = {"must",  "fixed",   "never",         "pair",
											   "limit", "reserve", "concentration", "quota"};
	return names[kind];
}

struct hunt {
	const struct alloc *in;
	struct conflict_rule *rules;
	int32_t n;
	double until;
	const atomic_bool *stop;
};

static double clock_s(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void add_rule(struct hunt *h, int kind, int32_t ref) {
	h->rules[h->n++] = (struct conflict_rule){kind, ref};
}

static void list_rules(struct arena *a, struct hunt *h) {
	const struct alloc *in = h->in;
	h->rules = arena_array(a,
						   (size_t)in->n_projects * 3 + (size_t)in->n_pairs + (size_t)in->n_limits +
							   (size_t)in->n_factors * 2 + 2,
						   sizeof *h->rules);
	for (int32_t k = 0; k < in->n_limits; k++) add_rule(h, RULE_LIMIT, k);
	for (int32_t k = 0; k < in->n_factors; k++)
		if (in->reserve[k] > 0) add_rule(h, RULE_RESERVE, k);
	if (in->concentration_permille >= 0) add_rule(h, RULE_CONCENTRATION, -1);
	for (int32_t k = 0; k < in->n_pairs; k++) add_rule(h, RULE_PAIR, k);
	for (int32_t i = 0; i < in->n_projects; i++) {
		if (in->projects[i].is_never) add_rule(h, RULE_NEVER, i);
		if (in->projects[i].is_must) add_rule(h, RULE_MUST, i);
		if (in->projects[i].fixed >= 0) add_rule(h, RULE_FIXED, i);
	}
	for (int32_t k = 0; k < in->n_factors; k++) add_rule(h, RULE_QUOTA, k);
}

/* The instance with only the rules that are on; a factor without its quota rule has plenty. */
static void with_rules(struct arena *a, const struct hunt *h, const bool *on, struct alloc *x) {
	const struct alloc *in = h->in;
	size_t cells = alloc_at(in, in->n_factors, 0, 0);
	*x = *in;
	x->projects = arena_array(a, (size_t)in->n_projects + 1, sizeof *x->projects);
	memcpy(x->projects, in->projects, (size_t)in->n_projects * sizeof *x->projects);
	x->quota = arena_array(a, cells + 1, sizeof *x->quota);
	memcpy(x->quota, in->quota, cells * sizeof *x->quota);
	x->reserve = arena_array(a, (size_t)in->n_factors, sizeof *x->reserve);
	x->limits = arena_array(a, (size_t)in->n_limits + 1, sizeof *x->limits);
	x->pairs = arena_array(a, (size_t)in->n_pairs + 1, sizeof *x->pairs);
	x->n_limits = x->n_pairs = 0;
	x->concentration_permille = -1;
	for (int32_t i = 0; i < in->n_projects; i++) {
		x->projects[i].is_must = x->projects[i].is_never = false;
		x->projects[i].fixed = -1;
	}
	for (int32_t k = 0; k < h->n; k++) {
		const struct conflict_rule *r = &h->rules[k];
		if (!on[k]) {
			int64_t plenty = ((int64_t)1 << 52) / ((int64_t)in->n_pools * in->n_periods);
			for (int32_t c = 0; r->kind == RULE_QUOTA && c < in->n_pools * in->n_periods; c++)
				x->quota[alloc_at(in, r->ref, 0, 0) + (size_t)c] = plenty;
			continue;
		}
		switch (r->kind) {
		case RULE_MUST: x->projects[r->ref].is_must = true; break;
		case RULE_FIXED: x->projects[r->ref].fixed = in->projects[r->ref].fixed; break;
		case RULE_NEVER: x->projects[r->ref].is_never = true; break;
		case RULE_PAIR: x->pairs[x->n_pairs++] = in->pairs[r->ref]; break;
		case RULE_LIMIT: x->limits[x->n_limits++] = in->limits[r->ref]; break;
		case RULE_RESERVE: x->reserve[r->ref] = in->reserve[r->ref]; break;
		case RULE_CONCENTRATION: x->concentration_permille = in->concentration_permille; break;
		case RULE_QUOTA:
		case RULE__N: break;
		}
	}
}

/* Only projects that must stand, and what they require, matter: refusing another breaks no rule. */
static void only_needed(struct arena *a, struct alloc *x) {
	bool *needed = arena_array(a, (size_t)x->n_projects + 1, sizeof *needed);
	for (int32_t i = 0; i < x->n_projects; i++)
		needed[i] = x->projects[i].is_must || x->projects[i].fixed >= 0;
	for (bool changed = true; changed;) {
		changed = false;
		for (int32_t k = 0; k < x->n_pairs; k++)
			if (!x->pairs[k].is_excludes && needed[x->pairs[k].a] && !needed[x->pairs[k].b])
				needed[x->pairs[k].b] = changed = true;
	}
	for (int32_t i = 0; i < x->n_projects; i++)
		if (!needed[i]) x->projects[i].is_never = true;
}

static bool is_infeasible(struct hunt *h, const bool *on) {
	struct arena a = {0};
	struct alloc x;
	struct solve_answer ans;
	with_rules(&a, h, on, &x);
	only_needed(&a, &x);
	x.n_floors = 0;
	struct alloc_goal any = {GOAL_VALUE, -1, 0};
	x.goals = &any;
	x.n_goals = 1;
	struct solve_setup s = {.seconds = h->until - clock_s(),
							.seed = 1,
							.threads = 1,
							.gap = 1,
							.no_precheck = true,
							.stop = h->stop};
	if (s.seconds <= 0) s.seconds = 0.01;
	solve(&a, &x, &s, &ans);
	bool is = ans.is_infeasible;
	arena_release(&a);
	return is;
}

/* Take out every rule without which it is still infeasible: in groups first, then one by one. */
static int32_t thin_out(struct hunt *h, bool *on, bool *try, bool backwards) {
	int32_t left = 0;
	for (int32_t k = 0; k < h->n; k++) on[k] = true;
	for (int32_t step = h->n > 64 ? 64 : 1; step >= 1; step /= 4)
		for (int32_t at = 0; at < h->n && clock_s() < h->until && !(h->stop && *h->stop);
			 at += step) {
			bool changes = false;
			memcpy(try, on, (size_t)h->n * sizeof *on);
			for (int32_t k = at; k < at + step && k < h->n; k++) {
				bool *b = &try[backwards ? h->n - 1 - k : k];
				changes = changes || *b;
				*b = false;
			}
			if (changes && is_infeasible(h, try)) memcpy(on, try, (size_t)h->n * sizeof *on);
		}
	for (int32_t k = 0; k < h->n; k++) left += on[k];
	return left;
}

bool conflict_find(struct arena *a, const struct alloc *in, double seconds, const atomic_bool *stop,
				   struct conflict_rule **out, int32_t *n) {
	struct hunt h = {.in = in, .until = clock_s() + seconds, .stop = stop};
	list_rules(a, &h);
	bool *on = arena_array(a, (size_t)h.n + 1, sizeof *on),
		 *best = arena_array(a, (size_t)h.n + 1, sizeof *best),
		 *try = arena_array(a, (size_t)h.n + 1, sizeof *try);
	int32_t least = INT32_MAX;
	*n = 0;
	*out = arena_array(a, (size_t)h.n + 1, sizeof **out);
	for (int32_t k = 0; k < h.n; k++) on[k] = true;
	if (!is_infeasible(&h, on)) return false;
	for (int order = 0; order < 2; order++) {
		int32_t left = thin_out(&h, on, try, order == 1);
		if (left >= least) continue;
		least = left;
		memcpy(best, on, (size_t)h.n * sizeof *on);
	}
	for (int32_t k = 0; k < h.n; k++)
		if (best[k]) (*out)[(*n)++] = h.rules[k];
	return true;
}

bool conflict_exists(const struct alloc *in, double seconds, const atomic_bool *stop) {
	bool any = false;
	for (int32_t i = 0; i < in->n_projects; i++)
		any = any || in->projects[i].is_must || in->projects[i].fixed >= 0;
	for (int32_t f = 0; f < in->n_factors; f++) any = any || in->reserve[f] > 0;
	if (!any) return false;
	struct arena a = {0};
	struct hunt h = {.in = in, .until = clock_s() + seconds, .stop = stop};
	list_rules(&a, &h);
	bool *on = arena_array(&a, (size_t)h.n + 1, sizeof *on);
	for (int32_t k = 0; k < h.n; k++) on[k] = true;
	bool is = is_infeasible(&h, on);
	arena_release(&a);
	return is;
}
