#include "domain/talk.h"

#include "domain/light.h"
#include "domain/noun.h"
#include "domain/rights.h"

static const struct choice levels[] = {
	{S_("LEADER"), S_("领导会见"), S_("Leaders"), S_("")},
	{S_("BUREAU"), S_("部门洽谈"), S_("Bureau"), S_("")},
	{S_("STAFF"), S_("工作对接"), S_("Staff"), S_("")},
};

#define F(m, ...) FIELD(talk, m, __VA_ARGS__)
static const struct field fields[] = {
	F(project_id, F_REF, FIELD_FINAL | FIELD_FILTER, "项目", "Project", .group = S_("base"), .ref = S_("projects")),
	F(lead_id, F_REF, FIELD_FINAL | FIELD_FILTER, "线索", "Lead", .group = S_("base"), .ref = S_("leads")),
	F(talk_date, F_DATE, EDITED | FIELD_REQUIRED, "日期", "Date", .group = S_("base")),
	F(level, F_ENUM, EDITED | FIELD_REQUIRED, "层级", "Level", .group = S_("base"), CHOICES(levels), .preset = S_("STAFF")),
	F(place, F_TEXT, FIELD_FORM | FIELD_LIST, "方式与地点", "Place", .group = S_("base")),
	F(ours, F_TEXT, FIELD_FORM | FIELD_LIST, "我方", "Our side", .group = S_("base")),
	F(theirs, F_TEXT, FIELD_FORM | FIELD_LIST, "对方", "Their side", .group = S_("base")),
	F(content, F_LONG, FIELD_FORM | FIELD_LIST | FIELD_REQUIRED | FIELD_SEARCH, "内容", "Minutes", .group = S_("base")),
	F(commitment, F_LONG, FIELD_FORM, "承诺事项", "Commitments", .group = S_("base")),
	F(next_step, F_TEXT, FIELD_FORM | FIELD_LIST, "下一步", "Next step", .group = S_("base")),
	F(next_date, F_DATE, FIELD_FORM | FIELD_LIST | FIELD_FILTER, "下一步日期", "Next date", .group = S_("base")),
};
#undef F

static enum err check(struct ctx *ctx, const void *old, void *rec, const struct fieldset *set) {
	const struct talk *t = rec;
	(void)old, (void)set;
	if (t->project_id == NONE && t->lead_id == NONE)
		return fail(ctx, ERR_INVALID, S("project_id"), S("required"));
	if (t->talk_date > ctx->today) return fail(ctx, ERR_INVALID, S("talk_date"), S("in_the_future"));
	return ERR_OK;
}

/* The newest talk is the project's last contact; the first one opens its clock. */
static enum err after(struct ctx *ctx, const void *old, const void *rec) {
	const struct talk *t = rec ? rec : old;
	if (t->project_id == NONE) return ERR_OK;
	enum err e = DB_RUN(ctx->db, Q_TALK_TOUCH_PROJECT, VI(t->project_id));
	return e ? fail_store(ctx, e) : light_refresh(ctx, t->project_id);
}

static const struct order orders[] = {DESC(talk_date), DESC(id)};

const struct noun talk_noun = {
	.name = S_("talk"), .plural = S_("talks"), .zh = S_("洽谈"), .en = S_("Talk"),
	.table = S_("talk"), .object = OBJ_TALK, .keeps_edits = true, .size = sizeof(struct talk), FIELDS(fields),
	.visible = Q_TALK_VISIBLE, .label = S_("content"),
	.generic = CAN_CREATE | CAN_UPDATE | CAN_DELETE, .parent = S_("project_id"), ORDERS(orders),
	.check = check, .after = after,
};
