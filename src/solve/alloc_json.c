#include "solve/alloc_json.h"

#include "base/buf.h"

#include <jansson.h>
#include <string.h>

/* ---- the place of a member: a chain on the stack, turned into text only for a failure ---- */

struct at {
	const struct at *up;
	const char *key; /* NULL: an element */
	size_t index;
};

struct rd {
	struct arena *arena;
	struct alloc_reading *r;
	struct alloc *in;
	struct ids *pools, *factors, *projects, *classes, *ratings;
};

#define KEY(up, k) (&(struct at){(up), (k), 0})
#define ELEM(up, i) (&(struct at){(up), NULL, (i)})

static void put_at(struct buf *b, const struct at *at) {
	if (!at) return;
	put_at(b, at->up);
	if (at->key) {
		if (b->n) buf_byte(b, '.');
		buf_c(b, at->key);
		return;
	}
	buf_byte(b, '[');
	buf_int(b, (int64_t)at->index);
	buf_byte(b, ']');
}

static struct str at_text(struct arena *a, const struct at *at) {
	struct buf b = {.arena = a};
	put_at(&b, at);
	return b.n ? buf_str(&b) : S("the text");
}

static bool refuse(struct rd *d, const struct at *at, const char *rule, const char *sentence,
				   struct str what) {
	struct error *e = &d->r->error;
	e->code = ERR_INVALID;
	e->field = at_text(d->arena, at);
	e->rule = str_c(rule);
	e->args[0] = what;
	struct buf b = {.arena = d->arena};
	buf_c(&b, sentence);
	if (what.n) {
		buf_c(&b, ": ");
		buf_json(&b, str_cp_head(what, 80));
	}
	e->message = buf_str(&b);
	return false;
}

static bool refuse_int(struct rd *d, const struct at *at, const char *rule, const char *sentence,
					   int64_t v) {
	return refuse(d, at, rule, sentence, str_of_int(d->arena, v));
}

/* ---- ids: one open-addressing table a kind ---- */

struct ids {
	struct str *id;
	int32_t *slot; /* number + 1, 0 = free */
	size_t mask;
	int32_t n;
};

static struct ids *ids_new(struct arena *a, size_t n) {
	struct ids *s = arena_alloc(a, sizeof *s);
	size_t room = 8;
	while (room < n * 2) room *= 2;
	s->id = arena_array(a, n ? n : 1, sizeof *s->id);
	s->slot = arena_array(a, room, sizeof *s->slot);
	s->mask = room - 1;
	return s;
}

static int32_t *ids_slot(const struct ids *s, struct str id) {
	size_t i = (size_t)str_hash(id) & s->mask;
	while (s->slot[i] && !str_eq(s->id[s->slot[i] - 1], id)) i = (i + 1) & s->mask;
	return &s->slot[i];
}

static int32_t ids_get(const struct ids *s, struct str id) {
	return *ids_slot(s, id) - 1;
}

static bool ids_add(struct ids *s, struct str id) {
	int32_t *slot = ids_slot(s, id);
	if (*slot) return false;
	s->id[s->n++] = id;
	*slot = s->n;
	return true;
}

/* ---- typed members ---- */

/* Members that may be missing are read with `has` given; *has tells. */
static json_t *member(struct rd *d, const struct at *at, json_t *o, const char *key, bool must) {
	json_t *v = json_object_get(o, key);
	if (!v && must)
		refuse(d, KEY(at, key), "missing", "this member is missing; add it", (struct str){0});
	return v;
}

static bool is_object(struct rd *d, const struct at *at, json_t *v) {
	return json_is_object(v) ||
		   refuse(d, at, "type", "an object { } is needed here", (struct str){0});
}

static bool is_array(struct rd *d, const struct at *at, json_t *v) {
	return json_is_array(v) ||
		   refuse(d, at, "type", "an array [ ] is needed here", (struct str){0});
}

static bool as_text(struct rd *d, const struct at *at, json_t *v, struct str *out) {
	if (!json_is_string(v)) return refuse(d, at, "type", "a text is needed here", (struct str){0});
	struct str s = {json_string_value(v), json_string_length(v)};
	if (s.n == 0) return refuse(d, at, "empty", "an id may not be empty", (struct str){0});
	if (s.n > 200) return refuse(d, at, "too_long", "an id has at most 200 bytes", s);
	*out = str_copy(d->arena, s);
	return true;
}

static bool as_int(struct rd *d, const struct at *at, json_t *v, int64_t min, int64_t max,
				   int64_t *out) {
	if (!json_is_integer(v))
		return refuse(d, at, "type", "a whole number is needed here (no fraction, no text)",
					  (struct str){0});
	int64_t n = json_integer_value(v);
	if (n < min)
		return refuse_int(d, at, n < 0 ? "negative" : "too_small",
						  min == 0 ? "may not be negative" : "is too small", n);
	if (n > max) return refuse_int(d, at, "overflow", "is over what this member may hold", n);
	*out = n;
	return true;
}

static bool text_member(struct rd *d, const struct at *at, json_t *o, const char *key,
						struct str *out) {
	json_t *v = member(d, at, o, key, true);
	return v && as_text(d, KEY(at, key), v, out);
}

/* Missing gives `def`; without a default (def < min) it is refused. */
static bool int_member(struct rd *d, const struct at *at, json_t *o, const char *key, int64_t min,
					   int64_t max, int64_t def, int64_t *out) {
	json_t *v = member(d, at, o, key, def < min);
	*out = def;
	if (!v) return def >= min;
	return as_int(d, KEY(at, key), v, min, max, out);
}

static bool permille_member(struct rd *d, const struct at *at, json_t *o, const char *key,
							int32_t def, int32_t *out) {
	int64_t v;
	bool is_optional = def >= 0;
	if (!int_member(d, at, o, key, 0, 1000, is_optional ? def : -1, &v)) return false;
	*out = (int32_t)v;
	return true;
}

/* An optional array: NULL when missing (then true), counted and capped. */
static bool array_member(struct rd *d, const struct at *at, json_t *o, const char *key, bool must,
						 size_t max, json_t **out) {
	*out = NULL;
	json_t *v = member(d, at, o, key, must);
	if (!v) return !must;
	if (!is_array(d, KEY(at, key), v)) return false;
	if (json_array_size(v) > max)
		return refuse_int(d, KEY(at, key), "too_many",
						  "has too many elements; this format allows at most", (int64_t)max);
	*out = v;
	return true;
}

static bool ref(struct rd *d, const struct at *at, json_t *v, const struct ids *ids,
				const char *sentence, int32_t *out) {
	struct str s;
	if (!as_text(d, at, v, &s)) return false;
	*out = ids_get(ids, s);
	return *out >= 0 || refuse(d, at, "unknown_id", sentence, s);
}

static bool pool_member(struct rd *d, const struct at *at, json_t *o, const char *key,
						int32_t *out) {
	json_t *v = member(d, at, o, key, true);
	return v && ref(d, KEY(at, key), v, d->pools,
					"no pool has this id; add it to pools[] or mend it", out);
}

static bool factor_member(struct rd *d, const struct at *at, json_t *o, int32_t *out) {
	json_t *v = member(d, at, o, "factor", true);
	return v && ref(d, KEY(at, "factor"), v, d->factors,
					"no factor has this id; add it to factors[] or mend it", out);
}

static bool is_known(const char *const *known, const char *key) {
	for (; *known; known++)
		if (!strcmp(*known, key)) return true;
	return false;
}

/* An unknown member is a warning, with is_strict an error. */
static bool only_known(struct rd *d, const struct at *at, json_t *o, const char *const *known) {
	const char *key;
	json_t *v;
	json_object_foreach(o, key, v) {
		if (is_known(known, key)) continue;
		struct str name = str_copy(d->arena, str_c(key));
		if (d->r->is_strict)
			return refuse(d, KEY(at, name.p), "unknown_member",
						  "this format has no such member; remove it or read without --strict",
						  name);
		if (d->r->n_warnings >= 100) continue;
		struct buf b = {.arena = d->arena};
		buf_add(&b, at_text(d->arena, KEY(at, name.p)));
		buf_c(&b, ": unknown member, not read");
		d->r->warnings[d->r->n_warnings++] = buf_str(&b);
	}
	return true;
}

#define ONLY(d, at, o, ...) only_known((d), (at), (o), (const char *const[]){__VA_ARGS__, NULL})

static bool new_id(struct rd *d, const struct at *at, struct ids *ids, struct str id) {
	return ids_add(ids, id) ||
		   refuse(d, KEY(at, "id"), "duplicate", "this id stands twice; ids must differ", id);
}

/* ---- the parts, in the order in which they refer to each other ---- */

static bool read_id_list(struct rd *d, json_t *root, const char *key, bool must, size_t max,
						 struct ids **ids, struct str **out, int32_t *n) {
	json_t *list;
	const struct at *at = KEY(NULL, key);
	if (!array_member(d, NULL, root, key, must, max, &list)) return false;
	*ids = ids_new(d->arena, json_array_size(list));
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct str s;
		if (!as_text(d, ELEM(at, i), json_array_get(list, i), &s)) return false;
		if (!ids_add(*ids, s))
			return refuse(d, ELEM(at, i), "duplicate", "this id stands twice; ids must differ", s);
	}
	*out = (*ids)->id;
	*n = (*ids)->n;
	if (must && *n == 0) return refuse(d, at, "empty", "at least one is needed", (struct str){0});
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
	if (!is_object(d, at, o) || !ONLY(d, at, o, "id", "unit", "kind", "carry_permille"))
		return false;
	if (!text_member(d, at, o, "id", &f->id) || !new_id(d, at, d->factors, f->id)) return false;
	if (!text_member(d, at, o, "unit", &f->unit)) return false;
	if (!is_known(units, f->unit.p))
		return refuse(d, KEY(at, "unit"), "unknown_unit",
					  "not a unit of this system; use one such as 0.1mu, tce, kg, t, m3, 10kyuan",
					  f->unit);
	if (!text_member(d, at, o, "kind", &kind)) return false;
	f->is_flow = str_eq(kind, S("flow"));
	if (!f->is_flow && !str_eq(kind, S("stock")))
		return refuse(d, KEY(at, "kind"), "unknown_kind", "kind is stock or flow", kind);
	return permille_member(d, at, o, "carry_permille", 0, &f->carry_permille);
}

static bool read_factors(struct rd *d, json_t *root) {
	json_t *list;
	if (!array_member(d, NULL, root, "factors", true, ALLOC_FACTORS_MAX, &list)) return false;
	size_t n = json_array_size(list);
	d->factors = ids_new(d->arena, n);
	d->in->factors = arena_array(d->arena, n + 1, sizeof *d->in->factors);
	d->in->n_factors = (int32_t)n;
	for (size_t i = 0; i < n; i++)
		if (!read_factor(d, ELEM(KEY(NULL, "factors"), i), json_array_get(list, i),
						 &d->in->factors[i]))
			return false;
	return n > 0 ||
		   refuse(d, KEY(NULL, "factors"), "empty", "at least one is needed", (struct str){0});
}

static bool read_pool(struct rd *d, const struct at *at, json_t *o, int32_t no) {
	struct alloc_pool *q = &d->in->pools[no];
	struct str kind;
	if (!is_object(d, at, o) ||
		!ONLY(d, at, o, "id", "kind", "withdraw_permille", "grant_permille"))
		return false;
	if (!text_member(d, at, o, "id", &q->id) || !new_id(d, at, d->pools, q->id)) return false;
	if (!text_member(d, at, o, "kind", &kind)) return false;
	q->is_city = str_eq(kind, S("city"));
	if (!q->is_city && !str_eq(kind, S("county")))
		return refuse(d, KEY(at, "kind"), "unknown_kind", "kind is city or county", kind);
	if (q->is_city && d->in->city >= 0)
		return refuse(d, KEY(at, "kind"), "city_twice",
					  "exactly one pool is the city's; make the others county", q->id);
	if (q->is_city) d->in->city = no;
	return permille_member(d, at, o, "withdraw_permille", 0, &q->withdraw_permille) &&
		   permille_member(d, at, o, "grant_permille", 0, &q->grant_permille);
}

static bool read_pools(struct rd *d, json_t *root) {
	json_t *list;
	if (!array_member(d, NULL, root, "pools", true, ALLOC_POOLS_MAX, &list)) return false;
	size_t n = json_array_size(list);
	d->pools = ids_new(d->arena, n);
	d->in->pools = arena_array(d->arena, n + 1, sizeof *d->in->pools);
	d->in->n_pools = (int32_t)n;
	d->in->city = -1;
	for (size_t i = 0; i < n; i++)
		if (!read_pool(d, ELEM(KEY(NULL, "pools"), i), json_array_get(list, i), (int32_t)i))
			return false;
	return d->in->city >= 0 || refuse(d, KEY(NULL, "pools"), "no_city",
									  "one pool must have kind city", (struct str){0});
}

static bool read_quota_row(struct rd *d, const struct at *at, json_t *o, bool *seen) {
	int32_t q, f;
	json_t *list;
	if (!is_object(d, at, o) || !ONLY(d, at, o, "pool", "factor", "amount")) return false;
	if (!pool_member(d, at, o, "pool", &q) || !factor_member(d, at, o, &f)) return false;
	bool *mark = &seen[f * d->in->n_pools + q];
	if (*mark)
		return refuse(d, at, "duplicate", "pool and factor stand twice; join the rows",
					  d->in->pools[q].id);
	*mark = true;
	if (!array_member(d, at, o, "amount", true, ALLOC_PERIODS_MAX, &list)) return false;
	if ((int32_t)json_array_size(list) != d->in->n_periods)
		return refuse_int(d, KEY(at, "amount"), "length",
						  "one amount for each period is needed, not",
						  (int64_t)json_array_size(list));
	for (int32_t t = 0; t < d->in->n_periods; t++)
		if (!as_int(d, ELEM(KEY(at, "amount"), (size_t)t), json_array_get(list, (size_t)t), 0,
					ALLOC_QTY_MAX, &d->in->quota[alloc_at(d->in, f, q, t)]))
			return false;
	return true;
}

static bool read_quota(struct rd *d, json_t *root) {
	struct alloc *in = d->in;
	json_t *list;
	size_t pairs = (size_t)in->n_pools * (size_t)in->n_factors;
	if (!array_member(d, NULL, root, "quota", true, pairs + 1, &list)) return false;
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
				return refuse(d, KEY(NULL, "quota"), "overflow",
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
	if (!array_member(d, at, o, key, false, 100000, &list) || !list)
		return !list && !json_object_get(o, key);
	bool *set = arena_array(d->arena, (size_t)ids->n + 1, sizeof *set);
	for (size_t i = 0; i < json_array_size(list); i++) {
		int32_t no;
		if (!ref(d, ELEM(KEY(at, key), i), json_array_get(list, i), ids, "no such id", &no))
			return false;
		set[no] = true;
	}
	*out = set;
	return true;
}

static bool read_limits(struct rd *d, json_t *root) {
	json_t *list;
	const struct at *top = KEY(NULL, "limits");
	if (!array_member(d, NULL, root, "limits", false, 10000, &list)) return false;
	struct ids *ids = ids_new(d->arena, json_array_size(list));
	d->in->limits = arena_array(d->arena, json_array_size(list) + 1, sizeof *d->in->limits);
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *o = json_array_get(list, i);
		const struct at *at = ELEM(top, i);
		struct alloc_limit *l = &d->in->limits[d->in->n_limits++];
		if (!is_object(d, at, o) ||
			!ONLY(d, at, o, "id", "factor", "rating", "class", "county", "max_permille"))
			return false;
		if (!text_member(d, at, o, "id", &l->id) || !new_id(d, at, ids, l->id) ||
			!factor_member(d, at, o, &l->factor))
			return false;
		if (!read_set(d, at, o, "rating", d->ratings, &l->rating) ||
			!read_set(d, at, o, "class", d->classes, &l->class_no) ||
			!read_set(d, at, o, "county", d->pools, &l->county))
			return false;
		if (!permille_member(d, at, o, "max_permille", -1, &l->max_permille)) return false;
	}
	return true;
}

static bool read_goal(struct rd *d, const struct at *at, json_t *o, struct alloc_goal *g) {
	struct str kind;
	if (!is_object(d, at, o) || !ONLY(d, at, o, "kind", "class", "eps_permille")) return false;
	if (!text_member(d, at, o, "kind", &kind) ||
		!permille_member(d, at, o, "eps_permille", 0, &g->eps_permille))
		return false;
	int k = 0;
	while (k < GOAL__N && !str_eq(kind, str_c(goal_name((enum alloc_kind)k)))) k++;
	if (k == GOAL__N) return refuse(d, KEY(at, "kind"), "unknown_kind", "no such objective", kind);
	g->kind = (enum alloc_kind)k;
	g->class_no = -1;
	json_t *c = json_object_get(o, "class");
	if (k > GOAL_CLASS_VALUE)
		return !c || refuse(d, KEY(at, "class"), "surplus",
							"only class_serve and class_value have a class", kind);
	if (!c) return member(d, at, o, "class", true) != NULL;
	return ref(d, KEY(at, "class"), c, d->classes, "no class has this id", &g->class_no);
}

static void default_goals(struct alloc *in) {
	for (int32_t k = 0; k + 1 < in->n_classes; k++)
		in->goals[in->n_goals++] = (struct alloc_goal){GOAL_CLASS_SERVE, k, 0};
	static const enum alloc_kind rest[] = {GOAL_VALUE, GOAL_FAIRNESS, GOAL_STABILITY, GOAL_IDS};
	for (int i = 0; i < 4; i++) in->goals[in->n_goals++] = (struct alloc_goal){rest[i], -1, 0};
}

static bool read_goals(struct rd *d, json_t *root) {
	json_t *list;
	struct alloc *in = d->in;
	if (!array_member(d, NULL, root, "objectives", false, 64, &list)) return false;
	in->goals =
		arena_array(d->arena, json_array_size(list) + (size_t)in->n_classes + 4, sizeof *in->goals);
	if (!list) default_goals(in);
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!read_goal(d, ELEM(KEY(NULL, "objectives"), i), json_array_get(list, i),
					   &in->goals[in->n_goals++]))
			return false;
	return true;
}

static bool read_carry(struct rd *d, json_t *root) {
	json_t *list;
	struct alloc *in = d->in;
	size_t pairs = (size_t)in->n_pools * (size_t)in->n_factors;
	in->carry = arena_array(d->arena, pairs, sizeof *in->carry);
	if (!array_member(d, NULL, root, "carry", false, pairs, &list)) return false;
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *o = json_array_get(list, i);
		const struct at *at = ELEM(KEY(NULL, "carry"), i);
		int32_t q, f;
		if (!is_object(d, at, o) || !ONLY(d, at, o, "pool", "factor", "permille", "max"))
			return false;
		if (!pool_member(d, at, o, "pool", &q) || !factor_member(d, at, o, &f)) return false;
		struct alloc_carry *c = &in->carry[f * in->n_pools + q];
		if (c->is_set)
			return refuse(d, at, "duplicate", "pool and factor stand twice", in->pools[q].id);
		c->is_set = true;
		if (!permille_member(d, at, o, "permille", -1, &c->permille)) return false;
		c->max = -1;
		if (json_object_get(o, "max") &&
			!int_member(d, at, o, "max", 0, ALLOC_QTY_MAX, -1, &c->max))
			return false;
	}
	return true;
}

/* Depth first along the arcs of one factor; a pool met again on the way down closes a ring. */
static bool has_ring(const struct alloc *in, int32_t f, int32_t q, char *state) {
	if (state[q]) return state[q] == 1;
	state[q] = 1;
	for (int32_t k = 0; k < in->n_transfers; k++)
		if (in->transfers[k].factor == f && in->transfers[k].from == q &&
			has_ring(in, f, in->transfers[k].to, state))
			return true;
	state[q] = 2;
	return false;
}

static bool no_rings(struct rd *d) {
	const struct alloc *in = d->in;
	char *state = arena_array(d->arena, (size_t)in->n_pools, 1);
	for (int32_t k = 0; k < in->n_transfers; k++) {
		const struct alloc_transfer *x = &in->transfers[k];
		memset(state, 0, (size_t)in->n_pools);
		if (has_ring(in, x->factor, x->from, state))
			return refuse(d, ELEM(KEY(NULL, "transfers"), (size_t)k), "pool_cycle",
						  "transfers of one factor go round in a ring; take one arc out",
						  in->pools[x->from].id);
	}
	return true;
}

static bool read_transfers(struct rd *d, json_t *root) {
	json_t *list;
	struct alloc *in = d->in;
	if (!array_member(d, NULL, root, "transfers", false, 10000, &list)) return false;
	in->transfers = arena_array(d->arena, json_array_size(list) + 1, sizeof *in->transfers);
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *o = json_array_get(list, i);
		const struct at *at = ELEM(KEY(NULL, "transfers"), i);
		struct alloc_transfer x;
		if (!is_object(d, at, o) || !ONLY(d, at, o, "from", "to", "factor", "max")) return false;
		if (!pool_member(d, at, o, "from", &x.from) || !pool_member(d, at, o, "to", &x.to) ||
			!factor_member(d, at, o, &x.factor))
			return false;
		if (x.from == x.to)
			return refuse(d, KEY(at, "to"), "pool_cycle", "a pool cannot pass on to itself",
						  in->pools[x.to].id);
		if (x.from == in->city || x.to == in->city)
			return refuse(d, at, "not_county",
						  "transfers are between counties; the city takes and gives by "
						  "withdraw_permille and grant_permille",
						  (struct str){0});
		if (!int_member(d, at, o, "max", 0, ALLOC_QTY_MAX, -1, &x.max)) return false;
		for (int32_t k = 0; k < in->n_transfers; k++)
			if (in->transfers[k].from == x.from && in->transfers[k].to == x.to &&
				in->transfers[k].factor == x.factor)
				return refuse(d, at, "duplicate", "this arc stands twice; join the rows",
							  in->pools[x.from].id);
		in->transfers[in->n_transfers++] = x;
	}
	return no_rings(d);
}

static bool read_reserve(struct rd *d, json_t *root) {
	json_t *list;
	struct alloc *in = d->in;
	bool *seen = arena_array(d->arena, (size_t)in->n_factors, sizeof *seen);
	in->reserve = arena_array(d->arena, (size_t)in->n_factors, sizeof *in->reserve);
	if (!array_member(d, NULL, root, "reserve", false, (size_t)in->n_factors, &list)) return false;
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *o = json_array_get(list, i);
		const struct at *at = ELEM(KEY(NULL, "reserve"), i);
		int32_t f;
		if (!is_object(d, at, o) || !ONLY(d, at, o, "factor", "amount") ||
			!factor_member(d, at, o, &f))
			return false;
		if (seen[f])
			return refuse(d, at, "duplicate", "this factor stands twice", in->factors[f].id);
		seen[f] = true;
		if (!int_member(d, at, o, "amount", 0, ALLOC_QTY_MAX, -1, &in->reserve[f])) return false;
	}
	return true;
}

static bool read_floors(struct rd *d, json_t *root) {
	json_t *list;
	struct alloc *in = d->in;
	if (!array_member(d, NULL, root, "floors", false, 10000, &list)) return false;
	in->floors = arena_array(d->arena, json_array_size(list) + 1, sizeof *in->floors);
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *o = json_array_get(list, i);
		const struct at *at = ELEM(KEY(NULL, "floors"), i);
		struct alloc_floor x;
		if (!is_object(d, at, o) || !ONLY(d, at, o, "pool", "factor", "amount")) return false;
		if (!pool_member(d, at, o, "pool", &x.pool) || !factor_member(d, at, o, &x.factor))
			return false;
		if (!int_member(d, at, o, "amount", 0, ALLOC_QTY_MAX, -1, &x.amount)) return false;
		for (int32_t k = 0; k < in->n_floors; k++)
			if (in->floors[k].pool == x.pool && in->floors[k].factor == x.factor)
				return refuse(d, at, "duplicate", "pool and factor stand twice",
							  in->pools[x.pool].id);
		in->floors[in->n_floors++] = x;
	}
	return true;
}

static bool read_lapse(struct rd *d, json_t *root) {
	json_t *list;
	if (!array_member(d, NULL, root, "lapse_to_city", false, ALLOC_POOLS_MAX, &list)) return false;
	for (size_t i = 0; i < json_array_size(list); i++) {
		int32_t q;
		const struct at *at = ELEM(KEY(NULL, "lapse_to_city"), i);
		if (!ref(d, at, json_array_get(list, i), d->pools, "no pool has this id", &q)) return false;
		d->in->pools[q].lapses_to_city = true;
	}
	return true;
}

/* ---- projects ---- */

static bool period_at(struct rd *d, const struct at *at, json_t *v, int32_t *out) {
	int64_t n;
	if (!as_int(d, at, v, 1, d->in->n_periods, &n)) return false;
	*out = (int32_t)n - 1;
	return true;
}

static bool read_use(struct rd *d, const struct at *at, json_t *v, struct alloc_use *u) {
	if (!is_array(d, at, v)) return false;
	if (json_array_size(v) != 5)
		return refuse_int(d, at, "length",
						  "a use is [pool, factor, from, to, amount], not this many",
						  (int64_t)json_array_size(v));
	if (!ref(d, ELEM(at, 0), json_array_get(v, 0), d->pools, "no pool has this id", &u->pool) ||
		!ref(d, ELEM(at, 1), json_array_get(v, 1), d->factors, "no factor has this id",
			 &u->factor) ||
		!period_at(d, ELEM(at, 2), json_array_get(v, 2), &u->from) ||
		!period_at(d, ELEM(at, 3), json_array_get(v, 3), &u->to))
		return false;
	if (u->from > u->to)
		return refuse(d, at, "range", "a use begins after it ends; swap the periods",
					  (struct str){0});
	return as_int(d, ELEM(at, 4), json_array_get(v, 4), 0, ALLOC_QTY_MAX, &u->amount);
}

static bool read_uses(struct rd *d, const struct at *at, json_t *o, struct alloc_alt *a) {
	json_t *list = json_object_get(o, "use");
	int64_t sum = 0;
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct alloc_use *u = &d->in->uses[d->in->n_uses];
		if (!read_use(d, ELEM(KEY(at, "use"), i), json_array_get(list, i), u)) return false;
		if (u->amount > (ALLOC_QTY_MAX - sum) / (u->to - u->from + 1))
			return refuse(d, KEY(at, "use"), "overflow",
						  "the demand of one alternative is over 2^53", a->id);
		sum += u->amount * (u->to - u->from + 1);
		d->in->n_uses++;
		a->n_use++;
	}
	return sum > 0 ||
		   refuse(d, KEY(at, "use"), "no_demand",
				  "an alternative without demand cannot be allocated; give its use", a->id);
}

static bool read_alt(struct rd *d, const struct at *at, json_t *o, int32_t project) {
	struct alloc *in = d->in;
	struct alloc_alt *a = &in->alts[in->n_alts];
	int64_t serve, delay;
	if (!ONLY(d, at, o, "id", "value", "serve", "delay", "city_share_permille", "use"))
		return false;
	if (!text_member(d, at, o, "id", &a->id)) return false;
	for (int32_t k = in->projects[project].alt; k < in->n_alts; k++)
		if (str_eq(in->alts[k].id, a->id))
			return refuse(d, KEY(at, "id"), "duplicate",
						  "two alternatives of a project have this id", a->id);
	if (!int_member(d, at, o, "value", 1, ALLOC_QTY_MAX, 0, &a->value)) return false;
	if (!int_member(d, at, o, "serve", 0, 100, 100, &serve) ||
		!int_member(d, at, o, "delay", 0, 1000, 0, &delay))
		return false;
	if (!permille_member(d, at, o, "city_share_permille", 0, &a->city_share_permille)) return false;
	a->serve = (int32_t)serve;
	a->delay = (int32_t)delay;
	a->project = project;
	a->use = in->n_uses;
	in->n_alts++;
	in->projects[project].n_alt++;
	return read_uses(d, at, o, a);
}

static int32_t alt_by_id(const struct alloc *in, const struct alloc_project *p, struct str id) {
	for (int32_t k = p->alt; k < p->alt + p->n_alt; k++)
		if (str_eq(in->alts[k].id, id)) return k;
	return -1;
}

static bool read_ineligible(struct rd *d, const struct at *at, json_t *o, struct alloc_project *p) {
	json_t *list = json_object_get(o, "ineligible");
	p->ineligible = d->in->n_ineligible;
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *e = json_array_get(list, i);
		const struct at *here = ELEM(KEY(at, "ineligible"), i);
		struct alloc_ineligible *x = &d->in->ineligible[d->in->n_ineligible++];
		if (!is_object(d, here, e) || !ONLY(d, here, e, "alt", "rule", "have", "need"))
			return false;
		if (!text_member(d, here, e, "alt", &x->alt) || !text_member(d, here, e, "rule", &x->rule))
			return false;
		if (alt_by_id(d->in, p, x->alt) >= 0)
			return refuse(d, KEY(here, "alt"), "duplicate",
						  "an alternative is either in alts or in ineligible", x->alt);
		struct str *const to[] = {&x->have, &x->need};
		static const char *const keys[] = {"have", "need"};
		for (int k = 0; k < 2; k++) { /* a number or a text, for the explanation only */
			json_t *v = json_object_get(e, keys[k]);
			if (json_is_string(v))
				*to[k] =
					str_copy(d->arena, (struct str){json_string_value(v), json_string_length(v)});
			if (json_is_integer(v)) *to[k] = str_of_int(d->arena, json_integer_value(v));
		}
		p->n_ineligible++;
	}
	return true;
}

static bool read_fixed_last(struct rd *d, const struct at *at, json_t *o, struct alloc_project *p) {
	struct str id;
	p->fixed = -1;
	p->last = LAST_NONE;
	if (json_object_get(o, "fixed")) {
		if (!text_member(d, at, o, "fixed", &id)) return false;
		p->fixed = alt_by_id(d->in, p, id);
		if (p->fixed < 0)
			return refuse(d, KEY(at, "fixed"), "unknown_id",
						  "the project has no alternative of this id", id);
	}
	if (!json_object_get(o, "last")) return true;
	if (!text_member(d, at, o, "last", &id)) return false;
	p->last = alt_by_id(d->in, p, id);
	if (p->last >= 0) return true;
	p->last = LAST_GONE;
	for (int32_t k = 0; k < p->n_ineligible; k++)
		if (str_eq(d->in->ineligible[p->ineligible + k].alt, id)) return true;
	return refuse(d, KEY(at, "last"), "unknown_id",
				  "the project has no alternative of this id, eligible or not", id);
}

static bool read_project(struct rd *d, const struct at *at, json_t *o, int32_t no) {
	struct alloc *in = d->in;
	struct alloc_project *p = &in->projects[no];
	if (!ONLY(d, at, o, "id", "county", "class", "rating", "invest", "alts", "fixed", "last",
			  "ineligible"))
		return false;
	if (!text_member(d, at, o, "id", &p->id) || !new_id(d, at, d->projects, p->id)) return false;
	if (!pool_member(d, at, o, "county", &p->county)) return false;
	json_t *c = member(d, at, o, "class", true);
	if (!c || !ref(d, KEY(at, "class"), c, d->classes, "no class has this id", &p->class_no))
		return false;
	json_t *g = json_object_get(o, "rating");
	p->rating = -1;
	if (g && !ref(d, KEY(at, "rating"), g, d->ratings, "no rating has this id", &p->rating))
		return false;
	if (!int_member(d, at, o, "invest", 0, INT64_MAX, 0, &p->invest)) return false;
	p->alt = in->n_alts;
	json_t *alts = json_object_get(o, "alts");
	for (size_t i = 0; i < json_array_size(alts); i++)
		if (!read_alt(d, ELEM(KEY(at, "alts"), i), json_array_get(alts, i), no)) return false;
	if (p->n_alt == 0 && json_array_size(json_object_get(o, "ineligible")) == 0)
		return refuse(d, KEY(at, "alts"), "no_alternative",
					  "a project needs an alternative, or says in ineligible why it has none",
					  p->id);
	return read_ineligible(d, at, o, p) && read_fixed_last(d, at, o, p);
}

/* Types and sizes of the nested arrays first, so that the flat arrays are allocated once. */
static bool count_projects(struct rd *d, json_t *list, size_t *alts, size_t *uses, size_t *inel) {
	const struct at *top = KEY(NULL, "projects");
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *p = json_array_get(list, i), *a, *n;
		const struct at *at = ELEM(top, i);
		if (!is_object(d, at, p)) return false;
		if (!array_member(d, at, p, "alts", true, ALLOC_ALTS_MAX, &a) ||
			!array_member(d, at, p, "ineligible", false, 1000, &n))
			return false;
		*alts += json_array_size(a);
		*inel += json_array_size(n);
		for (size_t k = 0; k < json_array_size(a); k++) {
			json_t *o = json_array_get(a, k), *u;
			const struct at *here = ELEM(KEY(at, "alts"), k);
			if (!is_object(d, here, o) || !array_member(d, here, o, "use", true, 10000, &u))
				return false;
			*uses += json_array_size(u);
		}
	}
	return *uses < INT32_MAX / 16 ||
		   refuse(d, top, "too_large", "too many uses in all", (struct str){0});
}

static bool read_projects(struct rd *d, json_t *root) {
	struct alloc *in = d->in;
	json_t *list;
	size_t alts = 0, uses = 0, inel = 0;
	if (!array_member(d, NULL, root, "projects", true, ALLOC_PROJECTS_MAX, &list) ||
		!count_projects(d, list, &alts, &uses, &inel))
		return false;
	in->n_projects = (int32_t)json_array_size(list);
	d->projects = ids_new(d->arena, (size_t)in->n_projects);
	in->projects = arena_array(d->arena, (size_t)in->n_projects + 1, sizeof *in->projects);
	in->alts = arena_array(d->arena, alts + 1, sizeof *in->alts);
	in->uses = arena_array(d->arena, uses + 1, sizeof *in->uses);
	in->ineligible = arena_array(d->arena, inel + 1, sizeof *in->ineligible);
	for (int32_t i = 0; i < in->n_projects; i++)
		if (!read_project(d, ELEM(KEY(NULL, "projects"), (size_t)i),
						  json_array_get(list, (size_t)i), i))
			return false;
	return true;
}

static bool read_flags(struct rd *d, json_t *root, const char *key, bool is_must) {
	json_t *list;
	if (!array_member(d, NULL, root, key, false, ALLOC_PROJECTS_MAX, &list)) return false;
	for (size_t i = 0; i < json_array_size(list); i++) {
		int32_t no;
		if (!ref(d, ELEM(KEY(NULL, key), i), json_array_get(list, i), d->projects,
				 "no project has this id", &no))
			return false;
		if (is_must) d->in->projects[no].is_must = true;
		else d->in->projects[no].is_never = true;
	}
	return true;
}

static bool read_pairs(struct rd *d, json_t *root) {
	json_t *list;
	struct alloc *in = d->in;
	if (!array_member(d, NULL, root, "pairs", false, ALLOC_PROJECTS_MAX, &list)) return false;
	in->pairs = arena_array(d->arena, json_array_size(list) + 1, sizeof *in->pairs);
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *o = json_array_get(list, i);
		const struct at *at = ELEM(KEY(NULL, "pairs"), i);
		struct alloc_pair *p = &in->pairs[in->n_pairs++];
		struct str kind;
		if (!is_object(d, at, o) || !ONLY(d, at, o, "kind", "a", "b") ||
			!text_member(d, at, o, "kind", &kind))
			return false;
		p->is_excludes = str_eq(kind, S("excludes"));
		if (!p->is_excludes && !str_eq(kind, S("requires")))
			return refuse(d, KEY(at, "kind"), "unknown_kind", "kind is requires or excludes", kind);
		static const char *const keys[] = {"a", "b"};
		int32_t *const to[] = {&p->a, &p->b};
		for (int k = 0; k < 2; k++) {
			json_t *v = member(d, at, o, keys[k], true);
			if (!v || !ref(d, KEY(at, keys[k]), v, d->projects, "no project has this id", to[k]))
				return false;
		}
		if (p->a == p->b)
			return refuse(d, at, "self", "a pair needs two different projects",
						  in->projects[p->a].id);
	}
	return true;
}

/* All sums that the model forms stay below 2^53: then no step of it can overflow int64. */
static bool sums_fit(struct rd *d) {
	const struct alloc *in = d->in;
	const struct at *top = KEY(NULL, "projects");
	int64_t value = 0, *demand = arena_array(d->arena, (size_t)in->n_factors, sizeof *demand);
	for (int32_t a = 0; a < in->n_alts; a++) {
		value += in->alts[a].value;
		if (value > ALLOC_QTY_MAX)
			return refuse(d, top, "overflow",
						  "the sum of all values is over 2^53; use a larger unit", (struct str){0});
		for (int32_t k = in->alts[a].use; k < in->alts[a].use + in->alts[a].n_use; k++) {
			const struct alloc_use *u = &in->uses[k];
			demand[u->factor] += u->amount * (u->to - u->from + 1);
			if (demand[u->factor] > ALLOC_QTY_MAX)
				return refuse(d, top, "overflow",
							  "the sum of this factor's demand is over 2^53; use a larger unit",
							  in->factors[u->factor].id);
		}
	}
	return true;
}

static bool read_head(struct rd *d, json_t *root) {
	struct str format;
	if (!is_object(d, NULL, root)) return false;
	if (!ONLY(d, NULL, root, "format", "name", "seed", "periods", "classes", "ratings", "factors",
			  "pools", "quota", "limits", "objectives", "carry", "lapse_to_city", "transfers",
			  "reserve", "floors", "concentration_permille", "pairs", "must", "never", "projects",
			  "expected"))
		return false;
	if (!text_member(d, NULL, root, "format", &format)) return false;
	if (!str_eq(format, S("alloc/1")))
		return refuse(d, KEY(NULL, "format"), "format", "only alloc/1 can be read", format);
	json_t *name = json_object_get(root, "name");
	if (json_is_string(name))
		d->in->name =
			str_copy(d->arena, (struct str){json_string_value(name), json_string_length(name)});
	if (json_is_integer(json_object_get(root, "seed")))
		d->in->seed = json_integer_value(json_object_get(root, "seed"));
	d->in->concentration_permille = -1;
	return !json_object_get(root, "concentration_permille") ||
		   permille_member(d, NULL, root, "concentration_permille", -1,
						   &d->in->concentration_permille);
}

static bool read_all(struct rd *d, json_t *root) {
	struct alloc *in = d->in;
	struct ids *periods;
	return read_head(d, root) &&
		   read_id_list(d, root, "periods", true, ALLOC_PERIODS_MAX, &periods, &in->periods,
						&in->n_periods) &&
		   read_id_list(d, root, "classes", true, 100, &d->classes, &in->classes, &in->n_classes) &&
		   read_id_list(d, root, "ratings", false, 100, &d->ratings, &in->ratings,
						&in->n_ratings) &&
		   read_factors(d, root) && read_pools(d, root) && read_quota(d, root) &&
		   read_limits(d, root) && read_goals(d, root) && read_carry(d, root) &&
		   read_lapse(d, root) && read_transfers(d, root) && read_reserve(d, root) &&
		   read_floors(d, root) && read_projects(d, root) && read_pairs(d, root) &&
		   read_flags(d, root, "must", true) && read_flags(d, root, "never", false) && sums_fit(d);
}

/* ---- entry points ---- */

static void json_close(void *root) {
	json_decref(root);
}

static json_t *parse(struct rd *d, struct str text) {
	struct alloc_reading *r = d->r;
	r->error = (struct error){0};
	r->n_warnings = 0;
	r->warnings = arena_array(d->arena, 100, sizeof *r->warnings);
	if (text.n > ALLOC_TEXT_MAX) {
		refuse_int(d, NULL, "too_large", "the text is over the limit in bytes",
				   (int64_t)ALLOC_TEXT_MAX);
		r->error.code = ERR_TOO_LARGE;
		return NULL;
	}
	json_error_t e;
	json_t *root = json_loadb(text.p ? text.p : "", text.n, JSON_REJECT_DUPLICATES, &e);
	if (root) {
		arena_defer(d->arena, json_close, root);
		return root;
	}
	refuse(d, NULL, "json", e.text, (struct str){0});
	struct buf b = {.arena = d->arena};
	buf_c(&b, "line ");
	buf_int(&b, e.line);
	buf_c(&b, " column ");
	buf_int(&b, e.column);
	r->error.field = buf_str(&b);
	r->error.message = str_copy(d->arena, r->error.message);
	return NULL;
}

enum err alloc_read(struct arena *a, struct str text, struct alloc_reading *r, struct alloc *out) {
	struct alloc in = {0};
	struct rd d = {.arena = a, .r = r, .in = &in};
	json_t *root = parse(&d, text);
	if (!root || !read_all(&d, root)) return r->error.code;
	*out = in;
	return ERR_OK;
}

/* The id tables of an instance that was read before. */
static void index_ids(struct rd *d) {
	const struct alloc *in = d->in;
	d->pools = ids_new(d->arena, (size_t)in->n_pools);
	d->factors = ids_new(d->arena, (size_t)in->n_factors);
	d->projects = ids_new(d->arena, (size_t)in->n_projects);
	d->classes = ids_new(d->arena, (size_t)in->n_classes);
	for (int32_t k = 0; k < in->n_pools; k++) ids_add(d->pools, in->pools[k].id);
	for (int32_t k = 0; k < in->n_factors; k++) ids_add(d->factors, in->factors[k].id);
	for (int32_t k = 0; k < in->n_projects; k++) ids_add(d->projects, in->projects[k].id);
	for (int32_t k = 0; k < in->n_classes; k++) ids_add(d->classes, in->classes[k]);
}

static bool project_member(struct rd *d, const struct at *at, json_t *o, int32_t *out) {
	json_t *v = member(d, at, o, "project", true);
	return v && ref(d, KEY(at, "project"), v, d->projects, "no project has this id", out);
}

static bool read_choice(struct rd *d, json_t *root, struct alloc_plan *plan) {
	json_t *list;
	const struct alloc *in = d->in;
	if (!array_member(d, NULL, root, "plan", true, ALLOC_PROJECTS_MAX, &list)) return false;
	plan->choice = arena_array(d->arena, (size_t)in->n_projects + 1, sizeof *plan->choice);
	for (int32_t i = 0; i < in->n_projects; i++) plan->choice[i] = -1;
	for (size_t k = 0; k < json_array_size(list); k++) {
		json_t *o = json_array_get(list, k);
		const struct at *at = ELEM(KEY(NULL, "plan"), k);
		int32_t i;
		struct str id;
		if (!is_object(d, at, o) || !project_member(d, at, o, &i) ||
			!text_member(d, at, o, "alt", &id))
			return false;
		if (plan->choice[i] >= 0)
			return refuse(d, at, "duplicate", "a project stands twice in the plan",
						  in->projects[i].id);
		plan->choice[i] = alt_by_id(in, &in->projects[i], id);
		if (plan->choice[i] < 0)
			return refuse(d, KEY(at, "alt"), "unknown_id", "the project has no such alternative",
						  id);
	}
	return true;
}

static bool read_flow(struct rd *d, const struct at *at, json_t *o, struct alloc_flow *x) {
	struct str kind;
	int64_t t;
	if (!is_object(d, at, o) || !text_member(d, at, o, "kind", &kind)) return false;
	int k = 0;
	while (k < FLOW__N && !str_eq(kind, str_c(alloc_flow_names[k]))) k++;
	if (k == FLOW__N) return refuse(d, KEY(at, "kind"), "unknown_kind", "no such movement", kind);
	x->kind = (enum alloc_flow_kind)k;
	x->to = x->project = -1;
	if (!factor_member(d, at, o, &x->factor) || !pool_member(d, at, o, "pool", &x->pool))
		return false;
	if (k == FLOW_TRANSFER && !pool_member(d, at, o, "to", &x->to)) return false;
	if (k == FLOW_DRAW && !project_member(d, at, o, &x->project)) return false;
	if (!int_member(d, at, o, "period", 1, d->in->n_periods, 0, &t)) return false;
	x->period = (int32_t)t - 1;
	return int_member(d, at, o, "amount", 0, ALLOC_QTY_MAX, -1, &x->amount);
}

static bool read_flows(struct rd *d, json_t *root, struct alloc_plan *plan, bool *has) {
	json_t *list;
	*has = json_object_get(root, "flows") != NULL;
	if (!array_member(d, NULL, root, "flows", false, 10000000, &list)) return false;
	plan->n_flows = json_array_size(list);
	plan->flows = arena_array(d->arena, plan->n_flows + 1, sizeof *plan->flows);
	for (size_t k = 0; k < plan->n_flows; k++)
		if (!read_flow(d, ELEM(KEY(NULL, "flows"), k), json_array_get(list, k), &plan->flows[k]))
			return false;
	return true;
}

enum err alloc_plan_read(struct arena *a, struct str text, const struct alloc *in,
						 struct alloc_reading *r, struct alloc_plan *out, bool *has_flows) {
	struct alloc copy = *in;
	struct rd d = {.arena = a, .r = r, .in = &copy};
	json_t *root = parse(&d, text);
	if (!root) return r->error.code;
	index_ids(&d);
	struct alloc_plan plan = {0};
	if (!is_object(&d, NULL, root) || !read_choice(&d, root, &plan) ||
		!read_flows(&d, root, &plan, has_flows))
		return r->error.code;
	*out = plan;
	return ERR_OK;
}

static bool read_claim(struct rd *d, const struct at *at, json_t *o, struct alloc_claim *c) {
	json_t *goal = json_object_get(o, "objective");
	if (!is_object(d, at, o)) return false;
	if (json_is_object(goal)) {
		if (!read_goal(d, KEY(at, "objective"), goal, &c->goal)) return false;
	} else
		return refuse(d, KEY(at, "objective"), "type", "an objective {kind, class} is needed here",
					  (struct str){0});
	json_t *v = json_object_get(o, "value"), *b = json_object_get(o, "bound");
	c->value = json_is_integer(v) ? json_integer_value(v) : 0;
	c->bound = json_is_integer(b) ? json_integer_value(b) : c->value;
	return true;
}

enum err alloc_claims_read(struct arena *a, struct str text, const struct alloc *in,
						   struct alloc_reading *r, struct alloc_claim **out, int32_t *n) {
	struct alloc copy = *in;
	struct rd d = {.arena = a, .r = r, .in = &copy};
	json_t *root = parse(&d, text), *list;
	if (!root) return r->error.code;
	index_ids(&d);
	if (!is_object(&d, NULL, root) || !array_member(&d, NULL, root, "stages", false, 100, &list))
		return r->error.code;
	struct alloc_claim *claims = arena_array(a, json_array_size(list) + 1, sizeof *claims);
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!read_claim(&d, ELEM(KEY(NULL, "stages"), i), json_array_get(list, i), &claims[i]))
			return r->error.code;
	*out = claims;
	*n = (int32_t)json_array_size(list);
	return ERR_OK;
}

/* ---- scenarios ---- */

__extension__ typedef __int128 wide;

static bool match(struct rd *d, const struct at *at, json_t *o, const char *key,
				  const struct ids *ids, int32_t *out) {
	json_t *v = json_object_get(o, key);
	*out = -1;
	return !v || ref(d, KEY(at, key), v, ids, "no such id", out);
}

static bool apply_supply(struct rd *d, const struct at *at, json_t *o) {
	struct alloc *in = d->in;
	int32_t pool, factor;
	int64_t period, permille, add;
	if (!is_object(d, at, o) || !ONLY(d, at, o, "pool", "factor", "period", "permille", "add"))
		return false;
	if (!match(d, at, o, "pool", d->pools, &pool) ||
		!match(d, at, o, "factor", d->factors, &factor))
		return false;
	if (!int_member(d, at, o, "period", 0, in->n_periods, 0, &period) ||
		!int_member(d, at, o, "permille", 0, 10000, 1000, &permille) ||
		!int_member(d, at, o, "add", -ALLOC_QTY_MAX, ALLOC_QTY_MAX, 0, &add))
		return false;
	for (int32_t f = 0; f < in->n_factors; f++)
		for (int32_t q = 0; q < in->n_pools; q++)
			for (int32_t t = 0; t < in->n_periods; t++) {
				if ((pool >= 0 && pool != q) || (factor >= 0 && factor != f) ||
					(period && period != t + 1))
					continue;
				int64_t *b = &in->quota[alloc_at(in, f, q, t)];
				wide v = (wide)*b * permille / 1000 + add;
				if (v > ALLOC_QTY_MAX)
					return refuse(d, at, "overflow", "the quota would be over 2^53",
								  in->factors[f].id);
				*b = v < 0 ? 0 : (int64_t)v;
			}
	for (int32_t f = 0; f < in->n_factors; f++)
		if (alloc_quota_total(in, f) > ALLOC_QTY_MAX)
			return refuse(d, at, "overflow", "the sum of this factor's quota would be over 2^53",
						  in->factors[f].id);
	return true;
}

static bool apply_weight(struct rd *d, const struct at *at, json_t *o) {
	int32_t class_no;
	int64_t permille;
	json_t *c = is_object(d, at, o) ? member(d, at, o, "class", true) : NULL;
	if (!c || !ref(d, KEY(at, "class"), c, d->classes, "no class has this id", &class_no))
		return false;
	if (!int_member(d, at, o, "permille", 1, 1000000, 0, &permille)) return false;
	for (int32_t a = 0; a < d->in->n_alts; a++) {
		if (d->in->projects[d->in->alts[a].project].class_no != class_no) continue;
		wide v = (wide)d->in->alts[a].value * permille / 1000;
		d->in->alts[a].value = v < 1 ? 1 : v > ALLOC_QTY_MAX ? ALLOC_QTY_MAX : (int64_t)v;
	}
	return sums_fit(d);
}

static void *copy_of(struct arena *a, const void *p, size_t n, size_t size) {
	void *to = arena_array(a, n + 1, size);
	if (n) memcpy(to, p, n * size);
	return to;
}

static bool read_scenario(struct rd *d, const struct at *at, json_t *o, const struct alloc *base,
						  struct alloc_scenario *s) {
	s->in = *base;
	d->in = &s->in;
	s->in.quota =
		copy_of(d->arena, base->quota, alloc_at(base, base->n_factors, 0, 0), sizeof *base->quota);
	s->in.alts = copy_of(d->arena, base->alts, (size_t)base->n_alts, sizeof *base->alts);
	s->in.projects =
		copy_of(d->arena, base->projects, (size_t)base->n_projects, sizeof *base->projects);
	if (!is_object(d, at, o) || !ONLY(d, at, o, "name", "supply", "weights", "must", "never") ||
		!text_member(d, at, o, "name", &s->name))
		return false;
	json_t *list;
	if (!array_member(d, at, o, "supply", false, 1000, &list)) return false;
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!apply_supply(d, ELEM(KEY(at, "supply"), i), json_array_get(list, i))) return false;
	if (!array_member(d, at, o, "weights", false, 100, &list)) return false;
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!apply_weight(d, ELEM(KEY(at, "weights"), i), json_array_get(list, i))) return false;
	return read_flags(d, o, "must", true) && read_flags(d, o, "never", false);
}

enum err alloc_scenarios_read(struct arena *a, struct str text, const struct alloc *in,
							  struct alloc_reading *r, struct alloc_scenario **out, int32_t *n) {
	struct alloc copy = *in;
	struct rd d = {.arena = a, .r = r, .in = &copy};
	json_t *root = parse(&d, text), *list;
	if (!root) return r->error.code;
	index_ids(&d);
	if (!is_object(&d, NULL, root) || !array_member(&d, NULL, root, "scenarios", true, 100, &list))
		return r->error.code;
	struct alloc_scenario *s = arena_array(a, json_array_size(list) + 1, sizeof *s);
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!read_scenario(&d, ELEM(KEY(NULL, "scenarios"), i), json_array_get(list, i), in, &s[i]))
			return r->error.code;
	*out = s;
	*n = (int32_t)json_array_size(list);
	return ERR_OK;
}
