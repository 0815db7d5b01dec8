/* reason.h - why a project was refused, what would admit it, and what quota is worth.
 *
 * For a refused project one alternative is explained, the one that lacks least. `missing` is the
 * least extra quota that admits it with everything else of the plan held: with it the project
 * fits, with one unit less anywhere it does not (quota also raises what may be carried, withdrawn,
 * granted; that is counted). A project is priced out when by the prices of the bound its quota is
 * worth more than the project: room alone would not help, a better one would take it. */
#ifndef SOLVE_REASON_H
#define SOLVE_REASON_H

#include "base/buf.h"
#include "solve/bound.h"

#include <stdatomic.h>

enum reason_kind {
	REASON_QUOTA,      /* worth its price, does not fit beside the others */
	REASON_PRICED_OUT, /* the quota does more elsewhere */
	REASON_LIMIT,      /* a limit or a concentration cap stands against it */
	REASON_RULE,       /* never, or its pair excludes or requires */
	REASON_INELIGIBLE, /* no alternative passed admission */
	REASON__N
};

struct reason_missing {
	int32_t pool, factor, period;
	int64_t amount;
};

struct reason {
	enum reason_kind kind;
	int32_t project, alt; /* alt -1: none is eligible */
	struct reason_missing *missing;
	int32_t n_missing;
	int32_t limit; /* the limit that is exceeded, -1 = none */
	int64_t limit_by;
	int32_t other;                   /* REASON_RULE: the other project of the pair, -1 = never */
	int32_t *displaces, n_displaces; /* projects that would have to go */
	int64_t worth, price; /* value of the alternative, and of its quota at the bound's prices */
};

/* What a node's quota is worth: one unit more or less, in thousandths of value, as the change of
 * the bound. Only nodes that have a price. */
struct reason_price {
	int32_t pool, factor, period;
	int64_t quota, used, milli;
};

/* What a rule costs: how far the bound rises without it. */
struct reason_cost {
	enum { COST_LIMIT, COST_RESERVE, COST_CONCENTRATION, COST_FLOOR } kind;
	int32_t ref; /* limit, factor, - , floor */
	int64_t cost;
};

struct reasons {
	bool is_complete; /* false: stopped before every refused project had its reason */
	struct reason *refused;
	int32_t n_refused;
	struct reason_price *prices;
	int32_t n_prices;
	struct reason_cost *costs;
	int32_t n_costs;
};

const char *reason_name(enum reason_kind k);

/* `prices` after bound_run over value and the locks of the plan. Ends between two projects when
 * *stop (may be NULL) is set. */
void reasons_find(struct arena *a, const struct core *c, const int32_t *choice,
				  const struct bound *prices, const atomic_bool *stop, struct reasons *out);

/* Costs of rules: one bound for each, `steps` long. */
void reasons_costs(struct arena *a, const struct alloc *in, const struct core_rows *locks,
				   int steps, const atomic_bool *stop, struct reasons *out);

/* The sentence for a director. */
void reason_say(struct buf *b, const struct alloc *in, const struct reason *r, bool is_zh);

#endif
