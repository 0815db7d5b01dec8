#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = 16, FIRST_BLOCK = 16000, MAX_BLOCK = 1 << 20 };

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	_Alignas(ALIGN) unsigned char bytes[];
};

struct arena_defer {
	struct arena_defer *next;
	void (*close)(void *);
	void *it;
};

static _Noreturn void out_of_memory(size_t size) {
	fprintf(stderr, "zhaoyin: out of memory (%zu bytes wanted)\n", size);
	abort();
}

static struct arena_block *block_new(size_t size) {
	if (size > SIZE_MAX - sizeof(struct arena_block)) out_of_memory(size);
	struct arena_block *b = malloc(sizeof *b + size);
	if (!b) out_of_memory(size);
	b->next = NULL;
	b->size = size;
	b->used = 0;
	return b;
}

/* A request mostly stays within the first block. Blocks double up to 1 MiB, so that a big one needs
 * few of them. A thing larger than a block gets one of its own behind the head. */
static struct arena_block *room_for(struct arena *a, size_t size) {
	if (a->head && a->head->size - a->head->used >= size) return a->head;
	size_t want = a->head ? a->head->size * 2 : FIRST_BLOCK;
	if (want > MAX_BLOCK) want = MAX_BLOCK;
	struct arena_block *b = block_new(size > want ? size : want);
	if (a->head && size > want) {
		b->next = a->head->next;
		a->head->next = b;
		return b;
	}
	b->next = a->head;
	a->head = b;
	return b;
}

void *arena_room(struct arena *a, size_t size) {
	if (size > SIZE_MAX - ALIGN) out_of_memory(size);
	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	struct arena_block *b = room_for(a, size);
	void *p = b->bytes + b->used;
	b->used += size;
	a->total += size;
	return p;
}

void *arena_alloc(struct arena *a, size_t size) {
	return memset(arena_room(a, size), 0, size);
}

void *arena_array(struct arena *a, size_t n, size_t size) {
	if (size && n > SIZE_MAX / size) out_of_memory(SIZE_MAX);
	return arena_alloc(a, n * size);
}

void arena_defer(struct arena *a, void (*close)(void *), void *it) {
	struct arena_defer *d = arena_alloc(a, sizeof *d);
	d->close = close;
	d->it = it;
	d->next = a->defers;
	a->defers = d;
}

static void run_defers(struct arena *a) {
	while (a->defers) {
		struct arena_defer *d = a->defers;
		a->defers = d->next;
		d->close(d->it);
	}
}

void arena_release(struct arena *a) {
	run_defers(a);
	for (struct arena_block *b = a->head, *next; b; b = next) {
		next = b->next;
		free(b);
	}
	*a = (struct arena){0};
}

void arena_reset(struct arena *a) {
	run_defers(a);
	struct arena_block *keep = a->head;
	if (!keep) return;
	for (struct arena_block *b = keep->next, *next; b; b = next) {
		next = b->next;
		free(b);
	}
	keep->next = NULL;
	keep->used = 0;
	*a = (struct arena){.head = keep};
}

void *heap_alloc(size_t size) {
	void *p = calloc(1, size ? size : 1);
	if (!p) out_of_memory(size);
	return p;
}

void *heap_grow(void *p, size_t size) {
	void *q = realloc(p, size ? size : 1);
	if (!q) out_of_memory(size);
	return q;
}

void heap_free(void *p) {
	free(p);
}
