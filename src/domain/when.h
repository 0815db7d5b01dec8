/* when.h - dates as people write them: 2024年3月, 2022-06-24, 24.3.15, 一季度, 10月投产, 45366.
 *
 * A date has the precision that was written, never more. What names no single day is a range with its
 * first and last day (2024年1-4月, 上半年, 3月上旬, 年底 = December). A date without its year takes the year
 * of the context; with none it is WHEN_NEEDS_YEAR, never guessed. Impossible dates are refused. */
#ifndef DOMAIN_WHEN_H
#define DOMAIN_WHEN_H

#include "base/day.h"
#include "domain/ctx.h"

enum precision { PRECISION_DAY, PRECISION_MONTH, PRECISION_YEAR, PRECISION_RANGE };

enum when_state {
	WHEN_MISSING,
	WHEN_GOOD,
	WHEN_NEEDS_YEAR, /* rule says so; the rest is as it will be once the year is known */
	WHEN_DOUBTFUL,   /* can be read in two ways: ask, keep the text */
	WHEN_TEXT,       /* words, no date: 已开工 */
	WHEN_BAD         /* a date that does not exist */
};

struct when {
	enum when_state state;
	enum precision precision;
	int32_t day, last;   /* first and last day meant; equal for PRECISION_DAY; DAY_NONE unless WHEN_GOOD */
	bool is_year_taken;  /* the year came from the context */
	struct str words;    /* what stands beside the date: 投产, 前, 左右 */
	struct str rule;     /* key of the sentence for the last four states */
	struct str args[2];
};

struct when_context {
	int year;            /* of the sheet or title; 0 = unknown */
	bool may_be_serial;  /* a date column: 45366 is a day counted from 1899-12-30 */
	bool is_number;      /* the cell held a number: 2024.1 may have been 2024.10 */
};

struct when when_parse(struct arena *a, struct str text, struct when_context c);

/* The sentence of a rule of this page, with fact, rule and way out; empty for others. */
struct str when_sentence(struct arena *a, struct str rule, const struct str args[2], enum lang lang);

#endif
