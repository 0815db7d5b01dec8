/* intake_tables.c - several tables one below the other on a sheet, each with a header of its own.
 *
 * A header further down that is the first one again changes nothing. One with other headings, or the same
 * in another order, moves the columns; one without project names is a summary until the next header. A
 * row of headings below it, under the merged ones (总投资 | 到位 under 投资), makes it a header of two rows.
 * Only the rows so far and the first layout decide, so both passes see the same. */
#include "domain/intake_parts.h"

#include "domain/text.h"

/* Its headings are copied, so a sheet of nothing but headers must not fill the memory. */
enum { SWITCHES_MAX = 200, SHORT_CPS = 8, HEADING_CPS = 30 };

/* Where the bit of a word stands; a key is in lower case already, a heading word may not be. */
static size_t bit_of(struct str word) {
	uint32_t h = 2166136261u; /* FNV-1a */
	for (size_t i = 0; i < word.n; i++) {
		unsigned char c = (unsigned char)word.p[i];
		h = (h ^ (c >= 'A' && c <= 'Z' ? c + 32u : c)) * 16777619u;
	}
	return h % HEADING_BITS;
}

static bool may_be_heading(const struct tables *t, struct str key) {
	size_t bit = bit_of(key);
	return t->may_be[bit / 64] >> bit % 64 & 1;
}

static const struct intake_target *target_of(struct arena *a, const struct tables *t, struct str text) {
	struct str keys[HEADING_KEYS];
	size_t n = heading_keys(a, text, keys);
	const struct intake_target *found = NULL;
	for (size_t i = 0; i < n && !found; i++)
		if (may_be_heading(t, keys[i])) found = heading_target(t->targets, keys[i]);
	return found;
}

/* Cheap, because every row is asked: one of the first two words is a heading, and no cell is a number. */
static bool may_be_header(struct arena *a, const struct tables *t, const struct row *r) {
	int32_t words = 0;
	bool is_known = false;
	for (int32_t c = 0; (size_t)c < r->n; c++) {
		struct str text = cell_text(r, c);
		if (!text.n) continue;
		if (is_numeric(text) || str_cp_count(text) > HEADING_CPS) return false;
		if (words < 2 && !is_known && str_cp_count(text) <= SHORT_CPS) is_known = target_of(a, t, text) != NULL;
		if (++words == 2 && !is_known) return false;
	}
	return is_known && words >= 2;
}

/* The column of the first table with this heading, under the same upper one where there is one. */
static const struct intake_col *same_heading(struct arena *a, const struct layout *first, struct str text, struct str upper) {
	struct str key = word_key(a, text), upper_key = word_key(a, upper);
	for (size_t i = 0; i < first->cols_n; i++) {
		const struct intake_col *col = &first->cols[i];
		bool is_same = key.n && str_eq(key, word_key(a, col->heading));
		if (is_same && (!upper_key.n || str_eq(upper_key, word_key(a, col->upper)))) return col;
	}
	return NULL;
}

static bool is_in_place(struct arena *a, const struct intake_col *col, struct str text) {
	struct str key = word_key(a, text);
	return str_eq(key, word_key(a, col->heading)) || (col->upper.n && str_eq(key, word_key(a, col->upper)));
}

/* By name: the first table's targets are of another list. */
static const struct intake_col *first_of(const struct layout *l, const struct intake_target *t) {
	for (size_t i = 0; i < l->cols_n; i++)
		if (target_is(l->cols[i].target, t->name)) return &l->cols[i];
	return NULL;
}

/* A heading that the first table does not have: a unit of its own, or the one that its field had there. */
static struct intake_col new_column(struct tables *t, struct arena *a, struct str text, struct str upper) {
	int32_t score;
	bool is_of_year;
	struct intake_col col = {.basis = BASIS_HEADING};
	col.target = upper.n ? target_under(a, t->targets, text, upper, &score, &is_of_year) : target_of(a, t, text);
	enum measure m;
	const struct intake_col *as_first = col.target ? first_of(&t->first, col.target) : NULL;
	bool has_unit = col.target && intake_measure(col.target->type, &m);
	if (has_unit && unit_find(t->arena, text, m, false, &col.unit)) col.unit_basis = UNIT_HEADING;
	else if (has_unit && unit_find(t->arena, upper, m, false, &col.unit)) col.unit_basis = UNIT_UPPER;
	else if (as_first) {
		col.unit = as_first->unit;
		col.unit_basis = as_first->unit_basis;
	}
	if (as_first) col.year = as_first->year;
	return col;
}

static bool is_repeated(const struct intake_col *cols, size_t n, const struct intake_target *t) {
	for (size_t i = 0; t && i < n; i++)
		if (target_is(cols[i].target, t->name)) return true;
	return false;
}

/* Headings of the columns, of one row or of several. */
static void fill_columns(struct tables *t, struct arena *a, const struct intake_col *given) {
	if (!t->cols) t->cols = arena_array(t->arena, t->first.cols_n + 1, sizeof *t->cols);
	for (size_t c = 0; c < t->first.cols_n; c++) {
		struct str text = given[c].heading, upper = given[c].upper;
		const struct intake_col *known = text.n ? same_heading(a, &t->first, text, upper) : NULL;
		struct intake_col col = known ? *known : text.n ? new_column(t, a, text, upper) : (struct intake_col){0};
		bool may_stay = col.is_tick || target_is(col.target, S("note")) || target_is(col.target, S("content"))
			|| target_is(col.target, S("handler")) || target_is(col.target, S("dates_text"));
		if (!may_stay && is_repeated(t->cols, c, col.target)) col.target = NULL;
		col.col = (int32_t)c;
		if (!known) {
			col.heading = str_copy(t->arena, text);
			col.upper = str_copy(t->arena, upper);
		}
		t->cols[c] = col;
	}
}

static struct intake_col *headings_of_row(struct tables *t, struct arena *a, const struct row *r) {
	struct intake_col *cols = arena_array(a, t->first.cols_n + 1, sizeof *cols);
	for (size_t c = 0; c < t->first.cols_n; c++) cols[c].heading = cell_text(r, (int32_t)c);
	return cols;
}

struct header_words { size_t words, known, in_place, names, groups; };

static struct header_words count_words(struct tables *t, struct arena *a, const struct row *r) {
	struct header_words n = {0};
	for (int32_t c = 0; (size_t)c < r->n; c++) {
		struct str text = cell_text(r, c);
		const struct intake_col *here = layout_col(&t->first, c);
		if (!text.n) continue;
		const struct intake_col *same = same_heading(a, &t->first, text, S(""));
		const struct intake_target *target = same && same->target ? same->target : target_of(a, t, text);
		n.words++;
		n.known += target != NULL;
		n.names += target_is(target, S("name"));
		n.in_place += here && is_in_place(a, here, text);
		n.groups += merge_width(r, c) > 1;
	}
	return n;
}

static void release_heads(void *it) {
	arena_release(it);
}

void tables_init(struct tables *t, struct arena *a, const struct intake_sheet *sheet, struct intake_targets targets) {
	*t = (struct tables){.arena = a, .targets = targets, .first = layout_of(sheet)};
	arena_defer(a, release_heads, &t->heads_arena);
	for (size_t i = 0; i < targets.n; i++) {
		struct str rest = headings_of(&targets.items[i]), word;
		while (str_split(&rest, '|', &word)) {
			size_t bit = bit_of(word);
			t->may_be[bit / 64] |= UINT64_C(1) << bit % 64;
		}
	}
}

/* A table with project names, or a summary. Of a first row some words say nothing without those under them:
 * 序号 | 项目名称 | 投资情况 over two columns. */
static bool is_header(struct header_words n) {
	bool is_first_row = n.groups && n.names == 1 && n.known >= 2;
	return n.names <= 1 && (n.known >= 3 || is_first_row) && (n.known + n.groups) * 2 >= n.words;
}

static bool switch_to(struct tables *t, struct arena *a, const struct row *r, const struct intake_col *given,
		struct layout *now) {
	if (t->switches == SWITCHES_MAX) return false;
	t->switches++;
	fill_columns(t, a, given);
	struct intake_sheet other = {.cols = t->cols, .cols_n = t->first.cols_n};
	*now = layout_of(&other);
	now->last_header_row = r->number;
	return true;
}

/* ---- headers of several rows ---- */

static struct header_words count_columns(struct tables *t, struct arena *a, const struct intake_col *given) {
	struct header_words n = {0};
	for (size_t c = 0; c < t->first.cols_n; c++) {
		if (!given[c].heading.n) continue;
		const struct intake_col *same = same_heading(a, &t->first, given[c].heading, given[c].upper);
		int32_t score;
		bool is_of_year;
		const struct intake_target *target = same ? same->target
			: target_under(a, t->targets, given[c].heading, given[c].upper, &score, &is_of_year);
		n.words++;
		n.known += target != NULL;
		n.names += target_is(target, S("name"));
		n.in_place += same == &t->first.cols[c];
	}
	return n;
}

/* The row goes on with the header above it. */
static bool is_next_row(struct tables *t, struct arena *a, const struct row *r, struct layout *now) {
	if (!t->heads_n || t->heads_n == HEADER_ROWS_MAX || !head_is_lower(a, &t->heads[t->heads_n - 1], r)) return false;
	struct sample *s = arena_alloc(a, sizeof *s);
	size_t cols_n;
	s->cols = (int32_t)t->first.cols_n;
	for (; s->n < t->heads_n; s->n++) s->rows[s->n] = t->heads[s->n];
	s->rows[s->n++] = *r;
	struct intake_col *given = head_columns(a, s, (struct head){0, s->n}, &cols_n);
	struct header_words n = count_columns(t, a, given);
	if (n.words && n.in_place == n.words) {
		*now = t->first;
		return true;
	}
	return is_header(n) && switch_to(t, a, r, given, now);
}

void tables_passed(struct tables *t, struct arena *a, const struct row *r, bool is_header) {
	bool goes_on = is_header && t->heads_n && t->heads_n < HEADER_ROWS_MAX
		&& t->heads[t->heads_n - 1].number + 1 == r->number;
	if (t->heads_n && !goes_on) {
		arena_reset(&t->heads_arena);
		t->heads_n = 0;
	}
	if (is_header && head_may_be(a, r)) t->heads[t->heads_n++] = row_copy(&t->heads_arena, r, ROW_CELL_BYTES);
}

bool tables_switch(struct tables *t, struct arena *a, const struct row *r, struct layout *now) {
	if (!t->first.name || !t->first.last_header_row) return false;
	if (is_next_row(t, a, r, now)) return true;
	if (!may_be_header(a, t, r)) return false;
	struct header_words n = count_words(t, a, r);
	if (n.words >= 2 && n.in_place == n.words && n.known >= 2) {
		*now = t->first;
		return true;
	}
	return is_header(n) && switch_to(t, a, r, headings_of_row(t, a, r), now);
}
