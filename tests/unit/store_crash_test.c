/* No acknowledged write is lost and no half of one is seen: kill -9, power cuts, failing disks.
 *
 * A write is a job of two rows, a thing and its part. After each end the database is opened again:
 * every write that was answered with ERR_OK must be there, things and parts must be as many, and
 * integrity_check must find nothing. That the power-cut loop can fail is shown by running it with
 * synchronous=NORMAL, where it must find losses. */
#include "store_fixture.h"

#include "fault_vfs.h"

#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum { ROUNDS = 200, WRITERS = 4, NAME = 48 };

static uint64_t random_state = 20240410;
static uint64_t random_below(uint64_t n) {
	random_state = random_state * 6364136223846793005u + 1442695040888963407u;
	return (random_state >> 33) % n;
}

/* ---- the write ---- */

struct write {
	char name[NAME];
	size_t bytes; /* of a blob that makes it span pages */
};

static void name_of(struct write *w, int round, int writer, int number) {
	snprintf(w->name, sizeof w->name, "%d/%d/%d", round, writer, number);
}

static enum err write_pair(struct db *db, void *it) {
	const struct write *w = it;
	struct arena a = {0};
	int64_t id;
	struct str blob = {arena_alloc(&a, w->bytes + 1), w->bytes};
	const struct column c[] = {{S("name"), VT(str_c(w->name))}, {S("amount_fen"), VI(1)}, {S("data"), VB(blob)}};
	enum err e = db_insert(db, S("thing"), c, LEN(c), &id);
	if (!e) e = DB_RUN(db, Q_PART_ADD, VI(id), VT(S("its part")));
	arena_release(&a);
	return e;
}

/* ---- opening and checking ---- */

static struct store *open_at(struct arena *a, const struct store_config *config) {
	struct str why = {0};
	struct store *s = NULL;
	enum err e = store_open(a, config, &s, &why);
	if (e) print_error("%.*s\n", (int)why.n, why.p);
	assert_int_equal(e, ERR_OK);
	return s;
}

static struct str one_text(struct db *db, struct arena *a, struct str sql) {
	struct rows *r;
	struct statement st = {.sql = sql, .id = Q__N};
	assert_int_equal(db_query_statement(db, a, &st, &r), ERR_OK);
	return rows_next(r) ? str_copy(a, rows_text(r, 0)) : (struct str){0};
}

static int64_t one_int(struct db *db, enum query_id q) {
	int64_t n = -1;
	assert_int_equal(db_int(db, q, NULL, 0, &n), ERR_OK);
	return n;
}

static void check_whole(struct db *db) {
	struct arena a = {0};
	assert_str(one_text(db, &a, S("PRAGMA integrity_check")), S("ok"));
	assert_str(one_text(db, &a, S("PRAGMA foreign_key_check")), S(""));
	assert_int_equal(one_int(db, Q_THING_COUNT), one_int(db, Q_PART_COUNT));
	arena_release(&a);
}

static bool is_there(struct db *db, const char *name) {
	int64_t n;
	return db_int(db, Q_THING_AMOUNT, (struct value[]){VT(str_c(name))}, 1, &n) == ERR_OK;
}

/* How many of a writer's first `acked` writes are not there. */
static int count_lost(struct db *db, int round, const int *acked) {
	int lost = 0;
	for (int w = 0; w < WRITERS; w++) {
		for (int i = 0; i < acked[w]; i++) {
			struct write write;
			name_of(&write, round, w, i);
			if (!is_there(db, write.name)) lost++;
		}
	}
	return lost;
}

/* ---- power cuts ---- */

struct power_writer {
	struct store *store;
	pthread_t thread;
	int round, at, quota, acked;
	size_t bytes;
};

static void *write_until_dark(void *it) {
	struct power_writer *p = it;
	for (int i = 0; i < p->quota; i++) {
		struct write w = {.bytes = i % 4 ? 0 : p->bytes};
		name_of(&w, p->round, p->at, i);
		if (store_write(p->store, write_pair, &w)) return NULL;
		p->acked++;
	}
	return NULL;
}

static void write_at_once(struct store *s, int round, int *acked) {
	struct power_writer writers[WRITERS];
	for (int i = 0; i < WRITERS; i++) {
		writers[i] = (struct power_writer){.store = s, .round = round, .at = i,
			.quota = 1 + (int)random_below(12), .bytes = random_below(3) ? 0 : 20000};
		assert_int_equal(pthread_create(&writers[i].thread, NULL, write_until_dark, &writers[i]), 0);
	}
	for (int i = 0; i < WRITERS; i++) {
		pthread_join(writers[i].thread, NULL);
		acked[i] = writers[i].acked;
	}
}

static void dir_of(char out[80], const struct fixture *f, int round) {
	snprintf(out, 80, "%s/%d", f->dir, round);
}

static void remove_dir(const char *dir) {
	static const char *const names[] = {"city.db", "city.db-wal", "city.db-shm", "city.db-journal"};
	char path[120];
	for (size_t i = 0; i < LEN(names); i++) {
		snprintf(path, sizeof path, "%s/%s", dir, names[i]);
		unlink(path);
	}
	rmdir(dir);
}

struct losses {
	int64_t acked, lost;
	int rounds, while_writing, while_closing; /* the others: right after closing */
};

/* Runs on the files of the round until the power goes, in the midst of writing or of closing. */
static void run_until_cut(struct arena *a, struct store_config config, int round, const char *next, int *acked, struct losses *all) {
	struct fault_disk *disk = fault_new("fault");
	config.vfs = "fault";
	struct store *s = open_at(a, &config);
	fault_cut_after(disk, 1 + (int64_t)random_below(400));
	write_at_once(s, round, acked);
	bool is_early = fault_is_cut(disk);
	store_close(s);
	all->while_writing += is_early;
	all->while_closing += !is_early && fault_is_cut(disk);
	assert_int_equal(mkdir(next, 0700), 0);
	fault_image(disk, random_state ^ (uint64_t)round, next);
	fault_free(disk);
}

/* Each round starts from what the cut before has left. Stops at the first loss. */
static struct losses cut_the_power(struct fixture *f, bool is_synchronous_off) {
	struct losses all = {0};
	for (int round = 0; round < ROUNDS && !all.lost; round++) {
		struct arena a = {0};
		char dir[80], next[80], file[100];
		int acked[WRITERS];
		dir_of(dir, f, round);
		dir_of(next, f, round + 1);
		snprintf(file, sizeof file, "%s/city.db", dir);
		struct store_config config = {.url = str_c(file), .is_create = true, .is_synchronous_off = is_synchronous_off};
		run_until_cut(&a, config, round, next, acked, &all);
		remove_dir(dir);
		snprintf(file, sizeof file, "%s/city.db", next);
		config.url = str_c(file);
		config.is_create = false; /* the file itself must have survived */
		struct store *s = open_at(&a, &config);
		struct db *db = store_reader(s);
		check_whole(db);
		for (int i = 0; i < WRITERS; i++) all.acked += acked[i];
		all.lost += count_lost(db, round, acked);
		if (!is_synchronous_off) assert_true(one_int(db, Q_THING_COUNT) >= all.acked);
		all.rounds++;
		db_close(db);
		store_close(s);
		arena_release(&a);
	}
	char dir[80];
	dir_of(dir, f, all.rounds);
	remove_dir(dir);
	return all;
}

static void first_dir(struct fixture *f) {
	char dir[80];
	dir_of(dir, f, 0);
	assert_int_equal(mkdir(dir, 0700), 0);
}

static void a_power_cut_loses_nothing(void **state) {
	struct fixture *f = *state;
	first_dir(f);
	struct losses all = cut_the_power(f, false);
	print_message("# %d cuts (%d while writing, %d while closing), %d acknowledged, %d lost\n", all.rounds,
		all.while_writing, all.while_closing, (int)all.acked, (int)all.lost);
	assert_true(all.while_writing > 0 && all.while_closing > 0);
	assert_int_equal(all.lost, 0);
	assert_int_equal(all.rounds, ROUNDS);
	assert_true(all.acked > ROUNDS);
}

static void the_loop_catches_synchronous_normal(void **state) {
	struct fixture *f = *state;
	first_dir(f);
	struct losses all = cut_the_power(f, true);
	print_message("# %d cuts, %d acknowledged, %d lost\n", all.rounds, (int)all.acked, (int)all.lost);
	assert_true(all.lost > 0);
}

/* ---- kill -9 ---- */

struct child_writer {
	struct store *store;
	int round, at;
	size_t bytes;
};

/* Tells each acknowledged write in one byte: the writer's number. A pipe takes it whole. */
static void *write_and_tell(void *it) {
	struct child_writer *c = it;
	for (int i = 0;; i++) {
		struct write w = {.bytes = i % 4 ? 0 : c->bytes};
		name_of(&w, c->round, c->at, i);
		char who = (char)c->at;
		if (store_write(c->store, write_pair, &w) || write(STDOUT_FILENO, &who, 1) != 1) return NULL;
	}
}

/* The process that is killed: this program with the file and the round as arguments. */
static int child(const char *file, const char *round) {
	struct arena a = {0};
	struct str why;
	struct store *s;
	if (store_open(&a, &(struct store_config){.url = str_c(file), .is_create = true}, &s, &why)) return 1;
	struct child_writer writers[WRITERS];
	pthread_t threads[WRITERS];
	for (int i = 0; i < WRITERS; i++) {
		writers[i] = (struct child_writer){s, atoi(round), i, 20000};
		if (pthread_create(&threads[i], NULL, write_and_tell, &writers[i])) return 1;
	}
	for (int i = 0; i < WRITERS; i++) pthread_join(threads[i], NULL);
	return 0;
}

static pid_t start_child(const char *file, int round, int *out) {
	int ends[2];
	char number[16];
	assert_int_equal(pipe(ends), 0);
	snprintf(number, sizeof number, "%d", round);
	pid_t pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execl("/proc/self/exe", "store_crash_test", "child", file, number, (char *)NULL);
		_exit(127);
	}
	assert_true(pid > 0);
	close(ends[1]);
	*out = ends[0];
	return pid;
}

/* Kills it after some number of answers, then counts what it told before it died. */
static void run_until_killed(const char *file, int round, int *acked) {
	int in, seen = 0, limit = 1 + (int)random_below(40), status;
	pid_t pid = start_child(file, round, &in);
	char who;
	memset(acked, 0, WRITERS * sizeof *acked);
	while (read(in, &who, 1) == 1) {
		assert_in_range(who, 0, WRITERS - 1);
		acked[(int)who]++;
		if (++seen == limit) kill(pid, SIGKILL);
	}
	close(in);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	assert_true(seen >= limit);
}

static void a_kill_loses_nothing(void **state) {
	struct fixture *f = *state;
	struct str file = file_in(f, "city.db");
	const char *path = str_cstr(&f->arena, file);
	int64_t all = 0;
	for (int round = 0; round < ROUNDS; round++) {
		struct arena a = {0};
		int acked[WRITERS];
		run_until_killed(path, round, acked);
		struct store *s = open_at(&a, &(struct store_config){.url = file});
		struct db *db = store_reader(s);
		check_whole(db);
		assert_int_equal(count_lost(db, round, acked), 0);
		for (int i = 0; i < WRITERS; i++) all += acked[i];
		assert_true(one_int(db, Q_THING_COUNT) >= all);
		db_close(db);
		store_close(s);
		arena_release(&a);
	}
	print_message("# %d kills, %d acknowledged\n", ROUNDS, (int)all);
}

/* ---- failing disks ---- */

static const struct failure {
	const char *why;
	enum fault fault;
	const char *suffix;
	size_t bytes;    /* enough to make a checkpoint, which is where the database file is written */
	enum err first;  /* of the write during which the disk fails */
} failures[] = {
	{"EIO writing the log", FAULT_WRITE_EIO, "-wal", 0, ERR_STORE},
	{"ENOSPC writing the log", FAULT_WRITE_FULL, "-wal", 0, ERR_STORE},
	{"EIO syncing the log", FAULT_SYNC_EIO, "-wal", 0, ERR_STORE},
	{"EIO writing the file, after the answer", FAULT_WRITE_EIO, ".db", 20000000, ERR_OK},
	{"ENOSPC writing the file, after the answer", FAULT_WRITE_FULL, ".db", 20000000, ERR_OK},
	{"EIO syncing the file, after the answer", FAULT_SYNC_EIO, ".db", 20000000, ERR_OK},
};

static void expect(struct store *s, const char *name, size_t bytes, enum err want) {
	struct write w = {.bytes = bytes};
	snprintf(w.name, sizeof w.name, "%s", name);
	assert_int_equal(store_write(s, write_pair, &w), want);
}

static void fail_once(struct fixture *f, const struct failure *c) {
	struct fault_disk *disk = fault_new("fault");
	struct store_config config = {.url = file_in(f, "city.db"), .is_create = true, .vfs = "fault"};
	struct store *s = open_at(&f->arena, &config);
	struct db *db = store_reader(s);
	expect(s, "before", 0, ERR_OK);
	fault_set(disk, c->fault, c->suffix);
	expect(s, "during", c->bytes, c->first);
	expect(s, "after", 0, ERR_STORE); /* waits for the checkpoint, too */
	assert_false(store_health(s).is_writable);
	/* The disk works again; the store does not believe it, and does not touch it. */
	fault_set(disk, FAULT_NONE, "");
	int64_t calls = fault_calls(disk);
	expect(s, "later", 0, ERR_STORE);
	assert_true(is_there(db, "before")); /* reading goes on */
	assert_int_equal(is_there(db, "during"), c->first == ERR_OK);
	assert_false(is_there(db, "later"));
	db_close(db);
	store_close(s);
	assert_int_equal(fault_calls(disk), calls);
	/* A new start finds what was acknowledged. */
	s = open_at(&f->arena, &config);
	db = store_reader(s);
	check_whole(db);
	assert_true(is_there(db, "before"));
	if (c->first == ERR_OK) assert_true(is_there(db, "during"));
	expect(s, "again", 0, ERR_OK);
	db_close(db);
	store_close(s);
	fault_free(disk);
}

static void a_failing_disk_stops_the_store(void **state) {
	struct fixture *f = *state;
	for (size_t i = 0; i < LEN(failures); i++) {
		print_message("# %s\n", failures[i].why);
		fail_once(f, &failures[i]);
		fixture_remove(f);
		fixture_place(f, ENGINE_SQLITE);
	}
}

/* ---- */

static int place(void **state) {
	struct fixture *f = heap_alloc(sizeof *f);
	fixture_place(f, ENGINE_SQLITE);
	*state = f;
	return 0;
}

int main(int argc, char **argv) {
	if (argc == 4 && strcmp(argv[1], "child") == 0) return child(argv[2], argv[3]);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_failing_disk_stops_the_store, place, fixture_down),
		cmocka_unit_test_setup_teardown(the_loop_catches_synchronous_normal, place, fixture_down),
		cmocka_unit_test_setup_teardown(a_power_cut_loses_nothing, place, fixture_down),
		cmocka_unit_test_setup_teardown(a_kill_loses_nothing, place, fixture_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
