/* view.h - a list as somebody wants to find it again: conditions, search, order and columns under a name.
 *
 * Belongs to its author. With a region_code it is shared to that unit: whoever works in the unit or
 * below it sees it, and reads through it what his own rights let him see, since a view holds conditions
 * and never rows. Who may share is R-110 in docs/rules.md. */
#ifndef DOMAIN_VIEW_H
#define DOMAIN_VIEW_H

#include "domain/field.h"

struct view {
	struct record record;
	struct str noun;           /* plural of the noun that is listed: "projects" */
	struct str name;
	struct str query;          /* the list's query string: conditions, q, sort; empty = all */
	struct str columns;        /* comma-separated field names; empty = the standard ones */
	struct str region_code;    /* the unit it is shared to; empty = its author's alone */
	struct str owner_name;     /* by the visible query */
	bool is_own;               /* by the visible query */
};

extern const struct noun view_noun;

#endif
