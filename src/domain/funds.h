/* funds.h - money in place, one proven arrival a row (handbook 4.3).
 *
 * What counts is amount_fen; foreign money also keeps its minor units (1/100 of the currency), the
 * currency (ISO 4217), and the rate of its day in millionths of a yuan. Choices are indices into the
 * field's table. No generic route writes here: rows come from the demo city. */
#ifndef DOMAIN_FUNDS_H
#define DOMAIN_FUNDS_H

#include "domain/field.h"

struct funds {
	struct record record;
	int64_t project_id;
	int32_t origin, route, form; /* where from; counted as cash or as fixed assets; in what form */
	int64_t amount_minor;        /* as it came, in its own currency */
	struct str currency;
	int64_t rate_e6;
	int32_t rate_date;
	int64_t amount_fen;
	struct str payee_uscc, doc_no;
	int32_t funds_date;
	struct str stat_month;       /* YYYY-MM that counts it */
	int32_t state;
};

extern const struct noun funds_noun;

#endif
