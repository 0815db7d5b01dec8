#include "sheet/rels.h"

#include "sheet/xml.h"

#include "base/buf.h"

#include <string.h>

struct loader {
	struct arena *arena;
	struct xml xml;
	struct rels *out;
	struct str folder; /* of the part whose relationships these are */
};

/* Position behind the last slash; 0 without one. */
static size_t base_at(struct str name) {
	size_t i = name.n;
	while (i > 0 && name.p[i - 1] != '/') i--;
	return i;
}

/* "xl" + "../media/x" -> "media/x"; what climbs out of the archive ends at its root. */
static struct str resolve(struct arena *a, struct str folder, struct str target) {
	struct buf b = {.arena = a};
	bool is_absolute = target.n && target.p[0] == '/';
	struct str rest = is_absolute ? target : JOIN(a, folder, S("/"), target), part;
	while (str_split(&rest, '/', &part)) {
		if (!part.n || str_eq(part, S("."))) continue;
		if (str_eq(part, S(".."))) {
			b.n = base_at(buf_str(&b));
			b.n -= b.n > 0;
			continue;
		}
		if (b.n) buf_byte(&b, '/');
		buf_add(&b, part);
	}
	return str_copy(a, buf_str(&b));
}

static struct str forward(struct arena *a, struct str s) {
	s = str_copy(a, s);
	for (char *p = (char *)s.p; p < s.p + s.n; p++)
		if (*p == '\\') *p = '/';
	return s;
}

static void add(struct loader *l, const char **atts) {
	struct rels *r = l->out;
	struct str type = xml_att(atts, "Type");
	if (str_eq(xml_att(atts, "TargetMode"), S("External"))) return;
	if (r->n == RELS_MAX) {
		xml_fail(&l->xml, ERR_TOO_LARGE, "sheet_too_large", (struct str){0},
		         S("the workbook has over 20,000 relationships: copy the cells into a new one"));
		return;
	}
	if (r->n == r->room) {
		r->room = r->room ? r->room * 2 : 16;
		struct rel *more = arena_array(l->arena, r->room, sizeof *more);
		if (r->n) memcpy(more, r->list, r->n * sizeof *more);
		r->list = more;
	}
	r->list[r->n++] = (struct rel){
		.id = str_copy(l->arena, xml_att(atts, "Id")),
		.kind = str_copy(l->arena, str_sub(type, base_at(type), type.n)),
		.target = resolve(l->arena, l->folder, forward(l->arena, xml_att(atts, "Target"))),
	};
}

static void start(void *it, int depth, const char *name, const char **atts) {
	if (depth == 2 && strcmp(name, "Relationship") == 0) add(it, atts);
}

enum err rels_load(struct arena *a, const struct archive *z, struct str of,
                   const struct sheet_limits *limits, struct rels *out,
                   struct sheet_problem *problem) {
	static const struct xml_events events = {.start = start};
	struct loader *l = arena_alloc(a, sizeof *l);
	size_t base = base_at(of);
	struct str name = JOIN(a, str_sub(of, 0, base), S("_rels/"), str_sub(of, base, of.n), S(".rels"));
	const struct entry *e = archive_find(z, name);
	*out = (struct rels){0};
	if (!e) return ERR_OK;
	l->arena = a;
	l->out = out;
	l->folder = str_sub(of, 0, base);
	return xml_read(a, z, e, limits, &events, l, &l->xml, problem);
}

const struct rel *rels_by_id(const struct rels *r, struct str id) {
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->list[i].id, id)) return &r->list[i];
	return NULL;
}

const struct rel *rels_by_kind(const struct rels *r, struct str kind) {
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->list[i].kind, kind)) return &r->list[i];
	return NULL;
}

static int hex(char c) {
	if (c >= '0' && c <= '9') return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static struct str percent_decoded(struct arena *a, struct str s) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < s.n; i++) {
		int high = s.p[i] == '%' && i + 2 < s.n ? hex(s.p[i + 1]) : -1;
		int low = high >= 0 ? hex(s.p[i + 2]) : -1;
		if (low >= 0) i += 2;
		buf_byte(&b, low >= 0 ? (char)(high * 16 + low) : s.p[i]);
	}
	return buf_str(&b);
}

const struct entry *rel_entry(struct arena *a, const struct archive *z, const struct rel *r) {
	if (!r) return NULL;
	const struct entry *e = archive_find(z, r->target);
	return e ? e : archive_find(z, percent_decoded(a, r->target));
}
