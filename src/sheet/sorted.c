#include "sheet/sorted.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_HELD = 48 << 20 };

struct kept_cell {
	int32_t col;
	struct cell cell;
};

struct kept_row {
	int32_t row, order, n;    /* order: place in the file; n: kept cells */
	bool is_hidden;
	struct kept_cell *cells;
};

struct sorted {
	struct arena *arena;
	struct rows rows;
	struct kept_row *list;
	size_t n, room, next;
	size_t held;
	struct cell *cells;       /* limits->cols, of the row handed out */
	int32_t touched;
};

static void grow(struct sorted *s) {
	if (s->n < s->room) return;
	s->room = s->room ? s->room * 2 : 256;
	struct kept_row *more = arena_array(s->arena, s->room, sizeof *more);
	if (s->n) memcpy(more, s->list, s->n * sizeof *more);
	s->list = more;
}

static int32_t count_cells(const struct rows *r) {
	int32_t n = 0;
	for (int32_t c = 0; c < r->n; c++) n += r->cells[c].kind != CELL_EMPTY;
	return n;
}

/* Texts of shared strings live with the book; only the row's own are copied. */
static struct str kept_text(struct sorted *s, struct str text) {
	const struct buf *own = &s->rows.text;
	if (!own->p || text.p < own->p || text.p >= own->p + own->room) return text;
	s->held += text.n;
	return str_copy(s->arena, text);
}

static void keep_row(void *it) {
	struct sorted *s = it;
	const struct rows *r = &s->rows;
	int32_t n = count_cells(r);
	grow(s);
	struct kept_row *k = &s->list[s->n];
	*k = (struct kept_row){r->row, (int32_t)s->n, 0, r->is_hidden, NULL};
	k->cells = arena_array(s->arena, (size_t)n, sizeof *k->cells);
	for (int32_t c = 0; c < r->n; c++) {
		if (r->cells[c].kind == CELL_EMPTY) continue;
		k->cells[k->n] = (struct kept_cell){c, r->cells[c]};
		k->cells[k->n++].cell.text = kept_text(s, r->cells[c].text);
	}
	s->n++;
	s->held += sizeof *k + (size_t)n * sizeof *k->cells;
	if (s->held > MAX_HELD)
		xml_fail(&s->rows.xml, ERR_TOO_LARGE, "sheet_too_large", (struct str){0},
		         JOIN(s->arena, r->src.sheet_name,
		              S(": the rows are out of order and too many to sort: save the file again with "
		                "a spreadsheet program")));
}

static int by_row(const void *x, const void *y) {
	const struct kept_row *a = x, *b = y;
	if (a->row != b->row) return a->row < b->row ? -1 : 1;
	return (a->order > b->order) - (a->order < b->order);
}

enum err sorted_load(struct arena *a, const struct rows_source *src, struct sorted **out,
                     struct sheet_problem *problem) {
	struct sorted *s = arena_alloc(a, sizeof *s);
	s->arena = a;
	s->rows.on_row = keep_row;
	s->rows.it = s;
	enum err e = rows_open(&s->rows, a, src, problem);
	if (!e) e = rows_run(&s->rows);
	if (e) return e;
	rows_close(&s->rows);
	if (s->n) qsort(s->list, s->n, sizeof *s->list, by_row);
	s->cells = arena_array(a, (size_t)src->limits->cols, sizeof *s->cells);
	*out = s;
	return ERR_OK;
}

bool sorted_next(struct sorted *s, struct sorted_row *out) {
	if (s->next == s->n) return false;
	memset(s->cells, 0, (size_t)s->touched * sizeof *s->cells);
	s->touched = 0;
	*out = (struct sorted_row){.row = s->list[s->next].row, .cells = s->cells};
	for (; s->next < s->n && s->list[s->next].row == out->row; s->next++) {
		const struct kept_row *k = &s->list[s->next];
		for (int32_t i = 0; i < k->n; i++) {
			s->cells[k->cells[i].col] = k->cells[i].cell;
			if (k->cells[i].col >= s->touched) s->touched = k->cells[i].col + 1;
		}
		out->is_hidden = out->is_hidden || k->is_hidden;
	}
	out->n = s->touched;
	return true;
}
