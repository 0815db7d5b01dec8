/* Reads plans and what they claim. */
#include "solve/alloc_reader.h"

static bool project_member(struct rd *d, const struct at *at, json_t *o, int32_t *out) {
	json_t *v = rd_member(d, at, o, "project", true);
	return v && rd_ref(d, KEY(at, "project"), v, d->projects, "no project has this id", out);
}

static bool read_choice(struct rd *d, json_t *root, struct alloc_plan *plan) {
	json_t *list;
	const struct alloc *in = d->in;
	if (!rd_array(d, NULL, root, "plan", true, ALLOC_PROJECTS_MAX, &list)) return false;
	plan->choice = arena_array(d->arena, (size_t)in->n_projects + 1, sizeof *plan->choice);
	for (int32_t i = 0; i < in->n_projects; i++) plan->choice[i] = -1;
	for (size_t k = 0; k < json_array_size(list); k++) {
		json_t *o = json_array_get(list, k);
		const struct at *at = ELEM(KEY(NULL, "plan"), k);
		int32_t i;
		struct str id;
		if (!rd_is_object(d, at, o) || !project_member(d, at, o, &i) ||
			!rd_text(d, at, o, "alt", &id))
			return false;
		if (plan->choice[i] >= 0)
			return rd_refuse(d, at, "duplicate", "a project stands twice in the plan",
							 in->projects[i].id);
		plan->choice[i] = rd_alt_by_id(in, &in->projects[i], id);
		if (plan->choice[i] < 0)
			return rd_refuse(d, KEY(at, "alt"), "unknown_id", "the project has no such alternative",
							 id);
	}
	return true;
}

static bool read_flow(struct rd *d, const struct at *at, json_t *o, struct alloc_flow *x) {
	struct str kind;
	int64_t t;
	if (!rd_is_object(d, at, o) || !rd_text(d, at, o, "kind", &kind)) return false;
	int k = 0;
	while (k < FLOW__N && !str_eq(kind, str_c(alloc_flow_names[k]))) k++;
	if (k == FLOW__N)
		return rd_refuse(d, KEY(at, "kind"), "unknown_kind", "no such movement", kind);
	x->kind = (enum alloc_flow_kind)k;
	x->to = x->project = -1;
	if (!rd_factor(d, at, o, &x->factor) || !rd_pool(d, at, o, "pool", &x->pool)) return false;
	if (k == FLOW_TRANSFER && !rd_pool(d, at, o, "to", &x->to)) return false;
	if (k == FLOW_DRAW && !project_member(d, at, o, &x->project)) return false;
	if (!rd_int(d, at, o, "period", 1, d->in->n_periods, 0, &t)) return false;
	x->period = (int32_t)t - 1;
	return rd_int(d, at, o, "amount", 0, ALLOC_QTY_MAX, -1, &x->amount);
}

static bool read_flows(struct rd *d, json_t *root, struct alloc_plan *plan, bool *has) {
	json_t *list;
	*has = json_object_get(root, "flows") != NULL;
	if (!rd_array(d, NULL, root, "flows", false, 10000000, &list)) return false;
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
	json_t *root = rd_parse(&d, text);
	if (!root) return r->error.code;
	rd_index(&d);
	struct alloc_plan plan = {0};
	if (!rd_is_object(&d, NULL, root) || !read_choice(&d, root, &plan) ||
		!read_flows(&d, root, &plan, has_flows))
		return r->error.code;
	*out = plan;
	return ERR_OK;
}

static bool read_claim(struct rd *d, const struct at *at, json_t *o, struct alloc_claim *c) {
	json_t *goal = json_object_get(o, "objective");
	if (!rd_is_object(d, at, o)) return false;
	if (json_is_object(goal)) {
		if (!rd_goal(d, KEY(at, "objective"), goal, &c->goal)) return false;
	} else
		return rd_refuse(d, KEY(at, "objective"), "type",
						 "an objective {kind, class} is needed here", (struct str){0});
	json_t *v = json_object_get(o, "value"), *b = json_object_get(o, "bound");
	c->value = json_is_integer(v) ? json_integer_value(v) : 0;
	c->bound = json_is_integer(b) ? json_integer_value(b) : c->value;
	return true;
}

enum err alloc_claims_read(struct arena *a, struct str text, const struct alloc *in,
						   struct alloc_reading *r, struct alloc_claim **out, int32_t *n) {
	struct alloc copy = *in;
	struct rd d = {.arena = a, .r = r, .in = &copy};
	json_t *root = rd_parse(&d, text), *list;
	if (!root) return r->error.code;
	rd_index(&d);
	if (!rd_is_object(&d, NULL, root) || !rd_array(&d, NULL, root, "stages", false, 100, &list))
		return r->error.code;
	struct alloc_claim *claims = arena_array(a, json_array_size(list) + 1, sizeof *claims);
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!read_claim(&d, ELEM(KEY(NULL, "stages"), i), json_array_get(list, i), &claims[i]))
			return r->error.code;
	*out = claims;
	*n = (int32_t)json_array_size(list);
	return ERR_OK;
}
