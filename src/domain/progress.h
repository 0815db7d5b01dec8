/* progress.h - what was built and spent, one row a project and month; invest_done_fen is cumulative. */
#ifndef DOMAIN_PROGRESS_H
#define DOMAIN_PROGRESS_H

#include "domain/field.h"

struct progress {
	struct record record;
	int64_t project_id;
	struct str month; /* YYYY-MM */
	int64_t invest_done_fen;
	struct str milestone, problem;
};

extern const struct noun progress_noun;

#endif
