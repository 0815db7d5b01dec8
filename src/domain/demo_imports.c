/* demo_imports.c - three sheets at the import desk: one that asks, one that was compared, one that was
 * written and waits for a verifier. They go the way of every import, so they are what the desk makes. */
#include "domain/account.h"
#include "domain/demo_parts.h"
#include "domain/import.h"

/* No unit on the money, a stage word that is none of ours, days without a year. */
static const struct str asking = S_(
	"寿光市在谈项目台账,,,,,\n"
	"序号,项目名称,投资方,总投资,进展阶段,洽谈时间\n"
	"1,弥水湾蔬菜保鲜剂项目,澄禾生物科技有限公司,6800,储备,3月6日\n"
	"2,双王城海水淡化膜组件项目,清屿膜材料有限公司,12500,储备,3月11日\n"
	"3,羊口渔光互补储能项目,衡岳新能源有限公司,约23000,拟签约,3月20日\n"
	"4,侯镇可降解地膜项目,,9600,储备,\n"
	",合计,,51900,,\n");

static const struct str written = S_(
	"项目名称,投资方,总投资（万元）,行业代码,责任单位,项目阶段,首次洽谈时间\n"
	"台头防水卷材回收项目,砚海环保材料有限公司,8200,4220,寿光市台头镇,洽谈,2024-02-21\n"
	"田柳智能温室骨架项目,稷丰农业装备有限公司,15600,3311,寿光市田柳镇,洽谈,2024-02-27\n"
	"营里溴系阻燃剂项目,沧屏化学有限公司,31800,2661,寿光市营里镇,洽谈,2024-03-05\n"
	"纪台种质冷库项目,穗安种业有限公司,4700,0119,寿光市纪台镇,洽谈,2024-03-14\n");

static enum err as_staff(struct demo_city *c, struct ctx *as) {
	struct account who;
	struct assignment *roles;
	size_t n;
	*as = *c->ctx;
	as->today = c->today;
	as->now_ms = c->now_ms;
	as->lang = LANG_ZH;
	as->remote = S("127.0.0.1");
	enum err e = account_by_login(as, S("county_staff"), &who, NULL);
	if (!e) e = assignments_in_force(as, who.record.id, &roles, &n);
	if (e) return e;
	if (!n) return fail(as, ERR_NOT_FOUND, S("login"), S("no_assignment"));
	as->actor = actor_of(&who, &roles[0], as->today);
	return ERR_OK;
}

static enum err open_sheet(struct ctx *as, const char *name, struct str text, int64_t *id) {
	return import_open(as, str_c(name), as->actor.scope, text, id);
}

/* The first projects of the county once more, as a bureau would send them, with a day that does not exist. */
static struct str compared(const struct demo_city *c, struct str scope) {
	struct buf b = {.arena = c->ctx->arena};
	int found = 0;
	buf_c(&b, "项目名称,投资方,总投资（万元）,计划开工时间\n");
	for (size_t i = 0; i < c->projects_n && found < 3; i++) {
		const struct demo_project *p = &c->projects[i];
		if (p->is_sealed || p->side != SIDE_ACTIVE || !str_eq(demo_units[p->unit].code, scope)) continue;
		buf_add(&b, p->name);
		buf_c(&b, ",,");
		buf_int(&b, p->invest_wan + 100 * found);
		buf_c(&b, ",2024-09-30\n");
		found++;
	}
	buf_c(&b, "古城番茄红素提取项目,昭野生物有限公司,5200,2024-13-05\n洛城花卉冷链项目,,3600,2024-06-30\n");
	return buf_str(&b);
}

enum err demo_put_imports(struct demo_city *c) {
	struct ctx as;
	int64_t id;
	enum err e = as_staff(c, &as);
	if (!e) e = open_sheet(&as, "寿光市2024年2-3月洽谈项目.csv", written, &id);
	if (!e) e = import_check(&as, id, false, NULL);
	if (!e) e = import_write(&as, id, NULL, NULL);
	if (!e) e = open_sheet(&as, "寿光市重点项目_3月更新.csv", compared(c, as.actor.scope), &id);
	if (!e) e = import_check(&as, id, false, NULL);
	if (!e) e = open_sheet(&as, "寿光市在谈项目台账.csv", asking, &id);
	if (e) c->ctx->error = as.error;
	return e;
}
