/* xlsx.c - a workbook as a book: its sheets, their sizes, their rows. */
#include "sheet/book.h"
#include "sheet/rows.h"
#include "sheet/sorted.h"
#include "sheet/workbook.h"
#include "sheet/xlsx.h"

#include <string.h>

enum err xlsx_open(struct book *b, struct sheet_problem *problem) {
	struct xlsx *x = arena_alloc(b->arena, sizeof *x);
	enum err e = archive_open(b->arena, b->bytes, &b->limits, &x->archive, problem);
	if (!e) e = workbook_load(b->arena, &x->archive, &b->limits, &x->workbook, problem);
	if (!e) e = strings_load(b->arena, &x->archive, x->workbook.strings, &b->limits, &x->strings,
	                         problem);
	if (!e) e = styles_load(b->arena, &x->archive, x->workbook.styles, &b->limits, &x->styles,
	                        problem);
	if (e) return e;
	x->sizes = arena_array(b->arena, x->workbook.n, sizeof *x->sizes);
	b->xlsx = x;
	return ERR_OK;
}

size_t xlsx_sheets(const struct book *b) {
	return b->xlsx->workbook.n;
}

static struct rows_source source_of(const struct book *b, size_t i) {
	const struct xlsx *x = b->xlsx;
	return (struct rows_source){&x->archive, x->workbook.sheets[i].entry, x->workbook.sheets[i].name,
	                            &x->strings, &x->styles, x->workbook.is_1904, &b->limits};
}

/* ---- size ---- */

struct measuring {
	struct rows *rows;
	struct xlsx_size *size;
};

static void measure_row(void *it) {
	struct measuring *m = it;
	if (m->rows->row >= m->size->rows) m->size->rows = m->rows->row + 1;
	if (m->rows->n > m->size->cols) m->size->cols = m->rows->n;
}

/* Read the sheet once: its size, its merges (they stand behind the rows), whether it is in order. */
enum err xlsx_measure(struct book *b, size_t i, struct sheet_problem *problem) {
	struct xlsx_size *size = &b->xlsx->sizes[i];
	if (size->is_known) return ERR_OK;
	struct arena scratch = {0};
	struct rows *rows = arena_alloc(&scratch, sizeof *rows);
	struct measuring m = {rows, size};
	struct merges merges = {0};
	struct rows_source src = source_of(b, i);
	*size = (struct xlsx_size){0};
	rows->on_row = measure_row;
	rows->it = &m;
	rows->merges = &merges;
	rows->is_measuring = true;
	enum err e = rows_open(rows, &scratch, &src, problem);
	if (!e) e = rows_run(rows);
	if (e) problem_keep(b->arena, problem);
	if (!e) {
		merges_sort(&merges);
		size->merges.n = merges.n;
		size->merges.list = arena_array(b->arena, merges.n, sizeof *merges.list);
		if (merges.n) memcpy(size->merges.list, merges.list, merges.n * sizeof *merges.list);
		size->is_disordered = rows->is_disordered;
		size->is_known = true;
	}
	arena_release(&scratch);
	return e;
}

enum err xlsx_sheet(struct book *b, size_t i, struct sheet_info *out,
                    struct sheet_problem *problem) {
	enum err e = xlsx_measure(b, i, problem);
	if (e) return e;
	const struct workbook_sheet *s = &b->xlsx->workbook.sheets[i];
	*out = (struct sheet_info){s->name, s->state, b->xlsx->sizes[i].rows, b->xlsx->sizes[i].cols};
	return ERR_OK;
}

/* ---- rows ---- */

struct xlsx_reader {
	struct sheet_reader base;
	struct rows rows;
	struct sorted *sorted;      /* not NULL: the rows of the file were out of order */
	struct merge_sweep sweep;
	int32_t row;                /* the last one read, -1 before */
	int64_t last;               /* number of the last row with a value */
	bool is_ready;
	struct row out;
};

/* The cells of a merge but the first are empty, whatever the file still holds under it. */
static void apply_merges(struct xlsx_reader *x, struct cell *cells, int32_t n) {
	sweep_to(&x->sweep, x->row);
	for (int32_t c = 0; c < n; c++) {
		const struct ref_range *m = sweep_at(&x->sweep, x->row, c);
		if (m && (m->top != x->row || m->left != c)) cells[c] = (struct cell){0};
		cells[c].merge_row = m ? m->top : -1;
		cells[c].merge_col = m ? m->left : -1;
	}
}

static void hand_out(struct xlsx_reader *x, struct sorted_row r) {
	x->row = r.row;
	apply_merges(x, r.cells, r.n);
	while (r.n > 0 && r.cells[r.n - 1].kind == CELL_EMPTY) r.n--;
	x->out = (struct row){(int64_t)r.row + 1, r.cells, (size_t)r.n, r.is_hidden};
}

static void stream_row(void *it) {
	struct xlsx_reader *x = it;
	x->is_ready = true;
	xml_pause(&x->rows.xml);
}

static enum err stream_next(struct xlsx_reader *x) {
	x->is_ready = false;
	/* many sheets are formatted far down below their last value */
	if (x->row + 1 >= x->last) return ERR_OK;
	enum err e = rows_run(&x->rows);
	if (e || !x->is_ready) return e;
	hand_out(x, (struct sorted_row){x->rows.row, x->rows.n, x->rows.cells, x->rows.is_hidden});
	return ERR_OK;
}

static enum err next(struct sheet_reader *r, const struct row **out) {
	struct xlsx_reader *x = (struct xlsx_reader *)r;
	do {
		struct sorted_row row;
		enum err e = ERR_OK;
		x->out.n = 0;
		if (!x->sorted) e = stream_next(x);
		else if ((x->is_ready = sorted_next(x->sorted, &row))) hand_out(x, row);
		*out = NULL;
		if (e || !x->is_ready) return e;
	} while (!x->out.n); /* all of the row was covered by merges */
	*out = &x->out;
	return ERR_OK;
}

static bool merge_at(const struct sheet_reader *r, int32_t col, int32_t *row, int32_t *first_col) {
	const struct xlsx_reader *x = (const struct xlsx_reader *)r;
	const struct ref_range *m = col < 0 ? NULL : sweep_at(&x->sweep, x->row, col);
	if (!m) return false;
	*row = m->top;
	*first_col = m->left;
	return true;
}

enum err xlsx_read(struct arena *a, struct book *b, size_t i, struct sheet_reader **out,
                   struct sheet_problem *problem) {
	enum err e = xlsx_measure(b, i, problem);
	if (e) return e;
	const struct xlsx_size *size = &b->xlsx->sizes[i];
	struct xlsx_reader *x = arena_alloc(a, sizeof *x);
	struct rows_source src = source_of(b, i);
	x->base.next = next;
	x->base.merge_at = merge_at;
	x->row = -1;
	x->last = size->rows;
	sweep_init(a, &x->sweep, &size->merges, size->cols);
	x->base.cols = x->sweep.cols;
	x->base.wide = arena_array(a, (size_t)x->base.cols, sizeof *x->base.wide);
	if (size->is_disordered) {
		e = sorted_load(a, &src, &x->sorted, problem);
	} else {
		x->rows.on_row = stream_row;
		x->rows.it = x;
		e = rows_open(&x->rows, a, &src, &x->base.problem);
		if (e) *problem = x->base.problem;
	}
	if (!e) *out = &x->base;
	return e;
}
