// Grades and clearances by their pages: a grade goes down by two persons, a file lies higher than its project,
// a further person is named, and who is not cleared finds nothing.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { browser, city, inDemoCity, person } from './lib.mjs'

inDemoCity()

/** A project of a grade that this person sees, with files. */
async function find(p, where) {
  return p.page.evaluate(async (q) => (await (await fetch(`/api/v1/projects?limit=1&fields=name&${q}`)).json()).items[0], where)
}
const chip = (p, text) => p.page.locator('.z-head .z-tag', { hasText: text })

async function openDialog(p, id) {
  await p.page.goto(`/projects/${id}`)
  await p.idle()
  await p.page.getByRole('button', { name: '更多' }).click()
  await p.page.getByRole('button', { name: '变更密级' }).click()
  await p.page.locator('#gr-why').waitFor()
  await p.idle()
}

test('a grade comes down when a second person confirms it, and not before', async () => {
  const staff = await person(browser, city, 'county_staff')
  const reviewer = await person(browser, city, 'county_reviewer')
  const project = await find(staff, 'secrecy=INTERNAL&stage=STARTED&side=ACTIVE')
  await openDialog(staff, project.id)
  await staff.page.locator('#gr-to').selectOption('OPEN')
  assert.match(await staff.page.locator('#gr-effect').textContent(), /另一位/)
  await staff.page.locator('#gr-why').press('Control+Enter')
  assert.equal(await staff.page.getByRole('alert').textContent(), '写明理由')
  await staff.page.locator('#gr-why').fill('已公开签约')
  await staff.page.locator('#gr-why').press('Control+Enter')
  const waits = staff.page.getByRole('region', { name: /项目降密待确认：内部 → 公开/ })
  await waits.waitFor()
  assert.equal(await chip(staff, '内部').count(), 1)
  assert.equal(await waits.getByRole('button', { name: '同意降密' }).count(), 0, 'who asked does not confirm')

  await reviewer.page.goto('/')
  await reviewer.idle()
  await reviewer.page.getByRole('link', { name: `打开：${project.name}` }).click()
  await reviewer.page.getByRole('button', { name: '同意降密' }).click()
  await reviewer.page.locator('#gc-comment').fill('已见报')
  await reviewer.page.locator('#gc-comment').press('Control+Enter')
  await chip(reviewer, '公开').waitFor()
  await reviewer.page.getByRole('region', { name: /项目降密待确认/ }).waitFor({ state: 'detached' })
  await staff.page.goto(`/projects/${project.id}`)
  await chip(staff, '公开').waitFor()
  assert.deepEqual([...(await staff.faults()), ...(await reviewer.faults())], [])
  await staff.context.close()
  await reviewer.context.close()
})

test('a file is marked higher than its project, and is not there for who is not named', async () => {
  const staff = await person(browser, city, 'county_staff')
  const project = await find(staff, 'secrecy=INTERNAL&stage=PRODUCING&side=ACTIVE')
  await staff.page.goto(`/projects/${project.id}`)
  await staff.idle()
  await staff.page.getByRole('tab', { name: '佐证材料' }).click()
  const row = staff.page.locator('#tab-panel tbody tr').first()
  await row.getByRole('button', { name: '改密级' }).click()
  await staff.page.locator('#gr-to').selectOption('SEALED')
  await staff.page.locator('#gr-why').fill('内有底价')
  await staff.page.locator('#gr-why').press('Control+Enter')
  await row.locator('.z-tag', { hasText: '敏感' }).waitFor()
  const mine = await staff.page.locator('#tab-panel tbody tr').count()
  const leader = await person(browser, city, 'county_leader')
  await leader.page.goto(`/projects/${project.id}`)
  await leader.idle()
  await leader.page.getByRole('tab', { name: '佐证材料' }).click()
  await leader.idle()
  assert.equal(await leader.page.locator('#tab-panel tbody tr').count(), mine - 1)
  assert.deepEqual([...(await staff.faults()), ...(await leader.faults())], [])
  await staff.context.close()
  await leader.context.close()
})

test('the security office clears a leader, a named person names him, and he finds the project', async () => {
  const guard = await person(browser, city, 'sec_admin')
  const staff = await person(browser, city, 'county_staff')
  const leader = await person(browser, city, 'county_leader')
  const project = await find(staff, 'secrecy=SEALED')
  const count = () => leader.page.evaluate(async () => (await (await fetch('/api/v1/projects?secrecy=SEALED&count=1&limit=1')).json()).total)
  assert.equal(await count(), 0)
  await openDialog(staff, project.id)
  await staff.page.locator('#gr-login').fill('county_leader')
  await staff.page.locator('#gr-login').press('Enter')
  await staff.page.getByText('没有敏感级的涉密范围').waitFor()

  await guard.page.goto('/accounts')
  await guard.idle()
  await guard.page.getByRole('link', { name: 'county_leader', exact: true }).click()
  await guard.page.getByRole('button', { name: '设定涉密范围' }).click()
  await guard.page.locator('#cl-level').selectOption('SEALED')
  await guard.page.locator('#cl-reason').fill('分管重大项目')
  await guard.page.locator('#cl-reason').press('Control+Enter')
  await guard.page.locator('.z-rf .z-tag', { hasText: '敏感' }).waitFor()
  assert.equal(await count(), 0, 'cleared, but not named')

  await staff.page.locator('#gr-login').press('Enter')
  await staff.page.getByRole('region', { name: '知悉人员' }).getByText('county_leader').waitFor()
  assert.equal(await count(), 1)
  assert.deepEqual([...(await guard.faults()), ...(await leader.faults())], [])
  for (const p of [guard, staff, leader]) await p.context.close()
})
