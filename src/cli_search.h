/* cli_search.h - the command "search": records by words, and the index itself.
 *
 *   search [--limit N] WORDS     hits, best first; 20 unless told. --json: {"hits":[{"kind","id","name","how"}]}
 *   search --check               rows whose entry in the index differs; exit status 1 when there are any
 *   search --rebuild             makes the index anew
 *
 * With --as LOGIN what that account may see; without, everything but sealed records: who can run this
 * command can read the file. */
#ifndef CLI_SEARCH_H
#define CLI_SEARCH_H

#include "cli.h"

/* argv[0] is "search"; gives the exit status. */
int cli_search(struct ctx *ctx, const struct cli_options *o, int argc, char **argv);

#endif
