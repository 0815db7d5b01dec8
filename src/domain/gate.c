#include "domain/gate.h"

#include "domain/param.h"

static bool has_investor(const struct gate_facts *g) { return g->has_investor > 0; }
static bool has_industry(const struct gate_facts *g) { return g->has_industry > 0; }
static bool has_talk(const struct gate_facts *g) { return g->full_talks > 0; }
static bool has_handler(const struct gate_facts *g) { return g->has_handler > 0; }
static bool has_contract(const struct gate_facts *g) { return g->sealed_contracts > 0; }
static bool has_identified_investor(const struct gate_facts *g) { return g->identified_investors > 0; }
static bool has_industry_class(const struct gate_facts *g) { return g->industry_digits == 4; }
static bool has_total(const struct gate_facts *g) { return g->total_invest_fen > 0; }
static bool has_fai(const struct gate_facts *g) { return g->fai_fen != NONE; }
static bool has_phases(const struct gate_facts *g) { return g->phases > 0; }
static bool has_needs(const struct gate_facts *g) { return g->land_mu_e2 != NONE && g->energy_tce_e2 != NONE; }
static bool is_admitted(const struct gate_facts *g) { return g->is_admitted > 0; }
static bool is_reviewed(const struct gate_facts *g) { return !g->is_review_due || g->has_review_doc > 0; }
static bool has_licence(const struct gate_facts *g) { return g->licences > 0 && g->local_companies > 0; }
static bool has_national_code(const struct gate_facts *g) { return g->national_codes > 0; }
static bool has_site(const struct gate_facts *g) { return g->land_contracts > 0 || g->long_leases > 0; }
static bool has_permit(const struct gate_facts *g) {
	return g->permits > 0 || (g->fitouts > 0 && g->equipment_orders > 0);
}
static bool has_photos(const struct gate_facts *g) { return g->photos_on_site >= 2; }
static bool has_payment(const struct gate_facts *g) { return g->payments > 0; }
static bool has_acceptance(const struct gate_facts *g) { return g->acceptances > 0; }
static bool has_sales(const struct gate_facts *g) { return g->sales_or_power > 0; }
static bool has_env_permit(const struct gate_facts *g) { return !g->has_emissions || g->env_permits > 0; }
static bool is_above_scale(const struct gate_facts *g) { return g->above_scale > 0; }
static bool has_output(const struct gate_facts *g) { return g->output_proofs > 0; }
static bool has_closing_review(const struct gate_facts *g) { return g->closing_reviews > 0; }

#define G(stage, name, test, z, e, rz, re, kind, r) \
	{STAGE_##stage, S_(name), test, S_(z), S_(e), S_(rz), S_(re), S_(kind), S_(r)}
const struct gate gates[] = {
	G(TALK, "investor", has_investor, "投资方", "Investor named", "填写投资方", "Name the investor", "", "R-011"),
	G(TALK, "industry", has_industry, "行业（门类或大类）", "Industry", "选择行业", "Choose the industry", "", "R-011"),
	G(TALK, "talk", has_talk, "洽谈记录（双方人员，纪要不少于 50 字）", "A talk record (both sides, minutes of 50 characters)",
	  "登记洽谈", "Record a talk", "", "R-012"),
	G(TALK, "handler", has_handler, "牵头责任人", "Lead handler", "填写责任单位", "Name the handler", "", "R-013"),
	G(SIGNED, "contract", has_contract, "投资合同（双方盖章扫描件）", "Contract (scan with both seals)",
	  "上传合同扫描件，并登记盖章的合同", "Upload the scan and record the sealed contract", "CONTRACT", "R-021"),
	G(SIGNED, "parties", has_identified_investor, "投资方统一社会信用代码或境外注册号", "Investor's credit code or foreign registration",
	  "在“各方”中添加投资方", "Add the investor under Parties", "", "R-022"),
	G(SIGNED, "industry_class", has_industry_class, "行业小类（4 位）", "Industry class (4 digits)", "选择 4 位行业代码", "Choose a 4-digit class", "", "R-029"),
	G(SIGNED, "total_invest_fen", has_total, "总投资", "Total investment", "填写总投资", "Fill in the total investment", "", "R-023"),
	G(SIGNED, "fai_fen", has_fai, "固定资产投资", "Fixed-asset investment", "填写固定资产投资", "Fill in the fixed-asset investment", "", "R-024"),
	G(SIGNED, "phases", has_phases, "分期计划", "Phases", "添加分期", "Add a phase", "", "R-025"),
	G(SIGNED, "needs", has_needs, "用地和能耗需求", "Land and energy needs", "填写用地和年综合能耗（没有的填 0）", "Fill in land and energy (0 if none)", "", "R-026"),
	G(SIGNED, "admission", is_admitted, "准入核验结果和文号", "Admission result and document", "填写准入核验和文号", "Fill in admission and its document no.", "", "R-027"),
	G(SIGNED, "joint_review", is_reviewed, "联审纪要（1 亿元、50 亩或 1 万吨标准煤以上）", "Joint review minutes (from CNY 100 m, 50 mu or 10,000 tce)",
	  "填写联审文号", "Fill in the joint review document no.", "", "R-028"),
	G(LANDED, "licence", has_licence, "项目公司营业执照（本地注册）", "Project company's licence (registered here)",
	  "上传营业执照，并在“各方”中添加项目公司", "Upload the licence and add the project company", "LICENCE", "R-031"),
	G(LANDED, "project_code", has_national_code, "投资项目统一代码", "National project code", "登记统一代码", "Record the national code", "PROJECT_CODE", "R-032"),
	G(LANDED, "site", has_site, "用地合同，或 3 年以上租赁合同", "Land contract, or a lease of 3 years",
	  "上传用地合同或租赁合同（填起止日期）", "Upload the land contract or the lease with its dates", "LAND_CONTRACT", "R-033"),
	G(STARTED, "permit", has_permit, "施工许可证，或装修合同加设备订单", "Construction permit, or fit-out contract and equipment order",
	  "上传施工许可证", "Upload the construction permit", "PERMIT", "R-041"),
	G(STARTED, "photos", has_photos, "现场照片不少于 2 张，位于地块 500 米内", "Two dated photos within 500 m of the site",
	  "上传带时间和定位的照片，并填写项目经纬度", "Upload photos with time and position, and set the project's point", "PHOTO", "R-042"),
	G(STARTED, "payment", has_payment, "首笔固定资产投资凭证", "First fixed-asset payment", "上传付款凭证或发票", "Upload a payment slip or invoice", "BANK_SLIP", "R-043"),
	G(PRODUCING, "acceptance", has_acceptance, "竣工验收或生产线调试记录", "Acceptance or line-test record", "上传验收记录", "Upload the acceptance", "ACCEPTANCE", "R-051"),
	G(PRODUCING, "sales", has_sales, "首张销售发票或用电证明", "First sales invoice or electricity use", "上传销售发票或用电证明", "Upload the invoice or electricity record", "SALES_INVOICE", "R-052"),
	G(PRODUCING, "env_permit", has_env_permit, "排污许可（有排放的项目）", "Environmental permit (with emissions)", "上传排污许可", "Upload the permit", "ENV_PERMIT", "R-053"),
	G(CAPACITY, "above_scale", is_above_scale, "入规证明", "Above-scale listing", "上传入规证明", "Upload the listing", "ABOVE_SCALE", "R-061"),
	G(CAPACITY, "output", has_output, "一年内达到承诺产值或税收的 80%", "80 % of promised output or tax in a year", "上传产值或税收证明", "Upload the proof", "OUTPUT_PROOF", "R-062"),
	G(CLOSED, "review", has_closing_review, "履约评价", "Contract review", "上传履约评价", "Upload the review", "REVIEW", "R-071"),
};
const size_t gates_n = sizeof gates / sizeof *gates;

/* cos of a latitude in permille, by Bhaskara's fraction (error under 0.3 %): integers suffice for a
 * circle of 500 m. */
static int64_t cos_permille(int64_t lat_e6) {
	int64_t deg_e2 = (lat_e6 < 0 ? -lat_e6 : lat_e6) / 10000, square = deg_e2 * deg_e2;
	return 1000 * (INT64_C(324000000) - 4 * square) / (INT64_C(324000000) + square);
}

/* Facts by column name, so that the query's order does not matter. */
#define FACT(m) {S_(#m), offsetof(struct gate_facts, m)}
static const struct {
	struct str name;
	size_t offset;
} facts[] = {
	FACT(has_investor), FACT(has_industry), FACT(industry_digits), FACT(has_handler), FACT(full_talks), FACT(talks), FACT(last_talk_ymd),
	FACT(contracts), FACT(investors), FACT(leases), FACT(photos),
	FACT(sealed_contracts), FACT(identified_investors), FACT(total_invest_fen), FACT(fai_fen),
	FACT(land_mu_e2), FACT(energy_tce_e2), FACT(phases), FACT(is_admitted), FACT(has_review_doc), FACT(licences),
	FACT(local_companies), FACT(national_codes), FACT(land_contracts), FACT(long_leases), FACT(permits),
	FACT(fitouts), FACT(equipment_orders), FACT(photos_on_site), FACT(payments), FACT(acceptances),
	FACT(sales_or_power), FACT(env_permits), FACT(has_emissions), FACT(above_scale), FACT(output_proofs),
	FACT(closing_reviews),
};

/* The joint review before signing is due from these sizes on (handbook 3.5, R-028). */
static enum err review_due(struct ctx *ctx, struct gate_facts *g) {
	const struct {
		struct str key;
		int64_t have;
	} sizes[] = {
		{S("review_invest_fen"), g->total_invest_fen}, {S("review_land_mu_e2"), g->land_mu_e2},
		{S("review_energy_tce_e2"), g->energy_tce_e2},
	};
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		int64_t from;
		enum err e = param_int(ctx, sizes[i].key, INT64_MAX, &from);
		if (e) return e;
		if (sizes[i].have >= from) g->is_review_due = 1;
	}
	return ERR_OK;
}

enum err gate_facts_load(struct ctx *ctx, int64_t project_id, struct gate_facts *out) {
	int64_t lat_e6 = 0;
	enum err e = db_int(ctx->db, Q_GATE_LATITUDE, &VI(project_id), 1, &lat_e6);
	if (e) return fail_store(ctx, e);
	struct rows *r;
	if ((e = DB_QUERY(ctx->db, ctx->arena, Q_GATE_FACTS, &r, VI(project_id), VI(cos_permille(lat_e6)))))
		return fail_store(ctx, e);
	if (!rows_next(r)) return fail_store(ctx, rows_error(r) ? rows_error(r) : ERR_NOT_FOUND);
	*out = (struct gate_facts){0};
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		int col = rows_find(r, facts[i].name);
		*(int64_t *)((char *)out + facts[i].offset) = rows_is_null(r, col) ? NONE : rows_int(r, col);
	}
	rows_done(r);
	return review_due(ctx, out);
}

enum err gates_check(struct ctx *ctx, const struct gate_facts *g, enum stage from, enum stage to) {
	enum err e = ERR_OK;
	for (size_t i = 0; i < gates_n; i++) {
		const struct gate *gate = &gates[i];
		if (gate->to <= from || gate->to > to || gate->is_open(g)) continue;
		bool is_en = ctx->lang == LANG_EN;
		e = fail_with(ctx, ERR_GATE, gate->code, S("gate_missing"), is_en ? gate->en : gate->zh,
		              is_en ? gate->remedy_en : gate->remedy_zh);
	}
	return e;
}
