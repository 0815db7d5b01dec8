/* api.h - the interface of the program without its sockets: a request in, an answer out.
 *
 * src/http turns bytes into a struct req and a struct res into bytes; tests and `zhaoyin call` fill a
 * struct req by hand. All text lives in the request's arena. */
#ifndef API_API_H
#define API_API_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "domain/ctx.h"

enum method { METHOD_GET, METHOD_HEAD, METHOD_POST, METHOD_PUT, METHOD_PATCH, METHOD_DELETE, METHOD__N };
struct str method_name(enum method m);

struct route; /* of the table in api/routes.c */

struct req {
	struct arena *arena;
	const struct route *route;   /* as api_route found it for this line; NULL = not looked for yet */
	enum method method;
	struct str path;             /* as sent, still percent-encoded, without the query */
	struct str query;            /* after '?', still encoded; may be empty */
	struct str body;             /* whole; capped by the route's body_max before it is read */
	struct str content_type;     /* header values; empty = not sent */
	struct str cookie;
	struct str accept, accept_language;
	struct str if_match, if_none_match, idempotency_key;
	struct str origin, host, fetch_site, csrf; /* csrf = X-Requested-With: "zhaoyin" */
	struct str remote;           /* address of the peer, or of the client a trusted proxy names */
	struct str user_agent;
	struct str request_id;       /* the answer's X-Request-Id: for problem bodies and log lines */
	bool is_tls;                 /* by own TLS or by a trusted proxy's word */
	bool is_loopback;
	struct str as_login;         /* `zhaoyin call --as`: acts as this account, no session; never from http */
	int64_t as_role_id;
};

struct header {
	const char *name;
	struct str value;
};

struct res {
	int status;
	const char *content_type;
	struct str body;
	struct header headers[12];
	size_t headers_n;
	bool is_event_stream;        /* body is unused: the edge streams notices of this account */
	int64_t account_id;          /* whose notices; also for the access log */
	const char *route;           /* pattern of the route that answered, for metrics; "" = none */
};
void res_header(struct res *res, const char *name, struct str value);

/* How a route runs, so that the edge knows which thread to give it. */
enum run {
	RUN_READ,  /* a few queries: at once, on the caller's thread and read connection */
	RUN_WRITE, /* a write job of the store */
	RUN_POOL,  /* slow (password hash, file work): a thread of the pool */
};

struct route_info {
	enum run run;
	size_t body_max;             /* bytes; longer is 413 before it is read */
	const struct route *route;   /* for req.route */
};

/* Which route a request line goes to; false = 404 or 405 (api_handle answers it all the same). */
bool api_route(enum method m, struct str path, struct route_info *out);

/* Run one request to its end on this thread: session, rights, handler, and for RUN_WRITE the durable
 * commit. db = this thread's read connection. Never fails: every failure is an answer. */
void api_handle(struct app *app, struct db *db, const struct req *req, struct res *res);

/* The same, for the edge: returns at once where the route is RUN_WRITE or RUN_POOL, and calls
 * done(arg) on another thread when *res is filled. Returns true when done was or will be called,
 * false when *res is filled already (RUN_READ and refusals). */
bool api_start(struct app *app, struct db *db, const struct req *req, struct res *res,
	void (*done)(void *arg), void *arg);

/* An answer that the edge makes itself (too large, time-out, bad request line): status and problem
 * body in the client's language. rule = key in the word table, e.g. "http_too_large". The code gives
 * the status, or the rule where problem.c has a finer one. */
void api_problem(const struct req *req, struct res *res, enum err code, struct str rule, struct str arg);

#endif
