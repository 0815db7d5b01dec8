/* records.h - handlers of the generic routes; which nouns they serve is the noun's `generic`. */
#ifndef API_RECORDS_H
#define API_RECORDS_H

#include "api/call.h"
#include "api/list.h"

enum err api_record_list(struct call *c);
enum err api_record_values(struct call *c);
enum err api_record_show(struct call *c);
enum err api_record_create(struct call *c);
enum err api_record_update(struct call *c);
enum err api_record_delete(struct call *c);
enum err api_record_reveal(struct call *c);

/* One record as this actor sees it, labels included. */
void put_record(struct call *c, const struct noun *n, const void *rec);

/* Location: the address of a record that was made by the noun's route. */
void answer_location(struct call *c, int64_t id);

/* "items": a page of rows, and "next". */
enum err list_put_items(struct call *c, const struct list *l);

/* export.c: every row of the filter as a file, as list_file says; needs the right to export. */
enum err list_export(struct call *c, struct list *l);

#endif
