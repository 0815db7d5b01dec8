/* cli_import.h - what "import --dry-run" says of a file: no database, nothing stored.
 *
 *   import --dry-run --json [--full] FILE
 *
 * --json prints one object: {file, encoding, sheets: [{sheet, header_rows, first_data_row, columns,
 * data_rows, section_rows, skipped_rows, invest_fen, qualified}]} on standard output; --full prints
 * every column, row and question (the plan of docs/api.md). What is open and what differs is said on
 * standard error, one line each. */
#ifndef CLI_IMPORT_H
#define CLI_IMPORT_H

#include "domain/ctx.h"

/* argv[0] is "import". Exit status: 0; 1 refused, with the reason on standard error; 2 wrong use. */
int cli_import_dry_run(enum lang lang, int argc, char **argv);

#endif
