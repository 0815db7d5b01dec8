/* intake_county_test.c - what county bureaus do with their sheets besides the plain form: units in odd
 * places, ticks for stages, parts under totals, several tables on one sheet. */
#include "intake_case.h"

static void sheets_as_counties_keep_them(void **state) {
	(void)state;
	static const struct sheet_case cases[] = {
		{"a column of currencies with their scale",
		 S_("项目名称|总投资|币种|阶段\n甲|5000|万元人民币|签约\n乙|300|万美元|签约\n丙|1200|万欧元|在谈\n"),
		 S_("hddd"), S_("name,total_invest_fen,currency,stage"), 5000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a column of units, known by its cells",
		 S_("项目名称|总投资|单位|阶段\n甲|5000|万元|签约\n乙|3|亿元|签约\n丙|1200000|元|在谈\n"),
		 S_("hddd"), S_("name,total_invest_fen,currency,stage"), 35120, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"the currency in its column, the scale in the unit line",
		 S_("外资项目表|<|<|<\n|||单位：万元\n项目名称|投资总额|币种|阶段\n甲|5000|人民币|签约\n乙|300|美元|签约\n"),
		 S_("tuhdd"), S_("name,total_invest_fen,currency,stage"), 5000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"parts under totals are no projects",
		 S_("序号|项目名称|总投资（万元）|开工时间\n|合计（2个）|5000|\n|其中：工业|4000|\n1|甲|4000|2024年3月\n|其中：农业|1000|\n2|乙|1000|2024年4月\n"),
		 S_("hTTdTd"), S_("seq,name,total_invest_fen,start_date"), 5000, NOTHING, S_("="), ASKS_NOTHING},
		{"a page number, the title and the header of the next page",
		 S_("表一|<|<\n序号|项目名称|总投资（万元）\n1|甲|100\n第1页，共2页|<|<\n表一（续）|<|<\n序号|项目名称|总投资（万元）\n2|乙|200\n"),
		 S_("thdnthd"), S_("seq,name,total_invest_fen"), 300, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"the unit in a note below",
		 S_("序号|项目名称|总投资|阶段\n1|甲|3|在谈\n2|乙|5|签约\n注：1.总投资单位为亿元；2.数据截至3月底。|<|<|<\n"),
		 S_("hddn"), S_("seq,name,total_invest_fen,stage"), 80000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a unit line below",
		 S_("序号|项目名称|总投资|阶段\n1|甲|3|在谈\n2|乙|5|签约\n|||单位：亿元\n"),
		 S_("hddn"), S_("seq,name,total_invest_fen,stage"), 80000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a note that speaks of a firm and an amount names no unit",
		 S_("序号|项目名称|总投资|阶段\n1|甲|3|在谈\n注：建设单位：某公司，投资3亿元。|<|<|<\n"),
		 S_("hdn"), S_("seq,name,total_invest_fen,stage"), 0, NOTHING, NO_TOTAL, S_("unit")},
		{"label and unit in two cells",
		 S_("项目表|<|<|<\n||单位|万元\n序号|项目名称|总投资|阶段\n1|甲|100|在谈\n"),
		 S_("tuhd"), S_("seq,name,total_invest_fen,stage"), 100, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a currency sign in the cell leaves the scale to the column",
		 S_("项目名称|总投资（万元）\n甲|￥5,000.00\n乙|￥300万\n"),
		 S_("hdd"), S_("name,total_invest_fen"), 5300, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"ticks under stages",
		 S_("序号|项目名称|总投资（亿元）|项目阶段|<|<\n^|^|^|在谈|签约|开工\n1|甲|1|√||\n2|乙|2|√|√|\n3|丙|3||√|\n"),
		 S_("hhddd"), S_("seq,name,total_invest_fen,stage,stage,stage"), 60000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"days under stages",
		 S_("序号|项目名称|总投资（亿元）|签约|开工\n1|甲|1|2024.3|2024.5\n2|乙|2|2024.4|\n"),
		 S_("hdd"), S_("seq,name,total_invest_fen,sign_date,start_date"), 30000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"five header rows, the last of units",
		 S_("序号|项目情况|<|<|<|<\n^|项目名称|投资方|投资情况|<|<\n^|^|^|总投资|其中|<\n^|^|^|^|固定资产投资|设备投资\n^|^|^|（万元）|（万元）|（万元）\n1|甲|甲公司|100|80|50\n"),
		 S_("hhhhhd"), S_("seq,name,investor_text,total_invest_fen,fai_fen,equipment_fen"), 100, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"who signed and when is no section",
		 S_("序号|项目名称|总投资（万元）|阶段\n1|甲|100|在谈\n★为省级重点项目|<|<|<\n寿光市招商局|<|<|<\n2024年4月10日|<|<|<\n"),
		 S_("hdnnn"), S_("seq,name,total_invest_fen,stage"), 100, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"names under their merged heading",
		 S_("序号|项目名称|总投资（万元）|企业联系人|<\n^|^|^|姓名|电话\n1|甲|100|张三|13812345678\n"),
		 S_("hhd"), S_("seq,name,total_invest_fen,contact_name,contact_phone"), 100, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a count stands where the name should",
		 S_("序号|县市区|项目名称|总投资（亿元）\n一|寿光市|共2个项目|3\n1||甲|1\n2||乙|2\n二|诸城市|共1个项目|4\n3||丙|4\n合计||3个|7\n"),
		 S_("hsddsdT"), S_("seq,region_code,name,total_invest_fen"), 70000, NOTHING, S_("==="), ASKS_NOTHING},
		{"home and foreign money under two groups",
		 S_("序号|项目名称|内资（万元）|<|外资（万美元）|<\n^|^|合同额|到位额|合同额|到位额\n1|甲|1000|500||\n2|乙|||300|100\n"),
		 S_("hhdd"), S_("seq,name,total_invest_fen,-,foreign_minor,-"), 1000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"totals of the month and since January",
		 S_("序号|项目名称|总投资（万元）|到位资金\n1|甲|100|10\n本月合计||100|10\n本年累计||100|10\n"),
		 S_("hdTT"), S_("seq,name,total_invest_fen,-"), 100, NOTHING, S_("=="), ASKS_NOTHING},
		{"the place of a ceremony is not the place of the project",
		 S_("序号|签约项目|乙方|合同金额（亿元）|签约地点\n1|甲|甲公司|1|寿光市\n2|乙|乙公司|2|诸城市\n"),
		 S_("hdd"), S_("seq,name,investor_text,total_invest_fen,-"), 30000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a second table with its columns in another order",
		 S_("一、签约项目|<|<|<\n序号|项目名称|投资方|总投资（亿元）\n1|甲|甲公司|1\n\n二、在谈项目|<|<|<\n序号|项目名称|总投资（亿元）|投资方\n1|乙|3|乙公司\n"),
		 S_("thdshd"), S_("seq,name,investor_text,total_invest_fen"), 40000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a summary under the list, and the list again",
		 S_("序号|项目名称|总投资（亿元）|阶段\n1|甲|1|签约\n县市区|阶段|总投资（亿元）|备注\n寿光市|签约|1|\n序号|项目名称|总投资（亿元）|阶段\n2|乙|2|在谈\n"),
		 S_("hdhyhd"), S_("seq,name,total_invest_fen,stage"), 30000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a second table in another unit",
		 S_("序号|项目名称|总投资（亿元）\n1|甲|1\n序号|项目名称|总投资（万元）\n1|乙|300\n"),
		 S_("hdhd"), S_("seq,name,total_invest_fen"), 10300, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a second table whose header has two rows",
		 S_("序号|项目名称|投资方|总投资（亿元）|阶段\n1|甲|甲公司|1|签约\n二、在谈项目|<|<|<|<\n序号|项目名称|投资（万元）|<|投资方\n^|^|到位|总投资|^\n1|乙|10|300|乙公司\n2|丙|20|400|丙公司\n"),
		 S_("hdshhdd"), S_("seq,name,investor_text,total_invest_fen,stage"), 10700, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"two tables with headers of two rows, the second in another order",
		 S_("序号|项目名称|投资（万元）|<|投资方\n^|^|总投资|到位|^\n1|甲|100|50|甲公司\n序号|项目名称|投资方|投资（亿元）|<\n^|^|^|到位|总投资\n1|乙|乙公司|1|3\n"),
		 S_("hhdhhd"), S_("seq,name,total_invest_fen,-,investor_text"), 30100, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"the same header of two rows again",
		 S_("序号|项目名称|投资（万元）|<\n^|^|总投资|到位\n1|甲|100|50\n序号|项目名称|投资（万元）|<\n^|^|总投资|到位\n2|乙|200|60\n"),
		 S_("hhdhhd"), S_("seq,name,total_invest_fen,-"), 300, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a header of two rows without merges, the first of them too little by itself",
		 S_("序号|项目名称|总投资（万元）|投资方|阶段\n1|甲|100|甲公司|签约\n序号|项目名称|投资||投资方\n||到位|总投资|\n1|乙|10|200|乙公司\n"),
		 S_("hdhhd"), S_("seq,name,total_invest_fen,investor_text,stage"), 300, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"its first row knows but the name",
		 S_("序号|企业|项目名称|总投资（万元）|阶段\n1|甲公司|甲|100|签约\n序号|项目名称|投资情况|<|进展情况\n^|^|到位（亿元）|总投资（亿元）|^\n1|乙|1|2|洽谈\n"),
		 S_("hdhhd"), S_("seq,investor_text,name,total_invest_fen,stage"), 20100, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a header of two rows with its units in a third, then one of one row",
		 S_("序号|项目名称|总投资（万元）|投资方\n1|甲|100|甲公司\n序号|项目名称|投资|<\n^|^|到位|总投资\n^|^|（亿元）|（亿元）\n1|乙|1|2\n序号|项目名称|总投资（亿元）|投资方\n1|丙|3|丙公司\n"),
		 S_("hdhhhdhd"), S_("seq,name,total_invest_fen,investor_text"), 50100, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"what stands under a header of one row is a project",
		 S_("序号|项目名称|总投资（万元）|投资方\n1|甲|100|甲公司\n项目名称|投资方||阶段|\n乙|乙公司||签约|\n"),
		 S_("hdhd"), S_("seq,name,total_invest_fen,investor_text"), 100, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"projects in columns",
		 S_("项目名称|甲|乙\n投资方|甲公司|乙公司\n总投资（万元）|100|200\n项目阶段|签约|在谈\n"),
		 S_("yyyy"), S_("-,-,-"), 0, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"the card of one project",
		 S_("项目名称|甲|投资方|甲公司\n总投资|5亿元|占地面积|100亩\n建设内容|年产5万吨|<|<\n联系人|张三|联系电话|13812345678\n"),
		 S_("hyyy"), S_("name,-,investor_text,-"), 0, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a heading with two currencies is asked about",
		 S_("序号|项目名称|总投资（亿元/万美元）\n1|甲|1\n2|乙|3000万美元\n"),
		 S_("hdd"), S_("seq,name,total_invest_fen"), 0, NOTHING, NO_TOTAL, S_("unit")},
		{"totals as sentences, and one without a word",
		 S_("序号|项目名称|总投资（万元）\n1|甲|100\n合计：1个项目，总投资100万元|<|<\n2|乙|200\n||300\n"),
		 S_("hdTdT"), S_("seq,name,total_invest_fen"), 300, NOTHING, S_("="), ASKS_NOTHING},
		{"who signs, in two cells",
		 S_("序号|项目名称|总投资（万元）|备注\n1|甲|100|\n主要负责人签字：|<|经办人：|\n"),
		 S_("hdn"), S_("seq,name,total_invest_fen,note"), 100, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"town beside the county, plans beside the progress",
		 S_("序号|县（市、区）|镇（街道）|项目名称|本周进展|下周计划\n1|寿光市|侯镇|甲|来访|签约\n"),
		 S_("hd"), S_("seq,region_code,site,name,note,note"), 0, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"units in English",
		 S_("No.|Project|Total investment (RMB 10,000)|Stage\n1|Alpha|100|Signed\n"),
		 S_("hd"), S_("seq,name,total_invest_fen,stage"), 100, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"plans of single years beside the total",
		 S_("县市区|项目名称|总投资（亿元）|2023年|<|2024年|<\n^|^|^|计划投资|完成投资|计划投资|完成投资\n寿光市|甲|10|2|1|3|2\n"),
		 S_("hhd"), S_("region_code,name,total_invest_fen,-,-,-,-"), 100000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"the plainer of two words for the total",
		 S_("序号|项目名称|计划投资（亿元）|总投资（亿元）\n1|甲|3|10\n"),
		 S_("hd"), S_("seq,name,-,total_invest_fen"), 100000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a second table with more columns does not take the header from the first",
		 S_("项目名称|投资方|总投资（亿元）\n甲|甲公司|1\n项目名称|投资方|总投资（亿元）|阶段|签约时间\n乙|乙公司|2|签约|2024.3\n"),
		 S_("hdhd"), S_("name,investor_text,total_invest_fen,-,-"), 30000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a form's example, and counties that fill in that they have none",
		 S_("序号|项目名称|投资方|总投资（万元）|阶段\n示例|某某项目|某某公司|10000|签约\n1|甲|甲公司|100|在谈\n2|无|无|无|/\n3|/|—||\n"),
		 S_("hnd__"), S_("seq,name,investor_text,total_invest_fen,stage"), 100, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"progress by month: the last says the stage",
		 S_("序号|项目名称|总投资（亿元）|3月进展|4月进展\n1|甲|1|洽谈|签约\n2|乙|2|签约|开工\n"),
		 S_("hdd"), S_("seq,name,total_invest_fen,note,stage"), 30000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"an average below, and a place that was left open",
		 S_("序号|项目名称|总投资（万元）|到位资金\n1|甲|100|50\n2|（空）||\n平均||100|50\n"),
		 S_("hd_T"), S_("seq,name,total_invest_fen,-"), 100, NOTHING, S_("="), ASKS_NOTHING},
		{"remarks are no stages",
		 S_("序号|项目名称|总投资（万元）|备注\n1|甲|100|已完成注册，正在办理土地手续\n2|乙|100|已完成注册，正在办理土地手续\n"),
		 S_("hdd"), S_("seq,name,total_invest_fen,note"), 200, NOTHING, NO_TOTAL, ASKS_NOTHING},
	};
	for (size_t i = 0; i < LEN(cases); i++) check_sheet(&cases[i]);
}

static void values_as_counties_write_them(void **state) {
	(void)state;
	static const struct { const char *why; struct str rows; int64_t row; struct str field, value; } cases[] = {
		{"currency and scale from one column", S_("项目名称|总投资|币种\n甲|300|万美元\n"), 2, S_("foreign_minor"), S_("300000000")},
		{"its currency", S_("项目名称|总投资|币种\n甲|300|万美元\n"), 2, S_("currency"), S_("USD")},
		{"the foreign unit of two in the line", S_("单位：亿元、万美元||\n项目名称|总投资|合同外资\n甲|1|300\n"), 3, S_("foreign_minor"), S_("300000000")},
		{"the CNY unit, though it stands second", S_("单位：万美元、亿元||\n项目名称|总投资|合同外资\n甲|1|300\n"), 3, S_("total_invest_fen"), S_("10000000000")},
		{"the furthest tick", S_("项目名称|项目阶段|<|<\n^|在谈|签约|开工\n甲|√|√|\n乙||√|√\n"), 3, S_("stage"), S_("SIGNED")},
		{"no tick, no stage", S_("项目名称|项目阶段|<|<\n^|在谈|签约|开工\n甲|×||\n乙|√|√|\n"), 3, S_("stage"), S_("")},
		{"what lies ahead is not reached", S_("项目名称|阶段\n甲|已签约待落地\n"), 2, S_("stage"), S_("SIGNED")},
		{"a name from the second table", S_("序号|项目名称|投资方|总投资（亿元）\n1|甲|甲公司|1\n序号|投资方|项目名称|总投资（亿元）\n1|乙公司|乙|3\n"), 4, S_("name"), S_("乙")},
		{"an amount from the second table", S_("序号|项目名称|投资方|总投资（亿元）\n1|甲|甲公司|1\n序号|项目名称|总投资（万元）|投资方\n1|乙|300|乙公司\n"), 4, S_("total_invest_fen"), S_("300000000")},
		{"an amount under a merged heading of the second table", S_("序号|项目名称|投资方|总投资（亿元）\n1|甲|甲公司|1\n序号|项目名称|投资（万元）|<\n^|^|到位|总投资\n1|乙|10|300\n"), 5, S_("total_invest_fen"), S_("300000000")},
		{"without a unit there it is the first table's", S_("序号|项目名称|投资方|总投资（万元）\n1|甲|甲公司|1\n序号|投资方|项目名称|总投资\n1|乙公司|乙|300\n"), 4, S_("total_invest_fen"), S_("300000000")},
		{"two kinds of notes in the second table", S_("序号|项目名称|总投资（万元）|备注\n1|甲|1|好\n序号|项目名称|备注|存在问题\n1|乙|好|缺地\n"), 4, S_("note"), S_("好\n存在问题：缺地")},
		{"the county of the title", S_("寿光市2024年招商项目表|<\n项目名称|阶段\n甲|在谈\n"), 3, S_("region_code"), S_("370783")},
		{"the county that reports", S_("填报单位：诸城市商务局|单位：亿元\n项目名称|总投资\n甲|3\n"), 3, S_("region_code"), S_("370782")},
		{"the row's own place wins", S_("寿光市2024年招商项目表|<\n项目名称|县区\n甲|诸城市\n"), 3, S_("region_code"), S_("370782")},
		{"a title that names a city says nothing", S_("潍坊市招商项目表|<\n项目名称|阶段\n甲|在谈\n"), 3, S_("region_code"), S_("")},
		{"the stage of the title", S_("2024年在谈项目一览表|<\n项目名称|总投资（亿元）\n甲|1\n"), 3, S_("stage"), S_("TALK")},
		{"what is only planned", S_("2024年拟签约项目清单|<\n项目名称|总投资（亿元）\n甲|1\n"), 3, S_("stage"), S_("TALK")},
		{"not where a column says it", S_("2024年在谈项目一览表|<\n项目名称|状态\n甲|\n"), 3, S_("stage"), S_("")},
		{"a title of other things", S_("2024年重点建设项目名单|<\n项目名称|总投资（亿元）\n甲|1\n"), 3, S_("stage"), S_("")},
		{"place of a counted section", S_("序号|县市区|项目名称|总投资（亿元）\n一|寿光市|共1个项目|1\n1||甲|1\n"), 3, S_("region_code"), S_("370783")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct made_sheet *m = made(&a, cases[i].rows);
		struct intake_sheet s = recognise(&a, m, NULL);
		struct intake_item item = item_of(&a, m, &s, NULL, cases[i].row);
		must_be(cases[i].why, "value", value_of(&item, cases[i].field), cases[i].value);
		arena_release(&a);
	}
}

/* 300 projects of 2 in money and 3 of land, then `foot`. */
static struct made_sheet *long_list(struct arena *a, struct str heads, struct str foot) {
	struct buf b = {.arena = a};
	buf_add(&b, heads);
	for (int64_t i = 1; i <= 300; i++) {
		buf_int(&b, i);
		buf_c(&b, "|项目");
		buf_int(&b, i);
		buf_c(&b, "|2|3\n");
	}
	buf_add(&b, foot);
	return made(a, buf_str(&b));
}

/* The row says, in both languages, that 总投资 took its unit from it. */
static bool is_told(struct arena *a, const struct intake_sheet *s, int64_t row) {
	for (size_t i = 0; i < s->rows_n; i++)
		for (size_t k = 0; s->rows[i].number == row && k < s->rows[i].problems_n; k++) {
			const struct intake_problem *p = &s->rows[i].problems[k];
			if (!str_eq(p->rule, S("unit_from_foot"))) continue;
			assert_true(str_has(intake_sentence(a, p->rule, p->args, LANG_ZH), S("总投资")));
			assert_true(str_has(intake_sentence(a, p->rule, p->args, LANG_EN), S("总投资")));
			return p->is_warning;
		}
	return false;
}

static void a_unit_below_a_long_list(void **state) {
	(void)state;
	enum { FIRST_FOOT = 302 };
	static const struct str plain = S_("序号|项目名称|总投资|用地\n"), own = S_("序号|项目名称|总投资（亿元）|用地（亩）\n");
	static const struct { const char *why; struct str heads, foot, unit; enum unit_basis basis; int64_t wan; struct str questions; bool is_told; } cases[] = {
		{"a unit line", S_("序号|项目名称|总投资\n"), S_("单位：万元\n"), S_("万元"), UNIT_FOOT, 600, S_(""), true},
		{"of money alone", plain, S_("|||金额单位：亿元\n"), S_("亿元"), UNIT_FOOT, 6000000, S_("unit"), true},
		{"of money and land", plain, S_("单位：亿元、亩\n"), S_("亿元"), UNIT_FOOT, 6000000, S_(""), true},
		{"in two cells, below a note", plain, S_("注：数据截至3月|<|<|<\n||单位|万元\n"), S_("万元"), UNIT_FOOT, 600, S_("unit"), false},
		{"two that agree", plain, S_("单位：万元\n单位：万元、亩\n"), S_("万元"), UNIT_FOOT, 600, S_(""), false},
		{"two that differ", plain, S_("单位：万元\n单位：亿元\n"), S_(""), UNIT_NONE, 0, S_("unit,unit"), false},
		{"projects below it", plain, S_("单位：万元\n301|后|2|3\n"), S_(""), UNIT_NONE, 0, S_("unit,unit"), false},
		{"who reports is no unit", plain, S_("填报单位：寿光市商务局\n"), S_(""), UNIT_NONE, 0, S_("unit,unit"), false},
		{"a sentence is no unit line", plain, S_("注：本表共300个项目，其中投资3亿元以上的项目单位：某集团等|<|<|<\n"), S_(""), UNIT_NONE, 0, S_("unit,unit"), false},
		{"the heading says it", own, S_("单位：万元\n"), S_("亿元"), UNIT_HEADING, 6000000, S_(""), false},
		{"the line above says it", S_("|||单位：亿元\n序号|项目名称|总投资\n"), S_("单位：万元\n"), S_("亿元"), UNIT_LINE, 6000000, S_(""), false},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct made_sheet *m = long_list(&a, cases[i].heads, cases[i].foot);
		struct intake_sheet s = recognise(&a, m, NULL);
		must_be(cases[i].why, "unit", s.cols[2].unit.text, cases[i].unit);
		must_equal(cases[i].why, "basis", s.cols[2].unit_basis, cases[i].basis);
		must_equal(cases[i].why, "exact 万元", s.invest_fen, cases[i].wan * 1000000);
		must_be(cases[i].why, "questions", blocking_of(&a, &s), cases[i].questions);
		must_equal(cases[i].why, "told", is_told(&a, &s, FIRST_FOOT), cases[i].is_told);
		arena_release(&a);
	}
}

static void a_person_knows_the_unit_better_than_the_foot(void **state) {
	(void)state;
	static const struct intake_fix_col cols[] = {{.col = 2, .unit = S_("亿元"), .has_unit = true}, {.col = 3, .unit = S_("亩"), .has_unit = true}};
	struct intake_fixes fixes = {.cols = cols, .cols_n = LEN(cols)};
	struct arena a = {0};
	struct made_sheet *m = long_list(&a, S("序号|项目名称|总投资|用地\n"), S("单位：万元\n"));
	struct intake_sheet s = recognise(&a, m, &fixes);
	assert_int_equal(s.cols[2].unit_basis, UNIT_USER);
	assert_int_equal(s.invest_fen, INT64_C(600) * 10000000000);
	struct intake_source once = {m, made_next, NULL}; /* rows that come once only: it is asked */
	struct sheet_info info = {.state = SHEET_VISIBLE};
	m->at = 0;
	assert_int_equal(intake_sheet(&a, &once, &info, &made_env, NULL, &s), ERR_OK);
	assert_int_equal(s.cols[2].unit_basis, UNIT_NONE);
	assert_str(blocking_of(&a, &s), S("unit,unit"));
	arena_release(&a);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sheets_as_counties_keep_them),
		cmocka_unit_test(values_as_counties_write_them),
		cmocka_unit_test(a_unit_below_a_long_list),
		cmocka_unit_test(a_person_knows_the_unit_better_than_the_foot),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
