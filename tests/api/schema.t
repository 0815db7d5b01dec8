# roles that see much, the state only, and nothing
account staff COUNTY_STAFF 370783
account partner PARTNER 3707 1
account root SYS_ADMIN 3707

# the schema has what lists and forms are drawn from
as staff
GET /api/v1/schema
200 {"nouns":[{"name":"project","plural":"projects","label":"项目","fields":[{"name":"code","readonly":true}]}],"stages":[{"code":"LEAD"},{"code":"TALK","target_days":60}]}
has "name":"total_invest_fen","label":"总投资","type":"fen","unit":"万元"

# what a form starts with: the county's own unit, the usual kind
has "preset":"370783"
has "preset":"INVEST"

# in English
lang en
GET /api/v1/schema
200 {"nouns":[{"label":"Project"}]}
lang zh

# a partner's schema has the open fields only
as partner
GET /api/v1/schema
200
lacks "name":"handler"
lacks "name":"fai_fen"
lacks "name":"phase"

# an office's schema has no business record
as root
GET /api/v1/schema
200
lacks "name":"project"
has "name":"account"

# the status needs no account; the description is valid JSON of 3.1
as nobody
GET /api/v1/status
200 {"needs_setup":false,"today":"2024-04-10"}
GET /api/openapi.json
200 {"openapi":"3.1.0","paths":{"/api/v1/projects":{"get":{"operationId":"get_api_v1_projects"}}}}

# reference lists
as staff
GET /api/v1/regions?parent=3707
200 {"items":[{"code":"370702","name":"潍城区"}]}
GET /api/v1/industries?q=2662
200 {"items":[{"code":"2662","name":"专项化学用品制造"}]}
GET /api/v1/roles
200 {"items":[{"code":"SYS_ADMIN"}]}
