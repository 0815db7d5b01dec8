# an edit is taken back by its author while nothing later stands on it
account staff COUNTY_STAFF 370783
account mate COUNTY_STAFF 370783
account other COUNTY_STAFF 370703
account reviewer COUNTY_REVIEWER 370783
account leader COUNTY_LEADER 370783
sql UPDATE account SET clearance = 'SEALED' WHERE login = 'staff'
as staff
POST /api/v1/projects {"name":"甲项目","region_code":"370783","total_invest_fen":100000,"site":"东街"}
201
save id id
with If-Match: "1"
PATCH /api/v1/projects/$id {"total_invest_fen":200000,"site":"西街"}
200 {"row_version":2}
GET /api/v1/edits?noun=project&record_id=$id&count=1
200 {"total":1,"items":[{"kind":"UPDATE","name":"甲项目","is_own":true,"undone_at_ms":null}]}
save edit items.0.id
GET /api/v1/edits/$edit
200
with If-Match: "2"
PATCH /api/v1/projects/$id {"note":"与撤销无关"}
200
POST /api/v1/edits/$edit/undo {}
200 {"undone_at_ms":"*"}
GET /api/v1/projects/$id
200 {"total_invest_fen":100000,"site":"东街","note":"与撤销无关","row_version":4}
POST /api/v1/edits/$edit/undo {}
409 {"errors":[{"code":"undone_already"}]}

# a later change of the same field is named and nothing is changed
with If-Match: "4"
PATCH /api/v1/projects/$id {"total_invest_fen":300000,"site":"南街"}
200
GET /api/v1/edits?noun=project&record_id=$id
200
save edit items.0.id
as mate
with If-Match: "5"
PATCH /api/v1/projects/$id {"site":"北街"}
200
as staff
POST /api/v1/edits/$edit/undo {}
409 {"errors":[{"field":"site","code":"undo_changed_since"}]}
has 北街
GET /api/v1/projects/$id
200 {"total_invest_fen":300000,"site":"北街"}

# another's edit is not there; a role without the right is refused
as mate
POST /api/v1/edits/$edit/undo {}
404
as leader
GET /api/v1/edits
403
as other
GET /api/v1/edits?count=1
200 {"total":0}

# an edit that moves a personal field keeps no old value and says so
as staff
POST /api/v1/contacts {"owner_kind":"PROJECT","owner_id":$id,"name":"张三","mobile":"13800000000","title":"经理"}
201
save contact id
with If-Match: "1"
PATCH /api/v1/contacts/$contact {"mobile":"13911112222"}
200
GET /api/v1/edits?noun=contact&record_id=$contact
200 {"items":[{"noun":"contact","data":"{\"mobile\":null}"}]}
save edit items.0.id
POST /api/v1/edits/$edit/undo {}
409 {"errors":[{"field":"mobile","code":"undo_personal"}]}

# a deleted record lies in the bin of its place and is restored by rights
as staff
POST /api/v1/projects {"name":"误删项目","region_code":"370783"}
201
save gone id
with If-Match: "1"
DELETE /api/v1/projects/$gone
204
GET /api/v1/projects/$gone
404
as mate
GET /api/v1/edits?kind=DELETE&undone_at_ms.null=1&count=1
200 {"total":1,"items":[{"name":"误删项目","noun":"project","who_name":"staff","is_own":false}]}
save bin items.0.id
as other
GET /api/v1/edits?kind=DELETE&count=1
200 {"total":0}
POST /api/v1/edits/$bin/undo {}
404
as reviewer
POST /api/v1/edits/$bin/undo {}
403
as mate
POST /api/v1/edits/$bin/undo {}
200 {"undone_at_ms":"*"}
GET /api/v1/projects/$gone
200 {"name":"误删项目","row_version":3}
GET /api/v1/projects/$gone/history
200
has 从回收站恢复

# what was sealed since is in nobody's bin but that of the named
as staff
POST /api/v1/projects/$gone/grade {"secrecy":"SEALED","reason":"拟上市","row_version":3}
201 {"state":"DONE"}
with If-Match: "4"
DELETE /api/v1/projects/$gone
204
as mate
GET /api/v1/edits?kind=DELETE&undone_at_ms.null=1&count=1
200 {"total":0}
as staff
GET /api/v1/edits?kind=DELETE&undone_at_ms.null=1&count=1
200 {"total":1}

# after thirty days it stays
sql UPDATE record_edit SET created_at_ms = created_at_ms - 2600000000
GET /api/v1/edits?kind=DELETE&undone_at_ms.null=1
200
save bin items.0.id
POST /api/v1/edits/$bin/undo {}
409 {"errors":[{"code":"undo_too_old"}]}
