#include "cli_import_write.h"

#include "cli.h"
#include "domain/import.h"
#include "domain/setting.h"

#include <stdio.h>
#include <string.h>

struct options {
	bool is_json, is_yes;
	const char *file;
	struct str region;
};

static bool parse(int argc, char **argv, struct options *o) {
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0) o->is_json = true;
		else if (strcmp(argv[i], "--yes") == 0) o->is_yes = true;
		else if (strcmp(argv[i], "--region") == 0 && i + 1 < argc) o->region = str_c(argv[++i]);
		else if (o->file || (argv[i][0] == '-' && argv[i][1])) return false;
		else o->file = argv[i];
	}
	return o->file && o->is_yes;
}

/* One byte over the limit is enough to be refused. */
static bool read_file(struct arena *a, const char *path, struct str *out) {
	FILE *f = fopen(path, "rb");
	struct buf b = {.arena = a};
	size_t n;
	if (!f) return false;
	while (b.n <= IMPORT_MAX_BYTES && (n = fread(buf_reserve(&b, 1 << 16), 1, 1 << 16, f)) > 0) b.n += n;
	bool is_read = !ferror(f);
	fclose(f);
	*out = buf_str(&b);
	return is_read;
}

static struct str base_name(const char *path) {
	const char *slash = strrchr(path, '/');
	return str_c(slash ? slash + 1 : path);
}

static enum err run(struct ctx *ctx, struct options *o, struct str bytes, struct import *rec) {
	int64_t id;
	enum err e = o->region.n ? ERR_OK : setting_get(ctx, S("city_code"), S("370700"), &o->region);
	if (!e) e = import_open(ctx, base_name(o->file), o->region, bytes, &id);
	if (!e) e = import_check(ctx, id, true, NULL);
	if (!e) e = import_write(ctx, id, NULL);
	return e ? e : record_get(ctx, &import_noun, id, rec);
}

static void report(struct ctx *ctx, const struct options *o, const struct import *rec) {
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	int64_t stored = rec->rows_new + rec->rows_error + rec->rows_duplicate;
	json_obj(&j);
	json_put_int(&j, "import_id", rec->record.id);
	json_put_str(&j, "file", rec->file_name);
	json_put_int(&j, "rows", rec->rows_total);
	json_put_int(&j, "stored", stored);
	json_put_int(&j, "updated", rec->rows_update);
	json_put_int(&j, "unchanged", rec->rows_same);
	json_put_int(&j, "conflicts", rec->rows_conflict);
	json_put_int(&j, "duplicates", rec->rows_duplicate);
	json_put_int(&j, "errors", rec->rows_error);
	json_end(&j);
	if (o->is_json) printf("%.*s\n", (int)b.n, b.p);
	else printf("import %lld: %lld rows, %lld stored, %lld updated, %lld with wrong cells, %lld look like others\n",
		(long long)rec->record.id, (long long)rec->rows_total, (long long)stored, (long long)rec->rows_update,
		(long long)rec->rows_error, (long long)rec->rows_duplicate);
}

int cli_import_write(struct ctx *ctx, int argc, char **argv) {
	struct options o = {0};
	struct str bytes;
	struct import rec;
	if (!parse(argc, argv, &o)) {
		fputs("usage: zhaoyin import --dry-run --json FILE | zhaoyin import --db F [--init] --yes [--json] [--region CODE] FILE\n", stderr);
		return 2;
	}
	if (!read_file(ctx->arena, o.file, &bytes)) {
		fprintf(stderr, "zhaoyin import: %s cannot be read\n", o.file);
		return 1;
	}
	ctx->actor = (struct actor){.login = S("console"), .role = ROLE_CITY_STAFF, .scope = S("37")};
	enum err e = run(ctx, &o, bytes, &rec);
	if (e) return cli_fail(ctx, "import", e);
	report(ctx, &o, &rec);
	return 0;
}
