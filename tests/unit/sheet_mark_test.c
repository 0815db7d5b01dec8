/* sheet_mark_test.c - marked copies: notes where they belong, all else as it was. */
#include "sheet_make.h"

#include <zip.h>

static struct str marked(struct arena *a, struct str name, struct str bytes, int64_t head_row,
                         const struct sheet_note *notes, size_t n) {
	struct sheet_problem p = {0};
	struct book *b;
	struct str out = {0};
	assert_int_equal(book_open(a, name, bytes, NULL, &b, &p), ERR_OK);
	enum err e = book_mark(a, b, 0, head_row, S("问题"), notes, n, &out, &p);
	if (e) print_error("%.*s: %.*s\n", (int)p.place.n, p.place.p, (int)p.why.n, p.why.p);
	assert_int_equal(e, ERR_OK);
	return out;
}

static const struct sheet_note two_notes[] = {{2, S_("缺少 \"金额\"")}, {4, S_("=重复")}};

static void a_csv_gets_a_new_last_column(void **state) {
	(void)state;
	static const struct { const char *why; struct str in, want; } cases[] = {
		{"plain", S_("a,b\n1,2\n3,4\n5,6\n"), S_("a,b,\"问题\"\n1,2,\"缺少 \"\"金额\"\"\"\n3,4\n5,6,\"'=重复\"\n")},
		{"short rows are filled up", S_("a;b;c\r\n1\r\n\r\n2;3\r\n"), S_("a;b;c;\"问题\"\r\n1;;;\"缺少 \"\"金额\"\"\"\r\n\r\n2;3;;\"'=重复\"\r\n")},
		{"no line end at the end", S_("a\tb\n1\t2\n3\t4\n5\t6"), S_("a\tb\t\"问题\"\n1\t2\t\"缺少 \"\"金额\"\"\"\n3\t4\n5\t6\t\"'=重复\"")},
		{"the mark and sep= stay", S_("\xEF\xBB\xBFsep=|\na|b\n1|2\n3|4\n5|6\n"), S_("\xEF\xBB\xBFsep=|\na|b|\"问题\"\n1|2|\"缺少 \"\"金额\"\"\"\n3|4\n5|6|\"'=重复\"\n")},
		{"quoted fields stay as written", S_("a,\"b\"\n\"1\n1\",2\n3,\"\"\n5,6\n"), S_("a,\"b\",\"问题\"\n\"1\n1\",2,\"缺少 \"\"金额\"\"\"\n3,\"\"\n5,6,\"'=重复\"\n")},
		{"rows behind the end", S_("a,b\n1,2"), S_("a,b,\"问题\"\n1,2,\"缺少 \"\"金额\"\"\"\n\n,,\"'=重复\"")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct str got = marked(&a, S("x.csv"), cases[i].in, 1, two_notes, 2);
		if (!str_eq(got, cases[i].want)) print_error("%s\n", cases[i].why);
		assert_str(got, cases[i].want);
		arena_release(&a);
	}
}

static void a_csv_keeps_its_encoding(void **state) {
	(void)state;
	static const struct { struct str in; const char *encoding; } cases[] = {
		{S_("\xCF\xEE\xC4\xBF,\xCE\xAB\xB7\xBB\n\x82\x35\x87\x38,1\n"), "GB18030"},
		{S_("\xFF\xFE\x79\x98,\0\x31\0\n\0\x79\x98,\0\x31\0"), "UTF-16LE"},
		{S_("\xFE\xFF\x98\x79\0,\0\x31\0\n\x98\x79\0,\0\x31"), "UTF-16BE"},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct sheet_problem p;
		struct book *b;
		struct sheet_note note = {2, S_("潍")};
		struct str got = marked(&a, S("x.csv"), cases[i].in, 0, &note, 1);
		assert_int_equal(book_open(&a, S("x.csv"), got, NULL, &b, &p), ERR_OK);
		assert_str(book_encoding(b), str_c(cases[i].encoding));
		assert_true(str_ends(dump(&a, b, 0), S(",T=1,T=潍")));
		assert_true(str_has(got, str_sub(cases[i].in, 0, cases[i].in.n - 3)));
		arena_release(&a);
	}
}

static void big5_becomes_utf8_where_it_lacks_a_character(void **state) {
	(void)state;
	struct arena a = {0};
	struct str in = S("\xB1\x4D\xAE\xD7\xA6\x57\xBA\xD9,\xA7\xEB\xB8\xEA\xC1\x60\xC3\x42\n");
	struct sheet_note traditional = {1, S_("\xE9\x87\x8D\xE8\xA4\x87")}, simplified = {1, S_("缺项目")};
	assert_true(str_starts(marked(&a, S("x.csv"), in, 0, &traditional, 1), str_sub(in, 0, 17)));
	assert_str(marked(&a, S("x.csv"), in, 0, &simplified, 1), S("\xEF\xBB\xBF專案名稱,投資總額,\"缺项目\"\n"));
	arena_release(&a);
}

static const struct str styles = S_("<s:styleSheet xmlns:s=\"u\"><s:fills count=\"2\"><s:fill/><s:fill/></s:fills>"
	"<s:cellStyleXfs count=\"1\"><s:xf/></s:cellStyleXfs><s:cellXfs count=\"2\"><s:xf/><s:xf numFmtId=\"14\"/></s:cellXfs></s:styleSheet>");

/* Text of one entry of an archive; empty when there is none. */
static struct str entry_text(struct arena *a, struct str bytes, const char *name) {
	zip_error_t error;
	zip_stat_t st;
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &error);
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
	assert_non_null(zip);
	assert_int_equal(zip_stat(zip, name, 0, &st), 0);
	char *to = arena_alloc(a, st.size + 1);
	zip_file_t *f = zip_fopen(zip, name, 0);
	assert_int_equal(zip_fread(f, to, st.size), st.size);
	zip_fclose(f);
	zip_discard(zip);
	return (struct str){to, st.size};
}

#define NOTE(ref, text) "<c r=\"" ref "\" s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" text "</t></is></c>"
#define HEAD(ref) NOTE(ref, "问题")
#define N2(ref) NOTE(ref, "缺少 &quot;金额&quot;")
#define N4(ref) NOTE(ref, "=重复")

static void a_sheet_gets_a_new_last_column(void **state) {
	(void)state;
	static const struct { const char *why; struct str in, want; } cases[] = {
		{"plain",
		 S_("<w><dimension ref=\"A1:A4\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"3\"/><row r=\"4\"><c r=\"A4\"><v>4</v></c></row></sheetData><x/></w>"),
		 S_("<w><dimension ref=\"A1:B4\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c>" HEAD("B1") "</row><row r=\"2\"><c r=\"A2\"><v>1</v></c>" N2("B2") "</row><row r=\"3\"/><row r=\"4\"><c r=\"A4\"><v>4</v></c>" N4("B4") "</row></sheetData><x/></w>")},
		{"rows that are missing or empty",
		 S_("<w><sheetData>\n<row r=\"2\" ht=\"9\"/>\n<row r=\"3\"><c><v>1</v></c></row>\n</sheetData></w>"),
		 S_("<w><sheetData>\n<row r=\"1\">" HEAD("B1") "</row><row r=\"2\" ht=\"9\">" N2("B2") "</row>\n<row r=\"3\"><c><v>1</v></c></row>\n<row r=\"4\">" N4("B4") "</row></sheetData></w>")},
		{"no row at all", S_("<w><sheetData/></w>"),
		 S_("<w><sheetData><row r=\"1\">" HEAD("A1") "</row><row r=\"2\">" N2("A2") "</row><row r=\"4\">" N4("A4") "</row></sheetData></w>")},
		{"prefixed, numbers left out",
		 S_("<x:w xmlns:x=\"u\"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row><x:row><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:w>"),
		 S_("<x:w xmlns:x=\"u\"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c r=\"B1\" s=\"2\" t=\"inlineStr\"><x:is><x:t xml:space=\"preserve\">问题</x:t></x:is></x:c></x:row><x:row><x:c><x:v>2</x:v></x:c>"
		    "<x:c r=\"B2\" s=\"2\" t=\"inlineStr\"><x:is><x:t xml:space=\"preserve\">缺少 &quot;金额&quot;</x:t></x:is></x:c></x:row>"
		    "<x:row r=\"4\"><x:c r=\"B4\" s=\"2\" t=\"inlineStr\"><x:is><x:t xml:space=\"preserve\">=重复</x:t></x:is></x:c></x:row></x:sheetData></x:w>")},
		{"blank cells in and behind the new column",
		 S_("<w><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\" s=\"1\"/><c r=\"C1\" s=\"1\"/></row><row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"D2\" s=\"1\"></c></row><row r=\"4\"><c r=\"B4\" s=\"1\"><extLst/></c></row></sheetData></w>"),
		 S_("<w><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c>" HEAD("B1") "<c r=\"C1\" s=\"1\"/></row><row r=\"2\"><c r=\"A2\"><v>1</v></c>" N2("B2") "<c r=\"D2\" s=\"1\"></c></row><row r=\"4\">" N4("B4") "</row></sheetData></w>")},
		{"a merged title over the columns, one over all",
		 S_("<w><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"A9:XFD9\"/></mergeCells></w>"),
		 S_("<w><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c>" HEAD("D1") "</row><row r=\"2\">" N2("D2") "</row><row r=\"4\">" N4("D4") "</row></sheetData><mergeCells><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"A9:XFD9\"/></mergeCells></w>")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct str got = marked(&a, S("x.xlsx"), make_book(&a, cases[i].in, S(""), styles), 1, two_notes, 2);
		struct str sheet = entry_text(&a, got, "xl/worksheets/sheet1.xml");
		if (!str_eq(sheet, cases[i].want)) print_error("%s\n", cases[i].why);
		assert_str(sheet, cases[i].want);
		arena_release(&a);
	}
}

static void the_styles_get_one_more(void **state) {
	(void)state;
	struct arena a = {0};
	struct str sheet = make_sheet(&a, S("<row><c s=\"1\"><v>45392</v></c></row>"), S(""));
	struct str got = marked(&a, S("x.xlsx"), make_book(&a, sheet, S(""), styles), 1, two_notes, 2);
	assert_str(entry_text(&a, got, "xl/styles.xml"),
	           S("<s:styleSheet xmlns:s=\"u\"><s:fills count=\"3\"><s:fill/><s:fill/><s:fill><s:patternFill patternType=\"solid\">"
	             "<s:fgColor rgb=\"FFFFF2CC\"/><s:bgColor indexed=\"64\"/></s:patternFill></s:fill></s:fills>"
	             "<s:cellStyleXfs count=\"1\"><s:xf/></s:cellStyleXfs><s:cellXfs count=\"3\"><s:xf/><s:xf numFmtId=\"14\"/>"
	             "<s:xf numFmtId=\"49\" fontId=\"0\" fillId=\"2\" borderId=\"0\" applyNumberFormat=\"1\" applyFill=\"1\"/></s:cellXfs></s:styleSheet>"));
	assert_str(dump_bytes(&a, S("x.xlsx"), got), S("1:D=2024-04-10,T=问题 2:-,T=缺少 \"金额\" 4:-,T==重复"));
	arena_release(&a);
}

/* Without styles the notes are plain; the texts are read back exactly, whatever they hold. */
static void notes_are_read_back_as_they_were(void **state) {
	(void)state;
	static const struct sheet_note note = {1, S_("<&>\"' _x0041_ \r\n\t 末 ")};
	struct arena a = {0};
	struct str sheet = make_sheet(&a, S("<row><c><v>1</v></c></row>"), S(""));
	struct str got = marked(&a, S("x.xlsx"), make_book(&a, sheet, S(""), S("")), 0, &note, 1);
	assert_true(str_has(entry_text(&a, got, "xl/worksheets/sheet1.xml"), S("<c r=\"B1\" t=\"inlineStr\">")));
	struct sheet_problem p;
	struct book *b;
	struct sheet_reader *r;
	const struct row *row;
	assert_int_equal(book_open(&a, S("x.xlsx"), got, NULL, &b, &p), ERR_OK);
	assert_int_equal(sheet_read(&a, b, 0, &r, &p), ERR_OK);
	assert_int_equal(sheet_next(r, &row), ERR_OK);
	assert_str(row->cells[1].text, note.text);
	arena_release(&a);
}

/* Over many chunks: every third row of 30,000 noted, the others byte for byte. */
static void a_long_sheet_is_marked_through(void **state) {
	(void)state;
	enum { ROWS = 30000 };
	struct arena a = {0};
	struct buf rows = {.arena = &a};
	struct sheet_note *notes = arena_array(&a, ROWS / 3, sizeof *notes);
	struct sheet_problem p;
	struct book *b;
	struct sheet_reader *r;
	const struct row *row;
	int64_t seen = 0;
	for (int64_t i = 1; i <= ROWS; i++) {
		buf_c(&rows, "<row r=\""), buf_int(&rows, i), buf_c(&rows, "\"><c><v>"), buf_int(&rows, i), buf_c(&rows, "</v></c></row>\n");
		if (i % 3 == 0) notes[i / 3 - 1] = (struct sheet_note){i, str_of_int(&a, i * 7)};
	}
	struct str bytes = make_book(&a, make_sheet(&a, buf_str(&rows), S("")), S(""), styles);
	struct str got = marked(&a, S("x.xlsx"), bytes, 0, notes, ROWS / 3);
	assert_int_equal(book_open(&a, S("x.xlsx"), got, NULL, &b, &p), ERR_OK);
	assert_int_equal(sheet_read(&a, b, 0, &r, &p), ERR_OK);
	while (!sheet_next(r, &row) && row) {
		seen++;
		assert_int_equal(row->number, seen);
		assert_int_equal(row->n, seen % 3 ? 1 : 2);
		if (row->n == 2) assert_str(row->cells[1].text, notes[seen / 3 - 1].text);
	}
	assert_int_equal(seen, ROWS);
	arena_release(&a);
}

static void what_cannot_be_marked_says_why(void **state) {
	(void)state;
	static const struct { const char *why; struct str sheet; const char *rule; } cases[] = {
		{"no column left", S_("<w><sheetData><row><c r=\"XFD1\"><v>1</v></c></row></sheetData></w>"), "sheet_too_large"},
		{"no rows at all in the part", S_("<w><shdetData/></w>"), "sheet_damaged"},
		{"not UTF-8", S_("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><w><sheetData/></w>"), "sheet_xml"},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct sheet_problem p = {0};
		struct book *b;
		struct str out;
		assert_int_equal(book_open(&a, S("x.xlsx"), make_book(&a, cases[i].sheet, S(""), S("")), NULL, &b, &p), ERR_OK);
		assert_int_not_equal(book_mark(&a, b, 0, 1, S("h"), two_notes, 2, &out, &p), ERR_OK);
		assert_str(p.rule, str_c(cases[i].rule));
		arena_release(&a);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_csv_gets_a_new_last_column),
		cmocka_unit_test(a_csv_keeps_its_encoding),
		cmocka_unit_test(big5_becomes_utf8_where_it_lacks_a_character),
		cmocka_unit_test(a_sheet_gets_a_new_last_column),
		cmocka_unit_test(the_styles_get_one_more),
		cmocka_unit_test(notes_are_read_back_as_they_were),
		cmocka_unit_test(a_long_sheet_is_marked_through),
		cmocka_unit_test(what_cannot_be_marked_says_why),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
