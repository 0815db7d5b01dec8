/* demo_rows.c - small things that all the writers of the demo city use. */
#include "domain/demo_parts.h"

#include "base/day.h"

#include <assert.h>

int32_t demo_workday(int32_t day) {
	while ((day + 4) % 7 == 0 || (day + 4) % 7 == 6) day--; /* 1970-01-01 was a Thursday; 0 = Sunday */
	return day;
}

int64_t demo_at(const struct demo_city *c, int32_t day, int minute) {
	int64_t at = ((int64_t)day * 1440 + minute - 8 * 60) * 60000;
	return at < c->now_ms ? at : c->now_ms - 60000;
}

static void put(struct demo_row *r, struct str name, struct value v) {
	assert(r->n < LEN(r->c));
	r->c[r->n++] = (struct column){name, v};
}

void demo_text(struct demo_row *r, struct str name, struct str s) {
	put(r, name, v_text_or_null(s));
}

void demo_int(struct demo_row *r, struct str name, int64_t v) {
	put(r, name, v == NONE ? VNULL : VI(v));
}

void demo_day(struct demo_row *r, struct arena *a, struct str name, int32_t day) {
	put(r, name, day == DAY_NONE ? VNULL : VT(str_of_day(a, day)));
}

void demo_stamp(struct demo_row *r, int64_t created_at_ms, int64_t by, int64_t updated_at_ms) {
	demo_int(r, S("created_at_ms"), created_at_ms);
	demo_int(r, S("created_by"), by);
	demo_int(r, S("updated_at_ms"), updated_at_ms > created_at_ms ? updated_at_ms : created_at_ms);
}

enum err demo_put(struct demo_city *c, struct str table, const struct demo_row *r, int64_t *id) {
	return db_insert(c->ctx->db, table, r->c, r->n, id);
}
