/* stored_json.h - JSON that this program wrote into a column, read back as a tree.
 *
 * A tree belongs to the arena and goes with it: no caller frees one, and texts may point into it as
 * long as the arena lives. JSON of a client is read by the API's call_body, which says what is wrong. */
#ifndef DOMAIN_STORED_JSON_H
#define DOMAIN_STORED_JSON_H

#include "base/str.h"

#include <jansson.h>

/* NULL when text is empty or no JSON; jansson's getters take NULL for "not there". */
json_t *stored_json(struct arena *a, struct str text);

/* Hand the caller's reference to the arena; answers v. */
json_t *arena_json(struct arena *a, json_t *v);

#endif
