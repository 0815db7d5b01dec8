# grades and clearances: staff and a reviewer of one county, one of another, outsiders, the offices
account staff COUNTY_STAFF 370783
account mate COUNTY_STAFF 370783
account reviewer COUNTY_REVIEWER 370783
account stranger COUNTY_REVIEWER 370703
account verifier CITY_VERIFIER 3707
account auditor CITY_AUDITOR 3707
account partner PARTNER 3707 5
sql INSERT INTO investor (id, name, name_key, region_code, created_at_ms, updated_at_ms) VALUES (1, '引荐', '引荐', '370783', 1, 1)
account guest ENTERPRISE 3707 1
account officer SERVICE_OFFICER 370783
account root SYS_ADMIN 3707
account guard SEC_ADMIN 3707
account guard2 SEC_ADMIN 3707
as guard
GET /api/v1/accounts?fields=login&sort=login&limit=20
200
save auditor items.0.id
save guard items.1.id
save guard2 items.2.id
save guest items.3.id
save mate items.4.id
save officer items.5.id
save partner items.6.id
save reviewer items.7.id
save root items.8.id
save staff items.9.id
save stranger items.10.id
save verifier items.11.id

# nobody is SEALED by role; outside the bureau it is OPEN
GET /api/v1/session
200 {"clearance":"OPEN"}
as staff
GET /api/v1/session
200 {"clearance":"INTERNAL"}
as officer
GET /api/v1/session
200 {"clearance":"INTERNAL"}
as partner
GET /api/v1/session
200 {"clearance":"OPEN"}
as guest
GET /api/v1/session
200 {"clearance":"OPEN"}

# only the security office sets a clearance, never its own, with a reason, of this row, not for the past
as root
POST /api/v1/accounts/$staff/clearance {"clearance":"SEALED","reason":"经办"}
403 {"errors":[{"code":"no_right"}]}
as staff
POST /api/v1/accounts/$staff/clearance {"clearance":"SEALED","reason":"经办"}
403
as guard
POST /api/v1/accounts/$guard/clearance {"clearance":"SEALED","reason":"经办","row_version":2}
403 {"errors":[{"field":"clearance","code":"own_clearance"}]}
GET /api/v1/accounts/$staff
200 {"clearance":null,"row_version":2}
POST /api/v1/accounts/$staff/clearance {"clearance":"SEALED","row_version":2}
422 {"errors":[{"field":"reason","code":"required"}]}
POST /api/v1/accounts/$staff/clearance {"clearance":"TOP","reason":"经办","row_version":2}
422 {"errors":[{"field":"clearance","code":"not_a_choice"}]}
POST /api/v1/accounts/$staff/clearance {"clearance":"SEALED","reason":"经办","until_date":"2024-04-09","row_version":2}
422 {"errors":[{"field":"until_date","code":"in_the_past"}]}
POST /api/v1/accounts/$staff/clearance {"clearance":"SEALED","reason":"经办","row_version":1}
412 {"errors":[{"field":"row_version","code":"stale"}]}
PATCH /api/v1/accounts/$staff {"clearance":"SEALED"}
403
as root
with If-Match: "2"
PATCH /api/v1/accounts/$staff {"clearance":"SEALED"}
422 {"errors":[{"field":"clearance"}]}
as guard
GET /api/v1/accounts/$staff
200 {"clearance":null,"row_version":2}
POST /api/v1/accounts/$staff/clearance {"clearance":"SEALED","reason":"经办上市项目","until_date":"2024-12-31","row_version":2}
200 {"clearance":"SEALED","clearance_until_date":"2024-12-31","clearance_reason":"经办上市项目","clearance_by":$guard,"clearance_at_ms":"*","row_version":3}
as auditor
GET /api/v1/audit?action=clearance
200 {"items":[{"login":"guard","object":"account","object_id":$staff,"diff":"*"}]}
has SEALED
as staff
GET /api/v1/session
200 {"clearance":"SEALED"}

# it ends with its last day
today 2024-12-31
GET /api/v1/session
200 {"clearance":"SEALED"}
today 2025-01-01
GET /api/v1/session
200 {"clearance":"INTERNAL"}
today 2024-04-10

# nobody reads up: an own project that is INTERNAL is not there for whom it is too high, in no list, count, sum, file or search
as staff
POST /api/v1/projects {"name":"伙伴引荐的项目","region_code":"370783","total_invest_fen":100000000}
201 {"secrecy":"INTERNAL"}
save id id
POST /api/v1/evidence?project_id=$id&kind=OTHER&file_name=paper.pdf @tests/data/contract.pdf
201 {"secrecy":null,"grade":"INTERNAL"}
save paper id
sql UPDATE project SET partner_id = 5
sql INSERT INTO project_party (project_id, investor_id, role, created_at_ms, updated_at_ms) VALUES (1, 1, 'INVESTOR', 1, 1)
as partner
GET /api/v1/projects/$id
404 {"errors":[{"code":"record_not_found"}]}
GET /api/v1/projects?count=1
200 {"items":[],"total":0,"sums":{"total_invest_fen":0}}
GET /api/v1/projects/values?field=stage
200 {"items":[]}
GET /api/v1/board
200
lacks 伙伴引荐
GET /api/v1/workbench
200
lacks 伙伴引荐
GET /api/v1/search?q=%E4%BC%99%E4%BC%B4%E5%BC%95%E8%8D%90
200 {"hits":[]}
as guest
GET /api/v1/projects/$id/way
404
GET /api/v1/evidence/$paper
404
GET /api/v1/evidence/$paper/content
404
POST /api/v1/evidence?project_id=$id&kind=OTHER&file_name=b.pdf @tests/data/contract.pdf
422 {"errors":[{"field":"project_id","code":"no_such_record"}]}

# the security office clears the partner, and he sees it at once; takes it back, and it is gone
as guard
POST /api/v1/accounts/$partner/clearance {"clearance":"INTERNAL","reason":"已签保密协议","row_version":2}
200 {"row_version":3}
as partner
GET /api/v1/projects/$id
200 {"id":$id}
GET /api/v1/projects?count=1
200 {"total":1}
as guard
POST /api/v1/accounts/$partner/clearance {"clearance":null,"reason":"合作结束","row_version":3}
200 {"clearance":null,"row_version":4}
as partner
GET /api/v1/projects/$id
404

# staff can be cleared lower than the role has it
as guard
POST /api/v1/accounts/$mate/clearance {"clearance":"OPEN","reason":"离岗","row_version":2}
200
as mate
GET /api/v1/projects?count=1
200 {"total":0}
GET /api/v1/imports?count=1
200 {"total":0}
as guard
POST /api/v1/accounts/$mate/clearance {"reason":"回岗","row_version":3}
200 {"clearance":null}

# nobody gives a grade above his own clearance; without a word it is what he may read
as mate
POST /api/v1/projects {"name":"越级的项目","region_code":"370783","secrecy":"SEALED"}
422 {"errors":[{"field":"secrecy","code":"above_clearance"}]}
POST /api/v1/projects/$id/grade {"secrecy":"SEALED","reason":"拟上市"}
422 {"errors":[{"field":"secrecy","code":"above_clearance"}]}
as partner
POST /api/v1/leads {"investor_name":"伙伴的客商","region_code":"370783","source_kind":"PARTNER"}
201 {"secrecy":"OPEN"}
POST /api/v1/leads {"investor_name":"伙伴的客商二","region_code":"370783","source_kind":"PARTNER","secrecy":"INTERNAL"}
422 {"errors":[{"field":"secrecy","code":"above_clearance"}]}

# a grade is not changed by an edit
as staff
with If-Match: "1"
PATCH /api/v1/projects/$id {"secrecy":"OPEN"}
422 {"errors":[{"field":"secrecy","code":"grade_by_act"}]}

# up at once, with a reason, and not to what it is
POST /api/v1/projects/$id/grade {"secrecy":"SEALED"}
422 {"errors":[{"field":"reason","code":"required"}]}
POST /api/v1/projects/$id/grade {"reason":"拟上市"}
422 {"errors":[{"field":"secrecy","code":"required"}]}
POST /api/v1/projects/$id/grade {"secrecy":"INTERNAL","reason":"拟上市"}
422 {"errors":[{"field":"secrecy","code":"same_grade"}]}
POST /api/v1/projects/$id/grade {"secrecy":"SEALED","reason":"拟上市","row_version":99}
412 {"errors":[{"field":"row_version","code":"stale"}]}

# down waits for a second person who verifies or reviews: not the first one, not of another unit, not without a reason for no
POST /api/v1/projects/$id/grade {"secrecy":"OPEN","reason":"已公开签约"}
201 {"state":"OPEN","from_secrecy":"INTERNAL","to_secrecy":"OPEN","record_kind":"project","record_id":$id}
save change id
GET /api/v1/projects/$id
200 {"secrecy":"INTERNAL"}
POST /api/v1/projects/$id/grade {"secrecy":"OPEN","reason":"已公开签约"}
409 {"errors":[{"code":"grade_is_open"}]}
POST /api/v1/grade-changes/$change/grant {}
403
as mate
POST /api/v1/grade-changes/$change/withdraw {}
403 {"errors":[{"code":"only_the_proposer"}]}
as stranger
POST /api/v1/grade-changes/$change/grant {}
404
as reviewer
POST /api/v1/grade-changes/$change/refuse {}
422 {"errors":[{"field":"comment","code":"required"}]}
POST /api/v1/grade-changes/$change/refuse {"comment":"合同还没有公开"}
200 {"state":"REFUSED","comment":"合同还没有公开","decided_by":$reviewer}
POST /api/v1/grade-changes/$change/grant {}
409 {"errors":[{"code":"grade_is_decided"}]}
as staff
GET /api/v1/projects/$id
200 {"secrecy":"INTERNAL"}
GET /api/v1/notices
200 {"items":[{"kind":"RETURNED","project_id":$id,"detail":"合同还没有公开"}]}
POST /api/v1/projects/$id/grade {"secrecy":"OPEN","reason":"已公开签约"}
201
save change id
POST /api/v1/grade-changes/$change/withdraw {}
200 {"state":"WITHDRAWN"}
POST /api/v1/projects/$id/grade {"secrecy":"OPEN","reason":"已公开签约"}
201
save change id

# who goes up need not wait: what asked for less is refused by it
sql UPDATE project SET secrecy = 'INTERNAL' WHERE id = $id
POST /api/v1/projects/$id/grade {"secrecy":"SEALED","reason":"监管要求","row_version":1}
201 {"state":"DONE"}
GET /api/v1/grade-changes/$change
200 {"state":"REFUSED","comment":"监管要求"}
sql UPDATE project SET secrecy = 'INTERNAL' WHERE id = $id
sql DELETE FROM record_acl
POST /api/v1/projects/$id/grade {"secrecy":"OPEN","reason":"已公开签约"}
201
save change id

# who asked does not confirm, in whatever role
sql INSERT INTO assignment (account_id, role, scope, valid_from_date, created_at_ms, updated_at_ms) VALUES ($staff, 'COUNTY_REVIEWER', '370783', '2024-01-01', 1, 1)
as guard
GET /api/v1/assignments?account_id=$staff&role=COUNTY_REVIEWER&fields=id
200
save second items.0.id
as staff $second
POST /api/v1/grade-changes/$change/grant {}
403 {"errors":[{"code":"separation_of_duties"}]}
sql UPDATE assignment SET ended_at_ms = 1 WHERE id = $second
as reviewer
POST /api/v1/grade-changes/$change/grant {"comment":"已见报"}
200 {"state":"DONE","decided_by":$reviewer}
as staff
GET /api/v1/projects/$id
200 {"secrecy":"OPEN"}
GET /api/v1/notices
200 {"items":[{"kind":"VERIFIED"},{"kind":"RETURNED"}]}
as partner
GET /api/v1/projects/$id
200
as auditor
GET /api/v1/audit?action=grade
200 {"items":[{"login":"reviewer","object":"project","object_id":$id,"diff":"*"}]}
GET /api/v1/audit?object=grade_change&action=create
200
has 已公开签约
GET /api/v1/grade-changes?record_id=$id&count=1
200 {"items":[{"state":"DONE","reason":"已公开签约","comment":"已见报","proposer_name":"staff"},{"state":"DONE"},{"state":"REFUSED"},{"state":"WITHDRAWN"},{"state":"REFUSED"}],"total":5}

# a file may lie higher than its project, not lower; without a mark it follows
as staff
POST /api/v1/evidence?project_id=$id&kind=OTHER&file_name=inner.pdf&secrecy=INTERNAL @tests/data/contract.pdf
201 {"secrecy":"INTERNAL","grade":"INTERNAL"}
save inner id
GET /api/v1/evidence/$paper
200 {"secrecy":null,"grade":"OPEN"}
as guest
GET /api/v1/evidence/$paper/content
200
GET /api/v1/evidence/$inner
404
GET /api/v1/evidence/$inner/content
404
GET /api/v1/evidence?count=1
200 {"total":1}
lacks inner.pdf
GET /api/v1/projects/$id/history
200
lacks inner.pdf
has paper.pdf
GET /api/v1/search?q=inner
200 {"hits":[]}
POST /api/v1/evidence?project_id=$id&kind=OTHER&file_name=c.pdf&secrecy=INTERNAL @tests/data/contract.pdf
422 {"errors":[{"field":"secrecy","code":"above_clearance"}]}
as staff
POST /api/v1/projects/$id/grade {"secrecy":"INTERNAL","reason":"补充内容"}
201 {"state":"DONE"}
POST /api/v1/evidence?project_id=$id&kind=OTHER&file_name=c.pdf&secrecy=OPEN @tests/data/contract.pdf
422 {"errors":[{"field":"secrecy","code":"grade_below_project"}]}
POST /api/v1/evidence/$inner/grade {"secrecy":"OPEN","reason":"可以公开"}
422 {"errors":[{"field":"secrecy","code":"grade_below_project"}]}
GET /api/v1/evidence/$paper
200 {"secrecy":null,"grade":"INTERNAL"}

# a sealed file is for its named persons: beside it the project stays as it is
POST /api/v1/evidence/$paper/grade {"secrecy":"SEALED","reason":"底价"}
201 {"state":"DONE","record_kind":"evidence","project_id":$id}
GET /api/v1/evidence/$paper
200 {"secrecy":"SEALED","grade":"SEALED"}
GET /api/v1/evidence/$paper/persons
200 {"items":[{"login":"staff"}]}
as mate
GET /api/v1/projects/$id
200
GET /api/v1/evidence/$paper
404
GET /api/v1/projects/$id/history
200
lacks paper.pdf
lacks 底价
GET /api/v1/search?q=paper
200 {"hits":[]}
POST /api/v1/agreements {"project_id":$id,"kind":"CONTRACT","sign_date":"2024-04-01","evidence_id":$paper}
422 {"errors":[{"field":"evidence_id"}]}
as auditor
GET /api/v1/audit?object=evidence&object_id=$paper&action=create
200 {"items":[{"diff":null}]}
GET /api/v1/audit?object=grade_change&limit=50
200
lacks 底价
has 补充内容
as staff
GET /api/v1/projects/$id/history
200
has 底价
has "action_label":"变更密级"

# its name is nobody's undo and bin but of who may read it
as staff
with If-Match: "2"
DELETE /api/v1/evidence/$paper
204
as mate
GET /api/v1/edits?kind=DELETE&count=1
200 {"total":0}
as staff
GET /api/v1/edits?kind=DELETE&count=1
200 {"items":[{"noun":"evidence"}],"total":1}
save bin items.0.id
POST /api/v1/edits/$bin/undo {}
200

# further persons are named by one who is, and must be cleared
GET /api/v1/projects/$id/persons
409 {"errors":[{"code":"not_sealed"}]}
POST /api/v1/projects/$id/grade {"secrecy":"SEALED","reason":"拟上市"}
201 {"state":"DONE"}
GET /api/v1/projects/$id/persons
200 {"items":[{"login":"staff","is_cleared":true}]}
POST /api/v1/projects/$id/persons {"login":"reviewer"}
422 {"errors":[{"field":"login","code":"not_cleared"}]}
POST /api/v1/projects/$id/persons {"login":"nobody-here"}
422 {"errors":[{"field":"login","code":"not_cleared"}]}
as guard
POST /api/v1/accounts/$reviewer/clearance {"clearance":"SEALED","reason":"审核重大项目","row_version":2}
200
as reviewer
GET /api/v1/projects/$id
404
as mate
POST /api/v1/projects/$id/persons {"login":"mate"}
404
as staff
POST /api/v1/projects/$id/persons {"login":"Reviewer"}
201 {"items":[{"login":"reviewer","is_cleared":true},{"login":"staff"}]}
as reviewer
GET /api/v1/projects/$id
200 {"secrecy":"SEALED"}

# named, but no longer cleared: not there
as guard
POST /api/v1/accounts/$reviewer/clearance {"reason":"调离","row_version":3}
200
as reviewer
GET /api/v1/projects/$id
404
as staff
GET /api/v1/projects/$id/persons
200 {"items":[{"login":"reviewer","is_cleared":false},{"login":"staff"}]}
as guard
POST /api/v1/accounts/$reviewer/clearance {"clearance":"SEALED","reason":"审核重大项目","row_version":4}
200

# down again from SEALED: only one who sees it confirms, and its names go
as staff
POST /api/v1/projects/$id/grade {"secrecy":"INTERNAL","reason":"已公告"}
201 {"state":"OPEN"}
save change id
as verifier
POST /api/v1/grade-changes/$change/grant {}
404
GET /api/v1/grade-changes?count=1&state=OPEN
200 {"total":0}
as reviewer
POST /api/v1/grade-changes/$change/grant {}
200 {"state":"DONE"}
as verifier
GET /api/v1/projects/$id
200 {"secrecy":"INTERNAL"}
as staff
POST /api/v1/projects/$id/grade {"secrecy":"SEALED","reason":"重新拟上市"}
201
GET /api/v1/projects/$id/persons
200 {"items":[{"login":"staff"}]}
as reviewer
GET /api/v1/projects/$id
404
as auditor
GET /api/v1/audit?object=grade_change&limit=1
200 {"items":[{"project_id":$id,"diff":null}]}
GET /api/v1/audit?limit=100
200
lacks 重新拟上市

# a lead as well
as staff
POST /api/v1/leads {"investor_name":"上市公司乙","region_code":"370783","source_kind":"COUNTY"}
201
save lead id
POST /api/v1/leads/$lead/grade {"secrecy":"SEALED","reason":"拟上市"}
201 {"state":"DONE","record_kind":"lead","project_id":null}
POST /api/v1/leads/$lead/persons {"login":"reviewer"}
201
GET /api/v1/leads/$lead/persons
200 {"items":[{"login":"reviewer"},{"login":"staff"}]}
as auditor
GET /api/v1/audit?object=grade_change&limit=1
200 {"items":[{"object":"grade_change","diff":null}]}
GET /api/v1/audit?action=grade_name&object=lead&limit=1
200 {"items":[{"object_id":$lead,"diff":null}]}
as staff
POST /api/v1/leads/$lead/grade {"secrecy":"INTERNAL","reason":"已公告"}
201 {"state":"OPEN"}
save change id
as mate
GET /api/v1/leads/$lead
404
as reviewer
POST /api/v1/grade-changes/$change/grant {}
200 {"state":"DONE","name":"上市公司乙"}
as mate
GET /api/v1/leads/$lead
200 {"secrecy":"INTERNAL"}
