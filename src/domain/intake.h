/* intake.h - what a bureau's sheet means: its header, columns, units, kinds of rows, and their values.
 *
 * Two passes over a sheet, both one row at a time. intake_sheet (or intake_book) recognises: it finds
 * the header under merged titles, maps columns by meaning, finds each column's unit, tells data from
 * titles, sections, totals and notes, adds up and compares with stated totals, and collects what is
 * open as questions. intake_walk then goes over the rows again and gives each row's values in the form
 * that field_set_text takes. A person's corrections (struct intake_fixes) hold in both passes.
 *
 * Nothing is guessed: a number without a unit, a stage word in no list, a date without a year are
 * left out of the values, stand in the row's problems and in the sheet's questions. No database, no
 * clock: names of regions and industries and remembered headings come through struct intake_env.
 * Everything returned lives in the arena. */
#ifndef DOMAIN_INTAKE_H
#define DOMAIN_INTAKE_H

#include "base/json.h"
#include "domain/amount.h"
#include "domain/when.h"
#include "sheet/sheet.h"

/* What a column can be filled into: a field of project that imports may fill, or one of the targets
 * that only an import knows (seq, province, city, investor_uscc, contact_name, ...; field = NULL). */
struct intake_target {
	struct str name, zh, en;
	enum ftype type;
	const struct field *field;
	bool is_derived; /* comes out of another column (invest_qual, invest_text, side): no choice for one */
};
const struct intake_target *intake_target(struct arena *a, struct str name); /* NULL = no such target */
struct intake_targets {
	const struct intake_target *items;
	size_t n;
};
struct intake_targets intake_targets(struct arena *a); /* for the list of choices, in field order */

/* The measure of a type's numbers; false for types without a unit. */
bool intake_measure(enum ftype t, enum measure *m);

enum row_kind {
	ROW_BLANK, ROW_TITLE, ROW_UNIT, ROW_HEADER, ROW_SECTION, ROW_DATA,
	ROW_MORE,    /* goes on with the project above it (merged name): no project of its own */
	ROW_TOTAL, ROW_NOTE,
	ROW_SUMMARY, /* a row of a sheet without project names */
	ROW_KIND__N
};
struct str row_kind_name(enum row_kind k);              /* "data", ... */
bool row_kind_of(struct str name, enum row_kind *out);

enum intake_basis { BASIS_NONE, BASIS_HEADING, BASIS_LIKE, BASIS_MEMORY, BASIS_CONTENT, BASIS_USER };
enum unit_basis { UNIT_NONE, UNIT_HEADING, UNIT_UPPER, UNIT_TITLE, UNIT_LINE, UNIT_FOOT, UNIT_MEMORY, UNIT_USER };
struct str intake_basis_name(enum intake_basis b);      /* "heading", "like", "memory", "content", "user", "none" */

struct intake_col {
	int32_t col;                        /* 0-based */
	struct str heading, upper;          /* as written; upper = the headings above it, '/' between */
	struct str key;                     /* what a mapping is remembered under */
	const struct intake_target *target; /* NULL = is not imported */
	enum intake_basis basis;
	struct unit unit;                   /* of numbers without one; unit.text empty = none */
	enum unit_basis unit_basis;
	int year;                           /* of dates without one, from heading or title; 0 = none */
	bool is_open;                       /* a question stands about it */
	bool is_tick;                       /* 签约 over √: the stage of the rows that are ticked in it */
	enum stage tick_stage;
};

struct intake_problem {
	int64_t row;          /* as the spreadsheet shows it */
	int32_t col;          /* -1 = the whole row */
	struct str field;     /* target's name; may be empty */
	struct str rule;      /* key of the sentence: intake_sentence */
	struct str args[2];
	bool is_warning;      /* the value was taken all the same */
};

/* code: unit (which unit?), field (what is this column?), name (which column has the project names?),
 * stage (which stage is this word? arg), year (which year? arg = example), double (two columns for one
 * field), hidden (import a hidden sheet?). Answers go back as {code[:arg], value}. */
struct intake_question {
	struct str code;
	int32_t col;          /* -1 = none */
	struct str arg;
	int64_t count;        /* rows that it concerns */
	struct str choices;   /* values, '|' between */
	bool is_blocking;     /* sums and values are wrong or missing until it is answered */
};

struct intake_total {
	int64_t row;
	struct str label;
	int64_t stated_fen, rows_fen;
	bool is_equal;
};

struct intake_sum { struct str currency; int64_t count, minor; };

struct intake_kept {          /* a row kept for the screen: the first 200, all with problems (1000), unit lines at the foot */
	int64_t number;
	enum row_kind kind;
	const struct str *cells;
	size_t cells_n;
	const struct intake_problem *problems;
	size_t problems_n;
};

enum intake_kind {
	INTAKE_PROJECTS,
	INTAKE_SUMMARY, /* no column of project names: is not imported */
	INTAKE_TRANSPOSED, /* fields in rows, projects in columns, or a card of one project: is not imported */
	INTAKE_EMPTY,
	INTAKE_HIDDEN,  /* hidden in the file: only imported when a person wants it */
	INTAKE_SKIPPED  /* left out by a person */
};
struct str intake_kind_name(enum intake_kind k); /* "projects", "summary", ... */

enum { HEADER_ROWS_MAX = 6 };
struct intake_sheet {
	struct str name;              /* empty for CSV */
	enum intake_kind kind;
	struct str place_code;        /* division that the whole sheet is about; empty = not said */
	int whole_stage;              /* enum stage of all its projects, by its name or title; -1 = not said */
	int64_t header_rows[HEADER_ROWS_MAX];
	size_t header_rows_n;
	int64_t first_data_row;       /* 0 = none */
	const struct intake_col *cols;
	size_t cols_n;
	int64_t data_rows;            /* rows with a project name */
	int64_t section_rows;
	int64_t skipped_rows;         /* total and note rows below the header */
	int64_t nameless_rows;        /* rows with values but without a project name: not imported */
	int64_t problem_rows;
	int64_t invest_fen;           /* exact CNY amounts only */
	int64_t qualified_count, qualified_fen; /* with 约, 以上, ...; CNY */
	const struct str *words;      /* their words, sorted, each once */
	size_t words_n;
	const struct intake_sum *foreign;
	size_t foreign_n;
	const struct intake_total *totals;
	size_t totals_n;
	const struct intake_question *questions;
	size_t questions_n;
	const struct intake_kept *rows;
	size_t rows_n;
};

struct intake {
	struct str file, encoding;    /* encoding empty for XLSX */
	const struct intake_sheet *sheets;
	size_t sheets_n;
};

/* ---- what the caller knows ---- */

/* Each may be NULL. region: the division that a text names (full or short name, several parts), units
 * of the own city first. industry: code of a GB/T 4754 name or code. memory: what this bureau's
 * heading meant last time; *field empty = was left out. */
struct intake_env {
	void *it;
	bool (*region)(void *it, struct str text, struct str *code);
	bool (*industry)(void *it, struct str text, struct str *code);
	bool (*memory)(void *it, struct str key, struct str *field, struct str *unit);
};

/* A person's corrections of one sheet. */
struct intake_fix_col { int32_t col; struct str field, unit; bool has_field, has_unit; }; /* field empty = leave it out */
struct intake_fix_row { int64_t row; enum row_kind kind; };
struct intake_answer { struct str code, value; };          /* {"year", "2024"}, {"stage:储备", "LEAD"} */
struct intake_fixes {
	bool is_skipped, is_hidden_wanted;
	const struct intake_fix_col *cols;
	size_t cols_n;
	const struct intake_fix_row *rows;
	size_t rows_n;
	const struct intake_answer *answers;
	size_t answers_n;
};

/* ---- first pass ---- */

/* Rows one after the other, as sheet_next_wide gives them. again: from the first row once more, for a list
 * whose unit stands at its foot; NULL = it cannot, and the unit is asked for. */
struct intake_source {
	void *it;
	enum err (*next)(void *it, const struct row **out);
	enum err (*again)(void *it);
};
enum err intake_sheet(struct arena *a, const struct intake_source *source,
	const struct sheet_info *info, const struct intake_env *env, const struct intake_fixes *fixes,
	struct intake_sheet *out);

/* Every sheet of a book. fixes = one for each sheet, or NULL. On failure *problem says why. */
enum err intake_book(struct arena *a, struct book *b, struct str file, const struct intake_env *env,
	const struct intake_fixes *fixes, size_t fixes_n, struct intake *out, struct sheet_problem *problem);

/* ---- second pass ---- */

struct intake_value {
	const struct intake_target *target;
	int32_t col;            /* -1 = from the section or derived */
	struct str text;        /* as written */
	struct str value;       /* for field_set_text; empty = nothing certain (see the problems) */
	enum precision precision; /* F_DATE: how much of the day was written */
	int32_t last;           /* F_DATE, PRECISION_RANGE: the last day */
};

/* One row. Of an amount that is not exact also invest_qual and invest_text are among the values; of
 * foreign money currency and foreign_minor stand instead of total_invest_fen. */
struct intake_item {
	int64_t number;
	enum row_kind kind;
	struct str section;     /* label of the section it stands under; empty = none */
	struct str name;        /* ROW_DATA: the project name */
	const struct intake_value *values;
	size_t values_n;
	const struct intake_problem *problems;
	size_t problems_n;
	bool has_error;         /* a problem that is no warning */
};

/* The walk keeps what is carried down (merged cells, sections) in a; sheet, env and fixes must live as
 * long. Give it every row of the sheet in order; what it returns lives in row_arena. */
struct intake_walk;
struct intake_walk *intake_walk_new(struct arena *a, const struct intake_sheet *sheet,
	const struct intake_env *env, const struct intake_fixes *fixes);
void intake_walk_row(struct intake_walk *w, struct arena *row_arena, const struct row *row,
	struct intake_item *out);

/* ---- words and JSON ---- */

/* A stage (or side) word of a sheet. False = in no list, or of two stages at once: ask. */
bool intake_stage(struct arena *a, struct str text, enum stage *stage);
bool intake_side(struct arena *a, struct str text, enum side *side);

/* The sentence of a rule of intake, amount, when or check. */
struct str intake_sentence(struct arena *a, struct str rule, const struct str args[2], enum lang lang);
struct str intake_kind_text(enum intake_kind k, enum lang lang); /* why it is not imported; empty = it is */
struct str intake_question_text(struct arena *a, const struct intake_question *q, enum lang lang);
struct str intake_letter(struct arena *a, int32_t col); /* "A", "AB" */

/* The short answer of `import --dry-run --json`: {file, encoding, sheets:[{sheet, header_rows,
 * first_data_row, columns, data_rows, section_rows, skipped_rows, invest_fen, qualified}]}; a sheet
 * that is no list of projects also has kind, one with blocking questions also questions. */
void intake_json_short(struct arena *a, const struct intake *in, struct json *j);

/* The full answer, as docs/api.md shows the plan. */
void intake_json_plan(struct arena *a, const struct intake *in, enum lang lang, struct json *j);

#endif
