# officers of two counties and of the city, one whose role has ended, and those who choose
account zhang SERVICE_OFFICER 370783
account liwei SERVICE_OFFICER 370703
account wang SERVICE_OFFICER 3707
account gone SERVICE_OFFICER 370783
account late SERVICE_OFFICER 370783
account staff COUNTY_STAFF 370783
account bureau CITY_STAFF 3707
account reviewer COUNTY_REVIEWER 370783
account verifier CITY_VERIFIER 3707
sql UPDATE account SET name = 'Zhang', unit_name = 'Park office', phone = '13812345678' WHERE login = 'zhang'
sql UPDATE account SET name = 'Wang' WHERE login = 'wang'
sql UPDATE account SET state = 'CLOSED' WHERE login = 'gone'
sql UPDATE assignment SET valid_to_date = '2024-04-09' WHERE account_id = (SELECT id FROM account WHERE login = 'late')

# a county chooses among its own officers and the city's: no login, the telephone masked
as staff
GET /api/v1/officers
200 {"items":[{"name":"Wang","scope":"3707"},{"name":"Zhang","unit_name":"Park office","phone":"138****5678","scope":"370783"}]}
save wang items.0.id
save zhang items.1.id
lacks zhang"
lacks 13812345678
lacks "login"
lacks "liwei"
lacks gone
lacks late

# a search, and a region of somebody else
GET /api/v1/officers?q=PARK
200 {"items":[{"name":"Zhang"}]}
lacks Wang
GET /api/v1/officers?region_code=370703
200 {"items":[{"name":"Wang"}]}
lacks "liwei"

# the city sees all of them, and those of one place when it asks for it
as bureau
GET /api/v1/officers
200 {"items":["*","*","*"]}
GET /api/v1/officers?region_code=370703
200 {"items":["*","*"]}
lacks Zhang

# who does not edit projects gets no list of officers
as reviewer
GET /api/v1/officers
403
as verifier
GET /api/v1/officers
403
as zhang
GET /api/v1/officers
403
as nobody
GET /api/v1/officers
401

# the one chosen is stored, and another county's is refused
as staff
POST /api/v1/projects {"name":"绿电制氢项目","region_code":"370783","officer_id":$zhang}
201 {"officer_id":$zhang,"officer_name":"Zhang"}
as bureau
GET /api/v1/officers?region_code=370703&q=liwei
200
save li items.0.id
as staff
with If-Match: "1"
PATCH /api/v1/projects/1 {"officer_id":$li}
422 {"errors":[{"field":"officer_id","code":"not_an_officer"}]}
with If-Match: "1"
PATCH /api/v1/projects/1 {"officer_id":$wang}
200 {"officer_name":"Wang"}

# the schema says where the choices come from
GET /api/v1/schema
200
has "pick":"officers"
