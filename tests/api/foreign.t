# two counties, and a service officer in each
account staff COUNTY_STAFF 370783
account other COUNTY_STAFF 370703
account verifier CITY_VERIFIER 3707
account officer SERVICE_OFFICER 370783
account stranger SERVICE_OFFICER 370703
account security SEC_ADMIN 3707
account leader CITY_LEADER 3707
sql UPDATE account SET clearance = 'SEALED' WHERE login = 'staff'

as security
GET /api/v1/assignments?sort=account_login&fields=account_id,account_login&role=SERVICE_OFFICER
200
save officer items.0.account_id
save stranger items.1.account_id

# records of another county, to be named from here
as other
POST /api/v1/leads {"investor_name":"坊子客商","region_code":"370703","source_kind":"COUNTY"}
201
save lead id
POST /api/v1/investors {"name":"坊子投资有限公司","region_code":"370703"}
201
save investor id
POST /api/v1/projects {"name":"坊子项目","region_code":"370703"}
201
save foreign id
POST /api/v1/evidence?project_id=$foreign&kind=OTHER&file_name=a.pdf @tests/data/contract.pdf
201
save paper id

# no record may name what its author does not see
as staff
POST /api/v1/projects {"name":"本县项目","region_code":"370783"}
201
save id id
POST /api/v1/talks {"project_id":$id,"lead_id":$lead,"talk_date":"2024-04-08","level":"STAFF","content":"试探"}
422 {"errors":[{"field":"lead_id","code":"no_such_record"}]}
POST /api/v1/talks {"lead_id":$lead,"talk_date":"2024-04-08","level":"STAFF","content":"试探"}
422 {"errors":[{"field":"lead_id","code":"no_such_record"}]}
POST /api/v1/projects {"name":"挂靠项目","region_code":"370783","lead_id":$lead,"prior_id":$foreign}
422 {"errors":[{"field":"lead_id","code":"no_such_record"},{"field":"prior_id","code":"no_such_record"}]}
POST /api/v1/parties {"project_id":$id,"investor_id":$investor,"role":"INVESTOR"}
422 {"errors":[{"field":"investor_id","code":"no_such_record"}]}
POST /api/v1/talks {"project_id":$foreign,"talk_date":"2024-04-08","level":"STAFF","content":"试探"}
422 {"errors":[{"field":"project_id","code":"no_such_record"}]}

# an officer is one: not any account, not one of another county
with If-Match: "1"
PATCH /api/v1/projects/$id {"officer_id":1}
422 {"errors":[{"field":"officer_id","code":"not_an_officer"}]}
with If-Match: "1"
PATCH /api/v1/projects/$id {"officer_id":$stranger}
422 {"errors":[{"field":"officer_id","code":"not_an_officer"}]}
with If-Match: "1"
PATCH /api/v1/projects/$id {"officer_id":$officer}
200 {"officer_id":$officer}

# an investor of another county is read through a project here, and neither taken over nor deleted
as leader
GET /api/v1/investors/$investor
200
sql INSERT INTO project_party (project_id, investor_id, role, created_at_ms, updated_at_ms, row_version) VALUES ($id, $investor, 'LOCAL_PARTNER', 1, 1, 1)
as staff
GET /api/v1/investors/$investor
200 {"region_code":"370703"}
with If-Match: "1"
PATCH /api/v1/investors/$investor {"region_code":"370783"}
422 {"errors":[{"field":"region_code","code":"region_out_of_scope"}]}
with If-Match: "1"
PATCH /api/v1/investors/$investor {"note":"改"}
422 {"errors":[{"field":"region_code","code":"region_out_of_scope"}]}
with If-Match: "1"
DELETE /api/v1/investors/$investor
422 {"errors":[{"field":"region_code","code":"region_out_of_scope"}]}
as other
with If-Match: "1"
DELETE /api/v1/investors/$investor
409 {"errors":[{"code":"investor_has_projects"}]}

# a proposal leans on its own project's file
as staff
POST /api/v1/projects/$id/proposals {"kind":"TERMINATE","event_date":"2024-04-10","reason_code":"MARKET","reason":"市场变化","evidence_id":$paper}
422 {"errors":[{"field":"evidence_id","code":"not_of_this_project"}]}

# a lead can be sealed: its author still sees it, nobody else does
POST /api/v1/leads {"investor_name":"上市公司甲","region_code":"370783","source_kind":"COUNTY","secrecy":"SEALED"}
201 {"secrecy":"SEALED"}
save sealed id
GET /api/v1/leads/$sealed
200
as leader
GET /api/v1/leads/$sealed
404
GET /api/v1/leads/values?field=region_code&secrecy=SEALED
200 {"items":[]}

# what was verified is not edited under the verifier's name, and "new" is no verdict
as staff
POST /api/v1/evidence?project_id=$id&kind=OTHER&file_name=b.pdf @tests/data/contract.pdf
201
save paper id
as verifier
POST /api/v1/evidence/$paper/verify {"state":"NEW"}
422 {"errors":[{"field":"state","code":"not_a_choice"}]}
POST /api/v1/evidence/$paper/verify {"state":"OK"}
200
as staff
with If-Match: "2"
PATCH /api/v1/evidence/$paper {"kind":"CONTRACT"}
409 {"errors":[{"code":"evidence_is_verified"}]}

# a name is more than marks, whatever the table of stored names says
POST /api/v1/projects {"name":"——","region_code":"370783"}
422 {"errors":[{"field":"name","code":"name_has_no_letter"}]}
POST /api/v1/investors {"name":"……","region_code":"370783"}
422 {"errors":[{"field":"name","code":"name_has_no_letter"}]}

# roles with own records read the investors of those only
as officer
GET /api/v1/investors?count=1
200 {"total":1,"items":[{"id":$investor}]}
as stranger
GET /api/v1/investors?count=1
200 {"total":0}
GET /api/v1/investors/$investor
404
