#include "api/list.h"

#include <string.h>

static const struct field id_field = {.name = S_("id"), .type = F_REF, .flags = FIELD_FILTER | FIELD_SORT};
static const struct field updated_field = {.name = S_("updated_at_ms"), .type = F_AT,
	.flags = FIELD_FILTER | FIELD_SORT};
static const struct field created_field = {.name = S_("created_at_ms"), .type = F_AT,
	.flags = FIELD_FILTER | FIELD_SORT};

static const struct field *find_field(struct call *c, const struct noun *n, struct str name) {
	static const struct field *const common[] = {&id_field, &updated_field, &created_field};
	for (size_t i = 0; i < sizeof common / sizeof *common; i++)
		if (str_eq(common[i]->name, name)) return common[i];
	int i = field_index(n, name);
	if (i < 0 || (n->fields[i].flags & FIELD_VIRTUAL) || !field_is_shown(c->ctx, n, &n->fields[i]))
		return NULL;
	return &n->fields[i];
}

static enum err bad_query(struct call *c, struct str name, struct str why) {
	return fail_with(c->ctx, ERR_INVALID, name, S("bad_query"), name, why);
}

enum file_kind list_file(const struct req *req) {
	struct str format;
	if (url_query_find(req->arena, req->query, S("format"), &format) == URL_PAIR)
		return str_eq(format, S("csv")) ? FILE_CSV : str_eq(format, S("xlsx")) ? FILE_XLSX : FILE_NONE;
	if (str_has(req->accept, S("spreadsheetml.sheet"))) return FILE_XLSX;
	return str_has(req->accept, S("text/csv")) ? FILE_CSV : FILE_NONE;
}

/* ---- filters ---- */

static const struct {
	struct str suffix;
	enum cond_op op;
} suffixes[] = {
	{S_("ne"), COND_NE}, {S_("lt"), COND_LT}, {S_("le"), COND_LE}, {S_("gt"), COND_GT}, {S_("ge"), COND_GE}, {S_("has"), COND_HAS},
};

/* A value that no row can have is a mistyped one: it is named, not answered with an empty list. */
static bool fits_type(const struct field *f, struct str text) {
	int32_t day;
	if (!text.n || str_cp_count(text) > LIST_TEXT_MAX) return false;
	if (f->type == F_DATE) return day_parse(text, &day);
	return f->type != F_ENUM || choice_index(f, text) != CHOICE_NONE;
}

static bool text_value(const struct field *f, struct str text, struct value *out) {
	int64_t v;
	if (f->type == F_BOOL) {
		bool yes = str_eq(text, S("1")) || str_eq(text, S("true"));
		*out = VI(yes);
		return yes || str_eq(text, S("0")) || str_eq(text, S("false"));
	}
	if (!field_is_number(f)) {
		*out = VT(text);
		return fits_type(f, text);
	}
	*out = VI(0);
	if (!str_int(text, &v)) return false;
	out->i = v;
	return true;
}

/* a,b,c: one of; several regions are several prefixes, of which the widest is asked for. */
static enum err add_one_of(struct call *c, struct list *l, const struct field *f, struct str text) {
	size_t most = 1;
	for (size_t i = 0; i < text.n; i++) most += text.p[i] == ',';
	struct value *v = arena_array(c->ctx->arena, most, sizeof *v);
	struct str rest = text, part;
	size_t n = 0;
	while (str_split(&rest, ',', &part))
		if (!text_value(f, part, &v[n++])) return bad_query(c, f->name, part);
	bool is_region = f->type == F_REGION && n == 1;
	l->conds[l->conds_n++] = (struct cond){f->name, is_region ? COND_PREFIX : COND_IN, v, n};
	return ERR_OK;
}

static enum err add_null(struct call *c, struct list *l, const struct field *f, struct str text) {
	bool is_null = str_eq(text, S("1"));
	if (!is_null && !str_eq(text, S("0"))) return bad_query(c, f->name, text);
	l->conds[l->conds_n++] = (struct cond){f->name, is_null ? COND_NULL : COND_NOT_NULL, NULL, 0};
	return ERR_OK;
}

static enum err add_filter(struct call *c, struct list *l, struct str name, struct str text) {
	ptrdiff_t dot = str_find(name, S("."));
	struct str suffix = dot < 0 ? S("") : str_sub(name, (size_t)dot + 1, name.n);
	const struct field *f = find_field(c, l->noun, dot < 0 ? name : str_sub(name, 0, (size_t)dot));
	if (!f) return fail_with(c->ctx, ERR_INVALID, name, S("unknown_parameter"), name, S(""));
	if (!(f->flags & (FIELD_FILTER | FIELD_SORT)))
		return fail_with(c->ctx, ERR_INVALID, name, S("unknown_parameter"), name, S(""));
	if (l->conds_n == LIST_CONDS_MAX) return bad_query(c, name, S("too many"));
	if (!suffix.n) return add_one_of(c, l, f, text);
	if (str_eq(suffix, S("null"))) return add_null(c, l, f, text);
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		if (!str_eq(suffix, suffixes[i].suffix)) continue;
		struct value *v = arena_alloc(c->ctx->arena, sizeof *v);
		if (!text_value(f, text, v) || (suffixes[i].op == COND_HAS && v->kind != V_TEXT))
			return bad_query(c, name, text);
		l->conds[l->conds_n++] = (struct cond){f->name, suffixes[i].op, v, 1};
		return ERR_OK;
	}
	return fail_with(c->ctx, ERR_INVALID, name, S("unknown_parameter"), name, S(""));
}

/* ---- what the list does with reserved names ---- */

static enum err take_limit(struct call *c, struct list *l, struct str text) {
	if (!str_int(text, &l->limit) || l->limit < 1 || l->limit > LIST_LIMIT_MAX)
		return bad_query(c, S("limit"), S("1..200"));
	return ERR_OK;
}

static enum err take_count(struct call *c, struct list *l, struct str text) {
	l->has_count = str_eq(text, S("1")) || str_eq(text, S("true"));
	return l->has_count || str_eq(text, S("0")) || str_eq(text, S("false")) ? ERR_OK
		: bad_query(c, S("count"), text);
}

static enum err take_labels(struct call *c, struct list *l, struct str text) {
	l->has_labels = !str_eq(text, S("0"));
	return l->has_labels && !str_eq(text, S("1")) ? bad_query(c, S("labels"), text) : ERR_OK;
}

static enum err take_search(struct call *c, struct list *l, struct str text) {
	struct value *v = arena_alloc(c->ctx->arena, sizeof *v);
	*v = VT(str_trim(text));
	if (!v->s.n) return ERR_OK;
	if (str_cp_count(v->s) > LIST_TEXT_MAX) return bad_query(c, S("q"), str_cp_head(v->s, 20));
	for (size_t i = 0; i < l->noun->fields_n; i++) {
		const struct field *f = &l->noun->fields[i];
		bool is_searched = (f->flags & FIELD_SEARCH) && !(f->flags & FIELD_PERSONAL)
			&& field_is_shown(c->ctx, l->noun, f);
		if (is_searched && l->any_n < sizeof l->any / sizeof *l->any)
			l->any[l->any_n++] = (struct cond){f->name, COND_HAS, v, 1};
	}
	return l->any_n ? ERR_OK : fail_with(c->ctx, ERR_INVALID, S("q"), S("unknown_parameter"), S("q"), S(""));
}

static enum err take_sort(struct call *c, struct list *l, struct str text) {
	struct str rest = text, part;
	l->orders_n = 0;
	while (str_split(&rest, ',', &part)) {
		bool is_desc = str_starts(part, S("-"));
		const struct field *f = find_field(c, l->noun, is_desc ? str_sub(part, 1, part.n) : part);
		if (!f || !(f->flags & FIELD_SORT) || l->orders_n == LIST_ORDERS_MAX)
			return bad_query(c, S("sort"), part);
		l->orders[l->orders_n++] = (struct order){.column = f->name, .is_desc = is_desc,
			.is_not_null = (f->flags & FIELD_REQUIRED) != 0};
	}
	return ERR_OK;
}

/* A column is selected once: a name that stands twice is refused. */
static bool has_column(const struct list *l, const struct field *f) {
	for (size_t i = 0; i < l->fields_n; i++)
		if (l->fields[i] == f) return true;
	return false;
}

static enum err take_fields(struct call *c, struct list *l, struct str text) {
	struct str rest = text, part;
	l->fields_n = 0;
	while (str_split(&rest, ',', &part)) {
		const struct field *f = find_field(c, l->noun, part);
		if (!f || has_column(l, f) || l->fields_n == sizeof l->fields / sizeof *l->fields)
			return bad_query(c, S("fields"), part);
		l->fields[l->fields_n++] = f;
	}
	return ERR_OK;
}

static enum err take_format(struct call *c, struct list *l, struct str text) {
	(void)l;
	return str_eq(text, S("csv")) || str_eq(text, S("json")) || str_eq(text, S("xlsx")) ? ERR_OK : bad_query(c, S("format"), text);
}

static enum err take_nothing(struct call *c, struct list *l, struct str text) {
	(void)c, (void)l, (void)text;
	return ERR_OK;
}

/* ---- the cursor: type letter, length, text of each value; hex, because it is nobody's to read ---- */

struct str list_cursor(struct arena *a, const struct value *v, size_t n) {
	struct buf plain = {.arena = a}, hex = {.arena = a};
	for (size_t i = 0; i < n; i++) {
		struct str text = v[i].kind == V_INT ? str_of_int(a, v[i].i) : v[i].s;
		buf_byte(&plain, "nitb"[v[i].kind]);
		if (v[i].kind == V_NULL) continue;
		buf_int(&plain, (int64_t)text.n);
		buf_byte(&plain, ':');
		buf_add(&plain, text);
	}
	buf_hex(&hex, plain.p, plain.n);
	return buf_str(&hex);
}

static int hex_digit(char c) {
	if (c >= '0' && c <= '9') return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool unhex(struct arena *a, struct str hex, struct str *out) {
	char *p = arena_alloc(a, hex.n / 2 + 1);
	if (hex.n % 2) return false;
	for (size_t i = 0; i < hex.n / 2; i++) {
		int hi = hex_digit(hex.p[2 * i]), lo = hex_digit(hex.p[2 * i + 1]);
		if (hi < 0 || lo < 0) return false;
		p[i] = (char)(hi << 4 | lo);
	}
	*out = (struct str){p, hex.n / 2};
	return true;
}

static bool take_value(struct str *s, struct value *v) {
	int64_t len;
	if (!s->n) return false;
	char kind = s->p[0];
	*s = str_sub(*s, 1, s->n);
	if (kind == 'n') {
		*v = VNULL;
		return true;
	}
	ptrdiff_t colon = str_find(*s, S(":"));
	if (colon < 0 || !str_int(str_sub(*s, 0, (size_t)colon), &len) || len < 0) return false;
	struct str rest = str_sub(*s, (size_t)colon + 1, s->n);
	if ((uint64_t)len > rest.n) return false;
	struct str text = str_sub(rest, 0, (size_t)len);
	*s = str_sub(rest, (size_t)len, rest.n);
	*v = VT(text);
	if (kind != 'i') return kind == 't' && str_is_utf8(text);
	*v = VI(0);
	return str_int(text, &v->i);
}

/* A cursor of another list, or a made-up one, has values of other kinds: PostgreSQL would not compare them. */
static bool fits_order(const struct list *l, size_t i) {
	int at = field_index(l->noun, l->orders[i].column);
	const struct field *f = at < 0 ? &id_field : &l->noun->fields[at]; /* what is no field of the noun is an integer of every record */
	enum value_kind kind = f->type == F_BOOL || field_is_number(f) ? V_INT : V_TEXT;
	return l->after[i].kind == kind || (l->after[i].kind == V_NULL && !l->orders[i].is_not_null);
}

static enum err take_cursor(struct call *c, struct list *l, struct str hex) {
	struct str plain;
	if (!unhex(c->ctx->arena, hex, &plain)) return fail(c->ctx, ERR_INVALID, S("cursor"), S("bad_cursor"));
	for (size_t i = 0; i < l->orders_n; i++)
		if (!take_value(&plain, &l->after[i]) || !fits_order(l, i))
			return fail(c->ctx, ERR_INVALID, S("cursor"), S("bad_cursor"));
	l->has_after = true;
	return plain.n ? fail(c->ctx, ERR_INVALID, S("cursor"), S("bad_cursor")) : ERR_OK;
}

/* ---- the whole ---- */

static const struct {
	struct str name;
	enum err (*take)(struct call *c, struct list *l, struct str text);
} reserved[] = {
	{S_("limit"), take_limit}, {S_("count"), take_count}, {S_("q"), take_search}, {S_("sort"), take_sort},
	{S_("fields"), take_fields}, {S_("cursor"), take_nothing}, {S_("format"), take_format}, {S_("lang"), take_nothing},
	{S_("field"), take_nothing}, {S_("labels"), take_labels},
};

static enum err take_pair(struct call *c, struct list *l, struct url_pair pair) {
	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
		if (str_eq(reserved[i].name, pair.name)) return reserved[i].take(c, l, pair.value);
	return add_filter(c, l, pair.name, pair.value);
}

static void default_fields(struct call *c, struct list *l) {
	uint32_t rights = rights_of(c->ctx->actor.role, l->noun->object);
	for (size_t i = 0; i < l->noun->fields_n; i++) {
		const struct field *f = &l->noun->fields[i];
		if (!(f->flags & FIELD_VIRTUAL) && field_is_shown_to(rights, f)) l->fields[l->fields_n++] = f;
	}
}

enum err list_all(struct call *c, const struct noun *n, struct list *out) {
	struct str labels = call_query(c, "labels");
	out->noun = n;
	out->conds_n = out->any_n = out->orders_n = out->fields_n = 0;
	out->limit = 0;
	out->has_after = out->has_count = false;
	out->has_labels = true;
	out->params_n = visible_params(c->ctx, n, out->params);
	default_fields(c, out);
	return labels.n ? take_labels(c, out, labels) : ERR_OK;
}

static void end_orders_with_id(struct list *l) {
	for (size_t i = 0; i < l->orders_n; i++)
		if (str_eq(l->orders[i].column, S("id"))) {
			l->orders_n = i + 1;
			return;
		}
	bool is_desc = l->orders_n ? l->orders[l->orders_n - 1].is_desc : true;
	l->orders[l->orders_n++] = (struct order){.column = S("id"), .is_desc = is_desc, .is_not_null = true};
}

/* ---- the county ---- */

enum { COUNTY_DIGITS = 6 };

static bool names_county(struct str prefix) {
	for (size_t i = 0; i < COUNTY_DIGITS; i++) {
		bool is_plain = i < prefix.n
			&& ((prefix.p[i] >= '0' && prefix.p[i] <= '9') || (prefix.p[i] >= 'A' && prefix.p[i] <= 'Z'));
		if (!is_plain) return false;
	}
	return true;
}

/* The prefix of the user's scope, or of a filter by region, that lies within one county. */
static struct str county_of(const struct call *c, const struct list *l) {
	if (names_county(c->ctx->actor.scope)) return c->ctx->actor.scope;
	for (size_t i = 0; i < l->conds_n; i++) {
		const struct cond *k = &l->conds[i];
		bool is_region = k->op == COND_PREFIX && str_eq(k->column, S("region_code"));
		if (is_region && names_county(k->values[0].s)) return k->values[0].s;
	}
	return S("");
}

/* Says again, as an equality that an index serves, what the scope or the filter says already. */
static void narrow_to_county(struct call *c, struct list *l) {
	struct str prefix = l->noun->county.n ? county_of(c, l) : S("");
	if (!prefix.n) return;
	struct value *v = arena_alloc(c->ctx->arena, sizeof *v);
	*v = VT(str_sub(prefix, 0, COUNTY_DIGITS));
	l->conds[l->conds_n++] = (struct cond){l->noun->county, COND_EQ, v, 1};
}

enum err list_parse_query(struct call *c, const struct noun *n, struct str query, struct list *out) {
	struct list *l = out;
	struct str rest = query, cursor;
	struct url_pair pair;
	enum url_step step;
	l->noun = n;
	l->limit = LIST_LIMIT;
	l->has_labels = true;
	l->params_n = visible_params(c->ctx, n, l->params);
	for (size_t i = 0; i < n->orders_n; i++) l->orders[l->orders_n++] = n->orders[i];
	while ((step = url_query_next(c->ctx->arena, &rest, &pair)) == URL_PAIR) {
		enum err e = take_pair(c, l, pair);
		if (e) return e;
	}
	if (step == URL_BAD) return bad_query(c, S("?"), S("escape"));
	if (!l->fields_n) default_fields(c, l);
	narrow_to_county(c, l);
	end_orders_with_id(l);
	if (url_query_find(c->ctx->arena, query, S("cursor"), &cursor) != URL_PAIR) return ERR_OK;
	return cursor.n ? take_cursor(c, l, cursor) : ERR_OK;
}

enum err list_parse(struct call *c, const struct noun *n, struct list *out) {
	return list_parse_query(c, n, c->req->query, out);
}

struct select_spec list_spec(const struct list *l, const struct str *columns, size_t columns_n) {
	return (struct select_spec){
		.from = l->noun->visible, .params = l->params, .params_n = l->params_n,
		.columns = columns, .columns_n = columns_n, .conds = l->conds, .conds_n = l->conds_n,
		.any = l->any, .any_n = l->any_n, .orders = l->orders, .orders_n = l->orders_n,
		.after = l->has_after ? l->after : NULL, .limit = l->limit + 1,
	};
}
