/* Every check finds what it is for: a violation is planted, seen by that check alone, and taken out. */
#include "city.h"

#include "domain/digest.h"
#include "domain/invariant.h"
#include "domain/reference.h"
#include "domain/search.h"

#define PROJECT "INSERT INTO project (id, code, name, name_key, region_code, stage, created_at_ms, updated_at_ms, invest_qual, total_invest_fen, size_band) "
#define EVENT "INSERT INTO stage_event (id, project_id, kind, from_stage, to_stage, event_date, source, recorded_at_ms, verified_at_ms, verified_by) "
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" /* SHA-256 of "abc" (FIPS 180-2) */

/* A small city in which everything holds. */
static const char *const good[] = {
	"INSERT INTO code_counter (prefix, last_no) VALUES ('XM3707832024', 5)",
	PROJECT "VALUES (1, 'XM370783202400001', '甲', '甲', '370783', 'SIGNED', 1, 1, 'EXACT', 100000000000, 'S3')",
	PROJECT "VALUES (2, 'XM370783202400002', '乙', '乙', '370783', 'LEAD', 1, 1, NULL, NULL, NULL)",
	"INSERT INTO investor (id, name, name_key, region_code, created_at_ms, updated_at_ms) VALUES (1, '丙', '丙', '370783', 1, 1)",
	"INSERT INTO lead (id, code, investor_name, region_code, source_kind, state, created_at_ms, updated_at_ms) VALUES (1, 'XS3707832024010001', '丙', '370783', 'BUREAU', 'DRAFT', 1, 1)",
	"INSERT INTO project_party (id, project_id, investor_id, role, share_permille, created_at_ms, updated_at_ms) VALUES (1, 1, 1, 'INVESTOR', 600, 1, 1)",
	"INSERT INTO project_party (id, project_id, investor_id, role, share_permille, created_at_ms, updated_at_ms) VALUES (2, 1, 1, 'CONTROLLER', 1000, 1, 1)",
	EVENT "VALUES (1, 1, 'STAGE', 'LEAD', 'TALK', '2024-01-05', 'PROPOSAL', 1, 1, 9)",
	EVENT "VALUES (2, 1, 'STAGE', 'TALK', 'SIGNED', '2024-02-05', 'PROPOSAL', 1, 1, 9)",
	"INSERT INTO evidence (id, project_id, kind, file_name, sha256, size_bytes, mime, state, created_at_ms, created_by, updated_at_ms) VALUES (1, 1, 'CONTRACT', 'a.pdf', '" ABC "', 3, 'application/pdf', 'NEW', 1, 7, 1)",
	"INSERT INTO import_batch (id, file_name, sha256, region_code, state, created_at_ms, updated_at_ms) VALUES (1, 'a.csv', 'x', '370783', 'WRITTEN', 1, 1)",
	"INSERT INTO contact (id, owner_kind, owner_id, name, mobile, created_at_ms, updated_at_ms) VALUES (1, 'PROJECT', 1, '丁', 'zs1.1.x', 1, 1)",
	"INSERT INTO funds_record (id, project_id, origin, route, form, amount_minor, currency, amount_fen, funds_date, stat_month, state, dup_key, created_at_ms, updated_at_ms)"
		" VALUES (1, 1, 'DOM_OUT', 'CASH', 'CASH_CAPITAL', 500, 'CNY', 500, '2024-03-01', '2024-03', 'CITY_OK', 'a', 1, 1)",
	"INSERT INTO funds_record (id, project_id, origin, route, form, amount_minor, currency, amount_fen, funds_date, stat_month, state, dup_key, created_at_ms, updated_at_ms)"
		" VALUES (2, 1, 'LOCAL', 'CASH', 'CASH_CAPITAL', 900, 'CNY', 900, '2024-03-01', '2024-03', 'CITY_OK', 'b', 1, 1)",
	"UPDATE project SET funds_fen = 500 WHERE id = 1",
};

static const struct plant {
	const char *code;          /* the check that must see it, and no other */
	int64_t id;                /* of the record that it names */
	const char *sql[2], *undo[2];
} plants[] = {
	{"shares", 1, {"UPDATE project_party SET share_permille = 1001 WHERE id = 2"}, {"UPDATE project_party SET share_permille = 1000 WHERE id = 2"}},
	{"stage_order", 1, {"UPDATE stage_event SET event_date = '2024-02-06' WHERE id = 1"}, {"UPDATE stage_event SET event_date = '2024-01-05' WHERE id = 1"}},
	{"stage_of_event", 1, {"UPDATE project SET stage = 'LANDED' WHERE id = 1"}, {"UPDATE project SET stage = 'SIGNED' WHERE id = 1"}},
	{"event_evidence", 2, {"UPDATE evidence SET deleted_at_ms = 5 WHERE id = 1"}, {"UPDATE evidence SET deleted_at_ms = NULL WHERE id = 1"}},
	{"proposal_duties", 1, {"INSERT INTO proposal_step (id, proposal_id, act, account_id, role, at_ms) SELECT 11, 1, 'REVIEW', account_id, 'COUNTY_REVIEWER', 1 FROM proposal_step WHERE id = 10"},
		{"DELETE FROM proposal_step WHERE id = 11"}},
	{"evidence_duties", 1, {"UPDATE evidence SET state = 'OK', verified_by = 7, verified_at_ms = 1 WHERE id = 1"},
		{"UPDATE evidence SET state = 'NEW', verified_by = NULL, verified_at_ms = NULL WHERE id = 1"}},
	{"evidence_verifier", 1, {"UPDATE evidence SET state = 'OK' WHERE id = 1"}, {"UPDATE evidence SET state = 'NEW' WHERE id = 1"}},
	{"proposal_done", 1, {"UPDATE proposal SET state = 'DONE', next_act = NULL WHERE id = 1"}, {"UPDATE proposal SET state = 'OPEN', next_act = 'REVIEW' WHERE id = 1"}},
	{"funds", 1, {"UPDATE project SET funds_fen = 501 WHERE id = 1"}, {"UPDATE project SET funds_fen = 500 WHERE id = 1"}},
	{"funds", 1, {"UPDATE funds_record SET state = 'RETURNED' WHERE id = 1"}, {"UPDATE funds_record SET state = 'CITY_OK' WHERE id = 1"}},
	{"funds_amount", 2, {"UPDATE funds_record SET amount_fen = 901 WHERE id = 2"}, {"UPDATE funds_record SET amount_fen = 900 WHERE id = 2"}},
	{"project_region", 2, {"UPDATE project SET region_code = '990000' WHERE id = 2"}, {"UPDATE project SET region_code = '370783' WHERE id = 2"}},
	{"investor_region", 1, {"UPDATE investor SET region_code = '990000' WHERE id = 1"}, {"UPDATE investor SET region_code = '370783' WHERE id = 1"}},
	{"lead_region", 1, {"UPDATE lead SET region_code = '990000' WHERE id = 1"}, {"UPDATE lead SET region_code = '370783' WHERE id = 1"}},
	{"import_region", 1, {"UPDATE import_batch SET region_code = '99' WHERE id = 1"}, {"UPDATE import_batch SET region_code = '370783' WHERE id = 1"}},
	{"assignment_scope", 1, {"UPDATE assignment SET scope = '99' WHERE id = 1"}, {"UPDATE assignment SET scope = '3707' WHERE id = 1"}},
	{"sealed_named", 2, {"UPDATE project SET secrecy = 'SEALED' WHERE id = 2"}, {"UPDATE project SET secrecy = 'INTERNAL' WHERE id = 2"}},
	{"sealed_named", 1, {"UPDATE evidence SET secrecy = 'SEALED' WHERE id = 1"}, {"UPDATE evidence SET secrecy = NULL WHERE id = 1"}},
	{"sealed_named", 1, {"UPDATE lead SET secrecy = 'SEALED' WHERE id = 1"}, {"UPDATE lead SET secrecy = 'INTERNAL' WHERE id = 1"}},
	{"sealed", 2, {"UPDATE project SET secrecy = 'SEALED' WHERE id = 2", "INSERT INTO record_acl (record_kind, record_id, account_id) VALUES ('project', 2, 9007199254740992)"},
		{"UPDATE project SET secrecy = 'INTERNAL' WHERE id = 2", "DELETE FROM record_acl"}},
	{"sealed", 1, {"UPDATE lead SET secrecy = 'SEALED' WHERE id = 1", "INSERT INTO record_acl (record_kind, record_id, account_id) VALUES ('lead', 1, 9007199254740992)"},
		{"UPDATE lead SET secrecy = 'INTERNAL' WHERE id = 1", "DELETE FROM record_acl"}},
	{"contact_sealed", 1, {"UPDATE contact SET mobile = '13800138000' WHERE id = 1"}, {"UPDATE contact SET mobile = 'zs1.1.x' WHERE id = 1"}},
	{"contact_owner", 1, {"UPDATE contact SET owner_id = 77 WHERE id = 1"}, {"UPDATE contact SET owner_id = 1 WHERE id = 1"}},
	{"project_references", 2, {"UPDATE project SET officer_id = 777 WHERE id = 2"}, {"UPDATE project SET officer_id = NULL WHERE id = 2"}},
	{"project_references", 2, {"UPDATE project SET import_id = 777 WHERE id = 2"}, {"UPDATE project SET import_id = NULL WHERE id = 2"}},
	{"proposal_evidence", 1, {"UPDATE proposal SET evidence_id = 1 WHERE id = 1"}, {"UPDATE proposal SET evidence_id = NULL WHERE id = 1"}},
	{"agreement_evidence", 1, {"INSERT INTO agreement (id, project_id, kind, sign_date, evidence_id, created_at_ms, updated_at_ms) VALUES (1, 2, 'CONTRACT', '2024-01-01', 1, 1, 1)"},
		{"DELETE FROM agreement"}},
	{"acl", 1, {"INSERT INTO record_acl (record_kind, record_id, account_id) VALUES ('project', 1, 777)"}, {"DELETE FROM record_acl"}},
	{"merged", 2, {"UPDATE project SET merged_into = 1 WHERE id = 2"}, {"UPDATE project SET merged_into = NULL WHERE id = 2"}},
	{"merged", 2, {"UPDATE project SET side = 'MERGED' WHERE id = 2"}, {"UPDATE project SET side = 'ACTIVE' WHERE id = 2"}},
	{"size_band", 2, {"UPDATE project SET size_band = 'S1' WHERE id = 2"}, {"UPDATE project SET size_band = NULL WHERE id = 2"}},
	{"project_code", 2, {"UPDATE project SET code = 'XM370783202400006' WHERE id = 2"}, {"UPDATE project SET code = 'XM370783202400002' WHERE id = 2"}},
	{"project_days", 2, {"UPDATE project SET sign_date = '2024-01' WHERE id = 2"}, {"UPDATE project SET sign_date = NULL WHERE id = 2"}},
	{"project_names", 2, {"UPDATE project SET name_key = '甲' WHERE id = 2"}, {"UPDATE project SET name_key = '乙' WHERE id = 2"}},
	{"investor_names", 1, {"UPDATE investor SET name = '戊' WHERE id = 1"}, {"UPDATE investor SET name = '丙' WHERE id = 1"}},
	{"evidence_file", 1, {"UPDATE evidence SET size_bytes = 4 WHERE id = 1"}, {"UPDATE evidence SET size_bytes = 3 WHERE id = 1"}},
	{"search_index", 0, {"DELETE FROM search_doc WHERE record_id = 2"}, {"SELECT 1"}},
	{"import_row", 1, {"INSERT INTO import_row (id, import_id, sheet_no, row_no, result, data, is_written) VALUES (1, 1, 1, 1, 'NEW', '[]', 1)"}, {"DELETE FROM import_row"}},
	{"offices", 1, {"INSERT INTO assignment (id, account_id, role, valid_from_date, created_at_ms, updated_at_ms) VALUES (100, 1, 'SYS_ADMIN', '2024-01-01', 1, 1)",
		"INSERT INTO assignment (id, account_id, role, valid_from_date, created_at_ms, updated_at_ms) VALUES (101, 1, 'LOG_ADMIN', '2024-01-01', 1, 1)"},
		{"DELETE FROM assignment WHERE id >= 100"}},
};

static enum err put_file(struct ctx *ctx, void *arg) {
	(void)arg;
	return DB_RUN(ctx->db, Q_BLOB_PUT, VT(S(ABC)), VI(3), VT(S("application/pdf")), VB(S("abc")), VI(1));
}

static enum err put_bad_file(struct ctx *ctx, void *arg) {
	(void)arg;
	return DB_RUN(ctx->db, Q_BLOB_PUT, VT(S("00bad")), VI(3), VT(S("application/pdf")), VB(S("abc")), VI(1));
}

static enum err put_short_file(struct ctx *ctx, void *arg) {
	(void)arg;
	return DB_RUN(ctx->db, Q_BLOB_PUT, VT(sha256_hex(ctx->arena, S("ab"))), VI(3), VT(S("application/pdf")), VB(S("ab")), VI(1));
}

static enum err make_proposal(struct ctx *ctx, void *account) {
	const int64_t id = *(const int64_t *)account;
	const struct column p[] = {{S("id"), VI(1)}, {S("project_id"), VI(2)}, {S("kind"), VT(S("ADVANCE"))}, {S("from_stage"), VT(S("LEAD"))},
		{S("event_date"), VT(S("2024-01-01"))}, {S("state"), VT(S("OPEN"))}, {S("next_act"), VT(S("REVIEW"))}, {S("project_version"), VI(1)},
		{S("created_at_ms"), VI(1)}, {S("created_by"), VI(id)}, {S("updated_at_ms"), VI(1)}};
	const struct column s[] = {{S("id"), VI(10)}, {S("proposal_id"), VI(1)}, {S("act"), VT(S("PROPOSE"))}, {S("account_id"), VI(id)},
		{S("role"), VT(S("COUNTY_STAFF"))}, {S("at_ms"), VI(1)}};
	enum err e = db_insert(ctx->db, S("proposal"), p, LEN(p), NULL);
	return e ? e : db_insert(ctx->db, S("proposal_step"), s, LEN(s), NULL);
}

static void index_anew(struct city *c) {
	int64_t rows;
	city_as(c, ROLE_CITY_STAFF, "3707");
	assert_int_equal(search_rebuild(&c->ctx, &rows), ERR_OK);
}

static void make_good(struct city *c) {
	assert_int_equal(reference_load(&c->ctx), ERR_OK);
	int64_t account = city_account(c, "lina", "correct horse battery", ROLE_CITY_STAFF, "3707", 0);
	assert_int_equal(account, 1);
	for (size_t i = 0; i < LEN(good); i++) city_sql(c, good[i]);
	city_as(c, ROLE_CITY_STAFF, "3707");
	assert_int_equal(ctx_write(&c->ctx, put_file, NULL), ERR_OK);
	assert_int_equal(ctx_write(&c->ctx, make_proposal, &account), ERR_OK);
	index_anew(c);
}

/* The checks that are broken must be this one alone; NULL = none. Gives what it found. */
static struct violation expect(struct city *c, const char *code) {
	struct invariant_result *list;
	struct violation seen = {0};
	size_t n, broken = 0;
	city_request(c);
	assert_int_equal(invariants_check(&c->ctx, &list, &n), ERR_OK);
	for (size_t i = 0; i < n; i++) {
		if (!list[i].n) continue;
		/* rows written past the records are not in the index: of a plant that is no matter */
		if (code && str_eq(list[i].code, S("search_index")) && strcmp(code, "search_index") != 0) continue;
		if (!code || !str_eq(list[i].code, str_c(code)))
			fail_saying("%s: also seen by %.*s: %.*s", code ? code : "nothing planted", SHOW(list[i].code), SHOW(list[i].rows[0].detail));
		seen = list[i].rows[0];
		broken++;
		assert_true(list[i].rows[0].detail.n > 0 && list[i].zh.n && list[i].en.n);
	}
	if (code && !broken) fail_saying("%s was not seen", code);
	return seen;
}

static void what_is_planted_is_seen(void **state) {
	struct city *c = *state;
	make_good(c);
	expect(c, NULL);
	for (size_t i = 0; i < LEN(plants); i++) {
		for (size_t k = 0; k < 2 && plants[i].sql[k]; k++) city_sql(c, plants[i].sql[k]);
		/* a name on the list that is no account is a violation of its own, so that check is asked alone */
		bool is_pair = strcmp(plants[i].code, "sealed") == 0;
		if (!is_pair) assert_int_equal(expect(c, plants[i].code).id, plants[i].id);
		for (size_t k = 0; k < 2 && plants[i].undo[k]; k++) city_sql(c, plants[i].undo[k]);
	}
	index_anew(c);
	expect(c, NULL);
}

/* The lists' own queries are asked by account -1: named to it, a sealed record is seen. */
static void a_list_that_shows_too_much_is_seen(void **state) {
	struct city *c = *state;
	make_good(c);
	for (size_t i = 0; i < LEN(plants); i++) {
		struct invariant_result *list;
		size_t n;
		if (strcmp(plants[i].code, "sealed") != 0) continue;
		for (size_t k = 0; k < 2; k++) city_sql(c, plants[i].sql[k]);
		city_request(c);
		assert_int_equal(invariants_check(&c->ctx, &list, &n), ERR_OK);
		for (size_t k = 0; k < n; k++)
			if (str_eq(list[k].code, S("sealed"))) {
				assert_int_equal(list[k].n, 1);
				assert_int_equal(list[k].rows[0].id, plants[i].id);
			}
		for (size_t k = 0; k < 2; k++) city_sql(c, plants[i].undo[k]);
	}
	expect(c, NULL);
}

static void files_are_read(void **state) {
	struct city *c = *state;
	make_good(c);
	city_as(c, ROLE_CITY_STAFF, "3707");
	assert_int_equal(ctx_write(&c->ctx, put_bad_file, NULL), ERR_OK);
	assert_str(expect(c, "file_bytes").detail, S("00bad"));
	city_sql(c, "DELETE FROM file_blob WHERE sha256 = '00bad'");
	city_as(c, ROLE_CITY_STAFF, "3707");
	assert_int_equal(ctx_write(&c->ctx, put_short_file, NULL), ERR_OK);
	expect(c, "file_size");
	city_sql(c, "DELETE FROM file_blob WHERE size_bytes <> length(bytes)");
	city_sql(c, "DELETE FROM file_blob");
	assert_int_equal(expect(c, "evidence_file").id, 1);
}

static void the_chain_is_walked(void **state) {
	struct city *c = *state;
	make_good(c);
	int64_t last = city_count(c, "SELECT max(id) FROM audit");
	city_sql(c, "UPDATE audit SET action = 'x' WHERE id = 2");
	assert_int_equal(expect(c, "audit_chain").id, 2);
	assert_true(last >= 2);
}

static void references_are_followed(void **state) {
	struct city *c = *state;
	if (c->fixture.engine != ENGINE_SQLITE) return; /* PostgreSQL lets nobody break them */
	make_good(c);
	struct db *w = NULL;
	struct str why;
	assert_int_equal(c->fixture.store->engine->open(c->fixture.store, &c->fixture.arena, FOR_POOL, &w, &why), ERR_OK);
	assert_int_equal(w->engine->exec(w, S("PRAGMA foreign_keys=0")), ERR_OK);
	assert_int_equal(w->engine->exec(w, S("INSERT INTO talk (project_id, talk_date, content, created_at_ms, updated_at_ms)"
		" VALUES (99, '2024-01-01', 'x', 1, 1)")), ERR_OK);
	db_close(w);
	assert_true(str_has(expect(c, "pages").detail, S("talk")));
}

static void many_are_counted_and_some_are_kept(void **state) {
	struct city *c = *state;
	struct invariant_result *list;
	size_t n;
	make_good(c);
	for (int i = 0; i < INVARIANT_ROWS + 20; i++) {
		char sql[300];
		snprintf(sql, sizeof sql, "INSERT INTO contact (id, owner_kind, owner_id, name, created_at_ms, updated_at_ms) VALUES (%d, 'LEAD', 999, 'x', 1, 1)", 1000 + i);
		city_sql(c, sql);
	}
	city_request(c);
	assert_int_equal(invariants_check(&c->ctx, &list, &n), ERR_OK);
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(list[i].code, S("contact_owner"))) continue;
		assert_int_equal(list[i].n, INVARIANT_ROWS + 20);
		assert_int_equal(list[i].rows_n, INVARIANT_ROWS);
	}
}

/* A check that is in the table but nobody plants against would be a promise. */
static void every_check_has_a_plant(void **state) {
	struct city *c = *state;
	struct invariant_result *list;
	size_t n;
	static const char *const elsewhere[] = {"pages", "audit_chain", "file_bytes", "file_size"};
	assert_int_equal(reference_load(&c->ctx), ERR_OK);
	assert_int_equal(invariants_check(&c->ctx, &list, &n), ERR_OK);
	for (size_t i = 0; i < n; i++) {
		bool has = false;
		for (size_t k = 0; k < LEN(plants); k++) has |= str_eq(list[i].code, str_c(plants[k].code));
		for (size_t k = 0; k < LEN(elsewhere); k++) has |= str_eq(list[i].code, str_c(elsewhere[k]));
		if (!has) fail_saying("no test plants a violation of %.*s", SHOW(list[i].code));
	}
}

int main(void) {
	static const struct engine_test tests[] = {
		BOTH(what_is_planted_is_seen), BOTH(a_list_that_shows_too_much_is_seen), BOTH(files_are_read), BOTH(the_chain_is_walked),
		BOTH(references_are_followed), BOTH(many_are_counted_and_some_are_kept), BOTH(every_check_has_a_plant),
	};
	return run_in_city("invariant", tests, LEN(tests));
}
