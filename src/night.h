/* night.h - the thread that tidies up once a night while the city is served.
 *
 * Wakes at 02:30 in Shanghai by the app's clock: forgets what ran out of its time and writes the audit
 * head to its file and the log (domain/tidy.h). A failure is logged; the next night tries again. */
#ifndef NIGHT_H
#define NIGHT_H

#include "domain/ctx.h"

struct night;
struct night *night_start(struct app *app, struct str head_path);
void night_stop(struct night *n); /* waits for a run that is at work; before app_close */

/* One run now, with the app's clock; for the thread, the command line and tests. */
enum err night_run(struct ctx *ctx, struct str head_path);

#endif
