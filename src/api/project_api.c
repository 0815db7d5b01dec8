/* project_api.c - a project's way: stages with their days, the gate ahead, proposals, history. */
#include "api/handlers.h"
#include "api/light_api.h"
#include "domain/audit.h"
#include "domain/proposal.h"
#include "domain/stored_json.h"
#include "domain/rights.h"

static struct str pick(const struct call *c, struct str zh, struct str en) {
	return c->ctx->lang == LANG_EN ? en : zh;
}

static struct str choice_label(const struct call *c, const struct choice *k) {
	return pick(c, k->zh, k->en);
}

static void put_day(struct json *j, struct arena *a, const char *key, int32_t day) {
	json_key(j, str_c(key));
	json_str_or_null(j, day == DAY_NONE ? S("") : str_of_day(a, day));
}

/* ---- the bar: when each stage was entered, how long it took without suspensions ---- */

struct span {
	int32_t from, to;          /* DAY_NONE = not entered / still in it */
	int32_t suspended_days;
	bool is_verified;
};

struct bar {
	struct span spans[STAGE__N];
	int32_t suspended_from;    /* while reading: the open suspension */
	int at;                    /* stage at that moment */
};

static int stage_of(struct str code) {
	const struct field f = {.choices = project_stages, .choices_n = STAGE__N};
	return choice_index(&f, code);
}

static void suspend_until(struct bar *b, int32_t day) {
	if (b->suspended_from == DAY_NONE) return;
	if (b->at >= 0 && day > b->suspended_from) b->spans[b->at].suspended_days += day - b->suspended_from;
	b->suspended_from = DAY_NONE;
}

static void take_event(struct bar *b, struct str kind, int to, int32_t day, bool is_verified) {
	if (str_eq(kind, S("SUSPEND"))) b->suspended_from = day;
	else if (str_eq(kind, S("RESUME")) || str_eq(kind, S("TERMINATE"))) suspend_until(b, day);
	if (to < 0) return;
	int32_t open = b->suspended_from;
	suspend_until(b, day);
	if (open != DAY_NONE) b->suspended_from = day;
	if (b->at >= 0) b->spans[b->at].to = day;
	for (int s = to; s < STAGE__N; s++) b->spans[s] = (struct span){0};
	b->at = to;
	b->spans[to] = (struct span){.from = day, .is_verified = is_verified};
}

static enum err read_bar(struct call *c, const struct project *p, struct bar *b) {
	struct ctx *ctx = c->ctx;
	struct rows *r;
	*b = (struct bar){.at = STAGE_LEAD};
	b->spans[STAGE_LEAD] = (struct span){.from = day_of_ms(p->record.created_at_ms), .is_verified = true};
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_STAGE_EVENTS, &r, VI(p->record.id));
	if (e) return fail_store(ctx, e);
	int kind = rows_find(r, S("kind")), to = rows_find(r, S("to_stage")), day = rows_find(r, S("event_date")),
	    verified = rows_find(r, S("verified_at_ms"));
	while (rows_next(r)) {
		int32_t d;
		if (!day_parse(rows_text(r, day), &d)) continue;
		if (b->at == STAGE_LEAD && d < b->spans[STAGE_LEAD].from) b->spans[STAGE_LEAD].from = d;
		take_event(b, rows_text(r, kind), rows_is_null(r, to) ? -1 : stage_of(rows_text(r, to)), d,
			!rows_is_null(r, verified));
	}
	e = rows_error(r);
	rows_done(r);
	return e ? fail_store(ctx, e) : ERR_OK;
}

static int32_t plan_of(const struct project *p, enum stage s) {
	switch (s) {
	case STAGE_SIGNED: return p->plan_sign_date;
	case STAGE_LANDED: return p->plan_land_date;
	case STAGE_STARTED: return p->plan_start_date;
	case STAGE_PRODUCING: return p->plan_produce_date;
	case STAGE_CAPACITY: return p->plan_capacity_date;
	case STAGE_LEAD:
	case STAGE_TALK:
	case STAGE_CLOSED:
	case STAGE__N: break;
	}
	return DAY_NONE;
}

/* Who reads the state only gets the stages without their days. */
static bool is_state_only(const struct call *c) {
	return (rights_of(c->ctx->actor.role, OBJ_PROJECT) & STATE_ONLY) != 0;
}

static void put_stage(struct call *c, const struct project *p, struct bar *b, enum stage s, int32_t target) {
	struct json *j = &c->json;
	static const struct span hidden = {.from = DAY_NONE, .to = DAY_NONE};
	const struct span *w = is_state_only(c) ? &hidden : &b->spans[s];
	bool is_now = p->stage == (int32_t)s, is_done = (int32_t)s < p->stage;
	int32_t end = w->to != DAY_NONE ? w->to : c->ctx->today,
		days = w->from == DAY_NONE ? 0 : end - w->from - w->suspended_days;
	if (is_now && b->suspended_from != DAY_NONE) days -= end - b->suspended_from;
	json_obj(j);
	json_put_str(j, "code", project_stages[s].code);
	json_put_str(j, "label", choice_label(c, &project_stages[s]));
	json_put_str(j, "state", is_done ? S("done") : is_now ? S("now") : S("to_come"));
	put_day(j, c->ctx->arena, "from_date", w->from);
	put_day(j, c->ctx->arena, "to_date", w->to);
	put_day(j, c->ctx->arena, "plan_date", is_state_only(c) ? DAY_NONE : plan_of(p, s));
	json_put_int_if(j, "days", w->from != DAY_NONE, days);
	json_put_int(j, "target_days", target);
	json_put_int(j, "over_days", target && w->from != DAY_NONE && days > target ? days - target : 0);
	json_put_bool(j, "is_verified", w->from != DAY_NONE && w->is_verified);
	json_end(j);
}

static enum err put_bar(struct call *c, const struct project *p) {
	struct bar b;
	int32_t target[STAGE__N];
	enum err e = read_bar(c, p, &b);
	if (!e) e = stage_target_days(c->ctx, target);
	if (e) return e;
	json_key(&c->json, S("stages"));
	json_arr(&c->json);
	for (int s = STAGE_TALK; s <= STAGE_CAPACITY; s++) put_stage(c, p, &b, (enum stage)s, target[s]);
	json_end(&c->json);
	return ERR_OK;
}

/* ---- the gate ahead ---- */

static void put_gate(struct call *c, const struct gate *g, const struct gate_facts *facts, bool is_open) {
	struct json *j = &c->json;
	json_obj(j);
	json_put_str(j, "code", g->code);
	json_put_str(j, "label", pick(c, g->zh, g->en));
	json_put_str(j, "rule", g->rule);
	json_put_bool(j, "ok", is_open);
	json_put_str_or_null(j, "have", gate_have(c->ctx->arena, g, facts, c->ctx->lang));
	json_put_str(j, "remedy", pick(c, g->remedy_zh, g->remedy_en));
	json_put_str_or_null(j, "evidence_kind", g->evidence_kind);
	json_end(j);
}

static void put_chain(struct call *c, enum stage to) {
	enum proposal_act acts[2];
	size_t n = proposal_chain(PROPOSE_ADVANCE, to, acts);
	json_key(&c->json, S("chain"));
	json_arr(&c->json);
	for (size_t i = 0; i < n; i++) {
		json_obj(&c->json);
		json_put_str(&c->json, "act", proposal_acts[acts[i]].code);
		json_put_str(&c->json, "label", choice_label(c, &proposal_acts[acts[i]]));
		json_put_str(&c->json, "role", role_code(proposal_role(acts[i])));
		json_end(&c->json);
	}
	json_end(&c->json);
}

static enum err put_next(struct call *c, const struct project *p) {
	struct gate_facts g;
	struct json *j = &c->json;
	enum stage to = (enum stage)(p->stage + 1);
	int64_t missing = 0;
	json_key(j, S("next"));
	if (to >= STAGE__N || p->side == SIDE_TERMINATED || p->side == SIDE_MERGED) {
		json_nil(j);
		return ERR_OK;
	}
	enum err e = gate_facts_load(c->ctx, p->record.id, &g);
	if (e) return e;
	json_obj(j);
	json_put_str(j, "code", project_stages[to].code);
	json_put_str(j, "label", choice_label(c, &project_stages[to]));
	json_key(j, S("items"));
	json_arr(j);
	for (size_t i = 0; i < gates_n; i++) {
		if (gates[i].to != to) continue;
		bool is_open = gates[i].is_open(&g);
		missing += !is_open;
		put_gate(c, &gates[i], &g, is_open);
	}
	json_end(j);
	json_put_int(j, "missing", missing);
	json_put_bool(j, "ready", missing == 0);
	put_chain(c, to);
	json_end(j);
	return ERR_OK;
}

/* ---- proposals ---- */

static enum err put_steps(struct call *c, int64_t proposal_id) {
	struct rows *r;
	struct json *j = &c->json;
	const struct field acts = {.choices = proposal_acts, .choices_n = ACT__N};
	enum err e = DB_QUERY(c->ctx->db, c->ctx->arena, Q_PROPOSAL_STEPS, &r, VI(proposal_id));
	if (e) return fail_store(c->ctx, e);
	json_key(j, S("steps"));
	json_arr(j);
	while (rows_next(r)) {
		enum role role;
		int act = choice_index(&acts, rows_text(r, 0));
		json_obj(j);
		json_put_str(j, "act", rows_text(r, 0));
		json_put_str(j, "label", act < 0 ? S("") : choice_label(c, &proposal_acts[act]));
		json_put_str(j, "role_label",
			role_of(rows_text(r, 1), &role) ? role_label(role, c->ctx->lang) : S(""));
		json_put_int(j, "at_ms", rows_int(r, 2));
		json_put_str_or_null(j, "comment", rows_text(r, 3));
		json_put_str(j, "name", rows_text(r, 4));
		json_end(j);
	}
	json_end(j);
	e = rows_error(r);
	rows_done(r);
	return e ? fail_store(c->ctx, e) : ERR_OK;
}

static void put_can_act(struct call *c, const struct proposal *q) {
	static const struct {
		const char *key;
		enum proposal_act act;
	} acts[] = {{"review", ACT_REVIEW}, {"verify", ACT_VERIFY}, {"return", ACT_RETURN},
		{"withdraw", ACT_WITHDRAW}};
	struct str why = S(""), reason = S("");
	json_key(&c->json, S("can"));
	json_obj(&c->json);
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		bool can = proposal_may_act(c->ctx, q, acts[i].act, &why);
		json_put_bool(&c->json, acts[i].key, can);
		if (!can && (int32_t)acts[i].act == q->next_act) reason = why;
	}
	json_end(&c->json);
	json_put_str_or_null(&c->json, "cannot_reason",
		reason.n ? words(c->ctx->arena, reason, c->ctx->lang, S(""), S("")) : S(""));
}

static struct str state_code(const struct proposal *q) {
	int i = field_index(&proposal_noun, S("state"));
	return field_value(&proposal_noun.fields[i], NULL, q).s;
}

static enum err put_proposal(struct call *c, const struct proposal *q) {
	struct json *j = &c->json;
	struct arena *a = c->ctx->arena;
	json_obj(j);
	json_put_int(j, "id", q->record.id);
	json_put_str(j, "kind", proposal_kinds[q->kind].code);
	json_put_str(j, "kind_label", choice_label(c, &proposal_kinds[q->kind]));
	json_put_str_or_null(j, "to_stage", q->to_stage < 0 ? S("") : project_stages[q->to_stage].code);
	json_put_str_or_null(j, "to_label",
		q->to_stage < 0 ? S("") : choice_label(c, &project_stages[q->to_stage]));
	put_day(j, a, "event_date", q->event_date);
	put_day(j, a, "via_date", q->via_date);
	json_put_str_or_null(j, "reason_label",
		q->reason_code < 0 ? S("") : choice_label(c, &proposal_reasons[q->reason_code]));
	json_put_str_or_null(j, "reason", q->reason);
	json_put_str(j, "state", state_code(q));
	json_put_str_or_null(j, "next_act", q->next_act < 0 ? S("") : proposal_acts[q->next_act].code);
	json_put_str_or_null(j, "next_act_label",
		q->next_act < 0 ? S("") : choice_label(c, &proposal_acts[q->next_act]));
	json_put_int(j, "row_version", q->record.row_version);
	put_day(j, a, "due_date", q->due_date);
	json_put_str(j, "proposer_name", q->proposer_name);
	json_put_int(j, "created_at_ms", q->record.created_at_ms);
	put_can_act(c, q);
	enum err e = put_steps(c, q->record.id);
	json_end(j);
	return e;
}

/* The open one and the newest that ended; there are at most one of each worth showing. */
static enum err put_proposals(struct call *c, const struct project *p) {
	struct proposal latest[2];
	size_t n = 0;
	struct rows *r;
	enum err e = DB_QUERY(c->ctx->db, c->ctx->arena, Q_PROPOSAL_LATEST, &r, VI(p->record.id));
	if (e) return fail_store(c->ctx, e);
	while (n < 2 && rows_next(r)) record_read(&proposal_noun, c->ctx->arena, r, &latest[n++]);
	e = rows_error(r);
	rows_done(r);
	if (e) return fail_store(c->ctx, e);
	const struct proposal *open = n && latest[0].state == PROPOSAL_OPEN ? &latest[0] : NULL;
	const struct proposal *last = open ? (n > 1 ? &latest[1] : NULL) : (n ? &latest[0] : NULL);
	json_key(&c->json, S("proposal"));
	if (!open) json_nil(&c->json);
	else if ((e = put_proposal(c, open))) return e;
	json_key(&c->json, S("last"));
	if (!last) json_nil(&c->json);
	else e = put_proposal(c, last);
	return e;
}

static void put_can(struct call *c, const struct project *p) {
	static const char *const keys[PROPOSE__N] = {
		[PROPOSE_ADVANCE] = "advance", [PROPOSE_CORRECTION] = "correct", [PROPOSE_SUSPEND] = "suspend",
		[PROPOSE_RESUME] = "resume", [PROPOSE_TERMINATE] = "terminate", [PROPOSE_MERGE] = "merge",
		[PROPOSE_UNMERGE] = "unmerge", [PROPOSE_TRANSFER] = "transfer", [PROPOSE_CONFIRM] = "confirm",
	};
	struct str why;
	json_key(&c->json, S("can"));
	json_obj(&c->json);
	json_put_bool(&c->json, "edit", may(c->ctx, OBJ_PROJECT, CAN_UPDATE));
	for (int k = 0; k < PROPOSE__N; k++)
		json_put_bool(&c->json, keys[k], proposal_may(c->ctx, p, (enum proposal_kind)k, &why));
	json_end(&c->json);
}

static enum err put_way(struct call *c, const struct project *p) {
	struct json *j = &c->json;
	json_obj(j);
	json_put_int(j, "project_id", p->record.id);
	json_put_str(j, "stage", project_stages[p->stage].code);
	json_put_str(j, "side", project_sides[p->side].code);
	json_put_str(j, "side_label", choice_label(c, &project_sides[p->side]));
	json_put_bool(j, "is_stage_verified", p->is_stage_verified);
	json_put_int(j, "row_version", p->record.row_version);
	json_key(j, S("funds_fen"));
	if (is_state_only(c)) json_nil(j);
	else json_int(j, p->funds_fen == NONE ? 0 : p->funds_fen);
	enum err e = put_bar(c, p);
	if (!e && !is_state_only(c)) e = put_light(c, p);
	if (!e && may(c->ctx, OBJ_PROPOSAL, CAN_READ)) e = put_next(c, p);
	if (!e && may(c->ctx, OBJ_PROPOSAL, CAN_READ)) e = put_proposals(c, p);
	if (!e) put_can(c, p);
	json_end(j);
	return e;
}

static enum err way_of(struct call *c, int64_t project_id) {
	struct project p;
	enum err e = record_get(c->ctx, &project_noun, project_id, &p);
	return e ? e : put_way(c, &p);
}

enum err api_project_way(struct call *c) {
	int64_t id;
	enum err e = call_id(c, 0, &id);
	return e ? e : way_of(c, id);
}

enum { SENTENCE_MAX = 500 }; /* code points of a reason or comment, as in the table of proposals */

static enum err read_proposal(struct call *c, json_t *body, struct proposal *q) {
	record_init(&proposal_noun, q);
	enum err e = body_choice(c, body, "kind", proposal_kinds, PROPOSE__N, &q->kind);
	if (!e) e = body_choice(c, body, "to_stage", project_stages, STAGE__N, &q->to_stage);
	if (!e) e = body_choice(c, body, "reason_code", proposal_reasons, proposal_reasons_n, &q->reason_code);
	if (!e) e = body_day(c, body, "event_date", &q->event_date);
	if (!e) e = body_day(c, body, "via_date", &q->via_date);
	if (!e) e = body_int(c, body, "merged_into", NONE, &q->merged_into);
	if (!e) e = body_int(c, body, "evidence_id", NONE, &q->evidence_id);
	if (!e) e = body_int(c, body, "row_version", NONE, &q->project_version);
	if (!e) e = body_text(c, body, "reason", SENTENCE_MAX, &q->reason);
	if (e) return e;
	q->to_region_code = body_str(c, body, "to_region_code");
	return q->kind < 0 ? fail(c->ctx, ERR_INVALID, S("kind"), S("required")) : ERR_OK;
}

enum err api_project_propose(struct call *c) {
	static const char *const allowed[] = {"kind", "to_stage", "reason_code", "reason", "event_date",
		"via_date", "merged_into#",
	                                      "evidence_id#", "to_region_code", "row_version#", NULL};
	json_t *body;
	struct project p;
	struct proposal q;
	int64_t id;
	c->noun = &proposal_noun;
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_body(c, allowed, &body);
	if (!e) e = record_get(c->ctx, &project_noun, id, &p);
	if (!e) e = read_proposal(c, body, &q);
	if (!e) e = proposal_make(c->ctx, &p, &q);
	return e ? e : way_of(c, id);
}

static enum err act(struct call *c, enum proposal_act what) {
	static const char *const allowed[] = {"comment", "row_version#", NULL};
	json_t *body;
	struct proposal q;
	struct str comment;
	int64_t id, version;
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_body(c, allowed, &body);
	if (!e) e = body_int(c, body, "row_version", NONE, &version);
	if (!e) e = body_text(c, body, "comment", SENTENCE_MAX, &comment);
	if (!e) e = record_get(c->ctx, &proposal_noun, id, &q);
	if (!e) e = proposal_act(c->ctx, id, what, comment, version);
	return e ? e : way_of(c, q.project_id);
}

enum err api_proposal_review(struct call *c) { return act(c, ACT_REVIEW); }
enum err api_proposal_verify(struct call *c) { return act(c, ACT_VERIFY); }
enum err api_proposal_return(struct call *c) { return act(c, ACT_RETURN); }
enum err api_proposal_withdraw(struct call *c) { return act(c, ACT_WITHDRAW); }

/* ---- history ---- */

/* One side of a change, in words where the field has them. */
static void put_change_side(struct call *c, const struct field *f, const char *key, json_t *v) {
	struct json *j = &c->json;
	struct arena *a = c->ctx->arena;
	json_key(j, str_c(key));
	if (json_is_null(v) || !v) {
		json_nil(j);
		return;
	}
	struct str text = json_is_integer(v) ? str_of_int(a, json_integer_value(v))
		: str_copy(a, str_c(json_string_value(v)));
	struct value value = json_is_integer(v) ? VI(json_integer_value(v)) : VT(text);
	struct str label;
	int i;
	struct buf b = {.arena = a};
	if (f && f->type == F_ENUM && (i = choice_index(f, text)) >= 0)
		json_str(j, choice_label(c, &f->choices[i]));
	else if (f && (label = label_text(c, f, value)).n) json_str(j, label);
	else if (f && f->type == F_AT && json_is_integer(v)) {
		buf_instant(&b, value.i);
		json_str(j, buf_str(&b));
	} else if (f && field_is_number(f) && json_is_integer(v) && f->type != F_REF) {
		buf_fixed(&b, value.i, type_digits(f->type));
		json_str(j, buf_str(&b));
	} else json_str(j, text);
}

static void put_changes(struct call *c, struct str object, struct str diff) {
	struct json *j = &c->json;
	const struct noun *n = noun_by_name(object);
	const char *name;
	json_t *pair, *all = stored_json(c->ctx->arena, diff);
	json_key(j, S("changes"));
	json_arr(j);
	json_object_foreach(all, name, pair) {
		int i = n ? field_index(n, str_c(name)) : -1;
		const struct field *f = i >= 0 ? &n->fields[i] : NULL;
		if (!json_is_array(pair) || !f || !field_is_shown(c->ctx, n, f) || str_ends(f->name, S("_key")))
			continue;
		json_obj(j);
		json_put_str(j, "field", f->name);
		json_put_str(j, "label", pick(c, f->zh, f->en));
		json_put_str_or_null(j, "unit", ftype_unit(f->type, c->ctx->lang));
		put_change_side(c, f, "before", json_array_get(pair, 0));
		put_change_side(c, f, "after", json_array_get(pair, 1));
		json_end(j);
	}
	json_end(j);
}

static void put_history_row(struct call *c, const struct rows *r) {
	struct json *j = &c->json;
	enum role role;
	const struct noun *n = noun_by_name(rows_text(r, rows_find(r, S("object"))));
	json_obj(j);
	json_put_int(j, "id", rows_int(r, rows_find(r, S("id"))));
	json_put_int(j, "at_ms", rows_int(r, rows_find(r, S("at_ms"))));
	json_put_str_or_null(j, "name", rows_text(r, rows_find(r, S("name"))));
	json_put_str(j, "role_label",
		role_of(rows_text(r, rows_find(r, S("role"))), &role) ? role_label(role, c->ctx->lang) : S(""));
	json_put_str(j, "action", rows_text(r, rows_find(r, S("action"))));
	json_put_str(j, "action_label",
		audit_action_label(rows_text(r, rows_find(r, S("action"))), c->ctx->lang));
	json_put_str(j, "object", rows_text(r, rows_find(r, S("object"))));
	json_put_str(j, "object_label", n ? pick(c, n->zh, n->en) : S(""));
	json_put_str(j, "outcome", rows_text(r, rows_find(r, S("outcome"))));
	put_changes(c, n ? n->name : S(""), str_copy(c->ctx->arena, rows_text(r, rows_find(r, S("diff")))));
	json_end(j);
}

enum { HISTORY_PAGE = 50 };

enum err api_project_history(struct call *c) {
	struct project p;
	struct rows *r;
	int64_t id, before, last = 0, n = 0;
	enum err e = call_id(c, 0, &id);
	if (!e) e = call_query_int(c, "cursor", INT64_MAX, 1, INT64_MAX, &before);
	if (!e) e = record_get(c->ctx, &project_noun, id, &p);
	if (!e && is_state_only(c)) e = need(c->ctx, OBJ_AUDIT, CAN_READ);
	if (e) return e;
	if ((e = DB_QUERY(c->ctx->db, c->ctx->arena, Q_PROJECT_HISTORY, &r, VI(id), VI(scope_reader(&c->ctx->actor)), VI(before),
		VI(HISTORY_PAGE + 1))))
		return fail_store(c->ctx, e);
	json_obj(&c->json);
	json_key(&c->json, S("items"));
	json_arr(&c->json);
	for (; n < HISTORY_PAGE && rows_next(r); n++) {
		last = rows_int(r, rows_find(r, S("id")));
		put_history_row(c, r);
	}
	json_end(&c->json);
	json_key(&c->json, S("next"));
	if (n == HISTORY_PAGE && rows_next(r)) json_str(&c->json, str_of_int(c->ctx->arena, last));
	else json_nil(&c->json);
	json_end(&c->json);
	e = rows_error(r);
	rows_done(r);
	return e ? fail_store(c->ctx, e) : ERR_OK;
}
