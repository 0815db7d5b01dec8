#include "domain/investor.h"

#include "domain/field_check.h"
#include "domain/noun.h"
#include "domain/rights.h"
#include "domain/text.h"

static const struct choice id_kinds[] = {
	[ID_USCC] = {S_("USCC"), S_("统一社会信用代码"), S_("Unified social credit code"), S_("")},
	[ID_FOREIGN_REG] = {S_("FOREIGN_REG"), S_("境外注册号"), S_("Foreign registration no."), S_("")},
	[ID_PERSON] = {S_("PERSON"), S_("自然人"), S_("Natural person"), S_("")},
};
static const struct choice credit_flags[] = {
	{S_("NORMAL"), S_("正常"), S_("Normal"), S_("")},
	{S_("WATCH"), S_("关注"), S_("On watch"), S_("")},
	{S_("DISHONEST"), S_("失信"), S_("Dishonest debtor"), S_("")},
};
static const struct choice list_tags[] = {
	{S_("F500"), S_("世界 500 强"), S_("Fortune Global 500"), S_("世界500强")},
	{S_("CN500"), S_("中国 500 强"), S_("China top 500"), S_("中国500强")},
	{S_("PRIVATE500"), S_("民企 500 强"), S_("Private top 500"), S_("民营500强")},
	{S_("LISTED"), S_("上市公司"), S_("Listed"), S_("上市")},
	{S_("SOE"), S_("央企国企"), S_("State-owned"), S_("央企|国企")},
	{S_("UNICORN"), S_("独角兽"), S_("Unicorn"), S_("")},
	{S_("GAZELLE"), S_("瞪羚"), S_("Gazelle"), S_("")},
	{S_("SPECIALISED"), S_("专精特新"), S_("Specialised and new"), S_("")},
};

#define F(m, ...) FIELD(investor, m, __VA_ARGS__)
static const struct field fields[] = {
	F(name, F_TEXT, EDITED | FIELD_REQUIRED | FIELD_SEARCH, "名称", "Name", .group = S_("base")),
	F(name_key, F_TEXT, FIELD_SERVER, "名称检索键", "Name key", .group = S_("other")),
	F(region_code, F_REGION, EDITED | FIELD_REQUIRED, "维护单位", "Kept by", .group = S_("base")),
	F(id_kind, F_ENUM, EDITED, "证照类型", "ID kind", .group = S_("base"), CHOICES(id_kinds), .preset = S_("USCC")),
	F(id_no, F_TEXT, EDITED | FIELD_SEARCH, "证照号码", "ID number", .group = S_("base"), .max = 40),
	F(country, F_TEXT, EDITED, "国家或地区", "Country", .group = S_("base"), .max = 2),
	F(province_code, F_REGION, FIELD_FILTER | FIELD_FORM, "注册省份", "Province", .group = S_("base")),
	F(group_name, F_TEXT, EDITED | FIELD_SEARCH, "所属集团", "Group", .group = S_("base")),
	F(list_tags, F_TAGS, FIELD_LIST | FIELD_FORM, "榜单", "Lists", .group = S_("base"), CHOICES(list_tags)),
	F(website, F_TEXT, FIELD_FORM, "网站", "Website", .group = S_("other")),
	F(revenue_fen, F_FEN, EDITED, "营业收入", "Revenue", .group = S_("other")),
	F(credit_flag, F_ENUM, EDITED, "信用", "Credit", .group = S_("other"), CHOICES(credit_flags)),
	F(note, F_LONG, FIELD_FORM, "备注", "Note", .group = S_("other")),
	F(import_id, F_REF, FIELD_SERVER, "导入批次", "Import", .group = S_("other"), .ref = S_("imports")),
	F(projects_n, F_INT, FIELD_LIST | FIELD_SERVER | FIELD_VIEW, "项目数", "Projects", .group = S_("base")),
};
#undef F

/* A credit code must be one; what was registered abroad is kept as written. */
static enum err check(struct ctx *ctx, const void *old, void *rec, const struct fieldset *set) {
	struct investor *i = rec;
	struct str normal = i->id_no, rule;
	(void)old, (void)set;
	i->name_key = name_key(ctx->arena, i->name);
	if (i->name.n && !i->name_key.n) fail(ctx, ERR_INVALID, S("name"), S("name_has_no_letter"));
	if (i->id_no.n && i->id_kind == CHOICE_NONE) i->id_kind = ID_USCC;
	if (!i->id_no.n || i->id_kind != ID_USCC) return ERR_OK;
	if (!check_typed_text(ctx->arena, F_USCC, i->id_no, &normal, &rule))
		return fail_with(ctx, ERR_INVALID, S("id_no"), rule, i->id_no, S(""));
	i->id_no = normal;
	return ERR_OK;
}

/* What a project names stays, also where the project is not to be seen from here. */
static enum err may_delete(struct ctx *ctx, const void *rec) {
	int64_t n = 0;
	enum err e = db_int(ctx->db, Q_INVESTOR_HELD, &VI(((const struct investor *)rec)->record.id), 1, &n);
	if (e) return fail_store(ctx, e);
	return n ? fail(ctx, ERR_CONFLICT, S(""), S("investor_has_projects")) : ERR_OK;
}

static const struct order orders[] = {DESC(id)};

const struct noun investor_noun = {
	.name = S_("investor"), .plural = S_("investors"), .zh = S_("投资方"), .en = S_("Investor"),
	.table = S_("investor"), .object = OBJ_INVESTOR, .keeps_edits = true, .size = sizeof(struct investor), FIELDS(fields),
	.visible = Q_INVESTOR_VISIBLE, .generic = CAN_CREATE | CAN_UPDATE | CAN_DELETE, ORDERS(orders),
	.check = check, .may_delete = may_delete,
};
