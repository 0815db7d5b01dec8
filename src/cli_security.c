#include "cli_security.h"

#include "cli_words.h"
#include "domain/account.h"
#include "domain/policy.h"
#include "domain/write.h"

#include <stdio.h>

struct args {
	struct str words[2];
	size_t words_n;
	bool is_json;
};

static const struct cli_word options[] = {{"--json", offsetof(struct args, is_json), true}};

static enum err set_job(struct ctx *ctx, void *arg) {
	const struct args *a = arg;
	ctx->actor = actor_console(ROLE_SEC_ADMIN);
	return policy_set(ctx, a->words[0], a->words[1]);
}

static void put_json(struct ctx *ctx, const struct policy *p, struct buf *b) {
	struct json j = {.out = b};
	json_obj(&j);
	for (size_t i = 0; i < policy_fields_n; i++) {
		json_key(&j, policy_fields[i].key);
		json_str(&j, policy_text(ctx, p, i));
	}
	json_end(&j);
	buf_byte(b, '\n');
}

static void put_lines(struct ctx *ctx, const struct policy *p, struct buf *b) {
	for (size_t i = 0; i < policy_fields_n; i++) {
		buf_add(b, policy_fields[i].key);
		buf_c(b, " = ");
		buf_add(b, policy_text(ctx, p, i));
		buf_byte(b, '\n');
	}
}

static enum err show(struct ctx *ctx, const struct args *a) {
	struct policy p;
	struct buf b = {.arena = ctx->arena};
	enum err e = policy_get(ctx, &p);
	if (e) return e;
	(a->is_json ? put_json : put_lines)(ctx, &p, &b);
	bool is_written = fwrite(b.p, 1, b.n, stdout) == b.n && !fflush(stdout);
	return is_written ? ERR_OK : fail(ctx, ERR_STORE, S(""), S("output_failed"));
}

enum err cli_security(struct ctx *ctx, int argc, char **argv) {
	struct args a = {0};
	bool is_read = cli_words(argc, argv, 1, options, 1, &a, a.words, 2, &a.words_n);
	if (!is_read || a.words_n == 1) {
		fputs("usage:\n  zhaoyin security                  the settings\n"
		      "  zhaoyin security KEY VALUE        change one; \"\" takes it back to its standard\n", stderr);
		return fail(ctx, ERR_INVALID, S("arguments"), S("usage"));
	}
	enum err e = a.words_n ? ctx_write(ctx, set_job, &a) : ERR_OK;
	return e ? e : show(ctx, &a);
}
