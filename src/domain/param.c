#include "domain/param.h"

#include "base/day.h"

struct params {
	struct {
		struct str key;
		int64_t value;
	} *rows;
	size_t n;
};

static enum err load(struct ctx *ctx) {
	struct params *p = arena_alloc(ctx->arena, sizeof *p);
	int64_t most = 0;
	enum err e = db_int(ctx->db, Q_PARAM_COUNT, NULL, 0, &most);
	struct rows *r;
	if (!e) e = DB_QUERY(ctx->db, ctx->arena, Q_PARAMS_VALID, &r, VT(str_of_day(ctx->arena, ctx->today)));
	if (e) return fail_store(ctx, e);
	p->rows = arena_array(ctx->arena, (size_t)most, sizeof *p->rows);
	while (p->n < (size_t)most && rows_next(r)) {
		p->rows[p->n].key = str_copy(ctx->arena, rows_text(r, 0));
		p->rows[p->n++].value = rows_int(r, 1);
	}
	e = rows_error(r);
	rows_done(r);
	ctx->params = p;
	return e ? fail_store(ctx, e) : ERR_OK;
}

enum err param_int(struct ctx *ctx, struct str key, int64_t absent, int64_t *out) {
	enum err e = ctx->params ? ERR_OK : load(ctx);
	if (e) return e;
	*out = absent;
	for (size_t i = 0; i < ctx->params->n; i++) /* newest first */
		if (str_eq(ctx->params->rows[i].key, key)) {
			*out = ctx->params->rows[i].value;
			break;
		}
	return ERR_OK;
}
