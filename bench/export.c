/* bench_export CSV FILE - the cells of a CSV as XLSX by libxlsxwriter alone, in constant memory: what the
 * export of a list is held against. Prints rows per CPU-second of the writing; the cells are read first. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

enum kind { EMPTY, TEXT, NUMBER, DAY, ROW_END };
struct cell {
	enum kind kind;
	const char *text;
	double number;
	int64_t at;
};

static char *read_all(const char *path, size_t *n) {
	FILE *f = fopen(path, "rb");
	if (!f || fseek(f, 0, SEEK_END)) die(path, "cannot be read");
	long size = ftell(f);
	rewind(f);
	char *p = calloc(1, (size_t)size + 1);
	if (!p || fread(p, 1, (size_t)size, f) != (size_t)size) die(path, "cannot be read");
	fclose(f);
	*n = (size_t)size;
	return p;
}

static struct cell cell_of(char *text) {
	int y, m, d;
	char end, *rest;
	if (!*text) return (struct cell){.kind = EMPTY};
	if (strlen(text) == 10 && sscanf(text, "%4d-%2d-%2d%c", &y, &m, &d, &end) == 3)
		return (struct cell){.kind = DAY, .at = ((int64_t)y * 372 + m * 31 + d) * 86400 - INT64_C(63000000000)};
	double v = strtod(text, &rest);
	if (!*rest) return (struct cell){.kind = NUMBER, .number = v};
	return (struct cell){.kind = TEXT, .text = text};
}

/* No cell of the bench's city holds a comma or a quote. */
static size_t split(char *p, size_t n, struct cell *out) {
	size_t cells = 0;
	char *from = p + 3; /* the mark */
	for (char *at = from; at < p + n; at++) {
		if (*at != ',' && *at != '\r') continue;
		bool is_end = *at == '\r';
		*at = 0;
		out[cells++] = cell_of(from);
		if (is_end) out[cells++] = (struct cell){.kind = ROW_END};
		at += is_end;
		from = at + 1;
	}
	return cells;
}

int main(int argc, char **argv) {
	size_t n;
	if (argc != 3) die("usage", "bench_export CSV FILE");
	char *p = read_all(argv[1], &n);
	struct cell *cells = calloc(n, sizeof *cells);
	if (!cells) die(argv[1], "too large");
	size_t count = split(p, n, cells);
	int64_t from = cpu_ns();
	lxw_workbook_options options = {.constant_memory = LXW_TRUE};
	lxw_workbook *book = workbook_new_opt(argv[2], &options);
	lxw_worksheet *w = workbook_add_worksheet(book, NULL);
	lxw_format *number = workbook_add_format(book), *day = workbook_add_format(book);
	format_set_num_format(number, "#,##0.00");
	format_set_num_format(day, "yyyy-mm-dd");
	lxw_row_t row = 0;
	lxw_col_t col = 0;
	for (size_t i = 0; i < count; i++, col++) {
		const struct cell *c = &cells[i];
		if (c->kind == TEXT) worksheet_write_string(w, row, col, c->text, NULL);
		else if (c->kind == NUMBER) worksheet_write_number(w, row, col, c->number, number);
		else if (c->kind == DAY) worksheet_write_unixtime(w, row, col, c->at, day);
		else if (c->kind == ROW_END) row++, col = (lxw_col_t)-1;
	}
	if (workbook_close(book)) die(argv[2], "cannot be written");
	printf("%.1f\n", row * 1e9 / (double)(cpu_ns() - from));
	free(cells);
	free(p);
	return 0;
}
