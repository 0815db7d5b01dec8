/* core.h - the instance as a network that a search can move on fast.
 *
 * Nodes are (factor, pool, period), one more for each limit and each excluded pair; arcs carry
 * quota between nodes of one factor. A node's capacity is the quota issued there. An alternative
 * uses amounts at nodes, and may open "draw" arcs from the city node to a county node (the share
 * of its use that the city may serve). A choice is feasible when the uses can be met by a flow:
 * integer data, so by an integer one.
 *
 * Exact for every factor but the hard ones: factors with a carry[] share between 0 and 1 (a gain
 * on an arc) or with a concentration cap that shared draws are counted in. For those the network
 * is a relaxation: what it refuses is infeasible, what it accepts is asked again of prog.h.
 *
 * Held nodes: a pool passes on only what it carried and was issued. Where transfers could break
 * that, a pool has two nodes a period: held (quota and carry come in, transfers and withdrawal go
 * out) and usable (uses, carry to the next period). */
#ifndef SOLVE_CORE_H
#define SOLVE_CORE_H

#include "solve/alloc.h"

enum core_arc_kind {
	ARC_CARRY,
	ARC_LAPSE,
	ARC_WITHDRAW,
	ARC_GRANT,
	ARC_TRANSFER,
	ARC_DRAW,
	ARC_HELD
};

struct core_arc {
	int32_t from, to;
	int64_t cap; /* of ARC_DRAW: 0, opened by alternatives */
	enum core_arc_kind kind;
	int32_t factor, pool, period,
		other; /* pool: the county's (or the giving one's); other: the receiving one's */
};

struct core_use {
	int32_t node; /* of a draw: the arc */
	int64_t amount;
};

struct core {
	const struct alloc *in;
	int32_t n_nodes, n_arcs, n_alts, n_projects, n_groups;
	int64_t *cap;
	int32_t *group; /* of a node: its factor, or n_factors for limits and pairs */
	struct core_arc *arcs;
	int32_t *use_at, *draw_at; /* uses of alternative a: [use_at[a], use_at[a + 1]) */
	struct core_use *uses, *draws;
	struct core_use *base; /* taken before any project: the city's reserve */
	int32_t n_base;
	bool *
		is_out; /* alternatives that no plan can hold: never, beside a fixed one, too large alone */
	bool *is_hard; /* by factor */
	bool any_hard;
	int64_t *quota_total; /* by factor */
	/* where an instance's (factor, pool, period) is */
	int32_t *usable, *held; /* alloc_at() -> node */
	/* Half-arcs by the node that pulls with them, [half_at[n], half_at[n + 1]): along an arc into
	 * n, or flow of an arc out of n taken back. half_from: the node pulled from; half_mate: the
	 * other half of the same arc. arc_half[e] is the half that pulls along arc e. */
	int32_t *half_at, *half_from, *half_mate, *arc_half;
};

/* A row over the choice: sum coef * x >= rhs. Limits from above are rows with negated signs. */
struct core_row {
	int64_t rhs;
	int32_t n;
	int32_t *alt;
	int64_t *coef;
	const char *why; /* for explanations: "requires", "must", "floor", "class", ... */
	int32_t ref;     /* number of the pair, project, floor, goal, ... */
};

struct core_rows {
	struct core_row *row;
	int32_t n, room;
};

void core_build(struct arena *a, const struct alloc *in, struct core *c);

/* The instance's own rows: must and fixed, requires. */
void core_own_rows(struct arena *a, const struct core *c, struct core_rows *rows);
void core_add_row(struct arena *a, struct core_rows *rows, struct core_row row);

/* Amount of a factor that alternative k takes in all periods from all pools; from one pool when
 * pool >= 0. */
int64_t alt_amount(const struct alloc *in, int32_t k, int32_t factor, int32_t pool);

#endif
