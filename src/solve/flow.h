/* flow.h - which alternatives stand, and a flow that meets their uses, changed one at a time.
 *
 * Invariant: the flow is feasible for the alternatives that stand. Adding one pulls its amounts
 * along augmenting paths (so the answer is exact: it fails only when no flow exists); removing one
 * leaves its amounts as slack at its nodes. A failed add gives back what it pulled as slack: the
 * flow may differ from before, and is as good. Nodes from which a search found nothing are
 * remembered as dry until something of their group is given back. */
#ifndef SOLVE_FLOW_H
#define SOLVE_FLOW_H

#include "solve/core.h"

struct flow {
	const struct core *c;
	int64_t *slack;       /* by node: not used, not sent on */
	int64_t *residual;    /* by half-arc: how much more it can pull */
	int32_t *weak;        /* by alternative: the use that failed last, tried first */
	int32_t *dry, *epoch; /* node is dry when dry[n] == epoch[group] */
	int32_t *seen, *from_half, *queue, stamp;
	int32_t n_marked; /* the head of queue that the last failed search marked */
	size_t bytes;     /* of slack and residual together, for copies */
};

/* NULL when not even the base uses (reserves) fit. */
struct flow *flow_new(struct arena *a, const struct core *c);
bool flow_add(struct flow *f, int32_t alt);
void flow_remove(struct flow *f, int32_t alt);

/* Room for a copy of the flow, and back. */
void flow_save(const struct flow *f, void *room);
void flow_load(struct flow *f, const void *room);

/* Pull up to `need` to a node; returns what could not be had. What was pulled is taken. */
int64_t flow_pull(struct flow *f, int32_t node, int64_t need);

/* Amount on an arc. */
static inline int64_t flow_on(const struct flow *f, int32_t arc) {
	return f->residual[f->c->half_mate[f->c->arc_half[arc]]];
}

#endif
