/* intake_rows.c - tells data from titles, sections, totals, notes and repeated headers, row by row.
 *
 * Only what stands in the row itself and the layout decide, so that the second pass over a sheet gives
 * the same kinds as the first. */
#include "domain/intake_parts.h"

#include "domain/text.h"

static const struct { struct str name; } kinds[ROW_KIND__N] = {
	[ROW_BLANK] = {S_("blank")}, [ROW_TITLE] = {S_("title")}, [ROW_UNIT] = {S_("unit")}, [ROW_HEADER] = {S_("header")},
	[ROW_SECTION] = {S_("section")}, [ROW_DATA] = {S_("data")}, [ROW_MORE] = {S_("more")}, [ROW_TOTAL] = {S_("total")},
	[ROW_NOTE] = {S_("note")}, [ROW_SUMMARY] = {S_("summary")},
};

struct str row_kind_name(enum row_kind k) {
	return kinds[k].name;
}

bool row_kind_of(struct str name, enum row_kind *out) {
	for (int i = 0; i < ROW_KIND__N; i++) {
		if (!str_eq(kinds[i].name, name)) continue;
		*out = (enum row_kind)i;
		return true;
	}
	return false;
}

/* ---- layout ---- */

static const struct intake_col *col_of(const struct intake_sheet *s, struct str field) {
	for (size_t i = 0; i < s->cols_n; i++)
		if (target_is(s->cols[i].target, field)) return &s->cols[i];
	return NULL;
}

struct layout layout_of(const struct intake_sheet *s) {
	struct layout l = {.cols = s->cols, .cols_n = s->cols_n};
	l.name = col_of(s, S("name"));
	l.seq = col_of(s, S("seq"));
	l.invest = col_of(s, S("total_invest_fen"));
	if (s->header_rows_n) l.last_header_row = s->header_rows[s->header_rows_n - 1];
	return l;
}

const struct intake_col *layout_col(const struct layout *l, int32_t col) {
	return col >= 0 && (size_t)col < l->cols_n ? &l->cols[col] : NULL;
}

/* ---- words ---- */

static bool starts_with_one(struct str words, struct str s, struct str *rest) {
	struct str left = words, w;
	while (str_split(&left, '|', &w)) {
		if (!str_starts(s, w)) continue;
		*rest = str_sub(s, w.n, s.n);
		return true;
	}
	return false;
}

static bool ends_with_one(struct str words, struct str s) {
	struct str left = words, w;
	while (str_split(&left, '|', &w))
		if (str_ends(s, w)) return true;
	return false;
}

static const struct str hanzi_digits = S_("一|二|三|四|五|六|七|八|九|十");

/* 一, 十二: a whole text of Chinese digits. */
static bool is_hanzi_number(struct str s) {
	if (!s.n || str_cp_count(s) > 3) return false;
	for (struct str rest; s.n; s = rest)
		if (!starts_with_one(hanzi_digits, s, &rest)) return false;
	return true;
}

/* Level of a text that is numbered like a section: 1 = 一、 第一部分 I. , 2 = （一）, 0 = it is not. */
static int section_level(struct arena *a, struct str text) {
	struct str s = text_bare(a, text), rest = s;
	bool is_bracketed = str_starts(s, S("("));
	bool is_ordinal = str_starts(s, S("第"));
	if (is_bracketed) rest = str_sub(s, 1, s.n);
	if (is_ordinal) rest = str_sub(s, S("第").n, s.n);
	size_t before = rest.n;
	for (struct str next; starts_with_one(hanzi_digits, rest, &next);) rest = next;
	if (rest.n == before) {
		struct str roman = s;
		for (struct str next; starts_with_one(S("I|V|X|Ⅰ|Ⅱ|Ⅲ|Ⅳ|Ⅴ"), roman, &next);) roman = next;
		return roman.n < s.n && starts_with_one(S("、|.|．"), roman, &rest) && rest.n ? 1 : 0;
	}
	if (is_bracketed) return starts_with_one(S(")"), rest, &rest) && rest.n ? 2 : 0;
	if (is_ordinal) return starts_with_one(S("部分|类|章|节|批|篇|板块"), rest, &rest) ? 1 : 0;
	return starts_with_one(S("、|.|．|,|:|是"), rest, &rest) && rest.n ? 1 : 0;
}

/* Without a section's number in front, counts and digits: what is left says whether it is a total. */
static struct str label_core(struct arena *a, struct str text) {
	struct str key = heading_key(a, text), rest = key;
	while (starts_with_one(hanzi_digits, key, &rest)) key = rest;
	size_t n = key.n;
	while (n && ((key.p[n - 1] >= '0' && key.p[n - 1] <= '9') || key.p[n - 1] == '.')) n--;
	key.n = n;
	return key;
}

/* 合计, 小计, 共计19个, 工业项目小计, 全市合计（12个）, 合 计. A project's own name may end in none of them. */
static bool is_total_label(struct arena *a, struct str text) {
	static const struct str words =
		S_("合计|小计|总计|共计|累计|平均|平均值|总合计|汇总|总和|全市|全县|全区|本页小计|本页合计|以上合计|total|subtotal|grandtotal");
	if (str_cp_count(text) > 24) return false;
	struct str key = label_core(a, text), rest;
	if (is_one_word(words, key)) return true;
	if (ends_with_one(S("合计|小计|总计|共计|累计"), key)) return true;
	/* 合计：2个项目，总投资300万元 */
	if (starts_with_one(S("合计:|总计:|小计:|共计:"), text_simplified(a, text_bare(a, text)), &rest)) return true;
	/* 合计19个项目, 总计：19个 */
	return starts_with_one(S("合计|小计|总计|共计|总共"), key, &rest) && rest.n
		&& (rest.p[0] >= '0' && rest.p[0] <= '9');
}

/* 共2个项目, （12个）: how many, not what it is called. */
static bool is_count_text(struct arena *a, struct str text) {
	if (str_cp_count(text) > 12) return false;
	struct str s = text_simplified(a, text_bare(a, text)), rest;
	while (starts_with_one(S("(|共计|合计|小计|共有|共|计"), s, &rest)) s = rest;
	size_t n = 0;
	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9') n++;
	if (!n || !starts_with_one(S("个|项|家|户"), str_sub(s, n, s.n), &s)) return false;
	while (starts_with_one(S("项目|企业|)"), s, &rest)) s = rest;
	return !s.n;
}

/* 其中：工业 | | 5000: a part of what stands above or below, never a project beside it. */
static bool is_part_label(struct arena *a, struct str text) {
	return str_starts(text, S("其中")) && str_cp_count(text_bare(a, text)) <= 24;
}

/* 附表2（续）, 重点项目一览表: the title of the next page or table. */
static bool is_table_title(struct arena *a, struct str text) {
	struct str s = text_simplified(a, text_bare(a, text)), rest;
	if (section_level(a, text) || str_cp_count(s) > 60) return false;
	if (starts_with_one(S("续表|附表|附件|续上表|接上表|接上页"), s, &rest)) return true;
	ptrdiff_t at = str_find(s, S("("));
	if (str_ends(s, S("(续)")) || str_ends(s, S("续表)"))) return true;
	if (at > 0) s = str_sub(s, 0, (size_t)at);
	return str_cp_count(s) >= 4 && ends_with_one(S("一览表|统计表|汇总表|明细表|情况表|项目表|进展表|台账|清单|名单|进度表|登记表"), s);
}

/* 注：…, 备注:…, 说明：…, 填报人：… A word alone (备注) is none: it may be a heading or a name. */
static bool is_note_text(struct arena *a, struct str text) {
	static const struct str words =
		S_("注|备注|说明|附注|附|填表说明|填报说明|填报人|填表人|制表人|制表|审核人|审核|审批|负责人|单位负责人|分管领导|分管负责人|联系人|联系电话|"
	                                   "填报单位|主要负责人|主要领导|主管领导|经办人|复核人|上报人|报送人|联络员|主要负责人签字|主要领导签字|单位负责人签字|负责人签字|分管领导签字|审核人签字|签字|填报日期|填报时间|制表日期|制表时间|报送单位|报送时间|单位盖章|数据来源|资料来源|数据截至|截至|截止|统计口径|备注说明|温馨提示|要求|填表要求|打印日期|导出时间|note|notes|remark|source");
	struct str s = text_simplified(a, text_bare(a, text)), rest;
	while (starts_with_one(S("*|※|★|●|▲|("), s, &rest)) s = rest;
	struct str left = words, w;
	while (str_split(&left, '|', &w)) {
		if (s.n <= w.n || !str_eq_nocase(str_sub(s, 0, w.n), w)) continue;
		rest = str_sub(s, w.n, s.n);
		struct str tail;
		if (starts_with_one(S(":|1|2|一|(|.|、|,"), rest, &tail) || str_starts(rest, S("至"))
			|| str_starts(w, S("截")))
			return true;
	}
	return false;
}

/* 第1页，共2页; - 2 - */
static bool is_page_number(struct arena *a, struct str text) {
	struct str s = text_bare(a, text), rest = s;
	bool has_digit = false;
	if (str_cp_count(s) > 16) return false;
	while (starts_with_one(S("第|共|页|,|/|-|—|·"), s, &rest) || (s.n && s.p[0] >= '0' && s.p[0] <= '9')) {
		bool is_digit = s.p[0] >= '0' && s.p[0] <= '9';
		has_digit |= is_digit;
		s = is_digit ? str_sub(s, 1, s.n) : rest;
	}
	return has_digit && !s.n && (str_has(text, S("页")) || str_ends(text_bare(a, text), S("-")));
}

static bool has_ascii_digit(struct str s) {
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9') return true;
	return false;
}

static bool is_sentence(struct str s) {
	return str_cp_count(s) > 30 || str_has(s, S("。")) || str_has(s, S("；"));
}

/* 单位：亿元, 填报单位：…, 2024年3月31日, （万元、亩): what stands above a header and is no title. */
bool is_unit_line(struct arena *a, const struct row *r) {
	bool has_unit = false;
	for (int32_t c = 0; (size_t)c < r->n; c++) {
		struct str t = text_simplified(a, text_bare(a, cell_text(r, c)));
		if (!t.n) continue;
		struct unit u;
		bool is_short = str_cp_count(t) <= 30;
		/* 金额单位:, （单位: at the start; a title names its unit at the end */
		ptrdiff_t at = str_find(t, S("单位:"));
		bool is_labelled = at >= 0 && str_cp_count(str_sub(t, 0, (size_t)at)) <= 4;
		bool is_bracket = str_starts(t, S("(")) && unit_find(a, t, MEASURE_MONEY, true, &u);
		/* 单位 | 万元 */
		bool is_split = str_ends(t, S("单位")) && str_cp_count(t) <= 4 && cell_text(r, c + 1).n
			&& unit_find(a, cell_text(r, c + 1), MEASURE_MONEY, false, &u)
			&& str_cp_count(cell_text(r, c + 1)) <= 6;
		has_unit |= (is_short && (is_labelled || is_bracket)) || is_split;
	}
	return has_unit;
}

/* 示例 in the first column: a form's own example. */
static bool is_example(struct arena *a, struct str text) {
	return str_cp_count(text) <= 8
		&& is_one_word(S("示例|样例|范例|例|例如|举例|填写示例|填报示例|填写样例|示范"), word_key(a, text));
}

/* /, —, ---, 无: a cell that is filled in to say that there is nothing. */
bool is_nothing(struct str text) {
	struct str rest;
	char c = text.n ? text.p[0] : '/';
	/* nearly every cell begins with a digit or a letter, or is longer */
	if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return false;
	if (text.n > 12 || is_one_word(S("无|暂无|空|（无）|(无)|（空）|(空)"), text)) return text.n <= 12;
	while (starts_with_one(S("/|-|\\|—|–|－|／|_|="), text, &rest)) text = rest;
	return !text.n || (text.n == 1 && text.p[0] == ':');
}

/* ---- one row ---- */

/* Whether a row has no text, one or more is asked: past these an amount in words need not be read. */
enum { TEXTS_FEW = 2 };

struct facts {
	size_t filled;            /* cells of its own that hold something */
	int32_t first;            /* the first of them */
	struct str first_text;
	int32_t span;             /* columns of the merge that begins there */
	struct str name, seq;     /* a count where the name should be is none */
	struct str text;          /* the first of the other texts */
	bool is_name_carried;     /* the name cell belongs to a merge that began above */
	size_t numbers;           /* cells that hold a number or an amount; counted while texts are few */
	size_t texts;             /* other cells besides seq, name and first; past TEXTS_FEW all others */
};

static bool is_amount_cell(struct arena *a, const struct intake_col *c, struct str t) {
	enum measure m;
	if (is_numeric(t)) return true;
	if (!c || !c->target || !intake_measure(c->target->type, &m)) return false;
	enum amount_state s = amount_parse(a, t, m, &c->unit).state;
	return s == AMOUNT_GOOD || s == AMOUNT_MISSING;
}

/* Zero-width characters alone fill nothing; ASCII and Han, as nearly every cell begins, are seen. */
static bool is_invisible(struct arena *a, struct str t) {
	struct str rest = t;
	int32_t first = str_next(&rest);
	return first >= 0x80 && (first < 0x4E00 || first >= 0xA000) && !text_bare(a, t).n;
}

static struct facts facts_of(struct arena *a, const struct layout *l, const struct row *r) {
	struct facts f = {.first = -1};
	for (int32_t c = 0; (size_t)c < r->n; c++) {
		struct str t = cell_text(r, c);
		if (!t.n || is_nothing(t) || is_invisible(a, t)) continue;
		f.filled++;
		if (f.first < 0) {
			f.first = c;
			f.first_text = t;
			f.span = merge_width(r, c);
		}
		bool is_name = l->name && l->name->col == c, is_seq = l->seq && l->seq->col == c;
		if (is_name && is_count_text(a, t)) f.numbers++;
		else if (is_name) f.name = t;
		else if (is_seq) f.seq = t;
		else if (f.texts < TEXTS_FEW && is_amount_cell(a, layout_col(l, c), t)) f.numbers++;
		else if (c != f.first) {
			if (!f.texts++) f.text = t;
		}
	}
	f.is_name_carried = l->name && cell_is_continued(r, l->name->col)
		&& cell_at(r, l->name->col)->merge_row + 1 < r->number;
	return f;
}

/* The same words as the header's, or a row that numbers the columns (1 2 3 4; 甲 乙 1 2). */
static bool is_repeated_header(struct arena *a, const struct layout *l, const struct row *r,
		const struct facts *f) {
	size_t same = 0, counted = 0;
	/* nearly every row is data: its first cell already shows that */
	const struct intake_col *head = layout_col(l, f->first);
	bool may_count = str_eq(f->first_text, S("1")) || !is_numeric(f->first_text);
	if (is_numeric(f->first_text) ? !may_count : head
		&& str_cp_count(f->first_text) > 2 * str_cp_count(head->heading) + 8)
		return false;
	int64_t last = 0;
	for (int32_t c = 0; (size_t)c < r->n; c++) {
		struct str t = cell_text(r, c);
		const struct intake_col *col = layout_col(l, c);
		if (!t.n || !col) continue;
		struct str key = word_key(a, t), rest;
		bool is_heading_word = key.n
			&& (str_eq(key, word_key(a, col->heading))
			|| (col->upper.n && str_eq(key, word_key(a, col->upper))));
		same += is_heading_word;
		int64_t v;
		if (str_int(key, &v) && (v == last + 1)) {
			last = v;
			counted++;
		} else if (starts_with_one(S("甲|乙|丙|丁|栏次"), key, &rest) && !rest.n) counted++;
	}
	return (same >= 2 && same * 2 >= f->filled) || (f->filled >= 3 && counted == f->filled);
}

static bool is_total_row(struct arena *a, const struct layout *l, const struct row *r,
		const struct facts *f) {
	int32_t end = l->name ? l->name->col + 2 : 3;
	for (int32_t c = 0; c < end && (size_t)c < r->n; c++) {
		struct str t = cell_text(r, c);
		if (!t.n || !is_total_label(a, t)) continue;
		bool is_in_name = l->name && l->name->col == c;
		/* 累计 in another column of a row that has a project */
		if (!is_in_name && f->name.n && !is_numeric(f->name) && !is_total_label(a, f->name)) continue;
		/* a numbered row with several texts is a project that is called so */
		if (is_numeric(f->seq) && f->texts >= 2) continue;
		return true;
	}
	return false;
}

static bool is_part_row(struct arena *a, const struct facts *f) {
	bool is_part = is_part_label(a, f->first_text) || is_part_label(a, f->name);
	return is_part && !f->seq.n && !f->texts;
}

/* 单位：亿元 below the table, in one cell or two */
static bool is_trailing_unit(struct arena *a, const struct row *r, const struct facts *f) {
	bool is_alone = !f->texts || (f->texts == 1 && !f->name.n);
	return f->filled <= 2 && !is_numeric(f->seq) && is_alone && is_unit_line(a, r);
}

static bool is_note_row(struct arena *a, const struct row *r, const struct facts *f) {
	if (is_example(a, f->first_text)) return true;
	if (is_numeric(f->seq) && f->filled > 2) return false;
	bool is_note = is_note_text(a, f->first_text);
	if (is_note && (f->filled <= 2 || f->span > 2)) return true;
	if (f->filled == 1 && is_page_number(a, f->first_text)) return true;
	struct str rest;
	bool is_marked = starts_with_one(S("*|※|★|●|▲|＊|☆|■"), f->first_text, &rest);
	if (is_marked && f->filled == 1 && (f->span > 2 || !f->name.n)) return true; /* ★为省级重点项目 */
	size_t notes = 0;
	for (int32_t c = 0; is_note && (size_t)c < r->n; c++) {
		struct str t = cell_text(r, c);
		if (t.n) notes += is_note_text(a, t);
	}
	if (is_note && notes * 2 > f->filled) return true;
	bool is_wide = f->filled == 1 && (f->span > 2 || !f->name.n || str_has(f->name, S("。")));
	return is_wide && is_sentence(f->first_text) && !section_level(a, f->first_text);
}

/* 工业项目, 在谈项目（12个）, 寿光市, 高端装备类: says what kind of projects follow. */
static bool is_category(struct arena *a, struct str text, const struct intake_env *env) {
	struct str key = heading_key(a, text), code = {0};
	enum stage stage;
	struct str bare = text_bare(a, text);
	if (str_cp_count(key) > 12 || !key.n) return false;
	if (ends_with_one(S("类|类项目|板块|领域|产业项目|行业"), key)) return true;
	if (str_ends(bare, S("个)")) || str_ends(bare, S("个")) || str_ends(bare, S("项)"))) return true;
	if (is_one_word(S("工业项目|农业项目|服务业项目|文旅项目|商贸项目|基础设施项目|工业|农业|服务业|其他|其它|其他项目|民生项目|外资项目|内资项目|续建项目|新建项目|"
	                "重点项目|市级重点项目|省级重点项目|三产项目|一产项目|二产项目|旅游项目|市直|市属|市本级|县直|开发区"), key)) return true;
	if (str_ends(key, S("项目")) && intake_stage(a, str_sub(key, 0, key.n - S("项目").n), &stage)) return true;
	return env_region(env, text, &code);
}

static struct row_reading section(struct str label, int level) {
	return (struct row_reading){.kind = ROW_SECTION, .label = label, .level = level ? level : 1};
}

/* Section rows have one label and perhaps counts and amounts, never other texts. */
static bool read_section(struct arena *a, const struct layout *l, const struct facts *f,
		const struct intake_env *env, struct row_reading *out) {
	/* 一 | 工业项目（12个） | | 350000, 一 | 寿光市 | 共12个 | 350000 */
	struct str label = f->name.n ? f->name : f->text;
	size_t others = f->name.n ? f->texts : f->texts - (f->texts > 0);
	if (label.n && !others && is_hanzi_number(word_key(a, f->seq))) {
		*out = section(label, str_starts(text_bare(a, f->seq), S("(")) ? 2 : 1);
		return true;
	}
	if (f->texts > 0) return false;
	bool is_in_name = f->name.n > 0 && l->name->col == f->first;
	if (f->name.n && !is_in_name) return false; /* 寿光市 | 甲项目 | 10 */
	int level = section_level(a, f->first_text);
	bool is_wide = f->span > 1 && (f->span > 2 || !is_in_name || f->filled == 1);
	/* one short word alone beside the name column; a longer one is a remark */
	bool is_lone_word = !is_in_name && f->filled == 1 && str_cp_count(f->first_text) <= 12
		&& !has_ascii_digit(f->first_text);
	/* 寿光市（3个） | | | 10.5亿元 opens a section as well and states its sum */
	bool is_said = level || is_category(a, f->first_text, env);
	if ((!is_said && !is_wide && !is_lone_word) || is_numeric(f->first_text)) return false;
	*out = section(f->first_text, level);
	out->is_shape_only = !is_said;
	return true;
}

static bool holds_words(const struct layout *l, const struct row *r, int32_t c) {
	enum measure m;
	struct str t = cell_text(r, c), rest = t;
	const struct intake_col *col = layout_col(l, c);
	if (!t.n || cp_is_blank(str_next(&rest)) || is_numeric(t)) return false;
	return !col || !col->target || !intake_measure(col->target->type, &m);
}

/* A numbered row with a name and two more cells of words: nothing that is asked of a row can then be
 * true but that it is a project. Nearly every row is one, so this is asked first. (A row that numbers the
 * columns begins with 1.) */
static bool is_plain_data(const struct layout *l, const struct row *r) {
	if (!l->name || !l->seq || l->seq->col > l->name->col || cell_is_continued(r, l->name->col)) return false;
	for (int32_t c = 0; c < l->seq->col; c++)
		if (cell_text(r, c).n) return false;
	struct str seq = cell_text(r, l->seq->col), name = cell_text(r, l->name->col), rest = name;
	size_t words = 0;
	if (!is_numeric(seq) || str_eq(seq, S("1")) || !name.n || is_nothing(name) || cp_is_blank(str_next(&rest))) return false;
	for (int32_t c = 0; (size_t)c < r->n && words < 2; c++)
		words += c != l->seq->col && c != l->name->col && holds_words(l, r, c);
	return words == 2;
}

static bool is_zero(struct str s) {
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '1' && s.p[i] <= '9') return false;
	return true;
}

struct row_reading row_read(struct arena *a, const struct layout *l, const struct row *r,
		const struct intake_env *env) {
	if (is_plain_data(l, r))
		return (struct row_reading){.kind = ROW_DATA, .label = cell_text(r, l->seq->col)};
	struct facts f = facts_of(a, l, r);
	struct row_reading out = {.kind = ROW_DATA, .label = f.first_text};
	if (!f.filled) return (struct row_reading){.kind = f.is_name_carried ? ROW_MORE : ROW_BLANK};
	if (is_repeated_header(a, l, r, &f)) return (struct row_reading){.kind = ROW_HEADER};
	if (!l->name) return (struct row_reading){.kind = ROW_SUMMARY};
	if (is_total_row(a, l, r, &f) || is_part_row(a, &f)) {
		out.kind = ROW_TOTAL;
		return out;
	}
	if (f.filled == 1 && (f.span > 1 || !f.name.n) && is_table_title(a, f.first_text)) {
		out.kind = ROW_TITLE;
		return out;
	}
	if (is_note_row(a, r, &f) || is_trailing_unit(a, r, &f)) {
		out.kind = ROW_NOTE;
		return out;
	}
	if (f.is_name_carried && !f.name.n) {
		out.kind = ROW_MORE;
		return out;
	}
	if (read_section(a, l, &f, env, &out)) return out;
	if (f.name.n) return out;
	/* a sum under the amounts, without a word */
	bool is_sum = f.filled == 1 && l->invest && l->invest->col == f.first
		&& is_numeric(f.first_text) && !is_zero(f.first_text);
	if (is_sum) {
		out.kind = ROW_TOTAL;
		return out;
	}
	/* a numbered form that was never filled in; a line of text beside the table */
	if (f.filled == 1) return (struct row_reading){.kind = is_numeric(f.first_text) ? ROW_BLANK : ROW_NOTE};
	/* some words | | 350000: words with an amount and no project are a subtotal */
	bool is_subtotal = f.texts == 0 && f.numbers > 0 && !f.seq.n && !is_numeric(f.first_text);
	if (is_subtotal) out.kind = ROW_TOTAL;
	return out;
}
