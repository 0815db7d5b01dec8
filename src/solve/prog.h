/* prog.h - the exact model in integer rows and columns, for a given choice or with the choice in it.
 *
 * Columns are the choice (optional) and every movement of quota; rows are balances, what a pool
 * may pass on, carry shares with their rounding, reserve, concentration. All data are integers, so
 * a solution is checked in integers (prog_holds). Where carry[] sets an equality, the rows say
 * "carry at most the share, lapse at most the rest": throwing quota away never helps a plan, so
 * this has the same choices, and the true movements follow from the solution (prog_flows). */
#ifndef SOLVE_PROG_H
#define SOLVE_PROG_H

#include "solve/core.h"

struct prog_entry {
	int32_t col;
	int64_t coef;
};

/* sum coef * column <= rhs. */
struct prog_row {
	int64_t rhs;
	int32_t at, n;
	int32_t factor; /* -1: of the choice alone */
};

enum prog_kind {
	PROG_CHOICE,
	PROG_CARRY,
	PROG_LAPSE,
	PROG_WITHDRAW,
	PROG_GRANT,
	PROG_TRANSFER,
	PROG_DRAW,
	PROG_SWITCH
};

struct prog_col {
	enum prog_kind kind;
	int32_t factor, pool, period,
		other; /* PROG_CHOICE: other = alternative; PROG_DRAW: other = county of the projects, -1 = all */
	int64_t max;
	bool is_integer; /* must be asked for; else vertices are integral by themselves */
};

struct prog {
	const struct core *c;
	int32_t n_cols, n_rows, n_entries;
	int32_t cols_room, rows_room, entries_room;
	struct prog_col *cols;
	struct prog_row *rows;
	struct prog_entry *entries;
	struct arena *arena;
};

/* With choice == NULL the alternatives are columns (those that are out have max 0) and the rows
 * "one alternative a project", limits, pairs are in it; else choice is fixed and only factor (or
 * all, factor < 0) is written. */
void prog_build(struct arena *a, const struct core *c, const int32_t *choice, int32_t factor,
				struct prog *p);
void prog_open_row(struct prog *p, int64_t rhs, int32_t factor);
void prog_put(struct prog *p, int32_t col, int64_t coef); /* into the row opened last */

bool prog_holds(const struct prog *p, const int64_t *x);

/* Movements of a solution, with equalities of carry[] restored and draws split among projects.
 * `only` < 0 means all factors. */
void prog_flows(struct arena *a, const struct core *c, const int32_t *choice, const struct prog *p,
				const int64_t *x, struct alloc_flow **flows, size_t *n);

/* Column values out of a network flow that stands for the same choice (easy factors). */
struct flow;
void prog_take_flow(const struct prog *p, const struct flow *f, int64_t *x);

/* Weight of a column in GOAL_CITY_DRAW and GOAL_TRANSFER. */
int64_t prog_weight(const struct prog *p, int32_t col, enum alloc_kind goal);

/* What a choice draws straight from the city by uses on the city pool. */
int64_t city_draw_direct(const struct alloc *in, const int32_t *choice);

#endif
