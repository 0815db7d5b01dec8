/* calendar.h - working days: Monday to Friday but for the days of table work_day, which the State
 * Council's notice of each year names (holidays, and weekends that are worked instead).
 *
 * A year without rows is Monday to Friday; calendar_has_year says so. Loaded once a ctx. */
#ifndef DOMAIN_CALENDAR_H
#define DOMAIN_CALENDAR_H

#include "domain/ctx.h"

#include <stddef.h>

struct work_day {
	int32_t day;
	bool is_work;
	struct str name;
};

struct calendar;
enum err calendar_load(struct ctx *ctx, const struct calendar **out);
bool calendar_is_work(const struct calendar *c, int32_t day);
bool calendar_has_year(const struct calendar *c, int year);

/* The n-th working day after `day`; n = 0: the day itself, or the next working day. */
int32_t calendar_after(const struct calendar *c, int32_t day, int64_t n);

/* The rows of a year out of text, one "DAY,KIND[,NAME]" a line; KIND is 休, HOLIDAY, 班 or WORKDAY; a first
 * line of headings and empty lines are passed over. Every bad line is chained as line_N: no such form,
 * not of this year, there twice, a worked day that is no weekend. */
enum err calendar_parse(struct ctx *ctx, struct str text, int year, struct work_day **out, size_t *n);

/* Put these in the place of the year's rows, with an audit row, and bring the due days of open
 * proposals up to it. Inside a write job. */
enum err calendar_put(struct ctx *ctx, int year, struct str source, const struct work_day *days, size_t n);

/* At start: the years that came with the program, where the city has no own. */
enum err calendar_start(struct db *db);

#endif
