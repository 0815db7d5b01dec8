/* intake_totals.c - the totals that a sheet states, against the sums of its rows.
 *
 * Which rows a total means is nowhere said: it is equal when one of the sums that it may mean fits. */
#include "domain/intake_parts.h"

#include "domain/text.h"

struct money { int64_t exact, all; };

static void money_add(struct money *m, int64_t fen, bool is_exact) {
	if (is_exact) m->exact += fen;
	m->all += fen;
}

static struct money money_minus(struct money a, struct money b) {
	return (struct money){a.exact - b.exact, a.all - b.all};
}

/* A stated total, with the sums that it may mean. */
struct stated {
	struct intake_total out;
	struct money start;       /* the whole when it was met: of a total above its rows */
	struct money sums[6];     /* the likeliest first */
	struct money other;       /* of a section row: the rows above it, if they are meant */
	size_t sums_n;
	int level;                /* of a total above its rows: closed by a section of this level or higher */
	bool is_open;
};

enum { TOTALS_MAX = 2000 };
struct totals {
	struct arena *arena;
	const struct layout *layout;
	struct money whole, since_total, sections[3];
	int64_t rows_in_section;
	int level;                /* of the section we are in; 0 = none */
	struct stated *items;
	size_t n;
};

struct totals *totals_new(struct arena *a, const struct layout *layout) {
	struct totals *t = arena_alloc(a, sizeof *t);
	t->arena = a;
	t->layout = layout;
	t->items = arena_array(a, TOTALS_MAX, sizeof *t->items);
	return t;
}

void totals_project(struct totals *t) {
	t->rows_in_section++;
}

void totals_amount(struct totals *t, int64_t fen, bool is_exact) {
	money_add(&t->whole, fen, is_exact);
	money_add(&t->since_total, fen, is_exact);
	for (int i = 1; i <= 2; i++) money_add(&t->sections[i], fen, is_exact);
}

static void close_totals(struct totals *t, int level) {
	for (size_t i = 0; i < t->n; i++) {
		struct stated *s = &t->items[i];
		if (!s->is_open || s->level < level) continue;
		s->is_open = false;
		s->sums[s->sums_n++] = money_minus(t->whole, s->start);
		if (s->other.all) s->sums[s->sums_n++] = s->other;
	}
}

/* The amount that a total or section row states, if any. */
static bool stated_amount(struct totals *t, struct arena *a, const struct row *r, int64_t *fen) {
	if (!t->layout->invest || t->n == TOTALS_MAX) return false;
	struct amount m = amount_parse(a, cell_text(r, t->layout->invest->col), MEASURE_MONEY,
		&t->layout->invest->unit);
	if (m.state != AMOUNT_GOOD || !str_eq(m.currency, S("CNY"))) return false;
	*fen = m.value;
	return true;
}

static struct stated *new_total(struct totals *t, const struct row *r, struct str label, int64_t fen) {
	struct stated *s = &t->items[t->n++];
	*s = (struct stated){.out = {.row = r->number, .label = str_copy(t->arena, str_cp_head(label, LABEL_CPS)),
		.stated_fen = fen}, .start = t->whole};
	return s;
}

void totals_section(struct totals *t, struct arena *a, const struct row *r,
		const struct row_reading *reading) {
	int64_t fen;
	struct money before = t->since_total;
	close_totals(t, reading->level);
	for (int i = reading->level; i <= 2; i++) t->sections[i] = (struct money){0, 0};
	t->level = reading->level;
	t->rows_in_section = 0;
	t->since_total = (struct money){0, 0};
	if (!stated_amount(t, a, r, &fen)) return;
	struct stated *s = new_total(t, r, reading->label, fen);
	s->is_open = true;
	s->level = reading->level;
	s->other = before; /* or it closes the rows above it */
}

/* A total below its rows can mean the section, all so far, or what came since the last total. One
 * above its rows is compared when they have passed. */
void totals_total(struct totals *t, struct arena *a, const struct row *r,
		const struct row_reading *reading) {
	int64_t fen;
	bool is_above = t->rows_in_section == 0;
	if (str_has(reading->label, S("其中"))) return; /* which rows it adds up is not said */
	if (stated_amount(t, a, r, &fen)) {
		struct stated *s = new_total(t, r, reading->label, fen);
		bool is_part = str_has(reading->label, S("小计"))
			|| (t->level && !str_has(reading->label, S("总计"))
			&& !str_has(word_key(a, reading->label), S("合计")));
		if (is_above) {
			s->is_open = true;
			s->level = t->level;
		} else {
			struct money part = t->level == 2 ? t->sections[2] : t->level ? t->sections[1] : t->since_total;
			s->sums[s->sums_n++] = is_part ? part : t->whole;
			s->sums[s->sums_n++] = is_part ? t->whole : part;
			s->sums[s->sums_n++] = t->sections[1];
			s->sums[s->sums_n++] = t->since_total;
		}
	}
	if (!is_above) t->since_total = (struct money){0, 0};
}

void totals_finish(struct totals *t, struct intake_sheet *sheet) {
	struct intake_total *out = arena_array(t->arena, t->n + 1, sizeof *out);
	close_totals(t, 0);
	for (size_t i = 0; i < t->n; i++) {
		struct stated *s = &t->items[i];
		int64_t fen = s->out.stated_fen;
		s->out.rows_fen = s->sums[0].exact;
		/* with amounts of 约 or 以上 the bureau adds them in, too */
		if (s->sums[0].all != s->sums[0].exact) s->out.rows_fen = s->sums[0].all;
		for (size_t k = 0; k < s->sums_n && !s->out.is_equal; k++) {
			s->out.is_equal = s->sums[k].exact == fen || s->sums[k].all == fen;
			if (s->out.is_equal) s->out.rows_fen = fen;
		}
		out[i] = s->out;
	}
	sheet->totals = out;
	sheet->totals_n = t->n;
}
