/* base_test.c - text, escaping, days and JSON as tables. */
#include "unit.h"

#include "base/buf.h"
#include "base/day.h"
#include "base/json.h"

#include <string.h>

static void integers_are_whole_or_refused(void **state) {
	(void)state;
	static const struct { struct str text; bool good; int64_t want; } cases[] = {
		{S_("0"), true, 0}, {S_("-7"), true, -7}, {S_("9223372036854775807"), true, INT64_MAX},
		{S_("-9223372036854775808"), true, INT64_MIN}, {S_("9223372036854775808"), false, 0},
		{S_(""), false, 0}, {S_("-"), false, 0}, {S_("1 "), false, 0}, {S_("+1"), false, 0},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		int64_t v = 0;
		assert_int_equal(str_int(cases[i].text, &v), cases[i].good);
		assert_int_equal(v, cases[i].want);
	}
}

static void utf8_is_strict(void **state) {
	(void)state;
	static const struct { struct str text; bool good; size_t cps; } cases[] = {
		{S_("潍坊a"), true, 3}, {S_("\xEF\xBF\xBD"), true, 1}, {S_("\xC0\x80"), false, 2},
		{S_("\xED\xA0\x80"), false, 3}, {S_("\xF4\x90\x80\x80"), false, 4}, {S_("\xE6\xBD"), false, 2},
		{S_("\xF0\x9F\x98\x80"), true, 1},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		assert_int_equal(str_is_utf8(cases[i].text), cases[i].good);
		assert_int_equal(str_cp_count(cases[i].text), cases[i].cps);
	}
}

static void trim_knows_the_wide_space(void **state) {
	(void)state;
	assert_str(str_trim(S(" \xE3\x80\x80项目\xE3\x80\x80\n")), S("项目"));
	assert_str(str_trim(S(" \t ")), S(""));
}

static void days_round_trip(void **state) {
	(void)state;
	for (int32_t day = DAY_MIN; day <= DAY_MAX; day++) {
		int y, m, d;
		day_split(day, &y, &m, &d);
		assert_true(day_is_valid(y, m, d));
		assert_int_equal(day_of(y, m, d), day);
	}
	assert_int_equal(day_of(2024, 4, 10), 19823);
}

static void dates_that_are_none(void **state) {
	(void)state;
	static const struct str bad[] = {S_("2023-02-29"), S_("2024-13-01"), S_("2024-4-1"), S_("20240401"),
	                                 S_("1899-12-31"), S_("2100-01-01"), S_("2024-04-1x"), S_("")};
	int32_t day;
	for (size_t i = 0; i < LEN(bad); i++) assert_false(day_parse(bad[i], &day));
	assert_true(day_parse(S("2024-02-29"), &day));
}

static void the_day_turns_at_midnight_in_shanghai(void **state) {
	(void)state;
	int64_t midnight = (int64_t)day_of(2024, 4, 10) * 86400000 - 8 * 3600000;
	assert_int_equal(day_of_ms(midnight), day_of(2024, 4, 10));
	assert_int_equal(day_of_ms(midnight - 1), day_of(2024, 4, 9));
}

static void cells_are_safe_for_spreadsheets(void **state) {
	(void)state;
	static const struct { struct str in, want; } cases[] = {
		{S_("潍坊"), S_("潍坊")}, {S_("a,b"), S_("\"a,b\"")}, {S_("=1+1"), S_("\"'=1+1\"")},
		{S_("@x"), S_("\"'@x\"")}, {S_("＝SUM"), S_("\"'＝SUM\"")}, {S_("say \"hi\""), S_("\"say \"\"hi\"\"\"")},
		{S_("两\n行"), S_("\"两\n行\"")}, {S_("-5"), S_("\"'-5\"")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct buf b = {.arena = &a};
		buf_csv(&b, cases[i].in);
		assert_str(buf_str(&b), cases[i].want);
		arena_release(&a);
	}
}

static void json_is_escaped_and_nested(void **state) {
	(void)state;
	struct arena a = {0};
	struct buf b = {.arena = &a};
	struct json j = {.out = &b};
	json_obj(&j);
	json_put_str(&j, "a", S("q\"\\\n\x01\xFF潍"));
	json_key(&j, S("list"));
	json_arr(&j);
	json_int(&j, INT64_MIN);
	json_nil(&j);
	json_arr(&j);
	json_end(&j);
	json_end(&j);
	json_put_bool(&j, "t", true);
	json_end(&j);
	assert_str(buf_str(&b), S("{\"a\":\"q\\\"\\\\\\n\\u0001\xEF\xBF\xBD潍\",\"list\":[-9223372036854775808,null,[]],\"t\":true}"));
	arena_release(&a);
}

/* Each byte at each place of a text of sixteen, so that the steps of eight and of one are both taken:
 * what JSON takes as it is stays, all else is escaped or becomes U+FFFD. */
static void json_escapes_every_byte_at_every_place(void **state) {
	(void)state;
	for (int c = 0; c < 256; c++)
		for (size_t at = 0; at < 16; at++) {
			struct arena a = {0};
			struct buf b = {.arena = &a};
			char text[16];
			memset(text, 'x', sizeof text);
			text[at] = (char)c;
			buf_json(&b, (struct str){text, sizeof text});
			bool is_plain = c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
			size_t more = is_plain ? 0 : c >= 0x80 ? 2 : c == '"' || c == '\\' || c == '\n' || c == '\r' || c == '\t' ? 1 : 5;
			assert_int_equal(b.n, 18 + more);
			if (is_plain) assert_memory_equal(b.p + 1, text, sizeof text);
			else if (c >= 0x80) assert_memory_equal(b.p + 1 + at, "\xEF\xBF\xBD", 3);
			else assert_int_equal(b.p[1 + at], '\\');
			arena_release(&a);
		}
}

static void json_takes_only_whole_characters(void **state) {
	(void)state;
	static const struct { struct str in, want; } cases[] = {
		{S_("潍坊市"), S_("\"潍坊市\"")}, {S_("é𠮷"), S_("\"é𠮷\"")}, {S_("\xEF\xBF\xBD"), S_("\"\xEF\xBF\xBD\"")},
		{S_("\xE0\x80\x80"), S_("\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"")}, /* overlong */
		{S_("\xED\xA0\x80"), S_("\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"")}, /* surrogate */
		{S_("a\xE6\xBD"), S_("\"a\xEF\xBF\xBD\xEF\xBF\xBD\"")}, /* cut off */
		{S_("\xE6\xBDz"), S_("\"\xEF\xBF\xBD\xEF\xBF\xBDz\"")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct buf b = {.arena = &a};
		buf_json(&b, cases[i].in);
		assert_str(buf_str(&b), cases[i].want);
		arena_release(&a);
	}
}

/* A text is taken in steps of several characters where it can be; one at a time gives the same. */
static void json_is_the_same_by_steps_and_by_characters(void **state) {
	(void)state;
	static const struct str parts[] = {S_("潍坊市"), S_("a"), S_("高新"), S_("\""), S_("bcde"), S_("\xE6\xBD"), S_("é"), S_("区"), S_("\xED\xA0\x80"), S_("fghijklm"), S_("𠮷")};
	uint32_t random = 1;
	for (int round = 0; round < 2000; round++) {
		struct arena a = {0};
		struct buf text = {.arena = &a}, whole = {.arena = &a}, singly = {.arena = &a};
		for (int i = 0; i < 6; i++) {
			random = random * 1664525u + 1013904223u;
			buf_add(&text, parts[(random >> 16) % LEN(parts)]);
		}
		buf_json(&whole, buf_str(&text));
		buf_byte(&singly, '"');
		for (struct str rest = buf_str(&text), at = rest; rest.n; at = rest) {
			struct buf one = {.arena = &a};
			(void)str_next(&rest);
			buf_json(&one, str_sub(at, 0, at.n - rest.n));
			buf_add(&singly, str_sub(buf_str(&one), 1, one.n - 2));
		}
		buf_byte(&singly, '"');
		assert_str(buf_str(&whole), buf_str(&singly));
		arena_release(&a);
	}
}

static void fixed_point_keeps_its_sign(void **state) {
	(void)state;
	static const struct { int64_t v; struct str want; } cases[] = {
		{12345, S_("123.45")}, {-5, S_("-0.05")}, {0, S_("0.00")}, {INT64_MIN, S_("-92233720368547758.08")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct buf b = {.arena = &a};
		buf_fixed(&b, cases[i].v, 2);
		assert_str(buf_str(&b), cases[i].want);
		arena_release(&a);
	}
}

static void append_twice(void *it) {
	char *s = *(char **)it;
	s[0] = (char)(s[0] + 1);
}

static void arenas_defer_and_zero(void **state) {
	(void)state;
	char count[1] = {0};
	char *p = count;
	struct arena a = {0};
	arena_defer(&a, append_twice, &p);
	for (size_t n = 1; n < 100000; n = n * 3 + 1) {
		unsigned char *m = arena_alloc(&a, n);
		for (size_t i = 0; i < n; i++) assert_int_equal(m[i], 0);
		for (size_t i = 0; i < n; i++) m[i] = 0xFF;
	}
	arena_reset(&a);
	assert_int_equal(count[0], 1);
	unsigned char *again = arena_alloc(&a, 4096);
	for (size_t i = 0; i < 4096; i++) assert_int_equal(again[i], 0);
	arena_release(&a);
	assert_int_equal(count[0], 1);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers_are_whole_or_refused),
		cmocka_unit_test(utf8_is_strict),
		cmocka_unit_test(trim_knows_the_wide_space),
		cmocka_unit_test(days_round_trip),
		cmocka_unit_test(dates_that_are_none),
		cmocka_unit_test(the_day_turns_at_midnight_in_shanghai),
		cmocka_unit_test(cells_are_safe_for_spreadsheets),
		cmocka_unit_test(json_is_escaped_and_nested),
		cmocka_unit_test(json_escapes_every_byte_at_every_place),
		cmocka_unit_test(json_is_the_same_by_steps_and_by_characters),
		cmocka_unit_test(json_takes_only_whole_characters),
		cmocka_unit_test(fixed_point_keeps_its_sign),
		cmocka_unit_test(arenas_defer_and_zero),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
