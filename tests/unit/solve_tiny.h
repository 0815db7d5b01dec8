/* solve_tiny.h - tiny random instances with every member of alloc/1, and brute force for them. */
#ifndef SOLVE_TINY_H
#define SOLVE_TINY_H

#include "base/buf.h"
#include "solve/alloc.h"

/* The text of instance `seed`. */
struct str tiny_text(struct arena *a, uint64_t seed);

struct tiny_answer {
	bool is_infeasible;
	int64_t value[32]; /* by goal; fairness in millionths, rounded down; ids 0 */
	int32_t *plans;    /* what is left after the last goal, n_projects each */
	int32_t n_plans;
};

/* Every choice and every movement, with none of the engine's steps: plain enumeration. False when
 * the instance is too large for it. */
bool tiny_brute(struct arena *a, const struct alloc *in, struct tiny_answer *out);

#endif
