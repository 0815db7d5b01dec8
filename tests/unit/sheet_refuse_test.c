/* sheet_refuse_test.c - files that are broken, hostile or no workbooks, each refused by its rule. */
#include "sheet_make.h"

#include <zip.h>

static void other_files_are_named(void **state) {
	(void)state;
	static const struct { const char *name; struct str bytes; const char *rule, *says; } cases[] = {
		{"x.xlsx", S_(""), "sheet_empty", "empty"},
		{"x.csv", S_(""), "sheet_empty", "empty"},
		{"x.csv", S_("\xEF\xBB\xBF"), "sheet_empty", "empty"},
		{"x.csv", S_("\xFF\xFE"), "sheet_empty", "empty"},
		{"x.xlsx", S_("hello"), "sheet_not_xlsx", ".csv"},
		{"x.xlsx", S_("PK\x03\x04 and nothing more"), "sheet_damaged", "get it again"},
		{"x.xls", S_("<html><body><table><tr><td>1</td></tr></table>"), "sheet_html", ".xlsx"},
		{"x.xls", S_("\xEF\xBB\xBF \r\n<TABLE border=1>"), "sheet_html", ".xlsx"},
		{"x.xls", S_("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>"), "sheet_html", ".xlsx"},
		{"x.xls", S_("\x09\x04\x06\x00\x07\x00"), "sheet_xls", ".xlsx"},
		{"x.xlsx", S_("%PDF-1.7"), "sheet_other", "PDF"},
		{"x.csv", S_("\x89PNG\r\n"), "sheet_other", "picture"},
		{"x.csv", S_("{\\rtf1"), "sheet_other", ".rtf"},
		{"x.xlsx", S_("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"), "sheet_encrypted", "password"},
		{"x.xls", S_("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....W\0o\0r\0k\0b\0o\0o\0k\0"), "sheet_xls", ".xlsx"},
		{"x.xls", S_("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....B\0o\0o\0k\0"), "sheet_xls", ".xlsx"},
		{"x.doc", S_("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"), "sheet_other", ".doc"},
		{"x.xls", S_("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "sheet_other", "old Office"},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct sheet_problem p = {0};
		struct book *b;
		assert_int_equal(book_open(&a, str_c(cases[i].name), cases[i].bytes, NULL, &b, &p), ERR_INVALID);
		assert_str(p.rule, str_c(cases[i].rule));
		assert_true(str_has(p.why, str_c(cases[i].says)));
		arena_release(&a);
	}
}

static void other_archives_are_named(void **state) {
	(void)state;
	static const struct { struct str entry; const char *rule, *says; } cases[] = {
		{S_("xl/workbook.bin"), "sheet_xlsb", ".xlsb"}, {S_("word/document.xml"), "sheet_other", ".docx"},
		{S_("ppt/presentation.xml"), "sheet_other", ".pptx"}, {S_("content.xml"), "sheet_other", ".ods"},
		{S_("OFD.xml"), "sheet_other", "OFD"}, {S_("readme.txt"), "sheet_other", ".zip"},
		{S_("里面.xlsx"), "sheet_other", "unpack"},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct sheet_problem p = {0};
		struct book *b;
		struct made entry = {.name = cases[i].entry, .body = S("<x/>")};
		struct str bytes = make_zip(&a, &entry, 1);
		assert_int_equal(book_open(&a, S("x.xlsx"), bytes, NULL, &b, &p), ERR_INVALID);
		assert_str(p.rule, str_c(cases[i].rule));
		assert_true(str_has(p.why, str_c(cases[i].says)));
		arena_release(&a);
	}
}

#define SHEET1 S_("xl/worksheets/sheet1.xml")
#define ONE_CELL S_("<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>")

/* One more entry beside a good workbook, or another one in place of its sheet. */
static void archives_are_judged_before_they_are_unpacked(void **state) {
	(void)state;
	static const struct { const char *why; struct made sheet, more; const char *want; } cases[] = {
		{"the good one", {.name = SHEET1, .body = ONE_CELL}, {.name = S_("a"), .body = S_("b")}, "1:N=1"},
		{"a name twice", {.name = SHEET1, .body = ONE_CELL}, {.name = SHEET1, .body = ONE_CELL}, "!sheet_damaged"},
		{"a name twice but for case and slash", {.name = SHEET1, .body = ONE_CELL}, {.name = S_("/XL\\worksheets/Sheet1.xml"), .body = ONE_CELL}, "!sheet_damaged"},
		{"a name that climbs", {.name = SHEET1, .body = ONE_CELL}, {.name = S_("../../etc/passwd"), .body = S_("x")}, "!sheet_damaged"},
		{"a name that climbs, with backslashes", {.name = SHEET1, .body = ONE_CELL}, {.name = S_("xl\\..\\..\\x"), .body = S_("x")}, "!sheet_damaged"},
		{"two dots inside of a name", {.name = SHEET1, .body = ONE_CELL}, {.name = S_("a..b"), .body = S_("x")}, "1:N=1"},
		{"overlap", {.name = SHEET1, .body = ONE_CELL}, {.name = S_("xl/again.xml"), .body = ONE_CELL, .same_place = true}, "!sheet_damaged"},
		{"a password", {.name = SHEET1, .body = ONE_CELL, .flags = 1}, {.name = S_("a"), .body = S_("b")}, "!sheet_encrypted"},
		{"a bomb by its stated size", {.name = SHEET1, .body = ONE_CELL}, {.name = S_("xl/media/1"), .body = S_("x"), .size = 900u << 20}, "!sheet_bomb"},
		{"over the limit in all", {.name = SHEET1, .body = ONE_CELL}, {.name = S_("xl/media/1"), .body = S_("x"), .size = 4000000000u, .packed = 1}, "!sheet_bomb"},
		{"packed size larger than the file", {.name = SHEET1, .body = ONE_CELL}, {.name = S_("a"), .body = S_("x"), .packed = 1 << 30}, "!sheet_damaged"},
		{"wrong checksum", {.name = SHEET1, .body = ONE_CELL, .crc = 1}, {.name = S_("a"), .body = S_("b")}, "!sheet_damaged"},
		{"a method that workbooks do not use", {.name = SHEET1, .body = ONE_CELL, .method = 12}, {.name = S_("a"), .body = S_("b")}, "!sheet_damaged"},
		{"packed bytes that are none", {.name = SHEET1, .body = S_("\xFF\xFF\xFF\xFF"), .method = 8}, {.name = S_("a"), .body = S_("b")}, "!sheet_damaged"},
		{"longer than stated", {.name = SHEET1, .body = ONE_CELL, .size = 10}, {.name = S_("a"), .body = S_("b")}, "!sheet_damaged"},
		{"the sheet is not there", {.name = S_("xl/worksheets/other.xml"), .body = ONE_CELL}, {.name = S_("a"), .body = S_("b")}, "!sheet_damaged"},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		const struct made entries[] = {MADE_ROOT_RELS, MADE_WORKBOOK, MADE_RELS, cases[i].sheet, cases[i].more};
		struct str got = dump_bytes(&a, S("x.xlsx"), make_zip(&a, entries, LEN(entries)));
		if (!str_eq(got, str_c(cases[i].want))) print_error("%s\n", cases[i].why);
		assert_str(got, str_c(cases[i].want));
		arena_release(&a);
	}
}

static void an_archive_of_very_many_entries_is_refused(void **state) {
	(void)state;
	enum { MANY = 10001 };
	struct arena a = {0};
	struct made *entries = arena_array(&a, MANY, sizeof *entries);
	for (size_t i = 0; i < MANY; i++) entries[i].name = str_of_int(&a, (int64_t)i);
	assert_str(dump_bytes(&a, S("x.xlsx"), make_zip(&a, entries, MANY)), S("!sheet_bomb"));
	arena_release(&a);
}

/* Cut anywhere, a workbook is refused or, where only the tail's comment is lost, still read. */
static void cut_files_never_pass_as_whole(void **state) {
	(void)state;
	struct arena a = {0};
	const struct made entries[] = {MADE_ROOT_RELS, MADE_WORKBOOK, MADE_RELS, {.name = SHEET1, .body = ONE_CELL}};
	struct str bytes = make_zip(&a, entries, LEN(entries));
	assert_str(dump_bytes(&a, S("x.xlsx"), bytes), S("1:N=1"));
	for (size_t n = 0; n < bytes.n; n += 7) {
		struct arena scratch = {0};
		assert_true(str_starts(dump_bytes(&scratch, S("x.xlsx"), str_sub(bytes, 0, n)), S("!sheet_")));
		arena_release(&scratch);
	}
	arena_release(&a);
}

static void hostile_xml_is_refused(void **state) {
	(void)state;
	static const struct { const char *why; struct str sheet; const char *want; } cases[] = {
		{"entity bomb", S_("<!DOCTYPE w [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><worksheet><sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>"), "!sheet_xml"},
		{"outer entity", S_("<!DOCTYPE w SYSTEM \"file:///etc/passwd\"><worksheet/>"), "!sheet_xml"},
		{"empty DOCTYPE", S_("<!DOCTYPE worksheet><worksheet/>"), "!sheet_xml"},
		{"unknown entity", S_("<worksheet>&nbsp;</worksheet>"), "!sheet_xml"},
		{"cut off", S_("<worksheet><sheetData><row><c><v>1</v></c></row>"), "!sheet_xml"},
		{"nothing", S_(" "), "!sheet_xml"},
		{"two roots", S_("<worksheet/><worksheet/>"), "!sheet_xml"},
		{"a control byte", S_("<worksheet>\x01</worksheet>"), "!sheet_xml"},
		{"a NUL byte", S_("<worksheet>\0</worksheet>"), "!sheet_xml"},
		{"bytes that are no UTF-8", S_("<worksheet>\xC0\x80</worksheet>"), "!sheet_xml"},
		{"an attribute twice", S_("<worksheet><sheetData><row r=\"1\" r=\"2\"/></sheetData></worksheet>"), "!sheet_xml"},
		{"an unknown encoding", S_("<?xml version=\"1.0\" encoding=\"x-none\"?><worksheet/>"), "!sheet_xml"},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct str got = dump_bytes(&a, S("x.xlsx"), make_book(&a, cases[i].sheet, S(""), S("")));
		if (!str_eq(got, str_c(cases[i].want))) print_error("%s\n", cases[i].why);
		assert_str(got, str_c(cases[i].want));
		arena_release(&a);
	}
}

static struct str repeated(struct arena *a, const char *head, const char *part, size_t n, const char *tail) {
	struct buf b = {.arena = a};
	buf_c(&b, head);
	for (size_t i = 0; i < n; i++) buf_c(&b, part);
	buf_c(&b, tail);
	return buf_str(&b);
}

static void xml_that_only_costs_memory_is_refused(void **state) {
	(void)state;
	struct arena a = {0};
	struct buf names = {.arena = &a};
	buf_c(&names, "<worksheet>");
	for (int64_t i = 0; i < 200000; i++) {
		buf_c(&names, "<n");
		buf_int(&names, i);
		buf_c(&names, "/>");
	}
	buf_c(&names, "</worksheet>");
	struct str limit = repeated(&a, "<worksheet><sheetData><row><c t=\"str\"><v>", "0123456789abcdef", 8193, "</v></c></row></sheetData></worksheet>");
	struct str row = repeated(&a, "<worksheet><sheetData><row>", "<c t=\"str\"><v>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</v></c>", 17000, "</row></sheetData></worksheet>");
	const struct { struct str sheet; const char *want; } cases[] = {
		{repeated(&a, "", "<a>", 100, ""), "!sheet_xml"},
		{repeated(&a, "<worksheet x=\"", "0123456789abcdef", 1 << 16, "\"/>"), "!sheet_xml"},
		{repeated(&a, "<worksheet><!--", "0123456789abcdef", 1 << 16, "--></worksheet>"), "!sheet_xml"},
		{buf_str(&names), "!sheet_xml"},
		{limit, "!sheet_too_large"},
		{row, "!sheet_too_large"},
	};
	for (size_t i = 0; i < LEN(cases); i++)
		assert_str(dump_bytes(&a, S("x.xlsx"), make_book(&a, cases[i].sheet, S(""), S(""))), str_c(cases[i].want));
	arena_release(&a);
}

/* Cells far to the right in very many rows are cheap in the file and dear in memory and time; so are
 * formulas without a value. */
static void a_sparse_giant_is_refused(void **state) {
	(void)state;
	static const char *const cells[] = {"\"><v>1</v></c></row>", "\"><f>1</f></c></row>"};
	for (size_t k = 0; k < LEN(cells); k++) {
		struct arena a = {0};
		struct buf b = {.arena = &a};
		for (int64_t i = 1; i <= 9000; i++)
			buf_c(&b, "<row><c r=\"XFD"), buf_int(&b, i), buf_c(&b, cells[k]);
		struct str bytes = make_book(&a, make_sheet(&a, buf_str(&b), S("")), S(""), S(""));
		assert_str(dump_bytes(&a, S("x.xlsx"), bytes), S("!sheet_too_large"));
		arena_release(&a);
	}
}

static void limits_can_be_lowered(void **state) {
	(void)state;
	static const struct { struct sheet_limits limits; const char *rule; } cases[] = {
		{{.file_bytes = 100}, "sheet_too_large"}, {{.unpacked_bytes = 100}, "sheet_too_large"},
		{{.rows = 2}, "sheet_too_large"}, {{.cols = 1}, "sheet_too_large"}, {{.cell_bytes = 3}, "sheet_too_large"},
		{{.strings_bytes = 20}, "sheet_too_large"}, {{0}, ""},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct sheet_problem p = {0};
		struct sheet_info info;
		struct book *b;
		struct str rows = S("<row r=\"3\"><c t=\"s\"><v>0</v></c><c t=\"str\"><v>long</v></c></row>");
		struct str bytes = make_book(&a, make_sheet(&a, rows, S("")), S("<sst><si><t>abc</t></si><si><t>d</t></si></sst>"), S(""));
		enum err e = book_open(&a, S("x.xlsx"), bytes, &cases[i].limits, &b, &p);
		if (!e) e = book_sheet(b, 0, &info, &p);
		assert_int_equal(e, cases[i].rule[0] ? ERR_TOO_LARGE : ERR_OK);
		assert_str(p.rule, str_c(cases[i].rule));
		arena_release(&a);
	}
}

/* Packed for real: 64 MiB of blanks are some 64 KiB. */
static void a_real_bomb_is_refused(void **state) {
	(void)state;
	struct arena a = {0};
	size_t n = 64 << 20;
	zip_error_t error;
	zip_error_init(&error);
	char *blanks = arena_alloc(&a, n);
	memset(blanks, ' ', n);
	zip_source_t *to = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_source_keep(to);
	zip_t *zip = zip_open_from_source(to, ZIP_CREATE, &error);
	zip_file_add(zip, "xl/worksheets/sheet1.xml", zip_source_buffer(zip, blanks, n, 0), 0);
	assert_int_equal(zip_close(zip), 0);
	zip_source_open(to);
	zip_source_seek(to, 0, SEEK_END);
	size_t size = (size_t)zip_source_tell(to);
	char *bytes = arena_alloc(&a, size);
	zip_source_seek(to, 0, SEEK_SET);
	assert_int_equal(zip_source_read(to, bytes, size), size);
	zip_source_close(to);
	zip_source_free(to);
	assert_true(size < 1 << 20);
	assert_str(dump_bytes(&a, S("x.xlsx"), (struct str){bytes, size}), S("!sheet_bomb"));
	arena_release(&a);
}

static void files_that_cannot_be_read(void **state) {
	(void)state;
	static const struct { const char *path; enum err want; } cases[] = {
		{"/no/such/file.xlsx", ERR_NOT_FOUND}, {"/", ERR_NOT_FOUND}, {"/dev/zero", ERR_NOT_FOUND},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct sheet_problem p = {0};
		struct book *b;
		assert_int_equal(book_open_file(&a, cases[i].path, NULL, &b, &p), cases[i].want);
		assert_str(p.rule, S("sheet_not_found"));
		assert_true(p.why.n > 0);
		arena_release(&a);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(other_files_are_named),
		cmocka_unit_test(other_archives_are_named),
		cmocka_unit_test(archives_are_judged_before_they_are_unpacked),
		cmocka_unit_test(an_archive_of_very_many_entries_is_refused),
		cmocka_unit_test(cut_files_never_pass_as_whole),
		cmocka_unit_test(hostile_xml_is_refused),
		cmocka_unit_test(xml_that_only_costs_memory_is_refused),
		cmocka_unit_test(a_sparse_giant_is_refused),
		cmocka_unit_test(limits_can_be_lowered),
		cmocka_unit_test(a_real_bomb_is_refused),
		cmocka_unit_test(files_that_cannot_be_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
