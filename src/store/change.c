/* INSERT and UPDATE from the columns of a field table. */
#include "store/engine.h"

#include <assert.h>

bool buf_name(struct buf *b, struct str name) {
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_') return false;
	}
	buf_byte(b, '"');
	buf_add(b, name);
	buf_byte(b, '"');
	return name.n > 0;
}

static void add_param(struct buf *b, size_t k) {
	buf_byte(b, '$');
	buf_int(b, (int64_t)k + 1);
}

static struct value *values_of(struct arena *a, const struct column *c, size_t n, size_t more) {
	struct value *v = arena_array(a, n + more, sizeof *v);
	for (size_t i = 0; i < n; i++) v[i] = c[i].value;
	return v;
}

static enum err bad_name(struct db *db) {
	return db_fail(db, ERR_INVALID, S("a table or column name may hold a-z, 0-9 and _ only"));
}

static bool add_insert(struct buf *b, struct str table, const struct column *c, size_t n) {
	buf_c(b, "INSERT INTO ");
	bool is_good = buf_name(b, table);
	if (!n) {
		buf_c(b, " DEFAULT VALUES");
		return is_good;
	}
	for (size_t i = 0; i < n; i++) {
		buf_c(b, i ? ", " : " (");
		is_good &= buf_name(b, c[i].name);
	}
	for (size_t i = 0; i < n; i++) {
		buf_c(b, i ? ", " : ") VALUES (");
		add_param(b, i);
	}
	buf_c(b, ")");
	return is_good;
}

enum err db_insert(struct db *db, struct str table, const struct column *c, size_t n, int64_t *id) {
	arena_reset(&db->scratch);
	struct buf b = {.arena = &db->scratch};
	if (!add_insert(&b, table, c, n)) return bad_name(db);
	const struct value *v = values_of(&db->scratch, c, n, 0);
	if (!id || db->engine->last_id) {
		enum err e = db_run_text(db, buf_str(&b), v, n, NULL);
		if (!e && id) *id = db->engine->last_id(db);
		return e;
	}
	buf_c(&b, " RETURNING \"id\"");
	return db_int_text(db, buf_str(&b), v, n, id);
}

enum err db_update(struct db *db, struct str table, int64_t id, int64_t row_version,
                   const struct column *c, size_t n) {
	arena_reset(&db->scratch);
	struct buf b = {.arena = &db->scratch};
	buf_c(&b, "UPDATE ");
	bool is_good = buf_name(&b, table);
	buf_c(&b, " SET ");
	for (size_t i = 0; i < n; i++) {
		is_good &= buf_name(&b, c[i].name);
		buf_c(&b, " = ");
		add_param(&b, i);
		buf_c(&b, ", ");
	}
	if (!is_good) return bad_name(db);
	struct value *v = values_of(&db->scratch, c, n, 2);
	buf_c(&b, "row_version = row_version + 1 WHERE id = ");
	add_param(&b, n);
	v[n] = VI(id);
	if (row_version >= 0) {
		buf_c(&b, " AND row_version = ");
		add_param(&b, n + 1);
		v[n + 1] = VI(row_version);
	}
	int64_t changed = 0;
	enum err e = db_run_text(db, buf_str(&b), v, n + (row_version >= 0 ? 2 : 1), &changed);
	if (e || changed) return e;
	return row_version >= 0 ? db_fail(db, ERR_CONFLICT, S("that version of the row is not there any more"))
	                        : db_fail(db, ERR_NOT_FOUND, S("no row of that id"));
}
