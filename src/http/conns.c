/* Connections: their deadlines, and their end.
 *
 * The library's own time-out counts inactivity, so one byte every few seconds holds a connection for
 * ever. Here each connection has one moment at which its present step must be over; a thread looks
 * twice a second and shuts down the sockets that are late. The library then finds them closed. */
#include "http/edge.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum {
	LINGER_MS = 3000,
	BYTES_A_SECOND = 16 * 1024,   /* the slowest line that a body or an answer is given time for */
};

static void name_peer(struct conn *c, const struct sockaddr *address) {
	if (!address || (address->sa_family != AF_INET && address->sa_family != AF_INET6)) return;
	c->is_loopback = listen_is_loopback(address);
	if (address->sa_family == AF_INET) {
		struct sockaddr_in in;
		memcpy(&in, address, sizeof in);
		inet_ntop(AF_INET, &in.sin_addr, c->peer, sizeof c->peer);
		return;
	}
	struct sockaddr_in6 in6;
	memcpy(&in6, address, sizeof in6);
	bool is_v4 = IN6_IS_ADDR_V4MAPPED(&in6.sin6_addr);
	const void *bytes = is_v4 ? (const void *)&in6.sin6_addr.s6_addr[12] : &in6.sin6_addr;
	inet_ntop(is_v4 ? AF_INET : AF_INET6, bytes, c->peer, sizeof c->peer);
}

static void conn_open(struct server *s, struct MHD_Connection *mhd, void **context) {
	struct conn *c = heap_alloc(sizeof *c);
	c->server = s;
	c->fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	name_peer(c, MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
	conn_waits(c, s->config.head_ms);
	pthread_mutex_lock(&s->lock);
	c->next = s->conns.next;
	c->prev = &s->conns;
	c->next->prev = c;
	s->conns.next = c;
	pthread_mutex_unlock(&s->lock);
	s->conns_n++;
	*context = c;
}

/* A socket that is closed with bytes unread resets the connection, and the client may lose the
 * answer that told it why (too large). So a second handle stays open and its bytes are thrown away
 * until the client has closed too, for a while. Called with the lock held. */
static void linger(struct server *s, int fd) {
	if (s->twins_n == TWIN_MAX || s->is_stopping) return;
	int twin = dup(fd);
	if (twin < 0) return;
	s->twins[s->twins_n++] = (struct twin){twin, edge_ms() + LINGER_MS};
	pthread_cond_signal(&s->tick);
}

static void conn_close(struct server *s, struct conn *c) {
	request_drop(c);
	pthread_mutex_lock(&s->lock);
	c->next->prev = c->prev;
	c->prev->next = c->next;
	if (c->has_unread) linger(s, c->fd);
	pthread_mutex_unlock(&s->lock);
	s->conns_n--;
	heap_free(c);
}

void conn_notify(void *server, struct MHD_Connection *mhd, void **context, enum MHD_ConnectionNotificationCode what) {
	if (what == MHD_CONNECTION_NOTIFY_STARTED) conn_open(server, mhd, context);
	else if (*context) conn_close(server, *context);
}

static void set(struct conn *c, bool is_waiting, int64_t ms) {
	int64_t at = ms < 0 ? INT64_MAX : edge_ms() + ms;
	atomic_store_explicit(&c->deadline_ms, at, memory_order_relaxed);
	atomic_store_explicit(&c->is_waiting, is_waiting, memory_order_relaxed);
}

void conn_waits(struct conn *c, int64_t ms) {
	set(c, true, ms);
}

void conn_works(struct conn *c, int64_t ms) {
	set(c, false, ms);
}

int64_t conn_time_for(const struct server *s, uint64_t bytes) {
	return s->config.body_ms + (int64_t)(bytes / BYTES_A_SECOND) * 1000;
}

/* The lock keeps each conn in the ring, and with it the socket open: the library closes it after
 * conn_close. */
void conns_sweep(struct server *s, int64_t now) {
	bool is_stopping = s->is_stopping;
	pthread_mutex_lock(&s->lock);
	for (struct conn *c = s->conns.next; c != &s->conns; c = c->next) {
		bool is_late = atomic_load_explicit(&c->deadline_ms, memory_order_relaxed) < now;
		bool is_waiting = atomic_load_explicit(&c->is_waiting, memory_order_relaxed);
		if (!is_late && !(is_stopping && is_waiting)) continue;
		if (is_late) s->cuts++;
		shutdown(c->fd, SHUT_RDWR);
		atomic_store_explicit(&c->deadline_ms, INT64_MAX, memory_order_relaxed);
	}
	pthread_mutex_unlock(&s->lock);
}

/* Throw away what has come; false once there is nothing to wait for. */
static bool is_lingering(struct twin t, int64_t now) {
	if (now > t.until_ms) return false;
	char drop[16384];
	ssize_t n = 1;
	for (int i = 0; i < 64 && n > 0; i++) n = recv(t.fd, drop, sizeof drop, MSG_DONTWAIT);
	return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

bool twins_sweep(struct server *s, int64_t now) {
	pthread_mutex_lock(&s->lock);
	for (size_t i = 0; i < s->twins_n;) {
		if (!s->is_stopping && is_lingering(s->twins[i], now)) {
			i++;
			continue;
		}
		close(s->twins[i].fd);
		s->twins[i] = s->twins[--s->twins_n];
	}
	bool has = s->twins_n > 0;
	pthread_mutex_unlock(&s->lock);
	return has;
}
