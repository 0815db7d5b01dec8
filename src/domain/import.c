#include "domain/import.h"

#include "domain/noun.h"

static const struct choice states[] = {
	[IMPORT_READING] = {S_("READING"), S_("读取中"), S_("Reading"), S_("")},
	[IMPORT_RECOGNISED] = {S_("RECOGNISED"), S_("已识别"), S_("Recognised"), S_("")},
	[IMPORT_CHECKED] = {S_("CHECKED"), S_("已核对"), S_("Checked"), S_("")},
	[IMPORT_WRITING] = {S_("WRITING"), S_("写入中"), S_("Writing"), S_("")},
	[IMPORT_WRITTEN] = {S_("WRITTEN"), S_("已写入"), S_("Written"), S_("")},
	[IMPORT_ROLLED_BACK] = {S_("ROLLED_BACK"), S_("已撤回"), S_("Rolled back"), S_("")},
	[IMPORT_CANCELLED] = {S_("CANCELLED"), S_("已取消"), S_("Cancelled"), S_("")},
	[IMPORT_FAILED] = {S_("FAILED"), S_("失败"), S_("Failed"), S_("")},
};

#define F(m, ...) FIELD(import, m, __VA_ARGS__)
static const struct field fields[] = {
	F(file_name, F_TEXT, GIVEN | FIELD_SEARCH | FIELD_REQUIRED, "文件", "File", .group = S_("base")),
	F(sha256, F_TEXT, FIELD_SERVER, "内容指纹", "SHA-256", .group = S_("other")),
	F(region_code, F_REGION, GIVEN | FIELD_REQUIRED, "单位", "Unit", .group = S_("base")),
	F(state, F_ENUM, GIVEN | FIELD_REQUIRED, "状态", "State", .group = S_("base"), CHOICES(states)),
	F(plan, F_LONG, FIELD_SERVER, "对应方案", "Plan", .group = S_("other"), .max = 1000000),
	F(summary, F_LONG, FIELD_SERVER, "摘要", "Summary", .group = S_("other"), .max = 1000000),
	F(rows_total, F_INT, FIELD_SERVER | FIELD_LIST, "行数", "Rows", .group = S_("base")),
	F(rows_new, F_INT, FIELD_SERVER | FIELD_LIST, "新增", "New", .group = S_("base")),
	F(rows_update, F_INT, FIELD_SERVER | FIELD_LIST, "更新", "Updated", .group = S_("base")),
	F(rows_same, F_INT, FIELD_SERVER, "无变化", "Unchanged", .group = S_("base")),
	F(rows_conflict, F_INT, FIELD_SERVER | FIELD_LIST, "冲突", "Conflicts", .group = S_("base")),
	F(rows_error, F_INT, FIELD_SERVER | FIELD_LIST, "有误", "Errors", .group = S_("base")),
	F(rows_duplicate, F_INT, FIELD_SERVER | FIELD_LIST, "疑似重复", "Duplicates", .group = S_("base")),
};
#undef F

static const struct order orders[] = {DESC(id)};

const struct noun import_noun = {
	.name = S_("import"), .plural = S_("imports"), .zh = S_("导入批次"), .en = S_("Import"),
	.table = S_("import_batch"), .object = OBJ_IMPORT, .size = sizeof(struct import), FIELDS(fields),
	.visible = Q_IMPORT_VISIBLE, .label = S_("file_name"), ORDERS(orders),
};
