/* http_parts_test.c - the parts of the edge that need no socket, as tables. */
#include "unit.h"

#include "http/assets.h"
#include "http/edge.h"

static void addresses_to_listen_on(void **state) {
	(void)state;
	static const struct { struct str text; bool good, is_loopback; int port; } cases[] = {
		{S_("127.0.0.1:8080"), true, true, 8080}, {S_("[::1]:8443"), true, true, 8443}, {S_("0.0.0.0:80"), true, false, 80},
		{S_("[::]:0"), true, false, 0}, {S_("localhost:1"), true, true, 1}, {S_("127.255.0.9:65535"), true, true, 65535},
		{S_("[::ffff:127.0.0.1]:1"), true, true, 1}, {S_("[::ffff:10.0.0.1]:1"), true, false, 1},
		{S_(""), false, false, 0}, {S_("8080"), false, false, 0}, {S_(":8080"), false, false, 0},
		{S_("127.0.0.1"), false, false, 0}, {S_("127.0.0.1:"), false, false, 0}, {S_("127.0.0.1:65536"), false, false, 0},
		{S_("127.0.0.1:-1"), false, false, 0}, {S_("127.0.0.1:http"), false, false, 0}, {S_("127.0.0:80"), false, false, 0},
		{S_("::1:80"), false, false, 0}, {S_("[::1]"), false, false, 0}, {S_("[127.0.0.1]:80"), false, false, 0},
		{S_("example.org:80"), false, false, 0}, {S_("[]:80"), false, false, 0},
		{S_("1111111111111111111111111111111111111111111111111111111:80"), false, false, 0},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct sockaddr_storage address;
		socklen_t n = 0;
		if (listen_parse(cases[i].text, &address, &n) != cases[i].good) fail_saying("%.*s", SHOW(cases[i].text));
		if (!cases[i].good) continue;
		assert_int_equal(listen_is_loopback((const struct sockaddr *)&address), cases[i].is_loopback);
		in_port_t port = address.ss_family == AF_INET ? ((struct sockaddr_in *)&address)->sin_port
		                                              : ((struct sockaddr_in6 *)&address)->sin6_port;
		assert_int_equal(ntohs(port), cases[i].port);
	}
}

static void gzip_is_taken_by_its_weight(void **state) {
	(void)state;
	static const struct { struct str header; bool want; } cases[] = {
		{S_("gzip"), true}, {S_("gzip, deflate, br"), true}, {S_("br;q=1.0, GZIP;q=0.8"), true}, {S_("deflate,gzip"), true},
		{S_("gzip;q=0.001"), true}, {S_("gzip; q=1"), true}, {S_("gzip;x=y"), true},
		{S_(""), false}, {S_("br"), false}, {S_("gzip;q=0"), false}, {S_("gzip; q=0.000"), false}, {S_("x-gzip"), false},
		{S_("gzipx"), false}, {S_("*"), false}, {S_("identity"), false}, {S_("gzip;Q=0"), false},
	};
	for (size_t i = 0; i < LEN(cases); i++)
		if (answer_takes_gzip(cases[i].header) != cases[i].want) fail_saying("%.*s", SHOW(cases[i].header));
}

static void tags_are_compared_weakly(void **state) {
	(void)state;
	static const struct { struct str header, etag; bool want; } cases[] = {
		{S_("\"a\""), S_("\"a\""), true}, {S_("W/\"a\""), S_("\"a\""), true}, {S_("\"a\""), S_("W/\"a\""), true},
		{S_("\"x\" , \"a\""), S_("\"a\""), true}, {S_("*"), S_("\"a\""), true},
		{S_("\"ab\""), S_("\"a\""), false}, {S_("a"), S_("\"a\""), false}, {S_(""), S_("\"a\""), false}, {S_("*"), S_(""), false},
		{S_("\"a\"x"), S_("\"a\""), false},
	};
	for (size_t i = 0; i < LEN(cases); i++)
		if (answer_has_etag(cases[i].header, cases[i].etag) != cases[i].want) fail_saying("%.*s", SHOW(cases[i].header));
}

static void the_last_hop_is_the_proxys_word(void **state) {
	(void)state;
	assert_str(head_last_hop(S("1.1.1.1, 2.2.2.2 ,3.3.3.3")), S("3.3.3.3"));
	assert_str(head_last_hop(S(" ::1 ")), S("::1"));
	assert_str(head_last_hop(S("1.1.1.1,")), S(""));
	assert_str(head_last_hop(S("")), S(""));
}

static void hosts_are_names_and_numbers(void **state) {
	(void)state;
	static const struct { struct str host; bool want; } cases[] = {
		{S_("h"), true}, {S_("zs.weifang.gov.cn:8443"), true}, {S_("[::1]:80"), true}, {S_("127.0.0.1"), true}, {S_("a_b"), true},
		{S_(""), false}, {S_("a b"), false}, {S_("a@b"), false}, {S_("a/b"), false}, {S_("a,b"), false}, {S_("潍坊"), false},
		{S_("a\0b"), false}, {S_("a\\b"), false},
	};
	for (size_t i = 0; i < LEN(cases); i++)
		if (head_is_host(cases[i].host) != cases[i].want) fail_saying("%.*s", SHOW(cases[i].host));
}

static void files_are_found_by_whole_path(void **state) {
	(void)state;
	assert_int_equal(assets_n, 3);
	for (size_t i = 0; i < assets_n; i++) {
		assert_ptr_equal(asset_find(assets[i].path), &assets[i]);
		if (i > 0) assert_true(str_cmp(assets[i - 1].path, assets[i].path) < 0);
		assert_true(assets[i].etag.n > 10 && !str_eq(assets[i].etag, assets[i].etag_gzip));
	}
	static const struct str none[] = {S_(""), S_("/"), S_("/index.htm"), S_("/index.html/"), S_("/assets"), S_("//index.html")};
	for (size_t i = 0; i < LEN(none); i++) assert_null(asset_find(none[i]));
	assert_true(asset_find(S("/assets/app-1a2B3c4D.js"))->is_hashed);
	assert_false(asset_find(S("/index.html"))->is_hashed);
}

/* More routes than slots: nothing is lost but the name. */
static void counts_outlive_too_many_routes(void **state) {
	(void)state;
	static char names[COUNT_ROUTES + 50][8];
	struct counts *c = heap_alloc(sizeof *c);
	for (size_t i = 0; i < LEN(names); i++) counts_add(c, names[i], i % 2 ? 200 : 404, 700);
	counts_add(c, names[0], 9999, -1);
	uint64_t classes[COUNT_CLASSES] = {0};
	for (size_t i = 0; i < COUNT_ROUTES; i++)
		for (size_t k = 0; k < COUNT_CLASSES; k++) classes[k] += c->routes[i].classes[k];
	assert_int_equal(classes[1], LEN(names) / 2);
	assert_int_equal(classes[3], LEN(names) / 2);
	assert_int_equal(classes[4], 1);
	assert_int_equal(c->buckets[3], LEN(names));
	assert_int_equal(c->took_us, LEN(names) * 700);
	heap_free(c);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_to_listen_on),
		cmocka_unit_test(gzip_is_taken_by_its_weight),
		cmocka_unit_test(tags_are_compared_weakly),
		cmocka_unit_test(the_last_hop_is_the_proxys_word),
		cmocka_unit_test(hosts_are_names_and_numbers),
		cmocka_unit_test(files_are_found_by_whole_path),
		cmocka_unit_test(counts_outlive_too_many_routes),
	};
	return cmocka_run_group_tests_name("http_parts", tests, NULL, NULL);
}
