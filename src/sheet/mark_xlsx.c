/* mark_xlsx.c - a workbook with notes: the sheet and the styles are rewritten, every other entry is
 * copied packed as it is. */
#include "sheet/book.h"
#include "sheet/mark_rows.h"
#include "sheet/mark_styles.h"
#include "sheet/ref.h"
#include "sheet/xlsx.h"

#include <string.h>

/* A merge that reaches this far right is a whole-row one; a note in its rows below the first would
 * not be seen, and none that far right would be either. */
enum { MERGE_ODD = 1024 };

/* The rewritten sheet as a source for the library: it asks for the size first and for the bytes
 * then, so the sheet is read twice and never held. */
struct sheet_source {
	struct book *book;
	const struct marking *m;
	int32_t col;
	int64_t style;
	int64_t size;
	struct arena arena;         /* of one run */
	struct mark_rows *rows;
	struct sheet_problem *problem;
	size_t taken;               /* of the piece in rows->splice.out */
};

static enum err start_run(struct sheet_source *s) {
	struct xlsx *x = s->book->xlsx;
	s->rows = arena_alloc(&s->arena, sizeof *s->rows);
	s->taken = 0;
	*s->rows = (struct mark_rows){.m = s->m, .col = s->col, .style = s->style,
	                              .is_ordered = !x->sizes[s->m->sheet].is_disordered};
	return mark_rows_open(s->rows, &s->arena, &x->archive, x->workbook.sheets[s->m->sheet].entry,
	                      &s->book->limits, s->problem);
}

static void end_run(struct sheet_source *s) {
	problem_keep(s->book->arena, s->problem);
	arena_release(&s->arena);
	s->rows = NULL;
}

/* Makes sure that there is something to take; at the end there is not. */
static enum err refill(struct sheet_source *s) {
	struct splice *p = &s->rows->splice;
	if (s->taken < p->out.n) return ERR_OK;
	p->out.n = s->taken = 0;
	enum err e = ERR_OK;
	while (!e && !p->out.n && !p->xml.is_done) e = splice_step(p);
	return e;
}

static enum err measure(struct sheet_source *s) {
	enum err e = start_run(s);
	while (!e && !(e = refill(s)) && s->rows->splice.out.n) {
		s->size += (int64_t)s->rows->splice.out.n;
		s->taken = s->rows->splice.out.n;
	}
	if (!e && !s->rows->has_data)
		e = refuse(s->problem, ERR_INVALID, "sheet_damaged",
		           s->book->xlsx->workbook.sheets[s->m->sheet].name,
		           S("the sheet has no place for rows: save the file again with a spreadsheet program"));
	end_run(s);
	return e;
}

static zip_int64_t read_some(struct sheet_source *s, char *to, size_t n) {
	if (refill(s)) return -1;
	struct buf *out = &s->rows->splice.out;
	size_t some = out->n - s->taken < n ? out->n - s->taken : n;
	if (some) memcpy(to, out->p + s->taken, some);
	s->taken += some;
	return (zip_int64_t)some;
}

static zip_int64_t source_call(void *it, void *data, zip_uint64_t n, zip_source_cmd_t command) {
	struct sheet_source *s = it;
	switch (command) {
	case ZIP_SOURCE_SUPPORTS:
		return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
		                                      ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
	case ZIP_SOURCE_OPEN:
		if (!start_run(s)) return 0;
		end_run(s);
		return -1;
	case ZIP_SOURCE_READ: return read_some(s, data, n);
	case ZIP_SOURCE_CLOSE: end_run(s); return 0;
	case ZIP_SOURCE_STAT: {
		zip_stat_t *st = data;
		zip_stat_init(st);
		st->size = (zip_uint64_t)s->size;
		st->valid = ZIP_STAT_SIZE;
		return sizeof *st;
	}
	case ZIP_SOURCE_ERROR: {
		int *codes = data;
		codes[0] = ZIP_ER_INTERNAL;
		codes[1] = 0;
		return 2 * sizeof *codes;
	}
	case ZIP_SOURCE_FREE: return 0;
	default: return -1;
	}
}

static enum err cannot_write(struct sheet_problem *p) {
	return refuse(p, ERR_INVALID, "sheet_damaged", (struct str){0},
	              S("the copy with notes could not be written: save the file again with a spreadsheet "
	                "program"));
}

enum { PACK_LEVEL = 4 }; /* the library's own 9: six times as long for an eighth fewer bytes */

/* One entry of the copy: from its source, which the archive takes over. */
static bool add(zip_t *to, const char *name, zip_source_t *source, bool is_rewritten) {
	if (!source) return false;
	zip_int64_t i = zip_file_add(to, name, source, ZIP_FL_ENC_GUESS);
	if (i < 0) zip_source_free(source);
	if (i < 0 || !is_rewritten) return i >= 0;
	return zip_set_file_compression(to, (zip_uint64_t)i, ZIP_CM_DEFLATE, PACK_LEVEL) == 0;
}

/* An entry of another archive as it is packed there. libzip 1.10 (Debian 13) renamed the call. */
static zip_source_t *packed_source(zip_t *to, zip_t *from, zip_uint64_t i) {
#if LIBZIP_VERSION_MAJOR > 1 || (LIBZIP_VERSION_MAJOR == 1 && LIBZIP_VERSION_MINOR >= 10)
	return zip_source_zip_file(to, from, i, ZIP_FL_COMPRESSED, 0, -1, NULL);
#else
	return zip_source_zip(to, from, i, ZIP_FL_COMPRESSED, 0, -1);
#endif
}

/* In the order of the file; what is not rewritten stays packed as it is. */
static bool add_all(zip_t *to, struct sheet_source *s, struct str styles) {
	const struct xlsx *x = s->book->xlsx;
	uint64_t sheet = x->workbook.sheets[s->m->sheet].entry->index;
	for (uint64_t i = 0; i < x->archive.n; i++) {
		zip_source_t *source;
		bool is_styles = styles.n && i == x->workbook.styles->index;
		if (i == sheet) source = zip_source_function(to, source_call, s);
		else if (is_styles) source = zip_source_buffer(to, styles.p, styles.n, 0);
		else source = packed_source(to, x->archive.zip, i);
		if (!add(to, zip_get_name(x->archive.zip, i, ZIP_FL_ENC_RAW), source, is_styles || i == sheet))
			return false;
	}
	return true;
}

static bool take_bytes(struct arena *a, zip_source_t *source, struct str *out) {
	if (zip_source_open(source)) return false;
	zip_source_seek(source, 0, SEEK_END);
	zip_int64_t size = zip_source_tell(source);
	zip_source_seek(source, 0, SEEK_SET);
	char *to = arena_alloc(a, size > 0 ? (size_t)size : 1);
	bool good = size > 0 && zip_source_read(source, to, (zip_uint64_t)size) == size;
	zip_source_close(source);
	*out = (struct str){to, good ? (size_t)size : 0};
	return good;
}

/* The archive anew in memory. (Writing over a borrowed buffer frees it in libzip 1.7.) */
static enum err rewrite(struct arena *a, struct sheet_source *s, struct str styles,
                        struct str *bytes, struct sheet_problem *p) {
	zip_error_t error;
	zip_error_init(&error);
	zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *zip = target ? zip_open_from_source(target, ZIP_TRUNCATE | ZIP_CREATE, &error) : NULL;
	zip_error_fini(&error);
	if (!zip) {
		if (target) zip_source_free(target);
		return cannot_write(p);
	}
	zip_source_keep(target); /* zip_close lets go of its own */
	bool good = add_all(zip, s, styles) && zip_close(zip) == 0;
	if (!good) zip_discard(zip);
	good = good && take_bytes(a, target, bytes);
	zip_source_free(target);
	return good ? ERR_OK : p->rule.n ? ERR_INVALID : cannot_write(p);
}

/* Right of all that holds something, and of the merged titles above it. */
static int32_t note_column(const struct xlsx_size *size) {
	int32_t col = size->cols;
	for (size_t i = 0; i < size->merges.n; i++) {
		int32_t right = size->merges.list[i].right;
		if (right >= col && right < MERGE_ODD) col = right + 1;
	}
	return col;
}

enum err xlsx_mark(struct arena *a, struct book *b, const struct marking *m, struct str *bytes,
                   struct sheet_problem *problem) {
	const struct xlsx *x = b->xlsx;
	struct str styles = {0};
	struct sheet_source s = {.book = b, .m = m, .col = note_column(&x->sizes[m->sheet]),
	                         .problem = problem};
	*problem = (struct sheet_problem){0};
	if (s.col >= REF_COLS)
		return refuse(problem, ERR_INVALID, "sheet_too_large", x->workbook.sheets[m->sheet].name,
		              S("the sheet has no column left for the notes: delete empty columns"));
	enum err e = mark_styles(a, &x->archive, x->workbook.styles, &b->limits, &s.style, &styles,
	                         problem);
	if (!e) e = measure(&s);
	return e ? e : rewrite(a, &s, styles, bytes, problem);
}
