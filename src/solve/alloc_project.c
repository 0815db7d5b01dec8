/* Reads projects with their alternatives, and what binds them to each other. */
#include "solve/alloc_reader.h"

#include "base/buf.h"

static bool period_at(struct rd *d, const struct at *at, json_t *v, int32_t *out) {
	int64_t n;
	if (!rd_as_int(d, at, v, 1, d->in->n_periods, &n)) return false;
	*out = (int32_t)n - 1;
	return true;
}

static bool read_use(struct rd *d, const struct at *at, json_t *v, struct alloc_use *u) {
	if (!rd_is_array(d, at, v)) return false;
	if (json_array_size(v) != 5)
		return rd_refuse_int(d, at, "length",
							 "a use is [pool, factor, from, to, amount], not this many",
							 (int64_t)json_array_size(v));
	if (!rd_ref(d, ELEM(at, 0), json_array_get(v, 0), d->pools, "no pool has this id", &u->pool) ||
		!rd_ref(d, ELEM(at, 1), json_array_get(v, 1), d->factors, "no factor has this id",
				&u->factor) ||
		!period_at(d, ELEM(at, 2), json_array_get(v, 2), &u->from) ||
		!period_at(d, ELEM(at, 3), json_array_get(v, 3), &u->to))
		return false;
	if (u->from > u->to)
		return rd_refuse(d, at, "range", "a use begins after it ends; swap the periods",
						 (struct str){0});
	return rd_as_int(d, ELEM(at, 4), json_array_get(v, 4), 0, ALLOC_QTY_MAX, &u->amount);
}

static bool read_uses(struct rd *d, const struct at *at, json_t *o, struct alloc_alt *a) {
	json_t *list = json_object_get(o, "use");
	int64_t sum = 0;
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct alloc_use *u = &d->in->uses[d->in->n_uses];
		if (!read_use(d, ELEM(KEY(at, "use"), i), json_array_get(list, i), u)) return false;
		if (u->amount > (ALLOC_QTY_MAX - sum) / (u->to - u->from + 1))
			return rd_refuse(d, KEY(at, "use"), "overflow",
							 "the demand of one alternative is over 2^53", a->id);
		sum += u->amount * (u->to - u->from + 1);
		d->in->n_uses++;
		a->n_use++;
	}
	return sum > 0 ||
		   rd_refuse(d, KEY(at, "use"), "no_demand",
					 "an alternative without demand cannot be allocated; give its use", a->id);
}

static bool read_alt(struct rd *d, const struct at *at, json_t *o, int32_t project) {
	struct alloc *in = d->in;
	struct alloc_alt *a = &in->alts[in->n_alts];
	int64_t serve, delay;
	if (!ONLY(d, at, o, "id", "value", "serve", "delay", "city_share_permille", "use"))
		return false;
	if (!rd_text(d, at, o, "id", &a->id)) return false;
	for (int32_t k = in->projects[project].alt; k < in->n_alts; k++)
		if (str_eq(in->alts[k].id, a->id))
			return rd_refuse(d, KEY(at, "id"), "duplicate",
							 "two alternatives of a project have this id", a->id);
	if (!rd_int(d, at, o, "value", 1, ALLOC_QTY_MAX, 0, &a->value)) return false;
	if (!rd_int(d, at, o, "serve", 0, 100, 100, &serve) ||
		!rd_int(d, at, o, "delay", 0, 1000, 0, &delay))
		return false;
	if (!rd_permille(d, at, o, "city_share_permille", 0, &a->city_share_permille)) return false;
	a->serve = (int32_t)serve;
	a->delay = (int32_t)delay;
	a->project = project;
	a->use = in->n_uses;
	in->n_alts++;
	in->projects[project].n_alt++;
	return read_uses(d, at, o, a);
}

int32_t rd_alt_by_id(const struct alloc *in, const struct alloc_project *p, struct str id) {
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
		if (!rd_is_object(d, here, e) || !ONLY(d, here, e, "alt", "rule", "have", "need"))
			return false;
		if (!rd_text(d, here, e, "alt", &x->alt) || !rd_text(d, here, e, "rule", &x->rule))
			return false;
		if (rd_alt_by_id(d->in, p, x->alt) >= 0)
			return rd_refuse(d, KEY(here, "alt"), "duplicate",
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
		if (!rd_text(d, at, o, "fixed", &id)) return false;
		p->fixed = rd_alt_by_id(d->in, p, id);
		if (p->fixed < 0)
			return rd_refuse(d, KEY(at, "fixed"), "unknown_id",
							 "the project has no alternative of this id", id);
	}
	if (!json_object_get(o, "last")) return true;
	if (!rd_text(d, at, o, "last", &id)) return false;
	p->last = rd_alt_by_id(d->in, p, id);
	if (p->last >= 0) return true;
	p->last = LAST_GONE;
	for (int32_t k = 0; k < p->n_ineligible; k++)
		if (str_eq(d->in->ineligible[p->ineligible + k].alt, id)) return true;
	return rd_refuse(d, KEY(at, "last"), "unknown_id",
					 "the project has no alternative of this id, eligible or not", id);
}

static bool read_project(struct rd *d, const struct at *at, json_t *o, int32_t no) {
	struct alloc *in = d->in;
	struct alloc_project *p = &in->projects[no];
	if (!ONLY(d, at, o, "id", "county", "class", "rating", "invest", "alts", "fixed", "last",
			  "ineligible"))
		return false;
	if (!rd_text(d, at, o, "id", &p->id) || !rd_new_id(d, at, d->projects, p->id)) return false;
	if (!rd_pool(d, at, o, "county", &p->county)) return false;
	json_t *c = rd_member(d, at, o, "class", true);
	if (!c || !rd_ref(d, KEY(at, "class"), c, d->classes, "no class has this id", &p->class_no))
		return false;
	json_t *g = json_object_get(o, "rating");
	p->rating = -1;
	if (g && !rd_ref(d, KEY(at, "rating"), g, d->ratings, "no rating has this id", &p->rating))
		return false;
	if (!rd_int(d, at, o, "invest", 0, INT64_MAX, 0, &p->invest)) return false;
	p->alt = in->n_alts;
	json_t *alts = json_object_get(o, "alts");
	for (size_t i = 0; i < json_array_size(alts); i++)
		if (!read_alt(d, ELEM(KEY(at, "alts"), i), json_array_get(alts, i), no)) return false;
	if (p->n_alt == 0 && json_array_size(json_object_get(o, "ineligible")) == 0)
		return rd_refuse(d, KEY(at, "alts"), "no_alternative",
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
		if (!rd_is_object(d, at, p)) return false;
		if (!rd_array(d, at, p, "alts", true, ALLOC_ALTS_MAX, &a) ||
			!rd_array(d, at, p, "ineligible", false, 1000, &n))
			return false;
		*alts += json_array_size(a);
		*inel += json_array_size(n);
		for (size_t k = 0; k < json_array_size(a); k++) {
			json_t *o = json_array_get(a, k), *u;
			const struct at *here = ELEM(KEY(at, "alts"), k);
			if (!rd_is_object(d, here, o) || !rd_array(d, here, o, "use", true, 10000, &u))
				return false;
			*uses += json_array_size(u);
		}
	}
	return *uses < INT32_MAX / 16 ||
		   rd_refuse(d, top, "too_large", "too many uses in all", (struct str){0});
}

bool rd_projects(struct rd *d, json_t *root) {
	struct alloc *in = d->in;
	json_t *list;
	size_t alts = 0, uses = 0, inel = 0;
	if (!rd_array(d, NULL, root, "projects", true, ALLOC_PROJECTS_MAX, &list) ||
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

bool rd_flags(struct rd *d, const struct at *at, json_t *o, const char *key, bool is_must) {
	json_t *list;
	if (!rd_array(d, at, o, key, false, ALLOC_PROJECTS_MAX, &list)) return false;
	for (size_t i = 0; i < json_array_size(list); i++) {
		int32_t no;
		if (!rd_ref(d, ELEM(KEY(at, key), i), json_array_get(list, i), d->projects,
					"no project has this id", &no))
			return false;
		if (is_must) d->in->projects[no].is_must = true;
		else d->in->projects[no].is_never = true;
	}
	return true;
}

bool rd_pairs(struct rd *d, json_t *root) {
	json_t *list;
	struct alloc *in = d->in;
	if (!rd_array(d, NULL, root, "pairs", false, ALLOC_PROJECTS_MAX, &list)) return false;
	in->pairs = arena_array(d->arena, json_array_size(list) + 1, sizeof *in->pairs);
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *o = json_array_get(list, i);
		const struct at *at = ELEM(KEY(NULL, "pairs"), i);
		struct alloc_pair *p = &in->pairs[in->n_pairs++];
		struct str kind;
		if (!rd_is_object(d, at, o) || !ONLY(d, at, o, "kind", "a", "b") ||
			!rd_text(d, at, o, "kind", &kind))
			return false;
		p->is_excludes = str_eq(kind, S("excludes"));
		if (!p->is_excludes && !str_eq(kind, S("requires")))
			return rd_refuse(d, KEY(at, "kind"), "unknown_kind", "kind is requires or excludes",
							 kind);
		static const char *const keys[] = {"a", "b"};
		int32_t *const to[] = {&p->a, &p->b};
		for (int k = 0; k < 2; k++) {
			json_t *v = rd_member(d, at, o, keys[k], true);
			if (!v || !rd_ref(d, KEY(at, keys[k]), v, d->projects, "no project has this id", to[k]))
				return false;
		}
		if (p->a == p->b)
			return rd_refuse(d, at, "self", "a pair needs two different projects",
							 in->projects[p->a].id);
	}
	return true;
}
