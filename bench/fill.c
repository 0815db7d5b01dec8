/* bench_fill DATABASE N - adds N made projects to a city that is there (zhaoyin demo).
 *
 * They are spread over the city's units, stages, industries and sizes by a fixed sequence, so that
 * two runs and two engines hold the same rows under the same ids. Written through the store, many
 * rows to a commit, without audit rows: nobody acts here. */
#include "bench.h"

#include "base/day.h"
#include "domain/project.h"
#include "domain/reference.h"
#include "domain/text.h"

#include <stdio.h>

enum { ROWS_A_JOB = 5000, COLUMNS = 32 };

struct batch {
	struct region_list units;
	int64_t from, to;
};

struct row {
	struct column c[COLUMNS];
	size_t n;
};

static void add(struct row *r, struct str name, struct value v) {
	r->c[r->n++] = (struct column){name, v};
}

/* splitmix64: the k-th draw for row i. */
static uint64_t draw(int64_t i, uint64_t k, uint64_t below) {
	uint64_t x = (uint64_t)i * 64 + k + 0x9E3779B97F4A7C15u;
	x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
	x = (x ^ x >> 27) * 0x94D049BB133111EBu;
	return (x ^ x >> 31) % below;
}

static struct str project_title(struct arena *a, int64_t i, const struct region *place) {
	static const struct str goods[] = {S_("高端装备制造"), S_("新能源电池材料"), S_("生物医药中间体"), S_("智能农机"),
		S_("冷链物流园"), S_("精细化工新材料"), S_("声学光电元件"), S_("预制菜加工"), S_("氢能装备"), S_("数字产业园")};
	struct buf b = {.arena = a};
	buf_add(&b, place->name);
	buf_add(&b, goods[draw(i, 1, sizeof goods / sizeof *goods)]);
	buf_c(&b, "项目");
	buf_int(&b, i);
	buf_c(&b, "号");
	return buf_str(&b);
}

static struct str project_code(struct arena *a, int64_t i, const struct region *place) {
	struct buf b = {.arena = a};
	buf_c(&b, "XB"); /* the codes that a city gives out begin with XM */
	buf_add(&b, place->code);
	buf_pad(&b, i, 9);
	return buf_str(&b);
}

static void add_texts(struct row *r, struct arena *a, int64_t i, const struct region *place) {
	static const struct str industries[] = {S_("2662"), S_("3841"), S_("2710"), S_("3571"), S_("5920"), S_("2614"), S_("1353")};
	struct str name = project_title(a, i, place);
	add(r, S("code"), VT(project_code(a, i, place)));
	add(r, S("name"), VT(name));
	add(r, S("name_key"), VT(name_key(a, name)));
	add(r, S("region_code"), VT(place->code));
	add(r, S("industry_code"), VT(industries[draw(i, 2, sizeof industries / sizeof *industries)]));
	add(r, S("content"), VT(S("建设标准化厂房、研发中心及配套设施，购置生产线及检测设备，形成年产能。")));
	add(r, S("investor_text"), VT(str_cat(a, S("测算样本投资有限公司"), str_of_int(a, (int64_t)draw(i, 3, 5000)))));
}

static void add_figures(struct row *r, struct arena *a, int64_t i) {
	static const struct str sides[] = {S_("ACTIVE"), S_("ACTIVE"), S_("ACTIVE"), S_("ACTIVE"), S_("SUSPENDED"), S_("TERMINATED")};
	enum stage stage = (enum stage)draw(i, 4, STAGE__N);
	int64_t total_wan = 1000 + (int64_t)draw(i, 5, 2000000);
	int32_t day = day_of(2022, 1, 1) + (int32_t)draw(i, 6, 820);
	int64_t at_ms = (int64_t)day * 86400000 + 3600000;
	add(r, S("stage"), VT(project_stages[stage].code));
	add(r, S("side"), VT(sides[draw(i, 7, sizeof sides / sizeof *sides)]));
	add(r, S("is_key"), VI(draw(i, 8, 20) == 0));
	add(r, S("stage_since_date"), VT(str_of_day(a, day)));
	add(r, S("total_invest_fen"), VI(total_wan * 1000000));
	add(r, S("invest_qual"), VT(S("EXACT")));
	add(r, S("size_band"), VT(total_wan < 10000 ? S("S1") : total_wan < 50000 ? S("S2") : total_wan < 100000 ? S("S3")
		: total_wan < 500000 ? S("S4") : total_wan < 1000000 ? S("S5") : S("S6")));
	add(r, S("funds_fen"), VI(total_wan * 1000 * (int64_t)draw(i, 9, 1000)));
	add(r, S("land_mu_e2"), VI((int64_t)draw(i, 10, 50000)));
	if (stage >= STAGE_SIGNED) add(r, S("sign_date"), VT(str_of_day(a, day)));
	add(r, S("created_at_ms"), VI(at_ms));
	add(r, S("updated_at_ms"), VI(at_ms));
}

static enum err fill_batch(struct db *db, void *arg) {
	const struct batch *b = arg;
	struct arena a = {0};
	enum err e = ERR_OK;
	for (int64_t i = b->from; i < b->to && !e; i++) {
		struct row r = {.n = 0};
		const struct region *place = b->units.items[draw(i, 0, b->units.n)];
		add_texts(&r, &a, i, place);
		add_figures(&r, &a, i);
		e = db_insert(db, S("project"), r.c, r.n, NULL);
		arena_reset(&a);
	}
	arena_release(&a);
	return e;
}

int main(int argc, char **argv) {
	if (argc != 3) die("usage", "bench_fill DATABASE N");
	struct arena a = {0};
	struct store *s;
	struct str why;
	const struct store_config config = {.url = str_c(argv[1])};
	int64_t n = arg_int(argv[2], 1);
	if (store_open(&a, &config, &s, &why)) die(argv[1], str_cstr(&a, why));
	struct batch b = {.units = region_units(&a)};
	for (int64_t i = 1; i <= n; i += ROWS_A_JOB) {
		b.from = i;
		b.to = i + ROWS_A_JOB <= n ? i + ROWS_A_JOB : n + 1;
		if (store_write(s, fill_batch, &b)) die(argv[1], "the rows could not be written");
	}
	store_close(s);
	arena_release(&a);
	return 0;
}
