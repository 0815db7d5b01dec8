/* The demo city: its figures are counted from the rows, and every row follows the rules. */
#include "unit.h"

#include "city.h"
#include "domain/audit.h"
#include "domain/check.h"
#include "domain/demo.h"
#include "domain/gate.h"
#include "domain/password.h"
#include "domain/reference.h"

/* Definitions of the handbook, 4.2, as docs/rules.md corrects them. */
#define VERIFIED "v.kind = 'STAGE' AND v.verified_at_ms IS NOT NULL AND v.is_void = 0"
#define COUNTED "p.side <> 'MERGED' AND p.deleted_at_ms IS NULL"
#define N_SIGN(from, to) \
	"SELECT count(DISTINCT p.id) FROM project p JOIN stage_event v ON v.project_id = p.id WHERE " COUNTED " AND " VERIFIED \
	" AND v.to_stage = 'SIGNED' AND v.event_date BETWEEN '" from "' AND '" to "'" \
	" AND EXISTS (SELECT 1 FROM agreement a WHERE a.project_id = p.id AND a.kind = 'CONTRACT' AND a.is_sealed_by_both = 1)"
/* The later of the dates of gates 3 and 4. */
#define N_LS(from, to) \
	"SELECT count(*) FROM (SELECT p.id, max(v.event_date) AS day FROM project p JOIN stage_event v ON v.project_id = p.id" \
	" WHERE " COUNTED " AND " VERIFIED " AND v.to_stage IN ('LANDED', 'STARTED')" \
	" GROUP BY p.id HAVING count(DISTINCT v.to_stage) = 2) x WHERE day BETWEEN '" from "' AND '" to "'"
#define FUNDS(year) \
	"SELECT CAST(sum(f.amount_fen) AS BIGINT) FROM funds_record f JOIN project p ON p.id = f.project_id WHERE " COUNTED \
	" AND f.stat_month LIKE '" year "-%' AND f.origin <> 'LOCAL' AND f.form <> 'M_A' AND f.state IN ('CITY_OK', 'FROZEN')"

static struct rows *city_rows(struct city *c, const char *sql) {
	struct rows *r;
	struct statement st = {.sql = str_c(sql), .id = Q__N};
	assert_int_equal(db_query_statement(c->fixture.db, &c->fixture.arena, &st, &r), ERR_OK);
	return r;
}

static void make(struct city *c) {
	city_request(c);
	c->app.fixed_today = 19823; /* 2024-04-10 */
	assert_int_equal(reference_load(&c->ctx), ERR_OK);
	enum err e = demo_make(&c->ctx, DEMO_SEED);
	if (e) print_error("rule %.*s\n", (int)city_rule(c).n, city_rule(c).p);
	assert_int_equal(e, ERR_OK);
	city_request(c);
}

struct count {
	const char *why, *sql;
	int64_t lo, hi;
};

static void check_counts(struct city *c, const struct count *counts, size_t n) {
	bool is_good = true;
	for (size_t i = 0; i < n; i++) {
		int64_t got = city_count(c, counts[i].sql);
		if (got >= counts[i].lo && got <= counts[i].hi) continue;
		print_error("%s: %lld\n", counts[i].why, (long long)got);
		is_good = false;
	}
	assert_true(is_good);
}

/* What the city is known for. */
static const struct count figures[] = {
	{"signed 2022", N_SIGN("2022-01-01", "2022-12-31"), 980, 1020},
	{"signed 2023", N_SIGN("2023-01-01", "2023-12-31"), 1126, 1126},
	{"signed in the first quarter of 2024", N_SIGN("2024-01-01", "2024-03-31"), 280, 300},
	{"landed and started 2023", N_LS("2023-01-01", "2023-12-31"), 583, 583},
	{"funds 2023, fen", FUNDS("2023"), 15240000000000, 15240000000000},
	{"funds 2022, fen", FUNDS("2022"), 3000000000000, 20000000000000},
	{"leads", "SELECT count(*) FROM lead WHERE deleted_at_ms IS NULL", 1800, 4000},
	{"leads given up", "SELECT count(*) FROM lead WHERE state IN ('DROPPED', 'EXPIRED', 'REJECTED')", 300, 900},
	{"talks", "SELECT count(*) FROM talk WHERE deleted_at_ms IS NULL", 1800, 12000},
	{"38 days from the first talk to landing",
	 "SELECT count(*) FROM project WHERE first_talk_date = '2023-02-13' AND sign_date = '2023-03-21' AND land_date = '2023-03-23'", 1, 1},
	{"units with projects", "SELECT count(DISTINCT region_code) FROM project", 17, 17},
	{"units", "SELECT count(*) FROM region WHERE is_unit = 1", 17, 17},
};

/* Every screen has something to show. */
static const struct count variety[] = {
	{"stages", "SELECT count(DISTINCT stage) FROM project", 8, 8},
	{"sides", "SELECT count(DISTINCT side) FROM project", 4, 4},
	{"size bands", "SELECT count(DISTINCT size_band) FROM project", 6, 6},
	{"size bands among the signed", "SELECT count(DISTINCT size_band) FROM project WHERE sign_date IS NOT NULL", 6, 6},
	{"kinds", "SELECT count(DISTINCT kind) FROM project", 3, 3},
	{"secrecy", "SELECT count(DISTINCT secrecy) FROM project", 3, 3},
	{"key levels", "SELECT count(DISTINCT key_level) FROM project WHERE is_key = 1", 3, 3},
	{"foreign money", "SELECT count(*) FROM project WHERE currency IS NOT NULL AND foreign_minor > 0", 50, 500},
	{"amounts with a word", "SELECT count(*) FROM project WHERE invest_qual <> 'EXACT' AND invest_text IS NOT NULL", 20, 200},
	{"lead states", "SELECT count(DISTINCT state) FROM lead", 11, 11},
	{"waits for the county", "SELECT count(*) FROM proposal WHERE state = 'OPEN' AND next_act = 'REVIEW'", 20, 100},
	{"waits for the city", "SELECT count(*) FROM proposal WHERE state = 'OPEN' AND next_act = 'VERIFY'", 20, 100},
	{"waits in 寿光", "SELECT count(DISTINCT g.next_act) FROM proposal g JOIN project p ON p.id = g.project_id WHERE g.state = 'OPEN' AND p.region_code = '370783'", 2, 2},
	{"waits in 寒亭", "SELECT count(DISTINCT g.next_act) FROM proposal g JOIN project p ON p.id = g.project_id WHERE g.state = 'OPEN' AND p.region_code = '370703'", 2, 2},
	{"returned", "SELECT count(*) FROM proposal WHERE state = 'RETURNED'", 20, 400},
	{"withdrawn", "SELECT count(*) FROM proposal WHERE state = 'WITHDRAWN'", 1, 20},
	{"kinds of proposals", "SELECT count(DISTINCT kind) FROM proposal", 7, 9},
	{"late in talk (over 60 days)", "SELECT count(*) FROM project WHERE stage = 'TALK' AND side = 'ACTIVE' AND stage_since_date < '2024-02-10'", 30, 400},
	{"funds states", "SELECT count(DISTINCT state) FROM funds_record", 7, 7},
	{"files", "SELECT count(*) FROM file_blob", 10, 40},
	{"progress months", "SELECT count(*) FROM progress", 1000, 40000},
	{"two stages in one proposal", "SELECT count(*) FROM proposal WHERE via_date IS NOT NULL", 1, 10},
	{"the projects of the enterprise account",
	 "SELECT count(*) FROM assignment s JOIN project_party y ON y.investor_id = s.subject_id WHERE s.role = 'ENTERPRISE'", 1, 20},
	{"the leads of the partner account", "SELECT count(*) FROM assignment s JOIN lead l ON l.partner_id = s.subject_id WHERE s.role = 'PARTNER'", 2, 100},
	{"the projects of the park", "SELECT count(*) FROM assignment s JOIN project p ON p.park_id = s.subject_id WHERE s.role = 'PARK_STAFF'", 10, 300},
	{"the projects of the officer",
	 "SELECT count(*) FROM account a JOIN project p ON p.officer_id = a.id WHERE a.login = 'service_officer'", 5, 200},
	{"roles of the account with several", "SELECT count(*) FROM assignment s JOIN account a ON a.id = s.account_id WHERE a.login = 'several_roles'", 3, 3},
	{"sheets at the import desk", "SELECT count(DISTINCT state) FROM import_batch", 3, 3},
	{"imported projects that wait for a verifier", "SELECT count(*) FROM project WHERE import_id IS NOT NULL AND is_stage_verified = 0 AND stage = 'TALK'", 4, 4},
	{"results of the compared sheet", "SELECT count(DISTINCT r.result) FROM import_row r JOIN import_batch b ON b.id = r.import_id WHERE b.state = 'CHECKED'", 2, 6},
	{"audit rows", "SELECT count(*) FROM audit", 50000, 80000},
	{"projects whose making no audit row tells", "SELECT count(*) FROM project p WHERE NOT EXISTS (SELECT 1 FROM audit a "
		"WHERE a.project_id = p.id AND a.object = 'project' AND a.action = 'create')", 0, 0},
	{"audit rows older than the one before", "SELECT count(*) FROM audit a JOIN audit b ON b.id = a.id + 1 WHERE b.at_ms < a.at_ms", 0, 0},
};

/* Rules that no row may break: each counts the offenders. */
static const struct count rules[] = {
	{"events whose dates go back",
	 "SELECT count(*) FROM stage_event a JOIN stage_event b ON b.project_id = a.project_id AND b.id > a.id WHERE b.event_date < a.event_date", 0, 0},
	{"verified later than now", "SELECT count(*) FROM stage_event WHERE verified_at_ms > 1712712600000", 0, 0},
	{"events after today", "SELECT count(*) FROM stage_event WHERE event_date > '2024-04-10'", 0, 0},
	{"stage without its event",
	 "SELECT count(*) FROM project p WHERE p.stage <> 'LEAD' AND NOT EXISTS (SELECT 1 FROM stage_event v WHERE v.project_id = p.id"
	 " AND v.to_stage = p.stage AND v.event_date = p.stage_since_date)", 0, 0},
	{"two acts of one person on one proposal",
	 "SELECT count(*) FROM proposal_step a JOIN proposal_step b ON b.proposal_id = a.proposal_id AND b.id > a.id AND b.account_id = a.account_id"
	 " AND b.act <> 'WITHDRAW'", 0, 0},
	{"steps whose times go back",
	 "SELECT count(*) FROM proposal_step a JOIN proposal_step b ON b.proposal_id = a.proposal_id AND b.id > a.id WHERE b.at_ms < a.at_ms", 0, 0},
	{"done without verification",
	 "SELECT count(*) FROM proposal g WHERE g.state = 'DONE' AND NOT EXISTS (SELECT 1 FROM proposal_step s WHERE s.proposal_id = g.id AND s.act IN ('REVIEW', 'VERIFY'))", 0, 0},
	{"done and not in the history", "SELECT count(*) FROM proposal g WHERE g.state = 'DONE' AND NOT EXISTS (SELECT 1 FROM stage_event v WHERE v.proposal_id = g.id)", 0, 0},
	{"more money than agreed",
	 "SELECT count(*) FROM project p WHERE p.total_invest_fen < p.funds_fen", 0, 0},
	{"funds that are not the sum of the records",
	 "SELECT count(*) FROM project p WHERE p.funds_fen <> (SELECT coalesce(CAST(sum(f.amount_fen) AS BIGINT), 0) FROM funds_record f"
	 " WHERE f.project_id = p.id AND f.origin <> 'LOCAL' AND f.form <> 'M_A' AND f.state IN ('CITY_OK', 'FROZEN'))", 0, 0},
	{"funds before the contract", "SELECT count(*) FROM funds_record f JOIN project p ON p.id = f.project_id WHERE f.funds_date < p.sign_date", 0, 0},
	{"two routes of one project",
	 "SELECT count(*) FROM (SELECT project_id FROM funds_record GROUP BY project_id HAVING count(DISTINCT route) > 1) x", 0, 0},
	{"foreign money that is not its yuan",
	 "SELECT count(*) FROM funds_record WHERE currency <> 'CNY' AND amount_minor / 1000000 * rate_e6 <> amount_fen", 0, 0},
	{"files that are not there", "SELECT count(*) FROM evidence e WHERE NOT EXISTS (SELECT 1 FROM file_blob b WHERE b.sha256 = e.sha256 AND b.size_bytes = e.size_bytes)", 0, 0},
	{"sealed without a named person",
	 "SELECT count(*) FROM project p WHERE p.secrecy = 'SEALED' AND NOT EXISTS (SELECT 1 FROM record_acl r WHERE r.record_kind = 'project' AND r.record_id = p.id)", 0, 0},
	{"sealed leads without a named person",
	 "SELECT count(*) FROM lead l WHERE l.secrecy = 'SEALED' AND NOT EXISTS (SELECT 1 FROM record_acl r WHERE r.record_kind = 'lead' AND r.record_id = l.id)", 0, 0},
	{"industries that are no class", "SELECT count(*) FROM project p LEFT JOIN industry i ON i.code = p.industry_code WHERE i.level IS NULL OR i.level <> 'CLASS'", 0, 0},
	{"codes beyond their counter",
	 "SELECT count(*) FROM project p WHERE NOT EXISTS (SELECT 1 FROM code_counter k WHERE k.prefix = substr(p.code, 1, 12)"
	 " AND k.last_no >= CAST(substr(p.code, 13) AS BIGINT))", 0, 0},
	{"two projects of one name", "SELECT count(*) FROM (SELECT name FROM project WHERE side <> 'MERGED' GROUP BY name HAVING count(*) > 1) x", 0, 0},
	{"merged into nothing", "SELECT count(*) FROM project WHERE (side = 'MERGED') <> (merged_into IS NOT NULL)", 0, 0},
	{"leads that became no project", "SELECT count(*) FROM lead l WHERE (l.state = 'CONVERTED') <> (EXISTS (SELECT 1 FROM project p WHERE p.lead_id = l.id AND p.id = l.project_id))", 0, 0},
	{"projects of another partner than their lead",
	 "SELECT count(*) FROM project p LEFT JOIN lead l ON l.id = p.lead_id WHERE coalesce(p.partner_id, 0) <> coalesce(l.partner_id, 0)", 0, 0},
	{"accounts that are no demo accounts", "SELECT count(*) FROM account WHERE is_demo <> 1 OR password_hash IS NULL", 0, 0},
};

/* Every project would pass the gates that it has passed, and that of an open proposal as well. */
static void check_gates(struct city *c) {
	struct rows *r = city_rows(c,
		"SELECT p.id, p.stage, (SELECT g.to_stage FROM proposal g WHERE g.project_id = p.id AND g.state = 'OPEN' AND g.kind = 'ADVANCE') AS next"
		" FROM project p WHERE p.import_id IS NULL"); /* what a sheet says passed no gate */
	int64_t seen = 0, closed = 0;
	while (rows_next(r)) {
		struct arena scratch = {0};
		struct ctx ctx = c->ctx;
		struct gate_facts g;
		struct str to = rows_is_null(r, 2) ? rows_text(r, 1) : rows_text(r, 2);
		int stage = 0;
		while (!str_eq(project_stages[stage].code, to)) stage++;
		ctx.arena = &scratch;
		ctx.params = NULL;
		assert_int_equal(gate_facts_load(&ctx, rows_int(r, 0), &g), ERR_OK);
		if (gates_check(&ctx, &g, STAGE_LEAD, (enum stage)stage)) {
			print_error("project %lld to %.*s: %.*s\n", (long long)rows_int(r, 0), (int)to.n, to.p, (int)ctx.error->field.n, ctx.error->field.p);
			closed++;
		}
		seen++;
		arena_release(&scratch);
	}
	assert_int_equal(rows_error(r), ERR_OK);
	rows_done(r);
	assert_int_equal(closed, 0);
	assert_int_equal(seen, city_count(c, "SELECT count(*) FROM project WHERE import_id IS NULL"));
}

/* A value as a form sends it is taken, and stays what it was. */
static void check_fields(struct ctx *ctx, const struct noun *n, void *rec) {
	for (size_t i = 0; i < n->fields_n; i++) {
		const struct field *f = &n->fields[i];
		if ((f->flags & (FIELD_VIRTUAL | FIELD_VIEW | FIELD_SERVER)) || f->type == F_BOOL || field_is_missing(f, rec)) continue;
		struct value v = field_value(f, ctx->arena, rec);
		field_set_text(ctx, f, rec, v.kind == V_INT ? str_of_int(ctx->arena, v.i) : v.s);
		struct value now = field_value(f, ctx->arena, rec);
		assert_true(now.kind == v.kind && now.i == v.i && str_eq(now.s, v.s));
	}
}

/* Every record follows the rules that it would be edited under. */
static void check_noun(struct city *c, const struct noun *n) {
	struct buf sql = {.arena = c->ctx.arena};
	buf_c(&sql, "SELECT * FROM ");
	buf_add(&sql, n->table);
	struct rows *r = city_rows(c, str_cstr(c->ctx.arena, buf_str(&sql)));
	int64_t seen = 0, wrong = 0;
	for (; rows_next(r); seen++) {
		struct arena scratch = {0};
		struct ctx ctx = c->ctx;
		ctx.arena = &scratch;
		ctx.params = NULL;
		void *old = arena_alloc(&scratch, n->size), *rec = arena_alloc(&scratch, n->size);
		record_init(n, old);
		record_init(n, rec);
		record_read(n, &scratch, r, old);
		record_read(n, &scratch, r, rec);
		struct fieldset none = {{0, 0}};
		record_check(&ctx, n, old, rec, &none);
		check_fields(&ctx, n, rec);
		for (size_t i = 0; i < n->fields_n; i++) {
			const struct field *f = &n->fields[i];
			if ((f->flags & (FIELD_VIRTUAL | FIELD_VIEW)) || field_equal(f, old, rec)) continue;
			fail(&ctx, ERR_INVALID, f->name, S("check_changes_it"));
		}
		if (ctx.error && wrong++ < 5)
			print_error("%.*s %lld: %.*s %.*s\n", (int)n->name.n, n->name.p, (long long)((struct record *)rec)->id,
			            (int)ctx.error->field.n, ctx.error->field.p, (int)ctx.error->rule.n, ctx.error->rule.p);
		arena_release(&scratch);
	}
	assert_int_equal(rows_error(r), ERR_OK);
	rows_done(r);
	assert_int_equal(wrong, 0);
	assert_true(seen > 50);
}

static void check_records(struct city *c) {
	static const struct str which[] = {S_("project"), S_("investor"), S_("lead"), S_("contact"), S_("talk"), S_("agreement"), S_("evidence"),
	                                   S_("phase"), S_("party"), S_("project_code"), S_("progress"), S_("funds"), S_("account")};
	city_as(c, ROLE_CITY_STAFF, "3707");
	for (size_t i = 0; i < LEN(which); i++) {
		assert_non_null(noun_by_name(which[i]));
		check_noun(c, noun_by_name(which[i]));
	}
	city_request(c);
}

/* Invented codes pass the checks that real ones pass. */
static void check_codes(struct city *c) {
	static const struct {
		const char *sql;
		struct check (*check)(struct arena *a, struct str s);
		int64_t at_least;
	} cases[] = {
		{"SELECT code FROM project_code", check_project_code, 1000},
		{"SELECT mobile FROM contact WHERE mobile IS NOT NULL", check_mobile, 1000},
		{"SELECT phone FROM contact WHERE phone IS NOT NULL", check_phone, 50},
		{"SELECT email FROM contact WHERE email IS NOT NULL", check_email, 500},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct rows *r = city_rows(c, cases[i].sql);
		int64_t n = 0;
		for (; rows_next(r); n++) {
			struct arena scratch = {0};
			struct check k = cases[i].check(&scratch, rows_text(r, 0));
			if (!k.is_valid) print_error("%.*s: %.*s\n", (int)rows_text(r, 0).n, rows_text(r, 0).p, (int)k.rule.n, k.rule.p);
			assert_true(k.is_valid && !k.is_changed);
			arena_release(&scratch);
		}
		rows_done(r);
		assert_true(n >= cases[i].at_least);
	}
}

static void check_credit_codes(struct city *c) {
	struct rows *r = city_rows(c, "SELECT id_no FROM investor WHERE id_kind = 'USCC' UNION ALL SELECT investor_uscc FROM lead WHERE investor_uscc IS NOT NULL");
	int64_t n = 0;
	for (; rows_next(r); n++) {
		struct arena scratch = {0};
		struct check k = check_uscc(&scratch, rows_text(r, 0), true);
		assert_true(k.is_valid && !k.warn.n);
		arena_release(&scratch);
	}
	rows_done(r);
	assert_true(n > 3000);
	assert_int_equal(city_count(c, "SELECT count(*) FROM (SELECT id_no FROM investor GROUP BY id_no HAVING count(*) > 1) x"), 0);

	r = city_rows(c, "SELECT resident_id FROM contact WHERE resident_id IS NOT NULL");
	for (n = 0; rows_next(r); n++) assert_true(check_resident_id(c->ctx.arena, rows_text(r, 0), c->ctx.today).is_valid);
	rows_done(r);
	assert_true(n > 5);
}

/* One account for each role, all with the one password. */
static void check_accounts(struct city *c) {
	for (size_t i = 0; i < demo_logins_n; i++) {
		city_login_as(c, (const char *)demo_logins[i].login.p);
		assert_int_equal(c->ctx.actor.role, demo_logins[i].role);
	}
	city_request(c);
	for (int role = 0; role < ROLE_PUBLIC; role++) {
		size_t i = 0;
		while (i < demo_logins_n && (int)demo_logins[i].role != role) i++;
		assert_true(i < demo_logins_n);
	}
	struct rows *r = city_rows(c, "SELECT DISTINCT password_hash FROM account");
	assert_true(rows_next(r));
	assert_true(password_fits(&c->ctx, str_copy(c->ctx.arena, rows_text(r, 0)), S(DEMO_PASSWORD)));
	assert_false(rows_next(r));
	rows_done(r);
}

static void check_audit(struct city *c) {
	struct audit_proof proof;
	assert_int_equal(audit_verify(&c->ctx, S(""), &proof), ERR_OK);
	assert_true(proof.is_ok);
	assert_int_equal(proof.rows, city_count(c, "SELECT count(*) FROM audit"));
}

/* What the rows say, without ids and hashes of passwords. */
static uint64_t digest_of(struct city *c) {
	static const char *const sql[] = {
		"SELECT code, name, stage, side, total_invest_fen, funds_fen, stage_since_date, lng_e6, content FROM project ORDER BY id",
		"SELECT name, id_no FROM investor ORDER BY id",
		"SELECT code, state, investor_name FROM lead ORDER BY id",
		"SELECT act, at_ms, comment FROM proposal_step ORDER BY id",
		"SELECT doc_no, amount_fen, state FROM funds_record ORDER BY id",
		"SELECT login, name, phone FROM account ORDER BY id",
	};
	uint64_t sum = 0;
	for (size_t i = 0; i < LEN(sql); i++) {
		struct rows *r = city_rows(c, sql[i]);
		while (rows_next(r))
			for (int k = 0; k < rows_columns(r); k++) sum = (sum ^ str_hash(rows_text(r, k)) ^ (uint64_t)rows_int(r, k)) * 1099511628211u;
		rows_done(r);
	}
	return sum;
}

static uint64_t city_of_seed(uint64_t seed) {
	struct city c;
	city_open(&c, ENGINE_SQLITE);
	c.app.fixed_today = 19823;
	assert_int_equal(reference_load(&c.ctx), ERR_OK);
	assert_int_equal(demo_make(&c.ctx, seed), ERR_OK);
	check_counts(&c, figures, LEN(figures));
	uint64_t digest = digest_of(&c);
	city_close(&c);
	return digest;
}

/* One seed, one city, on either engine; another seed, another city with the same figures. */
static void check_seeds(struct city *c) {
	uint64_t here = digest_of(c);
	assert_true(here == city_of_seed(DEMO_SEED));
	if (store_engine(c->app.store) == ENGINE_SQLITE) assert_false(here == city_of_seed(7));
}

static void test_demo_city(void **state) {
	struct city *c = *state;
	make(c);
	check_counts(c, figures, LEN(figures));
	check_counts(c, variety, LEN(variety));
	check_counts(c, rules, LEN(rules));
	check_gates(c);
	if (store_engine(c->app.store) == ENGINE_SQLITE) check_records(c); /* check_seeds: the rows are the same on both */
	check_codes(c);
	check_credit_codes(c);
	check_accounts(c);
	check_audit(c);
	check_seeds(c);

	/* A second city on top of it is refused, and nothing is added. */
	int64_t before = city_count(c, "SELECT count(*) FROM project");
	city_request(c);
	assert_int_equal(demo_make(&c->ctx, DEMO_SEED), ERR_CONFLICT);
	assert_str(city_rule(c), S("demo_needs_fresh_city"));
	assert_int_equal(city_count(c, "SELECT count(*) FROM project"), before);
}

/* Loaded twice, what the city changed stays. */
static void test_reference_load(void **state) {
	struct city *c = *state;
	assert_int_equal(reference_load(&c->ctx), ERR_OK);
	assert_int_equal(city_count(c, "SELECT count(*) FROM region WHERE is_unit = 1"), 17);
	assert_int_equal(city_count(c, "SELECT count(*) FROM industry"), 1971);
	assert_int_equal(city_count(c, "SELECT count(*) FROM region r WHERE r.parent IS NOT NULL AND NOT EXISTS (SELECT 1 FROM region x WHERE x.code = r.parent)"), 0);
	assert_int_equal(city_count(c, "SELECT value FROM param WHERE key = 'stage_days.STARTED'"), 540);
	int64_t regions = city_count(c, "SELECT count(*) FROM region");
	city_sql(c, "UPDATE region SET name = 'X' WHERE code = '370783'");
	city_sql(c, "DELETE FROM region WHERE code = '370783115'");
	city_sql(c, "DELETE FROM setting WHERE key = 'reference'"); /* as after an update of the program */
	assert_int_equal(reference_load(&c->ctx), ERR_OK);
	assert_int_equal(city_count(c, "SELECT count(*) FROM region"), regions);
	assert_int_equal(city_count(c, "SELECT count(*) FROM region WHERE name = 'X'"), 1);
}

int main(void) {
	static const struct engine_test tests[] = {BOTH(test_reference_load), BOTH(test_demo_city)};
	return run_in_city("demo", tests, LEN(tests));
}
