#include "domain/field_check.h"

#include "domain/check.h"
#include "domain/reference.h"
#include "domain/text.h"

static struct check check_credit_code(struct arena *a, struct str s) {
	return check_uscc(a, s, false);
}

static struct check check_resident(struct arena *a, struct str s) {
	return check_resident_id(a, s, DAY_NONE);
}

static struct check check_region(struct arena *a, struct str s) {
	struct check c = {.normal = text_bare(a, s)};
	c.is_valid = region_by_code(c.normal) != NULL;
	if (!c.is_valid) c.rule = S("no_such_region");
	return c;
}

static struct check check_industry(struct arena *a, struct str s) {
	const struct industry *i = industry_by_code(text_bare(a, s));
	if (!i || i->level == INDUSTRY_SECTION) return (struct check){.normal = s, .rule = S("no_such_industry")};
	return (struct check){.is_valid = true, .normal = i->code};
}

static struct check (*const checks[F_TYPE__N])(struct arena *a, struct str s) = {
	[F_USCC] = check_credit_code, [F_PHONE] = check_phone, [F_EMAIL] = check_email,
	[F_RESIDENT_ID] = check_resident, [F_REGION] = check_region, [F_INDUSTRY] = check_industry,
};

bool check_typed_text(struct arena *a, enum ftype type, struct str text, struct str *normal,
		struct str *rule) {
	if (!checks[type]) return true;
	struct check c = checks[type](a, text);
	*normal = c.normal;
	*rule = c.rule;
	return c.is_valid;
}

struct str mask_text(struct arena *a, enum ftype type, struct str text) {
	static struct str (*const masks[F_TYPE__N])(struct arena *a, struct str s) = {
		[F_PHONE] = mask_phone, [F_EMAIL] = mask_email, [F_RESIDENT_ID] = mask_resident_id,
	};
	return masks[type] ? masks[type](a, text) : mask_person(a, text);
}
