/* cli_validate.h - "validate": codes on standard input, one a line, one answer line each.
 *
 *   validate uscc [--strict] --json
 *
 * Each answer is {"input","normal","valid","reason"}: reason is null for a valid code, else the
 * rule's key. --strict also refuses what needed normalising. A line without text is an empty code. */
#ifndef CLI_VALIDATE_H
#define CLI_VALIDATE_H

/* argv[0] is "validate". Exit status: 0 whatever the codes were; 1 when standard input or output
 * fails; 2 wrong use. */
int cli_validate(int argc, char **argv);

#endif
