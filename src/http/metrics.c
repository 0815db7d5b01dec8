#include "http/edge.h"

#include "domain/watch.h"

#include <string.h>

/* Upper bounds of the latency histogram: from a cached read to a slow report. */
static const struct bucket { int64_t us; struct str le; } buckets[COUNT_BUCKETS] = {
	{100, S_("0.0001")}, {250, S_("0.00025")}, {500, S_("0.0005")}, {1000, S_("0.001")}, {2500, S_("0.0025")},
	{5000, S_("0.005")}, {10000, S_("0.01")}, {50000, S_("0.05")}, {100000, S_("0.1")}, {500000, S_("0.5")},
	{1000000, S_("1")}, {5000000, S_("5")},
};

/* One writer, so no read-modify-write is needed: a load and a store that readers see whole. */
static void bump(_Atomic uint64_t *n, uint64_t by) {
	atomic_store_explicit(n, atomic_load_explicit(n, memory_order_relaxed) + by, memory_order_relaxed);
}

static uint64_t get(_Atomic uint64_t *n) {
	return atomic_load_explicit(n, memory_order_relaxed);
}

/* The slot of a route, by its address; past COUNT_ROUTES routes all share slot 0. */
static size_t slot_of(struct counts *c, const char *route) {
	size_t at = ((uintptr_t)route >> 3) * 0x9E3779B1u % COUNT_ROUTES;
	for (size_t i = 0; i < COUNT_ROUTES; i++, at = (at + 1) % COUNT_ROUTES) {
		const char *have = atomic_load_explicit(&c->routes[at].pattern, memory_order_relaxed);
		if (have == route) return at;
		if (have) continue;
		atomic_store_explicit(&c->routes[at].pattern, route, memory_order_release);
		return at;
	}
	return 0;
}

void counts_add(struct counts *c, const char *route, int status, int64_t took_us) {
	if (status < 100 || status > 599) status = 500;
	bump(&c->routes[slot_of(c, route)].classes[status / 100 - 1], 1);
	if (took_us < 0) return;
	size_t b = 0;
	while (b < COUNT_BUCKETS && took_us > buckets[b].us) b++;
	bump(&c->buckets[b], 1);
	bump(&c->took_us, (uint64_t)took_us);
}

struct total {
	const char *pattern;
	uint64_t classes[COUNT_CLASSES];
};

/* Add one thread's routes to the totals. Two route tables may hold the same text twice: a label
 * value may not, so they are told apart by text here. */
static size_t add_routes(struct counts *c, struct total *totals, size_t n) {
	for (size_t i = 0; i < COUNT_ROUTES; i++) {
		const char *pattern = atomic_load_explicit(&c->routes[i].pattern, memory_order_acquire);
		if (!pattern) continue;
		size_t t = 0;
		while (t < n && strcmp(totals[t].pattern, pattern) != 0) t++;
		if (t == n) {
			if (n == COUNT_ROUTES) continue;
			totals[n++].pattern = pattern;
		}
		for (size_t k = 0; k < COUNT_CLASSES; k++) totals[t].classes[k] += get(&c->routes[i].classes[k]);
	}
	return n;
}

static void head(struct buf *b, const char *name, const char *type, const char *help) {
	buf_c(b, "# HELP zhaoyin_");
	buf_c(b, name);
	buf_byte(b, ' ');
	buf_c(b, help);
	buf_c(b, "\n# TYPE zhaoyin_");
	buf_c(b, name);
	buf_byte(b, ' ');
	buf_c(b, type);
	buf_byte(b, '\n');
}

static void sample(struct buf *b, const char *name, int64_t value) {
	buf_c(b, "zhaoyin_");
	buf_c(b, name);
	buf_byte(b, ' ');
	buf_int(b, value);
	buf_byte(b, '\n');
}

static void single(struct buf *b, const char *name, const char *type, const char *help, int64_t value) {
	head(b, name, type, help);
	sample(b, name, value);
}

static void write_routes(struct buf *b, const struct total *totals, size_t n) {
	head(b, "http_requests_total", "counter", "Answered requests by route and class of status.");
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < COUNT_CLASSES; k++) {
			if (totals[i].classes[k] == 0) continue;
			buf_c(b, "zhaoyin_http_requests_total{route=\"");
			buf_c(b, totals[i].pattern);
			buf_c(b, "\",status=\"");
			buf_int(b, (int64_t)k + 1);
			buf_c(b, "xx\"} ");
			buf_int(b, (int64_t)totals[i].classes[k]);
			buf_byte(b, '\n');
		}
}

static void write_latency(struct buf *b, const uint64_t counts[COUNT_BUCKETS + 1], uint64_t took_us) {
	uint64_t sum = 0;
	head(b, "http_request_seconds", "histogram", "From the end of the head to the last byte of the answer.");
	for (size_t i = 0; i <= COUNT_BUCKETS; i++) {
		sum += counts[i];
		buf_c(b, "zhaoyin_http_request_seconds_bucket{le=\"");
		buf_add(b, i < COUNT_BUCKETS ? buckets[i].le : S("+Inf"));
		buf_c(b, "\"} ");
		buf_int(b, (int64_t)sum);
		buf_byte(b, '\n');
	}
	buf_c(b, "zhaoyin_http_request_seconds_sum ");
	buf_fixed(b, (int64_t)took_us, 6);
	buf_byte(b, '\n');
	sample(b, "http_request_seconds_count", (int64_t)sum);
}

static void write_store(struct buf *b, struct store_health h) {
	single(b, "store_writable", "gauge", "1 while writes are taken.", h.is_writable);
	single(b, "store_write_jobs_total", "counter", "Write jobs done.", h.jobs);
	single(b, "store_commits_total", "counter", "Durable commits; jobs / commits = writes in one sync.", h.commits);
	single(b, "store_write_queue", "gauge", "Write jobs that wait now.", h.waiting);
}

static void write_watch(struct buf *b, struct app *app) {
	struct watch_state w[WATCH__N];
	static const char *const names[] = {"security_events_total", "security_alarms_total"};
	static const char *const kinds[WATCH__N] = {[WATCH_LOGIN] = "login_failed", [WATCH_REFUSED] = "refused", [WATCH_ODD] = "odd"};
	watch_read(app, 0, w);
	for (int i = 0; i < 2; i++) {
		head(b, names[i], "counter", i ? "Times that ten minutes held more events than the threshold." : "Failed log-ins, refused and odd requests.");
		for (int k = 0; k < WATCH__N; k++) {
			buf_c(b, "zhaoyin_");
			buf_c(b, names[i]);
			buf_c(b, "{kind=\"");
			buf_c(b, kinds[k]);
			buf_c(b, "\"} ");
			buf_int(b, i ? w[k].alarms : w[k].total);
			buf_byte(b, '\n');
		}
	}
}

void metrics_write(struct server *s, struct buf *out) {
	struct total *totals = arena_array(out->arena, COUNT_ROUTES, sizeof *totals);
	uint64_t latency[COUNT_BUCKETS + 1] = {0}, took_us = 0, began = 0, ended = 0;
	size_t n = 0;
	pthread_mutex_lock(&s->lock);
	for (struct worker *w = s->workers; w; w = w->next) {
		n = add_routes(&w->counts, totals, n);
		for (size_t i = 0; i <= COUNT_BUCKETS; i++) latency[i] += get(&w->counts.buckets[i]);
		took_us += get(&w->counts.took_us);
		ended += get(&w->counts.ended);
		began += get(&w->counts.began);
	}
	pthread_mutex_unlock(&s->lock);
	write_routes(out, totals, n);
	write_latency(out, latency, took_us);
	single(out, "http_requests_running", "gauge", "Requests under way.", (int64_t)(began - ended));
	single(out, "http_connections", "gauge", "Open connections.", s->conns_n);
	single(out, "http_body_bytes", "gauge", "Memory that holds request bodies.", s->body_memory);
	single(out, "http_cuts_total", "counter", "Connections closed because they were too slow.", (int64_t)s->cuts);
	single(out, "http_rejects_total", "counter", "Requests that were no HTTP.", (int64_t)s->rejects);
	write_watch(out, s->app);
	write_store(out, store_health(s->app->store));
}
