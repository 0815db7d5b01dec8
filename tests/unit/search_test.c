/* search_test.c - the index is what the rows say after every kind of write, and what is no query does no
 * harm, on both engines. */
#include "city.h"

#include "domain/contact.h"
#include "domain/investor.h"
#include "domain/project.h"
#include "domain/reference.h"
#include "domain/search.h"

struct change {
	const struct noun *noun;
	void *old, *rec;
};

static enum err make(struct ctx *ctx, void *arg) {
	struct change *c = arg;
	return record_insert(ctx, c->noun, c->rec);
}

static enum err alter(struct ctx *ctx, void *arg) {
	struct change *c = arg;
	return record_update(ctx, c->noun, c->old, c->rec, NULL);
}

static enum err drop(struct ctx *ctx, void *arg) {
	struct change *c = arg;
	return record_delete(ctx, c->noun, c->old);
}

static void must(struct city *c, ctx_work work, struct change *change) {
	enum err e = ctx_write(&c->ctx, work, change);
	if (e) assert_never("%.*s: %.*s", SHOW(city_field(c)), SHOW(city_rule(c)));
}

static struct project a_project(struct city *c, const char *name) {
	struct project p;
	record_init(&project_noun, &p);
	p.name = str_c(name);
	p.region_code = S("370783");
	struct change change = {&project_noun, NULL, &p};
	must(c, make, &change);
	return p;
}

static struct search_result find(struct city *c, struct str query) {
	struct search_spec spec = {.query = query, .limit = 20};
	struct search_result r;
	for (int k = 0; k < SEARCH__N; k++) spec.kinds[k] = true;
	assert_int_equal(search_records(&c->ctx, &spec, &r), ERR_OK);
	return r;
}

/* The number of hits, of which the first was found like this. */
static size_t hits(struct city *c, const char *query, enum how how) {
	struct search_result r = find(c, str_c(query));
	if (r.n && r.hits[0].how != how) assert_never("%s: %.*s", query, SHOW(how_code(r.hits[0].how)));
	return r.n;
}

static void is_true_to_the_rows(struct city *c, int64_t want) {
	int64_t rows, wrong;
	assert_int_equal(search_check(&c->ctx, &rows, &wrong), ERR_OK);
	assert_int_equal(wrong, 0);
	assert_int_equal(rows, want);
}

/* As app_open does. */
static void start(struct city *c) {
	assert_int_equal(reference_load(&c->ctx), ERR_OK);
	assert_int_equal(search_ready(&c->ctx), ERR_OK);
	city_as(c, ROLE_CITY_STAFF, "3707");
}

static void every_write_is_in_the_index(void **state) {
	struct city *c = *state;
	start(c);
	struct project p = a_project(c, "潍坊动力装备项目"), old;
	(void)a_project(c, "寿光蔬菜种业");
	assert_int_equal(hits(c, "动力", HOW_EXACT), 1);
	old = p;
	p.name = S("潍坊新能源项目");
	p.content = S("建设动力电池生产线");
	struct change change = {&project_noun, &old, &p};
	must(c, alter, &change);
	assert_int_equal(hits(c, "潍坊动力", HOW_EXACT), 0);
	assert_int_equal(hits(c, "xny", HOW_INITIALS), 1);
	assert_int_equal(hits(c, "动力", HOW_EXACT), 1);
	is_true_to_the_rows(c, 2);
	old = p;
	change = (struct change){&project_noun, &old, NULL};
	must(c, drop, &change);
	assert_int_equal(hits(c, "动力", HOW_EXACT), 0);
	assert_int_equal(hits(c, "新能源", HOW_EXACT), 0);
	is_true_to_the_rows(c, 2); /* in the recycle bin: kept, and seen by nobody */
}

/* Only the grams that differ are written: after many changes the index is as one made anew. */
static void many_changes_leave_no_trace(void **state) {
	struct city *c = *state;
	static const char *const names[] = {"潍坊动力装备项目", "潍坊动力", "寿光蔬菜种业动力", "项目", "重庆长安项目项目", "潍坊动力装备项目"};
	start(c);
	struct project p = a_project(c, "甲"), old;
	for (size_t round = 0; round < 20; round++)
		for (size_t i = 0; i < LEN(names); i++) {
			old = p;
			p.name = str_c(names[i]);
			p.content = i % 2 ? S("") : S("动力电池");
			p.site = i % 3 ? S("动力组") : S("电池生产线"); /* fields that share words with the changed one */
			p.note = i % 3 == 1 ? S("电池生产线动力组") : S("");
			p.investor_text = i % 2 ? S("潍坊动力") : S("寿光动力");
			struct change change = {&project_noun, &old, &p};
			must(c, alter, &change);
		}
	is_true_to_the_rows(c, 1);
	static const struct { const char *query; size_t n; } cases[] = {
		{"潍坊动力装备项目", 1}, {"动力电池", 0}, {"动力组", 1}, {"电池", 0}, {"生产", 0}, {"寿光", 0}, {"甲", 0}, {"重庆", 0}, {"长安", 0}, {"种业", 0}, {"wfdl", 1}, {"cqca", 0}, {"sgsc", 0},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct search_result r = find(c, str_c(cases[i].query));
		size_t exact = 0;
		for (size_t k = 0; k < r.n; k++) exact += r.hits[k].how < HOW_SOUND;
		if (exact != cases[i].n) assert_never("%s: %zu hits", cases[i].query, exact);
	}
	if (c->fixture.store->engine->kind != ENGINE_SQLITE) return;
	city_sql(c, "INSERT INTO search_gram (search_gram) VALUES ('integrity-check')");
	city_sql(c, "CREATE VIRTUAL TABLE kept USING fts5vocab (search_gram, instance)");
	int64_t kept = city_count(c, "SELECT count(*) FROM kept WHERE doc > 0"), rows;
	assert_int_equal(search_rebuild(&c->ctx, &rows), ERR_OK);
	assert_int_equal(city_count(c, "SELECT count(*) FROM kept WHERE doc > 0"), kept);
}

static void what_is_missing_or_stale_is_found_and_made_anew(void **state) {
	struct city *c = *state;
	int64_t rows, wrong;
	start(c);
	for (int i = 0; i < 3; i++) (void)a_project(c, "潍坊动力装备项目");
	city_sql(c, "UPDATE project SET name = '昌邑纺织' WHERE id = 1");
	city_sql(c, "DELETE FROM search_doc WHERE id = 17");
	assert_int_equal(search_check(&c->ctx, &rows, &wrong), ERR_OK);
	assert_int_equal(rows, 3);
	assert_int_equal(wrong, 2);
	assert_int_equal(search_rebuild(&c->ctx, &rows), ERR_OK);
	assert_int_equal(rows, 3);
	is_true_to_the_rows(c, 3);
	assert_int_equal(hits(c, "昌邑", HOW_EXACT), 1);
	assert_int_equal(hits(c, "动力", HOW_EXACT), 2);
	/* an index that did not come along is made anew when the city is opened; a good one is left alone */
	city_sql(c, c->fixture.store->engine->kind == ENGINE_SQLITE ? "INSERT INTO search_gram (search_gram) VALUES ('delete-all')"
	         : "DELETE FROM search_gram");
	city_sql(c, "UPDATE project SET name = '诸城汽车' WHERE id = 1");
	assert_int_equal(search_ready(&c->ctx), ERR_OK);
	assert_int_equal(hits(c, "诸城", HOW_EXACT), 1);
	city_sql(c, "UPDATE project SET name = '安丘农业' WHERE id = 1");
	assert_int_equal(search_ready(&c->ctx), ERR_OK);
	assert_int_equal(hits(c, "安丘", HOW_EXACT), 0);
	city_sql(c, "UPDATE project SET name = '诸城汽车' WHERE id = 1");
	is_true_to_the_rows(c, 3);
}

static void the_name_comes_first(void **state) {
	struct city *c = *state;
	start(c);
	struct project by_text = a_project(c, "甲乙丙丁项目"), old = by_text;
	by_text.content = S("海洋牧场");
	struct change change = {&project_noun, &old, &by_text};
	must(c, alter, &change);
	(void)a_project(c, "山东海洋牧场装备");
	(void)a_project(c, "海洋牧场");
	(void)a_project(c, "海洋牧场平台建设");
	struct search_result r = find(c, S("海洋牧场"));
	assert_int_equal(r.n, 4);
	assert_str(r.hits[0].name, S("海洋牧场"));
	assert_str(r.hits[1].name, S("海洋牧场平台建设"));
	assert_str(r.hits[2].name, S("山东海洋牧场装备"));
	assert_str(r.hits[3].field->name, S("content"));
	assert_str(r.hits[3].text, S("海洋牧场"));
	/* what every code has as written does not hide the names that begin so */
	r = find(c, S("xm"));
	assert_int_equal(r.n, 4);
	assert_str(r.hits[0].name, S("甲乙丙丁项目"));
	assert_int_equal(r.hits[0].how, HOW_INITIALS);
	assert_int_equal(r.hits[1].how, HOW_EXACT);
	/* words in any order, in any field */
	assert_int_equal(hits(c, "牧场 甲乙", HOW_EXACT), 1);
	assert_int_equal(hits(c, "牧场 不在", HOW_EXACT), 0);
}

static void another_way_only_where_none_is_as_written(void **state) {
	struct city *c = *state;
	start(c);
	(void)a_project(c, "华润风电项目");
	(void)a_project(c, "花润超市");
	static const struct { const char *query; size_t n; enum how how; bool tried_sound, tried_near; } cases[] = {
		{"华润", 1, HOW_EXACT, false, false}, {"化润", 2, HOW_SOUND, true, false}, {"华闰风电", 1, HOW_SOUND, true, false},
		{"华丁风电", 1, HOW_NEAR, true, true}, {"huarun", 2, HOW_PINYIN, false, false}, {"hrfd", 1, HOW_INITIALS, false, false},
		{"華潤風電", 1, HOW_EXACT, false, false}, {"没有这个", 0, HOW_EXACT, true, true}, {"zzzz", 0, HOW_EXACT, true, true},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct search_result r = find(c, str_c(cases[i].query));
		if (r.n != cases[i].n || (r.n && r.hits[0].how != cases[i].how)) assert_never("%s: %zu hits", cases[i].query, r.n);
		assert_int_equal(r.tried[HOW_SOUND], cases[i].tried_sound);
		assert_int_equal(r.tried[HOW_NEAR], cases[i].tried_near);
	}
}

static void a_person_is_found_by_what_is_shown_alone(void **state) {
	struct city *c = *state;
	start(c);
	struct project p = a_project(c, "有联系人的项目");
	struct contact k;
	record_init(&contact_noun, &k);
	k.owner_kind = OWNER_PROJECT;
	k.owner_id = p.record.id;
	k.name = S("单雨桐");
	k.title = S("副总经理");
	k.mobile = S("13812345678");
	k.email = S("danyutong@example.com");
	struct change change = {&contact_noun, NULL, &k};
	must(c, make, &change);
	static const struct { const char *query; size_t n; enum how how; } cases[] = {
		{"单雨桐", 1, HOW_EXACT}, {"單雨桐", 1, HOW_EXACT}, {"单", 1, HOW_EXACT}, {"shanyutong", 1, HOW_PINYIN}, {"danyutong", 1, HOW_PINYIN},
		{"5678", 1, HOW_EXACT}, {"13812345678", 1, HOW_EXACT}, {"13899995678", 1, HOW_EXACT}, {"副总", 1, HOW_EXACT}, {"12345678", 1, HOW_NEAR},
		{"雨桐", 0, HOW_EXACT}, {"单雨", 0, HOW_EXACT}, {"雨", 0, HOW_EXACT}, {"syt", 0, HOW_EXACT}, {"dyt", 0, HOW_EXACT}, {"shanyu", 0, HOW_EXACT},
		{"单雨同", 0, HOW_EXACT}, {"1234", 0, HOW_EXACT}, {"2345", 0, HOW_EXACT}, {"678", 0, HOW_EXACT}, {"example", 0, HOW_EXACT}, {"13812345679", 0, HOW_EXACT},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct search_result r = find(c, str_c(cases[i].query));
		if (r.n != cases[i].n || (r.n && r.hits[0].how != cases[i].how)) assert_never("%s: %zu hits", cases[i].query, r.n);
		if (r.n) assert_str(r.hits[0].name, S("单*"));
		if (r.n) assert_str(r.hits[0].phone, S("138****5678"));
	}
	/* nor does the index hold what it must not tell */
	assert_int_equal(city_count(c, "SELECT count(*) FROM search_doc WHERE marks LIKE '%5678%' OR marks NOT LIKE 'd% h%' OR body LIKE '%example%'"), 0);
	is_true_to_the_rows(c, 2);
}

static void what_is_no_query_does_no_harm(void **state) {
	struct city *c = *state;
	start(c);
	(void)a_project(c, "普通项目");
	static const struct str queries[] = {
		S_(""), S_(" "), S_("%"), S_("_"), S_("%_%"), S_("'"), S_("\"'\\"), S_("* AND OR NOT NEAR ("), S_("a* | b & !c <-> d"), S_("项目*\"'"),
		S_("😀😀"), S_("\xFF\xFE"), S_("\xE6\xBD"), S_("a\0b"), S_("-"), S_("."), S_("؀"), S_("​"), S_("ａ＇；－－"), S_("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"),
		S_("xianxianxianxianxianxianxianxianxianxianxianxianxianxian"), S_("1"), S_("00000000000"), S_("n:潍坊"), S_("pn潍坊"),
	};
	for (size_t i = 0; i < LEN(queries); i++) (void)find(c, queries[i]);
	struct buf b = {.arena = &c->fixture.arena};
	for (int i = 0; i < 10000; i++) buf_c(&b, i % 3 ? "长" : "安");
	(void)find(c, buf_str(&b));
	b.n = 0;
	for (int i = 0; i < 10000; i++) buf_byte(&b, "abcdefghij %_'"[i % 14]);
	(void)find(c, buf_str(&b));
	assert_int_equal(hits(c, "项目", HOW_EXACT), 1);
}

int main(void) {
	static const struct engine_test tests[] = {
		BOTH(every_write_is_in_the_index), BOTH(many_changes_leave_no_trace), BOTH(what_is_missing_or_stale_is_found_and_made_anew), BOTH(the_name_comes_first),
		BOTH(another_way_only_where_none_is_as_written), BOTH(a_person_is_found_by_what_is_shown_alone), BOTH(what_is_no_query_does_no_harm),
	};
	return run_in_city("search", tests, LEN(tests));
}
