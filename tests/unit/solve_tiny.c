#include "solve_tiny.h"

#include "base/json.h"

#include <string.h>

__extension__ typedef __int128 wide;

/* ---- instances ---- */

static uint64_t next(uint64_t *s) {
	uint64_t z = (*s += 0x9E3779B97F4A7C15u);
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

static int64_t pick(uint64_t *s, int64_t n) {
	return (int64_t)(next(s) % (uint64_t)n);
}

static struct str name(struct arena *a, const char *prefix, int64_t n) {
	struct buf b = {.arena = a};
	buf_c(&b, prefix);
	buf_int(&b, n);
	return buf_str(&b);
}

struct gen {
	struct arena *a;
	struct json *j;
	uint64_t s;
	int64_t periods, factors, counties, projects, alts[8];
};

static struct str pool_name(struct gen *g, int64_t q) {
	return q == 0 ? S("city") : name(g->a, "c", q);
}

static void open_list(struct gen *g, const char *key) {
	json_key(g->j, str_c(key));
	json_arr(g->j);
}

static void gen_pools(struct gen *g) {
	static const int64_t shares[] = {0, 0, 200, 500, 500};
	open_list(g, "pools");
	for (int64_t q = 0; q <= g->counties; q++) {
		json_obj(g->j);
		json_put_str(g->j, "id", pool_name(g, q));
		json_put_str(g->j, "kind", q ? S("county") : S("city"));
		if (q) json_put_int(g->j, "withdraw_permille", shares[pick(&g->s, 5)]);
		if (q) json_put_int(g->j, "grant_permille", shares[pick(&g->s, 5)]);
		json_end(g->j);
	}
	json_end(g->j);
	open_list(g, "quota");
	for (int64_t q = 0; q <= g->counties; q++)
		for (int64_t f = 0; f < g->factors; f++) {
			json_obj(g->j);
			json_put_str(g->j, "pool", pool_name(g, q));
			json_put_str(g->j, "factor", name(g->a, "f", f));
			open_list(g, "amount");
			for (int64_t t = 0; t < g->periods; t++) json_int(g->j, pick(&g->s, 7));
			json_end(g->j);
			json_end(g->j);
		}
	json_end(g->j);
}

static void gen_use(struct gen *g, int64_t county) {
	int64_t from = 1 + pick(&g->s, g->periods),
			to = pick(&g->s, 3) ? from : from + pick(&g->s, g->periods - from + 1);
	int64_t pool = pick(&g->s, 6) == 0   ? 0
				   : pick(&g->s, 5) == 0 ? 1 + pick(&g->s, g->counties)
										 : county;
	json_arr(g->j);
	json_str(g->j, pool_name(g, pool));
	json_str(g->j, name(g->a, "f", pick(&g->s, g->factors)));
	json_int(g->j, from);
	json_int(g->j, to);
	json_int(g->j, 1 + pick(&g->s, 5));
	json_end(g->j);
}

static void gen_alt(struct gen *g, int64_t county, int64_t k) {
	static const int64_t shares[] = {0, 0, 500, 1000, 300};
	json_obj(g->j);
	json_put_str(g->j, "id", name(g->a, k % 2 ? "b" : "a", 9 - k));
	json_put_int(g->j, "value", 1 + pick(&g->s, 12));
	if (pick(&g->s, 2)) json_put_int(g->j, "serve", pick(&g->s, 2) ? 60 : 100);
	if (pick(&g->s, 3) == 0) json_put_int(g->j, "delay", pick(&g->s, 3));
	json_put_int(g->j, "city_share_permille", shares[pick(&g->s, 5)]);
	open_list(g, "use");
	for (int64_t n = 1 + pick(&g->s, 2); n > 0; n--) gen_use(g, county);
	json_end(g->j);
	json_end(g->j);
}

static void gen_projects(struct gen *g) {
	open_list(g, "projects");
	for (int64_t i = 0; i < g->projects; i++) {
		int64_t county = 1 + (i + pick(&g->s, 2)) % g->counties;
		json_obj(g->j);
		json_put_str(g->j, "id", name(g->a, "p", (i * 7 + 3) % 10));
		json_put_str(g->j, "county", pool_name(g, county));
		json_put_str(g->j, "class", name(g->a, "k", pick(&g->s, 3)));
		json_put_str(g->j, "rating", pick(&g->s, 2) ? S("A") : S("D"));
		json_put_int(g->j, "invest", 100 * i);
		g->alts[i] = 1 + pick(&g->s, 3) % 2 + (pick(&g->s, 8) == 0);
		open_list(g, "alts");
		for (int64_t k = 0; k < g->alts[i]; k++) gen_alt(g, county, k);
		json_end(g->j);
		if (pick(&g->s, 14) == 0) json_put_str(g->j, "fixed", name(g->a, "a", 9));
		if (pick(&g->s, 3) == 0) json_put_str(g->j, "last", pick(&g->s, 2) ? S("a9") : S("gone"));
		open_list(g, "ineligible");
		json_obj(g->j);
		json_put_str(g->j, "alt", S("gone"));
		json_put_str(g->j, "rule", S("tax per mu"));
		json_put_int(g->j, "have", 10);
		json_put_str(g->j, "need", S("20"));
		json_end(g->j);
		json_end(g->j);
		json_end(g->j);
	}
	json_end(g->j);
}

static void gen_pool_rules(struct gen *g) {
	static const int64_t shares[] = {0, 300, 500, 1000};
	open_list(g, "carry");
	for (int64_t q = 0; q <= g->counties; q++) {
		if (pick(&g->s, 3)) continue;
		json_obj(g->j);
		json_put_str(g->j, "pool", pool_name(g, q));
		json_put_str(g->j, "factor", S("f0"));
		json_put_int(g->j, "permille", shares[pick(&g->s, 4)]);
		if (pick(&g->s, 3) == 0) json_put_int(g->j, "max", pick(&g->s, 3));
		json_end(g->j);
	}
	json_end(g->j);
	open_list(g, "lapse_to_city");
	for (int64_t q = 1; q <= g->counties; q++)
		if (pick(&g->s, 3) == 0) json_str(g->j, pool_name(g, q));
	json_end(g->j);
	open_list(g, "transfers");
	for (int64_t q = 1; q < g->counties; q++) {
		if (pick(&g->s, 2)) continue;
		json_obj(g->j);
		json_put_str(g->j, "from", pool_name(g, q));
		json_put_str(g->j, "to", pool_name(g, q + 1));
		json_put_str(g->j, "factor", S("f0"));
		json_put_int(g->j, "max", pick(&g->s, 4));
		json_end(g->j);
	}
	json_end(g->j);
	open_list(g, "reserve");
	if (pick(&g->s, 3) == 0) {
		json_obj(g->j);
		json_put_str(g->j, "factor", S("f0"));
		json_put_int(g->j, "amount", pick(&g->s, 4));
		json_end(g->j);
	}
	json_end(g->j);
	if (pick(&g->s, 3) == 0)
		json_put_int(g->j, "concentration_permille", 200 + 200 * pick(&g->s, 3));
}

static void gen_choice_rules(struct gen *g) {
	open_list(g, "limits");
	if (pick(&g->s, 2)) {
		json_obj(g->j);
		json_put_str(g->j, "id", S("l1"));
		json_put_str(g->j, "factor", S("f0"));
		bool by_rating = pick(&g->s, 2);
		open_list(g, by_rating ? "rating" : "county");
		json_str(g->j, by_rating ? S("D") : pool_name(g, 1));
		json_end(g->j);
		json_put_int(g->j, "max_permille", 100 * (1 + pick(&g->s, 5)));
		json_end(g->j);
	}
	json_end(g->j);
	open_list(g, "floors");
	if (pick(&g->s, 3) == 0) {
		json_obj(g->j);
		json_put_str(g->j, "pool", pool_name(g, 1));
		json_put_str(g->j, "factor", S("f0"));
		json_put_int(g->j, "amount", 1 + pick(&g->s, 6));
		json_end(g->j);
	}
	json_end(g->j);
	open_list(g, "pairs");
	if (pick(&g->s, 2)) {
		json_obj(g->j);
		json_put_str(g->j, "kind", pick(&g->s, 2) ? S("requires") : S("excludes"));
		json_put_str(g->j, "a", S("p3"));
		json_put_str(g->j, "b", S("p0"));
		json_end(g->j);
	}
	json_end(g->j);
	open_list(g, "must");
	if (pick(&g->s, 8) == 0) json_str(g->j, S("p0"));
	json_end(g->j);
	open_list(g, "never");
	if (pick(&g->s, 8) == 0) json_str(g->j, S("p3"));
	json_end(g->j);
}

static void gen_goals(struct gen *g) {
	static const char *const kinds[] = {"class_serve", "class_value", "value",    "delay",
										"city_draw",   "transfer",    "fairness", "stability"};
	static const int64_t eps[] = {0, 0, 0, 100, 400};
	if (pick(&g->s, 5) == 0) return; /* the default list */
	open_list(g, "objectives");
	for (int64_t n = 1 + pick(&g->s, 6); n > 0; n--) {
		int64_t k = pick(&g->s, 8);
		json_obj(g->j);
		json_put_str(g->j, "kind", str_c(kinds[k]));
		if (k < 2) json_put_str(g->j, "class", name(g->a, "k", pick(&g->s, 3)));
		json_put_int(g->j, "eps_permille", eps[pick(&g->s, 5)]);
		json_end(g->j);
	}
	if (pick(&g->s, 4)) {
		json_obj(g->j);
		json_put_str(g->j, "kind", S("ids"));
		json_end(g->j);
	}
	json_end(g->j);
}

struct str tiny_text(struct arena *a, uint64_t seed) {
	static const char *const units[] = {"mu", "tce"};
	struct buf b = {.arena = a};
	struct json j = {.out = &b};
	struct gen g = {.a = a, .j = &j, .s = seed * 77777u};
	g.periods = 1 + pick(&g.s, 3);
	g.factors = 1 + pick(&g.s, 2);
	g.counties = 1 + pick(&g.s, 3);
	g.projects = 2 + pick(&g.s, 3);
	json_obj(&j);
	json_put_str(&j, "format", S("alloc/1"));
	json_put_str(&j, "name", S("tiny"));
	json_put_int(&j, "seed", (int64_t)seed);
	open_list(&g, "periods");
	for (int64_t t = 0; t < g.periods; t++) json_str(&j, name(a, "t", t));
	json_end(&j);
	open_list(&g, "classes");
	for (int64_t k = 0; k < 3; k++) json_str(&j, name(a, "k", k));
	json_end(&j);
	json_key(&j, S("ratings"));
	json_raw(&j, S("[\"A\",\"D\"]"));
	open_list(&g, "factors");
	for (int64_t f = 0; f < g.factors; f++) {
		json_obj(&j);
		json_put_str(&j, "id", name(a, "f", f));
		json_put_str(&j, "unit", str_c(units[f]));
		json_put_str(&j, "kind", f ? S("flow") : S("stock"));
		json_put_int(&j, "carry_permille", 250 * pick(&g.s, 4));
		json_end(&j);
	}
	json_end(&j);
	gen_pools(&g);
	gen_goals(&g);
	gen_pool_rules(&g);
	gen_choice_rules(&g);
	gen_projects(&g);
	json_end(&j);
	return buf_str(&b);
}

/* ---- movements of one factor, all of them ---- */

enum { POOLS = 5, DECISIONS = 24, STATES = 20000, PAIRS = 4096, WORK = 40000 };

struct pair {
	int64_t draw, transfer;
};

struct state {
	int64_t carried[POOLS], lapsed, conc[POOLS];
	struct pair at;
};

struct decision {
	enum { D_WITHDRAW, D_GRANT, D_TRANSFER, D_DRAW } kind;
	int32_t pool, to, county;
	int64_t max;
};

struct walk {
	const struct alloc *in;
	const int32_t *choice;
	int32_t f, t;
	struct state *from, *to;
	int32_t n_from, n_to;
	struct decision d[DECISIONS];
	int64_t v[DECISIONS];
	int32_t n_d;
	int64_t work;
	bool is_too_much;
};

static int64_t used_at(const struct walk *w, int32_t q) {
	int64_t sum = 0;
	for (int32_t i = 0; i < w->in->n_projects; i++) {
		if (w->choice[i] < 0) continue;
		const struct alloc_alt *a = &w->in->alts[w->choice[i]];
		for (int32_t k = 0; k < a->n_use; k++) {
			const struct alloc_use *u = &w->in->uses[a->use + k];
			if (u->factor == w->f && u->pool == q && u->from <= w->t && w->t <= u->to)
				sum += u->amount;
		}
	}
	return sum;
}

static void add_state(struct walk *w, const struct state *s) {
	for (int32_t k = 0; k < w->n_to; k++)
		if (!memcmp(&w->to[k], s, sizeof *s)) return;
	if (w->n_to == STATES) w->is_too_much = true;
	else w->to[w->n_to++] = *s;
}

/* What each pool carries: by its rule, or any amount up to the cap where the rest goes to the city. */
static void carry_on(struct walk *w, struct state s, const int64_t *end, int32_t q) {
	const struct alloc *in = w->in;
	if (w->t + 1 == in->n_periods) {
		memset(s.carried, 0, sizeof s.carried);
		s.lapsed = 0;
		if (end[in->city] >= in->reserve[w->f]) add_state(w, &s);
		return;
	}
	if (q == in->n_pools) {
		add_state(w, &s);
		return;
	}
	const struct alloc_carry *r = &in->carry[w->f * in->n_pools + q];
	int64_t cap = in->quota[alloc_at(in, w->f, q, w->t)] * in->factors[w->f].carry_permille / 1000;
	int64_t high = cap < end[q] ? cap : end[q], low = in->pools[q].lapses_to_city ? 0 : high;
	if (r->is_set) {
		high = end[q] * r->permille / 1000;
		if (r->max >= 0 && r->max < high) high = r->max;
		low = high;
	}
	for (int64_t c = low; c <= high; c++) {
		struct state n = s;
		n.carried[q] = c;
		if (in->pools[q].lapses_to_city) n.lapsed += end[q] - c;
		carry_on(w, n, end, q + 1);
	}
}

static void settle(struct walk *w, const struct state *from) {
	const struct alloc *in = w->in;
	int64_t end[POOLS] = {0}, out[POOLS] = {0};
	struct state s = *from;
	s.lapsed = 0;
	for (int32_t q = 0; q < in->n_pools; q++) {
		end[q] = in->quota[alloc_at(in, w->f, q, w->t)] + from->carried[q];
		s.carried[q] = 0;
	}
	end[in->city] += from->lapsed;
	int64_t held[POOLS];
	memcpy(held, end, sizeof held);
	for (int32_t k = 0; k < w->n_d; k++) {
		const struct decision *d = &w->d[k];
		int64_t v = w->v[k];
		switch (d->kind) {
		case D_WITHDRAW: end[d->pool] -= v, end[in->city] += v, out[d->pool] += v; break;
		case D_GRANT: end[d->pool] += v, end[in->city] -= v; break;
		case D_TRANSFER: end[d->pool] -= v, end[d->to] += v, out[d->pool] += v; break;
		case D_DRAW:
			end[d->pool] += v, end[in->city] -= v, s.at.draw += v, s.conc[d->county] += v;
			break;
		}
		if (d->kind != D_DRAW) s.at.transfer += v;
	}
	for (int32_t q = 0; q < in->n_pools; q++) {
		end[q] -= used_at(w, q);
		if (end[q] < 0 || (q != in->city && out[q] > held[q])) return;
	}
	int64_t cap = alloc_concentration_cap(in, w->f);
	for (int32_t q = 0; cap >= 0 && q < in->n_pools; q++)
		if (q != in->city && s.conc[q] > cap) return;
	carry_on(w, s, end, 0);
}

static void decide(struct walk *w, const struct state *from, int32_t k) {
	if (++w->work > WORK) w->is_too_much = true;
	if (w->is_too_much) return;
	if (k == w->n_d) {
		settle(w, from);
		return;
	}
	int64_t max = w->d[k].max;
	/* taking back and giving in one period is never better than the difference */
	if (w->d[k].kind == D_GRANT && k > 0 && w->d[k - 1].kind == D_WITHDRAW &&
		w->d[k - 1].pool == w->d[k].pool && w->v[k - 1] > 0)
		max = 0;
	for (w->v[k] = 0; w->v[k] <= max; w->v[k]++) decide(w, from, k + 1);
	w->v[k] = 0;
}

static void add_decision(struct walk *w, struct decision d) {
	if (d.max <= 0) return;
	if (w->n_d == DECISIONS) w->is_too_much = true;
	else w->d[w->n_d++] = d;
}

static void list_decisions(struct walk *w) {
	const struct alloc *in = w->in;
	w->n_d = 0;
	for (int32_t q = 0; q < in->n_pools; q++) {
		int64_t b = in->quota[alloc_at(in, w->f, q, w->t)];
		if (q == in->city) continue;
		add_decision(
			w, (struct decision){D_WITHDRAW, q, -1, -1, b * in->pools[q].withdraw_permille / 1000});
		add_decision(w,
					 (struct decision){D_GRANT, q, -1, -1, b * in->pools[q].grant_permille / 1000});
	}
	for (int32_t k = 0; k < in->n_transfers; k++)
		if (in->transfers[k].factor == w->f)
			add_decision(w, (struct decision){D_TRANSFER, in->transfers[k].from,
											  in->transfers[k].to, -1, in->transfers[k].max});
	for (int32_t i = 0; i < in->n_projects; i++) {
		if (w->choice[i] < 0) continue;
		const struct alloc_alt *a = &in->alts[w->choice[i]];
		for (int32_t k = 0; k < a->n_use; k++) {
			const struct alloc_use *u = &in->uses[a->use + k];
			if (u->factor != w->f || u->pool == in->city || u->from > w->t || w->t > u->to)
				continue;
			add_decision(w, (struct decision){D_DRAW, u->pool, -1, in->projects[i].county,
											  u->amount * a->city_share_permille / 1000});
		}
	}
}

/* All (draw, transfer) that the factor can end with; 0 = infeasible. */
static int32_t walk_factor(struct walk *w, struct pair *pairs) {
	const struct alloc *in = w->in;
	struct state first = {0};
	for (int32_t i = 0; i < in->n_projects;
		 i++) { /* direct uses of the city count from the start */
		if (w->choice[i] < 0) continue;
		const struct alloc_alt *a = &in->alts[w->choice[i]];
		for (int32_t k = 0; k < a->n_use; k++) {
			const struct alloc_use *u = &in->uses[a->use + k];
			if (u->factor != w->f || u->pool != in->city) continue;
			first.at.draw += u->amount * (u->to - u->from + 1);
			first.conc[in->projects[i].county] += u->amount * (u->to - u->from + 1);
		}
	}
	w->from[0] = first;
	w->n_from = 1;
	for (w->t = 0; w->t < in->n_periods && !w->is_too_much; w->t++) {
		list_decisions(w);
		w->n_to = 0;
		for (int32_t k = 0; k < w->n_from; k++) decide(w, &w->from[k], 0);
		struct state *swap = w->from;
		w->from = w->to;
		w->to = swap;
		w->n_from = w->n_to;
	}
	int32_t n = 0;
	for (int32_t k = 0; k < w->n_from; k++) {
		bool is_new = true;
		for (int32_t m = 0; m < n && is_new; m++)
			is_new =
				pairs[m].draw > w->from[k].at.draw || pairs[m].transfer > w->from[k].at.transfer;
		if (is_new && n < PAIRS) pairs[n++] = w->from[k].at;
	}
	return n;
}

/* ---- choices and objectives ---- */

struct tuple {
	int32_t plan;
	struct pair at;
};

struct brute {
	struct arena *arena;
	const struct alloc *in;
	struct walk w;
	int32_t *choice, *plans, n_plans, room;
	struct tuple *tuples;
	int32_t n_tuples, tuple_room;
	struct pair *pairs;
};

static void add_tuple(struct brute *b, struct tuple t) {
	if (b->n_tuples == b->tuple_room) {
		b->tuple_room = b->tuple_room ? b->tuple_room * 2 : 256;
		struct tuple *more = arena_array(b->arena, (size_t)b->tuple_room, sizeof *more);
		if (b->n_tuples) memcpy(more, b->tuples, (size_t)b->n_tuples * sizeof *more);
		b->tuples = more;
	}
	b->tuples[b->n_tuples++] = t;
}

static bool rules_hold(const struct brute *b) {
	const struct alloc *in = b->in;
	for (int32_t i = 0; i < in->n_projects; i++) {
		const struct alloc_project *p = &in->projects[i];
		if ((p->fixed >= 0 && b->choice[i] != p->fixed) || (p->is_must && b->choice[i] < 0) ||
			(p->is_never && b->choice[i] >= 0))
			return false;
	}
	for (int32_t k = 0; k < in->n_pairs; k++) {
		bool x = b->choice[in->pairs[k].a] >= 0, y = b->choice[in->pairs[k].b] >= 0;
		if (in->pairs[k].is_excludes ? x && y : x && !y) return false;
	}
	for (int32_t l = 0; l < in->n_limits; l++) {
		int64_t used = 0, quota = 0;
		const struct alloc_limit *x = &in->limits[l];
		for (int32_t i = 0; i < in->n_projects; i++) {
			const struct alloc_project *p = &in->projects[i];
			bool is_meant = (!x->rating || x->rating[p->rating]) &&
							(!x->class_no || x->class_no[p->class_no]) &&
							(!x->county || x->county[p->county]);
			if (!is_meant || b->choice[i] < 0) continue;
			const struct alloc_alt *a = &in->alts[b->choice[i]];
			for (int32_t k = 0; k < a->n_use; k++)
				if (in->uses[a->use + k].factor == x->factor)
					used += in->uses[a->use + k].amount *
							(in->uses[a->use + k].to - in->uses[a->use + k].from + 1);
		}
		for (int32_t q = 0; q < in->n_pools; q++)
			for (int32_t t = 0; t < in->n_periods; t++)
				quota += in->quota[alloc_at(in, x->factor, q, t)];
		if (used > quota * x->max_permille / 1000) return false;
	}
	return true;
}

static void keep_plan(struct brute *b) {
	const struct alloc *in = b->in;
	struct pair *sums = b->pairs, *sum = b->pairs + PAIRS, *next_sum = b->pairs + 2 * PAIRS;
	int32_t n = 1;
	sum[0] = (struct pair){0, 0};
	b->w.choice = b->choice;
	for (b->w.f = 0; b->w.f < in->n_factors && n; b->w.f++) {
		int32_t m = walk_factor(&b->w, sums), made = 0;
		if (n * m > PAIRS) b->w.is_too_much = true;
		if (b->w.is_too_much) return;
		for (int32_t x = 0; x < n; x++)
			for (int32_t y = 0; y < m; y++)
				next_sum[made++] =
					(struct pair){sum[x].draw + sums[y].draw, sum[x].transfer + sums[y].transfer};
		memcpy(sum, next_sum, (size_t)made * sizeof *sum);
		n = made;
	}
	if (n == 0) return;
	size_t one = (size_t)in->n_projects;
	if (b->n_plans == b->room) {
		b->room = b->room ? b->room * 2 : 64;
		int32_t *more = arena_array(b->arena, (size_t)b->room * one, sizeof *more);
		if (b->n_plans) memcpy(more, b->plans, (size_t)b->n_plans * one * sizeof *more);
		b->plans = more;
	}
	memcpy(b->plans + (size_t)b->n_plans * one, b->choice, one * sizeof *b->choice);
	for (int32_t k = 0; k < n; k++) add_tuple(b, (struct tuple){b->n_plans, sum[k]});
	b->n_plans++;
}

static void all_choices(struct brute *b, int32_t i) {
	if (b->w.is_too_much) return;
	if (i == b->in->n_projects) {
		if (rules_hold(b)) keep_plan(b);
		return;
	}
	for (int32_t k = -1; k < b->in->projects[i].n_alt; k++) {
		b->choice[i] = k < 0 ? -1 : b->in->projects[i].alt + k;
		all_choices(b, i + 1);
	}
	b->choice[i] = -1;
}

static const int32_t *plan_of(const struct brute *b, int32_t k) {
	return b->plans + (size_t)b->tuples[k].plan * (size_t)b->in->n_projects;
}

static int64_t score(const struct brute *b, int32_t k, const struct alloc_goal *g) {
	const struct alloc *in = b->in;
	const int32_t *c = plan_of(b, k);
	int64_t sum = 0;
	if (g->kind == GOAL_CITY_DRAW) return b->tuples[k].at.draw;
	if (g->kind == GOAL_TRANSFER) return b->tuples[k].at.transfer;
	for (int32_t i = 0; i < in->n_projects; i++) {
		const struct alloc_project *p = &in->projects[i];
		if (g->kind == GOAL_STABILITY)
			sum += p->last == LAST_GONE || (p->last >= 0 && p->last != c[i]);
		if (c[i] < 0) continue;
		const struct alloc_alt *a = &in->alts[c[i]];
		if (g->kind == GOAL_VALUE || (g->kind == GOAL_CLASS_VALUE && p->class_no == g->class_no))
			sum += a->value;
		if (g->kind == GOAL_CLASS_SERVE && p->class_no == g->class_no) sum += a->serve;
		if (g->kind == GOAL_DELAY) sum += a->delay;
	}
	return sum;
}

static void county_sums(const struct alloc *in, const int32_t *c, int32_t q, int64_t *got,
						int64_t *asked) {
	*got = *asked = 0;
	for (int32_t i = 0; i < in->n_projects; i++) {
		int64_t most = 0;
		if (in->projects[i].county != q) continue;
		for (int32_t k = 0; k < in->projects[i].n_alt; k++)
			if (in->alts[in->projects[i].alt + k].value > most)
				most = in->alts[in->projects[i].alt + k].value;
		*asked += most;
		if (c[i] >= 0) *got += in->alts[c[i]].value;
	}
}

static void worst_county(const struct alloc *in, const int32_t *c, int64_t *num, int64_t *den) {
	*num = *den = 1;
	for (int32_t q = 0; q < in->n_pools; q++) {
		int64_t got, asked;
		if (q == in->city) continue;
		county_sums(in, c, q, &got, &asked);
		if (asked > 0 && (wide)got * *den < (wide)*num * asked) *num = got, *den = asked;
	}
}

static bool keeps_fair(const struct alloc *in, const int32_t *c, int64_t num, int64_t den,
					   int32_t eps) {
	for (int32_t q = 0; q < in->n_pools; q++) {
		int64_t got, asked;
		if (q == in->city) continue;
		county_sums(in, c, q, &got, &asked);
		if (asked > 0 && (wide)got * den * 1000 < (wide)num * asked * (1000 - eps)) return false;
	}
	return true;
}

static void cut_fair(struct brute *b, const struct alloc_goal *g, int64_t *value) {
	int64_t num = 0, den = 1;
	for (int32_t k = 0; k < b->n_tuples; k++) {
		int64_t x, y;
		worst_county(b->in, plan_of(b, k), &x, &y);
		if (k == 0 || (wide)x * den > (wide)num * y) num = x, den = y;
	}
	int32_t n = 0;
	for (int32_t k = 0; k < b->n_tuples; k++)
		if (keeps_fair(b->in, plan_of(b, k), num, den, g->eps_permille))
			b->tuples[n++] = b->tuples[k];
	b->n_tuples = n;
	*value = (int64_t)((wide)num * 1000000 / den);
}

static bool is_smaller(const struct alloc *in, const int32_t *x, const int32_t *y) {
	bool done[8] = {false};
	for (int32_t n = 0; n < in->n_projects; n++) {
		int32_t first = -1; /* the smallest id not yet compared */
		for (int32_t i = 0; i < in->n_projects; i++)
			if (!done[i] && (first < 0 || str_cmp(in->projects[i].id, in->projects[first].id) < 0))
				first = i;
		done[first] = true;
		if (x[first] == y[first]) continue;
		if (x[first] < 0 || y[first] < 0) return y[first] < 0;
		return str_cmp(in->alts[x[first]].id, in->alts[y[first]].id) < 0;
	}
	return false;
}

static void cut_ids(struct brute *b) {
	for (int32_t k = 1; k < b->n_tuples; k++)
		if (is_smaller(b->in, plan_of(b, k), plan_of(b, 0))) {
			struct tuple t = b->tuples[0];
			b->tuples[0] = b->tuples[k];
			b->tuples[k] = t;
		}
	int32_t n = 0, best = b->tuples[0].plan;
	for (int32_t k = 0; k < b->n_tuples; k++)
		if (b->tuples[k].plan == best) b->tuples[n++] = b->tuples[k];
	b->n_tuples = n;
}

static void cut(struct brute *b, const struct alloc_goal *g, int64_t *value) {
	bool is_max =
		g->kind == GOAL_CLASS_SERVE || g->kind == GOAL_CLASS_VALUE || g->kind == GOAL_VALUE;
	int64_t best = score(b, 0, g);
	for (int32_t k = 1; k < b->n_tuples; k++) {
		int64_t s = score(b, k, g);
		if (is_max ? s > best : s < best) best = s;
	}
	int32_t n = 0;
	for (int32_t k = 0; k < b->n_tuples; k++) {
		int64_t s = score(b, k, g);
		bool is_kept = is_max ? s * 1000 >= best * (1000 - g->eps_permille)
							  : s * 1000 <= best * (1000 + g->eps_permille);
		if (is_kept) b->tuples[n++] = b->tuples[k];
	}
	b->n_tuples = n;
	*value = best;
}

static void cut_floor(struct brute *b, const struct alloc_floor *f) {
	int64_t best = -1;
	int32_t n = 0;
	for (int pass = 0; pass < 2; pass++)
		for (int32_t k = 0; k < b->n_tuples; k++) {
			int64_t got = 0;
			const int32_t *c = plan_of(b, k);
			for (int32_t i = 0; i < b->in->n_projects; i++) {
				if (c[i] < 0 || b->in->projects[i].county != f->pool) continue;
				const struct alloc_alt *a = &b->in->alts[c[i]];
				for (int32_t u = a->use; u < a->use + a->n_use; u++)
					if (b->in->uses[u].factor == f->factor)
						got +=
							b->in->uses[u].amount * (b->in->uses[u].to - b->in->uses[u].from + 1);
			}
			if (got > f->amount) got = f->amount;
			if (pass == 0 && got > best) best = got;
			if (pass == 1 && got >= best) b->tuples[n++] = b->tuples[k];
		}
	b->n_tuples = n;
}

bool tiny_brute(struct arena *a, const struct alloc *in, struct tiny_answer *out) {
	if (in->n_pools > POOLS || in->n_projects > 8 || in->n_goals > 32) return false;
	*out = (struct tiny_answer){0};
	struct brute b = {.arena = a, .in = in};
	b.choice = arena_array(a, (size_t)in->n_projects, sizeof *b.choice);
	b.pairs = arena_array(a, 3 * PAIRS, sizeof *b.pairs);
	b.w.in = in;
	b.w.from = arena_array(a, STATES, sizeof *b.w.from);
	b.w.to = arena_array(a, STATES, sizeof *b.w.to);
	all_choices(&b, 0);
	if (b.w.is_too_much) return false;
	out->is_infeasible = b.n_plans == 0;
	if (out->is_infeasible) return true;
	for (int32_t f = 0; f < in->n_floors; f++) cut_floor(&b, &in->floors[f]);
	for (int32_t g = 0; g < in->n_goals; g++) {
		if (in->goals[g].kind == GOAL_FAIRNESS) cut_fair(&b, &in->goals[g], &out->value[g]);
		else if (in->goals[g].kind == GOAL_IDS) cut_ids(&b);
		else cut(&b, &in->goals[g], &out->value[g]);
	}
	out->plans = arena_array(a, (size_t)b.n_tuples * (size_t)in->n_projects, sizeof *out->plans);
	for (int32_t k = 0; k < b.n_tuples; k++)
		memcpy(out->plans + (size_t)k * (size_t)in->n_projects, plan_of(&b, k),
			   (size_t)in->n_projects * sizeof *out->plans);
	out->n_plans = b.n_tuples;
	return true;
}
