#include "domain/search.h"

#include "domain/rights.h"

#include <stdlib.h>

enum {
	PAGE = 100,             /* candidates of a statement: PostgreSQL holds them all in memory */
	RANKED_MAX = 100,       /* of each kind so many finds are ranked, newest first */
	CANDIDATES_MAX = 3000,  /* looked at in vain for a sound or a wrong character */
	TALK_NAME_CPS = 40,
	EXCERPT_BEFORE = 12, EXCERPT_CPS = 60,
};

static const enum query_id queries[SEARCH__N] = {
	[SEARCH_PROJECT] = Q_SEARCH_PROJECT, [SEARCH_INVESTOR] = Q_SEARCH_INVESTOR, [SEARCH_LEAD] = Q_SEARCH_LEAD,
	[SEARCH_CONTACT] = Q_SEARCH_CONTACT, [SEARCH_TALK] = Q_SEARCH_TALK, [SEARCH_EVIDENCE] = Q_SEARCH_EVIDENCE,
};

/* A candidate that stood the second look. */
struct find {
	struct search_hit hit;
	struct str label;       /* raw name of the record */
	bool is_whole, is_start; /* the name is the word, begins with it */
	size_t name_n;          /* bytes of the folded name: the shorter is nearer */
	int64_t doc;
};

struct finding {
	struct ctx *ctx;
	const struct search_spec *spec;
	struct words words;
	struct search_result *out;
	struct find *finds;
	size_t n, room;
	/* of the kind at work */
	enum search_kind kind;
	size_t from;            /* its first find */
	bool state_only;
};

/* ---- the second look ---- */

struct text_row {
	struct str name, alias, code, body;
};

typedef bool (*look)(struct finding *f, const struct text_row *t, const struct word *w, struct find *out);

static void found_in(struct find *out, enum where where, enum how how, struct span at) {
	if (where > out->hit.where) out->hit.where = where;
	if (how > out->hit.how) out->hit.how = how;
	if (!out->hit.mark.to || where == out->hit.where) out->hit.mark = at;
}

static bool look_exact(struct finding *f, const struct text_row *t, const struct word *w, struct find *out) {
	struct span at;
	if (find_exact(t->name, w, &at)) {
		out->is_start = out->is_start || at.from == 0;
		out->is_whole = out->is_whole || t->name.n == w->text.n;
		found_in(out, WHERE_NAME, HOW_EXACT, at);
	} else if (!f->state_only && find_exact(t->alias, w, &at)) found_in(out, WHERE_ALIAS, HOW_EXACT, at);
	else if (find_exact(t->code, w, &at)) found_in(out, WHERE_OTHER, HOW_EXACT, at);
	else if (!f->state_only && find_exact(t->body, w, &at)) found_in(out, WHERE_OTHER, HOW_EXACT, at);
	else return false;
	return true;
}

/* The index has compared whole marks: what a mark found is found. A number of another length than the
 * tail's agrees in its last four digits only. */
static bool look_contact(struct finding *f, const struct text_row *t, const struct word *w, struct find *out) {
	struct span at = {0, 0};
	(void)f;
	if (find_exact(t->body, w, &at)) {
		found_in(out, WHERE_OTHER, HOW_EXACT, at);
		return true;
	}
	bool is_name = !w->is_number;
	if (is_name && !(w->n == 1 ? str_starts(t->name, w->text) : str_eq(t->name, w->text))) return false;
	found_in(out, is_name ? WHERE_NAME : WHERE_OTHER, is_name || w->n == 4 || w->n == 11 ? HOW_EXACT : HOW_NEAR, at);
	return true;
}

static bool look_contact_pinyin(struct finding *f, const struct text_row *t, const struct word *w, struct find *out) {
	(void)f, (void)t, (void)w;
	found_in(out, WHERE_NAME, HOW_PINYIN, (struct span){0, 0});
	return true;
}

static bool look_pinyin(struct finding *f, const struct text_row *t, const struct word *w, struct find *out) {
	struct span at;
	enum how how;
	if (!w->has_letter) return look_exact(f, t, w, out) && out->hit.where < WHERE_OTHER;
	if (find_pinyin(f->ctx->arena, t->name, w, &how, &at)) found_in(out, WHERE_NAME, how, at);
	else if (!f->state_only && find_pinyin(f->ctx->arena, t->alias, w, &how, &at)) found_in(out, WHERE_ALIAS, how, at);
	else return false;
	return true;
}

static bool look_sound(struct finding *f, const struct text_row *t, const struct word *w, struct find *out) {
	struct span at;
	if (find_sound(f->ctx->arena, t->name, w, &at)) found_in(out, WHERE_NAME, HOW_SOUND, at);
	else if (!f->state_only && find_sound(f->ctx->arena, t->alias, w, &at)) found_in(out, WHERE_ALIAS, HOW_SOUND, at);
	else return false;
	return true;
}

static bool look_near(struct finding *f, const struct text_row *t, const struct word *w, struct find *out) {
	struct span at;
	if (find_near(f->ctx->arena, t->name, w, &at)) found_in(out, WHERE_NAME, HOW_NEAR, at);
	else if (!f->state_only && find_near(f->ctx->arena, t->alias, w, &at)) found_in(out, WHERE_ALIAS, HOW_NEAR, at);
	else return false;
	return true;
}

/* ---- expressions: what each word asks of the index ---- */

typedef bool (*ask)(struct finding *f, struct buf *out, const struct word *w);

static bool ask_name(struct finding *f, struct buf *out, const struct word *w) {
	return expr_text(out, search_letter(f->kind), 'n', w);
}

static bool ask_groups(struct finding *f, struct buf *out, const struct word *w, const char *groups) {
	buf_byte(out, '(');
	for (const char *g = groups; *g; g++) {
		if (g != groups) buf_c(out, " | ");
		expr_text(out, search_letter(f->kind), *g, w);
	}
	buf_byte(out, ')');
	return true;
}

static bool ask_anywhere(struct finding *f, struct buf *out, const struct word *w) {
	return ask_groups(f, out, w, f->state_only ? "nc" : "naco");
}

static bool ask_contact(struct finding *f, struct buf *out, const struct word *w) {
	return search_contact_expr(f->ctx, out, w, false);
}

static bool ask_contact_pinyin(struct finding *f, struct buf *out, const struct word *w) {
	return search_contact_expr(f->ctx, out, w, true);
}

static bool ask_pinyin(struct finding *f, struct buf *out, const struct word *w) {
	if (!w->has_letter) return ask_groups(f, out, w, "na");
	return expr_pinyin(out, search_letter(f->kind), w);
}

static bool ask_sound(struct finding *f, struct buf *out, const struct word *w) {
	return expr_sound(out, search_letter(f->kind), w);
}

static bool ask_near(struct finding *f, struct buf *out, const struct word *w) {
	if (w->n < 2) return false;
	buf_byte(out, '(');
	expr_near(out, search_letter(f->kind), 'n', w);
	if (!f->state_only) {
		buf_c(out, " | ");
		expr_near(out, search_letter(f->kind), 'a', w);
	}
	buf_byte(out, ')');
	return true;
}

/* All words must be found: false = one of them cannot be asked for like this. */
static bool expression(struct finding *f, ask one, struct str *out) {
	struct buf b = {.arena = f->ctx->arena};
	for (size_t i = 0; i < f->words.n; i++) {
		if (i) buf_c(&b, " & ");
		if (!one(f, &b, &f->words.list[i])) return false;
	}
	*out = buf_str(&b);
	return true;
}

/* ---- candidates ---- */

/* The find of that row, if there is one already. */
static struct find *known(struct finding *f, int64_t doc) {
	for (size_t i = 0; i < f->n; i++)
		if (f->finds[i].doc == doc) return &f->finds[i];
	return NULL;
}

static void take_labels(struct finding *f, const struct rows *r, struct find *find) {
	struct arena *a = f->ctx->arena;
	find->hit.id = rows_int(r, 1);
	find->label = str_copy(a, rows_text(r, 6));
	find->hit.parent_kind = str_lower(a, rows_text(r, 7));
	find->hit.parent_id = rows_int(r, 8);
	find->hit.parent = str_copy(a, rows_text(r, 9));
	find->hit.info = str_copy(a, rows_text(r, 10));
}

static void judge(struct finding *f, look second, const struct rows *r) {
	struct find find = {.hit = {.kind = f->kind}, .doc = rows_int(r, 0)};
	struct text_row t = {rows_text(r, 2), rows_text(r, 3), rows_text(r, 4), rows_text(r, 5)};
	struct find *before = known(f, find.doc);
	bool is_settled = before ? before->hit.where == WHERE_NAME : f->n == f->room;
	if (is_settled) return;
	for (size_t i = 0; i < f->words.n; i++)
		if (!second(f, &t, &f->words.list[i], &find)) return;
	if (before && find.hit.where >= before->hit.where) return;
	find.name_n = t.name.n;
	take_labels(f, r, &find);
	if (before) *before = find; /* its name sounds like what only its code has as written */
	else f->finds[f->n++] = find;
}

/* Candidates of one expression, newest first, until `most` finds of this kind are there. */
static enum err gather(struct finding *f, ask one, look second, size_t most) {
	struct value v[SCOPE_PARAMS + 3];
	struct ctx *ctx = f->ctx;
	struct str expr;
	int64_t before = INT64_MAX, seen = 0, page = 0;
	if (!expression(f, one, &expr)) return ERR_OK;
	scope_params(ctx, search_noun(f->kind)->object, v);
	v[SCOPE_PARAMS] = VT(db_gram_query(ctx->db, ctx->arena, expr));
	do {
		struct rows *r;
		v[SCOPE_PARAMS + 1] = VI(before);
		v[SCOPE_PARAMS + 2] = VI(PAGE);
		enum err e = db_query(ctx->db, ctx->arena, queries[f->kind], v, SCOPE_PARAMS + 3, &r);
		if (e) return fail_store(ctx, e);
		for (page = 0; f->n - f->from < most && rows_next(r); page++) {
			before = rows_int(r, 0);
			judge(f, second, r);
		}
		e = rows_error(r);
		rows_done(r);
		if (e) return fail_store(ctx, e);
		seen += page;
	} while (page == PAGE && f->n - f->from < most && seen < CANDIDATES_MAX);
	return ERR_OK;
}

/* ---- rounds ---- */

static size_t ranked(const struct finding *f) {
	size_t most = (size_t)f->spec->limit + 1;
	return most > RANKED_MAX ? most : RANKED_MAX;
}

static enum err exact_of_kind(struct finding *f) {
	if (f->kind == SEARCH_CONTACT) return gather(f, ask_contact, look_contact, ranked(f));
	enum err e = gather(f, ask_name, look_exact, ranked(f));
	bool is_enough = f->n - f->from > (size_t)f->spec->limit;
	return e || is_enough ? e : gather(f, ask_anywhere, look_exact, ranked(f));
}

static enum err pinyin_of_words(struct finding *f) {
	if (f->kind == SEARCH_CONTACT) return gather(f, ask_contact_pinyin, look_contact_pinyin, ranked(f));
	return gather(f, ask_pinyin, look_pinyin, ranked(f));
}

/* é luó sī: a letter alone says nothing, of seven words only six are looked for, and a contact has no words;
 * together they may say something. */
static enum err pinyin_of_kind(struct finding *f) {
	enum err e = pinyin_of_words(f);
	if (e || f->n > f->from || !f->words.joined) return e;
	struct words apart = f->words;
	f->words = (struct words){.list = {*apart.joined}, .n = 1, .has_letter = true};
	e = pinyin_of_words(f);
	f->words = apart;
	return e;
}

static enum err sound_of_kind(struct finding *f) {
	return f->kind == SEARCH_CONTACT ? ERR_OK : gather(f, ask_sound, look_sound, ranked(f));
}

static enum err near_of_kind(struct finding *f) {
	return f->kind == SEARCH_CONTACT ? ERR_OK : gather(f, ask_near, look_near, ranked(f));
}

static int compare(const void *x, const void *y) {
	const struct find *a = x, *b = y;
	if (a->hit.where != b->hit.where) return a->hit.where < b->hit.where ? -1 : 1;
	if (a->hit.how != b->hit.how) return a->hit.how < b->hit.how ? -1 : 1;
	if (a->is_whole != b->is_whole) return a->is_whole ? -1 : 1;
	if (a->is_start != b->is_start) return a->is_start ? -1 : 1;
	if (a->hit.kind != b->hit.kind) return a->hit.kind < b->hit.kind ? -1 : 1;
	if (a->name_n != b->name_n) return a->name_n < b->name_n ? -1 : 1;
	return a->doc < b->doc ? 1 : a->doc > b->doc ? -1 : 0;
}

static enum err round_of(struct finding *f, enum err (*of_kind)(struct finding *f)) {
	enum err e = ERR_OK;
	for (int k = 0; k < SEARCH__N && !e; k++) {
		const struct noun *n = search_noun((enum search_kind)k);
		if (!f->spec->kinds[k] || !may(f->ctx, n->object, CAN_READ)) continue;
		f->kind = (enum search_kind)k;
		f->state_only = rights_of(f->ctx->actor.role, n->object) & STATE_ONLY;
		f->from = f->n;
		f->room = f->n + ranked(f);
		struct find *wide = arena_array(f->ctx->arena, f->room, sizeof *wide);
		for (size_t i = 0; i < f->n; i++) wide[i] = f->finds[i];
		f->finds = wide;
		e = of_kind(f);
	}
	return e;
}

/* Letters may be a word as it stands or pinyin: both are looked for. Sound and the wrong character only
 * where nothing else was found. */
static enum err rounds(struct finding *f) {
	bool *tried = f->out->tried;
	tried[HOW_EXACT] = true;
	enum err e = round_of(f, exact_of_kind);
	if (!e && f->words.has_letter) {
		tried[HOW_PINYIN] = tried[HOW_INITIALS] = true;
		e = round_of(f, pinyin_of_kind);
	}
	if (!e && !f->n) {
		tried[HOW_SOUND] = true;
		e = round_of(f, sound_of_kind);
	}
	if (!e && !f->n) {
		tried[HOW_NEAR] = true;
		e = round_of(f, near_of_kind);
	}
	return e;
}

/* ---- what is shown ---- */

static struct str cp_sub(struct str s, size_t from, size_t n) {
	size_t skip = str_cp_head(s, from).n;
	return str_cp_head(str_sub(s, skip, s.n), n);
}

static bool is_in(struct finding *f, struct str folded, const struct word *w, struct span *at) {
	struct arena *a = f->ctx->arena;
	enum how how;
	return find_exact(folded, w, at) || (w->has_letter && find_pinyin(a, folded, w, &how, at))
		|| (f->out->tried[HOW_SOUND] && find_sound(a, folded, w, at))
		|| (f->out->tried[HOW_NEAR] && find_near(a, folded, w, at));
}

/* How many of the words stand in a folded text; *at = the first of them. */
static size_t words_in(struct finding *f, struct str folded, struct span *at) {
	size_t n = 0;
	struct span each;
	for (size_t i = 0; i < f->words.n; i++) {
		if (!is_in(f, folded, &f->words.list[i], &each)) continue;
		if (!n++) *at = each;
	}
	bool is_joined = n < f->words.n && f->words.joined && is_in(f, folded, f->words.joined, at);
	return is_joined ? f->words.n : n;
}

/* The field in which all words stand, or the first that has one of them. */
static const struct field *field_of(struct finding *f, const void *rec, struct str *text, struct span *at) {
	const struct noun *n = search_noun(f->kind);
	const struct field *best = NULL;
	size_t most = 0;
	for (size_t i = 0; i < n->fields_n && most < f->words.n; i++) {
		const struct field *field = &n->fields[i];
		struct span here;
		bool is_looked_for = field_is_text(field) && !(field->flags & (FIELD_VIEW | FIELD_VIRTUAL | FIELD_PERSONAL))
			&& field_is_shown(f->ctx, n, field) && !field_is_missing(field, rec) && !str_ends(field->name, S("_key"));
		if (!is_looked_for) continue;
		struct str value = field_value(field, f->ctx->arena, rec).s;
		size_t found = words_in(f, search_fold(f->ctx->arena, value), &here);
		if (!found || (best && found < f->words.n)) continue;
		best = field;
		most = found;
		*text = value;
		*at = here;
	}
	return best;
}

/* A piece of the field around the find, in one line. */
static void excerpt(struct finding *f, struct search_hit *hit, struct str text, struct span folded) {
	struct span at = span_shown(f->ctx->arena, text, folded);
	size_t from = at.from > EXCERPT_BEFORE ? at.from - EXCERPT_BEFORE : 0;
	hit->text = cp_sub(text, from, EXCERPT_CPS);
	hit->mark = (struct span){at.from - from, at.to - from};
	if (!at.to) hit->mark = at;
}

static enum err show_other(struct finding *f, struct search_hit *hit) {
	const struct noun *n = search_noun(f->kind);
	void *rec = arena_alloc(f->ctx->arena, n->size);
	struct str text;
	struct span at;
	enum err e = record_get(f->ctx, n, hit->id, rec);
	if (e) return e;
	hit->mark = (struct span){0, 0};
	hit->field = field_of(f, rec, &text, &at);
	if (hit->field) excerpt(f, hit, text, at);
	return ERR_OK;
}

static enum err show_contact(struct finding *f, struct find *find) {
	const struct noun *n = search_noun(SEARCH_CONTACT);
	void *rec = arena_alloc(f->ctx->arena, n->size);
	const struct field *name = &n->fields[field_index(n, S("name"))], *mobile = &n->fields[field_index(n, S("mobile"))];
	enum err e = record_get(f->ctx, n, find->hit.id, rec);
	if (e) return e;
	find->hit.name = field_masked(name, f->ctx->arena, find->label);
	find->hit.mark = (struct span){0, 0};
	if (!field_is_missing(mobile, rec))
		find->hit.phone = field_masked(mobile, f->ctx->arena, field_value(mobile, f->ctx->arena, rec).s);
	return ERR_OK;
}

static enum err show(struct finding *f, struct find *find) {
	struct search_hit *hit = &find->hit;
	f->kind = hit->kind;
	if (hit->kind == SEARCH_CONTACT) return show_contact(f, find);
	hit->name = hit->kind == SEARCH_TALK ? str_cp_head(find->label, TALK_NAME_CPS) : find->label;
	if (hit->name.n < find->label.n) hit->name = str_cat(f->ctx->arena, hit->name, S("…"));
	if (hit->where != WHERE_NAME) return show_other(f, hit);
	hit->mark = span_shown(f->ctx->arena, hit->name, hit->mark);
	return ERR_OK;
}

static enum err choose(struct finding *f) {
	struct search_result *out = f->out;
	out->hits = arena_array(f->ctx->arena, f->n + 1, sizeof *out->hits);
	if (f->n) qsort(f->finds, f->n, sizeof *f->finds, compare);
	for (size_t i = 0; i < f->n; i++) {
		struct find *find = &f->finds[i];
		if (out->count[find->hit.kind] == f->spec->limit) {
			out->has_more[find->hit.kind] = true;
			continue;
		}
		enum err e = show(f, find);
		if (e == ERR_NOT_FOUND) { /* gone since the index was read */
			f->ctx->error = NULL;
			continue;
		}
		if (e) return e;
		out->count[find->hit.kind]++;
		out->hits[out->n++] = find->hit;
	}
	return ERR_OK;
}

enum err search_records(struct ctx *ctx, const struct search_spec *spec, struct search_result *out) {
	struct finding f = {.ctx = ctx, .spec = spec, .out = out};
	*out = (struct search_result){0};
	search_words(ctx->arena, spec->query, &f.words);
	if (!f.words.n) return ERR_OK;
	enum err e = rounds(&f);
	return e ? e : choose(&f);
}
