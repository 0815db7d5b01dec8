/* http_url_test.c - request targets, queries, path patterns and cookies as tables. */
#include "unit.h"

#include "api/url.h"

static void escapes_are_whole_or_refused(void **state) {
	(void)state;
	static const struct { const char *why; struct str text; bool good; struct str want; } cases[] = {
		{"plain text is borrowed", S_("abc"), true, S_("abc")},
		{"nothing", S_(""), true, S_("")},
		{"Chinese", S_("%E6%BD%8D%e5%9d%8a"), true, S_("潍坊")},
		{"a plus is a plus", S_("a+b"), true, S_("a+b")},
		{"a slash may come out", S_("a%2Fb"), true, S_("a/b")},
		{"decoded once only", S_("%2541"), true, S_("%41")},
		{"cut after the sign", S_("abc%"), false, S_("")},
		{"cut after one digit", S_("abc%4"), false, S_("")},
		{"no hex digit", S_("%4g"), false, S_("")},
		{"a sign inside", S_("%+1"), false, S_("")},
		{"NUL", S_("a%00b"), false, S_("")},
		{"NUL as it is", S_("a\0b"), false, S_("")},
		{"half a code point", S_("%E6%BD"), false, S_("")},
		{"overlong slash", S_("%C0%AF"), false, S_("")},
		{"surrogate", S_("%ED%A0%80"), false, S_("")},
		{"raw bytes that are no UTF-8", S_("a\xFFz"), false, S_("")},
	};
	struct arena a = {0};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct str out = {0};
		if (url_decode(&a, cases[i].text, &out) != cases[i].good) fail_saying("%s", cases[i].why);
		assert_str(out, cases[i].want);
	}
	struct str out = {0};
	assert_true(url_decode_query(&a, S("a+b%2B"), &out));
	assert_str(out, S("a b+"));
	arena_release(&a);
}

static void targets_are_visible_ascii(void **state) {
	(void)state;
	static const struct { struct str text; bool good; } cases[] = {
		{S_("/"), true}, {S_("/api/v1/projects?q=%E6%BD%8D&a[]={1|2}"), true}, {S_(""), true},
		{S_("/a b"), false}, {S_("/a\tb"), false}, {S_("/a#b"), false}, {S_("/潍"), false}, {S_("/<x>"), false},
		{S_("/a%"), false}, {S_("/a%0"), false}, {S_("/a%00"), false}, {S_("/a%zz"), false}, {S_("/a\x7F"), false},
		{S_("/a\r\nX: y"), false}, {S_("/a\0b"), false},
	};
	for (size_t i = 0; i < LEN(cases); i++)
		if (url_is_target(cases[i].text) != cases[i].good) fail_saying("%.*s", SHOW(cases[i].text));
}

static void patterns_take_whole_segments(void **state) {
	(void)state;
	static const struct { struct str pattern, path; bool good; size_t n; struct str first, last; } cases[] = {
		{S_("/api/v1/projects"), S_("/api/v1/projects"), true, 0, S_(""), S_("")},
		{S_("/api/v1/projects"), S_("/api/v1/projects/"), false, 0, S_(""), S_("")},
		{S_("/api/v1/projects"), S_("/api/v1/project"), false, 0, S_(""), S_("")},
		{S_("/api/v1/projects/:id"), S_("/api/v1/projects/7"), true, 1, S_("7"), S_("7")},
		{S_("/api/v1/projects/:id"), S_("/api/v1/projects/"), false, 0, S_(""), S_("")},
		{S_("/api/v1/projects/:id"), S_("/api/v1/projects"), false, 0, S_(""), S_("")},
		{S_("/api/v1/projects/:id"), S_("/api/v1/projects/7/stage"), false, 0, S_(""), S_("")},
		{S_("/p/:id/files/:hash"), S_("/p/7/files/a%2Fb"), true, 2, S_("7"), S_("a%2Fb")},
		{S_("/p/:id"), S_("//p/7"), false, 0, S_(""), S_("")},
		{S_("/p/:id"), S_("/%70/7"), false, 0, S_(""), S_("")},
		{S_("/"), S_("/"), true, 0, S_(""), S_("")},
		{S_("/"), S_(""), false, 0, S_(""), S_("")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct str params[URL_PARAMS_MAX];
		size_t n = 99;
		if (url_match(cases[i].pattern, cases[i].path, params, &n) != cases[i].good) fail_saying("%.*s", SHOW(cases[i].path));
		if (!cases[i].good) continue;
		assert_int_equal(n, cases[i].n);
		if (n == 0) continue;
		assert_str(params[0], cases[i].first);
		assert_str(params[n - 1], cases[i].last);
	}
}

static void queries_give_their_pairs_in_order(void **state) {
	(void)state;
	struct arena a = {0};
	struct str q = S("a=1&&b=%E6%BD%8D+x&c&=e&d=1=2&");
	static const struct { struct str name, value; } want[] = {
		{S_("a"), S_("1")}, {S_("b"), S_("潍 x")}, {S_("c"), S_("")}, {S_(""), S_("e")}, {S_("d"), S_("1=2")},
	};
	struct url_pair pair;
	for (size_t i = 0; i < LEN(want); i++) {
		assert_int_equal(url_query_next(&a, &q, &pair), URL_PAIR);
		assert_str(pair.name, want[i].name);
		assert_str(pair.value, want[i].value);
	}
	assert_int_equal(url_query_next(&a, &q, &pair), URL_END);
	assert_int_equal(url_query_next(&a, &q, &pair), URL_END);
	arena_release(&a);
}

static void a_name_is_found_once(void **state) {
	(void)state;
	static const struct { struct str query; enum url_step want; struct str value; } cases[] = {
		{S_("limit=5&q=x"), URL_PAIR, S_("5")}, {S_("q=x&l%69mit=5"), URL_PAIR, S_("5")}, {S_("q=x"), URL_END, S_("")},
		{S_(""), URL_END, S_("")}, {S_("limit=5&limit=5"), URL_BAD, S_("")}, {S_("limit=5&q=%"), URL_BAD, S_("")},
		{S_("limit"), URL_PAIR, S_("")},
	};
	struct arena a = {0};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct str value = {0};
		assert_int_equal(url_query_find(&a, cases[i].query, S("limit"), &value), cases[i].want);
		assert_str(value, cases[i].value);
	}
	arena_release(&a);
}

static void cookies_are_exact(void **state) {
	(void)state;
	static const struct { struct str header; bool good; struct str want; } cases[] = {
		{S_("__Host-s=abc"), true, S_("abc")}, {S_("x=1; __Host-s=abc; y=2"), true, S_("abc")},
		{S_("x=1;__Host-s=\"abc\""), true, S_("abc")}, {S_("__Host-s="), true, S_("")},
		{S_("__Host-s=a=b"), true, S_("a=b")}, {S_("\t __Host-s=abc \t;"), true, S_("abc")},
		{S_(""), false, S_("")}, {S_("__Host-s"), false, S_("")}, {S_("__host-s=abc"), false, S_("")},
		{S_("x__Host-s=abc"), false, S_("")}, {S_("x=__Host-s=abc"), false, S_("")},
		{S_("__Host-s =abc"), false, S_("")}, {S_("__Host-s= abc"), false, S_("")},
		{S_("__Host-s=a; __Host-s=b"), false, S_("")}, {S_("__Host-s=a; __Host-s=a"), false, S_("")},
		{S_("__Host-s=a\x01"), false, S_("")}, {S_("__Host-s=潍"), false, S_("")}, {S_("__Host-s=a\"b"), false, S_("")},
		{S_("__Host-s=a,b"), false, S_("")}, {S_("__Host-s=\"abc"), false, S_("")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct str value = {0};
		if (cookie_find(cases[i].header, S("__Host-s"), &value) != cases[i].good) fail_saying("%.*s", SHOW(cases[i].header));
		assert_str(value, cases[i].want);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(escapes_are_whole_or_refused),
		cmocka_unit_test(targets_are_visible_ascii),
		cmocka_unit_test(patterns_take_whole_segments),
		cmocka_unit_test(queries_give_their_pairs_in_order),
		cmocka_unit_test(a_name_is_found_once),
		cmocka_unit_test(cookies_are_exact),
	};
	return cmocka_run_group_tests_name("url", tests, NULL, NULL);
}
