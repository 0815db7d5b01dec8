/* light.h - clocks and lights: how long a project has been in its stage, and whether that is too long.
 *
 * A light is the worst of several dimensions (docs/rules.md R-130 ff). Each is monotone: if nothing
 * happens it turns yellow on one day and red on a later one. Those first days are computed here from
 * the facts of a project, stored in its row whenever a fact changes, and compared with the day asked
 * about in every query (fragments of light.sql). So the light of any day is the same in a list, a
 * filter, a count and a page, and costs a comparison of two texts.
 *
 * Grey: the project is suspended, its clock stands. No light at all: ended, merged or closed. By hand a
 * light can only be made worse. */
#ifndef DOMAIN_LIGHT_H
#define DOMAIN_LIGHT_H

#include "domain/project.h"

enum light { LIGHT_GREEN, LIGHT_YELLOW, LIGHT_RED, LIGHT_GREY, LIGHT__N };

/* The dimensions, then the two causes that are none. */
enum light_cause {
	CAUSE_STAGE,      /* active days in the stage against the target */
	CAUSE_START,      /* works not begun in the planned month */
	CAUSE_PROGRESS,   /* investment done behind the line from start to production */
	CAUSE_STATISTICS, /* monthly report after the start is missing */
	CAUSE_CONTACT,    /* the service officer has not been in contact */
	CAUSE_DIMENSIONS, /* how many are computed */
	CAUSE_MANUAL = CAUSE_DIMENSIONS, CAUSE_SUSPENDED,
	CAUSE__N
};

extern const struct choice light_choices[LIGHT__N];
extern const struct choice light_causes[CAUSE__N];

/* Days DAY_NONE and numbers NONE when missing. */
struct light_facts {
	int32_t stage, side;
	int32_t stage_since_date, suspended_since_date;
	int64_t suspended_days;
	int32_t plan_start_date, start_date, plan_produce_date;
	int64_t basis_fen;            /* fixed-asset investment, else the exact total */
	int64_t done_fen;             /* of the last month reported */
	int32_t report_month;         /* first day of the last month reported */
	int64_t officer_id;
	int32_t last_contact_date;
};

/* Parameters of the city (table param). */
struct light_rules {
	int64_t target_days[STAGE__N]; /* 0 = no limit */
	int64_t warn_permille;
	int64_t start_red_months;
	int64_t gap_yellow_permille, gap_red_permille;
	int64_t report_yellow_months, report_red_months;
	int64_t contact_days;
};

/* One dimension: does it apply at this stage, are there data, and since when. */
struct light_turn {
	bool is_due, has_data;
	int32_t yellow_date, red_date; /* first such day; DAY_NONE = never */
};

/* What is stored beside the project. */
struct clock {
	int64_t clock_day;            /* day number from which the active days count; NONE = no clock */
	int64_t stopped_days;         /* instead, while the clock stands; NONE = it runs */
	int64_t target_days;          /* NONE = none */
	int32_t yellow_date, red_date;
	int32_t yellow_cause, red_cause; /* enum light_cause, CHOICE_NONE */
};

/* Pure. */
void light_turns(const struct light_facts *f, const struct light_rules *r,
	struct light_turn out[CAUSE_DIMENSIONS]);
struct clock light_clock(const struct light_facts *f, const struct light_rules *r);

enum err light_rules_load(struct ctx *ctx, const struct light_rules **out); /* once a ctx */
enum err light_facts_load(struct ctx *ctx, int64_t project_id, struct light_facts *out);

/* Bring the stored days of one project up to its facts. Inside a write job. */
enum err light_refresh(struct ctx *ctx, int64_t project_id);

/* The same for all projects whose row differs; *changed (may be NULL) = how many did. */
enum err light_refresh_all(struct ctx *ctx, int64_t *changed);

/* At start: a refresh of all when the parameters are others than those the days were made with (a new
 * parameter, a database of an earlier version). A write job of its own. */
enum err light_load(struct ctx *ctx);

/* Set the light by hand: `to` LIGHT_YELLOW or LIGHT_RED and worse than it is today, or LIGHT__N to
 * lift what was set. ERR_CONFLICT: not worse, nothing to lift, no light (ended, suspended), or stale. */
enum err light_set(struct ctx *ctx, int64_t project_id, enum light to, struct str reason, int64_t row_version);

#endif
