/* workbench_api.c - what is to be done today, in one answer: figures, tabs of work, what is stuck.
 *
 * Every figure and every group of work is a query string of a list (tables below, by role). It is read
 * by the list's own parser and counted over the list's own query, so that a figure opens exactly the
 * rows that it counted, and nobody counts what he may not see. A condition that a role may not use
 * leaves its row out. */
#include "api/handlers.h"
#include "api/records.h"
#include "domain/calendar.h"
#include "domain/light.h"
#include "domain/param.h"

/* ---- who ---- */

#define B(role) (1u << ROLE_##role)
enum {
	OVERSEERS = B(CITY_LEADER) | B(CITY_STAFF) | B(CITY_VERIFIER) | B(CITY_FACTOR) | B(CITY_POLICY) | B(CITY_AUDITOR)
		| B(COUNTY_LEADER) | B(COUNTY_STAFF) | B(COUNTY_REVIEWER),
	OWNERS = B(PARK_STAFF) | B(SERVICE_OFFICER),
	OUTSIDERS = B(PARTNER) | B(ENTERPRISE),
	STAFF = B(CITY_STAFF) | B(COUNTY_STAFF),
};
enum { PROJECTS = OVERSEERS | OWNERS, NO_PROPOSALS = B(CITY_FACTOR) | B(CITY_POLICY) | B(PARK_STAFF) };

/* ---- the figures: six a role ---- */

/* `also` narrows the query for the small fact below the figure; sum: the money of the counted rows. */
static const struct figure {
	uint32_t roles;
	struct str plural, query, also, sum;
	struct str zh, en, also_zh, also_en;
} figures[] = {
	{PROJECTS, S_("projects"), S_("stage=TALK,SIGNED,LANDED,STARTED,PRODUCING&side=ACTIVE"), S_(""), S_("total_invest_fen"),
	 S_("在谈在建"), S_("In talk or under way"), S_("总投资"), S_("Total")},
	{PROJECTS, S_("projects"), S_("sign_date.ge=$year-01-01&side=ACTIVE,SUSPENDED,TERMINATED"), S_(""), S_("total_invest_fen"),
	 S_("本年新签约"), S_("Signed this year"), S_("总投资"), S_("Total")},
	{PROJECTS, S_("projects"), S_("start_date.ge=$year-01-01&side=ACTIVE,SUSPENDED,TERMINATED"), S_(""), S_("total_invest_fen"),
	 S_("本年新开工"), S_("Started this year"), S_("总投资"), S_("Total")},
	{PROJECTS, S_("projects"), S_("produce_date.ge=$year-01-01&side=ACTIVE,SUSPENDED,TERMINATED"), S_(""), S_("total_invest_fen"),
	 S_("本年新投产"), S_("In production this year"), S_("总投资"), S_("Total")},
	{PROJECTS, S_("projects"), S_("light=RED"), S_("is_key=1"), S_(""),
	 S_("红灯项目"), S_("Red lights"), S_("其中重点"), S_("Key projects")},
	{PROJECTS & ~NO_PROPOSALS, S_("proposals"), S_("state=OPEN"), S_("due_date.le=$yesterday"), S_(""),
	 S_("待审事项"), S_("Open proposals"), S_("已逾期"), S_("Overdue")},
	{PROJECTS & NO_PROPOSALS, S_("projects"), S_("light=YELLOW"), S_("is_key=1"), S_(""),
	 S_("黄灯项目"), S_("Yellow lights"), S_("其中重点"), S_("Key projects")},

	{OUTSIDERS, S_("projects"), S_("side=ACTIVE,SUSPENDED,TERMINATED"), S_(""), S_("total_invest_fen"), S_("我的项目"), S_("My projects"), S_("总投资"), S_("Total")},
	{OUTSIDERS, S_("projects"), S_("stage=LEAD,TALK"), S_(""), S_("total_invest_fen"), S_("在谈"), S_("In talk"), S_("总投资"), S_("Total")},
	{OUTSIDERS, S_("projects"), S_("stage=SIGNED"), S_(""), S_("total_invest_fen"), S_("已签约"), S_("Signed"), S_("总投资"), S_("Total")},
	{OUTSIDERS, S_("projects"), S_("stage=LANDED"), S_(""), S_("total_invest_fen"), S_("已落地"), S_("Landed"), S_("总投资"), S_("Total")},
	{OUTSIDERS, S_("projects"), S_("stage=STARTED"), S_(""), S_("total_invest_fen"), S_("已开工"), S_("Started"), S_("总投资"), S_("Total")},
	{OUTSIDERS, S_("projects"), S_("stage=PRODUCING,CAPACITY"), S_(""), S_("total_invest_fen"), S_("已投产"), S_("In production"), S_("总投资"), S_("Total")},

	{B(SYS_ADMIN) | B(SEC_ADMIN), S_("accounts"), S_("state=ACTIVE,CLOSED"), S_(""), S_(""), S_("全部账号"), S_("Accounts"), S_(""), S_("")},
	{B(SYS_ADMIN) | B(SEC_ADMIN), S_("accounts"), S_("state=ACTIVE"), S_(""), S_(""), S_("在用账号"), S_("Active"), S_(""), S_("")},
	{B(SYS_ADMIN) | B(SEC_ADMIN), S_("accounts"), S_("state=CLOSED"), S_(""), S_(""), S_("已关闭账号"), S_("Closed"), S_(""), S_("")},
	{B(SYS_ADMIN) | B(SEC_ADMIN), S_("accounts"), S_("must_change_password=1&state=ACTIVE"), S_(""), S_(""), S_("未改一次性密码"), S_("One-time password"), S_(""), S_("")},
	{B(SYS_ADMIN) | B(SEC_ADMIN), S_("accounts"), S_("last_login_at_ms.null=1&state=ACTIVE"), S_(""), S_(""), S_("从未登录"), S_("Never logged in"), S_(""), S_("")},
	{B(SYS_ADMIN) | B(SEC_ADMIN), S_("accounts"), S_("last_login_at_ms.ge=$day_ms&state=ACTIVE"), S_(""), S_(""), S_("今天登录过"), S_("Logged in today"), S_(""), S_("")},

	{B(LOG_ADMIN), S_("audit"), S_("at_ms.ge=$day_ms"), S_(""), S_(""), S_("今天的记录"), S_("Rows of today"), S_(""), S_("")},
	{B(LOG_ADMIN), S_("audit"), S_("at_ms.ge=$week_ms"), S_(""), S_(""), S_("七天的记录"), S_("Rows of 7 days"), S_(""), S_("")},
	{B(LOG_ADMIN), S_("audit"), S_("outcome=REFUSED&at_ms.ge=$week_ms"), S_(""), S_(""), S_("七天内被拒绝"), S_("Refused in 7 days"), S_(""), S_("")},
	{B(LOG_ADMIN), S_("audit"), S_("outcome=FAILED&at_ms.ge=$week_ms"), S_(""), S_(""), S_("七天内失败"), S_("Failed in 7 days"), S_(""), S_("")},
	{B(LOG_ADMIN), S_("audit"), S_("action=export&at_ms.ge=$week_ms"), S_(""), S_(""), S_("七天内导出"), S_("Exports in 7 days"), S_(""), S_("")},
	{B(LOG_ADMIN), S_("audit"), S_("action=reveal&at_ms.ge=$week_ms"), S_(""), S_(""), S_("七天内查看个人信息"), S_("Reveals in 7 days"), S_(""), S_("")},
};

/* ---- the work ---- */

enum tab { TAB_TODO, TAB_WAITING, TAB_MINE, TAB__N };

#define PROPOSAL_FIELDS "fields=project_id,project_name,region_code,kind,from_stage,to_stage,event_date,due_date,reason_code,reason,state,next_act,proposer_name"
#define GRADE_FIELDS "fields=record_kind,record_id,project_id,name,from_secrecy,to_secrecy,reason,proposer_name"
#define PROJECT_FIELDS "fields=name,region_code,stage,light,light_cause,light_since_date,stage_days,target_days,over_days"

/* late narrows the query to what is overdue; empty = has no due day. */
static const struct section {
	uint32_t roles;
	enum tab tab;
	struct str code, plural, query, late, show, zh, en;
} sections[] = {
	{B(COUNTY_REVIEWER), TAB_TODO, S_("REVIEW"), S_("proposals"), S_("state=OPEN&next_act=REVIEW"), S_("due_date.le=$yesterday"),
	 S_("sort=due_date&" PROPOSAL_FIELDS), S_("审核"), S_("Review")},
	{B(CITY_VERIFIER), TAB_TODO, S_("VERIFY"), S_("proposals"), S_("state=OPEN&next_act=VERIFY"), S_("due_date.le=$yesterday"),
	 S_("sort=due_date&" PROPOSAL_FIELDS), S_("核验"), S_("Verify")},
	{B(COUNTY_REVIEWER) | B(CITY_VERIFIER), TAB_TODO, S_("GRADE"), S_("grade-changes"), S_("state=OPEN&is_own=0"), S_(""),
	 S_(GRADE_FIELDS), S_("降密"), S_("Grade")},
	{STAFF | B(CITY_VERIFIER), TAB_TODO, S_("RETURNED"), S_("proposals"), S_("state=RETURNED&is_own=1&is_newest=1"), S_(""),
	 S_(PROPOSAL_FIELDS), S_("退回"), S_("Returned")},
	{STAFF | B(PARTNER), TAB_TODO, S_("LEAD"), S_("leads"), S_("state=REPORTED,STUDYING"), S_("reported_at_ms.le=$answer_ms"),
	 S_("sort=reported_at_ms&fields=code,investor_name,region_code,state,reported_at_ms"), S_("答复"), S_("Answer")},
	{B(SERVICE_OFFICER), TAB_TODO, S_("CONTACT"), S_("projects"), S_("light_cause=CONTACT"), S_("light=RED"),
	 S_("sort=light_since_date&" PROJECT_FIELDS), S_("回访"), S_("Contact")},
	{OWNERS | B(COUNTY_STAFF), TAB_TODO, S_("REPORT"), S_("projects"), S_("light_cause=STATISTICS"), S_("light=RED"),
	 S_("sort=light_since_date&" PROJECT_FIELDS), S_("填报"), S_("Report")},
	{B(COUNTY_STAFF), TAB_TODO, S_("START"), S_("projects"), S_("light_cause=START"), S_("light=RED"),
	 S_("sort=light_since_date&" PROJECT_FIELDS), S_("催开工"), S_("Start")},
	{B(SYS_ADMIN), TAB_TODO, S_("PASSWORD"), S_("accounts"), S_("must_change_password=1&state=ACTIVE"), S_(""),
	 S_("fields=login,name,unit_name"), S_("催改密"), S_("Password")},
	{B(SEC_ADMIN), TAB_TODO, S_("EXPIRING"), S_("assignments"), S_("valid_to_date.ge=$today&valid_to_date.le=$month"), S_(""),
	 S_("fields=account_id,role,valid_to_date"), S_("续期"), S_("Renew")},
	{B(LOG_ADMIN), TAB_TODO, S_("REFUSED"), S_("audit"), S_("outcome=REFUSED,FAILED&at_ms.ge=$week_ms"), S_(""),
	 S_("fields=at_ms,login,action,object,outcome"), S_("查看"), S_("Look")},
	{STAFF | B(CITY_VERIFIER), TAB_WAITING, S_("OPEN"), S_("proposals"), S_("state=OPEN&is_own=1"), S_("due_date.le=$yesterday"),
	 S_("sort=due_date&" PROPOSAL_FIELDS), S_("待审"), S_("Waiting")},
	{STAFF, TAB_WAITING, S_("GRADE"), S_("grade-changes"), S_("state=OPEN&is_own=1"), S_(""),
	 S_(GRADE_FIELDS), S_("降密"), S_("Grade")},
	{OWNERS, TAB_WAITING, S_("OPEN"), S_("proposals"), S_("state=OPEN"), S_("due_date.le=$yesterday"),
	 S_("sort=due_date&" PROPOSAL_FIELDS), S_("待审"), S_("Waiting")},
	{B(COUNTY_REVIEWER), TAB_WAITING, S_("VERIFY"), S_("proposals"), S_("state=OPEN&next_act=VERIFY"), S_("due_date.le=$yesterday"),
	 S_("sort=due_date&" PROPOSAL_FIELDS), S_("待核验"), S_("At the city")},
	{B(CITY_VERIFIER), TAB_WAITING, S_("REVIEW"), S_("proposals"), S_("state=OPEN&next_act=REVIEW"), S_("due_date.le=$yesterday"),
	 S_("sort=due_date&" PROPOSAL_FIELDS), S_("待审核"), S_("At the county")},
	{B(CITY_LEADER) | B(COUNTY_LEADER) | B(CITY_AUDITOR), TAB_WAITING, S_("OPEN"), S_("proposals"), S_("state=OPEN"), S_("due_date.le=$yesterday"),
	 S_("sort=due_date&" PROPOSAL_FIELDS), S_("待审"), S_("Waiting")},
	{STAFF | B(CITY_VERIFIER), TAB_MINE, S_("PROPOSED"), S_("proposals"), S_("is_own=1"), S_(""),
	 S_(PROPOSAL_FIELDS), S_("提交"), S_("Proposed")},
};

static bool is_for(const struct call *c, uint32_t roles) {
	return roles >> c->ctx->actor.role & 1;
}

static struct str pick(const struct call *c, struct str zh, struct str en) {
	return c->ctx->lang == LANG_EN ? en : zh;
}

/* ---- query strings ---- */

enum { WEEK_DAYS = 7, MONTH_DAYS = 30 };

static int64_t day_ms(int32_t day) {
	return ((int64_t)day * 24 - 8) * 3600000; /* midnight in Shanghai */
}

/* $today and its like become values; today is the ctx's. */
static struct str fill(struct call *c, struct str text, int64_t answer_days) {
	struct arena *a = c->ctx->arena;
	int32_t today = c->ctx->today;
	const struct {
		struct str name, value;
	} words[] = {
		{S("$today"), str_of_day(a, today)}, {S("$year"), str_sub(str_of_day(a, today), 0, 4)},
		{S("$yesterday"), str_of_day(a, today - 1)}, {S("$month"), str_of_day(a, today + MONTH_DAYS)}, {S("$day_ms"), str_of_int(a, day_ms(today))},
		{S("$week_ms"), str_of_int(a, day_ms(today - WEEK_DAYS))},
		{S("$answer_ms"), str_of_int(a, day_ms(today - (int32_t)answer_days) - 1)},
	};
	struct buf b = {.arena = a};
	while (text.n) {
		size_t i = 0, n = sizeof words / sizeof *words;
		while (text.p[0] == '$' && i < n && !str_starts(text, words[i].name)) i++;
		if (text.p[0] != '$' || i == n) {
			buf_byte(&b, text.p[0]);
			text = str_sub(text, 1, text.n);
			continue;
		}
		buf_add(&b, words[i].value);
		text = str_sub(text, words[i].name.n, text.n);
	}
	return buf_str(&b);
}

static struct str both(struct call *c, struct str query, struct str more) {
	if (!more.n) return query;
	return query.n ? str_cat(c->ctx->arena, str_cat(c->ctx->arena, query, S("&")), more) : more;
}

/* A list of the query, or NULL where this role may not ask it: its failure is forgotten. */
static struct list *list_of(struct call *c, const struct noun *n, struct str query) {
	struct list *l = arena_alloc(c->ctx->arena, sizeof *l);
	const struct error *before = c->ctx->error;
	if (!n || !may(c->ctx, n->object, CAN_READ)) return NULL;
	if (list_parse_query(c, n, query, l) == ERR_OK) return l;
	c->ctx->error = before;
	return NULL;
}

/* ---- counting ---- */

enum { TALLIES_MAX = 16 };

struct counted {
	const struct figure *figure;
	struct str query;
	const struct list *list, *also;
	int64_t n, sum, also_n;
};

static struct count_case tally_of(const struct list *l, struct str sum) {
	int i = sum.n ? field_index(l->noun, sum) : -1;
	struct str column = i >= 0 && l->noun->fields[i].sum_of.n ? l->noun->fields[i].sum_of : sum;
	return (struct count_case){l->conds, l->conds_n, l->any, l->any_n, column};
}

/* All figures over one noun in one pass over what the actor sees of it. */
static enum err count_figures(struct call *c, const struct noun *n, struct counted *k, size_t k_n) {
	struct count_case t[TALLIES_MAX];
	struct list *all = list_of(c, n, S(""));
	struct rows *r;
	size_t t_n = 0;
	for (size_t i = 0; i < k_n; i++) {
		t[t_n++] = tally_of(k[i].list, k[i].figure->sum);
		t[t_n++] = tally_of(k[i].also ? k[i].also : k[i].list, S(""));
	}
	if (!all || !t_n) return ERR_OK;
	const struct select_spec spec = list_spec(all, NULL, 0);
	enum err e = db_tally(c->ctx->db, c->ctx->arena, &spec, t, t_n, &r);
	if (e) return fail_store(c->ctx, e);
	if (!rows_next(r)) return fail_store(c->ctx, rows_error(r) ? rows_error(r) : ERR_STORE);
	for (size_t i = 0; i < k_n; i++) {
		k[i].n = rows_int(r, (int)(4 * i));
		k[i].sum = rows_int(r, (int)(4 * i + 1));
		k[i].also_n = rows_int(r, (int)(4 * i + 2));
	}
	rows_done(r);
	return ERR_OK;
}

static void put_figure(struct call *c, const struct counted *k) {
	struct json *j = &c->json;
	const struct figure *f = k->figure;
	json_obj(j);
	json_put_str(j, "label", pick(c, f->zh, f->en));
	json_put_str(j, "plural", f->plural);
	json_put_str(j, "query", k->query);
	json_put_int(j, "n", k->n);
	json_put_str_or_null(j, "also_label", pick(c, f->also_zh, f->also_en));
	json_put_int_if(j, "also_n", f->also.n > 0 && k->also != NULL, k->also_n);
	json_put_int_if(j, "sum_fen", f->sum.n > 0, k->sum);
	json_end(j);
}

/* Figures of one noun stand together in the table. */
static enum err put_figures(struct call *c) {
	struct counted k[TALLIES_MAX / 2];
	size_t rows = sizeof figures / sizeof *figures;
	enum err e = ERR_OK;
	json_key(&c->json, S("figures"));
	json_arr(&c->json);
	for (size_t i = 0; i < rows && !e;) {
		const struct noun *n = noun_by_plural(figures[i].plural);
		size_t k_n = 0;
		for (; i < rows && n == noun_by_plural(figures[i].plural) && k_n < TALLIES_MAX / 2; i++) {
			const struct figure *f = &figures[i];
			if (!is_for(c, f->roles)) continue;
			struct str query = fill(c, f->query, 0);
			struct list *l = list_of(c, n, query);
			if (!l) continue;
			k[k_n++] = (struct counted){.figure = f, .query = query, .list = l,
				.also = f->also.n ? list_of(c, n, both(c, query, fill(c, f->also, 0))) : NULL};
		}
		e = count_figures(c, n, k, k_n);
		for (size_t m = 0; m < k_n && !e; m++) put_figure(c, &k[m]);
	}
	json_end(&c->json);
	return e;
}

static enum err count_list(struct call *c, const struct list *l, int64_t *out) {
	struct select_spec spec = list_spec(l, NULL, 0);
	struct rows *r;
	spec.after = NULL;
	enum err e = db_aggregate(c->ctx->db, c->ctx->arena, &spec, NULL, 0, &r);
	if (e) return fail_store(c->ctx, e);
	*out = rows_next(r) ? rows_int(r, 0) : 0;
	e = rows_error(r);
	rows_done(r);
	return fail_store(c->ctx, e);
}

/* ---- tabs ---- */

enum { SHOWN_ROWS = 10 };

static enum err put_section(struct call *c, const struct section *s, bool is_late, int64_t answer_days, int64_t *total) {
	struct json *j = &c->json;
	const struct noun *n = noun_by_plural(s->plural);
	struct str query = fill(c, is_late ? both(c, s->query, s->late) : s->query, answer_days);
	struct list *l = list_of(c, n, both(c, query, s->show));
	int64_t count = 0;
	if (!l) return ERR_OK;
	l->limit = SHOWN_ROWS;
	enum err e = count_list(c, l, &count);
	if (e) return e;
	*total += count;
	json_obj(j);
	json_put_str(j, "code", s->code);
	json_put_str(j, "label", pick(c, s->zh, s->en));
	json_put_str(j, "plural", s->plural);
	json_put_str(j, "query", query);
	json_put_int(j, "n", count);
	e = list_put_items(c, l);
	json_end(j);
	return e;
}

static enum err put_tab(struct call *c, const char *code, enum tab tab, bool is_late, int64_t answer_days) {
	int64_t total = 0;
	enum err e = ERR_OK;
	json_obj(&c->json);
	json_put_str(&c->json, "code", str_c(code));
	json_key(&c->json, S("sections"));
	json_arr(&c->json);
	for (size_t i = 0; i < sizeof sections / sizeof *sections && !e; i++)
		if (sections[i].tab == tab && is_for(c, sections[i].roles) && (!is_late || sections[i].late.n))
			e = put_section(c, &sections[i], is_late, answer_days, &total);
	json_end(&c->json);
	json_put_int(&c->json, "n", total);
	json_end(&c->json);
	return e;
}

static enum err put_tabs(struct call *c) {
	int64_t answer_days;
	enum err e = param_int(c->ctx, S("lead_answer_days"), 7, &answer_days);
	json_key(&c->json, S("tabs"));
	json_arr(&c->json);
	if (!e) e = put_tab(c, "todo", TAB_TODO, false, answer_days);
	if (!e) e = put_tab(c, "overdue", TAB_TODO, true, answer_days);
	if (!e) e = put_tab(c, "waiting", TAB_WAITING, false, answer_days);
	if (!e) e = put_tab(c, "mine", TAB_MINE, false, answer_days);
	json_end(&c->json);
	return e;
}

/* ---- what is stuck, and where one is in charge ---- */

static enum err put_causes(struct call *c, const struct list *l) {
	const struct field causes = {.choices = light_causes, .choices_n = CAUSE__N};
	struct select_spec spec = list_spec(l, NULL, 0);
	struct rows *r;
	spec.orders_n = 0;
	enum err e = db_group(c->ctx->db, c->ctx->arena, &spec, S("light_cause"), &r);
	if (e) return fail_store(c->ctx, e);
	json_key(&c->json, S("causes"));
	json_arr(&c->json);
	while (rows_next(r)) {
		int i = choice_index(&causes, rows_text(r, 0));
		json_obj(&c->json);
		json_put_str(&c->json, "code", rows_text(r, 0));
		json_put_str(&c->json, "label", i < 0 ? S("") : pick(c, light_causes[i].zh, light_causes[i].en));
		json_put_int(&c->json, "n", rows_int(r, 1));
		json_end(&c->json);
	}
	json_end(&c->json);
	e = rows_error(r);
	rows_done(r);
	return fail_store(c->ctx, e);
}

static enum err put_projects(struct call *c, const char *key, struct str query, struct str show, bool has_causes) {
	struct list *l = list_of(c, &project_noun, both(c, query, show));
	int64_t n = 0;
	enum err e;
	json_key(&c->json, str_c(key));
	if (!l) {
		json_nil(&c->json);
		return ERR_OK;
	}
	l->limit = SHOWN_ROWS;
	json_obj(&c->json);
	json_put_str(&c->json, "query", query);
	e = count_list(c, l, &n);
	json_put_int(&c->json, "n", n);
	if (!e && has_causes) e = put_causes(c, list_of(c, &project_noun, S("light=RED")));
	if (!e) e = list_put_items(c, l);
	json_end(&c->json);
	return e;
}

enum err api_workbench(struct call *c) {
	const struct calendar *days;
	int year, month, mday;
	day_split(c->ctx->today, &year, &month, &mday);
	enum err e = calendar_load(c->ctx, &days);
	if (e) return e;
	json_obj(&c->json);
	json_put_str(&c->json, "today", str_of_day(c->ctx->arena, c->ctx->today));
	json_put_bool(&c->json, "is_work_day", calendar_is_work(days, c->ctx->today));
	json_put_bool(&c->json, "has_calendar", calendar_has_year(days, year));
	e = put_figures(c);
	if (!e) e = put_tabs(c);
	if (!e) e = put_projects(c, "stuck", S("over_days.ge=1&side=ACTIVE"), S("sort=-over_days&" PROJECT_FIELDS), true);
	if (!e && is_for(c, OWNERS)) e = put_projects(c, "mine", S("side=ACTIVE"), S("sort=light_since_date&" PROJECT_FIELDS), false);
	json_end(&c->json);
	return e;
}
