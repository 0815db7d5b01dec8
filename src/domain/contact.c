#include "domain/contact.h"

#include "domain/investor.h"
#include "domain/lead.h"
#include "domain/noun.h"
#include "domain/rights.h"
#include "domain/project.h"

static const struct choice owner_kinds[] = {
	[OWNER_INVESTOR] = {S_("INVESTOR"), S_("投资方"), S_("Investor"), S_("")},
	[OWNER_PROJECT] = {S_("PROJECT"), S_("项目"), S_("Project"), S_("")},
	[OWNER_LEAD] = {S_("LEAD"), S_("线索"), S_("Lead"), S_("")},
};
static const struct choice consents[] = {
	{S_("GIVEN"), S_("本人同意"), S_("Consent given"), S_("")},
	{S_("PUBLIC_SOURCE"), S_("公开来源"), S_("Public source"), S_("")},
	{S_("NONE"), S_("未取得"), S_("None"), S_("")},
};

enum { PERSONAL = FIELD_FORM | FIELD_LIST | FIELD_PERSONAL };
#define F(m, ...) FIELD(contact, m, __VA_ARGS__)
static const struct field fields[] = {
	F(owner_kind, F_ENUM, FIELD_REQUIRED | FIELD_FINAL | FIELD_FILTER, "所属类型", "Owner kind", .group = S_("base"), CHOICES(owner_kinds)),
	F(owner_id, F_INT, FIELD_REQUIRED | FIELD_FINAL | FIELD_FILTER, "所属记录", "Owner", .group = S_("base"), .max = INT64_C(1) << 53),
	F(name, F_TEXT, PERSONAL | FIELD_REQUIRED, "姓名", "Name", .group = S_("base"), .personal = PERSONAL_CONTACT, .max = 50),
	F(title, F_TEXT, FIELD_FORM | FIELD_LIST, "职务", "Title", .group = S_("base"), .max = 80),
	F(mobile, F_PHONE, PERSONAL | FIELD_SEALED, "手机", "Mobile", .group = S_("base"), .personal = PERSONAL_CONTACT),
	F(phone, F_PHONE, PERSONAL | FIELD_SEALED, "固定电话", "Telephone", .group = S_("base"), .personal = PERSONAL_CONTACT),
	F(email, F_EMAIL, PERSONAL, "邮箱", "E-mail", .group = S_("base"), .personal = PERSONAL_CONTACT),
	F(wechat, F_TEXT, FIELD_FORM | FIELD_PERSONAL, "微信", "WeChat", .group = S_("base"), .personal = PERSONAL_CONTACT, .max = 40),
	F(resident_id, F_RESIDENT_ID, FIELD_FORM | FIELD_PERSONAL | FIELD_SEALED, "身份证号", "Resident ID", .group = S_("base"), .personal = PERSONAL_IDENTITY),
	F(is_main, F_BOOL, FIELD_FORM | FIELD_LIST | FIELD_FILTER, "主要联系人", "Main contact", .group = S_("base")),
	F(consent, F_ENUM, FIELD_FORM | FIELD_LIST, "取得依据", "Basis", .group = S_("other"), CHOICES(consents)),
	F(purpose, F_TEXT, FIELD_FORM, "使用目的", "Purpose", .group = S_("other")),
};
#undef F

/* The owner must be one that this actor sees: an id tells an outsider nothing. */
static enum err check(struct ctx *ctx, const void *old, void *rec, const struct fieldset *set) {
	const struct contact *c = rec;
	const struct noun *owners[] = {&investor_noun, &project_noun, &lead_noun};
	(void)set;
	if (old || c->owner_kind == CHOICE_NONE || c->owner_id == NONE) return ERR_OK;
	const struct noun *n = owners[c->owner_kind];
	struct error *kept = (struct error *)(uintptr_t)ctx->error;
	if (record_get(ctx, n, c->owner_id, arena_alloc(ctx->arena, n->size)) == ERR_OK) return ERR_OK;
	ctx->error = kept;
	return fail(ctx, ERR_INVALID, S("owner_id"), S("no_such_record"));
}

static const struct order orders[] = {DESC(is_main), ASC(id)};

const struct noun contact_noun = {
	.name = S_("contact"), .plural = S_("contacts"), .zh = S_("联系人"), .en = S_("Contact"),
	.table = S_("contact"), .object = OBJ_CONTACT, .keeps_edits = true, .size = sizeof(struct contact), FIELDS(fields),
	.visible = Q_CONTACT_VISIBLE, .generic = CAN_CREATE | CAN_UPDATE | CAN_DELETE, ORDERS(orders),
	.check = check,
};
