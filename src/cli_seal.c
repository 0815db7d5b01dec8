#include "cli_seal.h"

#include "cli_words.h"
#include "domain/seal.h"

#include <stdio.h>

struct args {
	bool is_json, is_sm4;
};

static const struct cli_word options[] = {
	{"--json", offsetof(struct args, is_json), true}, {"--sm4", offsetof(struct args, is_sm4), true},
};
enum { OPTIONS = sizeof options / sizeof *options };

static enum err show(struct ctx *ctx, const struct args *a) {
	struct seal_status s;
	enum err e = seal_status(ctx, &s);
	if (e) return e;
	struct str kind = seal_kind_name(s.kind);
	if (a->is_json)
		printf("{\"key\":%lld,\"kind\":\"%.*s\",\"keys\":%zu,\"stale\":%lld}\n", (long long)s.key_id, (int)kind.n,
			kind.p, s.keys_n, (long long)s.stale);
	else
		printf("key %lld, %.*s, of %zu\nrows to seal anew: %lld\n", (long long)s.key_id, (int)kind.n, kind.p, s.keys_n,
			(long long)s.stale);
	return ERR_OK;
}

static enum err say_rows(struct ctx *ctx, const struct args *a, int64_t rows, int64_t damaged) {
	if (a->is_json) printf("{\"rows\":%lld,\"damaged\":%lld}\n", (long long)rows, (long long)damaged);
	else printf("rows sealed: %lld\n", (long long)rows);
	if (!damaged) return ERR_OK;
	fprintf(stderr, "zhaoyin seal: %lld rows do not open with the keys there are and were left as they are; the log names them\n",
		(long long)damaged);
	return fail(ctx, ERR_CONFLICT, S(""), S("seal_damaged"));
}

static enum err upgrade(struct ctx *ctx, const struct args *a) {
	int64_t rows, damaged;
	enum err e = seal_upgrade(ctx, &rows, &damaged);
	return e ? e : say_rows(ctx, a, rows, damaged);
}

static enum err rotate(struct ctx *ctx, const struct args *a) {
	int64_t rows, damaged;
	enum err e = seal_rotate(ctx, a->is_sm4 ? SEAL_SM4_CTR_HMAC_SM3 : SEAL_AES256_GCM, &rows, &damaged);
	return e ? e : say_rows(ctx, a, rows, damaged);
}

static const struct command {
	const char *name;
	enum err (*run)(struct ctx *ctx, const struct args *a);
	const char *usage;
} commands[] = {
	{"status", show, "status             which key seals, and how many rows it does not yet"},
	{"upgrade", upgrade, "upgrade            seal what is plain or sealed with an older key"},
	{"rotate", rotate, "rotate [--sm4]     a new key (AES-256-GCM, or SM4-CTR with HMAC-SM3), then upgrade"},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

enum err cli_seal(struct ctx *ctx, int argc, char **argv) {
	struct args a = {0};
	bool is_read = argc >= 2 && cli_words(argc, argv, 2, options, OPTIONS, &a, NULL, 0, NULL);
	for (size_t i = 0; i < COMMANDS && is_read; i++)
		if (str_eq(str_c(commands[i].name), str_c(argv[1]))) return commands[i].run(ctx, &a);
	fputs("usage:\n", stderr);
	for (size_t i = 0; i < COMMANDS; i++) fprintf(stderr, "  zhaoyin seal %s\n", commands[i].usage);
	return fail(ctx, ERR_INVALID, S("arguments"), S("usage"));
}
