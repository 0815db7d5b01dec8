#include "sheet/problem.h"

#include "base/buf.h"

enum err refuse(struct sheet_problem *p, enum err code, const char *rule, struct str place,
                struct str why) {
	*p = (struct sheet_problem){str_c(rule), place, why};
	return code;
}

struct str str_join(struct arena *a, const struct str *parts, size_t n) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < n; i++) buf_add(&b, parts[i]);
	return buf_str(&b);
}

void problem_keep(struct arena *a, struct sheet_problem *p) {
	p->place = str_copy(a, p->place);
	p->why = str_copy(a, p->why);
}

struct str place_line(struct arena *a, int64_t line) {
	return JOIN(a, S("line "), str_of_int(a, line));
}

enum err check_stop(const struct sheet_limits *l, struct sheet_problem *p) {
	if (!l->stop || !atomic_load_explicit(l->stop, memory_order_relaxed)) return ERR_OK;
	return refuse(p, ERR_BUSY, "sheet_stopped", (struct str){0}, S("reading was stopped"));
}
