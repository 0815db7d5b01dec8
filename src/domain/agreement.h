/* agreement.h - a framework agreement or a contract; the scan is an evidence file. A contract with
 * both seals and a date opens the gate to SIGNED. Amount in fen. */
#ifndef DOMAIN_AGREEMENT_H
#define DOMAIN_AGREEMENT_H

#include "domain/field.h"

struct agreement {
	struct record record;
	int64_t project_id;
	int32_t kind;
	int32_t sign_date;
	struct str party_text;
	int64_t amount_fen;
	bool is_sealed_by_both, has_special_clause;
	int64_t evidence_id;
};

extern const struct noun agreement_noun;

#endif
