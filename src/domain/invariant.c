#include "domain/invariant.h"

#include "domain/audit.h"
#include "domain/digest.h"
#include "domain/lead.h"
#include "domain/project.h"
#include "domain/search.h"
#include "domain/text.h"
#include "store/copy.h"

#include <string.h>

/* Where violations go: the first are kept, all are counted. */
static void found(struct ctx *ctx, struct invariant_result *r, int64_t id, struct str detail) {
	if (!r->rows) r->rows = arena_array(ctx->arena, INVARIANT_ROWS, sizeof *r->rows);
	if (r->rows_n < INVARIANT_ROWS) r->rows[r->rows_n++] = (struct violation){id, str_copy(ctx->arena, detail)};
	r->n++;
}

/* ---- checks that are more than a query ---- */

static enum err check_pages(struct ctx *ctx, struct invariant_result *r) {
	struct str why;
	if (store_prove_pages(ctx->db, ctx->arena, false, &why)) found(ctx, r, 0, why);
	return ERR_OK;
}

static enum err check_chain(struct ctx *ctx, struct invariant_result *r) {
	struct audit_proof p;
	enum err e = audit_verify(ctx, S(""), &p);
	if (!e && !p.is_ok) found(ctx, r, p.broken_at, p.why);
	return e;
}

/* Bytes of every file against its name. One file is in memory at a time. */
static enum err check_files(struct ctx *ctx, struct invariant_result *r) {
	struct arena scratch = {0};
	char after[SHA256_HEX];
	struct str last = {0};
	enum err e = ERR_OK;
	for (bool more = true; more && !e; arena_reset(&scratch)) {
		struct rows *rows;
		if ((e = DB_QUERY(ctx->db, &scratch, Q_BLOB_NEXT, &rows, VT(last)))) break;
		if (!(more = rows_next(rows))) continue;
		struct str name = rows_text(rows, 0);
		if (!str_eq(sha256_hex(&scratch, rows_value(rows, 2).s), name)) found(ctx, r, 0, name);
		size_t n = name.n < sizeof after ? name.n : sizeof after;
		memcpy(after, name.p, n);
		last = (struct str){after, n};
		rows_done(rows);
	}
	arena_release(&scratch);
	return fail_store(ctx, e);
}

/* A derived key is made again from its name. */
static enum err check_keys(struct ctx *ctx, enum query_id q, struct invariant_result *r) {
	struct arena scratch = {0};
	enum err e = ERR_OK;
	int64_t after = 0, before = -1;
	while (!e && after > before) {
		struct rows *rows;
		before = after;
		if ((e = DB_QUERY(ctx->db, &scratch, q, &rows, VI(after)))) break;
		while (rows_next(rows)) {
			after = rows_int(rows, 0);
			struct str key = str_copy(&scratch, rows_text(rows, 2));
			if (!str_eq(name_key(&scratch, rows_text(rows, 1)), key)) found(ctx, r, after, key);
		}
		e = rows_error(rows);
		rows_done(rows);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return fail_store(ctx, e);
}

static enum err check_project_names(struct ctx *ctx, struct invariant_result *r) {
	return check_keys(ctx, Q_INVARIANT_PROJECT_NAMES, r);
}

static enum err check_investor_names(struct ctx *ctx, struct invariant_result *r) {
	return check_keys(ctx, Q_INVARIANT_INVESTOR_NAMES, r);
}

/* No list shows a sealed record to whom it does not name: the lists' own queries, asked by nobody with
 * the widest scope. */
static enum err check_sealed(struct ctx *ctx, struct invariant_result *r, const struct noun *n) {
	static const struct str column = S_("id");
	const int64_t NOBODY = INT64_C(1) << 53; /* reads SEALED, and no record names it */
	struct value nobody[VISIBLE_PARAMS];
	size_t params_n = visible_params(ctx, n, nobody);
	const struct value widest[SCOPE_PARAMS] = {VT(S("")), VT(db_prefix_end(ctx->arena, S(""))), VT(S("")), VI(-1), VI(-1), VI(NOBODY)};
	memcpy(nobody, widest, sizeof widest);
	const struct value sealed = VT(S("SEALED"));
	const struct cond cond = {.column = S("secrecy"), .op = COND_EQ, .values = &sealed, .n = 1};
	const struct select_spec spec = {.from = n->visible, .params = nobody, .params_n = params_n, .columns = &column, .columns_n = 1,
		.conds = &cond, .conds_n = 1};
	struct rows *rows;
	enum err e = db_select(ctx->db, ctx->arena, &spec, &rows);
	if (e) return fail_store(ctx, e);
	while (rows_next(rows)) found(ctx, r, rows_int(rows, 0), n->name);
	e = rows_error(rows);
	rows_done(rows);
	return fail_store(ctx, e);
}

static enum err check_sealed_records(struct ctx *ctx, struct invariant_result *r) {
	enum err e = check_sealed(ctx, r, &project_noun);
	return e ? e : check_sealed(ctx, r, &lead_noun);
}

/* The index that searching reads, against the rows that it was made of. */
static enum err check_search(struct ctx *ctx, struct invariant_result *r) {
	int64_t rows, wrong;
	enum err e = search_check(ctx, &rows, &wrong);
	if (e || !wrong) return e;
	found(ctx, r, 0, str_cat(ctx->arena, str_of_int(ctx->arena, wrong), S(" entries differ: zhaoyin search --rebuild")));
	return ERR_OK;
}

/* ---- the table ---- */

/* Handbook section 12 numbers stand behind; the others are rules of the schema that no engine keeps. */
#define SQL(c, o, q, z, e) {S_(c), S_(o), Q_INVARIANT_##q, NULL, S_(z), S_(e)}
#define FUNCTION(c, o, f, z, e) {S_(c), S_(o), Q__N, f, S_(z), S_(e)}
static const struct invariant {
	struct str code, object;
	enum query_id query;
	enum err (*check)(struct ctx *ctx, struct invariant_result *r);
	struct str zh, en;
} invariants[] = {
	FUNCTION("pages", "system", check_pages, "数据库页面与引用完好", "Pages and references of the database are whole"),
	FUNCTION("audit_chain", "audit", check_chain, "审计链完整", "The audit chain holds"), /* 15 */
	SQL("shares", "project", SHARES, "同一身份的股比不超过 100%", "Shares of one kind of part are 100 % at most"), /* 2 */
	SQL("stage_order", "project", STAGE_ORDER, "阶段日期不倒退", "Dates of stages do not go back"), /* 3 */
	SQL("stage_of_event", "project", STAGE_OF_EVENT, "项目阶段与最近的核验一致", "A project stands where its newest verified event put it"),
	SQL("event_evidence", "stage_event", EVENT_EVIDENCE, "核验过的进展有佐证", "No verified event without evidence"), /* 4 */
	SQL("proposal_duties", "proposal", PROPOSAL_DUTIES, "提交、审核、核验不是同一人", "Proposer, reviewer and verifier differ"), /* 5 */
	SQL("evidence_duties", "evidence", EVIDENCE_DUTIES, "上传人不核验自己的材料", "Nobody verified his own file"), /* 5 */
	SQL("evidence_verifier", "evidence", EVIDENCE_VERIFIER, "核验状态与核验人一致", "State and verifier of a file agree"),
	SQL("proposal_done", "proposal", PROPOSAL_DONE, "办结的事项走完了流程", "What is done went through its chain"),
	SQL("funds", "project", FUNDS, "到位资金等于各笔之和", "Funds in place are the sum of their records"), /* 1 */
	SQL("funds_amount", "funds", FUNDS_AMOUNT, "人民币金额一致", "Amounts in yuan agree"),
	SQL("project_region", "project", PROJECT_REGION, "项目属地在区划内", "A project's place is a division"), /* 11 */
	SQL("investor_region", "investor", INVESTOR_REGION, "投资方属地在区划内", "An investor's place is a division"),
	SQL("lead_region", "lead", LEAD_REGION, "线索属地在区划内", "A lead's place is a division"),
	SQL("import_region", "import", IMPORT_REGION, "导入属地在区划内", "An import's place is a division"),
	SQL("assignment_scope", "assignment", ASSIGNMENT_SCOPE, "角色范围在区划内", "A role's scope is among the divisions"),
	FUNCTION("sealed", "project", check_sealed_records, "保密记录对外不可见", "Sealed records are shown to nobody who is not named"), /* 14 */
	SQL("sealed_named", "project", SEALED_NAMED, "保密项目有知悉人", "A sealed project has a named person"),
	SQL("contact_sealed", "contact", CONTACT_SEALED, "电话和证件号已加密", "Telephone and identity numbers are sealed"),
	SQL("contact_owner", "contact", CONTACT_OWNER, "联系人有所属记录", "A contact has its owner"),
	SQL("project_references", "project", PROJECT_REFERENCES, "项目所指的记录存在", "What a project points to is there"),
	SQL("proposal_evidence", "proposal", PROPOSAL_EVIDENCE, "事项的佐证属于该项目", "A proposal's file belongs to its project"),
	SQL("agreement_evidence", "agreement", AGREEMENT_EVIDENCE, "协议的佐证属于该项目", "An agreement's file belongs to its project"),
	SQL("acl", "project", ACL, "知悉人名单有效", "Named persons and their records are there"),
	SQL("merged", "project", MERGED, "合并状态与去向一致", "Merged projects say into which"),
	SQL("size_band", "project", SIZE_BAND, "规模档只用确切金额", "A size band is that of an exact amount"),
	SQL("project_code", "project", PROJECT_CODE, "项目编号不超出计数器", "No code is past its counter"),
	SQL("project_days", "project", PROJECT_DAYS, "日期是完整的日期", "Days are whole days"),
	FUNCTION("project_names", "project", check_project_names, "项目名称检索键一致", "Keys of project names are those of the names"),
	FUNCTION("investor_names", "investor", check_investor_names, "投资方名称检索键一致", "Keys of investors' names are those of the names"),
	FUNCTION("search_index", "system", check_search, "搜索索引与记录一致", "The search index is that of the records"),
	SQL("evidence_file", "evidence", EVIDENCE_FILE, "佐证文件在库", "Files of evidence are there"),
	SQL("file_size", "file", FILE_SIZE, "文件大小一致", "Sizes of files agree"),
	FUNCTION("file_bytes", "file", check_files, "文件内容与指纹一致", "Files are what their names say"),
	SQL("import_row", "import_row", IMPORT_ROW, "导入行有项目", "A written row of an import has its project"),
	SQL("offices", "account", OFFICES, "三员分立", "The three offices are apart"),
};
enum { INVARIANTS = sizeof invariants / sizeof *invariants };

static enum err run_query(struct ctx *ctx, const struct invariant *what, struct invariant_result *r) {
	struct rows *rows;
	enum err e = db_query(ctx->db, ctx->arena, what->query, NULL, 0, &rows);
	if (e) return fail_store(ctx, e);
	while (rows_next(rows)) found(ctx, r, rows_int(rows, 0), rows_text(rows, 1));
	e = rows_error(rows);
	rows_done(rows);
	return fail_store(ctx, e);
}

enum err invariants_check(struct ctx *ctx, struct invariant_result **out, size_t *n) {
	struct invariant_result *list = arena_array(ctx->arena, INVARIANTS, sizeof *list);
	for (size_t i = 0; i < INVARIANTS; i++) {
		const struct invariant *what = &invariants[i];
		list[i] = (struct invariant_result){.code = what->code, .object = what->object, .zh = what->zh, .en = what->en};
		enum err e = what->check ? what->check(ctx, &list[i]) : run_query(ctx, what, &list[i]);
		if (e) return e;
	}
	*out = list;
	*n = INVARIANTS;
	return ERR_OK;
}
