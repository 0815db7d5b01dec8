/* solve_test.c - the allocation engine: worked examples, the checker, refusals, reasons, ends. */
#include "unit.h"

#include "base/buf.h"
#include "solve/alloc_json.h"
#include "solve/check.h"
#include "solve/conflict.h"
#include "solve/mip.h"
#include "solve/reason.h"
#include "solve/stages.h"

#include <jansson.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static struct str read_data(struct arena *a, const char *name) {
	struct buf path = {.arena = a}, b = {.arena = a};
	buf_c(&path, DATA_DIR "/");
	buf_c(&path, name);
	FILE *f = fopen(str_cstr(a, buf_str(&path)), "rb");
	assert_non_null(f);
	size_t n;
	while ((n = fread(buf_reserve(&b, 65536), 1, 65536, f)) > 0) b.n += n;
	fclose(f);
	return buf_str(&b);
}

static void read_instance(struct arena *a, struct str text, struct alloc *in) {
	struct alloc_reading r = {0};
	if (alloc_read(a, text, &r, in) != ERR_OK)
		fail_saying("%.*s: %.*s", (int)r.error.field.n, r.error.field.p, (int)r.error.message.n,
					r.error.message.p);
}

static void only_value(struct alloc *in) {
	static struct alloc_goal value = {GOAL_VALUE, -1, 0};
	in->goals = &value;
	in->n_goals = 1;
}

/* ---- worked examples ---- */

static uint64_t chance(uint64_t *s) {
	*s = *s * 6364136223846793005u + 1442695040888963407u;
	return *s >> 33;
}

static void shuffle(json_t *list, uint64_t *s) {
	for (size_t i = json_array_size(list); i > 1; i--) {
		size_t k = chance(s) % i;
		json_t *x = json_incref(json_array_get(list, i - 1)),
			   *y = json_incref(json_array_get(list, k));
		json_array_set_new(list, k, x);
		json_array_set_new(list, i - 1, y);
	}
}

/* The same instance with every array whose order has no meaning in another order. */
static struct str shuffled(struct arena *a, struct str text, uint64_t seed) {
	static const char *const lists[] = {"factors", "pools",     "quota",
										"carry",   "transfers", "projects"};
	json_t *root = json_loadb(text.p, text.n, 0, NULL);
	assert_non_null(root);
	for (size_t k = 0; seed && k < LEN(lists); k++) shuffle(json_object_get(root, lists[k]), &seed);
	json_t *projects = json_object_get(root, "projects");
	for (size_t k = 0; seed && k < json_array_size(projects); k++)
		shuffle(json_object_get(json_array_get(projects, k), "alts"), &seed);
	char *dump = json_dumps(root, 0);
	struct str copy = str_copy(a, str_c(dump));
	free(dump);
	json_decref(root);
	return copy;
}

static void check_example(struct arena *a, struct str text, const struct solve_setup *setup,
						  json_t *expected) {
	struct alloc in;
	struct solve_answer ans;
	read_instance(a, text, &in);
	solve(a, &in, setup, &ans);
	assert_true(ans.has_plan);
	json_t *stages = json_object_get(expected, "stages");
	for (size_t g = 0; g < json_array_size(stages); g++) {
		assert_int_equal(ans.stages[g].value, json_integer_value(json_array_get(stages, g)));
		assert_int_equal(ans.stages[g].bound, ans.stages[g].value);
		assert_int_equal(ans.stages[g].status, SOLVE_PROVEN);
	}
	for (int32_t i = 0; i < in.n_projects; i++) {
		json_t *want =
			json_object_get(json_object_get(expected, "plan"), str_cstr(a, in.projects[i].id));
		struct str got = ans.plan.choice[i] < 0 ? (struct str){0} : in.alts[ans.plan.choice[i]].id;
		assert_str(got, str_c(json_string_value(want)));
	}
}

static void examples_in_any_order_and_on_two_threads(void **state) {
	(void)state;
	static const char *const names[] = {"example-1.json", "example-2.json"};
	for (size_t e = 0; e < LEN(names); e++)
		for (uint64_t order = 0; order < 12; order++) {
			struct arena a = {0};
			struct str text = read_data(&a, names[e]);
			json_t *root = json_loadb(text.p, text.n, 0, NULL);
			/* the complete listing, and the way that large instances go */
			struct solve_setup setup = {.seconds = 60,
										.seed = 1 + order,
										.threads = 1 + (int)(order & 1),
										.no_exact = order >= 10,
										.steps = 300};
			if (setup.no_exact && !mip_is_there()) setup.no_exact = false;
			check_example(&a, shuffled(&a, text, order), &setup, json_object_get(root, "expected"));
			json_decref(root);
			arena_release(&a);
		}
}

/* ---- the checker ---- */

static bool accepts(struct arena *a, const struct alloc *in, const struct alloc_plan *plan) {
	struct buf why = {.arena = a};
	bool is_good = check_plan(a, in, plan, &why);
	assert_int_equal(is_good, why.n == 0);
	return is_good;
}

/* Example 2 needs every movement of its plan: one unit less breaks it, so does a negative or an
 * absurd one, a movement listed twice, and every project granted beside. */
static void a_planted_wrong_plan_is_refused(void **state) {
	(void)state;
	struct arena a = {0};
	struct alloc in;
	struct solve_answer ans;
	struct solve_setup setup = {.seconds = 60, .seed = 1, .threads = 1};
	read_instance(&a, read_data(&a, "example-2.json"), &in);
	solve(&a, &in, &setup, &ans);
	assert_true(ans.has_plan);
	assert_true(accepts(&a, &in, &ans.plan));
	assert_true(ans.plan.n_flows > 3);
	for (size_t k = 0; k < ans.plan.n_flows; k++) {
		int64_t was = ans.plan.flows[k].amount;
		ans.plan.flows[k].amount = was - 1;
		assert_false(accepts(&a, &in, &ans.plan));
		ans.plan.flows[k].amount = -was;
		assert_false(accepts(&a, &in, &ans.plan));
		ans.plan.flows[k].amount = was + 1000;
		assert_false(accepts(&a, &in, &ans.plan));
		ans.plan.flows[k].amount = was;
	}
	for (int32_t i = 0; i < in.n_projects; i++) {
		if (ans.plan.choice[i] >= 0) continue;
		for (int32_t x = 0; x < in.projects[i].n_alt; x++) {
			ans.plan.choice[i] = in.projects[i].alt + x;
			assert_false(accepts(&a, &in, &ans.plan));
		}
		ans.plan.choice[i] = -1;
	}
	struct alloc_flow *twice = arena_array(&a, ans.plan.n_flows + 1, sizeof *twice);
	memcpy(twice, ans.plan.flows, ans.plan.n_flows * sizeof *twice);
	twice[ans.plan.n_flows] = twice[0];
	twice[ans.plan.n_flows].amount = 0;
	struct alloc_plan doubled = {ans.plan.choice, twice, ans.plan.n_flows + 1};
	assert_false(accepts(&a, &in, &doubled));
	arena_release(&a);
}

/* ---- the reader ---- */

/* Example 1 with one piece of its text replaced. */
static const struct {
	const char *why, *old, *new_text, *rule, *place;
} refusals[] = {
	{"negative quota", "3000", "-3000", "negative", "quota[1].amount[0]"},
	{"overflowing quota", "3000", "9007199254740993", "overflow", "quota[1].amount[0]"},
	{"beyond int64", "3000", "92233720368547758080", "json", "line "},
	{"a sum that overflows", "3000", "9007199254740992", "overflow", "quota"},
	{"a fraction", "3000", "3000.5", "type", "quota[1].amount[0]"},
	{"NaN", "3000", "NaN", "json", "line "},
	{"negative use", "260", "-260", "negative", "projects[0].alts[0].use[0][4]"},
	{"unknown unit", "\"mu\"", "\"furlong\"", "unknown_unit", "factors[0].unit"},
	{"unknown factor kind", "\"stock\"", "\"heap\"", "unknown_kind", "factors[0].kind"},
	{"value zero", "500000,\n     \"delay\"", "0,\n     \"delay\"", "too_small",
	 "projects[0].alts[0].value"},
	{"project twice", "\"P2\"", "\"P1\"", "duplicate", "projects[1].id"},
	{"pool twice", "{\n   \"id\": \"B\"", "{\n   \"id\": \"A\"", "duplicate", "pools[2].id"},
	{"two cities", "\"id\": \"A\",\n   \"kind\": \"county\"",
	 "\"id\": \"A\",\n   \"kind\": \"city\"", "city_twice", "pools[1].kind"},
	{"other format", "alloc/1", "alloc/9", "format", "format"},
	{"unknown project", "\"limits\": []", "\"limits\": [], \"must\": [\"nobody\"]", "unknown_id",
	 "must[0]"},
	{"a ring of transfers", "\"limits\": []",
	 "\"limits\": [], \"transfers\": "
	 "[{\"from\":\"A\",\"to\":\"B\",\"factor\":\"LAND\",\"max\":1},{\"from\":\"B\",\"to\":\"A\","
	 "\"factor\":\"LAND\",\"max\":1}]",
	 "pool_cycle", "transfers[0]"},
	{"a pool to itself", "\"limits\": []",
	 "\"limits\": [], \"transfers\": [{\"from\":\"A\",\"to\":\"A\",\"factor\":\"LAND\",\"max\":1}]",
	 "pool_cycle", "transfers[0].to"},
	{"share over the whole", "\"limits\": []", "\"limits\": [], \"concentration_permille\": 1001",
	 "overflow", "concentration_permille"},
	{"member twice", "\"limits\": []", "\"limits\": [], \"limits\": []", "json", "line "},
	{"cut off", "\"limits\": []", "\"limits\": [", "json", "line "},
	{"excludes itself", "\"limits\": []",
	 "\"limits\": [], \"pairs\": [{\"kind\":\"excludes\",\"a\":\"P1\",\"b\":\"P1\"}]", "self",
	 "pairs[0]"},
	{"unknown member", "\"limits\": []", "\"limits\": [], \"limitz\": []", "unknown_member",
	 "limitz"},
};

static struct str replaced(struct arena *a, struct str text, const char *old,
						   const char *new_text) {
	ptrdiff_t at = str_find(text, str_c(old));
	assert_true(at >= 0);
	struct buf b = {.arena = a};
	buf_add(&b, str_sub(text, 0, (size_t)at));
	buf_c(&b, new_text);
	buf_add(&b, str_sub(text, (size_t)at + strlen(old), text.n));
	return buf_str(&b);
}

static void bad_instances_are_refused_with_place_and_rule(void **state) {
	(void)state;
	for (size_t k = 0; k < LEN(refusals); k++) {
		struct arena a = {0};
		struct alloc in;
		struct alloc_reading r = {.is_strict = true};
		struct str text =
			replaced(&a, read_data(&a, "example-1.json"), refusals[k].old, refusals[k].new_text);
		enum err e = alloc_read(&a, text, &r, &in);
		if (e == ERR_OK) fail_saying("not refused: %s", refusals[k].why);
		assert_str(r.error.rule, str_c(refusals[k].rule));
		assert_str(str_sub(r.error.field, 0, strlen(refusals[k].place)), str_c(refusals[k].place));
		assert_true(r.error.message.n > 0);
		arena_release(&a);
	}
}

static void an_alternative_without_demand_is_refused(void **state) {
	(void)state;
	static const char text[] = "{\"format\":\"alloc/"
							   "1\",\"periods\":[\"1\"],\"classes\":[\"k\"],\"factors\":[{\"id\":"
							   "\"f\",\"unit\":\"t\",\"kind\":\"stock\"}],"
							   "\"pools\":[{\"id\":\"c\",\"kind\":\"city\"},{\"id\":\"a\",\"kind\":"
							   "\"county\"}],\"quota\":[],"
							   "\"projects\":[{\"id\":\"p\",\"county\":\"a\",\"class\":\"k\","
							   "\"alts\":[{\"id\":\"x\",\"value\":1,\"use\":[]}]}]}";
	struct arena a = {0};
	struct alloc in;
	struct alloc_reading r = {0};
	assert_int_equal(alloc_read(&a, str_c(text), &r, &in), ERR_INVALID);
	assert_str(r.error.rule, S("no_demand"));
	assert_str(r.error.field, S("projects[0].alts[0].use"));
	assert_int_equal(alloc_read(&a, (struct str){text, ALLOC_TEXT_MAX + 1}, &r, &in),
					 ERR_TOO_LARGE);
	arena_release(&a);
}

/* ---- contradictions ---- */

static const struct {
	const char *why, *rules;
	int n;
} conflicts[] = {
	{"must and never", "\"must\":[\"p\"],\"never\":[\"p\"]", 2},
	{"must and excluded",
	 "\"must\":[\"p\",\"q\"],\"pairs\":[{\"kind\":\"excludes\",\"a\":\"p\",\"b\":\"q\"}]", 3},
	{"must beyond the quota", "\"must\":[\"p\",\"q\",\"r\"]", 3},
	{"reserve beyond the quota", "\"reserve\":[{\"factor\":\"f\",\"amount\":11}]", 2},
	{"required and never",
	 "\"must\":[\"r\"],\"never\":[\"q\"],\"pairs\":[{\"kind\":\"requires\",\"a\":\"r\",\"b\":\"q\"}"
	 "]",
	 3},
};

static void contradictions_are_named(void **state) {
	(void)state;
	for (size_t k = 0; k < LEN(conflicts); k++) {
		struct arena a = {0};
		struct buf b = {.arena = &a};
		buf_c(
			&b,
			"{\"format\":\"alloc/"
			"1\",\"periods\":[\"1\"],\"classes\":[\"k\"],\"factors\":[{\"id\":\"f\",\"unit\":\"t\","
			"\"kind\":\"stock\"},{\"id\":\"g\",\"unit\":\"t\",\"kind\":\"stock\"}],"
			"\"pools\":[{\"id\":\"c\",\"kind\":\"city\"},{\"id\":\"a\",\"kind\":\"county\"}],"
			"\"quota\":[{\"pool\":\"c\",\"factor\":\"f\",\"amount\":[10]},{\"pool\":\"a\","
			"\"factor\":\"f\",\"amount\":[10]},{\"pool\":\"a\",\"factor\":\"g\",\"amount\":[5]}],");
		buf_c(&b, conflicts[k].rules);
		buf_c(&b, ",\"projects\":[{\"id\":\"p\",\"county\":\"a\",\"class\":\"k\",\"alts\":[{\"id\":"
				  "\"x\",\"value\":1,\"use\":[[\"a\",\"f\",1,1,6]]}]},"
				  "{\"id\":\"q\",\"county\":\"a\",\"class\":\"k\",\"alts\":[{\"id\":\"x\","
				  "\"value\":1,\"use\":[[\"a\",\"f\",1,1,3],[\"a\",\"g\",1,1,2]]},{\"id\":\"y\","
				  "\"value\":1,\"use\":[[\"a\",\"f\",1,1,5]]}]},"
				  "{\"id\":\"r\",\"county\":\"a\",\"class\":\"k\",\"alts\":[{\"id\":\"x\","
				  "\"value\":1,\"use\":[[\"a\",\"f\",1,1,5]]}]}]}");
		struct alloc in;
		struct solve_answer ans;
		struct solve_setup setup = {.seconds = 60, .seed = 1, .threads = 1};
		struct conflict_rule *rules;
		int32_t n;
		read_instance(&a, buf_str(&b), &in);
		solve(&a, &in, &setup, &ans);
		if (!ans.is_infeasible) fail_saying("%s: not seen", conflicts[k].why);
		assert_true(conflict_find(&a, &in, 60, NULL, &rules, &n));
		if (n != conflicts[k].n) fail_saying("%s: %d rules", conflicts[k].why, (int)n);
		arena_release(&a);
	}
}

/* ---- reasons ---- */

/* Does the plan with this alternative beside fit, when the quota is raised by m? Asked of a network
 * built anew. */
static bool fits_with(const struct alloc *in, const int32_t *choice, int32_t alt,
					  const struct reason_missing *m, int32_t n) {
	struct arena a = {0};
	struct alloc x = *in;
	size_t cells = alloc_at(in, in->n_factors, 0, 0);
	struct core c;
	x.quota = arena_array(&a, cells, sizeof *x.quota);
	memcpy(x.quota, in->quota, cells * sizeof *x.quota);
	for (int32_t k = 0; k < n; k++)
		x.quota[alloc_at(in, m[k].factor, m[k].pool, m[k].period)] += m[k].amount;
	core_build(&a, &x, &c);
	int32_t *with = arena_array(&a, (size_t)in->n_projects, sizeof *with);
	memcpy(with, choice, (size_t)in->n_projects * sizeof *with);
	with[in->alts[alt].project] = alt;
	struct alloc_plan plan;
	struct buf why = {.arena = &a};
	bool fits = plan_flows(&a, &c, with, NULL, &plan) && check_plan(&a, &x, &plan, &why);
	arena_release(&a);
	return fits;
}

static int prove_reasons(struct arena *a, const struct alloc *in, const struct solve_answer *ans) {
	struct reasons rs;
	int64_t *w = arena_array(a, (size_t)in->n_alts, sizeof *w);
	int proven = 0;
	for (int32_t k = 0; k < in->n_alts; k++) w[k] = in->alts[k].value;
	struct bound *prices = bound_new(a, ans->core, &ans->rows, w);
	bound_run(prices, 500, 0, NULL);
	reasons_find(a, ans->core, ans->plan.choice, prices, NULL, &rs);
	for (int32_t k = 0; k < rs.n_refused; k++) {
		const struct reason *r = &rs.refused[k];
		if (r->kind != REASON_QUOTA && r->kind != REASON_PRICED_OUT) continue;
		assert_true(fits_with(in, ans->plan.choice, r->alt, r->missing, r->n_missing));
		for (int32_t m = 0; m < r->n_missing; m++) {
			r->missing[m].amount--;
			assert_false(fits_with(in, ans->plan.choice, r->alt, r->missing, r->n_missing));
			r->missing[m].amount++;
		}
		proven += r->n_missing > 0;
	}
	return proven;
}

static void the_stated_extra_quota_admits_and_one_unit_less_does_not(void **state) {
	(void)state;
	static const char *const names[] = {"S-1.json", "example-1.json", "example-2.json"};
	for (size_t k = 0; k < LEN(names); k++) {
		struct arena a = {0};
		struct alloc in;
		struct solve_answer ans;
		struct solve_setup setup = {
			.seconds = 60, .seed = 1, .threads = 1, .no_child = true, .steps = 1000};
		read_instance(&a, read_data(&a, names[k]), &in);
		if (k == 0) only_value(&in);
		solve(&a, &in, &setup, &ans);
		assert_true(ans.has_plan);
		assert_true(prove_reasons(&a, &in, &ans) > 0);
		arena_release(&a);
	}
}

/* ---- ends ---- */

static void a_cancelled_solve_gives_what_it_has(void **state) {
	(void)state;
	struct arena a = {0};
	struct alloc in;
	struct solve_answer ans;
	atomic_bool stop = true; /* at the first moment */
	struct solve_setup setup = {.seconds = 60, .seed = 1, .threads = 1, .stop = &stop};
	read_instance(&a, read_data(&a, "S-1.json"), &in);
	only_value(&in);
	solve(&a, &in, &setup, &ans);
	assert_int_equal(ans.wrong.n, 0);
	assert_true(ans.has_plan); /* the price-guided start is there at once */
	assert_true(accepts(&a, &in, &ans.plan));
	assert_int_equal(ans.stages[0].status, SOLVE_CANCELLED);
	assert_true(ans.stages[0].bound >= ans.stages[0].value);
	arena_release(&a);
}

struct killer {
	atomic_bool is_over;
	int killed;
};

static void *kill_children(void *arg) {
	struct killer *k = arg;
	int last = 0;
	while (!k->is_over) {
		int pid = mip_child();
		if (pid > 0 && pid != last && kill(pid, SIGKILL) == 0) last = pid, k->killed++;
		sched_yield();
	}
	return NULL;
}

static void a_killed_child_costs_only_its_help(void **state) {
	(void)state;
	if (!mip_is_there()) skip();
	struct arena a = {0};
	struct alloc in;
	struct solve_answer ans;
	struct killer killer = {false, 0};
	struct solve_setup setup = {.seconds = 60, .seed = 1, .threads = 1, .steps = 3000};
	pthread_t thread;
	read_instance(&a, read_data(&a, "S-1.json"), &in);
	only_value(&in);
	pthread_create(&thread, NULL, kill_children, &killer);
	solve(&a, &in, &setup, &ans);
	killer.is_over = true;
	pthread_join(thread, NULL);
	assert_true(killer.killed > 0);
	assert_true(ans.has_plan);
	assert_true(accepts(&a, &in, &ans.plan));
	assert_int_equal(ans.stages[0].value, 17516); /* known optimum; here without its proof */
	arena_release(&a);
}

static void the_same_seed_and_steps_give_the_same_plan(void **state) {
	(void)state;
	struct arena a = {0};
	struct alloc in;
	read_instance(&a, read_data(&a, "M-1.json"), &in);
	only_value(&in);
	for (int threads = 1; threads <= 2; threads++) {
		struct solve_answer ans[2];
		struct solve_setup setup = {
			.seconds = 600, .seed = 5, .threads = threads, .no_child = true, .steps = 600};
		for (int k = 0; k < 2; k++) {
			solve(&a, &in, &setup, &ans[k]);
			assert_true(ans[k].has_plan);
		}
		assert_memory_equal(ans[0].plan.choice, ans[1].plan.choice,
							(size_t)in.n_projects * sizeof(int32_t));
		assert_true(ans[0].stages[0].bound >= ans[0].stages[0].value);
	}
	arena_release(&a);
}

static void the_small_city_is_proven(void **state) {
	(void)state;
	if (!mip_is_there()) skip();
	struct arena a = {0};
	struct alloc in;
	struct solve_answer ans;
	struct solve_setup setup = {.seconds = 120, .seed = 1, .threads = 2};
	read_instance(&a, read_data(&a, "S-1.json"), &in);
	only_value(&in);
	solve(&a, &in, &setup, &ans);
	assert_true(ans.has_plan);
	assert_int_equal(ans.stages[0].value, 17516);
	assert_int_equal(ans.stages[0].bound, 17516);
	assert_int_equal(ans.stages[0].status, SOLVE_PROVEN);
	arena_release(&a);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples_in_any_order_and_on_two_threads),
		cmocka_unit_test(a_planted_wrong_plan_is_refused),
		cmocka_unit_test(bad_instances_are_refused_with_place_and_rule),
		cmocka_unit_test(an_alternative_without_demand_is_refused),
		cmocka_unit_test(contradictions_are_named),
		cmocka_unit_test(the_stated_extra_quota_admits_and_one_unit_less_does_not),
		cmocka_unit_test(a_cancelled_solve_gives_what_it_has),
		cmocka_unit_test(a_killed_child_costs_only_its_help),
		cmocka_unit_test(the_same_seed_and_steps_give_the_same_plan),
		cmocka_unit_test(the_small_city_is_proven),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
