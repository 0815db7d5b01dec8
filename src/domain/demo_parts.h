/* demo_parts.h - what the files that make the demo city share; nobody else includes it.
 *
 *   demo_random.c   numbers from a seed
 *   demo_tables.c   units, chains, products, origins of investors: what the city is made of
 *   demo_names.c    invented persons, firms, codes and telephone numbers
 *   demo_plan.c     the projects in memory: who, where, how large, which day what happened
 *   demo_funds.c    the payments in memory
 *   demo_files.c    small PDF, PNG and text files that stand for evidence
 *   demo_rows.c demo_accounts.c demo_project_rows.c demo_way_rows.c demo_life_rows.c   memory -> rows
 *   demo.c          the order of it
 *
 * Money in the plan is in 万元 (10,000 yuan, a million fen), as bureaus think; rows hold fen. */
#ifndef DOMAIN_DEMO_PARTS_H
#define DOMAIN_DEMO_PARTS_H

#include "domain/ctx.h"
#include "domain/proposal.h"

enum { WAN_FEN = 1000000 };
#define LEN(a) (sizeof(a) / sizeof *(a))

/* ---- numbers ---- */
struct demo_rng {
	uint64_t state;
};

/* A stream of its own for each thing, so that a write job that is run again makes the same rows. */
struct demo_rng demo_rng_of(uint64_t seed, uint64_t stream);
uint64_t demo_next(struct demo_rng *r);
int64_t demo_between(struct demo_rng *r, int64_t lo, int64_t hi); /* both ends may come */
int64_t demo_low(struct demo_rng *r, int64_t lo, int64_t hi);     /* the same, small ones more often */
bool demo_chance(struct demo_rng *r, int permille);
size_t demo_pick(struct demo_rng *r, const int16_t *weights, size_t n);

/* ---- tables ---- */
enum { DEMO_UNITS = 17, DEMO_CHAINS = 12, DEMO_BANDS = SIZE__N };

struct demo_unit {
	struct str code, place;       /* place: as in a firm's name */
	int16_t weight;
	int16_t chains[DEMO_CHAINS];  /* how often each chain comes here */
	int32_t lng_e6, lat_e6;       /* a point inside; projects lie around it */
};
extern const struct demo_unit demo_units[DEMO_UNITS];

struct demo_chain {
	struct str name, stem;        /* stem: line of business in a firm's name */
	int16_t tce_per_mille_yi;     /* tce a year for 1,000 亿元 of fixed assets, in thousands */
	int16_t emission;             /* 0 none, 1 little, 2 much */
	bool has_land;                /* else it rents */
};
extern const struct demo_chain demo_chains[DEMO_CHAINS];

struct demo_product {
	uint8_t chain;
	struct str class_code, name, node;
};
extern const struct demo_product demo_products[];
extern const size_t demo_products_n;

struct demo_origin {
	struct str name, area_code, country; /* area_code: division in the credit code; empty = abroad */
	struct str currency;
	int64_t rate_e6;
	int16_t weight;
};
extern const struct demo_origin demo_origins[];
extern const size_t demo_origins_n;

/* ---- names ---- */
struct str demo_cat(struct arena *a, const struct str *parts, size_t n);
#define CAT(a, ...) \
	demo_cat((a), (const struct str[]){__VA_ARGS__}, sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
struct str demo_no(struct arena *a, int64_t v, int digits);
struct str demo_person(struct arena *a, struct demo_rng *r);
struct str demo_brand(struct arena *a, struct demo_rng *r);
struct str demo_uscc(struct arena *a, struct str area_code, int64_t no);        /* check characters right */
struct str demo_mobile(struct arena *a, int64_t no);                            /* 1990000xxxx */
struct str demo_resident_id(struct arena *a, struct demo_rng *r, int64_t no);   /* 370700: never given out */
struct str demo_firm(struct arena *a, struct demo_rng *r, const struct demo_origin *o,
	struct str brand, struct str stem);
struct str demo_wan_text(struct arena *a, int64_t wan);                         /* 5.2亿元, 8000万元 */

/* ---- the plan ---- */
struct demo_investor {
	struct str name, brand, id_no;
	const struct demo_origin *origin;
	int unit;                     /* that keeps it */
	int64_t id;                   /* 0 = no row yet */
};

enum demo_wait { WAIT_NONE, WAIT_REVIEW, WAIT_VERIFY, WAIT_RETURNED, WAIT_WITHDRAWN };

struct demo_project {
	int unit;
	const struct demo_product *product;
	struct demo_investor *investor;
	struct str name, site;
	enum project_kind kind;
	enum stage stage;
	enum side side;
	int32_t day[STAGE__N];        /* the day it entered, DAY_NONE = not (yet) */
	int32_t side_day;             /* since when it is suspended, or when it ended */
	int32_t resumed_day;          /* an earlier suspension's end */
	int32_t suspended_days;       /* and its length */
	int32_t last_contact;         /* the last talk; DAY_NONE before the first */
	int32_t last_day;             /* of anything that happened */
	struct demo_project *merged_into;
	bool is_double;               /* signed and landed in one proposal */
	bool is_lease, is_key, is_return, is_sealed;
	int key_level;                /* 0 province, 1 city, 2 county */
	int64_t invest_wan, fai_wan;
	int64_t foreign_minor;        /* cents; 0 = in yuan */
	int64_t rate_e6;
	int64_t funds_wan;            /* planned so far, for the cap */
	int64_t funds_fen;            /* counted */
	enum demo_wait wait;          /* its open or last proposal, not DONE */
	enum proposal_kind wait_kind;
	bool has_lead;
	int64_t partner;              /* who brought it; 0 = nobody */
	int64_t id, company_id;       /* rows; 0 = none yet */
	struct str company, company_uscc;
	struct str code;
	int32_t lng_e6, lat_e6;
};

struct demo_payment {
	struct demo_project *project;
	int32_t day;
	int64_t wan;                  /* plan */
	int64_t fen;                  /* final */
	int64_t minor;                /* foreign; 0 = in yuan */
	uint8_t form, state;          /* rows of the tables in demo_funds.c */
	bool is_local;                /* not counted */
};

/* Evidence of one kind; many rows share it. */
struct demo_file {
	struct str kind, file_name, mime, bytes, sha256;
};
enum { DEMO_PHOTOS = 4 };

/* A step of the audit's tail. */
struct demo_city {
	struct ctx *ctx;
	uint64_t seed;
	int32_t today;
	int64_t now_ms;
	struct demo_investor *investors;
	size_t investors_n, investors_room;
	struct demo_project *projects;
	size_t projects_n, projects_room;
	struct demo_payment *payments;
	size_t payments_n, payments_room;

	struct demo_file *files;
	size_t files_n;
	struct str password_hash;

	/* Set by the write job, again each time it runs. */
	struct arena scratch;         /* for one project */
	int64_t city_staff, city_verifier, city_verifier2, city_leader;
	int64_t staff[DEMO_UNITS], reviewer[DEMO_UNITS], officer[DEMO_UNITS];
	int32_t project_no[DEMO_UNITS][4], lead_no[DEMO_UNITS][4 * 12]; /* codes given out; from 2021 on */
};

/* Year's figures that the plan is built to; see demo.h. */
enum { DEMO_SIGNED_2023 = 1126, DEMO_STARTED_2023 = 583 };
#define DEMO_FUNDS_2023_WAN INT64_C(15240000)

void demo_plan(struct demo_city *c);
bool demo_has_contract(const struct demo_project *p);  /* signed, or proposed to be */
bool demo_has_company(const struct demo_project *p);   /* landed, or proposed to be */
enum err demo_plan_funds(struct demo_city *c);
bool demo_payment_counts(const struct demo_payment *p);

int32_t demo_workday(int32_t day);              /* the day itself, or the working day before it */

/* The instant of a day and minute (Beijing), never after the city's now. */
int64_t demo_at(const struct demo_city *c, int32_t day, int minute);

/* ---- rows ---- */
struct demo_row {
	struct column c[96];
	size_t n;
};
void demo_text(struct demo_row *r, struct str name, struct str s);  /* empty = NULL */
void demo_int(struct demo_row *r, struct str name, int64_t v);      /* NONE = NULL */
void demo_day(struct demo_row *r, struct arena *a, struct str name, int32_t day); /* DAY_NONE = NULL */
/* created_at_ms, created_by, updated_at_ms */
void demo_stamp(struct demo_row *r, int64_t created_at_ms, int64_t by, int64_t updated_at_ms);
enum err demo_put(struct demo_city *c, struct str table, const struct demo_row *r, int64_t *id);

void demo_make_files(struct demo_city *c);
enum err demo_put_files(struct demo_city *c);
const struct demo_file *demo_file_of(const struct demo_city *c, struct str kind, int variant); /* variant: of PHOTO */

enum err demo_put_accounts(struct demo_city *c);
enum err demo_put_project(struct demo_city *c, struct demo_project *p);
enum err demo_put_named(struct demo_city *c, struct str kind, int64_t id, int unit);
enum err demo_put_way(struct demo_city *c, struct demo_project *p);
enum err demo_put_funds(struct demo_city *c);
enum err demo_put_life(struct demo_city *c, struct demo_project *p); /* talks and monthly progress */
enum err demo_put_lead_of(struct demo_city *c, struct demo_project *p);
enum err demo_put_other_leads(struct demo_city *c);
/* After the city's job: sheets at the import desk, which run write jobs of their own. */
enum err demo_put_imports(struct demo_city *c);
/* Last of the rows: an audit row for each of them that somebody would have made by hand. */
enum err demo_put_history(struct demo_city *c);

#endif
