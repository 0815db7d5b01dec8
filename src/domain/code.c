#include "domain/code.h"

#include "base/day.h"

/* Letters, how much of YYYY-MM goes in, digits of the number. */
static const struct shape {
	struct str letters;
	bool has_month;
	int digits;
} shapes[] = {
	[CODE_PROJECT] = {S_("XM"), false, 5},
	[CODE_LEAD] = {S_("XS"), true, 4},
};

enum err code_next(struct ctx *ctx, enum code_kind kind, struct str region_code, struct str *out) {
	const struct shape *s = &shapes[kind];
	struct buf b = {.arena = ctx->arena};
	int y, m, d;
	day_split(ctx->today, &y, &m, &d);
	buf_add(&b, s->letters);
	buf_add(&b, str_sub(region_code, 0, 6));
	buf_pad(&b, y, 4);
	if (s->has_month) buf_pad(&b, m, 2);
	struct str prefix = str_copy(ctx->arena, buf_str(&b));
	enum err e = DB_RUN(ctx->db, Q_CODE_TAKE, VT(prefix));
	int64_t no = 0;
	if (!e) e = db_int(ctx->db, Q_CODE_LAST, &VT(prefix), 1, &no);
	if (e) return fail_store(ctx, e);
	buf_pad(&b, no, s->digits);
	*out = buf_str(&b);
	return ERR_OK;
}
