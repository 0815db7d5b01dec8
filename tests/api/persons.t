# two counties, the city, an auditor, an office; one person at two projects and once misspelt
account staff COUNTY_STAFF 370783
account other COUNTY_STAFF 370782
account city CITY_STAFF 3707
account auditor CITY_AUDITOR 3707
account security SEC_ADMIN 3707
as staff
POST /api/v1/projects {"name":"寿光测试项目","region_code":"370783"}
201
save p1 id
POST /api/v1/contacts {"owner_kind":"PROJECT","owner_id":$p1,"name":"王测试","mobile":"19900001234","resident_id":"370702199003071230","title":"总经理"}
201
save first id
POST /api/v1/contacts {"owner_kind":"PROJECT","owner_id":$p1,"name":"李无关","mobile":"19900009999","email":"wang@example.com"}
201
save stranger id
as other
POST /api/v1/projects {"name":"诸城测试项目","region_code":"370782"}
201
save p2 id
POST /api/v1/contacts {"owner_kind":"PROJECT","owner_id":$p2,"name":"王测式","mobile":"19900001234","email":"wang@example.com"}
201
save second id

# the register says of each personal field why it is there, for everybody who is in
as security
GET /api/v1/personal-data
200 {"items":[{"noun":"contact","field":"name","purpose":"*","basis":"*","keep":"*"},{"field":"mobile","is_sealed":true}]}
has resident_id
has 账号

# a person is who has the same number, as far as one sees
as city
GET /api/v1/persons/$first
200 {"contacts":[{"id":$first,"mobile":"199****1234","owner_name":"寿光测试项目"},{"id":$second,"name":"王*"}],"hold":null,"requests":[]}
lacks 19900001234
lacks 李
as staff
GET /api/v1/persons/$first
200 {"contacts":[{"id":$first}]}
lacks 诸城
GET /api/v1/persons/$second
404
as security
GET /api/v1/persons/$first
403
as auditor
GET /api/v1/persons/$first
200
POST /api/v1/persons/$first/export {}
403

# a copy is whole, in both forms, and noted
as city
POST /api/v1/persons/$first/export {"reason":"本人申请","format":"json"}
200 {"contacts":[{"mobile":"19900001234","name":"王测试","resident_id":"370702199003071230"},{"email":"wang@example.com"}],"requests":[{"kind":"EXPORT","reason":"本人申请","contacts_n":2}]}
POST /api/v1/persons/$first/export {"format":"csv"}
200
has 王测试
has 370702199003071230
POST /api/v1/persons/$first/export {"format":"xml"}
422 {"errors":[{"field":"format"}]}

# a hold keeps from erasure until its day, and says why
POST /api/v1/persons/$second/hold {"reason":"诉讼未结","until_date":"2024-04-01"}
422 {"errors":[{"field":"until_date","code":"in_the_past"}]}
POST /api/v1/persons/$second/hold {}
422 {"errors":[{"field":"reason","code":"required"}]}
POST /api/v1/persons/$second/hold {"reason":"诉讼未结","until_date":"2024-12-31"}
204
POST /api/v1/persons/$first/erase {}
422 {"errors":[{"field":"reason","code":"required"}]}
POST /api/v1/persons/$first/erase {"reason":"本人申请"}
409 {"errors":[{"code":"person_held"}]}
has 诉讼未结
GET /api/v1/contacts/$first
200 {"mobile":"199****1234"}
POST /api/v1/persons/$first/refuse {"reason":"诉讼未结，依法保留"}
204
POST /api/v1/persons/$first/release
409 {"errors":[{"code":"person_not_held"}]}
POST /api/v1/persons/$second/release
204

# erased: out of lists, search and reveal; the row and the audit's digest stay
as auditor
POST /api/v1/persons/$first/erase {"reason":"x"}
403
as city
GET /api/v1/search?q=1234&kind=contact
200 {"hits":["*","*"]}
POST /api/v1/persons/$first/erase {"reason":"本人申请"}
200 {"erased_n":2}
GET /api/v1/contacts/$first
404
GET /api/v1/contacts/$second
404
GET /api/v1/search?q=1234&kind=contact
200 {"hits":[]}
POST /api/v1/persons/$first/erase {"reason":"再次"}
409 {"errors":[{"code":"person_erased"}]}
GET /api/v1/contacts/$stranger
200 {"mobile":"199****9999"}
as auditor
GET /api/v1/audit?action=person_erase&count=1
200 {"total":3}
lacks 王测
