#include "domain/check.h"

#include "base/buf.h"
#include "base/day.h"
#include "domain/sentence.h"
#include "domain/text.h"

/* ---- sentences ---- */

/* Fact, rule, way out. */
static const struct sentence sentences[] = {
	{S_("uscc_empty"), S_("没有填写统一社会信用代码。请填写 18 位代码"), S_("No credit code is given. Enter its 18 characters")},
	{S_("uscc_length"), S_("统一社会信用代码应为 18 位，现为 {0} 位。请核对营业执照"),
	 S_("A credit code has 18 characters, this one has {0}. Check the business licence")},
	{S_("uscc_character"), S_("统一社会信用代码不含字符“{0}”（不用 I、O、S、V、Z）。请核对是否为 1、0、5、U、2"),
	 S_("A credit code has no “{0}” (I, O, S, V and Z are not used). Check for 1, 0, 5, U or 2")},
	{S_("uscc_division"), S_("第 3 至 8 位应为登记机关的行政区划数字，现为“{0}”。请核对营业执照"),
	 S_("Characters 3 to 8 are the division digits of the registering authority, here “{0}”. Check the business licence")},
	{S_("uscc_check"), S_("校验位不符，按前 17 位应为“{0}”。请核对有无错字或颠倒"),
	 S_("The check character does not fit: the first 17 ask for “{0}”. Look for a wrong or swapped character")},
	{S_("uscc_number"), S_("表格软件把代码当作数字，后几位已经丢失。请把该列设为文本，再从营业执照重新填写"),
	 S_("The spreadsheet took the code for a number and lost its last digits. Format the column as text and enter the code again from the licence")},
	{S_("uscc_placeholder"), S_("十八个 0 是占位，不是代码。请填写真实代码或留空"),
	 S_("Eighteen zeros are a placeholder. Enter the real code or leave it empty")},
	{S_("uscc_not_normal"), S_("写法不规范，应为“{0}”。请改为大写、半角、无空格和横线"),
	 S_("Not in its normal form, which is “{0}”. Write capitals without spaces and hyphens")},
	{S_("organisation_code"), S_("第 9 至 17 位与组织机构代码的校验位不符，请再核对一次"),
	 S_("Characters 9 to 17 fail the check of an organisation code. Check once more")},
	{S_("project_code_shape"), S_("投资项目统一代码应为 24 位，如 2406-370783-04-01-123456。请核对备案证明"),
	 S_("A national project code looks like 2406-370783-04-01-123456. Check the filing certificate")},
	{S_("project_code_month"), S_("代码前四位“{0}”不是年月（如 2406）。请核对备案证明"),
	 S_("The first four digits “{0}” are no year and month (such as 2406). Check the filing certificate")},
	{S_("project_code_division"), S_("代码第二段“{0}”不是行政区划代码。请核对备案证明"),
	 S_("The second part “{0}” is no division code. Check the filing certificate")},
	{S_("resident_id_shape"), S_("身份证号应为 18 位数字（末位可为 X）。请核对证件"),
	 S_("A resident ID has 18 digits, the last may be X. Check the card")},
	{S_("resident_id_division"), S_("身份证号前两位“{0}”不是省级代码。请核对证件"),
	 S_("The first two digits “{0}” are no province. Check the card")},
	{S_("resident_id_date"), S_("身份证号中的出生日期“{0}”不存在或晚于今天。请核对证件"),
	 S_("The date of birth “{0}” does not exist or lies ahead. Check the card")},
	{S_("resident_id_check"), S_("身份证号校验位不符，应为“{0}”。请核对证件"),
	 S_("The check character does not fit, it should be “{0}”. Check the card")},
	{S_("phone"), S_("不是可用的电话号码。手机 11 位，座机如 0536-8091234，境外如 +82212345678"),
	 S_("Not a telephone number. Mobile: 11 digits; landline: 0536-8091234; abroad: +82212345678")},
	{S_("mobile"), S_("手机号应为 11 位，以 13 至 19 开头。请核对"), S_("A mobile number has 11 digits and begins with 13 to 19. Check it")},
	{S_("email"), S_("不是可用的邮箱地址，应如 name@example.com"), S_("Not a mail address, which looks like name@example.com")},
};

struct str check_sentence(struct arena *a, struct str rule, struct str arg, enum lang lang) {
	return sentence_find(a, sentences, sizeof sentences / sizeof *sentences, rule,
		(const struct str[2]){arg}, lang);
}

static struct check refused(struct check c, struct str rule, struct str arg) {
	c.is_valid = false;
	c.rule = rule;
	c.arg = arg;
	return c;
}

/* ---- normal forms ---- */

static bool is_digit(char c) {
	return c >= '0' && c <= '9';
}

static bool all_digits(struct str s) {
	for (size_t i = 0; i < s.n; i++)
		if (!is_digit(s.p[i])) return false;
	return s.n > 0;
}

static bool is_dash(int32_t cp) {
	return cp == '-' || cp == 0xAD || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212 || cp == 0xFE63
		|| cp == 0xFF0D;
}

/* NFKC without blanks and zero-width characters, upper case; dashes left out or made plain. */
static struct check normalised(struct arena *a, struct str s, bool keeps_dashes) {
	struct buf b = {.arena = a};
	for (struct str rest = text_bare(a, s); rest.n;) {
		int32_t cp = str_next(&rest);
		if (is_dash(cp)) {
			if (keeps_dashes) buf_byte(&b, '-');
		} else {
			buf_cp(&b, cp >= 'a' && cp <= 'z' ? cp - 32 : cp);
		}
	}
	struct check c = {.is_valid = true, .normal = buf_str(&b)};
	c.is_changed = !str_eq(c.normal, s);
	return c;
}

static struct str one_char(struct arena *a, char c) {
	return str_copy(a, (struct str){&c, 1});
}

/* The code point at byte i of s, as text. */
static struct str cp_at(struct str s, size_t i) {
	return str_cp_head(str_sub(s, i, s.n), 1);
}

/* ---- unified social credit code (GB 32100-2015) ---- */

static const char uscc_set[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static int uscc_value(char c) {
	for (int i = 0; uscc_set[i]; i++)
		if (uscc_set[i] == c) return i;
	return -1;
}

/* 3^(i-1) mod 31 */
static char uscc_check_char(struct str code) {
	int sum = 0, weight = 1;
	for (size_t i = 0; i < 17; i++) {
		sum += uscc_value(code.p[i]) * weight;
		weight = weight * 3 % 31;
	}
	return uscc_set[(31 - sum % 31) % 31];
}

/* GB 11714: eight characters and their check character. */
static bool organisation_code_fits(struct str nine) {
	static const int weights[8] = {3, 7, 9, 10, 5, 8, 4, 2};
	int sum = 0;
	for (size_t i = 0; i < 8; i++) {
		char c = nine.p[i];
		sum += (is_digit(c) ? c - '0' : c - 'A' + 10) * weights[i];
	}
	int k = (11 - sum % 11) % 11;
	return nine.p[8] == (k == 10 ? 'X' : (char)('0' + k));
}

static bool is_zeros(struct str s) {
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '0') return false;
	return true;
}

/* 9.13707E+17, or its digits with the lost ones as zeros: codes of real bodies do not end in five zeros. */
static bool is_lost_number(struct str s) {
	ptrdiff_t e = str_find(s, S("E"));
	ptrdiff_t point = str_find(s, S("."));
	bool is_short = e > 1 && point == 1 && s.n <= 16 && is_digit(s.p[0]);
	return is_short || (s.n == 18 && all_digits(s) && is_zeros(str_sub(s, 13, 18)));
}

struct check check_uscc(struct arena *a, struct str s, bool is_strict) {
	struct check c = normalised(a, s, false);
	struct str code = c.normal;
	if (!code.n) return refused(c, S("uscc_empty"), S(""));
	bool is_lost = is_lost_number(code) && !is_zeros(code);
	if (is_lost && (code.n != 18 || uscc_check_char(code) != code.p[17]))
		return refused(c, S("uscc_number"), S(""));
	for (size_t i = 0; i < code.n; i++)
		if (uscc_value(code.p[i]) < 0) return refused(c, S("uscc_character"), cp_at(code, i));
	if (code.n != 18) return refused(c, S("uscc_length"), str_of_int(a, (int64_t)code.n));
	if (is_zeros(code)) return refused(c, S("uscc_placeholder"), S(""));
	if (!all_digits(str_sub(code, 2, 6))) return refused(c, S("uscc_division"), str_sub(code, 2, 6));
	char want = uscc_check_char(code);
	if (code.p[17] != want) return refused(c, S("uscc_check"), one_char(a, want));
	if (is_strict && c.is_changed) return refused(c, S("uscc_not_normal"), code);
	if (!organisation_code_fits(str_sub(code, 8, 9))) c.warn = S("organisation_code");
	return c;
}

/* ---- provinces: GB/T 2260, first two digits ---- */

static bool is_province(struct str two) {
	static const struct str known =
		S_("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 "
	                                   "62 63 64 65 71 81 82 83 91");
	return str_has(known, two);
}

/* ---- national project code (GB/T 40058-2021) ---- */

static int two_digits(struct str s, size_t at) {
	return (s.p[at] - '0') * 10 + (s.p[at + 1] - '0');
}

/* 20 digits in the five parts 4-6-2-2-6; hyphens may be missing, but not stand elsewhere. */
static struct str project_code_parts(struct arena *a, struct str s) {
	static const size_t parts[] = {4, 6, 2, 2, 6};
	struct buf b = {.arena = a};
	size_t at = 0;
	bool is_plain = s.n == 20 && all_digits(s);
	for (size_t i = 0; i < 5; i++) {
		if (i && !is_plain && str_sub(s, at, 1).n && s.p[at] == '-') at++;
		else if (i && !is_plain) return (struct str){0};
		struct str part = str_sub(s, at, parts[i]);
		if (part.n != parts[i] || !all_digits(part)) return (struct str){0};
		if (i) buf_byte(&b, '-');
		buf_add(&b, part);
		at += parts[i];
	}
	return at == s.n ? buf_str(&b) : (struct str){0};
}

struct check check_project_code(struct arena *a, struct str s) {
	struct check c = normalised(a, s, true);
	struct str code = project_code_parts(a, c.normal);
	if (!code.n) return refused(c, S("project_code_shape"), S(""));
	c.normal = code;
	c.is_changed = !str_eq(code, s);
	/* Codes of 2016 to 2020 begin with the year, later ones with YYMM. */
	int month = two_digits(code, 2), century = two_digits(code, 0);
	bool is_year = century == 20 && month >= 15 && month <= 20;
	if (!is_year && (month < 1 || month > 12))
		return refused(c, S("project_code_month"), str_sub(code, 0, 4));
	/* 000000 is the central government's own. */
	struct str division = str_sub(code, 5, 6);
	if (!is_province(str_sub(division, 0, 2)) && !is_zeros(division))
		return refused(c, S("project_code_division"), division);
	return c;
}

/* ---- resident identity card (GB 11643) ---- */

static char resident_id_check_char(struct str id) {
	static const int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
	int sum = 0;
	for (size_t i = 0; i < 17; i++) sum += (id.p[i] - '0') * weights[i];
	return "10X98765432"[sum % 11];
}

struct check check_resident_id(struct arena *a, struct str s, int32_t today) {
	struct check c = normalised(a, s, false);
	struct str id = c.normal;
	bool has_shape = id.n == 18 && all_digits(str_sub(id, 0, 17)) && (is_digit(id.p[17]) || id.p[17] == 'X');
	if (!has_shape) return refused(c, S("resident_id_shape"), S(""));
	if (!is_province(str_sub(id, 0, 2))) return refused(c, S("resident_id_division"), str_sub(id, 0, 2));
	int year = two_digits(id, 6) * 100 + two_digits(id, 8), month = two_digits(id, 10),
		mday = two_digits(id, 12);
	bool is_born = year >= 1900 && day_is_valid(year, month, mday);
	if (!is_born || (today != DAY_NONE && day_of(year, month, mday) > today))
		return refused(c, S("resident_id_date"), str_sub(id, 6, 8));
	char want = resident_id_check_char(id);
	if (id.p[17] != want) return refused(c, S("resident_id_check"), one_char(a, want));
	return c;
}

/* ---- telephones ---- */

/* Digits only, a leading + kept; brackets, dots, slashes and spaces between the digits dropped; an
 * extension (-123, 转123, x123) goes to *extension. False when other characters stand in it. */
static bool phone_digits(struct arena *a, struct str s, struct buf *digits, struct buf *extension) {
	struct buf *to = digits;
	bool was_dash = false;
	for (struct str rest = text_nfkc(a, s); rest.n;) {
		int32_t cp = str_next(&rest);
		if (cp >= '0' && cp <= '9') buf_byte(to, (char)cp);
		else if (cp == '+' && !digits->n) buf_byte(to, '+');
		else if (cp == 0x8F6C || cp == 'x' || cp == 'X') to = extension;
		else if (is_dash(cp) && was_dash && digits->n >= 10) to = extension;
		else if (!is_dash(cp) && !cp_is_blank(cp) && cp != '(' && cp != ')' && cp != '.' && cp != '/')
			return false;
		if (is_dash(cp) || cp == ')') was_dash = true;
	}
	return true;
}

static bool is_mobile(struct str d) {
	return d.n == 11 && d.p[0] == '1' && d.p[1] >= '3';
}

/* 010 and 02x have three digits, all others four. */
static size_t area_code_len(struct str d) {
	return d.p[1] == '1' || d.p[1] == '2' ? 3 : 4;
}

static bool is_landline(struct str d) {
	if (d.n < 10 || d.n > 12 || d.p[0] != '0' || d.p[1] == '0') return false;
	size_t local = d.n - area_code_len(d);
	return (local == 7 || local == 8) && d.p[area_code_len(d)] >= '2';
}

static struct str landline_normal(struct arena *a, struct str d, struct str extension) {
	struct buf b = {.arena = a};
	size_t area = area_code_len(d);
	buf_add(&b, str_sub(d, 0, area));
	buf_byte(&b, '-');
	buf_add(&b, str_sub(d, area, d.n));
	if (extension.n) buf_byte(&b, '-');
	buf_add(&b, extension);
	return buf_str(&b);
}

/* Our own country code is no part of the normal form: 0086, 86 and +86 are dropped. */
static struct str without_86(struct arena *a, struct str d) {
	if (str_starts(d, S("+86"))) d = str_sub(d, 3, d.n);
	else if (str_starts(d, S("0086"))) d = str_sub(d, 4, d.n);
	else if (d.n == 13 && str_starts(d, S("86")) && is_mobile(str_sub(d, 2, d.n))) return str_sub(d, 2, d.n);
	else return d;
	return is_mobile(d) || (d.n && d.p[0] == '0') ? d : str_cat(a, S("0"), d);
}

static bool is_service_number(struct str d) {
	return d.n == 10 && (str_starts(d, S("400")) || str_starts(d, S("800")));
}

static struct check phone_as(struct check c, struct str given, struct str normal) {
	c.normal = normal;
	c.is_changed = !str_eq(normal, given);
	c.is_valid = true;
	return c;
}

struct check check_phone(struct arena *a, struct str s) {
	struct buf digits = {.arena = a}, extension = {.arena = a};
	struct check c = {.normal = str_trim(s)};
	if (!phone_digits(a, s, &digits, &extension)) return refused(c, S("phone"), S(""));
	struct str d = buf_str(&digits), ext = buf_str(&extension);
	if (!d.n || ext.n > 6) return refused(c, S("phone"), S(""));
	d = without_86(a, d);
	if (is_mobile(d) && !ext.n) return phone_as(c, s, d);
	if (is_landline(d)) return phone_as(c, s, landline_normal(a, d, ext));
	if (is_service_number(d)) {
		struct str head = str_cat(a, str_sub(d, 0, 3), S("-")), mid = str_cat(a, str_sub(d, 3, 3), S("-"));
		return phone_as(c, s, str_cat(a, str_cat(a, head, mid), str_sub(d, 6, 4)));
	}
	/* E.164: up to 15 digits, no country code begins with 0 */
	if (d.p[0] == '+' && d.n >= 8 && d.n <= 16 && d.p[1] != '0' && !ext.n) return phone_as(c, s, d);
	return refused(c, S("phone"), S(""));
}

struct check check_mobile(struct arena *a, struct str s) {
	struct check c = check_phone(a, s);
	if (c.is_valid && is_mobile(c.normal)) return c;
	return refused(c, S("mobile"), S(""));
}

/* ---- mail ---- */

static bool is_mail_char(char c) {
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
		|| str_has(S("!#$%&'*+-/=?^_`{|}~."), (struct str){&c, 1});
}

/* Labels of letters, digits and hyphens, at least two, the last not all digits. */
static bool is_domain(struct str domain) {
	struct str rest = domain, label = {0};
	int labels = 0;
	if (!domain.n || domain.n > 253 || str_ends(domain, S("."))) return false;
	while (str_split(&rest, '.', &label)) {
		labels++;
		if (!label.n || label.n > 63 || label.p[0] == '-' || label.p[label.n - 1] == '-') return false;
		for (size_t i = 0; i < label.n; i++) {
			char c = label.p[i];
			if (!is_digit(c) && !(c >= 'a' && c <= 'z') && c != '-') return false;
		}
	}
	return labels >= 2 && label.n >= 2 && !all_digits(label);
}

struct check check_email(struct arena *a, struct str s) {
	struct check c = {.normal = text_bare(a, s)};
	ptrdiff_t at = str_find(c.normal, S("@"));
	if (at < 1 || at > 64 || c.normal.n > 254) return refused(c, S("email"), S(""));
	struct str local = str_sub(c.normal, 0, (size_t)at),
		domain = str_lower(a, str_sub(c.normal, (size_t)at + 1, c.normal.n));
	for (size_t i = 0; i < local.n; i++)
		if (!is_mail_char(local.p[i])) return refused(c, S("email"), S(""));
	if (local.p[0] == '.' || local.p[local.n - 1] == '.' || str_has(local, S("..")))
		return refused(c, S("email"), S(""));
	if (!is_domain(domain)) return refused(c, S("email"), S(""));
	c.normal = str_cat(a, str_cat(a, local, S("@")), domain);
	c.is_valid = true;
	c.is_changed = !str_eq(c.normal, s);
	return c;
}

/* ---- masks ---- */

/* Stars for all but the first `head` and last `tail` code points; a text too short for that keeps
 * only its first. */
static struct str masked(struct arena *a, struct str s, size_t head, size_t tail) {
	struct buf b = {.arena = a};
	size_t n = str_cp_count(s), i = 0;
	if (n <= head + tail) {
		head = n > 1 ? 1 : 0;
		tail = 0;
	}
	for (struct str rest = s; rest.n; i++) {
		struct str whole = rest;
		(void)str_next(&rest);
		if (i < head || i >= n - tail) buf_add(&b, (struct str){whole.p, whole.n - rest.n});
		else buf_byte(&b, '*');
	}
	return buf_str(&b);
}

struct str mask_phone(struct arena *a, struct str s) {
	struct check c = check_phone(a, s);
	if (!c.is_valid) return masked(a, s, 0, 2);
	if (is_mobile(c.normal)) return masked(a, c.normal, 3, 4);
	ptrdiff_t dash = str_find(c.normal, S("-"));
	return masked(a, c.normal, dash > 0 ? (size_t)dash + 1 : 3, 2);
}

struct str mask_resident_id(struct arena *a, struct str s) {
	return masked(a, s, 6, 4);
}

struct str mask_person(struct arena *a, struct str s) {
	if (!s.n) return s;
	return str_cat(a, str_cp_head(s, 1), S("*"));
}

struct str mask_email(struct arena *a, struct str s) {
	ptrdiff_t at = str_find(s, S("@"));
	if (at < 1) return masked(a, s, 1, 0);
	return str_cat(a, str_cat(a, str_cp_head(s, 1), S("***")), str_sub(s, (size_t)at, s.n));
}
