/* project_code.h - national project codes (GB/T 40058-2021), the key to the approval platform; one
 * project may have several, by phase. The check digit's algorithm is not public: shape and month
 * are tested, the last digit is not (handbook 9.2). */
#ifndef DOMAIN_PROJECT_CODE_H
#define DOMAIN_PROJECT_CODE_H

#include "domain/field.h"

struct project_code {
	struct record record;
	int64_t project_id;
	struct str code;
	int64_t phase_no;
	int32_t kind;
};

extern const struct noun project_code_noun;

#endif
