/* project.h - an investment project from lead to production: the record and its field table.
 *
 * Money is int64 fen (1/100 yuan), land 0.01 mu, energy 0.01 tce a year, dates are civil days since
 * 1970-01-01 in Asia/Shanghai; how a missing value looks is said in field.h. Text points into the
 * arena of the ctx it was read with. One member for each column of table project, in its order. */
#ifndef DOMAIN_PROJECT_H
#define DOMAIN_PROJECT_H

#include "domain/field.h"

/* The way of a project, in order; moved only by a verified proposal. Order = project_stages. */
enum stage {
	STAGE_LEAD, STAGE_TALK, STAGE_SIGNED, STAGE_LANDED, STAGE_STARTED, STAGE_PRODUCING, STAGE_CAPACITY,
	STAGE_CLOSED,
	STAGE__N
};

/* Beside the stage: whether its clock runs. Order = project_sides. */
enum side { SIDE_ACTIVE, SIDE_SUSPENDED, SIDE_TERMINATED, SIDE_MERGED, SIDE__N };

enum project_kind { KIND_INVEST, KIND_TALENT, KIND_TECH, KIND__N };

/* How exact the amount as written was; only QUAL_EXACT counts in sums. Order = project_quals. */
enum qual { QUAL_EXACT, QUAL_OVER, QUAL_ABOUT, QUAL_NEARLY, QUAL_PHASE, QUAL__N };

/* Size by total investment, bounds left-closed: S1 below 1 亿元 ... S6 from 100 亿元. */
enum size_band { SIZE_S1, SIZE_S2, SIZE_S3, SIZE_S4, SIZE_S5, SIZE_S6, SIZE__N };

struct project {
	struct record record;
	struct str code;              /* XM + region + year + 5 digits; never reused */
	struct str name;              /* as in the contract, not the short name */
	struct str name_key;          /* text.h name_key(name), for the duplicate search */
	struct str name_en;
	int32_t kind;                 /* enum project_kind */
	struct str region_code;       /* 6 to 12 characters; scope is a prefix test on it */
	int64_t park_id, lead_id;
	int64_t prior_id;             /* the terminated project that this one takes up again */
	int64_t merged_into;          /* SIDE_MERGED only */
	int64_t partner_id;           /* who brought it */
	int32_t stage, side;          /* enum stage, enum side */
	bool is_stage_verified;       /* false for imported stages until a verifier confirms them */
	int32_t stage_since_date;
	int32_t suspended_since_date;
	int64_t suspended_days;       /* in this stage, before suspended_since_date */
	bool is_key;
	int32_t key_level;
	struct str key_doc_no;
	bool is_return, is_foreign;
	struct str industry_code;     /* GB/T 4754 class; division allowed until SIGNED */
	struct str chain_node;
	int32_t chain_effect;
	struct str content, site;
	struct str investor_text;     /* as the sheet or the form has it; parties are project_party rows */
	int64_t total_invest_fen;     /* agreed, not what has arrived */
	struct str invest_text;       /* the amount as written, when it was not plain */
	int32_t invest_qual;          /* enum qual */
	int32_t size_band;            /* enum size_band; derived, stored */
	int64_t fai_fen, equipment_fen;
	struct str currency;          /* ISO 4217 of foreign_minor */
	int64_t foreign_minor, rate_e6;
	int32_t rate_date;
	int64_t funds_fen;            /* verified funds in place: kept with its records */
	int64_t land_mu_e2, floor_m2, energy_tce_e2;
	int64_t cod_kg, nh3n_kg, so2_kg, nox_kg, voc_kg, pm_kg, water_m3; /* a year */
	int64_t jobs;
	int64_t promised_output_fen, promised_tax_fen; /* a year; thresholds only, never an incentive's base */
	int32_t first_talk_date, sign_date, land_date, start_date, produce_date, capacity_date;
	int32_t plan_sign_date, plan_land_date, plan_start_date, plan_produce_date, plan_capacity_date;
	int64_t lng_e6, lat_e6;
	int32_t secrecy;
	int32_t admission;
	struct str admission_doc_no, review_doc_no;
	struct str first_report_unit;
	int64_t first_report_at_ms;
	int64_t officer_id;
	struct str handler;           /* who leads the talks on our side, as text */
	int32_t last_contact_date;
	struct str dates_text;        /* dates that could not be read as days, as written */
	struct str source_note, note;
	struct str missing_fields;    /* comma-separated names: what an import left open */
	int64_t import_id;            /* the import that made it */
	int32_t manual_light;         /* LIGHT_YELLOW, LIGHT_RED or CHOICE_NONE; index into light_choices */
	int32_t manual_light_date;
	struct str manual_light_reason;
	int32_t light, light_cause;   /* of ctx->today, by the visible query: domain/light.h */
	int32_t light_since_date;
	int64_t stage_days;           /* active days in the stage; suspensions do not count */
	int64_t target_days;          /* of the stage; NONE = no limit */
	int64_t over_days;            /* past the target, while the clock runs; else NONE */
};

extern const struct field project_fields[];
extern const size_t project_fields_n;

/* The choices of the enumerations above, each in the order of its enum. */
extern const struct choice project_stages[STAGE__N];
extern const struct choice project_sides[SIDE__N];
extern const struct choice project_quals[QUAL__N];
extern const struct choice project_size_bands[SIZE__N];
extern const struct choice secrecies[SECRECY__N]; /* of everything that has a grade */

extern const struct noun project_noun;

/* The hooks of project_noun (field.h says when they run); rules in project.c. */
enum err project_check(struct ctx *ctx, const void *old, void *rec, const struct fieldset *set);
enum err project_after(struct ctx *ctx, const void *old, const void *rec);
enum err project_may_delete(struct ctx *ctx, const void *rec);

/* The band of a total, by the city's parameters; NONE gives CHOICE_NONE. */
enum err project_size_band(struct ctx *ctx, int64_t total_invest_fen, int32_t *band);

/* Places in project_fields of a member's row: -1 = none. */
int project_field_index(struct str name);

#endif
