#include "domain/phase.h"

#include "domain/noun.h"
#include "domain/rights.h"

#define F(m, ...) FIELD(phase, m, __VA_ARGS__)
static const struct field fields[] = {
	F(project_id, F_REF, FIELD_REQUIRED | FIELD_FINAL | FIELD_FILTER, "项目", "Project", .group = S_("base"), .ref = S_("projects")),
	F(no, F_INT, EDITED | FIELD_REQUIRED, "期次", "No.", .group = S_("base"), .max = 99),
	F(name, F_TEXT, EDITED | FIELD_REQUIRED, "名称", "Name", .group = S_("base")),
	F(total_invest_fen, F_FEN, EDITED | FIELD_SUM, "总投资", "Total investment", .group = S_("base")),
	F(fai_fen, F_FEN, EDITED | FIELD_SUM, "固定资产投资", "Fixed-asset investment", .group = S_("base")),
	F(plan_start_date, F_DATE, FIELD_FORM | FIELD_LIST, "计划开工", "Planned start", .group = S_("base")),
	F(plan_end_date, F_DATE, FIELD_FORM | FIELD_LIST, "计划完工", "Planned end", .group = S_("base")),
};
#undef F

static enum err check(struct ctx *ctx, const void *old, void *rec, const struct fieldset *set) {
	const struct phase *p = rec;
	(void)old, (void)set;
	if (p->plan_start_date != DAY_NONE && p->plan_end_date != DAY_NONE
		&& p->plan_end_date < p->plan_start_date)
		return fail(ctx, ERR_INVALID, S("plan_end_date"), S("before_start"));
	return ERR_OK;
}

static const struct order orders[] = {ASC(no), ASC(id)};

const struct noun phase_noun = {
	.name = S_("phase"), .plural = S_("phases"), .zh = S_("分期"), .en = S_("Phase"),
	.table = S_("project_phase"), .object = OBJ_PROJECT, .keeps_edits = true, .size = sizeof(struct phase), FIELDS(fields),
	.visible = Q_PHASE_VISIBLE, .generic = CAN_CREATE | CAN_UPDATE | CAN_DELETE,
	.parent = S_("project_id"), ORDERS(orders), .check = check,
};
