/* demo_project_rows.c - a project of the plan as rows: itself, its investors, people, phases, codes. */
#include "domain/demo_parts.h"

#include "base/day.h"
#include "domain/reference.h"
#include "domain/text.h"

/* ---- investors ---- */

static struct demo_rng rng_of_project(const struct demo_city *c, const struct demo_project *p) {
	return demo_rng_of(c->seed, 1000 + (uint64_t)(p - c->projects));
}

static struct str tags_of(const struct demo_project *p, struct demo_rng *r) {
	if (p->invest_wan >= 300000) return demo_chance(r, 400) ? S("F500") : S("CN500");
	if (p->invest_wan >= 100000) return demo_chance(r, 300) ? S("LISTED") : S("");
	return demo_chance(r, 60) ? S("SPECIALISED") : S("");
}

static struct str province_of(struct arena *a, const struct demo_origin *o) {
	return o->area_code.n ? CAT(a, str_sub(o->area_code, 0, 2), S("0000")) : S("");
}

static enum err put_investor(struct demo_city *c, const struct demo_project *p, struct demo_rng *r) {
	struct arena *a = &c->scratch;
	struct demo_investor *v = p->investor;
	int64_t at = demo_at(c, p->day[STAGE_LEAD], 610);
	struct demo_row row = {.n = 0};
	demo_text(&row, S("name"), v->name);
	demo_text(&row, S("name_key"), name_key(a, v->name));
	demo_text(&row, S("region_code"), demo_units[v->unit].code);
	demo_text(&row, S("id_kind"), v->origin->area_code.n ? S("USCC") : S("FOREIGN_REG"));
	demo_text(&row, S("id_no"), v->id_no);
	demo_text(&row, S("country"), v->origin->country);
	demo_text(&row, S("province_code"), province_of(a, v->origin));
	demo_text(&row, S("list_tags"), tags_of(p, r));
	demo_int(&row, S("revenue_fen"), p->invest_wan * demo_between(r, 40, 400) / 100 * WAN_FEN);
	demo_text(&row, S("credit_flag"), demo_chance(r, 20) ? S("WATCH") : S("NORMAL"));
	demo_text(&row, S("note"), S("演示数据，名称为虚构"));
	demo_stamp(&row, at, c->staff[v->unit], at);
	return demo_put(c, S("investor"), &row, &v->id);
}

/* The firm founded here; a zone's firms are registered with the city. */
static enum err put_company(struct demo_city *c, struct demo_project *p) {
	struct arena *a = &c->scratch;
	struct str code = demo_units[p->unit].code;
	struct str area = region_by_code(code)->is_zone ? S("370700") : code;
	const struct demo_chain *chain = &demo_chains[p->product->chain];
	int64_t at = demo_at(c, p->day[STAGE_LANDED], 620);
	p->company = CAT(c->ctx->arena, demo_units[p->unit].place, p->investor->brand, chain->stem, S("有限公司"));
	p->company_uscc = demo_uscc(c->ctx->arena, area, 100000 + (int64_t)(p - c->projects));
	struct demo_row row = {.n = 0};
	demo_text(&row, S("name"), p->company);
	demo_text(&row, S("name_key"), name_key(a, p->company));
	demo_text(&row, S("region_code"), code);
	demo_text(&row, S("id_kind"), S("USCC"));
	demo_text(&row, S("id_no"), p->company_uscc);
	demo_text(&row, S("country"), S("CN"));
	demo_text(&row, S("province_code"), S("370000"));
	demo_text(&row, S("list_tags"), S(""));
	demo_int(&row, S("revenue_fen"), NONE);
	demo_text(&row, S("credit_flag"), S("NORMAL"));
	demo_text(&row, S("note"), S("演示数据，名称为虚构"));
	demo_stamp(&row, at, c->staff[p->unit], at);
	return demo_put(c, S("investor"), &row, &p->company_id);
}

static enum err put_party(struct demo_city *c, const struct demo_project *p, int64_t investor,
	struct str role, int64_t share, int32_t from) {
	struct demo_row row = {.n = 0};
	demo_int(&row, S("project_id"), p->id);
	demo_int(&row, S("investor_id"), investor);
	demo_text(&row, S("role"), role);
	demo_int(&row, S("share_permille"), share);
	demo_day(&row, &c->scratch, S("from_date"), from);
	demo_stamp(&row, demo_at(c, from, 630), c->staff[p->unit], 0);
	return demo_put(c, S("project_party"), &row, NULL);
}

static enum err put_parties(struct demo_city *c, struct demo_project *p, struct demo_rng *r) {
	int64_t share = demo_chance(r, 700) ? 1000 : demo_between(r, 510, 900);
	enum err e = put_party(c, p, p->investor->id, S("INVESTOR"), share, p->day[STAGE_LEAD]);
	if (!e && p->company_id)
		e = put_party(c, p, p->company_id, S("PROJECT_COMPANY"), NONE, p->day[STAGE_LANDED]);
	return e;
}

/* ---- people ---- */

static enum err put_contact(struct demo_city *c, const struct demo_project *p, struct demo_rng *r,
	struct str owner, int64_t owner_id, bool is_main) {
	static const struct str titles[] = {S_("董事长"), S_("总经理"), S_("副总经理"), S_("投资总监"),
		S_("项目经理"), S_("总裁助理")};
	struct arena *a = &c->scratch;
	int64_t at = demo_at(c, p->day[STAGE_LEAD], 640), no = demo_between(r, 0, 9999);
	struct demo_row row = {.n = 0};
	demo_text(&row, S("owner_kind"), owner);
	demo_int(&row, S("owner_id"), owner_id);
	demo_text(&row, S("name"), demo_person(a, r));
	demo_text(&row, S("title"), titles[demo_between(r, 0, LEN(titles) - 1)]);
	demo_text(&row, S("mobile"), demo_mobile(a, no));
	demo_text(&row, S("phone"), demo_chance(r, 150) ? CAT(a, S("+120255501"), demo_no(a, no % 100, 2))
		: S("")); /* kept for fiction */
	demo_text(&row, S("email"), demo_chance(r, 400) ? CAT(a, S("lianxi@d"), demo_no(a, owner_id, 5),
		S(".example.com")) : S(""));
	demo_text(&row, S("resident_id"), demo_chance(r, 15) ? demo_resident_id(a, r, no) : S(""));
	demo_int(&row, S("is_main"), is_main);
	demo_text(&row, S("consent"), demo_chance(r, 850) ? S("GIVEN") : S("PUBLIC_SOURCE"));
	demo_text(&row, S("purpose"), S("项目对接联系"));
	demo_stamp(&row, at, c->staff[p->unit], at);
	return demo_put(c, S("contact"), &row, NULL);
}

/* ---- the record ---- */

static struct str code_of(struct demo_city *c, const struct demo_project *p) {
	int year, month, mday;
	day_split(p->day[STAGE_LEAD], &year, &month, &mday);
	int32_t no = ++c->project_no[p->unit][year - 2021];
	struct arena *a = c->ctx->arena;
	return CAT(a, S("XM"), demo_units[p->unit].code, demo_no(a, year, 4), demo_no(a, no, 5));
}

static struct str content_of(struct arena *a, const struct demo_project *p) {
	const struct demo_chain *chain = &demo_chains[p->product->chain];
	struct str site = p->is_lease ? S("租赁标准厂房") : S("新建厂房及配套设施");
	return CAT(a, S("项目由"), p->investor->name, S("投资，主要建设"), p->product->name, S("生产设施，"), site,
		S("，计划总投资"), demo_wan_text(a, p->invest_wan), S("，其中固定资产投资"),
		demo_wan_text(a, p->fai_wan),
		S("。项目属于"), chain->name, S("产业链“"), p->product->node, S("”环节。（演示数据）"));
}

/* Not yet signed: some amounts are only as sure as what was said; those are in no band. */
static enum err put_amount(struct demo_row *row, struct demo_city *c, const struct demo_project *p,
	struct demo_rng *r) {
	static const struct {
		enum qual qual;
		struct str before, after;
	} said[] = {{QUAL_ABOUT, S_("约"), S_("")}, {QUAL_OVER, S_(""), S_("以上")}, {QUAL_NEARLY, S_("近"), S_("")}};
	struct arena *a = &c->scratch;
	bool is_said = p->stage < STAGE_SIGNED && p->wait == WAIT_NONE && demo_chance(r, 140);
	size_t i = (size_t)demo_between(r, 0, LEN(said) - 1);
	enum qual qual = is_said ? said[i].qual : QUAL_EXACT;
	int32_t band;
	enum err e = project_size_band(c->ctx, p->invest_wan * WAN_FEN, &band);
	if (e) return e;
	demo_int(row, S("total_invest_fen"), p->invest_wan * WAN_FEN);
	demo_text(row, S("invest_text"), is_said ? CAT(a, said[i].before, demo_wan_text(a, p->invest_wan),
		said[i].after) : S(""));
	demo_text(row, S("invest_qual"), project_quals[qual].code);
	demo_text(row, S("size_band"), is_said ? S("") : project_size_bands[band].code);
	return ERR_OK;
}

static void put_money(struct demo_row *row, struct demo_city *c, const struct demo_project *p,
	struct demo_rng *r) {
	int64_t fai = p->fai_wan * WAN_FEN;
	demo_int(row, S("fai_fen"), fai);
	demo_int(row, S("equipment_fen"), fai / 100 * demo_between(r, 35, 60));
	demo_text(row, S("currency"), p->foreign_minor ? p->investor->origin->currency : S(""));
	demo_int(row, S("foreign_minor"), p->foreign_minor ? p->foreign_minor : NONE);
	demo_int(row, S("rate_e6"), p->foreign_minor ? p->rate_e6 : NONE);
	demo_day(row, &c->scratch, S("rate_date"), p->foreign_minor ? p->day[STAGE_LEAD] : DAY_NONE);
	demo_int(row, S("funds_fen"), p->funds_fen);
	demo_int(row, S("promised_output_fen"), p->invest_wan * demo_between(r, 80, 260) / 100 * WAN_FEN);
	demo_int(row, S("promised_tax_fen"), p->invest_wan * demo_between(r, 4, 11) / 100 * WAN_FEN);
}

/* Needs follow from the money: 300 to 520 万元 of fixed assets a mu, energy and emissions by chain. */
static void put_needs(struct demo_row *row, const struct demo_project *p, struct demo_rng *r) {
	const struct demo_chain *chain = &demo_chains[p->product->chain];
	int64_t mu_e2 = p->is_lease ? 0 : p->fai_wan * 100 / demo_between(r, 300, 520);
	int64_t tce_e2 = p->fai_wan * chain->tce_per_mille_yi * demo_between(r, 60, 140) / 10000;
	int64_t waste = chain->emission ? p->fai_wan * chain->emission * demo_between(r, 50, 150) / 10000 : 0;
	demo_int(row, S("land_mu_e2"), mu_e2);
	demo_int(row, S("floor_m2"), p->fai_wan * demo_between(r, 8, 20) / 10);
	demo_int(row, S("energy_tce_e2"), tce_e2);
	demo_int(row, S("cod_kg"), waste * 3);
	demo_int(row, S("nh3n_kg"), waste / 4);
	demo_int(row, S("so2_kg"), waste / 3);
	demo_int(row, S("nox_kg"), waste);
	demo_int(row, S("voc_kg"), chain->emission == 2 ? waste * 2 : waste / 2);
	demo_int(row, S("pm_kg"), waste / 5);
	demo_int(row, S("water_m3"), p->fai_wan * demo_between(r, 1, 9));
	demo_int(row, S("jobs"), 10 + p->invest_wan / demo_between(r, 180, 600));
}

/* What was agreed: each stage after the one before, by the target days, more or less. */
/* A number of the project alone, 0 to 99: what is drawn from it moves no other figure of the city. */
static int32_t lot_of(const struct demo_city *c, const struct demo_project *p, uint64_t of) {
	uint64_t x = ((uint64_t)(p - c->projects) + 1) * UINT64_C(0x9E3779B97F4A7C15) + of * UINT64_C(0xBF58476D1CE4E5B9);
	return (int32_t)((x ^ x >> 29) * UINT64_C(0x94D049BB133111EB) >> 40) % 100;
}

/* What has not begun is mostly planned for the months to come; some of it should have begun by now. What is
 * being built is planned to be ready in due time. */
static int32_t replanned(const struct demo_city *c, const struct demo_project *p, enum stage s, int32_t before,
	int32_t plan) {
	int32_t lot = lot_of(c, p, 1), day = plan;
	bool waits = p->stage == STAGE_SIGNED || p->stage == STAGE_LANDED;
	if (s == STAGE_STARTED && waits && lot < 92)
		day = demo_workday(lot < 84 ? c->today + 8 + lot * 2 : c->today - 10 - (lot - 84) * 6);
	if (s == STAGE_PRODUCING && p->stage == STAGE_STARTED)
		day = demo_workday(p->day[STAGE_STARTED] + (lot < 82 ? 520 + lot : 300 + 4 * (lot - 82)));
	return day > before ? day : plan;
}

static void put_days(struct demo_row *row, struct demo_city *c, const struct demo_project *p,
	struct demo_rng *r) {
	static const struct {
		enum stage stage;
		struct str date, plan;
		int16_t lo, hi;
	} stages[] = {
		{STAGE_TALK, S_("first_talk_date"), S_(""), 0, 0},
		{STAGE_SIGNED, S_("sign_date"), S_("plan_sign_date"), 45, 75},
		{STAGE_LANDED, S_("land_date"), S_("plan_land_date"), 60, 100},
		{STAGE_STARTED, S_("start_date"), S_("plan_start_date"), 60, 100},
		{STAGE_PRODUCING, S_("produce_date"), S_("plan_produce_date"), 300, 540},
		{STAGE_CAPACITY, S_("capacity_date"), S_("plan_capacity_date"), 300, 400},
	};
	int32_t plan = p->day[STAGE_TALK] ? p->day[STAGE_TALK] : DAY_NONE;
	for (size_t i = 0; i < LEN(stages); i++) {
		demo_day(row, &c->scratch, stages[i].date, p->day[stages[i].stage]);
		if (!stages[i].plan.n) continue;
		if (plan != DAY_NONE) {
			int32_t before = plan;
			plan = demo_workday(plan + (int32_t)demo_between(r, stages[i].lo, stages[i].hi));
			plan = replanned(c, p, stages[i].stage, before, plan);
		}
		demo_day(row, &c->scratch, stages[i].plan, plan);
	}
	demo_day(row, &c->scratch, S("stage_since_date"), p->day[p->stage]);
	demo_day(row, &c->scratch, S("suspended_since_date"), p->side == SIDE_SUSPENDED ? p->side_day : DAY_NONE);
	demo_int(row, S("suspended_days"), p->suspended_days);
}

/* An officer calls about once a week; some calls were missed. */
static void set_contact(struct demo_city *c, struct demo_project *p) {
	int32_t lot = lot_of(c, p, 2);
	if (p->side != SIDE_ACTIVE || p->stage < STAGE_SIGNED || p->stage > STAGE_PRODUCING) return;
	int32_t day = demo_workday(c->today - (lot < 80 ? 1 + lot % 7 : lot < 92 ? 9 + lot % 5 : 16 + lot % 9));
	if (day > p->last_contact) p->last_contact = day;
	if (day > p->last_day) p->last_day = day;
}

static struct str doc_no(struct arena *a, struct str prefix, int32_t day, const struct demo_city *c,
	const struct demo_project *p) {
	return CAT(a, prefix, S("〔"), str_sub(str_of_day(a, day), 0, 4), S("〕演示"),
		str_of_int(a, (int64_t)(p - c->projects) + 1), S("号"));
}

static void put_papers(struct demo_row *row, struct demo_city *c, const struct demo_project *p) {
	static const struct str levels[] = {S_("PROVINCE"), S_("CITY"), S_("COUNTY")};
	struct arena *a = &c->scratch;
	bool has_contract = demo_has_contract(p), is_due = p->invest_wan >= 10000 || p->fai_wan >= 15000;
	int32_t day = p->day[STAGE_SIGNED] ? p->day[STAGE_SIGNED] - 5 : c->today - 12;
	demo_int(row, S("is_key"), p->is_key);
	demo_text(row, S("key_level"), p->is_key ? levels[p->key_level] : S(""));
	demo_text(row, S("key_doc_no"), p->is_key ? doc_no(a, S("重点"), p->day[STAGE_LEAD] + 40, c, p) : S(""));
	demo_text(row, S("admission"), has_contract ? S("PASS") : S(""));
	demo_text(row, S("admission_doc_no"), has_contract ? doc_no(a, S("准入"), day, c, p) : S(""));
	demo_text(row, S("review_doc_no"), has_contract && is_due ? doc_no(a, S("联审"), day, c, p) : S(""));
}

static void put_place(struct demo_row *row, struct demo_city *c, struct demo_project *p, struct demo_rng *r) {
	struct arena *a = &c->scratch;
	const struct demo_unit *u = &demo_units[p->unit];
	bool is_park_1 = str_eq(u->code, S("370783")) && demo_chance(r, 350);
	struct str park = is_park_1 ? S("寿光示范产业园") : CAT(a, u->place, S("演示产业园"));
	p->lng_e6 = u->lng_e6 + (int32_t)demo_between(r, -70000, 70000);
	p->lat_e6 = u->lat_e6 + (int32_t)demo_between(r, -60000, 60000);
	demo_text(row, S("region_code"), u->code);
	demo_int(row, S("park_id"), is_park_1 ? 1 : NONE);
	demo_text(row, S("site"), CAT(a, park, S(" "), str_of_int(a, demo_between(r, 1, 60)), p->is_lease
		? S(" 号厂房") : S(" 号地块")));
	demo_int(row, S("lng_e6"), p->lng_e6);
	demo_int(row, S("lat_e6"), p->lat_e6);
}

static struct str secrecy_of(const struct demo_project *p, struct demo_rng *r) {
	if (p->is_sealed) return S("SEALED");
	return p->stage >= STAGE_SIGNED && demo_chance(r, 600) ? S("OPEN") : S("INTERNAL");
}

static enum err put_record(struct demo_city *c, struct demo_project *p, struct demo_rng *r) {
	static const struct str kinds[KIND__N] = {[KIND_INVEST] = S_("INVEST"), [KIND_TALENT] = S_("TALENT"),
		[KIND_TECH] = S_("TECH")};
	static const struct str effects[] = {S_("BUILD"), S_("FILL"), S_("EXTEND"), S_("STRENGTHEN")};
	static const int16_t effect_weights[] = {1, 3, 4, 5};
	struct arena *a = &c->scratch;
	p->code = code_of(c, p);
	struct demo_row row = {.n = 0};
	demo_text(&row, S("code"), p->code);
	demo_text(&row, S("name"), p->name);
	demo_text(&row, S("name_key"), name_key(a, p->name));
	demo_text(&row, S("kind"), kinds[p->kind]);
	demo_text(&row, S("stage"), project_stages[p->stage].code);
	demo_text(&row, S("side"), project_sides[p->side].code);
	demo_int(&row, S("merged_into"), p->merged_into ? p->merged_into->id : NONE);
	demo_int(&row, S("partner_id"), p->partner ? p->partner : NONE);
	demo_int(&row, S("is_return"), p->is_return);
	demo_int(&row, S("is_foreign"), !p->investor->origin->area_code.n);
	demo_text(&row, S("industry_code"), p->product->class_code);
	demo_text(&row, S("chain_node"), CAT(a, demo_chains[p->product->chain].name, S("·"), p->product->node));
	demo_text(&row, S("chain_effect"), effects[demo_pick(r, effect_weights, LEN(effects))]);
	demo_text(&row, S("content"), content_of(a, p));
	demo_text(&row, S("investor_text"), p->investor->name);
	enum err e = put_amount(&row, c, p, r);
	if (e) return e;
	put_money(&row, c, p, r);
	put_needs(&row, p, r);
	put_days(&row, c, p, r);
	put_papers(&row, c, p);
	put_place(&row, c, p, r);
	demo_text(&row, S("secrecy"), secrecy_of(p, r));
	demo_text(&row, S("first_report_unit"), region_label(demo_units[p->unit].code));
	demo_int(&row, S("first_report_at_ms"), demo_at(c, p->day[STAGE_LEAD], 600));
	bool has_officer = p->is_key || demo_chance(r, 80);
	demo_int(&row, S("officer_id"), has_officer ? c->officer[p->unit] : NONE);
	if (has_officer) set_contact(c, p);
	demo_day(&row, a, S("last_contact_date"), p->last_contact);
	demo_text(&row, S("handler"), CAT(a, region_by_code(demo_units[p->unit].code)->name,
		S("投资合作促进中心 "), demo_person(a, r)));
	demo_stamp(&row, demo_at(c, p->day[STAGE_LEAD], 600), c->staff[p->unit], demo_at(c, p->last_day, 1000));
	return demo_put(c, S("project"), &row, &p->id);
}

/* ---- phases, codes, named persons ---- */

static enum err put_phases(struct demo_city *c, const struct demo_project *p, struct demo_rng *r) {
	if (!demo_has_contract(p)) return ERR_OK;
	int32_t start = p->day[STAGE_STARTED] ? p->day[STAGE_STARTED] : p->day[STAGE_SIGNED]
		? p->day[STAGE_SIGNED] + 170 : c->today + 180;
	int64_t n = p->invest_wan >= 200000 ? demo_between(r, 2, 3) : 1;
	for (int64_t i = 0; i < n; i++) {
		struct demo_row row = {.n = 0};
		bool is_last = i == n - 1;
		demo_int(&row, S("project_id"), p->id);
		demo_int(&row, S("no"), i + 1);
		demo_text(&row, S("name"), n == 1 ? S("一次建设") : i == 0 ? S("一期") : i == 1 ? S("二期") : S("三期"));
		demo_int(&row, S("total_invest_fen"), (is_last ? p->invest_wan - p->invest_wan / n * i
			: p->invest_wan / n) * WAN_FEN);
		demo_int(&row, S("fai_fen"), (is_last ? p->fai_wan - p->fai_wan / n * i : p->fai_wan / n) * WAN_FEN);
		demo_day(&row, &c->scratch, S("plan_start_date"), start + (int32_t)i * 360);
		demo_day(&row, &c->scratch, S("plan_end_date"), start + (int32_t)i * 360 + 420);
		demo_stamp(&row, demo_at(c, p->day[STAGE_TALK] + 20, 660), c->staff[p->unit], 0);
		enum err e = demo_put(c, S("project_phase"), &row, NULL);
		if (e) return e;
	}
	return ERR_OK;
}

/* Who may see a sealed record: the city's people and those of the unit. */
enum err demo_put_named(struct demo_city *c, struct str kind, int64_t id, int unit) {
	const int64_t named[] = {c->city_leader, c->city_staff, c->city_verifier, c->staff[unit],
		c->reviewer[unit]};
	for (size_t i = 0; i < LEN(named); i++) {
		struct demo_row row = {.n = 0};
		demo_text(&row, S("record_kind"), kind);
		demo_int(&row, S("record_id"), id);
		demo_int(&row, S("account_id"), named[i]);
		enum err e = demo_put(c, S("record_acl"), &row, NULL);
		if (e) return e;
	}
	return ERR_OK;
}

enum err demo_put_project(struct demo_city *c, struct demo_project *p) {
	struct demo_rng rng = rng_of_project(c, p), *r = &rng;
	enum err e = ERR_OK;
	bool is_new_investor = !p->investor->id;
	p->id = p->company_id = 0;
	if (is_new_investor) e = put_investor(c, p, r);
	if (!e && is_new_investor) e = put_contact(c, p, r, S("INVESTOR"), p->investor->id, true);
	if (!e && demo_has_company(p)) e = put_company(c, p);
	if (!e) e = put_record(c, p, r);
	if (!e) e = put_parties(c, p, r);
	if (!e && demo_chance(r, 500)) e = put_contact(c, p, r, S("PROJECT"), p->id, true);
	if (!e) e = put_phases(c, p, r);
	return e || !p->is_sealed ? e : demo_put_named(c, S("project"), p->id, p->unit);
}
