/* watch.h - counters of what an intruder would cause, with an alarm.
 *
 * Three kinds are counted by the minute: failed log-ins, refusals for want of a right, and odd requests
 * (no HTTP, unknown addresses, forged or malformed ones). When ten minutes hold more of a kind than the
 * city's threshold (policy.h), an alarm is a line of the log, a row of table alarm and a number in
 * /metrics; the next of its kind comes ten minutes later at the earliest. Counters live in memory. */
#ifndef DOMAIN_WATCH_H
#define DOMAIN_WATCH_H

#include "domain/policy.h"

enum watch_kind { WATCH_LOGIN, WATCH_REFUSED, WATCH_ODD, WATCH__N };
enum { WATCH_SPAN_MS = 10 * 60 * 1000, WATCH_MINUTES = 60 };

struct watch *watch_new(void);
void watch_free(struct watch *w); /* waits for alarms on their way to the database */

/* One event. Never fails, never waits. app->watch may be NULL. */
void watch_count(struct app *app, enum watch_kind kind, struct str remote);

/* Take the thresholds over from the settings: at start and when they change. */
void watch_limits(struct ctx *ctx);

struct watch_state {
	int64_t total, alarms;               /* since start */
	int64_t span_n, limit_n;             /* in the last ten minutes; the threshold */
	int64_t minutes[WATCH_MINUTES];      /* oldest first */
	char top_remote[48];                 /* most frequent source of this span; "" = none */
	int64_t top_n;
};
void watch_read(struct app *app, int64_t now_ms, struct watch_state out[WATCH__N]);

struct str watch_code(enum watch_kind k);            /* "LOGIN" */
struct str watch_label(enum watch_kind k, enum lang lang);

/* The newest alarms as a JSON array; JOB: one was seen by the actor. */
enum err alarm_list(struct ctx *ctx, struct json *j);
enum err alarm_seen(struct ctx *ctx, int64_t id);

#endif
