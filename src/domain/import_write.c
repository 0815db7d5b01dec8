/* import_write.c - writing a checked batch in one transaction, and taking it back. */
#include "domain/audit.h"
#include "domain/contact.h"
#include "domain/import_rows.h"
#include "domain/param.h"
#include "domain/write.h"

#include <jansson.h>

enum { PROGRESS_ROWS = 200 };

struct writing {
	struct import_file file;
	struct intake in;
	struct job *job;
	int64_t done, total;
	size_t sheet_no;
};

/* ---- one row ---- */

/* What was decided for a row in the dry run. */
struct decision {
	int64_t id, project_id;
	enum import_result result;
	bool is_written;     /* it is to be written */
};

static enum import_result result_of(struct str code) {
	for (int r = 0; r < RESULT__N; r++)
		if (str_eq(code, import_result_code((enum import_result)r))) return (enum import_result)r;
	return RESULT_ERROR;
}

/* Imported days become events that count nowhere until somebody verifies them. */
static const struct {
	struct str field;
	enum stage to;
} stage_days[] = {
	{S_("first_talk_date"), STAGE_TALK}, {S_("sign_date"), STAGE_SIGNED}, {S_("land_date"), STAGE_LANDED},
	{S_("start_date"), STAGE_STARTED}, {S_("produce_date"), STAGE_PRODUCING}, {S_("capacity_date"), STAGE_CAPACITY},
};

static struct str precision_of(const struct intake_item *item, struct str field) {
	for (size_t i = 0; i < item->values_n; i++) {
		const struct intake_value *v = &item->values[i];
		if (!str_eq(v->target->name, field)) continue;
		return v->precision == PRECISION_DAY ? S("DAY") : v->precision == PRECISION_MONTH ? S("MONTH") : S("YEAR");
	}
	return S("DAY");
}

static enum err add_events(struct ctx *ctx, const struct intake_item *item, const struct project *p) {
	enum err e = ERR_OK;
	for (size_t i = 0; i < sizeof stage_days / sizeof *stage_days && !e; i++) {
		const struct field *f = &project_fields[project_field_index(stage_days[i].field)];
		enum stage to = stage_days[i].to;
		if ((int32_t)to > p->stage || field_is_missing(f, p)) continue;
		e = DB_RUN(ctx->db, Q_IMPORT_EVENT_ADD, VI(p->record.id), VT(project_stages[to - 1].code), VT(project_stages[to].code),
			field_value(f, ctx->arena, p), VT(precision_of(item, f->name)), VI(p->import_id), VI(ctx->now_ms));
	}
	return fail_store(ctx, e);
}

/* The clock of the stage it is in runs from the day the sheet gives, else from today. */
static void set_clock(struct ctx *ctx, struct project *p) {
	p->stage_since_date = ctx->today;
	for (size_t i = 0; i < sizeof stage_days / sizeof *stage_days; i++) {
		const struct field *f = &project_fields[project_field_index(stage_days[i].field)];
		if ((int32_t)stage_days[i].to == p->stage && !field_is_missing(f, p))
			(void)day_parse(field_value(f, ctx->arena, p).s, &p->stage_since_date);
	}
}

static enum err add_contact(struct ctx *ctx, const struct intake_item *item, int64_t project_id) {
	struct contact k;
	struct str phone = import_text(item, S("contact_phone")), name = import_text(item, S("contact_name"));
	const struct error *kept = ctx->error;
	if (!name.n && !phone.n) return ERR_OK;
	record_init(&contact_noun, &k);
	k.owner_kind = OWNER_PROJECT;
	k.owner_id = project_id;
	k.name = name.n ? str_cp_head(name, 50) : S("—");
	int at = field_index(&contact_noun, S("mobile"));
	if (phone.n && field_set_text(ctx, &contact_noun.fields[at], &k, phone)) {
		ctx->error = kept; /* a number that is none was named in the dry run; the person stays */
		if (!name.n) return ERR_OK;
	}
	return record_insert(ctx, &contact_noun, &k);
}

static enum err write_new(struct ctx *ctx, struct writing *w, const struct intake_item *item, const struct decision *d) {
	struct project p;
	struct fieldset set = {0};
	const struct error *kept = ctx->error;
	record_init(&project_noun, &p);
	(void)import_fill(ctx, &w->file.rec, item, &p, &set);
	ctx->error = kept; /* wrong cells are left out, as the dry run said */
	p.import_id = w->file.rec.record.id;
	if (p.stage == CHOICE_NONE) p.stage = STAGE_LEAD;
	p.is_stage_verified = p.stage == STAGE_LEAD;
	p.missing_fields = import_missing(ctx->arena, &p);
	set_clock(ctx, &p);
	enum err e = record_insert(ctx, &project_noun, &p);
	if (!e) e = add_events(ctx, item, &p);
	if (!e) e = add_contact(ctx, item, p.record.id);
	if (e) return e;
	return fail_store(ctx, DB_RUN(ctx->db, Q_IMPORT_ROW_WRITTEN, VI(d->id), VI(p.record.id), VI(p.record.row_version), VNULL));
}

/* What stood there before, field by field, so that the batch can be taken back. */
static struct str undo_of(struct ctx *ctx, const struct project *old, const struct project *p) {
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	json_obj(&j);
	for (size_t i = 0; i < project_noun.fields_n; i++) {
		const struct field *f = &project_fields[i];
		if ((f->flags & FIELD_VIEW) || field_equal(f, old, p)) continue;
		struct value v = field_value(f, ctx->arena, old);
		json_key(&j, f->name);
		json_str(&j, v.kind == V_NULL ? S("") : v.kind == V_INT ? str_of_int(ctx->arena, v.i) : v.s);
	}
	json_end(&j);
	return buf_str(&b);
}

/* Stages move by proposals only: an update leaves them and their days as they are. */
static void keep_way(const struct project *old, struct project *p) {
	p->stage = old->stage;
	p->side = old->side;
	p->first_talk_date = old->first_talk_date;
	p->sign_date = old->sign_date;
	p->land_date = old->land_date;
	p->start_date = old->start_date;
	p->produce_date = old->produce_date;
	p->capacity_date = old->capacity_date;
}

static enum err write_update(struct ctx *ctx, struct writing *w, const struct intake_item *item, const struct decision *d) {
	struct project old, p;
	struct fieldset set = {0};
	const struct error *kept = ctx->error;
	enum err e = record_get(ctx, &project_noun, d->project_id, &old);
	if (e) return e;
	p = old;
	(void)import_fill(ctx, &w->file.rec, item, &p, &set);
	ctx->error = kept;
	keep_way(&old, &p);
	if ((e = record_update(ctx, &project_noun, &old, &p, &set))) return e;
	return fail_store(ctx, DB_RUN(ctx->db, Q_IMPORT_ROW_WRITTEN, VI(d->id), VI(p.record.id), VI(p.record.row_version ? p.record.row_version : old.record.row_version), VT(undo_of(ctx, &old, &p))));
}

/* ---- the batch ---- */

static bool is_wanted(struct str choice) {
	return str_eq(choice, S("write")) || str_eq(choice, S("mine"));
}

/* The decisions come in the order of the file, as its rows do. */
static bool next_decision(struct rows *r, int64_t sheet_no, struct decision *d, int64_t *row_no) {
	while (rows_next(r)) {
		if (rows_int(r, 1) != sheet_no) continue;
		*d = (struct decision){.id = rows_int(r, 0), .project_id = rows_int(r, 4), .result = result_of(rows_text(r, 3)), .is_written = is_wanted(rows_text(r, 8))};
		*row_no = rows_int(r, 2);
		return true;
	}
	return false;
}

static enum err write_row(struct ctx *ctx, struct writing *w, const struct intake_item *item, const struct decision *d) {
	if (!d->is_written) return ERR_OK;
	enum err e = d->project_id ? write_update(ctx, w, item, d) : write_new(ctx, w, item, d);
	if (w->job && ++w->done % PROGRESS_ROWS == 0) {
		job_progress(w->job, w->done, w->total);
		if (job_is_cancelled(w->job)) return fail(ctx, ERR_CONFLICT, S(""), S("job_cancelled"));
	}
	return e;
}

static enum err write_sheet(struct ctx *ctx, struct writing *w, size_t sheet_no) {
	struct sheet_reader *reader;
	struct sheet_problem problem;
	struct arena row_arena = {0};
	struct rows *decisions;
	struct decision d;
	const struct row *row;
	int64_t row_no = 0;
	struct intake_walk *walk = intake_walk_new(ctx->arena, &w->in.sheets[sheet_no], &w->file.env, &w->file.fixes[sheet_no]);
	enum err e = sheet_read(ctx->arena, w->file.book, sheet_no, &reader, &problem);
	if (e) return import_refuse(ctx, e, &problem);
	if ((e = DB_QUERY(ctx->db, ctx->arena, Q_IMPORT_ROWS_AFTER, &decisions, VI(w->file.rec.record.id), VI(0), VI(INT64_MAX)))) return fail_store(ctx, e);
	bool has_decision = next_decision(decisions, (int64_t)sheet_no, &d, &row_no);
	while (!e && has_decision && !(e = sheet_next(reader, &row)) && row) {
		struct intake_item item;
		struct ctx row_ctx = *ctx;
		row_ctx.arena = &row_arena;
		intake_walk_row(walk, &row_arena, row, &item);
		if (row->number == row_no) {
			e = write_row(&row_ctx, w, &item, &d);
			if (e && row_ctx.error && row_ctx.error != ctx->error)
				e = fail_with(ctx, e, str_copy(ctx->arena, row_ctx.error->field), str_copy(ctx->arena, row_ctx.error->rule),
					str_copy(ctx->arena, row_ctx.error->args[0]), str_copy(ctx->arena, row_ctx.error->args[1]));
			has_decision = next_decision(decisions, (int64_t)sheet_no, &d, &row_no);
		}
		arena_reset(&row_arena);
	}
	rows_done(decisions);
	arena_release(&row_arena);
	if (e && !ctx->error) return import_refuse(ctx, e, sheet_reader_problem(reader));
	return e;
}

static enum err write_all(struct ctx *ctx, void *arg) {
	struct writing *w = arg;
	struct import now = w->file.rec;
	enum err e = ERR_OK;
	int64_t loaded;
	w->done = 0;
	ctx->params = NULL;
	e = param_int(ctx, S("size_band.S2"), 0, &loaded);
	for (size_t i = 0; i < w->in.sheets_n && !e; i++)
		if (w->in.sheets[i].kind == INTAKE_PROJECTS) e = write_sheet(ctx, w, i);
	now.state = IMPORT_WRITTEN;
	return e ? e : record_store(ctx, &import_noun, &w->file.rec, &now, S("import"));
}

enum err import_write(struct ctx *ctx, int64_t id, struct job *job) {
	struct writing w = {.job = job};
	enum err e = import_file_open(ctx, id, &w.file);
	if (!e && w.file.rec.state != IMPORT_CHECKED) e = fail(ctx, ERR_CONFLICT, S(""), S("import_not_ready"));
	if (!e) e = import_recognise(ctx, &w.file, &w.in);
	if (e) return e;
	w.total = w.file.rec.rows_total == NONE ? 0 : w.file.rec.rows_total;
	return ctx_write(ctx, write_all, &w);
}

/* ---- taking it back ---- */

/* Only while nothing was built on it: each project still as this batch left it. */
static enum err refuse_if_changed(struct ctx *ctx, int64_t id) {
	struct rows *r;
	struct buf names = {.arena = ctx->arena};
	int64_t n = 0;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_IMPORT_CHANGED_SINCE, &r, VI(id));
	if (e) return fail_store(ctx, e);
	for (; rows_next(r); n++) {
		if (n >= 3) continue;
		if (n) buf_c(&names, "、");
		buf_add(&names, rows_text(r, 0));
	}
	e = rows_error(r);
	rows_done(r);
	if (e) return fail_store(ctx, e);
	return n ? fail_with(ctx, ERR_CONFLICT, S(""), S("import_changed_since"), str_of_int(ctx->arena, n), buf_str(&names)) : ERR_OK;
}

static void free_json(void *it) {
	json_decref(it);
}

static enum err undo_update(struct ctx *ctx, const struct project *now, struct str undo) {
	struct project p = *now;
	const char *key;
	json_t *v, *all = json_loadb(undo.p, undo.n, 0, NULL);
	if (!all) return fail(ctx, ERR_STORE, S(""), S("store_failed"));
	arena_defer(ctx->arena, free_json, all);
	json_object_foreach(all, key, v) {
		int i = project_field_index(str_c(key));
		if (i >= 0) (void)field_set_text(ctx, &project_fields[i], &p, str_c(json_string_value(v)));
	}
	return record_store(ctx, &project_noun, now, &p, S("rollback"));
}

static enum err undo_row(struct ctx *ctx, int64_t row_id, int64_t project_id, struct str undo) {
	struct project p;
	enum err e = record_get(ctx, &project_noun, project_id, &p);
	if (!e) e = undo.n ? undo_update(ctx, &p, undo) : record_delete(ctx, &project_noun, &p);
	return e ? e : fail_store(ctx, DB_RUN(ctx->db, Q_IMPORT_ROW_UNWRITTEN, VI(row_id)));
}

struct rollback {
	int64_t id;
	struct job *job;
};

static enum err roll_back_all(struct ctx *ctx, void *arg) {
	struct rollback *b = arg;
	struct import rec, now;
	struct rows *r;
	enum err e = record_get(ctx, &import_noun, b->id, &rec);
	if (!e && rec.state != IMPORT_WRITTEN) e = fail(ctx, ERR_CONFLICT, S(""), S("import_not_ready"));
	if (!e) e = refuse_if_changed(ctx, b->id);
	if (!e) e = fail_store(ctx, DB_QUERY(ctx->db, ctx->arena, Q_IMPORT_ROWS_AFTER, &r, VI(b->id), VI(0), VI(INT64_MAX)));
	if (e) return e;
	for (int64_t n = 0; !e && rows_next(r); n++) {
		if (!rows_int(r, 9)) continue;
		e = undo_row(ctx, rows_int(r, 0), rows_int(r, 4), str_copy(ctx->arena, rows_text(r, 10)));
		if (b->job && n % PROGRESS_ROWS == 0) job_progress(b->job, n, rec.rows_total == NONE ? 0 : rec.rows_total);
	}
	if (!e) e = fail_store(ctx, rows_error(r));
	rows_done(r);
	if (!e) e = fail_store(ctx, DB_RUN(ctx->db, Q_IMPORT_EVENTS_VOID, VI(b->id)));
	now = rec;
	now.state = IMPORT_ROLLED_BACK;
	return e ? e : record_store(ctx, &import_noun, &rec, &now, S("rollback"));
}

/* ---- as jobs ---- */

static enum err check_job(struct ctx *ctx, struct job *job, void *arg) {
	return import_check(ctx, *(const int64_t *)arg, false, job);
}

static enum err write_job(struct ctx *ctx, struct job *job, void *arg) {
	return import_write(ctx, *(const int64_t *)arg, job);
}

static enum err rollback_job(struct ctx *ctx, struct job *job, void *arg) {
	struct rollback b = {.id = *(const int64_t *)arg, .job = job};
	return ctx_write(ctx, roll_back_all, &b);
}

static enum err start(struct ctx *ctx, int64_t id, struct str kind, job_work work, int64_t *job_id) {
	struct import rec;
	enum err e = record_get(ctx, &import_noun, id, &rec);
	if (e) return e;
	int64_t *arg = heap_alloc(sizeof *arg);
	*arg = id;
	return job_start(ctx, kind, id, work, arg, job_id);
}

enum err import_check_start(struct ctx *ctx, int64_t id, int64_t *job_id) {
	return start(ctx, id, S("import_check"), check_job, job_id);
}

enum err import_write_start(struct ctx *ctx, int64_t id, int64_t *job_id) {
	return start(ctx, id, S("import_write"), write_job, job_id);
}

enum err import_rollback_start(struct ctx *ctx, int64_t id, int64_t *job_id) {
	return start(ctx, id, S("import_rollback"), rollback_job, job_id);
}
