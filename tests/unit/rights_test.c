/* Every route of the API description, asked by every role for its own record and for others'. What must
 * come back is worked out from the tables here (handbook 2.1 to 2.4 and names.md "Roles"), which know
 * nothing of the program's. A route that is not in these tables fails, and one that is only here does. */
#include "city.h"

#include "api/api.h"
#include "domain/job.h"
#include "domain/reference.h"

#include <jansson.h>

/* Records of every noun: 1 lies with everybody who has one of his own, in Shouguang; 2 in another county;
 * 3 is sealed or lies in another city. */
enum { OWN = 1, OTHER_COUNTY, SEALED, RECORDS = 3 };

/* ---- who may what ---- */

#define OFFICES "SYS_ADMIN SEC_ADMIN LOG_ADMIN "
#define LEADERS "CITY_LEADER COUNTY_LEADER "
#define STAFF "CITY_STAFF COUNTY_STAFF "
#define JUDGES "CITY_VERIFIER COUNTY_REVIEWER "
#define DEPARTMENTS "CITY_FACTOR CITY_POLICY "
#define OUTSIDE "PARK_STAFF SERVICE_OFFICER PARTNER ENTERPRISE "

static const struct {
	const char *object;
	char right;
	const char *roles;
} rights[] = {
	{"project", 'R', LEADERS STAFF JUDGES DEPARTMENTS "CITY_AUDITOR " OUTSIDE}, {"project", 'C', STAFF}, {"project", 'U', STAFF}, {"project", 'D', STAFF},
	{"project", 'P', STAFF JUDGES "CITY_AUDITOR"},
	{"lead", 'R', LEADERS STAFF JUDGES "CITY_AUDITOR PARTNER"}, {"lead", 'C', STAFF "PARTNER"}, {"lead", 'U', STAFF "PARTNER"}, {"lead", 'D', STAFF},
	{"lead", 'P', STAFF "CITY_AUDITOR"},
	{"investor", 'R', LEADERS STAFF JUDGES DEPARTMENTS "CITY_AUDITOR PARK_STAFF SERVICE_OFFICER"}, {"investor", 'C', STAFF}, {"investor", 'U', STAFF},
	{"investor", 'D', STAFF}, {"investor", 'P', ""},
	{"contact", 'R', LEADERS STAFF JUDGES "CITY_AUDITOR SERVICE_OFFICER"}, {"contact", 'C', STAFF}, {"contact", 'U', STAFF}, {"contact", 'D', STAFF},
	{"contact", 'P', STAFF JUDGES "CITY_AUDITOR SERVICE_OFFICER"},
	{"talk", 'R', LEADERS STAFF JUDGES "CITY_AUDITOR SERVICE_OFFICER"}, {"talk", 'C', STAFF "SERVICE_OFFICER"}, {"talk", 'U', STAFF}, {"talk", 'D', STAFF}, {"talk", 'P', ""},
	{"agreement", 'R', LEADERS STAFF JUDGES "CITY_POLICY CITY_AUDITOR SERVICE_OFFICER"}, {"agreement", 'C', STAFF}, {"agreement", 'U', STAFF}, {"agreement", 'D', STAFF}, {"agreement", 'P', ""},
	{"evidence", 'R', LEADERS STAFF JUDGES DEPARTMENTS "CITY_AUDITOR PARK_STAFF SERVICE_OFFICER ENTERPRISE"}, {"evidence", 'C', STAFF "PARK_STAFF SERVICE_OFFICER ENTERPRISE"},
	{"evidence", 'U', STAFF}, {"evidence", 'D', STAFF}, {"evidence", 'V', JUDGES}, {"evidence", 'P', ""},
	{"progress", 'R', LEADERS STAFF JUDGES "CITY_AUDITOR PARK_STAFF SERVICE_OFFICER ENTERPRISE"}, {"progress", 'C', STAFF "SERVICE_OFFICER ENTERPRISE"},
	{"progress", 'U', STAFF "SERVICE_OFFICER"}, {"progress", 'P', ""},
	{"funds", 'R', LEADERS STAFF JUDGES "CITY_POLICY CITY_AUDITOR SERVICE_OFFICER ENTERPRISE"}, {"funds", 'P', ""},
	{"proposal", 'R', LEADERS STAFF JUDGES "CITY_AUDITOR SERVICE_OFFICER ENTERPRISE"}, {"proposal", 'S', STAFF "CITY_VERIFIER"}, {"proposal", 'V', JUDGES}, {"proposal", 'P', ""},
	{"import", 'R', STAFF JUDGES "CITY_AUDITOR"}, {"import", 'C', STAFF}, {"import", 'U', STAFF}, {"import", 'V', "CITY_VERIFIER"}, {"import", 'P', ""},
	{"account", 'R', OFFICES "CITY_AUDITOR"}, {"account", 'C', "SYS_ADMIN"}, {"account", 'U', "SYS_ADMIN"}, {"account", 'P', ""},
	{"assignment", 'R', OFFICES "CITY_AUDITOR"}, {"assignment", 'C', "SEC_ADMIN"}, {"assignment", 'U', "SEC_ADMIN"}, {"assignment", 'P', ""},
	{"audit", 'R', "LOG_ADMIN CITY_AUDITOR"}, {"audit", 'P', ""},
	{"param", 'U', "SYS_ADMIN"}, {"person", 'R', STAFF "CITY_AUDITOR"}, {"person", 'U', STAFF}, {"person", 'D', STAFF}, {"person", 'X', STAFF}, {"security", 'R', OFFICES}, {"security", 'U', "SEC_ADMIN"}, {"system", 'R', OFFICES}, {"system", 'U', "SYS_ADMIN SEC_ADMIN"},
	{"view", 'R', OFFICES LEADERS STAFF JUDGES DEPARTMENTS "CITY_AUDITOR " OUTSIDE}, {"view", 'C', OFFICES LEADERS STAFF JUDGES DEPARTMENTS "CITY_AUDITOR " OUTSIDE},
	{"view", 'U', OFFICES LEADERS STAFF JUDGES DEPARTMENTS "CITY_AUDITOR " OUTSIDE}, {"view", 'D', OFFICES LEADERS STAFF JUDGES DEPARTMENTS "CITY_AUDITOR " OUTSIDE}, {"view", 'P', ""},
	{"project", 'X', LEADERS STAFF JUDGES "CITY_AUDITOR"}, {"lead", 'X', STAFF "CITY_AUDITOR"}, {"investor", 'X', LEADERS STAFF JUDGES "CITY_AUDITOR"},
	{"audit", 'X', "LOG_ADMIN CITY_AUDITOR"},
	{"contact", 'X', ""}, {"talk", 'X', ""}, {"agreement", 'X', ""}, {"evidence", 'X', ""}, {"progress", 'X', ""}, {"funds", 'X', ""},
	{"proposal", 'X', ""}, {"import", 'X', ""}, {"account", 'X', ""}, {"assignment", 'X', ""}, {"view", 'X', ""}, {"edit", 'X', ""},
	{"edit", 'R', STAFF "SERVICE_OFFICER PARTNER"}, {"edit", 'U', STAFF "SERVICE_OFFICER PARTNER"}, {"edit", 'C', STAFF}, {"edit", 'P', ""},
};

/* ---- what is where ---- */

enum sight {
	OF_PROJECT,   /* seen with its project */
	OF_REGION,    /* of the unit that keeps it: no roles with own records */
	OF_CITY,      /* of the city as a whole: the right is enough */
	OF_MAKER,     /* 1 was made by the city's staff, 2 by the county's */
	OF_NOBODY,    /* belongs to an account that does not ask */
};

/* The generic routes of a noun: list, values and one record always; new, change and delete where said, and
 * reveal where it has personal fields (P). */
static const struct {
	const char *plural, *object, *does;
	enum sight sight;
} nouns_here[] = {
	{"projects", "project", "CUD", OF_PROJECT}, {"investors", "investor", "CUD", OF_PROJECT}, {"leads", "lead", "CUD", OF_PROJECT},
	{"contacts", "contact", "CUDP", OF_PROJECT}, {"talks", "talk", "CUD", OF_PROJECT}, {"agreements", "agreement", "CUD", OF_PROJECT},
	{"evidence", "evidence", "UD", OF_PROJECT}, {"phases", "project", "CUD", OF_PROJECT}, {"parties", "project", "CUD", OF_PROJECT},
	{"project-codes", "project", "CUD", OF_PROJECT}, {"progress", "progress", "CU", OF_PROJECT}, {"funds", "funds", "", OF_PROJECT},
	{"proposals", "proposal", "", OF_PROJECT}, {"imports", "import", "", OF_REGION}, {"accounts", "account", "UP", OF_CITY},
	{"assignments", "assignment", "", OF_CITY}, {"audit", "audit", "", OF_CITY}, {"views", "view", "CUD", OF_MAKER},
	{"edits", "edit", "", OF_MAKER}, {"bulks", "edit", "", OF_MAKER}, {"grade-changes", "proposal", "", OF_PROJECT},
};

#define KEEP_OPEN "{\"secrecy\":\"OPEN\",\"reason\":\"x\"}" /* no change for record 1, so that others still see it */
#define GRADE_WAITS "UPDATE grade_change SET state = 'OPEN'"
#define WAITS_FOR(act) "UPDATE proposal SET state = 'OPEN', next_act = '" act "'"

enum who { ANYBODY, LOGGED_IN, WITH_SESSION, WITH_RIGHT }; /* WITH_SESSION: this test has none, so nobody */

/* The others. only: of those with the right, who may do this step (others are told 403); NULL = all.
 * before: the state that the step needs; body: one that is understood. */
static const struct {
	const char *method, *path;
	enum who who;
	const char *object;
	char right;
	enum sight sight;
	const char *only, *before, *body;
} routes_here[] = {
	{"GET", "/api/v1/status", ANYBODY, "", 0, .sight = 0},
	{"POST", "/api/v1/setup", ANYBODY, "", 0, .sight = 0},
	{"POST", "/api/v1/csp-reports", ANYBODY, "", 0, .sight = 0},
	{"GET", "/api/openapi.json", ANYBODY, "", 0, .sight = 0},
	{"POST", "/api/v1/session", ANYBODY, "", 0, .sight = 0},
	{"GET", "/api/v1/session", LOGGED_IN, "", 0, .sight = 0},
	{"PATCH", "/api/v1/session", WITH_SESSION, "", 0, .sight = 0},
	{"DELETE", "/api/v1/session", WITH_SESSION, "", 0, .sight = 0},
	{"PUT", "/api/v1/session/password", LOGGED_IN, "", 0, .sight = 0},
	{"PATCH", "/api/v1/session/account", LOGGED_IN, "", 0, .sight = 0},
	{"GET", "/api/v1/session/factor", LOGGED_IN, "", 0, .sight = 0},
	{"POST", "/api/v1/session/factor", LOGGED_IN, "", 0, .sight = 0},
	{"PUT", "/api/v1/session/factor", LOGGED_IN, "", 0, .sight = 0},
	{"POST", "/api/v1/session/factor/codes", LOGGED_IN, "", 0, .sight = 0},
	{"POST", "/api/v1/session/factor/remove", LOGGED_IN, "", 0, .sight = 0},
	{"GET", "/api/v1/sessions", LOGGED_IN, "", 0, .sight = 0},
	{"DELETE", "/api/v1/sessions/{id}", LOGGED_IN, "", 0, .sight = OF_NOBODY},
	{"GET", "/api/v1/schema", LOGGED_IN, "", 0, .sight = 0},
	{"GET", "/api/v1/regions", LOGGED_IN, "", 0, .sight = 0},
	{"GET", "/api/v1/industries", LOGGED_IN, "", 0, .sight = 0},
	{"GET", "/api/v1/roles", LOGGED_IN, "", 0, .sight = 0},
	{"GET", "/api/v1/search", LOGGED_IN, "", 0, .sight = 0}, /* what it tells is held in scope_test */
	{"GET", "/api/v1/events", LOGGED_IN, "", 0, .sight = 0},
	{"GET", "/api/v1/jobs", LOGGED_IN, "", 0, .sight = 0},
	{"GET", "/api/v1/jobs/{id}", LOGGED_IN, "", 0, .sight = OF_NOBODY},
	{"DELETE", "/api/v1/jobs/{id}", LOGGED_IN, "", 0, .sight = OF_NOBODY},
	{"GET", "/api/v1/notices", LOGGED_IN, "", 0, .sight = 0},
	{"POST", "/api/v1/notices/read", LOGGED_IN, "", 0, .sight = 0},
	{"GET", "/api/v1/jobs/{id}/file", LOGGED_IN, "", 0, .sight = OF_NOBODY},
	{"GET", "/api/v1/calendar", LOGGED_IN, "", 0, .sight = 0},
	{"PUT", "/api/v1/calendar/{year}", WITH_RIGHT, "param", 'U', .sight = 0},
	{"POST", "/api/v1/projects/{id}/light", WITH_RIGHT, "project", 'U', .sight = OF_PROJECT},
	{"POST", "/api/v1/imports/{id}/cancel", WITH_RIGHT, "import", 'U', .sight = OF_REGION},
	{"GET", "/api/v1/board", WITH_RIGHT, "project", 'R', .sight = 0},
	{"GET", "/api/v1/workbench", LOGGED_IN, "", 0, .sight = 0},
	{"GET", "/api/v1/officers", WITH_RIGHT, "project", 'U', .sight = 0},
	{"GET", "/api/v1/projects/{id}/way", WITH_RIGHT, "project", 'R', .sight = OF_PROJECT},
	{"GET", "/api/v1/projects/{id}/history", WITH_RIGHT, "project", 'R', .sight = OF_PROJECT, .only = LEADERS STAFF JUDGES DEPARTMENTS "CITY_AUDITOR PARK_STAFF SERVICE_OFFICER ENTERPRISE"}, /* a partner reads the state only */
	{"POST", "/api/v1/projects/{id}/proposals", WITH_RIGHT, "proposal", 'S', .sight = OF_PROJECT},
	{"POST", "/api/v1/proposals/{id}/review", WITH_RIGHT, "proposal", 'V', .sight = OF_PROJECT, .only = "COUNTY_REVIEWER", .before = WAITS_FOR("REVIEW")},
	{"POST", "/api/v1/proposals/{id}/verify", WITH_RIGHT, "proposal", 'V', .sight = OF_PROJECT, .only = "CITY_VERIFIER", .before = WAITS_FOR("VERIFY")},
	{"POST", "/api/v1/proposals/{id}/return", WITH_RIGHT, "proposal", 'V', .sight = OF_PROJECT, .only = "COUNTY_REVIEWER", .before = WAITS_FOR("REVIEW"), .body = "{\"comment\":\"x\"}"},
	{"POST", "/api/v1/proposals/{id}/withdraw", WITH_RIGHT, "proposal", 'S', .sight = OF_PROJECT, .only = "", .before = WAITS_FOR("REVIEW")},
	{"POST", "/api/v1/projects/bulk", WITH_RIGHT, "edit", 'C', .sight = 0},
	{"POST", "/api/v1/bulks/{id}/run", WITH_RIGHT, "edit", 'C', .sight = OF_MAKER},
	{"POST", "/api/v1/bulks/{id}/undo", WITH_RIGHT, "edit", 'C', .sight = OF_MAKER},
	{"GET", "/api/v1/bulks/{id}/rows", WITH_RIGHT, "edit", 'R', .sight = OF_MAKER},
	{"POST", "/api/v1/edits/{id}/undo", WITH_RIGHT, "edit", 'U', .sight = OF_MAKER},
	{"POST", "/api/v1/evidence", WITH_RIGHT, "evidence", 'C', .sight = 0},
	{"GET", "/api/v1/evidence/{id}/content", WITH_RIGHT, "evidence", 'R', .sight = OF_PROJECT},
	{"POST", "/api/v1/evidence/{id}/verify", WITH_RIGHT, "evidence", 'V', .sight = OF_PROJECT, .body = "{\"state\":\"OK\"}"},
	{"POST", "/api/v1/projects/{id}/grade", WITH_RIGHT, "proposal", 'S', .sight = OF_PROJECT, .only = STAFF, .body = KEEP_OPEN},
	{"POST", "/api/v1/leads/{id}/grade", WITH_RIGHT, "proposal", 'S', .sight = OF_PROJECT, .only = STAFF, .body = KEEP_OPEN},
	{"POST", "/api/v1/evidence/{id}/grade", WITH_RIGHT, "proposal", 'S', .sight = OF_PROJECT, .only = STAFF, .body = KEEP_OPEN},
	{"GET", "/api/v1/projects/{id}/persons", WITH_RIGHT, "project", 'U', .sight = OF_PROJECT},
	{"GET", "/api/v1/leads/{id}/persons", WITH_RIGHT, "lead", 'U', .sight = OF_PROJECT},
	{"GET", "/api/v1/evidence/{id}/persons", WITH_RIGHT, "evidence", 'U', .sight = OF_PROJECT},
	{"POST", "/api/v1/projects/{id}/persons", WITH_RIGHT, "project", 'U', .sight = OF_PROJECT, .body = "{\"login\":\"x\"}"},
	{"POST", "/api/v1/leads/{id}/persons", WITH_RIGHT, "lead", 'U', .sight = OF_PROJECT, .body = "{\"login\":\"x\"}"},
	{"POST", "/api/v1/evidence/{id}/persons", WITH_RIGHT, "evidence", 'U', .sight = OF_PROJECT, .body = "{\"login\":\"x\"}"},
	{"POST", "/api/v1/grade-changes/{id}/grant", WITH_RIGHT, "proposal", 'V', .sight = OF_PROJECT, .before = GRADE_WAITS},
	{"POST", "/api/v1/grade-changes/{id}/refuse", WITH_RIGHT, "proposal", 'V', .sight = OF_PROJECT, .before = GRADE_WAITS, .body = "{\"comment\":\"x\"}"},
	{"POST", "/api/v1/grade-changes/{id}/withdraw", WITH_RIGHT, "proposal", 'S', .sight = OF_PROJECT, .only = "", .before = GRADE_WAITS},
	{"POST", "/api/v1/imports", WITH_RIGHT, "import", 'C', .sight = 0},
	{"GET", "/api/v1/imports/{id}/plan", WITH_RIGHT, "import", 'R', .sight = OF_REGION},
	{"PATCH", "/api/v1/imports/{id}/plan", WITH_RIGHT, "import", 'U', .sight = OF_REGION},
	{"POST", "/api/v1/imports/{id}/check", WITH_RIGHT, "import", 'U', .sight = OF_REGION},
	{"POST", "/api/v1/imports/{id}/write", WITH_RIGHT, "import", 'U', .sight = OF_REGION},
	{"POST", "/api/v1/imports/{id}/rollback", WITH_RIGHT, "import", 'U', .sight = OF_REGION},
	{"GET", "/api/v1/imports/{id}/rows", WITH_RIGHT, "import", 'R', .sight = OF_REGION},
	{"PATCH", "/api/v1/imports/{id}/rows/{row}", WITH_RIGHT, "import", 'U', .sight = OF_REGION, .body = "{\"choice\":\"skip\"}"},
	{"GET", "/api/v1/imports/{id}/marked", WITH_RIGHT, "import", 'R', .sight = OF_REGION},
	{"POST", "/api/v1/imports/{id}/confirm", WITH_RIGHT, "import", 'V', .sight = OF_REGION},
	{"GET", "/api/v1/city", WITH_RIGHT, "system", 'R', .sight = 0},
	{"PATCH", "/api/v1/city", WITH_RIGHT, "system", 'U', .sight = 0},
	{"GET", "/api/v1/audit/verify", WITH_RIGHT, "audit", 'R', .sight = 0},
	{"GET", "/api/v1/audit/head", WITH_RIGHT, "audit", 'R', .sight = 0},
	{"POST", "/api/v1/accounts", WITH_RIGHT, "account", 'C', .sight = 0},
	{"POST", "/api/v1/accounts/{id}/password", WITH_RIGHT, "account", 'U', .sight = OF_CITY},
	{"POST", "/api/v1/accounts/{id}/unlock", WITH_RIGHT, "account", 'U', .sight = OF_CITY},
	{"POST", "/api/v1/accounts/{id}/logout", WITH_RIGHT, "account", 'R', .sight = OF_CITY, .only = "SYS_ADMIN SEC_ADMIN"},
	{"GET", "/api/v1/accounts/{id}/sessions", WITH_RIGHT, "account", 'R', .sight = OF_CITY, .only = "SYS_ADMIN SEC_ADMIN"},
	{"POST", "/api/v1/accounts/{id}/clearance", WITH_RIGHT, "assignment", 'U', .sight = OF_CITY, .body = "{\"reason\":\"x\"}"},
	{"POST", "/api/v1/accounts/{id}/factor-reset", WITH_RIGHT, "security", 'U', .sight = OF_CITY},
	{"GET", "/api/v1/personal-data", LOGGED_IN, "", 0, .sight = 0},
	{"GET", "/api/v1/persons/{id}", WITH_RIGHT, "person", 'R', .sight = OF_PROJECT},
	{"POST", "/api/v1/persons/{id}/export", WITH_RIGHT, "person", 'X', .sight = OF_PROJECT},
	{"POST", "/api/v1/persons/{id}/erase", WITH_RIGHT, "person", 'D', .sight = OF_PROJECT, .body = "{\"reason\":\"x\"}"},
	{"POST", "/api/v1/persons/{id}/hold", WITH_RIGHT, "person", 'U', .sight = OF_PROJECT, .body = "{\"reason\":\"x\"}"},
	{"POST", "/api/v1/persons/{id}/release", WITH_RIGHT, "person", 'U', .sight = OF_PROJECT},
	{"POST", "/api/v1/persons/{id}/refuse", WITH_RIGHT, "person", 'U', .sight = OF_PROJECT, .body = "{\"reason\":\"x\"}"},
	{"GET", "/api/v1/security/policy", WITH_RIGHT, "security", 'R', .sight = 0},
	{"PATCH", "/api/v1/security/policy", WITH_RIGHT, "security", 'U', .sight = 0},
	{"GET", "/api/v1/security/sessions", WITH_RIGHT, "security", 'R', .sight = 0},
	{"GET", "/api/v1/security/watch", WITH_RIGHT, "security", 'R', .sight = 0},
	{"POST", "/api/v1/security/alarms/{id}/seen", WITH_RIGHT, "security", 'U', .sight = OF_NOBODY},
	{"DELETE", "/api/v1/accounts/{id}", WITH_RIGHT, "account", 'U', .sight = OF_CITY},
	{"POST", "/api/v1/assignments", WITH_RIGHT, "assignment", 'R', .sight = 0, .only = "SEC_ADMIN"},
	{"DELETE", "/api/v1/assignments/{id}", WITH_RIGHT, "assignment", 'U', .sight = OF_CITY},
};

/* ---- the expected answer ---- */

struct question {
	enum role role;         /* ROLE_PUBLIC = nobody is logged in */
	const char *object;
	char right;
	enum who who;
	enum sight sight;
	const char *only, *before, *body;
	int64_t id;             /* 0 = no record is named */
};

static bool is_listed(const char *roles, enum role r) {
	struct str list = str_c(roles), one;
	while (str_split(&list, ' ', &one))
		if (str_eq(one, role_code(r))) return true;
	return false;
}

static bool has_right(enum role r, const char *object, char right) {
	for (size_t i = 0; i < LEN(rights); i++)
		if (strcmp(rights[i].object, object) == 0 && rights[i].right == right) return is_listed(rights[i].roles, r);
	fail_saying("the table has no row for %s %c", object, right);
	return false;
}

static bool sees(enum role r, enum sight s, int64_t id) {
	bool has_own_only = is_listed(OUTSIDE, r);
	bool is_county = is_listed("COUNTY_LEADER COUNTY_STAFF COUNTY_REVIEWER", r);
	switch (s) {
	case OF_PROJECT: return id == OWN || (id == OTHER_COUNTY && !has_own_only && !is_county);
	case OF_REGION: return !has_own_only && (id == OWN || (id == OTHER_COUNTY && !is_county));
	case OF_CITY: return true;
	case OF_MAKER: return (id == OWN && r == ROLE_CITY_STAFF) || (id == OTHER_COUNTY && r == ROLE_COUNTY_STAFF);
	case OF_NOBODY: return false;
	}
	return false;
}

enum answer { ADMITTED, UNKNOWN_PERSON, FORBIDDEN, NOT_THERE };
static const char *const answer_names[] = {"admitted", "401", "403", "404"};

static enum answer expected(const struct question *q) {
	if (q->who == ANYBODY) return ADMITTED;
	if (q->role == ROLE_PUBLIC || q->who == WITH_SESSION) return UNKNOWN_PERSON;
	if (q->who == WITH_RIGHT && !has_right(q->role, q->object, q->right)) return FORBIDDEN;
	if (q->id && !sees(q->role, q->sight, q->id)) return NOT_THERE;
	return q->only && !is_listed(q->only, q->role) ? FORBIDDEN : ADMITTED;
}

static enum answer seen(int status) {
	return status == 401 ? UNKNOWN_PERSON : status == 403 ? FORBIDDEN : status == 404 ? NOT_THERE : ADMITTED;
}

/* ---- the city ---- */

static const char *const place[] = {"", "370783", "370782", "370602"};

static void run(struct city *c, const char *format, int64_t k) {
	/* {k} = number, {p} = its place */
	struct buf b = {.arena = &c->fixture.arena};
	for (const char *s = format; *s; s++) {
		if (strncmp(s, "{k}", 3) == 0) buf_int(&b, k);
		else if (strncmp(s, "{p}", 3) == 0) buf_c(&b, place[k]);
		else {
			buf_byte(&b, *s);
			continue;
		}
		s += 2;
	}
	city_sql(c, str_cstr(&c->fixture.arena, buf_str(&b)));
}

static const char *const each[] = {
	"INSERT INTO project (id, code, name, name_key, region_code, stage, created_at_ms, updated_at_ms) VALUES ({k}, 'XM{p}20240000{k}', '甲{k}', '甲{k}', '{p}', 'LEAD', 1, 1)",
	"INSERT INTO investor (id, name, name_key, region_code, created_at_ms, updated_at_ms) VALUES ({k}, '乙{k}', '乙{k}', '{p}', 1, 1)",
	"INSERT INTO lead (id, code, investor_name, region_code, source_kind, state, created_at_ms, updated_at_ms) VALUES ({k}, 'XS{p}20240100{k}', '丙', '{p}', 'BUREAU', 'REPORTED', 1, 1)",
	"INSERT INTO project_party (id, project_id, investor_id, role, created_at_ms, updated_at_ms) VALUES ({k}, {k}, {k}, 'INVESTOR', 1, 1)",
	"INSERT INTO contact (id, owner_kind, owner_id, name, created_at_ms, updated_at_ms) VALUES ({k}, 'PROJECT', {k}, '丁', 1, 1)",
	"INSERT INTO talk (id, project_id, talk_date, content, created_at_ms, updated_at_ms) VALUES ({k}, {k}, '2024-01-01', '谈', 1, 1)",
	"INSERT INTO evidence (id, project_id, kind, file_name, sha256, size_bytes, mime, created_at_ms, created_by, updated_at_ms) VALUES ({k}, {k}, 'CONTRACT', 'a.txt', 'f', 1, 'text/plain', 1, 1, 1)",
	"INSERT INTO agreement (id, project_id, kind, sign_date, created_at_ms, updated_at_ms) VALUES ({k}, {k}, 'CONTRACT', '2024-01-01', 1, 1)",
	"INSERT INTO project_phase (id, project_id, no, name, created_at_ms, updated_at_ms) VALUES ({k}, {k}, 1, '一期', 1, 1)",
	"INSERT INTO project_code (id, project_id, code, kind, created_at_ms, updated_at_ms) VALUES ({k}, {k}, '2401-370783-04-01-00000{k}', 'FILING', 1, 1)",
	"INSERT INTO progress (id, project_id, month, invest_done_fen, created_at_ms, updated_at_ms) VALUES ({k}, {k}, '2024-01', 1, 1, 1)",
	"INSERT INTO funds_record (id, project_id, origin, route, form, amount_minor, currency, amount_fen, funds_date, stat_month, state, dup_key, created_at_ms, updated_at_ms)"
		" VALUES ({k}, {k}, 'DOM_OUT', 'CASH', 'CASH_CAPITAL', 5, 'CNY', 5, '2024-03-01', '2024-03', 'DRAFT', 'd{k}', 1, 1)",
	"INSERT INTO proposal (id, project_id, kind, from_stage, to_stage, event_date, state, next_act, project_version, created_at_ms, created_by, updated_at_ms)"
		" VALUES ({k}, {k}, 'ADVANCE', 'LEAD', 'TALK', '2024-01-01', 'OPEN', 'REVIEW', 1, 1, {k}, 1)",
	"INSERT INTO grade_change (id, record_kind, record_id, project_id, from_secrecy, to_secrecy, reason, state, created_at_ms, created_by, updated_at_ms)"
		" VALUES ({k}, 'project', {k}, {k}, 'INTERNAL', 'OPEN', 'r', 'OPEN', 1, {k}, 1)",
	"INSERT INTO import_batch (id, file_name, sha256, region_code, state, created_at_ms, created_by, updated_at_ms) VALUES ({k}, 'a.csv', 'x', '{p}', 'ROLLED_BACK', 1, 1, 1)",
};

static const char *login_of(struct city *c, enum role r) {
	return str_cstr(&c->fixture.arena, str_lower(&c->fixture.arena, role_code(r)));
}

static int64_t account_of(struct city *c, enum role r) {
	bool is_office = is_listed(OFFICES, r), is_county = is_listed("COUNTY_LEADER COUNTY_STAFF COUNTY_REVIEWER PARK_STAFF", r);
	bool has_subject = is_listed("PARTNER ENTERPRISE PARK_STAFF", r);
	return city_account(c, login_of(c, r), "correct horse battery", r, is_office ? "" : is_county ? "370783" : "3707", has_subject ? 1 : 0);
}

static enum err put_files(struct ctx *ctx, void *arg) {
	(void)arg;
	enum err e = DB_RUN(ctx->db, Q_BLOB_PUT, VT(S("f")), VI(1), VT(S("text/plain")), VB(S("a")), VI(1));
	struct str sheet = S("项目名称,属地\n戊,寿光市\n");
	return e ? e : DB_RUN(ctx->db, Q_BLOB_PUT, VT(S("x")), VI((int64_t)sheet.n), VT(S("text/csv")), VB(sheet), VI(1));
}

/* Accounts 1 to 3 are asked for; those that ask come after them. */
static void make_city(struct city *c) {
	int64_t ids[ROLE__N] = {0};
	assert_int_equal(reference_load(&c->ctx), ERR_OK);
	for (int k = 1; k <= RECORDS; k++) {
		char login[] = "target0";
		login[6] = (char)('0' + k);
		assert_int_equal(city_account(c, login, "correct horse battery", ROLE_DEPT_HANDLER, "3707", 0), k);
	}
	assert_int_equal(ctx_write(&c->ctx, put_files, NULL), ERR_OK);
	for (int64_t k = 1; k <= RECORDS; k++)
		for (size_t i = 0; i < LEN(each); i++) run(c, each[i], k);
	for (int r = 0; r < ROLE_PUBLIC; r++) ids[r] = account_of(c, (enum role)r);
	run(c, "UPDATE project SET partner_id = 1, park_id = 1, secrecy = 'OPEN' WHERE id = 1", 1); /* whom it concerns outside reads it */
	run(c, "UPDATE lead SET secrecy = 'OPEN' WHERE id = 1", 1);
	char sql[300];
	snprintf(sql, sizeof sql, "UPDATE project SET officer_id = %d WHERE id = 1", (int)ids[ROLE_SERVICE_OFFICER]);
	city_sql(c, sql);
	city_sql(c, "UPDATE lead SET partner_id = 1 WHERE id = 1");
	city_sql(c, "UPDATE lead SET secrecy = 'SEALED', region_code = '370783' WHERE id = 3");
	city_sql(c, "UPDATE project SET secrecy = 'SEALED', region_code = '370783' WHERE id = 3");
	for (int k = 1; k <= RECORDS; k++) {
		int maker = (int)(k == OWN ? ids[ROLE_CITY_STAFF] : k == OTHER_COUNTY ? ids[ROLE_COUNTY_STAFF] : 1);
		snprintf(sql, sizeof sql, "INSERT INTO saved_view (id, noun, name, created_at_ms, created_by, updated_at_ms) VALUES (%d, 'projects', 'v', 1, %d, 1)", k, maker);
		city_sql(c, sql);
		snprintf(sql, sizeof sql, "INSERT INTO record_edit (id, kind, noun, record_id, project_id, data, created_at_ms, created_by, updated_at_ms)"
			" VALUES (%d, 'UPDATE', 'project', 1, 1, '{}', 1, %d, 1)", k, maker);
		city_sql(c, sql);
		snprintf(sql, sizeof sql, "INSERT INTO bulk_act (id, act, wish, state, rows_total, created_at_ms, created_by, updated_at_ms)"
			" VALUES (%d, 'SET', '{}', 'UNDONE', 0, 1, %d, 1)", k, maker);
		city_sql(c, sql);
	}
}

/* ---- asking ---- */

struct asked {
	struct city *city;
	struct arena arena;
	int n, wrong;
	json_t *paths;          /* of the description */
};

static enum method method_of(struct str name) {
	for (int m = 0; m < METHOD__N; m++)
		if (str_eq(method_name((enum method)m), name)) return (enum method)m;
	fail_saying("no method %.*s", SHOW(name));
	return METHOD_GET;
}

/* {id} becomes the record's number, any other parameter 1. */
static struct str fill_path(struct arena *a, struct str path, int64_t id) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < path.n; i++) {
		if (path.p[i] != '{') {
			buf_byte(&b, path.p[i]);
			continue;
		}
		buf_int(&b, str_starts(str_sub(path, i, path.n), S("{id}")) ? id : 1);
		while (path.p[i] != '}') i++;
	}
	return buf_str(&b);
}

/* A version that no record has: what is admitted then changes nothing. */
static void ask(struct asked *t, enum role role, enum method m, struct str path, const char *body, struct res *res) {
	struct req q = {.arena = &t->arena, .method = m, .path = path, .remote = S("10.0.0.1"), .is_loopback = true, .csrf = S("zhaoyin"), .if_match = S("\"999\"")};
	if (role != ROLE_PUBLIC) q.as_login = str_c(login_of(t->city, role));
	if (m == METHOD_POST || m == METHOD_PATCH || m == METHOD_PUT) q.body = str_c(body ? body : "{}");
	q.content_type = S("application/json");
	if (str_ends(path, S("/export"))) q.query = S("limit=0"); /* let in and refused: not a job for each */
	*res = (struct res){0};
	api_handle(&t->city->app, t->city->fixture.db, &q, res);
}

static void judge(struct asked *t, const struct question *q, struct str method, struct str path) {
	struct res res;
	if (q->before) city_sql(t->city, q->before);
	ask(t, q->role, method_of(method), fill_path(&t->arena, path, q->id ? q->id : 1), q->body, &res);
	enum answer want = expected(q), got = seen(res.status);
	t->n++;
	bool is_read = str_eq(method, S("GET")) && want == ADMITTED && !res.is_event_stream && q->who == WITH_RIGHT;
	bool is_wrong = want != got || res.status >= 500 || (is_read && res.status >= 400 && res.status != 409 && !str_ends(path, S("/values")));
	if (!is_wrong) return;
	t->wrong++;
	print_error("%.*s %.*s by %.*s, record %d: want %s, got %d %.*s\n", SHOW(method), SHOW(path), SHOW(role_code(q->role)), (int)q->id,
		answer_names[want], res.status, (int)(res.body.n > 300 ? 300 : res.body.n), res.body.p ? res.body.p : "");
}

static void ask_all(struct asked *t, struct question q, const char *method, struct str path) {
	bool has_record = str_has(path, S("{id}"));
	for (int r = 0; r < ROLE__N; r++)
		for (int64_t id = has_record ? 1 : 0; id <= (has_record ? RECORDS : 0); id++) {
			q.role = (enum role)r;
			q.id = id;
			judge(t, &q, str_c(method), path);
		}
	arena_reset(&t->arena);
}

/* Takes the route off the description; what is left at the end is in no table here. */
static void is_described(struct asked *t, const char *method, const char *path) {
	json_t *methods = json_object_get(t->paths, path);
	struct str lower = str_lower(&t->arena, str_c(method));
	if (!json_is_object(methods) || json_object_del(methods, str_cstr(&t->arena, lower)))
		fail_saying("%s %s is in the test's table, but not in the API description", method, path);
}

static const char *path_of(struct asked *t, const char *plural, const char *rest) {
	return str_cstr(&t->city->fixture.arena, str_cat(&t->city->fixture.arena, str_cat(&t->city->fixture.arena, S("/api/v1/"), str_c(plural)), str_c(rest)));
}

static bool is_special(const char *method, const char *path) {
	for (size_t i = 0; i < LEN(routes_here); i++)
		if (strcmp(routes_here[i].method, method) == 0 && strcmp(routes_here[i].path, path) == 0) return true;
	return false;
}

static void ask_generic(struct asked *t, size_t i, const char *method, const char *rest, char right) {
	const char *path = path_of(t, nouns_here[i].plural, rest);
	if (is_special(method, path)) return;
	is_described(t, method, path);
	ask_all(t, (struct question){.object = nouns_here[i].object, .right = right, .who = WITH_RIGHT, .sight = nouns_here[i].sight}, method, str_c(path));
}

/* Which of the three are in a list; the audit's and accounts' have more, that is no matter. */
static void look_at_list(struct asked *t, size_t i, enum role r) {
	struct res res;
	size_t at;
	json_t *item;
	bool has[RECORDS + 1] = {0};
	const char *path = path_of(t, nouns_here[i].plural, "");
	ask(t, r, METHOD_GET, str_c(path), NULL, &res);
	json_t *root = json_loadb(res.body.p, res.body.n, 0, NULL);
	json_array_foreach(json_object_get(root, "items"), at, item) {
		int64_t id = json_integer_value(json_object_get(item, "id"));
		if (id >= 1 && id <= RECORDS) has[id] = true;
	}
	json_decref(root);
	for (int64_t k = 1; k <= RECORDS; k++) {
		t->n++;
		if (has[k] == sees(r, nouns_here[i].sight, k)) continue;
		t->wrong++;
		print_error("%s as %.*s: record %d is %s\n", path, SHOW(role_code(r)), (int)k, has[k] ? "shown" : "not shown");
	}
	arena_reset(&t->arena);
}

static void look_at_lists(struct asked *t) {
	for (size_t i = 0; i < LEN(nouns_here); i++)
		for (int r = 0; r < ROLE_PUBLIC; r++)
			if (has_right((enum role)r, nouns_here[i].object, 'R')) look_at_list(t, i, (enum role)r);
}

static void nothing_is_left(struct asked *t) {
	const char *path, *method;
	json_t *methods, *v;
	json_object_foreach(t->paths, path, methods)
		json_object_foreach(methods, method, v) {
			if (strcmp(method, "parameters") == 0) continue;
			t->wrong++;
			print_error("%s %s has no row in the tables of tests/unit/rights_test.c: say who may do it\n", method, path);
		}
}

static void the_description_is_kept(void **state) {
	struct asked t = {.city = *state};
	struct res res;
	make_city(t.city);
	ask(&t, ROLE_CITY_STAFF, METHOD_GET, S("/api/openapi.json"), NULL, &res);
	json_t *root = json_loadb(res.body.p, res.body.n, 0, NULL);
	t.paths = json_object_get(root, "paths");
	assert_true(json_object_size(t.paths) > 0);
	look_at_lists(&t);
	for (size_t i = 0; i < LEN(nouns_here); i++) {
		ask_generic(&t, i, "GET", "", 'R');
		ask_generic(&t, i, "GET", "/values", 'R');
		ask_generic(&t, i, "GET", "/{id}", 'R');
		if (strchr(nouns_here[i].does, 'P')) ask_generic(&t, i, "POST", "/{id}/reveal", 'P');
		ask_generic(&t, i, "POST", "/export", 'X');
		if (strchr(nouns_here[i].does, 'C')) ask_generic(&t, i, "POST", "", 'C');
		if (strchr(nouns_here[i].does, 'U')) ask_generic(&t, i, "PATCH", "/{id}", 'U');
		if (strchr(nouns_here[i].does, 'D')) ask_generic(&t, i, "DELETE", "/{id}", 'D');
	}
	for (size_t i = 0; i < LEN(routes_here); i++) {
		is_described(&t, routes_here[i].method, routes_here[i].path);
		ask_all(&t, (struct question){.object = routes_here[i].object, .right = routes_here[i].right, .who = routes_here[i].who,
			.sight = routes_here[i].sight, .only = routes_here[i].only, .before = routes_here[i].before,
			.body = routes_here[i].body}, routes_here[i].method, str_c(routes_here[i].path));
	}
	nothing_is_left(&t);
	json_decref(root);
	print_message("# %d answers, %d other than expected\n", t.n, t.wrong);
	assert_int_equal(t.wrong, 0);
	assert_true(t.n > 4000);
	arena_release(&t.arena);
}

int main(void) {
	static const struct engine_test tests[] = {BOTH(the_description_is_kept)};
	return run_in_city("rights", tests, LEN(tests));
}
