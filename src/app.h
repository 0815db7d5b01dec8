/* app.h - the program's long-lived parts around one city: store, key, pools, caches. */
#ifndef APP_H
#define APP_H

#include "domain/ctx.h"

struct app_config {
	struct str url;         /* database: FILE or postgres://... */
	bool is_create;         /* make a missing database */
	struct str seal_file;   /* keys of sealed fields; empty = as domain/key.h says */
	int32_t today;          /* fixed day for tests; DAY_NONE = the city's own, else the clock */
};

/* Open everything: migrations run, reference rows are loaded, the audit head is checked against the
 * key. *why has a sentence for the command line when it fails. Lives in the arena until app_close. */
enum err app_open(struct app *app, struct arena *a, const struct app_config *config, struct str *why);
void app_close(struct app *app);

#endif
