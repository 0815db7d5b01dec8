#include "sheet/book.h"

#include "sheet/kind.h"
#include "sheet/ref.h"

#include "base/buf.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct str nowhere = {0};

#define MIB ((int64_t)1 << 20)

static int64_t or_default(int64_t given, int64_t usual) {
	return given > 0 ? given : usual;
}

static struct sheet_limits with_defaults(const struct sheet_limits *given) {
	struct sheet_limits l = given ? *given : (struct sheet_limits){0};
	l.file_bytes = or_default(l.file_bytes, 64 * MIB);
	l.unpacked_bytes = or_default(l.unpacked_bytes, 1024 * MIB);
	l.rows = or_default(l.rows, REF_ROWS);
	l.cols = (int32_t)or_default(l.cols, REF_COLS);
	l.cell_bytes = or_default(l.cell_bytes, 128 << 10);
	l.strings_bytes = or_default(l.strings_bytes, 128 * MIB);
	if (l.rows > REF_ROWS) l.rows = REF_ROWS;
	if (l.cols > REF_COLS) l.cols = REF_COLS;
	return l;
}

static enum err check_size(struct arena *a, int64_t size, const struct sheet_limits *l,
                           struct sheet_problem *p) {
	if (size <= l->file_bytes) return ERR_OK;
	return refuse(p, ERR_TOO_LARGE, "sheet_too_large", nowhere,
	              JOIN(a, S("the file is over "), str_of_int(a, l->file_bytes),
	                   S(" bytes: split it, or delete its pictures")));
}

enum err book_open(struct arena *a, struct str name, struct str bytes,
                   const struct sheet_limits *limits, struct book **out,
                   struct sheet_problem *problem) {
	struct book *b = arena_alloc(a, sizeof *b);
	enum file_kind kind = KIND_TEXT;
	*b = (struct book){.arena = a, .limits = with_defaults(limits), .name = name, .bytes = bytes};
	enum err e = check_size(a, (int64_t)bytes.n, &b->limits, problem);
	if (!e) e = kind_of_file(a, name, bytes, &kind, problem);
	if (!e) e = kind == KIND_ZIP ? xlsx_open(b, problem) : csv_open(b, problem);
	if (!e) *out = b;
	return e;
}

/* ---- from a file ---- */

static enum err unreadable(struct arena *a, int code, struct sheet_problem *p) {
	char text[128];
	return refuse(p, ERR_NOT_FOUND, "sheet_not_found", nowhere,
	              str_copy(a, str_c(strerror_r(code, text, sizeof text))));
}

static enum err read_all(struct arena *a, int file, size_t size, struct str *out,
                         struct sheet_problem *p) {
	char *to = arena_alloc(a, size + 1);
	size_t n = 0;
	while (n < size) {
		ssize_t got = read(file, to + n, size - n);
		if (got < 0 && errno == EINTR) continue;
		if (got < 0) return unreadable(a, errno, p);
		if (got == 0) break;
		n += (size_t)got;
	}
	*out = (struct str){to, n};
	return ERR_OK;
}

static enum err load_file(struct arena *a, int file, const struct sheet_limits *l, struct str *out,
                          struct sheet_problem *p) {
	struct stat st;
	if (fstat(file, &st)) return unreadable(a, errno, p);
	if (!S_ISREG(st.st_mode))
		return refuse(p, ERR_NOT_FOUND, "sheet_not_found", nowhere,
		              S("this is a folder or a device: give a file"));
	enum err e = check_size(a, st.st_size, l, p);
	return e ? e : read_all(a, file, (size_t)st.st_size, out, p);
}

enum err book_open_file(struct arena *a, const char *path, const struct sheet_limits *limits,
                        struct book **out, struct sheet_problem *problem) {
	struct sheet_limits l = with_defaults(limits);
	struct str bytes = {0};
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (file < 0) return unreadable(a, errno, problem);
	enum err e = load_file(a, file, &l, &bytes, problem);
	close(file);
	return e ? e : book_open(a, str_copy(a, str_c(path)), bytes, limits, out, problem);
}

/* ---- sheets and rows: each format has its own ---- */

size_t book_sheets(const struct book *b) {
	return b->xlsx ? xlsx_sheets(b) : 1;
}

static enum err check_number(const struct book *b, size_t i, struct sheet_problem *p) {
	if (i < book_sheets(b)) return ERR_OK;
	return refuse(p, ERR_NOT_FOUND, "sheet_no_sheet", nowhere,
	              JOIN(b->arena, S("the file has "), str_of_int(b->arena, (int64_t)book_sheets(b)),
	                   S(" sheets, counted from 0")));
}

enum err book_sheet(struct book *b, size_t i, struct sheet_info *out,
                    struct sheet_problem *problem) {
	enum err e = check_number(b, i, problem);
	if (e) return e;
	return b->xlsx ? xlsx_sheet(b, i, out, problem) : csv_sheet(b, out, problem);
}

struct str book_encoding(const struct book *b) {
	return b->csv ? csv_encoding(b) : (struct str){0};
}

char book_separator(const struct book *b) {
	return b->csv ? csv_separator(b) : 0;
}

enum err sheet_read(struct arena *a, struct book *b, size_t sheet, struct sheet_reader **out,
                    struct sheet_problem *problem) {
	enum err e = check_number(b, sheet, problem);
	if (e) return e;
	return b->xlsx ? xlsx_read(a, b, sheet, out, problem) : csv_read(a, b, out, problem);
}

enum err sheet_next(struct sheet_reader *r, const struct row **out) {
	return r->next(r, out);
}

/* The last column past the row's own that a merge covers, plus one; 0 = none. */
static int32_t merged_end(const struct sheet_reader *r, const struct row *row) {
	int32_t from_row, from_col, end = r->cols;
	while (end > 0 && (size_t)end > row->n && !r->merge_at(r, end - 1, &from_row, &from_col)) end--;
	return (size_t)end > row->n ? end : 0;
}

enum err sheet_next_wide(struct sheet_reader *r, const struct row **out) {
	enum err e = r->next(r, out);
	int32_t end = e || !*out ? 0 : merged_end(r, *out);
	if (!end) return e;
	r->wide_row = **out;
	memcpy(r->wide, (*out)->cells, (*out)->n * sizeof *r->wide);
	for (int32_t c = (int32_t)(*out)->n; c < end; c++) {
		struct cell *cell = &r->wide[c];
		*cell = (struct cell){.merge_row = -1, .merge_col = -1};
		(void)r->merge_at(r, c, &cell->merge_row, &cell->merge_col);
	}
	r->wide_row.cells = r->wide;
	r->wide_row.n = (size_t)end;
	*out = &r->wide_row;
	return ERR_OK;
}

const struct sheet_problem *sheet_reader_problem(const struct sheet_reader *r) {
	return &r->problem;
}

bool sheet_merge_at(const struct sheet_reader *r, int32_t col, int32_t *row, int32_t *first_col) {
	return r->merge_at(r, col, row, first_col);
}
