/* One request: its head is judged before a byte of its body is read, then it runs, then it is
 * answered. The library calls request_step for the head, for each piece of the body, at the end of
 * the body, and again after the request was put aside. */
#include "http/edge.h"

#include "api/url.h"
#include "base/log.h"
#include "domain/watch.h"
#include "http/assets.h"

#include <string.h>

enum {
	SMALL_BODY = 2048,            /* up to here a body lives in the request's first block */
	DISCARD_LEAST = 1024 * 1024,
};

/* ---- answers of the edge's own ---- */

/* api_problem knows the status of each. */
static const struct { enum err code; struct str rule; } refusals[NO__N] = {
	[NO_BAD_REQUEST] = {ERR_INVALID, S_("http_bad_request")},
	[NO_LENGTH] = {ERR_INVALID, S_("http_length_required")},
	[NO_TOO_LARGE] = {ERR_TOO_LARGE, S_("http_too_large")},
	[NO_HEAD_TOO_LARGE] = {ERR_TOO_LARGE, S_("http_head_too_large")},
	[NO_METHOD] = {ERR_INVALID, S_("method_not_allowed")},
	[NO_NOT_IMPLEMENTED] = {ERR_INVALID, S_("http_not_implemented")},
	[NO_NOT_FOUND] = {ERR_NOT_FOUND, S_("not_found")},
	[NO_BUSY] = {ERR_BUSY, S_("http_busy")},
};

/* "8 MiB": the largest unit that leaves a whole number. */
static struct str size_text(struct arena *a, size_t bytes) {
	static const char *const units[] = {" B", " KiB", " MiB"};
	size_t u = 0;
	for (; u < 2 && bytes > 0 && bytes % 1024 == 0; u++) bytes /= 1024;
	return str_cat(a, str_of_int(a, (int64_t)bytes), str_c(units[u]));
}

static enum MHD_Result refuse(struct request *r, enum refusal no, struct str arg) {
	r->res = (struct res){.route = "refused"};
	r->is_bare = no == NO_HEAD_TOO_LARGE;
	if (no == NO_METHOD) res_header(&r->res, "Allow", S("GET, HEAD, POST, PUT, PATCH, DELETE"));
	api_problem(&r->req, &r->res, refusals[no].code, refusals[no].rule, arg);
	return answer_send(r);
}

static enum MHD_Result send_asset(struct request *r, const struct asset *f) {
	bool is_gzip = f->gzip.n > 0 && answer_takes_gzip(r->accept_encoding);
	struct res *res = &r->res;
	*res = (struct res){.status = 200, .content_type = f->type, .body = is_gzip ? f->gzip : f->bytes, .route = "static"};
	res_header(res, "ETag", is_gzip ? f->etag_gzip : f->etag);
	res_header(res, "Cache-Control", f->is_hashed ? S("public, max-age=31536000, immutable") : S("no-cache"));
	if (f->gzip.n) res_header(res, "Vary", S("Accept-Encoding"));
	if (is_gzip) res_header(res, "Content-Encoding", S("gzip"));
	r->is_encoded = true;
	return answer_send(r);
}

static enum MHD_Result send_health(struct request *r) {
	bool is_good = store_health(r->server->app->store).is_writable;
	r->res = (struct res){.status = is_good ? 200 : 503, .content_type = "application/json", .route = "/healthz",
	                      .body = is_good ? S("{\"status\":\"ok\"}") : S("{\"status\":\"read_only\"}")};
	return answer_send(r);
}

static enum MHD_Result send_metrics(struct request *r) {
	if (!r->req.is_loopback && !r->server->config.is_metrics_open) return refuse(r, NO_NOT_FOUND, r->req.path);
	struct buf b = {.arena = &r->arena};
	metrics_write(r->server, &b);
	r->res = (struct res){.status = 200, .content_type = "text/plain; version=0.0.4; charset=utf-8",
	                      .body = buf_str(&b), .route = "/metrics"};
	return answer_send(r);
}

/* The web interface has addresses of its own (/projects/7): a page asked for by a browser is
 * index.html, and its script reads the address. */
static enum MHD_Result send_page(struct request *r) {
	const struct asset *f = asset_find(str_eq(r->req.path, S("/")) ? S("/index.html") : r->req.path);
	if (!f && str_has(r->req.accept, S("text/html"))) f = asset_find(S("/index.html"));
	if (!f) return refuse(r, NO_NOT_FOUND, r->req.path);
	if (r->req.method == METHOD_GET) return send_asset(r, f);
	r->res = (struct res){.route = "refused"};
	res_header(&r->res, "Allow", S("GET, HEAD"));
	api_problem(&r->req, &r->res, ERR_INVALID, refusals[NO_METHOD].rule, method_name(r->req.method));
	return answer_send(r);
}

/* ---- running ---- */

/* Nothing of r may be touched behind this call: another thread may have ended it. */
void request_resume(struct request *r) {
	struct server *s = r->server;
	MHD_resume_connection(r->mhd);
	s->aside--;
}

/* On the thread that did the write or the slow work. The worker's thread may be on its way to put
 * the request aside: whoever comes second lets it go on. */
static void on_done(void *arg) {
	struct request *r = arg;
	if (atomic_exchange(&r->handoff, HANDOFF_READY) == HANDOFF_ASIDE) request_resume(r);
}

static enum MHD_Result run_api(struct request *r) {
	struct db *db = worker_db(r->worker);
	if (!db) return refuse(r, NO_BUSY, S("store"));
	conn_works(r->conn, -1);
	if (!api_start(r->server->app, db, &r->req, &r->res, on_done, r)) {
		if (r->res.status >= 500) r->worker->is_db_suspect = true;
		return answer_send(r);
	}
	r->phase = PHASE_ASIDE;
	r->server->aside++;
	MHD_suspend_connection(r->mhd);
	if (atomic_exchange(&r->handoff, HANDOFF_ASIDE) == HANDOFF_READY) request_resume(r);
	return MHD_YES;
}

static enum MHD_Result run(struct request *r) {
	if (r->refused) return refuse(r, r->refused, size_text(&r->arena, r->body_max));
	if (r->is_api) return run_api(r);
	if (str_eq(r->req.path, S("/healthz"))) return send_health(r);
	if (str_eq(r->req.path, S("/metrics"))) return send_metrics(r);
	return send_page(r);
}

/* Where it goes, and how much of a body it may have. False = api will say no whatever the body is. */
static bool choose(struct request *r) {
	struct route_info route;
	bool is_known = api_route(r->req.method, r->req.path, &route);
	r->is_api = is_known || str_starts(r->req.path, S("/api/")) || str_eq(r->req.path, S("/api"));
	r->body_max = is_known ? route.body_max : 0;
	r->req.route = is_known ? route.route : NULL;
	return is_known;
}

static void name_request(struct request *r) {
	/* splitmix64 of a counter: no two are alike, and none tells how many there were. */
	uint64_t number = atomic_fetch_add_explicit(&r->server->ids, 1, memory_order_relaxed);
	uint64_t x = r->server->id_seed + 0x9E3779B97F4A7C15u * number;
	x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
	x = (x ^ x >> 27) * 0x94D049BB133111EBu;
	x ^= x >> 31;
	for (int i = 0; i < 16; i++) r->id[i] = "0123456789abcdef"[x >> (60 - 4 * i) & 15];
	r->req.request_id = (struct str){r->id, 16};
}

static enum MHD_Result begin(struct request *r, const char *method, const char *version) {
	r->phase = PHASE_BODY;
	r->conn->unbegun = NULL;
	r->began_us = edge_us();
	r->worker = worker_here(r->server);
	atomic_fetch_add_explicit(&r->worker->counts.began, 1, memory_order_relaxed);
	name_request(r);
	conn_works(r->conn, r->server->config.body_ms);
	struct str arg;
	enum refusal no = head_read(r, method, version, &arg);
	r->is_last = no != NO_REFUSAL || r->server->is_stopping;
	int64_t length = 0;
	bool has_body = r->transfer_encoding.p || (str_int(r->content_length, &length) && length > 0);
	r->conn->has_unread = has_body;
	if (no) return refuse(r, no, arg);
	bool is_known = choose(r);
	if (!has_body) return MHD_YES;
	if (r->is_api && !is_known) return run_api(r);
	if ((uint64_t)length > r->body_max || r->body_max == 0)
		return refuse(r, NO_TOO_LARGE, size_text(&r->arena, r->body_max));
	if (length > 0) r->body_max = (size_t)length;
	conn_works(r->conn, conn_time_for(r->server, r->body_max));
	return MHD_YES;
}

/* ---- the body ---- */

static void free_body(void *arg) {
	struct request *r = arg;
	r->server->body_memory -= (int64_t)r->body_room;
	heap_free((char *)(uintptr_t)r->req.body.p);
}

/* Room grows with the bytes that are here, not with the length that was promised. */
static bool has_room(struct request *r, size_t n) {
	if (n <= r->body_room) return true;
	bool is_first = r->body_room == 0;
	if (is_first && r->body_max <= SMALL_BODY) {
		r->req.body.p = arena_alloc(&r->arena, r->body_max);
		r->body_room = r->body_max;
		return true;
	}
	size_t room = is_first ? 2 * SMALL_BODY : r->body_room;
	while (room < n) room *= 2;
	if (room > r->body_max) room = r->body_max;
	int64_t more = (int64_t)(room - r->body_room);
	if (atomic_fetch_add(&r->server->body_memory, more) + more > (int64_t)r->server->config.body_memory_max) {
		r->server->body_memory -= more;
		return false;
	}
	r->req.body.p = heap_grow((char *)(uintptr_t)r->req.body.p, room);
	r->body_room = room;
	if (is_first) arena_defer(&r->arena, free_body, r);
	return true;
}

/* The library lets nobody answer in the middle of a body, so what comes after a refusal is thrown
 * away; a client that does not stop is cut off. */
static enum MHD_Result discard(struct request *r, size_t n) {
	r->discarded += n;
	uint64_t most = r->body_max > DISCARD_LEAST ? r->body_max : DISCARD_LEAST;
	return r->discarded > most ? MHD_NO : MHD_YES;
}

static enum MHD_Result take_body(struct request *r, const char *data, size_t *data_n) {
	size_t n = *data_n;
	*data_n = 0;
	if (!r->refused && n > r->body_max - r->req.body.n) r->refused = NO_TOO_LARGE;
	if (!r->refused && !has_room(r, r->req.body.n + n)) r->refused = NO_BUSY;
	if (r->refused) return discard(r, n);
	memcpy((char *)(uintptr_t)r->req.body.p + r->req.body.n, data, n);
	r->req.body.n += n;
	return MHD_YES;
}

enum MHD_Result request_step(void *server, struct MHD_Connection *mhd, const char *url, const char *method,
                             const char *version, const char *data, size_t *data_n, void **request) {
	(void)server, (void)mhd, (void)url;
	struct request *r = *request;
	switch (r->phase) {
	case PHASE_HEAD: return begin(r, method, version);
	case PHASE_BODY:
		if (*data_n) return take_body(r, data, data_n);
		r->conn->has_unread = false;
		return run(r);
	case PHASE_ASIDE: return answer_send(r);
	case PHASE_ANSWERED: break;
	}
	return MHD_YES;
}

/* ---- from its first line to its end ---- */

void request_drop(struct conn *c) {
	if (!c->unbegun) return;
	struct arena a = c->unbegun->arena;
	c->unbegun = NULL;
	c->server->rejects++;
	watch_count(c->server->app, WATCH_ODD, S(""));
	arena_release(&a);
}

/* The library calls this with the target as it came, before it cuts it into pieces in place. */
void *request_new(void *server, const char *uri, struct MHD_Connection *mhd) {
	struct arena a = {0};
	struct request *r = arena_alloc(&a, sizeof *r);
	r->arena = a;
	r->server = server;
	r->mhd = mhd;
	r->conn = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
	request_drop(r->conn);
	r->conn->unbegun = r;
	r->res.route = "";
	struct req *q = &r->req;
	q->arena = &r->arena;
	q->query = str_copy(&r->arena, str_c(uri));
	str_split(&q->query, '?', &q->path);
	return r;
}

static void log_request(const struct request *r, int64_t took_us, enum MHD_RequestTerminationCode how) {
	struct arena a = {0};
	LOG(LOG_INFO, "request", {"id", r->req.request_id}, {"method", r->method}, {"route", str_c(r->res.route)},
	    {"status", str_of_int(&a, r->res.status)}, {"ms", str_of_int(&a, took_us / 1000)},
	    {"account", str_of_int(&a, r->res.account_id)},
	    {"end", how == MHD_REQUEST_TERMINATED_COMPLETED_OK ? S("whole") : S("cut")});
	arena_release(&a);
}

void request_end(void *server, struct MHD_Connection *mhd, void **request, enum MHD_RequestTerminationCode how) {
	(void)mhd;
	struct request *r = *request;
	struct server *s = server;
	*request = NULL;
	if (!r) return;
	conn_waits(r->conn, s->config.idle_ms);
	if (r->phase == PHASE_HEAD) {
		request_drop(r->conn);
		return;
	}
	if (r->is_stream) stream_close(&r->stream);
	int64_t took_us = edge_us() - r->began_us;
	const char *route = r->res.route && *r->res.route ? r->res.route : "none";
	counts_add(&r->worker->counts, route, r->res.status, r->is_stream ? -1 : took_us);
	atomic_fetch_add_explicit(&r->worker->counts.ended, 1, memory_order_relaxed);
	if (log_is_on(LOG_INFO)) log_request(r, took_us, how);
	struct arena a = r->arena;
	arena_release(&a);
}
