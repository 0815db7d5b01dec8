/* openapi_table.c - the words of openapi_shapes.h: every answer and body that is no record of a noun, and whose it is. */
#include "api/handlers.h"
#include "api/openapi_shapes.h"
#include "api/records.h"
#include "domain/evidence.h"
#include "domain/project.h"

const struct shape shapes[] = {
	{S_("Status"), S_("city:s version:s today:s is_demo:b is_writable:b needs_setup:b max_upload_bytes:i")},
	{S_("Session"), S_("account:Self assignment:Held? assignments:[Held] clearance:%project.secrecy rights:{s} draft_key:s?")},
	{S_("Self"), S_("id:i login:s name:s phone:s? email:s? row_version:i must_change_password:b is_password_old:b must_enrol:b")},
	{S_("Held"), S_("id:i role:%role role_label:s scope:s scope_label:s? unit_name:s?")},
	{S_("Schema"), S_("nouns:[Noun] groups:[Coded] stages:[Stage] reasons:[Coded] kinds:[Coded]")},
	{S_("Coded"), S_("code:s label:s")},
	{S_("Noun"), S_("name:s plural:s label:s title_field:s rights:s order:s fields:[Field]")},
	{S_("Field"), S_("name:s label:s type:%type unit:s? digits:i group:s required:b final:b list:b filter:b sort:b sum:b search:b "
		"form:b import:b personal:b bulk:b readonly:b max:i ref:s? pick:s? preset:s? choices:[Coded]")},
	{S_("Stage"), S_("code:%project.stage label:s target_days:i")},
	{S_("OwnSessions"), S_("items:[OwnSession]")},
	{S_("OwnSession"), S_("id:i created_at_ms:i seen_at_ms:i remote:s? user_agent:s? role:s? is_current:b")},
	{S_("Light"), S_("code:%project.light label:s cause:%project.light_cause? cause_label:s? since_date:s? manual:%project.light? manual_label:s? manual_date:s? "
		"manual_reason:s? stage_days:i? target_days:i? over_days:i? can_set:b dimensions?:[Dimension]")},
	{S_("Dimension"), S_("code:s label:s state:<KNOWN|NO_DATA|NOT_DUE|ABSENT> light:%project.light? light_label:s? since_date:s? "
		"yellow_date:s? red_date:s?")},
	{S_("History"), S_("items:[HistoryItem] next:s?")},
	{S_("HistoryItem"), S_("id:i at_ms:i name:s? role_label:s action:s action_label:s object:s object_label:s outcome:%audit.outcome "
		"changes:[Change]")},
	{S_("Change"), S_("field:s label:s unit?:s? before:* after:*")},
	{S_("ImportRows"), S_("items:[ImportRow] counts:{i} next:s?")},
	{S_("ImportRow"), S_("id:i row:i sheet:* result:%result project_id:i? name:s? changes:[Change] conflicts:[RowConflict] problems:[RowProblem] "
		"duplicates:[Duplicate] choice:s? is_written:b")},
	{S_("RowConflict"), S_("field:s label:s unit:s? base:s? stored:s? file:s? with:s? choice:<file|stored>")},
	{S_("RowProblem"), S_("field:s? label:s? code:s is_warning:b message:s")},
	{S_("Duplicate"), S_("project_id:i? row:i? name:s score_permille:i")},
	{S_("Problem"), S_("type:s title:s status:i detail?:s instance?:s errors?:[FieldError] conflicts?:[Conflict] current?:{*}")},
	{S_("FieldError"), S_("field:s? label?:s? code:s message:s")},
	{S_("Conflict"), S_("field:s label:s base:* theirs:* yours:*")},
	{S_("Values"), S_("items:[Value]")},
	{S_("Value"), S_("value:* label:s? n:i")},
	{S_("City"), S_("code:s division:s name:s name_en:s?")},
	{S_("Officers"), S_("items:[Officer]")},
	{S_("Officer"), S_("id:i name:s unit_name:s? phone:s? role_label:s scope:s scope_label:s?")},
	{S_("Regions"), S_("items:[Region]")},
	{S_("Region"), S_("code:s name:s name_en:s? level:s parent:s? is_unit:b")},
	{S_("Industries"), S_("items:[Industry]")},
	{S_("Industry"), S_("code:s name:s level:s path:s")},
	{S_("Roles"), S_("items:[Role]")},
	{S_("Role"), S_("code:%role label:s needs_subject:b scope_level:i")},
	{S_("OneTimePassword"), S_("id:i one_time_password:s")},
	{S_("Way"), S_("project_id:i stage:%project.stage side:%project.side side_label:s is_stage_verified:b row_version:i funds_fen:i? light?:Light? "
		"stages:[WayStage] next?:WayNext? proposal?:WayProposal? last?:WayProposal? can:WayCan")},
	{S_("WayStage"), S_("code:%project.stage label:s state:<done|now|to_come> from_date:s? to_date:s? plan_date:s? days:i? target_days:i? over_days:i? "
		"is_verified:b")},
	{S_("WayNext"), S_("code:%project.stage label:s ready:b missing:i items:[GateItem] chain:[ChainLink]")},
	{S_("GateItem"), S_("code:s label:s rule:s ok:b have:s? remedy:s evidence_kind:s?")},
	{S_("ChainLink"), S_("act:%proposal.next_act label:s role:%role")},
	{S_("WayProposal"), S_("id:i kind:%proposal.kind kind_label:s to_stage:%project.stage? to_label:s? event_date:s? via_date:s? due_date:s? reason:s? reason_label:s? state:s next_act:s? "
		"next_act_label:s? row_version:i proposer_name:s? created_at_ms:i steps:[WayStep] can:ProposalCan cannot_reason:s?")},
	{S_("WayCan"), S_("edit:b advance:b suspend:b resume:b terminate:b correct:b transfer:b merge:b unmerge:b confirm:b")},
	{S_("ProposalCan"), S_("review:b verify:b return:b withdraw:b")},
	{S_("WayStep"), S_("act:%proposal.next_act label:s name:s? role_label:s? at_ms:i comment:s?")},
	{S_("Plan"), S_("key?:s file:s encoding:s? sheets:[PlanSheet]")},
	{S_("PlanSheet"), S_("sheet:s? kind:s header_rows:[i] first_data_row:i? columns:[PlanColumn] rows:[PlanRow] data_rows:i "
		"section_rows:i skipped_rows:i nameless_rows:i problem_rows:i invest_fen:i qualified:Qualified foreign:[Foreign] totals:[PlanTotal] questions:[PlanQuestion]")},
	{S_("Qualified"), S_("count:i invest_fen:i words:[s]")},
	{S_("Foreign"), S_("currency:s count:i minor:i")},
	{S_("PlanColumn"), S_("col:i letter:s heading:s? upper:s? field:s? unit:s? unit_basis:s basis:s is_open:b choices:[s]")},
	{S_("PlanRow"), S_("row:i kind:s cells:[s?] problems:[PlanProblem]")},
	{S_("PlanProblem"), S_("col:i field:s? code:s is_warning:b message:s")},
	{S_("PlanTotal"), S_("row:i label:s? stated_fen:i rows_fen:i difference_fen:i is_equal:b")},
	{S_("PlanQuestion"), S_("code:s col:i arg:s? rows:i is_blocking:b message:s choices:[Choice]")},
	{S_("Choice"), S_("value:s label:s")},
	{S_("Jobs"), S_("items:[Job]")},
	{S_("Job"), S_("id:i kind:s object_id:i? state:<RUNNING|DONE|FAILED|CANCELLED> done_n:i total_n:i message:s? failure?:JobFailure? started_at_ms:i "
		"ended_at_ms:i? has_file?:b")},
	{S_("JobFailure"), S_("code:s field:s? rule:s? args:[s]")},
	{S_("JobStarted"), S_("job_id:i")},
	{S_("AuditProof"), S_("is_ok:b rows:i broken_at:i? head:s why:s?")},
	{S_("AuditHead"), S_("head:s rows:i")},

	/* records, drawn by their noun's fields */
	{S_("Record"), S_("id:i row_version?:i *:*")},
	{S_("Records"), S_("items:[Record] next:s?")},
	{S_("Revealed"), S_("value:s?")},

	/* boards and work */
	{S_("Board"), S_("n:i sum_fen:i columns:[BoardColumn] proposals:Records")},
	{S_("BoardColumn"), S_("stage:%project.stage label:s target_days:i n:i sum_fen:i items:[Record] next:s?")},
	{S_("Workbench"), S_("today:s is_work_day:b has_calendar:b figures:[Figure] tabs:[WorkTab] stuck:WorkProjects? mine?:WorkProjects?")},
	{S_("Figure"), S_("label:s plural:s query:s n:i also_label:s? also_n:i? sum_fen:i?")},
	{S_("WorkTab"), S_("code:<todo|overdue|waiting|mine> sections:[WorkSection] n:i")},
	{S_("WorkSection"), S_("code:s label:s plural:s query:s n:i items:[Record] next:s?")},
	{S_("WorkProjects"), S_("query:s n:i causes?:[CauseCount] items:[Record] next:s?")},
	{S_("CauseCount"), S_("code:%project.light_cause label:s n:i")},
	{S_("Calendar"), S_("year:i days:[WorkDay] source:s?")},
	{S_("WorkDay"), S_("date:s is_work:b name:s?")},
	{S_("Notices"), S_("items:[Notice] unread:i overdue:i")},
	{S_("Notice"), S_("id:i kind:s label:s project_id:i? object_id:i? name:s? detail:s? at_ms:i is_read:b")},
	{S_("LightSet"), S_("row_version:i light:Light?")},

	/* search */
	{S_("Found"), S_("tried:[%how] hits:[Hit] kinds:[HitKind]")},
	{S_("Hit"), S_("kind:s id:i name:s how:%how info:s? phone:s? parent_kind:s? parent_id:i? parent:s? field:s? field_label:s? text:s? mark:[i]?")},
	{S_("HitKind"), S_("kind:s label:s n:i has_more:b")},

	/* many at once */
	{S_("BulkStarted"), S_("bulk_id:i job_id:i")},
	{S_("BulkRows"), S_("items:[BulkRow] next:s? counts:{i}")},
	{S_("BulkRow"), S_("id:i project_id:i name:s result:s problems:[BulkProblem]")},
	{S_("BulkProblem"), S_("field:s code:s message:s")},
	{S_("Confirmed"), S_("confirmed:i")},

	/* people and their data */
	{S_("NamedPersons"), S_("items:[NamedPerson]")},
	{S_("NamedPerson"), S_("account_id:i login:s name:s unit_name:s? is_cleared:b")},
	{S_("Register"), S_("items:[RegisterEntry]")},
	{S_("RegisterEntry"), S_("noun:s noun_label:s field:s label:s is_required:b is_sealed:b purpose:s basis:s keep:s")},
	{S_("Person"), S_("contacts:[Record] hold:Hold? requests:[PersonRequest]")},
	{S_("Hold"), S_("reason:s until_date:s?")},
	{S_("PersonRequest"), S_("id:i kind:s reason:s? until_date:s? contacts_n:i at_ms:i ended_at_ms:i? by:s?")},
	{S_("Erased"), S_("erased_n:i")},

	/* security */
	{S_("Factor"), S_("is_enrolled:b is_required:b since_at_ms:i? recovery_left:i")},
	{S_("FactorBegun"), S_("secret:s uri:s qr:Qr?")},
	{S_("Qr"), S_("size:i path:s")},
	{S_("RecoveryCodes"), S_("recovery_codes:[s]")},
	{S_("Policy"), S_("items:[Setting] remote:s")},
	{S_("Setting"), S_("key:s label:s value:s is_number:b choices:[Coded]")},
	{S_("LiveSessions"), S_("items:[LiveSession]")},
	{S_("LiveSession"), S_("account_id:i role_label:s? login:s name:s id:i created_at_ms:i seen_at_ms:i remote:s? user_agent:s? "
		"role:s? is_current:b")},
	{S_("Watch"), S_("counters:[Counter] alarms:[Alarm]")},
	{S_("Counter"), S_("kind:%watch label:s total:i span_n:i limit_n:i top_remote:s? top_n:i minutes:[i]")},
	{S_("Alarm"), S_("id:i kind:%watch label:s at_ms:i events_n:i span_ms:i remote:s? seen_at_ms:i? seen_by:s?")},
	{S_("Description"), S_("openapi:s info:o servers:[o] security:[o] paths:o components:o")},

	/* bodies */
	{S_("SetupBody"), S_("code?:s? login:s name:s password:s unit_name?:s? city:s")},
	{S_("LoginBody"), S_("login:s password:s code?:s?")},
	{S_("SwitchBody"), S_("assignment_id:i")},
	{S_("PasswordsBody"), S_("old_password:s new_password:s")},
	{S_("OwnBody"), S_("phone?:s? email?:s?")},
	{S_("PasswordBody"), S_("password:s")},
	{S_("CodeBody"), S_("code:s")},
	{S_("FactorRemoveBody"), S_("password:s code:s")},
	{S_("CalendarBody"), S_("csv:s source:s")},
	{S_("ReadBody"), S_("up_to:i")},
	{S_("LightBody"), S_("light?:%project.light? reason?:s? row_version?:i?")},
	{S_("ProposeBody"), S_("kind:%proposal.kind to_stage?:%project.stage? reason_code?:%proposal.reason_code? reason?:s? event_date?:s? "
		"via_date?:s? merged_into?:i? evidence_id?:i? to_region_code?:s? row_version?:i?")},
	{S_("ActBody"), S_("comment?:s? row_version?:i?")},
	{S_("BulkBody"), S_("act:<SET|PROPOSE> set?:{*} propose?:BulkPropose rows?:[RowVersion]")},
	{S_("BulkPropose"), S_("kind?:%proposal.kind? to_stage?:%project.stage? event_date?:s? reason_code?:%proposal.reason_code? reason?:s?")},
	{S_("RowVersion"), S_("id:i row_version:i")},
	{S_("VerifyBody"), S_("state:%evidence.state row_version?:i?")},
	{S_("GradeBody"), S_("secrecy:%project.secrecy reason?:s? row_version?:i?")},
	{S_("CommentBody"), S_("comment?:s?")},
	{S_("NameBody"), S_("login:s")},
	{S_("ClearanceBody"), S_("clearance?:%project.secrecy? until_date?:s? reason?:s? row_version?:i?")},
	{S_("PlanBody"), S_("key?:<code|none|name> save_mapping?:b sheets?:[PlanPatch]")},
	{S_("PlanPatch"), S_("sheet_no:i reset?:b skip?:b want_hidden?:b columns?:{ColumnPatch?} rows?:{s?} answers?:{s?}")},
	{S_("ColumnPatch"), S_("field?:s? unit?:s?")},
	{S_("ChooseBody"), S_("choice?:s? choices?:{<file|stored>}")},
	{S_("CityBody"), S_("code?:s? name?:s? name_en?:s?")},
	{S_("ReasonBody"), S_("reason:s")},
	{S_("CopyBody"), S_("reason?:s? format?:<json|csv>?")},
	{S_("HoldBody"), S_("reason:s until_date?:s?")},
	{S_("PolicyBody"), S_("*:s")},
	{S_("RevealBody"), S_("field:s purpose:s")},
};
const size_t shapes_n = sizeof shapes / sizeof *shapes;

struct spoken {
	handler handle;
	struct str shape; /* or a noun's name */
};

static const struct spoken answers[] = {
	{api_status, S_("Status")}, {api_setup, S_("Session")}, {api_session_login, S_("Session")},
	{api_session_show, S_("Session")}, {api_session_switch, S_("Session")}, {api_own_account, S_("Session")},
	{api_schema, S_("Schema")}, {api_sessions, S_("OwnSessions")}, {api_import_rows, S_("ImportRows")},
	{api_project_history, S_("History")}, {api_city, S_("City")}, {api_city_set, S_("City")}, {api_officers, S_("Officers")},
	{api_regions, S_("Regions")}, {api_industries, S_("Industries")}, {api_roles, S_("Roles")},
	{api_account_create, S_("OneTimePassword")}, {api_account_reset, S_("OneTimePassword")},
	{api_project_way, S_("Way")}, {api_project_propose, S_("Way")}, {api_proposal_review, S_("Way")},
	{api_proposal_verify, S_("Way")}, {api_proposal_return, S_("Way")}, {api_proposal_withdraw, S_("Way")},
	{api_import_plan, S_("Plan")}, {api_import_plan_set, S_("Plan")}, {api_jobs, S_("Jobs")}, {api_job, S_("Job")},
	{api_import_check, S_("JobStarted")}, {api_import_write, S_("JobStarted")}, {api_import_rollback, S_("JobStarted")},
	{api_audit_verify, S_("AuditProof")}, {api_audit_head, S_("AuditHead")},
	{api_openapi, S_("Description")}, {api_board, S_("Board")}, {api_workbench, S_("Workbench")}, {api_calendar, S_("Calendar")},
	{api_calendar_put, S_("Calendar")}, {api_notices, S_("Notices")}, {api_search, S_("Found")}, {api_project_light, S_("LightSet")},
	{api_bulk_open, S_("BulkStarted")}, {api_bulk_run, S_("BulkStarted")}, {api_bulk_undo, S_("BulkStarted")},
	{api_bulk_rows, S_("BulkRows")}, {api_edit_undo, S_("edit")}, {api_evidence_upload, S_("evidence")}, {api_evidence_verify, S_("evidence")},
	{api_project_grade, S_("grade_change")}, {api_lead_grade, S_("grade_change")}, {api_evidence_grade, S_("grade_change")},
	{api_grade_grant, S_("grade_change")}, {api_grade_refuse, S_("grade_change")}, {api_grade_withdraw, S_("grade_change")},
	{api_project_persons, S_("NamedPersons")}, {api_project_name, S_("NamedPersons")}, {api_lead_persons, S_("NamedPersons")},
	{api_lead_name, S_("NamedPersons")}, {api_evidence_persons, S_("NamedPersons")}, {api_evidence_name, S_("NamedPersons")},
	{api_account_clearance, S_("account")}, {api_assignment_create, S_("assignment")}, {api_account_sessions, S_("OwnSessions")},
	{api_import_upload, S_("import")}, {api_import_cancel, S_("import")}, {api_import_confirm, S_("Confirmed")},
	{api_personal_register, S_("Register")}, {api_person, S_("Person")}, {api_person_export, S_("Person")},
	{api_person_erase, S_("Erased")}, {api_policy, S_("Policy")}, {api_policy_set, S_("Policy")},
	{api_live_sessions, S_("LiveSessions")}, {api_watch, S_("Watch")}, {api_factor, S_("Factor")}, {api_factor_begin, S_("FactorBegun")},
	{api_factor_confirm, S_("RecoveryCodes")}, {api_factor_codes, S_("RecoveryCodes")}, {api_record_values, S_("Values")},
	{api_record_reveal, S_("Revealed")}, {api_record_export, S_("JobStarted")},
};

/* What is not here reads no body, or a noun's record, or a file. */
static const struct spoken bodies[] = {
	{api_setup, S_("SetupBody")}, {api_session_login, S_("LoginBody")}, {api_session_switch, S_("SwitchBody")},
	{api_password_change, S_("PasswordsBody")}, {api_own_account, S_("OwnBody")}, {api_factor_begin, S_("PasswordBody")},
	{api_factor_confirm, S_("CodeBody")}, {api_factor_codes, S_("PasswordBody")}, {api_factor_remove, S_("FactorRemoveBody")},
	{api_calendar_put, S_("CalendarBody")}, {api_notices_read, S_("ReadBody")}, {api_project_light, S_("LightBody")},
	{api_project_propose, S_("ProposeBody")}, {api_proposal_review, S_("ActBody")}, {api_proposal_verify, S_("ActBody")},
	{api_proposal_return, S_("ActBody")}, {api_proposal_withdraw, S_("ActBody")}, {api_bulk_open, S_("BulkBody")},
	{api_evidence_verify, S_("VerifyBody")}, {api_project_grade, S_("GradeBody")}, {api_lead_grade, S_("GradeBody")},
	{api_evidence_grade, S_("GradeBody")}, {api_grade_grant, S_("CommentBody")}, {api_grade_refuse, S_("CommentBody")},
	{api_project_name, S_("NameBody")}, {api_lead_name, S_("NameBody")}, {api_evidence_name, S_("NameBody")},
	{api_account_clearance, S_("ClearanceBody")}, {api_import_plan_set, S_("PlanBody")}, {api_import_row_choose, S_("ChooseBody")},
	{api_city_set, S_("CityBody")}, {api_account_create, S_("account")}, {api_assignment_create, S_("assignment")},
	{api_person_export, S_("CopyBody")}, {api_person_erase, S_("ReasonBody")}, {api_person_hold, S_("HoldBody")},
	{api_person_refuse, S_("ReasonBody")}, {api_policy_set, S_("PolicyBody")}, {api_record_reveal, S_("RevealBody")},
};

#define LIST_QUERY "id?:s q?:s sort?:s fields?:s cursor?:s limit?:i count?:i labels?:i format?:<json|csv|xlsx> lang?:<zh|en>"
#define PAGE_QUERY "result?:s cursor?:i limit?:i"
static const struct spoken queries[] = {
	{api_record_list, S_(LIST_QUERY)}, {api_record_export, S_(LIST_QUERY)}, {api_record_values, S_("field:s " LIST_QUERY)},
	{api_board, S_(LIST_QUERY)}, {api_bulk_open, S_(LIST_QUERY)}, {api_record_show, S_("labels?:i")},
	{api_search, S_("q:s kind?:s limit?:i")}, {api_regions, S_("units?:i parent?:s")}, {api_industries, S_("q?:s limit?:i")},
	{api_officers, S_("region_code?:s q?:s")}, {api_calendar, S_("year?:i")}, {api_project_history, S_("cursor?:i")},
	{api_bulk_rows, S_(PAGE_QUERY)}, {api_import_rows, S_(PAGE_QUERY)}, {api_import_marked, S_("sheet?:i")},
	{api_import_upload, S_("file_name:s region_code?:s")}, {api_audit_verify, S_("head?:s")}, {api_evidence_upload, S_("lang?:<zh|en>")},
};

static struct str find(const struct spoken *all, size_t n, handler h) {
	for (size_t i = 0; i < n; i++)
		if (all[i].handle == h) return all[i].shape;
	return S("");
}

struct str shape_of(handler h) {
	return find(answers, sizeof answers / sizeof *answers, h);
}

struct str body_of(handler h) {
	return find(bodies, sizeof bodies / sizeof *bodies, h);
}

struct str query_of(handler h) {
	return find(queries, sizeof queries / sizeof *queries, h);
}

const struct noun *filtered_by(handler h, const struct noun *n) {
	if (h == api_board || h == api_bulk_open) return &project_noun;
	return h == api_record_list || h == api_record_export || h == api_record_values ? n : NULL;
}

const struct noun *uploaded_by(handler h) {
	return h == api_evidence_upload ? &evidence_noun : NULL;
}
