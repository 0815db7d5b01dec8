/* csv_fuzz.c - any bytes as a text file: what is read is UTF-8 without NUL, sizes agree with the rows,
 * and a marked copy can be made. */
#include "sheet/sheet.h"

#include <assert.h>
#include <string.h>

static void check_row(const struct row *row, const struct sheet_info *info) {
	assert(row->n > 0 && (int64_t)row->n <= info->cols && row->number <= info->rows);
	for (size_t i = 0; i < row->n; i++) {
		const struct cell *c = &row->cells[i];
		assert(c->kind == (c->text.n ? CELL_TEXT : CELL_EMPTY));
		assert(str_is_utf8(c->text));
		assert(!c->text.n || !memchr(c->text.p, 0, c->text.n));
	}
}

static void read_all(struct arena *a, struct book *b) {
	static const struct sheet_note notes[] = {{1, S_("备注")}, {3, S_("=\"x\"")}};
	struct sheet_problem p = {0};
	struct sheet_info info;
	struct sheet_reader *r;
	const struct row *row;
	struct str marked;
	int64_t last = 0;
	assert(book_encoding(b).n && book_separator(b));
	if (book_sheet(b, 0, &info, &p)) {
		assert(p.rule.n && p.why.n);
		return;
	}
	assert(sheet_read(a, b, 0, &r, &p) == ERR_OK);
	while (sheet_next(r, &row) == ERR_OK && row) {
		assert(row->number > last);
		last = row->number;
		check_row(row, &info);
	}
	assert(last == info.rows);
	assert(book_mark(a, b, 0, 2, S("h"), notes, 2, &marked, &p) == ERR_OK);
	assert(marked.n > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
	struct arena a = {0};
	struct sheet_problem p = {0};
	struct book *b;
	struct str bytes = {(const char *)data, size};
	if (str_starts(bytes, S("PK"))) return -1; /* the other target's */
	if (book_open(&a, size & 1 ? S("x.csv") : S("x.tsv"), bytes, NULL, &b, &p)) assert(p.rule.n && p.why.n);
	else read_all(&a, b);
	arena_release(&a);
	return 0;
}
