// What comes by itself: notices and jobs by the event stream, files of lists, drafts that stay shut to others.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { browser, city, inDemoCity, logIn, person } from './lib.mjs'

let staff
inDemoCity(async () => {
  staff = await person(browser, city, 'county_staff')
})

async function saved(p, press) {
  const [d] = await Promise.all([p.page.waitForEvent('download'), press()])
  return { name: d.suggestedFilename(), bytes: readFileSync(await d.path()) }
}

test('a list as a file is what is shown: its columns, its filter', async () => {
  await staff.page.goto('/projects?v=all&w.stage=SIGNED')
  await staff.page.locator('.z-grid tbody tr').first().waitFor()
  await staff.idle()
  const total = Number(/\d+/.exec(await staff.page.locator('tfoot .is-name .z-hint').textContent())[0])
  await staff.page.getByRole('button', { name: '导出', exact: true }).click()
  const csv = await saved(staff, () => staff.page.getByRole('link', { name: '文本文件（CSV）' }).click())
  assert.match(csv.name, /projects\.csv/)
  const lines = csv.bytes.toString('utf8').trim().split('\r\n')
  assert.equal(lines.length, total + 1)
  assert.deepEqual([...csv.bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]) // which trim took off the line
  const heads = await staff.page.locator('.z-grid thead th .z-th > span:first-child').allTextContents()
  const first = (x) => x.split(/[\s ]/)[0]
  assert.deepEqual(lines[0].split(',').slice(0, heads.length).map(first), heads.map(first))
  await staff.page.getByRole('button', { name: '导出', exact: true }).click()
  const xlsx = await saved(staff, () => staff.page.getByRole('link', { name: 'Excel 文件（XLSX）' }).click())
  assert.equal(xlsx.bytes.subarray(0, 2).toString(), 'PK')
  assert.deepEqual(await staff.faults(), [])
})

test('a job that runs elsewhere shows up, its file is there, and the bell says so without being asked', async () => {
  await staff.page.goto('/jobs')
  await staff.page.getByRole('heading', { name: '任务', exact: true }).waitFor()
  await staff.idle()
  const asked = []
  staff.page.on('request', (r) => r.url().includes('/api/') && asked.push(`${r.method()} ${new URL(r.url()).pathname}`))
  await staff.page.evaluate(() => fetch('/api/v1/projects/export?format=csv&fields=name', { method: 'POST', headers: { 'X-Requested-With': 'zhaoyin', 'Content-Type': 'application/json', 'Idempotency-Key': 'live-test-0001' }, body: '{}' }))
  const row = staff.page.locator('tbody tr').first()
  await row.getByText('已完成').waitFor()
  await staff.page.getByRole('button', { name: /1 条未读消息/ }).waitFor()
  await staff.page.reload()
  const file = await saved(staff, () => staff.page.getByRole('link', { name: '下载' }).first().click())
  assert.ok(file.bytes.length > 1000)
  await staff.page.getByRole('button', { name: /1 条未读消息/ }).click()
  await staff.page.getByRole('dialog', { name: '消息' }).getByText('任务完成').waitFor()
  await staff.page.keyboard.press('Escape')
  await staff.page.getByRole('button', { name: '消息', exact: true }).waitFor()
  await staff.idle()
  asked.length = 0
  await staff.page.evaluate(() => new Promise((done) => setTimeout(done, 3000)))
  assert.deepEqual(asked, [], 'the page asks for nothing while nothing happens')
  assert.deepEqual(await staff.faults(), [])
})

test('a draft lies encrypted on the device, opens for its account again, and for nobody else', async () => {
  const p = await person(browser, city, 'city_staff')
  await p.page.goto('/projects/1/edit')
  const box = p.page.getByLabel('责任单位')
  await box.fill('只有我看得到的单位')
  await p.page.waitForFunction(() => Object.keys(localStorage).some((k) => k.startsWith('z.draft.')))
  const kept = () => p.page.evaluate(() => Object.entries({ ...localStorage }).filter(([k]) => k.startsWith('z.draft.')).map(([, v]) => v).join(' '))
  assert.ok((await kept()).length > 50)
  assert.ok(!(await kept()).includes('只有我'), 'not to be read in the store')
  const second = await p.context.newPage() // the first page is closed: a closed browser in little
  await p.page.close()
  await second.goto('/projects/1/edit')
  await second.locator('.z-form-g').waitFor()
  assert.equal(await second.getByLabel('责任单位').inputValue(), '只有我看得到的单位')
  // Log-out asks about it and keeps it; another account sees nothing of it.
  await second.locator('.z-top-b').last().click()
  await second.getByRole('button', { name: '退出登录' }).click()
  await second.getByRole('dialog', { name: '还有没保存的草稿' }).getByRole('button', { name: '留着草稿退出' }).click()
  await second.waitForURL(/\/login/)
  await logIn(second, 'city_verifier', city.password)
  assert.ok(!(await second.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).includes('只有我'))
  await second.locator('.z-top-b').last().click()
  await second.getByRole('button', { name: '退出登录' }).click()
  await second.waitForURL(/\/login/)
  await logIn(second, 'city_staff', city.password)
  await second.goto('/projects/1/edit')
  await second.locator('.z-form-g').waitFor()
  assert.equal(await second.getByLabel('责任单位').inputValue(), '只有我看得到的单位')
  await p.context.close()
})

test('a stream that breaks is opened again: the job is seen to its end, and nothing is polled', async () => {
  const p = await person(browser, city, 'county_staff')
  let broken = 0, asked = 0
  await p.page.route('**/api/v1/events', (r) => (broken++ < 1 ? r.abort() : r.continue()))
  p.page.on('request', (r) => { if (/\/api\/v1\/jobs\/\d+$/.test(r.url())) asked++ })
  await p.page.goto('/imports')
  await p.page.locator('.z-imp-d').waitFor()
  await p.page.locator('input[type=file]').setInputFiles({ name: '断流.csv', mimeType: 'text/csv', buffer: Buffer.from('项目名称,总投资（万元）\n断流测试项目,3000\n') })
  await p.page.waitForURL(/\/imports\/\d+$/)
  await p.page.getByRole('button', { name: '下一步：对应字段' }).click()
  await p.page.getByRole('button', { name: '下一步：核对差异' }).click()
  await p.page.locator('.z-diff tbody tr', { hasText: '断流测试项目' }).waitFor()
  assert.ok(broken > 1, 'the stream was opened again')
  assert.ok(asked <= 3, `asked ${asked} times`)
  await p.context.close()
})
