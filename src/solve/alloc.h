/* alloc.h - one allocation instance in plain arrays, and a plan for it.
 *
 * A city hands out factors (land, energy, ...) from pools (one city pool, county pools) over
 * periods to projects; a project takes at most one of its alternatives. The text form and the
 * model are "alloc/1" (docs/allocation.md). Here everything is an index: factor f, pool q,
 * period t (from 0), project i, alternative a (over all projects, grouped by project), use u
 * (over all alternatives). Quantities are int64 in the factor's unit, below ALLOC_QTY_MAX; the
 * sum of a factor's quota or demand is too, so that permille * sum fits int64.
 *
 * Whoever fills the arrays keeps them alive; everything in src/solve only reads them. */
#ifndef SOLVE_ALLOC_H
#define SOLVE_ALLOC_H

#include "base/str.h"

#define ALLOC_QTY_MAX ((int64_t)1 << 53)

enum {
	ALLOC_PERIODS_MAX = 12,
	ALLOC_FACTORS_MAX = 64,
	ALLOC_POOLS_MAX = 1000,
	ALLOC_PROJECTS_MAX = 100000,
	ALLOC_ALTS_MAX = 64, /* of one project */
};

enum alloc_kind {
	GOAL_CLASS_SERVE, /* max sum of serve over one class */
	GOAL_CLASS_VALUE, /* max sum of value over one class */
	GOAL_VALUE,       /* max sum of value */
	GOAL_DELAY,       /* min sum of delay */
	GOAL_CITY_DRAW,   /* min what is drawn straight from the city pool, direct uses included */
	GOAL_TRANSFER,    /* min what moves between pools: withdraw, grant, transfer */
	GOAL_FAIRNESS,    /* max the least value share of a county that asks */
	GOAL_STABILITY,   /* min projects whose alternative differs from `last` */
	GOAL_IDS,         /* lexicographically smallest plan by ids, refused last */
	GOAL__N
};

struct alloc_goal {
	enum alloc_kind kind;
	int32_t class_no; /* of GOAL_CLASS_*, else -1 */
	int32_t eps_permille;
};

struct alloc_factor {
	struct str id, unit;
	bool is_flow;
	int32_t carry_permille; /* of the quota issued in a period */
};

struct alloc_pool {
	struct str id;
	bool is_city, lapses_to_city;
	int32_t withdraw_permille, grant_permille;
};

struct alloc_limit {
	struct str id;
	int32_t factor, max_permille;
	const bool *rating, *class_no, *county; /* NULL = all; else one flag each */
};

/* Rule of carry[] for one pool and factor. */
struct alloc_carry {
	bool is_set;
	int32_t permille;
	int64_t max; /* -1 = none */
};

struct alloc_transfer {
	int32_t from, to, factor;
	int64_t max;
};

struct alloc_floor {
	int32_t pool, factor;
	int64_t amount;
};

struct alloc_pair {
	bool is_excludes; /* else a requires b */
	int32_t a, b;
};

struct alloc_use {
	int32_t pool, factor, from, to; /* periods from..to, both included */
	int64_t amount;                 /* in each of them */
};

struct alloc_alt {
	struct str id;
	int32_t project, serve, delay, city_share_permille;
	int64_t value;
	int32_t use, n_use;
};

/* An alternative that admission refused before optimization; only for the explanation. */
struct alloc_ineligible {
	struct str alt, rule, have, need;
};

struct alloc_project {
	struct str id;
	int32_t county, class_no, rating;
	int64_t invest;
	int32_t alt, n_alt;
	int32_t fixed; /* alternative that must be kept, -1 = none */
	int32_t last;  /* alternative of the last approved plan; -1 = none, -2 = one that is gone */
	bool is_must, is_never;
	int32_t ineligible, n_ineligible;
};

enum { LAST_NONE = -1, LAST_GONE = -2 };

struct alloc {
	struct str name;
	int64_t seed;
	int32_t n_periods, n_classes, n_ratings, n_factors, n_pools, n_limits, n_goals;
	int32_t n_transfers, n_floors, n_pairs, n_projects, n_alts, n_uses, n_ineligible;
	int32_t city;                   /* pool number */
	int32_t concentration_permille; /* -1 = off */
	struct str *periods, *classes, *ratings;
	struct alloc_factor *factors;
	struct alloc_pool *pools;
	int64_t *quota;            /* alloc_at(): factor, pool, period */
	struct alloc_carry *carry; /* [factor * n_pools + pool] */
	int64_t *reserve;          /* by factor */
	struct alloc_limit *limits;
	struct alloc_goal *goals;
	struct alloc_transfer *transfers;
	struct alloc_floor *floors;
	struct alloc_pair *pairs;
	struct alloc_project *projects;
	struct alloc_alt *alts;
	struct alloc_use *uses;
	struct alloc_ineligible *ineligible;
};

static inline size_t alloc_at(const struct alloc *in, int32_t f, int32_t q, int32_t t) {
	return ((size_t)f * (size_t)in->n_pools + (size_t)q) * (size_t)in->n_periods + (size_t)t;
}

/* floor(permille * amount / 1000); both not negative, amount up to ALLOC_QTY_MAX. */
static inline int64_t permille_of(int64_t amount, int32_t permille) {
	return amount * permille / 1000;
}

const char *goal_name(enum alloc_kind kind); /* as in the text form */
bool goal_is_max(enum alloc_kind kind);

/* Sum of a factor's quota over all pools and periods; of the city pool alone. */
int64_t alloc_quota_total(const struct alloc *in, int32_t factor);
int64_t alloc_city_total(const struct alloc *in, int32_t factor);

/* Does the limit select this project? */
bool limit_selects(const struct alloc_limit *l, const struct alloc_project *p);

/* The concentration cap of a factor, -1 when the rule is off (fewer than three counties have
 * projects, or no cap is given). */
int64_t alloc_concentration_cap(const struct alloc *in, int32_t factor);

/* One movement of quota. */
enum alloc_flow_kind {
	FLOW_CARRY,
	FLOW_LAPSE,
	FLOW_WITHDRAW,
	FLOW_GRANT,
	FLOW_TRANSFER,
	FLOW_DRAW,
	FLOW__N
};

struct alloc_flow {
	enum alloc_flow_kind kind;
	int32_t factor, pool, period;
	int32_t to;      /* FLOW_TRANSFER: the receiving pool */
	int32_t project; /* FLOW_DRAW: whose use of `pool` the city pool serves */
	int64_t amount;
};

/* A choice with the movements that make it feasible. choice[i] is an alternative number or -1. */
struct alloc_plan {
	int32_t *choice;
	struct alloc_flow *flows;
	size_t n_flows;
};

extern const char *const alloc_flow_names[FLOW__N];

#endif
