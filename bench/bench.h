/* bench.h - what the programs of the bench share: two clocks, and an end with a sentence. */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stdint.h>

/* CPU time of this process, all threads, user and system. What else runs on the machine hardly
 * moves it, which is why rates of the bench are per CPU-second. */
int64_t cpu_ns(void);
int64_t wall_ns(void);

/* A whole number of an argument, at least `least`; else the end. */
int64_t arg_int(const char *text, int64_t least);

_Noreturn void die(const char *what, const char *why);

#endif
