#include "night.h"

#include "base/day.h"
#include "base/log.h"
#include "domain/account.h"
#include "domain/tidy.h"

#include <assert.h>
#include <pthread.h>
#include <time.h>

enum { LOOK_MS = 60000 }; /* a clock that is set, or a machine that slept, is noticed within a minute */

struct night {
	struct app *app;
	struct arena arena;
	struct str head_path;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t stop;
	bool is_over;
};

enum err night_run(struct ctx *ctx, struct str head_path) {
	struct tidied t;
	enum err e = tidy(ctx, &t), kept = tidy_note_head(ctx, head_path);
	return e ? e : kept;
}

static void run_once(struct night *n) {
	struct arena a = {0};
	struct ctx ctx;
	struct db *db = store_reader(n->app->store);
	if (!db) return; /* logged there */
	ctx_init(&ctx, n->app, &a, db);
	ctx.actor = actor_console(ROLE_SYS_ADMIN);
	enum err e = night_run(&ctx, n->head_path);
	if (e) LOG(LOG_ERROR, "night_failed", {"code", str_c(err_name(e))});
	db_close(db);
	arena_release(&a);
}

/* False when it is time to end. */
static bool wait_until(struct night *n, int64_t at_ms) {
	pthread_mutex_lock(&n->lock);
	while (!n->is_over && n->app->clock() < at_ms) {
		struct timespec t;
		clock_gettime(CLOCK_REALTIME, &t);
		t.tv_sec += LOOK_MS / 1000;
		pthread_cond_timedwait(&n->stop, &n->lock, &t);
	}
	bool goes_on = !n->is_over;
	pthread_mutex_unlock(&n->lock);
	return goes_on;
}

static void *work(void *it) {
	struct night *n = it;
	while (wait_until(n, tidy_next_ms(n->app->clock()))) run_once(n);
	return NULL;
}

struct night *night_start(struct app *app, struct str head_path) {
	struct night *n = heap_alloc(sizeof *n);
	n->app = app;
	n->head_path = str_copy(&n->arena, head_path);
	pthread_mutex_init(&n->lock, NULL);
	pthread_cond_init(&n->stop, NULL);
	int rc = pthread_create(&n->thread, NULL, work, n);
	assert(rc == 0);
	(void)rc;
	return n;
}

void night_stop(struct night *n) {
	if (!n) return;
	pthread_mutex_lock(&n->lock);
	n->is_over = true;
	pthread_cond_signal(&n->stop);
	pthread_mutex_unlock(&n->lock);
	pthread_join(n->thread, NULL);
	pthread_cond_destroy(&n->stop);
	pthread_mutex_destroy(&n->lock);
	arena_release(&n->arena);
	heap_free(n);
}
