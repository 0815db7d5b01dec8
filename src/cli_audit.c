#include "cli_audit.h"

#include "cli_words.h"
#include "domain/account.h"
#include "domain/audit.h"

#include <stdio.h>

struct args {
	struct str head, object, id, action, limit;
	bool is_json;
};

static const struct cli_word options[] = {
	{"--head", offsetof(struct args, head), false}, {"--object", offsetof(struct args, object), false},
	{"--id", offsetof(struct args, id), false}, {"--action", offsetof(struct args, action), false},
	{"--limit", offsetof(struct args, limit), false}, {"--json", offsetof(struct args, is_json), true},
};
enum { OPTIONS = sizeof options / sizeof *options, LIMIT = 100, LIMIT_MAX = 100000 };

struct out {
	struct buf text;
	struct json json;
};

static bool parse(int argc, char **argv, struct args *a) {
	return cli_words(argc, argv, 2, options, OPTIONS, a, NULL, 0, NULL);
}

/* ---- verify, head ---- */

static const struct {
	struct str why;
	const char *sentence;
} reasons[] = {
	{S_("changed"), "this row was changed, or put in by somebody without the key"},
	{S_("missing"), "this row was taken out"},
	{S_("cut"), "the rows from here on were cut off, or the head given belongs to another chain"},
	{S_("head"), "the stored head was not written by this program with this key"},
};

static void put_proof(struct out *o, bool is_json, const struct audit_proof *p) {
	if (is_json) {
		json_obj(&o->json);
		json_put_bool(&o->json, "is_ok", p->is_ok);
		json_put_int(&o->json, "rows", p->rows);
		json_put_int_if(&o->json, "broken_at", p->broken_at != 0, p->broken_at);
		json_put_str_or_null(&o->json, "why", p->why);
		json_put_str(&o->json, "head", p->head);
		json_end(&o->json);
		return;
	}
	buf_int(&o->text, p->rows);
	buf_c(&o->text, p->is_ok ? " rows, the chain holds\nhead " : " rows hold\nhead so far ");
	buf_add(&o->text, p->head);
	buf_byte(&o->text, '\n');
	if (p->is_ok) return;
	buf_c(&o->text, "BROKEN");
	if (p->broken_at) {
		buf_c(&o->text, " at row ");
		buf_int(&o->text, p->broken_at);
	}
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (str_eq(reasons[i].why, p->why)) {
			buf_c(&o->text, ": ");
			buf_c(&o->text, reasons[i].sentence);
		}
	buf_byte(&o->text, '\n');
}

static enum err verify(struct ctx *ctx, const struct args *a, struct out *o) {
	struct audit_proof p;
	enum err e = audit_verify(ctx, str_trim(a->head), &p);
	if (e) return e;
	put_proof(o, a->is_json, &p);
	return p.is_ok ? ERR_OK : fail(ctx, ERR_CONFLICT, S("audit"), S("audit_broken"));
}

static enum err show_head(struct ctx *ctx, const struct args *a, struct out *o) {
	struct str head;
	int64_t rows;
	enum err e = audit_head(ctx, &head, &rows);
	if (e) return e;
	if (a->is_json) {
		json_obj(&o->json);
		json_put_str(&o->json, "head", head);
		json_put_int(&o->json, "rows", rows);
		json_end(&o->json);
		return ERR_OK;
	}
	buf_add(&o->text, head);
	buf_byte(&o->text, '\n');
	return ERR_OK;
}

/* ---- list ---- */

static void put_cell(struct buf *b, struct str s) {
	buf_add(b, s.n ? s : S("-"));
	buf_byte(b, '\t');
}

/* id  time  login  role  action  outcome  object/id  diff */
static void put_line(struct ctx *ctx, struct buf *b, const struct audit_row *row) {
	buf_int(b, row->record.id);
	buf_byte(b, '\t');
	buf_instant(b, row->at_ms);
	buf_byte(b, '\t');
	put_cell(b, row->login);
	put_cell(b, row->role);
	put_cell(b, row->action);
	put_cell(b, field_text(&audit_noun.fields[field_index(&audit_noun, S("outcome"))], ctx->arena,
		row, LANG_EN));
	buf_add(b, row->object);
	if (row->object_id != NONE) {
		buf_byte(b, ' ');
		buf_int(b, row->object_id);
	}
	buf_byte(b, '\t');
	buf_add(b, row->diff.n ? row->diff : S("-"));
	buf_byte(b, '\n');
}

/* Conditions out of the options that were given. */
static enum err conditions(struct ctx *ctx, const struct args *a, struct cond *out, size_t *n,
		int64_t *limit) {
	struct value *v = arena_array(ctx->arena, 3, sizeof *v);
	int64_t id;
	*n = 0;
	*limit = LIMIT;
	if (a->limit.n && (!str_int(a->limit, limit) || *limit < 1 || *limit > LIMIT_MAX))
		return fail(ctx, ERR_INVALID, S("limit"), S("not_a_number"));
	if (a->id.n && !str_int(a->id, &id)) return fail(ctx, ERR_INVALID, S("id"), S("not_a_number"));
	if (a->id.n) {
		v[0] = VI(id);
		out[(*n)++] = (struct cond){.column = S("object_id"), .op = COND_EQ, .values = &v[0], .n = 1};
	}
	if (a->object.n) {
		v[1] = VT(a->object);
		out[(*n)++] = (struct cond){.column = S("object"), .op = COND_EQ, .values = &v[1], .n = 1};
	}
	if (a->action.n) {
		v[2] = VT(a->action);
		out[(*n)++] = (struct cond){.column = S("action"), .op = COND_EQ, .values = &v[2], .n = 1};
	}
	return ERR_OK;
}

static enum err list(struct ctx *ctx, const struct args *a, struct out *o) {
	struct value params[SCOPE_PARAMS];
	struct cond conds[3];
	struct rows *r;
	scope_params(ctx, audit_noun.object, params);
	struct select_spec spec = {.from = audit_noun.visible, .params = params,
		.params_n = SCOPE_PARAMS, .conds = conds,
	                           .orders = audit_noun.orders, .orders_n = audit_noun.orders_n};
	enum err e = conditions(ctx, a, conds, &spec.conds_n, &spec.limit);
	if (e) return e;
	if ((e = db_select(ctx->db, ctx->arena, &spec, &r))) return fail_store(ctx, e);
	if (a->is_json) json_arr(&o->json);
	while (rows_next(r)) {
		struct audit_row row;
		record_read(&audit_noun, ctx->arena, r, &row);
		if (a->is_json) record_json(ctx, &audit_noun, &row, &o->json);
		else put_line(ctx, &o->text, &row);
	}
	if (a->is_json) json_end(&o->json);
	e = rows_error(r);
	rows_done(r);
	return fail_store(ctx, e);
}

/* ---- the commands ---- */

static const struct command {
	const char *name;
	enum err (*run)(struct ctx *ctx, const struct args *a, struct out *o);
} commands[] = {
	{"verify", verify},
	{"head", show_head},
	{"list", list},
};

static enum err usage(struct ctx *ctx) {
	fputs("usage:\n"
	      "  zhaoyin audit verify [--head H]     walk the whole chain; H = a head kept outside\n"
	      "  zhaoyin audit head                  the newest hash: keep it outside the database\n"
	      "  zhaoyin audit list [--object NAME] [--id N] [--action A] [--limit N]\n"
	      "with --db FILE or --db postgres://..., and --json\n", stderr);
	return fail(ctx, ERR_INVALID, S("arguments"), S("usage"));
}

enum err cli_audit(struct ctx *ctx, int argc, char **argv) {
	struct args a = {0};
	struct out o = {.text = {.arena = ctx->arena}};
	size_t i = 0, n = sizeof commands / sizeof *commands;
	o.json.out = &o.text;
	if (argc < 2 || !parse(argc, argv, &a)) return usage(ctx);
	while (i < n && !str_eq(str_c(commands[i].name), str_c(argv[1]))) i++;
	if (i == n) return usage(ctx);
	ctx->actor = actor_console(ROLE_LOG_ADMIN);
	enum err e = commands[i].run(ctx, &a, &o);
	if (a.is_json && o.text.n) buf_byte(&o.text, '\n');
	bool is_written = fwrite(o.text.p ? o.text.p : "", 1, o.text.n, stdout) == o.text.n && !fflush(stdout);
	if (!e && !is_written) return fail(ctx, ERR_STORE, S(""), S("output_failed"));
	return e;
}
