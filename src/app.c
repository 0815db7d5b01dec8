#include "app.h"

#include "base/day.h"
#include "domain/audit.h"
#include "domain/job.h"
#include "domain/key.h"
#include "domain/light.h"
#include "domain/password.h"
#include "domain/reference.h"
#include "domain/seal.h"
#include "domain/search.h"
#include "domain/session.h"
#include "domain/setting.h"
#include "domain/watch.h"

#include <stdlib.h>
#include <unistd.h>

enum { POOL_THREADS = 4, POOL_QUEUE = 256, ARGON2_OPS = 2, ARGON2_BYTES = 64 << 20 };

static int cores(void) {
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	return n < 1 ? 1 : n > 64 ? 64 : (int)n;
}

static enum err load_key(struct app *app, struct arena *a, struct str url, struct ctx *ctx, struct str *why) {
	struct str path, head;
	int64_t rows = 0;
	enum err e = key_path(a, url, str_c(getenv("ZHAOYIN_KEY_FILE")), &path, why);
	if (e) return e;
	if ((e = db_int(ctx->db, Q_AUDIT_ROWS, NULL, 0, &rows))) return e;
	if ((e = key_load(a, path, rows == 0, &app->audit_key, why))) return e;
	e = audit_head(ctx, &head, &rows);
	if (e) *why = S("the audit key does not fit this database: use the key file that was made with it");
	return e;
}

static enum err load_seal(struct app *app, struct arena *a, const struct app_config *config, struct ctx *ctx, struct str *why) {
	struct str path, given = config->seal_file.n ? config->seal_file : str_c(getenv("ZHAOYIN_SEAL_FILE"));
	enum err e = seal_path(a, config->url, given, &path, why);
	return e ? e : seal_start(ctx, a, path, &app->seal, why);
}

static enum err load_settings(struct app *app, struct ctx *ctx) {
	struct str today, demo;
	enum err e = setting_get(ctx, S("today"), S(""), &today);
	if (!e) e = setting_get(ctx, S("is_demo"), S("0"), &demo);
	if (e) return e;
	app->is_demo = str_eq(demo, S("1"));
	if (app->fixed_today == DAY_NONE && today.n && !day_parse(today, &app->fixed_today))
		app->fixed_today = DAY_NONE;
	return ERR_OK;
}

static enum err start(struct app *app, struct arena *a, const struct app_config *config, struct str *why) {
	struct ctx ctx;
	struct db *db = store_reader(app->store);
	if (!db) {
		*why = S("the database cannot be reached");
		return ERR_BUSY;
	}
	ctx_init(&ctx, app, a, db);
	enum err e = load_key(app, a, config->url, &ctx, why);
	if (!e) e = load_seal(app, a, config, &ctx, why);
	if (!e) e = reference_load(&ctx);
	if (!e) e = load_settings(app, &ctx);
	if (!e) e = light_load(&ctx);
	if (!e) e = search_ready(&ctx);
	if (!e) watch_limits(&ctx);
	db_close(db);
	if (e && !why->n) *why = S("the database could not be prepared; the log says more");
	return e;
}

enum err app_open(struct app *app, struct arena *a, const struct app_config *config, struct str *why) {
	const struct store_config store = {.url = config->url, .is_create = config->is_create};
	*app = (struct app){.clock = now_ms, .fixed_today = config->today};
	*why = S("");
	enum err e = store_open(a, &store, &app->store, why);
	if (e) return e;
	app->pool = pool_new(POOL_THREADS, POOL_QUEUE);
	app->passwords = passwords_new(cores(), ARGON2_OPS, ARGON2_BYTES);
	app->sessions = sessions_new();
	app->watch = watch_new();
	app->jobs = jobs_new();
	if ((e = start(app, a, config, why))) app_close(app);
	return e;
}

void app_close(struct app *app) {
	jobs_free(app->jobs);
	pool_free(app->pool);
	sessions_free(app->sessions);
	passwords_free(app->passwords);
	if (app->store) store_close(app->store);
	watch_free(app->watch);
	seal_free(app->seal);
	*app = (struct app){0};
}
