/* import_api.c - the import desk over HTTP. */
#include "api/handlers.h"
#include "api/records.h"
#include "domain/audit.h"
#include "domain/import.h"
#include "domain/project.h"
#include "domain/stored_json.h"

static enum err answer_import(struct call *c, int64_t id) {
	struct import rec;
	enum err e = record_get(c->ctx, &import_noun, id, &rec);
	if (e) return e;
	put_record(c, &import_noun, &rec);
	answer_etag(c, rec.record.row_version);
	return ERR_OK;
}

static enum err answer_job(struct call *c, int64_t job_id) {
	json_obj(&c->json);
	json_put_int(&c->json, "job_id", job_id);
	json_end(&c->json);
	return ERR_OK;
}

enum err api_import_upload(struct call *c) {
	int64_t id;
	struct str name = call_query(c, "file_name"), region = call_query(c, "region_code");
	c->noun = &import_noun;
	if (!name.n) fail(c->ctx, ERR_INVALID, S("file_name"), S("required"));
	if (!region.n) fail(c->ctx, ERR_INVALID, S("region_code"), S("required"));
	if (c->ctx->error) return ERR_INVALID;
	enum err e = import_open(c->ctx, name, region, c->req->body, &id);
	return e ? e : answer_import(c, id);
}

enum err api_import_plan(struct call *c) {
	int64_t id;
	enum err e = call_id(c, 0, &id);
	return e ? e : import_plan_json(c->ctx, id, &c->json);
}

enum err api_import_plan_set(struct call *c) {
	json_t *body;
	int64_t id;
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_body(c, NULL, &body);
	if (!e) e = import_plan_set(c->ctx, id, c->req->body);
	return e ? e : import_plan_json(c->ctx, id, &c->json);
}

typedef enum err (*start)(struct ctx *ctx, int64_t id, int64_t *job_id);

static enum err start_job(struct call *c, start run) {
	int64_t id, job_id;
	enum err e = call_id(c, 0, &id);
	if (!e) e = run(c->ctx, id, &job_id);
	return e ? e : answer_job(c, job_id);
}

enum err api_import_check(struct call *c) { return start_job(c, import_check_start); }
enum err api_import_write(struct call *c) { return start_job(c, import_write_start); }
enum err api_import_rollback(struct call *c) { return start_job(c, import_rollback_start); }

enum err api_import_cancel(struct call *c) {
	int64_t id;
	enum err e = call_id(c, 0, &id);
	if (!e) e = import_cancel(c->ctx, id);
	return e ? e : answer_import(c, id);
}

static struct str text_of(struct call *c, json_t *v) {
	return str_copy(c->ctx->arena, str_c(json_string_value(v)));
}

static struct str text_at(struct call *c, json_t *array, size_t i) {
	return text_of(c, json_array_get(array, i));
}

static struct str field_label(struct call *c, struct str name) {
	int i = field_index(&project_noun, name);
	if (i < 0) return name;
	return c->ctx->lang == LANG_EN ? project_noun.fields[i].en : project_noun.fields[i].zh;
}

/* "key":[...], each element by `one`, which may leave an element out. */
static void put_each(struct call *c, const char *key, json_t *list, void (*one)(struct call *c, json_t *v)) {
	size_t i;
	json_t *v;
	json_key(&c->json, str_c(key));
	json_arr(&c->json);
	json_array_foreach(list, i, v) one(c, v);
	json_end(&c->json);
}

static struct str field_unit(struct call *c, struct str name) {
	int i = field_index(&project_noun, name);
	return i < 0 ? S("") : ftype_unit(project_noun.fields[i].type, c->ctx->lang);
}

static void put_change(struct call *c, json_t *change) {
	struct json *j = &c->json;
	json_obj(j);
	json_put_str(j, "field", text_at(c, change, 0));
	json_put_str(j, "label", field_label(c, text_at(c, change, 0)));
	json_put_str_or_null(j, "unit", field_unit(c, text_at(c, change, 0)));
	json_put_str_or_null(j, "before", text_at(c, change, 1));
	json_put_str_or_null(j, "after", text_at(c, change, 2));
	json_end(j);
}

static void put_problem(struct call *c, json_t *p) {
	struct json *j = &c->json;
	json_t *args = json_object_get(p, "args");
	struct str field = text_of(c, json_object_get(p, "field")),
		rule = text_of(c, json_object_get(p, "rule"));
	const struct str both[2] = {text_at(c, args, 0), text_at(c, args, 1)};
	json_obj(j);
	json_put_str(j, "field", field);
	json_put_str(j, "label", field_label(c, field));
	json_put_str(j, "code", rule);
	json_put_str(j, "message", problem_words(c->ctx->arena, rule, both, c->ctx->lang));
	json_put_bool(j, "is_warning", json_is_true(json_object_get(p, "is_warning")));
	json_end(j);
}

/* The rows keep what their importer saw. Who reads them later may see less: a project that was sealed
 * since shows neither name nor values here. */
static bool is_project_seen(struct call *c, int64_t id) {
	static const struct field f = {.type = F_REF, .ref = S_("projects")};
	return label_text(c, &f, VI(id)).n > 0;
}

static void put_duplicate(struct call *c, json_t *d) {
	struct json *j = &c->json;
	json_t *id = json_object_get(d, "project_id"), *row = json_object_get(d, "row");
	if (json_is_integer(id) && !is_project_seen(c, json_integer_value(id))) return;
	json_obj(j);
	json_put_int_if(j, "project_id", json_is_integer(id), json_integer_value(id));
	json_put_int_if(j, "row", json_is_integer(row), json_integer_value(row));
	json_put_str(j, "name", text_of(c, json_object_get(d, "name")));
	json_put_int(j, "score_permille", json_integer_value(json_object_get(d, "score_permille")));
	json_end(j);
}

/* Whose value each field in conflict takes; of fields that are decided with another, that one's. */
static void put_conflicts(struct call *c, json_t *list, struct str choice, struct str field_choices) {
	struct json *j = &c->json;
	size_t i;
	json_t *v;
	json_key(j, S("conflicts"));
	json_arr(j);
	json_array_foreach(list, i, v) {
		struct str field = text_at(c, v, 0), with = text_at(c, v, 4);
		json_obj(j);
		json_put_str(j, "field", field);
		json_put_str(j, "label", field_label(c, field));
		json_put_str_or_null(j, "unit", field_unit(c, field));
		json_put_str_or_null(j, "base", text_at(c, v, 1));
		json_put_str_or_null(j, "stored", text_at(c, v, 2));
		json_put_str_or_null(j, "file", text_at(c, v, 3));
		json_put_str_or_null(j, "with", with);
		json_put_str(j, "choice", import_side(c->ctx, choice, field_choices, with.n ? with : field));
		json_end(j);
	}
	json_end(j);
}

static void put_row(struct call *c, const struct rows *r) {
	struct json *j = &c->json;
	json_t *data = stored_json(c->ctx->arena, rows_text(r, 6)),
		*problems = stored_json(c->ctx->arena, rows_text(r, 7));
	struct str result = str_copy(c->ctx->arena, rows_text(r, 3));
	bool is_seen = !rows_is_null(r, 4) && is_project_seen(c, rows_int(r, 4));
	bool is_of_file = str_eq(result, S("NEW")) || str_eq(result, S("DUPLICATE"))
		|| str_eq(result, S("ERROR"));
	json_obj(j);
	json_put_int(j, "id", rows_int(r, 0));
	json_put_int(j, "sheet", rows_int(r, 1));
	json_put_int(j, "row", rows_int(r, 2));
	json_put_str(j, "result", result);
	json_put_int_if(j, "project_id", is_seen, rows_int(r, 4));
	json_put_str(j, "name", rows_text(r, 5));
	put_each(c, "changes", is_seen || is_of_file ? json_object_get(data, "changes") : NULL, put_change);
	put_conflicts(c, is_seen ? json_object_get(data, "conflicts") : NULL, rows_text(r, 8), rows_text(r, 10));
	put_each(c, "problems", problems, put_problem);
	put_each(c, "duplicates", json_object_get(data, "duplicates"), put_duplicate);
	json_put_str(j, "choice", rows_text(r, 8));
	json_put_bool(j, "is_written", rows_int(r, 9) != 0);
	json_end(j);
}

static enum err put_counts(struct call *c, int64_t id) {
	int64_t counts[RESULT__N];
	enum err e = import_counts(c->ctx, id, counts);
	if (e) return e;
	json_key(&c->json, S("counts"));
	json_obj(&c->json);
	for (int k = 0; k < RESULT__N; k++) {
		json_key(&c->json, import_result_code((enum import_result)k));
		json_int(&c->json, counts[k]);
	}
	json_end(&c->json);
	return ERR_OK;
}

enum err api_import_rows(struct call *c) {
	struct rows *r;
	int64_t id, cursor, limit, last = 0, n = 0;
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_query_int(c, "cursor", 0, 0, INT64_MAX, &cursor);
	if (!e) e = call_query_int(c, "limit", 50, 1, 200, &limit);
	if (!e) e = import_rows(c->ctx, id, call_query(c, "result"), cursor, limit + 1, &r);
	if (e) return e;
	json_obj(&c->json);
	json_key(&c->json, S("items"));
	json_arr(&c->json);
	for (; n < limit && rows_next(r); n++) {
		last = rows_int(r, 0);
		put_row(c, r);
	}
	json_end(&c->json);
	json_key(&c->json, S("next"));
	if (n == limit && rows_next(r)) json_str(&c->json, str_of_int(c->ctx->arena, last));
	else json_nil(&c->json);
	e = rows_error(r);
	rows_done(r);
	if (!e) e = put_counts(c, id);
	json_end(&c->json);
	return e ? fail_store(c->ctx, e) : ERR_OK;
}

/* {"field":"file"|"stored"}; what is no text is no side. */
static enum err pick_fields(struct call *c, int64_t id, int64_t row, json_t *choices) {
	struct arena *a = c->ctx->arena;
	struct import_pick *picks = arena_array(a, json_object_size(choices) + 1, sizeof *picks);
	const char *key;
	json_t *v;
	size_t n = 0;
	json_object_foreach(choices, key, v)
		picks[n++] = (struct import_pick){str_copy(a, str_c(key)), text_of(c, v)};
	return import_row_pick(c->ctx, id, row, picks, n);
}

/* One of the two: the row as a whole, or its fields. */
static enum err check_choice(struct call *c, json_t *body) {
	const struct error *before = c->ctx->error;
	const char *key;
	json_t *v, *choice = json_object_get(body, "choice"), *choices = json_object_get(body, "choices");
	json_object_foreach(body, key, v)
		if (v != choice && v != choices)
			fail(c->ctx, ERR_INVALID, str_copy(c->ctx->arena, str_c(key)), S("unknown_member"));
	if (choice && !json_is_string(choice)) fail(c->ctx, ERR_INVALID, S("choice"), S("wrong_type"));
	if (choices && !json_is_object(choices)) fail(c->ctx, ERR_INVALID, S("choices"), S("wrong_type"));
	if (choice && choices) fail(c->ctx, ERR_INVALID, S("choices"), S("import_choice_twice"));
	return c->ctx->error == before ? ERR_OK : ERR_INVALID;
}

enum err api_import_row_choose(struct call *c) {
	json_t *body;
	int64_t id, row;
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_id(c, 1, &row);
	if (!e) e = call_body(c, NULL, &body);
	if (!e) e = check_choice(c, body);
	if (e) return e;
	c->noun = &project_noun; /* a field that breaks a rule is a project's */
	json_t *choices = json_object_get(body, "choices");
	return choices ? pick_fields(c, id, row, choices)
		: import_row_choose(c->ctx, id, row, body_str(c, body, "choice"));
}

enum err api_import_marked(struct call *c) {
	int64_t id, sheet;
	struct str name, bytes;
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_query_int(c, "sheet", 0, 0, 1000, &sheet);
	if (!e) e = import_marked(c->ctx, id, sheet, problem_words, &name, &bytes);
	if (!e)
		e = audit_taken(c->ctx, &(struct audit_entry){.action = S("download"), .outcome = S("DONE"),
			.object = import_noun.name, .object_id = id});
	if (e) return e;
	answer_file(c, "application/octet-stream", name, bytes);
	return ERR_OK;
}

enum err api_import_confirm(struct call *c) {
	int64_t id, n;
	enum err e = call_id(c, 0, &id);
	if (!e) e = import_confirm(c->ctx, id, &n);
	if (e) return e;
	json_obj(&c->json);
	json_put_int(&c->json, "confirmed", n);
	json_end(&c->json);
	return ERR_OK;
}
