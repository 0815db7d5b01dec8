// The workbench by those who work at it: figures open what they counted, a proposal is reviewed,
// verified and returned in place, by keyboard alone; lights are the same on every screen.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, person, serveDemo } from './lib.mjs'

let city, browser
before(async () => {
  city = await serveDemo()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await city?.stop()
})
const number = (text) => Number(/[\d,]+/.exec(text)[0].replaceAll(',', ''))
const home = async (login, options) => {
  const p = await person(browser, city, login, options)
  await p.page.goto('/')
  await p.page.locator('.z-wb').getByRole('tabpanel').waitFor()
  await p.idle()
  return p
}

test('log-in ends at the workbench, g h comes back to it, g p is the list', async () => {
  const p = await person(browser, city, 'county_staff')
  await p.page.locator('.z-wb-f').waitFor()
  assert.equal(new URL(p.page.url()).pathname, '/')
  await p.page.keyboard.press('g')
  await p.page.keyboard.press('p')
  await p.page.locator('.z-grid').waitFor()
  await p.page.keyboard.press('g')
  await p.page.keyboard.press('h')
  await p.page.locator('.z-wb-f').waitFor()
  assert.deepEqual(await p.faults(), [])
  await p.context.close()
})

test('each of the six figures opens as many rows as it says', async () => {
  for (const login of ['city_leader', 'county_staff', 'service_officer']) {
    const p = await home(login)
    const cells = p.page.locator('.z-wb-f a')
    assert.equal(await cells.count(), 6)
    for (let i = 0; i < 6; i++) {
      const n = number(await cells.nth(i).locator('b').textContent())
      await cells.nth(i).click()
      await p.page.locator(n ? '.z-grid tfoot' : '.z-state').waitFor()
      await p.idle()
      if (n) assert.equal(number((await p.page.locator('.z-grid tfoot .z-hint').first().textContent())), n, `${login} ${i}`)
      await p.page.goBack()
      await cells.nth(5).waitFor()
      await p.idle()
    }
    assert.deepEqual(await p.faults(), [])
    await p.context.close()
  }
})

test('by keyboard: a proposal is opened, returned with its reason, another one passed', async () => {
  const p = await home('county_reviewer')
  const tab = p.page.locator('#wb-todo .z-n')
  const before = number(await tab.textContent())
  assert.ok(before >= 2)
  const first = p.page.locator('.z-task').first()
  const name = (await first.locator('[data-row]').textContent()).trim()
  await p.page.keyboard.press('j')
  await p.page.keyboard.press('Tab')
  await p.page.keyboard.press('Enter')
  const box = p.page.locator('.z-review textarea')
  await box.waitFor()
  await p.idle()
  assert.ok(await box.evaluate((e) => e === document.activeElement))
  // A return without its reason says so and does nothing.
  await p.page.keyboard.press('Tab')
  await p.page.keyboard.press('Tab')
  await p.page.keyboard.press('Enter')
  await p.page.getByRole('alert').filter({ hasText: '写明退回的原因' }).waitFor()
  assert.ok(await box.evaluate((e) => e === document.activeElement))
  await p.page.keyboard.type('现场照片不清楚')
  await p.page.keyboard.press('Tab')
  await p.page.keyboard.press('Tab')
  await p.page.keyboard.press('Enter')
  await p.page.locator('.z-toast').filter({ hasText: `已退回：${name}` }).waitFor()
  await p.page.locator('.z-review').waitFor({ state: 'detached' })
  await p.idle()
  assert.equal(number(await tab.textContent()), before - 1)
  // Ctrl+Enter passes the next; Esc closes one that was opened.
  await p.page.locator('.z-task .z-btn').first().click()
  await box.waitFor()
  await p.page.keyboard.press('Escape')
  await p.page.locator('.z-review').waitFor({ state: 'detached' })
  const passed = p.page.locator('.z-task', { hasText: '推进' }).first()
  const passedName = (await passed.locator('[data-row]').textContent()).trim()
  await passed.locator('.z-btn').click()
  await box.waitFor()
  await p.idle()
  await p.page.keyboard.press('Control+Enter')
  await p.page.locator('.z-toast').filter({ hasText: `已审核：${passedName}` }).waitFor()
  await p.idle()
  assert.equal(number(await tab.textContent()), before - 2)
  assert.deepEqual(await p.faults(), [])
  await p.context.close()
  // It came back to whoever proposed it.
  const staff = await home('county_staff')
  await staff.page.locator('.z-task', { hasText: name }).filter({ hasText: '退回' }).waitFor()
  await staff.context.close()
})

test('a light is the same in the list, its filter and on the project page, with its cause', async () => {
  const p = await person(browser, city, 'county_staff')
  await p.page.goto('/projects?v=all&w.light=RED&w.light_cause=STAGE&sort=-over_days')
  await p.page.locator('.z-grid tbody tr').first().waitFor()
  const row = p.page.locator('.z-grid tbody tr').first()
  assert.match(await row.textContent(), /红/)
  const [days, target] = (await row.locator('td[data-field=stage_days]').textContent()).match(/\d+/g).map(Number)
  assert.ok(days > target)
  await row.getByRole('link').first().click()
  const card = p.page.getByRole('region', { name: '灯', exact: true })
  await card.waitFor()
  const text = await card.textContent()
  assert.match(text, /红/)
  assert.match(text, /阶段用时/)
  assert.match(text, /企业诉求系统还没有这类数据/)
  assert.deepEqual(await p.faults(), [])
  await p.context.close()
})

test('a light is made worse by hand, with its reason, and lifted again', async () => {
  const p = await person(browser, city, 'county_staff')
  await p.page.goto('/projects?v=all&w.light=GREEN&w.stage=TALK')
  await p.page.locator('.z-grid tbody a').first().click()
  const card = p.page.getByRole('region', { name: '灯', exact: true })
  await card.getByRole('button', { name: '调灯' }).click()
  const dialog = p.page.getByRole('dialog')
  await dialog.getByRole('button', { name: '调灯' }).click()
  await dialog.getByRole('alert').filter({ hasText: '写明原因' }).waitFor()
  await dialog.getByLabel('调为').selectOption({ label: '红' })
  await dialog.getByLabel('原因').fill('投资方三次失约')
  await dialog.getByRole('button', { name: '调灯' }).click()
  await card.getByText('人工调为红（2024-04-10）：投资方三次失约').waitFor()
  await card.getByRole('button', { name: '调灯' }).click()
  await dialog.getByLabel('原因').fill('已约定签约日期')
  await dialog.getByRole('button', { name: '取消人工调整' }).click()
  await dialog.waitFor({ state: 'detached' })
  await p.idle()
  assert.match(await card.textContent(), /绿/)
  assert.deepEqual(await p.faults(), [])
  await p.context.close()
})
