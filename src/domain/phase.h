/* phase.h - a phase of a project with its share of the investment and its planned span. */
#ifndef DOMAIN_PHASE_H
#define DOMAIN_PHASE_H

#include "domain/field.h"

struct phase {
	struct record record;
	int64_t project_id;
	int64_t no;
	struct str name;
	int64_t total_invest_fen, fai_fen;
	int32_t plan_start_date, plan_end_date;
};

extern const struct noun phase_noun;

#endif
