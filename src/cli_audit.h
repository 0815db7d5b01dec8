/* cli_audit.h - the command "audit": prove the chain, show its head, read its rows.
 *
 *   audit verify [--head H]      walks every row; H = a head that was kept outside the database
 *   audit head                   the newest hash, to be kept outside
 *   audit list [--object NAME] [--id N] [--action A] [--limit N]      newest first, 100 unless told
 *
 * Everywhere --json. */
#ifndef CLI_AUDIT_H
#define CLI_AUDIT_H

#include "domain/ctx.h"

/* argv[0] is "audit"; otherwise as cli_user. A chain that does not hold is ERR_CONFLICT "audit_broken",
 * with what and where on standard output. */
enum err cli_audit(struct ctx *ctx, int argc, char **argv);

#endif
