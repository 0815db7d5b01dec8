/* invariant.h - what must hold in every city, proved on a living one.
 *
 * Each check is a row of a table with one query (invariant.sql) whose rows are the violations, or, where
 * SQL cannot tell, a function. A query is one statement and so sees one moment; writers go on. Nothing is
 * repaired here: what is wrong is shown with its records, to be looked at by a person. */
#ifndef DOMAIN_INVARIANT_H
#define DOMAIN_INVARIANT_H

#include "domain/ctx.h"

enum { INVARIANT_ROWS = 100 }; /* violations that are kept of one check; all are counted */

struct violation {
	int64_t id;            /* of the record; 0 = none */
	struct str detail;     /* what stands there: codes and numbers, no personal data */
};

struct invariant_result {
	struct str code, object; /* "shares", noun of the records */
	struct str zh, en;
	int64_t n;
	struct violation *rows; /* the first INVARIANT_ROWS */
	size_t rows_n;
};

/* Runs every check in the table's order; *out has one result each. ERR_STORE, ERR_BUSY when one could not
 * be run: then nothing is said about the city. Needs a read connection outside of jobs. */
enum err invariants_check(struct ctx *ctx, struct invariant_result **out, size_t *n);

#endif
