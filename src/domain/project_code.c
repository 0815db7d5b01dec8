#include "domain/project_code.h"

#include "domain/check.h"
#include "domain/noun.h"
#include "domain/rights.h"

static const struct choice kinds[] = {
	{S_("FILING"), S_("备案"), S_("Filing"), S_("")},
	{S_("APPROVAL"), S_("核准审批"), S_("Approval"), S_("")},
	{S_("PERMIT"), S_("许可"), S_("Permit"), S_("")},
};

#define F(m, ...) FIELD(project_code, m, __VA_ARGS__)
static const struct field fields[] = {
	F(project_id, F_REF, FIELD_REQUIRED | FIELD_FINAL | FIELD_FILTER, "项目", "Project", .group = S_("base"), .ref = S_("projects")),
	F(code, F_TEXT, EDITED | FIELD_REQUIRED | FIELD_SEARCH, "投资项目统一代码", "National project code", .group = S_("base"), .max = 24),
	F(kind, F_ENUM, EDITED | FIELD_REQUIRED, "类型", "Kind", .group = S_("base"), CHOICES(kinds)),
	F(phase_no, F_INT, EDITED, "期次", "Phase", .group = S_("base"), .max = 99),
};
#undef F

static enum err check(struct ctx *ctx, const void *old, void *rec, const struct fieldset *set) {
	struct project_code *c = rec;
	(void)old, (void)set;
	if (!c->code.n) return ERR_OK;
	struct check r = check_project_code(ctx->arena, c->code);
	if (!r.is_valid) return fail_with(ctx, ERR_INVALID, S("code"), r.rule, c->code, S(""));
	c->code = r.normal;
	return ERR_OK;
}

static const struct order orders[] = {ASC(id)};

const struct noun project_code_noun = {
	.name = S_("project_code"), .plural = S_("project-codes"), .zh = S_("统一代码"), .en = S_("National code"),
	.table = S_("project_code"), .object = OBJ_PROJECT, .keeps_edits = true, .size = sizeof(struct project_code), FIELDS(fields),
	.visible = Q_PROJECT_CODE_VISIBLE, .label = S_("code"),
	.generic = CAN_CREATE | CAN_UPDATE | CAN_DELETE, .parent = S_("project_id"), ORDERS(orders),
	.check = check,
};
