# a file holds just the filter, columns and order that were asked for, masked as on the screen
account staff COUNTY_STAFF 370783
account other COUNTY_STAFF 370703
account factor CITY_FACTOR 3707
account keeper LOG_ADMIN 3707
as staff
POST /api/v1/projects {"name":"甲项目","region_code":"370783","total_invest_fen":100000000,"is_key":true,"key_level":"CITY"}
201
POST /api/v1/projects {"name":"@乙项目","region_code":"370783","total_invest_fen":200000000}
201
GET /api/v1/projects?format=csv&fields=name,region_code,stage,total_invest_fen,is_key&sort=-total_invest_fen&is_key=1
200
has 项目名称,属地,阶段,总投资 (万元),重点项目,项目编号,数据版本
has 甲项目,寿光市,线索,100.000000,是,XM370783202400001,1
lacks 乙项目
GET /api/v1/projects?format=csv&fields=name
200
has '@乙项目
lang en
GET /api/v1/projects?format=csv&fields=name,region_code,stage,total_invest_fen,is_key&is_key=1
200
has Project name,Place,Stage,Total investment
has ,Code,Version
has Lead,100.000000,Yes
lang zh
with Accept: text/csv
GET /api/v1/projects?fields=name
200
has 甲项目
with Accept: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
GET /api/v1/projects?fields=name
200
has xl/worksheets/sheet1.xml
GET /api/v1/projects?format=xlsx&fields=name,stage&stage=LEAD
200
has xl/worksheets/sheet1.xml
as other
GET /api/v1/projects?format=csv&fields=name
200
lacks 甲项目

# each file is a row of the audit
as staff
POST /api/v1/investors {"name":"投资甲","region_code":"370783","country":"CN"}
201
save investor id
GET /api/v1/investors?format=csv&fields=name
200
has 投资甲
as keeper
GET /api/v1/audit?action=export&outcome=DONE&count=1
200 {"total":8}

# a large one is a job whose file its owner alone takes
as staff
POST /api/v1/projects/export?format=csv&fields=name,stage&sort=name {}
202 {"job_id":"*"}
save job job_id
wait
GET /api/v1/jobs/$job
200 {"kind":"export","state":"DONE","done_n":2,"total_n":2,"has_file":true}
GET /api/v1/jobs/$job/file
200
has 项目名称,阶段,项目编号,数据版本
GET /api/v1/jobs
200
has "has_file":true
as other
GET /api/v1/jobs/$job/file
404
as factor
POST /api/v1/projects/export?format=csv {}
403
as staff
POST /api/v1/projects/export?format=csv&nonsense=1 {}
400 {"errors":[{"field":"nonsense"}]}
POST /api/v1/projects/export?format=doc {}
400 {"errors":[{"field":"format"}]}


# what is sealed never leaves in bulk, not even with who is named; the audit has the rows of each grade
sql UPDATE account SET clearance = 'SEALED' WHERE login = 'staff'
account verifier CITY_VERIFIER 3707
account watcher CITY_AUDITOR 3707
as staff
POST /api/v1/projects {"name":"丙公开项目","region_code":"370783","secrecy":"OPEN"}
201
save open id
POST /api/v1/projects {"name":"丁敏感项目","region_code":"370783","secrecy":"SEALED"}
201
save sealed id
sql UPDATE project SET merged_into = $sealed WHERE id = $open
GET /api/v1/projects?q=敏感项目&count=1
200 {"total":1}
GET /api/v1/projects?format=csv&fields=name,secrecy,merged_into
200
sends Content-Disposition: attachment; filename="file"; filename*=UTF-8''%E5%86%85%E9%83%A8%E8%B5%84%E6%96%99-projects.csv
has 丙公开项目
has 甲项目
lacks 丁敏感项目
lacks 敏感
as watcher
GET /api/v1/audit?action=export&limit=1
200 {"items":[{"login":"staff","object":"project"}]}
has \"rows\":3,
has \"open\":1
has \"internal\":2
has \"left_out_sealed\":1
as staff
POST /api/v1/projects/export?format=xlsx&fields=name {}
202
save job job_id
wait
GET /api/v1/jobs/$job/file
200
sends Content-Disposition: attachment; filename="file"; filename*=UTF-8''%E5%86%85%E9%83%A8%E8%B5%84%E6%96%99-projects.xlsx
as watcher
GET /api/v1/audit?action=export&limit=1
200
has \"left_out_sealed\":1

# a file of open rows only bears no mark, and says INTERNAL in English
as staff
GET /api/v1/projects?format=csv&fields=name&secrecy=OPEN
200
sends Content-Disposition: attachment; filename="file"; filename*=UTF-8''projects.csv
lang en
GET /api/v1/projects?format=csv&fields=name
200
sends Content-Disposition: attachment; filename="file"; filename*=UTF-8''INTERNAL-projects.csv
GET /api/v1/investors?format=csv&fields=name
200
sends Content-Disposition: attachment; filename="file"; filename*=UTF-8''INTERNAL-investors.csv
lang zh

# who is cleared for OPEN takes OPEN rows only
sql UPDATE account SET clearance = 'OPEN' WHERE login = 'staff'
GET /api/v1/projects?format=csv&fields=name
200
sends Content-Disposition: attachment; filename="file"; filename*=UTF-8''projects.csv
has 丙公开项目
lacks 甲项目

# a file that a job made under a higher clearance is not handed out after it
GET /api/v1/jobs/$job/file
404 {"errors":[{"code":"no_such_job"}]}
GET /api/v1/jobs
200
lacks "has_file":true
sql UPDATE account SET clearance = NULL WHERE login = 'staff'
GET /api/v1/jobs/$job/file
200
sql UPDATE job_file SET secrecy = 'SEALED'
GET /api/v1/jobs/$job/file
404
