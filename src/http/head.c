/* The head of a request: what it may say, and what it says. Everything that two readers could
 * understand in two ways is refused here, before a byte of the body is read. */
#include "http/edge.h"

#include "api/url.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

enum {
	ANSWER_HEAD = 1536,           /* of the connection's memory, for the head of the answer */
	RECORD = 64,                  /* what the library takes of it for each header, cookie and argument */
};

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
	size_t headers_n;
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

static enum MHD_Result read_header(void *arg, enum MHD_ValueKind kind, const char *name, size_t name_n,
                                   const char *value, size_t value_n) {
	(void)kind;
	struct reading *in = arg;
	in->headers_n++;
	struct str key = {name, name_n}, text = {value, value ? value_n : 0};
	if (is_token(key) && is_header_value(text) && keep_header(in, key, text)) return MHD_YES;
	in->is_bad = true;
	in->bad = key;
	return MHD_NO;
}

bool head_is_host(struct str host) {
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
static enum refusal check_framing(const struct request *r, bool is_http_1_0, struct str *arg) {
	bool has_length = r->content_length.p, has_coding = r->transfer_encoding.p;
	*arg = has_coding ? S("Transfer-Encoding") : S("Content-Length");
	if (has_length && has_coding) return NO_BAD_REQUEST;
	if (has_coding && is_http_1_0) return NO_BAD_REQUEST;
	if (has_coding && !str_eq_nocase(r->transfer_encoding, S("chunked"))) return NO_NOT_IMPLEMENTED;
	if (has_length && !is_digits(r->content_length)) return NO_BAD_REQUEST;
	bool may_have_body = r->req.method != METHOD_GET && r->req.method != METHOD_DELETE;
	if (is_http_1_0 && may_have_body && !has_length) return NO_LENGTH;
	return NO_REFUSAL;
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

static enum refusal take_method(struct request *r, const char *name) {
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
		return NO_REFUSAL;
	}
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (!str_eq(given, known[i])) continue;
		r->method = known[i];
		return NO_METHOD;
	}
	return NO_NOT_IMPLEMENTED;
}

struct str head_last_hop(struct str forwarded_for) {
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
	struct str hop = head_last_hop(r->forwarded_for);
	if (parse_address(hop, &client)) {
		q->remote = hop;
		q->is_loopback = listen_is_loopback((const struct sockaddr *)&client);
	}
	if (str_eq(r->forwarded_proto, S("https"))) q->is_tls = true;
}

static size_t count(struct str s, char c) {
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) n += s.p[i] == c;
	return n;
}

/* Request and answer share the connection's memory. A head that leaves too little would end the
 * connection without a word after the work was done, so it is refused before. Cookies are there
 * twice: the library cuts a copy of them into pieces. */
static bool leaves_room(const struct request *r, size_t headers_n) {
	const union MHD_ConnectionInfo *head = MHD_get_connection_info(r->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	size_t used = (head ? head->header_size : 0) + r->req.cookie.n + ANSWER_HEAD;
	used += RECORD * (headers_n + count(r->req.query, '&') + count(r->req.cookie, ';') + 2);
	return used <= CONN_BYTES;
}

enum refusal head_read(struct request *r, const char *method, const char *version, struct str *arg) {
	struct reading in = {.r = r};
	MHD_get_connection_values_n(r->mhd, MHD_HEADER_KIND, read_header, &in);
	take_peer(r);
	*arg = S("");
	if (!leaves_room(r, in.headers_n)) return NO_HEAD_TOO_LARGE;
	*arg = str_c(method);
	enum refusal no = take_method(r, method);
	if (no) return no;
	bool is_http_1_0 = strcmp(version, MHD_HTTP_VERSION_1_0) == 0;
	*arg = in.bad;
	if (in.is_bad) return NO_BAD_REQUEST;
	*arg = S("Host");
	if (r->req.host.p ? !head_is_host(r->req.host) : !is_http_1_0) return NO_BAD_REQUEST;
	if ((no = check_framing(r, is_http_1_0, arg))) return no;
	*arg = S("target");
	struct str text;
	bool is_good = take_authority(&r->req) && url_is_target(r->req.path) && url_is_target(r->req.query) &&
	               url_decode(&r->arena, r->req.path, &text);
	return is_good ? NO_REFUSAL : NO_BAD_REQUEST;
}
