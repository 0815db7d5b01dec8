/* The flow with its memory, journal and undo, against a flow made from nothing. */
#include "unit.h"

#include "solve/alloc_json.h"
#include "solve/flow.h"
#include "solve_tiny.h"

#include <string.h>

static uint64_t next(uint64_t *s) {
	uint64_t z = (*s += 0x9E3779B97F4A7C15u);
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

static int32_t below(uint64_t *s, int32_t n) {
	return (int32_t)(next(s) % (uint64_t)n);
}

/* Do all of these stand together, and `more` (or -1)? Asked of a new flow. */
static bool fits_afresh(const struct core *c, const bool *stands, int32_t more) {
	struct arena a = {0};
	struct flow *f = flow_new(&a, c);
	bool fits = f != NULL;
	for (int32_t k = 0; fits && k < c->n_alts; k++)
		if (stands[k] || k == more) fits = flow_add(f, k);
	arena_release(&a);
	return fits;
}

/* Nothing is below zero, and every node: quota, less what stands, plus what came, less what went,
 * is its slack. */
static void assert_balanced(const struct core *c, const struct flow *f, const bool *stands) {
	struct arena a = {0};
	int64_t *left = arena_array(&a, (size_t)c->n_nodes + 1, sizeof *left);
	for (int32_t n = 0; n < c->n_nodes; n++) left[n] = c->cap[n];
	for (int32_t k = 0; k < c->n_base; k++) left[c->base[k].node] -= c->base[k].amount;
	for (int32_t k = 0; k < c->n_alts; k++)
		for (int32_t u = c->use_at[k]; stands[k] && u < c->use_at[k + 1]; u++)
			left[c->uses[u].node] -= c->uses[u].amount;
	for (int32_t e = 0; e < c->n_arcs; e++) {
		left[c->arcs[e].to] += flow_on(f, e);
		left[c->arcs[e].from] -= flow_on(f, e);
		assert_true(flow_on(f, e) >= 0 && f->residual[c->arc_half[e]] >= 0);
	}
	for (int32_t n = 0; n < c->n_nodes; n++) {
		assert_true(f->slack[n] >= 0);
		assert_int_equal(left[n], f->slack[n]);
	}
	arena_release(&a);
}

struct walk {
	const struct core *c;
	struct flow *f;
	bool *stands, *stood;
	uint64_t s;
	int n_added, n_refused, n_undone;
};

static void add_or_remove(struct walk *w) {
	int32_t k = below(&w->s, w->c->n_alts);
	if (w->stands[k]) {
		flow_remove(w->f, k);
		w->stands[k] = false;
		return;
	}
	bool want = fits_afresh(w->c, w->stands, k);
	assert_int_equal(flow_add(w->f, k), want);
	w->stands[k] = want;
	if (want) w->n_added++;
	else w->n_refused++;
}

static void walk(struct walk *w, int n) {
	for (int round = 0; round < n; round++) {
		memcpy(w->stood, w->stands, (size_t)w->c->n_alts * sizeof *w->stands);
		flow_mark(w->f);
		for (int32_t k = 1 + below(&w->s, 6); k > 0; k--) add_or_remove(w);
		if (below(&w->s, 3)) continue;
		flow_undo(w->f);
		memcpy(w->stands, w->stood, (size_t)w->c->n_alts * sizeof *w->stands);
		assert_balanced(w->c, w->f, w->stands);
		w->n_undone++;
	}
	assert_balanced(w->c, w->f, w->stands);
}

static void every_answer_is_that_of_a_new_flow(void **state) {
	(void)state;
	int added = 0, refused = 0, undone = 0;
	for (uint64_t seed = 1; seed <= 300; seed++) {
		struct arena a = {0};
		struct alloc_reading r = {.is_strict = true};
		struct alloc in;
		struct core c;
		assert_int_equal(alloc_read(&a, tiny_text(&a, seed), &r, &in), ERR_OK);
		core_build(&a, &in, &c);
		struct walk w = {.c = &c, .f = flow_new(&a, &c), .s = seed};
		w.stands = arena_array(&a, (size_t)c.n_alts + 1, sizeof *w.stands);
		w.stood = arena_array(&a, (size_t)c.n_alts + 1, sizeof *w.stood);
		if (w.f && c.n_alts) walk(&w, 40);
		added += w.n_added;
		refused += w.n_refused;
		undone += w.n_undone;
		arena_release(&a);
	}
	assert_true(added > 2000 && refused > 2000 && undone > 2000);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_answer_is_that_of_a_new_flow)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
