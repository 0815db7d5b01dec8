#include "cli_allocate.h"

#include "cli_allocate_answer.h"
#include "base/json.h"
#include "solve/alloc_json.h"
#include "solve/check.h"
#include "solve/search.h"
#include "solve/stages.h"

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2, EXIT_INFEASIBLE = 3, EXIT_NOTHING = 4 };

/* ---- the clock and Ctrl-C ----
 *
 * The solver ends at its own time limit. What comes after it (reasons, more scenarios) looks at
 * is_over. When neither ends in time, on a machine that is far too busy or with an instance that is
 * far too large, the program gives up: a limit is a promise to whoever waits. */

/* Set by the signal handler only; a handler cannot be given anything else. */
static atomic_bool is_stopped, is_over;
static volatile sig_atomic_t is_showing; /* the answer is being written */

static const double GRACE = 0.6; /* seconds past the limit */

static void ring_after(double seconds) {
	struct itimerval t = {{0, 0}, {(time_t)seconds, (suseconds_t)(fmod(seconds, 1) * 1e6)}};
	if (seconds > 0 && t.it_value.tv_sec == 0 && t.it_value.tv_usec == 0) t.it_value.tv_usec = 1;
	setitimer(ITIMER_REAL, &t, NULL);
}

static void on_alarm(int sig) {
	static const char text[] = "zhaoyin allocate: no plan found in time\n";
	(void)sig;
	if (!is_over) {
		is_over = true;
		ring_after(GRACE);
	} else if (!is_showing) {
		ssize_t n = write(2, text, sizeof text - 1);
		(void)n;
		_exit(EXIT_NOTHING);
	}
}

static void on_signal(int sig) {
	(void)sig;
	is_stopped = is_over = true;
}

static double clock_s(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

struct options {
	struct solve_setup setup;
	bool is_strict, is_explain, is_curve, is_progress, is_check, is_uplift;
	enum answer_lang lang;
	double began, until; /* of the clock */
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
	if (!strcmp(name, "--lang")) {
		o->lang = !strcmp(v, "zh") ? ANSWER_ZH : !strcmp(v, "en") ? ANSWER_EN : ANSWER_BOTH;
		return o->lang != ANSWER_BOTH;
	}
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

static void show(const struct buf *b) {
	is_showing = 1;
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

/* ---- solving ---- */

static bool is_wrong(const struct solve_answer *ans) {
	if (ans->wrong.n == 0) return false;
	fprintf(stderr, "zhaoyin allocate: our own plan was refused by the checker:\n%.*s\n",
			(int)ans->wrong.n, ans->wrong.p);
	return true;
}

/* Looking for a contradiction costs at most ten seconds, and not more than is left. */
static double for_conflict(const struct options *o) {
	return fmax(0.3, fmin(10, o->until - clock_s()));
}

/* Seconds for the solver: what is left after reading, less what the rest will take. That grows with
 * the instance and with how busy the machine is, as reading did. */
static double for_solver(const struct options *o) {
	double all = o->until - o->began, left = o->until - clock_s(), reading = all - left;
	double rest = fmin(0.25 * all, 0.7 * reading + (o->is_explain ? 0.1 * all : 0));
	return fmax(0.02, left - rest);
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
	solve(a, in, &o->setup, &ans);
	if (is_wrong(&ans)) return EXIT_REFUSED;
	struct buf b = {.arena = a};
	struct json j = {.out = &b};
	answer_open(&j, in, text);
	answer_put(&j, in, &o->setup, &ans);
	if (o->is_uplift) answer_put_hand(&j, in, hand, &ans);
	if (ans.is_infeasible) answer_put_conflict(a, &j, in, for_conflict(o), &is_stopped);
	if (ans.has_plan && o->is_explain) answer_put_reasons(a, &j, in, &ans, o->lang, &is_over);
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
	answer_open(&j, in, text);
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
		json_put_str(&j, "status", str_c(answer_status(&ans)));
		struct alloc_goal value = {GOAL_VALUE, -1, 0};
		if (ans.has_plan) json_put_int(&j, "value", check_goal(in, &ans.plan, &value));
		json_key(&j, S("stages"));
		json_arr(&j);
		for (int32_t g = 0; g < ans.n_stages; g++) answer_put_stage(&j, in, &ans.stages[g]);
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
	answer_open(&j, in, text);
	answer_put(&j, in, &o->setup, &base);
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
		answer_put(&j, &s[k].in, &o->setup, &ans);
		if (ans.is_infeasible) answer_put_conflict(a, &j, &s[k].in, for_conflict(o), &is_stopped);
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
	o->setup.seconds = for_solver(o);
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
	static const struct {
		int sig;
		void (*handler)(int);
	} handlers[] = {{SIGINT, on_signal}, {SIGTERM, on_signal}, {SIGALRM, on_alarm}};
	struct sigaction old[3];
	is_stopped = false;
	is_over = false;
	is_showing = 0;
	for (size_t k = 0; k < 3; k++) {
		struct sigaction sa = {.sa_handler = handlers[k].handler, .sa_flags = SA_RESTART};
		sigaction(handlers[k].sig, &sa, &old[k]);
	}
	o.began = clock_s();
	o.until = o.began + o.setup.seconds;
	if (!o.is_check) ring_after(o.setup.seconds);
	struct arena a = {0};
	int status = run(&a, &o);
	ring_after(0);
	arena_release(&a);
	for (size_t k = 0; k < 3; k++) sigaction(handlers[k].sig, &old[k], NULL);
	return status;
}
