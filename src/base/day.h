/* day.h - civil days and instants.
 *
 * A day is int32 days since 1970-01-01 in the proleptic Gregorian calendar; DAY_NONE (0) means
 * "not there" (no date of this trade is that old). An instant is int64 milliseconds UTC.
 * The city's clock is Asia/Shanghai, UTC+8 all year since 1992: no time zone database needed. */
#ifndef BASE_DAY_H
#define BASE_DAY_H

#include "base/buf.h"

enum { DAY_NONE = 0, DAY_MIN = -25567 /* 1900-01-01 */, DAY_MAX = 47481 /* 2099-12-31 */ };

int32_t day_of(int year, int month, int mday);           /* no check */
void day_split(int32_t day, int *year, int *month, int *mday);
bool day_is_valid(int year, int month, int mday);
bool day_parse(struct str iso, int32_t *day);            /* YYYY-MM-DD, a real date in range */
void buf_day(struct buf *b, int32_t day);                /* YYYY-MM-DD */
struct str str_of_day(struct arena *a, int32_t day);
int32_t day_of_ms(int64_t at_ms);                        /* the day in Asia/Shanghai */
int day_month_len(int year, int month);

int64_t now_ms(void);                                    /* the machine's clock: only main reads it */
void buf_instant(struct buf *b, int64_t at_ms);          /* 2024-04-10T09:42:00.123Z */

#endif
