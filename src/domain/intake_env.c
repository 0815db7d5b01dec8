#include "domain/intake_env.h"

#include "domain/reference.h"

#include <string.h>

static struct str region_named(const struct intake_names *names, struct str text) {
	const struct region *r = region_by_code(text);
	if (!r) r = region_by_name(text, names->within);
	return r ? r->code : (struct str){0};
}

/* A whole section ("manufacturing") says too little to be stored. */
static struct str industry_named(const struct intake_names *names, struct str text) {
	const struct industry *i = industry_by_code(text);
	(void)names;
	if (!i) i = industry_by_name(text);
	return i && i->level != INDUSTRY_SECTION ? i->code : (struct str){0};
}

enum { SEEN_REGION, SEEN_INDUSTRY };

/* One place for each text, the last comer stays: codes point into the reference tables. */
static bool look_up(struct intake_names *names, uint8_t kind, struct str text, struct str *code) {
	struct str (*const named[])(const struct intake_names *, struct str) =
		{[SEEN_REGION] = region_named, [SEEN_INDUSTRY] = industry_named};
	if (!text.n) return false;
	struct intake_seen *seen = &names->seen[(str_hash(text) + kind) % INTAKE_SEEN];
	bool is_seen = seen->n == text.n && seen->kind == kind && memcmp(seen->text, text.p, text.n) == 0;
	struct str found = is_seen ? seen->code : named[kind](names, text);
	if (!is_seen && text.n <= INTAKE_SEEN_BYTES) {
		memcpy(seen->text, text.p, text.n);
		seen->n = (uint8_t)text.n;
		seen->kind = kind;
		seen->code = found;
	}
	if (found.n) *code = found;
	return found.n > 0;
}

static bool find_region(void *it, struct str text, struct str *code) {
	return look_up(it, SEEN_REGION, text, code);
}

static bool find_industry(void *it, struct str text, struct str *code) {
	return look_up(it, SEEN_INDUSTRY, text, code);
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
	return (struct intake_env){.it = names, .region = find_region, .industry = find_industry,
		.memory = find_memory};
}
