#include "domain/officer.h"

#include "domain/check.h"
#include "domain/seal.h"

static bool has_word(struct arena *a, const struct officer *o, struct str word) {
	return !word.n || str_has(str_lower(a, o->name), word) || str_has(str_lower(a, o->unit_name), word);
}

static enum err read_row(struct ctx *ctx, const struct rows *r, struct officer *out) {
	struct arena *a = ctx->arena;
	struct str phone;
	enum err e = seal_open(ctx, S("phone"), rows_text(r, 3), &phone);
	if (e) return e;
	*out = (struct officer){
		.account_id = rows_int(r, 0), .name = str_copy(a, rows_text(r, 1)),
		.unit_name = str_copy(a, rows_text(r, 2)), .phone = mask_phone(a, phone),
		.scope = str_copy(a, rows_text(r, 4))};
	return ERR_OK;
}

enum err officers_list(struct ctx *ctx, struct str region, struct str word, struct officer **out,
		size_t *n) {
	struct value scope[SCOPE_PARAMS];
	struct officer *all = arena_array(ctx->arena, OFFICERS_MAX, sizeof *all);
	struct str low = str_lower(ctx->arena, str_trim(word));
	struct rows *r;
	size_t found = 0;
	scope_params(ctx, OBJ_PROJECT, scope);
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_OFFICERS, &r, scope[0], scope[1], VT(region),
		VT(str_of_day(ctx->arena, ctx->today)));
	if (e) return fail_store(ctx, e);
	while (!e && found < OFFICERS_MAX && rows_next(r))
		if (!(e = read_row(ctx, r, &all[found])) && has_word(ctx->arena, &all[found], low)) found++;
	if (!e) e = fail_store(ctx, rows_error(r));
	rows_done(r);
	if (e) return e;
	*out = all;
	*n = found;
	return ERR_OK;
}

enum err officer_fits(struct ctx *ctx, int64_t account_id, struct str region, bool *fits) {
	int64_t n = 0;
	const struct value v[] = {VI(account_id), VT(region), VT(str_of_day(ctx->arena, ctx->today))};
	enum err e = db_int(ctx->db, Q_OFFICER_FITS, v, 3, &n);
	*fits = n > 0;
	return fail_store(ctx, e);
}
