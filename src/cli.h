/* cli.h - the command line: one table of commands; same rules as the API.
 *
 * Exit status: 0 done · 1 refused (invalid, gate, conflict) · 2 wrong use · 3 not allowed or not logged
 * in · 4 not found · 5 database failed or busy. */
#ifndef CLI_H
#define CLI_H

#include "domain/ctx.h"

/* What stands before and after the command's name and means the same everywhere. */
struct cli_options {
	struct str seal_file;   /* empty = $ZHAOYIN_SEAL_FILE, else beside the database */
	struct str db;          /* --db, or ZHAOYIN_DB, or zhaoyin.db */
	struct str as;          /* --as LOGIN */
	int64_t role_id;        /* --role ID: one of its assignments */
	enum lang lang;         /* --lang en, or LANG */
	int32_t today;          /* --today YYYY-MM-DD */
	bool is_json;           /* --json */
	bool is_init;           /* --init: make a missing database */
};

int cli_main(int argc, char **argv);

int cli_status(enum err e);

/* Print ctx->error in words on standard error; gives the exit status. */
int cli_fail(struct ctx *ctx, const char *command, enum err e);

/* The commands that live in files of their own. argv[0] is the command's name. */
int cli_serve(const struct cli_options *o, int argc, char **argv);
int cli_call(const struct cli_options *o, int argc, char **argv);
int cli_person(const struct cli_options *o, int argc, char **argv);

#endif
