#include "api/openapi.h"

#include "api/handlers.h"
#include "api/openapi_shapes.h"

#ifndef ZHAOYIN_VERSION
#define ZHAOYIN_VERSION "0"
#endif

/* JSON Schema of a field type. */
static void put_type(struct json *j, const struct field *f) {
	const char *type = field_is_number(f) ? "integer" : f->type == F_BOOL ? "boolean" : "string";
	json_key(j, S("type"));
	json_arr(j);
	json_str(j, str_c(type));
	json_str(j, S("null"));
	json_end(j);
	if (f->type == F_DATE) json_put_str(j, "format", S("date"));
	if (field_is_number(f)) json_put_int(j, "maximum", field_max(f));
	if (field_is_text(f)) json_put_int(j, "maxLength", field_max(f));
	if (f->type != F_ENUM) return;
	json_key(j, S("enum"));
	json_arr(j);
	for (size_t i = 0; i < f->choices_n; i++) json_str(j, f->choices[i].code);
	json_nil(j);
	json_end(j);
}

static void put_property(struct json *j, const struct field *f) {
	json_key(j, f->name);
	json_obj(j);
	put_type(j, f);
	json_put_str(j, "title", f->zh);
	json_put_str(j, "description", f->en);
	if (f->flags & (FIELD_SERVER | FIELD_VIEW)) json_put_bool(j, "readOnly", true);
	json_end(j);
}

static void put_integer(struct json *j, const char *name) {
	json_key(j, str_c(name));
	json_obj(j);
	json_put_str(j, "type", S("integer"));
	json_put_bool(j, "readOnly", true);
	json_end(j);
}

/* The name beside a code or an id, in answers. */
static void put_label(struct json *j, const struct noun *n, const struct field *f) {
	struct str member;
	if (!label_member(j->out->arena, f, &member) || field_index(n, member) >= 0) return;
	json_key(j, member);
	json_raw(j, S("{\"type\":[\"string\",\"null\"],\"readOnly\":true}"));
}

static void put_noun_schema(struct json *j, const struct noun *n) {
	json_key(j, n->name);
	json_obj(j);
	json_put_str(j, "type", S("object"));
	json_put_str(j, "title", n->zh);
	json_key(j, S("properties"));
	json_obj(j);
	put_integer(j, "id");
	if (!n->has_no_head) {
		put_integer(j, "row_version");
		put_integer(j, "created_at_ms");
		put_integer(j, "updated_at_ms");
	}
	for (size_t i = 0; i < n->fields_n; i++)
		if (!(n->fields[i].flags & FIELD_VIRTUAL)) {
			put_property(j, &n->fields[i]);
			put_label(j, n, &n->fields[i]);
		}
	json_end(j);
	json_end(j);
}

static void put_ref(struct json *j, const char *key, const char *kind, struct str name) {
	struct buf b = {.arena = j->out->arena};
	buf_c(&b, "#/components/");
	buf_c(&b, kind);
	buf_byte(&b, '/');
	buf_add(&b, name);
	if (key) json_key(j, str_c(key));
	json_obj(j);
	json_put_str(j, "$ref", buf_str(&b));
	json_end(j);
}

/* "/api/v1/:noun/:id" with the noun's plural -> "/api/v1/projects/{id}" */
static struct str path_of(struct arena *a, struct str pattern, const struct noun *n) {
	struct buf b = {.arena = a};
	struct str rest = pattern, part;
	(void)str_split(&rest, '/', &part);
	while (str_split(&rest, '/', &part)) {
		buf_byte(&b, '/');
		if (n && str_eq(part, S(":noun"))) buf_add(&b, n->plural);
		else if (str_starts(part, S(":"))) {
			buf_byte(&b, '{');
			buf_add(&b, str_sub(part, 1, part.n));
			buf_byte(&b, '}');
		} else buf_add(&b, part);
	}
	return buf_str(&b);
}

static void put_parameter(struct json *j, struct str name, const char *in, const char *type,
		bool is_required) {
	json_obj(j);
	json_put_str(j, "name", name);
	json_put_str(j, "in", str_c(in));
	json_put_bool(j, "required", is_required);
	json_key(j, S("schema"));
	json_obj(j);
	json_put_str(j, "type", str_c(type));
	json_end(j);
	json_end(j);
}

/* A filter by a range or a part (total_invest_fen.ge) has the name of its field here. */
static void put_query(struct json *j, const struct route *r, const struct noun *n) {
	struct str rest = query_of(r->handle), member;
	const struct noun *filtered = filtered_by(r->handle, n), *uploaded = uploaded_by(r->handle);
	while (rest.n && str_split(&rest, ' ', &member)) shape_put_parameter(j, member);
	for (size_t i = 0; filtered && i < filtered->fields_n; i++)
		if (filtered->fields[i].flags & FIELD_FILTER) put_parameter(j, filtered->fields[i].name, "query", "string", false);
	for (size_t i = 0; uploaded && i < uploaded->fields_n; i++)
		if (!(uploaded->fields[i].flags & FIELD_SERVER)) put_parameter(j, uploaded->fields[i].name, "query", "string", false);
}

static void put_parameters(struct json *j, const struct route *r, const struct noun *n) {
	struct str rest = r->pattern, part;
	json_key(j, S("parameters"));
	json_arr(j);
	while (str_split(&rest, '/', &part))
		if (str_starts(part, S(":")) && !(n && str_eq(part, S(":noun"))))
			put_parameter(j, str_sub(part, 1, part.n), "path", "integer", true);
	put_query(j, r, n);
	if ((r->flags & ROUTE_KEEP)) put_parameter(j, S("Idempotency-Key"), "header", "string", false);
	bool is_versioned = r->method == METHOD_PATCH && n;
	if (is_versioned || (r->method == METHOD_DELETE && n))
		put_parameter(j, S("If-Match"), "header", "string", true);
	json_end(j);
}

static void put_content(struct json *j, const char *type, const struct noun *n, bool is_page) {
	json_key(j, S("content"));
	json_obj(j);
	json_key(j, str_c(type));
	json_obj(j);
	if (n && is_page) {
		json_key(j, S("schema"));
		json_obj(j);
		json_put_str(j, "type", S("object"));
		json_key(j, S("properties"));
		json_obj(j);
		json_key(j, S("items"));
		json_obj(j);
		json_put_str(j, "type", S("array"));
		put_ref(j, "items", "schemas", n->name);
		json_end(j);
		json_key(j, S("next"));
		json_raw(j, S("{\"type\":[\"string\",\"null\"]}"));
		json_key(j, S("total"));
		json_raw(j, S("{\"type\":\"integer\"}"));
		json_key(j, S("sums"));
		json_raw(j, S("{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}"));
		json_end(j);
		json_end(j);
	} else if (n) put_ref(j, "schema", "schemas", n->name);
	else {
		json_key(j, S("schema"));
		json_raw(j, S("{\"type\":\"object\"}"));
	}
	json_end(j);
	json_end(j);
}

static void put_shaped(struct json *j, struct str shape) {
	json_key(j, S("content"));
	json_obj(j);
	json_key(j, S("application/json"));
	json_obj(j);
	put_ref(j, "schema", "schemas", shape);
	json_end(j);
	json_end(j);
}

static bool is_file_route(const struct route *r) {
	return r->body_max > 0;
}

static void put_bytes(struct json *j, const char *type) {
	json_key(j, S("content"));
	json_obj(j);
	json_key(j, str_c(type));
	json_raw(j, S("{\"schema\":{\"type\":\"string\",\"format\":\"binary\"}}"));
	json_end(j);
}

static bool reads_record(const struct route *r, const struct noun *n) {
	return n && (r->right & (CAN_CREATE | CAN_UPDATE)) != 0;
}

static void put_request_body(struct json *j, const struct route *r, const struct noun *n) {
	struct str shape = body_of(r->handle);
	if (r->method == METHOD_GET || r->method == METHOD_DELETE) return;
	if (!is_file_route(r) && !shape.n && !reads_record(r, n)) return;
	json_key(j, S("requestBody"));
	json_obj(j);
	json_put_bool(j, "required", true);
	if (is_file_route(r)) put_bytes(j, "application/octet-stream");
	else if (shape.n) put_shaped(j, shape);
	else put_content(j, "application/json", n, false);
	json_end(j);
}

/* What no table describes is left as an object without members: a test refuses it. */
static void put_answer(struct json *j, const struct route *r, const struct noun *n) {
	struct str shape = shape_of(r->handle);
	bool is_page = n && str_eq(r->pattern, S("/api/v1/:noun")) && r->method == METHOD_GET;
	if (r->flags & ROUTE_STREAM) put_bytes(j, "text/event-stream");
	else if (r->flags & ROUTE_FILE) put_bytes(j, "application/octet-stream");
	else if (shape.n) put_shaped(j, shape);
	else put_content(j, "application/json", n, is_page);
}

static void put_responses(struct json *j, const struct route *r, const struct noun *n) {
	int status = r->status ? r->status : 200;
	json_key(j, S("responses"));
	json_obj(j);
	json_key(j, str_of_int(j->out->arena, status));
	json_obj(j);
	json_put_str(j, "description", r->en);
	if (status != 204) put_answer(j, r, n);
	json_end(j);
	put_ref(j, "4XX", "responses", S("Problem"));
	put_ref(j, "5XX", "responses", S("Problem"));
	json_end(j);
}

/* One name an operation, for generated clients: get_projects_id */
static struct str operation_id(struct arena *a, const struct route *r, struct str path) {
	struct buf b = {.arena = a};
	buf_add(&b, str_lower(a, method_name(r->method)));
	for (size_t i = 0; i < path.n; i++) {
		char ch = path.p[i];
		if (ch == '{' || ch == '}') continue;
		buf_byte(&b, ch == '/' || ch == '-' || ch == '.' ? '_' : ch);
	}
	return buf_str(&b);
}

static void put_operation(struct json *j, const struct route *r, const struct noun *n, struct str path) {
	json_key(j, str_lower(j->out->arena, method_name(r->method)));
	json_obj(j);
	json_put_str(j, "operationId", operation_id(j->out->arena, r, path));
	json_put_str(j, "summary", r->en);
	json_put_str(j, "description", r->zh);
	json_key(j, S("tags"));
	json_arr(j);
	json_str(j, n ? n->plural : object_name(r->object));
	json_end(j);
	if (r->flags & ROUTE_PUBLIC) {
		json_key(j, S("security"));
		json_arr(j);
		json_end(j);
	}
	put_parameters(j, r, n);
	put_request_body(j, r, n);
	put_responses(j, r, n);
	json_end(j);
}

static bool has_personal_field(const struct noun *n) {
	for (size_t i = 0; i < n->fields_n; i++)
		if (n->fields[i].flags & FIELD_PERSONAL) return true;
	return false;
}

static bool is_served(const struct route *r, const struct noun *n) {
	if (!(r->flags & ROUTE_NOUN)) return n == NULL;
	if (!n) return false;
	if (r->right == CAN_REVEAL && !has_personal_field(n)) return false;
	uint32_t made = r->right & (CAN_CREATE | CAN_UPDATE | CAN_DELETE);
	return !made || (n->generic & made) == made;
}

/* All operations of one path, so that each path stands once. */
static void put_path(struct json *j, size_t first, const struct noun *n, struct str path) {
	struct arena *a = j->out->arena;
	bool seen[METHOD__N] = {false};
	json_key(j, path);
	json_obj(j);
	for (size_t i = first; i < routes_n; i++) {
		const struct noun *of = (routes[i].flags & ROUTE_NOUN) ? n : NULL;
		if (!is_served(&routes[i], of) || seen[routes[i].method]) continue;
		if (!str_eq(path_of(a, routes[i].pattern, of), path)) continue;
		seen[routes[i].method] = true;
		put_operation(j, &routes[i], of, path);
	}
	json_end(j);
}

static const struct noun *noun_of_path(struct arena *a, struct str path) {
	for (size_t k = 0; k < nouns_n; k++)
		for (size_t i = 0; i < routes_n; i++)
			if ((routes[i].flags & ROUTE_NOUN) && is_served(&routes[i], nouns[k])
				&& str_eq(path_of(a, routes[i].pattern, nouns[k]), path))
				return nouns[k];
	return NULL;
}

static bool is_new_path(struct arena *a, struct str path, size_t before, const struct noun *n) {
	for (size_t i = 0; i < before; i++) {
		const struct noun *of = (routes[i].flags & ROUTE_NOUN) ? n : NULL;
		if (is_served(&routes[i], of) && str_eq(path_of(a, routes[i].pattern, of), path)) return false;
	}
	return true;
}

static void put_paths(struct json *j) {
	struct arena *a = j->out->arena;
	json_key(j, S("paths"));
	json_obj(j);
	for (size_t i = 0; i < routes_n; i++) {
		if (routes[i].flags & ROUTE_NOUN) continue;
		struct str path = path_of(a, routes[i].pattern, NULL);
		if (is_new_path(a, path, i, NULL)) put_path(j, i, noun_of_path(a, path), path);
	}
	for (size_t k = 0; k < nouns_n; k++)
		for (size_t i = 0; i < routes_n; i++) {
			if (!is_served(&routes[i], nouns[k]) || !(routes[i].flags & ROUTE_NOUN)) continue;
			struct str path = path_of(a, routes[i].pattern, nouns[k]);
			if (is_new_path(a, path, i, nouns[k])) put_path(j, i, nouns[k], path);
		}
	json_end(j);
}

static void put_components(struct json *j) {
	json_key(j, S("components"));
	json_obj(j);
	json_key(j, S("securitySchemes"));
	json_raw(j, S("{\"session\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"zhaoyin\"}}"));
	json_key(j, S("responses"));
	json_raw(j, S("{\"Problem\":{\"description\":\"What is wrong (RFC 9457)\",\"content\":{\"application/problem+json\":{\"schema\":{\"$ref\":\"#/components/schemas/Problem\"}}}}}"));
	json_key(j, S("schemas"));
	json_obj(j);
	shapes_put(j);
	for (size_t i = 0; i < nouns_n; i++) put_noun_schema(j, nouns[i]);
	json_end(j);
	json_end(j);
}

void openapi_put(struct json *j) {
	json_obj(j);
	json_put_str(j, "openapi", S("3.1.0"));
	json_key(j, S("info"));
	json_obj(j);
	json_put_str(j, "title", S("zhaoyin 招引"));
	json_put_str(j, "version", S(ZHAOYIN_VERSION));
	json_put_str(j, "description", S("Investment attraction of a city. Common rules: docs/api.md."));
	json_key(j, S("license"));
	json_raw(j, S("{\"name\":\"Apache-2.0\",\"identifier\":\"Apache-2.0\"}"));
	json_end(j);
	json_key(j, S("servers"));
	json_raw(j, S("[{\"url\":\"/\"}]"));
	json_key(j, S("security"));
	json_raw(j, S("[{\"session\":[]}]"));
	put_paths(j);
	put_components(j);
	json_end(j);
}

enum err api_openapi(struct call *c) {
	openapi_put(&c->json);
	return ERR_OK;
}
