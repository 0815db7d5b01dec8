#include "domain/grade.h"

#include "domain/account.h"
#include "domain/audit.h"
#include "domain/evidence.h"
#include "domain/lead.h"
#include "domain/notice.h"
#include "domain/noun.h"
#include "domain/project.h"
#include "domain/rights.h"

static const struct choice kinds[GRADE_KIND__N] = {
	[GRADE_PROJECT] = {S_("project"), S_("项目"), S_("Project"), S_("")},
	[GRADE_LEAD] = {S_("lead"), S_("线索"), S_("Lead"), S_("")},
	[GRADE_EVIDENCE] = {S_("evidence"), S_("佐证材料"), S_("Evidence"), S_("")},
};

static const struct choice states[GRADE_STATE__N] = {
	[GRADE_OPEN] = {S_("OPEN"), S_("待确认"), S_("Waiting"), S_("")},
	[GRADE_DONE] = {S_("DONE"), S_("已生效"), S_("Done"), S_("")},
	[GRADE_REFUSED] = {S_("REFUSED"), S_("未同意"), S_("Refused"), S_("")},
	[GRADE_WITHDRAWN] = {S_("WITHDRAWN"), S_("已撤回"), S_("Withdrawn"), S_("")},
};

#define F(m, ...) FIELD(grade_change, m, __VA_ARGS__)
static const struct field fields[] = {
	F(record_kind, F_ENUM, GIVEN | FIELD_REQUIRED, "类别", "Kind", .group = S_("base"), CHOICES(kinds)),
	F(record_id, F_INT, FIELD_SERVER | FIELD_FILTER | FIELD_REQUIRED, "记录编号", "Record id", .group = S_("base"), .max = INT64_C(1) << 53),
	F(name, F_TEXT, FIELD_SERVER | FIELD_VIEW | FIELD_LIST | FIELD_SEARCH, "名称", "Name", .group = S_("base")),
	F(project_id, F_REF, FIELD_SERVER | FIELD_FILTER, "项目", "Project", .group = S_("base"), .ref = S_("projects")),
	F(from_secrecy, F_ENUM, GIVEN | FIELD_REQUIRED, "原密级", "From", .group = S_("base"), .choices = secrecies, .choices_n = SECRECY__N),
	F(to_secrecy, F_ENUM, GIVEN | FIELD_REQUIRED, "新密级", "To", .group = S_("base"), .choices = secrecies, .choices_n = SECRECY__N),
	F(reason, F_LONG, FIELD_SERVER | FIELD_LIST | FIELD_REQUIRED, "理由", "Reason", .group = S_("base"), .max = 500),
	F(state, F_ENUM, GIVEN | FIELD_REQUIRED, "状态", "State", .group = S_("base"), CHOICES(states)),
	F(proposer_name, F_TEXT, FIELD_SERVER | FIELD_VIEW | FIELD_LIST, "提交人", "Proposer", .group = S_("base")),
	F(is_own, F_BOOL, FIELD_SERVER | FIELD_VIEW | FIELD_FILTER, "我提交的", "Mine", .group = S_("base")),
	F(decided_by, F_REF, FIELD_SERVER | FIELD_LIST, "确认人", "Decided by", .group = S_("base"), .ref = S_("accounts")),
	F(decided_at_ms, F_AT, FIELD_SERVER | FIELD_LIST, "确认时间", "Decided at", .group = S_("base")),
	F(comment, F_LONG, FIELD_SERVER | FIELD_LIST, "意见", "Comment", .group = S_("base"), .max = 500),
};
#undef F

static const struct order orders[] = {DESC(id)};

const struct noun grade_change_noun = {
	.name = S_("grade_change"), .plural = S_("grade-changes"), .zh = S_("密级变更"), .en = S_("Change of grade"),
	.table = S_("grade_change"), .object = OBJ_PROPOSAL, .size = sizeof(struct grade_change), FIELDS(fields),
	.visible = Q_GRADE_CHANGE_VISIBLE, .label = S_("name"), .parent = S_("project_id"), ORDERS(orders),
};

/* ---- which records have a grade ---- */

static const struct noun *const graded[GRADE_KIND__N] = {
	[GRADE_PROJECT] = &project_noun, [GRADE_LEAD] = &lead_noun, [GRADE_EVIDENCE] = &evidence_noun,
};

/* A record of any of them. */
union any {
	struct record record;
	struct project project;
	struct lead lead;
	struct evidence evidence;
};

enum grade_kind grade_kind_of(const struct noun *n) {
	int k = 0;
	while (k < GRADE_KIND__N && graded[k] != n) k++;
	return (enum grade_kind)k;
}

static int32_t *secrecy_of(enum grade_kind k, union any *r) {
	return k == GRADE_PROJECT ? &r->project.secrecy : k == GRADE_LEAD ? &r->lead.secrecy : &r->evidence.secrecy;
}

/* The grade that holds: a file's is the higher of its own and its project's. */
static int32_t grade_now(enum grade_kind k, union any *r) {
	return k == GRADE_EVIDENCE ? r->evidence.grade : *secrecy_of(k, r);
}

static int64_t project_of(enum grade_kind k, const union any *r) {
	return k == GRADE_PROJECT ? r->record.id : k == GRADE_EVIDENCE ? r->evidence.project_id : NONE;
}

/* ---- giving ---- */

enum secrecy grade_default(const struct ctx *ctx) {
	return ctx->actor.clearance < SECRECY_INTERNAL ? ctx->actor.clearance : SECRECY_INTERNAL;
}

static enum err need_clearance(struct ctx *ctx, int32_t secrecy) {
	if (secrecy <= (int32_t)ctx->actor.clearance) return ERR_OK;
	const struct choice *c = &secrecies[ctx->actor.clearance];
	return fail_with(ctx, ERR_INVALID, S("secrecy"), S("above_clearance"), ctx->lang == LANG_EN ? c->en : c->zh, S(""));
}

void grade_check(struct ctx *ctx, bool is_new, int32_t was, int32_t is) {
	if (is_new) (void)need_clearance(ctx, is);
	else if (was != is) fail(ctx, ERR_INVALID, S("secrecy"), S("grade_by_act"));
}

enum err grade_name_actor(struct ctx *ctx, enum grade_kind k, int64_t id, int32_t secrecy) {
	if (secrecy != SECRECY_SEALED || !ctx->actor.account_id) return ERR_OK;
	return fail_store(ctx, DB_RUN(ctx->db, Q_GRADE_NAME, VT(kinds[k].code), VI(id), VI(ctx->actor.account_id)));
}

/* ---- changing ---- */

/* Stores the grade; the noun's `after` names who sealed it. Names of a record that is sealed no more go. */
static enum err take_effect(struct ctx *ctx, enum grade_kind k, union any *old, int32_t to) {
	union any now = *old;
	bool was_sealed = grade_now(k, old) == SECRECY_SEALED;
	*secrecy_of(k, &now) = to;
	enum err e = record_store(ctx, graded[k], old, &now, S("grade"));
	if (e || !was_sealed || to == SECRECY_SEALED) return e;
	return fail_store(ctx, DB_RUN(ctx->db, Q_GRADE_UNNAME, VT(kinds[k].code), VI(old->record.id)));
}

static enum err check_project_grade(struct ctx *ctx, enum grade_kind k, union any *r, int32_t to) {
	if (k != GRADE_EVIDENCE) return ERR_OK;
	return evidence_check_grade(ctx, r->evidence.project_id, to);
}

static enum err get_open(struct ctx *ctx, int64_t id, struct grade_change *c) {
	enum err e = record_get(ctx, &grade_change_noun, id, c);
	if (e) return e;
	return c->state == GRADE_OPEN ? ERR_OK : fail(ctx, ERR_CONFLICT, S("state"), S("grade_is_decided"));
}

static const struct str closing[GRADE_STATE__N] = {
	[GRADE_DONE] = S_("grade_grant"), [GRADE_REFUSED] = S_("grade_refuse"), [GRADE_WITHDRAWN] = S_("grade_withdraw"),
};

static enum err close_change(struct ctx *ctx, const struct grade_change *old, struct grade_change *c,
		enum grade_state state, struct str comment) {
	c->state = (int32_t)state;
	c->comment = str_trim(comment);
	c->decided_by = ctx->actor.account_id ? ctx->actor.account_id : NONE;
	c->decided_at_ms = ctx->now_ms;
	return record_store(ctx, &grade_change_noun, old, c, closing[state]);
}

static enum err tell_proposer(struct ctx *ctx, const struct grade_change *c) {
	return notice_add(ctx, &(struct notice){.account_id = c->record.created_by,
		.kind = c->state == GRADE_DONE ? NOTICE_VERIFIED : NOTICE_RETURNED,
		.project_id = c->project_id == NONE ? 0 : c->project_id, .object_id = c->record.id,
		.name = c->name, .detail = c->comment});
}

/* A wish to go down waits for nobody who goes up: it is refused by that, for the same reason. Of two
 * wishes to go down the second waits. */
static enum err meet_open(struct ctx *ctx, enum grade_kind k, int64_t id, bool is_up, struct str reason) {
	struct grade_change old, c;
	int64_t open = 0;
	enum err e = db_int(ctx->db, Q_GRADE_OPEN_OF, (struct value[]){VT(kinds[k].code), VI(id)}, 2, &open);
	if (e) return fail_store(ctx, e);
	if (!open) return ERR_OK;
	if (!is_up) return fail(ctx, ERR_CONFLICT, S("secrecy"), S("grade_is_open"));
	if ((e = record_get(ctx, &grade_change_noun, open, &old))) return e;
	c = old;
	e = close_change(ctx, &old, &c, GRADE_REFUSED, reason);
	return e ? e : tell_proposer(ctx, &c);
}

enum err grade_set(struct ctx *ctx, enum grade_kind k, int64_t id, enum secrecy to, struct str reason,
		int64_t row_version, struct grade_change *out) {
	union any old;
	enum err e = record_get(ctx, graded[k], id, &old);
	if (!e) e = need(ctx, graded[k]->object, CAN_UPDATE);
	if (e) return e;
	int32_t from = grade_now(k, &old);
	if (row_version != NONE && row_version != old.record.row_version)
		return fail(ctx, ERR_CONFLICT, S("row_version"), S("stale"));
	if ((int32_t)to == from) return fail(ctx, ERR_INVALID, S("secrecy"), S("same_grade"));
	if ((e = need_clearance(ctx, (int32_t)to))) return e;
	if ((e = check_project_grade(ctx, k, &old, (int32_t)to))) return e;
	bool is_up = (int32_t)to > from;
	if (!str_trim(reason).n) return fail(ctx, ERR_INVALID, S("reason"), S("required"));
	if ((e = meet_open(ctx, k, id, is_up, reason))) return e;
	record_init(&grade_change_noun, out);
	out->record_kind = (int32_t)k;
	out->record_id = id;
	out->project_id = project_of(k, &old);
	out->from_secrecy = from;
	out->to_secrecy = (int32_t)to;
	out->reason = str_trim(reason);
	out->state = is_up ? GRADE_DONE : GRADE_OPEN;
	if ((e = record_insert(ctx, &grade_change_noun, out))) return e;
	if (is_up && (e = take_effect(ctx, k, &old, (int32_t)to))) return e;
	return record_get(ctx, &grade_change_noun, out->record.id, out);
}

/* Who asked and who confirms are two; the second must see the record, so he is cleared and, where it is
 * sealed, named. */
enum err grade_decide(struct ctx *ctx, int64_t change_id, bool is_granted, struct str comment,
		struct grade_change *out) {
	struct grade_change old;
	union any rec;
	enum err e = get_open(ctx, change_id, &old);
	if (e) return e;
	enum grade_kind k = (enum grade_kind)old.record_kind;
	if ((e = need(ctx, graded[k]->object, CAN_VERIFY))) return e;
	if (old.record.created_by == ctx->actor.account_id)
		return fail(ctx, ERR_FORBIDDEN, S(""), S("separation_of_duties"));
	if (!is_granted && !str_trim(comment).n) return fail(ctx, ERR_INVALID, S("comment"), S("required"));
	if ((e = record_get(ctx, graded[k], old.record_id, &rec))) return e;
	*out = old;
	if ((e = close_change(ctx, &old, out, is_granted ? GRADE_DONE : GRADE_REFUSED, comment))) return e;
	if ((e = tell_proposer(ctx, out)) || !is_granted) return e;
	if (grade_now(k, &rec) != old.from_secrecy) return fail(ctx, ERR_CONFLICT, S("secrecy"), S("stale"));
	if ((e = check_project_grade(ctx, k, &rec, old.to_secrecy))) return e;
	return take_effect(ctx, k, &rec, old.to_secrecy);
}

enum err grade_withdraw(struct ctx *ctx, int64_t change_id, struct grade_change *out) {
	struct grade_change old;
	enum err e = get_open(ctx, change_id, &old);
	if (e) return e;
	if (old.record.created_by != ctx->actor.account_id) return fail(ctx, ERR_FORBIDDEN, S(""), S("only_the_proposer"));
	*out = old;
	return close_change(ctx, &old, out, GRADE_WITHDRAWN, S(""));
}

/* ---- named persons ---- */

static enum err get_sealed(struct ctx *ctx, enum grade_kind k, int64_t id, union any *r) {
	enum err e = record_get(ctx, graded[k], id, r);
	if (e) return e;
	if (*secrecy_of(k, r) == SECRECY_SEALED) return ERR_OK;
	return fail(ctx, ERR_CONFLICT, S("secrecy"), S("not_sealed"));
}

static enum err note_naming(struct ctx *ctx, enum grade_kind k, const union any *r, struct str login) {
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	int64_t project = project_of(k, r);
	json_obj(&j);
	json_put_str(&j, "login", login);
	json_end(&j);
	return audit_add(ctx, &(struct audit_entry){.action = S("grade_name"), .outcome = S("DONE"), .object = graded[k]->name,
		.object_id = r->record.id, .project_id = project == NONE ? 0 : project, .diff = buf_str(&b)});
}

enum err grade_name_person(struct ctx *ctx, enum grade_kind k, int64_t id, struct str login) {
	union any r;
	struct account who;
	enum err e = need(ctx, graded[k]->object, CAN_UPDATE);
	if (!e) e = get_sealed(ctx, k, id, &r);
	if (e) return e;
	const struct error *before = ctx->error;
	e = account_by_login(ctx, login_normal(ctx->arena, login), &who, NULL);
	if (e && e != ERR_NOT_FOUND) return e;
	ctx->error = before;
	bool is_cleared = !e && who.state == ACCOUNT_ACTIVE
		&& clearance_of(&who, ROLE_PUBLIC, ctx->today) == SECRECY_SEALED;
	if (!is_cleared) return fail_with(ctx, ERR_INVALID, S("login"), S("not_cleared"), login, S(""));
	if ((e = fail_store(ctx, DB_RUN(ctx->db, Q_GRADE_NAME, VT(kinds[k].code), VI(id), VI(who.record.id))))) return e;
	return note_naming(ctx, k, &r, who.login);
}

static void put_person(struct ctx *ctx, const struct rows *r, struct json *j) {
	static const struct field codes = {.choices = secrecies, .choices_n = SECRECY__N};
	struct account a = {.clearance = choice_index(&codes, rows_text(r, 4)), .clearance_until_date = DAY_NONE};
	(void)day_parse(rows_text(r, 5), &a.clearance_until_date);
	json_obj(j);
	json_put_int(j, "account_id", rows_int(r, 0));
	json_put_str(j, "login", rows_text(r, 1));
	json_put_str(j, "name", rows_text(r, 2));
	json_put_str_or_null(j, "unit_name", rows_text(r, 3));
	json_put_bool(j, "is_cleared", str_eq(rows_text(r, 6), S("ACTIVE"))
		&& clearance_of(&a, ROLE_PUBLIC, ctx->today) == SECRECY_SEALED);
	json_end(j);
}

enum err grade_persons(struct ctx *ctx, enum grade_kind k, int64_t id, struct json *j) {
	union any rec;
	struct rows *r;
	enum err e = get_sealed(ctx, k, id, &rec);
	if (e) return e;
	if ((e = DB_QUERY(ctx->db, ctx->arena, Q_GRADE_PERSONS, &r, VT(kinds[k].code), VI(id)))) return fail_store(ctx, e);
	json_obj(j);
	json_key(j, S("items"));
	json_arr(j);
	while (rows_next(r)) put_person(ctx, r, j);
	json_end(j);
	json_end(j);
	e = rows_error(r);
	rows_done(r);
	return fail_store(ctx, e);
}
