/* lp.h - minimize over a prog in integers: a dense bounded simplex with branch and bound.
 *
 * For the movements of one factor or of a small instance (tens to hundreds of rows). The search
 * works in floating point; what it returns is checked in integers (prog_holds), so an answer is
 * always a true one. LP_UNKNOWN: the node limit or rounding stopped it; nothing was proven. */
#ifndef SOLVE_LP_H
#define SOLVE_LP_H

#include "solve/prog.h"

enum lp_result { LP_OPTIMAL, LP_INFEASIBLE, LP_UNKNOWN };

/* weight[col] or NULL (any solution). On LP_OPTIMAL x[] and *best are filled; on LP_UNKNOWN
 * x[] holds the best found when *found is set. */
enum lp_result lp_minimize(struct arena *scratch, const struct prog *p, const int64_t *weight,
						   int64_t *x, int64_t *best, bool *found);

#endif
