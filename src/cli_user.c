#include "cli_user.h"

#include "cli_words.h"
#include "domain/account.h"
#include "domain/factor.h"
#include "domain/password.h"
#include "domain/session.h"
#include "domain/write.h"

#include <stdio.h>

/* What stands on the command line: words in order, and options with a value. */
struct args {
	struct str words[3];
	size_t words_n;
	struct str unit, phone, email, scope, subject, from, to;
	bool is_json;
};

static const struct cli_word options[] = {
	{"--unit", offsetof(struct args, unit), false}, {"--phone", offsetof(struct args, phone), false},
	{"--email", offsetof(struct args, email), false}, {"--scope", offsetof(struct args, scope), false},
	{"--from", offsetof(struct args, from), false}, {"--subject", offsetof(struct args, subject), false},
	{"--to", offsetof(struct args, to), false}, {"--json", offsetof(struct args, is_json), true},
};
enum { OPTIONS = sizeof options / sizeof *options };

/* What a command writes to: lines for people or JSON for programs. */
struct out {
	struct buf text;
	struct json json;
};

/* ---- what is done ---- */

static bool parse(int argc, char **argv, struct args *a) {
	return cli_words(argc, argv, 2, options, OPTIONS, a, a->words,
		sizeof a->words / sizeof *a->words, &a->words_n);
}

static enum err set(struct ctx *ctx, const struct noun *n, void *rec, struct str member, struct str text) {
	return field_set_text(ctx, &n->fields[field_index(n, member)], rec, text);
}

static enum err find(struct ctx *ctx, const struct args *a, struct account *out) {
	return account_by_login(ctx, login_normal(ctx->arena, a->words[0]), out, NULL);
}

static void put_password(struct out *o, bool is_json, const struct account *a, struct str one_time) {
	if (is_json) {
		json_obj(&o->json);
		json_put_int(&o->json, "id", a->record.id);
		json_put_str(&o->json, "login", a->login);
		json_put_str(&o->json, "one_time_password", one_time);
		json_end(&o->json);
		return;
	}
	buf_add(&o->text, a->login);
	buf_c(&o->text, "\none-time password: ");
	buf_add(&o->text, one_time);
	buf_c(&o->text, "\nto be changed at the first log-in, within 7 days\n");
}

static void put_done(struct out *o, bool is_json, const char *what, int64_t id) {
	if (is_json) {
		json_obj(&o->json);
		json_put_str(&o->json, "done", str_c(what));
		json_put_int(&o->json, "id", id);
		json_end(&o->json);
		return;
	}
	buf_c(&o->text, what);
	buf_c(&o->text, ": done\n");
}

static enum err assign_job(struct ctx *ctx, void *arg) {
	ctx->actor = actor_console(ROLE_SEC_ADMIN);
	return assignment_add(ctx, arg);
}

static enum err read_assignment(struct ctx *ctx, const struct args *a, int64_t account_id,
		struct str role, struct assignment *g) {
	const struct error *before = ctx->error;
	record_init(&assignment_noun, g);
	g->account_id = account_id;
	(void)set(ctx, &assignment_noun, g, S("role"), role);
	(void)set(ctx, &assignment_noun, g, S("scope"), a->scope);
	(void)set(ctx, &assignment_noun, g, S("subject_id"), a->subject);
	(void)set(ctx, &assignment_noun, g, S("unit_name"), a->unit);
	(void)set(ctx, &assignment_noun, g, S("valid_from_date"), a->from);
	(void)set(ctx, &assignment_noun, g, S("valid_to_date"), a->to);
	return ctx->error == before ? ERR_OK : ctx->error->code;
}

struct new_account {
	struct account account;
	struct assignment role;
	bool has_role;
	struct str hash;
};

/* Both in one job: a role that is refused leaves no account behind. */
static enum err add_job(struct ctx *ctx, void *arg) {
	struct new_account *n = arg;
	enum err e = account_insert(ctx, &n->account, n->hash, true);
	if (e || !n->has_role) return e;
	n->role.account_id = n->account.record.id;
	return assign_job(ctx, &n->role);
}

static enum err read_account(struct ctx *ctx, const struct args *a, struct account *rec) {
	record_init(&account_noun, rec);
	(void)set(ctx, &account_noun, rec, S("login"), a->words[0]);
	(void)set(ctx, &account_noun, rec, S("name"), a->words[1]);
	(void)set(ctx, &account_noun, rec, S("unit_name"), a->unit);
	(void)set(ctx, &account_noun, rec, S("phone"), a->phone);
	(void)set(ctx, &account_noun, rec, S("email"), a->email);
	return ctx->error ? ctx->error->code : ERR_OK;
}

static enum err add(struct ctx *ctx, const struct args *a, struct out *o) {
	struct new_account n = {.has_role = a->words_n == 3};
	enum err e = read_account(ctx, a, &n.account);
	if (n.has_role) e = read_assignment(ctx, a, 0, a->words[2], &n.role) ? ERR_INVALID : e;
	if (e) return e;
	struct str one_time = password_one_time(ctx->arena);
	if ((e = password_hash(ctx, one_time, &n.hash))) return e;
	if ((e = ctx_write(ctx, add_job, &n))) return e;
	put_password(o, a->is_json, &n.account, one_time);
	return ERR_OK;
}

static enum err assign(struct ctx *ctx, const struct args *a, struct out *o) {
	struct account who;
	struct assignment g;
	enum err e = find(ctx, a, &who);
	if (!e) e = read_assignment(ctx, a, who.record.id, a->words[1], &g);
	if (!e) e = ctx_write(ctx, assign_job, &g);
	if (!e) put_done(o, a->is_json, "assign", g.record.id);
	return e;
}

static enum err unassign_job(struct ctx *ctx, void *arg) {
	ctx->actor = actor_console(ROLE_SEC_ADMIN);
	return assignment_end(ctx, *(const int64_t *)arg, -1);
}

static enum err unassign(struct ctx *ctx, const struct args *a, struct out *o) {
	int64_t id;
	if (!str_int(a->words[0], &id) || id <= 0) return fail(ctx, ERR_INVALID, S("id"), S("not_a_number"));
	enum err e = ctx_write(ctx, unassign_job, &id);
	if (!e) put_done(o, a->is_json, "unassign", id);
	return e;
}

static enum err password(struct ctx *ctx, const struct args *a, struct out *o) {
	struct account who;
	struct str one_time;
	enum err e = find(ctx, a, &who);
	if (!e) e = account_reset_password(ctx, who.record.id, &one_time);
	if (!e) put_password(o, a->is_json, &who, one_time);
	return e;
}

static enum err unlock_job(struct ctx *ctx, void *arg) {
	return account_unlock(ctx, *(const int64_t *)arg);
}

static enum err end_sessions_job(struct ctx *ctx, void *arg) {
	return session_end_account(ctx, *(const int64_t *)arg);
}

static enum err close_job(struct ctx *ctx, void *arg) {
	return account_close(ctx, *(const int64_t *)arg, -1);
}

static enum err on_account(struct ctx *ctx, const struct args *a, struct out *o, ctx_work work,
		const char *what) {
	struct account who;
	enum err e = find(ctx, a, &who);
	if (!e) e = ctx_write(ctx, work, &who.record.id);
	if (!e) put_done(o, a->is_json, what, who.record.id);
	return e;
}

static enum err unlock(struct ctx *ctx, const struct args *a, struct out *o) {
	return on_account(ctx, a, o, unlock_job, "unlock");
}

static enum err end_sessions(struct ctx *ctx, const struct args *a, struct out *o) {
	return on_account(ctx, a, o, end_sessions_job, "end-sessions");
}

static enum err factor_reset_job(struct ctx *ctx, void *arg) {
	ctx->actor = actor_console(ROLE_SEC_ADMIN);
	return factor_reset(ctx, *(const int64_t *)arg);
}

static enum err reset_factor(struct ctx *ctx, const struct args *a, struct out *o) {
	return on_account(ctx, a, o, factor_reset_job, "factor-reset");
}

static enum err close_account(struct ctx *ctx, const struct args *a, struct out *o) {
	return on_account(ctx, a, o, close_job, "close");
}

/* ---- list ---- */

static struct str state_code(const struct account *a) {
	return a->state == ACCOUNT_ACTIVE ? S("ACTIVE") : S("CLOSED");
}

static void put_json(struct json *j, const struct account *a, const struct assignment *g, size_t n) {
	json_obj(j);
	json_put_int(j, "id", a->record.id);
	json_put_str(j, "login", a->login);
	json_put_str(j, "name", a->name);
	json_put_str_or_null(j, "unit_name", a->unit_name);
	json_put_str(j, "state", state_code(a));
	json_put_bool(j, "must_change_password", a->must_change_password);
	json_put_int_if(j, "last_login_at_ms", a->last_login_at_ms != NONE, a->last_login_at_ms);
	json_key(j, S("assignments"));
	json_arr(j);
	for (size_t i = 0; i < n; i++) {
		json_obj(j);
		json_put_int(j, "id", g[i].record.id);
		json_put_str(j, "role", role_code((enum role)g[i].role));
		json_put_str_or_null(j, "scope", g[i].scope);
		json_end(j);
	}
	json_end(j);
	json_end(j);
}

/* lina  李娜  寿光市…  ACTIVE  COUNTY_STAFF 370783 */
static void put_line(struct buf *b, const struct account *a, const struct assignment *g, size_t n) {
	const struct str columns[] = {a->login, a->name, a->unit_name, state_code(a)};
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		buf_add(b, columns[i].n ? columns[i] : S("-"));
		buf_byte(b, '\t');
	}
	for (size_t i = 0; i < n; i++) {
		if (i) buf_c(b, ", ");
		buf_add(b, role_code((enum role)g[i].role));
		if (!g[i].scope.n) continue;
		buf_byte(b, ' ');
		buf_add(b, g[i].scope);
	}
	if (!n) buf_byte(b, '-');
	buf_byte(b, '\n');
}

static enum err put_one(struct ctx *ctx, const struct args *a, const struct account *who, struct out *o) {
	struct assignment *list;
	size_t n = 0;
	enum err e = assignments_in_force(ctx, who->record.id, &list, &n);
	if (e) return e;
	if (a->is_json) put_json(&o->json, who, list, n);
	else put_line(&o->text, who, list, n);
	return ERR_OK;
}

static enum err list(struct ctx *ctx, const struct args *a, struct out *o) {
	struct value params[SCOPE_PARAMS];
	struct rows *r;
	scope_params(ctx, account_noun.object, params);
	const struct select_spec spec = {.from = account_noun.visible, .params = params, .params_n = SCOPE_PARAMS,
	                                 .orders = account_noun.orders, .orders_n = account_noun.orders_n};
	enum err e = db_select(ctx->db, ctx->arena, &spec, &r);
	if (e) return fail_store(ctx, e);
	if (a->is_json) json_arr(&o->json);
	while (!e && rows_next(r)) {
		struct account who;
		record_read(&account_noun, ctx->arena, r, &who);
		e = put_one(ctx, a, &who, o);
	}
	if (a->is_json) json_end(&o->json);
	if (!e) e = fail_store(ctx, rows_error(r));
	rows_done(r);
	return e;
}

/* ---- the commands ---- */

static const struct command {
	const char *name;
	size_t least, most; /* words */
	enum err (*run)(struct ctx *ctx, const struct args *a, struct out *o);
	const char *usage;
} commands[] = {
	{"list", 0, 0, list, "list"},
	{"add", 2, 3, add, "add LOGIN NAME [ROLE [--scope S] [--subject N]] [--unit U] [--phone P] [--email E]"},
	{"assign", 2, 2, assign, "assign LOGIN ROLE [--scope S] [--subject N] [--unit U] [--from DAY] [--to DAY]"},
	{"unassign", 1, 1, unassign, "unassign ID                 (from user list --json)"},
	{"password", 1, 1, password, "password LOGIN              a new one-time password"},
	{"unlock", 1, 1, unlock, "unlock LOGIN                forget failed log-ins"},
	{"end-sessions", 1, 1, end_sessions, "end-sessions LOGIN"},
	{"factor-reset", 1, 1, reset_factor, "factor-reset LOGIN          take the second factor away"},
	{"close", 1, 1, close_account, "close LOGIN                 for good"},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static enum err usage(struct ctx *ctx) {
	fputs("usage:\n", stderr);
	for (size_t i = 0; i < COMMANDS; i++) fprintf(stderr, "  zhaoyin user %s\n", commands[i].usage);
	fputs("with --db FILE or --db postgres://..., and --json for one JSON value\nroles:", stderr);
	for (int r = 0; r < ROLE_PUBLIC; r++) {
		struct str code = role_code((enum role)r);
		fprintf(stderr, " %.*s", (int)code.n, code.p);
	}
	fputs("\n", stderr);
	return fail(ctx, ERR_INVALID, S("arguments"), S("usage"));
}

static const struct command *find_command(const char *name, size_t words) {
	for (size_t i = 0; i < COMMANDS; i++)
		if (str_eq(str_c(commands[i].name), str_c(name)) && words >= commands[i].least
			&& words <= commands[i].most)
			return &commands[i];
	return NULL;
}

enum err cli_user(struct ctx *ctx, int argc, char **argv) {
	struct args a = {0};
	struct out o = {.text = {.arena = ctx->arena}};
	o.json.out = &o.text;
	if (argc < 2 || !parse(argc, argv, &a)) return usage(ctx);
	const struct command *c = find_command(argv[1], a.words_n);
	if (!c) return usage(ctx);
	ctx->actor = actor_console(ROLE_SYS_ADMIN);
	enum err e = c->run(ctx, &a, &o);
	if (a.is_json && o.text.n) buf_byte(&o.text, '\n');
	bool is_written = fwrite(o.text.p ? o.text.p : "", 1, o.text.n, stdout) == o.text.n && !fflush(stdout);
	if (!e && !is_written) return fail(ctx, ERR_STORE, S(""), S("output_failed"));
	return e;
}
