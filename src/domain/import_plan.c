#include "domain/import_plan.h"

#include "domain/rights.h"
#include "domain/stored_json.h"

/* ---- names ---- */

enum err import_names(struct ctx *ctx, struct str region_code, struct intake_names *out) {
	struct rows *r;
	int64_t most = 0;
	enum err e = db_int(ctx->db, Q_IMPORT_HEADINGS_COUNT, &VT(region_code), 1, &most);
	if (!e) e = DB_QUERY(ctx->db, ctx->arena, Q_IMPORT_HEADINGS, &r, VT(region_code));
	if (e) return fail_store(ctx, e);
	struct intake_memory *m = arena_array(ctx->arena, (size_t)most + 1, sizeof *m);
	*out = (struct intake_names){.within = str_sub(region_code, 0, 4), .memory = m};
	for (; out->memory_n < (size_t)most && rows_next(r); out->memory_n++)
		m[out->memory_n] = (struct intake_memory){str_copy(ctx->arena, rows_text(r, 0)),
			str_copy(ctx->arena, rows_text(r, 1)), str_copy(ctx->arena, rows_text(r, 2))};
	e = rows_error(r);
	rows_done(r);
	return e ? fail_store(ctx, e) : ERR_OK;
}

enum err import_refuse(struct ctx *ctx, enum err e, const struct sheet_problem *p) {
	if (str_eq(p->rule, S("sheet_stopped"))) return fail(ctx, ERR_CONFLICT, S(""), S("job_cancelled"));
	struct str place = p->place.n ? str_cat(ctx->arena, str_cat(ctx->arena, S(" ("), p->place),
		S(")")) : S("");
	return fail_with(ctx, e, p->place, p->rule, p->why, place);
}

enum err import_not_ready(struct ctx *ctx, const struct import *rec) {
	const struct field *f = &import_noun.fields[field_index(&import_noun, S("state"))];
	return fail_with(ctx, ERR_CONFLICT, S("state"), S("import_not_ready"),
		field_text(f, ctx->arena, rec, ctx->lang), S(""));
}

/* The chain without the part that both have. */
static const struct error *copy_failures(struct arena *a, const struct error *e, const struct error *end) {
	if (e == end) return end;
	struct error *copy = arena_alloc(a, sizeof *copy);
	*copy = (struct error){.code = e->code, .field = str_copy(a, e->field), .rule = str_copy(a, e->rule),
	                       .args = {str_copy(a, e->args[0]), str_copy(a, e->args[1])},
	                       .next = copy_failures(a, e->next, end)};
	return copy;
}

enum err import_apart(struct ctx *ctx, enum err (*work)(struct ctx *ctx, void *arg), void *arg) {
	struct arena arena = {0};
	struct ctx own = *ctx;
	own.arena = &arena;
	enum err e = work(&own, arg);
	ctx->error = copy_failures(ctx->arena, own.error, ctx->error);
	arena_release(&arena);
	return e;
}

/* ---- JSON -> corrections ---- */

static struct str json_text(struct ctx *ctx, json_t *v) {
	return json_is_string(v) ? str_copy(ctx->arena, str_c(json_string_value(v))) : S("");
}

static int64_t key_number(const char *key) {
	int64_t v;
	return str_int(str_c(key), &v) ? v : -1;
}

static void read_columns(struct ctx *ctx, json_t *columns, struct intake_fixes *f) {
	const char *key;
	json_t *v;
	struct intake_fix_col *cols = arena_array(ctx->arena, json_object_size(columns), sizeof *cols);
	json_object_foreach(columns, key, v) {
		json_t *field = json_object_get(v, "field"), *unit = json_object_get(v, "unit");
		cols[f->cols_n++] = (struct intake_fix_col){
			.col = (int32_t)key_number(key), .field = json_text(ctx, field), .unit = json_text(ctx, unit),
			.has_field = field != NULL, .has_unit = unit != NULL && !json_is_null(unit)};
	}
	f->cols = cols;
}

static void read_rows(struct ctx *ctx, json_t *rows, struct intake_fixes *f) {
	const char *key;
	json_t *v;
	struct intake_fix_row *out = arena_array(ctx->arena, json_object_size(rows), sizeof *out);
	json_object_foreach(rows, key, v) {
		enum row_kind kind;
		if (row_kind_of(json_text(ctx, v), &kind))
			out[f->rows_n++] = (struct intake_fix_row){key_number(key), kind};
	}
	f->rows = out;
}

static void read_answers(struct ctx *ctx, json_t *answers, struct intake_fixes *f) {
	const char *key;
	json_t *v;
	struct intake_answer *out = arena_array(ctx->arena, json_object_size(answers), sizeof *out);
	json_object_foreach(answers, key, v)
		out[f->answers_n++] = (struct intake_answer){str_copy(ctx->arena, str_c(key)), json_text(ctx, v)};
	f->answers = out;
}

static enum err read_plan(struct ctx *ctx, struct import_file *f) {
	const char *key;
	json_t *sheet, *plan = stored_json(ctx->arena, f->rec.plan), *sheets = json_object_get(plan, "sheets");
	struct str by = json_text(ctx, json_object_get(plan, "key"));
	f->key = str_eq(by, S("name")) ? KEY_NAME : str_eq(by, S("none")) ? KEY_NONE : KEY_CODE;
	json_object_foreach(sheets, key, sheet) {
		int64_t i = key_number(key);
		if (i < 0 || (size_t)i >= f->sheets_n)
			return fail(ctx, ERR_INVALID, S("sheet_no"), S("import_no_such_sheet"));
		struct intake_fixes *x = &f->fixes[i];
		x->is_skipped = json_is_true(json_object_get(sheet, "skip"));
		x->is_hidden_wanted = json_is_true(json_object_get(sheet, "want_hidden"));
		read_columns(ctx, json_object_get(sheet, "columns"), x);
		read_rows(ctx, json_object_get(sheet, "rows"), x);
		read_answers(ctx, json_object_get(sheet, "answers"), x);
	}
	return ERR_OK;
}

static enum err read_blob(struct ctx *ctx, struct str sha256, struct str *bytes) {
	struct rows *r;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_BLOB_GET, &r, VT(sha256));
	if (e) return fail_store(ctx, e);
	bool is_there = rows_next(r);
	if (is_there) *bytes = str_copy(ctx->arena, rows_text(r, 0));
	e = rows_error(r);
	rows_done(r);
	if (e) return fail_store(ctx, e);
	return is_there ? ERR_OK : fail(ctx, ERR_NOT_FOUND, S("file"), S("record_not_found"));
}

enum err import_file_open(struct ctx *ctx, int64_t id, const atomic_bool *stop, struct import_file *out) {
	struct import rec;
	enum err e = record_get(ctx, &import_noun, id, &rec);
	return e ? e : import_file_open_with(ctx, &rec, stop, out);
}

enum err import_file_open_with(struct ctx *ctx, const struct import *rec, const atomic_bool *stop,
		struct import_file *out) {
	struct str bytes;
	struct sheet_problem problem;
	const struct sheet_limits limits = {.file_bytes = IMPORT_MAX_BYTES, .stop = stop};
	*out = (struct import_file){.rec = *rec};
	enum err e = read_blob(ctx, out->rec.sha256, &bytes);
	if (!e) e = import_names(ctx, out->rec.region_code, &out->names);
	if (e) return e;
	if ((e = book_open(ctx->arena, out->rec.file_name, bytes, &limits, &out->book, &problem)))
		return import_refuse(ctx, e, &problem);
	out->env = intake_env_of(&out->names);
	out->sheets_n = book_sheets(out->book);
	out->fixes = arena_array(ctx->arena, out->sheets_n + 1, sizeof *out->fixes);
	return read_plan(ctx, out);
}

enum err import_recognise(struct ctx *ctx, struct import_file *f, struct intake *out) {
	struct sheet_problem problem;
	enum err e = intake_book(ctx->arena, f->book, f->rec.file_name, &f->env, f->fixes, f->sheets_n,
		out, &problem);
	return e ? import_refuse(ctx, e, &problem) : ERR_OK;
}

/* ---- patches ---- */

static bool is_target(struct ctx *ctx, struct str name) {
	return !name.n || intake_target(ctx->arena, name) != NULL;
}

static enum err check_sheet(struct ctx *ctx, json_t *sheet) {
	const char *key;
	json_t *v;
	enum row_kind kind;
	if (!json_is_integer(json_object_get(sheet, "sheet_no")))
		return fail(ctx, ERR_INVALID, S("sheet_no"), S("required"));
	json_object_foreach(json_object_get(sheet, "columns"), key, v) {
		if (json_is_null(v)) continue;
		struct str field = json_text(ctx, json_object_get(v, "field"));
		if (key_number(key) < 0 || !is_target(ctx, field))
			fail_with(ctx, ERR_INVALID, S("columns"), S("not_a_choice"), field, S(""));
	}
	json_object_foreach(json_object_get(sheet, "rows"), key, v)
		if (!json_is_null(v) && (key_number(key) < 0 || !row_kind_of(json_text(ctx, v), &kind)))
			fail_with(ctx, ERR_INVALID, S("rows"), S("not_a_choice"), json_text(ctx, v), S(""));
	return ctx->error ? ERR_INVALID : ERR_OK;
}

static enum err check_key(struct ctx *ctx, json_t *key) {
	struct str by = json_text(ctx, key);
	bool is_known = !key || str_eq(by, S("code")) || str_eq(by, S("none")) || str_eq(by, S("name"));
	return is_known ? ERR_OK
		: fail_with(ctx, ERR_INVALID, S("key"), S("not_a_choice"), S("code, none, name"), S(""));
}

/* One by one, so that two corrections add up; null takes one back. */
static void merge_map(json_t *have, json_t *change) {
	const char *key;
	json_t *v;
	json_object_foreach(change, key, v) {
		if (json_is_null(v)) json_object_del(have, key);
		else json_object_set(have, key, v);
	}
}

/* Members of a sheet's patch go into the plan's; with "reset" nothing stays of what was there. */
static void merge_sheet(json_t *sheets, json_t *patch) {
	static const char *const maps[] = {"columns", "rows", "answers"};
	static const char *const flags[] = {"skip", "want_hidden"};
	char key[24];
	struct arena a = {0};
	struct str no = str_of_int(&a, json_integer_value(json_object_get(patch, "sheet_no")));
	size_t n = no.n < sizeof key - 1 ? no.n : sizeof key - 1;
	for (size_t i = 0; i < n; i++) key[i] = no.p[i];
	key[n] = 0;
	arena_release(&a);
	if (json_is_true(json_object_get(patch, "reset"))) json_object_del(sheets, key);
	json_t *sheet = json_object_get(sheets, key);
	if (!sheet) json_object_set_new(sheets, key, sheet = json_object());
	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
		json_t *change = json_object_get(patch, maps[i]), *have = json_object_get(sheet, maps[i]);
		if (!json_is_object(change)) continue;
		if (!have) json_object_set_new(sheet, maps[i], have = json_object());
		merge_map(have, change);
	}
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		json_t *flag = json_object_get(patch, flags[i]);
		if (json_is_boolean(flag)) json_object_set(sheet, flags[i], flag);
	}
}

static struct str dump(struct ctx *ctx, json_t *v) {
	struct buf b = {.arena = ctx->arena};
	size_t n = json_dumpb(v, NULL, 0, JSON_COMPACT);
	b.n = json_dumpb(v, buf_reserve(&b, n), n, JSON_COMPACT);
	return buf_str(&b);
}

enum err import_plan_merge(struct ctx *ctx, struct str plan, struct str patch, struct str *merged,
		bool *saves_mapping) {
	json_t *have = stored_json(ctx->arena, plan), *change = stored_json(ctx->arena, patch), *sheet;
	size_t i;
	if (!json_is_object(change)) return fail_with(ctx, ERR_INVALID, S(""), S("bad_json"), S("1"), S(""));
	if (!have) have = arena_json(ctx->arena, json_object());
	json_t *sheets = json_object_get(have, "sheets"), *key = json_object_get(change, "key");
	if (check_key(ctx, key)) return ERR_INVALID;
	if (!sheets) json_object_set_new(have, "sheets", sheets = json_object());
	json_array_foreach(json_object_get(change, "sheets"), i, sheet) {
		enum err e = check_sheet(ctx, sheet);
		if (e) return e;
		merge_sheet(sheets, sheet);
	}
	if (json_is_string(key)) json_object_set(have, "key", key);
	*saves_mapping = json_is_true(json_object_get(change, "save_mapping"));
	*merged = dump(ctx, have);
	return ERR_OK;
}
