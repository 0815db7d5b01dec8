/* amount_test.c - amounts as people write them, as one table a rule. */
#include "unit.h"

#include "domain/amount_token.h"

#define YI INT64_C(10000000000) /* 1 亿元 in fen */
#define WAN INT64_C(1000000)    /* 1 万元 in fen */

static const struct unit in_wan = {S_("万元"), S_("CNY"), 4, 100, 1};
static const struct unit in_yi = {S_("亿元"), S_("CNY"), 8, 100, 1};
static const struct unit in_wan_usd = {S_("万美元"), S_("USD"), 4, 100, 1};

struct money_case {
	struct str text;
	const struct unit *standard;
	int64_t value;
	enum qual qual;
	struct str word;
};

static void check_money(const struct money_case *c) {
	struct arena a = {0};
	struct amount got = amount_parse(&a, c->text, MEASURE_MONEY, c->standard);
	if (got.state != AMOUNT_GOOD || got.value != c->value || got.qual != c->qual || !str_eq(got.word, c->word))
		fail_saying("\"%.*s\": state %d value %lld qual %d word \"%.*s\" rule %.*s", SHOW(c->text),
		         (int)got.state, (long long)got.value, (int)got.qual, SHOW(got.word),
		         SHOW(got.rule));
	assert_str(got.currency, S("CNY"));
	arena_release(&a);
}

static void exact_amounts(void **state) {
	(void)state;
	static const struct money_case cases[] = {
		{S_("3.5亿"), NULL, 35 * YI / 10, QUAL_EXACT, S_("")},
		{S_("35000万"), NULL, 35 * YI / 10, QUAL_EXACT, S_("")},
		{S_("3,500万元"), NULL, 3500 * WAN, QUAL_EXACT, S_("")},
		{S_("3，500万元"), NULL, 3500 * WAN, QUAL_EXACT, S_("")},
		{S_("３，５００　万元"), NULL, 3500 * WAN, QUAL_EXACT, S_("")},
		{S_("3 500万元"), NULL, 3500 * WAN, QUAL_EXACT, S_("")},
		{S_("3'500万元"), NULL, 3500 * WAN, QUAL_EXACT, S_("")},
		{S_("1,234,567.89元"), NULL, 123456789, QUAL_EXACT, S_("")},
		{S_("350000000元"), NULL, 35 * YI / 10, QUAL_EXACT, S_("")},
		{S_("1.2亿元"), NULL, 12 * YI / 10, QUAL_EXACT, S_("")},
		{S_("5千万"), NULL, 5000 * WAN, QUAL_EXACT, S_("")},
		{S_("5千万元整"), NULL, 5000 * WAN, QUAL_EXACT, S_("")},
		{S_("5百万元"), NULL, 500 * WAN, QUAL_EXACT, S_("")},
		{S_("3亿5千万元"), NULL, 35 * YI / 10, QUAL_EXACT, S_("")},
		{S_("3亿5000万元"), NULL, 35 * YI / 10, QUAL_EXACT, S_("")},
		{S_("1亿零500万元"), NULL, YI + 500 * WAN, QUAL_EXACT, S_("")},
		{S_("１２．５億元"), NULL, 125 * YI / 10, QUAL_EXACT, S_("")},
		{S_("三亿元"), NULL, 3 * YI, QUAL_EXACT, S_("")},
		{S_("十二亿"), NULL, 12 * YI, QUAL_EXACT, S_("")},
		{S_("两千万元"), NULL, 2000 * WAN, QUAL_EXACT, S_("")},
		{S_("一百零五亿"), NULL, 105 * YI, QUAL_EXACT, S_("")},
		{S_("一亿二千万元"), NULL, 12 * YI / 10, QUAL_EXACT, S_("")},
		{S_("三点五亿元"), NULL, 35 * YI / 10, QUAL_EXACT, S_("")},
		{S_("二十三亿元"), NULL, 23 * YI, QUAL_EXACT, S_("")},
		{S_("壹亿贰仟万元"), NULL, 12 * YI / 10, QUAL_EXACT, S_("")},
		{S_("1万亿元"), NULL, 10000 * YI, QUAL_EXACT, S_("")},
		{S_("人民币3000万元"), NULL, 3000 * WAN, QUAL_EXACT, S_("")},
		{S_("3000万元人民币"), NULL, 3000 * WAN, QUAL_EXACT, S_("")},
		{S_("RMB 3,000万"), NULL, 3000 * WAN, QUAL_EXACT, S_("")},
		{S_("￥350000000"), NULL, 35 * YI / 10, QUAL_EXACT, S_("")},
		{S_("0.0001万元"), NULL, 100, QUAL_EXACT, S_("")},
		{S_("总投资50亿元"), NULL, 50 * YI, QUAL_EXACT, S_("")},
		{S_("总投资：50亿元"), NULL, 50 * YI, QUAL_EXACT, S_("")},
		{S_("项目计划总投资50亿元。"), NULL, 50 * YI, QUAL_EXACT, S_("")},
		{S_("总投资50亿元，其中一期20亿元"), NULL, 50 * YI, QUAL_EXACT, S_("")},
		{S_("一期20亿元，总投资50亿元"), NULL, 50 * YI, QUAL_EXACT, S_("")},
		{S_("50亿元（其中固定资产投资30亿元）"), NULL, 50 * YI, QUAL_EXACT, S_("")},
		{S_("总投资50亿元，已完成投资20亿元"), NULL, 50 * YI, QUAL_EXACT, S_("")},
		{S_("50亿元\n(一期20亿元)"), NULL, 50 * YI, QUAL_EXACT, S_("")},
		{S_("3.5（亿元）"), NULL, 35 * YI / 10, QUAL_EXACT, S_("")},
		{S_("3500(万)"), NULL, 3500 * WAN, QUAL_EXACT, S_("")},
		{S_("（50亿元）"), NULL, 50 * YI, QUAL_EXACT, S_("")},
		/* the default unit, and the cell's that wins over it */
		{S_("10"), &in_yi, 10 * YI, QUAL_EXACT, S_("")},
		{S_("198000"), &in_wan, 198000 * WAN, QUAL_EXACT, S_("")},
		{S_("11000万元"), &in_yi, 11000 * WAN, QUAL_EXACT, S_("")},
		{S_("1.2亿"), &in_wan, 12 * YI / 10, QUAL_EXACT, S_("")},
		{S_("五千"), &in_wan, 5000 * WAN, QUAL_EXACT, S_("")},
		{S_("1.5E+5"), &in_wan, 150000 * WAN, QUAL_EXACT, S_("")},
		{S_("1E-3"), &in_wan, 1000, QUAL_EXACT, S_("")},
		{S_("0.00"), &in_wan, 0, QUAL_EXACT, S_("")},
		{S_("1亿元"), &in_wan_usd, YI, QUAL_EXACT, S_("")},
	};
	for (size_t i = 0; i < LEN(cases); i++) check_money(&cases[i]);
}

static void qualified_amounts_are_never_exact(void **state) {
	(void)state;
	static const struct money_case cases[] = {
		{S_("10亿元以上"), NULL, 10 * YI, QUAL_OVER, S_("以上")},
		{S_("超50亿元"), NULL, 50 * YI, QUAL_OVER, S_("超")},
		{S_("320亿元(超)"), NULL, 320 * YI, QUAL_OVER, S_("超")},
		{S_("总投资超过320亿元"), NULL, 320 * YI, QUAL_OVER, S_("超过")},
		{S_("逾3亿元"), NULL, 3 * YI, QUAL_OVER, S_("逾")},
		{S_("不低于5000万元"), NULL, 5000 * WAN, QUAL_OVER, S_("不低于")},
		{S_("不少于1亿元"), NULL, YI, QUAL_OVER, S_("不少于")},
		{S_("≥1亿元"), NULL, YI, QUAL_OVER, S_("≥")},
		{S_("＞1亿元"), NULL, YI, QUAL_OVER, S_(">")},
		{S_("1亿元+"), NULL, YI, QUAL_OVER, S_("+")},
		{S_("10多亿元"), NULL, 10 * YI, QUAL_OVER, S_("多")},
		{S_("十余亿元"), NULL, 10 * YI, QUAL_OVER, S_("余")},
		{S_("3亿多元"), NULL, 3 * YI, QUAL_OVER, S_("多")},
		{S_("1200余万元"), NULL, 1200 * WAN, QUAL_OVER, S_("余")},
		{S_("上亿元"), NULL, YI, QUAL_OVER, S_("上")},
		{S_("亿元以上"), NULL, YI, QUAL_OVER, S_("以上")},
		{S_("超百亿元"), NULL, 100 * YI, QUAL_OVER, S_("超")},
		{S_("2.1亿元(约)"), NULL, 21 * YI / 10, QUAL_ABOUT, S_("约")},
		{S_("約2.1億元"), NULL, 21 * YI / 10, QUAL_ABOUT, S_("约")},
		{S_("总投资约50亿元"), NULL, 50 * YI, QUAL_ABOUT, S_("约")},
		{S_("3亿元左右"), NULL, 3 * YI, QUAL_ABOUT, S_("左右")},
		{S_("3亿元上下"), NULL, 3 * YI, QUAL_ABOUT, S_("上下")},
		{S_("预计3亿元"), NULL, 3 * YI, QUAL_ABOUT, S_("预计")},
		{S_("不超过3亿元"), NULL, 3 * YI, QUAL_ABOUT, S_("不超过")},
		{S_("3亿元以内"), NULL, 3 * YI, QUAL_ABOUT, S_("以内")},
		{S_("3亿元(暂定)"), NULL, 3 * YI, QUAL_ABOUT, S_("暂定")},
		{S_("30亿元(近)"), NULL, 30 * YI, QUAL_NEARLY, S_("近")},
		{S_("近百亿元"), NULL, 100 * YI, QUAL_NEARLY, S_("近")},
		{S_("将近3亿"), NULL, 3 * YI, QUAL_NEARLY, S_("将近")},
		{S_("约10"), &in_yi, 10 * YI, QUAL_ABOUT, S_("约")},
		{S_("10以上"), &in_yi, 10 * YI, QUAL_OVER, S_("以上")},
		{S_("10(超)"), &in_yi, 10 * YI, QUAL_OVER, S_("超")},
		{S_("10+"), &in_yi, 10 * YI, QUAL_OVER, S_("+")},
		{S_("一期20亿元"), NULL, 20 * YI, QUAL_PHASE, S_("一期")},
		{S_("一期投资约20亿元"), NULL, 20 * YI, QUAL_PHASE, S_("一期")},
		{S_("首期投资5000万元"), NULL, 5000 * WAN, QUAL_PHASE, S_("首期")},
		{S_("20亿元（一期）"), NULL, 20 * YI, QUAL_PHASE, S_("一期")},
		{S_("1期20亿元"), NULL, 20 * YI, QUAL_PHASE, S_("1期")},
		{S_("一期20亿元，二期30亿元"), NULL, 20 * YI, QUAL_PHASE, S_("一期")},
		{S_("总投资约50亿元，其中一期20亿元"), NULL, 50 * YI, QUAL_ABOUT, S_("约")},
		{S_("2024年计划投资3亿元"), NULL, 3 * YI, QUAL_PHASE, S_("2024年")},
	};
	for (size_t i = 0; i < LEN(cases); i++) check_money(&cases[i]);
}

static void ranges_keep_both_bounds(void **state) {
	(void)state;
	static const struct { struct str text; const struct unit *standard; int64_t low, high; } cases[] = {
		{S_("3-5亿元"), NULL, 3 * YI, 5 * YI},        {S_("3亿-5亿"), NULL, 3 * YI, 5 * YI},
		{S_("3亿元至5亿元"), NULL, 3 * YI, 5 * YI},   {S_("3～5亿元"), NULL, 3 * YI, 5 * YI},
		{S_("5000万-1亿元"), NULL, 5000 * WAN, YI},   {S_("三到五亿元"), NULL, 3 * YI, 5 * YI},
		{S_("3—5"), &in_yi, 3 * YI, 5 * YI},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct amount got = amount_parse(&a, cases[i].text, MEASURE_MONEY, cases[i].standard);
		assert_int_equal(got.state, AMOUNT_GOOD);
		assert_int_equal(got.value, cases[i].low);
		assert_int_equal(got.high, cases[i].high);
		assert_int_equal(got.qual, QUAL_ABOUT);
		assert_true(got.word.n > 0);
		arena_release(&a);
	}
}

static void foreign_money_stays_apart(void **state) {
	(void)state;
	static const struct { struct str text; const struct unit *standard; int64_t minor; struct str currency; } cases[] = {
		{S_("1亿美元"), NULL, INT64_C(10000000000), S_("USD")},   {S_("5000万美元"), &in_yi, INT64_C(5000000000), S_("USD")},
		{S_("USD 30m"), NULL, INT64_C(3000000000), S_("USD")},    {S_("$30 million"), NULL, INT64_C(3000000000), S_("USD")},
		{S_("US$1.5bn"), NULL, INT64_C(150000000000), S_("USD")}, {S_("2000万欧元"), NULL, INT64_C(2000000000), S_("EUR")},
		{S_("1亿元（港币）"), NULL, INT64_C(10000000000), S_("HKD")},
		{S_("3.5（万美元）"), NULL, INT64_C(3500000), S_("USD")},
		{S_("1亿港币"), NULL, INT64_C(10000000000), S_("HKD")},   {S_("1亿元港币"), NULL, INT64_C(10000000000), S_("HKD")},
		{S_("3亿日元"), NULL, INT64_C(300000000), S_("JPY")},     {S_("50亿韩元"), NULL, INT64_C(5000000000), S_("KRW")},
		{S_("500万英镑"), NULL, INT64_C(500000000), S_("GBP")},   {S_("500"), &in_wan_usd, INT64_C(500000000), S_("USD")},
		{S_("1.2亿"), &in_wan_usd, INT64_C(12000000000), S_("USD")},
		{S_("1亿美元（约合7亿元人民币）"), NULL, INT64_C(10000000000), S_("USD")},
		{S_("1亿美元，折合人民币7亿元"), NULL, INT64_C(10000000000), S_("USD")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct amount got = amount_parse(&a, cases[i].text, MEASURE_MONEY, cases[i].standard);
		if (got.state != AMOUNT_GOOD || got.value != cases[i].minor)
			fail_saying("%.*s: state %d value %lld", SHOW(cases[i].text), (int)got.state, (long long)got.value);
		assert_str(got.currency, cases[i].currency);
		arena_release(&a);
	}
}

static void cells_that_say_nothing(void **state) {
	(void)state;
	static const struct str cases[] = {S_(""), S_(" "), S_("-"), S_("—"), S_("——"), S_("/"), S_("\\"), S_("无"), S_("待定"),
	                                   S_("面议"), S_("（待定）"), S_("暂无"), S_("N/A"), S_("　"), S_("*"), S_("…")};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		assert_int_equal(amount_parse(&a, cases[i], MEASURE_MONEY, &in_wan).state, AMOUNT_MISSING);
		arena_release(&a);
	}
}

static void what_is_refused_says_why(void **state) {
	(void)state;
	static const struct { struct str text; const struct unit *standard; enum amount_state state; struct str rule; } cases[] = {
		{S_("350000000"), NULL, AMOUNT_NEEDS_UNIT, S_("amount_needs_unit")},
		{S_("约35"), NULL, AMOUNT_NEEDS_UNIT, S_("amount_needs_unit")},
		{S_("30m"), NULL, AMOUNT_NEEDS_UNIT, S_("amount_needs_unit")},
		{S_("1,2亿元"), NULL, AMOUNT_BAD, S_("amount_number")},
		{S_("12,34万元"), NULL, AMOUNT_BAD, S_("amount_number")},
		{S_("1.2.3亿元"), NULL, AMOUNT_BAD, S_("amount_number")},
		{S_("1234567890123456789元"), NULL, AMOUNT_BAD, S_("amount_number")},
		{S_("99999999亿元"), NULL, AMOUNT_BAD, S_("amount_too_big")},
		{S_("1亿亿亿元"), NULL, AMOUNT_BAD, S_("amount_too_big")},
		{S_("-5亿元"), NULL, AMOUNT_BAD, S_("amount_negative")},
		{S_("-5"), &in_wan, AMOUNT_BAD, S_("amount_negative")},
		{S_("5-3亿元"), NULL, AMOUNT_BAD, S_("amount_range")},
		{S_("三亿五"), NULL, AMOUNT_BAD, S_("amount_ambiguous")},
		{S_("50亿元，20亿元"), NULL, AMOUNT_BAD, S_("amount_two")},
		{S_("3亿元 5亿元"), NULL, AMOUNT_BAD, S_("amount_two")},
		{S_("数亿元"), NULL, AMOUNT_BAD, S_("amount_no_figure")},
		{S_("几千万"), NULL, AMOUNT_BAD, S_("amount_no_figure")},
		{S_("万元"), NULL, AMOUNT_BAD, S_("amount_no_figure")},
		{S_("投资方自筹"), NULL, AMOUNT_BAD, S_("amount_no_figure")},
		{S_("300亩"), &in_wan, AMOUNT_BAD, S_("amount_words")},
		{S_("50%"), &in_wan, AMOUNT_BAD, S_("amount_words")},
		{S_("300万元/亩"), NULL, AMOUNT_BAD, S_("amount_words")},
		{S_("到位3.07亿元"), NULL, AMOUNT_BAD, S_("amount_two")},
		{S_("#REF!"), &in_wan, AMOUNT_BAD, S_("amount_error_cell")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct amount got = amount_parse(&a, cases[i].text, MEASURE_MONEY, cases[i].standard);
		if (got.state != cases[i].state || !str_eq(got.rule, cases[i].rule))
			fail_saying("%.*s: state %d rule %.*s value %lld", SHOW(cases[i].text), (int)got.state,
			         SHOW(got.rule), (long long)got.value);
		assert_true(amount_sentence(&a, got.rule, got.arg, LANG_ZH).n > 0);
		assert_true(amount_sentence(&a, got.rule, got.arg, LANG_EN).n > 0);
		arena_release(&a);
	}
}

static void a_unit_slip_is_warned_of(void **state) {
	(void)state;
	static const struct { struct str text, warn; } cases[] = {
		{S_("500亿元"), S_("")}, {S_("501亿元"), S_("amount_large")}, {S_("10万元"), S_("")}, {S_("9.99万元"), S_("amount_small")},
		{S_("600亿美元"), S_("")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		assert_str(amount_parse(&a, cases[i].text, MEASURE_MONEY, NULL).warn, cases[i].warn);
		arena_release(&a);
	}
}

static void decimals_past_the_fen_are_rounded_and_told(void **state) {
	(void)state;
	struct arena a = {0};
	struct amount got = amount_parse(&a, S("33333.333333333336"), MEASURE_MONEY, &in_wan);
	assert_int_equal(got.value, INT64_C(33333333333));
	assert_true(got.is_rounded);
	got = amount_parse(&a, S("0.125元"), MEASURE_MONEY, NULL);
	assert_int_equal(got.value, 13);
	assert_true(got.is_rounded);
	assert_false(amount_parse(&a, S("1.25元"), MEASURE_MONEY, NULL).is_rounded);
	arena_release(&a);
}

static void quantities(void **state) {
	(void)state;
	static const struct unit hectare = {S_("公顷"), S_(""), 0, 1500, 1};
	static const struct { struct str text; enum measure m; const struct unit *standard; int64_t value; enum qual qual; } cases[] = {
		{S_("300亩"), MEASURE_MU, NULL, 30000, QUAL_EXACT},        {S_("1200余亩"), MEASURE_MU, NULL, 120000, QUAL_OVER},
		{S_("约300亩"), MEASURE_MU, NULL, 30000, QUAL_ABOUT},      {S_("20公顷"), MEASURE_MU, NULL, 30000, QUAL_EXACT},
		{S_("20"), MEASURE_MU, &hectare, 30000, QUAL_EXACT},       {S_("10000平方米"), MEASURE_MU, NULL, 1500, QUAL_EXACT},
		{S_("20万㎡"), MEASURE_MU, NULL, 30000, QUAL_EXACT},       {S_("1平方公里"), MEASURE_MU, NULL, 150000, QUAL_EXACT},
		{S_("占地面积66.67亩"), MEASURE_MU, NULL, 6667, QUAL_EXACT}, {S_("3.2万平方米"), MEASURE_M2, NULL, 32000, QUAL_EXACT},
		{S_("30亩"), MEASURE_M2, NULL, 20000, QUAL_EXACT},         {S_("4500吨标准煤"), MEASURE_ENERGY, NULL, 450000, QUAL_EXACT},
		{S_("1.2万吨标煤"), MEASURE_ENERGY, NULL, 1200000, QUAL_EXACT}, {S_("1.5吨/年"), MEASURE_MASS, NULL, 1500, QUAL_EXACT},
		{S_("5万立方米"), MEASURE_VOLUME, NULL, 50000, QUAL_EXACT}, {S_("300"), MEASURE_COUNT, NULL, 300, QUAL_EXACT},
		{S_("300余人"), MEASURE_COUNT, NULL, 300, QUAL_OVER},      {S_("1万人"), MEASURE_COUNT, NULL, 10000, QUAL_EXACT},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct amount got = amount_parse(&a, cases[i].text, cases[i].m, cases[i].standard);
		if (got.state != AMOUNT_GOOD || got.value != cases[i].value || got.qual != cases[i].qual)
			fail_saying("%.*s: state %d value %lld qual %d", SHOW(cases[i].text), (int)got.state,
			         (long long)got.value, (int)got.qual);
		arena_release(&a);
	}
}

static void units_of_headings_and_titles(void **state) {
	(void)state;
	static const struct { struct str text; enum measure m; bool is_strict, is_found; int exp10; struct str currency; } cases[] = {
		{S_("投资(亿元)"), MEASURE_MONEY, false, true, 8, S_("CNY")},
		{S_("总投资（万元）"), MEASURE_MONEY, false, true, 4, S_("CNY")},
		{S_("总投资/万元"), MEASURE_MONEY, false, true, 4, S_("CNY")},
		{S_("总投资万元"), MEASURE_MONEY, false, true, 4, S_("CNY")},
		{S_("总投资（亿）"), MEASURE_MONEY, false, true, 8, S_("CNY")},
		{S_("总投资(单位：百万元)"), MEASURE_MONEY, false, true, 6, S_("CNY")},
		{S_("合同外资(万美元)"), MEASURE_MONEY, false, true, 4, S_("USD")},
		{S_("总投资（人民币万元）"), MEASURE_MONEY, false, true, 4, S_("CNY")},
		{S_("總投資（億元）"), MEASURE_MONEY, false, true, 8, S_("CNY")},
		{S_("Total investment (RMB 10,000)"), MEASURE_MONEY, false, true, 4, S_("CNY")},
		{S_("投资（2024年，亿元）"), MEASURE_MONEY, false, true, 8, S_("CNY")},
		{S_("总投资"), MEASURE_MONEY, false, false, 0, S_("")},
		{S_("亿元以上项目名称"), MEASURE_MONEY, false, false, 0, S_("")},
		{S_("金额单位:万元"), MEASURE_MONEY, true, true, 4, S_("CNY")},
		{S_("单位：万元、亩"), MEASURE_MONEY, true, true, 4, S_("CNY")},
		{S_("单位：万元、亩"), MEASURE_MU, true, true, 0, S_("")},
		{S_("(万元、亩)"), MEASURE_MU, true, true, 0, S_("")},
		{S_("2024年亿元以上项目汇总表"), MEASURE_MONEY, true, false, 0, S_("")},
		{S_("亿元项目表（单位：亿元）"), MEASURE_MONEY, true, true, 8, S_("CNY")},
		{S_("签约项目一览表（万元）"), MEASURE_MONEY, true, true, 4, S_("CNY")},
		{S_("填报单位：寿光市商务局"), MEASURE_MONEY, true, false, 0, S_("")},
		{S_("用地面积（公顷）"), MEASURE_MU, false, true, 0, S_("")},
		{S_("年综合能耗（吨标准煤/年）"), MEASURE_ENERGY, false, true, 0, S_("")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct unit u = {0};
		bool found = unit_find(&a, cases[i].text, cases[i].m, cases[i].is_strict, &u);
		if (found != cases[i].is_found || u.exp10 != cases[i].exp10)
			fail_saying("%.*s: found %d exp %d \"%.*s\"", SHOW(cases[i].text), found, u.exp10, SHOW(u.text));
		assert_str(u.currency, cases[i].currency);
		arena_release(&a);
	}
}

/* The longest word counts; a unit before a word, a word before a multiplier; Latin words whole. */
static void words_of_amounts(void **state) {
	(void)state;
	static const struct { struct str text; enum measure m; enum token_kind kind; struct str taken; } cases[] = {
		{S_("吨标准煤"), MEASURE_ENERGY, T_UNIT, S_("吨标准煤")}, {S_("吨标准煤"), MEASURE_MASS, T_UNIT, S_("吨")}, {S_("吨标准煤"), MEASURE_MONEY, T_WORD, S_("吨")},
		{S_("平方公里"), MEASURE_M2, T_UNIT, S_("平方公里")}, {S_("元人民币整"), MEASURE_MONEY, T_UNIT, S_("元人民币")}, {S_("元"), MEASURE_MU, T_WORD, S_("元")},
		{S_("万元"), MEASURE_MONEY, T_MUL, S_("万")}, {S_("million元"), MEASURE_MONEY, T_MUL, S_("million")}, {S_("million"), MEASURE_MU, T_WORD, S_("m")},
		{S_("mn"), MEASURE_MONEY, T_MUL, S_("mn")}, {S_("mu"), MEASURE_MU, T_UNIT, S_("mu")}, {S_("mud"), MEASURE_MU, T_WORD, S_("m")}, {S_("m2"), MEASURE_MU, T_UNIT, S_("m2")},
		{S_("一期工程款"), MEASURE_MONEY, T_PHASE, S_("一期工程")}, {S_("一亿"), MEASURE_MONEY, T_WORD, S_("一")}, {S_("一共"), MEASURE_MONEY, T_TOTAL, S_("一共")},
		{S_("不低于5"), MEASURE_MONEY, T_OVER, S_("不低于")}, {S_("不高于5"), MEASURE_MONEY, T_ABOUT, S_("不高于")}, {S_(">=5"), MEASURE_MONEY, T_OVER, S_(">=")}, {S_(">5"), MEASURE_MONEY, T_OVER, S_(">")},
		{S_("其中:设备"), MEASURE_MONEY, T_PART, S_("其中:")}, {S_("total5"), MEASURE_MONEY, T_LABEL, S_("total")}, {S_("totally"), MEASURE_MONEY, T_WORD, S_("t")}, {S_("t"), MEASURE_MASS, T_UNIT, S_("t")},
		{S_("人"), MEASURE_COUNT, T_UNIT, S_("人")}, {S_("人民币"), MEASURE_COUNT, T_UNIT, S_("人")}, {S_("约为3"), MEASURE_MONEY, T_ABOUT, S_("约为")}, {S_("|"), MEASURE_MONEY, T_WORD, S_("|")}, {S_("😀"), MEASURE_MONEY, T_WORD, S_("😀")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct token t = amount_word(cases[i].text, cases[i].m);
		if (t.kind != cases[i].kind || !str_eq(t.text, cases[i].taken))
			assert_never("%s as %d: kind %d, \"%.*s\"", cases[i].text.p, (int)cases[i].m, (int)t.kind, SHOW(t.text));
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exact_amounts),
		cmocka_unit_test(qualified_amounts_are_never_exact),
		cmocka_unit_test(ranges_keep_both_bounds),
		cmocka_unit_test(foreign_money_stays_apart),
		cmocka_unit_test(cells_that_say_nothing),
		cmocka_unit_test(what_is_refused_says_why),
		cmocka_unit_test(a_unit_slip_is_warned_of),
		cmocka_unit_test(decimals_past_the_fen_are_rounded_and_told),
		cmocka_unit_test(quantities),
		cmocka_unit_test(units_of_headings_and_titles),
		cmocka_unit_test(words_of_amounts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
