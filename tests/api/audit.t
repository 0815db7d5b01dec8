# those who read the audit, and those who fill it
account staff COUNTY_STAFF 370783
account colleague COUNTY_STAFF 370783
account auditor CITY_AUDITOR 3707
account keeper LOG_ADMIN 3707
account root SYS_ADMIN 3707
account partner PARTNER 3707 1
sql UPDATE account SET clearance = 'SEALED' WHERE login = 'staff'
as staff
POST /api/v1/projects {"name":"公开的项目","region_code":"370783"}
201
save open id
POST /api/v1/projects {"name":"上市前的项目","region_code":"370783","secrecy":"SEALED"}
201
save sealed id
POST /api/v1/leads {"investor_name":"上市前的客商","region_code":"370783","source_kind":"COUNTY","secrecy":"SEALED"}
201
save lead id
POST /api/v1/talks {"lead_id":$lead,"talk_date":"2024-04-08","level":"STAFF","content":"密谈纪要"}
201
POST /api/v1/contacts {"owner_kind":"LEAD","owner_id":$lead,"name":"王小明","title":"董事会秘书"}
201
as root
POST /api/v1/accounts {"login":"newcomer","name":"新来的人"}
201
save account id

# an auditor reads what was changed, but not in what is sealed: the row is there, its values are not
as auditor
GET /api/v1/audit?object=project&action=create&limit=10
200 {"items":[{"object_id":$sealed,"diff":null,"project_name":null},{"object_id":$open,"diff":"*"}]}
GET /api/v1/audit?limit=100
200
lacks 上市前
lacks 密谈
lacks 董事会秘书
has 公开的项目
GET /api/v1/audit?format=csv
200
lacks 上市前
lacks 密谈

# a named person who audits would see them; the log's office sees no business value at all
as keeper
GET /api/v1/audit?limit=100
200
lacks 公开的项目
lacks 上市前
has newcomer
GET /api/v1/audit?object=account&object_id=$account
200 {"items":[{"diff":"*"}]}
GET /api/v1/audit/verify
200 {"is_ok":true}

# every file that somebody takes is a row, in the project's history too
as staff
POST /api/v1/evidence?project_id=$open&kind=OTHER&file_name=a.pdf @tests/data/contract.pdf
201
save paper id
GET /api/v1/evidence/$paper/content
200
as keeper
GET /api/v1/audit?action=download
200 {"items":[{"login":"staff","object":"evidence","object_id":$paper,"project_id":$open}]}
as staff
GET /api/v1/projects/$open/history
200
has "action":"download"

# a partner reads the state of its project: no money, no days
sql UPDATE project SET partner_id = 1, secrecy = 'OPEN', funds_fen = 77000, plan_sign_date = '2024-12-01' WHERE id = $open
as partner
GET /api/v1/projects/$open/way
200 {"stage":"LEAD","funds_fen":null}
lacks 77000
lacks 2024-12-01
GET /api/v1/projects/$open/history
403
