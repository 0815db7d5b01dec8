# the three offices, and a member of staff
account root SYS_ADMIN 3707
account security SEC_ADMIN 3707
account keeper LOG_ADMIN 3707
account staff COUNTY_STAFF 370783

# the security administrator keeps the settings; the other offices read them; business does not
as staff
GET /api/v1/security/policy
403
GET /api/v1/security/watch
403
as root
GET /api/v1/security/policy
200 {"items":[{"key":"second_factor","value":"ADMINS"},{"key":"password_profile","value":"ASVS2"},{"key":"admin_networks","value":""}],"remote":"10.0.0.1"}
PATCH /api/v1/security/policy {"password_profile":"DENGBAO3"}
403
as security
PATCH /api/v1/security/policy {"password_profile":"DENGBAO3","alarm_odd_n":"300"}
200 {"items":["*",{"value":"DENGBAO3"},"*","*","*",{"value":"300"}]}

# wrong settings are named, all at once, and nothing of them is stored
PATCH /api/v1/security/policy {"second_factor":"OPTIONAL","admin_networks":"10.0.0.1/8","alarm_odd_n":"500"}
422 {"errors":[{"field":"second_factor","code":"factor_needed"},{"field":"admin_networks","code":"not_a_network"}]}
PATCH /api/v1/security/policy {"admin_networks":"192.168.0.0/16"}
422 {"errors":[{"field":"admin_networks","code":"own_address_outside"}]}
PATCH /api/v1/security/policy {"alarm_odd_n":7}
422 {"errors":[{"field":"alarm_odd_n","code":"wrong_type"}]}
PATCH /api/v1/security/policy {"unheard_of":"x"}
422 {"errors":[{"field":"unheard_of","code":"unknown_member"}]}
GET /api/v1/security/policy
200 {"items":["*","*",{"value":""},"*","*",{"value":"300"}]}

# a new password follows the profile
as staff
PUT /api/v1/session/password {"old_password":"correct horse battery","new_password":"another horse"}
422 {"errors":[{"field":"new_password","code":"password_kinds"}]}
PUT /api/v1/session/password {"old_password":"correct horse battery","new_password":"Another-horse-9"}
204

# a second factor is begun with the password and confirmed with a code
GET /api/v1/session/factor
200 {"is_enrolled":false,"is_required":false,"recovery_left":0}
PUT /api/v1/session/factor {"code":"123456"}
409 {"errors":[{"code":"factor_not_begun"}]}
POST /api/v1/session/factor {"password":"wrong"}
422 {"errors":[{"field":"password","code":"password_wrong"}]}
POST /api/v1/session/factor {"password":"Another-horse-9"}
200 {"secret":"*","uri":"*","qr":{"size":"*","path":"*"}}
has otpauth://totp/zhaoyin:staff?secret=
PUT /api/v1/session/factor {"code":"abcdef"}
422 {"errors":[{"field":"code","code":"code_wrong"}]}
GET /api/v1/session/factor
200 {"is_enrolled":false}

# a factor is reset by the security administrator, for others only
as root
POST /api/v1/accounts/4/factor-reset
403
as security
POST /api/v1/accounts/2/factor-reset
403 {"errors":[{"code":"own_factor"}]}
POST /api/v1/accounts/3/factor-reset
409 {"errors":[{"code":"factor_not_there"}]}
POST /api/v1/accounts/4/factor-reset
204
sql INSERT INTO second_factor (account_id, secret, made_at_ms, confirmed_at_ms) VALUES (4, 'zs1.1.AAAA', 1, 1)

# log-in asks for the code of an enrolled account, and says so only after the right password
as nobody
POST /api/v1/session {"login":"staff","password":"wrong password"}
401 {"errors":[{"code":"login_wrong"}]}

# sessions of others: the two that may end them see them
as staff
GET /api/v1/security/sessions
403
GET /api/v1/accounts/1/sessions
403
as keeper
GET /api/v1/accounts/4/sessions
403
as security
GET /api/v1/accounts/4/sessions
200 {"items":[]}
GET /api/v1/security/sessions
200 {"items":[]}
POST /api/v1/accounts/4/logout
204
as root
GET /api/v1/accounts/4/sessions
200

# the counters and alarms are the offices'
as keeper
GET /api/v1/security/watch
200 {"counters":[{"kind":"LOGIN"},{"kind":"REFUSED"},{"kind":"ODD","limit_n":300}],"alarms":[]}
sql INSERT INTO alarm (kind, at_ms, events_n, span_ms, remote) VALUES ('LOGIN', 1, 20, 600000, '10.0.0.9')
GET /api/v1/security/watch
200 {"alarms":[{"kind":"LOGIN","events_n":20,"remote":"10.0.0.9","seen_at_ms":null}]}
POST /api/v1/security/alarms/1/seen
403
as security
POST /api/v1/security/alarms/1/seen
204
POST /api/v1/security/alarms/1/seen
404
GET /api/v1/security/watch
200 {"alarms":[{"seen_at_ms":"*","seen_by":"security"}]}

# none of the three offices sees anything of the trade
as root
GET /api/v1/projects
403
GET /api/v1/contacts
403
as security
GET /api/v1/projects
403
GET /api/v1/contacts/1
403
GET /api/v1/leads
403
GET /api/v1/imports
403
as keeper
GET /api/v1/projects?count=1
403
GET /api/v1/evidence
403
