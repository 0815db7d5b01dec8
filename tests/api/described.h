/* described.h - holds what API scripts send and get against the API's own description.
 *
 * A member that the description does not name is as wrong as one that is missing or of another type. */
#ifndef TESTS_DESCRIBED_H
#define TESTS_DESCRIBED_H

#include "api/api.h"

#include <jansson.h>

/* The first thing of one exchange that is not as described, with its place; empty = all is. Of a refused
 * request only the problem is looked at: its body may be wrong on purpose. answer: NULL = no JSON. */
struct str described_misfit(struct arena *a, const struct req *q, const struct res *res, json_t *answer);

void described_release(void);

#endif
