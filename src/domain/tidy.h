/* tidy.h - what a city forgets, and when: once a night, or by `zhaoyin tidy`.
 *
 * Results of jobs and edits that may be taken back stay 30 days, ended sessions 30 days after their last possible hour, answers kept for
 * a repeated request one day, failed log-ins one day (a lock looks back half an hour). The audit stays for
 * good: at least 184 days are asked for (GB/T 22239), and a chain that lost its beginning proves nothing. */
#ifndef DOMAIN_TIDY_H
#define DOMAIN_TIDY_H

#include "domain/ctx.h"

enum { TIDY_JOB_DAYS = 30, TIDY_SESSION_DAYS = 31, TIDY_KEPT_DAYS = 1, TIDY_FAILURE_DAYS = 1, AUDIT_LEAST_DAYS = 184 };

struct tidied {
	int64_t jobs, sessions, kept, edits, failures; /* rows that went */
};

/* By ctx->now_ms. Outside a write job; small jobs of its own, so that no writer waits long. */
enum err tidy(struct ctx *ctx, struct tidied *out);

/* One line "2024-04-10T02:30:00.000Z ROWS HEAD" at the end of the file, on disk when it returns, and the
 * same to the log: a tail that is cut off the chain later is then missed (audit verify --head). The file is
 * made when missing; keep it where the database's owner cannot write, or copy it away. */
enum err tidy_note_head(struct ctx *ctx, struct str path);

/* Beside the audit key: its path + ".heads". */
struct str tidy_head_path(struct arena *a, struct str key_path);

/* The next 02:30 in Shanghai after now. */
int64_t tidy_next_ms(int64_t now_ms);

#endif
