/* Migrations: once each, whole or not at all, whoever starts and whenever it ends. */
#include "store_fixture.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

enum { MANY = 30, KILLS = 40, SERVERS = 6 };

/* ---- sets made here ---- */

struct made {
	struct migration list[MANY];
	struct migration_set set;
};

/* n migrations; the k-th makes table m<k> with one row. `bad` gets a statement that fails, 0 = none. */
static struct made *make_set(struct arena *a, int n, int bad) {
	struct made *m = arena_alloc(a, sizeof *m);
	for (int k = 1; k <= n; k++) {
		struct str table = str_cat(a, S("m"), str_of_int(a, k));
		const char **sql = arena_array(a, 4, sizeof *sql);
		sql[0] = str_cstr(a, str_cat(a, str_cat(a, S("CREATE TABLE "), table), S(" (x INTEGER NOT NULL)")));
		sql[1] = str_cstr(a, str_cat(a, str_cat(a, S("INSERT INTO "), table), S(" (x) VALUES (1)")));
		sql[2] = k == bad ? "INSERT INTO no_such_table (x) VALUES (1)" : NULL;
		m->list[k - 1] = (struct migration){k, "made", "sum", {sql, sql}};
	}
	m->set = (struct migration_set){m->list, (size_t)n};
	return m;
}

static void reopen(struct fixture *f, const struct migration_set *set) {
	fixture_close(f);
	f->config.migrations = set;
	fixture_open(f);
}

static void remove_database(struct fixture *f) {
	if (f->engine == ENGINE_POSTGRES) assert_int_equal(store_write(f->store, drop_schema, NULL), ERR_OK);
	fixture_close(f);
	if (f->engine == ENGINE_SQLITE) assert_int_equal(unlink(str_cstr(&f->arena, f->config.url)), 0);
}

/* Opens and gives the reason of the refusal. */
static struct str refused(struct fixture *f, const struct migration_set *set, enum err want) {
	struct str why = {0};
	struct store *s = NULL;
	fixture_close(f);
	f->config.migrations = set;
	enum err e = store_open(&f->arena, &f->config, &s, &why);
	assert_int_equal(e, want);
	assert_null(s);
	return why;
}

static int64_t one_int(struct db *db, struct str sql) {
	int64_t n = -1;
	enum err e = db_int_text(db, sql, NULL, 0, &n);
	return e ? -1 : n;
}

/* Each table is there once with its one row, and the list says so. */
static void check_complete(struct fixture *f, int n) {
	for (int k = 1; k <= n; k++) {
		struct str sql = str_cat(&f->arena, S("SELECT count(*) FROM m"), str_of_int(&f->arena, k));
		assert_int_equal(one_int(f->db, sql), 1);
	}
	assert_int_equal(one_int(f->db, S("SELECT count(*) FROM schema_migration")), n);
	assert_int_equal(store_schema_version(f->store), n);
}

/* ---- tests; each starts in an empty file or schema (up) ---- */

static void a_newer_program_adds_what_is_missing(void **state) {
	struct fixture *f = *state;
	reopen(f, &make_set(&f->arena, 2, 0)->set);
	check_complete(f, 2);
	reopen(f, &make_set(&f->arena, 5, 0)->set);
	check_complete(f, 5);
	reopen(f, &make_set(&f->arena, 5, 0)->set);
	check_complete(f, 5);
}

static void an_older_program_refuses(void **state) {
	struct fixture *f = *state;
	reopen(f, &make_set(&f->arena, 3, 0)->set);
	assert_str(refused(f, &make_set(&f->arena, 2, 0)->set, ERR_STORE),
		S("the database has schema version 3, which this program does not know; start the newer program"));
	reopen(f, &make_set(&f->arena, 3, 0)->set);
	check_complete(f, 3);
}

static void a_changed_text_is_refused(void **state) {
	struct fixture *f = *state;
	reopen(f, &make_set(&f->arena, 3, 0)->set);
	struct made *changed = make_set(&f->arena, 4, 0);
	changed->list[1].checksum = "other";
	assert_str(refused(f, &changed->set, ERR_STORE),
		S("migration 0002_made has another text than when it ran here; restore its text and add a new migration"));
	reopen(f, &make_set(&f->arena, 3, 0)->set);
	check_complete(f, 3);
}

static void a_gap_is_refused(void **state) {
	struct fixture *f = *state;
	struct made *gap = make_set(&f->arena, 3, 0);
	gap->list[1] = gap->list[2];
	gap->set.n = 2;
	reopen(f, &gap->set);
	assert_str(refused(f, &make_set(&f->arena, 3, 0)->set, ERR_STORE),
		S("migration 0002_made is missing between others that ran; restore a backup"));
}

static void a_failing_migration_is_undone(void **state) {
	struct fixture *f = *state;
	struct str why = refused(f, &make_set(&f->arena, 4, 3)->set, ERR_STORE);
	assert_true(str_starts(why, S("migration 0003_made failed and was undone: ")));
	assert_true(str_has(why, S("no_such_table")));
	reopen(f, &make_set(&f->arena, 2, 0)->set);
	check_complete(f, 2);
	assert_int_equal(one_int(f->db, S("SELECT count(*) FROM m3")), -1);
	reopen(f, &make_set(&f->arena, 4, 0)->set);
	check_complete(f, 4);
}

/* ---- two at once ---- */

struct server {
	pthread_t thread;
	struct store_config config;
	enum err result;
	int version;
};

static void *start_server(void *it) {
	struct server *me = it;
	struct arena a = {0};
	struct str why;
	struct store *s;
	me->result = store_open(&a, &me->config, &s, &why);
	if (me->result) print_error("%.*s\n", (int)why.n, why.p);
	else me->version = store_schema_version(s);
	if (!me->result) store_close(s);
	arena_release(&a);
	return NULL;
}

static void servers_that_start_at_once_share_the_work(void **state) {
	struct fixture *f = *state;
	const struct migration_set *set = &make_set(&f->arena, MANY, 0)->set;
	struct server servers[SERVERS];
	remove_database(f);
	f->config.migrations = set;
	for (int i = 0; i < SERVERS; i++) {
		servers[i] = (struct server){.config = f->config};
		assert_int_equal(pthread_create(&servers[i].thread, NULL, start_server, &servers[i]), 0);
	}
	for (int i = 0; i < SERVERS; i++) pthread_join(servers[i].thread, NULL);
	for (int i = 0; i < SERVERS; i++) {
		assert_int_equal(servers[i].result, ERR_OK);
		assert_int_equal(servers[i].version, MANY);
	}
	fixture_open(f);
	check_complete(f, MANY);
}

/* ---- killed in the midst ---- */

/* The process that is killed: opens the URL and thereby migrates. */
static int child(const char *url) {
	struct arena a = {0};
	struct store *s;
	struct str why;
	struct store_config config = {.url = str_c(url), .is_create = true, .migrations = &make_set(&a, MANY, 0)->set};
	return store_open(&a, &config, &s, &why) ? 1 : 0;
}

static bool is_killed_after(const char *url, long us) {
	int status;
	pid_t pid = fork();
	if (pid == 0) {
		execl("/proc/self/exe", "store_migrate_test", "child", url, (char *)NULL);
		_exit(127);
	}
	assert_true(pid > 0);
	usleep((useconds_t)us);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
	return WIFSIGNALED(status);
}

/* Kills come later and later, so that they meet every stage; the next start carries on. */
static void a_killed_migration_is_carried_on(void **state) {
	struct fixture *f = *state;
	int killed = 0;
	const char *url = str_cstr(&f->arena, f->config.url);
	fixture_close(f);
	for (int i = 0; i < KILLS; i++) killed += is_killed_after(url, 500 + 700 * i);
	assert_true(killed > 0);
	f->config.migrations = &make_set(&f->arena, MANY, 0)->set;
	fixture_open(f);
	check_complete(f, MANY);
}

/* ---- what is not ours ---- */

static void write_file(struct str path, struct arena *a, const char *bytes, size_t n) {
	FILE *out = fopen(str_cstr(a, path), "wb");
	assert_non_null(out);
	assert_int_equal(fwrite(bytes, 1, n, out), n);
	fclose(out);
}

static void what_is_not_there_is_not_made_unasked(void **state) {
	struct fixture *f = *state;
	remove_database(f);
	f->config.is_create = false;
	struct str why = refused(f, NULL, ERR_NOT_FOUND);
	assert_true(str_has(why, S("make")));
	f->config.is_create = true;
	fixture_open(f);
}

static void another_programs_file_is_left_alone(void **state) {
	struct fixture *f = *state;
	if (f->engine != ENGINE_SQLITE) return;
	struct str text = file_in(f, "text.db"), foreign = file_in(f, "foreign.db"), own = f->config.url;
	write_file(text, &f->arena, "name,stage\nhello,TALK\n", 22);
	f->config.url = text;
	assert_true(str_has(refused(f, NULL, ERR_STORE), S("is not a SQLite database; name another file")));
	/* The same database without our mark: 4 bytes at 68 (sqlite.org/fileformat2.html). */
	f->config.url = own;
	fixture_open(f);
	fixture_close(f);
	char bytes[4096] = {0};
	FILE *in = fopen(str_cstr(&f->arena, own), "rb");
	assert_non_null(in);
	struct buf all = {.arena = &f->arena};
	size_t n;
	while ((n = fread(bytes, 1, sizeof bytes, in)) > 0) buf_add(&all, (struct str){bytes, n});
	fclose(in);
	memset(all.p + 68, 0, 4);
	write_file(foreign, &f->arena, all.p, all.n);
	f->config.url = own;
	fixture_open(f);
	f->config.url = foreign;
	assert_true(str_has(refused(f, NULL, ERR_STORE), S("is a database of another program; name another file")));
	f->config.url = own;
	fixture_open(f);
	unlink(str_cstr(&f->arena, text));
	unlink(str_cstr(&f->arena, foreign));
}

static void a_bad_schema_name_is_refused(void **state) {
	struct fixture *f = *state;
	if (f->engine != ENGINE_POSTGRES) return;
	struct str own = f->config.url;
	f->config.url = str_cat(&f->arena, own, S("X"));
	assert_true(str_has(refused(f, NULL, ERR_INVALID), S("a schema name has up to 63 of a-z, 0-9 and _")));
	f->config.url = own;
	fixture_open(f);
}

/* ---- */

/* An empty set first: the file or schema is there, and nothing in it. */
static int up(void **state) {
	static const struct migration_set none = {NULL, 0};
	struct fixture *f = heap_alloc(sizeof *f);
	fixture_place(f, *(const enum store_engine *)*state);
	f->config.migrations = &none;
	fixture_open(f);
	*state = f;
	return 0;
}

int main(int argc, char **argv) {
	if (argc == 3 && strcmp(argv[1], "child") == 0) return child(argv[2]);
	static const struct engine_test tests[] = {
		BOTH(a_newer_program_adds_what_is_missing),
		BOTH(an_older_program_refuses),
		BOTH(a_changed_text_is_refused),
		BOTH(a_gap_is_refused),
		BOTH(a_failing_migration_is_undone),
		BOTH(servers_that_start_at_once_share_the_work),
		BOTH(a_killed_migration_is_carried_on),
		BOTH(what_is_not_there_is_not_made_unasked),
		BOTH(another_programs_file_is_left_alone),
		BOTH(a_bad_schema_name_is_refused),
	};
	return run_with("migrate", tests, LEN(tests), up, fixture_down);
}
