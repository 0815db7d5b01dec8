#include "domain/intake_parts.h"

#include "base/buf.h"
#include "domain/text.h"

#include <stdlib.h>
#include <string.h>

/* ---- the walk: one row after the other, in both passes ---- */

struct intake_walk {
	const struct intake_sheet *sheet;
	const struct intake_fixes *fixes;
	struct layout layout;      /* of the table that we are in */
	struct tables tables;
	struct carry carry;
	struct values_in in;
};

struct intake_walk *intake_walk_new(struct arena *a, const struct intake_sheet *sheet,
		const struct intake_env *env, const struct intake_fixes *fixes) {
	struct intake_walk *w = arena_alloc(a, sizeof *w);
	w->sheet = sheet;
	w->fixes = fixes;
	w->layout = layout_of(sheet);
	w->carry.arena = a;
	w->in = (struct values_in){.layout = &w->layout, .env = env, .fixes = fixes,
		.targets = intake_targets(a), .carry = &w->carry, .place = sheet->place_code,
		.stage = sheet->whole_stage};
	tables_init(&w->tables, a, sheet, w->in.targets);
	return w;
}

/* Remember the text of every merge that begins in this row: its other cells come empty. */
static void carry_row(struct carry *c, const struct row *r) {
	for (int32_t col = 0; (size_t)col < r->n && col < CARRY_COLS; col++) {
		const struct cell *cell = &r->cells[col];
		if (cell->merge_row + 1 != r->number || cell->merge_col != col || cell->merge_row < 0) continue;
		struct str text = str_cut(cell_text(r, col), CARRY_BYTES);
		if (!c->room[col]) c->room[col] = arena_alloc(c->arena, CARRY_BYTES);
		if (text.n) memcpy(c->room[col], text.p, text.n);
		c->texts[col] = (struct str){c->room[col], text.n};
		c->rows[col] = r->number;
	}
}

static struct str kept_text(char *room, size_t n, struct str s) {
	s = str_cut(s, n);
	if (s.n) memcpy(room, s.p, s.n);
	return (struct str){room, s.n};
}

static void enter_section(struct intake_walk *w, struct arena *a, const struct row_reading *reading) {
	struct kept_section *kept = &w->carry.sections[reading->level];
	if (reading->level == 1) w->carry.sections[2].is = (struct section){.stage = CHOICE_NONE};
	if (kept->is.label.n && str_eq(kept->is.label, str_cp_head(reading->label, LABEL_CPS))) return;
	struct section s = section_of(a, reading->label, w->in.env);
	s.label = kept_text(kept->label, sizeof kept->label, s.label);
	s.region_code = kept_text(kept->region_code, sizeof kept->region_code, s.region_code);
	kept->is = s;
}

static bool fixed_kind(const struct intake_fixes *f, int64_t row, enum row_kind *kind) {
	for (size_t i = 0; f && i < f->rows_n; i++) {
		if (f->rows[i].row != row) continue;
		*kind = f->rows[i].kind;
		return true;
	}
	return false;
}

static bool is_header_row(const struct intake_sheet *s, int64_t number) {
	for (size_t i = 0; i < s->header_rows_n; i++)
		if (s->header_rows[i] == number) return true;
	return false;
}

static bool is_blank_row(const struct row *r) {
	for (int32_t c = 0; (size_t)c < r->n; c++)
		if (cell_text(r, c).n) return false;
	return true;
}

static struct row_reading read_kind(struct intake_walk *w, struct arena *a, const struct row *r) {
	struct row_reading out = {.kind = ROW_TITLE};
	const struct intake_sheet *s = w->sheet;
	if (is_header_row(s, r->number)) out.kind = ROW_HEADER;
	else if (s->header_rows_n && r->number < s->header_rows[0])
		out.kind = is_blank_row(r) ? ROW_BLANK : is_unit_line(a, r) ? ROW_UNIT : ROW_TITLE;
	else if (tables_switch(&w->tables, a, r, &w->layout)) out.kind = ROW_HEADER;
	else out = row_read(a, &w->layout, r, w->in.env);
	tables_passed(&w->tables, a, r, out.kind == ROW_HEADER && !is_header_row(s, r->number));
	enum row_kind fixed;
	if (fixed_kind(w->fixes, r->number, &fixed)) {
		out.kind = fixed;
		if (fixed == ROW_SECTION && !out.level) out.level = 1;
	}
	return out;
}

static struct str current_section(const struct carry *c) {
	return c->sections[2].is.label.n ? c->sections[2].is.label : c->sections[1].is.label;
}

/* What stands in a row that goes on with the project above is shown, not taken. */
static void say_more(struct arena *a, struct intake_item *out) {
	struct intake_problem *p = arena_alloc(a, sizeof *p);
	*p = (struct intake_problem){.row = out->number, .col = -1, .rule = S("row_more"), .is_warning = true};
	out->problems = p;
	out->problems_n = 1;
}

static void walk_row(struct intake_walk *w, struct arena *a, const struct row *r,
		struct intake_item *out, struct row_reading *reading, struct amount *invest) {
	*out = (struct intake_item){.number = r->number};
	*invest = (struct amount){.state = AMOUNT_MISSING, .value = NONE, .high = NONE};
	*reading = read_kind(w, a, r);
	out->kind = reading->kind;
	carry_row(&w->carry, r);
	if (reading->kind == ROW_SECTION) enter_section(w, a, reading);
	out->section = str_copy(a, current_section(&w->carry));
	if (reading->kind == ROW_DATA) values_of(&w->in, a, r, out, invest);
	if (reading->kind == ROW_MORE && !is_blank_row(r)) say_more(a, out);
}

void intake_walk_row(struct intake_walk *w, struct arena *row_arena, const struct row *row,
		struct intake_item *out) {
	struct row_reading reading;
	struct amount invest;
	walk_row(w, row_arena, row, out, &reading, &invest);
}

/* ---- questions and counts, gathered row by row ---- */

struct word_count { struct str word; int64_t count; int32_t col; };

enum { KEPT_FIRST = 200, KEPT_MAX = 1000, KEPT_CELL_BYTES = 2000, KEPT_BYTES = 16 << 20,
	WORDS_MAX = 200, CURRENCIES_MAX = 20, LONE_MAX = 16 };
struct tally {
	struct arena *arena;
	struct intake_sheet *out;
	struct totals *totals;
	struct str *words;         /* qualifiers */
	struct intake_sum *foreign;
	struct word_count *stages;
	size_t stages_n;
	int64_t lone[LONE_MAX];    /* rows of is_shape_only since the last project */
	size_t lone_n;
	int64_t *unitless, *yearless; /* by column */
	struct foot *seen;         /* unit lines below; filled past the sample */
	const struct foot *known;  /* those of the first reading; NULL = it is this */
	bool is_past_sample;
	struct str *year_examples;
	struct intake_kept *kept;
	size_t kept_n, kept_bytes;
};

static struct str short_copy(struct arena *a, struct str s) {
	return str_copy(a, str_cp_head(s, LABEL_CPS));
}

static void add_word(struct tally *t, struct str word) {
	word = str_cp_head(word, LABEL_CPS);
	for (size_t i = 0; i < t->out->words_n; i++)
		if (str_eq(t->words[i], word)) return;
	if (t->out->words_n < WORDS_MAX) t->words[t->out->words_n++] = short_copy(t->arena, word);
}

static void add_foreign(struct tally *t, const struct amount *m) {
	size_t i = 0;
	while (i < t->out->foreign_n && !str_eq(t->foreign[i].currency, m->currency)) i++;
	if (i == CURRENCIES_MAX) return;
	if (i == t->out->foreign_n) t->foreign[t->out->foreign_n++].currency = str_copy(t->arena, m->currency);
	t->foreign[i].count++;
	t->foreign[i].minor += m->value;
}

static void add_invest(struct tally *t, const struct amount *m) {
	if (m->state != AMOUNT_GOOD) return;
	if (!str_eq(m->currency, S("CNY"))) {
		add_foreign(t, m);
		return;
	}
	bool is_exact = m->qual == QUAL_EXACT;
	totals_amount(t->totals, m->value, is_exact);
	if (is_exact) {
		t->out->invest_fen += m->value;
		return;
	}
	t->out->qualified_count++;
	t->out->qualified_fen += m->value;
	add_word(t, m->word);
}

static void add_stage_word(struct tally *t, const struct intake_problem *p) {
	size_t i = 0;
	while (i < t->stages_n && !str_eq(t->stages[i].word, p->args[0])) i++;
	if (i == WORDS_MAX) return;
	if (i == t->stages_n)
		t->stages[t->stages_n++] = (struct word_count){str_copy(t->arena, p->args[0]), 0, p->col};
	t->stages[i].count++;
}

static void add_problem(struct tally *t, const struct intake_problem *p) {
	bool has_col = p->col >= 0 && (size_t)p->col < t->out->cols_n;
	if (str_eq(p->rule, S("stage_open"))) add_stage_word(t, p);
	if (has_col && str_eq(p->rule, S("amount_needs_unit"))) t->unitless[p->col]++;
	if (has_col && str_eq(p->rule, S("when_needs_year"))) {
		if (!t->yearless[p->col]++) t->year_examples[p->col] = str_copy(t->arena, p->args[0]);
	}
}

static void keep_row(struct tally *t, const struct row *r, const struct intake_item *item, bool is_told) {
	bool is_full = t->kept_n >= KEPT_MAX || t->kept_bytes > KEPT_BYTES || (t->kept_n >= KEPT_FIRST && !item->problems_n);
	if (is_full && !is_told) return;
	struct intake_kept *k = &t->kept[t->kept_n++];
	struct str *cells = arena_array(t->arena, r->n + 1, sizeof *cells);
	struct intake_problem *problems = arena_array(t->arena, item->problems_n + 1, sizeof *problems);
	for (size_t i = 0; i < r->n; i++) {
		if (!r->cells[i].text.n) continue;
		cells[i] = str_copy(t->arena, str_cut(r->cells[i].text, KEPT_CELL_BYTES));
		t->kept_bytes += cells[i].n;
	}
	for (size_t i = 0; i < item->problems_n; i++) {
		problems[i] = item->problems[i];
		problems[i].args[0] = str_copy(t->arena, problems[i].args[0]);
		problems[i].args[1] = str_copy(t->arena, problems[i].args[1]);
	}
	*k = (struct intake_kept){item->number, item->kind, cells, r->n, problems, item->problems_n};
}

static void add_row(struct tally *t, struct intake_walk *w, struct arena *scratch, const struct row *r) {
	struct intake_item item;
	struct row_reading reading;
	struct amount invest;
	walk_row(w, scratch, r, &item, &reading, &invest);
	bool is_told = foot_tell(t->known, scratch, t->out, &item);
	if (t->is_past_sample) foot_row(t->seen, scratch, r, item.kind);
	bool is_below = !t->out->header_rows_n || r->number > t->out->header_rows[t->out->header_rows_n - 1];
	switch (item.kind) {
	case ROW_DATA:
		if (!item.name.n) {
			t->out->nameless_rows++;
			break;
		}
		t->out->data_rows++;
		t->lone_n = 0;
		totals_project(t->totals);
		if (!t->out->first_data_row) t->out->first_data_row = r->number;
		add_invest(t, &invest);
		break;
	case ROW_SECTION:
		t->out->section_rows++;
		if (reading.is_shape_only && t->lone_n < LONE_MAX) t->lone[t->lone_n++] = r->number;
		totals_section(t->totals, scratch, r, &reading);
		break;
	case ROW_TOTAL:
		totals_total(t->totals, scratch, r, &reading);
		t->out->skipped_rows += is_below;
		break;
	case ROW_NOTE:
		t->out->skipped_rows += is_below;
		break;
	case ROW_BLANK: case ROW_TITLE: case ROW_UNIT: case ROW_HEADER: case ROW_MORE: case ROW_SUMMARY: case ROW_KIND__N:
		break;
	}
	t->out->problem_rows += item.has_error;
	for (size_t i = 0; i < item.problems_n; i++) add_problem(t, &item.problems[i]);
	keep_row(t, r, &item, is_told);
}

/* ---- questions ---- */

static struct str all_choices(struct arena *a, enum measure m) {
	struct buf b = {.arena = a};
	struct str one;
	for (size_t i = 0; (one = unit_choices(m, i)).n; i++) {
		if (i) buf_byte(&b, '|');
		buf_add(&b, one);
	}
	return buf_str(&b);
}

static struct str stage_choices(struct arena *a) {
	struct buf b = {.arena = a};
	for (int i = 0; i < STAGE__N; i++) {
		if (i) buf_byte(&b, '|');
		buf_add(&b, project_stages[i].code);
	}
	return buf_str(&b);
}

struct questions {
	struct arena *arena;
	struct intake_question *items;
	size_t n, room;
};

static void ask(struct questions *q, struct intake_question question) {
	if (q->n < q->room) q->items[q->n++] = question;
}

static void ask_of_column(struct questions *q, struct tally *t, struct intake_col *c) {
	enum measure m;
	int64_t rows = t->unitless ? t->unitless[c->col] : 0;
	if (rows && c->target && intake_measure(c->target->type, &m)) {
		c->is_open = true;
		ask(q, (struct intake_question){S("unit"), c->col, c->heading, rows, all_choices(q->arena, m), true});
	}
	if (t->yearless && t->yearless[c->col])
		ask(q, (struct intake_question){S("year"), c->col, t->year_examples[c->col],
			t->yearless[c->col], S(""), false});
	if (c->is_open && !rows) {
		bool is_double = !c->target && c->basis != BASIS_NONE;
		ask(q, (struct intake_question){is_double ? S("double") : S("field"), c->col, c->heading, 0,
			c->target ? c->target->name : S(""), false});
	} else if (!c->target && c->basis == BASIS_NONE && c->heading.n) {
		c->is_open = true;
		ask(q, (struct intake_question){S("field"), c->col, c->heading, 0, S(""), false});
	}
}

/* A table of money and places without project names: a summary, unless firms stand in it. */
static bool may_hold_projects(const struct intake_sheet *s) {
	bool has_investor = false, has_more = false;
	for (size_t i = 0; i < s->cols_n; i++) {
		const struct intake_target *t = s->cols[i].target;
		has_investor |= target_is(t, S("investor_text"));
		has_more |= target_is(t, S("total_invest_fen")) || target_is(t, S("content"))
			|| target_is(t, S("stage"));
	}
	return has_investor && has_more;
}

static void ask_all(struct arena *a, struct tally *t, struct intake_col *cols) {
	struct intake_sheet *s = t->out;
	struct questions q = {.arena = a, .room = s->cols_n * 3 + WORDS_MAX + 4};
	q.items = arena_array(a, q.room, sizeof *q.items);
	if (s->kind == INTAKE_SUMMARY && may_hold_projects(s))
		ask(&q, (struct intake_question){S("name"), -1, S(""), 0, S(""), true});
	for (size_t i = 0; s->kind == INTAKE_PROJECTS && i < s->cols_n; i++) ask_of_column(&q, t, &cols[i]);
	for (size_t i = 0; i < t->stages_n; i++)
		ask(&q, (struct intake_question){S("stage"), t->stages[i].col, t->stages[i].word,
			t->stages[i].count, stage_choices(a), false});
	s->questions = q.items;
	s->questions_n = q.n;
}

/* ---- first pass ---- */

/* The sample only decides and counts, so long cells are cut; past its budget every cell is. */
enum { SAMPLE_CUT_BYTES = 64, SAMPLE_BYTES = 32 << 20 };

static size_t row_bytes(const struct row *r) {
	size_t n = 0;
	for (size_t i = 0; i < r->n; i++) n += r->cells[i].text.n;
	return n;
}

static enum err read_sample(struct arena *a, const struct intake_source *source, struct sample *s) {
	const struct row *r = NULL;
	size_t bytes = 0;
	enum err e;
	while (s->n < HEAD_ROWS) {
		if ((e = source->next(source->it, &r))) return e;
		if (!r) return ERR_OK;
		s->rows[s->n] = row_copy(a, r, bytes > SAMPLE_BYTES ? SAMPLE_CUT_BYTES : ROW_CELL_BYTES);
		bytes += row_bytes(&s->rows[s->n]);
		/* trailing empty cells (borders, formats) are no columns */
		for (int32_t c = (int32_t)r->n; c-- > s->cols;)
			if (cell_text(r, c).n) s->cols = c + 1;
		s->n++;
	}
	return ERR_OK;
}

static int compare_str(const void *x, const void *y) {
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

static void tally_init(struct tally *t, struct arena *a, struct intake_sheet *out,
		const struct layout *layout) {
	*t = (struct tally){.arena = a, .out = out};
	t->totals = totals_new(a, layout);
	t->words = arena_array(a, WORDS_MAX, sizeof *t->words);
	t->foreign = arena_array(a, CURRENCIES_MAX, sizeof *t->foreign);
	t->stages = arena_array(a, WORDS_MAX, sizeof *t->stages);
	t->unitless = arena_array(a, out->cols_n + 1, sizeof *t->unitless);
	t->yearless = arena_array(a, out->cols_n + 1, sizeof *t->yearless);
	t->year_examples = arena_array(a, out->cols_n + 1, sizeof *t->year_examples);
	t->kept = arena_array(a, KEPT_MAX + FOOT_LINES, sizeof *t->kept);
}

/* All rows through the walk: those of the sample first, then the rest of the sheet; a summary needs
 * only the sample, for the screen. */
static enum err tally_rows(struct tally *t, struct intake_walk *w, const struct sample *s,
		const struct intake_source *source) {
	struct arena scratch = {0};
	const struct row *r = NULL;
	enum err e = ERR_OK;
	for (size_t i = 0; i < s->n; i++) {
		add_row(t, w, &scratch, &s->rows[i]);
		arena_reset(&scratch);
	}
	t->is_past_sample = true;
	while (s->n == HEAD_ROWS && t->out->kind == INTAKE_PROJECTS && !(e = source->next(source->it, &r)) && r) {
		add_row(t, w, &scratch, r);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return e;
}

/* What looked like a section by its shape alone, with no project under it: who signed, and when. */
static void finish_lone(struct tally *t) {
	t->out->section_rows -= (int64_t)t->lone_n;
	t->out->skipped_rows += (int64_t)t->lone_n;
	for (size_t i = 0; i < t->kept_n; i++)
		for (size_t k = 0; k < t->lone_n; k++)
			if (t->kept[i].number == t->lone[k]) t->kept[i].kind = ROW_NOTE;
}

static void finish(struct tally *t) {
	struct intake_sheet *s = t->out;
	finish_lone(t);
	totals_finish(t->totals, s);
	qsort(t->words, s->words_n, sizeof *t->words, compare_str);
	s->words = t->words;
	s->foreign = t->foreign;
	s->rows = t->kept;
	s->rows_n = t->kept_n;
}

/* A person who has said what the columns are knows better than we do. */
static bool has_user_columns(const struct intake_fixes *f) {
	for (size_t i = 0; f && i < f->cols_n; i++)
		if (f->cols[i].has_field && f->cols[i].field.n) return true;
	return false;
}

static bool has_stage_column(const struct mapping *m) {
	for (size_t i = 0; i < m->n; i++)
		if (target_is(m->cols[i].target, S("stage"))) return true;
	return false;
}

static struct intake_col *recognise(struct arena *a, const struct sample *s,
		const struct intake_env *env, const struct intake_fixes *fixes, const struct foot *foot, struct intake_sheet *out) {
	struct mapping m = {.arena = a, .targets = intake_targets(a), .sample = s, .env = env,
		.fixes = fixes, .foot = foot, .sheet_name = out->name};
	m.head = head_find(a, s, m.targets);
	m.cols = head_columns(a, s, m.head, &m.n);
	map_columns(&m);
	map_units(&m);
	for (size_t i = m.head.from; i < m.head.to; i++)
		out->header_rows[out->header_rows_n++] = s->rows[i].number;
	out->cols = m.cols;
	out->cols_n = m.n;
	out->place_code = whole_place(a, s, m.head, env, out->name);
	if (!has_stage_column(&m)) out->whole_stage = whole_stage(a, s, m.head, out->name);
	if (!has_user_columns(fixes) && whole_is_sideways(a, s, m.head, m.targets)) out->kind = INTAKE_TRANSPOSED;
	return m.cols;
}

/* The first pass; known = the unit lines that a reading before it has seen at the foot. */
struct pass {
	struct arena *arena;
	const struct intake_source *source;
	const struct intake_env *env;
	const struct intake_fixes *fixes;
	const struct foot *known;
	struct foot seen;
	bool is_unitless;          /* numbers of a column have no unit */
};

static enum err read_once(struct pass *p, struct intake_sheet *out) {
	struct arena *a = p->arena;
	struct sample *s = arena_alloc(a, sizeof *s);
	enum err e = read_sample(a, p->source, s);
	if (e) return e;
	struct intake_col *cols = recognise(a, s, p->env, p->fixes, p->known, out);
	struct intake_walk *w = intake_walk_new(a, out, p->env, p->fixes);
	if (out->kind == INTAKE_TRANSPOSED) w->layout.name = NULL;
	else if (!w->layout.name) out->kind = s->cols ? INTAKE_SUMMARY : INTAKE_EMPTY;
	struct tally t;
	tally_init(&t, a, out, &w->layout);
	t.known = p->known;
	t.seen = &p->seen;
	if ((e = tally_rows(&t, w, s, p->source))) return e;
	finish(&t);
	ask_all(a, &t, cols);
	for (size_t i = 0; i < out->cols_n; i++) p->is_unitless |= t.unitless[i] > 0;
	return ERR_OK;
}

enum err intake_sheet(struct arena *a, const struct intake_source *source,
		const struct sheet_info *info, const struct intake_env *env,
		const struct intake_fixes *fixes, struct intake_sheet *out) {
	static const struct intake_question hidden = {S_("hidden"), -1, S_(""), 0, S_("import|skip"), false};
	const struct intake_sheet none = {.name = info->name, .kind = INTAKE_PROJECTS, .whole_stage = CHOICE_NONE};
	struct intake_sheet result = none;
	bool is_hidden = info->state != SHEET_VISIBLE && !(fixes && fixes->is_hidden_wanted);
	if (is_hidden || (fixes && fixes->is_skipped)) {
		result.kind = is_hidden ? INTAKE_HIDDEN : INTAKE_SKIPPED;
		result.questions = &hidden;
		result.questions_n = is_hidden;
		*out = result;
		return ERR_OK;
	}
	struct pass first = {.arena = a, .source = source, .env = env, .fixes = fixes, .seen = {.arena = a}};
	enum err e = read_once(&first, &result);
	if (!e && first.is_unitless && foot_is_usable(&first.seen) && source->again) {
		struct pass second = {.arena = a, .source = source, .env = env, .fixes = fixes, .known = &first.seen, .seen = {.arena = a}};
		result = none;
		e = source->again(source->it);
		if (!e) e = read_once(&second, &result);
	}
	if (!e) *out = result;
	return e;
}
