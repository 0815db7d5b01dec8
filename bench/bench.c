#include "bench.h"

#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int64_t read_clock(clockid_t id) {
	struct timespec t;
	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t cpu_ns(void) {
	return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

int64_t wall_ns(void) {
	return read_clock(CLOCK_MONOTONIC);
}

void die(const char *what, const char *why) {
	fprintf(stderr, "bench: %s: %s\n", what, why);
	exit(1);
}

int64_t arg_int(const char *text, int64_t least) {
	int64_t v;
	if (!str_int(str_c(text), &v) || v < least) die(text, "not a number that makes sense here");
	return v;
}
