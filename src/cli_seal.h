/* cli_seal.h - `zhaoyin seal`: the keys of sealed fields, from the machine's console. */
#ifndef CLI_SEAL_H
#define CLI_SEAL_H

#include "domain/ctx.h"

/* argv[0] = "seal", argv[1] = status, upgrade or rotate. Rule "usage" in ctx->error for a wrong use. */
enum err cli_seal(struct ctx *ctx, int argc, char **argv);

#endif
