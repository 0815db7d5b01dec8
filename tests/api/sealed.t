# two of staff of one county
account wang COUNTY_STAFF 370783
account zhao COUNTY_STAFF 370783
account leader CITY_LEADER 3707
account auditor CITY_AUDITOR 3707
sql UPDATE account SET clearance = 'SEALED' WHERE login = 'wang'

# what was imported twice, and sealed since, has no name in the import's rows for who is not named
as wang
POST /api/v1/imports?file_name=14.xlsx&region_code=370783 @tests/data/sheets/14_签约项目一览表_万元.xlsx
201
save first id
PATCH /api/v1/imports/$first/plan {"sheets":[{"sheet_no":0,"skip":false}]}
200
POST /api/v1/imports/$first/check
202
wait
POST /api/v1/imports/$first/write
202
wait
compare again 370783 14.xlsx @tests/data/sheets/14_签约项目一览表_万元.xlsx
GET /api/v1/imports/$again/rows?result=DUPLICATE&limit=1
200 {"items":[{"duplicates":[{"project_id":"*","row":null,"score_permille":1000}]}]}
save twin items.0.duplicates.0.project_id
as zhao
GET /api/v1/imports/$again/rows?result=DUPLICATE&limit=1
200 {"items":[{"duplicates":[{"project_id":$twin}]}]}
as wang
POST /api/v1/projects/$twin/grade {"secrecy":"SEALED","reason":"拟上市","row_version":1}
201 {"state":"DONE"}
GET /api/v1/imports/$again/rows?result=DUPLICATE&limit=1
200 {"items":[{"duplicates":[{"project_id":$twin}]}]}
as zhao
GET /api/v1/imports/$again/rows?result=DUPLICATE&limit=1
200 {"items":[{"duplicates":[],"changes":["*"]}]}
lacks "project_id":$twin

# nor is it anywhere else: by id, below it, in lists, counts, columns and files
as zhao
GET /api/v1/projects/$twin
404
GET /api/v1/projects/$twin/way
404
GET /api/v1/projects/$twin/history
404
POST /api/v1/projects/$twin/proposals {"kind":"TERMINATE","event_date":"2024-04-10","reason_code":"MARKET","reason":"试探"}
404
POST /api/v1/talks {"project_id":$twin,"talk_date":"2024-04-08","level":"STAFF","content":"试探"}
422 {"errors":[{"field":"project_id","code":"no_such_record"}]}
POST /api/v1/contacts {"owner_kind":"PROJECT","owner_id":$twin,"name":"王"}
422 {"errors":[{"field":"owner_id"}]}
POST /api/v1/evidence?project_id=$twin&kind=OTHER&file_name=a.pdf @tests/data/contract.pdf
422 {"errors":[{"field":"project_id"}]}
GET /api/v1/projects?secrecy=SEALED&count=1
200 {"items":[],"total":0}
GET /api/v1/projects/values?field=secrecy
200
lacks SEALED
GET /api/v1/projects?id=$twin&format=csv
200
lacks 敏感
as leader
GET /api/v1/projects?id=$twin&count=1
200 {"total":0}
as wang
GET /api/v1/projects?secrecy=SEALED&count=1
200 {"total":1}

# an answer to a row that is not there is the same as to a sealed one
as zhao
GET /api/v1/projects/999999999
404 {"errors":[{"code":"record_not_found"}]}
GET /api/v1/projects/$twin
404 {"errors":[{"code":"record_not_found"}]}
