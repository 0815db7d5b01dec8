/* gate_have.c - what is there of each gate's condition, in words: rows of a table, so that a checklist
 * says more than yes and no. */
#include "domain/gate.h"

#include "domain/sentence.h"

enum have_kind {
	HAVE_SOME,       /* when it is not 0 */
	HAVE_ALL,        /* beside something that is there, 0 as well */
	HAVE_BUT_NO,     /* when it is 0 beside something that is there */
	HAVE_NO_NEED,    /* when it is 0: the condition does not apply */
	HAVE_VALUE,      /* when it is given, 0 as well */
};

static const struct have {
	struct str gate;             /* its code */
	enum have_kind kind;
	enum ftype type;             /* of the number */
	size_t offset;
	struct str zh, en;           /* {0} = the number */
} haves[] = {
#define H(gate, kind, type, fact, z, e) \
	{S_(gate), HAVE_##kind, F_##type, offsetof(struct gate_facts, fact), S_(z), S_(e)}
	H("investor", SOME, INT, has_investor, "已填", "named"),
	H("industry", SOME, INT, industry_digits, "已有 {0} 位代码", "a code of {0} digits"),
	H("talk", SOME, INT, talks, "洽谈 {0} 次", "talks: {0}"),
	H("talk", SOME, DATE, last_talk_ymd, "最近 {0}", "the last on {0}"),
	H("talk", BUT_NO, INT, full_talks, "还没有写齐双方人员和 50 字纪要的", "none yet with both sides and minutes of 50 characters"),
	H("handler", SOME, INT, has_handler, "已填", "named"),
	H("contract", SOME, INT, contracts, "登记合同 {0} 份", "contracts recorded: {0}"),
	H("contract", ALL, INT, sealed_contracts, "双方盖章并有扫描件 {0} 份", "sealed by both and scanned: {0}"),
	H("parties", SOME, INT, investors, "投资方 {0} 家", "investors: {0}"),
	H("parties", ALL, INT, identified_investors, "有代码 {0} 家", "with a code: {0}"),
	H("industry_class", SOME, INT, industry_digits, "现在是 {0} 位代码", "a code of {0} digits now"),
	H("total_invest_fen", VALUE, FEN, total_invest_fen, "{0} 万元", "CNY {0} m"),
	H("fai_fen", VALUE, FEN, fai_fen, "{0} 万元", "CNY {0} m"),
	H("phases", SOME, INT, phases, "{0} 期", "phases: {0}"),
	H("needs", VALUE, MU_E2, land_mu_e2, "用地 {0} 亩", "land {0} mu"),
	H("needs", VALUE, TCE_E2, energy_tce_e2, "年综合能耗 {0} 吨标准煤", "energy {0} tce a year"),
	H("admission", SOME, INT, is_admitted, "结果和文号已填", "result and document given"),
	H("joint_review", NO_NEED, INT, is_review_due, "规模不到，不需要联审", "too small to need it"),
	H("joint_review", SOME, INT, has_review_doc, "文号已填", "document given"),
	H("licence", SOME, INT, licences, "营业执照 {0} 份", "licences: {0}"),
	H("licence", SOME, INT, local_companies, "有信用代码的项目公司 {0} 家", "project companies with a credit code: {0}"),
	H("project_code", SOME, INT, national_codes, "统一代码 {0} 个", "national codes: {0}"),
	H("site", SOME, INT, land_contracts, "用地合同 {0} 份", "land contracts: {0}"),
	H("site", SOME, INT, leases, "租赁合同 {0} 份", "leases: {0}"),
	H("site", BUT_NO, INT, long_leases, "没有满 3 年的租赁合同", "no lease of 3 years"),
	H("permit", SOME, INT, permits, "施工许可证 {0} 份", "construction permits: {0}"),
	H("permit", SOME, INT, fitouts, "装修合同 {0} 份", "fit-out contracts: {0}"),
	H("permit", SOME, INT, equipment_orders, "设备订单 {0} 份", "equipment orders: {0}"),
	H("photos", SOME, INT, photos, "照片 {0} 张", "photos: {0}"),
	H("photos", ALL, INT, photos_on_site, "有时间并在地块 500 米内 {0} 张", "dated and within 500 m: {0}"),
	H("payment", SOME, INT, payments, "凭证 {0} 份", "slips and invoices: {0}"),
	H("acceptance", SOME, INT, acceptances, "验收记录 {0} 份", "records: {0}"),
	H("sales", SOME, INT, sales_or_power, "发票或用电证明 {0} 份", "invoices or electricity records: {0}"),
	H("env_permit", NO_NEED, INT, has_emissions, "没有填排放量，不需要", "no emissions given, not needed"),
	H("env_permit", SOME, INT, env_permits, "排污许可 {0} 份", "permits: {0}"),
	H("above_scale", SOME, INT, above_scale, "入规证明 {0} 份", "listings: {0}"),
	H("output", SOME, INT, output_proofs, "证明 {0} 份", "proofs: {0}"),
	H("review", SOME, INT, closing_reviews, "履约评价 {0} 份", "reviews: {0}"),
#undef H
};

static bool is_said(enum have_kind kind, int64_t v, bool has_text) {
	switch (kind) {
	case HAVE_SOME: return v != NONE && v > 0;
	case HAVE_ALL: return has_text;
	case HAVE_BUT_NO: return has_text && v == 0;
	case HAVE_NO_NEED: return v == 0;
	case HAVE_VALUE: return v != NONE;
	}
	return false;
}

/* Money in 万元, or in millions: what the language counts in. */
static struct str number(struct arena *a, enum ftype type, int64_t v, enum lang lang) {
	struct buf b = {.arena = a};
	if (type == F_DATE) {
		struct str s = str_of_int(a, v);
		buf_add(&b, str_sub(s, 0, 4));
		buf_byte(&b, '-');
		buf_add(&b, str_sub(s, 4, 2));
		buf_byte(&b, '-');
		buf_add(&b, str_sub(s, 6, 2));
	} else if (type == F_FEN) buf_fixed(&b, v / (lang == LANG_EN ? 1000000 : 10000), 2);
	else buf_fixed(&b, v, type_digits(type));
	return buf_str(&b);
}

struct str gate_have(struct arena *a, const struct gate *gate, const struct gate_facts *g, enum lang lang) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < sizeof haves / sizeof *haves; i++) {
		const struct have *h = &haves[i];
		if (!str_eq(h->gate, gate->code)) continue;
		int64_t v = *(const int64_t *)((const char *)g + h->offset);
		if (!is_said(h->kind, v, b.n > 0)) continue;
		if (b.n) buf_c(&b, lang == LANG_EN ? ", " : "，");
		buf_add(&b, sentence_fill(a, lang == LANG_EN ? h->en : h->zh, number(a, h->type, v, lang), S("")));
	}
	return buf_str(&b);
}
