# the proposer is told how his proposal went, and nobody else is
account staff COUNTY_STAFF 370783
account reviewer COUNTY_REVIEWER 370783
account other COUNTY_STAFF 370703
as staff
POST /api/v1/projects {"name":"绿电制氢项目","region_code":"370783","investor_text":"远渡能源控股有限公司","industry_code":"2619","handler":"投资促进中心"}
201
save id id
POST /api/v1/talks {"project_id":$id,"talk_date":"2024-04-08","level":"STAFF","ours":"投促中心 2 人","theirs":"项目总监等 3 人","content":"双方就项目选址、用地规模、用能需求和建设时序作了交流，投资方介绍了技术路线和资金安排，我方介绍了园区条件和配套政策，约定下周实地考察。"}
201
POST /api/v1/projects/$id/proposals {"kind":"ADVANCE","to_stage":"TALK","event_date":"2024-04-09"}
201
GET /api/v1/notices
200 {"items":[],"unread":0}
GET /api/v1/proposals?state=OPEN
200
save proposal items.0.id
as reviewer
POST /api/v1/proposals/$proposal/return {"comment":"纪要里没有投资方负责人"}
200
as staff
GET /api/v1/notices
200 {"unread":1,"items":[{"kind":"RETURNED","label":"被退回","project_id":$id,"name":"绿电制氢项目","detail":"纪要里没有投资方负责人","is_read":false}]}
save notice items.0.id
lang en
GET /api/v1/notices
200 {"items":[{"label":"Returned"}]}
lang zh
as reviewer
GET /api/v1/notices
200 {"items":[]}
as other
POST /api/v1/notices/read {"up_to":$notice}
204
as staff
GET /api/v1/notices
200 {"unread":1}
POST /api/v1/notices/read {"up_to":$notice}
204
GET /api/v1/notices
200 {"unread":0,"items":[{"is_read":true}]}
POST /api/v1/notices/read {"up_to":"x"}
422

# verified: in effect
POST /api/v1/projects/$id/proposals {"kind":"ADVANCE","to_stage":"TALK","event_date":"2024-04-09"}
201
GET /api/v1/proposals?state=OPEN
200
save proposal items.0.id
as reviewer
POST /api/v1/proposals/$proposal/review {}
200
as staff
GET /api/v1/notices
200 {"items":[{"kind":"VERIFIED"},"*"]}

# a job's end is told to its owner; a project sealed from him is not named any more
POST /api/v1/projects/export?format=csv {}
202
wait
GET /api/v1/notices
200 {"items":[{"kind":"JOB_DONE","name":"export"},"*","*"]}
sql UPDATE project SET secrecy = 'SEALED'
GET /api/v1/notices
200 {"items":[{"kind":"JOB_DONE"}]}
lacks 绿电
