/* when_test.c - dates as people write them. */
#include "unit.h"

#include "domain/when.h"

struct good {
	struct str text;
	int year; /* of the context */
	struct str first, last;
	enum precision precision;
	struct str words;
};

static void dates_are_read_as_exactly_as_written(void **state) {
	(void)state;
	static const struct good cases[] = {
		{S_("2022-06-24"), 0, S_("2022-06-24"), S_("2022-06-24"), PRECISION_DAY, S_("")},
		{S_("2022/6/24"), 0, S_("2022-06-24"), S_("2022-06-24"), PRECISION_DAY, S_("")},
		{S_("2022.6.24"), 0, S_("2022-06-24"), S_("2022-06-24"), PRECISION_DAY, S_("")},
		{S_("20220624"), 0, S_("2022-06-24"), S_("2022-06-24"), PRECISION_DAY, S_("")},
		{S_("2024年3月15日"), 0, S_("2024-03-15"), S_("2024-03-15"), PRECISION_DAY, S_("")},
		{S_("2024年3月15号"), 0, S_("2024-03-15"), S_("2024-03-15"), PRECISION_DAY, S_("")},
		{S_("２０２４年３月１５日"), 0, S_("2024-03-15"), S_("2024-03-15"), PRECISION_DAY, S_("")},
		{S_("2024 年 3 月 15 日"), 0, S_("2024-03-15"), S_("2024-03-15"), PRECISION_DAY, S_("")},
		{S_("二〇二四年三月十五日"), 0, S_("2024-03-15"), S_("2024-03-15"), PRECISION_DAY, S_("")},
		{S_("二零二四年十二月三十一日"), 0, S_("2024-12-31"), S_("2024-12-31"), PRECISION_DAY, S_("")},
		{S_("24.3.15"), 0, S_("2024-03-15"), S_("2024-03-15"), PRECISION_DAY, S_("")},
		{S_("3/15/2024"), 0, S_("2024-03-15"), S_("2024-03-15"), PRECISION_DAY, S_("")},
		{S_("2024-03-15 09:42:00"), 0, S_("2024-03-15"), S_("2024-03-15"), PRECISION_DAY, S_("")},
		{S_("2024-03-15T09:42:00Z"), 0, S_("2024-03-15"), S_("2024-03-15"), PRECISION_DAY, S_("")},
		{S_("2024/3/15 9:42"), 0, S_("2024-03-15"), S_("2024-03-15"), PRECISION_DAY, S_("")},
		{S_("2024-02-29"), 0, S_("2024-02-29"), S_("2024-02-29"), PRECISION_DAY, S_("")},
		{S_("240315"), 0, S_("2024-03-15"), S_("2024-03-15"), PRECISION_DAY, S_("")},
		{S_("2024年3月"), 0, S_("2024-03-01"), S_("2024-03-31"), PRECISION_MONTH, S_("")},
		{S_("2024年3月份"), 0, S_("2024-03-01"), S_("2024-03-31"), PRECISION_MONTH, S_("")},
		{S_("2024.06"), 0, S_("2024-06-01"), S_("2024-06-30"), PRECISION_MONTH, S_("")},
		{S_("2024-06"), 0, S_("2024-06-01"), S_("2024-06-30"), PRECISION_MONTH, S_("")},
		{S_("202406"), 0, S_("2024-06-01"), S_("2024-06-30"), PRECISION_MONTH, S_("")},
		{S_("24年6月"), 0, S_("2024-06-01"), S_("2024-06-30"), PRECISION_MONTH, S_("")},
		{S_("24.6"), 0, S_("2024-06-01"), S_("2024-06-30"), PRECISION_MONTH, S_("")},
		{S_("二〇二四年三月"), 0, S_("2024-03-01"), S_("2024-03-31"), PRECISION_MONTH, S_("")},
		{S_("2024年3月开工建设"), 0, S_("2024-03-01"), S_("2024-03-31"), PRECISION_MONTH, S_("开工建设")},
		{S_("预计2024年3月前"), 0, S_("2024-03-01"), S_("2024-03-31"), PRECISION_MONTH, S_("前")},
		{S_("2024年"), 0, S_("2024-01-01"), S_("2024-12-31"), PRECISION_YEAR, S_("")},
		{S_("2024年度"), 0, S_("2024-01-01"), S_("2024-12-31"), PRECISION_YEAR, S_("")},
		{S_("2024"), 0, S_("2024-01-01"), S_("2024-12-31"), PRECISION_YEAR, S_("")},
		{S_("2024年1-4月"), 0, S_("2024-01-01"), S_("2024-04-30"), PRECISION_RANGE, S_("")},
		{S_("2020年1—8月"), 0, S_("2020-01-01"), S_("2020-08-31"), PRECISION_RANGE, S_("")},
		{S_("2022年一季度"), 0, S_("2022-01-01"), S_("2022-03-31"), PRECISION_RANGE, S_("")},
		{S_("2020年第三季度"), 0, S_("2020-07-01"), S_("2020-09-30"), PRECISION_RANGE, S_("")},
		{S_("2020年上半年"), 0, S_("2020-01-01"), S_("2020-06-30"), PRECISION_RANGE, S_("")},
		{S_("2023年底"), 0, S_("2023-12-01"), S_("2023-12-31"), PRECISION_RANGE, S_("")},
		{S_("2023年末"), 0, S_("2023-12-01"), S_("2023-12-31"), PRECISION_RANGE, S_("")},
		{S_("2023年年底前"), 0, S_("2023-12-01"), S_("2023-12-31"), PRECISION_RANGE, S_("前")},
		{S_("2024年3月上旬"), 0, S_("2024-03-01"), S_("2024-03-10"), PRECISION_RANGE, S_("")},
		{S_("2024年2月下旬"), 0, S_("2024-02-21"), S_("2024-02-29"), PRECISION_RANGE, S_("")},
		{S_("2024年3月底"), 0, S_("2024-03-21"), S_("2024-03-31"), PRECISION_RANGE, S_("")},
		{S_("2022-2024年"), 0, S_("2022-01-01"), S_("2024-12-31"), PRECISION_RANGE, S_("")},
		{S_("2022年3月-2024年12月"), 0, S_("2022-03-01"), S_("2024-12-31"), PRECISION_RANGE, S_("")},
		{S_("2020.3-2021.6"), 0, S_("2020-03-01"), S_("2021-06-30"), PRECISION_RANGE, S_("")},
		{S_("2023年10月至2025年10月"), 0, S_("2023-10-01"), S_("2025-10-31"), PRECISION_RANGE, S_("")},
		{S_("2024年3月至5月"), 0, S_("2024-03-01"), S_("2024-05-31"), PRECISION_RANGE, S_("")},
		{S_("2024年3月15-20日"), 0, S_("2024-03-15"), S_("2024-03-20"), PRECISION_RANGE, S_("")},
		/* the year of the context */
		{S_("3月15日"), 2024, S_("2024-03-15"), S_("2024-03-15"), PRECISION_DAY, S_("")},
		{S_("10月投产"), 2023, S_("2023-10-01"), S_("2023-10-31"), PRECISION_MONTH, S_("投产")},
		{S_("3.15"), 2024, S_("2024-03-15"), S_("2024-03-15"), PRECISION_DAY, S_("")},
		{S_("一季度"), 2024, S_("2024-01-01"), S_("2024-03-31"), PRECISION_RANGE, S_("")},
		{S_("2月"), 2023, S_("2023-02-01"), S_("2023-02-28"), PRECISION_MONTH, S_("")},
		{S_("明年3月"), 2023, S_("2024-03-01"), S_("2024-03-31"), PRECISION_MONTH, S_("")},
		{S_("年底"), 2024, S_("2024-12-01"), S_("2024-12-31"), PRECISION_RANGE, S_("")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct when w = when_parse(&a, cases[i].text, (struct when_context){.year = cases[i].year});
		if (w.state != WHEN_GOOD) fail_saying("%.*s: state %d %.*s", SHOW(cases[i].text), (int)w.state, SHOW(w.rule));
		assert_str(str_of_day(&a, w.day), cases[i].first);
		assert_str(str_of_day(&a, w.last), cases[i].last);
		if (w.precision != cases[i].precision) fail_saying("%.*s: precision %d", SHOW(cases[i].text), (int)w.precision);
		assert_str(w.words, cases[i].words);
		assert_int_equal(w.is_year_taken, cases[i].year != 0);
		arena_release(&a);
	}
}

static void what_is_no_date_says_why(void **state) {
	(void)state;
	static const struct { struct str text; enum when_state state; struct str rule; } cases[] = {
		{S_("2024-13-01"), WHEN_BAD, S_("when_month")},     {S_("2024年13月"), WHEN_BAD, S_("when_month")},
		{S_("2024年0月"), WHEN_BAD, S_("when_month")},      {S_("2023-02-29"), WHEN_BAD, S_("when_day")},
		{S_("2月30日"), WHEN_BAD, S_("when_day")},          {S_("20240231"), WHEN_BAD, S_("when_day")},
		{S_("1024-03-01"), WHEN_BAD, S_("when_year")},      {S_("2204年3月"), WHEN_BAD, S_("when_year")},
		{S_("2024年5月-2024年3月"), WHEN_BAD, S_("when_order")}, {S_("2024年5-3月"), WHEN_BAD, S_("when_order")},
		{S_("3月15日"), WHEN_NEEDS_YEAR, S_("when_needs_year")}, {S_("12月26日"), WHEN_NEEDS_YEAR, S_("when_needs_year")},
		{S_("10月投产"), WHEN_NEEDS_YEAR, S_("when_needs_year")}, {S_("明年3月"), WHEN_NEEDS_YEAR, S_("when_needs_year")},
		{S_("12.3"), WHEN_DOUBTFUL, S_("when_two_ways")},   {S_("3/4/2024"), WHEN_DOUBTFUL, S_("when_two_ways")},
		{S_("2024年3月签约，2024年6月开工"), WHEN_DOUBTFUL, S_("when_two")},
		{S_("已开工"), WHEN_TEXT, S_("when_words")},        {S_("是"), WHEN_TEXT, S_("when_words")},
		{S_("45366"), WHEN_TEXT, S_("when_words")},         {S_("-"), WHEN_MISSING, S_("")},
		{S_("待定"), WHEN_MISSING, S_("")},                 {S_(""), WHEN_MISSING, S_("")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct when w = when_parse(&a, cases[i].text, (struct when_context){0});
		if (w.state != cases[i].state || !str_eq(w.rule, cases[i].rule))
			fail_saying("%.*s: state %d rule %.*s", SHOW(cases[i].text), (int)w.state, SHOW(w.rule));
		bool has_sentence = when_sentence(&a, w.rule, w.args, LANG_ZH).n > 0 && when_sentence(&a, w.rule, w.args, LANG_EN).n > 0;
		assert_int_equal(has_sentence, w.rule.n > 0);
		assert_int_equal(w.day, DAY_NONE);
		arena_release(&a);
	}
}

static void sentences_name_the_fault(void **state) {
	(void)state;
	struct arena a = {0};
	struct when w = when_parse(&a, S("2024-13-01"), (struct when_context){0});
	assert_str(when_sentence(&a, w.rule, w.args, LANG_ZH), S("没有 13 月。请改为 2026-12-03 这样的日期"));
	w = when_parse(&a, S("2024年2月30日"), (struct when_context){0});
	assert_str(when_sentence(&a, w.rule, w.args, LANG_ZH), S("2024-02 没有 30 日。请改为 2026-12-03 这样的日期"));
	arena_release(&a);
}

static void a_leap_day_waits_for_its_year(void **state) {
	(void)state;
	struct arena a = {0};
	assert_int_equal(when_parse(&a, S("2月29日"), (struct when_context){.year = 2024}).state, WHEN_GOOD);
	assert_int_equal(when_parse(&a, S("2月29日"), (struct when_context){.year = 2023}).state, WHEN_BAD);
	arena_release(&a);
}

static void serials_and_numbers(void **state) {
	(void)state;
	struct arena a = {0};
	struct when_context date_column = {.may_be_serial = true};
	assert_str(str_of_day(&a, when_parse(&a, S("45366"), date_column).day), S("2024-03-15"));
	assert_str(str_of_day(&a, when_parse(&a, S("45366.5"), date_column).day), S("2024-03-15"));
	struct when w = when_parse(&a, S("2024.1"), (struct when_context){.is_number = true});
	assert_int_equal(w.state, WHEN_DOUBTFUL);
	assert_str(w.rule, S("when_tenth"));
	assert_str(str_of_day(&a, when_parse(&a, S("2024.1"), (struct when_context){0}).day), S("2024-01-01"));
	arena_release(&a);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_read_as_exactly_as_written),
		cmocka_unit_test(what_is_no_date_says_why),
		cmocka_unit_test(sentences_name_the_fault),
		cmocka_unit_test(a_leap_day_waits_for_its_year),
		cmocka_unit_test(serials_and_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
