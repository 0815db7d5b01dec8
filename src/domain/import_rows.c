#include "domain/import_rows.h"

#include "domain/stored_json.h"

struct str import_text(const struct intake_item *item, struct str target) {
	for (size_t i = 0; i < item->values_n; i++)
		if (str_eq(item->values[i].target->name, target))
			return item->values[i].value.n ? item->values[i].value : item->values[i].text;
	return S("");
}

/* ---- the way ---- */

/* Facts of the way and the plans of the same step; first talks have no plan. */
static const struct {
	struct str fact, plan;
	enum stage to;
} steps[] = {
	{S_("first_talk_date"), S_(""), STAGE_TALK},
	{S_("sign_date"), S_("plan_sign_date"), STAGE_SIGNED},
	{S_("land_date"), S_("plan_land_date"), STAGE_LANDED},
	{S_("start_date"), S_("plan_start_date"), STAGE_STARTED},
	{S_("produce_date"), S_("plan_produce_date"), STAGE_PRODUCING},
	{S_("capacity_date"), S_("plan_capacity_date"), STAGE_CAPACITY},
};
enum { STEPS = sizeof steps / sizeof *steps };

static const struct field *field_named(struct str name) {
	int i = project_field_index(name);
	return i < 0 ? NULL : &project_fields[i];
}

static int32_t *day_at(const struct field *f, struct project *p) {
	return (int32_t *)(void *)((char *)p + f->offset);
}

static int32_t day_in(const struct field *f, const struct project *p) {
	return *(const int32_t *)(const void *)((const char *)p + f->offset);
}

static struct str precision_name(enum precision precision) {
	return precision == PRECISION_DAY ? S("DAY") : precision == PRECISION_MONTH ? S("MONTH") : S("YEAR");
}

static enum precision precision_of(const struct intake_item *item, struct str field) {
	for (size_t i = 0; i < item->values_n; i++)
		if (str_eq(item->values[i].target->name, field)) return item->values[i].precision;
	return PRECISION_DAY;
}

enum err import_add_events(struct ctx *ctx, const struct intake_item *item, const struct project *p) {
	enum err e = ERR_OK;
	for (size_t i = 0; i < STEPS && !e; i++) {
		const struct field *f = field_named(steps[i].fact);
		enum stage to = steps[i].to;
		if ((int32_t)to > p->stage || field_is_missing(f, p)) continue;
		e = DB_RUN(ctx->db, Q_IMPORT_EVENT_ADD, VI(p->record.id), VT(project_stages[to - 1].code),
			VT(project_stages[to].code), field_value(f, ctx->arena, p),
			VT(precision_name(precision_of(item, f->name))), VI(p->import_id), VI(ctx->now_ms));
	}
	return fail_store(ctx, e);
}

/* The day since when p is in its stage: what the sheet says, else today. */
static int32_t stage_since(const struct ctx *ctx, const struct project *p) {
	int32_t since = ctx->today;
	for (size_t i = 0; i < STEPS; i++) {
		const struct field *f = field_named(steps[i].fact);
		if ((int32_t)steps[i].to == p->stage && !field_is_missing(f, p)) since = day_in(f, p);
	}
	return since;
}

/* ---- fitting ---- */

struct fitting {
	struct ctx *ctx;
	const struct import *batch;
	const struct intake_item *item;
	const struct project *old;
	struct fieldset left_out;
	struct import_fit *out;
};

static void note(struct fitting *f, struct import_note n) {
	f->out->has_error = f->out->has_error || !n.is_warning;
	if (f->out->notes_n < IMPORT_NOTES_MAX) f->out->notes[f->out->notes_n++] = n;
}

static bool is_inside(struct str region, struct str scope) {
	return scope.n && str_starts(region, scope);
}

/* 370700 and 3707: what all codes of the unit begin with. */
static struct str prefix_of(struct str region) {
	if (region.n != 6) return region;
	if (str_ends(region, S("0000"))) return str_sub(region, 0, 2);
	return str_ends(region, S("00")) ? str_sub(region, 0, 4) : region;
}

/* Somebody else's place is kept in words; a sheet never puts a project into a foreign unit. */
static void keep_place(struct ctx *ctx, struct project *p, struct str place) {
	if (!place.n || str_has(p->site, place)) return;
	struct str site = p->site.n ? str_cat(ctx->arena, str_cat(ctx->arena, place, S(" ")), p->site) : place;
	p->site = str_cp_head(site, (size_t)field_max(field_named(S("site"))));
}

static void set_region(struct fitting *f, struct project *p) {
	const struct intake_item *item = f->item;
	struct str unit = prefix_of(f->batch->region_code);
	for (size_t i = 0; i < item->values_n; i++) {
		const struct intake_value *v = &item->values[i];
		if (!str_eq(v->target->name, S("region_code"))) continue;
		if (v->value.n && is_inside(v->value, unit)) p->region_code = v->value;
		else keep_place(f->ctx, p, v->text);
	}
	if (!p->region_code.n) {
		/* province and city say something only where the place is not in the unit */
		keep_place(f->ctx, p, import_text(item, S("city")));
		keep_place(f->ctx, p, import_text(item, S("province")));
		p->region_code = f->batch->region_code;
	}
}

static bool is_way_field(struct str name) {
	for (size_t i = 0; i < STEPS; i++)
		if (str_eq(name, steps[i].fact)) return true;
	return str_eq(name, S("stage")) || str_eq(name, S("side"));
}

static bool is_stored(struct fitting *f, const struct field *field, struct str text) {
	struct value have = field_value(field, f->ctx->arena, f->old);
	return have.kind == V_TEXT && str_eq(have.s, text);
}

/* The place of a project changes by a transfer, its stage and the days of its way by proposals. */
static bool is_taken(struct fitting *f, const struct intake_value *v, int at) {
	if (at < 0 || !v->value.n || str_eq(v->target->name, S("region_code"))) return false;
	if (fieldset_has(&f->left_out, (size_t)at)) return false;
	if (!f->old || !is_way_field(v->target->name)) return true;
	if (!is_stored(f, &project_fields[at], v->value))
		note(f, (struct import_note){v->target->name, S("import_way_kept"), {v->text, S("")}, true});
	return false;
}

/* What is longer than its field is kept up to there, and said. */
static struct str cut(struct fitting *f, const struct field *field, struct str text) {
	if (!field_is_text(field)) return text;
	struct str head = str_cp_head(text, (size_t)field_max(field));
	if (head.n < text.n)
		note(f, (struct import_note){field->name, S("import_cut"),
			{str_of_int(f->ctx->arena, field_max(field)), S("")}, true});
	return head;
}

static bool has_value(const struct intake_item *item, struct str target) {
	for (size_t i = 0; i < item->values_n; i++)
		if (str_eq(item->values[i].target->name, target) && item->values[i].value.n) return true;
	return false;
}

/* The same number without its word does not make an amount of "about" exact; another number replaces
 * amount, word and text. */
static void keep_word_of_amount(struct fitting *f, struct project *p) {
	const struct project *old = f->old;
	bool is_left_out = fieldset_has(&f->left_out, (size_t)project_field_index(S("total_invest_fen")));
	if (!old || is_left_out || !has_value(f->item, S("total_invest_fen"))) return;
	bool is_same = old->total_invest_fen == p->total_invest_fen && p->invest_qual == QUAL_EXACT;
	if (is_same) {
		p->invest_qual = old->invest_qual;
		p->invest_text = old->invest_text;
	} else if (!has_value(f->item, S("invest_text"))) p->invest_text = (struct str){0};
}

static void fill(struct fitting *f, struct project *p, struct fieldset *set) {
	for (size_t i = 0; i < f->item->values_n; i++) {
		const struct intake_value *v = &f->item->values[i];
		int at = v->target->field ? project_field_index(v->target->name) : -1;
		if (!is_taken(f, v, at)) continue;
		const struct field *field = &project_fields[at];
		if (field_set_text(f->ctx, field, p, cut(f, field, v->value)) == ERR_OK)
			fieldset_add(set, (size_t)at);
	}
	keep_word_of_amount(f, p);
	if (!f->old) set_region(f, p);
}

/* A day of the way that is still to come is a plan: 开工时间 2025-03 in a list of 2024. */
static void plan_the_future(struct fitting *f, struct project *p) {
	for (size_t i = 0; i < STEPS; i++) {
		const struct field *fact = field_named(steps[i].fact),
			*plan = steps[i].plan.n ? field_named(steps[i].plan) : NULL;
		if (field_is_missing(fact, p) || day_in(fact, p) <= f->ctx->today) continue;
		struct str day = str_of_day(f->ctx->arena, day_in(fact, p));
		if (plan && field_is_missing(plan, p)) *day_at(plan, p) = day_in(fact, p);
		*day_at(fact, p) = DAY_NONE;
		note(f, (struct import_note){fact->name,
			plan ? S("import_day_to_come") : S("in_the_future"), {day, S("")}, plan != NULL});
	}
}

/* Where the sheet has no stage, the last fact that it gives a day for says it; else it is a lead. */
static void stage_from_days(struct project *p) {
	if (p->stage != CHOICE_NONE) return;
	p->stage = STAGE_LEAD;
	for (size_t i = 0; i < STEPS; i++)
		if (!field_is_missing(field_named(steps[i].fact), p)) p->stage = (int32_t)steps[i].to;
}

static void leave_out(struct fieldset *set, struct str name) {
	static const struct str foreign[] = {S_("currency"), S_("foreign_minor")}; /* one without the other says nothing */
	bool is_foreign = str_eq(name, foreign[0]) || str_eq(name, foreign[1]);
	int at = project_field_index(name);
	if (at >= 0) fieldset_add(set, (size_t)at);
	for (size_t i = 0; is_foreign && i < 2; i++) fieldset_add(set, (size_t)project_field_index(foreign[i]));
}

/* Newest first in the chain, so the deepest is noted first. */
static void note_failures(struct fitting *f, const struct error *e, const struct error *end) {
	if (e == end) return;
	note_failures(f, e->next, end);
	leave_out(&f->left_out, e->field);
	note(f, (struct import_note){e->field, e->rule, {e->args[0], e->args[1]}, false});
}

static bool is_store_failure(enum err e) {
	return e == ERR_STORE || e == ERR_BUSY;
}

static enum err fit_once(struct fitting *f) {
	struct ctx *ctx = f->ctx;
	struct project *p = &f->out->now;
	f->out->set = (struct fieldset){{0, 0}};
	if (f->old) *p = *f->old;
	else record_init(&project_noun, p);
	fill(f, p, &f->out->set);
	if (!f->old) {
		plan_the_future(f, p);
		stage_from_days(p);
		p->import_id = f->batch->record.id;
		p->is_stage_verified = p->stage == STAGE_LEAD;
		p->stage_since_date = stage_since(ctx, p);
		p->code = S("-"); /* is drawn when it is stored */
	}
	enum err e = record_check(ctx, &project_noun, f->old, p, &f->out->set);
	if (!f->old) p->code = (struct str){0};
	return e;
}

/* Each field that breaks a rule is left out, then the record is asked again without it. */
enum err import_fit(struct ctx *ctx, const struct import *batch, const struct intake_item *item,
		const struct project *old, const struct fieldset *stays, struct import_fit *out) {
	enum { ROUNDS = 4 };
	const struct error *before = ctx->error;
	struct fitting f = {.ctx = ctx, .batch = batch, .item = item, .old = old, .out = out};
	if (stays) f.left_out = *stays;
	*out = (struct import_fit){.is_storable = false};
	for (int round = 0; round < ROUNDS && !out->is_storable; round++) {
		size_t kept = out->notes_n;
		enum err e = fit_once(&f);
		if (is_store_failure(e)) return e;
		out->is_storable = ctx->error == before;
		/* warnings of a round that is done again are given again */
		if (!out->is_storable) out->notes_n = kept;
		note_failures(&f, ctx->error, before);
		ctx->error = before;
	}
	return ERR_OK;
}

void import_fill(struct ctx *ctx, const struct import *batch, const struct intake_item *item,
		const struct project *old, struct project *now) {
	const struct error *before = ctx->error;
	struct import_fit *unused = arena_alloc(ctx->arena, sizeof *unused);
	struct fitting f = {.ctx = ctx, .batch = batch, .item = item, .old = old, .out = unused};
	*now = *old;
	fill(&f, now, &unused->set);
	ctx->error = before;
}

enum err import_project_then(struct ctx *ctx, int64_t project_id, int64_t version, struct str name,
		struct project *out) {
	enum err e = record_get(ctx, &project_noun, project_id, out);
	if (e == ERR_NOT_FOUND || (!e && out->record.row_version != version))
		return fail_with(ctx, ERR_CONFLICT, S(""), S("import_stale"), name, S(""));
	return e;
}

struct str import_missing(struct arena *a, const struct project *p) {
	static const struct str wanted[] = {
		S_("investor_text"), S_("industry_code"), S_("total_invest_fen"), S_("content"), S_("handler"), S_("fai_fen"),
		S_("land_mu_e2"), S_("energy_tce_e2"),
	};
	struct buf b = {.arena = a};
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		if (!field_is_missing(field_named(wanted[i]), p)) continue;
		if (b.n) buf_byte(&b, ',');
		buf_add(&b, wanted[i]);
	}
	return buf_str(&b);
}

/* ---- kept between the passes ---- */

void import_kept_read(struct ctx *ctx, const struct rows *r, struct import_kept *out) {
	*out = (struct import_kept){
		.id = rows_int(r, 0), .row_no = rows_int(r, 1), .project_id = rows_int(r, 2), .version = rows_int(r, 3),
		.name = str_copy(ctx->arena, rows_text(r, 4)), .data = str_copy(ctx->arena, rows_text(r, 5)),
		.choice = str_copy(ctx->arena, rows_text(r, 6)), .field_choices = str_copy(ctx->arena, rows_text(r, 7)),
	};
}

void import_values_json(struct json *j, const struct intake_item *item) {
	json_key(j, S("values"));
	json_arr(j);
	for (size_t i = 0; i < item->values_n; i++) {
		const struct intake_value *v = &item->values[i];
		bool is_same = str_eq(v->value, v->text);
		if (!v->value.n && !v->text.n) continue;
		json_arr(j);
		json_str(j, v->target->name);
		json_str(j, v->value);
		json_str_or_null(j, is_same ? S("") : v->text);
		if (v->target->type == F_DATE) json_str(j, precision_name(v->precision));
		json_end(j);
	}
	json_end(j);
}

static struct str text_at(const json_t *array, size_t i) {
	const json_t *v = json_array_get(array, i);
	return json_is_string(v) ? (struct str){json_string_value(v), json_string_length(v)} : S("");
}

static enum precision precision_named(struct str name) {
	return str_eq(name, S("MONTH")) ? PRECISION_MONTH : str_eq(name, S("YEAR")) ? PRECISION_YEAR
		: PRECISION_DAY;
}

static const struct intake_target *target_of(struct intake_targets t, struct str name) {
	for (size_t i = 0; i < t.n; i++)
		if (str_eq(t.items[i].name, name)) return &t.items[i];
	return NULL;
}

/* Texts point into the JSON, which lives as long as the arena. */
enum err import_values_read(struct ctx *ctx, struct intake_targets targets, struct str data,
		struct intake_item *out) {
	json_t *all = stored_json(ctx->arena, data), *v;
	size_t i;
	*out = (struct intake_item){.kind = ROW_DATA};
	if (!all) return fail(ctx, ERR_STORE, S(""), S("store_failed"));
	json_t *list = json_object_get(all, "values");
	struct intake_value *values = arena_array(ctx->arena, json_array_size(list) + 1, sizeof *values);
	json_array_foreach(list, i, v) {
		const struct intake_target *t = target_of(targets, text_at(v, 0));
		struct str value = text_at(v, 1), text = text_at(v, 2);
		if (!t) continue;
		values[out->values_n++] = (struct intake_value){.target = t, .col = -1, .value = value,
			.text = text.n ? text : value,
		                                               .precision = precision_named(text_at(v, 3))};
	}
	out->values = values;
	return ERR_OK;
}
