/* splice.h - a copy of an XML part, byte for byte but for what an editor puts in or leaves out.
 *
 * The part goes through the parser for its events; the editor names byte positions, and everything
 * between them is copied as it stands. Memory stays flat: what is copied is handed on in pieces. */
#ifndef SHEET_SPLICE_H
#define SHEET_SPLICE_H

#include "sheet/xml.h"

#include "base/buf.h"

struct splice {
	struct xml xml;
	struct buf raw;        /* fed bytes */
	size_t used;           /* bytes of raw that are copied or left out */
	int64_t base;          /* position in the part of raw.p[used] */
	int64_t hold;          /* the editor may still want to put something in here; -1 = no */
	bool is_dropping;      /* leave out what comes, until the editor says otherwise */
	struct buf out;        /* copied and edited; the taker empties it */
	void *editor;
};

/* Editors are xml_events whose `it` is the splice. Parts in another encoding than UTF-8 are
 * refused: their positions are not the text's. */
enum err splice_open(struct splice *s, struct arena *a, const struct archive *z,
                     const struct entry *e, const struct sheet_limits *limits,
                     const struct xml_events *on, void *editor, struct sheet_problem *problem);
enum err splice_step(struct splice *s); /* more of the part; s->xml.is_done at its end */

/* For handlers: the current tag's position and the text of it. */
int64_t splice_at(const struct splice *s);
int64_t splice_end(const struct splice *s);     /* behind it */
struct str splice_tag(const struct splice *s);
struct str splice_prefix(const struct splice *s); /* "x:" or "" */
bool splice_is_empty_tag(const struct splice *s); /* <row/> */

void splice_copy(struct splice *s, int64_t to); /* all up to `to` as it stands */
void splice_skip(struct splice *s, int64_t to); /* leave out up to `to` */

#endif
