/* cli_allocate_answer.h - the answer of `zhaoyin allocate` as JSON: stages, plan, reasons.
 *
 * Every function writes members of the object that is open in j. */
#ifndef CLI_ALLOCATE_ANSWER_H
#define CLI_ALLOCATE_ANSWER_H

#include "base/json.h"
#include "solve/stages.h"

#include <stdatomic.h>

/* Opens the object, with format, name and the hash of the instance's text. */
void answer_open(struct json *j, const struct alloc *in, struct str text);

/* "proven", "limit", "cancelled", "infeasible" or "none". */
const char *answer_status(const struct solve_answer *ans);

/* Status, how it was found, stages, floors, plan and movements. */
void answer_put(struct json *j, const struct alloc *in, const struct solve_setup *setup,
				const struct solve_answer *ans);
void answer_put_stage(struct json *j, const struct alloc *in, const struct solve_stage *st);

/* The rules that contradict each other; looks for them up to `seconds`. */
void answer_put_conflict(struct arena *a, struct json *j, const struct alloc *in, double seconds,
						 const atomic_bool *stop);

/* Today's practice: the plan by hand, whose service of each class the answer holds. */
void answer_put_hand(struct json *j, const struct alloc *in, const int32_t *hand,
					 const struct solve_answer *ans);

enum answer_lang { ANSWER_BOTH, ANSWER_ZH, ANSWER_EN };

/* Why each project was refused, where the others take from, what quota and rules are worth. When
 * *stop is set it ends soon, and `reasons_complete` says so. */
void answer_put_reasons(struct arena *a, struct json *j, const struct alloc *in,
						const struct solve_answer *ans, enum answer_lang lang,
						const atomic_bool *stop);

#endif
