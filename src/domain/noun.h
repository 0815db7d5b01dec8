/* noun.h - what a field table is written with. */
#ifndef DOMAIN_NOUN_H
#define DOMAIN_NOUN_H

#include "domain/field.h"

/* One row: struct, member, type, flags, labels, and any of .group .headings .choices .ref .max. */
#define FIELD(record_struct, member, t, flag_bits, label_zh, label_en, ...) \
	{ .name = S_(#member), .type = t, .offset = offsetof(struct record_struct, member), \
	  .flags = (flag_bits), .zh = S_(label_zh), .en = S_(label_en), __VA_ARGS__ }
#define CHOICES(table) .choices = table, .choices_n = sizeof table / sizeof *(table)
#define FIELDS(table) .fields = table, .fields_n = sizeof table / sizeof *(table)
#define ORDERS(table) .orders = table, .orders_n = sizeof table / sizeof *(table)

/* Standard orders; all columns used here are NOT NULL, which lets a page start by a row value. */
#define DESC(c) {.column = S_(#c), .is_desc = true, .is_not_null = true}
#define ASC(c) {.column = S_(#c), .is_not_null = true}

/* Flags that go together. */
enum {
	SHOWN = FIELD_LIST | FIELD_FILTER | FIELD_SORT,
	EDITED = SHOWN | FIELD_FORM,
	GIVEN = SHOWN | FIELD_SERVER,
};

#endif
