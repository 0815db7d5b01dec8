#include "domain/bulk.h"

#include "domain/edit.h"
#include "domain/import_plan.h"
#include "domain/noun.h"
#include "domain/proposal.h"
#include "domain/rights.h"
#include "domain/stored_json.h"
#include "domain/write.h"

enum { PAGE = 100 };

static const struct choice acts[BULK_WHAT__N] = {
	[BULK_SET] = {S_("SET"), S_("改字段"), S_("Set fields"), S_("")},
	[BULK_PROPOSE] = {S_("PROPOSE"), S_("提交事项"), S_("Propose"), S_("")},
};
static const struct choice states[BULK_STATE__N] = {
	[BULK_CHECKING] = {S_("CHECKING"), S_("预览中"), S_("Being checked"), S_("")},
	[BULK_CHECKED] = {S_("CHECKED"), S_("待确认"), S_("Checked"), S_("")},
	[BULK_RUNNING] = {S_("RUNNING"), S_("执行中"), S_("Running"), S_("")},
	[BULK_DONE] = {S_("DONE"), S_("已完成"), S_("Done"), S_("")},
	[BULK_UNDOING] = {S_("UNDOING"), S_("撤销中"), S_("Being taken back"), S_("")},
	[BULK_UNDONE] = {S_("UNDONE"), S_("已撤销"), S_("Taken back"), S_("")},
};

#define F(m, ...) FIELD(bulk, m, __VA_ARGS__)
static const struct field fields[] = {
	F(act, F_ENUM, GIVEN | FIELD_REQUIRED, "操作", "Act", .group = S_("base"), CHOICES(acts)),
	F(wish, F_LONG, FIELD_SERVER | FIELD_REQUIRED, "内容", "What", .group = S_("base"), .max = 100000),
	F(state, F_ENUM, GIVEN | FIELD_REQUIRED, "状态", "State", .group = S_("base"), CHOICES(states)),
	F(rows_total, F_INT, FIELD_SERVER | FIELD_LIST | FIELD_REQUIRED, "项目数", "Projects", .group = S_("base")),
	F(job_id, F_INT, FIELD_SERVER, "任务", "Job", .group = S_("other"), .max = INT64_C(1) << 53),
};
#undef F

static const struct order orders[] = {DESC(id)};

const struct noun bulk_noun = {
	.name = S_("bulk"), .plural = S_("bulks"), .zh = S_("批量操作"), .en = S_("Bulk act"),
	.table = S_("bulk_act"), .object = OBJ_EDIT, .size = sizeof(struct bulk), FIELDS(fields),
	.visible = Q_BULK_VISIBLE, .label = S_("act"), ORDERS(orders),
};

/* ---- one project ---- */

struct act_of {
	enum bulk_what act;
	json_t *wish;
};

static enum err set_fields(struct ctx *ctx, json_t *wish, const struct project *old, bool *is_same) {
	const struct error *before = ctx->error;
	struct project p = *old;
	struct fieldset set = {0};
	const char *key;
	json_t *v;
	bool differs = false;
	json_object_foreach(wish, key, v) {
		int i = project_field_index(str_c(key));
		if (i < 0 || field_set_text(ctx, &project_fields[i], &p, str_c(json_string_value(v)))) continue;
		fieldset_add(&set, (size_t)i);
		differs = differs || !field_equal(&project_fields[i], old, &p);
	}
	if (ctx->error != before) return ctx->error->code;
	*is_same = !differs;
	return differs ? record_update(ctx, &project_noun, old, &p, &set) : ERR_OK;
}

/* Members of a proposal that a bulk act may carry; to_stage absent = the next one of each project. */
static const struct str proposal_members[] = {S_("kind"), S_("to_stage"), S_("event_date"), S_("reason_code"), S_("reason")};

static enum err read_proposal(struct ctx *ctx, json_t *wish, struct proposal *q) {
	const struct error *before = ctx->error;
	record_init(&proposal_noun, q);
	for (size_t i = 0; i < sizeof proposal_members / sizeof *proposal_members; i++) {
		int at = field_index(&proposal_noun, proposal_members[i]);
		json_t *v = json_object_get(wish, proposal_members[i].p);
		if (at >= 0 && v) (void)field_set_text(ctx, &proposal_noun.fields[at], q, str_c(json_string_value(v)));
	}
	if (q->kind == CHOICE_NONE) fail(ctx, ERR_INVALID, S("kind"), S("required"));
	return ctx->error == before ? ERR_OK : ctx->error->code;
}

static enum err propose(struct ctx *ctx, json_t *wish, const struct project *p, int64_t *proposal_id) {
	struct proposal q;
	enum err e = need(ctx, OBJ_PROPOSAL, CAN_SUBMIT);
	if (!e) e = read_proposal(ctx, wish, &q);
	if (e) return e;
	if (q.kind == PROPOSE_ADVANCE && q.to_stage == CHOICE_NONE && p->stage + 1 < STAGE__N) q.to_stage = p->stage + 1;
	q.project_version = p->record.row_version;
	e = proposal_make(ctx, p, &q);
	*proposal_id = q.record.id;
	return e;
}

struct one {
	struct ctx *ctx;
	const struct act_of *what;
	int64_t row_id, project_id, version, proposal_id, bulk_id;
	bool is_same, is_dry, has_failed;
	const struct error *before, *error;
};

static enum err act_on(struct ctx *ctx, struct one *o) {
	struct project p;
	enum err e = need(ctx, OBJ_PROJECT, CAN_UPDATE);
	if (!e) e = record_get(ctx, &project_noun, o->project_id, &p);
	if (e) return e;
	if (p.record.row_version != o->version) return fail(ctx, ERR_CONFLICT, S("row_version"), S("stale"));
	return o->what->act == BULK_SET ? set_fields(ctx, o->what->wish, &p, &o->is_same)
		: propose(ctx, o->what->wish, &p, &o->proposal_id);
}

static enum err take_back(struct ctx *ctx, struct one *o) {
	int64_t edit;
	if (o->proposal_id) return proposal_act(ctx, o->proposal_id, ACT_WITHDRAW, S(""), NONE);
	const struct value v[] = {VI(o->bulk_id), VI(o->project_id)};
	enum err e = db_int(ctx->db, Q_EDIT_OF_BULK, v, 2, &edit);
	if (e == ERR_NOT_FOUND) return fail(ctx, ERR_CONFLICT, S(""), S("undone_already"));
	return e ? fail_store(ctx, e) : edit_undo(ctx, edit);
}

/* In a savepoint: what fails, and what was only tried, leaves nothing. */
static enum err part(struct db *db, void *arg) {
	struct one *o = arg;
	(void)db;
	o->ctx->error = o->before;
	enum err e = o->what ? act_on(o->ctx, o) : take_back(o->ctx, o);
	o->has_failed = e != ERR_OK;
	o->error = o->ctx->error;
	return e ? e : o->is_dry ? ERR_CONFLICT : ERR_OK;
}

/* ERR_STORE and ERR_BUSY end the page; all else is the row's own result. */
static enum err try_one(struct ctx *ctx, struct one *o) {
	o->ctx = ctx;
	o->before = ctx->error;
	enum err e = db_savepoint(ctx->db, part, o);
	ctx->error = o->before;
	if (e == ERR_STORE || e == ERR_BUSY) return fail_store(ctx, e);
	return ERR_OK;
}

static void put_problem(struct json *j, const struct error *e) {
	json_obj(j);
	json_put_str(j, "field", e->field);
	json_put_str(j, "rule", e->rule);
	json_key(j, S("args"));
	json_arr(j);
	for (size_t i = 0; i < sizeof e->args / sizeof *e->args; i++) json_str(j, e->args[i]);
	json_end(j);
	json_end(j);
}

/* In the order in which they were found; the chain has the newest first. */
static struct value problems_of(struct ctx *ctx, const struct one *o) {
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	size_t n = 0;
	if (!o->has_failed) return VNULL;
	for (const struct error *e = o->error; e && e != o->before; e = e->next) n++;
	const struct error **all = arena_array(ctx->arena, n + 1, sizeof *all);
	size_t at = n;
	for (const struct error *e = o->error; e && e != o->before; e = e->next) all[--at] = e;
	json_arr(&j);
	for (size_t i = 0; i < n; i++) put_problem(&j, all[i]);
	json_end(&j);
	return VT(buf_str(&b));
}

/* ---- jobs over pages ---- */

struct work {
	int64_t bulk_id;
	struct act_of what;
	const struct bulk_target *targets; /* of the check */
	size_t n, at;
	enum bulk_state from;              /* of run and undo */
	int64_t after, done;
	bool is_end;
};

static enum err load(struct ctx *ctx, struct work *w, struct bulk *b) {
	enum err e = record_get(ctx, &bulk_noun, w->bulk_id, b);
	if (e) return e;
	w->what.act = (enum bulk_what)b->act;
	w->what.wish = stored_json(ctx->arena, b->wish);
	return w->what.wish ? ERR_OK : fail(ctx, ERR_STORE, S(""), S("store_failed"));
}

static enum err check_page(struct ctx *ctx, void *arg) {
	struct work *w = arg;
	size_t end = w->at + PAGE < w->n ? w->at + PAGE : w->n;
	for (size_t i = w->at; i < end; i++) {
		struct one o = {.what = &w->what, .project_id = w->targets[i].project_id,
			.version = w->targets[i].row_version, .is_dry = true};
		enum err e = try_one(ctx, &o);
		if (e) return e;
		struct str result = o.has_failed ? S("REFUSED") : o.is_same ? S("SAME") : S("CHANGE");
		e = DB_RUN(ctx->db, Q_BULK_ROW_ADD, VI(w->bulk_id), VI(o.project_id), VI(o.version), VT(result), problems_of(ctx, &o));
		if (e) return fail_store(ctx, e);
	}
	return ERR_OK;
}

static enum err check_page_job(struct ctx *ctx, void *arg) {
	return import_apart(ctx, check_page, arg);
}

struct state_of {
	int64_t id, job_id;
	enum bulk_state state;
};

static enum err set_state(struct ctx *ctx, void *arg) {
	const struct state_of *s = arg;
	return fail_store(ctx, DB_RUN(ctx->db, Q_BULK_STATE_SET, VI(s->id), VT(states[s->state].code),
		s->job_id ? VI(s->job_id) : VNULL, VI(ctx->now_ms)));
}

static enum err go_to(struct ctx *ctx, int64_t id, enum bulk_state state, int64_t job_id) {
	return ctx_write(ctx, set_state, &(struct state_of){id, job_id, state});
}

static void tell(struct ctx *ctx, struct job *job, int64_t bulk_id) {
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	const struct error *before = ctx->error;
	if (!bulk_counts(ctx, bulk_id, &j)) job_message(job, buf_str(&b));
	ctx->error = before;
}

struct targets_arg {
	int64_t bulk_id;
	size_t n;
	struct bulk_target t[];
};

static enum err check_work(struct ctx *ctx, struct job *job, void *arg) {
	const struct targets_arg *a = arg;
	struct work w = {.bulk_id = a->bulk_id, .targets = a->t, .n = a->n};
	struct bulk b;
	enum err e = load(ctx, &w, &b);
	for (; !e && w.at < w.n; w.at += PAGE) {
		if (job_is_cancelled(job)) return fail(ctx, ERR_CONFLICT, S(""), S("job_cancelled"));
		e = ctx_write(ctx, check_page_job, &w);
		job_progress(job, (int64_t)(w.at + PAGE < w.n ? w.at + PAGE : w.n), (int64_t)w.n);
	}
	if (!e) e = go_to(ctx, w.bulk_id, BULK_CHECKED, 0);
	if (!e) tell(ctx, job, w.bulk_id);
	return e;
}

struct page {
	struct one rows[PAGE];
	size_t n;
};

static enum err read_rows(struct ctx *ctx, const struct work *w, struct str result, struct page *out) {
	struct rows *r;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_BULK_ROWS_WITH, &r, VI(w->bulk_id), VT(result), VI(w->after), VI(PAGE));
	if (e) return fail_store(ctx, e);
	for (out->n = 0; out->n < PAGE && rows_next(r); out->n++)
		out->rows[out->n] = (struct one){.row_id = rows_int(r, 0), .project_id = rows_int(r, 1),
			.version = rows_int(r, 2), .proposal_id = rows_int(r, 3), .bulk_id = w->bulk_id};
	e = rows_error(r);
	rows_done(r);
	return e ? fail_store(ctx, e) : ERR_OK;
}

static enum err run_page(struct ctx *ctx, void *arg) {
	struct work *w = arg;
	bool is_undo = w->from == BULK_UNDOING;
	struct page *page = arena_alloc(ctx->arena, sizeof *page);
	enum err e = read_rows(ctx, w, is_undo ? S("DONE") : S("CHANGE"), page);
	for (size_t i = 0; i < page->n && !e; i++) {
		struct one *o = &page->rows[i];
		o->what = is_undo ? NULL : &w->what;
		if ((e = try_one(ctx, o))) break;
		struct str result = is_undo ? (o->has_failed ? S("KEPT") : S("UNDONE")) : o->has_failed ? S("FAILED") : S("DONE");
		e = fail_store(ctx, DB_RUN(ctx->db, Q_BULK_ROW_SET, VI(o->row_id), VT(result), problems_of(ctx, o),
			!is_undo && !o->has_failed && o->proposal_id ? VI(o->proposal_id) : VNULL));
	}
	w->is_end = page->n < PAGE;
	if (page->n) w->after = page->rows[page->n - 1].row_id;
	w->done += (int64_t)page->n;
	return e;
}

static enum err run_page_job(struct ctx *ctx, void *arg) {
	struct work *w = arg;
	const struct work start = *w;
	ctx->bulk_id = w->from == BULK_UNDOING ? 0 : w->bulk_id;
	enum err e = import_apart(ctx, run_page, w);
	if (e) *w = start; /* PostgreSQL may run it again */
	return e;
}

struct run_arg {
	int64_t bulk_id;
	enum bulk_state state;
};

/* What was done stays and can be taken back; the rest was not touched. */
static enum err stopped(struct ctx *ctx, int64_t bulk_id, enum err why) {
	const struct error *said = ctx->error;
	(void)go_to(ctx, bulk_id, BULK_DONE, 0);
	ctx->error = said;
	return why;
}

static enum err run_work(struct ctx *ctx, struct job *job, void *arg) {
	const struct run_arg *a = arg;
	struct work w = {.bulk_id = a->bulk_id, .from = a->state};
	struct bulk b;
	enum err e = load(ctx, &w, &b);
	while (!e && !w.is_end) {
		e = job_is_cancelled(job) ? fail(ctx, ERR_CONFLICT, S(""), S("job_cancelled"))
			: ctx_write(ctx, run_page_job, &w);
		job_progress(job, w.done, b.rows_total);
	}
	if (e) return stopped(ctx, w.bulk_id, e);
	e = go_to(ctx, w.bulk_id, w.from == BULK_UNDOING ? BULK_UNDONE : BULK_DONE, 0);
	if (!e) tell(ctx, job, w.bulk_id);
	return e;
}

/* ---- opening and starting ---- */

static enum err check_wish(struct ctx *ctx, enum bulk_what act, json_t *wish) {
	const struct error *before = ctx->error;
	struct proposal q;
	const char *key;
	json_t *v;
	if (!json_object_size(wish)) return fail(ctx, ERR_INVALID, act == BULK_SET ? S("set") : S("propose"), S("required"));
	if (act == BULK_PROPOSE) return read_proposal(ctx, wish, &q);
	json_object_foreach(wish, key, v) {
		int i = project_field_index(str_c(key));
		if (i < 0 || !(project_fields[i].flags & FIELD_BULK))
			fail_with(ctx, ERR_INVALID, str_copy(ctx->arena, str_c(key)), S("not_in_bulk"), str_copy(ctx->arena, str_c(key)), S(""));
	}
	return ctx->error == before ? ERR_OK : ctx->error->code;
}

static enum err insert(struct ctx *ctx, void *arg) {
	return record_insert(ctx, &bulk_noun, arg);
}

enum err bulk_open(struct ctx *ctx, enum bulk_what act, struct str wish_json, const struct bulk_target *t,
		size_t n, int64_t *bulk_id, int64_t *job_id) {
	struct bulk b;
	if (!n) return fail(ctx, ERR_INVALID, S("rows"), S("bulk_no_row"));
	if (n > BULK_ROWS_MAX)
		return fail_with(ctx, ERR_TOO_LARGE, S("rows"), S("bulk_too_many"), str_of_int(ctx->arena, BULK_ROWS_MAX), S(""));
	enum err e = check_wish(ctx, act, stored_json(ctx->arena, wish_json));
	if (e) return e;
	record_init(&bulk_noun, &b);
	b.act = act;
	b.wish = wish_json;
	b.state = BULK_CHECKING;
	b.rows_total = (int64_t)n;
	if ((e = ctx_write(ctx, insert, &b))) return e;
	*bulk_id = b.record.id;
	struct targets_arg *a = heap_alloc(sizeof *a + n * sizeof *t);
	a->bulk_id = b.record.id;
	a->n = n;
	for (size_t i = 0; i < n; i++) a->t[i] = t[i];
	e = job_start(ctx, S("bulk_check"), b.record.id, check_work, a, job_id);
	return e ? e : go_to(ctx, b.record.id, BULK_CHECKING, *job_id);
}

static enum err start(struct ctx *ctx, int64_t id, enum bulk_state to, int64_t *job_id) {
	struct bulk b;
	enum err e = record_get(ctx, &bulk_noun, id, &b);
	if (e) return e;
	int64_t running;
	if ((e = db_int(ctx->db, Q_BULK_JOB_RUNS, &VI(id), 1, &running))) return fail_store(ctx, e);
	/* RUNNING and UNDOING without a job are what a stopped server left: what was done is taken back. */
	bool is_ready = to == BULK_RUNNING ? b.state == BULK_CHECKED : b.state >= BULK_RUNNING && b.state < BULK_UNDONE;
	if (!is_ready || running)
		return fail_with(ctx, ERR_CONFLICT, S("state"), S("bulk_not_ready"),
			ctx->lang == LANG_EN ? states[b.state].en : states[b.state].zh, S(""));
	if ((e = go_to(ctx, id, to, 0))) return e;
	struct run_arg *a = heap_alloc(sizeof *a);
	*a = (struct run_arg){id, to};
	e = job_start(ctx, to == BULK_RUNNING ? S("bulk_run") : S("bulk_undo"), id, run_work, a, job_id);
	if (e) (void)go_to(ctx, id, (enum bulk_state)b.state, 0);
	return e;
}

enum err bulk_run_start(struct ctx *ctx, int64_t bulk_id, int64_t *job_id) {
	return start(ctx, bulk_id, BULK_RUNNING, job_id);
}

enum err bulk_undo_start(struct ctx *ctx, int64_t bulk_id, int64_t *job_id) {
	return start(ctx, bulk_id, BULK_UNDOING, job_id);
}

/* ---- telling ---- */

enum err bulk_rows(struct ctx *ctx, int64_t bulk_id, struct str result, int64_t after, int64_t limit,
		struct rows **out) {
	struct value v[SCOPE_PARAMS + 4];
	scope_params(ctx, OBJ_PROJECT, v);
	v[SCOPE_PARAMS] = VI(bulk_id);
	v[SCOPE_PARAMS + 1] = VT(result);
	v[SCOPE_PARAMS + 2] = VI(after);
	v[SCOPE_PARAMS + 3] = VI(limit);
	return fail_store(ctx, db_query(ctx->db, ctx->arena, Q_BULK_ROWS_SEEN, v, SCOPE_PARAMS + 4, out));
}

enum err bulk_counts(struct ctx *ctx, int64_t bulk_id, struct json *j) {
	static const struct str results[] = {S_("CHANGE"), S_("SAME"), S_("REFUSED"), S_("DONE"), S_("FAILED"), S_("UNDONE"), S_("KEPT")};
	int64_t counts[sizeof results / sizeof *results] = {0};
	struct rows *r;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_BULK_COUNTS, &r, VI(bulk_id));
	if (e) return fail_store(ctx, e);
	while (rows_next(r))
		for (size_t i = 0; i < sizeof results / sizeof *results; i++)
			if (str_eq(results[i], rows_text(r, 0))) counts[i] = rows_int(r, 1);
	e = rows_error(r);
	rows_done(r);
	json_obj(j);
	for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
		json_key(j, results[i]);
		json_int(j, counts[i]);
	}
	json_end(j);
	return fail_store(ctx, e);
}
