/* cells.h - a row of an answer as JSON, straight from the row of the database.
 *
 * What is the same for every row - the names, the columns, which names of regions, industries and
 * records stand beside which codes - is worked out once a request; then a row costs little more than
 * its bytes. */
#ifndef API_CELLS_H
#define API_CELLS_H

#include "api/list.h"

struct cell {
	const struct field *field;
	int col;
	struct str key;             /* ,"stage": as it goes out; empty for a single row, which writes it itself */
	struct str label_key;       /* ,"region_name": - empty where no label stands beside the value */
	struct label_slot *seen;    /* labels of codes that came before; NULL for records' names */
};

struct cells {
	struct str *columns;        /* for the select; none = all */
	size_t columns_n;
	struct cell *items;
	size_t n;
	struct value *values;       /* of the row that is being written, by column */
	size_t order_at[LIST_ORDERS_MAX + 1]; /* the columns of the list's order, for the cursor */
};

/* The cells of the list's fields behind those that every record has, and the columns they need.
 * Without a limit the list is one whole record: the select takes every column, and
 * cells_find says where they came. */
void cells_of(struct call *c, const struct list *l, struct cells *out);

void cells_find(struct call *c, struct cells *k, const struct rows *r);

/* The row that r stands on, as one value of c->json. */
void put_row(struct call *c, const struct cells *k, const struct rows *r);

/* A field's value, masked where it is personal; put_value as a value of c->json, buf_value as text. */
void put_value(struct call *c, const struct field *f, struct value v);
void buf_value(struct call *c, struct buf *out, const struct field *f, struct value v);

/* Text of a row as this answer may show it: opened where it is sealed, masked where it is personal. */
struct str masked_text(struct call *c, const struct field *f, struct str text);

/* Members that every record has before its fields. */
enum { HEAD_ID, HEAD_ROW_VERSION, HEAD_CREATED, HEAD_UPDATED, HEAD__N };
extern const struct field head_fields[HEAD__N];

#endif
