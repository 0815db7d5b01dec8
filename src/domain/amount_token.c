#include "domain/amount_token.h"

#include "base/buf.h"
#include "domain/text.h"

/* ---- words ---- */

static const struct { struct str text; int exp10; bool is_english; } multipliers[] = {
	{S_("十"), 1, false}, {S_("拾"), 1, false}, {S_("百"), 2, false}, {S_("佰"), 2, false}, {S_("千"), 3, false},
	{S_("仟"), 3, false}, {S_("万"), 4, false}, {S_("亿"), 8, false}, {S_("k"), 3, true}, {S_("m"), 6, true},
	{S_("mn"), 6, true}, {S_("million"), 6, true}, {S_("bn"), 9, true}, {S_("billion"), 9, true},
	{S_("thousand"), 3, true},
};

const struct unit_def amount_units[] = {
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
enum { UNITS = sizeof amount_units / sizeof *amount_units };

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

/* ---- tokens ---- */

static bool is_digit(char c) {
	return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

wide wide_ten(int exp10) {
	enum { TABLE = 19 };
	static const int64_t powers[TABLE] = {
		1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
		1000000000000, 10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000,
		1000000000000000000,
	};
	if (exp10 <= 0) return 1;
	return exp10 < TABLE ? powers[exp10] : powers[TABLE - 1] * wide_ten(exp10 - TABLE + 1);
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
		if (longest(multipliers[i].text, s) <= best || (multipliers[i].is_english && m != MEASURE_MONEY))
			continue;
		t = as_token(T_MUL, s, multipliers[i].text.n);
		t.value = multipliers[i].exp10;
		t.is_english = multipliers[i].is_english;
		best = t.text.n;
	}
	for (size_t i = 0; i < UNITS; i++) {
		if (amount_units[i].measure != m || amount_units[i].text.n < best
			|| longest(amount_units[i].text, s) < amount_units[i].text.n)
			continue;
		t = as_token(T_UNIT, s, amount_units[i].text.n);
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

struct str amount_folded(struct arena *a, struct str s) {
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

size_t amount_tokens(struct str s, enum measure m, struct token out[TOKENS_MAX + 2]) {
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

struct str token_span(struct str from, struct str to) {
	return (struct str){from.p, (size_t)(to.p + to.n - from.p)};
}
