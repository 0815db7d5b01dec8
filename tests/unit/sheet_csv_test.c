/* sheet_csv_test.c - text files: encodings, separators, quotes, line ends. */
#include "sheet_make.h"

static void encodings_are_found_and_decoded(void **state) {
	(void)state;
	static const struct { const char *why; struct str bytes; const char *encoding, *want; } cases[] = {
		{"ASCII", S_("a,b\n"), "UTF-8", "1:T=a,T=b"},
		{"UTF-8", S_("项目,潍坊\n"), "UTF-8", "1:T=项目,T=潍坊"},
		{"UTF-8 with mark", S_("\xEF\xBB\xBF项目,1\n"), "UTF-8", "1:T=项目,T=1"},
		{"UTF-8 with accents only", S_("Caf\xC3\xA9,20 \xC2\xB0\n"), "UTF-8", "1:T=Café,T=20 °"},
		{"UTF-8 of four bytes", S_("\xF0\x9F\x98\x80,1\n"), "UTF-8", "1:T=\xF0\x9F\x98\x80,T=1"},
		{"GBK", S_("\xCF\xEE\xC4\xBF,\xCE\xAB\xB7\xBB\n"), "GB18030", "1:T=项目,T=潍坊"},
		{"GBK, the shortest", S_("\xCE\xAB\n"), "GB18030", "1:T=潍"},
		{"GBK that is valid UTF-8 too", S_("\xC4\xAA\xC4\xAA,1\n"), "GB18030", "1:T=莫莫,T=1"},
		{"GBK beyond GB2312", S_("\x81\x40,\x96\x7C\n"), "GB18030", "1:T=丂,T=東"},
		{"GB18030 of four bytes", S_("\x81\x39\xEE\x39,\xD2\xBB\n"), "GB18030", "1:T=\xE3\x90\x80,T=一"},
		{"UTF-16LE with mark", S_("\xFF\xFE\x79\x98,\0\x31\0\n\0"), "UTF-16LE", "1:T=项,T=1"},
		{"UTF-16BE with mark", S_("\xFE\xFF\x98\x79\0,\0\x31\0\n"), "UTF-16BE", "1:T=项,T=1"},
		{"UTF-16LE without", S_("\x79\x98,\0\x31\0\r\0\n\0"), "UTF-16LE", "1:T=项,T=1"},
		{"UTF-16BE without", S_("\x98\x79\0,\0\x31\0\r\0\n"), "UTF-16BE", "1:T=项,T=1"},
		{"UTF-32LE with mark", S_("\xFF\xFE\0\0\x79\x98\0\0,\0\0\0\x31\0\0\0"), "UTF-32LE", "1:T=项,T=1"},
		{"Big5, long enough to be sure", S_("\xB1\x4D\xAE\xD7\xA6\x57\xBA\xD9,\xA7\xEB\xB8\xEA\xC1\x60\xC3\x42,\xB6\x69\xAB\xD7\n"), "Big5", "1:T=專案名稱,T=投資總額,T=進度"},
		{"Ctrl-Z at the end", S_("a,b\r\n\x1A"), "UTF-8", "1:T=a,T=b"},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct sheet_problem p;
		struct book *b;
		assert_int_equal(book_open(&a, S("x.csv"), cases[i].bytes, NULL, &b, &p), ERR_OK);
		if (!str_eq(book_encoding(b), str_c(cases[i].encoding))) print_error("%s\n", cases[i].why);
		assert_str(book_encoding(b), str_c(cases[i].encoding));
		assert_str(dump(&a, b, 0), str_c(cases[i].want));
		arena_release(&a);
	}
}

static void broken_text_is_refused_with_its_line(void **state) {
	(void)state;
	static const struct { const char *why; struct str bytes; const char *rule, *place; } cases[] = {
		{"Latin-1", S_("a,b\nCaf\xE9,1\n"), "sheet_encoding", "line 2"},
		{"UTF-8 with one bad byte", S_("项目名称,金额\n潍坊\xFF市,1\n"), "sheet_encoding", "line 2"},
		{"UTF-8 cut off", S_("项目名称,金额\n潍坊,\xE5\xB8"), "sheet_encoding", "line 2"},
		{"half a character at the end", S_("\xCF\xEE\xC4\xBF\n\xCE"), "sheet_encoding", "line 2"},
		{"half a surrogate pair", S_("\xFF\xFE\x61\0\n\0\x3D\xD8"), "sheet_encoding", ""},
		{"NUL", S_("a,b\nc,\0d\n"), "sheet_nul", "line 2"},
		{"quote never closed", S_("a,b\n1,\"x\n2,3\n"), "sheet_quote", "line 2"},
		{"quote never closed, after a line break in quotes", S_("\"a\r\nb\",c\n\"d,e\n"), "sheet_quote", "line 3"},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct sheet_problem p = {0};
		struct sheet_info info;
		struct book *b;
		enum err e = book_open(&a, S("x.csv"), cases[i].bytes, NULL, &b, &p);
		if (!e) e = book_sheet(b, 0, &info, &p);
		assert_int_equal(e, ERR_INVALID);
		assert_str(p.rule, str_c(cases[i].rule));
		if (cases[i].place[0]) assert_str(p.place, str_c(cases[i].place));
		arena_release(&a);
	}
}

static void separators_are_found(void **state) {
	(void)state;
	static const struct { const char *why, *name, *text; char sep; const char *want; } cases[] = {
		{"comma", "x.csv", "a,b\n1,2\n", ',', "1:T=a,T=b 2:T=1,T=2"},
		{"semicolon", "x.csv", "a;b\n1;2\n", ';', "1:T=a,T=b 2:T=1,T=2"},
		{"tab", "x.txt", "a\tb\n1\t2\n", '\t', "1:T=a,T=b 2:T=1,T=2"},
		{"bar", "x.csv", "a|b\n1|2\n", '|', "1:T=a,T=b 2:T=1,T=2"},
		{"one line", "x.csv", "a;b;c", ';', "1:T=a,T=b,T=c"},
		{"one column", "x.csv", "名称\n甲\n乙\n", ',', "1:T=名称 2:T=甲 3:T=乙"},
		{"semicolons with decimal commas", "x.csv", "名;额;地\n甲;1,5;济南,历下\n乙;2,5;青岛\n", ';', "1:T=名,T=额,T=地 2:T=甲,T=1,5,T=济南,历下 3:T=乙,T=2,5,T=青岛"},
		{"comma with semicolons in one column", "x.csv", "名,人\n甲,张;李\n乙,王;赵\n丙,钱\n", ',', "1:T=名,T=人 2:T=甲,T=张;李 3:T=乙,T=王;赵 4:T=丙,T=钱"},
		{"under a title and above a note", "x.csv", "一览表\n名;额;地\n甲;1;济南\n乙;2;青岛\n注:无\n", ';', "1:T=一览表 2:T=名,T=额,T=地 3:T=甲,T=1,T=济南 4:T=乙,T=2,T=青岛 5:T=注:无"},
		{"tabs with commas in the text", "x.tsv", "名\t额\n甲,乙\t1,000\n丙,丁\t2,000\n", '\t', "1:T=名,T=额 2:T=甲,乙,T=1,000 3:T=丙,丁,T=2,000"},
		{"full-width comma", "x.csv", "名，额\n甲，1\n乙，2\n", ',', "1:T=名,T=额 2:T=甲,T=1 3:T=乙,T=2"},
		{"full-width semicolon", "x.csv", "名；额\n甲；1\n", ';', "1:T=名,T=额 2:T=甲,T=1"},
		{"full-width comma in prose", "x.csv", "简介\n位于山东，濒海\n占地广\n投资大，见效快，好\n", ',', "1:T=简介 2:T=位于山东，濒海 3:T=占地广 4:T=投资大，见效快，好"},
		{"full-width comma in a cell of each row", "x.csv", "名,简介\n甲,大，好\n乙,小，好\n", ',', "1:T=名,T=简介 2:T=甲,T=大，好 3:T=乙,T=小，好"},
		{"said in the first line", "x.csv", "sep=;\r\na;b,c\r\n", ';', "1:T=a,T=b,c"},
		{"said, a tab", "x.csv", "sep=\t\na\tb\n", '\t', "1:T=a,T=b"},
		{"not said", "x.csv", "sep=x,b\n", ',', "1:T=sep=x,T=b"},
		{"commas inside of quotes", "x.csv", "\"a,b,c\";1\n\"d,e,f\";2\n", ';', "1:T=a,b,c,T=1 2:T=d,e,f,T=2"},
		{"rows of uneven length", "x.csv", "a,b,c\n1,2,3\n4\n5,6\n7,8,9\n", ',', "1:T=a,T=b,T=c 2:T=1,T=2,T=3 3:T=4 4:T=5,T=6 5:T=7,T=8,T=9"},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct sheet_problem p;
		struct book *b;
		assert_int_equal(book_open(&a, str_c(cases[i].name), str_c(cases[i].text), NULL, &b, &p), ERR_OK);
		if (book_separator(b) != cases[i].sep) print_error("%s\n", cases[i].why);
		assert_int_equal(book_separator(b), cases[i].sep);
		assert_str(dump(&a, b, 0), str_c(cases[i].want));
		arena_release(&a);
	}
}

static void records_are_read_leniently(void **state) {
	(void)state;
	static const struct { const char *why, *text, *want; } cases[] = {
		{"quotes doubled", "\"say \"\"hi\"\"\",b\n", "1:T=say \"hi\",T=b"},
		{"a line break in quotes", "\"a\nb\",c\nd,e\n", "1:T=a\nb,T=c 2:T=d,T=e"},
		{"CR LF in quotes stays", "\"a\r\nb\",c\r\n", "1:T=a\r\nb,T=c"},
		{"a quote in the middle", "5\" pipe,b\n", "1:T=5\" pipe,T=b"},
		{"text after the closing quote", "\"鲁信\"项目,b\n", "1:T=鲁信项目,T=b"},
		{"quotes with nothing in them", "\"\",b\n", "1:-,T=b"},
		{"one quoted quote", "\"\"\"\",b\n", "1:T=\",T=b"},
		{"CR only", "a,b\rc,d\r", "1:T=a,T=b 2:T=c,T=d"},
		{"mixed line ends", "a,b\r\nc,d\ne,f\rg,h", "1:T=a,T=b 2:T=c,T=d 3:T=e,T=f 4:T=g,T=h"},
		{"blank lines count", "a,b\n\n\nc,d\n", "1:T=a,T=b 4:T=c,T=d"},
		{"rows of separators count", "a,b\n,\nc,d\n", "1:T=a,T=b 3:T=c,T=d"},
		{"trailing separators", "a,b,,\n", "1:T=a,T=b"},
		{"leading separators", ",,c\n", "1:-,-,T=c"},
		{"formulas are text", "=1+1,2\n", "1:T==1+1,T=2"},
		{"blanks are kept", " a , b \n", "1:T= a ,T= b"},
		{"only line ends", "\n\n", ""},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct str got = dump_bytes(&a, S("x.csv"), str_c(cases[i].text));
		if (!str_eq(got, str_c(cases[i].want))) print_error("%s\n", cases[i].why);
		assert_str(got, str_c(cases[i].want));
		arena_release(&a);
	}
}

static void sizes_are_those_of_the_values(void **state) {
	(void)state;
	static const struct { const char *text; int64_t rows; int32_t cols; } cases[] = {
		{"a,b,c\n1,2\n", 2, 3}, {"a,b,,,\n", 1, 2}, {"a\n\n\n,,\n", 1, 1}, {"\n", 0, 0}, {"\"a\nb\"\nc", 2, 1},
		{"\"\"a", 1, 1}, {"\"\"\"\",\"\"", 1, 1},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct sheet_problem p;
		struct sheet_info info;
		struct book *b;
		assert_int_equal(book_open(&a, S("x.csv"), str_c(cases[i].text), NULL, &b, &p), ERR_OK);
		assert_int_equal(book_sheet(b, 0, &info, &p), ERR_OK);
		assert_int_equal(info.rows, cases[i].rows);
		assert_int_equal(info.cols, cases[i].cols);
		assert_int_equal(info.name.n, 0);
		assert_int_equal(book_sheet(b, 1, &info, &p), ERR_NOT_FOUND);
		arena_release(&a);
	}
}

static void limits_hold(void **state) {
	(void)state;
	static const struct { struct sheet_limits limits; const char *place; } cases[] = {
		{{.rows = 2}, ""}, {{.cols = 2}, "line 2"}, {{.cell_bytes = 5}, "line 3"},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct sheet_problem p = {0};
		struct sheet_info info;
		struct book *b;
		assert_int_equal(book_open(&a, S("x.csv"), S("a,b\n1,2,3\nlonger,2\n"), &cases[i].limits, &b, &p), ERR_OK);
		assert_int_equal(book_sheet(b, 0, &info, &p), ERR_TOO_LARGE);
		assert_str(p.rule, S("sheet_too_large"));
		assert_str(p.place, str_c(cases[i].place));
		arena_release(&a);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(encodings_are_found_and_decoded),
		cmocka_unit_test(broken_text_is_refused_with_its_line),
		cmocka_unit_test(separators_are_found),
		cmocka_unit_test(records_are_read_leniently),
		cmocka_unit_test(sizes_are_those_of_the_values),
		cmocka_unit_test(limits_hold),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
