#include "sheet/mark_rows.h"

#include "sheet/ref.h"

#include <string.h>

/* ---- what is written ---- */

/* XML text: what XML cannot hold (controls) becomes U+FFFD, and "_x" that reads like an escape is
 * escaped itself. */
static void put_text(struct buf *b, struct str s) {
	while (s.n) {
		struct str before = s;
		int32_t cp = str_next(&s);
		bool is_legal = cp >= 0x20 || cp == '\t' || cp == '\n' || cp == '\r';
		if (!is_legal || cp == 0xFFFE || cp == 0xFFFF) buf_cp(b, 0xFFFD);
		else if (cp == '\r') buf_c(b, "&#13;");
		else if (cp == '_' && s.n && s.p[0] == 'x') buf_c(b, "_x005F_");
		else if (cp == 0xFFFD) buf_cp(b, cp);
		else buf_html(b, str_sub(before, 0, before.n - s.n));
	}
}

static void put_cell(struct mark_rows *r, int32_t row, struct str note) {
	struct buf *b = &r->splice.out;
	buf_byte(b, '<');
	buf_add(b, r->prefix);
	buf_c(b, "c r=\"");
	buf_ref(b, row, r->col);
	if (r->style >= 0) {
		buf_c(b, "\" s=\"");
		buf_int(b, r->style);
	}
	const struct str parts[] = {S("\" t=\"inlineStr\"><"), r->prefix, S("is><"), r->prefix,
	                            S("t xml:space=\"preserve\">")};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) buf_add(b, parts[i]);
	put_text(b, note);
	const struct str ends[] = {S("</"), r->prefix, S("t></"), r->prefix, S("is></"), r->prefix, S("c>")};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) buf_add(b, ends[i]);
}

static void put_row(struct mark_rows *r, int64_t number, struct str note) {
	struct buf *b = &r->splice.out;
	buf_byte(b, '<');
	buf_add(b, r->prefix);
	buf_c(b, "row r=\"");
	buf_int(b, number);
	buf_c(b, "\">");
	put_cell(r, (int32_t)number - 1, note);
	buf_c(b, "</");
	buf_add(b, r->prefix);
	buf_c(b, "row>");
}

/* ---- which notes are still to come ---- */

static void set_done(struct mark_rows *r, int64_t number) {
	const struct marking *m = r->m;
	size_t low = r->next, high = m->n;
	if (number == m->head_row) r->head_done = true;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (m->notes[middle].row < number) low = middle + 1;
		else high = middle;
	}
	if (low < m->n && m->notes[low].row == number) r->is_done[low] = true;
	while (r->next < m->n && (r->is_done[r->next] || !m->notes[r->next].text.n)) r->next++;
}

/* The lowest row below `before` that has a note and was not in the sheet; 0 = none. */
static int64_t missing_before(struct mark_rows *r, int64_t before) {
	const struct marking *m = r->m;
	int64_t head = r->head_done || !m->head.n || m->head_row < 1 ? INT64_MAX : m->head_row;
	while (r->next < m->n && (r->is_done[r->next] || !m->notes[r->next].text.n)) r->next++;
	int64_t note = r->next < m->n ? m->notes[r->next].row : INT64_MAX;
	int64_t least = head < note ? head : note;
	return least < before && least <= REF_ROWS ? least : 0;
}

static void put_missing(struct mark_rows *r, int64_t before) {
	int64_t row;
	while ((row = missing_before(r, before))) {
		put_row(r, row, marking_of(r->m, row));
		set_done(r, row);
	}
}

/* ---- the sheet as it goes by ---- */

/* <dimension ref="A1:H20"> with the new column. */
static void dimension(struct mark_rows *r, const char **atts) {
	struct splice *s = &r->splice;
	struct ref_range range;
	if (!ref_parse_range(xml_att(atts, "ref"), &range)) return;
	bool is_empty = splice_is_empty_tag(s);
	struct str prefix = splice_prefix(s);
	splice_copy(s, splice_at(s));
	splice_skip(s, splice_end(s));
	buf_byte(&s->out, '<');
	buf_add(&s->out, prefix);
	buf_c(&s->out, "dimension ref=\"");
	buf_ref(&s->out, range.top, range.left);
	buf_byte(&s->out, ':');
	buf_ref(&s->out, range.bottom, range.right > r->col ? range.right : r->col);
	buf_c(&s->out, is_empty ? "\"/>" : "\">");
}

static void data_start(struct mark_rows *r) {
	struct splice *s = &r->splice;
	r->in_data = r->has_data = true;
	r->prefix = splice_prefix(s);
	if (!splice_is_empty_tag(s)) return;
	/* no rows at all: the tag is opened for the notes and closed here */
	splice_copy(s, splice_end(s) - 2);
	splice_skip(s, splice_end(s));
	buf_byte(&s->out, '>');
	put_missing(r, INT64_MAX);
	buf_c(&s->out, "</");
	buf_add(&s->out, r->prefix);
	buf_c(&s->out, "sheetData>");
	r->in_data = false;
}

/* The number of the row is certain now: rows that are missing before it can be put in. */
static void row_known(struct mark_rows *r, int32_t row) {
	struct splice *s = &r->splice;
	r->row = row;
	r->has_number = true;
	s->hold = -1;
	if (r->is_ordered && missing_before(r, (int64_t)row + 1)) {
		splice_copy(s, r->row_at);
		put_missing(r, (int64_t)row + 1);
	}
	r->note = marking_of(r->m, (int64_t)row + 1);
	r->note_done = !r->note.n;
	set_done(r, (int64_t)row + 1);
}

static void row_start(struct mark_rows *r, const char **atts) {
	struct splice *s = &r->splice;
	int64_t number;
	r->in_row = true;
	r->row = r->next_row;
	r->next_col = 0;
	r->row_at = splice_at(s);
	r->is_empty_tag = splice_is_empty_tag(s);
	r->has_number = false;
	s->hold = r->row_at;
	if (str_int(str_trim(xml_att(atts, "r")), &number)) row_known(r, (int32_t)number - 1);
	else if (r->is_empty_tag) row_known(r, r->next_row);
}

/* Cells stand in order: the note goes before the first one behind it, and in the place of a blank
 * one in its own column. */
static void cell_start(struct mark_rows *r, const char **atts) {
	struct splice *s = &r->splice;
	int32_t row = r->row, col = r->next_col;
	struct str ref = xml_att(atts, "r");
	if (ref.n) ref_parse(ref, &row, &col);
	if (!r->has_number) row_known(r, row);
	r->next_col = col + 1;
	if (r->note_done || col < r->col) return;
	splice_copy(s, splice_at(s));
	put_cell(r, r->row, r->note);
	r->note_done = true;
	r->drops_cell = col == r->col;
	s->is_dropping = r->drops_cell;
}

static void cell_end(struct mark_rows *r) {
	struct splice *s = &r->splice;
	if (!r->drops_cell) return;
	splice_skip(s, splice_end(s));
	r->drops_cell = s->is_dropping = false;
}

static void row_end(struct mark_rows *r) {
	struct splice *s = &r->splice;
	if (!r->has_number) row_known(r, r->row);
	if (!r->note_done && r->is_empty_tag) {
		splice_copy(s, splice_end(s) - 2);
		splice_skip(s, splice_end(s));
		buf_byte(&s->out, '>');
		put_cell(r, r->row, r->note);
		buf_c(&s->out, "</");
		buf_add(&s->out, r->prefix);
		buf_c(&s->out, "row>");
	} else if (!r->note_done) {
		splice_copy(s, splice_at(s));
		put_cell(r, r->row, r->note);
	}
	r->note_done = true;
	r->in_row = false;
	r->next_row = r->row + 1;
	s->hold = -1;
}

static void start(void *it, int depth, const char *name, const char **atts) {
	struct splice *s = it;
	struct mark_rows *r = s->editor;
	if (depth == 2 && strcmp(name, "dimension") == 0) dimension(r, atts);
	else if (depth == 2 && strcmp(name, "sheetData") == 0) data_start(r);
	else if (depth == 3 && r->in_data && strcmp(name, "row") == 0) row_start(r, atts);
	else if (depth == 4 && r->in_row && strcmp(name, "c") == 0) cell_start(r, atts);
}

static void end(void *it, int depth) {
	struct splice *s = it;
	struct mark_rows *r = s->editor;
	if (depth == 4 && r->in_row) cell_end(r);
	if (depth == 3 && r->in_row) row_end(r);
	if (depth == 2 && r->in_data) {
		if (missing_before(r, INT64_MAX)) splice_copy(s, splice_at(s));
		put_missing(r, INT64_MAX);
		r->in_data = false;
	}
}

enum err mark_rows_open(struct mark_rows *r, struct arena *a, const struct archive *z,
                        const struct entry *entry, const struct sheet_limits *limits,
                        struct sheet_problem *problem) {
	static const struct xml_events events = {.start = start, .end = end};
	r->is_done = arena_array(a, r->m->n, sizeof *r->is_done);
	return splice_open(&r->splice, a, z, entry, limits, &events, r, problem);
}
