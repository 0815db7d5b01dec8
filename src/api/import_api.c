/* import_api.c - the import desk over HTTP. */
#include "api/handlers.h"
#include "api/records.h"
#include "domain/import.h"

static enum err answer_import(struct call *c, int64_t id) {
	struct import rec;
	enum err e = record_get(c->ctx, &import_noun, id, &rec);
	if (e) return e;
	put_record(c, &import_noun, &rec);
	answer_etag(c, rec.record.row_version);
	return ERR_OK;
}

static enum err answer_job(struct call *c, int64_t job_id) {
	json_obj(&c->json);
	json_put_int(&c->json, "job_id", job_id);
	json_end(&c->json);
	return ERR_OK;
}

enum err api_import_upload(struct call *c) {
	int64_t id;
	struct str name = call_query(c, "file_name"), region = call_query(c, "region_code");
	c->noun = &import_noun;
	if (!name.n) fail(c->ctx, ERR_INVALID, S("file_name"), S("required"));
	if (!region.n) fail(c->ctx, ERR_INVALID, S("region_code"), S("required"));
	if (c->ctx->error) return ERR_INVALID;
	enum err e = import_open(c->ctx, name, region, c->req->body, &id);
	return e ? e : answer_import(c, id);
}

enum err api_import_plan(struct call *c) {
	int64_t id;
	enum err e = call_id(c, 0, &id);
	return e ? e : import_plan_json(c->ctx, id, &c->json);
}

enum err api_import_plan_set(struct call *c) {
	json_t *body;
	int64_t id;
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_body(c, NULL, &body);
	if (!e) e = import_plan_set(c->ctx, id, c->req->body);
	return e ? e : import_plan_json(c->ctx, id, &c->json);
}

typedef enum err (*start)(struct ctx *ctx, int64_t id, int64_t *job_id);

static enum err start_job(struct call *c, start run) {
	int64_t id, job_id;
	enum err e = call_id(c, 0, &id);
	if (!e) e = run(c->ctx, id, &job_id);
	return e ? e : answer_job(c, job_id);
}

enum err api_import_check(struct call *c) { return start_job(c, import_check_start); }
enum err api_import_write(struct call *c) { return start_job(c, import_write_start); }
enum err api_import_rollback(struct call *c) { return start_job(c, import_rollback_start); }

enum err api_import_rows(struct call *c) {
	int64_t id, cursor, limit;
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_query_int(c, "cursor", 0, 0, INT64_MAX, &cursor);
	if (!e) e = call_query_int(c, "limit", 50, 1, 200, &limit);
	return e ? e : import_rows_json(c->ctx, id, call_query(c, "result"), cursor, limit, &c->json);
}

enum err api_import_row_choose(struct call *c) {
	static const char *const allowed[] = {"choice", NULL};
	json_t *body;
	int64_t id, row;
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_id(c, 1, &row);
	if (!e) e = call_body(c, allowed, &body);
	return e ? e : import_row_choose(c->ctx, id, row, body_str(c, body, "choice"));
}

enum err api_import_marked(struct call *c) {
	int64_t id, sheet;
	struct str name, bytes;
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_query_int(c, "sheet", 0, 0, 1000, &sheet);
	if (!e) e = import_marked(c->ctx, id, sheet, &name, &bytes);
	if (e) return e;
	answer_file(c, "application/octet-stream", name, bytes);
	return ERR_OK;
}

enum err api_import_confirm(struct call *c) {
	int64_t id, n;
	enum err e = call_id(c, 0, &id);
	if (!e) e = import_confirm(c->ctx, id, &n);
	if (e) return e;
	json_obj(&c->json);
	json_put_int(&c->json, "confirmed", n);
	json_end(&c->json);
	return ERR_OK;
}
