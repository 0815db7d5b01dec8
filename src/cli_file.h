/* cli_file.h - files named on the command line. */
#ifndef CLI_FILE_H
#define CLI_FILE_H

#include "domain/ctx.h"
#include "sheet/sheet.h"

struct str file_base_name(const char *path);

/* The whole file into the arena, but at most one byte over max: enough to be refused. False: it cannot be
 * read. */
bool file_read(struct arena *a, const char *path, size_t max, struct str *out);

/* "zhaoyin: FILE: PLACE: sentence" on standard error. */
void file_say(const char *path, struct str place, struct str sentence);

/* Why a sheet was refused, in words; gives the exit status. */
int file_refuse_sheet(struct arena *a, const char *path, const struct sheet_problem *p, enum lang lang);

#endif
