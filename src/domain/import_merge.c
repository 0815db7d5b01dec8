#include "domain/import_merge.h"

#include "domain/stored_json.h"

/* ---- what is decided together ---- */

enum { UNIT_MAX = 3 };
struct unit_fields {
	size_t at[UNIT_MAX], n;
};

static struct unit_fields unit_of(size_t at) {
	static const struct str units[][UNIT_MAX] = {
		{S_("total_invest_fen"), S_("invest_qual"), S_("invest_text")},
		{S_("foreign_minor"), S_("currency")},
	};
	struct unit_fields all = {.n = 0};
	const struct str *names = NULL;
	for (size_t u = 0; u < sizeof units / sizeof *units; u++)
		for (size_t k = 0; k < UNIT_MAX; k++)
			if (str_eq(units[u][k], project_fields[at].name)) names = units[u];
	if (!names) return (struct unit_fields){{at}, 1};
	while (all.n < UNIT_MAX && names[all.n].n) {
		all.at[all.n] = (size_t)project_field_index(names[all.n]);
		all.n++;
	}
	return all;
}

static bool unit_equal(const struct unit_fields *u, const struct project *a, const struct project *b) {
	for (size_t k = 0; k < u->n; k++)
		if (!field_equal(&project_fields[u->at[k]], a, b)) return false;
	return true;
}

/* Something stored would be replaced. */
static bool unit_replaces(const struct unit_fields *u, const struct project *old, const struct project *now) {
	for (size_t k = 0; k < u->n; k++) {
		const struct field *f = &project_fields[u->at[k]];
		if (!field_equal(f, old, now) && !field_is_missing(f, old)) return true;
	}
	return false;
}

static void unit_add(struct fieldset *set, const struct unit_fields *u) {
	for (size_t k = 0; k < u->n; k++) fieldset_add(set, u->at[k]);
}

/* ---- the project as it was when the file was made ---- */

static bool put_back(struct ctx *ctx, const struct field *f, json_t *before, struct project *p) {
	if (json_is_null(before)) {
		field_clear(f, p);
		return true;
	}
	struct str text = json_is_integer(before) ? str_of_int(ctx->arena, json_integer_value(before))
		: str_copy(ctx->arena, str_c(json_string_value(before)));
	return text.n && field_set_text(ctx, f, p, text) == ERR_OK;
}

/* One audit row of a write. p = NULL: it is only counted. false: no change of the record. */
static bool undo_one(struct ctx *ctx, struct str diff, struct project *p, bool *is_good) {
	const char *key;
	bool is_change = false;
	json_t *sides, *all = stored_json(ctx->arena, diff);
	json_object_foreach(all, key, sides) {
		int i = project_field_index(str_c(key));
		if (i < 0 || json_array_size(sides) != 2) continue;
		is_change = true;
		if (p) *is_good = put_back(ctx, &project_fields[i], json_array_get(sides, 0), p) && *is_good;
	}
	return is_change;
}

/* Each version after the first left one row in the audit. Newest first, those after `version` are put
 * back; the basis is sure only when the audit holds every version of the project. */
static enum err read_basis(struct ctx *ctx, const struct project *old, int64_t version,
		struct import_merge *out) {
	struct rows *r;
	const int64_t versions = old->record.row_version - 1, since = old->record.row_version - version;
	int64_t seen = 0;
	bool is_good = true;
	if (version < 1 || since < 1) return ERR_OK;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_IMPORT_BASIS, &r, VI(old->record.id));
	if (e) return fail_store(ctx, e);
	const struct error *before = ctx->error;
	out->basis = *old;
	while (rows_next(r)) {
		bool is_restored = str_eq(rows_text(r, 0), S("restore"));
		if (is_restored || undo_one(ctx, rows_text(r, 1), seen < since ? &out->basis : NULL, &is_good)) seen++;
	}
	ctx->error = before; /* what cannot be put back makes the basis unsure, and nothing else */
	e = rows_error(r);
	rows_done(r);
	out->has_basis = is_good && seen == versions;
	return e ? fail_store(ctx, e) : ERR_OK;
}

/* ---- merging ---- */

enum verdict { TAKE, KEEP, CONFLICT };

static enum verdict judge(const struct import_merge *m, const struct project *old,
		const struct project *now, const struct project *said, const struct unit_fields *u) {
	if (!m->has_basis) return unit_replaces(u, old, now) ? CONFLICT : TAKE;
	if (unit_equal(u, &m->basis, said)) return KEEP;
	return unit_equal(u, &m->basis, old) ? TAKE : CONFLICT;
}

/* Of which version the row was. Of a foreign file only a project that nobody changed since it was made
 * is sure to be as it was. */
static int64_t version_of(const struct intake_item *item, const struct project *old) {
	int64_t version;
	if (str_int(import_text(item, S("row_version")), &version)) return version;
	return old->record.row_version == 1 ? 1 : 0;
}

enum err import_merge(struct ctx *ctx, const struct import *batch, const struct intake_item *item,
		const struct project *old, const struct import_fit *fit, struct import_merge *out) {
	const int64_t version = version_of(item, old);
	const bool is_older = version != old->record.row_version;
	struct project *said = arena_alloc(ctx->arena, sizeof *said);
	*out = (struct import_merge){.has_basis = false};
	enum err e = is_older ? read_basis(ctx, old, version, out) : ERR_OK;
	if (e) return e;
	if (out->has_basis) import_fill(ctx, batch, item, &out->basis, said);
	for (size_t i = 0; i < project_fields_n; i++) {
		if (!fieldset_has(&fit->set, i)) continue;
		const struct unit_fields u = unit_of(i);
		if (unit_equal(&u, old, &fit->now)) continue;
		enum verdict v = is_older ? judge(out, old, &fit->now, said, &u) : TAKE;
		out->takes_some = out->takes_some || v == TAKE;
		if (v != TAKE) unit_add(v == KEEP ? &out->kept : &out->conflicts, &u);
	}
	return ERR_OK;
}

/* ---- kept between the passes ---- */

static size_t first_differing(const struct unit_fields *u, const struct project *a, const struct project *b) {
	for (size_t k = 0; k < u->n; k++)
		if (!field_equal(&project_fields[u->at[k]], a, b)) return u->at[k];
	return u->at[0];
}

static void put_conflict(struct ctx *ctx, struct json *j, size_t at, const struct project *old,
		const struct project *now, const struct import_merge *m) {
	const struct field *f = &project_fields[at];
	const struct unit_fields u = unit_of(at);
	const size_t lead = first_differing(&u, old, now);
	struct str basis = m->has_basis ? field_text(f, ctx->arena, &m->basis, ctx->lang) : S("");
	json_arr(j);
	json_str(j, f->name);
	json_str_or_null(j, basis);
	json_str(j, field_text(f, ctx->arena, old, ctx->lang));
	json_str(j, field_text(f, ctx->arena, now, ctx->lang));
	json_str_or_null(j, lead == at ? S("") : project_fields[lead].name);
	json_end(j);
}

void import_merge_json(struct ctx *ctx, struct json *j, const struct project *old,
		const struct import_fit *fit, const struct import_merge *m) {
	json_key(j, S("kept"));
	json_arr(j);
	for (size_t i = 0; i < project_fields_n; i++)
		if (fieldset_has(&m->kept, i)) json_str(j, project_fields[i].name);
	json_end(j);
	json_key(j, S("conflicts"));
	json_arr(j);
	for (size_t i = 0; i < project_fields_n; i++)
		if (fieldset_has(&m->conflicts, i) && !field_equal(&project_fields[i], old, &fit->now))
			put_conflict(ctx, j, i, old, &fit->now, m);
	json_end(j);
}

/* ---- what stays ---- */

struct fieldset import_stays(const struct import_merge *m) {
	return (struct fieldset){{m->kept.w[0] | m->conflicts.w[0], m->kept.w[1] | m->conflicts.w[1]}};
}

struct str import_side(struct ctx *ctx, struct str choice, struct str field_choices, struct str field) {
	if (str_eq(choice, S("mine"))) return S("file");
	if (!str_eq(choice, S("mixed"))) return S("stored");
	json_t *v, *all = stored_json(ctx->arena, field_choices);
	const char *key;
	json_object_foreach(all, key, v)
		if (str_eq(str_c(key), field)) return str_c(json_string_value(v));
	return S("stored");
}

static void add_unit_named(struct fieldset *set, json_t *name) {
	int at = project_field_index(str_c(json_string_value(name)));
	if (at < 0) return;
	const struct unit_fields u = unit_of((size_t)at);
	unit_add(set, &u);
}

static struct fieldset stays_chosen(struct ctx *ctx, const struct import_kept *row) {
	struct fieldset stays = {{0, 0}};
	json_t *v, *all = stored_json(ctx->arena, row->data);
	size_t i;
	json_array_foreach(json_object_get(all, "kept"), i, v) add_unit_named(&stays, v);
	json_array_foreach(json_object_get(all, "conflicts"), i, v) {
		json_t *name = json_array_get(v, 0);
		if (!json_is_null(json_array_get(v, 4))) continue; /* goes with another */
		struct str side = import_side(ctx, row->choice, row->field_choices, str_c(json_string_value(name)));
		if (str_eq(side, S("stored"))) add_unit_named(&stays, name);
	}
	return stays;
}

enum err import_fit_kept(struct ctx *ctx, const struct import *batch, struct intake_targets targets,
		const struct import_kept *row, struct intake_item *item, struct project *old, struct import_fit *fit) {
	const struct fieldset stays = stays_chosen(ctx, row);
	enum err e = import_values_read(ctx, targets, row->data, item);
	item->number = row->row_no;
	item->name = row->name;
	if (!e && row->project_id) e = import_project_then(ctx, row->project_id, row->version, row->name, old);
	return e ? e : import_fit(ctx, batch, item, row->project_id ? old : NULL, &stays, fit);
}
