/* later.c - statements that wait for the end of their commit, and how a failed job forgets its own. */
#include "store/engine.h"

#include <assert.h>
#include <stdlib.h>

enum { WAITING_BYTES = 256 * 1024 }; /* of one job: what is more runs within it */

/* One block of memory with its values and their texts. */
struct later_item {
	enum query_id query;
	int64_t key;
	int part;      /* counts what runs in its turn */
	size_t at;     /* as it was asked for */
	bool is_done;
	size_t n;
	struct value v[];
};

static size_t bytes_of(const struct value *v, size_t n) {
	size_t bytes = sizeof(struct later_item) + n * sizeof *v;
	for (size_t i = 0; i < n; i++) bytes += v[i].s.n;
	return bytes;
}

static struct later_item *item_new(enum query_id q, int64_t key, const struct value *v, size_t n) {
	struct later_item *it = heap_alloc(bytes_of(v, n));
	char *text = (char *)(it->v + n);
	it->query = q;
	it->key = key;
	it->n = n;
	for (size_t i = 0; i < n; i++) {
		it->v[i] = v[i];
		if (!v[i].s.n) continue;
		memcpy(text, v[i].s.p, v[i].s.n);
		it->v[i].s.p = text;
		text += v[i].s.n;
	}
	return it;
}

static void push(struct later *l, struct later_item *it) {
	if (l->n == l->room) {
		l->room = l->room ? l->room * 2 : 64;
		l->items = heap_grow(l->items, l->room * sizeof *l->items);
	}
	it->at = l->n;
	l->items[l->n++] = it;
}

static void cut(struct later *l, size_t to) {
	while (l->n > to) heap_free(l->items[--l->n]);
	if (!l->n) l->part = 0;
	l->bytes = 0;
}

static int in_order(const void *x, const void *y) {
	const struct later_item *a = *(struct later_item *const *)x, *b = *(struct later_item *const *)y;
	if (a->part != b->part) return a->part < b->part ? -1 : 1;
	if (a->key != b->key) return a->key < b->key ? -1 : 1;
	return a->at < b->at ? -1 : 1;
}

/* Those of `from` on, in order; they stay in the list. */
static enum err run_from(struct db *db, size_t from) {
	struct later *l = &db->later;
	size_t n = 0;
	enum err e = ERR_OK;
	if (l->n == from) return ERR_OK;
	struct later_item **todo = heap_alloc((l->n - from) * sizeof *todo);
	for (size_t i = from; i < l->n; i++)
		if (!l->items[i]->is_done) todo[n++] = l->items[i];
	if (n) qsort(todo, n, sizeof *todo, in_order);
	for (size_t i = 0; i < n && !e; i++) e = db_run(db, todo[i]->query, todo[i]->v, todo[i]->n, NULL);
	heap_free(todo);
	return e;
}

enum err db_run_later(struct db *db, enum query_id q, int64_t key, const struct value *v, size_t n) {
	struct later *l = &db->later;
	if (db->poison) return db->poison;
	if (!db->depth) return db_run(db, q, v, n, NULL);
	struct later_item *it = item_new(q, key, v, n);
	bool is_in_turn = key == LATER_IN_TURN;
	it->part = l->part += is_in_turn;
	l->part += is_in_turn;
	l->bytes += bytes_of(v, n);
	push(l, it);
	return l->bytes > WAITING_BYTES && db->depth == 1 ? db_run_waiting(db) : ERR_OK;
}

/* Nothing overtakes: what waits of the jobs before runs first. It is in the savepoint of this job then,
 * and waits again when that is rolled back. */
enum err db_run_waiting(struct db *db) {
	struct later *l = &db->later;
	assert(db->depth <= 1);
	enum err e = run_from(db, l->has_run_others ? l->from : 0);
	l->has_run_others = true;
	cut(l, l->from);
	return e;
}

size_t later_open(struct db *db) {
	size_t outer = db->later.from;
	db->later.from = db->later.n;
	db->later.bytes = 0;
	return outer;
}

void later_close(struct db *db, size_t outer, bool is_good) {
	struct later *l = &db->later;
	if (!is_good) cut(l, l->from);
	if (!db->depth) {
		for (size_t i = 0; i < l->from && is_good && l->has_run_others; i++) l->items[i]->is_done = true;
		l->has_run_others = false;
	}
	l->from = outer;
}

enum err later_run(struct db *db) {
	return run_from(db, 0);
}

void later_forget(struct db *db) {
	db->later.has_run_others = false;
	cut(&db->later, 0);
}

void later_free(struct db *db) {
	cut(&db->later, 0);
	heap_free(db->later.items);
}
