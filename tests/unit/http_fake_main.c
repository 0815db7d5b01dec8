/* http_fake_main.c - the edge on the fake api, as a program for the scripts in tests/http.
 *
 * usage: http_fake_server [NAME=VALUE ...], names as in struct server_config; prints "ready URL",
 * stops on SIGTERM as `serve` does and prints "stopped". */
#include "http_fake_api.h"

#include "base/log.h"
#include "http/server.h"

#include <signal.h>
#include <stdio.h>

struct options {
	struct server_config config;
	int64_t grace_ms, log;
};

static bool set(struct options *o, struct str name, struct str value) {
	const struct { struct str name; int *number; bool *flag; } rows[] = {
		{S("threads"), &o->config.threads, NULL}, {S("connections_max"), &o->config.connections_max, NULL},
		{S("per_ip_max"), &o->config.per_ip_max, NULL}, {S("head_ms"), &o->config.head_ms, NULL},
		{S("idle_ms"), &o->config.idle_ms, NULL}, {S("body_ms"), &o->config.body_ms, NULL},
		{S("streams_per_account"), &o->config.streams_per_account, NULL}, {S("is_demo"), NULL, &o->config.is_demo},
		{S("is_behind_proxy"), NULL, &o->config.is_behind_proxy}, {S("is_metrics_open"), NULL, &o->config.is_metrics_open},
	};
	int64_t n = 0;
	if (str_eq(name, S("listen"))) return (o->config.listen = value), true;
	if (str_eq(name, S("tls_cert"))) return (o->config.tls_cert = value.p), true;
	if (str_eq(name, S("tls_key"))) return (o->config.tls_key = value.p), true;
	if (!str_int(value, &n)) return false;
	if (str_eq(name, S("grace_ms"))) return (o->grace_ms = n), true;
	if (str_eq(name, S("log"))) return (o->log = n), true;
	if (str_eq(name, S("body_memory_max"))) return (o->config.body_memory_max = (size_t)n), true;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (!str_eq(rows[i].name, name)) continue;
		if (rows[i].number) *rows[i].number = (int)n;
		else *rows[i].flag = n != 0;
		return true;
	}
	return false;
}

static int serve(struct options *o) {
	sigset_t ends;
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	pthread_sigmask(SIG_BLOCK, &ends, NULL);
	struct app app = {0};
	struct server *s;
	struct str why = {0};
	fake_start();
	if (server_start(&app, &o->config, &s, &why) != ERR_OK) {
		fprintf(stderr, "%.*s\n", (int)why.n, why.p);
		server_free(s);
		fake_stop();
		return 1;
	}
	printf("ready %.*s\n", (int)server_url(s).n, server_url(s).p);
	fflush(stdout);
	int got;
	sigwait(&ends, &got);
	server_stop(s, (int)o->grace_ms);
	fake_stop();
	server_free(s);
	puts("stopped");
	return 0;
}

int main(int argc, char **argv) {
	struct options o = {.config = {.listen = S_("127.0.0.1:0")}, .grace_ms = 5000, .log = LOG_WARN};
	for (int i = 1; i < argc; i++) {
		struct str value = str_c(argv[i]), name;
		if (str_split(&value, '=', &name) && set(&o, name, value)) continue;
		fprintf(stderr, "what is %s?\n", argv[i]);
		return 2;
	}
	log_set_level((enum log_level)o.log);
	return serve(&o);
}
