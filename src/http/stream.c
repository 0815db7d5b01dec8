/* Event streams: an answer without an end, put aside until there is something to say. */
#include "http/edge.h"

#include "base/buf.h"
#include "domain/job.h"

#include <poll.h>
#include <string.h>

enum {
	COMMENT_MS = 20 * 1000,       /* proxies close what is silent for longer */
	LIFE_MS = 2 * 60 * 1000,
	BLOCK = 2048,
};

/* The library does not look at a connection that is put aside: whether the browser has left is
 * asked here, or a closed page would count until the next comment. */
static bool has_left(const struct stream *st) {
	struct pollfd p = {.fd = st->request->conn->fd, .events = POLLRDHUP};
	return poll(&p, 1, 0) > 0;
}

static bool is_over(const struct stream *st, int64_t now) {
	return st->is_ended || st->request->server->is_stopping || now - st->opened_ms > LIFE_MS || has_left(st);
}

static void write_events(struct stream *st, struct buf *b, int64_t version) {
	const struct request *r = st->request;
	size_t before = b->n;
	job_events_since(r->server->app, &st->scratch, r->res.account_id, st->seen, b);
	st->seen = version;
	if (b->n == before) return; /* it was somebody else's */
	buf_c(b, "id: ");
	buf_int(b, version);
	buf_c(b, "\n\n");
}

/* What is to be said now; empty = nothing. */
static struct str next_part(struct stream *st, int64_t now) {
	struct buf b = {.arena = &st->scratch};
	int64_t version = job_events_version(st->request->server->app);
	if (st->sent_ms == 0) buf_c(&b, "retry: 3000\n\n");
	if (version != st->seen) write_events(st, &b, version);
	if (b.n == 0 && now - st->sent_ms >= COMMENT_MS) buf_c(&b, ":\n\n");
	return buf_str(&b);
}

static ssize_t send_part(struct stream *st, char *to, size_t max) {
	size_t n = st->pending.n < max ? st->pending.n : max;
	memcpy(to, st->pending.p, n);
	st->pending = str_sub(st->pending, n, st->pending.n);
	st->sent_ms = edge_ms();
	return (ssize_t)n;
}

/* The library asks for more bytes. When there are none the connection is put aside; a wake that came
 * in between is seen by the exchange, and lets it go on at once. */
static ssize_t read_stream(void *arg, uint64_t at, char *to, size_t max) {
	(void)at;
	struct stream *st = arg;
	if (st->pending.n) return send_part(st, to, max);
	int64_t now = edge_ms();
	if (is_over(st, now)) return MHD_CONTENT_READER_END_OF_STREAM;
	atomic_store(&st->handoff, HANDOFF_RUNNING);
	arena_reset(&st->scratch);
	st->pending = next_part(st, now);
	if (st->pending.n) return send_part(st, to, max);
	struct request *r = st->request;
	r->server->aside++;
	MHD_suspend_connection(r->mhd);
	if (atomic_exchange(&st->handoff, HANDOFF_ASIDE) == HANDOFF_READY) request_resume(r);
	return 0;
}

/* Called with the lock held: the newest stands first, so the last of the account is the oldest. */
static void end_oldest(struct server *s, int64_t account_id) {
	struct stream *oldest = NULL;
	int n = 0;
	for (struct stream *st = s->streams.next; st != &s->streams; st = st->next) {
		if (st->request->res.account_id != account_id || st->is_ended) continue;
		oldest = st;
		n++;
	}
	if (oldest && n >= s->config.streams_per_account) oldest->is_ended = true;
}

struct MHD_Response *stream_open(struct request *r) {
	struct server *s = r->server;
	struct stream *st = &r->stream;
	int64_t since = 0, version = job_events_version(s->app);
	st->request = r;
	st->opened_ms = edge_ms();
	st->seen = str_int(r->last_event_id, &since) ? since : version;
	if (st->seen > version) st->seen = 0; /* an id of before a restart: tell all */
	r->is_stream = true;
	r->res.content_type = "text/event-stream";
	res_header(&r->res, "X-Accel-Buffering", S("no"));
	pthread_mutex_lock(&s->lock);
	end_oldest(s, r->res.account_id);
	st->next = s->streams.next;
	st->prev = &s->streams;
	st->next->prev = st;
	s->streams.next = st;
	pthread_cond_signal(&s->tick);
	pthread_mutex_unlock(&s->lock);
	return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, read_stream, st, NULL);
}

void stream_close(struct stream *st) {
	struct server *s = st->request->server;
	pthread_mutex_lock(&s->lock);
	st->next->prev = st->prev;
	st->prev->next = st->next;
	pthread_mutex_unlock(&s->lock);
	arena_release(&st->scratch);
}

static bool must_wake(const struct stream *st, int64_t version, int64_t now) {
	return st->seen != version || now - st->sent_ms >= COMMENT_MS || is_over(st, now);
}

/* Only what is aside is woken, and outside the lock: until then it cannot go away. */
bool streams_wake(struct server *s, int64_t now) {
	struct stream *wake = NULL;
	pthread_mutex_lock(&s->lock);
	int64_t version = s->streams.next == &s->streams ? 0 : job_events_version(s->app);
	for (struct stream *st = s->streams.next; st != &s->streams; st = st->next) {
		if (!must_wake(st, version, now)) continue;
		if (atomic_exchange(&st->handoff, HANDOFF_READY) != HANDOFF_ASIDE) continue;
		st->next_wake = wake;
		wake = st;
	}
	bool has = s->streams.next != &s->streams;
	pthread_mutex_unlock(&s->lock);
	while (wake) {
		struct stream *st = wake;
		wake = st->next_wake;
		request_resume(st->request);
	}
	return has;
}
