/* intake_book.c - every sheet of a book through the first pass. */
#include "domain/intake.h"

struct reading {
	struct arena *arena;
	struct book *book;
	size_t sheet;
	struct sheet_reader *reader;
	struct sheet_problem *problem; /* why a reader could not be had */
};

static enum err next_of_reader(void *it, const struct row **out) {
	struct reading *r = it;
	enum err e = sheet_next_wide(r->reader, out);
	if (e) *r->problem = *sheet_reader_problem(r->reader);
	return e;
}

static enum err reader_anew(void *it) {
	struct reading *r = it;
	return sheet_read(r->arena, r->book, r->sheet, &r->reader, r->problem);
}

enum err intake_book(struct arena *a, struct book *b, struct str file, const struct intake_env *env,
		const struct intake_fixes *fixes, size_t fixes_n, struct intake *out, struct sheet_problem *problem) {
	size_t n = book_sheets(b);
	struct intake_sheet *sheets = arena_array(a, n + 1, sizeof *sheets);
	for (size_t i = 0; i < n; i++) {
		struct sheet_info info;
		struct reading *r = arena_alloc(a, sizeof *r);
		*r = (struct reading){.arena = a, .book = b, .sheet = i, .problem = problem};
		struct intake_source source = {r, next_of_reader, reader_anew};
		enum err e = book_sheet(b, i, &info, problem);
		if (!e) e = reader_anew(r);
		if (!e) e = intake_sheet(a, &source, &info, env, i < fixes_n ? &fixes[i] : NULL, &sheets[i]);
		if (e) return e;
	}
	*out = (struct intake){.file = file, .encoding = book_encoding(b), .sheets = sheets, .sheets_n = n};
	return ERR_OK;
}
