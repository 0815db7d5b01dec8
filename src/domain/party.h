/* party.h - which investor has which part in a project; share in permille, no more than 1000 in all
 * for one kind of part. */
#ifndef DOMAIN_PARTY_H
#define DOMAIN_PARTY_H

#include "domain/field.h"

enum { PARTY_INVESTOR, PARTY_CONTROLLER, PARTY_PROJECT_COMPANY, PARTY_LOCAL_PARTNER };

struct party {
	struct record record;
	int64_t project_id, investor_id;
	int32_t role;
	int64_t share_permille;
	int32_t from_date, to_date;
	struct str investor_name, investor_id_no; /* of the investor, by the visible query */
};

extern const struct noun party_noun;

#endif
