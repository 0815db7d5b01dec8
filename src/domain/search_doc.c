/* search_doc.c - which fields are looked for, the folded texts they make, and the grams of those. */
#include "domain/search_doc.h"

#include "domain/contact.h"
#include "domain/evidence.h"
#include "domain/investor.h"
#include "domain/lead.h"
#include "domain/pinyin.h"
#include "domain/project.h"
#include "domain/seal.h"
#include "domain/talk.h"

#include <stdlib.h>

/* ---- which fields ---- */

/* n the name · a other names, also by sound · c codes that everybody sees who sees the record · o the rest */
struct looked_for {
	struct str field;
	char group;
};

static const struct looked_for of_project[] = {
	{S_("name"), 'n'}, {S_("investor_text"), 'a'}, {S_("name_en"), 'a'}, {S_("code"), 'c'}, {S_("content"), 'o'},
	{S_("site"), 'o'}, {S_("chain_node"), 'o'}, {S_("handler"), 'o'}, {S_("note"), 'o'},
};
static const struct looked_for of_investor[] = {
	{S_("name"), 'n'}, {S_("group_name"), 'a'}, {S_("id_no"), 'c'}, {S_("note"), 'o'},
};
static const struct looked_for of_lead[] = {
	{S_("investor_name"), 'n'}, {S_("investor_group"), 'a'}, {S_("code"), 'c'}, {S_("investor_uscc"), 'o'}, {S_("content"), 'o'},
};
/* Personal fields go in as marks only: see contact_doc. */
static const struct looked_for of_contact[] = {
	{S_("name"), 'n'}, {S_("title"), 'o'}, {S_("mobile"), 'm'}, {S_("phone"), 'm'},
};
static const struct looked_for of_talk[] = {
	{S_("content"), 'o'}, {S_("commitment"), 'o'}, {S_("next_step"), 'o'}, {S_("place"), 'o'}, {S_("ours"), 'o'}, {S_("theirs"), 'o'},
};
static const struct looked_for of_evidence[] = {
	{S_("file_name"), 'n'}, {S_("doc_no"), 'o'}, {S_("issuer"), 'o'},
};

#define FIELDS_OF(table) table, sizeof table / sizeof *table
static const struct kind_def {
	const struct noun *noun;
	char letter;
	const struct looked_for *fields;
	size_t fields_n;
	enum query_id rows;
} kinds[SEARCH__N] = {
	[SEARCH_PROJECT] = {&project_noun, 'p', FIELDS_OF(of_project), Q_SEARCH_ROWS_PROJECT},
	[SEARCH_INVESTOR] = {&investor_noun, 'i', FIELDS_OF(of_investor), Q_SEARCH_ROWS_INVESTOR},
	[SEARCH_LEAD] = {&lead_noun, 'l', FIELDS_OF(of_lead), Q_SEARCH_ROWS_LEAD},
	[SEARCH_CONTACT] = {&contact_noun, 'c', FIELDS_OF(of_contact), Q_SEARCH_ROWS_CONTACT},
	[SEARCH_TALK] = {&talk_noun, 't', FIELDS_OF(of_talk), Q_SEARCH_ROWS_TALK},
	[SEARCH_EVIDENCE] = {&evidence_noun, 'e', FIELDS_OF(of_evidence), Q_SEARCH_ROWS_EVIDENCE},
};

const struct noun *search_noun(enum search_kind k) {
	return kinds[k].noun;
}

char search_letter(enum search_kind k) {
	return kinds[k].letter;
}

enum query_id search_rows_query(enum search_kind k) {
	return kinds[k].rows;
}

bool search_kind_of(struct str noun_name, enum search_kind *out) {
	for (int k = 0; k < SEARCH__N; k++)
		if (str_eq(kinds[k].noun->name, noun_name)) {
			*out = (enum search_kind)k;
			return true;
		}
	return false;
}

/* ---- a row of search_doc ---- */

enum { MARK_DIGITS = 20 };

bool doc_equal(const struct doc *x, const struct doc *y) {
	return str_eq(x->name, y->name) && str_eq(x->alias, y->alias) && str_eq(x->code, y->code)
		&& str_eq(x->body, y->body) && str_eq(x->marks, y->marks);
}

static struct str text_of(const struct kind_def *k, const struct looked_for *f, const void *rec, struct arena *a) {
	const struct field *field = &k->noun->fields[field_index(k->noun, f->field)];
	return field_is_missing(field, rec) ? S("") : field_value(field, a, rec).s;
}

static void add_field(struct buf *to, struct str folded) {
	if (!folded.n) return;
	if (to->n) buf_byte(to, '\n');
	buf_add(to, folded);
}

/* What the mask of a mobile number shows, as a keyed digest: numbers stand sealed in the database, and
 * half of one beside it in the index would open the half. */
static void add_mark(struct ctx *ctx, struct buf *to, char mark, struct str head, struct str tail) {
	struct str digest = seal_digest(ctx, mark == 'd' ? S("mobile_tail") : S("mobile_ends"), str_cat(to->arena, head, tail));
	if (!digest.n) return;
	if (to->n) buf_byte(to, ' ');
	buf_byte(to, mark);
	buf_add(to, str_sub(digest, 0, MARK_DIGITS));
}

/* d: the last four digits; h: the first three and the last four. */
static void add_marks(struct ctx *ctx, struct buf *to, struct str what, struct str number) {
	const struct error *kept = ctx->error;
	if (seal_open(ctx, what, number, &number)) {
		ctx->error = kept; /* a number that does not open is found by nobody */
		return;
	}
	bool is_mobile = number.n == 11 && number.p[0] == '1';
	for (size_t i = 0; i < number.n; i++) is_mobile = is_mobile && number.p[i] >= '0' && number.p[i] <= '9';
	if (!is_mobile) return;
	add_mark(ctx, to, 'd', S(""), str_sub(number, 7, 4));
	add_mark(ctx, to, 'h', str_sub(number, 0, 3), str_sub(number, 7, 4));
}

static bool is_person(const void *rec) {
	return ((const struct investor *)rec)->id_kind == ID_PERSON;
}

struct doc doc_of(struct ctx *ctx, struct arena *a, enum search_kind kind, const void *rec) {
	const struct kind_def *k = &kinds[kind];
	struct buf name = {.arena = a}, alias = {.arena = a}, code = {.arena = a}, body = {.arena = a}, marks = {.arena = a};
	for (size_t i = 0; i < k->fields_n; i++) {
		const struct looked_for *f = &k->fields[i];
		if (kind == SEARCH_INVESTOR && f->group == 'c' && is_person(rec)) continue; /* the number of an identity card */
		struct str text = text_of(k, f, rec, a), folded = f->group == 'm' ? S("") : search_fold(a, text);
		if (f->group == 'm') add_marks(ctx, &marks, f->field, text);
		else add_field(f->group == 'n' ? &name : f->group == 'a' ? &alias : f->group == 'c' ? &code : &body, folded);
	}
	return (struct doc){buf_str(&name), buf_str(&alias), buf_str(&code), buf_str(&body), buf_str(&marks)};
}

bool doc_is_same(enum search_kind kind, const void *old, const void *rec) {
	const struct kind_def *k = &kinds[kind];
	for (size_t i = 0; i < k->fields_n; i++)
		if (!field_equal(&k->noun->fields[field_index(k->noun, k->fields[i].field)], old, rec)) return false;
	return k->noun != &investor_noun || is_person(old) == is_person(rec);
}

/* ---- contacts ---- */

/* The whole name in pinyin, in each of up to eight ways. */
static void grams_whole_pinyin(struct buf *out, struct str name) {
	enum { WAYS = 8 };
	struct str ways[WAYS] = {{0}};
	size_t n = 1;
	while (name.n) {
		struct str r[PINYIN_READINGS_MAX], next[WAYS];
		size_t rn = pinyin_of(str_next(&name), r), k = 0;
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < rn && k < WAYS; j++) next[k++] = str_cat(out->arena, ways[i], r[j]);
		for (size_t i = 0; i < k; i++) ways[i] = next[i];
		n = k;
	}
	for (size_t i = 0; i < n; i++) {
		if (!ways[i].n) continue;
		buf_c(out, "cp");
		buf_add(out, ways[i]);
		buf_byte(out, ' ');
	}
}

static void grams_contact(struct buf *out, const struct doc *d) {
	struct str rest = d->marks, mark;
	while (rest.n && str_split(&rest, ' ', &mark)) {
		buf_byte(out, 'c');
		buf_add(out, mark);
		buf_byte(out, ' ');
	}
	grams_text(out, 'c', 'o', d->body);
	if (!d->name.n) return;
	buf_c(out, "cw");
	buf_add(out, d->name);
	buf_c(out, " cf");
	buf_add(out, str_cp_head(d->name, 1));
	buf_byte(out, ' ');
	grams_whole_pinyin(out, d->name);
}

static void put_gram(struct buf *out, char group, struct str text) {
	buf_byte(out, 'c');
	buf_byte(out, group);
	buf_add(out, text);
}

static void put_number(struct ctx *ctx, struct buf *out, char mark, struct str head, struct str tail) {
	struct buf b = {.arena = out->arena};
	add_mark(ctx, &b, mark, head, tail);
	buf_byte(out, 'c');
	if (b.n) buf_add(out, buf_str(&b));
	else buf_byte(out, mark); /* without a key there is no mark, and this finds none */
}

bool search_contact_expr(struct ctx *ctx, struct buf *out, const struct word *w, bool by_pinyin) {
	enum { TAIL = 4, WHOLE = 11 };
	struct str tail = str_sub(w->text, w->n < TAIL ? 0 : w->n - TAIL, TAIL);
	if (by_pinyin && !w->has_letter) return false;
	buf_byte(out, '(');
	if (by_pinyin) {
		put_gram(out, 'p', w->text);
		if (w->spelt) {
			buf_c(out, " | ");
			put_gram(out, 'p', w->spelt->text);
		}
	} else {
		expr_text(out, 'c', 'o', w);
		buf_c(out, " | ");
		if (w->is_number && w->n == WHOLE) put_number(ctx, out, 'h', str_sub(w->text, 0, 3), tail);
		else if (w->is_number && w->n >= TAIL) put_number(ctx, out, 'd', S(""), tail);
		else put_gram(out, w->n == 1 ? 'f' : 'w', w->text);
	}
	buf_byte(out, ')');
	return true;
}

/* ---- grams ---- */

static int by_bytes(const void *x, const void *y) {
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

/* Each gram once, in order, with a space between. */
static struct str once_each(struct arena *a, struct str grams) {
	size_t most = 1, n = 0;
	for (size_t i = 0; i < grams.n; i++) most += grams.p[i] == ' ';
	struct str *list = arena_array(a, most, sizeof *list), rest = grams;
	struct buf b = {.arena = a};
	while (rest.n && str_split(&rest, ' ', &list[n])) n += list[n].n > 0;
	if (n) qsort(list, n, sizeof *list, by_bytes);
	for (size_t i = 0; i < n; i++) {
		if (i && str_eq(list[i], list[i - 1])) continue;
		if (b.n) buf_byte(&b, ' ');
		buf_add(&b, list[i]);
	}
	return buf_str(&b);
}

static struct str grams_with_repeats(struct arena *a, enum search_kind kind, const struct doc *d) {
	struct buf b = {.arena = a};
	char k = kinds[kind].letter;
	if (kind == SEARCH_CONTACT) grams_contact(&b, d);
	else {
		grams_text(&b, k, 'n', d->name);
		grams_text(&b, k, 'a', d->alias);
		grams_text(&b, k, 'c', d->code);
		grams_text(&b, k, 'o', d->body);
		grams_sound(&b, k, d->name);
		grams_sound(&b, k, d->alias);
	}
	return buf_str(&b);
}

struct str grams_of(struct arena *a, enum search_kind kind, const struct doc *d) {
	return once_each(a, grams_with_repeats(a, kind, d));
}

/* ---- what a change takes away and brings ---- */

static bool has_line(struct str lines, struct str line) {
	struct str it;
	while (lines.n && str_split(&lines, '\n', &it))
		if (str_eq(it, line)) return true;
	return false;
}

/* The lines of x that y has too, or has not. */
static struct str lines_of(struct arena *a, struct str x, struct str y, bool of_both) {
	struct buf b = {.arena = a};
	struct str line;
	while (x.n && str_split(&x, '\n', &line))
		if (has_line(y, line) == of_both) add_field(&b, line);
	return buf_str(&b);
}

/* No gram reaches over a line, nor from one group to another (names and other names sound alike): what two
 * docs share is left out before grams are made. A contact's doc is short, and its name counts as a whole:
 * of that all is taken. */
static struct doc doc_without(struct arena *a, enum search_kind kind, const struct doc *x, const struct doc *y) {
	if (kind == SEARCH_CONTACT) return *x;
	return (struct doc){lines_of(a, x->name, y->name, false), lines_of(a, x->alias, y->alias, false),
		lines_of(a, x->code, y->code, false), lines_of(a, x->body, y->body, false), S("")};
}

/* What x and y share in the groups in which they differ. */
static struct doc doc_shared(struct arena *a, enum search_kind kind, const struct doc *x, const struct doc *y) {
	struct doc d = {0};
	if (kind == SEARCH_CONTACT) return d;
	if (!str_eq(x->name, y->name) || !str_eq(x->alias, y->alias)) {
		d.name = lines_of(a, x->name, y->name, true);
		d.alias = lines_of(a, x->alias, y->alias, true);
	}
	if (!str_eq(x->code, y->code)) d.code = lines_of(a, x->code, y->code, true);
	if (!str_eq(x->body, y->body)) d.body = lines_of(a, x->body, y->body, true);
	return d;
}

struct grams {
	struct str *list; /* in order, each once */
	bool *is_out;
	size_t n;
};

static struct grams grams_list(struct arena *a, struct str in_order) {
	size_t most = 1;
	for (size_t i = 0; i < in_order.n; i++) most += in_order.p[i] == ' ';
	struct grams g = {.list = arena_array(a, most, sizeof *g.list), .is_out = arena_array(a, most, sizeof *g.is_out)};
	while (in_order.n && str_split(&in_order, ' ', &g.list[g.n])) g.is_out[g.n++] = false;
	return g;
}

/* One bit of 64 by the last byte, which tells most grams apart. */
static uint64_t ending(struct str gram) {
	return UINT64_C(1) << (gram.p[gram.n - 1] & 63);
}

static void take_out(struct grams *from, struct str grams) {
	uint64_t endings = 0;
	struct str gram;
	for (size_t i = 0; i < from->n; i++) endings |= ending(from->list[i]);
	while (endings && grams.n && str_split(&grams, ' ', &gram)) {
		if (!gram.n || !(endings & ending(gram))) continue;
		const struct str *at = bsearch(&gram, from->list, from->n, sizeof gram, by_bytes);
		if (at) from->is_out[at - from->list] = true;
	}
}

static struct str grams_left(struct arena *a, const struct grams *g) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < g->n; i++) {
		if (g->is_out[i]) continue;
		if (b.n) buf_byte(&b, ' ');
		buf_add(&b, g->list[i]);
	}
	return buf_str(&b);
}

void grams_turn(struct arena *a, enum search_kind kind, const struct doc *was, const struct doc *now,
		struct str *go, struct str *come) {
	struct doc gone = doc_without(a, kind, was, now), new = doc_without(a, kind, now, was),
		shared = doc_shared(a, kind, now, was);
	struct str stay = grams_with_repeats(a, kind, &shared), of_gone = grams_of(a, kind, &gone), of_new = grams_of(a, kind, &new);
	struct grams out = grams_list(a, of_gone), in = grams_list(a, of_new);
	take_out(&out, of_new);
	take_out(&out, stay);
	take_out(&in, of_gone); /* what comes and is there already would do no harm, but cost */
	take_out(&in, stay);
	*go = grams_left(a, &out);
	*come = grams_left(a, &in);
}
