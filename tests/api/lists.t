# a county's list
account staff COUNTY_STAFF 370783
account leader CITY_LEADER 3707
account factor CITY_FACTOR 3707
account keeper LOG_ADMIN 3707
as staff
POST /api/v1/projects {"name":"=HYPERLINK(\"http://x\")","region_code":"370783","total_invest_fen":100}
201
save id id
POST /api/v1/projects {"name":"乙项目","region_code":"370783"}
201

# a column is asked for once, and what is no column is named
GET /api/v1/projects?fields=name,name
400 {"errors":[{"field":"fields","code":"bad_query"}]}
GET /api/v1/projects?fields=id,id
400 {"errors":[{"field":"fields"}]}
GET /api/v1/projects?fields=id,name,updated_at_ms
200 {"items":[{"name":"乙项目"},"*"]}
GET /api/v1/projects?fields=name,password_hash
400 {"errors":[{"field":"fields"}]}
GET /api/v1/projects?format=csv&fields=name,name
400

# names stand beside codes, unless nobody needs them
GET /api/v1/projects?fields=region_code
200 {"items":[{"region_name":"寿光市"},"*"]}
GET /api/v1/projects?fields=region_code&labels=0
200 {"items":[{"region_code":"370783"},"*"]}
lacks region_name
GET /api/v1/projects/$id?labels=0
200 {"region_code":"370783"}
lacks region_name
GET /api/v1/projects/$id?labels=no
400 {"errors":[{"field":"labels","code":"bad_query"}]}

# a filter's value that no row can have is a mistake, not an empty list
GET /api/v1/projects?stage=SIGND
400 {"errors":[{"field":"stage","code":"bad_query"}]}
GET /api/v1/projects?sign_date.ge=2024-13-45
400 {"errors":[{"field":"sign_date.ge"}]}
GET /api/v1/projects?is_key=maybe
400 {"errors":[{"field":"is_key"}]}
GET /api/v1/projects?total_invest_fen.ge=1e5
400 {"errors":[{"field":"total_invest_fen.ge"}]}
GET /api/v1/projects?count=maybe
400 {"errors":[{"field":"count"}]}
GET /api/v1/projects?format=exe
400 {"errors":[{"field":"format"}]}
GET /api/v1/projects?stage=LEAD,TALK&is_key=false&sign_date.null=1&count=1
200 {"total":2}

# a cursor that we did not give, or that belongs to another order, is refused on both engines
GET /api/v1/projects?limit=1&sort=name
200
save next next
GET /api/v1/projects?limit=1&sort=name&cursor=$next
200 {"items":["*"]}
GET /api/v1/projects?limit=1&cursor=$next
400 {"errors":[{"field":"cursor","code":"bad_cursor"}]}
GET /api/v1/projects?cursor=74313a31
400 {"errors":[{"field":"cursor"}]}
GET /api/v1/projects?cursor=6e
400 {"errors":[{"field":"cursor"}]}
GET /api/v1/projects?cursor=zz
400

# a file needs its right, holds no formula, and is a row of the audit
GET /api/v1/projects?format=csv&fields=name,region_code
200
has '=HYPERLINK
as factor
GET /api/v1/projects?format=csv
403
as keeper
GET /api/v1/audit?action=export&outcome=DONE&count=1
200 {"items":[{"login":"staff","object":"project"}],"total":1}
GET /api/v1/audit?login=factor&outcome=REFUSED&count=1
200 {"items":[{"object":"project"}],"total":1}

# a refusal names the record that was asked for
as factor
with If-Match: "1"
PATCH /api/v1/projects/$id {"name":"x"}
403
as keeper
GET /api/v1/audit?login=factor&action=patch
200 {"items":[{"object":"project","object_id":$id}]}
