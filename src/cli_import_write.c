#include "cli_import_write.h"

#include "api/call.h"
#include "cli.h"
#include "cli_file.h"
#include "domain/import.h"
#include "domain/import_plan.h"
#include "domain/project.h"
#include "domain/reference.h"
#include "domain/city.h"
#include "domain/rights.h"
#include "domain/stored_json.h"

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

static int usage(void) {
	fputs("usage: zhaoyin import --dry-run --json FILE\n"
	      "       zhaoyin import --db F [--init] --yes [--json] [--region CODE] FILE\n"
	      "FILE is .xlsx, .xlsm, .csv, .tsv or .txt; CODE is the unit that the projects belong to.\n", stderr);
	return 2;
}

int cli_import_look(enum lang lang, int argc, char **argv) {
	struct options o = {0};
	struct arena a = {0};
	struct book *book;
	struct sheet_problem problem = {0};
	const struct sheet_limits limits = {.file_bytes = IMPORT_MAX_BYTES};
	int status = 0;
	if (!parse(argc, argv, &o)) return usage();
	if (o.region.n && !region_by_code(o.region)) {
		struct str s = words(&a, S("no_such_region"), lang, o.region, S(""));
		fprintf(stderr, "zhaoyin import: %.*s\n", (int)s.n, s.p);
		status = 1;
	} else if (book_open_file(&a, o.file, &limits, &book, &problem))
		status = file_refuse_sheet(&a, o.file, &problem, lang);
	arena_release(&a);
	return status;
}

/* ---- writing ---- */

struct opening {
	const struct options *o;
	int64_t id;
};

static enum err open_file(struct ctx *ctx, void *arg) {
	struct opening *op = arg;
	struct str bytes;
	if (!file_read(ctx->arena, op->o->file, IMPORT_MAX_BYTES, &bytes))
		return fail(ctx, ERR_NOT_FOUND, S("file"), S("sheet_not_found"));
	return import_open(ctx, file_base_name(op->o->file), op->o->region, bytes, &op->id);
}

static enum err run(struct ctx *ctx, struct options *o, struct import *rec, struct import_written *written) {
	struct opening op = {.o = o};
	struct city_identity city;
	enum err e = o->region.n ? ERR_OK : city_get(ctx, &city);
	if (e) return e;
	if (!o->region.n) o->region = city.code;
	ctx->actor = (struct actor){.login = S("console"), .role = ROLE_CITY_STAFF,
		.scope = str_sub(o->region, 0, 4), .clearance = role_clearance(ROLE_CITY_STAFF)};
	e = import_apart(ctx, open_file, &op);
	if (!e) e = import_check(ctx, op.id, true, NULL);
	if (!e) e = import_write(ctx, op.id, NULL, written);
	return e ? e : record_get(ctx, &import_noun, op.id, rec);
}

/* ---- telling ---- */

struct telling {
	int64_t import_id, after;
	bool is_json, is_end;
	struct json *json;
	struct str results;      /* whose rows; empty = all */
	void (*tell)(struct ctx *ctx, struct telling *t, const struct rows *r);
};

static void put_place(struct telling *t, const struct rows *r) {
	json_put_int(t->json, "sheet", rows_int(r, 1));
	json_put_int(t->json, "row", rows_int(r, 2));
	json_put_str(t->json, "name", rows_text(r, 5));
}

static void say_row(const struct rows *r, struct str text) {
	fprintf(stderr, "zhaoyin import: %lld: %.*s: %.*s\n", (long long)rows_int(r, 2),
		(int)rows_text(r, 5).n, rows_text(r, 5).p, (int)text.n, text.p);
}

static void tell_problems_of(struct ctx *ctx, struct telling *t, const struct rows *r) {
	bool is_error = str_eq(rows_text(r, 3), import_result_code(RESULT_ERROR));
	struct str text = import_problems_text(ctx, rows_text(r, 7), problem_words);
	if (!text.n) return;
	if (!t->is_json) {
		say_row(r, text);
		return;
	}
	json_obj(t->json);
	put_place(t, r);
	json_put_bool(t->json, "is_error", is_error);
	json_put_str(t->json, "message", text);
	json_end(t->json);
}

static struct str text_at(struct ctx *ctx, json_t *list, size_t i) {
	return str_copy(ctx->arena, str_c(json_string_value(json_array_get(list, i))));
}

/* Nobody is there to choose: what both sides changed stays as it is stored. */
static void tell_conflict(struct ctx *ctx, struct telling *t, const struct rows *r, json_t *conflict) {
	struct str field = text_at(ctx, conflict, 0), stored = text_at(ctx, conflict, 2);
	const struct field *f = &project_fields[project_field_index(field)];
	if (!t->is_json) {
		say_row(r, words(ctx->arena, S("import_conflict_kept"), ctx->lang, ctx->lang == LANG_EN ? f->en : f->zh,
			stored.n ? stored : S("—")));
		return;
	}
	json_obj(t->json);
	put_place(t, r);
	json_put_str(t->json, "field", field);
	json_put_str_or_null(t->json, "stored", stored);
	json_put_str_or_null(t->json, "file", text_at(ctx, conflict, 3));
	json_put_str(t->json, "taken", S("stored"));
	json_end(t->json);
}

static void tell_conflicts_of(struct ctx *ctx, struct telling *t, const struct rows *r) {
	json_t *v, *data = stored_json(ctx->arena, rows_text(r, 6));
	size_t i;
	json_array_foreach(json_object_get(data, "conflicts"), i, v)
		if (project_field_index(text_at(ctx, v, 0)) >= 0) tell_conflict(ctx, t, r, v);
}

static enum err tell_page(struct ctx *ctx, void *arg) {
	enum { PAGE = 500 };
	struct telling *t = arg;
	struct rows *r;
	int64_t n = 0;
	enum err e = import_rows(ctx, t->import_id, t->results, t->after, PAGE, &r);
	if (e) return e;
	for (; rows_next(r); n++) {
		t->after = rows_int(r, 0);
		t->tell(ctx, t, r);
	}
	e = rows_error(r);
	rows_done(r);
	t->is_end = n < PAGE;
	return fail_store(ctx, e);
}

static enum err write_out(struct ctx *ctx, struct buf *b) {
	bool is_told = fwrite(b->p, 1, b->n, stdout) == b->n && fflush(stdout) == 0;
	b->n = 0;
	return is_told ? ERR_OK : fail(ctx, ERR_STORE, S(""), S("output_failed"));
}

/* A long list has problems in every row: each page goes out before the next is read. */
static enum err tell_all(struct ctx *ctx, struct telling *t) {
	enum err e = ERR_OK;
	while (!e && !t->is_end) {
		e = import_apart(ctx, tell_page, t);
		if (!e && t->is_json) e = write_out(ctx, t->json->out);
	}
	return e;
}

static void put_counts(struct json *j, const struct import *rec, const struct import_written *written) {
	json_put_int(j, "import_id", rec->record.id);
	json_put_str(j, "file", rec->file_name);
	json_put_int(j, "rows", rec->rows_total);
	json_put_int(j, "stored", written->created);
	json_put_int(j, "updated", written->updated);
	json_put_int(j, "unchanged", rec->rows_same);
	json_put_int(j, "conflicts", rec->rows_conflict);
	json_put_str(j, "conflict_choice", S("stored"));
	json_put_int(j, "duplicates", rec->rows_duplicate);
	json_put_int(j, "errors", rec->rows_error);
	json_put_int(j, "left_out", rec->rows_total - written->created - written->updated - rec->rows_same);
}

static enum err report_json(struct ctx *ctx, const struct import *rec, const struct import_written *written) {
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	struct telling problems = {.import_id = rec->record.id, .is_json = true, .json = &j, .tell = tell_problems_of};
	struct telling conflicts = {.import_id = rec->record.id, .is_json = true, .json = &j,
		.results = S("CONFLICT,ERROR"), .tell = tell_conflicts_of};
	json_obj(&j);
	put_counts(&j, rec, written);
	json_key(&j, S("conflict_fields"));
	json_arr(&j);
	enum err e = tell_all(ctx, &conflicts);
	json_end(&j);
	json_key(&j, S("problems"));
	json_arr(&j);
	if (!e) e = tell_all(ctx, &problems);
	json_end(&j);
	json_end(&j);
	buf_byte(&b, '\n');
	return e ? e : write_out(ctx, &b);
}

static enum err report_text(struct ctx *ctx, const struct import *rec, const struct import_written *written) {
	struct telling problems = {.import_id = rec->record.id, .tell = tell_problems_of};
	struct telling conflicts = {.import_id = rec->record.id, .results = S("CONFLICT,ERROR"), .tell = tell_conflicts_of};
	enum err e = tell_all(ctx, &problems);
	if (!e) e = tell_all(ctx, &conflicts);
	printf("import %lld: %lld rows, %lld stored, %lld updated, %lld unchanged, %lld in conflict (the stored values stay), %lld with wrong cells, %lld look like others\n", (long long)rec->record.id, (long long)rec->rows_total, (long long)written->created, (long long)written->updated, (long long)rec->rows_same, (long long)rec->rows_conflict, (long long)rec->rows_error, (long long)rec->rows_duplicate);
	return e;
}

int cli_import_write(struct ctx *ctx, int argc, char **argv) {
	struct options o = {0};
	struct import rec;
	struct import_written written;
	if (!parse(argc, argv, &o)) return usage();
	enum err e = run(ctx, &o, &rec, &written);
	if (!e && !rec.rows_total) {
		struct str s = words(ctx->arena, S("import_no_projects"), ctx->lang, S(""), S(""));
		file_say(o.file, S(""), s);
	}
	if (!e) e = o.is_json ? report_json(ctx, &rec, &written) : report_text(ctx, &rec, &written);
	if (e) return cli_fail(ctx, "import", e);
	return rec.rows_total ? 0 : cli_status(ERR_INVALID); /* a summary: said above, and nothing was stored */
}
