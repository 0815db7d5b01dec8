/* export.c - a list as a file: just its filter, columns and order, masked as on the screen.
 *
 * CSV is UTF-8 with a mark, so that Excel and WPS read it; a text that would be a formula there is
 * neutralised (buf_csv). XLSX is written row by row. Projects carry code and row_version, so that an
 * import of the edited file finds each and knows what changed meanwhile. At once up to
 * EXPORT_ROWS_MAX rows; a larger one is a job whose file is kept with it.
 *
 * By grade (安全标记): what is SEALED never leaves in bulk, whoever exports; a file with an INTERNAL row in
 * it is marked so in its name, on the sheet's tab and at the head of each printed page. The audit has the
 * rows of each grade, and how many were left out. */
#include "api/cells.h"
#include "api/handlers.h"
#include "api/records.h"
#include "domain/audit.h"
#include "domain/job.h"
#include "domain/project.h"
#include "sheet/write.h"

#include <string.h>

enum { QUERY_MAX = 500, PROGRESS_ROWS = 500, WIDTH_MAX = 40, SHEET_NAME_MAX = 31 };

struct export {
	struct call *c;
	const struct list *l;
	struct buf csv;
	struct sheet_writer *xlsx;  /* NULL: CSV */
	struct str *columns;        /* the list's, then code and row_version where they are added */
	size_t columns_n;
	int code_at, version_at;    /* in columns; -1 = not added */
	int64_t rows, most;
	struct job *job;            /* NULL: at once */
	bool is_graded;             /* the records have grades of their own; others count as INTERNAL */
	int64_t by_grade[SECRECY__N]; /* rows that fit; those of SECRECY_SEALED are left out */
};

/* ---- grades ---- */

static enum err read_grades(struct export *x, struct rows *r) {
	const struct field *f = &x->c->noun->fields[field_index(x->c->noun, S("secrecy"))];
	while (rows_next(r)) {
		int grade = choice_index(f, rows_text(r, 0));
		if (grade != CHOICE_NONE) x->by_grade[grade] = rows_int(r, 1);
	}
	return fail_store(x->c->ctx, rows_error(r));
}

/* Counts as who exports sees them, then lowers his clearance for what follows: the rows, and the names
 * that stand beside ids, are read as by one who is not cleared for SEALED. */
static enum err count_grades(struct export *x, struct list *l) {
	struct ctx *ctx = x->c->ctx;
	struct select_spec spec = list_spec(l, NULL, 0);
	struct rows *r;
	enum err e = ERR_OK;
	x->is_graded = field_index(x->c->noun, S("secrecy")) >= 0;
	spec.after = NULL;
	spec.orders_n = 0;
	spec.limit = 0;
	if (x->is_graded) {
		if ((e = db_group(ctx->db, ctx->arena, &spec, S("secrecy"), &r))) return fail_store(ctx, e);
		e = read_grades(x, r);
		rows_done(r);
	}
	if (ctx->actor.clearance == SECRECY_SEALED) ctx->actor.clearance = SECRECY_INTERNAL;
	(void)visible_params(ctx, l->noun, l->params);
	return e;
}

static bool is_internal(const struct export *x) {
	return !x->is_graded || x->by_grade[SECRECY_INTERNAL] > 0;
}

static struct str mark_of(const struct ctx *ctx) {
	return ctx->lang == LANG_EN ? S("INTERNAL") : S("内部资料");
}


/* ---- columns ---- */

static struct str label_of(const struct call *c, const struct field *f) {
	static const struct {
		struct str name, zh, en;
	} common[] = {{S_("id"), S_("编号"), S_("Id")}, {S_("created_at_ms"), S_("建立时间"), S_("Created")},
		{S_("updated_at_ms"), S_("更新时间"), S_("Updated")}};
	for (size_t i = 0; !f->zh.n && i < sizeof common / sizeof *common; i++)
		if (str_eq(common[i].name, f->name)) return c->ctx->lang == LANG_EN ? common[i].en : common[i].zh;
	return c->ctx->lang == LANG_EN ? f->en : f->zh;
}

static struct str head_of(const struct call *c, const struct field *f) {
	struct str unit = ftype_unit(f->type, c->ctx->lang);
	struct buf head = {.arena = c->ctx->arena};
	buf_add(&head, label_of(c, f));
	if (unit.n) {
		buf_c(&head, " (");
		buf_add(&head, unit);
		buf_byte(&head, ')');
	}
	return buf_str(&head);
}

/* What can be given back edited carries its key and its version. */
static void choose_columns(struct export *x) {
	const struct list *l = x->l;
	bool is_project = str_eq(x->c->noun->name, S("project"));
	x->columns = arena_array(x->c->ctx->arena, l->fields_n + 2, sizeof *x->columns);
	x->code_at = x->version_at = -1;
	bool has_code = false;
	for (size_t i = 0; i < l->fields_n; i++) {
		x->columns[x->columns_n++] = l->fields[i]->name;
		has_code = has_code || str_eq(l->fields[i]->name, S("code"));
	}
	if (!is_project) return;
	if (!has_code) {
		x->code_at = (int)x->columns_n;
		x->columns[x->columns_n++] = S("code");
	}
	x->version_at = (int)x->columns_n;
	x->columns[x->columns_n++] = S("row_version");
}

static int width_of(const struct field *f) {
	if (f->type == F_LONG) return WIDTH_MAX;
	if (field_is_number(f)) return 14;
	return f->type == F_TEXT ? 24 : 12;
}

static void put_head(struct export *x, struct str text, int width, bool is_first) {
	if (x->xlsx) {
		sheet_write_head(x->xlsx, text, width);
		return;
	}
	if (!is_first) buf_byte(&x->csv, ',');
	buf_csv(&x->csv, text);
}

static void end_row(struct export *x) {
	if (x->xlsx) sheet_write_row_end(x->xlsx);
	else buf_c(&x->csv, "\r\n");
}

static void put_heads(struct export *x) {
	const struct call *c = x->c;
	bool is_en = c->ctx->lang == LANG_EN;
	if (!x->xlsx) buf_c(&x->csv, "\xEF\xBB\xBF");
	for (size_t i = 0; i < x->l->fields_n; i++)
		put_head(x, head_of(c, x->l->fields[i]), width_of(x->l->fields[i]), i == 0);
	if (x->code_at >= 0) put_head(x, is_en ? S("Code") : S("项目编号"), 20, false);
	if (x->version_at >= 0) put_head(x, is_en ? S("Version") : S("数据版本"), 10, false);
	end_row(x);
}

/* ---- cells ---- */

/* What a cell says in words; false: it is a number, a day or an instant. */
static bool cell_text(struct call *c, const struct field *f, struct value v, struct str *out) {
	int i;
	*out = S("");
	if (v.kind == V_NULL) return true;
	if (f->type == F_BOOL) *out = c->ctx->lang == LANG_EN ? (v.i ? S("Yes") : S("No")) : v.i ? S("是") : S("否");
	else if (f->type == F_ENUM && (i = choice_index(f, v.s)) != CHOICE_NONE)
		*out = c->ctx->lang == LANG_EN ? f->choices[i].en : f->choices[i].zh;
	else if (f->type == F_REF && f->ref.n) *out = label_text(c, f, v);
	else if (f->type == F_REGION) *out = label_text(c, f, v);
	if (out->n) return true;
	if (v.kind == V_INT || f->type == F_AT || f->type == F_DATE) return false;
	*out = masked_text(c, f, v.s);
	return true;
}

static void csv_cell(struct export *x, const struct field *f, struct value v) {
	struct str text;
	if (cell_text(x->c, f, v, &text)) buf_csv(&x->csv, text);
	else if (f->type == F_AT) buf_instant(&x->csv, v.i);
	else if (v.kind == V_INT) buf_fixed(&x->csv, v.i, type_digits(f->type));
	else buf_csv(&x->csv, v.s);
}

static void xlsx_cell(struct export *x, const struct field *f, struct value v) {
	struct str text;
	int32_t day;
	if (cell_text(x->c, f, v, &text)) sheet_write_text(x->xlsx, text);
	else if (f->type == F_AT) sheet_write_instant(x->xlsx, v.i);
	else if (v.kind == V_INT) sheet_write_number(x->xlsx, v.i, type_digits(f->type));
	else if (day_parse(v.s, &day)) sheet_write_day(x->xlsx, day);
	else sheet_write_text(x->xlsx, v.s);
}

static void put_cells(struct export *x, const struct rows *r) {
	for (size_t i = 0; i < x->l->fields_n; i++) {
		if (!x->xlsx && i) buf_byte(&x->csv, ',');
		if (x->xlsx) xlsx_cell(x, x->l->fields[i], rows_value(r, (int)i));
		else csv_cell(x, x->l->fields[i], rows_value(r, (int)i));
	}
	for (int at = (int)x->l->fields_n; at < (int)x->columns_n; at++) {
		struct value v = rows_value(r, at);
		if (x->xlsx) {
			if (v.kind == V_INT) sheet_write_number(x->xlsx, v.i, 0);
			else sheet_write_text(x->xlsx, v.s);
			continue;
		}
		buf_byte(&x->csv, ',');
		if (v.kind == V_INT) buf_int(&x->csv, v.i);
		else buf_csv(&x->csv, v.s);
	}
	end_row(x);
}

/* ---- the whole file ---- */

static enum err put_rows(struct export *x, int64_t total) {
	struct ctx *ctx = x->c->ctx;
	struct select_spec spec = list_spec(x->l, x->columns, x->columns_n);
	struct rows *r;
	spec.after = NULL;
	spec.limit = x->most + 1;
	enum err e = db_select(ctx->db, ctx->arena, &spec, &r);
	if (e) return fail_store(ctx, e);
	for (; x->rows <= x->most && rows_next(r); x->rows++) {
		put_cells(x, r);
		if (!x->job || x->rows % PROGRESS_ROWS) continue;
		job_progress(x->job, x->rows, total);
		if (!job_is_cancelled(x->job)) continue;
		rows_done(r);
		return fail(ctx, ERR_CONFLICT, S(""), S("job_cancelled"));
	}
	e = rows_error(r);
	rows_done(r);
	if (e) return fail_store(ctx, e);
	if (x->rows <= x->most) return ERR_OK;
	return fail_with(ctx, ERR_TOO_LARGE, S(""), x->job ? S("export_too_large") : S("export_needs_job"),
		str_of_int(ctx->arena, x->most), S(""));
}

static enum err make_file(struct export *x, int64_t total, struct str *bytes) {
	struct ctx *ctx = x->c->ctx;
	choose_columns(x);
	put_heads(x);
	enum err e = put_rows(x, total);
	if (e) return e;
	*bytes = buf_str(&x->csv);
	if (x->xlsx && !sheet_writer_end(x->xlsx, bytes)) return fail(ctx, ERR_STORE, S(""), S("export_no_room"));
	return ERR_OK;
}

/* "内部资料 注意保管 · wang 2024-04-10": who reads a printed page knows what it is and whose. */
static struct str page_head(const struct ctx *ctx) {
	bool is_en = ctx->lang == LANG_EN;
	struct str what = str_cat(ctx->arena, mark_of(ctx), is_en ? S(": keep safe · ") : S(" 注意保管 · "));
	struct str who = str_cat(ctx->arena, ctx->actor.login, S(" "));
	return str_cat(ctx->arena, what, str_cat(ctx->arena, who, str_of_day(ctx->arena, ctx->today)));
}

static struct str tab_of(const struct export *x) {
	const struct ctx *ctx = x->c->ctx;
	struct str name = ctx->lang == LANG_EN ? x->c->noun->en : x->c->noun->zh;
	if (!is_internal(x)) return str_cp_head(name, SHEET_NAME_MAX);
	struct str mark = str_cat(ctx->arena, S("·"), mark_of(ctx));
	return str_cat(ctx->arena, str_cp_head(name, SHEET_NAME_MAX - 10), mark);
}

static enum err open_file(struct export *x, enum file_kind kind) {
	const struct call *c = x->c;
	x->csv.arena = c->ctx->arena;
	if (kind != FILE_XLSX) return ERR_OK;
	x->xlsx = sheet_writer_new(c->ctx->arena, tab_of(x));
	if (!x->xlsx) return fail(c->ctx, ERR_STORE, S(""), S("export_no_room"));
	if (is_internal(x)) sheet_write_page_head(x->xlsx, page_head(c->ctx));
	return ERR_OK;
}

static const char *type_of(enum file_kind kind) {
	return kind == FILE_XLSX ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8";
}

static struct str name_of(const struct export *x, enum file_kind kind) {
	struct arena *a = x->c->ctx->arena;
	struct str name = str_cat(a, x->c->noun->plural, kind == FILE_XLSX ? S(".xlsx") : S(".csv"));
	return is_internal(x) ? str_cat(a, mark_of(x->c->ctx), str_cat(a, S("-"), name)) : name;
}

/* Who took how many rows of each grade, by which filter. */
static enum err note_export(const struct export *x, enum file_kind kind) {
	struct call *c = x->c;
	struct buf b = {.arena = c->ctx->arena};
	struct json j = {.out = &b};
	json_obj(&j);
	json_put_int(&j, "rows", x->rows);
	for (int g = 0; g < SECRECY_SEALED && x->is_graded; g++)
		json_put_int(&j, str_cstr(c->ctx->arena, str_lower(c->ctx->arena, secrecies[g].code)), x->by_grade[g]);
	if (x->by_grade[SECRECY_SEALED]) json_put_int(&j, "left_out_sealed", x->by_grade[SECRECY_SEALED]);
	json_put_str(&j, "format", kind == FILE_XLSX ? S("xlsx") : S("csv"));
	json_put_str(&j, "query", str_cp_head(c->req->query, QUERY_MAX));
	json_end(&j);
	return audit_taken(c->ctx, &(struct audit_entry){.action = S("export"), .outcome = S("DONE"),
		.object = c->noun->name, .diff = buf_str(&b)});
}

enum err list_export(struct call *c, struct list *l) {
	enum file_kind kind = list_file(c->req);
	struct export x = {.c = c, .l = l, .most = EXPORT_ROWS_MAX};
	struct str bytes;
	enum err e = need(c->ctx, c->noun->object, CAN_EXPORT);
	if (!e) e = count_grades(&x, l);
	if (!e) e = open_file(&x, kind);
	if (!e) e = make_file(&x, 0, &bytes);
	if (!e) e = note_export(&x, kind);
	if (e) return e;
	answer_file(c, type_of(kind), name_of(&x, kind), bytes);
	return ERR_OK;
}

/* ---- as a job ---- */

struct wish {
	const struct noun *noun;
	size_t query_n;
	char query[];
};

static enum err count_rows(struct call *c, const struct list *l, int64_t *total) {
	struct select_spec spec = list_spec(l, NULL, 0);
	struct rows *r;
	spec.after = NULL;
	spec.orders_n = 0;
	spec.limit = 0;
	enum err e = db_aggregate(c->ctx->db, c->ctx->arena, &spec, NULL, 0, &r);
	if (e) return fail_store(c->ctx, e);
	*total = rows_next(r) ? rows_int(r, 0) : 0;
	e = rows_error(r);
	rows_done(r);
	return fail_store(c->ctx, e);
}

/* The request that asked for it is over: its query is read again, with the rights of now. */
static enum err work(struct ctx *ctx, struct job *job, void *arg) {
	const struct wish *w = arg;
	const struct req req = {.arena = ctx->arena, .query = {w->query, w->query_n}};
	struct res res = {0};
	struct call c = {.ctx = ctx, .req = &req, .res = &res, .noun = w->noun};
	struct list *l = arena_alloc(ctx->arena, sizeof *l);
	struct export x = {.c = &c, .l = l, .most = EXPORT_JOB_ROWS_MAX, .job = job};
	enum file_kind kind = list_file(&req) ? list_file(&req) : FILE_XLSX;
	struct str bytes;
	int64_t total = 0;
	enum err e = need(ctx, w->noun->object, CAN_EXPORT);
	if (!e) e = list_parse(&c, w->noun, l);
	if (!e) e = count_grades(&x, l);
	if (!e) e = count_rows(&c, l, &total);
	if (!e) e = open_file(&x, kind);
	if (!e) e = make_file(&x, total, &bytes);
	if (!e) e = note_export(&x, kind);
	if (!e) e = job_keep_file(ctx, job, name_of(&x, kind), str_c(type_of(kind)),
		is_internal(&x) ? SECRECY_INTERNAL : SECRECY_OPEN, bytes);
	if (!e) job_progress(job, x.rows, x.rows);
	return e;
}

enum err api_record_export(struct call *c) {
	struct list *l = arena_alloc(c->ctx->arena, sizeof *l);
	struct str query = c->req->query;
	int64_t job_id;
	enum err e = list_parse(c, c->noun, l); /* what is wrong is said now, not by the job */
	if (e) return e;
	struct wish *w = heap_alloc(sizeof *w + query.n);
	w->noun = c->noun;
	w->query_n = query.n;
	if (query.n) memcpy(w->query, query.p, query.n);
	if ((e = job_start(c->ctx, S("export"), 0, work, w, &job_id))) return e;
	json_obj(&c->json);
	json_put_int(&c->json, "job_id", job_id);
	json_end(&c->json);
	return ERR_OK;
}

enum err api_job_file(struct call *c) {
	struct job_file f;
	int64_t id;
	enum err e = call_id(c, 0, &id);
	if (!e) e = job_file(c->ctx, id, &f);
	if (!e) e = audit_taken(c->ctx, &(struct audit_entry){.action = S("download"), .outcome = S("DONE"),
		.object = S("job"), .object_id = id});
	if (e) return e;
	answer_file(c, str_starts(f.mime, S("text/csv")) ? type_of(FILE_CSV) : type_of(FILE_XLSX), f.name, f.bytes);
	return ERR_OK;
}
