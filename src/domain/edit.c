#include "domain/edit.h"

#include "domain/audit.h"
#include "domain/noun.h"
#include "domain/rights.h"
#include "domain/stored_json.h"

static const int64_t DAY_MS = 86400000;

static const struct choice kinds[EDIT__N] = {
	[EDIT_UPDATE] = {S_("UPDATE"), S_("修改"), S_("Change"), S_("")},
	[EDIT_DELETE] = {S_("DELETE"), S_("删除"), S_("Deletion"), S_("")},
};

#define F(m, ...) FIELD(edit, m, __VA_ARGS__)
static const struct field fields[] = {
	F(kind, F_ENUM, GIVEN | FIELD_REQUIRED, "操作", "Act", .group = S_("base"), CHOICES(kinds)),
	F(noun, F_TEXT, FIELD_SERVER | FIELD_LIST | FIELD_FILTER | FIELD_REQUIRED, "类别", "Kind of record", .group = S_("base")),
	F(record_id, F_INT, FIELD_SERVER | FIELD_FILTER | FIELD_REQUIRED, "记录编号", "Record id", .group = S_("base"), .max = INT64_C(1) << 53),
	F(name, F_TEXT, FIELD_SERVER | FIELD_LIST | FIELD_SEARCH, "名称", "Name", .group = S_("base"), .max = 400),
	F(project_id, F_INT, FIELD_SERVER | FIELD_FILTER, "项目编号", "Project id", .group = S_("base"), .max = INT64_C(1) << 53),
	F(region_code, F_REGION, FIELD_SERVER | FIELD_LIST, "属地", "Place", .group = S_("base")),
	F(data, F_LONG, FIELD_SERVER, "改动", "Changes", .group = S_("base"), .max = 1000000),
	F(bulk_id, F_INT, FIELD_SERVER | FIELD_FILTER, "批量操作", "Bulk act", .group = S_("base"), .max = INT64_C(1) << 53),
	F(undone_at_ms, F_AT, GIVEN, "撤销时间", "Taken back at", .group = S_("base")),
	F(undone_by, F_INT, FIELD_SERVER, "撤销人", "Taken back by", .group = S_("base"), .max = INT64_C(1) << 53),
	F(who_name, F_TEXT, FIELD_SERVER | FIELD_VIEW | FIELD_LIST, "操作人", "Who", .group = S_("base")),
	F(is_own, F_BOOL, FIELD_SERVER | FIELD_VIEW | FIELD_FILTER, "我的", "Mine", .group = S_("base")),
};
#undef F

static const struct order orders[] = {DESC(id)};

const struct noun edit_noun = {
	.name = S_("edit"), .plural = S_("edits"), .zh = S_("改动"), .en = S_("Edit"),
	.table = S_("record_edit"), .object = OBJ_EDIT, .size = sizeof(struct edit), FIELDS(fields),
	.visible = Q_EDIT_VISIBLE, ORDERS(orders),
};

/* ---- keeping ---- */

static bool is_kept(const struct field *f) {
	return !(f->flags & (FIELD_VIRTUAL | FIELD_VIEW));
}

struct str edit_text(struct arena *a, const struct field *f, const void *rec) {
	if (field_is_missing(f, rec)) return S("");
	struct value v = field_value(f, a, rec);
	return v.kind == V_INT ? str_of_int(a, v.i) : v.s;
}

static struct str changes(struct ctx *ctx, const struct noun *n, const void *old, const void *rec) {
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	json_obj(&j);
	for (size_t i = 0; i < n->fields_n; i++) {
		const struct field *f = &n->fields[i];
		if (!is_kept(f) || field_equal(f, old, rec)) continue;
		json_key(&j, f->name);
		if (f->flags & (FIELD_PERSONAL | FIELD_SEALED)) {
			json_nil(&j);
			continue;
		}
		json_arr(&j);
		json_str(&j, edit_text(ctx->arena, f, old));
		json_str(&j, edit_text(ctx->arena, f, rec));
		json_end(&j);
	}
	json_end(&j);
	return buf_str(&b);
}

/* What a column of the record says, where it may be said: the names of persons stay out. */
static struct str text_of(struct ctx *ctx, const struct noun *n, struct str name, const void *rec) {
	int i = name.n ? field_index(n, name) : -1;
	if (i < 0 || (n->fields[i].flags & (FIELD_VIRTUAL | FIELD_PERSONAL))) return S("");
	return edit_text(ctx->arena, &n->fields[i], rec);
}

static struct str name_of(struct ctx *ctx, const struct noun *n, const void *rec) {
	if (str_eq(n->name, S("contact"))) return S("");
	return str_cp_head(text_of(ctx, n, n->label.n ? n->label : S("name"), rec), 200);
}

static int64_t project_of(const struct noun *n, const void *rec) {
	if (str_eq(n->name, S("project"))) return ((const struct record *)rec)->id;
	int i = n->parent.n ? field_index(n, n->parent) : -1;
	if (i < 0 || field_is_missing(&n->fields[i], rec)) return NONE;
	return *(const int64_t *)((const char *)rec + n->fields[i].offset);
}

enum err edit_note(struct ctx *ctx, const struct noun *n, const void *old, const void *rec) {
	if (!n->keeps_edits || ctx->audit_batch || !ctx->actor.account_id) return ERR_OK;
	const struct record *was = old;
	struct str data = rec ? changes(ctx, n, old, rec) : S("{}");
	if (rec && str_eq(data, S("{}"))) return ERR_OK;
	struct str region = text_of(ctx, n, S("region_code"), old), name = name_of(ctx, n, old);
	int64_t project = project_of(n, old);
	const struct column c[] = {
		{S("kind"), VT(kinds[rec ? EDIT_UPDATE : EDIT_DELETE].code)}, {S("noun"), VT(n->name)},
		{S("record_id"), VI(was->id)}, {S("name"), v_text_or_null(name)},
		{S("project_id"), project == NONE ? VNULL : VI(project)}, {S("region_code"), v_text_or_null(region)},
		{S("data"), VT(data)}, {S("bulk_id"), ctx->bulk_id ? VI(ctx->bulk_id) : VNULL},
		{S("created_at_ms"), VI(ctx->now_ms)}, {S("updated_at_ms"), VI(ctx->now_ms)},
		{S("created_by"), VI(ctx->actor.account_id)},
	};
	return fail_store(ctx, db_insert(ctx->db, S("record_edit"), c, sizeof c / sizeof *c, NULL));
}

/* ---- taking back ---- */

static struct str label_of(struct ctx *ctx, const struct field *f) {
	return ctx->lang == LANG_EN ? f->en : f->zh;
}

/* One field of the edit put back into p; what somebody changed since is named and stays. */
static void put_back(struct ctx *ctx, const struct noun *n, struct str name, json_t *sides, void *p,
		struct fieldset *set) {
	int i = field_index(n, name);
	if (i < 0) return; /* a field of an older schema */
	const struct field *f = &n->fields[i];
	if (!json_is_array(sides)) {
		fail_with(ctx, ERR_CONFLICT, f->name, S("undo_personal"), label_of(ctx, f), S(""));
		return;
	}
	struct str before = str_c(json_string_value(json_array_get(sides, 0))),
		after = str_c(json_string_value(json_array_get(sides, 1)));
	if (!str_eq(edit_text(ctx->arena, f, p), after)) {
		struct str now = field_text(f, ctx->arena, p, ctx->lang);
		fail_with(ctx, ERR_CONFLICT, f->name, S("undo_changed_since"), label_of(ctx, f), now.n ? now : S("—"));
		return;
	}
	if (!field_set_text(ctx, f, p, before)) fieldset_add(set, (size_t)i);
}

static enum err take_back(struct ctx *ctx, const struct noun *n, const struct edit *it) {
	const struct error *before = ctx->error;
	struct fieldset set = {0};
	void *old = arena_alloc(ctx->arena, n->size), *p = arena_alloc(ctx->arena, n->size);
	json_t *v, *all = stored_json(ctx->arena, it->data);
	const char *key;
	enum err e = need(ctx, n->object, CAN_UPDATE);
	if (!e) e = record_get(ctx, n, it->record_id, old);
	if (!e) e = record_get(ctx, n, it->record_id, p);
	if (e) return e;
	json_object_foreach(all, key, v) put_back(ctx, n, str_c(key), v, p, &set);
	if (ctx->error != before) return ctx->error->code;
	e = record_check(ctx, n, old, p, &set);
	return e ? e : record_store(ctx, n, old, p, S("undo"));
}

/* Out of the bin: it must be one's own to see and to change again, and fit beside what is there now. */
static enum err restore(struct ctx *ctx, const struct noun *n, const struct edit *it) {
	const struct column c[] = {{S("deleted_at_ms"), VNULL}, {S("updated_at_ms"), VI(ctx->now_ms)}};
	void *rec = arena_alloc(ctx->arena, n->size);
	const struct fieldset none = {0};
	enum err e = need(ctx, n->object, CAN_DELETE);
	if (e) return e;
	e = db_update(ctx->db, n->table, it->record_id, -1, c, sizeof c / sizeof *c);
	if (e) return e == ERR_CONFLICT ? record_not_found(ctx, n) : fail_store(ctx, e);
	if ((e = record_get(ctx, n, it->record_id, rec))) return e;
	if ((e = record_check(ctx, n, rec, rec, &none))) return e;
	e = audit_add(ctx, &(struct audit_entry){.action = S("restore"), .outcome = S("DONE"), .object = n->name,
		.object_id = it->record_id, .project_id = it->project_id == NONE ? 0 : it->project_id});
	return !e && n->after ? n->after(ctx, NULL, rec) : e;
}

enum err edit_undo(struct ctx *ctx, int64_t edit_id) {
	struct edit it;
	enum err e = record_get(ctx, &edit_noun, edit_id, &it);
	if (e) return e;
	const struct noun *n = noun_by_name(it.noun);
	if (!n) return record_not_found(ctx, &edit_noun);
	if (it.undone_at_ms != NONE) return fail(ctx, ERR_CONFLICT, S(""), S("undone_already"));
	if (it.record.created_at_ms < ctx->now_ms - EDIT_DAYS * DAY_MS)
		return fail_with(ctx, ERR_CONFLICT, S(""), S("undo_too_old"), str_of_int(ctx->arena, EDIT_DAYS), S(""));
	e = it.kind == EDIT_DELETE ? restore(ctx, n, &it) : take_back(ctx, n, &it);
	if (e) return e;
	const struct column c[] = {{S("undone_at_ms"), VI(ctx->now_ms)}, {S("undone_by"), VI(ctx->actor.account_id)}};
	e = db_update(ctx->db, S("record_edit"), it.record.id, it.record.row_version, c, sizeof c / sizeof *c);
	return e == ERR_CONFLICT ? fail(ctx, e, S(""), S("undone_already")) : fail_store(ctx, e);
}
