#include "domain/agreement.h"

#include "domain/noun.h"
#include "domain/rights.h"

static const struct choice kinds[] = {
	{S_("FRAMEWORK"), S_("框架协议"), S_("Framework agreement"), S_("")},
	{S_("CONTRACT"), S_("正式合同"), S_("Contract"), S_("")},
	{S_("SUPPLEMENT"), S_("补充合同"), S_("Supplement"), S_("")},
	{S_("SUPERVISION"), S_("履约监管协议"), S_("Performance agreement"), S_("")},
};

#define F(m, ...) FIELD(agreement, m, __VA_ARGS__)
static const struct field fields[] = {
	F(project_id, F_REF, FIELD_REQUIRED | FIELD_FINAL | FIELD_FILTER, "项目", "Project", .group = S_("base"), .ref = S_("projects")),
	F(kind, F_ENUM, EDITED | FIELD_REQUIRED, "类型", "Kind", .group = S_("base"), CHOICES(kinds)),
	F(sign_date, F_DATE, EDITED | FIELD_REQUIRED, "签订日期", "Signed on", .group = S_("base")),
	F(party_text, F_TEXT, FIELD_FORM | FIELD_LIST, "签约各方", "Parties", .group = S_("base")),
	F(amount_fen, F_FEN, EDITED | FIELD_SUM, "合同金额", "Amount", .group = S_("base")),
	F(is_sealed_by_both, F_BOOL, FIELD_FORM | FIELD_LIST, "双方已盖章", "Sealed by both", .group = S_("base")),
	F(has_special_clause, F_BOOL, FIELD_FORM, "有特别条款", "Special clause", .group = S_("base")),
	F(evidence_id, F_REF, FIELD_FORM | FIELD_LIST, "扫描件", "Scan", .group = S_("base"), .ref = S_("evidence")),
};
#undef F

static enum err check(struct ctx *ctx, const void *old, void *rec, const struct fieldset *set) {
	const struct agreement *g = rec;
	(void)old, (void)set;
	if (g->sign_date > ctx->today) return fail(ctx, ERR_INVALID, S("sign_date"), S("in_the_future"));
	if (g->evidence_id == NONE) return ERR_OK;
	int64_t n = 0;
	enum err e = db_int(ctx->db, Q_AGREEMENT_EVIDENCE_FITS,
		(struct value[]){VI(g->evidence_id), VI(g->project_id), VI(scope_reader(&ctx->actor))}, 3, &n);
	if (e) return fail_store(ctx, e);
	return n ? ERR_OK : fail(ctx, ERR_INVALID, S("evidence_id"), S("not_of_this_project"));
}

static const struct order orders[] = {DESC(sign_date), DESC(id)};

const struct noun agreement_noun = {
	.name = S_("agreement"), .plural = S_("agreements"), .zh = S_("协议合同"), .en = S_("Agreement"),
	.table = S_("agreement"), .object = OBJ_AGREEMENT, .keeps_edits = true, .size = sizeof(struct agreement), FIELDS(fields),
	.visible = Q_AGREEMENT_VISIBLE, .label = S_("party_text"),
	.generic = CAN_CREATE | CAN_UPDATE | CAN_DELETE, .parent = S_("project_id"), ORDERS(orders),
	.check = check,
};
