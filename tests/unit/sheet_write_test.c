/* sheet_write_test.c - what is written as XLSX is read back by our own reader. */
#include "sheet_make.h"

#include "sheet/archive.h"
#include "sheet/write.h"

static void cells_come_back_as_they_were_written(void **state) {
	(void)state;
	struct arena a = {0};
	struct sheet_problem p;
	struct book *b;
	struct str bytes;
	struct sheet_writer *w = sheet_writer_new(&a, S("项目"));
	assert_non_null(w);
	sheet_write_head(w, S("名称"), 20);
	sheet_write_head(w, S("总投资 (万元)"), 14);
	sheet_write_head(w, S("日期"), 12);
	sheet_write_row_end(w);
	sheet_write_text(w, S("=HYPERLINK(\"http://x\")"));
	sheet_write_number(w, 123456789012, 6);
	sheet_write_day(w, 19800);
	sheet_write_row_end(w);
	sheet_write_empty(w);
	sheet_write_number(w, -50, 2);
	sheet_write_text(w, S("<&>\""));
	sheet_write_row_end(w);
	assert_true(sheet_writer_end(w, &bytes));
	assert_int_equal(book_open(&a, S("x.xlsx"), bytes, NULL, &b, &p), ERR_OK);
	assert_str(dump(&a, b, 0), S("1:T=名称,T=总投资 (万元),T=日期 2:T==HYPERLINK(\"http://x\"),N=123456.789012,D=2024-03-18 3:-,N=-0.5,T=<&>\""));
	arena_release(&a);
}

static void a_text_longer_than_a_cell_is_cut_between_characters(void **state) {
	(void)state;
	struct arena a = {0};
	struct buf long_text = {.arena = &a};
	struct sheet_problem p;
	struct book *b;
	struct str bytes;
	for (int i = 0; i < 12000; i++) buf_c(&long_text, "字");
	struct sheet_writer *w = sheet_writer_new(&a, S("x"));
	sheet_write_text(w, buf_str(&long_text));
	sheet_write_row_end(w);
	assert_true(sheet_writer_end(w, &bytes));
	assert_int_equal(book_open(&a, S("x.xlsx"), bytes, NULL, &b, &p), ERR_OK);
	struct str got = dump(&a, b, 0);
	assert_true(str_is_utf8(got) && got.n > 31990 && got.n < 32010);
	arena_release(&a);
}

static struct str unpacked(struct arena *a, struct str bytes, const char *name) {
	struct archive z;
	struct sheet_problem problem;
	struct part part;
	size_t got, n = 0;
	const struct sheet_limits limits = {.file_bytes = 1 << 20, .unpacked_bytes = 1 << 20, .rows = 10, .cols = 10};
	assert_int_equal(archive_open(a, bytes, &limits, &z, &problem), ERR_OK);
	const struct entry *e = archive_find(&z, str_c(name));
	assert_non_null(e);
	char *p = arena_alloc(a, (size_t)e->size + 1);
	assert_int_equal(part_open(&z, e, &part, &problem), ERR_OK);
	do {
		assert_int_equal(part_read(&part, p + n, (size_t)e->size - n, &got, &problem), ERR_OK);
		n += got;
	} while (got);
	part_close(&part);
	return (struct str){p, n};
}

/* The line stands in the sheet's own XML, & doubled as the format wants it. */
static void a_page_head_is_in_the_file(void **state) {
	(void)state;
	struct arena a = {0};
	struct str bytes;
	struct sheet_writer *w = sheet_writer_new(&a, S("x"));
	sheet_write_page_head(w, S("内部资料 A&B"));
	sheet_write_text(w, S("y"));
	sheet_write_row_end(w);
	assert_true(sheet_writer_end(w, &bytes));
	struct str xml = unpacked(&a, bytes, "xl/worksheets/sheet1.xml");
	assert_true(str_has(xml, S("<oddHeader>&amp;C&amp;\"-,Bold\"内部资料 A&amp;&amp;B</oddHeader>")));
	assert_true(str_has(xml, S("<oddFooter>&amp;C&amp;P / &amp;N</oddFooter>")));
	arena_release(&a);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_come_back_as_they_were_written),
		cmocka_unit_test(a_text_longer_than_a_cell_is_cut_between_characters),
		cmocka_unit_test(a_page_head_is_in_the_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
