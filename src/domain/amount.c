#include "domain/amount.h"

#include "base/buf.h"
#include "domain/text.h"

/* Values while they are read: 10^-12 of the base unit in 128 bits, so that 0.000001 亿 and 10 万亿 are
 * both exact. */
__extension__ typedef __int128 wide;
enum { FRACTION_DIGITS = 12, INTEGER_DIGITS = 18 };
static const wide WIDE_MAX = (wide)INT64_MAX * INT64_MAX / 8; /* about 10^37 */

/* No single project is larger than 10 万亿元; sums of a million such rows still fit. */
static const int64_t MONEY_MAX_MINOR = INT64_C(1000000000000000);
static const int64_t LARGE_FEN = INT64_C(500) * 100000000 * 100, SMALL_FEN = INT64_C(10) * 10000 * 100; /* handbook 9.6 */

/* ---- words ---- */

enum token_kind {
	T_END, T_NUM, T_MUL, T_UNIT,
	T_OVER, T_ABOUT, T_NEARLY, T_PHASE, /* qualifiers */
	T_TOTAL, T_PART,                    /* this amount is the whole; it is only a part or another thing */
	T_LABEL,                            /* says nothing that matters */
	T_SEP, T_OPEN, T_CLOSE, T_RANGE,
	T_VAGUE,                            /* 数十亿: no figure */
	T_WORD, T_BAD_NUMBER
};

struct token {
	enum token_kind kind;
	struct str text;
	wide value;        /* T_NUM in 10^-12; T_MUL: the exponent */
	bool is_hanzi;     /* T_NUM: one Chinese digit */
	bool is_cut;       /* T_NUM: decimals were cut off */
	bool is_english;   /* T_MUL: m, bn */
	int unit;          /* T_UNIT: index in units */
};

static const struct { struct str text; int exp10; bool is_english; } multipliers[] = {
	{S_("十"), 1, false}, {S_("拾"), 1, false}, {S_("百"), 2, false}, {S_("佰"), 2, false}, {S_("千"), 3, false},
	{S_("仟"), 3, false}, {S_("万"), 4, false}, {S_("亿"), 8, false}, {S_("k"), 3, true}, {S_("m"), 6, true},
	{S_("mn"), 6, true}, {S_("million"), 6, true}, {S_("bn"), 9, true}, {S_("billion"), 9, true},
	{S_("thousand"), 3, true},
};

/* exp of a currency: its minor digits. num/den of the others: base unit in units of the measure. */
static const struct unit_def { struct str text; enum measure measure; struct str currency; int64_t num, den; } units[] = {
	{S_("元"), MEASURE_MONEY, S_("CNY"), 100, 1}, {S_("人民币"), MEASURE_MONEY, S_("CNY"), 100, 1},
	{S_("元人民币"), MEASURE_MONEY, S_("CNY"), 100, 1}, {S_("圆"), MEASURE_MONEY, S_("CNY"), 100, 1},
	{S_("块"), MEASURE_MONEY, S_("CNY"), 100, 1}, {S_("rmb"), MEASURE_MONEY, S_("CNY"), 100, 1},
	{S_("cny"), MEASURE_MONEY, S_("CNY"), 100, 1}, {S_("¥"), MEASURE_MONEY, S_("CNY"), 100, 1},
	{S_("yuan"), MEASURE_MONEY, S_("CNY"), 100, 1},
	{S_("美元"), MEASURE_MONEY, S_("USD"), 100, 1}, {S_("美金"), MEASURE_MONEY, S_("USD"), 100, 1},
	{S_("usd"), MEASURE_MONEY, S_("USD"), 100, 1}, {S_("us$"), MEASURE_MONEY, S_("USD"), 100, 1},
	{S_("$"), MEASURE_MONEY, S_("USD"), 100, 1}, {S_("美圆"), MEASURE_MONEY, S_("USD"), 100, 1},
	{S_("欧元"), MEASURE_MONEY, S_("EUR"), 100, 1}, {S_("eur"), MEASURE_MONEY, S_("EUR"), 100, 1},
	{S_("€"), MEASURE_MONEY, S_("EUR"), 100, 1},
	{S_("港元"), MEASURE_MONEY, S_("HKD"), 100, 1}, {S_("港币"), MEASURE_MONEY, S_("HKD"), 100, 1},
	{S_("元港币"), MEASURE_MONEY, S_("HKD"), 100, 1}, {S_("hkd"), MEASURE_MONEY, S_("HKD"), 100, 1},
	{S_("hk$"), MEASURE_MONEY, S_("HKD"), 100, 1},
	{S_("日元"), MEASURE_MONEY, S_("JPY"), 1, 1}, {S_("日圆"), MEASURE_MONEY, S_("JPY"), 1, 1},
	{S_("jpy"), MEASURE_MONEY, S_("JPY"), 1, 1},
	{S_("韩元"), MEASURE_MONEY, S_("KRW"), 1, 1}, {S_("韩币"), MEASURE_MONEY, S_("KRW"), 1, 1},
	{S_("韩圆"), MEASURE_MONEY, S_("KRW"), 1, 1}, {S_("krw"), MEASURE_MONEY, S_("KRW"), 1, 1},
	{S_("英镑"), MEASURE_MONEY, S_("GBP"), 100, 1}, {S_("gbp"), MEASURE_MONEY, S_("GBP"), 100, 1},
	{S_("£"), MEASURE_MONEY, S_("GBP"), 100, 1},
	{S_("新台币"), MEASURE_MONEY, S_("TWD"), 100, 1}, {S_("台币"), MEASURE_MONEY, S_("TWD"), 100, 1},
	{S_("元新台币"), MEASURE_MONEY, S_("TWD"), 100, 1}, {S_("twd"), MEASURE_MONEY, S_("TWD"), 100, 1},
	{S_("新加坡元"), MEASURE_MONEY, S_("SGD"), 100, 1}, {S_("新加坡币"), MEASURE_MONEY, S_("SGD"), 100, 1},
	{S_("新币"), MEASURE_MONEY, S_("SGD"), 100, 1}, {S_("sgd"), MEASURE_MONEY, S_("SGD"), 100, 1},
	{S_("澳元"), MEASURE_MONEY, S_("AUD"), 100, 1}, {S_("aud"), MEASURE_MONEY, S_("AUD"), 100, 1},
	{S_("加元"), MEASURE_MONEY, S_("CAD"), 100, 1}, {S_("cad"), MEASURE_MONEY, S_("CAD"), 100, 1},
	{S_("瑞士法郎"), MEASURE_MONEY, S_("CHF"), 100, 1}, {S_("chf"), MEASURE_MONEY, S_("CHF"), 100, 1},
	{S_("澳门元"), MEASURE_MONEY, S_("MOP"), 100, 1}, {S_("澳门币"), MEASURE_MONEY, S_("MOP"), 100, 1},

	/* 1 mu = 2000/3 m2, 1 hectare = 15 mu */
	{S_("亩"), MEASURE_MU, S_(""), 100, 1}, {S_("mu"), MEASURE_MU, S_(""), 100, 1},
	{S_("公顷"), MEASURE_MU, S_(""), 1500, 1}, {S_("ha"), MEASURE_MU, S_(""), 1500, 1},
	{S_("平方米"), MEASURE_MU, S_(""), 3, 20}, {S_("平米"), MEASURE_MU, S_(""), 3, 20},
	{S_("平方"), MEASURE_MU, S_(""), 3, 20}, {S_("m2"), MEASURE_MU, S_(""), 3, 20},
	{S_("平方公里"), MEASURE_MU, S_(""), 150000, 1}, {S_("平方千米"), MEASURE_MU, S_(""), 150000, 1},
	{S_("km2"), MEASURE_MU, S_(""), 150000, 1},
	{S_("平方米"), MEASURE_M2, S_(""), 1, 1}, {S_("平米"), MEASURE_M2, S_(""), 1, 1}, {S_("平方"), MEASURE_M2, S_(""), 1, 1},
	{S_("平"), MEASURE_M2, S_(""), 1, 1}, {S_("m2"), MEASURE_M2, S_(""), 1, 1}, {S_("亩"), MEASURE_M2, S_(""), 2000, 3},
	{S_("公顷"), MEASURE_M2, S_(""), 10000, 1}, {S_("平方公里"), MEASURE_M2, S_(""), 1000000, 1},

	{S_("吨标准煤"), MEASURE_ENERGY, S_(""), 100, 1}, {S_("吨标煤"), MEASURE_ENERGY, S_(""), 100, 1},
	{S_("tce"), MEASURE_ENERGY, S_(""), 100, 1}, {S_("吨"), MEASURE_ENERGY, S_(""), 100, 1},

	{S_("吨"), MEASURE_MASS, S_(""), 1000, 1}, {S_("t"), MEASURE_MASS, S_(""), 1000, 1},
	{S_("千克"), MEASURE_MASS, S_(""), 1, 1}, {S_("公斤"), MEASURE_MASS, S_(""), 1, 1}, {S_("kg"), MEASURE_MASS, S_(""), 1, 1},

	{S_("立方米"), MEASURE_VOLUME, S_(""), 1, 1}, {S_("立方"), MEASURE_VOLUME, S_(""), 1, 1}, {S_("m3"), MEASURE_VOLUME, S_(""), 1, 1},
	{S_("方"), MEASURE_VOLUME, S_(""), 1, 1}, {S_("吨"), MEASURE_VOLUME, S_(""), 1, 1}, {S_("t"), MEASURE_VOLUME, S_(""), 1, 1},

	{S_("人"), MEASURE_COUNT, S_(""), 1, 1}, {S_("个"), MEASURE_COUNT, S_(""), 1, 1}, {S_("名"), MEASURE_COUNT, S_(""), 1, 1},
	{S_("家"), MEASURE_COUNT, S_(""), 1, 1}, {S_("套"), MEASURE_COUNT, S_(""), 1, 1},
};

/* Units to choose from where a column has none. */
static const struct { enum measure measure; struct str name, choices; } measures[MEASURE__N] = {
	[MEASURE_MONEY] = {MEASURE_MONEY, S_("money"), S_("万元|亿元|元|千元|万美元|亿美元|美元")},
	[MEASURE_MU] = {MEASURE_MU, S_("mu"), S_("亩|公顷|平方米|平方公里")},
	[MEASURE_M2] = {MEASURE_M2, S_("m2"), S_("平方米|万平方米|亩")},
	[MEASURE_ENERGY] = {MEASURE_ENERGY, S_("energy"), S_("吨标准煤|万吨标准煤")},
	[MEASURE_MASS] = {MEASURE_MASS, S_("mass"), S_("吨|千克")},
	[MEASURE_VOLUME] = {MEASURE_VOLUME, S_("volume"), S_("立方米|万立方米|吨|万吨")},
	[MEASURE_COUNT] = {MEASURE_COUNT, S_("count"), S_("人|个")},
};

static const struct { enum token_kind kind; struct str words; } lexicon[] = {
	{T_OVER, S_("以上|及以上|之上|超|超过|超出|逾|大于|高于|多于|不低于|不少于|不小于|至少|不下于|不下|最低|最少|>|≥|>=|上|过|多|余|有余|+|起|over|morethan|atleast")},
	{T_ABOUT, S_("约|大约|约为|约合人民币|左右|上下|前后|预计|预估|预期|估计|暂估|暂定|大概|大致|≈|许|级|以内|以下|之内|不超过|不高于|不大于|小于|低于|"
	             "少于|最高|最多|至多|<|≤|<=|意向|初步|待定|待核实|about|approx|approx.")},
	{T_NEARLY, S_("近|将近|接近|nearly")},
	{T_PHASE, S_("一期|二期|三期|四期|五期|六期|首期|第一期|第二期|第三期|近期|远期|一阶段|二阶段|第一阶段|第二阶段|首批|当年|今年|本年|本年度|年度|一期工程|起步区|启动区|先期|前期")},
	{T_TOTAL, S_("总投资|总投资额|投资总额|计划总投资|项目总投资|总额|总计|合计|总规模|总投入|共|共计|总共|总|一共|全部|总占地|总占地面积|总用地")},
	{T_PART, S_("其中|其中:|含|包括|包含|内含|已完成|已完成投资|完成投资|完成|累计完成|累计|已投|已投资|已投入|到位|已到位|到位资金|折合|折|约合|合|约折合|"
	            "等值|注册资本|注册资金|注册|外资|内资|自筹|贷款|银行贷款|设备|设备投资|流动资金|铺底流动资金|每年|增资|另|建筑面积|新增|代建|余下|剩余|申请|争取|补助")},
	{T_LABEL, S_("投资|计划|拟|项目|投资额|金额|合同|协议|签约|资金|建设|为|是|达|达到|可达|额|的|等|估算|概算|匡算|规模|投入|引资|整|固定资产|固投|产值|税收|年|"
	             "年产值|年税收|占地|用地|面积|占地面积|用地面积|总建筑面积|能耗|综合能耗|:|/年|每年度|计|需|需要|拟用地|规划|实现|可实现|带动|解决|就业|提供|用工|"
	             "岗位|计划投资|拟投资|意向投资|预算|total|investment|固定资产投资|亿元项目|股份")},
	{T_SEP, S_(",|;|。|、|\n")},
	{T_OPEN, S_("(|[|【|〔")},
	{T_CLOSE, S_(")|]|】|〕")},
	{T_RANGE, S_("-|~|—|——|–|至|到|～|−")},
	{T_VAGUE, S_("数|几|若干")},
};

/* Cells that say "not given". */
static const struct str missing_words =
	S_("无|待定|暂无|未定|面议|保密|不详|未知|空|na|n/a|null|none|tbd|nil|待确定|暂未确定|未确定|待明确|未明确|未填|未填写|待补充|待核实|待统计|"
	   "洽谈中|正在洽谈|商谈中|未公布|未披露|不涉及|暂不确定|待洽谈|没有|待核|具体面议|投资额待定|暂定|不明");

struct str measure_name(enum measure m) {
	return measures[m].name;
}

struct str unit_choices(enum measure m, size_t i) {
	struct str rest = measures[m].choices, one = {0};
	for (size_t k = 0; str_split(&rest, '|', &one); k++)
		if (k == i) return one;
	return (struct str){0};
}

/* ---- sentences ---- */

static const struct { struct str rule, zh, en; } sentences[] = {
	{S_("amount_needs_unit"), S_("“%s”没有单位，所在列、表头、标题和单位行也没有。请指定该列的单位，如 万元"),
	 S_("“%s” has no unit, and neither has its column, heading, title or unit line. Choose the column's unit, such as 万元")},
	{S_("amount_words"), S_("看不懂“%s”。请写成 3500万元 或 3.5亿元 这样的数"), S_("“%s” is not understood. Write 3500万元 or 3.5亿元")},
	{S_("amount_no_figure"), S_("“%s”没有数字。请填写数字，或留空"), S_("“%s” has no figure. Enter a number or leave it empty")},
	{S_("amount_number"), S_("“%s”不是一个数：分节号每三位一个，小数点只有一个。请改正"),
	 S_("“%s” is no number: separators stand every three digits, one decimal point. Correct it")},
	{S_("amount_ambiguous"), S_("“%s”可以有两种读法（如 三亿五）。请写成 3.5亿元"), S_("“%s” can be read in two ways. Write it as 3.5亿元")},
	{S_("amount_two"), S_("“%s”中有几个金额，分不清哪个是总额。请只留总额，或写明“总投资”"),
	 S_("“%s” holds several amounts and none is called the total. Keep the total, or write 总投资 before it")},
	{S_("amount_negative"), S_("“%s”是负数。请填写不小于 0 的数"), S_("“%s” is negative. Enter a number of 0 or more")},
	{S_("amount_too_big"), S_("“%s”超过可记录的上限（10 万亿元）。请核对单位"), S_("“%s” is above what can be kept (CNY 10 trillion). Check the unit")},
	{S_("amount_range"), S_("“%s”的下限大于上限。请改正"), S_("The lower bound of “%s” is above the upper one. Correct it")},
	{S_("amount_error_cell"), S_("单元格的公式出错（%s）。请在表中改正公式"), S_("The formula of this cell failed (%s). Correct it in the sheet")},
	{S_("amount_large"), S_("总投资超过 500 亿元，请核对单位"), S_("Over CNY 50 bn: check the unit")},
	{S_("amount_small"), S_("总投资不足 10 万元，请核对单位"), S_("Under CNY 100,000: check the unit")},
};

struct str amount_sentence(struct arena *a, struct str rule, struct str arg, enum lang lang) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
		if (!str_eq(sentences[i].rule, rule)) continue;
		struct str s = lang == LANG_EN ? sentences[i].en : sentences[i].zh;
		ptrdiff_t at = str_find(s, S("%s"));
		if (at < 0) return s;
		buf_add(&b, str_sub(s, 0, (size_t)at));
		buf_add(&b, arg);
		buf_add(&b, str_sub(s, (size_t)at + 2, s.n));
		break;
	}
	return buf_str(&b);
}

/* ---- tokens ---- */

static bool is_digit(char c) {
	return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static wide wide_ten(int exp10) {
	wide v = 1;
	while (exp10-- > 0) v *= 10;
	return v;
}

/* The longest word of a list that s begins with; a Latin word must end there. */
static size_t longest(struct str words, struct str s) {
	size_t best = 0;
	struct str rest = words, w;
	while (str_split(&rest, '|', &w)) {
		if (w.n <= best || !str_starts(s, w)) continue;
		bool is_torn = is_letter(w.p[w.n - 1]) && w.n < s.n && is_letter(s.p[w.n]);
		if (!is_torn) best = w.n;
	}
	return best;
}

static bool is_hanzi_digit(struct str s, int64_t *digit) {
	static const struct str digits = S_("零一二三四五六七八九〇两壹贰叁肆伍陆柒捌玖");
	static const int values[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9};
	struct str one = str_cp_head(s, 1), rest = digits;
	for (size_t i = 0; rest.n; i++) {
		struct str each = str_cp_head(rest, 1);
		if (str_eq(each, one)) {
			*digit = values[i];
			return true;
		}
		rest = str_sub(rest, each.n, rest.n);
	}
	return false;
}

static size_t digits_at(struct str s, size_t at) {
	size_t n = 0;
	while (at + n < s.n && is_digit(s.p[at + n])) n++;
	return n;
}

/* A separator of thousands at `at` (3,500 3'500 3 500): its length, 0 = none there. */
static size_t thousands_mark(struct str s, size_t at) {
	struct str rest = str_sub(s, at, s.n);
	if (str_starts(rest, S(",")) || str_starts(rest, S("'")) || str_starts(rest, S(" "))) return 1;
	return str_starts(rest, S("’")) ? S("’").n : 0;
}

static bool push_digit(wide *v, char c, int *digits) {
	if (*v == 0 && c == '0') return true;
	if (++*digits > INTEGER_DIGITS) return false;
	*v = *v * 10 + (c - '0');
	return true;
}

/* 12  1,234,567.89  1.5E+10. The token's text is what was taken; T_BAD_NUMBER for 1,2 or 1.2.3 or over
 * 18 digits. */
static struct token read_number(struct str s) {
	struct token t = {.kind = T_NUM};
	size_t at = 0, group = digits_at(s, 0);
	int digits = 0, exponent = 0, fraction = 0;
	bool is_bad = false;
	wide v = 0;
	for (;;) {
		for (size_t i = 0; i < group; i++) is_bad |= !push_digit(&v, s.p[at + i], &digits);
		size_t first = at == 0 ? group : 0, mark = 0;
		at += group;
		mark = thousands_mark(s, at);
		size_t next = mark ? digits_at(s, at + mark) : 0;
		if (!next) break;
		bool is_blank = s.p[at] == ' ';
		if (next != 3 || first > 3) {
			if (is_blank) break; /* "5 12": two numbers, told apart later */
			is_bad = true;
		}
		at += mark;
		group = next;
	}
	if (at + 1 < s.n && s.p[at] == '.' && is_digit(s.p[at + 1])) {
		for (at++; at < s.n && is_digit(s.p[at]); at++) {
			if (fraction == FRACTION_DIGITS) {
				t.is_cut |= s.p[at] != '0';
				continue;
			}
			v = v * 10 + (s.p[at] - '0');
			fraction++;
		}
		if (at + 1 < s.n && s.p[at] == '.' && is_digit(s.p[at + 1])) is_bad = true;
	}
	if (at + 1 < s.n && (s.p[at] == 'e' || s.p[at] == 'E')) {
		size_t e = at + 1;
		bool is_minus = s.p[e] == '-';
		if (is_minus || s.p[e] == '+') e++;
		size_t n = digits_at(s, e);
		if (n && n <= 2) {
			for (size_t i = 0; i < n; i++) exponent = exponent * 10 + (s.p[e + i] - '0');
			if (is_minus) exponent = -exponent;
			at = e + n;
		}
	}
	int shift = FRACTION_DIGITS - fraction + exponent;
	for (; shift > 0 && !is_bad; shift--) {
		v *= 10;
		is_bad = v > wide_ten(FRACTION_DIGITS + INTEGER_DIGITS);
	}
	for (; shift < 0 && v; shift++) {
		t.is_cut |= v % 10 != 0;
		v /= 10;
	}
	t.value = v;
	t.text = str_sub(s, 0, at);
	if (is_bad) t.kind = T_BAD_NUMBER;
	return t;
}

/* 1期, 第2期, 2024年, 2024年度: not an amount but which part of it. */
static size_t phase_number(struct str s) {
	size_t at = str_starts(s, S("第")) ? S("第").n : 0, n = digits_at(s, at);
	struct str rest = str_sub(s, at + n, s.n);
	if (n && n <= 2 && str_starts(rest, S("期"))) return at + n + S("期").n;
	if (n == 4 && !at && str_starts(rest, S("年"))) return n + S("年").n;
	return 0;
}

static struct token as_token(enum token_kind kind, struct str s, size_t n) {
	return (struct token){.kind = kind, .text = str_sub(s, 0, n)};
}

/* The longest of unit, multiplier and word that s begins with. */
static struct token read_word(struct str s, enum measure m) {
	struct token t = {.kind = T_WORD};
	size_t best = 0;
	for (size_t i = 0; i < sizeof lexicon / sizeof *lexicon; i++) {
		size_t n = longest(lexicon[i].words, s);
		if (n <= best) continue;
		t = as_token(lexicon[i].kind, s, n);
		best = n;
	}
	for (size_t i = 0; i < sizeof multipliers / sizeof *multipliers; i++) {
		if (longest(multipliers[i].text, s) <= best || (multipliers[i].is_english && m != MEASURE_MONEY)) continue;
		t = as_token(T_MUL, s, multipliers[i].text.n);
		t.value = multipliers[i].exp10;
		t.is_english = multipliers[i].is_english;
		best = t.text.n;
	}
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (units[i].measure != m || units[i].text.n < best || longest(units[i].text, s) < units[i].text.n) continue;
		t = as_token(T_UNIT, s, units[i].text.n);
		t.unit = (int)i;
		best = t.text.n;
	}
	if (!best) t.text = str_cp_head(s, 1);
	return t;
}

static struct token read_token(struct str s, enum measure m) {
	int64_t digit;
	if (!s.n) return (struct token){.kind = T_END};
	size_t phase = phase_number(s);
	if (phase) return as_token(T_PHASE, s, phase);
	if (is_digit(s.p[0])) return read_number(s);
	struct token t = read_word(s, m);
	/* 一期 is one word; 一亿 is a digit and its multiplier. */
	if (t.kind == T_WORD && is_hanzi_digit(s, &digit)) {
		t.kind = T_NUM;
		t.is_hanzi = true;
		t.value = digit * wide_ten(FRACTION_DIGITS);
	}
	return t;
}

/* Half-width, simplified, lower case; blanks stay only between digits, a line break is a separator. */
static struct str folded(struct arena *a, struct str s) {
	struct buf b = {.arena = a};
	struct str rest = text_nfkc(a, str_trim(s));
	while (rest.n) {
		int32_t cp = cp_simplified(str_next(&rest));
		if (cp == '\n') buf_byte(&b, '\n');
		else if (!cp_is_blank(cp)) buf_cp(&b, cp >= 'A' && cp <= 'Z' ? cp + 32 : cp);
		else if (b.n && is_digit(b.p[b.n - 1]) && rest.n && is_digit(rest.p[0])) buf_byte(&b, ' ');
	}
	return buf_str(&b);
}

enum { TOKENS_MAX = 120 }; /* a cell with more is prose, not an amount */

static size_t tokens_of(struct str s, enum measure m, struct token out[TOKENS_MAX + 1]) {
	size_t n = 0;
	while (s.n && n < TOKENS_MAX) {
		if (s.p[0] == ' ') {
			out[n++] = as_token(T_SEP, s, 1);
			s = str_sub(s, 1, s.n);
			continue;
		}
		out[n] = read_token(s, m);
		s = str_sub(s, out[n++].text.n, s.n);
	}
	out[n] = (struct token){.kind = s.n ? T_WORD : T_END, .text = s};
	if (s.n) out[++n] = (struct token){.kind = T_END};
	return n;
}

/* ---- figures: numbers with what stands around them ---- */

struct figure {
	wide value, high;        /* in 10^-12 base units */
	bool has_high;
	wide factor;             /* of the multipliers, when it is one number and multipliers; 0 = it is not */
	bool has_scale;          /* 万, 亿 or an English one */
	bool is_english, is_cut, is_over_inside;
	int unit;                /* index; -1 = none */
	enum qual qual;
	struct str word, unit_text;
	bool is_total, is_part, is_nested, has_words;
	struct str words;        /* the first word that was not understood */
	struct str rule;         /* the number itself is wrong */
	struct str text;
};

struct scan {
	const struct token *t;
	size_t at;
};

static const struct token *peek(const struct scan *s) {
	return &s->t[s->at];
}

static struct str span(struct str from, struct str to) {
	return (struct str){from.p, (size_t)(to.p + to.n - from.p)};
}

static bool times(wide *v, int exp10) {
	for (; exp10 > 0; exp10--) {
		if (*v > WIDE_MAX / 10) return false;
		*v *= 10;
	}
	return true;
}

/* 三 点 五, 一〇五: digits one after the other. */
static wide read_hanzi_digits(struct scan *s) {
	wide v = 0, unit = wide_ten(FRACTION_DIGITS);
	int digits = 0;
	for (; peek(s)->kind == T_NUM && peek(s)->is_hanzi && digits < 10; s->at++, digits++) v = v * 10 + peek(s)->value;
	if (!str_eq(peek(s)->text, S("点"))) return v;
	for (s->at++; peek(s)->kind == T_NUM && peek(s)->is_hanzi && unit > 1; s->at++) {
		unit /= 10;
		v += peek(s)->value / wide_ten(FRACTION_DIGITS) * unit;
	}
	return v;
}

/* A number with its multipliers: 3亿5000万, 一百零五亿, 10多亿. Standard reading: 十百千 gather in a
 * section, 万 and 亿 close it. The token at s is T_NUM or T_MUL. */
static void read_value(struct scan *s, struct figure *f) {
	const struct token *first = peek(s);
	wide total = 0, section = 0, number = 0;
	bool has_number = false, is_fine = true;
	int last_exp = 0, muls = 0, numbers = 0;
	f->factor = wide_ten(0);
	for (;; ) {
		const struct token *t = peek(s);
		if (t->kind == T_NUM && (!has_number || t->is_hanzi || number == 0)) {
			bool is_zero = t->is_hanzi && t->value == 0, is_single = t->is_hanzi;
			size_t from = s->at;
			f->is_cut |= t->is_cut;
			if (t->is_hanzi) number = read_hanzi_digits(s);
			else {
				number = t->value;
				s->at++;
			}
			has_number = true;
			numbers++;
			/* 三亿五: 3.5 亿 to some, 3 亿 and 5 yuan to others */
			bool is_followed = peek(s)->kind == T_MUL;
			if (is_single && !is_zero && muls && last_exp > 1 && !is_followed && s->at == from + 1) f->rule = S("amount_ambiguous");
			continue;
		}
		bool is_inside = t->kind == T_OVER && (s->t[s->at + 1].kind == T_MUL || s->t[s->at + 1].kind == T_UNIT);
		if (is_inside && (has_number || muls)) {
			f->is_over_inside = true;
			f->qual = QUAL_OVER;
			f->word = t->text;
			s->at++;
			continue;
		}
		if (t->kind != T_MUL) break;
		int e = (int)t->value;
		if (!has_number && !muls) number = wide_ten(FRACTION_DIGITS); /* 千万元, 近百亿 */
		if (e < 4 && !t->is_english) {
			wide part = has_number || !muls ? number : wide_ten(FRACTION_DIGITS);
			is_fine &= times(&part, e);
			section += part;
		} else {
			wide sum = section + number + (e >= 8 ? total : 0);
			if (e >= 8) total = 0;
			is_fine &= times(&sum, e);
			total += sum;
			section = 0;
			f->has_scale = true;
			f->is_english |= t->is_english;
		}
		if (!is_fine) break;
		is_fine &= times(&f->factor, e);
		number = 0;
		has_number = false;
		last_exp = e;
		muls++;
		s->at++;
		if (total > WIDE_MAX || section > WIDE_MAX) is_fine = false;
	}
	f->value = total + section + number;
	if (numbers != 1) f->factor = 0;
	if (!is_fine) f->rule = S("amount_too_big");
	/* a bare 万元 or 亿元 is a unit that lost its number, unless it is 上亿元, 亿元以上 */
	if (!numbers && f->has_scale && last_exp >= 4 && muls == 1) f->factor = -1;
	f->text = first->text;
}

static void read_unit(struct scan *s, struct figure *f) {
	while (peek(s)->kind == T_UNIT) {
		/* 亿元港币: the second says which yuan */
		if (f->unit < 0 || str_eq(units[f->unit].currency, S("CNY"))) f->unit = peek(s)->unit;
		f->unit_text = f->unit_text.n ? span(f->unit_text, peek(s)->text) : peek(s)->text;
		s->at++;
	}
}

static bool starts_number(const struct token *t) {
	return t->kind == T_NUM || t->kind == T_MUL;
}

/* 3-5亿元, 3亿元至5亿元: `f` has been read, a range sign stands at s. */
static void read_range(struct scan *s, struct figure *f) {
	struct figure high = {.unit = -1};
	s->at++;
	read_value(s, &high);
	read_unit(s, &high);
	bool is_bare = !f->has_scale && f->unit < 0;
	if (is_bare && high.factor > 0 && f->value < WIDE_MAX / high.factor) f->value *= high.factor;
	f->has_scale |= high.has_scale;
	f->is_english |= high.is_english;
	if (high.unit >= 0) {
		f->unit = high.unit;
		f->unit_text = high.unit_text;
	}
	f->high = high.value;
	f->has_high = true;
	if (high.rule.n) f->rule = high.rule;
	f->text = span(f->text, s->t[s->at - 1].text);
	f->qual = QUAL_ABOUT;
	f->word = f->text;
}

static struct figure read_figure(struct scan *s, int currency) {
	struct figure f = {.unit = currency};
	read_value(s, &f);
	read_unit(s, &f);
	/* 3亿多元: the qualifier stood before the unit */
	if (peek(s)->kind == T_RANGE && starts_number(&s->t[s->at + 1])) read_range(s, &f);
	if (!f.has_high) f.text = span(f.text, s->t[s->at - 1].text);
	return f;
}

static bool is_qualifier(enum token_kind k) {
	return k == T_OVER || k == T_ABOUT || k == T_NEARLY || k == T_PHASE;
}

static enum qual qual_of(enum token_kind k) {
	switch (k) {
	case T_OVER: return QUAL_OVER;
	case T_NEARLY: return QUAL_NEARLY;
	case T_PHASE: return QUAL_PHASE;
	default: return QUAL_ABOUT;
	}
}

/* A phase is not the total at all, so it outweighs every other qualifier; else the first one stays. */
static void qualify(struct figure *f, enum qual q, struct str word) {
	if (f->qual == QUAL_PHASE || (f->qual != QUAL_EXACT && q != QUAL_PHASE)) return;
	f->qual = q;
	f->word = word;
}

static bool bracket_has_number(const struct token *t, size_t at) {
	for (; t[at].kind != T_CLOSE && t[at].kind != T_END; at++)
		if (starts_number(&t[at]) || t[at].kind == T_BAD_NUMBER) return true;
	return false;
}

/* 3.5（亿元）: the unit follows in brackets. Tokens of the bracket, 0 = it holds something else. */
static size_t bracketed_unit(const struct token *t) {
	size_t n = 1;
	while (t[n].kind == T_MUL && t[n].value >= 4) n++;
	if (t[n].kind != T_UNIT && !(n > 1 && t[n].kind == T_CLOSE)) return 0;
	while (t[n].kind == T_UNIT) n++;
	return t[n].kind == T_CLOSE ? n + 1 : 0;
}

static void take_bracketed_unit(struct scan *s, struct figure *f, size_t n) {
	const struct token *t = peek(s);
	for (size_t i = 1; i + 1 < n; i++) {
		if (t[i].kind == T_UNIT) f->unit = t[i].unit;
		else if (!times(&f->value, (int)t[i].value) || (f->has_high && !times(&f->high, (int)t[i].value))) f->rule = S("amount_too_big");
		else f->has_scale = true;
	}
	f->unit_text = span(t[1].text, t[n - 2].text);
	s->at += n;
}

enum { FIGURES_MAX = 12 };

/* What was read since the last figure or separator, and belongs to the next one. */
struct before {
	enum qual qual;
	struct str word, words;
	bool is_total, is_part;
	int currency;
};

struct reading {
	struct figure figures[FIGURES_MAX];
	size_t n;
	struct before before;
	struct str words;      /* unknown words with no figure beside them */
	struct str bad_number;
	bool is_vague, is_negative, is_too_many;
	int depth;
};

static void add_figure(struct reading *r, struct figure f) {
	struct before *b = &r->before;
	if (b->qual != QUAL_EXACT) qualify(&f, b->qual, b->word);
	f.is_total = b->is_total;
	f.is_part = b->is_part;
	f.is_nested = r->depth > 0;
	f.words = b->words;
	if (r->n < FIGURES_MAX) r->figures[r->n++] = f;
	else r->is_too_many = true;
	*b = (struct before){.currency = -1};
}

/* Words after a figure say something of it, until a separator. */
static struct figure *last_figure(struct reading *r, bool is_fresh) {
	return is_fresh && r->n ? &r->figures[r->n - 1] : NULL;
}

/* 320亿元（超）: what is in the brackets qualifies the figure before them; 50亿元（人民币） is its currency. */
static void read_remark(struct scan *s, struct figure *f) {
	for (s->at++; peek(s)->kind != T_CLOSE && peek(s)->kind != T_END; s->at++) {
		if (is_qualifier(peek(s)->kind)) qualify(f, qual_of(peek(s)->kind), peek(s)->text);
		if (peek(s)->kind == T_UNIT && (f->unit < 0 || str_eq(units[f->unit].currency, S("CNY")))) f->unit = peek(s)->unit;
	}
	if (peek(s)->kind == T_CLOSE) s->at++;
}

static void read_all(struct scan *s, struct reading *r) {
	bool is_fresh = false; /* the last thing read was a figure or says something of it */
	r->before.currency = -1;
	for (const struct token *t = peek(s); t->kind != T_END; t = peek(s)) {
		struct figure *f = last_figure(r, is_fresh);
		if (starts_number(t)) {
			if (is_fresh && r->before.words.n == 0 && r->depth == 0 && t[-1].kind == T_RANGE) r->is_too_many = true;
			add_figure(r, read_figure(s, r->before.currency));
			is_fresh = true;
			continue;
		}
		size_t unit_n = t->kind == T_OPEN && f && f->unit < 0 && !f->has_scale ? bracketed_unit(t) : 0;
		if (unit_n) {
			take_bracketed_unit(s, f, unit_n);
			continue;
		}
		if (t->kind == T_OPEN && f && !bracket_has_number(t, 1)) {
			read_remark(s, f);
			continue;
		}
		s->at++;
		switch (t->kind) {
		case T_OPEN:
			r->depth++;
			is_fresh = false;
			break;
		case T_CLOSE:
			if (r->depth) r->depth--;
			break;
		case T_SEP:
			is_fresh = false;
			r->before = (struct before){.currency = -1};
			break;
		case T_OVER: case T_ABOUT: case T_NEARLY: case T_PHASE:
			if (f) qualify(f, qual_of(t->kind), t->text);
			else if (r->before.qual != QUAL_PHASE && (r->before.qual == QUAL_EXACT || t->kind == T_PHASE)) {
				r->before.qual = qual_of(t->kind);
				r->before.word = t->text;
			}
			break;
		case T_TOTAL: r->before.is_total = true; is_fresh = false; break;
		case T_PART: r->before.is_part = true; is_fresh = false; break;
		case T_UNIT: r->before.currency = t->unit; break;
		case T_VAGUE: r->is_vague = true; break;
		case T_BAD_NUMBER:
			if (!r->bad_number.n) r->bad_number = t->text;
			break;
		case T_RANGE:
			if (!f && !r->before.is_total && starts_number(peek(s)) && !str_eq(t->text, S("~")) && !str_eq(t->text, S("至")) && !str_eq(t->text, S("到")))
				r->is_negative = r->n == 0;
			else if (!f) r->before.qual = QUAL_ABOUT, r->before.word = t->text;
			break;
		case T_WORD:
			if (r->depth) break;
			if (f && !f->words.n) f->words = t->text;
			else if (!f && !r->before.words.n) r->before.words = t->text;
			if (!r->words.n) r->words = t->text;
			break;
		case T_LABEL: case T_END: case T_NUM: case T_MUL: break;
		}
	}
}

/* ---- the answer ---- */

static struct amount refused(enum amount_state state, struct str rule, struct str arg) {
	return (struct amount){.state = state, .value = NONE, .high = NONE, .rule = rule, .arg = arg};
}

/* The total if one is called so, else the only main one; phases and parts come last. NULL = unclear. */
static const struct figure *main_figure(const struct reading *r) {
	const struct figure *main = NULL, *phase = NULL, *other = NULL;
	size_t mains = 0;
	for (size_t i = 0; i < r->n; i++)
		if (r->figures[i].is_total && !r->figures[i].is_part && !r->figures[i].is_nested) return &r->figures[i];
	for (size_t i = 0; i < r->n; i++) {
		const struct figure *f = &r->figures[i];
		if (f->is_part || f->is_nested) {
			if (!other) other = f;
		} else if (f->qual == QUAL_PHASE) {
			if (!phase) phase = f;
		} else if (!mains++) {
			main = f;
		}
	}
	if (mains > 1) return NULL;
	if (main) return main;
	if (phase) return phase;
	return r->n == 1 && !other->is_part ? other : NULL;
}

/* 10^-12 base units to units of the measure, half away from zero. False when it does not fit. */
static bool converted(wide v, int exp10, int64_t num, int64_t den, int64_t *out, bool *is_rounded) {
	if (!times(&v, exp10) || v > WIDE_MAX / num) return false;
	wide n = v * num, d = wide_ten(FRACTION_DIGITS) * den;
	if (n % d) *is_rounded = true;
	n = (n + d / 2) / d;
	if (n > MONEY_MAX_MINOR) return false;
	*out = (int64_t)n;
	return true;
}

static bool has_unit(const struct unit *u) {
	return u && u->text.n;
}

static const struct unit one_each = {S_("个"), S_(""), 0, 1, 1};

/* A scale alone is a unit of money: 3.5亿. A foreign column keeps its currency for it. */
static struct amount measured(const struct figure *f, enum measure m, const struct unit *standard, struct str text) {
	struct amount out = {.state = AMOUNT_GOOD, .value = NONE, .high = NONE, .qual = f->qual, .word = f->word};
	bool has_currency = standard && standard->num > 0;
	bool is_own = f->unit >= 0 || (m == MEASURE_MONEY && f->has_scale && (!f->is_english || has_currency));
	if (!is_own && m == MEASURE_COUNT && !has_unit(standard)) standard = &one_each;
	if (!is_own && !has_unit(standard)) return refused(AMOUNT_NEEDS_UNIT, S("amount_needs_unit"), text);
	has_currency = standard && standard->num > 0;
	int64_t num = has_currency ? standard->num : 100, den = has_currency ? standard->den : 1;
	int exp10 = is_own || f->has_scale ? 0 : standard->exp10;
	if (m == MEASURE_MONEY) out.currency = has_currency ? standard->currency : S("CNY");
	if (f->unit >= 0) {
		num = units[f->unit].num;
		den = units[f->unit].den;
		out.currency = units[f->unit].currency;
	}
	out.unit = f->unit_text;
	out.is_rounded = f->is_cut;
	if (!converted(f->value, exp10, num, den, &out.value, &out.is_rounded)) return refused(AMOUNT_BAD, S("amount_too_big"), text);
	if (!f->has_high) return out;
	if (!converted(f->high, exp10, num, den, &out.high, &out.is_rounded)) return refused(AMOUNT_BAD, S("amount_too_big"), text);
	if (out.high < out.value) return refused(AMOUNT_BAD, S("amount_range"), text);
	return out;
}

static bool is_missing(struct arena *a, struct str s) {
	if (s.n && is_digit(s.p[0])) return false;
	struct str key = word_key(a, s), rest = missing_words, w;
	if (!key.n) return true;
	while (str_split(&rest, '|', &w))
		if (str_eq(key, w)) return true;
	return false;
}

static void warn(struct amount *out) {
	if (!str_eq(out->currency, S("CNY"))) return;
	if (out->value > LARGE_FEN) out->warn = S("amount_large");
	if (out->value < SMALL_FEN) out->warn = S("amount_small");
}

struct amount amount_parse(struct arena *a, struct str text, enum measure m, const struct unit *standard) {
	struct str shown = str_trim(text);
	if (is_missing(a, text)) return refused(AMOUNT_MISSING, S(""), S(""));
	if (str_starts(shown, S("#"))) return refused(AMOUNT_BAD, S("amount_error_cell"), shown);
	struct token tokens[TOKENS_MAX + 2];
	(void)tokens_of(folded(a, text), m, tokens);
	struct scan s = {.t = tokens};
	struct reading *r = arena_alloc(a, sizeof *r);
	read_all(&s, r);
	if (r->bad_number.n) return refused(AMOUNT_BAD, S("amount_number"), shown);
	if (r->is_negative) return refused(AMOUNT_BAD, S("amount_negative"), shown);
	if (!r->n || (r->is_vague && r->n == 1)) return refused(AMOUNT_BAD, S("amount_no_figure"), shown);
	const struct figure *f = main_figure(r);
	if (!f || r->is_too_many) return refused(AMOUNT_BAD, S("amount_two"), shown);
	if (f->rule.n) return refused(AMOUNT_BAD, f->rule, shown);
	if (f->words.n) return refused(AMOUNT_BAD, S("amount_words"), shown);
	if (f->factor < 0 && f->qual == QUAL_EXACT) return refused(AMOUNT_BAD, S("amount_no_figure"), shown);
	struct amount out = measured(f, m, standard, shown);
	if (out.state == AMOUNT_GOOD && m == MEASURE_MONEY) warn(&out);
	return out;
}

/* ---- units of headings, titles and unit lines ---- */

/* May a unit end before t? It may before a bracket, a separator, a slash or the end. */
static bool ends_unit(const struct token *t) {
	return t->kind == T_END || t->kind == T_SEP || t->kind == T_CLOSE || t->kind == T_OPEN || str_eq(t->text, S("/")) ||
	       str_eq(t->text, S(":")) || str_eq(t->text, S("/年"));
}

static bool starts_unit(const struct token *t, bool is_first) {
	if (is_first) return true;
	return t->kind == T_OPEN || t->kind == T_SEP || str_eq(t->text, S(":")) || str_eq(t->text, S("/")) || str_eq(t->text, S("为"));
}

/* MUL* UNIT at `at`: its length in tokens, 0 = none. In brackets (亿) alone is 亿元. */
static size_t unit_at(const struct token *t, size_t at, enum measure m, bool is_bracketed, struct unit *u) {
	size_t n = 0;
	int exp10 = 0, index = -1;
	/* 人民币万元, 美元（万） */
	if (t[at].kind == T_UNIT && t[at + 1].kind == T_MUL) index = t[at + n++].unit;
	for (; t[at + n].kind == T_MUL && !t[at + n].is_english && exp10 <= 12; n++) exp10 += (int)t[at + n].value;
	for (; t[at + n].kind == T_UNIT; n++)
		if (index < 0 || str_eq(units[index].currency, S("CNY"))) index = t[at + n].unit;
	if (!n || !ends_unit(&t[at + n])) return 0;
	if (index < 0 && !(m == MEASURE_MONEY && is_bracketed && exp10 >= 4)) return 0;
	const struct unit_def *d = &units[index < 0 ? 0 : index];
	*u = (struct unit){.text = span(t[at].text, t[at + n - 1].text), .currency = d->currency, .exp10 = exp10, .num = d->num, .den = d->den};
	return n;
}

bool unit_find(struct arena *a, struct str text, enum measure m, bool is_strict, struct unit *out) {
	struct token t[TOKENS_MAX + 2];
	struct str s = folded(a, text);
	size_t n = tokens_of(s, m, t);
	ptrdiff_t word = str_find(s, S("单位"));
	for (size_t i = 0; i < n; i++) {
		bool is_bracketed = i && t[i - 1].kind == T_OPEN;
		bool is_after_word = word >= 0 && t[i].text.p > s.p + word;
		bool may_start = starts_unit(i ? &t[i - 1] : &t[0], i == 0);
		if (is_strict && !may_start && !is_after_word) continue;
		if (is_strict && !i && !is_after_word) continue;
		struct unit u;
		if (!unit_at(t, i, m, is_bracketed, &u)) continue;
		u.text = str_copy(a, u.text);
		*out = u;
		return true;
	}
	return false;
}
