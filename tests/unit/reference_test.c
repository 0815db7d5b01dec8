/* Divisions and industries: the tables that are inside the program, and their look-ups. */
#include "unit.h"

#include "domain/reference.h"

static struct arena arena;

static void test_regions_by_name(void **state) {
	(void)state;
	static const struct {
		const char *why, *text, *within, *want; /* want NULL = none */
	} cases[] = {
		{"full name", "寿光市", "3707", "370783"},
		{"short name", "寿光", "3707", "370783"},
		{"zone by its short name", "高新区", "3707", "3707Z1"},
		{"zone by its full name", "潍坊滨海经济技术开发区", "3707", "370772"},
		{"zone without a country-wide name", "综保区", "", "3707Z3"},
		{"town in full", "羊口镇", "3707", "370783115"},
		{"own city first: 东城街道 is also elsewhere", "东城街道", "370724", "370724002"},
		{"outside the preferred prefix", "苏州", "3707", "320500"},
		{"province before the prefecture of that name", "吉林", "", "220000"},
		{"autonomous region", "内蒙古", "", "150000"},
		{"autonomous prefecture", "延边", "", "222400"},
		{"names inside each other", "山东省潍坊市寿光市", "", "370783"},
		{"short names inside each other", "山东潍坊寿光", "", "370783"},
		{"province and county", "江苏昆山", "", "320583"},
		{"city and zone", "潍坊市高新区", "", "3707Z1"},
		{"white space around", "　寿光市 ", "3707", "370783"},
		{"two districts of that name in the country", "朝阳区", "", NULL},
		{"but one in the province", "朝阳区", "11", "110105"},
		{"no such place", "寿光县城", "3707", NULL},
		{"one character is nothing", "市", "3707", NULL},
		{"empty", "", "3707", NULL},
		{"a placeholder has no name", "市辖区", "11", NULL},
		{"bad bytes", "\xff\xfe寿光", "3707", NULL},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		const struct region *r = region_by_name(str_c(cases[i].text), str_c(cases[i].within));
		if ((r == NULL) != (cases[i].want == NULL)) print_error("%s\n", cases[i].why);
		assert_str(r ? r->code : S("none"), str_c(cases[i].want ? cases[i].want : "none"));
	}
}

static void test_region_tree(void **state) {
	(void)state;
	struct region_list units = region_units(&arena);
	assert_int_equal(units.n, 17);
	size_t zones = 0;
	for (size_t i = 0; i < units.n; i++) {
		assert_str(units.items[i]->parent, S("370700"));
		assert_int_equal(units.items[i]->sort_no, i + 1);
		zones += units.items[i]->is_zone;
	}
	assert_int_equal(zones, 5);
	assert_int_equal(region_children(&arena, S("")).n, 34);
	assert_int_equal(region_children(&arena, S("3707")).n, 17);
	assert_int_equal(region_children(&arena, S("370700")).n, 17);
	assert_true(region_children(&arena, S("370783")).n > 5);

	struct region_list beijing = region_children(&arena, S("11"));
	assert_int_equal(beijing.n, 16);
	for (size_t i = 0; i < beijing.n; i++) assert_false(beijing.items[i]->is_placeholder);
}

static void test_region_codes(void **state) {
	(void)state;
	static const struct {
		const char *code, *prefix;
	} cases[] = {{"370000", "37"}, {"370700", "3707"}, {"370783", "370783"}, {"3707Z1", "3707Z1"}, {"370783115", "370783115"}};
	for (size_t i = 0; i < LEN(cases); i++) {
		assert_non_null(region_by_code(str_c(cases[i].code)));
		assert_str(region_prefix(str_c(cases[i].code)), str_c(cases[i].prefix));
	}
	assert_null(region_by_code(S("370799")));
	assert_null(region_by_code(S("")));
	assert_str(region_by_code(S("3707Z5"))->name_en, S("Weifang Economic Zone"));
}

static void test_industries(void **state) {
	(void)state;
	static const struct {
		const char *text, *want;
	} codes[] = {{"2662", "2662"}, {"C2662", "2662"}, {"A2662", NULL}, {"26", "26"}, {"C", "C"}, {"9999", NULL}, {"", NULL}, {"2662 ", NULL}};
	for (size_t i = 0; i < LEN(codes); i++) {
		const struct industry *x = industry_by_code(str_c(codes[i].text));
		assert_str(x ? x->code : S("none"), str_c(codes[i].want ? codes[i].want : "none"));
	}
	assert_str(industry_by_name(S("专项化学用品制造"))->code, S("2662"));
	assert_str(industry_by_name(S("稻谷种植"))->code, S("0111"));
	assert_null(industry_by_name(S("专项化学")));
	assert_str(industry_path(&arena, industry_by_code(S("2662"))),
	           S("制造业 / 化学原料和化学制品制造业 / 专用化学产品制造"));
	assert_str(industry_path(&arena, industry_by_code(S("C"))), S(""));
}

static void test_industry_search(void **state) {
	(void)state;
	static const struct {
		const char *q, *first;
		size_t max, at_least;
	} cases[] = {
		{"2662", "2662", 5, 1},     /* the exact code first */
		{"C2662", "2662", 5, 1},
		{"266", "266", 20, 8},      /* then the codes that begin so */
		{"化学农药", "2631", 5, 1}, /* start of a class's name */
		{"锂离子", "3841", 5, 1},
		{"", "A", 50, 20},          /* nothing asked: the sections */
		{"化学", NULL, 3, 3},       /* not more than asked for */
		{"没有这个行业", NULL, 5, 0},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct industry_list found = industry_search(&arena, str_c(cases[i].q), cases[i].max);
		assert_in_range(found.n, cases[i].at_least, cases[i].max);
		if (cases[i].first) assert_str(found.items[0]->code, str_c(cases[i].first));
	}
	assert_int_equal(industry_search(&arena, S("没有这个行业"), 5).n, 0);
	assert_int_equal(industry_children(&arena, S("266")).n, 8);
}

static int release(void **state) {
	(void)state;
	arena_release(&arena);
	return 0;
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_regions_by_name), cmocka_unit_test(test_region_tree),
		cmocka_unit_test(test_region_codes),    cmocka_unit_test(test_industries),
		cmocka_unit_test(test_industry_search),
	};
	return cmocka_run_group_tests(tests, NULL, release);
}
