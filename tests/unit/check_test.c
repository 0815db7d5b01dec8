/* check_test.c - codes that prove themselves: the vectors, every single fault, masks. */
#include "unit.h"

#include "base/buf.h"
#include "base/day.h"
#include "domain/check.h"

#include <string.h>

static const char uscc_set[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* The five valid codes of tests/data/uscc_vectors.csv. */
static const char *const valid_codes[] = {
	"91370700MA3QA0019N", "91370783MABCD7E238", "91110108MA00F9K43Q", "52370700MJE402186D", "514403005003140738",
};

static bool uscc_is_valid(const char code[18], bool is_strict) {
	struct arena a = {0};
	bool good = check_uscc(&a, (struct str){code, 18}, is_strict).is_valid;
	arena_release(&a);
	return good;
}

/* code,valid,"note": strict mode, in which the lower-case one is invalid. */
static void the_vectors_file(void **state) {
	(void)state;
	FILE *f = fopen(TEST_DATA "/uscc_vectors.csv", "r");
	char line[512];
	int rows = 0, good = 0;
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof line, f));
	while (fgets(line, sizeof line, f)) {
		struct arena a = {0};
		struct str rest = str_c(line), code, valid;
		assert_true(str_split(&rest, ',', &code));
		assert_true(str_split(&rest, ',', &valid));
		struct check c = check_uscc(&a, code, true);
		if (c.is_valid != str_eq(valid, S("1"))) fail_saying("%.*s: %d", SHOW(code), c.is_valid);
		assert_int_equal(c.rule.n == 0, c.is_valid);
		rows++;
		good += c.is_valid;
		arena_release(&a);
	}
	fclose(f);
	assert_int_equal(rows, 10);
	assert_int_equal(good, 5);
}

static void every_single_change_is_found(void **state) {
	(void)state;
	for (size_t v = 0; v < LEN(valid_codes); v++)
		for (size_t i = 0; i < 18; i++)
			for (size_t k = 0; uscc_set[k]; k++) {
				char code[18];
				memcpy(code, valid_codes[v], 18);
				if (code[i] == uscc_set[k]) continue;
				code[i] = uscc_set[k];
				if (uscc_is_valid(code, false)) fail_saying("%.18s", code);
			}
}

static void every_swap_of_neighbours_is_found(void **state) {
	(void)state;
	for (size_t v = 0; v < LEN(valid_codes); v++)
		for (size_t i = 0; i + 1 < 18; i++) {
			char code[18];
			memcpy(code, valid_codes[v], 18);
			if (code[i] == code[i + 1]) continue;
			char c = code[i];
			code[i] = code[i + 1];
			code[i + 1] = c;
			if (uscc_is_valid(code, false)) fail_saying("%.18s", code);
		}
}

static void uscc_reasons(void **state) {
	(void)state;
	static const struct { struct str code; bool is_strict; struct str rule, normal; } cases[] = {
		{S_("91370700MA3QA0019N"), true, S_(""), S_("91370700MA3QA0019N")},
		{S_("91370700ma3qa0019n"), false, S_(""), S_("91370700MA3QA0019N")},
		{S_("91370700ma3qa0019n"), true, S_("uscc_not_normal"), S_("91370700MA3QA0019N")},
		{S_(" 9137-0700 MA3QA0019N "), false, S_(""), S_("91370700MA3QA0019N")},
		{S_(" 91370700MA3QA0019N"), true, S_("uscc_not_normal"), S_("91370700MA3QA0019N")},
		{S_("９１３７０７００ＭＡ３ＱＡ００１９Ｎ"), false, S_(""), S_("91370700MA3QA0019N")},
		{S_("91370700\xE2\x80\x8BMA3QA0019N\xEF\xBB\xBF"), false, S_(""), S_("91370700MA3QA0019N")},
		{S_("91370700\tMA3QA0019N\r"), false, S_(""), S_("91370700MA3QA0019N")},
		{S_("91370700MA3QA00191"), false, S_("uscc_check"), S_("91370700MA3QA00191")},
		{S_("91370700MA3QA0019"), false, S_("uscc_length"), S_("91370700MA3QA0019")},
		{S_("91370700MA3QA0019NN"), false, S_("uscc_length"), S_("91370700MA3QA0019NN")},
		{S_("91370700MI3QA0019N"), false, S_("uscc_character"), S_("91370700MI3QA0019N")},
		{S_("91370700M潍3QA0019N"), false, S_("uscc_character"), S_("91370700M潍3QA0019N")},
		{S_("9137070AMA3QA0019N"), false, S_("uscc_division"), S_("9137070AMA3QA0019N")},
		{S_("000000000000000000"), false, S_("uscc_placeholder"), S_("000000000000000000")},
		{S_("9.13707E+17"), false, S_("uscc_number"), S_("9.13707E+17")},
		{S_("913707000000000000"), false, S_("uscc_number"), S_("913707000000000000")},
		{S_("913707001234500001"), false, S_("uscc_check"), S_("913707001234500001")},
		{S_(""), false, S_("uscc_empty"), S_("")}, {S_(" - "), false, S_("uscc_empty"), S_("")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct check c = check_uscc(&a, cases[i].code, cases[i].is_strict);
		assert_str(c.rule, cases[i].rule);
		assert_str(c.normal, cases[i].normal);
		assert_int_equal(c.is_valid, cases[i].rule.n == 0);
		assert_int_equal(check_sentence(&a, c.rule, c.arg, LANG_ZH).n > 0, !c.is_valid);
		assert_int_equal(check_sentence(&a, c.rule, c.arg, LANG_EN).n > 0, !c.is_valid);
		arena_release(&a);
	}
}

static void the_wrong_character_is_named(void **state) {
	(void)state;
	struct arena a = {0};
	struct check c = check_uscc(&a, S("91370700MA3QA00191"), false);
	assert_str(check_sentence(&a, c.rule, c.arg, LANG_ZH), S("校验位不符，按前 17 位应为“N”。请核对有无错字或颠倒"));
	assert_str(check_uscc(&a, S("91370700MI3QA0019N"), false).arg, S("I"));
	arena_release(&a);
}

/* GB 32100-2015's own example has a true organisation code; a wrong one only warns. */
static void a_wrong_organisation_code_warns(void **state) {
	(void)state;
	struct arena a = {0};
	struct check c = check_uscc(&a, S("91350100M000100Y43"), false);
	assert_true(c.is_valid);
	assert_str(c.warn, S(""));
	c = check_uscc(&a, S("91370783MABCD7E24B"), false);
	assert_true(c.is_valid);
	assert_str(c.warn, S("organisation_code"));
	arena_release(&a);
}

static void project_codes(void **state) {
	(void)state;
	static const struct { struct str code, rule, normal; } cases[] = {
		{S_("2406-370783-04-01-123456"), S_(""), S_("2406-370783-04-01-123456")},
		{S_("２４０６－３７０７８３－０４－０１－１２３４５６"), S_(""), S_("2406-370783-04-01-123456")},
		{S_("24063707830401123456"), S_(""), S_("2406-370783-04-01-123456")},
		{S_("2018-370783-26-03-012345"), S_(""), S_("2018-370783-26-03-012345")},
		{S_("2413-370783-04-01-123456"), S_("project_code_month"), S_("2413-370783-04-01-123456")},
		{S_("2400-370783-04-01-123456"), S_("project_code_month"), S_("2400-370783-04-01-123456")},
		{S_("2406-990783-04-01-123456"), S_("project_code_division"), S_("2406-990783-04-01-123456")},
		{S_("2406-370783-04-01-12345"), S_("project_code_shape"), S_("2406-370783-04-01-12345")},
		{S_("2406-37078-304-01-123456"), S_("project_code_shape"), S_("2406-37078-304-01-123456")},
		{S_("2406-370783-04-01-12345A"), S_("project_code_shape"), S_("2406-370783-04-01-12345A")},
		{S_(""), S_("project_code_shape"), S_("")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct check c = check_project_code(&a, cases[i].code);
		assert_str(c.rule, cases[i].rule);
		assert_str(c.normal, cases[i].normal);
		arena_release(&a);
	}
}

static void resident_ids(void **state) {
	(void)state;
	static const struct { struct str id, rule; } cases[] = {
		{S_("370702199003071230"), S_("")}, {S_("370783198511300048"), S_("")}, {S_("370702 19900307 1230"), S_("")},
		{S_("370702199003071231"), S_("resident_id_check")}, {S_("990702199003071230"), S_("resident_id_division")},
		{S_("370702199002301230"), S_("resident_id_date")}, {S_("370702203003071230"), S_("resident_id_date")},
		{S_("370702900307123"), S_("resident_id_shape")}, {S_("37070219900307123A"), S_("resident_id_shape")}, {S_(""), S_("resident_id_shape")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		assert_str(check_resident_id(&a, cases[i].id, day_of(2024, 4, 10)).rule, cases[i].rule);
		arena_release(&a);
	}
}

static void every_wrong_digit_of_a_resident_id_is_found(void **state) {
	(void)state;
	for (size_t i = 0; i < 18; i++)
		for (char d = '0'; d <= '9'; d++) {
			char id[] = "370702199003071230";
			struct arena a = {0};
			if (id[i] == d) continue;
			id[i] = d;
			if (check_resident_id(&a, (struct str){id, 18}, DAY_NONE).is_valid) fail_saying("%s", id);
			arena_release(&a);
		}
}

static void telephones(void **state) {
	(void)state;
	static const struct { struct str in, normal; } cases[] = {
		{S_("13812345678"), S_("13812345678")}, {S_("138 1234 5678"), S_("13812345678")}, {S_("138-1234-5678"), S_("13812345678")},
		{S_("+86 13812345678"), S_("13812345678")}, {S_("008613812345678"), S_("13812345678")}, {S_("１３８１２３４５６７８"), S_("13812345678")},
		{S_("0536-8091234"), S_("0536-8091234")}, {S_("(0536)8091234"), S_("0536-8091234")}, {S_("05368091234"), S_("0536-8091234")},
		{S_("010-65501234"), S_("010-65501234")}, {S_("021 6550 1234"), S_("021-65501234")}, {S_("+86-536-8091234"), S_("0536-8091234")},
		{S_("0536-8091234-801"), S_("0536-8091234-801")}, {S_("0536-8091234转801"), S_("0536-8091234-801")},
		{S_("400-812-3456"), S_("400-812-3456")}, {S_("+82 2 1234 5678"), S_("+82212345678")},
		{S_("12345"), S_("")}, {S_("12812345678"), S_("")}, {S_("1381234567"), S_("")}, {S_("0536-0091234"), S_("")},
		{S_("张三"), S_("")}, {S_(""), S_("")}, {S_("+0123456789"), S_("")}, {S_("+1234567890123456789"), S_("")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct check c = check_phone(&a, cases[i].in);
		if (c.is_valid != (cases[i].normal.n > 0)) fail_saying("%.*s: %d", SHOW(cases[i].in), c.is_valid);
		if (c.is_valid) assert_str(c.normal, cases[i].normal);
		arena_release(&a);
	}
	struct arena a = {0};
	assert_true(check_mobile(&a, S("+8613812345678")).is_valid);
	assert_str(check_mobile(&a, S("0536-8091234")).rule, S("mobile"));
	arena_release(&a);
}

static void mail_addresses(void **state) {
	(void)state;
	static const struct { struct str in, normal; } cases[] = {
		{S_("zhang.san@Example.COM"), S_("zhang.san@example.com")}, {S_(" a+b@sub.example.cn "), S_("a+b@sub.example.cn")},
		{S_("ａ＠example.com"), S_("a@example.com")}, {S_("a@b"), S_("")}, {S_("@example.com"), S_("")}, {S_("a@@example.com"), S_("")},
		{S_("a..b@example.com"), S_("")}, {S_(".a@example.com"), S_("")}, {S_("a@-x.com"), S_("")}, {S_("a@example.1"), S_("")},
		{S_("张三@example.com"), S_("")}, {S_("a@example.com."), S_("")}, {S_("a b@example.com"), S_("ab@example.com")}, {S_(""), S_("")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct check c = check_email(&a, cases[i].in);
		if (c.is_valid != (cases[i].normal.n > 0)) fail_saying("%.*s: %d", SHOW(cases[i].in), c.is_valid);
		if (c.is_valid) assert_str(c.normal, cases[i].normal);
		arena_release(&a);
	}
}

static void masks(void **state) {
	(void)state;
	static const struct { struct str (*mask)(struct arena *a, struct str s); struct str in, want; } cases[] = {
		{mask_phone, S_("13812345678"), S_("138****5678")}, {mask_phone, S_("0536-8091234"), S_("0536-*****34")},
		{mask_phone, S_("010-65501234"), S_("010-******34")}, {mask_phone, S_("+82212345678"), S_("+82*******78")},
		{mask_phone, S_("12"), S_("1*")}, {mask_phone, S_("张三的电话"), S_("***电话")},
		{mask_resident_id, S_("370702199003071230"), S_("370702********1230")}, {mask_resident_id, S_("123"), S_("1**")},
		{mask_person, S_("王小明"), S_("王*")}, {mask_person, S_("王"), S_("王*")}, {mask_person, S_(""), S_("")},
		{mask_email, S_("zhangsan@example.com"), S_("z***@example.com")}, {mask_email, S_("zhangsan"), S_("z*******")},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a = {0};
		struct str got = cases[i].mask(&a, cases[i].in);
		if (!str_eq(got, cases[i].want)) fail_saying("%.*s: %.*s", SHOW(cases[i].in), SHOW(got));
		arena_release(&a);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_vectors_file),
		cmocka_unit_test(every_single_change_is_found),
		cmocka_unit_test(every_swap_of_neighbours_is_found),
		cmocka_unit_test(uscc_reasons),
		cmocka_unit_test(the_wrong_character_is_named),
		cmocka_unit_test(a_wrong_organisation_code_warns),
		cmocka_unit_test(project_codes),
		cmocka_unit_test(resident_ids),
		cmocka_unit_test(every_wrong_digit_of_a_resident_id_is_found),
		cmocka_unit_test(telephones),
		cmocka_unit_test(mail_addresses),
		cmocka_unit_test(masks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
