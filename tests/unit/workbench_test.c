/* The workbench of every account of the demo city: what a figure, a group of work or the board counts is
 * what the list under it holds, to the row and to the fen. */
#include "unit.h"

#include "api/api.h"
#include "city.h"
#include "domain/demo.h"
#include "domain/reference.h"

#include <jansson.h>

static json_t *ask(struct city *c, const char *login, struct str path, struct str query, int want) {
	struct req r = {.arena = &c->fixture.arena, .method = METHOD_GET, .path = path, .query = query, .accept_language = S("zh"),
		.remote = S("console"), .is_loopback = true, .as_login = str_c(login)};
	struct res res = {0};
	api_handle(&c->app, c->fixture.db, &r, &res);
	if (res.status != want)
		assert_never("%s %.*s?%.*s: %d %.*s", login, (int)path.n, path.p, (int)query.n, query.p, res.status, (int)res.body.n, res.body.p);
	json_t *v = json_loadb(res.body.p, res.body.n, 0, NULL);
	assert_non_null(v);
	return v;
}

static int64_t number(json_t *o, const char *key) {
	return json_integer_value(json_object_get(o, key));
}

/* {"plural","query","n","sum_fen"} against its list. */
static void check_door(struct city *c, const char *login, json_t *o, const char *plural) {
	struct arena *a = &c->fixture.arena;
	struct buf query = {.arena = a};
	buf_c(&query, json_string_value(json_object_get(o, "query")));
	buf_c(&query, "&count=1&limit=1");
	json_t *list = ask(c, login, str_cat(a, S("/api/v1/"), str_c(plural)), buf_str(&query), 200);
	if (number(list, "total") != number(o, "n"))
		assert_never("%s %s?%s: %lld, its list %lld", login, plural, json_string_value(json_object_get(o, "query")),
			(long long)number(o, "n"), (long long)number(list, "total"));
	json_t *sum = json_object_get(o, "sum_fen");
	if (json_is_integer(sum))
		assert_int_equal(json_integer_value(sum), number(json_object_get(list, "sums"), "total_invest_fen"));
	json_decref(list);
}

static void make(struct city *c) {
	city_request(c);
	c->app.fixed_today = 19823; /* 2024-04-10 */
	assert_int_equal(reference_load(&c->ctx), ERR_OK);
	assert_int_equal(demo_make(&c->ctx, DEMO_SEED), ERR_OK);
}

static size_t check_tabs(struct city *c, const char *login, json_t *w) {
	json_t *tab, *section;
	size_t i, k, sections = 0;
	json_array_foreach(json_object_get(w, "tabs"), i, tab) {
		int64_t sum = 0;
		json_array_foreach(json_object_get(tab, "sections"), k, section) {
			check_door(c, login, section, json_string_value(json_object_get(section, "plural")));
			assert_true((int64_t)json_array_size(json_object_get(section, "items")) <= number(section, "n"));
			sum += number(section, "n");
			sections++;
		}
		assert_int_equal(sum, number(tab, "n"));
	}
	return sections;
}

static void every_figure_opens_the_rows_it_counted(void **state) {
	struct city *c = *state;
	size_t figures = 0, sections = 0;
	make(c);
	for (size_t i = 0; i < demo_logins_n; i++) {
		const char *login = str_cstr(&c->fixture.arena, demo_logins[i].login);
		json_t *w = ask(c, login, S("/api/v1/workbench"), S(""), 200), *f, *part;
		size_t k, n = json_array_size(json_object_get(w, "figures"));
		if (n != 6 && demo_logins[i].role != ROLE_DEPT_HANDLER) assert_never("%s has %zu figures", login, n);
		json_array_foreach(json_object_get(w, "figures"), k, f) {
			check_door(c, login, f, json_string_value(json_object_get(f, "plural")));
			figures++;
		}
		sections += check_tabs(c, login, w);
		if (json_is_object(part = json_object_get(w, "stuck"))) check_door(c, login, part, "projects");
		if (json_is_object(part = json_object_get(w, "mine"))) check_door(c, login, part, "projects");
		json_decref(w);
	}
	assert_true(figures > 80 && sections > 20);
}

static const struct engine_test tests[] = {
	BOTH(every_figure_opens_the_rows_it_counted),
};

int main(void) {
	return run_in_city("workbench", tests, LEN(tests));
}
