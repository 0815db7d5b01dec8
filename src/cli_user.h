/* cli_user.h - the command "user": accounts and roles from the machine's console.
 *
 *   user list                                 accounts with their roles in force
 *   user add LOGIN NAME [ROLE [--scope S] [--subject N]] [--unit U] [--phone P] [--email E]
 *   user assign LOGIN ROLE [--scope S] [--subject N] [--unit U] [--from DAY] [--to DAY]
 *   user unassign ID                          take one role back (ID from user list --json)
 *   user password LOGIN                       a new one-time password; ends the sessions
 *   user unlock LOGIN                         forget failed log-ins
 *   user end-sessions LOGIN
 *   user close LOGIN                          for good: a login is never used again
 *
 * Everywhere --json for one JSON value instead of lines. Same rules as the API; in the audit the actor
 * is "console". */
#ifndef CLI_USER_H
#define CLI_USER_H

#include "domain/ctx.h"

/* argv[0] is "user"; options of cli.c (--db) are taken out already. The result goes to standard output.
 * On failure ctx->error says why; for wrong use it is ERR_INVALID "usage" and the usage is on standard
 * error already. */
enum err cli_user(struct ctx *ctx, int argc, char **argv);

#endif
