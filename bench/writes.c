/* bench_writes DATABASE CALLERS MS - durable writes with their audit rows, by many callers at once.
 *
 * Each caller changes a project of its own again and again: fetch it as the actor sees it, set a
 * field, record_update (rules, UPDATE, audit row of the chain), and waits until that is on disk.
 * Before and after, one thread appends to a file beside the database and syncs each block: the rate
 * that a database with a sync for each write cannot pass on this disk. Prints
 *   writes a second, slowest caller's writes, fastest caller's writes, syncs a second. */
#include "bench.h"

#include "app.h"
#include "base/day.h"
#include "domain/project.h"
#include "domain/session.h"
#include "domain/write.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { CALLERS_MAX = 256, BLOCK = 4096 };

struct bench {
	struct app app;
	struct actor actor;
	struct arena arena;
	_Atomic bool is_over;
};

struct caller {
	struct bench *bench;
	pthread_t thread;
	int64_t project, done;
};

static enum err change(struct ctx *ctx, void *arg) {
	const struct caller *c = arg;
	struct project old, rec;
	struct fieldset set = {0};
	enum err e = record_get(ctx, &project_noun, c->project, &old);
	if (e) return e;
	rec = old;
	rec.handler = str_cat(ctx->arena, S("责任单位"), str_of_int(ctx->arena, c->done));
	fieldset_add(&set, (size_t)project_field_index(S("handler")));
	return record_update(ctx, &project_noun, &old, &rec, &set);
}

static void *call(void *arg) {
	struct caller *c = arg;
	struct arena a = {0};
	while (!c->bench->is_over) {
		struct ctx ctx;
		ctx_init(&ctx, &c->bench->app, &a, NULL);
		ctx.actor = c->bench->actor;
		if (ctx_write(&ctx, change, c)) die("write", "refused");
		c->done++;
		arena_reset(&a);
	}
	arena_release(&a);
	return NULL;
}

static int compare(const void *a, const void *b) {
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* Blocks that grow the file, as a log does. */
static double syncs_a_second(struct bench *b, const char *database, int64_t ms) {
	static const char block[BLOCK] = {1};
	const char *path = str_cstr(&b->arena, str_cat(&b->arena, str_c(database), S(".sync")));
	int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0600);
	if (fd < 0) die(path, "cannot be made");
	int64_t n = 0, began = wall_ns(), took;
	while ((took = wall_ns() - began) < ms * 1000000) {
		if (write(fd, block, BLOCK) != BLOCK || fdatasync(fd)) die(path, "cannot be written");
		n++;
	}
	close(fd);
	unlink(path);
	return (double)n * 1e9 / (double)took;
}

static void open_city(struct bench *b, const char *url) {
	struct str why;
	struct ctx ctx;
	const struct app_config config = {.url = str_c(url), .today = DAY_NONE};
	if (app_open(&b->app, &b->arena, &config, &why)) die(url, str_cstr(&b->arena, why));
	struct db *db = store_reader(b->app.store);
	if (!db) die(url, "no read connection");
	ctx_init(&ctx, &b->app, &b->arena, db);
	if (session_act_as(&ctx, S("city_staff"), 0)) die("city_staff", "is no account of this city");
	b->actor = ctx.actor;
	db_close(db);
}

int main(int argc, char **argv) {
	if (argc != 4) die("usage", "bench_writes DATABASE CALLERS MS");
	static struct caller callers[CALLERS_MAX];
	static struct bench b;
	int64_t n = arg_int(argv[2], 1), ms = arg_int(argv[3], 10), counts[CALLERS_MAX], sum = 0;
	if (n > CALLERS_MAX) die(argv[2], "too many callers");
	open_city(&b, argv[1]);
	double syncs = syncs_a_second(&b, argv[1], ms / 4);
	int64_t began = wall_ns();
	for (int64_t i = 0; i < n; i++) {
		callers[i] = (struct caller){.bench = &b, .project = 101 + i};
		if (pthread_create(&callers[i].thread, NULL, call, &callers[i])) die("thread", "cannot be made");
	}
	usleep((useconds_t)(ms * 1000));
	b.is_over = true;
	for (int64_t i = 0; i < n; i++) pthread_join(callers[i].thread, NULL);
	double took = (double)(wall_ns() - began) / 1e9;
	syncs = (syncs + syncs_a_second(&b, argv[1], ms / 4)) / 2;
	for (int64_t i = 0; i < n; i++) sum += counts[i] = callers[i].done;
	qsort(counts, (size_t)n, sizeof *counts, compare);
	printf("%.1f %lld %lld %.1f\n", (double)sum / took, (long long)counts[0], (long long)counts[n - 1], syncs);
	app_close(&b.app);
	arena_release(&b.arena);
	return 0;
}
