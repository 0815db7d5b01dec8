account staff COUNTY_STAFF 370783
account reviewer COUNTY_REVIEWER 370783
account verifier CITY_VERIFIER 3707
account leader CITY_LEADER 3707
account other COUNTY_STAFF 370703
account admin SYS_ADMIN 3707

# a new project is green, its clock at day 0
today 2024-01-01
as staff
POST /api/v1/projects {"name":"灯项目","region_code":"370783","total_invest_fen":100000000}
201 {"light":"GREEN","stage_days":0,"target_days":7,"over_days":null,"light_cause":null}
save id id

# the same row is yellow and red on later days: list, filter, values, counts and page agree
today 2024-01-07
GET /api/v1/projects?light=YELLOW&count=1&fields=light,light_cause,light_since_date,stage_days
200 {"total":1,"items":[{"light":"YELLOW","light_cause":"STAGE","light_since_date":"2024-01-07","stage_days":6}]}
GET /api/v1/projects?light=RED&count=1
200 {"total":0}
today 2024-01-10
GET /api/v1/projects?light=RED&count=1&sort=-over_days
200 {"total":1,"items":[{"light":"RED","light_since_date":"2024-01-09","stage_days":9,"over_days":2}]}
GET /api/v1/projects/values?field=light
200 {"items":[{"value":"RED","label":"红","n":1}]}
GET /api/v1/projects/$id/way
200 {"light":{"code":"RED","label":"红","cause":"STAGE","since_date":"2024-01-09","stage_days":9,"over_days":2,"can_set":false,"dimensions":[{"code":"STAGE","state":"KNOWN","light":"RED"},{"code":"START","state":"NOT_DUE","light":null},{"code":"PROGRESS"},{"code":"STATISTICS"},{"code":"CONTACT"},{"code":"REQUESTS","state":"ABSENT"},{"code":"ACTIONS","state":"ABSENT"}]}}
as leader
GET /api/v1/projects?format=csv&fields=name,light,light_cause
200
has 灯项目,红,阶段用时

# by hand only to a worse light, with a reason, and by who may edit
as leader
POST /api/v1/projects/$id/light {"light":"RED","reason":"x"}
403
as other
POST /api/v1/projects/$id/light {"light":"RED","reason":"x"}
404
as staff
POST /api/v1/projects/$id/light {"light":"RED","reason":"投资方迟迟不回话"}
409 {"errors":[{"field":"light","code":"light_not_worse"}]}
today 2024-01-03
POST /api/v1/projects/$id/light {"light":"GREEN","reason":"一切正常"}
409 {"errors":[{"code":"light_not_worse"}]}
POST /api/v1/projects/$id/light {"light":"YELLOW","reason":""}
422 {"errors":[{"field":"reason","code":"required"}]}
POST /api/v1/projects/$id/light {"light":"BLUE","reason":"x"}
422 {"errors":[{"field":"light","code":"not_a_choice"}]}
POST /api/v1/projects/$id/light {"light":"YELLOW","reason":"投资方迟迟不回话","row_version":9}
412 {"errors":[{"code":"stale"}]}
POST /api/v1/projects/$id/light {"light":"YELLOW","reason":"投资方迟迟不回话"}
200 {"row_version":2,"light":{"code":"YELLOW","cause":"MANUAL","cause_label":"人工调整","since_date":"2024-01-03","manual":"YELLOW","manual_reason":"投资方迟迟不回话"}}
GET /api/v1/projects?light=YELLOW&light_cause=MANUAL&count=1
200 {"total":1}
GET /api/v1/projects/$id/history
200 {"items":[{"action":"light","action_label":"调灯"}]}

# lifting it gives back the computed light
POST /api/v1/projects/$id/light {"reason":"已恢复联系"}
200 {"light":{"code":"GREEN","manual":null}}
POST /api/v1/projects/$id/light {"reason":"已恢复联系"}
409 {"errors":[{"code":"no_manual_light"}]}
PATCH /api/v1/projects/$id {"light":"GREEN"}
428
with If-Match: "3"
PATCH /api/v1/projects/$id {"light":"GREEN"}
422 {"errors":[{"field":"light","code":"readonly"}]}

# unknown filters and words are refused
GET /api/v1/projects?light=BLUE
400
GET /api/v1/projects?stage_days.ge=x
400

# in English
lang en
GET /api/v1/projects/$id/way
200 {"light":{"label":"Green"}}
lang zh

# a suspension stops the clock; grey since that day
sql UPDATE project SET stage='TALK', first_talk_date='2024-01-01', stage_since_date='2024-01-01', handler='x' WHERE id=$id
today 2024-02-10
POST /api/v1/projects/$id/proposals {"kind":"SUSPEND","reason_code":"LAND","reason":"等用地","event_date":"2024-02-01"}
201 {"proposal":{"due_date":"2024-02-20"}}
save proposal proposal.id
as reviewer
POST /api/v1/proposals/$proposal/review {}
200 {"proposal":{"next_act":"VERIFY","due_date":"2024-02-20"}}
as verifier
POST /api/v1/proposals/$proposal/verify {}
200 {"side":"SUSPENDED","light":{"code":"GREY","cause":"SUSPENDED","since_date":"2024-02-01","stage_days":31,"over_days":null}}
today 2024-05-10
GET /api/v1/projects?light=GREY&count=1&fields=stage_days
200 {"total":1,"items":[{"stage_days":31}]}
as staff
POST /api/v1/projects/$id/light {"light":"RED","reason":"x"}
409 {"errors":[{"code":"has_no_light"}]}

# resumed, the 99 days do not count
POST /api/v1/projects/$id/proposals {"kind":"RESUME","reason_code":"LAND","reason":"用地已批","event_date":"2024-05-10"}
201
save proposal proposal.id
as reviewer
POST /api/v1/proposals/$proposal/review {}
200
as verifier
POST /api/v1/proposals/$proposal/verify {}
200 {"light":{"code":"GREEN","stage_days":31,"target_days":60}}
today 2024-06-09
GET /api/v1/projects/$id
200 {"light":"RED","stage_days":61,"over_days":1}

# a year's working days: read by all, put by the administrator, refused line by line
as staff
GET /api/v1/calendar?year=2024
200 {"year":2024,"source":"国办发明电〔2023〕7号","days":[{"date":"2024-01-01","is_work":false,"name":"元旦"}]}
PUT /api/v1/calendar/2030 {"source":"x","csv":"2030-01-01,休,元旦"}
403
as admin
PUT /api/v1/calendar/1850 {"source":"x","csv":"1850-01-01,休"}
422 {"errors":[{"field":"year","code":"not_a_year"}]}
PUT /api/v1/calendar/2030 {"source":"x","csv":"2030-01-01,休,元旦\n2029-01-01,休\n2030-01-02,班\nabc"}
422 {"errors":[{"field":"line_2","code":"not_of_the_year"},{"field":"line_3","code":"worked_day_is_no_weekend"},{"field":"line_4","code":"not_a_calendar_line"}]}
PUT /api/v1/calendar/2030 {"csv":"2030-01-01,休,元旦"}
422 {"errors":[{"field":"source","code":"required"}]}
GET /api/v1/calendar?year=2030
200 {"days":[],"source":null}
PUT /api/v1/calendar/2030 {"source":"国办发明电〔2029〕1号","csv":"date,kind,name\n2030-01-01,HOLIDAY,元旦\n2030-01-05,WORKDAY,元旦"}
200 {"year":2030,"source":"国办发明电〔2029〕1号","days":[{"date":"2030-01-01","is_work":false},{"date":"2030-01-05","is_work":true}]}

# an open proposal's due day follows the calendar
today 2024-06-11
as staff
POST /api/v1/projects/$id/proposals {"kind":"SUSPEND","reason_code":"LAND","reason":"等用地","event_date":"2024-06-11"}
201 {"proposal":{"due_date":"2024-06-14"}}
save proposal proposal.id
as admin
PUT /api/v1/calendar/2024 {"source":"演练","csv":"2024-06-12,休,演练\n2024-06-13,休,演练"}
200
as reviewer
GET /api/v1/proposals/$proposal
200 {"due_date":"2024-06-18"}
