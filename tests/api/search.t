account staff COUNTY_STAFF 370783
account other COUNTY_STAFF 370703
account leader CITY_LEADER 3707
account admin SYS_ADMIN 3707
account partner PARTNER 3707 5
sql UPDATE account SET clearance = 'SEALED' WHERE login = 'staff'

# records of several kinds, by one word each
as staff
POST /api/v1/projects {"name":"潍坊动力装备产业园项目","region_code":"370783","content":"建设氢燃料电池生产线","investor_text":"山东甲子装备有限公司"}
201
save id id
save code code
POST /api/v1/investors {"name":"山东甲子装备有限公司","region_code":"370783","id_no":"91370702MA3T0GCX1R","id_kind":"FOREIGN_REG"}
201
save investor id
POST /api/v1/contacts {"owner_kind":"PROJECT","owner_id":$id,"name":"欧阳测试","mobile":"13912345678","title":"总工程师"}
201
POST /api/v1/talks {"project_id":$id,"talk_date":"2024-04-01","level":"STAFF","content":"双方就氢燃料电池生产线的用地达成一致"}
201
GET /api/v1/search?q=%E6%BD%8D%E5%9D%8A%E5%8A%A8%E5%8A%9B
200 {"tried":["exact"],"hits":[{"kind":"project","id":$id,"name":"潍坊动力装备产业园项目","how":"exact","info":"线索","field":null,"mark":[0,4]}],"kinds":[{"kind":"project","label":"项目","n":1,"has_more":false}]}
GET /api/v1/search?q=%E6%B0%A2%E7%87%83%E6%96%99
200 {"hits":[{"kind":"project","id":$id,"field":"content","field_label":"建设内容","text":"建设氢燃料电池生产线","mark":[2,5]},{"kind":"talk","field":"content","parent_kind":"project","parent_id":$id,"parent":"潍坊动力装备产业园项目"}]}
GET /api/v1/search?q=jiazizhuangbei
200 {"tried":["exact","pinyin","initials"],"hits":[{"kind":"investor","id":$investor,"how":"pinyin","mark":[2,6]},{"kind":"project","id":$id,"how":"pinyin","field":"investor_text"}]}
GET /api/v1/search?q=wfdl&kind=project&limit=1
200 {"hits":[{"id":$id,"how":"initials"}]}
GET /api/v1/search?q=%E6%BD%8D%E7%BA%BA%E5%8A%A8%E5%8A%9B
200 {"tried":["exact","sound"],"hits":[{"id":$id,"how":"sound"}]}
GET /api/v1/search?q=%E6%BD%8D%E5%9D%8A%E5%8A%9F%E5%8A%9B
200 {"tried":["exact","sound","near"],"hits":[{"id":$id,"how":"near"}]}
GET /api/v1/search?q=91370702ma3t
200 {"hits":[{"kind":"investor","id":$investor,"field":"id_no"}]}
GET /api/v1/search?q=$code
200 {"hits":[{"kind":"project","id":$id}]}

# the other language names kinds and fields in its words
lang en
GET /api/v1/search?q=%E6%B0%A2%E7%87%83%E6%96%99&kind=project
200 {"hits":[{"field_label":"Content","info":"Lead"}],"kinds":[{"label":"Project"}]}
lang zh

# a person is masked, and found by what the mask shows
GET /api/v1/search?q=5678
200 {"hits":[{"kind":"contact","name":"欧*","phone":"139****5678","info":"总工程师","parent_id":$id}]}
lacks 13912345678
lacks 欧阳测试
GET /api/v1/search?q=3456
200 {"hits":[]}
GET /api/v1/search?q=%E6%B5%8B%E8%AF%95
200 {"hits":[]}

# pinyin as books and dictionaries write it: with marks, with digits for tones, in syllables
as staff
POST /api/v1/projects {"name":"绿色俄罗斯WEI4仓","region_code":"370783"}
201
save green id
GET /api/v1/search?q=l%C7%9Cs%C3%A8
200 {"tried":["exact","pinyin","initials"],"hits":[{"id":$green,"how":"pinyin","mark":[0,2]}]}
GET /api/v1/search?q=lvse
200 {"hits":[{"id":$green,"how":"pinyin"}]}
GET /api/v1/search?q=L%C3%BC4se4%C3%A9%27lu%C3%B3s%C4%AB
200 {"hits":[{"id":$green,"how":"pinyin","mark":[0,5]}]}
GET /api/v1/search?q=%C3%A9%20lu%C3%B3%20s%C4%AB
200 {"hits":[{"id":$green,"how":"pinyin"}]}
GET /api/v1/search?q=dong4%20li4%20zhuang1%20bei4
200 {"hits":[{"id":$id,"how":"pinyin"}]}
GET /api/v1/search?q=ji%C7%8Ez%C7%90%20zhu%C4%81ngb%C3%A8i
200 {"hits":[{"kind":"investor","id":$investor,"how":"pinyin"},{"kind":"project","id":$id,"how":"pinyin","field":"investor_text"}]}
GET /api/v1/search?q=%C5%8Cu%20y%C3%A1ng%20c%C3%A8%20sh%C3%AC
200 {"hits":[{"kind":"contact","name":"欧*"}]}
GET /api/v1/search?q=ou1yang2%20ce4shi4
200 {"hits":[{"kind":"contact","name":"欧*"}]}
GET /api/v1/search?q=yang2%20ce4
200 {"hits":[]}
# and what is called so as it stands comes first
GET /api/v1/search?q=wei4&kind=project
200 {"hits":[{"id":$green,"how":"exact","mark":[5,9]},{"id":$id,"how":"pinyin"}]}
as other
GET /api/v1/search?q=l%C7%9Cs%C3%A8
200 {"hits":[]}
GET /api/v1/search?q=%C3%A9%20lu%C3%B3%20s%C4%AB
200 {"hits":[]}

# what the actor may not see is not found: another county, an office, a right that a role has not
as other
GET /api/v1/search?q=%E6%BD%8D%E5%9D%8A%E5%8A%A8%E5%8A%9B
200 {"hits":[]}
GET /api/v1/search?q=wfdl
200 {"hits":[]}
GET /api/v1/search?q=5678
200 {"hits":[]}
as admin
GET /api/v1/search?q=%E6%BD%8D%E5%9D%8A%E5%8A%A8%E5%8A%9B
200 {"hits":[],"kinds":[]}
as nobody
GET /api/v1/search?q=%E6%BD%8D%E5%9D%8A
401
as leader
GET /api/v1/search?q=%E6%BD%8D%E5%9D%8A%E5%8A%A8%E5%8A%9B
200 {"hits":[{"id":$id}]}

# a role that sees the state only is not told by a field that it does not see
sql UPDATE project SET partner_id = 5, secrecy = 'OPEN'
as partner
GET /api/v1/search?q=%E6%BD%8D%E5%9D%8A%E5%8A%A8%E5%8A%9B
200 {"hits":[{"kind":"project","id":$id}]}
GET /api/v1/search?q=$code
200 {"hits":[{"kind":"project","id":$id}]}
GET /api/v1/search?q=%E6%B0%A2%E7%87%83%E6%96%99
200 {"hits":[]}
GET /api/v1/search?q=%E7%94%B2%E5%AD%90%E8%A3%85%E5%A4%87
200 {"hits":[]}
GET /api/v1/search?q=jiazizhuangbei
200 {"hits":[]}

# sealed: for its named persons alone, with all that hangs on it
as staff
POST /api/v1/projects/$id/grade {"secrecy":"SEALED","reason":"拟上市"}
201 {"state":"DONE"}
GET /api/v1/search?q=%E6%BD%8D%E5%9D%8A%E5%8A%A8%E5%8A%9B
200 {"hits":[{"id":$id}]}
as leader
GET /api/v1/search?q=%E6%BD%8D%E5%9D%8A%E5%8A%A8%E5%8A%9B
200 {"hits":[]}
GET /api/v1/search?q=%E6%B0%A2%E7%87%83%E6%96%99
200 {"hits":[]}
GET /api/v1/search?q=5678
200 {"hits":[]}

# any query is answered
GET /api/v1/search
200 {"tried":[],"hits":[]}
GET /api/v1/search?q=%25_%27%22%2A%28%29%20AND%20OR
200 {"hits":[]}
GET /api/v1/search?q=%F0%9F%98%80
200 {"hits":[]}
GET /api/v1/search?q=a&limit=0
400
GET /api/v1/search?q=a&limit=201
400
GET /api/v1/search?q=a&kind=accounts
400 {"errors":[{"field":"kind"}]}
