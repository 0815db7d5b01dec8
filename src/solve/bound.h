/* bound.h - a true upper bound by Lagrangian prices, and the prices as a guide for the search.
 *
 * Every node (factor, pool, period, limit) gets a price >= 0, every row of the choice one too;
 * with prices fixed the best choice is taken project by project, so the bound is a sum. Prices are
 * found in floating point by deflected subgradient steps; the bound itself is then summed in
 * 128-bit integers from prices rounded to 2^-20: whatever the steps did, it is a true bound. */
#ifndef SOLVE_BOUND_H
#define SOLVE_BOUND_H

#include "solve/core.h"

#include <stdatomic.h>

struct bound {
	const struct core *c;
	const struct core_rows *rows;
	const int64_t *weight;     /* by alternative: what is maximized */
	double *price, *row_price; /* of the best bound seen */
	double *gain;              /* by alternative: weight less what its uses cost at `price` */
	double *cost;              /* by alternative: what its uses cost */
	int64_t best;              /* INT64_MAX until bound_run */
	void *own;
};

struct bound *bound_new(struct arena *a, const struct core *c, const struct core_rows *rows,
						const int64_t *weight);

/* Up to n steps; `floor` is a known attainable value (the steps aim above it). Ends early when the
 * bound meets the floor, progress stops or *stop (may be NULL) is set. Returns the steps taken. */
int bound_run(struct bound *b, int n, int64_t floor, const atomic_bool *stop);

/* The next steps begin again, with more patience: slower, and in the end closer. What was reached
 * stays the bound until it is beaten. */
void bound_again(struct bound *b);

/* The bound with one alternative forced into the plan (exact like the bound itself). */
int64_t bound_with(const struct bound *b, int32_t alt);

#endif
