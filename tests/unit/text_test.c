/* text_test.c - keys that make equal what means the same, and how alike two names are. */
#include "unit.h"

#include "base/buf.h"
#include "domain/text.h"

static void widths_and_marks_fold(void **state) {
	(void)state;
	static const struct { struct str in, want; } cases[] = {
		{S_("ＡＢＣ１２３（）"), S_("ABC123()")}, {S_("㎡"), S_("m2")}, {S_("①"), S_("1")}, {S_("潍坊"), S_("潍坊")},
		{S_("e\xCC\x81"), S_("é")}, {S_("\xFF潍"), S_("\xEF\xBF\xBD潍")}, {S_(""), S_("")}, {S_("㈱"), S_("(株)")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		assert_str(text_nfkc(&a, cases[i].in), cases[i].want);
		arena_release(&a);
	}
}

/* Signs that are folded without ICU are folded as ICU does: beside a ① it is always asked. */
static void every_character_folds_alike_beside_another(void **state) {
	(void)state;
	struct arena a = {0};
	for (int32_t cp = 1; cp <= 0xFFFF; cp++) {
		if (cp >= 0xD800 && cp <= 0xDFFF) continue;
		struct buf alone = {.arena = &a}, beside = {.arena = &a};
		buf_cp(&alone, cp);
		buf_cp(&beside, cp);
		buf_c(&beside, "①");
		struct str want = text_nfkc(&a, buf_str(&beside)), got = str_cat(&a, text_nfkc(&a, buf_str(&alone)), S("1"));
		if (!str_eq(got, want)) assert_never("U+%04X: %.*s, %.*s", (unsigned)cp, SHOW(got), SHOW(want));
		arena_reset(&a);
	}
	arena_release(&a);
}

static void traditional_becomes_simplified(void **state) {
	(void)state;
	struct arena a = {0};
	assert_str(text_simplified(&a, S("項目匯總、續建、總投資額、縣（市、區）")), S("项目汇总、续建、总投资额、县（市、区）"));
	assert_str(text_simplified(&a, S("潍坊 abc 😀")), S("潍坊 abc 😀"));
	arena_release(&a);
}

static void keys(void **state) {
	(void)state;
	static const struct { struct str in, heading, word, name; } cases[] = {
		{S_("項 目 名 称（全称）"), S_("项目名称"), S_("项目名称全称"), S_("项目名称全称")},
		{S_("乙方(投资方)"), S_("乙方"), S_("乙方投资方"), S_("乙方投资方")},
		{S_("总投资\n（亿元）"), S_("总投资"), S_("总投资亿元"), S_("总投资亿元")},
		{S_("*联系人："), S_("联系人"), S_("联系人"), S_("联系人")},
		{S_("未闭合（括号"), S_("未闭合括号"), S_("未闭合括号"), S_("未闭合括号")},
		{S_("山东甲乙化工有限责任公司"), S_("山东甲乙化工有限责任公司"), S_("山东甲乙化工有限责任公司"), S_("山东甲乙化工")},
		{S_("甲乙新材料（山东）股份有限公司"), S_("甲乙新材料股份有限公司"), S_("甲乙新材料山东股份有限公司"), S_("甲乙新材料山东")},
		{S_("甲乙集团公司"), S_("甲乙集团公司"), S_("甲乙集团公司"), S_("甲乙")},
		{S_("集团有限公司"), S_("集团有限公司"), S_("集团有限公司"), S_("集团有限公司")},
		{S_("ABC Tech Co.,Ltd"), S_("abctechcoltd"), S_("abctechcoltd"), S_("abctechcoltd")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		assert_str(heading_key(&a, cases[i].in), cases[i].heading);
		assert_str(word_key(&a, cases[i].in), cases[i].word);
		assert_str(name_key(&a, cases[i].in), cases[i].name);
		arena_release(&a);
	}
}

static void phases_are_two_projects(void **state) {
	(void)state;
	struct arena a = {0};
	assert_false(str_eq(name_key(&a, S("甲产业园（一期）")), name_key(&a, S("甲产业园（二期）"))));
	assert_true(str_eq(name_key(&a, S("甲產業園(一期)")), name_key(&a, S("甲产业园 （一期）"))));
	arena_release(&a);
}

/* Published values of Jaro-Winkler; the others counted by hand. */
static void similarity(void **state) {
	(void)state;
	static const struct { struct str x, y; int32_t want; } cases[] = {
		{S_("MARTHA"), S_("MARHTA"), 961}, {S_("DIXON"), S_("DICKSONX"), 813}, {S_("DWAYNE"), S_("DUANE"), 840},
		{S_("同一个"), S_("同一个"), 1000}, {S_("甲乙丙"), S_("丁戊己"), 0}, {S_(""), S_("甲"), 0}, {S_("甲"), S_(""), 0},
		{S_("甲乙丙丁戊"), S_("乙甲丙丁戊"), 933}, /* jaro (1 + 1 + 4/5) / 3 */
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		int32_t got = text_similar_permille(&a, cases[i].x, cases[i].y);
		if (got != cases[i].want) fail_saying("%.*s %.*s: %d", SHOW(cases[i].x), SHOW(cases[i].y), (int)got);
		assert_int_equal(text_similar_permille(&a, cases[i].y, cases[i].x), cases[i].want);
		arena_release(&a);
	}
}

/* Where no character stands within Jaro's window, the edit distance still sees the likeness. */
static void the_larger_measure_wins(void **state) {
	(void)state;
	struct arena a = {0};
	assert_int_equal(text_similar_permille(&a, S("ab"), S("xab")), 666);
	assert_true(text_similar_permille(&a, S("山东甲乙丙新材料产业园"), S("山东甲乙丙新材料产业园项目")) >= 900);
	assert_true(text_similar_permille(&a, S("山东甲乙丙新材料产业园"), S("江苏丁戊己精密机械工厂")) < 600);
	arena_release(&a);
}

static void blanks_of_every_kind_go(void **state) {
	(void)state;
	struct arena a = {0};
	assert_str(text_bare(&a, S(" 甲\xE3\x80\x80\xE2\x80\x8B乙\xEF\xBB\xBF\t丙\xC2\xA0")), S("甲乙丙"));
	arena_release(&a);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(widths_and_marks_fold),
		cmocka_unit_test(every_character_folds_alike_beside_another),
		cmocka_unit_test(traditional_becomes_simplified),
		cmocka_unit_test(keys),
		cmocka_unit_test(phases_are_two_projects),
		cmocka_unit_test(similarity),
		cmocka_unit_test(the_larger_measure_wins),
		cmocka_unit_test(blanks_of_every_kind_go),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
