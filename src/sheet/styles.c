#include "sheet/styles.h"

#include "sheet/xml.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_STYLES = 1 << 17, MAX_FORMATS = 1 << 16, BUILTINS = 164 }; /* Excel keeps 65,490 styles */

struct custom {
	int64_t id;
	struct numfmt format;
};

struct loader {
	struct arena *arena;
	struct xml xml;
	bool in_formats, in_styles;
	int64_t *style_ids;
	struct custom *customs;
	size_t n_styles, n_customs, room_styles, room_customs;
};

/* Room for one more in a list that doubles. */
static void *grow(struct arena *a, void *list, size_t n, size_t *room, size_t size) {
	if (n < *room) return list;
	*room = *room ? *room * 2 : 64;
	void *more = arena_array(a, *room, size);
	if (n) memcpy(more, list, n * size);
	return more;
}

static void too_many(struct loader *l) {
	xml_fail(&l->xml, ERR_TOO_LARGE, "sheet_too_large", (struct str){0},
	         S("the file has more cell styles than a spreadsheet program allows: copy the cells into "
	           "a new workbook"));
}

static void add_custom(struct loader *l, const char **atts) {
	int64_t id;
	if (!str_int(xml_att(atts, "numFmtId"), &id)) return;
	if (l->n_customs == MAX_FORMATS) {
		too_many(l);
		return;
	}
	l->customs = grow(l->arena, l->customs, l->n_customs, &l->room_customs, sizeof *l->customs);
	l->customs[l->n_customs++] = (struct custom){id, numfmt_parse(xml_att(atts, "formatCode"))};
}

static void add_style(struct loader *l, const char **atts) {
	int64_t id = 0;
	str_int(xml_att(atts, "numFmtId"), &id); /* absent = 0, General */
	if (l->n_styles == MAX_STYLES) {
		too_many(l);
		return;
	}
	l->style_ids = grow(l->arena, l->style_ids, l->n_styles, &l->room_styles, sizeof *l->style_ids);
	l->style_ids[l->n_styles++] = id;
}

static void start(void *it, int depth, const char *name, const char **atts) {
	struct loader *l = it;
	if (depth == 2) {
		l->in_formats = strcmp(name, "numFmts") == 0;
		l->in_styles = strcmp(name, "cellXfs") == 0;
	} else if (depth == 3) {
		if (l->in_formats && strcmp(name, "numFmt") == 0) add_custom(l, atts);
		if (l->in_styles && strcmp(name, "xf") == 0) add_style(l, atts);
	}
}

static int by_id(const void *x, const void *y) {
	const struct custom *a = x, *b = y;
	return (a->id > b->id) - (a->id < b->id);
}

/* The file's own format of that number, else the built-in one; NULL when it shows numbers. */
static const struct numfmt *resolve(const struct loader *l, const struct numfmt *builtins,
                                    int64_t id) {
	struct custom wanted = {.id = id};
	const struct custom *c = l->n_customs ? bsearch(&wanted, l->customs, l->n_customs,
	                                                sizeof *l->customs, by_id) : NULL;
	const struct numfmt *f = c ? &c->format : id >= 0 && id < BUILTINS ? &builtins[id] : NULL;
	return f && !f->is_plain ? f : NULL;
}

enum err styles_load(struct arena *a, const struct archive *z, const struct entry *entry,
                     const struct sheet_limits *limits, struct styles *out,
                     struct sheet_problem *problem) {
	static const struct xml_events events = {.start = start};
	if (!entry) return ERR_OK;
	struct loader *l = arena_alloc(a, sizeof *l);
	l->arena = a;
	enum err e = xml_read(a, z, entry, limits, &events, l, &l->xml, problem);
	if (e) return e;
	if (l->n_customs) qsort(l->customs, l->n_customs, sizeof *l->customs, by_id);
	struct numfmt *builtins = arena_array(a, BUILTINS, sizeof *builtins);
	for (int64_t id = 0; id < BUILTINS; id++) builtins[id] = numfmt_builtin(id);
	out->of_style = arena_array(a, l->n_styles, sizeof *out->of_style);
	out->n = l->n_styles;
	for (size_t i = 0; i < l->n_styles; i++)
		out->of_style[i] = resolve(l, builtins, l->style_ids[i]);
	return ERR_OK;
}
