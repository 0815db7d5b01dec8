/* import.c - the batch: its record, file, recognition and the rows that a person looks at. */
#include "domain/import.h"

#include "domain/audit.h"
#include "domain/digest.h"
#include "domain/import_plan.h"
#include "domain/noun.h"
#include "domain/reference.h"
#include "domain/write.h"

#include <jansson.h>

static const struct choice states[] = {
	[IMPORT_READING] = {S_("READING"), S_("读取中"), S_("Reading"), S_("")},
	[IMPORT_RECOGNISED] = {S_("RECOGNISED"), S_("已识别"), S_("Recognised"), S_("")},
	[IMPORT_CHECKED] = {S_("CHECKED"), S_("已核对"), S_("Checked"), S_("")},
	[IMPORT_WRITING] = {S_("WRITING"), S_("写入中"), S_("Writing"), S_("")},
	[IMPORT_WRITTEN] = {S_("WRITTEN"), S_("已写入"), S_("Written"), S_("")},
	[IMPORT_ROLLED_BACK] = {S_("ROLLED_BACK"), S_("已撤回"), S_("Rolled back"), S_("")},
	[IMPORT_CANCELLED] = {S_("CANCELLED"), S_("已取消"), S_("Cancelled"), S_("")},
	[IMPORT_FAILED] = {S_("FAILED"), S_("失败"), S_("Failed"), S_("")},
};

#define F(m, ...) FIELD(import, m, __VA_ARGS__)
static const struct field fields[] = {
	F(file_name, F_TEXT, GIVEN | FIELD_SEARCH | FIELD_REQUIRED, "文件", "File", .group = S_("base")),
	F(sha256, F_TEXT, FIELD_SERVER, "内容指纹", "SHA-256", .group = S_("other")),
	F(region_code, F_REGION, GIVEN | FIELD_REQUIRED, "单位", "Unit", .group = S_("base")),
	F(state, F_ENUM, GIVEN | FIELD_REQUIRED, "状态", "State", .group = S_("base"), CHOICES(states)),
	F(plan, F_LONG, FIELD_SERVER, "对应方案", "Plan", .group = S_("other"), .max = 1000000),
	F(summary, F_LONG, FIELD_SERVER, "摘要", "Summary", .group = S_("other"), .max = 1000000),
	F(rows_total, F_INT, FIELD_SERVER | FIELD_LIST, "行数", "Rows", .group = S_("base")),
	F(rows_new, F_INT, FIELD_SERVER | FIELD_LIST, "新增", "New", .group = S_("base")),
	F(rows_update, F_INT, FIELD_SERVER | FIELD_LIST, "更新", "Updated", .group = S_("base")),
	F(rows_same, F_INT, FIELD_SERVER, "无变化", "Unchanged", .group = S_("base")),
	F(rows_conflict, F_INT, FIELD_SERVER | FIELD_LIST, "冲突", "Conflicts", .group = S_("base")),
	F(rows_error, F_INT, FIELD_SERVER | FIELD_LIST, "有误", "Errors", .group = S_("base")),
	F(rows_duplicate, F_INT, FIELD_SERVER | FIELD_LIST, "疑似重复", "Duplicates", .group = S_("base")),
};
#undef F

static const struct order orders[] = {DESC(id)};

const struct noun import_noun = {
	.name = S_("import"), .plural = S_("imports"), .zh = S_("导入批次"), .en = S_("Import"),
	.table = S_("import_batch"), .object = OBJ_IMPORT, .size = sizeof(struct import), FIELDS(fields),
	.visible = Q_IMPORT_VISIBLE, .label = S_("file_name"), ORDERS(orders),
};

/* ---- opening ---- */

struct opening {
	struct import rec;
	struct str bytes;
};

static enum err store_opening(struct ctx *ctx, void *arg) {
	struct opening *o = arg;
	enum err e = DB_RUN(ctx->db, Q_BLOB_PUT, VT(o->rec.sha256), VI((int64_t)o->bytes.n),
		VT(S("application/octet-stream")),
		VB(o->bytes), VI(ctx->now_ms));
	return e ? fail_store(ctx, e) : record_insert(ctx, &import_noun, &o->rec);
}

static void count_rows(const struct intake *in, struct import *rec) {
	rec->rows_total = 0;
	for (size_t i = 0; i < in->sheets_n; i++)
		if (in->sheets[i].kind == INTAKE_PROJECTS) rec->rows_total += in->sheets[i].data_rows;
}

enum err import_open(struct ctx *ctx, struct str file_name, struct str region_code, struct str body,
		int64_t *id) {
	struct opening o = {.bytes = body};
	struct import_file f = {0};
	struct intake in;
	struct sheet_problem problem;
	const struct sheet_limits limits = {.file_bytes = IMPORT_MAX_BYTES};
	if (!region_by_code(region_code))
		return fail_with(ctx, ERR_INVALID, S("region_code"), S("no_such_region"), region_code, S(""));
	if (body.n > IMPORT_MAX_BYTES)
		return fail_with(ctx, ERR_TOO_LARGE, S("file"), S("file_too_large"), S("64 MiB"), S(""));
	record_init(&import_noun, &o.rec);
	o.rec.file_name = str_cp_head(file_name, 200);
	o.rec.region_code = region_code;
	o.rec.state = IMPORT_RECOGNISED;
	o.rec.sha256 = sha256_hex(ctx->arena, body);
	f.rec = o.rec;
	enum err e = book_open(ctx->arena, file_name, body, &limits, &f.book, &problem);
	if (e) return import_refuse(ctx, e, &problem);
	if ((e = import_names(ctx, region_code, &f.names))) return e;
	f.env = intake_env_of(&f.names);
	if ((e = import_recognise(ctx, &f, &in))) return e;
	count_rows(&in, &o.rec);
	if ((e = ctx_write(ctx, store_opening, &o))) return e;
	*id = o.rec.record.id;
	return ERR_OK;
}

/* ---- the plan ---- */

enum err import_plan_json(struct ctx *ctx, int64_t id, struct json *j) {
	struct import_file f;
	struct intake in;
	enum err e = import_file_open(ctx, id, NULL, &f);
	if (!e) e = import_recognise(ctx, &f, &in);
	if (!e) intake_json_plan(ctx->arena, &in, ctx->lang, j);
	return e;
}

struct planning {
	struct import was, now;
	const struct intake *in;
	bool saves_mapping;
};

static enum err remember(struct ctx *ctx, const struct planning *p) {
	enum err e = ERR_OK;
	for (size_t i = 0; i < p->in->sheets_n && !e; i++) {
		const struct intake_sheet *s = &p->in->sheets[i];
		if (s->kind != INTAKE_PROJECTS) continue;
		for (size_t k = 0; k < s->cols_n && !e; k++) {
			const struct intake_col *col = &s->cols[k];
			if (!col->key.n || (!col->target && col->basis != BASIS_USER)) continue;
			e = DB_RUN(ctx->db, Q_IMPORT_HEADING_PUT, VT(p->now.region_code), VT(col->key),
				VT(col->target ? col->target->name : S("-")), v_text_or_null(col->unit.text), VI(ctx->now_ms));
		}
	}
	return fail_store(ctx, e);
}

static enum err store_plan(struct ctx *ctx, void *arg) {
	struct planning *p = arg;
	enum err e = record_store(ctx, &import_noun, &p->was, &p->now, S("update"));
	return e || !p->saves_mapping ? e : remember(ctx, p);
}

enum err import_plan_set(struct ctx *ctx, int64_t id, struct str patch_json) {
	struct import_file f;
	struct intake in;
	struct planning p = {.in = &in};
	enum err e = record_get(ctx, &import_noun, id, &p.was);
	if (e) return e;
	if (!import_is_open(p.was.state)) return import_not_ready(ctx, &p.was);
	p.now = p.was;
	p.now.state = IMPORT_RECOGNISED;
	if ((e = import_plan_merge(ctx, p.was.plan, patch_json, &p.now.plan, &p.saves_mapping))) return e;
	if ((e = import_file_open_with(ctx, &p.now, NULL, &f))) return e;
	if ((e = import_recognise(ctx, &f, &in))) return e;
	count_rows(&in, &p.now);
	return ctx_write(ctx, store_plan, &p);
}

/* ---- giving up ---- */

/* A dry run that is at work finds the batch changed and stores nothing. */
enum err import_cancel(struct ctx *ctx, int64_t id) {
	struct import was, now;
	enum err e = record_get(ctx, &import_noun, id, &was);
	if (e) return e;
	if (!import_is_open(was.state)) return import_not_ready(ctx, &was);
	now = was;
	now.state = IMPORT_CANCELLED;
	if ((e = DB_RUN(ctx->db, Q_IMPORT_ROWS_FORGET, VI(id)))) return fail_store(ctx, e);
	return record_store(ctx, &import_noun, &was, &now, S("cancel"));
}

/* ---- rows ---- */

enum err import_rows(struct ctx *ctx, int64_t id, struct str results, int64_t cursor, int64_t limit,
		struct rows **out) {
	struct import rec;
	enum err e = record_get(ctx, &import_noun, id, &rec);
	if (e) return e;
	if (!results.n)
		e = DB_QUERY(ctx->db, ctx->arena, Q_IMPORT_ROWS_AFTER, out, VI(id), VI(cursor), VI(limit));
	else e = DB_QUERY(ctx->db, ctx->arena, Q_IMPORT_ROWS_OF, out, VI(id), VT(results), VI(cursor), VI(limit));
	return fail_store(ctx, e);
}

enum err import_counts(struct ctx *ctx, int64_t id, int64_t out[RESULT__N]) {
	struct rows *r;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_IMPORT_ROW_COUNTS, &r, VI(id));
	if (e) return fail_store(ctx, e);
	for (int k = 0; k < RESULT__N; k++) out[k] = 0;
	while (rows_next(r))
		for (int k = 0; k < RESULT__N; k++)
			if (str_eq(rows_text(r, 0), import_result_code((enum import_result)k))) out[k] = rows_int(r, 1);
	e = rows_error(r);
	rows_done(r);
	return e ? fail_store(ctx, e) : ERR_OK;
}

/* ---- the marked copy ---- */

struct str import_problems_text(struct ctx *ctx, struct str problems, import_words words) {
	struct buf b = {.arena = ctx->arena};
	json_t *p, *all = problems.n ? json_loadb(problems.p, problems.n, 0, NULL) : NULL;
	size_t i;
	json_array_foreach(all, i, p) {
		struct str args[2] = {S(""), S("")};
		for (size_t k = 0; k < 2; k++)
			args[k] = str_c(json_string_value(json_array_get(json_object_get(p, "args"), k)));
		if (b.n) buf_c(&b, ctx->lang == LANG_EN ? "; " : "；");
		buf_add(&b, words(ctx->arena, str_c(json_string_value(json_object_get(p, "rule"))), args, ctx->lang));
	}
	json_decref(all);
	return buf_str(&b);
}

struct notes {
	struct sheet_note *items;
	size_t n, room;
	int64_t last_row;
};

/* One page of them; PostgreSQL would hold all rows in memory. */
static enum err collect_page(struct ctx *ctx, int64_t id, int64_t sheet_no, import_words words,
		struct notes *out, bool *has_more) {
	enum { PAGE = 1000 };
	struct rows *r;
	int64_t n = 0;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_IMPORT_ROWS_NOTED, &r, VI(id), VI(sheet_no),
		VI(out->last_row), VI(PAGE));
	if (e) return fail_store(ctx, e);
	for (; rows_next(r); n++) {
		struct str text = import_problems_text(ctx, rows_text(r, 1), words);
		out->last_row = rows_int(r, 0);
		if (text.n && out->n < out->room)
			out->items[out->n++] = (struct sheet_note){.row = out->last_row, .text = text};
	}
	e = rows_error(r);
	rows_done(r);
	*has_more = n == PAGE;
	return e ? fail_store(ctx, e) : ERR_OK;
}

static enum err collect_notes(struct ctx *ctx, const struct import *rec, int64_t sheet_no,
		import_words words, struct notes *out) {
	out->room = rec->rows_total == NONE ? 0 : (size_t)rec->rows_total;
	out->items = arena_array(ctx->arena, out->room + 1, sizeof *out->items);
	enum err e = ERR_OK;
	for (bool has_more = true; has_more && !e;)
		e = collect_page(ctx, rec->record.id, sheet_no, words, out, &has_more);
	return e;
}

enum err import_marked(struct ctx *ctx, int64_t id, int64_t sheet_no, import_words words,
		struct str *file_name, struct str *bytes) {
	struct import_file f;
	struct intake in;
	struct notes notes = {0};
	struct sheet_problem problem;
	enum err e = import_file_open(ctx, id, NULL, &f);
	if (!e && (uint64_t)sheet_no >= f.sheets_n) e = fail(ctx, ERR_NOT_FOUND, S("sheet"), S("no_such_record"));
	if (!e) e = import_recognise(ctx, &f, &in);
	if (!e) e = collect_notes(ctx, &f.rec, sheet_no, words, &notes);
	if (e) return e;
	const struct intake_sheet *s = &in.sheets[sheet_no];
	int64_t head_row = s->header_rows_n ? s->header_rows[s->header_rows_n - 1] : 1;
	struct str head = ctx->lang == LANG_EN ? S("Problems") : S("问题说明");
	*file_name = f.rec.file_name;
	e = book_mark(ctx->arena, f.book, (size_t)sheet_no, head_row, head, notes.items, notes.n, bytes,
		&problem);
	return e ? import_refuse(ctx, e, &problem) : ERR_OK;
}

/* ---- confirming ---- */

/* Each project's history says so too: the audit has a row for every version of a project. */
static enum err note_confirmed(struct ctx *ctx, int64_t import_id, int64_t *last, bool *is_end) {
	enum { PAGE = 500 };
	struct rows *r;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_IMPORT_PROJECTS_UNCONFIRMED, &r, VI(import_id), VI(*last), VI(PAGE));
	if (e) return fail_store(ctx, e);
	int64_t *ids = arena_array(ctx->arena, PAGE, sizeof *ids), n = 0;
	while (n < PAGE && rows_next(r)) ids[n++] = rows_int(r, 0);
	e = fail_store(ctx, rows_error(r));
	rows_done(r);
	for (int64_t i = 0; i < n && !e; i++)
		e = audit_add(ctx, &(struct audit_entry){.action = S("verify"), .outcome = S("DONE"), .object = S("project"),
			.object_id = ids[i], .project_id = ids[i], .diff = S("{\"is_stage_verified\":[0,1]}")});
	if (n) *last = ids[n - 1];
	*is_end = n < PAGE;
	return e;
}

static enum err note_all_confirmed(struct ctx *ctx, int64_t import_id) {
	int64_t last = 0;
	bool is_end = false;
	enum err e = audit_batch_begin(ctx);
	while (!e && !is_end) e = note_confirmed(ctx, import_id, &last, &is_end);
	return e ? e : audit_batch_end(ctx);
}

enum err import_confirm(struct ctx *ctx, int64_t id, int64_t *confirmed) {
	struct import rec;
	enum err e = record_get(ctx, &import_noun, id, &rec);
	if (e) return e;
	if (rec.state != IMPORT_WRITTEN) return import_not_ready(ctx, &rec);
	if (rec.record.created_by == ctx->actor.account_id)
		return fail(ctx, ERR_FORBIDDEN, S(""), S("separation_of_duties"));
	if ((e = note_all_confirmed(ctx, id))) return e;
	e = DB_RUN(ctx->db, Q_IMPORT_EVENTS_CONFIRM, VI(id), VI(ctx->now_ms), VI(ctx->actor.account_id));
	if (!e)
		e = db_run(ctx->db, Q_IMPORT_PROJECTS_CONFIRM,
			(const struct value[]){VI(id), VI(ctx->now_ms)}, 2, confirmed);
	if (e) return fail_store(ctx, e);
	return audit_add(ctx, &(struct audit_entry){.action = S("verify"), .outcome = S("DONE"),
		.object = S("import"), .object_id = id});
}
