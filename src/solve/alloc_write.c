/* The writing half of alloc_json.h; no tree is built. */
#include "solve/alloc_json.h"

#include "base/json.h"

static void write_flow(struct json *j, const struct alloc *in, const struct alloc_flow *x) {
	json_obj(j);
	json_put_str(j, "factor", in->factors[x->factor].id);
	json_put_str(j, "kind", str_c(alloc_flow_names[x->kind]));
	json_put_str(j, "pool", in->pools[x->pool].id);
	if (x->kind == FLOW_TRANSFER) json_put_str(j, "to", in->pools[x->to].id);
	if (x->kind == FLOW_DRAW) json_put_str(j, "project", in->projects[x->project].id);
	json_put_int(j, "period", x->period + 1);
	json_put_int(j, "amount", x->amount);
	json_end(j);
}

void alloc_plan_write(struct json *j, const struct alloc *in, const struct alloc_plan *plan) {
	json_key(j, S("plan"));
	json_arr(j);
	for (int32_t i = 0; i < in->n_projects; i++) {
		if (plan->choice[i] < 0) continue;
		json_obj(j);
		json_put_str(j, "project", in->projects[i].id);
		json_put_str(j, "alt", in->alts[plan->choice[i]].id);
		json_end(j);
	}
	json_end(j);
	json_key(j, S("flows"));
	json_arr(j);
	for (size_t k = 0; k < plan->n_flows; k++)
		if (plan->flows[k].amount) write_flow(j, in, &plan->flows[k]);
	json_end(j);
}
