#include "solve/flow.h"

#include <assert.h>
#include <string.h>

/* Take d along the path that the search found from `node` to where slack is. */
static void pull_path(struct flow *f, int32_t at, int32_t node, int64_t d) {
	const struct core *c = f->c;
	f->slack[at] -= d;
	while (at != node) {
		int32_t half = f->from_half[at], mate = c->half_mate[half];
		f->residual[half] -= d;
		f->residual[mate] += d;
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
static int32_t find_slack(struct flow *f, int32_t node, int32_t *n_queue) {
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
	*n_queue = tail;
	return -1;
}

int64_t flow_pull(struct flow *f, int32_t node, int64_t need) {
	int64_t own = f->slack[node] < need ? f->slack[node] : need;
	f->slack[node] -= own;
	need -= own;
	int32_t epoch = f->epoch[f->c->group[node]];
	if (need > 0 && f->dry[node] == epoch) return need;
	while (need > 0) {
		int32_t tail = 0;
		int32_t at = find_slack(f, node, &tail);
		if (at < 0) {
			for (int32_t k = 0; k < tail; k++) f->dry[f->queue[k]] = epoch;
			f->n_marked = tail;
			return need;
		}
		int64_t d = path_room(f, at, node, need);
		pull_path(f, at, node, d);
		need -= d;
	}
	return 0;
}

struct flow *flow_new(struct arena *a, const struct core *c) {
	struct flow *f = arena_alloc(a, sizeof *f);
	size_t nodes = (size_t)c->n_nodes, halves = (size_t)c->n_arcs * 2;
	f->c = c;
	f->slack = arena_array(a, nodes + halves + 1, sizeof *f->slack);
	f->residual = f->slack + nodes;
	f->bytes = (nodes + halves) * sizeof *f->slack;
	f->dry = arena_array(a, nodes + 1, sizeof *f->dry);
	f->epoch = arena_array(a, (size_t)c->n_groups, sizeof *f->epoch);
	f->seen = arena_array(a, nodes + 1, sizeof *f->seen);
	f->from_half = arena_array(a, nodes + 1, sizeof *f->from_half);
	f->queue = arena_array(a, nodes + 1, sizeof *f->queue);
	f->weak = arena_array(a, (size_t)c->n_alts + 1, sizeof *f->weak);
	for (int32_t g = 0; g < c->n_groups; g++) f->epoch[g] = 1;
	for (int32_t n = 0; n < c->n_nodes; n++) f->slack[n] = c->cap[n];
	for (int32_t e = 0; e < c->n_arcs; e++) f->residual[c->arc_half[e]] = c->arcs[e].cap;
	for (int32_t k = 0; k < c->n_base; k++)
		if (flow_pull(f, c->base[k].node, c->base[k].amount) > 0) return NULL;
	return f;
}

static void open_draws(struct flow *f, int32_t alt) {
	const struct core *c = f->c;
	for (int32_t k = c->draw_at[alt]; k < c->draw_at[alt + 1]; k++) {
		f->residual[c->arc_half[c->draws[k].node]] += c->draws[k].amount;
		f->epoch[c->arcs[c->draws[k].node].factor]++; /* a dry node may be reached now */
	}
}

/* What the city served above the smaller room goes back; the county's own freed use pays for it,
 * or, after a failed try, whatever it can pull (it could before the try, so it can again). */
static void close_draws(struct flow *f, int32_t alt) {
	const struct core *c = f->c;
	for (int32_t k = c->draw_at[alt]; k < c->draw_at[alt + 1]; k++) {
		const struct core_arc *arc = &c->arcs[c->draws[k].node];
		int32_t half = c->arc_half[c->draws[k].node];
		int64_t *room = &f->residual[half];
		*room -= c->draws[k].amount;
		if (*room >= 0) continue;
		int64_t over = -*room;
		*room = 0;
		f->residual[c->half_mate[half]] -= over;
		f->slack[arc->from] += over;
		f->epoch[arc->factor]++;
		int64_t left = flow_pull(f, arc->to, over);
		assert(left == 0);
		(void)left;
	}
}

static bool is_dry(const struct flow *f, int32_t alt) {
	const struct core *c = f->c;
	for (int32_t k = c->use_at[alt]; k < c->use_at[alt + 1]; k++) {
		int32_t n = c->uses[k].node;
		if (f->slack[n] < c->uses[k].amount && f->dry[n] == f->epoch[c->group[n]]) return true;
	}
	return false;
}

/* A failed try gives back what its uses got: `got[]` tells which. The failed search has just marked
 * nodes dry while this was taken, so its marks hold only when nothing of their group comes back. */
static void give_back(struct flow *f, const struct core_use *uses, int32_t n_done, int32_t skip,
					  const struct core_use *failed, int64_t left) {
	const struct core *c = f->c;
	int32_t group = c->group[failed->node];
	bool is_same = false;
	for (int32_t k = 0; k < n_done; k++) {
		if (k == skip) continue;
		f->slack[uses[k].node] += uses[k].amount;
		is_same = is_same || c->group[uses[k].node] == group;
	}
	int64_t part = failed->amount - left;
	f->slack[failed->node] += part;
	if (!is_same && part == 0) return;
	for (int32_t k = 0; k < f->n_marked; k++) f->dry[f->queue[k]] = 0;
	if (!is_same && f->n_marked) f->dry[failed->node] = f->epoch[group];
	f->n_marked = 0;
}

/* The use that failed last time goes first: most tries end there, before anything is pulled. */
static bool pull_uses(struct flow *f, int32_t alt) {
	const struct core *c = f->c;
	const struct core_use *uses = c->uses + c->use_at[alt];
	int32_t n = c->use_at[alt + 1] - c->use_at[alt], weak = f->weak[alt];
	if (n == 0) return true;
	f->n_marked = 0;
	int64_t left = flow_pull(f, uses[weak].node, uses[weak].amount);
	if (left) {
		give_back(f, uses, 0, -1, &uses[weak], left);
		return false;
	}
	for (int32_t k = 0; k < n; k++) {
		if (k == weak) continue;
		f->n_marked = 0;
		left = flow_pull(f, uses[k].node, uses[k].amount);
		if (!left) continue;
		f->slack[uses[weak].node] += uses[weak].amount; /* as a done use, in the same way */
		bool is_same = c->group[uses[weak].node] == c->group[uses[k].node];
		if (is_same) {
			for (int32_t m = 0; m < f->n_marked; m++) f->dry[f->queue[m]] = 0;
			f->n_marked = 0;
		}
		give_back(f, uses, k, weak, &uses[k], left);
		f->weak[alt] = k;
		return false;
	}
	return true;
}

bool flow_add(struct flow *f, int32_t alt) {
	bool has_draws = f->c->draw_at[alt] < f->c->draw_at[alt + 1];
	if (has_draws) open_draws(f, alt);
	bool fits = !is_dry(f, alt) && pull_uses(f, alt);
	if (!fits && has_draws) close_draws(f, alt);
	return fits;
}

void flow_remove(struct flow *f, int32_t alt) {
	const struct core *c = f->c;
	for (int32_t k = c->use_at[alt]; k < c->use_at[alt + 1]; k++) {
		int32_t n = c->uses[k].node;
		f->slack[n] += c->uses[k].amount;
		f->epoch[c->group[n]]++;
	}
	if (c->draw_at[alt] < c->draw_at[alt + 1]) close_draws(f, alt);
}

void flow_save(const struct flow *f, void *room) {
	memcpy(room, f->slack, f->bytes);
}

void flow_load(struct flow *f, const void *room) {
	memcpy(f->slack, room, f->bytes);
	for (int32_t g = 0; g < f->c->n_groups; g++) f->epoch[g]++;
}
