/* import_write.c - a checked batch becomes projects in one transaction, and can be taken back.
 *
 * Both go over import_row in pages: a page has an arena of its own, so that memory stays flat. */
#include "domain/audit.h"
#include "domain/code.h"
#include "domain/contact.h"
#include "domain/import_merge.h"
#include "domain/param.h"
#include "domain/stored_json.h"
#include "domain/write.h"

enum { PAGE_ROWS = 200 };

struct writing {
	int64_t id;
	struct job *job;
	struct import rec;
	struct intake_targets targets;
	int64_t done, total;
	struct import_written written;
};

/* A page of rows of import_row, read before anything is written. */
struct page {
	struct import_kept rows[PAGE_ROWS];
	size_t n;
};

/* ---- one row ---- */

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

static enum err set_written(struct ctx *ctx, int64_t row_id, const struct project *p, struct value undo) {
	return fail_store(ctx, DB_RUN(ctx->db, Q_IMPORT_ROW_WRITTEN, VI(row_id), VI(p->record.id),
		VI(p->record.row_version), undo));
}

static enum err write_new(struct ctx *ctx, struct writing *w, const struct intake_item *item,
		const struct import_kept *row, struct import_fit *fit) {
	struct project *p = &fit->now;
	p->missing_fields = import_missing(ctx->arena, p);
	enum err e = record_insert(ctx, &project_noun, p);
	if (!e) e = import_add_events(ctx, item, p);
	if (!e) e = add_contact(ctx, item, p->record.id);
	if (!e) e = set_written(ctx, row->id, p, VNULL);
	w->written.created++;
	return e;
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

static enum err write_update(struct ctx *ctx, struct writing *w, const struct project *old,
		const struct import_kept *row, struct import_fit *fit) {
	struct project *p = &fit->now;
	if (p->missing_fields.n) p->missing_fields = import_missing(ctx->arena, p);
	enum err e = record_store(ctx, &project_noun, old, p, S("update"));
	bool is_changed = p->record.row_version != old->record.row_version; /* not where every field in conflict stays */
	if (e || !is_changed) return e;
	w->written.updated++;
	return set_written(ctx, row->id, p, VT(undo_of(ctx, old, p)));
}

static enum err write_row(struct ctx *ctx, struct writing *w, const struct import_kept *row) {
	struct intake_item item;
	struct project old;
	struct import_fit *fit = arena_alloc(ctx->arena, sizeof *fit);
	enum err e = import_fit_kept(ctx, &w->rec, w->targets, row, &item, &old, fit);
	if (e) return e;
	if (!fit->is_storable) {
		w->written.left_out++;
		return ERR_OK;
	}
	return row->project_id ? write_update(ctx, w, &old, row, fit) : write_new(ctx, w, &item, row, fit);
}

/* ---- pages ---- */

static enum err read_page(struct ctx *ctx, enum query_id q, int64_t import_id, int64_t after,
		struct page *out) {
	struct rows *r;
	bool is_undo = q == Q_IMPORT_ROWS_DONE;
	enum err e = DB_QUERY(ctx->db, ctx->arena, q, &r, VI(import_id), VI(after), VI(PAGE_ROWS));
	if (e) return fail_store(ctx, e);
	for (out->n = 0; out->n < PAGE_ROWS && rows_next(r); out->n++) {
		struct import_kept *row = &out->rows[out->n];
		if (!is_undo) import_kept_read(ctx, r, row);
		else *row = (struct import_kept){.id = rows_int(r, 0), .project_id = rows_int(r, 1),
			.data = str_copy(ctx->arena, rows_text(r, 2))};
	}
	e = rows_error(r);
	rows_done(r);
	return e ? fail_store(ctx, e) : ERR_OK;
}

struct step {
	enum query_id query;
	int64_t import_id, after;
	bool is_end;
	struct writing *writing;
	enum err (*one)(struct ctx *ctx, struct writing *w, const struct import_kept *row);
};

static enum err do_page(struct ctx *ctx, void *arg) {
	struct step *s = arg;
	struct page *page = arena_alloc(ctx->arena, sizeof *page);
	enum err e = read_page(ctx, s->query, s->import_id, s->after, page);
	for (size_t i = 0; i < page->n && !e; i++) {
		const struct import_kept *row = &page->rows[i];
		s->after = row->id;
		e = s->one(ctx, s->writing, row);
		if (e && row->row_no && ctx->error && !str_eq(ctx->error->rule, S("import_stale")))
			fail_with(ctx, e, S(""), S("import_row_failed"), str_of_int(ctx->arena, row->row_no), row->name);
	}
	s->is_end = page->n < PAGE_ROWS;
	return e;
}

/* All rows of a query, one after the other; a cancel is looked at between pages. */
static enum err do_pages(struct ctx *ctx, struct step *s) {
	struct writing *w = s->writing;
	enum err e = ERR_OK;
	while (!e && !s->is_end) {
		if (w->job && job_is_cancelled(w->job)) return fail(ctx, ERR_CONFLICT, S(""), S("job_cancelled"));
		e = import_apart(ctx, do_page, s);
		w->done = w->done + PAGE_ROWS < w->total ? w->done + PAGE_ROWS : w->total;
		if (w->job) job_progress(w->job, w->done, w->total);
	}
	return e;
}

/* The same with audit rows and codes in batches, whose heads are written once. A run that PostgreSQL
 * repeats begins anew. */
static enum err do_pages_in_batch(struct ctx *ctx, struct step *s) {
	ctx->code_batch = NULL;
	ctx->audit_batch = NULL;
	enum err e = audit_batch_begin(ctx);
	if (e) return e;
	code_batch_begin(ctx);
	e = do_pages(ctx, s);
	if (!e) e = code_batch_end(ctx);
	if (!e) e = audit_batch_end(ctx);
	ctx->code_batch = NULL;
	ctx->audit_batch = NULL;
	return e;
}

/* ---- writing ---- */

static struct str summary_of(struct ctx *ctx, const struct import_written *w) {
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	json_obj(&j);
	json_put_int(&j, "created", w->created);
	json_put_int(&j, "updated", w->updated);
	json_put_int(&j, "left_out", w->left_out);
	json_end(&j);
	return buf_str(&b);
}

/* May run twice (PostgreSQL): what it counts begins anew. */
static enum err write_all(struct ctx *ctx, void *arg) {
	struct writing *w = arg;
	struct step s = {.query = Q_IMPORT_ROWS_WANTED, .import_id = w->id, .writing = w, .one = write_row};
	struct import now;
	int64_t loaded;
	w->done = 0;
	w->written = (struct import_written){0};
	ctx->params = NULL;
	enum err e = record_get(ctx, &import_noun, w->id, &w->rec);
	if (!e && w->rec.state != IMPORT_CHECKED) e = import_not_ready(ctx, &w->rec);
	if (!e) e = param_int(ctx, S("size_band.S2"), 0, &loaded); /* the parameters, once for all rows */
	if (e) return e;
	w->total = w->rec.rows_total == NONE ? 0 : w->rec.rows_total;
	if ((e = do_pages_in_batch(ctx, &s))) return e;
	now = w->rec;
	now.state = IMPORT_WRITTEN;
	now.summary = summary_of(ctx, &w->written);
	return record_store(ctx, &import_noun, &w->rec, &now, S("import"));
}

enum err import_write(struct ctx *ctx, int64_t id, struct job *job, struct import_written *out) {
	struct writing w = {.id = id, .job = job, .targets = intake_targets(ctx->arena)};
	enum err e = ctx_write(ctx, write_all, &w);
	if (!e && job) job_message(job, summary_of(ctx, &w.written));
	if (!e && out) *out = w.written;
	return e;
}

/* ---- taking it back ---- */

/* Only while nothing was built on it: each project still as this batch left it. */
static enum err refuse_if_changed(struct ctx *ctx, const struct import *rec) {
	enum { NAMED = 3 };
	struct rows *r;
	struct buf names = {.arena = ctx->arena};
	int64_t n = 0;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_IMPORT_CHANGED_SINCE, &r, VI(rec->record.id),
		VI(rec->record.updated_at_ms));
	if (e) return fail_store(ctx, e);
	for (; rows_next(r); n++) {
		if (n >= NAMED) continue;
		if (n) buf_c(&names, "、");
		buf_add(&names, rows_text(r, 0));
	}
	e = rows_error(r);
	rows_done(r);
	if (e) return fail_store(ctx, e);
	if (n > NAMED) buf_c(&names, "…");
	return n ? fail_with(ctx, ERR_CONFLICT, S(""), S("import_changed_since"),
		str_of_int(ctx->arena, n), buf_str(&names)) : ERR_OK;
}

static enum err undo_update(struct ctx *ctx, const struct project *now, struct str undo) {
	struct project p = *now;
	const char *key;
	json_t *v, *all = stored_json(ctx->arena, undo);
	if (!all) return fail(ctx, ERR_STORE, S(""), S("store_failed"));
	json_object_foreach(all, key, v) {
		int i = project_field_index(str_c(key));
		if (i >= 0) (void)field_set_text(ctx, &project_fields[i], &p, str_c(json_string_value(v)));
	}
	return record_store(ctx, &project_noun, now, &p, S("rollback"));
}

static enum err undo_row(struct ctx *ctx, struct writing *w, const struct import_kept *row) {
	struct project p;
	(void)w;
	enum err e = record_get(ctx, &project_noun, row->project_id, &p);
	if (!e) e = row->data.n ? undo_update(ctx, &p, row->data) : record_delete(ctx, &project_noun, &p);
	return e ? e : fail_store(ctx, DB_RUN(ctx->db, Q_IMPORT_ROW_UNWRITTEN, VI(row->id)));
}

static enum err roll_back_all(struct ctx *ctx, void *arg) {
	struct writing *w = arg;
	struct step s = {.query = Q_IMPORT_ROWS_DONE, .import_id = w->id, .writing = w, .one = undo_row};
	struct import now;
	w->done = 0;
	enum err e = record_get(ctx, &import_noun, w->id, &w->rec);
	if (!e && w->rec.state != IMPORT_WRITTEN) e = import_not_ready(ctx, &w->rec);
	if (!e) e = refuse_if_changed(ctx, &w->rec);
	if (e) return e;
	w->total = w->rec.rows_total == NONE ? 0 : w->rec.rows_total;
	/* before the rows forget what they wrote */
	e = fail_store(ctx, DB_RUN(ctx->db, Q_IMPORT_CONTACTS_DROP, VI(w->id), VI(ctx->now_ms)));
	if (!e) e = fail_store(ctx, DB_RUN(ctx->db, Q_IMPORT_EVENTS_VOID, VI(w->id)));
	if (!e) e = do_pages_in_batch(ctx, &s);
	now = w->rec;
	now.state = IMPORT_ROLLED_BACK;
	return e ? e : record_store(ctx, &import_noun, &w->rec, &now, S("import_rollback"));
}

/* ---- as jobs ---- */

static enum err check_job(struct ctx *ctx, struct job *job, void *arg) {
	return import_check(ctx, *(const int64_t *)arg, false, job);
}

static enum err write_job(struct ctx *ctx, struct job *job, void *arg) {
	return import_write(ctx, *(const int64_t *)arg, job, NULL);
}

static enum err rollback_job(struct ctx *ctx, struct job *job, void *arg) {
	struct writing w = {.id = *(const int64_t *)arg, .job = job};
	return ctx_write(ctx, roll_back_all, &w);
}

/* What cannot be done is refused before a job is made of it; the job asks again. */
static enum err start(struct ctx *ctx, int64_t id, struct str kind,
		bool (*may_start)(int32_t state), job_work work, int64_t *job_id) {
	struct import rec;
	enum err e = record_get(ctx, &import_noun, id, &rec);
	if (!e && !may_start(rec.state)) e = import_not_ready(ctx, &rec);
	if (e) return e;
	int64_t *arg = heap_alloc(sizeof *arg);
	*arg = id;
	return job_start(ctx, kind, id, work, arg, job_id);
}

static bool is_checked(int32_t state) {
	return state == IMPORT_CHECKED;
}

static bool is_written(int32_t state) {
	return state == IMPORT_WRITTEN;
}

enum err import_check_start(struct ctx *ctx, int64_t id, int64_t *job_id) {
	return start(ctx, id, S("import_check"), import_is_open, check_job, job_id);
}

enum err import_write_start(struct ctx *ctx, int64_t id, int64_t *job_id) {
	return start(ctx, id, S("import_write"), is_checked, write_job, job_id);
}

enum err import_rollback_start(struct ctx *ctx, int64_t id, int64_t *job_id) {
	return start(ctx, id, S("import_rollback"), is_written, rollback_job, job_id);
}
