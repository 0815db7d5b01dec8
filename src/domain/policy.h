/* policy.h - how strict the city is: second factors, passwords, addresses of administrators, alarms.
 *
 * Rows of table setting, changed by the security administrator, each change an audit row. What is not set
 * has its standard: second factors for the three offices (in a demo city for who wants one), passwords
 * after ASVS, no limit of addresses. */
#ifndef DOMAIN_POLICY_H
#define DOMAIN_POLICY_H

#include "domain/field.h"

enum factor_rule { FACTOR_OPTIONAL, FACTOR_ADMINS, FACTOR_ALL };
enum password_profile { PROFILE_ASVS2, PROFILE_DENGBAO3 };

struct policy {
	enum factor_rule second_factor;  /* who needs one; OPTIONAL in a demo city only */
	enum password_profile password_profile;
	struct str admin_networks;       /* ranges the offices may work from; empty = anywhere */
	int64_t alarm_login_n, alarm_refused_n, alarm_odd_n; /* events in ten minutes that raise an alarm */
};

enum err policy_get(struct ctx *ctx, struct policy *out);

/* The settings as a table, for the answer, the form and the command line. */
struct policy_field {
	struct str key, zh, en;
	const struct choice *choices;    /* NULL: networks or a number */
	size_t choices_n;
	bool is_number;
};
extern const struct policy_field policy_fields[];
extern const size_t policy_fields_n;
struct str policy_text(struct ctx *ctx, const struct policy *p, size_t field);

/* JOB. Change one setting. ERR_INVALID unknown_member, not_a_choice, not_a_network, factor_needed,
 * own_address_outside (who sets the ranges must be inside them; the console is everywhere). */
enum err policy_set(struct ctx *ctx, struct str key, struct str value);

/* ERR_FORBIDDEN address_refused when the actor's office may not be held from ctx->remote. */
enum err policy_check_address(struct ctx *ctx);

#endif
