#include "sheet/csv_scan.h"

#include <string.h>

static enum err quote_open(struct arena *a, int64_t line, struct sheet_problem *p) {
	return refuse(p, ERR_INVALID, "sheet_quote", place_line(a, line),
	              S("a quotation mark (\") opens here and is never closed: close it, or double it "
	                "where it belongs to the text"));
}

/* Length of the text up to the separator, the end of the line or of the file. */
static size_t plain_length(const struct csv_scan *s) {
	const char *p = s->rest.p, *end = p + s->rest.n, first = s->sep.p[0];
	for (; p < end; p++) {
		if (*p == '\n' || *p == '\r') break;
		if (*p == first && str_starts((struct str){p, (size_t)(end - p)}, s->sep)) break;
	}
	return (size_t)(p - s->rest.p);
}

static int64_t count_lines(struct str s) {
	int64_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n' || (s.p[i] == '\r' && !(i + 1 < s.n && s.p[i + 1] == '\n'));
	return n;
}

static void skip(struct csv_scan *s, size_t n) {
	s->rest = str_sub(s->rest, n, s->rest.n);
}

/* Position of the closing quote of what begins at rest.p[1]; *doubled counts the ""; -1 = none. */
static ptrdiff_t closing_quote(struct str rest, size_t *doubled) {
	size_t from = 1;
	*doubled = 0;
	for (;;) {
		const char *q = from < rest.n ? memchr(rest.p + from, '"', rest.n - from) : NULL;
		if (!q) return -1;
		size_t at = (size_t)(q - rest.p);
		if (at + 1 >= rest.n || rest.p[at + 1] != '"') return (ptrdiff_t)at;
		(*doubled)++;
		from = at + 2;
	}
}

static struct str undoubled(struct csv_scan *s, struct str in, struct str tail) {
	size_t from = s->scratch.n;
	for (size_t i = 0; i < in.n; i++) {
		buf_byte(&s->scratch, in.p[i]);
		if (in.p[i] == '"') i++;
	}
	buf_add(&s->scratch, tail);
	return (struct str){s->scratch.p + from, s->scratch.n - from};
}

static enum err quoted_field(struct csv_scan *s, struct arena *a, struct str *text,
                             struct sheet_problem *p) {
	size_t doubled;
	ptrdiff_t close = closing_quote(s->rest, &doubled);
	if (close < 0) return quote_open(a, s->line, p);
	struct str in = str_sub(s->rest, 1, (size_t)close - 1);
	s->line += count_lines(in);
	skip(s, (size_t)close + 1);
	size_t tail = plain_length(s);
	size_t length = in.n - doubled + tail;
	bool is_borrowed = length == in.n && !tail;
	/* where fields are only counted, or this one is too long, nothing looks at the text itself */
	if (is_borrowed || !s->cells || (int64_t)length > s->cell_bytes) *text = (struct str){in.p, length};
	else *text = undoubled(s, in, str_sub(s->rest, 0, tail));
	s->is_odd = s->is_odd || tail;
	skip(s, tail);
	return ERR_OK;
}

static enum err read_field(struct csv_scan *s, struct arena *a, struct str *text,
                           struct sheet_problem *p) {
	if (s->rest.n && s->rest.p[0] == '"') return quoted_field(s, a, text, p);
	*text = str_sub(s->rest, 0, plain_length(s));
	skip(s, text->n);
	return ERR_OK;
}

static enum err too_large(struct csv_scan *s, struct arena *a, const char *what, int64_t limit,
                          struct sheet_problem *p) {
	return refuse(p, ERR_TOO_LARGE, "sheet_too_large", place_line(a, s->first_line),
	              JOIN(a, S("over "), str_of_int(a, limit), S(" "), str_c(what),
	                   S(": is the separator right, and are the quotation marks closed?")));
}

static enum err keep_field(struct csv_scan *s, struct arena *a, struct str text,
                           struct sheet_problem *p) {
	if ((int64_t)text.n > s->cell_bytes)
		return too_large(s, a, "bytes in one field", s->cell_bytes, p);
	if (s->n == s->cols) return too_large(s, a, "fields in one row", s->cols, p);
	if (s->cells) {
		struct cell *c = &s->cells[s->n];
		*c = (struct cell){.merge_row = -1, .merge_col = -1};
		if (text.n) c->kind = CELL_TEXT;
		if (text.n) c->text = text;
	}
	s->n++;
	if (text.n) s->used = s->n;
	return ERR_OK;
}

static void take_end(struct csv_scan *s) {
	size_t n = !s->rest.n ? 0 : str_starts(s->rest, S("\r\n")) ? 2 : 1;
	s->end = str_sub(s->rest, 0, n);
	s->line += n > 0;
	skip(s, n);
}

bool csv_scan_next(struct csv_scan *s, struct arena *a, enum err *err,
                   struct sheet_problem *problem) {
	const char *from = s->rest.p;
	if (!s->rest.n) return false;
	s->n = s->used = 0;
	s->is_odd = false;
	s->first_line = s->line;
	s->scratch.n = 0;
	for (;;) {
		struct str text = {0};
		if ((*err = read_field(s, a, &text, problem))) return false;
		if ((*err = keep_field(s, a, text, problem))) return false;
		if (!str_starts(s->rest, s->sep)) break;
		skip(s, s->sep.n);
	}
	s->raw = (struct str){from, (size_t)(s->rest.p - from)};
	take_end(s);
	return true;
}
