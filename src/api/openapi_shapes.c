#include "api/openapi_shapes.h"

#include "api/handlers.h"

static const struct {
	struct str name, members;
} shapes[] = {
	{S_("Status"), S_("city:s version:s today:s is_demo:b is_writable:b needs_setup:b max_upload_bytes:i")},
	{S_("Session"), S_("account:Self assignment:Held? assignments:[Held] clearance:s rights:{s} draft_key:s?")},
	{S_("Self"), S_("id:i login:s name:s phone:s? email:s? row_version:i must_change_password:b is_password_old:b must_enrol:b")},
	{S_("Held"), S_("id:i role:s role_label:s scope:s scope_label:s? unit_name:s?")},
	{S_("Schema"), S_("nouns:[Noun] groups:[Coded] stages:[Stage] reasons:[Coded] kinds:[Coded]")},
	{S_("Coded"), S_("code:s label:s")},
	{S_("Noun"), S_("name:s plural:s label:s title_field:s rights:s order:s fields:[Field]")},
	{S_("Field"), S_("name:s label:s type:t unit:s? digits:i group:s required:b final:b list:b filter:b sort:b sum:b search:b "
		"form:b import:b personal:b bulk:b readonly:b max:i ref:s? pick:s? preset:s? choices:[Coded]")},
	{S_("Stage"), S_("code:s label:s target_days:i")},
	{S_("OwnSessions"), S_("items:[OwnSession]")},
	{S_("OwnSession"), S_("id:i created_at_ms:i seen_at_ms:i remote:s? user_agent:s? role:s? is_current:b")},
	{S_("Light"), S_("code:s label:s cause:s? cause_label:s? since_date:s? manual:s? manual_label:s? manual_date:s? "
		"manual_reason:s? stage_days:i? target_days:i? over_days:i? can_set:b dimensions?:[Dimension]")},
	{S_("Dimension"), S_("code:s label:s state:<KNOWN|NO_DATA|NOT_DUE|ABSENT> light:s? light_label:s? since_date:s? "
		"yellow_date:s? red_date:s?")},
	{S_("History"), S_("items:[HistoryItem] next:s?")},
	{S_("HistoryItem"), S_("id:i at_ms:i name:s? role_label:s action:s action_label:s object:s object_label:s outcome:s "
		"changes:[Change]")},
	{S_("Change"), S_("field:s label:s unit?:s? before:* after:*")},
	{S_("ImportRows"), S_("items:[ImportRow] counts:{i} next:s?")},
	{S_("ImportRow"), S_("id:i row:i sheet:* result:s project_id:i? name:s? changes:[Change] problems:[RowProblem] "
		"duplicates:[Duplicate] choice:s? is_written:b")},
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
	{S_("Role"), S_("code:s label:s needs_subject:b scope_level:i")},
	{S_("OneTimePassword"), S_("id:i one_time_password:s")},
	{S_("Way"), S_("project_id:i stage:s side:s side_label:s is_stage_verified:b row_version:i funds_fen:i? light?:Light? "
		"stages:[WayStage] next:WayNext? proposal:WayProposal? last:WayProposal? can:WayCan")},
	{S_("WayStage"), S_("code:s label:s state:<done|now|to_come> from_date:s? to_date:s? plan_date:s? days:i? target_days:i? over_days:i? "
		"is_verified:b")},
	{S_("WayNext"), S_("code:s label:s ready:b missing:i items:[GateItem] chain:[ChainLink]")},
	{S_("GateItem"), S_("code:s label:s rule:s ok:b have:s? remedy:s evidence_kind:s?")},
	{S_("ChainLink"), S_("act:s label:s role:s")},
	{S_("WayProposal"), S_("id:i kind:s kind_label:s to_stage:s? to_label:s? event_date:s? via_date:s? due_date:s? reason:s? reason_label:s? state:s next_act:s? "
		"next_act_label:s? row_version:i proposer_name:s? created_at_ms:i steps:[WayStep] can:ProposalCan cannot_reason:s?")},
	{S_("WayCan"), S_("edit:b advance:b suspend:b resume:b terminate:b correct:b transfer:b merge:b unmerge:b confirm:b")},
	{S_("ProposalCan"), S_("review:b verify:b return:b withdraw:b")},
	{S_("WayStep"), S_("act:s label:s name:s? role_label:s? at_ms:i comment:s?")},
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
	{S_("Job"), S_("id:i kind:s object_id:i? state:<RUNNING|DONE|FAILED|CANCELLED> done_n:i total_n:i message:s? failure:JobFailure? started_at_ms:i "
		"ended_at_ms:i? has_file?:b")},
	{S_("JobFailure"), S_("code:s field:s? rule:s? args:[s]")},
	{S_("JobStarted"), S_("job_id:i")},
	{S_("AuditProof"), S_("is_ok:b rows:i broken_at:i? head:s why:s?")},
	{S_("AuditHead"), S_("head:s rows:i")},
};
enum { SHAPES = sizeof shapes / sizeof *shapes };

static const struct {
	handler handle;
	struct str shape;
} answers[] = {
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
};

struct str shape_of(handler h) {
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
		if (answers[i].handle == h) return answers[i].shape;
	return S("");
}

static void put_type(struct json *j, struct str type);

static void put_simple(struct json *j, struct str type) {
	const char *name = str_eq(type, S("i")) ? "integer" : str_eq(type, S("b")) ? "boolean" : "string";
	json_put_str(j, "type", str_c(name));
}

static void put_reference(struct json *j, struct str name) {
	json_put_str(j, "$ref", str_cat(j->out->arena, S("#/components/schemas/"), name));
}

static void put_enum(struct json *j, struct str codes) {
	struct str code;
	json_put_str(j, "type", S("string"));
	json_key(j, S("enum"));
	json_arr(j);
	while (str_split(&codes, '|', &code)) json_str(j, code);
	json_end(j);
}

static void put_field_types(struct json *j) {
	json_put_str(j, "type", S("string"));
	json_key(j, S("enum"));
	json_arr(j);
	for (int t = 0; t < F_TYPE__N; t++) json_str(j, ftype_name((enum ftype)t));
	json_end(j);
}

static void put_any(struct json *j) {
	json_key(j, S("type"));
	json_raw(j, S("[\"string\",\"number\",\"boolean\",\"null\"]"));
}

/* Inside the braces of its schema. */
static void put_bare(struct json *j, struct str type) {
	struct str inside = type.n > 2 ? str_sub(type, 1, type.n - 2) : S("");
	if (str_starts(type, S("["))) {
		json_put_str(j, "type", S("array"));
		json_key(j, S("items"));
		put_type(j, inside);
	} else if (str_starts(type, S("{"))) {
		json_put_str(j, "type", S("object"));
		json_key(j, S("additionalProperties"));
		put_type(j, inside);
	} else if (str_starts(type, S("<"))) put_enum(j, inside);
	else if (str_eq(type, S("t"))) put_field_types(j);
	else if (str_eq(type, S("*"))) put_any(j);
	else if (type.n == 1) put_simple(j, type);
	else put_reference(j, type);
}

static void put_type(struct json *j, struct str type) {
	bool or_null = str_ends(type, S("?"));
	struct str bare = or_null ? str_sub(type, 0, type.n - 1) : type;
	json_obj(j);
	if (or_null) {
		json_key(j, S("oneOf"));
		json_arr(j);
		json_obj(j);
		put_bare(j, bare);
		json_end(j);
		json_raw(j, S("{\"type\":\"null\"}"));
		json_end(j);
	} else put_bare(j, bare);
	json_end(j);
}

/* "name?" may be absent. */
static struct str plain_name(struct str name) {
	return str_ends(name, S("?")) ? str_sub(name, 0, name.n - 1) : name;
}

static void put_shape(struct json *j, struct str members) {
	struct str rest = members, member, name;
	json_obj(j);
	json_put_str(j, "type", S("object"));
	json_key(j, S("properties"));
	json_obj(j);
	while (str_split(&rest, ' ', &member))
		if (str_split(&member, ':', &name)) {
			json_key(j, plain_name(name));
			put_type(j, member);
		}
	json_end(j);
	json_key(j, S("required"));
	json_arr(j);
	for (rest = members; str_split(&rest, ' ', &member);)
		if (str_split(&member, ':', &name) && !str_ends(name, S("?"))) json_str(j, name);
	json_end(j);
	json_end(j);
}

void shapes_put(struct json *j) {
	for (size_t i = 0; i < SHAPES; i++) {
		json_key(j, shapes[i].name);
		put_shape(j, shapes[i].members);
	}
}
