/* cli_serve.c - the server process: open the city, serve it, stop on SIGTERM or SIGINT. */
#include "app.h"
#include "cli.h"

#include "base/log.h"
#include "domain/account.h"
#include "domain/job.h"
#include "domain/key.h"
#include "domain/login.h"
#include "domain/tidy.h"
#include "domain/seal.h"
#include "http/server.h"
#include "night.h"
#include "store/copy.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GRACE_MS = 8000 };

static bool read_options(struct server_config *s, int argc, char **argv) {
	const char *listen = getenv("ZHAOYIN_LISTEN");
	s->listen = listen && *listen ? str_c(listen) : S("127.0.0.1:8080");
	for (int i = 1; i < argc; i++) {
		bool has_next = i + 1 < argc;
		if (strcmp(argv[i], "--listen") == 0 && has_next) s->listen = str_c(argv[++i]);
		else if (strcmp(argv[i], "--tls-cert") == 0 && has_next) s->tls_cert = argv[++i];
		else if (strcmp(argv[i], "--tls-key") == 0 && has_next) s->tls_key = argv[++i];
		else if (strcmp(argv[i], "--behind-proxy") == 0) s->is_behind_proxy = true;
		else if (strcmp(argv[i], "--open-metrics") == 0) s->is_metrics_open = true;
		else if (strcmp(argv[i], "--verbose") == 0) log_set_level(LOG_INFO);
		else {
			fprintf(stderr, "zhaoyin serve: unknown option %s; 'zhaoyin help serve' lists them\n", argv[i]);
			return false;
		}
	}
	return true;
}

/* Before any thread is made, so that all inherit the mask and only sigwait sees the signals. */
static void block_signals(sigset_t *set) {
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	pthread_sigmask(SIG_BLOCK, set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

/* A quick look at the pages first: a damaged file is not written to any more. */
static enum err prepare(struct app *app, struct arena *a, struct str *why) {
	struct ctx ctx;
	struct db *db = store_reader(app->store);
	if (!db) return ERR_BUSY;
	ctx_init(&ctx, app, a, db);
	ctx.actor = actor_console(ROLE_SYS_ADMIN);
	int64_t rows, damaged;
	if (store_prove_pages(db, a, true, why)) {
		*why = str_cat(a, S("the database is damaged, restore a backup: "), *why);
		db_close(db);
		return ERR_STORE;
	}
	enum err e = jobs_recover(&ctx);
	if (!e) e = seal_upgrade(&ctx, &rows, &damaged);
	if (!e) e = setup_begin(&ctx, a);
	db_close(db);
	return e;
}

static void say_ready(const struct app *app, const struct server *server) {
	struct str url = server_url(server);
	if (app->setup_code.n)
		printf("first administrator: open the address below and give this code: %.*s\n",
			(int)app->setup_code.n, app->setup_code.p);
	if (app->is_demo) puts("demo city: invented data, loopback only");
	printf("ready %.*s\n", (int)url.n, url.p);
	fflush(stdout);
}

static int refuse(enum err e, struct str why) {
	fprintf(stderr, "zhaoyin serve: %.*s\n", (int)why.n, why.p ? why.p : "");
	return cli_status(e);
}

/* The key's path was good when the city was opened. */
static struct night *start_night(struct app *app) {
	struct arena a = {0};
	struct str key, why;
	struct night *n = NULL;
	if (!key_path(&a, store_url(app->store), str_c(getenv("ZHAOYIN_KEY_FILE")), &key, &why))
		n = night_start(app, tidy_head_path(&a, key));
	arena_release(&a);
	return n;
}

static int serve(struct app *app, struct server_config *config, const sigset_t *signals) {
	struct server *server = NULL;
	struct str why = S("");
	int got;
	config->is_demo = app->is_demo;
	enum err e = server_start(app, config, &server, &why);
	if (e) {
		int status = refuse(e, why);
		if (server) server_free(server);
		return status;
	}
	struct night *night = start_night(app);
	say_ready(app, server);
	sigwait(signals, &got);
	night_stop(night);
	server_stop(server, GRACE_MS);
	server_free(server);
	return 0;
}

int cli_serve(const struct cli_options *o, int argc, char **argv) {
	struct server_config config = {0};
	struct arena a = {0};
	struct app app;
	struct str why;
	sigset_t signals;
	if (!read_options(&config, argc, argv)) return 2;
	block_signals(&signals);
	const struct app_config city = {.url = o->db, .is_create = true, .today = o->today, .seal_file = o->seal_file};
	enum err e = app_open(&app, &a, &city, &why);
	if (e) {
		int status = refuse(e, why);
		arena_release(&a);
		return status;
	}
	why = S("");
	e = prepare(&app, &a, &why);
	int status = e ? refuse(e, why.n ? why : S("the city could not be prepared; the log says more"))
		: serve(&app, &config, &signals);
	app_close(&app);
	arena_release(&a);
	return status;
}
