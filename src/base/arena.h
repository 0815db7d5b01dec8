/* arena.h - memory of one request, one command or one test, freed once at the end.
 *
 * arena_alloc zeroes, aligns to 16 bytes and never returns NULL: when the machine has no memory
 * the program ends with a line on stderr. What a user can make large is capped at the edge first.
 * What is not memory (a statement, a file, a transaction) is handed to arena_defer. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;
struct arena_defer;

/* Caller's storage; all members are private. A zeroed struct is an empty arena. */
struct arena {
	struct arena_block *head;
	struct arena_defer *defers;
	size_t total; /* bytes handed out, for the limits of the edge */
};

void *arena_alloc(struct arena *a, size_t size);

/* The same, not zeroed: for room that is written before it is read. */
void *arena_room(struct arena *a, size_t size);

/* Zeroed room for n things of size bytes each; n * size may not overflow (ends the program). */
void *arena_array(struct arena *a, size_t n, size_t size);

/* Call close(it) when the arena is released or reset, last deferred first. */
void arena_defer(struct arena *a, void (*close)(void *), void *it);

/* Run the deferred calls, then free everything. The arena is empty and usable again. */
void arena_release(struct arena *a);

/* As arena_release, but keeps the first block for the next batch of a long loop. */
void arena_reset(struct arena *a);

/* For what outlives a request (program start, caches). Zeroed, never NULL; freed with heap_free. */
void *heap_alloc(size_t size);
void *heap_grow(void *p, size_t size);
void heap_free(void *p);

#endif
