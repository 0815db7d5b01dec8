/* Start and stop: the library's daemon, the thread of deadlines, what each worker thread owns. */
#include "http/edge.h"

#include "base/buf.h"
#include "base/day.h"
#include "base/log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
	SWEEP_MS = 500, STREAM_MS = 100, TWIN_MS = 50, STOP_MS = 20,
	SPARE_FILES = 128,            /* database, log, files of imports */
	PEM_MAX = 128 * 1024,
	REOPEN_MS = 1000,
};

int64_t edge_us(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t edge_ms(void) {
	return edge_us() / 1000;
}

/* ---- worker threads ---- */

/* At the thread's end: what it had open. Its counters stay until the server is freed. */
static void worker_leave(void *arg) {
	struct worker *w = arg;
	if (w->db) db_close(w->db);
	if (w->has_deflate) deflateEnd(&w->deflate);
	w->db = NULL;
	w->has_deflate = false;
}

struct worker *worker_here(struct server *s) {
	struct worker *w = pthread_getspecific(s->worker_key);
	if (w) return w;
	w = heap_alloc(sizeof *w);
	w->server = s;
	pthread_setspecific(s->worker_key, w);
	pthread_mutex_lock(&s->lock);
	w->next = s->workers;
	s->workers = w;
	pthread_mutex_unlock(&s->lock);
	return w;
}

/* A connection that failed is replaced, and one that could not be had is asked for again, but not
 * more than once a second: to try is slow when the database is away. */
struct db *worker_db(struct worker *w) {
	if (w->db && !w->is_db_suspect) return w->db;
	int64_t now = edge_ms();
	bool is_early = w->db_opened_ms && now - w->db_opened_ms < REOPEN_MS;
	if (is_early) return w->db;
	if (w->db) db_close(w->db);
	w->db = store_reader(w->server->app->store);
	w->db_opened_ms = now;
	w->is_db_suspect = false;
	return w->db;
}

/* ---- the ticker ---- */

static void wait_tick(struct server *s, int64_t ms) {
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	int64_t ns = until.tv_nsec + ms * 1000000;
	until.tv_sec += ns / 1000000000;
	until.tv_nsec = ns % 1000000000;
	pthread_mutex_lock(&s->lock);
	if (!s->is_ticker_done) pthread_cond_timedwait(&s->tick, &s->lock, &until);
	pthread_mutex_unlock(&s->lock);
}

static void *tick(void *arg) {
	struct server *s = arg;
	int64_t swept = 0;
	while (!s->is_ticker_done) {
		int64_t now = edge_ms();
		bool is_stopping = s->is_stopping;
		if (is_stopping || now - swept >= SWEEP_MS) {
			conns_sweep(s, now);
			swept = now;
		}
		bool has_twins = twins_sweep(s, now), has_streams = streams_wake(s, now);
		wait_tick(s, is_stopping ? STOP_MS : has_twins ? TWIN_MS : has_streams ? STREAM_MS : SWEEP_MS);
	}
	return NULL;
}

/* ---- start ---- */

static void log_library(void *arg, const char *format, va_list values) {
	(void)arg;
	if (!log_is_on(LOG_DEBUG)) return;
	char line[256];
	vsnprintf(line, sizeof line, format, values);
	LOG(LOG_DEBUG, "http_library", {"text", str_trim(str_c(line))});
}

static void set_defaults(struct server_config *c) {
	if (c->threads <= 0) c->threads = (int)sysconf(_SC_NPROCESSORS_ONLN);
	if (c->threads <= 0) c->threads = 1;
	if (c->connections_max <= 0) c->connections_max = 12000;
	if (c->per_ip_max <= 0) c->per_ip_max = 1000;
	if (c->is_behind_proxy) c->per_ip_max = 0; /* all come from one address */
	if (c->head_ms <= 0) c->head_ms = 20 * 1000;
	if (c->idle_ms <= 0) c->idle_ms = 60 * 1000;
	if (c->body_ms <= 0) c->body_ms = 30 * 1000;
	if (c->body_memory_max == 0) c->body_memory_max = (size_t)256 * 1024 * 1024;
	if (c->streams_per_account <= 0) c->streams_per_account = 8;
}

/* Each connection is an open file. Take what the machine allows, and be content with less. */
static void fit_files(struct server_config *c) {
	struct rlimit files;
	if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
	rlim_t want = (rlim_t)c->connections_max + SPARE_FILES;
	if (files.rlim_cur < want) {
		files.rlim_cur = files.rlim_max < want ? files.rlim_max : want;
		setrlimit(RLIMIT_NOFILE, &files);
		getrlimit(RLIMIT_NOFILE, &files);
	}
	if (files.rlim_cur >= want || files.rlim_cur <= SPARE_FILES) return;
	c->connections_max = (int)(files.rlim_cur - SPARE_FILES);
	struct arena a = {0};
	LOG(LOG_WARN, "few_open_files", {"connections_max", str_of_int(&a, c->connections_max)});
	arena_release(&a);
}

static char *read_pem(struct arena *a, const char *path) {
	FILE *f = fopen(path, "rb");
	if (!f) return NULL;
	char *text = arena_alloc(a, PEM_MAX + 1);
	bool is_bad = fread(text, 1, PEM_MAX, f) == 0 || ferror(f) || !feof(f);
	fclose(f);
	return is_bad ? NULL : text;
}

static enum err no_tls(struct server *s, const char *what, const char *cause, struct str *why) {
	*why = str_cat(&s->arena, str_c(what), str_c(cause));
	return ERR_INVALID;
}

/* Read the certificate and its key, with a sentence for each way in which they are none. */
static enum err read_tls(struct server *s, char **cert, char **key, struct str *why) {
	const char *cert_path = s->config.tls_cert, *key_path = s->config.tls_key;
	if (!cert_path && !key_path) return ERR_OK;
	if (!cert_path || !key_path) return no_tls(s, "--tls-cert and --tls-key", " go together", why);
	*cert = read_pem(&s->arena, cert_path);
	*key = read_pem(&s->arena, key_path);
	const struct { bool is_bad; const char *what, *cause; } checks[] = {
		{!*cert, cert_path, ": the certificate cannot be read; give a PEM file that this user may read"},
		{!*key, key_path, ": the key cannot be read; give a PEM file that this user may read"},
		{*cert && !strstr(*cert, "-----BEGIN CERTIFICATE-----"), cert_path, ": has no certificate in PEM form"},
		{*key && !strstr(*key, "PRIVATE KEY-----"), key_path, ": has no private key in PEM form"},
		{*key && strstr(*key, "ENCRYPTED"), key_path,
		 ": the key has a pass phrase; store it without one, readable by this user only"},
	};
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
		if (checks[i].is_bad) return no_tls(s, checks[i].what, checks[i].cause, why);
	s->has_tls = true;
	return ERR_OK;
}

/* Paths and queries are decoded by api/url.h, which refuses what is bad; here they stay as sent. */
static size_t keep_escapes(void *arg, struct MHD_Connection *mhd, char *text) {
	(void)arg, (void)mhd;
	return strlen(text);
}

static bool start_daemon(struct server *s, char *cert, char *key) {
	const struct server_config *c = &s->config;
	struct MHD_OptionItem items[24] = {
		{MHD_OPTION_EXTERNAL_LOGGER, (intptr_t)log_library, NULL},
		{MHD_OPTION_LISTEN_SOCKET, s->listen_fd, NULL},
		{MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONN_BYTES, NULL},
		{MHD_OPTION_CONNECTION_LIMIT, c->connections_max, NULL},
		{MHD_OPTION_PER_IP_CONNECTION_LIMIT, c->per_ip_max, NULL},
		{MHD_OPTION_CONNECTION_TIMEOUT, (c->idle_ms + 999) / 1000, NULL},
		{MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
		{MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)conn_notify, s},
		{MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)request_end, s},
		{MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)request_new, s},
		{MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)keep_escapes, NULL},
	};
	size_t n = 11;
	if (c->threads > 1) items[n++] = (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE, c->threads, NULL};
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
	if (s->has_tls) {
		static const char priorities[] = "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:-DHE-RSA:"
			"-CIPHER-ALL:+AES-256-GCM:+AES-128-GCM:+CHACHA20-POLY1305";
		flags |= MHD_USE_TLS;
		items[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, cert};
		items[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, key};
		items[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)priorities};
	}
	items[n] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
	s->daemon = MHD_start_daemon(flags, 0, NULL, NULL, request_step, s, MHD_OPTION_ARRAY, items, MHD_OPTION_END);
	if (!s->daemon) s->listen_fd = -1; /* the library has closed it */
	return s->daemon != NULL;
}

static struct server *server_new(struct app *app, const struct server_config *config) {
	struct server *s = heap_alloc(sizeof *s);
	s->app = app;
	s->config = *config;
	s->listen_fd = -1;
	set_defaults(&s->config);
	s->conns.next = s->conns.prev = &s->conns;
	s->streams.next = s->streams.prev = &s->streams;
	if (getrandom(&s->id_seed, sizeof s->id_seed, 0) != sizeof s->id_seed) s->id_seed = (uint64_t)now_ms();
	pthread_mutex_init(&s->lock, NULL);
	pthread_condattr_t clock;
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&s->tick, &clock);
	pthread_condattr_destroy(&clock);
	pthread_key_create(&s->worker_key, worker_leave);
	return s;
}

static enum err start(struct server *s, struct str *why) {
	char *cert = NULL, *key = NULL;
	enum err e = read_tls(s, &cert, &key, why);
	if (e) return e;
	if ((e = listen_open(&s->arena, s->config.listen, s->config.is_demo, &s->listen_fd, why))) return e;
	s->url = listen_url(&s->arena, s->listen_fd, s->has_tls);
	fit_files(&s->config);
	bool is_started = start_daemon(s, cert, key);
	if (key) explicit_bzero(key, strlen(key));
	if (!is_started && s->has_tls)
		return no_tls(s, s->config.tls_cert, ": the certificate and the key are damaged or do not belong together", why);
	if (!is_started) {
		*why = S("the HTTP server cannot start its threads");
		return ERR_STORE;
	}
	if (pthread_create(&s->ticker, NULL, tick, s) == 0) return ERR_OK;
	MHD_stop_daemon(s->daemon);
	s->daemon = NULL;
	s->listen_fd = -1;
	*why = S("the HTTP server cannot start its threads");
	return ERR_STORE;
}

enum err server_start(struct app *app, const struct server_config *config, struct server **out, struct str *why) {
	*out = server_new(app, config);
	return start(*out, why);
}

struct str server_url(const struct server *s) {
	return s->url;
}

/* ---- stop ---- */

static bool is_busy(struct server *s) {
	uint64_t began = 0, ended = 0;
	pthread_mutex_lock(&s->lock);
	for (struct worker *w = s->workers; w; w = w->next) {
		ended += w->counts.ended;
		began += w->counts.began;
	}
	pthread_mutex_unlock(&s->lock);
	return began != ended;
}

static void nap(void) {
	nanosleep(&(struct timespec){.tv_nsec = STOP_MS * 1000000}, NULL);
}

/* The ticker goes on meanwhile: it closes what waits and wakes the streams, which then end. The
 * library must not be stopped while a connection is aside; a write that runs comes back, because
 * the store gives each its deadline. */
void server_stop(struct server *s, int grace_ms) {
	if (!s->daemon) return;
	int64_t until = edge_ms() + grace_ms;
	s->is_stopping = true;
	MHD_quiesce_daemon(s->daemon);
	shutdown(s->listen_fd, SHUT_RDWR);
	while (is_busy(s) && edge_ms() < until) nap();
	while (s->aside > 0) nap();
	pthread_mutex_lock(&s->lock);
	s->is_ticker_done = true;
	pthread_cond_signal(&s->tick);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->ticker, NULL);
	twins_sweep(s, edge_ms());
	MHD_stop_daemon(s->daemon);
	s->daemon = NULL;
	close(s->listen_fd);
	s->listen_fd = -1;
}

void server_free(struct server *s) {
	if (!s) return;
	server_stop(s, 0);
	if (s->listen_fd >= 0) close(s->listen_fd);
	for (struct worker *w = s->workers, *next; w; w = next) {
		next = w->next;
		heap_free(w);
	}
	pthread_key_delete(s->worker_key);
	pthread_cond_destroy(&s->tick);
	pthread_mutex_destroy(&s->lock);
	arena_release(&s->arena);
	heap_free(s);
}
