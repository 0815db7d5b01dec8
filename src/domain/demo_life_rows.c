/* demo_life_rows.c - talks, monthly progress and leads. */
#include "domain/demo_parts.h"

#include "base/day.h"
#include "domain/reference.h"

static struct demo_rng rng_of_life(const struct demo_city *c, const struct demo_project *p) {
	return demo_rng_of(c->seed, 200000 + (uint64_t)(p - c->projects));
}

/* ---- talks ---- */

struct talk {
	int64_t project, lead;        /* 0 = none */
	int unit;
	int32_t day;
	struct str firm, product;
	int64_t wan;
	bool is_lease;
};

/* At least 50 characters, as the gate to TALK asks. */
static struct str minutes_of(struct arena *a, struct demo_rng *r, const struct talk *t) {
	static const struct str subjects[] = {
		S_("重点沟通了用地面积、供地方式和交地时间"), S_("介绍了园区配套、蒸汽价格和污水处理能力"),
		S_("就固定资产投资构成和分期计划交换了意见"), S_("对接了人才公寓、用工和子女入学事宜"),
		S_("讨论了能耗指标、环评路径和审批时限"),     S_("实地查看了拟选地块和现有厂房"),
	};
	static const struct str results[] = {
		S_("双方同意成立工作专班，每两周对接一次"), S_("投资方将在一个月内提交可行性研究报告"),
		S_("投资方对选址基本认可，待董事会审议"),   S_("约定由我方提供政策清单，对方提供用能需求"),
		S_("对方希望先租赁厂房起步，二期再拿地"),   S_("尚有分歧，约定下次会面继续商谈"),
	};
	return CAT(a, S("与"), t->firm, S("就"), t->product, S("项目进行洽谈，计划总投资"),
		demo_wan_text(a, t->wan), S("。会上"),
		subjects[demo_between(r, 0, LEN(subjects) - 1)], S("，"),
		subjects[demo_between(r, 0, LEN(subjects) - 1)], S("。"),
		results[demo_between(r, 0, LEN(results) - 1)], S("。"));
}

static enum err put_talk(struct demo_city *c, struct demo_rng *r, const struct talk *t) {
	static const struct str levels[] = {S_("LEADER"), S_("BUREAU"), S_("STAFF")};
	static const int16_t weights[] = {2, 4, 6};
	struct arena *a = &c->scratch;
	struct str unit = region_by_code(demo_units[t->unit].code)->name;
	bool has_next = demo_chance(r, 500);
	struct demo_row row = {.n = 0};
	demo_int(&row, S("project_id"), t->project ? t->project : NONE);
	demo_int(&row, S("lead_id"), t->lead ? t->lead : NONE);
	demo_day(&row, a, S("talk_date"), t->day);
	demo_text(&row, S("place"), demo_chance(r, 550) ? unit : S("投资方所在地"));
	demo_text(&row, S("ours"), CAT(a, unit, S("投资合作促进中心 "), demo_person(a, r), S("、"),
		demo_person(a, r)));
	demo_text(&row, S("theirs"), CAT(a, t->firm, S(" "), demo_person(a, r)));
	demo_text(&row, S("content"), minutes_of(a, r, t));
	demo_text(&row, S("commitment"), demo_chance(r, 250) ? S("协调供电部门出具接入方案") : S(""));
	demo_text(&row, S("next_step"), has_next ? S("组织现场踏勘，形成会谈备忘录") : S(""));
	demo_day(&row, a, S("next_date"), has_next ? t->day + 14 : DAY_NONE);
	demo_text(&row, S("level"), levels[demo_pick(r, weights, LEN(levels))]);
	demo_stamp(&row, demo_at(c, t->day, 1020), c->staff[t->unit], 0);
	return demo_put(c, S("talk"), &row, NULL);
}

static struct talk talk_of(const struct demo_project *p) {
	return (struct talk){.project = p->id, .unit = p->unit, .firm = p->investor->name,
		.product = p->product->name,
		.wan = p->invest_wan, .is_lease = p->is_lease};
}

/* From the first talk to the last, with one or two between. */
static enum err put_talks(struct demo_city *c, const struct demo_project *p, struct demo_rng *r) {
	if (p->day[STAGE_TALK] == DAY_NONE) return ERR_OK;
	int32_t first = p->day[STAGE_TALK], span = p->last_contact - first;
	int64_t n = span > 45 ? demo_between(r, 2, 4) : span > 0 ? 2 : 1;
	struct talk t = talk_of(p);
	for (int64_t i = 0; i < n; i++) {
		t.day = i == n - 1 && n > 1 ? p->last_contact : first + (int32_t)(span * i / n);
		enum err e = put_talk(c, r, &t);
		if (e) return e;
	}
	return ERR_OK;
}

/* ---- progress ---- */

static enum err put_month(struct demo_city *c, const struct demo_project *p, struct demo_rng *r,
	int32_t day, int64_t done_wan) {
	static const struct str milestones[] = {S_("土方工程完成"), S_("基础施工"), S_("主体施工至二层"),
		S_("主体封顶"), S_("设备进场安装"), S_("单机调试"), S_("附属工程施工")};
	static const struct str problems[] = {S_("临时用电容量不足"), S_("图审未办结"), S_("设备到货延期")};
	struct demo_row row = {.n = 0};
	demo_int(&row, S("project_id"), p->id);
	demo_text(&row, S("month"), str_sub(str_of_day(&c->scratch, day), 0, 7));
	demo_int(&row, S("invest_done_fen"), done_wan * WAN_FEN);
	demo_text(&row, S("milestone"), milestones[demo_between(r, 0, LEN(milestones) - 1)]);
	demo_text(&row, S("problem"),
		demo_chance(r, 120) ? problems[demo_between(r, 0, LEN(problems) - 1)] : S(""));
	demo_stamp(&row, demo_at(c, day + 2, 960), c->staff[p->unit], 0);
	return demo_put(c, S("progress"), &row, NULL);
}

static int32_t month_end(int32_t day, int months) {
	int year, month, mday;
	day_split(day, &year, &month, &mday);
	month += months;
	year += (month - 1) / 12;
	month = (month - 1) % 12 + 1;
	return day_of(year, month, day_month_len(year, month));
}

/* Works done at the end of each month from the start on, at most two years, never beyond the plan. */
static enum err put_progress(struct demo_city *c, const struct demo_project *p, struct demo_rng *r) {
	if (p->stage < STAGE_STARTED) return ERR_OK;
	int32_t end = p->day[STAGE_PRODUCING] ? p->day[STAGE_PRODUCING] : p->side == SIDE_SUSPENDED
		? p->side_day : c->today;
	int64_t span = p->day[STAGE_PRODUCING] ? end - p->day[STAGE_STARTED] + 30 : 540, done = 0;
	for (int i = 0; i < 24; i++) {
		int32_t day = month_end(p->day[STAGE_STARTED], i);
		if (day > end) break;
		int64_t permille = (day - p->day[STAGE_STARTED]) * demo_between(r, 800, 1000) / span;
		int64_t wan = p->fai_wan * (permille > 980 ? 980 : permille) / 1000;
		done = wan > done ? wan : done;
		enum err e = put_month(c, p, r, day, done);
		if (e) return e;
	}
	return ERR_OK;
}

enum err demo_put_life(struct demo_city *c, struct demo_project *p) {
	struct demo_rng rng = rng_of_life(c, p), *r = &rng;
	enum err e = put_talks(c, p, r);
	return e ? e : put_progress(c, p, r);
}

/* ---- leads ---- */

/* Whether a partner brought it is decided before (6 in 100), so PARTNER has no weight here. */
static const struct str sources[] = {S_("BUREAU"), S_("COUNTY"), S_("NOTABLE"), S_("EVENT"),
                                     S_("MISSION"), S_("ENTERPRISE"), S_("WEB"), S_("SUPERIOR")};
static const int16_t source_weights[] = {14, 40, 5, 8, 18, 6, 2, 1};

struct lead {
	int unit;
	int32_t day;
	struct str firm, id_no, country, class_code, content, state, reason;
	int64_t wan, project, partner; /* 0 = none */
	bool is_sealed;
};

static struct str lead_code(struct demo_city *c, const struct lead *l) {
	int year, month, mday;
	day_split(l->day, &year, &month, &mday);
	int32_t no = ++c->lead_no[l->unit][(year - 2021) * 12 + month - 1];
	return CAT(&c->scratch, S("XS"), demo_units[l->unit].code, demo_no(&c->scratch, year, 4),
		demo_no(&c->scratch, month, 2),
		demo_no(&c->scratch, no, 4));
}

static enum err put_lead(struct demo_city *c, struct demo_rng *r, const struct lead *l, int64_t *id) {
	static const struct str grades[] = {S_("A"), S_("B"), S_("C")};
	struct arena *a = &c->scratch;
	struct str source = l->partner ? S("PARTNER") : sources[demo_pick(r, source_weights, LEN(sources))];
	int64_t at = demo_at(c, l->day, 550 + (int)demo_between(r, 0, 400));
	struct demo_row row = {.n = 0};
	demo_text(&row, S("code"), lead_code(c, l));
	demo_text(&row, S("investor_name"), l->firm);
	demo_text(&row, S("investor_uscc"), l->id_no.n == 18 ? l->id_no : S(""));
	demo_text(&row, S("country"), l->country);
	demo_text(&row, S("region_code"), demo_units[l->unit].code);
	demo_text(&row, S("source_kind"), source);
	demo_int(&row, S("partner_id"), l->partner ? l->partner : NONE);
	demo_text(&row, S("industry_code"), l->class_code);
	demo_text(&row, S("content"), l->content);
	demo_int(&row, S("intended_invest_fen"), demo_chance(r, 850) ? l->wan * WAN_FEN : NONE);
	demo_text(&row, S("confidence"), grades[demo_between(r, 0, 2)]);
	demo_day(&row, a, S("first_contact_date"), l->day - (int32_t)demo_between(r, 0, 6));
	demo_int(&row, S("reported_at_ms"), str_eq(l->state, S("DRAFT")) ? NONE : at);
	demo_text(&row, S("reporting_unit"), region_label(demo_units[l->unit].code));
	demo_text(&row, S("secrecy"), l->is_sealed ? S("SEALED") : S("INTERNAL"));
	demo_text(&row, S("state"), l->state);
	demo_text(&row, S("state_reason"), l->reason);
	demo_int(&row, S("project_id"), l->project ? l->project : NONE);
	demo_stamp(&row, at, c->staff[l->unit], demo_at(c, l->day + 7, 900));
	enum err e = demo_put(c, S("lead"), &row, id);
	return e || !l->is_sealed ? e : demo_put_named(c, S("lead"), *id, l->unit);
}

static struct str lead_content(struct arena *a, struct str firm, const struct demo_product *p) {
	return CAT(a, firm, S("拟布局"), p->name, S("产能，正在选址，对我市"), demo_chains[p->chain].name,
		S("产业链有兴趣。"));
}

/* The lead that became this project. */
enum err demo_put_lead_of(struct demo_city *c, struct demo_project *p) {
	if (!p->has_lead) return ERR_OK;
	struct demo_rng r = demo_rng_of(c->seed, 300000 + (uint64_t)(p - c->projects));
	struct lead l = {.unit = p->unit, .day = p->day[STAGE_LEAD] - (int32_t)demo_between(&r, 1, 9),
		.firm = p->investor->name,
		.id_no = p->investor->id_no, .country = p->investor->origin->country,
		.class_code = p->product->class_code,
		.content = lead_content(&c->scratch, p->investor->name, p->product), .state = S("CONVERTED"),
		.wan = p->invest_wan, .project = p->id, .partner = p->partner, .is_sealed = p->is_sealed};
	int64_t id;
	enum err e = put_lead(c, &r, &l, &id);
	return e ? e : DB_RUN(c->ctx->db, Q_DEMO_LINK_LEAD, VI(id), VI(p->id));
}

/* Leads that became nothing, or have not yet: state, how many, how old, whether they were talked about. */
static const struct other {
	struct str state, reason;
	int16_t count, from_days, to_days, talks_permille;
} others[] = {
	{S_("DROPPED"), S_("投资方已选址其他城市"), 190, 820, 60, 500},
	{S_("DROPPED"), S_("不符合产业准入要求"), 80, 820, 60, 300},
	{S_("REJECTED"), S_("信息不完整，无法联系投资方"), 90, 820, 20, 0},
	{S_("DUPLICATE"), S_("与已登记线索为同一投资方同一项目"), 60, 820, 20, 0},
	{S_("EXPIRED"), S_("45 天无跟进，首报权失效"), 95, 820, 60, 300},
	{S_("STUDYING"), S_(""), 55, 20, 2, 0},
	{S_("ASSIGNED"), S_(""), 60, 45, 5, 700},
	{S_("ACCEPTED"), S_(""), 30, 10, 2, 0},
	{S_("REPORTED"), S_(""), 26, 4, 1, 0},
	{S_("CONFLICT"), S_("疑似撞单，等待裁定"), 8, 15, 3, 0},
	{S_("DRAFT"), S_(""), 10, 6, 1, 0},
};

static enum err put_other(struct demo_city *c, struct demo_rng *r, const struct other *o) {
	struct arena *a = &c->scratch;
	int16_t weights[DEMO_UNITS];
	for (size_t i = 0; i < DEMO_UNITS; i++) weights[i] = demo_units[i].weight;
	const struct demo_product *product = &demo_products[demo_between(r, 0, (int64_t)demo_products_n - 1)];
	const struct demo_origin *origin = &demo_origins[demo_between(r, 0, (int64_t)demo_origins_n - 1)];
	struct str firm = demo_firm(a, r, origin, demo_brand(a, r), demo_chains[product->chain].stem);
	struct lead l = {.unit = (int)demo_pick(r, weights, DEMO_UNITS), .firm = firm, .country = origin->country,
		.class_code = product->class_code, .content = lead_content(a, firm, product),
		.state = o->state,
		.reason = o->reason, .wan = demo_low(r, 3, 300) * 1000, .is_sealed = demo_chance(r, 10)};
	if (demo_chance(r, 60)) l.partner = demo_low(r, 1, 22);
	l.day = demo_workday(c->today - (int32_t)demo_between(r, o->to_days, o->from_days));
	int64_t id;
	enum err e = put_lead(c, r, &l, &id);
	if (e || !demo_chance(r, o->talks_permille)) return e;
	struct talk t = {.lead = id, .unit = l.unit, .day = l.day + 3, .firm = firm, .product = product->name,
		.wan = l.wan};
	return put_talk(c, r, &t);
}

enum err demo_put_other_leads(struct demo_city *c) {
	struct demo_rng r = demo_rng_of(c->seed, 4);
	for (size_t i = 0; i < LEN(others); i++)
		for (int n = 0; n < others[i].count; n++) {
			enum err e = put_other(c, &r, &others[i]);
			if (e) return e;
			arena_reset(&c->scratch);
		}
	return ERR_OK;
}
