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
with If-Match: "2"
DELETE /api/v1/accounts/$account
204
GET /api/v1/accounts/$account
200 {"state":"CLOSED"}

# the password in force is never the new one, also where the history does not have it (as after a demo)
sql DELETE FROM password_history
as staff
PUT /api/v1/session/password {"old_password":"correct horse battery","new_password":"correct horse battery"}
422 {"errors":[{"field":"new_password","code":"password_used"}]}
PUT /api/v1/session/password {"old_password":"correct horse battery","new_password":["x"]}
422 {"errors":[{"field":"new_password","code":"wrong_type"}]}
PUT /api/v1/session/password {"old_password":"correct horse battery","new_password":"another horse battery"}
204
