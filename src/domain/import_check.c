/* import_check.c - the dry run: each row compared with what is stored, nothing written but the rows'
 * findings. */
#include "domain/audit.h"
#include "domain/import_rows.h"
#include "domain/param.h"
#include "domain/text.h"
#include "domain/write.h"

enum { ALIKE_PERMILLE = 900, ALIKE_MAX = 5, CANDIDATES_MAX = 50, PREFIX_CPS = 2, BATCH_ROWS = 500 };

struct str import_result_code(enum import_result r) {
	static const struct str codes[RESULT__N] = {S_("NEW"), S_("UPDATE"), S_("SAME"), S_("CONFLICT"), S_("ERROR"), S_("DUPLICATE")};
	return codes[r];
}

/* One row's finding, as it goes into import_row. */
struct finding {
	int64_t sheet_no, row_no, project_id;
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
	bool is_first;
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

static void put_duplicate(struct json *j, int64_t project_id, int64_t row, struct str name, int32_t permille) {
	json_obj(j);
	json_key(j, S("project_id"));
	if (project_id) json_int(j, project_id);
	else json_nil(j);
	json_key(j, S("row"));
	if (row) json_int(j, row);
	else json_nil(j);
	json_put_str(j, "name", name);
	json_put_int(j, "score_permille", permille);
	json_end(j);
}

/* Stored projects that the actor sees and whose names begin alike. */
static enum err put_stored_duplicates(struct ctx *ctx, const struct project *p, struct json *j, size_t *found) {
	struct value params[SCOPE_PARAMS];
	struct str begin = str_cp_head(p->name_key, PREFIX_CPS);
	static const struct str columns[] = {S_("id"), S_("name"), S_("name_key")};
	const struct cond alike = {S("name_key"), COND_PREFIX, &VT(begin), 1};
	const struct select_spec spec = {.from = project_noun.visible, .params = params, .params_n = SCOPE_PARAMS, .columns = columns,
	                                 .columns_n = 3, .conds = &alike, .conds_n = 1, .limit = CANDIDATES_MAX};
	struct rows *r;
	if (!begin.n) return ERR_OK;
	scope_params(ctx, project_noun.object, params);
	enum err e = db_select(ctx->db, ctx->arena, &spec, &r);
	if (e) return fail_store(ctx, e);
	while (*found < ALIKE_MAX && rows_next(r)) {
		int32_t permille = text_similar_permille(ctx->arena, p->name_key, rows_text(r, 2));
		if (permille < ALIKE_PERMILLE) continue;
		put_duplicate(j, rows_int(r, 0), 0, rows_text(r, 1), permille);
		(*found)++;
	}
	e = rows_error(r);
	rows_done(r);
	return e ? fail_store(ctx, e) : ERR_OK;
}

/* ---- the key ---- */

/* The project that this row updates: by our own code, or by its exact name where the person chose so. */
static enum err find_by_key(struct check *c, struct ctx *ctx, const struct intake_item *item, const struct project *p, struct project *old, bool *found) {
	struct value params[SCOPE_PARAMS];
	struct str code = import_text(item, S("code")), column = c->file->key == KEY_NAME ? S("name") : S("code");
	struct str value = c->file->key == KEY_NAME ? p->name : code;
	*found = false;
	if (c->file->key == KEY_NONE || !value.n) return ERR_OK;
	const struct cond equal = {column, COND_EQ, &VT(value), 1};
	const struct select_spec spec = {.from = project_noun.visible, .params = params, .params_n = SCOPE_PARAMS, .conds = &equal,
	                                 .conds_n = 1, .limit = 2};
	struct rows *r;
	scope_params(ctx, project_noun.object, params);
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

static void put_values(struct json *j, const struct intake_item *item) {
	json_key(j, S("values"));
	json_obj(j);
	for (size_t i = 0; i < item->values_n; i++) {
		const struct intake_value *v = &item->values[i];
		if (!v->value.n) continue;
		json_key(j, v->target->name);
		json_str(j, v->value);
	}
	json_end(j);
}

static void put_changes(struct ctx *ctx, struct json *j, const struct project *old, const struct project *p, const struct fieldset *set) {
	json_key(j, S("changes"));
	json_arr(j);
	for (size_t i = 0; i < project_noun.fields_n; i++) {
		const struct field *f = &project_fields[i];
		if (!fieldset_has(set, i) || (old && field_equal(f, old, p))) continue;
		json_arr(j);
		json_str(j, f->name);
		json_str(j, old ? field_text(f, ctx->arena, old, ctx->lang) : S(""));
		json_str(j, field_text(f, ctx->arena, p, ctx->lang));
		json_end(j);
	}
	json_end(j);
}

static void put_problem(struct json *j, struct str field, struct str rule, struct str arg0, struct str arg1, bool is_warning) {
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

static void put_failures(struct json *j, const struct error *e) {
	if (!e) return;
	put_failures(j, e->next);
	put_problem(j, e->field, e->rule, e->args[0], e->args[1], false);
}

/* A project that was worked on since it was made is not overwritten by a sheet without a word. */
static enum import_result compare(const struct project *old, const struct project *p, const struct fieldset *set) {
	bool differs = false, is_conflict = false;
	for (size_t i = 0; i < project_noun.fields_n; i++) {
		const struct field *f = &project_fields[i];
		if (!fieldset_has(set, i) || field_equal(f, old, p)) continue;
		differs = true;
		is_conflict = is_conflict || (old->record.row_version > 1 && !field_is_missing(f, old));
	}
	return is_conflict ? RESULT_CONFLICT : differs ? RESULT_UPDATE : RESULT_SAME;
}

static struct str default_choice(const struct check *c, enum import_result r) {
	if (r == RESULT_CONFLICT) return S("theirs");
	if (r == RESULT_SAME || (r == RESULT_ERROR && !c->takes_errors)) return S("skip");
	return S("write");
}

static void keep(struct check *c, struct finding f) {
	f.name = str_copy(&c->kept, f.name);
	f.data = str_copy(&c->kept, f.data);
	f.problems = str_copy(&c->kept, f.problems);
	c->batch[c->batch_n++] = f;
	c->counts[f.result]++;
}

static void keep_future_out(struct ctx *ctx, const struct project *p) {
	const struct {
		struct str field;
		int32_t day;
	} facts[] = {{S("sign_date"), p->sign_date}, {S("land_date"), p->land_date}, {S("start_date"), p->start_date},
	             {S("produce_date"), p->produce_date}, {S("first_talk_date"), p->first_talk_date}};
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		if (facts[i].day > ctx->today) fail(ctx, ERR_INVALID, facts[i].field, S("in_the_future"));
}

static enum err examine(struct check *c, struct ctx *ctx, int64_t sheet_no, const struct intake_item *item) {
	struct project p, old;
	struct fieldset set = {0};
	struct buf data = {.arena = ctx->arena}, problems = {.arena = ctx->arena};
	struct json d = {.out = &data}, q = {.out = &problems};
	bool found = false;
	size_t alike = 0;
	record_init(&project_noun, &p);
	p.name = str_cp_head(str_trim(item->name), 200);
	enum err e = find_by_key(c, ctx, item, &p, &old, &found);
	if (e) return e;
	if (found) p = old;
	(void)import_fill(ctx, &c->file->rec, item, &p, &set);
	p.import_id = c->file->rec.record.id;
	if (!found) p.code = S("-"); /* none is drawn in a dry run */
	(void)record_check(ctx, &project_noun, found ? &old : NULL, &p, &set);
	keep_future_out(ctx, &p);
	bool has_error = item->has_error || ctx->error;
	json_arr(&q);
	for (size_t i = 0; i < item->problems_n; i++)
		put_problem(&q, item->problems[i].field, item->problems[i].rule, item->problems[i].args[0], item->problems[i].args[1], item->problems[i].is_warning);
	put_failures(&q, ctx->error);
	json_end(&q);
	json_obj(&d);
	put_values(&d, item);
	put_changes(ctx, &d, found ? &old : NULL, &p, &set);
	json_key(&d, S("duplicates"));
	json_arr(&d);
	int64_t first = seen_before(c, p.name_key, item->number);
	if (first && !found) put_duplicate(&d, 0, first, p.name, 1000);
	if (!found && (e = put_stored_duplicates(ctx, &p, &d, &alike))) return e;
	json_end(&d);
	json_end(&d);
	enum import_result r = has_error ? RESULT_ERROR : found ? compare(&old, &p, &set) : first || alike ? RESULT_DUPLICATE : RESULT_NEW;
	keep(c, (struct finding){.sheet_no = sheet_no, .row_no = item->number, .project_id = found ? old.record.id : 0, .result = r,
		.name = p.name, .data = buf_str(&data), .problems = buf_str(&problems), .choice = default_choice(c, r)});
	return ERR_OK;
}

/* ---- storing the findings, some hundred rows a write ---- */

static enum err store_batch(struct ctx *ctx, void *arg) {
	struct check *c = arg;
	int64_t import = c->file->rec.record.id;
	enum err e = c->is_first ? DB_RUN(ctx->db, Q_IMPORT_ROWS_FORGET, VI(import)) : ERR_OK;
	for (size_t i = 0; i < c->batch_n && !e; i++) {
		const struct finding *f = &c->batch[i];
		e = DB_RUN(ctx->db, Q_IMPORT_ROW_ADD, VI(import), VI(f->sheet_no), VI(f->row_no), VT(import_result_code(f->result)),
			f->project_id ? VI(f->project_id) : VNULL, VT(f->name), VT(f->data), VT(f->problems), VT(f->choice));
	}
	return fail_store(ctx, e);
}

static enum err flush(struct check *c) {
	enum err e = ctx_write(c->ctx, store_batch, c);
	c->is_first = false;
	c->batch_n = 0;
	arena_reset(&c->kept);
	if (c->job) job_progress(c->job, c->rows, c->total);
	if (!e && c->job && job_is_cancelled(c->job)) e = fail(c->ctx, ERR_CONFLICT, S(""), S("job_cancelled"));
	return e;
}

static enum err check_row(struct check *c, struct arena *row_arena, int64_t sheet_no, struct intake_walk *walk, const struct row *row) {
	struct intake_item item;
	struct ctx ctx = *c->ctx; /* its own arena and failures, dropped with the row */
	ctx.arena = row_arena;
	ctx.error = NULL;
	intake_walk_row(walk, row_arena, row, &item);
	if (item.kind != ROW_DATA || !item.name.n) return ERR_OK;
	enum err e = examine(c, &ctx, sheet_no, &item);
	c->rows++;
	if (e) return fail(c->ctx, e, S(""), S("store_failed"));
	return c->batch_n == BATCH_ROWS ? flush(c) : ERR_OK;
}

static enum err check_sheet(struct check *c, const struct intake_sheet *sheet, size_t sheet_no) {
	struct sheet_reader *reader;
	struct sheet_problem problem;
	struct arena row_arena = {0};
	const struct row *row;
	struct intake_walk *walk = intake_walk_new(c->ctx->arena, sheet, &c->file->env, &c->file->fixes[sheet_no]);
	enum err e = sheet_read(c->ctx->arena, c->file->book, sheet_no, &reader, &problem);
	if (e) return import_refuse(c->ctx, e, &problem);
	while (!(e = sheet_next(reader, &row)) && row) {
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

static bool is_checkable(int32_t state) {
	return state == IMPORT_RECOGNISED || state == IMPORT_CHECKED;
}

enum err import_check(struct ctx *ctx, int64_t id, bool takes_errors, struct job *job) {
	struct import_file file;
	struct intake in;
	struct check *c = arena_alloc(ctx->arena, sizeof *c);
	enum err e = import_file_open(ctx, id, &file);
	if (!e && !is_checkable(file.rec.state)) e = fail(ctx, ERR_CONFLICT, S(""), S("import_not_ready"));
	if (!e) e = import_recognise(ctx, &file, &in);
	int64_t loaded; /* the parameters, once for all rows */
	if (!e) e = param_int(ctx, S("size_band.S2"), 0, &loaded);
	if (e) return e;
	*c = (struct check){.ctx = ctx, .file = &file, .job = job, .takes_errors = takes_errors, .is_first = true};
	for (size_t i = 0; i < in.sheets_n; i++) c->total += in.sheets[i].kind == INTAKE_PROJECTS ? in.sheets[i].data_rows : 0;
	for (size_t i = 0; i < in.sheets_n && !e; i++)
		if (in.sheets[i].kind == INTAKE_PROJECTS) e = check_sheet(c, &in.sheets[i], i);
	if (!e) e = flush(c);
	if (!e) e = ctx_write(ctx, store_result, c);
	heap_free(c->seen);
	arena_release(&c->kept);
	arena_release(&c->names);
	return e;
}
