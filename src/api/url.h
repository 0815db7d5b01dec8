/* url.h - request targets, queries and cookies, read strictly.
 *
 * Nothing is repaired: a bad escape, an escaped NUL or bytes that are no UTF-8 make the whole text
 * bad, and the caller answers 400. Nothing here keeps or frees anything; what is decoded lives in
 * the arena given, what is not is borrowed from the input. */
#ifndef API_URL_H
#define API_URL_H

#include "base/arena.h"
#include "base/str.h"

/* True when the bytes may stand in a request target: visible ASCII without " < > # and with whole
 * percent escapes of which none is NUL. Says nothing about the decoded text. */
bool url_is_target(struct str target);

/* Undo percent escapes. False on a bad escape, on NUL and when the result is no UTF-8; then *out is
 * untouched. Without an escape *out borrows from s. */
bool url_decode(struct arena *a, struct str s, struct str *out);

/* The same for a name or a value of a query, where '+' is a space. */
bool url_decode_query(struct arena *a, struct str s, struct str *out);

enum { URL_PARAMS_MAX = 4 };

/* Compare a path as sent with a pattern such as "/api/v1/projects/:id/stage". Segments are compared
 * byte by byte, so an escape in a fixed segment does not match; ":x" takes one segment that is not
 * empty. params gets the segments still encoded, in order (url_decode them); a pattern has up to
 * URL_PARAMS_MAX of them. */
bool url_match(struct str pattern, struct str path, struct str params[URL_PARAMS_MAX], size_t *params_n);

struct url_pair {
	struct str name, value; /* decoded; no '=' = empty value */
};

enum url_step { URL_END, URL_PAIR, URL_BAD };

/* Take the next pair off *query. Empty pairs ("a=1&&b=2") are passed over. URL_BAD: *out untouched. */
enum url_step url_query_next(struct arena *a, struct str *query, struct url_pair *out);

/* The value of one name: URL_PAIR when it is there exactly once, URL_END when it is not there,
 * URL_BAD when the query is bad or names it twice. */
enum url_step url_query_find(struct arena *a, struct str query, struct str name, struct str *value);

/* The value of a cookie in a Cookie header, without its quotes. False when it is not there, not made
 * of cookie octets (RFC 6265), or there twice: nobody can plant a second one. */
bool cookie_find(struct str header, struct str name, struct str *value);

#endif
