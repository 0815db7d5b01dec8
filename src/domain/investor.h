/* investor.h - who puts the money in: a firm at home or abroad, or a person.
 *
 * id_no is a unified social credit code (id_kind USCC), a foreign registration number or, for a
 * person, empty: a resident ID belongs to a contact. name_key is the normalised name that
 * duplicates are looked for by (text.h). Money in fen. */
#ifndef DOMAIN_INVESTOR_H
#define DOMAIN_INVESTOR_H

#include "domain/field.h"

enum { ID_USCC, ID_FOREIGN_REG, ID_PERSON };

struct investor {
	struct record record;
	struct str name, name_key;
	struct str region_code;    /* the unit that keeps it */
	int32_t id_kind;
	struct str id_no;
	struct str country;        /* ISO 3166-1 alpha-2 */
	struct str province_code;
	struct str group_name;
	struct str list_tags;      /* F500,CN500,... */
	struct str website;
	int64_t revenue_fen;
	int32_t credit_flag;
	struct str note;
	int64_t import_id;
	int64_t projects_n;        /* counted by the visible query */
};

extern const struct noun investor_noun;

#endif
