/* project.c - the rules over one project's record; the way through the stages is in proposal.c. */
#include "domain/project.h"

#include "domain/code.h"
#include "domain/grade.h"
#include "domain/light.h"
#include "domain/noun.h"
#include "domain/officer.h"
#include "domain/param.h"
#include "domain/reference.h"
#include "domain/rights.h"
#include "domain/text.h"

/* Lower bounds of the bands S2 to S6 are parameters of the city (handbook 4.4, R-005). */
enum err project_size_band(struct ctx *ctx, int64_t total_invest_fen, int32_t *band) {
	static const struct str keys[SIZE__N] = {
		[SIZE_S2] = S_("size_band.S2"), [SIZE_S3] = S_("size_band.S3"), [SIZE_S4] = S_("size_band.S4"),
		[SIZE_S5] = S_("size_band.S5"), [SIZE_S6] = S_("size_band.S6"),
	};
	*band = total_invest_fen == NONE ? CHOICE_NONE : SIZE_S1;
	if (total_invest_fen == NONE) return ERR_OK;
	for (int32_t i = SIZE_S2; i < SIZE__N; i++) {
		int64_t from;
		enum err e = param_int(ctx, keys[i], INT64_MAX, &from);
		if (e) return e;
		if (total_invest_fen >= from) *band = i;
	}
	return ERR_OK;
}

static void fill_new(struct ctx *ctx, struct project *p) {
	if (p->kind == CHOICE_NONE) p->kind = KIND_INVEST;
	if (p->secrecy == CHOICE_NONE) p->secrecy = (int32_t)grade_default(ctx);
	if (p->stage == CHOICE_NONE) p->stage = STAGE_LEAD;
	if (p->side == CHOICE_NONE) p->side = SIDE_ACTIVE;
	if (p->stage_since_date == DAY_NONE) p->stage_since_date = ctx->today;
	if (p->suspended_days == NONE) p->suspended_days = 0;
	if (p->funds_fen == NONE) p->funds_fen = 0;
	if (!p->first_report_unit.n) p->first_report_unit = region_label(ctx->actor.scope);
	if (p->first_report_at_ms == NONE) p->first_report_at_ms = ctx->now_ms;
	if (p->import_id == NONE) p->is_stage_verified = true;
}

static enum err derive(struct ctx *ctx, const struct project *old, struct project *p) {
	p->name_key = name_key(ctx->arena, p->name);
	if (p->total_invest_fen == NONE) p->invest_qual = CHOICE_NONE;
	else if (p->invest_qual == CHOICE_NONE) p->invest_qual = QUAL_EXACT;
	bool is_exact = p->invest_qual == QUAL_EXACT;
	if (old && p->total_invest_fen == old->total_invest_fen && p->invest_qual == old->invest_qual) return ERR_OK;
	return project_size_band(ctx, is_exact ? p->total_invest_fen : NONE, &p->size_band);
}

static bool set_has(const struct fieldset *set, struct str name) {
	int i = project_field_index(name);
	return set && i >= 0 && fieldset_has(set, (size_t)i);
}

/* A total that somebody types is the exact one: what an import noted of "about" goes with it. An import
 * says itself how exact its amount is. */
static void retype_total(struct project *p, const struct fieldset *set) {
	if (!set_has(set, S("total_invest_fen")) || set_has(set, S("invest_qual"))) return;
	p->invest_qual = CHOICE_NONE;
	p->invest_text = (struct str){0};
}

static void check_money(struct ctx *ctx, const struct project *p) {
	if (p->fai_fen != NONE && p->total_invest_fen != NONE && p->fai_fen > p->total_invest_fen)
		fail(ctx, ERR_INVALID, S("fai_fen"), S("more_than_total"));
	if (p->equipment_fen != NONE && p->fai_fen != NONE && p->equipment_fen > p->fai_fen)
		fail(ctx, ERR_INVALID, S("equipment_fen"), S("more_than_fai"));
	if ((p->foreign_minor == NONE) != (p->currency.n == 0))
		fail(ctx, ERR_INVALID, p->currency.n ? S("foreign_minor") : S("currency"),
			S("required_with_currency"));
}

/* Verified days are facts: the form does not offer them and an edit may not move them. */
static void check_dates(struct ctx *ctx, const struct project *p) {
	const struct {
		struct str field;
		int32_t day;
	} plan[] = {
		{S("plan_sign_date"), p->plan_sign_date}, {S("plan_land_date"), p->plan_land_date},
		{S("plan_start_date"), p->plan_start_date}, {S("plan_produce_date"), p->plan_produce_date},
		{S("plan_capacity_date"), p->plan_capacity_date},
	};
	int32_t last = DAY_NONE;
	for (size_t i = 0; i < sizeof plan / sizeof *plan; i++) {
		if (plan[i].day == DAY_NONE) continue;
		if (last != DAY_NONE && plan[i].day < last)
			fail(ctx, ERR_INVALID, plan[i].field, S("before_earlier_stage"));
		last = plan[i].day;
	}
}

/* Who serves a project reads it: so not anybody, and no name of anybody comes back for a guessed id. */
static enum err check_officer(struct ctx *ctx, const struct project *old, const struct project *p) {
	bool fits;
	if (p->officer_id == NONE || (old && old->officer_id == p->officer_id)) return ERR_OK;
	enum err e = officer_fits(ctx, p->officer_id, p->region_code, &fits);
	if (!e && !fits) fail(ctx, ERR_INVALID, S("officer_id"), S("not_an_officer"));
	return e;
}

enum err project_check(struct ctx *ctx, const void *old, void *rec, const struct fieldset *set) {
	struct project *p = rec;
	if (!old) fill_new(ctx, p);
	else retype_total(p, set);
	enum err e = derive(ctx, old, p);
	if (!e) e = check_officer(ctx, old, p);
	if (e) return e;
	if (p->name.n && !p->name_key.n) fail(ctx, ERR_INVALID, S("name"), S("name_has_no_letter"));
	grade_check(ctx, !old, old ? ((const struct project *)old)->secrecy : CHOICE_NONE, p->secrecy);
	check_money(ctx, p);
	check_dates(ctx, p);
	if (p->is_key && p->key_level == CHOICE_NONE) fail(ctx, ERR_INVALID, S("key_level"), S("required"));
	if (old || p->code.n || !p->region_code.n) return ERR_OK;
	return code_next(ctx, CODE_PROJECT, p->region_code, &p->code);
}

/* What the days of a light come from: the columns of struct light_facts that stand in the record. */
static bool has_same_light(const struct project *x, const struct project *y) {
	return x->stage == y->stage && x->side == y->side && x->stage_since_date == y->stage_since_date
		&& x->suspended_since_date == y->suspended_since_date && x->suspended_days == y->suspended_days
		&& x->plan_start_date == y->plan_start_date && x->start_date == y->start_date
		&& x->plan_produce_date == y->plan_produce_date && x->officer_id == y->officer_id
		&& x->last_contact_date == y->last_contact_date && x->fai_fen == y->fai_fen
		&& x->invest_qual == y->invest_qual && x->total_invest_fen == y->total_invest_fen;
}

/* The days of its light follow every change. Who seals a project is one of its named persons, else it
 * would vanish from under his hands. */
enum err project_after(struct ctx *ctx, const void *old, const void *rec) {
	const struct project *was = old, *p = rec;
	bool has_new_light = p && !(was && has_same_light(was, p));
	enum err e = has_new_light ? light_refresh(ctx, p->record.id) : ERR_OK;
	return e || !p ? e : grade_name_actor(ctx, GRADE_PROJECT, p->record.id, p->secrecy);
}

/* What has verified history is terminated, not deleted. */
enum err project_may_delete(struct ctx *ctx, const void *rec) {
	const struct project *p = rec;
	int64_t n = 0;
	enum err e = db_int(ctx->db, Q_PROJECT_VERIFIED_EVENTS, &VI(p->record.id), 1, &n);
	if (e) return fail_store(ctx, e);
	return n ? fail(ctx, ERR_CONFLICT, S(""), S("has_verified_history")) : ERR_OK;
}
