/* intake_case.h - a made sheet and what must be recognised of it, for the tests of the intake. */
#ifndef INTAKE_CASE_H
#define INTAKE_CASE_H

#include "intake_sheet.h"

/* One letter for each kind of row. */
static inline char kind_letter(enum row_kind k) {
	static const char letters[ROW_KIND__N] = {[ROW_BLANK] = '_', [ROW_TITLE] = 't', [ROW_UNIT] = 'u', [ROW_HEADER] = 'h',
		[ROW_SECTION] = 's', [ROW_DATA] = 'd', [ROW_MORE] = 'm', [ROW_TOTAL] = 'T', [ROW_NOTE] = 'n', [ROW_SUMMARY] = 'y'};
	return letters[k];
}

struct sheet_case {
	const char *why;
	struct str rows;
	struct str kinds;      /* a letter a row that the reader gives */
	struct str fields;     /* targets of the columns, '-' = none */
	int64_t wan;           /* exact sum in 万元 */
	int64_t qualified;     /* how many, */
	int64_t qualified_wan; /* how much */
	struct str words;      /* and with which words, ',' between */
	struct str totals;     /* '=' or '!' for each stated total */
	struct str questions;  /* codes of the blocking ones, ',' between */
};

static inline struct str kinds_of(struct arena *a, const struct intake_sheet *s) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < s->rows_n; i++) buf_byte(&b, kind_letter(s->rows[i].kind));
	return buf_str(&b);
}

static inline struct str fields_of(struct arena *a, const struct intake_sheet *s) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < s->cols_n; i++) {
		if (i) buf_byte(&b, ',');
		if (s->cols[i].target) buf_add(&b, s->cols[i].target->name);
		else buf_byte(&b, '-');
	}
	return buf_str(&b);
}

static inline struct str words_of(struct arena *a, const struct intake_sheet *s) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < s->words_n; i++) {
		if (i) buf_byte(&b, ',');
		buf_add(&b, s->words[i]);
	}
	return buf_str(&b);
}

static inline struct str totals_of(struct arena *a, const struct intake_sheet *s) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < s->totals_n; i++) buf_byte(&b, s->totals[i].is_equal ? '=' : '!');
	return buf_str(&b);
}

static inline struct str blocking_of(struct arena *a, const struct intake_sheet *s) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < s->questions_n; i++) {
		if (!s->questions[i].is_blocking) continue;
		if (b.n) buf_byte(&b, ',');
		buf_add(&b, s->questions[i].code);
	}
	return buf_str(&b);
}

static inline struct intake_sheet recognise(struct arena *a, struct made_sheet *m, const struct intake_fixes *fixes) {
	struct intake_source source = {m, made_next, made_again};
	struct sheet_info info = {.name = S("表1"), .state = SHEET_VISIBLE};
	struct intake_sheet out;
	m->at = 0;
	assert_int_equal(intake_sheet(a, &source, &info, &made_env, fixes, &out), ERR_OK);
	return out;
}

static inline void must_be(const char *why, const char *what, struct str got, struct str want) {
	if (!str_eq(got, want)) fail_saying("%s: %s\n got  %.*s\n want %.*s", why, what, SHOW(got), SHOW(want));
}

static inline void must_equal(const char *why, const char *what, int64_t got, int64_t want) {
	if (got != want) fail_saying("%s: %s %lld, want %lld", why, what, (long long)got, (long long)want);
}

static inline int64_t count_of(struct str kinds, char letter) {
	int64_t n = 0;
	for (size_t i = 0; i < kinds.n; i++) n += kinds.p[i] == letter;
	return n;
}

static inline void check_sheet(const struct sheet_case *c) {
	struct arena a = {0};
	struct intake_sheet s = recognise(&a, made(&a, c->rows), NULL);
	must_be(c->why, "kinds", kinds_of(&a, &s), c->kinds);
	must_be(c->why, "fields", fields_of(&a, &s), c->fields);
	must_equal(c->why, "exact 万元", s.invest_fen, c->wan * 1000000);
	must_equal(c->why, "qualified", s.qualified_count, c->qualified);
	must_equal(c->why, "qualified 万元", s.qualified_fen, c->qualified_wan * 1000000);
	must_be(c->why, "words", words_of(&a, &s), c->words);
	must_be(c->why, "totals", totals_of(&a, &s), c->totals);
	must_be(c->why, "questions", blocking_of(&a, &s), c->questions);
	must_equal(c->why, "data rows", s.data_rows + s.nameless_rows, count_of(c->kinds, 'd'));
	must_equal(c->why, "section rows", s.section_rows, count_of(c->kinds, 's'));
	arena_release(&a);
}

#define NOTHING 0, 0, S_("")
#define NO_TOTAL S_("")
#define ASKS_NOTHING S_("")

static inline struct str value_of(const struct intake_item *item, struct str field) {
	for (size_t i = 0; i < item->values_n; i++)
		if (str_eq(item->values[i].target->name, field)) return item->values[i].value;
	return S("");
}

static inline bool has_problem(const struct intake_item *item, struct str rule) {
	for (size_t i = 0; i < item->problems_n; i++)
		if (str_eq(item->problems[i].rule, rule)) return true;
	return false;
}

/* Values of sheet row `number`. */
static inline struct intake_item item_of(struct arena *a, struct made_sheet *m, const struct intake_sheet *s, const struct intake_fixes *fixes, int64_t number) {
	struct intake_walk *w = intake_walk_new(a, s, &made_env, fixes);
	struct intake_item item = {0};
	for (size_t i = 0; i < m->n; i++) {
		intake_walk_row(w, a, &m->rows[i], &item);
		if (item.number == number) break;
	}
	assert_int_equal(item.number, number);
	return item;
}

#endif
