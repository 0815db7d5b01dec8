/* problem.h - how this folder refuses: one line where the failure is.
 *
 * return refuse(p, ERR_INVALID, "sheet_xml", place, why) */
#ifndef SHEET_PROBLEM_H
#define SHEET_PROBLEM_H

#include "sheet/sheet.h"

enum err refuse(struct sheet_problem *p, enum err code, const char *rule, struct str place,
                struct str why);

/* Parts as one text in the arena: JOIN(a, S("over "), str_of_int(a, n), S(" rows")). */
#define JOIN(a, ...) \
	str_join((a), (const struct str[]){__VA_ARGS__}, \
	         sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
struct str str_join(struct arena *a, const struct str *parts, size_t n);

/* Copy the texts of *p into `a`, because they lie in an arena that ends now. */
void problem_keep(struct arena *a, struct sheet_problem *p);

struct str place_line(struct arena *a, int64_t line); /* "line 7" */

/* ERR_BUSY when the caller's stop was set. */
enum err check_stop(const struct sheet_limits *l, struct sheet_problem *p);

#endif
