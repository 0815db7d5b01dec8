/* exact.h - small instances: all plans, then one objective after the other.
 *
 * Every choice that the network allows is listed and asked of the exact model; the list is then
 * cut down objective by objective with its tolerance. What is left is proven by construction. */
#ifndef SOLVE_EXACT_H
#define SOLVE_EXACT_H

#include "solve/goal.h"

#include <stdatomic.h>

struct exact_stage {
	int64_t value;
	struct fraction fair;
};

struct exact_answer {
	bool is_done;       /* else too many plans, cancelled, or a flow question stayed open */
	bool is_infeasible; /* no plan at all */
	int32_t *choice;
	int64_t *locks;             /* by goal; INT64_MAX where there is none */
	struct exact_stage *stages; /* by goal */
	int64_t *floor_best;        /* by floor: the most that can be kept, up to its amount */
};

/* Number of choices ignoring all rules, at most 2^62. */
int64_t exact_size(const struct core *c);

void exact_solve(struct arena *a, const struct core *c, const atomic_bool *stop,
				 struct exact_answer *out);

#endif
