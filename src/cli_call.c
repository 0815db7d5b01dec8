/* cli_call.c - one API request in this process: the same routes, rights and answers as over HTTP. */
#include "api/api.h"
#include "app.h"
#include "base/buf.h"
#include "cli.h"

#include <stdio.h>
#include <string.h>

enum { BODY_MAX = 64 << 20 };

static bool method_of(const char *name, enum method *out) {
	for (int m = 0; m < METHOD__N; m++) {
		struct str n = method_name((enum method)m);
		if (strlen(name) == n.n && memcmp(name, n.p, n.n) == 0) {
			*out = (enum method)m;
			return true;
		}
	}
	return false;
}

/* "-" reads standard input, "@FILE" a file, else the text itself. */
static bool read_body(struct arena *a, const char *arg, struct str *out) {
	FILE *f = strcmp(arg, "-") == 0 ? stdin : arg[0] == '@' ? fopen(arg + 1, "rb") : NULL;
	struct buf b = {.arena = a};
	size_t n;
	if (!f && arg[0] != '@') {
		*out = str_c(arg);
		return true;
	}
	if (!f) return false;
	while (b.n <= BODY_MAX && (n = fread(buf_reserve(&b, 65536), 1, 65536, f)) > 0) b.n += n;
	if (f != stdin) fclose(f);
	*out = buf_str(&b);
	return b.n <= BODY_MAX;
}

/* Other headers as NAME: VALUE after the body. */
static bool take_header(struct req *r, const char *line) {
	static const struct {
		const char *name;
		size_t offset;
	} known[] = {
		{"If-Match: ", offsetof(struct req, if_match)}, {"Accept: ", offsetof(struct req, accept)},
		{"Idempotency-Key: ", offsetof(struct req, idempotency_key)}, {"Content-Type: ", offsetof(struct req, content_type)},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		size_t n = strlen(known[i].name);
		if (strncmp(line, known[i].name, n) != 0) continue;
		*(struct str *)((char *)r + known[i].offset) = str_c(line + n);
		return true;
	}
	return false;
}

static bool read_request(struct req *r, const struct cli_options *o, int argc, char **argv) {
	if (argc < 3 || !method_of(argv[1], &r->method) || !o->as.n) return false;
	struct str target = str_c(argv[2]);
	ptrdiff_t q = str_find(target, S("?"));
	r->path = q < 0 ? target : str_sub(target, 0, (size_t)q);
	r->query = q < 0 ? S("") : str_sub(target, (size_t)q + 1, target.n);
	r->accept_language = o->lang == LANG_EN ? S("en") : S("zh");
	r->remote = S("console");
	r->is_loopback = true;
	r->as_login = o->as;
	r->as_role_id = o->role_id;
	for (int i = 3; i < argc; i++) {
		if (take_header(r, argv[i])) continue;
		if (r->body.n || !read_body(r->arena, argv[i], &r->body)) return false;
	}
	return true;
}

static int status_of(int http) {
	if (http < 400) return 0;
	if (http == 401 || http == 403) return 3;
	if (http == 404) return 4;
	return http >= 500 ? 5 : 1;
}

static int run(struct app *app, struct arena *a, const struct cli_options *o, int argc, char **argv) {
	struct req r = {.arena = a};
	struct res res = {0};
	if (!read_request(&r, o, argc, argv)) {
		fputs("zhaoyin call: usage: zhaoyin call METHOD PATH [BODY|@FILE|-] ['If-Match: \"3\"'] --as LOGIN\n", stderr);
		return 2;
	}
	struct db *db = store_reader(app->store);
	if (!db) return 5;
	api_handle(app, db, &r, &res);
	db_close(db);
	fwrite(res.body.p ? res.body.p : "", 1, res.body.n, res.status < 400 ? stdout : stderr);
	if (res.body.n) fputc('\n', res.status < 400 ? stdout : stderr);
	return status_of(res.status);
}

int cli_call(const struct cli_options *o, int argc, char **argv) {
	struct arena a = {0};
	struct app app;
	struct str why;
	const struct app_config config = {.url = o->db, .today = o->today, .seal_file = o->seal_file};
	enum err e = app_open(&app, &a, &config, &why);
	if (e) fprintf(stderr, "zhaoyin call: %.*s\n", (int)why.n, why.p);
	int status = e ? cli_status(e) : run(&app, &a, o, argc, argv);
	if (!e) app_close(&app);
	arena_release(&a);
	return status;
}
