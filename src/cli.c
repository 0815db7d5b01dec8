/* cli.c - the table of commands, the options they share, and the short ones among them. */
#include "cli.h"

#include "api/call.h"
#include "api/openapi.h"
#include "app.h"
#include "cli_allocate.h"
#include "cli_audit.h"
#include "cli_calendar.h"
#include "cli_import.h"
#include "cli_import_write.h"
#include "cli_keep.h"
#include "cli_seal.h"
#include "cli_search.h"
#include "cli_security.h"
#include "cli_sheet.h"
#include "cli_user.h"
#include "cli_validate.h"
#include "domain/account.h"
#include "domain/demo.h"
#include "domain/seal.h"
#include "domain/key.h"
#include "domain/setting.h"
#include "domain/tidy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef ZHAOYIN_VERSION
#define ZHAOYIN_VERSION "0"
#endif

static int print_str(FILE *f, struct str s) {
	return fwrite(s.p ? s.p : "", 1, s.n, f) == s.n ? 0 : -1;
}

int cli_status(enum err e) {
	static const int status[ERR__N] = {
		[ERR_OK] = 0, [ERR_INVALID] = 1, [ERR_UNAUTHENTICATED] = 3, [ERR_FORBIDDEN] = 3, [ERR_NOT_FOUND] = 4,
		[ERR_CONFLICT] = 1, [ERR_GATE] = 1, [ERR_TOO_LARGE] = 1, [ERR_BUSY] = 5, [ERR_STORE] = 5,
	};
	return status[e];
}

static void print_errors(struct ctx *ctx, const char *command, const struct error *e) {
	if (!e) return;
	print_errors(ctx, command, e->next);
	struct buf b = {.arena = ctx->arena};
	buf_c(&b, "zhaoyin ");
	buf_c(&b, command);
	buf_c(&b, ": ");
	if (e->field.n) {
		buf_add(&b, e->field);
		buf_c(&b, ": ");
	}
	buf_add(&b, problem_sentence(ctx->arena, e, ctx->lang));
	buf_byte(&b, '\n');
	print_str(stderr, buf_str(&b));
}

int cli_fail(struct ctx *ctx, const char *command, enum err e) {
	if (e && !ctx->error) fail(ctx, e, S(""), S("store_failed"));
	print_errors(ctx, command, ctx->error);
	return cli_status(e);
}

static int refuse_open(const char *command, enum err e, struct str why) {
	fprintf(stderr, "zhaoyin %s: %.*s\n", command, (int)why.n, why.p ? why.p : "");
	return cli_status(e);
}

/* ---- commands with an opened city ---- */

typedef int (*city_command)(struct ctx *ctx, const struct cli_options *o, int argc, char **argv);

static int with_city(const struct cli_options *o, bool is_create, city_command run, int argc, char **argv) {
	struct arena a = {0};
	struct app app;
	struct str why;
	const struct app_config config = {.url = o->db, .is_create = is_create, .today = o->today, .seal_file = o->seal_file};
	enum err e = app_open(&app, &a, &config, &why);
	if (e) {
		int status = refuse_open(argv[0], e, why);
		arena_release(&a);
		return status;
	}
	struct db *db = store_reader(app.store);
	struct ctx ctx;
	ctx_init(&ctx, &app, &a, db);
	ctx.lang = o->lang;
	ctx.remote = S("console");
	ctx.actor = actor_console(ROLE_SYS_ADMIN);
	int status = run(&ctx, o, argc, argv);
	db_close(db);
	app_close(&app);
	arena_release(&a);
	return status;
}

static int run_migrate(struct ctx *ctx, const struct cli_options *o, int argc, char **argv) {
	(void)argc, (void)argv;
	int version = store_schema_version(ctx->app->store);
	if (o->is_json) printf("{\"schema_version\":%d}\n", version);
	else printf("schema version %d\n", version);
	return 0;
}

static int cli_migrate(const struct cli_options *o, int argc, char **argv) {
	return with_city(o, o->is_init, run_migrate, argc, argv);
}

/* A demo city is made where nothing is yet: never over a city at work. */
static int run_demo(struct ctx *ctx, const struct cli_options *o, int argc, char **argv) {
	(void)argc, (void)argv;
	int64_t sealed, damaged;
	enum err e = demo_make(ctx, DEMO_SEED);
	if (!e) e = seal_upgrade(ctx, &sealed, &damaged);
	if (e) return cli_fail(ctx, "demo", e);
	if (o->is_json) printf("{\"password\":\"%s\",\"accounts\":[", DEMO_PASSWORD);
	else printf("demo city made; password of every account: %s\n", DEMO_PASSWORD);
	for (size_t i = 0; i < demo_logins_n; i++) {
		struct str login = demo_logins[i].login, role = role_code(demo_logins[i].role);
		if (o->is_json)
			printf("%s{\"login\":\"%.*s\",\"role\":\"%.*s\"}", i ? "," : "", (int)login.n, login.p,
				(int)role.n, role.p);
		else printf("  %-18.*s %.*s\n", (int)login.n, login.p, (int)role.n, role.p);
	}
	if (o->is_json) puts("]}");
	return 0;
}

static int cli_demo(const struct cli_options *o, int argc, char **argv) {
	return with_city(o, true, run_demo, argc, argv);
}

static int run_user(struct ctx *ctx, const struct cli_options *o, int argc, char **argv) {
	enum err e = cli_user(ctx, argc, argv);
	(void)o;
	if (e && ctx->error && str_eq(ctx->error->rule, S("usage"))) return 2;
	return e ? cli_fail(ctx, "user", e) : 0;
}

static int run_audit(struct ctx *ctx, const struct cli_options *o, int argc, char **argv) {
	enum err e = cli_audit(ctx, argc, argv);
	(void)o;
	if (e && ctx->error && str_eq(ctx->error->rule, S("usage"))) return 2;
	return e ? cli_fail(ctx, "audit", e) : 0;
}

static int run_calendar(struct ctx *ctx, const struct cli_options *o, int argc, char **argv) {
	enum err e = cli_calendar(ctx, argc, argv);
	(void)o;
	if (e && ctx->error && str_eq(ctx->error->rule, S("usage"))) return 2;
	return e ? cli_fail(ctx, "calendar", e) : 0;
}

static int cli_calendar_city(const struct cli_options *o, int argc, char **argv) {
	return with_city(o, false, run_calendar, argc, argv);
}

static int run_import(struct ctx *ctx, const struct cli_options *o, int argc, char **argv) {
	(void)o;
	return cli_import_write(ctx, argc, argv);
}

static int run_tidy(struct ctx *ctx, const struct cli_options *o, int argc, char **argv) {
	struct str key, why;
	struct tidied t = {0};
	(void)argc, (void)argv;
	enum err e = key_path(ctx->arena, o->db, str_c(getenv("ZHAOYIN_KEY_FILE")), &key, &why);
	if (!e) e = tidy(ctx, &t);
	if (!e) e = tidy_note_head(ctx, tidy_head_path(ctx->arena, key));
	if (e) return cli_fail(ctx, "tidy", e);
	const char *line = o->is_json ? "{\"jobs\":%lld,\"sessions\":%lld,\"kept_answers\":%lld,\"edits\":%lld,\"login_failures\":%lld}\n"
		: "forgotten: %lld jobs, %lld sessions, %lld kept answers, %lld edits, %lld failed log-ins\n";
	printf(line, (long long)t.jobs, (long long)t.sessions, (long long)t.kept, (long long)t.edits, (long long)t.failures);
	return 0;
}

static int cli_tidy(const struct cli_options *o, int argc, char **argv) {
	return with_city(o, false, run_tidy, argc, argv);
}

static int run_search(struct ctx *ctx, const struct cli_options *o, int argc, char **argv) {
	return cli_search(ctx, o, argc, argv);
}

static int cli_search_city(const struct cli_options *o, int argc, char **argv) {
	return with_city(o, false, run_search, argc, argv);
}

static int cli_user_city(const struct cli_options *o, int argc, char **argv) {
	return with_city(o, o->is_init, run_user, argc, argv);
}

static int cli_audit_city(const struct cli_options *o, int argc, char **argv) {
	return with_city(o, false, run_audit, argc, argv);
}

static int run_seal(struct ctx *ctx, const struct cli_options *o, int argc, char **argv) {
	enum err e = cli_seal(ctx, argc, argv);
	(void)o;
	if (e && ctx->error && str_eq(ctx->error->rule, S("usage"))) return 2;
	return e ? cli_fail(ctx, "seal", e) : 0;
}

static int run_security(struct ctx *ctx, const struct cli_options *o, int argc, char **argv) {
	enum err e = cli_security(ctx, argc, argv);
	(void)o;
	if (e && ctx->error && str_eq(ctx->error->rule, S("usage"))) return 2;
	return e ? cli_fail(ctx, "security", e) : 0;
}

static int cli_security_city(const struct cli_options *o, int argc, char **argv) {
	return with_city(o, false, run_security, argc, argv);
}

static int cli_seal_city(const struct cli_options *o, int argc, char **argv) {
	return with_city(o, false, run_seal, argc, argv);
}

static bool has_word(int argc, char **argv, const char *word) {
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], word) == 0) return true;
	return false;
}

static int cli_import(const struct cli_options *o, int argc, char **argv) {
	if (has_word(argc, argv, "--dry-run")) return cli_import_dry_run(o->lang, argc, argv);
	int refused = cli_import_look(o->lang, argc, argv);
	return refused ? refused : with_city(o, o->is_init, run_import, argc, argv);
}

/* ---- commands without one ---- */

static int plain_sheet(const struct cli_options *o, int argc, char **argv) {
	(void)o;
	return cli_sheet(argc, argv);
}

static int plain_validate(const struct cli_options *o, int argc, char **argv) {
	(void)o;
	return cli_validate(argc, argv);
}

static int plain_allocate(const struct cli_options *o, int argc, char **argv) {
	(void)o;
	return cli_allocate(argc, argv);
}

static int plain_openapi(const struct cli_options *o, int argc, char **argv) {
	struct arena a = {0};
	struct buf b = {.arena = &a};
	struct json j = {.out = &b};
	(void)o, (void)argc, (void)argv;
	openapi_put(&j);
	buf_byte(&b, '\n');
	int status = print_str(stdout, buf_str(&b)) ? 1 : 0;
	arena_release(&a);
	return status;
}

static int cli_version(const struct cli_options *o, int argc, char **argv) {
	(void)argc, (void)argv;
	if (o->is_json) printf("{\"version\":\"%s\"}\n", ZHAOYIN_VERSION);
	else puts("zhaoyin " ZHAOYIN_VERSION);
	return 0;
}

/* keeps_json: the command reads --json itself. */
static const struct command {
	const char *name;
	int (*run)(const struct cli_options *o, int argc, char **argv);
	bool keeps_json;
	const char *use, *about;
} commands[] = {
	{"serve", cli_serve, false, "serve [--listen ADDR:PORT] [--tls-cert FILE --tls-key FILE] [--behind-proxy]",
	 "Serve the city: web interface and API. The first start prints the code for the first administrator."},
	{"migrate", cli_migrate, false, "migrate [--init]", "Bring the database to this program's schema; --init makes it when missing."},
	{"demo", cli_demo, false, "demo", "Make a demo city with invented data in a fresh database. It can be served on loopback only."},
	{"user", cli_user_city, true, "user add|list|close|password|assign|end-sessions|factor-reset ...", "Accounts and roles from the server's console."},
	{"audit", cli_audit_city, true, "audit verify [--head HASH] | head | list", "Prove the audit chain, print its head, list its rows."},
	{"seal", cli_seal_city, true, "seal status | upgrade | rotate [--sm4]", "Keys of sealed fields (telephone and ID numbers): which is in force, a new one."},
	{"backup", cli_backup, true, "backup --to FILE|FOLDER [--with-keys]", "The whole city in one proved file, while it is served. Keys are not in it unless asked for."},
	{"check", cli_check, true, "check [--json]", "Prove every invariant on a living city. Exit status 1 when one is broken."},
	{"tidy", cli_tidy, false, "tidy", "What serve does each night: forget what ran out of its time, write the audit head to its file."},
	{"restore", cli_restore, true, "restore --from BACKUP [--replace]", "Prove a backup, then make it the city. --replace keeps the old one aside."},
	{"calendar", cli_calendar_city, false, "calendar import --year YYYY --source TEXT FILE.csv | calendar list --year YYYY",
	 "Holidays and worked weekends of a year, by which due days are counted."},
	{"person", cli_person, false, "person show|export|hold|release|refuse|erase CONTACT --as LOGIN", "One person's data: copy, hold, refusal, erasure."},
	{"security", cli_security_city, true, "security [KEY VALUE]", "Second factors, password rules, addresses of administrators: show or change them."},
	{"call", cli_call, false, "call METHOD PATH [BODY|-] --as LOGIN", "One API request in this process, as an account of the city."},
	{"import", cli_import, true, "import --dry-run --json FILE | import --yes FILE [--init] [--region CODE]",
	 "Recognise a bureau's sheet, or store every row that has a project name."},
	{"search", cli_search_city, false, "search [--limit N] WORDS | search --check | search --rebuild",
	 "Find records by words, pinyin, first letters, codes; compare the index with the rows, or make it anew."},
	{"sheet", plain_sheet, true, "sheet --json FILE | sheet --csv [--sheet N] FILE", "List the worksheets of a file, or print one as CSV."},
	{"validate", plain_validate, true, "validate uscc [--strict] --json", "Check codes from standard input, one a line."},
	{"allocate", plain_allocate, true, "allocate [options] --json INSTANCE | allocate check INSTANCE PLAN",
	 "Allocate land, energy, emission quota and capital over all projects at once; no database is needed."},
	{"openapi", plain_openapi, false, "openapi", "Print the description of the interface (OpenAPI 3.1); no database is needed."},
	{"version", cli_version, false, "version", "Print the version."},
};

/* Options of one command, for its help. */
static const struct own_options {
	const char *name, *text;
} own_options[] = {
	{"serve",
	 "  --listen ADDR:PORT         where to listen (default: $ZHAOYIN_LISTEN, else 127.0.0.1:8080)\n"
	 "  --tls-cert FILE --tls-key FILE   serve HTTPS with this certificate\n"
	 "  --behind-proxy             a reverse proxy on this machine says who asks (X-Forwarded-For)\n"
	 "  --open-metrics             /metrics answers other machines too\n"
	 "  --verbose                  log what goes well\n"},
	{"import",
	 "  --dry-run --json           say what the sheet is; no database is needed; --full: with every row\n"
	 "  --yes                      store it\n"
	 "  --init                     make the database first\n"
	 "  --region CODE              rows that name no place belong here\n"},
	{"allocate",
	 "  --time S                   seconds until the best plan so far is the answer\n"
	 "  --gap G                    good enough: 0.01 is one per cent below the bound\n"
	 "  --explain                  a reason for every yes and no\n"
	 "  --objectives A,B,...       other objectives, in their order: class_serve:P,value,ids\n"
	 "  --curve                    the price of strict priority by class: 0, 1, 2, 5 % of tolerance\n"
	 "  --uplift                   against today's plan by hand, no class served less\n"
	 "  --scenarios FILE           other supply, weights, musts, side by side\n"
	 "  --start PLAN               begin from this plan\n"
	 "  --replan PLAN              change this plan, which is in force, as little as possible\n"
	 "  --seed N --threads N       another way through; more cores\n"
	 "  --steps N                  so many steps instead of a time: the same answer on any machine\n"
	 "  --strict                   refuse members that the format does not know\n"
	 "  --no-child                 without the solver program\n"
	 "  --progress                 bound, value and gap as JSON lines on standard error\n"},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static int help(FILE *f, const char *name) {
	if (!name)
		fputs("zhaoyin 招引 - investment attraction of a city\n\nusage: zhaoyin COMMAND [options]\n\n", f);
	for (int i = 0; i < COMMANDS; i++)
		if (!name || strcmp(name, commands[i].name) == 0)
			fprintf(f, "  zhaoyin %s\n      %s\n", commands[i].use, commands[i].about);
	for (size_t i = 0; name && i < sizeof own_options / sizeof *own_options; i++)
		if (strcmp(name, own_options[i].name) == 0) fprintf(f, "\noptions\n%s", own_options[i].text);
	fputs("\noptions for every command\n"
	      "  --db FILE|postgres://...   the city's database (default: $ZHAOYIN_DB, else zhaoyin.db)\n"
	      "  --seal-file FILE           keys of sealed fields (default: $ZHAOYIN_SEAL_FILE, else DATABASE.seal)\n"
	      "  --json                     answer in JSON\n"
	      "  --as LOGIN [--role ID]     act as this account\n"
	      "  --lang zh|en               language of messages\n"
	      "  --today YYYY-MM-DD         take this day for today\n\n"
	      "exit status: 0 done, 1 refused, 2 wrong use, 3 not allowed, 4 not found, 5 database\n\n"
	      "examples\n"
	      "  zhaoyin demo --db demo.db && zhaoyin serve --db demo.db\n"
	      "  zhaoyin import --dry-run --json projects.xlsx\n"
	      "  zhaoyin call GET '/api/v1/projects?stage=SIGNED&count=1' --db demo.db --as city_staff\n", f);
	return f == stdout ? 0 : 2;
}

/* ---- shared options ---- */

static enum lang lang_of_environment(void) {
	const char *l = getenv("LC_ALL");
	if (!l || !*l) l = getenv("LANG");
	return l && strncmp(l, "en", 2) == 0 ? LANG_EN : LANG_ZH;
}

static bool take_value(struct cli_options *o, const char *name, const char *value) {
	struct str v = str_c(value);
	if (strcmp(name, "--db") == 0) o->db = v;
	else if (strcmp(name, "--as") == 0) o->as = v;
	else if (strcmp(name, "--seal-file") == 0) o->seal_file = v;
	else if (strcmp(name, "--role") == 0) return str_int(v, &o->role_id);
	else if (strcmp(name, "--lang") == 0) o->lang = strcmp(value, "en") == 0 ? LANG_EN : LANG_ZH;
	else if (strcmp(name, "--today") == 0) return day_parse(v, &o->today);
	return true;
}

static bool has_value(const char *name) {
	static const char *const names[] = {"--db", "--seal-file", "--as", "--role", "--lang", "--today"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], name) == 0) return true;
	return false;
}

/* Takes the shared options out of argv; the rest keeps its order. -1 on wrong use. */
static int take_options(struct cli_options *o, bool keeps_json, int argc, char **argv) {
	int n = 1;
	for (int i = 1; i < argc; i++) {
		if (has_value(argv[i])) {
			if (i + 1 == argc || !take_value(o, argv[i], argv[i + 1])) {
				fprintf(stderr, "zhaoyin %s: %s needs a valid value\n", argv[0], argv[i]);
				return -1;
			}
			i++;
		} else if (!keeps_json && strcmp(argv[i], "--json") == 0) o->is_json = true;
		else if (strcmp(argv[i], "--init") == 0) o->is_init = true;
		else argv[n++] = argv[i];
	}
	argv[n] = NULL;
	return n;
}

int cli_main(int argc, char **argv) {
	const char *db = getenv("ZHAOYIN_DB");
	struct cli_options o = {.db = db && *db ? str_c(db) : S("zhaoyin.db"), .lang = lang_of_environment()};
	if (argc < 2) return help(stderr, NULL);
	bool wants_help = strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0
		|| strcmp(argv[1], "-h") == 0;
	if (wants_help) return help(stdout, argc > 2 ? argv[2] : NULL);
	for (int i = 0; i < COMMANDS; i++) {
		if (strcmp(argv[1], commands[i].name) != 0) continue;
		int n = take_options(&o, commands[i].keeps_json, argc - 1, argv + 1);
		if (n < 0) return 2;
		if (has_word(n, argv + 1, "--help")) return help(stdout, commands[i].name);
		return commands[i].run(&o, n, argv + 1);
	}
	fprintf(stderr, "zhaoyin: there is no command '%s'; 'zhaoyin help' lists them\n", argv[1]);
	return 2;
}
