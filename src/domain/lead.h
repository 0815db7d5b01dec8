/* lead.h - what was heard of an intent to invest, before it is a project. reported_at_ms is the
 * server's time: the only one that counts for the first report. The clocks, collisions and rulings
 * of the first-report rule come with their own screens. */
#ifndef DOMAIN_LEAD_H
#define DOMAIN_LEAD_H

#include "domain/field.h"

enum lead_state {
	LEAD_DRAFT, LEAD_REPORTED, LEAD_ACCEPTED, LEAD_REJECTED, LEAD_DUPLICATE, LEAD_CONFLICT, LEAD_STUDYING,
	LEAD_ASSIGNED, LEAD_CONVERTED, LEAD_DROPPED, LEAD_EXPIRED
};


struct lead {
	struct record record;
	struct str code;
	struct str investor_name, investor_uscc, investor_group, country;
	struct str region_code;
	int32_t source_kind;
	int64_t partner_id;
	struct str industry_code, content;
	int64_t intended_invest_fen;
	int32_t confidence;
	int32_t first_contact_date;
	int64_t reported_at_ms;
	struct str reporting_unit;
	int32_t secrecy;
	int32_t state;
	struct str state_reason;
	int64_t project_id;
};

extern const struct noun lead_noun;

#endif
