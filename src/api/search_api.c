/* search_api.c - GET /api/v1/search: the hits of all kinds, what was tried, and what to light up. */
#include "api/handlers.h"
#include "domain/search.h"

/* The field whose code says in a word what a hit is. */
static const struct str info_fields[SEARCH__N] = {
	[SEARCH_PROJECT] = S_("stage"), [SEARCH_INVESTOR] = S_("region_code"), [SEARCH_LEAD] = S_("state"),
	[SEARCH_CONTACT] = S_("title"), [SEARCH_TALK] = S_("talk_date"), [SEARCH_EVIDENCE] = S_("kind"),
};

static struct str info_label(struct call *c, const struct search_hit *h) {
	const struct noun *n = search_noun(h->kind);
	const struct field *f = &n->fields[field_index(n, info_fields[h->kind])];
	int i = f->type == F_ENUM ? choice_index(f, h->info) : CHOICE_NONE;
	if (i != CHOICE_NONE) return c->ctx->lang == LANG_EN ? f->choices[i].en : f->choices[i].zh;
	return f->type == F_REGION ? label_text(c, f, VT(h->info)) : h->info;
}

static void put_mark(struct json *j, struct span mark) {
	json_key(j, S("mark"));
	if (mark.to <= mark.from) {
		json_nil(j);
		return;
	}
	json_arr(j);
	json_int(j, (int64_t)mark.from);
	json_int(j, (int64_t)mark.to);
	json_end(j);
}

static void put_hit(struct call *c, const struct search_hit *h) {
	struct json *j = &c->json;
	bool is_en = c->ctx->lang == LANG_EN;
	json_obj(j);
	json_put_str(j, "kind", search_noun(h->kind)->name);
	json_put_int(j, "id", h->id);
	json_put_str(j, "name", h->name);
	json_put_str(j, "how", how_code(h->how));
	json_put_str_or_null(j, "info", info_label(c, h));
	json_put_str_or_null(j, "phone", h->phone);
	json_put_str_or_null(j, "parent_kind", h->parent_kind);
	json_put_int_if(j, "parent_id", h->parent_id != 0, h->parent_id);
	json_put_str_or_null(j, "parent", h->parent);
	json_put_str_or_null(j, "field", h->field ? h->field->name : S(""));
	json_put_str_or_null(j, "field_label", !h->field ? S("") : is_en ? h->field->en : h->field->zh);
	json_put_str_or_null(j, "text", h->text);
	put_mark(j, h->mark);
	json_end(j);
}

static void put_kinds(struct call *c, const struct search_spec *spec, const struct search_result *r) {
	struct json *j = &c->json;
	json_key(j, S("kinds"));
	json_arr(j);
	for (int k = 0; k < SEARCH__N; k++) {
		const struct noun *n = search_noun((enum search_kind)k);
		if (!spec->kinds[k] || !may(c->ctx, n->object, CAN_READ)) continue;
		json_obj(j);
		json_put_str(j, "kind", n->name);
		json_put_str(j, "label", c->ctx->lang == LANG_EN ? n->en : n->zh);
		json_put_int(j, "n", r->count[k]);
		json_put_bool(j, "has_more", r->has_more[k]);
		json_end(j);
	}
	json_end(j);
}

static enum err take_kinds(struct call *c, struct search_spec *spec) {
	struct str kind = call_query(c, "kind");
	enum search_kind only;
	for (int k = 0; k < SEARCH__N; k++) spec->kinds[k] = !kind.n;
	if (!kind.n) return ERR_OK;
	if (!search_kind_of(kind, &only))
		return fail_with(c->ctx, ERR_INVALID, S("kind"), S("bad_query"), S("kind"), str_cp_head(kind, 20));
	spec->kinds[only] = true;
	return ERR_OK;
}

enum err api_search(struct call *c) {
	struct search_spec spec = {.query = call_query(c, "q")};
	struct search_result r;
	enum err e = call_query_int(c, "limit", 20, 1, 200, &spec.limit);
	if (!e) e = take_kinds(c, &spec);
	if (!e) e = search_records(c->ctx, &spec, &r);
	if (e) return e;
	struct json *j = &c->json;
	json_obj(j);
	json_key(j, S("tried"));
	json_arr(j);
	for (int h = 0; h < HOW__N; h++)
		if (r.tried[h]) json_str(j, how_code((enum how)h));
	json_end(j);
	json_key(j, S("hits"));
	json_arr(j);
	for (size_t i = 0; i < r.n; i++) put_hit(c, &r.hits[i]);
	json_end(j);
	put_kinds(c, &spec, &r);
	json_end(j);
	return ERR_OK;
}
