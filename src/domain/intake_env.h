/* intake_env.h - names of places and industries for the recognition, from the reference tables. */
#ifndef DOMAIN_INTAKE_ENV_H
#define DOMAIN_INTAKE_ENV_H

#include "domain/intake.h"

/* What a bureau's headings meant last time. */
struct intake_memory {
	struct str key, field, unit;
};

/* What a place or an industry was found to be: a sheet names few different ones, thousands of times. */
enum { INTAKE_SEEN = 512, INTAKE_SEEN_BYTES = 60 };
struct intake_seen {
	char text[INTAKE_SEEN_BYTES];
	uint8_t n, kind;                    /* n = 0: empty */
	struct str code;                    /* empty = names nothing */
};

struct intake_names {
	struct str within;                  /* division prefix that comes first: "3707" */
	const struct intake_memory *memory;
	size_t memory_n;
	struct intake_seen seen[INTAKE_SEEN]; /* filled as it goes */
};

/* names must live as long as the env is used, by one thread. */
struct intake_env intake_env_of(struct intake_names *names);

#endif
