/* Backups: whole and of one moment while others write, refused when anything in them is wrong, and
 * restored on both engines, also from one to the other. */
#include "city.h"

#include "domain/audit.h"
#include "domain/backup.h"
#include "domain/backup_parts.h"
#include "domain/digest.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

static const struct str no_keys[BACKUP_KEYS];

enum { FILE_BYTES = 30000 };

static const char *path_in(struct city *c, const char *name) {
	return str_cstr(&c->fixture.arena, file_in(&c->fixture, name));
}

/* ---- a city with something of everything that a copy could lose ---- */

static enum err fill_job(struct ctx *ctx, void *arg) {
	char bytes[FILE_BYTES];
	(void)arg;
	for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)(i * 7 + i / 251); /* NUL and all other bytes */
	struct str blob = {bytes, sizeof bytes};
	return DB_RUN(ctx->db, Q_BLOB_PUT, VT(sha256_hex(ctx->arena, blob)), VI(FILE_BYTES), VT(S("application/pdf")),
		VB(blob), VI(ctx->now_ms));
}

static void fill(struct city *c) {
	city_account(c, "lina", "correct horse battery", ROLE_CITY_STAFF, "3707", 0);
	city_as(c, ROLE_CITY_STAFF, "3707");
	assert_int_equal(ctx_write(&c->ctx, fill_job, NULL), ERR_OK);
	city_sql(c, "INSERT INTO investor (name, name_key, region_code, created_at_ms, updated_at_ms) VALUES ('山东“甲”公司\t1', 'k', '370783', 1, 1)");
	city_sql(c, "INSERT INTO investor (name, name_key, region_code, created_at_ms, updated_at_ms) VALUES ('gone', 'k', '370783', 1, 1)");
	city_sql(c, "DELETE FROM investor WHERE name = 'gone'");
}

static struct str make(struct city *c, const char *name) {
	struct str made;
	struct backup_manifest m;
	city_as(c, ROLE_SYS_ADMIN, "");
	enum err e = backup_make(&c->ctx, file_in(&c->fixture, name), no_keys, &made, &m);
	if (e) print_error("%.*s: %.*s %.*s\n", SHOW(city_rule(c)), SHOW(c->ctx.error->args[0]), SHOW(c->ctx.error->args[1]));
	assert_int_equal(e, ERR_OK);
	assert_true(m.database_bytes > 0 && m.tables_n > 30);
	assert_int_equal(m.audit_rows, city_count(c, "SELECT max(id) FROM audit"));
	return made;
}

static enum err prove(struct city *c, struct str path, struct str *file) {
	struct backup_manifest m;
	struct str keys[BACKUP_KEYS];
	city_request(c);
	const struct backup_source from = {.path = path, .beside = str_c(c->fixture.dir), .key = c->app.audit_key};
	return backup_prove(&c->ctx, &from, &m, file, keys);
}

/* Two cities are the same when each table has the same rows in each. */
static struct str all_rows(struct arena *a, struct db *db) {
	struct table_count *tables = NULL;
	size_t n = 0;
	struct buf b = {.arena = a};
	assert_int_equal(store_counts(db, a, &tables, &n), ERR_OK);
	for (size_t i = 0; i < n; i++) {
		struct rows *r;
		struct buf sql = {.arena = a};
		if (str_starts(tables[i].name, S("sqlite_"))) continue;
		buf_c(&sql, "SELECT * FROM ");
		buf_add(&sql, tables[i].name);
		buf_c(&sql, " ORDER BY 1, 2");
		const struct statement st = {.sql = buf_str(&sql), .id = Q__N};
		arena_reset(&db->scratch);
		assert_int_equal(db_query_statement(db, a, &st, &r), ERR_OK);
		buf_add(&b, tables[i].name);
		while (rows_next(r)) {
			for (int k = 0; k < rows_columns(r); k++) {
				struct value v = rows_value(r, k);
				buf_c(&b, v.kind == V_NULL ? "|-" : v.kind == V_INT ? "|i" : "|t");
				if (v.kind == V_INT) buf_int(&b, v.i);
				else buf_add(&b, v.s);
			}
			buf_byte(&b, '\n');
		}
		assert_int_equal(rows_error(r), ERR_OK);
	}
	return buf_str(&b);
}

/* ---- restoring ---- */

static struct str place_for(struct city *c, enum store_engine engine, const char *name) {
	static int count;
	if (engine == ENGINE_SQLITE) return file_in(&c->fixture, name);
	return schema_url(&c->fixture.arena, pg_url(), 1000 + ++count);
}

static void forget_city(struct city *c, struct str url) {
	if (store_engine_of(url) == ENGINE_POSTGRES) {
		struct str why;
		struct store *s = NULL;
		assert_int_equal(store_open(&c->fixture.arena, &(struct store_config){.url = url}, &s, &why), ERR_OK);
		assert_int_equal(store_write(s, drop_schema, NULL), ERR_OK);
		store_close(s);
		return;
	}
	static const char *const endings[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < LEN(endings); i++)
		unlink(str_cstr(&c->fixture.arena, str_cat(&c->fixture.arena, url, str_c(endings[i]))));
}

static void restore_to(struct city *c, struct str backup, const struct restore_target *to, struct str *aside) {
	struct str file, why = {0};
	assert_int_equal(prove(c, backup, &file), ERR_OK);
	enum err e = store_restore(&c->fixture.arena, str_cstr(&c->fixture.arena, file), to, aside, &why);
	if (e) print_error("%.*s\n", SHOW(why));
	assert_int_equal(e, ERR_OK);
	unlink(str_cstr(&c->fixture.arena, file));
}

static void compare(struct city *c, struct str url) {
	struct str why = {0};
	struct store *s = NULL;
	struct arena a = {0};
	assert_int_equal(store_open(&a, &(struct store_config){.url = url}, &s, &why), ERR_OK);
	struct db *db = store_reader(s);
	assert_str(all_rows(&a, db), all_rows(&a, c->fixture.db));
	struct app app = {.store = s, .clock = c->app.clock, .audit_key = c->app.audit_key};
	struct ctx ctx;
	struct audit_proof proof;
	ctx_init(&ctx, &app, &a, db);
	assert_int_equal(audit_verify(&ctx, S(""), &proof), ERR_OK);
	assert_true(proof.is_ok && proof.rows > 0);
	db_close(db);
	store_close(s);
	arena_release(&a);
}

static enum err insert_investor(struct db *db, void *id) {
	const struct column c[] = {{S("name"), VT(S("next"))}, {S("name_key"), VT(S("k"))}, {S("region_code"), VT(S("3707"))},
		{S("created_at_ms"), VI(1)}, {S("updated_at_ms"), VI(1)}};
	return db_insert(db, S("investor"), c, LEN(c), id);
}

static int64_t next_id(struct city *c, struct str url) {
	struct str why = {0};
	struct store *s = NULL;
	int64_t id = 0;
	assert_int_equal(store_open(&c->fixture.arena, &(struct store_config){.url = url}, &s, &why), ERR_OK);
	assert_int_equal(store_write(s, insert_investor, &id), ERR_OK);
	store_close(s);
	return id;
}

static void goes_to(struct city *c, struct str backup, enum store_engine engine) {
	struct str aside;
	const struct restore_target to = {.url = place_for(c, engine, "again.db"), .stamp = S("7")};
	restore_to(c, backup, &to, &aside);
	assert_int_equal(aside.n, 0);
	compare(c, to.url);
	assert_int_equal(next_id(c, to.url), 3); /* 2 is gone, and not given again */
	forget_city(c, to.url);
}

static void comes_back_whole(void **state) {
	struct city *c = *state;
	fill(c);
	struct str backup = make(c, "a.zyb");
	goes_to(c, backup, ENGINE_SQLITE);
	if (pg_url().n) goes_to(c, backup, ENGINE_POSTGRES);
	unlink(path_in(c, "a.zyb"));
}

/* ---- while others write ---- */

struct pair_writer {
	struct store *store;
	_Atomic bool is_over;
	_Atomic int done;
};

static enum err write_pair(struct db *db, void *it) {
	struct pair_writer *w = it;
	for (int k = 0; k < 2; k++) {
		char key[40];
		snprintf(key, sizeof key, "pair-%d-%d", w->done, k);
		const struct column c[] = {{S("key"), VT(str_c(key))}, {S("value"), VT(S("x"))}};
		enum err e = db_insert(db, S("setting"), c, LEN(c), NULL);
		if (e) return e;
	}
	return ERR_OK;
}

static void *keep_writing(void *it) {
	struct pair_writer *w = it;
	while (!w->is_over) {
		if (store_write(w->store, write_pair, w)) return NULL;
		w->done++;
	}
	return NULL;
}

static void is_of_one_moment(void **state) {
	struct city *c = *state;
	struct pair_writer w = {.store = c->fixture.store};
	pthread_t thread;
	fill(c);
	assert_int_equal(pthread_create(&thread, NULL, keep_writing, &w), 0);
	for (int i = 0; i < 4; i++) {
		int before = w.done;
		struct str backup = make(c, "b.zyb"), file, why = {0};
		assert_int_equal(prove(c, backup, &file), ERR_OK);
		struct store *s = NULL;
		struct arena a = {0};
		assert_int_equal(store_open(&a, &(struct store_config){.url = file, .is_as_found = true}, &s, &why), ERR_OK);
		struct db *db = store_reader(s);
		int64_t n = 0;
		assert_int_equal(db_int_text(db, S("SELECT count(*) FROM setting WHERE key LIKE 'pair-%'"), NULL, 0, &n), ERR_OK);
		assert_int_equal(n % 2, 0);
		assert_true(n >= 2 * before);
		db_close(db);
		store_close(s);
		arena_release(&a);
		unlink(str_cstr(&c->fixture.arena, file));
		unlink(path_in(c, "b.zyb"));
		while (w.done == before) sched_yield(); /* the writer went on meanwhile, or does now */
	}
	w.is_over = true;
	pthread_join(thread, NULL);
	assert_true(w.done > 0);
}

/* ---- damage ---- */

static struct str slurp(struct arena *a, const char *path) {
	struct stat st;
	int fd = open(path, O_RDONLY);
	assert_true(fd >= 0 && !fstat(fd, &st));
	char *p = arena_alloc(a, (size_t)st.st_size);
	assert_int_equal(read(fd, p, (size_t)st.st_size), st.st_size);
	close(fd);
	return (struct str){p, (size_t)st.st_size};
}

static void spill(const char *path, struct str s) {
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_true(backup_write_all(fd, s));
	close(fd);
}

static void assert_refused(struct city *c, struct str path, const char *what, size_t at) {
	struct str file;
	enum err e = prove(c, path, &file);
	/* the digit of the format turned into another reads as that of a newer program */
	bool is_refused = (e == ERR_INVALID && str_eq(city_rule(c), S("backup_damaged")))
		|| (e == ERR_CONFLICT && str_eq(city_rule(c), S("backup_newer")));
	if (!is_refused) fail_saying("%s at %zu: answer %d, rule %.*s", what, at, (int)e, SHOW(city_rule(c)));
	assert_int_not_equal(access(str_cstr(&c->fixture.arena, file), F_OK), 0); /* nothing stays */
}

static void flip(struct city *c, const char *bad, struct str whole, size_t at) {
	int fd = open(bad, O_WRONLY);
	char was = whole.p[at], now = (char)(was ^ 0x10);
	assert_int_equal(pwrite(fd, &now, 1, (off_t)at), 1);
	assert_refused(c, str_c(bad), "a flipped bit", at);
	assert_int_equal(pwrite(fd, &was, 1, (off_t)at), 1);
	close(fd);
}

static void damage_is_found(void **state) {
	struct city *c = *state;
	struct arena a = {0};
	fill(c);
	struct str made, ignored;
	struct backup_manifest m;
	const struct str keys[BACKUP_KEYS] = {file_in(&c->fixture, "key"), file_in(&c->fixture, "seal")};
	spill(path_in(c, "key"), S("0123456789abcdef"));
	spill(path_in(c, "seal"), S("0 DIGEST 0123456789abcdef"));
	city_as(c, ROLE_SYS_ADMIN, "");
	assert_int_equal(backup_make(&c->ctx, file_in(&c->fixture, "c.zyb"), keys, &made, &m), ERR_OK);
	const char *good = path_in(c, "c.zyb"), *bad = path_in(c, "bad.zyb");
	struct str whole = slurp(&a, good);
	spill(bad, whole);
	for (size_t at = (size_t)m.database_bytes; at < whole.n; at += 3) flip(c, bad, whole, at); /* key, manifest, end */
	for (size_t at = whole.n - BACKUP_TAIL; at < whole.n; at++) flip(c, bad, whole, at);
	for (size_t at = 0; at < (size_t)m.database_bytes; at += 7919) flip(c, bad, whole, at);
	const size_t cuts[] = {0, 1, BACKUP_TAIL, 4096, whole.n / 2, (size_t)m.database_bytes, whole.n - BACKUP_TAIL, whole.n - 1};
	for (size_t i = 0; i < LEN(cuts); i++) {
		spill(bad, str_sub(whole, 0, cuts[i]));
		assert_refused(c, str_c(bad), "cut", cuts[i]);
	}
	/* a part taken out of the middle, one put in */
	size_t key_at = (size_t)m.database_bytes;
	spill(bad, str_cat(&a, str_sub(whole, 0, key_at), str_sub(whole, key_at + 16, whole.n)));
	assert_refused(c, str_c(bad), "no key", key_at);
	spill(bad, str_cat(&a, str_cat(&a, str_sub(whole, 0, key_at), S("more")), str_sub(whole, key_at, whole.n)));
	assert_refused(c, str_c(bad), "too much", key_at);
	assert_int_equal(prove(c, str_c(good), &ignored), ERR_OK); /* and the good one is still good */
	unlink(str_cstr(&c->fixture.arena, ignored));
	unlink(good);
	unlink(bad);
	unlink(path_in(c, "key"));
	unlink(path_in(c, "seal"));
	arena_release(&a);
}

/* Hashes that fit do not help when the rows inside are wrong. */
static const struct inside {
	const char *why, *sql;
	enum err want;
	const char *rule;
} inside[] = {
	{"a file that is not what its name says", "UPDATE file_blob SET bytes = x'00'", ERR_INVALID, "backup_damaged"},
	{"a changed audit row", "UPDATE audit SET action = 'x' WHERE id = 1", ERR_CONFLICT, "audit_broken"},
	{"a cut audit", "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)", ERR_CONFLICT, "audit_broken"},
	{"a reference to nothing", "INSERT INTO talk (project_id, talk_date, content, created_at_ms, updated_at_ms)"
		" VALUES (99, '2024-01-01', 'x', 1, 1)", ERR_INVALID, "backup_damaged"},
	{"a newer schema", "INSERT INTO schema_migration VALUES (9999, 'new', 'x', 1)", ERR_CONFLICT, "backup_newer"},
	{"another history of the schema", "UPDATE schema_migration SET checksum = 'x' WHERE version = 1", ERR_CONFLICT, "backup_newer"},
};

static enum err tamper(struct db *db, void *sql) {
	return db_run_text(db, str_c(sql), NULL, 0, NULL);
}

static void what_is_inside_is_proved(void **state) {
	struct city *c = *state;
	const char *copy = path_in(c, "copy.db");
	fill(c);
	for (size_t i = 0; i < LEN(inside); i++) {
		struct str why = {0};
		struct arena a = {0};
		struct store *s = NULL;
		print_message("# %s\n", inside[i].why);
		assert_int_equal(store_copy_out(c->fixture.store, &a, copy, &why), ERR_OK);
		assert_int_equal(store_open(&a, &(struct store_config){.url = str_c(copy)}, &s, &why), ERR_OK);
		struct db *w = NULL;
		assert_int_equal(s->engine->open(s, &a, FOR_POOL, &w, &why), ERR_OK);
		/* references are off, as with a tool that is not ours */
		assert_int_equal(w->engine->exec(w, S("PRAGMA foreign_keys=0")), ERR_OK);
		assert_int_equal(tamper(w, (void *)(uintptr_t)inside[i].sql), ERR_OK);
		db_close(w);
		store_close(s);
		struct backup_manifest m = {0};
		city_request(c);
		assert_int_equal(backup_prove_database(&c->ctx, copy, c->app.audit_key, &m), inside[i].want);
		assert_str(city_rule(c), str_c(inside[i].rule));
		forget_city(c, str_c(copy));
		arena_release(&a);
	}
}

/* ---- what is there already ---- */

static void a_living_city_is_not_overwritten(void **state) {
	struct city *c = *state;
	struct str backup, aside = {0}, why = {0};
	struct arena *a = &c->fixture.arena;
	fill(c);
	backup = make(c, "d.zyb");
	struct restore_target to = {.url = place_for(c, c->fixture.engine, "there.db"), .stamp = S("7")};
	restore_to(c, backup, &to, &aside);
	assert_int_equal(next_id(c, to.url), 3);
	assert_int_equal(store_may_restore(a, &to, &why), ERR_CONFLICT);
	assert_true(str_has(why, S("--replace")));
	struct str file;
	assert_int_equal(prove(c, backup, &file), ERR_OK);
	assert_int_equal(store_restore(a, str_cstr(a, file), &to, &aside, &why), ERR_CONFLICT);
	unlink(str_cstr(a, file));
	assert_int_equal(next_id(c, to.url), 4); /* nothing happened to it */
	to.is_replace = true;
	restore_to(c, backup, &to, &aside);
	assert_true(aside.n > 0);
	compare(c, to.url);
	assert_int_equal(next_id(c, to.url), 3);
	/* the old one is whole under its new name */
	struct str old = aside;
	if (c->fixture.engine == ENGINE_POSTGRES) {
		ptrdiff_t at = str_find(to.url, S("schema="));
		old = str_cat(a, (struct str){to.url.p, (size_t)at + 7}, aside);
	}
	assert_int_equal(next_id(c, old), 5);
	forget_city(c, old);
	forget_city(c, to.url);
	unlink(path_in(c, "d.zyb"));
}

static void an_open_file_is_not_replaced(void **state) {
	struct city *c = *state;
	struct arena *a = &c->fixture.arena;
	struct str why = {0};
	int ends[2], status;
	char said = 0;
	if (c->fixture.engine != ENGINE_SQLITE) return;
	const char *file = path_in(c, "held.db");
	assert_int_equal(store_copy_out(c->fixture.store, a, file, &why), ERR_OK);
	assert_int_equal(pipe(ends), 0);
	pid_t pid = fork();
	if (!pid) { /* as a server: it has the file open and does nothing */
		struct store *s;
		char ok = store_open(a, &(struct store_config){.url = str_c(file)}, &s, &why) ? 'n' : 'y';
		_exit(write(ends[1], &ok, 1) == 1 && pause() ? 0 : 1);
	}
	close(ends[1]); /* a child that dies says nothing more */
	assert_int_equal(read(ends[0], &said, 1), 1);
	assert_int_equal(said, 'y');
	const struct restore_target to = {.url = str_c(file), .is_replace = true, .stamp = S("7")};
	assert_int_equal(store_may_restore(a, &to, &why), ERR_CONFLICT);
	assert_true(str_has(why, S("stop the server")));
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(store_may_restore(a, &to, &why), ERR_OK);
	forget_city(c, to.url);
	close(ends[0]);
}

/* ---- names ---- */

static void a_folder_gets_a_dated_name(void **state) {
	struct city *c = *state;
	struct str made, again;
	struct backup_manifest m;
	city_as(c, ROLE_SYS_ADMIN, "");
	assert_int_equal(backup_make(&c->ctx, str_c(c->fixture.dir), no_keys, &made, &m), ERR_OK);
	assert_str(made, file_in(&c->fixture, "zhaoyin-20240410-100000.zyb"));
	struct stat st;
	assert_int_equal(stat(str_cstr(&c->fixture.arena, made), &st), 0);
	assert_int_equal(st.st_mode & 077, 0);
	assert_int_equal(backup_make(&c->ctx, made, no_keys, &again, &m), ERR_CONFLICT);
	assert_str(city_rule(c), S("backup_there"));
	unlink(str_cstr(&c->fixture.arena, made));
	/* nor is anything left of one that could not be made */
	assert_int_equal(backup_make(&c->ctx, file_in(&c->fixture, "no/such.zyb"), no_keys, &made, &m), ERR_STORE);
	assert_str(city_rule(c), S("backup_failed"));
}

int main(void) {
	static const struct engine_test tests[] = {
		BOTH(comes_back_whole), BOTH(is_of_one_moment), BOTH(damage_is_found), BOTH(what_is_inside_is_proved),
		BOTH(a_living_city_is_not_overwritten), BOTH(an_open_file_is_not_replaced), BOTH(a_folder_gets_a_dated_name),
	};
	return run_in_city("backup", tests, LEN(tests));
}
