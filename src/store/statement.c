/* Statements a connection has prepared: named queries by number, built texts by text. */
#include "store/engine.h"

#include <string.h>

struct value statement_value(const struct statement *st, size_t k) {
	return st->order && k < st->def->params_n ? st->v[st->order[k]] : st->v[k];
}

/* One block: the struct, the names' table, their bytes. */
struct columns *columns_new(const char *(*name)(void *it, int col), void *it, int n) {
	size_t bytes = sizeof(struct columns) + (size_t)n * sizeof(struct str), text = 0;
	for (int i = 0; i < n; i++) text += strlen(name(it, i));
	struct columns *c = heap_alloc(bytes + text);
	c->n = n;
	c->refs = 1;
	c->names = (struct str *)(c + 1);
	char *to = (char *)c + bytes;
	for (int i = 0; i < n; i++) {
		struct str s = str_c(name(it, i));
		if (s.n) memcpy(to, s.p, s.n);
		c->names[i] = (struct str){to, s.n};
		to += s.n;
	}
	return c;
}

void columns_drop(struct columns *c) {
	if (c && atomic_fetch_sub(&c->refs, 1) == 1) heap_free(c);
}

static void empty(struct db *db, struct prepared *p) {
	db->engine->unprepare(db, p);
	columns_drop(p->columns);
	heap_free((char *)p->sql.p);
	*p = (struct prepared){0};
}

static struct prepared *loose_new(void) {
	struct prepared *p = heap_alloc(sizeof *p);
	p->is_loose = true;
	return p;
}

static struct prepared *oldest(struct db *db) {
	struct prepared *old = NULL;
	for (size_t i = 0; i < BUILT_MAX; i++) {
		struct prepared *p = &db->built[i];
		if (!p->is_open && (!old || p->used < old->used)) old = p;
	}
	return old;
}

/* Texts of built statements are some hundred bytes, hashed at each use: eight bytes a step. */
static uint64_t hash_text(struct str s) {
	uint64_t h = s.n, word = 0;
	for (; s.n >= sizeof word; s = str_sub(s, sizeof word, s.n)) {
		memcpy(&word, s.p, sizeof word);
		h = (h ^ word) * 0x9E3779B97F4A7C15u;
		h ^= h >> 32;
	}
	word = 0;
	memcpy(&word, s.p, s.n);
	return (h ^ word) * 0x9E3779B97F4A7C15u;
}

static struct prepared *built_get(struct db *db, struct str sql) {
	uint64_t hash = hash_text(sql);
	uint8_t *at = &db->built_at[hash >> 56];
	for (size_t i = 0; i < BUILT_MAX; i++) {
		struct prepared *p = &db->built[(*at + i) % BUILT_MAX];
		if (p->hash != hash || !str_eq(p->sql, sql)) continue;
		*at = (uint8_t)(p - db->built);
		return p;
	}
	struct prepared *p = oldest(db);
	if (!p) return NULL;
	empty(db, p);
	char *copy = heap_alloc(sql.n + 1);
	memcpy(copy, sql.p, sql.n);
	p->sql = (struct str){copy, sql.n};
	p->hash = hash;
	return p;
}

/* A statement that has rows open is not disturbed: the same text gets a second, loose one. */
struct prepared *prepared_get(struct db *db, const struct statement *st) {
	struct prepared *p = st->id < Q__N ? &db->named[st->id] : built_get(db, st->sql);
	if (!p || p->is_open) return loose_new();
	p->used = ++db->tick;
	return p;
}

void prepared_done(struct db *db, struct prepared *p) {
	p->is_open = false;
	if (!p->is_loose) return;
	empty(db, p);
	heap_free(p);
}

void db_init(struct db *db, const struct engine *engine, struct store *s, bool for_writing) {
	db->engine = engine;
	db->store = s;
	db->is_writer = for_writing;
	db->named = heap_alloc((Q__N + 1) * sizeof *db->named);
}

void db_release(struct db *db) {
	for (size_t i = 0; i < Q__N; i++) empty(db, &db->named[i]);
	for (size_t i = 0; i < BUILT_MAX; i++) empty(db, &db->built[i]);
	heap_free(db->named);
	later_free(db);
	arena_release(&db->scratch);
}
