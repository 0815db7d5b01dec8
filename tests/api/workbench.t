account staff COUNTY_STAFF 370783
account reviewer COUNTY_REVIEWER 370783
account verifier CITY_VERIFIER 3707
account other COUNTY_REVIEWER 370703
account handler DEPT_HANDLER 3707

# nobody has no workbench
as nobody
GET /api/v1/workbench
401

# a proposal stands in the proposer's "waiting", the reviewer's "to do", and nowhere else
today 2024-04-01
as staff
POST /api/v1/projects {"name":"工作台项目","region_code":"370783","investor_text":"甲公司","industry_code":"2619","handler":"投促中心","total_invest_fen":1000000000}
201
save id id
POST /api/v1/talks {"project_id":$id,"talk_date":"2024-04-01","level":"STAFF","ours":"投促中心 2 人","theirs":"项目总监等 3 人","content":"双方就项目选址、用地规模、用能需求和建设时序作了交流，投资方介绍了技术路线和资金安排，我方介绍了园区条件和配套政策，约定下周实地考察。"}
201
POST /api/v1/projects/$id/proposals {"kind":"ADVANCE","to_stage":"TALK","event_date":"2024-04-01"}
201 {"proposal":{"due_date":"2024-04-07"}}
save proposal proposal.id
GET /api/v1/workbench
200 {"today":"2024-04-01","is_work_day":true,"has_calendar":true,"tabs":[{"code":"todo","n":0},{"code":"overdue","n":0},{"code":"waiting","n":1,"sections":[{"code":"OPEN","n":1,"items":[{"id":$proposal,"project_name":"工作台项目","due_date":"2024-04-07"}]}]},{"code":"mine","n":1}]}
as reviewer
GET /api/v1/workbench
200 {"tabs":[{"code":"todo","n":1,"sections":[{"code":"REVIEW","plural":"proposals","query":"state=OPEN&next_act=REVIEW","n":1}]},{"code":"overdue","n":0}]}
as other
GET /api/v1/workbench
200 {"tabs":[{"code":"todo","n":0},{"code":"overdue","n":0},{"code":"waiting","n":0},{"code":"mine","n":0}],"figures":[{"n":0},{"n":0},{"n":0},{"n":0},{"n":0},{"n":0}]}
as verifier
GET /api/v1/workbench
200 {"tabs":[{"code":"todo","n":0}]}

# past its working days it is overdue; a worked Sunday counts, the holidays before it do not
today 2024-04-07
as reviewer
GET /api/v1/workbench
200 {"tabs":[{"code":"todo","n":1},{"code":"overdue","n":0}]}
today 2024-04-08
GET /api/v1/workbench
200 {"tabs":[{"code":"todo","n":1},{"code":"overdue","n":1,"sections":[{"query":"state=OPEN&next_act=REVIEW&due_date.le=2024-04-07","n":1}]}]}

# a return comes back to the proposer with its reason, and goes when he proposes again
POST /api/v1/proposals/$proposal/return {"comment":"请补充会谈照片"}
200
as staff
GET /api/v1/workbench
200 {"tabs":[{"code":"todo","n":1,"sections":[{"code":"RETURNED","n":1,"items":[{"id":$proposal}]}]}]}
POST /api/v1/projects/$id/proposals {"kind":"ADVANCE","to_stage":"TALK","event_date":"2024-04-01"}
201
GET /api/v1/workbench
200 {"tabs":[{"code":"todo","n":0},{"code":"overdue"},{"code":"waiting","n":1},{"code":"mine","n":2}]}

# who has no business record has an empty one, and no figure that lies
as handler
GET /api/v1/workbench
200 {"figures":[],"stuck":null,"tabs":[{"code":"todo","n":0,"sections":[]}]}
lang en
as reviewer
GET /api/v1/workbench
200 {"figures":[{"label":"In talk or under way"}],"tabs":[{"sections":[{"label":"Review"}]}]}
