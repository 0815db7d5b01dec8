/* json.h - streaming JSON writer: commas and nesting are kept here, no tree is built.
 *
 * Call order is the text's order. A zeroed struct with `out` set is ready. Nesting up to 64; our
 * own mistake (a value without a key, an end too many) is an assert. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"

struct json {
	struct buf *out;
	uint64_t is_object; /* one bit a level */
	uint64_t has_items;
	int depth;
	bool after_key;
};

void json_obj(struct json *j);
void json_arr(struct json *j);
void json_end(struct json *j);                       /* closes the innermost */
void json_key(struct json *j, struct str key);
void json_str(struct json *j, struct str s);
void json_str_or_null(struct json *j, struct str s); /* empty = null */
void json_int(struct json *j, int64_t v);
void json_bool(struct json *j, bool v);
void json_nil(struct json *j);
void json_raw(struct json *j, struct str text);      /* text is JSON already */

/* Key and value in one call. */
void json_put_str(struct json *j, const char *key, struct str s);
void json_put_str_or_null(struct json *j, const char *key, struct str s);
void json_put_int(struct json *j, const char *key, int64_t v);
void json_put_int_if(struct json *j, const char *key, bool is_there, int64_t v); /* else null */
void json_put_bool(struct json *j, const char *key, bool v);

#endif
