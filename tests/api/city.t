# the offices of a fresh city, and a reader without one
account root SYS_ADMIN 3707
account security SEC_ADMIN 3707
account keeper LOG_ADMIN 3707

# a database without settings is of the city whose units the program has
as root
GET /api/v1/city
200 {"code":"370700","division":"潍坊市","name":"潍坊市","name_en":"Weifang"}

# another name stands in the header at once, in its language
PATCH /api/v1/city {"name":"鸢都","name_en":"Kite City"}
200 {"code":"370700","name":"鸢都","name_en":"Kite City"}
as nobody
GET /api/v1/status
200 {"city":"鸢都"}
lang en
GET /api/v1/status
200 {"city":"Kite City"}

# and it is the scope of who works for the whole of it
as root
GET /api/v1/session
200 {"assignment":{"scope":"3707","scope_label":"Kite City"}}
GET /api/v1/city
200 {"division":"Kite City"}
lang zh
GET /api/v1/session
200 {"assignment":{"scope_label":"潍坊市"}}

# what is no prefecture is refused, with a way out
as root
PATCH /api/v1/city {"code":"999999"}
422 {"errors":[{"field":"code","code":"no_such_city"}]}
PATCH /api/v1/city {"code":"370783"}
422 {"errors":[{"field":"code"}]}
has 6 位区划代码
PATCH /api/v1/city {"name":"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一"}
422 {"errors":[{"field":"name","code":"too_long"}]}
PATCH /api/v1/city {"mayor":"张"}
422 {"errors":[{"field":"mayor","code":"unknown_member"}]}

# while nothing of the trade is there, the division can be another: its names, units and scopes come along
PATCH /api/v1/city {"code":"济南市"}
200 {"code":"370100","division":"济南市","name":"济南市","name_en":null}
GET /api/v1/regions?units=1
200
has 历下区
lacks 寿光市
as security
POST /api/v1/assignments {"account_id":3,"role":"COUNTY_STAFF","scope":"370783"}
422 {"errors":[{"field":"scope","code":"scope_unknown"}]}
as root
PATCH /api/v1/city {"code":"3707"}
200 {"code":"370700","name":"潍坊市","name_en":"Weifang"}

# afterwards it stays, and names still change
account staff COUNTY_STAFF 370783
as root
PATCH /api/v1/city {"code":"370100"}
409 {"errors":[{"field":"code","code":"city_in_use"}]}
PATCH /api/v1/city {"code":"370700","name":"潍坊"}
200 {"name":"潍坊"}

# the system's offices read it, nobody else does, and only they change it
as keeper
GET /api/v1/city
200
PATCH /api/v1/city {"name":"别名"}
403
as staff
GET /api/v1/city
403
PATCH /api/v1/city {"name":"别名"}
403
as nobody
GET /api/v1/city
401

# every change is a row with both values
as keeper
GET /api/v1/audit?object=system&action=update&count=1
200 {"total":4,"items":[{"login":"root"}]}
has 鸢都
