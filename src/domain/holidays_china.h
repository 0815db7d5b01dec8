/* holidays_china.h - the working-day calendar that a new city starts with: made at build from
 * data/holidays_china.csv, each line "2024-02-12,休,春节" (休 = a holiday, 班 = a weekend that is worked). */
#ifndef DOMAIN_HOLIDAYS_CHINA_H
#define DOMAIN_HOLIDAYS_CHINA_H

#include "base/str.h"

extern const struct str holidays_china[];
extern const size_t holidays_china_n;

#endif
