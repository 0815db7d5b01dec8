/* `zhaoyin allocate` as it is typed: scenarios, a plan in force, the price of strict priority, the
 * sentences. One small city whose answers can be counted by hand:
 *
 *   100 mu of land in county c1, nothing in the city pool. Class P comes before all others.
 *   P1  full 60 mu: value 50, serves 100 · most 55 mu: value 45, serves 99 · half 40 mu: 40, serves 96
 *   K1  50 mu: value 100      K2  50 mu: value 110      O1  45 mu: value 7 */
#include "unit.h"

#include "base/arena.h"
#include "cli_allocate.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CITY(land)                                                                                 \
	"{\"format\":\"alloc/1\",\"name\":\"small\",\"periods\":[\"2025\"],"                           \
	"\"classes\":[\"P\",\"K\",\"O\"],"                                                             \
	"\"factors\":[{\"id\":\"land\",\"unit\":\"mu\",\"kind\":\"stock\"}],"                          \
	"\"pools\":[{\"id\":\"city\",\"kind\":\"city\"},{\"id\":\"c1\",\"kind\":\"county\"}],"         \
	"\"quota\":[{\"pool\":\"c1\",\"factor\":\"land\",\"amount\":[" land "]}],"                     \
	"\"objectives\":[{\"kind\":\"class_serve\",\"class\":\"P\"},{\"kind\":\"value\"},"             \
	"{\"kind\":\"ids\"}],"                                                                         \
	"\"projects\":["                                                                               \
	"{\"id\":\"P1\",\"county\":\"c1\",\"class\":\"P\",\"alts\":["                                  \
	"{\"id\":\"full\",\"value\":50,\"use\":[[\"c1\",\"land\",1,1,60]]},"                           \
	"{\"id\":\"most\",\"value\":45,\"serve\":99,\"use\":[[\"c1\",\"land\",1,1,55]]},"              \
	"{\"id\":\"half\",\"value\":40,\"serve\":96,\"use\":[[\"c1\",\"land\",1,1,40]]}]},"            \
	"{\"id\":\"K1\",\"county\":\"c1\",\"class\":\"K\",\"alts\":["                                  \
	"{\"id\":\"a\",\"value\":100,\"use\":[[\"c1\",\"land\",1,1,50]]}]},"                           \
	"{\"id\":\"K2\",\"county\":\"c1\",\"class\":\"K\",\"alts\":["                                  \
	"{\"id\":\"a\",\"value\":110,\"use\":[[\"c1\",\"land\",1,1,50]]}]},"                           \
	"{\"id\":\"O1\",\"county\":\"c1\",\"class\":\"O\",\"alts\":["                                  \
	"{\"id\":\"a\",\"value\":7,\"use\":[[\"c1\",\"land\",1,1,45]]}]}]}"

static const char city[] = CITY("100"), dry_city[] = CITY("90");

/* ---- running the command ---- */

struct desk {
	char dir[32];
};

static int open_desk(void **state) {
	struct desk *d = calloc(1, sizeof *d);
	strcpy(d->dir, "/tmp/allocate-XXXXXX");
	if (!mkdtemp(d->dir)) return -1;
	*state = d;
	return 0;
}

static int close_desk(void **state) {
	static const char *const names[] = {"city.json", "other.json", "out", "err"};
	struct desk *d = *state;
	for (size_t k = 0; k < LEN(names); k++) {
		char path[64];
		snprintf(path, sizeof path, "%s/%s", d->dir, names[k]);
		unlink(path);
	}
	rmdir(d->dir);
	free(d);
	return 0;
}

static const char *put(const struct desk *d, const char *name, const char *text, char path[64]) {
	snprintf(path, 64, "%s/%s", d->dir, name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	fclose(f);
	return path;
}

static void get(const struct desk *d, const char *name, char *text, size_t size) {
	char path[64];
	snprintf(path, sizeof path, "%s/%s", d->dir, name);
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	text[fread(text, 1, size - 1, f)] = 0;
	fclose(f);
}

static int to_file(const struct desk *d, const char *name, int fd) {
	char path[64];
	snprintf(path, sizeof path, "%s/%s", d->dir, name);
	int kept = dup(fd), file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(kept >= 0 && file >= 0);
	dup2(file, fd);
	close(file);
	return kept;
}

static void back(int kept, int fd) {
	dup2(kept, fd);
	close(kept);
}

/* The exit status; *out is what it printed (NULL when that was no JSON). */
static int allocate(const struct desk *d, json_t **out, ...) {
	char *argv[16] = {(char *)"allocate", (char *)"--no-child"};
	int argc = 2;
	va_list list;
	va_start(list, out);
	for (char *a; (a = va_arg(list, char *));) argv[argc++] = a;
	va_end(list);
	fflush(stdout);
	int kept_out = to_file(d, "out", 1), kept_err = to_file(d, "err", 2);
	int status = cli_allocate(argc, argv);
	fflush(stdout);
	back(kept_out, 1);
	back(kept_err, 2);
	char *text = calloc(1, 1 << 16);
	get(d, "out", text, 1 << 16);
	json_t *answer = json_loads(text, 0, NULL);
	free(text);
	if (out) *out = answer;
	else json_decref(answer);
	return status;
}

/* ---- reading answers ---- */

static json_t *at(json_t *list, size_t k) {
	json_t *v = json_array_get(list, k);
	assert_non_null(v);
	return v;
}

static json_t *of(json_t *o, const char *key) {
	json_t *v = json_object_get(o, key);
	if (!v) fail_saying("no member %s", key);
	return v;
}

static long long value_of(json_t *answer, size_t stage) {
	return json_integer_value(of(at(of(answer, "stages"), stage), "value"));
}

/* "P1:full K2:a" in the order of the plan. */
static void assert_plan(json_t *answer, const char *want) {
	char text[200] = "";
	size_t k;
	json_t *row;
	json_array_foreach(of(answer, "plan"), k, row) {
		if (k) strcat(text, " ");
		strcat(text, json_string_value(of(row, "project")));
		strcat(text, ":");
		strcat(text, json_string_value(of(row, "alt")));
	}
	assert_string_equal(text, want);
}

/* "P1:full>- K1:->a" */
static void assert_changes(json_t *scenario, const char *want) {
	char text[200] = "";
	size_t k;
	json_t *row;
	json_array_foreach(of(scenario, "changes"), k, row) {
		const char *from = json_string_value(of(row, "from")), *to = json_string_value(of(row, "to"));
		if (k) strcat(text, " ");
		strcat(text, json_string_value(of(row, "project")));
		strcat(text, ":");
		strcat(text, from ? from : "-");
		strcat(text, ">");
		strcat(text, to ? to : "-");
	}
	assert_string_equal(text, want);
}

/* ---- what-if ---- */

static const char scenarios[] =
	"{\"scenarios\":["
	"{\"name\":\"ten mu more\",\"supply\":[{\"pool\":\"c1\",\"factor\":\"land\",\"add\":10}]},"
	"{\"name\":\"without P1\",\"never\":[\"P1\"]},"
	"{\"name\":\"O1 is promised\",\"must\":[\"O1\"]},"
	"{\"name\":\"K counts less\",\"supply\":[{\"permille\":1100}],"
	"\"weights\":[{\"class\":\"K\",\"permille\":50},{\"class\":\"O\",\"permille\":3000}]},"
	"{\"name\":\"too much is promised\",\"must\":[\"P1\",\"K1\",\"K2\"]}]}";

static void scenarios_stand_side_by_side(void **state) {
	const struct desk *d = *state;
	char a[64], b[64];
	json_t *all;
	put(d, "city.json", city, a);
	put(d, "other.json", scenarios, b);
	assert_int_equal(allocate(d, &all, "--scenarios", b, a, NULL), 0);
	assert_plan(all, "P1:full"); /* 40 mu are left: nobody fits */
	assert_int_equal(value_of(all, 1), 50);
	json_t *list = of(all, "scenarios");
	assert_int_equal(json_array_size(list), 5);

	json_t *more = at(list, 0);
	assert_string_equal(json_string_value(of(more, "name")), "ten mu more");
	assert_plan(more, "P1:full K2:a");
	assert_int_equal(value_of(more, 1), 160);
	assert_changes(more, "K2:->a");

	json_t *without = at(list, 1);
	assert_int_equal(value_of(without, 0), 0);
	assert_int_equal(value_of(without, 1), 210);
	assert_changes(without, "P1:full>- K1:->a K2:->a");

	json_t *promised = at(list, 2); /* 45 + 55: P1 is served a hundredth less */
	assert_int_equal(value_of(promised, 0), 99);
	assert_int_equal(value_of(promised, 1), 52);
	assert_changes(promised, "P1:full>most O1:->a");

	json_t *less = at(list, 3); /* 110 mu; K1 and K2 count 5 (5.5 is rounded down), O1 21 */
	assert_plan(less, "P1:full O1:a");
	assert_int_equal(value_of(less, 1), 71);
	assert_changes(less, "O1:->a");

	json_t *never = at(list, 4);
	assert_string_equal(json_string_value(of(never, "status")), "infeasible");
	assert_int_equal(json_array_size(of(never, "conflict")), 4); /* three promises and the land */
	assert_int_equal(json_array_size(of(never, "changes")), 0);
	json_decref(all);
}

static void a_wrong_scenario_is_refused_with_its_place(void **state) {
	const struct desk *d = *state;
	static const struct {
		const char *why, *text, *place;
	} cases[] = {
		{"unknown project", "{\"scenarios\":[{\"name\":\"x\"},{\"name\":\"y\",\"must\":[\"P9\"]}]}",
		 "scenarios[1].must[0]"},
		{"unknown factor", "{\"scenarios\":[{\"name\":\"x\",\"supply\":[{\"factor\":\"sun\"}]}]}",
		 "scenarios[0].supply[0].factor"},
		{"a factor of less than nothing",
		 "{\"scenarios\":[{\"name\":\"x\",\"supply\":[{\"permille\":-1}]}]}",
		 "scenarios[0].supply[0].permille"},
		{"no name", "{\"scenarios\":[{}]}", "scenarios[0].name"},
		{"unknown class",
		 "{\"scenarios\":[{\"name\":\"x\",\"weights\":[{\"class\":\"Z\",\"permille\":1}]}]}",
		 "scenarios[0].weights[0].class"},
		{"no scenarios", "{}", "scenarios"},
	};
	char a[64], b[64], err[2000];
	put(d, "city.json", city, a);
	for (size_t k = 0; k < LEN(cases); k++) {
		put(d, "other.json", cases[k].text, b);
		assert_int_equal(allocate(d, NULL, "--scenarios", b, a, NULL), 1);
		get(d, "err", err, sizeof err);
		if (!strstr(err, cases[k].place)) fail_saying("%s: %s", cases[k].why, err);
		char out[10];
		get(d, "out", out, sizeof out);
		assert_string_equal(out, "");
	}
}

/* ---- a plan in force ---- */

static const char in_force[] = "{\"format\":\"alloc-plan/1\",\"plan\":["
							   "{\"project\":\"K1\",\"alt\":\"a\"},{\"project\":\"K2\",\"alt\":\"a\"}]}";

static void a_plan_in_force_is_kept_where_it_can_be(void **state) {
	const struct desk *d = *state;
	char a[64], b[64];
	json_t *answer;
	put(d, "other.json", in_force, b);

	put(d, "city.json", city, a);
	assert_int_equal(allocate(d, &answer, "--replan", b, a, NULL), 0);
	json_t *first = of(at(of(answer, "stages"), 0), "objective");
	assert_string_equal(json_string_value(of(first, "kind")), "stability");
	assert_int_equal(value_of(answer, 0), 0); /* nothing changes, though P comes first elsewhere */
	assert_int_equal(value_of(answer, 1), 0);
	assert_plan(answer, "K1:a K2:a");
	json_decref(answer);

	put(d, "city.json", dry_city, a); /* 90 mu: one of them must go, and half of P1 comes in */
	assert_int_equal(allocate(d, &answer, "--replan", b, a, NULL), 0);
	assert_int_equal(value_of(answer, 0), 1);
	assert_int_equal(value_of(answer, 1), 96);
	assert_int_equal(value_of(answer, 2), 150);
	assert_plan(answer, "P1:half K2:a");
	json_decref(answer);

	assert_int_equal(allocate(d, &answer, "--start", b, a, NULL), 0); /* only a place to begin */
	assert_plan(answer, "P1:full");
	json_decref(answer);
}

static void a_plan_of_another_city_is_refused(void **state) {
	const struct desk *d = *state;
	char a[64], b[64], err[2000];
	put(d, "city.json", city, a);
	put(d, "other.json", "{\"plan\":[{\"project\":\"K1\",\"alt\":\"z\"}]}", b);
	assert_int_equal(allocate(d, NULL, "--replan", b, a, NULL), 1);
	get(d, "err", err, sizeof err);
	assert_non_null(strstr(err, "plan[0].alt"));
}

/* ---- the price of strict priority ---- */

static void the_curve_is_the_price_of_strict_priority(void **state) {
	const struct desk *d = *state;
	/* least service of P1 100, 99, 98, 95: full alone; most and O1; the same; half and K2 */
	static const int tolerance[] = {0, 10, 20, 50}, value[] = {50, 52, 52, 150},
					 kept[] = {100, 99, 99, 96};
	char a[64];
	json_t *answer;
	put(d, "city.json", city, a);
	assert_int_equal(allocate(d, &answer, "--curve", a, NULL), 0);
	json_t *curve = of(answer, "curve");
	assert_int_equal(json_array_size(curve), 4);
	for (size_t k = 0; k < 4; k++) {
		json_t *row = at(curve, k);
		assert_int_equal(json_integer_value(of(row, "tolerance_permille")), tolerance[k]);
		assert_int_equal(json_integer_value(of(row, "value")), value[k]);
		assert_int_equal(json_integer_value(at(of(row, "kept"), 0)), kept[k]);
		assert_int_equal(value_of(row, 0), 100); /* what could be had */
		assert_string_equal(json_string_value(of(row, "status")), "proven");
	}
	json_decref(answer);
}

/* ---- in words ---- */

static const struct {
	const char *project, *reason, *zh, *en;
} sentences[] = {
	{"K1", "priced_out",
	 "项目 K1 未安排：同样的指标给其他项目效益更高（本项目值 100，所占指标值 110）；并缺少：c1（2025）"
	 "land 10 mu；现在安排它须撤下：P1。",
	 "Project K1 was not admitted: its quota does more elsewhere (worth 100, its quota is worth "
	 "110); it also lacks c1 (2025) land 10 mu; admitting it now would displace P1."},
	{"K2", "quota",
	 "项目 K2 未安排：指标不足，至少还缺：c1（2025）land 10 mu；现在安排它须撤下：P1。",
	 "Project K2 was not admitted for lack of quota; it lacks at least c1 (2025) land 10 mu; "
	 "admitting it now would displace P1."},
};

static json_t *refused(json_t *answer, const char *project) {
	size_t k;
	json_t *row;
	json_array_foreach(of(answer, "refused"), k, row) {
		if (!strcmp(json_string_value(of(row, "project")), project)) return row;
	}
	fail_saying("%s was not refused", project);
	return NULL;
}

static void refusals_are_said_in_both_languages(void **state) {
	const struct desk *d = *state;
	char a[64];
	json_t *answer;
	put(d, "city.json", city, a);
	assert_int_equal(allocate(d, &answer, "--explain", a, NULL), 0);
	assert_true(json_is_true(of(answer, "reasons_complete")));
	for (size_t k = 0; k < LEN(sentences); k++) {
		json_t *row = refused(answer, sentences[k].project);
		assert_string_equal(json_string_value(of(row, "reason")), sentences[k].reason);
		assert_string_equal(json_string_value(of(row, "zh")), sentences[k].zh);
		assert_string_equal(json_string_value(of(row, "en")), sentences[k].en);
	}
	json_t *granted = at(of(answer, "granted"), 0);
	assert_string_equal(json_string_value(of(granted, "project")), "P1");
	assert_int_equal(json_integer_value(of(at(of(granted, "sources"), 0), "amount")), 60);
	json_decref(answer);

	assert_int_equal(allocate(d, &answer, "--explain", "--lang", "zh", a, NULL), 0);
	assert_null(json_object_get(refused(answer, "K1"), "en"));
	assert_non_null(json_object_get(refused(answer, "K1"), "zh"));
	json_decref(answer);
}

static void a_limit_and_a_decision_are_named(void **state) {
	const struct desk *d = *state;
	static const char text[] =
		"{\"format\":\"alloc/1\",\"periods\":[\"一季度\"],\"classes\":[\"重点\",\"一般\"],"
		"\"ratings\":[\"A\",\"C\"],"
		"\"factors\":[{\"id\":\"能耗\",\"unit\":\"tce\",\"kind\":\"flow\"}],"
		"\"pools\":[{\"id\":\"市本级\",\"kind\":\"city\"}],"
		"\"quota\":[{\"pool\":\"市本级\",\"factor\":\"能耗\",\"amount\":[100]}],"
		"\"limits\":[{\"id\":\"C类能耗上限\",\"rating\":[\"C\"],\"factor\":\"能耗\","
		"\"max_permille\":200}],"
		"\"objectives\":[{\"kind\":\"value\"},{\"kind\":\"ids\"}],\"never\":[\"缓建厂\"],"
		"\"projects\":["
		"{\"id\":\"甲厂\",\"county\":\"市本级\",\"class\":\"重点\",\"rating\":\"C\",\"alts\":["
		"{\"id\":\"a\",\"value\":9,\"use\":[[\"市本级\",\"能耗\",1,1,15]]}]},"
		"{\"id\":\"乙厂\",\"county\":\"市本级\",\"class\":\"重点\",\"rating\":\"C\",\"alts\":["
		"{\"id\":\"a\",\"value\":5,\"use\":[[\"市本级\",\"能耗\",1,1,12]]}]},"
		"{\"id\":\"缓建厂\",\"county\":\"市本级\",\"class\":\"一般\",\"rating\":\"A\",\"alts\":["
		"{\"id\":\"a\",\"value\":9,\"use\":[[\"市本级\",\"能耗\",1,1,1]]}]},"
		"{\"id\":\"落后厂\",\"county\":\"市本级\",\"class\":\"一般\",\"rating\":\"A\",\"alts\":[],"
		"\"ineligible\":[{\"alt\":\"a\",\"rule\":\"亩均税收\",\"have\":\"3\",\"need\":\"20\"}]}]}";
	char a[64];
	json_t *answer;
	put(d, "city.json", text, a);
	assert_int_equal(allocate(d, &answer, "--explain", a, NULL), 0);
	assert_plan(answer, "甲厂:a");
	json_t *limited = refused(answer, "乙厂");
	assert_string_equal(json_string_value(of(limited, "reason")), "limit");
	assert_string_equal(json_string_value(of(limited, "limit")), "C类能耗上限");
	assert_string_equal(json_string_value(of(limited, "zh")),
						"项目 乙厂 未安排：超出总量限制 C类能耗上限，超出 7 tce；现在安排它须撤下：甲厂。");
	assert_string_equal(json_string_value(of(limited, "en")),
						"Project 乙厂 was not admitted: a limit stands against it: C类能耗上限, over by "
						"7 tce; admitting it now would displace 甲厂.");
	json_t *decided = refused(answer, "缓建厂");
	assert_string_equal(json_string_value(of(decided, "reason")), "rule");
	assert_string_equal(json_string_value(of(decided, "zh")), "项目 缓建厂 未安排：受既定决定约束。");
	json_t *barred = refused(answer, "落后厂");
	assert_string_equal(json_string_value(of(barred, "reason")), "ineligible");
	assert_string_equal(json_string_value(of(barred, "zh")),
						"项目 落后厂 未安排：没有通过准入的方案（a：亩均税收，实际 3，要求 20）。");
	assert_string_equal(json_string_value(of(barred, "en")),
						"Project 落后厂 was not admitted: none of its alternatives passed admission (a: "
						"亩均税收, has 3, needs 20).");
	json_decref(answer);
}

#define ON_A_DESK(test) cmocka_unit_test_setup_teardown(test, open_desk, close_desk)

int main(void) {
	const struct CMUnitTest tests[] = {
		ON_A_DESK(scenarios_stand_side_by_side),
		ON_A_DESK(a_wrong_scenario_is_refused_with_its_place),
		ON_A_DESK(a_plan_in_force_is_kept_where_it_can_be),
		ON_A_DESK(a_plan_of_another_city_is_refused),
		ON_A_DESK(the_curve_is_the_price_of_strict_priority),
		ON_A_DESK(refusals_are_said_in_both_languages),
		ON_A_DESK(a_limit_and_a_decision_are_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
