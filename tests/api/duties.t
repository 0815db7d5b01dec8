# one person with two roles: of staff, and of review
account both COUNTY_STAFF 370783
account reviewer COUNTY_REVIEWER 370783
account verifier CITY_VERIFIER 3707
account security SEC_ADMIN 3707
as security
GET /api/v1/assignments?role=COUNTY_STAFF
200
save account items.0.account_id
save staff items.0.id
POST /api/v1/assignments {"account_id":$account,"role":"COUNTY_REVIEWER","scope":"370783"}
201
save review id
as both
GET /api/v1/projects
422 {"errors":[{"field":"role","code":"choose_role"}]}

# who proposed does not review, whichever role he takes; nor does he return his own
as both $staff
POST /api/v1/projects {"name":"一人两岗","region_code":"370783"}
201
save id id
POST /api/v1/projects/$id/proposals {"kind":"TERMINATE","event_date":"2024-04-10","reason_code":"MARKET","reason":"市场变化"}
201
save proposal proposal.id
as both $review
POST /api/v1/proposals/$proposal/review {}
403 {"errors":[{"code":"separation_of_duties"}]}
POST /api/v1/proposals/$proposal/return {"comment":"自己退回"}
403 {"errors":[{"code":"separation_of_duties"}]}
GET /api/v1/projects/$id/way
200 {"proposal":{"can":{"review":false,"return":false}}}

# who reviewed does not verify
as reviewer
POST /api/v1/proposals/$proposal/review {}
200 {"proposal":{"next_act":"VERIFY"}}
as security
GET /api/v1/assignments?account_login.has=reviewer
200
save person items.0.account_id
POST /api/v1/assignments {"account_id":$person,"role":"CITY_VERIFIER","scope":"3707"}
201
save second id
as reviewer $second
POST /api/v1/proposals/$proposal/verify {}
403 {"errors":[{"code":"separation_of_duties"}]}

# who brought a file does not judge it in another role
as both $staff
POST /api/v1/evidence?project_id=$id&kind=OTHER&file_name=a.pdf @tests/data/contract.pdf
201
save paper id
as both $review
POST /api/v1/evidence/$paper/verify {"state":"OK"}
403 {"errors":[{"code":"separation_of_duties"}]}

# an answer that one role was given is not given again to another
as both $staff
with Idempotency-Key: two-roles
POST /api/v1/evidence?project_id=$id&kind=OTHER&file_name=b.pdf @tests/data/contract.pdf
201
save paper id
with Idempotency-Key: two-roles
POST /api/v1/evidence?project_id=$id&kind=OTHER&file_name=b.pdf @tests/data/contract.pdf
201 {"id":$paper}
as security
POST /api/v1/assignments {"account_id":$account,"role":"CITY_STAFF","scope":"3707"}
201
save city id
as both $city
with Idempotency-Key: two-roles
POST /api/v1/evidence?project_id=$id&kind=OTHER&file_name=b.pdf @tests/data/contract.pdf
409 {"errors":[{"code":"idempotency_reused"}]}

# a role of somebody else is none of his
as verifier $staff
GET /api/v1/projects
404 {"errors":[{"code":"no_such_role"}]}

# a role for an account that is not there is refused by name, once
as security
POST /api/v1/assignments {"account_id":987654,"role":"CITY_STAFF","scope":"3707"}
422 {"errors":[{"field":"account_id","code":"no_such_record"}]}
lacks no_account

# a request that is still being handled is not handled twice; a claim that its server left behind is
as both $staff
with Idempotency-Key: still-at-it
POST /api/v1/evidence?project_id=$id&kind=OTHER&file_name=c.pdf @tests/data/contract.pdf
201
sql UPDATE idempotency SET status = 0 WHERE key = 'still-at-it'
with Idempotency-Key: still-at-it
POST /api/v1/evidence?project_id=$id&kind=OTHER&file_name=c.pdf @tests/data/contract.pdf
409 {"errors":[{"code":"idempotency_running"}]}
GET /api/v1/evidence?project_id=$id&file_name=c.pdf&count=1
200 {"total":1}
sql UPDATE idempotency SET at_ms = at_ms - 600001 WHERE key = 'still-at-it'
with Idempotency-Key: still-at-it
POST /api/v1/evidence?project_id=$id&kind=OTHER&file_name=c.pdf @tests/data/contract.pdf
201

# what was refused may be sent again under the same key, once it is put right
with Idempotency-Key: put-right
POST /api/v1/evidence?project_id=999999&kind=OTHER&file_name=d.pdf @tests/data/contract.pdf
422
with Idempotency-Key: put-right
POST /api/v1/evidence?project_id=$id&kind=OTHER&file_name=d.pdf @tests/data/contract.pdf
201
