#include "solve/alloc_reader.h"

/* All sums that the model forms stay below 2^53: then no step of it can overflow int64. */
bool rd_sums_fit(struct rd *d) {
	const struct alloc *in = d->in;
	const struct at *top = KEY(NULL, "projects");
	int64_t value = 0, *demand = arena_array(d->arena, (size_t)in->n_factors, sizeof *demand);
	for (int32_t a = 0; a < in->n_alts; a++) {
		value += in->alts[a].value;
		if (value > ALLOC_QTY_MAX)
			return rd_refuse(d, top, "overflow",
							 "the sum of all values is over 2^53; use a larger unit",
							 (struct str){0});
		for (int32_t k = in->alts[a].use; k < in->alts[a].use + in->alts[a].n_use; k++) {
			const struct alloc_use *u = &in->uses[k];
			demand[u->factor] += u->amount * (u->to - u->from + 1);
			if (demand[u->factor] > ALLOC_QTY_MAX)
				return rd_refuse(d, top, "overflow",
								 "the sum of this factor's demand is over 2^53; use a larger unit",
								 in->factors[u->factor].id);
		}
	}
	return true;
}

static bool read_head(struct rd *d, json_t *root) {
	struct str format;
	if (!rd_is_object(d, NULL, root)) return false;
	if (!ONLY(d, NULL, root, "format", "name", "seed", "periods", "classes", "ratings", "factors",
			  "pools", "quota", "limits", "objectives", "carry", "lapse_to_city", "transfers",
			  "reserve", "floors", "concentration_permille", "pairs", "must", "never", "projects",
			  "expected"))
		return false;
	if (!rd_text(d, NULL, root, "format", &format)) return false;
	if (!str_eq(format, S("alloc/1")))
		return rd_refuse(d, KEY(NULL, "format"), "format", "only alloc/1 can be read", format);
	json_t *name = json_object_get(root, "name");
	if (json_is_string(name))
		d->in->name =
			str_copy(d->arena, (struct str){json_string_value(name), json_string_length(name)});
	if (json_is_integer(json_object_get(root, "seed")))
		d->in->seed = json_integer_value(json_object_get(root, "seed"));
	d->in->concentration_permille = -1;
	return !json_object_get(root, "concentration_permille") ||
		   rd_permille(d, NULL, root, "concentration_permille", -1, &d->in->concentration_permille);
}

static bool read_all(struct rd *d, json_t *root) {
	struct alloc *in = d->in;
	struct ids *periods;
	return read_head(d, root) &&
		   rd_id_list(d, root, "periods", true, ALLOC_PERIODS_MAX, &periods, &in->periods,
					  &in->n_periods) &&
		   rd_id_list(d, root, "classes", true, 100, &d->classes, &in->classes, &in->n_classes) &&
		   rd_id_list(d, root, "ratings", false, 100, &d->ratings, &in->ratings, &in->n_ratings) &&
		   rd_factors(d, root) && rd_pools(d, root) && rd_quota(d, root) && rd_limits(d, root) &&
		   rd_goals(d, root) && rd_carry(d, root) && rd_lapse(d, root) && rd_transfers(d, root) &&
		   rd_reserve(d, root) && rd_floors(d, root) && rd_projects(d, root) && rd_pairs(d, root) &&
		   rd_flags(d, NULL, root, "must", true) && rd_flags(d, NULL, root, "never", false) &&
		   rd_sums_fit(d);
}

enum err alloc_read(struct arena *a, struct str text, struct alloc_reading *r, struct alloc *out) {
	struct alloc in = {0};
	struct rd d = {.arena = a, .r = r, .in = &in};
	json_t *root = rd_parse(&d, text);
	if (!root || !read_all(&d, root)) return r->error.code;
	*out = in;
	return ERR_OK;
}
