/* Reads scenarios: copies of an instance with other supply, weights and forced answers. */
#include "solve/alloc_reader.h"

#include <string.h>

__extension__ typedef __int128 wide;

static bool match(struct rd *d, const struct at *at, json_t *o, const char *key,
				  const struct ids *ids, int32_t *out) {
	json_t *v = json_object_get(o, key);
	*out = -1;
	return !v || rd_ref(d, KEY(at, key), v, ids, "no such id", out);
}

static bool apply_supply(struct rd *d, const struct at *at, json_t *o) {
	struct alloc *in = d->in;
	int32_t pool, factor;
	int64_t period, permille, add;
	if (!rd_is_object(d, at, o) || !ONLY(d, at, o, "pool", "factor", "period", "permille", "add"))
		return false;
	if (!match(d, at, o, "pool", d->pools, &pool) ||
		!match(d, at, o, "factor", d->factors, &factor))
		return false;
	if (!rd_int(d, at, o, "period", 0, in->n_periods, 0, &period) ||
		!rd_int(d, at, o, "permille", 0, 10000, 1000, &permille) ||
		!rd_int(d, at, o, "add", -ALLOC_QTY_MAX, ALLOC_QTY_MAX, 0, &add))
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
					return rd_refuse(d, at, "overflow", "the quota would be over 2^53",
									 in->factors[f].id);
				*b = v < 0 ? 0 : (int64_t)v;
			}
	for (int32_t f = 0; f < in->n_factors; f++)
		if (alloc_quota_total(in, f) > ALLOC_QTY_MAX)
			return rd_refuse(d, at, "overflow", "the sum of this factor's quota would be over 2^53",
							 in->factors[f].id);
	return true;
}

static bool apply_weight(struct rd *d, const struct at *at, json_t *o) {
	int32_t class_no;
	int64_t permille;
	json_t *c = rd_is_object(d, at, o) ? rd_member(d, at, o, "class", true) : NULL;
	if (!c || !rd_ref(d, KEY(at, "class"), c, d->classes, "no class has this id", &class_no))
		return false;
	if (!rd_int(d, at, o, "permille", 1, 1000000, 0, &permille)) return false;
	for (int32_t a = 0; a < d->in->n_alts; a++) {
		if (d->in->projects[d->in->alts[a].project].class_no != class_no) continue;
		wide v = (wide)d->in->alts[a].value * permille / 1000;
		d->in->alts[a].value = v < 1 ? 1 : v > ALLOC_QTY_MAX ? ALLOC_QTY_MAX : (int64_t)v;
	}
	return rd_sums_fit(d);
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
	if (!rd_is_object(d, at, o) || !ONLY(d, at, o, "name", "supply", "weights", "must", "never") ||
		!rd_text(d, at, o, "name", &s->name))
		return false;
	json_t *list;
	if (!rd_array(d, at, o, "supply", false, 1000, &list)) return false;
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!apply_supply(d, ELEM(KEY(at, "supply"), i), json_array_get(list, i))) return false;
	if (!rd_array(d, at, o, "weights", false, 100, &list)) return false;
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!apply_weight(d, ELEM(KEY(at, "weights"), i), json_array_get(list, i))) return false;
	return rd_flags(d, at, o, "must", true) && rd_flags(d, at, o, "never", false);
}

enum err alloc_scenarios_read(struct arena *a, struct str text, const struct alloc *in,
							  struct alloc_reading *r, struct alloc_scenario **out, int32_t *n) {
	struct alloc copy = *in;
	struct rd d = {.arena = a, .r = r, .in = &copy};
	json_t *root = rd_parse(&d, text), *list;
	if (!root) return r->error.code;
	rd_index(&d);
	if (!rd_is_object(&d, NULL, root) || !rd_array(&d, NULL, root, "scenarios", true, 100, &list))
		return r->error.code;
	struct alloc_scenario *s = arena_array(a, json_array_size(list) + 1, sizeof *s);
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!read_scenario(&d, ELEM(KEY(NULL, "scenarios"), i), json_array_get(list, i), in, &s[i]))
			return r->error.code;
	*out = s;
	*n = (int32_t)json_array_size(list);
	return ERR_OK;
}
