#include "domain/audit.h"
#include "domain/edit.h"
#include "domain/field.h"
#include "domain/rights.h"
#include "domain/seal.h"
#include "domain/search.h"

/* Members that every table has beside the noun's own fields. */
static const struct field common[] = {
	{.name = S_("id"), .type = F_REF, .offset = offsetof(struct record, id), .flags = FIELD_SERVER},
	{.name = S_("row_version"), .type = F_INT, .offset = offsetof(struct record, row_version), .flags = FIELD_SERVER},
	{.name = S_("created_at_ms"), .type = F_AT, .offset = offsetof(struct record, created_at_ms), .flags = FIELD_SERVER},
	{.name = S_("updated_at_ms"), .type = F_AT, .offset = offsetof(struct record, updated_at_ms), .flags = FIELD_SERVER},
	{.name = S_("created_by"), .type = F_REF, .offset = offsetof(struct record, created_by), .flags = FIELD_SERVER},
};
enum { COMMON = sizeof common / sizeof *common };

int field_index(const struct noun *n, struct str name) {
	for (size_t i = 0; i < n->fields_n; i++)
		if (str_eq(n->fields[i].name, name)) return (int)i;
	return -1;
}

static bool is_column(const struct field *f) {
	return !(f->flags & (FIELD_VIRTUAL | FIELD_VIEW));
}

bool field_is_shown_to(uint32_t rights, const struct field *f) {
	return (rights & CAN_READ) && (!(rights & STATE_ONLY) || (f->flags & FIELD_OPEN));
}

bool field_is_shown(const struct ctx *ctx, const struct noun *n, const struct field *f) {
	return field_is_shown_to(rights_of(ctx->actor.role, n->object), f);
}

void record_init(const struct noun *n, void *rec) {
	for (size_t i = 0; i < COMMON; i++) field_clear(&common[i], rec);
	((struct record *)rec)->id = 0;
	((struct record *)rec)->row_version = 0;
	for (size_t i = 0; i < n->fields_n; i++)
		if (!(n->fields[i].flags & FIELD_VIRTUAL)) field_clear(&n->fields[i], rec);
}

/* Field tables stand in the order of their columns: the next field is looked for in the next one. */
static void read_field(const struct field *f, struct arena *a, const struct rows *r, void *rec, int *next) {
	int col = rows_find_from(r, f->name, *next);
	if (col < 0) return;
	field_read(f, a, r, col, rec);
	*next = col + 1;
}

void record_read(const struct noun *n, struct arena *a, const struct rows *r, void *rec) {
	int next = 0;
	record_init(n, rec);
	for (size_t i = 0; i < COMMON; i++) read_field(&common[i], a, r, rec, &next);
	for (size_t i = 0; i < n->fields_n; i++)
		if (!(n->fields[i].flags & FIELD_VIRTUAL)) read_field(&n->fields[i], a, r, rec, &next);
}

enum err record_not_found(struct ctx *ctx, const struct noun *n) {
	return fail_with(ctx, ERR_NOT_FOUND, S(""), S("record_not_found"),
		ctx->lang == LANG_EN ? n->en : n->zh, S(""));
}

enum err record_get(struct ctx *ctx, const struct noun *n, int64_t id, void *rec) {
	struct value params[VISIBLE_PARAMS];
	const size_t params_n = visible_params(ctx, n, params);
	const struct cond by_id = {.column = S("id"), .op = COND_EQ, .values = &VI(id), .n = 1};
	const struct select_spec spec = {.from = n->visible, .params = params, .params_n = params_n,
	                                 .conds = &by_id, .conds_n = 1, .limit = 1};
	struct rows *r;
	enum err e = db_select(ctx->db, ctx->arena, &spec, &r);
	if (e) return fail_store(ctx, e);
	if (!rows_next(r)) {
		e = rows_error(r);
		rows_done(r);
		return e ? fail_store(ctx, e) : record_not_found(ctx, n);
	}
	record_read(n, ctx->arena, r, rec);
	rows_done(r);
	return record_open(ctx, n, rec);
}

int64_t scope_reader(const struct actor *a) {
	if (a->clearance == SECRECY_SEALED) return a->account_id;
	return a->clearance == SECRECY_INTERNAL ? 0 : -1;
}

/* The prefix "3707" as a range: from "3707" up to but without "3708". An empty scope sees no region. */
void scope_params(const struct ctx *ctx, enum object o, struct value out[SCOPE_PARAMS]) {
	const struct actor *a = &ctx->actor;
	struct str lo = a->scope, hi = str_copy(ctx->arena, a->scope);
	if (str_eq(a->scope, S(SCOPE_EVERYWHERE))) {
		lo = S("0");
		hi = S(":"); /* the byte after 9 */
	} else if (hi.n) ((char *)(uintptr_t)hi.p)[hi.n - 1]++;
	bool is_own = rights_of(a->role, o) & OWN_ONLY;
	out[0] = VT(lo);
	out[1] = VT(hi);
	out[2] = VT(is_own ? role_own(a->role) : S(""));
	out[3] = VI(a->account_id);
	out[4] = VI(a->subject_id);
	out[5] = VI(scope_reader(a));
}

size_t visible_params(const struct ctx *ctx, const struct noun *n, struct value out[VISIBLE_PARAMS]) {
	scope_params(ctx, n->object, out);
	out[SCOPE_PARAMS] = VT(str_of_day(ctx->arena, ctx->today));
	out[SCOPE_PARAMS + 1] = VI(ctx->today);
	return query_def(n->visible)->params_n;
}

/* ---- JSON out ---- */

static void put_field(struct ctx *ctx, const struct field *f, const void *rec, struct json *j) {
	json_key(j, f->name);
	if (field_is_missing(f, rec)) {
		json_nil(j);
		return;
	}
	struct value v = field_value(f, ctx->arena, rec);
	if (f->type == F_BOOL) json_bool(j, v.i != 0);
	else if (v.kind == V_INT) json_int(j, v.i);
	else json_str(j, field_masked(f, ctx->arena, v.s));
}

void record_json(struct ctx *ctx, const struct noun *n, const void *rec, struct json *j) {
	json_obj(j);
	for (size_t i = 0; i < COMMON; i++) put_field(ctx, &common[i], rec, j);
	for (size_t i = 0; i < n->fields_n; i++) {
		const struct field *f = &n->fields[i];
		if (!(f->flags & FIELD_VIRTUAL) && field_is_shown(ctx, n, f)) put_field(ctx, f, rec, j);
	}
	json_end(j);
}

/* ---- checks ---- */

static bool has_failed(const struct ctx *ctx, struct str field) {
	for (const struct error *e = ctx->error; e; e = e->next)
		if (str_eq(e->field, field)) return true;
	return false;
}

/* What is final may have a better word on it by the noun's own check. */
static void check_field(struct ctx *ctx, const struct field *f, const void *old, const void *rec) {
	if ((f->flags & FIELD_REQUIRED) && field_is_missing(f, rec))
		fail(ctx, ERR_INVALID, f->name, S("required"));
	if (old && (f->flags & FIELD_FINAL) && !field_equal(f, old, rec) && !has_failed(ctx, f->name))
		fail(ctx, ERR_INVALID, f->name, S("final"));
}

/* A record may name only what its author sees: an id is no way to foreign records. What the server
 * sets itself was asked where it was set. */
static void check_ref(struct ctx *ctx, const struct field *f, const void *old, const void *rec) {
	if (f->type != F_REF || (f->flags & (FIELD_SERVER | FIELD_VIEW | FIELD_VIRTUAL))
		|| field_is_missing(f, rec))
		return;
	if (old && field_equal(f, old, rec)) return;
	const struct noun *to = noun_by_plural(f->ref);
	const struct error *kept = ctx->error;
	if (!to || record_get(ctx, to, field_value(f, ctx->arena, rec).i,
		arena_alloc(ctx->arena, to->size)) == ERR_OK)
		return;
	ctx->error = kept;
	fail(ctx, ERR_INVALID, f->name, S("no_such_record"));
}

/* Nobody puts a record where he could not see it, nor changes one of another unit that he only sees
 * (an investor with a project here). */
static void check_scope(struct ctx *ctx, const struct noun *n, const void *rec) {
	int i = field_index(n, S("region_code"));
	if (i < 0 || (n->fields[i].flags & FIELD_VIEW) || field_is_missing(&n->fields[i], rec)) return;
	struct str region = field_value(&n->fields[i], ctx->arena, rec).s;
	if (ctx->actor.scope.n && str_starts(region, ctx->actor.scope)) return;
	fail_with(ctx, ERR_INVALID, S("region_code"), S("region_out_of_scope"), region, ctx->actor.scope);
}

static bool same_region(const struct noun *n, const void *old, const void *rec) {
	int i = field_index(n, S("region_code"));
	return i < 0 || (n->fields[i].flags & (FIELD_VIRTUAL | FIELD_VIEW))
		|| field_equal(&n->fields[i], old, rec);
}

enum err record_check(struct ctx *ctx, const struct noun *n, const void *old, void *rec,
		const struct fieldset *set) {
	const struct error *before = ctx->error;
	for (size_t i = 0; i < n->fields_n; i++) check_ref(ctx, &n->fields[i], old, rec);
	if (old) check_scope(ctx, n, old);
	if (!old || !same_region(n, old, rec)) check_scope(ctx, n, rec);
	if (n->check) (void)n->check(ctx, old, rec, set);
	for (size_t i = 0; i < n->fields_n; i++)
		if (is_column(&n->fields[i])) check_field(ctx, &n->fields[i], old, rec);
	return ctx->error == before ? ERR_OK : ctx->error->code;
}

/* ---- the audit's difference ---- */

static void put_side(struct ctx *ctx, const struct field *f, const void *rec, struct json *j) {
	if (!rec || field_is_missing(f, rec)) {
		json_nil(j);
		return;
	}
	struct value v = field_value(f, ctx->arena, rec);
	if (v.kind == V_INT) json_int(j, v.i);
	else json_str(j, field_masked(f, ctx->arena, v.s));
}

struct str record_diff(struct ctx *ctx, const struct noun *n, const void *old, const void *rec) {
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	json_obj(&j);
	for (size_t i = 0; i < n->fields_n; i++) {
		const struct field *f = &n->fields[i];
		if (!is_column(f)) continue;
		bool same = old && rec ? field_equal(f, old, rec) : field_is_missing(f, old ? old : rec);
		if (same) continue;
		json_key(&j, f->name);
		json_arr(&j);
		put_side(ctx, f, old, &j);
		put_side(ctx, f, rec, &j);
		json_end(&j);
	}
	json_end(&j);
	return buf_str(&b);
}

static int64_t project_of(const struct noun *n, const void *rec) {
	if (str_eq(n->name, S("project"))) return ((const struct record *)rec)->id;
	int i = n->parent.n ? field_index(n, n->parent) : -1;
	if (i < 0 || field_is_missing(&n->fields[i], rec)) return 0;
	return *(const int64_t *)((const char *)rec + n->fields[i].offset);
}

static enum err audit_change(struct ctx *ctx, const struct noun *n, struct str action,
		const void *old, const void *rec) {
	const void *it = rec ? rec : old;
	return audit_add(ctx, &(struct audit_entry){
		.action = action, .outcome = S("DONE"), .object = n->name,
		.object_id = ((const struct record *)it)->id,
		.project_id = project_of(n, it), .diff = record_diff(ctx, n, old, rec),
	});
}

/* ---- writing ---- */

static enum err add_columns(struct ctx *ctx, const struct noun *n, const void *old, const void *rec,
		struct column *out, size_t *columns_n) {
	size_t k = 0;
	*columns_n = 0;
	for (size_t i = 0; i < n->fields_n; i++) {
		const struct field *f = &n->fields[i];
		if (!is_column(f) || (old && field_equal(f, old, rec))) continue;
		struct value v = field_value(f, ctx->arena, rec);
		if ((f->flags & FIELD_SEALED) && v.kind == V_TEXT) {
			enum err e = seal_text(ctx, f->name, v.s, &v.s);
			if (e) return e;
		}
		if (old || v.kind != V_NULL) out[k++] = (struct column){f->name, v};
	}
	*columns_n = k;
	return ERR_OK;
}

enum err record_insert(struct ctx *ctx, const struct noun *n, void *rec) {
	struct record *head = rec;
	enum err e = record_check(ctx, n, NULL, rec, NULL);
	if (e) return e;
	head->created_at_ms = head->updated_at_ms = ctx->now_ms;
	head->created_by = ctx->actor.account_id ? ctx->actor.account_id : NONE;
	head->row_version = 1;
	struct column *c = arena_array(ctx->arena, n->fields_n + COMMON, sizeof *c);
	size_t k;
	if ((e = add_columns(ctx, n, NULL, rec, c, &k))) return e;
	c[k++] = (struct column){S("created_at_ms"), VI(ctx->now_ms)};
	c[k++] = (struct column){S("updated_at_ms"), VI(ctx->now_ms)};
	if (ctx->actor.account_id) c[k++] = (struct column){S("created_by"), VI(ctx->actor.account_id)};
	if ((e = db_insert(ctx->db, n->table, c, k, &head->id))) return fail_store(ctx, e);
	if ((e = search_put(ctx, n, NULL, rec))) return e;
	if ((e = audit_change(ctx, n, S("create"), NULL, rec))) return e;
	return n->after ? n->after(ctx, NULL, rec) : ERR_OK;
}

enum err record_store(struct ctx *ctx, const struct noun *n, const void *old, void *rec, struct str action) {
	const struct record *was = old;
	struct record *head = rec;
	struct column *c = arena_array(ctx->arena, n->fields_n + COMMON, sizeof *c);
	size_t k;
	enum err e = add_columns(ctx, n, old, rec, c, &k);
	if (e || !k) return e;
	c[k++] = (struct column){S("updated_at_ms"), VI(ctx->now_ms)};
	e = db_update(ctx->db, n->table, was->id, was->row_version, c, k);
	if (e == ERR_CONFLICT) return fail(ctx, ERR_CONFLICT, S("row_version"), S("stale"));
	if (e) return fail_store(ctx, e);
	head->row_version = was->row_version + 1;
	head->updated_at_ms = ctx->now_ms;
	if ((e = search_put(ctx, n, old, rec))) return e;
	if ((e = audit_change(ctx, n, action, old, rec))) return e;
	return n->after ? n->after(ctx, old, rec) : ERR_OK;
}

enum err record_update(struct ctx *ctx, const struct noun *n, const void *old, void *rec,
		const struct fieldset *set) {
	enum err e = record_check(ctx, n, old, rec, set);
	if (!e) e = record_store(ctx, n, old, rec, S("update"));
	return e ? e : edit_note(ctx, n, old, rec);
}

/* Nothing is destroyed: the row gets deleted_at_ms and leaves every visible query. */
enum err record_delete(struct ctx *ctx, const struct noun *n, const void *old) {
	const struct record *was = old;
	const struct error *before = ctx->error;
	check_scope(ctx, n, old);
	if (ctx->error != before) return ctx->error->code;
	if (n->may_delete && n->may_delete(ctx, old)) return ctx->error->code;
	const struct column c[] = {{S("deleted_at_ms"), VI(ctx->now_ms)}, {S("updated_at_ms"), VI(ctx->now_ms)}};
	enum err e = db_update(ctx->db, n->table, was->id, was->row_version, c, 2);
	if (e == ERR_CONFLICT) return fail(ctx, ERR_CONFLICT, S("row_version"), S("stale"));
	if (e) return fail_store(ctx, e);
	if ((e = audit_change(ctx, n, S("delete"), old, NULL))) return e;
	if ((e = edit_note(ctx, n, old, NULL))) return e;
	return n->after ? n->after(ctx, old, NULL) : ERR_OK;
}
