/* search_doc.h - what of a record is looked for, and which grams that makes: for search_index.c alone.
 *
 * A doc is the record's row of search_doc: its texts folded, in four groups; from it alone its grams are
 * made. Grams come as one text, in order, each once, with a space between. */
#ifndef DOMAIN_SEARCH_DOC_H
#define DOMAIN_SEARCH_DOC_H

#include "domain/search.h"

struct doc {
	struct str name, alias, code, body; /* folded; fields of a group parted by line feeds */
	struct str marks;                   /* of a contact: digests of what of its numbers is looked for */
};

struct doc doc_of(struct ctx *ctx, struct arena *a, enum search_kind kind, const void *rec);
bool doc_equal(const struct doc *x, const struct doc *y);

/* Whether two states of a record have the same doc, without making them. */
bool doc_is_same(enum search_kind kind, const void *old, const void *rec);

struct str grams_of(struct arena *a, enum search_kind kind, const struct doc *d);

/* Grams that go and grams that come, when a doc that was so becomes so. */
void grams_turn(struct arena *a, enum search_kind kind, const struct doc *was, const struct doc *now,
	struct str *go, struct str *come);

/* Every record of the kind, deleted ones too, by id. */
enum query_id search_rows_query(enum search_kind k);

#endif
