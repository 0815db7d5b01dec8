// The working-day calendar: kept by the system administrator, by key, press or a pasted list; read by all.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browser, city, inDemoCity, person } from './lib.mjs'

let admin
inDemoCity(async () => {
  admin = await person(browser, city, 'sys_admin')
})

const stored = (p, year) => p.page.evaluate(async (y) => (await fetch(`/api/v1/calendar?year=${y}`)).json(), year)
const april = (p) => p.page.getByRole('region', { name: '4 月', exact: true }).locator('h3')
const save = (p) => p.page.getByRole('button', { name: '保存日历' }).click()
async function open(p, year) {
  await p.page.goto(`/calendar?year=${year}`)
  await p.idle()
}

test('by keyboard: a working day becomes a day off, the year is saved, z puts it back', async () => {
  const before = await stored(admin, 2024)
  await open(admin, 2024)
  assert.match(await april(admin).textContent(), /22 个工作日/)
  const { page } = admin
  await page.locator('#cal-2024-04-10').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Space')
  const day = page.getByRole('button', { name: '2024-04-16 星期二，放假，未保存' })
  assert.ok(await day.evaluate((e) => e === document.activeElement))
  assert.match(await april(admin).textContent(), /21 个工作日/)
  assert.deepEqual((await stored(admin, 2024)).days, before.days)
  await page.keyboard.press('Control+Enter')
  await page.locator('.z-toast').filter({ hasText: '已保存 2024 年工作日历' }).waitFor()
  assert.deepEqual((await stored(admin, 2024)).days.filter((d) => d.date === '2024-04-16'), [{ date: '2024-04-16', is_work: false, name: null }])
  await page.getByRole('button', { name: '2024-04-16 星期二，放假', exact: true }).waitFor()
  await page.keyboard.press('z')
  await page.getByText('已撤销', { exact: true }).waitFor()
  await admin.idle()
  assert.deepEqual(await stored(admin, 2024), before)
  assert.match(await april(admin).textContent(), /22 个工作日/)
  assert.deepEqual(await admin.faults(), [])
})

test('the arrow keys cross months and stay within the year', async () => {
  await open(admin, 2024)
  const { page } = admin
  const focused = () => page.evaluate(() => document.activeElement.id)
  await page.locator('#cal-2024-01-31').focus()
  for (const [key, id] of [['ArrowRight', 'cal-2024-02-01'], ['ArrowUp', 'cal-2024-01-25'], ['Home', 'cal-2024-01-22'], ['End', 'cal-2024-01-28'], ['PageDown', 'cal-2024-02-28'], ['PageUp', 'cal-2024-01-28'], ['PageUp', 'cal-2024-01-28']]) {
    await page.keyboard.press(key)
    assert.equal(await focused(), id, key)
  }
  await page.locator('#cal-2024-12-31').focus()
  await page.keyboard.press('ArrowRight')
  assert.equal(await focused(), 'cal-2024-12-31')
  assert.equal(await page.locator('.z-cal-g button[tabindex="0"]').count(), 1)
})

test('a year without a calendar says so; a pasted list names its bad lines, then fills the year', async () => {
  await open(admin, 2026)
  const { page } = admin
  await page.getByRole('heading', { name: '还没有 2026 年的工作日历' }).waitFor()
  await page.getByRole('button', { name: '粘贴名单' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('#cal-text').fill('2026-04-06,休,清明节\n2026-04-31,休\n2026-04-07,班')
  await dialog.getByRole('button', { name: '用这份名单' }).click()
  const told = await dialog.getByRole('alert').textContent()
  assert.match(told, /第 2 行“2026-04-31,休”：没有这一天/)
  assert.match(told, /第 3 行“2026-04-07,班”：本来就是工作日/)
  await dialog.locator('#cal-text').fill('日期\t类别\t名称\n2026-04-04至2026-04-06\t休\t清明节\n2026-04-11\t班\t清明节')
  await dialog.getByRole('button', { name: '用这份名单' }).click()
  await dialog.waitFor({ state: 'detached' })
  // 22 weekdays, Monday the 6th off, Saturday the 11th worked.
  assert.match(await april(admin).textContent(), /22 个工作日/)
  await page.getByRole('row', { name: /04-04 至 04-06/ }).waitFor()
  await save(admin)
  await page.getByText('写明放假通知的文号').waitFor()
  assert.equal(await page.evaluate(() => document.activeElement.id), 'cal-source')
  assert.equal((await stored(admin, 2026)).days.length, 0)
  await page.locator('#cal-source').fill('国办发明电〔2025〕7号')
  await save(admin)
  await page.locator('.z-toast').filter({ hasText: '已保存 2026 年工作日历' }).waitFor()
  assert.deepEqual(await stored(admin, 2026), {
    year: 2026, source: '国办发明电〔2025〕7号',
    days: [{ date: '2026-04-06', is_work: false, name: '清明节' }, { date: '2026-04-11', is_work: true, name: '清明节' }],
  })
  assert.deepEqual(await admin.faults(), [])
})

test('what is not saved is a draft that a new visit finds, and that can be given up', async () => {
  await open(admin, 2024)
  const { page } = admin
  await page.getByRole('textbox', { name: '04-04 至 04-06的名称' }).fill('清明')
  await page.keyboard.press('Tab')
  await page.getByText(/草稿存于/).waitFor()
  await page.goto('/')
  await open(admin, 2024)
  assert.equal(await page.getByRole('textbox', { name: '04-04 至 04-06的名称' }).inputValue(), '清明')
  await page.getByRole('button', { name: '2024-04-05 星期五，放假，清明，未保存' }).waitFor()
  await page.getByRole('button', { name: '放弃草稿' }).click()
  assert.equal(await page.getByRole('textbox', { name: '04-04 至 04-06的名称' }).inputValue(), '清明节')
  await open(admin, 2024)
  assert.equal(await page.getByText(/草稿存于/).count(), 0)
})

test('everybody reads it from the account menu, nobody else changes it', async () => {
  const staff = await person(browser, city, 'county_staff')
  await staff.page.locator('.z-top-b').last().click()
  await staff.page.getByRole('link', { name: '工作日历' }).click()
  await staff.page.getByText('2024 年共 251 个工作日').waitFor()
  await staff.page.getByRole('row', { name: /02-10 至 02-17 休 春节 8/ }).waitFor()
  assert.equal(await staff.page.locator('main button:not(.z-cal-y button)').count(), 0)
  assert.equal(await staff.page.locator('main input').count(), 0)
  await staff.page.keyboard.press(']')
  await staff.page.getByRole('heading', { name: '还没有 2025 年的工作日历' }).waitFor()
  assert.deepEqual(await staff.faults(), [])
  await staff.context.close()
})
