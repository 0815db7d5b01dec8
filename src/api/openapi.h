/* openapi.h - the description of the interface (OpenAPI 3.1), made from the route, field and shape tables. */
#ifndef API_OPENAPI_H
#define API_OPENAPI_H

#include "base/json.h"

/* The whole document as one value. */
void openapi_put(struct json *j);

#endif
