/* intake_json.c - the recognition in words and JSON. */
#include "domain/intake_parts.h"

#include "base/buf.h"
#include "domain/check.h"
#include "domain/sentence.h"

/* ---- words ---- */

struct str intake_basis_name(enum intake_basis b) {
	static const struct str names[] = {S_("none"), S_("heading"), S_("like"), S_("memory"),
		S_("content"), S_("user")};
	return names[b];
}

struct str intake_kind_name(enum intake_kind k) {
	static const struct str names[] = {S_("projects"), S_("summary"), S_("transposed"), S_("empty"), S_("hidden"),
		S_("skipped")};
	return names[k];
}

struct str intake_kind_text(enum intake_kind k, enum lang lang) {
	static const struct { struct str zh, en; } texts[] = {
		[INTAKE_PROJECTS] = {S_(""), S_("")},
		[INTAKE_SUMMARY] = {S_("这张表没有项目名称，是汇总表，不作为项目导入"),
			S_("This sheet has no project names: a summary, which is not imported as projects")},
		[INTAKE_TRANSPOSED] = {S_("这张表的项目排在列上，或是单个项目的登记卡，不能直接导入。请在表格软件中复制后用“选择性粘贴—转置”改为一行一个项目"),
			S_("The projects of this sheet lie in columns, or it is the card of one project. Copy it and paste it transposed, one row a project")},
		[INTAKE_EMPTY] = {S_("这张表是空的"), S_("This sheet is empty")},
		[INTAKE_HIDDEN] = {S_("这是隐藏的工作表，默认不导入"), S_("This sheet is hidden and is not imported unless you want it")},
		[INTAKE_SKIPPED] = {S_("这张表选了不导入"), S_("You chose to leave this sheet out")},
	};
	return lang == LANG_EN ? texts[k].en : texts[k].zh;
}

static struct str unit_basis_name(enum unit_basis b) {
	static const struct str names[] = {S_("none"), S_("heading"), S_("upper"), S_("title"),
		S_("line"), S_("foot"), S_("memory"), S_("user")};
	return names[b];
}

struct str intake_letter(struct arena *a, int32_t col) {
	char text[8];
	size_t at = sizeof text;
	for (int32_t n = col + 1; n > 0 && at > 0; n = (n - 1) / 26) text[--at] = (char)('A' + (n - 1) % 26);
	return str_copy(a, (struct str){text + at, sizeof text - at});
}

static const struct sentence sentences[] = {
	{S_("region_unknown"), S_("“{0}”不在行政区划表中。请改为县市区全称，或在导入后选择属地"), S_("“{0}” is no known division. Write its full name, or choose the place after the import")},
	{S_("industry_unknown"), S_("“{0}”不是国民经济行业分类中的名称或代码，已记入备注。导入后再选行业"), S_("“{0}” is no name or code of GB/T 4754; kept in the note. Choose the industry after the import")},
	{S_("stage_open"), S_("“{0}”对应哪个阶段未定，已记入备注。请在导入台选择阶段"), S_("Which stage “{0}” means is open; kept in the note. Choose it at the import desk")},
	{S_("choice_unknown"), S_("“{0}”不在可选值之中。请改正，或在导入后选择"), S_("“{0}” is none of the choices. Correct it, or choose after the import")},
	{S_("date_range"), S_("“{0}”是一段时间，不是某一天，已原样保留"), S_("“{0}” is a period, not a day; kept as written")},
	{S_("date_year_taken"), S_("“{0}”没有年份，按 {1} 年记"), S_("“{0}” has no year; {1} was taken")},
	{S_("amount_rounded"), S_("“{0}”的小数超出分，已四舍五入"), S_("“{0}” has more decimals than can be kept; it was rounded")},
	{S_("amount_not_exact"), S_("“{0}”不是准确的数，或不是人民币，已记入备注，不计入合计"), S_("“{0}” is not exact, or not in CNY; kept in the note, counted in no sum")},
	{S_("amount_shared"), S_("金额“{0}”是合并单元格，由几个项目共有，只记在第一个项目上"), S_("The amount “{0}” is merged over several projects; it is kept with the first")},
	{S_("unit_from_foot"), S_("{0}的单位取自表尾的这一行。如不对，请在该列另选单位"), S_("The unit of {0} was taken from this line at the foot. If it is another, choose it at the column")},
	{S_("row_more"), S_("这一行与上一行同属一个项目（名称合并），其内容没有导入。需要时请补到项目中"), S_("This row goes on with the project above (merged name); what stands in it was not taken. Add it to the project where needed")},
	{S_("name_missing"), S_("没有项目名称，不导入。请补上项目名称"), S_("No project name: not imported. Add the name")},
};

static const struct sentence questions[] = {
	{S_("unit"), S_("“{0}”列的数字没有单位，表头、标题和单位行也没有。单位是什么？"), S_("The numbers of column “{0}” have no unit, nor has the heading, title or unit line. Which unit?")},
	{S_("field"), S_("“{0}”列是什么？"), S_("What is the column “{0}”?")},
	{S_("double"), S_("“{0}”列与另一列是同一字段。留哪一列？"), S_("Column “{0}” and another one are the same field. Which one stays?")},
	{S_("name"), S_("没有找到项目名称列。哪一列是项目名称？"), S_("No column of project names was found. Which one is it?")},
	{S_("stage"), S_("“{0}”是哪个阶段？"), S_("Which stage is “{0}”?")},
	{S_("year"), S_("“{0}”没有年份。是哪一年？"), S_("“{0}” has no year. Which year?")},
	{S_("hidden"), S_("这是隐藏的工作表。要导入吗？"), S_("This sheet is hidden. Import it?")},
};

struct str intake_sentence(struct arena *a, struct str rule, const struct str args[2], enum lang lang) {
	struct str s = sentence_find(a, sentences, sizeof sentences / sizeof *sentences, rule, args, lang);
	if (!s.n) s = amount_sentence(a, rule, args[0], lang);
	if (!s.n) s = when_sentence(a, rule, args, lang);
	if (!s.n) s = check_sentence(a, rule, args[0], lang);
	return s;
}

struct str intake_question_text(struct arena *a, const struct intake_question *q, enum lang lang) {
	const struct str args[2] = {q->arg, S("")};
	return sentence_find(a, questions, sizeof questions / sizeof *questions, q->code, args, lang);
}

/* ---- pieces of both answers ---- */

/* Ended by two json_end. */
static void open_sheets(const struct intake *in, struct json *j) {
	json_obj(j);
	json_put_str(j, "file", in->file);
	json_put_str_or_null(j, "encoding", in->encoding);
	json_key(j, S("sheets"));
	json_arr(j);
}

static void write_header_rows(const struct intake_sheet *s, struct json *j) {
	json_key(j, S("header_rows"));
	json_arr(j);
	for (size_t i = 0; i < s->header_rows_n; i++) json_int(j, s->header_rows[i]);
	json_end(j);
	json_put_int_if(j, "first_data_row", s->first_data_row != 0, s->first_data_row);
}

static void write_counts(const struct intake_sheet *s, struct json *j) {
	json_put_int(j, "data_rows", s->data_rows);
	json_put_int(j, "section_rows", s->section_rows);
	json_put_int(j, "skipped_rows", s->skipped_rows);
	json_put_int(j, "invest_fen", s->invest_fen);
	json_key(j, S("qualified"));
	json_obj(j);
	json_put_int(j, "count", s->qualified_count);
	json_put_int(j, "invest_fen", s->qualified_fen);
	json_key(j, S("words"));
	json_arr(j);
	for (size_t i = 0; i < s->words_n; i++) json_str(j, s->words[i]);
	json_end(j);
	json_end(j);
}

static void write_words(struct str list, struct json *j) {
	struct str rest = list, one;
	json_arr(j);
	while (str_split(&rest, '|', &one)) json_str(j, one);
	json_end(j);
}

/* ---- the short answer ---- */

/* A heading that stands twice gets its upper heading, then its column: members of an object are
 * unique. */
static struct str member_name(struct arena *a, const struct intake_sheet *s, size_t i) {
	const struct intake_col *c = &s->cols[i];
	bool is_double = false;
	for (size_t k = 0; k < s->cols_n; k++) is_double |= k != i && str_eq(s->cols[k].heading, c->heading);
	if (!c->heading.n) return intake_letter(a, c->col);
	if (!is_double) return c->heading;
	struct str name = c->upper.n ? str_cat(a, str_cat(a, c->upper, S("/")), c->heading) : c->heading;
	return str_cat(a, str_cat(a, str_cat(a, name, S(" (")), intake_letter(a, c->col)), S(")"));
}

static void write_columns_short(struct arena *a, const struct intake_sheet *s, struct json *j) {
	json_key(j, S("columns"));
	json_obj(j);
	for (size_t i = 0; i < s->cols_n; i++) {
		const struct intake_col *c = &s->cols[i];
		if (!c->heading.n && !c->target) continue;
		json_key(j, member_name(a, s, i));
		json_str_or_null(j, c->target ? c->target->name : S(""));
	}
	json_end(j);
}

static bool has_blocking(const struct intake_sheet *s) {
	for (size_t i = 0; i < s->questions_n; i++)
		if (s->questions[i].is_blocking) return true;
	return false;
}

static void write_blocking(struct arena *a, const struct intake_sheet *s, struct json *j) {
	json_key(j, S("questions"));
	json_arr(j);
	for (size_t i = 0; i < s->questions_n; i++) {
		const struct intake_question *q = &s->questions[i];
		if (!q->is_blocking) continue;
		json_obj(j);
		json_put_str(j, "code", q->code);
		json_put_str_or_null(j, "heading", q->arg);
		json_put_int(j, "rows", q->count);
		json_put_str(j, "message", intake_question_text(a, q, LANG_ZH));
		json_key(j, S("choices"));
		write_words(q->choices, j);
		json_end(j);
	}
	json_end(j);
}

void intake_json_short(struct arena *a, const struct intake *in, struct json *j) {
	open_sheets(in, j);
	for (size_t i = 0; i < in->sheets_n; i++) {
		const struct intake_sheet *s = &in->sheets[i];
		json_obj(j);
		json_put_str_or_null(j, "sheet", s->name);
		if (s->kind != INTAKE_PROJECTS) {
			json_put_str(j, "kind", intake_kind_name(s->kind));
			json_put_str(j, "message", intake_kind_text(s->kind, LANG_ZH));
		}
		write_header_rows(s, j);
		write_columns_short(a, s, j);
		write_counts(s, j);
		if (has_blocking(s)) write_blocking(a, s, j);
		json_end(j);
	}
	json_end(j);
	json_end(j);
}

/* ---- the full answer ---- */

static void write_column(struct arena *a, const struct intake_col *c, struct json *j) {
	enum measure m;
	json_obj(j);
	json_put_int(j, "col", c->col);
	json_put_str(j, "letter", intake_letter(a, c->col));
	json_put_str_or_null(j, "heading", c->heading);
	json_put_str_or_null(j, "upper", c->upper);
	json_put_str_or_null(j, "field", c->target ? c->target->name : S(""));
	json_put_str_or_null(j, "unit", c->unit.text);
	json_put_str(j, "unit_basis", unit_basis_name(c->unit_basis));
	json_put_str(j, "basis", intake_basis_name(c->basis));
	json_put_bool(j, "is_open", c->is_open);
	json_key(j, S("choices"));
	json_arr(j);
	struct str one;
	if (c->target && intake_measure(c->target->type, &m))
		for (size_t i = 0; (one = unit_choices(m, i)).n; i++) json_str(j, one);
	json_end(j);
	json_end(j);
}

static void write_problems(struct arena *a, const struct intake_kept *k, enum lang lang, struct json *j) {
	json_key(j, S("problems"));
	json_arr(j);
	for (size_t i = 0; i < k->problems_n; i++) {
		const struct intake_problem *p = &k->problems[i];
		json_obj(j);
		json_put_int(j, "col", p->col);
		json_put_str_or_null(j, "field", p->field);
		json_put_str(j, "code", p->rule);
		json_put_bool(j, "is_warning", p->is_warning);
		json_put_str(j, "message", intake_sentence(a, p->rule, p->args, lang));
		json_end(j);
	}
	json_end(j);
}

static void write_rows(struct arena *a, const struct intake_sheet *s, enum lang lang, struct json *j) {
	json_key(j, S("rows"));
	json_arr(j);
	for (size_t i = 0; i < s->rows_n; i++) {
		const struct intake_kept *k = &s->rows[i];
		json_obj(j);
		json_put_int(j, "row", k->number);
		json_put_str(j, "kind", row_kind_name(k->kind));
		json_key(j, S("cells"));
		json_arr(j);
		for (size_t c = 0; c < k->cells_n; c++) json_str_or_null(j, k->cells[c]);
		json_end(j);
		write_problems(a, k, lang, j);
		json_end(j);
	}
	json_end(j);
}

static void write_totals(const struct intake_sheet *s, struct json *j) {
	json_key(j, S("totals"));
	json_arr(j);
	for (size_t i = 0; i < s->totals_n; i++) {
		const struct intake_total *t = &s->totals[i];
		json_obj(j);
		json_put_int(j, "row", t->row);
		json_put_str(j, "label", t->label);
		json_put_int(j, "stated_fen", t->stated_fen);
		json_put_int(j, "rows_fen", t->rows_fen);
		json_put_int(j, "difference_fen", t->stated_fen - t->rows_fen);
		json_put_bool(j, "is_equal", t->is_equal);
		json_end(j);
	}
	json_end(j);
}

/* A choice's label: the stage in words, else the value itself. */
static struct str choice_label(struct str value, enum lang lang) {
	for (int i = 0; i < STAGE__N; i++)
		if (str_eq(project_stages[i].code, value))
			return lang == LANG_EN ? project_stages[i].en : project_stages[i].zh;
	return value;
}

static void write_questions(struct arena *a, const struct intake_sheet *s, enum lang lang, struct json *j) {
	json_key(j, S("questions"));
	json_arr(j);
	for (size_t i = 0; i < s->questions_n; i++) {
		const struct intake_question *q = &s->questions[i];
		json_obj(j);
		json_put_str(j, "code", q->code);
		json_put_int(j, "col", q->col);
		json_put_str_or_null(j, "arg", q->arg);
		json_put_int(j, "rows", q->count);
		json_put_bool(j, "is_blocking", q->is_blocking);
		json_put_str(j, "message", intake_question_text(a, q, lang));
		json_key(j, S("choices"));
		json_arr(j);
		struct str rest = q->choices, one;
		while (str_split(&rest, '|', &one)) {
			json_obj(j);
			json_put_str(j, "value", one);
			json_put_str(j, "label", choice_label(one, lang));
			json_end(j);
		}
		json_end(j);
		json_end(j);
	}
	json_end(j);
}

static void write_foreign(const struct intake_sheet *s, struct json *j) {
	json_key(j, S("foreign"));
	json_arr(j);
	for (size_t i = 0; i < s->foreign_n; i++) {
		json_obj(j);
		json_put_str(j, "currency", s->foreign[i].currency);
		json_put_int(j, "count", s->foreign[i].count);
		json_put_int(j, "minor", s->foreign[i].minor);
		json_end(j);
	}
	json_end(j);
}

void intake_json_plan(struct arena *a, const struct intake *in, enum lang lang, struct json *j) {
	open_sheets(in, j);
	for (size_t i = 0; i < in->sheets_n; i++) {
		const struct intake_sheet *s = &in->sheets[i];
		json_obj(j);
		json_put_str_or_null(j, "sheet", s->name);
		json_put_str(j, "kind", intake_kind_name(s->kind));
		write_header_rows(s, j);
		json_key(j, S("columns"));
		json_arr(j);
		for (size_t c = 0; c < s->cols_n; c++) write_column(a, &s->cols[c], j);
		json_end(j);
		write_rows(a, s, lang, j);
		write_counts(s, j);
		json_put_int(j, "nameless_rows", s->nameless_rows);
		json_put_int(j, "problem_rows", s->problem_rows);
		write_foreign(s, j);
		write_totals(s, j);
		write_questions(a, s, lang, j);
		json_end(j);
	}
	json_end(j);
	json_end(j);
}
