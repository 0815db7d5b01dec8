/* alloc_fuzz.c - the readers of alloc/1 and alloc-plan/1, and for what they accept the checker.
 * The text is an instance, or an instance and a plan with a NUL between. */
#include "base/buf.h"
#include "solve/alloc_json.h"
#include "solve/check.h"
#include "solve/core.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
	struct arena a = {0};
	const uint8_t *cut = size ? memchr(data, 0, size) : NULL;
	struct str text = {(const char *)data, cut ? (size_t)(cut - data) : size};
	struct alloc_reading r = {0};
	struct alloc in;
	if (alloc_read(&a, text, &r, &in) == ERR_OK && in.n_projects < 200 && in.n_pools < 50) {
		struct core core;
		core_build(&a, &in, &core);
		struct str second = cut ? (struct str){(const char *)cut + 1, size - text.n - 1} : text;
		struct alloc_plan plan;
		struct alloc_scenario *scenarios;
		int32_t n;
		bool has_flows;
		struct buf why = {.arena = &a};
		if (alloc_plan_read(&a, second, &in, &r, &plan, &has_flows) == ERR_OK) {
			check_plan(&a, &in, &plan, &why);
			for (int32_t g = 0; g < in.n_goals; g++) check_goal(&in, &plan, &in.goals[g]);
		}
		alloc_scenarios_read(&a, second, &in, &r, &scenarios, &n);
	}
	arena_release(&a);
	return 0;
}
