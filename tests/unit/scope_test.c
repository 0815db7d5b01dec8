/* scope_test.c - no list, count, sum, value, file, record or history shows what its reader may not see.
 *
 * A city of random projects with children, of random grades, and readers of random roles, scopes and
 * clearances. What each may see is
 * decided here a second time, in plain C, and compared with every way that the interface answers. */
#include "city.h"

#include "api/api.h"
#include "domain/project.h"
#include "domain/reference.h"
#include "domain/rights.h"
#include "domain/search.h"

#include <jansson.h>

enum { PROJECTS = 120, READERS = 40 };

struct made {
	int64_t id, officer, partner, park, investor, named, total;
	const char *region;
	int grade;          /* enum secrecy */
	int file_mark;      /* of its one file: enum secrecy or CHOICE_NONE */
	int64_t file_named;
};

struct reader {
	char login[16];
	enum role role;
	const char *scope;
	int64_t account, subject;
	int clearance;      /* enum secrecy; CHOICE_NONE = as the role has it */
};

struct world {
	struct city *city;
	struct made projects[PROJECTS];
	struct reader readers[READERS];
	uint64_t random;
};

static uint32_t draw(struct world *w, uint32_t n) {
	w->random = w->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(w->random >> 33) % n;
}

/* ---- making it ---- */

static const char *const regions[] = {"370783", "370703", "370702", "3707Z1", "370772", "370700", "370102", "440300"};
static const char *const scopes[] = {"37", "3707", "370783", "370703", "3707Z1", "370783001", "44", "3701"};

static void make_reader(struct world *w, size_t i) {
	struct reader *r = &w->readers[i];
	static const enum role roles[] = {
		ROLE_CITY_LEADER, ROLE_CITY_STAFF, ROLE_CITY_VERIFIER, ROLE_CITY_FACTOR, ROLE_CITY_AUDITOR, ROLE_COUNTY_STAFF,
		ROLE_COUNTY_REVIEWER, ROLE_COUNTY_LEADER, ROLE_PARK_STAFF, ROLE_SERVICE_OFFICER, ROLE_PARTNER, ROLE_ENTERPRISE,
		ROLE_DEPT_HANDLER, ROLE_SYS_ADMIN, ROLE_SEC_ADMIN, ROLE_LOG_ADMIN,
	};
	snprintf(r->login, sizeof r->login, "reader%zu", i);
	r->role = roles[i % LEN(roles)];
	r->scope = scopes[draw(w, LEN(scopes))];
	struct str own = role_own(r->role);
	r->subject = own.n && r->role != ROLE_SERVICE_OFFICER ? 1 + draw(w, 4) : 0;
	bool is_office = r->role == ROLE_SYS_ADMIN || r->role == ROLE_SEC_ADMIN || r->role == ROLE_LOG_ADMIN;
	if (is_office) r->scope = "3707";
	r->clearance = (int)draw(w, 5) - 1;
	if (r->clearance > SECRECY_SEALED) r->clearance = SECRECY_SEALED;
}

static enum err add(struct db *db, const char *table, const struct column *c, size_t n, int64_t *id) {
	return db_insert(db, str_c(table), c, n, id);
}

static struct value grade_value(int grade) {
	return grade == CHOICE_NONE ? VNULL : VT(secrecies[grade].code);
}

static enum err make_reader_rows(struct db *db, struct reader *r) {
	const struct column account[] = {
		{S("login"), VT(str_c(r->login))}, {S("name"), VT(str_c(r->login))}, {S("created_at_ms"), VI(1)}, {S("updated_at_ms"), VI(1)}, {S("clearance"), grade_value(r->clearance)}};
	enum err e = add(db, "account", account, LEN(account), &r->account);
	const struct column role[] = {
		{S("account_id"), VI(r->account)}, {S("role"), VT(role_code(r->role))}, {S("scope"), VT(str_c(r->scope))},
		{S("subject_id"), r->subject ? VI(r->subject) : VNULL}, {S("valid_from_date"), VT(S("2024-01-01"))},
		{S("created_at_ms"), VI(1)}, {S("updated_at_ms"), VI(1)}};
	return e ? e : add(db, "assignment", role, LEN(role), NULL);
}

static enum err make_children(struct db *db, const struct made *p) {
	const struct column talk[] = {{S("project_id"), VI(p->id)}, {S("talk_date"), VT(S("2024-03-01"))}, {S("content"), VT(S("纪要"))},
		{S("created_at_ms"), VI(1)}, {S("updated_at_ms"), VI(1)}};
	const struct column phase[] = {{S("project_id"), VI(p->id)}, {S("no"), VI(1)}, {S("name"), VT(S("一期"))},
		{S("created_at_ms"), VI(1)}, {S("updated_at_ms"), VI(1)}};
	const struct column contact[] = {{S("owner_kind"), VT(S("PROJECT"))}, {S("owner_id"), VI(p->id)}, {S("name"), VT(S("测试联系人"))},
		{S("mobile"), VT(S("19900001234"))}, {S("created_at_ms"), VI(1)}, {S("updated_at_ms"), VI(1)}};
	const struct column agreement[] = {{S("project_id"), VI(p->id)}, {S("kind"), VT(S("CONTRACT"))}, {S("sign_date"), VT(S("2024-03-01"))},
		{S("amount_fen"), VI(p->total)}, {S("created_at_ms"), VI(1)}, {S("updated_at_ms"), VI(1)}};
	const struct column party[] = {{S("project_id"), VI(p->id)}, {S("investor_id"), VI(p->investor)}, {S("role"), VT(S("INVESTOR"))},
		{S("created_at_ms"), VI(1)}, {S("updated_at_ms"), VI(1)}};
	const struct column file[] = {{S("project_id"), VI(p->id)}, {S("kind"), VT(S("OTHER"))}, {S("file_name"), VT(S("密级材料.pdf"))},
		{S("sha256"), VT(S("00"))}, {S("size_bytes"), VI(3)}, {S("mime"), VT(S("application/pdf"))}, {S("secrecy"), grade_value(p->file_mark)},
		{S("created_at_ms"), VI(1)}, {S("updated_at_ms"), VI(1)}};
	int64_t file_id = 0;
	enum err e = add(db, "talk", talk, LEN(talk), NULL);
	if (!e) e = add(db, "project_phase", phase, LEN(phase), NULL);
	if (!e) e = add(db, "contact", contact, LEN(contact), NULL);
	if (!e) e = add(db, "agreement", agreement, LEN(agreement), NULL);
	if (!e) e = add(db, "project_party", party, LEN(party), NULL);
	if (!e) e = add(db, "evidence", file, LEN(file), &file_id);
	if (!e && p->named) e = DB_RUN(db, Q_GRADE_NAME, VT(S("project")), VI(p->id), VI(p->named));
	if (!e && p->file_named) e = DB_RUN(db, Q_GRADE_NAME, VT(S("evidence")), VI(file_id), VI(p->file_named));
	return e;
}

static enum err make_project(struct db *db, struct world *w, size_t i) {
	struct made *p = &w->projects[i];
	struct arena a = {0};
	struct str no = str_of_int(&a, (int64_t)i);
	p->region = regions[draw(w, LEN(regions))];
	p->officer = w->readers[draw(w, READERS)].account;
	p->partner = 1 + draw(w, 4);
	p->park = 1 + draw(w, 4);
	p->investor = 1 + draw(w, 4);
	p->grade = (int)draw(w, 3);
	p->file_mark = (int)draw(w, 4) - 1;
	p->file_named = p->file_mark == SECRECY_SEALED ? w->readers[draw(w, READERS)].account : 0;
	p->named = p->grade == SECRECY_SEALED ? w->readers[draw(w, READERS)].account : 0;
	p->total = 1 + draw(w, 1000000);
	const struct column c[] = {
		{S("code"), VT(str_cat(&a, S("XM"), no))}, {S("name"), VT(str_cat(&a, S("随机项目"), no))}, {S("name_key"), VT(no)},
		{S("region_code"), VT(str_c(p->region))}, {S("stage"), VT(draw(w, 2) ? S("TALK") : S("LEAD"))}, {S("officer_id"), VI(p->officer)},
		{S("partner_id"), VI(p->partner)}, {S("park_id"), VI(p->park)}, {S("secrecy"), VT(secrecies[p->grade].code)},
		{S("total_invest_fen"), VI(p->total)}, {S("invest_qual"), VT(S("EXACT"))}, {S("created_at_ms"), VI(1)}, {S("updated_at_ms"), VI(1)}};
	enum err e = add(db, "project", c, LEN(c), &p->id);
	arena_release(&a);
	return e ? e : make_children(db, p);
}

static enum err make_world(struct db *db, void *arg) {
	struct world *w = arg;
	enum err e = ERR_OK;
	w->random = 20240410;
	for (size_t i = 0; i < READERS; i++) make_reader(w, i);
	for (size_t i = 0; i < READERS && !e; i++) e = make_reader_rows(db, &w->readers[i]);
	for (int i = 1; i <= 4 && !e; i++) {
		const struct column c[] = {{S("name"), VT(S("投资方"))}, {S("name_key"), VT(S("投资方"))}, {S("region_code"), VT(S("370783"))},
			{S("created_at_ms"), VI(1)}, {S("updated_at_ms"), VI(1)}};
		e = add(db, "investor", c, LEN(c), NULL);
	}
	if (!e) e = DB_RUN(db, Q_BLOB_PUT, VT(S("00")), VI(3), VT(S("application/pdf")), VB(S("abc")), VI(1));
	for (size_t i = 0; i < PROJECTS && !e; i++) e = make_project(db, w, i);
	if (e) return e;
	struct ctx ctx = w->city->ctx;
	ctx.db = db;
	return search_fill(&ctx);
}

/* ---- the second opinion ---- */

static int cleared_for(const struct reader *r) {
	if (r->clearance != CHOICE_NONE) return r->clearance;
	switch (r->role) {
	case ROLE_PARTNER: case ROLE_ENTERPRISE: case ROLE_PUBLIC: case ROLE_SYS_ADMIN: case ROLE_SEC_ADMIN: case ROLE_LOG_ADMIN:
		return SECRECY_OPEN;
	default: return SECRECY_INTERNAL;
	}
}

static bool may_see(const struct reader *r, const struct made *p) {
	if (!(rights_of(r->role, OBJ_PROJECT) & CAN_READ)) return false;
	if (!str_starts(str_c(p->region), str_c(r->scope))) return false;
	if (p->grade > cleared_for(r)) return false;
	if (p->grade == SECRECY_SEALED && p->named != r->account) return false;
	switch (r->role) {
	case ROLE_SERVICE_OFFICER: return p->officer == r->account;
	case ROLE_PARTNER: return p->partner == r->subject;
	case ROLE_PARK_STAFF: return p->park == r->subject;
	case ROLE_ENTERPRISE: return p->investor == r->subject;
	default: return true;
	}
}

static bool may_see_file(const struct reader *r, const struct made *p) {
	if (!may_see(r, p) || p->file_mark > cleared_for(r)) return false;
	return p->file_mark != SECRECY_SEALED || p->file_named == r->account;
}

/* ---- asking ---- */

static struct res ask(struct world *w, const struct reader *r, const char *path, struct str query, const char *accept) {
	struct req q = {.arena = &w->city->fixture.arena, .method = METHOD_GET, .path = str_c(path), .query = query,
	                .as_login = str_c(r->login), .accept = str_c(accept), .remote = S("10.0.0.1"), .is_loopback = true};
	struct res res = {0};
	api_handle(&w->city->app, w->city->fixture.db, &q, &res);
	return res;
}

static json_t *parse(struct res res) {
	json_t *v = json_loadb(res.body.p, res.body.n, 0, NULL);
	assert_non_null(v);
	return v;
}

/* Every page of a list; marks the project of each row, by its id or its project_id. */
static size_t read_list(struct world *w, const struct reader *r, const char *path, const char *key, bool seen[PROJECTS], int64_t *total) {
	struct arena *a = &w->city->fixture.arena;
	struct str cursor = S("");
	size_t rows = 0;
	for (;;) {
		struct str query = str_cat(a, S("limit=7&count=1"), cursor.n ? str_cat(a, S("&cursor="), cursor) : S(""));
		struct res res = ask(w, r, path, query, "application/json");
		if (res.status == 403) return 0;
		assert_int_equal(res.status, 200);
		json_t *v = parse(res), *item;
		size_t i;
		*total = json_integer_value(json_object_get(v, "total"));
		json_array_foreach(json_object_get(v, "items"), i, item) {
			int64_t id = json_integer_value(json_object_get(item, key));
			for (size_t k = 0; k < PROJECTS; k++)
				if (w->projects[k].id == id) seen[k] = true;
			rows++;
		}
		cursor = str_copy(a, str_c(json_string_value(json_object_get(v, "next"))));
		json_decref(v);
		if (!cursor.n) return rows;
	}
}

static void lists_are_exact(void **state) {
	struct world *w = *state;
	static const struct { const char *path, *key; enum object object; } lists[] = {
		{"/api/v1/projects", "id", OBJ_PROJECT}, {"/api/v1/talks", "project_id", OBJ_TALK}, {"/api/v1/phases", "project_id", OBJ_PROJECT},
		{"/api/v1/agreements", "project_id", OBJ_AGREEMENT}, {"/api/v1/contacts", "owner_id", OBJ_CONTACT}, {"/api/v1/parties", "project_id", OBJ_PROJECT},
		{"/api/v1/evidence", "project_id", OBJ_EVIDENCE},
	};
	size_t compared = 0;
	for (size_t i = 0; i < READERS; i++)
		for (size_t k = 0; k < LEN(lists); k++) {
			const struct reader *r = &w->readers[i];
			if (!(rights_of(r->role, lists[k].object) & CAN_READ)) continue;
			if (rights_of(r->role, lists[k].object) & STATE_ONLY && k) continue;
			bool seen[PROJECTS] = {false};
			int64_t total = 0;
			bool is_file = lists[k].object == OBJ_EVIDENCE;
			size_t want = 0, rows = read_list(w, r, lists[k].path, lists[k].key, seen, &total);
			for (size_t p = 0; p < PROJECTS; p++) {
				bool is_right = is_file ? may_see_file(r, &w->projects[p]) : may_see(r, &w->projects[p]);
				if (seen[p] != is_right)
					assert_never("%s (%s, %s) and project %lld of %s in %s: seen %d", r->login, role_code(r->role).p, r->scope,
					         (long long)w->projects[p].id, w->projects[p].region, lists[k].path, seen[p]);
				want += is_right;
			}
			assert_int_equal(rows, want);
			assert_int_equal(total, want);
			compared += want;
		}
	assert_true(compared > 500);
}

static void sums_and_values_add_up_to_the_list(void **state) {
	struct world *w = *state;
	for (size_t i = 0; i < READERS; i++) {
		const struct reader *r = &w->readers[i];
		if (!(rights_of(r->role, OBJ_PROJECT) & CAN_READ)) continue;
		int64_t sum = 0, counted = 0, want = 0;
		for (size_t p = 0; p < PROJECTS; p++)
			if (may_see(r, &w->projects[p])) {
				sum += w->projects[p].total;
				want++;
			}
		json_t *v = parse(ask(w, r, "/api/v1/projects", S("count=1&limit=1"), "application/json"));
		assert_int_equal(json_integer_value(json_object_get(json_object_get(v, "sums"), "total_invest_fen")), sum);
		json_decref(v);
		json_t *item;
		size_t k;
		v = parse(ask(w, r, "/api/v1/projects/values", S("field=stage"), "application/json"));
		json_array_foreach(json_object_get(v, "items"), k, item) counted += json_integer_value(json_object_get(item, "n"));
		json_decref(v);
		assert_int_equal(counted, want);
	}
}

static void files_searches_and_histories_show_nothing_foreign(void **state) {
	struct world *w = *state;
	for (size_t i = 0; i < READERS; i++) {
		const struct reader *r = &w->readers[i];
		for (size_t p = 0; p < PROJECTS; p += 5) {
			const struct made *m = &w->projects[p];
			struct arena *a = &w->city->fixture.arena;
			struct str id = str_of_int(a, m->id), path = str_cat(a, S("/api/v1/projects/"), id);
			int want = !(rights_of(r->role, OBJ_PROJECT) & CAN_READ) ? 403 : may_see(r, m) ? 200 : 404;
			assert_int_equal(ask(w, r, str_cstr(a, path), S(""), "").status, want);
			assert_int_equal(ask(w, r, str_cstr(a, str_cat(a, path, S("/way"))), S(""), "").status, want);
			if (want != 404) continue;
			assert_int_equal(ask(w, r, str_cstr(a, str_cat(a, path, S("/history"))), S(""), "").status == 200, false);
			struct str needle = str_cat(a, S("随机项目"), str_of_int(a, (int64_t)p));
			struct res found = ask(w, r, "/api/v1/projects", str_cat(a, S("limit=200&fields=name&sort=id&id="), id), "");
			if (found.status == 200) assert_false(str_has(found.body, needle));
			struct res csv = ask(w, r, "/api/v1/projects", str_cat(a, S("fields=name&id="), id), "text/csv");
			assert_false(str_has(csv.body, needle));
			assert_true(csv.status == 200 || csv.status == 403);
		}
	}
}

static void names_of_persons_are_masked_everywhere(void **state) {
	struct world *w = *state;
	for (size_t i = 0; i < READERS; i++) {
		struct res res = ask(w, &w->readers[i], "/api/v1/contacts", S("limit=200"), "");
		assert_false(str_has(res.body, S("19900001234")));
		assert_false(str_has(res.body, S("测试联系人")));
		if (res.status == 200 && str_has(res.body, S("\"mobile\""))) assert_true(str_has(res.body, S("199****1234")));
	}
}

/* Every record that hangs on a project, by the words that all of them have: the projects that a search
 * tells of, as hit or as what a hit belongs to. */
static void searches_are_exact(void **state) {
	struct world *w = *state;
	static const struct { const char *query, *kind; bool is_parent; enum object object; } searches[] = {
		{"%E9%9A%8F%E6%9C%BA%E9%A1%B9%E7%9B%AE", "project", false, OBJ_PROJECT}, {"suijixm", "project", false, OBJ_PROJECT},
		{"%E9%9A%8F%E8%AE%A1", "project", false, OBJ_PROJECT}, {"%E7%BA%AA%E8%A6%81", "talk", true, OBJ_TALK},
		{"1234", "contact", true, OBJ_CONTACT}, {"%E6%B5%8B%E8%AF%95%E8%81%94%E7%B3%BB%E4%BA%BA", "contact", true, OBJ_CONTACT},
		{"%E5%AF%86%E7%BA%A7%E6%9D%90%E6%96%99", "evidence", true, OBJ_EVIDENCE},
	};
	size_t compared = 0;
	for (size_t i = 0; i < READERS; i++)
		for (size_t k = 0; k < LEN(searches); k++) {
			const struct reader *r = &w->readers[i];
			struct arena *a = &w->city->fixture.arena;
			struct str query = str_cat(a, S("limit=200&q="), str_cat(a, str_c(searches[k].query), str_cat(a, S("&kind="), str_c(searches[k].kind))));
			struct res res = ask(w, r, "/api/v1/search", query, "application/json");
			assert_int_equal(res.status, 200);
			assert_false(str_has(res.body, S("19900001234")) || str_has(res.body, S("测试联系人")));
			json_t *v = parse(res), *hit;
			size_t at, want = 0, rows = json_array_size(json_object_get(v, "hits"));
			bool seen[PROJECTS] = {false};
			json_array_foreach(json_object_get(v, "hits"), at, hit) {
				int64_t id = json_integer_value(json_object_get(hit, searches[k].is_parent ? "parent_id" : "id"));
				for (size_t p = 0; p < PROJECTS; p++) seen[p] = seen[p] || w->projects[p].id == id;
			}
			json_decref(v);
			bool may_read = rights_of(r->role, searches[k].object) & CAN_READ;
			for (size_t p = 0; p < PROJECTS; p++) {
				bool is_file = searches[k].object == OBJ_EVIDENCE;
				bool is_right = may_read && (is_file ? may_see_file(r, &w->projects[p]) : may_see(r, &w->projects[p]));
				if (seen[p] != is_right)
					assert_never("%s (%s, %s) and project %lld by %s: seen %d", r->login, role_code(r->role).p, r->scope,
					         (long long)w->projects[p].id, searches[k].query, seen[p]);
				want += is_right;
			}
			assert_int_equal(rows, want);
			compared += want;
		}
	assert_true(compared > 500);
}

/* ---- one world for all tests of an engine ---- */

/* One world an engine, made for its first test: nothing in it is changed by a test. */
static struct world *worlds[2];

static int up(void **state) {
	enum store_engine engine = *(const enum store_engine *)*state;
	struct world **w = &worlds[engine == ENGINE_POSTGRES];
	if (!*w) {
		*w = heap_alloc(sizeof **w);
		(*w)->city = heap_alloc(sizeof *(*w)->city);
		city_open((*w)->city, engine);
		if (reference_load(&(*w)->city->ctx) || store_write((*w)->city->fixture.store, make_world, *w)) return -1;
	}
	*state = *w;
	return 0;
}

static void down(struct world *w) {
	if (!w) return;
	city_close(w->city);
	heap_free(w->city);
	heap_free(w);
}

static const struct engine_test tests[] = {
	BOTH(lists_are_exact),
	BOTH(sums_and_values_add_up_to_the_list),
	BOTH(files_searches_and_histories_show_nothing_foreign),
	BOTH(names_of_persons_are_masked_everywhere),
	BOTH(searches_are_exact),
};

int main(void) {
	int failed = run_with("scope", tests, LEN(tests), up, NULL);
	for (size_t k = 0; k < LEN(worlds); k++) down(worlds[k]);
	return failed;
}
