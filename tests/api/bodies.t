# who tries what
account staff COUNTY_STAFF 370783
account reviewer COUNTY_REVIEWER 370783
as staff
POST /api/v1/projects {"name":"试体项目","region_code":"370783"}
201
save id id

# a member of the wrong type is named, never dropped
POST /api/v1/projects/$id/proposals {"kind":"TERMINATE","event_date":"2024-04-10","reason_code":"MARKET","reason":["市场"]}
422 {"errors":[{"field":"reason","code":"wrong_type"}]}
POST /api/v1/projects/$id/proposals {"kind":7,"event_date":20240410}
422 {"errors":[{"field":"kind","code":"wrong_type"},{"field":"event_date","code":"wrong_type"}]}
POST /api/v1/projects/$id/proposals {"kind":"TERMINATE","evidence_id":"7"}
422 {"errors":[{"field":"evidence_id","code":"not_a_number"}]}

# sentences have an end and no hidden characters
POST /api/v1/projects/$id/proposals {"kind":"TERMINATE","event_date":"2024-04-10","reason_code":"MARKET","reason":"a\u0007b"}
422 {"errors":[{"field":"reason","code":"control_characters"}]}
POST /api/v1/projects/$id/proposals {"kind":"TERMINATE","event_date":"2024-04-10","reason_code":"MARKET","reason":"市场变化"}
201
save proposal proposal.id
as reviewer
POST /api/v1/proposals/$proposal/return {"comment":5}
422 {"errors":[{"field":"comment","code":"wrong_type"}]}
POST /api/v1/proposals/$proposal/return {"comment":"\u0000"}
400 {"errors":[{"code":"bad_json"}]}

# a body too deep says so
POST /api/v1/proposals/$proposal/return {"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}}}}}}}}}}
400
has nested too deep

# a reveal has a purpose of a sentence
as staff
POST /api/v1/contacts {"owner_kind":"PROJECT","owner_id":$id,"name":"王小明","mobile":"13800001234"}
201
save contact id
POST /api/v1/contacts/$contact/reveal {"field":"mobile"}
422 {"errors":[{"field":"purpose","code":"required"}]}
POST /api/v1/contacts/$contact/reveal {"field":"mobile","purpose":12}
422 {"errors":[{"field":"purpose","code":"wrong_type"}]}
POST /api/v1/contacts/$contact/reveal {"field":"title","purpose":"回访"}
422 {"errors":[{"field":"field","code":"unknown_member"}]}
POST /api/v1/contacts/$contact/reveal {"field":"mobile","purpose":"回访"}
200 {"value":"13800001234"}
