// Development only: answers docs/api.md with invented data until the server does.
import http from 'node:http'
import { readFileSync, existsSync } from 'node:fs'
import { join, extname } from 'node:path'
const dist = new URL('../dist/', import.meta.url).pathname
const F = (name, label, type, o = '') => ({ name, label, type, unit: { fen: '万元', mu_e2: '亩', tce_e2: '吨标准煤', permille: '%', m2: '平方米' }[type] ?? null, group: o.match(/g:(\w+)/)?.[1] ?? 'base', required: o.includes('*'), readonly: o.includes('ro'), final: o.includes('final'), list: o.includes('L'), filter: o.includes('F'), sort: o.includes('S'), sum: o.includes('sum'), search: false, form: !o.includes('nof') && !o.includes('ro'), personal: o.includes('pers'), max: 0, ref: o.match(/r:([\w-]+)/)?.[1] ?? null, choices: o.match(/c:(\S+)/)?.[1].split(',').map((x) => { const [code, label] = x.split('='); return { code, label } }) ?? [] })
const ST = 'c:LEAD=线索,TALK=洽谈,SIGNED=签约,LANDED=落地,STARTED=开工,PRODUCING=投产,CAPACITY=达产,CLOSED=归档'
const groups = [['base', '基本信息'], ['invest', '投资'], ['factor', '要素'], ['date', '日期'], ['other', '其他']].map(([code, label]) => ({ code, label }))
const N = (name, plural, label, rights, fields, order = '-id') => ({ name, plural, label, rights, fields, groups, order })
const nouns = [
  N('project', 'projects', '项目', 'CRUDSVXP', [F('code', '项目编号', 'code', 'ro L F S'), F('name', '项目名称', 'text', '* L F S'), F('region_code', '属地', 'region', '* L F S'), F('stage', '阶段', 'enum', `ro L F S ${ST}`), F('side', '推进状态', 'enum', 'ro L F c:ACTIVE=推进中,SUSPENDED=暂停,TERMINATED=终止,MERGED=合并'), F('is_key', '重点项目', 'bool', 'L F'), F('key_level', '重点级别', 'enum', 'F c:PROVINCE=省重点,CITY=市重点'), F('industry_code', '行业', 'industry', 'L F S'), F('content', '建设内容', 'long'), F('investor_text', '投资方', 'text', 'L F'), F('total_invest_fen', '总投资', 'fen', 'g:invest L F S sum'), F('size_band', '规模档', 'enum', 'ro g:invest F c:S1=1亿元以下,S4=10-50亿元'), F('fai_fen', '固定资产投资', 'fen', 'g:invest sum F S'), F('funds_fen', '到位资金', 'fen', 'ro g:invest L F S sum'), F('land_mu_e2', '用地', 'mu_e2', 'g:factor F S sum'), F('floor_m2', '建筑面积', 'm2', 'g:factor'), F('energy_tce_e2', '年综合能耗', 'tce_e2', 'g:factor'), F('jobs', '就业人数', 'int', 'g:factor'), F('sign_date', '签约日期', 'date', 'ro g:date L F S'), F('plan_start_date', '计划开工', 'date', 'g:date'), F('plan_produce_date', '计划投产', 'date', 'g:date'), F('secrecy', '保密级别', 'enum', '* g:other c:OPEN=公开,INTERNAL=内部'), F('officer_id', '服务专员', 'ref', 'g:other F r:accounts'), F('handler', '责任单位', 'text', 'g:other'), F('last_contact_date', '最近联系', 'date', 'ro g:other S'), F('is_stage_verified', '阶段已核验', 'bool', 'ro F'), F('created_by', '录入人', 'ref', 'ro F r:accounts')], '-updated_at_ms'),
  N('investor', 'investors', '投资方', 'CRUDX', [F('name', '名称', 'text', '* L F S'), F('id_kind', '证照类型', 'enum', 'L F c:USCC=统一社会信用代码,FOREIGN_REG=境外注册号'), F('id_no', '证照号码', 'text', 'L F'), F('country', '国家或地区', 'text', 'L F'), F('list_tags', '榜单', 'tags', 'L c:F500=世界500强,LISTED=上市公司,SOE=央企国企'), F('revenue_fen', '营业收入', 'fen', 'g:other L F S'), F('note', '备注', 'long', 'g:other')]),
  N('lead', 'leads', '线索', 'CRUDSXP', [F('code', '编号', 'code', 'ro L F S'), F('investor_name', '投资方', 'text', '* L F S'), F('region_code', '属地', 'region', '* L F'), F('source_kind', '来源', 'enum', '* L F c:BUREAU=市局,PARTNER=合伙人'), F('content', '内容', 'long', 'L'), F('intended_invest_fen', '意向投资', 'fen', 'L F S sum'), F('state', '状态', 'enum', 'ro L F c:REPORTED=已报备,ACCEPTED=已受理,DROPPED=已放弃'), F('reporting_unit', '首报单位', 'text', 'ro L')]),
  N('contact', 'contacts', '联系人', 'CRUDP', [F('name', '姓名', 'text', '* L pers'), F('title', '职务', 'text', 'L'), F('mobile', '手机', 'phone', 'L pers'), F('email', '邮箱', 'email', 'L pers'), F('is_main', '主要联系人', 'bool', 'L')]),
  N('talk', 'talks', '洽谈', 'CRUD', [F('talk_date', '日期', 'date', '* L'), F('level', '层级', 'enum', '* L c:LEADER=党政主要负责人,BUREAU=局领导,STAFF=工作人员'), F('place', '方式与地点', 'text', 'L'), F('ours', '我方', 'text', 'L'), F('theirs', '对方', 'text', 'L'), F('content', '内容', 'long', '* L'), F('next_step', '下一步', 'text', 'L'), F('next_date', '下一步日期', 'date', 'L')]),
  N('agreement', 'agreements', '协议合同', 'CRUD', [F('kind', '类型', 'enum', '* L c:FRAMEWORK=框架协议,CONTRACT=正式合同'), F('sign_date', '签订日期', 'date', '* L'), F('amount_fen', '合同金额', 'fen', 'L')]),
  N('evidence', 'evidence', '佐证材料', 'CRUDV', [F('kind', '类型', 'enum', '* L F c:CONTRACT=合同,PERMIT=施工许可证,PHOTO=现场照片,LICENCE=营业执照'), F('file_name', '文件名', 'text', 'L final'), F('size_bytes', '大小', 'bytes', 'ro L'), F('doc_no', '文号', 'text', 'L'), F('doc_date', '文件日期', 'date', 'L'), F('issuer', '出具单位', 'text', 'L'), F('doc_until_date', '有效期至', 'date'), F('state', '核验', 'enum', 'ro L c:NEW=待核,OK=已核,REJECTED=不采信')]),
  N('phase', 'phases', '分期', 'CRUD', [F('no', '期次', 'int', '* L'), F('name', '名称', 'text', '* L'), F('total_invest_fen', '总投资', 'fen', 'L')]),
  N('party', 'parties', '各方', 'CRUD', [F('investor_id', '投资方', 'ref', '* L r:investors'), F('role', '身份', 'enum', '* L c:INVESTOR=投资方,PROJECT_COMPANY=项目公司,LOCAL_PARTNER=本地合作方'), F('share_permille', '股比', 'permille', 'L')]),
  N('proposal', 'proposals', '推进事项', 'CRSV', [F('project_name', '项目名称', 'text', 'ro L'), F('region_code', '属地', 'region', 'ro L F S'), F('kind', '事项', 'enum', 'ro L F c:ADVANCE=推进,SUSPEND=暂停'), F('to_stage', '目标阶段', 'enum', `ro L F ${ST}`), F('event_date', '发生日期', 'date', 'ro L S'), F('state', '状态', 'enum', 'ro L F c:OPEN=待审,DONE=已生效'), F('next_act', '待办', 'enum', 'ro L F c:REVIEW=县级审核,VERIFY=市级核验'), F('proposer_name', '提交人', 'text', 'ro L')]),
  N('import', 'imports', '导入批次', 'CRUDV', [F('file_name', '文件', 'text', 'ro L F S'), F('region_code', '单位', 'region', 'ro L F'), F('state', '状态', 'enum', 'ro L F c:RECOGNISED=已识别,CHECKED=已核对,WRITTEN=已写入'), F('rows_total', '行数', 'int', 'ro L'), F('rows_new', '新增', 'int', 'ro L')]),
  N('account', 'accounts', '账号', 'CRU', [F('login', '登录名', 'text', '* L F S final'), F('name', '姓名', 'text', '* L F'), F('unit_name', '单位', 'text', 'L F'), F('phone', '电话', 'phone', 'L pers'), F('state', '状态', 'enum', 'ro L F c:ACTIVE=正常,LOCKED=锁定'), F('last_login_at_ms', '上次登录', 'at', 'ro L S F')]),
  N('assignment', 'assignments', '角色分配', 'CRU', [F('role', '角色', 'enum', '* L c:CITY_STAFF=市局工作人员,COUNTY_STAFF=县招商人员'), F('scope', '范围', 'text', 'L'), F('unit_name', '单位', 'text', 'L'), F('valid_from_date', '生效日期', 'date', '* L'), F('valid_to_date', '截止日期', 'date', 'L')]),
  N('audit', 'audit', '审计', 'RX', [F('at_ms', '时间', 'at', 'ro L F S'), F('login', '账号', 'text', 'ro L F'), F('action', '动作', 'text', 'ro L F'), F('object', '对象', 'text', 'ro L F'), F('outcome', '结果', 'enum', 'ro L F c:DONE=完成,REFUSED=拒绝')]),
]
const regions = [['370783', '寿光市', 'Shouguang'], ['370782', '诸城市', 'Zhucheng'], ['3707Z2', '滨海区', 'Binhai'], ['3707Z1', '高新区', 'Gaoxin'], ['370781', '青州市', 'Qingzhou'], ['370786', '昌邑市', 'Changyi'], ['370785', '高密市', 'Gaomi'], ['370724', '临朐县', 'Linqu']]
const names = ['海水淡化膜组件制造基地项目', '年产 8 万吨生物基尼龙项目', '绿电制氢合成氨一体化项目', '商用车线控底盘及制动系统项目', '特种纸扩能及配套浆线项目', '智能农机电驱系统项目', '半导体封装基板项目', '功能性聚酯薄膜二期项目', '宠物食品产业园项目', '预制菜冷链物流园项目', '氢燃料电池电堆产线项目', '海上风电主轴轴承项目']
const stages = ['TALK', 'SIGNED', 'LANDED', 'STARTED', 'PRODUCING']
const projects = Array.from({ length: 312 }, (_, i) => ({ id: i + 1, row_version: 3, code: `XM370783202400${String(i).padStart(3, '0')}`, name: names[i % 12] + (i >= 12 ? ` ${i}` : ''), region_code: regions[i % 8][0], region_name: regions[i % 8][1], stage: stages[i % 5], side: i % 31 === 30 ? 'SUSPENDED' : 'ACTIVE', is_key: i % 4 === 0, key_level: i % 4 === 0 ? 'CITY' : null, industry_code: '2662', industry_name: '专项化学用品制造', content: '建设反渗透膜和超滤膜生产线各两条，配套研发中心。', investor_text: '华澜膜科技（苏州）有限公司', total_invest_fen: 580000000000 - i * 1234567890, invest_qual: i === 5 ? 'ABOUT' : 'EXACT', size_band: 'S4', fai_fen: 464000000000 - i * 1000000000, funds_fen: 64200000000, land_mu_e2: 32000, floor_m2: 45000, energy_tce_e2: 1230000, jobs: 300, sign_date: '2024-02-16', plan_start_date: '2024-12-10', plan_produce_date: '2028-04-01', secrecy: 'INTERNAL', officer_id: 2, officer_name: '周知行', handler: '滨海区投促局', last_contact_date: '2024-04-08', is_stage_verified: i % 7 !== 0, created_by: 1 }))
const at = Date.UTC(2024, 3, 10, 1, 42)
const data = {
  projects, investors: [{ id: 1, row_version: 1, name: '华澜膜科技（苏州）有限公司', id_kind: 'USCC', id_no: '91370700MA3QA0019N', country: 'CN', list_tags: 'LISTED', revenue_fen: 123400000000, note: null }],
  leads: [], contacts: [{ id: 1, row_version: 1, name: '张*', title: '项目总监', mobile: '138****5678', email: 'z***@example.com', is_main: true }],
  talks: [{ id: 1, row_version: 1, talk_date: '2024-03-18', level: 'BUREAU', place: '市局 305 会议室', ours: '局分管负责人等 5 人', theirs: '副总经理等 3 人', content: '供地分两期，一期 180 亩先行；确认海水取水口共用方案。', next_step: '报批供地方案', next_date: '2024-04-30' }],
  agreements: [], evidence: [{ id: 1, row_version: 1, kind: 'CONTRACT', file_name: '投资合同.pdf', size_bytes: 1834567, doc_no: '2024-07', doc_date: '2024-02-16', issuer: '滨海区管委会', state: 'NEW' }], phases: [], 'project-codes': [], progress: [], funds: [],
  parties: [{ id: 1, row_version: 1, project_id: 1, investor_id: 1, investor_name: '华澜膜科技（苏州）有限公司', role: 'INVESTOR', share_permille: 700 }],
  proposals: [{ id: 5, row_version: 1, project_id: 3, project_name: names[2], region_code: '3707Z2', region_name: '滨海区', kind: 'ADVANCE', to_stage: 'STARTED', event_date: '2024-04-08', state: 'OPEN', next_act: 'REVIEW', proposer_name: '林见微' }],
  imports: [{ id: 1, row_version: 1, file_name: '滨海区2024年1—3月台账.xlsx', region_code: '3707Z2', region_name: '滨海区', state: 'RECOGNISED', rows_total: 6, rows_new: 1 }],
  accounts: [{ id: 1, row_version: 1, login: 'zhou', name: '周知行', unit_name: '市投资合作促进局', phone: '136****2086', state: 'ACTIVE', last_login_at_ms: at }], assignments: [{ id: 1, row_version: 1, role: 'CITY_STAFF', scope: '3707', unit_name: '市局', valid_from_date: '2024-01-01', valid_to_date: null }],
  audit: Array.from({ length: 30 }, (_, i) => ({ id: 30 - i, at_ms: at - i * 60000, login: 'zhou', action: 'update', object: 'project', outcome: i === 3 ? 'REFUSED' : 'DONE' })),
}
let proposal = null
const way = (id) => ({ project_id: id, stage: 'LANDED', side: 'ACTIVE', is_stage_verified: id % 7 !== 1, stages: [['TALK', '洽谈', 'done', '2023-10-06', '2023-11-13', null, 38, 60], ['SIGNED', '签约', 'done', '2023-11-13', '2024-01-05', null, 125, 90], ['LANDED', '落地', 'now', '2024-01-05', null, null, 96, 90], ['STARTED', '开工', 'to_come', null, null, '2024-12-10', null, 540], ['PRODUCING', '投产', 'to_come', null, null, '2028-04-01', null, 360], ['CAPACITY', '达产', 'to_come', null, null, null, null, null], ['CLOSED', '归档', 'to_come', null, null, null, null, null]].map(([code, label, state, from_date, to_date, plan_date, days, target_days]) => ({ code, label, state, from_date, to_date, plan_date, days, target_days, over_days: days && target_days && days > target_days ? days - target_days : 0, is_verified: true })), next: { code: 'STARTED', label: '开工', ready: false, missing: 1, items: [{ code: 'payment', label: '首笔固定资产投资凭证', rule: 'R-041', ok: true, have: '发票 3 张，1,268.00 万元' }, { code: 'photos', label: '现场照片不少于 2 张，位于地块 500 米内', rule: 'R-042', ok: true, have: '4 张，最近 03-14' }, { code: 'permit', label: '施工许可证', rule: 'R-040', ok: false, have: null, remedy: '上传施工许可证', evidence_kind: 'PERMIT' }], chain: [{ act: 'REVIEW', label: '县级审核', role: 'COUNTY_REVIEWER' }, { act: 'VERIFY', label: '市级核验', role: 'CITY_VERIFIER' }] }, proposal: id === 3 ? { id: 5, kind: 'ADVANCE', to_stage: 'STARTED', to_label: '开工', event_date: '2024-04-08', reason: '桩基开打', state: 'OPEN', next_act: 'REVIEW', next_act_label: '县级审核', row_version: 1, proposer_name: '林见微', created_at_ms: at, steps: [{ act: 'PROPOSE', label: '提交', name: '林见微', role_label: '县招商人员', at_ms: at, comment: '桩基开打' }], can: { review: true, verify: false, return: true, withdraw: false }, cannot_reason: null } : proposal, last: null, can: { edit: true, advance: true, suspend: true, resume: false, terminate: true, correct: true, transfer: true, merge: true, confirm: false }, funds_fen: 64200000000 })
const session = { account: { id: 1, login: 'zhou', name: '周知行', must_change_password: false }, assignment: { id: 1, role: 'CITY_STAFF', role_label: '市局工作人员', scope: '3707', scope_label: '潍坊市', unit_name: '市局' }, assignments: [{ id: 1, role: 'CITY_STAFF', role_label: '市局工作人员', scope: '3707', scope_label: '潍坊市' }, { id: 2, role: 'CITY_VERIFIER', role_label: '市级审核', scope: '3707', scope_label: '潍坊市' }], rights: {} }
const plan = { file: '滨海区2024年1—3月台账.xlsx', encoding: null, key: 'none', sheets: [{ sheet: '在建在谈', header_rows: [3], first_data_row: 4, kind: 'projects', skip: false, columns: [['序号', null], ['项 目 名 称', 'name'], ['投资方', 'investor_text'], ['总投资', 'total_invest_fen', '亿元'], ['签约时间', 'sign_date', null, true], ['进 度', 'stage'], ['占地', 'land_mu_e2', '亩']].map(([heading, field, unit, open], col) => ({ col, letter: 'ABCDEFG'[col], heading, field, unit: unit ?? null, basis: field ? 'heading' : 'none', is_open: !!open, choices: [] })), rows: [[1, 'title', ['滨海区2024年1—3月招商引资项目台账']], [2, 'unit', ['填报单位：滨海区投资促进局', '', '', '', '', '单位：亿元、亩']], [3, 'header', ['序号', '项 目 名 称', '投资方', '总投资', '签约时间', '进 度', '占地']], [4, 'section', ['一、在建项目']], [5, 'data', ['1', '海水淡化膜组件制造基地项目', '华澜膜科技（苏州）有限公司', '58', '2023.4.13', '落地', '320']], [6, 'data', ['2', '绿电制氢合成氨一体化项目', '远渡能源控股有限公司', '106', '9月7日', '签约', '1860']], [7, 'data', ['3', '溴系阻燃剂升级项目', '沃泉精细化工（天津）有限公司', '约6.5', '2023年5月', '开工', '96'], [{ col: 3, code: 'about', message: '“约”不能作为准确数' }]], [8, 'section', ['二、在谈项目']], [9, 'data', ['4', '盐化工副产氯资源化项目', '沃泉精细化工（天津）有限公司', '7.4', '', '在谈', '110']], [10, 'data', ['5', '海洋装备涂料项目', '瀚漆涂料（上海）有限公司', '12000万', '2024.13.2', '在谈', '45'], [{ col: 4, code: 'month', message: '没有 13 月。请改为 2024-12-03 这样的日期' }]], [11, 'total', ['合计', '', '', '205.7', '', '', '2431']], [12, 'note', ['注：总投资以合同为准，在谈项目为意向数。']]].map(([row, kind, cells, problems]) => ({ row, kind, cells, problems: problems ?? [] })), data_rows: 5, section_rows: 2, skipped_rows: 4, invest_fen: 1884000000000, qualified: { count: 1, invest_fen: 65000000000, words: ['约'] }, totals: [{ row: 11, label: '合计', stated_fen: 2057000000000, rows_fen: 1884000000000, difference_fen: 173000000000, is_equal: false }], questions: [{ code: 'year', col: 4, message: '签约时间有三种写法。没有年份的按哪一年读入？', choices: [{ value: '2024', label: '2024' }, { value: '2023', label: '2023' }], answer: null }] }, { sheet: '汇总', header_rows: [], first_data_row: 0, kind: 'summary', columns: [], rows: [], data_rows: 0, section_rows: 0, skipped_rows: 0, invest_fen: 0, qualified: { count: 0, invest_fen: 0, words: [] }, totals: [], questions: [] }] }
const irows = [{ id: 1, row: 5, sheet: 0, result: 'UPDATE', project_id: 1, name: names[0], changes: [{ field: 'land_mu_e2', label: '用地面积', before: 30000, after: 32000 }, { field: 'stage', label: '阶段', before: 'SIGNED', after: 'LANDED' }], problems: [], duplicates: [], choice: 'write' }, { id: 2, row: 6, sheet: 0, result: 'CONFLICT', project_id: 3, name: names[2], changes: [{ field: 'total_invest_fen', label: '总投资', before: 980000000000, after: 1060000000000 }], problems: [{ field: null, message: '市局 03-18 改为 98.00，台账为 106.00' }], duplicates: [], choice: 'mine' }, { id: 3, row: 7, sheet: 0, result: 'ERROR', project_id: null, name: '溴系阻燃剂升级项目', changes: [], problems: [{ field: 'total_invest_fen', message: '“约”不能作为准确数。填准确数，或改为暂估' }], duplicates: [], choice: 'skip' }, { id: 4, row: 11, sheet: 0, result: 'DUPLICATE', project_id: null, name: '纯碱节能改造及热电联产项目', changes: [{ field: 'name', label: '项目名称', before: null, after: '纯碱节能改造及热电联产项目' }, { field: 'total_invest_fen', label: '总投资', before: null, after: 158000000000 }], problems: [], duplicates: [{ project_id: 9, row: null, name: '纯碱节能改造项目', score_permille: 912 }], choice: 'write' }]
const history = [['update', '编辑', '项目', [{ field: 'land_mu_e2', label: '用地', before: 30000, after: 32000 }]], ['create', '新建', '佐证材料 投资合同.pdf', []], ['review', '县级审核', '推进到落地', []], ['update', '编辑', '洽谈', [{ field: 'x', label: '内容', before: 'a', after: 'b' }]]].map(([action, action_label, object_label, changes], i) => ({ at_ms: at - i * 86400000, name: '周知行', role_label: '市局工作人员', action, action_label, object: 'project', object_label, outcome: 'DONE', changes }))
const jobs = {}
function list(plural, q) {
  let rows = data[plural] ?? []
  for (const [k, v] of q) {
    if (['limit', 'cursor', 'sort', 'q', 'count', 'fields', 'field', 'format', 'lang'].includes(k)) continue
    const [n, op] = k.split('.')
    if (!rows[0] || !(n in rows[0])) continue
    rows = rows.filter((r) => (op === 'ge' ? (r[n] >= (typeof r[n] === 'number' ? +v : v)) : op === 'le' ? r[n] <= (typeof r[n] === 'number' ? +v : v) : op === 'has' ? String(r[n]).includes(v) : op === 'null' ? r[n] == null : v.split(',').includes(String(r[n] === true ? 1 : r[n] === false ? 0 : r[n]))))
  }
  const w = q.get('q')
  if (w) rows = rows.filter((r) => JSON.stringify(r).includes(w))
  const s = q.get('sort')?.split(',')[0]
  if (s && s !== '-updated_at_ms') rows = [...rows].sort((a, b) => { const n = s.replace('-', ''); return (a[n] > b[n] ? 1 : -1) * (s[0] === '-' ? -1 : 1) })
  return rows
}
const server = http.createServer(async (req, res) => {
  const u = new URL(req.url, 'http://x')
  const p = u.pathname
  const chunks = []
  for await (const c of req) chunks.push(c)
  const text = Buffer.concat(chunks)
  const json = (b, status = 200) => { res.writeHead(status, { 'content-type': status >= 400 ? 'application/problem+json' : 'application/json' }); res.end(JSON.stringify(b)) }
  const problem = (status, type, title, errors = [], more = {}) => json({ type: `/problems/${type}`, title, status, instance: 'r-1a2b3c', errors, ...more }, status)
  if (!p.startsWith('/api/')) {
    const f = join(dist, p)
    const file = extname(p) && existsSync(f) ? f : join(dist, 'index.html')
    const type = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html', '.svg': 'image/svg+xml' }[extname(file)] ?? 'text/plain'
    res.writeHead(200, { 'content-type': type, 'content-security-policy': "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'" })
    return res.end(readFileSync(file))
  }
  const a = p.slice(8).split('/')
  const body = () => { try { return JSON.parse(text.toString()) } catch { return {} } }
  const m = req.method
  const inSession = (req.headers.cookie ?? '').includes('s=1')
  if (p === '/api/v1/status') return json({ city: '潍坊市', version: '1.0.0', today: '2024-04-10', is_demo: true, needs_setup: false, lang: 'zh', max_upload_bytes: 20971520 })
  if (p === '/api/v1/session') {
    if (m === 'POST') { if (body().password === 'bad') return problem(401, 'login', '账号或密码不对。核对后再试'); res.setHeader('set-cookie', 's=1; Path=/'); return json(session) }
    if (m === 'DELETE') { res.writeHead(204, { 'set-cookie': 's=; Path=/; Max-Age=0' }); return res.end() }
    if (m === 'PATCH') { session.assignment = session.assignments.find((x) => x.id === body().assignment_id); return json(session) }
    return inSession ? json(session) : problem(401, 'session', '没有登录')
  }
  if (!inSession) return problem(401, 'session', '会话已结束')
  if (p === '/api/v1/schema') return json({ nouns, stages: ST.slice(2).split(',').map((x, i) => ({ code: x.split('=')[0], label: x.split('=')[1], target_days: [null, 60, 90, 90, 540, 360, null, null][i] })), reasons: [{ code: 'MARKET', label: '市场变化' }, { code: 'LAND', label: '用地' }] })
  if (p === '/api/v1/sessions') return json({ items: [{ id: 1, created_at_ms: at, seen_at_ms: at, remote: '127.0.0.1', user_agent: 'Mozilla/5.0 (X11) Chrome/125', is_current: true }, { id: 2, created_at_ms: at, seen_at_ms: at, remote: '10.0.0.8', user_agent: 'Mozilla/5.0 (iPhone)', is_current: false }] })
  if (p === '/api/v1/regions') return json({ items: regions.map(([code, name, name_en]) => ({ code, name, name_en, level: 'county', parent: '3707', is_unit: true })) })
  if (p === '/api/v1/industries') return json({ items: [['2662', '专项化学用品制造'], ['2614', '有机化学原料制造'], ['3912', '计算机零部件制造']].filter((x) => x.join('').includes(u.searchParams.get('q') ?? '')).map(([code, name]) => ({ code, name, level: 4, path: '' })) })
  if (p === '/api/v1/audit/verify') return json({ is_ok: true, rows: 1480, head: '9f2c'.repeat(16), broken_at: null })
  if (p === '/api/v1/events') { res.writeHead(200, { 'content-type': 'text/event-stream' }); const t = setInterval(() => { for (const j of Object.values(jobs)) res.write(`event: job\ndata: ${JSON.stringify(j)}\n\n`) }, 300); req.on('close', () => clearInterval(t)); return res.write(': hello\n\n') }
  if (a[0] === 'jobs') { if (m === 'DELETE') { jobs[a[1]].state = 'CANCELLED' } return json(jobs[a[1]]) }
  if (a[0] === 'projects' && a[2] === 'way') return json(way(+a[1]))
  if (a[0] === 'projects' && a[2] === 'history') return json({ items: history, next: null })
  if (a[0] === 'projects' && a[2] === 'proposals') return problem(409, 'gate', '还差材料', [{ field: 'permit', code: 'missing', message: '还差：施工许可证。上传后可提交' }])
  if (a[0] === 'proposals' && a[2]) return json(way(1))
  if (a[2] === 'reveal') return json({ value: '13812345678' })
  if (a[0] === 'imports' && a[2] === 'plan') { if (m === 'PATCH') { const b = body(); for (const s of b.sheets ?? []) { if (s.answers) plan.sheets[s.sheet_no].questions.forEach((q) => (q.answer = s.answers[q.code] ?? q.answer)); for (const [c, v] of Object.entries(s.columns ?? {})) Object.assign(plan.sheets[s.sheet_no].columns[c], v, { is_open: false }) } } return json(plan) }
  if (a[0] === 'imports' && a[2] === 'rows') { if (m === 'PATCH') { irows.find((r) => r.id === +a[3]).choice = body().choice; return json({}) } const w = u.searchParams.get('result')?.split(','); return json({ items: irows.filter((r) => !w || w.includes(r.result)), counts: { NEW: 1, UPDATE: 1, SAME: 1, CONFLICT: 1, DUPLICATE: 1, ERROR: 1 }, next: null }) }
  if (a[0] === 'imports' && ['check', 'write', 'rollback'].includes(a[2])) { const id = Object.keys(jobs).length + 1; jobs[id] = { id, kind: a[2], state: 'RUNNING', done_n: 0, total_n: 100226, message: null, object_id: 1, started_at_ms: Date.now(), ended_at_ms: null }; const t = setInterval(() => { const j = jobs[id]; j.done_n = Math.min(j.total_n, j.done_n + 20000); if (j.done_n === j.total_n && j.state === 'RUNNING') { j.state = 'DONE'; data.imports[0].state = { check: 'CHECKED', write: 'WRITTEN', rollback: 'ROLLED_BACK' }[a[2]]; clearInterval(t) } }, 400); return json({ job_id: id }, 202) }
  if (a[0] === 'imports' && m === 'POST' && !a[1]) return json(data.imports[0], 201)
  if (a[0] === 'evidence' && m === 'POST') { const r = { id: data.evidence.length + 1, row_version: 1, state: 'NEW', size_bytes: text.length, ...Object.fromEntries(u.searchParams) }; data.evidence.push(r); return json(r, 201) }
  if (a[1] === 'values') { const n = u.searchParams.get('field'); const rows = list(a[0], u.searchParams); const by = new Map(); for (const r of rows) { const k = r[n]; by.set(k, (by.get(k) ?? 0) + 1) } const f = nouns.find((x) => x.plural === a[0]).fields.find((x) => x.name === n); return json({ items: [...by].map(([value, n2]) => ({ value, label: f.choices?.find((c) => c.code === value)?.label ?? regions.find((r) => r[0] === value)?.[1] ?? (typeof value === 'boolean' ? (value ? '是' : '否') : value), n: n2 })) }) }
  if (data[a[0]] && !a[1]) {
    if (m === 'POST') { if (!body().name && a[0] === 'projects') return problem(422, 'fields', '字段有误', [{ field: 'name', code: 'required', message: '必填' }]); const r = { id: data[a[0]].length + 1, row_version: 1, ...body() }; data[a[0]].push(r); return json(r, 201) }
    const rows = list(a[0], u.searchParams)
    const lim = +(u.searchParams.get('limit') ?? 50), off = +(u.searchParams.get('cursor') ?? 0)
    const o = { items: rows.slice(off, off + lim), next: off + lim < rows.length ? String(off + lim) : null }
    if (u.searchParams.get('count')) { o.total = rows.length; o.sums = {}; for (const f of nouns.find((x) => x.plural === a[0])?.fields.filter((f) => f.sum) ?? []) o.sums[f.name] = rows.reduce((x, r) => x + (r[f.name] ?? 0), 0) }
    return json(o)
  }
  const r = data[a[0]]?.find((x) => x.id === +a[1])
  if (!r) return problem(404, 'missing', '没有这条记录，或者不在你的数据范围内')
  if (m === 'PATCH') {
    if (r.id === 2 && req.headers['if-match'] === '"3"') { const cur = { ...r, row_version: 4, handler: '市局项目科', land_mu_e2: 30500 }; return problem(412, 'stale', '别人先改了', [], { conflicts: [{ field: 'land_mu_e2', label: '用地', base: 32000, theirs: 30500, yours: 1 }], current: cur }) }
    Object.assign(r, body(), { row_version: r.row_version + 1 })
  }
  json(r)
})
server.listen(process.env.PORT ?? 8090, '127.0.0.1', () => console.log('mock ready'))
