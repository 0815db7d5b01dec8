#include "domain/calendar.h"

#include "base/day.h"
#include "domain/audit.h"
#include "domain/holidays_china.h"
#include "domain/proposal.h"

enum { DAYS_MAX = 200, NAME_CPS = 20, SOURCE_CPS = 200 };

struct calendar {
	struct work_day *days; /* in order */
	size_t n;
};

/* ---- asking ---- */

enum err calendar_load(struct ctx *ctx, const struct calendar **out) {
	struct calendar *c = arena_alloc(ctx->arena, sizeof *c);
	int64_t most = 0;
	struct rows *r;
	*out = ctx->calendar;
	if (*out) return ERR_OK;
	enum err e = db_int(ctx->db, Q_WORK_DAY_COUNT, NULL, 0, &most);
	if (!e) e = db_query(ctx->db, ctx->arena, Q_WORK_DAYS, NULL, 0, &r);
	if (e) return fail_store(ctx, e);
	c->days = arena_array(ctx->arena, (size_t)most, sizeof *c->days);
	while (c->n < (size_t)most && rows_next(r)) {
		struct work_day *d = &c->days[c->n];
		if (day_parse(rows_text(r, 0), &d->day)) c->n++;
		d->is_work = rows_int(r, 1) != 0;
	}
	e = rows_error(r);
	rows_done(r);
	if (!e) *out = ctx->calendar = c;
	return e ? fail_store(ctx, e) : ERR_OK;
}

static const struct work_day *find(const struct calendar *c, int32_t day) {
	size_t lo = 0, hi = c->n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (c->days[mid].day == day) return &c->days[mid];
		if (c->days[mid].day < day) lo = mid + 1;
		else hi = mid;
	}
	return NULL;
}

static bool is_weekend(int32_t day) {
	int weekday = (int)((day + 4) % 7); /* 1970-01-01 was a Thursday; 0 = Sunday */
	return weekday == 0 || weekday == 6;
}

bool calendar_is_work(const struct calendar *c, int32_t day) {
	const struct work_day *d = find(c, day);
	return d ? d->is_work : !is_weekend(day);
}

bool calendar_has_year(const struct calendar *c, int year) {
	for (size_t i = 0; i < c->n; i++)
		if (c->days[i].day >= day_of(year, 1, 1) && c->days[i].day <= day_of(year, 12, 31)) return true;
	return false;
}

int32_t calendar_after(const struct calendar *c, int32_t day, int64_t n) {
	while (n == 0 && !calendar_is_work(c, day)) day++;
	while (n > 0)
		if (calendar_is_work(c, ++day)) n--;
	return day;
}

/* ---- reading a year ---- */

static const struct {
	struct str word;
	bool is_work;
} kinds[] = {
	{S_("休"), false}, {S_("HOLIDAY"), false}, {S_("holiday"), false}, {S_("班"), true}, {S_("WORKDAY"), true}, {S_("workday"), true},
};

static bool kind_of(struct str word, bool *is_work) {
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_eq(kinds[i].word, word)) {
			*is_work = kinds[i].is_work;
			return true;
		}
	return false;
}

/* The parts of "DAY,KIND[,NAME]"; false = not of that form. */
static bool split_line(struct str line, struct work_day *d) {
	struct str day, kind, name = S("");
	if (!str_split(&line, ',', &day) || !str_split(&line, ',', &kind)) return false;
	(void)str_split(&line, ',', &name);
	d->name = str_trim(name);
	return !line.n && day_parse(str_trim(day), &d->day) && kind_of(str_trim(kind), &d->is_work)
		&& str_cp_count(d->name) <= NAME_CPS && str_is_utf8(d->name);
}

static bool is_heading(struct str line) {
	return str_starts(line, S("day")) || str_starts(line, S("date")) || str_starts(line, S("日期"));
}

static struct str line_name(struct ctx *ctx, int64_t no) {
	return str_cat(ctx->arena, S("line_"), str_of_int(ctx->arena, no));
}

/* The rule that a well-formed row breaks; empty = none. */
static struct str broken_rule(const struct work_day *days, size_t n, int year) {
	const struct work_day *d = &days[n];
	if (d->day < day_of(year, 1, 1) || d->day > day_of(year, 12, 31)) return S("not_of_the_year");
	if (d->is_work && !is_weekend(d->day)) return S("worked_day_is_no_weekend");
	for (size_t i = 0; i < n; i++)
		if (days[i].day == d->day) return S("day_stands_twice");
	return S("");
}

enum err calendar_parse(struct ctx *ctx, struct str text, int year, struct work_day **out, size_t *n) {
	struct work_day *days = arena_array(ctx->arena, DAYS_MAX + 1, sizeof *days);
	const struct error *before = ctx->error;
	struct str line;
	if (str_starts(text, S("\xEF\xBB\xBF"))) text = str_sub(text, 3, text.n);
	*n = 0;
	for (int64_t no = 1; str_split(&text, '\n', &line); no++) {
		line = str_trim(line);
		if (!line.n || str_starts(line, S("#")) || (no == 1 && is_heading(line))) continue;
		if (*n == DAYS_MAX) return fail(ctx, ERR_INVALID, line_name(ctx, no), S("too_many_days"));
		if (!split_line(line, &days[*n])) {
			fail_with(ctx, ERR_INVALID, line_name(ctx, no), S("not_a_calendar_line"), str_cp_head(line, 40), S(""));
			continue;
		}
		struct str rule = broken_rule(days, *n, year);
		if (rule.n) fail_with(ctx, ERR_INVALID, line_name(ctx, no), rule, str_of_day(ctx->arena, days[*n].day), S(""));
		else ++*n;
	}
	if (ctx->error != before) return ERR_INVALID;
	if (!*n) return fail(ctx, ERR_INVALID, S("csv"), S("required"));
	*out = days;
	return ERR_OK;
}

/* ---- writing ---- */

static struct str year_end(struct arena *a, int year, bool is_last) {
	return str_of_day(a, is_last ? day_of(year, 12, 31) : day_of(year, 1, 1));
}

static enum err note(struct ctx *ctx, int year, struct str source, size_t n) {
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	json_obj(&j);
	json_put_int(&j, "year", year);
	json_put_int(&j, "days", (int64_t)n);
	json_put_str(&j, "source", source);
	json_end(&j);
	return audit_add(ctx, &(struct audit_entry){.action = S("calendar"), .outcome = S("DONE"), .object = S("calendar"),
		.object_id = year, .diff = buf_str(&b)});
}

enum err calendar_put(struct ctx *ctx, int year, struct str source, const struct work_day *days, size_t n) {
	struct arena *a = ctx->arena;
	if (!source.n) return fail(ctx, ERR_INVALID, S("source"), S("required"));
	if (str_cp_count(source) > SOURCE_CPS)
		return fail_with(ctx, ERR_INVALID, S("source"), S("too_long"), str_of_int(a, SOURCE_CPS), S(""));
	enum err e = DB_RUN(ctx->db, Q_WORK_DAYS_DROP, VT(year_end(a, year, false)), VT(year_end(a, year, true)));
	for (size_t i = 0; i < n && !e; i++)
		e = DB_RUN(ctx->db, Q_WORK_DAY_PUT, VT(str_of_day(a, days[i].day)), VI(days[i].is_work),
			v_text_or_null(days[i].name), VT(source), VI(ctx->now_ms));
	if (e) return fail_store(ctx, e);
	ctx->calendar = NULL;
	if ((e = note(ctx, year, source, n))) return e;
	return proposal_refresh_due(ctx);
}

/* The notices of the State Council's General Office that the days were published in. */
static struct str source_of(int year) {
	static const struct str sources[] = {S_("国办发明电〔2021〕11号"), S_("国办发明电〔2022〕16号"), S_("国办发明电〔2023〕7号")};
	return year >= 2022 && year <= 2024 ? sources[year - 2022] : S("");
}

enum err calendar_start(struct db *db) {
	struct arena a = {0};
	enum err e = ERR_OK;
	for (size_t i = 0; i < holidays_china_n && !e; i++) {
		struct work_day d;
		int year, month, mday;
		if (!split_line(holidays_china[i], &d)) e = ERR_INVALID;
		if (e) break;
		day_split(d.day, &year, &month, &mday);
		e = DB_RUN(db, Q_WORK_DAY_START, VT(str_of_day(&a, d.day)), VI(d.is_work), VT(d.name), VT(source_of(year)),
			VT(year_end(&a, year, false)), VT(year_end(&a, year, true)));
	}
	arena_release(&a);
	return e;
}
