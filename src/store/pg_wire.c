#include "store/pg_wire.h"

#include <errno.h>
#include <poll.h>
#include <time.h>

int64_t wire_clock_ms(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* What of `events` is ready; 0 = the deadline passed. */
static short wait_for(PGconn *conn, short events, int64_t deadline) {
	for (;;) {
		int64_t left = deadline - wire_clock_ms();
		if (left <= 0) return 0;
		struct pollfd p = {.fd = PQsocket(conn), .events = events};
		int n = poll(&p, 1, left < 60000 ? (int)left : 60000);
		if (n > 0) return p.revents;
		if (n < 0 && errno != EINTR) return POLLERR;
	}
}

/* ---- connecting ---- */

static void drop_notice(void *it, const char *text) {
	(void)it;
	(void)text;
}

static bool is_connected(PGconn *conn, int64_t deadline) {
	PostgresPollingStatusType state = PGRES_POLLING_WRITING;
	while (state != PGRES_POLLING_OK) {
		if (state == PGRES_POLLING_FAILED) return false;
		if (!wait_for(conn, state == PGRES_POLLING_READING ? POLLIN : POLLOUT, deadline)) return false;
		state = PQconnectPoll(conn);
	}
	return true;
}

PGconn *wire_connect(struct arena *a, struct str conninfo, int64_t deadline, struct str *why) {
	static const char *const keys[] = {"dbname", "client_encoding", "fallback_application_name", NULL};
	const char *const values[] = {str_cstr(a, conninfo), "UTF8", "zhaoyin", NULL};
	PGconn *conn = PQconnectStartParams(keys, values, 1);
	if (conn && PQstatus(conn) != CONNECTION_BAD && is_connected(conn, deadline)) {
		PQsetNoticeProcessor(conn, drop_notice, NULL);
		if (!PQsetnonblocking(conn, 1) && PQenterPipelineMode(conn)) return conn;
	}
	struct str text = str_trim(str_c(conn ? PQerrorMessage(conn) : NULL));
	*why = text.n ? str_copy(a, text) : S("no answer within the time limit");
	PQfinish(conn);
	return NULL;
}

/* ---- one round trip ---- */

/* Reads while it writes: a server that is busy sending does not read. */
static enum wire_end flush(PGconn *conn, int64_t deadline) {
	int left;
	while ((left = PQflush(conn)) > 0) {
		short ready = wait_for(conn, POLLIN | POLLOUT, deadline);
		if (!ready) return WIRE_LATE;
		if ((ready & ~POLLOUT) && !PQconsumeInput(conn)) return WIRE_LOST;
	}
	return left < 0 ? WIRE_LOST : WIRE_DONE;
}

static enum wire_end wait_for_result(PGconn *conn, int64_t deadline) {
	while (PQisBusy(conn)) {
		if (!wait_for(conn, POLLIN, deadline)) return WIRE_LATE;
		if (!PQconsumeInput(conn)) return WIRE_LOST;
	}
	return WIRE_DONE;
}

/* Keeps a result in its place. True at the sync, the last of all. */
static bool place(PGresult *r, PGresult **results, size_t commands, size_t at, PGresult **error,
                  size_t *error_at) {
	switch (PQresultStatus(r)) {
	case PGRES_PIPELINE_SYNC:
		PQclear(r);
		return true;
	case PGRES_COMMAND_OK: case PGRES_TUPLES_OK:
		if (at < commands && !results[at]) results[at] = r;
		else PQclear(r);
		return false;
	case PGRES_PIPELINE_ABORTED:
		PQclear(r);
		return false;
	default:
		if (*error) {
			PQclear(r);
			return false;
		}
		*error = r;
		*error_at = at;
		return false;
	}
}

enum wire_end wire_collect(PGconn *conn, PGresult **results, size_t commands, PGresult **error,
                           size_t *error_at, int64_t deadline) {
	if (!PQpipelineSync(conn)) return WIRE_LOST;
	enum wire_end end = flush(conn, deadline);
	for (size_t at = 0; end == WIRE_DONE;) {
		end = wait_for_result(conn, deadline);
		if (end) return end;
		PGresult *r = PQgetResult(conn);
		if (PQstatus(conn) == CONNECTION_BAD) end = WIRE_LOST;
		if (!r) at++;
		else if (place(r, results, commands, at, error, error_at)) return WIRE_DONE;
	}
	return end;
}

bool wire_is_closed(PGconn *conn) {
	struct pollfd p = {.fd = PQsocket(conn), .events = POLLIN};
	return poll(&p, 1, 0) > 0 && (!PQconsumeInput(conn) || PQstatus(conn) == CONNECTION_BAD);
}
