/* demo_history.c - the audit rows of what the demo city's people did, read back from the rows themselves. */
#include "domain/audit.h"
#include "domain/demo_parts.h"

enum { COL_AT, COL_ACCOUNT, COL_LOGIN, COL_ROLE, COL_SCOPE, COL_ACTION, COL_OBJECT, COL_OBJECT_ID, COL_PROJECT };

static enum err put_act(struct ctx *as, const struct rows *r) {
	as->now_ms = rows_int(r, COL_AT);
	as->actor = (struct actor){.account_id = rows_int(r, COL_ACCOUNT), .login = rows_text(r, COL_LOGIN),
		.scope = rows_text(r, COL_SCOPE)};
	if (!role_of(rows_text(r, COL_ROLE), &as->actor.role)) return ERR_STORE;
	return audit_add(as, &(struct audit_entry){.action = str_lower(as->arena, rows_text(r, COL_ACTION)),
		.outcome = S("DONE"), .object = rows_text(r, COL_OBJECT), .object_id = rows_int(r, COL_OBJECT_ID),
		.project_id = rows_int(r, COL_PROJECT)});
}

static enum err put_acts(struct ctx *as, struct rows *r) {
	struct arena row = {0};
	enum err e = ERR_OK;
	for (as->arena = &row; !e && rows_next(r); arena_reset(&row)) e = put_act(as, r);
	arena_release(&row);
	return e ? e : rows_error(r);
}

enum err demo_put_history(struct demo_city *c) {
	struct ctx as = *c->ctx;
	struct rows *r;
	as.now_ms = demo_at(c, day_of(2021, 1, 4), 0);
	enum err e = audit_add(&as, &(struct audit_entry){.action = S("setup"), .outcome = S("DONE"), .object = S("system")});
	if (!e) e = audit_batch_begin(&as);
	if (!e) e = db_query(as.db, &c->scratch, Q_DEMO_HISTORY, NULL, 0, &r);
	if (!e) {
		as.remote = S("127.0.0.1");
		e = put_acts(&as, r);
		rows_done(r);
	}
	as.arena = c->ctx->arena;
	if (!e) e = audit_batch_end(&as);
	if (as.error && !c->ctx->error) c->ctx->error = as.error;
	return e;
}
