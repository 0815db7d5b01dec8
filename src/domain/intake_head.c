/* intake_head.c - finds the header of a sheet and what its columns mean. */
#include "domain/intake_parts.h"

#include "base/buf.h"
#include "domain/check.h"
#include "domain/text.h"

/* ---- cells ---- */

const struct cell *cell_at(const struct row *r, int32_t col) {
	return col >= 0 && (size_t)col < r->n ? &r->cells[col] : NULL;
}

struct str cell_text(const struct row *r, int32_t col) {
	const struct cell *c = cell_at(r, col);
	return c ? str_trim(c->text) : (struct str){0};
}

bool cell_is_continued(const struct row *r, int32_t col) {
	const struct cell *c = cell_at(r, col);
	if (!c || c->merge_row < 0) return false;
	return c->merge_row + 1 != r->number || c->merge_col != col;
}

int32_t merge_width(const struct row *r, int32_t col) {
	int32_t width = 1;
	for (const struct cell *c; (c = cell_at(r, col + width)); width++)
		if (c->merge_row + 1 != r->number || c->merge_col != col || c->kind != CELL_EMPTY) break;
	return width;
}

bool is_numeric(struct str s) {
	bool has_digit = false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c >= '0' && c <= '9') has_digit = true;
		else if (!str_has(S(".,-+%()eE /"), (struct str){&c, 1})) return false;
	}
	return has_digit;
}

bool env_region(const struct intake_env *env, struct str text, struct str *code) {
	enum { PLACE_BYTES = 150 };
	return env && env->region && text.n && text.n <= PLACE_BYTES && env->region(env->it, text, code);
}

struct str str_cut(struct str s, size_t n) {
	if (s.n <= n) return s;
	while (n && ((unsigned char)s.p[n] & 0xC0) == 0x80) n--;
	return str_sub(s, 0, n);
}

/* ---- targets ---- */

/* What only an import knows: it becomes part of another record, helps to find the place, or says
 * nothing. */
static const struct { struct str name, zh, en; enum ftype type; struct str headings; } extras[] = {
	{S_("code"), S_("项目编号"), S_("Code"), F_TEXT, S_("项目编号|项目编码|系统编号")}, /* ours: says which project a row updates */
	{S_("seq"), S_("序号"), S_("No."), F_TEXT, S_("序号|编号|序|号|顺序号|项目序号|排序|序列|no|id")},
	{S_("province"), S_("省份"), S_("Province"), F_TEXT, S_("省份|省|省市|省区市|所在省|所属省份|省市区|province")},
	{S_("city"), S_("市"), S_("City"), F_TEXT, S_("市|地市|城市|地级市|所属市|设区市|州市|市州|市地州|所在市|所属城市|地市州|所属地市|城市名称|city")},
	{S_("investor_uscc"), S_("投资方信用代码"), S_("Investor's credit code"), F_USCC,
	 S_("统一社会信用代码|社会信用代码|信用代码|组织机构代码|投资方信用代码|企业信用代码|企业统一社会信用代码|投资方统一社会信用代码|uscc")},
	{S_("investor_origin"), S_("投资方来源地"), S_("Investor's origin"), F_TEXT,
	 S_("投资方来源地|投资方所在地|资金来源地|来源地|企业所在地|客商来源|客商来源地|投资方来源|引资来源地|投资来源地|企业来源地|投资方注册地|投资方所在省市|国别|国别地区|投资国别|来源国|国家|来源地区")},
	{S_("contact_name"), S_("联系人"), S_("Contact"), F_TEXT,
	 S_("联系人|联系人姓名|项目联系人|企业联系人|投资方联系人|负责人|联络人|客商联系人|企业负责人|项目负责人|法定代表人|法人代表|法人|联系人及电话|联系人及联系方式|联系人及联系电话|联系人电话|contact")},
	{S_("contact_phone"), S_("联系电话"), S_("Telephone"), F_PHONE,
	 S_("联系电话|联系方式|电话|手机|手机号|手机号码|电话号码|联系手机|企业联系电话|投资方联系电话|移动电话|phone|tel|mobile")},
	{S_("contact_email"), S_("邮箱"), S_("Mail"), F_EMAIL, S_("邮箱|电子邮箱|电子邮件|email|mail")},
	{S_("project_code"), S_("投资项目统一代码"), S_("National project code"), F_TEXT,
	 S_("投资项目统一代码|项目代码|项目统一代码|国家项目代码|备案编号|项目备案号|备案代码|立项编号|在线平台代码|项目赋码")},
};
enum { EXTRAS = sizeof extras / sizeof *extras };

/* Set beside another field of the same cell. */
static bool is_derived_field(struct str name) {
	return str_eq(name, S("invest_qual")) || str_eq(name, S("invest_text")) || str_eq(name, S("side"));
}

struct intake_targets intake_targets(struct arena *a) {
	struct intake_target *t = arena_array(a, EXTRAS + project_fields_n, sizeof *t);
	size_t n = 0;
	for (size_t i = 0; i < project_fields_n; i++) {
		const struct field *f = &project_fields[i];
		bool is_derived = is_derived_field(f->name);
		if (is_derived || f->flags & FIELD_IMPORT) t[n++] = (struct intake_target){f->name, f->zh, f->en, f->type, f, is_derived};
	}
	for (size_t i = 0; i < EXTRAS; i++) t[n++] = (struct intake_target){extras[i].name, extras[i].zh, extras[i].en, extras[i].type, NULL, false};
	return (struct intake_targets){t, n};
}

const struct intake_target *target_named(struct intake_targets t, struct str name) {
	for (size_t i = 0; i < t.n; i++)
		if (str_eq(t.items[i].name, name)) return &t.items[i];
	return NULL;
}

const struct intake_target *intake_target(struct arena *a, struct str name) {
	return target_named(intake_targets(a), name);
}

bool target_is(const struct intake_target *t, struct str name) {
	return t && str_eq(t->name, name);
}

static struct str headings_of(const struct intake_target *t) {
	if (t->field) return t->field->headings;
	for (size_t i = 0; i < EXTRAS; i++)
		if (str_eq(extras[i].name, t->name)) return extras[i].headings;
	return (struct str){0};
}

bool intake_measure(enum ftype t, enum measure *m) {
	static const struct { enum ftype type; enum measure measure; } rows[] = {
		{F_FEN, MEASURE_MONEY}, {F_MINOR, MEASURE_MONEY}, {F_MU_E2, MEASURE_MU}, {F_M2, MEASURE_M2},
		{F_TCE_E2, MEASURE_ENERGY}, {F_KG, MEASURE_MASS}, {F_M3, MEASURE_VOLUME}, {F_INT, MEASURE_COUNT},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].type != t) continue;
		*m = rows[i].measure;
		return true;
	}
	return false;
}

/* ---- what a heading means ---- */

/* Endings that name a unit, not a thing: 总投资万元. */
static struct str without_unit(struct str key) {
	static const struct str endings[] = {
		S_("单位"), S_("亿元"), S_("万元"), S_("千元"), S_("百元"), S_("元"), S_("万美元"), S_("亿美元"), S_("美元"), S_("人民币"),
		S_("亩"), S_("公顷"), S_("平方米"), S_("m2"), S_("吨标准煤"), S_("吨标煤"), S_("万"), S_("亿"),
	};
	for (bool is_changed = true; is_changed;) {
		is_changed = false;
		for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
			if (key.n <= endings[i].n || !str_ends(key, endings[i])) continue;
			key.n -= endings[i].n;
			is_changed = true;
		}
	}
	return key;
}

/* 1.项目名称 -> 项目名称 (the point is gone already) */
static struct str without_number(struct str key) {
	size_t n = 0;
	while (n < key.n && key.p[n] >= '0' && key.p[n] <= '9') n++;
	return n < key.n ? str_sub(key, n, key.n) : key;
}

static bool is_word_of(struct str words, struct str key) {
	struct str rest = words, w;
	while (str_split(&rest, '|', &w))
		if (str_eq_nocase(w, key)) return true;
	return false;
}

static const struct intake_target *exact_target(struct intake_targets t, struct str key) {
	if (!key.n) return NULL;
	for (size_t i = 0; i < t.n; i++)
		if (is_word_of(headings_of(&t.items[i]), key)) return &t.items[i];
	return NULL;
}

/* Keys of one heading, most telling first. */
static size_t keys_of(struct arena *a, struct str text, struct str out[3]) {
	size_t n = 0;
	struct str word = word_key(a, text), head = heading_key(a, text);
	if (word.n) out[n++] = without_number(word);
	if (head.n) out[n++] = without_number(head);
	if (head.n) out[n++] = without_unit(without_number(head));
	return n;
}

bool is_heading(struct arena *a, struct str text, struct intake_targets targets) {
	struct str keys[3];
	size_t n = keys_of(a, text, keys);
	for (size_t i = 0; i < n; i++)
		if (exact_target(targets, keys[i])) return true;
	return false;
}

/* A heading with one of these is another thing than the field whose word it contains: 累计完成投资,
 * 项目个数, 投资方联系人. */
static const struct { struct str field, words; } not_like[] = {
	{S_("total_invest_fen"), S_("完成|到位|累计|已|本年|今年|当年|年度|设备|固定|其中|外资|强度|回报|利用|进度|比|率|本月|上年|去年|一期|二期|方|商|主体|企业|单位|情况|类型|来源|领域|性质")},
	{S_("name"), S_("企业|单位|联系|负责|数|编号|代码|类型|性质|级别|阶段|状态|进展|地|类|内容|简介|情况|来源|领域|投资|用地|方|资金|问题|责任|进度|概况|备注|时间|日期|领导|专员|规模")},
	{S_("investor_text"), S_("联系|电话|来源|所在地|简介|性质|代码|国别|地址|数|负责")},
	{S_("region_code"), S_("数|领导|责任|联系|负责|个|排名|客商|企业|投资方|资金")},
	{S_("stage"), S_("数|时间|日期|问题|内容")},
	{S_("industry_code"), S_("数|链|主管|部门|园")},
	{S_("sign_date"), S_("数|拟|计划|预计|金额")}, {S_("start_date"), S_("数|拟|计划|预计")}, {S_("produce_date"), S_("数|拟|计划|预计")},
	{S_("land_mu_e2"), S_("建筑|性质|手续|报批|情况|强度|已供|率|类")},
	{S_("fai_fen"), S_("完成|累计|本年|今年|年度|增速|强度")},
	{S_("promised_output_fen"), S_("已|上年|去年|本年|强度|能耗")}, {S_("promised_tax_fen"), S_("已|上年|去年|本年|强度")},
	{S_("content"), S_("数")}, {S_("handler"), S_("电话")}, {S_("contact_phone"), S_("")},
};

static bool is_avoided(const struct intake_target *t, struct str key) {
	for (size_t i = 0; i < sizeof not_like / sizeof *not_like; i++) {
		if (!str_eq(not_like[i].field, t->name)) continue;
		struct str rest = not_like[i].words, w;
		while (str_split(&rest, '|', &w))
			if (w.n && str_has(key, w)) return true;
	}
	return false;
}

/* How much a key looks like a heading word: Chinese puts the noun last, so a word at the end counts
 * more. 0 = does not. */
static int32_t likeness(struct arena *a, struct str key, struct str word) {
	size_t key_cps = str_cp_count(key), word_cps = str_cp_count(word);
	if (word_cps < 2 || key_cps > 14) return 0;
	if (str_has(key, word)) {
		int32_t part = (int32_t)(1000 * word_cps / key_cps) * 7 / 10;
		return part + (str_ends(key, word) ? 250 : 0);
	}
	if (word_cps < 4 || key_cps < 4) return 0;
	int32_t alike = text_similar_permille(a, key, word);
	return alike >= 860 ? alike * 8 / 10 : 0;
}

enum { LIKE_ENOUGH = 550, LIKE_SURE = 800 };

static const struct intake_target *like_target(struct intake_targets t, struct str key, int32_t *score) {
	const struct intake_target *best = NULL;
	struct arena scratch = {0};
	*score = LIKE_ENOUGH - 1;
	for (size_t i = 0; i < t.n; i++) {
		if (is_avoided(&t.items[i], key)) continue;
		struct str rest = headings_of(&t.items[i]), w;
		while (str_split(&rest, '|', &w)) {
			int32_t s = likeness(&scratch, key, w);
			if (s <= *score) continue;
			*score = s;
			best = &t.items[i];
		}
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return best;
}

/* ---- where the header is ---- */

static bool looks_like_date(struct arena *a, struct str s) {
	return s.n && s.p[0] >= '0' && s.p[0] <= '9' && when_parse(a, s, (struct when_context){0}).state == WHEN_GOOD;
}

/* Cells of a header are words, short, and not "label: value". */
static bool is_header_word(struct arena *a, struct str s) {
	if (is_numeric(s) || str_cp_count(s) > 30) return false;
	struct str key = text_nfkc(a, s);
	ptrdiff_t colon = str_find(key, S(":"));
	if (colon >= 0 && str_has(key, S("单位")) == false) return colon + 1 == (ptrdiff_t)key.n;
	return !looks_like_date(a, s);
}

/* 拟引进项目名称 ends with the heading 项目名称. Short words are too common at the end of data. */
static bool ends_with_heading(struct intake_targets t, struct str key) {
	if (str_cp_count(key) > 14) return false;
	for (size_t i = 0; i < t.n; i++) {
		struct str rest = headings_of(&t.items[i]), w;
		while (str_split(&rest, '|', &w))
			if (str_ends(key, w) && str_cp_count(w) >= 3) return true;
	}
	return false;
}

struct row_score {
	int known, alike, words, others, name_words;
};

static struct row_score score_row(struct arena *a, const struct row *r, struct intake_targets t) {
	struct row_score s = {0};
	for (int32_t c = 0; (size_t)c < r->n; c++) {
		struct str text = cell_text(r, c);
		if (!text.n) continue;
		struct str keys[3];
		size_t n = keys_of(a, text, keys);
		const struct intake_target *found = NULL;
		for (size_t i = 0; i < n && !found; i++) found = exact_target(t, keys[i]);
		if (found) s.known++;
		if (target_is(found, S("name"))) s.name_words++;
		if (found) continue;
		if (!is_header_word(a, text)) s.others++;
		else if (n && ends_with_heading(t, keys[n - 1])) s.alike++;
		else s.words++;
	}
	return s;
}

/* Known headings count most; a row of data may hold one by chance, hence at least two, or the one
 * that names projects in a table of one or two columns. */
static int header_points(struct row_score s) {
	bool is_enough = s.known >= 2 || s.known + s.alike >= 3 || (s.known == 1 && s.name_words && s.alike + s.words + s.others <= 1);
	if (!is_enough || s.others > s.known + s.alike + s.words) return 0;
	return s.known * 4 + s.name_words * 4 + s.alike * 2 + s.words - s.others * 2;
}

static bool has_horizontal_merge(const struct row *r) {
	for (int32_t c = 0; (size_t)c < r->n; c++)
		if (cell_text(r, c).n && merge_width(r, c) > 1) return true;
	return false;
}

static size_t filled(const struct row *r) {
	size_t n = 0;
	for (int32_t c = 0; (size_t)c < r->n; c++) n += cell_text(r, c).n > 0;
	return n;
}

static bool all_header_words(struct arena *a, const struct row *r) {
	for (int32_t c = 0; (size_t)c < r->n; c++) {
		struct str text = cell_text(r, c);
		if (text.n && !is_header_word(a, text)) return false;
	}
	return true;
}

/* A cell of the row below that belongs to a heading merged down from this row. */
static bool is_merged_from(const struct row *below, const struct row *above) {
	for (int32_t c = 0; (size_t)c < below->n; c++)
		if (below->cells[c].merge_row + 1 == above->number && below->cells[c].merge_col == c) return true;
	return false;
}

/* 项目基本情况 | 投资（亿元） | 进展 over the headings proper. */
static bool is_upper_header(struct arena *a, const struct row *up, const struct row *r) {
	if (up->number + 1 != r->number || is_unit_line(a, up) || !all_header_words(a, up)) return false;
	size_t n = filled(up);
	if (is_merged_from(r, up)) return n >= 1;
	if (n < 2) return false;
	if (has_horizontal_merge(up)) return true;
	/* no merges (CSV): some of its cells stand over an empty one, or it leaves gaps over filled ones */
	bool has_gap = false;
	for (int32_t c = 0; (size_t)c < r->n; c++) has_gap |= cell_text(r, c).n && !cell_text(up, c).n;
	return has_gap && cell_text(up, 0).n > 0;
}

/* A heading of `r` that spans several columns (merged, or with an empty right neighbour). */
static bool is_group(const struct row *r, int32_t c) {
	const struct cell *cell = cell_at(r, c);
	if (!cell) return false;
	if (!cell_text(r, c).n) {
		if (cell->merge_row + 1 == r->number) return cell->merge_col != c;
		return c > 0 && cell->merge_row < 0; /* a gap: the group stands further left */
	}
	if (merge_width(r, c) > 1) return true;
	return cell->merge_row < 0 && !cell_text(r, c + 1).n && (size_t)c + 1 < r->n;
}

/* （亿元） under a heading: the unit has a row of its own. */
static bool is_unit_only(struct arena *a, struct str text) {
	struct str key = word_key(a, text), labelled = str_cat(a, S("单位:"), key);
	struct unit u;
	for (int m = 0; key.n && m < MEASURE__N; m++)
		if (unit_find(a, labelled, (enum measure)m, true, &u) && u.text.n == key.n) return true;
	return false;
}

static bool all_units(struct arena *a, const struct row *r) {
	for (int32_t c = 0; (size_t)c < r->n; c++)
		if (cell_text(r, c).n && !is_unit_only(a, cell_text(r, c))) return false;
	return true;
}

/* 总投资 | 其中：固投 under 投资（亿元）: every word stands under a group. */
static bool is_lower_header(struct arena *a, const struct row *r, const struct row *low) {
	if (r->number + 1 != low->number || !all_header_words(a, low) || !filled(low)) return false;
	if (is_merged_from(low, r) || all_units(a, low)) return true;
	size_t n = 0;
	for (int32_t c = 0; (size_t)c < low->n; c++) {
		if (!cell_text(low, c).n) continue;
		bool is_past = (size_t)c >= r->n && r->n && is_group(r, (int32_t)r->n - 1);
		if (!is_group(r, c) && !is_past) return false;
		n++;
	}
	return n >= 2;
}

/* Ties go to the first, so a header that is repeated further down does not win. */
struct head head_find(struct arena *a, const struct sample *s, struct intake_targets targets) {
	enum { LOOK_AT = 25 };
	int best = 0;
	struct head h = {0, 0};
	for (size_t i = 0; i < s->n && i < LOOK_AT; i++) {
		int points = header_points(score_row(a, &s->rows[i], targets));
		if (points <= best) continue;
		best = points;
		h = (struct head){i, i + 1};
	}
	if (!best) return h;
	while (h.from > 0 && h.to - h.from < HEADER_ROWS_MAX && is_upper_header(a, &s->rows[h.from - 1], &s->rows[h.from])) h.from--;
	while (h.to < s->n && h.to - h.from < HEADER_ROWS_MAX && is_lower_header(a, &s->rows[h.to - 1], &s->rows[h.to])) h.to++;
	return h;
}

/* ---- headings of the columns ---- */

static bool has_merges(const struct row *r) {
	for (size_t c = 0; c < r->n; c++)
		if (r->cells[c].merge_row >= 0) return true;
	return false;
}

/* The heading over column c in header row i, also where a merge or a gap of a CSV spreads it. */
static struct str heading_at(const struct sample *s, struct head h, size_t i, int32_t c) {
	const struct row *r = &s->rows[i];
	struct str own = cell_text(r, c);
	const struct cell *cell = cell_at(r, c);
	if (own.n) return own;
	if (cell && cell->merge_row >= 0) {
		for (size_t k = h.from; k <= i; k++)
			if (s->rows[k].number == cell->merge_row + 1) return cell_text(&s->rows[k], cell->merge_col);
		return own;
	}
	if (i + 1 == h.to || has_merges(r)) return own;
	bool has_leaf = false;
	for (size_t k = i + 1; k < h.to; k++) has_leaf |= cell_text(&s->rows[k], c).n > 0;
	for (int32_t left = c - 1; has_leaf && left >= 0; left--) {
		struct str t = cell_text(r, left);
		/* a heading with a leaf of its own under it is a group; another one is a column of its own */
		if (t.n) return cell_text(&s->rows[i + 1], left).n ? t : own;
	}
	return own;
}

/* Line breaks in a heading are for the eye: 投资\n总额. */
static struct str one_line(struct arena *a, struct str s) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\n' && s.p[i] != '\r') buf_byte(&b, s.p[i]);
	return buf_str(&b);
}

static void set_headings(struct arena *a, const struct sample *s, struct head h, struct intake_col *col) {
	struct buf upper = {.arena = a};
	struct str parts[HEADER_ROWS_MAX];
	size_t n = 0;
	for (size_t i = h.from; i < h.to; i++) {
		struct str t = heading_at(s, h, i, col->col);
		if (t.n && (!n || !str_eq(parts[n - 1], t))) parts[n++] = t;
	}
	if (!n) return;
	if (n >= 2 && is_unit_only(a, parts[n - 1])) {
		parts[n - 2] = str_cat(a, parts[n - 2], str_cat(a, str_cat(a, S("("), word_key(a, parts[n - 1])), S(")")));
		n--;
	}
	col->heading = one_line(a, parts[n - 1]);
	for (size_t i = 0; i + 1 < n; i++) {
		if (i) buf_c(&upper, "/");
		buf_add(&upper, one_line(a, parts[i]));
	}
	col->upper = buf_str(&upper);
	struct str key = word_key(a, col->heading);
	col->key = col->upper.n ? str_cat(a, str_cat(a, word_key(a, col->upper), S("/")), key) : key;
}

struct intake_col *head_columns(struct arena *a, const struct sample *s, struct head h, size_t *n) {
	struct intake_col *cols = arena_array(a, (size_t)s->cols + 1, sizeof *cols);
	*n = (size_t)s->cols;
	for (int32_t c = 0; c < s->cols; c++) {
		cols[c].col = c;
		set_headings(a, s, h, &cols[c]);
	}
	return cols;
}

/* ---- mapping ---- */

struct match {
	const struct intake_target *target;
	int32_t score;
	enum intake_basis basis;
};

/* 项目名称、建设规模及主要内容: several things in one column; the first of them is what it is called by. */
static const struct intake_target *first_part_target(struct mapping *m, struct str heading) {
	static const struct str signs[] = {S_("、"), S_("及"), S_("和"), S_("与"), S_("/"), S_(","), S_("("), S_("，"), S_("（")};
	struct str s = text_simplified(m->arena, text_bare(m->arena, heading));
	size_t end = s.n;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		ptrdiff_t at = str_find(s, signs[i]);
		if (at > 0 && (size_t)at < end) end = (size_t)at;
	}
	struct str part = word_key(m->arena, str_sub(s, 0, end));
	return end < s.n && str_cp_count(part) >= 2 ? exact_target(m->targets, part) : NULL;
}

static struct match match_heading(struct mapping *m, const struct intake_col *col) {
	struct arena *a = m->arena;
	struct str keys[3], upper[3];
	size_t n = keys_of(a, col->heading, keys), upper_n = keys_of(a, col->upper, upper);
	struct match best = {0};
	if (!n) return best;
	/* 投资方 / 联系人: both together say more than 联系人 */
	for (size_t u = 0; u < upper_n; u++)
		for (size_t i = 0; i < n; i++) {
			const struct intake_target *t = exact_target(m->targets, str_cat(a, upper[u], keys[i]));
			if (t) return (struct match){t, 1010, BASIS_HEADING};
		}
	for (size_t i = 0; i < n; i++) {
		const struct intake_target *t = exact_target(m->targets, keys[i]);
		if (t) return (struct match){t, 1000 - (int32_t)i * 5, BASIS_HEADING};
	}
	const struct intake_target *part = first_part_target(m, col->heading);
	if (part) return (struct match){part, 900, BASIS_HEADING};
	best.target = like_target(m->targets, keys[n - 1], &best.score);
	best.basis = BASIS_LIKE;
	if (!best.target) best = (struct match){0};
	return best;
}

static const struct intake_fix_col *fix_of(const struct mapping *m, int32_t col) {
	for (size_t i = 0; m->fixes && i < m->fixes->cols_n; i++)
		if (m->fixes->cols[i].col == col) return &m->fixes->cols[i];
	return NULL;
}

static bool remembered(struct mapping *m, const struct intake_col *col, struct match *out) {
	struct str field = {0}, unit = {0};
	if (!m->env || !m->env->memory || !col->key.n || !m->env->memory(m->env->it, col->key, &field, &unit)) return false;
	*out = (struct match){target_named(m->targets, field), 2000, BASIS_MEMORY};
	return true;
}

/* Several columns of these are put together, each with its heading. */
static bool may_repeat(const struct intake_target *t) {
	return target_is(t, S("note")) || target_is(t, S("content")) || target_is(t, S("dates_text")) || target_is(t, S("handler"));
}

/* ---- what the cells say ---- */

struct cell_counts {
	int cells, numeric, regions, long_texts, stages, dates, phones, usccs, amounts, project_words, running;
};

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
		n.dates += when_parse(m->arena, t, (struct when_context){.year = 2024, .may_be_serial = cell_at(r, col)->kind == CELL_DATE}).state == WHEN_GOOD && t.n > 4;
		n.phones += check_mobile(m->arena, t).is_valid;
		n.usccs += check_uscc(m->arena, t, false).is_valid;
		struct amount amount = amount_parse(m->arena, t, MEASURE_MONEY, NULL);
		n.amounts += amount.state == AMOUNT_GOOD && amount.unit.n > 0;
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
	if (target_is(t, S("stage")) && most(n.long_texts, n.cells, 40) && !most(n.stages, n.cells, 30)) return S("note");
	if (target_is(t, S("region_code")) && most(n.long_texts, n.cells, 60) && !most(n.regions, n.cells, 30)) return S("site");
	return t->name;
}

static void match_columns(struct mapping *m, struct match *found) {
	for (size_t i = 0; i < m->n; i++) {
		const struct intake_fix_col *fix = fix_of(m, m->cols[i].col);
		if (fix && fix->has_field) {
			found[i] = (struct match){target_named(m->targets, fix->field), 3000, BASIS_USER};
			continue;
		}
		if (remembered(m, &m->cols[i], &found[i])) continue;
		found[i] = match_heading(m, &m->cols[i]);
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
	return target_is(t, S("investor_uscc")) || target_is(t, S("contact_phone")) || target_is(t, S("region_code")) || target_is(t, S("stage"));
}

/* Only where the heading says nothing, and only what no other column is. */
static void match_by_content(struct mapping *m, struct match *found) {
	for (size_t i = 0; i < m->n; i++) {
		if (found[i].target || found[i].basis != BASIS_NONE) continue;
		bool is_headless = m->head.to == m->head.from || !m->cols[i].heading.n;
		struct str name = content_field(count_cells(m, m->cols[i].col), i == 0);
		const struct intake_target *t = target_named(m->targets, name);
		if (!t || (!is_headless && !is_plain_content(t))) continue;
		if (!is_taken(found, m->n, t)) found[i] = (struct match){t, 600, BASIS_CONTENT};
	}
}

/* Where two columns claim one field: the surer stays, the other moves where it may, or is left open. */
static const struct intake_target *second_choice(struct mapping *m, struct match *found, const struct intake_target *t) {
	const struct intake_target *other = NULL;
	if (target_is(t, S("region_code"))) other = target_named(m->targets, S("site"));
	if (target_is(t, S("total_invest_fen"))) other = NULL;
	return other && !is_taken(found, m->n, other) ? other : NULL;
}

static bool is_foreign_heading(struct mapping *m, const struct intake_col *c) {
	struct unit u;
	return unit_find(m->arena, c->heading, MEASURE_MONEY, false, &u) && !str_eq(u.currency, S("CNY"));
}

static void settle_doubles(struct mapping *m, struct match *found) {
	const struct intake_target *foreign = target_named(m->targets, S("foreign_minor"));
	for (size_t i = 0; i < m->n; i++)
		for (size_t k = i + 1; k < m->n; k++) {
			if (!found[i].target || found[i].target != found[k].target || may_repeat(found[i].target)) continue;
			size_t loser = found[k].score > found[i].score ? i : k;
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

void head_map(struct mapping *m) {
	struct match *found = arena_array(m->arena, m->n + 1, sizeof *found);
	match_columns(m, found);
	match_by_content(m, found);
	settle_doubles(m, found);
	for (size_t i = 0; i < m->n; i++) {
		m->cols[i].target = found[i].target;
		m->cols[i].basis = found[i].target || found[i].basis == BASIS_USER || found[i].basis == BASIS_MEMORY ? found[i].basis : BASIS_NONE;
		bool is_guess = found[i].basis == BASIS_CONTENT || (found[i].basis == BASIS_LIKE && found[i].score < LIKE_SURE);
		m->cols[i].is_open |= found[i].target && is_guess;
	}
}

/* ---- units and years ---- */

/* The texts above the header, and which of them are unit lines. */
static bool unit_above(struct mapping *m, enum measure measure, struct unit *u, enum unit_basis *basis) {
	for (size_t i = m->head.from; i-- > 0;) {
		const struct row *r = &m->sample->rows[i];
		for (int32_t c = 0; (size_t)c < r->n; c++) {
			if (!cell_text(r, c).n || !unit_find(m->arena, cell_text(r, c), measure, true, u)) continue;
			*basis = is_unit_line(m->arena, r) ? UNIT_LINE : UNIT_TITLE;
			return true;
		}
	}
	if (!unit_find(m->arena, m->sheet_name, measure, true, u)) return false;
	*basis = UNIT_TITLE;
	return true;
}

static bool unit_of_user(struct mapping *m, const struct intake_col *c, enum measure measure, struct unit *u) {
	const struct intake_fix_col *fix = fix_of(m, c->col);
	return fix && fix->has_unit && unit_find(m->arena, fix->unit, measure, false, u);
}

static bool unit_of_memory(struct mapping *m, const struct intake_col *c, enum measure measure, struct unit *u) {
	struct str field, unit = {0};
	if (!m->env || !m->env->memory || !c->key.n || !m->env->memory(m->env->it, c->key, &field, &unit)) return false;
	return unit.n && unit_find(m->arena, unit, measure, false, u);
}

static void set_unit(struct mapping *m, struct intake_col *c) {
	enum measure measure;
	if (!c->target || !intake_measure(c->target->type, &measure)) return;
	struct unit u = {0};
	if (unit_of_user(m, c, measure, &u)) c->unit_basis = UNIT_USER;
	else if (unit_find(m->arena, c->heading, measure, false, &u)) c->unit_basis = UNIT_HEADING;
	else if (unit_find(m->arena, c->upper, measure, false, &u)) c->unit_basis = UNIT_UPPER;
	else if (!unit_above(m, measure, &u, &c->unit_basis)) {
		if (unit_of_memory(m, c, measure, &u)) c->unit_basis = UNIT_MEMORY;
	}
	c->unit = u;
}

/* The year of a text: the only one of 1990 to 2079 in it; 0 = none or several. */
static int year_in(struct arena *a, struct str text) {
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

void head_units(struct mapping *m) {
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
