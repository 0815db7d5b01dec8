/* intake_sheet.h - made sheets for tests, written as text: a line a row, '|' between cells.
 *
 * "<" continues the merge that began left of it, "^" the one that began above; an empty line is a row
 * that the reader leaves out; "\\n" in a cell is a line break. A cell that starts with '#' is a number
 * cell, one with '@' a date cell (ISO). */
#ifndef INTAKE_SHEET_H
#define INTAKE_SHEET_H

#include "unit.h"

#include "base/buf.h"
#include "domain/intake.h"

enum { MADE_ROWS = 1200, MADE_COLS = 24 };
struct made_sheet {
	struct cell cells[MADE_ROWS][MADE_COLS];
	struct row rows[MADE_ROWS];
	size_t n, at;
};

static inline void made_merge(struct made_sheet *s, size_t row, int32_t col, size_t from_row, int32_t from_col) {
	struct cell *origin = &s->cells[from_row][from_col], *c = &s->cells[row][col];
	if (origin->merge_row < 0) {
		origin->merge_row = (int32_t)from_row;
		origin->merge_col = from_col;
	}
	c->merge_row = origin->merge_row;
	c->merge_col = origin->merge_col;
}

static inline struct str made_text(struct arena *a, struct str s) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < s.n; i++) {
		bool is_break = s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == 'n';
		buf_byte(&b, is_break ? '\n' : s.p[i]);
		i += is_break;
	}
	return buf_str(&b);
}

static inline void made_cell(struct arena *a, struct made_sheet *s, size_t row, int32_t col, struct str text) {
	struct cell *c = &s->cells[row][col];
	*c = (struct cell){.merge_row = -1, .merge_col = -1};
	if (str_eq(text, S("<"))) {
		made_merge(s, row, col, row, col - 1);
	} else if (str_eq(text, S("^"))) {
		made_merge(s, row, col, row - 1, col);
	} else if (text.n) {
		c->kind = text.p[0] == '#' ? CELL_NUMBER : text.p[0] == '@' ? CELL_DATE : CELL_TEXT;
		if (c->kind != CELL_TEXT) text = str_sub(text, 1, text.n);
		c->text = made_text(a, text);
		if (c->kind == CELL_DATE) assert_true(day_parse(c->text, &c->day));
	}
}

static inline struct made_sheet *made(struct arena *a, struct str text) {
	struct made_sheet *s = arena_alloc(a, sizeof *s);
	struct str rest = text, line;
	for (size_t row = 0; str_split(&rest, '\n', &line) && row < MADE_ROWS; row++) {
		struct str cell;
		int32_t col = 0;
		if (!line.n) continue;
		while (str_split(&line, '|', &cell) && col < MADE_COLS) made_cell(a, s, row, col++, cell);
		s->rows[s->n++] = (struct row){.number = (int64_t)row + 1, .cells = s->cells[row], .n = (size_t)col};
	}
	return s;
}

static inline enum err made_next(void *it, const struct row **out) {
	struct made_sheet *s = it;
	*out = s->at < s->n ? &s->rows[s->at++] : NULL;
	return ERR_OK;
}

static inline enum err made_again(void *it) {
	struct made_sheet *s = it;
	s->at = 0;
	return ERR_OK;
}

/* The country of these tests. */
static inline bool made_region(void *it, struct str text, struct str *code) {
	static const struct { struct str name, code; } regions[] = {
		{S_("寿光市"), S_("370783")}, {S_("寿光"), S_("370783")}, {S_("诸城市"), S_("370782")}, {S_("诸城"), S_("370782")},
		{S_("青州市"), S_("370781")}, {S_("高密市"), S_("370785")}, {S_("临朐县"), S_("370724")}, {S_("潍坊市"), S_("370700")},
		{S_("潍坊市寿光市"), S_("370783")}, {S_("山东省潍坊市寿光市"), S_("370783")}, {S_("山东省"), S_("370000")},
	};
	(void)it;
	for (size_t i = 0; i < LEN(regions); i++) {
		if (!str_eq(regions[i].name, text)) continue;
		*code = regions[i].code;
		return true;
	}
	return false;
}

static inline bool made_industry(void *it, struct str text, struct str *code) {
	(void)it;
	*code = S("2662");
	return str_eq(text, S("专项化学用品制造")) || str_eq(text, S("2662"));
}

static const struct intake_env made_env = {.region = made_region, .industry = made_industry};

#endif
