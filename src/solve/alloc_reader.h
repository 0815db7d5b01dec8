/* alloc_reader.h - what the readers of alloc/1 share: places, refusals, ids, typed members.
 *
 * Private to the files that read the format. A reader returns false after it has filled the one
 * error of d->r: place (a path such as projects[3].alts[0].use[2]), rule and sentence. Places are
 * a chain on the stack and become text only for a failure. */
#ifndef SOLVE_ALLOC_READER_H
#define SOLVE_ALLOC_READER_H

#include "solve/alloc_json.h"

#include <jansson.h>

struct at {
	const struct at *up;
	const char *key; /* NULL: an element */
	size_t index;
};

#define KEY(up, k) (&(struct at){(up), (k), 0})
#define ELEM(up, i) (&(struct at){(up), NULL, (i)})

/* Ids of one kind, numbered in the order of adding: one open-addressing table. */
struct ids {
	struct str *id;
	int32_t *slot; /* number + 1, 0 = free */
	size_t mask;
	int32_t n;
};

struct rd {
	struct arena *arena;
	struct alloc_reading *r;
	struct alloc *in;
	struct ids *pools, *factors, *projects, *classes, *ratings;
};

/* The text as a tree that lives as long as the arena; NULL: refused. */
json_t *rd_parse(struct rd *d, struct str text);
/* The id tables of d->in, an instance that was read before. */
void rd_index(struct rd *d);

/* Always false. `what` is shown behind the sentence, cut short. */
bool rd_refuse(struct rd *d, const struct at *at, const char *rule, const char *sentence,
			   struct str what);
bool rd_refuse_int(struct rd *d, const struct at *at, const char *rule, const char *sentence,
				   int64_t v);

struct ids *ids_new(struct arena *a, size_t n);
/* -1 when there is no such id; false when it stands already. */
int32_t ids_get(const struct ids *s, struct str id);
bool ids_add(struct ids *s, struct str id);
/* As ids_add, refused when it stands already. */
bool rd_new_id(struct rd *d, const struct at *at, struct ids *ids, struct str id);

/* A value of a type. */
bool rd_is_object(struct rd *d, const struct at *at, json_t *v);
bool rd_is_array(struct rd *d, const struct at *at, json_t *v);
bool rd_as_text(struct rd *d, const struct at *at, json_t *v, struct str *out);
bool rd_as_int(struct rd *d, const struct at *at, json_t *v, int64_t min, int64_t max,
			   int64_t *out);
/* An id of a table. */
bool rd_ref(struct rd *d, const struct at *at, json_t *v, const struct ids *ids,
			const char *sentence, int32_t *out);

/* Members of an object. rd_member: NULL when missing, refused then if it must be there. rd_int:
 * missing gives `def`; without a default (def < min) it is refused. rd_array: *out is NULL when
 * missing. */
json_t *rd_member(struct rd *d, const struct at *at, json_t *o, const char *key, bool must);
bool rd_text(struct rd *d, const struct at *at, json_t *o, const char *key, struct str *out);
bool rd_int(struct rd *d, const struct at *at, json_t *o, const char *key, int64_t min, int64_t max,
			int64_t def, int64_t *out);
bool rd_permille(struct rd *d, const struct at *at, json_t *o, const char *key, int32_t def,
				 int32_t *out);
bool rd_array(struct rd *d, const struct at *at, json_t *o, const char *key, bool must, size_t max,
			  json_t **out);
bool rd_pool(struct rd *d, const struct at *at, json_t *o, const char *key, int32_t *out);
bool rd_factor(struct rd *d, const struct at *at, json_t *o, int32_t *out);
bool rd_is_one_of(const char *const *known, const char *key); /* `known` ends with NULL */
/* An unknown member is a warning, with is_strict an error. */
bool rd_only_known(struct rd *d, const struct at *at, json_t *o, const char *const *known);
#define ONLY(d, at, o, ...) rd_only_known((d), (at), (o), (const char *const[]){__VA_ARGS__, NULL})

/* The parts of an instance, in the order in which they refer to each other. */
bool rd_id_list(struct rd *d, json_t *root, const char *key, bool must, size_t max,
				struct ids **ids, struct str **out, int32_t *n);
bool rd_factors(struct rd *d, json_t *root);
bool rd_pools(struct rd *d, json_t *root);
bool rd_quota(struct rd *d, json_t *root);
bool rd_limits(struct rd *d, json_t *root);
bool rd_goal(struct rd *d, const struct at *at, json_t *o, struct alloc_goal *g);
bool rd_goals(struct rd *d, json_t *root);
bool rd_carry(struct rd *d, json_t *root);
bool rd_lapse(struct rd *d, json_t *root);
bool rd_transfers(struct rd *d, json_t *root);
bool rd_reserve(struct rd *d, json_t *root);
bool rd_floors(struct rd *d, json_t *root);
bool rd_projects(struct rd *d, json_t *root);
bool rd_pairs(struct rd *d, json_t *root);
/* Lists of project ids in an object: must and never. */
bool rd_flags(struct rd *d, const struct at *at, json_t *o, const char *key, bool is_must);

/* The project's alternative with this id, -1 = none. */
int32_t rd_alt_by_id(const struct alloc *in, const struct alloc_project *p, struct str id);
/* All sums that the model forms stay below 2^53: then no step of it can overflow int64. */
bool rd_sums_fit(struct rd *d);

#endif
