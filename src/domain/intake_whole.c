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

/* ---- stage ---- */

/* 2024年一季度开工项目一览表 -> 2024年一季度开工; empty = no title of a list of projects. */
static struct str before_projects(struct arena *a, struct str text) {
	static const struct str tails[] = {S_("表"), S_("台账"), S_("清单"), S_("名单"), S_("一览"), S_("汇总"), S_("统计"), S_("明细"),
		S_("情况")};
	struct str s = heading_key(a, text);
	for (bool is_changed = true; is_changed;) {
		is_changed = false;
		for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
			if (str_ends(s, tails[i])) {
				s.n -= tails[i].n;
				is_changed = true;
			}
	}
	if (str_ends(s, S("项目"))) s.n -= S("项目").n;
	return s;
}

/* Words that say the stage wherever they end a title: 重点建设项目 and 招商信息 do not. */
static bool is_stage_word(struct str s) {
	static const struct str words[] = {S_("在谈"), S_("洽谈"), S_("签约"), S_("落地"), S_("注册"), S_("开工"), S_("在建"), S_("续建"),
		S_("投产"), S_("竣工"), S_("达产"), S_("线索")};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_ends(s, words[i])) return true;
	return false;
}

static int stage_of_title(struct arena *a, struct str text) {
	enum { WORD_CPS = 6 };
	struct str s = before_projects(a, text);
	enum stage stage;
	int found = CHOICE_NONE;
	if (!is_stage_word(s)) return CHOICE_NONE;
	size_t cps = str_cp_count(s);
	for (size_t n = 2; n <= WORD_CPS && n <= cps; n++) {
		struct str word = str_sub(s, str_cp_head(s, cps - n).n, s.n);
		if (intake_stage(a, word, &stage)) found = (int)stage; /* the longest: 拟签约 is not 签约 */
	}
	return found;
}

int whole_stage(struct arena *a, const struct sample *s, struct head h, struct str sheet_name) {
	int found = stage_of_title(a, sheet_name);
	for (size_t i = 0; i < h.from && found == CHOICE_NONE; i++)
		for (int32_t c = 0; (size_t)c < s->rows[i].n && found == CHOICE_NONE; c++)
			found = stage_of_title(a, cell_text(&s->rows[i], c));
	return found;
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
