/* tables_test.c - each table of the program held against the others: fields and columns, routes and
 * the description, rights and objects, gates and rules, words and their keys. */
#include "city.h"

#include "api/call.h"
#include "domain/gate.h"
#include "domain/proposal.h"
#include "domain/rights.h"
#include "rules_said.h"

#include <stdio.h>
#include <string.h>

size_t words_count(void);
struct str words_key(size_t i);

static void every_field_is_a_column_of_both_engines(void **state) {
	struct city *c = *state;
	city_as(c, ROLE_CITY_AUDITOR, "3707");
	for (size_t i = 0; i < nouns_n; i++) {
		const struct noun *n = nouns[i];
		struct value params[VISIBLE_PARAMS];
		struct rows *r;
		const struct select_spec spec = {.from = n->visible, .params = params, .params_n = visible_params(&c->ctx, n, params), .limit = 1};
		assert_int_equal(db_select(c->ctx.db, c->ctx.arena, &spec, &r), ERR_OK);
		if (rows_find(r, n->label.n ? n->label : S("name")) < 0 && !n->has_no_head) assert_never("%s has no label", n->name.p);
		for (size_t k = 0; k < n->fields_n; k++)
			if (!(n->fields[k].flags & FIELD_VIRTUAL) && rows_find(r, n->fields[k].name) < 0)
				assert_never("%s.%s is no column", n->name.p, n->fields[k].name.p);
		rows_done(r);
	}
}

static bool is_identifier(struct str s) {
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz_0123456789", s.p[i])) return false;
	return s.n > 0;
}

static void field_tables_are_sound(void **state) {
	(void)state;
	for (size_t i = 0; i < nouns_n; i++) {
		const struct noun *n = nouns[i];
		assert_true(n->fields_n <= 128);
		for (size_t k = 0; k < n->fields_n; k++) {
			const struct field *f = &n->fields[k];
			assert_true(f->zh.n && f->en.n && f->name.n);
			assert_int_equal(field_index(n, f->name), k);
			assert_true(is_identifier(f->name)); /* goes into JSON as it is */
			assert_true((f->type == F_ENUM) <= (f->choices_n > 0));
			assert_true(f->offset + (f->type == F_BOOL ? 1 : 4) <= n->size);
			assert_true(((f->flags & FIELD_PERSONAL) != 0) == (f->personal != PERSONAL_NONE)); /* of each: why, on what basis, how long */
			if (f->flags & FIELD_PERSONAL) assert_false(f->flags & (FIELD_SEARCH | FIELD_SORT | FIELD_FILTER));
		}
	}
}

/* A member that two rows share would be stored twice. */
static void no_two_fields_share_a_member(void **state) {
	(void)state;
	for (size_t i = 0; i < nouns_n; i++)
		for (size_t k = 0; k < nouns[i]->fields_n; k++)
			for (size_t m = 0; m < k; m++)
				if (nouns[i]->fields[k].offset == nouns[i]->fields[m].offset)
					assert_never("%s: %s and %s", nouns[i]->name.p, nouns[i]->fields[k].name.p, nouns[i]->fields[m].name.p);
}

static void every_role_has_a_label_and_an_office_sees_no_business(void **state) {
	(void)state;
	static const enum role offices[] = {ROLE_SYS_ADMIN, ROLE_SEC_ADMIN, ROLE_LOG_ADMIN};
	for (int r = 0; r < ROLE__N; r++) {
		enum role back;
		assert_true(role_of(role_code((enum role)r), &back) && back == (enum role)r);
		assert_true(role_label((enum role)r, LANG_ZH).n && role_label((enum role)r, LANG_EN).n);
	}
	for (size_t i = 0; i < LEN(offices); i++)
		for (int o = OBJ_PROJECT; o <= OBJ_IMPORT; o++) assert_int_equal(rights_of(offices[i], (enum object)o), 0);
	for (int o = 0; o < OBJ__N; o++) assert_int_equal(rights_of(ROLE_PUBLIC, (enum object)o), 0);
}

/* Nobody may both propose and verify, but the city's verifier, whose corrections need a second one. */
static void proposing_and_verifying_are_different_roles(void **state) {
	(void)state;
	for (int r = 0; r < ROLE__N; r++) {
		uint32_t both = CAN_SUBMIT | CAN_VERIFY;
		bool has_both = (rights_of((enum role)r, OBJ_PROPOSAL) & both) == both;
		assert_int_equal(has_both, r == ROLE_CITY_VERIFIER);
	}
}

static void every_gate_has_words_and_a_rule_in_the_book(void **state) {
	(void)state;
	static char book[1 << 16];
	FILE *f = fopen("docs/rules.md", "rb");
	assert_non_null(f);
	size_t n = fread(book, 1, sizeof book - 1, f);
	fclose(f);
	for (size_t i = 0; i < gates_n; i++) {
		assert_true(gates[i].zh.n && gates[i].en.n && gates[i].remedy_zh.n && gates[i].remedy_en.n);
		if (!str_has((struct str){book, n}, gates[i].rule)) assert_never("%s is not in docs/rules.md", gates[i].rule.p);
		for (size_t k = 0; k < i; k++) assert_false(str_eq(gates[i].code, gates[k].code));
	}
}

static void every_gate_says_what_is_there(void **state) {
	(void)state;
	struct arena a = {0};
	struct gate_facts some, none = {0};
	int64_t *each = (int64_t *)&some;
	for (size_t i = 0; i < sizeof some / sizeof *each; i++) each[i] = 20240302;
	none.total_invest_fen = none.fai_fen = none.land_mu_e2 = none.energy_tce_e2 = NONE;
	for (size_t i = 0; i < gates_n; i++) {
		bool can_be_spared = str_eq(gates[i].code, S("joint_review")) || str_eq(gates[i].code, S("env_permit"));
		for (int lang = LANG_ZH; lang <= LANG_EN; lang++) {
			struct str text = gate_have(&a, &gates[i], &some, (enum lang)lang);
			if (!text.n || str_has(text, S("{"))) assert_never("%s", gates[i].code.p);
			assert_int_equal(gate_have(&a, &gates[i], &none, (enum lang)lang).n > 0, can_be_spared);
		}
	}
	arena_release(&a);
}

static void every_chain_ends_with_somebody_else(void **state) {
	(void)state;
	for (int k = 0; k < PROPOSE__N; k++)
		for (int s = 0; s <= STAGE__N; s++) {
			enum proposal_act acts[2];
			size_t n = proposal_chain((enum proposal_kind)k, (enum stage)s, acts);
			assert_true(n == 1 || n == 2);
			if (n == 2) assert_true(acts[0] == ACT_REVIEW && acts[1] == ACT_VERIFY);
		}
}

static void words_are_sorted_and_whole(void **state) {
	(void)state;
	struct arena a = {0};
	for (size_t i = 0; i < words_count(); i++) {
		if (i) assert_true(str_cmp(words_key(i - 1), words_key(i)) < 0);
		assert_true(words(&a, words_key(i), LANG_ZH, S("x"), S("y")).n > 0);
		assert_true(words(&a, words_key(i), LANG_EN, S("x"), S("y")).n > 0);
	}
	arena_release(&a);
}

/* Fact and rule, then the way out: the second sentence of each refusal. */
static void every_sentence_has_a_way_out(void **state) {
	(void)state;
	struct arena a = {0};
	for (size_t i = 0; i < words_count(); i++) {
		struct str zh = words(&a, words_key(i), LANG_ZH, S("x"), S("y"));
		struct str en = words(&a, words_key(i), LANG_EN, S("x"), S("y"));
		bool has_two = str_has(zh, S("。")) && !str_ends(zh, S("。"));
		if (!has_two || !(str_has(en, S(". ")) || str_has(en, S("; ")) || str_has(en, S(": ")) || str_has(en, S(", "))))
			assert_never("%s has no way out", words_key(i).p);
	}
	arena_release(&a);
}

/* A rule without a sentence would be shown to people as its key. */
static void every_rule_that_code_says_has_a_sentence(void **state) {
	struct city *c = *state;
	assert_true(rules_said_n > 150);
	for (size_t i = 0; i < rules_said_n; i++)
		for (int lang = LANG_ZH; lang <= LANG_EN; lang++) {
			const struct error e = {.rule = rules_said[i], .args = {S("x"), S("y")}};
			if (str_eq(problem_sentence(c->ctx.arena, &e, (enum lang)lang), e.rule)) assert_never("%s has no sentence", e.rule.p);
		}
}

static void every_sentence_is_of_a_rule_that_code_says(void **state) {
	(void)state;
	for (size_t i = 0; i < words_count(); i++) {
		size_t k = 0;
		while (k < literals_n && !str_eq(literals[k], words_key(i))) k++;
		if (k == literals_n) assert_never("%s is said nowhere", words_key(i).p);
	}
}

/* A route whose pattern an earlier one takes would never be reached. */
static void every_route_is_reachable(void **state) {
	(void)state;
	for (size_t i = 0; i < routes_n; i++) {
		struct str params[URL_PARAMS_MAX];
		size_t n;
		int status;
		struct arena a = {0};
		struct buf path = {.arena = &a};
		struct str rest = routes[i].pattern, part;
		(void)str_split(&rest, '/', &part);
		while (str_split(&rest, '/', &part)) {
			buf_byte(&path, '/');
			buf_add(&path, str_eq(part, S(":noun")) ? S("talks") : str_starts(part, S(":")) ? S("7") : part);
		}
		const struct route *found = route_find(routes[i].method, buf_str(&path), params, &n, &status);
		if (found != &routes[i]) assert_never("%s is not reached", routes[i].pattern.p);
		arena_release(&a);
	}
}

static const struct engine_test tests[] = {
	BOTH(every_field_is_a_column_of_both_engines),
	ONCE(field_tables_are_sound),
	ONCE(no_two_fields_share_a_member),
	ONCE(every_role_has_a_label_and_an_office_sees_no_business),
	ONCE(proposing_and_verifying_are_different_roles),
	ONCE(every_gate_has_words_and_a_rule_in_the_book),
	ONCE(every_gate_says_what_is_there),
	ONCE(every_chain_ends_with_somebody_else),
	ONCE(words_are_sorted_and_whole),
	ONCE(every_sentence_has_a_way_out),
	ONCE(every_rule_that_code_says_has_a_sentence),
	ONCE(every_sentence_is_of_a_rule_that_code_says),
	ONCE(every_route_is_reachable),
};

int main(void) {
	return run_in_city("tables", tests, LEN(tests));
}
