/* server.h - the HTTP edge: sockets, limits, TLS, static files, event streams, metrics.
 *
 * It turns bytes into a struct req, lets src/api answer, and turns the struct res into bytes. Reads
 * run on the server's own threads, each with one read connection of the store; what api says is a
 * write or slow work runs elsewhere while the connection is put aside.
 *
 * Made by the edge itself: /healthz, /metrics, the files of the web interface, and refusals, as
 * problems of api_problem with the rules http_bad_request, http_busy, http_head_too_large,
 * http_length_required, http_not_implemented, http_too_large, method_not_allowed and not_found (arg
 * = the header, limit or path that is meant). What is no HTTP at all is answered by the library in a line of HTML
 * without our headers, and the connection is closed.
 *
 * Event streams: when api answers with is_event_stream, the edge writes what job_events_since gives
 * (whole events, `event:` and `data:` lines with an empty line behind each; their `id:` is added
 * here) each time job_events_version has changed. A stream ends after two minutes and the browser
 * opens it again, so that it does not outlive its session; such an opening should not count as the
 * user's activity. Over streams_per_account the oldest one is ended. */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "api/api.h"

struct server;

struct server_config {
	struct str listen;         /* "127.0.0.1:8080", "[::1]:8443", "0.0.0.0:80"; port 0 = a free one */
	const char *tls_cert;      /* PEM files, the chain and its key; both or none */
	const char *tls_key;
	bool is_demo;              /* refuse every address but loopback */
	bool is_behind_proxy;      /* believe X-Forwarded-For and -Proto, from loopback peers only */
	bool is_metrics_open;      /* /metrics for everybody, not only loopback */
	int threads;               /* 0 = as many as processors */

	/* Limits; 0 = the default in parentheses. */
	int connections_max;       /* (12,000, or fewer where the machine allows fewer open files) */
	int per_ip_max;            /* connections of one address (1,000; behind a proxy none) */
	int head_ms;               /* from connecting to the end of the first request's head (20 s) */
	int idle_ms;               /* from an answer to the end of the next request's head (60 s) */
	int body_ms;               /* for a body or an answer, and a second more for each 16 KiB (30 s) */
	size_t body_memory_max;    /* bodies of all requests together (256 MiB) */
	int streams_per_account;   /* (8) */
};

/* Start to serve. *why gets a sentence for the person at the command line when it fails: ERR_INVALID
 * (address, certificate), ERR_BUSY (address in use or not ours), ERR_STORE (no threads). Free *out on
 * failure too: the sentence lives in it. The app and what it points to must outlive the server. */
enum err server_start(struct app *app, const struct server_config *config, struct server **out, struct str *why);

struct str server_url(const struct server *s); /* "http://127.0.0.1:8080", lives as long as s */

/* Accept no more, close idle connections, end the streams, let running requests end for up to
 * grace_ms; then close the rest. Waits longer only for writes under way: their result is theirs. */
void server_stop(struct server *s, int grace_ms);
void server_free(struct server *s);

#endif
