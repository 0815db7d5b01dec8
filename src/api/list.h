/* list.h - a list's query string as a select over the noun's visible query.
 *
 * limit, cursor, sort, fields, q, count and labels, and one filter a field: f=a,b (one of; a region by
 * prefix), f.ne= f.lt= f.le= f.gt= f.ge= f.has= f.null=0|1. Unknown names are refused. */
#ifndef API_LIST_H
#define API_LIST_H

#include "api/call.h"

enum { LIST_LIMIT = 50, LIST_LIMIT_MAX = 200, LIST_CONDS_MAX = 40, LIST_ORDERS_MAX = 5,
	EXPORT_ROWS_MAX = 100000,
	EXPORT_JOB_ROWS_MAX = 300000 }; /* at once, and as a job */
enum { LIST_TEXT_MAX = 200 }; /* code points of a filter's or the search box's text */

struct list {
	const struct noun *noun;
	struct value params[VISIBLE_PARAMS];
	size_t params_n;
	struct cond conds[LIST_CONDS_MAX + 1]; /* one more for the county */
	size_t conds_n;
	struct cond any[32];              /* the search box: one of these */
	size_t any_n;
	struct order orders[LIST_ORDERS_MAX + 1];
	size_t orders_n;
	const struct field *fields[128];  /* what is shown, in the table's order or as asked */
	size_t fields_n;
	struct value after[LIST_ORDERS_MAX + 1];
	bool has_after;
	int64_t limit;
	bool has_count;
	bool has_labels;                  /* names stand beside codes, unless labels=0 */
};

/* *out comes zeroed, here and below: it is large. */
enum err list_parse(struct call *c, const struct noun *n, struct list *out);

/* The same of a query string of our own: what a figure counts is then what its list shows. */
enum err list_parse_query(struct call *c, const struct noun *n, struct str query, struct list *out);

/* The same rows as a file are asked for, by ?format=csv|xlsx or by Accept: long work, and an audit row. */
enum file_kind { FILE_NONE, FILE_CSV, FILE_XLSX };
enum file_kind list_file(const struct req *req);

/* Every field that the actor may see, no condition, no order: for one record. Of the query string
 * only labels counts. *out need not come zeroed. */
enum err list_all(struct call *c, const struct noun *n, struct list *out);

/* A select of these columns with the list's conditions; the spec points into the list. */
struct select_spec list_spec(const struct list *l, const struct str *columns, size_t columns_n);

/* Where the next page begins: the order columns of a row, as opaque text. */
struct str list_cursor(struct arena *a, const struct value *v, size_t n);

#endif
