#include "base/day.h"

#include <time.h>

/* Days from civil: years are counted from March, so that the leap day is the last of the year. */
int32_t day_of(int year, int month, int mday) {
	int y = month <= 2 ? year - 1 : year;
	int era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
	int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + mday - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

void day_split(int32_t day, int *year, int *month, int *mday) {
	int z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	*mday = doy - (153 * mp + 2) / 5 + 1;
	*month = mp < 10 ? mp + 3 : mp - 9;
	*year = yoe + era * 400 + (*month <= 2);
}

int day_month_len(int year, int month) {
	static const int len[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return month == 2 && leap ? 29 : len[month - 1];
}

bool day_is_valid(int year, int month, int mday) {
	return year >= 1900 && year <= 2099 && month >= 1 && month <= 12 && mday >= 1 &&
	       mday <= day_month_len(year, month);
}

bool day_parse(struct str iso, int32_t *day) {
	int64_t y, m, d;
	if (iso.n != 10 || iso.p[4] != '-' || iso.p[7] != '-') return false;
	if (!str_int(str_sub(iso, 0, 4), &y) || !str_int(str_sub(iso, 5, 2), &m) ||
	    !str_int(str_sub(iso, 8, 2), &d))
		return false;
	if (!day_is_valid((int)y, (int)m, (int)d)) return false;
	*day = day_of((int)y, (int)m, (int)d);
	return *day != DAY_NONE;
}

void buf_day(struct buf *b, int32_t day) {
	int y, m, d;
	day_split(day, &y, &m, &d);
	buf_pad(b, y, 4);
	buf_byte(b, '-');
	buf_pad(b, m, 2);
	buf_byte(b, '-');
	buf_pad(b, d, 2);
}

struct str str_of_day(struct arena *a, int32_t day) {
	struct buf b = {.arena = a};
	buf_day(&b, day);
	return buf_str(&b);
}

enum { DAY_MS = 86400000, SHANGHAI_MS = 8 * 3600000 };

static int64_t floor_div(int64_t a, int64_t b) {
	return a / b - (a % b < 0);
}

int32_t day_of_ms(int64_t at_ms) {
	return (int32_t)floor_div(at_ms + SHANGHAI_MS, DAY_MS);
}

int64_t now_ms(void) {
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void buf_instant(struct buf *b, int64_t at_ms) {
	int64_t day = floor_div(at_ms, DAY_MS), ms = at_ms - day * DAY_MS;
	buf_day(b, (int32_t)day);
	buf_byte(b, 'T');
	buf_pad(b, ms / 3600000, 2);
	buf_byte(b, ':');
	buf_pad(b, ms / 60000 % 60, 2);
	buf_byte(b, ':');
	buf_pad(b, ms / 1000 % 60, 2);
	buf_byte(b, '.');
	buf_pad(b, ms % 1000, 3);
	buf_byte(b, 'Z');
}
