/* xlsx_fuzz.c - any bytes as a workbook, or as the parts of one.
 *
 * Bytes that begin with "PK" are the file itself. Others are its XML parts: sheet, shared strings,
 * styles, workbook and relationships, each ended by two NUL bytes, so that the fuzzer need not invent
 * checksums. What opens is read through, marked, and the marked copy must open and read again. */
#include "../unit/sheet_zip.h"

#include "sheet/sheet.h"

#include <assert.h>
#include <string.h>

static struct str part(struct str *rest) {
	ptrdiff_t at = str_find(*rest, (struct str){"\0", 2});
	struct str p = at < 0 ? *rest : str_sub(*rest, 0, (size_t)at);
	*rest = at < 0 ? (struct str){0} : str_sub(*rest, (size_t)at + 2, rest->n);
	return p;
}

static struct str from_parts(struct arena *a, struct str rest) {
	struct made entries[6] = {MADE_ROOT_RELS, MADE_WORKBOOK, MADE_RELS, {.name = S("xl/worksheets/sheet1.xml")},
	                          {.name = S("xl/sharedStrings.xml")}, {.name = S("xl/styles.xml")}};
	static const int order[] = {3, 4, 5, 1, 2};
	entries[4].body = S("<sst><si><t>a</t></si></sst>");
	entries[5].body = S("<styleSheet><fills/><cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs></styleSheet>");
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		struct str p = part(&rest);
		if (p.n || i == 0) entries[order[i]].body = p;
	}
	return make_zip(a, entries, 6);
}

static void check_row(const struct row *row) {
	assert(row->n > 0 && row->number > 0 && row->number <= 1048576);
	assert(row->cells[row->n - 1].kind != CELL_EMPTY);
	for (size_t i = 0; i < row->n; i++) {
		const struct cell *c = &row->cells[i];
		assert((c->kind == CELL_EMPTY) == (c->text.n == 0));
		assert(str_is_utf8(c->text));
		assert(!c->text.n || !memchr(c->text.p, 0, c->text.n));
	}
}

/* ERR_OK when all of the sheet could be read; its numbers of rows ascend. */
static enum err read_all(struct arena *a, struct book *b, size_t sheet, int64_t *rows) {
	struct sheet_problem p;
	struct sheet_reader *r;
	const struct row *row;
	int64_t last = 0;
	enum err e = sheet_read(a, b, sheet, &r, &p);
	*rows = 0;
	while (!e && !(e = sheet_next(r, &row)) && row) {
		assert(row->number > last);
		last = row->number;
		check_row(row);
		++*rows;
	}
	return e;
}

static void mark(struct arena *a, struct book *b, size_t sheet, int64_t rows) {
	static const struct sheet_note notes[] = {{2, S_("<note>")}, {3, S_("_x0041_")}, {1000, S_("last")}};
	struct sheet_problem p;
	struct book *copy;
	struct str bytes;
	int64_t again;
	if (book_mark(a, b, sheet, 1, S("head"), notes, 3, &bytes, &p)) return;
	assert(book_open(a, S("x.xlsx"), bytes, NULL, &copy, &p) == ERR_OK);
	assert(read_all(a, copy, sheet, &again) == ERR_OK);
	/* at most the head and the three notes come in; none does where a merge covers its cell */
	assert(again >= rows && again <= rows + 4);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
	struct arena a = {0};
	struct sheet_limits limits = {.unpacked_bytes = 4 << 20, .cols = 512};
	struct sheet_problem p = {0};
	struct book *b;
	struct str bytes = {(const char *)data, size};
	if (!str_starts(bytes, S("PK"))) bytes = from_parts(&a, bytes);
	if (book_open(&a, S("x.xlsx"), bytes, &limits, &b, &p)) {
		assert(p.rule.n && p.why.n);
	} else {
		for (size_t i = 0; i < book_sheets(b) && i < 3; i++) {
			int64_t rows;
			if (read_all(&a, b, i, &rows) == ERR_OK) mark(&a, b, i, rows);
		}
	}
	arena_release(&a);
	return 0;
}
