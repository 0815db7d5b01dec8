#include "domain/officer.h"

#include "domain/check.h"
#include "domain/field.h"

static bool has_word(struct arena *a, const struct officer *o, struct str word) {
	return !word.n || str_has(str_lower(a, o->name), word) || str_has(str_lower(a, o->unit_name), word);
}

static struct officer read_row(struct arena *a, const struct rows *r) {
	return (struct officer){
		.account_id = rows_int(r, 0), .name = str_copy(a, rows_text(r, 1)),
		.unit_name = str_copy(a, rows_text(r, 2)), .phone = mask_phone(a, rows_text(r, 3)),
		.scope = str_copy(a, rows_text(r, 4))};
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
	while (found < OFFICERS_MAX && rows_next(r)) {
		all[found] = read_row(ctx->arena, r);
		if (has_word(ctx->arena, &all[found], low)) found++;
	}
	e = rows_error(r);
	rows_done(r);
	if (e) return fail_store(ctx, e);
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
