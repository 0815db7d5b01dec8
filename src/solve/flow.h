/* flow.h - which alternatives stand, and a flow that meets their uses, changed one at a time.
 *
 * Invariant: the flow is feasible for the alternatives that stand. Adding one pulls its amounts
 * along augmenting paths (so the answer is exact: it fails only when no flow exists); removing one
 * leaves its amounts as slack at its nodes. A failed add gives back what it pulled as slack: the
 * flow may differ from before, and is as good.
 *
 * What a node can pull in all is remembered as an upper bound. It holds while more stands (what
 * others take never helps), and grows by what is given back in the node's group: so most tries
 * that must fail are refused without a search. A mark and an undo go back exactly, by a journal,
 * and keep what was learnt in between. */
#ifndef SOLVE_FLOW_H
#define SOLVE_FLOW_H

#include "solve/core.h"

struct flow_note; /* of the journal */

struct flow {
	const struct core *c;
	struct arena *arena;
	int64_t *slack;    /* by node: not used, not sent on */
	int64_t *residual; /* by half-arc: how much more it can pull; stands behind slack */
	int32_t *weak;     /* by alternative: the use that failed last, tried first */
	int64_t *most;     /* by node: it can pull at most this, and what was given since */
	int64_t *most_at;  /* by node: given[group] when `most` was learnt */
	int64_t *given;    /* by group: what was given back in all */
	int32_t *seen, *from_half, *queue, stamp;
	/* of the last search that failed: it reached these nodes, none has slack */
	int32_t n_reached;
	/* since the mark */
	bool is_marked;
	struct flow_note *notes, *learnt;
	int32_t n_notes, notes_room, n_learnt, *learnt_at, mark;
	int64_t *taken, *given_then;
};

/* NULL when not even the base uses (reserves) fit. */
struct flow *flow_new(struct arena *a, const struct core *c);
bool flow_add(struct flow *f, int32_t alt);
void flow_remove(struct flow *f, int32_t alt);

/* After flow_add failed: the nodes that could have helped (queue[0..n_reached) in the order found,
 * the failing one first); n_reached is 0 when it failed without a search, and then this is the
 * node: uses[use_at[alt] + weak[alt]]. */
static inline int32_t flow_failed_at(const struct flow *f, int32_t alt) {
	return f->c->uses[f->c->use_at[alt] + f->weak[alt]].node;
}

/* From a mark on changes are noted; undo goes back to it, and a new mark forgets the old one. */
void flow_mark(struct flow *f);
void flow_undo(struct flow *f);

/* Pull up to `need` to a node; returns what could not be had. What was pulled is taken. */
int64_t flow_pull(struct flow *f, int32_t node, int64_t need);

/* Questions "what if": more room at a node; a wider half-arc. */
void flow_give(struct flow *f, int32_t node, int64_t amount);
void flow_widen(struct flow *f, int32_t half, int64_t amount);

/* Amount on an arc. */
static inline int64_t flow_on(const struct flow *f, int32_t arc) {
	return f->residual[f->c->half_mate[f->c->arc_half[arc]]];
}

#endif
