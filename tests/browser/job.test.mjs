// The whole job by the people who do it: a bureau's list is imported, and one of its projects goes
// from lead to started, each step proposed, reviewed, verified, and seen in the history.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browser, city, inDemoCity, person, pick } from './lib.mjs'

let staff, reviewer, verifier
const NAME = '河口测试微滤膜项目'
const LIST = `2024年第一季度招商项目表,,,
单位：万元,,,
序号,项目名称,投资方,总投资
1,${NAME},河口膜业有限公司,12000
2,河口测试冷链项目,河口冷链有限公司,约8000
,合计,,12000
`
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
let serial = 0
/** A file no other upload has, so that equal contents do not hide a mistake. */
const file = (name, base = PDF) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.concat([base, Buffer.from(`%${++serial}\n`)]) })

inDemoCity(async () => {
  staff = await person(browser, city, 'county_staff')
  reviewer = await person(browser, city, 'county_reviewer')
  verifier = await person(browser, city, 'city_verifier')
})

let project
const go = async (p) => {
  await p.page.goto(project)
  await p.page.locator('.z-way').waitFor()
}
const dialog = (p) => p.page.getByRole('dialog')
const act = async (p, name) => {
  await dialog(p).getByRole('button', { name, exact: true }).click()
  await dialog(p).waitFor({ state: 'detached' })
}

async function edit(fields) {
  await staff.page.goto(`${project}/edit`)
  for (const [label, value] of Object.entries(fields)) {
    const box = staff.page.getByLabel(new RegExp(`^${label}\\**(必填)?$`)).first()
    if ((await box.evaluate((e) => e.tagName)) === 'SELECT') await box.selectOption({ label: value })
    else await box.fill(value)
  }
  await staff.page.getByRole('button', { name: '保存', exact: true }).click()
  await staff.page.locator('.z-way').waitFor()
}

async function upload(kind, extra = {}, body = PDF) {
  await go(staff)
  await staff.page.getByRole('tab', { name: '佐证材料' }).click()
  await staff.page.getByRole('button', { name: '上传佐证' }).click()
  await dialog(staff).locator('input[type=file]').setInputFiles(file(`${kind}.${body === PDF ? 'pdf' : 'png'}`, body))
  await dialog(staff).getByLabel('类型').selectOption({ label: kind })
  for (const [label, value] of Object.entries(extra)) await dialog(staff).getByLabel(label).fill(value)
  await act(staff, '上传')
}

async function addRow(tab, button, fill) {
  await go(staff)
  await staff.page.getByRole('tab', { name: tab }).click()
  await staff.page.locator('.z-proj-a').getByRole('button', { name: button }).click()
  await fill(dialog(staff))
  await act(staff, button)
}

async function advance(stage, date, chain) {
  await go(staff)
  await staff.page.locator('.z-head').getByRole('button', { name: `推进到${stage}` }).click()
  await staff.page.locator('#pp-date').fill(date)
  await act(staff, `推进到${stage}`)
  await staff.page.getByRole('heading', { name: `推进到${stage}：等县级审核` }).waitFor()
  for (const [who, button] of chain) {
    await go(who)
    await who.page.getByRole('button', { name: button, exact: true }).click()
    await act(who, button)
  }
  await go(staff)
  const now = staff.page.locator('.z-way [aria-current="step"] > b').first()
  assert.equal(await now.textContent(), stage)
}

const REVIEW = () => [[reviewer, '审核通过']]
const BOTH = () => [[reviewer, '审核通过'], [verifier, '核验通过']]

test('a list is imported as it is', async () => {
  const { page } = staff
  await page.goto('/imports')
  await page.locator('.z-imp-d').waitFor()
  await page.locator('input[type=file]').setInputFiles({ name: '河口台账.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) })
  await page.waitForURL(/\/imports\/\d+$/)
  const facts = page.locator('.z-facts').first()
  await facts.getByText('第 3 行', { exact: true }).waitFor()
  assert.match(await facts.textContent(), /数据行2/)
  assert.match(await facts.textContent(), /1\.20 亿元/)
  await page.getByText('合计与明细一致').waitFor()
  await page.getByRole('button', { name: '下一步：对应字段' }).click()
  assert.equal(await page.getByLabel('总投资 对应的字段').inputValue(), 'total_invest_fen')
  assert.equal(await page.getByLabel('总投资 的单位').inputValue(), '万元')
  await page.getByRole('button', { name: '下一步：核对差异' }).click()
  await page.locator('.z-diff tbody tr', { hasText: NAME }).waitFor()
  assert.match(await page.locator('.z-diff-f > div').first().textContent(), /新增2/)
  await page.getByRole('button', { name: '写入 2 行' }).click()
  await page.getByRole('heading', { name: '写入结果' }).waitFor()
  const found = page.locator('.z-diff tbody tr', { hasText: NAME }).getByRole('link')
  project = await found.getAttribute('href')
  assert.match(project, /^\/projects\/\d+$/)
})

test('a gate that is not met says all that is missing', async () => {
  await go(staff)
  await staff.page.locator('.z-head').getByRole('button', { name: '推进到洽谈' }).click()
  await dialog(staff).getByRole('button', { name: '推进到洽谈' }).click()
  const refused = dialog(staff).getByRole('alert')
  await refused.waitFor()
  const text = await refused.textContent()
  for (const what of ['行业', '洽谈', '责任']) assert.match(text, new RegExp(what))
  await staff.page.keyboard.press('Escape')
  await dialog(staff).waitFor({ state: 'detached' })
})

test('to TALK: proposed, returned, mended, reviewed', async () => {
  await staff.page.goto(`${project}/edit`)
  await pick(staff.page, '行业', '2651', /初级形态塑料/)
  await staff.page.getByLabel('责任单位').fill('寿光市投资合作促进中心')
  await staff.page.getByRole('button', { name: '保存', exact: true }).click()
  await staff.page.locator('.z-way').waitFor()
  await addRow('洽谈', '登记洽谈', async (d) => {
    await d.getByLabel(/^日期/).fill('2024.3.1')
    await d.getByLabel(/^层级/).selectOption({ index: 1 })
    await d.getByLabel(/^我方/).fill('招商中心 2 人')
    await d.getByLabel(/^对方/).fill('总经理等 3 人')
    await d.getByLabel(/^内容/).fill('双方就微滤膜生产线的选址、用地、用能和分期计划充分交换了意见，企业介绍了技术来源和市场安排，约定下月实地看地块并带来初步设计方案。')
  })
  await go(staff)
  await staff.page.locator('.z-head').getByRole('button', { name: '推进到洽谈' }).click()
  await staff.page.locator('#pp-date').fill('2024-03-01')
  await act(staff, '推进到洽谈')
  await go(reviewer)
  await reviewer.page.getByRole('button', { name: '退回', exact: true }).click()
  await dialog(reviewer).getByRole('button', { name: '退回', exact: true }).click()
  await dialog(reviewer).getByRole('alert').waitFor()
  await reviewer.page.locator('#prop-comment').fill('纪要写明下次看地的日期')
  await act(reviewer, '退回')
  await go(staff)
  await staff.page.getByText('纪要写明下次看地的日期').first().waitFor()
  await advance('洽谈', '2024-03-01', REVIEW())
})

test('to SIGNED with contract, parties, phases', async () => {
  await staff.page.goto('/investors/new')
  await staff.page.getByLabel(/^名称/).fill('河口膜业有限公司')
  await staff.page.getByLabel(/^证照类型/).selectOption({ label: '统一社会信用代码' })
  await staff.page.getByLabel(/^证照号码/).fill('91370700MA3QA0019N')
  await pick(staff.page, '维护单位', '寿光', /寿光市/)
  await staff.page.getByRole('button', { name: '新建投资方' }).click()
  await staff.page.getByRole('heading', { name: '河口膜业有限公司' }).waitFor()
  await edit({ 固定资产投资: '9000', 用地: '50.5', 年综合能耗: '0', 准入核验: '通过', 准入文号: '准入2024-1', 联审文号: '联审2024-1', 经度: '118.79', 纬度: '36.86' })
  await upload('合同', { 文号: 'HT-1', 文件日期: '2024-03-15' })
  await addRow('协议合同', '登记协议', async (d) => {
    await d.getByLabel(/^类型/).selectOption({ label: '正式合同' })
    await d.getByLabel(/^签订日期/).fill('2024-03-15')
    await d.getByRole('group', { name: '双方已盖章' }).getByRole('button', { name: '是' }).click()
    await pick(staff.page, '扫描件', '合同', /合同\.pdf/)
  })
  await addRow('各方', '添加一方', async (d) => {
    await pick(staff.page, '投资方', '河口膜业', /河口膜业/)
    await d.getByLabel(/^身份/).selectOption({ label: '投资方' })
  })
  await addRow('分期', '新建分期', async (d) => {
    await d.getByLabel(/^期次/).fill('1')
    await d.getByLabel(/^名称/).fill('一期')
  })
  await advance('签约', '2024-03-15', BOTH())
})

test('to LANDED with licence, national code, land', async () => {
  await staff.page.goto('/investors/new')
  await staff.page.getByLabel(/^名称/).fill('寿光河口膜业有限公司')
  await staff.page.getByLabel(/^证照类型/).selectOption({ label: '统一社会信用代码' })
  await staff.page.getByLabel(/^证照号码/).fill('91370783MABCD7E238')
  await pick(staff.page, '维护单位', '寿光', /寿光市/)
  await staff.page.getByRole('button', { name: '新建投资方' }).click()
  await staff.page.getByRole('heading', { name: '寿光河口膜业有限公司' }).waitFor()
  await addRow('各方', '添加一方', async (d) => {
    await pick(staff.page, '投资方', '寿光河口膜业', /寿光河口膜业/)
    await d.getByLabel(/^身份/).selectOption({ label: '项目公司' })
  })
  await upload('营业执照')
  await addRow('统一代码', /^新建/, async (d) => {
    await d.getByLabel(/^投资项目统一代码/).fill('2403-370783-04-01-123456')
    await d.getByLabel(/^类型/).selectOption({ index: 1 })
  })
  await upload('用地合同', { 文件日期: '2024-03-20' })
  await advance('落地', '2024-03-20', BOTH())
})

test('to STARTED with permit, photos on the site, first payment', async () => {
  await upload('施工许可证')
  for (const at of ['2024-04-01 09:30', '2024-04-01 09:40']) await upload('现场照片', { 拍摄时间: at, 拍摄经度: '118.79', 拍摄纬度: '36.86' }, PNG)
  await upload('付款凭证', { 金额: '120万' })
  await advance('开工', '2024-04-01', BOTH())
  await staff.page.getByRole('tab', { name: '动态' }).click()
  const history = staff.page.getByRole('tabpanel')
  await history.getByText('市级核验').first().waitFor()
  assert.match(await history.textContent(), /县级审核/)
})

test('a lost update is shown field by field and can be settled', async () => {
  await staff.page.goto(`${project}/edit`)
  const handler = staff.page.getByLabel('责任单位')
  await handler.fill('寿光市投资合作促进中心二科')
  await staff.page.getByLabel('就业人数').fill('120')
  const other = await person(browser, city, 'city_staff')
  await other.page.goto(`${project}/edit`)
  await other.page.getByLabel('责任单位').fill('市局项目科')
  await other.page.getByRole('button', { name: '保存', exact: true }).click()
  await other.page.locator('.z-way').waitFor()
  await other.context.close()
  await staff.page.getByRole('button', { name: '保存', exact: true }).click()
  await staff.page.getByRole('heading', { name: '没有保存：别人先改了这条项目' }).waitFor()
  const row = staff.page.locator('.z-conf tr.is-both')
  assert.match(await row.textContent(), /市局项目科/)
  await row.getByRole('button', { name: '对方' }).click()
  await staff.page.getByRole('button', { name: '按上表保存' }).click()
  await staff.page.locator('.z-way').waitFor()
  await staff.page.getByRole('tab', { name: '全部字段' }).click()
  const facts = await staff.page.getByRole('tabpanel').textContent()
  assert.match(facts, /市局项目科/)
  assert.match(facts, /就业人数120/)
})

test('an import is taken back as a whole, and its marked file can be had', async () => {
  const { page } = staff
  await page.goto('/imports')
  await page.locator('.z-imp-d').waitFor()
  const list = '项目名称,投资方,总投资（亿元）\n河口撤回甲项目,甲公司,1.5\n河口撤回乙项目,乙公司,abc\n'
  await page.locator('input[type=file]').setInputFiles({ name: '撤回.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
  await page.waitForURL(/\/imports\/\d+$/)
  await page.getByRole('button', { name: '下一步：对应字段' }).click()
  await page.getByRole('button', { name: '下一步：核对差异' }).click()
  await page.locator('.z-diff tbody tr', { hasText: '河口撤回甲项目' }).waitFor()
  const [marked] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载标注后的原表' }).click()])
  const chunks = []
  for await (const c of await marked.createReadStream()) chunks.push(c)
  const text = Buffer.concat(chunks).toString()
  assert.match(text, /河口撤回甲项目/)
  assert.match(text.split('\n').find((l) => l.includes('乙项目')), /abc.*abc/)
  await page.getByRole('button', { name: /^写入 \d+ 行$/ }).click()
  await page.getByRole('heading', { name: '写入结果' }).waitFor()
  const one = await page.locator('.z-diff tbody tr', { hasText: '河口撤回甲项目' }).getByRole('link').getAttribute('href')
  await page.getByRole('button', { name: '整批撤回' }).click()
  await dialog(staff).getByRole('button', { name: '整批撤回' }).click()
  await page.getByRole('heading', { name: '已整批撤回' }).waitFor()
  const gone = await page.request.get(`/api/v1${one}`)
  assert.equal(gone.status(), 404)
})

test('a telephone number is masked until a purpose is given, and the look is in the audit', async () => {
  await addRow('联系人', '新建联系人', async (d) => {
    await d.getByLabel(/^姓名/).fill('张三丰')
    await d.getByLabel(/^手机/).fill('13812345678')
  })
  const row = staff.page.getByRole('tabpanel').locator('tbody tr').first()
  await row.getByText('138****5678').waitFor()
  await row.getByRole('button', { name: '显示手机全文' }).click()
  await dialog(staff).getByRole('button', { name: '显示并记录' }).click()
  await dialog(staff).getByRole('alert').waitFor()
  await dialog(staff).getByLabel(/^用途/).fill('约定看地时间')
  await act(staff, '显示并记录')
  await row.getByText('13812345678').waitFor()
  const log = await person(browser, city, 'log_admin')
  await log.page.goto('/audit')
  await log.page.locator('.z-grid tbody tr', { hasText: 'county_staff' }).filter({ hasText: '查看完整个人信息' }).first().waitFor()
  await log.context.close()
})

test('nothing broke the policy or wrote an error on the way', async () => {
  for (const p of [staff, reviewer, verifier]) {
    // 409, 412 and 403 are answers of the job above, which the browser lists as failed loads.
    const faults = (await p.faults()).filter((f) => !/status of (409|412)/.test(f))
    assert.deepEqual(faults, [])
  }
})
