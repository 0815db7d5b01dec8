/* intake_env.h - names of places and industries for the recognition, from the reference tables. */
#ifndef DOMAIN_INTAKE_ENV_H
#define DOMAIN_INTAKE_ENV_H

#include "domain/intake.h"

/* What a bureau's headings meant last time. */
struct intake_memory {
	struct str key, field, unit;
};

struct intake_names {
	struct str within;                  /* division prefix that comes first: "3707" */
	const struct intake_memory *memory;
	size_t memory_n;
};

/* names must live as long as the env is used. */
struct intake_env intake_env_of(struct intake_names *names);

#endif
