#include "domain/write.h"

struct call {
	struct ctx *ctx;
	ctx_work work;
	void *arg;
	const struct error *error; /* before the job, so that a second run starts with no failure of the first */
	struct actor actor;
	bool has_failed;
};

static enum err run(struct db *db, void *arg) {
	struct call *c = arg;
	c->ctx->db = db;
	c->ctx->error = c->error;
	c->ctx->actor = c->actor;
	enum err e = c->work(c->ctx, c->arg);
	c->has_failed = e != ERR_OK;
	return e;
}

enum err ctx_write(struct ctx *ctx, ctx_work work, void *arg) {
	struct db *reader = ctx->db;
	struct call c = {.ctx = ctx, .work = work, .arg = arg, .error = ctx->error, .actor = ctx->actor};
	enum err e = store_write(ctx->app->store, run, &c);
	ctx->db = reader;
	if (!e) return ERR_OK;
	if (c.has_failed && ctx->error != c.error) return e;
	ctx->error = c.error;
	if (e == ERR_STORE && store_has_stopped(ctx->app->store)) return fail(ctx, e, S(""), S("store_stopped"));
	return fail(ctx, e, S(""), e == ERR_BUSY ? S("store_busy") : S("store_failed"));
}
