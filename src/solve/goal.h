/* goal.h - objectives as weights and locks, shared by the ways to solve. */
#ifndef SOLVE_GOAL_H
#define SOLVE_GOAL_H

#include "solve/core.h"
#include "solve/prog.h"

/* Objectives that are a sum over the chosen alternatives: value = constant + sum weight, and is
 * maximized (a minimized one has negative weights; its value is the negated sum). False for
 * fairness, city_draw, transfer and ids. */
bool goal_is_linear(enum alloc_kind kind);
void goal_weights(const struct alloc *in, const struct alloc_goal *g, int64_t *weight,
				  int64_t *constant);

/* From the maximized sum to the objective's own value and back. */
int64_t goal_value(const struct alloc_goal *g, int64_t sum, int64_t constant);
int64_t goal_sum(const struct alloc_goal *g, int64_t value, int64_t constant);

/* The value that later stages must keep when `best` was reached. */
int64_t goal_lock(const struct alloc_goal *g, int64_t best);

/* The row that keeps it (linear objectives). */
struct core_row goal_row(struct arena *a, const struct core *c, const struct alloc_goal *g,
						 int64_t lock, int32_t ref);

/* Fairness as a fraction num/den, den > 0; 1/1 when no county asks. */
struct fraction {
	int64_t num, den;
};
struct fraction fairness_of(const struct alloc *in, const int32_t *choice);
int fraction_cmp(struct fraction x, struct fraction y);
int64_t fraction_ppm(struct fraction x); /* rounded down */

/* Rows that keep at least (1000 - eps)/1000 of r in every county that asks; `more` adds one unit:
 * strictly more than r everywhere (with eps 0). */
void fairness_rows(struct arena *a, const struct core *c, struct fraction r, int32_t eps, bool more,
				   int32_t ref, struct core_rows *rows);

/* Does the choice keep all rows? */
bool rows_hold(const struct core_rows *rows, const int32_t *choice, const struct alloc *in);

/* Position of each project in order of ids, and rank of each alternative among its project's. */
void ids_order(struct arena *a, const struct alloc *in, int32_t **projects, int32_t **rank);
/* Is x before y in the order of the tie-break? */
bool ids_before(const struct alloc *in, const int32_t *projects, const int32_t *rank,
				const int32_t *x, const int32_t *y);

/* The movements for a choice: the least city draw, then transfers, in the order of the goals that
 * ask for them; `locks` (by goal, INT64_MAX = none) are kept. False when the choice cannot be met. */
bool plan_flows(struct arena *a, const struct core *c, const int32_t *choice, const int64_t *locks,
				struct alloc_plan *out);

/* The least value of a flow objective for a choice under earlier locks; false: not met, or not
 * found (*is_unsure). */
bool flow_goal_best(struct arena *scratch, const struct core *c, const int32_t *choice,
					int32_t goal, const int64_t *locks, int64_t *best, bool *is_unsure);

#endif
