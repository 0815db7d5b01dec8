#include "domain/import_rows.h"

struct str import_text(const struct intake_item *item, struct str target) {
	for (size_t i = 0; i < item->values_n; i++)
		if (str_eq(item->values[i].target->name, target)) return item->values[i].value.n ? item->values[i].value : item->values[i].text;
	return S("");
}

static bool is_inside(struct str region, struct str scope) {
	return scope.n && str_starts(region, scope);
}

/* 370700 and 3707: what all codes of the unit begin with. */
static struct str prefix_of(struct str region) {
	if (region.n != 6) return region;
	if (str_ends(region, S("0000"))) return str_sub(region, 0, 2);
	return str_ends(region, S("00")) ? str_sub(region, 0, 4) : region;
}

/* Somebody else's place is kept in words; a sheet never puts a project into a foreign unit. */
static void keep_place(struct ctx *ctx, struct project *p, struct str place) {
	if (!place.n || str_has(p->site, place)) return;
	p->site = p->site.n ? str_cat(ctx->arena, str_cat(ctx->arena, place, S(" ")), p->site) : place;
}

static void set_region(struct ctx *ctx, const struct import *batch, const struct intake_item *item, struct project *p) {
	for (size_t i = 0; i < item->values_n; i++) {
		const struct intake_value *v = &item->values[i];
		if (!str_eq(v->target->name, S("region_code"))) continue;
		if (v->value.n && is_inside(v->value, prefix_of(batch->region_code))) p->region_code = v->value;
		else keep_place(ctx, p, v->text);
	}
	keep_place(ctx, p, import_text(item, S("city")));
	keep_place(ctx, p, import_text(item, S("province")));
	if (!p->region_code.n) p->region_code = batch->region_code;
}

static bool is_handled_apart(struct str name) {
	return str_eq(name, S("region_code"));
}

enum err import_fill(struct ctx *ctx, const struct import *batch, const struct intake_item *item, struct project *p, struct fieldset *set) {
	const struct error *before = ctx->error;
	for (size_t i = 0; i < item->values_n; i++) {
		const struct intake_value *v = &item->values[i];
		int at = v->target->field ? project_field_index(v->target->name) : -1;
		if (at < 0 || !v->value.n || is_handled_apart(v->target->name)) continue;
		const struct field *f = &project_fields[at];
		struct str text = field_is_text(f) ? str_cp_head(v->value, (size_t)field_max(f)) : v->value;
		if (field_set_text(ctx, f, p, text) == ERR_OK) fieldset_add(set, (size_t)at);
	}
	p->name = str_cp_head(str_trim(item->name), 200);
	if (!p->record.id) set_region(ctx, batch, item, p);
	return ctx->error == before ? ERR_OK : ctx->error->code;
}

struct str import_missing(struct arena *a, const struct project *p) {
	static const struct str wanted[] = {
		S_("investor_text"), S_("industry_code"), S_("total_invest_fen"), S_("content"), S_("handler"), S_("fai_fen"),
		S_("land_mu_e2"), S_("energy_tce_e2"),
	};
	struct buf b = {.arena = a};
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		int at = project_field_index(wanted[i]);
		if (at < 0 || !field_is_missing(&project_fields[at], p)) continue;
		if (b.n) buf_byte(&b, ',');
		buf_add(&b, wanted[i]);
	}
	return buf_str(&b);
}
