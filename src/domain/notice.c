#include "domain/notice.h"

#include "domain/job.h"
#include "domain/project.h"
#include "domain/rights.h"

enum { SHOWN_MAX = 50, KEPT_DAYS = 90 };

static const struct choice kinds[NOTICE__N] = {
	[NOTICE_RETURNED] = {S_("RETURNED"), S_("被退回"), S_("Returned"), S_("")},
	[NOTICE_VERIFIED] = {S_("VERIFIED"), S_("核验通过，已生效"), S_("Verified, in effect"), S_("")},
	[NOTICE_REVIEWED] = {S_("REVIEWED"), S_("县级审核通过"), S_("Passed county review"), S_("")},
	[NOTICE_JOB_DONE] = {S_("JOB_DONE"), S_("任务完成"), S_("Job done"), S_("")},
	[NOTICE_JOB_FAILED] = {S_("JOB_FAILED"), S_("任务失败"), S_("Job failed"), S_("")},
};

enum err notice_add(struct ctx *ctx, const struct notice *n) {
	bool is_own_act = n->account_id == ctx->actor.account_id && n->kind < NOTICE_JOB_DONE;
	if (n->account_id <= 0 || is_own_act) return ERR_OK;
	enum err e = DB_RUN(ctx->db, Q_NOTICE_FORGET, VI(n->account_id), VI(ctx->now_ms - KEPT_DAYS * INT64_C(86400000)));
	if (!e)
		e = DB_RUN(ctx->db, Q_NOTICE_ADD, VI(n->account_id), VT(kinds[n->kind].code), n->project_id ? VI(n->project_id) : VNULL,
			n->object_id ? VI(n->object_id) : VNULL, v_text_or_null(n->name), v_text_or_null(n->detail), VI(ctx->now_ms));
	if (!e && ctx->notified_n < sizeof ctx->notified / sizeof *ctx->notified) ctx->notified[ctx->notified_n++] = n->account_id;
	return fail_store(ctx, e);
}

void notice_flush(struct ctx *ctx) {
	for (size_t i = 0; i < ctx->notified_n; i++) job_events_notice(ctx->app, ctx->notified[i]);
	ctx->notified_n = 0;
}

static struct str label_of(const struct ctx *ctx, struct str code) {
	for (size_t i = 0; i < NOTICE__N; i++)
		if (str_eq(kinds[i].code, code)) return ctx->lang == LANG_EN ? kinds[i].en : kinds[i].zh;
	return code;
}

static enum err put_items(struct ctx *ctx, struct json *j, int64_t *unread) {
	struct value v[SCOPE_PARAMS + 1];
	struct rows *r;
	scope_params(ctx, OBJ_PROJECT, v);
	v[SCOPE_PARAMS] = VI(SHOWN_MAX);
	enum err e = db_query(ctx->db, ctx->arena, Q_NOTICE_LIST, v, SCOPE_PARAMS + 1, &r);
	if (e) return fail_store(ctx, e);
	*unread = 0;
	json_key(j, S("items"));
	json_arr(j);
	while (rows_next(r)) {
		*unread += rows_is_null(r, 7);
		json_obj(j);
		json_put_int(j, "id", rows_int(r, 0));
		json_put_str(j, "kind", rows_text(r, 1));
		json_put_str(j, "label", label_of(ctx, rows_text(r, 1)));
		json_put_int_if(j, "project_id", !rows_is_null(r, 2), rows_int(r, 2));
		json_put_int_if(j, "object_id", !rows_is_null(r, 3), rows_int(r, 3));
		json_put_str_or_null(j, "name", rows_text(r, 4));
		json_put_str_or_null(j, "detail", rows_text(r, 5));
		json_put_int(j, "at_ms", rows_int(r, 6));
		json_put_bool(j, "is_read", !rows_is_null(r, 7));
		json_end(j);
	}
	json_end(j);
	e = rows_error(r);
	rows_done(r);
	return fail_store(ctx, e);
}

/* Red lights of what the actor made or serves, by the same query as every list. */
static enum err count_overdue(struct ctx *ctx, int64_t *n) {
	struct value params[VISIBLE_PARAMS];
	const struct cond red = {S("light"), COND_EQ, &VT(S("RED")), 1};
	const struct cond mine[] = {{S("officer_id"), COND_EQ, &VI(ctx->actor.account_id), 1},
		{S("created_by"), COND_EQ, &VI(ctx->actor.account_id), 1}};
	const struct select_spec spec = {.from = project_noun.visible, .params = params, .params_n = visible_params(ctx, &project_noun, params),
		.conds = &red, .conds_n = 1, .any = mine, .any_n = 2};
	struct rows *r;
	*n = 0;
	if (!may(ctx, OBJ_PROJECT, CAN_READ) || (rights_of(ctx->actor.role, OBJ_PROJECT) & STATE_ONLY)) return ERR_OK;
	enum err e = db_aggregate(ctx->db, ctx->arena, &spec, NULL, 0, &r);
	if (e) return fail_store(ctx, e);
	if (rows_next(r)) *n = rows_int(r, 0);
	e = rows_error(r);
	rows_done(r);
	return fail_store(ctx, e);
}

enum err notice_list(struct ctx *ctx, struct json *j) {
	int64_t unread = 0, overdue = 0;
	json_obj(j);
	enum err e = put_items(ctx, j, &unread);
	if (!e) e = count_overdue(ctx, &overdue);
	if (e) return e;
	json_put_int(j, "unread", unread);
	json_put_int(j, "overdue", overdue);
	json_end(j);
	return ERR_OK;
}

enum err notice_read(struct ctx *ctx, int64_t up_to) {
	return fail_store(ctx, DB_RUN(ctx->db, Q_NOTICE_READ, VI(ctx->actor.account_id), VI(up_to), VI(ctx->now_ms)));
}
