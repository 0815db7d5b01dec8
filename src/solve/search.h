/* search.h - good plans fast: price-guided start, then large-neighbourhood search on the network.
 *
 * A search maximizes sum(weight of what stands) subject to the network and the rows. It always
 * holds a feasible plan after search_start succeeded (or, when rows such as must and floors are
 * hard to meet, the plan that breaks them least, `short` > 0, and works on that first). Each step
 * takes a few projects out and puts others in; it is kept by simulated annealing. Deterministic by
 * seed and number of steps. */
#ifndef SOLVE_SEARCH_H
#define SOLVE_SEARCH_H

#include "solve/bound.h"
#include "solve/flow.h"

#include <stdatomic.h>

struct search;

/* `hint` (weights beside the real ones for equal plans, may be NULL) and the bound's prices guide
 * it; `exact` asks the exact model about hard factors. */
struct search_setup {
	const struct core *c;
	const struct core_rows *rows;
	const int64_t *weight;
	const struct bound *prices; /* after bound_run */
	uint64_t seed;
	const int32_t *start; /* a choice to begin from, or NULL */
};

struct search *search_new(struct arena *a, const struct search_setup *s);

/* After more of bound_run: alternatives are rated by the new prices. */
void search_reprice(struct search *s);

/* n steps; ends early when the value meets `enough` or *stop is set. */
void search_run(struct search *s, int64_t n, int64_t enough, const atomic_bool *stop);

/* Heat of the annealing from 1 (start) to 0 (only better plans). */
void search_heat(struct search *s, double heat);

bool search_found(const struct search *s);                    /* a plan that breaks no row */
int64_t search_value(const struct search *s);                 /* of the best plan */
const int32_t *search_choice(const struct search *s);         /* the best plan, by project */
void search_restart(struct search *s, const int32_t *choice); /* go on from this plan */

/* Today's practice: class by class, then by value per share of quota; no search. Writes choice. */
void search_hand_plan(struct arena *a, const struct core *c, int32_t *choice);

/* Can this choice be met exactly (hard factors included)? */
bool choice_fits(struct arena *scratch, const struct core *c, const int32_t *choice);

#endif
