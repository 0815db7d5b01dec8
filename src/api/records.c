/* records.c - the same routes for every noun: list, values, file, one, new, change, delete, reveal. */
#include "api/records.h"

#include "api/list.h"
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
	struct value params[SCOPE_PARAMS];
	struct str column = n->label.n ? n->label : S("name");
	const struct cond by_id = {S("id"), COND_EQ, &VI(id), 1};
	const struct select_spec spec = {.from = n->visible, .params = params, .params_n = SCOPE_PARAMS, .columns = &column,
	                                 .columns_n = 1, .conds = &by_id, .conds_n = 1, .limit = 1};
	struct rows *r;
	scope_params(c->ctx, n->object, params);
	if (!may(c->ctx, n->object, CAN_READ) && n->object != OBJ_ACCOUNT) return S("");
	if (db_select(c->ctx->db, c->ctx->arena, &spec, &r)) return S("");
	if (rows_next(r)) m->label = str_copy(c->ctx->arena, rows_text(r, 0));
	rows_done(r);
	return m->label;
}

/* project_id -> project_name, region_code -> region_name. */
static struct str label_member(struct arena *a, struct str name) {
	static const struct str endings[] = {S_("_id"), S_("_code"), S_("_by")};
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (str_ends(name, endings[i])) return str_cat(a, str_sub(name, 0, name.n - endings[i].n), S("_name"));
	return str_cat(a, name, S("_name"));
}

bool label_of(struct call *c, const struct field *f, struct value v, struct str *member, struct str *label) {
	const struct region *r;
	const struct industry *i;
	bool is_en = c->ctx->lang == LANG_EN;
	*label = S("");
	switch (f->type) {
	case F_REGION:
		r = v.kind == V_TEXT ? region_by_code(v.s) : NULL;
		if (r) *label = is_en && r->name_en.n ? r->name_en : r->name;
		break;
	case F_INDUSTRY:
		i = v.kind == V_TEXT ? industry_by_code(v.s) : NULL;
		if (i) *label = i->name;
		break;
	case F_REF:
		if (!f->ref.n) return false;
		if (v.kind == V_INT) *label = ref_label(c, f, v.i);
		break;
	default: return false;
	}
	*member = label_member(c->ctx->arena, f->name);
	return true;
}

void put_labels(struct call *c, const struct noun *n, const struct field *f, struct value v) {
	struct str member, label;
	if (!label_of(c, f, v, &member, &label) || field_index(n, member) >= 0) return;
	json_key(&c->json, member);
	json_str_or_null(&c->json, label);
}

/* ---- one record ---- */

static const struct field head_fields[] = {
	{.name = S_("id"), .type = F_INT, .offset = offsetof(struct record, id)},
	{.name = S_("row_version"), .type = F_INT, .offset = offsetof(struct record, row_version)},
	{.name = S_("created_at_ms"), .type = F_AT, .offset = offsetof(struct record, created_at_ms)},
	{.name = S_("updated_at_ms"), .type = F_AT, .offset = offsetof(struct record, updated_at_ms)},
};
enum { HEAD = sizeof head_fields / sizeof *head_fields };

static void put_value(struct call *c, const struct field *f, struct value v) {
	if (v.kind == V_NULL) json_nil(&c->json);
	else if (f->type == F_BOOL) json_bool(&c->json, v.i != 0);
	else if (v.kind == V_INT) json_int(&c->json, v.i);
	else json_str(&c->json, field_masked(f, c->ctx->arena, v.s));
}

void put_record(struct call *c, const struct noun *n, const void *rec) {
	json_obj(&c->json);
	for (size_t i = 0; i < HEAD; i++) {
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

enum err api_record_show(struct call *c) {
	void *rec;
	enum err e = get_record(c, &rec);
	return e ? e : answer_record(c, rec);
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

static void answer_location(struct call *c, int64_t id) {
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

enum err api_record_reveal(struct call *c) {
	static const char *const allowed[] = {"field", "purpose", NULL};
	json_t *body;
	void *rec;
	enum err e = call_body(c, allowed, &body);
	if (!e) e = get_record(c, &rec);
	if (e) return e;
	struct str name = body_str(c, body, "field"), purpose = str_trim(body_str(c, body, "purpose"));
	int i = field_index(c->noun, name);
	if (i < 0 || !(c->noun->fields[i].flags & FIELD_PERSONAL)) fail(c->ctx, ERR_INVALID, S("field"), S("unknown_member"));
	if (!purpose.n) fail(c->ctx, ERR_INVALID, S("purpose"), S("required"));
	if (c->ctx->error) return ERR_INVALID;
	struct buf diff = {.arena = c->ctx->arena};
	struct json j = {.out = &diff};
	json_obj(&j);
	json_put_str(&j, "field", name);
	json_put_str(&j, "purpose", purpose);
	json_end(&j);
	e = audit_add(c->ctx, &(struct audit_entry){.action = S("reveal"), .outcome = S("DONE"), .object = c->noun->name,
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

/* The columns of a list's select: head, shown fields, and what the cursor needs. */
struct columns {
	struct str names[HEAD + 128 + LIST_ORDERS_MAX + 1];
	size_t n;
	size_t order_at[LIST_ORDERS_MAX + 1];
};

static size_t column_at(struct columns *k, struct str name) {
	for (size_t i = 0; i < k->n; i++)
		if (str_eq(k->names[i], name)) return i;
	k->names[k->n] = name;
	return k->n++;
}

static bool has_head(const struct noun *n, size_t i) {
	return n->has_no_head ? i == 0 : true;
}

static void choose_columns(const struct list *l, struct columns *k) {
	k->n = 0;
	for (size_t i = 0; i < HEAD; i++)
		if (has_head(l->noun, i)) (void)column_at(k, head_fields[i].name);
	for (size_t i = 0; i < l->fields_n; i++) (void)column_at(k, l->fields[i]->name);
	for (size_t i = 0; i < l->orders_n; i++) k->order_at[i] = column_at(k, l->orders[i].column);
}

static void put_cell(struct call *c, const struct field *f, const struct rows *r, int col) {
	struct value v = rows_value(r, col);
	json_key(&c->json, f->name);
	put_value(c, f, v);
	put_labels(c, c->noun, f, v);
}

static void put_row(struct call *c, const struct list *l, const struct rows *r) {
	int col = 0;
	json_obj(&c->json);
	for (size_t i = 0; i < HEAD; i++)
		if (has_head(l->noun, i)) put_cell(c, &head_fields[i], r, col++);
	for (size_t i = 0; i < l->fields_n; i++) {
		bool is_head = false;
		for (size_t k = 0; k < HEAD && !is_head; k++) is_head = has_head(l->noun, k) && str_eq(head_fields[k].name, l->fields[i]->name);
		if (!is_head) put_cell(c, l->fields[i], r, col++);
	}
	json_end(&c->json);
}

static struct str next_cursor(struct call *c, const struct list *l, const struct columns *k, const struct rows *r) {
	struct value v[LIST_ORDERS_MAX + 1];
	for (size_t i = 0; i < l->orders_n; i++) v[i] = rows_value(r, (int)k->order_at[i]);
	return list_cursor(c->ctx->arena, v, l->orders_n);
}

static enum err put_items(struct call *c, const struct list *l) {
	struct columns *k = arena_alloc(c->ctx->arena, sizeof *k);
	choose_columns(l, k);
	const struct select_spec spec = list_spec(l, k->names, k->n);
	struct rows *r;
	struct str next = S("");
	enum err e = db_select(c->ctx->db, c->ctx->arena, &spec, &r);
	if (e) return fail_store(c->ctx, e);
	json_key(&c->json, S("items"));
	json_arr(&c->json);
	for (int64_t i = 0; i < l->limit && rows_next(r); i++) {
		put_row(c, l, r);
		if (i + 1 == l->limit) next = next_cursor(c, l, k, r);
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
	if (str_eq(call_query(c, "format"), S("csv")) || str_has(c->req->accept, S("text/csv"))) return list_export(c, l);
	json_obj(&c->json);
	e = put_items(c, l);
	if (!e && l->has_count) e = put_totals(c, l);
	json_end(&c->json);
	return e;
}

/* ---- the values of a column ---- */

static struct str value_label(struct call *c, const struct field *f, struct value v) {
	struct str member, label;
	int i;
	if (v.kind == V_NULL) return S("");
	if (label_of(c, f, v, &member, &label)) return label;
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
	if (!f || !(f->flags & FIELD_FILTER) || (f->flags & FIELD_PERSONAL) || !field_is_shown(c->ctx, c->noun, f))
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

/* ---- the list as a file: UTF-8 CSV with a mark, so that Excel and WPS read it ---- */

/* What can be given back edited carries its version, so that an import knows what changed meanwhile. */
static bool has_version_column(const struct call *c) {
	return str_eq(c->noun->name, S("project"));
}

static void csv_head(struct call *c, const struct list *l, struct buf *b) {
	buf_c(b, "\xEF\xBB\xBF");
	for (size_t i = 0; i < l->fields_n; i++) {
		const struct field *f = l->fields[i];
		struct str unit = ftype_unit(f->type, c->ctx->lang);
		struct buf head = {.arena = c->ctx->arena};
		buf_add(&head, c->ctx->lang == LANG_EN ? f->en : f->zh);
		if (unit.n) {
			buf_c(&head, " (");
			buf_add(&head, unit);
			buf_byte(&head, ')');
		}
		if (i) buf_byte(b, ',');
		buf_csv(b, buf_str(&head));
	}
	if (has_version_column(c)) buf_c(b, c->ctx->lang == LANG_EN ? ",Version" : ",数据版本");
	buf_c(b, "\r\n");
}

static void csv_cell(struct call *c, const struct field *f, struct value v, struct buf *b) {
	struct str member, label;
	int i;
	if (v.kind == V_NULL) return;
	if (f->type == F_ENUM && (i = choice_index(f, v.s)) != CHOICE_NONE) buf_csv(b, c->ctx->lang == LANG_EN ? f->choices[i].en : f->choices[i].zh);
	else if (f->type == F_AT) buf_instant(b, v.i);
	else if (f->type == F_REF && label_of(c, f, v, &member, &label) && label.n) buf_csv(b, label);
	else if (f->type == F_REGION && label_of(c, f, v, &member, &label) && label.n) buf_csv(b, label);
	else if (v.kind == V_INT) buf_fixed(b, v.i, type_digits(f->type));
	else buf_csv(b, field_masked(f, c->ctx->arena, v.s));
}

enum err list_export(struct call *c, struct list *l) {
	struct columns *k = arena_alloc(c->ctx->arena, sizeof *k);
	enum err e = need(c->ctx, c->noun->object, CAN_EXPORT);
	if (e) return e;
	for (size_t i = 0; i < l->fields_n; i++) (void)column_at(k, l->fields[i]->name);
	size_t version = has_version_column(c) ? column_at(k, S("row_version")) : 0;
	struct select_spec spec = list_spec(l, k->names, k->n);
	spec.after = NULL;
	spec.limit = EXPORT_ROWS_MAX + 1;
	struct rows *r;
	struct buf b = {.arena = c->ctx->arena};
	int64_t n = 0;
	if ((e = db_select(c->ctx->db, c->ctx->arena, &spec, &r))) return fail_store(c->ctx, e);
	csv_head(c, l, &b);
	for (; n <= EXPORT_ROWS_MAX && rows_next(r); n++) {
		for (size_t i = 0; i < l->fields_n; i++) {
			if (i) buf_byte(&b, ',');
			csv_cell(c, l->fields[i], rows_value(r, (int)i), &b);
		}
		if (has_version_column(c)) {
			buf_byte(&b, ',');
			buf_int(&b, rows_int(r, (int)version));
		}
		buf_c(&b, "\r\n");
	}
	e = rows_error(r);
	rows_done(r);
	if (e) return fail_store(c->ctx, e);
	if (n > EXPORT_ROWS_MAX) return fail_with(c->ctx, ERR_TOO_LARGE, S(""), S("export_too_large"), str_of_int(c->ctx->arena, EXPORT_ROWS_MAX), S(""));
	answer_file(c, "text/csv; charset=utf-8", str_cat(c->ctx->arena, c->noun->plural, S(".csv")), buf_str(&b));
	return ERR_OK;
}
