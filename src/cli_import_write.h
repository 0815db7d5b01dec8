/* cli_import_write.h - "import --yes": recognise, check and store a bureau's sheet without asking.
 *
 *   import --db F [--init] --yes [--json] [--region CODE] FILE
 *
 * Every row that has a project name becomes a project, as LEAD where the file says no more, marked with
 * the names of its missing fields; wrong cells are left out and named. --json prints {import_id, file,
 * rows, stored, updated, unchanged, conflicts, duplicates, errors, left_out, problems: [{sheet, row, name,
 * is_error, message}]}. All rows are stored or none. */
#ifndef CLI_IMPORT_WRITE_H
#define CLI_IMPORT_WRITE_H

#include "domain/ctx.h"

/* argv[0] is "import". Wrong use and a file that is no sheet, before a database is opened or made; 0 =
 * nothing against it. */
int cli_import_look(enum lang lang, int argc, char **argv);

/* Exit status as in cli.h. */
int cli_import_write(struct ctx *ctx, int argc, char **argv);

#endif
