/* amount_words.c - the words of amounts, multipliers and units, and the longest that a text begins with.
 *
 * A long list asks millions of times, so all of them stand in one index by their first character, the
 * longest first; it is made at the first question and only read from then on. */
#include "domain/amount_token.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

static const struct { struct str text; int exp10; bool is_english; } multipliers[] = {
	{S_("十"), 1, false}, {S_("拾"), 1, false}, {S_("百"), 2, false}, {S_("佰"), 2, false}, {S_("千"), 3, false},
	{S_("仟"), 3, false}, {S_("万"), 4, false}, {S_("亿"), 8, false}, {S_("k"), 3, true}, {S_("m"), 6, true},
	{S_("mn"), 6, true}, {S_("million"), 6, true}, {S_("bn"), 9, true}, {S_("billion"), 9, true},
	{S_("thousand"), 3, true},
};
enum { MULTIPLIERS = sizeof multipliers / sizeof *multipliers };

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
enum { LISTS = sizeof lexicon / sizeof *lexicon };

/* ---- the index ---- */

/* Of one text with two meanings the smallest rank counts: a unit, then a word, then a multiplier. */
enum { RANK_UNIT = 0, RANK_WORD = 1000, RANK_MULTIPLIER = 2000 };

struct entry {
	struct str text;
	enum token_kind kind;
	int rank, bucket;
	int of;            /* T_UNIT: index in amount_units; T_MUL: index in multipliers */
};

enum { BUCKETS = 256, ENTRIES_MAX = 512 };
static struct {
	struct entry entries[ENTRIES_MAX];
	size_t n;
	size_t from[BUCKETS + 1]; /* where the entries of a bucket begin */
} words;

static int bucket_of(struct str s) {
	return str_next(&s) & (BUCKETS - 1);
}

static void add_entry(struct str text, enum token_kind kind, int rank, int of) {
	assert(text.n && words.n < ENTRIES_MAX);
	words.entries[words.n++] = (struct entry){text, kind, rank, bucket_of(text), of};
}

static int by_bucket_and_length(const void *x, const void *y) {
	const struct entry *a = x, *b = y;
	if (a->bucket != b->bucket) return a->bucket - b->bucket;
	if (a->text.n != b->text.n) return a->text.n < b->text.n ? 1 : -1;
	return a->rank - b->rank;
}

static void make_index(void) {
	for (int i = 0; i < UNITS; i++) add_entry(amount_units[i].text, T_UNIT, RANK_UNIT + UNITS - i, i);
	for (int i = 0; i < LISTS; i++) {
		struct str rest = lexicon[i].words, w;
		while (str_split(&rest, '|', &w)) add_entry(w, lexicon[i].kind, RANK_WORD + i, 0);
	}
	for (int i = 0; i < MULTIPLIERS; i++) add_entry(multipliers[i].text, T_MUL, RANK_MULTIPLIER + i, i);
	qsort(words.entries, words.n, sizeof *words.entries, by_bucket_and_length);
	for (size_t b = 0, i = 0; b <= BUCKETS; b++) {
		while (i < words.n && words.entries[i].bucket < (int)b) i++;
		words.from[b] = i;
	}
}

static bool is_letter(char c) {
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A Latin word must end where it ends. */
static bool is_torn(struct str w, struct str s) {
	return is_letter(w.p[w.n - 1]) && w.n < s.n && is_letter(s.p[w.n]);
}

static bool is_of_measure(const struct entry *e, enum measure m) {
	if (e->kind == T_UNIT) return amount_units[e->of].measure == m;
	return e->kind != T_MUL || m == MEASURE_MONEY || !multipliers[e->of].is_english;
}

static struct token token_of(const struct entry *e, struct str s) {
	struct token t = {.kind = e->kind, .text = str_sub(s, 0, e->text.n)};
	if (e->kind == T_UNIT) t.unit = e->of;
	if (e->kind == T_MUL) {
		t.value = multipliers[e->of].exp10;
		t.is_english = multipliers[e->of].is_english;
	}
	return t;
}

struct token amount_word(struct str s, enum measure m) {
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, make_index);
	int bucket = bucket_of(s);
	for (size_t i = words.from[bucket]; i < words.from[bucket + 1]; i++) {
		const struct entry *e = &words.entries[i];
		if (str_starts(s, e->text) && is_of_measure(e, m) && !is_torn(e->text, s)) return token_of(e, s);
	}
	return (struct token){.kind = T_WORD, .text = str_cp_head(s, 1)};
}
