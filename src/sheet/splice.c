#include "sheet/splice.h"

#include <string.h>

enum { HELD_MAX = 4 << 20 };

static void fed(void *it, const char *p, size_t n) {
	struct splice *s = it;
	s->raw.n -= s->used;
	if (s->raw.n) memmove(s->raw.p, s->raw.p + s->used, s->raw.n);
	s->used = 0;
	buf_add(&s->raw, (struct str){p, n});
}

static void on_declaration(void *it, const XML_Char *version, const XML_Char *encoding,
                           int standalone) {
	struct xml *x = it;
	(void)version;
	(void)standalone;
	struct str name = str_c(encoding);
	if (!name.n || str_eq_nocase(name, S("UTF-8")) || str_eq_nocase(name, S("US-ASCII"))) return;
	xml_fail(x, ERR_INVALID, "sheet_xml", (struct str){0},
	         S("the part is not in UTF-8, so notes cannot be written into it: save the file again "
	           "with a spreadsheet program"));
}

enum err splice_open(struct splice *s, struct arena *a, const struct archive *z,
                     const struct entry *e, const struct sheet_limits *limits,
                     const struct xml_events *on, void *editor, struct sheet_problem *problem) {
	*s = (struct splice){.raw = {.arena = a}, .out = {.arena = a}, .hold = -1, .editor = editor};
	enum err err = xml_open(&s->xml, a, z, e, limits, on, s, problem);
	if (err) return err;
	s->xml.fed = fed;
	XML_SetXmlDeclHandler(s->xml.parser, on_declaration);
	return ERR_OK;
}

static void move(struct splice *s, int64_t to, bool is_copied) {
	size_t n = to > s->base ? (size_t)(to - s->base) : 0;
	if (n > s->raw.n - s->used) n = s->raw.n - s->used;
	if (is_copied && n) buf_add(&s->out, (struct str){s->raw.p + s->used, n});
	s->used += n;
	s->base += (int64_t)n;
}

void splice_copy(struct splice *s, int64_t to) {
	move(s, to, true);
}

void splice_skip(struct splice *s, int64_t to) {
	move(s, to, false);
}

int64_t splice_at(const struct splice *s) {
	return XML_GetCurrentByteIndex(s->xml.parser);
}

int64_t splice_end(const struct splice *s) {
	return splice_at(s) + XML_GetCurrentByteCount(s->xml.parser);
}

struct str splice_tag(const struct splice *s) {
	int64_t at = splice_at(s) - s->base;
	if (at < 0) return (struct str){0};
	return str_sub(buf_str(&s->raw), s->used + (size_t)at, (size_t)XML_GetCurrentByteCount(s->xml.parser));
}

struct str splice_prefix(const struct splice *s) {
	struct str tag = splice_tag(s);
	size_t n = 1;
	while (n < tag.n && !memchr(": \t\r\n/>", tag.p[n], 7)) n++;
	return n < tag.n && tag.p[n] == ':' ? str_copy(s->xml.arena, str_sub(tag, 1, n)) : S("");
}

bool splice_is_empty_tag(const struct splice *s) {
	return str_ends(splice_tag(s), S("/>"));
}

enum err splice_step(struct splice *s) {
	enum err e = xml_step(&s->xml);
	if (e) return e;
	int64_t seen = s->xml.is_done ? INT64_MAX : splice_at(s);
	bool holds = !s->xml.is_done && s->hold >= 0 && s->hold < seen;
	move(s, holds ? s->hold : seen, !s->is_dropping);
	if (s->raw.n - s->used > HELD_MAX)
		xml_fail(&s->xml, ERR_TOO_LARGE, "sheet_xml", (struct str){0},
		         S("a row holds more than cells: save the file again with a spreadsheet program"));
	return s->xml.err;
}
