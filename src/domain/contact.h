/* contact.h - a person at an investor, a project or a lead. Personal fields are masked unless
 * revealed; each reveal is an audit row. Each has a purpose and a basis (consent). */
#ifndef DOMAIN_CONTACT_H
#define DOMAIN_CONTACT_H

#include "domain/field.h"

enum { OWNER_INVESTOR, OWNER_PROJECT, OWNER_LEAD };

struct contact {
	struct record record;
	int32_t owner_kind;
	int64_t owner_id;
	struct str name, title;
	struct str mobile, phone, email, wechat, resident_id;
	bool is_main;
	int32_t consent;
	struct str purpose;
};

extern const struct noun contact_noun;

#endif
