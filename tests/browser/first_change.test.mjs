// A field that was added in C is in the list, its filter and the form, with the web interface as it is.
// tests/first_change.py builds the program that has it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, person, serveDemo } from './lib.mjs'

const program = process.env.ZHAOYIN_FIRST_CHANGE
const options = { skip: program ? false : 'ZHAOYIN_FIRST_CHANGE names no program' }
let city, browser, staff

before(async () => {
  if (!program) return
  city = await serveDemo(program)
  browser = await launch()
  staff = await person(browser, city, 'county_staff')
})
after(async () => {
  await browser?.close()
  await city?.stop()
})

test('the new field is in the form and is stored', options, async () => {
  await staff.page.goto('/projects/new')
  await staff.page.getByLabel('试点编号').fill('P-7')
  await staff.page.getByLabel(/^项目名称/).first().fill('试点字段项目')
  await staff.page.locator('form button[type=submit]').click()
  await staff.page.locator('.z-way').waitFor()
  await staff.page.getByRole('tab', { name: '全部字段' }).click()
  await staff.page.getByText('P-7').first().waitFor()
})

test('the new field is a column of the list', options, async () => {
  await staff.page.goto('/projects?v=all')
  await staff.page.getByText('试点字段项目').first().waitFor()
  await staff.page.locator('th', { hasText: '试点编号' }).first().waitFor()
  await staff.page.locator('td', { hasText: 'P-7' }).first().waitFor()
  assert.deepEqual(await staff.faults(), [])
})
