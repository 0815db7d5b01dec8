/* project_fields.c - one row for each field of a project: labels, groups, who sets it, and the
 * headings under which bureaus keep it in their sheets.
 *
 * headings are compared after text.h heading_key: simplified, without spaces, brackets and units, so
 * "投 资 总 额（万元）" is 投资总额 here. The best comes first: it is the heading of our own template. */
#include "domain/project.h"

#include "domain/light.h"
#include "domain/rights.h"

/* ---- choices: code, words on the screen, words in sheets ---- */

/* What is open (储备, 前期, 实施, 启动, 协议, 市级重点建设, ...) stands in no list: it is asked. */
const struct choice project_stages[STAGE__N] = {
	[STAGE_LEAD] = {S_("LEAD"), S_("线索"), S_("Lead"), S_("线索|信息|有效线索|招商线索|项目线索|线索项目|项目信息|跟踪线索|lead")},
	[STAGE_TALK] = {S_("TALK"), S_("洽谈"), S_("In talk"),
		S_("在谈|洽谈|正在洽谈|对接|正在对接|对接洽谈|洽谈对接|推进洽谈|深度洽谈|初步洽谈|接洽|商谈|谈判|磋商|意向|意向签约|意向协议|"
		   "签订意向|有意向|拟签约|拟签|待签约|计划签约|在谈项目|洽谈项目|意向项目|拟签约项目|考察|考察对接|跟踪洽谈|跟踪对接|正在谈|重点在谈|intalk|talk|negotiating")},
	[STAGE_SIGNED] = {S_("SIGNED"), S_("签约"), S_("Signed"),
		S_("签约|已签约|新签约|合同|已签合同|签订合同|正式合同|合同签订|合同签约|正式签约|集中签约|已签|已签订|签约项目|新签约项目|合同项目|"
		   "已签约项目|签约未开工|签约待开工|已签约未开工|签订正式合同|signed|contracted")},
	[STAGE_LANDED] = {S_("LANDED"), S_("落地"), S_("Landed"),
		S_("落地|已落地|落户|已落户|注册|已注册|注册落地|签约落地|落地注册|公司注册|注册公司|完成注册|取得营业执照|已取得营业执照|取得土地|已取得土地|完成供地|完成落地|已注册公司|工商注册|落地项目|新落地|"
		   "摘牌|已摘牌|已供地|供地|拿地|已拿地|落地未开工|拟开工|待开工|未开工|即将开工|计划开工|准备开工|开工准备|landed|registered")},
	[STAGE_STARTED] = {S_("STARTED"), S_("开工"), S_("Started"),
		S_("开工|已开工|新开工|提前开工|开工建设|已开工建设|动工|已动工|奠基|破土动工|在建|续建|建设|建设中|正在建设|施工|施工中|"
		   "正在施工|主体施工|基础施工|土建施工|厂房建设|主体竣工|主体封顶|主体完工|设备安装|安装设备|设备安装调试|设备调试|在建项目|续建项目|新开工项目|"
		   "开工项目|开工在建|已开工在建|开建|started|underconstruction")},
	[STAGE_PRODUCING] = {S_("PRODUCING"), S_("投产"), S_("In production"),
		S_("投产|已投产|新投产|竣工|已竣工|建成|已建成|建成投产|竣工投产|部分投产|试生产|试投产|试运营|试运行|投用|已投用|投入使用|"
		   "建成投用|投运|运营|已运营|正式运营|投入运营|运营中|完工|已完工|开业|已开业|营业|投产项目|竣工项目|建成项目|投产运营|竣工验收|inproduction|producing|completed")},
	[STAGE_CAPACITY] = {S_("CAPACITY"), S_("达产"), S_("At capacity"),
		S_("达产|已达产|达产达效|投产达效|已达产达效|达效|满产|满负荷生产|达产项目|atcapacity")},
	[STAGE_CLOSED] = {S_("CLOSED"), S_("归档"), S_("Closed"), S_("归档|已归档|结项|已结项|销号|closed")},
};

const struct choice project_sides[SIDE__N] = {
	[SIDE_ACTIVE] = {S_("ACTIVE"), S_("正常"), S_("Active"), S_("正常|推进|正在推进|推进中|正常推进")},
	[SIDE_SUSPENDED] = {S_("SUSPENDED"), S_("暂停"), S_("Suspended"), S_("暂停|停工|停建|缓建|搁置|中止|停滞|已停工|暂缓|暂停推进")},
	[SIDE_TERMINATED] = {S_("TERMINATED"), S_("终止"), S_("Terminated"),
		S_("终止|已终止|解约|已解约|取消|已取消|撤销|放弃|流失|退出|已退出|废止|中断|清退|终止合作|停止")},
	[SIDE_MERGED] = {S_("MERGED"), S_("已合并"), S_("Merged"), S_("合并|已合并")},
};

const struct choice project_quals[QUAL__N] = {
	[QUAL_EXACT] = {S_("EXACT"), S_("准确"), S_("exact"), S_("")},
	[QUAL_OVER] = {S_("OVER"), S_("以上"), S_("more than"), S_("")},
	[QUAL_ABOUT] = {S_("ABOUT"), S_("约"), S_("about"), S_("")},
	[QUAL_NEARLY] = {S_("NEARLY"), S_("近"), S_("nearly"), S_("")},
	[QUAL_PHASE] = {S_("PHASE"), S_("分期"), S_("one phase only"), S_("")},
};

/* domain handbook 4.4 */
const struct choice project_size_bands[SIZE__N] = {
	[SIZE_S1] = {S_("S1"), S_("1 亿元以下"), S_("under CNY 100 m"), S_("")},
	[SIZE_S2] = {S_("S2"), S_("1—5 亿元"), S_("CNY 100-500 m"), S_("")},
	[SIZE_S3] = {S_("S3"), S_("5—10 亿元"), S_("CNY 500 m - 1 bn"), S_("")},
	[SIZE_S4] = {S_("S4"), S_("10—50 亿元"), S_("CNY 1-5 bn"), S_("")},
	[SIZE_S5] = {S_("S5"), S_("50 亿级"), S_("CNY 5-10 bn"), S_("")},
	[SIZE_S6] = {S_("S6"), S_("百亿级"), S_("CNY 10 bn and more"), S_("")},
};

static const struct choice kinds[KIND__N] = {
	[KIND_INVEST] = {S_("INVEST"), S_("招商项目"), S_("Investment"), S_("招商|投资|产业|招商项目|产业项目")},
	[KIND_TALENT] = {S_("TALENT"), S_("人才项目"), S_("Talent"), S_("人才|招才|引才|人才项目")},
	[KIND_TECH] = {S_("TECH"), S_("科技项目"), S_("Technology"), S_("科技|技术|成果转化|科技项目")},
};

static const struct choice key_levels[] = {
	{S_("PROVINCE"), S_("省重点"), S_("Province key"), S_("省重点|省级|省级重点|省重大|省重点项目")},
	{S_("CITY"), S_("市重点"), S_("City key"), S_("市重点|市级|市级重点|市重大|市重点项目")},
	{S_("COUNTY"), S_("县重点"), S_("County key"), S_("县重点|县级|县级重点|区重点|区级|县区级|县重点项目")},
};

static const struct choice chain_effects[] = {
	{S_("BUILD"), S_("建链"), S_("Build"), S_("建链")},
	{S_("FILL"), S_("补链"), S_("Fill"), S_("补链")},
	{S_("EXTEND"), S_("延链"), S_("Extend"), S_("延链")},
	{S_("STRENGTHEN"), S_("强链"), S_("Strengthen"), S_("强链")},
};

const struct choice secrecies[SECRECY__N] = {
	[SECRECY_OPEN] = {S_("OPEN"), S_("公开"), S_("Open"), S_("公开")},
	[SECRECY_INTERNAL] = {S_("INTERNAL"), S_("内部"), S_("Internal"), S_("内部")},
	[SECRECY_SEALED] = {S_("SEALED"), S_("敏感"), S_("Sealed"), S_("敏感|保密|涉密")},
};

static const struct choice admissions[] = {
	{S_("PASS"), S_("通过"), S_("Passed"), S_("通过|符合")},
	{S_("FAIL"), S_("未通过"), S_("Failed"), S_("未通过|不符合")},
	{S_("NA"), S_("不适用"), S_("Not applicable"), S_("不适用|不涉及")},
	{S_("WAIVED"), S_("一事一议"), S_("Waived"), S_("一事一议")},
};

/* ---- fields ---- */

#define BASE S_("base")
#define INVEST S_("invest")
#define FACTOR S_("factor")
#define DATES S_("date")
#define OTHER S_("other")

enum {
	EDIT = FIELD_FORM | FIELD_IMPORT,
	SHOWN = FIELD_LIST | FIELD_SORT | FIELD_FILTER,
	SET_BY_US = FIELD_SERVER,
	LIT = FIELD_SERVER | FIELD_VIEW, /* of the day asked about: light.sql */
};

#define F(m, ty, fl, grp, z, e) \
	.name = S_(#m), .type = ty, .offset = offsetof(struct project, m), .flags = fl, .group = grp, .zh = S_(z), .en = S_(e)
#define CHOICES(list) .choices = (list), .choices_n = sizeof(list) / sizeof *(list)
#define HEADS(words) .headings = S_(words)
#define REF(plural_noun) .ref = S_(plural_noun)

const struct field project_fields[] = {
	{F(code, F_CODE, SET_BY_US | SHOWN | FIELD_SEARCH | FIELD_OPEN, BASE, "项目编号", "Code"),
	  HEADS("项目编号|项目编码|系统编号")},
	{F(name, F_TEXT, EDIT | SHOWN | FIELD_REQUIRED | FIELD_SEARCH | FIELD_OPEN, BASE, "项目名称", "Project name"),
	  HEADS("项目名称|项目|名称|工程名称|项目名|工程项目|建设项目|项目单位及名称|招商项目名称|签约项目名称|在谈项目名称|重点项目名称|引进项目|"
	        "引进项目名称|招商项目|签约项目|项目简称|项目全称|建设项目名称|企业项目名称|合作项目|合作项目名称|洽谈项目名称|项目标题|"
	        "开工项目名称|落地项目名称|投产项目名称|工程项目名称|拟建项目名称|意向项目名称|线索名称|主要项目|项目名称及内容|企业及项目名称|projectname|project"), .max = 200},
	{F(light, F_ENUM, LIT | FIELD_LIST | FIELD_FILTER, BASE, "灯", "Light"), .choices = light_choices, .choices_n = LIGHT__N},
	{F(name_key, F_TEXT, SET_BY_US, BASE, "名称检索键", "Name key"), .max = 400},
	{F(name_en, F_TEXT, EDIT | FIELD_SEARCH, BASE, "英文名称", "Name in English"), HEADS("英文名称|项目英文名称|英文名")},
	{F(kind, F_ENUM, EDIT | FIELD_FILTER | FIELD_REQUIRED | FIELD_BULK, BASE, "项目类别", "Kind"), CHOICES(kinds), .preset = S_("INVEST"), HEADS("招引类别|双招双引类别")},
	{F(region_code, F_REGION, EDIT | SHOWN | FIELD_REQUIRED | FIELD_FINAL | FIELD_OPEN, BASE, "属地", "Place"),
	  HEADS("属地|落户地|县市区|县区|所在地|落地县区|落地县市区|所属县区|所属县市区|所属区县|区县|县市|市区|所在县区|所在县市区|所在区县|"
	        "项目属地|项目所在地|落户县区|落户县市区|落户区县|承接地|承接县区|落地区域|所属区域|所在区域|区域|地区|所属地区|落地地点|落户地点|"
	        "项目落户地|项目落地|签约县区|申报县区|推荐县区|县别|县份|行政区划|行政区划代码|区划代码|区划|镇街|镇街园区|镇|街道|镇街道|乡镇街道|镇办|乡镇|所属乡镇|落户乡镇|"
	        "园区|落户园区|所属园区|落地园区|签约地|实施地|建设地|所在市县|市县|属地县区|责任县区|承办县区|引进县区|region|county|district")},
	{F(park_id, F_REF, SET_BY_US, BASE, "所在园区", "Park"), REF("parks")},
	{F(lead_id, F_REF, FIELD_FORM | FIELD_FINAL, BASE, "来源线索", "Lead"), REF("leads")},
	{F(prior_id, F_REF, FIELD_FORM | FIELD_FINAL, BASE, "前一项目", "Earlier project"), REF("projects")},
	{F(merged_into, F_REF, SET_BY_US, BASE, "并入项目", "Merged into"), REF("projects")},
	{F(partner_id, F_REF, SET_BY_US, BASE, "引荐伙伴", "Partner"), REF("partners")},
	{F(stage, F_ENUM, SET_BY_US | SHOWN | FIELD_REQUIRED | FIELD_IMPORT | FIELD_OPEN, BASE, "阶段", "Stage"), CHOICES(project_stages),
	  HEADS("项目阶段|阶段|项目状态|状态|进展阶段|所处阶段|目前阶段|当前阶段|推进阶段|目前状态|当前状态|建设阶段|建设状态|项目进度|进度|"
	        "签约状态|签约情况|合同类型|签约类型|签约形式|推进状态|开工情况|落地情况|进展类别|现状|建设情况|status|stage")},
	{F(stage_days, F_DAYS, LIT | SHOWN, DATES, "在阶段", "In stage")},
	{F(target_days, F_DAYS, LIT | FIELD_SORT, DATES, "目标天数", "Target days")},
	{F(over_days, F_DAYS, LIT | FIELD_FILTER | FIELD_SORT, DATES, "超期", "Over target")},
	{F(light_cause, F_ENUM, LIT | FIELD_FILTER | FIELD_LIST, BASE, "亮灯原因", "Cause of light"), .choices = light_causes, .choices_n = CAUSE__N},
	{F(light_since_date, F_DATE, LIT | FIELD_FILTER | FIELD_SORT, DATES, "亮灯起日", "Light since")},
	{F(manual_light, F_ENUM, SET_BY_US | FIELD_FILTER, BASE, "人工调灯", "Light by hand"), .choices = light_choices, .choices_n = LIGHT__N},
	{F(manual_light_date, F_DATE, SET_BY_US, DATES, "调灯日期", "Light set on")},
	{F(manual_light_reason, F_TEXT, SET_BY_US, BASE, "调灯原因", "Why the light was set"), .max = 500},
	{F(side, F_ENUM, SET_BY_US | FIELD_FILTER | FIELD_LIST | FIELD_REQUIRED | FIELD_OPEN, BASE, "推进状态", "Side state"), CHOICES(project_sides)},
	{F(is_stage_verified, F_BOOL, SET_BY_US | FIELD_FILTER, BASE, "阶段已核验", "Stage verified")},
	{F(stage_since_date, F_DATE, SET_BY_US | FIELD_LIST | FIELD_SORT, DATES, "进入阶段日期", "In stage since")},
	{F(suspended_since_date, F_DATE, SET_BY_US, DATES, "暂停起日", "Suspended since")},
	{F(suspended_days, F_DAYS, SET_BY_US, DATES, "已暂停天数", "Days suspended")},
	{F(is_key, F_BOOL, FIELD_FORM | FIELD_FILTER | FIELD_LIST | FIELD_BULK, BASE, "重点项目", "Key project")},
	{F(key_level, F_ENUM, EDIT | FIELD_FILTER | FIELD_BULK, BASE, "重点级别", "Key level"), CHOICES(key_levels), HEADS("重点级别|重点项目级别|项目级别|项目层级")},
	{F(key_doc_no, F_TEXT, FIELD_FORM, BASE, "重点文号", "Key document no.")},
	{F(is_return, F_BOOL, EDIT | FIELD_FILTER | FIELD_BULK, BASE, "潍商回归", "Return project"), HEADS("是否回归项目|潍商回归|回归项目|是否潍商回归")},
	{F(is_foreign, F_BOOL, EDIT | FIELD_FILTER | FIELD_BULK, BASE, "外资项目", "Foreign-invested"), HEADS("是否外资|外资项目|是否外资项目")},
	{F(industry_code, F_INDUSTRY, EDIT | SHOWN | FIELD_BULK, BASE, "行业", "Industry"),
	  HEADS("行业|产业|所属行业|行业类别|产业类别|产业类型|行业代码|国民经济行业|国民经济行业代码|所属产业|行业分类|产业分类|投资领域|领域|"
	        "所属领域|产业方向|行业领域|产业领域|主导产业|行业名称|所属类别|产业门类|行业门类|投资行业|投向|产业归属|industry")},
	{F(chain_node, F_TEXT, EDIT | FIELD_FILTER | FIELD_BULK, BASE, "产业链环节", "Chain node"), HEADS("产业链环节|产业链|所属产业链|重点产业链|产业链条|链条|所属链条"), .max = 80},
	{F(chain_effect, F_ENUM, EDIT | FIELD_FILTER | FIELD_BULK, BASE, "链条作用", "Chain effect"), CHOICES(chain_effects), HEADS("建链补链|链条作用|建链延链补链强链|强链补链")},
	{F(content, F_LONG, EDIT | FIELD_SEARCH, BASE, "建设内容", "Content"),
	  HEADS("建设内容|项目内容|主要建设内容|建设内容及规模|建设规模及内容|建设规模|建设规模与内容|项目简介|项目概况|项目情况|内容|主要内容|基本情况|"
	        "项目基本情况|简介|概况|项目介绍|项目建设内容|主要建设内容及规模|建设内容和规模|所在地及内容|建设地点及内容|合作内容|投资内容|产品方案|"
	        "主要产品|主营产品|项目描述|规模及内容|建设主要内容|项目规模|主要产品及规模|生产规模|经营范围|合作方式及内容|content|description"), .max = 2000},
	{F(site, F_TEXT, EDIT | FIELD_SEARCH, BASE, "建设地点", "Site"),
	  HEADS("建设地点|项目地址|建设地址|选址|项目选址|地址|具体地址|详细地址|具体地点|地点|落地位置|建设位置|项目地点|实施地点|具体位置|"
	        "落户地址|位置|用地位置|拟选址|site|address")},
	{F(investor_text, F_TEXT, EDIT | FIELD_LIST | FIELD_SEARCH, BASE, "投资方", "Investor"),
	  HEADS("投资方|投资主体|投资商|客商|客商名称|投资企业|投资单位|投资者|投资人|企业名称|企业|公司名称|公司|单位名称|投资方名称|投资商名称|"
	        "投资企业名称|投资主体名称|投资主体单位|引资单位|引进企业|引进单位|乙方|乙方单位|签约方|签约企业|签约乙方|签约客商|外方|外来投资方|合作方|"
	        "合作单位|合作企业|项目单位|项目业主|业主|业主单位|建设单位|项目法人|法人单位|项目投资方|投资单位名称|投资公司|投资客商|来源企业|"
	        "意向企业|意向投资方|目标企业|实施主体|实施单位|建设主体|承建单位|企业全称|项目公司|牵头企业|出资方|投资方全称|投资业主|客商单位|"
	        "投资方简介|项目企业|申报单位|investor|company"), .max = 300},
	{F(total_invest_fen, F_FEN, EDIT | SHOWN | FIELD_SUM | FIELD_OPEN, INVEST, "总投资", "Total investment"),
	  .sum_of = S_("exact_invest_fen"),
	  HEADS("总投资|投资总额|计划总投资|投资额|投资规模|合同金额|合同额|协议金额|总投资额|签约金额|签约额|投资金额|项目总投资|计划投资|投资|拟投资|"
	        "拟投资额|意向投资|意向投资额|意向金额|协议投资|协议投资额|合同投资额|合同总投资|预计总投资|预计投资|估算总投资|概算总投资|估算投资|"
	        "投资估算|总投资规模|签约总额|协议总投资|协议额|合同总额|合同引资额|金额|总额|项目投资|项目投资额|投资概算|计划投资额|拟总投资|"
	        "拟投资总额|计划投资总额|投资总规模|引资额|引资金额|签约投资额|总投资金额|项目总投资额|内资总投资|人民币总投资|投资计划|invest|investment|totalinvestment")},
	{F(invest_text, F_TEXT, SET_BY_US, INVEST, "投资额原文", "Amount as written")},
	{F(invest_qual, F_ENUM, SET_BY_US | FIELD_FILTER, INVEST, "投资额口径", "Exactness"), CHOICES(project_quals)},
	{F(size_band, F_ENUM, SET_BY_US | FIELD_FILTER | FIELD_LIST, INVEST, "规模档", "Size band"), CHOICES(project_size_bands)},
	{F(fai_fen, F_FEN, EDIT | FIELD_SUM | FIELD_SORT, INVEST, "固定资产投资", "Fixed assets"),
	  HEADS("固定资产投资|固定资产投资额|固投|其中固定资产投资|固定资产|固定资产投入|计划固定资产投资|固定资产总投资")},
	{F(equipment_fen, F_FEN, EDIT, INVEST, "设备投资", "Equipment"), HEADS("设备投资|设备投资额|设备投入|其中设备投资|设备购置费|设备购置")},
	{F(currency, F_TEXT, EDIT, INVEST, "外币币种", "Currency"), HEADS("币种|外币币种|货币|货币单位|计量单位|金额单位|币种单位|单位币种|计价单位|货币种类|currency"), .max = 3},
	{F(foreign_minor, F_MINOR, EDIT, INVEST, "外币金额", "Foreign amount"),
	  HEADS("外币金额|外资金额|外资额|合同外资|合同外资额|合同利用外资|外资总额|外商投资额|总投资外币|投资总额外币|利用外资额|外资总投资|协议外资|协议外资额|外资合同额|外资合同金额|外资协议额")},
	{F(rate_e6, F_RATE_E6, FIELD_FORM, INVEST, "汇率", "Exchange rate")},
	{F(rate_date, F_DATE, FIELD_FORM, INVEST, "汇率日期", "Rate of")},
	{F(funds_fen, F_FEN, SET_BY_US | SHOWN | FIELD_SUM, INVEST, "到位资金", "Funds in place")},
	{F(land_mu_e2, F_MU_E2, EDIT | FIELD_SORT | FIELD_SUM, FACTOR, "用地", "Land"),
	  HEADS("用地|用地面积|占地面积|占地|用地规模|土地面积|需用地|用地需求|规划用地|拟用地|拟用地面积|新增用地|规划占地|总占地|总占地面积|"
	        "项目用地|项目占地|计划用地|用地亩数|占地规模|供地面积|所需用地|需求土地|土地需求|规划用地面积|需地面积|land")},
	{F(floor_m2, F_M2, EDIT, FACTOR, "建筑面积", "Floor area"), HEADS("建筑面积|总建筑面积|建筑规模|厂房面积|规划建筑面积|租赁面积|租用面积|载体面积|使用面积")},
	{F(energy_tce_e2, F_TCE_E2, EDIT, FACTOR, "年综合能耗", "Energy a year"),
	  HEADS("年综合能耗|能耗|综合能耗|年能耗|能源消费量|年能源消费量|综合能源消费量|年综合能源消费量|年耗能|耗能|能耗总量|年标煤消耗|标准煤")},
	{F(cod_kg, F_KG, EDIT, FACTOR, "化学需氧量", "COD"), HEADS("化学需氧量|COD|COD排放量|化学需氧量排放量")},
	{F(nh3n_kg, F_KG, EDIT, FACTOR, "氨氮", "Ammonia nitrogen"), HEADS("氨氮|氨氮排放量")},
	{F(so2_kg, F_KG, EDIT, FACTOR, "二氧化硫", "Sulphur dioxide"), HEADS("二氧化硫|二氧化硫排放量|SO2")},
	{F(nox_kg, F_KG, EDIT, FACTOR, "氮氧化物", "Nitrogen oxides"), HEADS("氮氧化物|氮氧化物排放量|NOX")},
	{F(voc_kg, F_KG, EDIT, FACTOR, "挥发性有机物", "VOCs"), HEADS("挥发性有机物|VOC|VOCS|挥发性有机物排放量")},
	{F(pm_kg, F_KG, EDIT, FACTOR, "颗粒物", "Particulates"), HEADS("颗粒物|颗粒物排放量|烟粉尘")},
	{F(water_m3, F_M3, EDIT, FACTOR, "年用水", "Water a year"), HEADS("年用水|用水量|年用水量|用水|新水用量|取水量")},
	{F(jobs, F_INT, EDIT, FACTOR, "就业人数", "Jobs"), HEADS("就业人数|带动就业|就业|新增就业|用工人数|用工|就业岗位|提供就业|吸纳就业|带动就业人数|新增就业人数|解决就业"), .max = 1000000},
	{F(promised_output_fen, F_FEN, EDIT, FACTOR, "达产年产值", "Promised output"),
	  HEADS("达产年产值|年产值|产值|预计年产值|预计产值|达产产值|预期产值|年销售收入|预计年销售收入|年营业收入|销售收入|营业收入|主营业务收入|年产值或销售收入")},
	{F(promised_tax_fen, F_FEN, EDIT, FACTOR, "达产年税收", "Promised tax"),
	  HEADS("达产年税收|年税收|税收|预计税收|预计年税收|年纳税|纳税额|年纳税额|利税|年利税|预期税收|税收贡献|达产税收|年缴税")},
	{F(first_talk_date, F_DATE, SET_BY_US | FIELD_IMPORT, DATES, "首次洽谈日期", "First talk"), HEADS("首次洽谈日期|首谈时间|首次洽谈时间|洽谈时间|对接时间|首次对接时间|首次接触时间|接洽时间|考察时间")},
	{F(sign_date, F_DATE, SET_BY_US | FIELD_IMPORT | SHOWN, DATES, "签约日期", "Signed on"),
	  HEADS("签约日期|签约时间|签约日|合同签订时间|签订时间|签订日期|合同时间|签约年月|合同签订日期|协议签订时间|协议签订日期|签署时间|签署日期|"
	        "正式签约时间|签约年月日|签约年份|签约年度|签约月份|合同日期|合同签约时间|集中签约时间|signdate")},
	{F(land_date, F_DATE, SET_BY_US | FIELD_IMPORT, DATES, "落地日期", "Landed on"),
	  HEADS("落地日期|落地时间|注册时间|公司注册时间|注册日期|工商注册时间|落户时间|项目落地时间|注册登记时间|成立时间|成立日期|公司成立时间")},
	{F(start_date, F_DATE, SET_BY_US | FIELD_IMPORT | FIELD_SORT, DATES, "开工日期", "Started on"),
	  HEADS("开工日期|开工时间|开工日|实际开工时间|开工年月|动工时间|开工建设时间|开建时间|已开工时间|项目开工时间|奠基时间|开始时间|建设开始时间")},
	{F(produce_date, F_DATE, SET_BY_US | FIELD_IMPORT | FIELD_SORT, DATES, "投产日期", "Producing since"),
	  HEADS("投产日期|投产时间|投产日|竣工时间|竣工日期|实际投产时间|建成时间|建成投产时间|竣工投产时间|投产年月|完工时间|投用时间|运营时间|投运时间|投产运营时间|实际竣工时间|开业时间")},
	{F(capacity_date, F_DATE, SET_BY_US | FIELD_IMPORT, DATES, "达产日期", "At capacity since"), HEADS("达产日期|达产时间|实际达产时间|达产达效时间")},
	{F(plan_sign_date, F_DATE, EDIT, DATES, "计划签约", "To be signed"), HEADS("计划签约时间|预计签约时间|拟签约时间|计划签约日期|计划签约|预计签约")},
	{F(plan_land_date, F_DATE, EDIT, DATES, "计划落地", "To be landed"), HEADS("计划落地时间|预计落地时间|拟落地时间|计划落地|预计落地|计划注册时间|计划供地时间")},
	{F(plan_start_date, F_DATE, EDIT, DATES, "计划开工", "To be started"),
	  HEADS("计划开工时间|预计开工时间|拟开工时间|计划开工日期|计划开工|预计开工|计划开工年月|预计开工日期|约定开工时间|拟开工日期|合同开工时间")},
	{F(plan_produce_date, F_DATE, EDIT, DATES, "计划投产", "To be producing"),
	  HEADS("计划投产时间|预计投产时间|计划竣工时间|预计竣工时间|计划投产|预计投产|计划竣工|预计竣工|拟投产时间|计划完工时间|预计建成时间|计划建成时间|拟竣工时间|约定投产时间|计划投产日期|计划竣工日期|预计完工时间|拟建成时间")},
	{F(plan_capacity_date, F_DATE, EDIT, DATES, "计划达产", "To be at capacity"), HEADS("计划达产时间|预计达产时间|计划达产|预计达产|约定达产时间")},
	{F(lng_e6, F_DEGREE_E6, FIELD_FORM, OTHER, "经度", "Longitude")},
	{F(lat_e6, F_DEGREE_E6, FIELD_FORM, OTHER, "纬度", "Latitude")},
	{F(secrecy, F_ENUM, FIELD_FORM | FIELD_FILTER | FIELD_REQUIRED | FIELD_FINAL, OTHER, "保密级别", "Secrecy"), CHOICES(secrecies), .preset = S_("INTERNAL")},
	{F(admission, F_ENUM, FIELD_FORM, OTHER, "准入核验", "Admission"), CHOICES(admissions)},
	{F(admission_doc_no, F_TEXT, FIELD_FORM, OTHER, "准入文号", "Admission document no.")},
	{F(review_doc_no, F_TEXT, FIELD_FORM, OTHER, "联审文号", "Joint review document no.")},
	{F(first_report_unit, F_TEXT, EDIT, OTHER, "首报单位", "First reported by"),
	  HEADS("首报单位|首谈单位|引荐单位|招引单位|招商单位|引进责任单位|招引责任单位|招商责任单位|引荐人|首谈首报单位|信息提供单位|推荐单位|报送单位|上报单位|填报单位|招商主体|介绍单位|中介人|线索来源|招商部门|招引部门")},
	{F(first_report_at_ms, F_AT, SET_BY_US, OTHER, "首报时刻", "First reported at")},
	{F(officer_id, F_REF, FIELD_FORM | FIELD_FILTER | FIELD_BULK, OTHER, "服务专员", "Service officer"), REF("accounts"), .pick = S_("officers")},
	{F(handler, F_TEXT, EDIT | FIELD_SEARCH | FIELD_BULK, OTHER, "责任单位", "Handler"),
	  HEADS("责任单位|牵头单位|责任人|包联领导|包保领导|包靠领导|责任领导|牵头领导|服务专员|专班|主办单位|承办单位|主管部门|责任部门|牵头部门|"
	        "行业主管部门|项目责任人|分管领导|市级领导|包联责任人|包保责任人|项目专员|跟踪单位|跟踪责任人|推进单位|项目秘书|首席服务员|挂包领导|"
	        "联系领导|帮包领导|县级领导|责任单位及责任人|甲方|主管单位|甲方单位|服务单位|专班组长|链长|招商人员|工作专班")},
	{F(last_contact_date, F_DATE, SET_BY_US | FIELD_SORT, OTHER, "最近联系", "Last contact")},
	{F(dates_text, F_TEXT, EDIT, DATES, "时间原文", "Dates as written"),
	  HEADS("时间|日期|建设周期|建设期限|建设起止年限|建设年限|起止年限|建设工期|工期|建设时间|建设起止时间|起止时间|实施时间|实施年限|计划建设周期|年份|年度|发布时间|更新时间|时间节点|date")},
	{F(source_note, F_TEXT, EDIT, OTHER, "来源", "Source"), HEADS("来源|信息来源|数据来源|资料来源|出处|来源渠道|依据|来源文件|source"), .max = 500},
	{F(note, F_LONG, EDIT, OTHER, "备注", "Note"),
	  HEADS("备注|说明|进展情况|项目进展|工作进展|推进情况|进展|目前进展|最新进展|进展情况及存在问题|存在问题|存在困难|问题|需协调问题|需协调解决的问题|"
	        "项目进展情况|建设进展|形象进度|工程进度|工作进展情况|当前进展|推进情况及存在问题|下步打算|下一步计划|下一步工作|下步计划|其他|备注说明|"
	        "当前进展情况|目前进展情况|项目推进情况|进度情况|建设进度|洽谈情况|对接情况|洽谈进展|本周进展|本月进展|本周工作|下周计划|下周工作计划|下月计划|下月工作计划|工作计划|下步工作计划|note|remark|remarks"), .max = 2000},
	{F(missing_fields, F_TEXT, SET_BY_US, OTHER, "待补字段", "Fields still open"), .max = 1000},
	{F(import_id, F_REF, SET_BY_US, OTHER, "导入批次", "Import"), REF("imports")},
};
const size_t project_fields_n = sizeof project_fields / sizeof *project_fields;

/* fieldset holds 128 fields. */
_Static_assert(sizeof project_fields / sizeof *project_fields <= 128, "too many fields for a fieldset");

int project_field_index(struct str name) {
	for (size_t i = 0; i < project_fields_n; i++)
		if (str_eq(project_fields[i].name, name)) return (int)i;
	return -1;
}

static const struct order orders[] = {{.column = S_("id"), .is_desc = true, .is_not_null = true}};

const struct noun project_noun = {
	.name = S_("project"), .plural = S_("projects"), .zh = S_("项目"), .en = S_("Project"),
	.table = S_("project"), .object = OBJ_PROJECT, .keeps_edits = true, .size = sizeof(struct project),
	.fields = project_fields, .fields_n = sizeof project_fields / sizeof *project_fields,
	.visible = Q_PROJECT_VISIBLE, .county = S_("county_code"),
	.generic = CAN_CREATE | CAN_UPDATE | CAN_DELETE, .orders = orders, .orders_n = 1,
	.check = project_check, .after = project_after, .may_delete = project_may_delete,
};
