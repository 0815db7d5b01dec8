#include "cli_allocate_answer.h"

#include "solve/alloc_json.h"
#include "solve/check.h"
#include "solve/conflict.h"
#include "solve/reason.h"

#include <math.h>
#include <openssl/evp.h>

/* ---- the answer ---- */

static void put_sha256(struct json *j, struct str text) {
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	if (!EVP_Digest(text.p ? text.p : "", text.n, md, &n, EVP_sha256(), NULL)) n = 0;
	struct arena a = {0};
	struct buf b = {.arena = &a};
	buf_hex(&b, md, n);
	json_put_str(j, "instance_sha256", buf_str(&b));
	arena_release(&a);
}

static void put_goal(struct json *j, const struct alloc *in, const struct alloc_goal *g) {
	json_key(j, S("objective"));
	json_obj(j);
	json_put_str(j, "kind", str_c(goal_name(g->kind)));
	if (g->class_no >= 0) json_put_str(j, "class", in->classes[g->class_no]);
	if (g->eps_permille) json_put_int(j, "eps_permille", g->eps_permille);
	json_end(j);
}

/* Seconds and gaps are shares of time and value, not quantities: written with six digits. */
static void put_real(struct json *j, const char *key, double v) {
	struct arena a = {0};
	struct buf b = {.arena = &a};
	buf_fixed(&b, (int64_t)llround(v * 1e6), 6);
	json_key(j, str_c(key));
	json_raw(j, buf_str(&b));
	arena_release(&a);
}

void answer_put_stage(struct json *j, const struct alloc *in, const struct solve_stage *st) {
	json_obj(j);
	put_goal(j, in, &st->goal);
	json_put_int(j, "value", st->value);
	if (st->bound != INT64_MAX) {
		json_put_int(j, "bound", st->bound);
		double gap =
			fabs((double)st->bound - (double)st->value) / fmax(1.0, fabs((double)st->value));
		put_real(j, "gap", gap);
	}
	if (st->goal.kind == GOAL_FAIRNESS) {
		json_put_int(j, "value_num", st->fair.num);
		json_put_int(j, "value_den", st->fair.den);
	}
	json_put_int(j, "tolerance", st->goal.eps_permille);
	json_put_str(j, "status", str_c(solve_status_name(st->status)));
	put_real(j, "seconds", st->seconds);
	json_end(j);
}

static void put_floors(struct json *j, const struct alloc *in, const struct solve_answer *ans) {
	if (in->n_floors == 0) return;
	json_key(j, S("floors"));
	json_arr(j);
	for (int32_t f = 0; f < in->n_floors; f++) {
		json_obj(j);
		json_put_str(j, "pool", in->pools[in->floors[f].pool].id);
		json_put_str(j, "factor", in->factors[in->floors[f].factor].id);
		json_put_int(j, "amount", in->floors[f].amount);
		json_put_int(j, "reached", ans->floor_best[f]);
		json_put_int(j, "got", check_floor(in, ans->plan.choice, &in->floors[f]));
		json_put_bool(j, "is_met", ans->floor_best[f] >= in->floors[f].amount);
		json_end(j);
	}
	json_end(j);
}

const char *answer_status(const struct solve_answer *ans) {
	if (ans->is_infeasible) return "infeasible";
	if (!ans->has_plan) return "none";
	enum solve_status worst = SOLVE_PROVEN;
	for (int32_t g = 0; g < ans->n_stages; g++)
		if (ans->stages[g].status > worst) worst = ans->stages[g].status;
	return solve_status_name(worst);
}

void answer_put(struct json *j, const struct alloc *in, const struct solve_setup *setup,
				const struct solve_answer *ans) {
	json_put_str(j, "status", str_c(answer_status(ans)));
	json_put_int(j, "seed", (int64_t)setup->seed);
	json_put_int(j, "threads", setup->threads);
	json_put_str(j, "solver", str_c(ans->solver));
	put_real(j, "seconds", ans->seconds);
	json_key(j, S("stages"));
	json_arr(j);
	for (int32_t g = 0; g < ans->n_stages; g++) answer_put_stage(j, in, &ans->stages[g]);
	json_end(j);
	if (!ans->has_plan) return;
	put_floors(j, in, ans);
	alloc_plan_write(j, in, &ans->plan);
}

/* ---- reasons ---- */

static void put_sentence(struct json *j, const struct alloc *in, const struct reason *r,
						 bool is_zh) {
	struct arena a = {0};
	struct buf b = {.arena = &a};
	reason_say(&b, in, r, is_zh);
	json_put_str(j, is_zh ? "zh" : "en", buf_str(&b));
	arena_release(&a);
}

static void put_cell(struct json *j, const struct alloc *in, int32_t pool, int32_t factor,
					 int32_t period) {
	json_put_str(j, "pool", in->pools[pool].id);
	json_put_str(j, "factor", in->factors[factor].id);
	json_put_int(j, "period", period + 1);
}

static void put_refused(struct json *j, const struct alloc *in, const struct reason *r,
						enum answer_lang lang) {
	json_obj(j);
	json_put_str(j, "project", in->projects[r->project].id);
	json_put_str(j, "reason", str_c(reason_name(r->kind)));
	if (r->alt >= 0) {
		json_put_str(j, "alt", in->alts[r->alt].id);
		json_put_int(j, "worth", r->worth);
		json_put_int(j, "price", r->price);
	}
	json_key(j, S("missing"));
	json_arr(j);
	for (int32_t k = 0; k < r->n_missing; k++) {
		json_obj(j);
		put_cell(j, in, r->missing[k].pool, r->missing[k].factor, r->missing[k].period);
		json_put_int(j, "amount", r->missing[k].amount);
		json_end(j);
	}
	json_end(j);
	if (r->limit >= 0) {
		json_put_str(j, "limit", in->limits[r->limit].id);
		json_put_int(j, "limit_by", r->limit_by);
	}
	json_key(j, S("displaces"));
	json_arr(j);
	for (int32_t k = 0; k < r->n_displaces; k++) json_str(j, in->projects[r->displaces[k]].id);
	json_end(j);
	const struct alloc_project *p = &in->projects[r->project];
	json_key(j, S("ineligible"));
	json_arr(j);
	for (int32_t k = p->ineligible; k < p->ineligible + p->n_ineligible; k++) {
		json_obj(j);
		json_put_str(j, "alt", in->ineligible[k].alt);
		json_put_str(j, "rule", in->ineligible[k].rule);
		json_put_str_or_null(j, "have", in->ineligible[k].have);
		json_put_str_or_null(j, "need", in->ineligible[k].need);
		json_end(j);
	}
	json_end(j);
	if (lang != ANSWER_EN) put_sentence(j, in, r, true);
	if (lang != ANSWER_ZH) put_sentence(j, in, r, false);
	json_end(j);
}

/* What the city serves of each project's uses: the draws of the plan, by project. */
struct draws {
	int32_t *at;
	const struct alloc_flow **of;
};

static struct draws index_draws(struct arena *a, const struct alloc *in,
								const struct alloc_plan *plan) {
	struct draws d = {arena_array(a, (size_t)in->n_projects + 2, sizeof *d.at),
					  arena_array(a, plan->n_flows + 1, sizeof *d.of)};
	for (size_t k = 0; k < plan->n_flows; k++)
		if (plan->flows[k].kind == FLOW_DRAW) d.at[plan->flows[k].project + 2]++;
	for (int32_t i = 0; i < in->n_projects; i++) d.at[i + 2] += d.at[i + 1];
	for (size_t k = 0; k < plan->n_flows; k++)
		if (plan->flows[k].kind == FLOW_DRAW)
			d.of[d.at[plan->flows[k].project + 1]++] = &plan->flows[k];
	return d;
}

static int64_t from_city(const struct draws *d, int32_t i, const struct alloc_use *u, int32_t t) {
	int64_t sum = 0;
	for (int32_t k = d->at[i]; k < d->at[i + 1]; k++)
		if (d->of[k]->factor == u->factor && d->of[k]->pool == u->pool && d->of[k]->period == t)
			sum += d->of[k]->amount;
	return sum;
}

/* Where a granted project's quota comes from: its pools, less what the city serves of them. */
static void put_sources(struct json *j, const struct alloc *in, const struct alloc_plan *plan,
						const struct draws *draws, int32_t i) {
	const struct alloc_alt *a = &in->alts[plan->choice[i]];
	json_obj(j);
	json_put_str(j, "project", in->projects[i].id);
	json_put_str(j, "alt", a->id);
	json_key(j, S("sources"));
	json_arr(j);
	for (const struct alloc_use *u = in->uses + a->use; u < in->uses + a->use + a->n_use; u++)
		for (int32_t t = u->from; t <= u->to; t++) {
			int64_t city = from_city(draws, i, u, t);
			json_obj(j);
			put_cell(j, in, u->pool, u->factor, t);
			json_put_int(j, "amount", u->amount - city);
			if (city) json_put_int(j, "from_city", city);
			json_end(j);
		}
	json_end(j);
	json_end(j);
}

static void put_costs(struct json *j, const struct alloc *in, const struct reasons *rs) {
	static const char *const kinds[] = {"limit", "reserve", "concentration", "floor"};
	json_key(j, S("rule_costs"));
	json_arr(j);
	for (int32_t k = 0; k < rs->n_costs; k++) {
		const struct reason_cost *c = &rs->costs[k];
		json_obj(j);
		json_put_str(j, "rule", str_c(kinds[c->kind]));
		if (c->kind == COST_LIMIT) json_put_str(j, "id", in->limits[c->ref].id);
		if (c->kind == COST_RESERVE) json_put_str(j, "factor", in->factors[c->ref].id);
		if (c->kind == COST_FLOOR) json_put_str(j, "pool", in->pools[in->floors[c->ref].pool].id);
		json_put_int(j, "bound_rises_by", c->cost);
		json_end(j);
	}
	json_end(j);
}

static void put_each(struct arena *a, struct json *j, const struct alloc *in,
					 const struct alloc_plan *plan, const struct reasons *rs,
					 enum answer_lang lang) {
	struct draws draws = index_draws(a, in, plan);
	json_key(j, S("refused"));
	json_arr(j);
	for (int32_t k = 0; k < rs->n_refused; k++) put_refused(j, in, &rs->refused[k], lang);
	json_end(j);
	json_key(j, S("granted"));
	json_arr(j);
	for (int32_t i = 0; i < in->n_projects; i++)
		if (plan->choice[i] >= 0) put_sources(j, in, plan, &draws, i);
	json_end(j);
}

/* Prices for value, when no stage has found them. */
static const struct bound *prices_of(struct arena *a, const struct alloc *in,
									 const struct solve_answer *ans, const atomic_bool *stop) {
	int64_t *w = arena_array(a, (size_t)in->n_alts + 1, sizeof *w), value = 0;
	for (int32_t k = 0; k < in->n_alts; k++) w[k] = in->alts[k].value;
	for (int32_t i = 0; i < in->n_projects; i++)
		if (ans->plan.choice[i] >= 0) value += w[ans->plan.choice[i]];
	struct bound *prices = bound_new(a, ans->core, &ans->rows, w);
	bound_run(prices, 2000, value, stop);
	return prices;
}

void answer_put_reasons(struct arena *a, struct json *j, const struct alloc *in,
						const struct solve_answer *ans, enum answer_lang lang,
						const atomic_bool *stop) {
	struct reasons rs;
	const struct bound *prices = ans->prices ? ans->prices : prices_of(a, in, ans, stop);
	reasons_find(a, ans->core, ans->plan.choice, prices, stop, &rs);
	reasons_costs(a, in, &ans->rows, 300, stop, &rs);
	json_put_bool(j, "reasons_complete", rs.is_complete);
	put_each(a, j, in, &ans->plan, &rs, lang);
	json_key(j, S("binding"));
	json_arr(j);
	for (int32_t k = 0; k < rs.n_prices; k++) {
		const struct reason_price *p = &rs.prices[k];
		json_obj(j);
		put_cell(j, in, p->pool, p->factor, p->period);
		json_put_int(j, "quota", p->quota);
		json_put_int(j, "used", p->used);
		json_put_int(j, "marginal_up_milli", p->milli);
		json_put_int(j, "marginal_down_milli", p->milli);
		json_end(j);
	}
	json_end(j);
	put_costs(j, in, &rs);
}

/* ---- an infeasible mandatory set ---- */

void answer_put_conflict(struct arena *a, struct json *j, const struct alloc *in, double seconds,
						 const atomic_bool *stop) {
	struct conflict_rule *rules;
	int32_t n;
	conflict_find(a, in, seconds, stop, &rules, &n);
	json_key(j, S("conflict"));
	json_arr(j);
	for (int32_t k = 0; k < n; k++) {
		const struct conflict_rule *r = &rules[k];
		json_obj(j);
		json_put_str(j, "rule", str_c(conflict_name(r->kind)));
		switch (r->kind) {
		case RULE_MUST:
		case RULE_FIXED:
		case RULE_NEVER: json_put_str(j, "project", in->projects[r->ref].id); break;
		case RULE_PAIR:
			json_put_str(j, "kind", in->pairs[r->ref].is_excludes ? S("excludes") : S("requires"));
			json_put_str(j, "a", in->projects[in->pairs[r->ref].a].id);
			json_put_str(j, "b", in->projects[in->pairs[r->ref].b].id);
			break;
		case RULE_LIMIT: json_put_str(j, "limit", in->limits[r->ref].id); break;
		case RULE_RESERVE:
		case RULE_QUOTA: json_put_str(j, "factor", in->factors[r->ref].id); break;
		case RULE_CONCENTRATION:
		case RULE__N: break;
		}
		json_end(j);
	}
	json_end(j);
}

void answer_open(struct json *j, const struct alloc *in, struct str text) {
	json_obj(j);
	json_put_str(j, "format", S("alloc-plan/1"));
	json_put_str(j, "name", in->name);
	put_sha256(j, text);
}

/* Today's practice: the plan by hand, whose service of each class the answer then holds. */
void answer_put_hand(struct json *j, const struct alloc *in, const int32_t *hand,
					 const struct solve_answer *ans) {
	struct alloc_plan plan = {.choice = (int32_t *)hand};
	struct alloc_goal value = {GOAL_VALUE, -1, 0};
	int64_t by_hand = check_goal(in, &plan, &value);
	json_key(j, S("hand"));
	json_obj(j);
	json_put_int(j, "value", by_hand);
	json_key(j, S("serve"));
	json_arr(j);
	for (int32_t k = 0; k < in->n_classes; k++) {
		struct alloc_goal g = {GOAL_CLASS_SERVE, k, 0};
		json_int(j, check_goal(in, &plan, &g));
	}
	json_end(j);
	if (ans->has_plan && by_hand > 0)
		json_put_int(j, "uplift_permille",
					 (check_goal(in, &ans->plan, &value) - by_hand) * 1000 / by_hand);
	json_end(j);
}
