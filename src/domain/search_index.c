/* search_index.c - how what is looked for gets into the index, is made anew, and is held against the rows. */
#include "base/log.h"
#include "domain/pinyin.h"
#include "domain/search_doc.h"
#include "domain/write.h"

static int64_t doc_id(enum search_kind kind, int64_t id) {
	return id * 8 + (int64_t)kind + 1;
}

/* ---- writing ---- */

static enum err doc_get(struct ctx *ctx, struct arena *a, int64_t id, struct doc *out, bool *is_there) {
	struct rows *r;
	enum err e = DB_QUERY(ctx->db, a, Q_SEARCH_DOC_GET, &r, VI(id));
	if (e) return e;
	*is_there = rows_next(r);
	if (*is_there)
		*out = (struct doc){str_copy(a, rows_text(r, 0)), str_copy(a, rows_text(r, 1)), str_copy(a, rows_text(r, 2)),
			str_copy(a, rows_text(r, 3)), str_copy(a, rows_text(r, 4))};
	e = rows_error(r);
	rows_done(r);
	return e;
}

/* The index of SQLite is told which grams of a row go and which come: old ones are made again from the old
 * texts. It counts rows by these calls, so both are made when one has nothing to say. */
static enum err put_grams(struct ctx *ctx, struct arena *a, enum search_kind kind, int64_t id, const struct doc *was,
		const struct doc *now) {
	if (!was || db_engine(ctx->db) != ENGINE_SQLITE)
		return DB_RUN_LATER(ctx->db, Q_SEARCH_GRAMS_ADD, id, VI(id), VT(grams_of(a, kind, now)));
	struct str go, come;
	grams_turn(a, kind, was, now, &go, &come);
	enum err e = DB_RUN_LATER(ctx->db, Q_SEARCH_GRAMS_DROP, id, VI(id), VT(go));
	return e ? e : DB_RUN_LATER(ctx->db, Q_SEARCH_GRAMS_ADD, id, VI(id), VT(come));
}

static enum err doc_store(struct ctx *ctx, struct arena *a, enum search_kind kind, const void *rec, const struct doc *was,
		const struct doc *now) {
	int64_t record_id = ((const struct record *)rec)->id, id = doc_id(kind, record_id);
	enum err e = DB_RUN(ctx->db, Q_SEARCH_DOC_PUT, VI(id), VI(record_id), v_text_or_null(now->name), v_text_or_null(now->alias),
		v_text_or_null(now->code), v_text_or_null(now->body), v_text_or_null(now->marks));
	return e ? e : put_grams(ctx, a, kind, id, was, now);
}

static enum err doc_add(struct ctx *ctx, struct arena *a, enum search_kind kind, const void *rec) {
	struct doc now = doc_of(ctx, a, kind, rec);
	return doc_store(ctx, a, kind, rec, NULL, &now);
}

static enum err doc_replace(struct ctx *ctx, struct arena *a, enum search_kind kind, const void *rec) {
	struct doc now = doc_of(ctx, a, kind, rec), was;
	bool is_there;
	enum err e = doc_get(ctx, a, doc_id(kind, ((const struct record *)rec)->id), &was, &is_there);
	if (e || (is_there && doc_equal(&was, &now))) return e;
	return doc_store(ctx, a, kind, rec, is_there ? &was : NULL, &now);
}

enum err search_put(struct ctx *ctx, const struct noun *n, const void *old, const void *rec) {
	enum search_kind kind;
	if (!search_kind_of(n->name, &kind) || (old && doc_is_same(kind, old, rec))) return ERR_OK;
	struct arena a = {0};
	enum err e = old ? doc_replace(ctx, &a, kind, rec) : doc_add(ctx, &a, kind, rec);
	arena_release(&a);
	return fail_store(ctx, e);
}

/* ---- many rows ---- */

enum { PAGE_ROWS = 500 };

struct page {
	struct ctx *ctx;
	enum search_kind kind;
	int64_t after, rows, wrong;
	bool is_end, is_check;
	enum err (*one)(struct page *p, struct arena *a, const void *rec);
};

/* The records of a page, read before anything is written. */
static enum err read_page(struct page *p, struct arena *a, char **records, size_t *n, int64_t limit) {
	const struct noun *noun = search_noun(p->kind);
	struct rows *r;
	enum err e = DB_QUERY(p->ctx->db, a, search_rows_query(p->kind), &r, VI(p->after), VI(limit));
	if (e) return e;
	*records = arena_array(a, (size_t)limit, noun->size);
	for (*n = 0; *n < (size_t)limit && rows_next(r); ++*n) {
		record_read(noun, a, r, *records + *n * noun->size);
		p->after = ((const struct record *)(const void *)(*records + *n * noun->size))->id;
	}
	e = rows_error(r);
	rows_done(r);
	return e;
}

static enum err do_page(struct page *p) {
	struct arena a = {0};
	char *records;
	size_t n = 0;
	enum err e = read_page(p, &a, &records, &n, PAGE_ROWS);
	for (size_t i = 0; i < n && !e; i++) {
		struct arena row = {0};
		e = p->one(p, &row, records + i * search_noun(p->kind)->size);
		arena_release(&row);
	}
	p->rows += (int64_t)n;
	p->is_end = n < PAGE_ROWS;
	arena_release(&a);
	return e;
}

static enum err put_one(struct page *p, struct arena *a, const void *rec) {
	return doc_replace(p->ctx, a, p->kind, rec);
}

static enum err clear(struct ctx *ctx) {
	enum err e = db_run_later(ctx->db, Q_SEARCH_GRAMS_CLEAR, LATER_IN_TURN, NULL, 0);
	return e ? e : db_run(ctx->db, Q_SEARCH_DOCS_CLEAR, NULL, 0, NULL);
}

/* Which scheme and which table of readings an index was made with, as the gram of entry 0. */
static struct str version(struct arena *a) {
	uint64_t h = pinyin_table_hash();
	struct buf b = {.arena = a};
	buf_byte(&b, 'v');
	buf_int(&b, SEARCH_SCHEME);
	buf_byte(&b, 'x');
	for (int shift = 56; shift >= 0; shift -= 8) {
		char byte = (char)(h >> shift & 0xFF);
		buf_hex(&b, &byte, 1);
	}
	return buf_str(&b);
}

static enum err is_up_to_date(struct ctx *ctx, bool *out) {
	int64_t n = 0;
	const struct value v[] = {VI(0), VT(db_gram_query(ctx->db, ctx->arena, version(ctx->arena)))};
	enum err e = db_int(ctx->db, Q_SEARCH_GRAMS_HAVE, v, 2, &n);
	*out = n == 1;
	return e;
}

static enum err run_through(struct ctx *ctx, enum query_id q) {
	struct rows *r;
	enum err e = db_query(ctx->db, ctx->arena, q, NULL, 0, &r);
	if (e) return e;
	while (rows_next(r)) {}
	e = rows_error(r);
	rows_done(r);
	return e;
}

static enum err settle(struct ctx *ctx) {
	enum err e = run_through(ctx, Q_SEARCH_GRAMS_SETTLE);
	if (!e) e = run_through(ctx, Q_SEARCH_GRAMS_COUNT);
	return e ? e : DB_RUN(ctx->db, Q_SEARCH_GRAMS_ADD, VI(0), VT(version(ctx->arena)));
}

static enum err add_one(struct page *p, struct arena *a, const void *rec) {
	return doc_add(p->ctx, a, p->kind, rec);
}

enum err search_fill(struct ctx *ctx) {
	enum err e = clear(ctx);
	if (!e) e = db_run_later(ctx->db, Q_SEARCH_BULK_BEGIN, LATER_IN_TURN, NULL, 0);
	for (int k = 0; k < SEARCH__N && !e; k++) {
		struct page p = {.ctx = ctx, .kind = (enum search_kind)k, .one = add_one};
		while (!e && !p.is_end) e = do_page(&p);
	}
	if (!e) e = db_run_waiting(ctx->db);
	if (!e) e = db_run(ctx->db, Q_SEARCH_BULK_END, NULL, 0, NULL);
	return fail_store(ctx, e ? e : settle(ctx));
}

/* May run twice (PostgreSQL): the place in the table goes on only when the page is stored. */
struct page_job {
	struct page from, done;
};

static enum err page_job(struct ctx *ctx, void *arg) {
	struct page_job *j = arg;
	j->done = j->from;
	j->done.ctx = ctx;
	return fail_store(ctx, do_page(&j->done));
}

static enum err clear_job(struct ctx *ctx, void *arg) {
	(void)arg;
	return fail_store(ctx, clear(ctx));
}

static enum err settle_job(struct ctx *ctx, void *arg) {
	(void)arg;
	return fail_store(ctx, settle(ctx));
}

enum err search_rebuild(struct ctx *ctx, int64_t *rows) {
	enum err e = ctx_write(ctx, clear_job, NULL);
	*rows = 0;
	for (int k = 0; k < SEARCH__N && !e; k++) {
		struct page_job j = {.from = {.ctx = ctx, .kind = (enum search_kind)k, .one = put_one}};
		while (!e && !j.from.is_end) {
			e = ctx_write(ctx, page_job, &j);
			j.from = j.done;
		}
		*rows += j.from.rows;
	}
	return e ? e : ctx_write(ctx, settle_job, NULL);
}

enum err search_ready(struct ctx *ctx) {
	bool is_good;
	int64_t rows;
	enum err e = is_up_to_date(ctx, &is_good);
	if (e || is_good) return fail_store(ctx, e);
	e = search_rebuild(ctx, &rows);
	if (!e && rows) LOG(LOG_INFO, "search_index_made", {"rows", str_of_int(ctx->arena, rows)});
	return e;
}

enum err search_put_row(struct ctx *ctx, const struct noun *n, int64_t id) {
	enum search_kind kind;
	struct arena a = {0};
	char *rec;
	size_t found = 0;
	if (!search_kind_of(n->name, &kind)) return ERR_OK;
	struct page p = {.ctx = ctx, .kind = kind, .after = id - 1};
	enum err e = read_page(&p, &a, &rec, &found, 1);
	if (!e && found && p.after == id) e = doc_replace(ctx, &a, kind, rec);
	arena_release(&a);
	return fail_store(ctx, e);
}

/* ---- the check ---- */

/* Whether the index finds the row by a sample of its grams. */
static enum err has_grams(struct page *p, struct arena *a, int64_t id, struct str grams, bool *has) {
	enum { SAMPLE = 4 };
	struct buf b = {.arena = a};
	struct str rest = grams, gram;
	size_t n = 0, i = 0;
	int64_t found = 0;
	for (size_t k = 0; k < grams.n; k++) n += grams.p[k] == ' ';
	size_t step = n / SAMPLE + 1;
	while (rest.n && str_split(&rest, ' ', &gram)) {
		if (i++ % step) continue;
		if (b.n) buf_c(&b, " & ");
		buf_add(&b, gram);
	}
	*has = true;
	if (!b.n) return ERR_OK;
	const struct value v[] = {VI(id), VT(db_gram_query(p->ctx->db, a, buf_str(&b)))};
	enum err e = db_int(p->ctx->db, Q_SEARCH_GRAMS_HAVE, v, 2, &found);
	*has = found == 1;
	return e;
}

static enum err is_indexed(struct page *p, struct arena *a, const void *rec, bool *is_good) {
	int64_t id = doc_id(p->kind, ((const struct record *)rec)->id);
	struct doc want = doc_of(p->ctx, a, p->kind, rec), have;
	bool is_there;
	enum err e = doc_get(p->ctx, a, id, &have, &is_there);
	*is_good = !e && is_there && doc_equal(&want, &have);
	return *is_good ? has_grams(p, a, id, grams_of(a, p->kind, &want), is_good) : e;
}

/* What seems wrong may have been written between the two reads: it is read again. */
static enum err check_one(struct page *p, struct arena *a, const void *rec) {
	enum { TRIES = 3 };
	int64_t record_id = ((const struct record *)rec)->id;
	bool is_good;
	enum err e = is_indexed(p, a, rec, &is_good);
	for (int i = 0; i < TRIES && !e && !is_good; i++) {
		struct page one = {.ctx = p->ctx, .kind = p->kind, .after = record_id - 1};
		char *again;
		size_t n = 0;
		e = read_page(&one, a, &again, &n, 1);
		if (!e && n && one.after == record_id) e = is_indexed(p, a, again, &is_good);
		else is_good = !e; /* gone since */
	}
	if (!is_good) p->wrong++;
	return e;
}

enum err search_check(struct ctx *ctx, int64_t *rows, int64_t *wrong) {
	int64_t stray = 0;
	enum err e = ERR_OK;
	bool is_good = false;
	*rows = *wrong = 0;
	if ((e = is_up_to_date(ctx, &is_good))) return fail_store(ctx, e);
	*wrong = !is_good;
	for (int k = 0; k < SEARCH__N && !e; k++) {
		struct page p = {.ctx = ctx, .kind = (enum search_kind)k, .one = check_one};
		while (!e && !p.is_end) e = do_page(&p);
		*rows += p.rows;
		*wrong += p.wrong;
	}
	if (!e) e = db_int(ctx->db, Q_SEARCH_DOCS_STRAY, NULL, 0, &stray);
	*wrong += stray;
	return fail_store(ctx, e);
}
