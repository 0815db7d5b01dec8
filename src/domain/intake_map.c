/* intake_map.c - what each column is: by a person, by memory, by its heading, by its cells. */
#include "domain/intake_parts.h"

#include "base/buf.h"
#include "domain/amount_token.h"
#include "domain/check.h"
#include "domain/text.h"

/* ---- mapping ---- */

enum { BY_BOTH_HEADINGS = 1010, BY_HEADING = 1000 }; /* scores */

struct match {
	const struct intake_target *target;
	int32_t score;
	enum intake_basis basis;
	bool is_left_out;          /* by its heading, without a question */
};

/* 项目名称、建设规模及主要内容: several things in one column; the first of them is what it is called by. */
static const struct intake_target *first_part_target(struct mapping *m, struct str heading) {
	static const struct str signs[] = {S_("、"), S_("及"), S_("和"), S_("与"), S_("/"), S_(","),
		S_("("), S_("，"), S_("（")};
	struct str s = text_simplified(m->arena, text_bare(m->arena, heading));
	size_t end = s.n;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		ptrdiff_t at = str_find(s, signs[i]);
		if (at > 0 && (size_t)at < end) end = (size_t)at;
	}
	struct str part = word_key(m->arena, str_sub(s, 0, end));
	return end < s.n && str_cp_count(part) >= 2 ? heading_target(m->targets, part) : NULL;
}

/* Of 项目情况/投资方 the one next above. */
static struct str last_part(struct str upper) {
	struct str rest = upper, part = {0};
	while (str_split(&rest, '/', &part)) {}
	return part;
}

static bool has_year_word(struct str s) {
	return str_has(s, S("本年")) || str_has(s, S("今年")) || str_has(s, S("当年")) || str_has(s, S("上年"))
		|| str_has(s, S("完成")) || str_has(s, S("到位"));
}

/* Says nothing that the heading above does not. */
static bool is_plain_part(struct str key) {
	static const struct str words[] = {S_("姓名"), S_("名称"), S_("全称"), S_("数额"), S_("数量"), S_("小计"), S_("合计")};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq(key, words[i])) return true;
	return false;
}

const struct intake_target *target_under(struct arena *a, struct intake_targets targets, struct str heading,
		struct str upper, int32_t *score, bool *is_of_year) {
	struct str keys[HEADING_KEYS], uppers[HEADING_KEYS];
	size_t n = heading_keys(a, heading, keys), uppers_n = heading_keys(a, last_part(upper), uppers);
	const struct intake_target *t = NULL;
	*is_of_year = false;
	/* 投资方 / 联系人: both together say more than 联系人; 联系人 / 姓名: the upper one says all */
	*score = BY_BOTH_HEADINGS;
	for (size_t u = 0; u < uppers_n; u++)
		for (size_t i = 0; i < n; i++) {
			t = heading_target(targets, str_cat(a, uppers[u], keys[i]));
			if (!t && is_plain_part(keys[i])) t = heading_target(targets, uppers[u]);
			if (t) return t;
		}
	/* 2024年 / 计划投资: what is planned for that year, not the total */
	bool is_under_year = year_in(a, upper) || has_year_word(upper);
	for (size_t i = 0; i < n && !t; i++) {
		t = heading_target(targets, keys[i]);
		*score = BY_HEADING - (int32_t)i * 5;
		*is_of_year = is_under_year && target_is(t, S("total_invest_fen")) && !str_has(keys[i], S("总"));
	}
	return *is_of_year ? NULL : t;
}

static struct match match_heading(struct mapping *m, const struct intake_col *col) {
	struct arena *a = m->arena;
	struct str keys[HEADING_KEYS];
	size_t n = heading_keys(a, col->heading, keys);
	struct match best = {0};
	bool is_of_year;
	if (!n) return best;
	const struct intake_target *t = target_under(a, m->targets, col->heading, col->upper, &best.score, &is_of_year);
	if (t) return (struct match){t, best.score, BASIS_HEADING, false};
	if (is_of_year) return (struct match){0};
	bool is_under_year = year_in(a, col->upper) || has_year_word(col->upper);
	const struct intake_target *part = is_under_year ? NULL : first_part_target(m, col->heading);
	if (part) return (struct match){part, 900, BASIS_HEADING, false};
	best = (struct match){.basis = BASIS_LIKE};
	best.target = like_target(m->targets, keys[n - 1], &best.score);
	return best.target ? best : (struct match){0};
}

const struct intake_fix_col *fix_of(const struct mapping *m, int32_t col) {
	for (size_t i = 0; m->fixes && i < m->fixes->cols_n; i++)
		if (m->fixes->cols[i].col == col) return &m->fixes->cols[i];
	return NULL;
}

static bool remembered(struct mapping *m, const struct intake_col *col, struct match *out) {
	struct str field = {0}, unit = {0};
	if (!m->env || !m->env->memory || !col->key.n || !m->env->memory(m->env->it, col->key, &field, &unit))
		return false;
	*out = (struct match){target_named(m->targets, field), 2000, BASIS_MEMORY, false};
	return true;
}

/* Several columns of these are put together, each with its heading. */
static bool may_repeat(const struct intake_target *t) {
	return target_is(t, S("note")) || target_is(t, S("content")) || target_is(t, S("dates_text"))
		|| target_is(t, S("handler"));
}

/* ---- what the cells say ---- */

struct cell_counts {
	int cells, numeric, regions, long_texts, stages, dates, phones, usccs, amounts, project_words, running, units, ticks;
};

/* 万美元: a unit of money and nothing else. */
static bool is_money_unit(struct arena *a, struct str s) {
	struct unit u;
	return str_cp_count(s) <= 8 && unit_find(a, s, MEASURE_MONEY, false, &u)
		&& u.text.n == amount_folded(a, s).n;
}

static bool is_project_word(struct arena *a, struct str s) {
	static const struct str endings[] = {
		S_("项目"), S_("工程"), S_("基地"), S_("产业园"), S_("园区"), S_("生产线"), S_("建设"), S_("改造"), S_("中心"), S_("工厂"),
		S_("示范区"), S_("综合体"), S_("园"), S_("厂"), S_("平台"),
	};
	struct str key = heading_key(a, s);
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (str_ends(key, endings[i])) return true;
	return false;
}

static struct cell_counts count_cells(struct mapping *m, int32_t col) {
	struct cell_counts n = {0};
	int64_t expected = 1;
	for (size_t i = m->head.to; i < m->sample->n && n.cells < 60; i++) {
		const struct row *r = &m->sample->rows[i];
		struct str t = cell_text(r, col), code = {0};
		enum stage stage;
		int64_t v;
		if (!t.n) continue;
		n.cells++;
		bool is_number = is_numeric(t);
		n.numeric += is_number;
		if (str_int(t, &v) && v == expected) {
			n.running++;
			expected++;
		}
		n.long_texts += str_cp_count(t) > 15;
		n.stages += intake_stage(m->arena, t, &stage);
		n.dates += when_parse(m->arena, t,
			(struct when_context){.year = 2024,
			.may_be_serial = cell_at(r, col)->kind == CELL_DATE}).state == WHEN_GOOD && t.n > 4;
		n.phones += check_mobile(m->arena, t).is_valid;
		n.usccs += check_uscc(m->arena, t, false).is_valid;
		struct amount amount = amount_parse(m->arena, t, MEASURE_MONEY, NULL);
		n.amounts += amount.state == AMOUNT_GOOD && amount.unit.n > 0;
		n.units += !is_number && is_money_unit(m->arena, t);
		n.ticks += is_tick(m->arena, t);
		n.project_words += is_project_word(m->arena, t);
		n.regions += !is_number && env_region(m->env, t, &code);
	}
	return n;
}

static bool most(int part, int whole, int percent) {
	return whole > 0 && part * 100 >= whole * percent;
}

/* What an unknown column holds, judged by its cells alone. */
static struct str content_field(struct cell_counts n, bool is_first) {
	if (n.cells < 2) return (struct str){0};
	if (most(n.usccs, n.cells, 60)) return S("investor_uscc");
	if (most(n.phones, n.cells, 60)) return S("contact_phone");
	if (most(n.units, n.cells, 90)) return S("currency");
	if (most(n.amounts, n.cells, 60)) return S("total_invest_fen");
	if (most(n.stages, n.cells, 60)) return S("stage");
	if (most(n.regions, n.cells, 60)) return S("region_code");
	if (is_first && most(n.running, n.cells, 80)) return S("seq");
	if (most(n.dates, n.cells, 70)) return S("dates_text");
	if (most(n.project_words, n.cells, 50)) return S("name");
	return (struct str){0};
}

/* A heading can lie: 项目 over a column of counts, 进度 over sentences. */
static struct str corrected_by_content(const struct intake_target *t, struct cell_counts n) {
	if (target_is(t, S("code")) && most(n.numeric, n.cells, 80)) return S("seq");
	if (target_is(t, S("name")) && most(n.numeric, n.cells, 80)) return S("");
	if (target_is(t, S("name")) && n.cells >= 2 && most(n.regions, n.cells, 80)) return S("region_code");
	if (target_is(t, S("stage")) && most(n.long_texts, n.cells, 40) && !most(n.stages, n.cells, 30))
		return S("note");
	if (target_is(t, S("note")) && n.cells >= 2 && most(n.stages, n.cells, 80)) return S("stage");
	if (target_is(t, S("region_code")) && most(n.long_texts, n.cells, 60) && !most(n.regions, n.cells, 30))
		return S("site");
	return t->name;
}

/* The day on which a project entered a stage. */
static struct str stage_day(enum stage stage) {
	static const struct str days[STAGE__N] = {
		[STAGE_TALK] = S_("first_talk_date"), [STAGE_SIGNED] = S_("sign_date"), [STAGE_LANDED] = S_("land_date"),
		[STAGE_STARTED] = S_("start_date"), [STAGE_PRODUCING] = S_("produce_date"), [STAGE_CAPACITY] = S_("capacity_date"),
	};
	return days[stage];
}

/* 在谈 | 签约 | 开工 as headings: with ticks under them the stage, with days the day of it. A column that
 * nobody is ticked in is known by the heading above it (项目阶段). */
static bool match_stage_heading(struct mapping *m, struct intake_col *col, struct match *out) {
	enum stage stage;
	if (!col->heading.n || !intake_stage(m->arena, col->heading, &stage)) return false;
	struct cell_counts n = count_cells(m, col->col);
	struct str keys[HEADING_KEYS];
	size_t keys_n = heading_keys(m->arena, col->upper, keys);
	bool is_under_stage = keys_n && target_is(heading_target(m->targets, keys[0]), S("stage"));
	struct str name = {0};
	if (most(n.ticks, n.cells, 90) || (!n.cells && is_under_stage)) {
		col->is_tick = true;
		col->tick_stage = stage;
		name = S("stage");
	} else if (most(n.dates, n.cells, 70)) name = stage_day(stage);
	const struct intake_target *t = target_named(m->targets, name);
	if (t) *out = (struct match){t, 650, BASIS_HEADING, false};
	return t;
}

static void match_columns(struct mapping *m, struct match *found) {
	for (size_t i = 0; i < m->n; i++) {
		const struct intake_fix_col *fix = fix_of(m, m->cols[i].col);
		if (fix && fix->has_field) {
			found[i] = (struct match){target_named(m->targets, fix->field), 3000, BASIS_USER, false};
			continue;
		}
		if (remembered(m, &m->cols[i], &found[i])) continue;
		found[i] = match_heading(m, &m->cols[i]);
		if (!found[i].target || found[i].basis == BASIS_LIKE)
			if (match_stage_heading(m, &m->cols[i], &found[i])) continue;
		if (!found[i].target) continue;
		struct str better = corrected_by_content(found[i].target, count_cells(m, m->cols[i].col));
		if (str_eq(better, found[i].target->name)) continue;
		found[i].target = target_named(m->targets, better);
		found[i].score = found[i].target ? 700 : 0;
		found[i].basis = BASIS_CONTENT;
	}
}

static bool is_taken(const struct match *found, size_t n, const struct intake_target *t) {
	for (size_t i = 0; i < n; i++)
		if (found[i].target == t) return true;
	return false;
}

/* What cells show beyond doubt even under an unknown heading; money, dates and names they do not:
 * those may be any. */
static bool is_plain_content(const struct intake_target *t) {
	return target_is(t, S("investor_uscc")) || target_is(t, S("contact_phone"))
		|| target_is(t, S("region_code")) || target_is(t, S("stage")) || target_is(t, S("currency"));
}

/* Only where the heading says nothing, and only what no other column is. */
static void match_by_content(struct mapping *m, struct match *found) {
	for (size_t i = 0; i < m->n; i++) {
		if (found[i].target || found[i].basis != BASIS_NONE) continue;
		bool is_headless = m->head.to == m->head.from || !m->cols[i].heading.n;
		struct str name = content_field(count_cells(m, m->cols[i].col), i == 0);
		const struct intake_target *t = target_named(m->targets, name);
		if (!t || (!is_headless && !is_plain_content(t))) continue;
		if (!is_headless && target_avoids(t, heading_key(m->arena, m->cols[i].heading))) continue;
		if (!is_taken(found, m->n, t)) found[i] = (struct match){t, 600, BASIS_CONTENT, false};
	}
}

/* Where two columns claim one field: the surer stays, the other moves where it may, or is left open. */
static const struct intake_target *second_choice(struct mapping *m, struct match *found,
		const struct intake_target *t) {
	const struct intake_target *other = NULL;
	if (target_is(t, S("region_code"))) other = target_named(m->targets, S("site"));
	if (target_is(t, S("stage"))) return target_named(m->targets, S("note"));
	if (target_is(t, S("total_invest_fen"))) other = NULL;
	return other && !is_taken(found, m->n, other) ? other : NULL;
}

static bool is_foreign_heading(struct mapping *m, const struct intake_col *c) {
	struct unit u;
	return (unit_find(m->arena, c->heading, MEASURE_MONEY, false, &u)
		|| unit_find(m->arena, c->upper, MEASURE_MONEY, false, &u)) && !str_eq(u.currency, S("CNY"));
}

/* Which of the words for a field the heading is: 总投资 comes before 计划投资. */
static size_t heading_rank(struct mapping *m, const struct intake_target *t, struct str heading) {
	struct str keys[HEADING_KEYS];
	size_t n = heading_keys(m->arena, heading, keys);
	for (size_t i = 0; i < n; i++) {
		struct str rest = headings_of(t), w;
		for (size_t rank = 0; str_split(&rest, '|', &w); rank++)
			if (str_eq_nocase(w, keys[i])) return rank;
	}
	return SIZE_MAX;
}

/* Of two columns that claim one field, i before k. */
static size_t loser_of(struct mapping *m, const struct match *found, size_t i, size_t k) {
	bool is_by_word = found[i].basis == BASIS_HEADING && found[k].basis == BASIS_HEADING
		&& found[i].score < BY_BOTH_HEADINGS && found[k].score < BY_BOTH_HEADINGS;
	/* 3月进展 | 4月进展: the later says how it stands now */
	bool is_by_month = found[i].basis == BASIS_CONTENT && found[k].basis == BASIS_CONTENT
		&& str_has(m->cols[i].heading, S("月")) && str_has(m->cols[k].heading, S("月"));
	if (is_by_month) return i;
	if (!is_by_word) return found[k].score > found[i].score ? i : k;
	size_t rank_i = heading_rank(m, found[i].target, m->cols[i].heading);
	return heading_rank(m, found[k].target, m->cols[k].heading) < rank_i ? i : k;
}

static void settle_doubles(struct mapping *m, struct match *found) {
	const struct intake_target *foreign = target_named(m->targets, S("foreign_minor"));
	for (size_t i = 0; i < m->n; i++)
		for (size_t k = i + 1; k < m->n; k++) {
			if (!found[i].target || found[i].target != found[k].target || may_repeat(found[i].target)
				|| (m->cols[i].is_tick && m->cols[k].is_tick))
				continue;
			size_t loser = loser_of(m, found, i, k);
			if (target_is(found[i].target, S("total_invest_fen"))) {
				if (is_foreign_heading(m, &m->cols[i])) loser = i;
				if (is_foreign_heading(m, &m->cols[loser]) && !is_taken(found, m->n, foreign)) {
					found[loser].target = foreign;
					continue;
				}
			}
			found[loser].target = second_choice(m, found, found[loser].target);
			m->cols[loser].is_open = !found[loser].target && found[loser].basis != BASIS_USER;
		}
}

/* ---- a file that we made ---- */

static const struct field *field_labelled(struct mapping *m, struct str heading) {
	struct str keys[HEADING_KEYS];
	size_t n = heading_keys(m->arena, heading, keys);
	for (size_t f = 0; f < project_fields_n; f++)
		for (size_t i = 0; i < n; i++)
			if (str_eq(keys[i], word_key(m->arena, project_fields[f].zh)) || str_eq(keys[i], word_key(m->arena, project_fields[f].en)))
				return &project_fields[f];
	return NULL;
}

/* An export names each column by its field's own label and carries versions: what no import may set is
 * left out there without a question, and no heading is taken for one that is like it. */
static void match_own_labels(struct mapping *m, struct match *found) {
	m->is_ours = is_taken(found, m->n, target_named(m->targets, S("row_version")));
	if (!m->is_ours) return;
	for (size_t i = 0; i < m->n; i++) {
		const struct field *f = found[i].basis == BASIS_USER ? NULL : field_labelled(m, m->cols[i].heading);
		if (!f) continue;
		const struct intake_target *t = f->flags & FIELD_IMPORT || str_eq(f->name, S("code")) ? target_named(m->targets, f->name) : NULL;
		found[i] = (struct match){t, 2000, BASIS_HEADING, !t};
	}
}

void map_columns(struct mapping *m) {
	struct match *found = arena_array(m->arena, m->n + 1, sizeof *found);
	match_columns(m, found);
	match_own_labels(m, found);
	match_by_content(m, found);
	settle_doubles(m, found);
	for (size_t i = 0; i < m->n; i++) {
		m->cols[i].target = found[i].target;
		m->cols[i].basis = found[i].target || found[i].basis == BASIS_USER
			|| found[i].basis == BASIS_MEMORY || found[i].is_left_out ? found[i].basis : BASIS_NONE;
		bool is_guess = found[i].basis == BASIS_CONTENT
			|| (found[i].basis == BASIS_LIKE && found[i].score < LIKE_SURE);
		m->cols[i].is_open |= found[i].target && is_guess;
	}
}
