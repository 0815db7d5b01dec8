/* notice.h - what a person is told without asking: how his proposals went, that his job ended.
 *
 * A row is stored in the transaction of what it tells of; whoever listens to the event stream hears of it
 * after the commit (notice_flush), and asks for the list. Rows are kept 90 days. A notice of a project
 * that its reader may not see any more is not shown. */
#ifndef DOMAIN_NOTICE_H
#define DOMAIN_NOTICE_H

#include "base/json.h"
#include "domain/ctx.h"

enum notice_kind { NOTICE_RETURNED, NOTICE_VERIFIED, NOTICE_REVIEWED, NOTICE_JOB_DONE, NOTICE_JOB_FAILED, NOTICE__N };

struct notice {
	int64_t account_id;        /* who is told; the actor himself is not told of his own act */
	enum notice_kind kind;
	int64_t project_id;        /* 0 = none */
	int64_t object_id;         /* the proposal, the job */
	struct str name;           /* what it is about: the project's name, the kind of the job */
	struct str detail;         /* a comment; empty = none */
};

/* Inside a write job. */
enum err notice_add(struct ctx *ctx, const struct notice *n);

/* After the commit of what notice_add stored: the streams of those accounts are woken. */
void notice_flush(struct ctx *ctx);

/* {"items":[{"id","kind","label","project_id","object_id","name","detail","at_ms","is_read"}],"unread":n,
 * "overdue":n}: the newest 50; overdue = projects with a red light that are the actor's own. */
enum err notice_list(struct ctx *ctx, struct json *j);

/* Inside a write job: all up to this id are read. */
enum err notice_read(struct ctx *ctx, int64_t up_to);

#endif
