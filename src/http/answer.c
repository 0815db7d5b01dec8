/* From a struct res to the library's response: headers that every answer has, compression, 304. */
#include "http/edge.h"

#include "base/log.h"

#include <string.h>
#include <strings.h>

enum { GZIP_LEAST = 1400 /* less fits in one packet anyway */ };

/* On every answer. Styles set by script go through the CSSOM, which style-src does not forbid. */
static const struct { const char *name, *value; } fixed_headers[] = {
	{"Content-Security-Policy",
	 "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
	 "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
	 "report-uri /api/v1/csp-reports"},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
};

static struct str header_of(const struct res *res, const char *name) {
	for (size_t i = 0; i < res->headers_n; i++)
		if (strcasecmp(res->headers[i].name, name) == 0) return res->headers[i].value;
	return (struct str){0};
}

/* The weight of a coding: 0 as "0", "0.0" ... means never. */
static bool is_wanted(struct str params) {
	struct str param;
	while (str_split(&params, ';', &param)) {
		param = str_trim(param);
		if (!str_eq_nocase(str_sub(param, 0, 2), S("q="))) continue;
		struct str q = str_sub(param, 2, param.n);
		for (size_t i = 0; i < q.n; i++)
			if (q.p[i] != '0' && q.p[i] != '.') return true;
		return false;
	}
	return true;
}

bool answer_takes_gzip(struct str accept_encoding) {
	struct str item, coding;
	while (str_split(&accept_encoding, ',', &item)) {
		str_split(&item, ';', &coding);
		if (str_eq_nocase(str_trim(coding), S("gzip"))) return is_wanted(item);
	}
	return false;
}

/* Weak comparison (RFC 9110 13.1.2): W/ does not matter for a 304. */
bool answer_has_etag(struct str if_none_match, struct str etag) {
	struct str item;
	if (str_starts(etag, S("W/"))) etag = str_sub(etag, 2, etag.n);
	if (etag.n == 0) return false;
	while (str_split(&if_none_match, ',', &item)) {
		item = str_trim(item);
		if (str_starts(item, S("W/"))) item = str_sub(item, 2, item.n);
		if (str_eq(item, etag) || str_eq(item, S("*"))) return true;
	}
	return false;
}

static bool is_text(const char *type) {
	return strstr(type, "json") || strncmp(type, "text/", 5) == 0;
}

/* The thread's own compressor, so that a request costs no 256 KiB of tables. */
static z_stream *compressor(struct worker *w) {
	if (w->has_deflate) return deflateReset(&w->deflate) == Z_OK ? &w->deflate : NULL;
	w->has_deflate = deflateInit2(&w->deflate, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK;
	return w->has_deflate ? &w->deflate : NULL;
}

static bool gzip(struct request *r, struct str plain, struct str *out) {
	z_stream *z = plain.n < UINT32_MAX / 2 ? compressor(r->worker) : NULL;
	if (!z) return false;
	size_t room = deflateBound(z, plain.n);
	char *to = arena_alloc(&r->arena, room);
	z->next_in = (Bytef *)(uintptr_t)plain.p;
	z->avail_in = (uInt)plain.n;
	z->next_out = (Bytef *)to;
	z->avail_out = (uInt)room;
	if (deflate(z, Z_FINISH) != Z_STREAM_END) return false;
	*out = (struct str){to, room - z->avail_out};
	return true;
}

static void compress_body(struct request *r) {
	struct res *res = &r->res;
	if (r->is_encoded || res->body.n < GZIP_LEAST || !res->content_type || !is_text(res->content_type)) return;
	if (header_of(res, "Content-Encoding").p) return;
	res_header(res, "Vary", S("Accept-Encoding"));
	if (answer_takes_gzip(r->accept_encoding) && gzip(r, res->body, &res->body))
		res_header(res, "Content-Encoding", S("gzip"));
}

static void add(struct MHD_Response *out, const char *name, const char *value) {
	if (MHD_add_response_header(out, name, value) == MHD_NO)
		LOG(LOG_ERROR, "header_refused", {"name", str_c(name)});
}

static void add_headers(struct request *r, struct MHD_Response *out) {
	const struct res *res = &r->res;
	for (size_t i = 0; i < res->headers_n; i++)
		add(out, res->headers[i].name, str_cstr(&r->arena, res->headers[i].value));
	for (size_t i = 0; !r->is_bare && i < sizeof fixed_headers / sizeof *fixed_headers; i++)
		if (!header_of(res, fixed_headers[i].name).p) add(out, fixed_headers[i].name, fixed_headers[i].value);
	if (!header_of(res, "Cache-Control").p) add(out, "Cache-Control", "no-store");
	if (r->req.is_tls) add(out, "Strict-Transport-Security", "max-age=31536000");
	if (res->content_type && res->status != 304) add(out, "Content-Type", res->content_type);
	add(out, "X-Request-Id", r->id);
	if (r->is_last) add(out, "Connection", "close");
}

static void answer_304(struct request *r) {
	struct res *res = &r->res;
	bool is_read = r->req.method == METHOD_GET && res->status == 200 && !res->is_event_stream;
	if (!is_read || !r->req.if_none_match.n || !answer_has_etag(r->req.if_none_match, header_of(res, "ETag"))) return;
	res->status = 304;
	res->body = (struct str){0};
}

static struct MHD_Response *make(struct request *r) {
	struct res *res = &r->res;
	if (res->is_event_stream && !r->is_head) return stream_open(r);
	if (res->is_event_stream) res->content_type = "text/event-stream";
	compress_body(r);
	/* The bytes lie in the arena, the program or the store's answer: all outlive the response. */
	void *bytes = (void *)(uintptr_t)res->body.p;
	return MHD_create_response_from_buffer_with_free_callback_cls(res->body.n, bytes, NULL, NULL);
}

enum MHD_Result answer_send(struct request *r) {
	r->phase = PHASE_ANSWERED;
	if (r->server->is_stopping) r->is_last = true;
	if (r->res.status == 0) r->res.status = 500;
	answer_304(r);
	struct MHD_Response *out = make(r);
	if (!out) return MHD_NO;
	add_headers(r, out);
	conn_works(r->conn, r->is_stream ? -1 : conn_time_for(r->server, r->res.body.n));
	enum MHD_Result is_queued = MHD_queue_response(r->mhd, (unsigned)r->res.status, out);
	MHD_destroy_response(out);
	return is_queued;
}
