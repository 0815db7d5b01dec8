# staff who may reveal, and a leader who may not
account staff COUNTY_STAFF 370783
account leader COUNTY_LEADER 370783
account auditor CITY_AUDITOR 3707
account other COUNTY_STAFF 370703

# a person at a project
as staff
POST /api/v1/projects {"name":"有联系人的项目","region_code":"370783"}
201
save id id
POST /api/v1/contacts {"owner_kind":"PROJECT","owner_id":$id,"name":"测试甲","mobile":"19900001234","email":"ceshi@example.com","resident_id":"370702199003071230"}
201 {"name":"测*","mobile":"199****1234","email":"c***@example.com","resident_id":"370702********1230"}
save contact id

# masked in lists as well
GET /api/v1/contacts?owner_kind=PROJECT&owner_id=$id
200 {"items":[{"mobile":"199****1234"}]}
lacks 19900001234

# personal fields are neither filter, sort nor search
GET /api/v1/contacts?mobile=19900001234
400
GET /api/v1/contacts?sort=name
400
GET /api/v1/contacts?q=测试
400

# a reveal needs a purpose, and is an audit row
POST /api/v1/contacts/$contact/reveal {"field":"mobile"}
422 {"errors":[{"field":"purpose"}]}
POST /api/v1/contacts/$contact/reveal {"field":"title","purpose":"联系"}
422 {"errors":[{"field":"field"}]}
POST /api/v1/contacts/$contact/reveal {"field":"mobile","purpose":"约现场考察"}
200 {"value":"19900001234"}
as auditor
GET /api/v1/audit?action=reveal
200 {"items":[{"object":"contact","login":"staff"}]}
has 约现场考察
lacks 19900001234

# who may not reveal is refused; who may not see finds nothing
as leader
POST /api/v1/contacts/$contact/reveal {"field":"mobile","purpose":"看看"}
403
as other
POST /api/v1/contacts/$contact/reveal {"field":"mobile","purpose":"看看"}
404
POST /api/v1/contacts {"owner_kind":"PROJECT","owner_id":$id,"name":"混入","mobile":"19900001234"}
422 {"errors":[{"field":"owner_id","code":"no_such_record"}]}

# wrong numbers are refused with what is wrong
as staff
POST /api/v1/contacts {"owner_kind":"PROJECT","owner_id":$id,"name":"测试乙","mobile":"12345","email":"nobody","resident_id":"370702199013071230"}
422 {"errors":[{"field":"mobile"},{"field":"email"},{"field":"resident_id"}]}
