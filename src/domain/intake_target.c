/* intake_target.c - what a column can be, and which of it a heading means. */
#include "domain/intake_parts.h"

#include "domain/text.h"

/* ---- targets ---- */

/* What only an import knows: it becomes part of another record, helps to find the place, or says
 * nothing. */
static const struct { struct str name, zh, en; enum ftype type; struct str headings; } extras[] = {
	{S_("code"), S_("项目编号"), S_("Code"), F_TEXT, S_("项目编号|项目编码|系统编号")}, /* ours: says which project a row updates */
	{S_("row_version"), S_("数据版本"), S_("Version"), F_TEXT, S_("数据版本|version")}, /* ours: as it was when the file was made */
	{S_("seq"), S_("序号"), S_("No."), F_TEXT, S_("序号|编号|序|号|顺序号|项目序号|排序|序列|no|id")},
	{S_("province"), S_("省份"), S_("Province"), F_TEXT, S_("省份|省|省市|省区市|所在省|所属省份|省市区|province")},
	{S_("city"), S_("市"), S_("City"), F_TEXT, S_("市|地市|城市|地级市|所属市|设区市|州市|市州|市地州|所在市|所属城市|地市州|所属地市|城市名称|city")},
	{S_("investor_uscc"), S_("投资方信用代码"), S_("Investor's credit code"), F_USCC,
	 S_("统一社会信用代码|社会信用代码|信用代码|组织机构代码|投资方信用代码|企业信用代码|企业统一社会信用代码|投资方统一社会信用代码|uscc")},
	{S_("investor_origin"), S_("投资方来源地"), S_("Investor's origin"), F_TEXT,
	 S_("投资方来源地|投资方所在地|资金来源地|来源地|企业所在地|客商来源|客商来源地|投资方来源|引资来源地|投资来源地|企业来源地|投资方注册地|投资方所在省市|国别|国别地区|投资国别|来源国|国家|来源地区")},
	{S_("contact_name"), S_("联系人"), S_("Contact"), F_TEXT,
	 S_("联系人|联系人姓名|项目联系人|企业联系人|投资方联系人|负责人|联络人|客商联系人|企业负责人|项目负责人|法定代表人|法人代表|法人|联系人及电话|联系人及联系方式|联系人及联系电话|联系人电话|contact")},
	{S_("contact_phone"), S_("联系电话"), S_("Telephone"), F_PHONE,
	 S_("联系电话|联系方式|电话|手机|手机号|手机号码|电话号码|联系手机|企业联系电话|投资方联系电话|移动电话|phone|tel|mobile")},
	{S_("contact_email"), S_("邮箱"), S_("Mail"), F_EMAIL, S_("邮箱|电子邮箱|电子邮件|email|mail")},
	{S_("project_code"), S_("投资项目统一代码"), S_("National project code"), F_TEXT,
	 S_("投资项目统一代码|项目代码|项目统一代码|国家项目代码|备案编号|项目备案号|备案代码|立项编号|在线平台代码|项目赋码")},
};
enum { EXTRAS = sizeof extras / sizeof *extras };

/* Set beside another field of the same cell. */
static bool is_derived_field(struct str name) {
	return str_eq(name, S("invest_qual")) || str_eq(name, S("invest_text")) || str_eq(name, S("side"));
}

struct intake_targets intake_targets(struct arena *a) {
	struct intake_target *t = arena_array(a, EXTRAS + project_fields_n, sizeof *t);
	size_t n = 0;
	for (size_t i = 0; i < project_fields_n; i++) {
		const struct field *f = &project_fields[i];
		bool is_derived = is_derived_field(f->name);
		if (is_derived || f->flags & FIELD_IMPORT)
			t[n++] = (struct intake_target){f->name, f->zh, f->en, f->type, f, is_derived};
	}
	for (size_t i = 0; i < EXTRAS; i++)
		t[n++] = (struct intake_target){extras[i].name, extras[i].zh, extras[i].en, extras[i].type,
			NULL, false};
	return (struct intake_targets){t, n};
}

const struct intake_target *target_named(struct intake_targets t, struct str name) {
	for (size_t i = 0; i < t.n; i++)
		if (str_eq(t.items[i].name, name)) return &t.items[i];
	return NULL;
}

const struct intake_target *intake_target(struct arena *a, struct str name) {
	return target_named(intake_targets(a), name);
}

bool target_is(const struct intake_target *t, struct str name) {
	return t && str_eq(t->name, name);
}

struct str headings_of(const struct intake_target *t) {
	if (t->field) return t->field->headings;
	for (size_t i = 0; i < EXTRAS; i++)
		if (str_eq(extras[i].name, t->name)) return extras[i].headings;
	return (struct str){0};
}

bool intake_measure(enum ftype t, enum measure *m) {
	static const struct { enum ftype type; enum measure measure; } rows[] = {
		{F_FEN, MEASURE_MONEY}, {F_MINOR, MEASURE_MONEY}, {F_MU_E2, MEASURE_MU}, {F_M2, MEASURE_M2},
		{F_TCE_E2, MEASURE_ENERGY}, {F_KG, MEASURE_MASS}, {F_M3, MEASURE_VOLUME}, {F_INT, MEASURE_COUNT},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].type != t) continue;
		*m = rows[i].measure;
		return true;
	}
	return false;
}

/* ---- what a heading means ---- */

/* Endings that name a unit, not a thing: 总投资万元. */
static struct str without_unit(struct str key) {
	static const struct str endings[] = {
		S_("单位"), S_("亿元"), S_("万元"), S_("千元"), S_("百元"), S_("元"), S_("万美元"), S_("亿美元"), S_("美元"), S_("人民币"),
		S_("亩"), S_("公顷"), S_("平方米"), S_("m2"), S_("吨标准煤"), S_("吨标煤"), S_("万"), S_("亿"),
	};
	for (bool is_changed = true; is_changed;) {
		is_changed = false;
		for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
			if (key.n <= endings[i].n || !str_ends(key, endings[i])) continue;
			key.n -= endings[i].n;
			is_changed = true;
		}
	}
	return key;
}

/* 1.项目名称 -> 项目名称 (the point is gone already) */
static struct str without_number(struct str key) {
	size_t n = 0;
	while (n < key.n && key.p[n] >= '0' && key.p[n] <= '9') n++;
	return n < key.n ? str_sub(key, n, key.n) : key;
}

static bool is_word_of(struct str words, struct str key) {
	struct str rest = words, w;
	while (str_split(&rest, '|', &w))
		if (str_eq_nocase(w, key)) return true;
	return false;
}

const struct intake_target *heading_target(struct intake_targets t, struct str key) {
	if (!key.n) return NULL;
	for (size_t i = 0; i < t.n; i++)
		if (is_word_of(headings_of(&t.items[i]), key)) return &t.items[i];
	return NULL;
}

/* Keys of one heading, most telling first. */
size_t heading_keys(struct arena *a, struct str text, struct str out[HEADING_KEYS]) {
	size_t n = 0;
	struct str word = word_key(a, text), head = heading_key(a, text);
	if (word.n) out[n++] = without_number(word);
	if (head.n) out[n++] = without_number(head);
	if (head.n) out[n++] = without_unit(without_number(head));
	return n;
}

/* A heading with one of these is another thing than the field whose word it contains: 累计完成投资,
 * 项目个数, 投资方联系人. */
static const struct { struct str field, words; } not_like[] = {
	{S_("total_invest_fen"), S_("完成|到位|累计|已|本年|今年|当年|年度|设备|固定|其中|外资|强度|回报|利用|进度|比|率|本月|上年|去年|一期|二期|方|商|主体|企业|单位|情况|类型|来源|领域|性质")},
	{S_("name"), S_("企业|单位|联系|负责|数|编号|代码|类型|性质|级别|阶段|状态|进展|地|类|内容|简介|情况|来源|领域|投资|用地|方|资金|问题|责任|进度|概况|备注|时间|日期|领导|专员|规模")},
	{S_("investor_text"), S_("联系|电话|来源|所在地|简介|性质|代码|国别|地址|数|负责")},
	{S_("region_code"), S_("数|领导|责任|联系|负责|个|排名|客商|企业|投资方|资金|签约|洽谈|考察|会议|来源|注册")},
	{S_("stage"), S_("数|时间|日期|问题|内容")},
	{S_("industry_code"), S_("数|链|主管|部门|园")},
	{S_("sign_date"), S_("数|拟|计划|预计|金额")}, {S_("start_date"), S_("数|拟|计划|预计")}, {S_("produce_date"), S_("数|拟|计划|预计")},
	{S_("land_mu_e2"), S_("建筑|性质|手续|报批|情况|强度|已供|率|类")},
	{S_("fai_fen"), S_("完成|累计|本年|今年|年度|增速|强度")},
	{S_("promised_output_fen"), S_("已|上年|去年|本年|强度|能耗")}, {S_("promised_tax_fen"), S_("已|上年|去年|本年|强度")},
	{S_("content"), S_("数")}, {S_("site"), S_("签约|注册|考察|洽谈|会议|联系|开户")}, {S_("handler"), S_("电话")}, {S_("contact_phone"), S_("")},
};

bool target_avoids(const struct intake_target *t, struct str key) {
	for (size_t i = 0; i < sizeof not_like / sizeof *not_like; i++) {
		if (!str_eq(not_like[i].field, t->name)) continue;
		struct str rest = not_like[i].words, w;
		while (str_split(&rest, '|', &w))
			if (w.n && str_has(key, w)) return true;
	}
	return false;
}

/* How much a key looks like a heading word: Chinese puts the noun last, so a word at the end counts
 * more. 0 = does not. */
static int32_t likeness(struct arena *a, struct str key, struct str word) {
	size_t key_cps = str_cp_count(key), word_cps = str_cp_count(word);
	if (word_cps < 2 || key_cps > 14) return 0;
	if (str_has(key, word)) {
		int32_t part = (int32_t)(1000 * word_cps / key_cps) * 7 / 10;
		return part + (str_ends(key, word) ? 250 : 0);
	}
	if (word_cps < 4 || key_cps < 4) return 0;
	int32_t alike = text_similar_permille(a, key, word);
	return alike >= 860 ? alike * 8 / 10 : 0;
}

const struct intake_target *like_target(struct intake_targets t, struct str key, int32_t *score) {
	const struct intake_target *best = NULL;
	struct arena scratch = {0};
	*score = LIKE_ENOUGH - 1;
	for (size_t i = 0; i < t.n; i++) {
		if (target_avoids(&t.items[i], key)) continue;
		struct str rest = headings_of(&t.items[i]), w;
		while (str_split(&rest, '|', &w)) {
			int32_t s = likeness(&scratch, key, w);
			if (s <= *score) continue;
			*score = s;
			best = &t.items[i];
		}
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return best;
}
