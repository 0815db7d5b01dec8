/* sheet_rules_test.c - numbers, date formats, serials, references and escapes as tables. */
#include "unit.h"

#include "base/day.h"
#include "sheet/escape.h"
#include "sheet/merge.h"
#include "sheet/number.h"
#include "sheet/numfmt.h"
#include "sheet/ref.h"

#include <string.h>

static void numbers_are_the_shortest_that_read_back(void **state) {
	(void)state;
	static const struct { struct str raw, want; } cases[] = {
		{S_("0"), S_("0")}, {S_("-0"), S_("0")}, {S_("1.0"), S_("1")}, {S_("1.50"), S_("1.5")},
		{S_("198000"), S_("198000")}, {S_("-12.5"), S_("-12.5")}, {S_("007"), S_("7")},
		{S_("0.10000000000000001"), S_("0.1")}, {S_("1.1000000000000001"), S_("1.1")},
		{S_("0.30000000000000004"), S_("0.30000000000000004")}, {S_("1E+2"), S_("100")},
		{S_("1.5e-3"), S_("0.0015")}, {S_("123456789012345678"), S_("123456789012345680")},
		{S_("1e20"), S_("100000000000000000000")}, {S_("1e21"), S_("1E+21")},
		{S_("1.5E+300"), S_("1.5E+300")}, {S_("1e-10"), S_("0.0000000001")}, {S_("2.5e-30"), S_("2.5E-30")},
		{S_(" 42 "), S_("42")}, {S_("9007199254740993"), S_("9007199254740992")}, {S_(".5"), S_("0.5")},
		{S_("-1e-7"), S_("-0.0000001")}, {S_("44927.5"), S_("44927.5")}, {S_("5e-324"), S_("5E-324")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct buf b = {.arena = &a};
		struct str text;
		assert_true(number_text(cases[i].raw, &b, &text));
		assert_str(text, cases[i].want);
		arena_release(&a);
	}
}

static void what_is_no_number(void **state) {
	(void)state;
	static const struct str bad[] = {S_(""), S_("abc"), S_("1,000"), S_("NaN"), S_("Infinity"), S_("0x10"),
	                                 S_("1e999"), S_("--1"), S_("1.2.3"), S_("１２")};
	struct arena a = {0};
	struct buf b = {.arena = &a};
	struct str text;
	for (size_t i = 0; i < LEN(bad); i++) assert_false(number_text(bad[i], &b, &text));
	arena_release(&a);
}

static void formats_that_show_dates(void **state) {
	(void)state;
	static const struct { struct str code; enum fmt_kind want; } cases[] = {
		{S_("General"), FMT_NUMBER}, {S_(""), FMT_NUMBER}, {S_("0.00"), FMT_NUMBER},
		{S_("0.00E+00"), FMT_NUMBER}, {S_("##0.0E+0"), FMT_NUMBER}, {S_("\"元\"0.00"), FMT_NUMBER},
		{S_("0.00\"days\""), FMT_NUMBER}, {S_("#,##0.00_);[Red]\\(#,##0.00\\)"), FMT_NUMBER},
		{S_("G/通用格式"), FMT_NUMBER}, {S_("G/通用格式\"元\""), FMT_NUMBER}, {S_("General\"年\""), FMT_NUMBER},
		{S_("[$¥-804]#,##0.00"), FMT_NUMBER}, {S_("[DBNum2][$-804]General"), FMT_NUMBER},
		{S_("_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ "), FMT_NUMBER}, {S_("@"), FMT_NUMBER},
		{S_("# ?/?"), FMT_NUMBER}, {S_("0%"), FMT_NUMBER}, {S_("0\\d"), FMT_NUMBER}, {S_("0\"h\""), FMT_NUMBER},
		{S_("0.0 \"mm\""), FMT_NUMBER}, {S_("[Magenta]0"), FMT_NUMBER}, {S_("\\y0"), FMT_NUMBER},
		{S_("yyyy-mm-dd"), FMT_DATE}, {S_("YYYY/M/D"), FMT_DATE}, {S_("m/d"), FMT_DATE}, {S_("mmm-yy"), FMT_DATE},
		{S_("yyyy\"年\"m\"月\"d\"日\""), FMT_DATE}, {S_("yyyy\"年\"m\"月\""), FMT_DATE},
		{S_("[$-804]yyyy\"年\"m\"月\"d\"日\";@"), FMT_DATE}, {S_("[$-F800]dddd, mmmm dd, yyyy"), FMT_DATE},
		{S_("[Red]yyyy-mm-dd"), FMT_DATE}, {S_("yyyy\\-mm\\-dd"), FMT_DATE}, {S_("[DBNum1]yyyy年m月d日"), FMT_DATE},
		{S_("yyyy年m月"), FMT_DATE}, {S_("m月"), FMT_DATE}, {S_("e年"), FMT_DATE}, {S_("aaaa"), FMT_DATE},
		{S_("[>0]yyyy-mm-dd;0"), FMT_DATE}, {S_("d-mmm h:mm"), FMT_DATE}, {S_("yyyy-mm-dd hh:mm:ss.000"), FMT_DATE},
		{S_("h:mm"), FMT_TIME}, {S_("h:mm AM/PM"), FMT_TIME}, {S_("mm:ss"), FMT_TIME}, {S_("mm:ss.0"), FMT_TIME},
		{S_("上午/下午h\"时\"mm\"分\""), FMT_TIME}, {S_("[$-F400]h:mm:ss AM/PM"), FMT_TIME}, {S_("h\"时\""), FMT_TIME},
		{S_("[h]:mm"), FMT_SPAN}, {S_("[hh]:mm:ss"), FMT_SPAN}, {S_("[mm]:ss"), FMT_SPAN}, {S_("[ss]"), FMT_SPAN},
		{S_("\"unclosed"), FMT_NUMBER}, {S_("[unclosed"), FMT_NUMBER}, {S_("\\"), FMT_NUMBER},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct numfmt f = numfmt_parse(cases[i].code);
		if (numfmt_kind(&f, 45000) != cases[i].want) print_error("%s\n", cases[i].code.p);
		assert_int_equal(numfmt_kind(&f, 45000), cases[i].want);
		assert_int_equal(f.is_plain, cases[i].want == FMT_NUMBER);
	}
}

static void sections_are_chosen_by_value(void **state) {
	(void)state;
	static const struct { struct str code; double v; enum fmt_kind want; } cases[] = {
		{S_("[=0]\"\";yyyy-mm-dd"), 0, FMT_NUMBER}, {S_("[=0]\"\";yyyy-mm-dd"), 45000, FMT_DATE},
		{S_("0;yyyy-mm-dd"), -1, FMT_DATE}, {S_("0;yyyy-mm-dd"), 1, FMT_NUMBER},
		{S_("yyyy-mm-dd;;0"), 0, FMT_NUMBER}, {S_("yyyy-mm-dd;0"), 0, FMT_DATE},
		{S_("[<1]h:mm;[<100]0;yyyy-mm-dd"), 0.5, FMT_TIME}, {S_("[<1]h:mm;[<100]0;yyyy-mm-dd"), 50, FMT_NUMBER},
		{S_("[<1]h:mm;[<100]0;yyyy-mm-dd"), 45000, FMT_DATE}, {S_("[>=45000]yyyy;General"), 44999, FMT_NUMBER},
		{S_("[<>5]yyyy;0"), 5, FMT_NUMBER}, {S_("[<=5]yyyy;0"), 5, FMT_DATE},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct numfmt f = numfmt_parse(cases[i].code);
		assert_int_equal(numfmt_kind(&f, cases[i].v), cases[i].want);
	}
}

static void built_in_formats(void **state) {
	(void)state;
	static const struct { int from, to; enum fmt_kind want; } cases[] = {
		{0, 13, FMT_NUMBER}, {14, 17, FMT_DATE}, {18, 21, FMT_TIME}, {22, 22, FMT_DATE}, {23, 26, FMT_NUMBER},
		{27, 31, FMT_DATE}, {32, 35, FMT_TIME}, {36, 36, FMT_DATE}, {37, 44, FMT_NUMBER}, {45, 45, FMT_TIME},
		{46, 46, FMT_SPAN}, {47, 47, FMT_TIME}, {48, 49, FMT_NUMBER}, {50, 54, FMT_DATE}, {55, 56, FMT_TIME},
		{57, 58, FMT_DATE}, {59, 163, FMT_NUMBER},
	};
	for (size_t i = 0; i < LEN(cases); i++)
		for (int id = cases[i].from; id <= cases[i].to; id++) {
			struct numfmt f = numfmt_builtin(id);
			assert_int_equal(numfmt_kind(&f, 45000), cases[i].want);
		}
}

static void serials_are_days_of_the_books_epoch(void **state) {
	(void)state;
	static const struct { double serial; enum fmt_kind kind; bool is_1904; struct str want; } cases[] = {
		{1, FMT_DATE, false, S_("1900-01-01")}, {59, FMT_DATE, false, S_("1900-02-28")},
		{60, FMT_DATE, false, S_("1900-02-29")}, {61, FMT_DATE, false, S_("1900-03-01")},
		{45392, FMT_DATE, false, S_("2024-04-10")}, {45392.5, FMT_DATE, false, S_("2024-04-10 12:00:00")},
		{45392.999999, FMT_DATE, false, S_("2024-04-11")}, {45392.0000001, FMT_DATE, false, S_("2024-04-10")},
		{45392.99998, FMT_DATE, false, S_("2024-04-10 23:59:58")}, {2958465, FMT_DATE, false, S_("9999-12-31")},
		{0.5, FMT_TIME, false, S_("12:00:00")}, {0.5, FMT_DATE, false, S_("12:00:00")}, {0, FMT_DATE, false, S_("00:00:00")},
		{45392.25, FMT_TIME, false, S_("2024-04-10 06:00:00")}, {1.25, FMT_SPAN, false, S_("30:00:00")},
		{0, FMT_DATE, true, S_("1904-01-01")}, {43930, FMT_DATE, true, S_("2024-04-10")}, {0.25, FMT_TIME, true, S_("06:00:00")},
		{0.1, FMT_TIME, false, S_("02:24:00")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct buf b = {.arena = &a};
		struct cell c = {0};
		assert_true(serial_cell(cases[i].serial, cases[i].kind, cases[i].is_1904, &b, &c));
		assert_str(c.text, cases[i].want);
		assert_int_equal(c.kind, cases[i].want.p[2] == ':' ? CELL_TIME : CELL_DATE);
		arena_release(&a);
	}
}

static void serials_have_their_day(void **state) {
	(void)state;
	struct arena a = {0};
	struct buf b = {.arena = &a};
	struct cell c = {0};
	for (int32_t day = day_of(1900, 3, 1); day <= DAY_MAX; day++) {
		int32_t serial = day - day_of(1899, 12, 30);
		b.n = 0;
		assert_true(serial_cell(serial, FMT_DATE, false, &b, &c));
		assert_int_equal(c.day, day);
		assert_str(c.text, str_of_day(&a, day));
	}
	arena_release(&a);
}

static void serials_that_are_no_dates(void **state) {
	(void)state;
	struct arena a = {0};
	struct buf b = {.arena = &a};
	struct cell c = {0};
	assert_false(serial_cell(-1, FMT_DATE, false, &b, &c));
	assert_false(serial_cell(2958466, FMT_DATE, false, &b, &c));
	assert_false(serial_cell(2958465.9999999, FMT_DATE, false, &b, &c));
	assert_false(serial_cell(2957004, FMT_DATE, true, &b, &c));
	assert_false(serial_cell(1e300, FMT_SPAN, false, &b, &c));
	arena_release(&a);
}

static void iso_dates_of_cells(void **state) {
	(void)state;
	static const struct { struct str in, want; } cases[] = {
		{S_("2024-04-10"), S_("2024-04-10")}, {S_("2024-04-10T00:00:00"), S_("2024-04-10")},
		{S_("2024-04-10T09:30:00.000Z"), S_("2024-04-10 09:30:00")}, {S_("09:30:15.7"), S_("09:30:16")},
		{S_("T09:30:00"), S_("09:30:00")}, {S_("2024-02-30"), S_("")}, {S_("2024-04-10X"), S_("")},
		{S_("2024-04-10T25:00:00"), S_("")}, {S_("2024"), S_("")}, {S_(""), S_("")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct buf b = {.arena = &a};
		struct cell c = {0};
		assert_int_equal(iso_cell(cases[i].in, &b, &c), cases[i].want.n > 0);
		assert_str(c.text, cases[i].want);
		arena_release(&a);
	}
}

static void references_lie_in_the_grid(void **state) {
	(void)state;
	static const struct { struct str in; int32_t row, col; } good[] = {
		{S_("A1"), 0, 0}, {S_("Z9"), 8, 25}, {S_("AA10"), 9, 26}, {S_("b7"), 6, 1}, {S_("XFD1048576"), 1048575, 16383},
	};
	static const struct str bad[] = {S_(""), S_("A"), S_("1"), S_("A0"), S_("XFE1"), S_("A1048577"), S_("AAAA1"),
	                                 S_("A99999999999999999999"), S_("A1B"), S_("A-1"), S_("$A$1"), S_("A1 ")};
	int32_t row, col;
	for (size_t i = 0; i < LEN(good); i++) {
		assert_true(ref_parse(good[i].in, &row, &col));
		assert_int_equal(row, good[i].row);
		assert_int_equal(col, good[i].col);
	}
	for (size_t i = 0; i < LEN(bad); i++) assert_false(ref_parse(bad[i], &row, &col));
}

static void references_round_trip(void **state) {
	(void)state;
	struct arena a = {0};
	struct buf b = {.arena = &a};
	for (int32_t col = 0; col < REF_COLS; col++) {
		int32_t r, c;
		b.n = 0;
		buf_ref(&b, col * 3, col);
		assert_true(ref_parse(buf_str(&b), &r, &c));
		assert_true(r == col * 3 && c == col);
	}
	arena_release(&a);
}

static void escapes_are_decoded_once(void **state) {
	(void)state;
	static const struct { struct str in, want; } cases[] = {
		{S_("a_x000D_b"), S_("a\rb")}, {S_("_x005F_x000D_"), S_("_x000D_")}, {S_("_x4E2D_"), S_("中")},
		{S_("_xD83D__xDE00_"), S_("\xF0\x9F\x98\x80")}, {S_("_xD83D_"), S_("\xEF\xBF\xBD")}, {S_("_xDE00_!"), S_("\xEF\xBF\xBD!")},
		{S_("_x0000_"), S_("_x0000_")}, {S_("_x12_"), S_("_x12_")}, {S_("_xZZZZ_"), S_("_xZZZZ_")}, {S_("_x000"), S_("_x000")},
		{S_("__x0041_"), S_("_A")}, {S_("_x0041__x0042_"), S_("AB")}, {S_("_X0041_"), S_("_X0041_")}, {S_(""), S_("")},
		{S_("_x0041_x0042_"), S_("Ax0042_")}, {S_("项目_x000a_名"), S_("项目\n名")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		char room[64];
		memcpy(room, cases[i].in.p, cases[i].in.n);
		size_t n = unescape(room, cases[i].in.n);
		assert_str(((struct str){room, n}), cases[i].want);
	}
}

static void merges_are_found_row_by_row(void **state) {
	(void)state;
	static const struct { const char *why; int32_t row, col; int top, left; } cases[] = {
		{"first cell", 0, 0, 0, 0}, {"to the right", 0, 3, 0, 0}, {"behind it", 0, 4, -1, -1},
		{"column", 3, 1, 2, 1}, {"last of the column", 9, 1, 2, 1}, {"below", 10, 1, -1, -1},
		{"overlap keeps the upper left", 5, 1, 2, 1}, {"rest of the overlapping one", 5, 2, 5, 1},
	};
	struct arena a = {0};
	struct merges m = {0};
	assert_true(merges_add(&a, &m, (struct ref_range){5, 1, 5, 2}));
	assert_true(merges_add(&a, &m, (struct ref_range){2, 1, 9, 1}));
	assert_true(merges_add(&a, &m, (struct ref_range){0, 0, 0, 3}));
	assert_true(merges_add(&a, &m, (struct ref_range){7, 7, 7, 7}));
	assert_int_equal(m.n, 3); /* one cell is no merge */
	merges_sort(&m);
	for (size_t i = 0; i < LEN(cases); i++) {
		struct merge_sweep s;
		sweep_init(&a, &s, &m, 6);
		sweep_to(&s, cases[i].row);
		const struct ref_range *r = sweep_at(&s, cases[i].row, cases[i].col);
		assert_int_equal(r ? r->top : -1, cases[i].top);
		assert_int_equal(r ? r->left : -1, cases[i].left);
	}
	arena_release(&a);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_the_shortest_that_read_back),
		cmocka_unit_test(what_is_no_number),
		cmocka_unit_test(formats_that_show_dates),
		cmocka_unit_test(sections_are_chosen_by_value),
		cmocka_unit_test(built_in_formats),
		cmocka_unit_test(serials_are_days_of_the_books_epoch),
		cmocka_unit_test(serials_have_their_day),
		cmocka_unit_test(serials_that_are_no_dates),
		cmocka_unit_test(iso_dates_of_cells),
		cmocka_unit_test(references_lie_in_the_grid),
		cmocka_unit_test(references_round_trip),
		cmocka_unit_test(escapes_are_decoded_once),
		cmocka_unit_test(merges_are_found_row_by_row),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
