/* openapi_shapes.h - the shapes of answers and bodies that are no record of a noun, for the API description.
 *
 * A shape is a line of members, "name:TYPE" each, "name?:TYPE" one that may be absent, "*:TYPE" any others.
 * TYPE: s text, i integer, b true or false, * a text, number, truth or null, o an object of anything, <a|b> one of
 * these texts, %project.stage the choices of that field (%type %how %watch %result %role: the sets of
 * openapi_shapes.c), [T] a list, {T} an object of any names, a capital word another shape; ? behind it = or
 * null. The web's types are made of them (web/tools/types.mjs); API scripts hold every answer against them. */
#ifndef API_OPENAPI_SHAPES_H
#define API_OPENAPI_SHAPES_H

#include "api/call.h"

struct shape {
	struct str name, members;
};
extern const struct shape shapes[]; /* openapi_table.c */
extern const size_t shapes_n;

/* The shape (or noun, by name) that a handler answers with, and that it reads; empty = none is written down. */
struct str shape_of(handler h);
struct str body_of(handler h);

/* What the query of its address may say, as members; beside them the filters of a noun's list, or the fields
 * of a noun that is uploaded. Empty, NULL = nothing. n = the noun of the path, or NULL. */
struct str query_of(handler h);
const struct noun *filtered_by(handler h, const struct noun *n);
const struct noun *uploaded_by(handler h);

/* One parameter: the member "name?:TYPE". */
void shape_put_parameter(struct json *j, struct str member);

/* Members of components/schemas, one a shape. */
void shapes_put(struct json *j);

#endif
