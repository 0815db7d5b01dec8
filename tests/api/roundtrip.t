# a file that was exported and comes back as it is changes nothing, whatever its kind and language
account staff COUNTY_STAFF 370783
as staff
POST /api/v1/projects {"name":"海洋装备零部件项目","region_code":"370783","total_invest_fen":123456000000,"industry_code":"3734","chain_node":"动力装备·核心零部件","chain_effect":"FILL","is_key":true,"key_level":"CITY","plan_start_date":"2024-09-01","land_mu_e2":12050,"investor_text":"海工有限公司","note":"第一行","jobs":300,"energy_tce_e2":123456,"cod_kg":1500,"content":"建设厂房"}
201
save one id
POST /api/v1/projects {"name":"未来工厂","region_code":"370783","is_foreign":true,"kind":"TECH"}
201
save two id
with If-Match: "1"
PATCH /api/v1/projects/$two {"site":"东区"}
200 {"row_version":2}
GET /api/v1/projects?format=xlsx&lang=zh&sort=id&fields=name,region_code,stage,total_invest_fen,funds_fen,sign_date,side,stage_since_date,is_key,industry_code,investor_text,size_band,chain_node,chain_effect,key_level,plan_start_date,land_mu_e2,rate_date,is_foreign,kind,note,jobs,energy_tce_e2,cod_kg,content
200
keep
POST /api/v1/imports?file_name=back.xlsx&region_code=370783 @kept
201 {"rows_total":2}
save import id
GET /api/v1/imports/$import/plan
200
has "questions":[]
POST /api/v1/imports/$import/check
202
wait
GET /api/v1/imports/$import/rows
200 {"counts":{"SAME":2,"NEW":0,"UPDATE":0,"CONFLICT":0,"DUPLICATE":0,"ERROR":0}}
GET /api/v1/projects?format=xlsx&lang=en&sort=id&fields=name,region_code,stage,total_invest_fen,funds_fen,sign_date,side,stage_since_date,is_key,industry_code,investor_text,size_band,chain_node,chain_effect,key_level,plan_start_date,land_mu_e2,rate_date,is_foreign,kind,note,jobs,energy_tce_e2,cod_kg,content
200
keep
POST /api/v1/imports?file_name=back.xlsx&region_code=370783 @kept
201 {"rows_total":2}
save import id
GET /api/v1/imports/$import/plan
200
has "questions":[]
POST /api/v1/imports/$import/check
202
wait
GET /api/v1/imports/$import/rows
200 {"counts":{"SAME":2,"NEW":0,"UPDATE":0,"CONFLICT":0,"DUPLICATE":0,"ERROR":0}}
GET /api/v1/projects?format=csv&lang=zh&sort=id&fields=name,region_code,stage,total_invest_fen,funds_fen,sign_date,side,stage_since_date,is_key,industry_code,investor_text,size_band,chain_node,chain_effect,key_level,plan_start_date,land_mu_e2,rate_date,is_foreign,kind,note,jobs,energy_tce_e2,cod_kg,content
200
keep
POST /api/v1/imports?file_name=back.csv&region_code=370783 @kept
201 {"rows_total":2}
save import id
GET /api/v1/imports/$import/plan
200
has "questions":[]
POST /api/v1/imports/$import/check
202
wait
GET /api/v1/imports/$import/rows
200 {"counts":{"SAME":2,"NEW":0,"UPDATE":0,"CONFLICT":0,"DUPLICATE":0,"ERROR":0}}
GET /api/v1/projects?format=csv&lang=en&sort=id&fields=name,region_code,stage,total_invest_fen,funds_fen,sign_date,side,stage_since_date,is_key,industry_code,investor_text,size_band,chain_node,chain_effect,key_level,plan_start_date,land_mu_e2,rate_date,is_foreign,kind,note,jobs,energy_tce_e2,cod_kg,content
200
keep
POST /api/v1/imports?file_name=back.csv&region_code=370783 @kept
201 {"rows_total":2}
save import id
GET /api/v1/imports/$import/plan
200
has "questions":[]
POST /api/v1/imports/$import/check
202
wait
GET /api/v1/imports/$import/rows
200 {"counts":{"SAME":2,"NEW":0,"UPDATE":0,"CONFLICT":0,"DUPLICATE":0,"ERROR":0}}

# a changed cell is the whole difference, of the version that the file was made from
GET /api/v1/projects?format=csv&sort=id&fields=name,chain_node,land_mu_e2,stage,is_key
200
keep
swap 动力装备·核心零部件 => 改过的环节
swap 未来工厂,, => 未来工厂,新环节,
compare import 370783 back.csv @kept
GET /api/v1/imports/$import/rows
200 {"counts":{"SAME":0,"UPDATE":2,"CONFLICT":0},"items":[{"project_id":$one,"changes":[{"field":"chain_node","before":"动力装备·核心零部件","after":"改过的环节"}]},{"project_id":$two,"changes":[{"field":"chain_node","before":null,"after":"新环节"}]}]}

# a cell that somebody changed since the file was made is a conflict, and the system's value stays
with If-Match: "1"
PATCH /api/v1/projects/$one {"chain_node":"同事改的"}
200
POST /api/v1/imports/$import/check
202
wait
GET /api/v1/imports/$import/rows
200 {"counts":{"UPDATE":1,"CONFLICT":1},"items":[{"result":"CONFLICT","choice":"theirs"},{"result":"UPDATE"}]}
POST /api/v1/imports/$import/write
202
wait
GET /api/v1/projects/$one
200 {"chain_node":"同事改的"}
GET /api/v1/projects/$two
200 {"chain_node":"新环节","site":"东区","kind":"TECH"}
