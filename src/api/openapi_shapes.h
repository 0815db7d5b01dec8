/* openapi_shapes.h - the shapes of answers that are no record of a noun, for the API description.
 *
 * A shape is a line of members, "name:TYPE" each, "name?:TYPE" one that may be absent. TYPE: s text, i integer,
 * b true or false, t the type of a field, * a text, number, truth or null, <a|b> one of these texts, [T] a list, {T} an object of any names, a capital
 * word another shape; ? behind it = or null. The web's types are made of them (web/tools/types.mjs). */
#ifndef API_OPENAPI_SHAPES_H
#define API_OPENAPI_SHAPES_H

#include "api/call.h"

/* The shape that a handler answers with; empty = none is written down. */
struct str shape_of(handler h);

/* Members of components/schemas, one a shape. */
void shapes_put(struct json *j);

#endif
