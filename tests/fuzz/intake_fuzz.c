/* intake_fuzz.c - any bytes as a CSV that is recognised: counts agree with the rows, and both passes
 * see the same kinds. */
#include "domain/intake.h"

#include <assert.h>

static void walk_again(struct arena *a, struct book *b, const struct intake_sheet *s) {
	struct sheet_problem p = {0};
	struct sheet_reader *r;
	const struct row *row;
	int64_t data = 0, nameless = 0, sections = 0, last = 0; /* last: sections below the last project: who signed, perhaps */
	struct intake_walk *w = intake_walk_new(a, s, NULL, NULL);
	if (sheet_read(a, b, 0, &r, &p)) return;
	while (sheet_next(r, &row) == ERR_OK && row) {
		struct intake_item item;
		intake_walk_row(w, a, row, &item);
		if (item.kind == ROW_DATA) *(item.name.n ? &data : &nameless) += 1;
		sections += item.kind == ROW_SECTION;
		last = item.kind == ROW_DATA && item.name.n ? 0 : last + (item.kind == ROW_SECTION);
		for (size_t i = 0; i < item.problems_n; i++) assert(intake_sentence(a, item.problems[i].rule, item.problems[i].args, LANG_EN).n);
		for (size_t i = 0; i < item.values_n; i++) assert(item.values[i].target);
	}
	assert(data == s->data_rows && nameless == s->nameless_rows);
	assert(s->section_rows <= sections && s->section_rows >= sections - last);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	struct arena a = {0};
	struct book *b;
	struct intake in;
	struct sheet_problem p = {0};
	if (n > 20000) return 0;
	bool is_open = book_open(&a, S("x.csv"), (struct str){(const char *)data, n}, NULL, &b, &p) == ERR_OK;
	if (is_open && intake_book(&a, b, S("x.csv"), NULL, NULL, 0, &in, &p) == ERR_OK) {
		struct buf out = {.arena = &a};
		struct json j = {.out = &out}, k = {.out = &out};
		intake_json_short(&a, &in, &j);
		intake_json_plan(&a, &in, LANG_ZH, &k);
		if (in.sheets_n && in.sheets[0].kind == INTAKE_PROJECTS) walk_again(&a, b, &in.sheets[0]);
	}
	arena_release(&a);
	return 0;
}
