# accounts of two counties
account wang COUNTY_STAFF 370783
account lina COUNTY_STAFF 370703
account city CITY_STAFF 3707
account partner PARTNER 3707 5
sql UPDATE account SET clearance = 'SEALED' WHERE login = 'wang'

# a project is stored with its code, its defaults and its derived fields
as wang
POST /api/v1/projects {"name":"海水淡化膜组件项目","region_code":"370783","total_invest_fen":580000000000,"industry_code":"2651"}
201 {"id":"*","code":"XM370783202400001","stage":"LEAD","side":"ACTIVE","size_band":"S5","invest_qual":"EXACT","secrecy":"INTERNAL","region_name":"寿光市","row_version":1}
save id id

# all wrong fields are named at once, in the user's language, and nothing is stored
POST /api/v1/projects {"name":"","region_code":"999999","total_invest_fen":-1,"industry_code":"9999","colour":"red","stage":"SIGNED"}
422 {"type":"/problems/invalid"}
has "field":"region_code"
has "field":"total_invest_fen"
has "field":"industry_code"
has "field":"colour"
has "field":"stage"
has "field":"name"
has 没有区划代码
GET /api/v1/projects?count=1
200 {"total":1}

# the same errors in English
lang en
POST /api/v1/projects {"name":"x","region_code":"999999"}
422 {"errors":[{"field":"region_code","label":"Place"}]}
has There is no division code
lang zh

# nobody puts a project into a foreign county
POST /api/v1/projects {"name":"别人的项目","region_code":"370703"}
422 {"errors":[{"field":"region_code","code":"region_out_of_scope"}]}

# a foreign county sees neither the project nor its count, sum, values or history
as lina
GET /api/v1/projects/$id
404 {"type":"/problems/not_found"}
GET /api/v1/projects?count=1
200 {"items":[],"total":0,"sums":{"total_invest_fen":0}}
GET /api/v1/projects/values?field=stage
200 {"items":[]}
GET /api/v1/projects/$id/way
404
GET /api/v1/projects/$id/history
404
with Accept: text/csv
GET /api/v1/projects
200
lacks 海水淡化

# the city sees it
as city
GET /api/v1/projects?count=1&region_code=370783&fields=name,stage
200 {"items":[{"name":"海水淡化膜组件项目","stage":"LEAD"}],"next":null,"total":1}

# an edit needs the version
as wang
PATCH /api/v1/projects/$id {"handler":"投资促进中心"}
428 {"errors":[{"code":"need_if_match"}]}
with If-Match: "1"
PATCH /api/v1/projects/$id {"handler":"投资促进中心"}
200 {"handler":"投资促进中心","row_version":2}

# a stale edit names the fields and both values, and stores nothing
with If-Match: "1"
PATCH /api/v1/projects/$id {"handler":"另一个单位"}
412 {"conflicts":[{"field":"handler","theirs":"投资促进中心","yours":"另一个单位"}],"current":{"row_version":2}}
GET /api/v1/projects/$id
200 {"handler":"投资促进中心","row_version":2}

# what the server sets cannot be given
with If-Match: "2"
PATCH /api/v1/projects/$id {"code":"XM1","funds_fen":5}
422 {"errors":[{"field":"code","code":"readonly"},{"field":"funds_fen","code":"readonly"}]}

# fixed assets may not exceed the total
with If-Match: "2"
PATCH /api/v1/projects/$id {"fai_fen":580000000001}
422 {"errors":[{"field":"fai_fen","code":"more_than_total"}]}

# a key project needs its level
with If-Match: "2"
PATCH /api/v1/projects/$id {"is_key":true}
422 {"errors":[{"field":"key_level","code":"required"}]}

# the same key and body give the same answer once more; another body is refused
with Idempotency-Key: abcdefgh-1
POST /api/v1/projects {"name":"只建一次","region_code":"370783"}
201
sends Location: *
save once id
with Idempotency-Key: abcdefgh-1
POST /api/v1/projects {"name":"只建一次","region_code":"370783"}
201 {"id":$once}
sends Location: *
with Idempotency-Key: abcdefgh-1
POST /api/v1/projects {"name":"另一个","region_code":"370783"}
409 {"errors":[{"code":"idempotency_reused"}]}
GET /api/v1/projects?count=1
200 {"total":2}

# lists page by key, filter and sort; the last page has no next
POST /api/v1/projects {"name":"丙","region_code":"370783","total_invest_fen":100}
201
GET /api/v1/projects?limit=2&sort=-total_invest_fen&fields=name
200 {"items":[{"name":"海水淡化膜组件项目"},{"name":"丙"}],"next":"*"}
save next next
GET /api/v1/projects?limit=2&sort=-total_invest_fen&fields=name&cursor=$next
200 {"items":[{"name":"只建一次"}],"next":null}
GET /api/v1/projects?total_invest_fen.ge=1000&fields=name
200 {"items":[{"name":"海水淡化膜组件项目"}]}
GET /api/v1/projects?q=淡化&fields=name
200 {"items":[{"name":"海水淡化膜组件项目"}]}
GET /api/v1/projects?q=%25&fields=name
200 {"items":[]}

# bad queries are refused by name
GET /api/v1/projects?limit=0
400 {"errors":[{"field":"limit"}]}
GET /api/v1/projects?cursor=zz
400 {"errors":[{"code":"bad_cursor"}]}
GET /api/v1/projects?colour=red
400 {"errors":[{"field":"colour","code":"unknown_parameter"}]}
GET /api/v1/projects?name_key.has=a
400

# broken JSON, duplicate members and numbers that are none are refused
POST /api/v1/projects {"name":"x",
400 {"errors":[{"code":"bad_json"}]}
POST /api/v1/projects {"name":"x","name":"y"}
400
POST /api/v1/projects {"name":"x","region_code":"370783","total_invest_fen":1.5}
422 {"errors":[{"field":"total_invest_fen"}]}

# sealed projects are for named persons: who seals it keeps it, the rest lose it everywhere
POST /api/v1/projects/$id/grade {"secrecy":"SEALED","reason":"拟上市","row_version":2}
201 {"state":"DONE"}
as city
GET /api/v1/projects/$id
404
GET /api/v1/projects?q=淡化&count=1
200 {"items":[],"total":0}
as wang
GET /api/v1/projects/$id
200

# a project without verified history may be deleted, and is gone from lists
with If-Match: "1"
DELETE /api/v1/projects/$once
204
GET /api/v1/projects/$once
404

# nobody is told to log in; a role without the right is refused and the refusal is in the audit
as nobody
GET /api/v1/projects
401 {"errors":[{"code":"login_first"}]}
as partner
POST /api/v1/projects {"name":"x","region_code":"370783"}
403 {"errors":[{"code":"no_right"}]}

# unknown addresses and methods
as wang
GET /api/v1/nothing
404
PUT /api/v1/projects
405
POST /api/v1/evidence/values
405
