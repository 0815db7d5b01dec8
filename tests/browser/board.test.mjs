// The board by stage: counts of the server, late cards, a move by keyboard and by drag that proposes and
// is taken back, one that is refused, filters, a phone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browser, city, inDemoCity, person } from './lib.mjs'

inDemoCity()
const number = (text) => Number(/[\d,]+/.exec(text)[0].replaceAll(',', ''))
const ask = (p, path) => p.page.evaluate(async (u) => (await fetch(`/api/v1/${u}`)).json(), path)
const open = async (login, path = '/board', options = {}) => {
  const p = await person(browser, city, login, options)
  await p.page.goto(path)
  await p.page.locator('.z-bl').first().waitFor()
  await p.idle()
  return p
}
/** A project of this county whose last proposal was returned: its material for the next stage is there. */
async function ready(p) {
  const r = await ask(p, 'proposals?state=RETURNED&is_own=1&is_newest=1&kind=ADVANCE&fields=project_name,project_id,from_stage,to_stage')
  for (const x of r.items) if ((await ask(p, `projects/${x.project_id}/way`)).next?.ready) return x
  throw new Error('no project is ready to move')
}
const column = (p, label) => p.page.locator('.z-bl').filter({ has: p.page.locator('h2', { hasText: label }) })

test('g b opens it; each column counts and adds what the list does, more cards change neither', async () => {
  const p = await person(browser, city, 'county_staff')
  await p.page.keyboard.press('g')
  await p.page.keyboard.press('b')
  await p.page.locator('.z-bc').first().waitFor()
  await p.idle()
  const list = await ask(p, 'projects?stage=LANDED&side=ACTIVE,SUSPENDED&count=1&limit=1')
  const head = column(p, '落地').locator('h2')
  const was = await head.textContent()
  assert.equal(number(was), list.total)
  assert.ok(was.includes((list.sums.total_invest_fen / 1e10).toFixed(2)), was)
  const cards = column(p, '落地').locator('.z-bc')
  assert.equal(await cards.count(), 20)
  const late = cards.first()
  assert.match(await late.textContent(), /红[^]*超 \d+ 天/)
  assert.equal(await late.evaluate((e) => getComputedStyle(e).borderLeftWidth), '3px')
  await column(p, '落地').getByRole('button', { name: `另有 ${list.total - 20} 个` }).click()
  await p.page.waitForFunction(() => [...document.querySelectorAll('.z-bl')].some((c) => c.querySelectorAll('.z-bc').length > 20))
  assert.equal(await head.textContent(), was)
  assert.deepEqual(await p.faults(), [])
  await p.context.close()
})

test('by keyboard: m proposes and says so, the card stays, z takes it back', async () => {
  const p = await open('county_staff')
  const x = await ready(p)
  await p.page.goto(`/board?q=${encodeURIComponent(x.project_name)}`)
  await p.page.locator('.z-bc').first().waitFor()
  await p.idle()
  await p.page.keyboard.press('j')
  assert.equal(Number(await p.page.evaluate(() => document.activeElement.dataset.row)), x.project_id)
  await p.page.keyboard.press('m')
  const dialog = p.page.getByRole('dialog')
  await dialog.waitFor()
  await p.idle()
  await dialog.locator('#mv-to').focus()
  await p.page.keyboard.press('Control+Enter')
  const said = p.page.locator('.z-toast', { hasText: `“${x.project_name}”已提交到` })
  await said.waitFor()
  assert.match(await said.textContent(), /等待(县级审核|市级核验)/)
  await p.page.locator('.z-bc.is-moved').filter({ hasText: /→ .*，等/ }).waitFor()
  assert.equal((await ask(p, `projects/${x.project_id}`)).stage, x.from_stage)
  await p.page.keyboard.press('z')
  await p.page.locator('.z-bc-m').waitFor({ state: 'detached' })
  assert.equal((await ask(p, `projects/${x.project_id}/way`)).proposal, null)
  assert.deepEqual(await p.faults(), [])
  await p.context.close()
})

test('a drop proposes; one whose material is missing says what, and the card goes back', async () => {
  const p = await open('county_staff')
  const x = await ready(p)
  const order = (await ask(p, 'schema')).stages
  await p.page.goto(`/board?q=${encodeURIComponent(x.project_name)}`)
  await p.page.locator('.z-bc').first().waitFor()
  await p.idle()
  await p.page.locator('.z-bc').first().dragTo(column(p, order.find((s) => s.code === x.to_stage).label))
  await p.page.locator('.z-toast', { hasText: '已提交到' }).getByRole('button', { name: '撤销' }).click()
  await p.page.locator('.z-bc-m').waitFor({ state: 'detached' })

  const poor = (await ask(p, 'projects?stage=TALK&side=ACTIVE&light=GREEN&is_stage_verified=1&fields=name&limit=1')).items[0]
  await p.page.goto(`/board?q=${encodeURIComponent(poor.name)}`)
  await p.page.locator('.z-bc').first().waitFor()
  await p.idle()
  p.bad.length = 0
  await p.page.locator('.z-bc').first().dragTo(column(p, '签约'))
  const dialog = p.page.getByRole('dialog')
  await dialog.getByText('卡片仍在“洽谈”').waitFor()
  assert.match(await dialog.getByRole('alert').textContent(), /投资合同/)
  await dialog.getByRole('button', { name: '关闭', exact: true }).last().click()
  await dialog.waitFor({ state: 'detached' })
  assert.equal(await column(p, '洽谈').locator('.z-bc').count(), 1)
  assert.equal((await ask(p, `projects/${poor.id}/way`)).proposal, null)
  // The browser itself reports the refusal as a failed load; nothing else is wrong.
  assert.deepEqual((await p.faults()).filter((f) => !/409/.test(f)), [])
  await p.context.close()
})

test('filters by unit, officer and light are the list\'s; who may not propose has no button', async () => {
  const p = await open('city_leader')
  assert.equal(await p.page.locator('.z-bc-f button').count(), 0)
  await p.page.getByLabel('灯', { exact: true }).selectOption('GREY')
  await p.page.waitForURL(/light=GREY/)
  await p.idle()
  const list = await ask(p, 'projects?light=GREY&count=1&limit=1')
  assert.equal(number(await p.page.locator('.z-head-f').textContent()), list.total)
  await p.page.getByLabel('灯', { exact: true }).selectOption('')
  await p.page.getByLabel('属地', { exact: true }).selectOption('370783')
  await p.page.waitForURL(/region=370783/)
  await p.idle()
  const county = await ask(p, 'projects?region_code=370783&side=ACTIVE,SUSPENDED&stage.ne=CLOSED&count=1&limit=1')
  assert.equal(await p.page.locator('.z-bl h2').evaluateAll((all) => all.reduce((n, h) => n + Number(h.querySelector('b').textContent.replaceAll(',', '')), 0)), county.total)
  assert.deepEqual(await p.faults(), [])
  await p.context.close()
})

test('on a phone one column at a time, chosen by its stage', async () => {
  for (const lang of ['zh', 'en']) {
    const p = await open('county_staff', '/board', { lang, viewport: { width: 390, height: 844 } })
    assert.equal(await p.page.locator('.z-bl').count(), 1)
    await p.page.locator('.z-board-f select').last().selectOption('STARTED')
    await p.page.locator('.z-bl h2', { hasText: lang === 'zh' ? '开工' : 'Started' }).waitFor()
    assert.equal(await p.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0)
    assert.deepEqual(await p.faults(), [])
    await p.context.close()
  }
})
