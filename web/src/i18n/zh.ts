// Chinese messages. Full-width punctuation; a space between Chinese and digits or Latin letters.
export const zh = {
  app: { name: '招引', platform: '{city}招商引资工作平台' },
  lang: { zh: '中文', en: 'English' },
  common: { yes: '是', no: '否', none_found: '没有找到', pick: '输入文字查找', searching: '查找中', acts: '操作', colon: '：', gap: '　', then: '，然后' },
  unit: { label: '金额单位', yi: '亿元', wan: '万元' },
  qual: { OVER: '超', ABOUT: '约', NEARLY: '近', PHASE: '一期' },
  act: {
    cancel: '取消', close: '关闭', save: '保存', edit: '编辑', delete: '删除', retry: '再试一次', export: '导出', import: '导入', download: '下载', pick_date: '从日历选日期',
  },
  kinds: { project: '项目', investor: '投资方', lead: '线索', contact: '联系人', talk: '洽谈', evidence: '佐证材料' },
  search: {
    title: '搜索', of: '搜索“{q}”', start: '输入名称、拼音、首字母、编号或电话尾号。', all: '全部', kinds: '类别', results: '搜索结果', n: '找到 {n} 条', enter: '看全部结果（回车）',
    none: '没有找到“{q}”', none_why: '换一个词，少打几个字，或输入拼音。只查你能看到的记录。', sound: '没有完全一致的，按读音找到 {n} 条', near: '没有完全一致的，按一字之差找到 {n} 条', cut: '每类只列出前 {n} 条，多输几个字可以缩小范围。',
    how_pinyin: '拼音', how_initials: '首字母', how_sound: '同音', how_near: '一字之差',
  },
  nav: {
    jobs: '任务', skip: '跳到正文', menu: '菜单', main: '主菜单', tabs: '快捷栏', crumbs: '当前位置', search: '搜索名称、拼音、首字母、编号、电话尾号', today: '今天 {date}', lang: 'EN', lang_label: 'EN（切换到英文）', lang_choose: '语言', user: '账号菜单',
    roles: '切换角色', role_now: '当前', self: '我的账号', keys: '快捷键 ?', keys_long: '快捷键', log_out: '退出登录', waiting: '{n} 件待我办理', stopped: '磁盘写入失败，系统已停止写入：现在只能查看，未保存的内容请留在页面上。管理员修复磁盘后须重启服务', demo: '演示数据：单位、企业、项目和金额均为虚构，不要录入真实信息',
    home: '工作台', board: '阶段看板',
    projects: '项目库', investors: '投资方', leads: '线索', 'grade-changes': '密级变更', proposals: '待审', imports: '导入台', edits: '改动与回收站', accounts: '用户与角色', city: '城市设置', personal: '个人信息', security: '安全设置', audit: '审计',
  },
  tab: { home: '工作台', projects: '项目', investors: '投资方', leads: '线索', proposals: '待审', imports: '导入', accounts: '用户', audit: '审计', add: '登记', self: '我的' },
  new: {
    projects: '新建项目', investors: '新建投资方', leads: '新建线索', accounts: '新建账号', talks: '登记洽谈', contacts: '新建联系人', agreements: '登记协议', phases: '新建分期', parties: '添加一方', assignments: '分配角色', progress: '填报进度', any: '新建{noun}',
  },
  view: {
    all: '全部', active: '在谈在建', talk: '在谈', building: '开工在建', signed_year: '本年签约', big: '总投资 10 亿元以上', mine: '我录入的', officer: '我负责的', unverified: '阶段未核验', open: '待审', review: '待县级审核', verify: '待市级核验',
    projects: { all: '全部在库' },
    leads: { open: '办理中' },
  },
  board: {
    sum: '{n} 个　{sum} 亿元', sort: '排序', by0: '按超期', by1: '按投资额', by2: '按最久未联系', list: '切换到列表', any: '全部{what}', none: '这一阶段没有项目', more: '另有 {n} 个', late: '超 {n} 天', day: '第 {n} 天', yi: '{n} 亿', move: '移动', move_of: '移动：{name}', move_title: '移动：{name}', move_text: '提交后由审核人审核、核验，最后一步通过阶段才改变。', propose: '提交推进', open: '→ {to}，等{act}', proposed: '“{name}”已提交到{stage}，等待{act}', refused: '“{name}”不能移到{stage}', refused_text: '卡片仍在“{stage}”。', see: '看项目和缺的材料',
  },
  light: {
    title: '灯', since: '{cause}，{date} 起', since_n: '{date} 起', over: '超期 {n} 天', day_n: '{stage}第 {n} 天', of: '{n} / {target} 天', set: '调灯', set_title: '调灯：{name}', set_text: '只能调到更差的灯，写入动态和审计；进入下一阶段时失效。', to: '调为', lift: '取消人工调整', reason: '原因', need_reason: '写明原因', done: '已调灯', lifted: '已取消人工调整', by_hand: '人工调为{light}（{date}）：{reason}', dims: '各项', NO_DATA: '没有数据', NOT_DUE: '此阶段不计', ABSENT: '系统还没有这类数据', next_yellow: '{date} 转黄', next_red: '{date} 转红',
  },
  wb: {
    date: '{y} 年 {m} 月 {d} 日　{weekday}　第 {week} 周', day0: '星期日', day1: '星期一', day2: '星期二', day3: '星期三', day4: '星期四', day5: '星期五', day6: '星期六', day_off: '休息日', figures: '关键数字', piece: '个', yi: '{n} 亿元', scope: '{scope}，截至 {date}。每个数字点开就是所计的项目。', no_calendar: '还没有 {year} 年的放假安排，期限按周一至周五计算。',
    work: '待办', tab_todo: '待我办理', tab_overdue: '已逾期', tab_waiting: '等待他人', tab_mine: '我发起的', none_todo: '没有待办理的事项', none_overdue: '没有逾期的事项', none_waiting: '没有在等别人的事项', none_mine: '还没有发起过事项', none_why: '有新的事项会出现在这里。', none_role: '“{role}”目前没有业务数据可看；分到业务后会出现在这里。', more: '{what}：另有 {n} 件', open: '打开', act_on: '{act}：{name}', move: '{kind}：{from} → {to}', proposer: '提交人', material: '材料', material_all: '{n} 项已齐', material_missing: '还差 {n} 项：{what}', and: '、', done: '{what}：{name}',
    today: '今天', tomorrow: '明天', late: '逾期 {n} 天', reported: '已报 {n} 天', since: '已 {n} 天', own: '我负责的项目', none_own: '还没有指派给你的项目', stuck: '卡得最久的项目', none_stuck: '没有超过目标天数的项目', n: '共 {n} 个', all: '全部', red_by: '红灯原因',
  },
  list: {
    views: '视图', search: '查找', search_projects: '名称、编号、投资方', search_investors: '名称、证照号码', search_leads: '投资方、编号、内容', search_proposals: '项目名称', 'search_grade-changes': '名称', search_imports: '文件名', search_accounts: '登录名、姓名、单位', search_audit: '登录名、对象',
    filter: '筛选', columns: '列', columns_reset: '恢复默认列', sum: '合计', sum_filtered: '全部筛选结果 {n} 个', sum_all: '全部 {n} 个', counting: '计数中', range: '第 {from}—{to} 个', of: '，共 {n} 个', read_at: '数据时间 {at}', pages: '翻页', prev: '上一页', next: '下一页',
    per_page: '每页个数', per_page_n: '每页 {n} 个', total_n: '共 {n} 个', first_n: '只显示前 {n} 条', none: '还没有{noun}', none_filtered: '没有符合条件的{noun}', none_why: '放宽或清除条件后再看。', none_start: '新建后会出现在这里。', see_all: '看全部', see_all_n: '看全部（{n} 个）', conditions: '当前条件', searched: '查找“{q}”',
  },
  views: {
    save: '保存为视图', manage: '管理视图', what: '当前的条件、查找、排序和列一起保存。', name: '视图名称', name_of: '视图名称：{name}', share: '共享给', share_of: '视图“{name}”共享给', mine_only: '只给我自己', share_hint: '该单位的人在这个列表里都能看到这个视图；数据仍按各自权限显示。', replace: '改为更新“{name}”', need_name: '给视图起个名字', none: '还没有保存的视图。设好条件后点“保存为视图”。', by: '{unit}（{name} 建立）', rename: '改名', remove: '删除', of_another: '别人建的',
  },
  bulk: { bar: '批量操作', picked: '已选 {n} 个', pick: '选择 {name}', page: '选择本页全部', all: '选择全部 {n} 个', none: '取消选择', export: '导出所选', act: '批量操作', title: '批量操作：{n} 个项目', what: '做什么', choose: '选择操作', fields: '改字段', moves: '提交事项', set: '设置{field}', move_ADVANCE: '推进到下一阶段', move_SUSPEND: '暂停', move_RESUME: '恢复', move_TERMINATE: '终止', need_what: '先选择做什么', empty_clears: '留空表示清除这一项。', chain: '每个项目各提一件，审核核验后才生效。', check: '预览', check_hint: '先预览：看哪些会改、哪些不能改和原因，预览不改任何数据。', checking: '预览中', running: '执行中', undoing: '撤销中', of: '{a} / {b}', preview: '{act}：{change} 个会改，{same} 个无变化，{refused} 个不能改', do: '{act}（{n} 个）', after: '已完成 {done} 个，无变化 {same} 个，没有改 {failed} 个', after_undo: '已撤销 {done} 个，保留 {kept} 个', row: '项目', why: '原因', undo: '撤销这次操作（{n} 个）', done_n: '已完成 {n} 个' },
  drawer: { of: '预览：{name}', open: '打开', prev: '上一条', next: '下一条' },
  undo: { act: '撤销', done: '已撤销', nothing: '没有可以撤销的改动' },
  changes: {
    lead: '30 天内的改动可以撤销，删除的可以恢复；后来又改过的不动', tab_mine: '我的改动', tab_bin: '回收站', tab_bulk: '批量操作', at: '时间', record: '记录', what: '改动', by: '删除人', act: '操作', state: '状态', projects_n: '{n} 个项目', from_to: '{a} 改为 {b}', personal: '个人信息，不留旧值', restore: '恢复', restored: '已恢复', undo_started: '开始撤销，完成后看各行结果', days: '只能撤销 30 天内的',
    none_mine: '没有可以撤销的改动', none_bin: '回收站是空的', none_bulk: '没有批量操作', why_mine: '编辑保存后会出现在这里。', why_bin: '删除的记录会出现在这里，30 天内可以恢复。', why_bulk: '在项目库选中项目后做批量操作。',
  },
  export: { what: '当前的条件、列和排序', xlsx: 'Excel 文件（XLSX）', csv: '文本文件（CSV）', started: '行数多，已作为任务导出。完成后在“任务”里下载' },
  notice: { title: '消息', n: '{n} 条未读消息', none: '没有消息', overdue: '我的项目有 {n} 个红灯', jobs: '全部任务' },
  filter: {
    of: '筛选{field}', find: '查找{field}', asc: '升序', desc: '降序', all: '全选', invert: '反选', reset: '重置', apply: '确定', apply_n: '确定（{n} 个）', from: '不小于', to: '不大于', has: '包含文字', empty: '只看没有填的', is_empty: '没有填', contains: '含“{text}”', between: '{a} 至 {b}', at_least: '{a} 起', at_most: '不超过 {b}',
    n: '{n} 个', me: '我', remove: '去掉条件：{field}', clear: '清除条件', bad_bound: '上下限写成数字或 2024-01-31 这样的日期',
  },
  form: {
    required: '必填', choose: '未选', more: '其他', edit: '编辑 {name}', saved: '已保存', deleted: '已删除', missing: '还没有填{field}', wrong_n: '有 {n} 处要改，没有保存', draft_note: '草稿随填随存在本机', draft_at: '草稿存于 {at}', draft_drop: '放弃草稿',
    delete_title: '删除{noun}', delete_act: '删除{noun}', delete_text: '删除后不再显示，审计记录仍在。',
  },
  parse: {
    number: '这里要填数字。例如 58000 或 5.8亿', decimals: '小数位太多，存不下', large: '数字太大', date: '日期写成 {example} 这样', month: '没有这个月份。日期写成 {example} 这样', time: '没有这个时刻。写成 {example} 09:42 这样', day: '这个月没有这一天。日期写成 {example} 这样',
  },
  facts: { more: '显示没有填的 {n} 项', less: '收起没有填的' },
  reveal: {
    show: '显示', of: '显示{field}全文', title: '显示{field}全文', act: '显示并记录', purpose: '用途', why: '写明用途后才能显示', text: '这是个人信息。谁在何时为何查看会写入审计记录。',
  },
  conflict: {
    title: '没有保存：别人先改了这条{noun}', version: '现在是第 {n} 版', text: '你的 {n} 处修改还在，没有丢失。其中 {clash} 处和对方改了同一项，选一方；另 {free} 处不冲突，会一起保存。', field: '字段', base: '原值', theirs: '对方', yours: '你', keep: '保留', same: '未改', save: '按上表保存', discard: '放弃我的修改', rule: '同一{noun}只保存最新版本之上的修改',
  },
  error: {
    offline: '连不上服务器。检查网络后再试', offline_kept: '连不上服务器，没有保存。填写的内容还在，网络恢复后再试', unknown: '没有读到数据', scope: '数据范围', as: '{scope}（按你的角色：{role}）', trace: '追踪码', trace_hint: '找管理员时提供', rule: '规则',
  },
  missing: { title: '没有这个页面', text: '地址有误，或者你的角色看不到它。', home: '回首页', address: '地址' },
  login: {
    role_title: '选择角色', role_hint: '你有几个角色，先选这次用哪个；之后可在右上角切换', role_act: '进入',
    title: '登录', login: '账号', login_hint: '登录名', password: '密码', remember: '记住账号', act: '登录', fill: '填写账号和密码', ended: '会话已结束，重新登录后回到刚才的页面。填写中的草稿还在。', foot: '本系统为非涉密系统，严禁填报、传输涉密信息', about: '说明',
    account_q: '账号问题', account_a: '找本单位系统管理员', lock_q: '密码输错', lock_a: '连续输错会锁定一段时间', secret_q: '密码', secret_a: '不借给他人，离开时退出登录', demo: '演示系统', demo_text: '这里的单位、企业、项目和金额均为虚构。演示账号和密码在启动程序的终端里。',
  },
  setup: {
    title: '首次设置', what: '建立第一个管理员', text: '数据库是新的，还没有账号。填写启动程序时终端里显示的设置码，建立系统管理员。', next: '之后由系统管理员建立账号，由安全管理员分配角色。', code: '设置码', code_hint: '在启动程序的终端或日志里', login: '登录名', name: '姓名', password: '密码', password_hint: '至少 12 个字符', city: '城市', city_hint: '地级市的名称或 6 位区划代码', again: '再输一次密码', differs: '两次输入的密码不一样', act: '建立管理员',
  },
  city: {
    title: '城市设置', name: '城市名称', name_hint: '显示在每页顶部', name_en: '英文名称', name_en_hint: '英文界面用；不填就用中文名称', code: '行政区划', code_hint: '地级市的名称或 6 位代码。有了业务记录就不能换', act: '保存城市设置',
  },
  self: {
    own: '联系方式', own_note: '同事按它找你', phone: '电话', email: '邮箱', own_now: '现在：{v}', own_none: '未填', own_act: '保存联系方式', own_empty: '电话和邮箱都没有填。填写要改的一项再保存',
    title: '我的账号', password: '修改密码', old_password: '现在的密码', new_password: '新密码', again: '再输一次新密码', change: '修改密码', changed: '密码已改，其他会话已结束', others_end: '修改后你的其他会话全部结束。', is_old: '密码超过规定期限，先改密码再开始工作。', must_change: '先改密码再开始工作。', sessions: '我的会话', this: '本机', end: '结束', times: '登录于 {a}　最近使用 {b}',
  },
  factor: {
    title: '双因素登录', on: '已绑定', off: '未绑定', first: '这个身份须先绑定双因素登录，绑定后才能办理业务。', must: '按本市的安全设置，你的账号须绑定双因素。准备一部装有身份验证器（微信小程序或应用均可，须支持 TOTP）的手机。', why: '登录时除密码外再输一个手机上的动态码，密码泄露也进不来。',
    since: '绑定于 {at}，还有 {n} 个恢复码可用', enrol: '绑定双因素', codes: '更换恢复码', remove: '解除双因素', removed: '双因素已解除', next: '下一步', confirm: '确认绑定', password_why: '再输一次密码，确认是你本人',
    scan: '用手机上的身份验证器扫描二维码，或手工输入密钥，再填写它显示的 6 位码。', qr: '双因素密钥的二维码', secret: '密钥', code: '动态码', code_hint: '6 位数字，30 秒一换；也可用恢复码', login_hint: '手机身份验证器上的 6 位码。手机不在身边时，填一个恢复码',
    codes_text: '抄下或打印这 10 个恢复码，只显示这一次。手机丢失时，每个码可代替动态码登录一次。', codes_kept: '已抄下',
  },
  security: {
    title: '安全设置', from: '你从 {remote} 登录', settings: '本市的规则', save: '保存安全设置', readonly: '由安全管理员修改。', networks_hint: '如 10.1.0.0/16, 192.168.1.7；空着表示不限。业务人员不受限', demo_hint: '演示城市不强制，可在“我的账号”里试用',
    counters: '入侵计数', again: '刷新', kind: '种类', span: '近 10 分钟', limit: '报警线', top: '最多的来源', top_n: '{a}（{n} 次）', total: '启动以来', over: '■ {n} 超线',
    alarms: '报警', no_alarms: '没有报警。计数超过报警线时记在这里，同时写入日志和监控指标。', at: '时间', events: '次数', state: '处理', seen: '确认已处理', seen_by: '{name} {at} 确认', unseen: '待确认',
    live: '当前登录', live_n: '{n} 个', who: '账号', role: '角色', where: '地址', last: '最近使用', end_of: '结束 {name} 的登录',
  },
  personal: {
    one: '一个人的信息', same: '{n} 处联系人是同一个人', export: '导出副本', hold: '暂缓删除', refuse: '登记不予删除', erase: '删除个人信息', release: '解除暂缓', held: '暂缓删除：{reason}（至 {until}）', open_end: '解除为止', ended: '已解除',
    export_text: '本人要求查阅、复制时导出，含完整号码。导出记入审计。', hold_text: '诉讼、审计或法定保存期内不得删除的，登记理由；到期自动解除。', refuse_text: '登记不予删除的理由，答复本人时用。', erase_text: '清除此人在各处的姓名、电话、邮箱、微信和证件号，从列表、回收站和搜索中移除，不能恢复。项目、统计和审计摘要保留。正文、附件和导入原表中的文字不在内。',
    export_done: '副本已导出', hold_done: '已暂缓删除', refuse_done: '理由已登记', erase_done: '个人信息已删除',
    contacts: '同一个人的联系人', contacts_note: '证件号、手机或微信相同，或姓名相同且电话或邮箱相同', name: '姓名', owner: '所属', job: '职务', mobile: '手机', identity: '身份证号', requests: '办理记录', no_requests: '还没有办理过。', what: '事项', reason: '理由', until: '截止日期', until_hint: '空着表示解除为止', by: '经办人', format: '文件格式',
    did_EXPORT: '导出副本', did_ERASE: '删除', did_HOLD: '暂缓删除', did_REFUSE: '不予删除',
    find: '查找个人', find_hint: '姓名、手机尾号', find_act: '查找个人', none: '没有找到联系人。换姓名或手机后四位再查。', register: '个人信息登记表', register_note: '每个字段的目的、依据和保存期限', record: '记录', field: '字段', purpose: '处理目的', basis: '依据', keep: '保存期限', stored: '存放', sealed: '加密', plain: '掩码显示',
  },
  leave: { title: '还有没保存的草稿', text: '本机有 {n} 份草稿没有保存。加密留着，下次用同一账号在本机登录还能接着填；别人看不到。', keep: '留着草稿退出', drop: '删除草稿退出' },
  keys: {
    title: '快捷键', search: '查找', help: '快捷键列表', new: '新建', edit: '编辑', rows: '下一行、上一行', pick: '选择这一行', open: '打开', preview: '预览', filter: '筛选焦点所在的列，或选一列', move: '推进阶段', undo: '撤销刚才的操作', turn: '上一页、下一页；上一条、下一条', save: '保存或提交', close: '关闭，回到打开处', go: '去{page}', off: '关闭单键快捷键',
  },
  account: {
    factor: '重置双因素', factor_text: '此人手机和恢复码都丢失时使用：解除其双因素，结束其所有登录；下次登录可重新绑定。请先当面核实身份。', factor_done: '双因素已重置', reset: '重置密码', unlock: '解锁', end: '结束其会话', close: '关闭账号', reset_text: '原密码失效，该账号的会话全部结束。新密码只显示一次。', close_text: '关闭后不能登录，它的角色全部收回。审计记录仍在。', unlocked: '已解锁', ended: '已结束其会话', closed: '已关闭账号', take_back: '收回', taken_back: '已收回角色',
    once_title: '一次性密码', once_text: '只显示这一次。当面或用安全方式交给本人，首次登录须修改。', copy: '复制', copied: '已复制',
  },
  grade: {
    act: '变更密级', short: '改密级', title: '变更密级：{name}', now: '现在的密级', to: '改为', reason: '理由', need_reason: '写明理由', set: '变更密级', ask: '提交降密', no_choice: '没有可以改成的密级：不能高于本人的涉密范围。', done: '密级已变更', asked: '已提交降密，等第二人确认',
    effect_up: '立即生效，写入动态和审计。', effect_down: '须由另一位审核人或核验人确认后生效。', effect_sealed: '只有知悉人员看得到；你是第一位知悉人员。', persons: '知悉人员', login: '按登录名增加知悉人员', add: '增加', named: '已增加知悉人员 {login}', not_cleared: '涉密范围不足，看不到',
    waits: '{kind}降密待确认：{from} → {to}', move: '{from} → {to}', file: '文件', grant: '同意降密', refuse: '不同意', withdraw: '撤回', effect_grant: '同意后立即按新密级显示。', effect_refuse: '密级不变，意见会告诉提交人。', effect_withdraw: '撤回后密级不变。', done_grant: '已同意，新密级已生效', done_refuse: '已退回，密级不变', done_withdraw: '已撤回',
  },
  clearance: { act: '设定涉密范围', title: '设定涉密范围：{name}', now: '现在', by_role: '按角色', level: '涉密范围', until: '截止日期', reason: '依据', need_reason: '写明依据', text: '高于涉密范围的项目、线索和文件对此人不出现。敏感级还须列为知悉人员。下一次请求即生效，写入审计。', open_end: '留空为长期', done: '已设定涉密范围', role_hint: '按角色：机关人员为内部，合伙人和企业为公开。' },
  many: { talks: '洽谈', agreements: '协议合同', evidence: '佐证材料', phases: '分期', 'project-codes': '统一代码', progress: '进展', funds: '到位资金', contacts: '联系人', parties: '各方', assignments: '角色', projects_of: '参与的项目' },
  audit: { verify: '查验审计链', ok: '审计链完整，共 {n} 条', broken: '审计链在第 {n} 条断开', head: '链头' },
  way: {
    title: '推进阶段', since: '{from} 至今', from_to: '{from} 至 {to}', plan: '计划 {date}', no_date: '日期未知', of: '/ {n} 天', days: '天', over: '超期', over_n: '超 {n} 天', late: '红灯：{stage}阶段超期 {n} 天', unverified: '未核验',
  },
  gate: {
    ready: '推进到“{stage}”的条件已齐', missing: '推进到“{stage}”还差 {n} 项', have: '{b} 项中已齐 {a} 项', ok: '已齐', open: '未齐', then: '之后', upload: '上传', upload_of: '上传：{what}', rule: '规则编号',
  },
  prop: {
    open: '{what}：等{act}', ended: '{what}：{state}', advance_to: '推进到{stage}', event_date: '发生日期', reason: '说明', waiting: '等待中', comment: '意见', say_why: '写明退回的原因，提出人才知道怎么改',
    review: '审核通过', verify: '核验通过', return: '退回', withdraw: '撤回',
    title_review: '审核：{what}', title_verify: '核验：{what}', title_return: '退回：{what}', title_withdraw: '撤回：{what}',
    effect_review: '通过后交下一步核验，阶段还不变。', effect_verify: '通过后立即生效，计入统计。', effect_withdraw: '撤回后可以改好重提。',
    done_review: '已审核', done_verify: '已核验，阶段已变', done_return: '已退回', done_withdraw: '已撤回',
  },
  propose: {
    advance: '推进到{stage}', title_ADVANCE: '推进到{stage}', text_ADVANCE: '提出后依次经过：{chain}。最后一步核验通过，阶段才改变。', sent: '已提出，等待审核', to: '目标阶段', two: '一次推进两个阶段，要备齐两个阶段的材料。', via_date: '{stage}日期', date: '发生日期', date_hint: '事情实际发生的那天，不是填报的日期', code: '原因', reason: '说明', region: '转入单位', project: '并入项目', missing: '还差 {n} 项', refused: '不能提出',
    need_date: '填写发生日期', need_code: '选一个原因', need_reason: '写明情况', need_region: '选择转入单位', need_project: '选择并入的项目',
    act_SUSPEND: '暂停项目', act_RESUME: '恢复项目', act_TERMINATE: '终止项目', act_TRANSFER: '流转项目', act_MERGE: '合并项目', act_CONFIRM: '确认导入日期', act_CORRECTION: '更正阶段', act_UNMERGE: '撤销合并',
    title_SUSPEND: '暂停项目', title_RESUME: '恢复项目', title_TERMINATE: '终止项目', title_TRANSFER: '流转到其他单位', title_MERGE: '合并重复项目', title_CONFIRM: '确认导入的日期', title_CORRECTION: '更正阶段', title_UNMERGE: '撤销合并',
    text_SUSPEND: '核验后停止计时，不再计入在谈在建。指标仍保留。', text_RESUME: '核验后重新计时。', text_TERMINATE: '核验后项目离开在库名单，不能恢复；再谈要新建项目。签约数仍留在当月。', text_TRANSFER: '核验后项目归属转入单位，编号不变。', text_MERGE: '核验后本项目指向并入的项目，不再计数。', text_CONFIRM: '确认后，导入的阶段日期计入统计。', text_CORRECTION: '退回较早的阶段。已冻结月份的数字不动，更正计入当前月份。', text_UNMERGE: '核验后恢复为单独的项目。',
  },
  upload: { grade: '密级留空：跟项目走。只能定得比项目高。',
    title: '上传佐证', title_of: '上传：{what}', act: '上传', choose: '选文件', other: '换一个文件', drop: '把文件拖到这里，或', hint: 'PDF、图片、Office 文件，不超过 {max}。类型按内容识别。', photo: '照片里有时间和定位的，不用填。', large: '文件 {size}，超过 {max}。压缩或拆分后再传', none: '还没有选文件', done: '已上传 {name}',
  },
  evidence: { none: '还没有佐证材料', verify: '核验通过', reject: '不采信', verified: '已核验', rejected: '已标为不采信' },
  project: {
    more: '更多', records: '项目资料', tab_facts: '全部字段', tab_history: '动态', parties: '各方', history: '动态', history_all: '全部', share: '股比 {p}%', funds_rate: '到位率 {p}%', next_stage: '预计{stage}', as_planned: '按计划', copy: '复制编号', copied: '已复制编号',
  },
  history: { refused: '被拒绝', to: '改为', and_n: '等 {n} 项', none: '还没有记录', more: '再看更早的' },
  rowkind: { more: '接上行', title: '标题', unit: '单位', header: '表头', section: '分组', data: '数据', total: '合计', note: '备注', blank: '空行', summary: '汇总', bad: '有误' },
  rowkind_hint: { more: '与上一行同一项目', title: '不导入', unit: '定金额单位', header: '列名', section: '写入分组', data: '一个项目', total: '只用来核对', note: '不导入', blank: '不导入' },
  sheetkind: { hidden: '隐藏', skipped: '不导入', projects: '项目', summary: '汇总表', transposed: '横排表', empty: '空表' },
  sheetkind_text: { hidden: '这是隐藏的工作表，默认不导入。', skipped: '这张表选了不导入。', summary: '这张表没有项目名称，是汇总表，不作为项目导入。', transposed: '这张表的项目排在列上，或是单个项目的登记卡。请在表格软件中复制后用“选择性粘贴—转置”，改为一行一个项目。', empty: '这张表是空的。' },
  basis: { like: '相近表头', heading: '表头', memory: '上次', content: '内容', none: '未定', user: '你选的' },
  result: { NEW: '新增', UPDATE: '更新', SAME: '无变化', CONFLICT: '冲突', DUPLICATE: '疑似重复', ERROR: '有误' },
  result_hint: { NEW: '将建项目', UPDATE: '按编号或名称', SAME: '不写入', CONFLICT: '默认留系统值', DUPLICATE: '标记后保留', ERROR: '不写入，退回文件' },
  choice: { write: '写入', skip: '跳过', mine: '留系统值', theirs: '用台账值', refused: '不写入' },
  job: {
    lead: '可以离开这一页，任务会继续；完成后在右上角通知。结果保留 30 天', none: '没有任务', none_why: '导入、导出大表和批量操作会出现在这里。', kind: '类型', at: '开始时间', state: '状态', look: '查看', kind_export: '导出', kind_import_check: '导入：核对', kind_import_write: '导入：写入', kind_import_rollback: '导入：撤回', kind_bulk_check: '批量操作：预览', kind_bulk_run: '批量操作', kind_bulk_undo: '撤销批量操作', RUNNING: '进行中', DONE: '已完成', FAILED: '失败', CANCELLED: '已取消', cancel: '取消', cancelled_text: '已取消，没有写入任何数据', count: '{a} / {b} 行', rate: '每秒约 {n} 行，还需约 {s} 秒', leaves: '现在取消不会留下任何数据。可以离开这一页，任务会继续。',
  },
  target: { investor_origin: '投资方来源地', contact_email: '邮箱', project_code: '投资项目统一代码', seq: '序号', province: '省', city: '市', investor_uscc: '投资方信用代码', contact_name: '联系人', contact_phone: '联系电话' },
  import: { only_here: '只用于导入', need_region: '先选这份台账属于哪个单位', hidden_import: '导入', hidden_skip: '不导入', rows_n: '涉及 {n} 行', unanswered: '未答', answer_above: '在上面的表里为这一列选字段', problems_more: '另有 {n} 行，写入前在“核对差异”里逐行看', sheet_no_name: '第 1 张表',
    title: '导入：{name}', lead: '把现有台账原样传上来，核对后写入', steps: '导入步骤', step_upload: '上传文件', step_recognise: '识别表格', step_map: '对应字段', step_compare: '核对差异', step_write: '写入', step_done: '已完成', upload: '上传文件', drop: '把台账拖到这里，或', choose: '选文件', reading: '读取中', refused: '没有导入 {name}',
    region: '台账属于', hint: 'XLSX、CSV 或 TSV，不超过 {max}。不用改表头，合并的标题、合计和备注会自动认出。', wide: '导入要逐列核对，在宽屏电脑上做。这里只能看结果。',
    sheets: '工作表', sheet_n: '工作表 {a}/{b}', grid: '表格识别', grid_hint: '行的颜色和行首文字表示识别结果，点行首可改', row: '行', row_n: '第 {n} 行', kind: '类别', kind_of: '第 {row} 行：{kind}', kind_set: '第 {row} 行是', legend: '图例', legend_note: '标题、单位、合计、备注 {n} 行不导入', legend_section: '分组 {n} 行', legend_data: '数据 {n} 行', legend_total: '合计：只用来核对', legend_bad: '有误或待定 {n} 行',
    found: '识别结果', header_rows: '表头', data_rows: '数据行', section_rows: '分组行', skipped_rows: '不导入的行', invest: '总投资合计', qualified: '另有不定数', qualified_n: '{n} 行（{words}）共 {sum} 亿元，不计入合计', use: '这张表', use_sheet: '导入这张表',
    map: '字段对应', map_n: '{n} 列，{open} 处待确认', column: '表中列', field: '系统字段', unit: '单位', basis: '依据', confirm: '待确认', no_heading: '（无表头）', field_of: '{column} 对应的字段', unit_of: '{column} 的单位', skip_column: '不导入', no_unit: '未定', key: '识别已有项目', key_none: '不更新已有项目，全部新建', key_code: '项目编号相同', key_name: '项目名称相同', save_mapping: '记住这套对应，下次自动用', still_open: '还有 {n} 处待确认；不确认按所示的读法。',
    total_equal: '合计与明细一致', total_differs: '合计与明细不一致', total_text: '第 {row} 行“{label}”写 {stated} 亿元，明细相加 {rows} 亿元，差 {diff} 亿元', total_check: '合计核对', total_stated: '亿元，表内合计 {n}',
    next_map: '下一步：对应字段', next_compare: '下一步：核对差异', write_n: '写入 {n} 行', back: '上一步', dropped: '导入已取消，项目库没有变化', cancelled_text: '这次导入已取消，没有写入任何内容。要导入请重新上传', fixes_n: '这张表有 {n} 处手工更正', fixes_reset: '全部恢复自动识别', fix_reset: '恢复自动识别', fix_reset_of: '{column}：恢复自动识别', drop_it: '取消导入', drop_title: '取消这次导入', drop_act: '取消导入', drop_text: '核对结果会删除，批次记为已取消。项目库没有变化。', tab_all: '全部', tab_todo: '要处理', tab_write: '将写入', tab_none: '这里没有要看的行', marked: '下载标注后的原表', marked_n: '下载标注后的第 {n} 张表',
    result: '结果', project: '项目', stored_value: '系统现值', sheet_value: '台账值', note: '说明', choice: '处理', choice_of: '第 {row} 行的处理', all_fields: '全部 {n} 项', alike: '与“{name}”（{where}）相似 {p}%', stored: '库中', more_rows: '再看后面的行', before_write: '写入前会再核一次版本。写入后可以整批撤回；已有佐证、洽谈和附件不受影响。有误的 {n} 行不写入，改好后只传这些行。',
    written: '已写入', result_written: '写入结果', written_text: '各行结果在下面。导入的阶段日期未核验，核验人确认后才计入统计。', see_projects: '看项目库', confirm_dates: '确认导入的日期', confirmed: '已确认 {n} 个项目的日期', roll_back: '整批撤回', roll_title: '撤回整批导入', roll_text: '这次新建的 {n} 个项目会删除，更新过的字段恢复原值。之后又改过的项目不能撤回，会列出来。', rolled_back: '已撤回', result_rolled: '已整批撤回', rolled_text: '这次导入建立的项目已删除，更新过的字段已恢复。', to_desk: '回导入台',
  },
}
