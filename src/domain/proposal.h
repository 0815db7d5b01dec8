/* proposal.h - how a project moves: a proposal, its chain of review and verification, the event.
 *
 * The stage (or side state, or region) changes at the last act of the chain, in the same
 * transaction as the stage_event that statistics read. Proposer, reviewer and verifier are three
 * different accounts. A project has one open proposal at a time. Rows: stage_way (days), chains
 * (who acts), kinds (what may follow what): all in proposal.c; source docs/rules.md R-080 ff. */
#ifndef DOMAIN_PROPOSAL_H
#define DOMAIN_PROPOSAL_H

#include "domain/gate.h"

enum proposal_kind {
	PROPOSE_ADVANCE, PROPOSE_CORRECTION, PROPOSE_SUSPEND, PROPOSE_RESUME, PROPOSE_TERMINATE, PROPOSE_MERGE,
	PROPOSE_UNMERGE, PROPOSE_TRANSFER, PROPOSE_CONFIRM,
	PROPOSE__N
};
enum proposal_act { ACT_PROPOSE, ACT_REVIEW, ACT_VERIFY, ACT_RETURN, ACT_WITHDRAW, ACT__N };
enum proposal_state { PROPOSAL_OPEN, PROPOSAL_RETURNED, PROPOSAL_WITHDRAWN, PROPOSAL_DONE };

struct proposal {
	struct record record;
	int64_t project_id;
	int32_t kind;              /* enum proposal_kind */
	int32_t from_stage, to_stage;
	int32_t reason_code;
	struct str reason;
	int32_t event_date;        /* the day it happened */
	int32_t via_date;          /* two stages at once: the day of the first; DAY_NONE = event_date */
	struct str to_region_code; /* TRANSFER */
	int64_t merged_into;       /* MERGE */
	int64_t evidence_id;
	int32_t state;             /* enum proposal_state */
	int32_t next_act;          /* ACT_REVIEW or ACT_VERIFY while open, as index into proposal_next_acts */
	int64_t project_version;
	int32_t due_date;          /* of next_act, by working days; DAY_NONE when ended */
	struct str project_name, region_code, proposer_name; /* by the visible query */
	bool is_own, is_newest;    /* made by the actor; the newest of its project */
	int32_t stage;
};

extern const struct noun proposal_noun;
extern const struct choice proposal_kinds[PROPOSE__N];
extern const struct choice proposal_acts[ACT__N];
extern const struct choice proposal_reasons[];
extern const size_t proposal_reasons_n;

/* Default days of a stage (handbook 3.1), 0 = no limit; the city's param stage_days_<STAGE> wins. */
enum err stage_target_days(struct ctx *ctx, int32_t out[STAGE__N]);

/* Who acts after the proposer, in order; kind and stage decide. Returns how many. */
size_t proposal_chain(enum proposal_kind kind, enum stage to, enum proposal_act acts[2]);
enum role proposal_role(enum proposal_act act);

/* What the actor could propose for this project now; *why = rule key when not. */
bool proposal_may(struct ctx *ctx, const struct project *p, enum proposal_kind kind, struct str *why);

/* Store a proposal. in: kind, to_stage, reason_code, reason, event_date, via_date, to_region_code,
 * merged_into, evidence_id, project_version. ERR_GATE chains every missing item; ERR_CONFLICT: not
 * reachable from here, one is open already, or the project was changed since project_version. */
enum err proposal_make(struct ctx *ctx, const struct project *p, struct proposal *in);

/* Review, verify, return or withdraw. ERR_CONFLICT: not its turn, or row_version stale; ERR_FORBIDDEN:
 * not this role's act, or the same person has acted on it before. */
enum err proposal_act(struct ctx *ctx, int64_t proposal_id, enum proposal_act act,
	struct str comment, int64_t row_version);

/* Bring due_date of every open proposal up to the calendar and the parameters. Inside a write job. */
enum err proposal_refresh_due(struct ctx *ctx);

/* When an act that began to wait on `since` is due. */
enum err proposal_due(struct ctx *ctx, enum proposal_act act, int32_t since, int32_t *due);

/* The same question without the act, for buttons. */
bool proposal_may_act(struct ctx *ctx, const struct proposal *p, enum proposal_act act, struct str *why);

#endif
