/* import_check.c - the dry run: each row compared with what is stored, nothing written but the rows'
 * findings. */
#include "domain/audit.h"
#include "domain/import_merge.h"
#include "domain/param.h"
#include "domain/text.h"
#include "domain/write.h"

enum { ALIKE_PERMILLE = 900, ALIKE_MAX = 5, NEIGHBOURS = 10, PREFIX_CPS = 2, BATCH_ROWS = 500 };

struct str import_result_code(enum import_result r) {
	static const struct str codes[RESULT__N] = {S_("NEW"), S_("UPDATE"), S_("SAME"), S_("CONFLICT"),
		S_("ERROR"), S_("DUPLICATE")};
	return codes[r];
}

/* One row's finding, as it goes into import_row; version = the project's when it was compared. */
struct finding {
	int64_t sheet_no, row_no, project_id, version;
	enum import_result result;
	struct str name, data, problems, choice;
};

/* Names seen in this file, for rows that stand twice. Open addressing; grows with the file. */
struct seen {
	struct str key;
	int64_t row;
};

struct check {
	struct ctx *ctx;              /* of the whole dry run */
	struct import_file *file;
	struct job *job;
	bool takes_errors;
	struct arena kept, names;     /* findings until they are stored; names seen in the file */
	struct seen *seen;
	size_t seen_room, seen_n;
	struct finding batch[BATCH_ROWS];
	size_t batch_n;
	int64_t counts[RESULT__N], rows, total;
};

/* ---- duplicates ---- */

static struct seen *slot_of(struct seen *t, size_t room, struct str key) {
	size_t i = (size_t)str_hash(key) & (room - 1);
	while (t[i].key.n && !str_eq(t[i].key, key)) i = (i + 1) & (room - 1);
	return &t[i];
}

static void grow(struct check *c) {
	size_t room = c->seen_room ? c->seen_room * 2 : 1024;
	struct seen *t = heap_alloc(room * sizeof *t);
	for (size_t i = 0; i < c->seen_room; i++)
		if (c->seen[i].key.n) *slot_of(t, room, c->seen[i].key) = c->seen[i];
	heap_free(c->seen);
	c->seen = t;
	c->seen_room = room;
}

/* The first row of that name; 0 when this is the first. */
static int64_t seen_before(struct check *c, struct str key, int64_t row) {
	if (!key.n) return 0;
	if (c->seen_n * 2 >= c->seen_room) grow(c);
	struct seen *s = slot_of(c->seen, c->seen_room, key);
	if (s->key.n) return s->row;
	*s = (struct seen){str_copy(&c->names, key), row};
	c->seen_n++;
	return 0;
}

static void put_duplicate(struct json *j, int64_t project_id, int64_t row, struct str name,
		int32_t permille) {
	json_obj(j);
	json_put_int_if(j, "project_id", project_id != 0, project_id);
	json_put_int_if(j, "row", row != 0, row);
	json_put_str(j, "name", name);
	json_put_int(j, "score_permille", permille);
	json_end(j);
}

/* The names next to this one in their order: names that are alike nearly always begin alike, and the
 * index answers however many projects are stored. */
static enum err put_neighbours(struct ctx *ctx, const struct project *p, bool is_after,
		struct json *j, size_t *found) {
	struct value params[VISIBLE_PARAMS];
	const size_t params_n = visible_params(ctx, &project_noun, params);
	static const struct str columns[] = {S_("id"), S_("name"), S_("name_key")};
	const struct cond side = {S("name_key"), is_after ? COND_GE : COND_LT, &VT(p->name_key), 1};
	const struct order order = {S("name_key"), !is_after, true};
	const struct select_spec spec = {.from = project_noun.visible, .params = params,
		.params_n = params_n, .columns = columns,
	                                 .columns_n = 3, .conds = &side, .conds_n = 1, .orders = &order,
	                                 .orders_n = 1, .limit = NEIGHBOURS};
	struct rows *r;
	enum err e = db_select(ctx->db, ctx->arena, &spec, &r);
	if (e) return fail_store(ctx, e);
	while (*found < ALIKE_MAX && rows_next(r)) {
		struct str key = rows_text(r, 2);
		if (!str_starts(key, str_cp_head(p->name_key, PREFIX_CPS))) break;
		int32_t permille = text_similar_permille(ctx->arena, p->name_key, key);
		if (permille < ALIKE_PERMILLE) continue;
		put_duplicate(j, rows_int(r, 0), 0, rows_text(r, 1), permille);
		(*found)++;
	}
	e = rows_error(r);
	rows_done(r);
	return e ? fail_store(ctx, e) : ERR_OK;
}

static enum err put_stored_duplicates(struct ctx *ctx, const struct project *p, struct json *j,
		size_t *found) {
	if (!p->name_key.n) return ERR_OK;
	enum err e = put_neighbours(ctx, p, true, j, found);
	return e ? e : put_neighbours(ctx, p, false, j, found);
}

/* ---- the key ---- */

/* The project that this row updates: by our own code, or by its exact name where the person chose so. */
static enum err find_by_key(const struct check *c, struct ctx *ctx, const struct intake_item *item,
		struct project *old, bool *found) {
	struct value params[VISIBLE_PARAMS];
	const size_t params_n = visible_params(ctx, &project_noun, params);
	bool is_by_name = c->file->key == KEY_NAME;
	struct str value = is_by_name ? str_trim(item->name) : import_text(item, S("code"));
	const struct cond equal = {is_by_name ? S("name") : S("code"), COND_EQ, &VT(value), 1};
	const struct select_spec spec = {.from = project_noun.visible, .params = params,
		.params_n = params_n, .conds = &equal,
	                                 .conds_n = 1, .limit = 2};
	struct rows *r;
	*found = false;
	if (c->file->key == KEY_NONE || !value.n) return ERR_OK;
	enum err e = db_select(ctx->db, ctx->arena, &spec, &r);
	if (e) return fail_store(ctx, e);
	if (rows_next(r)) {
		record_read(&project_noun, ctx->arena, r, old);
		*found = !rows_next(r); /* two of one name: no key */
	}
	e = rows_error(r);
	rows_done(r);
	return e ? fail_store(ctx, e) : ERR_OK;
}

/* ---- findings ---- */

static void put_changes(struct ctx *ctx, struct json *j, const struct project *old,
		const struct import_fit *fit, const struct fieldset *kept) {
	const struct project *p = &fit->now;
	json_key(j, S("changes"));
	json_arr(j);
	for (size_t i = 0; i < project_noun.fields_n; i++) {
		const struct field *f = &project_fields[i];
		if (!fieldset_has(&fit->set, i) || fieldset_has(kept, i) || (old && field_equal(f, old, p))) continue;
		json_arr(j);
		json_str(j, f->name);
		json_str(j, old ? field_text(f, ctx->arena, old, ctx->lang) : S(""));
		json_str(j, field_text(f, ctx->arena, p, ctx->lang));
		json_end(j);
	}
	json_end(j);
}

static void put_problem(struct json *j, struct str field, struct str rule, struct str arg0,
		struct str arg1, bool is_warning) {
	json_obj(j);
	json_put_str(j, "field", field);
	json_put_str(j, "rule", rule);
	json_key(j, S("args"));
	json_arr(j);
	json_str(j, arg0);
	json_str(j, arg1);
	json_end(j);
	json_put_bool(j, "is_warning", is_warning);
	json_end(j);
}

/* What the recognition said of the row, then what the rules over the whole record say. */
static void put_problems(struct json *j, const struct intake_item *item, const struct import_fit *fit) {
	json_arr(j);
	for (size_t i = 0; i < item->problems_n; i++) {
		const struct intake_problem *p = &item->problems[i];
		put_problem(j, p->field, p->rule, p->args[0], p->args[1], p->is_warning);
	}
	for (size_t i = 0; i < fit->notes_n; i++) {
		const struct import_note *n = &fit->notes[i];
		put_problem(j, n->field, n->rule, n->args[0], n->args[1], n->is_warning);
	}
	json_end(j);
}

/* A row with wrong cells is written without them where that was asked for. */
static struct str default_choice(const struct check *c, enum import_result r, bool is_storable) {
	if (r == RESULT_CONFLICT) return S("theirs");
	if (r == RESULT_ERROR) return c->takes_errors && is_storable ? S("write") : S("skip");
	return r == RESULT_SAME ? S("skip") : S("write");
}

static void keep(struct check *c, struct finding f) {
	f.name = str_copy(&c->kept, f.name);
	f.data = str_copy(&c->kept, f.data);
	f.problems = str_copy(&c->kept, f.problems);
	c->batch[c->batch_n++] = f;
	c->counts[f.result]++;
}

/* Rows that stand twice in this file, and stored projects of nearly the same name. */
static enum err put_duplicates(struct check *c, struct ctx *ctx, const struct project *p,
		int64_t row, struct json *j, bool *has_some) {
	size_t alike = 0;
	json_key(j, S("duplicates"));
	json_arr(j);
	int64_t first = seen_before(c, p->name_key, row);
	if (first) put_duplicate(j, 0, first, p->name, 1000);
	enum err e = put_stored_duplicates(ctx, p, j, &alike);
	json_end(j);
	*has_some = first || alike;
	return e;
}

/* Two rows with one key: the first counts, of the second nobody knows what is right. */
static void refuse_second(struct check *c, struct ctx *ctx, int64_t project_id, int64_t row,
		struct import_fit *fit) {
	int64_t first = seen_before(c, str_cat(ctx->arena, S("#"), str_of_int(ctx->arena, project_id)), row);
	if (!first || fit->notes_n == IMPORT_NOTES_MAX) return;
	fit->notes[fit->notes_n++] = (struct import_note){S("code"), S("import_key_twice"),
		{str_of_int(ctx->arena, first), S("")}, false};
	fit->has_error = true;
	fit->is_storable = false;
}

/* What is known of a row: as the file has it, and as it would be written before anybody chooses. */
struct examined {
	bool is_found;
	struct project old;
	struct import_merge merge;
	struct import_fit file, fit;
};

static enum err look_at(struct check *c, struct ctx *ctx, const struct intake_item *item, struct examined *x) {
	const struct import *batch = &c->file->rec;
	enum err e = find_by_key(c, ctx, item, &x->old, &x->is_found);
	if (!e) e = import_fit(ctx, batch, item, x->is_found ? &x->old : NULL, NULL, &x->file);
	if (!e && x->is_found) e = import_merge(ctx, batch, item, &x->old, &x->file, &x->merge);
	if (e) return e;
	const struct fieldset stays = import_stays(&x->merge);
	x->fit = x->file;
	if (fieldset_any(&stays)) e = import_fit(ctx, batch, item, &x->old, &stays, &x->fit);
	if (!e && x->is_found) refuse_second(c, ctx, x->old.record.id, item->number, &x->fit);
	return e;
}

/* A conflict is a person's to decide, also where the stored values beside the file's would break a rule. */
static enum import_result result_of(const struct intake_item *item, const struct examined *x,
		bool has_duplicates) {
	bool is_conflict = fieldset_any(&x->merge.conflicts);
	if (item->has_error || (is_conflict ? x->file.has_error : x->fit.has_error)) return RESULT_ERROR;
	if (!x->is_found) return has_duplicates ? RESULT_DUPLICATE : RESULT_NEW;
	return is_conflict ? RESULT_CONFLICT : x->merge.takes_some ? RESULT_UPDATE : RESULT_SAME;
}

static enum err examine(struct check *c, struct ctx *ctx, int64_t sheet_no, const struct intake_item *item) {
	struct examined *x = arena_alloc(ctx->arena, sizeof *x);
	struct buf data = {.arena = ctx->arena}, problems = {.arena = ctx->arena};
	struct json d = {.out = &data}, q = {.out = &problems};
	bool has_duplicates = false;
	enum err e = look_at(c, ctx, item, x);
	if (e) return e;
	put_problems(&q, item, &x->fit);
	json_obj(&d);
	import_values_json(&d, item);
	put_changes(ctx, &d, x->is_found ? &x->old : NULL, &x->file, &x->merge.kept);
	if (x->is_found) import_merge_json(ctx, &d, &x->old, &x->file, &x->merge);
	else e = put_duplicates(c, ctx, &x->fit.now, item->number, &d, &has_duplicates);
	json_end(&d);
	if (e) return e;
	enum import_result r = result_of(item, x, has_duplicates);
	keep(c, (struct finding){.sheet_no = sheet_no, .row_no = item->number,
		.project_id = x->is_found ? x->old.record.id : 0,
		.version = x->is_found ? x->old.record.row_version : 0, .result = r, .name = x->fit.now.name,
		.data = buf_str(&data),
		.problems = buf_str(&problems), .choice = default_choice(c, r, x->fit.is_storable)});
	return ERR_OK;
}

/* ---- storing the findings, some hundred rows a write ---- */

/* The batch is ours as long as its version is: a correction or another dry run meanwhile ends this one. */
static enum err still_ours(struct ctx *ctx, const struct import *rec) {
	int64_t n = 0;
	enum err e = db_int(ctx->db, Q_IMPORT_CHECK_OURS,
		(const struct value[]){VI(rec->record.id), VI(rec->record.row_version)}, 2, &n);
	if (e) return fail_store(ctx, e);
	return n ? ERR_OK : fail(ctx, ERR_CONFLICT, S("row_version"), S("import_changed_meanwhile"));
}

static enum err store_batch(struct ctx *ctx, void *arg) {
	const struct check *c = arg;
	int64_t import = c->file->rec.record.id;
	enum err e = still_ours(ctx, &c->file->rec);
	if (e) return e;
	for (size_t i = 0; i < c->batch_n && !e; i++) {
		const struct finding *f = &c->batch[i];
		e = DB_RUN(ctx->db, Q_IMPORT_ROW_ADD, VI(import), VI(f->sheet_no), VI(f->row_no),
			VT(import_result_code(f->result)), f->project_id ? VI(f->project_id) : VNULL,
			f->project_id ? VI(f->version) : VNULL, VT(f->name), VT(f->data),
			VT(f->problems), VT(f->choice));
	}
	return fail_store(ctx, e);
}

static enum err flush(struct check *c) {
	enum err e = c->batch_n ? ctx_write(c->ctx, store_batch, c) : ERR_OK;
	c->batch_n = 0;
	arena_reset(&c->kept);
	if (c->job) job_progress(c->job, c->rows, c->total);
	if (!e && c->job && job_is_cancelled(c->job)) e = fail(c->ctx, ERR_CONFLICT, S(""), S("job_cancelled"));
	return e;
}

static enum err check_row(struct check *c, struct arena *row_arena, int64_t sheet_no,
		struct intake_walk *walk, const struct row *row) {
	struct intake_item item;
	struct ctx ctx = *c->ctx; /* its own arena and failures, dropped with the row */
	ctx.arena = row_arena;
	ctx.error = NULL;
	intake_walk_row(walk, row_arena, row, &item);
	if (item.kind != ROW_DATA || !item.name.n) return ERR_OK;
	enum err e = examine(c, &ctx, sheet_no, &item);
	c->rows++;
	if (e) return fail(c->ctx, e, S(""), e == ERR_BUSY ? S("store_busy") : S("store_failed"));
	return c->batch_n == BATCH_ROWS ? flush(c) : ERR_OK;
}

static enum err check_sheet(struct check *c, const struct intake_sheet *sheet, size_t sheet_no) {
	struct sheet_reader *reader;
	struct sheet_problem problem;
	struct arena row_arena = {0};
	const struct row *row;
	struct intake_walk *walk = intake_walk_new(c->ctx->arena, sheet, &c->file->env,
		&c->file->fixes[sheet_no]);
	enum err e = sheet_read(c->ctx->arena, c->file->book, sheet_no, &reader, &problem);
	if (e) return import_refuse(c->ctx, e, &problem);
	while (!(e = sheet_next_wide(reader, &row)) && row) {
		e = check_row(c, &row_arena, (int64_t)sheet_no, walk, row);
		arena_reset(&row_arena);
		if (e) break;
	}
	arena_release(&row_arena);
	if (e && !c->ctx->error) return import_refuse(c->ctx, e, sheet_reader_problem(reader));
	return e;
}

/* ---- the batch's own state ---- */

static enum err store_result(struct ctx *ctx, void *arg) {
	struct check *c = arg;
	struct import *was = &c->file->rec, now = *was;
	now.state = IMPORT_CHECKED;
	now.rows_total = c->rows;
	now.rows_new = c->counts[RESULT_NEW];
	now.rows_update = c->counts[RESULT_UPDATE];
	now.rows_same = c->counts[RESULT_SAME];
	now.rows_conflict = c->counts[RESULT_CONFLICT];
	now.rows_error = c->counts[RESULT_ERROR];
	now.rows_duplicate = c->counts[RESULT_DUPLICATE];
	return record_store(ctx, &import_noun, was, &now, S("check"));
}

/* From here on an older dry run counts no more. */
static enum err begin(struct ctx *ctx, void *arg) {
	const struct check *c = arg;
	const struct import *rec = &c->file->rec;
	int64_t changed = 0;
	enum err e = db_run(ctx->db, Q_IMPORT_CHECK_BEGIN,
		(const struct value[]){VI(rec->record.id), VI(rec->record.row_version), VI(ctx->now_ms)}, 3,
		&changed);
	if (!e && !changed) return fail(ctx, ERR_CONFLICT, S("row_version"), S("import_changed_meanwhile"));
	if (!e) e = DB_RUN(ctx->db, Q_IMPORT_ROWS_FORGET, VI(rec->record.id));
	return fail_store(ctx, e);
}

/* What failed or was cancelled leaves no rows behind. */
static enum err give_up(struct ctx *ctx, void *arg) {
	const struct check *c = arg;
	const struct import *rec = &c->file->rec;
	int64_t changed = 0;
	enum err e = db_run(ctx->db, Q_IMPORT_CHECK_GIVE_UP,
		(const struct value[]){VI(rec->record.id), VI(rec->record.row_version), VI(ctx->now_ms)}, 3,
		&changed);
	if (!e && changed) e = DB_RUN(ctx->db, Q_IMPORT_ROWS_FORGET, VI(rec->record.id));
	return fail_store(ctx, e);
}

static enum err check_sheets(struct check *c, const struct intake *in) {
	enum err e = ctx_write(c->ctx, begin, c);
	if (e) return e;
	c->file->rec.state = IMPORT_READING;
	c->file->rec.record.row_version++;
	for (size_t i = 0; i < in->sheets_n && !e; i++)
		if (in->sheets[i].kind == INTAKE_PROJECTS) e = check_sheet(c, &in->sheets[i], i);
	if (!e) e = flush(c);
	if (!e) e = ctx_write(c->ctx, store_result, c);
	if (!e) return ERR_OK;
	const struct error *why = c->ctx->error;
	(void)ctx_write(c->ctx, give_up, c); /* fails only with the database: then the rows stay until the next run */
	c->ctx->error = why;
	return e;
}

bool import_is_open(int32_t state) {
	return state == IMPORT_READING || state == IMPORT_RECOGNISED || state == IMPORT_CHECKED;
}

struct checking {
	int64_t id;
	bool takes_errors;
	struct job *job;
};

static enum err check(struct ctx *ctx, void *arg) {
	const struct checking *k = arg;
	struct import_file file;
	struct intake in;
	int64_t loaded;
	struct check *c = arena_alloc(ctx->arena, sizeof *c);
	enum err e = import_file_open(ctx, k->id, k->job ? job_stop_flag(k->job) : NULL, &file);
	if (!e && !import_is_open(file.rec.state)) e = import_not_ready(ctx, &file.rec);
	if (!e) e = import_recognise(ctx, &file, &in);
	if (!e) e = param_int(ctx, S("size_band.S2"), 0, &loaded); /* the parameters, once for all rows */
	if (e) return e;
	*c = (struct check){.ctx = ctx, .file = &file, .job = k->job, .takes_errors = k->takes_errors};
	for (size_t i = 0; i < in.sheets_n; i++)
		c->total += in.sheets[i].kind == INTAKE_PROJECTS ? in.sheets[i].data_rows : 0;
	if (k->job) job_progress(k->job, 0, c->total);
	e = check_sheets(c, &in);
	heap_free(c->seen);
	arena_release(&c->kept);
	arena_release(&c->names);
	return e;
}

enum err import_check(struct ctx *ctx, int64_t id, bool takes_errors, struct job *job) {
	struct checking k = {.id = id, .takes_errors = takes_errors, .job = job};
	return import_apart(ctx, check, &k);
}
