#include "domain/code.h"

#include "base/day.h"

/* Letters, how much of YYYY-MM goes in, digits of the number. */
static const struct shape {
	struct str letters;
	bool has_month;
	int digits;
} shapes[] = {
	[CODE_PROJECT] = {S_("XM"), false, 5},
	[CODE_LEAD] = {S_("XS"), true, 4},
};

/* ---- blocks of numbers ---- */

enum { BLOCKS = 64, BLOCK_NUMBERS = 500, PREFIX_BYTES = 24 };

struct code_batch {
	struct block {
		char prefix[PREFIX_BYTES];
		size_t n;
		int64_t next, end;
	} blocks[BLOCKS];
	size_t used;
};

void code_batch_begin(struct ctx *ctx) {
	ctx->code_batch = arena_alloc(ctx->arena, sizeof *ctx->code_batch);
}

static struct str prefix_of(const struct block *b) {
	return (struct str){b->prefix, b->n};
}

/* NULL: no batch, or no more room in it. */
static struct block *block_of(struct code_batch *batch, struct str prefix) {
	if (!batch || prefix.n > PREFIX_BYTES) return NULL;
	for (size_t i = 0; i < batch->used; i++)
		if (str_eq(prefix_of(&batch->blocks[i]), prefix)) return &batch->blocks[i];
	if (batch->used == BLOCKS) return NULL;
	struct block *b = &batch->blocks[batch->used++];
	for (b->n = 0; b->n < prefix.n; b->n++) b->prefix[b->n] = prefix.p[b->n];
	return b;
}

/* *first of n numbers after the last that was given. */
static enum err take(struct ctx *ctx, struct str prefix, int64_t n, int64_t *first) {
	int64_t last = 0;
	enum err e = DB_RUN(ctx->db, Q_CODE_TAKE, VT(prefix), VI(n));
	if (!e) e = db_int(ctx->db, Q_CODE_LAST, &VT(prefix), 1, &last);
	*first = last - n + 1;
	return fail_store(ctx, e);
}

static enum err next_number(struct ctx *ctx, struct str prefix, int64_t *no) {
	struct block *b = block_of(ctx->code_batch, prefix);
	if (!b) return take(ctx, prefix, 1, no);
	if (b->next == b->end) {
		enum err e = take(ctx, prefix, BLOCK_NUMBERS, &b->next);
		if (e) return e;
		b->end = b->next + BLOCK_NUMBERS;
	}
	*no = b->next++;
	return ERR_OK;
}

enum err code_batch_end(struct ctx *ctx) {
	const struct code_batch *batch = ctx->code_batch;
	enum err e = ERR_OK;
	ctx->code_batch = NULL;
	for (size_t i = 0; i < batch->used && !e; i++) {
		const struct block *b = &batch->blocks[i];
		if (b->next < b->end) e = DB_RUN(ctx->db, Q_CODE_GIVE_BACK, VT(prefix_of(b)), VI(b->end - b->next));
	}
	return fail_store(ctx, e);
}

enum err code_next(struct ctx *ctx, enum code_kind kind, struct str region_code, struct str *out) {
	const struct shape *s = &shapes[kind];
	struct buf b = {.arena = ctx->arena};
	int y, m, d;
	day_split(ctx->today, &y, &m, &d);
	buf_add(&b, s->letters);
	buf_add(&b, str_sub(region_code, 0, 6));
	buf_pad(&b, y, 4);
	if (s->has_month) buf_pad(&b, m, 2);
	struct str prefix = str_copy(ctx->arena, buf_str(&b));
	int64_t no = 0;
	enum err e = next_number(ctx, prefix, &no);
	if (e) return e;
	buf_pad(&b, no, s->digits);
	*out = buf_str(&b);
	return ERR_OK;
}
