#include "domain/person.h"

#include "domain/audit.h"
#include "domain/rights.h"
#include "domain/search.h"
#include "domain/seal.h"
#include "domain/write.h"

#include <string.h>

enum { PAGE = 500 };

/* What stands in the name's place: NOT NULL, and no person. */
static const struct str erased_name = S_("（已删除）");

const struct personal_entry personal_entries[PERSONAL__N] = {
	[PERSONAL_NONE] = {S_(""), S_(""), S_(""), S_(""), S_(""), S_("")},
	[PERSONAL_CONTACT] = {
		S_("与投资方就项目联系"), S_("to reach the investor about the project"),
		S_("履行法定职责；本人同意或公开来源，逐条登记"), S_("statutory duty; consent or public source, noted with each contact"),
		S_("项目结束后 3 年，或本人要求删除时"), S_("three years after the project's end, or when the person asks")},
	[PERSONAL_IDENTITY] = {
		S_("签约、登记时核对身份，按需填写"), S_("to tell persons apart when signing or registering; optional"),
		S_("履行法定职责；须本人同意"), S_("statutory duty; with consent"),
		S_("核对完成即可清除，最长至项目结束"), S_("until it was checked, at most until the project's end")},
	[PERSONAL_STAFF] = {
		S_("同事之间联系工作、找回账号"), S_("to reach a colleague, to give an account back"),
		S_("人力资源管理所必需"), S_("needed for the administration of staff"),
		S_("账号注销后 1 年"), S_("one year after the account was closed")},
};

/* ---- finding ---- */

static bool same(struct str a, struct str b) {
	return a.n && str_eq(a, b);
}

/* An ID, a mobile and a WeChat name are one person's; an office telephone and a mail box may be several
 * persons', so there the name decides. */
static bool is_same_person(const struct contact *a, const struct contact *b) {
	return same(a->resident_id, b->resident_id) || same(a->mobile, b->mobile) || same(a->wechat, b->wechat)
		|| (str_eq(a->name, b->name) && (same(a->phone, b->phone) || same(a->email, b->email)));
}

static struct str kept(struct arena *a, struct str s) {
	return s.n ? str_copy(a, s) : s;
}

/* Out of the page's arena into the one that stays. */
static void keep(struct arena *a, struct person *p, const struct contact *c) {
	struct contact *to = &p->contacts[p->n++];
	struct str *texts[] = {&to->name, &to->title, &to->mobile, &to->phone, &to->email, &to->wechat, &to->resident_id, &to->purpose};
	*to = *c;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = kept(a, *texts[i]);
}

static enum err select_after(struct ctx *ctx, int64_t after, int64_t limit, struct rows **r) {
	struct value params[SCOPE_PARAMS];
	const struct cond newer = {S("id"), COND_GT, &VI(after), 1};
	static const struct order by_id = {.column = S_("id"), .is_not_null = true};
	const struct select_spec spec = {.from = Q_PERSON_VISIBLE, .params = params, .params_n = SCOPE_PARAMS,
		.conds = &newer, .conds_n = 1, .orders = &by_id, .orders_n = 1, .limit = limit};
	scope_params(ctx, OBJ_CONTACT, params);
	return fail_store(ctx, db_select(ctx->db, ctx->arena, &spec, r));
}

static enum err get_first(struct ctx *ctx, int64_t id, struct contact *out) {
	struct rows *r;
	enum err e = id > 0 ? select_after(ctx, id - 1, 1, &r) : record_not_found(ctx, &contact_noun);
	if (e) return e;
	bool is_there = rows_next(r);
	if (is_there) record_read(&contact_noun, ctx->arena, r, out);
	e = rows_error(r);
	rows_done(r);
	if (e) return fail_store(ctx, e);
	if (!is_there || out->record.id != id) return record_not_found(ctx, &contact_noun);
	return record_open(ctx, &contact_noun, out);
}

/* One page: who is the same is kept; *last = where the next begins, 0 = there is none. */
static enum err walk_page(struct ctx *ctx, struct arena *stays, struct person *p, int64_t *last) {
	struct rows *r;
	int64_t n = 0;
	enum err e = select_after(ctx, *last, PAGE, &r);
	if (e) return e;
	while (!e && rows_next(r)) {
		struct contact c;
		record_read(&contact_noun, ctx->arena, r, &c);
		*last = c.record.id;
		n++;
		if ((e = record_open(ctx, &contact_noun, &c))) break;
		if (c.record.id == p->contacts[0].record.id || !is_same_person(&p->contacts[0], &c)) continue;
		if (p->n == PERSON_CONTACTS_MAX) e = fail(ctx, ERR_TOO_LARGE, S("id"), S("person_too_many"));
		else keep(stays, p, &c);
	}
	if (!e) e = fail_store(ctx, rows_error(r));
	rows_done(r);
	if (n < PAGE) *last = 0;
	return e;
}

static enum err read_hold(struct ctx *ctx, int64_t contact_id, struct person *p) {
	struct rows *r;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_PERSON_HOLD_OF, &r, VI(contact_id), VT(str_of_day(ctx->arena, ctx->today)));
	if (e) return fail_store(ctx, e);
	if (rows_next(r)) {
		p->hold_reason = str_copy(ctx->arena, rows_text(r, 0));
		p->hold_until = DAY_NONE;
		(void)day_parse(rows_text(r, 1), &p->hold_until);
	}
	e = rows_error(r);
	rows_done(r);
	return fail_store(ctx, e);
}

enum err person_find(struct ctx *ctx, int64_t contact_id, struct person *out) {
	struct arena *stays = ctx->arena, page = {0};
	int64_t last = 0;
	*out = (struct person){.contacts = arena_array(stays, PERSON_CONTACTS_MAX, sizeof *out->contacts), .hold_until = DAY_NONE};
	enum err e = need(ctx, OBJ_PERSON, CAN_READ);
	if (!e) e = get_first(ctx, contact_id, &out->contacts[0]);
	if (e) return e;
	out->n = 1;
	do {
		ctx->arena = &page;
		e = walk_page(ctx, stays, out, &last);
		ctx->arena = stays;
		if (e) { /* its words lie in the page */
			struct error told = *ctx->error;
			ctx->error = NULL;
			e = fail(ctx, e, kept(stays, told.field), kept(stays, told.rule));
		}
		arena_reset(&page);
	} while (!e && last);
	arena_release(&page);
	for (size_t i = 0; i < out->n && !e; i++) e = read_hold(ctx, out->contacts[i].record.id, out);
	return e;
}

/* ---- acts ---- */

struct act {
	int64_t contact_id;
	struct str kind, action, reason;
	int32_t until;
	const struct person *person; /* NULL: this contact alone */
};

static enum err note(struct ctx *ctx, const struct act *a) {
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	int64_t n = a->person ? (int64_t)a->person->n : 1;
	json_obj(&j);
	json_put_int(&j, "contacts", n);
	json_put_str_or_null(&j, "reason", a->reason);
	json_end(&j);
	enum err e = DB_RUN(ctx->db, Q_PERSON_REQUEST_ADD, VI(a->contact_id), VT(a->kind), v_text_or_null(a->reason),
		a->until == DAY_NONE ? VNULL : VT(str_of_day(ctx->arena, a->until)), VI(n), VI(ctx->now_ms),
		ctx->actor.account_id ? VI(ctx->actor.account_id) : VNULL);
	if (e) return fail_store(ctx, e);
	return audit_add(ctx, &(struct audit_entry){.action = a->action, .outcome = S("DONE"), .object = S("contact"),
		.object_id = a->contact_id, .diff = buf_str(&b)});
}

static enum err note_job(struct ctx *ctx, void *arg) {
	return note(ctx, arg);
}

enum err person_export(struct ctx *ctx, int64_t contact_id, struct str reason, struct person *out) {
	struct act a = {contact_id, S("EXPORT"), S("person_export"), reason, DAY_NONE, out};
	enum err e = need(ctx, OBJ_PERSON, CAN_EXPORT);
	if (!e) e = person_find(ctx, contact_id, out);
	return e ? e : ctx_write(ctx, note_job, &a);
}

/* All that stood there, for the digest in the audit. */
static struct str whole_of(struct ctx *ctx, const struct contact *c) {
	struct buf b = {.arena = ctx->arena};
	for (size_t i = 0; i < contact_noun.fields_n; i++) {
		buf_add(&b, contact_noun.fields[i].name);
		buf_byte(&b, '=');
		buf_json(&b, field_text(&contact_noun.fields[i], ctx->arena, c, LANG_EN));
		buf_byte(&b, '\n');
	}
	return buf_str(&b);
}

static enum err erase_one(struct ctx *ctx, const struct contact *c) {
	struct contact nobody = *c;
	nobody.name = erased_name;
	nobody.title = nobody.mobile = nobody.phone = nobody.email = nobody.wechat = nobody.resident_id = nobody.purpose = S("");
	enum err e = DB_RUN(ctx->db, Q_PERSON_ERASE, VI(c->record.id), VT(erased_name), VI(ctx->now_ms));
	if (e) return fail_store(ctx, e);
	if ((e = search_put(ctx, &contact_noun, c, &nobody))) return e;
	return audit_add(ctx, &(struct audit_entry){.action = S("person_erase"), .outcome = S("DONE"), .object = S("contact"),
		.object_id = c->record.id, .before = whole_of(ctx, c)});
}

/* The hold is asked again inside: it may have come meanwhile. */
static enum err erase_job(struct ctx *ctx, void *arg) {
	const struct act *a = arg;
	struct person now = {.hold_until = DAY_NONE};
	enum err e = audit_lock(ctx);
	for (size_t i = 0; i < a->person->n && !e; i++) e = read_hold(ctx, a->person->contacts[i].record.id, &now);
	if (!e && now.hold_reason.n)
		return fail_with(ctx, ERR_CONFLICT, S(""), S("person_held"), now.hold_reason,
			now.hold_until == DAY_NONE ? S("—") : str_of_day(ctx->arena, now.hold_until));
	for (size_t i = 0; i < a->person->n && !e; i++) e = erase_one(ctx, &a->person->contacts[i]);
	return e ? e : note(ctx, a);
}

enum err person_erase(struct ctx *ctx, int64_t contact_id, struct str reason, int64_t *erased) {
	struct person p;
	struct act a = {contact_id, S("ERASE"), S("person_erase"), reason, DAY_NONE, &p};
	enum err e = need(ctx, OBJ_PERSON, CAN_DELETE);
	if (!e && !reason.n) e = fail(ctx, ERR_INVALID, S("reason"), S("required"));
	if (!e) e = person_find(ctx, contact_id, &p);
	if (e) return e;
	if (str_eq(p.contacts[0].name, erased_name)) return fail(ctx, ERR_CONFLICT, S(""), S("person_erased"));
	if ((e = ctx_write(ctx, erase_job, &a))) return e;
	*erased = (int64_t)p.n;
	return ERR_OK;
}

static enum err act_on(struct ctx *ctx, const struct act *a) {
	struct contact c;
	enum err e = need(ctx, OBJ_PERSON, CAN_UPDATE);
	if (!e) e = get_first(ctx, a->contact_id, &c);
	if (!e && !a->reason.n) e = fail(ctx, ERR_INVALID, S("reason"), S("required"));
	return e ? e : note(ctx, a);
}

enum err person_hold(struct ctx *ctx, int64_t contact_id, struct str reason, int32_t until) {
	if (until != DAY_NONE && until < ctx->today) return fail(ctx, ERR_INVALID, S("until_date"), S("in_the_past"));
	return act_on(ctx, &(struct act){contact_id, S("HOLD"), S("person_hold"), reason, until, NULL});
}

enum err person_refuse(struct ctx *ctx, int64_t contact_id, struct str reason) {
	return act_on(ctx, &(struct act){contact_id, S("REFUSE"), S("person_refuse"), reason, DAY_NONE, NULL});
}

enum err person_release(struct ctx *ctx, int64_t contact_id) {
	struct contact c;
	int64_t changed = 0;
	const struct value v[] = {VI(contact_id), VI(ctx->now_ms)};
	enum err e = need(ctx, OBJ_PERSON, CAN_UPDATE);
	if (!e) e = get_first(ctx, contact_id, &c);
	if (e) return e;
	if ((e = db_run(ctx->db, Q_PERSON_RELEASE, v, 2, &changed))) return fail_store(ctx, e);
	if (!changed) return fail(ctx, ERR_CONFLICT, S(""), S("person_not_held"));
	return audit_add(ctx, &(struct audit_entry){.action = S("person_release"), .outcome = S("DONE"), .object = S("contact"), .object_id = contact_id});
}

enum err person_requests(struct ctx *ctx, int64_t contact_id, struct json *j) {
	struct rows *r;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_PERSON_REQUESTS, &r, VI(contact_id));
	if (e) return fail_store(ctx, e);
	json_arr(j);
	while (rows_next(r)) {
		json_obj(j);
		json_put_int(j, "id", rows_int(r, 0));
		json_put_str(j, "kind", rows_text(r, 1));
		json_put_str_or_null(j, "reason", rows_text(r, 2));
		json_put_str_or_null(j, "until_date", rows_text(r, 3));
		json_put_int(j, "contacts_n", rows_int(r, 4));
		json_put_int(j, "at_ms", rows_int(r, 5));
		json_put_int_if(j, "ended_at_ms", !rows_is_null(r, 6), rows_int(r, 6));
		json_put_str_or_null(j, "by", rows_text(r, 7));
		json_end(j);
	}
	json_end(j);
	e = rows_error(r);
	rows_done(r);
	return fail_store(ctx, e);
}
