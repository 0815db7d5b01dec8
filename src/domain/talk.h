/* talk.h - one meeting or call about a project or a lead: who, where, what was said, what is next.
 * Minutes of at least 50 characters count for the gate to TALK. */
#ifndef DOMAIN_TALK_H
#define DOMAIN_TALK_H

#include "domain/field.h"

struct talk {
	struct record record;
	int64_t project_id, lead_id; /* at least one */
	int32_t talk_date;
	struct str place, ours, theirs, content, commitment, next_step;
	int32_t next_date;
	int32_t level;
};

extern const struct noun talk_noun;

#endif
