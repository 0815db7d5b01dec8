/* check.h - the independent checker: is this plan allowed, and what are its objective values?
 *
 * It shares no step with the search: it reads the instance and the plan's movements and adds them
 * up in int64, balance by balance. A plan without movements is not accepted here; make them first
 * (stages.h). */
#ifndef SOLVE_CHECK_H
#define SOLVE_CHECK_H

#include "base/buf.h"
#include "solve/alloc.h"

/* True when every rule holds; else one line a broken rule is added to `out` (place, rule, by how
 * much). Floors are reported by the caller; they never make a plan wrong. */
bool check_plan(struct arena *scratch, const struct alloc *in, const struct alloc_plan *plan,
				struct buf *out);

/* The value of an objective for a plan; GOAL_FAIRNESS in millionths, rounded down; GOAL_IDS is 0. */
int64_t check_goal(const struct alloc *in, const struct alloc_plan *plan,
				   const struct alloc_goal *goal);

/* Value and asked-for value of a county: fairness compares the quotients exactly. */
void check_county_value(const struct alloc *in, const int32_t *choice, int32_t county, int64_t *got,
						int64_t *asked);

/* What the county's projects get of a floor's factor in all periods. */
int64_t check_floor(const struct alloc *in, const int32_t *choice, const struct alloc_floor *floor);

#endif
