/* metrics.h - counters of the edge, one set a thread, so that counting takes no lock and shares no
 * cache line; /metrics adds them up. */
#ifndef HTTP_METRICS_H
#define HTTP_METRICS_H

#include "base/buf.h"

#include <stdatomic.h>

struct server;

enum { COUNT_ROUTES = 256, COUNT_BUCKETS = 12, COUNT_CLASSES = 5 };

struct counts {
	_Atomic uint64_t began, ended;  /* requests; began - ended = under way */
	_Atomic uint64_t took_us;       /* sum over the histogram */
	_Atomic uint64_t buckets[COUNT_BUCKETS + 1];
	struct {
		_Atomic(const char *) pattern; /* static text of the route table */
		_Atomic uint64_t classes[COUNT_CLASSES]; /* 1xx to 5xx */
	} routes[COUNT_ROUTES];
};

/* Only the thread that owns c calls this. took_us < 0: an event stream, not in the histogram. */
void counts_add(struct counts *c, const char *route, int status, int64_t took_us);

/* Prometheus text. */
void metrics_write(struct server *s, struct buf *out);

#endif
