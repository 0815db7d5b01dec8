#include "domain/party.h"

#include "domain/investor.h"
#include "domain/noun.h"
#include "domain/project.h"
#include "domain/rights.h"
#include "domain/search.h"

static const struct choice roles[] = {
	[PARTY_INVESTOR] = {S_("INVESTOR"), S_("投资方"), S_("Investor"), S_("")},
	[PARTY_CONTROLLER] = {S_("CONTROLLER"), S_("实际控制人"), S_("Controller"), S_("")},
	[PARTY_PROJECT_COMPANY] = {S_("PROJECT_COMPANY"), S_("项目公司"), S_("Project company"), S_("")},
	[PARTY_LOCAL_PARTNER] = {S_("LOCAL_PARTNER"), S_("本地合作方"), S_("Local partner"), S_("")},
};

#define F(m, ...) FIELD(party, m, __VA_ARGS__)
static const struct field fields[] = {
	F(project_id, F_REF, FIELD_REQUIRED | FIELD_FINAL | FIELD_FILTER, "项目", "Project", .group = S_("base"), .ref = S_("projects")),
	F(investor_id, F_REF, FIELD_REQUIRED | FIELD_FINAL | FIELD_FILTER | FIELD_FORM | FIELD_LIST, "投资方", "Investor", .group = S_("base"), .ref = S_("investors")),
	F(role, F_ENUM, EDITED | FIELD_REQUIRED, "身份", "Part", .group = S_("base"), CHOICES(roles), .preset = S_("INVESTOR")),
	F(share_permille, F_PERMILLE, FIELD_FORM | FIELD_LIST, "股比", "Share", .group = S_("base")),
	F(from_date, F_DATE, FIELD_FORM, "起", "From", .group = S_("base")),
	F(to_date, F_DATE, FIELD_FORM, "止", "To", .group = S_("base")),
	F(investor_name, F_TEXT, FIELD_SERVER | FIELD_VIEW, "投资方名称", "Investor name", .group = S_("base")),
	F(investor_id_no, F_TEXT, FIELD_SERVER | FIELD_VIEW, "证照号码", "ID number", .group = S_("base")),
};
#undef F

static enum err check(struct ctx *ctx, const void *old, void *rec, const struct fieldset *set) {
	const struct party *p = rec;
	(void)set;
	if (p->investor_id == NONE || p->role == CHOICE_NONE) return ERR_OK;
	if (p->share_permille == NONE) return ERR_OK;
	int64_t others = 0, own_id = old ? ((const struct party *)old)->record.id : 0;
	const struct value v[] = {VI(p->project_id), VT(roles[p->role].code), VI(own_id)};
	enum err e = db_int(ctx->db, Q_PARTY_SHARES, v, 3, &others);
	if (e) return fail_store(ctx, e);
	if (others + p->share_permille > 1000)
		return fail(ctx, ERR_INVALID, S("share_permille"), S("shares_over_1000"));
	return ERR_OK;
}

/* The list shows the first investor's name without a join. */
static enum err after(struct ctx *ctx, const void *old, const void *rec) {
	const struct party *p = rec;
	if (old || p->role != PARTY_INVESTOR) return ERR_OK;
	enum err e = DB_RUN(ctx->db, Q_PROJECT_SET_INVESTOR_TEXT, VI(p->project_id), VI(p->investor_id));
	return e ? fail_store(ctx, e) : search_put_row(ctx, &project_noun, p->project_id);
}

static const struct order orders[] = {ASC(id)};

const struct noun party_noun = {
	.name = S_("party"), .plural = S_("parties"), .zh = S_("各方"), .en = S_("Party"),
	.table = S_("project_party"), .object = OBJ_PROJECT, .keeps_edits = true, .size = sizeof(struct party), FIELDS(fields),
	.visible = Q_PARTY_VISIBLE, .label = S_("investor_name"),
	.generic = CAN_CREATE | CAN_UPDATE | CAN_DELETE, .parent = S_("project_id"), ORDERS(orders),
	.check = check, .after = after,
};
