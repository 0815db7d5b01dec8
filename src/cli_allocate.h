/* cli_allocate.h - `zhaoyin allocate`: the allocation engine on a file, without a database.
 *
 * zhaoyin allocate [--time S] [--gap G] [--seed N] [--threads N] [--steps N] [--objectives LIST]
 *                  [--explain [--lang zh|en]] [--start PLAN.json] [--replan PLAN.json]
 *                  [--scenarios FILE.json] [--curve] [--uplift] [--progress] [--strict] [--json] INSTANCE.json
 * zhaoyin allocate check INSTANCE.json PLAN.json
 *
 * Answers go to standard output as JSON, refusals to standard error. Ctrl-C ends with the best
 * answer so far. docs/allocation.md has examples. */
#ifndef CLI_ALLOCATE_H
#define CLI_ALLOCATE_H

/* argv[0] is "allocate". Exit status: 0 answer given, 1 refused input or a wrong plan, 2 usage,
 * 3 proven infeasible, 4 no plan found in time. */
int cli_allocate(int argc, char **argv);

#endif
