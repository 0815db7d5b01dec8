/* mip.h - an integer program solved by a solver program in a child process.
 *
 * The child is a process of its own: a crash, a kill or a leak there costs only its help; cancel
 * ends it within a tenth of a second; its memory and CPU time are limited. The interface is five
 * functions, so that another solver (HiGHS) can take the place of CBC.
 *
 *     mip_new -> mip_column* -> mip_row* -> mip_solve -> mip_free
 *
 * Always a minimization; columns are between 0 and `max`. */
#ifndef SOLVE_MIP_H
#define SOLVE_MIP_H

#include "base/str.h"

#include <stdatomic.h>

struct mip;

struct mip_entry {
	int32_t col;
	int64_t coef;
};

enum mip_status {
	MIP_NONE,       /* no solver, it failed, or it found nothing in time */
	MIP_FOUND,      /* a solution, not proven */
	MIP_OPTIMAL,    /* proven by the solver */
	MIP_INFEASIBLE, /* proven by the solver */
};

struct mip_answer {
	enum mip_status status;
	int64_t *x; /* by column, rounded; valid for FOUND and OPTIMAL */
	bool has_bound;
	double bound; /* nothing is below this, as the solver says */
};

struct mip_limits {
	double seconds;          /* of the child's CPU and of the clock */
	bool root_only;          /* stop after the cuts at the root */
	const int64_t *start;    /* a solution to begin from, or NULL */
	const atomic_bool *stop; /* cancel; may be NULL */
};

bool mip_is_there(void); /* is the solver program installed? */
struct mip *mip_new(struct arena *a);
int32_t mip_column(struct mip *m, int64_t cost, int64_t max, bool is_integer);
void mip_row(struct mip *m, const struct mip_entry *e, int32_t n, int64_t rhs); /* sum <= rhs */
struct mip_answer mip_solve(struct mip *m, const struct mip_limits *limits);
void mip_free(struct mip *m);

/* Process id of the child that runs now, 0 = none: for tests that kill it. */
int mip_child(void);

#endif
