/* openapi_shapes.h - the shapes of answers that are no record of a noun, for the API description.
 *
 * A shape is a line of members, "name:TYPE" each. TYPE: s text, i integer, b true or false, [T] a list,
 * {T} an object of any names, a capital word another shape; ? behind it = or null. */
#ifndef API_OPENAPI_SHAPES_H
#define API_OPENAPI_SHAPES_H

#include "api/call.h"

/* The shape that a handler answers with; empty = none is written down. */
struct str shape_of(handler h);

/* Members of components/schemas, one a shape. */
void shapes_put(struct json *j);

#endif
