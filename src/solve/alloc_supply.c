/* Reads how quota moves and what is kept back: carry, lapse, transfers, reserve, floors. */
#include "solve/alloc_reader.h"

#include <string.h>

bool rd_carry(struct rd *d, json_t *root) {
	json_t *list;
	struct alloc *in = d->in;
	size_t pairs = (size_t)in->n_pools * (size_t)in->n_factors;
	in->carry = arena_array(d->arena, pairs, sizeof *in->carry);
	if (!rd_array(d, NULL, root, "carry", false, pairs, &list)) return false;
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *o = json_array_get(list, i);
		const struct at *at = ELEM(KEY(NULL, "carry"), i);
		int32_t q, f;
		if (!rd_is_object(d, at, o) || !ONLY(d, at, o, "pool", "factor", "permille", "max"))
			return false;
		if (!rd_pool(d, at, o, "pool", &q) || !rd_factor(d, at, o, &f)) return false;
		struct alloc_carry *c = &in->carry[f * in->n_pools + q];
		if (c->is_set)
			return rd_refuse(d, at, "duplicate", "pool and factor stand twice", in->pools[q].id);
		c->is_set = true;
		if (!rd_permille(d, at, o, "permille", -1, &c->permille)) return false;
		c->max = -1;
		if (json_object_get(o, "max") && !rd_int(d, at, o, "max", 0, ALLOC_QTY_MAX, -1, &c->max))
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
			return rd_refuse(d, ELEM(KEY(NULL, "transfers"), (size_t)k), "pool_cycle",
							 "transfers of one factor go round in a ring; take one arc out",
							 in->pools[x->from].id);
	}
	return true;
}

bool rd_transfers(struct rd *d, json_t *root) {
	json_t *list;
	struct alloc *in = d->in;
	if (!rd_array(d, NULL, root, "transfers", false, 10000, &list)) return false;
	in->transfers = arena_array(d->arena, json_array_size(list) + 1, sizeof *in->transfers);
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *o = json_array_get(list, i);
		const struct at *at = ELEM(KEY(NULL, "transfers"), i);
		struct alloc_transfer x;
		if (!rd_is_object(d, at, o) || !ONLY(d, at, o, "from", "to", "factor", "max")) return false;
		if (!rd_pool(d, at, o, "from", &x.from) || !rd_pool(d, at, o, "to", &x.to) ||
			!rd_factor(d, at, o, &x.factor))
			return false;
		if (x.from == x.to)
			return rd_refuse(d, KEY(at, "to"), "pool_cycle", "a pool cannot pass on to itself",
							 in->pools[x.to].id);
		if (x.from == in->city || x.to == in->city)
			return rd_refuse(d, at, "not_county",
							 "transfers are between counties; the city takes and gives by "
							 "withdraw_permille and grant_permille",
							 (struct str){0});
		if (!rd_int(d, at, o, "max", 0, ALLOC_QTY_MAX, -1, &x.max)) return false;
		for (int32_t k = 0; k < in->n_transfers; k++)
			if (in->transfers[k].from == x.from && in->transfers[k].to == x.to &&
				in->transfers[k].factor == x.factor)
				return rd_refuse(d, at, "duplicate", "this arc stands twice; join the rows",
								 in->pools[x.from].id);
		in->transfers[in->n_transfers++] = x;
	}
	return no_rings(d);
}

bool rd_reserve(struct rd *d, json_t *root) {
	json_t *list;
	struct alloc *in = d->in;
	bool *seen = arena_array(d->arena, (size_t)in->n_factors, sizeof *seen);
	in->reserve = arena_array(d->arena, (size_t)in->n_factors, sizeof *in->reserve);
	if (!rd_array(d, NULL, root, "reserve", false, (size_t)in->n_factors, &list)) return false;
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *o = json_array_get(list, i);
		const struct at *at = ELEM(KEY(NULL, "reserve"), i);
		int32_t f;
		if (!rd_is_object(d, at, o) || !ONLY(d, at, o, "factor", "amount") ||
			!rd_factor(d, at, o, &f))
			return false;
		if (seen[f])
			return rd_refuse(d, at, "duplicate", "this factor stands twice", in->factors[f].id);
		seen[f] = true;
		if (!rd_int(d, at, o, "amount", 0, ALLOC_QTY_MAX, -1, &in->reserve[f])) return false;
	}
	return true;
}

bool rd_floors(struct rd *d, json_t *root) {
	json_t *list;
	struct alloc *in = d->in;
	if (!rd_array(d, NULL, root, "floors", false, 10000, &list)) return false;
	in->floors = arena_array(d->arena, json_array_size(list) + 1, sizeof *in->floors);
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *o = json_array_get(list, i);
		const struct at *at = ELEM(KEY(NULL, "floors"), i);
		struct alloc_floor x;
		if (!rd_is_object(d, at, o) || !ONLY(d, at, o, "pool", "factor", "amount")) return false;
		if (!rd_pool(d, at, o, "pool", &x.pool) || !rd_factor(d, at, o, &x.factor)) return false;
		if (!rd_int(d, at, o, "amount", 0, ALLOC_QTY_MAX, -1, &x.amount)) return false;
		for (int32_t k = 0; k < in->n_floors; k++)
			if (in->floors[k].pool == x.pool && in->floors[k].factor == x.factor)
				return rd_refuse(d, at, "duplicate", "pool and factor stand twice",
								 in->pools[x.pool].id);
		in->floors[in->n_floors++] = x;
	}
	return true;
}

bool rd_lapse(struct rd *d, json_t *root) {
	json_t *list;
	if (!rd_array(d, NULL, root, "lapse_to_city", false, ALLOC_POOLS_MAX, &list)) return false;
	for (size_t i = 0; i < json_array_size(list); i++) {
		int32_t q;
		const struct at *at = ELEM(KEY(NULL, "lapse_to_city"), i);
		if (!rd_ref(d, at, json_array_get(list, i), d->pools, "no pool has this id", &q))
			return false;
		d->in->pools[q].lapses_to_city = true;
	}
	return true;
}
