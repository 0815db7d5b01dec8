# accounts of the chain
account staff COUNTY_STAFF 370783
account reviewer COUNTY_REVIEWER 370783
account verifier CITY_VERIFIER 3707
account other COUNTY_REVIEWER 370703

# a project of the county
as staff
POST /api/v1/projects {"name":"绿电制氢项目","region_code":"370783","total_invest_fen":1000000000}
201
save id id

# the gate to talks names every missing item
GET /api/v1/projects/$id/way
200 {"stage":"LEAD","next":{"code":"TALK","ready":false,"missing":4,"chain":[{"act":"REVIEW","role":"COUNTY_REVIEWER"}]},"proposal":null,"can":{"advance":true}}
POST /api/v1/projects/$id/proposals {"kind":"ADVANCE","to_stage":"TALK","event_date":"2024-04-09"}
409 {"type":"/problems/gate","errors":[{"field":"investor"},{"field":"industry"},{"field":"talk"},{"field":"handler"}]}

# minutes under 50 characters do not count
with If-Match: "1"
PATCH /api/v1/projects/$id {"investor_text":"远渡能源控股有限公司","industry_code":"2619","handler":"投资促进中心"}
200
POST /api/v1/talks {"project_id":$id,"talk_date":"2024-04-08","level":"STAFF","ours":"投促中心 2 人","theirs":"项目总监","content":"见面。"}
201
GET /api/v1/projects/$id/way
200 {"next":{"missing":1,"items":[{"code":"investor","ok":true,"have":"已填"},{"code":"industry","have":"已有 4 位代码"},{"code":"talk","ok":false,"have":"洽谈 1 次，最近 2024-04-08，还没有写齐双方人员和 50 字纪要的"},{"code":"handler"}]}}
lang en
GET /api/v1/projects/$id/way
200 {"next":{"items":["*","*",{"have":"talks: 1, the last on 2024-04-08, none yet with both sides and minutes of 50 characters"}]}}
lang zh

# three stages at once are not reachable
POST /api/v1/talks {"project_id":$id,"talk_date":"2024-04-08","level":"STAFF","ours":"投促中心 2 人","theirs":"项目总监等 3 人","content":"双方就项目选址、用地规模、用能需求和建设时序作了交流，投资方介绍了技术路线和资金安排，我方介绍了园区条件和配套政策，约定下周实地考察。"}
201
POST /api/v1/projects/$id/proposals {"kind":"ADVANCE","to_stage":"LANDED","event_date":"2024-04-09"}
409 {"type":"/problems/conflict","errors":[{"field":"to_stage","code":"not_reachable"}]}
lang en
POST /api/v1/projects/$id/proposals {"kind":"ADVANCE","to_stage":"LANDED","event_date":"2024-04-09"}
409
has (Lead)
GET /api/v1/audit
403
has (audit rows)
lang zh
GET /api/v1/audit
403
has （审计记录）

# an event in the future, or before the last one, is refused
POST /api/v1/projects/$id/proposals {"kind":"ADVANCE","to_stage":"TALK","event_date":"2024-04-11"}
422 {"errors":[{"field":"event_date","code":"in_the_future"}]}

# a proposal waits for the county's reviewer; the stage has not moved
POST /api/v1/projects/$id/proposals {"kind":"ADVANCE","to_stage":"TALK","event_date":"2024-04-08"}
201 {"stage":"LEAD","proposal":{"state":"OPEN","next_act":"REVIEW","can":{"review":false,"withdraw":true}}}
save proposal proposal.id

# a project has one open proposal
POST /api/v1/projects/$id/proposals {"kind":"ADVANCE","to_stage":"TALK","event_date":"2024-04-08"}
409 {"errors":[{"code":"proposal_is_open"}]}

# the proposer cannot review, another county's reviewer does not see it, the city cannot skip the county
POST /api/v1/proposals/$proposal/review {}
403
as other
POST /api/v1/proposals/$proposal/review {}
404
as verifier
POST /api/v1/proposals/$proposal/verify {}
403 {"errors":[{"code":"only_county_reviewer"}]}

# a return needs a comment; then the staff proposes again
as reviewer
POST /api/v1/proposals/$proposal/return {}
422 {"errors":[{"field":"comment","code":"required"}]}
POST /api/v1/proposals/$proposal/return {"comment":"纪要里补上我方承诺"}
200 {"stage":"LEAD","proposal":null,"last":{"state":"RETURNED"}}
as staff
POST /api/v1/projects/$id/proposals {"kind":"ADVANCE","to_stage":"TALK","event_date":"2024-04-08"}
201
save proposal proposal.id

# the reviewer's act moves it: talks need no more
as reviewer
POST /api/v1/proposals/$proposal/review {"comment":"同意"}
200 {"stage":"TALK","proposal":null,"last":{"state":"DONE"},"stages":[{"code":"TALK","state":"now","from_date":"2024-04-08","days":2,"target_days":60,"is_verified":true}]}
POST /api/v1/proposals/$proposal/review {}
409 {"errors":[{"code":"proposal_ended"}]}

# no signing without a contract: every gate is named by its field
as staff
POST /api/v1/projects/$id/proposals {"kind":"ADVANCE","to_stage":"SIGNED","event_date":"2024-04-10"}
409 {"type":"/problems/gate","errors":[{"field":"contract"},{"field":"parties"},{"field":"fai_fen"},{"field":"phases"},{"field":"needs"},{"field":"admission"}]}

# evidence is typed by its content and kept by its hash
POST /api/v1/evidence?project_id=$id&kind=CONTRACT&file_name=%E5%90%88%E5%90%8C.pdf @tests/data/contract.pdf
201 {"mime":"application/pdf","state":"NEW","kind":"CONTRACT"}
save scan id
POST /api/v1/evidence?project_id=$id&kind=CONTRACT&file_name=run.pdf @tests/api/stage.t
201 {"mime":"text/plain"}
POST /api/v1/evidence?project_id=$id&kind=NOTHING&file_name=x.pdf @tests/data/contract.pdf
422 {"errors":[{"field":"kind","code":"not_a_choice"}]}

# the gate to signing opens item by item
POST /api/v1/agreements {"project_id":$id,"kind":"CONTRACT","sign_date":"2024-04-10","amount_fen":1000000000,"is_sealed_by_both":true,"evidence_id":$scan}
201
POST /api/v1/investors {"name":"远渡能源控股有限公司","region_code":"370783","id_kind":"USCC","id_no":"91370700MA3QA0019N"}
201
save investor id
POST /api/v1/investors {"name":"错码公司","region_code":"370783","id_kind":"USCC","id_no":"91370700MA3QA00191"}
422 {"errors":[{"field":"id_no"}]}
POST /api/v1/parties {"project_id":$id,"investor_id":$investor,"role":"INVESTOR","share_permille":700}
201
POST /api/v1/parties {"project_id":$id,"investor_id":$investor,"role":"INVESTOR","share_permille":400}
422 {"errors":[{"field":"share_permille","code":"shares_over_1000"}]}
POST /api/v1/phases {"project_id":$id,"no":1,"name":"一期"}
201
with If-Match: "3"
PATCH /api/v1/projects/$id {"fai_fen":800000000,"land_mu_e2":0,"energy_tce_e2":0,"admission":"PASS","admission_doc_no":"潍准〔2024〕1 号"}
200
GET /api/v1/projects/$id/way
200 {"next":{"code":"SIGNED","ready":true,"missing":0}}

# signing passes review and verification by two more persons
POST /api/v1/projects/$id/proposals {"kind":"ADVANCE","to_stage":"SIGNED","event_date":"2024-04-10"}
201 {"proposal":{"next_act":"REVIEW"}}
save proposal proposal.id
as reviewer
POST /api/v1/proposals/$proposal/review {}
200 {"stage":"TALK","proposal":{"next_act":"VERIFY"}}
as verifier
POST /api/v1/proposals/$proposal/verify {}
200 {"stage":"SIGNED","stages":[{"code":"TALK","state":"done","to_date":"2024-04-10"},{"code":"SIGNED","state":"now"}]}
GET /api/v1/projects/$id
200 {"sign_date":"2024-04-10","stage":"SIGNED"}

# a file that was rejected after the proposal stops the last verification
as staff
POST /api/v1/evidence?project_id=$id&kind=LICENCE&file_name=a.pdf @tests/data/contract.pdf
201
save licence id
POST /api/v1/parties {"project_id":$id,"investor_id":$investor,"role":"PROJECT_COMPANY"}
201
POST /api/v1/project-codes {"project_id":$id,"code":"2404-370783-04-01-123456","kind":"FILING"}
201
POST /api/v1/project-codes {"project_id":$id,"code":"2413-370783-04-01-123456","kind":"FILING"}
422 {"errors":[{"field":"code"}]}
POST /api/v1/evidence?project_id=$id&kind=LAND_CONTRACT&file_name=b.pdf @tests/data/contract.pdf
201
POST /api/v1/projects/$id/proposals {"kind":"ADVANCE","to_stage":"LANDED","event_date":"2024-04-10"}
201
save proposal proposal.id
as reviewer
POST /api/v1/proposals/$proposal/review {}
200
POST /api/v1/evidence/$licence/verify {"state":"REJECTED"}
200 {"state":"REJECTED"}
as verifier
POST /api/v1/proposals/$proposal/verify {}
409 {"type":"/problems/gate","errors":[{"field":"licence"}]}
GET /api/v1/projects/$id
200 {"stage":"SIGNED"}
POST /api/v1/evidence/$licence/verify {"state":"OK"}
200
POST /api/v1/proposals/$proposal/verify {}
200 {"stage":"LANDED"}

# a suspension stops the clock of the stage
as staff
POST /api/v1/projects/$id/proposals {"kind":"SUSPEND","event_date":"2024-04-10"}
422 {"errors":[{"field":"reason_code","code":"required"}]}
POST /api/v1/projects/$id/proposals {"kind":"SUSPEND","event_date":"2024-04-10","reason_code":"LAND","reason":"供地方案待批"}
201
save proposal proposal.id
as reviewer
POST /api/v1/proposals/$proposal/review {}
200
as verifier
POST /api/v1/proposals/$proposal/verify {}
200 {"side":"SUSPENDED"}
today 2024-05-20
as staff
GET /api/v1/projects/$id/way
200 {"stages":["*","*",{"code":"LANDED","days":0}],"can":{"resume":true,"advance":false}}

# resumed, the clock runs on
POST /api/v1/projects/$id/proposals {"kind":"RESUME","event_date":"2024-05-10","reason_code":"LAND","reason":"供地已批"}
201
save proposal proposal.id
as reviewer
POST /api/v1/proposals/$proposal/review {}
200
as verifier
POST /api/v1/proposals/$proposal/verify {}
200 {"side":"ACTIVE","stages":["*","*",{"code":"LANDED","days":10}]}

# a correction goes back by a verifier, and needs another verifier
POST /api/v1/projects/$id/proposals {"kind":"CORRECTION","to_stage":"SIGNED","event_date":"2024-05-20","reason_code":"MISTAKE","reason":"执照注册地不在本市"}
201
save proposal proposal.id
POST /api/v1/proposals/$proposal/verify {}
403 {"errors":[{"code":"separation_of_duties"}]}
account verifier2 CITY_VERIFIER 3707
as verifier2
POST /api/v1/proposals/$proposal/verify {}
200 {"stage":"SIGNED"}
GET /api/v1/projects/$id
200 {"land_date":null,"stage":"SIGNED"}

# the history shows who did what, with both values
as staff
GET /api/v1/projects/$id/history
200 {"items":["*"]}
has "action":"move"
has "label":"阶段"
