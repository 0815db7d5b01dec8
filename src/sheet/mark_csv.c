/* mark_csv.c - notes at the ends of some lines; all other text stays. */
#include "sheet/book.h"
#include "sheet/csv.h"

struct csv_marking {
	const struct marking *m;
	const struct csv *csv;
	struct encoder *encoder;
	struct buf out;          /* encoded */
	struct buf note;         /* scratch */
	int64_t row;
	struct str line_end;
	bool is_complete;        /* no character was missing in the encoding */
};

static void put(struct csv_marking *c, struct str text) {
	if (!encoder_add(c->encoder, text, &c->out)) c->is_complete = false;
}

/* Always in quotes, so that no separator matters. A note that a spreadsheet would take for a formula
 * gets an apostrophe, as every text that we write into a CSV. */
static struct str quoted_note(struct buf *b, struct str note) {
	static const struct str formula[] = {S_("="), S_("+"), S_("-"), S_("@"), S_("\t"), S_("\r"),
	                                     S_("＝"), S_("＋"), S_("－"), S_("＠")};
	b->n = 0;
	buf_byte(b, '"');
	for (size_t i = 0; i < sizeof formula / sizeof *formula; i++)
		if (str_starts(note, formula[i])) buf_byte(b, '\'');
	for (size_t i = 0; i < note.n; i++) {
		if (note.p[i] == '"') buf_byte(b, '"');
		buf_byte(b, note.p[i]);
	}
	buf_byte(b, '"');
	return buf_str(b);
}

/* A row of `fields` fields; one with a note is filled up to the new column. */
static void put_row(struct csv_marking *c, struct str raw, int32_t fields) {
	struct str note = marking_of(c->m, ++c->row);
	put(c, raw);
	if (!note.n) return;
	for (int32_t i = fields; i <= c->csv->width; i++) put(c, c->csv->sep);
	put(c, quoted_note(&c->note, note));
}

static int64_t last_noted(const struct marking *m) {
	int64_t last = m->n ? m->notes[m->n - 1].row : 0;
	return m->head.n && m->head_row > last ? m->head_row : last;
}

static enum err put_rows(struct csv_marking *c, struct csv_scan *s, struct arena *a,
                         struct sheet_problem *problem) {
	enum err e = ERR_OK;
	bool is_open = false;
	while (csv_scan_next(s, a, &e, problem)) {
		put_row(c, s->raw, s->n);
		put(c, s->end);
		is_open = !s->end.n;
		if (s->end.n) c->line_end = s->end;
	}
	for (; !e && c->row < last_noted(c->m); is_open = true) {
		if (is_open) put(c, c->line_end);
		put_row(c, S(""), 1);
	}
	return e;
}

static enum err mark_as(struct arena *a, struct book *b, const struct marking *m,
                        const struct encoding *encoding, bool *is_complete, struct str *bytes,
                        struct sheet_problem *problem) {
	struct csv *csv = b->csv;
	struct csv_scan s = csv_scan_of(b, a);
	struct csv_marking c = {.m = m, .csv = csv, .out = {.arena = a}, .note = {.arena = a}};
	c.encoder = encoder_new(a, encoding);
	c.line_end = S("\r\n");
	c.is_complete = true;
	buf_reserve(&c.out, b->bytes.n + b->bytes.n / 8 + 4096);
	buf_add(&c.out, encoding->mark);
	put(&c, str_sub(csv->text, 0, csv->text.n - csv->body.n)); /* the "sep=" line */
	enum err e = put_rows(&c, &s, a, problem);
	*bytes = buf_str(&c.out);
	*is_complete = c.is_complete;
	return e;
}

enum err csv_mark(struct arena *a, struct book *b, const struct marking *m, struct str *bytes,
                  struct sheet_problem *problem) {
	static const struct encoding utf8 = {S_("UTF-8"), S_("\xEF\xBB\xBF")};
	bool is_complete;
	enum err e = mark_as(a, b, m, &b->csv->encoding, &is_complete, bytes, problem);
	if (!e && !is_complete) e = mark_as(a, b, m, &utf8, &is_complete, bytes, problem);
	return e;
}
