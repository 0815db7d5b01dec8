/* intake_units.c - the unit of a column's plain numbers and the year of its days: by a person, in its
 * headings, around the table, by memory. */
#include "domain/intake_parts.h"

#include "base/buf.h"
#include "domain/amount_token.h"
#include "domain/text.h"

int year_in(struct arena *a, struct str text) {
	struct str s = text_nfkc(a, text);
	int year = 0;
	for (size_t i = 0; i + 4 <= s.n; i++) {
		bool is_start = i == 0 || s.p[i - 1] < '0' || s.p[i - 1] > '9';
		bool is_end = i + 4 == s.n || s.p[i + 4] < '0' || s.p[i + 4] > '9';
		int64_t v;
		if (!is_start || !is_end || !str_int(str_sub(s, i, 4), &v) || v < 1990 || v > 2079) continue;
		if (year && year != v) return 0;
		year = (int)v;
	}
	return year;
}

/* 单位：亿元, 总投资单位为万元, 金额均为万元, 以万元为单位: the unit that a sentence names. */
static bool unit_in_words(struct arena *a, struct str text, enum measure measure, struct unit *u) {
	static const struct str before[] = {S_("单位"), S_("均为"), S_("均以"), S_("金额为"), S_("数据为"), S_("以")};
	static const struct str between[] = {S_(":"), S_("均"), S_("为"), S_("是"), S_("以"), S_("(")};
	struct str s = text_simplified(a, text_bare(a, text));
	for (size_t i = 0; i < sizeof before / sizeof *before; i++)
		for (ptrdiff_t at; (at = str_find(s, before[i])) >= 0;) {
			s = str_sub(s, (size_t)at + before[i].n, s.n);
			struct str tail = s;
			for (size_t k = 0; k < sizeof between / sizeof *between; k++)
				if (str_starts(tail, between[k])) tail = str_sub(tail, between[k].n, tail.n);
			/* what follows at once, so that 建设单位：某公司，投资3亿元 names none */
			struct str near = str_cp_head(tail, 8);
			struct token first[TOKENS_MAX + 2];
			(void)amount_tokens(near, measure, first);
			if ((first[0].kind == T_UNIT || first[0].kind == T_MUL)
				&& unit_find(a, str_cat(a, S("单位:"), near), measure, true, u))
				return true;
		}
	return false;
}

/* 单位：亿元、万美元: a column of foreign money takes the foreign one of them, every other the CNY. *u is the
 * first of them and stays where there is no other. */
static void choose_currency(struct mapping *m, struct str text, struct unit *u) {
	struct buf parts = {.arena = m->arena};
	struct unit other;
	if (str_eq(u->currency, S("CNY")) != m->wants_foreign) return;
	for (struct str rest = amount_folded(m->arena, text); rest.n;) {
		int32_t cp = str_next(&rest);
		bool is_sign = cp == 0x3001 || cp == ',' || cp == ';' || cp == '/' || cp == '(' || cp == ')' || cp == ':';
		buf_cp(&parts, is_sign ? '|' : cp);
	}
	struct str rest = buf_str(&parts), part;
	while (str_split(&rest, '|', &part)) {
		if (!unit_find(m->arena, str_cat(m->arena, S("单位:"), part), MEASURE_MONEY, true, &other)) continue;
		if (str_eq(other.currency, S("CNY")) == m->wants_foreign) continue;
		*u = other;
		return;
	}
}

bool unit_in_line(struct arena *a, const struct row *r, enum measure m, struct unit *u, struct str *text) {
	struct str label = {0};
	for (int32_t c = 0; (size_t)c < r->n; c++) {
		*text = cell_text(r, c);
		if (!text->n) continue;
		if (label.n && unit_find(a, str_cat(a, S("单位:"), *text), m, true, u)) return true;
		if (unit_find(a, *text, m, true, u) || unit_in_words(a, *text, m, u)) return true;
		label = str_ends(word_key(a, *text), S("单位")) && str_cp_count(*text) <= 8 ? *text : S("");
	}
	return false;
}

static bool unit_in_row(struct mapping *m, const struct row *r, enum measure measure, struct unit *u) {
	struct str text;
	if (!unit_in_line(m->arena, r, measure, u, &text)) return false;
	if (measure == MEASURE_MONEY) choose_currency(m, text, u);
	return true;
}

/* Notes under the table that was sampled: one or two cells, in words. */
static bool unit_below(struct mapping *m, enum measure measure, struct unit *u) {
	for (size_t i = m->head.to; i < m->sample->n; i++) {
		const struct row *r = &m->sample->rows[i];
		size_t filled = 0;
		for (int32_t c = 0; (size_t)c < r->n; c++) filled += cell_text(r, c).n > 0;
		for (int32_t c = 0; filled <= 2 && (size_t)c < r->n; c++)
			if (cell_text(r, c).n && unit_in_words(m->arena, cell_text(r, c), measure, u)) return true;
	}
	return false;
}

/* The texts above the header, and which of them are unit lines; the sheet's name; notes below. */
static bool unit_around(struct mapping *m, enum measure measure, struct unit *u, enum unit_basis *basis) {
	for (size_t i = m->head.from; i-- > 0;) {
		const struct row *r = &m->sample->rows[i];
		if (!unit_in_row(m, r, measure, u)) continue;
		*basis = is_unit_line(m->arena, r) ? UNIT_LINE : UNIT_TITLE;
		return true;
	}
	*basis = UNIT_TITLE;
	if (unit_find(m->arena, m->sheet_name, measure, true, u)) return true;
	*basis = UNIT_LINE;
	return unit_below(m, measure, u);
}

static bool unit_of_user(struct mapping *m, const struct intake_col *c, enum measure measure,
		struct unit *u) {
	const struct intake_fix_col *fix = fix_of(m, c->col);
	return fix && fix->has_unit && unit_find(m->arena, fix->unit, measure, false, u);
}

static bool unit_of_memory(struct mapping *m, const struct intake_col *c, enum measure measure,
		struct unit *u) {
	struct str field, unit = {0};
	if (!m->env || !m->env->memory || !c->key.n || !m->env->memory(m->env->it, c->key, &field, &unit))
		return false;
	return unit.n && unit_find(m->arena, unit, measure, false, u);
}

static bool unit_of_foot(struct mapping *m, enum measure measure, struct unit *u) {
	const struct row *line = foot_line(m->arena, m->foot, measure);
	return line && unit_in_row(m, line, measure, u);
}

/* 总投资（亿元/万美元）: which of the two a plain number is in is not said. */
static bool names_two_currencies(struct mapping *m, const struct intake_col *c) {
	struct token t[TOKENS_MAX + 2];
	size_t n = amount_tokens(amount_folded(m->arena, c->heading), MEASURE_MONEY, t);
	struct str first = {0};
	for (size_t i = 0; i < n; i++) {
		if (t[i].kind != T_UNIT) continue;
		struct str currency = amount_units[t[i].unit].currency;
		if (first.n && !str_eq(first, currency) && i && t[i - 1].kind != T_UNIT) return true;
		first = currency;
	}
	return false;
}

static void set_unit(struct mapping *m, struct intake_col *c) {
	enum measure measure;
	if (!c->target || !intake_measure(c->target->type, &measure)) return;
	struct unit u = {0};
	m->wants_foreign = target_is(c->target, S("foreign_minor"));
	if (unit_of_user(m, c, measure, &u)) c->unit_basis = UNIT_USER;
	else if (measure == MEASURE_MONEY && names_two_currencies(m, c)) return;
	else if (unit_find(m->arena, c->heading, measure, false, &u)) c->unit_basis = UNIT_HEADING;
	else if (m->is_ours && unit_find(m->arena, ftype_unit(c->target->type, LANG_ZH), measure, false, &u))
		c->unit_basis = UNIT_HEADING; /* in English there */
	else if (unit_find(m->arena, c->upper, measure, false, &u)) c->unit_basis = UNIT_UPPER;
	else if (!unit_around(m, measure, &u, &c->unit_basis)) {
		c->unit_basis = UNIT_NONE;
		if (unit_of_memory(m, c, measure, &u)) c->unit_basis = UNIT_MEMORY;
		else if (unit_of_foot(m, measure, &u)) c->unit_basis = UNIT_FOOT;
	}
	c->unit = u;
}

static int year_above(struct mapping *m) {
	int year = 0;
	for (size_t i = 0; i < m->head.from; i++)
		for (int32_t c = 0; (size_t)c < m->sample->rows[i].n; c++) {
			int y = year_in(m->arena, cell_text(&m->sample->rows[i], c));
			if (y && year && y != year) return 0;
			if (y) year = y;
		}
	return year ? year : year_in(m->arena, m->sheet_name);
}

void map_units(struct mapping *m) {
	int above = year_above(m);
	int64_t answered = 0;
	(void)str_int(answer_for(m->fixes, S("year")), &answered);
	for (size_t i = 0; i < m->n; i++) {
		set_unit(m, &m->cols[i]);
		int own = year_in(m->arena, m->cols[i].heading);
		if (!own) own = year_in(m->arena, m->cols[i].upper);
		m->cols[i].year = answered > 0 ? (int)answered : own ? own : above;
	}
}
