# accounts of two counties and the city
account wang COUNTY_STAFF 370783
account review COUNTY_REVIEWER 370783
account lina COUNTY_STAFF 370703
account city CITY_STAFF 3707
account verify CITY_VERIFIER 3707
account both CITY_VERIFIER 3707

# the three real lists are recognised as they are
as city
POST /api/v1/imports?file_name=13.xlsx&region_code=370700 @tests/data/sheets/13_山东省各市项目汇总.xlsx
201 {"id":"*","state":"RECOGNISED","rows_total":63,"region_code":"370700"}
save list13 id
GET /api/v1/imports/$list13/plan
200 {"sheets":[{"sheet":"汇总","kind":"projects","header_rows":[2,3],"first_data_row":4,"data_rows":63,"skipped_rows":1,"invest_fen":1981000000000,"qualified":{"count":11,"invest_fen":1221000000000,"words":["以上","约","近"]}}]}
POST /api/v1/imports?file_name=14.xlsx&region_code=370700 @tests/data/sheets/14_签约项目一览表_万元.xlsx
201 {"state":"RECOGNISED","rows_total":19}
save list14 id
GET /api/v1/imports/$list14/plan
200 {"sheets":[{"sheet":"签约项目","header_rows":[3],"first_data_row":4,"data_rows":19,"skipped_rows":1,"invest_fen":1555400000000,"qualified":{"count":0}}]}
POST /api/v1/imports?file_name=17.csv&region_code=370700 @tests/data/sheets/17_部分省份项目_GB18030.csv
201 {"state":"RECOGNISED","rows_total":91}
save list17 id
GET /api/v1/imports/$list17/plan
200 {"encoding":"GB18030","sheets":[{"header_rows":[1],"first_data_row":2,"data_rows":91,"section_rows":0}]}

# a list is checked, its rows looked at, written, and its projects stand in the city's list
POST /api/v1/imports/$list14/check
202 {"job_id":"*"}
save job job_id
wait
GET /api/v1/jobs/$job
200 {"kind":"import_check","state":"DONE","done_n":19,"total_n":19}
GET /api/v1/imports/$list14
200 {"state":"CHECKED","rows_total":19,"rows_new":19,"rows_error":0,"rows_duplicate":0}
GET /api/v1/imports/$list14/rows?limit=2
200 {"items":[{"sheet":0,"row":4,"result":"NEW","project_id":null,"choice":"write","is_written":false,"duplicates":[]},{"row":5}],"counts":{"NEW":19,"UPDATE":0,"ERROR":0},"next":"*"}
GET /api/v1/projects?count=1
200 {"total":0}
POST /api/v1/imports/$list14/write
202
save job job_id
wait
GET /api/v1/jobs/$job
200 {"kind":"import_write","state":"DONE","message":"{\"created\":19,\"updated\":0,\"left_out\":0}"}
GET /api/v1/imports/$list14
200 {"state":"WRITTEN"}
GET /api/v1/projects?count=1&region_code=3707
200 {"total":19,"sums":{"total_invest_fen":1555400000000}}

# the same file again: every row is a probable duplicate, and stays a row of its own
compare again 370700 14.xlsx @tests/data/sheets/14_签约项目一览表_万元.xlsx
GET /api/v1/imports/$again
200 {"rows_new":0,"rows_duplicate":19}
GET /api/v1/imports/$again/rows?result=DUPLICATE&limit=1
200 {"items":[{"result":"DUPLICATE","choice":"write","duplicates":[{"project_id":"*","row":null,"score_permille":1000}]}]}

# an import is taken back as a whole while nothing was built on it
POST /api/v1/imports/$list14/rollback
202
save job job_id
wait
GET /api/v1/jobs/$job
200 {"kind":"import_rollback","state":"DONE"}
GET /api/v1/imports/$list14
200 {"state":"ROLLED_BACK"}
GET /api/v1/projects?count=1
200 {"total":0}

# and only once
POST /api/v1/imports/$list14/rollback
409 {"errors":[{"code":"import_not_ready"}]}
has 已撤回

# a county's own list: kinds of rows, units, doubtful values, totals that differ
as wang
POST /api/v1/imports?file_name=plain.csv&region_code=370783 @tests/data/sheets/import_plain.csv
201 {"rows_total":6}
save plain id
GET /api/v1/imports/$plain/plan
200 {"sheets":[{"header_rows":[2],"first_data_row":3,"data_rows":6,"skipped_rows":1,"invest_fen":68000000000,"qualified":{"count":1,"invest_fen":20000000000,"words":["约"]},"totals":[{"row":9,"stated_fen":88000000000,"rows_fen":88000000000,"is_equal":true}]}]}
has "code":"stage"

# a column, a row and an answer are corrected; what is no target, kind or sheet is refused
PATCH /api/v1/imports/$plain/plan {"sheets":[{"sheet_no":0,"columns":{"3":{"field":"colour"}}}]}
422 {"errors":[{"field":"columns","code":"not_a_choice"}]}
PATCH /api/v1/imports/$plain/plan {"sheets":[{"sheet_no":0,"rows":{"5":"king"}}]}
422 {"errors":[{"field":"rows","code":"not_a_choice"}]}
PATCH /api/v1/imports/$plain/plan {"sheets":[{"rows":{"5":"note"}}]}
422 {"errors":[{"field":"sheet_no","code":"required"}]}
PATCH /api/v1/imports/$plain/plan {"sheets":[{"sheet_no":7,"skip":true}]}
422 {"errors":[{"field":"sheet_no"}]}
PATCH /api/v1/imports/$plain/plan {"key":"colour"}
422 {"errors":[{"field":"key","code":"not_a_choice"}]}
PATCH /api/v1/imports/$plain/plan {"sheets":[{"sheet_no":0,"columns":{"3":{"unit":"亿元"}},"rows":{"8":"note"}}]}
200 {"sheets":[{"data_rows":5,"skipped_rows":2,"columns":[{},{},{},{"field":"total_invest_fen","unit":"亿元","unit_basis":"user"}]}]}
PATCH /api/v1/imports/$plain/plan {"sheets":[{"sheet_no":0,"columns":{"3":{"unit":"万元"}},"rows":{"8":"data"},"answers":{"stage:储备":"LEAD"}}]}
200 {"sheets":[{"data_rows":6,"skipped_rows":1,"invest_fen":68000000000}]}
lacks "code":"stage"

# writing before the dry run is refused, and says in which state the import is
POST /api/v1/imports/$plain/write
409 {"errors":[{"field":"state","code":"import_not_ready"}]}
has 已识别

# the dry run names each row's own trouble and flags the name that stands twice
POST /api/v1/imports/$plain/check
202
wait
GET /api/v1/imports/$plain/rows
200 {"counts":{"NEW":4,"UPDATE":0,"SAME":0,"CONFLICT":0,"ERROR":1,"DUPLICATE":1},"next":null}
GET /api/v1/imports/$plain/rows?result=ERROR
200 {"items":[{"row":5,"name":"新材料基地","choice":"skip","problems":[{"field":"fai_fen","code":"more_than_total","is_warning":false}]}]}
has 不能超过总投资
save wrong items.0.id
GET /api/v1/imports/$plain/rows?result=DUPLICATE
200 {"items":[{"row":7,"choice":"write","duplicates":[{"project_id":null,"row":3,"score_permille":1000}]}]}
GET /api/v1/imports/$plain/rows?result=NEW
200 {"items":[{"row":3},{"row":4},{"row":6,"problems":[{"field":"start_date","code":"import_day_to_come","is_warning":true}]},{"row":8}]}
save last items.3.id
has 2025-03-01

# rows are chosen one by one; a choice that is none is refused
PATCH /api/v1/imports/$plain/rows/$wrong {"choice":"maybe"}
422 {"errors":[{"field":"choice","code":"not_a_choice"}]}
PATCH /api/v1/imports/$plain/rows/999999 {"choice":"skip"}
404
PATCH /api/v1/imports/$plain/rows/$wrong {"choice":"write"}
204
PATCH /api/v1/imports/$plain/rows/$last {"choice":"skip"}
204

# the marked copy is the same file with a column of problems
GET /api/v1/imports/$plain/marked
200
has 寿光市2024年签约项目台账
has 问题说明
has 不能超过总投资
GET /api/v1/imports/$plain/marked?sheet=3
404

# another county sees nothing of it, and the reviewer of this one looks but does not write
as lina
GET /api/v1/imports
200 {"items":[]}
GET /api/v1/imports/$plain
404
GET /api/v1/imports/$plain/plan
404
GET /api/v1/imports/$plain/rows
404
GET /api/v1/imports/$plain/marked
404
POST /api/v1/imports/$plain/write
404
as review
GET /api/v1/imports/$plain
200 {"state":"CHECKED"}
POST /api/v1/imports/$plain/write
403 {"errors":[{"code":"no_right"}]}
POST /api/v1/imports/$plain/check
403
PATCH /api/v1/imports/$plain/plan {"key":"name"}
403
POST /api/v1/imports?file_name=plain.csv&region_code=370783 @tests/data/sheets/import_plain.csv
403
as nobody
GET /api/v1/imports/$plain/plan
401

# nobody uploads into a foreign unit
as lina
POST /api/v1/imports?file_name=plain.csv&region_code=370783 @tests/data/sheets/import_plain.csv
422 {"errors":[{"field":"region_code","code":"region_out_of_scope"}]}
POST /api/v1/imports?file_name=plain.csv&region_code=999999 @tests/data/sheets/import_plain.csv
422 {"errors":[{"field":"region_code","code":"no_such_region"}]}
POST /api/v1/imports?region_code=370703 @tests/data/sheets/import_plain.csv
422 {"errors":[{"field":"file_name","code":"required"}]}

# what is written: stage and days as the sheet says, 约 stays 约, a wrong cell is left out, a day to come is a plan
as wang
POST /api/v1/imports/$plain/write
202
save job job_id
wait
GET /api/v1/jobs/$job
200 {"state":"DONE","message":"{\"created\":5,\"updated\":0,\"left_out\":0}"}
GET /api/v1/projects?count=1&sort=id
200 {"total":5,"items":[{"name":"海洋装备零部件项目","stage":"SIGNED","region_code":"370783"},{"name":"现代农业产业园","stage":"STARTED"},{"name":"新材料基地","stage":"LEAD"},{"name":"未来工厂","stage":"LEAD"},{"name":"海洋装备零部件项目","stage":"LEAD"}]}
save first items.0.id
save farm items.1.id
save base items.2.id
save plant items.3.id
save twin items.4.id
GET /api/v1/projects/$first
200 {"total_invest_fen":50000000000,"fai_fen":30000000000,"invest_qual":"EXACT","sign_date":"2024-03-01","stage_since_date":"2024-03-01","is_stage_verified":false,"investor_text":"甲公司","import_id":"*","missing_fields":"industry_code,content,handler,land_mu_e2,energy_tce_e2"}
GET /api/v1/projects/$farm
200 {"total_invest_fen":20000000000,"invest_qual":"ABOUT","invest_text":"约2亿元","size_band":null,"start_date":"2023-11-01","is_stage_verified":false}
GET /api/v1/projects/$base
200 {"total_invest_fen":1000000000,"fai_fen":null,"stage":"LEAD"}
GET /api/v1/projects/$plant
200 {"stage":"LEAD","start_date":null,"plan_start_date":"2025-03-01"}
GET /api/v1/contacts?owner_kind=PROJECT&owner_id=$first
200 {"items":[{"name":"*","mobile":"138****5678"}]}

# its days are events of an import that count nowhere yet
GET /api/v1/projects/$farm/way
200 {"stage":"STARTED","is_stage_verified":false}
has "is_verified":false
lacks "is_verified":true

# the importer does not confirm them, nor does the county's reviewer; a verifier does, once
POST /api/v1/imports/$plain/confirm
403 {"errors":[{"code":"no_right"}]}
as review
POST /api/v1/imports/$plain/confirm
403
as verify
POST /api/v1/imports/$plain/confirm
200 {"confirmed":2}
POST /api/v1/imports/$plain/confirm
200 {"confirmed":0}
GET /api/v1/projects/$farm
200 {"is_stage_verified":true}
GET /api/v1/projects/$farm/way
200
lacks "is_verified":false,"code":"STARTED"

# what was confirmed or changed since is not taken back, and the answer names it
as wang
POST /api/v1/imports/$plain/rollback
202
save job job_id
wait
GET /api/v1/jobs/$job
200 {"state":"FAILED","failure":{"code":"conflict","rule":"import_changed_since"}}
has 撤回不了
lang en
GET /api/v1/jobs
200
has Cannot roll back
lang zh
has 海洋装备零部件项目
GET /api/v1/projects?count=1
200 {"total":5}

# the list as a file, edited and given back: equal rows stay, changed ones are updates or conflicts
with Accept: text/csv
GET /api/v1/projects?sort=id&fields=code,name,total_invest_fen,handler,land_mu_e2,stage
200
has 海洋装备零部件项目
keep
POST /api/v1/imports?file_name=back.csv&region_code=370783 @kept
201 {"rows_total":5}
save same id
POST /api/v1/imports/$same/check
202
wait
GET /api/v1/imports/$same/rows
200 {"counts":{"SAME":5,"NEW":0,"UPDATE":0,"CONFLICT":0,"DUPLICATE":0,"ERROR":0}}
swap 未来工厂 => 未来工厂（一期）
swap 50000.000000 => 56000
with If-Match: "2"
PATCH /api/v1/projects/$first {"total_invest_fen":51000000000}
200 {"row_version":3}
compare edited 370783 back.csv @kept
GET /api/v1/imports/$edited/rows?result=UPDATE
200 {"items":[{"name":"未来工厂（一期）","project_id":$plant,"choice":"write","changes":[{"field":"name","before":"未来工厂","after":"未来工厂（一期）"}]}]}
GET /api/v1/imports/$edited/rows?result=CONFLICT
200 {"items":[{"project_id":$first,"choice":"theirs","changes":[{"field":"total_invest_fen"}]}]}
save conflict items.0.id
PATCH /api/v1/imports/$edited/rows/$conflict {"choice":"mine"}
204
POST /api/v1/imports/$edited/write
202
save job job_id
wait
GET /api/v1/jobs/$job
200 {"state":"DONE","message":"{\"created\":0,\"updated\":2,\"left_out\":0}"}
GET /api/v1/projects/$plant
200 {"name":"未来工厂（一期）","row_version":2}
GET /api/v1/projects/$first
200 {"total_invest_fen":56000000000,"stage":"SIGNED","sign_date":"2024-03-01"}
GET /api/v1/projects/$farm
200 {"invest_qual":"ABOUT","invest_text":"约2亿元"}

# an update is taken back to what stood there
POST /api/v1/imports/$edited/rollback
202
wait
GET /api/v1/projects/$plant
200 {"name":"未来工厂"}
GET /api/v1/projects/$first
200 {"total_invest_fen":51000000000}

# a project that was changed between dry run and writing stops the writing; nothing of it is stored
compare late 370783 back.csv @kept
GET /api/v1/imports/$late/rows?result=CONFLICT,UPDATE
200 {"items":[{"project_id":$first,"result":"CONFLICT"},{"project_id":$plant,"result":"UPDATE","choice":"write"}]}
with If-Match: "3"
PATCH /api/v1/projects/$plant {"handler":"投资促进中心"}
200
POST /api/v1/imports/$late/write
202
save job job_id
wait
GET /api/v1/jobs/$job
200 {"state":"FAILED"}
has import_stale
GET /api/v1/imports/$late
200 {"state":"CHECKED"}
GET /api/v1/projects/$plant
200 {"name":"未来工厂","handler":"投资促进中心"}

# a rollback is refused when something hangs on a project since
POST /api/v1/imports?file_name=open.csv&region_code=370783 @tests/data/sheets/import_open.csv
201
save open id

# what is open is asked: a number without a unit blocks, an unknown stage does not
GET /api/v1/imports/$open/plan
200
has "code":"unit"
has 单位是什么
has "code":"stage"
PATCH /api/v1/imports/$open/plan {"sheets":[{"sheet_no":0,"columns":{"1":{"field":"total_invest_fen","unit":"万元"},"2":{"field":"note"}},"answers":{"stage:储备":"LEAD"}}],"save_mapping":true}
200 {"sheets":[{"invest_fen":5000000000,"columns":[{"field":"name"},{"field":"total_invest_fen","unit":"万元","basis":"user"},{"field":"note","basis":"user"},{"field":"stage"}]}]}
lacks "code":"unit"

# the bureau's mapping is remembered for its next file, and for no other bureau's
POST /api/v1/imports?file_name=next.csv&region_code=370783 @tests/data/sheets/import_open.csv
201
save next id
GET /api/v1/imports/$next/plan
200 {"sheets":[{"invest_fen":5000000000,"columns":[{"field":"name","basis":"memory"},{"field":"total_invest_fen","unit":"万元","basis":"memory"},{"field":"note","basis":"memory"},{"field":"stage"}]}]}
as lina
POST /api/v1/imports?file_name=next.csv&region_code=370703 @tests/data/sheets/import_open.csv
201
save other id
GET /api/v1/imports/$other/plan
200
has "code":"unit"
as wang

# a talk on one of its projects keeps an import where it is
POST /api/v1/imports/$open/check
202
wait
POST /api/v1/imports/$open/write
202
wait
GET /api/v1/projects?q=甲板&fields=id
200
save deck items.0.id
POST /api/v1/talks {"project_id":$deck,"talk_date":"2024-04-10","level":"STAFF","content":"谈了用地"}
201
POST /api/v1/imports/$open/rollback
202
save job job_id
wait
GET /api/v1/jobs/$job
200 {"state":"FAILED"}
has 甲板生产线

# a correction after the dry run makes it void
POST /api/v1/imports/$next/check
202
wait
PATCH /api/v1/imports/$next/plan {"sheets":[{"sheet_no":0,"skip":true}]}
200 {"sheets":[{"kind":"skipped"}]}
GET /api/v1/imports/$next
200 {"state":"RECOGNISED","rows_total":0}
POST /api/v1/imports/$next/write
409

# what was written is not corrected or checked again
PATCH /api/v1/imports/$open/plan {"key":"name"}
409 {"errors":[{"code":"import_not_ready"}]}
POST /api/v1/imports/$open/check
409

# each kind of wrong file is refused with fact and way out, in both languages, and nothing is stored
GET /api/v1/imports?count=1
200
save before total
POST /api/v1/imports?file_name=a.xlsx&region_code=370783 @tests/data/sheets/bad/encrypted.xlsx
422 {"errors":[{"code":"sheet_encrypted"}]}
has 去掉密码
POST /api/v1/imports?file_name=a.xls&region_code=370783 @tests/data/sheets/bad/old.xls
422 {"errors":[{"code":"sheet_xls"}]}
has 另存为 .xlsx
POST /api/v1/imports?file_name=a.xlsx&region_code=370783 @tests/data/sheets/bad/bomb.xlsx
413 {"errors":[{"code":"sheet_bomb"}]}
has 解压
POST /api/v1/imports?file_name=a.xlsx&region_code=370783 @tests/data/sheets/bad/entities.xlsx
422 {"errors":[{"code":"sheet_xml"}]}
has sheet1.xml
POST /api/v1/imports?file_name=a.xlsx&region_code=370783 @tests/data/sheets/bad/cut.xlsx
422 {"errors":[{"code":"sheet_damaged"}]}
has 损坏
POST /api/v1/imports?file_name=a.xlsx&region_code=370783 @tests/data/sheets/bad/text.xlsx
422 {"errors":[{"code":"sheet_not_xlsx"}]}
has 改名为 .csv
POST /api/v1/imports?file_name=a.xls&region_code=370783 @tests/data/sheets/bad/page.xls
422 {"errors":[{"code":"sheet_html"}]}
has 网页
POST /api/v1/imports?file_name=a.pdf&region_code=370783 @tests/data/sheets/bad/paper.pdf
422 {"errors":[{"code":"sheet_other"}]}
has 可导入 .xlsx
POST /api/v1/imports?file_name=a.csv&region_code=370783 @tests/data/sheets/bad/nul.csv
422 {"errors":[{"code":"sheet_nul"}]}
has NUL
POST /api/v1/imports?file_name=a.csv&region_code=370783 @tests/data/sheets/bad/quote.csv
422 {"errors":[{"code":"sheet_quote"}]}
has 引号
POST /api/v1/imports?file_name=a.csv&region_code=370783 @tests/data/sheets/bad/empty.csv
422 {"errors":[{"code":"sheet_empty"}]}
has 空的
lang en
POST /api/v1/imports?file_name=a.xlsx&region_code=370783 @tests/data/sheets/bad/encrypted.xlsx
422
has Save it without the password
POST /api/v1/imports?file_name=a.xls&region_code=370783 @tests/data/sheets/bad/old.xls
422
has Save it as .xlsx
POST /api/v1/imports?file_name=a.xlsx&region_code=370783 @tests/data/sheets/bad/bomb.xlsx
413
has unpacks to far more
POST /api/v1/imports?file_name=a.xlsx&region_code=370783 @tests/data/sheets/bad/entities.xlsx
422
has not well formed
POST /api/v1/imports?file_name=a.xlsx&region_code=370783 @tests/data/sheets/bad/cut.xlsx
422
has Copy it again
POST /api/v1/imports?file_name=a.xlsx&region_code=370783 @tests/data/sheets/bad/text.xlsx
422
has name a text file .csv
POST /api/v1/imports?file_name=a.pdf&region_code=370783 @tests/data/sheets/bad/paper.pdf
422
has this is a PDF
POST /api/v1/imports?file_name=a.csv&region_code=370783 @tests/data/sheets/bad/quote.csv
422
has Close it
POST /api/v1/imports?file_name=a.csv&region_code=370783 @tests/data/sheets/bad/empty.csv
422
has The file is empty
lang zh
GET /api/v1/imports?count=1
200 {"total":$before}

# a verifier of the city who imported nothing may confirm; one who was the importer may not
sql UPDATE import_batch SET created_by = (SELECT id FROM account WHERE login = 'both') WHERE file_name = 'open.csv'
as both
POST /api/v1/imports/$open/confirm
403 {"errors":[{"code":"separation_of_duties"}]}

# a correction is taken back one by one, or all of a sheet at once
as wang
POST /api/v1/imports?file_name=14.xlsx&region_code=370783 @tests/data/sheets/14_签约项目一览表_万元.xlsx
201
save fixed id
GET /api/v1/imports/$fixed/plan
200
save field2 sheets.0.columns.2.field
PATCH /api/v1/imports/$fixed/plan {"sheets":[{"sheet_no":0,"columns":{"2":{"field":"source_note","unit":null}},"rows":{"5":"note"}}]}
200 {"sheets":[{"data_rows":18,"columns":["*","*",{"field":"source_note","basis":"user"}]}]}
PATCH /api/v1/imports/$fixed/plan {"sheets":[{"sheet_no":0,"columns":{"2":null}}]}
200 {"sheets":[{"data_rows":18,"columns":["*","*",{"field":"$field2"}]}]}
lacks "basis":"user"
PATCH /api/v1/imports/$fixed/plan {"sheets":[{"sheet_no":0,"rows":{"5":null}}]}
200 {"sheets":[{"data_rows":19}]}
PATCH /api/v1/imports/$fixed/plan {"sheets":[{"sheet_no":0,"skip":true,"rows":{"5":"note","6":"note"}}]}
200 {"sheets":[{"kind":"skipped"}]}
PATCH /api/v1/imports/$fixed/plan {"sheets":[{"sheet_no":0,"reset":true}]}
200 {"sheets":[{"kind":"projects","data_rows":19}]}

# a batch that was not written is given up, with its dry run; the list says so
POST /api/v1/imports/$fixed/check
202
wait
as lina
POST /api/v1/imports/$fixed/cancel
404
as review
POST /api/v1/imports/$fixed/cancel
403
as wang
POST /api/v1/imports/$fixed/cancel
200 {"state":"CANCELLED"}
GET /api/v1/imports?state=CANCELLED&count=1
200 {"total":1,"items":[{"id":$fixed}]}
GET /api/v1/imports/$fixed/rows
200 {"items":[],"next":null}
POST /api/v1/imports/$fixed/cancel
409 {"errors":[{"code":"import_not_ready"}]}
POST /api/v1/imports/$fixed/check
409
PATCH /api/v1/imports/$fixed/plan {"sheets":[]}
409
