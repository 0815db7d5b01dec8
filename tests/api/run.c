/* run.c - runs API scripts (*.t) in this process, each on a fresh city of both engines.
 *
 *   # what must hold                     a behaviour: one line of the report
 *   account LOGIN ROLE SCOPE [SUBJECT]   a stored account with that role
 *   as LOGIN [ROLE_ID] | as nobody       who asks from here on; of several roles, in which
 *   today YYYY-MM-DD
 *   lang zh|en
 *   with NAME: VALUE                     a header of the next request (If-Match, Idempotency-Key, ...)
 *   GET|POST|PUT|PATCH|DELETE PATH [BODY | @FILE | @kept]
 *   keep                                 the body of the last answer is @kept from here on
 *   swap A => B                          every A in it becomes B
 *   STATUS [JSON]                        what the answer must be: members named must be equal, others
 *                                        are free; "*" = anything that is not null; lists by place
 *   has TEXT | lacks TEXT                the body holds it, or not
 *   sends NAME: VALUE                    the answer has that header; * = any value
 *   save NAME MEMBER                     $NAME from here on; MEMBER like items.0.id
 *   wait                                 until the job of the last answer (job_id) has ended
 *   compare NAME UNIT FILE_NAME @FILE|@kept   uploads it for a unit's list, runs its dry run to the end; $NAME
 *   sql STATEMENT                        for what no route does
 *
 * What is sent and accepted, and what is answered, must also be as the API's description has it. */
#include "city.h"
#include "described.h"

#include "api/api.h"
#include "domain/job.h"
#include "domain/reference.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VARS_MAX = 64, FILE_MAX_BYTES = 1 << 20 };

struct script {
	struct city city;
	struct arena arena;      /* of the whole script */
	const char *file, *engine;
	int line, tests, failures;
	char behaviour[256];
	bool is_failed;
	struct str login;
	int64_t role_id;
	enum lang lang;
	struct { struct str name, value; } vars[VARS_MAX];
	size_t vars_n;
	struct req next;         /* headers given by `with` */
	struct str kept;
	struct res res;
	json_t *answer;
};

static int total, failed_total;

static void end_behaviour(struct script *r) {
	if (!r->behaviour[0]) return;
	printf("%s %d - %s: %s (%s)\n", r->is_failed ? "not ok" : "ok", ++total, r->file, r->behaviour, r->engine);
	failed_total += r->is_failed;
	r->behaviour[0] = 0;
	r->is_failed = false;
}

static void wrong(struct script *r, const char *what, struct str got) {
	r->is_failed = true;
	printf("# %s:%d (%s): %s\n#   got %d %.*s\n", r->file, r->line, r->engine, what, r->res.status, (int)(got.n > 1500 ? 1500 : got.n), got.p ? got.p : "");
}

static struct str expand(struct script *r, struct str s) {
	struct buf b = {.arena = &r->arena};
	while (s.n) {
		size_t best = 0;
		if (s.p[0] == '$')
			for (size_t i = 0; i < r->vars_n; i++)
				if (str_starts(str_sub(s, 1, s.n), r->vars[i].name) && r->vars[i].name.n > best) {
					best = r->vars[i].name.n;
					buf_add(&b, r->vars[i].value);
				}
		if (!best) buf_byte(&b, s.p[0]);
		s = str_sub(s, best ? best + 1 : 1, s.n);
	}
	return str_copy(&r->arena, buf_str(&b));
}

static bool take(struct str *s, const char *word) {
	size_t n = strlen(word);
	if (!str_starts(*s, str_c(word)) || (s->n > n && s->p[n] != ' ')) return false;
	*s = str_trim(str_sub(*s, n, s->n));
	return true;
}

static struct str word(struct str *s) {
	size_t n = 0;
	while (n < s->n && s->p[n] != ' ') n++;
	struct str w = str_sub(*s, 0, n);
	*s = str_trim(str_sub(*s, n, s->n));
	return w;
}

/* ---- requests ---- */

static struct str read_file(struct script *r, struct str path) {
	char *p = arena_alloc(&r->arena, FILE_MAX_BYTES);
	FILE *f = fopen(str_cstr(&r->arena, path), "rb");
	if (!f) {
		wrong(r, "file is not there", path);
		return S("");
	}
	size_t n = fread(p, 1, FILE_MAX_BYTES, f);
	fclose(f);
	return (struct str){p, n};
}

static void request(struct script *r, enum method m, struct str rest) {
	struct req q = r->next;
	struct str target = word(&rest);
	ptrdiff_t at = str_find(target, S("?"));
	q.arena = &r->arena;
	q.method = m;
	q.path = at < 0 ? target : str_sub(target, 0, (size_t)at);
	q.query = at < 0 ? S("") : str_sub(target, (size_t)at + 1, target.n);
	q.body = str_eq(rest, S("@kept")) ? r->kept : str_starts(rest, S("@")) ? read_file(r, str_sub(rest, 1, rest.n)) : rest;
	q.accept_language = r->lang == LANG_EN ? S("en") : S("zh");
	q.remote = S("10.0.0.1");
	q.is_loopback = true;
	q.as_login = r->login;
	q.as_role_id = r->role_id;
	r->res = (struct res){0};
	if (!r->login.n) q.csrf = S("zhaoyin");
	api_handle(&r->city.app, r->city.fixture.db, &q, &r->res);
	r->next = (struct req){0};
	if (r->answer) json_decref(r->answer);
	r->answer = r->res.body.n ? json_loadb(r->res.body.p, r->res.body.n, JSON_DECODE_ANY, NULL) : NULL;
	struct str misfit = described_misfit(&r->arena, &q, &r->res, r->answer);
	if (misfit.n) wrong(r, str_cstr(&r->arena, str_cat(&r->arena, S("not as described: "), misfit)), r->res.body);
}

/* ---- expectations ---- */

static bool matches(json_t *want, json_t *got) {
	const char *key;
	json_t *v;
	size_t i;
	if (json_is_string(want) && strcmp(json_string_value(want), "*") == 0) return got && !json_is_null(got);
	if (json_is_object(want)) {
		json_object_foreach(want, key, v)
			if (!matches(v, json_object_get(got, key)) && !(json_is_null(v) && json_is_null(json_object_get(got, key)))) return false;
		return json_is_object(got);
	}
	if (json_is_array(want)) {
		if (!json_is_array(got)) return false;
		if (json_array_size(want) == 0) return json_array_size(got) == 0;
		json_array_foreach(want, i, v)
			if (!matches(v, json_array_get(got, i))) return false;
		return true;
	}
	return got && json_equal(want, got);
}

static void expect(struct script *r, int status, struct str pattern) {
	if (r->res.status != status) {
		wrong(r, "another status was expected", r->res.body);
		return;
	}
	if (!pattern.n) return;
	json_error_t why;
	json_t *want = json_loadb(pattern.p, pattern.n, JSON_DECODE_ANY, &why);
	if (!want) wrong(r, "the expectation is no JSON", pattern);
	else if (!matches(want, r->answer)) wrong(r, "the body was expected otherwise", r->res.body);
	json_decref(want);
}

static json_t *member(struct script *r, struct str path) {
	json_t *v = r->answer;
	struct str part;
	int64_t i;
	while (str_split(&path, '.', &part)) {
		if (str_int(part, &i)) v = json_array_get(v, (size_t)i);
		else v = json_object_get(v, str_cstr(&r->arena, part));
	}
	return v;
}

static void save(struct script *r, struct str rest) {
	struct str name = word(&rest);
	json_t *v = member(r, rest);
	struct str value = json_is_integer(v) ? str_of_int(&r->arena, json_integer_value(v)) : str_copy(&r->arena, str_c(json_string_value(v)));
	if (!v || r->vars_n == VARS_MAX) {
		wrong(r, "nothing to save", rest);
		return;
	}
	for (size_t i = 0; i < r->vars_n; i++)
		if (str_eq(r->vars[i].name, name)) {
			r->vars[i].value = value;
			return;
		}
	r->vars[r->vars_n].name = str_copy(&r->arena, name);
	r->vars[r->vars_n++].value = value;
}

/* ---- lines ---- */

static void with_header(struct script *r, struct str rest) {
	static const struct { const char *name; size_t offset; } known[] = {
		{"If-Match:", offsetof(struct req, if_match)}, {"Accept:", offsetof(struct req, accept)},
		{"Idempotency-Key:", offsetof(struct req, idempotency_key)}, {"Content-Type:", offsetof(struct req, content_type)},
		{"Cookie:", offsetof(struct req, cookie)}, {"Origin:", offsetof(struct req, origin)}, {"Host:", offsetof(struct req, host)},
	};
	for (size_t i = 0; i < LEN(known); i++)
		if (take(&rest, known[i].name)) {
			*(struct str *)((char *)&r->next + known[i].offset) = rest;
			return;
		}
	wrong(r, "unknown header", rest);
}

static void make_account(struct script *r, struct str rest) {
	struct str login = word(&rest), role = word(&rest), scope = word(&rest), subject = word(&rest);
	enum role code;
	int64_t id = 0;
	if (!role_of(role, &code)) {
		wrong(r, "no such role", role);
		return;
	}
	if (subject.n) (void)str_int(subject, &id);
	city_account(&r->city, str_cstr(&r->arena, login), "correct horse battery", code, str_cstr(&r->arena, scope), id);
}

static void act_as(struct script *r, struct str rest) {
	struct str login = word(&rest);
	r->login = str_eq(login, S("nobody")) ? S("") : login;
	r->role_id = 0;
	if (rest.n && !str_int(rest, &r->role_id)) wrong(r, "no role id", rest);
}

static void wait_job(struct script *r) {
	json_t *id = json_object_get(r->answer, "job_id");
	city_login_as(&r->city, str_cstr(&r->arena, r->login));
	if (!json_is_integer(id) || job_wait(&r->city.ctx, json_integer_value(id))) wrong(r, "no job to wait for", r->res.body);
}

static void swap(struct script *r, struct str rest) {
	struct buf b = {.arena = &r->arena};
	ptrdiff_t at = str_find(rest, S(" => ")), found;
	struct str from = str_sub(rest, 0, at < 0 ? 0 : (size_t)at), to = str_sub(rest, (size_t)at + 4, rest.n), left = r->kept;
	if (!from.n || !str_has(left, from)) {
		wrong(r, "nothing to swap", rest);
		return;
	}
	while ((found = str_find(left, from)) >= 0) {
		buf_add(&b, str_sub(left, 0, (size_t)found));
		buf_add(&b, to);
		left = str_sub(left, (size_t)found + from.n, left.n);
	}
	buf_add(&b, left);
	r->kept = buf_str(&b);
}

static bool is_request(struct script *r, struct str line) {
	for (int m = 0; m < METHOD__N; m++) {
		char name[16] = {0};
		struct str n = method_name((enum method)m);
		memcpy(name, n.p, n.n);
		struct str rest = line;
		if (!take(&rest, name)) continue;
		request(r, (enum method)m, rest);
		return true;
	}
	return false;
}

static void set_today(struct script *r, struct str rest) {
	int32_t day;
	if (day_parse(rest, &day)) city_set_clock((int64_t)day * 86400000 + 2 * 3600000);
	else wrong(r, "no day", rest);
}

static void expect_header(struct script *r, struct str want) {
	struct str name = word(&want);
	name = str_sub(name, 0, name.n ? name.n - 1 : 0); /* without its colon */
	for (size_t i = 0; i < r->res.headers_n; i++) {
		const struct header *h = &r->res.headers[i];
		if (str_eq(str_c(h->name), name) && (str_eq(want, S("*")) || str_eq(h->value, want))) return;
	}
	wrong(r, "it does not send that header", name);
}

static void run_line(struct script *r, struct str line);

static void compare(struct script *r, struct str rest) {
	struct str name = word(&rest), unit = word(&rest), file_name = word(&rest);
	const struct str lines[] = {
		S("POST /api/v1/imports?file_name="), file_name, S("&region_code="), unit, S(" "), rest,
		S("\n201\nsave "), name, S(" id\nPOST /api/v1/imports/$"), name, S("/check\n202\nwait"),
	};
	struct buf b = {.arena = &r->arena};
	for (size_t i = 0; i < LEN(lines); i++) buf_add(&b, lines[i]);
	struct str all = buf_str(&b), line;
	while (str_split(&all, '\n', &line)) run_line(r, line);
}

static void run_line(struct script *r, struct str line) {
	int64_t status;
	struct str rest = expand(r, line), first = rest;
	if (is_request(r, rest)) return;
	if (take(&rest, "account")) make_account(r, rest);
	else if (take(&rest, "as")) act_as(r, rest);
	else if (take(&rest, "today")) set_today(r, rest);
	else if (take(&rest, "lang")) r->lang = str_eq(rest, S("en")) ? LANG_EN : LANG_ZH;
	else if (take(&rest, "with")) with_header(r, rest);
	else if (take(&rest, "save")) save(r, rest);
	else if (take(&rest, "keep")) r->kept = str_copy(&r->arena, r->res.body);
	else if (take(&rest, "swap")) swap(r, rest);
	else if (take(&rest, "wait")) wait_job(r);
	else if (take(&rest, "compare")) compare(r, rest);
	else if (take(&rest, "sql")) city_sql(&r->city, str_cstr(&r->arena, rest));
	else if (take(&rest, "has")) {
		if (!str_has(r->res.body, rest)) wrong(r, "the body lacks it", r->res.body);
	} else if (take(&rest, "lacks")) {
		if (str_has(r->res.body, rest)) wrong(r, "the body has it", r->res.body);
	} else if (take(&rest, "sends")) expect_header(r, rest);
	else if (str_int(word(&first), &status)) expect(r, (int)status, first);
	else wrong(r, "no such line", line);
}

static void run_script(const char *path, enum store_engine engine) {
	struct script *r = heap_alloc(sizeof *r);
	const char *slash = strrchr(path, '/');
	r->file = slash ? slash + 1 : path;
	r->engine = engine == ENGINE_SQLITE ? "SQLite" : "PostgreSQL";
	city_open(&r->city, engine);
	if (reference_load(&r->city.ctx)) wrong(r, "reference rows", S(""));
	struct str rest = read_file(r, str_c(path)), line;
	while (str_split(&rest, '\n', &line)) {
		r->line++;
		line = str_trim(line);
		if (!line.n) continue;
		if (line.p[0] != '#') {
			run_line(r, line);
			continue;
		}
		end_behaviour(r);
		line = str_trim(str_sub(line, 1, line.n));
		snprintf(r->behaviour, sizeof r->behaviour, "%.*s", (int)line.n, line.p);
	}
	end_behaviour(r);
	if (r->answer) json_decref(r->answer);
	city_close(&r->city);
	arena_release(&r->arena);
	heap_free(r);
}

int main(int argc, char **argv) {
	bool has_pg = getenv("ZHAOYIN_TEST_PG") != NULL;
	for (int i = 1; i < argc; i++) {
		run_script(argv[i], ENGINE_SQLITE);
		if (has_pg) run_script(argv[i], ENGINE_POSTGRES);
	}
	if (!has_pg) puts("# ZHAOYIN_TEST_PG is not set: SQLite only");
	described_release();
	printf("1..%d\n", total);
	return failed_total ? 1 : 0;
}
