#include "sheet/xml.h"

#include "base/buf.h"

#include <assert.h>
#include <string.h>

enum { CHUNK = 64 << 10, MAX_DEPTH = 64, MAX_TOKEN = 512 << 10, MAX_HELD = 8 << 20 };

/* expat's allocator has no user pointer, so the parser that runs on this thread is noted here while
 * expat is called; each block carries its size. A document of a million different names would else
 * fill the memory: expat keeps every name that it has seen. */
static _Thread_local struct xml *running;

struct block_size {
	_Alignas(16) size_t n;
};

static bool may_hold(size_t n) {
	if (n > MAX_HELD) return false;
	if (!running) return true;
	if (running->held + n > MAX_HELD) return false;
	running->held += n;
	return true;
}

static void let_go(size_t n) {
	if (running) running->held -= n < running->held ? n : running->held;
}

static void *metered_alloc(size_t n) {
	if (!may_hold(n)) return NULL;
	struct block_size *b = heap_alloc(sizeof *b + n);
	b->n = n;
	return b + 1;
}

static void metered_free(void *p) {
	if (!p) return;
	struct block_size *b = (struct block_size *)p - 1;
	let_go(b->n);
	heap_free(b);
}

static void *metered_grow(void *p, size_t n) {
	if (!p) return metered_alloc(n);
	struct block_size *b = (struct block_size *)p - 1;
	size_t before = b->n;
	if (!may_hold(n)) return NULL;
	let_go(before);
	b = heap_grow(b, sizeof *b + n);
	b->n = n;
	return b + 1;
}

struct str xml_att(const char **atts, const char *name) {
	for (; *atts; atts += 2)
		if (strcmp(atts[0], name) == 0) return str_c(atts[1]);
	return (struct str){0};
}

struct str xml_att_any(const char **atts, const char *local) {
	for (; *atts; atts += 2) {
		const char *colon = strchr(atts[0], ':');
		if (colon && strcmp(colon + 1, local) == 0) return str_c(atts[1]);
	}
	return (struct str){0};
}

bool xml_true(struct str value) {
	return str_eq(value, S("1")) || str_eq(value, S("true")) || str_eq(value, S("on"));
}

void xml_fail(struct xml *x, enum err code, const char *rule, struct str place, struct str why) {
	if (x->err) return;
	if (!place.n)
		place = JOIN(x->arena, x->part.entry->name, S(" line "),
		             str_of_int(x->arena, (int64_t)XML_GetCurrentLineNumber(x->parser)));
	x->err = refuse(x->problem, code, rule, place, why);
	XML_StopParser(x->parser, XML_FALSE);
}

static void on_start(void *it, const XML_Char *name, const XML_Char **atts) {
	struct xml *x = it;
	x->quiet = 0;
	if (++x->depth > MAX_DEPTH) {
		xml_fail(x, ERR_INVALID, "sheet_xml", (struct str){0},
		         S("the XML is nested over 64 deep: save the file again with a spreadsheet program"));
		return;
	}
	if (!x->err && x->on->start) x->on->start(x->it, x->depth, xml_local(name), atts);
}

static void on_end(void *it, const XML_Char *name) {
	struct xml *x = it;
	(void)name;
	x->quiet = 0;
	if (!x->err && x->on->end) x->on->end(x->it, x->depth);
	x->depth--;
}

static void on_text(void *it, const XML_Char *p, int n) {
	struct xml *x = it;
	x->quiet = 0;
	if (!x->err && x->on->text) x->on->text(x->it, p, (size_t)n);
}

/* Comments and processing instructions: nothing but a sign of life. */
static void on_other(void *it, const XML_Char *p, int n) {
	(void)p;
	(void)n;
	((struct xml *)it)->quiet = 0;
}

static void on_doctype(void *it, const XML_Char *name, const XML_Char *system,
                       const XML_Char *public, int has_subset) {
	(void)name;
	(void)system;
	(void)public;
	(void)has_subset;
	xml_fail(it, ERR_INVALID, "sheet_xml", (struct str){0},
	         S("the XML has a DOCTYPE, which workbooks never have and attacks do: save the file again "
	           "with a spreadsheet program"));
}

static void close_xml(void *it) {
	xml_close(it);
}

void xml_close(struct xml *x) {
	if (x->parser) XML_ParserFree(x->parser);
	x->parser = NULL;
	part_close(&x->part);
}

enum err xml_open(struct xml *x, struct arena *a, const struct archive *z, const struct entry *e,
                  const struct sheet_limits *limits, const struct xml_events *on, void *it,
                  struct sheet_problem *problem) {
	static const XML_Memory_Handling_Suite memory = {metered_alloc, metered_grow, metered_free};
	*x = (struct xml){.arena = a, .limits = limits, .on = on, .it = it, .problem = problem};
	enum err err = part_open(z, e, &x->part, problem);
	if (err) return err;
	x->parser = XML_ParserCreate_MM(NULL, &memory, NULL);
	assert(x->parser);
	arena_defer(a, close_xml, x);
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetDefaultHandler(x->parser, on_other);
	XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
	return ERR_OK;
}

void xml_pause(struct xml *x) {
	x->is_paused = true;
	if (!x->err) XML_StopParser(x->parser, XML_TRUE);
}

static enum err parser_error(struct xml *x) {
	if (x->err) return x->err;
	enum XML_Error code = XML_GetErrorCode(x->parser);
	struct str reason = code == XML_ERROR_NO_MEMORY ? S("too many different names")
	                                                : str_c(XML_ErrorString(code));
	xml_fail(x, ERR_INVALID, "sheet_xml", (struct str){0},
	         JOIN(x->arena, S("the XML is broken ("), reason,
	              S("): save the file again with a spreadsheet program")));
	return x->err;
}

/* One more chunk of the part into the parser. */
static enum XML_Status feed(struct xml *x) {
	size_t got = 0;
	void *to = XML_GetBuffer(x->parser, CHUNK);
	if (!to) return XML_STATUS_ERROR;
	if ((x->err = part_read(&x->part, to, CHUNK, &got, x->problem))) return XML_STATUS_ERROR;
	x->quiet += got;
	x->is_fed = got == 0;
	if (x->fed && got) x->fed(x->it, to, got);
	return XML_ParseBuffer(x->parser, (int)got, got == 0);
}

enum err xml_step(struct xml *x) {
	enum err e = x->err ? x->err : check_stop(x->limits, x->problem);
	if (e) return x->err = e;
	running = x;
	bool was_paused = x->is_paused;
	x->is_paused = false;
	enum XML_Status status = was_paused ? XML_ResumeParser(x->parser) : feed(x);
	running = NULL;
	if (status == XML_STATUS_ERROR) return parser_error(x);
	if (status == XML_STATUS_SUSPENDED) return x->err;
	if (x->quiet > MAX_TOKEN)
		xml_fail(x, ERR_INVALID, "sheet_xml", (struct str){0},
		         S("one tag is longer than any workbook's: save the file again with a spreadsheet "
		           "program"));
	x->is_done = x->is_fed;
	return x->err;
}

enum err xml_run(struct xml *x) {
	enum err e = x->err;
	while (!e && !x->is_done) {
		e = xml_step(x);
		if (x->is_paused) break;
	}
	return e;
}

enum err xml_read(struct arena *a, const struct archive *z, const struct entry *e,
                  const struct sheet_limits *limits, const struct xml_events *on, void *it,
                  struct xml *x, struct sheet_problem *problem) {
	enum err err = xml_open(x, a, z, e, limits, on, it, problem);
	if (!err) err = xml_run(x);
	if (!err || x->parser) xml_close(x);
	return err;
}
