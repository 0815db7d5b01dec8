/* The threads that run write jobs, first come, first served.
 *
 * SQLite: one thread, many jobs to one commit; that is what makes a durable write cheap, and what
 * makes callers equal: connections that write for themselves starve each other by polled back-off.
 * PostgreSQL: `pool` threads with a connection each, one job to a transaction. */
#include "store/engine.h"

#include "base/log.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <time.h>

enum {
	BATCH_MAX = 256,    /* jobs in one commit: bounds what the first of them waits for */
	WAITING_MAX = 20000,
	ATTEMPTS = 8,       /* of a job that loses against another transaction or its connection */
	IDLE_MS = 1000,     /* how often an idle thread looks whether its server is there */
};

struct job {
	store_job run;
	void *arg;
	void (*done)(enum err, void *); /* NULL: somebody waits on ready */
	pthread_cond_t ready;
	bool is_done;
	enum err result;
	struct job *next;
};

struct worker {
	struct writer *writer;
	struct db *db;
	pthread_t thread;
	bool is_away; /* its server was not there when it was last asked for */
};

struct writer {
	struct store *store;
	pthread_mutex_t lock; /* all below, and is_away */
	pthread_cond_t wake;
	struct job *first, *last;
	int waiting;
	bool is_closing, is_dead;
	int64_t jobs, commits;
	pthread_cond_t turn;    /* of transactions: running may go up, or is 0 */
	int running, wants_alone;
	struct worker workers[POOL_MAX];
	int workers_n;
};

/* ---- the queue ---- */

static void push(struct writer *w, struct job *j) {
	if (w->last) w->last->next = j;
	else w->first = j;
	w->last = j;
	w->waiting++;
	pthread_cond_signal(&w->wake);
}

static struct job *pop(struct writer *w) {
	struct job *j = w->first;
	if (!j) return NULL;
	w->first = j->next;
	if (!w->first) w->last = NULL;
	j->next = NULL;
	w->waiting--;
	return j;
}

static struct job *pop_locked(struct writer *w) {
	pthread_mutex_lock(&w->lock);
	struct job *j = pop(w);
	pthread_mutex_unlock(&w->lock);
	return j;
}

/* Tell everybody in the list. A waiting caller owns its job: after the signal it may be gone. */
static void finish(struct writer *w, struct job *list) {
	struct job *async = NULL, **end = &async;
	pthread_mutex_lock(&w->lock);
	for (struct job *j = list, *next; j; j = next) {
		next = j->next;
		w->jobs++;
		if (j->done) {
			*end = j;
			end = &j->next;
			continue;
		}
		j->is_done = true;
		pthread_cond_signal(&j->ready);
	}
	*end = NULL;
	pthread_mutex_unlock(&w->lock);
	while (async) {
		struct job *j = async;
		async = j->next;
		j->done(j->result, j->arg);
		heap_free(j);
	}
}

/* ---- SQLite: many jobs, one commit ---- */

/* In a savepoint of its own, so that its failure is its own. */
static enum err run_in_savepoint(struct db *db, struct job *j) {
	db->poison = ERR_OK;
	enum err e = db->engine->control(db, SAVEPOINT);
	if (e) return e;
	size_t outer = later_open(db);
	e = db_run_job(db, j->run, j->arg);
	later_close(db, outer, !e);
	db->poison = ERR_OK;
	enum err end = db->engine->control(db, e ? ROLLBACK_TO : RELEASE);
	return e ? e : end;
}

/* The store stops writing for good: what is on disk after a failed write or fsync is not known. */
static void stop_for_good(struct writer *w, struct db *db) {
	db->engine->control(db, ROLLBACK);
	db->is_broken = true;
	LOG(LOG_ERROR, "store_stopped", {"why", db_error(db)}, {"remedy", S("free or repair the disk, then restart")});
	pthread_mutex_lock(&w->lock);
	w->is_dead = true;
	pthread_mutex_unlock(&w->lock);
}

/* Runs jobs until none waits or the batch is full; returns them in order, with results. */
static struct job *run_waiting(struct writer *w, struct db *db, struct job *j, bool *has_good) {
	struct job *list = NULL, **end = &list;
	for (int n = 0; j; j = ++n < BATCH_MAX && !db->is_broken ? pop_locked(w) : NULL) {
		j->result = run_in_savepoint(db, j);
		if (!j->result) *has_good = true;
		*end = j;
		end = &j->next;
	}
	return list;
}

/* All that were good; a refused one has its answer. */
static void fail_all(struct job *list, enum err e) {
	for (struct job *j = list; j; j = j->next)
		if (!j->result) j->result = e;
}

static void run_batch(struct writer *w, struct db *db, struct job *first) {
	if (db->is_broken) {
		first->result = ERR_STORE;
		finish(w, first);
		return;
	}
	enum err e = db->engine->control(db, BEGIN);
	if (e) {
		first->result = e;
		if (db->is_broken) stop_for_good(w, db);
		finish(w, first);
		return;
	}
	bool has_good = false;
	struct job *list = run_waiting(w, db, first, &has_good);
	if (has_good && !db->is_broken && later_run(db)) {
		fail_all(list, ERR_STORE);
		has_good = false;
	}
	later_forget(db);
	if (!db->is_broken) e = db->engine->control(db, has_good ? COMMIT : ROLLBACK);
	if (db->is_broken || e) {
		fail_all(list, ERR_STORE);
		stop_for_good(w, db);
		finish(w, list);
		return;
	}
	if (has_good) {
		pthread_mutex_lock(&w->lock);
		w->commits++;
		pthread_mutex_unlock(&w->lock);
	}
	finish(w, list);
	db->engine->after_commit(db);
	if (db->is_broken) stop_for_good(w, db);
}

/* ---- PostgreSQL: one job, one transaction ---- */

static enum err run_transaction(struct db *db, struct job *j) {
	arena_reset(&db->scratch);
	enum err e = db->engine->ready(db);
	if (e) return e;
	db->poison = ERR_OK;
	db->is_retryable = false;
	e = db->engine->control(db, BEGIN);
	if (!e) e = db_run_job(db, j->run, j->arg);
	db->poison = ERR_OK;
	if (!e) e = later_run(db);
	later_forget(db);
	if (e) {
		db->engine->control(db, ROLLBACK);
		return e;
	}
	return db->engine->control(db, COMMIT);
}

/* Somewhat longer each time, and not the same for two that collided. */
static void pause_before(int attempt, const void *salt) {
	long ms = (1 << attempt) + (long)(((uintptr_t)salt >> 6) % 7);
	struct timespec t = {.tv_nsec = ms * 1000000};
	nanosleep(&t, NULL);
}

/* A job that lost twice runs alone: many jobs on one row would else starve some of them. Those who
 * want to be alone go first. Another process is not held off; there the attempts are the limit. */
static void enter(struct writer *w, bool alone) {
	pthread_mutex_lock(&w->lock);
	if (alone) w->wants_alone++;
	while (alone ? w->running != 0 : w->running < 0 || w->wants_alone) pthread_cond_wait(&w->turn, &w->lock);
	if (alone) w->wants_alone--;
	w->running = alone ? -1 : w->running + 1;
	pthread_mutex_unlock(&w->lock);
}

static void leave(struct writer *w) {
	pthread_mutex_lock(&w->lock);
	w->running = w->running < 0 ? 0 : w->running - 1;
	pthread_cond_broadcast(&w->turn);
	pthread_mutex_unlock(&w->lock);
}

static enum err run_repeatedly(struct writer *w, struct db *db, struct job *j) {
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		if (attempt > 2) pause_before(attempt, j);
		enter(w, attempt >= 2);
		enum err e = run_transaction(db, j);
		leave(w);
		if (!e || !db->is_retryable) return e;
	}
	return db_fail(db, ERR_BUSY, S("the job lost against others too often"));
}

static void note_away(struct worker *me, bool is_away) {
	if (is_away && !me->is_away) LOG(LOG_ERROR, "store_away", {"why", db_error(me->db)});
	if (!is_away && me->is_away) LOG(LOG_WARN, "store_back", {"engine", S("postgres")});
	me->is_away = is_away;
}

static void run_one(struct worker *me, struct job *j) {
	struct writer *w = me->writer;
	j->result = run_repeatedly(w, me->db, j);
	pthread_mutex_lock(&w->lock);
	note_away(me, me->db->is_broken);
	if (!j->result) w->commits++;
	pthread_mutex_unlock(&w->lock);
	finish(w, j);
}

/* ---- threads ---- */

static void wait_ms(struct writer *w, int ms) {
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_nsec += (long)ms * 1000000;
	t.tv_sec += t.tv_nsec / 1000000000;
	t.tv_nsec %= 1000000000;
	pthread_cond_timedwait(&w->wake, &w->lock, &t);
}

/* Only the first of the pool watches while it is idle: one connection tells whether the server is
 * there, and health shows it before a user meets it. */
static void idle(struct worker *me) {
	struct writer *w = me->writer;
	bool is_watch = !w->store->engine->is_single_writer && me == w->workers;
	if (!is_watch) {
		pthread_cond_wait(&w->wake, &w->lock);
		return;
	}
	wait_ms(w, IDLE_MS);
	if (w->first || w->is_closing) return;
	pthread_mutex_unlock(&w->lock);
	arena_reset(&me->db->scratch);
	bool is_away = me->db->engine->ready(me->db) != ERR_OK;
	pthread_mutex_lock(&w->lock);
	note_away(me, is_away);
	if (w->first) pthread_cond_signal(&w->wake);
}

static void *work(void *it) {
	struct worker *me = it;
	struct writer *w = me->writer;
	for (;;) {
		pthread_mutex_lock(&w->lock);
		while (!w->first && !w->is_closing) idle(me);
		struct job *j = pop(w);
		pthread_mutex_unlock(&w->lock);
		if (!j) return NULL;
		if (w->store->engine->is_single_writer) run_batch(w, me->db, j);
		else run_one(me, j);
	}
}

static void start(struct writer *w, struct db *db) {
	struct worker *me = &w->workers[w->workers_n++];
	me->writer = w;
	me->db = db;
	int rc = pthread_create(&me->thread, NULL, work, me);
	assert(rc == 0);
	(void)rc;
}

struct writer *writer_new(struct store *s, struct db *first) {
	struct writer *w = heap_alloc(sizeof *w);
	w->store = s;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->wake, NULL);
	pthread_cond_init(&w->turn, NULL);
	start(w, first);
	int pool = s->engine->is_single_writer ? 1 : s->config.pool;
	struct arena a = {0};
	struct str why;
	struct db *db;
	while (w->workers_n < pool && !s->engine->open(s, &a, FOR_POOL, &db, &why)) start(w, db);
	arena_release(&a);
	return w;
}

void writer_free(struct writer *w) {
	pthread_mutex_lock(&w->lock);
	w->is_closing = true;
	pthread_cond_broadcast(&w->wake);
	pthread_mutex_unlock(&w->lock);
	for (int i = 0; i < w->workers_n; i++) pthread_join(w->workers[i].thread, NULL);
	for (int i = 0; i < w->workers_n; i++) db_close(w->workers[i].db);
	pthread_cond_destroy(&w->turn);
	pthread_cond_destroy(&w->wake);
	pthread_mutex_destroy(&w->lock);
	heap_free(w);
}

/* ---- callers ---- */

/* A job that asks for a job would wait for itself. */
static void assert_not_inside(const struct writer *w) {
	for (int i = 0; i < w->workers_n; i++) assert(!pthread_equal(w->workers[i].thread, pthread_self()));
}

enum err writer_run(struct writer *w, store_job job, void *arg) {
	assert_not_inside(w);
	struct job j = {.run = job, .arg = arg};
	pthread_cond_init(&j.ready, NULL);
	pthread_mutex_lock(&w->lock);
	if (w->waiting >= WAITING_MAX) {
		j.is_done = true;
		j.result = ERR_BUSY;
	} else {
		push(w, &j);
	}
	while (!j.is_done) pthread_cond_wait(&j.ready, &w->lock);
	pthread_mutex_unlock(&w->lock);
	pthread_cond_destroy(&j.ready);
	return j.result;
}

void writer_add(struct writer *w, store_job job, void (*done)(enum err, void *), void *arg) {
	struct job *j = heap_alloc(sizeof *j);
	j->run = job;
	j->arg = arg;
	j->done = done;
	pthread_mutex_lock(&w->lock);
	bool is_full = w->waiting >= WAITING_MAX;
	if (!is_full) push(w, j);
	pthread_mutex_unlock(&w->lock);
	if (!is_full) return;
	heap_free(j);
	done(ERR_BUSY, arg);
}

struct store_health writer_health(struct writer *w) {
	pthread_mutex_lock(&w->lock);
	bool is_there = false;
	for (int i = 0; i < w->workers_n; i++) is_there |= !w->workers[i].is_away;
	struct store_health h = {!w->is_dead && is_there, w->jobs, w->commits, w->waiting};
	pthread_mutex_unlock(&w->lock);
	return h;
}
