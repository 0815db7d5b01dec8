// A day's work without a mouse: log-in, what is due, a list that arrives, find, edit, undo, a talk, a
// proposal and its review, the board, the list with filter, bulk act and export, a lead, log-out.
// Everything is reached by Tab and the keys that the page lists; the last test proves that nothing was clicked.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browser, city, inDemoCity, person } from './lib.mjs'

let staff, reviewer
const NAME = '晨河测试陶瓷膜项目'
const LIST = `项目名称,投资方,总投资（亿元）\n${NAME},晨河膜业有限公司,1.6\n`

/** A person whose keyboard is all there is: pointer events are counted, and none may come. */
async function typist() {
  const p = await person(browser, city)
  await p.context.addInitScript(() => {
    const key = 'z.test.pointed'
    for (const kind of ['pointerdown', 'mousedown', 'touchstart']) {
      addEventListener(kind, () => sessionStorage.setItem(key, Number(sessionStorage.getItem(key)) + 1), true)
    }
  })
  return p
}

inDemoCity(async () => {
  staff = await typist()
  // Whenever the browser asks for a file it is given this one, as its own dialog would.
  staff.page.on('filechooser', (c) => c.setFiles({ name: '晨会.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) }))
  reviewer = await typist()
})

const press = async (p, ...keys) => {
  for (const k of keys) await p.page.keyboard.press(k)
}
const type = (p, text) => p.page.keyboard.type(text)
const hasFocus = (wanted) => wanted.evaluate((e) => e === document.activeElement || (e.contains(document.activeElement) && document.activeElement.matches('input'))).catch(() => false)

/** Tab until what is wanted has the focus. More than a page can hold means that it can't be reached. */
async function tabTo(p, wanted, key = 'Tab') {
  await wanted.waitFor()
  for (let n = 0; n < 250; n++) {
    if (await hasFocus(wanted)) return
    await press(p, key)
  }
  throw new Error(`${wanted} is not reached by ${key}`)
}
const button = (scope, name) => scope.getByRole('button', { name, exact: typeof name === 'string' }).first()
const dialog = (p) => p.page.getByRole('dialog')

/** Tab to a field and write what is meant, over what stands there. */
async function write(p, field, text) {
  await tabTo(p, field)
  await press(p, 'Control+A')
  await type(p, text)
}

/** A native list, by the letters of its option. */
async function choose(p, field, option) {
  await tabTo(p, field)
  for (let n = 0; n < 80; n++) {
    if ((await field.evaluate((e) => e.selectedOptions[0]?.textContent.trim())) === option) return
    await press(p, 'ArrowDown')
  }
  throw new Error(`no option ${option}`)
}

async function enter(p, login) {
  await p.page.goto('/login')
  await write(p, p.page.locator('#login'), login)
  await write(p, p.page.locator('#password'), city.password)
  await press(p, 'Enter')
  await p.page.locator('.z-wb').getByRole('tabpanel').waitFor()
  await p.idle()
}

/** What a saved change says; the page is still afterwards. */
async function said(p, text) {
  await p.page.locator('.z-toast', { hasText: text }).waitFor()
  await p.idle()
}

test('the day begins: log-in, the first task of mine is opened and closed again', async () => {
  await enter(staff, 'county_staff')
  await press(staff, 'j')
  assert.ok(await staff.page.evaluate(() => document.activeElement.hasAttribute('data-row')))
  await press(staff, 'Enter')
  await staff.page.waitForURL(/\/projects\/\d+/)
  await staff.idle()
  await press(staff, 'g', 'h')
  await staff.page.locator('.z-wb-f').waitFor()
})

test('a figure is a door: Enter on it opens the rows that it counts', async () => {
  const door = staff.page.locator('.z-wb-f a').first()
  const n = /[\d,]+/.exec(await door.locator('b').textContent())[0]
  await tabTo(staff, door)
  await press(staff, 'Enter')
  await staff.page.locator('.z-grid tfoot').waitFor()
  await staff.idle()
  assert.ok((await staff.page.locator('.z-grid tfoot').textContent()).includes(n))
})

test('a list arrives: chosen, recognised, mapped, compared and written', async () => {
  const { page } = staff
  await press(staff, 'g', 'm')
  await page.locator('.z-imp-d button').waitFor()
  await staff.idle()
  await tabTo(staff, page.locator('.z-imp-d button'))
  await press(staff, 'Enter')
  await page.waitForURL(/\/imports\/\d+$/)
  await button(page, '下一步：对应字段').waitFor()
  await staff.idle()
  await press(staff, 'Control+Enter')
  await button(page, '下一步：核对差异').waitFor()
  await staff.idle()
  await press(staff, 'Control+Enter')
  await page.locator('.z-diff tbody tr', { hasText: NAME }).waitFor()
  await button(page, '写入 1 行').waitFor()
  await staff.idle()
  await press(staff, 'Control+Enter')
  await page.getByRole('heading', { name: '写入结果' }).waitFor()
})

test('it is found by the first letters of its sound', async () => {
  const { page } = staff
  await staff.idle()
  await press(staff, '/')
  await type(staff, 'chcstcm')
  await page.getByRole('option', { name: new RegExp(NAME) }).waitFor()
  await press(staff, 'ArrowDown', 'Enter')
  await page.getByRole('heading', { name: NAME, level: 1 }).waitFor()
  await staff.idle()
})

test('it is edited, the change is taken back with z, and made again', async () => {
  const { page } = staff
  const project = page.url()
  const site = page.getByLabel('建设地点', { exact: true })
  await press(staff, 'e')
  await page.waitForURL(/\/edit$/)
  await write(staff, site, '晨河路东侧')
  await press(staff, 'Control+Enter')
  await page.waitForURL(project)
  await said(staff, '撤销 z')
  await press(staff, 'z')
  await said(staff, '已撤销')
  await press(staff, 'e')
  await site.waitFor()
  assert.equal(await site.inputValue(), '')
  await write(staff, site, '晨河路西侧')
  const industry = page.getByRole('combobox', { name: '行业', exact: true })
  await tabTo(staff, industry, 'Shift+Tab')
  await type(staff, '2651')
  await page.getByRole('option', { name: /初级形态塑料/ }).first().waitFor()
  await press(staff, 'Enter')
  await write(staff, page.getByLabel('责任单位'), '寿光市投资合作促进中心')
  await press(staff, 'Control+Enter')
  await page.waitForURL(project)
  await staff.idle()
})

test('a talk is entered in its tab', async () => {
  const { page } = staff
  await tabTo(staff, page.getByRole('tab', { selected: true }))
  for (let n = 0; n < 12 && (await page.getByRole('tab', { name: '洽谈', selected: true }).count()) === 0; n++) await press(staff, 'ArrowRight')
  await tabTo(staff, button(page.locator('.z-proj-a'), '登记洽谈'))
  await press(staff, 'Enter')
  const d = dialog(staff)
  await write(staff, d.getByLabel(/^日期/), '2024.3.1')
  await tabTo(staff, d.getByLabel(/^层级/))
  await press(staff, 'ArrowDown')
  await write(staff, d.getByLabel(/^我方/), '招商中心 2 人')
  await write(staff, d.getByLabel(/^对方/), '总经理等 3 人')
  await write(staff, d.getByLabel(/^内容/), '双方就陶瓷膜生产线的选址、用地、用能和分期计划充分交换了意见，企业介绍了技术来源和市场安排，约定下月实地看地块并带来初步设计方案。')
  await press(staff, 'Control+Enter')
  await d.waitFor({ state: 'detached' })
  await page.getByRole('tabpanel').getByText('2024-03-01').waitFor()
  await staff.idle()
})

test('m proposes the next stage; the reviewer finds it in the list of to do and passes it', async () => {
  const { page } = staff
  await press(staff, 'm')
  await write(staff, page.locator('#pp-date'), '2024-03-01')
  await press(staff, 'Control+Enter')
  await page.getByRole('heading', { name: '推进到洽谈：等县级审核' }).waitFor()
  await enter(reviewer, 'county_reviewer')
  const task = reviewer.page.locator('.z-task', { hasText: NAME })
  await tabTo(reviewer, button(task, /核|审/))
  await press(reviewer, 'Enter')
  await reviewer.page.locator('.z-review textarea').waitFor()
  await reviewer.idle()
  await type(reviewer, '纪要齐全')
  await press(reviewer, 'Control+Enter')
  await said(reviewer, `已审核：${NAME}`)
})

test('on the board arrows go from card to card, m refuses what is not ready and says why', async () => {
  const { page } = staff
  await press(staff, 'g', 'b')
  await page.locator('.z-bc').first().waitFor()
  await staff.idle()
  await press(staff, '/')
  await type(staff, NAME)
  await page.waitForFunction(() => document.querySelectorAll('.z-bc').length === 1)
  await staff.idle()
  await press(staff, 'Escape')
  await tabTo(staff, page.locator('.z-bc [data-row], .z-bc a').first())
  await press(staff, 'm')
  await tabTo(staff, dialog(staff).locator('#mv-to'))
  staff.bad.length = 0
  await press(staff, 'Control+Enter')
  assert.match(await dialog(staff).getByRole('alert').textContent(), /合同/)
  await press(staff, 'Escape')
  await dialog(staff).waitFor({ state: 'detached' })
  staff.bad.splice(0, staff.bad.length, ...staff.bad.filter((f) => !/status of 409/.test(f)))
})

test('in the list: the filter of a column, rows chosen, a bulk act with preview, taken back', async () => {
  const { page } = staff
  await press(staff, 'g', 'p')
  await page.locator('.z-grid tbody tr').first().waitFor()
  await staff.idle()
  await tabTo(staff, page.locator('th[data-field=stage] .z-ibtn'))
  await press(staff, 'Enter')
  const panel = page.getByRole('dialog', { name: '筛选阶段' })
  await tabTo(staff, button(panel, '反选'))
  await press(staff, 'Enter')
  await tabTo(staff, panel.getByRole('checkbox').nth(1))
  await press(staff, 'Space')
  await tabTo(staff, panel.locator('.is-pri'))
  await press(staff, 'Enter')
  await page.waitForURL(/w\.stage=|stage=/)
  await page.locator('.z-grid tbody tr').first().waitFor()
  await staff.idle()
  for (let i = 0; i < 3; i++) await press(staff, 'j', 'x')
  await page.getByText('已选 3 个').waitFor()
  await tabTo(staff, button(page, '批量操作'))
  await press(staff, 'Enter')
  const d = page.getByRole('dialog', { name: '批量操作：3 个项目' })
  await choose(staff, d.getByLabel('做什么'), '设置产业链环节')
  await write(staff, d.locator('#bulk-chain_node'), '晨会环节')
  await tabTo(staff, button(d, '预览'))
  await press(staff, 'Enter')
  await d.getByText(/设置产业链环节：3 个会改/).waitFor()
  await tabTo(staff, button(d, '设置产业链环节（3 个）'))
  await press(staff, 'Enter')
  await d.getByText(/已完成 3 个/).waitFor()
  await tabTo(staff, button(d, '撤销这次操作（3 个）'))
  await press(staff, 'Enter')
  await d.getByText('已撤销 3 个，保留 0 个').waitFor()
  await press(staff, 'Escape')
  await d.waitFor({ state: 'detached' })
  await staff.idle()
})

test('what is shown is exported, but for what is sealed, and the menu says how many those are', async () => {
  const { page } = staff
  const shown = Number(/\d+/.exec(await page.locator('tfoot .is-name .z-hint').textContent())[0])
  await tabTo(staff, button(page, '导出'), 'Shift+Tab')
  await press(staff, 'Enter')
  const menu = page.locator('.z-menu')
  const sealed = Number(/敏感的 (\d+) 个不导出/.exec(await menu.getByRole('status').textContent())[1])
  await tabTo(staff, menu.getByText('文本文件（CSV）'))
  const [file] = await Promise.all([page.waitForEvent('download'), press(staff, 'Enter')])
  const chunks = []
  for await (const c of await file.createReadStream()) chunks.push(c)
  const text = Buffer.concat(chunks).toString()
  assert.equal(text.charCodeAt(0), 0xfeff)
  assert.equal(text.trim().split('\n').length, 1 + shown - sealed)
  await staff.idle()
})

test('a lead is entered from home with n; what is wrong is said in its place and mended', async () => {
  const { page } = staff
  await press(staff, 'g', 'h')
  await page.locator('.z-wb-f').waitFor()
  await staff.idle()
  await press(staff, 'n')
  await page.waitForURL(/\/leads\/new$/)
  await write(staff, page.getByLabel(/^投资方/), '晨河试验企业')
  await write(staff, page.getByLabel(/^意向投资/), '两三个亿吧')
  await press(staff, 'Control+Enter')
  await page.getByRole('alert').first().waitFor()
  await write(staff, page.getByLabel(/^意向投资/), '2.5亿')
  await choose(staff, page.getByLabel(/^来源/), '县市区')
  await press(staff, 'Control+Enter')
  await page.getByRole('heading', { name: '晨河试验企业', level: 1 }).waitFor()
  await staff.idle()
})

test('the day ends: what was not saved is asked about, then the session is over', async () => {
  const { page } = staff
  await press(staff, 'g', 'p')
  await page.locator('.z-grid tbody tr').first().waitFor()
  await staff.idle()
  await press(staff, 'j', 'e')
  await page.waitForURL(/\/edit$/)
  await write(staff, page.getByLabel('建设地点', { exact: true }), '没有存的地点')
  await tabTo(staff, page.locator('.z-top-b[aria-haspopup=menu]').last(), 'Shift+Tab')
  await press(staff, 'Enter')
  await tabTo(staff, button(page, '退出登录'))
  await press(staff, 'Enter')
  await tabTo(staff, button(dialog(staff), '留着草稿退出'))
  await press(staff, 'Enter')
  await page.waitForURL(/\/login/)
})

test('nothing was clicked, and nothing broke on the way', async () => {
  for (const p of [staff, reviewer]) {
    assert.equal(await p.page.evaluate(() => sessionStorage.getItem('z.test.pointed')), null)
    assert.deepEqual(await p.faults(), [])
  }
})
