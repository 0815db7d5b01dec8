# saved views: one's own, shared to a unit by whom the rights allow, changed by their author alone
account staff COUNTY_STAFF 370783
account mate COUNTY_STAFF 370783
account other COUNTY_STAFF 370703
account city CITY_STAFF 3707
account factor CITY_FACTOR 3707
account officer SERVICE_OFFICER 370783
account depart DEPT_HANDLER 3707

as staff
POST /api/v1/views {"noun":"projects","name":"在谈大项目","query":"stage=TALK&total_invest_fen.ge=100000000000&sort=-total_invest_fen","columns":"region_code,stage"}
201 {"noun":"projects","name":"在谈大项目","is_own":true,"region_code":null,"row_version":1}
save own id
POST /api/v1/views {"noun":"projects","name":"全县","query":"side=ACTIVE","region_code":"370783"}
201 {"region_code":"370783","is_own":true}
save shared id
GET /api/v1/views?noun=projects&count=1
200 {"total":2,"items":[{"name":"全县"},{"name":"在谈大项目"}]}

# who works in the unit or below it sees what is shared, and not what is not
as mate
GET /api/v1/views?noun=projects&count=1
200 {"total":1,"items":[{"name":"全县","is_own":false,"owner_name":"staff"}]}
GET /api/v1/views/$own
404
as other
GET /api/v1/views?count=1
200 {"total":0}
as depart
GET /api/v1/views
403
as officer
GET /api/v1/views?count=1
200 {"total":0}

# another's view is used, not changed
as mate
with If-Match: "1"
PATCH /api/v1/views/$shared {"name":"我的"}
403 {"errors":[{"code":"view_of_another"}]}
with If-Match: "1"
DELETE /api/v1/views/$shared
403 {"errors":[{"code":"view_of_another"}]}

# a unit outside one's place, a role that does not share, a list or a column that is none
as staff
POST /api/v1/views {"noun":"projects","name":"全市","region_code":"370700"}
422 {"errors":[{"field":"region_code","code":"region_out_of_scope"}]}
as factor
POST /api/v1/views {"noun":"projects","name":"全市","region_code":"370700"}
422 {"errors":[{"field":"region_code","code":"view_not_shared"}]}
POST /api/v1/views {"noun":"projects","name":"给自己"}
201
POST /api/v1/views {"noun":"accounts","name":"账号"}
422 {"errors":[{"field":"noun","code":"view_no_list"}]}
POST /api/v1/views {"noun":"moons","name":"月亮"}
422 {"errors":[{"field":"noun","code":"view_no_list"}]}
POST /api/v1/views {"noun":"projects","name":"x","query":"password_hash=1"}
422 {"errors":[{"field":"query","code":"view_no_condition"}]}
POST /api/v1/views {"noun":"projects","name":"x","query":"stage.like=1"}
422 {"errors":[{"field":"query","code":"view_no_condition"}]}
POST /api/v1/views {"noun":"projects","name":"x","columns":"name,secret"}
422 {"errors":[{"field":"columns","code":"view_no_column"}]}
POST /api/v1/views {"noun":"projects"}
422 {"errors":[{"field":"name","code":"required"}]}

# its author renames it, shares it no more, deletes it
as staff
with If-Match: "1"
PATCH /api/v1/views/$shared {"name":"全县在库","region_code":null}
200 {"name":"全县在库","region_code":null,"row_version":2}
as mate
GET /api/v1/views?count=1
200 {"total":0}
as staff
with If-Match: "2"
DELETE /api/v1/views/$shared
204
GET /api/v1/views?count=1
200 {"total":1}
