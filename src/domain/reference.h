/* reference.h - divisions, industries and default parameters that a city starts with.
 *
 * The tables are inside the program (made from data/ at build time). They serve every look-up by code
 * and name here; the tables region, industry and param of the database serve SQL and may be changed by
 * the city: what it changed stays. Everything returned is static unless it comes in a list, which is
 * in the arena.
 *
 * Codes: divisions have 6 digits, townships 9, zones without an official code 3707Z1 and so on. The
 * prefix of a code is what all codes inside it begin with: 370000 -> 37, 370700 -> 3707,
 * 370783 -> 370783. */
#ifndef DOMAIN_REFERENCE_H
#define DOMAIN_REFERENCE_H

#include "domain/ctx.h"

enum region_level { REGION_PROVINCE, REGION_PREFECTURE, REGION_COUNTY, REGION_TOWNSHIP, REGION_LEVEL__N };

struct region {
	struct str code, name, name_en, parent;
	enum region_level level;
	int32_t sort_no;     /* place in the city's reports, from 1; 0 = none */
	bool is_unit;        /* one of the units that the city ranks */
	bool is_zone;
	bool is_placeholder; /* 市辖区 and the like: in the tree, in no picker, and without a name to find */
};

enum industry_level { INDUSTRY_SECTION, INDUSTRY_DIVISION, INDUSTRY_GROUP, INDUSTRY_CLASS,
	INDUSTRY_LEVEL__N };

struct industry {
	struct str code, name, parent, section;
	enum industry_level level;
};

struct region_list {
	const struct region **items;
	size_t n;
};

struct industry_list {
	const struct industry **items;
	size_t n;
};

/* Put the reference rows that are not there yet into the database: one write job, and none when this
 * program's rows were loaded before. Rows that are there are left as they are. */
enum err reference_load(struct ctx *ctx);

/* ---- divisions ---- */
struct str region_level_code(enum region_level l);       /* "PROVINCE", as in SQL */
const struct region *region_by_code(struct str code);    /* NULL = no such code */
struct str region_prefix(struct str code);

/* The name of what a scope or code stands for ("3707" -> 潍坊市); the scope itself where it has none. */
struct str region_label(struct str scope);
struct str region_name_in(const struct region *r, enum lang lang);      /* in English where it has such a name */
struct str region_label_in(struct str scope, enum lang lang);

/* The region that a text names: a full name, a short one, or names one inside the other (寿光市, 寿光,
 * 山东潍坊寿光). Regions below `within` (a prefix, may be empty) come first, then the whole country;
 * full names come before short ones, and the higher level wins; last comes a unit's English name. NULL = unknown, or several. */
const struct region *region_by_name(struct str text, struct str within);

/* Children of a code or prefix ("370700", "3707"; empty = the provinces), by code. Placeholders are
 * left out and their children stand in their place. */
struct region_list region_children(struct arena *a, struct str parent);
struct region_list region_units(struct arena *a);        /* in the order of reports */

/* ---- industries ---- */
struct str industry_level_code(enum industry_level l);   /* "CLASS", as in SQL */

/* By code with or without its section: 2662, C2662, 26, C. NULL = no such code. */
const struct industry *industry_by_code(struct str code);

/* By the exact name. A group and its only class often share one: the class wins. NULL = unknown. */
const struct industry *industry_by_name(struct str name);

/* What a person means by q, at most `max`: code, start of code, start of name, part of name; classes
 * before groups before divisions where that leaves a choice. An empty q gives the sections. */
struct industry_list industry_search(struct arena *a, struct str q, size_t max);
struct industry_list industry_children(struct arena *a, struct str parent); /* empty = the sections */

/* "制造业 / 化学原料和化学制品制造业 / 专用化学产品制造", without the industry itself. */
struct str industry_path(struct arena *a, const struct industry *i);

#endif
