/* board_api.c - projects by stage: a column with count and sum for each, its first cards, the open
 * proposal on a card.
 *
 * The query string is that of the list of projects, so that the board shows what the list shows; counts
 * and sums of all columns come from one pass over what the actor sees. Further cards of a column are
 * pages of the list itself (`stage=` and `cursor=`). */
#include "api/handlers.h"
#include "api/records.h"
#include "domain/project.h"
#include "domain/proposal.h"

static struct str pick(const struct call *c, const struct choice *k) {
	return c->ctx->lang == LANG_EN ? k->en : k->zh;
}

enum { FIRST = STAGE_LEAD, LAST = STAGE_CAPACITY, COLUMNS = LAST - FIRST + 1 };

#define CARD_FIELDS "code,name,region_code,industry_code,chain_node,key_level,stage,side,light,light_cause,light_since_date," \
	"stage_days,target_days,over_days,total_invest_fen,invest_qual,last_contact_date"

/* What the board asks beside the caller's own conditions: what has not ended, late cards first. Who
 * reads the state only gets the state. */
static struct str asked(struct call *c) {
	bool is_state_only = rights_of(c->ctx->actor.role, OBJ_PROJECT) & STATE_ONLY;
	const struct {
		const char *name, *absent;
	} standard[] = {
		{"side", "side=ACTIVE,SUSPENDED"}, {"sort", is_state_only ? "sort=-id" : "sort=-over_days"},
		{"fields", is_state_only ? "fields=code,name,region_code,stage,side,total_invest_fen" : "fields=" CARD_FIELDS},
		{"limit", "limit=20"},
	};
	struct buf b = {.arena = c->ctx->arena};
	buf_add(&b, c->req->query);
	for (size_t i = 0; i < sizeof standard / sizeof *standard; i++) {
		if (call_query(c, standard[i].name).n) continue;
		if (b.n) buf_byte(&b, '&');
		buf_c(&b, standard[i].absent);
	}
	return buf_str(&b);
}

/* ---- counts and sums ---- */

struct board_column {
	struct cond is_here;
	int64_t n, sum;
};

static enum err count_columns(struct call *c, const struct list *l, struct board_column *col, struct board_column *all) {
	struct count_case *cases = arena_array(c->ctx->arena, COLUMNS + 1, sizeof *cases);
	int total = field_index(&project_noun, S("total_invest_fen"));
	struct select_spec spec = list_spec(l, NULL, 0);
	struct rows *r;
	spec.after = NULL;
	for (size_t i = 0; i < COLUMNS; i++) {
		struct value *stage = arena_alloc(c->ctx->arena, sizeof *stage);
		*stage = VT(project_stages[FIRST + i].code);
		col[i].is_here = (struct cond){S("stage"), COND_EQ, stage, 1};
		cases[i] = (struct count_case){.conds = &col[i].is_here, .conds_n = 1, .sum = project_noun.fields[total].sum_of};
	}
	cases[COLUMNS].sum = project_noun.fields[total].sum_of;
	enum err e = db_tally(c->ctx->db, c->ctx->arena, &spec, cases, COLUMNS + 1, &r);
	if (e) return fail_store(c->ctx, e);
	if (!rows_next(r)) return fail_store(c->ctx, rows_error(r) ? rows_error(r) : ERR_STORE);
	for (size_t i = 0; i < COLUMNS; i++) {
		col[i].n = rows_int(r, (int)(2 * i));
		col[i].sum = rows_int(r, (int)(2 * i + 1));
	}
	all->n = rows_int(r, 2 * COLUMNS);
	all->sum = rows_int(r, 2 * COLUMNS + 1);
	rows_done(r);
	return ERR_OK;
}

/* ---- one column ---- */

static enum err put_column(struct call *c, const struct list *l, enum stage s, const struct board_column *col, int32_t target) {
	struct json *j = &c->json;
	json_obj(j);
	json_put_str(j, "stage", project_stages[s].code);
	json_put_str(j, "label", pick(c, &project_stages[s]));
	json_put_int(j, "target_days", target);
	json_put_int(j, "n", col->n);
	json_put_int(j, "sum_fen", col->sum);
	struct list *own = arena_alloc(c->ctx->arena, sizeof *own);
	*own = *l;
	own->conds[own->conds_n++] = col->is_here;
	enum err e = list_put_items(c, own);
	json_end(j);
	return e;
}

/* Open proposals of what the actor sees, for the cards that are marked with them. */
static enum err put_open(struct call *c) {
	struct list *l = arena_alloc(c->ctx->arena, sizeof *l);
	json_key(&c->json, S("proposals"));
	if (!may(c->ctx, OBJ_PROPOSAL, CAN_READ)) {
		json_raw(&c->json, S("{\"items\":[],\"next\":null}"));
		return ERR_OK;
	}
	enum err e = list_parse_query(c, &proposal_noun, S("state=OPEN&limit=200&labels=0&fields=project_id,kind,to_stage,next_act,due_date,is_own"), l);
	json_obj(&c->json);
	if (!e) e = list_put_items(c, l);
	json_end(&c->json);
	return e;
}

enum err api_board(struct call *c) {
	struct list *l = arena_alloc(c->ctx->arena, sizeof *l);
	struct board_column *col = arena_array(c->ctx->arena, COLUMNS, sizeof *col), all = {.n = 0};
	int32_t target[STAGE__N];
	struct json *j = &c->json;
	enum err e = list_parse_query(c, &project_noun, asked(c), l);
	if (!e && l->has_after) e = fail(c->ctx, ERR_INVALID, S("cursor"), S("bad_cursor"));
	if (!e && l->conds_n == LIST_CONDS_MAX) e = fail_with(c->ctx, ERR_INVALID, S("stage"), S("bad_query"), S("stage"), S(""));
	if (!e) e = stage_target_days(c->ctx, target);
	if (!e) e = count_columns(c, l, col, &all);
	if (e) return e;
	json_obj(j);
	json_put_int(j, "n", all.n);
	json_put_int(j, "sum_fen", all.sum);
	json_key(j, S("columns"));
	json_arr(j);
	for (int s = FIRST; s <= LAST && !e; s++) e = put_column(c, l, (enum stage)s, &col[s - FIRST], target[s]);
	json_end(j);
	if (!e) e = put_open(c);
	json_end(j);
	return e;
}
