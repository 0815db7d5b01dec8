#include "domain/funds.h"

#include "domain/noun.h"

static const struct choice origins[] = {
	{S_("LOCAL"), S_("市内"), S_("Local"), S_("")},
	{S_("DOM_PROV"), S_("省内市外"), S_("Other city of the province"), S_("")},
	{S_("DOM_OUT"), S_("省外"), S_("Other province"), S_("")},
	{S_("FOREIGN"), S_("境外"), S_("Foreign"), S_("")},
};
static const struct choice routes[] = {
	{S_("CASH"), S_("资金口径"), S_("Cash"), S_("")},
	{S_("FAI"), S_("固定资产口径"), S_("Fixed assets"), S_("")},
};
static const struct choice forms[] = {
	{S_("CASH_CAPITAL"), S_("实缴资本"), S_("Paid-in capital"), S_("")},
	{S_("SHARE_LOAN"), S_("股东贷款"), S_("Shareholder loan"), S_("")},
	{S_("LAND"), S_("土地价款"), S_("Land price"), S_("")},
	{S_("EQUIPMENT"), S_("设备"), S_("Equipment"), S_("")},
	{S_("CONSTRUCTION"), S_("工程款"), S_("Works"), S_("")},
	{S_("IN_KIND"), S_("实物"), S_("In kind"), S_("")},
	{S_("REINVEST"), S_("利润再投资"), S_("Reinvested profit"), S_("")},
	{S_("M_A"), S_("并购"), S_("Acquisition"), S_("")},
};
static const struct choice states[] = {
	{S_("DRAFT"), S_("草稿"), S_("Draft"), S_("")}, {S_("SUBMITTED"), S_("已报"), S_("Submitted"), S_("")},
	{S_("COUNTY_OK"), S_("县级已审"), S_("County reviewed"), S_("")}, {S_("RETURNED"), S_("退回"), S_("Returned"), S_("")},
	{S_("CITY_OK"), S_("市级已核"), S_("City verified"), S_("")}, {S_("FROZEN"), S_("已冻结"), S_("Frozen"), S_("")},
	{S_("REVOKED"), S_("已撤销"), S_("Revoked"), S_("")},
};

#define F(m, ...) FIELD(funds, m, __VA_ARGS__)
static const struct field fields[] = {
	F(project_id, F_REF, FIELD_REQUIRED | FIELD_FINAL | FIELD_FILTER, "项目", "Project", .group = S_("base"), .ref = S_("projects")),
	F(funds_date, F_DATE, GIVEN, "到账日期", "Date", .group = S_("base")),
	F(origin, F_ENUM, GIVEN, "来源", "Origin", .group = S_("base"), CHOICES(origins)),
	F(route, F_ENUM, GIVEN, "口径", "Route", .group = S_("base"), CHOICES(routes)),
	F(form, F_ENUM, GIVEN, "形式", "Form", .group = S_("base"), CHOICES(forms)),
	F(amount_fen, F_FEN, GIVEN | FIELD_SUM, "金额", "Amount", .group = S_("base")),
	F(amount_minor, F_MINOR, FIELD_SERVER, "原币金额", "Amount in currency", .group = S_("base")),
	F(currency, F_TEXT, FIELD_SERVER | FIELD_LIST | FIELD_FILTER, "币种", "Currency", .group = S_("base"), .max = 3),
	F(rate_e6, F_RATE_E6, FIELD_SERVER, "汇率", "Rate", .group = S_("base")),
	F(rate_date, F_DATE, FIELD_SERVER, "汇率日期", "Rate date", .group = S_("base")),
	F(payee_uscc, F_USCC, FIELD_SERVER, "收款单位代码", "Payee code", .group = S_("base")),
	F(doc_no, F_TEXT, FIELD_SERVER | FIELD_LIST, "凭证号", "Document no.", .group = S_("base")),
	F(stat_month, F_MONTH, GIVEN, "统计月", "Month", .group = S_("base")),
	F(state, F_ENUM, GIVEN, "状态", "State", .group = S_("base"), CHOICES(states)),
};
#undef F

static const struct order orders[] = {DESC(funds_date), DESC(id)};

/* Read-only here: entry and counting come with the figures' own screens. */
const struct noun funds_noun = {
	.name = S_("funds"), .plural = S_("funds"), .zh = S_("到位资金"), .en = S_("Funds in place"),
	.table = S_("funds_record"), .object = OBJ_FUNDS, .size = sizeof(struct funds), FIELDS(fields),
	.visible = Q_FUNDS_VISIBLE, .label = S_("doc_no"), .parent = S_("project_id"), ORDERS(orders),
};
