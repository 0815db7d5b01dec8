/* cli_import_write.h - "import --yes": recognise, check and store a bureau's sheet without asking.
 *
 *   import --db F [--init] --yes [--json] [--region CODE] FILE
 *
 * Every row that has a project name becomes a project, as LEAD where the file says no more, marked with
 * the names of its missing fields; wrong cells are left out and named. --json prints {import_id, file,
 * rows, stored, updated, duplicates, errors}. */
#ifndef CLI_IMPORT_WRITE_H
#define CLI_IMPORT_WRITE_H

#include "domain/ctx.h"

/* argv[0] is "import". Exit status as in cli.h. */
int cli_import_write(struct ctx *ctx, int argc, char **argv);

#endif
