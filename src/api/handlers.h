/* handlers.h - what the rows of routes.c name, file by file. */
#ifndef API_HANDLERS_H
#define API_HANDLERS_H

#include "api/call.h"

/* session_api.c */
enum err api_status(struct call *c);
enum err api_setup(struct call *c);
enum err api_session_login(struct call *c);
enum err api_session_show(struct call *c);
enum err api_session_switch(struct call *c);
enum err api_session_logout(struct call *c);
enum err api_password_change(struct call *c);
enum err api_own_account(struct call *c);
enum err api_sessions(struct call *c);
enum err api_session_end(struct call *c);
enum err api_account_create(struct call *c);
enum err api_account_reset(struct call *c);
enum err api_account_close(struct call *c);
enum err api_account_unlock(struct call *c);
enum err api_account_sessions_end(struct call *c);
enum err api_assignment_create(struct call *c);
enum err api_assignment_end(struct call *c);

/* project_api.c */
enum err api_project_way(struct call *c);
enum err api_project_propose(struct call *c);
enum err api_project_history(struct call *c);
enum err api_proposal_review(struct call *c);
enum err api_proposal_verify(struct call *c);
enum err api_proposal_return(struct call *c);
enum err api_proposal_withdraw(struct call *c);

/* bulk_api.c */
enum err api_bulk_open(struct call *c);
enum err api_bulk_run(struct call *c);
enum err api_bulk_undo(struct call *c);
enum err api_bulk_rows(struct call *c);
enum err api_edit_undo(struct call *c);

/* workbench_api.c, board_api.c */
enum err api_workbench(struct call *c);
enum err api_board(struct call *c);

/* light_api.c */
enum err api_project_light(struct call *c);
enum err api_calendar(struct call *c);
enum err api_calendar_put(struct call *c);

/* evidence_api.c */
enum err api_evidence_upload(struct call *c);
enum err api_evidence_content(struct call *c);
enum err api_evidence_verify(struct call *c);

/* search_api.c */
enum err api_search(struct call *c);

/* import_api.c */
enum err api_import_upload(struct call *c);
enum err api_import_plan(struct call *c);
enum err api_import_plan_set(struct call *c);
enum err api_import_check(struct call *c);
enum err api_import_write(struct call *c);
enum err api_import_cancel(struct call *c);
enum err api_import_rollback(struct call *c);
enum err api_import_rows(struct call *c);
enum err api_import_row_choose(struct call *c);
enum err api_import_marked(struct call *c);
enum err api_import_confirm(struct call *c);

/* grade_api.c */
enum err api_project_grade(struct call *c);
enum err api_lead_grade(struct call *c);
enum err api_evidence_grade(struct call *c);
enum err api_grade_grant(struct call *c);
enum err api_grade_refuse(struct call *c);
enum err api_grade_withdraw(struct call *c);
enum err api_project_persons(struct call *c);
enum err api_project_name(struct call *c);
enum err api_lead_persons(struct call *c);
enum err api_lead_name(struct call *c);
enum err api_evidence_persons(struct call *c);
enum err api_evidence_name(struct call *c);
enum err api_account_clearance(struct call *c);

/* export.c */
enum err api_record_export(struct call *c);
enum err api_job_file(struct call *c);

/* person_api.c */
enum err api_personal_register(struct call *c);
enum err api_person(struct call *c);
enum err api_person_export(struct call *c);
enum err api_person_erase(struct call *c);
enum err api_person_hold(struct call *c);
enum err api_person_refuse(struct call *c);
enum err api_person_release(struct call *c);

/* security_api.c */
enum err api_factor(struct call *c);
enum err api_factor_begin(struct call *c);
enum err api_factor_confirm(struct call *c);
enum err api_factor_codes(struct call *c);
enum err api_factor_remove(struct call *c);
enum err api_factor_reset(struct call *c);
enum err api_account_sessions(struct call *c);
enum err api_live_sessions(struct call *c);
enum err api_policy(struct call *c);
enum err api_policy_set(struct call *c);
enum err api_watch(struct call *c);
enum err api_alarm_seen(struct call *c);

/* system_api.c, schema.c, openapi.c */
enum err api_jobs(struct call *c);
enum err api_job(struct call *c);
enum err api_job_cancel(struct call *c);
enum err api_events(struct call *c);
enum err api_notices(struct call *c);
enum err api_notices_read(struct call *c);
enum err api_regions(struct call *c);
enum err api_industries(struct call *c);
enum err api_roles(struct call *c);
enum err api_officers(struct call *c);
enum err api_city(struct call *c);
enum err api_city_set(struct call *c);
enum err api_audit_verify(struct call *c);
enum err api_audit_head(struct call *c);
enum err api_csp_report(struct call *c);
enum err api_schema(struct call *c);
enum err api_openapi(struct call *c);

#endif
