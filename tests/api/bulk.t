# a bulk act is checked first and changes nothing then
account staff COUNTY_STAFF 370783
account other COUNTY_STAFF 370703
account leader COUNTY_LEADER 370783
account reviewer COUNTY_REVIEWER 370783
as staff
POST /api/v1/projects {"name":"甲项目","region_code":"370783","chain_node":"旧环节"}
201
save one id
POST /api/v1/projects {"name":"乙项目","region_code":"370783","chain_node":"新环节"}
201
save two id
POST /api/v1/projects {"name":"丙项目","region_code":"370783"}
201
save three id
as other
POST /api/v1/projects {"name":"别县项目","region_code":"370703"}
201
save foreign id
as staff
POST /api/v1/projects/bulk {"act":"SET","set":{"chain_node":"新环节"},"rows":[{"id":$one,"row_version":1},{"id":$two,"row_version":1},{"id":$three,"row_version":7},{"id":$foreign,"row_version":1}]}
202 {"bulk_id":"*","job_id":"*"}
save bulk bulk_id
save job job_id
wait
GET /api/v1/jobs/$job
200 {"kind":"bulk_check","state":"DONE","done_n":4,"total_n":4}
GET /api/v1/bulks/$bulk
200 {"state":"CHECKED","act":"SET","rows_total":4}
GET /api/v1/bulks/$bulk/rows
200 {"counts":{"CHANGE":1,"SAME":1,"REFUSED":2},"items":[{"name":"甲项目","result":"CHANGE"},{"result":"SAME"},{"result":"REFUSED","problems":[{"code":"stale"}]}]}
lacks 别县
GET /api/v1/bulks/$bulk/rows?result=SAME
200 {"items":[{"name":"乙项目"}]}
GET /api/v1/projects/$one
200 {"chain_node":"旧环节","row_version":1}
GET /api/v1/edits?count=1
200 {"total":0}

# run, each row with its own result; a project changed since the check stays
with If-Match: "1"
PATCH /api/v1/projects/$two {"chain_node":"第三环节"}
200
POST /api/v1/projects/bulk {"act":"SET","set":{"chain_node":"新环节"},"rows":[{"id":$one,"row_version":1},{"id":$two,"row_version":2}]}
202
save bulk bulk_id
wait
with If-Match: "2"
PATCH /api/v1/projects/$two {"site":"别处"}
200
POST /api/v1/bulks/$bulk/run {}
202
save job job_id
wait
GET /api/v1/jobs/$job
200 {"kind":"bulk_run","state":"DONE"}
GET /api/v1/bulks/$bulk/rows
200 {"counts":{"DONE":1,"FAILED":1,"CHANGE":0},"items":[{"name":"甲项目","result":"DONE"},{"name":"乙项目","result":"FAILED","problems":[{"code":"stale"}]}]}
GET /api/v1/projects/$one
200 {"chain_node":"新环节","row_version":2}
POST /api/v1/bulks/$bulk/run {}
409 {"errors":[{"code":"bulk_not_ready"}]}
as leader
GET /api/v1/bulks/$bulk
403
as other
GET /api/v1/bulks/$bulk
404
GET /api/v1/bulks/$bulk/rows
404
POST /api/v1/bulks/$bulk/undo {}
404

# taken back, but where somebody went on from it
as staff
POST /api/v1/bulks/$bulk/undo {}
202
save job job_id
wait
GET /api/v1/bulks/$bulk/rows
200 {"counts":{"UNDONE":1,"KEPT":0}}
GET /api/v1/projects/$one
200 {"chain_node":"旧环节"}
GET /api/v1/bulks/$bulk
200 {"state":"UNDONE"}

# the whole filter, as the list reads it
POST /api/v1/projects/bulk?name.has=项目&chain_node.null=1 {"act":"SET","set":{"chain_node":"补上"}}
202
save bulk bulk_id
wait
GET /api/v1/bulks/$bulk/rows
200 {"counts":{"CHANGE":1},"items":[{"name":"丙项目"}]}
POST /api/v1/bulks/$bulk/run {}
202
wait
with If-Match: "2"
PATCH /api/v1/projects/$three {"chain_node":"后来改的"}
200
POST /api/v1/bulks/$bulk/undo {}
202
wait
GET /api/v1/bulks/$bulk/rows
200 {"counts":{"KEPT":1},"items":[{"result":"KEPT","problems":[{"field":"chain_node","code":"undo_changed_since"}]}]}
GET /api/v1/projects/$three
200 {"chain_node":"后来改的"}

# proposals: what is missing is said for each, and a proposal is withdrawn by taking back
with If-Match: "3"
PATCH /api/v1/projects/$one {"investor_text":"远渡能源控股有限公司","industry_code":"2619","handler":"投资促进中心"}
200 {"row_version":4}
POST /api/v1/talks {"project_id":$one,"talk_date":"2024-04-08","level":"STAFF","ours":"投促中心 2 人","theirs":"项目总监等 3 人","content":"双方就项目选址、用地规模、用能需求和建设时序作了交流，投资方介绍了技术路线和资金安排，我方介绍了园区条件和配套政策，约定下周实地考察。"}
201
GET /api/v1/projects/$one
200
save version row_version
POST /api/v1/projects/bulk {"act":"PROPOSE","propose":{"kind":"ADVANCE","event_date":"2024-04-09"},"rows":[{"id":$one,"row_version":$version},{"id":$two,"row_version":3}]}
202
save bulk bulk_id
wait
GET /api/v1/bulks/$bulk/rows
200 {"counts":{"CHANGE":1,"REFUSED":1},"items":[{"result":"CHANGE"},{"result":"REFUSED","problems":[{"field":"investor"},{"field":"industry"},{"field":"talk"},{"field":"handler"}]}]}
GET /api/v1/proposals?count=1
200 {"total":0}
POST /api/v1/bulks/$bulk/run {}
202
wait
GET /api/v1/proposals?count=1
200 {"total":1,"items":[{"project_id":$one,"to_stage":"TALK","state":"OPEN"}]}
POST /api/v1/bulks/$bulk/undo {}
202
wait
GET /api/v1/proposals?count=1
200 {"total":1,"items":[{"state":"WITHDRAWN"}]}
POST /api/v1/projects/bulk {"act":"PROPOSE","propose":{"kind":"ADVANCE","color":"red"},"rows":[{"id":$one,"row_version":1}]}
422 {"errors":[{"field":"color","code":"unknown_member"}]}
POST /api/v1/projects/bulk {"act":"PROPOSE","propose":{"kind":"FLY"},"rows":[{"id":$one,"row_version":1}]}
422 {"errors":[{"field":"kind","code":"not_a_choice"}]}

# what is no field of a bulk act, no act, no row is refused before anything starts
POST /api/v1/projects/bulk {"act":"SET","set":{"name":"同名"},"rows":[{"id":$one,"row_version":1}]}
422 {"errors":[{"field":"name","code":"not_in_bulk"}]}
POST /api/v1/projects/bulk {"act":"SET","set":{"stage":"SIGNED"},"rows":[{"id":$one,"row_version":1}]}
422 {"errors":[{"field":"stage","code":"readonly"}]}
POST /api/v1/projects/bulk {"act":"SET","set":{"chain_effect":"X"},"rows":[{"id":$one,"row_version":1}]}
422 {"errors":[{"field":"chain_effect","code":"not_a_choice"}]}
POST /api/v1/projects/bulk {"act":"SET","set":{"chain_node":"x"},"rows":[]}
422 {"errors":[{"code":"bulk_no_row"}]}
POST /api/v1/projects/bulk?nonsense=1 {"act":"SET","set":{"chain_node":"x"}}
400 {"errors":[{"field":"nonsense"}]}
POST /api/v1/projects/bulk {"act":"DELETE","rows":[{"id":$one,"row_version":1}]}
422 {"errors":[{"field":"act"}]}
POST /api/v1/projects/bulk {"act":"SET","set":{"chain_node":"x"},"rows":[{"id":"1"}]}
422 {"errors":[{"field":"rows"}]}
POST /api/v1/projects/bulk {"act":"SET","set":{"chain_node":"x"},"extra":1}
422 {"errors":[{"field":"extra"}]}
as leader
POST /api/v1/projects/bulk {"act":"SET","set":{"chain_node":"x"},"rows":[{"id":$one,"row_version":1}]}
403
