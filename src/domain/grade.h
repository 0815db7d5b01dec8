/* grade.h - 安全标记: what grade a record may be given, and how a grade changes.
 *
 * Projects, leads and files have a grade: OPEN, INTERNAL or SEALED. It is given with the record, not
 * above the clearance of who makes it, and changed by an act of its own with a reason, never by an edit:
 * up at once by who may edit the record, as far as he is cleared; down only when a second person, one who
 * verifies or reviews such records and sees this one, confirms. Each change is a row of grade_change.
 *
 * A file's own mark may be missing (it follows its project) and never lies below its project's grade.
 * Who seals a record is its first named person; a named person names further ones, who must be cleared.
 * When a record is no longer SEALED, its names go. Source. Functions marked JOB run
 * inside a write job. */
#ifndef DOMAIN_GRADE_H
#define DOMAIN_GRADE_H

#include "domain/field.h"

enum grade_kind { GRADE_PROJECT, GRADE_LEAD, GRADE_EVIDENCE, GRADE_KIND__N };
enum grade_state { GRADE_OPEN, GRADE_DONE, GRADE_REFUSED, GRADE_WITHDRAWN, GRADE_STATE__N };

struct grade_change {
	struct record record;
	int32_t record_kind;         /* enum grade_kind */
	int64_t record_id;
	int64_t project_id;          /* the project, or that of the file; NONE for a lead */
	int32_t from_secrecy, to_secrecy;
	struct str reason;
	int32_t state;               /* enum grade_state */
	int64_t decided_by, decided_at_ms;
	struct str comment;          /* of who decided */
	struct str name, proposer_name; /* by the visible query */
	bool is_own;
};

extern const struct noun grade_change_noun;

/* The kind of a noun that has grades; GRADE_KIND__N = it has none. */
enum grade_kind grade_kind_of(const struct noun *n);

/* The grade of a new record when none is given: INTERNAL, or what its maker may read. */
enum secrecy grade_default(const struct ctx *ctx);

/* Rules over a grade in a noun's check: `was` CHOICE_NONE for a new record. Chains above_clearance (a new
 * one) and grade_by_act (a changed one). */
void grade_check(struct ctx *ctx, bool is_new, int32_t was, int32_t is);

/* JOB. Change a record's grade, or ask for it: *out says which (state DONE or OPEN). ERR_INVALID:
 * same_grade, above_clearance, grade_below_project, no reason; ERR_CONFLICT: stale, or down while
 * a request is open (up refuses that request). */
enum err grade_set(struct ctx *ctx, enum grade_kind k, int64_t id, enum secrecy to, struct str reason,
	int64_t row_version, struct grade_change *out);

/* JOB. The second person's word, and the first one's withdrawal. ERR_FORBIDDEN: separation_of_duties;
 * ERR_CONFLICT: decided already, or the grade is no longer what it was. A refusal needs a comment. */
enum err grade_decide(struct ctx *ctx, int64_t change_id, bool is_granted, struct str comment,
	struct grade_change *out);
enum err grade_withdraw(struct ctx *ctx, int64_t change_id, struct grade_change *out);

/* JOB. Name one more person of a SEALED record, by login. ERR_INVALID: not_cleared; ERR_CONFLICT: the
 * record is not sealed. */
enum err grade_name_person(struct ctx *ctx, enum grade_kind k, int64_t id, struct str login);

/* {"items":[{"account_id","login","name","unit_name","is_cleared"}]}: who is named on a SEALED record. */
enum err grade_persons(struct ctx *ctx, enum grade_kind k, int64_t id, struct json *j);

/* For a noun's `after`: who seals a record is one of its named persons. */
enum err grade_name_actor(struct ctx *ctx, enum grade_kind k, int64_t id, int32_t secrecy);

#endif
