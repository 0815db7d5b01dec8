/* One request: its head is judged before a byte of its body is read, then it runs, then it is
 * answered. The library calls request_step for the head, for each piece of the body, at the end of
 * the body, and again after the request was put aside. */
#include "http/edge.h"

#include "api/url.h"
#include "base/day.h"
#include "base/log.h"
#include "http/assets.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

enum {
	SMALL_BODY = 2048,            /* up to here a body lives in the request's first block */
	BYTES_A_SECOND = 16 * 1024,   /* the slowest line that a body or an answer is given time for */
	DISCARD_LEAST = 1024 * 1024,
};

static const struct refusal
	bad_request = {ERR_INVALID, S_("http_bad_request")},           /* 400 */
	length_required = {ERR_INVALID, S_("http_length_required")},   /* 411 */
	too_large = {ERR_TOO_LARGE, S_("http_too_large")},             /* 413 */
	bad_method = {ERR_INVALID, S_("method_not_allowed")},          /* 405 */
	not_implemented = {ERR_INVALID, S_("http_not_implemented")},   /* 501 */
	not_found = {ERR_NOT_FOUND, S_("not_found")},                  /* 404 */
	busy = {ERR_BUSY, S_("http_busy")};                            /* 503 */

/* ---- reading the head ---- */

enum header_flag {
	ONCE = 1,                     /* sent twice, it means two things to two readers */
	EDGE = 2,                     /* a member of struct request, not of struct req */
};

/* The headers that anybody here looks at; all others are passed over. */
#define R(m) offsetof(struct req, m)
#define E(m) offsetof(struct request, m)
static const struct header_def { struct str name; size_t at; unsigned flags; } header_defs[] = {
	{S_("host"), R(host), ONCE},
	{S_("cookie"), R(cookie), ONCE},
	{S_("accept"), R(accept), 0},
	{S_("origin"), R(origin), ONCE},
	{S_("user-agent"), R(user_agent), 0},
	{S_("accept-encoding"), E(accept_encoding), EDGE},
	{S_("accept-language"), R(accept_language), 0},
	{S_("sec-fetch-site"), R(fetch_site), ONCE},
	{S_("x-requested-with"), R(csrf), ONCE},
	{S_("content-type"), R(content_type), ONCE},
	{S_("content-length"), E(content_length), EDGE | ONCE},
	{S_("transfer-encoding"), E(transfer_encoding), EDGE | ONCE},
	{S_("if-match"), R(if_match), ONCE},
	{S_("if-none-match"), R(if_none_match), 0},
	{S_("idempotency-key"), R(idempotency_key), ONCE},
	{S_("last-event-id"), E(last_event_id), EDGE | ONCE},
	{S_("x-forwarded-for"), E(forwarded_for), EDGE},
	{S_("x-forwarded-proto"), E(forwarded_proto), EDGE | ONCE},
};

struct reading {
	struct request *r;
	uint32_t seen;                /* one bit a row of header_defs */
	bool is_bad;
	struct str bad;               /* name of the header that cannot be; may be empty */
};

static bool is_token(struct str s) {
	static const char others[] = "!#$%&'*+-.^_`|~";
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
		if (!is_plain && (c == 0 || !strchr(others, c))) return false;
	}
	return s.n > 0;
}

static bool is_header_value(struct str s) {
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c < ' ' && c != '\t') || c == 0x7F) return false;
	}
	return true;
}

static bool keep_header(struct reading *in, struct str name, struct str value) {
	for (size_t i = 0; i < sizeof header_defs / sizeof *header_defs; i++) {
		const struct header_def *d = &header_defs[i];
		if (d->name.n != name.n || strncasecmp(d->name.p, name.p, name.n) != 0) continue;
		bool is_again = in->seen & 1u << i;
		if (is_again && (d->flags & ONCE)) return false;
		in->seen |= 1u << i;
		char *base = d->flags & EDGE ? (char *)in->r : (char *)&in->r->req;
		struct str *to = (struct str *)(void *)(base + d->at);
		if (!str_is_utf8(value)) return !(d->flags & ONCE);
		/* Of a list in several lines a trusted proxy wrote the last. */
		if (!is_again || to == &in->r->forwarded_for) *to = value;
		return true;
	}
	return true;
}

static enum MHD_Result read_header(void *arg, enum MHD_ValueKind kind, const char *name, size_t name_n, const char *value, size_t value_n) {
	(void)kind;
	struct reading *in = arg;
	struct str key = {name, name_n}, text = {value, value ? value_n : 0};
	if (is_token(key) && is_header_value(text) && keep_header(in, key, text)) return MHD_YES;
	in->is_bad = true;
	in->bad = key;
	return MHD_NO;
}

bool request_is_host(struct str host) {
	static const char others[] = "-._~:[]";
	for (size_t i = 0; i < host.n; i++) {
		char c = host.p[i];
		bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!is_plain && (c == 0 || !strchr(others, c))) return false;
	}
	return host.n > 0 && host.n < 256;
}

static bool is_digits(struct str s) {
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9') return false;
	return s.n > 0 && s.n <= 15;
}

/* How long the body is can be said in one way only: whoever stands in front of us must not read
 * another request out of the same bytes. */
static const struct refusal *check_framing(const struct request *r, bool is_http_1_0, struct str *arg) {
	bool has_length = r->content_length.p, has_coding = r->transfer_encoding.p;
	*arg = has_coding ? S("Transfer-Encoding") : S("Content-Length");
	if (has_length && has_coding) return &bad_request;
	if (has_coding && is_http_1_0) return &bad_request;
	if (has_coding && !str_eq_nocase(r->transfer_encoding, S("chunked"))) return &not_implemented;
	if (has_length && !is_digits(r->content_length)) return &bad_request;
	bool may_have_body = r->req.method != METHOD_GET && r->req.method != METHOD_DELETE;
	if (is_http_1_0 && may_have_body && !has_length) return &length_required;
	return NULL;
}

/* The whole URL as target is for proxies, but must be understood; then it may not contradict Host. */
static bool take_authority(struct req *q) {
	static const struct str schemes[] = {S_("http://"), S_("https://")};
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		if (!str_eq_nocase(str_sub(q->path, 0, schemes[i].n), schemes[i])) continue;
		struct str rest = str_sub(q->path, schemes[i].n, q->path.n);
		ptrdiff_t slash = str_find(rest, S("/"));
		struct str authority = slash < 0 ? rest : str_sub(rest, 0, (size_t)slash);
		q->path = slash < 0 ? S("/") : str_sub(rest, (size_t)slash, rest.n);
		return str_eq_nocase(authority, q->host);
	}
	return q->path.n > 0 && q->path.p[0] == '/';
}

static const struct refusal *take_method(struct request *r, const char *name) {
	static const struct { struct str name; enum method method; } methods[] = {
		{S_("GET"), METHOD_GET}, {S_("POST"), METHOD_POST}, {S_("PUT"), METHOD_PUT},
		{S_("PATCH"), METHOD_PATCH}, {S_("DELETE"), METHOD_DELETE}, {S_("HEAD"), METHOD_GET},
	};
	static const struct str known[] = {S_("OPTIONS"), S_("TRACE"), S_("CONNECT")};
	struct str given = str_c(name);
	r->method = S("other");
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
		if (!str_eq(given, methods[i].name)) continue;
		r->method = methods[i].name;
		r->req.method = methods[i].method;
		r->is_head = str_eq(given, S("HEAD"));
		return NULL;
	}
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (!str_eq(given, known[i])) continue;
		r->method = known[i];
		return &bad_method;
	}
	return &not_implemented;
}

static void name_request(struct request *r) {
	/* splitmix64 of a counter: no two are alike, and none tells how many there were. */
	uint64_t x = r->server->id_seed + 0x9E3779B97F4A7C15u * atomic_fetch_add_explicit(&r->server->ids, 1, memory_order_relaxed);
	x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
	x = (x ^ x >> 27) * 0x94D049BB133111EBu;
	x ^= x >> 31;
	for (int i = 0; i < 16; i++) r->id[i] = "0123456789abcdef"[x >> (60 - 4 * i) & 15];
	r->req.request_id = (struct str){r->id, 16};
}

struct str request_last_hop(struct str forwarded_for) {
	struct str part = {0};
	while (str_split(&forwarded_for, ',', &part)) {}
	return str_trim(part);
}

static bool parse_address(struct str text, struct sockaddr_storage *out) {
	char c[INET6_ADDRSTRLEN];
	if (text.n == 0 || text.n >= sizeof c) return false;
	memcpy(c, text.p, text.n);
	c[text.n] = 0;
	struct sockaddr_in in = {.sin_family = AF_INET};
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
	*out = (struct sockaddr_storage){0};
	if (inet_pton(AF_INET, c, &in.sin_addr) == 1) memcpy(out, &in, sizeof in);
	else if (inet_pton(AF_INET6, c, &in6.sin6_addr) == 1) memcpy(out, &in6, sizeof in6);
	else return false;
	return true;
}

/* Who asks, and how. A proxy on this machine is believed; what else a client writes into these
 * headers is not. */
static void take_peer(struct request *r) {
	struct req *q = &r->req;
	q->remote = str_c(r->conn->peer);
	q->is_loopback = r->conn->is_loopback;
	q->is_tls = r->server->has_tls;
	if (!r->server->config.is_behind_proxy || !r->conn->is_loopback) return;
	struct sockaddr_storage client;
	struct str hop = request_last_hop(r->forwarded_for);
	if (parse_address(hop, &client)) {
		q->remote = hop;
		q->is_loopback = listen_is_loopback((const struct sockaddr *)&client);
	}
	if (str_eq(r->forwarded_proto, S("https"))) q->is_tls = true;
}

static const struct refusal *read_head(struct request *r, const char *method, const char *version, struct str *arg) {
	struct reading in = {.r = r};
	MHD_get_connection_values_n(r->mhd, MHD_HEADER_KIND, read_header, &in);
	take_peer(r);
	*arg = str_c(method);
	const struct refusal *no = take_method(r, method);
	if (no) return no;
	bool is_http_1_0 = strcmp(version, MHD_HTTP_VERSION_1_0) == 0;
	*arg = in.bad;
	if (in.is_bad) return &bad_request;
	*arg = S("Host");
	if (r->req.host.p ? !request_is_host(r->req.host) : !is_http_1_0) return &bad_request;
	if ((no = check_framing(r, is_http_1_0, arg))) return no;
	*arg = S("target");
	struct str text;
	bool is_good = take_authority(&r->req) && url_is_target(r->req.path) && url_is_target(r->req.query) &&
	               url_decode(&r->arena, r->req.path, &text);
	return is_good ? NULL : &bad_request;
}

/* ---- answers of the edge's own ---- */

/* "8 MiB": the largest unit that leaves a whole number. */
static struct str size_text(struct arena *a, size_t bytes) {
	static const char *const units[] = {" B", " KiB", " MiB"};
	size_t u = 0;
	for (; u < 2 && bytes > 0 && bytes % 1024 == 0; u++) bytes /= 1024;
	return str_cat(a, str_of_int(a, (int64_t)bytes), str_c(units[u]));
}

static enum MHD_Result refuse(struct request *r, const struct refusal *no, struct str arg) {
	r->res = (struct res){.route = "refused"};
	if (no == &bad_method) res_header(&r->res, "Allow", S("GET, HEAD, POST, PUT, PATCH, DELETE"));
	api_problem(&r->req, &r->res, no->code, no->rule, arg);
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
	if (!r->req.is_loopback && !r->server->config.is_metrics_open) return refuse(r, &not_found, r->req.path);
	struct buf b = {.arena = &r->arena};
	metrics_write(r->server, &b);
	r->res = (struct res){.status = 200, .content_type = "text/plain; version=0.0.4; charset=utf-8", .body = buf_str(&b), .route = "/metrics"};
	return answer_send(r);
}

/* The web interface has addresses of its own (/projects/7): a page asked for by a browser is
 * index.html, and its script reads the address. */
static enum MHD_Result send_page(struct request *r) {
	const struct asset *f = asset_find(str_eq(r->req.path, S("/")) ? S("/index.html") : r->req.path);
	if (!f && str_has(r->req.accept, S("text/html"))) f = asset_find(S("/index.html"));
	if (!f) return refuse(r, &not_found, r->req.path);
	if (r->req.method == METHOD_GET) return send_asset(r, f);
	r->res = (struct res){.route = "refused"};
	res_header(&r->res, "Allow", S("GET, HEAD"));
	api_problem(&r->req, &r->res, ERR_INVALID, bad_method.rule, method_name(r->req.method));
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
	if (!db) return refuse(r, &busy, S("store"));
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

static int64_t time_for(const struct server *s, uint64_t bytes) {
	return s->config.body_ms + (int64_t)(bytes / BYTES_A_SECOND) * 1000;
}

/* Where it goes, and how much of a body it may have. False = api will say no whatever the body is. */
static bool choose(struct request *r) {
	struct route_info route;
	bool is_known = api_route(r->req.method, r->req.path, &route);
	r->is_api = is_known || str_starts(r->req.path, S("/api/")) || str_eq(r->req.path, S("/api"));
	r->body_max = is_known ? route.body_max : 0;
	return is_known;
}

static enum MHD_Result begin(struct request *r, const char *method, const char *version) {
	r->phase = PHASE_BODY;
	r->began_us = edge_us();
	r->worker = worker_here(r->server);
	atomic_fetch_add_explicit(&r->worker->counts.began, 1, memory_order_relaxed);
	name_request(r);
	conn_works(r->conn, r->server->config.body_ms);
	struct str arg;
	const struct refusal *no = read_head(r, method, version, &arg);
	r->is_last = no || r->server->is_stopping;
	int64_t length = 0;
	bool has_body = r->transfer_encoding.p || (str_int(r->content_length, &length) && length > 0);
	r->conn->has_unread = has_body;
	if (no) return refuse(r, no, arg);
	bool is_known = choose(r);
	if (!has_body) return MHD_YES;
	if (r->is_api && !is_known) return run_api(r);
	if ((uint64_t)length > r->body_max || r->body_max == 0)
		return refuse(r, &too_large, size_text(&r->arena, r->body_max));
	if (length > 0) r->body_max = (size_t)length;
	conn_works(r->conn, time_for(r->server, r->body_max));
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
	if (!r->refused && n > r->body_max - r->req.body.n) r->refused = &too_large;
	if (!r->refused && !has_room(r, r->req.body.n + n)) r->refused = &busy;
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

/* The library calls this with the target as it came, before it cuts it into pieces in place. */
void *request_new(void *server, const char *uri, struct MHD_Connection *mhd) {
	struct arena a = {0};
	struct request *r = arena_alloc(&a, sizeof *r);
	r->arena = a;
	r->server = server;
	r->mhd = mhd;
	r->conn = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
	r->res.route = "";
	struct req *q = &r->req;
	q->arena = &r->arena;
	q->query = str_copy(&r->arena, str_c(uri));
	str_split(&q->query, '?', &q->path);
	return r;
}

static void log_request(const struct request *r, int64_t took_us, enum MHD_RequestTerminationCode how) {
	struct arena a = {0};
	LOG(LOG_INFO, "request", {"id", r->req.request_id}, {"method", r->method},
	    {"route", str_c(r->res.route)}, {"status", str_of_int(&a, r->res.status)}, {"ms", str_of_int(&a, took_us / 1000)},
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
	if (r->is_stream) stream_close(&r->stream);
	if (r->phase == PHASE_HEAD) {
		s->rejects++;
	} else {
		int64_t took_us = edge_us() - r->began_us;
		counts_add(&r->worker->counts, r->res.route && *r->res.route ? r->res.route : "none", r->res.status, r->is_stream ? -1 : took_us);
		atomic_fetch_add_explicit(&r->worker->counts.ended, 1, memory_order_relaxed);
		if (log_is_on(LOG_INFO)) log_request(r, took_us, how);
	}
	conn_waits(r->conn, s->config.idle_ms);
	struct arena a = r->arena;
	arena_release(&a);
}
