/* setting.h - what one city keeps about itself: its name, its fixed day (demo), whether it is a demo. */
#ifndef DOMAIN_SETTING_H
#define DOMAIN_SETTING_H

#include "domain/ctx.h"

/* The value in ctx->arena, or `absent`. */
enum err setting_get(struct ctx *ctx, struct str key, struct str absent, struct str *out);

/* Inside a write job. */
enum err setting_put(struct ctx *ctx, struct str key, struct str value);

#endif
