/* xml.h - one XML part of an archive as events, hardened.
 *
 * Refused: any DOCTYPE (so there are no entities to blow up), nesting over 64, one tag or comment
 * over 512 KiB, and a document that makes the parser keep over 8 MiB (a million different names).
 * Names come without their prefix: workbooks use one vocabulary, under any prefix, in the
 * transitional and the strict namespace. Attributes with a prefix keep it. */
#ifndef SHEET_XML_H
#define SHEET_XML_H

#include "sheet/archive.h"

#include <expat.h>

struct xml;

/* depth: 1 = the root. `it` is what xml_open was given. A handler that finds a fault calls
 * xml_fail and returns. Members may be NULL. */
struct xml_events {
	void (*start)(void *it, int depth, const char *name, const char **atts);
	void (*end)(void *it, int depth);
	void (*text)(void *it, const char *p, size_t n);
};

/* Caller's storage; members are private but for depth. */
struct xml {
	struct arena *arena;
	const struct sheet_limits *limits;
	XML_Parser parser;
	struct part part;
	const struct xml_events *on;
	void *it;
	struct sheet_problem *problem;
	enum err err;
	int depth;
	size_t quiet;       /* bytes fed since the last event */
	size_t held;        /* bytes that the parser has allocated */
	bool is_paused, is_fed, is_done;
	void (*fed)(void *it, const char *p, size_t n); /* every chunk as it is, before its events */
};

/* Opens the part; x is closed by x->arena or earlier by xml_close. */
enum err xml_open(struct xml *x, struct arena *a, const struct archive *z, const struct entry *e,
                  const struct sheet_limits *limits, const struct xml_events *on, void *it,
                  struct sheet_problem *problem);

/* Reads on until a handler calls xml_pause or the part ends (is_done). */
enum err xml_run(struct xml *x);
enum err xml_step(struct xml *x); /* one chunk of the part, or the rest of it after a pause */
void xml_pause(struct xml *x);
void xml_close(struct xml *x);

/* From a handler: the part is refused. Without a place: entry and line. */
void xml_fail(struct xml *x, enum err code, const char *rule, struct str place, struct str why);

/* The whole part in one go. */
enum err xml_read(struct arena *a, const struct archive *z, const struct entry *e,
                  const struct sheet_limits *limits, const struct xml_events *on, void *it,
                  struct xml *x, struct sheet_problem *problem);

/* "x:row" -> "row". Inline: it runs for every tag. */
static inline const char *xml_local(const char *name) {
	for (const char *p = name; *p; p++)
		if (*p == ':') return p + 1;
	return name;
}
struct str xml_att(const char **atts, const char *name);    /* empty = not there */
struct str xml_att_any(const char **atts, const char *local); /* any prefix, but needs one */
bool xml_true(struct str value);                            /* "1", "true", "on" */

#endif
