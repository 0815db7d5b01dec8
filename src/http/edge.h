/* edge.h - what the files of src/http share. Nothing outside this folder and its tests includes it.
 *
 * Threads: the library's workers run everything that belongs to a connection, one worker a
 * connection for life. Others touch a request only while it is put aside (suspended), and hand it
 * back through `handoff`. The ticker holds deadlines and wakes streams. */
#ifndef HTTP_EDGE_H
#define HTTP_EDGE_H

#include "http/listen.h"
#include "http/metrics.h"
#include "http/server.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <zlib.h>

int64_t edge_us(void); /* monotonic clock */
int64_t edge_ms(void);

/* A thing that one thread puts aside and another hands back, in whichever order they come. */
enum handoff { HANDOFF_RUNNING, HANDOFF_ASIDE, HANDOFF_READY };

/* ---- connections (conns.c) ---- */

enum { CONN_BYTES = 8 * 1024 }; /* for the heads of request and answer, and for reading */

struct conn {
	struct conn *next, *prev;
	struct server *server;
	int fd;
	bool is_loopback;
	struct request *unbegun;      /* one whose head is not read to its end */
	bool has_unread;              /* closed with a body not read: see linger in conns.c */
	_Atomic bool is_waiting;      /* no request is under way */
	_Atomic int64_t deadline_ms;  /* the ticker cuts the connection when it is past */
	char peer[INET6_ADDRSTRLEN];
};

/* ---- event streams (stream.c) ---- */

struct stream {
	struct stream *next, *prev;
	struct request *request;
	struct arena scratch;
	struct str pending;           /* what is not sent yet; lives in scratch */
	int64_t opened_ms;
	_Atomic int64_t sent_ms, seen; /* seen = version of the job events that was sent */
	_Atomic bool is_ended;
	_Atomic int handoff;
	struct stream *next_wake;
};

/* ---- requests (head.c, request.c, answer.c) ---- */

/* Refusals of the edge's own. */
enum refusal {
	NO_REFUSAL, NO_BAD_REQUEST, NO_LENGTH, NO_TOO_LARGE, NO_HEAD_TOO_LARGE, NO_METHOD, NO_NOT_IMPLEMENTED,
	NO_NOT_FOUND, NO_BUSY, NO__N
};

enum phase { PHASE_HEAD, PHASE_BODY, PHASE_ASIDE, PHASE_ANSWERED };

struct request {
	struct arena arena;           /* holds this struct too */
	struct server *server;
	struct conn *conn;
	struct MHD_Connection *mhd;
	struct worker *worker;
	enum phase phase;
	bool is_head;                 /* HEAD: runs as GET, the library drops the body */
	bool is_api, is_last;         /* is_last: the connection closes after this answer */
	bool is_encoded;              /* the body is compressed already */
	bool is_stream;
	bool is_bare;                 /* no memory left for the headers that every answer has */
	int64_t began_us;
	struct str method;            /* static text, for the log */
	struct req req;
	struct res res;
	char id[17];

	/* headers that only the edge looks at */
	struct str content_length, transfer_encoding, accept_encoding, forwarded_for, forwarded_proto, last_event_id;

	size_t body_max, body_room;
	uint64_t discarded;           /* bytes of a chunked body past its limit */
	enum refusal refused;         /* what the body was found to be */
	_Atomic int handoff;
	struct stream stream;
};

/* The library says nothing of the end of a request whose head it refused itself: it is found in
 * conn->unbegun, by the next request or at the end of the connection. */
void request_drop(struct conn *c);
void *request_new(void *server, const char *uri, struct MHD_Connection *mhd);
enum MHD_Result request_step(void *server, struct MHD_Connection *mhd, const char *url, const char *method,
                             const char *version, const char *data, size_t *data_n, void **request);
void request_end(void *server, struct MHD_Connection *mhd, void **request, enum MHD_RequestTerminationCode how);

/* Fill r->req from the head. *arg = what is wrong with it. */
enum refusal head_read(struct request *r, const char *method, const char *version, struct str *arg);

/* Let a request that is aside go on. */
void request_resume(struct request *r);

/* Send r->res. */
enum MHD_Result answer_send(struct request *r);

/* Pure parts, for the tests. */
bool answer_takes_gzip(struct str accept_encoding);
bool answer_has_etag(struct str if_none_match, struct str etag);
struct str head_last_hop(struct str forwarded_for);
bool head_is_host(struct str host);

/* ---- threads ---- */

struct worker {
	struct worker *next;
	struct server *server;
	struct db *db;
	bool is_db_suspect;           /* an answer said that the store failed: take a new connection */
	int64_t db_opened_ms;
	z_stream deflate;
	bool has_deflate;
	struct counts counts;
};
struct worker *worker_here(struct server *s); /* this thread's, made at its first call */
struct db *worker_db(struct worker *w);       /* NULL: the store cannot be reached */

struct twin {
	int fd;
	int64_t until_ms;
};
enum { TWIN_MAX = 64 };

struct server {
	struct arena arena;
	struct app *app;
	struct server_config config;
	struct MHD_Daemon *daemon;
	int listen_fd;
	bool has_tls;
	struct str url;
	uint64_t id_seed;
	_Atomic uint64_t ids;
	pthread_key_t worker_key;
	pthread_t ticker;
	pthread_cond_t tick;
	_Atomic bool is_stopping, is_ticker_done;
	_Atomic int64_t conns_n, body_memory, aside; /* aside = suspended connections */
	_Atomic uint64_t cuts, rejects; /* past a deadline; answered by the library */

	pthread_mutex_t lock;         /* guards what follows */
	struct worker *workers;
	struct conn conns;            /* heads of rings */
	struct stream streams;
	struct twin twins[TWIN_MAX];
	size_t twins_n;
};

void conn_notify(void *server, struct MHD_Connection *mhd, void **context, enum MHD_ConnectionNotificationCode what);
void conn_waits(struct conn *c, int64_t ms);          /* for the next request */
void conn_works(struct conn *c, int64_t ms);          /* ms < 0: no deadline */
int64_t conn_time_for(const struct server *s, uint64_t bytes); /* a body or an answer of so many bytes */
void conns_sweep(struct server *s, int64_t now_ms);   /* cut what is late; all that wait when stopping */
bool twins_sweep(struct server *s, int64_t now_ms); /* true: some are left */

struct MHD_Response *stream_open(struct request *r);
void stream_close(struct stream *st);
bool streams_wake(struct server *s, int64_t now_ms);  /* true: there are streams */

#endif
