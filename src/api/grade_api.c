/* grade_api.c - grades of records and clearances of accounts: changed by acts of their own. */
#include "api/handlers.h"
#include "api/records.h"
#include "domain/account.h"
#include "domain/evidence.h"
#include "domain/grade.h"
#include "domain/lead.h"
#include "domain/project.h"

enum { REASON_MAX = 500, CLEARANCE_REASON_MAX = 200 };

static enum err put_change(struct call *c, const struct grade_change *g) {
	c->noun = &grade_change_noun;
	put_record(c, &grade_change_noun, g);
	answer_etag(c, g->record.row_version);
	return ERR_OK;
}

static enum err set_grade(struct call *c, const struct noun *n) {
	static const char *const allowed[] = {"secrecy", "reason", "row_version#", NULL};
	struct grade_change g;
	struct str reason;
	json_t *body;
	int64_t id, version;
	int32_t to;
	c->noun = n;
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_body(c, allowed, &body);
	if (!e) e = body_choice(c, body, "secrecy", secrecies, SECRECY__N, &to);
	if (!e) e = body_text(c, body, "reason", REASON_MAX, &reason);
	if (!e) e = body_int(c, body, "row_version", NONE, &version);
	if (!e && to == CHOICE_NONE) e = fail(c->ctx, ERR_INVALID, S("secrecy"), S("required"));
	if (!e) e = grade_set(c->ctx, grade_kind_of(n), id, to, reason, version, &g);
	return e ? e : put_change(c, &g);
}

enum err api_project_grade(struct call *c) {
	return set_grade(c, &project_noun);
}

enum err api_lead_grade(struct call *c) {
	return set_grade(c, &lead_noun);
}

enum err api_evidence_grade(struct call *c) {
	return set_grade(c, &evidence_noun);
}

/* ---- the second person ---- */

static enum err decide(struct call *c, bool is_granted) {
	static const char *const allowed[] = {"comment", NULL};
	struct grade_change g;
	struct str comment;
	json_t *body;
	int64_t id;
	c->noun = &grade_change_noun;
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_body(c, allowed, &body);
	if (!e) e = body_text(c, body, "comment", REASON_MAX, &comment);
	if (!e) e = grade_decide(c->ctx, id, is_granted, comment, &g);
	return e ? e : put_change(c, &g);
}

enum err api_grade_grant(struct call *c) {
	return decide(c, true);
}

enum err api_grade_refuse(struct call *c) {
	return decide(c, false);
}

enum err api_grade_withdraw(struct call *c) {
	struct grade_change g;
	int64_t id;
	c->noun = &grade_change_noun;
	enum err e = call_id(c, 0, &id);
	if (!e) e = grade_withdraw(c->ctx, id, &g);
	return e ? e : put_change(c, &g);
}

/* ---- named persons of what is sealed ---- */

static enum err list_persons(struct call *c, const struct noun *n) {
	int64_t id;
	c->noun = n;
	enum err e = call_id(c, 0, &id);
	return e ? e : grade_persons(c->ctx, grade_kind_of(n), id, &c->json);
}

static enum err name_person(struct call *c, const struct noun *n) {
	static const char *const allowed[] = {"login", NULL};
	struct str login;
	json_t *body;
	int64_t id;
	c->noun = n;
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_body(c, allowed, &body);
	if (!e) e = body_text(c, body, "login", LOGIN_MAX, &login);
	if (!e) e = grade_name_person(c->ctx, grade_kind_of(n), id, login);
	return e ? e : grade_persons(c->ctx, grade_kind_of(n), id, &c->json);
}

enum err api_project_persons(struct call *c) {
	return list_persons(c, &project_noun);
}

enum err api_project_name(struct call *c) {
	return name_person(c, &project_noun);
}

enum err api_lead_persons(struct call *c) {
	return list_persons(c, &lead_noun);
}

enum err api_lead_name(struct call *c) {
	return name_person(c, &lead_noun);
}

enum err api_evidence_persons(struct call *c) {
	return list_persons(c, &evidence_noun);
}

enum err api_evidence_name(struct call *c) {
	return name_person(c, &evidence_noun);
}

/* ---- clearances ---- */

enum err api_account_clearance(struct call *c) {
	static const char *const allowed[] = {"clearance", "until_date", "reason", "row_version#", NULL};
	struct account wish, a;
	json_t *body;
	int64_t id, version;
	c->noun = &account_noun;
	record_init(&account_noun, &wish);
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_body(c, allowed, &body);
	if (!e) e = body_choice(c, body, "clearance", secrecies, SECRECY__N, &wish.clearance);
	if (!e) e = body_day(c, body, "until_date", &wish.clearance_until_date);
	if (!e) e = body_text(c, body, "reason", CLEARANCE_REASON_MAX, &wish.clearance_reason);
	if (!e) e = body_int(c, body, "row_version", NONE, &version);
	if (!e) e = account_set_clearance(c->ctx, id, &wish, version);
	if (!e) e = record_get(c->ctx, &account_noun, id, &a);
	if (e) return e;
	put_record(c, &account_noun, &a);
	answer_etag(c, a.record.row_version);
	return ERR_OK;
}
