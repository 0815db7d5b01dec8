#include "api/cells.h"

#include "base/log.h"
#include "domain/seal.h"

#include <assert.h>
#include <string.h>

const struct field head_fields[HEAD__N] = {
	[HEAD_ID] = {.name = S_("id"), .type = F_INT, .offset = offsetof(struct record, id)},
	[HEAD_ROW_VERSION] = {.name = S_("row_version"), .type = F_INT, .offset = offsetof(struct record, row_version)},
	[HEAD_CREATED] = {.name = S_("created_at_ms"), .type = F_AT, .offset = offsetof(struct record, created_at_ms)},
	[HEAD_UPDATED] = {.name = S_("updated_at_ms"), .type = F_AT, .offset = offsetof(struct record, updated_at_ms)},
};

void buf_value(struct call *c, struct buf *out, const struct field *f, struct value v) {
	if (v.kind == V_NULL) buf_add(out, S("null"));
	else if (f->type == F_BOOL) buf_add(out, v.i ? S("true") : S("false"));
	else if (v.kind == V_INT) buf_int(out, v.i);
	else if (f->flags & FIELD_PERSONAL) buf_json(out, masked_text(c, f, v.s));
	else buf_json(out, v.s);
}

/* A value that does not open is shown as none and named in the log; the page's other rows go on. */
struct str masked_text(struct call *c, const struct field *f, struct str text) {
	const struct error *before = c->ctx->error;
	if ((f->flags & FIELD_SEALED) && seal_open(c->ctx, f->name, text, &text)) {
		LOG(LOG_ERROR, "seal_damaged", {"field", f->name});
		c->ctx->error = before;
		return S("?");
	}
	return field_masked(f, c->ctx->arena, text);
}

void put_value(struct call *c, const struct field *f, struct value v) {
	json_raw(&c->json, S(""));
	buf_value(c, c->json.out, f, v);
}

/* ---- labels beside codes ---- */

/* A page names few regions and industries again and again: their labels are kept, ready to go out,
 * in the slot that the code's hash chooses. */
enum { SLOTS = 64 }; /* 2^6: the top six bits of the hash */
struct label_slot {
	struct str code, json;
};

static struct label_slot *slot_of(struct label_slot *seen, struct str code) {
	uint32_t h = 0;
	for (size_t i = 0; i < code.n; i++) h = h * 31 + (unsigned char)code.p[i];
	return &seen[(h * 0x9E3779B1u) >> 26];
}

static void buf_label(struct buf *out, struct str label) {
	if (label.n) buf_json(out, label);
	else buf_add(out, S("null"));
}

static void put_code_label(struct call *c, const struct cell *cell, struct str code) {
	struct label_slot *s = slot_of(cell->seen, code);
	if (!str_eq(s->code, code)) {
		struct buf json = {.arena = c->ctx->arena};
		buf_label(&json, label_text(c, cell->field, VT(code)));
		*s = (struct label_slot){str_copy(c->ctx->arena, code), buf_str(&json)};
	}
	buf_add(c->json.out, s->json);
}

static void put_label(struct call *c, const struct cell *cell, struct value v) {
	buf_add(c->json.out, cell->label_key);
	if (cell->seen && v.kind == V_TEXT && v.s.n) put_code_label(c, cell, v.s);
	else buf_label(c->json.out, label_text(c, cell->field, v));
}

/* ---- the cells of a list ---- */

static size_t column_at(struct cells *k, struct str name) {
	for (size_t i = 0; i < k->columns_n; i++)
		if (str_eq(k->columns[i], name)) return i;
	k->columns[k->columns_n] = name;
	return k->columns_n++;
}

/* Names of fields are plain identifiers (a test walks the tables), so nothing is escaped. */
static void buf_member(struct buf *b, struct str name, bool is_first) {
	char *to = buf_reserve(b, name.n + 4), *at = to;
	if (!is_first) *at++ = ',';
	*at++ = '"';
	memcpy(at, name.p, name.n);
	at += name.n;
	*at++ = '"';
	*at++ = ':';
	b->n += (size_t)(at - to);
}

static struct str member_text(struct arena *a, struct str name, bool is_first) {
	struct buf b = {.arena = a};
	buf_reserve(&b, name.n + 4);
	buf_member(&b, name, is_first);
	return buf_str(&b);
}

static struct cell *add_cell(struct call *c, const struct list *l, struct cells *k, const struct field *f) {
	struct str label;
	struct cell *cell = &k->items[k->n++];
	*cell = (struct cell){.field = f};
	if (l->has_labels && label_member(c->ctx->arena, f, &label) && field_index(l->noun, label) < 0)
		cell->label_key = member_text(c->ctx->arena, label, false);
	return cell;
}

static void add_column_cell(struct call *c, const struct list *l, struct cells *k, const struct field *f) {
	struct arena *a = c->ctx->arena;
	size_t known = k->columns_n, at = column_at(k, f->name);
	if (at < known) return; /* part of the head */
	bool is_first = k->n == 0;
	struct cell *cell = add_cell(c, l, k, f);
	cell->col = (int)at;
	cell->key = member_text(a, f->name, is_first);
	if (cell->label_key.n && f->type != F_REF) cell->seen = arena_array(a, SLOTS, sizeof *cell->seen);
}

void cells_of(struct call *c, const struct list *l, struct cells *out) {
	size_t heads = l->noun->has_no_head ? HEAD_ID + 1 : HEAD__N;
	*out = (struct cells){.items = arena_room(c->ctx->arena, (heads + l->fields_n) * sizeof *out->items)};
	if (!l->limit) {
		for (size_t i = 0; i < heads; i++) add_cell(c, l, out, &head_fields[i]);
		for (size_t i = 0; i < l->fields_n; i++) add_cell(c, l, out, l->fields[i]);
		return;
	}
	out->columns = arena_array(c->ctx->arena, heads + l->fields_n + l->orders_n, sizeof *out->columns);
	for (size_t i = 0; i < heads; i++) add_column_cell(c, l, out, &head_fields[i]);
	for (size_t i = 0; i < l->fields_n; i++) add_column_cell(c, l, out, l->fields[i]);
	for (size_t i = 0; i < l->orders_n; i++) out->order_at[i] = column_at(out, l->orders[i].column);
	out->values = arena_array(c->ctx->arena, out->columns_n, sizeof *out->values);
}

void cells_find(struct call *c, struct cells *k, const struct rows *r) {
	int next = 0;
	k->values = arena_room(c->ctx->arena, (size_t)rows_columns(r) * sizeof *k->values);
	for (size_t i = 0; i < k->n; i++) {
		k->items[i].col = rows_find_from(r, k->items[i].field->name, next);
		assert(k->items[i].col >= 0);
		next = k->items[i].col + 1;
	}
}

void put_row(struct call *c, const struct cells *k, const struct rows *r) {
	struct buf *out = c->json.out;
	json_raw(&c->json, S("{"));
	rows_values(r, k->values);
	for (size_t i = 0; i < k->n; i++) {
		const struct cell *cell = &k->items[i];
		struct value v = k->values[cell->col];
		if (cell->key.n) buf_add(out, cell->key);
		else buf_member(out, cell->field->name, i == 0);
		buf_value(c, out, cell->field, v);
		if (cell->label_key.n) put_label(c, cell, v);
	}
	buf_byte(out, '}');
}
