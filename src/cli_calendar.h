/* cli_calendar.h - `zhaoyin calendar`: the working days of a year from the console. */
#ifndef CLI_CALENDAR_H
#define CLI_CALENDAR_H

#include "domain/ctx.h"

/* argv[0] = "calendar". Failures are in ctx->error; rule "usage" = wrong use. */
enum err cli_calendar(struct ctx *ctx, int argc, char **argv);

#endif
