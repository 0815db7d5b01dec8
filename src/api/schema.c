/* schema.c - the field tables as the web interface needs them: labels, types, widgets, choices. */
#include "api/handlers.h"
#include "domain/grade.h"
#include "domain/proposal.h"

static const struct {
	struct str code, zh, en;
} groups[] = {
	{S_("base"), S_("基本信息"), S_("Basics")},
	{S_("invest"), S_("投资"), S_("Investment")},
	{S_("factor"), S_("要素与承诺"), S_("Factors and promises")},
	{S_("date"), S_("时间"), S_("Dates")},
	{S_("other"), S_("其他"), S_("Other")},
};

static struct str pick(const struct call *c, struct str zh, struct str en) {
	return c->ctx->lang == LANG_EN ? en : zh;
}

static void put_choices(struct call *c, const char *key, const struct choice *k, size_t n) {
	struct json *j = &c->json;
	json_key(j, str_c(key));
	json_arr(j);
	for (size_t i = 0; i < n; i++) {
		json_obj(j);
		json_put_str(j, "code", k[i].code);
		json_put_str(j, "label", pick(c, k[i].zh, k[i].en));
		json_end(j);
	}
	json_end(j);
}

static const struct {
	const char *key;
	uint32_t flag;
} flags[] = {
	{"required", FIELD_REQUIRED}, {"final", FIELD_FINAL}, {"list", FIELD_LIST}, {"filter", FIELD_FILTER}, {"sort", FIELD_SORT},
	{"sum", FIELD_SUM}, {"search", FIELD_SEARCH}, {"form", FIELD_FORM}, {"import", FIELD_IMPORT}, {"personal", FIELD_PERSONAL}, {"bulk", FIELD_BULK},
};

/* A county's own unit is where its records belong; a city chooses. A grade is not above its giver's
 * clearance. */
static struct str preset_of(const struct call *c, const struct field *f) {
	bool is_unit = str_eq(f->name, S("region_code")) && c->ctx->actor.scope.n >= 6;
	if (str_eq(f->name, S("secrecy")) && f->preset.n) return secrecies[grade_default(c->ctx)].code;
	return is_unit ? c->ctx->actor.scope : f->preset;
}

static void put_field(struct call *c, const struct field *f) {
	struct json *j = &c->json;
	json_obj(j);
	json_put_str(j, "name", f->name);
	json_put_str(j, "label", pick(c, f->zh, f->en));
	json_put_str(j, "type", ftype_name(f->type));
	json_put_str_or_null(j, "unit", ftype_unit(f->type, c->ctx->lang));
	json_put_int(j, "digits", type_digits(f->type));
	json_put_str(j, "group", f->group.n ? f->group : S("base"));
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		json_put_bool(j, flags[i].key, (f->flags & flags[i].flag) != 0);
	json_put_bool(j, "readonly", (f->flags & (FIELD_SERVER | FIELD_VIEW | FIELD_VIRTUAL)) != 0);
	json_put_int(j, "max", field_max(f));
	json_put_str_or_null(j, "ref", f->ref);
	json_put_str_or_null(j, "pick", f->pick);
	json_put_str_or_null(j, "preset", preset_of(c, f));
	put_choices(c, "choices", f->choices, f->choices_n);
	json_end(j);
}

static void put_groups(struct call *c) {
	struct json *j = &c->json;
	json_key(j, S("groups"));
	json_arr(j);
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
		json_obj(j);
		json_put_str(j, "code", groups[i].code);
		json_put_str(j, "label", pick(c, groups[i].zh, groups[i].en));
		json_end(j);
	}
	json_end(j);
}

/* What the generic routes do for this role: letters of the rights the noun is open to. */
static struct str letters(struct call *c, const struct noun *n) {
	uint32_t made_by_acts = (CAN_CREATE | CAN_UPDATE | CAN_DELETE) & ~n->generic;
	return rights_letters(c->ctx->arena, rights_of(c->ctx->actor.role, n->object) & ~made_by_acts);
}

static void put_noun(struct call *c, const struct noun *n) {
	struct json *j = &c->json;
	struct buf order = {.arena = c->ctx->arena};
	if (n->orders_n && n->orders[0].is_desc) buf_byte(&order, '-');
	if (n->orders_n) buf_add(&order, n->orders[0].column);
	json_obj(j);
	json_put_str(j, "name", n->name);
	json_put_str(j, "plural", n->plural);
	json_put_str(j, "label", pick(c, n->zh, n->en));
	json_put_str(j, "title_field", n->label.n ? n->label : S("name"));
	json_put_str(j, "rights", letters(c, n));
	json_put_str(j, "order", buf_str(&order));
	json_key(j, S("fields"));
	json_arr(j);
	for (size_t i = 0; i < n->fields_n; i++)
		if (field_is_shown(c->ctx, n, &n->fields[i])) put_field(c, &n->fields[i]);
	json_end(j);
	json_end(j);
}

static bool has_shown_field(const struct call *c, const struct noun *n) {
	for (size_t i = 0; i < n->fields_n; i++)
		if (field_is_shown(c->ctx, n, &n->fields[i])) return true;
	return false;
}

static enum err put_stages(struct call *c) {
	int32_t target[STAGE__N];
	struct json *j = &c->json;
	enum err e = stage_target_days(c->ctx, target);
	if (e) return e;
	json_key(j, S("stages"));
	json_arr(j);
	for (int s = 0; s < STAGE__N; s++) {
		json_obj(j);
		json_put_str(j, "code", project_stages[s].code);
		json_put_str(j, "label", pick(c, project_stages[s].zh, project_stages[s].en));
		json_put_int(j, "target_days", target[s]);
		json_end(j);
	}
	json_end(j);
	return ERR_OK;
}

enum err api_schema(struct call *c) {
	struct json *j = &c->json;
	json_obj(j);
	json_key(j, S("nouns"));
	json_arr(j);
	for (size_t i = 0; i < nouns_n; i++)
		if (has_shown_field(c, nouns[i])) put_noun(c, nouns[i]);
	json_end(j);
	put_groups(c);
	enum err e = put_stages(c);
	put_choices(c, "reasons", proposal_reasons, proposal_reasons_n);
	put_choices(c, "kinds", proposal_kinds, PROPOSE__N);
	json_end(j);
	return e;
}
