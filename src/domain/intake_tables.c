/* intake_tables.c - several tables one below the other on a sheet, each with a header of its own.
 *
 * A header further down that is the first one again changes nothing. One with other headings, or the same
 * in another order, moves the columns; one without project names is a summary until the next header. Only
 * the row itself and the first layout decide, so both passes see the same. */
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

/* The column of the first table with this heading. */
static const struct intake_col *same_heading(struct arena *a, const struct layout *first, struct str text) {
	struct str key = word_key(a, text);
	for (size_t i = 0; i < first->cols_n; i++)
		if (key.n && str_eq(key, word_key(a, first->cols[i].heading))) return &first->cols[i];
	return NULL;
}

static bool is_in_place(struct arena *a, const struct intake_col *col, struct str text) {
	struct str key = word_key(a, text);
	return str_eq(key, word_key(a, col->heading)) || (col->upper.n && str_eq(key, word_key(a, col->upper)));
}

static const struct intake_col *first_of(const struct layout *l, const struct intake_target *t) {
	for (size_t i = 0; i < l->cols_n; i++)
		if (l->cols[i].target == t) return &l->cols[i];
	return NULL;
}

/* A heading that the first table does not have: a unit of its own, or the one that its field had there. */
static struct intake_col new_column(struct tables *t, struct arena *a, struct str text) {
	struct intake_col col = {.target = target_of(a, t, text), .basis = BASIS_HEADING};
	enum measure m;
	const struct intake_col *as_first = col.target ? first_of(&t->first, col.target) : NULL;
	if (col.target && intake_measure(col.target->type, &m) && unit_find(t->arena, text, m, false, &col.unit))
		col.unit_basis = UNIT_HEADING;
	else if (as_first) {
		col.unit = as_first->unit;
		col.unit_basis = as_first->unit_basis;
	}
	if (as_first) col.year = as_first->year;
	return col;
}

static bool is_repeated(const struct intake_col *cols, size_t n, const struct intake_target *t) {
	for (size_t i = 0; t && i < n; i++)
		if (cols[i].target == t) return true;
	return false;
}

static void fill_columns(struct tables *t, struct arena *a, const struct row *r) {
	for (size_t c = 0; c < t->first.cols_n; c++) {
		struct str text = cell_text(r, (int32_t)c);
		const struct intake_col *known = text.n ? same_heading(a, &t->first, text) : NULL;
		struct intake_col col = known ? *known : text.n ? new_column(t, a, text) : (struct intake_col){0};
		bool may_stay = col.is_tick || target_is(col.target, S("note")) || target_is(col.target, S("content"))
			|| target_is(col.target, S("handler")) || target_is(col.target, S("dates_text"));
		if (!may_stay && is_repeated(t->cols, c, col.target)) col.target = NULL;
		col.col = (int32_t)c;
		if (!known) col.heading = str_copy(t->arena, text);
		t->cols[c] = col;
	}
}

struct header_words { size_t words, known, in_place, names; };

static struct header_words count_words(struct tables *t, struct arena *a, const struct row *r) {
	struct header_words n = {0};
	for (int32_t c = 0; (size_t)c < r->n; c++) {
		struct str text = cell_text(r, c);
		const struct intake_col *here = layout_col(&t->first, c);
		if (!text.n) continue;
		const struct intake_col *same = same_heading(a, &t->first, text);
		const struct intake_target *target = same && same->target ? same->target : target_of(a, t, text);
		n.words++;
		n.known += target != NULL;
		n.names += target_is(target, S("name"));
		n.in_place += here && is_in_place(a, here, text);
	}
	return n;
}

void tables_init(struct tables *t, struct arena *a, const struct intake_sheet *sheet, struct intake_targets targets) {
	*t = (struct tables){.arena = a, .targets = targets, .first = layout_of(sheet)};
	for (size_t i = 0; i < targets.n; i++) {
		struct str rest = headings_of(&targets.items[i]), word;
		while (str_split(&rest, '|', &word)) {
			size_t bit = bit_of(word);
			t->may_be[bit / 64] |= UINT64_C(1) << bit % 64;
		}
	}
}

bool tables_switch(struct tables *t, struct arena *a, const struct row *r, struct layout *now) {
	if (!t->first.name || !t->first.last_header_row || !may_be_header(a, t, r)) return false;
	struct header_words n = count_words(t, a, r);
	if (n.words >= 2 && n.in_place == n.words && n.known >= 2) {
		*now = t->first;
		return true;
	}
	bool is_list = n.names == 1 && n.known >= 3 && n.known * 2 >= n.words;
	bool is_summary = !n.names && n.known >= 3 && n.known * 2 >= n.words;
	if ((!is_list && !is_summary) || t->switches == SWITCHES_MAX) return false;
	t->switches++;
	if (!t->cols) t->cols = arena_array(t->arena, t->first.cols_n + 1, sizeof *t->cols);
	fill_columns(t, a, r);
	struct intake_sheet other = {.cols = t->cols, .cols_n = t->first.cols_n};
	*now = layout_of(&other);
	now->last_header_row = r->number;
	return true;
}
