/* person_api.c - the register of personal data, and one person's: copy, hold, refusal, erasure. */
#include "api/cells.h"
#include "api/handlers.h"
#include "domain/person.h"

enum { REASON_MAX = 300 };

static void put_entry(struct call *c, const struct noun *n, const struct field *f) {
	const struct personal_entry *e = &personal_entries[f->personal];
	struct json *j = &c->json;
	bool is_en = c->ctx->lang == LANG_EN;
	json_obj(j);
	json_put_str(j, "noun", n->name);
	json_put_str(j, "noun_label", is_en ? n->en : n->zh);
	json_put_str(j, "field", f->name);
	json_put_str(j, "label", is_en ? f->en : f->zh);
	json_put_bool(j, "is_required", (f->flags & FIELD_REQUIRED) != 0);
	json_put_bool(j, "is_sealed", (f->flags & FIELD_SEALED) != 0);
	json_put_str(j, "purpose", is_en ? e->purpose_en : e->purpose_zh);
	json_put_str(j, "basis", is_en ? e->basis_en : e->basis_zh);
	json_put_str(j, "keep", is_en ? e->keep_en : e->keep_zh);
	json_end(j);
}

enum err api_personal_register(struct call *c) {
	json_obj(&c->json);
	json_key(&c->json, S("items"));
	json_arr(&c->json);
	for (size_t i = 0; i < nouns_n; i++)
		for (size_t k = 0; k < nouns[i]->fields_n; k++)
			if (nouns[i]->fields[k].flags & FIELD_PERSONAL) put_entry(c, nouns[i], &nouns[i]->fields[k]);
	json_end(&c->json);
	json_end(&c->json);
	return ERR_OK;
}

/* The record it belongs to, by name, for who may see that. */
static struct str owner_label(struct call *c, const struct contact *k) {
	static const struct str plurals[] = {
		[OWNER_INVESTOR] = S_("investors"), [OWNER_PROJECT] = S_("projects"), [OWNER_LEAD] = S_("leads")};
	const struct field f = {.name = S_("owner_id"), .type = F_REF, .ref = plurals[k->owner_kind]};
	return label_text(c, &f, VI(k->owner_id));
}

static void put_contact(struct call *c, const struct contact *k, bool is_whole) {
	struct json *j = &c->json;
	json_obj(j);
	json_put_int(j, "id", k->record.id);
	for (size_t i = 0; i < contact_noun.fields_n; i++) {
		const struct field *f = &contact_noun.fields[i];
		struct value v = field_value(f, c->ctx->arena, k);
		json_key(j, f->name);
		if (is_whole && v.kind == V_TEXT) json_str(j, v.s);
		else put_value(c, f, v);
	}
	json_put_str_or_null(j, "owner_name", owner_label(c, k));
	json_end(j);
}

static enum err put_person(struct call *c, int64_t id, const struct person *p, bool is_whole) {
	struct json *j = &c->json;
	json_obj(j);
	json_key(j, S("contacts"));
	json_arr(j);
	for (size_t i = 0; i < p->n; i++) put_contact(c, &p->contacts[i], is_whole);
	json_end(j);
	json_key(j, S("hold"));
	if (!p->hold_reason.n) json_nil(j);
	else {
		json_obj(j);
		json_put_str(j, "reason", p->hold_reason);
		json_put_str_or_null(j, "until_date", p->hold_until == DAY_NONE ? S("") : str_of_day(c->ctx->arena, p->hold_until));
		json_end(j);
	}
	json_key(j, S("requests"));
	enum err e = person_requests(c->ctx, id, j);
	if (e) return e;
	json_end(j);
	return ERR_OK;
}

enum err api_person(struct call *c) {
	int64_t id;
	struct person p;
	enum err e = call_id(c, 0, &id);
	if (!e) e = person_find(c->ctx, id, &p);
	return e ? e : put_person(c, id, &p, false);
}

static struct str csv_of(struct call *c, const struct person *p) {
	struct buf b = {.arena = c->ctx->arena};
	bool is_en = c->ctx->lang == LANG_EN;
	buf_c(&b, "\xEF\xBB\xBF");
	buf_csv(&b, is_en ? S("Id") : S("编号"));
	for (size_t i = 0; i < contact_noun.fields_n; i++) {
		buf_byte(&b, ',');
		buf_csv(&b, is_en ? contact_noun.fields[i].en : contact_noun.fields[i].zh);
	}
	buf_byte(&b, ',');
	buf_csv(&b, is_en ? S("Belongs to") : S("所属名称"));
	buf_c(&b, "\r\n");
	for (size_t k = 0; k < p->n; k++) {
		buf_int(&b, p->contacts[k].record.id);
		for (size_t i = 0; i < contact_noun.fields_n; i++) {
			buf_byte(&b, ',');
			buf_csv(&b, field_text(&contact_noun.fields[i], c->ctx->arena, &p->contacts[k], c->ctx->lang));
		}
		buf_byte(&b, ',');
		buf_csv(&b, owner_label(c, &p->contacts[k]));
		buf_c(&b, "\r\n");
	}
	return buf_str(&b);
}

enum err api_person_export(struct call *c) {
	static const char *const allowed[] = {"reason", "format", NULL};
	int64_t id;
	struct person p;
	struct str reason;
	json_t *body;
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_body(c, allowed, &body);
	if (!e) e = body_text(c, body, "reason", REASON_MAX, &reason);
	if (e) return e;
	struct str format = body_str(c, body, "format");
	bool is_csv = str_eq(format, S("csv"));
	if (format.n && !is_csv && !str_eq(format, S("json")))
		return fail_with(c->ctx, ERR_INVALID, S("format"), S("not_a_choice"), S("json, csv"), S(""));
	if ((e = person_export(c->ctx, id, reason, &p))) return e;
	if (!is_csv) return put_person(c, id, &p, true);
	answer_file(c, "text/csv; charset=utf-8", S("person.csv"), csv_of(c, &p));
	return ERR_OK;
}

static enum err read_reason(struct call *c, int64_t *id, struct str *reason) {
	static const char *const allowed[] = {"reason", NULL};
	json_t *body;
	enum err e = call_id(c, 0, id);
	if (!e) e = call_body(c, allowed, &body);
	return e ? e : body_text(c, body, "reason", REASON_MAX, reason);
}

enum err api_person_erase(struct call *c) {
	int64_t id, erased;
	struct str reason;
	enum err e = read_reason(c, &id, &reason);
	if (!e) e = person_erase(c->ctx, id, reason, &erased);
	if (e) return e;
	json_obj(&c->json);
	json_put_int(&c->json, "erased_n", erased);
	json_end(&c->json);
	return ERR_OK;
}

enum err api_person_hold(struct call *c) {
	static const char *const allowed[] = {"reason", "until_date", NULL};
	int64_t id;
	json_t *body;
	struct str reason;
	int32_t until = DAY_NONE;
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_body(c, allowed, &body);
	if (!e) e = body_text(c, body, "reason", REASON_MAX, &reason);
	if (!e) e = body_day(c, body, "until_date", &until);
	return e ? e : person_hold(c->ctx, id, reason, until);
}

enum err api_person_refuse(struct call *c) {
	int64_t id;
	struct str reason;
	enum err e = read_reason(c, &id, &reason);
	return e ? e : person_refuse(c->ctx, id, reason);
}

enum err api_person_release(struct call *c) {
	int64_t id;
	enum err e = call_id(c, 0, &id);
	return e ? e : person_release(c->ctx, id);
}
