/* select.c against a plain sort and filter in C: conditions, order, pages, sums, groups. */
#include "store_fixture.h"

enum { THINGS = 240, ROUNDS = 150 };

/* One row as it was stored; a NULL has no text or is_null set. */
struct thing {
	int64_t id, amount_fen;
	struct str name, code, sort_date;
	bool has_amount;
};

static struct thing things[THINGS];
static size_t things_n;

static uint64_t seed;
static size_t random_below(size_t n) {
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(seed >> 33) % n;
}

/* ---- data ---- */

/* Few values, so that many rows are equal; texts whose order differs between bytes and Chinese. */
static const struct str codes[] = {S_(""), S_("37"), S_("3707"), S_("370783"), S_("370783001"), S_("3708"), S_("3707Z1")};
static const struct str dates[] = {S_(""), S_("2024-04-10"), S_("2024-04-09"), S_("2023-12-31")};
static const struct str names[] = {S_("潍坊"), S_("北京"), S_("Alpha"), S_("alpha"), S_("a_b"), S_("a%b"), S_("a\\b"), S_("Ärger"), S_("ärger"), S_("Z"), S_("一")};

static enum err add_things(struct db *db, void *it) {
	struct arena *a = it;
	for (size_t i = 0; i < THINGS; i++) {
		struct str name = str_cat(a, names[random_below(LEN(names))], str_of_int(a, (int64_t)i));
		size_t amount = random_below(6);
		const struct column c[] = {
			{S("name"), VT(name)},
			{S("code"), v_text_or_null(codes[random_below(LEN(codes))])},
			{S("sort_date"), v_text_or_null(dates[random_below(LEN(dates))])},
			{S("amount_fen"), amount ? VI((int64_t)amount * 100) : VNULL},
		};
		enum err e = db_insert(db, S("thing"), c, LEN(c), NULL);
		if (e) return e;
	}
	return ERR_OK;
}

static void load(struct fixture *f) {
	struct rows *r;
	assert_int_equal(db_query(f->db, &f->arena, Q_THING_ALL, NULL, 0, &r), ERR_OK);
	for (things_n = 0; rows_next(r); things_n++) {
		struct thing *t = &things[things_n];
		*t = (struct thing){rows_int(r, 0), rows_int(r, 3), str_copy(&f->arena, rows_text(r, 1)),
			str_copy(&f->arena, rows_text(r, 2)), str_copy(&f->arena, rows_text(r, 4)), !rows_is_null(r, 3)};
	}
	assert_int_equal(things_n, THINGS);
}

static void fill(struct fixture *f) {
	seed = 20240410;
	assert_int_equal(store_write(f->store, add_things, &f->arena), ERR_OK);
	load(f);
}

/* ---- order and pages ---- */

static struct value value_of(const struct thing *t, struct str column) {
	if (str_eq(column, S("id"))) return VI(t->id);
	if (str_eq(column, S("name"))) return VT(t->name);
	if (str_eq(column, S("code"))) return v_text_or_null(t->code);
	if (str_eq(column, S("sort_date"))) return v_text_or_null(t->sort_date);
	return t->has_amount ? VI(t->amount_fen) : VNULL;
}

static int compare_values(struct value x, struct value y) {
	return x.kind == V_INT ? (x.i > y.i) - (x.i < y.i) : str_cmp(x.s, y.s);
}

static int compare_things(const void *x, const void *y, void *it) {
	const struct select_spec *s = it;
	for (size_t i = 0; i < s->orders_n; i++) {
		struct value a = value_of(x, s->orders[i].column), b = value_of(y, s->orders[i].column);
		int c = a.kind == V_NULL || b.kind == V_NULL ? (a.kind == V_NULL) - (b.kind == V_NULL)
			: s->orders[i].is_desc ? compare_values(b, a) : compare_values(a, b);
		if (c) return c;
	}
	return 0;
}

static const struct str order_columns[] = {S_("code"), S_("sort_date"), S_("amount_fen"), S_("name")};

/* Up to three columns in some direction, then id. */
static void random_orders(struct order *o, size_t *n) {
	*n = random_below(4);
	for (size_t i = 0; i < *n; i++) {
		o[i] = (struct order){order_columns[random_below(LEN(order_columns))], random_below(2), false};
		o[i].is_not_null = str_eq(o[i].column, S("name")) && random_below(2);
	}
	o[(*n)++] = (struct order){S("id"), random_below(2), random_below(2)};
}

/* Reads page after page; each must start right after the one before. */
static void check_pages(struct fixture *f, struct select_spec *s) {
	static const struct str columns[] = {S_("id"), S_("name"), S_("code"), S_("sort_date"), S_("amount_fen")};
	struct value after[4];
	size_t at = 0;
	s->columns = columns;
	s->columns_n = LEN(columns);
	s->limit = 1 + (int64_t)random_below(60);
	for (;;) {
		struct arena a = {0};
		struct rows *r;
		assert_int_equal(db_select(f->db, &a, s, &r), ERR_OK);
		int64_t n = 0;
		for (; rows_next(r); n++, at++) {
			assert_true(at < things_n);
			assert_int_equal(rows_int(r, 0), things[at].id);
		}
		assert_int_equal(rows_error(r), ERR_OK);
		arena_release(&a);
		if (n < s->limit) break;
		for (size_t i = 0; i < s->orders_n; i++) after[i] = value_of(&things[at - 1], s->orders[i].column);
		s->after = after;
	}
	assert_int_equal(at, things_n);
}

static void pages_give_the_whole_in_order(void **state) {
	struct fixture *f = *state;
	fill(f);
	for (int i = 0; i < ROUNDS; i++) {
		struct order o[4];
		struct select_spec s = {.from = Q_THING_ALL, .orders = o};
		random_orders(o, &s.orders_n);
		qsort_r(things, things_n, sizeof *things, compare_things, &s);
		check_pages(f, &s);
	}
}

/* ---- conditions ---- */

static bool has_nocase(struct arena *a, struct str s, struct str part) {
	return str_has(str_lower(a, s), str_lower(a, part));
}

static bool holds(struct arena *a, const struct thing *t, const struct cond *c) {
	struct value v = value_of(t, c->column);
	if (c->op == COND_NULL) return v.kind == V_NULL;
	if (v.kind == V_NULL) return false;
	int order = c->n ? compare_values(v, c->values[0]) : 0;
	switch (c->op) {
	case COND_EQ: return order == 0;
	case COND_NE: return order != 0;
	case COND_LT: return order < 0;
	case COND_LE: return order <= 0;
	case COND_GT: return order > 0;
	case COND_GE: return order >= 0;
	case COND_PREFIX: return str_starts(v.s, c->values[0].s);
	case COND_HAS: return has_nocase(a, v.s, c->values[0].s);
	case COND_IN:
		for (size_t i = 0; i < c->n; i++)
			if (compare_values(v, c->values[i]) == 0) return true;
		return false;
	case COND_NULL: case COND_NOT_NULL: break;
	}
	return true;
}

#define T(lit) {.kind = V_TEXT, .s = S_(lit)}
static const struct value some_codes[] = {T("37"), T("370783")}, amount_300 = {.kind = V_INT, .i = 300};
static const struct value texts[] = {
	T("3707"), T("ALPHA"), T("%"), T("_"), T("\\"), T("ä"), T("Ä"), T("坊"), T("b1"), T(""), T("北京"), T("A%B")};

static const struct cond conds[] = {
	{S_("code"), COND_EQ, &texts[0], 1}, {S_("code"), COND_NE, &texts[0], 1},
	{S_("code"), COND_LT, &texts[0], 1}, {S_("code"), COND_LE, &texts[0], 1},
	{S_("code"), COND_GT, &texts[0], 1}, {S_("code"), COND_GE, &texts[0], 1},
	{S_("amount_fen"), COND_LT, &amount_300, 1}, {S_("amount_fen"), COND_GE, &amount_300, 1},
	{S_("code"), COND_PREFIX, &texts[0], 1}, {S_("code"), COND_PREFIX, &texts[9], 1}, {S_("name"), COND_PREFIX, &texts[10], 1},
	{S_("name"), COND_HAS, &texts[1], 1}, {S_("name"), COND_HAS, &texts[2], 1}, {S_("name"), COND_HAS, &texts[3], 1},
	{S_("name"), COND_HAS, &texts[4], 1}, {S_("name"), COND_HAS, &texts[5], 1}, {S_("name"), COND_HAS, &texts[6], 1},
	{S_("name"), COND_HAS, &texts[7], 1}, {S_("name"), COND_HAS, &texts[8], 1}, {S_("name"), COND_HAS, &texts[9], 1},
	{S_("name"), COND_HAS, &texts[11], 1},
	{S_("code"), COND_IN, some_codes, 2}, {S_("code"), COND_IN, some_codes, 0},
	{S_("code"), COND_NULL, NULL, 0}, {S_("amount_fen"), COND_NOT_NULL, NULL, 0},
};

/* Counts what C says and what the engine says; also in the sum and over all pages. */
static void check_conds(struct fixture *f, const struct select_spec *s) {
	struct arena a = {0};
	int64_t want = 0, sum = 0;
	for (size_t i = 0; i < things_n; i++) {
		bool is_in = true, is_any = s->any_n == 0;
		for (size_t k = 0; k < s->conds_n; k++) is_in &= holds(&a, &things[i], &s->conds[k]);
		for (size_t k = 0; k < s->any_n; k++) is_any |= holds(&a, &things[i], &s->any[k]);
		if (!is_in || !is_any) continue;
		want++;
		sum += things[i].amount_fen;
	}
	struct rows *r;
	assert_int_equal(db_select(f->db, &a, s, &r), ERR_OK);
	int64_t n = 0;
	while (rows_next(r)) n++;
	assert_int_equal(n, want);
	const struct str sums[] = {S("amount_fen"), S("id")};
	assert_int_equal(db_aggregate(f->db, &a, s, sums, 2, &r), ERR_OK);
	assert_true(rows_next(r));
	assert_int_equal(rows_int(r, rows_find(r, S("n"))), want);
	assert_int_equal(rows_int(r, rows_find(r, S("amount_fen"))), sum);
	assert_false(rows_next(r));
	arena_release(&a);
}

static void conditions_mean_the_same_as_in_c(void **state) {
	struct fixture *f = *state;
	fill(f);
	for (size_t i = 0; i < LEN(conds); i++)
		check_conds(f, &(struct select_spec){.from = Q_THING_ALL, .conds = &conds[i], .conds_n = 1});
	for (int i = 0; i < ROUNDS; i++) {
		struct cond all[3], any[3];
		struct select_spec s = {.from = Q_THING_ALL, .conds = all, .any = any};
		s.conds_n = random_below(3);
		s.any_n = random_below(4);
		for (size_t k = 0; k < s.conds_n; k++) all[k] = conds[random_below(LEN(conds))];
		for (size_t k = 0; k < s.any_n; k++) any[k] = conds[random_below(LEN(conds))];
		check_conds(f, &s);
	}
}

/* No select sees more than its named query: the scope's values come before those of conditions. */
static void a_select_stays_in_its_query(void **state) {
	struct fixture *f = *state;
	fill(f);
	const struct value scope[] = {VT(S("3707")), VT(db_prefix_end(&f->arena, S("3707")))};
	const struct value v = VI(100);
	const struct cond c = {S("amount_fen"), COND_GT, &v, 1};
	const struct order o[] = {{S("amount_fen"), true, false}, {S("id"), false, false}};
	struct select_spec s = {.from = Q_THING_IN_SCOPE, .params = scope, .params_n = 2, .conds = &c, .conds_n = 1,
		.orders = o, .orders_n = 2};
	struct rows *r;
	int64_t n = 0, want = 0;
	for (size_t i = 0; i < things_n; i++)
		want += things[i].has_amount && things[i].amount_fen > 100 && str_starts(things[i].code, S("3707"));
	assert_int_equal(db_select(f->db, &f->arena, &s, &r), ERR_OK);
	for (; rows_next(r); n++) {
		assert_true(str_starts(rows_text(r, rows_find(r, S("code"))), S("3707")));
		assert_true(rows_int(r, rows_find(r, S("amount_fen"))) > 100);
	}
	assert_true(want > 0);
	assert_int_equal(n, want);
}

static void groups_count_every_value(void **state) {
	struct fixture *f = *state;
	fill(f);
	struct rows *r;
	struct select_spec s = {.from = Q_THING_ALL};
	assert_int_equal(db_group(f->db, &f->arena, &s, S("code"), &r), ERR_OK);
	int64_t before = INT64_MAX, all = 0, groups = 0;
	while (rows_next(r)) {
		struct str code = rows_text(r, rows_find(r, S("value")));
		int64_t n = rows_int(r, rows_find(r, S("n"))), want = 0;
		for (size_t i = 0; i < things_n; i++) want += str_eq(things[i].code, code);
		assert_int_equal(n, want);
		assert_true(n <= before);
		before = n;
		all += n;
		groups++;
	}
	assert_int_equal(all, THINGS);
	assert_int_equal(groups, LEN(codes));
}

static const struct { const char *prefix, *end; } ends[] = {
	{"3707", "3708"}, {"9", ":"}, {"一", "丁"}, {"a\xED\x9F\xBF", "a\xEE\x80\x80"}, /* over the surrogates */
	{"a\xF4\x8F\xBF\xBF", "b"}, {"\x7F", "\xC2\x80"},
};

static void a_prefix_ends_before_the_next_text(void **state) {
	struct fixture *f = *state;
	for (size_t i = 0; i < LEN(ends); i++)
		assert_str(db_prefix_end(&f->arena, str_c(ends[i].prefix)), str_c(ends[i].end));
	struct str last = db_prefix_end(&f->arena, S(""));
	assert_true(str_cmp(last, S("\xF4\x8F\xBF\xBF")) > 0);
	assert_true(str_is_utf8(last));
}

static void a_bad_name_or_pattern_is_refused(void **state) {
	struct fixture *f = *state;
	const struct value v = VI(1);
	static const struct str bad[] = {S_("id\" OR 1=1"), S_(""), S_("ID"), S_("a.b"), S_("a b")};
	struct rows *r;
	for (size_t i = 0; i < LEN(bad); i++) {
		const struct cond c = {bad[i], COND_EQ, &v, 1};
		const struct order o = {bad[i], false, false};
		const struct select_spec specs[] = {
			{.from = Q_THING_ALL, .conds = &c, .conds_n = 1},
			{.from = Q_THING_ALL, .orders = &o, .orders_n = 1},
			{.from = Q_THING_ALL, .columns = &bad[i], .columns_n = 1},
		};
		for (size_t k = 0; k < LEN(specs); k++) assert_int_equal(db_select(f->db, &f->arena, &specs[k], &r), ERR_INVALID);
		assert_int_equal(db_group(f->db, &f->arena, &(struct select_spec){.from = Q_THING_ALL}, bad[i], &r), ERR_INVALID);
	}
	char *long_text = arena_alloc(&f->arena, 2000);
	memset(long_text, 'x', 2000);
	const struct value t = {.kind = V_TEXT, .s = {long_text, 2000}};
	const struct cond has = {S("name"), COND_HAS, &t, 1};
	assert_int_equal(db_select(f->db, &f->arena, &(struct select_spec){.from = Q_THING_ALL, .conds = &has, .conds_n = 1}, &r),
		ERR_TOO_LARGE);
}

/* ---- plans ---- */

/* The text that db_select built last. */
static struct str last_text(const struct db *db) {
	const struct prepared *last = &db->built[0];
	for (size_t i = 1; i < BUILT_MAX; i++)
		if (db->built[i].used > last->used) last = &db->built[i];
	return last->sql;
}

/* All lines of the plan in one text. */
static struct str plan_of(struct fixture *f, const struct select_spec *s) {
	struct rows *r;
	assert_int_equal(db_select(f->db, &f->arena, s, &r), ERR_OK);
	struct str sql = str_cat(&f->arena, S("EXPLAIN QUERY PLAN "), last_text(f->db));
	struct statement st = {.sql = sql, .id = Q__N};
	struct buf b = {.arena = &f->arena};
	assert_int_equal(db_query_statement(f->db, &f->arena, &st, &r), ERR_OK);
	while (rows_next(r)) {
		buf_add(&b, rows_text(r, rows_find(r, S("detail"))));
		buf_c(&b, "\n");
	}
	return buf_str(&b);
}

/* SQLite flattens the query into the select: an index serves scope, order and page, without a sort,
 * a copy of the table or a walk through all of it. */
static void an_index_serves_scope_order_and_page(void **state) {
	struct fixture *f = *state;
	if (f->engine != ENGINE_SQLITE) return; /* plans of the other depend on its statistics */
	const struct value scope[] = {VT(S("3707")), VT(S("3708"))}, after[] = {VT(S("370783")), VI(7)};
	const struct value prefix = VT(S("3707"));
	const struct cond has_prefix = {S("code"), COND_PREFIX, &prefix, 1};
	const struct order by_code[] = {{S("code"), false, true}, {S("id"), false, false}};
	const struct order by_code_down[] = {{S("code"), true, false}, {S("id"), true, false}};
	const struct { const char *why; struct select_spec spec; const char *want; } cases[] = {
		{"scope of the query", {.from = Q_THING_IN_SCOPE, .params = scope, .params_n = 2, .orders = by_code, .orders_n = 2,
			.limit = 50}, "SEARCH thing USING INDEX thing_code (code>? AND code<?)\n"},
		{"prefix as a condition", {.from = Q_THING_ALL, .conds = &has_prefix, .conds_n = 1, .orders = by_code, .orders_n = 2,
			.limit = 50}, "SEARCH thing USING INDEX thing_code (code>? AND code<?)\n"},
		{"page after a row", {.from = Q_THING_ALL, .orders = by_code, .orders_n = 2, .after = after, .limit = 50},
			"SEARCH thing USING INDEX thing_code (code>?)\n"},
		{"NULLs last downward", {.from = Q_THING_ALL, .orders = by_code_down, .orders_n = 2, .limit = 50},
			"SCAN thing USING INDEX thing_code\n"},
		{"page by id", {.from = Q_THING_ALL, .orders = &by_code[1], .orders_n = 1, .after = &after[1], .limit = 50},
			"SEARCH thing USING INTEGER PRIMARY KEY (rowid>?)\n"},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		print_message("# %s\n", cases[i].why);
		assert_str(plan_of(f, &cases[i].spec), str_c(cases[i].want));
	}
}

int main(void) {
	static const struct engine_test tests[] = {
		BOTH(pages_give_the_whole_in_order),
		BOTH(conditions_mean_the_same_as_in_c),
		BOTH(a_select_stays_in_its_query),
		BOTH(groups_count_every_value),
		BOTH(a_prefix_ends_before_the_next_text),
		BOTH(a_bad_name_or_pattern_is_refused),
		BOTH(an_index_serves_scope_order_and_page),
	};
	return run_on_both("select", tests, LEN(tests));
}
