/* demo_way_rows.c - how a project came where it is: evidence, proposals with their chain, events.
 *
 * Each gate's evidence is what gate.c asks for, so that every project of the city would pass its
 * gates again. */
#include "domain/demo_parts.h"

#include "base/day.h"
#include "domain/reference.h"

#include <assert.h>

static struct demo_rng rng_of_way(const struct demo_city *c, const struct demo_project *p) {
	return demo_rng_of(c->seed, 100000 + (uint64_t)(p - c->projects));
}

/* ---- evidence ---- */

struct paper {
	struct str kind, doc_no, issuer;
	int32_t day, until;
	int64_t amount_fen;           /* NONE = no amount */
	bool is_ok;                   /* verified */
	int variant;
};

static enum err put_paper(struct demo_city *c, const struct demo_project *p, struct demo_rng *r,
	const struct paper *e, int64_t *id) {
	const struct demo_file *f = demo_file_of(c, e->kind, e->variant);
	bool is_photo = str_eq(e->kind, S("PHOTO"));
	int64_t at = demo_at(c, e->day + 1, 540 + (int)demo_between(r, 0, 420));
	struct demo_row row = {.n = 0};
	demo_int(&row, S("project_id"), p->id);
	demo_text(&row, S("kind"), e->kind);
	demo_text(&row, S("file_name"), f->file_name);
	demo_text(&row, S("sha256"), f->sha256);
	demo_int(&row, S("size_bytes"), (int64_t)f->bytes.n);
	demo_text(&row, S("mime"), f->mime);
	demo_text(&row, S("doc_no"), e->doc_no);
	demo_day(&row, &c->scratch, S("doc_date"), e->day);
	demo_day(&row, &c->scratch, S("doc_until_date"), e->until);
	demo_text(&row, S("issuer"), e->issuer);
	demo_int(&row, S("amount_fen"), e->amount_fen);
	demo_int(&row, S("photo_at_ms"), is_photo ? demo_at(c, e->day, 600 + 7 * e->variant) : NONE);
	demo_int(&row, S("photo_lng_e6"), is_photo ? p->lng_e6 + demo_between(r, -2500, 2500) : NONE);
	demo_int(&row, S("photo_lat_e6"), is_photo ? p->lat_e6 + demo_between(r, -2500, 2500) : NONE);
	demo_text(&row, S("state"), e->is_ok ? S("OK") : S("NEW"));
	demo_int(&row, S("verified_by"), e->is_ok ? c->city_verifier : NONE);
	demo_int(&row, S("verified_at_ms"), e->is_ok ? demo_at(c, e->day + 4, 1000) : NONE);
	/* The contract of a project that is public is not. */
	demo_text(&row, S("secrecy"), str_eq(e->kind, S("CONTRACT")) && !p->is_sealed ? S("INTERNAL") : S(""));
	demo_stamp(&row, at, c->staff[p->unit], e->is_ok ? demo_at(c, e->day + 4, 1000) : at);
	return demo_put(c, S("evidence"), &row, id);
}

/* A gate's papers as a table row: kind, days before the event, issuer. */
struct need {
	struct str kind, issuer;
	int16_t days_before;
};

static struct str paper_no(struct demo_city *c, const struct demo_project *p, struct str kind, int32_t day) {
	if (str_eq(kind, S("PHOTO"))) return S("");
	if (str_eq(kind, S("LICENCE"))) return p->company_uscc;
	struct arena *a = &c->scratch;
	return CAT(a, str_sub(kind, 0, 3), S("-演示-"), str_sub(str_of_day(a, day), 0, 4), S("-"),
		demo_no(a, (int64_t)(p - c->projects) + 1, 5));
}

static enum err put_needs(struct demo_city *c, const struct demo_project *p, struct demo_rng *r,
	const struct need *n, size_t count, int32_t day, bool is_ok) {
	int photos = 0;
	for (size_t i = 0; i < count; i++) {
		bool is_money = str_eq(n[i].kind, S("BANK_SLIP")) || str_eq(n[i].kind, S("INVOICE")) ||
			str_eq(n[i].kind, S("SALES_INVOICE"));
		int32_t at = demo_workday(day - n[i].days_before);
		struct paper e = {n[i].kind, paper_no(c, p, n[i].kind, at), n[i].issuer, at, DAY_NONE, NONE,
			is_ok, 0};
		if (is_money) e.amount_fen = p->fai_wan * demo_between(r, 2, 6) / 100 * WAN_FEN;
		if (str_eq(e.kind, S("LEASE"))) e.until = at + 365 * 6;
		if (str_eq(e.kind, S("PHOTO"))) e.variant = photos++;
		enum err err = put_paper(c, p, r, &e, NULL);
		if (err) return err;
	}
	return ERR_OK;
}

#define NEEDS(...) \
	put_needs(c, p, r, (const struct need[]){__VA_ARGS__}, \
	          sizeof((const struct need[]){__VA_ARGS__}) / sizeof(struct need), day, is_ok)

static enum err put_agreement(struct demo_city *c, const struct demo_project *p, struct str kind,
	int32_t day, int64_t evidence) {
	struct arena *a = &c->scratch;
	bool is_contract = str_eq(kind, S("CONTRACT"));
	struct demo_row row = {.n = 0};
	demo_int(&row, S("project_id"), p->id);
	demo_text(&row, S("kind"), kind);
	demo_day(&row, a, S("sign_date"), day);
	demo_text(&row, S("party_text"), CAT(a, region_by_code(demo_units[p->unit].code)->name,
		S("人民政府（演示）；"), p->investor->name));
	demo_int(&row, S("amount_fen"), is_contract ? p->invest_wan * WAN_FEN : NONE);
	demo_int(&row, S("is_sealed_by_both"), is_contract);
	demo_int(&row, S("evidence_id"), evidence ? evidence : NONE);
	demo_stamp(&row, demo_at(c, day + 1, 650), c->staff[p->unit], 0);
	return demo_put(c, S("agreement"), &row, NULL);
}

static enum err papers_signed(struct demo_city *c, struct demo_project *p, struct demo_rng *r, int32_t day,
	bool is_ok) {
	enum err e = ERR_OK;
	int32_t between = demo_workday((p->day[STAGE_TALK] + day) / 2);
	if (demo_chance(r, 220)) e = put_agreement(c, p, S("FRAMEWORK"), between, 0);
	if (!e && (p->invest_wan >= 10000 || p->fai_wan >= 15000)) e = NEEDS({S_("MINUTES"), S_("项目联审会"), 6});
	struct paper scan = {S("CONTRACT"), paper_no(c, p, S("CONTRACT"), day), S("双方"), day, DAY_NONE,
		p->invest_wan * WAN_FEN, is_ok, 0};
	int64_t id = 0;
	if (!e) e = put_paper(c, p, r, &scan, &id);
	return e ? e : put_agreement(c, p, S("CONTRACT"), day, id);
}

/* 2406-370783-04-01-123456: month of the filing, division, manufacturing, filed. */
static enum err put_national_code(struct demo_city *c, const struct demo_project *p, int32_t day) {
	struct arena *a = &c->scratch;
	struct str code = demo_units[p->unit].code, date = str_of_day(a, day);
	struct str area = region_by_code(code)->is_zone ? S("370700") : code;
	struct demo_row row = {.n = 0};
	demo_int(&row, S("project_id"), p->id);
	demo_text(&row, S("code"), CAT(a, str_sub(date, 2, 2), str_sub(date, 5, 2), S("-"), area, S("-04-01-"),
		demo_no(a, 900000 + (p - c->projects), 6)));
	demo_int(&row, S("phase_no"), 1);
	demo_text(&row, S("kind"), S("FILING"));
	demo_stamp(&row, demo_at(c, day + 1, 655), c->staff[p->unit], 0);
	return demo_put(c, S("project_code"), &row, NULL);
}

static enum err papers_landed(struct demo_city *c, struct demo_project *p, struct demo_rng *r, int32_t day,
	bool is_ok) {
	enum err e = NEEDS({S_("LICENCE"), S_("市场监督管理局"), 1}, {S_("PROJECT_CODE"), S_("行政审批服务局"), 1});
	if (!e) e = p->is_lease ? NEEDS({S_("LEASE"), S_("园区运营公司"), 0})
		: NEEDS({S_("LAND_CONTRACT"), S_("自然资源和规划局"), 0});
	return e ? e : put_national_code(c, p, demo_workday(day - 1));
}

static enum err papers_started(struct demo_city *c, struct demo_project *p, struct demo_rng *r, int32_t day,
	bool is_ok) {
	enum err e = p->is_lease ? NEEDS({S_("FITOUT_CONTRACT"), S_("装修单位"), 3},
		{S_("EQUIPMENT_ORDER"), S_("设备供应商"), 2})
		: NEEDS({S_("PERMIT"), S_("住房和城乡建设局"), 2});
	if (e) return e;
	return NEEDS({S_("PHOTO"), S_("现场"), 0}, {S_("PHOTO"), S_("现场"), 0},
		{S_("BANK_SLIP"), S_("开户银行"), 1});
}

static enum err papers_producing(struct demo_city *c, struct demo_project *p, struct demo_rng *r,
	int32_t day, bool is_ok) {
	enum err e = NEEDS({S_("ACCEPTANCE"), S_("住房和城乡建设局"), 8});
	if (!e) e = demo_chance(r, 600) ? NEEDS({S_("SALES_INVOICE"), S_("项目公司"), 0})
		: NEEDS({S_("ELECTRICITY"), S_("供电公司"), 0});
	return e || !demo_chains[p->product->chain].emission ? e : NEEDS({S_("ENV_PERMIT"), S_("生态环境局"), 20});
}

static enum err papers_capacity(struct demo_city *c, struct demo_project *p, struct demo_rng *r,
	int32_t day, bool is_ok) {
	return NEEDS({S_("ABOVE_SCALE"), S_("统计局"), 10}, {S_("OUTPUT_PROOF"), S_("税务局"), 2});
}

static enum err papers_closed(struct demo_city *c, struct demo_project *p, struct demo_rng *r, int32_t day,
	bool is_ok) {
	return NEEDS({S_("REVIEW"), S_("市投资合作促进局"), 1});
}

/* TALK asks for a talk, which demo_life_rows.c writes. */
static enum err put_papers(struct demo_city *c, struct demo_project *p, struct demo_rng *r, enum stage to,
	int32_t day, bool is_ok) {
	static enum err (*const papers[STAGE__N])(struct demo_city *, struct demo_project *, struct demo_rng *,
		int32_t, bool) = {
		[STAGE_SIGNED] = papers_signed, [STAGE_LANDED] = papers_landed, [STAGE_STARTED] = papers_started,
		[STAGE_PRODUCING] = papers_producing, [STAGE_CAPACITY] = papers_capacity, [STAGE_CLOSED] = papers_closed,
	};
	return papers[to] ? papers[to](c, p, r, day, is_ok) : ERR_OK;
}

/* ---- proposals ---- */

struct move {
	enum proposal_kind kind;
	enum stage from;
	int to;                       /* enum stage, CHOICE_NONE for other kinds */
	int32_t day, via_day;
	struct str reason_code, reason, to_region;
	int64_t merged_into;          /* NONE = none */
	enum demo_wait wait;          /* how far it came; WAIT_NONE = all the way */
};

struct moved {
	int64_t id, at_ms, by;        /* the last act */
};

struct step {
	enum proposal_act act;
	int64_t account, at_ms;
	enum role role;
	struct str comment;
};

static int64_t proposer_of(const struct demo_city *c, const struct demo_project *p, enum proposal_kind kind,
	enum role *role) {
	if (kind == PROPOSE_MERGE || kind == PROPOSE_TRANSFER) {
		*role = ROLE_CITY_STAFF;
		return c->city_staff;
	}
	if (kind == PROPOSE_CORRECTION) {
		*role = ROLE_CITY_VERIFIER;
		return c->city_verifier2;
	}
	*role = ROLE_COUNTY_STAFF;
	return c->staff[p->unit];
}

/* The acts that were done, each a working day or more after the one before. */
static size_t steps_of(struct demo_city *c, const struct demo_project *p, struct demo_rng *r,
	const struct move *m, struct step *out) {
	static const struct str returns[] = {S_("合同附件缺少盖章页，请补充后重新提交。"),
		S_("开工照片看不清位置，请重新拍摄。"),
		S_("金额与合同不一致，请核对。"), S_("备案证明已过期，请更换。")};
	enum proposal_act acts[2];
	enum stage to = m->to == CHOICE_NONE ? STAGE__N : (enum stage)m->to;
	size_t chain = proposal_chain(m->kind, to, acts), done = chain, n = 1;
	if (m->wait == WAIT_REVIEW || m->wait == WAIT_WITHDRAWN) done = 0;
	if (m->wait == WAIT_VERIFY) done = chain - 1;
	if (m->wait == WAIT_RETURNED) done = chain > 1 && demo_chance(r, 500);
	out[0] = (struct step){.act = ACT_PROPOSE, .comment = m->reason};
	out[0].account = proposer_of(c, p, m->kind, &out[0].role);
	for (; n <= done; n++) {
		out[n] = (struct step){.act = acts[n - 1], .role = proposal_role(acts[n - 1])};
		out[n].account = acts[n - 1] == ACT_REVIEW ? c->reviewer[p->unit] : c->city_verifier;
		out[n].comment = demo_chance(r, 150) ? S("材料齐全，同意。") : S("");
	}
	if (m->wait == WAIT_RETURNED) {
		out[n] = (struct step){.act = ACT_RETURN, .role = proposal_role(acts[done])};
		out[n].account = acts[done] == ACT_REVIEW ? c->reviewer[p->unit] : c->city_verifier;
		out[n++].comment = returns[demo_between(r, 0, LEN(returns) - 1)];
	}
	if (m->wait == WAIT_WITHDRAWN) out[n++] = (struct step){ACT_WITHDRAW, out[0].account, 0, out[0].role,
		S("材料需要补充，先撤回。")};
	int32_t day = m->day;
	for (size_t i = 0; i < n; i++) {
		day += (int32_t)demo_between(r, 0, i ? 2 : 3);
		int64_t at = demo_at(c, day, 540 + 120 * (int)i + (int)demo_between(r, 0, 110)),
			latest = c->now_ms - (int64_t)(n - i) * 3600000;
		out[i].at_ms = at < latest ? at : latest;
	}
	return n;
}

static enum err put_steps(struct demo_city *c, int64_t proposal, const struct step *s, size_t n) {
	for (size_t i = 0; i < n; i++) {
		struct demo_row row = {.n = 0};
		demo_int(&row, S("proposal_id"), proposal);
		demo_text(&row, S("act"), proposal_acts[s[i].act].code);
		demo_int(&row, S("account_id"), s[i].account);
		demo_text(&row, S("role"), role_code(s[i].role));
		demo_int(&row, S("at_ms"), s[i].at_ms);
		demo_text(&row, S("comment"), s[i].comment);
		enum err e = demo_put(c, S("proposal_step"), &row, NULL);
		if (e) return e;
	}
	return ERR_OK;
}

static enum err put_proposal(struct demo_city *c, const struct demo_project *p, struct demo_rng *r,
	const struct move *m, struct moved *out) {
	static const struct str states[] = {
		[WAIT_NONE] = S_("DONE"), [WAIT_REVIEW] = S_("OPEN"), [WAIT_VERIFY] = S_("OPEN"),
		[WAIT_RETURNED] = S_("RETURNED"), [WAIT_WITHDRAWN] = S_("WITHDRAWN"),
	};
	struct step steps[4];
	size_t n = steps_of(c, p, r, m, steps);
	assert(n <= LEN(steps));
	struct demo_row row = {.n = 0};
	demo_int(&row, S("project_id"), p->id);
	demo_text(&row, S("kind"), proposal_kinds[m->kind].code);
	demo_text(&row, S("from_stage"), project_stages[m->from].code);
	demo_text(&row, S("to_stage"), m->to == CHOICE_NONE ? S("") : project_stages[m->to].code);
	demo_text(&row, S("reason_code"), m->reason_code);
	demo_text(&row, S("reason"), m->reason);
	demo_day(&row, &c->scratch, S("event_date"), m->day);
	demo_day(&row, &c->scratch, S("via_date"), m->via_day);
	demo_text(&row, S("to_region_code"), m->to_region);
	demo_int(&row, S("merged_into"), m->merged_into);
	demo_text(&row, S("state"), states[m->wait]);
	demo_text(&row, S("next_act"), m->wait == WAIT_REVIEW ? S("REVIEW") : m->wait == WAIT_VERIFY
		? S("VERIFY") : S(""));
	int32_t due = DAY_NONE;
	enum proposal_act turn = m->wait == WAIT_VERIFY ? ACT_VERIFY : ACT_REVIEW;
	enum err e = ERR_OK;
	if (m->wait == WAIT_REVIEW || m->wait == WAIT_VERIFY)
		e = proposal_due(c->ctx, turn, day_of_ms(steps[n - 1].at_ms), &due);
	if (e) return e;
	demo_day(&row, &c->scratch, S("due_date"), due);
	demo_int(&row, S("project_version"), 1);
	demo_int(&row, S("row_version"), (int64_t)n);
	demo_stamp(&row, steps[0].at_ms, steps[0].account, steps[n - 1].at_ms);
	e = demo_put(c, S("proposal"), &row, &out->id);
	if (e) return e;
	out->at_ms = steps[n - 1].at_ms;
	out->by = steps[n - 1].account;
	return put_steps(c, out->id, steps, n);
}

static enum err put_event(struct demo_city *c, const struct demo_project *p, const struct moved *by,
	struct str kind, enum stage from, int to, int32_t day, struct str note) {
	struct demo_row row = {.n = 0};
	demo_int(&row, S("project_id"), p->id);
	demo_text(&row, S("kind"), kind);
	demo_text(&row, S("from_stage"), project_stages[from].code);
	demo_text(&row, S("to_stage"), to == CHOICE_NONE ? S("") : project_stages[to].code);
	demo_day(&row, &c->scratch, S("event_date"), day);
	demo_text(&row, S("source"), S("PROPOSAL"));
	demo_int(&row, S("proposal_id"), by->id);
	demo_int(&row, S("recorded_at_ms"), by->at_ms);
	demo_int(&row, S("verified_at_ms"), by->at_ms);
	demo_int(&row, S("verified_by"), by->by);
	demo_text(&row, S("note"), note);
	return demo_put(c, S("stage_event"), &row, NULL);
}

/* ---- the way so far ---- */

static enum err put_advance(struct demo_city *c, struct demo_project *p, struct demo_rng *r,
	enum stage from, enum stage to) {
	struct moved by;
	struct move m = {.kind = PROPOSE_ADVANCE, .from = from, .to = (int)to, .day = p->day[to],
		.merged_into = NONE};
	enum err e = ERR_OK;
	for (enum stage s = from + 1; s <= to && !e; s++) e = put_papers(c, p, r, s, p->day[s], true);
	if (to == from + 2) m.via_day = p->day[from + 1];
	if (!e && demo_chance(r, 30)) { /* once returned, then again with what was missing */
		struct move first = m;
		first.wait = WAIT_RETURNED;
		e = put_proposal(c, p, r, &first, &by);
	}
	if (!e) e = put_proposal(c, p, r, &m, &by);
	for (enum stage s = from + 1; s <= to && !e; s++) e = put_event(c, p, &by, S("STAGE"), s - 1, (int)s,
		p->day[s], S(""));
	return e;
}

static enum err put_stages(struct demo_city *c, struct demo_project *p, struct demo_rng *r) {
	enum err e = ERR_OK;
	for (enum stage from = STAGE_LEAD; from < p->stage && !e;) {
		enum stage to = from + (p->is_double && from == STAGE_TALK ? 2 : 1);
		e = put_advance(c, p, r, from, to);
		from = to;
	}
	return e;
}

/* ---- side states ---- */

static const struct {
	struct str code, text;
} reasons[] = {
	{S_("MARKET"), S_("下游需求变化，投资方放缓投资节奏。")}, {S_("FINANCE"), S_("投资方融资未到位。")},
	{S_("LAND"), S_("用地手续未办结，无法进场。")},          {S_("APPROVAL"), S_("环评批复尚未取得。")},
	{S_("INVESTOR"), S_("投资方内部重组，项目暂缓。")},      {S_("NO_CONTACT"), S_("多次联系无回应。")},
	{S_("CANCELLED"), S_("双方协商解除合同。")},
};

static enum err put_side(struct demo_city *c, struct demo_project *p, struct demo_rng *r,
	enum proposal_kind kind, int32_t day) {
	bool is_end = kind == PROPOSE_TERMINATE;
	size_t why = (size_t)demo_between(r, 0, is_end ? 6 : 4);
	struct move m = {.kind = kind, .from = p->stage, .to = CHOICE_NONE, .day = day, .merged_into = NONE,
		.reason_code = reasons[why].code, .reason = reasons[why].text};
	struct moved by;
	if (kind == PROPOSE_RESUME) m.reason = S("问题已解决，恢复推进。");
	if (kind == PROPOSE_MERGE) {
		m.reason_code = S("DUPLICATE");
		m.reason = CAT(&c->scratch, S("与 "), p->merged_into->code, S(" 为同一项目。"));
		m.merged_into = p->merged_into->id;
	}
	enum err e = put_proposal(c, p, r, &m, &by);
	return e ? e : put_event(c, p, &by, proposal_kinds[kind].code, p->stage, CHOICE_NONE, day, m.reason);
}

static enum err put_sides(struct demo_city *c, struct demo_project *p, struct demo_rng *r) {
	static const enum proposal_kind kinds[SIDE__N] = {
		[SIDE_SUSPENDED] = PROPOSE_SUSPEND, [SIDE_TERMINATED] = PROPOSE_TERMINATE, [SIDE_MERGED] = PROPOSE_MERGE,
	};
	enum err e = ERR_OK;
	if (p->resumed_day != DAY_NONE) {
		e = put_side(c, p, r, PROPOSE_SUSPEND, p->resumed_day - p->suspended_days);
		if (!e) e = put_side(c, p, r, PROPOSE_RESUME, p->resumed_day);
	}
	return e || p->side == SIDE_ACTIVE ? e : put_side(c, p, r, kinds[p->side], p->side_day);
}

/* ---- what waits ---- */

static enum err put_waiting(struct demo_city *c, struct demo_project *p, struct demo_rng *r) {
	if (p->wait == WAIT_NONE) return ERR_OK;
	bool is_over = p->wait == WAIT_RETURNED || p->wait == WAIT_WITHDRAWN;
	int32_t day = demo_workday(c->today - (int32_t)demo_between(r, is_over ? 8 : 1, is_over ? 25 : 7));
	size_t why = (size_t)demo_between(r, 0, 4);
	struct move m = {.kind = p->wait_kind, .from = p->stage, .to = CHOICE_NONE, .day = day,
		.merged_into = NONE, .wait = p->wait};
	struct moved by;
	if (m.kind == PROPOSE_ADVANCE) m.to = (int)p->stage + 1;
	if (m.kind == PROPOSE_CORRECTION) m.to = (int)p->stage - 1;
	if (m.kind == PROPOSE_TRANSFER) m.to_region = demo_units[(p->unit + 1) % DEMO_UNITS].code;
	if (m.kind != PROPOSE_ADVANCE) {
		m.reason_code = m.kind == PROPOSE_CORRECTION ? S("MISTAKE") : m.kind == PROPOSE_TRANSFER
			? S("LAYOUT") : reasons[why].code;
		m.reason = m.kind == PROPOSE_CORRECTION ? S("现场核查发现阶段登记有误。")
		         : m.kind == PROPOSE_TRANSFER   ? S("按全市产业布局调整落地单位。")
		                                        : reasons[why].text;
	}
	enum err e = m.kind == PROPOSE_ADVANCE ? put_papers(c, p, r, (enum stage)m.to, day, false) : ERR_OK;
	return e ? e : put_proposal(c, p, r, &m, &by);
}

enum err demo_put_way(struct demo_city *c, struct demo_project *p) {
	struct demo_rng rng = rng_of_way(c, p), *r = &rng;
	enum err e = put_stages(c, p, r);
	if (!e) e = put_sides(c, p, r);
	return e ? e : put_waiting(c, p, r);
}
