#include "domain/tidy.h"

#include "base/buf.h"
#include "base/day.h"
#include "base/log.h"
#include "domain/audit.h"
#include "domain/edit.h"
#include "domain/write.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const int64_t DAY_MS = 86400000, SHANGHAI_MS = 8 * 3600000, AT_MS = 150 * 60000; /* 02:30 */

/* ---- rows ---- */

struct part {
	enum query_id query;
	int64_t before;
	int64_t *n;
};

static enum err delete_part(struct ctx *ctx, void *arg) {
	const struct part *p = arg;
	return fail_store(ctx, db_run(ctx->db, p->query, &VI(p->before), 1, p->n));
}

enum err tidy(struct ctx *ctx, struct tidied *out) {
	*out = (struct tidied){0};
	const struct part parts[] = {
		{Q_JOB_PURGE, ctx->now_ms - TIDY_JOB_DAYS * DAY_MS, &out->jobs},
		{Q_SESSION_PURGE, ctx->now_ms - TIDY_SESSION_DAYS * DAY_MS, &out->sessions},
		{Q_KEPT_FORGET, ctx->now_ms - TIDY_KEPT_DAYS * DAY_MS, &out->kept},
		{Q_EDIT_PURGE, ctx->now_ms - EDIT_DAYS * DAY_MS, &out->edits},
		{Q_LOGIN_FAILURE_PURGE, ctx->now_ms - TIDY_FAILURE_DAYS * DAY_MS, &out->failures},
	};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct part p = parts[i];
		enum err e = ctx_write(ctx, delete_part, &p);
		if (e) return e;
	}
	return ERR_OK;
}

/* ---- the head ---- */

struct str tidy_head_path(struct arena *a, struct str key_path) {
	return str_cat(a, key_path, S(".heads"));
}

static bool append(const char *path, struct str line) {
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640);
	if (fd < 0) return false;
	bool ok = write(fd, line.p, line.n) == (ssize_t)line.n && !fsync(fd);
	if (close(fd)) ok = false;
	return ok;
}

enum err tidy_note_head(struct ctx *ctx, struct str path) {
	struct str head;
	int64_t rows;
	struct buf b = {.arena = ctx->arena};
	enum err e = audit_head(ctx, &head, &rows);
	if (e) return e;
	struct str rows_n = str_of_int(ctx->arena, rows);
	LOG(LOG_WARN, "audit_head", {"rows", rows_n}, {"head", head});
	buf_instant(&b, ctx->now_ms);
	buf_byte(&b, ' ');
	buf_add(&b, rows_n);
	buf_byte(&b, ' ');
	buf_add(&b, head);
	buf_byte(&b, '\n');
	if (append(str_cstr(ctx->arena, path), buf_str(&b))) return ERR_OK;
	LOG(LOG_ERROR, "audit_head_not_kept", {"why", str_c(strerror(errno))});
	return fail_with(ctx, ERR_STORE, S("head"), S("head_not_kept"), path, S(""));
}

int64_t tidy_next_ms(int64_t now_ms) {
	int64_t today = (now_ms + SHANGHAI_MS) / DAY_MS * DAY_MS - SHANGHAI_MS + AT_MS;
	return today > now_ms ? today : today + DAY_MS;
}
