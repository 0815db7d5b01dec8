#include "store/engine.h"

/* One statement for both engines, run before anything is known of the database. */
static const struct str table_sql[] = {
	[ENGINE_SQLITE] = S_("CREATE TABLE IF NOT EXISTS schema_migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL,"
		" checksum TEXT NOT NULL, applied_at_ms INTEGER NOT NULL) STRICT"),
	[ENGINE_POSTGRES] = S_("CREATE TABLE IF NOT EXISTS schema_migration (version BIGINT PRIMARY KEY, name TEXT NOT NULL,"
		" checksum TEXT NOT NULL, applied_at_ms BIGINT NOT NULL)"),
};

static enum err because(struct arena *a, struct str *why, const char *before, struct str what,
                        const char *after) {
	struct buf b = {.arena = a};
	buf_c(&b, before);
	buf_add(&b, what);
	buf_c(&b, after);
	*why = buf_str(&b);
	return ERR_STORE;
}

static struct str label(struct arena *a, const struct migration *m) {
	struct buf b = {.arena = a};
	buf_pad(&b, m->version, 4);
	buf_byte(&b, '_');
	buf_c(&b, m->name);
	return buf_str(&b);
}

/* A row of schema_migration against the list: it must be the next one, with the same text. */
static enum err compare(struct rows *r, struct arena *a, const struct migration_set *set,
                        size_t at, struct str *why) {
	int64_t version = rows_int(r, 0);
	if (at >= set->n)
		return because(a, why, "the database has schema version ", str_of_int(a, version),
			", which this program does not know; start the newer program");
	const struct migration *m = &set->list[at];
	if (version != m->version)
		return because(a, why, "migration ", label(a, m), " is missing between others that ran; restore a backup");
	if (!str_eq(rows_text(r, 1), str_c(m->checksum)))
		return because(a, why, "migration ", label(a, m),
			" has another text than when it ran here; restore its text and add a new migration");
	return ERR_OK;
}

/* How many of the list are in the database. */
static enum err count_applied(struct db *db, struct arena *a, const struct migration_set *set,
                              size_t *n, struct str *why) {
	struct rows *r;
	struct statement st = {.sql = S("SELECT version, checksum FROM schema_migration ORDER BY version"), .id = Q__N};
	enum err e = db_query_statement(db, a, &st, &r);
	if (e) return e;
	*n = 0;
	while (!e && rows_next(r)) e = compare(r, a, set, (*n)++, why);
	if (!e) e = rows_error(r);
	rows_done(r);
	return e;
}

static enum err apply(struct db *db, struct arena *a, const struct migration *m, int64_t at_ms,
                      struct str *why) {
	enum err e = ERR_OK;
	for (const char *const *sql = m->sql[db->engine->kind]; !e && *sql; sql++) e = db->engine->exec(db, str_c(*sql));
	if (!e) e = db->engine->check_schema(db, a, why);
	if (e) return e;
	const struct value v[] = {VI(m->version), VT(str_c(m->name)), VT(str_c(m->checksum)), VI(at_ms)};
	return db_run_text(db, S("INSERT INTO schema_migration (version, name, checksum, applied_at_ms) VALUES ($1, $2, $3, $4)"),
		v, 4, NULL);
}

/* The next missing migration, in a transaction that looks again under the lock what is missing. */
static enum err step(struct db *db, struct arena *a, const struct migration_set *set,
                     int64_t at_ms, size_t *n, struct str *why) {
	enum err e = db->engine->control(db, BEGIN);
	if (!e) e = db->engine->lock_schema(db, why);
	if (!e) e = db->engine->exec(db, table_sql[db->engine->kind]);
	if (!e) e = count_applied(db, a, set, n, why);
	if (!e && *n < set->n) {
		const struct migration *m = &set->list[*n];
		e = apply(db, a, m, at_ms, why);
		if (e && !why->n)
			because(a, why, "migration ", label(a, m), str_cstr(a, str_cat(a, S(" failed and was undone: "), db_error(db))));
		if (!e) ++*n;
	}
	if (!e) return db->engine->control(db, COMMIT);
	db->engine->control(db, ROLLBACK);
	return e;
}

enum err migrate_run(struct db *db, struct arena *a, const struct migration_set *set, int64_t at_ms,
                     int *version, struct str *why) {
	size_t before, n = 0;
	*why = (struct str){0};
	enum err e = db->engine->migrating(db, true);
	do {
		before = n;
		if (!e) e = step(db, a, set, at_ms, &n, why);
	} while (!e && n < set->n && n > before);
	enum err end = db->engine->migrating(db, false);
	if (!e) e = end;
	if (e && !why->n) because(a, why, "the schema cannot be brought up to date: ", db_error(db), "");
	if (!e) *version = (int)n;
	return e;
}

enum err migrate_look(struct db *db, struct arena *a, const struct migration_set *set, int *version, struct str *why) {
	size_t n = 0;
	*why = (struct str){0};
	enum err e = count_applied(db, a, set, &n, why);
	if (e && !why->n) because(a, why, "this is no city's database: ", db_error(db), "");
	if (!e && !n) e = because(a, why, "no migration has run here; make the database first", S(""), "");
	if (!e) *version = (int)n;
	return e;
}
