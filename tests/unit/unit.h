/* unit.h - cmocka with its includes in the right order, and asserts on str. */
#ifndef UNIT_H
#define UNIT_H

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#undef fail /* the domain has a fail() of its own; cmocka's is _fail() below */

#define LEN(a) (sizeof(a) / sizeof *(a))

/* printf arguments for a str: "%.*s" */
#define SHOW(s) (int)(s).n, (s).p ? (s).p : ""

/* Fails with a line that says what was seen (printf). */
#define fail_saying(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

/* Fails with both texts shown. */
#define assert_str(got, want) assert_str_at((got), (want), __FILE__, __LINE__)
static inline void assert_str_at(struct str got, struct str want, const char *file, int line) {
	if (str_eq(got, want)) return;
	print_error("got  \"%.*s\"\nwant \"%.*s\"\n", (int)got.n, got.p ? got.p : "", (int)want.n,
	            want.p ? want.p : "");
	_fail(file, line);
}

/* Fails with a sentence (cmocka's fail_msg would call our own fail). */
#define assert_never(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

#endif
