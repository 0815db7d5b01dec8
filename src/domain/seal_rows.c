/* seal_rows.c - the keys of a database and the rows that they seal. */
#include "domain/seal_parts.h"

#include "base/log.h"
#include "domain/audit.h"
#include "domain/write.h"

#include <sodium.h>

enum { BATCH = 500, VALUES_MAX = 4 };

static const struct str proof_text = S_("zhaoyin"), proof_name = S_("proof");

/* ---- which columns ---- */

/* Each table: what finds rows that are not sealed with the key in force, what writes one. The columns
 * of both queries stand in this order, after the id. A test holds this against FIELD_SEALED. */
static const struct sealed_table {
	enum query_id stale, count, set;
	struct str columns[VALUES_MAX];
	size_t n;
} tables[] = {
	{Q_SEAL_CONTACT_STALE, Q_SEAL_CONTACT_COUNT, Q_SEAL_CONTACT_SET, {S_("mobile"), S_("phone"), S_("resident_id")}, 3},
	{Q_SEAL_ACCOUNT_STALE, Q_SEAL_ACCOUNT_COUNT, Q_SEAL_ACCOUNT_SET, {S_("phone")}, 1},
	{Q_SEAL_FACTOR_STALE, Q_SEAL_FACTOR_COUNT, Q_SEAL_FACTOR_SET, {S_("secret")}, 1},
};
enum { TABLES = sizeof tables / sizeof *tables };

/* "zs1.3." */
static struct str current_prefix(struct arena *a, int64_t id) {
	return str_cat(a, str_cat(a, S("zs1."), str_of_int(a, id)), S("."));
}

static enum err current_of(struct ctx *ctx, int64_t *id, enum seal_kind *kind) {
	struct seal_key k;
	if (!ctx->app->seal || !seal_ring_current(ctx->app->seal, &k))
		return fail(ctx, ERR_STORE, S(""), S("seal_key_missing"));
	*id = k.id;
	*kind = k.kind;
	sodium_memzero(&k, sizeof k);
	return ERR_OK;
}

/* ---- one batch ---- */

struct batch {
	const struct sealed_table *table;
	struct str prefix;
	int64_t after, last;
	int64_t seen, written, damaged;
};

struct row {
	int64_t id;
	struct str values[VALUES_MAX];
};

static size_t read_rows(struct ctx *ctx, struct rows *r, size_t columns, struct row *out) {
	size_t n = 0;
	while (n < BATCH && rows_next(r)) {
		out[n].id = rows_int(r, 0);
		for (size_t i = 0; i < columns; i++) out[n].values[i] = str_copy(ctx->arena, rows_text(r, (int)i + 1));
		n++;
	}
	return n;
}

static enum err reseal(struct ctx *ctx, struct str what, struct str *value) {
	struct str plain;
	enum err e = seal_open(ctx, what, *value, &plain);
	return e ? e : seal_text(ctx, what, plain, value);
}

/* A value that does not open stays, and the row is counted: better lost than overwritten. */
static enum err write_row(struct ctx *ctx, struct batch *b, struct row *row) {
	struct value v[VALUES_MAX + 1] = {VI(row->id)};
	const struct error *before = ctx->error;
	for (size_t i = 0; i < b->table->n; i++) {
		if (reseal(ctx, b->table->columns[i], &row->values[i])) {
			LOG(LOG_ERROR, "seal_damaged", {"field", b->table->columns[i]}, {"id", str_of_int(ctx->arena, row->id)});
			ctx->error = before;
			b->damaged++;
			return ERR_OK;
		}
		v[i + 1] = v_text_or_null(row->values[i]);
	}
	b->written++;
	return fail_store(ctx, db_run(ctx->db, b->table->set, v, b->table->n + 1, NULL));
}

static enum err run_batch(struct ctx *ctx, void *arg) {
	struct batch *b = arg;
	struct rows *r;
	struct row *list = arena_array(ctx->arena, BATCH, sizeof *list);
	b->seen = b->written = b->damaged = 0;
	enum err e = DB_QUERY(ctx->db, ctx->arena, b->table->stale, &r, VT(b->prefix), VI(b->after), VI(BATCH));
	if (e) return fail_store(ctx, e);
	size_t n = read_rows(ctx, r, b->table->n, list);
	e = rows_error(r);
	rows_done(r);
	if (e) return fail_store(ctx, e);
	for (size_t i = 0; i < n && !e; i++) e = write_row(ctx, b, &list[i]);
	b->seen = (int64_t)n;
	b->last = n ? list[n - 1].id : b->after;
	return e;
}

/* ---- all of them ---- */

static enum err upgrade_table(struct ctx *ctx, const struct sealed_table *t, struct str prefix, int64_t *rows, int64_t *damaged) {
	struct batch b = {.table = t, .prefix = prefix};
	struct arena *whole = ctx->arena, scratch = {0};
	enum err e = ERR_OK;
	ctx->arena = &scratch;
	do {
		if ((e = ctx_write(ctx, run_batch, &b))) break;
		b.after = b.last;
		*rows += b.written;
		*damaged += b.damaged;
		arena_reset(&scratch);
	} while (b.seen == BATCH);
	ctx->arena = whole;
	if (e) ctx->error = NULL; /* its text lives in the scratch arena */
	arena_release(&scratch);
	return e ? fail(ctx, e, S(""), S("store_failed")) : ERR_OK;
}

struct done {
	struct str action;
	int64_t key_id, rows, damaged;
};

static enum err note_done(struct ctx *ctx, void *arg) {
	const struct done *d = arg;
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	json_obj(&j);
	json_put_int(&j, "key", d->key_id);
	json_put_int(&j, "rows", d->rows);
	json_put_int(&j, "damaged", d->damaged);
	json_end(&j);
	return audit_add(ctx, &(struct audit_entry){.action = d->action, .outcome = S("DONE"), .object = S("system"), .diff = buf_str(&b)});
}

enum err seal_upgrade(struct ctx *ctx, int64_t *rows, int64_t *damaged) {
	struct done d = {.action = S("seal_upgrade")};
	enum seal_kind kind;
	*rows = *damaged = 0;
	enum err e = current_of(ctx, &d.key_id, &kind);
	for (size_t i = 0; i < TABLES && !e; i++)
		e = upgrade_table(ctx, &tables[i], current_prefix(ctx->arena, d.key_id), rows, damaged);
	if (e || !*rows) return e;
	d.rows = *rows;
	d.damaged = *damaged;
	return ctx_write(ctx, note_done, &d);
}

enum err seal_status(struct ctx *ctx, struct seal_status *out) {
	struct seal *s = ctx->app->seal;
	*out = (struct seal_status){0};
	enum err e = current_of(ctx, &out->key_id, &out->kind);
	if (e) return e;
	pthread_mutex_lock(&s->lock);
	out->keys_n = s->n - 1;
	pthread_mutex_unlock(&s->lock);
	for (size_t i = 0; i < TABLES && !e; i++) {
		int64_t n = 0;
		e = db_int(ctx->db, tables[i].count, &VT(current_prefix(ctx->arena, out->key_id)), 1, &n);
		out->stale += n;
	}
	return fail_store(ctx, e);
}

/* ---- start ---- */

static void add_new_line(struct buf *b, int64_t id, enum seal_kind kind) {
	unsigned char raw[KEY_BYTES];
	randombytes_buf(raw, sizeof raw);
	buf_int(b, id);
	buf_byte(b, ' ');
	buf_add(b, seal_kind_name(kind));
	buf_byte(b, ' ');
	buf_hex(b, raw, sizeof raw);
	buf_byte(b, '\n');
	sodium_memzero(raw, sizeof raw);
}

static enum err make_file(struct arena *a, struct str path, struct str *why) {
	struct buf b = {.arena = a};
	buf_reserve(&b, SEAL_FILE_MAX);
	add_new_line(&b, 0, SEAL_DIGEST);
	add_new_line(&b, 1, SEAL_AES256_GCM);
	enum err e = key_file_write(a, path, buf_str(&b), false, why);
	key_text_wipe(buf_str(&b));
	return e;
}

static enum err say(struct arena *a, struct str *why, enum err code, struct str path, const char *what) {
	struct buf b = {.arena = a};
	buf_c(&b, "field key file ");
	buf_add(&b, path);
	buf_c(&b, ": ");
	buf_c(&b, what);
	*why = buf_str(&b);
	return code;
}

/* ERR_CONFLICT: a key that this database knows is not there, or is another. */
static enum err check_proofs(struct ctx *ctx, struct seal *s) {
	struct rows *r;
	enum err e = db_query(ctx->db, ctx->arena, Q_SEAL_KEYS, NULL, 0, &r);
	if (e) return fail_store(ctx, e);
	while (!e && rows_next(r)) {
		struct seal_key k;
		struct str text, proof = str_copy(ctx->arena, rows_text(r, 1));
		bool fits = seal_ring_find(s, rows_int(r, 0), &k) && open_with(ctx->arena, &k, proof_name, proof, &text)
			&& str_eq(text, proof_text);
		sodium_memzero(&k, sizeof k);
		if (!fits) e = ERR_CONFLICT;
	}
	if (!e) e = fail_store(ctx, rows_error(r));
	rows_done(r);
	return e;
}

static enum err add_proofs(struct ctx *ctx, void *arg) {
	struct seal *s = arg;
	enum err e = ERR_OK;
	for (size_t i = 0; i < s->n && !e; i++) {
		struct str proof;
		if (s->keys[i].kind == SEAL_DIGEST) continue;
		if (!seal_with(ctx->arena, &s->keys[i], proof_name, proof_text, &proof))
			return fail(ctx, ERR_STORE, S(""), S("seal_failed"));
		e = fail_store(ctx, DB_RUN(ctx->db, Q_SEAL_KEY_ADD, VI(s->keys[i].id), VT(seal_kind_name(s->keys[i].kind)),
			VT(proof), VI(ctx->now_ms)));
	}
	return e;
}

static enum err read_file(struct arena *a, struct str path, bool may_make, struct seal **out, struct str *why) {
	struct str text;
	enum err e = key_file_read(a, path, SEAL_FILE_MAX, &text, why);
	if (e == ERR_NOT_FOUND && may_make) {
		if ((e = make_file(a, path, why))) return e;
		e = key_file_read(a, path, SEAL_FILE_MAX, &text, why);
	}
	if (e == ERR_NOT_FOUND)
		return say(a, why, e, path, "not there, and the database has values sealed with it: put the kept copy in its place");
	if (e) return e;
	*out = seal_new(text, path);
	key_text_wipe(text);
	return *out ? ERR_OK : say(a, why, ERR_INVALID, path, "not a file of field keys; put the kept copy in its place");
}

enum err seal_start(struct ctx *ctx, struct arena *a, struct str path, struct seal **out, struct str *why) {
	int64_t known = 0;
	struct seal *s = NULL;
	if (sodium_init() < 0) return say(a, why, ERR_STORE, path, "no random numbers on this machine");
	enum err e = db_int(ctx->db, Q_SEAL_KEY_COUNT, NULL, 0, &known);
	if (e) return fail_store(ctx, e);
	if ((e = read_file(a, path, known == 0, &s, why))) return e;
	if ((e = check_proofs(ctx, s)) == ERR_CONFLICT)
		e = say(a, why, e, path, "its keys do not fit this database: use the file that was made with it. Nothing was changed");
	if (!e && known < (int64_t)s->n - 1) e = ctx_write(ctx, add_proofs, s);
	if (e) {
		seal_free(s);
		return e;
	}
	*out = s;
	return ERR_OK;
}

/* ---- rotation ---- */

static enum err note_key(struct ctx *ctx, void *arg) {
	struct done *d = arg;
	enum err e = add_proofs(ctx, ctx->app->seal);
	return e ? e : note_done(ctx, d);
}

/* In the file first: a value sealed with a key that is nowhere would be lost. */
static enum err put_in_file(struct ctx *ctx, struct seal *s, int64_t id, enum seal_kind kind) {
	struct buf line = {.arena = ctx->arena};
	struct str text = seal_ring_text(s, ctx->arena), why;
	buf_reserve(&line, SEAL_FILE_MAX);
	buf_add(&line, text);
	key_text_wipe(text);
	add_new_line(&line, id, kind);
	enum err e = key_file_write(ctx->arena, str_c(s->path), buf_str(&line), true, &why);
	if (!e && !seal_ring_add(s, buf_str(&line))) e = ERR_STORE;
	key_text_wipe(buf_str(&line));
	if (!e) return ERR_OK;
	LOG(LOG_ERROR, "seal_rotate", {"why", why});
	return fail(ctx, ERR_STORE, S(""), S("seal_file"));
}

enum err seal_rotate(struct ctx *ctx, enum seal_kind kind, int64_t *rows, int64_t *damaged) {
	struct done d = {.action = S("seal_rotate")};
	enum seal_kind was;
	struct seal *s = ctx->app->seal;
	*rows = *damaged = 0;
	enum err e = current_of(ctx, &d.key_id, &was);
	if (e) return e;
	seal_ring_reload(s);
	if (s->n == SEAL_KEYS_MAX || !s->path[0]) return fail(ctx, ERR_CONFLICT, S(""), S("seal_file"));
	d.key_id++;
	if ((e = put_in_file(ctx, s, d.key_id, kind))) return e;
	e = ctx_write(ctx, note_key, &d);
	return e ? e : seal_upgrade(ctx, rows, damaged);
}
