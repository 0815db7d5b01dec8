/* body.c - JSON in: strict, bounded, every wrong member named. */
#include "api/call.h"
#include "domain/stored_json.h"

enum { DEPTH_MAX = 16 };

/* jansson bounds nesting at 2048; ours is what an editor could mean. */
static bool is_deep(json_t *v, int left) {
	const char *key;
	json_t *child;
	size_t i;
	if (left < 0) return true;
	json_object_foreach(v, key, child) if (is_deep(child, left - 1)) return true;
	json_array_foreach(v, i, child) if (is_deep(child, left - 1)) return true;
	return false;
}

/* Integers are marked ("row_version#") and looked at where they are read; the rest is text or null. */
static void check_member(struct call *c, const char *const *allowed, const char *key, json_t *v) {
	struct str name = str_copy(c->ctx->arena, str_c(key));
	for (; *allowed; allowed++) {
		bool is_text = str_eq(str_c(*allowed), name);
		if (!is_text && !str_eq(str_c(*allowed), str_cat(c->ctx->arena, name, S("#")))) continue;
		if (is_text && !json_is_string(v) && !json_is_null(v))
			fail(c->ctx, ERR_INVALID, name, S("wrong_type"));
		return;
	}
	fail(c->ctx, ERR_INVALID, name, S("unknown_member"));
}

enum err call_body(struct call *c, const char *const *allowed, json_t **out) {
	struct ctx *ctx = c->ctx;
	json_error_t why;
	if (c->req->content_type.n && !str_starts(c->req->content_type, S("application/json")))
		return fail(ctx, ERR_INVALID, S(""), S("need_json"));
	json_t *v = arena_json(ctx->arena, json_loadb(c->req->body.p ? c->req->body.p : "", c->req->body.n,
		JSON_REJECT_DUPLICATES, &why));
	if (!v)
		return fail_with(ctx, ERR_INVALID, S(""), S("bad_json"), str_of_int(ctx->arena, why.line),
			str_copy(ctx->arena, str_c(why.text)));
	if (!json_is_object(v))
		return fail_with(ctx, ERR_INVALID, S(""), S("bad_json"), S("1"), S("object expected"));
	if (is_deep(v, DEPTH_MAX))
		return fail_with(ctx, ERR_INVALID, S(""), S("bad_json"), S("1"), S("nested too deep"));
	*out = v;
	const char *key;
	json_t *child;
	const struct error *before = ctx->error;
	if (allowed) json_object_foreach(v, key, child) check_member(c, allowed, key, child);
	return ctx->error == before ? ERR_OK : ERR_INVALID;
}

struct str body_str(struct call *c, json_t *body, const char *name) {
	json_t *v = json_object_get(body, name);
	if (!json_is_string(v)) return S("");
	return str_copy(c->ctx->arena, (struct str){json_string_value(v), json_string_length(v)});
}

enum err body_text(struct call *c, json_t *body, const char *name, int64_t max, struct str *out) {
	const struct field f = {.name = str_c(name), .type = F_LONG, .max = max};
	*out = S("");
	enum err e = field_set_text(c->ctx, &f, out, body_str(c, body, name));
	*out = str_trim(*out);
	return e;
}

enum err body_int(struct call *c, json_t *body, const char *name, int64_t absent, int64_t *out) {
	json_t *v = json_object_get(body, name);
	*out = absent;
	if (!v || json_is_null(v)) return ERR_OK;
	if (!json_is_integer(v)) return fail(c->ctx, ERR_INVALID, str_c(name), S("not_a_number"));
	*out = json_integer_value(v);
	return ERR_OK;
}

enum err body_day(struct call *c, json_t *body, const char *name, int32_t *out) {
	struct str s = body_str(c, body, name);
	*out = DAY_NONE;
	if (!s.n || day_parse(s, out)) return ERR_OK;
	return fail_with(c->ctx, ERR_INVALID, str_c(name), S("not_a_date"), s, S(""));
}

enum err body_choice(struct call *c, json_t *body, const char *name, const struct choice *choices,
		size_t n, int32_t *out) {
	struct str s = body_str(c, body, name);
	const struct field f = {.choices = choices, .choices_n = n};
	*out = CHOICE_NONE;
	if (!s.n) return ERR_OK;
	*out = choice_index(&f, s);
	if (*out != CHOICE_NONE) return ERR_OK;
	return fail_with(c->ctx, ERR_INVALID, str_c(name), S("not_a_choice"), s, S(""));
}

/* One JSON value as the text that field_set_text takes. */
static enum err json_as_text(struct call *c, struct str field, json_t *v, struct str *out) {
	if (json_is_null(v)) *out = S("");
	else if (json_is_string(v)) *out = (struct str){json_string_value(v), json_string_length(v)};
	else if (json_is_integer(v)) *out = str_of_int(c->ctx->arena, json_integer_value(v));
	else if (json_is_boolean(v)) *out = json_is_true(v) ? S("true") : S("false");
	else return fail(c->ctx, ERR_INVALID, field, S("wrong_type"));
	return ERR_OK;
}

static void read_member(struct call *c, const struct noun *n, void *rec, struct fieldset *set,
		struct str key, json_t *v) {
	struct str text;
	int i = field_index(n, key);
	if (i < 0 || !field_is_shown(c->ctx, n, &n->fields[i])) {
		if (!str_eq(key, S("row_version"))) fail(c->ctx, ERR_INVALID, key, S("unknown_member"));
		return;
	}
	const struct field *f = &n->fields[i];
	if (f->flags & (FIELD_SERVER | FIELD_VIEW | FIELD_VIRTUAL)) {
		fail(c->ctx, ERR_INVALID, key, S("readonly"));
		return;
	}
	if (json_as_text(c, key, v, &text) || field_set_text(c->ctx, f, rec, text)) return;
	fieldset_add(set, (size_t)i);
}

enum err body_record(struct call *c, json_t *body, const struct noun *n, void *rec, struct fieldset *set) {
	const struct error *before = c->ctx->error;
	const char *key;
	json_t *v;
	*set = (struct fieldset){0};
	json_object_foreach(body, key, v) read_member(c, n, rec, set, str_copy(c->ctx->arena, str_c(key)), v);
	return c->ctx->error == before ? ERR_OK : c->ctx->error->code;
}
