#include "domain/view.h"

#include "domain/noun.h"
#include "domain/rights.h"

enum { QUERY_MAX = 2000, NAME_MAX = 40 };

#define F(m, ...) FIELD(view, m, __VA_ARGS__)
static const struct field fields[] = {
	F(noun, F_TEXT, FIELD_FORM | FIELD_LIST | FIELD_FILTER | FIELD_REQUIRED | FIELD_FINAL, "列表", "List", .group = S_("base"), .max = 40),
	F(name, F_TEXT, EDITED | FIELD_REQUIRED, "视图名称", "View name", .group = S_("base"), .max = NAME_MAX),
	F(query, F_TEXT, FIELD_FORM, "条件", "Conditions", .group = S_("base"), .max = QUERY_MAX),
	F(columns, F_TEXT, FIELD_FORM, "列", "Columns", .group = S_("base"), .max = QUERY_MAX),
	F(region_code, F_REGION, FIELD_FORM | FIELD_LIST | FIELD_FILTER, "共享给", "Shared to", .group = S_("base")),
	F(owner_name, F_TEXT, FIELD_SERVER | FIELD_VIEW | FIELD_LIST, "建立人", "Author", .group = S_("base")),
	F(is_own, F_BOOL, FIELD_SERVER | FIELD_VIEW | FIELD_LIST | FIELD_FILTER, "我的", "Mine", .group = S_("base")),
};
#undef F

/* What a stored query may name beside fields; the list reads the values itself when it is asked. */
static bool is_condition(const struct noun *n, struct str name) {
	static const struct str endings[] = {S_("ne"), S_("lt"), S_("le"), S_("gt"), S_("ge"), S_("has"), S_("null")};
	if (str_eq(name, S("q")) || str_eq(name, S("sort"))) return true;
	ptrdiff_t dot = str_find(name, S("."));
	int i = field_index(n, dot < 0 ? name : str_sub(name, 0, (size_t)dot));
	if (i < 0 || !(n->fields[i].flags & FIELD_FILTER)) return false;
	if (dot < 0) return true;
	struct str ending = str_sub(name, (size_t)dot + 1, name.n);
	for (size_t k = 0; k < sizeof endings / sizeof *endings; k++)
		if (str_eq(ending, endings[k])) return true;
	return false;
}

static void check_query(struct ctx *ctx, const struct noun *n, struct str query) {
	struct str rest = query, pair;
	while (query.n && str_split(&rest, '&', &pair)) {
		ptrdiff_t eq = str_find(pair, S("="));
		struct str name = eq < 0 ? pair : str_sub(pair, 0, (size_t)eq);
		if (is_condition(n, name)) continue;
		fail_with(ctx, ERR_INVALID, S("query"), S("view_no_condition"), name, ctx->lang == LANG_EN ? n->en : n->zh);
		return;
	}
}

static void check_columns(struct ctx *ctx, const struct noun *n, struct str columns) {
	struct str rest = columns, name;
	while (columns.n && str_split(&rest, ',', &name)) {
		int i = field_index(n, name);
		if (i >= 0 && field_is_shown(ctx, n, &n->fields[i])) continue;
		fail_with(ctx, ERR_INVALID, S("columns"), S("view_no_column"), name, ctx->lang == LANG_EN ? n->en : n->zh);
		return;
	}
}

/* Seen by others, changed by its author alone. */
static enum err need_own(struct ctx *ctx, const struct view *v) {
	return v->record.created_by == ctx->actor.account_id ? ERR_OK
		: fail(ctx, ERR_FORBIDDEN, S(""), S("view_of_another"));
}

static enum err check(struct ctx *ctx, const void *old, void *rec, const struct fieldset *set) {
	const struct view *v = rec;
	const struct noun *n = noun_by_plural(v->noun);
	(void)set;
	if (old && need_own(ctx, old)) return ERR_FORBIDDEN;
	if (v->region_code.n && !may(ctx, OBJ_VIEW, CAN_SUBMIT))
		fail(ctx, ERR_INVALID, S("region_code"), S("view_not_shared"));
	if (!v->noun.n) return ERR_OK;
	if (!n || !may(ctx, n->object, CAN_READ))
		return fail_with(ctx, ERR_INVALID, S("noun"), S("view_no_list"), v->noun, S(""));
	check_query(ctx, n, v->query);
	check_columns(ctx, n, v->columns);
	return ERR_OK;
}

static enum err may_delete(struct ctx *ctx, const void *rec) {
	return need_own(ctx, rec);
}

static const struct order orders[] = {ASC(name), ASC(id)};

const struct noun view_noun = {
	.name = S_("view"), .plural = S_("views"), .zh = S_("视图"), .en = S_("View"),
	.table = S_("saved_view"), .object = OBJ_VIEW, .size = sizeof(struct view), FIELDS(fields),
	.visible = Q_VIEW_VISIBLE, .generic = CAN_CREATE | CAN_UPDATE | CAN_DELETE, ORDERS(orders),
	.check = check, .may_delete = may_delete,
};
