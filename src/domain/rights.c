#include "domain/rights.h"

static const struct str object_names[OBJ__N] = {
	[OBJ_PROJECT] = S_("project"), [OBJ_LEAD] = S_("lead"), [OBJ_INVESTOR] = S_("investor"),
	[OBJ_CONTACT] = S_("contact"), [OBJ_TALK] = S_("talk"), [OBJ_AGREEMENT] = S_("agreement"),
	[OBJ_EVIDENCE] = S_("evidence"), [OBJ_PROGRESS] = S_("progress"), [OBJ_FUNDS] = S_("funds"),
	[OBJ_PROPOSAL] = S_("proposal"), [OBJ_IMPORT] = S_("import"), [OBJ_ACCOUNT] = S_("account"),
	[OBJ_ASSIGNMENT] = S_("assignment"), [OBJ_AUDIT] = S_("audit"), [OBJ_PARAM] = S_("param"),
	[OBJ_SYSTEM] = S_("system"), [OBJ_VIEW] = S_("view"),
	[OBJ_EDIT] = S_("edit"),
	[OBJ_SECURITY] = S_("security"), [OBJ_PERSON] = S_("person"),
};

/* What a refusal calls them. */
static const struct {
	struct str zh, en;
} object_labels[OBJ__N] = {
	[OBJ_PROJECT] = {S_("项目"), S_("projects")}, [OBJ_LEAD] = {S_("线索"), S_("leads")},
	[OBJ_INVESTOR] = {S_("投资方"), S_("investors")}, [OBJ_CONTACT] = {S_("联系人"), S_("contacts")},
	[OBJ_TALK] = {S_("洽谈"), S_("talks")}, [OBJ_AGREEMENT] = {S_("协议合同"), S_("agreements")},
	[OBJ_EVIDENCE] = {S_("佐证材料"), S_("evidence")}, [OBJ_PROGRESS] = {S_("进展"), S_("progress reports")},
	[OBJ_FUNDS] = {S_("到位资金"), S_("funds in place")}, [OBJ_PROPOSAL] = {S_("推进事项"), S_("proposals")},
	[OBJ_IMPORT] = {S_("导入"), S_("imports")}, [OBJ_ACCOUNT] = {S_("账号"), S_("accounts")},
	[OBJ_ASSIGNMENT] = {S_("角色分配"), S_("assignments of roles")}, [OBJ_AUDIT] = {S_("审计记录"), S_("audit rows")},
	[OBJ_PARAM] = {S_("参数"), S_("parameters")}, [OBJ_SYSTEM] = {S_("系统"), S_("system settings")},
	[OBJ_VIEW] = {S_("视图"), S_("views")}, [OBJ_EDIT] = {S_("改动和批量操作"), S_("edits and bulk acts")},
	[OBJ_SECURITY] = {S_("安全设置"), S_("security settings")},
	[OBJ_PERSON] = {S_("个人信息"), S_("personal data")},
};

/* The handbook's 2.3, completed for every role (R-001). C create, R read, U update, D delete,
 * S submit, V review or verify, X export, P reveal personal data; o = own records only, t = reads
 * the state only; "" = denied. Offices of 等保 (SYS, SEC, LOG) see no business data. */
enum { COLUMNS = ROLE__N };
static const char *const table[OBJ__N][COLUMNS] = {
	/*                 SYS     SEC    LOG   LEADER  C_STAFF    C_VERIF  FACTOR POLICY AUDIT  K_LEAD K_STAFF    K_REV   PARK   OFFICER DEPT PARTNER  ENTERPR PUBLIC */
	[OBJ_PROJECT]    = {"",    "",    "",   "RX",   "CRUDSXP", "RVXP",  "R",   "R",   "RXP", "RX",  "CRUDSXP", "RVXP", "oR",  "oR",   "",  "otR",   "oR",   ""},
	[OBJ_LEAD]       = {"",    "",    "",   "R",    "CRUDSXP", "RV",    "",    "",    "RXP", "R",   "CRUDSXP", "RV",   "",    "",     "",  "oCRUS", "",     ""},
	[OBJ_INVESTOR]   = {"",    "",    "",   "RX",   "CRUDX",   "RX",    "R",   "R",   "RX",  "RX",  "CRUDX",   "RX",   "oR",  "oR",   "",  "",      "",     ""},
	[OBJ_CONTACT]    = {"",    "",    "",   "R",    "CRUDP",   "RP",    "",    "",    "RP",  "R",   "CRUDP",   "RP",   "",    "oRP",  "",  "",      "",     ""},
	[OBJ_TALK]       = {"",    "",    "",   "R",    "CRUD",    "R",     "",    "",    "R",   "R",   "CRUD",    "R",    "",    "oCR",  "",  "",      "",     ""},
	[OBJ_AGREEMENT]  = {"",    "",    "",   "R",    "CRUD",    "R",     "",    "R",   "R",   "R",   "CRUD",    "R",    "",    "oR",   "",  "",      "",     ""},
	[OBJ_EVIDENCE]   = {"",    "",    "",   "R",    "CRUD",    "RV",    "R",   "R",   "R",   "R",   "CRUD",    "RV",   "oCR", "oCR",  "",  "",      "oCR",  ""},
	[OBJ_PROGRESS]   = {"",    "",    "",   "R",    "CRU",     "R",     "",    "",    "R",   "R",   "CRU",     "R",    "oR",  "oCRU", "",  "",      "oCR",  ""},
	[OBJ_FUNDS]      = {"",    "",    "",   "R",    "R",       "RV",    "",    "R",   "R",   "R",   "CRUS",    "RV",   "",    "oR",   "",  "",      "oCRS", ""},
	[OBJ_PROPOSAL]   = {"",    "",    "",   "R",    "CRS",     "CRSV",  "",    "",    "R",   "R",   "CRS",     "RV",   "",    "oR",   "",  "",      "oR",   ""},
	[OBJ_IMPORT]     = {"",    "",    "",   "",     "CRUD",    "RV",    "",    "",    "R",   "",    "CRUD",    "R",    "",    "",     "",  "",      "",     ""},
	[OBJ_ACCOUNT]    = {"CRU", "R",   "R",  "",     "",        "",      "",    "",    "R",   "",    "",        "",     "",    "",     "",  "",      "",     ""},
	[OBJ_ASSIGNMENT] = {"R",   "CRU", "R",  "",     "",        "",      "",    "",    "R",   "",    "",        "",     "",    "",     "",  "",      "",     ""},
	[OBJ_AUDIT]      = {"",    "",    "oRX","",     "",        "",      "",    "",    "RX",  "",    "",        "",     "",    "",     "",  "",      "",     ""},
	[OBJ_PARAM]      = {"CRU", "R",   "R",  "R",    "R",       "R",     "R",   "R",   "R",   "R",   "R",       "R",    "",    "",     "",  "",      "",     ""},
	[OBJ_PERSON]     = {"",    "",    "",   "",     "RUDX",    "",      "",    "",    "R",   "",    "RUDX",    "",     "",    "",     "",  "",      "",     ""},
	[OBJ_SECURITY]   = {"R",   "RU",  "R",  "",     "",        "",      "",    "",    "",    "",    "",        "",     "",    "",     "",  "",      "",     ""},
	[OBJ_SYSTEM]     = {"RU",  "RU",  "R",  "",     "",        "",      "",    "",    "",    "",    "",        "",     "",    "",     "",  "",      "",     ""},
	[OBJ_VIEW]       = {"CRUD","CRUD","CRUD","CRUDS","CRUDS", "CRUDS", "CRUD","CRUD","CRUD","CRUDS","CRUDS",   "CRUDS","oCRUD","oCRUD","", "oCRUD", "oCRUD",""},
	[OBJ_EDIT]       = {"",    "",    "",   "",     "CRU",     "",      "",    "",    "",    "",    "CRU",     "",     "",    "oRU",  "",  "oRU",   "",     ""},
};

/* By letter, because rights are asked for every field of every answer. */
static const uint16_t letter_bits[128] = {
	['C'] = CAN_CREATE, ['R'] = CAN_READ, ['U'] = CAN_UPDATE, ['D'] = CAN_DELETE, ['S'] = CAN_SUBMIT,
	['V'] = CAN_VERIFY, ['X'] = CAN_EXPORT, ['P'] = CAN_REVEAL, ['o'] = OWN_ONLY, ['t'] = STATE_ONLY,
};

uint32_t rights_of(enum role r, enum object o) {
	uint32_t all = 0;
	for (const char *c = table[o][r]; *c; c++) all |= letter_bits[*c & 127];
	return all;
}

bool may(const struct ctx *ctx, enum object o, uint32_t right) {
	return (rights_of(ctx->actor.role, o) & right) == right;
}

enum err need(struct ctx *ctx, enum object o, uint32_t right) {
	if (may(ctx, o, right)) return ERR_OK;
	if (!ctx->actor.account_id) return fail(ctx, ERR_UNAUTHENTICATED, S(""), S("login_first"));
	return fail_with(ctx, ERR_FORBIDDEN, S(""), S("no_right"), role_label(ctx->actor.role, ctx->lang),
	                 ctx->lang == LANG_EN ? object_labels[o].en : object_labels[o].zh);
}

struct str object_name(enum object o) {
	return object_names[o];
}

struct str rights_letters(struct arena *a, uint32_t bits) {
	static const char letters[] = "CRUDSVXP"; /* what is shown: not how far it reaches */
	struct buf b = {.arena = a};
	for (const char *c = letters; *c; c++)
		if (bits & letter_bits[*c & 127]) buf_byte(&b, *c);
	return buf_str(&b);
}

bool role_is_office(enum role r) {
	return r == ROLE_SYS_ADMIN || r == ROLE_SEC_ADMIN || r == ROLE_LOG_ADMIN;
}

enum secrecy role_clearance(enum role r) {
	bool is_outside = r == ROLE_PARTNER || r == ROLE_ENTERPRISE || r == ROLE_PUBLIC;
	return is_outside || role_is_office(r) ? SECRECY_OPEN : SECRECY_INTERNAL;
}

struct str role_own(enum role r) {
	static const struct str own[ROLE__N] = {
		[ROLE_SERVICE_OFFICER] = S_("OFFICER"), [ROLE_PARTNER] = S_("PARTNER"),
		[ROLE_ENTERPRISE] = S_("ENTERPRISE"), [ROLE_PARK_STAFF] = S_("PARK"),
		[ROLE_LOG_ADMIN] = S_("OFFICE"), /* of the audit: every row, the values of its own trade only */
	};
	return own[r];
}
