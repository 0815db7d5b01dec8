#include "cli_calendar.h"

#include "base/day.h"
#include "domain/calendar.h"
#include "domain/write.h"

#include <stdio.h>
#include <string.h>

enum { FILE_MAX = 20000 };

static enum err usage(struct ctx *ctx) {
	fputs("usage: zhaoyin calendar import --year YYYY --source TEXT FILE.csv | calendar list --year YYYY\n"
	      "  a line of the file: 2024-02-12,休,春节   (休 or HOLIDAY, 班 or WORKDAY)\n", stderr);
	return fail(ctx, ERR_INVALID, S(""), S("usage"));
}

struct order_sheet {
	int64_t year;
	struct str source, text;
	const char *file;
	struct work_day *days;
	size_t n;
};

static bool read_args(struct order_sheet *o, int argc, char **argv) {
	for (int i = 2; i < argc; i++) {
		bool has_value = i + 1 < argc;
		if (strcmp(argv[i], "--year") == 0 && has_value) {
			if (!str_int(str_c(argv[++i]), &o->year)) return false;
		} else if (strcmp(argv[i], "--source") == 0 && has_value) o->source = str_c(argv[++i]);
		else if (argv[i][0] != '-' && !o->file) o->file = argv[i];
		else return false;
	}
	return o->year >= 2000 && o->year <= 2099;
}

static enum err read_file(struct ctx *ctx, struct order_sheet *o) {
	struct buf b = {.arena = ctx->arena};
	FILE *f = fopen(o->file, "rb");
	if (!f) return fail(ctx, ERR_NOT_FOUND, S(""), S("sheet_not_found"));
	b.n = fread(buf_reserve(&b, FILE_MAX + 1), 1, FILE_MAX + 1, f);
	fclose(f);
	o->text = buf_str(&b);
	return b.n > FILE_MAX ? fail(ctx, ERR_INVALID, S("csv"), S("too_many_days")) : ERR_OK;
}

static enum err put(struct ctx *ctx, void *arg) {
	const struct order_sheet *o = arg;
	return calendar_put(ctx, (int)o->year, o->source, o->days, o->n);
}

static enum err import_year(struct ctx *ctx, struct order_sheet *o) {
	if (!o->file) return usage(ctx);
	enum err e = read_file(ctx, o);
	if (!e) e = calendar_parse(ctx, o->text, (int)o->year, &o->days, &o->n);
	if (!e) e = ctx_write(ctx, put, o);
	if (!e) printf("%d: %zu days\n", (int)o->year, o->n);
	return e;
}

static enum err list_year(struct ctx *ctx, const struct order_sheet *o) {
	struct rows *r;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_WORK_DAYS_OF_YEAR, &r,
		VT(str_of_day(ctx->arena, day_of((int)o->year, 1, 1))), VT(str_of_day(ctx->arena, day_of((int)o->year, 12, 31))));
	if (e) return fail_store(ctx, e);
	while (rows_next(r)) {
		struct str day = rows_text(r, 0), name = rows_text(r, 2);
		printf("%.*s,%s,%.*s\n", (int)day.n, day.p, rows_int(r, 1) ? "班" : "休", (int)name.n, name.n ? name.p : "");
	}
	e = rows_error(r);
	rows_done(r);
	return fail_store(ctx, e);
}

enum err cli_calendar(struct ctx *ctx, int argc, char **argv) {
	struct order_sheet o = {0};
	if (argc < 3 || !read_args(&o, argc, argv)) return usage(ctx);
	if (strcmp(argv[1], "import") == 0) return import_year(ctx, &o);
	return strcmp(argv[1], "list") == 0 ? list_year(ctx, &o) : usage(ctx);
}
