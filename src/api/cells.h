/* cells.h - a row of an answer as JSON, straight from the row of the database.
 *
 * What is the same for every row - the names, the columns, which names of regions, industries and
 * records stand beside which codes - is worked out once a request; then a row costs little more than
 * its bytes. */
#ifndef API_CELLS_H
#define API_CELLS_H

#include "api/list.h"

enum { CELLS_MAX = 4 + 128, COLUMNS_MAX = CELLS_MAX + LIST_ORDERS_MAX + 1 };

struct cell {
	const struct field *field;
	int col;
	struct str key;             /* ,"stage": as it goes out */
	struct str label_key;       /* ,"region_name": - empty where no label stands beside the value */
	struct label_slot *seen;    /* labels of codes that came before; NULL for records' names */
};

struct cells {
	struct str columns[COLUMNS_MAX]; /* for the select */
	size_t columns_n;
	struct cell items[CELLS_MAX];
	size_t n;
	size_t order_at[LIST_ORDERS_MAX + 1]; /* the columns of the list's order, for the cursor */
};

/* The cells of the list's fields behind those that every record has, and the columns they need. */
void cells_of(struct call *c, const struct list *l, struct cells *out);

/* The row that r stands on, as one value of c->json. */
void put_row(struct call *c, const struct cells *k, const struct rows *r);

/* A field's value, masked where it is personal; put_value as a value of c->json, buf_value as text. */
void put_value(struct call *c, const struct field *f, struct value v);
void buf_value(struct call *c, struct buf *out, const struct field *f, struct value v);

/* Members that every record has before its fields. */
enum { HEAD_ID, HEAD_ROW_VERSION, HEAD_CREATED, HEAD_UPDATED, HEAD__N };
extern const struct field head_fields[HEAD__N];

#endif
