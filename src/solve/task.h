/* task.h - one problem of a run: maximize a weight under rows, on a core without what cannot matter. For stages.c.
 *
 * A task keeps its best plan and a true bound; they come from prices, a search on one thread or several,
 * and the solver program. */
#ifndef SOLVE_TASK_H
#define SOLVE_TASK_H

#include "solve/bound.h"
#include "solve/mip.h"
#include "solve/stages.h"

#include <pthread.h>

enum { PROOF_ALTS = 1600 }; /* so many may be proven by the solver program */

/* A whole answer in the making. */
struct run {
	struct arena *arena;
	struct core *core;
	const struct alloc *in;
	const struct solve_setup *setup;
	struct solve_answer *out;
	double began, deadline; /* of the clock */
	struct core_rows rows;  /* own rows and the locks so far */
	int64_t *locks;         /* of flow goals */
	bool has_flow_lock, used_child;
	bool has_choice, is_infeasible;
	int32_t *choice;
	int32_t stage;
	/* the watch: one flag for "time is up" and "cancelled" that every loop looks at */
	atomic_bool halt;
	pthread_t watch;
	pthread_mutex_t lock;
	pthread_cond_t done;
	bool is_over;
};

struct task {
	struct run *r;
	struct core core; /* shares all but is_out */
	struct core_rows *rows;
	const int64_t *weight;
	int64_t enough;  /* stop when reached */
	double until;    /* of the clock */
	int32_t n_alts;  /* that may stand */
	int32_t *choice; /* best */
	bool has, is_infeasible, is_proven;
	int64_t sum, bound;
	struct bound *prices;
	struct alloc_goal goal;
	int64_t constant;
};

double run_clock_s(void);
bool run_is_cancelled(const struct run *r);
double run_left_s(const struct run *r); /* never below 0 */

/* Whether a choice keeps the flow goals of the stages before. */
bool run_keeps_flow_locks(const struct run *r, const int32_t *choice);

/* Fills in best plan, bound and whether that is proven; from r->choice where it has one. */
void task_solve(struct task *t);

int64_t task_sum(const struct task *t, const int32_t *choice);
void task_offer(struct task *t, const int32_t *choice, int64_t sum); /* taken when better */
bool task_is_done(struct task *t);
void task_tell(struct task *t, bool is_end);

/* Whether a choice from outside (solver, plan in force) keeps everything. */
bool task_is_plan(struct task *t, const int32_t *choice);

/* The task as an integer program of the solver; columns of *p. */
struct mip *task_mip(struct arena *a, const struct task *t, enum alloc_kind kind, struct prog *p);
void task_choice_of(const struct alloc *in, const int64_t *x, int32_t *choice);
void task_ask_child(struct task *t, double seconds, bool root_only);

#endif
