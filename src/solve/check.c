#include "solve/check.h"

#include <string.h>

/* This file is the judge of the others: it uses only alloc.h and plain sums. */

struct judge {
	const struct alloc *in;
	const struct alloc_plan *plan;
	struct buf *out;
	bool is_good;
	/* by alloc_at() */
	int64_t *use, *carry, *lapse, *withdraw, *grant, *sent, *got, *drawn;
	int64_t *conc; /* drawn from the city by (factor, county of the project) */
};

static void say(struct judge *j, const char *rule, struct str a, struct str b, int32_t t,
				int64_t have, int64_t may) {
	j->is_good = false;
	buf_c(j->out, rule);
	buf_c(j->out, " ");
	buf_add(j->out, a);
	if (b.n) buf_byte(j->out, '/');
	buf_add(j->out, b);
	if (t >= 0) {
		buf_c(j->out, " period ");
		buf_int(j->out, t + 1);
	}
	buf_c(j->out, ": ");
	buf_int(j->out, have);
	buf_c(j->out, " against ");
	buf_int(j->out, may);
	buf_byte(j->out, '\n');
}

static int64_t max_share(const struct alloc *in, int32_t k, int32_t f, int32_t q, int32_t t) {
	int64_t share = 0;
	for (int32_t u = in->alts[k].use; u < in->alts[k].use + in->alts[k].n_use; u++) {
		const struct alloc_use *x = &in->uses[u];
		if (x->factor == f && x->pool == q && x->from <= t && t <= x->to)
			share += x->amount * in->alts[k].city_share_permille / 1000;
	}
	return share;
}

static void add_uses(struct judge *j) {
	const struct alloc *in = j->in;
	for (int32_t i = 0; i < in->n_projects; i++) {
		int32_t k = j->plan->choice[i];
		if (k < 0) continue;
		for (int32_t u = in->alts[k].use; u < in->alts[k].use + in->alts[k].n_use; u++) {
			const struct alloc_use *x = &in->uses[u];
			for (int32_t t = x->from; t <= x->to; t++) {
				j->use[alloc_at(in, x->factor, x->pool, t)] += x->amount;
				if (x->pool == in->city)
					j->conc[x->factor * in->n_pools + in->projects[i].county] += x->amount;
			}
		}
	}
}

static int64_t arc_max(const struct alloc *in, int32_t f, int32_t from, int32_t to) {
	for (int32_t k = 0; k < in->n_transfers; k++)
		if (in->transfers[k].factor == f && in->transfers[k].from == from &&
			in->transfers[k].to == to)
			return in->transfers[k].max;
	return -1;
}

/* One movement into the sums, with the rules that concern it alone. */
static void add_flow(struct judge *j, const struct alloc_flow *x) {
	const struct alloc *in = j->in;
	size_t at = alloc_at(in, x->factor, x->pool, x->period);
	struct str f = in->factors[x->factor].id, q = in->pools[x->pool].id;
	if (x->amount < 0) say(j, "negative movement", f, q, x->period, x->amount, 0);
	bool is_last = x->period + 1 == in->n_periods;
	switch (x->kind) {
	case FLOW_CARRY:
		if (is_last) say(j, "carry out of the last period", f, q, x->period, x->amount, 0);
		j->carry[at] += x->amount;
		break;
	case FLOW_LAPSE:
		if (is_last || !in->pools[x->pool].lapses_to_city)
			say(j, "lapse to the city not allowed", f, q, x->period, x->amount, 0);
		j->lapse[at] += x->amount;
		break;
	case FLOW_WITHDRAW: j->withdraw[at] += x->amount; break;
	case FLOW_GRANT: j->grant[at] += x->amount; break;
	case FLOW_TRANSFER: {
		int64_t max = arc_max(in, x->factor, x->pool, x->to);
		if (x->amount > max) say(j, "transfer over its arc", f, q, x->period, x->amount, max);
		j->sent[at] += x->amount;
		j->got[alloc_at(in, x->factor, x->to, x->period)] += x->amount;
		break;
	}
	case FLOW_DRAW:
		j->drawn[at] += x->amount;
		j->conc[x->factor * in->n_pools + in->projects[x->project].county] += x->amount;
		break;
	case FLOW__N: break;
	}
}

/* Several movements of one kind and arc may stand in the plan; their sum is what counts. */
static int cmp_flow(const struct alloc_flow *a, const struct alloc_flow *b) {
	const int32_t x[] = {(int32_t)a->kind, a->factor, a->pool, a->period, a->to, a->project};
	const int32_t y[] = {(int32_t)b->kind, b->factor, b->pool, b->period, b->to, b->project};
	for (int k = 0; k < 6; k++)
		if (x[k] != y[k]) return x[k] < y[k] ? -1 : 1;
	return 0;
}

static void check_twice(struct judge *j, struct arena *a) {
	const struct alloc *in = j->in;
	size_t n = j->plan->n_flows;
	struct alloc_flow *s = arena_array(a, n + 1, sizeof *s);
	if (n) memcpy(s, j->plan->flows, n * sizeof *s);
	for (size_t gap = n / 2; gap; gap /= 2) /* shell sort: small, no recursion */
		for (size_t i = gap; i < n; i++) {
			struct alloc_flow x = s[i];
			size_t k = i;
			for (; k >= gap && cmp_flow(&s[k - gap], &x) > 0; k -= gap) s[k] = s[k - gap];
			s[k] = x;
		}
	for (size_t k = 0; k < n; k++) {
		if (k && cmp_flow(&s[k - 1], &s[k]) == 0)
			say(j, "movement stands twice", in->factors[s[k].factor].id, in->pools[s[k].pool].id,
				s[k].period, 2, 1);
		if (s[k].kind != FLOW_DRAW) continue;
		int32_t choice = j->plan->choice[s[k].project];
		int64_t may = choice < 0 || s[k].pool == in->city
						  ? 0
						  : max_share(in, choice, s[k].factor, s[k].pool, s[k].period);
		if (s[k].amount > may)
			say(j, "draw over the city's share of", in->projects[s[k].project].id,
				in->factors[s[k].factor].id, s[k].period, s[k].amount, may);
	}
}

static void check_carry(struct judge *j, int32_t f, int32_t q, int32_t t, int64_t end) {
	const struct alloc *in = j->in;
	size_t at = alloc_at(in, f, q, t);
	const struct alloc_carry *r = &in->carry[f * in->n_pools + q];
	struct str fs = in->factors[f].id, qs = in->pools[q].id;
	if (t + 1 == in->n_periods) return;
	if (r->is_set) {
		int64_t want = end * r->permille / 1000;
		if (r->max >= 0 && want > r->max) want = r->max;
		if (j->carry[at] != want)
			say(j, "carry is not the share of the balance", fs, qs, t, j->carry[at], want);
	} else {
		int64_t may = in->quota[at] * in->factors[f].carry_permille / 1000;
		if (j->carry[at] > may)
			say(j, "carry over the share of the quota", fs, qs, t, j->carry[at], may);
	}
	if (j->carry[at] > end) say(j, "carry over the balance", fs, qs, t, j->carry[at], end);
	if (in->pools[q].lapses_to_city && j->lapse[at] != end - j->carry[at])
		say(j, "lapse is not the rest of the balance", fs, qs, t, j->lapse[at], end - j->carry[at]);
}

static void check_balance(struct judge *j, int32_t f, int32_t q, int32_t t) {
	const struct alloc *in = j->in;
	size_t at = alloc_at(in, f, q, t);
	struct str fs = in->factors[f].id, qs = in->pools[q].id;
	int64_t quota = in->quota[at], before = t > 0 ? j->carry[alloc_at(in, f, q, t - 1)] : 0;
	int64_t end = quota + before - j->use[at];
	if (q == in->city) {
		for (int32_t o = 0; o < in->n_pools; o++) {
			size_t k = alloc_at(in, f, o, t);
			end += j->withdraw[k] - j->grant[k] - j->drawn[k];
			if (t > 0) end += j->lapse[alloc_at(in, f, o, t - 1)];
		}
		if (j->withdraw[at] || j->grant[at] || j->drawn[at] || j->sent[at] || j->got[at])
			say(j, "the city neither withdraws from itself nor transfers", fs, qs, t, 1, 0);
	} else {
		int64_t w = quota * in->pools[q].withdraw_permille / 1000,
				g = quota * in->pools[q].grant_permille / 1000;
		if (j->withdraw[at] > w) say(j, "withdraw over its share", fs, qs, t, j->withdraw[at], w);
		if (j->grant[at] > g) say(j, "grant over its share", fs, qs, t, j->grant[at], g);
		int64_t out = j->withdraw[at] + j->sent[at];
		/* what came in as a grant in the same period may go back (both then cancel); what came by
		 * transfer or was served by the city may not be passed on */
		if (out - (j->grant[at] < j->withdraw[at] ? j->grant[at] : j->withdraw[at]) >
			quota + before)
			say(j, "passes on more than it carried and was issued", fs, qs, t, out, quota + before);
		end += j->grant[at] - j->withdraw[at] + j->got[at] - j->sent[at] + j->drawn[at];
	}
	if (end < 0) say(j, "used over the quota", fs, qs, t, -end, 0);
	if (q == in->city && t + 1 == in->n_periods && end < in->reserve[f])
		say(j, "reserve not kept", fs, qs, t, end, in->reserve[f]);
	check_carry(j, f, q, t, end);
}

static void check_choice(struct judge *j) {
	const struct alloc *in = j->in;
	const int32_t *c = j->plan->choice;
	for (int32_t i = 0; i < in->n_projects; i++) {
		const struct alloc_project *p = &in->projects[i];
		if (c[i] >= 0 && (c[i] < p->alt || c[i] >= p->alt + p->n_alt))
			say(j, "not an alternative of the project", p->id, (struct str){0}, -1, c[i], p->alt);
		if (p->fixed >= 0 && c[i] != p->fixed)
			say(j, "fixed alternative not kept", p->id, (struct str){0}, -1, 0, 1);
		if (p->is_must && c[i] < 0)
			say(j, "must project refused", p->id, (struct str){0}, -1, 0, 1);
		if (p->is_never && c[i] >= 0)
			say(j, "never project granted", p->id, (struct str){0}, -1, 1, 0);
	}
	for (int32_t k = 0; k < in->n_pairs; k++) {
		const struct alloc_pair *x = &in->pairs[k];
		bool a = c[x->a] >= 0, b = c[x->b] >= 0;
		if (x->is_excludes ? a && b : a && !b)
			say(j, x->is_excludes ? "excludes" : "requires", in->projects[x->a].id,
				in->projects[x->b].id, -1, 1, 0);
	}
}

static void check_limits(struct judge *j) {
	const struct alloc *in = j->in;
	for (int32_t l = 0; l < in->n_limits; l++) {
		int64_t used = 0;
		for (int32_t i = 0; i < in->n_projects; i++) {
			int32_t k = j->plan->choice[i];
			if (k < 0 || !limit_selects(&in->limits[l], &in->projects[i])) continue;
			for (int32_t u = in->alts[k].use; u < in->alts[k].use + in->alts[k].n_use; u++)
				if (in->uses[u].factor == in->limits[l].factor)
					used += in->uses[u].amount * (in->uses[u].to - in->uses[u].from + 1);
		}
		int64_t may =
			alloc_quota_total(in, in->limits[l].factor) * in->limits[l].max_permille / 1000;
		if (used > may) say(j, "limit", in->limits[l].id, (struct str){0}, -1, used, may);
	}
}

static void check_concentration(struct judge *j) {
	const struct alloc *in = j->in;
	for (int32_t f = 0; f < in->n_factors; f++) {
		int64_t cap = alloc_concentration_cap(in, f);
		for (int32_t q = 0; cap >= 0 && q < in->n_pools; q++)
			if (q != in->city && j->conc[f * in->n_pools + q] > cap)
				say(j, "concentration", in->factors[f].id, in->pools[q].id, -1,
					j->conc[f * in->n_pools + q], cap);
	}
}

bool check_plan(struct arena *a, const struct alloc *in, const struct alloc_plan *plan,
				struct buf *out) {
	size_t cells = alloc_at(in, in->n_factors, 0, 0) + 1;
	struct judge j = {.in = in, .plan = plan, .out = out, .is_good = true};
	int64_t **sums[] = {&j.use,   &j.carry, &j.lapse, &j.withdraw,
						&j.grant, &j.sent,  &j.got,   &j.drawn};
	for (size_t k = 0; k < sizeof sums / sizeof *sums; k++)
		*sums[k] = arena_array(a, cells, sizeof(int64_t));
	j.conc = arena_array(a, cells, sizeof *j.conc);
	check_choice(&j);
	if (!j.is_good) return false;
	add_uses(&j);
	for (size_t k = 0; k < plan->n_flows; k++) add_flow(&j, &plan->flows[k]);
	check_twice(&j, a);
	for (int32_t f = 0; f < in->n_factors; f++)
		for (int32_t t = 0; t < in->n_periods; t++)
			for (int32_t q = 0; q < in->n_pools; q++) check_balance(&j, f, q, t);
	check_limits(&j);
	check_concentration(&j);
	return j.is_good;
}

/* ---- objective values ---- */

void check_county_value(const struct alloc *in, const int32_t *choice, int32_t county, int64_t *got,
						int64_t *asked) {
	*got = *asked = 0;
	for (int32_t i = 0; i < in->n_projects; i++) {
		const struct alloc_project *p = &in->projects[i];
		if (p->county != county) continue;
		int64_t most = 0;
		for (int32_t k = p->alt; k < p->alt + p->n_alt; k++)
			if (in->alts[k].value > most) most = in->alts[k].value;
		*asked += most;
		if (choice[i] >= 0) *got += in->alts[choice[i]].value;
	}
}

static int64_t fairness(const struct alloc *in, const int32_t *choice) {
	int64_t worst = 1000000;
	for (int32_t q = 0; q < in->n_pools; q++) {
		int64_t got, asked;
		if (in->pools[q].is_city) continue;
		check_county_value(in, choice, q, &got, &asked);
		if (asked == 0) continue;
		__extension__ __int128 share = (__int128)got * 1000000 / asked;
		if (share < worst) worst = (int64_t)share;
	}
	return worst;
}

static int64_t moved(const struct alloc *in, const struct alloc_plan *plan, bool is_draw) {
	int64_t sum = 0;
	for (size_t k = 0; k < plan->n_flows; k++) {
		enum alloc_flow_kind kind = plan->flows[k].kind;
		bool is_move = kind == FLOW_WITHDRAW || kind == FLOW_GRANT || kind == FLOW_TRANSFER;
		if (is_draw ? kind == FLOW_DRAW : is_move) sum += plan->flows[k].amount;
	}
	for (int32_t i = 0; is_draw && i < in->n_projects; i++) {
		int32_t k = plan->choice[i];
		if (k < 0) continue;
		for (int32_t u = in->alts[k].use; u < in->alts[k].use + in->alts[k].n_use; u++)
			if (in->uses[u].pool == in->city)
				sum += in->uses[u].amount * (in->uses[u].to - in->uses[u].from + 1);
	}
	return sum;
}

static int64_t chosen(const struct alloc *in, const int32_t *choice, const struct alloc_goal *g) {
	int64_t sum = 0;
	for (int32_t i = 0; i < in->n_projects; i++) {
		const struct alloc_project *p = &in->projects[i];
		if (g->kind == GOAL_STABILITY) sum += p->last != LAST_NONE && choice[i] != p->last;
		if (choice[i] < 0 || (g->class_no >= 0 && p->class_no != g->class_no)) continue;
		const struct alloc_alt *a = &in->alts[choice[i]];
		if (g->kind == GOAL_CLASS_SERVE) sum += a->serve;
		if (g->kind == GOAL_CLASS_VALUE || g->kind == GOAL_VALUE) sum += a->value;
		if (g->kind == GOAL_DELAY) sum += a->delay;
	}
	return sum;
}

int64_t check_goal(const struct alloc *in, const struct alloc_plan *plan,
				   const struct alloc_goal *goal) {
	switch (goal->kind) {
	case GOAL_CITY_DRAW: return moved(in, plan, true);
	case GOAL_TRANSFER: return moved(in, plan, false);
	case GOAL_FAIRNESS: return fairness(in, plan->choice);
	case GOAL_CLASS_SERVE:
	case GOAL_CLASS_VALUE:
	case GOAL_VALUE:
	case GOAL_DELAY:
	case GOAL_STABILITY: return chosen(in, plan->choice, goal);
	case GOAL_IDS:
	case GOAL__N: return 0;
	}
	return 0;
}

int64_t check_floor(const struct alloc *in, const int32_t *choice,
					const struct alloc_floor *floor) {
	int64_t sum = 0;
	for (int32_t i = 0; i < in->n_projects; i++) {
		if (choice[i] < 0 || in->projects[i].county != floor->pool) continue;
		const struct alloc_alt *a = &in->alts[choice[i]];
		for (int32_t u = a->use; u < a->use + a->n_use; u++)
			if (in->uses[u].factor == floor->factor)
				sum += in->uses[u].amount * (in->uses[u].to - in->uses[u].from + 1);
	}
	return sum;
}
