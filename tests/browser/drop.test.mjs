// A record is deleted from its own page: at once, with a way back; what must stay says why.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browser, city, inDemoCity, person } from './lib.mjs'

let staff
inDemoCity(async () => {
  staff = await person(browser, city, 'county_staff')
})

const ask = (p, path) => p.page.evaluate(async (x) => {
  const r = await fetch(`/api/v1/${x}`)
  return { status: r.status, body: await r.json() }
}, path)
const one = async (p, path) => (await ask(p, path)).body.items[0]
const path = (p) => new URL(p.page.url()).pathname

test('a deleted lead leaves the list it was opened from, and z brings it back', async () => {
  await staff.page.goto('/leads?v=all')
  const link = staff.page.locator('.z-grid a[data-row]').first()
  const href = await link.getAttribute('href')
  await link.click()
  await staff.page.getByRole('button', { name: '删除线索' }).click()
  await staff.page.locator('.z-toast').filter({ hasText: '已删除：' }).waitFor()
  await staff.page.locator('.z-grid tbody tr').first().waitFor()
  await staff.idle()
  assert.equal(path(staff), '/leads')
  assert.match(staff.page.url(), /v=all/)
  assert.equal(await staff.page.locator(`.z-grid a[href="${href}"]`).count(), 0)
  assert.equal((await ask(staff, href.slice(1))).status, 404)
  await staff.page.keyboard.press('z')
  await staff.page.getByText('已撤销', { exact: true }).waitFor()
  await staff.page.locator(`.z-grid a[href="${href}"]`).first().waitFor()
  assert.equal((await ask(staff, href.slice(1))).status, 200)
  // The only console error is the question for what was gone.
  assert.deepEqual((await staff.faults()).filter((x) => !x.includes('404')), [])
})

test('a verified project is refused, says why and stays', async () => {
  const p = await one(staff, 'projects?stage=STARTED&is_stage_verified=1&limit=1')
  await staff.page.goto(`/projects/${p.id}`)
  await staff.page.locator('.z-head [aria-haspopup]').click()
  await staff.page.getByRole('button', { name: '删除项目' }).click()
  await staff.page.getByRole('alert').filter({ hasText: '项目已有核验过的进展，不能删除。可提交“终止”' }).waitFor()
  assert.equal(path(staff), `/projects/${p.id}`)
  assert.equal((await ask(staff, `projects/${p.id}`)).status, 200)
})

test('an investor whom a project names is refused and says why', async () => {
  const party = await one(staff, 'parties?investor_id.ge=1&limit=1')
  await staff.page.goto(`/investors/${party.investor_id}`)
  await staff.page.getByRole('button', { name: '删除投资方' }).click()
  await staff.page.getByRole('alert').filter({ hasText: '投资方还有项目，不能删除' }).waitFor()
  assert.equal(path(staff), `/investors/${party.investor_id}`)
})

test('a role without the right has no button', async () => {
  const leader = await person(browser, city, 'county_leader')
  for (const plural of ['leads', 'investors', 'projects']) {
    const { id } = await one(leader, `${plural}?limit=1`)
    await leader.page.goto(`/${plural}/${id}`)
    await leader.page.locator('main .z-card').first().waitFor()
    await leader.idle()
    const more = leader.page.locator('.z-head [aria-haspopup]')
    if (await more.count()) await more.click()
    assert.equal(await leader.page.getByRole('button', { name: /^删除/ }).count(), 0, plural)
  }
  assert.deepEqual(await leader.faults(), [])
  await leader.context.close()
})
