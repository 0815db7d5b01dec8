#include "domain/intake_env.h"

#include "domain/reference.h"

static bool find_region(void *it, struct str text, struct str *code) {
	const struct intake_names *names = it;
	const struct region *r = region_by_code(text);
	if (!r) r = region_by_name(text, names->within);
	if (r) *code = r->code;
	return r != NULL;
}

/* A whole section ("manufacturing") says too little to be stored. */
static bool find_industry(void *it, struct str text, struct str *code) {
	const struct industry *i = industry_by_code(text);
	(void)it;
	if (!i) i = industry_by_name(text);
	if (!i || i->level == INDUSTRY_SECTION) return false;
	*code = i->code;
	return true;
}

static bool find_memory(void *it, struct str key, struct str *field, struct str *unit) {
	const struct intake_names *names = it;
	for (size_t i = 0; i < names->memory_n; i++) {
		if (!str_eq(names->memory[i].key, key)) continue;
		*field = names->memory[i].field;
		*unit = names->memory[i].unit;
		return true;
	}
	return false;
}

struct intake_env intake_env_of(struct intake_names *names) {
	return (struct intake_env){.it = names, .region = find_region, .industry = find_industry, .memory = find_memory};
}
