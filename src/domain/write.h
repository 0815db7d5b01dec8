/* write.h - a write job that has a ctx: for what runs outside one (a pool thread, the command line).
 *
 * A handler that the store already runs as a job never needs it: a job may not wait for another. */
#ifndef DOMAIN_WRITE_H
#define DOMAIN_WRITE_H

#include "domain/ctx.h"

typedef enum err (*ctx_work)(struct ctx *ctx, void *arg);

/* Run `work` as one durable write job, with ctx->db the writer's connection meanwhile. PostgreSQL
 * may run it again: what it keeps outside the database it must overwrite. Failures are in
 * ctx->error. */
enum err ctx_write(struct ctx *ctx, ctx_work work, void *arg);

#endif
