/* csv.c - separated text as a book with one sheet. */
#include "sheet/csv.h"

#include "sheet/book.h"
#include "sheet/ref.h"

#include <string.h>

enum { STOP_EVERY = 1024 }; /* rows between two looks at the caller's stop */

/* NUL bytes mean a binary file or a broken one; a database would cut the text there. */
static enum err check_nul(struct book *b, struct str text, struct sheet_problem *p) {
	const char *nul = text.n ? memchr(text.p, 0, text.n) : NULL;
	int64_t line = 1;
	if (!nul) return ERR_OK;
	for (const char *q = text.p; q < nul; q++) line += *q == '\n';
	return refuse(p, ERR_INVALID, "sheet_nul", place_line(b->arena, line),
	              S("the text has NUL bytes: it is damaged, or no text at all; save it as .xlsx"));
}

/* "sep=;" as the first line is for the spreadsheet program and no row. */
static void take_sep_line(struct csv *c) {
	static const char *const known = ",;|\t";
	struct str s = c->body;
	if (s.n < 5 || !str_eq_nocase(str_sub(s, 0, 4), S("sep=")) || !strchr(known, s.p[4])) return;
	if (s.n > 5 && s.p[5] != '\n' && s.p[5] != '\r') return;
	c->sep = str_sub(s, 4, 1);
	size_t end = str_starts(str_sub(s, 5, s.n), S("\r\n")) ? 7 : s.n > 5 ? 6 : 5;
	c->body = str_sub(s, end, s.n);
	c->first_line = 2;
}

/* DOS editors end a file with Ctrl-Z. */
static struct str without_ctrl_z(struct str s) {
	return s.n && s.p[s.n - 1] == 0x1A ? str_sub(s, 0, s.n - 1) : s;
}

enum err csv_open(struct book *b, struct sheet_problem *problem) {
	struct csv *c = arena_alloc(b->arena, sizeof *c);
	c->encoding = encoding_detect(b->bytes);
	c->first_line = 1;
	enum err e = text_decode(b->arena, &c->encoding, b->bytes, &c->text, problem);
	if (!e) e = check_nul(b, c->text, problem);
	if (e) return e;
	if (!c->text.n)
		return refuse(problem, ERR_INVALID, "sheet_empty", (struct str){0},
		              S("the file is empty: give the one with the rows"));
	c->body = c->text = without_ctrl_z(c->text);
	take_sep_line(c);
	struct str ending = str_lower(b->arena, str_sub(b->name, b->name.n > 4 ? b->name.n - 4 : 0, 4));
	if (!c->sep.n) c->sep = csv_find_separator(b->arena, c->body, str_eq(ending, S(".tsv")));
	b->csv = c;
	return ERR_OK;
}

struct csv_scan csv_scan_of(const struct book *b, struct arena *scratch) {
	const struct csv *c = b->csv;
	return (struct csv_scan){.rest = c->body, .sep = c->sep, .line = c->first_line,
	                         .cell_bytes = b->limits.cell_bytes, .cols = b->limits.cols,
	                         .scratch = {.arena = scratch}};
}

static enum err check_rows(const struct book *b, int64_t row, struct sheet_problem *p) {
	if (row > b->limits.rows)
		return refuse(p, ERR_TOO_LARGE, "sheet_too_large", (struct str){0},
		              JOIN(b->arena, S("more than "), str_of_int(b->arena, b->limits.rows),
		                   S(" rows: split the file into several")));
	return row % STOP_EVERY ? ERR_OK : check_stop(&b->limits, p);
}

enum err csv_sheet(struct book *b, struct sheet_info *out, struct sheet_problem *problem) {
	struct csv *c = b->csv;
	struct arena scratch = {0};
	struct csv_scan s = csv_scan_of(b, &scratch);
	enum err e = ERR_OK;
	int64_t row = 0;
	if (!c->is_known) {
		c->rows = 0;
		c->cols = c->width = 0;
	}
	while (!c->is_known && !e && csv_scan_next(&s, b->arena, &e, problem)) {
		e = check_rows(b, ++row, problem);
		if (s.n > c->width) c->width = s.n;
		if (!s.used) continue;
		c->rows = row;
		if (s.used > c->cols) c->cols = s.used;
	}
	arena_release(&scratch);
	if (e) return e;
	c->is_known = true;
	*out = (struct sheet_info){.rows = c->rows, .cols = c->cols};
	return ERR_OK;
}

/* ---- rows ---- */

struct csv_reader {
	struct sheet_reader base;
	const struct book *book;
	struct arena *arena;
	struct csv_scan scan;
	struct row out;
};

static enum err next(struct sheet_reader *r, const struct row **out) {
	struct csv_reader *c = (struct csv_reader *)r;
	enum err e = ERR_OK;
	*out = NULL;
	while (!e && csv_scan_next(&c->scan, c->arena, &e, &r->problem)) {
		e = check_rows(c->book, ++c->out.number, &r->problem);
		if (!c->scan.used) continue;
		c->out.n = (size_t)c->scan.used;
		if (!e) *out = &c->out;
		return e;
	}
	return e;
}

static bool merge_at(const struct sheet_reader *r, int32_t col, int32_t *row, int32_t *first_col) {
	(void)r;
	(void)col;
	(void)row;
	(void)first_col;
	return false;
}

enum err csv_read(struct arena *a, struct book *b, struct sheet_reader **out,
                  struct sheet_problem *problem) {
	(void)problem;
	struct csv_reader *c = arena_alloc(a, sizeof *c);
	c->base.next = next;
	c->base.merge_at = merge_at;
	c->book = b;
	c->arena = a;
	c->scan = csv_scan_of(b, a);
	c->out.cells = c->scan.cells = arena_array(a, (size_t)b->limits.cols, sizeof *c->out.cells);
	*out = &c->base;
	return ERR_OK;
}

struct str csv_encoding(const struct book *b) {
	return b->csv->encoding.name;
}

char csv_separator(const struct book *b) {
	struct str sep = b->csv->sep;
	if (str_eq(sep, S("，"))) return ',';
	return str_eq(sep, S("；")) ? ';' : sep.p[0];
}
