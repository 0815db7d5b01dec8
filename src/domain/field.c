#include "domain/field.h"

#include "domain/field_check.h"

/* How a type is kept, named and shown. digits: decimals of the stored integer against the shown
 * unit (fen -> 万元 is 6). */
enum store_as { AS_TEXT, AS_DATE, AS_ENUM, AS_BOOL, AS_INT };
static const struct type_def {
	struct str name;
	enum store_as as;
	struct str unit_zh, unit_en;
	int digits;
	int64_t max; /* of text: code points */
} types[F_TYPE__N] = {
	[F_TEXT] = {S_("text"), AS_TEXT, S_(""), S_(""), 0, 200},
	[F_LONG] = {S_("long"), AS_TEXT, S_(""), S_(""), 0, 2000},
	[F_CODE] = {S_("code"), AS_TEXT, S_(""), S_(""), 0, 40},
	[F_USCC] = {S_("uscc"), AS_TEXT, S_(""), S_(""), 0, 40},
	[F_PHONE] = {S_("phone"), AS_TEXT, S_(""), S_(""), 0, 20},
	[F_EMAIL] = {S_("email"), AS_TEXT, S_(""), S_(""), 0, 254},
	[F_RESIDENT_ID] = {S_("resident_id"), AS_TEXT, S_(""), S_(""), 0, 18},
	[F_REGION] = {S_("region"), AS_TEXT, S_(""), S_(""), 0, 12},
	[F_INDUSTRY] = {S_("industry"), AS_TEXT, S_(""), S_(""), 0, 4},
	[F_TAGS] = {S_("tags"), AS_TEXT, S_(""), S_(""), 0, 200},
	[F_MONTH] = {S_("month"), AS_TEXT, S_(""), S_(""), 0, 7},
	[F_DATE] = {S_("date"), AS_DATE, S_(""), S_(""), 0, 0},
	[F_ENUM] = {S_("enum"), AS_ENUM, S_(""), S_(""), 0, 0},
	[F_BOOL] = {S_("bool"), AS_BOOL, S_(""), S_(""), 0, 0},
	[F_INT] = {S_("int"), AS_INT, S_(""), S_(""), 0, 1000000000},
	[F_REF] = {S_("ref"), AS_INT, S_(""), S_(""), 0, INT64_C(1) << 53},
	[F_AT] = {S_("at"), AS_INT, S_(""), S_(""), 0, INT64_C(1) << 53},
	[F_FEN] = {S_("fen"), AS_INT, S_("万元"), S_("CNY 10k"), 6, INT64_C(9000000000000000)},
	[F_MU_E2] = {S_("mu_e2"), AS_INT, S_("亩"), S_("mu"), 2, INT64_C(100000000000)},
	[F_TCE_E2] = {S_("tce_e2"), AS_INT, S_("吨标准煤"), S_("tce"), 2, INT64_C(1000000000000)},
	[F_KG] = {S_("kg"), AS_INT, S_("吨/年"), S_("t/year"), 3, INT64_C(1000000000000)},
	[F_M3] = {S_("m3"), AS_INT, S_("万立方米"), S_("10k m³"), 4, INT64_C(1000000000000)},
	[F_M2] = {S_("m2"), AS_INT, S_("平方米"), S_("m²"), 0, INT64_C(10000000000)},
	[F_PERMILLE] = {S_("permille"), AS_INT, S_("%"), S_("%"), 1, 1000},
	[F_MINOR] = {S_("minor"), AS_INT, S_("万外币"), S_("10k foreign"), 6, INT64_C(9000000000000000)},
	[F_RATE_E6] = {S_("rate_e6"), AS_INT, S_(""), S_(""), 6, INT64_C(1000000000)},
	[F_DEGREE_E6] = {S_("degree_e6"), AS_INT, S_("°"), S_("°"), 6, INT64_C(180000000)},
	[F_BYTES] = {S_("bytes"), AS_INT, S_("字节"), S_("bytes"), 0, INT64_C(1) << 53},
	[F_DAYS] = {S_("days"), AS_INT, S_("天"), S_("days"), 0, 100000},
};

static void *at(const struct field *f, void *rec) {
	return (char *)rec + f->offset;
}

static const void *at_const(const struct field *f, const void *rec) {
	return (const char *)rec + f->offset;
}

static int64_t get_int(const struct field *f, const void *rec) {
	return *(const int64_t *)at_const(f, rec);
}

static struct str get_str(const struct field *f, const void *rec) {
	return *(const struct str *)at_const(f, rec);
}

static int32_t get_i32(const struct field *f, const void *rec) {
	return *(const int32_t *)at_const(f, rec);
}

static bool get_bool(const struct field *f, const void *rec) {
	return *(const bool *)at_const(f, rec);
}

struct str ftype_name(enum ftype t) {
	return types[t].name;
}

struct str ftype_unit(enum ftype t, enum lang lang) {
	return lang == LANG_EN ? types[t].unit_en : types[t].unit_zh;
}

int64_t field_max(const struct field *f) {
	return f->max ? f->max : types[f->type].max;
}

bool field_is_text(const struct field *f) {
	return types[f->type].as == AS_TEXT;
}

bool field_is_number(const struct field *f) {
	return types[f->type].as == AS_INT;
}

int choice_index(const struct field *f, struct str code) {
	for (size_t i = 0; i < f->choices_n; i++)
		if (str_eq(f->choices[i].code, code)) return (int)i;
	return CHOICE_NONE;
}

void field_clear(const struct field *f, void *rec) {
	switch (types[f->type].as) {
	case AS_TEXT: *(struct str *)at(f, rec) = (struct str){0}; break;
	case AS_DATE: *(int32_t *)at(f, rec) = DAY_NONE; break;
	case AS_ENUM: *(int32_t *)at(f, rec) = CHOICE_NONE; break;
	case AS_BOOL: *(bool *)at(f, rec) = false; break;
	case AS_INT: *(int64_t *)at(f, rec) = NONE; break;
	}
}

bool field_is_missing(const struct field *f, const void *rec) {
	switch (types[f->type].as) {
	case AS_TEXT: return get_str(f, rec).n == 0;
	case AS_DATE: return get_i32(f, rec) == DAY_NONE;
	case AS_ENUM: return get_i32(f, rec) == CHOICE_NONE;
	case AS_BOOL: return false;
	case AS_INT: return get_int(f, rec) == NONE;
	}
	return true;
}

bool field_equal(const struct field *f, const void *a, const void *b) {
	switch (types[f->type].as) {
	case AS_TEXT: return str_eq(get_str(f, a), get_str(f, b));
	case AS_DATE:
	case AS_ENUM: return get_i32(f, a) == get_i32(f, b);
	case AS_BOOL: return get_bool(f, a) == get_bool(f, b);
	case AS_INT: return get_int(f, a) == get_int(f, b);
	}
	return true;
}

struct value field_value(const struct field *f, struct arena *a, const void *rec) {
	if (field_is_missing(f, rec)) return VNULL;
	switch (types[f->type].as) {
	case AS_TEXT: return VT(get_str(f, rec));
	case AS_DATE: return VT(str_of_day(a, get_i32(f, rec)));
	case AS_ENUM: return VT(f->choices[get_i32(f, rec)].code);
	case AS_BOOL: return VI(get_bool(f, rec));
	case AS_INT: return VI(get_int(f, rec));
	}
	return VNULL;
}

/* The stored form; what the database holds that no table knows (an enumeration of a newer program)
 * reads as missing. */
void field_read(const struct field *f, struct arena *a, const struct rows *r, int col, void *rec) {
	field_clear(f, rec);
	if (rows_is_null(r, col)) return;
	switch (types[f->type].as) {
	case AS_TEXT: *(struct str *)at(f, rec) = str_copy(a, rows_text(r, col)); break;
	case AS_DATE: (void)day_parse(rows_text(r, col), at(f, rec)); break;
	case AS_ENUM: *(int32_t *)at(f, rec) = choice_index(f, rows_text(r, col)); break;
	case AS_BOOL: *(bool *)at(f, rec) = rows_int(r, col) != 0; break;
	case AS_INT: *(int64_t *)at(f, rec) = rows_int(r, col); break;
	}
}

/* ---- text in ---- */

static enum err bad(struct ctx *ctx, const struct field *f, struct str rule) {
	return fail(ctx, ERR_INVALID, f->name, rule);
}

static enum err set_number(struct ctx *ctx, const struct field *f, void *rec, struct str text) {
	int64_t v, max = field_max(f);
	if (!str_int(text, &v)) return bad(ctx, f, S("not_a_number"));
	bool may_be_negative = f->type == F_DEGREE_E6;
	if (v < 0 && !may_be_negative) return bad(ctx, f, S("negative"));
	if (v > max || v < -max)
		return fail_with(ctx, ERR_INVALID, f->name, S("too_big"), str_of_int(ctx->arena, max), S(""));
	*(int64_t *)at(f, rec) = v;
	return ERR_OK;
}

static enum err set_date(struct ctx *ctx, const struct field *f, void *rec, struct str text) {
	int32_t day;
	if (!day_parse(text, &day)) return fail_with(ctx, ERR_INVALID, f->name, S("not_a_date"), text, S(""));
	*(int32_t *)at(f, rec) = day;
	return ERR_OK;
}

static enum err set_choice(struct ctx *ctx, const struct field *f, void *rec, struct str text) {
	int i = choice_index(f, text);
	if (i == CHOICE_NONE) {
		struct buf known = {.arena = ctx->arena};
		for (size_t k = 0; k < f->choices_n; k++) {
			if (k) buf_c(&known, ", ");
			buf_add(&known, f->choices[k].code);
		}
		return fail_with(ctx, ERR_INVALID, f->name, S("not_a_choice"), buf_str(&known), S(""));
	}
	*(int32_t *)at(f, rec) = i;
	return ERR_OK;
}

static enum err set_bool(struct ctx *ctx, const struct field *f, void *rec, struct str text) {
	bool yes = str_eq(text, S("true")) || str_eq(text, S("1"));
	if (!yes && !str_eq(text, S("false")) && !str_eq(text, S("0"))) return bad(ctx, f, S("not_a_bool"));
	*(bool *)at(f, rec) = yes;
	return ERR_OK;
}

static bool has_control(struct str s, bool may_break_lines) {
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool is_break = c == '\n' || c == '\r' || c == '\t';
		if ((c < 0x20 && !(is_break && may_break_lines)) || c == 0x7F) return true;
	}
	return false;
}

static enum err set_tags(struct ctx *ctx, const struct field *f, void *rec, struct str text) {
	struct str rest = text, tag;
	while (str_split(&rest, ',', &tag))
		if (choice_index(f, tag) == CHOICE_NONE)
			return fail_with(ctx, ERR_INVALID, f->name, S("not_a_choice"), tag, S(""));
	*(struct str *)at(f, rec) = str_copy(ctx->arena, text);
	return ERR_OK;
}

static bool is_month(struct str s) {
	int32_t day;
	char first[10] = "0000-00-01";
	if (s.n != 7) return false;
	for (size_t i = 0; i < 7; i++) first[i] = s.p[i];
	return day_parse((struct str){first, 10}, &day);
}

/* Rules by type for text; the normal form is what is stored. */
static enum err set_str(struct ctx *ctx, const struct field *f, void *rec, struct str text) {
	text = f->type == F_LONG ? text : str_trim(text);
	if (!str_is_utf8(text)) return bad(ctx, f, S("not_utf8"));
	if (has_control(text, f->type == F_LONG)) return bad(ctx, f, S("control_characters"));
	int64_t max = field_max(f);
	if (str_cp_count(text) > (size_t)max)
		return fail_with(ctx, ERR_INVALID, f->name, S("too_long"), str_of_int(ctx->arena, max), S(""));
	if (f->type == F_TAGS) return set_tags(ctx, f, rec, text);
	if (f->type == F_MONTH && !is_month(text)) return bad(ctx, f, S("not_a_month"));
	struct str normal = text, rule = {0};
	if (!check_typed_text(ctx->arena, f->type, text, &normal, &rule))
		return fail_with(ctx, ERR_INVALID, f->name, rule, text, S(""));
	*(struct str *)at(f, rec) = str_copy(ctx->arena, normal);
	return ERR_OK;
}

enum err field_set_text(struct ctx *ctx, const struct field *f, void *rec, struct str text) {
	if (str_trim(text).n == 0) {
		field_clear(f, rec);
		return ERR_OK;
	}
	switch (types[f->type].as) {
	case AS_TEXT: return set_str(ctx, f, rec, text);
	case AS_DATE: return set_date(ctx, f, rec, text);
	case AS_ENUM: return set_choice(ctx, f, rec, text);
	case AS_BOOL: return set_bool(ctx, f, rec, text);
	case AS_INT: return set_number(ctx, f, rec, text);
	}
	return ERR_OK;
}

/* ---- text out ---- */

struct str field_text(const struct field *f, struct arena *a, const void *rec, enum lang lang) {
	struct buf b = {.arena = a};
	if (field_is_missing(f, rec)) return S("");
	switch (types[f->type].as) {
	case AS_TEXT: return get_str(f, rec);
	case AS_DATE: return str_of_day(a, get_i32(f, rec));
	case AS_ENUM: {
		const struct choice *c = &f->choices[get_i32(f, rec)];
		return lang == LANG_EN ? c->en : c->zh;
	}
	case AS_BOOL:
		if (lang == LANG_EN) return get_bool(f, rec) ? S("yes") : S("no");
		return get_bool(f, rec) ? S("是") : S("否");
	case AS_INT:
		if (f->type == F_AT) buf_instant(&b, get_int(f, rec));
		else buf_fixed(&b, get_int(f, rec), types[f->type].digits);
		return buf_str(&b);
	}
	return S("");
}

struct str field_masked(const struct field *f, struct arena *a, struct str text) {
	if (!(f->flags & FIELD_PERSONAL) || !text.n) return text;
	return mask_text(a, f->type, text);
}

int type_digits(enum ftype t) {
	return types[t].digits;
}
