#include "domain/city.h"

#include "domain/audit.h"
#include "domain/field.h"
#include "domain/setting.h"

static const struct str default_code = S_("370700");

/* The divisions' data has English names of units only. */
static struct str english_of(const struct region *r) {
	if (!r) return S("");
	return !r->name_en.n && str_eq(r->code, default_code) ? S("Weifang") : r->name_en;
}

/* ---- reading ---- */

enum err city_get(struct ctx *ctx, struct city_identity *out) {
	enum err e = setting_get(ctx, S("city_code"), default_code, &out->code);
	if (e) return e;
	const struct region *r = region_by_code(out->code);
	e = setting_get(ctx, S("city_name"), r ? r->name : out->code, &out->name);
	if (!e) e = setting_get(ctx, S("city_name_en"), english_of(r), &out->name_en);
	return e;
}

struct str city_scope_label(struct ctx *ctx, struct str scope) {
	struct city_identity city;
	struct str label = region_label_in(scope, ctx->lang);
	/* No name in English: that of the whole city is in the settings. */
	if (ctx->lang != LANG_EN || !str_eq(label, region_label(scope)) || city_get(ctx, &city)) return label;
	bool is_city = str_eq(scope, city.code) || str_eq(scope, region_prefix(city.code));
	return is_city && city.name_en.n ? city.name_en : label;
}

enum err city_prefix(struct ctx *ctx, struct str *out) {
	struct str code;
	enum err e = setting_get(ctx, S("city_code"), default_code, &code);
	*out = region_prefix(code);
	return e;
}

/* The data names the units of one city, zones among them; of another its counties are the units. */
enum err city_units(struct ctx *ctx, struct region_list *out) {
	struct str code;
	enum err e = setting_get(ctx, S("city_code"), default_code, &code);
	if (e) return e;
	*out = region_units(ctx->arena);
	if (!out->n || !str_eq(out->items[0]->parent, code)) *out = region_children(ctx->arena, code);
	return ERR_OK;
}

enum err city_has_unit(struct ctx *ctx, struct str code, bool *has) {
	struct region_list units = {NULL, 0};
	enum err e = city_units(ctx, &units);
	*has = false;
	for (size_t i = 0; i < units.n && !*has; i++) *has = str_eq(units.items[i]->code, code);
	return e;
}

const struct region *city_find(struct arena *a, struct str text) {
	struct str t = str_trim(text);
	struct str code = t.n == 4 ? str_cat(a, t, S("00")) : t;
	const struct region *r = region_by_code(code);
	if (!r) r = region_by_name(t, S(""));
	return r && r->level == REGION_PREFECTURE && !r->is_placeholder ? r : NULL;
}

/* ---- setting ---- */

static enum err check_code(struct ctx *ctx, struct city_identity *c, const struct city_identity *old) {
	int64_t n;
	const struct region *r = city_find(ctx->arena, c->code);
	if (!r) return fail_with(ctx, ERR_INVALID, S("code"), S("no_such_city"), c->code, S(""));
	c->code = r->code;
	if (str_eq(c->code, old->code)) return ERR_OK;
	enum err e = db_int(ctx->db, Q_CITY_RECORDS, NULL, 0, &n);
	if (e) return fail_store(ctx, e);
	return n ? fail_with(ctx, ERR_CONFLICT, S("code"), S("city_in_use"), str_of_int(ctx->arena, n), S("")) : ERR_OK;
}

static void check_name(struct ctx *ctx, struct str field, struct str name) {
	if (str_cp_count(name) > CITY_NAME_MAX)
		fail_with(ctx, ERR_INVALID, field, S("too_long"), str_of_int(ctx->arena, CITY_NAME_MAX), S(""));
}

/* With another division come its names, unless they are given as well. */
static struct city_identity merged(const struct city_identity *old, const struct city_identity *in,
		const struct region *r) {
	bool moves = r && !str_eq(r->code, old->code);
	struct str name = moves ? r->name : old->name, name_en = moves ? english_of(r) : old->name_en;
	return (struct city_identity){
		.code = in->code.n ? in->code : old->code,
		.name = str_trim(in->name).n ? str_trim(in->name) : name,
		.name_en = str_trim(in->name_en).n ? str_trim(in->name_en) : name_en,
	};
}

static void put_change(struct json *j, const char *name, struct str before, struct str after) {
	if (str_eq(before, after)) return;
	json_key(j, str_c(name));
	json_arr(j);
	json_str_or_null(j, before);
	json_str_or_null(j, after);
	json_end(j);
}

static enum err audit_change(struct ctx *ctx, const struct city_identity *old, const struct city_identity *now) {
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	json_obj(&j);
	put_change(&j, "city_code", old->code, now->code);
	put_change(&j, "city_name", old->name, now->name);
	put_change(&j, "city_name_en", old->name_en, now->name_en);
	json_end(&j);
	if (str_eq(buf_str(&b), S("{}"))) return ERR_OK;
	return audit_add(ctx, &(struct audit_entry){
		.action = S("update"), .outcome = S("DONE"), .object = S("system"), .diff = buf_str(&b)});
}

static enum err store(struct ctx *ctx, const struct city_identity *c) {
	enum err e = setting_put(ctx, S("city_code"), c->code);
	if (!e) e = setting_put(ctx, S("city_name"), c->name);
	if (!e) e = setting_put(ctx, S("city_name_en"), c->name_en);
	if (e) return e;
	return fail_store(ctx, DB_RUN(ctx->db, Q_CITY_MOVE_OFFICES, VT(region_prefix(c->code)), VI(ctx->now_ms)));
}

enum err city_set(struct ctx *ctx, const struct city_identity *in) {
	struct city_identity old, now;
	enum err e = audit_lock(ctx); /* no record comes in between */
	if (!e) e = city_get(ctx, &old);
	if (e) return e;
	now = merged(&old, in, in->code.n ? city_find(ctx->arena, in->code) : NULL);
	check_name(ctx, S("name"), now.name);
	check_name(ctx, S("name_en"), now.name_en);
	(void)check_code(ctx, &now, &old);
	if (ctx->error) return ctx->error->code;
	if ((e = store(ctx, &now))) return e;
	return audit_change(ctx, &old, &now);
}
