/* Restoring into PostgreSQL: rows go into a schema of its own, which then takes the city's name. */
#include "store/copy.h"
#include "store/copy_rows.h"
#include "store/pg.h"

static enum err say(struct arena *a, struct str *why, enum err e, struct str name, const char *text) {
	*why = str_cat(a, S("schema "), str_cat(a, name, str_cat(a, S(": "), str_c(text))));
	return e;
}

/* The URL with another schema, and the schema's name in it. */
static struct str url_for(struct arena *a, struct str url, struct str other, struct str *schema) {
	ptrdiff_t at = str_find(url, S("schema="));
	*schema = (struct str){0};
	if (at < 0) return url;
	size_t from = (size_t)at + 7, to = from;
	while (to < url.n && url.p[to] != '&') to++;
	*schema = (struct str){url.p + from, to - from};
	struct str head = {url.p, from}, tail = {url.p + to, url.n - to};
	return str_cat(a, str_cat(a, head, other), tail);
}

/* A connection that asks for no schema. */
struct hand {
	struct store store;
	struct db *db;
	bool has_schema;
};

static enum err reach(struct arena *a, struct str url, struct hand *h, struct str *why) {
	h->store = (struct store){.engine = &postgres_engine, .config = {.url = url, .statement_ms = 60000, .pool = 1}};
	enum err e = postgres_engine.open(&h->store, a, FOR_POOL, &h->db, why);
	if (e) return e;
	e = pg_connect(pg_of(h->db), &h->has_schema);
	if (!e) return ERR_OK;
	*why = str_cat(a, S("PostgreSQL cannot be used: "), str_copy(a, db_error(h->db)));
	db_close(h->db);
	return e;
}

static enum err judge(struct arena *a, const struct restore_target *to, struct hand *h, struct str *why) {
	struct str schema;
	struct buf name = {.arena = a};
	(void)url_for(a, to->url, S(""), &schema);
	if (!schema.n || !buf_name(&name, schema))
		return say(a, why, ERR_INVALID, schema, "name one for the city: postgres://...?schema=NAME");
	enum err e = reach(a, to->url, h, why);
	if (e) return e;
	if (!h->has_schema || to->is_replace) return ERR_OK;
	db_close(h->db);
	return say(a, why, ERR_CONFLICT, schema, "there is a city already; name another, or say --replace");
}

enum err pg_may_restore(struct arena *a, const struct restore_target *to, struct str *why) {
	struct hand h = {0};
	enum err e = judge(a, to, &h, why);
	if (!e) db_close(h.db);
	return e;
}

static enum err exec_on(struct hand *h, struct arena *a, const char *before, struct str name, const char *between,
		struct str other) {
	struct buf b = {.arena = a};
	buf_c(&b, before);
	buf_name(&b, name);
	buf_c(&b, between);
	if (other.n) buf_name(&b, other);
	return pg_exec(h->db, buf_str(&b));
}

/* Both renames or none. */
static enum err take_name(struct hand *h, struct arena *a, struct str schema, struct str fresh, struct str aside) {
	enum err e = pg_exec(h->db, S("BEGIN"));
	if (!e && aside.n) e = exec_on(h, a, "ALTER SCHEMA ", schema, " RENAME TO ", aside);
	if (!e) e = exec_on(h, a, "ALTER SCHEMA ", fresh, " RENAME TO ", schema);
	if (!e) return pg_exec(h->db, S("COMMIT"));
	struct str kept = str_copy(a, db_error(h->db));
	(void)pg_exec(h->db, S("ROLLBACK"));
	return db_fail(h->db, e, kept);
}

enum err pg_restore(struct arena *a, const char *file, const struct restore_target *to, struct str *aside,
		struct str *why) {
	struct hand h = {0};
	struct str schema;
	enum err e = judge(a, to, &h, why);
	if (e) return e;
	(void)url_for(a, to->url, S(""), &schema);
	struct str fresh = str_cat(a, str_cat(a, schema, S("_new_")), to->stamp);
	*aside = h.has_schema ? str_cat(a, str_cat(a, schema, S("_before_")), to->stamp) : (struct str){0};
	e = copy_rows_in(a, file, url_for(a, to->url, fresh, &schema), why);
	if (!e && (e = take_name(&h, a, schema, fresh, *aside)))
		*why = str_cat(a, S("the schema could not take its name: "), str_copy(a, db_error(h.db)));
	if (e) (void)exec_on(&h, a, "DROP SCHEMA IF EXISTS ", fresh, " CASCADE", (struct str){0});
	db_close(h.db);
	return e;
}
