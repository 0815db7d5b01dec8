/* setting.h - what a city keeps about itself in table setting: city_code, city_name and city_name_en
 * (city.h); of a demo city also is_demo and the day it stands still at (today). */
#ifndef DOMAIN_SETTING_H
#define DOMAIN_SETTING_H

#include "domain/ctx.h"

/* The value in ctx->arena, or `absent`. ERR_STORE, ERR_BUSY. */
enum err setting_get(struct ctx *ctx, struct str key, struct str absent, struct str *out);

/* JOB. In place of the value that was there, if any; an empty one only takes that away. ERR_STORE,
 * ERR_BUSY. */
enum err setting_put(struct ctx *ctx, struct str key, struct str value);

#endif
