/* pg_wire.h - a PostgreSQL connection on which nothing waits longer than it was told.
 *
 * libpq's blocking calls would hang with a server that stopped (a frozen machine, a cut network):
 * everything here is sent and read through poll with a deadline of our own. The connection is in
 * pipeline mode all its life: the commands of one round trip are queued, then collected. */
#ifndef STORE_PG_WIRE_H
#define STORE_PG_WIRE_H

#include "base/str.h"

#include <libpq-fe.h>

enum wire_end {
	WIRE_DONE, /* every command has its result, or one of them an error */
	WIRE_LATE, /* the deadline passed: the connection is of no more use */
	WIRE_LOST, /* the connection broke */
};

int64_t wire_clock_ms(void); /* monotonic */

/* NULL and *why, in the arena, when the server is not reached by the deadline. */
PGconn *wire_connect(struct arena *a, struct str conninfo, int64_t deadline, struct str *why);

/* Sends what is queued and collects `commands` results up to the sync. results[i] is the result of
 * the i-th command or NULL (after an error); *error, when there is one, the first error and
 * *error_at its command. The caller clears what is not NULL. */
enum wire_end wire_collect(PGconn *conn, PGresult **results, size_t commands, PGresult **error,
                           size_t *error_at, int64_t deadline);

/* The server closed the connection while it was idle. */
bool wire_is_closed(PGconn *conn);

#endif
