/* evidence_api.c - files in and out: the body of the request is the file. */
#include "api/handlers.h"
#include "api/records.h"
#include "domain/audit.h"
#include "domain/evidence.h"
#include "domain/write.h"

/* The query's members become the record's fields by the field table, as a form's would. */
static enum err read_query(struct call *c, struct evidence *e) {
	struct str rest = c->req->query;
	struct url_pair pair;
	enum url_step step;
	while ((step = url_query_next(c->ctx->arena, &rest, &pair)) == URL_PAIR) {
		if (str_eq(pair.name, S("lang"))) continue;
		int i = field_index(&evidence_noun, pair.name);
		if (i < 0 || (evidence_noun.fields[i].flags & FIELD_SERVER))
			fail_with(c->ctx, ERR_INVALID, pair.name, S("unknown_parameter"), pair.name, S(""));
		else (void)field_set_text(c->ctx, &evidence_noun.fields[i], e, pair.value);
	}
	if (step == URL_BAD) fail_with(c->ctx, ERR_INVALID, S(""), S("bad_query"), S("?"), S("escape"));
	return c->ctx->error ? c->ctx->error->code : ERR_OK;
}

struct upload {
	struct evidence evidence;
	struct str bytes;
};

static enum err store_upload(struct ctx *ctx, void *arg) {
	struct upload *u = arg;
	return evidence_add(ctx, &u->evidence, u->bytes);
}

enum err api_evidence_upload(struct call *c) {
	struct upload u = {.bytes = c->req->body};
	c->noun = &evidence_noun;
	record_init(&evidence_noun, &u.evidence);
	enum err e = read_query(c, &u.evidence);
	if (!e) e = evidence_examine(c->ctx, u.bytes, &u.evidence);
	if (!e) e = ctx_write(c->ctx, store_upload, &u);
	if (!e) e = record_get(c->ctx, &evidence_noun, u.evidence.record.id, &u.evidence);
	if (e) return e;
	put_record(c, &evidence_noun, &u.evidence);
	answer_etag(c, u.evidence.record.row_version);
	return ERR_OK;
}

static enum err note_download(struct call *c, const struct evidence *ev) {
	struct buf b = {.arena = c->ctx->arena};
	struct json j = {.out = &b};
	json_obj(&j);
	json_put_str(&j, "sha256", ev->sha256);
	json_end(&j);
	return audit_taken(c->ctx, &(struct audit_entry){.action = S("download"), .outcome = S("DONE"),
		.object = evidence_noun.name,
		.object_id = ev->record.id, .project_id = ev->project_id, .diff = buf_str(&b)});
}

enum err api_evidence_content(struct call *c) {
	struct evidence ev;
	struct str bytes;
	int64_t id;
	enum err e = call_id(c, 0, &id);
	if (!e) e = record_get(c->ctx, &evidence_noun, id, &ev);
	if (!e) e = evidence_bytes(c->ctx, &ev, &bytes);
	if (!e) e = note_download(c, &ev);
	if (e) return e;
	/* Never shown inside our origin, whatever it claims to be. */
	answer_file(c, "application/octet-stream", ev.file_name, bytes);
	return ERR_OK;
}

enum err api_evidence_verify(struct call *c) {
	static const char *const allowed[] = {"state", "row_version#", NULL};
	json_t *body;
	struct evidence ev;
	int64_t id, version;
	int32_t state;
	int f = field_index(&evidence_noun, S("state"));
	c->noun = &evidence_noun;
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_body(c, allowed, &body);
	if (!e)
		e = body_choice(c, body, "state", evidence_noun.fields[f].choices,
			evidence_noun.fields[f].choices_n, &state);
	if (!e) e = body_int(c, body, "row_version", NONE, &version);
	if (!e && state < 0) e = fail(c->ctx, ERR_INVALID, S("state"), S("required"));
	if (!e) e = evidence_verify(c->ctx, id, (enum evidence_state)state, version);
	if (!e) e = record_get(c->ctx, &evidence_noun, id, &ev);
	if (e) return e;
	put_record(c, &evidence_noun, &ev);
	answer_etag(c, ev.record.row_version);
	return ERR_OK;
}
