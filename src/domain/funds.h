/* funds.h - money in place, one proven arrival a row (handbook 4.3). Counted amount is amount_fen;
 * foreign money keeps its minor units, currency and the rate of its day. */
#ifndef DOMAIN_FUNDS_H
#define DOMAIN_FUNDS_H

#include "domain/field.h"

struct funds {
	struct record record;
	int64_t project_id;
	int32_t origin, route, form;
	int64_t amount_minor;
	struct str currency;
	int64_t rate_e6;
	int32_t rate_date;
	int64_t amount_fen;
	struct str payee_uscc, doc_no;
	int32_t funds_date;
	struct str stat_month;
	int32_t state;
};

extern const struct noun funds_noun;

#endif
