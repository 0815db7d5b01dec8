/* field.h - the field tables: one row for each field of each record, and everything made from it.
 *
 * A record is a plain C struct; its noun has a table of fields with the member's place. From that
 * table come JSON in and out, validation, INSERT and UPDATE, list columns and filters, forms, import
 * headings, export columns, the API description, the audit difference and masking. A new field is a
 * column in a migration, a member, a row here and an assertion.
 *
 * Missing values: text = empty; date = DAY_NONE; enumeration = CHOICE_NONE; other numbers = NONE;
 * a bool is never missing. record_init sets them; a zeroed struct is not an empty record. */
#ifndef DOMAIN_FIELD_H
#define DOMAIN_FIELD_H

#include "base/day.h"
#include "base/json.h"
#include "domain/ctx.h"

#include <stddef.h>

#define NONE INT64_MIN
enum { CHOICE_NONE = -1 };

/* Type = member type, unit, widget, range. Members: text kinds struct str, F_DATE int32_t days,
 * F_ENUM int32_t index into choices, F_BOOL bool, all others int64_t. */
enum ftype {
	F_TEXT,      /* one line */
	F_LONG,      /* several lines */
	F_CODE,      /* our own code: given by the server */
	F_USCC,      /* unified social credit code or foreign registration number */
	F_PHONE, F_EMAIL, F_RESIDENT_ID,
	F_REGION,    /* division code */
	F_INDUSTRY,  /* GB/T 4754 code */
	F_TAGS,      /* comma-separated codes out of choices */
	F_MONTH,     /* YYYY-MM */
	F_DATE,
	F_ENUM,
	F_BOOL,
	F_INT,       /* a count */
	F_REF,       /* id of the noun named in `ref` */
	F_AT,        /* instant, ms UTC */
	F_FEN, F_MU_E2, F_TCE_E2, F_KG, F_M3, F_M2, F_PERMILLE, F_MINOR, F_RATE_E6, F_DEGREE_E6, F_BYTES, F_DAYS,
	F_TYPE__N
};

/* A closed set of values: code in SQL and JSON, word on the screen. words = what sheets write for
 * it, separated by '|'. */
struct choice {
	struct str code, zh, en, words;
};

enum field_flag {
	FIELD_REQUIRED = 1,      /* of every stored record (a gate may ask for more) */
	FIELD_SERVER = 2,        /* set by the server; a request that names it is refused */
	FIELD_FINAL = 4,         /* may be given when the record is made, not changed later */
	FIELD_LIST = 8,          /* a column of the standard list */
	FIELD_FILTER = 16,
	FIELD_SORT = 32,
	FIELD_SUM = 64,          /* the list shows the sum over the whole filter */
	FIELD_SEARCH = 128,      /* the list's search box looks here */
	FIELD_FORM = 256,        /* in the edit form (unless FIELD_SERVER) */
	FIELD_IMPORT = 512,      /* an import may fill it */
	FIELD_PERSONAL = 1024,   /* masked unless revealed; each reveal is an audit row */
	FIELD_OPEN = 2048,       /* shown to roles that see the state only (PARTNER, ENTERPRISE) */
	FIELD_VIRTUAL = 4096,    /* not a column: comes from the visible query or from C */
	FIELD_VIEW = 8192,       /* column of the visible query, not of the table */
	FIELD_SEALED = 16384,    /* text, stored sealed (seal.h): no filter, sort or search reaches it */
	FIELD_BULK = 32768,      /* may be set on many records at once (bulk.h) */
};

/* Why a personal field is kept, on what basis and how long: the entry of the register (person.h). */
enum personal { PERSONAL_NONE, PERSONAL_CONTACT, PERSONAL_IDENTITY, PERSONAL_STAFF, PERSONAL__N };

struct field {
	struct str name;         /* column, JSON member, import field */
	enum ftype type;
	size_t offset;           /* of the member in the record's struct */
	uint32_t flags;
	struct str zh, en;       /* labels */
	struct str group;        /* form group: "base", "invest", "factor", "date", "other" */
	struct str headings;     /* sheet headings that mean it, '|' between, first the best */
	const struct choice *choices;
	size_t choices_n;
	struct str ref;          /* F_REF: plural of the noun; label column is <name without _id>_name */
	struct str pick;         /* F_REF: /api/v1/<pick> offers the choices to who may not read the noun */
	struct str preset;       /* what a new record's form starts with, as field_set_text takes it */
	struct str sum_of;       /* FIELD_SUM: the column of the visible query that is added; empty = itself */
	enum personal personal;  /* of FIELD_PERSONAL, and only of it */
	int64_t max;             /* text: code points (0 = 200); numbers: largest (0 = the type's) */
};

struct fieldset {
	uint64_t w[2];
};
static inline void fieldset_add(struct fieldset *s, size_t i) { s->w[i / 64] |= (uint64_t)1 << (i % 64); }
static inline bool fieldset_has(const struct fieldset *s, size_t i) { return s->w[i / 64] >> (i % 64) & 1; }
static inline bool fieldset_any(const struct fieldset *s) { return (s->w[0] | s->w[1]) != 0; }

/* Every record starts with this. */
struct record {
	int64_t id;
	int64_t row_version;
	int64_t created_at_ms, updated_at_ms, created_by;
};

/* The objects of the rights table (rights.c); a noun names its own. */
enum object {
	OBJ_PROJECT, OBJ_LEAD, OBJ_INVESTOR, OBJ_CONTACT, OBJ_TALK, OBJ_AGREEMENT, OBJ_EVIDENCE, OBJ_PROGRESS,
	OBJ_FUNDS, OBJ_PROPOSAL, OBJ_IMPORT, OBJ_ACCOUNT, OBJ_ASSIGNMENT, OBJ_AUDIT, OBJ_PARAM, OBJ_SYSTEM, OBJ_VIEW, OBJ_EDIT,
	OBJ_SECURITY, OBJ_PERSON,
	OBJ__N
};

struct noun {
	struct str name, plural;           /* "project", "projects" */
	struct str zh, en;
	struct str table;
	enum object object;
	size_t size;                       /* of the record's struct */
	const struct field *fields;
	size_t fields_n;
	enum query_id visible;             /* what the actor may see; params by visible_params */
	uint32_t generic;                  /* which of CAN_CREATE, CAN_UPDATE, CAN_DELETE the generic routes do */
	bool has_no_head;                  /* the table has id alone of what struct record names */
	struct str label;                  /* column that names a record to people; empty = "name" */
	struct str county;                 /* column of `visible`: first six of region_code, with an index; empty = none */
	bool keeps_edits;                  /* changes and deletions can be taken back (edit.h) */
	struct str parent;                 /* member that names the project it belongs to; empty = none */
	const struct order *orders;        /* standard order of the list */
	size_t orders_n;

	/* Rules over the whole record, before it is stored; old = NULL when it is made. May fill derived
	 * members. Chains every failure with fail(). NULL = none. */
	enum err (*check)(struct ctx *ctx, const void *old, void *rec, const struct fieldset *set);
	/* After the row was written, in the same transaction. NULL = none. */
	enum err (*after)(struct ctx *ctx, const void *old, const void *rec);
	/* Refuses to let a record go, with its reason. NULL = may go. */
	enum err (*may_delete)(struct ctx *ctx, const void *rec);
};

/* All nouns with a list and a record page of their own, in menu order. */
extern const struct noun *const nouns[];
extern const size_t nouns_n;
const struct noun *noun_by_plural(struct str plural);
const struct noun *noun_by_name(struct str name);

int field_index(const struct noun *n, struct str name);  /* -1 = none */
int choice_index(const struct field *f, struct str code);
struct str ftype_name(enum ftype t);                     /* "fen", "date", ...: for the schema */
struct str ftype_unit(enum ftype t, enum lang lang);     /* "万元", "亩", ... as shown */

int type_digits(enum ftype t);                           /* decimals of the stored integer in the shown unit */
bool field_is_text(const struct field *f);
bool field_is_number(const struct field *f);
int64_t field_max(const struct field *f);
void field_clear(const struct field *f, void *rec);
void field_read(const struct field *f, struct arena *a, const struct rows *r, int col, void *rec);
struct str field_masked(const struct field *f, struct arena *a, struct str text); /* as it is unless FIELD_PERSONAL */

/* What this actor gets of a field: nothing, or its value (masked when personal). */
bool field_is_shown(const struct ctx *ctx, const struct noun *n, const struct field *f);
bool field_is_shown_to(uint32_t rights, const struct field *f); /* the same for many fields: rights_of(role, object) */

/* ---- records ---- */
void record_init(const struct noun *n, void *rec);
void record_read(const struct noun *n, struct arena *a, const struct rows *r, void *rec); /* copies text; sealed fields stay sealed: record_open */
bool field_is_missing(const struct field *f, const void *rec);
bool field_equal(const struct field *f, const void *a, const void *b);
struct value field_value(const struct field *f, struct arena *a, const void *rec);  /* as bound */
struct str field_text(const struct field *f, struct arena *a, const void *rec, enum lang lang); /* as shown in files and messages */

/* Set one member from text as JSON or a form has it ("2024-04-10", "370783", "SIGNED", "12300").
 * Empty clears. Failures are chained on ctx under the field's name. */
enum err field_set_text(struct ctx *ctx, const struct field *f, void *rec, struct str text);

/* Required, lengths, ranges, enumerations, codes: all wrong fields at once. */
enum err record_check(struct ctx *ctx, const struct noun *n, const void *old, void *rec,
	const struct fieldset *set);

/* JSON members of a record as this actor sees it: masked and left-out fields included. */
void record_json(struct ctx *ctx, const struct noun *n, const void *rec, struct json *j);

/* ERR_NOT_FOUND, in words: what is not there and what the actor may not see are told apart by nobody. */
enum err record_not_found(struct ctx *ctx, const struct noun *n);

/* Fetch through the visible query: ERR_NOT_FOUND also when the actor may not see it. */
enum err record_get(struct ctx *ctx, const struct noun *n, int64_t id, void *rec);

/* Store inside a write job: check, INSERT or UPDATE, audit row, after. A change of nothing writes
 * nothing. ERR_CONFLICT on a stale row_version. */
enum err record_insert(struct ctx *ctx, const struct noun *n, void *rec);
enum err record_update(struct ctx *ctx, const struct noun *n, const void *old, void *rec,
	const struct fieldset *set);
/* UPDATE and audit row without the checks of a form, for moves whose rules were asked elsewhere. */
enum err record_store(struct ctx *ctx, const struct noun *n, const void *old, void *rec, struct str action);
enum err record_delete(struct ctx *ctx, const struct noun *n, const void *old);

/* {"field":[before,after],...} of what differs, personal fields masked; empty object = nothing. */
struct str record_diff(struct ctx *ctx, const struct noun *n, const void *old, const void *rec);

/* The six values that every visible query begins with (fragment scope in scope.sql):
 * scope_lo text, scope_hi text, own text, actor int, subject int, reader int. */
enum { SCOPE_PARAMS = 6 };
#define SCOPE_EVERYWHERE "*" /* of a console that reads; no region starts with it, so it writes nowhere */
int64_t scope_reader(const struct actor *a); /* -1, 0 or the account: scope.sql says what it means */
void scope_params(const struct ctx *ctx, enum object o, struct value out[SCOPE_PARAMS]);

/* All values of n->visible: those six and, where its columns depend on the day, today text and
 * today_day int. Returns how many that query takes. */
enum { VISIBLE_PARAMS = SCOPE_PARAMS + 2 };
size_t visible_params(const struct ctx *ctx, const struct noun *n, struct value out[VISIBLE_PARAMS]);

#endif
