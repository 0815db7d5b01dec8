/* seal_test.c - personal values at rest: both ways, keys that fit and keys that do not, rows from before. */
#include "domain/contact.h"
#include "domain/investor.h"
#include "domain/seal.h"

#include "city.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DIGEST_LINE "0 DIGEST 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n"
#define SM4_LINE "2 SM4_CTR_HMAC_SM3 0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0\n"

static void use_keys(struct city *c, const char *text) {
	seal_free(c->app.seal);
	c->app.seal = seal_new(str_c(text), S(""));
	assert_non_null(c->app.seal);
}

static void both_ways_seal_and_open(void **state) {
	struct city *c = *state;
	static const char *const keys[] = {
		DIGEST_LINE "1 AES256_GCM ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100\n",
		DIGEST_LINE SM4_LINE,
	};
	static const char *const texts[] = {"19900001234", "+86 10 1234", "370702199003071230", "+1202555"};
	for (size_t k = 0; k < LEN(keys); k++) {
		use_keys(c, keys[k]);
		for (size_t i = 0; i < LEN(texts); i++) {
			struct str one, two, back;
			assert_int_equal(seal_text(&c->ctx, S("mobile"), str_c(texts[i]), &one), ERR_OK);
			assert_int_equal(seal_text(&c->ctx, S("mobile"), str_c(texts[i]), &two), ERR_OK);
			assert_true(seal_is_sealed(one) && !str_has(one, str_c(texts[i])));
			assert_false(str_eq(one, two)); /* a nonce of its own each time */
			assert_int_equal(seal_open(&c->ctx, S("mobile"), one, &back), ERR_OK);
			assert_str(back, str_c(texts[i]));
			assert_int_equal(seal_text(&c->ctx, S("mobile"), one, &two), ERR_OK); /* sealed once, not twice */
			assert_str(two, one);
		}
	}
	struct str empty;
	assert_int_equal(seal_text(&c->ctx, S("mobile"), S(""), &empty), ERR_OK);
	assert_int_equal(empty.n, 0);
}

/* Any changed character, another column, another key: nothing comes out. */
static void what_was_changed_does_not_open(void **state) {
	struct city *c = *state;
	static const char *const keys[] = {
		DIGEST_LINE "1 AES256_GCM ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100\n",
		DIGEST_LINE SM4_LINE,
	};
	for (size_t k = 0; k < LEN(keys); k++) {
		struct str sealed, out;
		use_keys(c, keys[k]);
		assert_int_equal(seal_text(&c->ctx, S("mobile"), S("19900001234"), &sealed), ERR_OK);
		assert_int_equal(seal_open(&c->ctx, S("phone"), sealed, &out), ERR_STORE);
		assert_str(city_rule(c), S("seal_damaged"));
		for (size_t i = 4; i < sealed.n; i++) {
			struct str bad = str_copy(&c->fixture.arena, sealed);
			((char *)(uintptr_t)bad.p)[i] = bad.p[i] == 'A' ? 'B' : 'A';
			assert_int_equal(seal_open(&c->ctx, S("mobile"), bad, &out), ERR_STORE);
		}
		for (size_t n = 4; n < sealed.n; n++)
			assert_int_equal(seal_open(&c->ctx, S("mobile"), str_sub(sealed, 0, n), &out), ERR_STORE);
		use_keys(c, DIGEST_LINE "1 AES256_GCM 00eeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100\n"
			"2 SM4_CTR_HMAC_SM3 001e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0\n");
		assert_int_equal(seal_open(&c->ctx, S("mobile"), sealed, &out), ERR_STORE);
	}
}

static void digests_are_of_name_and_text(void **state) {
	struct city *c = *state;
	struct str a = seal_digest(&c->ctx, S("mobile"), S("19900001234"));
	assert_int_equal(a.n, 64);
	assert_str(seal_digest(&c->ctx, S("mobile"), S("19900001234")), a);
	assert_false(str_eq(a, seal_digest(&c->ctx, S("tail"), S("19900001234"))));
	assert_false(str_eq(a, seal_digest(&c->ctx, S("mobile1"), S("9900001234"))));
	use_keys(c, "0 DIGEST ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n" SM4_LINE);
	assert_false(str_eq(a, seal_digest(&c->ctx, S("mobile"), S("19900001234"))));
}

static void a_key_file_is_read_strictly(void **state) {
	(void)state;
	static const char *const bad[] = {
		"", "rubbish\n", DIGEST_LINE, SM4_LINE, DIGEST_LINE "1 AES256_GCM 00\n", DIGEST_LINE "0 AES256_GCM" ,
		DIGEST_LINE "1 DES 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n",
		DIGEST_LINE "-1 AES256_GCM 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n",
		DIGEST_LINE "1 AES256_GCM 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff more\n",
		DIGEST_LINE SM4_LINE "2 SM4_CTR_HMAC_SM3 001e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0\n",
	};
	for (size_t i = 0; i < LEN(bad); i++) assert_null(seal_new(str_c(bad[i]), S("")));
}

/* ---- rows ---- */

static enum err insert(struct ctx *ctx, void *arg) {
	return record_insert(ctx, &account_noun, arg);
}

static void a_record_is_stored_sealed_and_read_plain(void **state) {
	struct city *c = *state;
	struct account a, back;
	city_as(c, ROLE_SYS_ADMIN, "3707");
	record_init(&account_noun, &a);
	a.login = a.name = S("wang");
	a.phone = S("19900001234");
	a.email = S("wang@example.com");
	a.state = ACCOUNT_ACTIVE;
	assert_int_equal(ctx_write(&c->ctx, insert, &a), ERR_OK);
	assert_int_equal(city_count(c, "SELECT count(*) FROM account WHERE phone LIKE 'zs1.1.%'"), 1);
	assert_int_equal(city_count(c, "SELECT count(*) FROM account WHERE phone LIKE '%1234%'"), 0);
	assert_int_equal(record_get(&c->ctx, &account_noun, a.record.id, &back), ERR_OK);
	assert_str(back.phone, S("19900001234"));
	assert_int_equal(account_by_login(&c->ctx, S("wang"), &back, NULL), ERR_OK);
	assert_str(back.phone, S("19900001234"));
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE diff LIKE '%199****1234%' AND diff NOT LIKE '%zs1%'"), 1);
	/* Damaged: said, and not overwritten. */
	city_sql(c, "UPDATE account SET phone = 'zs1.1.AAAA'");
	assert_int_equal(record_get(&c->ctx, &account_noun, a.record.id, &back), ERR_STORE);
	assert_str(city_rule(c), S("seal_damaged"));
}

static void make_plain(struct city *c, int n) {
	static const char *const sql = "INSERT INTO contact (owner_kind, owner_id, name, mobile, resident_id, created_at_ms, updated_at_ms) "
		"VALUES ('PROJECT', 1, '测试', '19900001234', '370702199003071230', 0, 0)";
	for (int i = 0; i < n; i++) city_sql(c, sql);
}

static const char left[] = "SELECT count(*) FROM contact WHERE mobile NOT LIKE 'zs1.%' OR resident_id NOT LIKE 'zs1.%'";

static void rows_from_before_are_sealed_once(void **state) {
	struct city *c = *state;
	int64_t rows, damaged;
	make_plain(c, 3);
	city_sql(c, "UPDATE contact SET phone = 'zs1.9.AAAA' WHERE id = 2"); /* of a key that is nowhere */
	city_request(c);
	struct seal_status s;
	assert_int_equal(seal_status(&c->ctx, &s), ERR_OK);
	assert_int_equal(s.stale, 3);
	assert_int_equal(seal_upgrade(&c->ctx, &rows, &damaged), ERR_OK);
	assert_int_equal(rows, 2);
	assert_int_equal(damaged, 1);
	assert_int_equal(city_count(c, left), 1); /* the damaged row as it was */
	assert_int_equal(city_count(c, "SELECT count(*) FROM contact WHERE id = 2 AND mobile = '19900001234' AND phone = 'zs1.9.AAAA'"), 1);
	assert_int_equal(city_count(c, "SELECT count(*) FROM contact WHERE row_version = 1"), 3);
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE action = 'seal_upgrade'"), 1);
	assert_int_equal(seal_upgrade(&c->ctx, &rows, &damaged), ERR_OK);
	assert_int_equal(rows, 0);
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE action = 'seal_upgrade'"), 1);
}

/* More than one batch, and rows that are plain again: each run takes what is left. */
static void what_is_left_is_taken_next_time(void **state) {
	struct city *c = *state;
	int64_t rows, damaged;
	city_sql(c, "INSERT INTO contact (owner_kind, owner_id, name, mobile, created_at_ms, updated_at_ms) "
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100) "
		"SELECT 'PROJECT', 1, '测试', '19900001234', 0, 0 FROM n");
	city_sql(c, "UPDATE contact SET mobile = NULL WHERE id > 700");
	city_request(c);
	assert_int_equal(seal_upgrade(&c->ctx, &rows, &damaged), ERR_OK);
	assert_int_equal(rows, 700);
	city_sql(c, "UPDATE contact SET mobile = '19900001234' WHERE id > 650");
	assert_int_equal(seal_upgrade(&c->ctx, &rows, &damaged), ERR_OK);
	assert_int_equal(rows, 450);
	assert_int_equal(city_count(c, "SELECT count(*) FROM contact WHERE mobile LIKE 'zs1.1.%'"), 1100);
}

/* ---- the file ---- */

static struct str path_in(struct city *c, const char *name) {
	struct buf b = {.arena = &c->fixture.arena};
	buf_c(&b, "/tmp/zhaoyin-seal-");
	buf_int(&b, getpid());
	buf_c(&b, name);
	return str_copy(&c->fixture.arena, buf_str(&b));
}

static enum err start(struct city *c, struct str path, struct str *why) {
	struct seal *s = NULL;
	city_request(c);
	enum err e = seal_start(&c->ctx, &c->fixture.arena, path, &s, why);
	if (e) return e;
	seal_free(c->app.seal);
	c->app.seal = s;
	return ERR_OK;
}

static void a_database_knows_its_keys(void **state) {
	struct city *c = *state;
	struct str path = path_in(c, ".seal"), other = path_in(c, ".other"), why = S("");
	struct stat st;
	int64_t rows, damaged;
	(void)unlink(path.p);
	(void)unlink(other.p);
	assert_int_equal(start(c, path, &why), ERR_OK); /* made */
	assert_int_equal(stat(path.p, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(start(c, path, &why), ERR_OK); /* read again */
	make_plain(c, 2);
	assert_int_equal(seal_upgrade(&c->ctx, &rows, &damaged), ERR_OK);

	assert_int_equal(start(c, other, &why), ERR_NOT_FOUND); /* a missing file is not made anew */
	assert_true(str_has(why, S("put the kept copy in its place")));
	assert_int_not_equal(access(other.p, F_OK), 0);
	FILE *f = fopen(other.p, "w");
	fputs(DIGEST_LINE "1 AES256_GCM 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n", f);
	fclose(f);
	chmod(other.p, 0600);
	assert_int_equal(start(c, other, &why), ERR_CONFLICT); /* another's key */
	assert_true(str_has(why, S("do not fit this database")));
	chmod(other.p, 0644);
	assert_int_equal(start(c, other, &why), ERR_FORBIDDEN); /* open to others */

	/* A new key of the other kind: old rows are sealed anew, and the next start finds both. */
	assert_int_equal(seal_rotate(&c->ctx, SEAL_SM4_CTR_HMAC_SM3, &rows, &damaged), ERR_OK);
	assert_int_equal(rows, 2);
	assert_int_equal(city_count(c, "SELECT count(*) FROM contact WHERE mobile LIKE 'zs1.2.%' AND resident_id LIKE 'zs1.2.%'"), 2);
	assert_int_equal(city_count(c, "SELECT count(*) FROM audit WHERE action = 'seal_rotate'"), 1);
	assert_int_equal(stat(path.p, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	struct seal *old = c->app.seal;
	c->app.seal = NULL;
	assert_int_equal(start(c, path, &why), ERR_OK);
	struct seal_status s;
	assert_int_equal(seal_status(&c->ctx, &s), ERR_OK);
	assert_int_equal(s.key_id, 2);
	assert_int_equal(s.keys_n, 2);
	assert_int_equal(s.kind, SEAL_SM4_CTR_HMAC_SM3);
	assert_int_equal(s.stale, 0);
	seal_free(old);
	(void)unlink(path.p);
	(void)unlink(other.p);
}

/* A server that runs meanwhile reads the file when it meets a number that it does not know. */
static void a_new_key_reaches_a_running_server(void **state) {
	struct city *c = *state;
	struct str path = path_in(c, ".two"), why = S(""), sealed, plain;
	int64_t rows, damaged;
	(void)unlink(path.p);
	assert_int_equal(start(c, path, &why), ERR_OK);
	struct seal *running = c->app.seal;
	c->app.seal = NULL;
	assert_int_equal(start(c, path, &why), ERR_OK);
	assert_int_equal(seal_rotate(&c->ctx, SEAL_AES256_GCM, &rows, &damaged), ERR_OK);
	assert_int_equal(seal_text(&c->ctx, S("mobile"), S("19900001234"), &sealed), ERR_OK);
	assert_true(str_starts(sealed, S("zs1.2.")));
	seal_free(c->app.seal);
	c->app.seal = running;
	assert_int_equal(seal_open(&c->ctx, S("mobile"), sealed, &plain), ERR_OK);
	assert_str(plain, S("19900001234"));
	(void)unlink(path.p);
}

static void sealed_fields_are_those_that_are_upgraded(void **state) {
	struct city *c = *state;
	size_t n = 0;
	city_as(c, ROLE_SYS_ADMIN, "3707");
	for (size_t i = 0; i < nouns_n; i++)
		for (size_t k = 0; k < nouns[i]->fields_n; k++) {
			const struct field *f = &nouns[i]->fields[k];
			if (f->type == F_PHONE || f->type == F_RESIDENT_ID) assert_true(f->flags & FIELD_SEALED);
			if (!(f->flags & FIELD_SEALED)) continue;
			n++;
			assert_true(field_is_text(f) && (f->flags & FIELD_PERSONAL));
			assert_false(f->flags & (FIELD_FILTER | FIELD_SORT | FIELD_SEARCH));
		}
	assert_int_equal(n, 4); /* contact 3, account 1: the tables of seal_rows.c */
}

static const struct engine_test tests[] = {
	ONCE(both_ways_seal_and_open),
	ONCE(what_was_changed_does_not_open),
	ONCE(digests_are_of_name_and_text),
	ONCE(a_key_file_is_read_strictly),
	BOTH(a_record_is_stored_sealed_and_read_plain),
	BOTH(rows_from_before_are_sealed_once),
	BOTH(what_is_left_is_taken_next_time),
	BOTH(a_database_knows_its_keys),
	BOTH(a_new_key_reaches_a_running_server),
	ONCE(sealed_fields_are_those_that_are_upgraded),
};

int main(void) {
	return run_in_city("seal", tests, LEN(tests));
}
