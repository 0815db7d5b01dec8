/* query.h - what tools/sqlgen.py makes of one named query of a .sql file.
 *
 * The text has $1..$n in order of first use, because SQLite numbers $NAME by appearance whatever
 * the name; callers give values in the order of the `-- params:` line, and `order` leads from one
 * to the other. */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum query_type { QUERY_INT, QUERY_TEXT, QUERY_BLOB };

struct query_text {
	const char *sql;
	const uint8_t *order; /* $(k+1) takes the value order[k] of the params line */
};

struct query_def {
	const char *name;
	struct query_text text[2];  /* by enum store_engine; the same text unless a variant was written */
	size_t params_n;            /* parameters, the same for both engines */
	const char *const *params;  /* names, in the order of the params line */
	const uint8_t *types;       /* enum query_type, in the order of the params line */
	bool is_planned_each_time;  /* PostgreSQL: not prepared; what is best depends on the values */
};

#endif
