#include "sheet/merge.h"

#include <stdlib.h>
#include <string.h>

bool merges_add(struct arena *a, struct merges *m, struct ref_range r) {
	if (r.top == r.bottom && r.left == r.right) return true;
	if (m->n == MERGES_MAX) return false;
	if (m->n == m->room) {
		m->room = m->room ? m->room * 2 : 64;
		struct ref_range *more = arena_array(a, m->room, sizeof *more);
		if (m->n) memcpy(more, m->list, m->n * sizeof *more);
		m->list = more;
	}
	m->list[m->n++] = r;
	return true;
}

static int by_top_left(const void *x, const void *y) {
	const struct ref_range *a = x, *b = y;
	if (a->top != b->top) return a->top < b->top ? -1 : 1;
	return (a->left > b->left) - (a->left < b->left);
}

void merges_sort(struct merges *m) {
	if (m->n) qsort(m->list, m->n, sizeof *m->list, by_top_left);
}

void sweep_init(struct arena *a, struct merge_sweep *s, const struct merges *m, int32_t cols) {
	*s = (struct merge_sweep){.merges = m, .cols = m->n ? cols : 0};
	s->until = arena_array(a, (size_t)s->cols, sizeof *s->until);
	s->owner = arena_array(a, (size_t)s->cols, sizeof *s->owner);
	for (int32_t c = 0; c < s->cols; c++) s->until[c] = -1;
}

static void cover(struct merge_sweep *s, const struct ref_range *r) {
	for (int32_t c = r->left; c <= r->right && c < s->cols; c++) {
		if (s->until[c] >= r->top) continue;
		s->until[c] = r->bottom;
		s->owner[c] = r;
	}
}

void sweep_to(struct merge_sweep *s, int32_t row) {
	const struct merges *m = s->merges;
	for (; s->next < m->n && m->list[s->next].top <= row; s->next++)
		if (m->list[s->next].bottom >= row) cover(s, &m->list[s->next]);
}

const struct ref_range *sweep_at(const struct merge_sweep *s, int32_t row, int32_t col) {
	return col < s->cols && s->until[col] >= row ? s->owner[col] : NULL;
}
