/* Reads what a city has: factors, pools, quota, limits, objectives. */
#include "solve/alloc_reader.h"

/* ---- the parts, in the order in which they refer to each other ---- */

bool rd_id_list(struct rd *d, json_t *root, const char *key, bool must, size_t max,
				struct ids **ids, struct str **out, int32_t *n) {
	json_t *list;
	const struct at *at = KEY(NULL, key);
	if (!rd_array(d, NULL, root, key, must, max, &list)) return false;
	*ids = ids_new(d->arena, json_array_size(list));
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct str s;
		if (!rd_as_text(d, ELEM(at, i), json_array_get(list, i), &s)) return false;
		if (!ids_add(*ids, s))
			return rd_refuse(d, ELEM(at, i), "duplicate", "this id stands twice; ids must differ",
							 s);
	}
	*out = (*ids)->id;
	*n = (*ids)->n;
	if (must && *n == 0)
		return rd_refuse(d, at, "empty", "at least one is needed", (struct str){0});
	return true;
}

/* Units of quantities: factor 1 of the unit is one integer step. A unit that is not here is most
 * often a slip (mu for 0.1mu changes every figure by ten), so it is refused. */
static const char *const units[] = {
	"mu",     "0.1mu",    "0.01mu",   "mu_e2",    "mu_e1",       "亩",         "0.1亩",
	"0.01亩", "ha",       "0.1ha",    "0.01ha",   "m2",          "m²",         "km2",
	"公顷",   "平方米",   "tce",      "0.1tce",   "0.01tce",     "tce_e2",     "tce_e1",
	"tce/a",  "tce/年",   "10ktce",   "吨标准煤", "吨标准煤/年", "万吨标准煤", "kgce",
	"g",      "kg",       "t",        "0.1t",     "0.01t",       "t_e1",       "t_e2",
	"kt",     "10kt",     "吨",       "吨/年",    "千克",        "公斤",       "万吨",
	"t/a",    "t/h",      "kg/a",     "kg/h",     "tco2",        "tco2_e1",    "0.1tco2",
	"tCO2",   "0.1tCO2",  "tco2e",    "10ktco2",  "m3",          "m³",         "10m3",
	"100m3",  "1000m3",   "10km3",    "10k_m3",   "万m³",        "万m³/年",    "m3/a",
	"m3/d",   "立方米",   "万立方米", "fen",      "jiao",        "yuan",       "100yuan",
	"kyuan",  "1000yuan", "10kyuan",  "wan",      "wanyuan",     "Myuan",      "100Myuan",
	"元",     "分",       "万元",     "亿元",     "cny",         "CNY",        "usd",
	"USD",    "kW",       "MW",       "GW",       "kVA",         "MVA",        "kWh",
	"MWh",    "GWh",      "10kWh",    "万千瓦时", "kJ",          "MJ",         "GJ",
	"TJ",     "person",   "人",       "piece",    "个",          "unit",       "units",
	"1",      NULL,
};

static bool read_factor(struct rd *d, const struct at *at, json_t *o, struct alloc_factor *f) {
	struct str kind;
	if (!rd_is_object(d, at, o) || !ONLY(d, at, o, "id", "unit", "kind", "carry_permille"))
		return false;
	if (!rd_text(d, at, o, "id", &f->id) || !rd_new_id(d, at, d->factors, f->id)) return false;
	if (!rd_text(d, at, o, "unit", &f->unit)) return false;
	if (!rd_is_one_of(units, f->unit.p))
		return rd_refuse(
			d, KEY(at, "unit"), "unknown_unit",
			"not a unit of this system; use one such as 0.1mu, tce, kg, t, m3, 10kyuan", f->unit);
	if (!rd_text(d, at, o, "kind", &kind)) return false;
	f->is_flow = str_eq(kind, S("flow"));
	if (!f->is_flow && !str_eq(kind, S("stock")))
		return rd_refuse(d, KEY(at, "kind"), "unknown_kind", "kind is stock or flow", kind);
	return rd_permille(d, at, o, "carry_permille", 0, &f->carry_permille);
}

bool rd_factors(struct rd *d, json_t *root) {
	json_t *list;
	if (!rd_array(d, NULL, root, "factors", true, ALLOC_FACTORS_MAX, &list)) return false;
	size_t n = json_array_size(list);
	d->factors = ids_new(d->arena, n);
	d->in->factors = arena_array(d->arena, n + 1, sizeof *d->in->factors);
	d->in->n_factors = (int32_t)n;
	for (size_t i = 0; i < n; i++)
		if (!read_factor(d, ELEM(KEY(NULL, "factors"), i), json_array_get(list, i),
						 &d->in->factors[i]))
			return false;
	return n > 0 ||
		   rd_refuse(d, KEY(NULL, "factors"), "empty", "at least one is needed", (struct str){0});
}

static bool read_pool(struct rd *d, const struct at *at, json_t *o, int32_t no) {
	struct alloc_pool *q = &d->in->pools[no];
	struct str kind;
	if (!rd_is_object(d, at, o) ||
		!ONLY(d, at, o, "id", "kind", "withdraw_permille", "grant_permille"))
		return false;
	if (!rd_text(d, at, o, "id", &q->id) || !rd_new_id(d, at, d->pools, q->id)) return false;
	if (!rd_text(d, at, o, "kind", &kind)) return false;
	q->is_city = str_eq(kind, S("city"));
	if (!q->is_city && !str_eq(kind, S("county")))
		return rd_refuse(d, KEY(at, "kind"), "unknown_kind", "kind is city or county", kind);
	if (q->is_city && d->in->city >= 0)
		return rd_refuse(d, KEY(at, "kind"), "city_twice",
						 "exactly one pool is the city's; make the others county", q->id);
	if (q->is_city) d->in->city = no;
	return rd_permille(d, at, o, "withdraw_permille", 0, &q->withdraw_permille) &&
		   rd_permille(d, at, o, "grant_permille", 0, &q->grant_permille);
}

bool rd_pools(struct rd *d, json_t *root) {
	json_t *list;
	if (!rd_array(d, NULL, root, "pools", true, ALLOC_POOLS_MAX, &list)) return false;
	size_t n = json_array_size(list);
	d->pools = ids_new(d->arena, n);
	d->in->pools = arena_array(d->arena, n + 1, sizeof *d->in->pools);
	d->in->n_pools = (int32_t)n;
	d->in->city = -1;
	for (size_t i = 0; i < n; i++)
		if (!read_pool(d, ELEM(KEY(NULL, "pools"), i), json_array_get(list, i), (int32_t)i))
			return false;
	return d->in->city >= 0 || rd_refuse(d, KEY(NULL, "pools"), "no_city",
										 "one pool must have kind city", (struct str){0});
}

static bool read_quota_row(struct rd *d, const struct at *at, json_t *o, bool *seen) {
	int32_t q, f;
	json_t *list;
	if (!rd_is_object(d, at, o) || !ONLY(d, at, o, "pool", "factor", "amount")) return false;
	if (!rd_pool(d, at, o, "pool", &q) || !rd_factor(d, at, o, &f)) return false;
	bool *mark = &seen[f * d->in->n_pools + q];
	if (*mark)
		return rd_refuse(d, at, "duplicate", "pool and factor stand twice; join the rows",
						 d->in->pools[q].id);
	*mark = true;
	if (!rd_array(d, at, o, "amount", true, ALLOC_PERIODS_MAX, &list)) return false;
	if ((int32_t)json_array_size(list) != d->in->n_periods)
		return rd_refuse_int(d, KEY(at, "amount"), "length",
							 "one amount for each period is needed, not",
							 (int64_t)json_array_size(list));
	for (int32_t t = 0; t < d->in->n_periods; t++)
		if (!rd_as_int(d, ELEM(KEY(at, "amount"), (size_t)t), json_array_get(list, (size_t)t), 0,
					   ALLOC_QTY_MAX, &d->in->quota[alloc_at(d->in, f, q, t)]))
			return false;
	return true;
}

bool rd_quota(struct rd *d, json_t *root) {
	struct alloc *in = d->in;
	json_t *list;
	size_t pairs = (size_t)in->n_pools * (size_t)in->n_factors;
	if (!rd_array(d, NULL, root, "quota", true, pairs + 1, &list)) return false;
	in->quota = arena_array(d->arena, pairs * (size_t)in->n_periods, sizeof *in->quota);
	bool *seen = arena_array(d->arena, pairs, sizeof *seen);
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!read_quota_row(d, ELEM(KEY(NULL, "quota"), i), json_array_get(list, i), seen))
			return false;
	for (int32_t f = 0; f < in->n_factors; f++) {
		int64_t sum = 0;
		for (size_t k = alloc_at(in, f, 0, 0); k < alloc_at(in, f + 1, 0, 0); k++) {
			sum += in->quota[k];
			if (sum > ALLOC_QTY_MAX)
				return rd_refuse(d, KEY(NULL, "quota"), "overflow",
								 "the sum of this factor's quota is over 2^53; use a larger unit",
								 in->factors[f].id);
		}
	}
	return true;
}

static bool read_set(struct rd *d, const struct at *at, json_t *o, const char *key,
					 const struct ids *ids, const bool **out) {
	json_t *list;
	*out = NULL;
	if (!rd_array(d, at, o, key, false, 100000, &list) || !list)
		return !list && !json_object_get(o, key);
	bool *set = arena_array(d->arena, (size_t)ids->n + 1, sizeof *set);
	for (size_t i = 0; i < json_array_size(list); i++) {
		int32_t no;
		if (!rd_ref(d, ELEM(KEY(at, key), i), json_array_get(list, i), ids, "no such id", &no))
			return false;
		set[no] = true;
	}
	*out = set;
	return true;
}

bool rd_limits(struct rd *d, json_t *root) {
	json_t *list;
	const struct at *top = KEY(NULL, "limits");
	if (!rd_array(d, NULL, root, "limits", false, 10000, &list)) return false;
	struct ids *ids = ids_new(d->arena, json_array_size(list));
	d->in->limits = arena_array(d->arena, json_array_size(list) + 1, sizeof *d->in->limits);
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *o = json_array_get(list, i);
		const struct at *at = ELEM(top, i);
		struct alloc_limit *l = &d->in->limits[d->in->n_limits++];
		if (!rd_is_object(d, at, o) ||
			!ONLY(d, at, o, "id", "factor", "rating", "class", "county", "max_permille"))
			return false;
		if (!rd_text(d, at, o, "id", &l->id) || !rd_new_id(d, at, ids, l->id) ||
			!rd_factor(d, at, o, &l->factor))
			return false;
		if (!read_set(d, at, o, "rating", d->ratings, &l->rating) ||
			!read_set(d, at, o, "class", d->classes, &l->class_no) ||
			!read_set(d, at, o, "county", d->pools, &l->county))
			return false;
		if (!rd_permille(d, at, o, "max_permille", -1, &l->max_permille)) return false;
	}
	return true;
}

bool rd_goal(struct rd *d, const struct at *at, json_t *o, struct alloc_goal *g) {
	struct str kind;
	if (!rd_is_object(d, at, o) || !ONLY(d, at, o, "kind", "class", "eps_permille")) return false;
	if (!rd_text(d, at, o, "kind", &kind) ||
		!rd_permille(d, at, o, "eps_permille", 0, &g->eps_permille))
		return false;
	int k = 0;
	while (k < GOAL__N && !str_eq(kind, str_c(goal_name((enum alloc_kind)k)))) k++;
	if (k == GOAL__N)
		return rd_refuse(d, KEY(at, "kind"), "unknown_kind", "no such objective", kind);
	g->kind = (enum alloc_kind)k;
	g->class_no = -1;
	json_t *c = json_object_get(o, "class");
	if (k > GOAL_CLASS_VALUE)
		return !c || rd_refuse(d, KEY(at, "class"), "surplus",
							   "only class_serve and class_value have a class", kind);
	if (!c) return rd_member(d, at, o, "class", true) != NULL;
	return rd_ref(d, KEY(at, "class"), c, d->classes, "no class has this id", &g->class_no);
}

static void default_goals(struct alloc *in) {
	for (int32_t k = 0; k + 1 < in->n_classes; k++)
		in->goals[in->n_goals++] = (struct alloc_goal){GOAL_CLASS_SERVE, k, 0};
	static const enum alloc_kind rest[] = {GOAL_VALUE, GOAL_FAIRNESS, GOAL_STABILITY, GOAL_IDS};
	for (int i = 0; i < 4; i++) in->goals[in->n_goals++] = (struct alloc_goal){rest[i], -1, 0};
}

bool rd_goals(struct rd *d, json_t *root) {
	json_t *list;
	struct alloc *in = d->in;
	if (!rd_array(d, NULL, root, "objectives", false, 64, &list)) return false;
	in->goals =
		arena_array(d->arena, json_array_size(list) + (size_t)in->n_classes + 4, sizeof *in->goals);
	if (!list) default_goals(in);
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!rd_goal(d, ELEM(KEY(NULL, "objectives"), i), json_array_get(list, i),
					 &in->goals[in->n_goals++]))
			return false;
	return true;
}
