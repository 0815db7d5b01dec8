/* search_text_test.c - folding, readings, grams and the second look, without a database. */
#include "unit.h"

#include "domain/pinyin.h"
#include "domain/search_text.h"

static void folding(void **state) {
	(void)state;
	static const struct { struct str in, want; } cases[] = {
		{S_("ＡＢＣ１２３（一期）"), S_("abc123一期")}, {S_("濰坊 新能源"), S_("潍坊新能源")}, {S_("C+%_#&"), S_("c")},
		{S_("%_'\"*()"), S_("")}, {S_("。，、！？「」"), S_("")}, {S_("😀"), S_("😀")}, {S_("\xFF\xFE功\x01能"), S_("功能")}, {S_(""), S_("")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		assert_str(search_fold(&a, cases[i].in), cases[i].want);
		arena_release(&a);
	}
}

static void words_of_a_query(void **state) {
	(void)state;
	struct arena a = {0};
	struct words w;
	search_words(&a, S("　潍坊  weifang\t1234 %% 一 二 三 四 五"), &w);
	assert_int_equal(w.n, SEARCH_WORDS_MAX);
	assert_str(w.list[0].text, S("潍坊"));
	assert_true(w.list[1].has_letter && !w.list[1].is_number && w.has_letter);
	assert_true(w.list[2].is_number && !w.list[2].has_letter);
	assert_str(w.list[3].text, S("一"));
	search_words(&a, S(" %_ ; -- "), &w);
	assert_int_equal(w.n, 0);
	char *many = arena_alloc(&a, 30000);
	for (size_t i = 0; i < 30000; i++) many[i] = "招引"[i % 6];
	search_words(&a, (struct str){many, 30000}, &w);
	assert_int_equal(w.n, 1);
	assert_int_equal(w.list[0].n, SEARCH_WORD_CPS);
	assert_null(w.list[0].spelt);
	arena_release(&a);
}

static void pinyin_as_it_is_written(void **state) {
	(void)state;
	static const struct { struct str query, spelt; } cases[] = { /* spelt: what each word may be, joined: empty = as it stands */
		{S_("wéichái"), S_("weichai")}, {S_("WéiChái"), S_("weichai")}, {S_("we\xCC\x81ichai"), S_("weichai")}, {S_("ｗèi"), S_("wei")},
		{S_("lüse"), S_("lvse")}, {S_("lǜsè"), S_("lvse")}, {S_("LÜSÈ"), S_("lvse")}, {S_("lvse"), S_("")}, {S_("lüèyáng"), S_("lveyang")},
		{S_("júhuā"), S_("juhua")}, {S_("jǘ"), S_("ju")}, {S_("qüyüxü"), S_("quyuxu")}, {S_("nǚ"), S_("nv")}, {S_("ê"), S_("e")},
		{S_("ɡonɡchɑ̄nɡ"), S_("gongchang")}, {S_("wei4chai2"), S_("weichai")}, {S_("wei4"), S_("wei")}, {S_("wei⁴"), S_("wei")}, {S_("ma5"), S_("ma")},
		{S_("ma0"), S_("ma")}, {S_("lü4se4"), S_("lvse")}, {S_("lu:4"), S_("lu")}, {S_("xi1'an1"), S_("xian")}, {S_("xī’ān"), S_("xian")}, {S_("潍chái"), S_("潍chai")},
		{S_("weichai"), S_("")}, {S_("wei42"), S_("")}, {S_("wei6"), S_("")}, {S_("bcd4"), S_("")}, {S_("q345"), S_("")}, {S_("5g"), S_("")}, {S_("4wei"), S_("")},
		{S_("潍4"), S_("")}, {S_("2024"), S_("")}, {S_("がぎ"), S_("")}, {S_("한국"), S_("")}, {S_("潍柴"), S_("")}, {S_("😀\xCC\x81"), S_("")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct words w;
		search_words(&a, cases[i].query, &w);
		assert_int_equal(w.n, 1);
		struct str got = w.list[0].spelt ? w.list[0].spelt->text : S("");
		if (!str_eq(got, cases[i].spelt)) assert_never("%s is spelt %.*s", cases[i].query.p, SHOW(got));
		assert_true(!got.n || (w.has_letter && w.list[0].has_letter));
		arena_release(&a);
	}
}

static void words_joined(void **state) {
	(void)state;
	static const struct { struct str query, joined; } cases[] = {
		{S_("wei4 chai2"), S_("weichai")}, {S_("é luó sī"), S_("eluosi")}, {S_(" w  f - x "), S_("wfx")}, {S_("a b c d e f g h"), S_("abcdefgh")},
		{S_("weichai"), S_("")}, {S_("潍 chai"), S_("")}, {S_("wei 2024"), S_("")}, {S_(""), S_("")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct words w;
		search_words(&a, cases[i].query, &w);
		assert_str(w.joined ? w.joined->text : S(""), cases[i].joined);
		arena_release(&a);
	}
}

static bool is_read(int32_t cp, const char *as) {
	struct str r[PINYIN_READINGS_MAX];
	for (size_t n = pinyin_of(cp, r); n; n--)
		if (str_eq(r[n - 1], str_c(as))) return true;
	return false;
}

static void readings(void **state) {
	(void)state;
	static const struct { struct str c; const char *as; } cases[] = {
		{S_("重"), "chong"}, {S_("重"), "zhong"}, {S_("庆"), "qing"}, {S_("厦"), "xia"}, {S_("厦"), "sha"}, {S_("长"), "chang"},
		{S_("长"), "zhang"}, {S_("行"), "hang"}, {S_("行"), "xing"}, {S_("绿"), "lv"}, {S_("绿"), "lu"}, {S_("女"), "nv"},
		{S_("潍"), "wei"}, {S_("朐"), "qu"}, {S_("莒"), "ju"}, {S_("曾"), "zeng"}, {S_("a"), "a"}, {S_("5"), "5"},
	};
	struct str r[PINYIN_READINGS_MAX];
	for (size_t i = 0; i < LEN(cases); i++) {
		struct str c = cases[i].c;
		if (!is_read(str_next(&c), cases[i].as)) assert_never("%s is not read %s", cases[i].c.p, cases[i].as);
	}
	assert_int_equal(pinyin_of(0x1F600, r), 0);
	assert_int_equal(pinyin_of('A', r), 0); /* folded text has no capitals */
	assert_int_equal(pinyin_of('-', r), 0);
	assert_true(pinyin_is_syllable(S("zhuang")) && pinyin_is_syllable(S("lv")) && !pinyin_is_syllable(S("zh")) && !pinyin_is_syllable(S("")));
}

static struct str grams(struct arena *a, struct str text) {
	struct buf b = {.arena = a};
	grams_text(&b, 'p', 'n', text);
	return buf_str(&b);
}

static void grams_of_texts(void **state) {
	(void)state;
	struct arena a = {0};
	assert_str(grams(&a, S("潍坊市")), S("pn潍坊 pn坊市 pn市 "));
	assert_str(grams(&a, S("5g基")), S("pn5g基 png基 pn基 "));
	assert_str(grams(&a, S("甲\n乙丙")), S("pn甲 pn乙丙 pn丙 "));
	assert_str(grams(&a, S("")), S(""));
	struct buf b = {.arena = &a};
	grams_sound(&b, 'p', S("重庆"));
	assert_str(buf_str(&b), S("pyzhong1qing pychong1qing pjzq pjcq pyqing pjq "));
	arena_release(&a);
}

static void expressions(void **state) {
	(void)state;
	static const struct { struct str query, text; } cases[] = {
		{S_("潍"), S_("(pn潍*)")}, {S_("潍坊"), S_("(pn潍坊)")}, {S_("潍坊市"), S_("(pn潍坊 & pn坊市)")}, {S_("5g"), S_("(pn5g*)")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct buf b = {.arena = &a};
		struct words w;
		search_words(&a, cases[i].query, &w);
		assert_true(expr_text(&b, 'p', 'n', &w.list[0]));
		assert_str(buf_str(&b), cases[i].text);
		arena_release(&a);
	}
	struct arena a = {0};
	struct buf b = {.arena = &a};
	struct words w;
	search_words(&a, S("weif w 潍坊"), &w);
	assert_true(expr_pinyin(&b, 'p', &w.list[0]));
	assert_true(str_has(buf_str(&b), S("(pywei1f*) & pjwf*")));
	assert_false(expr_pinyin(&b, 'p', &w.list[1])); /* one letter says nothing */
	assert_false(expr_pinyin(&b, 'p', &w.list[2]));
	struct words spelt;
	search_words(&a, S("wéif é"), &spelt);
	b.n = 0;
	assert_true(expr_pinyin(&b, 'p', &spelt.list[0]));
	assert_true(str_has(buf_str(&b), S("(pywei1f*) & pjwf*")));
	b.n = 0;
	assert_false(expr_pinyin(&b, 'p', &spelt.list[1])); /* nor with a mark */
	assert_int_equal(b.n, 0);
	b.n = 0;
	assert_true(expr_near(&b, 'p', 'n', &w.list[2]));
	assert_str(buf_str(&b), S("((pn坊*) | (pn潍*))"));
	arena_release(&a);
}

/* how: exact, pinyin, initials, sound, near, or "" where none of them finds it. */
static struct str how_found(struct arena *a, struct str text, struct str query, struct span *at) {
	struct words w;
	enum how how;
	struct str folded = str_has(text, S("\n")) ? text : search_fold(a, text); /* two fields, folded already */
	search_words(a, query, &w);
	*at = (struct span){0, 0};
	if (!w.n) return S("");
	if (find_exact(folded, &w.list[0], at)) return S("exact");
	if (w.has_letter && find_pinyin(a, folded, &w.list[0], &how, at)) return how_code(how);
	if (find_sound(a, folded, &w.list[0], at)) return S("sound");
	return find_near(a, folded, &w.list[0], at) ? S("near") : S("");
}

static void the_second_look(void **state) {
	(void)state;
	static const struct { struct str text, query, how; size_t from, to; } cases[] = {
		{S_("山东潍坊新能源项目"), S_("潍坊"), S_("exact"), 2, 4}, {S_("山東濰坊"), S_("潍坊"), S_("exact"), 2, 4},
		{S_("ＡＢＣ科技"), S_("abc"), S_("exact"), 0, 3},
		{S_("山东潍坊新能源"), S_("weifang"), S_("pinyin"), 2, 4}, {S_("山东潍坊新能源"), S_("weifxny"), S_("pinyin"), 2, 7},
		{S_("山东潍坊新能源"), S_("wfxinneng"), S_("pinyin"), 2, 6}, {S_("山东潍坊新能源"), S_("weifan"), S_("pinyin"), 2, 4},
		{S_("山东潍坊新能源"), S_("潍fang"), S_("pinyin"), 2, 4}, {S_("山东潍坊新能源"), S_("wfxny"), S_("initials"), 2, 7},
		{S_("重庆长安"), S_("chongqing"), S_("pinyin"), 0, 2}, {S_("重庆长安"), S_("cqca"), S_("initials"), 0, 4}, {S_("重庆长安"), S_("chqch"), S_("initials"), 0, 3},
		{S_("重庆长安"), S_("zhongqing"), S_("pinyin"), 0, 2}, {S_("西安"), S_("xian"), S_("pinyin"), 0, 2}, {S_("绿色"), S_("lvse"), S_("pinyin"), 0, 2},
		{S_("山东潍坊"), S_("为方"), S_("sound"), 2, 4}, {S_("山东潍坊"), S_("微访"), S_("sound"), 2, 4},
		{S_("潍坊动力装备"), S_("潍坊动力壮备"), S_("sound"), 0, 6}, {S_("潍坊动力装备"), S_("潍坊功力装备"), S_("near"), 0, 6},
		{S_("潍坊动力装备"), S_("潍坊动装备"), S_("near"), 0, 6}, {S_("潍坊动力装备"), S_("潍坊动大力装备"), S_("near"), 0, 6},
		{S_("潍坊动力装备"), S_("潍坊工大装备"), S_(""), 0, 0}, {S_("潍坊动力"), S_("潍纸"), S_("near"), 0, 2}, {S_("甲\n丁乙"), S_("甲乙"), S_("near"), 2, 4},
		{S_("甲\n乙丁"), S_("甲戊己"), S_(""), 0, 0}, {S_("潍坊"), S_("wfx"), S_(""), 0, 0}, {S_("潍坊"), S_("w"), S_(""), 0, 0}, {S_("潍坊"), S_("😀"), S_(""), 0, 0},
		{S_("山东潍柴动力"), S_("wéichái"), S_("pinyin"), 2, 4}, {S_("山东潍柴动力"), S_("wei2chai2dong4li4"), S_("pinyin"), 2, 6},
		{S_("绿色农业"), S_("lǜsè"), S_("pinyin"), 0, 2}, {S_("绿色农业"), S_("lüse"), S_("pinyin"), 0, 2}, {S_("绿色农业"), S_("lùsè"), S_("pinyin"), 0, 2},
		{S_("略阳"), S_("lüèyáng"), S_("pinyin"), 0, 2}, {S_("西安分公司"), S_("Xī'ān"), S_("pinyin"), 0, 2}, {S_("菊花"), S_("júhuā"), S_("pinyin"), 0, 2},
		{S_("甲WEI4乙"), S_("wei4"), S_("exact"), 1, 5}, {S_("喂食"), S_("wei4"), S_("pinyin"), 0, 1}, {S_("厂3号"), S_("chang3hao"), S_("pinyin"), 0, 3}, {S_("厂号"), S_("chang3hao"), S_("pinyin"), 0, 2},
		{S_("Café bleu"), S_("cafe"), S_("near"), 0, 3}, {S_("Cafe bleu"), S_("café"), S_("initials"), 0, 4},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct span at;
		struct str how = how_found(&a, cases[i].text, cases[i].query, &at);
		if (!str_eq(how, cases[i].how) || (how.n && cases[i].to && (at.from != cases[i].from || at.to != cases[i].to)))
			assert_never("%s in %s: %.*s at %zu to %zu", cases[i].query.p, cases[i].text.p, SHOW(how), at.from, at.to);
		arena_release(&a);
	}
}

static void places_are_those_of_the_shown_text(void **state) {
	(void)state;
	struct arena a = {0};
	struct span at = span_shown(&a, S("（濰 坊）新能源"), (struct span){0, 2});
	assert_int_equal(at.from, 1);
	assert_int_equal(at.to, 4);
	at = span_shown(&a, S("面积100㎡厂房"), (struct span){7, 9}); /* ㎡ is m2 */
	assert_int_equal(at.from, 6);
	assert_int_equal(at.to, 8);
	arena_release(&a);
}

int main(void) {
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(folding), cmocka_unit_test(words_of_a_query), cmocka_unit_test(pinyin_as_it_is_written), cmocka_unit_test(words_joined),
		cmocka_unit_test(readings), cmocka_unit_test(grams_of_texts),
		cmocka_unit_test(expressions), cmocka_unit_test(the_second_look), cmocka_unit_test(places_are_those_of_the_shown_text),
	};
	return cmocka_run_group_tests_name("search_text", tests, NULL, NULL);
}
