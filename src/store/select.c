/* Lists, counts and sums over a named query, which becomes the FROM of the statement:
 *
 *     SELECT "id", "name" FROM (the query) AS t WHERE .. ORDER BY .. LIMIT ..
 *
 * Both engines flatten that, so an index of the table below serves conditions and order. Values
 * are numbered after those of the named query. */
#include "store/engine.h"

#include <assert.h>

enum { HAS_MAX = 1000 }; /* bytes looked for: SQLite refuses patterns of 50,000 */

struct build {
	struct db *db;
	const struct select_spec *spec;
	struct buf text;
	struct value *v;     /* the spec's params, then what was added */
	size_t n, room;
	bool has_bad_name;
	bool has_long_pattern;
};

static void add(struct build *b, const char *sql) {
	buf_c(&b->text, sql);
}

static void add_name(struct build *b, struct str name) {
	if (!buf_name(&b->text, name)) b->has_bad_name = true;
}

/* A text column whose order is by bytes, whatever the database's own collation. */
static void add_bytewise(struct build *b, struct str name) {
	add_name(b, name);
	if (b->db->engine->kind == ENGINE_POSTGRES) add(b, " COLLATE \"C\"");
}

static size_t keep_value(struct build *b, struct value v) {
	if (b->n == b->room) {
		size_t room = b->room * 2 + 16;
		struct value *wide = arena_array(&b->db->scratch, room, sizeof *wide);
		for (size_t i = 0; i < b->n; i++) wide[i] = b->v[i];
		b->v = wide;
		b->room = room;
	}
	b->v[b->n++] = v;
	return b->n;
}

static void add_number(struct build *b, size_t number) {
	buf_byte(&b->text, '$');
	buf_int(&b->text, (int64_t)number);
}

static void add_value(struct build *b, struct value v) {
	add_number(b, keep_value(b, v));
}

/* ---- conditions ---- */

/* The first text after all that start with prefix: its last code point plus one. Bytes of UTF-8
 * order as code points do. U+10FFFF has no next: the one before it is raised instead. */
struct str db_prefix_end(struct arena *a, struct str prefix) {
	while (prefix.n) {
		size_t at = prefix.n - 1;
		while (at && ((unsigned char)prefix.p[at] & 0xC0) == 0x80) at--;
		struct str last = str_sub(prefix, at, prefix.n);
		int32_t cp = str_next(&last);
		prefix = str_sub(prefix, 0, at);
		if (cp == 0x10FFFF) continue;
		struct buf b = {.arena = a};
		buf_add(&b, prefix);
		buf_cp(&b, cp == 0xD7FF ? 0xE000 : cp + 1);
		return buf_str(&b);
	}
	return S("\xF4\x8F\xBF\xBF\xF4\x8F\xBF\xBF\xF4\x8F\xBF\xBF");
}

static void add_prefix(struct build *b, const struct cond *c) {
	struct str prefix = c->values[0].s;
	add_bytewise(b, c->column);
	add(b, " >= ");
	add_value(b, c->values[0]);
	add(b, " AND ");
	add_bytewise(b, c->column);
	add(b, " < ");
	add_value(b, VT(db_prefix_end(&b->db->scratch, prefix)));
}

/* lower() knows only ASCII on SQLite and, with COLLATE "C", on PostgreSQL. */
static void add_has(struct build *b, const struct cond *c) {
	struct str s = str_lower(&b->db->scratch, c->values[0].s);
	if (s.n > HAS_MAX) b->has_long_pattern = true;
	struct buf pattern = {.arena = &b->db->scratch};
	buf_byte(&pattern, '%');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '%' || s.p[i] == '_' || s.p[i] == '\\') buf_byte(&pattern, '\\');
		buf_byte(&pattern, s.p[i]);
	}
	buf_byte(&pattern, '%');
	add(b, "lower(");
	add_bytewise(b, c->column);
	add(b, ") LIKE ");
	add_value(b, VT(buf_str(&pattern)));
	add(b, " ESCAPE '\\'");
}

static void add_in(struct build *b, const struct cond *c) {
	if (!c->n) { /* one of none: PostgreSQL refuses an empty list */
		add(b, "1 = 0");
		return;
	}
	add_name(b, c->column);
	for (size_t i = 0; i < c->n; i++) {
		add(b, i ? ", " : " IN (");
		add_value(b, c->values[i]);
	}
	add(b, ")");
}

static void add_cond(struct build *b, const struct cond *c) {
	static const char *const compare[] = {
		[COND_EQ] = " = ", [COND_NE] = " <> ", [COND_LT] = " < ",
		[COND_LE] = " <= ", [COND_GT] = " > ", [COND_GE] = " >= ",
	};
	switch (c->op) {
	case COND_EQ: case COND_NE: case COND_LT: case COND_LE: case COND_GT: case COND_GE:
		add_name(b, c->column);
		add(b, compare[c->op]);
		add_value(b, c->values[0]);
		return;
	case COND_PREFIX: add_prefix(b, c); return;
	case COND_HAS: add_has(b, c); return;
	case COND_IN: add_in(b, c); return;
	case COND_NULL:
		add_name(b, c->column);
		add(b, " IS NULL");
		return;
	case COND_NOT_NULL:
		add_name(b, c->column);
		add(b, " IS NOT NULL");
		return;
	}
}

static void add_conds(struct build *b, const struct cond *c, size_t n, const char *between) {
	for (size_t i = 0; i < n; i++) {
		add(b, i ? between : "(");
		add_cond(b, &c[i]);
	}
	if (n) add(b, ")");
}

/* ---- order and the page after a row ---- */

static bool is_not_null(const struct order *o) {
	return o->is_not_null || str_eq(o->column, S("id"));
}

/* Plain where that already puts NULLs last: only then an index can give the order. SQLite takes
 * NULL for the smallest value, PostgreSQL for the largest. */
static void add_order(struct build *b) {
	const struct select_spec *s = b->spec;
	bool is_pg = b->db->engine->kind == ENGINE_POSTGRES;
	for (size_t i = 0; i < s->orders_n; i++) {
		const struct order *o = &s->orders[i];
		add(b, i ? ", " : " ORDER BY ");
		add_name(b, o->column);
		if (o->is_desc) add(b, " DESC");
		if (!is_not_null(o) && o->is_desc == is_pg) add(b, " NULLS LAST");
	}
}

/* One direction and no NULLs: a row comparison, which an index can serve. */
static bool is_row_comparison(const struct select_spec *s) {
	for (size_t i = 0; i < s->orders_n; i++)
		if (!is_not_null(&s->orders[i]) || s->orders[i].is_desc != s->orders[0].is_desc) return false;
	return true;
}

static void add_row_comparison(struct build *b) {
	const struct select_spec *s = b->spec;
	for (size_t i = 0; i < s->orders_n; i++) {
		add(b, i ? ", " : "(");
		add_name(b, s->orders[i].column);
	}
	add(b, s->orders[0].is_desc ? ") < " : ") > ");
	for (size_t i = 0; i < s->orders_n; i++) {
		add(b, i ? ", " : "(");
		add_value(b, s->after[i]);
	}
	add(b, ")");
}

static void add_equal(struct build *b, const struct order *o, size_t number, bool is_null) {
	add_name(b, o->column);
	if (is_null) {
		add(b, " IS NULL");
		return;
	}
	add(b, " = ");
	add_number(b, number);
}

static void add_later(struct build *b, const struct order *o, size_t number) {
	add(b, "(");
	add_name(b, o->column);
	add(b, o->is_desc ? " < " : " > ");
	add_number(b, number);
	if (!is_not_null(o)) {
		add(b, " OR ");
		add_name(b, o->column);
		add(b, " IS NULL");
	}
	add(b, ")");
}

/* (a later) OR (a equal AND b later) OR ..: nothing is later than NULL, so that branch is left out. */
static void add_expanded(struct build *b) {
	const struct select_spec *s = b->spec;
	size_t *number = arena_array(&b->db->scratch, s->orders_n, sizeof *number);
	bool is_first = true;
	for (size_t i = 0; i < s->orders_n; i++) {
		bool is_null = s->after[i].kind == V_NULL;
		if (!is_null) {
			number[i] = keep_value(b, s->after[i]);
			add(b, is_first ? "(" : " OR ");
			for (size_t k = 0; k < i; k++) {
				add_equal(b, &s->orders[k], number[k], s->after[k].kind == V_NULL);
				add(b, " AND ");
			}
			add_later(b, &s->orders[i], number[i]);
			is_first = false;
		}
	}
	add(b, is_first ? "1 = 0" : ")");
}

static void add_after(struct build *b) {
	if (is_row_comparison(b->spec)) add_row_comparison(b);
	else add_expanded(b);
}

/* ---- the statement ---- */

static void add_where(struct build *b, bool has_page) {
	const struct select_spec *s = b->spec;
	const char *word = " WHERE ";
	if (s->conds_n) {
		add(b, word);
		add_conds(b, s->conds, s->conds_n, " AND ");
		word = " AND ";
	}
	if (s->any_n) {
		add(b, word);
		add_conds(b, s->any, s->any_n, " OR ");
		word = " AND ";
	}
	if (has_page && s->after && s->orders_n) {
		add(b, word);
		add_after(b);
	}
}

static void add_from(struct build *b, bool has_page) {
	const struct select_spec *s = b->spec;
	add(b, " FROM (");
	add(b, query_def(s->from)->text[b->db->engine->kind].sql);
	add(b, ") AS t");
	add_where(b, has_page);
}

static struct build build_start(struct db *db, const struct select_spec *spec) {
	arena_reset(&db->scratch);
	struct build b = {.db = db, .spec = spec, .text = {.arena = &db->scratch}};
	buf_reserve(&b.text, 1024); /* nearly every text fits: no copies while it grows */
	assert(spec->params_n == query_def(spec->from)->params_n);
	for (size_t i = 0; i < spec->params_n; i++) keep_value(&b, spec->params[i]);
	return b;
}

static enum err build_run(struct build *b, struct arena *a, struct rows **out) {
	if (b->has_bad_name) return db_fail(b->db, ERR_INVALID, S("a column name may hold a-z, 0-9 and _ only"));
	if (b->has_long_pattern) return db_fail(b->db, ERR_TOO_LARGE, S("the text looked for is over 1000 bytes"));
	const struct query_def *def = query_def(b->spec->from);
	struct statement st = {buf_str(&b->text), Q__N, def, def->text[b->db->engine->kind].order, b->v, b->n};
	return db_query_statement(b->db, a, &st, out);
}

static void add_columns(struct build *b) {
	const struct select_spec *s = b->spec;
	if (!s->columns_n) add(b, "*");
	for (size_t i = 0; i < s->columns_n; i++) {
		if (i) add(b, ", ");
		add_name(b, s->columns[i]);
	}
}

static void add_limit(struct build *b) {
	if (b->spec->limit <= 0) return;
	add(b, " LIMIT ");
	add_value(b, VI(b->spec->limit));
}

enum err db_select(struct db *db, struct arena *a, const struct select_spec *spec, struct rows **out) {
	struct build b = build_start(db, spec);
	add(&b, "SELECT ");
	add_columns(&b);
	add_from(&b, true);
	add_order(&b);
	add_limit(&b);
	return build_run(&b, a, out);
}

enum err db_aggregate(struct db *db, struct arena *a, const struct select_spec *spec,
                      const struct str *sums, size_t sums_n, struct rows **out) {
	struct build b = build_start(db, spec);
	add(&b, "SELECT count(*) AS n");
	for (size_t i = 0; i < sums_n; i++) {
		add(&b, ", CAST(sum(");
		add_name(&b, sums[i]);
		add(&b, ") AS BIGINT) AS ");
		add_name(&b, sums[i]);
	}
	add_from(&b, false);
	return build_run(&b, a, out);
}

static void add_case(struct build *b, const struct count_case *t, struct str column) {
	add(b, "CASE WHEN 1 = 1");
	if (t->conds_n) add(b, " AND ");
	add_conds(b, t->conds, t->conds_n, " AND ");
	if (t->any_n) add(b, " AND ");
	add_conds(b, t->any, t->any_n, " OR ");
	add(b, " THEN ");
	if (column.n) add_name(b, column);
	else add(b, "1");
	add(b, " END");
}

/* The named query stands first, in a WITH: its values come before those of the cases. */
enum err db_tally(struct db *db, struct arena *a, const struct select_spec *spec,
                  const struct count_case *cases, size_t n, struct rows **out) {
	struct build b = build_start(db, spec);
	add(&b, "WITH t AS (");
	add(&b, query_def(spec->from)->text[db->engine->kind].sql);
	add(&b, ") SELECT ");
	for (size_t i = 0; i < n; i++) {
		add(&b, i ? ", count(" : "count(");
		add_case(&b, &cases[i], S(""));
		add(&b, ") AS n");
		buf_int(&b.text, (int64_t)i);
		add(&b, ", ");
		if (cases[i].sum.n) {
			add(&b, "CAST(coalesce(sum(");
			add_case(&b, &cases[i], cases[i].sum);
			add(&b, "), 0) AS BIGINT)");
		} else add(&b, "0");
		add(&b, " AS s");
		buf_int(&b.text, (int64_t)i);
	}
	add(&b, " FROM t");
	add_where(&b, false);
	return build_run(&b, a, out);
}

enum err db_group(struct db *db, struct arena *a, const struct select_spec *spec,
                  struct str column, struct rows **out) {
	struct build b = build_start(db, spec);
	add(&b, "SELECT ");
	add_name(&b, column);
	add(&b, " AS value, count(*) AS n");
	add_from(&b, false);
	add(&b, " GROUP BY 1 ORDER BY 2 DESC, 1 NULLS LAST");
	add_limit(&b);
	return build_run(&b, a, out);
}
