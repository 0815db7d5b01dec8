/* demo_random.c - splitmix64 (public domain algorithm of Steele, Lea and Flood): the same numbers on
 * every machine. Modulo's bias is below 2^-40 for the ranges used here. */
#include "domain/demo_parts.h"

#include <assert.h>

uint64_t demo_next(struct demo_rng *r) {
	r->state += UINT64_C(0x9e3779b97f4a7c15);
	uint64_t x = r->state;
	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

struct demo_rng demo_rng_of(uint64_t seed, uint64_t stream) {
	struct demo_rng r = {seed};
	r.state = demo_next(&r) ^ stream;
	r.state = demo_next(&r);
	return r;
}

int64_t demo_between(struct demo_rng *r, int64_t lo, int64_t hi) {
	assert(lo <= hi);
	return lo + (int64_t)(demo_next(r) % (uint64_t)(hi - lo + 1));
}

int64_t demo_low(struct demo_rng *r, int64_t lo, int64_t hi) {
	int64_t x = demo_between(r, lo, hi), y = demo_between(r, lo, hi);
	return x < y ? x : y;
}

bool demo_chance(struct demo_rng *r, int permille) {
	return demo_between(r, 0, 999) < permille;
}

size_t demo_pick(struct demo_rng *r, const int16_t *weights, size_t n) {
	int64_t sum = 0;
	for (size_t i = 0; i < n; i++) sum += weights[i];
	int64_t at = demo_between(r, 0, sum - 1);
	size_t i = 0;
	for (; at >= weights[i]; i++) at -= weights[i]; /* ends: at is below the sum */
	return i;
}
