#include "sheet/mark_styles.h"

#include "sheet/splice.h"

#include <string.h>

enum { PART_MAX = 32 << 20 }; /* larger ones are copied as they are */

/* A list of the part that gets one more child at its end. */
struct list {
	const char *name, *child;
	int64_t n;          /* children that it has */
	bool is_in, is_done;
	struct str prefix;
};

struct editor {
	struct list fills, styles;
	struct splice splice;
};

/* <fills count="3"> with one more; a list without the count needs none. */
static void count_one_more(struct splice *s, const char **atts, const char *name,
                           struct str prefix) {
	int64_t count;
	if (!str_int(xml_att(atts, "count"), &count)) return;
	splice_copy(s, splice_at(s));
	splice_skip(s, splice_end(s));
	buf_byte(&s->out, '<');
	buf_add(&s->out, prefix);
	buf_c(&s->out, name);
	for (; *atts; atts += 2) {
		if (strcmp(atts[0], "count") == 0) continue;
		buf_byte(&s->out, ' ');
		buf_c(&s->out, atts[0]);
		buf_c(&s->out, "=\"");
		buf_html(&s->out, str_c(atts[1]));
		buf_byte(&s->out, '"');
	}
	buf_c(&s->out, " count=\"");
	buf_int(&s->out, count + 1);
	buf_c(&s->out, "\">");
}

static void list_start(struct splice *s, struct list *l, int depth, const char *name,
                       const char **atts) {
	if (depth == 2) {
		l->is_in = !l->is_done && strcmp(name, l->name) == 0 && !splice_is_empty_tag(s);
		if (!l->is_in) return;
		l->prefix = splice_prefix(s);
		count_one_more(s, atts, name, l->prefix);
	} else if (depth == 3 && l->is_in && strcmp(name, l->child) == 0) {
		l->n++;
	}
}

static void start(void *it, int depth, const char *name, const char **atts) {
	struct splice *s = it;
	struct editor *e = s->editor;
	list_start(s, &e->fills, depth, name, atts);
	list_start(s, &e->styles, depth, name, atts);
}

/* A light yellow that black text is read on well. */
static void put_fill(struct buf *b, struct str x) {
	const struct str parts[] = {
		S("<"), x, S("fill><"), x, S("patternFill patternType=\"solid\"><"), x,
		S("fgColor rgb=\"FFFFF2CC\"/><"), x, S("bgColor indexed=\"64\"/></"), x, S("patternFill></"), x,
		S("fill>"),
	};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) buf_add(b, parts[i]);
}

static void put_style(struct buf *b, struct str x, int64_t fill) {
	buf_byte(b, '<');
	buf_add(b, x);
	buf_c(b, "xf numFmtId=\"49\" fontId=\"0\" fillId=\"");
	buf_int(b, fill);
	buf_c(b, "\" borderId=\"0\" applyNumberFormat=\"1\" applyFill=\"1\"/>");
}

static void end(void *it, int depth) {
	struct splice *s = it;
	struct editor *e = s->editor;
	if (depth != 2) return;
	if (e->fills.is_in) {
		splice_copy(s, splice_at(s));
		put_fill(&s->out, e->fills.prefix);
		e->fills.is_done = true;
	}
	if (e->styles.is_in && e->fills.is_done) {
		splice_copy(s, splice_at(s));
		put_style(&s->out, e->styles.prefix, e->fills.n);
		e->styles.is_done = true;
	}
	e->fills.is_in = e->styles.is_in = false;
}

enum err mark_styles(struct arena *a, const struct archive *z, const struct entry *styles,
                     const struct sheet_limits *limits, int64_t *style, struct str *part,
                     struct sheet_problem *problem) {
	static const struct xml_events events = {.start = start, .end = end};
	*style = -1;
	if (!styles || styles->size > PART_MAX) return ERR_OK;
	struct editor *e = arena_alloc(a, sizeof *e);
	*e = (struct editor){.fills = {.name = "fills", .child = "fill"},
	                     .styles = {.name = "cellXfs", .child = "xf"}};
	struct splice *s = &e->splice;
	enum err err = splice_open(s, a, z, styles, limits, &events, e, problem);
	while (!err && !s->xml.is_done) err = splice_step(s);
	if (err) return err;
	xml_close(&s->xml);
	if (!e->styles.is_done) return ERR_OK;
	*style = e->styles.n;
	*part = buf_str(&s->out);
	return ERR_OK;
}
