/* code.h - public codes: XM + region + year + 5 digits for projects, XS + region + month + 4 digits
 * for leads. A number is never given twice, not even after its record is gone. */
#ifndef DOMAIN_CODE_H
#define DOMAIN_CODE_H

#include "domain/ctx.h"

enum code_kind { CODE_PROJECT, CODE_LEAD };

/* The next code of that kind, region and ctx->today. Inside a write job only. */
enum err code_next(struct ctx *ctx, enum code_kind kind, struct str region_code, struct str *out);

/* Between these numbers are taken in blocks, and what is left of them is given back at the end: for a job
 * that makes thousands of records. Without the end the job must fail. */
void code_batch_begin(struct ctx *ctx);
enum err code_batch_end(struct ctx *ctx);

#endif
