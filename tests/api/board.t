account staff COUNTY_STAFF 370783
account other COUNTY_STAFF 370703
account leader CITY_LEADER 3707
account partner PARTNER 3707 1
account handler DEPT_HANDLER 3707

# columns of all stages with counts and exact sums; nothing of another county
today 2024-01-01
as staff
POST /api/v1/projects {"name":"看板甲","region_code":"370783","total_invest_fen":1000000000}
201
save a id
POST /api/v1/projects {"name":"看板乙","region_code":"370783","total_invest_fen":3000000000}
201
save b id
POST /api/v1/projects {"name":"看板丙","region_code":"370783"}
201
save c id
as other
POST /api/v1/projects {"name":"坊子看板","region_code":"370703","total_invest_fen":7000000000}
201
save foreign id
as staff
GET /api/v1/board
200 {"n":3,"sum_fen":4000000000,"columns":[{"stage":"LEAD","label":"线索","n":3,"sum_fen":4000000000},{"stage":"TALK","n":0,"items":[],"next":null},{"stage":"SIGNED"},{"stage":"LANDED"},{"stage":"STARTED"},{"stage":"PRODUCING"},{"stage":"CAPACITY","n":0,"sum_fen":0}],"proposals":{"items":[]}}
lacks 坊子看板
as leader
GET /api/v1/board
200 {"n":4,"sum_fen":11000000000}
GET /api/v1/board?region_code=370703
200 {"n":1,"columns":[{"n":1,"items":[{"name":"坊子看板"}]}]}

# late cards first; a page of a column goes on as the list with its cursor
as staff
sql UPDATE project SET clock_day = clock_day - 40 WHERE id = $b
GET /api/v1/board?limit=2
200 {"columns":[{"n":3,"items":[{"name":"看板乙","light":"GREEN","stage_days":40,"over_days":33},{}]}]}
save next columns.0.next
GET /api/v1/projects?side=ACTIVE,SUSPENDED&stage=LEAD&sort=-over_days&limit=2&cursor=$next
200 {"items":[{"name":"看板甲"}],"next":null}
GET /api/v1/board?sort=-total_invest_fen&limit=1
200 {"columns":[{"n":3,"sum_fen":4000000000,"items":[{"name":"看板乙"}]}]}
GET /api/v1/board?q=甲
200 {"n":1,"columns":[{"n":1,"items":[{"id":$a}]}]}
GET /api/v1/board?light=RED
200 {"n":0}

# what is no condition of the list is none of the board; a page of all columns there is not
GET /api/v1/board?nothing=1
400 {"errors":[{"code":"unknown_parameter"}]}
GET /api/v1/board?light=BLUE
400
GET /api/v1/board?sort=-over_days&cursor=$next
400

# an open proposal is named for its card, and gone after its withdrawal; the card has not moved
with If-Match: "1"
PATCH /api/v1/projects/$a {"investor_text":"甲公司","industry_code":"2619","handler":"投促中心"}
200
POST /api/v1/projects/$a/proposals {"kind":"ADVANCE","to_stage":"TALK","event_date":"2024-01-01","row_version":2}
409 {"type":"/problems/gate","errors":[{"field":"talk"}]}
POST /api/v1/talks {"project_id":$a,"talk_date":"2024-01-01","level":"STAFF","ours":"投促中心 2 人","theirs":"项目总监等 3 人","content":"双方就项目选址、用地规模、用能需求和建设时序作了交流，投资方介绍了技术路线和资金安排，我方介绍了园区条件和配套政策，约定下周实地考察。"}
201
POST /api/v1/projects/$a/proposals {"kind":"ADVANCE","to_stage":"TALK","event_date":"2024-01-01"}
201
save proposal proposal.id
GET /api/v1/board
200 {"columns":[{"n":3},{"n":0}],"proposals":{"items":[{"id":$proposal,"project_id":$a,"to_stage":"TALK","next_act":"REVIEW"}]}}
as other
GET /api/v1/board
200 {"n":1,"proposals":{"items":[]}}
as staff
POST /api/v1/proposals/$proposal/withdraw {}
200
GET /api/v1/board
200 {"proposals":{"items":[]}}

# who sees no project has no board
as handler
GET /api/v1/board
403
as partner
GET /api/v1/board
200 {"n":0}
