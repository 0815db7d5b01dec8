# three offices, and a member of staff
account root SYS_ADMIN 3707
account security SEC_ADMIN 3707
account keeper LOG_ADMIN 3707
account staff COUNTY_STAFF 370783

# the administrator makes an account with a one-time password, shown once
as root
POST /api/v1/accounts {"login":"zhaoxin","name":"赵新","phone":"19900001234","unit_name":"寿光市投资促进中心"}
201 {"one_time_password":"*"}
save account id
GET /api/v1/accounts/$account
200 {"login":"zhaoxin","state":"ACTIVE","phone":"199****1234"}
lacks one_time_password
lacks argon2

# its keeper changes name and telephone, with the version that he read; the login stays
PATCH /api/v1/accounts/$account {"name":"赵欣"}
428
with If-Match: "2"
PATCH /api/v1/accounts/$account {"name":"赵欣","phone":"19900005678"}
200 {"name":"赵欣","phone":"199****5678","row_version":3}
with If-Match: "2"
PATCH /api/v1/accounts/$account {"name":"赵鑫"}
412 {"conflicts":[{"field":"name","theirs":"赵欣","yours":"赵鑫"}]}
with If-Match: "3"
PATCH /api/v1/accounts/$account {"login":"zhaoxin2"}
422 {"errors":[{"field":"login","code":"final"}]}
with If-Match: "3"
PATCH /api/v1/accounts/$account {"phone":"12"}
422 {"errors":[{"field":"phone"}]}
with If-Match: "3"
PATCH /api/v1/accounts/$account {"state":"CLOSED"}
422 {"errors":[{"field":"state","code":"readonly"}]}
as keeper
GET /api/v1/audit?object=account&action=update
200 {"items":[{"login":"root","object_id":$account}]}
has 赵欣
lacks 19900005678
as security
with If-Match: "3"
PATCH /api/v1/accounts/$account {"name":"赵鑫"}
403
as staff
with If-Match: "3"
PATCH /api/v1/accounts/$account {"name":"赵鑫"}
403
as root

# a login is never used twice, and has its form
POST /api/v1/accounts {"login":"zhaoxin","name":"另一人"}
409 {"errors":[{"field":"login","code":"login_taken"}]}
POST /api/v1/accounts {"login":"1x","name":"数字开头"}
422 {"errors":[{"field":"login"}]}

# an account without a role may do nothing; roles are given by the security office
POST /api/v1/assignments {"account_id":$account,"role":"COUNTY_STAFF","scope":"370783"}
403
as security
POST /api/v1/assignments {"account_id":$account,"role":"COUNTY_STAFF","scope":"999999"}
422 {"errors":[{"field":"scope"}]}
POST /api/v1/assignments {"account_id":$account,"role":"COUNTY_STAFF","scope":"370783"}
201 {"role":"COUNTY_STAFF","scope":"370783"}
save role id
as zhaoxin
GET /api/v1/projects?count=1
200 {"total":0}

# several dated roles; no account holds two of the three offices
as security
POST /api/v1/assignments {"account_id":$account,"role":"SYS_ADMIN","scope":"3707"}
201
POST /api/v1/assignments {"account_id":$account,"role":"LOG_ADMIN","scope":"3707"}
409

# a role that was taken back serves no more
with If-Match: "1"
DELETE /api/v1/assignments/$role
204
as root
GET /api/v1/assignments?account_id=$account
200 {"items":["*","*"]}

# an office sees no business data, and business sees no accounts
GET /api/v1/projects
403
as staff
GET /api/v1/accounts
403
GET /api/v1/audit
403

# the log office reads the chain and proves it
as keeper
GET /api/v1/audit?limit=5
200 {"items":["*"]}
GET /api/v1/audit/verify
200 {"is_ok":true,"broken_at":null}
GET /api/v1/audit/head
200 {"head":"*"}

# refusals are rows of the chain
GET /api/v1/audit?outcome=REFUSED&count=1
200 {"items":[{"outcome":"REFUSED"}]}

# a changed row breaks the proof, and is named
sql UPDATE audit SET login = 'somebody' WHERE id = 3
GET /api/v1/audit/verify
200 {"is_ok":false,"broken_at":3,"why":"changed"}

# a closed account acts no more
as root
with If-Match: "3"
DELETE /api/v1/accounts/$account
204
GET /api/v1/accounts/$account
200 {"state":"CLOSED"}
with If-Match: "4"
PATCH /api/v1/accounts/$account {"name":"赵鑫"}
409 {"errors":[{"code":"account_closed"}]}

# everybody changes his own telephone and e-mail, and nothing else
as staff
GET /api/v1/session
200 {"account":{"login":"staff","row_version":2,"phone":null}}
PATCH /api/v1/session/account {"phone":"19900007777"}
428
with If-Match: "2"
PATCH /api/v1/session/account {"phone":"19900007777","email":"staff@example.com"}
200 {"account":{"phone":"199****7777","email":"s***@example.com","row_version":3}}
with If-Match: "2"
PATCH /api/v1/session/account {"phone":"19900008888"}
412
with If-Match: "3"
PATCH /api/v1/session/account {"phone":"1"}
422 {"errors":[{"field":"phone"}]}
with If-Match: "3"
PATCH /api/v1/session/account {"name":"别人"}
422 {"errors":[{"field":"name","code":"unknown_member"}]}
with If-Match: "3"
PATCH /api/v1/session/account {"email":null}
200 {"account":{"phone":"199****7777","email":null,"row_version":4}}
as nobody
PATCH /api/v1/session/account {"phone":"19900007777"}
401
as keeper
GET /api/v1/audit?object=account&action=update&login=staff&count=1
200 {"total":2}
lacks 19900007777

# the password in force is never the new one, also where the history does not have it (as after a demo)
sql DELETE FROM password_history
as staff
PUT /api/v1/session/password {"old_password":"correct horse battery","new_password":"correct horse battery"}
422 {"errors":[{"field":"new_password","code":"password_used"}]}
PUT /api/v1/session/password {"old_password":"correct horse battery","new_password":["x"]}
422 {"errors":[{"field":"new_password","code":"wrong_type"}]}
PUT /api/v1/session/password {"old_password":"correct horse battery","new_password":"another horse battery"}
204

# who has to wait is told how long
as nobody
POST /api/v1/session {"login":"root","password":"wrong password 1"}
401
POST /api/v1/session {"login":"root","password":"wrong password 2"}
401
POST /api/v1/session {"login":"root","password":"wrong password 3"}
429 {"errors":[{"code":"login_wait"}]}
sends Retry-After: 1
