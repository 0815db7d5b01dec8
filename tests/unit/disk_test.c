/* The whole program on a disk that fails, loses its power, or whose server is killed: projects are added and
 * edited, evidence is uploaded, lists are imported, through the API. Every answer 2xx is found again after
 * the next start, and every invariant of the city holds; a failed write stops writing and says so; reading
 * goes on. */
#include "city.h"

#include "fault_vfs.h"

#include "api/api.h"
#include "domain/invariant.h"
#include "domain/job.h"
#include "domain/reference.h"
#include "domain/search.h"
#include "domain/session.h"
#include "store/copy.h"

#include <jansson.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum { STEPS = 24, EVIDENCE_BYTES = 30000 };

static uint64_t random_state = 20240410;
static int random_below(int n) {
	random_state = random_state * 6364136223846793005u + 1442695040888963407u;
	return (int)((random_state >> 33) % (uint64_t)n);
}

/* ---- the load ---- */

enum kind { ADD, EDIT, UPLOAD, IMPORT, KINDS };
struct load {
	struct city *city;
	struct arena arena;
	int64_t project;              /* newest that was acknowledged */
	int acked[STEPS];             /* 0 = not; else kind + 1 */
	int last_status;
};

static struct str numbered(struct arena *a, const char *before, int i, const char *after) {
	struct buf b = {.arena = a};
	buf_c(&b, before);
	buf_int(&b, i);
	buf_c(&b, after);
	return str_copy(a, buf_str(&b));
}

static json_t *request(struct load *l, enum method m, struct str path, struct str query, struct str body) {
	struct res res = {0};
	struct req q = {.arena = &l->arena, .method = m, .path = path, .query = query, .body = body, .remote = S("10.0.0.1"), .is_loopback = true,
		.content_type = S("application/json"), .as_login = S("lina")};
	if (m == METHOD_PATCH) q.if_match = S("*");
	api_handle(&l->city->app, l->city->fixture.db, &q, &res);
	l->last_status = res.status;
	return res.body.n ? json_loadb(res.body.p, res.body.n, JSON_DECODE_ANY, NULL) : NULL;
}

static int64_t id_of(json_t *answer, const char *member) {
	int64_t id = json_integer_value(json_object_get(answer, member));
	json_decref(answer);
	return id;
}

static bool is_done(const struct load *l) {
	return l->last_status >= 200 && l->last_status < 300;
}

static bool add_project(struct load *l, int i) {
	int64_t id = id_of(request(l, METHOD_POST, S("/api/v1/projects"), S(""), numbered(&l->arena, "{\"name\":\"项目", i, "\",\"region_code\":\"370783\"}")), "id");
	if (is_done(l)) l->project = id;
	return is_done(l);
}

static bool edit_project(struct load *l, int i) {
	struct buf b = {.arena = &l->arena};
	buf_c(&b, "/api/v1/projects/");
	buf_int(&b, l->project);
	struct str path = str_copy(&l->arena, buf_str(&b));
	int64_t version = id_of(request(l, METHOD_GET, path, S(""), S("")), "row_version");
	if (!is_done(l)) return false;
	struct res res = {0};
	struct req q = {.arena = &l->arena, .method = METHOD_PATCH, .path = path, .remote = S("10.0.0.1"), .is_loopback = true,
		.body = numbered(&l->arena, "{\"note\":\"改", i, "\"}"), .content_type = S("application/json"), .as_login = S("lina"),
		.if_match = numbered(&l->arena, "\"", (int)version, "\"")};
	api_handle(&l->city->app, l->city->fixture.db, &q, &res);
	l->last_status = res.status;
	return is_done(l);
}

static bool upload(struct load *l, int i) {
	char *bytes = arena_alloc(&l->arena, EVIDENCE_BYTES);
	memset(bytes, 'a' + i % 26, EVIDENCE_BYTES);
	memcpy(bytes, "file ", 5);
	struct str query = numbered(&l->arena, "kind=OTHER&project_id=", (int)l->project, "");
	query = str_cat(&l->arena, query, numbered(&l->arena, "&file_name=", i, ".txt"));
	json_decref(request(l, METHOD_POST, S("/api/v1/evidence"), query, (struct str){bytes, EVIDENCE_BYTES}));
	return is_done(l);
}

static bool wait_job(struct load *l, int64_t job) {
	bool is_good = false;
	city_request(l->city);
	if (session_act_as(&l->city->ctx, S("lina"), 0) || job_wait(&l->city->ctx, job)) return false;
	struct buf b = {.arena = &l->arena};
	buf_c(&b, "/api/v1/jobs/");
	buf_int(&b, job);
	json_t *answer = request(l, METHOD_GET, buf_str(&b), S(""), S(""));
	const char *state = json_string_value(json_object_get(answer, "state"));
	is_good = state && strcmp(state, "DONE") == 0;
	json_decref(answer);
	return is_done(l) && is_good;
}

static bool import(struct load *l, int i) {
	struct buf b = {.arena = &l->arena};
	buf_c(&b, "项目名称,总投资（万元）,备注\n");
	for (int k = 0; k < 5; k++) {
		buf_add(&b, numbered(&l->arena, "批次", i, "之"));
		buf_add(&b, numbered(&l->arena, "", k, ",1000,无\n"));
	}
	int64_t id = id_of(request(l, METHOD_POST, S("/api/v1/imports"), S("file_name=a.csv&region_code=370783"), str_copy(&l->arena, buf_str(&b))), "id");
	static const char *const steps[] = {"check", "write"};
	for (size_t s = 0; is_done(l) && s < LEN(steps); s++) {
		struct str path = str_cat(&l->arena, numbered(&l->arena, "/api/v1/imports/", (int)id, "/"), str_c(steps[s]));
		int64_t job = id_of(request(l, METHOD_POST, path, S(""), S("{}")), "job_id");
		if (!is_done(l) || !wait_job(l, job)) return false;
	}
	return is_done(l);
}

static enum kind kind_of(int i) {
	return i == 0 ? ADD : i % 8 == 7 ? IMPORT : (enum kind)(i % 3);
}

static bool step(struct load *l, int i) {
	static bool (*const acts[KINDS])(struct load *l, int i) = {add_project, edit_project, upload, import};
	enum kind k = kind_of(i);
	bool is_acked = acts[k](l, i);
	if (is_acked) l->acked[i] = (int)k + 1;
	return is_acked;
}

/* ---- a city at a path ---- */

static void open_at(struct city *c, const char *dir, const char *vfs) {
	*c = (struct city){0};
	c->fixture.engine = ENGINE_SQLITE;
	snprintf(c->fixture.dir, sizeof c->fixture.dir, "%s", dir);
	c->fixture.config = (struct store_config){.url = file_in(&c->fixture, "city.db"), .is_create = true, .vfs = vfs};
	city_set_clock(1712714400000);
	fixture_open(&c->fixture);
	city_start(c);
	assert_int_equal(search_ready(&c->ctx), ERR_OK); /* as the program does at its start */
}

static void close_it(struct city *c) {
	city_stop(c);
	fixture_close(&c->fixture);
	arena_release(&c->fixture.arena);
}

static void furnish(struct city *c) {
	assert_int_equal(reference_load(&c->ctx), ERR_OK);
	city_account(c, "lina", "correct horse battery", ROLE_CITY_STAFF, "3707", 0);
}

static void empty_dir(const char *dir) {
	static const char *const names[] = {"city.db", "city.db-wal", "city.db-shm", "city.db-journal"};
	char path[120];
	for (size_t i = 0; i < LEN(names); i++) {
		snprintf(path, sizeof path, "%s/%s", dir, names[i]);
		unlink(path);
	}
	rmdir(dir);
}

static int64_t count(struct city *c, const char *before, int i, const char *after) {
	return city_count(c, str_cstr(&c->fixture.arena, numbered(&c->fixture.arena, before, i, after)));
}

/* An edit is there, or a later one in its place. */
static bool is_there(struct city *c, const struct load *l, int i) {
	switch (l->acked[i] - 1) {
	case ADD: return count(c, "SELECT count(*) FROM project WHERE name = '项目", i, "'") == 1;
	case EDIT: return count(c, "SELECT count(*) FROM audit WHERE object = 'project' AND action = 'update' AND diff LIKE '%改", i, "\"%'") >= 1;
	case UPLOAD: return count(c, "SELECT count(*) FROM evidence e JOIN file_blob b ON b.sha256 = e.sha256 WHERE length(b.bytes) = 30000 AND e.file_name = '", i, ".txt'") == 1;
	default: return count(c, "SELECT count(*) FROM project WHERE name LIKE '批次", i, "之%'") == 5;
	}
}

static int check_all(struct city *c, const struct load *l) {
	struct invariant_result *list;
	size_t n;
	int acked = 0;
	for (int i = 0; i < STEPS; i++) {
		if (!l->acked[i]) continue;
		acked++;
		if (!is_there(c, l, i)) fail_saying("step %d (kind %d) was acknowledged and is lost", i, l->acked[i] - 1);
	}
	city_request(c);
	assert_int_equal(invariants_check(&c->ctx, &list, &n), ERR_OK);
	for (size_t i = 0; i < n; i++)
		if (list[i].n) fail_saying("%.*s is broken: %.*s", SHOW(list[i].code), SHOW(list[i].rows[0].detail));
	/* no half of an import: its rows come with their batch or not at all */
	assert_int_equal(city_count(c, "SELECT count(*) FROM project WHERE import_id IS NOT NULL") % 5, 0);
	return acked;
}

/* ---- calls that fail ---- */

static const struct failure {
	const char *why;
	enum fault fault;
	const char *suffix;
	bool stops;                 /* writing must stop for good; of the others only no loss is asked */
} failures[] = {
	{"EIO writing the log", FAULT_WRITE_EIO, "-wal", true},
	{"disk full writing the log", FAULT_WRITE_FULL, "-wal", true},
	{"EIO syncing the log", FAULT_SYNC_EIO, "-wal", true},
	{"EIO reading the log", FAULT_READ_EIO, "-wal", false},
	{"EIO reading the file", FAULT_READ_EIO, ".db", false},
	{"EIO locking", FAULT_LOCK_EIO, ".db", false},
	{"EIO truncating", FAULT_TRUNCATE_EIO, "-wal", false},
	{"the file cannot be opened", FAULT_OPEN_EIO, ".db", false},
	{"EIO writing the file", FAULT_WRITE_EIO, ".db", false},
	{"disk full writing the file", FAULT_WRITE_FULL, ".db", false},
	{"EIO syncing the file", FAULT_SYNC_EIO, ".db", false},
};

static void assert_stopped(struct load *l) {
	json_t *status = request(l, METHOD_GET, S("/api/v1/status"), S(""), S(""));
	assert_int_equal(l->last_status, 200); /* reading goes on */
	assert_true(json_is_false(json_object_get(status, "is_writable")));
	json_decref(status);
	json_decref(request(l, METHOD_GET, S("/api/v1/projects"), S("count=1"), S("")));
	assert_int_equal(l->last_status, 200);
	json_t *refused = request(l, METHOD_POST, S("/api/v1/projects"), S(""), S("{\"name\":\"再试\",\"region_code\":\"370783\"}"));
	assert_int_equal(l->last_status, 503);
	assert_string_equal(json_string_value(json_object_get(json_array_get(json_object_get(refused, "errors"), 0), "code")), "store_stopped");
	json_decref(refused);
	assert_false(store_health(l->city->fixture.store).is_writable); /* what /healthz answers 503 by */
}

static void fail_from(const struct failure *f, int at) {
	char dir[] = "/tmp/disk-test-XXXXXX";
	assert_non_null(mkdtemp(dir));
	struct city c;
	struct load l = {.city = &c};
	struct fault_disk *disk = fault_new("fault");
	open_at(&c, dir, "fault");
	furnish(&c);
	for (int i = 0; i < at; i++) assert_true(step(&l, i));
	fault_set(disk, f->fault, f->suffix);
	int failed = 0;
	for (int i = at; i < STEPS; i++) failed += !step(&l, i);
	bool has_stopped = store_has_stopped(c.fixture.store);
	if (f->stops) assert_true(has_stopped && failed > 0);
	fault_set(disk, FAULT_NONE, "");
	if (has_stopped) assert_stopped(&l); /* also when the disk works again */
	close_it(&c);
	fault_free(disk);
	open_at(&c, dir, NULL);
	int acked = check_all(&c, &l);
	assert_true(acked >= at);
	assert_true(add_project(&l, 1000 + at)); /* a new start writes again */
	close_it(&c);
	arena_release(&l.arena);
	empty_dir(dir);
}

static void a_failing_call_loses_nothing(void **state) {
	(void)state;
	for (size_t i = 0; i < LEN(failures); i++) {
		print_message("# %s\n", failures[i].why);
		fail_from(&failures[i], 9);
	}
}

/* ---- power cuts ---- */

static void a_power_cut_loses_nothing(void **state) {
	(void)state;
	int acked = 0, cuts = 0;
	for (int round = 0; round < 12; round++) {
		char dir[] = "/tmp/disk-test-XXXXXX", next[] = "/tmp/disk-test-XXXXXX";
		assert_non_null(mkdtemp(dir));
		assert_non_null(mkdtemp(next));
		struct city c;
		struct load l = {.city = &c};
		struct fault_disk *disk = fault_new("fault");
		open_at(&c, dir, "fault");
		furnish(&c);
		fault_cut_after(disk, 20 + random_below(250));
		for (int i = 0; i < STEPS && !fault_is_cut(disk); i++) (void)step(&l, i);
		cuts += fault_is_cut(disk);
		close_it(&c);
		fault_image(disk, (uint64_t)round * 7919 + 1, next);
		fault_free(disk);
		empty_dir(dir);
		open_at(&c, next, NULL);
		acked += check_all(&c, &l);
		close_it(&c);
		arena_release(&l.arena);
		empty_dir(next);
	}
	print_message("# %d cuts, %d acknowledged, none lost\n", cuts, acked);
	assert_true(cuts >= 8 && acked > 20);
}

/* ---- upgrades ---- */

/* From the first schema to the newest with the power going at every third write: the next start ends it. */
static void an_upgrade_that_was_cut_is_ended(void **state) {
	(void)state;
	const struct migration_set first = {own_migrations.list, 1};
	int cuts = 0;
	for (int64_t at = 1;; at += 3) {
		char dir[] = "/tmp/disk-test-XXXXXX", next[] = "/tmp/disk-test-XXXXXX", file[100];
		struct arena a = {0};
		struct store *s = NULL;
		struct str why = {0};
		assert_non_null(mkdtemp(dir));
		assert_non_null(mkdtemp(next));
		snprintf(file, sizeof file, "%s/city.db", dir);
		struct store_config config = {.url = str_c(file), .is_create = true, .migrations = &first};
		assert_int_equal(store_open(&a, &config, &s, &why), ERR_OK);
		store_close(s);
		struct fault_disk *disk = fault_new("fault");
		config = (struct store_config){.url = str_c(file), .vfs = "fault"};
		fault_cut_after(disk, at);
		s = NULL;
		if (!store_open(&a, &config, &s, &why)) store_close(s);
		bool was_cut = fault_is_cut(disk);
		cuts += was_cut;
		fault_image(disk, (uint64_t)at * 31, next);
		fault_free(disk);
		empty_dir(dir);
		snprintf(file, sizeof file, "%s/city.db", next);
		config = (struct store_config){.url = str_c(file)};
		assert_int_equal(store_open(&a, &config, &s, &why), ERR_OK);
		assert_true(store_is_newest(s));
		struct db *db = store_reader(s);
		assert_int_equal(store_prove_pages(db, &a, false, &why), ERR_OK);
		db_close(db);
		store_close(s);
		empty_dir(next);
		arena_release(&a);
		if (!was_cut) break;
	}
	print_message("# cut at %d places\n", cuts);
	assert_true(cuts > 10);
}

/* ---- kill -9 ---- */

/* The process that is killed: tells each step when it is acknowledged. */
static int child(const char *dir) {
	struct city c;
	struct load l = {.city = &c};
	open_at(&c, dir, NULL);
	furnish(&c);
	for (int i = 0; i < STEPS; i++) {
		char said = (char)i;
		if (!step(&l, i) || write(STDOUT_FILENO, &said, 1) != 1) return 1;
	}
	pause();
	return 0;
}

static void a_kill_loses_nothing(void **state) {
	(void)state;
	int acked = 0;
	for (int round = 0; round < 8; round++) {
		char dir[] = "/tmp/disk-test-XXXXXX", said;
		int ends[2], status, limit = 1 + random_below(STEPS - 1), seen = 0;
		assert_non_null(mkdtemp(dir));
		assert_int_equal(pipe(ends), 0);
		pid_t pid = fork();
		if (!pid) {
			dup2(ends[1], STDOUT_FILENO);
			close(ends[0]);
			close(ends[1]);
			execl("/proc/self/exe", "disk_test", "child", dir, (char *)NULL);
			_exit(127);
		}
		close(ends[1]);
		struct city c;
		struct load l = {.city = &c};
		while (read(ends[0], &said, 1) == 1) {
			assert_in_range(said, 0, STEPS - 1);
			l.acked[(int)said] = (int)kind_of(said) + 1;
			if (++seen == limit) kill(pid, SIGKILL);
		}
		close(ends[0]);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status) && seen >= limit);
		open_at(&c, dir, NULL);
		acked += check_all(&c, &l);
		close_it(&c);
		arena_release(&l.arena);
		empty_dir(dir);
	}
	print_message("# 8 kills, %d acknowledged, none lost\n", acked);
	assert_true(acked >= 8);
}

int main(int argc, char **argv) {
	if (argc == 3 && strcmp(argv[1], "child") == 0) return child(argv[2]);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_failing_call_loses_nothing), cmocka_unit_test(a_power_cut_loses_nothing),
		cmocka_unit_test(an_upgrade_that_was_cut_is_ended), cmocka_unit_test(a_kill_loses_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
