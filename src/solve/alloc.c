#include "solve/alloc.h"

#include <assert.h>

const char *const alloc_flow_names[FLOW__N] = {
	[FLOW_CARRY] = "carry", [FLOW_LAPSE] = "lapse",       [FLOW_WITHDRAW] = "withdraw",
	[FLOW_GRANT] = "grant", [FLOW_TRANSFER] = "transfer", [FLOW_DRAW] = "draw",
};

static const struct {
	const char *name;
	bool is_max;
} goals[GOAL__N] = {
	[GOAL_CLASS_SERVE] = {"class_serve", true},
	[GOAL_CLASS_VALUE] = {"class_value", true},
	[GOAL_VALUE] = {"value", true},
	[GOAL_DELAY] = {"delay", false},
	[GOAL_CITY_DRAW] = {"city_draw", false},
	[GOAL_TRANSFER] = {"transfer", false},
	[GOAL_FAIRNESS] = {"fairness", true},
	[GOAL_STABILITY] = {"stability", false},
	[GOAL_IDS] = {"ids", false},
};

const char *goal_name(enum alloc_kind kind) {
	assert(kind < GOAL__N);
	return goals[kind].name;
}

bool goal_is_max(enum alloc_kind kind) {
	assert(kind < GOAL__N);
	return goals[kind].is_max;
}

int64_t alloc_quota_total(const struct alloc *in, int32_t factor) {
	int64_t sum = 0;
	for (int32_t q = 0; q < in->n_pools; q++)
		for (int32_t t = 0; t < in->n_periods; t++) sum += in->quota[alloc_at(in, factor, q, t)];
	return sum;
}

int64_t alloc_city_total(const struct alloc *in, int32_t factor) {
	int64_t sum = 0;
	for (int32_t t = 0; t < in->n_periods; t++) sum += in->quota[alloc_at(in, factor, in->city, t)];
	return sum;
}

bool limit_selects(const struct alloc_limit *l, const struct alloc_project *p) {
	if (l->rating && (p->rating < 0 || !l->rating[p->rating])) return false;
	if (l->class_no && !l->class_no[p->class_no]) return false;
	return !l->county || l->county[p->county];
}

static bool county_asks(const struct alloc *in, int32_t q) {
	for (int32_t i = 0; i < in->n_projects; i++)
		if (in->projects[i].county == q && in->projects[i].n_alt > 0) return true;
	return false;
}

int64_t alloc_concentration_cap(const struct alloc *in, int32_t factor) {
	if (in->concentration_permille < 0) return -1;
	int counties = 0;
	for (int32_t q = 0; q < in->n_pools && counties < 3; q++)
		counties += !in->pools[q].is_city && county_asks(in, q);
	return counties < 3 ? -1
						: permille_of(alloc_city_total(in, factor), in->concentration_permille);
}
