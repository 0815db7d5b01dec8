/* intake_head.c - finds the header of a sheet and the headings of its columns. */
#include "domain/intake_parts.h"

#include "base/buf.h"
#include "domain/text.h"

/* ---- cells ---- */

const struct cell *cell_at(const struct row *r, int32_t col) {
	return col >= 0 && (size_t)col < r->n ? &r->cells[col] : NULL;
}

struct str cell_text(const struct row *r, int32_t col) {
	const struct cell *c = cell_at(r, col);
	return c ? str_trim(c->text) : (struct str){0};
}

bool cell_is_continued(const struct row *r, int32_t col) {
	const struct cell *c = cell_at(r, col);
	if (!c || c->merge_row < 0) return false;
	return c->merge_row + 1 != r->number || c->merge_col != col;
}

int32_t merge_width(const struct row *r, int32_t col) {
	int32_t width = 1;
	for (const struct cell *c; (c = cell_at(r, col + width)); width++)
		if (c->merge_row + 1 != r->number || c->merge_col != col || c->kind != CELL_EMPTY) break;
	return width;
}

bool is_numeric(struct str s) {
	bool has_digit = false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c >= '0' && c <= '9') has_digit = true;
		else if (!str_has(S(".,-+%()eE /"), (struct str){&c, 1})) return false;
	}
	return has_digit;
}

bool env_region(const struct intake_env *env, struct str text, struct str *code) {
	enum { PLACE_BYTES = 150 };
	return env && env->region && text.n && text.n <= PLACE_BYTES && env->region(env->it, text, code);
}

struct str str_cut(struct str s, size_t n) {
	if (s.n <= n) return s;
	while (n && ((unsigned char)s.p[n] & 0xC0) == 0x80) n--;
	return str_sub(s, 0, n);
}

struct row row_copy(struct arena *a, const struct row *r, size_t cell_bytes) {
	struct cell *cells = arena_array(a, r->n + 1, sizeof *cells);
	for (size_t i = 0; i < r->n; i++) {
		cells[i] = r->cells[i];
		if (r->cells[i].text.n) cells[i].text = str_copy(a, str_cut(r->cells[i].text, cell_bytes));
	}
	return (struct row){.number = r->number, .cells = cells, .n = r->n, .is_hidden = r->is_hidden};
}

/* ---- where the header is ---- */

static bool looks_like_date(struct arena *a, struct str s) {
	return s.n && s.p[0] >= '0' && s.p[0] <= '9'
		&& when_parse(a, s, (struct when_context){0}).state == WHEN_GOOD;
}

/* Cells of a header are words, short, and not "label: value". 其中：固定资产投资 is a part of another. */
static bool is_header_word(struct arena *a, struct str s) {
	if (is_numeric(s) || str_cp_count(s) > 30) return false;
	struct str key = text_nfkc(a, s);
	if (str_starts(key, S("其中:"))) key = str_sub(key, S("其中:").n, key.n);
	ptrdiff_t colon = str_find(key, S(":"));
	if (colon >= 0 && str_has(key, S("单位")) == false) return colon + 1 == (ptrdiff_t)key.n;
	return !looks_like_date(a, s);
}

/* 拟引进项目名称 ends with the heading 项目名称. Short words are too common at the end of data. */
static bool ends_with_heading(struct intake_targets t, struct str key) {
	if (str_cp_count(key) > 14) return false;
	for (size_t i = 0; i < t.n; i++) {
		struct str rest = headings_of(&t.items[i]), w;
		while (str_split(&rest, '|', &w))
			if (str_ends(key, w) && str_cp_count(w) >= 3) return true;
	}
	return false;
}

struct row_score {
	int known, alike, words, others, name_words;
};

static struct row_score score_row(struct arena *a, const struct row *r, struct intake_targets t) {
	struct row_score s = {0};
	for (int32_t c = 0; (size_t)c < r->n; c++) {
		struct str text = cell_text(r, c);
		if (!text.n) continue;
		struct str keys[HEADING_KEYS];
		size_t n = heading_keys(a, text, keys);
		const struct intake_target *found = NULL;
		for (size_t i = 0; i < n && !found; i++) found = heading_target(t, keys[i]);
		if (found) s.known++;
		if (target_is(found, S("name"))) s.name_words++;
		if (found) continue;
		if (!is_header_word(a, text)) s.others++;
		else if (n && ends_with_heading(t, keys[n - 1])) s.alike++;
		else s.words++;
	}
	return s;
}

/* Known headings count most; a row of data may hold one by chance, hence at least two, or the one
 * that names projects in a table of one or two columns. */
static int header_points(struct row_score s) {
	bool is_enough = s.known >= 2 || s.known + s.alike >= 3
		|| (s.known == 1 && s.name_words && s.alike + s.words + s.others <= 1);
	if (!is_enough || s.others > s.known + s.alike + s.words) return 0;
	return s.known * 4 + s.name_words * 4 + s.alike * 2 + s.words - s.others * 2;
}

static bool has_horizontal_merge(const struct row *r) {
	for (int32_t c = 0; (size_t)c < r->n; c++)
		if (cell_text(r, c).n && merge_width(r, c) > 1) return true;
	return false;
}

static size_t filled(const struct row *r) {
	size_t n = 0;
	for (int32_t c = 0; (size_t)c < r->n; c++) n += cell_text(r, c).n > 0;
	return n;
}

bool head_may_be(struct arena *a, const struct row *r) {
	for (int32_t c = 0; (size_t)c < r->n; c++) {
		struct str text = cell_text(r, c);
		if (text.n && !is_header_word(a, text)) return false;
	}
	return true;
}

/* A cell of the row below that belongs to a heading merged down from this row. */
static bool is_merged_from(const struct row *below, const struct row *above) {
	for (int32_t c = 0; (size_t)c < below->n; c++)
		if (below->cells[c].merge_row + 1 == above->number && below->cells[c].merge_col == c) return true;
	return false;
}

/* 项目基本情况 | 投资（亿元） | 进展 over the headings proper. */
static bool is_upper_header(struct arena *a, const struct row *up, const struct row *r) {
	if (up->number + 1 != r->number || is_unit_line(a, up) || !head_may_be(a, up)) return false;
	size_t n = filled(up);
	if (is_merged_from(r, up)) return n >= 1;
	if (n < 2) return false;
	if (has_horizontal_merge(up)) return true;
	/* no merges (CSV): some of its cells stand over an empty one, or it leaves gaps over filled ones */
	bool has_gap = false;
	for (int32_t c = 0; (size_t)c < r->n; c++) has_gap |= cell_text(r, c).n && !cell_text(up, c).n;
	return has_gap && cell_text(up, 0).n > 0;
}

/* A heading of `r` that spans several of the `width` columns (merged, or with an empty right neighbour: the
 * last one's may lie past the row's own end). */
static bool is_group(const struct row *r, size_t width, int32_t c) {
	const struct cell *cell = cell_at(r, c);
	if (!cell) return false;
	if (!cell_text(r, c).n) {
		if (cell->merge_row + 1 == r->number) return cell->merge_col != c;
		return c > 0 && cell->merge_row < 0; /* a gap: the group stands further left */
	}
	if (merge_width(r, c) > 1) return true;
	return cell->merge_row < 0 && !cell_text(r, c + 1).n && (size_t)c + 1 < width;
}

/* （亿元） under a heading: the unit has a row of its own. */
static bool is_unit_only(struct arena *a, struct str text) {
	struct str key = word_key(a, text), labelled = str_cat(a, S("单位:"), key);
	struct unit u;
	for (int m = 0; key.n && m < MEASURE__N; m++)
		if (unit_find(a, labelled, (enum measure)m, true, &u) && u.text.n == key.n) return true;
	return false;
}

static bool all_units(struct arena *a, const struct row *r) {
	for (int32_t c = 0; (size_t)c < r->n; c++)
		if (cell_text(r, c).n && !is_unit_only(a, cell_text(r, c))) return false;
	return true;
}

/* 总投资 | 其中：固投 under 投资（亿元）: every word stands under a group. */
bool head_is_lower(struct arena *a, const struct row *r, const struct row *low) {
	if (r->number + 1 != low->number || !head_may_be(a, low) || !filled(low)) return false;
	if (is_merged_from(low, r) || all_units(a, low)) return true;
	size_t n = 0, width = low->n > r->n ? low->n : r->n;
	for (int32_t c = 0; (size_t)c < low->n; c++) {
		if (!cell_text(low, c).n) continue;
		bool is_past = (size_t)c >= r->n && r->n && is_group(r, width, (int32_t)r->n - 1);
		if (!is_group(r, width, c) && !is_past) return false;
		n++;
	}
	return n >= 2;
}

/* Ties go to the first, so a header that is repeated further down does not win; nor does one with more
 * columns once a row was surely a header, unless it is the lower row of the same. */
struct head head_find(struct arena *a, const struct sample *s, struct intake_targets targets) {
	enum { LOOK_AT = 100, LOWER_ROWS = 2 };
	int best = 0;
	bool is_sure = false;
	struct head h = {0, 0};
	for (size_t i = 0; i < s->n && i < LOOK_AT; i++) {
		if (is_sure && (i > h.from + LOWER_ROWS || !head_may_be(a, &s->rows[i]))) break;
		struct row_score score = score_row(a, &s->rows[i], targets);
		int points = header_points(score);
		if (points <= best) continue;
		best = points;
		is_sure = score.known >= 3 && score.name_words == 1;
		h = (struct head){i, i + 1};
	}
	if (!best) return h;
	while (h.from > 0 && h.to - h.from < HEADER_ROWS_MAX
		&& is_upper_header(a, &s->rows[h.from - 1], &s->rows[h.from]))
		h.from--;
	while (h.to < s->n && h.to - h.from < HEADER_ROWS_MAX
		&& head_is_lower(a, &s->rows[h.to - 1], &s->rows[h.to]))
		h.to++;
	return h;
}

/* ---- headings of the columns ---- */

static bool has_merges(const struct row *r) {
	for (size_t c = 0; c < r->n; c++)
		if (r->cells[c].merge_row >= 0) return true;
	return false;
}

/* The heading over column c in header row i, also where a merge or a gap of a CSV spreads it. */
static struct str heading_at(const struct sample *s, struct head h, size_t i, int32_t c) {
	const struct row *r = &s->rows[i];
	struct str own = cell_text(r, c);
	const struct cell *cell = cell_at(r, c);
	if (own.n) return own;
	if (cell && cell->merge_row >= 0) {
		for (size_t k = h.from; k <= i; k++)
			if (s->rows[k].number == cell->merge_row + 1) return cell_text(&s->rows[k], cell->merge_col);
		return own;
	}
	if (i + 1 == h.to || has_merges(r)) return own;
	bool has_leaf = false;
	for (size_t k = i + 1; k < h.to; k++) has_leaf |= cell_text(&s->rows[k], c).n > 0;
	for (int32_t left = c - 1; has_leaf && left >= 0; left--) {
		struct str t = cell_text(r, left);
		/* a heading with a leaf of its own under it is a group; another one is a column of its own */
		if (t.n) return cell_text(&s->rows[i + 1], left).n ? t : own;
	}
	return own;
}

/* Line breaks in a heading are for the eye: 投资\n总额. */
static struct str one_line(struct arena *a, struct str s) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\n' && s.p[i] != '\r') buf_byte(&b, s.p[i]);
	return buf_str(&b);
}

static void set_headings(struct arena *a, const struct sample *s, struct head h, struct intake_col *col) {
	struct buf upper = {.arena = a};
	struct str parts[HEADER_ROWS_MAX];
	size_t n = 0;
	for (size_t i = h.from; i < h.to; i++) {
		struct str t = heading_at(s, h, i, col->col);
		if (t.n && (!n || !str_eq(parts[n - 1], t))) parts[n++] = t;
	}
	if (!n) return;
	if (n >= 2 && is_unit_only(a, parts[n - 1])) {
		parts[n - 2] = str_cat(a, parts[n - 2],
			str_cat(a, str_cat(a, S("("), word_key(a, parts[n - 1])), S(")")));
		n--;
	}
	col->heading = one_line(a, parts[n - 1]);
	for (size_t i = 0; i + 1 < n; i++) {
		if (i) buf_c(&upper, "/");
		buf_add(&upper, one_line(a, parts[i]));
	}
	col->upper = buf_str(&upper);
	struct str key = word_key(a, col->heading);
	col->key = col->upper.n ? str_cat(a, str_cat(a, word_key(a, col->upper), S("/")), key) : key;
}

struct intake_col *head_columns(struct arena *a, const struct sample *s, struct head h, size_t *n) {
	struct intake_col *cols = arena_array(a, (size_t)s->cols + 1, sizeof *cols);
	*n = (size_t)s->cols;
	for (int32_t c = 0; c < s->cols; c++) {
		cols[c].col = c;
		set_headings(a, s, h, &cols[c]);
	}
	return cols;
}
