#include "sheet/rows.h"

#include "sheet/escape.h"
#include "sheet/number.h"

#include <string.h>

enum {
	ROW_CELLS = 64,           /* a row may hold this many cells of full length */
	MAX_FILLED = 128 << 20,   /* cells up to the last of each row, empty ones too: 1,048,576 x 128 */
};

static struct str cell_place(const struct rows *r) {
	struct buf b = {.arena = r->arena};
	buf_add(&b, r->src.sheet_name);
	buf_byte(&b, '!');
	buf_ref(&b, r->row, r->col);
	return buf_str(&b);
}

static void bad_reference(struct rows *r, struct str ref) {
	xml_fail(&r->xml, ERR_INVALID, "sheet_reference", (struct str){0},
	         JOIN(r->arena, r->src.sheet_name, S(": \""), str_cp_head(ref, 20),
	              S("\" is no cell of a sheet (A1 to XFD1048576): save the file again with a "
	                "spreadsheet program")));
}

/* ---- rows ---- */

static void row_begin(struct rows *r, int32_t row) {
	memset(r->cells, 0, (size_t)r->touched * sizeof *r->cells);
	r->touched = r->n = 0;
	r->text.n = 0;
	r->row = row;
	r->next_col = 0;
	r->row_is_open = true;
}

static void row_end(struct rows *r) {
	if (!r->row_is_open) return;
	r->row_is_open = false;
	r->next_row = r->row + 1;
	r->filled += r->touched;
	if (r->filled > MAX_FILLED) {
		xml_fail(&r->xml, ERR_TOO_LARGE, "sheet_too_large", cell_place(r),
		         S("too many columns in too many rows: delete what stands far to the right"));
		return;
	}
	if (!r->n) return;
	if (r->row >= r->src.limits->rows) {
		xml_fail(&r->xml, ERR_TOO_LARGE, "sheet_too_large", (struct str){0},
		         JOIN(r->arena, r->src.sheet_name, S(": more than "),
		              str_of_int(r->arena, r->src.limits->rows),
		              S(" rows: split the sheet into several")));
		return;
	}
	if (r->row <= r->last_row) r->is_disordered = true;
	r->last_row = r->row;
	r->on_row(r->it);
}

static void row_start(struct rows *r, const char **atts) {
	struct str number = xml_att(atts, "r");
	int64_t row = (int64_t)r->next_row + 1;
	r->is_hidden = xml_true(xml_att(atts, "hidden"));
	if ((number.n && !str_int(str_trim(number), &row)) || row < 1 || row > REF_ROWS) {
		bad_reference(r, number);
		return;
	}
	row_begin(r, (int32_t)row - 1);
	r->in_row = true;
	/* a row without a number takes it from its first cell that has one */
	if (!number.n) r->row_is_open = false;
}

/* ---- cells ---- */

static char type_of(struct str t) {
	if (t.n == 1) return memchr("sbed", t.p[0], 4) ? t.p[0] : 'n';
	if (str_eq(t, S("str"))) return 't';
	return str_eq(t, S("inlineStr")) ? 'i' : 'n';
}

/* Where the cell stands: its own reference decides, else it follows the one before. */
static bool cell_position(struct rows *r, struct str ref) {
	int32_t row = r->row;
	r->col = r->next_col;
	if (ref.n && !ref_parse(ref, &row, &r->col)) {
		bad_reference(r, ref);
		return false;
	}
	if (r->col >= r->src.limits->cols) {
		xml_fail(&r->xml, ERR_TOO_LARGE, "sheet_too_large", (struct str){0},
		         JOIN(r->arena, r->src.sheet_name, S(": more than "),
		              str_of_int(r->arena, r->src.limits->cols), S(" columns: delete some")));
		return false;
	}
	if (row != r->row && r->row_is_open) {
		r->is_disordered = true;
		row_end(r);
		row_begin(r, row);
	}
	r->row = row;
	r->row_is_open = true;
	r->next_col = r->col + 1;
	return true;
}

static void cell_start(struct rows *r, const char **atts) {
	struct str ref = {0}, type = {0}, style = {0};
	for (; *atts; atts += 2) {
		if (atts[0][1]) continue; /* all three have one letter */
		if (atts[0][0] == 'r') ref = str_c(atts[1]);
		else if (atts[0][0] == 't') type = str_c(atts[1]);
		else if (atts[0][0] == 's') style = str_c(atts[1]);
	}
	if (!cell_position(r, ref)) return;
	r->in_cell = true;
	r->has_value = r->has_text = false;
	r->type = type_of(type);
	r->style = 0;
	if (style.n && !str_int(style, &r->style)) r->style = 0;
	r->mark = r->text.n;
	r->is_formula = false;
}

static void take_text(void *it, const char *p, size_t n) {
	struct rows *r = it;
	if (!r->takes_text) return;
	int64_t cell_bytes = r->src.limits->cell_bytes;
	if ((int64_t)(r->text.n - r->mark + n) > cell_bytes) {
		xml_fail(&r->xml, ERR_TOO_LARGE, "sheet_too_large", cell_place(r),
		         JOIN(r->arena, S("the text of a cell is over "), str_of_int(r->arena, cell_bytes),
		              S(" bytes: shorten it")));
		return;
	}
	if ((int64_t)r->text.n > ROW_CELLS * cell_bytes) {
		xml_fail(&r->xml, ERR_TOO_LARGE, "sheet_too_large", cell_place(r),
		         S("the texts of one row are too long: shorten them"));
		return;
	}
	memcpy(buf_reserve(&r->text, n), p, n);
	r->text.n += n;
}

static void set_text(struct cell *c, struct str s) {
	if (!s.n) return;
	c->kind = CELL_TEXT;
	c->text = s;
}

static void set_shared(struct rows *r, struct cell *c, struct str raw) {
	int64_t i = -1;
	if (!str_int(str_trim(raw), &i) || i < 0 || (uint64_t)i >= r->src.strings->n) {
		xml_fail(&r->xml, ERR_INVALID, "sheet_xml", cell_place(r),
		         JOIN(r->arena, S("the cell points to text number "), str_cp_head(raw, 20),
		              S(", but the file has "), str_of_int(r->arena, (int64_t)r->src.strings->n),
		              S(" texts: save the file again with a spreadsheet program")));
		return;
	}
	/* the look into a far page is a tenth of the time of measuring */
	if (r->is_measuring && !r->src.strings->has_empty) c->kind = CELL_TEXT;
	else set_text(c, strings_at(r->src.strings, (size_t)i));
}

static const struct numfmt *format_of(const struct rows *r) {
	const struct styles *s = r->src.styles;
	return r->style >= 0 && (uint64_t)r->style < s->n ? s->of_style[r->style] : NULL;
}

/* What claims to be a number and is none is shown as the text that stands there. */
static void set_number(struct rows *r, struct cell *c, struct str raw) {
	const struct numfmt *f = format_of(r);
	double v;
	raw = str_trim(raw);
	if (!raw.n) return;
	c->kind = CELL_NUMBER;
	if (r->is_measuring) return;
	if (f && number_parse(raw, &v)) {
		enum fmt_kind kind = numfmt_kind(f, v);
		if (kind != FMT_NUMBER && serial_cell(v, kind, r->src.is_1904, &r->text, c)) return;
	}
	c->kind = number_text(raw, &r->text, &c->text) ? CELL_NUMBER : CELL_TEXT;
}

static void set_iso(struct rows *r, struct cell *c, struct str raw) {
	if (!iso_cell(raw, &r->text, c)) set_text(c, raw);
}

static void set_bool(struct cell *c, struct str raw) {
	if (!raw.n) return;
	c->kind = CELL_BOOL;
	c->text = xml_true(str_trim(raw)) ? S("TRUE") : S("FALSE");
}

static struct str unescaped(struct rows *r) {
	size_t n = r->text.n - r->mark;
	char *p = n ? r->text.p + r->mark : NULL;
	if (!n) return (struct str){0};
	n = unescape(p, n);
	r->text.n = r->mark + n;
	return (struct str){p, n};
}

static void set_error(struct cell *c, struct str raw) {
	if (!raw.n) return;
	c->kind = CELL_ERROR;
	c->text = raw;
}

static void cell_end(struct rows *r) {
	struct cell value = {.is_formula = r->is_formula}, *c = &value;
	struct str raw = {r->text.n > r->mark ? r->text.p + r->mark : NULL, r->text.n - r->mark};
	r->in_cell = false;
	if (r->xml.err) return;
	/* <is> is text whatever the type says; a value of an "inlineStr" is its text */
	switch (r->has_text && !r->has_value ? 'i' : r->type) {
	case 's': set_shared(r, c, raw); break;
	case 't': case 'i': set_text(c, unescaped(r)); break;
	case 'b': set_bool(c, raw); break;
	case 'e': set_error(c, raw); break;
	case 'd': set_iso(r, c, raw); break;
	default: set_number(r, c, raw); break;
	}
	/* an empty cell leaves no trace: a styled one at XFD in every row would else cost seconds */
	bool is_empty = c->kind == CELL_EMPTY;
	if (is_empty && !c->is_formula && r->col >= r->touched) return;
	r->cells[r->col] = value;
	if (r->col >= r->touched) r->touched = r->col + 1;
	if (!is_empty && r->col >= r->n) r->n = r->col + 1;
}

/* ---- events: worksheet / sheetData / row / c / v, f, is / t, r / t ---- */

static void merge_start(struct rows *r, const char **atts) {
	struct ref_range range;
	struct str ref = xml_att(atts, "ref");
	if (!ref_parse_range(str_trim(ref), &range)) {
		bad_reference(r, ref);
		return;
	}
	if (merges_add(r->arena, r->merges, range)) return;
	xml_fail(&r->xml, ERR_TOO_LARGE, "sheet_too_large", (struct str){0},
	         JOIN(r->arena, r->src.sheet_name, S(": over 262,144 merged ranges: unmerge them")));
}

static void value_start(struct rows *r, const char *name) {
	if (strcmp(name, "v") == 0) {
		if (r->has_text) return; /* <is> has come: it is the text */
		r->has_value = true;
		r->takes_text = true;
	} else if (strcmp(name, "f") == 0) {
		r->is_formula = true;
	} else if (strcmp(name, "is") == 0 && !r->has_value) {
		r->in_is = r->has_text = true;
	}
}

static void start(void *it, int depth, const char *name, const char **atts) {
	struct rows *r = it;
	switch (depth) {
	case 1: break;
	case 2:
		r->in_data = strcmp(name, "sheetData") == 0;
		r->in_merges = r->merges && strcmp(name, "mergeCells") == 0;
		break;
	case 3:
		if (r->in_data && strcmp(name, "row") == 0) row_start(r, atts);
		if (r->in_merges && strcmp(name, "mergeCell") == 0) merge_start(r, atts);
		break;
	case 4:
		if (r->in_row && strcmp(name, "c") == 0) cell_start(r, atts);
		break;
	case 5:
		if (r->in_cell) value_start(r, name);
		break;
	case 6:
		r->in_run = r->in_is && strcmp(name, "r") == 0;
		r->takes_text = r->in_is && strcmp(name, "t") == 0;
		break;
	case 7:
		r->takes_text = r->in_run && strcmp(name, "t") == 0;
		break;
	default: r->takes_text = false;
	}
}

static void end(void *it, int depth) {
	struct rows *r = it;
	switch (depth) {
	case 2: r->in_data = r->in_merges = false; break;
	case 3:
		if (r->in_row && !r->row_is_open) r->next_row = r->row + 1; /* no cell had a number */
		if (r->in_row) row_end(r);
		r->in_row = false;
		break;
	case 4:
		if (r->in_cell) cell_end(r);
		break;
	case 5: r->in_is = r->takes_text = false; break;
	case 6: r->in_run = r->takes_text = false; break;
	case 7: r->takes_text = false; break;
	default: break;
	}
}

enum err rows_open(struct rows *r, struct arena *a, const struct rows_source *src,
                   struct sheet_problem *problem) {
	static const struct xml_events events = {.start = start, .end = end, .text = take_text};
	r->src = *src;
	r->arena = a;
	r->text = (struct buf){.arena = a};
	r->cells = arena_array(a, (size_t)src->limits->cols, sizeof *r->cells);
	r->last_row = -1;
	return xml_open(&r->xml, a, src->archive, src->entry, src->limits, &events, r, problem);
}

enum err rows_run(struct rows *r) {
	return xml_run(&r->xml);
}

void rows_close(struct rows *r) {
	xml_close(&r->xml);
}
