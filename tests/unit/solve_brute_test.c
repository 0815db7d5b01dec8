/* solve_brute_test.c - the engine against brute force on random tiny instances that use every
 * member of alloc/1: stage values, the plan, infeasibility, and the checker's word on it. */
#include "unit.h"

#include "solve/alloc_json.h"
#include "solve/check.h"
#include "solve/stages.h"
#include "solve_tiny.h"

#include <stdlib.h>
#include <string.h>

static bool is_among(const struct tiny_answer *t, const int32_t *choice, int32_t n) {
	for (int32_t k = 0; k < t->n_plans; k++)
		if (!memcmp(t->plans + (size_t)k * (size_t)n, choice, (size_t)n * sizeof *choice))
			return true;
	return false;
}

/* True when compared, false when the brute force gave up. */
static bool compare(uint64_t seed, const struct solve_setup *setup, bool must_prove,
					int *n_infeasible) {
	struct arena a = {0};
	struct str text = tiny_text(&a, seed);
	struct alloc_reading r = {.is_strict = true};
	struct alloc in;
	if (alloc_read(&a, text, &r, &in)) {
		print_error("seed %d: %.*s %.*s\n%.*s\n", (int)seed, (int)r.error.field.n, r.error.field.p,
					(int)r.error.message.n, r.error.message.p, (int)text.n, text.p);
		assert_never("the engine differs from brute force");
	}
	struct tiny_answer want;
	bool is_compared = tiny_brute(&a, &in, &want);
	if (is_compared) {
		struct solve_answer got;
		solve(&a, &in, setup, &got);
		bool is_good = got.wrong.n == 0 && got.is_infeasible == want.is_infeasible;
		*n_infeasible += want.is_infeasible;
		bool is_proven = true;
		if (is_good && !want.is_infeasible) {
			is_good = got.has_plan && got.n_stages == in.n_goals;
			for (int32_t g = 0; is_good && g < in.n_goals; g++) {
				is_proven = is_proven && got.stages[g].status == SOLVE_PROVEN;
				if (must_prove || is_proven) is_good = got.stages[g].value == want.value[g];
			}
			if (must_prove || is_proven)
				is_good = is_good && is_among(&want, got.plan.choice, in.n_projects);
			struct buf why = {.arena = &a};
			is_good = is_good && check_plan(&a, &in, &got.plan, &why);
		}
		if (!is_good || (must_prove && !is_proven)) {
			print_error("seed %d differs: infeasible %d against %d, proven %d, %.*s\n", (int)seed,
						got.is_infeasible, want.is_infeasible, is_proven, (int)got.wrong.n,
						got.wrong.p);
			for (int32_t g = 0; g < got.n_stages; g++)
				print_error("  %s: %d against %d (bound %d, status %d)\n",
							goal_name(in.goals[g].kind), (int)got.stages[g].value,
							(int)want.value[g], (int)got.stages[g].bound,
							(int)got.stages[g].status);
			print_error("%.*s\n", (int)text.n, text.p);
			assert_never("the engine differs from brute force");
		}
	}
	arena_release(&a);
	return is_compared;
}

static void run_many(int count, uint64_t first, const struct solve_setup *setup, bool must_prove) {
	int done = 0, infeasible = 0;
	uint64_t seed = first;
	for (; done < count && seed < first + (uint64_t)count * 3; seed++)
		done += compare(seed, setup, must_prove, &infeasible);
	print_message("# compared %d of %d instances, %d infeasible\n", done, (int)(seed - first),
				  infeasible);
	assert_int_equal(done, count);
	assert_true(infeasible > 0 && infeasible < count / 2);
}

static int count_from(const char *name, int otherwise) {
	const char *text = getenv(name);
	int64_t n;
	return text && str_int(str_c(text), &n) && n > 0 && n < 10000000 ? (int)n : otherwise;
}

static void listing_agrees_with_brute_force(void **state) {
	(void)state;
	struct solve_setup setup = {.seconds = 60, .seed = 1, .threads = 1};
	run_many(count_from("BRUTE", 2000), 1, &setup, true);
}

/* The way of large instances on small ones: what it calls proven is what brute force says, and its
 * plans are accepted. */
static void search_agrees_with_brute_force(void **state) {
	(void)state;
	struct solve_setup setup = {
		.seconds = 60, .seed = 1, .threads = 1, .steps = 200, .no_exact = true};
	run_many(count_from("BRUTE_SEARCH", 20), 5000, &setup, false);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(listing_agrees_with_brute_force),
		cmocka_unit_test(search_agrees_with_brute_force),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
