#include "cli_sheet.h"

#include "sheet/sheet.h"

#include "base/buf.h"
#include "base/json.h"

#include <stdio.h>
#include <string.h>

enum { EXIT_REFUSED = 1, EXIT_USAGE = 2 };
enum { FLUSH_AT = 64 << 10, PADDED_MAX = 64 << 20 };

struct options {
	bool json, csv, has_sheet;
	int64_t sheet;
	const char *file;
};

static int usage(void) {
	fputs("usage: zhaoyin sheet --json FILE\n"
	      "       zhaoyin sheet --csv [--sheet N] FILE   (N from 0)\n"
	      "FILE is .xlsx, .xlsm, .csv, .tsv or .txt.\n", stderr);
	return EXIT_USAGE;
}

static bool parse(int argc, char **argv, struct options *o) {
	for (int i = 1; i < argc; i++) {
		struct str arg = str_c(argv[i]);
		if (str_eq(arg, S("--json"))) {
			o->json = true;
		} else if (str_eq(arg, S("--csv"))) {
			o->csv = true;
		} else if (str_eq(arg, S("--sheet")) && i + 1 < argc) {
			o->has_sheet = true;
			if (!str_int(str_c(argv[++i]), &o->sheet) || o->sheet < 0) return false;
		} else if (o->file || (str_starts(arg, S("--")) && arg.n > 2)) {
			return false;
		} else {
			o->file = argv[i];
		}
	}
	return o->file && o->json != o->csv && !(o->json && o->has_sheet);
}

/* "FILE: 汇总!B7: why", one line. */
static int refused(const char *file, const struct sheet_problem *p) {
	fprintf(stderr, "zhaoyin: %s: %.*s%s%.*s [%.*s]\n", file, (int)p->place.n,
	        p->place.p ? p->place.p : "", p->place.n ? ": " : "", (int)p->why.n, p->why.p,
	        (int)p->rule.n, p->rule.p);
	return EXIT_REFUSED;
}

static bool flush(struct buf *b) {
	bool good = fwrite(b->p ? b->p : "", 1, b->n, stdout) == b->n;
	b->n = 0;
	return good;
}

/* The reader of a pipe may have gone; that is no reason of ours. */
static int finish(struct buf *b) {
	if (flush(b) && fflush(stdout) == 0) return 0;
	fputs("zhaoyin: cannot write to standard output\n", stderr);
	return EXIT_REFUSED;
}

static struct str state_name(enum sheet_state state) {
	static const struct str names[] = {S_("visible"), S_("hidden"), S_("veryHidden")};
	return names[state];
}

static int print_json(struct arena *a, struct book *b, const char *file) {
	struct sheet_problem problem;
	struct buf out = {.arena = a};
	struct json j = {.out = &out};
	json_arr(&j);
	for (size_t i = 0; i < book_sheets(b); i++) {
		struct sheet_info info;
		if (book_sheet(b, i, &info, &problem)) return refused(file, &problem);
		json_obj(&j);
		json_put_str_or_null(&j, "name", info.name);
		json_put_str(&j, "state", state_name(info.state));
		json_put_int(&j, "rows", info.rows);
		json_put_int(&j, "cols", info.cols);
		json_end(&j);
	}
	json_end(&j);
	buf_byte(&out, '\n');
	return finish(&out);
}

/* The exact text: quotes where RFC 4180 needs them and no guard against formulas, because this is
 * what others compare and read on. */
static void put_field(struct buf *b, struct str s) {
	bool quote = false;
	for (size_t i = 0; i < s.n && !quote; i++)
		quote = s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r';
	if (!quote) {
		buf_add(b, s);
		return;
	}
	buf_byte(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"') buf_byte(b, '"');
		buf_byte(b, s.p[i]);
	}
	buf_byte(b, '"');
}

static void put_row(struct buf *b, const struct row *row, size_t width) {
	for (size_t c = 0; c < width || c < row->n; c++) {
		if (c) buf_byte(b, ',');
		if (c < row->n) put_field(b, row->cells[c].text);
	}
	buf_byte(b, '\n');
}

/* Rows that hold nothing are not read, but written. */
static bool put_blank(struct buf *b, int64_t rows, size_t width) {
	static const struct row blank = {0};
	for (; rows > 0; rows--) {
		put_row(b, &blank, width);
		if (b->n > FLUSH_AT && !flush(b)) return false;
	}
	return true;
}

static int print_csv(struct arena *a, struct book *b, size_t sheet, const char *file) {
	struct sheet_problem problem;
	struct sheet_info info;
	struct sheet_reader *reader;
	struct buf out = {.arena = a};
	const struct row *row;
	int64_t written = 0;
	enum err e = book_sheet(b, sheet, &info, &problem);
	if (!e) e = sheet_read(a, b, sheet, &reader, &problem);
	if (e) return refused(file, &problem);
	size_t width = info.rows * info.cols <= PADDED_MAX ? (size_t)info.cols : 0;
	while (!(e = sheet_next(reader, &row)) && row) {
		if (!put_blank(&out, row->number - written - 1, width)) break;
		put_row(&out, row, width);
		written = row->number;
		if (out.n > FLUSH_AT && !flush(&out)) break;
	}
	return e ? refused(file, sheet_reader_problem(reader)) : finish(&out);
}

static int run(struct arena *a, const struct options *o) {
	struct sheet_problem problem;
	struct book *b;
	if (book_open_file(a, o->file, NULL, &b, &problem)) return refused(o->file, &problem);
	return o->json ? print_json(a, b, o->file) : print_csv(a, b, (size_t)o->sheet, o->file);
}

int cli_sheet(int argc, char **argv) {
	struct options o = {0};
	struct arena a = {0};
	if (!parse(argc, argv, &o)) return usage();
	int status = run(&a, &o);
	arena_release(&a);
	return status;
}
