#include "sheet/book.h"

#include <stdlib.h>

static int by_row(const void *x, const void *y) {
	const int64_t row = *(const int64_t *)x;
	const struct sheet_note *note = y;
	return (row > note->row) - (row < note->row);
}

struct str marking_of(const struct marking *m, int64_t row) {
	if (row == m->head_row) return m->head;
	const struct sheet_note *n = m->n ? bsearch(&row, m->notes, m->n, sizeof *m->notes, by_row) : NULL;
	return n ? n->text : (struct str){0};
}

enum err book_mark(struct arena *a, struct book *b, size_t sheet, int64_t head_row, struct str head,
                   const struct sheet_note *notes, size_t n, struct str *bytes,
                   struct sheet_problem *problem) {
	struct sheet_info info;
	struct marking m = {sheet, head_row, head, notes, n};
	enum err e = book_sheet(b, sheet, &info, problem);
	if (e) return e;
	return b->xlsx ? xlsx_mark(a, b, &m, bytes, problem) : csv_mark(a, b, &m, bytes, problem);
}
