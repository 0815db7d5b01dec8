/* bench_sheet FILE ROWS - a bureau's list of so many projects, as XLSX: title, unit line, header. */
#include "bench.h"

#include <stdio.h>
#include <xlsxwriter.h>

static const char *const heads[] = {"序号", "项目名称", "投资方", "县市区", "所属行业", "建设内容", "总投资（万元）", "用地（亩）",
	"项目阶段", "签约时间", "责任单位", "备注"};
enum { HEADS = sizeof heads / sizeof *heads };
static const char *const places[] = {"寿光市", "诸城市", "青州市", "高密市", "昌邑市", "安丘市", "昌乐县", "临朐县"};
static const char *const stages[] = {"在谈", "签约", "落地", "开工", "投产"};

static void put_row(lxw_worksheet *w, lxw_row_t at, int i) {
	char text[160];
	worksheet_write_number(w, at, 0, i + 1, NULL);
	snprintf(text, sizeof text, "新材料产业园第%d期项目", i + 1);
	worksheet_write_string(w, at, 1, text, NULL);
	snprintf(text, sizeof text, "测算样本投资有限公司%d", i % 5000);
	worksheet_write_string(w, at, 2, text, NULL);
	worksheet_write_string(w, at, 3, places[i % 8], NULL);
	worksheet_write_string(w, at, 4, "专用化学产品制造", NULL);
	snprintf(text, sizeof text, "建设厂房%d平方米，购置设备%d台套，达产后形成年产能。", 1000 + i % 9000, 10 + i % 400);
	worksheet_write_string(w, at, 5, text, NULL);
	worksheet_write_number(w, at, 6, 1000 + i % 200000, NULL);
	worksheet_write_number(w, at, 7, 5 + i % 300, NULL);
	worksheet_write_string(w, at, 8, stages[i % 5], NULL);
	snprintf(text, sizeof text, "2023-%02d-%02d", 1 + i % 12, 1 + i % 28);
	worksheet_write_string(w, at, 9, text, NULL);
	worksheet_write_string(w, at, 10, "投资合作促进中心", NULL);
	if (i % 3 == 0) worksheet_write_string(w, at, 11, "正常推进", NULL);
}

int main(int argc, char **argv) {
	if (argc != 3) die("usage", "bench_sheet FILE ROWS");
	int rows = (int)arg_int(argv[2], 1);
	lxw_workbook *book = workbook_new(argv[1]);
	lxw_worksheet *w = workbook_add_worksheet(book, "项目台账");
	worksheet_merge_range(w, 0, 0, 0, HEADS - 1, "2023年招商引资重点项目台账", NULL);
	for (int c = 0; c < HEADS; c++) worksheet_write_string(w, 1, (lxw_col_t)c, heads[c], NULL);
	for (int i = 0; i < rows; i++) put_row(w, (lxw_row_t)(i + 2), i);
	if (workbook_close(book)) die(argv[1], "cannot be written");
	return 0;
}
