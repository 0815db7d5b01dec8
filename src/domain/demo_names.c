/* demo_names.c - invented persons, firms, codes and telephone numbers.
 *
 * They pass every check of check.h and belong to nobody: credit codes have an organisation part that
 * begins with MY, mobiles lie in 1990000xxxx, resident IDs in 370700, which is never given out. */
#include "domain/demo_parts.h"

#include <assert.h>

struct str demo_cat(struct arena *a, const struct str *parts, size_t n) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < n; i++) buf_add(&b, parts[i]);
	return buf_str(&b);
}

struct str demo_no(struct arena *a, int64_t v, int digits) {
	struct buf b = {.arena = a};
	buf_pad(&b, v, digits);
	return buf_str(&b);
}

static struct str any_of(struct demo_rng *r, const struct str *list, size_t n) {
	return list[demo_between(r, 0, (int64_t)n - 1)];
}

struct str demo_person(struct arena *a, struct demo_rng *r) {
	static const struct str family[] = {
		S_("周"), S_("林"), S_("许"), S_("陆"), S_("程"), S_("沈"), S_("顾"), S_("方"), S_("苏"), S_("江"), S_("秦"), S_("乔"),
		S_("孟"), S_("温"), S_("宋"), S_("邵"), S_("叶"), S_("季"), S_("郑"), S_("尹"), S_("岳"), S_("卢"), S_("韩"), S_("崔"),
	};
	static const struct str given[] = {
		S_("知行"), S_("望舒"), S_("若谷"), S_("清和"), S_("怀瑾"), S_("致远"), S_("书昀"), S_("明澈"), S_("云岫"), S_("景行"),
		S_("思齐"), S_("安歌"), S_("以宁"), S_("听澜"), S_("守正"), S_("砚秋"), S_("星野"), S_("予安"), S_("承煦"), S_("静姝"),
		S_("南乔"), S_("维桢"), S_("载阳"), S_("青禾"), S_("维岳"), S_("采薇"), S_("子衿"), S_("嘉树"), S_("有仪"), S_("维周"),
	};
	return CAT(a, any_of(r, family, LEN(family)), any_of(r, given, LEN(given)));
}

struct str demo_brand(struct arena *a, struct demo_rng *r) {
	static const struct str first[] = {
		S_("澜"), S_("岑"), S_("沐"), S_("砚"), S_("霁"), S_("衡"), S_("朔"), S_("泓"), S_("屿"), S_("昱"), S_("翊"), S_("铎"), S_("曜"),
		S_("珩"), S_("祺"), S_("樾"), S_("峤"), S_("湛"), S_("垚"), S_("璟"), S_("筠"), S_("熠"), S_("钰"), S_("滢"), S_("岚"), S_("旻"),
		S_("珂"), S_("琛"), S_("骁"), S_("澄"), S_("沅"), S_("栩"), S_("楠"), S_("桓"), S_("煦"), S_("昀"), S_("钧"), S_("铭"), S_("谦"),
	};
	static const struct str second[] = {
		S_("序"), S_("禾"), S_("垣"), S_("川"), S_("微"), S_("芯"), S_("晟"), S_("朴"), S_("原"), S_("桥"), S_("越"), S_("策"), S_("衍"),
		S_("途"), S_("光"), S_("合"), S_("元"), S_("磐"), S_("舟"), S_("岩"), S_("启"), S_("拓"), S_("恒"), S_("境"), S_("和"), S_("程"),
		S_("森"), S_("野"), S_("润泽"), S_("图"), S_("研"), S_("成"), S_("锐"), S_("维"), S_("远"), S_("润"), S_("科"), S_("航"), S_("力"),
	};
	return CAT(a, any_of(r, first, LEN(first)), any_of(r, second, LEN(second)));
}

/* GB 32100-2015 and, for the organisation part, GB 11714. */
struct str demo_uscc(struct arena *a, struct str area_code, int64_t no) {
	static const char set[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	static const int org_weights[8] = {3, 7, 9, 10, 5, 8, 4, 2};
	char code[18] = {'9', '1'};
	assert(area_code.n == 6);
	for (size_t i = 0; i < 6; i++) code[2 + i] = area_code.p[i];
	code[8] = 'M';
	code[9] = 'Y';
	for (size_t i = 15; i > 9; i--, no /= 31) code[i] = set[no % 31];
	int sum = 0;
	for (size_t i = 0; i < 8; i++) {
		char c = code[8 + i];
		sum += org_weights[i] * (c <= '9' ? c - '0' : c - 'A' + 10);
	}
	int check = (11 - sum % 11) % 11;
	code[16] = check == 10 ? 'X' : (char)('0' + check);
	int weight = 1;
	sum = 0;
	for (size_t i = 0; i < 17; i++, weight = weight * 3 % 31) {
		int v = 0;
		while (set[v] != code[i]) v++;
		sum += v * weight;
	}
	code[17] = set[(31 - sum % 31) % 31];
	return str_copy(a, (struct str){code, sizeof code});
}

struct str demo_mobile(struct arena *a, int64_t no) {
	return CAT(a, S("1990000"), demo_no(a, no % 10000, 4));
}

struct str demo_resident_id(struct arena *a, struct demo_rng *r, int64_t no) {
	static const int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
	struct str body = CAT(a, S("370700"), demo_no(a, demo_between(r, 1968, 1998), 4),
		demo_no(a, demo_between(r, 1, 12), 2), demo_no(a, demo_between(r, 1, 28), 2),
		demo_no(a, no % 1000, 3));
	int sum = 0;
	for (size_t i = 0; i < 17; i++) sum += weights[i] * (body.p[i] - '0');
	return CAT(a, body, str_sub(S("10X98765432"), (size_t)(sum % 11), 1));
}

struct str demo_firm(struct arena *a, struct demo_rng *r, const struct demo_origin *o,
		struct str brand, struct str stem) {
	bool is_kabushiki = str_eq(o->country, S("JP")) || str_eq(o->country, S("KR"));
	if (!o->area_code.n) return CAT(a, o->name, brand, stem, is_kabushiki ? S("株式会社") : S("有限公司"));
	switch (demo_between(r, 0, 5)) {
	case 0: return CAT(a, brand, stem, S("（"), o->name, S("）有限公司"));
	case 1: return CAT(a, o->name, brand, stem, S("股份有限公司"));
	case 2: return CAT(a, brand, S("控股集团（"), o->name, S("）有限公司"));
	default: return CAT(a, o->name, brand, stem, S("有限公司"));
	}
}

struct str demo_wan_text(struct arena *a, int64_t wan) {
	struct buf b = {.arena = a};
	if (wan < 10000) {
		buf_int(&b, wan);
		buf_c(&b, "万元");
	} else if (wan % 10000 == 0) {
		buf_int(&b, wan / 10000);
		buf_c(&b, "亿元");
	} else {
		buf_fixed(&b, (wan + 50) / 100, 2);
		buf_c(&b, "亿元");
	}
	return buf_str(&b);
}
