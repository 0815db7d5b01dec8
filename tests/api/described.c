#include "described.h"

#include "api/openapi.h"
#include "domain/stored_json.h"

#include <string.h>

static json_t *description;

static json_t *schemas(void) {
	return json_object_get(json_object_get(description, "components"), "schemas");
}

static void load(void) {
	struct arena a = {0};
	struct buf b = {.arena = &a};
	struct json j = {.out = &b};
	if (description) return;
	openapi_put(&j);
	description = json_loadb(b.p, b.n, JSON_REJECT_DUPLICATES, NULL);
	arena_release(&a);
}

void described_release(void) {
	json_decref(description);
	description = NULL;
}

/* ---- a value against a schema ---- */

struct look {
	struct arena *arena;
	struct str found; /* empty = nothing yet */
};

static struct str place_of(struct look *l, struct str where, const char *key) {
	return str_cat(l->arena, str_cat(l->arena, where, S(".")), str_copy(l->arena, str_c(key)));
}

static void say(struct look *l, struct str where, const char *what) {
	if (!l->found.n) l->found = str_cat(l->arena, where, str_c(what));
}

static bool is_of(const char *type, json_t *v) {
	static const struct {
		const char *name;
		json_type types[3];
		size_t n;
	} known[] = {
		{"string", {JSON_STRING}, 1}, {"integer", {JSON_INTEGER}, 1}, {"number", {JSON_INTEGER, JSON_REAL}, 2},
		{"boolean", {JSON_TRUE, JSON_FALSE}, 2}, {"null", {JSON_NULL}, 1}, {"object", {JSON_OBJECT}, 1}, {"array", {JSON_ARRAY}, 1},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		for (size_t k = 0; strcmp(known[i].name, type) == 0 && k < known[i].n; k++)
			if (json_typeof(v) == known[i].types[k]) return true;
	return false;
}

static bool is_of_any(json_t *type, json_t *v) {
	size_t i;
	json_t *one;
	if (json_is_string(type)) return is_of(json_string_value(type), v);
	json_array_foreach(type, i, one) if (is_of(json_string_value(one), v)) return true;
	return false;
}

static bool is_among(json_t *values, json_t *v) {
	size_t i;
	json_t *one;
	json_array_foreach(values, i, one) if (json_equal(one, v)) return true;
	return false;
}

static void look_at(struct look *l, json_t *schema, json_t *v, struct str where);

static void look_at_members(struct look *l, json_t *schema, json_t *v, struct str where) {
	json_t *known = json_object_get(schema, "properties"), *rest = json_object_get(schema, "additionalProperties"), *one;
	const char *key;
	size_t i;
	json_array_foreach(json_object_get(schema, "required"), i, one)
		if (!json_object_get(v, json_string_value(one))) say(l, place_of(l, where, json_string_value(one)), " is missing");
	json_object_foreach(v, key, one) {
		json_t *own = json_object_get(known, key);
		if (own || json_is_object(rest)) look_at(l, own ? own : rest, one, place_of(l, where, key));
		else if (!json_is_true(rest)) say(l, place_of(l, where, key), " is not described");
	}
}

static void look_at(struct look *l, json_t *schema, json_t *v, struct str where) {
	const char *ref = json_string_value(json_object_get(schema, "$ref"));
	json_t *either = json_object_get(schema, "oneOf"), *values = json_object_get(schema, "enum"), *one;
	size_t i;
	if (ref) {
		json_t *named = json_object_get(schemas(), strrchr(ref, '/') + 1);
		if (named) look_at(l, named, v, where);
		else say(l, where, " refers to nothing");
		return;
	}
	if (either) {
		if (!json_is_null(v)) look_at(l, json_array_get(either, 0), v, where);
		return;
	}
	if (!is_of_any(json_object_get(schema, "type"), v)) say(l, where, " is of another type");
	else if (values && !is_among(values, v)) say(l, where, " is not one of its codes");
	else if (json_is_object(v)) look_at_members(l, schema, v, where);
	else json_array_foreach(v, i, one) look_at(l, json_object_get(schema, "items"), one, place_of(l, where, "[]"));
}

/* ---- an exchange against its operation ---- */

/* Parts that the pattern leaves open; -1 = another path. */
static int open_parts(const char *pattern, struct str path) {
	struct str rest = str_c(pattern), part, own;
	int n = 0;
	while (str_split(&rest, '/', &part)) {
		if (!str_split(&path, '/', &own)) return -1;
		if (str_starts(part, S("{"))) n++;
		else if (!str_eq(part, own)) return -1;
	}
	return path.n ? -1 : n;
}

static json_t *operation_of(struct arena *a, const struct req *q) {
	const char *method = str_cstr(a, str_lower(a, method_name(q->method))), *pattern;
	json_t *path, *best = NULL;
	int least = 0;
	json_object_foreach(json_object_get(description, "paths"), pattern, path) {
		int n = open_parts(pattern, q->path);
		if (n < 0 || !json_object_get(path, method) || (best && n >= least)) continue;
		best = json_object_get(path, method);
		least = n;
	}
	return best;
}

static json_t *schema_in(json_t *holder) {
	return json_object_get(json_object_get(json_object_get(holder, "content"), "application/json"), "schema");
}

static void look_at_body(struct look *l, json_t *operation, const struct req *q) {
	json_t *body = json_object_get(operation, "requestBody"), *schema = schema_in(body);
	if (body && !schema) return; /* a file */
	json_t *v = q->body.n ? arena_json(l->arena, json_loadb(q->body.p, q->body.n, 0, NULL)) : NULL;
	if (schema && v) look_at(l, schema, v, S("request"));
	else if (!schema && json_object_size(v)) say(l, S("request"), " has a body that is not described");
}

static bool has_parameter(json_t *operation, struct str name) {
	json_t *one;
	size_t i;
	json_array_foreach(json_object_get(operation, "parameters"), i, one) {
		bool is_of_query = strcmp(json_string_value(json_object_get(one, "in")), "query") == 0;
		if (is_of_query && str_eq(str_c(json_string_value(json_object_get(one, "name"))), name)) return true;
	}
	return false;
}

/* A filter's operator (name.ge) is none of its name. */
static void look_at_query(struct look *l, json_t *operation, const struct req *q) {
	struct str rest = q->query, part, name;
	while (str_split(&rest, '&', &part)) {
		if (!str_split(&part, '=', &name) || !name.n) continue;
		struct str whole = name, field;
		(void)str_split(&name, '.', &field);
		if (!has_parameter(operation, field)) say(l, str_cat(l->arena, S("query."), whole), " is not described");
	}
}

static void look_at_answer(struct look *l, json_t *operation, const struct res *res, json_t *answer) {
	char status[24] = {0};
	struct str text = str_of_int(l->arena, res->status);
	memcpy(status, text.p, text.n);
	json_t *described = json_object_get(json_object_get(operation, "responses"), status), *schema = schema_in(described);
	bool is_json = res->body.n && (!res->content_type || strstr(res->content_type, "json"));
	if (!described) say(l, S("answer"), " has a status that is not described");
	else if (is_json && !schema) say(l, S("answer"), " is not described");
	else if (is_json && answer) look_at(l, schema, answer, S("answer"));
	else if (schema && !res->body.n) say(l, S("answer"), " is empty");
}

struct str described_misfit(struct arena *a, const struct req *q, const struct res *res, json_t *answer) {
	struct look l = {.arena = a};
	load();
	if (res->status >= 400) {
		look_at(&l, json_object_get(schemas(), "Problem"), answer ? answer : json_null(), S("problem"));
		return l.found;
	}
	if (res->status >= 300) return S("");
	json_t *operation = operation_of(a, q);
	if (!operation) return S("the route is not described");
	look_at_query(&l, operation, q);
	look_at_body(&l, operation, q);
	look_at_answer(&l, operation, res, answer);
	return l.found;
}
