#include "cli_import.h"

#include "cli_file.h"
#include "domain/intake_env.h"

#include <stdio.h>

enum { EXIT_REFUSED = 1, EXIT_USAGE = 2 };

struct options {
	bool is_json, is_full;
	const char *file;
	enum lang lang;
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

static void say_questions(struct arena *a, const struct options *o, const struct intake_sheet *s) {
	struct str why = intake_kind_text(s->kind, o->lang);
	if (why.n) file_say(o->file, s->name, why);
	for (size_t i = 0; i < s->questions_n; i++) {
		const struct intake_question *q = &s->questions[i];
		struct str sheet = s->name.n ? str_cat(a, s->name, S("!")) : s->name;
		struct str place = q->col >= 0 ? str_cat(a, sheet, intake_letter(a, q->col)) : s->name;
		file_say(o->file, place, intake_question_text(a, q, o->lang));
	}
}

static void add_yuan(struct buf *b, int64_t fen, enum lang lang) {
	buf_c(b, lang == LANG_EN ? "CNY " : "");
	buf_fixed(b, fen, 2);
	buf_c(b, lang == LANG_EN ? "" : " 元");
}

/* Words between which the row, its label and the two sums stand. */
static const char *const total_words[][5] = {
	[LANG_ZH] = {"第 ", " 行“", "”写的是 ", "，各行相加为 ", "。请核对"},
	[LANG_EN] = {"row ", " \"", "\" states ", ", its rows add up to ", ". Check it"},
};

static void say_totals(struct arena *a, const struct options *o, const struct intake_sheet *s) {
	const char *const *w = total_words[o->lang];
	for (size_t i = 0; i < s->totals_n; i++) {
		const struct intake_total *t = &s->totals[i];
		struct buf b = {.arena = a};
		if (t->is_equal) continue;
		buf_c(&b, w[0]);
		buf_int(&b, t->row);
		buf_c(&b, w[1]);
		buf_add(&b, t->label);
		buf_c(&b, w[2]);
		add_yuan(&b, t->stated_fen, o->lang);
		buf_c(&b, w[3]);
		add_yuan(&b, t->rows_fen, o->lang);
		buf_c(&b, w[4]);
		file_say(o->file, s->name, buf_str(&b));
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
	    intake_book(a, book, file_base_name(o->file), &env, NULL, 0, &in, &problem))
		return file_refuse_sheet(a, o->file, &problem, o->lang);
	struct buf b = {.arena = a};
	struct json j = {.out = &b};
	if (o->is_full) intake_json_plan(a, &in, o->lang, &j);
	else intake_json_short(a, &in, &j);
	for (size_t i = 0; i < in.sheets_n; i++) {
		say_questions(a, o, &in.sheets[i]);
		say_totals(a, o, &in.sheets[i]);
	}
	return print(&b) ? 0 : EXIT_REFUSED;
}

int cli_import_dry_run(enum lang lang, int argc, char **argv) {
	struct options o = {.lang = lang};
	struct arena a = {0};
	if (!parse(argc, argv, &o)) return usage();
	int status = dry_run(&a, &o);
	arena_release(&a);
	return status;
}
