/* bulk_api.c - one act on many projects: the chosen ones, or all of a list's filter; and taking back. */
#include "api/handlers.h"
#include "api/records.h"
#include "domain/bulk.h"
#include "domain/edit.h"
#include "domain/stored_json.h"

/* ---- which projects ---- */

struct targets {
	struct bulk_target *t;
	size_t n;
};

static enum err chosen_rows(struct call *c, json_t *rows, struct targets *out) {
	size_t i;
	json_t *row;
	if (!json_is_array(rows)) return fail(c->ctx, ERR_INVALID, S("rows"), S("wrong_type"));
	out->t = arena_array(c->ctx->arena, json_array_size(rows) + 1, sizeof *out->t);
	json_array_foreach(rows, i, row) {
		json_t *id = json_object_get(row, "id"), *version = json_object_get(row, "row_version");
		if (!json_is_integer(id) || !json_is_integer(version) || json_object_size(row) != 2)
			return fail(c->ctx, ERR_INVALID, S("rows"), S("wrong_type"));
		out->t[out->n++] = (struct bulk_target){json_integer_value(id), json_integer_value(version)};
	}
	return ERR_OK;
}

/* Without "rows" the address is the filter, as the list of projects reads it. */
static enum err filtered_rows(struct call *c, struct targets *out) {
	static const struct str columns[] = {S_("id"), S_("row_version")};
	struct list *l = arena_alloc(c->ctx->arena, sizeof *l);
	struct rows *r;
	enum err e = list_parse(c, &project_noun, l);
	if (e) return e;
	struct select_spec spec = list_spec(l, columns, 2);
	spec.after = NULL;
	spec.limit = BULK_ROWS_MAX + 1;
	if ((e = db_select(c->ctx->db, c->ctx->arena, &spec, &r))) return fail_store(c->ctx, e);
	out->t = arena_array(c->ctx->arena, BULK_ROWS_MAX + 1, sizeof *out->t);
	while (rows_next(r)) out->t[out->n++] = (struct bulk_target){rows_int(r, 0), rows_int(r, 1)};
	e = rows_error(r);
	rows_done(r);
	return fail_store(c->ctx, e);
}

/* ---- what is to be done, as texts ---- */

/* Wrong values are refused here, once, and not by every row. */
static enum err wish_of_fields(struct call *c, json_t *set, struct json *j) {
	struct project p;
	struct fieldset given;
	if (!json_is_object(set)) return fail(c->ctx, ERR_INVALID, S("set"), S("required"));
	record_init(&project_noun, &p);
	enum err e = body_record(c, set, &project_noun, &p, &given);
	if (e) return e;
	json_obj(j);
	for (size_t i = 0; i < project_noun.fields_n; i++) {
		if (!fieldset_has(&given, i)) continue;
		json_key(j, project_fields[i].name);
		json_str(j, edit_text(c->ctx->arena, &project_fields[i], &p));
	}
	json_end(j);
	return ERR_OK;
}

static enum err wish_of_proposal(struct call *c, json_t *propose, struct json *j) {
	static const char *const allowed[] = {"kind", "to_stage", "event_date", "reason_code", "reason", NULL};
	const struct error *before = c->ctx->error;
	const char *key;
	json_t *v;
	if (!json_is_object(propose)) return fail(c->ctx, ERR_INVALID, S("propose"), S("required"));
	json_obj(j);
	json_object_foreach(propose, key, v) {
		bool is_known = false;
		struct str name = str_copy(c->ctx->arena, str_c(key));
		for (size_t i = 0; allowed[i]; i++) is_known = is_known || str_eq(str_c(allowed[i]), name);
		if (!is_known) fail(c->ctx, ERR_INVALID, name, S("unknown_member"));
		else if (!json_is_string(v) && !json_is_null(v)) fail(c->ctx, ERR_INVALID, name, S("wrong_type"));
		if (!is_known || !json_is_string(v)) continue;
		json_key(j, name);
		json_str(j, body_str(c, propose, key));
	}
	json_end(j);
	return c->ctx->error == before ? ERR_OK : ERR_INVALID;
}

static enum err check_members(struct call *c, json_t *body) {
	static const char *const allowed[] = {"act", "set", "propose", "rows"};
	const struct error *before = c->ctx->error;
	const char *key;
	json_t *v;
	json_object_foreach(body, key, v) {
		bool is_known = false;
		for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) is_known = is_known || str_eq(str_c(allowed[i]), str_c(key));
		if (!is_known) fail(c->ctx, ERR_INVALID, str_copy(c->ctx->arena, str_c(key)), S("unknown_member"));
	}
	return c->ctx->error == before ? ERR_OK : ERR_INVALID;
}

static enum err answer_started(struct call *c, int64_t bulk_id, int64_t job_id) {
	json_obj(&c->json);
	json_put_int(&c->json, "bulk_id", bulk_id);
	json_put_int(&c->json, "job_id", job_id);
	json_end(&c->json);
	return ERR_OK;
}

enum err api_bulk_open(struct call *c) {
	struct targets t = {0};
	struct buf wish = {.arena = c->ctx->arena};
	struct json j = {.out = &wish};
	json_t *body, *rows;
	int64_t bulk_id, job_id;
	c->noun = &project_noun;
	enum err e = call_body(c, NULL, &body);
	if (!e) e = check_members(c, body);
	if (e) return e;
	struct str act = body_str(c, body, "act");
	bool is_set = str_eq(act, S("SET"));
	if (!is_set && !str_eq(act, S("PROPOSE")))
		return fail_with(c->ctx, ERR_INVALID, S("act"), S("not_a_choice"), S("SET, PROPOSE"), S(""));
	e = is_set ? wish_of_fields(c, json_object_get(body, "set"), &j)
		: wish_of_proposal(c, json_object_get(body, "propose"), &j);
	rows = json_object_get(body, "rows");
	if (!e) e = rows ? chosen_rows(c, rows, &t) : filtered_rows(c, &t);
	if (!e) e = bulk_open(c->ctx, is_set ? BULK_SET : BULK_PROPOSE, buf_str(&wish), t.t, t.n, &bulk_id, &job_id);
	return e ? e : answer_started(c, bulk_id, job_id);
}

typedef enum err (*start)(struct ctx *ctx, int64_t id, int64_t *job_id);

static enum err start_bulk(struct call *c, start how) {
	int64_t id, job_id;
	enum err e = call_id(c, 0, &id);
	if (!e) e = how(c->ctx, id, &job_id);
	return e ? e : answer_started(c, id, job_id);
}

enum err api_bulk_run(struct call *c) { return start_bulk(c, bulk_run_start); }
enum err api_bulk_undo(struct call *c) { return start_bulk(c, bulk_undo_start); }

/* ---- results ---- */

static void put_problems(struct call *c, struct str problems) {
	struct json *j = &c->json;
	size_t i;
	json_t *p, *all = stored_json(c->ctx->arena, problems);
	json_key(j, S("problems"));
	json_arr(j);
	json_array_foreach(all, i, p) {
		json_t *args = json_object_get(p, "args");
		const struct error e = {
			.field = str_c(json_string_value(json_object_get(p, "field"))),
			.rule = str_c(json_string_value(json_object_get(p, "rule"))),
			.args = {str_c(json_string_value(json_array_get(args, 0))), str_c(json_string_value(json_array_get(args, 1)))},
		};
		json_obj(j);
		json_put_str(j, "field", e.field);
		json_put_str(j, "code", e.rule);
		json_put_str(j, "message", problem_sentence(c->ctx->arena, &e, c->ctx->lang));
		json_end(j);
	}
	json_end(j);
}

enum err api_bulk_rows(struct call *c) {
	struct rows *r;
	struct bulk b;
	int64_t id, cursor, limit, last = 0, n = 0;
	struct json *j = &c->json;
	enum err e = call_id(c, 0, &id);
	if (!e) e = record_get(c->ctx, &bulk_noun, id, &b);
	if (!e) e = call_query_int(c, "cursor", 0, 0, INT64_MAX, &cursor);
	if (!e) e = call_query_int(c, "limit", 50, 1, 200, &limit);
	if (!e) e = bulk_rows(c->ctx, id, call_query(c, "result"), cursor, limit + 1, &r);
	if (e) return e;
	json_obj(j);
	json_key(j, S("items"));
	json_arr(j);
	for (; n < limit && rows_next(r); n++) {
		last = rows_int(r, 0);
		json_obj(j);
		json_put_int(j, "id", last);
		json_put_int(j, "project_id", rows_int(r, 1));
		json_put_str(j, "name", rows_text(r, 2));
		json_put_str(j, "result", rows_text(r, 3));
		put_problems(c, str_copy(c->ctx->arena, rows_text(r, 4)));
		json_end(j);
	}
	json_end(j);
	json_key(j, S("next"));
	if (n == limit && rows_next(r)) json_str(j, str_of_int(c->ctx->arena, last));
	else json_nil(j);
	e = rows_error(r);
	rows_done(r);
	if (e) return fail_store(c->ctx, e);
	json_key(j, S("counts"));
	e = bulk_counts(c->ctx, id, j);
	json_end(j);
	return e;
}

/* ---- one edit ---- */

enum err api_edit_undo(struct call *c) {
	struct edit it;
	int64_t id;
	enum err e = call_id(c, 0, &id);
	c->noun = &edit_noun;
	if (!e) e = record_get(c->ctx, &edit_noun, id, &it);
	if (!e) c->noun = noun_by_name(it.noun) ? noun_by_name(it.noun) : &edit_noun; /* a refusal names its fields */
	if (!e) e = edit_undo(c->ctx, id);
	if (!e) e = record_get(c->ctx, &edit_noun, id, &it);
	if (!e) put_record(c, &edit_noun, &it);
	return e;
}
