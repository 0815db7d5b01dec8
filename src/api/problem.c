/* problem.c - failures as RFC 9457 answers in the user's language. */
#include "api/call.h"
#include "domain/intake.h"

/* code -> status and title. The type is /problems/<name of the code>. */
static const struct {
	int status;
	struct str zh, en;
} kinds[ERR__N] = {
	[ERR_OK] = {200, S_(""), S_("")},
	[ERR_INVALID] = {422, S_("内容有误"), S_("Invalid content")},
	[ERR_UNAUTHENTICATED] = {401, S_("没有登录"), S_("Not logged in")},
	[ERR_FORBIDDEN] = {403, S_("没有权限"), S_("Not allowed")},
	[ERR_NOT_FOUND] = {404, S_("没有找到"), S_("Not found")},
	[ERR_CONFLICT] = {409, S_("有冲突"), S_("Conflict")},
	[ERR_GATE] = {409, S_("还差材料"), S_("Something is missing")},
	[ERR_TOO_LARGE] = {413, S_("内容太大"), S_("Too large")},
	[ERR_BUSY] = {503, S_("系统忙"), S_("Busy")},
	[ERR_STORE] = {500, S_("系统故障"), S_("Server failure")},
};

/* Rules whose status is finer than their code's. */
static const struct {
	struct str rule;
	int status;
} finer[] = {
	{S_("bad_json"), 400}, {S_("bad_query"), 400}, {S_("bad_cursor"), 400}, {S_("unknown_parameter"), 400},
	{S_("stale"), 412}, {S_("need_if_match"), 428}, {S_("need_json"), 415}, {S_("too_often"), 429},
	{S_("login_wait"), 429}, {S_("method_not_allowed"), 405}, {S_("csrf"), 403}, {S_("bad_idempotency_key"), 400},
	{S_("http_bad_request"), 400}, {S_("http_length_required"), 411}, {S_("http_not_implemented"), 501},
	{S_("http_head_too_large"), 431}, {S_("store_stopped"), 503},
};

static int status_of(enum err code, struct str rule) {
	for (size_t i = 0; i < sizeof finer / sizeof *finer; i++)
		if (str_eq(finer[i].rule, rule)) return finer[i].status;
	return kinds[code].status;
}

struct str problem_sentence(struct arena *a, const struct error *e, enum lang lang) {
	struct str s = words(a, e->rule, lang, e->args[0], e->args[1]);
	if (!s.n) s = intake_sentence(a, e->rule, e->args, lang);
	return s.n ? s : e->rule;
}

struct str problem_words(struct arena *a, struct str rule, const struct str args[2], enum lang lang) {
	const struct error e = {.rule = rule, .args = {args[0], args[1]}};
	return problem_sentence(a, &e, lang);
}

static struct str label_of_field(const struct noun *n, struct str name, enum lang lang) {
	int i = n ? field_index(n, name) : -1;
	if (i < 0) return S("");
	return lang == LANG_EN ? n->fields[i].en : n->fields[i].zh;
}

static void put_error(struct json *j, struct arena *a, const struct error *e, enum lang lang,
		const struct noun *n) {
	json_obj(j);
	json_put_str(j, "field", e->field);
	json_put_str_or_null(j, "label", label_of_field(n, e->field, lang));
	json_put_str(j, "code", e->rule);
	json_put_str(j, "message", problem_sentence(a, e, lang));
	json_end(j);
}

/* ctx->error has the newest first; people read them in the order of the form. */
static void put_errors(struct json *j, struct arena *a, const struct error *e, enum lang lang,
		const struct noun *n) {
	if (!e) return;
	put_errors(j, a, e->next, lang, n);
	put_error(j, a, e, lang, n);
}

/* Seconds: what the rule says, or a moment. */
static struct str retry_after(const struct error *e) {
	return str_eq(e->rule, S("login_wait")) ? e->args[0] : S("1");
}

void problem_write(const struct req *req, struct res *res, enum lang lang,
		const struct error *first, const struct noun *noun, struct str extra) {
	enum err code = first->code;
	struct buf b = {.arena = req->arena};
	struct json j = {.out = &b};
	struct buf type = {.arena = req->arena};
	const struct error *shown = first;
	while (shown && shown->next) shown = shown->next;
	res->status = status_of(code, first->rule);
	buf_c(&type, "/problems/");
	buf_c(&type, err_name(code));
	json_obj(&j);
	json_put_str(&j, "type", buf_str(&type));
	json_put_str(&j, "title", lang == LANG_EN ? kinds[code].en : kinds[code].zh);
	json_put_int(&j, "status", res->status);
	json_put_str(&j, "detail", problem_sentence(req->arena, shown, lang));
	if (req->request_id.n) json_put_str(&j, "instance", req->request_id);
	json_key(&j, S("errors"));
	json_arr(&j);
	put_errors(&j, req->arena, first, lang, noun);
	json_end(&j);
	buf_add(&b, extra);
	json_end(&j);
	if (res->status == 429) res_header(res, "Retry-After", retry_after(shown));
	res->content_type = "application/problem+json";
	res->body = buf_str(&b);
}

static enum lang lang_of(struct str accept) {
	return str_starts(accept, S("en")) ? LANG_EN : LANG_ZH;
}

void api_problem(const struct req *req, struct res *res, enum err code, struct str rule, struct str arg) {
	const struct error e = {.code = code, .rule = rule, .args = {arg}};
	problem_write(req, res, lang_of(req->accept_language), &e, NULL, S(""));
}
