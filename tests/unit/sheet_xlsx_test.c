/* sheet_xlsx_test.c - cells, rows and sheets of workbooks made for the case. */
#include "sheet_make.h"

static const struct str strings = S_(
	"<sst><si><t>项目</t></si><si><r><t>甲</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> 乙</t></r>"
	"<rPh sb=\"0\" eb=\"1\"><t>yi</t></rPh><phoneticPr fontId=\"1\"/></si><si><t>a_x000D_&#10;b</t></si>"
	"<si><t xml:space=\"preserve\"> 两边 </t></si><si><t/></si><si/></sst>");

static const struct str styles = S_(
	"<styleSheet><numFmts count=\"4\"><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>"
	"<numFmt numFmtId=\"177\" formatCode=\"&quot;元&quot;0.00\"/><numFmt numFmtId=\"178\" formatCode=\"[h]:mm\"/>"
	"<numFmt numFmtId=\"14\" formatCode=\"0.00\"/></numFmts>"
	"<cellStyleXfs><xf numFmtId=\"22\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"176\"/>"
	"<xf numFmtId=\"177\"/><xf numFmtId=\"178\"/><xf numFmtId=\"22\"/><xf numFmtId=\"14\"/><xf/></cellXfs></styleSheet>");

static void cells_read_as_the_reader_sees_them(void **state) {
	(void)state;
	static const struct { const char *why; struct str rows, want; } cases[] = {
		{"nothing", S_(""), S_("")},
		{"shared, rich without phonetics, escape", S_("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
		 "<c r=\"C1\" t=\"s\"><v>2</v></c></row>"), S_("1:T=项目,T=甲 乙,T=a\r\nb")},
		{"white space is kept", S_("<row r=\"1\"><c t=\"s\"><v>3</v></c></row>"), S_("1:T= 两边")},
		{"empty shared strings hold nothing", S_("<row r=\"1\"><c t=\"s\"><v>4</v></c><c t=\"s\"><v>5</v></c></row>"), S_("")},
		{"inline and rich inline", S_("<row r=\"2\"><c t=\"inlineStr\"><is><t>x</t></is></c><c t=\"inlineStr\"><is><r><t>a</t></r>"
		 "<r><t>b</t></r><rPh><t>no</t></rPh></is></c></row>"), S_("2:T=x,T=ab")},
		{"inline text without its type", S_("<row><c><is><t>x</t></is></c></row>"), S_("1:T=x")},
		{"inline type with a value", S_("<row><c t=\"inlineStr\"><v>x</v></c></row>"), S_("1:T=x")},
		{"numbers whatever their format", S_("<row><c><v>1.50</v></c><c s=\"2\"><v>3</v></c><c t=\"n\"><v>0.1</v></c></row>"), S_("1:N=1.5,N=3,N=0.1")},
		{"no number", S_("<row><c><v>1,5</v></c></row>"), S_("1:T=1,5")},
		{"dates by format", S_("<row><c s=\"1\"><v>45392</v></c><c s=\"4\"><v>45392.75</v></c><c s=\"3\"><v>1.5</v></c></row>"),
		 S_("1:D=2024-04-10,D=2024-04-10 18:00:00,H=36:00:00")},
		{"a built-in number that the file defines anew", S_("<row><c s=\"5\"><v>45392</v></c></row>"), S_("1:N=45392")},
		{"styles that are not there", S_("<row><c s=\"99\"><v>1</v></c><c s=\"-1\"><v>2</v></c><c s=\"x\"><v>3</v></c><c s=\"6\"><v>4</v></c></row>"), S_("1:N=1,N=2,N=3,N=4")},
		{"a negative date is a number", S_("<row><c s=\"1\"><v>-5</v></c></row>"), S_("1:N=-5")},
		{"truth, error, ISO date", S_("<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#N/A</v></c><c t=\"d\"><v>2024-04-10T08:00:00</v></c></row>"),
		 S_("1:B=TRUE,B=FALSE,E=#N/A,D=2024-04-10 08:00:00")},
		{"formulas as cached", S_("<row><c><f>A2*2</f><v>4</v></c><c t=\"str\"><f>x</f><v>文_x0041_</v></c><c><f t=\"shared\" si=\"0\"/><v>6</v></c><c t=\"b\"><f>1=1</f><v>1</v></c></row>"),
		 S_("1:N=4,T=文A,N=6,B=TRUE")},
		{"a formula without a value", S_("<row><c><f>1+1</f></c><c><v>2</v></c></row>"), S_("1:-,N=2")},
		{"blank styled cells hold nothing", S_("<row><c s=\"1\"/><c r=\"XFD1\" s=\"2\"/></row>"), S_("")},
		{"references missing on rows and cells", S_("<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>"), S_("1:N=1,N=2 3:N=3")},
		{"missing after given ones", S_("<row r=\"5\"><c r=\"C5\"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"), S_("5:-,-,N=1,N=2 6:N=3")},
		{"row number only on its cells", S_("<row><c r=\"B4\"><v>1</v></c></row><row><c><v>2</v></c></row>"), S_("4:-,N=1 5:N=2")},
		{"rows out of order", S_("<row r=\"3\"><c><v>3</v></c></row><row r=\"1\"><c t=\"s\"><v>0</v></c></row><row r=\"2\"><c t=\"str\"><v>二</v></c></row>"), S_("1:T=项目 2:T=二 3:N=3")},
		{"a row twice", S_("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1\"><c r=\"B1\"><v>2</v></c></row>"), S_("1:N=1,N=2")},
		{"cells out of order", S_("<row r=\"1\"><c r=\"C1\"><v>3</v></c><c r=\"A1\"><v>1</v></c></row>"), S_("1:N=1,-,N=3")},
		{"a cell twice: the later", S_("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>"), S_("1:N=2")},
		{"a cell of another row", S_("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A3\"><v>3</v></c></row><row r=\"2\"><c><v>2</v></c></row>"), S_("1:N=1 2:N=2 3:N=3")},
		{"the last cell of the grid", S_("<row r=\"1048576\"><c r=\"B1048576\"><v>1</v></c></row>"), S_("1048576:-,N=1")},
		{"character data in pieces", S_("<row><c t=\"str\"><v>A&amp;B&#x4E2D;<![CDATA[<x>]]></v></c></row>"), S_("1:T=A&B中<x>")},
		{"unknown elements around", S_("<row><c><extLst><ext><v>9</v></ext></extLst><v>1</v></c><y><c><v>7</v></c></y></row>"), S_("1:N=1")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct str sheet = make_sheet(&a, cases[i].rows, S(""));
		struct str got = dump_bytes(&a, S("x.xlsx"), make_book(&a, sheet, strings, styles));
		if (!str_eq(got, cases[i].want)) print_error("%s\n", cases[i].why);
		assert_str(got, cases[i].want);
		arena_release(&a);
	}
}

static void faults_of_cells_are_refused_with_their_place(void **state) {
	(void)state;
	static const struct { struct str rows; const char *rule, *place; } cases[] = {
		{S_("<row r=\"2\"><c r=\"B2\" t=\"s\"><v>99</v></c></row>"), "sheet_xml", "表!B2"},
		{S_("<row r=\"2\"><c r=\"B2\" t=\"s\"><v>-1</v></c></row>"), "sheet_xml", "表!B2"},
		{S_("<row r=\"2\"><c r=\"B2\" t=\"s\"><v>x</v></c></row>"), "sheet_xml", "表!B2"},
		{S_("<row r=\"0\"/>"), "sheet_reference", "xl/worksheets/sheet1.xml line 1"},
		{S_("<row r=\"1048577\"/>"), "sheet_reference", "xl/worksheets/sheet1.xml line 1"},
		{S_("<row r=\"99999999999999999999\"/>"), "sheet_reference", "xl/worksheets/sheet1.xml line 1"},
		{S_("<row r=\"1\">\n<c r=\"XFE1\"/></row>"), "sheet_reference", "xl/worksheets/sheet1.xml line 2"},
		{S_("<row r=\"1\"><c r=\"AAAAAAAAAAAA1\"/></row>"), "sheet_reference", "xl/worksheets/sheet1.xml line 1"},
		{S_("<row r=\"1\"><c r=\"XFD1\"/><c/></row>"), "sheet_too_large", "xl/worksheets/sheet1.xml line 1"},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct sheet_problem p = {0};
		struct sheet_info info;
		struct book *b;
		struct str bytes = make_book(&a, make_sheet(&a, cases[i].rows, S("")), strings, styles);
		assert_int_equal(book_open(&a, S("x.xlsx"), bytes, NULL, &b, &p), ERR_OK);
		assert_int_not_equal(book_sheet(b, 0, &info, &p), ERR_OK);
		assert_str(p.rule, str_c(cases[i].rule));
		assert_str(p.place, str_c(cases[i].place));
		assert_true(p.why.n > 20);
		arena_release(&a);
	}
}

static void sizes_come_from_cells_not_from_claims(void **state) {
	(void)state;
	static const struct { struct str rows; int64_t want_rows; int32_t want_cols; } cases[] = {
		{S_(""), 0, 0}, {S_("<row r=\"9\"><c r=\"A9\" s=\"1\"/></row>"), 0, 0},
		{S_("<row r=\"2\"><c r=\"C2\"><v>1</v></c></row><row r=\"5\"><c r=\"B5\"><v>1</v></c></row><row r=\"8\"/>"), 5, 3},
		{S_("<row r=\"7\"><c><v>1</v></c></row><row r=\"3\"><c><v>1</v></c></row>"), 7, 1},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct sheet_problem p;
		struct sheet_info info;
		struct book *b;
		struct str sheet = str_cat(&a, S("<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>"),
		                           str_cat(&a, cases[i].rows, S("</sheetData></worksheet>")));
		assert_int_equal(book_open(&a, S("x.xlsx"), make_book(&a, sheet, strings, styles), NULL, &b, &p), ERR_OK);
		assert_int_equal(book_sheet(b, 0, &info, &p), ERR_OK);
		assert_int_equal(info.rows, cases[i].want_rows);
		assert_int_equal(info.cols, cases[i].want_cols);
		arena_release(&a);
	}
}

/* Spreadsheet programs leave the empty cells of a merge out of the file. */
static void merges_past_the_last_cell_are_seen(void **state) {
	(void)state;
	struct arena a = {0};
	struct book *b;
	struct sheet_problem p;
	struct sheet_reader *r;
	const struct row *row;
	struct str rows = S("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row><row r=\"2\"><c r=\"A2\"><v>3</v></c><c r=\"C2\"><v>9</v></c></row><row r=\"3\"><c r=\"A3\"><v>4</v></c></row>");
	struct str merges = S("<mergeCells><mergeCell ref=\"B1:D1\"/><mergeCell ref=\"C2:C3\"/></mergeCells>");
	struct str bytes = make_book(&a, make_sheet(&a, rows, merges), S(""), S(""));
	assert_int_equal(book_open(&a, S("x.xlsx"), bytes, NULL, &b, &p), ERR_OK);
	assert_int_equal(sheet_read(&a, b, 0, &r, &p), ERR_OK);
	assert_int_equal(sheet_next_wide(r, &row), ERR_OK);
	assert_int_equal(row->n, 3); /* the sheet has three columns with something in them */
	assert_int_equal(row->cells[2].kind, CELL_EMPTY);
	assert_int_equal(row->cells[2].merge_col, 1);
	assert_int_equal(sheet_next_wide(r, &row), ERR_OK);
	assert_int_equal(row->n, 3);
	assert_str(row->cells[2].text, S("9"));
	assert_int_equal(sheet_next_wide(r, &row), ERR_OK);
	assert_int_equal(row->number, 3);
	assert_int_equal(row->n, 3);
	assert_int_equal(row->cells[1].merge_row, -1);
	assert_int_equal(row->cells[2].merge_row, 1);
	assert_int_equal(row->cells[2].merge_col, 2);
	assert_int_equal(sheet_next_wide(r, &row), ERR_OK);
	assert_null(row);
	arena_release(&a);
}

static void merged_values_stand_in_the_first_cell_only(void **state) {
	(void)state;
	struct arena a = {0};
	struct sheet_problem p;
	struct book *b;
	struct sheet_reader *r;
	const struct row *row;
	int32_t top, left;
	struct str rows = S("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>2</v></c><c r=\"B2\"><v>3</v></c></row>"
	                    "<row r=\"3\"><c r=\"A3\"><v>9</v></c><c r=\"B3\"><v>4</v></c></row><row r=\"4\"><c r=\"A4\"><v>9</v></c></row>");
	struct str merges = S("<mergeCells><mergeCell ref=\"A2:A4\"/><mergeCell ref=\"A1:XFD1\"/><mergeCell ref=\"D5:XFD1048576\"/></mergeCells>");
	struct str bytes = make_book(&a, make_sheet(&a, rows, merges), S(""), S(""));
	assert_str(dump_bytes(&a, S("x.xlsx"), bytes), S("1:N=1 2:N=2,N=3 3:-,N=4"));
	assert_int_equal(book_open(&a, S("x.xlsx"), bytes, NULL, &b, &p), ERR_OK);
	assert_int_equal(sheet_read(&a, b, 0, &r, &p), ERR_OK);
	assert_int_equal(sheet_next(r, &row), ERR_OK);
	assert_int_equal(row->cells[0].merge_row, 0);
	assert_true(sheet_merge_at(r, 1, &top, &left));
	assert_true(top == 0 && left == 0);
	assert_int_equal(sheet_next(r, &row), ERR_OK);
	assert_int_equal(row->cells[1].merge_row, -1);
	assert_false(sheet_merge_at(r, 1, &top, &left));
	assert_int_equal(sheet_next(r, &row), ERR_OK);
	assert_int_equal(row->cells[0].kind, CELL_EMPTY);
	assert_int_equal(row->cells[0].merge_row, 1);
	assert_int_equal(row->cells[0].merge_col, 0);
	assert_int_equal(sheet_next(r, &row), ERR_OK);
	assert_null(row);
	arena_release(&a);
}

static void hidden_rows_and_formulas_say_so(void **state) {
	(void)state;
	struct arena a = {0};
	struct sheet_problem p;
	struct book *b;
	struct sheet_reader *r;
	const struct row *row;
	struct str rows = S("<row r=\"1\" hidden=\"1\"><c><f>1+1</f><v>2</v></c></row><row r=\"2\"><c><f>2+2</f></c><c><v>1</v></c></row>");
	assert_int_equal(book_open(&a, S("x.xlsx"), make_book(&a, make_sheet(&a, rows, S("")), S(""), S("")), NULL, &b, &p), ERR_OK);
	assert_int_equal(sheet_read(&a, b, 0, &r, &p), ERR_OK);
	assert_int_equal(sheet_next(r, &row), ERR_OK);
	assert_true(row->is_hidden && row->cells[0].is_formula);
	assert_int_equal(sheet_next(r, &row), ERR_OK);
	assert_true(!row->is_hidden && row->cells[0].is_formula && row->cells[0].kind == CELL_EMPTY);
	arena_release(&a);
}

/* Everything odd that is allowed: prefixes, the strict namespace, odd part names, absolute and
 * percent-coded targets, backslashes in entry names, a chart sheet between, hidden sheets, 1904. */
static void odd_workbooks_are_read(void **state) {
	(void)state;
	struct arena a = {0};
	struct sheet_problem p = {0};
	struct sheet_info info;
	struct book *b;
	const struct made entries[] = {
		{.name = S_("_rels\\.rels"), .body = S_("<x:Relationships xmlns:x=\"u\"><x:Relationship Id=\"a\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" Target=\"/Buch/Mappe.xml\"/></x:Relationships>")},
		{.name = S_("buch/mappe.xml"), .body = S_("<x:workbook xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" xmlns:q=\"r\"><x:workbookPr date1904=\"1\"/><x:sheets>"
		 "<x:sheet name=\"一_x4E8C_&amp;\" sheetId=\"7\" state=\"hidden\" q:id=\"r3\"/><x:sheet name=\"图\" sheetId=\"1\" q:id=\"r2\"/><x:sheet name=\"末\" sheetId=\"2\" state=\"veryHidden\" q:id=\"r1\"/></x:sheets></x:workbook>")},
		{.name = S_("Buch/_rels/Mappe.xml.rels"), .body = S_("<Relationships><Relationship Id=\"r1\" Type=\"u/worksheet\" Target=\"../t%20a/b.xml\"/>"
		 "<Relationship Id=\"r2\" Type=\"u/chartsheet\" Target=\"c.xml\"/><Relationship Id=\"r3\" Type=\"u/worksheet\" Target=\"./x/../eins.bin\"/>"
		 "<Relationship Id=\"r4\" Type=\"u/styles\" Target=\"http://elsewhere/\" TargetMode=\"External\"/><Relationship Id=\"r5\" Type=\"u/styles\" Target=\"stil\"/></Relationships>")},
		{.name = S_("t a/b.xml"), .body = S_("\xEF\xBB\xBF<?xml version=\"1.0\" standalone=\"yes\"?><y:worksheet xmlns:y=\"u\"><y:sheetData><y:row><y:c s=\"0\"><y:v>43930</y:v></y:c></y:row></y:sheetData></y:worksheet>")},
		{.name = S_("Buch/eins.bin"), .body = S_("\xFE\xFF\0<\0w\0>\0<\0s\0h\0e\0e\0t\0D\0""a\0t\0""a\0/\0>\0<\0/\0w\0>")},
		{.name = S_("Buch/stil"), .body = S_("<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>")},
	};
	struct str bytes = make_zip(&a, entries, LEN(entries));
	assert_int_equal(book_open(&a, S("x.xlsm"), bytes, NULL, &b, &p), ERR_OK);
	assert_int_equal(book_sheets(b), 2);
	assert_int_equal(book_sheet(b, 0, &info, &p), ERR_OK);
	assert_str(info.name, S("一二&"));
	assert_int_equal(info.state, SHEET_HIDDEN);
	assert_int_equal(info.rows, 0);
	assert_int_equal(book_sheet(b, 1, &info, &p), ERR_OK);
	assert_str(info.name, S("末"));
	assert_int_equal(info.state, SHEET_VERY_HIDDEN);
	assert_str(dump(&a, b, 1), S("1:D=2024-04-10"));
	assert_int_equal(book_sheet(b, 2, &info, &p), ERR_NOT_FOUND);
	assert_str(p.rule, S("sheet_no_sheet"));
	arena_release(&a);
}

static void content_decides_over_the_name(void **state) {
	(void)state;
	struct arena a = {0};
	struct str bytes = make_book(&a, make_sheet(&a, S("<row><c><v>1</v></c></row>"), S("")), S(""), S(""));
	assert_str(dump_bytes(&a, S("x.csv"), bytes), S("1:N=1"));
	assert_str(dump_bytes(&a, S("x.xls"), S("a\tb\n1\t2\n")), S("1:T=a,T=b 2:T=1,T=2"));
	assert_str(dump_bytes(&a, S("x.xlsx"), S("a,b\n")), S("!sheet_not_xlsx"));
	arena_release(&a);
}

static void a_garbled_tail_is_harmless(void **state) {
	(void)state;
	struct arena a = {0};
	struct str bytes = make_book(&a, make_sheet(&a, S("<row><c><v>1</v></c></row>"), S("")), S(""), S(""));
	assert_str(dump_bytes(&a, S("x.xlsx"), str_cat(&a, bytes, S("trailing garbage"))), S("1:N=1"));
	arena_release(&a);
}

/* The stop that another thread sets is seen while reading. */
static void reading_can_be_stopped(void **state) {
	(void)state;
	struct arena a = {0};
	atomic_bool stop = false;
	struct sheet_limits limits = {.stop = &stop};
	struct sheet_problem p;
	struct sheet_info info;
	struct book *b;
	struct str bytes = make_book(&a, make_sheet(&a, S("<row><c><v>1</v></c></row>"), S("")), S(""), S(""));
	assert_int_equal(book_open(&a, S("x.xlsx"), bytes, &limits, &b, &p), ERR_OK);
	atomic_store(&stop, true);
	assert_int_equal(book_sheet(b, 0, &info, &p), ERR_BUSY);
	assert_str(p.rule, S("sheet_stopped"));
	atomic_store(&stop, false);
	assert_int_equal(book_sheet(b, 0, &info, &p), ERR_OK);
	arena_release(&a);
}

/* Long sheets are read through a small window: the arena does not grow with the rows. */
static void memory_stays_flat(void **state) {
	(void)state;
	struct arena a = {0}, reading = {0};
	struct buf rows = {.arena = &a};
	struct sheet_problem p;
	struct book *b;
	struct sheet_reader *r;
	const struct row *row;
	int64_t n = 0;
	for (int i = 0; i < 20000; i++) buf_c(&rows, "<row><c t=\"inlineStr\"><is><t>潍坊市招商项目</t></is></c><c><v>1.10</v></c></row>");
	struct str bytes = make_book(&a, make_sheet(&a, buf_str(&rows), S("")), S(""), S(""));
	assert_int_equal(book_open(&a, S("x.xlsx"), bytes, NULL, &b, &p), ERR_OK);
	assert_int_equal(sheet_read(&reading, b, 0, &r, &p), ERR_OK);
	assert_int_equal(sheet_next(r, &row), ERR_OK);
	size_t before = reading.total;
	for (; row; n++) assert_int_equal(sheet_next(r, &row), ERR_OK);
	assert_int_equal(n, 20000);
	assert_int_equal(reading.total, before);
	arena_release(&reading);
	arena_release(&a);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_read_as_the_reader_sees_them),
		cmocka_unit_test(faults_of_cells_are_refused_with_their_place),
		cmocka_unit_test(sizes_come_from_cells_not_from_claims),
		cmocka_unit_test(merged_values_stand_in_the_first_cell_only),
		cmocka_unit_test(merges_past_the_last_cell_are_seen),
		cmocka_unit_test(hidden_rows_and_formulas_say_so),
		cmocka_unit_test(odd_workbooks_are_read),
		cmocka_unit_test(content_decides_over_the_name),
		cmocka_unit_test(a_garbled_tail_is_harmless),
		cmocka_unit_test(reading_can_be_stopped),
		cmocka_unit_test(memory_stays_flat),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
