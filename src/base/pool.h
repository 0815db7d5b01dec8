/* pool.h - a few threads that take slow work off the others, in the order it came.
 *
 * The queue is bounded: pool_add answers false when it is full, and the caller says "busy". */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stdbool.h>
#include <stddef.h>

struct pool;

struct pool *pool_new(int threads, size_t queue_max);
bool pool_add(struct pool *p, void (*work)(void *arg), void *arg);
void pool_free(struct pool *p); /* waits for what was added */

#endif
