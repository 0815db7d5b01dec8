/* param.h - the city's thresholds: rows of table param, never constants in code.
 *
 * A value is valid between two dates; the newest that is valid on ctx->today counts. All are read
 * once a ctx. */
#ifndef DOMAIN_PARAM_H
#define DOMAIN_PARAM_H

#include "domain/ctx.h"

/* The value of a key in the whole city; `absent` when there is no such row. */
enum err param_int(struct ctx *ctx, struct str key, int64_t absent, int64_t *out);

#endif
