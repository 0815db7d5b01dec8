#include "cli_allocate.h"

#include "base/json.h"
#include "solve/alloc_json.h"
#include "solve/check.h"
#include "solve/conflict.h"
#include "solve/reason.h"
#include "solve/search.h"
#include "solve/stages.h"

#include <fcntl.h>
#include <math.h>
#include <openssl/evp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2, EXIT_INFEASIBLE = 3, EXIT_NOTHING = 4 };

/* Set by the signal handler only; a handler cannot be given anything else. */
static volatile bool is_stopped;

static void on_signal(int sig) {
	(void)sig;
	is_stopped = true;
}

struct options {
	struct solve_setup setup;
	bool is_strict, is_explain, is_curve, is_progress, is_check, is_uplift, is_zh;
	const char *instance, *plan, *start, *replan, *scenarios, *objectives;
};

static int usage(const char *what) {
	fprintf(stderr,
			"zhaoyin allocate: %s\n"
			"usage: zhaoyin allocate [--time S] [--gap G] [--seed N] [--threads N] [--steps N]\n"
			"         [--objectives value,...] [--explain] [--lang zh|en] [--start PLAN] [--replan "
			"PLAN]\n"
			"         [--scenarios FILE] [--curve] [--uplift] [--progress] [--strict] --json "
			"INSTANCE.json\n"
			"       zhaoyin allocate check INSTANCE.json PLAN.json\n",
			what);
	return EXIT_USAGE;
}

/* ---- options ---- */

static bool real_of(const char *text, double max, double *out) {
	char *end;
	*out = strtod(text, &end);
	return end != text && !*end && isfinite(*out) && *out >= 0 && *out <= max;
}

static bool whole_of(const char *text, int64_t max, int64_t *out) {
	return str_int(str_c(text), out) && *out >= 0 && *out <= max;
}

/* An option with a value; false when the value is not one. */
static bool take_value(struct options *o, const char *name, const char *v) {
	int64_t n;
	struct {
		const char *name;
		const char **to;
	} texts[] = {
		{"--start", &o->start},           {"--replan", &o->replan}, {"--scenarios", &o->scenarios},
		{"--objectives", &o->objectives}, {"--json", &o->instance},
	};
	for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
		if (!strcmp(name, texts[k].name)) return *texts[k].to = v, true;
	if (!strcmp(name, "--time")) return real_of(v, 1e6, &o->setup.seconds) && o->setup.seconds > 0;
	if (!strcmp(name, "--gap")) return real_of(v, 1, &o->setup.gap);
	if (!strcmp(name, "--lang")) return o->is_zh = !strcmp(v, "zh"), o->is_zh || !strcmp(v, "en");
	if (!strcmp(name, "--seed") && whole_of(v, INT64_MAX, &n))
		return o->setup.seed = (uint64_t)n, true;
	if (!strcmp(name, "--threads") && whole_of(v, 16, &n) && n > 0)
		return o->setup.threads = (int)n, true;
	if (!strcmp(name, "--steps") && whole_of(v, 1000000000000, &n)) return o->setup.steps = n, true;
	return false;
}

static bool take_flag(struct options *o, const char *name) {
	struct {
		const char *name;
		bool *to;
	} flags[] = {
		{"--strict", &o->is_strict},        {"--explain", &o->is_explain},
		{"--curve", &o->is_curve},          {"--uplift", &o->is_uplift},
		{"--progress", &o->is_progress},    {"--no-child", &o->setup.no_child},
		{"--no-exact", &o->setup.no_exact},
	};
	for (size_t k = 0; k < sizeof flags / sizeof *flags; k++)
		if (!strcmp(name, flags[k].name)) return *flags[k].to = true;
	return false;
}

static const char *read_options(int argc, char **argv, struct options *o) {
	int at = 1;
	if (at < argc && !strcmp(argv[at], "check")) o->is_check = true, at++;
	for (; at < argc; at++) {
		const char *a = argv[at];
		if (a[0] != '-' || !a[1]) {
			if (!o->instance) o->instance = a;
			else if (o->is_check && !o->plan) o->plan = a;
			else return "one file too many";
		} else if (!strcmp(a, "--json") && at + 1 < argc && argv[at + 1][0] == '-' &&
				   argv[at + 1][1]) {
			continue; /* the answer is JSON anyway; the file comes later */
		} else if (!take_flag(o, a)) {
			if (at + 1 >= argc) return "unknown option, or its value is missing";
			if (!take_value(o, a, argv[++at])) return "unknown option or a bad value";
		}
	}
	if (!o->instance) return "no instance given";
	return o->is_check && !o->plan ? "no plan given" : NULL;
}

/* ---- files ---- */

/* The whole file, at most one byte over the limit: the reader then refuses it with its rule. */
static bool load(struct arena *a, const char *path, struct str *out) {
	int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : 0;
	if (fd < 0) return perror(path), false;
	struct buf b = {.arena = a};
	bool is_good = true;
	while (b.n <= ALLOC_TEXT_MAX) {
		size_t room = ALLOC_TEXT_MAX + 1 - b.n;
		ssize_t n = read(fd, buf_reserve(&b, 65536), room < 65536 ? room : 65536);
		if (n < 0) is_good = false;
		if (n <= 0) break;
		b.n += (size_t)n;
	}
	if (!is_good) perror(path);
	if (fd) close(fd);
	*out = buf_str(&b);
	return is_good;
}

static int refused(const char *path, const struct alloc_reading *r) {
	fprintf(stderr, "%s: %.*s: %.*s (rule: %.*s)\n", path, (int)r->error.field.n, r->error.field.p,
			(int)r->error.message.n, r->error.message.p, (int)r->error.rule.n, r->error.rule.p);
	return EXIT_REFUSED;
}

static void warn(const char *path, const struct alloc_reading *r) {
	for (int32_t k = 0; k < r->n_warnings; k++)
		fprintf(stderr, "%s: warning: %.*s\n", path, (int)r->warnings[k].n, r->warnings[k].p);
}

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

static void put_stage(struct json *j, const struct alloc *in, const struct solve_stage *st) {
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

static const char *overall(const struct solve_answer *ans) {
	if (ans->is_infeasible) return "infeasible";
	if (!ans->has_plan) return "none";
	enum solve_status worst = SOLVE_PROVEN;
	for (int32_t g = 0; g < ans->n_stages; g++)
		if (ans->stages[g].status > worst) worst = ans->stages[g].status;
	return solve_status_name(worst);
}

static void put_answer(struct json *j, const struct alloc *in, const struct options *o,
					   const struct solve_answer *ans) {
	json_put_str(j, "status", str_c(overall(ans)));
	json_put_int(j, "seed", (int64_t)o->setup.seed);
	json_put_int(j, "threads", o->setup.threads);
	json_put_str(j, "solver", str_c(ans->solver));
	put_real(j, "seconds", ans->seconds);
	json_key(j, S("stages"));
	json_arr(j);
	for (int32_t g = 0; g < ans->n_stages; g++) put_stage(j, in, &ans->stages[g]);
	json_end(j);
	if (!ans->has_plan) return;
	put_floors(j, in, ans);
	alloc_plan_write(j, in, &ans->plan);
}

static void show(const struct buf *b) {
	fwrite(b->p, 1, b->n, stdout);
	fputc('\n', stdout);
	fflush(stdout);
}

static void on_progress(void *arg, const struct solve_event *e) {
	const struct alloc *in = arg;
	fprintf(stderr, "{\"stage\":%d,\"of\":%d,\"objective\":\"%s\",\"seconds\":%.3f",
			(int)e->stage + 1, (int)e->n_stages, goal_name(e->goal.kind), e->seconds);
	if (e->goal.class_no >= 0 && in->n_classes)
		fprintf(stderr, ",\"class_no\":%d", (int)e->goal.class_no + 1);
	if (e->has_value) fprintf(stderr, ",\"value\":%lld", (long long)e->value);
	if (e->has_bound) fprintf(stderr, ",\"bound\":%lld", (long long)e->bound);
	fprintf(stderr, ",\"done\":%s}\n", e->is_done ? "true" : "false");
}

/* ---- commands ---- */

/* "value" or "class_serve:P,value,ids": replaces the instance's objectives. */
static bool set_objectives(struct arena *a, struct alloc *in, const char *text) {
	struct str rest = str_c(text), part;
	struct alloc_goal *goals = arena_array(a, 64, sizeof *goals);
	int32_t n = 0;
	while (str_split(&rest, ',', &part)) {
		struct str kind, class_id = part;
		str_split(&class_id, ':', &kind);
		int k = 0;
		while (k < GOAL__N && !str_eq(kind, str_c(goal_name((enum alloc_kind)k)))) k++;
		if (k == GOAL__N || n == 64) return false;
		struct alloc_goal g = {(enum alloc_kind)k, -1, 0};
		if (k <= GOAL_CLASS_VALUE) {
			for (int32_t c = 0; c < in->n_classes; c++)
				if (str_eq(in->classes[c], class_id)) g.class_no = c;
			if (g.class_no < 0) return false;
		}
		goals[n++] = g;
	}
	in->goals = goals;
	in->n_goals = n;
	return n > 0;
}

static int run_check(struct arena *a, const struct options *o, const struct alloc *in) {
	struct alloc_reading r = {0};
	struct str text;
	struct alloc_plan plan;
	struct alloc_claim *claims;
	int32_t n;
	bool has_flows;
	if (!load(a, o->plan, &text)) return EXIT_REFUSED;
	if (alloc_plan_read(a, text, in, &r, &plan, &has_flows) ||
		alloc_claims_read(a, text, in, &r, &claims, &n))
		return refused(o->plan, &r);
	struct buf why = {.arena = a};
	bool is_good = true;
	if (!has_flows) {
		struct core core;
		core_build(a, in, &core);
		struct alloc_plan with;
		if (plan_flows(a, &core, plan.choice, NULL, &with)) plan = with;
		else buf_c(&why, "no movements of quota can meet this plan\n"), is_good = false;
	}
	is_good = is_good && check_plan(a, in, &plan, &why);
	for (int32_t k = 0; k < n; k++) {
		int64_t value = check_goal(in, &plan, &claims[k].goal);
		bool is_max = goal_is_max(claims[k].goal.kind);
		/* a later stage may give up what the tolerance allows, and may gain */
		int64_t lock = claims[k].goal.kind == GOAL_FAIRNESS
						   ? claims[k].value * (1000 - claims[k].goal.eps_permille) / 1000
						   : goal_lock(&claims[k].goal, claims[k].value);
		bool is_kept = is_max ? value >= lock : value <= lock,
			 is_bound =
				 is_max ? claims[k].bound >= claims[k].value : claims[k].bound <= claims[k].value;
		if (is_kept && is_bound) continue;
		is_good = false;
		buf_c(&why, is_kept ? "bound against value of stage " : "value of stage ");
		buf_int(&why, k + 1);
		buf_c(&why, ": claimed ");
		buf_int(&why, claims[k].value);
		buf_c(&why, ", counted ");
		buf_int(&why, value);
		buf_byte(&why, '\n');
	}
	if (is_good) {
		struct buf b = {.arena = a};
		struct json j = {.out = &b};
		json_obj(&j);
		json_put_bool(&j, "accepted", true);
		json_key(&j, S("values"));
		json_arr(&j);
		for (int32_t g = 0; g < in->n_goals; g++)
			json_int(&j, check_goal(in, &plan, &in->goals[g]));
		json_end(&j);
		json_end(&j);
		show(&b);
		return EXIT_DONE;
	}
	fprintf(stderr, "%s: refused\n%.*s", o->plan, (int)why.n, why.p);
	return EXIT_REFUSED;
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

static void put_refused(struct json *j, const struct alloc *in, const struct reason *r) {
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
	put_sentence(j, in, r, true);
	put_sentence(j, in, r, false);
	json_end(j);
}

/* Where a granted project's quota comes from: its pools, less what the city serves of them. */
static void put_sources(struct json *j, const struct alloc *in, const struct alloc_plan *plan,
						int32_t i) {
	const struct alloc_alt *a = &in->alts[plan->choice[i]];
	json_obj(j);
	json_put_str(j, "project", in->projects[i].id);
	json_put_str(j, "alt", a->id);
	json_key(j, S("sources"));
	json_arr(j);
	for (int32_t u = a->use; u < a->use + a->n_use; u++)
		for (int32_t t = in->uses[u].from; t <= in->uses[u].to; t++) {
			int64_t city = 0;
			for (size_t k = 0; k < plan->n_flows; k++) {
				const struct alloc_flow *f = &plan->flows[k];
				if (f->kind == FLOW_DRAW && f->project == i && f->factor == in->uses[u].factor &&
					f->pool == in->uses[u].pool && f->period == t)
					city += f->amount;
			}
			json_obj(j);
			put_cell(j, in, in->uses[u].pool, in->uses[u].factor, t);
			json_put_int(j, "amount", in->uses[u].amount - city);
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

static void put_reasons(struct arena *a, struct json *j, const struct alloc *in,
						const struct solve_answer *ans) {
	struct reasons rs;
	int64_t *w = arena_array(a, (size_t)in->n_alts + 1, sizeof *w), value = 0;
	for (int32_t k = 0; k < in->n_alts; k++) w[k] = in->alts[k].value;
	for (int32_t i = 0; i < in->n_projects; i++)
		if (ans->plan.choice[i] >= 0) value += w[ans->plan.choice[i]];
	struct bound *prices = bound_new(a, ans->core, &ans->rows, w);
	bound_run(prices, 2000, value, &is_stopped);
	reasons_find(a, ans->core, ans->plan.choice, prices, &rs);
	reasons_costs(a, in, &ans->rows, 300, &is_stopped, &rs);
	json_key(j, S("refused"));
	json_arr(j);
	for (int32_t k = 0; k < rs.n_refused; k++) put_refused(j, in, &rs.refused[k]);
	json_end(j);
	json_key(j, S("granted"));
	json_arr(j);
	for (int32_t i = 0; i < in->n_projects; i++)
		if (ans->plan.choice[i] >= 0) put_sources(j, in, &ans->plan, i);
	json_end(j);
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

static void put_conflict(struct arena *a, struct json *j, const struct alloc *in) {
	struct conflict_rule *rules;
	int32_t n;
	conflict_find(a, in, 10, &is_stopped, &rules, &n);
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

/* ---- solving ---- */

static bool is_wrong(const struct solve_answer *ans) {
	if (ans->wrong.n == 0) return false;
	fprintf(stderr, "zhaoyin allocate: our own plan was refused by the checker:\n%.*s\n",
			(int)ans->wrong.n, ans->wrong.p);
	return true;
}

static void open_answer(struct json *j, const struct alloc *in, struct str text) {
	json_obj(j);
	json_put_str(j, "format", S("alloc-plan/1"));
	json_put_str(j, "name", in->name);
	put_sha256(j, text);
}

/* Today's practice: the plan by hand, whose service of each class the answer then holds. */
static void put_hand(struct json *j, const struct alloc *in, const int32_t *hand,
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

static int run_solve(struct arena *a, struct options *o, const struct alloc *in, struct str text) {
	struct solve_answer ans;
	int32_t *hand = arena_array(a, (size_t)in->n_projects + 1, sizeof *hand);
	if (o->is_uplift) {
		struct core core;
		core_build(a, in, &core);
		search_hand_plan(a, &core, hand);
		o->setup.hold = hand;
	}
	if (o->is_explain) o->setup.seconds *= 0.9; /* the rest is for the reasons */
	solve(a, in, &o->setup, &ans);
	if (is_wrong(&ans)) return EXIT_REFUSED;
	struct buf b = {.arena = a};
	struct json j = {.out = &b};
	open_answer(&j, in, text);
	put_answer(&j, in, o, &ans);
	if (o->is_uplift) put_hand(&j, in, hand, &ans);
	if (ans.is_infeasible) put_conflict(a, &j, in);
	if (ans.has_plan && o->is_explain) put_reasons(a, &j, in, &ans);
	json_end(&j);
	show(&b);
	return ans.is_infeasible ? EXIT_INFEASIBLE : ans.has_plan ? EXIT_DONE : EXIT_NOTHING;
}

/* The price of strict priority: the same instance with the class stages held to 0, 1, 2, 5 %. */
static int run_curve(struct arena *a, struct options *o, const struct alloc *in, struct str text) {
	static const int32_t tolerances[] = {0, 10, 20, 50};
	struct buf b = {.arena = a};
	struct json j = {.out = &b};
	struct solve_setup setup = o->setup;
	setup.seconds /= 4;
	open_answer(&j, in, text);
	json_key(&j, S("curve"));
	json_arr(&j);
	for (size_t k = 0; k < 4 && !is_stopped; k++) {
		struct alloc x = *in;
		struct solve_answer ans;
		x.goals = arena_array(a, (size_t)in->n_goals + 1, sizeof *x.goals);
		for (int32_t g = 0; g < in->n_goals; g++) {
			x.goals[g] = in->goals[g];
			if (in->goals[g].kind <= GOAL_CLASS_VALUE) x.goals[g].eps_permille = tolerances[k];
		}
		solve(a, &x, &setup, &ans);
		if (is_wrong(&ans)) return EXIT_REFUSED;
		json_obj(&j);
		json_put_int(&j, "tolerance_permille", tolerances[k]);
		json_put_str(&j, "status", str_c(overall(&ans)));
		struct alloc_goal value = {GOAL_VALUE, -1, 0};
		if (ans.has_plan) json_put_int(&j, "value", check_goal(in, &ans.plan, &value));
		json_key(&j, S("stages"));
		json_arr(&j);
		for (int32_t g = 0; g < ans.n_stages; g++) put_stage(&j, in, &ans.stages[g]);
		json_end(&j);
		json_key(&j, S("kept")); /* what the final plan keeps of each objective */
		json_arr(&j);
		for (int32_t g = 0; ans.has_plan && g < ans.n_stages; g++)
			json_int(&j, check_goal(in, &ans.plan, &ans.stages[g].goal));
		json_end(&j);
		json_end(&j);
		if (ans.has_plan) setup.start = ans.plan.choice;
	}
	json_end(&j);
	json_end(&j);
	show(&b);
	return EXIT_DONE;
}

static struct str alt_name(const struct alloc *in, int32_t k) {
	return k < 0 ? (struct str){0} : in->alts[k].id;
}

/* Scenarios side by side: each with its values and its difference to the first, the instance as it
 * is. They start from its plan, so that the difference is what the scenario needs. */
static int run_scenarios(struct arena *a, struct options *o, const struct alloc *in,
						 struct str text) {
	struct alloc_reading r = {.is_strict = o->is_strict};
	struct alloc_scenario *s;
	struct str file;
	int32_t n;
	if (!load(a, o->scenarios, &file)) return EXIT_REFUSED;
	if (alloc_scenarios_read(a, file, in, &r, &s, &n)) return refused(o->scenarios, &r);
	struct solve_setup setup = o->setup;
	setup.seconds /= n + 1;
	struct solve_answer base;
	solve(a, in, &setup, &base);
	if (is_wrong(&base)) return EXIT_REFUSED;
	struct buf b = {.arena = a};
	struct json j = {.out = &b};
	open_answer(&j, in, text);
	put_answer(&j, in, o, &base);
	if (base.has_plan) setup.start = base.plan.choice;
	json_key(&j, S("scenarios"));
	json_arr(&j);
	for (int32_t k = 0; k < n && !is_stopped; k++) {
		struct solve_answer ans;
		if (o->objectives && !set_objectives(a, &s[k].in, o->objectives)) return EXIT_USAGE;
		solve(a, &s[k].in, &setup, &ans);
		if (is_wrong(&ans)) return EXIT_REFUSED;
		json_obj(&j);
		json_put_str(&j, "name", s[k].name);
		put_answer(&j, &s[k].in, o, &ans);
		if (ans.is_infeasible) put_conflict(a, &j, &s[k].in);
		json_key(&j, S("changes"));
		json_arr(&j);
		for (int32_t i = 0; base.has_plan && ans.has_plan && i < in->n_projects; i++) {
			if (base.plan.choice[i] == ans.plan.choice[i]) continue;
			json_obj(&j);
			json_put_str(&j, "project", in->projects[i].id);
			json_put_str_or_null(&j, "from", alt_name(in, base.plan.choice[i]));
			json_put_str_or_null(&j, "to", alt_name(in, ans.plan.choice[i]));
			json_end(&j);
		}
		json_end(&j);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	show(&b);
	return EXIT_DONE;
}

/* --start: a plan to begin from. --replan: the plan in force; changing as little of it as possible
 * comes before all other objectives. */
static int take_plan(struct arena *a, struct options *o, struct alloc *in) {
	const char *path = o->replan ? o->replan : o->start;
	struct alloc_reading r = {0};
	struct alloc_plan plan;
	struct str text;
	bool has_flows;
	if (!path) return EXIT_DONE;
	if (!load(a, path, &text)) return EXIT_REFUSED;
	if (alloc_plan_read(a, text, in, &r, &plan, &has_flows)) return refused(path, &r);
	o->setup.start = plan.choice;
	if (!o->replan) return EXIT_DONE;
	struct alloc_goal *goals = arena_array(a, (size_t)in->n_goals + 1, sizeof *goals);
	goals[0] = (struct alloc_goal){GOAL_STABILITY, -1, 0};
	memcpy(goals + 1, in->goals, (size_t)in->n_goals * sizeof *goals);
	in->goals = goals;
	in->n_goals++;
	for (int32_t i = 0; i < in->n_projects; i++)
		in->projects[i].last = plan.choice[i] >= 0 ? plan.choice[i] : LAST_NONE;
	return EXIT_DONE;
}

static int run(struct arena *a, struct options *o) {
	struct alloc_reading r = {.is_strict = o->is_strict};
	struct alloc in;
	struct str text;
	if (!load(a, o->instance, &text)) return EXIT_REFUSED;
	if (alloc_read(a, text, &r, &in)) return refused(o->instance, &r);
	warn(o->instance, &r);
	if (o->objectives && !set_objectives(a, &in, o->objectives))
		return usage("--objectives: no such objective or class");
	if (o->is_check) return run_check(a, o, &in);
	o->setup.stop = &is_stopped;
	if (o->is_progress) o->setup.progress = on_progress, o->setup.arg = &in;
	int status = take_plan(a, o, &in);
	if (status != EXIT_DONE) return status;
	if (o->is_curve) return run_curve(a, o, &in, text);
	if (o->scenarios) return run_scenarios(a, o, &in, text);
	return run_solve(a, o, &in, text);
}

int cli_allocate(int argc, char **argv) {
	struct options o = {.setup = {.seconds = 60, .seed = 1, .threads = 1}};
	const char *wrong = read_options(argc, argv, &o);
	if (wrong) return usage(wrong);
	struct sigaction sa = {.sa_handler = on_signal}, old_int, old_term;
	sigaction(SIGINT, &sa, &old_int);
	sigaction(SIGTERM, &sa, &old_term);
	struct arena a = {0};
	int status = run(&a, &o);
	arena_release(&a);
	sigaction(SIGINT, &old_int, NULL);
	sigaction(SIGTERM, &old_term, NULL);
	return status;
}
