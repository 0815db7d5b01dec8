#include "domain/audit.h"

#include "base/log.h"
#include "domain/noun.h"
#include "domain/rights.h"
#include "domain/write.h"

#include <assert.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>

enum { MAC_BYTES = 32, HEX = 2 * MAC_BYTES, BATCH = 2000 };

/* Columns of a row in the order in which they are hashed; audit_walk has the same order. */
enum column_id {
	C_ID, C_AT, C_ACCOUNT, C_LOGIN, C_ROLE, C_SCOPE, C_REMOTE, C_ACTION, C_OUTCOME, C_OBJECT,
	C_OBJECT_ID, C_PROJECT, C_BEFORE, C_AFTER, C_DIFF, C__HASHED,
	C_PREV = C__HASHED, C_HASH, C__N
};

static const struct str no_rows = S_("0000000000000000000000000000000000000000000000000000000000000000");

/* ---- hashing ---- */

/* One keyed HMAC that serves many rows. */
struct hasher {
	EVP_MAC *mac;
	EVP_MAC_CTX *ctx;
	bool is_ok;
};

static void hasher_open(struct hasher *h, struct str key) {
	const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string("digest", (char[]){"SHA256"}, 0),
	                             OSSL_PARAM_construct_end()};
	h->mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	h->ctx = h->mac ? EVP_MAC_CTX_new(h->mac) : NULL;
	h->is_ok = key.n == MAC_BYTES && h->ctx
		&& EVP_MAC_init(h->ctx, (const unsigned char *)key.p, key.n, params);
}

static void hasher_close(struct hasher *h) {
	EVP_MAC_CTX_free(h->ctx);
	EVP_MAC_free(h->mac);
}

static void feed(struct hasher *h, const void *p, size_t n) {
	h->is_ok = h->is_ok && EVP_MAC_update(h->ctx, p, n);
}

/* Kind, length and bytes, so that no two rows have one canonical form. */
static void feed_part(struct hasher *h, char kind, struct str s) {
	unsigned char head[9] = {(unsigned char)kind};
	for (int i = 0; i < 8; i++) head[1 + i] = (unsigned char)((uint64_t)s.n >> (56 - 8 * i));
	feed(h, head, sizeof head);
	if (s.n) feed(h, s.p, s.n);
}

/* A number is hashed as its decimal text. */
static void feed_value(struct hasher *h, struct value v) {
	if (v.kind == V_NULL) {
		feed_part(h, '-', S(""));
		return;
	}
	if (v.kind != V_INT) {
		feed_part(h, '=', v.s);
		return;
	}
	char digits[24];
	size_t at = sizeof digits;
	uint64_t left = v.i < 0 ? 0 - (uint64_t)v.i : (uint64_t)v.i;
	do digits[--at] = (char)('0' + left % 10);
	while (left /= 10);
	if (v.i < 0) digits[--at] = '-';
	feed_part(h, '=', (struct str){digits + at, sizeof digits - at});
}

/* The hash as hex, and the hasher ready for the next one. */
static bool finish(struct hasher *h, char out[HEX]) {
	static const char digits[] = "0123456789abcdef";
	unsigned char raw[MAC_BYTES];
	size_t n = 0;
	h->is_ok = h->is_ok && EVP_MAC_final(h->ctx, raw, &n, sizeof raw) && n == sizeof raw &&
	           EVP_MAC_init(h->ctx, NULL, 0, NULL);
	if (!h->is_ok) return false;
	for (size_t i = 0; i < MAC_BYTES; i++) {
		out[2 * i] = digits[raw[i] >> 4];
		out[2 * i + 1] = digits[raw[i] & 15];
	}
	return true;
}

static bool hash_row(struct hasher *h, struct str prev, const struct value row[C__HASHED], char out[HEX]) {
	feed_part(h, '<', prev);
	for (int i = 0; i < C__HASHED; i++) feed_value(h, row[i]);
	return finish(h, out);
}

static bool hash_head(struct hasher *h, int64_t last_id, struct str row_hash, char out[HEX]) {
	feed_part(h, 'H', row_hash);
	feed_value(h, VI(last_id));
	return finish(h, out);
}

/* A keyed hash of what may hold personal values: shows that it changed, not what it was. */
static struct value hash_record(struct ctx *ctx, struct hasher *h, struct str whole) {
	if (!whole.n) return VNULL;
	char hex[HEX];
	feed_part(h, 'R', whole);
	return finish(h, hex) ? VT(str_copy(ctx->arena, ((struct str){hex, HEX}))) : VNULL;
}

static bool same_hash(struct str a, struct str b) {
	return a.n == HEX && b.n == HEX && CRYPTO_memcmp(a.p, b.p, HEX) == 0;
}

/* ---- appending ---- */

static struct value id_or_null(int64_t id) {
	return id > 0 ? VI(id) : VNULL;
}

/* The next id and the hash it follows; from here to the end of the job the chain is ours. */
static enum err next_row(struct ctx *ctx, int64_t *id, struct str *prev) {
	struct rows *r;
	enum err e = db_query(ctx->db, ctx->arena, Q_AUDIT_TAKE_HEAD, NULL, 0, &r);
	if (e) return fail_store(ctx, e);
	bool has = rows_next(r);
	if (has) {
		*id = rows_int(r, 0) + 1;
		*prev = str_copy(ctx->arena, rows_text(r, 1));
	}
	e = rows_error(r);
	rows_done(r);
	if (e) return fail_store(ctx, e);
	return has ? ERR_OK : fail(ctx, ERR_STORE, S("audit_head"), S("audit_head_missing"));
}

static void fill(struct ctx *ctx, struct hasher *h, const struct audit_entry *e, int64_t id,
		struct value row[C__N]) {
	const struct actor *who = &ctx->actor;
	row[C_ID] = VI(id);
	row[C_AT] = VI(ctx->now_ms);
	row[C_ACCOUNT] = id_or_null(who->account_id);
	row[C_LOGIN] = v_text_or_null(who->login);
	row[C_ROLE] = VT(role_code(who->role));
	row[C_SCOPE] = v_text_or_null(who->scope);
	row[C_REMOTE] = v_text_or_null(ctx->remote);
	row[C_ACTION] = VT(e->action);
	row[C_OUTCOME] = VT(e->outcome);
	row[C_OBJECT] = VT(e->object);
	row[C_OBJECT_ID] = id_or_null(e->object_id);
	row[C_PROJECT] = id_or_null(e->project_id);
	row[C_BEFORE] = hash_record(ctx, h, e->before);
	row[C_AFTER] = hash_record(ctx, h, e->after);
	row[C_DIFF] = v_text_or_null(e->diff);
}

/* A run of rows under one lock. */
struct audit_batch {
	struct hasher hasher;
	int64_t last_id;
	char last_hash[HEX];
};

static enum err set_head(struct ctx *ctx, struct hasher *h, int64_t id, struct str row_hash) {
	char mac[HEX];
	if (!hash_head(h, id, row_hash, mac)) return fail(ctx, ERR_STORE, S("audit_key"), S("audit_key_missing"));
	return fail_store(ctx, DB_RUN(ctx->db, Q_AUDIT_SET_HEAD, VI(id), VT(row_hash), VT(((struct str){mac, HEX}))));
}

static enum err insert_row(struct ctx *ctx, struct hasher *h, const struct audit_entry *e,
		int64_t id, struct str prev, char hash[HEX]) {
	struct value row[C__N];
	fill(ctx, h, e, id, row);
	if (!hash_row(h, prev, row, hash)) return fail(ctx, ERR_STORE, S("audit_key"), S("audit_key_missing"));
	row[C_PREV] = VT(prev);
	row[C_HASH] = VT(((struct str){hash, HEX}));
	return fail_store(ctx, db_run(ctx->db, Q_AUDIT_INSERT, row, C__N, NULL));
}

static enum err append(struct ctx *ctx, struct hasher *h, const struct audit_entry *e) {
	int64_t id = 0;
	struct str prev = {0};
	char hash[HEX];
	enum err err = next_row(ctx, &id, &prev);
	if (!err) err = insert_row(ctx, h, e, id, prev, hash);
	return err ? err : set_head(ctx, h, id, (struct str){hash, HEX});
}

static enum err append_to_batch(struct ctx *ctx, struct audit_batch *b, const struct audit_entry *e) {
	char hash[HEX];
	enum err err = insert_row(ctx, &b->hasher, e, b->last_id + 1, (struct str){b->last_hash, HEX}, hash);
	if (err) return err;
	b->last_id++;
	memcpy(b->last_hash, hash, HEX);
	return ERR_OK;
}

enum err audit_add(struct ctx *ctx, const struct audit_entry *e) {
	assert(e->action.n && e->outcome.n && e->object.n);
	if (ctx->audit_batch) return append_to_batch(ctx, ctx->audit_batch, e);
	struct hasher h = {0};
	hasher_open(&h, ctx->app->audit_key);
	enum err err = append(ctx, &h, e);
	hasher_close(&h);
	return err;
}

static void close_batch(void *it) {
	struct audit_batch *b = it;
	hasher_close(&b->hasher);
}

enum err audit_batch_begin(struct ctx *ctx) {
	int64_t id = 0;
	struct str prev = {0};
	struct audit_batch *b = arena_alloc(ctx->arena, sizeof *b);
	enum err e = next_row(ctx, &id, &prev);
	if (e) return e;
	if (prev.n != HEX) return fail(ctx, ERR_STORE, S("audit_head"), S("audit_head_missing"));
	hasher_open(&b->hasher, ctx->app->audit_key);
	arena_defer(ctx->arena, close_batch, b);
	b->last_id = id - 1;
	memcpy(b->last_hash, prev.p, HEX);
	ctx->audit_batch = b;
	return ERR_OK;
}

enum err audit_batch_end(struct ctx *ctx) {
	struct audit_batch *b = ctx->audit_batch;
	ctx->audit_batch = NULL;
	if (!b->last_id) return ERR_OK; /* no row was ever written: the head stays what it was */
	return set_head(ctx, &b->hasher, b->last_id, (struct str){b->last_hash, HEX});
}

static enum err add_alone(struct ctx *ctx, void *arg) {
	return audit_add(ctx, arg);
}

enum err audit_taken(struct ctx *ctx, const struct audit_entry *e) {
	struct audit_entry copy = *e;
	return ctx_write(ctx, add_alone, &copy);
}

/* The caller's failure is what the user sees; that the row could not be written goes to the log. */
void audit_refused(struct ctx *ctx, struct str action, struct str object, int64_t object_id) {
	const struct error *error = ctx->error;
	struct audit_entry e = {.action = action, .outcome = S("REFUSED"), .object = object,
		.object_id = object_id};
	enum err err = ctx_write(ctx, add_alone, &e);
	if (err) LOG(LOG_ERROR, "audit_refused_lost", {"code", str_c(err_name(err))}, {"action", action});
	ctx->error = error;
}

enum err audit_lock(struct ctx *ctx) {
	return fail_store(ctx, db_run(ctx->db, Q_AUDIT_LOCK, NULL, 0, NULL));
}

/* ---- proving ---- */

struct head {
	int64_t last_id;
	struct str row_hash, mac;
	bool is_there;
};

static enum err read_head(struct ctx *ctx, struct head *out) {
	struct rows *r;
	enum err e = db_query(ctx->db, ctx->arena, Q_AUDIT_HEAD, NULL, 0, &r);
	if (e) return fail_store(ctx, e);
	*out = (struct head){.row_hash = no_rows, .is_there = rows_next(r)};
	if (out->is_there) {
		out->last_id = rows_int(r, 0);
		out->row_hash = str_copy(ctx->arena, rows_text(r, 1));
		out->mac = str_copy(ctx->arena, rows_text(r, 2));
	}
	e = rows_error(r);
	rows_done(r);
	return fail_store(ctx, e);
}

/* The head of an empty chain has no mac: the migration that makes it has no key. */
static bool head_is_ours(struct hasher *h, const struct head *head) {
	char mac[HEX];
	if (!head->is_there) return false;
	if (head->last_id == 0) return str_eq(head->row_hash, no_rows);
	return hash_head(h, head->last_id, head->row_hash, mac) && same_hash(head->mac, (struct str){mac, HEX});
}

enum err audit_head(struct ctx *ctx, struct str *head, int64_t *rows) {
	struct head stored;
	struct hasher h = {0};
	enum err e = read_head(ctx, &stored);
	if (e) return e;
	hasher_open(&h, ctx->app->audit_key);
	bool is_ours = head_is_ours(&h, &stored);
	hasher_close(&h);
	if (!is_ours) return fail(ctx, ERR_CONFLICT, S("audit_key"), S("audit_key_wrong"));
	*head = stored.row_hash;
	*rows = stored.last_id;
	return ERR_OK;
}

/* Where the walk is, and what it must meet on its way. */
struct walk {
	struct hasher hasher;
	int64_t last_id;
	char last_hash[HEX];
	struct str outside;          /* head kept outside; empty = none */
	const struct head *stored;
	bool met_outside, met_stored;
	struct audit_proof *proof;
};

static struct str last_hash(const struct walk *w) {
	return (struct str){w->last_hash, HEX};
}

static void note_heads(struct walk *w) {
	if (same_hash(w->outside, last_hash(w))) w->met_outside = true;
	if (w->last_id == w->stored->last_id && same_hash(w->stored->row_hash, last_hash(w)))
		w->met_stored = true;
}

static void broken(struct walk *w, int64_t id, struct str why) {
	w->proof->is_ok = false;
	w->proof->broken_at = id;
	w->proof->why = why;
}

/* False: this row does not fit, and the walk ends. */
static bool check_row(struct walk *w, const struct rows *r) {
	struct value row[C__N];
	char hash[HEX];
	for (int i = 0; i < C__N; i++) row[i] = rows_value(r, i);
	int64_t id = row[C_ID].i;
	if (id != w->last_id + 1) {
		broken(w, w->last_id + 1, S("missing"));
		return false;
	}
	if (!same_hash(row[C_PREV].s, last_hash(w)) || !hash_row(&w->hasher, last_hash(w), row, hash) ||
	    !same_hash(row[C_HASH].s, (struct str){hash, HEX})) {
		broken(w, id, S("changed"));
		return false;
	}
	w->last_id = id;
	memcpy(w->last_hash, hash, HEX);
	w->proof->rows++;
	note_heads(w);
	return true;
}

/* *more = there may be a next batch. */
static enum err walk_batch(struct ctx *ctx, struct arena *scratch, struct walk *w, bool *more) {
	struct rows *r;
	int64_t n = 0;
	enum err e = DB_QUERY(ctx->db, scratch, Q_AUDIT_WALK, &r, VI(w->last_id), VI(BATCH));
	if (e) return fail_store(ctx, e);
	while (w->proof->is_ok && rows_next(r)) {
		n++;
		check_row(w, r);
	}
	e = rows_error(r);
	rows_done(r);
	*more = w->proof->is_ok && n == BATCH;
	return fail_store(ctx, e);
}

static enum err walk_all(struct ctx *ctx, struct walk *w) {
	struct arena scratch = {0};
	enum err e = ERR_OK;
	for (bool more = true; more && !e; arena_reset(&scratch)) e = walk_batch(ctx, &scratch, w, &more);
	arena_release(&scratch);
	return e;
}

/* The rows fit each other; do they reach to where the two heads say? */
static void check_heads(struct walk *w) {
	if (!head_is_ours(&w->hasher, w->stored)) broken(w, 0, S("head"));
	else if (!w->met_stored || (w->outside.n && !w->met_outside)) broken(w, w->last_id + 1, S("cut"));
}

/* The stored head is read before the walk: rows that are appended meanwhile only make it longer. */
enum err audit_verify(struct ctx *ctx, struct str head, struct audit_proof *out) {
	struct head stored;
	if (head.n && head.n != HEX) return fail(ctx, ERR_INVALID, S("head"), S("not_a_hash"));
	enum err e = read_head(ctx, &stored);
	if (e) return e;
	*out = (struct audit_proof){.is_ok = true, .why = S("")};
	struct walk w = {.outside = str_lower(ctx->arena, head), .stored = &stored, .proof = out};
	memcpy(w.last_hash, no_rows.p, HEX);
	note_heads(&w);
	hasher_open(&w.hasher, ctx->app->audit_key);
	if (!w.hasher.is_ok) e = fail(ctx, ERR_STORE, S("audit_key"), S("audit_key_missing"));
	else e = walk_all(ctx, &w);
	if (!e && out->is_ok) check_heads(&w);
	hasher_close(&w.hasher);
	out->head = str_copy(ctx->arena, last_hash(&w));
	return e;
}

/* ---- words ---- */

static const struct choice actions[] = {
	{S_("create"), S_("新建"), S_("Create"), S_("")},
	{S_("cancel"), S_("取消"), S_("Cancel"), S_("")},
	{S_("update"), S_("修改"), S_("Change"), S_("")},
	{S_("delete"), S_("删除"), S_("Delete"), S_("")},
	{S_("undo"), S_("撤销修改"), S_("Take a change back"), S_("")},
	{S_("restore"), S_("从回收站恢复"), S_("Restore from the bin"), S_("")},
	{S_("read"), S_("查看"), S_("Read"), S_("")},
	{S_("reveal"), S_("查看完整个人信息"), S_("Reveal personal data"), S_("")},
	{S_("export"), S_("导出"), S_("Export"), S_("")},
	{S_("download"), S_("下载文件"), S_("Download a file"), S_("")},
	{S_("import"), S_("导入"), S_("Import"), S_("")},
	{S_("import_rollback"), S_("撤销导入"), S_("Roll an import back"), S_("")},
	{S_("propose"), S_("提交"), S_("Propose"), S_("")},
	{S_("review"), S_("审核"), S_("Review"), S_("")},
	{S_("verify"), S_("核验"), S_("Verify"), S_("")},
	{S_("return"), S_("退回"), S_("Return"), S_("")},
	{S_("withdraw"), S_("撤回"), S_("Withdraw"), S_("")},
	{S_("grade"), S_("变更密级"), S_("Change the grade"), S_("")},
	{S_("grade_grant"), S_("同意降密"), S_("Confirm a lower grade"), S_("")},
	{S_("grade_refuse"), S_("不同意降密"), S_("Refuse a lower grade"), S_("")},
	{S_("grade_withdraw"), S_("撤回降密"), S_("Withdraw a lower grade"), S_("")},
	{S_("grade_name"), S_("增加知悉人员"), S_("Name a person"), S_("")},
	{S_("clearance"), S_("设定涉密范围"), S_("Set a clearance"), S_("")},
	{S_("light"), S_("调灯"), S_("Set the light"), S_("")},
	{S_("calendar"), S_("导入工作日历"), S_("Import working days"), S_("")},
	{S_("setup"), S_("首次设置"), S_("First set-up"), S_("")},
	{S_("login"), S_("登录"), S_("Log in"), S_("")},
	{S_("logout"), S_("退出登录"), S_("Log out"), S_("")},
	{S_("role_switch"), S_("切换身份"), S_("Switch role"), S_("")},
	{S_("session_end"), S_("结束会话"), S_("End a session"), S_("")},
	{S_("password_change"), S_("修改密码"), S_("Change password"), S_("")},
	{S_("password_reset"), S_("重置密码"), S_("Reset password"), S_("")},
	{S_("factor_begin"), S_("开始绑定双因素"), S_("Begin a second factor"), S_("")},
	{S_("factor_enrol"), S_("绑定双因素"), S_("Enrol a second factor"), S_("")},
	{S_("factor_codes"), S_("更换恢复码"), S_("New recovery codes"), S_("")},
	{S_("factor_remove"), S_("解除双因素"), S_("Remove a second factor"), S_("")},
	{S_("factor_reset"), S_("重置他人双因素"), S_("Reset somebody's second factor"), S_("")},
	{S_("factor_change"), S_("改动双因素（未成）"), S_("Change a second factor (failed)"), S_("")},
	{S_("recovery_use"), S_("使用恢复码"), S_("Use a recovery code"), S_("")},
	{S_("alarm_seen"), S_("确认报警"), S_("Alarm seen"), S_("")},
	{S_("person_export"), S_("导出个人信息"), S_("Copy of personal data"), S_("")},
	{S_("person_erase"), S_("删除个人信息"), S_("Erase personal data"), S_("")},
	{S_("person_hold"), S_("暂缓删除个人信息"), S_("Hold personal data"), S_("")},
	{S_("person_release"), S_("解除暂缓"), S_("End a hold"), S_("")},
	{S_("person_refuse"), S_("不予删除个人信息"), S_("Refuse to erase"), S_("")},
	{S_("policy_change"), S_("修改安全设置"), S_("Change a security setting"), S_("")},
	{S_("account_close"), S_("注销账号"), S_("Close account"), S_("")},
	{S_("account_unlock"), S_("解除锁定"), S_("Unlock account"), S_("")},
	{S_("assignment_end"), S_("收回角色"), S_("Take a role back"), S_("")},
	{S_("seal_upgrade"), S_("加密已存的个人信息"), S_("Seal stored values"), S_("")},
	{S_("seal_rotate"), S_("更换字段密钥"), S_("Change the field key"), S_("")},
	{S_("audit_verify"), S_("校验审计链"), S_("Verify audit chain"), S_("")},
	{S_("refuse"), S_("越权访问"), S_("Refused access"), S_("")},
	/* a request that was refused before it became an act */
	{S_("get"), S_("查看"), S_("Read"), S_("")},
	{S_("post"), S_("提交"), S_("Submit"), S_("")},
	{S_("put"), S_("保存"), S_("Save"), S_("")},
	{S_("patch"), S_("修改"), S_("Change"), S_("")},
};

struct str audit_action_label(struct str action, enum lang lang) {
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		if (str_eq(actions[i].code, action)) return lang == LANG_EN ? actions[i].en : actions[i].zh;
	return action;
}

static const struct choice outcomes[] = {
	{S_("DONE"), S_("完成"), S_("Done"), S_("")},
	{S_("REFUSED"), S_("拒绝"), S_("Refused"), S_("")},
	{S_("FAILED"), S_("失败"), S_("Failed"), S_("")},
};

/* Labels only: the chain keeps the codes as text, and a reader of the log need not see the nouns. */
static const struct choice objects[] = {
	{S_("project"), S_("项目"), S_("Project"), S_("")},
	{S_("investor"), S_("投资方"), S_("Investor"), S_("")},
	{S_("lead"), S_("线索"), S_("Lead"), S_("")},
	{S_("contact"), S_("联系人"), S_("Contact"), S_("")},
	{S_("talk"), S_("洽谈"), S_("Talk"), S_("")},
	{S_("agreement"), S_("协议合同"), S_("Agreement"), S_("")},
	{S_("evidence"), S_("佐证材料"), S_("Evidence"), S_("")},
	{S_("phase"), S_("分期"), S_("Phase"), S_("")},
	{S_("party"), S_("各方"), S_("Party"), S_("")},
	{S_("project_code"), S_("统一代码"), S_("National code"), S_("")},
	{S_("progress"), S_("进展"), S_("Progress"), S_("")},
	{S_("funds"), S_("到位资金"), S_("Funds"), S_("")},
	{S_("proposal"), S_("推进事项"), S_("Proposal"), S_("")},
	{S_("grade_change"), S_("密级变更"), S_("Change of grade"), S_("")},
	{S_("import"), S_("导入批次"), S_("Import"), S_("")},
	{S_("account"), S_("账号"), S_("Account"), S_("")},
	{S_("assignment"), S_("角色分配"), S_("Assignment"), S_("")},
	{S_("view"), S_("视图"), S_("View"), S_("")},
	{S_("edit"), S_("改动"), S_("Edit"), S_("")},
	{S_("bulk"), S_("批量操作"), S_("Bulk act"), S_("")},
	{S_("session"), S_("会话"), S_("Session"), S_("")},
	{S_("audit"), S_("审计记录"), S_("Audit"), S_("")},
	{S_("calendar"), S_("工作日历"), S_("Working days"), S_("")},
	{S_("system"), S_("系统"), S_("System"), S_("")},
};

#define F(m, ...) FIELD(audit_row, m, __VA_ARGS__)
static const struct field fields[] = {
	F(at_ms, F_AT, GIVEN, "时间", "Time", .group = S_("base")),
	F(login, F_TEXT, GIVEN | FIELD_SEARCH, "账号", "Account", .group = S_("base")),
	F(role, F_TEXT, GIVEN, "角色", "Role", .group = S_("base"), CHOICES(role_choices)),
	F(scope, F_TEXT, GIVEN, "范围", "Scope", .group = S_("base")),
	F(remote, F_TEXT, GIVEN | FIELD_SEARCH, "地址", "Address", .group = S_("base")),
	F(action, F_TEXT, GIVEN, "操作", "Action", .group = S_("base"), CHOICES(actions)),
	F(outcome, F_ENUM, GIVEN, "结果", "Outcome", .group = S_("base"), CHOICES(outcomes)),
	F(object, F_TEXT, GIVEN, "对象", "Object", .group = S_("base"), CHOICES(objects)),
	F(object_id, F_INT, GIVEN, "对象编号", "Object id", .group = S_("base")),
	F(account_id, F_REF, FIELD_SERVER | FIELD_FILTER, "账号编号", "Account id", .group = S_("base"), .ref = S_("accounts")),
	F(project_id, F_REF, FIELD_SERVER | FIELD_FILTER, "项目", "Project", .group = S_("base"), .ref = S_("projects")),
	F(diff, F_LONG, FIELD_LIST | FIELD_SERVER, "变更", "Change", .group = S_("base")),
};
#undef F

static const struct order orders[] = {{S_("id"), true, true}};

const struct noun audit_noun = {
	.name = S_("audit"), .plural = S_("audit"), .has_no_head = true, .zh = S_("审计记录"), .en = S_("Audit row"),
	.table = S_("audit"), .object = OBJ_AUDIT, .size = sizeof(struct audit_row), FIELDS(fields),
	.visible = Q_AUDIT_VISIBLE, ORDERS(orders),
};
