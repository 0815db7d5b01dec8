/* reference_data.h - the tables that tools/embed_data.py makes from data/; only reference.c uses them. */
#ifndef DOMAIN_REFERENCE_DATA_H
#define DOMAIN_REFERENCE_DATA_H

#include "domain/reference.h"

extern const struct region region_rows[]; /* by code */
extern const size_t region_rows_n;

/* A name that means a region: its full name, or what people write for it (寿光, 高新区). */
struct region_name {
	struct str name;
	uint32_t row;  /* place in region_rows */
	bool is_short;
};
extern const struct region_name region_names[]; /* by name, in bytes */
extern const size_t region_names_n;

extern const struct industry industry_rows[]; /* by code */
extern const size_t industry_rows_n;

/* Changes with every change of the tables, so that a start needs to compare one text only. */
extern const struct str reference_digest;

#endif
