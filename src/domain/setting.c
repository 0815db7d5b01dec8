#include "domain/setting.h"

enum err setting_get(struct ctx *ctx, struct str key, struct str absent, struct str *out) {
	struct rows *r;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_SETTING_GET, &r, VT(key));
	if (e) return fail_store(ctx, e);
	*out = rows_next(r) ? str_copy(ctx->arena, rows_text(r, 0)) : absent;
	e = rows_error(r);
	rows_done(r);
	return e ? fail_store(ctx, e) : ERR_OK;
}

enum err setting_put(struct ctx *ctx, struct str key, struct str value) {
	enum err e = value.n ? DB_RUN(ctx->db, Q_SETTING_PUT, VT(key), VT(value))
		: DB_RUN(ctx->db, Q_SETTING_DROP, VT(key));
	return fail_store(ctx, e);
}
