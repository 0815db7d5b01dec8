#include "sheet/workbook.h"

#include "sheet/escape.h"
#include "sheet/rels.h"
#include "sheet/xml.h"

#include "base/buf.h"

#include <string.h>

enum { MAX_SHEETS = 2000 };

static const struct str nowhere = {0};

/* A sheet as workbook.xml lists it; what it is, only its relationship says. */
struct listed {
	struct str name, id;
	enum sheet_state state;
};

struct loader {
	struct arena *arena;
	struct xml xml;
	struct listed *list;
	size_t n, room;
	bool in_sheets, is_1904, is_workbook;
};

static enum sheet_state state_of(struct str s) {
	if (str_eq(s, S("hidden"))) return SHEET_HIDDEN;
	return str_eq(s, S("veryHidden")) ? SHEET_VERY_HIDDEN : SHEET_VISIBLE;
}

static struct str sheet_name(struct arena *a, struct str raw) {
	struct str s = str_copy(a, raw);
	s.n = unescape((char *)s.p, s.n);
	return s;
}

static void add(struct loader *l, const char **atts) {
	if (l->n == MAX_SHEETS) {
		xml_fail(&l->xml, ERR_TOO_LARGE, "sheet_too_large", nowhere,
		         S("the workbook has over 2,000 sheets: split it into several"));
		return;
	}
	if (l->n == l->room) {
		l->room = l->room ? l->room * 2 : 16;
		struct listed *more = arena_array(l->arena, l->room, sizeof *more);
		if (l->n) memcpy(more, l->list, l->n * sizeof *more);
		l->list = more;
	}
	l->list[l->n++] = (struct listed){
		.name = sheet_name(l->arena, xml_att(atts, "name")),
		.id = str_copy(l->arena, xml_att_any(atts, "id")),
		.state = state_of(xml_att(atts, "state")),
	};
}

static void start(void *it, int depth, const char *name, const char **atts) {
	struct loader *l = it;
	if (depth == 1) l->is_workbook = strcmp(name, "workbook") == 0;
	if (depth == 2) l->in_sheets = strcmp(name, "sheets") == 0;
	if (depth == 2 && strcmp(name, "workbookPr") == 0) l->is_1904 = xml_true(xml_att(atts, "date1904"));
	if (depth == 3 && l->in_sheets && strcmp(name, "sheet") == 0) add(l, atts);
}

/* Other kinds of files are ZIP archives too; each is told by an entry that it always has. */
static enum err other_kind(const struct archive *z, struct sheet_problem *p) {
	static const struct { struct str entry; const char *rule; struct str why; } kinds[] = {
		{S_("xl/workbook.bin"), "sheet_xlsb",
		 S_("this is a binary workbook (.xlsb): save it as .xlsx")},
		{S_("word/document.xml"), "sheet_other",
		 S_("this is a Word document (.docx): copy its table into a workbook and save it as .xlsx")},
		{S_("ppt/presentation.xml"), "sheet_other",
		 S_("this is a presentation (.pptx): copy its table into a workbook and save it as .xlsx")},
		{S_("content.xml"), "sheet_other",
		 S_("this is an OpenDocument file (.ods): save it as .xlsx")},
		{S_("ofd.xml"), "sheet_other", S_("this is an OFD document: give the workbook it came from")},
		{S_("meta-inf/manifest.mf"), "sheet_other", S_("this is a Java program, no workbook")},
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (archive_find(z, kinds[i].entry))
			return refuse(p, ERR_INVALID, kinds[i].rule, nowhere, kinds[i].why);
	if (!z->n) return refuse(p, ERR_INVALID, "sheet_empty", nowhere, S("this is an empty archive"));
	return refuse(p, ERR_INVALID, "sheet_other", z->entries[0].name,
	              S("this is an archive (.zip) without a workbook: unpack it and give the .xlsx in it"));
}

/* The workbook's own part: by the package's relationships, else in its usual place. */
static enum err find_main(struct arena *a, const struct archive *z,
                          const struct sheet_limits *limits, const struct entry **out,
                          struct sheet_problem *p) {
	struct rels package;
	enum err e = rels_load(a, z, S(""), limits, &package, p);
	if (e) return e;
	const struct entry *main = rel_entry(a, z, rels_by_kind(&package, S("officeDocument")));
	if (!main) main = archive_find(z, S("xl/workbook.xml"));
	if (!main || str_ends(main->key, S(".bin")) || str_starts(main->key, S("word/")) ||
	    str_starts(main->key, S("ppt/")))
		return other_kind(z, p);
	*out = main;
	return ERR_OK;
}

static enum err missing_part(struct arena *a, struct str sheet, struct sheet_problem *p) {
	return refuse(p, ERR_INVALID, "sheet_damaged", sheet,
	              JOIN(a, S("the workbook lists the sheet \""), sheet,
	                   S("\", but its cells are not in the file: save the file again with a "
	                     "spreadsheet program")));
}

/* The listed sheets that are worksheets: chart and dialogue sheets have no cells. */
static enum err keep_worksheets(struct arena *a, const struct archive *z, const struct loader *l,
                                const struct rels *rels, struct workbook *out,
                                struct sheet_problem *p) {
	out->sheets = arena_array(a, l->n, sizeof *out->sheets);
	for (size_t i = 0; i < l->n; i++) {
		const struct listed *s = &l->list[i];
		const struct rel *rel = rels_by_id(rels, s->id);
		if (rel && !str_eq(rel->kind, S("worksheet"))) continue;
		const struct entry *e = rel_entry(a, z, rel);
		if (!e) return missing_part(a, s->name, p);
		out->sheets[out->n++] = (struct workbook_sheet){s->name, s->state, e};
	}
	if (out->n) return ERR_OK;
	return refuse(p, ERR_INVALID, "sheet_no_sheet", nowhere, S("the workbook has no sheet with cells"));
}

enum err workbook_load(struct arena *a, const struct archive *z, const struct sheet_limits *limits,
                       struct workbook *out, struct sheet_problem *problem) {
	static const struct xml_events events = {.start = start};
	const struct entry *main = NULL;
	struct rels rels;
	struct loader *l = arena_alloc(a, sizeof *l);
	enum err e = find_main(a, z, limits, &main, problem);
	if (e) return e;
	l->arena = a;
	if ((e = xml_read(a, z, main, limits, &events, l, &l->xml, problem))) return e;
	if (!l->is_workbook)
		return refuse(problem, ERR_INVALID, "sheet_not_xlsx", main->name,
		              S("the file's main part is no workbook: save it as .xlsx"));
	if ((e = rels_load(a, z, main->name, limits, &rels, problem))) return e;
	*out = (struct workbook){.is_1904 = l->is_1904};
	out->strings = rel_entry(a, z, rels_by_kind(&rels, S("sharedStrings")));
	out->styles = rel_entry(a, z, rels_by_kind(&rels, S("styles")));
	return keep_worksheets(a, z, l, &rels, out, problem);
}
