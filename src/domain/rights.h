/* rights.h - who may do what to which kind of record. What is not in the table is denied.
 *
 * Where (own county, whole city, own records) is scope: it is in every visible query. */
#ifndef DOMAIN_RIGHTS_H
#define DOMAIN_RIGHTS_H

#include "domain/field.h"

enum right {
	CAN_CREATE = 1, CAN_READ = 2, CAN_UPDATE = 4, CAN_DELETE = 8, CAN_SUBMIT = 16, CAN_VERIFY = 32,
	CAN_EXPORT = 64, CAN_REVEAL = 128,
	OWN_ONLY = 256,    /* the rights hold for own records only */
	STATE_ONLY = 512,  /* reads only FIELD_OPEN fields */
};

/* The roles with their words, by enum role. */
extern const struct choice role_choices[ROLE__N];

/* Bits of one role for one object. */
uint32_t rights_of(enum role r, enum object o);
bool may(const struct ctx *ctx, enum object o, uint32_t right); /* every bit of right */

/* ERR_FORBIDDEN with the object and the right named, or ERR_UNAUTHENTICATED for nobody. */
enum err need(struct ctx *ctx, enum object o, uint32_t right);

struct str object_name(enum object o);                     /* "project" */
struct str rights_letters(struct arena *a, uint32_t bits); /* "CRUDSVXP" */

/* Which own-record predicate a role has: '' = none, OFFICER, PARTNER, ENTERPRISE, PARK, OFFICE. */
struct str role_own(enum role r);

/* What an account of this role may read while the security office has said nothing of it: INTERNAL on
 * the city's side, OPEN outside it (PARTNER, ENTERPRISE, PUBLIC) and in the three offices, which see no
 * business data. Nobody is SEALED by role. */
enum secrecy role_clearance(enum role r);

bool role_is_office(enum role r);                           /* SYS_ADMIN, SEC_ADMIN, LOG_ADMIN */

#endif
