/* stages.h - solve an instance: objective after objective, each keeping what came before.
 *
 * Small instances are listed completely (exact.h). Larger ones: prices and a bound (bound.h), a
 * search (search.h), and a solver program beside it for proofs and cuts (mip.h). Every plan is
 * judged by check.h before it is returned, every bound is true, and at any moment a stop gives the
 * best plan so far. With the same seed, thread count and `steps` the answer is the same. */
#ifndef SOLVE_STAGES_H
#define SOLVE_STAGES_H

#include "solve/bound.h"
#include "solve/goal.h"

#include <stdatomic.h>

enum solve_status { SOLVE_PROVEN, SOLVE_LIMIT, SOLVE_CANCELLED };

/* What happens, for who waits: sent after each round of search and at the end of a stage. */
struct solve_event {
	int32_t stage, n_stages;
	struct alloc_goal goal;
	double seconds; /* since the start */
	bool has_value, has_bound, is_done;
	int64_t value, bound;
};

struct solve_setup {
	double seconds; /* of the clock, for everything */
	double gap;     /* a stage may stop when (bound - value) <= gap * value; 0 = prove it */
	uint64_t seed;
	int threads;             /* 1.. */
	bool no_child, no_exact; /* leave out a way to solve (tests, comparison) */
	bool no_precheck;        /* the mandatory set is known to be feasible, or is what is asked */
	int64_t steps; /* 0 = by time; else search steps of a stage, and time only as a limit */
	const atomic_bool *stop; /* cancel; may be NULL */
	const int32_t *start;    /* a choice to begin from, or NULL */
	const int32_t *hold;     /* no class is served less than by this choice; NULL = no such rule */
	void (*progress)(void *arg, const struct solve_event *e); /* may be NULL */
	void *arg;
};

struct solve_stage {
	struct alloc_goal goal;
	int64_t value, bound; /* fairness in millionths */
	struct fraction fair; /* exact value of a fairness stage */
	enum solve_status status;
	double seconds;
};

struct solve_answer {
	bool has_plan, is_infeasible;
	struct alloc_plan plan;
	struct solve_stage *stages;
	int32_t n_stages;
	int64_t *floor_best; /* by floor: what was kept of it */
	double seconds;
	const char *solver;    /* "exact", "search", "search+cbc" */
	struct str wrong;      /* not empty: the checker refused our own plan; nothing is returned */
	struct core *core;     /* what was solved, for explanations */
	struct core_rows rows; /* own rows and the locks of all stages */
	/* of the value stage, to be read only (price, gain, cost); NULL when it was listed completely
	 */
	const struct bound *prices;
};

void solve(struct arena *a, const struct alloc *in, const struct solve_setup *setup,
		   struct solve_answer *out);

const char *solve_status_name(enum solve_status s);

#endif
