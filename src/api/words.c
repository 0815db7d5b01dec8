/* words.c - every sentence of a refusal, in both languages: fact, rule, way out. {0} and {1} are filled. */
#include "api/call.h"

static const struct {
	const char *key, *zh, *en;
} table[] = {
	{"account_closed", "账号“{0}”已注销。注销后不能恢复，请另建账号", "The account {0} is closed. It cannot be opened again: make a new one"},
	{"after_event", "不能晚于本阶段日期", "May not be later than the stage's own date"},
	{"audit_broken", "审计链不完整：有记录被改、删或截断。立即封存数据库并报告", "The audit chain does not hold: rows were changed, removed or cut. Secure the database and report it"},
	{"audit_head_missing", "审计链的首尾记录不见了。用备份恢复", "The head of the audit chain is gone. Restore a backup"},
	{"audit_key_missing", "没有审计密钥，不能写入。检查密钥文件", "There is no audit key, nothing can be written. Check the key file"},
	{"audit_key_wrong", "审计密钥与数据库不符。用建库时的密钥文件启动", "The audit key does not fit the database. Start with its own key file"},
	{"bad_cursor", "翻页位置无效。回到第一页再查", "The page position is not valid. Start from the first page"},
	{"bad_id", "编号“{0}”不是正整数", "The id \"{0}\" is not a positive integer"},
	{"bad_idempotency_key", "Idempotency-Key 须为 8 到 64 个字母、数字、- 或 _", "Idempotency-Key must be 8 to 64 letters, digits, - or _"},
	{"bad_json", "请求内容不是有效的 JSON（第 {0} 行：{1}）", "The body is not valid JSON (line {0}: {1})"},
	{"bad_query", "查询参数 {0} 无效：{1}。改正后重查", "Query parameter {0} is not valid: {1}. Correct it"},
	{"before_earlier_stage", "不能早于前一阶段的日期", "May not be earlier than the stage before"},
	{"before_last_event", "不能早于上一次进展的日期 {0}", "May not be earlier than the last event, {0}"},
	{"before_start", "不能早于起始日期", "May not be earlier than the start"},
	{"choose_role", "这个账号有多个角色。用 --role 指明一个", "The account has several roles. Name one with --role"},
	{"confirm_first", "导入的日期还没有核验。先提交“确认导入日期”", "Imported dates are not verified. Propose their confirmation first"},
	{"control_characters", "含有不可见的控制字符。删除后再存", "Contains control characters. Remove them"},
	{"correction_goes_back", "更正只能退回到更早的阶段", "A correction goes back to an earlier stage"},
	{"csrf", "请求不是从本系统页面发出的。刷新页面后重试", "The request did not come from this system's pages. Reload and try again"},
	{"ended_already", "这个角色已经收回", "This role was taken back already"},
	{"evidence_is_verified", "已核验的材料不能修改或删除。先由核验人改为不采信", "Verified evidence can be neither changed nor deleted. Its verifier must reject it first"},
	{"export_too_large", "超过 {0} 行，不能导出。加筛选条件后再导出", "Over {0} rows cannot be exported. Filter the list first"},
	{"file_empty", "文件是空的。重新选择文件", "The file is empty. Choose another"},
	{"file_too_large", "文件超过 {0}。压缩或拆分后再传", "The file is over {0}. Make it smaller or split it"},
	{"file_type_refused", "不收这种文件（{0}）。可传 PDF、OFD、图片、Word、Excel 和文本", "Files of this type ({0}) are not taken. Use PDF, OFD, pictures, Word, Excel or text"},
	{"file_type_unknown", "认不出文件类型。换一种格式再传", "The file's type was not recognised. Use another format"},
	{"final", "建立后不能更改", "Cannot be changed later"},
	{"gate_missing", "还差：{0}。{1}后可提交", "Missing: {0}. {1}, then propose"},
	{"has_verified_history", "项目已有核验过的进展，不能删除。可提交“终止”", "The project has verified history and cannot be deleted. Propose its termination"},
	{"http_bad_request", "请求格式有误（{0}）。刷新页面后重试", "The request is malformed ({0}). Reload and try again"},
	{"http_busy", "系统忙，没有处理。稍后再试", "The server is busy, nothing was done. Try again"},
	{"http_head_too_large", "请求头或地址太长。清除本站 Cookie 后重试", "The headers or the address are too long. Delete this site's cookies and try again"},
	{"http_length_required", "请求没有说明内容长度（Content-Length）", "The request does not say its length (Content-Length)"},
	{"http_not_implemented", "不支持这种请求（{0}）", "Requests of this kind ({0}) are not supported"},
	{"http_too_large", "内容超过 {0}。减少后再传", "The content is over {0}. Send less"},
	{"idempotency_reused", "这个 Idempotency-Key 已用于另一个请求。换一个", "This Idempotency-Key was used for another request. Take a new one"},
	{"import_changed_meanwhile", "这次导入的对应方案或核对在别处又改动过，本次核对作废。重新核对即可", "The plan or the dry run of this import was changed elsewhere meanwhile. Run the dry run again"},
	{"import_changed_since", "撤回不了：{0} 个项目导入后又有改动（{1}）", "Cannot roll back: {0} projects were changed since ({1})"},
	{"import_cut", "超过 {0} 个字，只存了前 {0} 个字。请在项目中补全", "Longer than {0} characters: the first {0} were kept. Complete it in the project"},
	{"import_day_to_come", "{0} 还没到，记为计划日期，不作为已发生的进展", "{0} is still to come: kept as a plan, not as a fact"},
	{"import_key_twice", "项目编号与第 {0} 行相同，这一行不导入。改正编号，或删去其中一行", "The project code stands in row {0} already; this row is not imported. Correct the code or delete one of the rows"},
	{"import_no_projects", "没有找到带项目名称的行：是汇总表或空表，没有项目可导入。需要时在导入台指定项目名称列", "No row with a project name was found: a summary or an empty table, nothing to import. Name the column of project names at the import desk"},
	{"import_no_such_sheet", "文件里没有这张工作表。刷新页面后再改", "The file has no such worksheet. Reload the page, then correct it"},
	{"import_not_ready", "这次导入现在是“{0}”，不能做这一步", "This import is \"{0}\" now; this step is not possible"},
	{"import_row_failed", "第 {0} 行“{1}”写不进去，整批没有写入", "Row {0} (\"{1}\") could not be stored, so nothing of the import was"},
	{"import_stale", "“{0}”在核对之后又有改动，整批没有写入。重新核对后再写入", "\"{0}\" was changed after the dry run, so nothing was written. Run the dry run again"},
	{"import_way_kept", "阶段和已发生的日期不由表格修改，“{0}”没有采用。请在项目页提交进展", "Stage and dates of the way are not changed by a sheet; \"{0}\" was not taken. Propose it on the project's page"},
	{"in_the_future", "不能是今天以后的日期", "May not be in the future"},
	{"investor_has_projects", "投资方还有项目，不能删除。先在项目的各方里移除它", "The investor still has projects and cannot be deleted. Take it off their parties first"},
	{"job_cancelled", "任务已取消，没有写入任何内容", "The job was cancelled; nothing was written"},
	{"job_elsewhere", "任务在另一台服务器上运行，不能在这里取消", "The job runs on another server and cannot be cancelled here"},
	{"job_ended", "任务已经结束", "The job has ended"},
	{"job_interrupted", "服务器中途停止，任务没有做完。请重新开始", "The server stopped before the job was done. Start it again"},
	{"last_administrator", "这是最后一位{0}。先把这个角色给另一个账号（不设截止日期）", "This is the last {0}. Give the role to another account first, without an end date"},
	{"login_first", "没有登录，或登录已过期。请重新登录", "Not logged in, or the session has ended. Log in again"},
	{"login_form", "登录名须为 3 到 32 位小写字母、数字、点、横线或下划线，以字母开头", "A login has 3 to 32 letters, digits, dots, hyphens or underscores and starts with a letter"},
	{"login_taken", "登录名“{0}”已被用过，不能再用。换一个", "The login {0} is or was in use. Take another"},
	{"login_wait", "连续输错，请等 {0} 秒再试", "Too many failures. Try again in {0} seconds"},
	{"login_wrong", "账号或密码不对。连续输错 5 次将锁定 15 分钟", "Wrong login or password. After 5 failures it is locked for 15 minutes"},
	{"memory_short", "服务器内存不足，没有处理。稍后再试", "The server is short of memory, nothing was done. Try again"},
	{"method_not_allowed", "这个地址不支持该操作", "This address does not support the method"},
	{"more_than_fai", "不能超过固定资产投资", "May not exceed the fixed-asset investment"},
	{"more_than_total", "不能超过总投资。核对金额，或先改总投资", "May not exceed the total investment. Check the amounts, or change the total first"},
	{"need_if_match", "保存须带 If-Match（记录的版本号）", "Saving needs If-Match (the record's version)"},
	{"need_json", "内容类型须为 application/json", "The content type must be application/json"},
	{"negative", "不能是负数", "May not be negative"},
	{"no_account", "没有这个账号", "There is no such account"},
	{"no_assignment", "账号没有有效的角色。请联系安全管理员", "The account has no role in force. Ask the security administrator"},
	{"no_right", "“{0}”没有这项权限（{1}）。需要时联系系统管理员", "The role \"{0}\" may not do this ({1}). Ask the administrator"},
	{"no_such_industry", "没有行业代码“{0}”（GB/T 4754-2017）。从列表中选择", "There is no industry code \"{0}\" (GB/T 4754-2017). Choose from the list"},
	{"no_such_job", "没有这个任务", "There is no such job"},
	{"no_such_record", "没有这条记录，或你看不到它", "There is no such record, or you may not see it"},
	{"no_such_region", "没有区划代码“{0}”。从列表中选择", "There is no division code \"{0}\". Choose from the list"},
	{"no_such_role", "这个账号没有这个有效的角色", "The account does not hold that role today"},
	{"no_such_session", "没有这次登录，或它已结束", "There is no such session, or it has ended"},
	{"name_has_no_letter", "名称里没有文字或数字。写出全称", "The name has no letter or digit. Write it out"},
	{"not_a_bool", "只能是 true 或 false", "Must be true or false"},
	{"not_a_choice", "不在可选值内。可选：{0}", "Not one of the choices: {0}"},
	{"not_a_date", "“{0}”不是有效日期。请改为 2024-12-03 这样的日期", "\"{0}\" is not a date. Write it as 2024-12-03"},
	{"not_a_hash", "须为 64 位十六进制的审计链头（audit head 的输出）", "Must be a head of 64 hexadecimal digits (the output of audit head)"},
	{"not_a_month", "不是有效月份。请改为 2024-12 这样的月份", "Not a month. Write it as 2024-12"},
	{"not_a_number", "须为整数（以最小单位计）", "Must be an integer (in the smallest unit)"},
	{"not_a_unit", "须为本市的县市区或功能区", "Must be one of the city's units"},
	{"not_found", "没有这个地址", "There is nothing at this address"},
	{"not_its_turn", "还没轮到这一步", "It is not this step's turn"},
	{"not_an_officer", "这个账号不是属地的服务专员。先由安全管理员授予该角色，再选", "The account is no service officer for this place. The security administrator gives that role first"},
	{"not_of_this_project", "不是这个项目的材料。从本项目的佐证中选", "Does not belong to this project. Choose one of its own files"},
	{"not_reachable", "从“{0}”不能直接到这个阶段。一次最多推进两个阶段", "Not reachable from here ({0}). Two stages at once at most"},
	{"not_utf8", "不是有效的 UTF-8 文字", "Not valid UTF-8 text"},
	{"not_your_act", "你的角色不能提交这一事项", "Your role may not propose this"},
	{"one_time_expired", "一次性密码已超过 7 天。请管理员重新发放", "The one-time password is over 7 days old. Ask the administrator for a new one"},
	{"only_city_verifier", "只有市级核验人可以核验", "Only a city verifier may verify"},
	{"only_county_reviewer", "只有属地的县级审核人可以审核", "Only the county's reviewer may review"},
	{"only_the_proposer", "只有提交人可以撤回", "Only the proposer may withdraw"},
	{"output_failed", "结果写不出去。检查磁盘或管道", "The result could not be written. Check the disk or the pipe"},
	{"own_role", "不能给自己分配角色。请另一位安全管理员办理", "Nobody may give himself a role. Ask another security administrator"},
	{"password_common", "密码太常见，容易被猜中。换一个", "The password is a common one. Take another"},
	{"password_context", "密码不能以“{0}”为主。换一个", "The password may not be little more than \"{0}\". Take another"},
	{"password_used", "不能与最近 {0} 次的密码相同", "May not be one of the last {0} passwords"},
	{"password_wrong", "原密码不对", "The old password is wrong"},
	{"proposal_ended", "这一事项已经办结", "This proposal has ended"},
	{"proposal_is_open", "项目已有一件待审事项。办结或撤回后再提交", "The project has an open proposal. End or withdraw it first"},
	{"readonly", "由系统填写，不能直接改", "Set by the system, cannot be given"},
	{"record_not_found", "没有这条{0}，或你看不到它", "There is no such record ({0}), or you may not see it"},
	{"region_out_of_scope", "“{0}”不在你的范围（{1}）内", "\"{0}\" is outside your scope ({1})"},
	{"required", "必填", "Required"},
	{"required_with_currency", "外币金额和币种须同时填写", "Foreign amount and currency go together"},
	{"same_unit", "已经属于这个单位", "It belongs to that unit already"},
	{"scope_level", "范围“{0}”的层级不适合角色“{1}”", "The scope {0} is not of the level of the role {1}"},
	{"scope_unknown", "“{0}”不是本市的区划。市级填 {1}，县市区填 6 位代码", "{0} is no division of the city. City roles take {1}, county roles a code of 6 digits"},
	{"separation_of_duties", "提交、审核、核验不能是同一个人", "Proposer, reviewer and verifier must be different persons"},
	{"set_up_already", "系统已初始化", "The system is set up already"},
	{"setup_closed", "首次设置已完成。请直接登录", "The first set-up is done. Log in"},
	{"setup_code_wrong", "初始化码不对。它印在服务器的控制台上", "The set-up code is wrong. It is printed on the server's console"},
	{"shares_over_1000", "同一身份的股比合计超过 100%", "Shares of one kind of part add up to more than 100 %"},
	{"sheet_bomb", "这个文件解压后异常地大{1}，可能是恶意文件，没有读取。请用 Excel 或 WPS 打开后另存为新的 .xlsx", "The file unpacks to far more than any real sheet{1} and was not read. Open it in Excel or WPS and save it as a new .xlsx"},
	{"sheet_damaged", "文件已损坏或不完整{1}，读不了。请重新下载或复制，或用 Excel、WPS 打开修复后另存", "The file is damaged or cut off{1}. Copy it again, or open it in Excel or WPS and save it anew"},
	{"sheet_empty", "文件是空的，没有任何内容。重新选择文件", "The file is empty. Choose another"},
	{"sheet_encoding", "文字编码认不出或有坏字节{1}。请另存为 UTF-8 编码的 CSV，或存成 .xlsx", "The text is in no known encoding or has broken bytes{1}. Save it as CSV in UTF-8, or as .xlsx"},
	{"sheet_encrypted", "文件有打开密码，系统不读加密文件。请在 Excel 或 WPS 中去掉密码后再传", "The file has a password; encrypted files are not read. Save it without the password"},
	{"sheet_html", "这是改了扩展名的网页或 XML，不是工作簿。请用 Excel 或 WPS 打开后另存为 .xlsx", "This is a web page or XML under a workbook's name. Open it in Excel or WPS and save it as .xlsx"},
	{"sheet_no_sheet", "文件里没有工作表{1}。确认表格存在后再传", "There is no such worksheet in the file{1}. Check the file"},
	{"sheet_not_found", "文件不存在或读不了。核对路径和权限", "The file is not there or cannot be read. Check path and rights"},
	{"sheet_not_xlsx", "文件名是 .xlsx，内容却不是工作簿{1}。请用 Excel 或 WPS 另存为 .xlsx；文本请改名为 .csv", "The file is named .xlsx but is no workbook{1}. Save it as .xlsx; name a text file .csv"},
	{"sheet_nul", "文本中有空字节（NUL）{1}，不是表格文本。请另存为 UTF-8 编码的 CSV 或 .xlsx", "There are NUL bytes in the text{1}; that is no table. Save it as CSV in UTF-8 or as .xlsx"},
	{"sheet_other", "这不是表格文件。可导入 .xlsx、.xlsm、.csv、.tsv、.txt", "This is no spreadsheet ({0}). Files that can be imported: .xlsx, .xlsm, .csv, .tsv, .txt"},
	{"sheet_quote", "有一个引号没有配对{1}，后面的内容分不清行列。补上引号，或存成 .xlsx", "A quote is opened and never closed{1}. Close it, or save the table as .xlsx"},
	{"sheet_reference", "单元格位置无效或超出最大范围 XFD1048576{1}。请用 Excel 或 WPS 打开后另存", "A cell reference is none, or past XFD1048576{1}. Open the file in Excel or WPS and save it anew"},
	{"sheet_stopped", "读取已停止，没有保存", "Reading was stopped; nothing was stored"},
	{"sheet_too_large", "文件超过读取上限{1}：文件 64 MiB、1048576 行、16384 列、每格 128 KiB。请拆成几个文件，或删去多余的空行、图片", "The file is over a limit{1}: 64 MiB, 1,048,576 rows, 16,384 columns, 128 KiB a cell. Split it, or remove blank rows and pictures"},
	{"sheet_xls", "这是旧的 .xls 格式，系统只读 .xlsx。请在 Excel 或 WPS 中另存为 .xlsx", "This is the old .xls format. Save it as .xlsx"},
	{"sheet_xlsb", "这是二进制 .xlsb 格式，系统只读 .xlsx。请在 Excel 或 WPS 中另存为 .xlsx", "This is the binary .xlsb format. Save it as .xlsx"},
	{"sheet_xml", "文件内部的 XML 有误或含有不允许的声明{1}，没有读取。请用 Excel 或 WPS 打开后另存为 .xlsx", "The XML inside the file is not well formed or has a forbidden declaration{1}. Open it in Excel or WPS and save it as .xlsx"},
	{"stale", "这条记录刚被别人改过。对照后再存", "Somebody else has just changed this record. Compare, then save"},
	{"store_busy", "数据库暂时连不上，没有保存。稍后再试", "The database cannot be reached, nothing was saved. Try again"},
	{"store_check", "内容不符合数据规则，没有保存", "The content breaks a rule of the data, nothing was saved"},
	{"store_conflict", "已有相同的记录，没有保存", "There is such a record already, nothing was saved"},
	{"store_failed", "数据库出错，没有保存。把请求编号告诉管理员", "The database failed, nothing was saved. Tell the administrator the request id"},
	{"subject_not_for_role", "这个角色不需要对象编号。清空后再存", "This role has no subject. Leave it empty"},
	{"tls_required", "不在加密连接上不接受密码。请用 https 打开", "Passwords are taken over https only. Open the page with https"},
	{"too_big", "数值太大，最大 {0}", "Too big, at most {0}"},
	{"too_long", "太长，最多 {0} 个字", "Too long, at most {0} characters"},
	{"too_many_jobs", "排队的任务太多。等前面的做完再试", "Too many jobs wait. Try again when some are done"},
	{"too_often", "请求太频繁。稍后再试", "Too many requests. Try again later"},
	{"too_short", "至少 {0} 个字符", "At least {0} characters"},
	{"two_offices", "“{0}”和“{1}”不能由同一个账号担任。换一个账号", "One account may not be {0} and {1}. Take another account"},
	{"unknown_member", "没有这个字段", "There is no such field"},
	{"unknown_parameter", "没有查询参数 {0}", "There is no query parameter {0}"},
	{"usage", "命令用法不对。看上面的用法", "Wrong use of the command. See the usage above"},
	{"verified_already", "日期已经核验", "The dates are verified already"},
	{"wrong_side", "项目现在的状态不允许这一事项", "The project's present state does not allow this"},
	{"wrong_stage", "项目现在的阶段不允许这一事项", "The project's present stage does not allow this"},
	{"wrong_type", "类型不对：须为文字、整数或 true/false", "Wrong type: text, an integer or true/false"},
};

static void fill(struct buf *b, const char *text, struct str arg0, struct str arg1) {
	for (const char *c = text; *c; c++) {
		bool is_arg = c[0] == '{' && (c[1] == '0' || c[1] == '1') && c[2] == '}';
		if (!is_arg) {
			buf_byte(b, *c);
			continue;
		}
		buf_add(b, c[1] == '0' ? arg0 : arg1);
		c += 2;
	}
}

/* The table is in the order of its keys (a test walks it), so a look-up is a binary search. */
struct str words(struct arena *a, struct str key, enum lang lang, struct str arg0, struct str arg1) {
	size_t lo = 0, hi = sizeof table / sizeof *table;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int c = str_cmp(key, str_c(table[mid].key));
		if (c == 0) {
			struct buf b = {.arena = a};
			fill(&b, lang == LANG_EN ? table[mid].en : table[mid].zh, arg0, arg1);
			return buf_str(&b);
		}
		if (c < 0) hi = mid;
		else lo = mid + 1;
	}
	return S("");
}

size_t words_count(void) {
	return sizeof table / sizeof *table;
}

struct str words_key(size_t i) {
	return str_c(table[i].key);
}
