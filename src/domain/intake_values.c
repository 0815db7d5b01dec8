/* intake_values.c - cells of a data row become values of fields, or problems that say why not. */
#include "domain/intake_parts.h"

#include "base/buf.h"
#include "domain/check.h"
#include "domain/text.h"

/* ---- answers and sections ---- */

struct str answer_for(const struct intake_fixes *f, struct str code) {
	for (size_t i = 0; f && i < f->answers_n; i++)
		if (str_eq(f->answers[i].code, code)) return f->answers[i].value;
	return (struct str){0};
}

static struct str answer_of_stage(struct arena *a, const struct intake_fixes *f, struct str word) {
	if (!f || !f->answers_n) return (struct str){0};
	return answer_for(f, str_cat(a, S("stage:"), word));
}

/* 一、寿光市（5个） -> 寿光市; （二）在谈项目 -> 在谈项目 */
static struct str section_words(struct arena *a, struct str label) {
	struct str key = heading_key(a, label);
	static const struct str digits[] = {S_("一"), S_("二"), S_("三"), S_("四"), S_("五"), S_("六"),
		S_("七"), S_("八"), S_("九"), S_("十")};
	bool is_numbered = str_has(label, S("、")) || str_has(label, S("）")) || str_has(label, S(")"))
		|| str_has(label, S("."));
	for (bool is_changed = is_numbered; is_changed;) {
		is_changed = false;
		for (size_t i = 0; i < sizeof digits / sizeof *digits; i++) {
			if (!str_starts(key, digits[i])) continue;
			key = str_sub(key, digits[i].n, key.n);
			is_changed = true;
		}
	}
	while (key.n && key.p[key.n - 1] >= '0' && key.p[key.n - 1] <= '9') key.n--;
	return key;
}

struct section section_of(struct arena *a, struct str label, const struct intake_env *env) {
	struct section s = {.label = str_cp_head(label, LABEL_CPS), .stage = CHOICE_NONE};
	struct str words = section_words(a, label), code = {0};
	enum stage stage;
	if (!words.n) return s;
	if (intake_stage(a, words, &stage)) s.stage = (int)stage;
	else if (env_region(env, words, &code)) s.region_code = code;
	return s;
}

/* ---- collecting ---- */

struct collect {
	const struct values_in *in;
	struct arena *a;
	const struct row *row;
	struct intake_value *values;
	size_t n;
	struct intake_problem *problems;
	size_t problems_n;
	bool has_error;
	struct buf notes, dates;      /* what has no field of its own but must not be lost */
	struct str province, city, region;
	int32_t region_col;
	struct str currency;          /* of the row, as its column says */
	bool is_currency_unit;        /* the column is one of units (万元, 元), not of currencies alone */
	bool has_stage;
	struct amount *invest;
};
enum { MORE_VALUES = 12 };

static void problem(struct collect *c, const struct intake_col *col, struct str rule,
		struct str arg0, struct str arg1, bool is_warning) {
	c->problems[c->problems_n++] = (struct intake_problem){
		.row = c->row->number, .col = col ? col->col : -1,
		.field = col && col->target ? col->target->name : S(""),
		.rule = rule, .args = {str_cp_head(arg0, LABEL_CPS), str_cp_head(arg1, LABEL_CPS)},
		.is_warning = is_warning};
	c->has_error |= !is_warning;
}

static struct intake_value *value(struct collect *c, const struct intake_target *t, int32_t col,
		struct str text, struct str v) {
	struct intake_value *out = &c->values[c->n++];
	*out = (struct intake_value){.target = t, .col = col, .text = text, .value = v};
	return out;
}

static void value_named(struct collect *c, struct str name, int32_t col, struct str text, struct str v) {
	const struct intake_target *t = target_named(c->in->targets, name);
	if (t) value(c, t, col, text, v);
}

/* 用地：约300亩 */
static void keep_aside(struct buf *b, const struct intake_col *col, struct str text) {
	if (b->n) buf_c(b, "；");
	buf_add(b, str_trim(col->heading));
	buf_c(b, "：");
	buf_add(b, text);
}

static bool has_controls(struct str s) {
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F) return true;
	return false;
}

/* Line breaks become blanks, controls go. */
static struct str one_line(struct arena *a, struct str s) {
	if (!has_controls(s)) return str_trim(s);
	struct buf b = {.arena = a};
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '\n' || c == '\t') buf_byte(&b, ' ');
		else if (c >= 0x20 && c != 0x7F) buf_byte(&b, s.p[i]);
	}
	return str_trim(buf_str(&b));
}

static struct str many_lines(struct arena *a, struct str s) {
	if (!has_controls(s)) return str_trim(s);
	struct buf b = {.arena = a};
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7F)) buf_byte(&b, s.p[i]);
	}
	return str_trim(buf_str(&b));
}

/* ---- one cell each ---- */

static void take_text(struct collect *c, const struct intake_col *col, struct str text) {
	struct str v = col->target->type == F_LONG ? many_lines(c->a, text) : one_line(c->a, text);
	if (!v.n) return;
	for (size_t i = 0; i < c->n; i++) {
		if (!target_is(c->values[i].target, col->target->name)) continue; /* of a later table from another list */
		/* several columns of notes: each under its heading */
		struct buf b = {.arena = c->a};
		buf_add(&b, c->values[i].value);
		buf_c(&b, col->target->type == F_LONG ? "\n" : "；");
		buf_add(&b, str_trim(col->heading));
		buf_c(&b, "：");
		buf_add(&b, v);
		c->values[i].value = buf_str(&b);
		return;
	}
	value(c, col->target, col->col, text, v);
}

static struct str first_phone(struct str s) {
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9') continue;
		size_t n = 0;
		while (i + n < s.n && ((s.p[i + n] >= '0' && s.p[i + n] <= '9') || s.p[i + n] == '-')) n++;
		if (n >= 7) return str_sub(s, i, n);
		i += n;
	}
	return (struct str){0};
}

/* 张三 13812345678 in one cell */
static void take_contact(struct collect *c, const struct intake_col *col, struct str text) {
	struct str s = one_line(c->a, text_nfkc(c->a, text)), phone = first_phone(s);
	struct check checked = phone.n ? check_phone(c->a, phone) : (struct check){0};
	if (!checked.is_valid) {
		take_text(c, col, text);
		return;
	}
	size_t at = (size_t)(phone.p - s.p);
	struct str name = str_trim(str_sub(s, 0, at));
	while (name.n && str_has(S(",:;/(-"), str_sub(name, name.n - 1, 1))) name.n--;
	if (name.n) value(c, col->target, col->col, text, str_trim(name));
	value_named(c, S("contact_phone"), col->col, text, checked.normal);
}

static void take_checked(struct collect *c, const struct intake_col *col, struct str text,
		struct check checked) {
	if (checked.is_valid) value(c, col->target, col->col, text, checked.normal);
	else problem(c, col, checked.rule, checked.arg, S(""), true);
	if (checked.is_valid && checked.warn.n) problem(c, col, checked.warn, S(""), S(""), true);
}

static void take_date(struct collect *c, const struct intake_col *col, struct str text) {
	const struct cell *cell = cell_at(c->row, col->col);
	bool is_own = cell && cell_text(c->row, col->col).n > 0;
	if (is_own && cell->kind == CELL_DATE) {
		value(c, col->target, col->col, text, str_of_day(c->a, cell->day));
		return;
	}
	struct when_context context = {.year = col->year, .may_be_serial = true, .is_number = is_own
		&& cell->kind == CELL_NUMBER};
	struct when w = when_parse(c->a, text, context);
	if (w.state == WHEN_MISSING) return;
	bool is_day = w.state == WHEN_GOOD && w.precision != PRECISION_RANGE;
	if (!is_day || w.words.n) keep_aside(&c->dates, col, text);
	if (w.state != WHEN_GOOD) {
		problem(c, col, w.rule, w.args[0], w.args[1], w.state != WHEN_BAD);
		return;
	}
	if (w.is_year_taken) problem(c, col, S("date_year_taken"), text, str_of_int(c->a, col->year), true);
	if (!is_day) problem(c, col, S("date_range"), text, S(""), true);
	struct intake_value *v = value(c, col->target, col->col, text, is_day ? str_of_day(c->a, w.day) : S(""));
	v->precision = w.precision;
	v->last = w.last;
}

static void take_money_words(struct collect *c, const struct intake_col *col, struct str text,
		const struct amount *m) {
	value_named(c, S("invest_qual"), col->col, text, project_quals[m->qual].code);
	if (m->qual != QUAL_EXACT || !str_eq(m->currency, S("CNY")))
		value_named(c, S("invest_text"), col->col, text, one_line(c->a, text));
}

static void take_foreign(struct collect *c, const struct intake_col *col, struct str text,
		const struct amount *m) {
	value_named(c, S("currency"), col->col, text, m->currency);
	value_named(c, S("foreign_minor"), col->col, text, str_of_int(c->a, m->value));
}

static void take_invest(struct collect *c, const struct intake_col *col, struct str text,
		const struct amount *m) {
	*c->invest = *m;
	if (str_eq(m->currency, S("CNY"))) value(c, col->target, col->col, text, str_of_int(c->a, m->value));
	else take_foreign(c, col, text, m);
	take_money_words(c, col, text, m);
	if (m->warn.n) problem(c, col, m->warn, text, S(""), true);
}

/* A column of currencies says what the row's amounts are in, unless the cell itself does: 美元 keeps the
 * scale of the amount's column, 万美元 (and 元 in a column of units) brings its own. */
static struct unit unit_of_row(struct collect *c, const struct intake_col *col) {
	struct unit u = col->unit, own;
	if (!c->currency.n || !unit_find(c->a, c->currency, MEASURE_MONEY, false, &own)) return u;
	if (own.exp10 || (c->is_currency_unit && str_eq(own.text, S("元")))) return own;
	if (!u.text.n && str_eq(own.currency, S("CNY"))) return u;
	own.exp10 = u.exp10;
	own.text = u.text;
	return own;
}

static void take_amount(struct collect *c, const struct intake_col *col, struct str text,
		enum measure measure) {
	bool is_invest = target_is(col->target, S("total_invest_fen"));
	bool is_of_row = is_invest || target_is(col->target, S("foreign_minor"))
		|| (measure == MEASURE_MONEY && !col->unit.text.n);
	struct unit unit = is_of_row ? unit_of_row(c, col) : col->unit;
	struct amount m = amount_parse(c->a, text, measure, &unit);
	if (m.state == AMOUNT_MISSING) return;
	if (m.state != AMOUNT_GOOD) {
		if (is_invest) {
			*c->invest = m;
			value_named(c, S("invest_text"), col->col, text, one_line(c->a, text));
		} else keep_aside(&c->notes, col, text);
		problem(c, col, m.rule, m.arg, S(""), false);
		return;
	}
	if (m.is_rounded) problem(c, col, S("amount_rounded"), text, S(""), true);
	if (is_invest) {
		take_invest(c, col, text, &m);
		return;
	}
	bool is_foreign = measure == MEASURE_MONEY && !str_eq(m.currency, S("CNY"));
	if (target_is(col->target, S("foreign_minor")) && is_foreign && m.qual == QUAL_EXACT)
		take_foreign(c, col, text, &m);
	else if (m.qual == QUAL_EXACT && !is_foreign && col->target->type != F_MINOR)
		value(c, col->target, col->col, text, str_of_int(c->a, m.value));
	else {
		/* no field for its qualifier or currency: kept in words, never made exact */
		keep_aside(&c->notes, col, text);
		problem(c, col, S("amount_not_exact"), text, S(""), true);
	}
}

static struct seen_word stage_word(struct collect *c, struct str text) {
	struct carry *carry = c->in->carry;
	struct seen_word w = {.text = text, .stage = CHOICE_NONE, .side = CHOICE_NONE};
	enum stage stage;
	enum side side;
	for (size_t i = 0; i < carry->seen_n; i++)
		if (str_eq(carry->seen[i].text, text)) return carry->seen[i];
	if (intake_stage(c->a, text, &stage)) w.stage = (int)stage;
	else if (intake_side(c->a, text, &side)) w.side = (int)side;
	if (carry->seen_n == SEEN_WORDS || text.n > SEEN_BYTES) return w;
	w.text = str_copy(carry->arena, text);
	carry->seen[carry->seen_n++] = w;
	return w;
}

static void take_stage(struct collect *c, const struct intake_col *col, struct str text) {
	struct seen_word seen = stage_word(c, text);
	struct str word = one_line(c->a, text), answer = answer_of_stage(c->a, c->in->fixes, word);
	if (answer.n) {
		c->has_stage = true;
		value(c, col->target, col->col, text, answer);
	} else if (seen.stage != CHOICE_NONE) {
		c->has_stage = true;
		value(c, col->target, col->col, text, project_stages[seen.stage].code);
	} else if (seen.side != CHOICE_NONE) {
		if (seen.side != SIDE_ACTIVE)
			value_named(c, S("side"), col->col, text, project_sides[seen.side].code);
	} else {
		keep_aside(&c->notes, col, word);
		problem(c, col, S("stage_open"), word, S(""), true);
	}
}

/* 在谈 | 签约 | 开工 with √ under them: of several the furthest. */
static void take_tick(struct collect *c, const struct intake_col *col, struct str text) {
	size_t i = 0;
	if (!is_tick(c->a, text)) return;
	while (i < c->n && c->values[i].target != col->target) i++;
	if (i == c->n) value(c, col->target, col->col, text, project_stages[col->tick_stage].code);
	else c->values[i].value = project_stages[col->tick_stage].code; /* columns follow the way of a project */
	c->has_stage = true;
}

static void take_choice(struct collect *c, const struct intake_col *col, struct str text) {
	const struct field *f = col->target->field;
	int i = f ? choice_of_text(c->a, f->choices, f->choices_n, text) : CHOICE_NONE;
	if (i != CHOICE_NONE) value(c, col->target, col->col, text, f->choices[i].code);
	else problem(c, col, S("choice_unknown"), one_line(c->a, text), S(""), true);
}

static void take_bool(struct collect *c, const struct intake_col *col, struct str text) {
	struct str key = text_simplified(c->a, text_bare(c->a, text));
	bool yes = is_tick(c->a, text),
		no = is_one_word(S("否|无|×|x|X|n|N|no|No|0|FALSE|false|-|不是"), key);
	if (yes || no) value(c, col->target, col->col, text, yes ? S("true") : S("false"));
	else problem(c, col, S("choice_unknown"), one_line(c->a, text), S(""), true);
}

static void take_industry(struct collect *c, const struct intake_col *col, struct str text) {
	const struct intake_env *env = c->in->env;
	struct str code = {0}, line = one_line(c->a, text);
	if (env && env->industry && env->industry(env->it, line, &code)) {
		value(c, col->target, col->col, text, str_copy(c->a, code));
		return;
	}
	keep_aside(&c->notes, col, line);
	problem(c, col, S("industry_unknown"), line, S(""), true);
}

static bool take_place(struct collect *c, const struct intake_col *col, struct str text) {
	struct str line = one_line(c->a, text);
	if (target_is(col->target, S("province"))) c->province = line;
	else if (target_is(col->target, S("city"))) c->city = line;
	else if (col->target->type == F_REGION) {
		c->region = line;
		c->region_col = col->col;
		return true;
	} else return false;
	value(c, col->target, col->col, text, line);
	return true;
}

static void take_cell(struct collect *c, const struct intake_col *col, struct str text) {
	enum measure measure;
	if (take_place(c, col, text)) return;
	if (col->is_tick) take_tick(c, col, text);
	else if (target_is(col->target, S("stage"))) take_stage(c, col, text);
	else if (target_is(col->target, S("contact_name"))) take_contact(c, col, text);
	else if (target_is(col->target, S("project_code")))
		take_checked(c, col, text, check_project_code(c->a, text));
	else if (target_is(col->target, S("currency"))) return; /* seen by unit_of_row */
	else if (col->target->type == F_USCC) take_checked(c, col, text, check_uscc(c->a, text, false));
	else if (col->target->type == F_PHONE) take_checked(c, col, text, check_phone(c->a, text));
	else if (col->target->type == F_EMAIL) take_checked(c, col, text, check_email(c->a, text));
	else if (col->target->type == F_DATE) take_date(c, col, text);
	else if (col->target->type == F_ENUM) take_choice(c, col, text);
	else if (col->target->type == F_BOOL) take_bool(c, col, text);
	else if (col->target->type == F_INDUSTRY) take_industry(c, col, text);
	else if (intake_measure(col->target->type, &measure)) take_amount(c, col, text, measure);
	else take_text(c, col, text);
}

/* ---- the whole row ---- */

static bool region_of(struct collect *c, struct str text, struct str *code) {
	return text.n && env_region(c->in->env, text, code);
}

/* The place as exactly as the row says it: province, city and county together, then the county alone,
 * then what the section says, then the wider ones. */
static void settle_region(struct collect *c) {
	struct str code = {0}, wide = str_cat(c->a, c->province, c->city), all = str_cat(c->a, wide, c->region);
	const struct kept_section *sections = c->in->carry->sections;
	struct str section = sections[2].is.region_code.n ? sections[2].is.region_code
		: sections[1].is.region_code;
	bool has_env = c->in->env && c->in->env->region;
	/* a text is asked for once: without a province and a city all three are the same */
	bool has_both = c->province.n && c->city.n;
	bool is_known = c->region.n
		&& (region_of(c, all, &code) || (has_both && region_of(c, str_cat(c->a, c->city, c->region), &code))
		|| (wide.n && region_of(c, c->region, &code)));
	if (!is_known && c->region.n) {
		const struct intake_col *col = layout_col(c->in->layout, c->region_col);
		if (has_env) problem(c, col, S("region_unknown"), c->region, S(""), true);
		keep_aside(&c->notes, col, c->region);
	}
	if (!is_known && section.n) {
		code = section; /* copied below: the section's own room is written again */
		is_known = true;
	}
	if (!is_known)
		is_known = region_of(c, wide, &code) || region_of(c, c->city, &code)
			|| region_of(c, c->province, &code);
	if (!is_known && c->in->place.n) {
		code = c->in->place;
		is_known = true;
	}
	if (is_known)
		value_named(c, S("region_code"), c->region.n ? c->region_col : -1,
			c->region.n ? c->region : wide, str_copy(c->a, code));
}

static void settle_stage(struct collect *c) {
	for (int level = 2; level >= 1 && !c->has_stage; level--) {
		const struct section *section = &c->in->carry->sections[level].is;
		if (section->stage == CHOICE_NONE || !section->label.n) continue;
		value_named(c, S("stage"), -1, str_copy(c->a, section->label), project_stages[section->stage].code);
		c->has_stage = true;
	}
	if (!c->has_stage && c->in->stage != CHOICE_NONE)
		value_named(c, S("stage"), -1, S(""), project_stages[c->in->stage].code);
}

static void append_to(struct collect *c, struct str name, struct str text, struct str between) {
	if (!text.n) return;
	for (size_t i = 0; i < c->n; i++) {
		if (!target_is(c->values[i].target, name)) continue;
		c->values[i].value = str_cat(c->a, str_cat(c->a, c->values[i].value, between), text);
		return;
	}
	value_named(c, name, -1, text, text);
}

/* The text of a column in this row: its own, or what a merge carries down. An amount that several
 * rows share is counted once, in its first row. */
static struct str text_of(struct collect *c, const struct intake_col *col) {
	struct str own = cell_text(c->row, col->col);
	enum measure m;
	if (own.n || !cell_is_continued(c->row, col->col)) return own;
	const struct cell *cell = cell_at(c->row, col->col);
	bool is_below = cell->merge_row + 1 < c->row->number && cell->merge_col == col->col;
	if (!is_below || col->col >= CARRY_COLS || c->in->carry->rows[col->col] != cell->merge_row + 1)
		return own;
	struct str carried = str_copy(c->a, c->in->carry->texts[col->col]);
	if (!intake_measure(col->target->type, &m)) return carried;
	problem(c, col, S("amount_shared"), carried, S(""), true);
	return own;
}

void values_of(const struct values_in *in, struct arena *a, const struct row *r,
		struct intake_item *out, struct amount *invest) {
	size_t room = in->layout->cols_n * 4 + MORE_VALUES; /* a cell gives at most 4 values and 3 problems */
	struct collect c = {.in = in, .a = a, .row = r, .notes = {.arena = a}, .dates = {.arena = a},
		.region_col = -1, .invest = invest};
	c.values = arena_array(a, room, sizeof *c.values);
	c.problems = arena_array(a, room, sizeof *c.problems);
	*invest = (struct amount){.state = AMOUNT_MISSING, .value = NONE, .high = NONE};
	for (size_t i = 0; i < in->layout->cols_n; i++) {
		const struct intake_col *col = &in->layout->cols[i];
		if (!target_is(col->target, S("currency"))) continue;
		c.currency = text_of(&c, col);
		c.is_currency_unit = str_has(col->heading, S("单位"));
	}
	for (size_t i = 0; i < in->layout->cols_n; i++) {
		const struct intake_col *col = &in->layout->cols[i];
		if (!col->target) continue;
		struct str text = text_of(&c, col);
		if (target_is(col->target, S("name")) && is_nothing(text)) continue;
		if (text.n) take_cell(&c, col, text);
		if (text.n && target_is(col->target, S("name"))) out->name = one_line(a, text);
	}
	settle_region(&c);
	settle_stage(&c);
	append_to(&c, S("note"), buf_str(&c.notes), S("\n"));
	append_to(&c, S("dates_text"), buf_str(&c.dates), S("；"));
	if (!out->name.n) problem(&c, in->layout->name, S("name_missing"), S(""), S(""), false);
	out->values = c.values;
	out->values_n = c.n;
	out->problems = c.problems;
	out->problems_n = c.problems_n;
	out->has_error = c.has_error;
}
