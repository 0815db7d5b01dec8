/* cli_keep.h - the commands that keep a city: backup, restore, check.
 *
 * All leave the schema as it is: a backup before an upgrade is made by the new program too. */
#ifndef CLI_KEEP_H
#define CLI_KEEP_H

#include "cli.h"

int cli_backup(const struct cli_options *o, int argc, char **argv);
int cli_check(const struct cli_options *o, int argc, char **argv);
int cli_restore(const struct cli_options *o, int argc, char **argv);

#endif
