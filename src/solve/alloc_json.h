/* alloc_json.h - the exchange format alloc/1 and alloc-plan/1: the only part of solve that knows
 * JSON.
 *
 * Refused, each with the place (a path such as projects[3].alts[0].use[2]), the rule and what
 * would mend it: text over ALLOC_TEXT_MAX, broken JSON (NaN too), a member of a wrong type,
 * negative or overflowing quantities, an unknown unit or id, an id twice, an alternative without
 * demand, transfers in a ring, periods out of order. An unknown member is a warning, or with
 * `is_strict` an error. */
#ifndef SOLVE_ALLOC_JSON_H
#define SOLVE_ALLOC_JSON_H

#include "base/err.h"
#include "solve/alloc.h"

struct json;

#define ALLOC_TEXT_MAX ((size_t)64 << 20)

struct alloc_reading {
	bool is_strict;
	struct error error;   /* filled on failure: field = place, rule = key, message = sentence */
	struct str *warnings; /* one text a warning, the first 100 */
	int32_t n_warnings;
};

/* Read an instance; everything lives in `a`. ERR_INVALID or ERR_TOO_LARGE with r->error filled. */
enum err alloc_read(struct arena *a, struct str text, struct alloc_reading *r, struct alloc *out);

/* Read the plan[] and flows[] of an alloc-plan/1 text against `in`. has_flows tells whether the
 * text had a flows member. */
enum err alloc_plan_read(struct arena *a, struct str text, const struct alloc *in,
						 struct alloc_reading *r, struct alloc_plan *out, bool *has_flows);

/* What an alloc-plan/1 text claims for its stages, for the checker; `stages` in text order. */
struct alloc_claim {
	struct alloc_goal goal;
	int64_t value, bound;
};
enum err alloc_claims_read(struct arena *a, struct str text, const struct alloc *in,
						   struct alloc_reading *r, struct alloc_claim **out, int32_t *n);

/* A change of supply, weights or forced answers: one row of a scenario file
 * {"scenarios":[{"name","supply":[{"pool"?,"factor"?,"period"?,"permille"?,"add"?}],
 *  "weights":[{"class","permille"}],"must":[],"never":[]}]}. Each scenario is a whole instance of
 * its own that shares what it does not change. */
struct alloc_scenario {
	struct str name;
	struct alloc in;
};
enum err alloc_scenarios_read(struct arena *a, struct str text, const struct alloc *in,
							  struct alloc_reading *r, struct alloc_scenario **out, int32_t *n);

/* plan[] and flows[] as members of the object that is open in j. */
void alloc_plan_write(struct json *j, const struct alloc *in, const struct alloc_plan *plan);

#endif
