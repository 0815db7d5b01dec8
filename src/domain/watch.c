#include "domain/watch.h"

#include "base/log.h"
#include "domain/audit.h"
#include "domain/rights.h"

#include <pthread.h>
#include <string.h>

enum { MINUTE_MS = 60000, SOURCES = 32, ALARMS_SHOWN = 100 };

static const struct choice kinds[WATCH__N] = {
	[WATCH_LOGIN] = {S_("LOGIN"), S_("登录失败"), S_("Failed log-ins"), S_("")},
	[WATCH_REFUSED] = {S_("REFUSED"), S_("越权被拒"), S_("Refused requests"), S_("")},
	[WATCH_ODD] = {S_("ODD"), S_("异常请求"), S_("Odd requests"), S_("")},
};

struct source {
	char remote[48];
	int64_t n;
};

struct counter {
	int64_t total, alarms, alarm_at_ms, limit;
	int64_t minute[WATCH_MINUTES], count[WATCH_MINUTES]; /* slot = minute % 60 */
	struct source sources[SOURCES];
	int64_t sources_span;                                /* the ten minutes they belong to */
};

struct watch {
	pthread_mutex_t lock;
	pthread_cond_t written;
	int notes;                                           /* alarms on their way to the database */
	struct counter counters[WATCH__N];
};

struct watch *watch_new(void) {
	struct watch *w = heap_alloc(sizeof *w);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->written, NULL);
	return w;
}

void watch_free(struct watch *w) {
	if (!w) return;
	pthread_mutex_lock(&w->lock);
	while (w->notes) pthread_cond_wait(&w->written, &w->lock);
	pthread_mutex_unlock(&w->lock);
	pthread_cond_destroy(&w->written);
	pthread_mutex_destroy(&w->lock);
	heap_free(w);
}

struct str watch_code(enum watch_kind k) {
	return kinds[k].code;
}

struct str watch_label(enum watch_kind k, enum lang lang) {
	return lang == LANG_EN ? kinds[k].en : kinds[k].zh;
}

/* ---- counting; all under the lock ---- */

static int64_t count_span(const struct counter *c, int64_t now_minute, int64_t minutes) {
	int64_t n = 0;
	for (int i = 0; i < WATCH_MINUTES; i++)
		if (c->minute[i] > now_minute - minutes && c->minute[i] <= now_minute) n += c->count[i];
	return n;
}

/* Known, or in the place of the rarest: who comes often is soon there. */
static void count_source(struct counter *c, int64_t span, struct str remote) {
	char name[sizeof c->sources[0].remote] = {0};
	struct source *rarest = &c->sources[0];
	memcpy(name, remote.p ? remote.p : "", remote.n < sizeof name ? remote.n : sizeof name - 1);
	if (c->sources_span != span) memset(c->sources, 0, sizeof c->sources);
	c->sources_span = span;
	for (int i = 0; i < SOURCES; i++) {
		struct source *s = &c->sources[i];
		if (s->n && strcmp(s->remote, name) == 0) {
			s->n++;
			return;
		}
		if (s->n < rarest->n) rarest = s;
	}
	memcpy(rarest->remote, name, sizeof name);
	rarest->n++;
}

static const struct source *top_of(const struct counter *c) {
	const struct source *top = &c->sources[0];
	for (int i = 1; i < SOURCES; i++)
		if (c->sources[i].n > top->n) top = &c->sources[i];
	return top;
}

/* ---- the alarm ---- */

struct alarm {
	struct watch *watch;
	enum watch_kind kind;
	int64_t at_ms, n;
	char remote[48];
};

static enum err write_alarm(struct db *db, void *arg) {
	const struct alarm *a = arg;
	return DB_RUN(db, Q_ALARM_ADD, VT(kinds[a->kind].code), VI(a->at_ms), VI(a->n), VI(WATCH_SPAN_MS),
		v_text_or_null(str_c(a->remote)));
}

static void alarm_done(enum err e, void *arg) {
	struct alarm *a = arg;
	struct watch *w = a->watch;
	if (e) LOG(LOG_ERROR, "alarm_lost", {"code", str_c(err_name(e))}, {"kind", kinds[a->kind].code});
	heap_free(a);
	pthread_mutex_lock(&w->lock);
	if (!--w->notes) pthread_cond_broadcast(&w->written);
	pthread_mutex_unlock(&w->lock);
}

static void raise_alarm(struct app *app, const struct alarm *alarm) {
	struct arena a = {0};
	LOG(LOG_WARN, "alarm", {"kind", kinds[alarm->kind].code}, {"events", str_of_int(&a, alarm->n)}, {"top", str_c(alarm->remote)});
	arena_release(&a);
	struct alarm *kept = heap_alloc(sizeof *kept);
	*kept = *alarm;
	store_write_async(app->store, write_alarm, alarm_done, kept);
}

static void count(struct app *app, enum watch_kind kind, struct str remote, int64_t now_ms) {
	struct watch *w = app->watch;
	struct alarm alarm = {.watch = w, .kind = kind, .at_ms = now_ms};
	int64_t minute = now_ms / MINUTE_MS;
	bool is_alarm = false;
	pthread_mutex_lock(&w->lock);
	struct counter *c = &w->counters[kind];
	int slot = (int)(minute % WATCH_MINUTES);
	if (c->minute[slot] != minute) c->count[slot] = 0;
	c->minute[slot] = minute;
	c->count[slot]++;
	c->total++;
	count_source(c, now_ms / WATCH_SPAN_MS, remote);
	alarm.n = count_span(c, minute, WATCH_SPAN_MS / MINUTE_MS);
	is_alarm = c->limit && alarm.n >= c->limit && (!c->alarm_at_ms || now_ms >= c->alarm_at_ms + WATCH_SPAN_MS);
	if (is_alarm) {
		c->alarms++;
		c->alarm_at_ms = now_ms;
		memcpy(alarm.remote, top_of(c)->remote, sizeof alarm.remote);
		w->notes++;
	}
	pthread_mutex_unlock(&w->lock);
	if (is_alarm) raise_alarm(app, &alarm);
}

/* Of a database that does not answer the thresholds stay what they were. */
void watch_limits(struct ctx *ctx) {
	struct watch *w = ctx->app->watch;
	struct policy p;
	const struct error *before = ctx->error;
	enum err e = w ? policy_get(ctx, &p) : ERR_NOT_FOUND;
	ctx->error = before;
	if (e) return;
	pthread_mutex_lock(&w->lock);
	w->counters[WATCH_LOGIN].limit = p.alarm_login_n;
	w->counters[WATCH_REFUSED].limit = p.alarm_refused_n;
	w->counters[WATCH_ODD].limit = p.alarm_odd_n;
	pthread_mutex_unlock(&w->lock);
}

void watch_count(struct app *app, enum watch_kind kind, struct str remote) {
	if (app->watch) count(app, kind, remote, app->clock());
}

void watch_read(struct app *app, int64_t now_ms, struct watch_state out[WATCH__N]) {
	struct watch *w = app->watch;
	int64_t now = now_ms / MINUTE_MS;
	memset(out, 0, WATCH__N * sizeof *out);
	if (!w) return;
	pthread_mutex_lock(&w->lock);
	for (int k = 0; k < WATCH__N; k++) {
		const struct counter *c = &w->counters[k];
		out[k].total = c->total;
		out[k].alarms = c->alarms;
		out[k].limit_n = c->limit;
		out[k].span_n = count_span(c, now, WATCH_SPAN_MS / MINUTE_MS);
		for (int i = 0; i < WATCH_MINUTES; i++)
			if (c->minute[i] > now - WATCH_MINUTES && c->minute[i] <= now)
				out[k].minutes[WATCH_MINUTES - 1 - (now - c->minute[i])] = c->count[i];
		if (c->sources_span != now_ms / WATCH_SPAN_MS) continue;
		memcpy(out[k].top_remote, top_of(c)->remote, sizeof out[k].top_remote);
		out[k].top_n = top_of(c)->n;
	}
	pthread_mutex_unlock(&w->lock);
}

/* ---- the rows ---- */

static void put_alarm(struct ctx *ctx, const struct rows *r, struct json *j) {
	json_obj(j);
	json_put_int(j, "id", rows_int(r, 0));
	json_put_str(j, "kind", rows_text(r, 1));
	for (int k = 0; k < WATCH__N; k++)
		if (str_eq(kinds[k].code, rows_text(r, 1))) json_put_str(j, "label", watch_label((enum watch_kind)k, ctx->lang));
	json_put_int(j, "at_ms", rows_int(r, 2));
	json_put_int(j, "events_n", rows_int(r, 3));
	json_put_int(j, "span_ms", rows_int(r, 4));
	json_put_str_or_null(j, "remote", rows_text(r, 5));
	json_put_int_if(j, "seen_at_ms", !rows_is_null(r, 6), rows_int(r, 6));
	json_put_str_or_null(j, "seen_by", rows_text(r, 7));
	json_end(j);
}

enum err alarm_list(struct ctx *ctx, struct json *j) {
	struct rows *r;
	enum err e = need(ctx, OBJ_SECURITY, CAN_READ);
	if (e) return e;
	if ((e = DB_QUERY(ctx->db, ctx->arena, Q_ALARM_LIST, &r, VI(ALARMS_SHOWN)))) return fail_store(ctx, e);
	json_arr(j);
	while (rows_next(r)) put_alarm(ctx, r, j);
	json_end(j);
	e = rows_error(r);
	rows_done(r);
	return fail_store(ctx, e);
}

enum err alarm_seen(struct ctx *ctx, int64_t id) {
	int64_t changed = 0;
	enum err e = need(ctx, OBJ_SECURITY, CAN_UPDATE);
	const struct value v[] = {VI(id), VI(ctx->now_ms), VI(ctx->actor.account_id)};
	if (e) return e;
	if ((e = db_run(ctx->db, Q_ALARM_SEEN, v, 3, &changed))) return fail_store(ctx, e);
	if (!changed) return fail(ctx, ERR_NOT_FOUND, S("id"), S("no_such_record"));
	return audit_add(ctx, &(struct audit_entry){.action = S("alarm_seen"), .outcome = S("DONE"), .object = S("system"), .object_id = id});
}
