#include "sheet/shared_strings.h"

#include "sheet/escape.h"
#include "sheet/xml.h"

#include "base/buf.h"

#include <string.h>

enum { CHUNK = 64 << 10 };

struct loader {
	struct arena *arena;
	const struct sheet_limits *limits;
	struct xml xml;
	struct strings *out;
	struct buf text;         /* of the <si> being read */
	char *chunk;             /* texts side by side: most are far shorter than an own block */
	size_t room;
	int64_t held;            /* bytes of texts and of their records */
	size_t n_pages, room_pages;
	bool in_item, in_run, takes_text;
};

static void start(void *it, int depth, const char *name, const char **atts) {
	struct loader *l = it;
	(void)atts;
	switch (depth) {
	case 2: l->in_item = strcmp(name, "si") == 0; break;
	case 3:
		l->in_run = l->in_item && strcmp(name, "r") == 0;
		l->takes_text = l->in_item && strcmp(name, "t") == 0;
		break;
	case 4: l->takes_text = l->in_run && strcmp(name, "t") == 0; break;
	default: l->takes_text = false; /* nothing is nested deeper in a text */
	}
}

static void too_large(struct loader *l, const char *what, int64_t limit) {
	xml_fail(&l->xml, ERR_TOO_LARGE, "sheet_too_large", (struct str){0},
	         JOIN(l->arena, str_c(what), S(" over "), str_of_int(l->arena, limit),
	              S(" bytes: split the file into several")));
}

static void text(void *it, const char *p, size_t n) {
	struct loader *l = it;
	if (!l->takes_text) return;
	if ((int64_t)(l->text.n + n) > l->limits->cell_bytes) {
		too_large(l, "a text is", l->limits->cell_bytes);
		return;
	}
	buf_add(&l->text, (struct str){p, n});
}

static struct str keep(struct loader *l, struct str s) {
	if (!s.n) return (struct str){0};
	if (s.n > CHUNK / 4) return str_copy(l->arena, s);
	if (l->room < s.n) {
		l->chunk = arena_alloc(l->arena, CHUNK);
		l->room = CHUNK;
	}
	memcpy(l->chunk, s.p, s.n);
	struct str kept = {l->chunk, s.n};
	l->chunk += s.n;
	l->room -= s.n;
	return kept;
}

static void add_page(struct loader *l) {
	struct strings *out = l->out;
	if (l->n_pages == l->room_pages) {
		l->room_pages = l->room_pages ? l->room_pages * 2 : 16;
		struct str **more = arena_array(l->arena, l->room_pages, sizeof *more);
		if (l->n_pages) memcpy(more, out->pages, l->n_pages * sizeof *more);
		out->pages = more;
	}
	out->pages[l->n_pages++] = arena_array(l->arena, STRINGS_PAGE, sizeof(struct str));
}

static void end_item(struct loader *l) {
	struct strings *out = l->out;
	struct str s = {l->text.p, l->text.n ? unescape(l->text.p, l->text.n) : 0};
	l->held += (int64_t)(s.n + sizeof s);
	if (l->held > l->limits->strings_bytes) {
		too_large(l, "the texts of the file are together", l->limits->strings_bytes);
		return;
	}
	if (out->n == l->n_pages * STRINGS_PAGE) add_page(l);
	out->pages[out->n / STRINGS_PAGE][out->n % STRINGS_PAGE] = keep(l, s);
	out->has_empty = out->has_empty || !s.n;
	out->n++;
	l->text.n = 0;
}

static void end(void *it, int depth) {
	struct loader *l = it;
	if (depth == 2 && l->in_item) end_item(l);
	if (depth == 2) l->in_item = false;
	if (depth == 3) l->in_run = false;
	l->takes_text = false;
}

enum err strings_load(struct arena *a, const struct archive *z, const struct entry *entry,
                      const struct sheet_limits *limits, struct strings *out,
                      struct sheet_problem *problem) {
	static const struct xml_events events = {.start = start, .end = end, .text = text};
	if (!entry) return ERR_OK;
	struct loader *l = arena_alloc(a, sizeof *l);
	l->arena = a;
	l->limits = limits;
	l->out = out;
	l->text.arena = a;
	return xml_read(a, z, entry, limits, &events, l, &l->xml, problem);
}
