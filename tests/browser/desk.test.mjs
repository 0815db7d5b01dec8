// The import desk beside its good way: a correction taken back, an import given up.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browser, city, inDemoCity, person } from './lib.mjs'

inDemoCity()

const LIST = `项目台账,,,
序号,项目名称,投资方,总投资（万元）
1,河口测试微滤膜项目,河口膜业有限公司,12000
2,河口测试冷链项目,河口冷链有限公司,8000
`

test('a correction is undone, and the import is cancelled; the list says so', async () => {
  const p = await person(browser, city, 'county_staff')
  const { page } = p
  await page.goto('/imports')
  await page.locator('input[type=file]').setInputFiles({ name: '更正.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) })
  await page.getByRole('heading', { name: '导入：更正.csv' }).waitFor()
  await page.getByRole('button', { name: '第 4 行：数据' }).click()
  await page.getByRole('button', { name: /^备注/ }).click()
  await page.getByText('这张表有 1 处手工更正').waitFor()
  await page.getByRole('button', { name: '第 4 行：备注' }).click()
  await page.getByRole('button', { name: '恢复自动识别', exact: true }).click()
  await page.getByRole('button', { name: '第 4 行：数据' }).waitFor()
  await page.getByRole('button', { name: '下一步：对应字段' }).click()
  await page.getByLabel('投资方 对应的字段').selectOption('note')
  await page.getByText('你选的').waitFor()
  await page.getByRole('button', { name: '投资方：恢复自动识别' }).click()
  await page.getByText('你选的').waitFor({ state: 'detached' })
  assert.equal(await page.getByLabel('投资方 对应的字段').inputValue(), 'investor_text')
  await page.getByRole('button', { name: '取消导入' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '取消导入' }).click()
  await page.waitForURL((u) => u.pathname === '/imports')
  await page.getByRole('row', { name: /更正\.csv/ }).getByText('已取消').waitFor()
  await page.getByRole('link', { name: '更正.csv' }).click()
  await page.getByText('这次导入已取消，没有写入任何内容').waitFor()
  assert.equal(await page.getByRole('button', { name: '取消导入' }).count(), 0)
  assert.deepEqual(await p.faults(), [])
  await p.context.close()
})
