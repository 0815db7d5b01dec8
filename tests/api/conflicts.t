# of a list that comes back, each field says who changed it since the file was made
account staff COUNTY_STAFF 370783
account lister COUNTY_STAFF 370783
account verifier CITY_VERIFIER 3707
as staff
POST /api/v1/projects {"name":"海洋装备零部件项目","region_code":"370783","total_invest_fen":10000000000,"chain_node":"动力装备","jobs":300,"land_mu_e2":12000,"content":"建设厂房","plan_start_date":"2024-06-01","plan_produce_date":"2025-06-01"}
201
save one id
POST /api/v1/projects {"name":"未来工厂","region_code":"370783","chain_node":"智能制造"}
201
save two id
GET /api/v1/projects?format=csv&sort=id&fields=name,total_invest_fen,chain_node,jobs,land_mu_e2,content,plan_start_date,plan_produce_date
200
keep
with If-Match: "1"
PATCH /api/v1/projects/$one {"chain_node":"同事的环节","jobs":310,"content":"同事的内容"}
200
with If-Match: "1"
PATCH /api/v1/projects/$two {"chain_node":"同事的环节"}
200
as lister
swap 动力装备 => 台账的环节
swap 智能制造 => 台账的环节
swap 建设厂房 => 台账的内容
swap 120.00 => 150.5
compare import 370783 back.csv @kept
GET /api/v1/imports/$import/rows
200 {"counts":{"CONFLICT":2,"UPDATE":0,"SAME":0,"ERROR":0}}
save row items.0.id
save other items.1.id
GET /api/v1/imports/$import/rows
200 {"items":[{"result":"CONFLICT","choice":"theirs","project_id":$one,"problems":[],"changes":[{"field":"chain_node"},{"field":"content"},{"field":"land_mu_e2","before":"120.00","after":"150.50"}],"conflicts":[{"field":"chain_node","label":"产业链环节","base":"动力装备","stored":"同事的环节","file":"台账的环节","with":null,"choice":"stored"},{"field":"content","base":"建设厂房","stored":"同事的内容","file":"台账的内容","choice":"stored"}]},{"result":"CONFLICT","project_id":$two,"conflicts":[{"field":"chain_node","base":"智能制造","stored":"同事的环节","file":"台账的环节"}]}]}

# a choice for what is no field, for a field that one side alone changed, or for neither value is refused and nothing is kept
PATCH /api/v1/imports/$import/rows/$row {"choices":{"colour":"file","land_mu_e2":"file","jobs":"stored","chain_node":"mine"}}
422 {"errors":[{"field":"choices","code":"import_no_such_field"},{"field":"choices","code":"import_not_in_conflict"},{"field":"choices","code":"import_not_in_conflict"},{"field":"choices","code":"import_no_such_side"}]}
has “产业链环节”只能选台账值或系统值
lang en
PATCH /api/v1/imports/$import/rows/$row {"choices":{"chain_node":null}}
422 {"errors":[{"code":"import_no_such_side"}]}
has Of \"Chain node\" either the sheet's or the stored value is taken
lang zh
PATCH /api/v1/imports/$import/rows/$row {"choices":{"chain_node":"file","content":"both"}}
422 {"errors":[{"code":"import_no_such_side"}]}
PATCH /api/v1/imports/$import/rows/$row {"choices":{}}
422 {"errors":[{"field":"choices","code":"required"}]}
PATCH /api/v1/imports/$import/rows/$row {"choices":["chain_node"]}
422 {"errors":[{"field":"choices","code":"wrong_type"}]}
PATCH /api/v1/imports/$import/rows/$row {"choice":"mine","choices":{"chain_node":"file"}}
422 {"errors":[{"field":"choices","code":"import_choice_twice"}]}
PATCH /api/v1/imports/$import/rows/$row {"choice":"mixed"}
422 {"errors":[{"field":"choice","code":"not_a_choice"}]}
PATCH /api/v1/imports/$import/rows/$row {"side":"file"}
422 {"errors":[{"field":"side","code":"unknown_member"}]}
PATCH /api/v1/imports/$import/rows/999999 {"choices":{"chain_node":"file"}}
404
GET /api/v1/imports/$import/rows
200 {"items":[{"choice":"theirs","conflicts":[{"choice":"stored"},{"choice":"stored"}]}]}

# two fields of one row are decided differently; a field that is not named stays as it was chosen
PATCH /api/v1/imports/$import/rows/$row {"choices":{"content":"file"}}
204
GET /api/v1/imports/$import/rows
200 {"items":[{"choice":"mixed","conflicts":[{"field":"chain_node","choice":"stored"},{"field":"content","choice":"file"}]},{"choice":"theirs"}]}
PATCH /api/v1/imports/$import/rows/$row {"choices":{"chain_node":"file"}}
204
GET /api/v1/imports/$import/rows
200 {"items":[{"choice":"mine","conflicts":[{"choice":"file"},{"choice":"file"}]}]}
PATCH /api/v1/imports/$import/rows/$row {"choices":{"content":"stored"}}
204
GET /api/v1/imports/$import/rows
200 {"items":[{"choice":"mixed","conflicts":[{"field":"chain_node","choice":"file"},{"field":"content","choice":"stored"}]},{"choice":"theirs"}]}
POST /api/v1/imports/$import/write
202
save job job_id
wait
GET /api/v1/jobs/$job
200 {"state":"DONE","message":"{\"created\":0,\"updated\":1,\"left_out\":0}"}
GET /api/v1/projects/$one
200 {"chain_node":"台账的环节","content":"同事的内容","jobs":310,"land_mu_e2":15050,"row_version":3}
GET /api/v1/projects/$two
200 {"chain_node":"同事的环节","row_version":2}
GET /api/v1/projects/$one/history
200 {"items":[{"action":"update","name":"lister","changes":[{"field":"chain_node","before":"同事的环节","after":"台账的环节"},{"field":"land_mu_e2","before":"120.00","after":"150.50"}]}]}
PATCH /api/v1/imports/$import/rows/$row {"choices":{"content":"file"}}
409 {"errors":[{"code":"import_not_ready"}]}

# the import is taken back as a whole: every field stands as before
POST /api/v1/imports/$import/rollback
202
wait
GET /api/v1/projects/$one
200 {"chain_node":"同事的环节","content":"同事的内容","jobs":310,"land_mu_e2":12000}

# nobody chose: the stored values stay, what the file alone changed is written
compare import 370783 back.csv @kept
POST /api/v1/imports/$import/write
202
save job job_id
wait
GET /api/v1/jobs/$job
200 {"message":"{\"created\":0,\"updated\":1,\"left_out\":0}"}
GET /api/v1/projects/$one
200 {"chain_node":"同事的环节","content":"同事的内容","jobs":310,"land_mu_e2":15050}

# one choice for the row is one for all its fields; skipped, nothing of it is written
compare import 370783 back.csv @kept
GET /api/v1/imports/$import/rows
200 {"items":[{"result":"CONFLICT","changes":[{"field":"chain_node"},{"field":"content"}]},{"result":"CONFLICT"}]}
save row items.0.id
save other items.1.id
PATCH /api/v1/imports/$import/rows/$row {"choice":"mine"}
204
PATCH /api/v1/imports/$import/rows/$other {"choice":"skip"}
204
GET /api/v1/imports/$import/rows
200 {"items":[{"choice":"mine","conflicts":[{"choice":"file"},{"choice":"file"}]},{"choice":"skip"}]}
POST /api/v1/imports/$import/write
202
wait
GET /api/v1/projects/$one
200 {"chain_node":"台账的环节","content":"台账的内容","jobs":310}
GET /api/v1/projects/$two
200 {"chain_node":"同事的环节"}
POST /api/v1/imports/$import/rollback
202
wait

# values of two origins that break a rule beside each other are refused with the field; so is a row that somebody changed meanwhile
GET /api/v1/projects?format=csv&sort=id&id=$one&fields=name,plan_start_date,plan_produce_date
200
keep
as staff
GET /api/v1/projects/$one
200
save version row_version
with If-Match: "$version"
PATCH /api/v1/projects/$one {"plan_start_date":"2024-08-01","plan_produce_date":"2025-08-01"}
200
as lister
swap 2024-06-01 => 2025-10-01
swap 2025-06-01 => 2026-10-01
compare import 370783 plan.csv @kept
GET /api/v1/imports/$import/rows
200 {"items":[{"result":"CONFLICT","conflicts":[{"field":"plan_start_date","base":"2024-06-01","stored":"2024-08-01","file":"2025-10-01"},{"field":"plan_produce_date"}]}]}
save row items.0.id
PATCH /api/v1/imports/$import/rows/$row {"choices":{"plan_start_date":"file"}}
422 {"errors":[{"field":"plan_produce_date","label":"计划投产","code":"before_earlier_stage"}]}
GET /api/v1/imports/$import/rows
200 {"items":[{"choice":"theirs"}]}
PATCH /api/v1/imports/$import/rows/$row {"choices":{"plan_start_date":"file","plan_produce_date":"file"}}
204
PATCH /api/v1/imports/$import/rows/$row {"choices":{"plan_start_date":"stored"}}
204
as staff
GET /api/v1/projects/$one
200
save version row_version
with If-Match: "$version"
PATCH /api/v1/projects/$one {"jobs":320}
200
as lister
PATCH /api/v1/imports/$import/rows/$row {"choices":{"plan_start_date":"file"}}
409 {"errors":[{"code":"import_stale"}]}

# an amount and its word are one choice
as staff
POST /api/v1/projects {"name":"盐化工技改","region_code":"370783","total_invest_fen":20000000000,"content":"甲"}
201
save salt id
GET /api/v1/projects?format=csv&id=$salt&fields=name,total_invest_fen,content
200
keep
with If-Match: "1"
PATCH /api/v1/projects/$salt {"total_invest_fen":30000000000}
200
swap 20000.000000 => 约2.5亿元
compare import 370783 salt.csv @kept
GET /api/v1/imports/$import/rows
200 {"items":[{"result":"CONFLICT","conflicts":[{"field":"total_invest_fen","base":"20000.000000","stored":"30000.000000","file":"25000.000000","with":null},{"field":"invest_text","with":"total_invest_fen","choice":"stored"},{"field":"invest_qual","with":"total_invest_fen"}]}]}
save row items.0.id
PATCH /api/v1/imports/$import/rows/$row {"choices":{"invest_qual":"file"}}
422 {"errors":[{"code":"import_decided_with"}]}
PATCH /api/v1/imports/$import/rows/$row {"choices":{"total_invest_fen":"file"}}
204
GET /api/v1/imports/$import/rows
200 {"items":[{"choice":"mine","conflicts":[{"choice":"file"},{"choice":"file"},{"choice":"file"}]}]}
PATCH /api/v1/imports/$import/rows/$row {"choices":{"total_invest_fen":"stored"}}
204
POST /api/v1/imports/$import/write
202
wait
GET /api/v1/projects/$salt
200 {"total_invest_fen":30000000000,"invest_qual":"EXACT","invest_text":null,"row_version":2}

# who changed what is known through an undo, a deletion and a return from the bin, and after a confirmed import
as staff
POST /api/v1/projects {"name":"物流园区","region_code":"370783","chain_node":"仓储","jobs":50,"content":"原内容"}
201
save park id
GET /api/v1/projects?format=csv&id=$park&fields=name,chain_node,jobs,content
200
keep
with If-Match: "1"
PATCH /api/v1/projects/$park {"chain_node":"冷链","content":"新内容"}
200
GET /api/v1/edits?noun=project&record_id=$park
200
save edit items.0.id
POST /api/v1/edits/$edit/undo {}
200
with If-Match: "3"
PATCH /api/v1/projects/$park {"jobs":60}
200
with If-Match: "4"
DELETE /api/v1/projects/$park
204
GET /api/v1/edits?noun=project&record_id=$park&kind=DELETE
200
save edit items.0.id
POST /api/v1/edits/$edit/undo {}
200
as lister
swap 仓储 => 运输
swap ,50, => ,55,
compare import 370783 park.csv @kept
GET /api/v1/imports/$import/rows
200 {"counts":{"CONFLICT":1},"items":[{"changes":[{"field":"chain_node","before":"仓储","after":"运输"},{"field":"jobs"}],"conflicts":[{"field":"jobs","base":"50","stored":"60","file":"55"}]}]}
swap 运输 => 仓储
swap ,55, => ,50,
compare import 370783 park.csv @kept
GET /api/v1/imports/$import/rows
200 {"counts":{"SAME":1,"CONFLICT":0},"items":[{"changes":[],"conflicts":[]}]}
swap 物流园区 => 冷库建设项目
swap ,50, => ,2024-02-01,
swap 就业人数 => 签约日期
swap 项目编号 => 备用一
swap 数据版本 => 备用二
compare import 370783 new.csv @kept
POST /api/v1/imports/$import/write
202
wait
GET /api/v1/projects?q=冷库建设
200
save cold items.0.id
as verifier
POST /api/v1/imports/$import/confirm
200 {"confirmed":1}
GET /api/v1/projects/$cold/history
200 {"items":[{"action":"verify","object":"project","name":"verifier","changes":[{"field":"is_stage_verified"}]},{"action":"create"}]}
as staff
GET /api/v1/projects?format=csv&id=$cold&fields=name,chain_node,jobs
200
keep
with If-Match: "2"
PATCH /api/v1/projects/$cold {"jobs":20}
200
as lister
swap 仓储 => 运输
compare import 370783 cold.csv @kept
GET /api/v1/imports/$import/rows
200 {"counts":{"UPDATE":1,"CONFLICT":0},"items":[{"choice":"write","changes":[{"field":"chain_node"}],"conflicts":[]}]}

# where the audit does not hold every version, and of a sheet without one, each value that would be replaced is in conflict
sql UPDATE project SET row_version = row_version + 1 WHERE id = $cold
compare import 370783 cold.csv @kept
GET /api/v1/imports/$import/rows
200 {"counts":{"CONFLICT":1},"items":[{"conflicts":[{"field":"chain_node","base":null,"stored":"仓储","file":"运输"}]}]}
swap 数据版本 => 备用
compare import 370783 cold.csv @kept
GET /api/v1/imports/$import/rows
200 {"counts":{"CONFLICT":1},"items":[{"conflicts":[{"field":"chain_node","base":null,"stored":"仓储","file":"运输"}]}]}

# what was sealed since shows its values to nobody who may not see it
sql UPDATE project SET secrecy = 'SEALED' WHERE id = $cold
GET /api/v1/imports/$import/rows
200 {"items":[{"project_id":null,"changes":[],"conflicts":[]}]}
