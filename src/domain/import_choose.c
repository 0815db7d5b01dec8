/* import_choose.c - what a person decides of a row of the dry run. */
#include "domain/import_merge.h"
#include "domain/stored_json.h"

struct open_row {
	struct import rec;
	struct import_kept kept;
	struct str result;
};

static enum err get_open_row(struct ctx *ctx, int64_t import_id, int64_t row_id, struct open_row *out) {
	struct rows *r;
	*out = (struct open_row){.result = S("")};
	enum err e = record_get(ctx, &import_noun, import_id, &out->rec);
	if (!e && out->rec.state != IMPORT_CHECKED) e = import_not_ready(ctx, &out->rec);
	if (e) return e;
	if ((e = DB_QUERY(ctx->db, ctx->arena, Q_IMPORT_ROW_OPEN, &r, VI(import_id), VI(row_id)))) return fail_store(ctx, e);
	bool is_there = rows_next(r);
	if (is_there) {
		import_kept_read(ctx, r, &out->kept);
		out->result = str_copy(ctx->arena, rows_text(r, 8));
	}
	e = rows_error(r);
	rows_done(r);
	if (e) return fail_store(ctx, e);
	return is_there ? ERR_OK : fail(ctx, ERR_NOT_FOUND, S(""), S("no_such_record"));
}

static bool is_conflict(const struct open_row *row) {
	return str_eq(row->result, import_result_code(RESULT_CONFLICT));
}

/* Values of two origins side by side are held against the rules before they are taken. */
static enum err try_it(struct ctx *ctx, const struct open_row *row) {
	struct project old;
	struct intake_item item;
	struct import_fit *fit = arena_alloc(ctx->arena, sizeof *fit);
	enum err e = import_fit_kept(ctx, &row->rec, intake_targets(ctx->arena), &row->kept, &item, &old, fit);
	if (e) return e;
	for (size_t i = 0; i < fit->notes_n; i++) {
		const struct import_note *n = &fit->notes[i];
		if (!n->is_warning) fail_with(ctx, ERR_INVALID, n->field, n->rule, n->args[0], n->args[1]);
	}
	return fit->has_error ? ERR_INVALID : ERR_OK;
}

static enum err store(struct ctx *ctx, const struct open_row *row) {
	enum err e = is_conflict(row) && !str_eq(row->kept.choice, S("skip")) ? try_it(ctx, row) : ERR_OK;
	if (e) return e;
	return fail_store(ctx, DB_RUN(ctx->db, Q_IMPORT_ROW_CHOOSE, VI(row->rec.record.id), VI(row->kept.id),
		VT(row->kept.choice), v_text_or_null(row->kept.field_choices)));
}

enum err import_row_choose(struct ctx *ctx, int64_t id, int64_t row_id, struct str choice) {
	static const struct str known[] = {S_("write"), S_("skip"), S_("mine"), S_("theirs")};
	struct open_row row;
	bool is_known = false;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) is_known = is_known || str_eq(known[i], choice);
	if (!is_known)
		return fail_with(ctx, ERR_INVALID, S("choice"), S("not_a_choice"),
			S("write, skip, mine, theirs"), S(""));
	enum err e = get_open_row(ctx, id, row_id, &row);
	if (e) return e;
	row.kept.choice = choice;
	row.kept.field_choices = S("");
	return store(ctx, &row);
}

/* ---- field by field ---- */

static struct str label_of(const struct ctx *ctx, struct str field) {
	int at = project_field_index(field);
	if (at < 0) return field;
	return ctx->lang == LANG_EN ? project_fields[at].en : project_fields[at].zh;
}

static json_t *conflict_named(json_t *conflicts, struct str field) {
	json_t *v;
	size_t i;
	json_array_foreach(conflicts, i, v)
		if (str_eq(str_c(json_string_value(json_array_get(v, 0))), field)) return v;
	return NULL;
}

static enum err check_pick(struct ctx *ctx, json_t *conflicts, const struct import_pick *pick) {
	json_t *conflict = conflict_named(conflicts, pick->field), *with = json_array_get(conflict, 4);
	struct str label = label_of(ctx, pick->field);
	if (project_field_index(pick->field) < 0)
		return fail_with(ctx, ERR_INVALID, S("choices"), S("import_no_such_field"), label, S(""));
	if (!conflict) return fail_with(ctx, ERR_INVALID, S("choices"), S("import_not_in_conflict"), label, S(""));
	if (json_is_string(with))
		return fail_with(ctx, ERR_INVALID, S("choices"), S("import_decided_with"), label,
			label_of(ctx, str_copy(ctx->arena, str_c(json_string_value(with)))));
	if (!str_eq(pick->side, S("file")) && !str_eq(pick->side, S("stored")))
		return fail_with(ctx, ERR_INVALID, S("choices"), S("import_no_such_side"), label, S("file, stored"));
	return ERR_OK;
}

static struct str side_after(struct ctx *ctx, const struct open_row *row, struct str field,
		const struct import_pick *picks, size_t n) {
	for (size_t i = 0; i < n; i++)
		if (str_eq(picks[i].field, field)) return picks[i].side;
	return import_side(ctx, row->kept.choice, row->kept.field_choices, field);
}

/* All of one side is said as such; else every field is named. */
static void apply(struct ctx *ctx, struct open_row *row, json_t *conflicts, const struct import_pick *picks,
		size_t n) {
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	size_t files = 0, all = 0, i;
	json_t *v;
	json_obj(&j);
	json_array_foreach(conflicts, i, v) {
		struct str field = str_copy(ctx->arena, str_c(json_string_value(json_array_get(v, 0))));
		if (json_is_string(json_array_get(v, 4))) continue;
		struct str side = side_after(ctx, row, field, picks, n);
		json_key(&j, field);
		json_str(&j, side);
		files += str_eq(side, S("file"));
		all++;
	}
	json_end(&j);
	row->kept.choice = files == 0 ? S("theirs") : files == all ? S("mine") : S("mixed");
	row->kept.field_choices = files == 0 || files == all ? S("") : buf_str(&b);
}

enum err import_row_pick(struct ctx *ctx, int64_t id, int64_t row_id, const struct import_pick *picks, size_t n) {
	const struct error *before = ctx->error;
	struct open_row row;
	if (!n) return fail(ctx, ERR_INVALID, S("choices"), S("required"));
	enum err e = get_open_row(ctx, id, row_id, &row);
	if (e) return e;
	json_t *conflicts = is_conflict(&row) ? json_object_get(stored_json(ctx->arena, row.kept.data), "conflicts") : NULL;
	for (size_t i = 0; i < n; i++) (void)check_pick(ctx, conflicts, &picks[i]); /* all wrong ones at once */
	if (ctx->error != before) return ERR_INVALID;
	apply(ctx, &row, conflicts, picks, n);
	return store(ctx, &row);
}
