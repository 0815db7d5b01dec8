#include "domain/evidence.h"

#include "domain/digest.h"
#include "domain/exif.h"
#include "domain/grade.h"
#include "domain/noun.h"
#include "domain/project.h"
#include "domain/rights.h"

#include <magic.h>

static const struct choice kinds[] = {
	{S_("CONTRACT"), S_("合同"), S_("Contract"), S_("")}, {S_("LICENCE"), S_("营业执照"), S_("Business licence"), S_("")},
	{S_("PROJECT_CODE"), S_("备案或核准文件"), S_("Filing or approval"), S_("")}, {S_("LAND_CONTRACT"), S_("用地合同"), S_("Land contract"), S_("")},
	{S_("LEASE"), S_("租赁合同"), S_("Lease"), S_("")}, {S_("PERMIT"), S_("施工许可证"), S_("Construction permit"), S_("")},
	{S_("FITOUT_CONTRACT"), S_("装修合同"), S_("Fit-out contract"), S_("")}, {S_("EQUIPMENT_ORDER"), S_("设备订单"), S_("Equipment order"), S_("")},
	{S_("PHOTO"), S_("现场照片"), S_("Photo"), S_("")}, {S_("BANK_SLIP"), S_("付款凭证"), S_("Payment slip"), S_("")},
	{S_("CAPITAL_REPORT"), S_("验资报告"), S_("Capital report"), S_("")}, {S_("INVOICE"), S_("发票"), S_("Invoice"), S_("")},
	{S_("FX_RECEIPT"), S_("外汇入账凭证"), S_("FX receipt"), S_("")}, {S_("APPRAISAL"), S_("评估报告"), S_("Appraisal"), S_("")},
	{S_("ACCEPTANCE"), S_("竣工验收"), S_("Acceptance"), S_("")}, {S_("SALES_INVOICE"), S_("销售发票"), S_("Sales invoice"), S_("")},
	{S_("ELECTRICITY"), S_("用电证明"), S_("Electricity record"), S_("")}, {S_("ENV_PERMIT"), S_("排污许可"), S_("Environmental permit"), S_("")},
	{S_("ABOVE_SCALE"), S_("入规证明"), S_("Above-scale listing"), S_("")}, {S_("OUTPUT_PROOF"), S_("产值税收证明"), S_("Output proof"), S_("")},
	{S_("REVIEW"), S_("履约评价"), S_("Contract review"), S_("")}, {S_("MINUTES"), S_("会议纪要"), S_("Minutes"), S_("")},
	{S_("OTHER"), S_("其他"), S_("Other"), S_("")},
};
static const struct choice states[] = {
	[EVIDENCE_NEW] = {S_("NEW"), S_("待核"), S_("New"), S_("")},
	[EVIDENCE_OK] = {S_("OK"), S_("已核"), S_("Verified"), S_("")},
	[EVIDENCE_REJECTED] = {S_("REJECTED"), S_("不采信"), S_("Rejected"), S_("")},
};

#define F(m, ...) FIELD(evidence, m, __VA_ARGS__)
static const struct field fields[] = {
	F(project_id, F_REF, FIELD_REQUIRED | FIELD_FINAL | FIELD_FILTER, "项目", "Project", .group = S_("base"), .ref = S_("projects")),
	F(kind, F_ENUM, EDITED | FIELD_REQUIRED, "类型", "Kind", .group = S_("base"), CHOICES(kinds)),
	F(file_name, F_TEXT, SHOWN | FIELD_FINAL | FIELD_REQUIRED | FIELD_SEARCH, "文件名", "File name", .group = S_("base"), .max = 120),
	F(sha256, F_TEXT, FIELD_SERVER, "内容指纹", "SHA-256", .group = S_("other")),
	F(size_bytes, F_BYTES, FIELD_SERVER | FIELD_LIST, "大小", "Size", .group = S_("base")),
	F(mime, F_TEXT, FIELD_SERVER | FIELD_LIST, "格式", "Type", .group = S_("base")),
	F(doc_no, F_TEXT, FIELD_FORM | FIELD_LIST | FIELD_SEARCH, "文号", "Document no.", .group = S_("base")),
	F(doc_date, F_DATE, FIELD_FORM | FIELD_LIST, "文件日期", "Document date", .group = S_("base")),
	F(doc_until_date, F_DATE, FIELD_FORM, "有效期至", "Valid until", .group = S_("base")),
	F(issuer, F_TEXT, FIELD_FORM | FIELD_LIST, "出具单位", "Issuer", .group = S_("base")),
	F(amount_fen, F_FEN, FIELD_FORM, "金额", "Amount", .group = S_("base")),
	F(photo_at_ms, F_AT, FIELD_FORM, "拍摄时间", "Taken at", .group = S_("base")),
	F(photo_lng_e6, F_DEGREE_E6, FIELD_FORM, "拍摄经度", "Longitude", .group = S_("base")),
	F(photo_lat_e6, F_DEGREE_E6, FIELD_FORM, "拍摄纬度", "Latitude", .group = S_("base")),
	F(state, F_ENUM, GIVEN, "核验", "State", .group = S_("base"), CHOICES(states)),
	F(verified_by, F_REF, FIELD_SERVER | FIELD_LIST, "核验人", "Verified by", .group = S_("base"), .ref = S_("accounts")),
	F(verified_at_ms, F_AT, FIELD_SERVER | FIELD_LIST, "核验时间", "Verified at", .group = S_("base")),
	F(secrecy, F_ENUM, FIELD_FORM | FIELD_FINAL, "单独定密", "Own mark", .group = S_("other"), .choices = secrecies, .choices_n = SECRECY__N),
	F(grade, F_ENUM, GIVEN | FIELD_VIEW, "保密级别", "Secrecy", .group = S_("base"), .choices = secrecies, .choices_n = SECRECY__N),
};
#undef F

/* What a bureau files: documents, pictures, office files, archives are refused. By content. */
static const struct str accepted[] = {
	S_("application/pdf"), S_("application/ofd"), S_("image/jpeg"), S_("image/png"), S_("image/tiff"), S_("image/webp"), S_("image/bmp"),
	S_("text/plain"), S_("text/csv"), S_("application/msword"), S_("application/vnd.ms-excel"),
	S_("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
	S_("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
	S_("application/vnd.openxmlformats-officedocument.presentationml.presentation"),
};

static enum err find_mime(struct ctx *ctx, struct str bytes, struct str *mime) {
	magic_t m = magic_open(MAGIC_MIME_TYPE);
	if (!m) return fail(ctx, ERR_STORE, S("file"), S("file_type_unknown"));
	const char *found = magic_load(m, NULL) == 0 ? magic_buffer(m, bytes.p, bytes.n) : NULL;
	*mime = str_copy(ctx->arena, str_c(found));
	magic_close(m);
	for (size_t i = 0; i < sizeof accepted / sizeof *accepted; i++)
		if (str_eq(accepted[i], *mime)) return ERR_OK;
	return fail_with(ctx, ERR_INVALID, S("file"), S("file_type_refused"), *mime, S(""));
}

enum err evidence_examine(struct ctx *ctx, struct str bytes, struct evidence *e) {
	struct exif x;
	if (!bytes.n) return fail(ctx, ERR_INVALID, S("file"), S("file_empty"));
	if (bytes.n > EVIDENCE_MAX_BYTES)
		return fail_with(ctx, ERR_TOO_LARGE, S("file"), S("file_too_large"), S("20 MiB"), S(""));
	enum err err = find_mime(ctx, bytes, &e->mime);
	if (err) return err;
	e->sha256 = sha256_hex(ctx->arena, bytes);
	e->size_bytes = (int64_t)bytes.n;
	if (!e->sha256.n) return fail(ctx, ERR_STORE, S("file"), S("store_failed"));
	if (!exif_read(bytes, &x)) return ERR_OK;
	if (x.has_time && e->photo_at_ms == NONE) e->photo_at_ms = x.at_ms;
	if (x.has_place && e->photo_lat_e6 == NONE && e->photo_lng_e6 == NONE) {
		e->photo_lat_e6 = x.lat_e6;
		e->photo_lng_e6 = x.lng_e6;
	}
	return ERR_OK;
}

enum err evidence_add(struct ctx *ctx, struct evidence *e, struct str bytes) {
	e->state = EVIDENCE_NEW;
	enum err err = DB_RUN(ctx->db, Q_BLOB_PUT, VT(e->sha256), VI(e->size_bytes), VT(e->mime),
		VB(bytes), VI(ctx->now_ms));
	return err ? fail_store(ctx, err) : record_insert(ctx, &evidence_noun, e);
}

enum err evidence_bytes(struct ctx *ctx, const struct evidence *e, struct str *bytes) {
	struct rows *r;
	enum err err = DB_QUERY(ctx->db, ctx->arena, Q_BLOB_GET, &r, VT(e->sha256));
	if (err) return fail_store(ctx, err);
	if (!rows_next(r)) return fail_store(ctx, rows_error(r) ? rows_error(r) : ERR_NOT_FOUND);
	*bytes = str_copy(ctx->arena, rows_text(r, 0));
	rows_done(r);
	return ERR_OK;
}

enum err evidence_verify(struct ctx *ctx, int64_t id, enum evidence_state state, int64_t row_version) {
	struct evidence old, e;
	enum err err = need(ctx, OBJ_EVIDENCE, CAN_VERIFY);
	if (!err) err = record_get(ctx, &evidence_noun, id, &old);
	if (err) return err;
	if (row_version != NONE && row_version != old.record.row_version)
		return fail(ctx, ERR_CONFLICT, S("row_version"), S("stale"));
	if (state == EVIDENCE_NEW)
		return fail_with(ctx, ERR_INVALID, S("state"), S("not_a_choice"), S("OK, REJECTED"), S(""));
	if (old.record.created_by == ctx->actor.account_id)
		return fail(ctx, ERR_FORBIDDEN, S(""), S("separation_of_duties"));
	e = old;
	e.state = (int32_t)state;
	e.verified_by = ctx->actor.account_id;
	e.verified_at_ms = ctx->now_ms;
	return record_store(ctx, &evidence_noun, &old, &e, S("verify"));
}

enum err evidence_check_grade(struct ctx *ctx, int64_t project_id, int32_t secrecy) {
	static const struct field codes = {.choices = secrecies, .choices_n = SECRECY__N};
	struct rows *r;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_GRADE_OF_PROJECT, &r, VI(project_id));
	if (e) return fail_store(ctx, e);
	int of_project = rows_next(r) ? choice_index(&codes, rows_text(r, 0)) : CHOICE_NONE;
	e = rows_error(r);
	rows_done(r);
	if (e) return fail_store(ctx, e);
	if (of_project <= secrecy) return ERR_OK;
	const struct choice *c = &secrecies[of_project];
	return fail_with(ctx, ERR_INVALID, S("secrecy"), S("grade_below_project"), ctx->lang == LANG_EN ? c->en : c->zh, S(""));
}

static enum err after(struct ctx *ctx, const void *old, const void *rec) {
	const struct evidence *e = rec;
	(void)old;
	return e ? grade_name_actor(ctx, GRADE_EVIDENCE, e->record.id, e->secrecy) : ERR_OK;
}

static enum err check(struct ctx *ctx, const void *old, void *rec, const struct fieldset *set) {
	const struct evidence *e = rec, *was = old;
	/* What was verified is this file as this kind of document: editing it afterwards would carry the
	 * verifier's name on to something that he has not seen. */
	if (was && was->state == EVIDENCE_OK && fieldset_any(set))
		return fail(ctx, ERR_CONFLICT, S(""), S("evidence_is_verified"));
	grade_check(ctx, !was, was ? was->secrecy : CHOICE_NONE, e->secrecy);
	if (!was && e->secrecy != CHOICE_NONE && e->project_id != NONE) (void)evidence_check_grade(ctx, e->project_id, e->secrecy);
	if (e->doc_date > ctx->today) fail(ctx, ERR_INVALID, S("doc_date"), S("in_the_future"));
	if (e->doc_until_date != DAY_NONE && e->doc_until_date < e->doc_date)
		fail(ctx, ERR_INVALID, S("doc_until_date"), S("before_start"));
	return ERR_OK;
}

/* What was verified stays in the file. */
static enum err may_delete(struct ctx *ctx, const void *rec) {
	const struct evidence *e = rec;
	return e->state == EVIDENCE_OK ? fail(ctx, ERR_CONFLICT, S(""), S("evidence_is_verified")) : ERR_OK;
}

static const struct order orders[] = {DESC(id)};

const struct noun evidence_noun = {
	.name = S_("evidence"), .plural = S_("evidence"), .zh = S_("佐证材料"), .en = S_("Evidence"),
	.table = S_("evidence"), .object = OBJ_EVIDENCE, .keeps_edits = true, .size = sizeof(struct evidence), FIELDS(fields),
	.visible = Q_EVIDENCE_VISIBLE, .generic = CAN_UPDATE | CAN_DELETE, .label = S_("file_name"),
	.parent = S_("project_id"), ORDERS(orders),
	.check = check, .after = after, .may_delete = may_delete,
};
