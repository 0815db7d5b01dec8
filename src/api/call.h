/* call.h - one request on its way through a handler: what the routes' functions work with.
 *
 * A handler decodes, calls the domain, encodes: it never asks for a role (the route's row did) and
 * never writes SQL. It returns ERR_OK with c->json filled, or the failure that ctx->error explains. */
#ifndef API_CALL_H
#define API_CALL_H

#include "api/api.h"
#include "api/url.h"
#include "base/json.h"
#include "domain/field.h"
#include "domain/rights.h"

#include <jansson.h>

struct call {
	struct ctx *ctx;
	const struct req *req;
	struct res *res;
	struct str params[URL_PARAMS_MAX]; /* decoded path parameters */
	size_t params_n;
	const struct noun *noun;           /* of the generic routes; else NULL */
	struct buf out;
	bool must_change_password, is_password_old, must_enrol;
	struct json json;                  /* writes to out */
	struct label_memo *labels;         /* names of records that were asked for already */
	struct str problem_extra;          /* further members of a problem answer: ,"name":json */
};

typedef enum err (*handler)(struct call *c);

enum route_flag {
	ROUTE_PUBLIC = 1,      /* no session needed */
	ROUTE_NOUN = 2,        /* first parameter is the plural of a noun; object comes from it */
	ROUTE_SELF = 4,        /* any logged-in account, whatever its role */
	ROUTE_KEEP = 8,        /* answer may be kept by Idempotency-Key */
	ROUTE_BACKGROUND = 16, /* the page asks by itself: no activity of the session */
	ROUTE_FILE = 32,       /* answers with a file, not JSON */
	ROUTE_STREAM = 64,     /* answers with an event stream */
};

struct route {
	enum method method;
	struct str pattern;
	handler handle;
	enum run run;
	uint32_t flags;
	enum object object;
	uint32_t right;        /* bits that the role must have on the object */
	int status;            /* of a good answer; 0 = 200 */
	size_t body_max;       /* 0 = 256 KiB, or nothing for GET and DELETE */
	struct str zh, en;     /* what it does, for the API description */
};

extern const struct route routes[];
extern const size_t routes_n;

/* The route of a request line; NULL with *status 404 or 405. params are still encoded. */
const struct route *route_find(enum method m, struct str path, struct str params[URL_PARAMS_MAX],
	size_t *n, int *status);

/* ---- reading a request ---- */
enum err call_id(struct call *c, size_t param, int64_t *id);               /* path parameter as an id */
struct str call_query(struct call *c, const char *name);                   /* empty = not given */
enum err call_query_int(struct call *c, const char *name, int64_t absent, int64_t least,
	int64_t most, int64_t *out);

/* The body as a JSON object; freed with the arena. Refuses unknown members unless allowed is NULL; an
 * allowed member is text unless its name ends with # (an integer, for body_int).
 * Duplicate members, numbers that are no integers, NUL and depth over 16 are refused. */
enum err call_body(struct call *c, const char *const *allowed, json_t **out);
struct str body_str(struct call *c, json_t *body, const char *name);       /* empty = absent or null */
/* Trimmed, at most max characters, no control characters but line breaks. */
enum err body_text(struct call *c, json_t *body, const char *name, int64_t max, struct str *out);
enum err body_int(struct call *c, json_t *body, const char *name, int64_t absent, int64_t *out);
enum err body_day(struct call *c, json_t *body, const char *name, int32_t *out); /* DAY_NONE = absent */
enum err body_choice(struct call *c, json_t *body, const char *name, const struct choice *choices,
	size_t n, int32_t *out);

/* Read the members of body into rec, each by its field's rule; *set = what was named. Members that
 * the server sets, or that are no field, are refused by name. */
enum err body_record(struct call *c, json_t *body, const struct noun *n, void *rec, struct fieldset *set);

/* ---- answering ---- */
void answer_etag(struct call *c, int64_t row_version);
enum err need_version(struct call *c, int64_t *row_version);               /* from If-Match; 428 without */
void answer_file(struct call *c, const char *content_type, struct str file_name, struct str bytes);

/* Beside a code or an id stands a name, in JSON and CSV: of the region, the industry, the record.
 * label_member: the member that it has (region_code -> region_name); false = none. label_text: the
 * name, empty where there is none or the actor may not see that record. */
bool label_member(struct arena *a, const struct field *f, struct str *member);
struct str label_text(struct call *c, const struct field *f, struct value v);

/* One more member of the problem answer that the handler is about to cause. */
void problem_add(struct call *c, struct str member, struct str json);

struct str session_cookie_name(bool is_tls);

/* problem.c: fill res from ctx->error; noun gives the fields' labels, extra further members. */
void problem_write(const struct req *req, struct res *res, enum lang lang,
	const struct error *first, const struct noun *noun, struct str extra);
struct str problem_sentence(struct arena *a, const struct error *e, enum lang lang);
struct str problem_words(struct arena *a, struct str rule, const struct str args[2], enum lang lang);

/* words.c: a sentence by its key, {0} and {1} filled; empty = no such key. */
struct str words(struct arena *a, struct str key, enum lang lang, struct str arg0, struct str arg1);

#endif
