#include "api/openapi_shapes.h"

#include "domain/import.h"
#include "domain/search.h"
#include "domain/watch.h"

#include <assert.h>

static void put_type(struct json *j, struct str type);

static void put_simple(struct json *j, struct str type) {
	const char *name = str_eq(type, S("i")) ? "integer" : str_eq(type, S("b")) ? "boolean" : "string";
	json_put_str(j, "type", str_c(name));
}

static void put_reference(struct json *j, struct str name) {
	json_put_str(j, "$ref", str_cat(j->out->arena, S("#/components/schemas/"), name));
}

static void put_enum(struct json *j, struct str codes) {
	struct str code;
	json_put_str(j, "type", S("string"));
	json_key(j, S("enum"));
	json_arr(j);
	while (str_split(&codes, '|', &code)) json_str(j, code);
	json_end(j);
}

static struct str type_at(int i) { return ftype_name((enum ftype)i); }
static struct str how_at(int i) { return how_code((enum how)i); }
static struct str watch_at(int i) { return watch_code((enum watch_kind)i); }
static struct str result_at(int i) { return import_result_code((enum import_result)i); }
static struct str role_at(int i) { return role_choices[i].code; }

/* Closed sets that are no field of a noun. */
static const struct {
	struct str name;
	int n;
	struct str (*at)(int i);
} sets[] = {
	{S_("type"), F_TYPE__N, type_at}, {S_("how"), HOW__N, how_at}, {S_("watch"), WATCH__N, watch_at},
	{S_("result"), RESULT__N, result_at}, {S_("role"), ROLE__N, role_at},
};

static const struct field *field_named(struct str name) {
	struct str noun;
	(void)str_split(&name, '.', &noun);
	const struct noun *n = noun_by_name(noun);
	int i = n ? field_index(n, name) : -1;
	assert(i >= 0);
	return &n->fields[i];
}

/* "type", or "project.stage": the choices of that field. */
static void put_set(struct json *j, struct str name) {
	json_put_str(j, "type", S("string"));
	json_key(j, S("enum"));
	json_arr(j);
	if (str_has(name, S("."))) {
		const struct field *f = field_named(name);
		for (size_t i = 0; i < f->choices_n; i++) json_str(j, f->choices[i].code);
	}
	for (size_t s = 0; s < sizeof sets / sizeof *sets; s++)
		for (int i = 0; str_eq(sets[s].name, name) && i < sets[s].n; i++) json_str(j, sets[s].at(i));
	json_end(j);
}

static void put_anything(struct json *j) {
	json_put_str(j, "type", S("object"));
	json_put_bool(j, "additionalProperties", true);
}

static void put_any(struct json *j) {
	json_key(j, S("type"));
	json_raw(j, S("[\"string\",\"number\",\"boolean\",\"null\"]"));
}

/* Inside the braces of its schema. */
static void put_bare(struct json *j, struct str type) {
	struct str inside = type.n > 2 ? str_sub(type, 1, type.n - 2) : S("");
	if (str_starts(type, S("["))) {
		json_put_str(j, "type", S("array"));
		json_key(j, S("items"));
		put_type(j, inside);
	} else if (str_starts(type, S("{"))) {
		json_put_str(j, "type", S("object"));
		json_key(j, S("additionalProperties"));
		put_type(j, inside);
	} else if (str_starts(type, S("<"))) put_enum(j, inside);
	else if (str_starts(type, S("%"))) put_set(j, str_sub(type, 1, type.n));
	else if (str_eq(type, S("o"))) put_anything(j);
	else if (str_eq(type, S("*"))) put_any(j);
	else if (type.n == 1) put_simple(j, type);
	else put_reference(j, type);
}

static void put_type(struct json *j, struct str type) {
	bool or_null = str_ends(type, S("?"));
	struct str bare = or_null ? str_sub(type, 0, type.n - 1) : type;
	json_obj(j);
	if (or_null) {
		json_key(j, S("oneOf"));
		json_arr(j);
		json_obj(j);
		put_bare(j, bare);
		json_end(j);
		json_raw(j, S("{\"type\":\"null\"}"));
		json_end(j);
	} else put_bare(j, bare);
	json_end(j);
}

/* "name?" may be absent. */
static struct str plain_name(struct str name) {
	return str_ends(name, S("?")) ? str_sub(name, 0, name.n - 1) : name;
}

/* "*" stands for members of any other name. */
static bool is_rest(struct str name) {
	return str_eq(name, S("*"));
}

static void put_rest(struct json *j, struct str members) {
	struct str member, name;
	while (str_split(&members, ' ', &member))
		if (str_split(&member, ':', &name) && is_rest(name)) {
			json_key(j, S("additionalProperties"));
			put_type(j, member);
		}
}

static void put_shape(struct json *j, struct str members) {
	struct str rest = members, member, name;
	json_obj(j);
	json_put_str(j, "type", S("object"));
	json_key(j, S("properties"));
	json_obj(j);
	while (str_split(&rest, ' ', &member))
		if (str_split(&member, ':', &name) && !is_rest(name)) {
			json_key(j, plain_name(name));
			put_type(j, member);
		}
	json_end(j);
	json_key(j, S("required"));
	json_arr(j);
	for (rest = members; str_split(&rest, ' ', &member);)
		if (str_split(&member, ':', &name) && !is_rest(name) && !str_ends(name, S("?"))) json_str(j, name);
	json_end(j);
	put_rest(j, members);
	json_end(j);
}

void shape_put_parameter(struct json *j, struct str member) {
	struct str name;
	if (!str_split(&member, ':', &name)) return;
	json_obj(j);
	json_put_str(j, "name", plain_name(name));
	json_put_str(j, "in", S("query"));
	json_put_bool(j, "required", !str_ends(name, S("?")));
	json_key(j, S("schema"));
	put_type(j, member);
	json_end(j);
}

void shapes_put(struct json *j) {
	for (size_t i = 0; i < shapes_n; i++) {
		json_key(j, shapes[i].name);
		put_shape(j, shapes[i].members);
	}
}
