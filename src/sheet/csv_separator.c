/* csv_separator.c - which character separates the fields?
 *
 * Each candidate reads the first rows. The best makes most of them equally long: its score is
 * share^4 * (fields - 1), where share is the part of the rows that have the usual number of fields.
 * The fourth power, because a comma in amounts or prose ("1,000", "山东,济南") is in many rows but
 * not in all; the number of fields, because a wrong one rarely finds many. */
#include "sheet/csv.h"

#include <string.h>

enum { SAMPLE_ROWS = 200, SAMPLE_BYTES = 256 << 10, SAMPLE_COLS = 16384 };

static const struct str candidates[] = {S_(","), S_(";"), S_("\t"), S_("|"), S_("，"), S_("；")};
enum { CANDIDATES = sizeof candidates / sizeof *candidates, TAB = 2, FIRST_WIDE = 4 };

struct counted {
	int32_t fields[SAMPLE_ROWS];
	int32_t n;
};

/* Rows with their number of fields; blank ones say nothing, odd quotes count as no fit. */
static void count_rows(struct str text, struct str sep, struct counted *out) {
	struct arena scratch = {0};
	struct sheet_problem ignored;
	enum err e = ERR_OK;
	struct csv_scan s = {.rest = text, .sep = sep, .line = 1, .cell_bytes = INT64_MAX,
	                     .cols = SAMPLE_COLS, .scratch = {.arena = &scratch}};
	out->n = 0;
	while (out->n < SAMPLE_ROWS && csv_scan_next(&s, &scratch, &e, &ignored)) {
		if (!s.rest.n && text.n == SAMPLE_BYTES) break; /* cut off by the sample */
		if (s.raw.n) out->fields[out->n++] = s.is_odd ? 0 : s.n;
	}
	arena_release(&scratch);
}

/* The most frequent number of fields above one, and in how many rows; the larger one in a tie. */
static int32_t usual(const struct counted *c, int32_t *rows) {
	int32_t best = 1;
	*rows = 0;
	for (int32_t i = 0; i < c->n; i++) {
		int32_t same = 0;
		if (c->fields[i] < 2) continue;
		for (int32_t k = 0; k < c->n; k++) same += c->fields[k] == c->fields[i];
		if (same < *rows || (same == *rows && c->fields[i] <= best)) continue;
		best = c->fields[i];
		*rows = same;
	}
	return best;
}

static uint64_t score(const struct counted *c, bool is_wide) {
	int32_t rows, fields = usual(c, &rows);
	if (fields < 2) return 0;
	uint64_t permille = (uint64_t)rows * 1000 / (uint64_t)c->n;
	/* a full-width mark is prose unless it is in nearly every row */
	if (is_wide && (permille < 900 || c->n < 2)) return 0;
	uint64_t many = (uint64_t)(fields < 1000 ? fields - 1 : 1000);
	return permille * permille * permille / 1000 * permille * many;
}

struct str csv_find_separator(struct arena *a, struct str text, bool is_tsv) {
	uint64_t best = 0;
	struct str sep = is_tsv ? candidates[TAB] : candidates[0];
	struct counted *c = arena_alloc(a, sizeof *c);
	for (int i = 0; i < CANDIDATES; i++) {
		count_rows(str_sub(text, 0, SAMPLE_BYTES), candidates[i], c);
		uint64_t s = score(c, i >= FIRST_WIDE);
		if (is_tsv && i == TAB) s *= 4;
		if (s <= best) continue;
		best = s;
		sep = candidates[i];
	}
	return sep;
}
