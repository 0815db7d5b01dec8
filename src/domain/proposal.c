#include "domain/proposal.h"

#include "domain/audit.h"
#include "domain/city.h"
#include "domain/calendar.h"
#include "domain/evidence.h"
#include "domain/notice.h"
#include "domain/noun.h"
#include "domain/param.h"
#include "domain/reference.h"
#include "domain/rights.h"

/* ---- tables ---- */

const struct choice proposal_kinds[PROPOSE__N] = {
	[PROPOSE_ADVANCE] = {S_("ADVANCE"), S_("推进"), S_("Advance"), S_("")},
	[PROPOSE_CORRECTION] = {S_("CORRECTION"), S_("更正"), S_("Correction"), S_("")},
	[PROPOSE_SUSPEND] = {S_("SUSPEND"), S_("暂停"), S_("Suspend"), S_("")},
	[PROPOSE_RESUME] = {S_("RESUME"), S_("恢复"), S_("Resume"), S_("")},
	[PROPOSE_TERMINATE] = {S_("TERMINATE"), S_("终止"), S_("Terminate"), S_("")},
	[PROPOSE_MERGE] = {S_("MERGE"), S_("合并"), S_("Merge"), S_("")},
	[PROPOSE_UNMERGE] = {S_("UNMERGE"), S_("撤销合并"), S_("Undo merge"), S_("")},
	[PROPOSE_TRANSFER] = {S_("TRANSFER"), S_("流转"), S_("Transfer"), S_("")},
	[PROPOSE_CONFIRM] = {S_("CONFIRM"), S_("确认导入日期"), S_("Confirm imported dates"), S_("")},
};

const struct choice proposal_acts[ACT__N] = {
	[ACT_PROPOSE] = {S_("PROPOSE"), S_("提交"), S_("Proposed"), S_("")},
	[ACT_REVIEW] = {S_("REVIEW"), S_("县级审核"), S_("County review"), S_("")},
	[ACT_VERIFY] = {S_("VERIFY"), S_("市级核验"), S_("City verification"), S_("")},
	[ACT_RETURN] = {S_("RETURN"), S_("退回"), S_("Returned"), S_("")},
	[ACT_WITHDRAW] = {S_("WITHDRAW"), S_("撤回"), S_("Withdrawn"), S_("")},
};

static const struct choice states[] = {
	[PROPOSAL_OPEN] = {S_("OPEN"), S_("待审"), S_("Open"), S_("")},
	[PROPOSAL_RETURNED] = {S_("RETURNED"), S_("已退回"), S_("Returned"), S_("")},
	[PROPOSAL_WITHDRAWN] = {S_("WITHDRAWN"), S_("已撤回"), S_("Withdrawn"), S_("")},
	[PROPOSAL_DONE] = {S_("DONE"), S_("已生效"), S_("Done"), S_("")},
};

/* handbook 3.2 and 3.6 */
const struct choice proposal_reasons[] = {
	{S_("MARKET"), S_("市场变化"), S_("Market"), S_("")}, {S_("FINANCE"), S_("资金"), S_("Finance"), S_("")},
	{S_("LAND"), S_("用地"), S_("Land"), S_("")}, {S_("APPROVAL"), S_("审批"), S_("Approval"), S_("")},
	{S_("INVESTOR"), S_("投资方原因"), S_("Investor"), S_("")}, {S_("POLICY"), S_("政策"), S_("Policy"), S_("")},
	{S_("FORCE_MAJEURE"), S_("不可抗力"), S_("Force majeure"), S_("")},
	{S_("NO_CONTACT"), S_("长期无联系"), S_("No contact"), S_("")}, {S_("CANCELLED"), S_("合同解除"), S_("Contract cancelled"), S_("")},
	{S_("DUPLICATE"), S_("重复项目"), S_("Duplicate"), S_("")}, {S_("LAYOUT"), S_("产业布局"), S_("Industry layout"), S_("")},
	{S_("FACTOR"), S_("要素"), S_("Factors"), S_("")}, {S_("INVESTOR_CHOICE"), S_("投资方选择"), S_("Investor's choice"), S_("")},
	{S_("PARK_FULL"), S_("园区已满"), S_("Park full"), S_("")}, {S_("MISTAKE"), S_("录入有误"), S_("Mistake"), S_("")},
};
const size_t proposal_reasons_n = sizeof proposal_reasons / sizeof *proposal_reasons;

#define F(m, ...) FIELD(proposal, m, __VA_ARGS__)
static const struct field fields[] = {
	F(project_id, F_REF, FIELD_REQUIRED | FIELD_FINAL | FIELD_FILTER, "项目", "Project", .group = S_("base"), .ref = S_("projects")),
	F(project_name, F_TEXT, FIELD_SERVER | FIELD_VIEW | FIELD_LIST | FIELD_SEARCH, "项目名称", "Project name", .group = S_("base")),
	F(region_code, F_REGION, GIVEN | FIELD_VIEW, "属地", "Place", .group = S_("base")),
	F(kind, F_ENUM, GIVEN, "事项", "Act", .group = S_("base"), CHOICES(proposal_kinds)),
	F(from_stage, F_ENUM, GIVEN, "原阶段", "From", .group = S_("base"), CHOICES(project_stages)),
	F(to_stage, F_ENUM, GIVEN, "目标阶段", "To", .group = S_("base"), CHOICES(project_stages)),
	F(event_date, F_DATE, GIVEN, "发生日期", "Event date", .group = S_("base")),
	F(via_date, F_DATE, FIELD_SERVER, "前一阶段日期", "Date of the stage between", .group = S_("base")),
	F(reason_code, F_ENUM, FIELD_SERVER | FIELD_LIST, "原因", "Reason", .group = S_("base"), .choices = proposal_reasons, .choices_n = sizeof proposal_reasons / sizeof *proposal_reasons),
	F(reason, F_LONG, FIELD_SERVER | FIELD_LIST, "说明", "Explanation", .group = S_("base"), .max = 500),
	F(to_region_code, F_REGION, FIELD_SERVER, "转入单位", "To unit", .group = S_("base")),
	F(merged_into, F_REF, FIELD_SERVER, "并入项目", "Merged into", .group = S_("base"), .ref = S_("projects")),
	F(evidence_id, F_REF, FIELD_SERVER, "佐证", "Evidence", .group = S_("base"), .ref = S_("evidence")),
	F(state, F_ENUM, GIVEN, "状态", "State", .group = S_("base"), CHOICES(states)),
	F(next_act, F_ENUM, GIVEN, "待办", "Waits for", .group = S_("base"), CHOICES(proposal_acts)),
	F(project_version, F_INT, FIELD_SERVER, "项目版本", "Project version", .group = S_("other"), .max = INT64_C(1) << 53),
	F(due_date, F_DATE, GIVEN, "办理期限", "Due", .group = S_("base")),
	F(is_own, F_BOOL, FIELD_SERVER | FIELD_VIEW | FIELD_FILTER, "我提交的", "Mine", .group = S_("base")),
	F(is_newest, F_BOOL, FIELD_SERVER | FIELD_VIEW | FIELD_FILTER, "最新一件", "The newest", .group = S_("base")),
	F(proposer_name, F_TEXT, FIELD_SERVER | FIELD_VIEW | FIELD_LIST, "提交人", "Proposer", .group = S_("base")),
};
#undef F

static const struct order orders[] = {DESC(id)};

const struct noun proposal_noun = {
	.name = S_("proposal"), .plural = S_("proposals"), .zh = S_("推进事项"), .en = S_("Proposal"),
	.table = S_("proposal"), .object = OBJ_PROPOSAL, .size = sizeof(struct proposal), FIELDS(fields),
	.visible = Q_PROPOSAL_VISIBLE, .label = S_("project_name"), ORDERS(orders),
};

/* Who acts after the proposer (handbook 3.1, 3.2). to = STAGE__N: whatever the stage. */
static const struct chain {
	enum proposal_kind kind;
	enum stage to;
	enum proposal_act acts[2];
	size_t n;
} chains[] = {
	{PROPOSE_ADVANCE, STAGE_TALK, {ACT_REVIEW}, 1},
	{PROPOSE_ADVANCE, STAGE_CAPACITY, {ACT_VERIFY}, 1},
	{PROPOSE_ADVANCE, STAGE_CLOSED, {ACT_VERIFY}, 1},
	{PROPOSE_ADVANCE, STAGE__N, {ACT_REVIEW, ACT_VERIFY}, 2},
	{PROPOSE_CORRECTION, STAGE__N, {ACT_VERIFY}, 1},
	{PROPOSE_SUSPEND, STAGE__N, {ACT_REVIEW, ACT_VERIFY}, 2},
	{PROPOSE_RESUME, STAGE__N, {ACT_REVIEW, ACT_VERIFY}, 2},
	{PROPOSE_TERMINATE, STAGE__N, {ACT_REVIEW, ACT_VERIFY}, 2},
	{PROPOSE_MERGE, STAGE__N, {ACT_VERIFY}, 1},
	{PROPOSE_UNMERGE, STAGE__N, {ACT_VERIFY}, 1},
	{PROPOSE_TRANSFER, STAGE__N, {ACT_VERIFY}, 1},
	{PROPOSE_CONFIRM, STAGE__N, {ACT_VERIFY}, 1},
};

/* What a kind needs of the project and of its proposer. */
enum { CITY_STAFF_BIT = 1 << ROLE_CITY_STAFF, COUNTY_STAFF_BIT = 1 << ROLE_COUNTY_STAFF,
	VERIFIER_BIT = 1 << ROLE_CITY_VERIFIER };
enum { STAFF_BITS = CITY_STAFF_BIT | COUNTY_STAFF_BIT };
static const struct kind_rule {
	uint32_t proposers;          /* bits of enum role */
	uint32_t sides;              /* bits of enum side */
	enum stage from, until;      /* stages that it may start in */
	bool needs_reason;
} kind_rules[PROPOSE__N] = {
	[PROPOSE_ADVANCE] = {STAFF_BITS, 1 << SIDE_ACTIVE, STAGE_LEAD, STAGE_CAPACITY, false},
	[PROPOSE_CORRECTION] = {VERIFIER_BIT, 1 << SIDE_ACTIVE, STAGE_TALK, STAGE_CLOSED, true},
	[PROPOSE_SUSPEND] = {STAFF_BITS, 1 << SIDE_ACTIVE, STAGE_TALK, STAGE_PRODUCING, true},
	[PROPOSE_RESUME] = {STAFF_BITS, 1 << SIDE_SUSPENDED, STAGE_LEAD, STAGE_CLOSED, true},
	[PROPOSE_TERMINATE] = {STAFF_BITS, 1 << SIDE_ACTIVE | 1 << SIDE_SUSPENDED, STAGE_LEAD, STAGE_PRODUCING, true},
	[PROPOSE_MERGE] = {CITY_STAFF_BIT, 1 << SIDE_ACTIVE | 1 << SIDE_SUSPENDED, STAGE_LEAD, STAGE_CLOSED, true},
	[PROPOSE_UNMERGE] = {CITY_STAFF_BIT, 1 << SIDE_MERGED, STAGE_LEAD, STAGE_CLOSED, true},
	[PROPOSE_TRANSFER] = {CITY_STAFF_BIT, 1 << SIDE_ACTIVE | 1 << SIDE_SUSPENDED, STAGE_LEAD, STAGE_LANDED, true},
	[PROPOSE_CONFIRM] = {STAFF_BITS, 1 << SIDE_ACTIVE | 1 << SIDE_SUSPENDED, STAGE_LEAD, STAGE_CLOSED, false},
};

static const struct str day_keys[STAGE__N] = {
	S_("stage_days.LEAD"), S_("stage_days.TALK"), S_("stage_days.SIGNED"), S_("stage_days.LANDED"),
	S_("stage_days.STARTED"), S_("stage_days.PRODUCING"), S_("stage_days.CAPACITY"), S_("stage_days.CLOSED"),
};

enum err stage_target_days(struct ctx *ctx, int32_t out[STAGE__N]) {
	for (int s = 0; s < STAGE__N; s++) {
		int64_t days;
		enum err e = param_int(ctx, day_keys[s], 0, &days);
		if (e) return e;
		out[s] = (int32_t)days;
	}
	return ERR_OK;
}

size_t proposal_chain(enum proposal_kind kind, enum stage to, enum proposal_act acts[2]) {
	for (size_t i = 0; i < sizeof chains / sizeof *chains; i++) {
		const struct chain *c = &chains[i];
		if (c->kind != kind || (c->to != to && c->to != STAGE__N)) continue;
		acts[0] = c->acts[0];
		acts[1] = c->acts[1];
		return c->n;
	}
	return 0;
}

enum role proposal_role(enum proposal_act act) {
	return act == ACT_REVIEW ? ROLE_COUNTY_REVIEWER : ROLE_CITY_VERIFIER;
}

/* ---- due days ---- */

enum err proposal_due(struct ctx *ctx, enum proposal_act act, int32_t since, int32_t *due) {
	const struct calendar *c;
	int64_t days;
	struct str key = str_cat(ctx->arena, S("proposal_days."), proposal_acts[act].code);
	enum err e = param_int(ctx, key, 3, &days);
	if (!e) e = calendar_load(ctx, &c);
	if (!e) *due = calendar_after(c, since, days);
	return e;
}

struct waiting {
	struct waiting *next;
	int64_t id;
	int32_t due;
};

static enum err read_waiting(struct ctx *ctx, struct rows *r, struct waiting **all) {
	const struct field acts = {.choices = proposal_acts, .choices_n = ACT__N};
	while (rows_next(r)) {
		struct waiting *w = arena_alloc(ctx->arena, sizeof *w);
		int act = choice_index(&acts, rows_text(r, 1));
		enum err e = act < 0 ? ERR_STORE
			: proposal_due(ctx, (enum proposal_act)act, day_of_ms(rows_int(r, 2)), &w->due);
		if (e) return e;
		w->id = rows_int(r, 0);
		w->next = *all;
		*all = w;
	}
	return fail_store(ctx, rows_error(r));
}

enum err proposal_refresh_due(struct ctx *ctx) {
	struct waiting *all = NULL;
	struct rows *r;
	enum err e = db_query(ctx->db, ctx->arena, Q_PROPOSALS_WAITING, NULL, 0, &r);
	if (e) return fail_store(ctx, e);
	e = read_waiting(ctx, r, &all);
	rows_done(r);
	for (; all && !e; all = all->next)
		e = fail_store(ctx, DB_RUN(ctx->db, Q_PROPOSAL_SET_DUE, VI(all->id), VT(str_of_day(ctx->arena, all->due))));
	return e;
}

/* ---- proposing ---- */

bool proposal_may(struct ctx *ctx, const struct project *p, enum proposal_kind kind, struct str *why) {
	const struct kind_rule *k = &kind_rules[kind];
	if (!(k->proposers >> ctx->actor.role & 1)) *why = S("not_your_act");
	else if (!(k->sides >> p->side & 1)) *why = S("wrong_side");
	else if (p->stage < (int32_t)k->from || p->stage > (int32_t)k->until) *why = S("wrong_stage");
	else if (kind == PROPOSE_CONFIRM && p->is_stage_verified) *why = S("verified_already");
	else if (kind == PROPOSE_ADVANCE && !p->is_stage_verified) *why = S("confirm_first");
	else return true;
	return false;
}

/* Days of a project's life do not go back; the future has not happened. */
static enum err check_days(struct ctx *ctx, const struct project *p, const struct proposal *in) {
	struct rows *r;
	int32_t last = DAY_NONE;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_STAGE_EVENT_LAST_DAY, &r, VI(p->record.id));
	if (e) return fail_store(ctx, e);
	if (rows_next(r) && !rows_is_null(r, 0)) (void)day_parse(rows_text(r, 0), &last);
	rows_done(r);
	if (in->event_date == DAY_NONE) return fail(ctx, ERR_INVALID, S("event_date"), S("required"));
	if (in->event_date > ctx->today) return fail(ctx, ERR_INVALID, S("event_date"), S("in_the_future"));
	int32_t first = in->via_date == DAY_NONE ? in->event_date : in->via_date;
	if (first > in->event_date) return fail(ctx, ERR_INVALID, S("via_date"), S("after_event"));
	bool is_correction = in->kind == PROPOSE_CORRECTION || in->kind == PROPOSE_CONFIRM;
	if (last != DAY_NONE && first < last && !is_correction)
		return fail_with(ctx, ERR_INVALID, S("event_date"), S("before_last_event"),
			str_of_day(ctx->arena, last), S(""));
	return ERR_OK;
}

static enum err check_advance(struct ctx *ctx, const struct project *p, struct proposal *in) {
	struct gate_facts g;
	if (in->to_stage <= p->stage || in->to_stage > p->stage + 2)
		return fail_with(ctx, ERR_CONFLICT, S("to_stage"), S("not_reachable"),
		                 ctx->lang == LANG_EN ? project_stages[p->stage].en
		: project_stages[p->stage].zh, S(""));
	enum err e = gate_facts_load(ctx, p->record.id, &g);
	return e ? e : gates_check(ctx, &g, (enum stage)p->stage, (enum stage)in->to_stage);
}

static enum err check_correction(struct ctx *ctx, const struct project *p, struct proposal *in) {
	if (in->to_stage == CHOICE_NONE || in->to_stage >= p->stage)
		return fail(ctx, ERR_CONFLICT, S("to_stage"), S("correction_goes_back"));
	return ERR_OK;
}

static enum err check_transfer(struct ctx *ctx, const struct project *p, struct proposal *in) {
	bool is_unit;
	enum err e = city_has_unit(ctx, in->to_region_code, &is_unit);
	if (e) return e;
	if (!is_unit) return fail(ctx, ERR_INVALID, S("to_region_code"), S("not_a_unit"));
	if (str_eq(in->to_region_code, p->region_code))
		return fail(ctx, ERR_INVALID, S("to_region_code"), S("same_unit"));
	return ERR_OK;
}

static enum err check_merge(struct ctx *ctx, const struct project *p, struct proposal *in) {
	struct project into;
	const struct error *kept = ctx->error;
	if (in->merged_into == NONE || in->merged_into == p->record.id)
		return fail(ctx, ERR_INVALID, S("merged_into"), S("required"));
	if (record_get(ctx, &project_noun, in->merged_into, &into) || into.side == SIDE_MERGED) {
		ctx->error = kept;
		return fail(ctx, ERR_INVALID, S("merged_into"), S("no_such_record"));
	}
	return ERR_OK;
}

static enum err check_nothing(struct ctx *ctx, const struct project *p, struct proposal *in) {
	(void)ctx, (void)p, (void)in;
	return ERR_OK;
}

typedef enum err (*kind_check)(struct ctx *ctx, const struct project *p, struct proposal *in);
static const kind_check kind_checks[PROPOSE__N] = {
	[PROPOSE_ADVANCE] = check_advance, [PROPOSE_CORRECTION] = check_correction, [PROPOSE_SUSPEND] = check_nothing,
	[PROPOSE_RESUME] = check_nothing, [PROPOSE_TERMINATE] = check_nothing, [PROPOSE_MERGE] = check_merge,
	[PROPOSE_UNMERGE] = check_nothing, [PROPOSE_TRANSFER] = check_transfer, [PROPOSE_CONFIRM] = check_nothing,
};

static enum err check_free(struct ctx *ctx, const struct project *p, const struct proposal *in) {
	int64_t open = 0;
	if (in->project_version != NONE && in->project_version != p->record.row_version)
		return fail(ctx, ERR_CONFLICT, S("row_version"), S("stale"));
	enum err e = db_int(ctx->db, Q_PROPOSAL_OPEN_OF, &VI(p->record.id), 1, &open);
	if (e) return fail_store(ctx, e);
	return open ? fail(ctx, ERR_CONFLICT, S(""), S("proposal_is_open")) : ERR_OK;
}

static enum err add_step(struct ctx *ctx, int64_t proposal_id, enum proposal_act act, struct str comment) {
	return fail_store(ctx, DB_RUN(ctx->db, Q_PROPOSAL_STEP_ADD, VI(proposal_id), VT(proposal_acts[act].code),
		VI(ctx->actor.account_id), VT(role_code(ctx->actor.role)), VI(ctx->now_ms), v_text_or_null(comment)));
}

/* Only a file of this very project bears its proposal out. */
static enum err check_evidence(struct ctx *ctx, const struct project *p, const struct proposal *in) {
	struct evidence ev;
	const struct error *kept = ctx->error;
	if (in->evidence_id == NONE) return ERR_OK;
	enum err e = record_get(ctx, &evidence_noun, in->evidence_id, &ev);
	if (!e && ev.project_id == p->record.id) return ERR_OK;
	if (e && e != ERR_NOT_FOUND) return e;
	ctx->error = kept;
	return fail(ctx, ERR_INVALID, S("evidence_id"), S("not_of_this_project"));
}

enum err proposal_make(struct ctx *ctx, const struct project *p, struct proposal *in) {
	struct str why;
	enum proposal_act acts[2];
	enum err e = check_free(ctx, p, in);
	if (e) return e;
	if (!proposal_may(ctx, p, (enum proposal_kind)in->kind, &why))
		return fail(ctx, str_eq(why, S("not_your_act")) ? ERR_FORBIDDEN : ERR_CONFLICT, S("kind"), why);
	if (kind_rules[in->kind].needs_reason && (in->reason_code == CHOICE_NONE || !in->reason.n))
		return fail(ctx, ERR_INVALID,
			in->reason_code == CHOICE_NONE ? S("reason_code") : S("reason"), S("required"));
	if ((e = kind_checks[in->kind](ctx, p, in))) return e;
	if ((e = check_days(ctx, p, in))) return e;
	if ((e = check_evidence(ctx, p, in))) return e;
	if (in->kind != PROPOSE_ADVANCE && in->kind != PROPOSE_CORRECTION) in->to_stage = CHOICE_NONE;
	enum stage to = in->to_stage == CHOICE_NONE ? STAGE__N : (enum stage)in->to_stage;
	(void)proposal_chain((enum proposal_kind)in->kind, to, acts);
	in->project_id = p->record.id;
	in->from_stage = p->stage;
	in->state = PROPOSAL_OPEN;
	in->next_act = acts[0];
	in->project_version = p->record.row_version;
	if ((e = proposal_due(ctx, acts[0], ctx->today, &in->due_date))) return e;
	if ((e = record_insert(ctx, &proposal_noun, in))) return e;
	return add_step(ctx, in->record.id, ACT_PROPOSE, in->reason);
}

/* ---- taking effect ---- */

static const size_t stage_date_offset[STAGE__N] = {
	[STAGE_TALK] = offsetof(struct project, first_talk_date), [STAGE_SIGNED] = offsetof(struct project, sign_date),
	[STAGE_LANDED] = offsetof(struct project, land_date), [STAGE_STARTED] = offsetof(struct project, start_date),
	[STAGE_PRODUCING] = offsetof(struct project, produce_date), [STAGE_CAPACITY] = offsetof(struct project, capacity_date),
};

static void set_stage_date(struct project *p, enum stage s, int32_t day) {
	if (!stage_date_offset[s] || (s == STAGE_TALK && p->first_talk_date != DAY_NONE)) return;
	*(int32_t *)((char *)p + stage_date_offset[s]) = day;
}

static enum err add_event(struct ctx *ctx, const struct proposal *q, struct str kind, int from,
		int to, int32_t day) {
	struct value none = VNULL;
	return fail_store(ctx, DB_RUN(ctx->db, Q_STAGE_EVENT_ADD, VI(q->project_id), VT(kind),
		from < 0 ? none : VT(project_stages[from].code), to < 0 ? none : VT(project_stages[to].code),
		VT(str_of_day(ctx->arena, day)), VI(q->record.id), VI(ctx->now_ms), VI(ctx->actor.account_id),
		v_text_or_null(q->reason)));
}

static void enter_stage(struct project *p, enum stage s, int32_t day) {
	p->stage = s;
	p->stage_since_date = day;
	p->suspended_days = 0;
	p->manual_light = CHOICE_NONE; /* it was about the stage before */
	p->manual_light_date = DAY_NONE;
	p->manual_light_reason = (struct str){0};
	set_stage_date(p, s, day);
}

static enum err effect_advance(struct ctx *ctx, const struct proposal *q, struct project *p) {
	int32_t first = q->via_date == DAY_NONE ? q->event_date : q->via_date;
	enum err e = ERR_OK;
	for (int s = p->stage + 1; s <= q->to_stage && !e; s++) {
		int32_t day = s == q->to_stage ? q->event_date : first;
		e = add_event(ctx, q, S("STAGE"), s - 1, s, day);
		enter_stage(p, (enum stage)s, day);
	}
	return e;
}

/* Back: what was entered by mistake is void, its dates go, the clock of the stage runs from before. */
static enum err effect_correction(struct ctx *ctx, const struct proposal *q, struct project *p) {
	enum err e = ERR_OK;
	for (int s = p->stage; s > q->to_stage && !e; s--) {
		e = fail_store(ctx, DB_RUN(ctx->db, Q_STAGE_EVENTS_VOID_AFTER, VI(p->record.id),
			VT(project_stages[s].code)));
		if (stage_date_offset[s] && s != STAGE_TALK) set_stage_date(p, (enum stage)s, DAY_NONE);
	}
	if (!e) e = add_event(ctx, q, S("CORRECTION"), p->stage, q->to_stage, q->event_date);
	size_t at = stage_date_offset[q->to_stage];
	p->stage = q->to_stage;
	p->suspended_days = 0;
	p->stage_since_date = at ? *(int32_t *)((char *)p + at) : day_of_ms(p->record.created_at_ms);
	return e;
}

static enum err effect_suspend(struct ctx *ctx, const struct proposal *q, struct project *p) {
	p->side = SIDE_SUSPENDED;
	p->suspended_since_date = q->event_date;
	return add_event(ctx, q, S("SUSPEND"), p->stage, -1, q->event_date);
}

static void end_suspension(struct project *p, int32_t day) {
	if (p->suspended_since_date == DAY_NONE) return;
	int32_t from = p->suspended_since_date > p->stage_since_date ? p->suspended_since_date
		: p->stage_since_date;
	if (day > from) p->suspended_days += day - from;
	p->suspended_since_date = DAY_NONE;
}

static enum err effect_resume(struct ctx *ctx, const struct proposal *q, struct project *p) {
	p->side = SIDE_ACTIVE;
	end_suspension(p, q->event_date);
	return add_event(ctx, q, S("RESUME"), p->stage, -1, q->event_date);
}

static enum err effect_terminate(struct ctx *ctx, const struct proposal *q, struct project *p) {
	p->side = SIDE_TERMINATED;
	end_suspension(p, q->event_date);
	return add_event(ctx, q, S("TERMINATE"), p->stage, -1, q->event_date);
}

static enum err effect_merge(struct ctx *ctx, const struct proposal *q, struct project *p) {
	p->side = SIDE_MERGED;
	p->merged_into = q->merged_into;
	return add_event(ctx, q, S("MERGE"), p->stage, -1, q->event_date);
}

static enum err effect_unmerge(struct ctx *ctx, const struct proposal *q, struct project *p) {
	p->side = p->suspended_since_date == DAY_NONE ? SIDE_ACTIVE : SIDE_SUSPENDED;
	p->merged_into = NONE;
	return add_event(ctx, q, S("UNMERGE"), p->stage, -1, q->event_date);
}

static enum err effect_transfer(struct ctx *ctx, const struct proposal *q, struct project *p) {
	p->region_code = q->to_region_code;
	return add_event(ctx, q, S("TRANSFER"), p->stage, -1, q->event_date);
}

static enum err effect_confirm(struct ctx *ctx, const struct proposal *q, struct project *p) {
	(void)q;
	p->is_stage_verified = true;
	return fail_store(ctx, DB_RUN(ctx->db, Q_STAGE_EVENTS_CONFIRM, VI(p->record.id),
		VI(ctx->now_ms), VI(ctx->actor.account_id)));
}

typedef enum err (*kind_effect)(struct ctx *ctx, const struct proposal *q, struct project *p);
static const kind_effect effects[PROPOSE__N] = {
	[PROPOSE_ADVANCE] = effect_advance, [PROPOSE_CORRECTION] = effect_correction, [PROPOSE_SUSPEND] = effect_suspend,
	[PROPOSE_RESUME] = effect_resume, [PROPOSE_TERMINATE] = effect_terminate, [PROPOSE_MERGE] = effect_merge,
	[PROPOSE_UNMERGE] = effect_unmerge, [PROPOSE_TRANSFER] = effect_transfer, [PROPOSE_CONFIRM] = effect_confirm,
};

/* The gate is asked again: a file may have been rejected since the proposal. */
static enum err take_effect(struct ctx *ctx, const struct proposal *q) {
	struct project old, p;
	enum err e = record_get(ctx, &project_noun, q->project_id, &old);
	if (e) return e;
	if (old.stage != q->from_stage) return fail(ctx, ERR_CONFLICT, S("stage"), S("stale"));
	if (q->kind == PROPOSE_ADVANCE) {
		struct gate_facts g;
		if ((e = gate_facts_load(ctx, q->project_id, &g))) return e;
		if ((e = gates_check(ctx, &g, (enum stage)old.stage, (enum stage)q->to_stage))) return e;
	}
	p = old;
	if ((e = effects[q->kind](ctx, q, &p))) return e;
	return record_store(ctx, &project_noun, &old, &p, S("move"));
}

/* ---- the chain ---- */

bool proposal_may_act(struct ctx *ctx, const struct proposal *q, enum proposal_act act, struct str *why) {
	int64_t acted = 0;
	if (q->state != PROPOSAL_OPEN) {
		*why = S("proposal_ended");
		return false;
	}
	if (act == ACT_WITHDRAW) {
		*why = S("only_the_proposer");
		return q->record.created_by == ctx->actor.account_id;
	}
	enum proposal_act turn = (enum proposal_act)q->next_act;
	if (ctx->actor.role != proposal_role(turn))
		*why = turn == ACT_REVIEW ? S("only_county_reviewer") : S("only_city_verifier");
	else if (act != ACT_RETURN && act != turn) *why = S("not_its_turn");
	else if (db_int(ctx->db, Q_PROPOSAL_ACTED,
		(struct value[]){VI(q->record.id), VI(ctx->actor.account_id)}, 2, &acted) || acted)
		*why = S("separation_of_duties");
	else return true;
	return false;
}

static enum err store_state(struct ctx *ctx, const struct proposal *old, struct proposal *q,
		enum proposal_act act, struct str comment) {
	enum err e = record_store(ctx, &proposal_noun, old, q, str_lower(ctx->arena, proposal_acts[act].code));
	return e ? e : add_step(ctx, q->record.id, act, comment);
}

/* REVIEW -> VERIFY -> done, as the chain of this kind has them. */
static void step_on(struct proposal *q) {
	enum proposal_act acts[2];
	enum stage to = q->to_stage == CHOICE_NONE ? STAGE__N : (enum stage)q->to_stage;
	size_t n = proposal_chain((enum proposal_kind)q->kind, to, acts);
	bool is_last = n < 2 || q->next_act == (int32_t)acts[1];
	q->next_act = is_last ? CHOICE_NONE : (int32_t)acts[1];
	if (is_last) q->state = PROPOSAL_DONE;
}

static enum err tell_proposer(struct ctx *ctx, const struct proposal *q, enum proposal_act act, struct str comment) {
	enum notice_kind kind = act == ACT_RETURN ? NOTICE_RETURNED
		: q->state == PROPOSAL_DONE ? NOTICE_VERIFIED : NOTICE_REVIEWED;
	if (act == ACT_WITHDRAW) return ERR_OK;
	return notice_add(ctx, &(struct notice){.account_id = q->record.created_by, .kind = kind, .project_id = q->project_id,
		.object_id = q->record.id, .name = q->project_name, .detail = comment});
}

enum err proposal_act(struct ctx *ctx, int64_t proposal_id, enum proposal_act act,
		struct str comment, int64_t row_version) {
	struct proposal old, q;
	struct str why;
	enum err e = record_get(ctx, &proposal_noun, proposal_id, &old);
	if (e) return e;
	if (row_version != NONE && row_version != old.record.row_version)
		return fail(ctx, ERR_CONFLICT, S("row_version"), S("stale"));
	if (!proposal_may_act(ctx, &old, act, &why)) {
		bool is_ended = old.state != PROPOSAL_OPEN || str_eq(why, S("not_its_turn"));
		return fail(ctx, is_ended ? ERR_CONFLICT : ERR_FORBIDDEN, S(""), why);
	}
	if (act == ACT_RETURN && !comment.n) return fail(ctx, ERR_INVALID, S("comment"), S("required"));
	q = old;
	if (act == ACT_RETURN) q.state = PROPOSAL_RETURNED;
	else if (act == ACT_WITHDRAW) q.state = PROPOSAL_WITHDRAWN;
	else step_on(&q);
	if (q.state != PROPOSAL_OPEN) q.next_act = CHOICE_NONE;
	q.due_date = DAY_NONE;
	if (q.next_act != CHOICE_NONE)
		e = proposal_due(ctx, (enum proposal_act)q.next_act, ctx->today, &q.due_date);
	if (e) return e;
	if ((e = store_state(ctx, &old, &q, act, comment))) return e;
	if (q.state == PROPOSAL_DONE && (e = take_effect(ctx, &q))) return e;
	return tell_proposer(ctx, &q, act, comment);
}
