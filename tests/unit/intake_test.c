/* intake_test.c - sheets in all the forms in which bureaus keep them: what is recognised of each. */
#include "intake_case.h"

#include "domain/intake_parts.h"

static void sheets_of_every_form(void **state) {
	(void)state;
	static const struct sheet_case cases[] = {
		{"plain, unit in the heading",
		 S_("序号|项目名称|投资方|总投资（万元）|签约时间\n1|甲项目|甲公司|5000|2024-03-01\n2|乙项目|乙公司|12000|2024年3月\n"),
		 S_("hdd"), S_("seq,name,investor_text,total_invest_fen,sign_date"), 17000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"merged title, unit line, headings with spaces",
		 S_("2024年招商项目汇总表|<|<|<\n填报单位：寿光市商务局|||单位：亿元\n序 号|项 目 名 称|县 市 区|总 投 资\n1|甲|寿光市|3.5\n2|乙|诸城市|1\n"),
		 S_("tuhdd"), S_("seq,name,region_code,total_invest_fen"), 45000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"two header rows with merges, unit above",
		 S_("项目表|<|<|<|<\n序号|项目名称|投资（亿元）|<|签约时间\n^|^|总投资|其中固定资产投资|^\n1|甲|10|8|2024.03\n2|乙|约20|15|2024.04\n"),
		 S_("thhdd"), S_("seq,name,total_invest_fen,fai_fen,sign_date"), 100000, 1, 200000, S_("约"), NO_TOTAL, ASKS_NOTHING},
		{"two header rows without merges (CSV)",
		 S_("序号|项目名称|投资（亿元）||进展|\n||总投资|固定资产投资|阶段|开工时间\n1|甲|10|8|签约|2024.03\n2|乙|20|15|开工|2024.04\n"),
		 S_("hhdd"), S_("seq,name,total_invest_fen,fai_fen,stage,start_date"), 300000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"upper header over the headings, title above, blank rows between",
		 S_("省内项目|<|<|<\n\n项目基本情况|<|投资（万元）|进展\n市|项目名称|总投资|阶段\n\n潍坊市|甲|100|在谈\n潍坊市|乙|200|签约\n"),
		 S_("thhdd"), S_("city,name,total_invest_fen,stage"), 300, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"sections and subtotals below, total at the end",
		 S_("单位:万元|||\n序号|项目名称|属地|总投资\n一、工业项目|<|<|<\n1|甲|寿光市|100\n2|乙|寿光市|200\n小计|||300\n二、农业项目|<|<|<\n1|丙|诸城市|50\n小计|||50\n合计|||350\n"),
		 S_("uhsddTsdTT"), S_("seq,name,region_code,total_invest_fen"), 350, NOTHING, S_("==="), ASKS_NOTHING},
		{"sections with their sum in the same row, numbered in the first column",
		 S_("序号|项目名称|总投资(万元)|阶段\n|合计（3个）|350|\n一|工业项目（2个）|300|\n1|甲|100|签约\n2|乙|200|在谈\n二|农业项目（1个）|50|\n1|丙|50|在谈\n"),
		 S_("hTsddsd"), S_("seq,name,total_invest_fen,stage"), 350, NOTHING, S_("==="), ASKS_NOTHING},
		{"total above the data differs from the rows",
		 S_("序号|项目名称|总投资（万元）\n合计||999\n1|甲|100\n2|乙|200\n"),
		 S_("hTdd"), S_("seq,name,total_invest_fen"), 300, NOTHING, S_("!"), ASKS_NOTHING},
		{"total with spaces and a count, notes and signatures below",
		 S_("序号|项目名称|总投资（万元）|备注\n1|甲|100|\n2|乙|200|\n合   计（2个）||300|\n注：总投资为计划数。|<|<|<\n填表人：张三|审核人：李四||联系电话：8091234\n"),
		 S_("hddTnn"), S_("seq,name,total_invest_fen,note"), 300, NOTHING, S_("="), ASKS_NOTHING},
		{"repeated header in the middle, numbered columns under the header",
		 S_("序号|项目名称|总投资（万元）\n1|2|3\n1|甲|100\n序号|项目名称|总投资（万元）\n2|乙|200\n"),
		 S_("hhdhd"), S_("seq,name,total_invest_fen"), 300, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"category cells merged down",
		 S_("县区|项目名称|总投资（亿元）|阶段\n寿光市|甲|1|签约\n^|乙|2|在谈\n诸城市|丙|3|开工\n"),
		 S_("hddd"), S_("region_code,name,total_invest_fen,stage"), 60000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"rows that only name a place are sections",
		 S_("序号|项目名称|总投资（亿元）\n寿光市||\n1|甲|1\n2|乙|2\n诸城市||\n1|丙|3\n"),
		 S_("hsddsd"), S_("seq,name,total_invest_fen"), 60000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a place with an amount and no project opens its section and states its sum",
		 S_("县区|项目名称|总投资（亿元）|阶段\n寿光市（2个）||3|\n寿光市|甲|1|签约\n寿光市|乙|2|在谈\n诸城市||1|\n诸城市|丙|1|在谈\n"),
		 S_("hsddsd"), S_("region_code,name,total_invest_fen,stage"), 40000, NOTHING, S_("=="), ASKS_NOTHING},
		{"responsible unit and person in two columns",
		 S_("项目名称|阶段|责任单位|责任人\n甲|在谈|商务局|张三\n"),
		 S_("hd"), S_("name,stage,handler,handler"), 0, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a summary has no project names",
		 S_("各县市区招商情况统计表|<|<|<\n县市区|项目个数|总投资（亿元）|到位资金（亿元）\n寿光市|12|35.6|10\n诸城市|8|20|5\n合计|20|55.6|15\n"),
		 S_("thyyy"), S_("region_code,-,total_invest_fen,-"), 0, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a column called 项目 that holds counts is no name",
		 S_("单位|项目|总投资（亿元）\n寿光市|12|35.6\n诸城市|8|20\n高密市|5|9\n"),
		 S_("hyyy"), S_("region_code,-,total_invest_fen"), 0, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"traditional characters",
		 S_("項目匯總表（單位：億元）|<|<\n項目名稱|投資方|總投資額\n甲項目|甲公司|3\n乙項目|乙公司|約2\n"),
		 S_("thdd"), S_("name,investor_text,total_invest_fen"), 30000, 1, 20000, S_("约"), NO_TOTAL, ASKS_NOTHING},
		{"units in the cells win over the column's",
		 S_("项目名称|总投资（亿元）\n甲|250000万元\n乙|3\n丙|1.2亿元（约）\n丁|待定\n戊|\n"),
		 S_("hddddd"), S_("name,total_invest_fen"), 280000, 1, 12000, S_("约"), NO_TOTAL, ASKS_NOTHING},
		{"no unit anywhere is asked, not guessed",
		 S_("序号|项目名称|总投资|阶段\n1|甲|5000|签约\n2|乙|3亿元|在谈\n"),
		 S_("hdd"), S_("seq,name,total_invest_fen,stage"), 30000, NOTHING, NO_TOTAL, S_("unit")},
		{"foreign money in a column of its own and in cells",
		 S_("序号|项目名称|总投资（万元）|总投资（万美元）\n1|甲|5000|\n2|乙||300\n3|丙|1亿美元|\n"),
		 S_("hddd"), S_("seq,name,total_invest_fen,foreign_minor"), 5000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"several units in one unit line, land beside money",
		 S_("重点项目表|<|<|<\n单位：亿元、亩|<|<|<\n序号|项目名称|总投资|用地\n1|甲|3|120\n2|乙|2|60\n"),
		 S_("tuhdd"), S_("seq,name,total_invest_fen,land_mu_e2"), 50000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"unit in the title only; 亿元以上 in a title is none",
		 S_("2024年亿元以上项目表（单位：万元）|<|<\n序号|项目名称|投资额\n1|甲|15000\n"),
		 S_("thd"), S_("seq,name,total_invest_fen"), 15000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"line breaks and numbers in headings, stars",
		 S_("序\\n号|*项目\\n名称|投资\\n主体|总投资\\n（万元）|县（市、区）\n1|甲|甲公司|100|寿光市\n"),
		 S_("hd"), S_("seq,name,investor_text,total_invest_fen,region_code"), 100, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"other words for everything",
		 S_("编号|工程名称|客商|合同额（亿元）|落地县区|所属行业|签约年月|目前状态|责任单位|联系人|联系方式\n1|甲|甲公司|2|寿光|2662|2024年3月|正在洽谈|商务局|张三|13812345678\n2|乙|乙公司|1|诸城|2662|2024年4月|已开工|商务局|李四|0536-8091234\n"),
		 S_("hdd"), S_("seq,name,investor_text,total_invest_fen,region_code,industry_code,sign_date,stage,handler,contact_name,contact_phone"), 30000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"headings that are only alike",
		 S_("序号|拟引进项目名称|意向投资企业名称|项目计划总投资额（万元）|预计开工建设时间\n1|甲|甲公司|100|2024年5月\n2|乙|乙公司|200|2024年6月\n"),
		 S_("hdd"), S_("seq,name,investor_text,total_invest_fen,plan_start_date"), 300, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"money that is not the total stays out",
		 S_("序号|项目名称|总投资（万元）|累计完成投资（万元）|2024年计划投资（万元）|到位资金（万元）\n1|甲|1000|300|200|100\n2|乙|2000|500|100|50\n"),
		 S_("hdd"), S_("seq,name,total_invest_fen,-,-,-"), 3000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a name is in a merge over two rows: one project",
		 S_("序号|项目名称|投资方|总投资（万元）\n1|甲|甲公司|1000\n^|^|乙公司|\n2|乙|丙公司|500\n"),
		 S_("hdmd"), S_("seq,name,investor_text,total_invest_fen"), 1500, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"an amount merged over two projects counts once",
		 S_("序号|项目名称|总投资（万元）\n1|甲|1000\n2|乙|^\n"),
		 S_("hdd"), S_("seq,name,total_invest_fen"), 1000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"names that look like totals, notes and sections",
		 S_("序号|项目名称|投资方|总投资（万元）\n1|说明书印刷项目|甲|100\n2|一、二期合建项目|乙|200\n3|合计信息产业园|丙|300\n4|备注科技项目|丁|400\n"),
		 S_("hdddd"), S_("seq,name,investor_text,total_invest_fen"), 1000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"numbered rows that were never filled in",
		 S_("序号|项目名称|总投资（万元）\n1|甲|100\n2||\n3||\n"),
		 S_("hd__"), S_("seq,name,total_invest_fen"), 100, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a row with everything but its name",
		 S_("序号|项目名称|投资方|总投资（万元）\n1|甲|甲公司|100\n2||乙公司|200\n"),
		 S_("hdd"), S_("seq,name,investor_text,total_invest_fen"), 100, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"no header at all",
		 S_("1|甲产业园项目|3亿元|签约|2024年3月1日\n2|乙生产线项目|5000万元|在谈|2024年4月1日\n3|丙基地|1.2亿元|开工|2024年5月1日\n"),
		 S_("ddd"), S_("seq,name,total_invest_fen,stage,dates_text"), 47000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"two levels of sections with sums",
		 S_("序号|项目名称|总投资（万元）\n一、寿光市|<|<\n（一）在谈项目|<|<\n1|甲|100\n小计||100\n（二）签约项目|<|<\n1|乙|200\n小计||200\n寿光市合计||300\n二、诸城市|<|<\n1|丙|50\n总计||350\n"),
		 S_("hssdTsdTTsdT"), S_("seq,name,total_invest_fen"), 350, NOTHING, S_("===="), ASKS_NOTHING},
		{"a firm list without project names is asked about",
		 S_("序号|企业名称|总投资（万元）|状态\n1|甲公司|100|签约\n2|乙公司|200|在谈\n"),
		 S_("hyy"), S_("seq,investor_text,total_invest_fen,stage"), 0, NOTHING, NO_TOTAL, S_("name")},
		{"header in the sixth row, attachment number and date above",
		 S_("附件1|||\n\n2024年一季度重点招商项目情况表|<|<|<\n截至2024年3月31日|<|<|<\n金额单位：万元|<|<|<\n序号|项目|投资额|进展情况\n1|甲项目|100|正在办理土地手续，预计五月开工。\n2|乙项目|200|已完成注册。\n"),
		 S_("tttuhdd"), S_("seq,name,total_invest_fen,note"), 300, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"several things in one heading, done and planned money beside the total, sums on sections",
		 S_("重点项目表|<|<|<|<\n|||单位：亿元|\n序号|项目名称、建设规模及主要内容|建设单位|总投资|2023年底前完成投资\n|总计（2个）||120|30\n|（一）续建项目（1个）||70|\n1|甲|甲公司|70|20\n|（二）新建项目（1个）||50|\n2|乙|乙公司|50|\n"),
		 S_("tuhTsdsd"), S_("seq,name,investor_text,total_invest_fen,-"), 1200000, NOTHING, S_("==="), ASKS_NOTHING},
		{"units in a row of their own under the headings",
		 S_("序号|项目名称|总投资|用地\n||（亿元）|(亩)\n1|甲|3|120\n2|乙|2|60\n"),
		 S_("hhdd"), S_("seq,name,total_invest_fen,land_mu_e2"), 50000, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"the same with merges",
		 S_("序号|项目名称|总投资|用地\n^|^|万元|亩\n1|甲|3|120\n2|乙|2|60\n"),
		 S_("hhdd"), S_("seq,name,total_invest_fen,land_mu_e2"), 5, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"remarks without 注 beside the table",
		 S_("序号|项目名称|总投资（万元）\n1|甲|100\n本表共1个项目||\n2.数据截至2024年3月||\n"),
		 S_("hdnn"), S_("seq,name,total_invest_fen"), 100, NOTHING, NO_TOTAL, ASKS_NOTHING},
		{"a column of currencies",
		 S_("项目名称|合同金额|币种|阶段\n甲|5000万|美元|签约\n乙|3亿|人民币|在谈\n丙|200|美元|在谈\n"),
		 S_("hddd"), S_("name,total_invest_fen,currency,stage"), 30000, NOTHING, NO_TOTAL, S_("unit")},
		{"levels of sections numbered in the first column, each with its sum",
		 S_("单位：万元||\n序号|项目名称|总投资\n一|工业|30000\n（一）|化工|10000\n1|甲|4000\n2|乙|6000\n（二）|机械|20000\n1|丙|20000\n二|农业|500\n1|丁|500\n"),
		 S_("uhssddsdsd"), S_("seq,name,total_invest_fen"), 30500, NOTHING, S_("===="), ASKS_NOTHING},
		{"qualifiers and ranges",
		 S_("项目名称|总投资\n甲|超50亿元\n乙|3-5亿元\n丙|一期20亿元\n丁|总投资50亿元，其中一期20亿元\n戊|近百亿元\n己|10亿元以上\n"),
		 S_("hdddddd"), S_("name,total_invest_fen"), 500000, 5, 1830000, S_("3-5亿元,一期,以上,超,近"), NO_TOTAL, ASKS_NOTHING},
	};
	for (size_t i = 0; i < LEN(cases); i++) check_sheet(&cases[i]);
}

static void full_width_sums_are_exact(void **state) {
	(void)state;
	struct arena a = {0};
	struct intake_sheet s = recognise(&a, made(&a, S("序号|项目名称|投资总额（万元）\n１|甲|３，５００\n２|乙|１２，０００．５０\n")), NULL);
	assert_int_equal(s.invest_fen, INT64_C(15500500000));
	assert_int_equal(s.first_data_row, 2);
	arena_release(&a);
}

static void rows_and_units_are_placed(void **state) {
	(void)state;
	struct arena a = {0};
	struct intake_sheet s = recognise(&a, made(&a, S("表|<|<|<\n\n项目|<|投资（亿元）|<\n序号|名称|总投资|固投（万元）\n一、工业|<|<|<\n1|甲|1|2000\n")), NULL);
	assert_int_equal(s.header_rows_n, 2);
	assert_int_equal(s.header_rows[0], 3);
	assert_int_equal(s.header_rows[1], 4);
	assert_int_equal(s.first_data_row, 6);
	assert_int_equal(s.cols[2].unit_basis, UNIT_UPPER);
	assert_int_equal(s.cols[2].unit.exp10, 8);
	assert_int_equal(s.cols[3].unit_basis, UNIT_HEADING);
	assert_int_equal(s.cols[3].unit.exp10, 4);
	arena_release(&a);
}

/* ---- values ---- */

static void values_are_what_fields_take(void **state) {
	(void)state;
	static const struct { const char *why; struct str rows; int64_t row; struct str field, value; } cases[] = {
		{"exact money", S_("项目名称|总投资（万元）\n甲|3500\n"), 2, S_("total_invest_fen"), S_("3500000000")},
		{"its quality", S_("项目名称|总投资（万元）\n甲|3500\n"), 2, S_("invest_qual"), S_("EXACT")},
		{"no text for plain money", S_("项目名称|总投资（万元）\n甲|3500\n"), 2, S_("invest_text"), S_("")},
		{"quality of 约", S_("项目名称|总投资\n甲|约3亿元\n"), 2, S_("invest_qual"), S_("ABOUT")},
		{"text of 约", S_("项目名称|总投资\n甲|约3亿元\n"), 2, S_("invest_text"), S_("约3亿元")},
		{"foreign currency", S_("项目名称|总投资\n甲|5000万美元\n"), 2, S_("currency"), S_("USD")},
		{"foreign amount", S_("项目名称|总投资\n甲|5000万美元\n"), 2, S_("foreign_minor"), S_("5000000000")},
		{"no CNY of it", S_("项目名称|总投资\n甲|5000万美元\n"), 2, S_("total_invest_fen"), S_("")},
		{"a day", S_("项目名称|签约时间\n甲|2024年3月15日\n"), 2, S_("sign_date"), S_("2024-03-15")},
		{"a date cell", S_("项目名称|签约时间\n甲|@2024-03-15\n"), 2, S_("sign_date"), S_("2024-03-15")},
		{"a serial", S_("项目名称|签约时间\n甲|45366\n"), 2, S_("sign_date"), S_("2024-03-15")},
		{"a month", S_("项目名称|签约时间\n甲|2024.03\n"), 2, S_("sign_date"), S_("2024-03-01")},
		{"a quarter is no day", S_("项目名称|签约时间\n甲|2020年三季度\n"), 2, S_("sign_date"), S_("")},
		{"but is kept", S_("项目名称|签约时间\n甲|2020年三季度\n"), 2, S_("dates_text"), S_("签约时间：2020年三季度")},
		{"the title's year", S_("2023年项目表|<\n项目名称|开工时间\n甲|10月\n"), 3, S_("start_date"), S_("2023-10-01")},
		{"no year: kept as text", S_("项目名称|开工时间\n甲|10月投产\n"), 2, S_("dates_text"), S_("开工时间：10月投产")},
		{"stage word", S_("项目名称|状态\n甲|已开工建设\n"), 2, S_("stage"), S_("STARTED")},
		{"stage of a section", S_("序号|项目名称|状态\n一、在谈项目|<|<\n1|甲|\n"), 3, S_("stage"), S_("TALK")},
		{"the row's stage wins", S_("序号|项目名称|状态\n一、在谈项目|<|<\n1|甲|签约\n"), 3, S_("stage"), S_("SIGNED")},
		{"open stage word", S_("项目名称|状态\n甲|储备\n"), 2, S_("stage"), S_("")},
		{"is kept in the note", S_("项目名称|状态\n甲|储备\n"), 2, S_("note"), S_("状态：储备")},
		{"side word", S_("项目名称|状态\n甲|停工\n"), 2, S_("side"), S_("SUSPENDED")},
		{"place by short name", S_("项目名称|县区\n甲|寿光\n"), 2, S_("region_code"), S_("370783")},
		{"place of a merge", S_("县区|项目名称\n寿光市|甲\n^|乙\n"), 3, S_("region_code"), S_("370783")},
		{"place of a section", S_("序号|项目名称|阶段\n一、寿光市（1个）|<|<\n1|甲|在谈\n"), 3, S_("region_code"), S_("370783")},
		{"city when there is no more", S_("市|项目名称|阶段\n潍坊市|甲|在谈\n"), 2, S_("region_code"), S_("370700")},
		{"unknown place in the note", S_("项目名称|县区\n甲|某县\n"), 2, S_("note"), S_("县区：某县")},
		{"industry", S_("项目名称|行业\n甲|专项化学用品制造\n"), 2, S_("industry_code"), S_("2662")},
		{"land", S_("项目名称|用地（亩）\n甲|120.5\n"), 2, S_("land_mu_e2"), S_("12050")},
		{"land in hectares", S_("项目名称|用地（公顷）\n甲|2\n"), 2, S_("land_mu_e2"), S_("3000")},
		{"land that is not exact", S_("项目名称|用地\n甲|约120亩\n"), 2, S_("land_mu_e2"), S_("")},
		{"goes to the note", S_("项目名称|用地\n甲|约120亩\n"), 2, S_("note"), S_("用地：约120亩")},
		{"jobs", S_("项目名称|就业人数\n甲|300人\n"), 2, S_("jobs"), S_("300")},
		{"telephone", S_("项目名称|联系电话\n甲|138 1234 5678\n"), 2, S_("contact_phone"), S_("13812345678")},
		{"name and telephone in one cell", S_("项目名称|联系人\n甲|张三：13812345678\n"), 2, S_("contact_phone"), S_("13812345678")},
		{"the name of it", S_("项目名称|联系人\n甲|张三：13812345678\n"), 2, S_("contact_name"), S_("张三")},
		{"credit code", S_("项目名称|统一社会信用代码\n甲|91370700ma3qa0019n\n"), 2, S_("investor_uscc"), S_("91370700MA3QA0019N")},
		{"two columns of notes", S_("项目名称|进展情况|备注\n甲|已注册|重点\n"), 2, S_("note"), S_("已注册\n备注：重点")},
		{"upper and lower heading", S_("项目名称|投资方|<|签约\n^|名称|联系人|时间\n甲|甲公司|张三|2024.3.1\n"), 3, S_("sign_date"), S_("2024-03-01")},
		{"of a person", S_("项目名称|投资方|<|签约\n^|名称|联系人|时间\n甲|甲公司|张三|2024.3.1\n"), 3, S_("contact_name"), S_("张三")},
		{"of a firm", S_("项目名称|投资方|<|签约\n^|名称|联系人|时间\n甲|甲公司|张三|2024.3.1\n"), 3, S_("investor_text"), S_("甲公司")},
		{"line breaks in a name", S_("项目名称|阶段\n甲\\n产业园|在谈\n"), 2, S_("name"), S_("甲 产业园")},
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

static void each_problem_has_its_sentence(void **state) {
	(void)state;
	static const struct { struct str rows, rule; bool is_error; } cases[] = {
		{S_("项目名称|总投资\n甲|5000\n"), S_("amount_needs_unit"), true},
		{S_("项目名称|总投资（万元）\n甲|50亿元，20亿元\n"), S_("amount_two"), true},
		{S_("项目名称|总投资（亿元）\n甲|600\n"), S_("amount_large"), false},
		{S_("项目名称|总投资（万元）\n甲|9\n"), S_("amount_small"), false},
		{S_("项目名称|签约时间\n甲|2024-13-01\n"), S_("when_month"), true},
		{S_("项目名称|签约时间\n甲|2024年2月30日\n"), S_("when_day"), true},
		{S_("项目名称|签约时间\n甲|3月15日\n"), S_("when_needs_year"), false},
		{S_("项目名称|签约时间\n甲|#2024.1\n"), S_("when_tenth"), false},
		{S_("项目名称|签约时间\n甲|2020年三季度\n"), S_("date_range"), false},
		{S_("2023年表|<\n项目名称|签约时间\n甲|3月15日\n"), S_("date_year_taken"), false},
		{S_("项目名称|状态\n甲|储备\n"), S_("stage_open"), false},
		{S_("项目名称|县区\n甲|某县\n"), S_("region_unknown"), false},
		{S_("项目名称|行业\n甲|朝阳产业\n"), S_("industry_unknown"), false},
		{S_("项目名称|用地\n甲|约120亩\n"), S_("amount_not_exact"), false},
		{S_("项目名称|统一社会信用代码\n甲|91370700MA3QA00191\n"), S_("uscc_check"), false},
		{S_("项目名称|联系电话\n甲|12345\n"), S_("phone"), false},
		{S_("项目名称|投资方|阶段\n甲|甲公司|签约\n|乙公司|签约\n"), S_("name_missing"), true},
		{S_("项目名称|投资方|阶段\n甲|甲公司|签约\n^|乙公司|\n"), S_("row_more"), false},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct made_sheet *m = made(&a, cases[i].rows);
		struct intake_sheet s = recognise(&a, m, NULL);
		struct intake_item item = item_of(&a, m, &s, NULL, m->rows[m->n - 1].number);
		if (!has_problem(&item, cases[i].rule)) fail_saying("%.*s: no %.*s", SHOW(cases[i].rows), SHOW(cases[i].rule));
		assert_int_equal(item.has_error, cases[i].is_error);
		for (size_t k = 0; k < item.problems_n; k++) {
			assert_true(intake_sentence(&a, item.problems[k].rule, item.problems[k].args, LANG_ZH).n > 0);
			assert_true(intake_sentence(&a, item.problems[k].rule, item.problems[k].args, LANG_EN).n > 0);
		}
		arena_release(&a);
	}
}

/* ---- what a person corrects, what was remembered ---- */

static void corrections_hold_in_both_passes(void **state) {
	(void)state;
	struct arena a = {0};
	struct made_sheet *m = made(&a, S("序号|项目名称|金额数|状态|日子\n1|甲|5000|储备|3月15日\n2|乙|3|在谈|\n3|丙|7|在谈|\n"));
	static const struct intake_fix_col cols[] = {
		{.col = 2, .field = S_("total_invest_fen"), .unit = S_("亿元"), .has_field = true, .has_unit = true},
		{.col = 4, .field = S_("sign_date"), .has_field = true},
	};
	static const struct intake_fix_row rows[] = {{.row = 4, .kind = ROW_NOTE}};
	static const struct intake_answer answers[] = {{S_("stage:储备"), S_("LEAD")}, {S_("year"), S_("2024")}};
	struct intake_fixes fixes = {.cols = cols, .cols_n = LEN(cols), .rows = rows, .rows_n = LEN(rows), .answers = answers, .answers_n = LEN(answers)};
	struct intake_sheet s = recognise(&a, m, &fixes);
	must_be("fixed", "kinds", kinds_of(&a, &s), S("hddn"));
	must_be("fixed", "fields", fields_of(&a, &s), S("seq,name,total_invest_fen,stage,sign_date"));
	assert_int_equal(s.cols[2].basis, BASIS_USER);
	assert_int_equal(s.invest_fen, INT64_C(5003) * 10000000000);
	struct intake_item item = item_of(&a, m, &s, &fixes, 2);
	assert_str(value_of(&item, S("stage")), S("LEAD"));
	assert_str(value_of(&item, S("sign_date")), S("2024-03-15"));
	arena_release(&a);
}

static bool memory_of_bureau(void *it, struct str key, struct str *field, struct str *unit) {
	(void)it;
	if (str_eq(key, S("体量"))) {
		*field = S("total_invest_fen");
		*unit = S("亿元");
		return true;
	}
	return str_eq(key, S("备注")); /* left out last time */
}

static void a_bureaus_words_are_remembered(void **state) {
	(void)state;
	struct arena a = {0};
	struct made_sheet *m = made(&a, S("项目名称|体量|备注\n甲|3|x\n"));
	struct intake_env env = made_env;
	env.memory = memory_of_bureau;
	struct intake_source source = {m, made_next, made_again};
	struct sheet_info info = {.state = SHEET_VISIBLE};
	struct intake_sheet s;
	assert_int_equal(intake_sheet(&a, &source, &info, &env, NULL, &s), ERR_OK);
	must_be("memory", "fields", fields_of(&a, &s), S("name,total_invest_fen,-"));
	assert_int_equal(s.cols[1].basis, BASIS_MEMORY);
	assert_int_equal(s.invest_fen, INT64_C(30000000000));
	assert_int_equal(s.questions_n, 0);
	arena_release(&a);
}

static void open_words_are_asked_once_each(void **state) {
	(void)state;
	struct arena a = {0};
	struct intake_sheet s = recognise(&a, made(&a, S("项目名称|状态|体量\n甲|储备|1\n乙|储备|2\n丙|前期|3\n")), NULL);
	int64_t stages = 0, fields = 0;
	for (size_t i = 0; i < s.questions_n; i++) {
		const struct intake_question *q = &s.questions[i];
		stages += str_eq(q->code, S("stage"));
		fields += str_eq(q->code, S("field"));
		if (str_eq(q->arg, S("储备"))) assert_int_equal(q->count, 2);
		assert_true(intake_question_text(&a, q, LANG_ZH).n > 0);
		assert_true(intake_question_text(&a, q, LANG_EN).n > 0);
	}
	assert_int_equal(stages, 2);
	assert_int_equal(fields, 1);
	arena_release(&a);
}

static void hidden_and_empty_sheets_are_left_out(void **state) {
	(void)state;
	struct arena a = {0};
	struct made_sheet *m = made(&a, S("项目名称|总投资（万元）\n甲|1\n"));
	struct intake_source source = {m, made_next, made_again};
	struct sheet_info info = {.state = SHEET_HIDDEN};
	struct intake_sheet s;
	assert_int_equal(intake_sheet(&a, &source, &info, &made_env, NULL, &s), ERR_OK);
	assert_int_equal(s.kind, INTAKE_HIDDEN);
	assert_int_equal(s.data_rows, 0);
	assert_int_equal(intake_sheet(&a, &source, &info, &made_env, &(struct intake_fixes){.is_hidden_wanted = true}, &s), ERR_OK);
	assert_int_equal(s.kind, INTAKE_PROJECTS);
	assert_int_equal(s.data_rows, 1);
	m = made(&a, S(""));
	source.it = m;
	info.state = SHEET_VISIBLE;
	assert_int_equal(intake_sheet(&a, &source, &info, &made_env, NULL, &s), ERR_OK);
	assert_int_equal(s.kind, INTAKE_EMPTY);
	arena_release(&a);
}

/* Rows past the sample take the same way as those in it. */
static void long_sheets_are_read_to_the_end(void **state) {
	(void)state;
	struct arena a = {0};
	struct buf b = {.arena = &a};
	buf_c(&b, "序号|项目名称|总投资（万元）\n");
	for (int i = 1; i <= 1000; i++) {
		buf_int(&b, i);
		buf_c(&b, "|项目|2\n");
	}
	buf_c(&b, "合计||2000\n");
	struct intake_sheet s = recognise(&a, made(&a, buf_str(&b)), NULL);
	assert_int_equal(s.data_rows, 1000);
	assert_int_equal(s.skipped_rows, 1);
	assert_int_equal(s.invest_fen, INT64_C(2000000000));
	assert_int_equal(s.totals_n, 1);
	assert_true(s.totals[0].is_equal);
	arena_release(&a);
}

static void stage_words(void **state) {
	(void)state;
	static const struct { struct str word; int stage; } cases[] = {
		{S_("签约"), STAGE_SIGNED}, {S_("合同"), STAGE_SIGNED}, {S_("在谈"), STAGE_TALK}, {S_("洽谈中"), STAGE_TALK},
		{S_("拟签约"), STAGE_TALK}, {S_("落户"), STAGE_LANDED}, {S_("已注册"), STAGE_LANDED}, {S_("新开工"), STAGE_STARTED},
		{S_("續建"), STAGE_STARTED}, {S_("在 建"), STAGE_STARTED}, {S_("主体竣工"), STAGE_STARTED}, {S_("竣工或投产"), STAGE_PRODUCING},
		{S_("建成投产"), STAGE_PRODUCING}, {S_("达产达效"), STAGE_CAPACITY}, {S_("SIGNED"), STAGE_SIGNED}, {S_("签约项目"), STAGE_SIGNED},
		{S_("竣工或主体竣工"), -1}, {S_("储备"), -1}, {S_("前期"), -1}, {S_("市级重点建设"), -1}, {S_("实施"), -1},
		{S_("签约/开工"), -1}, {S_("到位3000万元"), -1}, {S_("未签约"), -1}, {S_(""), -1},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		enum stage stage = STAGE__N;
		bool found = intake_stage(&a, cases[i].word, &stage);
		if ((found ? (int)stage : -1) != cases[i].stage) fail_saying("%.*s: %d", SHOW(cases[i].word), found ? (int)stage : -1);
		arena_release(&a);
	}
}

/* No heading word stands for two fields, and every import field has one. */
static void heading_words_are_unambiguous(void **state) {
	(void)state;
	struct arena a = {0};
	struct intake_targets t = intake_targets(&a);
	for (size_t i = 0; i < t.n; i++) {
		if (!t.items[i].field || t.items[i].is_derived) continue;
		assert_true(t.items[i].field->headings.n > 0);
		struct str rest = t.items[i].field->headings, word;
		while (str_split(&rest, '|', &word))
			for (size_t k = 0; k < t.n; k++) {
				if (k == i || !t.items[k].field) continue;
				struct str others = t.items[k].field->headings, other;
				while (str_split(&others, '|', &other))
					if (str_eq(word, other)) fail_saying("%.*s: %.*s and %.*s", SHOW(word), SHOW(t.items[i].name), SHOW(t.items[k].name));
			}
	}
	arena_release(&a);
}

static void a_word_of_a_list_is_a_whole_one(void **state) {
	(void)state;
	static const struct { struct str words, key; bool is_one; } cases[] = {
		{S_("甲|乙丙|丙"), S_("甲"), true}, {S_("甲|乙丙|丙"), S_("乙丙"), true}, {S_("甲|乙丙|丙"), S_("丙"), true}, {S_("乙丙|丙丁|丙|戊"), S_("丙"), true},
		{S_("甲|乙丙|丙丁"), S_("丙"), false}, {S_("甲|乙丙"), S_("乙"), false}, {S_("甲|乙"), S_("甲|乙"), false}, {S_("甲|乙"), S_("|"), false},
		{S_("甲|乙"), S_(""), false}, {S_(""), S_(""), false}, {S_(""), S_("甲"), false}, {S_("甲甲甲"), S_("甲甲"), false}, {S_("甲"), S_("甲乙"), false},
	};
	for (size_t i = 0; i < LEN(cases); i++)
		if (is_one_word(cases[i].words, cases[i].key) != cases[i].is_one) assert_never("%s in %s", cases[i].key.p, cases[i].words.p);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sheets_of_every_form),
		cmocka_unit_test(full_width_sums_are_exact),
		cmocka_unit_test(rows_and_units_are_placed),
		cmocka_unit_test(values_are_what_fields_take),
		cmocka_unit_test(each_problem_has_its_sentence),
		cmocka_unit_test(corrections_hold_in_both_passes),
		cmocka_unit_test(a_bureaus_words_are_remembered),
		cmocka_unit_test(open_words_are_asked_once_each),
		cmocka_unit_test(hidden_and_empty_sheets_are_left_out),
		cmocka_unit_test(long_sheets_are_read_to_the_end),
		cmocka_unit_test(stage_words),
		cmocka_unit_test(heading_words_are_unambiguous),
		cmocka_unit_test(a_word_of_a_list_is_a_whole_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
