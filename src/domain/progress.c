#include "domain/progress.h"

#include "domain/light.h"
#include "domain/noun.h"
#include "domain/rights.h"

#define F(m, ...) FIELD(progress, m, __VA_ARGS__)
static const struct field fields[] = {
	F(project_id, F_REF, FIELD_REQUIRED | FIELD_FINAL | FIELD_FILTER, "项目", "Project", .group = S_("base"), .ref = S_("projects")),
	F(month, F_MONTH, EDITED | FIELD_REQUIRED | FIELD_FINAL, "月份", "Month", .group = S_("base")),
	F(invest_done_fen, F_FEN, EDITED | FIELD_REQUIRED, "累计完成投资", "Investment done to date", .group = S_("base")),
	F(milestone, F_LONG, FIELD_FORM | FIELD_LIST, "形象进度", "Milestone", .group = S_("base")),
	F(problem, F_LONG, FIELD_FORM | FIELD_LIST, "存在问题", "Problem", .group = S_("base")),
};
#undef F

/* A month reported moves the days on which the light turns. */
static enum err after(struct ctx *ctx, const void *old, const void *rec) {
	const struct progress *g = rec ? rec : old;
	return light_refresh(ctx, g->project_id);
}

static const struct order orders[] = {DESC(month), DESC(id)};

const struct noun progress_noun = {
	.name = S_("progress"), .plural = S_("progress"), .zh = S_("进展"), .en = S_("Progress"),
	.table = S_("progress"), .object = OBJ_PROGRESS, .keeps_edits = true, .size = sizeof(struct progress), FIELDS(fields),
	.visible = Q_PROGRESS_VISIBLE, .label = S_("month"), .generic = CAN_CREATE | CAN_UPDATE,
	.parent = S_("project_id"), ORDERS(orders),
	.after = after,
};
