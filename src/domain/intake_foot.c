/* intake_foot.c - 单位：万元 at the foot of a long list, below the rows that are read before anything is
 * decided: where no other place names a unit, the list is read once more with this one. */
#include "domain/intake_parts.h"

#include "base/buf.h"

enum { LINE_CELL_BYTES = 200 };

static bool names_unit(struct arena *a, const struct row *r) {
	struct unit u;
	struct str text;
	for (int m = 0; m < MEASURE__N; m++)
		if (unit_in_line(a, r, (enum measure)m, &u, &text)) return true;
	return false;
}

void foot_row(struct foot *f, struct arena *row_arena, const struct row *r, enum row_kind kind) {
	if (kind == ROW_DATA) f->is_unclear = f->n > 0; /* it stood between two tables */
	if (kind != ROW_NOTE || f->is_unclear || !is_unit_line(row_arena, r) || !names_unit(row_arena, r)) return;
	if (f->n == FOOT_LINES) f->is_unclear = true;
	else f->lines[f->n++] = row_copy(f->arena, r, LINE_CELL_BYTES);
}

bool foot_is_usable(const struct foot *f) {
	return f && f->n && !f->is_unclear;
}

const struct row *foot_line(struct arena *a, const struct foot *f, enum measure m) {
	const struct row *found = NULL;
	struct unit first, u;
	struct str text;
	for (size_t i = 0; foot_is_usable(f) && i < f->n; i++) {
		if (!unit_in_line(a, &f->lines[i], m, &u, &text)) continue;
		if (found && !str_eq(u.text, first.text)) return NULL; /* two, and they differ */
		if (!found) first = u;
		found = &f->lines[i];
	}
	return found;
}

/* The columns whose unit this line gave, as they are called. */
static struct str columns_of(struct arena *a, const struct foot *f, const struct intake_sheet *s, int64_t number) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < s->cols_n; i++) {
		enum measure m;
		const struct intake_col *c = &s->cols[i];
		if (c->unit_basis != UNIT_FOOT || !c->target || !intake_measure(c->target->type, &m)) continue;
		const struct row *line = foot_line(a, f, m);
		if (!line || line->number != number) continue;
		if (b.n) buf_c(&b, "、");
		buf_add(&b, c->heading);
	}
	return buf_str(&b);
}

bool foot_tell(const struct foot *f, struct arena *a, const struct intake_sheet *s, struct intake_item *item) {
	for (size_t i = 0; foot_is_usable(f) && item->kind == ROW_NOTE && i < f->n; i++) {
		struct str columns = f->lines[i].number == item->number ? columns_of(a, f, s, item->number) : S("");
		if (!columns.n) continue;
		struct intake_problem *p = arena_alloc(a, sizeof *p);
		*p = (struct intake_problem){.row = item->number, .col = -1, .rule = S("unit_from_foot"), .args = {columns}, .is_warning = true};
		item->problems = p;
		item->problems_n = 1;
		return true;
	}
	return false;
}
