#include "domain/calendar.h"
#include "domain/holidays_china.h"
#include "domain/reference.h"

#include "base/buf.h"
#include "domain/reference_data.h"

#include <assert.h>
#include <string.h>

/* ---- finding in the sorted tables ---- */

/* First row whose key is not below `key`; the key is the first member (struct str) of each row. */
static size_t lower_bound(const void *rows, size_t n, size_t row_size, struct str key) {
	size_t from = 0;
	while (n > 0) {
		size_t half = n / 2;
		const struct str *at = (const struct str *)((const char *)rows + (from + half) * row_size);
		if (str_cmp(*at, key) < 0) {
			from += half + 1;
			n -= half + 1;
		} else {
			n = half;
		}
	}
	return from;
}

const struct region *region_by_code(struct str code) {
	size_t at = lower_bound(region_rows, region_rows_n, sizeof *region_rows, code);
	return at < region_rows_n && str_eq(region_rows[at].code, code) ? &region_rows[at] : NULL;
}

struct str region_level_code(enum region_level l) {
	static const struct str codes[REGION_LEVEL__N] = {
		[REGION_PROVINCE] = S_("PROVINCE"), [REGION_PREFECTURE] = S_("PREFECTURE"),
		[REGION_COUNTY] = S_("COUNTY"), [REGION_TOWNSHIP] = S_("TOWNSHIP"),
	};
	return codes[l];
}

struct str region_prefix(struct str code) {
	if (code.n != 6) return code;
	if (str_ends(code, S("0000"))) return str_sub(code, 0, 2);
	return str_ends(code, S("00")) ? str_sub(code, 0, 4) : code;
}

/* ---- names of divisions ---- */

/* The one region with that name below `within`: the highest level decides, and there only one may
 * have it. */
static const struct region *region_named(struct str name, struct str within, bool is_short) {
	const struct region *best = NULL;
	bool is_alone = false;
	size_t at = lower_bound(region_names, region_names_n, sizeof *region_names, name);
	for (; at < region_names_n && str_eq(region_names[at].name, name); at++) {
		const struct region *r = &region_rows[region_names[at].row];
		if (region_names[at].is_short != is_short || !str_starts(r->code, within)) continue;
		if (!best || r->level < best->level) {
			best = r;
			is_alone = true;
		} else if (r->level == best->level) {
			is_alone = false;
		}
	}
	return is_alone ? best : NULL;
}

static const struct region *region_named_any(struct str name, struct str within) {
	const struct region *r = region_named(name, within, false);
	return r ? r : region_named(name, within, true);
}

/* 山东潍坊寿光: the longest head that names a region, and the rest below it. Each step takes
 * something off the text, so this ends. */
static const struct region *region_nested(struct str text, struct str within) {
	for (size_t n = str_cp_count(text) - 1; n >= 2; n--) {
		struct str head = str_cp_head(text, n);
		const struct region *outer = region_named_any(head, within);
		if (!outer) continue;
		struct str rest = str_trim(str_sub(text, head.n, text.n));
		struct str inside = region_prefix(outer->code);
		const struct region *r = region_named_any(rest, inside);
		if (!r && str_cp_count(rest) >= 4) r = region_nested(rest, inside);
		if (r && r != outer) return r;
	}
	return NULL;
}

const struct region *region_by_name(struct str text, struct str within) {
	text = str_trim(text);
	if (str_cp_count(text) < 2) return NULL;
	const struct str places[] = {within, S("")};
	for (size_t i = within.n ? 0 : 1; i < 2; i++) {
		const struct region *r = region_named_any(text, places[i]);
		if (!r && str_cp_count(text) >= 4) r = region_nested(text, places[i]);
		if (r) return r;
	}
	for (size_t i = 0; i < region_rows_n; i++) /* as an English export writes it; only units have one */
		if (region_rows[i].name_en.n && str_eq_nocase(region_rows[i].name_en, text)) return &region_rows[i];
	return NULL;
}

/* ---- lists of divisions ---- */

/* Rows below a parent, placeholders replaced by their children; out may be NULL to count only. */
static size_t children_into(struct str parent, const struct region **out) {
	size_t n = 0;
	for (size_t i = 0; i < region_rows_n; i++) {
		const struct region *r = &region_rows[i];
		if (!str_eq(r->parent, parent)) continue;
		if (r->is_placeholder)
			n += children_into(r->code, out ? out + n : NULL);
		else if (out)
			out[n++] = r;
		else
			n++;
	}
	return n;
}

struct region_list region_children(struct arena *a, struct str parent) {
	char padded[6] = "000000";
	if (parent.n && parent.n < sizeof padded) {
		memcpy(padded, parent.p, parent.n);
		parent = (struct str){padded, sizeof padded};
	}
	struct region_list list = {NULL, children_into(parent, NULL)};
	list.items = arena_array(a, list.n ? list.n : 1, sizeof *list.items);
	children_into(parent, list.items);
	return list;
}

struct region_list region_units(struct arena *a) {
	struct region_list list = {NULL, 0};
	for (size_t i = 0; i < region_rows_n; i++) list.n += region_rows[i].is_unit;
	list.items = arena_array(a, list.n ? list.n : 1, sizeof *list.items);
	for (size_t i = 0; i < region_rows_n; i++)
		if (region_rows[i].is_unit) list.items[region_rows[i].sort_no - 1] = &region_rows[i];
	return list;
}

/* ---- industries ---- */

struct str industry_level_code(enum industry_level l) {
	static const struct str codes[INDUSTRY_LEVEL__N] = {
		[INDUSTRY_SECTION] = S_("SECTION"), [INDUSTRY_DIVISION] = S_("DIVISION"),
		[INDUSTRY_GROUP] = S_("GROUP"), [INDUSTRY_CLASS] = S_("CLASS"),
	};
	return codes[l];
}

/* A section's letter before digits (C2662) is dropped when it is the right one. */
const struct industry *industry_by_code(struct str code) {
	bool has_letter = code.n > 1 && code.p[0] >= 'A' && code.p[0] <= 'Z';
	struct str digits = has_letter ? str_sub(code, 1, code.n) : code;
	size_t at = lower_bound(industry_rows, industry_rows_n, sizeof *industry_rows, digits);
	if (at == industry_rows_n || !str_eq(industry_rows[at].code, digits)) return NULL;
	const struct industry *i = &industry_rows[at];
	return has_letter && !str_eq(i->section, str_sub(code, 0, 1)) ? NULL : i;
}

const struct industry *industry_by_name(struct str name) {
	const struct industry *best = NULL;
	for (size_t i = 0; i < industry_rows_n; i++)
		if (str_eq(industry_rows[i].name, name) && (!best || industry_rows[i].level > best->level))
			best = &industry_rows[i];
	return best;
}

struct industry_list industry_children(struct arena *a, struct str parent) {
	struct industry_list list = {NULL, 0};
	for (size_t i = 0; i < industry_rows_n; i++) list.n += str_eq(industry_rows[i].parent, parent);
	list.items = arena_array(a, list.n ? list.n : 1, sizeof *list.items);
	size_t n = 0;
	for (size_t i = 0; i < industry_rows_n; i++)
		if (str_eq(industry_rows[i].parent, parent)) list.items[n++] = &industry_rows[i];
	return list;
}

/* How well a row fits a search: 0 best, SEARCH_NONE not at all. */
enum { SEARCH_NONE = 5 };
static int search_rank(const struct industry *i, struct str q) {
	struct str digits = q.n > 1 && q.p[0] >= 'A' && q.p[0] <= 'Z' ? str_sub(q, 1, q.n) : q;
	if (str_eq(i->code, digits)) return 0;
	if (str_eq(i->name, q)) return 1;
	if (str_starts(i->code, digits)) return 2;
	if (str_starts(i->name, q)) return 3;
	return str_has(i->name, q) ? 4 : SEARCH_NONE;
}

struct industry_list industry_search(struct arena *a, struct str q, size_t max) {
	q = str_trim(q);
	if (!q.n) {
		struct industry_list all = industry_children(a, S(""));
		if (all.n > max) all.n = max;
		return all;
	}
	struct industry_list list = {arena_array(a, max ? max : 1, sizeof *list.items), 0};
	for (int rank = 0; rank < SEARCH_NONE; rank++)
		for (int level = INDUSTRY_CLASS; level >= INDUSTRY_SECTION; level--)
			for (size_t i = 0; i < industry_rows_n && list.n < max; i++)
				if ((int)industry_rows[i].level == level && search_rank(&industry_rows[i], q) == rank)
					list.items[list.n++] = &industry_rows[i];
	return list;
}

struct str industry_path(struct arena *a, const struct industry *i) {
	const struct industry *above[INDUSTRY_LEVEL__N];
	size_t n = 0;
	for (const struct industry *up = industry_by_code(i->parent); up; up = industry_by_code(up->parent)) {
		assert(n < INDUSTRY_LEVEL__N);
		above[n++] = up;
	}
	struct buf b = {.arena = a};
	while (n > 0) {
		if (b.n) buf_c(&b, " / ");
		buf_add(&b, above[--n]->name);
	}
	return buf_str(&b);
}

struct str region_name_in(const struct region *r, enum lang lang) {
	return lang == LANG_EN && r->name_en.n ? r->name_en : r->name;
}

struct str region_label_in(struct str scope, enum lang lang) {
	char code[6] = {'0', '0', '0', '0', '0', '0'};
	for (size_t i = 0; i < scope.n && i < sizeof code; i++) code[i] = scope.p[i];
	const struct region *r = region_by_code(scope.n > sizeof code ? scope : (struct str){code, sizeof code});
	return r ? region_name_in(r, lang) : scope;
}

struct str region_label(struct str scope) {
	return region_label_in(scope, LANG_ZH);
}

/* ---- loading ---- */

/* What a city starts with; each can be changed by a later row of the same key. The sources are
 * sections of the domain handbook (docs/rules.md). Region 000000 = everywhere. */
static const struct param_row {
	struct str key;
	int64_t value;
	struct str unit, doc;
} params[] = {
	/* 3.1: target days in a stage; LEAD is the answer to its source. */
	{S_("stage_days.LEAD"), 7, S_("DAYS"), S_("默认值：3.1")},
	{S_("stage_days.TALK"), 60, S_("DAYS"), S_("默认值：3.1")},
	{S_("stage_days.SIGNED"), 90, S_("DAYS"), S_("默认值：3.1")},
	{S_("stage_days.LANDED"), 90, S_("DAYS"), S_("默认值：3.1")},
	{S_("stage_days.STARTED"), 540, S_("DAYS"), S_("默认值：3.1")},
	{S_("stage_days.PRODUCING"), 360, S_("DAYS"), S_("默认值：3.1")},
	/* 3.3: yellow from this share of the target on. */
	{S_("stage_warn_permille"), 800, S_("PERMILLE"), S_("默认值：3.3")},
	/* 7.6: the dimensions of a light beside the time in the stage. */
	{S_("light_start_red_months"), 3, S_("MONTHS"), S_("默认值：7.6")},
	{S_("light_gap_yellow_permille"), 100, S_("PERMILLE"), S_("默认值：7.6")},
	{S_("light_gap_red_permille"), 300, S_("PERMILLE"), S_("默认值：7.6")},
	{S_("light_report_yellow_months"), 1, S_("MONTHS"), S_("默认值：7.6")},
	{S_("light_report_red_months"), 2, S_("MONTHS"), S_("默认值：7.6")},
	/* 7.1: a telephone contact a week. */
	{S_("officer_contact_days"), 7, S_("DAYS"), S_("默认值：7.1")},
	/* The product's own: a proposal waits so many working days for each act. */
	{S_("proposal_days.REVIEW"), 3, S_("WORKDAYS"), S_("默认值")},
	{S_("proposal_days.VERIFY"), 3, S_("WORKDAYS"), S_("默认值")},
	/* 3.2: a suspension asks for an end after the first, allows one after the second. */
	{S_("suspend_prompt_days"), 180, S_("DAYS"), S_("默认值：3.2")},
	{S_("suspend_terminate_days"), 360, S_("DAYS"), S_("默认值：3.2")},
	{S_("no_contact_terminate_days"), 180, S_("DAYS"), S_("默认值：3.2")},
	/* 3.4: the clock of a lead and the right of first talk. */
	{S_("lead_accept_days"), 1, S_("WORKDAYS"), S_("默认值：3.4")},
	{S_("lead_study_days"), 3, S_("WORKDAYS"), S_("默认值：3.4")},
	{S_("lead_study_major_days"), 7, S_("WORKDAYS"), S_("默认值：3.4")},
	{S_("lead_answer_days"), 7, S_("DAYS"), S_("默认值：3.4")},
	{S_("lead_note_days"), 14, S_("DAYS"), S_("默认值：3.4")},
	{S_("lead_city_joins_fen"), 50000000000, S_("FEN"), S_("默认值：3.4")},
	{S_("first_report_days"), 90, S_("DAYS"), S_("默认值：3.4")},
	{S_("first_report_extend_days"), 60, S_("DAYS"), S_("默认值：3.4")},
	{S_("lead_idle_warn_days"), 30, S_("DAYS"), S_("默认值：3.4")},
	{S_("lead_idle_lapse_days"), 45, S_("DAYS"), S_("默认值：3.4")},
	/* 3.5: joint review before signing from these on. */
	{S_("review_invest_fen"), 10000000000, S_("FEN"), S_("默认值：3.5")},
	{S_("review_land_mu_e2"), 5000, S_("MU_E2"), S_("默认值：3.5")},
	{S_("review_energy_tce_e2"), 1000000, S_("TCE_E2"), S_("默认值：3.5")},
	/* 4.4: the lower bounds of the size bands. */
	{S_("size_band.S2"), 10000000000, S_("FEN"), S_("默认值：4.4")},
	{S_("size_band.S3"), 50000000000, S_("FEN"), S_("默认值：4.4")},
	{S_("size_band.S4"), 100000000000, S_("FEN"), S_("默认值：4.4")},
	{S_("size_band.S5"), 500000000000, S_("FEN"), S_("默认值：4.4")},
	{S_("size_band.S6"), 1000000000000, S_("FEN"), S_("默认值：4.4")},
};

static enum err load_regions(struct db *db) {
	for (size_t i = 0; i < region_rows_n; i++) {
		const struct region *r = &region_rows[i];
		enum err e = DB_RUN(db, Q_REGION_PUT, VT(r->code), VT(r->name), v_text_or_null(r->name_en),
		                    VT(region_level_code(r->level)), v_text_or_null(r->parent), VI(r->is_unit),
		                    VI(r->is_zone), VI(r->sort_no));
		if (e) return e;
	}
	return ERR_OK;
}

static enum err load_industries(struct db *db) {
	for (size_t i = 0; i < industry_rows_n; i++) {
		const struct industry *x = &industry_rows[i];
		enum err e = DB_RUN(db, Q_INDUSTRY_PUT, VT(x->code), VT(x->name), VT(industry_level_code(x->level)),
		                    v_text_or_null(x->parent), VT(x->section));
		if (e) return e;
	}
	return ERR_OK;
}

static enum err load_params(struct db *db) {
	for (size_t i = 0; i < sizeof params / sizeof *params; i++) {
		const struct param_row *p = &params[i];
		enum err e = DB_RUN(db, Q_PARAM_PUT, VT(p->key), VT(S("000000")), VI(p->value), VT(p->unit),
		                    VT(S("2000-01-01")), VT(p->doc));
		if (e) return e;
	}
	return ERR_OK;
}

/* The files built in, and how many parameters and days stand beside them: another program of ours has
 * others, and adds what the city does not have. */
static struct str edition_of(struct arena *a) {
	struct buf b = {.arena = a};
	buf_add(&b, reference_digest);
	buf_byte(&b, ' ');
	buf_int(&b, (int64_t)(sizeof params / sizeof *params));
	buf_byte(&b, ' ');
	buf_int(&b, (int64_t)holidays_china_n);
	return buf_str(&b);
}

static enum err load_job(struct db *db, void *arg) {
	const struct str *edition = arg;
	enum err e = load_regions(db);
	if (!e) e = load_industries(db);
	if (!e) e = load_params(db);
	if (!e) e = calendar_start(db);
	return e ? e : DB_RUN(db, Q_REFERENCE_SET_LOADED, VT(*edition));
}

enum err reference_load(struct ctx *ctx) {
	int64_t is_loaded = 0;
	struct str edition = edition_of(ctx->arena);
	enum err e = db_int(ctx->db, Q_REFERENCE_IS_LOADED, &VT(edition), 1, &is_loaded);
	if (e) return fail_store(ctx, e);
	if (is_loaded) return ERR_OK;
	return fail_store(ctx, store_write(ctx->app->store, load_job, &edition));
}
