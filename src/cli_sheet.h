/* cli_sheet.h - the command "sheet": a spreadsheet file as JSON or CSV on standard output.
 *
 *   sheet --json FILE              list of {name, state, rows, cols}; state as the format words it:
 *                                  visible, hidden, veryHidden; the name of a CSV is null
 *   sheet --csv [--sheet N] FILE   sheet N from 0 as UTF-8 CSV, as the reader sees it: from A1,
 *                                  blank rows kept, each row as wide as the sheet, lines end in LF
 *
 * A sheet of more than 64 million fields, nearly all empty (one cell at XFD1048576), is written
 * with rows as wide as their last value. */
#ifndef CLI_SHEET_H
#define CLI_SHEET_H

/* argv[0] is "sheet". Exit status: 0; 1 refused, with the reason on standard error; 2 wrong use. */
int cli_sheet(int argc, char **argv);

#endif
