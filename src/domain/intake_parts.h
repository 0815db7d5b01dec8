/* intake_parts.h - what the files of the intake share with one another, and nobody else.
 *
 * intake_target.c knows what a column can be, intake_head.c finds the header, intake_map.c maps the
 * columns, intake_units.c gives them units and years, intake_foot.c those that stand below a long list,
 * intake_rows.c tells the kinds of rows, intake_tables.c sees a table with other columns further down,
 * intake_whole.c says what the whole sheet is about, intake_values.c turns cells into values
 * (intake_words.c: words for stages), intake_totals.c compares stated totals, intake.c makes the two
 * passes of them, intake_book.c for a whole book. */
#ifndef DOMAIN_INTAKE_PARTS_H
#define DOMAIN_INTAKE_PARTS_H

#include "domain/intake.h"

/* The rows that are read before anything is decided; texts copied into the arena. */
enum { HEAD_ROWS = 200 };
struct sample {
	struct row rows[HEAD_ROWS];
	size_t n;
	int32_t cols;         /* widest row */
};

/* The header in a sample: its rows [from, to), all above are titles. from == to = none. */
struct head {
	size_t from, to;
};

/* ---- cells ---- */
struct str cell_text(const struct row *r, int32_t col);   /* without blanks at the ends; empty past the end */
const struct cell *cell_at(const struct row *r, int32_t col); /* NULL past the end */
bool cell_is_continued(const struct row *r, int32_t col); /* part of a merge that begins elsewhere */
int32_t merge_width(const struct row *r, int32_t col);    /* columns of the merge that begins here, at least 1 */
bool is_numeric(struct str s);                            /* digits, points, separators, at least one digit */

/* ---- intake_target.c ---- */
const struct intake_target *target_named(struct intake_targets t, struct str name);
bool target_is(const struct intake_target *t, struct str name);
struct str headings_of(const struct intake_target *t);     /* '|' between */

/* Keys of one heading, the most telling first: with what is in brackets, without, without its unit. */
enum { HEADING_KEYS = 3 };
size_t heading_keys(struct arena *a, struct str text, struct str out[HEADING_KEYS]);
const struct intake_target *heading_target(struct intake_targets t, struct str key); /* a heading of it is the key */

/* The key is of another thing than the target, though it holds a word of it: 累计完成投资, 签约地点. */
bool target_avoids(const struct intake_target *t, struct str key);

/* The target with the heading most like the key; *score up to 1000. NULL = none is like it. */
enum { LIKE_ENOUGH = 550, LIKE_SURE = 800 };
const struct intake_target *like_target(struct intake_targets t, struct str key, int32_t *score);

/* ---- intake_head.c ---- */
struct head head_find(struct arena *a, const struct sample *s, struct intake_targets targets);
struct intake_col *head_columns(struct arena *a, const struct sample *s, struct head h, size_t *n);
bool head_may_be(struct arena *a, const struct row *r);      /* no cell but short words */
bool head_is_lower(struct arena *a, const struct row *r, const struct row *low); /* the next row is of the same header */

/* ---- intake_map.c ---- */
struct mapping {
	struct arena *arena;
	struct intake_targets targets;
	const struct sample *sample;
	struct head head;
	const struct intake_env *env;
	const struct intake_fixes *fixes;
	struct str sheet_name;
	struct intake_col *cols;
	size_t n;
	const struct foot *foot;   /* NULL = the list is read for the first time */
	bool is_ours;              /* an export of this program: set by map_columns */
	bool wants_foreign;        /* map_units: the column at hand is one of foreign money */
};
void map_columns(struct mapping *m); /* target and basis of each column */

/* The target that a heading under another one (empty = none) is a word of; *is_of_year: it is what is
 * planned or done in one year, which is no field. */
const struct intake_target *target_under(struct arena *a, struct intake_targets targets, struct str heading,
	struct str upper, int32_t *score, bool *is_of_year);

const struct intake_fix_col *fix_of(const struct mapping *m, int32_t col); /* a person's; NULL = none */

/* ---- intake_units.c ---- */
void map_units(struct mapping *m);   /* unit and year; after map_columns */
int year_in(struct arena *a, struct str text); /* the only year of 1990 to 2079 in it; 0 = none or several */

/* The unit that a row outside the table names; *text = the cell. 单位 | 万元: also in two cells. */
bool unit_in_line(struct arena *a, const struct row *r, enum measure m, struct unit *u, struct str *text);

/* ---- intake_foot.c ---- */

/* The unit lines below the last project, past the sample; f->arena is set by the caller. */
enum { FOOT_LINES = 4 };
struct foot {
	struct arena *arena;
	struct row lines[FOOT_LINES];
	size_t n;
	bool is_unclear;           /* projects come below one, or there are too many */
};
void foot_row(struct foot *f, struct arena *row_arena, const struct row *r, enum row_kind kind);
bool foot_is_usable(const struct foot *f);                    /* f may be NULL */
const struct row *foot_line(struct arena *a, const struct foot *f, enum measure m); /* NULL = none, or two that differ */

/* Says at the line which columns took their unit from it; false = the row is no such line. */
bool foot_tell(const struct foot *f, struct arena *a, const struct intake_sheet *s, struct intake_item *item);

/* ---- intake_rows.c ---- */
struct layout {
	const struct intake_col *cols;
	size_t cols_n;
	const struct intake_col *name, *seq, *invest; /* NULL = none */
	int64_t last_header_row;
	bool has_merges_carry;
};
struct layout layout_of(const struct intake_sheet *s);
const struct intake_col *layout_col(const struct layout *l, int32_t col); /* NULL = no such column */

struct row_reading {
	enum row_kind kind;
	struct str label;     /* ROW_SECTION, ROW_TOTAL: its words */
	int level;            /* ROW_SECTION: 1 = 一、 or a category, 2 = （一） */
	bool is_shape_only;   /* ROW_SECTION: not its words but that it stands alone says so; a signature does, too */
};
bool is_nothing(struct str text); /* /, —, 无: filled in to say that there is nothing */
struct row_reading row_read(struct arena *a, const struct layout *l, const struct row *r,
	const struct intake_env *env);
bool is_unit_line(struct arena *a, const struct row *r);

/* ---- intake_tables.c ---- */

enum { HEADING_BITS = 1 << 14 };

/* The tables of one sheet: the first one's layout, and room for the columns of the one we are in. */
struct tables {
	struct arena *arena;
	struct intake_targets targets;
	struct layout first;
	struct intake_col *cols;
	size_t switches;
	struct row heads[HEADER_ROWS_MAX]; /* rows of the header that we may be in, in an arena of their own */
	size_t heads_n;
	struct arena heads_arena;
	uint64_t may_be[HEADING_BITS / 64]; /* a bit for each heading word: most cells are asked in vain */
};
void tables_init(struct tables *t, struct arena *a, const struct intake_sheet *sheet, struct intake_targets targets);

/* True when the row is the header of a table, or its next row: *now is that one's layout. */
bool tables_switch(struct tables *t, struct arena *a, const struct row *r, struct layout *now);

/* After every row, whether it was a header: the row below it may be of the same. */
void tables_passed(struct tables *t, struct arena *a, const struct row *r, bool is_header);

/* ---- intake_totals.c ---- */

/* Give it every project, its amount in CNY, every section and total row in order; layout is read at each
 * row, because a later table may have other columns. */
struct totals;
struct totals *totals_new(struct arena *a, const struct layout *layout);
void totals_project(struct totals *t);
void totals_amount(struct totals *t, int64_t fen, bool is_exact);
void totals_section(struct totals *t, struct arena *row_arena, const struct row *r, const struct row_reading *reading);
void totals_total(struct totals *t, struct arena *row_arena, const struct row *r, const struct row_reading *reading);
void totals_finish(struct totals *t, struct intake_sheet *sheet); /* sets its totals */

/* ---- intake_whole.c ---- */

/* Code of the division that the sheet's name, or of the county that a title, is about; empty = none. */
struct str whole_place(struct arena *a, const struct sample *s, struct head h, const struct intake_env *env,
	struct str sheet_name);
/* enum stage that the sheet's name or a title gives to all its projects (在谈项目表); CHOICE_NONE = none. */
int whole_stage(struct arena *a, const struct sample *s, struct head h, struct str sheet_name);
bool whole_is_sideways(struct arena *a, const struct sample *s, struct head h, struct intake_targets targets);

/* The division that a text names, by env; a long text names none (and costs nothing). */
bool env_region(const struct intake_env *env, struct str text, struct str *code);

/* At most n bytes of s, cut between two code points. */
struct str str_cut(struct str s, size_t n);

/* A row of its own, for after its source has gone on; of each cell at most so many bytes. */
enum { ROW_CELL_BYTES = 8192 };
struct row row_copy(struct arena *a, const struct row *r, size_t cell_bytes);

/* ---- intake_words.c ---- */
bool is_one_word(struct str words, struct str key);     /* one of them, '|' between, is the key */
bool is_tick(struct arena *a, struct str text);         /* √, ●, 是, 1: this is so */

/* The one choice that every part of the text means (竣工或投产); CHOICE_NONE when a part is in no list or
 * they differ. */
int choice_of_text(struct arena *a, const struct choice *choices, size_t n, struct str text);

/* ---- intake_values.c ---- */
enum { CARRY_COLS = 1024, CARRY_BYTES = 4096, LABEL_CPS = 100 };
struct section {
	struct str label, region_code;
	int stage;            /* enum stage, -1 = says none */
};
struct kept_section {
	struct section is;
	char label[LABEL_CPS * 4], region_code[16]; /* where its texts lie */
};

/* What a cell of the stage column was found to mean: a sheet has few different ones. */
struct seen_word {
	struct str text;
	int stage, side;      /* CHOICE_NONE = none */
};
enum { SEEN_WORDS = 64, SEEN_BYTES = 120 };

/* What is carried from row to row, in room of a fixed size: a sheet may have a million merges and
 * sections, and cells of 128 KiB. */
struct carry {
	struct arena *arena;
	struct str texts[CARRY_COLS];     /* the first CARRY_BYTES of them */
	char *room[CARRY_COLS];
	int64_t rows[CARRY_COLS];         /* where the merge began; 0 = nothing carried */
	struct kept_section sections[3];  /* by level; [0] is unused */
	struct seen_word seen[SEEN_WORDS];
	size_t seen_n;
};
struct section section_of(struct arena *a, struct str label, const struct intake_env *env);

struct values_in {
	const struct layout *layout;
	const struct intake_env *env;
	const struct intake_fixes *fixes;
	struct intake_targets targets;
	struct carry *carry;
	struct str place;          /* of the whole sheet, where the row and its section say none */
	int stage;                 /* so, too; only where no column is of stages */
};
/* The values of a ROW_DATA; *invest = the amount of its total investment as read. */
void values_of(const struct values_in *in, struct arena *a, const struct row *r,
	struct intake_item *out, struct amount *invest);


struct str answer_for(const struct intake_fixes *f, struct str code); /* empty = not answered */

#endif
