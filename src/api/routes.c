/* routes.c - every route: what it needs, which thread it runs on, what it does. First match wins. */
#include "api/handlers.h"
#include "api/records.h"

#define V1 "/api/v1"
#define R(m, path, fn, how, fl, obj, rt, st, z, e) \
	{METHOD_##m, S_(path), fn, how, fl, obj, rt, st, 0, S_(z), S_(e)}
#define UPLOAD(path, fn, obj, rt, max, z, e) \
	{METHOD_POST, S_(path), fn, RUN_POOL, ROUTE_KEEP, obj, rt, 201, max, S_(z), S_(e)}

const struct route routes[] = {
	R(GET,    V1 "/status",                 api_status,          RUN_READ,  ROUTE_PUBLIC, OBJ_SYSTEM, 0, 0, "系统状态", "State of the system"),
	R(POST,   V1 "/setup",                  api_setup,           RUN_POOL,  ROUTE_PUBLIC, OBJ_SYSTEM, 0, 201, "首个管理员", "First administrator"),
	R(POST,   V1 "/csp-reports",            api_csp_report,      RUN_READ,  ROUTE_PUBLIC, OBJ_SYSTEM, 0, 204, "内容策略报告", "Content policy report"),
	R(GET,    "/api/openapi.json",          api_openapi,         RUN_READ,  ROUTE_PUBLIC, OBJ_SYSTEM, 0, 0, "接口说明", "This description"),
	R(POST,   V1 "/session",                api_session_login,   RUN_POOL,  ROUTE_PUBLIC, OBJ_SYSTEM, 0, 0, "登录", "Log in"),
	R(GET,    V1 "/session",                api_session_show,    RUN_READ,  ROUTE_SELF, OBJ_SYSTEM, 0, 0, "本人和权限", "Self and rights"),
	R(PATCH,  V1 "/session",                api_session_switch,  RUN_WRITE, ROUTE_SELF, OBJ_SYSTEM, 0, 0, "切换角色", "Switch role"),
	R(DELETE, V1 "/session",                api_session_logout,  RUN_WRITE, ROUTE_SELF, OBJ_SYSTEM, 0, 204, "退出", "Log out"),
	R(PUT,    V1 "/session/password",       api_password_change, RUN_POOL,  ROUTE_SELF, OBJ_SYSTEM, 0, 204, "改密码", "Change password"),
	R(PATCH,  V1 "/session/account",        api_own_account,     RUN_WRITE, ROUTE_SELF, OBJ_SYSTEM, 0, 0, "改本人的联系方式", "Change own telephone and e-mail"),
	R(GET,    V1 "/session/factor",         api_factor,          RUN_READ,  ROUTE_SELF, OBJ_SYSTEM, 0, 0, "本人的双因素", "Own second factor"),
	R(POST,   V1 "/session/factor",         api_factor_begin,    RUN_POOL,  ROUTE_SELF, OBJ_SYSTEM, 0, 0, "开始绑定双因素", "Begin a second factor"),
	R(PUT,    V1 "/session/factor",         api_factor_confirm,  RUN_WRITE, ROUTE_SELF, OBJ_SYSTEM, 0, 0, "确认双因素", "Confirm the second factor"),
	R(POST,   V1 "/session/factor/codes",   api_factor_codes,    RUN_POOL,  ROUTE_SELF, OBJ_SYSTEM, 0, 0, "更换恢复码", "New recovery codes"),
	R(POST,   V1 "/session/factor/remove",  api_factor_remove,   RUN_POOL,  ROUTE_SELF, OBJ_SYSTEM, 0, 204, "解除双因素", "Remove the second factor"),
	R(GET,    V1 "/sessions",               api_sessions,        RUN_READ,  ROUTE_SELF, OBJ_SYSTEM, 0, 0, "本人的登录", "Own sessions"),
	R(DELETE, V1 "/sessions/:id",           api_session_end,     RUN_WRITE, ROUTE_SELF, OBJ_SYSTEM, 0, 204, "结束登录", "End a session"),
	R(GET,    V1 "/schema",                 api_schema,          RUN_READ,  ROUTE_SELF, OBJ_SYSTEM, 0, 0, "字段表", "Field tables"),
	R(GET,    V1 "/regions",                api_regions,         RUN_READ,  ROUTE_SELF, OBJ_SYSTEM, 0, 0, "行政区划", "Divisions"),
	R(GET,    V1 "/industries",             api_industries,      RUN_READ,  ROUTE_SELF, OBJ_SYSTEM, 0, 0, "行业", "Industries"),
	R(GET,    V1 "/search",                 api_search,          RUN_READ,  ROUTE_SELF, OBJ_SYSTEM, 0, 0, "搜索", "Search"),
	R(GET,    V1 "/roles",                  api_roles,           RUN_READ,  ROUTE_SELF, OBJ_SYSTEM, 0, 0, "角色", "Roles"),
	R(GET,    V1 "/board",                  api_board,           RUN_READ,  0, OBJ_PROJECT, CAN_READ, 0, "阶段看板", "The board by stage"),
	R(GET,    V1 "/workbench",              api_workbench,       RUN_READ,  ROUTE_SELF, OBJ_SYSTEM, 0, 0, "工作台", "The workbench"),
	R(GET,    V1 "/calendar",               api_calendar,        RUN_READ,  ROUTE_SELF, OBJ_SYSTEM, 0, 0, "工作日历", "Working days of a year"),
	R(PUT,    V1 "/calendar/:year",         api_calendar_put,    RUN_WRITE, 0, OBJ_PARAM, CAN_UPDATE, 0, "导入工作日历", "Import the working days of a year"),
	R(GET,    V1 "/events",                 api_events,          RUN_READ,  ROUTE_SELF | ROUTE_BACKGROUND, OBJ_SYSTEM, 0, 0, "任务消息流", "Stream of job events"),
	R(GET,    V1 "/notices",                api_notices,         RUN_READ,  ROUTE_SELF | ROUTE_BACKGROUND, OBJ_SYSTEM, 0, 0, "本人的消息", "Own notices"),
	R(POST,   V1 "/notices/read",           api_notices_read,    RUN_WRITE, ROUTE_SELF, OBJ_SYSTEM, 0, 204, "消息已读", "Mark notices read"),
	R(GET,    V1 "/jobs",                   api_jobs,            RUN_READ,  ROUTE_SELF, OBJ_SYSTEM, 0, 0, "本人的任务", "Own jobs"),
	R(GET,    V1 "/jobs/:id",               api_job,             RUN_READ,  ROUTE_SELF, OBJ_SYSTEM, 0, 0, "一个任务", "One job"),
	R(DELETE, V1 "/jobs/:id",               api_job_cancel,      RUN_POOL,  ROUTE_SELF, OBJ_SYSTEM, 0, 204, "取消任务", "Cancel a job"),

	R(GET,    V1 "/officers",               api_officers,        RUN_READ,  0, OBJ_PROJECT, CAN_UPDATE, 0, "可选的服务专员", "Service officers to choose from"),
	R(GET,    V1 "/jobs/:id/file",          api_job_file,        RUN_POOL,  ROUTE_SELF, OBJ_SYSTEM, 0, 0, "任务的文件", "File of a job"),

	R(GET,    V1 "/projects/:id/way",       api_project_way,     RUN_READ,  0, OBJ_PROJECT, CAN_READ, 0, "项目进程", "A project's way"),
	R(GET,    V1 "/projects/:id/history",   api_project_history, RUN_READ,  0, OBJ_PROJECT, CAN_READ, 0, "项目动态", "A project's history"),
	R(POST,   V1 "/projects/:id/light",     api_project_light,   RUN_WRITE, ROUTE_KEEP, OBJ_PROJECT, CAN_UPDATE, 0, "调灯", "Set the light by hand"),
	R(POST,   V1 "/projects/:id/proposals", api_project_propose, RUN_WRITE, ROUTE_KEEP, OBJ_PROPOSAL, CAN_SUBMIT, 201, "提交事项", "Propose"),
	R(POST,   V1 "/proposals/:id/review",   api_proposal_review, RUN_WRITE, ROUTE_KEEP, OBJ_PROPOSAL, CAN_VERIFY, 0, "县级审核", "Review"),
	R(POST,   V1 "/proposals/:id/verify",   api_proposal_verify, RUN_WRITE, ROUTE_KEEP, OBJ_PROPOSAL, CAN_VERIFY, 0, "市级核验", "Verify"),
	R(POST,   V1 "/proposals/:id/return",   api_proposal_return, RUN_WRITE, ROUTE_KEEP, OBJ_PROPOSAL, CAN_VERIFY, 0, "退回", "Return"),
	R(POST,   V1 "/proposals/:id/withdraw", api_proposal_withdraw, RUN_WRITE, ROUTE_KEEP, OBJ_PROPOSAL, CAN_SUBMIT, 0, "撤回", "Withdraw"),

	R(POST,   V1 "/projects/bulk",          api_bulk_open,       RUN_POOL,  ROUTE_KEEP, OBJ_EDIT, CAN_CREATE, 202, "批量操作预览", "Check a bulk act"),
	R(POST,   V1 "/bulks/:id/run",          api_bulk_run,        RUN_POOL,  ROUTE_KEEP, OBJ_EDIT, CAN_CREATE, 202, "执行批量操作", "Run a bulk act"),
	R(POST,   V1 "/bulks/:id/undo",         api_bulk_undo,       RUN_POOL,  ROUTE_KEEP, OBJ_EDIT, CAN_CREATE, 202, "撤销批量操作", "Take a bulk act back"),
	R(GET,    V1 "/bulks/:id/rows",         api_bulk_rows,       RUN_READ,  0, OBJ_EDIT, CAN_READ, 0, "批量操作逐行结果", "Rows of a bulk act"),
	R(POST,   V1 "/edits/:id/undo",         api_edit_undo,       RUN_WRITE, ROUTE_KEEP, OBJ_EDIT, CAN_UPDATE, 0, "撤销改动或恢复", "Take an edit back"),

	UPLOAD(   V1 "/evidence",               api_evidence_upload, OBJ_EVIDENCE, CAN_CREATE, (size_t)20 << 20, "上传佐证", "Upload evidence"),
	R(GET,    V1 "/evidence/:id/content",   api_evidence_content, RUN_POOL, 0, OBJ_EVIDENCE, CAN_READ, 0, "下载佐证", "Download evidence"),
	R(POST,   V1 "/evidence/:id/verify",    api_evidence_verify, RUN_WRITE, ROUTE_KEEP, OBJ_EVIDENCE, CAN_VERIFY, 0, "核验佐证", "Verify evidence"),

	UPLOAD(   V1 "/imports",                api_import_upload,   OBJ_IMPORT, CAN_CREATE, (size_t)64 << 20, "上传表格", "Upload a sheet"),
	R(GET,    V1 "/imports/:id/plan",       api_import_plan,     RUN_POOL,  0, OBJ_IMPORT, CAN_READ, 0, "识别结果", "Recognition"),
	R(PATCH,  V1 "/imports/:id/plan",       api_import_plan_set, RUN_POOL,  0, OBJ_IMPORT, CAN_UPDATE, 0, "改正识别", "Correct the recognition"),
	R(POST,   V1 "/imports/:id/check",      api_import_check,    RUN_POOL,  ROUTE_KEEP, OBJ_IMPORT, CAN_UPDATE, 202, "核对差异", "Dry run"),
	R(POST,   V1 "/imports/:id/write",      api_import_write,    RUN_POOL,  ROUTE_KEEP, OBJ_IMPORT, CAN_UPDATE, 202, "写入", "Write"),
	R(POST,   V1 "/imports/:id/cancel",     api_import_cancel,   RUN_WRITE, ROUTE_KEEP, OBJ_IMPORT, CAN_UPDATE, 0, "取消导入", "Give up an import"),
	R(POST,   V1 "/imports/:id/rollback",   api_import_rollback, RUN_POOL,  ROUTE_KEEP, OBJ_IMPORT, CAN_UPDATE, 202, "整批撤回", "Roll back"),
	R(GET,    V1 "/imports/:id/rows",       api_import_rows,     RUN_READ,  0, OBJ_IMPORT, CAN_READ, 0, "核对结果", "Rows of the dry run"),
	R(PATCH,  V1 "/imports/:id/rows/:row",  api_import_row_choose, RUN_WRITE, 0, OBJ_IMPORT, CAN_UPDATE, 204, "选择处理", "Choose for a row"),
	R(GET,    V1 "/imports/:id/marked",     api_import_marked,   RUN_POOL,  0, OBJ_IMPORT, CAN_READ, 0, "标注后的原表", "Marked copy"),
	R(POST,   V1 "/imports/:id/confirm",    api_import_confirm,  RUN_WRITE, ROUTE_KEEP, OBJ_IMPORT, CAN_VERIFY, 0, "确认导入日期", "Confirm imported dates"),

	R(GET,    V1 "/city",                   api_city,            RUN_READ,  0, OBJ_SYSTEM, CAN_READ, 0, "本市", "The city"),
	R(PATCH,  V1 "/city",                   api_city_set,        RUN_WRITE, 0, OBJ_SYSTEM, CAN_UPDATE, 0, "改本市名称或区划", "Change the city's name or division"),
	R(GET,    V1 "/audit/verify",           api_audit_verify,    RUN_POOL,  0, OBJ_AUDIT, CAN_READ, 0, "验证审计链", "Verify the audit chain"),
	R(GET,    V1 "/audit/head",             api_audit_head,      RUN_READ,  0, OBJ_AUDIT, CAN_READ, 0, "审计链头", "Head of the audit chain"),

	R(POST,   V1 "/accounts",               api_account_create,  RUN_POOL,  0, OBJ_ACCOUNT, CAN_CREATE, 201, "新建账号", "Add an account"),
	R(POST,   V1 "/accounts/:id/password",  api_account_reset,   RUN_POOL,  0, OBJ_ACCOUNT, CAN_UPDATE, 0, "重置密码", "Reset a password"),
	R(POST,   V1 "/accounts/:id/unlock",    api_account_unlock,  RUN_WRITE, 0, OBJ_ACCOUNT, CAN_UPDATE, 204, "解锁账号", "Unlock an account"),
	R(POST,   V1 "/accounts/:id/factor-reset", api_factor_reset, RUN_WRITE, 0, OBJ_SECURITY, CAN_UPDATE, 204, "重置双因素", "Reset a second factor"),
	R(GET,    V1 "/accounts/:id/sessions",  api_account_sessions, RUN_READ, 0, OBJ_ACCOUNT, CAN_READ, 0, "其登录", "Its sessions"),
	R(POST,   V1 "/accounts/:id/logout",    api_account_sessions_end, RUN_WRITE, 0, OBJ_ACCOUNT, CAN_READ, 204, "结束其登录", "End its sessions"),
	R(DELETE, V1 "/accounts/:id",           api_account_close,   RUN_WRITE, 0, OBJ_ACCOUNT, CAN_UPDATE, 204, "关闭账号", "Close an account"),
	R(POST,   V1 "/assignments",            api_assignment_create, RUN_WRITE, 0, OBJ_ASSIGNMENT, CAN_READ, 201, "授予角色", "Give a role"),
	R(DELETE, V1 "/assignments/:id",        api_assignment_end,  RUN_WRITE, 0, OBJ_ASSIGNMENT, CAN_UPDATE, 204, "收回角色", "Take a role back"),

	R(GET,    V1 "/personal-data",          api_personal_register, RUN_READ, ROUTE_SELF, OBJ_SYSTEM, 0, 0, "个人信息登记表", "Register of personal data"),
	R(GET,    V1 "/persons/:id",            api_person,          RUN_POOL,  0, OBJ_PERSON, CAN_READ, 0, "一个人的信息", "One person's data"),
	R(POST,   V1 "/persons/:id/export",     api_person_export,   RUN_POOL,  0, OBJ_PERSON, CAN_EXPORT, 0, "导出一个人的信息", "Copy of one person's data"),
	R(POST,   V1 "/persons/:id/erase",      api_person_erase,    RUN_POOL,  ROUTE_KEEP, OBJ_PERSON, CAN_DELETE, 0, "删除一个人的信息", "Erase one person's data"),
	R(POST,   V1 "/persons/:id/hold",       api_person_hold,     RUN_WRITE, ROUTE_KEEP, OBJ_PERSON, CAN_UPDATE, 204, "暂缓删除", "Hold from erasure"),
	R(POST,   V1 "/persons/:id/release",    api_person_release,  RUN_WRITE, ROUTE_KEEP, OBJ_PERSON, CAN_UPDATE, 204, "解除暂缓", "End a hold"),
	R(POST,   V1 "/persons/:id/refuse",     api_person_refuse,   RUN_WRITE, ROUTE_KEEP, OBJ_PERSON, CAN_UPDATE, 204, "登记不予删除的理由", "Note why a wish was refused"),

	R(GET,    V1 "/security/policy",        api_policy,          RUN_READ,  0, OBJ_SECURITY, CAN_READ, 0, "安全设置", "Security settings"),
	R(PATCH,  V1 "/security/policy",        api_policy_set,      RUN_WRITE, 0, OBJ_SECURITY, CAN_UPDATE, 0, "修改安全设置", "Change security settings"),
	R(GET,    V1 "/security/sessions",      api_live_sessions,   RUN_READ,  0, OBJ_SECURITY, CAN_READ, 0, "当前登录", "Live sessions"),
	R(GET,    V1 "/security/watch",         api_watch,           RUN_READ,  0, OBJ_SECURITY, CAN_READ, 0, "入侵计数和报警", "Intrusion counters and alarms"),
	R(POST,   V1 "/security/alarms/:id/seen", api_alarm_seen,    RUN_WRITE, 0, OBJ_SECURITY, CAN_UPDATE, 204, "确认报警", "Mark an alarm as seen"),

	R(GET,    V1 "/:noun",                  api_record_list,     RUN_READ,  ROUTE_NOUN, OBJ__N, CAN_READ, 0, "列表", "List"),
	R(POST,   V1 "/:noun",                  api_record_create,   RUN_WRITE, ROUTE_NOUN | ROUTE_KEEP, OBJ__N, CAN_CREATE, 201, "新建", "Add"),
	R(GET,    V1 "/:noun/values",           api_record_values,   RUN_READ,  ROUTE_NOUN, OBJ__N, CAN_READ, 0, "列值", "Values of a column"),
	R(POST,   V1 "/:noun/export",           api_record_export,   RUN_POOL,  ROUTE_NOUN | ROUTE_KEEP, OBJ__N, CAN_EXPORT, 202, "导出为任务", "Export as a job"),
	R(GET,    V1 "/:noun/:id",              api_record_show,     RUN_READ,  ROUTE_NOUN, OBJ__N, CAN_READ, 0, "一条记录", "One record"),
	R(PATCH,  V1 "/:noun/:id",              api_record_update,   RUN_WRITE, ROUTE_NOUN, OBJ__N, CAN_UPDATE, 0, "编辑", "Edit"),
	R(DELETE, V1 "/:noun/:id",              api_record_delete,   RUN_WRITE, ROUTE_NOUN, OBJ__N, CAN_DELETE, 204, "删除", "Delete"),
	R(POST,   V1 "/:noun/:id/reveal",       api_record_reveal,   RUN_WRITE, ROUTE_NOUN, OBJ__N, CAN_REVEAL, 0, "显示个人信息", "Reveal personal data"),
};
const size_t routes_n = sizeof routes / sizeof *routes;
