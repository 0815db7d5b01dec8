/* sheet_make.h - sheets made for a case, and what is read from them as one line of text. */
#ifndef SHEET_MAKE_H
#define SHEET_MAKE_H

#include "unit.h"

#include "sheet_zip.h"

#include "sheet/sheet.h"

#include <string.h>

/* Rows inside of <sheetData> (what stands behind it, after "|"). */
static inline struct str make_sheet(struct arena *a, struct str rows, struct str behind) {
	struct str head = S("<worksheet xmlns=\"" MAIN_NS "\"><sheetData>");
	return str_cat(a, str_cat(a, head, rows),
	               str_cat(a, S("</sheetData>"), str_cat(a, behind, S("</worksheet>"))));
}

/* "1:T=a,N=2,- 3:D=2024-04-10 " : row numbers, kinds and texts. A refusal: "!rule". */
static inline struct str dump(struct arena *a, struct book *b, size_t sheet) {
	static const char kinds[] = "-TNDHBE";
	struct buf out = {.arena = a};
	struct sheet_problem p = {0};
	struct sheet_reader *r;
	const struct row *row;
	enum err e = sheet_read(a, b, sheet, &r, &p);
	while (!e && !(e = sheet_next(r, &row)) && row) {
		buf_int(&out, row->number);
		buf_byte(&out, ':');
		for (size_t c = 0; c < row->n; c++) {
			if (c) buf_byte(&out, ',');
			buf_byte(&out, kinds[row->cells[c].kind]);
			if (row->cells[c].kind == CELL_EMPTY) continue;
			buf_byte(&out, '=');
			buf_add(&out, row->cells[c].text);
		}
		buf_byte(&out, ' ');
	}
	if (!e) return str_trim(buf_str(&out));
	return str_cat(a, S("!"), p.rule.n ? p.rule : sheet_reader_problem(r)->rule);
}

static inline struct str dump_bytes(struct arena *a, struct str name, struct str bytes) {
	struct book *b;
	struct sheet_problem p;
	if (book_open(a, name, bytes, NULL, &b, &p)) return str_cat(a, S("!"), p.rule);
	return dump(a, b, 0);
}

#endif
