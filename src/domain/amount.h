/* amount.h - amounts, areas and quantities as people write them, read exactly, in integers.
 *
 * 3.5亿 · 35000万 · 3,500万元 · 三亿五千万元 · 1亿美元 · 超50亿元 · 320亿元（超） · 3-5亿元 · 总投资50亿元，其中一期
 * 20亿元. A unit in the text wins over the default; a number with neither is AMOUNT_NEEDS_UNIT, never
 * guessed. Several amounts in one text: the one called total, else the first main one; a part (其中,
 * 已完成, 折合) never. One phase's amount alone is QUAL_PHASE.
 *
 * Qualifiers: 以上 超 逾 多 余 ≥ + 不低于 are QUAL_OVER; 近 将近 接近 are QUAL_NEARLY; 约 左右 预计 and upper
 * bounds (不超过, 以内) are QUAL_ABOUT. A range is QUAL_ABOUT with its lower bound as value, its upper
 * in `high`, and the range as its word. The word is in half-width, simplified characters. 总投资, 计划,
 * 概算 and 估算 before a number change nothing: what is agreed is always a plan. */
#ifndef DOMAIN_AMOUNT_H
#define DOMAIN_AMOUNT_H

#include "domain/project.h"

enum measure {
	MEASURE_MONEY,   /* 1/100 of the currency: fen for CNY; whole units for JPY and KRW */
	MEASURE_MU,      /* land: 0.01 mu */
	MEASURE_M2,      /* floor area: m2 */
	MEASURE_ENERGY,  /* 0.01 tce */
	MEASURE_MASS,    /* kg */
	MEASURE_VOLUME,  /* m3 */
	MEASURE_COUNT,   /* persons and pieces */
	MEASURE__N
};

/* 万元 is CNY x 10^4, 公顷 is 10000 m2. */
struct unit {
	struct str text;      /* as written, "万元"; empty = no unit */
	struct str currency;  /* MEASURE_MONEY: ISO 4217 */
	int exp10;            /* 万 = 4, 亿 = 8 */
	int64_t num, den;     /* one base unit in units of the measure (fen, m2, 0.01 tce, ...) */
};

enum amount_state { AMOUNT_MISSING, AMOUNT_GOOD, AMOUNT_NEEDS_UNIT, AMOUNT_BAD };

struct amount {
	enum amount_state state;
	int64_t value;        /* in units of the measure; NONE unless AMOUNT_GOOD */
	int64_t high;         /* upper bound of a range; NONE = no range */
	struct str currency;  /* MEASURE_MONEY: "CNY" or the foreign one */
	enum qual qual;
	struct str word;      /* the qualifier: 以上, 约, 一期, ... */
	struct str unit;      /* the unit that stood in the text; empty = the default was taken */
	bool is_rounded;      /* the text had more decimals than the unit of the measure */
	struct str rule;      /* AMOUNT_BAD, AMOUNT_NEEDS_UNIT: key of the sentence */
	struct str arg;
	struct str warn;      /* amount_large (over 500 亿元), amount_small (under 10 万元): a unit slip? */
};

/* default_unit = NULL or a unit without text: none; if it has num all the same, its currency is known
 * and its scale is not: 5000万 is of that currency, 5000 needs a unit. Never fails otherwise than by
 * its state. */
struct amount amount_parse(struct arena *a, struct str text, enum measure m, const struct unit *default_unit);

/* The unit that a heading, a title or a unit line names for a measure: 投资（亿元）, 单位：万元、亩, 总投资/万元.
 * is_strict (titles): only in brackets or after 单位, so that 亿元以上项目汇总表 names none. */
bool unit_find(struct arena *a, struct str text, enum measure m, bool is_strict, struct unit *out);

/* The units to choose from where a column has none, best first; empty past the last. */
struct str unit_choices(enum measure m, size_t i);

/* The sentence of a rule of this page, with fact, rule and way out; empty for others. */
struct str amount_sentence(struct arena *a, struct str rule, struct str arg, enum lang lang);

#endif
