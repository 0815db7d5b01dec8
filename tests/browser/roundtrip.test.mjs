// A list goes out as a file, is edited there and comes back while a colleague changed the same project:
// each field that both changed is decided by itself, and just so it is written.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browser, city, inDemoCity, person } from './lib.mjs'

let staff, project
const FIELDS = 'name,chain_node,site,content'
inDemoCity(async () => {
  staff = await person(browser, city, 'county_staff')
})

const ask = (p, path) => p.page.evaluate(async (u) => (await fetch(`/api/v1/${u}`)).json(), path)
const change = (p, id, version, body) =>
  p.page.evaluate(
    async ([id, version, body]) => {
      const headers = { 'Content-Type': 'application/json', 'X-Requested-With': 'zhaoyin', 'If-Match': `"${version}"` }
      return (await fetch(`/api/v1/projects/${id}`, { method: 'PATCH', headers, body: JSON.stringify(body) })).status
    },
    [id, version, body],
  )

async function comeBack(file) {
  const { page } = staff
  await page.goto('/imports')
  await page.locator('.z-imp-d').waitFor()
  await page.locator('input[type=file]').setInputFiles({ name: '改过的清单.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
  await page.waitForURL(/\/imports\/\d+$/)
  for (const next of ['下一步：对应字段', '下一步：核对差异']) await page.getByRole('button', { name: next }).click()
  await page.locator('.z-diff tbody tr').first().waitFor()
  await staff.idle()
}

test('of three fields that the file changed two are in conflict, and the stored value is the default', async () => {
  project = (await ask(staff, 'projects?stage=TALK&side=ACTIVE&fields=name&limit=1')).items[0]
  const sheet = await staff.page.evaluate(async (u) => (await fetch(u)).text(), `/api/v1/projects?id=${project.id}&format=csv&fields=${FIELDS}`)
  const [head, row] = sheet.trim().split(/\r?\n/)
  const cells = row.split(',')
  for (const [field, text] of [['产业链环节', '台账环节'], ['建设地点', '台账地点'], ['建设内容', '台账内容']]) cells[head.replace('\ufeff', '').split(',').indexOf(field)] = text
  const mate = await person(browser, city, 'city_staff')
  assert.equal(await change(mate, project.id, project.row_version, { chain_node: '同事环节', site: '同事地点' }), 200)
  await mate.context.close()
  await comeBack(`${head}\n${cells.join(',')}\n`)
  const { page } = staff
  assert.equal(await page.locator('.z-pick').count(), 2)
  for (const field of ['产业链环节', '建设地点']) {
    const pair = page.getByRole('group', { name: new RegExp(`${field}：用哪个值`) })
    assert.ok(await pair.getByRole('radio', { name: /同事/ }).isChecked())
  }
  await page.getByText('只有台账改过，采用').waitFor()
})

test('by keyboard one field takes the value of the file, the other keeps the stored one, and so it is written', async () => {
  const { page } = staff
  const node = page.getByRole('group', { name: /产业链环节：用哪个值/ })
  await node.getByRole('radio', { name: /同事/ }).focus()
  await page.keyboard.press('ArrowRight')
  assert.ok(await node.getByRole('radio', { name: /台账环节/ }).isChecked())
  await staff.idle()
  // What was chosen is kept by the server, not by the page.
  await page.reload()
  await node.waitFor()
  await staff.idle()
  assert.ok(await node.getByRole('radio', { name: /台账环节/ }).isChecked())
  await page.getByRole('button', { name: '写入 1 行' }).click()
  await page.getByRole('heading', { name: '写入结果' }).waitFor()
  const now = await ask(staff, `projects/${project.id}`)
  assert.deepEqual([now.chain_node, now.site, now.content], ['台账环节', '同事地点', '台账内容'])
  assert.deepEqual(await staff.faults(), [])
})
