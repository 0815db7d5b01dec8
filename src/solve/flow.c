#include "solve/flow.h"

#include <assert.h>
#include <string.h>

/* The bound of a node of which nothing is known; sums of a few still fit. */
static const int64_t UNKNOWN = INT64_MAX / 4;
static const int64_t GIVEN_MAX = (int64_t)1 << 60;

struct flow_note {
	int32_t at; /* in slack and residual; of `learnt` the node */
	int64_t was, was_at;
};

/* ---- the journal ---- */

static void grow_notes(struct flow *f) {
	struct flow_note *more = arena_array(f->arena, (size_t)f->notes_room * 2, sizeof *more);
	memcpy(more, f->notes, (size_t)f->n_notes * sizeof *more);
	f->notes = more;
	f->notes_room *= 2;
}

/* Before a change of slack[at], or of residual[half] with at = nodes + half. */
static inline void note(struct flow *f, int32_t at) {
	if (!f->is_marked) return;
	if (f->n_notes == f->notes_room) grow_notes(f);
	f->notes[f->n_notes++] = (struct flow_note){at, f->slack[at], 0};
}

static inline void add_slack(struct flow *f, int32_t node, int64_t d) {
	note(f, node);
	f->slack[node] += d;
}

static inline void add_residual(struct flow *f, int32_t half, int64_t d) {
	note(f, f->c->n_nodes + half);
	f->residual[half] += d;
}

/* ---- what is known of a node ---- */

static inline int64_t most_of(const struct flow *f, int32_t node) {
	return f->most[node] + f->given[f->c->group[node]] - f->most_at[node];
}

static void learn(struct flow *f, int32_t node, int64_t most) {
	if (most >= most_of(f, node)) return;
	if (f->is_marked && f->learnt_at[node] != f->mark) {
		f->learnt_at[node] = f->mark;
		f->learnt[f->n_learnt++] = (struct flow_note){node, f->most[node], f->most_at[node]};
	}
	f->most[node] = most;
	f->most_at[node] = f->given[f->c->group[node]];
}

void flow_mark(struct flow *f) {
	const struct core *c = f->c;
	for (int32_t g = 0; g < c->n_groups; g++) {
		f->taken[g] = 0;
		f->given_then[g] = f->given[g];
		if (f->given[g] < GIVEN_MAX) continue;
		for (int32_t n = 0; n < c->n_nodes; n++)
			if (c->group[n] == g) f->most[n] = UNKNOWN, f->most_at[n] = 0;
		f->given[g] = f->given_then[g] = 0;
	}
	f->n_notes = f->n_learnt = 0;
	f->mark++;
	f->is_marked = true;
}

/* What was learnt since the mark also holds at the mark, when what was taken since is added: going
 * back gives that back, and nothing else helps. */
void flow_undo(struct flow *f) {
	const struct core *c = f->c;
	for (int32_t k = f->n_notes - 1; k >= 0; k--) f->slack[f->notes[k].at] = f->notes[k].was;
	for (int32_t k = 0; k < f->n_learnt; k++) {
		const struct flow_note *x = &f->learnt[k];
		int32_t g = c->group[x->at];
		int64_t now = most_of(f, x->at) + f->taken[g], then = x->was + f->given_then[g] - x->was_at;
		f->most[x->at] = now < then ? now : then;
		f->most_at[x->at] = f->given_then[g];
	}
	for (int32_t g = 0; g < c->n_groups; g++) {
		f->given[g] = f->given_then[g];
		f->taken[g] = 0;
	}
	f->n_notes = f->n_learnt = 0;
	f->mark++;
}

/* ---- paths ---- */

/* Take d along the path that the search found from `node` to where slack is. */
static void pull_path(struct flow *f, int32_t at, int32_t node, int64_t d) {
	const struct core *c = f->c;
	add_slack(f, at, -d);
	while (at != node) {
		int32_t half = f->from_half[at], mate = c->half_mate[half];
		add_residual(f, half, -d);
		add_residual(f, mate, d);
		at = c->half_from[mate];
	}
}

static int64_t path_room(const struct flow *f, int32_t at, int32_t node, int64_t most) {
	if (f->slack[at] < most) most = f->slack[at];
	while (at != node) {
		int32_t half = f->from_half[at];
		if (f->residual[half] < most) most = f->residual[half];
		at = f->c->half_from[f->c->half_mate[half]];
	}
	return most;
}

/* Breadth first against the residual arcs; the nearest node with slack, -1 = none. */
static int32_t find_slack(struct flow *f, int32_t node) {
	const int32_t *half_at = f->c->half_at, *half_from = f->c->half_from;
	const int64_t *residual = f->residual;
	int32_t *seen = f->seen, *queue = f->queue, stamp = ++f->stamp;
	int32_t head = 0, tail = 0;
	seen[node] = stamp;
	queue[tail++] = node;
	while (head < tail) {
		int32_t at = queue[head++], end = half_at[at + 1];
		for (int32_t half = half_at[at]; half < end; half++) {
			int32_t from = half_from[half];
			if (residual[half] <= 0 || seen[from] == stamp) continue;
			seen[from] = stamp;
			f->from_half[from] = half;
			if (f->slack[from] > 0) return from;
			queue[tail++] = from;
		}
	}
	f->n_reached = tail;
	return -1;
}

static inline bool has_arcs(const struct core *c, int32_t node) {
	return c->half_at[node] < c->half_at[node + 1];
}

int64_t flow_pull(struct flow *f, int32_t node, int64_t need) {
	int64_t own = f->slack[node] < need ? f->slack[node] : need, left = need - own;
	f->n_reached = 0;
	if (own) add_slack(f, node, -own);
	while (left > 0 && has_arcs(f->c, node)) {
		int32_t at = find_slack(f, node);
		if (at < 0) break;
		int64_t d = path_room(f, at, node, left);
		pull_path(f, at, node, d);
		left -= d;
	}
	f->taken[f->c->group[node]] += need - left;
	return left;
}

/* ---- life ---- */

struct flow *flow_new(struct arena *a, const struct core *c) {
	struct flow *f = arena_alloc(a, sizeof *f);
	size_t nodes = (size_t)c->n_nodes, halves = (size_t)c->n_arcs * 2;
	f->c = c;
	f->arena = a;
	f->slack = arena_array(a, nodes + halves + 1, sizeof *f->slack);
	f->residual = f->slack + nodes;
	f->most = arena_array(a, nodes + 1, sizeof *f->most);
	f->most_at = arena_array(a, nodes + 1, sizeof *f->most_at);
	f->given = arena_array(a, (size_t)c->n_groups, sizeof *f->given);
	f->taken = arena_array(a, (size_t)c->n_groups, sizeof *f->taken);
	f->given_then = arena_array(a, (size_t)c->n_groups, sizeof *f->given_then);
	f->seen = arena_array(a, nodes + 1, sizeof *f->seen);
	f->from_half = arena_array(a, nodes + 1, sizeof *f->from_half);
	f->queue = arena_array(a, nodes + 1, sizeof *f->queue);
	f->weak = arena_array(a, (size_t)c->n_alts + 1, sizeof *f->weak);
	f->notes_room = 1024;
	f->notes = arena_array(a, (size_t)f->notes_room, sizeof *f->notes);
	f->learnt = arena_array(a, nodes + 1, sizeof *f->learnt);
	f->learnt_at = arena_array(a, nodes + 1, sizeof *f->learnt_at);
	for (int32_t n = 0; n < c->n_nodes; n++) f->slack[n] = c->cap[n], f->most[n] = UNKNOWN;
	for (int32_t e = 0; e < c->n_arcs; e++) f->residual[c->arc_half[e]] = c->arcs[e].cap;
	for (int32_t k = 0; k < c->n_base; k++)
		if (flow_pull(f, c->base[k].node, c->base[k].amount) > 0) return NULL;
	return f;
}

void flow_give(struct flow *f, int32_t node, int64_t amount) {
	add_slack(f, node, amount);
	f->given[f->c->group[node]] += amount;
}

void flow_widen(struct flow *f, int32_t half, int64_t amount) {
	add_residual(f, half, amount);
	f->given[f->c->group[f->c->half_from[half]]] += amount;
}

/* ---- adding and removing ---- */

static void open_draws(struct flow *f, int32_t alt) {
	const struct core *c = f->c;
	for (int32_t k = c->draw_at[alt]; k < c->draw_at[alt + 1]; k++)
		flow_widen(f, c->arc_half[c->draws[k].node], c->draws[k].amount);
}

/* What the city served above the smaller room goes back; the county's own freed use pays for it,
 * or, after a failed try, whatever it can pull (it could before the try, so it can again). */
static void close_draws(struct flow *f, int32_t alt) {
	const struct core *c = f->c;
	for (int32_t k = c->draw_at[alt]; k < c->draw_at[alt + 1]; k++) {
		const struct core_arc *arc = &c->arcs[c->draws[k].node];
		int32_t half = c->arc_half[c->draws[k].node];
		add_residual(f, half, -c->draws[k].amount);
		if (f->residual[half] >= 0) continue;
		int64_t over = -f->residual[half];
		add_residual(f, half, over);
		add_residual(f, c->half_mate[half], -over);
		flow_give(f, arc->from, over);
		int64_t left = flow_pull(f, arc->to, over);
		assert(left == 0);
		(void)left;
	}
}

/* Does one of its uses ask for more than its node can pull? */
static bool is_hopeless(struct flow *f, int32_t alt) {
	const struct core *c = f->c;
	int32_t from = c->use_at[alt], end = c->use_at[alt + 1];
	for (int32_t k = from; k < end; k++) {
		int32_t n = c->uses[k].node;
		if (f->slack[n] >= c->uses[k].amount) continue;
		if (has_arcs(c, n) && most_of(f, n) >= c->uses[k].amount) continue;
		f->weak[alt] = k - from;
		f->n_reached = 0;
		return true;
	}
	return false;
}

/* A failed try gives back what its uses got, and leaves what it learnt: the failing node could pull
 * no more than it got beside what the uses before it got in its group, and the nodes it reached no
 * more than all that. */
static void give_back(struct flow *f, int32_t alt, int32_t n_done, int64_t left) {
	const struct core *c = f->c;
	const struct core_use *uses = c->uses + c->use_at[alt];
	int32_t weak = f->weak[alt], at = n_done < 0 ? weak : n_done, group = c->group[uses[at].node];
	int64_t same = uses[at].amount - left;
	add_slack(f, uses[at].node, same);
	f->taken[group] -= same;
	for (int32_t k = -1; k < n_done; k++) {
		const struct core_use *u = &uses[k < 0 ? weak : k];
		if (k == weak) continue;
		add_slack(f, u->node, u->amount);
		f->taken[c->group[u->node]] -= u->amount;
		if (c->group[u->node] == group) same += u->amount;
	}
	learn(f, uses[at].node, same);
	for (int32_t k = 0; k < f->n_reached; k++) learn(f, f->queue[k], same);
	f->weak[alt] = at;
}

/* The use that failed last time goes first: most tries end there, before anything is pulled. */
static bool pull_uses(struct flow *f, int32_t alt) {
	const struct core *c = f->c;
	const struct core_use *uses = c->uses + c->use_at[alt];
	int32_t n = c->use_at[alt + 1] - c->use_at[alt], weak = f->weak[alt];
	for (int32_t k = -1; k < n && n > 0; k++) {
		const struct core_use *u = &uses[k < 0 ? weak : k];
		if (k == weak) continue;
		int64_t left = flow_pull(f, u->node, u->amount);
		if (left == 0) continue;
		give_back(f, alt, k, left);
		return false;
	}
	return true;
}

bool flow_add(struct flow *f, int32_t alt) {
	bool has_draws = f->c->draw_at[alt] < f->c->draw_at[alt + 1];
	if (has_draws) open_draws(f, alt);
	bool fits = !is_hopeless(f, alt) && pull_uses(f, alt);
	if (!fits && has_draws) {
		close_draws(f, alt);
		f->n_reached = 0; /* its pulls have used the queue */
	}
	return fits;
}

void flow_remove(struct flow *f, int32_t alt) {
	const struct core *c = f->c;
	for (int32_t k = c->use_at[alt]; k < c->use_at[alt + 1]; k++)
		flow_give(f, c->uses[k].node, c->uses[k].amount);
	if (c->draw_at[alt] < c->draw_at[alt + 1]) close_draws(f, alt);
}
