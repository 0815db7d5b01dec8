/* search.h - one search over projects, investors, leads, contacts, talks and the names of files.
 *
 * What is found: words as written (any width, traditional or simplified, from one character up), pinyin
 * and first letters of names, codes; where nothing is found as written, names that sound alike, then
 * names with one character changed, missing or too many. Hits in the name stand before hits in another
 * field. Only records that the actor may see, and only by fields that it may see, are looked at.
 *
 * A contact is found by what its mask shows (the first character of the name; of a mobile number the
 * last four digits, or the first three and the last four), by its title, and by the whole name, as written
 * or in pinyin: who types that knows it. No part of a given name, of the hidden digits, no e-mail and no
 * number of an identity card is looked for: so search tells nothing that the page would hide.
 *
 * The index is a row of search_doc for each record, deleted ones included, written in the transaction of
 * the record; which of its texts is in which group is said in search_doc.c. */
#ifndef DOMAIN_SEARCH_H
#define DOMAIN_SEARCH_H

#include "domain/field.h"
#include "domain/search_text.h"

/* Order = order of the groups on the page. The numbers stand in ids of search_doc: add at the end. */
enum search_kind {
	SEARCH_PROJECT, SEARCH_INVESTOR, SEARCH_LEAD, SEARCH_CONTACT, SEARCH_TALK, SEARCH_EVIDENCE,
	SEARCH__N
};
const struct noun *search_noun(enum search_kind k);
bool search_kind_of(struct str noun_name, enum search_kind *out);

enum where { WHERE_NAME, WHERE_ALIAS, WHERE_OTHER };

struct search_hit {
	enum search_kind kind;
	int64_t id;
	struct str name;          /* as this actor may see it; of a talk the beginning of its minutes */
	enum how how;
	enum where where;
	struct span mark;         /* the find in name, or in text when the name has none; to = 0: none */
	const struct field *field; /* where it was found when not in the name; NULL = the name */
	struct str text;          /* of that field, around the find */
	struct str parent_kind;   /* "project", "investor", "lead"; empty = none */
	int64_t parent_id;
	struct str parent;        /* its name */
	struct str info;          /* code: stage, region, state, day, kind; of a contact the title */
	struct str phone;         /* of a contact, masked */
};

struct search_spec {
	struct str query;
	bool kinds[SEARCH__N];    /* which are looked for */
	int64_t limit;            /* hits of each kind */
};

struct search_result {
	struct search_hit *hits;  /* best first */
	size_t n;
	bool tried[HOW__N];
	bool has_more[SEARCH__N]; /* more hits than the limit */
	int64_t count[SEARCH__N];
};
enum err search_records(struct ctx *ctx, const struct search_spec *spec, struct search_result *out);

/* ---- the index ---- */

/* After a record was written, in the same transaction; old NULL = it is new. Nouns that are not looked
 * for, and changes of fields that are not, cost nothing. */
enum err search_put(struct ctx *ctx, const struct noun *n, const void *old, const void *rec);

/* The same for a row that an UPDATE of its own has changed. */
enum err search_put_row(struct ctx *ctx, const struct noun *n, int64_t id);

/* All rows anew, inside a write job: for one that made many rows past the records. */
enum err search_fill(struct ctx *ctx);

/* All rows anew, in write jobs of some hundred rows: a stopped one begins again at the next start. */
enum err search_rebuild(struct ctx *ctx, int64_t *rows);

/* search_rebuild where the index was made by another scheme or not at all. */
enum err search_ready(struct ctx *ctx);

/* Compares the index with the rows; *wrong = rows whose entry is missing or differs, and entries of no row. */
enum err search_check(struct ctx *ctx, int64_t *rows, int64_t *wrong);

/* For search.c: the expression that looks for a word among contacts; false = not by this. */
bool search_contact_expr(struct ctx *ctx, struct buf *out, const struct word *w, bool by_pinyin);
char search_letter(enum search_kind k);

#endif
