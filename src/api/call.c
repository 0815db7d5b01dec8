/* call.c - what handlers read from a request and put into an answer, beside JSON. */
#include "api/call.h"

enum err call_id(struct call *c, size_t param, int64_t *id) {
	if (param < c->params_n && str_int(c->params[param], id) && *id > 0) return ERR_OK;
	return fail_with(c->ctx, ERR_NOT_FOUND, S(""), S("bad_id"),
		param < c->params_n ? c->params[param] : S(""), S(""));
}

struct str call_query(struct call *c, const char *name) {
	struct str v;
	return url_query_find(c->ctx->arena, c->req->query, str_c(name), &v) == URL_PAIR ? v : S("");
}

enum err call_query_int(struct call *c, const char *name, int64_t absent, int64_t least,
		int64_t most, int64_t *out) {
	struct str v = call_query(c, name);
	*out = absent;
	if (!v.n || (str_int(v, out) && *out >= least && *out <= most)) return ERR_OK;
	return fail_with(c->ctx, ERR_INVALID, str_c(name), S("bad_query"), str_c(name), v);
}

void answer_etag(struct call *c, int64_t row_version) {
	struct buf b = {.arena = c->ctx->arena};
	buf_byte(&b, '"');
	buf_int(&b, row_version);
	buf_byte(&b, '"');
	res_header(c->res, "ETag", buf_str(&b));
}

enum err need_version(struct call *c, int64_t *row_version) {
	struct str m = c->req->if_match;
	if (!m.n) return fail(c->ctx, ERR_INVALID, S(""), S("need_if_match"));
	if (m.n > 2 && m.p[0] == '"' && m.p[m.n - 1] == '"') m = str_sub(m, 1, m.n - 2);
	return str_int(m, row_version) ? ERR_OK : fail(c->ctx, ERR_INVALID, S(""), S("need_if_match"));
}

/* RFC 6266: an ASCII name for old programs, the real one percent-encoded. */
static struct str disposition(struct arena *a, struct str name) {
	static const char hex[] = "0123456789ABCDEF";
	struct buf b = {.arena = a};
	buf_c(&b, "attachment; filename=\"file\"; filename*=UTF-8''");
	for (size_t i = 0; i < name.n; i++) {
		unsigned char ch = (unsigned char)name.p[i];
		bool is_plain = (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z')
			|| (ch >= 'A' && ch <= 'Z') || ch == '.' || ch == '-' || ch == '_';
		if (is_plain) {
			buf_byte(&b, (char)ch);
			continue;
		}
		buf_byte(&b, '%');
		buf_byte(&b, hex[ch >> 4]);
		buf_byte(&b, hex[ch & 15]);
	}
	return buf_str(&b);
}

void answer_file(struct call *c, const char *content_type, struct str file_name, struct str bytes) {
	c->res->content_type = content_type;
	c->res->body = bytes;
	c->out.n = 0;
	res_header(c->res, "Content-Disposition", disposition(c->ctx->arena, file_name));
}

void problem_add(struct call *c, struct str member, struct str json) {
	struct buf b = {.arena = c->ctx->arena};
	buf_add(&b, c->problem_extra);
	buf_byte(&b, ',');
	buf_json(&b, member);
	buf_byte(&b, ':');
	buf_add(&b, json);
	c->problem_extra = buf_str(&b);
}
