/* city.h - which city this database is of: its division and the name that stands in every header.
 *
 * Kept in the settings city_code, city_name and city_name_en; a database that has none is of Weifang,
 * whose units the program brings along. Whoever keeps the system settings sets them; each change is an
 * audit row with both values. The division can be another one only while nothing of the trade is
 * there: every code in the records begins with it. Failures are in ctx->error. */
#ifndef DOMAIN_CITY_H
#define DOMAIN_CITY_H

#include "domain/reference.h"

struct city_identity {
	struct str code;           /* of a prefecture: 370700 */
	struct str name, name_en;  /* name_en may be empty: then `name` stands there too */
};

enum { CITY_NAME_MAX = 40 }; /* code points */

enum err city_get(struct ctx *ctx, struct city_identity *out);
enum err city_prefix(struct ctx *ctx, struct str *out);             /* 3707 */
enum err city_units(struct ctx *ctx, struct region_list *out);      /* that the city ranks, in their order */
enum err city_has_unit(struct ctx *ctx, struct str code, bool *has);

/* What a scope is called in the language of ctx; in English the whole city has the name of its settings. */
struct str city_scope_label(struct ctx *ctx, struct str scope);

/* The prefecture that a person means by a name or a code; NULL = none, or several. */
const struct region *city_find(struct arena *a, struct str text);

/* JOB. code is a code or a name; empty members stay as they are. ERR_INVALID "no_such_city",
 * "required", "too_long"; ERR_CONFLICT "city_in_use". Asks for no right: its callers did. */
enum err city_set(struct ctx *ctx, const struct city_identity *in);

#endif
