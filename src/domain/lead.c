#include "domain/lead.h"

#include "domain/code.h"
#include "domain/grade.h"
#include "domain/noun.h"
#include "domain/project.h"
#include "domain/reference.h"
#include "domain/rights.h"

static const struct choice source_kinds[] = {
	{S_("BUREAU"), S_("市局"), S_("City bureau"), S_("")}, {S_("COUNTY"), S_("县市区"), S_("County"), S_("")},
	{S_("PARTNER"), S_("合伙人"), S_("Partner"), S_("")}, {S_("NOTABLE"), S_("在外知名人士"), S_("Notable"), S_("")},
	{S_("EVENT"), S_("活动"), S_("Event"), S_("")}, {S_("MISSION"), S_("外出招商"), S_("Mission"), S_("")},
	{S_("ENTERPRISE"), S_("本地企业"), S_("Local enterprise"), S_("")}, {S_("WEB"), S_("门户"), S_("Portal"), S_("")},
	{S_("SUPERIOR"), S_("上级"), S_("Superior body"), S_("")},
};
static const struct choice confidences[] = {
	{S_("A"), S_("A 高"), S_("A high"), S_("")}, {S_("B"), S_("B 中"), S_("B medium"), S_("")},
	{S_("C"), S_("C 低"), S_("C low"), S_("")},
};
static const struct choice states[] = {
	[LEAD_DRAFT] = {S_("DRAFT"), S_("草稿"), S_("Draft"), S_("")},
	[LEAD_REPORTED] = {S_("REPORTED"), S_("已报"), S_("Reported"), S_("")},
	[LEAD_ACCEPTED] = {S_("ACCEPTED"), S_("已受理"), S_("Accepted"), S_("")},
	[LEAD_REJECTED] = {S_("REJECTED"), S_("不受理"), S_("Rejected"), S_("")},
	[LEAD_DUPLICATE] = {S_("DUPLICATE"), S_("重复"), S_("Duplicate"), S_("")},
	[LEAD_CONFLICT] = {S_("CONFLICT"), S_("撞单"), S_("In conflict"), S_("")},
	[LEAD_STUDYING] = {S_("STUDYING"), S_("研判中"), S_("Being studied"), S_("")},
	[LEAD_ASSIGNED] = {S_("ASSIGNED"), S_("已分派"), S_("Assigned"), S_("")},
	[LEAD_CONVERTED] = {S_("CONVERTED"), S_("已转项目"), S_("Converted"), S_("")},
	[LEAD_DROPPED] = {S_("DROPPED"), S_("已放弃"), S_("Dropped"), S_("")},
	[LEAD_EXPIRED] = {S_("EXPIRED"), S_("已失效"), S_("Expired"), S_("")},
};

#define F(m, ...) FIELD(lead, m, __VA_ARGS__)
static const struct field fields[] = {
	F(code, F_CODE, GIVEN | FIELD_SEARCH | FIELD_OPEN, "编号", "Code", .group = S_("base")),
	F(investor_name, F_TEXT, EDITED | FIELD_REQUIRED | FIELD_SEARCH | FIELD_OPEN, "投资方", "Investor", .group = S_("base")),
	F(investor_uscc, F_USCC, FIELD_FORM | FIELD_SEARCH, "统一社会信用代码", "Credit code", .group = S_("base")),
	F(investor_group, F_TEXT, FIELD_FORM, "所属集团", "Group", .group = S_("base")),
	F(country, F_TEXT, FIELD_FORM, "国家或地区", "Country", .group = S_("base"), .max = 2),
	F(region_code, F_REGION, EDITED | FIELD_REQUIRED, "属地", "Unit", .group = S_("base")),
	F(source_kind, F_ENUM, EDITED | FIELD_REQUIRED, "来源", "Source", .group = S_("base"), CHOICES(source_kinds)),
	F(partner_id, F_INT, FIELD_SERVER | FIELD_FILTER, "合伙人", "Partner", .group = S_("other"), .max = INT64_C(1) << 53),
	F(industry_code, F_INDUSTRY, EDITED, "行业", "Industry", .group = S_("base")),
	F(content, F_LONG, FIELD_FORM | FIELD_LIST | FIELD_SEARCH, "内容", "Subject", .group = S_("base")),
	F(intended_invest_fen, F_FEN, EDITED | FIELD_SUM, "意向投资", "Intended investment", .group = S_("base")),
	F(confidence, F_ENUM, EDITED, "把握", "Confidence", .group = S_("base"), CHOICES(confidences)),
	F(first_contact_date, F_DATE, EDITED, "首次接触", "First contact", .group = S_("base")),
	F(reported_at_ms, F_AT, GIVEN, "报备时间", "Reported at", .group = S_("base")),
	F(reporting_unit, F_TEXT, FIELD_SERVER | FIELD_LIST, "首报单位", "Reporting unit", .group = S_("base")),
	F(secrecy, F_ENUM, FIELD_FORM | FIELD_FILTER | FIELD_REQUIRED | FIELD_FINAL, "密级", "Secrecy", .group = S_("other"), .choices = secrecies, .choices_n = SECRECY__N, .preset = S_("INTERNAL")),
	F(state, F_ENUM, GIVEN | FIELD_OPEN, "状态", "State", .group = S_("base"), CHOICES(states)),
	F(state_reason, F_TEXT, FIELD_SERVER, "原因", "Reason", .group = S_("other")),
	F(project_id, F_REF, FIELD_SERVER, "项目", "Project", .group = S_("other"), .ref = S_("projects")),
};
#undef F

/* A new lead is reported at once, by the server's clock; a partner's lead carries the partner. */
static enum err check(struct ctx *ctx, const void *old, void *rec, const struct fieldset *set) {
	struct lead *l = rec;
	(void)set;
	if (l->first_contact_date > ctx->today)
		fail(ctx, ERR_INVALID, S("first_contact_date"), S("in_the_future"));
	if (!old && l->secrecy == CHOICE_NONE) l->secrecy = (int32_t)grade_default(ctx);
	grade_check(ctx, !old, old ? ((const struct lead *)old)->secrecy : CHOICE_NONE, l->secrecy);
	if (old) return ERR_OK;
	l->state = LEAD_REPORTED;
	l->reported_at_ms = ctx->now_ms;
	l->reporting_unit = region_label(ctx->actor.scope);
	if (ctx->actor.role == ROLE_PARTNER) l->partner_id = ctx->actor.subject_id;
	return l->region_code.n ? code_next(ctx, CODE_LEAD, l->region_code, &l->code) : ERR_OK;
}

/* Who seals a lead is one of its named persons, as with a project. */
static enum err after(struct ctx *ctx, const void *old, const void *rec) {
	const struct lead *l = rec;
	(void)old;
	return l ? grade_name_actor(ctx, GRADE_LEAD, l->record.id, l->secrecy) : ERR_OK;
}

static const struct order orders[] = {DESC(id)};

const struct noun lead_noun = {
	.name = S_("lead"), .plural = S_("leads"), .zh = S_("线索"), .en = S_("Lead"),
	.table = S_("lead"), .object = OBJ_LEAD, .keeps_edits = true, .size = sizeof(struct lead), FIELDS(fields),
	.visible = Q_LEAD_VISIBLE, .label = S_("investor_name"),
	.generic = CAN_CREATE | CAN_UPDATE | CAN_DELETE, ORDERS(orders), .check = check, .after = after,
};
