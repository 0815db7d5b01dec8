#include "cli_import.h"

#include "domain/intake_env.h"

#include <stdio.h>
#include <string.h>

enum { EXIT_REFUSED = 1, EXIT_USAGE = 2 };

struct options {
	bool is_json, is_full;
	const char *file;
};

static int usage(void) {
	fputs("usage: zhaoyin import --dry-run --json [--full] FILE\n"
	      "FILE is .xlsx, .xlsm, .csv, .tsv or .txt.\n", stderr);
	return EXIT_USAGE;
}

static bool parse(int argc, char **argv, struct options *o) {
	for (int i = 1; i < argc; i++) {
		struct str arg = str_c(argv[i]);
		if (str_eq(arg, S("--json"))) o->is_json = true;
		else if (str_eq(arg, S("--full"))) o->is_full = true;
		else if (str_eq(arg, S("--dry-run"))) continue;
		else if (o->file || (str_starts(arg, S("-")) && arg.n > 1)) return false;
		else o->file = argv[i];
	}
	return o->file && o->is_json;
}

static void say(const char *file, struct str place, struct str what) {
	fprintf(stderr, "zhaoyin: %s: %.*s%s%.*s\n", file, (int)place.n, place.p ? place.p : "", place.n ? ": " : "",
	        (int)what.n, what.p ? what.p : "");
}

static struct str base_name(const char *path) {
	const char *slash = strrchr(path, '/');
	return str_c(slash ? slash + 1 : path);
}

static void say_questions(struct arena *a, const char *file, const struct intake_sheet *s) {
	for (size_t i = 0; i < s->questions_n; i++) {
		const struct intake_question *q = &s->questions[i];
		struct str sheet = s->name.n ? str_cat(a, s->name, S("!")) : s->name;
		struct str place = q->col >= 0 ? str_cat(a, sheet, intake_letter(a, q->col)) : s->name;
		say(file, place, intake_question_text(a, q, s, LANG_ZH));
	}
}

static void add_yuan(struct buf *b, int64_t fen) {
	buf_fixed(b, fen, 2);
	buf_c(b, " 元");
}

static void say_totals(struct arena *a, const char *file, const struct intake_sheet *s) {
	for (size_t i = 0; i < s->totals_n; i++) {
		const struct intake_total *t = &s->totals[i];
		struct buf b = {.arena = a};
		if (t->is_equal) continue;
		buf_c(&b, "第 ");
		buf_int(&b, t->row);
		buf_c(&b, " 行“");
		buf_add(&b, t->label);
		buf_c(&b, "”写的是 ");
		add_yuan(&b, t->stated_fen);
		buf_c(&b, "，各行相加为 ");
		add_yuan(&b, t->rows_fen);
		buf_c(&b, "。请核对");
		say(file, s->name, buf_str(&b));
	}
}

static bool print(const struct buf *b) {
	bool good = fwrite(b->p, 1, b->n, stdout) == b->n && fputc('\n', stdout) != EOF && fflush(stdout) == 0;
	if (!good) fputs("zhaoyin: cannot write to standard output\n", stderr);
	return good;
}

static int dry_run(struct arena *a, const struct options *o) {
	struct book *book;
	struct sheet_problem problem = {0};
	struct intake_names names = {.within = S("3707")}; /* the reference tables are Weifang's */
	struct intake_env env = intake_env_of(&names);
	struct intake in;
	if (book_open_file(a, o->file, NULL, &book, &problem) ||
	    intake_book(a, book, base_name(o->file), &env, NULL, 0, &in, &problem)) {
		say(o->file, problem.place, problem.why);
		return EXIT_REFUSED;
	}
	struct buf b = {.arena = a};
	struct json j = {.out = &b};
	if (o->is_full) intake_json_plan(a, &in, LANG_ZH, &j);
	else intake_json_short(a, &in, &j);
	for (size_t i = 0; i < in.sheets_n; i++) {
		say_questions(a, o->file, &in.sheets[i]);
		say_totals(a, o->file, &in.sheets[i]);
	}
	return print(&b) ? 0 : EXIT_REFUSED;
}

int cli_import_dry_run(int argc, char **argv) {
	struct options o = {0};
	struct arena a = {0};
	if (!parse(argc, argv, &o)) return usage();
	int status = dry_run(&a, &o);
	arena_release(&a);
	return status;
}
