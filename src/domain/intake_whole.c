/* intake_whole.c - what a sheet says as a whole: which county it is about, and whether its projects lie in
 * columns instead of rows. */
#include "domain/intake_parts.h"

#include "domain/text.h"

/* ---- place ---- */

/* A city says no more than the file's own place does; a county is a fact. */
static bool is_county(struct str code) {
	return code.n >= 6 && !str_ends(str_sub(code, 0, 6), S("00"));
}

/* 寿光市2024年招商项目表: the longest beginning that names a county. Short names (寿光) are too often part of
 * something else, and 深圳市推介会 is a city. */
static struct str county_before(struct arena *a, const struct intake_env *env, struct str text) {
	enum { NAME_CPS = 14 };
	static const struct str labels[] = {S_("填报单位:"), S_("报送单位:"), S_("填表单位:"), S_("上报单位:"), S_("单位名称:"), S_("县市区:"),
		S_("填报单位(盖章):"), S_("报送单位(盖章):"), S_("单位(盖章):"), S_("填报单位(公章):")};
	struct str s = text_simplified(a, text_bare(a, text)), found = {0};
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (str_starts(s, labels[i])) s = str_sub(s, labels[i].n, s.n);
	for (size_t n = 2; n <= NAME_CPS && n <= str_cp_count(s); n++) {
		struct str name = str_cp_head(s, n), code = {0};
		bool is_full = str_ends(name, S("市")) || str_ends(name, S("县")) || str_ends(name, S("区"));
		if (is_full && env_region(env, name, &code) && is_county(code)) found = code;
	}
	return found;
}

struct str whole_place(struct arena *a, const struct sample *s, struct head h, const struct intake_env *env,
		struct str sheet_name) {
	struct str code = {0};
	if (env_region(env, sheet_name, &code)) return str_copy(a, code);
	for (size_t i = 0; i < h.from && !code.n; i++)
		for (int32_t c = 0; (size_t)c < s->rows[i].n && !code.n; c++)
			code = county_before(a, env, cell_text(&s->rows[i], c));
	if (!code.n) code = county_before(a, env, sheet_name);
	return str_copy(a, code);
}

/* ---- lying on its side ---- */

enum { LOOK_ROWS = 40, LOOK_COLS = 12 };

static const struct intake_target *known_heading(struct arena *a, struct intake_targets t, struct str text) {
	struct str keys[HEADING_KEYS];
	size_t n = text.n ? heading_keys(a, text, keys) : 0;
	for (size_t i = 0; i < n; i++) {
		const struct intake_target *found = heading_target(t, keys[i]);
		if (found) return found;
	}
	return NULL;
}

/* Different fields among some cells, and whether the name of a project is one. */
struct headings_seen {
	const struct intake_target *items[LOOK_ROWS];
	size_t n;
	bool has_name;
};

static void see(struct headings_seen *seen, const struct intake_target *t) {
	if (!t || seen->n == LOOK_ROWS) return;
	for (size_t i = 0; i < seen->n; i++)
		if (seen->items[i] == t) return;
	seen->items[seen->n++] = t;
	seen->has_name |= target_is(t, S("name"));
}

/* One column names more fields than the header row does: 项目名称, 投资方, 总投资 one below the other. */
bool whole_is_sideways(struct arena *a, const struct sample *s, struct head h, struct intake_targets targets) {
	struct headings_seen across = {0};
	for (size_t i = h.from; i < h.to; i++)
		for (int32_t c = 0; (size_t)c < s->rows[i].n; c++)
			see(&across, known_heading(a, targets, cell_text(&s->rows[i], c)));
	for (int32_t c = 0; c < LOOK_COLS && c < s->cols; c++) {
		struct headings_seen down = {0};
		for (size_t i = 0; i < s->n && i < LOOK_ROWS; i++)
			see(&down, known_heading(a, targets, cell_text(&s->rows[i], c)));
		if (down.has_name && down.n >= 3 && down.n > across.n) return true;
	}
	return false;
}
