/* The description of the interface: no answer and no reference is left open. */
#include "unit.h"

#include "api/openapi.h"

#include <jansson.h>
#include <string.h>

static int made(void **state) {
	struct arena a = {0};
	struct buf b = {.arena = &a};
	struct json j = {.out = &b};
	openapi_put(&j);
	*state = json_loadb(b.p, b.n, JSON_REJECT_DUPLICATES, NULL);
	arena_release(&a);
	return *state ? 0 : -1;
}

static int gone(void **state) {
	json_decref(*state);
	return 0;
}

/* An object of which nothing is said says nothing. */
static bool is_said(json_t *schema) {
	return json_object_get(schema, "$ref") || json_object_size(json_object_get(schema, "properties"))
		|| json_object_get(schema, "additionalProperties") || json_object_get(schema, "format");
}

static size_t check_content(const char *path, const char *method, json_t *holder) {
	const char *type;
	json_t *media;
	json_object_foreach(json_object_get(holder, "content"), type, media)
		if (!is_said(json_object_get(media, "schema"))) assert_never("%s %s: %s is not described", method, path, type);
	return json_object_size(json_object_get(holder, "content"));
}

static void every_answer_is_described(void **state) {
	const char *path, *method, *status;
	json_t *operations, *operation, *response;
	size_t seen = 0;
	json_object_foreach(json_object_get(*state, "paths"), path, operations)
		json_object_foreach(operations, method, operation) {
			check_content(path, method, json_object_get(operation, "requestBody"));
			json_object_foreach(json_object_get(operation, "responses"), status, response) {
				if (status[0] != '2') continue;
				size_t n = check_content(path, method, response);
				if ((n == 0) != (strcmp(status, "204") == 0)) assert_never("%s %s: %s without an answer", method, path, status);
				seen++;
			}
		}
	assert_true(seen > 150);
}

static void check_references(json_t *schemas, json_t *v) {
	const char *key;
	json_t *child;
	size_t i;
	json_object_foreach(v, key, child) {
		const char *ref = strcmp(key, "$ref") ? NULL : json_string_value(child);
		if (ref && strstr(ref, "/schemas/") && !json_object_get(schemas, strrchr(ref, '/') + 1)) assert_never("%s is nowhere", ref);
		check_references(schemas, child);
	}
	json_array_foreach(v, i, child) check_references(schemas, child);
}

static void every_reference_leads_somewhere(void **state) {
	check_references(json_object_get(json_object_get(*state, "components"), "schemas"), *state);
}

static void count_references(json_t *v, const char *name, size_t *n) {
	const char *key, *ref = json_string_value(json_object_get(v, "$ref"));
	json_t *child;
	size_t i;
	*n += ref && strcmp(strrchr(ref, '/') + 1, name) == 0;
	json_object_foreach(v, key, child) count_references(child, name, n);
	json_array_foreach(v, i, child) count_references(child, name, n);
}

static void no_shape_is_left_over(void **state) {
	const char *name;
	json_t *schema;
	json_object_foreach(json_object_get(json_object_get(*state, "components"), "schemas"), name, schema) {
		size_t n = 0;
		if (json_object_get(schema, "title")) continue; /* a noun: some are only read inside others */
		count_references(*state, name, &n);
		if (!n) assert_never("nothing refers to %s", name);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_answer_is_described),
		cmocka_unit_test(every_reference_leads_somewhere),
		cmocka_unit_test(no_shape_is_left_over),
	};
	return cmocka_run_group_tests(tests, made, gone);
}
