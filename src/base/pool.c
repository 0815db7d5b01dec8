#include "base/pool.h"

#include "base/arena.h"

#include <pthread.h>

struct task {
	void (*work)(void *arg);
	void *arg;
};

/* A ring of tasks under one lock; `is_stopping` lets the threads leave once it is empty. */
struct pool {
	pthread_mutex_t lock;
	pthread_cond_t has_task;
	struct task *ring;
	size_t room, first, n;
	bool is_stopping;
	int threads_n;
	pthread_t *threads;
};

static bool take(struct pool *p, struct task *out) {
	pthread_mutex_lock(&p->lock);
	while (p->n == 0 && !p->is_stopping) pthread_cond_wait(&p->has_task, &p->lock);
	bool has = p->n > 0;
	if (has) {
		*out = p->ring[p->first];
		p->first = (p->first + 1) % p->room;
		p->n--;
	}
	pthread_mutex_unlock(&p->lock);
	return has;
}

static void *run(void *arg) {
	struct task t;
	while (take(arg, &t)) t.work(t.arg);
	return NULL;
}

struct pool *pool_new(int threads, size_t queue_max) {
	struct pool *p = heap_alloc(sizeof *p);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->has_task, NULL);
	p->room = queue_max;
	p->ring = heap_alloc(queue_max * sizeof *p->ring);
	p->threads = heap_alloc((size_t)threads * sizeof *p->threads);
	for (int i = 0; i < threads; i++)
		if (pthread_create(&p->threads[p->threads_n], NULL, run, p) == 0) p->threads_n++;
	return p;
}

bool pool_add(struct pool *p, void (*work)(void *arg), void *arg) {
	pthread_mutex_lock(&p->lock);
	bool fits = p->n < p->room && !p->is_stopping && p->threads_n > 0;
	if (fits) {
		p->ring[(p->first + p->n++) % p->room] = (struct task){work, arg};
		pthread_cond_signal(&p->has_task);
	}
	pthread_mutex_unlock(&p->lock);
	return fits;
}

void pool_free(struct pool *p) {
	if (!p) return;
	pthread_mutex_lock(&p->lock);
	p->is_stopping = true;
	pthread_cond_broadcast(&p->has_task);
	pthread_mutex_unlock(&p->lock);
	for (int i = 0; i < p->threads_n; i++) pthread_join(p->threads[i], NULL);
	pthread_cond_destroy(&p->has_task);
	pthread_mutex_destroy(&p->lock);
	heap_free(p->threads);
	heap_free(p->ring);
	heap_free(p);
}
