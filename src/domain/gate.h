/* gate.h - what must be there before a project enters a stage (docs/rules.md, R-011 to R-071).
 *
 * A gate is a pure question over facts; the facts of one project come from one query. Every missing
 * item is reported, not the first. Two stages at once need both gates. */
#ifndef DOMAIN_GATE_H
#define DOMAIN_GATE_H

#include "domain/project.h"

/* Counts and values of one project, as of now. Missing numbers are NONE. */
struct gate_facts {
	int64_t has_investor, has_industry, industry_digits, has_handler;
	int64_t talks, last_talk_ymd;   /* of any kind; 20240302 */
	int64_t full_talks;             /* with date, both sides and 50 characters of minutes */
	int64_t contracts;              /* agreements CONTRACT, whatever is missing of them */
	int64_t sealed_contracts;       /* agreement CONTRACT, sealed by both, with its scan */
	int64_t investors;              /* parties INVESTOR */
	int64_t identified_investors;   /* parties INVESTOR with a credit code or foreign registration */
	int64_t total_invest_fen, fai_fen, land_mu_e2, energy_tce_e2;
	int64_t phases;
	int64_t is_admitted;            /* admission PASS, NA or WAIVED with its document */
	int64_t is_review_due, has_review_doc;
	int64_t licences, local_companies;
	int64_t national_codes;
	int64_t land_contracts, leases, long_leases;
	int64_t permits, fitouts, equipment_orders;
	int64_t photos;
	int64_t photos_on_site;         /* dated, within 500 m of the project's point */
	int64_t payments;
	int64_t acceptances, sales_or_power, env_permits, has_emissions;
	int64_t above_scale, output_proofs, closing_reviews;
};

struct gate {
	enum stage to;
	struct str code;                /* what the checklist calls it: error field, test name */
	bool (*is_open)(const struct gate_facts *g);
	struct str zh, en;              /* the condition */
	struct str remedy_zh, remedy_en;
	struct str evidence_kind;       /* what an upload in place is filed as; empty = no file */
	struct str rule;                /* docs/rules.md */
};

extern const struct gate gates[];
extern const size_t gates_n;

enum err gate_facts_load(struct ctx *ctx, int64_t project_id, struct gate_facts *out);

/* What is there of a gate's condition, as its line of the checklist says it ("洽谈 1 次，最近 2024-03-02，
 * 还没有写齐双方人员和 50 字纪要的"); empty = nothing yet. */
struct str gate_have(struct arena *a, const struct gate *gate, const struct gate_facts *g, enum lang lang);

/* Chains one ERR_GATE for each closed gate on the way to `to` from `from` (one stage or two). */
enum err gates_check(struct ctx *ctx, const struct gate_facts *g, enum stage from, enum stage to);

#endif
