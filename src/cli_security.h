/* cli_security.h - `zhaoyin security`: the security settings from the machine's console, for who locked
 * himself out. */
#ifndef CLI_SECURITY_H
#define CLI_SECURITY_H

#include "domain/ctx.h"

/* argv[0] = "security", then nothing, or a setting's name and its new value ("" takes it back). */
enum err cli_security(struct ctx *ctx, int argc, char **argv);

#endif
