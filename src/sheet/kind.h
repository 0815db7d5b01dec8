/* kind.h - what a file is, by its first bytes, before anything is opened. */
#ifndef SHEET_KIND_H
#define SHEET_KIND_H

#include "sheet/problem.h"

enum file_kind { KIND_ZIP, KIND_TEXT };

/* ERR_INVALID for everything else, with what it is and what to do. Text named .xlsx is refused. */
enum err kind_of_file(struct arena *a, struct str name, struct str bytes, enum file_kind *out,
                      struct sheet_problem *problem);

#endif
