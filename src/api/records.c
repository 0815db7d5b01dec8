/* records.c - the same routes for every noun: list, values, one, new, change, delete, reveal. */
#include "api/records.h"

#include "api/cells.h"
#include "domain/audit.h"
#include "domain/reference.h"

/* ---- labels beside codes ---- */

struct label_memo {
	struct label_memo *next;
	const struct noun *noun;
	int64_t id;
	struct str label;
};

/* The name of a record, for who may see it; asked once a request for each id. */
static struct str ref_label(struct call *c, const struct field *f, int64_t id) {
	const struct noun *n = noun_by_plural(f->ref);
	if (!n) return S("");
	for (struct label_memo *m = c->labels; m; m = m->next)
		if (m->noun == n && m->id == id) return m->label;
	struct label_memo *m = arena_alloc(c->ctx->arena, sizeof *m);
	*m = (struct label_memo){c->labels, n, id, S("")};
	c->labels = m;
	struct value params[VISIBLE_PARAMS];
	const size_t params_n = visible_params(c->ctx, n, params);
	struct str column = n->label.n ? n->label : S("name");
	const struct cond by_id = {S("id"), COND_EQ, &VI(id), 1};
	const struct select_spec spec = {.from = n->visible, .params = params, .params_n = params_n,
		.columns = &column,
	                                 .columns_n = 1, .conds = &by_id, .conds_n = 1, .limit = 1};
	struct rows *r;
	if (!may(c->ctx, n->object, CAN_READ) && n->object != OBJ_ACCOUNT) return S("");
	if (db_select(c->ctx->db, c->ctx->arena, &spec, &r)) return S("");
	if (rows_next(r)) m->label = str_copy(c->ctx->arena, rows_text(r, 0));
	rows_done(r);
	return m->label;
}

/* project_id -> project_name, region_code -> region_name. */
bool label_member(struct arena *a, const struct field *f, struct str *member) {
	static const struct str endings[] = {S_("_id"), S_("_code"), S_("_by")};
	struct str stem = f->name;
	bool has_label = f->type == F_REGION || f->type == F_INDUSTRY || (f->type == F_REF && f->ref.n);
	if (!has_label) return false;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		if (!str_ends(f->name, endings[i])) continue;
		stem.n -= endings[i].n;
		break;
	}
	*member = str_cat(a, stem, S("_name"));
	return true;
}

struct str label_text(struct call *c, const struct field *f, struct value v) {
	const struct region *r;
	const struct industry *i;
	switch (f->type) {
	case F_REGION:
		r = v.kind == V_TEXT ? region_by_code(v.s) : NULL;
		if (!r) return S("");
		return region_name_in(r, c->ctx->lang);
	case F_INDUSTRY:
		i = v.kind == V_TEXT ? industry_by_code(v.s) : NULL;
		return i ? i->name : S("");
	case F_REF: return f->ref.n && v.kind == V_INT ? ref_label(c, f, v.i) : S("");
	default: return S("");
	}
}

static void put_labels(struct call *c, const struct noun *n, const struct field *f, struct value v) {
	struct str member;
	if (!label_member(c->ctx->arena, f, &member) || field_index(n, member) >= 0) return;
	json_key(&c->json, member);
	json_str_or_null(&c->json, label_text(c, f, v));
}

/* ---- one record ---- */

void put_record(struct call *c, const struct noun *n, const void *rec) {
	json_obj(&c->json);
	for (size_t i = 0; i < HEAD__N; i++) {
		json_key(&c->json, head_fields[i].name);
		put_value(c, &head_fields[i], field_value(&head_fields[i], c->ctx->arena, rec));
	}
	for (size_t i = 0; i < n->fields_n; i++) {
		const struct field *f = &n->fields[i];
		if ((f->flags & FIELD_VIRTUAL) || !field_is_shown(c->ctx, n, f)) continue;
		struct value v = field_value(f, c->ctx->arena, rec);
		json_key(&c->json, f->name);
		put_value(c, f, v);
		put_labels(c, n, f, v);
	}
	json_end(&c->json);
}

static enum err answer_record(struct call *c, const void *rec) {
	put_record(c, c->noun, rec);
	answer_etag(c, ((const struct record *)rec)->row_version);
	return ERR_OK;
}

static void *new_record(struct call *c) {
	void *rec = arena_alloc(c->ctx->arena, c->noun->size);
	record_init(c->noun, rec);
	return rec;
}

static enum err get_record(struct call *c, void **rec) {
	int64_t id;
	enum err e = call_id(c, 1, &id);
	*rec = new_record(c);
	return e ? e : record_get(c->ctx, c->noun, id, *rec);
}

enum { RECORD_BYTES = 3000 }; /* of most records: no copies while the answer grows */

/* Straight from the row: most reads of one record are this one. */
static enum err show_row(struct call *c, int64_t id) {
	struct list *l = arena_room(c->ctx->arena, sizeof *l);
	struct cells k;
	struct rows *r;
	enum err e = list_all(c, c->noun, l);
	if (e) return e;
	cells_of(c, l, &k);
	l->conds[l->conds_n++] = (struct cond){S("id"), COND_EQ, &VI(id), 1};
	const struct select_spec spec = list_spec(l, k.columns, k.columns_n);
	e = db_select(c->ctx->db, c->ctx->arena, &spec, &r);
	if (e) return fail_store(c->ctx, e);
	bool is_there = rows_next(r);
	if (is_there) {
		buf_reserve(&c->out, RECORD_BYTES);
		cells_find(c, &k, r);
		put_row(c, &k, r);
		if (!c->noun->has_no_head) answer_etag(c, rows_int(r, k.items[HEAD_ROW_VERSION].col));
	}
	e = rows_error(r);
	rows_done(r);
	if (e) return fail_store(c->ctx, e);
	return is_there ? ERR_OK : record_not_found(c->ctx, c->noun);
}

enum err api_record_show(struct call *c) {
	int64_t id;
	enum err e = call_id(c, 1, &id);
	return e ? e : show_row(c, id);
}

static enum err need_generic(struct call *c, uint32_t right) {
	return c->noun->generic & right ? ERR_OK : fail(c->ctx, ERR_INVALID, S(""), S("method_not_allowed"));
}

/* What is stored now, as the next reader will see it. */
static enum err answer_stored(struct call *c, int64_t id) {
	void *rec = new_record(c);
	enum err e = record_get(c->ctx, c->noun, id, rec);
	return e ? e : answer_record(c, rec);
}

void answer_location(struct call *c, int64_t id) {
	struct buf b = {.arena = c->ctx->arena};
	buf_c(&b, "/api/v1/");
	buf_add(&b, c->noun->plural);
	buf_byte(&b, '/');
	buf_int(&b, id);
	res_header(c->res, "Location", buf_str(&b));
}

enum err api_record_create(struct call *c) {
	json_t *body;
	struct fieldset set;
	void *rec = new_record(c);
	enum err e = need_generic(c, CAN_CREATE);
	if (!e) e = call_body(c, NULL, &body);
	if (e) return e;
	(void)body_record(c, body, c->noun, rec, &set);
	const struct error *typed = c->ctx->error;
	e = record_check(c->ctx, c->noun, NULL, rec, &set);
	if (typed) return ERR_INVALID;
	if (!e) e = record_insert(c->ctx, c->noun, rec);
	if (e) return e;
	answer_location(c, ((struct record *)rec)->id);
	return answer_stored(c, ((struct record *)rec)->id);
}

/* 412: what stands there now and what was sent, field by field. */
static enum err answer_stale(struct call *c, const void *now, const void *mine, const struct fieldset *set) {
	struct buf b = {.arena = c->ctx->arena};
	struct json j = {.out = &b};
	json_arr(&j);
	for (size_t i = 0; i < c->noun->fields_n; i++) {
		const struct field *f = &c->noun->fields[i];
		if (!fieldset_has(set, i) || field_equal(f, now, mine)) continue;
		struct value theirs = field_value(f, c->ctx->arena, now), yours = field_value(f, c->ctx->arena, mine);
		struct json outer = c->json;
		c->json = j;
		json_obj(&c->json);
		json_put_str(&c->json, "field", f->name);
		json_put_str(&c->json, "label", c->ctx->lang == LANG_EN ? f->en : f->zh);
		json_key(&c->json, S("base"));
		json_nil(&c->json);
		json_key(&c->json, S("theirs"));
		put_value(c, f, theirs);
		json_key(&c->json, S("yours"));
		put_value(c, f, yours);
		json_end(&c->json);
		j = c->json;
		c->json = outer;
	}
	json_end(&j);
	struct json outer = c->json;
	struct buf current = {.arena = c->ctx->arena};
	c->json = (struct json){.out = &current};
	put_record(c, c->noun, now);
	c->json = outer;
	problem_add(c, S("conflicts"), buf_str(&b));
	problem_add(c, S("current"), buf_str(&current));
	answer_etag(c, ((const struct record *)now)->row_version);
	return fail(c->ctx, ERR_CONFLICT, S("row_version"), S("stale"));
}

static void *copy_record(struct call *c, const void *rec) {
	unsigned char *to = arena_alloc(c->ctx->arena, c->noun->size);
	for (size_t i = 0; i < c->noun->size; i++) to[i] = ((const unsigned char *)rec)[i];
	return to;
}

enum err api_record_update(struct call *c) {
	json_t *body;
	struct fieldset set;
	void *old, *rec;
	int64_t version;
	enum err e = need_generic(c, CAN_UPDATE);
	if (!e) e = need_version(c, &version);
	if (!e) e = call_body(c, NULL, &body);
	if (!e) e = get_record(c, &old);
	if (e) return e;
	rec = copy_record(c, old);
	(void)body_record(c, body, c->noun, rec, &set);
	const struct error *typed = c->ctx->error;
	if (!typed && version != ((struct record *)old)->row_version) return answer_stale(c, old, rec, &set);
	e = record_check(c->ctx, c->noun, old, rec, &set);
	if (typed) return ERR_INVALID;
	if (!e) e = record_update(c->ctx, c->noun, old, rec, &set);
	return e ? e : answer_stored(c, ((struct record *)rec)->id);
}

enum err api_record_delete(struct call *c) {
	void *old;
	int64_t version;
	enum err e = need_generic(c, CAN_DELETE);
	if (!e) e = need_version(c, &version);
	if (!e) e = get_record(c, &old);
	if (e) return e;
	if (version != ((struct record *)old)->row_version) {
		struct fieldset none = {0};
		return answer_stale(c, old, old, &none);
	}
	c->res->status = 204;
	return record_delete(c->ctx, c->noun, old);
}

enum { PURPOSE_MAX = 200 }; /* code points */

enum err api_record_reveal(struct call *c) {
	static const char *const allowed[] = {"field", "purpose", NULL};
	json_t *body;
	void *rec;
	enum err e = call_body(c, allowed, &body);
	if (!e) e = get_record(c, &rec);
	if (e) return e;
	struct str name = body_str(c, body, "field"), purpose;
	int i = field_index(c->noun, name);
	(void)body_text(c, body, "purpose", PURPOSE_MAX, &purpose);
	if (i < 0 || !(c->noun->fields[i].flags & FIELD_PERSONAL))
		fail(c->ctx, ERR_INVALID, S("field"), S("unknown_member"));
	if (!purpose.n && !c->ctx->error) fail(c->ctx, ERR_INVALID, S("purpose"), S("required"));
	if (c->ctx->error) return ERR_INVALID;
	struct buf diff = {.arena = c->ctx->arena};
	struct json j = {.out = &diff};
	json_obj(&j);
	json_put_str(&j, "field", name);
	json_put_str(&j, "purpose", purpose);
	json_end(&j);
	e = audit_add(c->ctx, &(struct audit_entry){.action = S("reveal"), .outcome = S("DONE"),
		.object = c->noun->name,
		.object_id = ((struct record *)rec)->id, .diff = buf_str(&diff)});
	if (e) return e;
	struct value v = field_value(&c->noun->fields[i], c->ctx->arena, rec);
	json_obj(&c->json);
	json_key(&c->json, S("value"));
	if (v.kind == V_NULL) json_nil(&c->json);
	else json_str(&c->json, v.s);
	json_end(&c->json);
	return ERR_OK;
}

/* ---- lists ---- */

static struct str next_cursor(struct call *c, const struct list *l, const struct cells *k,
		const struct rows *r) {
	struct value v[LIST_ORDERS_MAX + 1];
	for (size_t i = 0; i < l->orders_n; i++) v[i] = rows_value(r, (int)k->order_at[i]);
	return list_cursor(c->ctx->arena, v, l->orders_n);
}

enum err list_put_items(struct call *c, const struct list *l) {
	struct cells k;
	cells_of(c, l, &k);
	const struct select_spec spec = list_spec(l, k.columns, k.columns_n);
	struct rows *r;
	struct str next = S("");
	enum err e = db_select(c->ctx->db, c->ctx->arena, &spec, &r);
	if (e) return fail_store(c->ctx, e);
	json_key(&c->json, S("items"));
	json_arr(&c->json);
	for (int64_t i = 0; i < l->limit && rows_next(r); i++) {
		size_t before = c->out.n;
		put_row(c, &k, r);
		if (i == 0) buf_reserve(&c->out, (size_t)l->limit * (c->out.n - before) * 9 / 8);
		if (i + 1 == l->limit) next = next_cursor(c, l, &k, r);
	}
	if (next.n && !rows_next(r)) next = S("");
	json_end(&c->json);
	json_key(&c->json, S("next"));
	json_str_or_null(&c->json, next);
	e = rows_error(r);
	rows_done(r);
	return e ? fail_store(c->ctx, e) : ERR_OK;
}

/* Count and sums over the whole filter, whatever the page. */
static enum err put_totals(struct call *c, const struct list *l) {
	const struct field *summed[16];
	struct str columns[16];
	size_t n = 0;
	for (size_t i = 0; i < l->noun->fields_n && n < 16; i++) {
		const struct field *f = &l->noun->fields[i];
		if (!(f->flags & FIELD_SUM) || !field_is_shown(c->ctx, l->noun, f)) continue;
		summed[n] = f;
		columns[n++] = f->sum_of.n ? f->sum_of : f->name;
	}
	struct select_spec spec = list_spec(l, NULL, 0);
	spec.after = NULL;
	spec.limit = 0;
	spec.orders_n = 0;
	struct rows *r;
	enum err e = db_aggregate(c->ctx->db, c->ctx->arena, &spec, columns, n, &r);
	if (e) return fail_store(c->ctx, e);
	if (!rows_next(r)) return fail_store(c->ctx, rows_error(r) ? rows_error(r) : ERR_STORE);
	json_put_int(&c->json, "total", rows_int(r, 0));
	json_key(&c->json, S("sums"));
	json_obj(&c->json);
	for (size_t i = 0; i < n; i++) {
		json_key(&c->json, summed[i]->name);
		json_int(&c->json, rows_int(r, (int)i + 1));
	}
	json_end(&c->json);
	rows_done(r);
	return ERR_OK;
}

enum err api_record_list(struct call *c) {
	struct list *l = arena_alloc(c->ctx->arena, sizeof *l);
	enum err e = list_parse(c, c->noun, l);
	if (e) return e;
	if (list_file(c->req)) return list_export(c, l);
	json_obj(&c->json);
	e = list_put_items(c, l);
	if (!e && l->has_count) e = put_totals(c, l);
	json_end(&c->json);
	return e;
}

/* ---- the values of a column ---- */

static struct str value_label(struct call *c, const struct field *f, struct value v) {
	struct str member;
	int i;
	if (v.kind == V_NULL) return S("");
	if (label_member(c->ctx->arena, f, &member)) return label_text(c, f, v);
	if (f->type == F_ENUM && (i = choice_index(f, v.s)) != CHOICE_NONE)
		return c->ctx->lang == LANG_EN ? f->choices[i].en : f->choices[i].zh;
	return v.kind == V_INT ? str_of_int(c->ctx->arena, v.i) : v.s;
}

enum err api_record_values(struct call *c) {
	struct list *l = arena_alloc(c->ctx->arena, sizeof *l);
	enum err e = list_parse(c, c->noun, l);
	if (e) return e;
	struct str name = call_query(c, "field");
	int i = field_index(c->noun, name);
	const struct field *f = i >= 0 ? &c->noun->fields[i] : NULL;
	if (!f || !(f->flags & FIELD_FILTER) || (f->flags & FIELD_PERSONAL)
		|| !field_is_shown(c->ctx, c->noun, f))
		return fail_with(c->ctx, ERR_INVALID, S("field"), S("bad_query"), S("field"), name);
	struct select_spec spec = list_spec(l, NULL, 0);
	struct rows *r;
	spec.after = NULL;
	spec.orders_n = 0;
	spec.limit = LIST_LIMIT_MAX;
	if ((e = db_group(c->ctx->db, c->ctx->arena, &spec, f->name, &r))) return fail_store(c->ctx, e);
	json_obj(&c->json);
	json_key(&c->json, S("items"));
	json_arr(&c->json);
	while (rows_next(r)) {
		struct value v = rows_value(r, 0);
		json_obj(&c->json);
		json_key(&c->json, S("value"));
		put_value(c, f, v);
		json_put_str(&c->json, "label", value_label(c, f, v));
		json_put_int(&c->json, "n", rows_int(r, 1));
		json_end(&c->json);
	}
	json_end(&c->json);
	json_end(&c->json);
	e = rows_error(r);
	rows_done(r);
	return e ? fail_store(c->ctx, e) : ERR_OK;
}
