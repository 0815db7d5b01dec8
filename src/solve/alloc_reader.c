#include "solve/alloc_reader.h"

#include "base/buf.h"

#include <string.h>

static void put_at(struct buf *b, const struct at *at) {
	if (!at) return;
	put_at(b, at->up);
	if (at->key) {
		if (b->n) buf_byte(b, '.');
		buf_c(b, at->key);
		return;
	}
	buf_byte(b, '[');
	buf_int(b, (int64_t)at->index);
	buf_byte(b, ']');
}

static struct str at_text(struct arena *a, const struct at *at) {
	struct buf b = {.arena = a};
	put_at(&b, at);
	return b.n ? buf_str(&b) : S("the text");
}

bool rd_refuse(struct rd *d, const struct at *at, const char *rule, const char *sentence,
			   struct str what) {
	struct error *e = &d->r->error;
	e->code = ERR_INVALID;
	e->field = at_text(d->arena, at);
	e->rule = str_c(rule);
	e->args[0] = what;
	struct buf b = {.arena = d->arena};
	buf_c(&b, sentence);
	if (what.n) {
		buf_c(&b, ": ");
		buf_json(&b, str_cp_head(what, 80));
	}
	e->message = buf_str(&b);
	return false;
}

bool rd_refuse_int(struct rd *d, const struct at *at, const char *rule, const char *sentence,
				   int64_t v) {
	return rd_refuse(d, at, rule, sentence, str_of_int(d->arena, v));
}

/* ---- ids: one open-addressing table a kind ---- */

struct ids *ids_new(struct arena *a, size_t n) {
	struct ids *s = arena_alloc(a, sizeof *s);
	size_t room = 8;
	while (room < n * 2) room *= 2;
	s->id = arena_array(a, n ? n : 1, sizeof *s->id);
	s->slot = arena_array(a, room, sizeof *s->slot);
	s->mask = room - 1;
	return s;
}

static int32_t *ids_slot(const struct ids *s, struct str id) {
	size_t i = (size_t)str_hash(id) & s->mask;
	while (s->slot[i] && !str_eq(s->id[s->slot[i] - 1], id)) i = (i + 1) & s->mask;
	return &s->slot[i];
}

int32_t ids_get(const struct ids *s, struct str id) {
	return *ids_slot(s, id) - 1;
}

bool ids_add(struct ids *s, struct str id) {
	int32_t *slot = ids_slot(s, id);
	if (*slot) return false;
	s->id[s->n++] = id;
	*slot = s->n;
	return true;
}

/* ---- typed members ---- */

/* Members that may be missing are read with `has` given; *has tells. */
json_t *rd_member(struct rd *d, const struct at *at, json_t *o, const char *key, bool must) {
	json_t *v = json_object_get(o, key);
	if (!v && must)
		rd_refuse(d, KEY(at, key), "missing", "this member is missing; add it", (struct str){0});
	return v;
}

bool rd_is_object(struct rd *d, const struct at *at, json_t *v) {
	return json_is_object(v) ||
		   rd_refuse(d, at, "type", "an object { } is needed here", (struct str){0});
}

bool rd_is_array(struct rd *d, const struct at *at, json_t *v) {
	return json_is_array(v) ||
		   rd_refuse(d, at, "type", "an array [ ] is needed here", (struct str){0});
}

bool rd_as_text(struct rd *d, const struct at *at, json_t *v, struct str *out) {
	if (!json_is_string(v))
		return rd_refuse(d, at, "type", "a text is needed here", (struct str){0});
	struct str s = {json_string_value(v), json_string_length(v)};
	if (s.n == 0) return rd_refuse(d, at, "empty", "an id may not be empty", (struct str){0});
	if (s.n > 200) return rd_refuse(d, at, "too_long", "an id has at most 200 bytes", s);
	*out = str_copy(d->arena, s);
	return true;
}

bool rd_as_int(struct rd *d, const struct at *at, json_t *v, int64_t min, int64_t max,
			   int64_t *out) {
	if (!json_is_integer(v))
		return rd_refuse(d, at, "type", "a whole number is needed here (no fraction, no text)",
						 (struct str){0});
	int64_t n = json_integer_value(v);
	if (n < min)
		return rd_refuse_int(d, at, n < 0 ? "negative" : "too_small",
							 min == 0 ? "may not be negative" : "is too small", n);
	if (n > max) return rd_refuse_int(d, at, "overflow", "is over what this member may hold", n);
	*out = n;
	return true;
}

bool rd_text(struct rd *d, const struct at *at, json_t *o, const char *key, struct str *out) {
	json_t *v = rd_member(d, at, o, key, true);
	return v && rd_as_text(d, KEY(at, key), v, out);
}

/* Missing gives `def`; without a default (def < min) it is refused. */
bool rd_int(struct rd *d, const struct at *at, json_t *o, const char *key, int64_t min, int64_t max,
			int64_t def, int64_t *out) {
	json_t *v = rd_member(d, at, o, key, def < min);
	*out = def;
	if (!v) return def >= min;
	return rd_as_int(d, KEY(at, key), v, min, max, out);
}

bool rd_permille(struct rd *d, const struct at *at, json_t *o, const char *key, int32_t def,
				 int32_t *out) {
	int64_t v;
	bool is_optional = def >= 0;
	if (!rd_int(d, at, o, key, 0, 1000, is_optional ? def : -1, &v)) return false;
	*out = (int32_t)v;
	return true;
}

/* An optional array: NULL when missing (then true), counted and capped. */
bool rd_array(struct rd *d, const struct at *at, json_t *o, const char *key, bool must, size_t max,
			  json_t **out) {
	*out = NULL;
	json_t *v = rd_member(d, at, o, key, must);
	if (!v) return !must;
	if (!rd_is_array(d, KEY(at, key), v)) return false;
	if (json_array_size(v) > max)
		return rd_refuse_int(d, KEY(at, key), "too_many",
							 "has too many elements; this format allows at most", (int64_t)max);
	*out = v;
	return true;
}

bool rd_ref(struct rd *d, const struct at *at, json_t *v, const struct ids *ids,
			const char *sentence, int32_t *out) {
	struct str s;
	if (!rd_as_text(d, at, v, &s)) return false;
	*out = ids_get(ids, s);
	return *out >= 0 || rd_refuse(d, at, "unknown_id", sentence, s);
}

bool rd_pool(struct rd *d, const struct at *at, json_t *o, const char *key, int32_t *out) {
	json_t *v = rd_member(d, at, o, key, true);
	return v && rd_ref(d, KEY(at, key), v, d->pools,
					   "no pool has this id; add it to pools[] or mend it", out);
}

bool rd_factor(struct rd *d, const struct at *at, json_t *o, int32_t *out) {
	json_t *v = rd_member(d, at, o, "factor", true);
	return v && rd_ref(d, KEY(at, "factor"), v, d->factors,
					   "no factor has this id; add it to factors[] or mend it", out);
}

bool rd_is_one_of(const char *const *known, const char *key) {
	for (; *known; known++)
		if (!strcmp(*known, key)) return true;
	return false;
}

/* An unknown member is a warning, with is_strict an error. */
bool rd_only_known(struct rd *d, const struct at *at, json_t *o, const char *const *known) {
	const char *key;
	json_t *v;
	json_object_foreach(o, key, v) {
		if (rd_is_one_of(known, key)) continue;
		struct str name = str_copy(d->arena, str_c(key));
		if (d->r->is_strict)
			return rd_refuse(d, KEY(at, name.p), "unknown_member",
							 "this format has no such member; remove it or read without --strict",
							 name);
		if (d->r->n_warnings >= 100) continue;
		struct buf b = {.arena = d->arena};
		buf_add(&b, at_text(d->arena, KEY(at, name.p)));
		buf_c(&b, ": unknown member, not read");
		d->r->warnings[d->r->n_warnings++] = buf_str(&b);
	}
	return true;
}

bool rd_new_id(struct rd *d, const struct at *at, struct ids *ids, struct str id) {
	return ids_add(ids, id) ||
		   rd_refuse(d, KEY(at, "id"), "duplicate", "this id stands twice; ids must differ", id);
}

/* ---- the text, and tables for an instance that was read before ---- */

static void json_close(void *root) {
	json_decref(root);
}

json_t *rd_parse(struct rd *d, struct str text) {
	struct alloc_reading *r = d->r;
	r->error = (struct error){0};
	r->n_warnings = 0;
	r->warnings = arena_array(d->arena, 100, sizeof *r->warnings);
	if (text.n > ALLOC_TEXT_MAX) {
		rd_refuse_int(d, NULL, "too_large", "the text is over the limit in bytes",
					  (int64_t)ALLOC_TEXT_MAX);
		r->error.code = ERR_TOO_LARGE;
		return NULL;
	}
	json_error_t e;
	json_t *root = json_loadb(text.p ? text.p : "", text.n, JSON_REJECT_DUPLICATES, &e);
	if (root) {
		arena_defer(d->arena, json_close, root);
		return root;
	}
	rd_refuse(d, NULL, "json", e.text, (struct str){0});
	struct buf b = {.arena = d->arena};
	buf_c(&b, "line ");
	buf_int(&b, e.line);
	buf_c(&b, " column ");
	buf_int(&b, e.column);
	r->error.field = buf_str(&b);
	r->error.message = str_copy(d->arena, r->error.message);
	return NULL;
}

/* The id tables of an instance that was read before. */
void rd_index(struct rd *d) {
	const struct alloc *in = d->in;
	d->pools = ids_new(d->arena, (size_t)in->n_pools);
	d->factors = ids_new(d->arena, (size_t)in->n_factors);
	d->projects = ids_new(d->arena, (size_t)in->n_projects);
	d->classes = ids_new(d->arena, (size_t)in->n_classes);
	for (int32_t k = 0; k < in->n_pools; k++) ids_add(d->pools, in->pools[k].id);
	for (int32_t k = 0; k < in->n_factors; k++) ids_add(d->factors, in->factors[k].id);
	for (int32_t k = 0; k < in->n_projects; k++) ids_add(d->projects, in->projects[k].id);
	for (int32_t k = 0; k < in->n_classes; k++) ids_add(d->classes, in->classes[k]);
}
