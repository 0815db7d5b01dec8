/* conflict.h - an infeasible mandatory set: the rules that contradict each other.
 *
 * Rules are the mandatory projects, fixed alternatives, never, pairs, limits, reserves, the
 * concentration cap, and the quota of a factor. The answer is a set that cannot be kept together
 * while any part of it can; of several orders of search the smallest set found. */
#ifndef SOLVE_CONFLICT_H
#define SOLVE_CONFLICT_H

#include "solve/alloc.h"

#include <stdatomic.h>

struct conflict_rule {
	enum {
		RULE_MUST,
		RULE_FIXED,
		RULE_NEVER,
		RULE_PAIR,
		RULE_LIMIT,
		RULE_RESERVE,
		RULE_CONCENTRATION,
		RULE_QUOTA,
		RULE__N
	} kind;
	int32_t ref; /* project, pair, limit, factor; -1 for the concentration cap */
};

/* False when no contradiction was found (then *n is 0). */
bool conflict_find(struct arena *a, const struct alloc *in, double seconds, const atomic_bool *stop,
				   struct conflict_rule **out, int32_t *n);

/* Do the mandatory projects and decisions contradict each other already without all others? False
 * also when it was not proven in time. */
bool conflict_exists(const struct alloc *in, double seconds, const atomic_bool *stop);

const char *conflict_name(int kind);

#endif
