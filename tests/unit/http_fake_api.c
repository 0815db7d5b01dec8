/* http_fake_api.c - the routes that the edge's tests ask for:
 *
 *   GET  /api/v1/const            200 bytes of JSON, for speed
 *   GET  /api/v1/echo             what the edge made of the request, as JSON
 *   POST /api/v1/echo, /big       the same with length and hash of the body (1,000 bytes, 8 MiB)
 *   GET  /api/v1/large            100 kB of JSON
 *   GET  /api/v1/tagged           has an ETag
 *   GET  /api/v1/fail             503, as when the store is away
 *   POST /api/v1/write            runs on another thread, answers at once
 *   POST /api/v1/hold             runs on another thread, answers when somebody POSTs /api/v1/release
 *   GET  /api/v1/holding          how many are held
 *   POST /api/v1/notice?account=N something to tell to the streams of N
 *   GET  /api/v1/events?account=N the stream
 *   POST /api/v1/readonly         /healthz says 503 from now on
 *   GET  /api/v1/readers          how many read connections were opened and closed
 */
#include "http_fake_api.h"

#include "api/url.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/json.h"
#include "domain/job.h"
#include "domain/watch.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

struct db { int number; };
struct notice { int64_t version, account_id; };

static struct {
	pthread_mutex_t lock;
	pthread_cond_t released;
	struct pool *pool;
	int64_t releases;
	_Atomic int holding, readers_opened, readers_closed;
	_Atomic bool is_read_only;
	_Atomic int64_t version;
	struct notice notices[1024];
	size_t notices_n;
} fake = {.lock = PTHREAD_MUTEX_INITIALIZER, .released = PTHREAD_COND_INITIALIZER, .version = 1};

void fake_start(void) {
	fake.pool = pool_new(8, 4096);
}

void fake_stop(void) {
	pool_free(fake.pool);
	fake.pool = NULL;
}

/* ---- the store ---- */

struct db *store_reader(struct store *s) {
	(void)s;
	struct db *db = heap_alloc(sizeof *db);
	db->number = ++fake.readers_opened;
	return db;
}

void db_close(struct db *db) {
	fake.readers_closed++;
	heap_free(db);
}

struct store_health store_health(const struct store *s) {
	(void)s;
	return (struct store_health){.is_writable = !fake.is_read_only, .jobs = 30, .commits = 10, .waiting = 2};
}

/* ---- notices ---- */

int64_t job_events_version(struct app *app) {
	(void)app;
	return fake.version;
}

void job_events_since(struct app *app, struct arena *a, int64_t account_id, int64_t since, struct buf *out) {
	(void)app, (void)a;
	pthread_mutex_lock(&fake.lock);
	for (size_t i = 0; i < fake.notices_n; i++) {
		if (fake.notices[i].account_id != account_id || fake.notices[i].version <= since) continue;
		buf_c(out, "event: notice\ndata: {\"version\":");
		buf_int(out, fake.notices[i].version);
		buf_c(out, "}\n\n");
	}
	pthread_mutex_unlock(&fake.lock);
}

static int64_t query_int(const struct req *q, struct str name) {
	struct str text;
	int64_t v = 0;
	if (url_query_find(q->arena, q->query, name, &text) == URL_PAIR) str_int(text, &v);
	return v;
}

static void notice(const struct req *q, struct res *res) {
	pthread_mutex_lock(&fake.lock);
	if (fake.notices_n < sizeof fake.notices / sizeof *fake.notices)
		fake.notices[fake.notices_n++] = (struct notice){fake.version + 1, query_int(q, S("account"))};
	fake.version++;
	pthread_mutex_unlock(&fake.lock);
	res->status = 204;
}

static void events(const struct req *q, struct res *res) {
	res->status = 200;
	res->is_event_stream = true;
	res->account_id = query_int(q, S("account"));
}

/* ---- answers ---- */

static void say(struct res *res, int status, struct str json) {
	res->status = status;
	res->content_type = "application/json";
	res->body = json;
}

static void constant(const struct req *q, struct res *res) {
	(void)q;
	say(res, 200, S("{\"id\":12345,\"name\":\"012345678901234567890123456789012345678901234567890123456789"
	                "01234567890123456789012345678901234567890123456789012345678901234567890123456789\","
	                "\"is_key\":true,\"stage\":\"SIGNED\"}"));
}

static void echo(const struct req *q, struct res *res) {
	struct buf b = {.arena = q->arena};
	struct json j = {.out = &b};
	json_obj(&j);
	json_put_str(&j, "method", method_name(q->method));
	json_put_str(&j, "path", q->path);
	json_put_str(&j, "query", q->query);
	json_put_str(&j, "host", q->host);
	json_put_str(&j, "cookie", q->cookie);
	json_put_str(&j, "content_type", q->content_type);
	json_put_str(&j, "accept_language", q->accept_language);
	json_put_str(&j, "if_match", q->if_match);
	json_put_str(&j, "idempotency_key", q->idempotency_key);
	json_put_str(&j, "origin", q->origin);
	json_put_str(&j, "fetch_site", q->fetch_site);
	json_put_str(&j, "csrf", q->csrf);
	json_put_str(&j, "user_agent", q->user_agent);
	json_put_str(&j, "remote", q->remote);
	json_put_bool(&j, "is_tls", q->is_tls);
	json_put_bool(&j, "is_loopback", q->is_loopback);
	json_put_str(&j, "as_login", q->as_login);
	json_put_int(&j, "body_n", (int64_t)q->body.n);
	char hash[17] = {0};
	uint64_t h = str_hash(q->body);
	for (int i = 0; i < 16; i++) hash[i] = "0123456789abcdef"[h >> (60 - 4 * i) & 15];
	json_put_str(&j, "body_hash", str_c(hash));
	json_end(&j);
	say(res, 200, buf_str(&b));
}

static void large(const struct req *q, struct res *res) {
	struct buf b = {.arena = q->arena};
	struct json j = {.out = &b};
	json_arr(&j);
	for (int i = 0; i < 12000; i++) json_int(&j, 1000000 + i);
	json_end(&j);
	say(res, 200, buf_str(&b));
}

static void tagged(const struct req *q, struct res *res) {
	(void)q;
	say(res, 200, S("{\"row_version\":3}"));
	res_header(res, "ETag", S("\"3\""));
	res_header(res, "Cache-Control", S("private, no-cache"));
}

static void failing(const struct req *q, struct res *res) {
	api_problem(q, res, ERR_STORE, S("store"), S(""));
}

static void writing(const struct req *q, struct res *res) {
	echo(q, res);
}

/* Releases are counted, so that one that comes first is not lost. */
static void hold(const struct req *q, struct res *res) {
	pthread_mutex_lock(&fake.lock);
	fake.holding++;
	while (fake.releases == 0) pthread_cond_wait(&fake.released, &fake.lock);
	fake.releases--;
	fake.holding--;
	pthread_mutex_unlock(&fake.lock);
	echo(q, res);
}

static void release(const struct req *q, struct res *res) {
	(void)q;
	pthread_mutex_lock(&fake.lock);
	fake.releases++;
	pthread_cond_signal(&fake.released);
	pthread_mutex_unlock(&fake.lock);
	res->status = 204;
}

static void holding(const struct req *q, struct res *res) {
	say(res, 200, str_of_int(q->arena, fake.holding));
}

static void read_only(const struct req *q, struct res *res) {
	(void)q;
	fake.is_read_only = true;
	res->status = 204;
}

static void readers(const struct req *q, struct res *res) {
	struct buf b = {.arena = q->arena};
	buf_byte(&b, '[');
	buf_int(&b, fake.readers_opened);
	buf_byte(&b, ',');
	buf_int(&b, fake.readers_closed);
	buf_byte(&b, ']');
	say(res, 200, buf_str(&b));
}

/* ---- the route table ---- */

static const struct route {
	enum method method;
	struct str path;
	enum run run;
	size_t body_max;
	void (*handle)(const struct req *, struct res *);
} routes[] = {
	{METHOD_GET, S_("/api/v1/const"), RUN_READ, 0, constant},
	{METHOD_GET, S_("/api/v1/echo"), RUN_READ, 0, echo},
	{METHOD_GET, S_("/api/v1/echo/:id"), RUN_READ, 0, echo},
	{METHOD_POST, S_("/api/v1/echo"), RUN_READ, 1000, echo},
	{METHOD_POST, S_("/api/v1/big"), RUN_READ, 8 * 1024 * 1024, echo},
	{METHOD_GET, S_("/api/v1/large"), RUN_READ, 0, large},
	{METHOD_GET, S_("/api/v1/tagged"), RUN_READ, 0, tagged},
	{METHOD_GET, S_("/api/v1/fail"), RUN_READ, 0, failing},
	{METHOD_POST, S_("/api/v1/write"), RUN_WRITE, 65536, writing},
	{METHOD_POST, S_("/api/v1/hold"), RUN_POOL, 65536, hold},
	{METHOD_POST, S_("/api/v1/release"), RUN_READ, 100, release},
	{METHOD_GET, S_("/api/v1/holding"), RUN_READ, 0, holding},
	{METHOD_POST, S_("/api/v1/notice"), RUN_READ, 0, notice},
	{METHOD_GET, S_("/api/v1/events"), RUN_READ, 0, events},
	{METHOD_POST, S_("/api/v1/readonly"), RUN_READ, 0, read_only},
	{METHOD_GET, S_("/api/v1/readers"), RUN_READ, 0, readers},
};

static const struct route *find(enum method m, struct str path) {
	struct str params[URL_PARAMS_MAX];
	size_t n;
	for (size_t i = 0; i < sizeof routes / sizeof *routes; i++)
		if (routes[i].method == m && url_match(routes[i].path, path, params, &n)) return &routes[i];
	return NULL;
}

bool api_route(enum method m, struct str path, struct route_info *out) {
	const struct route *r = find(m, path);
	if (r) *out = (struct route_info){r->run, r->body_max, r};
	return r != NULL;
}

struct str method_name(enum method m) {
	static const char *const names[METHOD__N] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
	return str_c(names[m]);
}

void res_header(struct res *res, const char *name, struct str value) {
	if (res->headers_n < sizeof res->headers / sizeof *res->headers) res->headers[res->headers_n++] = (struct header){name, value};
}

void api_problem(const struct req *req, struct res *res, enum err code, struct str rule, struct str arg) {
	static const int statuses[ERR__N] = {200, 422, 401, 403, 404, 409, 409, 413, 503, 500};
	static const struct { struct str rule; int status; } finer[] = {{S_("http_bad_request"), 400},
		{S_("http_length_required"), 411}, {S_("http_head_too_large"), 431}, {S_("http_not_implemented"), 501}, {S_("method_not_allowed"), 405}};
	struct buf b = {.arena = req->arena};
	struct json j = {.out = &b};
	res->status = statuses[code];
	for (size_t i = 0; i < sizeof finer / sizeof *finer; i++)
		if (str_eq(finer[i].rule, rule)) res->status = finer[i].status;
	json_obj(&j);
	json_put_int(&j, "status", res->status);
	json_put_str(&j, "rule", rule);
	json_put_str(&j, "arg", arg);
	json_put_str(&j, "request_id", req->request_id);
	json_end(&j);
	res->content_type = "application/problem+json";
	res->body = buf_str(&b);
}

struct work {
	const struct req *req;
	struct res *res;
	const struct route *route;
	void (*done)(void *arg);
	void *arg;
};

static void work(void *arg) {
	struct work w = *(struct work *)arg;
	w.route->handle(w.req, w.res);
	w.done(w.arg);
}

bool api_start(struct app *app, struct db *db, const struct req *req, struct res *res, void (*done)(void *arg), void *arg) {
	(void)app, (void)db;
	const struct route *r = find(req->method, req->path);
	res->route = r ? r->path.p : "";
	if (!r) {
		api_problem(req, res, ERR_NOT_FOUND, S("not_found"), req->path);
		return false;
	}
	if (r->run == RUN_READ) {
		r->handle(req, res);
		return false;
	}
	struct work *w = arena_alloc(req->arena, sizeof *w);
	*w = (struct work){req, res, r, done, arg};
	if (pool_add(fake.pool, work, w)) return true;
	api_problem(req, res, ERR_BUSY, S("busy"), S(""));
	return false;
}

/* ---- counters of the domain ---- */

void watch_count(struct app *app, enum watch_kind kind, struct str remote) {
	(void)app, (void)kind, (void)remote;
}

void watch_read(struct app *app, int64_t now_ms, struct watch_state out[WATCH__N]) {
	(void)app, (void)now_ms;
	for (int k = 0; k < WATCH__N; k++) out[k] = (struct watch_state){0};
}
