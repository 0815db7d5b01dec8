/* import_plan.h - a person's corrections of a recognition, kept as JSON in the batch.
 *
 * {"sheets":{"0":{"skip":bool,"want_hidden":bool,"columns":{"3":{"field","unit"}},"rows":{"5":"note"},
 * "answers":{"year":"2024","stage:储备":"LEAD"}}},"key":"none|code|name"} */
#ifndef DOMAIN_IMPORT_PLAN_H
#define DOMAIN_IMPORT_PLAN_H

#include "domain/import.h"
#include "domain/intake_env.h"

enum import_key { KEY_CODE, KEY_NONE, KEY_NAME }; /* which column updates: our project code, none, the name */

/* A batch with its book, names and corrections: everything a pass over the file needs. */
struct import_file {
	struct import rec;
	struct book *book;
	struct intake_names names;
	struct intake_env env;
	struct intake_fixes *fixes;   /* one a sheet */
	size_t sheets_n;
	enum import_key key;
};

/* From the batch the actor sees; stop (or NULL) ends the reading of it. ERR_INVALID with the sheet's
 * rule when the file cannot be read. */
enum err import_file_open(struct ctx *ctx, int64_t id, const atomic_bool *stop, struct import_file *out);

/* The same for a record that is not stored as it is. */
enum err import_file_open_with(struct ctx *ctx, const struct import *rec, const atomic_bool *stop,
	struct import_file *out);

/* Names for a unit: its city first, and what its headings meant. */
enum err import_names(struct ctx *ctx, struct str region_code, struct intake_names *out);

/* The recognition of the whole book. */
enum err import_recognise(struct ctx *ctx, struct import_file *f, struct intake *out);

/* Run work with an arena of its own, so that a file and what is known of it are gone with the step that
 * needed them; failures are carried over. */
enum err import_apart(struct ctx *ctx, enum err (*work)(struct ctx *ctx, void *arg), void *arg);

/* The state as people read it, for the refusal of a step that is not its turn. */
enum err import_not_ready(struct ctx *ctx, const struct import *rec);

/* Chain a sheet's refusal on ctx: rule, place as the field. A reading that was stopped is a job that was
 * cancelled. */
enum err import_refuse(struct ctx *ctx, enum err e, const struct sheet_problem *p);

/* The stored plan with a patch of docs/api.md merged in; ERR_INVALID names the wrong member. */
enum err import_plan_merge(struct ctx *ctx, struct str plan, struct str patch, struct str *merged,
	bool *saves_mapping);

#endif
